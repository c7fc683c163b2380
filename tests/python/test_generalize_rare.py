"""Rare values climb the hierarchy: what is shown is what a plain recomputation gives, and no label names a value."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support.climbing import Tree, climb, eliminated
from support.engines import Engine
from support.oracle import Row, Value
from support.project import Outcome, Project, mart, personal
from support.steps import load_table

BELOW = 5
TREE: Tree = {
    f"{chapter}{block}{leaf}": [f"{chapter}{block}", chapter] for chapter in "ABC" for block in "012" for leaf in "xyz"
}
# One block of a single disease, one chapter of a single block.
TREE |= {"D0x": ["D0", "D"], "E0x": ["E0", "E"], "E0y": ["E0", "E"]}
POLICY: dict[str, Any] = {"k": 3, "k_reason": "a test", "max_suppression": 0.9}
STEP = {"generalize_rare": {"hierarchy": "tree", "below": BELOW, "replace_with": "その他"}}


def table(seed: int, subjects: int, most: int, nulls: float) -> list[Row]:
    """Values of very different frequency; which are rare changes with the seed."""
    draw = random.Random(seed)
    values = draw.sample(sorted(TREE), draw.randint(3, len(TREE)))
    weights = [1 / (place + 1) ** draw.uniform(0.8, 2.2) for place in range(len(values))]
    rows = []
    for number in range(subjects):
        for _ in range(draw.randint(1, most)):
            value = None if draw.random() < nulls else draw.choices(values, weights)[0]
            rows.append({"subject": number, "disease": value})
    return rows


TABLES = {f"t{seed}": table(seed, 40 + 15 * seed, 1 + seed % 3, [0, 0.02, 0.2][seed % 3]) for seed in range(10)}
TABLES["lonely"] = [{"subject": n, "disease": "D0x" if n == 0 else "A0x"} for n in range(30)]
TABLES["one_block"] = [{"subject": n, "disease": "A0y" if n < 2 else "A0x"} for n in range(30)]


class Built(NamedTuple):
    project: Project
    outcome: Outcome


@pytest.fixture(scope="module")
def built(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A mart of each table."""
    project = Project(tmp_path_factory.mktemp("climbing"), lasting_engine, views=False)
    load_table(project.engine, "tree", [{"value": v, "block": b, "chapter": c} for v, (b, c) in TREE.items()])
    declared = [{"name": name} for name in ["value", "block", "chapter"]]
    tables: list[dict[str, Any]] = [{"name": "tree", "columns": declared}]
    models = []
    for name, rows in TABLES.items():
        load_table(project.engine, f"{name}_raw", sorted(rows, key=lambda row: row["disease"] is None))
        classified = {"subject": "linking_code", "disease": "sensitive"}
        tables += personal(f"{name}_raw", "subject", classified, project.engine.schema())["tables"]
        columns = [{"name": "who", "from": "subject", "treat": ["pseudonymize"]}, {"name": "disease", "treat": [STEP]}]
        several = {"history": {"known": 1, "among": 2, "at_most": 0.9}}
        models.append(mart(name, f"{name}_raw", columns, dataset=name, **POLICY, **several))
        project.write(
            f"models/{name}.sql",
            f"{{{{ tokumei.anonymize(source('raw', '{name}_raw'), hierarchies=[source('raw', 'tree')]) }}}}\n",
        )
    source = {"name": "raw", "schema": project.engine.schema(), "tables": tables}
    project.write("models/climbing.yml", {"sources": [source], "models": models})
    return Built(project, project.build())


def histories(pairs: list[tuple[Any, Value]]) -> list[list[str]]:
    """What each subject shows, whoever it is."""
    of: dict[Any, list[str]] = defaultdict(list)
    for who, value in pairs:
        of[who].append(repr(value))
    return sorted(sorted(shown) for shown in of.values())


def test_marts_show_what_a_plain_recomputation_gives(built: Built) -> None:
    outcome = built.outcome
    released = [name for name in TABLES if outcome.statuses[name] == "success"]
    assert len(released) >= len(TABLES) - 3, outcome.messages
    for name in released:
        shown = climb(TABLES[name], "disease", TREE, BELOW, "その他")
        meant = histories([(row["subject"], shown[row["disease"]]) for row in TABLES[name]])
        got = histories(built.project.query(f"select who, disease from {name}"))
        assert got == meant, name


def test_what_nobody_can_hide_behind_is_refused(built: Built) -> None:
    """Where it did not release, the recomputed column would itself show too few subjects."""
    outcome = built.outcome
    for name in [name for name in TABLES if outcome.statuses[name] != "success"]:
        assert sound(TABLES[name]) != [], name
        assert "no_rare_values" in outcome.messages


