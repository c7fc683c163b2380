"""Noise, swapping and max_history draw by the release's key: each draw is recomputed, and is distributed as declared."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from decimal import Decimal
from math import exp
from typing import Any

import pytest
from support.drawing import limited, noise_table, noised, numbered, swapped
from support.fixed_key import KEY, draw, fix_key
from support.oracle import Row, pseudonym
from support.people import write_csv
from support.project import Project, mart, personal

POLICY: dict[str, Any] = {"k": 2, "k_reason": "a test", "max_suppression": 0.5}
HISTORY = {"known": 1, "among": 2, "at_most": 0.99}
COUNT = 6000
INCOME = {"distribution": "laplace", "scale": 40, "unit": 10, "at_least": 0, "declared_releases": 2}
SCORE = {"distribution": "gaussian", "scale": 2.5, "unit": 0.5, "declared_releases": 2}
PLAIN = {"distribution": "laplace", "scale": 2, "unit": 1, "declared_releases": 2}
BELL = {"distribution": "gaussian", "scale": 1.5, "unit": 1, "declared_releases": 2}
PRICE = {"distribution": "laplace", "scale": 1, "unit": 1, "per": "record", "declared_releases": 2}
WAIVED = {"waive": {"no_rare_values": "a test"}}


def persons() -> list[Row]:
    """Persons with numbers; `zero` is the same for all, `few` takes few values, `mostly` one for most."""
    pick = random.Random(3)
    return [
        {
            "id": f"p{number}",
            "income": pick.randrange(0, 900),
            "score": None if number % 97 == 0 else f"{pick.gauss(50, 10):.1f}",
            "zero": 0,
            "few": pick.randrange(12),
            "mostly": 0 if pick.random() < 0.7 else pick.randrange(1, 40),
            "area": pick.choice("NSEW"),
        }
        for number in range(COUNT)
    ]


def visits() -> list[Row]:
    """Histories of very different length, in which the same price stands often."""
    pick = random.Random(4)
    rows: list[Row] = []
    for number in range(150):
        for _ in range(1 if number % 3 else pick.randrange(2, 40)):
            rows.append({"id": f"p{number}", "shop": pick.choice("AB"), "price": pick.choice([100, 250, 980])})
    return rows


PERSONS_IS = {"id": "linking_code"} | dict.fromkeys(["income", "score", "zero", "few", "mostly", "area"], "attribute")
VISITS_IS = {"id": "linking_code", "shop": "attribute", "price": "attribute"}
WHO = {"name": "who", "from": "id", "treat": ["pseudonymize"]}


def build(project: Project) -> None:
    """Two noised marts, one swapped, one of limited histories, all under a known key."""
    fix_key(project)
    engine = project.engine
    types = {"id": "text", "income": "integer", "score": "numeric(6, 1)", "zero": "integer", "few": "integer"}
    engine.load_csv(
        "persons", write_csv(project.path / "p.csv", persons()), types | {"mostly": "integer", "area": "text"}
    )
    engine.load_csv(
        "visits", write_csv(project.path / "v.csv", visits()), {"id": "text", "shop": "text", "price": "integer"}
    )
    source = personal("persons", "id", PERSONS_IS, engine.schema())
    source["tables"] += personal("visits", "id", VISITS_IS, engine.schema())["tables"]
    models = [
        mart(
            "noised",
            "persons",
            [
                WHO,
                {"name": "income", "treat": [{"add_noise": INCOME}]} | WAIVED,
                {"name": "score", "treat": [{"add_noise": SCORE}]} | WAIVED,
                {"name": "plain", "from": "zero", "treat": [{"add_noise": PLAIN}]} | WAIVED,
                {"name": "bell", "from": "few", "treat": [{"add_noise": BELL}]} | WAIVED,
            ],
            dataset="noised",
            **POLICY,
        ),
        mart(
            "swapped",
            "persons",
            [
                WHO,
                {"name": "income", "treat": [{"swap": {"within": 2.5}}]} | WAIVED,
                {"name": "score", "treat": [{"swap": {"within": 1}}]} | WAIVED,
                {"name": "few", "treat": [{"swap": {"by": "area"}}]},
                {"name": "mostly", "treat": [{"swap": {"within": 20}}]} | WAIVED,
                {"name": "area", "treat": ["keep"]},
            ],
            dataset="swapped",
            **POLICY,
        ),
        mart(
            "limited",
            "visits",
            [WHO, {"name": "shop", "treat": ["keep"]}, {"name": "price", "treat": [{"add_noise": PRICE}]} | WAIVED],
            dataset="limited",
            max_history=5,
            history=HISTORY,
            **POLICY,
        ),
    ]
    project.write("models/draws.yml", {"sources": [source], "models": models})
    for name, table in [("noised", "persons"), ("swapped", "persons"), ("limited", "visits")]:
        project.write(f"models/{name}.sql", f"{{{{ tokumei.anonymize(source('raw', '{table}')) }}}}\n")


def test_every_draw_is_the_one_its_key_gives(project: Project) -> None:
    build(project)
    outcome = project.build()
    assert outcome.success, outcome.messages
    noise_is_recomputed_and_distributed_as_declared(project)
    swaps_are_recomputed_and_keep_what_they_must(project)
    histories_are_recomputed(project)
    the_noise_is_drawn_no_more_often_than_declared(project)


def noise_is_recomputed_and_distributed_as_declared(project: Project) -> None:
    shown = {row[0]: row[1:] for row in project.query("select who, income, score, plain, bell from noised")}
    steps = {"income": INCOME, "score": SCORE, "zero": PLAIN, "few": BELL}
    tables = {
        name: noise_table(step["distribution"], Decimal(str(step["scale"])), Decimal(str(step["unit"])))
        for name, step in steps.items()
    }
    drawn: dict[str, Counter[int]] = defaultdict(Counter)
    for row in persons():
        for got, (name, step) in zip(shown[pseudonym(KEY, row["id"])], steps.items(), strict=True):
            if row[name] is None:
                assert got is None
                continue
            hashed = draw("noise", ["persons", name], [str(row["id"])])
            meant = noised(Decimal(str(row[name])), hashed, step, tables[name])
            assert Decimal(got) == meant, (name, row)
            if name in ("zero", "few"):
                drawn[name][int(got) - int(str(row[name]))] += 1
    assert chi_square(drawn["zero"], lambda x: exp(-abs(x) / 2)) < 1
    assert chi_square(drawn["few"], lambda x: exp(-x * x / (2 * 1.5**2))) < 1
    # The test can tell them apart: it rejects another scale, and the other distribution.
    assert chi_square(drawn["zero"], lambda x: exp(-abs(x) / 2.2)) > 1
    assert chi_square(drawn["few"], lambda x: exp(-abs(x) / 1.06)) > 1


def chi_square(found: Counter[int], weigh: Any) -> float:
    """Pearson's statistic over what is expected at least five times, as a share of its 99.9 % quantile."""
    total = sum(found.values())
    norm = sum(weigh(x) for x in range(-400, 401))
    expected = {x: total * weigh(x) / norm for x in range(-400, 401)}
    cells = [(found[x], e) for x, e in expected.items() if e >= 5]
    cells.append((total - sum(c[0] for c in cells), total - sum(c[1] for c in cells)))
    statistic = sum((got - e) ** 2 / e for got, e in cells)
    free = len(cells) - 1
    quantile = free * (1 - 2 / (9 * free) + 3.0902 * (2 / (9 * free)) ** 0.5) ** 3  # Wilson and Hilferty
    return statistic / quantile


