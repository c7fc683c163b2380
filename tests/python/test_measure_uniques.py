"""Frequency counts, sample uniques and special uniques of a relation, against pandas and against brute force."""

from __future__ import annotations

import contextlib
import io
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from support import risk
from support.engines import Engine
from support.project import Project

FRANCDAT = {"Num1": "numeric", "Key1": "integer", "Num2": "numeric", "Key2": "integer"}
FRANCDAT |= {"Key3": "integer", "Key4": "integer", "Num3": "numeric", "w": "numeric"}
WHOLE = ["urbrur", "roof", "walls", "water", "electcon", "relat", "sex", "age", "hhcivil", "expend"]
BROKEN = ["income", "savings", "ori_hid", "sampling_weight", "household_weights"]
TESTDATA = {name: "bigint" for name in WHOLE} | {name: "double precision" for name in BROKEN}
KEYS = {
    "francdat": ["Key1", "Key2", "Key3", "Key4"],
    "testdata": ["urbrur", "roof", "walls", "water", "electcon", "relat", "sex"],
}
TYPES = {"francdat": FRANCDAT, "testdata": TESTDATA}
Table = list[dict[str, Any]]


def drawn(seed: int) -> tuple[Table, list[str], str | None]:
    """A random table of one to five columns with nulls, whose records are persons or belong to some."""
    draw = random.Random(seed)
    columns = [f"c{number}" for number in range(1, seed % 5 + 2)]
    values = [None, *"あいb", "1", "1.0", " "][: draw.randint(3, 7)]
    rows = [
        {"who": draw.randint(1, 25)} | {name: draw.choice(values) for name in columns}
        for _ in range(draw.choice([1, 12, 60]))
    ]
    return rows, columns, "who" if seed % 2 else None


