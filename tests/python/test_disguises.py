"""What the audit no_direct_identifiers catches of identifiers in disguise, what it cannot, and that it blames nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from support import assurance
from support.disguises import CLASSIFIED, DISGUISES, SOUND, Row, persons
from support.engines import Engine
from support.gate import assert_silent
from support.people import write_csv
from support.project import PACKAGE, Outcome, Project, mart, personal

FOUND = re.compile(r"tokumei: (\w+)(?:\.(\w+))?: no_direct_identifiers found [1-9]\d* violations(?: \(([^)]+)\))?")
WAIVED = {"waive": {"no_rare_values": "a test"}}
POLICY: dict[str, Any] = {"k": 5, "k_reason": "a test", "max_suppression": 0}
TYPES = {int: "bigint", float: "double precision", str: "text"}


def planted() -> dict[str, list[str]]:
    """Name of each disguise → the columns that hold it."""
    first = persons()[0]
    columns = {}
    for number, (name, disguise) in enumerate(DISGUISES.items()):
        values = disguise.values(first)
        columns[name] = (
            [f"c{number}_{part}" for part in range(len(values))] if isinstance(values, tuple) else [f"c{number}"]
        )
    return columns


def rows_with_plants() -> list[Row]:
    columns = planted()
    rows = []
    for person in persons():
        row = {name: person[name] for name in CLASSIFIED}
        for name, disguise in DISGUISES.items():
            values = disguise.values(person)
            row |= dict(zip(columns[name], values if isinstance(values, tuple) else [values], strict=True))
        rows.append(row)
    return rows


def sound_rows() -> list[Row]:
    return [
        {name: person[name] for name in CLASSIFIED} | {name: value(person) for name, value in SOUND.items()}
        for person in persons()
    ]


class Gate(NamedTuple):
    project: Project
    outcome: Outcome
    found: set[tuple[str, str]]  # (mart, the columns as the message names them)


def found(outcome: Outcome) -> set[tuple[str, str]]:
    return {(mart, column or several) for mart, column, several in FOUND.findall(outcome.messages)}


@pytest.fixture(scope="module")
def gate(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """A mart of every disguise and a sound one, in one run."""
    project = Project(tmp_path_factory.mktemp("disguised"), lasting_engine, logged=True)
    models, tables = [], []
    for name, rows in {"disguised": rows_with_plants(), "sound": sound_rows()}.items():
        shown = [column for column in rows[0] if column not in CLASSIFIED]
        types = {column: TYPES[type(rows[0][column])] for column in rows[0]}
        lasting_engine.load_csv(name, write_csv(project.path / f"{name}.csv", rows), types)
        tables += personal(name, "id", CLASSIFIED | dict.fromkeys(shown, "attribute"), lasting_engine.schema())[
            "tables"
        ]
        columns = [{"name": "pseudonym", "from": "id", "treat": ["pseudonymize"]}]
        columns += [{"name": column} | WAIVED for column in shown]
        models.append(mart(f"{name}_mart", name, columns, dataset=name, **POLICY))
        project.write(f"models/{name}_mart.sql", f"{{{{ tokumei.anonymize(source('raw', '{name}')) }}}}\n")
    source = {"name": "raw", "schema": lasting_engine.schema(), "tables": tables}
    project.write("models/marts.yml", {"models": models, "sources": [source]})
    outcome = project.build()
    yield Gate(project, outcome, found(outcome))


@pytest.mark.parametrize("name", DISGUISES)
def test_a_disguise_is_caught_where_it_is_said_to_be(gate: Gate, name: str) -> None:
    columns = ", ".join(planted()[name])
    caught = ("disguised_mart", columns) in gate.found
    assert caught == (gate.project.engine.name in DISGUISES[name].caught)


def test_nothing_else_is_blamed(gate: Gate) -> None:
    assert gate.outcome.statuses["sound_mart"] == "success", gate.outcome.messages
    known = {("disguised_mart", ", ".join(columns)) for columns in planted().values()}
    assert gate.found <= known