def swaps_are_recomputed_and_keep_what_they_must(project: Project) -> None:
    shown = {row[0]: row[1:] for row in project.query("select who, income, score, few, mostly, area from swapped")}
    rows = {pseudonym(KEY, row["id"]): row for row in persons()}
    for place, (name, within) in enumerate([("income", 2.5), ("score", 1.0), ("few", None), ("mostly", 20.0)]):
        before = {who: None if row[name] is None else Decimal(str(row[name])) for who, row in rows.items()}
        after = {who: None if values[place] is None else Decimal(values[place]) for who, values in shown.items()}
        assert Counter(before.values()) == Counter(after.values()), name
        if within is None:
            assert_swapped_within_groups(rows, before, after)
            continue
        given = {str(row["id"]): before[who] for who, row in rows.items()}
        meant = swapped(given, name, within)
        assert {rows[who]["id"]: value for who, value in after.items()} == meant, name
        assert furthest(before, after) <= within / 100, name
    income = [who for who in rows if Decimal(shown[who][0]) == Decimal(str(rows[who]["income"]))]
    assert income == []
    kept = [who for who in rows if shown[who][3] == rows[who]["mostly"]]
    # A block of nothing but the commonest value has nobody to swap with; elsewhere nobody need keep it.
    assert {rows[who]["mostly"] for who in kept} == {0}


