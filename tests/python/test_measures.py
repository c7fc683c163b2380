"""Measures of a given relation: those of pycanon on real data, and of a plain restatement on drawn tables."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas
import pytest
from pycanon import anonymity
from support import real
from support.engines import Engine
from support.gate import assert_silent
from support.oracle import Row
from support.privacy_models import Guard, counted, entropy, equal_distance, ordered_distance
from support.project import Outcome, Project
from support.steps import load_table

Case = dict[str, Any]
Measured = dict[str, dict[str, Any]]

NAMES = ["sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation"]
# Quasi-identifiers with their levels, and what is sensitive: the table of ../shared/expected, and more.
ADULT = [
    (dict(zip(NAMES, [0, 4, 0, 2, 3, 2, 2, 1], strict=True)), ["salary-class"]),
    ({"sex": 0, "age": 2, "race": 0}, ["salary-class"]),
    (dict(zip(NAMES[:7], [0, 4, 0, 1, 3, 2, 2], strict=True)), ["occupation"]),
    ({"sex": 0, "race": 0, "workclass": 1}, ["age", "education"]),
    ({"age": 4, "education": 2, "native-country": 1}, ["marital-status"]),
    ({"sex": 1}, ["occupation", "age"]),
]
EXPECTED = [
    (30, 16, "salary-class", 2, 1, 0.22392248524633643, (1, 2)),
    (73, 1, "salary-class", 1, 1, 0.2582203718965207, None),
    (20, 14, "occupation", 7, 6, 0.3423607756211695, (1, 7)),
]

MACRO = """
{%- macro measure_cases(cases) -%}
    {%- for case in fromjson(cases) -%}
        {%- do tokumei.measure_relation(case.relation, case.quasi_identifiers, case.sensitive, case.get('subject'), 'json') -%}
    {%- endfor -%}
{%- endmacro -%}
"""


@pytest.fixture(scope="module")
def host(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    project = Project(tmp_path_factory.mktemp("measures"), lasting_engine, logged=True, views=False)
    project.write("macros/measure_cases.sql", MACRO)
    yield project


def measure(project: Project, cases: list[Case]) -> list[Measured]:
    """One run of dbt for all of them."""
    outcome = project.dbt("run-operation", "measure_cases", "--args", json.dumps({"cases": json.dumps(cases)}))
    assert outcome.success, outcome.messages
    return [json.loads(line)["measures"] for line in outcome.messages.splitlines() if line.startswith('{"')]


def adult_levels(folder: Path) -> pandas.DataFrame:
    """Each column at each of its levels, named column_level; level 0 is the value itself."""
    rows = real.read_rows(folder / "adult.csv", ";")
    columns: dict[str, list[Any]] = {"salary-class_0": [row["salary-class"] for row in rows]}
    for name in NAMES:
        lines = (folder / f"adult_hierarchy_{name}.csv").read_text(encoding="utf-8").splitlines()
        hierarchy = {line.split(";")[0]: line.split(";") for line in lines}
        for level in range(len(next(iter(hierarchy.values())))):
            values: list[Any] = [hierarchy[row[name]][level] for row in rows]
            columns[f"{name}_{level}"] = list(map(int, values)) if (name, level) == ("age", 0) else values
    return pandas.DataFrame(columns)


@pytest.mark.real_data
def test_adult_measures_as_pycanon_says(host: Project, shared: Path, tmp_path: Path) -> None:
    frame = adult_levels(shared / "data" / "adult")
    frame.to_csv(tmp_path / "adult.csv", index=False)
    types = {name: "integer" if name == "age_0" else "text" for name in frame.columns}
    host.engine.load_csv("adult_levels", tmp_path / "adult.csv", types)
    asked = [([f"{n}_{level}" for n, level in levels.items()], [f"{n}_0" for n in names]) for levels, names in ADULT]
    relation = f"{host.engine.schema()}.adult_levels"
    found = measure(host, [{"relation": relation, "quasi_identifiers": q, "sensitive": s} for q, s in asked])
    for (quasi_identifiers, names), measures in zip(asked, found, strict=True):
        for name in names:
            expected = by_pycanon(frame, quasi_identifiers, name)
            rounded = measures[name] | {"entropy_l": math.floor(measures[name]["entropy_l"] + 1e-9)}
            got = {measure: rounded[measure] for measure in expected}
            assert got == pytest.approx(expected, abs=1e-9, nan_ok=True), (quasi_identifiers, name)
    for measures, (classes, k, name, distinct, entropy_l, t, recursive) in zip(found, EXPECTED, strict=False):
        one = measures[f"{name}_0"]
        assert (one["classes"], one["k"], one["distinct_l"], int(one["entropy_l"])) == (classes, k, distinct, entropy_l)
        assert one["t"] == pytest.approx(t, abs=1e-9)
        assert one["recursive_c_of_rarest"] == (recursive[0] if recursive else None)


def by_pycanon(frame: pandas.DataFrame, quasi_identifiers: list[str], name: str) -> dict[str, Any]:
    sensitive = [name]
    alpha, k = anonymity.alpha_k_anonymity(frame, quasi_identifiers, sensitive)
    c, l = anonymity.recursive_c_l_diversity(frame, quasi_identifiers, sensitive)  # noqa: E741
    numeric = pandas.api.types.is_numeric_dtype(frame[name])
    return {
        "classes": len(frame.groupby(quasi_identifiers)),
        "k": k,
        "alpha": alpha,
        "distinct_l": l,
        "entropy_l": anonymity.entropy_l_diversity(frame, quasi_identifiers, sensitive),
        "recursive_c_of_rarest": None if math.isnan(c) else int(c),
        "beta": anonymity.basic_beta_likeness(frame, quasi_identifiers, sensitive),
        "enhanced_beta": anonymity.enhanced_beta_likeness(frame, quasi_identifiers, sensitive),
        "delta": anonymity.delta_disclosure(frame, quasi_identifiers, sensitive),
        "t_ordered" if numeric else "t": anonymity.t_closeness(frame, quasi_identifiers, sensitive),
    }


def drawn_table(draw: random.Random) -> list[Row]:
    """Up to 40 records of a few subjects and classes, with nulls everywhere but in the subject."""
    values = {
        "q": draw.sample(["a", "b", "", "é", None], draw.randint(1, 4)),
        "r": draw.sample([1, 2, 3, None], draw.randint(1, 3)),
        "s": draw.sample(["flu", "cold", "その他", "O'Brien", None], draw.randint(1, 5)),
        "n": draw.sample([-5, 0, 1, 2, 3, 100, 1000, None], draw.randint(1, 8)),
    }
    subjects = draw.choice([5, 1000])
    return [
        {"who": draw.randint(1, subjects)} | {name: draw.choice(given) for name, given in values.items()}
        for _ in range(draw.randint(1, 40))
    ]


def test_drawn_tables_measure_as_a_plain_restatement(host: Project) -> None:
    draw = random.Random(11)
    tables = [drawn_table(draw) for _ in range(60)]
    load_table(host.engine, "drawn", [{"case_no": no} | row for no, rows in enumerate(tables) for row in rows])
    cases: list[Case] = []
    for no in range(len(tables)):
        host.engine.execute(f"create or replace view drawn_{no} as select * from drawn where case_no = {no}")
        quasi_identifiers = draw.choice([["q"], ["q", "r"], ["r"]])
        case = {"relation": f"{host.engine.schema()}.drawn_{no}", "quasi_identifiers": quasi_identifiers}
        cases.append(case | {"sensitive": ["s", "n"], "subject": draw.choice([None, "who"])})
    for case, rows, found in zip(cases, tables, measure(host, cases), strict=True):
        people = [row | {"subject": row["who"] if case["subject"] else place} for place, row in enumerate(rows)]
        expected = {name: restated(people, case["quasi_identifiers"], name) for name in case["sensitive"]}
        for name, measures in expected.items():
            assert found[name] == pytest.approx(measures, abs=1e-9), (case, name, rows)


def restated(rows: list[Row], quasi_identifiers: list[str], name: str) -> dict[str, Any]:
    """Each measure by its definition, in subjects: null is a value of distributions, and none towards l and alpha."""
    classes: dict[Any, list[Row]] = {}
    for row in rows:
        classes.setdefault(tuple(row[q] for q in quasi_identifiers), []).append(row)
    counts = [counted(members, name) for members in classes.values()]
    everyone = counted(rows, name)
    said = [Guard(name).said(one) for one in counts]
    share = {value: n / sum(everyone.values()) for value, n in everyone.items()}
    quotients = [n / sum(one.values()) / share[value] for one in counts for value, n in one.items()]
    distinct = min(map(len, said))
    recursive = [one[0] / sum(one[distinct - 1 :]) for one in said] if distinct > 1 else []
    of_rarest = [one[-1] / sum(sorted(one)[distinct - 1 :]) for one in said] if distinct > 1 else []
    beta = max(quotients) - 1
    return {
        "classes": len(classes),
        "k": min(len({row["subject"] for row in members}) for members in classes.values()),
        "alpha": max((one[0] / sum(one) for one in said if one), default=None),
        "distinct_l": distinct,
        "entropy_l": min(math.exp(entropy(one)) if one else 0 for one in said),
        "recursive_c": math.floor(max(recursive)) + 1 if recursive else None,
        "recursive_c_of_rarest": math.floor(max(of_rarest)) + 1 if of_rarest else None,
        "beta": beta,
        "enhanced_beta": min(beta, -math.log(min(share.values()))),
        "delta": max(abs(math.log(one)) for one in quotients),
        "t": float(max(equal_distance(one, everyone) for one in counts)),
        "t_ordered": float(max(ordered_distance(one, everyone) for one in counts)) if name == "n" else None,
    }


def asked(project: Project, **arguments: Any) -> Outcome:
    return project.dbt("run-operation", "tokumei.measure_relation", "--args", json.dumps(arguments))


def test_a_table_of_measures_is_printed_without_a_value(host: Project) -> None:
    rows = [{"id": n, "q": "Kyoto" if n % 2 else "Nara", "s": ["Gicht", "Grippe"][n % 3 % 2]} for n in range(30)]
    load_table(host.engine, "patients", rows)
    relation = f"{host.engine.schema()}.patients"
    outcome = asked(host, relation=relation, quasi_identifiers=["q"], sensitive=["s"], subject="id")
    lines = [line.split() for line in outcome.messages.splitlines()]
    assert ["k", "15"] in lines and ["distinct_l", "2"] in lines and ["t", "0.000000"] in lines, outcome.messages
    assert_silent(host, outcome, ["Kyoto", "Gicht"])
    host.engine.execute("update patients set id = null where id < 3")
    refused = asked(host, relation=relation, quasi_identifiers=["q"], sensitive=["s", "q", "x"], subject="id")
    assert not refused.success and "no such column; got x" in refused.messages
    refused = asked(host, relation=relation, quasi_identifiers=["q"], sensitive=["s", "q"], subject="id", format="xml")
    assert not refused.success
    nothing = asked(host, relation=relation, quasi_identifiers=["q"], sensitive=[])
    assert not nothing.success and "sensitive; got nothing" in nothing.messages
    for said in ["records without a subject; got 3", "format; got xml", "a quasi-identifier or sensitive; got q"]:
        assert said in refused.messages, refused.messages
