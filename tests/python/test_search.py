"""The proposal is the best node of all: small tables of any kind against every node evaluated one by one."""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import math
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support import real
from support.engines import Engine
from support.gate import private_relations
from support.lattices import Column, Scored, exhaustive, keep, nothing, year_band
from support.oracle import mesh
from support.project import Outcome, Project, mart, personal

PLACES = {"a1": ["a", "n"], "a2": ["a", "n"], "b1": ["b", "n"], "b2": ["b", "n"], "c1": ["c", "s"], "c9": ["c", "s"]}
MEASURES = ["discernibility", "average_class_size", "loss", "precision"]
ILLNESSES = ["3", "10", "7", "20"]
GUARDED: list[dict[str, Any]] = [
    {"l": {"illness": 2}},
    {"l": {"illness": {"entropy": 1.7}}},
    {"l": {"illness": {"recursive": {"c": 1.5, "l": 2}}}},
    {"t": {"illness": 0.3}},
    {"t": {"illness": {"ordered": 0.2}}},
    {"l": {"illness": 3}, "t": {"illness": 0.4}},
]
MART = "cases_anonymized"
CLASSIFIED = {
    "subject": "linking_code",
    "case_no": "attribute",
    "place": "quasi_identifier",
    "income": "quasi_identifier",
    "post": "quasi_identifier",
    "born": "quasi_identifier",
    "illness": "sensitive",
}
TYPES = {
    "subject": "integer",
    "case_no": "integer",
    "place": "text",
    "income": "integer",
    "post": "text",
    "born": "text",
    "illness": "text",
}
# Ladders that nobody declared: those of the columns' own steps.
SEEN = [
    {"name": "cell", "from": "lat", "treat": [{"mesh": {"level": 3, "lat": "lat", "lon": "lon"}}]},
    {"name": "age", "treat": [{"band": 5}]},
    {"name": "seen_on", "treat": [{"truncate": "month"}]},
]
SEEN_TYPES = {"subject": "integer", "lat": "numeric(8, 5)", "lon": "numeric(8, 5)", "age": "integer", "seen_on": "date"}
SEEN_CLASSIFIED = {"subject": "linking_code"} | dict.fromkeys(["lat", "lon", "age", "seen_on"], "quasi_identifier")
# Several cases in one run of dbt: each is the mart's policy, of the records of one case.
OPERATION = """
{% macro search_cases(cases) %}
    {%- set policy = tokumei._policy_to_choose('cases_anonymized') -%}
    {%- for case in cases -%}
        {%- do policy.update({'where': [{'column': 'case_no', 'equals': case['case_no']}]}) -%}
        {%- do print(tojson(tokumei.propose(policy, case['asked'], case['columns']))) -%}
    {%- endfor -%}
{% endmacro %}
"""


def place_rung(level: int) -> Any:
    return lambda value: None if value is None else PLACES[value][level]


