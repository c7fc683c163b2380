"""What the audit no_direct_identifiers catches of identifiers in disguise, what it cannot, and that it blames nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from support import assurance
from support.disguises import CLASSIFIED, DISGUISES, DUCKDB, MUTATED, POSTGRES, SOUND, Row, persons
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
    return {
        name: [f"c{number}_{part}" for part in range(len(disguise.planted(first)))]
        for number, (name, disguise) in enumerate(DISGUISES.items())
    }


def rows_with_plants() -> list[Row]:
    columns = planted()
    rows = []
    for person in persons():
        row = {name: person[name] for name in CLASSIFIED}
        for name, disguise in DISGUISES.items():
            row |= dict(zip(columns[name], disguise.planted(person), strict=True))
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
    mutated: Outcome  # of the sound mart, by a package that orders and pseudonymizes badly


def found(outcome: Outcome) -> set[tuple[str, str]]:
    return {(mart, column or several) for mart, column, several in FOUND.findall(outcome.messages)}


@pytest.fixture(scope="module")
def gate(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """A mart of every disguise and a sound one, in one run."""
    project = Project(tmp_path_factory.mktemp("disguised"), lasting_engine, logged=True, views=False)
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
    for _, file, old, new, _ in MUTATED.values():
        project.mutate(file, old, new)
    mutated = project.build("--select", "sound_mart")
    yield Gate(project, outcome, found(outcome), mutated)


@pytest.mark.parametrize("name", DISGUISES)
def test_a_disguise_is_caught_where_it_is_said_to_be(gate: Gate, name: str) -> None:
    columns = ", ".join(planted()[name])
    caught = ("disguised_mart", columns) in gate.found
    assert caught == (gate.project.engine.name in DISGUISES[name].caught)


def test_nothing_else_is_blamed(gate: Gate) -> None:
    assert gate.outcome.statuses["sound_mart"] == "success", gate.outcome.messages
    known = {("disguised_mart", ", ".join(columns)) for columns in planted().values()}
    halves = {("disguised_mart", column) for column in planted()["split over two columns"]}  # four digits of a phone
    assert gate.found <= known | halves


def test_a_plain_digest_for_a_pseudonym_and_rows_in_the_source_s_order_are_caught(gate: Gate) -> None:
    assert found(gate.mutated) == {("sound_mart", column) for column, *_ in MUTATED.values()}


def test_no_value_was_said(gate: Gate) -> None:
    canaries = [person[name] for person in persons()[:20] for name in ("full_name", "email", "phone", "card", "number")]
    assert_silent(gate.project, gate.outcome, [*canaries, persons()[0]["phone"].replace("-", "")])


def test_the_counts_are_left_for_the_assurance_page(gate: Gate) -> None:
    engine = gate.project.engine.name
    caught = [name for name, columns in planted().items() if ("disguised_mart", ", ".join(columns)) in gate.found]
    mutated = found(gate.mutated)
    missed = [name for name in DISGUISES if name not in caught]
    assurance.record(
        "disguises",
        part="identifiers planted",
        what="identifiers in disguise (no_direct_identifiers)",
        engine=engine,
        tried=len(DISGUISES) + len(MUTATED),
        found=len(caught) + len(mutated),
        note=f"not caught, as documented: {'; '.join(missed)}",
    )
    assurance.record(
        "disguises",
        part="identifiers planted",
        what="sound columns that look like identifiers (no_direct_identifiers)",
        engine=engine,
        tried=len(SOUND),
        found=0,
        false_alarms=len([column for mart, column in gate.found if mart == "sound_mart"]),
    )
    assert len(missed) == sum(engine not in disguise.caught for disguise in DISGUISES.values())


def test_the_page_says_what_was_found() -> None:
    """docs/audits/no_direct_identifiers.md repeats the table that the tests above go by."""
    page = (PACKAGE / "docs" / "audits" / "no_direct_identifiers.md").read_text(encoding="utf-8")
    lines = [line.strip("| ").split(" | ") for line in page.split("## Disguises")[1].split("\n## ")[0].splitlines()]
    said = {cells[0]: cells[1:] for cells in lines if len(cells) == 4 and set(cells[0]) != {"-"}}
    said.pop("disguise")
    tested = {
        name: ["yes" if engine in disguise.caught else "no" for engine in (DUCKDB, POSTGRES)] + [disguise.how]
        for name, disguise in DISGUISES.items()
    } | {name: ["yes", "yes", how] for name, (*_, how) in MUTATED.items()}
    assert said == tested
