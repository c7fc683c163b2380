"""Bad data in the source stops exactly the marts it is in, on every engine; the same data without it passes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from support.engines import Engine
from support.gate import Standing, assert_released, assert_silent, found, standing
from support.people import write_csv
from support.project import Outcome, Project, mart, personal

Row = dict[str, Any]
SURNAMES = [f"{first}{second}" for first in "山田石川" for second in "本村崎原野"]
CLASSIFIED = {
    "id": "linking_code",
    "surname": "direct_identifier",
    "full_name": "direct_identifier",
    "email": "direct_identifier",
    "phone": "direct_identifier",
    "number": "identification_code",
    "birth": "quasi_identifier",
    "sex": "quasi_identifier",
    "note": "attribute",
}
TYPES = dict.fromkeys(CLASSIFIED, "text") | {"id": "integer", "birth": "date"}
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def persons(count: int = 600) -> list[Row]:
    """Persons with what identifies them, and a note that says nothing of anybody."""
    draw = random.Random(7)
    return [
        {
            "id": number,
            "surname": (surname := SURNAMES[number % len(SURNAMES)]),
            "full_name": f"{surname}　ヴィクトリア{number:04d}",
            "email": f"{draw.choice(['taro', 'hanako'])}.{number:04d}@example.jp",
            "phone": f"090-{draw.randrange(1000, 10000)}-{number:04d}",
            "number": f"{draw.randrange(10**11, 10**12)}",
            "birth": f"{draw.randrange(1960, 1990)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
            "sex": draw.choice("MF"),
            "note": draw.choice(["良い", "普通", "0120000000"]),
        }
        for number in range(1, count + 1)
    ]


def noted(note: Callable[[list[Row], Row], Any], everybody: bool = False) -> Callable[[list[Row]], list[Row]]:
    """Give a note to 20 persons, or to everybody; by default all 20 share it, so that it is not rare."""
    return lambda rows: [row | {"note": note(rows, row)} if everybody or row["id"] % 30 == 1 else row for row in rows]


def ten_in_their_own_class(rows: list[Row]) -> list[Row]:
    return [row | {"birth": f"{1800 + row['id'] * 10}-01-01"} if row["id"] <= 10 else row for row in rows]


class Plant(NamedTuple):
    """How a table is spoiled, and the audits that must say so."""

    spoil: Callable[[list[Row]], list[Row]]
    audits: set[str]
    note: dict[str, Any] | None = None


IDENTIFIED = {"no_direct_identifiers"}
PLANTS = {
    "a_phone": Plant(noted(lambda rows, _: rows[9]["phone"]), IDENTIFIED),
    "a_phone_without_hyphens": Plant(noted(lambda rows, _: rows[9]["phone"].replace("-", "")), IDENTIFIED),
    "a_phone_full_width": Plant(noted(lambda rows, _: rows[9]["phone"].translate(WIDE)), IDENTIFIED),
    "a_phone_inside_text": Plant(noted(lambda rows, _: f"日中は{rows[9]['phone']}まで"), IDENTIFIED),
    "an_email_in_capitals": Plant(noted(lambda rows, _: f"<{rows[9]['email'].upper()}>"), IDENTIFIED),
    "a_name_in_hiragana": Plant(
        noted(lambda rows, _: rows[9]["full_name"].replace("ヴィクトリア", "ゔぃくとりあ")), IDENTIFIED
    ),
    "a_name_without_its_space": Plant(noted(lambda rows, _: rows[9]["full_name"].replace("　", "")), IDENTIFIED),
    "a_number": Plant(noted(lambda rows, _: f"No.{rows[9]['number']}"), IDENTIFIED),
    "own_surnames": Plant(noted(lambda _, row: row["surname"], everybody=True), IDENTIFIED),
    "own_surnames_inside_text": Plant(noted(lambda _, row: f"{row['surname']}様々", everybody=True), IDENTIFIED),
    "own_ids_waived": Plant(
        noted(lambda _, row: row["id"], everybody=True),
        {"no_direct_identifiers", "no_rare_values"},
        {"waive": {"no_rare_values": "a test"}},
    ),
    "a_rare_note": Plant(noted(lambda rows, row: "灯台守" if row["id"] < 100 else row["note"]), {"no_rare_values"}),
    "invoices_waived": Plant(
        noted(lambda _, row: f"I{row['id'] * 7919 % 99991}", everybody=True),
        {"no_rare_values"},
        {"waive": {"no_rare_values": "a test"}},
    ),
    "lonely_classes": Plant(ten_in_their_own_class, {"suppression_within_limit"}),
}
# What looks like an identifier and is none: these pass, spoiled or not.
CONTROLS = {
    "other_surnames": Plant(
        noted(lambda rows, row: rows[(row["id"] * 7) % len(rows)]["surname"], everybody=True), set()
    ),
    "ids_equal_to_ages": Plant(noted(lambda _, row: 2025 - int(row["birth"][:4]), everybody=True), set()),
    "parts_of_phones": Plant(noted(lambda _, row: row["phone"][:3], everybody=True), set()),
}


class Build(NamedTuple):
    """A project whose marts passed once, and what came when all their sources were spoiled."""

    project: Project
    before: Standing
    spoiled: Outcome
    canaries: list[str]


@pytest.fixture(scope="module")
def build(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    project = Project(tmp_path_factory.mktemp("planted"), lasting_engine)
    rows = persons()
    plants = {**PLANTS, **CONTROLS}
    models, tables = [], []
    for name, plant in plants.items():
        models.append(
            mart(
                f"{name}_anonymized",
                name,
                [
                    {"name": "pseudonym", "from": "id", "treat": ["pseudonymize"]},
                    {"name": "decade", "from": "birth", "treat": [{"truncate": "year"}, {"band": 10}]},
                    {"name": "sex", "treat": ["keep"]},
                    {"name": "note", **(plant.note or {})},
                ],
                dataset=name,
                k=5,
                k_reason="a test",
                max_suppression=0.01,
            )
        )
        tables += personal(name, "id", CLASSIFIED, lasting_engine.schema())["tables"]
        project.write(f"models/{name}_anonymized.sql", f"{{{{ tokumei.anonymize(source('raw', '{name}')) }}}}\n")
    source = personal("any", "id", CLASSIFIED, lasting_engine.schema()) | {"tables": tables}
    project.write("models/marts.yml", {"models": models, "sources": [source]})
    load(project, {name: rows for name in plants})
    assert_released(project.build(), *(f"{name}_anonymized" for name in plants))
    before = standing(project, *(f"{name}_anonymized" for name in PLANTS))
    load(project, {name: plant.spoil(rows) for name, plant in plants.items()})
    spoiled = project.build()
    secret = ("surname", "full_name", "email", "phone", "number")
    canaries = [row[name] for row in rows[:40] for name in secret] + ["灯台守", "I7919"]
    yield Build(project, before, spoiled, canaries)


def load(project: Project, tables: dict[str, list[Row]]) -> None:
    for name, rows in tables.items():
        project.engine.load_csv(name, write_csv(project.path / f"{name}.csv", rows), TYPES)


@pytest.mark.parametrize("name", PLANTS)
def test_a_plant_is_found(build: Build, name: str) -> None:
    assert found(build.spoiled, f"{name}_anonymized") == PLANTS[name].audits
    assert build.spoiled.statuses[f"{name}_anonymized"] == "error"


@pytest.mark.parametrize("name", CONTROLS)
def test_what_only_looks_like_an_identifier_passes(build: Build, name: str) -> None:
    assert build.spoiled.statuses[f"{name}_anonymized"] == "success", found(build.spoiled, f"{name}_anonymized")


def test_every_mart_shows_what_it_showed(build: Build) -> None:
    kept = [name for name in build.before.private if name.split("_anonymized__")[0] not in CONTROLS]
    after = standing(build.project, *build.before.shown)
    assert after.shown == build.before.shown
    assert [name for name in after.private if name.split("_anonymized__")[0] not in CONTROLS] == kept


def test_no_value_was_said(build: Build) -> None:
    assert_silent(build.project, build.spoiled, build.canaries)