def columns(asked: dict[str, dict[str, Any]]) -> list[Column]:
    """The ladders of the mart below, as Python."""
    made = [
        Column("place", [keep, place_rung(0), place_rung(1), nothing], list(PLACES)),
        Column("income", [keep, *(lambda v, w=w: None if v is None else v // w * w for w in (10, 20, 60)), nothing]),
        Column("post", [keep, lambda v: v and v[:2], lambda v: v and v[:1], nothing]),
        Column("born", [keep, lambda v: v and v[:7], year_band(1), year_band(5), nothing]),
    ]
    for column in made:
        for key, value in asked.get(column.name, {}).items():
            setattr(column, key, value)
    return made


def random_case(seed: int) -> dict[str, Any]:
    """Records in a few clusters, one of them per subject or several, with nulls or without; and what is asked of them."""
    draw = random.Random(seed)
    number = draw.randint(4, 60)
    several = draw.random() < 0.4
    spread = draw.choice([1, 2, 6])
    null = draw.choice([0, 0, 0.1])

    def some(value: Any) -> Any:
        return None if draw.random() < null else value

    rows = [
        {
            "subject": draw.randint(1, number // 2 + 1) if several else place,
            "place": some(draw.choice(list(PLACES)[:spread])),
            "income": some(draw.randint(-20, 20 * spread)),
            "post": some(str(draw.choice([100, 101, 110, 200]) + draw.randint(0, spread))),
            "born": some(f"{1980 + draw.randint(0, 2 * spread)}-0{draw.randint(1, spread)}-11"),
            "illness": draw.choice(ILLNESSES),
        }
        for place in range(number)
    ]
    bounds: dict[str, dict[str, Any]] = {}
    for name, highest in (("place", 3), ("income", 4), ("post", 3), ("born", 4)):
        lowest = draw.choice([0, 0, 0, 1, 2])
        bounds[name] = {"lowest": lowest, "highest": draw.choice([highest, highest, max(lowest, highest - 1)])}
        if draw.random() < 0.5:
            bounds[name]["weight"] = draw.choice([0.5, 1, 3])
    asked = {
        "k": draw.choice([2, 3, 5]),
        "max_suppression": draw.choice([0, 0.05, 0.2, 0.5]),
        "by": draw.choice(MEASURES),
        "show": draw.choice([0, 3]),
    }
    if draw.random() < 0.4:
        asked |= {"with_models": True} | draw.choice(GUARDED)
    if draw.random() < 0.3:
        asked["at_once"] = 20  # many waves: what one of them found closes nodes of the next
    return {"rows": rows, "asked": asked, "columns": bounds}


def tight_case() -> dict[str, Any]:
    """No class could be kept beside those of the best node, and 8 of 26 records are suppressed in all that is as fine: a bound
    of the number of classes that were a little lower would close it, from nodes found before it that keep 3 classes, or none."""
    people = [("100", 20 * band + more) for band in range(6) for more in ([0, 1, 2] if band % 2 else [0, 1, 12])]
    people += [(f"{first}00", 20 * band + more) for band, first in enumerate("2345") for more in (3, 4)]
    rows = [
        {"subject": place, "place": "a1", "income": income, "post": post, "born": "1980-01-11", "illness": "3"}
        for place, (post, income) in enumerate(people)
    ]
    bounds = {"place": {"lowest": 3}, "income": {"highest": 3}, "post": {"lowest": 2}, "born": {"lowest": 4}}
    asked = {"k": 3, "max_suppression": 0.5, "by": "average_class_size", "show": 0, "at_once": 1}
    return {"rows": rows, "asked": asked, "columns": bounds}


def expected(case: dict[str, Any]) -> list[Scored]:
    asked = case["asked"]
    satisfies = [diverse(case["rows"], asked[key]["illness"]) for key in ("l", "t") if key in asked]
    return exhaustive(
        case["rows"],
        columns(case["columns"]),
        asked["k"],
        asked["max_suppression"],
        asked["by"],
        lambda held: all(holds(held) for holds in satisfies),
    )


def shares(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Of the subjects behind each illness."""
    behind = {value: len({row["subject"] for row in rows if row["illness"] == value}) for value in ILLNESSES}
    return {value: number / sum(behind.values()) for value, number in behind.items()}


def diverse(rows: list[dict[str, Any]], asked: Any) -> Any:
    """What l or t asks of a class; t compares with all rows, as ARX does."""
    everyone = shares(rows)

    def holds(held: list[dict[str, Any]]) -> bool:
        here = shares(held)
        parts = sorted((part for part in here.values() if part), reverse=True)
        if isinstance(asked, float):
            return sum(abs(here[value] - everyone[value]) for value in ILLNESSES) / 2 <= asked + 1e-9
        if isinstance(asked, int):
            return len(parts) >= asked
        if "entropy" in asked:
            return -sum(part * math.log(part) for part in parts) >= math.log(asked["entropy"]) - 1e-9
        if "recursive" in asked:
            c, least = asked["recursive"]["c"], asked["recursive"]["l"]
            return parts[0] + 1e-12 < c * sum(parts[least - 1 :])
        met = [value for value in sorted(ILLNESSES, key=float) if everyone[value]]
        moved = [sum(here[v] - everyone[v] for v in met[: rank + 1]) for rank in range(len(met) - 1)]
        return sum(map(abs, moved)) / max(len(met) - 1, 1) <= asked["ordered"] + 1e-9

    return holds


def operate(project: Project, macro: str, **arguments: Any) -> tuple[Outcome, str]:
    """A run-operation, and what it printed."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        outcome = project.dbt("run-operation", macro, "--args", json.dumps(arguments))
    return outcome, printed.getvalue()


def answers(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines() if line.startswith("{")]


@pytest.fixture(scope="module")
def cases(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A mart whose levels nobody has chosen: ladders declared, and of the kind of the column's own step."""
    project = Project(tmp_path_factory.mktemp("search"), lasting_engine, views=False)
    source = personal("cases", "subject", CLASSIFIED, lasting_engine.schema())
    source["tables"].append({"name": "places", "columns": [{"name": n} for n in ("value", "district", "side")]})
    declared: list[dict[str, Any]] = [
        {"name": "place", "treat": [{"lookup": {"hierarchy": "places", "to": "side"}}]},
        {"name": "income", "ladder": {"band": [10, 20, 60]}},
        {"name": "post", "treat": [{"prefix": 2}, {"suppress_rare": {"below": 3}}]},
        {"name": "born", "treat": ["keep"], "ladder": {"truncate": ["month", "year", 5]}},
        {"name": "illness", "treat": ["keep"]},
    ]
    model = mart(MART, "cases", declared, dataset="cases", k=3, k_reason="a test", max_suppression=0.1)
    source["tables"] += personal("seen", "subject", SEEN_CLASSIFIED, lasting_engine.schema())["tables"]
    by_default = mart("seen_anonymized", "seen", SEEN, dataset="seen", k=2, k_reason="a test", max_suppression=0.3)
    project.write("models/cases.yml", {"sources": [source], "models": [model, by_default]})
    project.write("models/seen_anonymized.sql", "{{ tokumei.anonymize(source('raw', 'seen')) }}\n")
    project.write(
        "models/cases_anonymized.sql",
        "{{ tokumei.anonymize(source('raw', 'cases'), hierarchies=[source('raw', 'places')]) }}\n",
    )
    project.write("macros/search_cases.sql", OPERATION)
    places = [{"value": value, "district": d, "side": s} for value, (d, s) in PLACES.items()]
    path = real.one_file(project.path, "places", places)
    lasting_engine.load_csv("places", path, {"value": "text", "district": "text", "side": "text"})
    load(project, [random_case(0)])
    yield project
    lasting_engine.execute("drop table cases")


def load(project: Project, given: list[dict[str, Any]]) -> None:
    rows = [
        {"subject": row["subject"], "case_no": number} | row
        for number, case in enumerate(given)
        for row in case["rows"]
    ]
    (project.path / "cases.csv").unlink(missing_ok=True)
    project.engine.load_csv("cases", real.one_file(project.path, "cases", rows), TYPES)


def compare(project: Project, given: list[dict[str, Any]]) -> None:
    load(project, given)
    asked = [{"case_no": n, "asked": c["asked"], "columns": c["columns"]} for n, c in enumerate(given)]
    outcome, printed = operate(project, "search_cases", cases=asked)
    assert outcome.success, outcome.messages
    for case, answer in zip(given, answers(printed), strict=True):
        nodes = expected(case)
        shown = ([answer["best"]] if answer["best"] else []) + answer["runners_up"]
        best = nodes[: case["asked"]["show"] + 1]
        assert [node["score"] for node in shown] == pytest.approx([node.score for node in best], abs=1e-9), case
        by_rungs = {node.rungs: node for node in nodes}
        for node in shown:
            mine = by_rungs[tuple(level["level"] for level in node["levels"].values())]
            assert node["score"] == pytest.approx(mine.score, abs=1e-9), case
            found = (node["suppressed_records"], node["suppressed_subjects"], node["classes"])
            assert found == (mine.records, mine.subjects, mine.classes), case


def test_small_tables_come_out_as_every_node_says(cases: Project) -> None:
    compare(cases, [*(random_case(seed) for seed in range(16)), tight_case()])


def test_l_and_t_of_every_kind_decide(cases: Project) -> None:
    """Two tables for each kind, in which it changes what is best."""
    given: list[dict[str, Any]] = []
    for asked in GUARDED:
        deciding = 0
        for seed in itertools.count(200):
            if deciding == 2:
                break
            case = random_case(seed)
            case["asked"] = {key: case["asked"][key] for key in ("k", "max_suppression", "by", "show")}
            plain = [node.score for node in expected(case)[:1]]
            case["asked"] |= {"with_models": True} | asked
            if plain and [node.score for node in expected(case)[:1]] not in ([], plain):
                deciding += 1
                given.append(case)
    compare(cases, given)


@settings(
    max_examples=2,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seeds=st.lists(st.integers(min_value=100), min_size=8, max_size=8))
def test_any_small_table_does(cases: Project, seeds: list[int]) -> None:
    compare(cases, [random_case(seed) for seed in seeds])


def test_a_column_has_the_ladder_of_its_step(cases: Project) -> None:
    draw = random.Random(5)
    rows = []
    for place in range(40):
        lat, lon = draw.choice([("35.68", "139.76"), ("35.65", "139.74"), ("34.69", "135.50")])
        lat, lon = lat + f"{draw.randint(1, 900):03}", lon + f"{draw.randint(1, 900):03}"
        day = f"{draw.randint(1995, 2024)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        rows.append({"subject": place, "lat": lat, "lon": lon, "age": draw.randint(0, 89), "seen_on": day})
    cases.engine.load_csv("seen", real.one_file(cases.path, "seen", rows), SEEN_TYPES)
    dates = [keep, keep, lambda v: v[:7], lambda v: (v[:4], (int(v[5:7]) - 1) // 3), *map(year_band, (1, 5, 10, 20))]
    ladders = [
        Column("cell", [keep, lambda v: v[:8], lambda v: v[:6], lambda v: v[:4], nothing]),
        Column("age", [keep, *(lambda v, w=w: v // w for w in (5, 10, 20, 40)), nothing]),
        Column("seen_on", [*dates, nothing]),
    ]
    known = [row | {"cell": mesh(row["lat"], row["lon"], "half")} for row in rows]
    nodes = {node.rungs: node for node in exhaustive(known, ladders, 2, 0.3, "loss")}
    outcome, printed = operate(cases, "propose_levels", mart="seen_anonymized", show=9, format="json")
    assert outcome.success, outcome.messages
    (answer,) = answers(printed)
    shown = [answer["best"], *answer["runners_up"]]
    assert (answer["nodes"], len(shown)) == (5 * 6 * 9, 10)
    assert [node["score"] for node in shown] == pytest.approx([node.score for node in list(nodes.values())[:10]])
    for node in shown:
        mine = nodes[tuple(level["level"] for level in node["levels"].values())]
        assert (node["suppressed_records"], node["classes"]) == (mine.records, mine.classes)
    assert {column["name"] for column in answer["columns"]} <= {"cell", "age", "seen_on"}


def test_an_error_says_no_value_and_leaves_nothing(cases: Project) -> None:
    case = random_case(1)
    case["rows"][0]["place"] = "灯台下"
    load(cases, [case])
    outcome, printed = operate(cases, "propose_levels", mart=MART)
    assert not outcome.success and "灯台下" not in printed
    said = "cases_anonymized.place: the hierarchy places lacks 1 values of the column; see docs/search.md"
    assert said in outcome.messages and "灯台下" not in outcome.messages
    assert [name for name in private_relations(cases) if "lattice" in name or "search" in name] == []

    cases.engine.execute("insert into places values ('灯台下', 'a', 's')")
    outcome, printed = operate(cases, "propose_levels", mart=MART)
    assert not outcome.success and "places gives two parents to 1 values or labels" in outcome.messages
    assert "灯台下" not in outcome.messages
    cases.engine.execute("delete from places where value = '灯台下'")
    assert [name for name in private_relations(cases) if "lattice" in name or "search" in name] == []


def test_all_that_is_asked_wrongly_is_said_at_once(cases: Project) -> None:
    wrong = {"k": 1, "by": "beauty", "show": -1, "l": {"place": 2}, "t": {"illness": 2}, "with_models": "yes"}
    columns = {"income": {"band": [10, 15]}, "nobody": {}, "post": {"lowest": 9}}
    outcome, _ = operate(cases, "propose_levels", mart=MART, **wrong, columns=columns)
    assert not outcome.success
    for said in [
        "cases_anonymized: k; got 1; allowed: a whole number of at least 2; see docs/search.md",
        "cases_anonymized: by; got beauty; allowed: discernibility, average_class_size, loss, precision",
        "cases_anonymized: show; got -1; allowed: a whole number from 0 to 100",
        "cases_anonymized.place: l: a quasi-identifier has one value in each class",
        "cases_anonymized.illness: t; got 2; allowed: a distance above 0 and below 1",
        "cases_anonymized: with_models; got yes",
        "cases_anonymized.income: ladder: band; got [10, 15]; allowed: a list of widths",
        "cases_anonymized: columns; got nobody; allowed: place, income, post, born",
    ]:
        assert said in outcome.messages
    outcome, _ = operate(cases, "propose_levels", mart=MART, columns={"post": {"lowest": 9}})
    assert "ladder: lowest; got 9; allowed: a number from 0 to 3, or one of source, 2, 1, *" in outcome.messages
    outcome, _ = operate(cases, "propose_levels", mart="nothing")
    assert "propose_levels: mart; got nothing; allowed: a model with materialized: anonymized" in outcome.messages


def test_a_proposal_can_be_pasted(cases: Project) -> None:
    load(cases, [random_case(3)])
    bounds = {"place": {"lowest": "side", "highest": "side"}, "income": {"lowest": 2, "highest": 2}}
    bounds |= {"post": {"lowest": "1", "highest": "1"}, "born": {"lowest": "5 years", "highest": "5 years"}}
    asked = {"k": 2, "max_suppression": 0.9, "columns": bounds, "l": {"illness": 4}, "format": "json"}
    outcome, printed = operate(cases, "propose_levels", mart=MART, **asked)
    assert outcome.success, outcome.messages
    (answer,) = answers(printed)
    assert answer["nodes"] == 1 and answer["runners_up"] == []
    assert [column["config"]["meta"]["tokumei"]["treat"] for column in answer["columns"]] == [
        [{"lookup": {"hierarchy": "places", "to": "side"}}],
        [{"band": 20}],
        [{"prefix": 1}],
        [{"truncate": "year"}, {"band": 5}],
    ]
    assert answer["notes"] == ["post: suppress_rare was not part of the search: add it again where it still fits."]
    rows = random_case(3)["rows"]
    (alone,) = exhaustive(rows, columns(by_number(bounds)), 2, 0.9, "loss")
    (guarded,) = exhaustive(rows, columns(by_number(bounds)), 2, 1, "loss", diverse(rows, 4))
    assert answer["best"]["l_and_t_suppress_records"] == guarded.records - alone.records > 0


def by_number(bounds: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    numbers = {"side": 2, "1": 2, "5 years": 3}
    return {name: {end: numbers.get(level, level) for end, level in one.items()} for name, one in bounds.items()}