@pytest.fixture(scope="module")
def project(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project(tmp_path_factory.mktemp("uniques"), lasting_engine, views=False)
    statements = []
    for seed in range(1, 11):
        rows, columns, _ = drawn(seed)
        listed = ", ".join(f'"{name}" text' for name in columns)
        cells = [", ".join("null" if cell is None else repr(cell) for cell in row.values()) for row in rows]
        statements.append(f'create table drawn_{seed} ("who" integer, {listed})')
        statements.append(f"insert into drawn_{seed} values ({'), ('.join(cells)})")
    made.engine.execute(";\n".join(statements))
    return made


def measure(project: Project, calls: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What each call of the run-operation prints, in one run."""
    tables = [{"name": call["relation"]} for call in calls]
    project.write("models/raw.yml", {"sources": [{"name": "raw", "schema": project.engine.schema(), "tables": tables}]})
    lines = [
        "{% do tokumei.measure_uniques(" + ", ".join(f"{key}={value!r}" for key, value in call.items()) + ") %}"
        for call in calls
    ]
    project.write("macros/measure_all.sql", "{% macro measure_all() %}\n" + "\n".join(lines) + "\n{% endmacro %}\n")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        outcome = project.dbt("run-operation", "measure_all")
    assert outcome.success, outcome.messages
    return [json.loads(line) for line in printed.getvalue().splitlines() if line.startswith("{")]


def as_measures(answer: dict[str, Any]) -> risk.Measures:
    return {
        ("relation", row["measure"], row["columns"], row["size"]): row["value"]
        for row in answer["measures"]
        if row["measure"] != "dis"
    }


def restated(rows: Table, columns: list[str], subject: str | None, k: int | None, threshold: float | None) -> Any:
    records = [
        (row[subject] if subject else place, tuple(row[name] for name in columns)) for place, row in enumerate(rows)
    ]
    classes = risk.class_measures("relation", records, threshold, grouped=False)
    return classes | risk.combination_measures("relation", records, columns, k)


def test_random_tables_are_measured_as_brute_force_has_it(project: Project) -> None:
    calls = []
    for seed in range(1, 11):
        _, columns, subject = drawn(seed)
        calls.append({"relation": f"drawn_{seed}", "quasi_identifiers": columns, "k": 3, "threshold": 0.3})
        if subject:
            calls[-1]["subject"] = subject
    answers = measure(project, calls)
    assert len(answers) == len(calls)
    for seed, answer in enumerate(answers, 1):
        rows, columns, subject = drawn(seed)
        assert as_measures(answer) == pytest.approx(restated(rows, columns, subject, 3, 0.3), rel=1e-12), seed
    assert any(row["value"] > 0 for row in answers[3]["measures"] if row["measure"] == "minimal_uniques")


@pytest.fixture(scope="module")
def sdc(project: Project, shared: Path) -> Iterator[dict[str, pd.DataFrame]]:
    frames = {}
    for name, types in TYPES.items():
        path = shared / "data/sdc" / f"{name}.csv"
        project.engine.load_csv(name, path, types)
        frames[name] = pd.read_csv(path)
    yield frames


@pytest.mark.real_data
def test_sdc_data_are_counted_as_pandas_counts_them(project: Project, sdc: dict[str, pd.DataFrame]) -> None:
    answers = measure(
        project,
        [
            {"relation": name, "quasi_identifiers": keys, "k": 3, "sampling_fraction": 0.01}
            for name, keys in KEYS.items()
        ],
    )
    for (name, keys), answer in zip(KEYS.items(), answers, strict=True):
        frame = sdc[name]
        counts = frame.groupby(keys)[keys[0]].transform("size")
        measured = as_measures(answer)
        sizes = {size: value for (_, m, _, size), value in measured.items() if m == "subjects_in_classes_of_size"}
        assert sizes == counts.value_counts().to_dict()
        assert measured["relation", "uniques", "", None] == (counts == 1).sum()
        rows = frame.astype(object).to_dict("records")
        assert measured == pytest.approx(restated(rows, keys, None, 3, None), rel=1e-12)
        once, twice = (counts == 1).sum(), (counts == 2).sum() / 2
        dis = next(row["value"] for row in answer["measures"] if row["measure"] == "dis")
        assert dis == pytest.approx(0.01 * once / (0.01 * once + 2 * 0.99 * twice), rel=1e-12)
    # What sdcMicro prints of testdata: 157 records violate 2-anonymity, 281 violate 3-anonymity.
    assert sizes[1] == 157
    assert sizes[1] + sizes[2] == 281


@pytest.mark.real_data
def test_frequency_counts_are_those_of_each_record(project: Project, sdc: dict[str, pd.DataFrame]) -> None:
    """The query of class_sizes as a model, joined by nothing: each class with its own count."""
    for name, keys in KEYS.items():
        project.write(
            f"models/sizes_of_{name}.sql", "{{ tokumei.class_sizes(source('raw', '" + name + f"'), {keys}) }}}}"
        )
    measure(project, [{"relation": name, "quasi_identifiers": keys} for name, keys in KEYS.items()])
    outcome = project.dbt("run", "--select", "sizes_of_francdat", "sizes_of_testdata")
    assert outcome.success, outcome.messages
    for name, keys in KEYS.items():
        listed = ", ".join(f'"{key}"' for key in keys)
        rows = project.query(f"select {listed}, records, subjects from sizes_of_{name}")
        counts = sdc[name].groupby(keys).size().to_dict()
        assert {tuple(row[:-2]): row[-2] for row in rows} == {tuple(map(int, key)): n for key, n in counts.items()}
        assert all(row[-1] == row[-2] for row in rows)
        for path in project.path.glob(f"models/sizes_of_{name}.sql"):
            path.unlink()


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ({"relation": "nowhere", "quasi_identifiers": ["a"]}, "measure_uniques: relation; got nowhere"),
        ({"relation": "drawn_1", "quasi_identifiers": []}, "measure_uniques: quasi_identifiers; got nothing"),
        ({"relation": "drawn_1", "quasi_identifiers": ["c1", "d"]}, "measure_uniques: no such column; got d"),
        ({"relation": "drawn_1", "quasi_identifiers": ["c1"], "subject": "whom"}, "no such column; got whom"),
    ],
)
def test_what_is_not_there_is_an_error(project: Project, call: dict[str, Any], error: str) -> None:
    project.write(
        "models/raw.yml",
        {"sources": [{"name": "raw", "schema": project.engine.schema(), "tables": [{"name": "drawn_1"}]}]},
    )
    outcome = project.dbt("run-operation", "measure_uniques", "--args", json.dumps(call))
    assert not outcome.success
    assert error in outcome.messages
    assert "docs/risk.md" in outcome.messages