def assert_swapped_within_groups(rows: dict[str, Row], before: dict[str, Any], after: dict[str, Any]) -> None:
    for area in "NSEW":
        group = [who for who, row in rows.items() if row["area"] == area]
        assert Counter(before[who] for who in group) == Counter(after[who] for who in group)
    assert [who for who in rows if before[who] == after[who]] == []


def furthest(before: dict[str, Any], after: dict[str, Any]) -> float:
    """The largest distance in rank between a value and the one shown for it, as a share of all: the least it can be."""
    order = sorted(before.values(), key=lambda v: (v is None, v or 0))
    first = {value: place for place, value in reversed(list(enumerate(order)))}
    last = {value: place for place, value in enumerate(order)}
    apart = [max(first[after[who]] - last[before[who]], first[before[who]] - last[after[who]]) for who in before]
    return max(apart) / len(order)


def histories_are_recomputed(project: Project) -> None:
    rows = visits()
    numbers = numbered(rows, "id", ["price", "shop"])
    of = {id(row): number for row, number in zip(rows, numbers, strict=True)}
    kept = limited(rows, "id", numbers, 5)
    table = noise_table("laplace", Decimal(1), Decimal(1))
    meant = Counter(
        (
            pseudonym(KEY, row["id"]),
            row["shop"],
            int(
                noised(
                    Decimal(str(row["price"])),
                    draw("noise", ["visits", "price"], [str(row["id"]), str(of[id(row)])]),
                    PRICE,
                    table,
                )
            ),
        )
        for row in kept
    )
    assert Counter(project.query("select who, shop, price from limited")) == meant
    assert max(Counter(who for who, _, _ in meant.elements()).values()) == 5


def the_noise_is_drawn_no_more_often_than_declared(project: Project) -> None:
    """A third release of what declares two is refused, and the data test says so where it was made elsewhere."""
    log = project.private("releases_log")
    project.engine.execute(f"update {log} set release_relation = release_relation where mart = 'noised'")
    project.engine.execute(f"insert into {log} select * from {log} where mart = 'noised'")
    outcome = project.build("--select", "noised")
    assert outcome.statuses["noised"] == "error"
    assert "declared_releases found 1 violations; measured 3.0" in outcome.messages


@pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
def test_a_draw_that_is_not_of_the_key_is_noticed(project: Project) -> None:
    """The tests above fail on a package whose noise forgets the subject, and on one that swaps beyond its window."""
    build(project)
    project.mutate(
        "macros/anonymize/stage_noise.sql",
        "{%- set parts = [tokumei._subject_text(",
        "{%- set parts = [\"'x'\"] if true else [tokumei._subject_text(",
    )
    assert project.build("--select", "noised").success
    with pytest.raises(AssertionError):
        noise_is_recomputed_and_distributed_as_declared(project)
    project.mutate("macros/anonymize/_swap_blocks.sql", "1000000) | round", "9000000) | round")
    outcome = project.build("--select", "swapped")
    assert "swaps_as_declared found" in outcome.messages