def sound(rows: list[Row]) -> list[str]:
    """What is wrong with the recomputed column."""
    shown = climb(rows, "disease", TREE, BELOW, "その他")
    subjects: dict[Value, set[Value]] = defaultdict(set)
    values: dict[Value, set[Value]] = defaultdict(set)
    for row in rows:
        subjects[shown[row["disease"]]].add(row["subject"])
        values[shown[row["disease"]]].add(row["disease"])
    rare = [f"{label} of few" for label, who in subjects.items() if len(who) < BELOW]
    naming = [f"{label} names" for label, inside in values.items() if len(inside) < 2 and label not in inside]
    by_elimination = eliminated([(row["disease"], shown[row["disease"]]) for row in rows], TREE)
    return rare + naming + [f"{label} by elimination" for label in by_elimination]


@given(seed=st.integers(0, 10**6), most=st.integers(1, 3))
@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_recomputed_label_names_a_value(seed: int, most: int) -> None:
    """The oracle's own promise: the attack by elimination finds nothing, whatever the table."""
    rows = table(seed, 30 + seed % 150, most, [0, 0.02, 0.2][seed % 3])
    found = sound(rows)
    nothing_left = len({row["disease"] for row in rows}) < 2
    assert found == [] or nothing_left, found


def test_the_attack_by_elimination_is_one() -> None:
    """Climbing alone, without drawing a sibling in, it finds the one disease of a chapter."""
    naive = [("A0x", "A0x")] * 10 + [("A0y", "A0")] * 2
    assert eliminated(naive, TREE) == ["A0"]
    assert eliminated([(v, "A0") for v, _ in naive], TREE) == []


def test_a_hierarchy_that_is_no_tree_is_refused(project: Project) -> None:
    """A value without a place, a value with two, a block in two chapters: counts, no value."""
    leaves = [{"value": "a", "block": "b1", "chapter": "c1"}, {"value": "a", "block": "b2", "chapter": "c1"}]
    leaves += [{"value": "b", "block": "b2", "chapter": "c2"}]
    load_table(project.engine, "tree", leaves)
    load_table(project.engine, "raw_t", [{"subject": n, "disease": "abz"[n % 3]} for n in range(30)])
    columns = [
        {
            "name": "disease",
            "treat": [{"generalize_rare": {"hierarchy": "tree", "below": 5, "levels": ["block", "chapter"]}}],
        }
    ]
    tables = personal("raw_t", "subject", {"subject": "linking_code", "disease": "sensitive"}, project.engine.schema())
    tables["tables"].append({"name": "tree"})
    project.write("models/t.yml", {"sources": [tables], "models": [mart("t", "raw_t", columns, dataset="t", **POLICY)]})
    project.write(
        "models/t.sql", "{{ tokumei.anonymize(source('raw', 'raw_t'), hierarchies=[source('raw', 'tree')]) }}\n"
    )
    outcome = project.build()
    assert not outcome.success
    assert (
        "the hierarchy tree lacks 1 values of the column and gives two parents to 2; allowed: 0 and 0"
        in outcome.messages
    )


def test_a_label_need_not_have_the_form_of_what_climbed(project: Project) -> None:
    """Codes of three characters under blocks of more: within_bounds takes the block for what it is, and still reads codes."""
    load_table(project.engine, "tree", [{"value": v, "block": "A00-A09 of one kind"} for v in ("A01", "A02", "A03")])
    codes = ["A01.1"] * 20 + ["A02.5"] * 8 + ["A03"] * 2
    load_table(project.engine, "raw_t", [{"subject": n, "disease": code} for n, code in enumerate(codes)])
    step = {"generalize_rare": {"hierarchy": "tree", "below": 5, "levels": ["block"]}}
    columns = [{"name": "disease", "treat": [{"prefix": 3}, step]}]
    tables = personal("raw_t", "subject", {"subject": "linking_code", "disease": "sensitive"}, project.engine.schema())
    tables["tables"].append({"name": "tree"})
    project.write("models/t.yml", {"sources": [tables], "models": [mart("t", "raw_t", columns, dataset="t", **POLICY)]})
    project.write(
        "models/t.sql", "{{ tokumei.anonymize(source('raw', 'raw_t'), hierarchies=[source('raw', 'tree')]) }}\n"
    )
    outcome = project.build()
    assert outcome.success, outcome.messages
    shown = project.query("select disease, count(*) from t group by disease order by disease")
    assert shown == [("A00-A09 of one kind", 10), ("A01", 20)]
