"""Bad data in the source stops the release and is found in the columns it is in; what only looks like it passes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from support import assurance
from support.engines import Engine
from support.gate import Standing, assert_refused, assert_released, assert_silent, found, standing
from support.people import write_csv
from support.project import Outcome, Project, mart, personal

Row = dict[str, Any]
Note = Callable[[list[Row], Row], Any]
MARTS = ("noted_anonymized", "lonely_anonymized")
SURNAMES = [f"{first}{second}" for first in "鰐鯱鶯鷲" for second in "塚沼淵瀬碕"]  # in no list of the package
CLASSIFIED = {
    "id": "linking_code",
    "surname": "direct_identifier",
    "full_name": "direct_identifier",
    "email": "direct_identifier",
    "phone": "direct_identifier",
    "number": "identification_code",
    "birth": "quasi_identifier",
    "sex": "quasi_identifier",
}
TYPES = {"id": "integer", "number": "bigint", "birth": "date"}
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def persons(count: int = 600) -> list[Row]:
    """Persons with what identifies them."""
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
        }
        for number in range(1, count + 1)
    ]


def shared(note: Callable[[Row], str]) -> Note:
    """What is noted of one person stands with twenty others, so that it is not rare."""
    return lambda rows, row: note(rows[9]) if row["id"] % 30 == 1 else "普通"


class Plant(NamedTuple):
    """What stands in a column `note`, and the audits that must find it there."""

    note: Note
    audits: set[str]
    waived: bool = False


IDENTIFIED, RARE = {"no_direct_identifiers"}, {"no_rare_values"}
PLANTS = {
    "a_phone": Plant(shared(lambda one: one["phone"]), IDENTIFIED),
    "a_phone_without_hyphens": Plant(shared(lambda one: one["phone"].replace("-", "")), IDENTIFIED),
    "a_phone_full_width": Plant(shared(lambda one: one["phone"].translate(WIDE)), IDENTIFIED),
    "a_phone_inside_text": Plant(shared(lambda one: f"日中は{one['phone']}まで"), IDENTIFIED),
    "an_email_in_capitals": Plant(shared(lambda one: f"<{one['email'].upper()}>"), IDENTIFIED),
    "a_name_in_hiragana": Plant(
        shared(lambda one: one["full_name"].replace("ヴィクトリア", "ゔぃくとりあ")), IDENTIFIED
    ),
    "a_name_without_its_space": Plant(shared(lambda one: one["full_name"].replace("　", "")), IDENTIFIED),
    "a_number": Plant(shared(lambda one: f"No.{one['number']}"), IDENTIFIED),
    "own_surnames": Plant(lambda _, row: row["surname"], IDENTIFIED),
    "own_surnames_inside_text": Plant(lambda _, row: f"{row['surname']}様々", IDENTIFIED),
    "own_ids_waived": Plant(lambda _, row: row["id"], IDENTIFIED | RARE, waived=True),
    "a_rare_note": Plant(lambda _, row: "灯台守" if row["id"] < 5 else "普通", RARE),
    "invoices_waived": Plant(lambda _, row: f"I{row['id'] * 7919 % 99991}", RARE, waived=True),
    # What looks like an identifier and is none.
    "rare_notes_waived": Plant(lambda _, row: f"約{row['id'] % 290}", set(), waived=True),
    "other_surnames": Plant(lambda rows, row: rows[row["id"] * 7 % len(rows)]["surname"], set()),
    "ids_equal_to_ages": Plant(lambda _, row: 2025 - int(row["birth"][:4]), set()),
    "parts_of_phones": Plant(lambda _, row: row["phone"][:3], set()),
}
FAULTY = [name for name, plant in PLANTS.items() if plant.audits]
CLEAN = {name: "普通" for name in FAULTY}


class Build(NamedTuple):
    """A project whose marts passed once, and what came when their sources were spoiled."""

    project: Project
    before: Standing
    spoiled: Outcome


@pytest.fixture(scope="module")
def build(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    project = Project(tmp_path_factory.mktemp("planted"), lasting_engine, logged=True, views=False)
    rows = persons()
    treated: list[Row] = [
        {"name": "pseudonym", "from": "id", "treat": ["pseudonymize"]},
        {"name": "decade", "from": "birth", "treat": [{"truncate": "year"}, {"band": 10}]},
        {"name": "sex", "treat": ["keep"]},
    ]
    waiver = {"waive": {"no_rare_values": "a test"}}
    notes: list[Row] = [{"name": name} | (waiver if plant.waived else {}) for name, plant in PLANTS.items()]
    noted, lonely = [
        mart(name, name, columns, dataset=name, k=5, k_reason="a test", max_suppression=0.01)
        for name, columns in {MARTS[0]: treated + notes, MARTS[1]: treated}.items()
    ]
    source = personal("noted", "id", CLASSIFIED | dict.fromkeys(PLANTS, "attribute"), lasting_engine.schema())
    source["tables"] += personal("lonely", "id", CLASSIFIED, lasting_engine.schema())["tables"]
    project.write("models/marts.yml", {"models": [noted, lonely], "sources": [source]})
    for name in ("noted", "lonely"):
        project.write(f"models/{name}_anonymized.sql", f"{{{{ tokumei.anonymize(source('raw', '{name}')) }}}}\n")

    noted_rows = [row | {name: plant.note(rows, row) for name, plant in PLANTS.items()} for row in rows]
    load(project, {"noted": [row | CLEAN for row in noted_rows], "lonely": rows})
    assert_released(project.build(), *MARTS)
    before = standing(project, *MARTS)
    alone = [row | {"birth": f"{1800 + row['id'] * 10}-01-01"} if row["id"] <= 10 else row for row in rows]
    load(project, {"noted": noted_rows, "lonely": alone})
    yield Build(project, before, project.build())


def load(project: Project, tables: dict[str, list[Row]]) -> None:
    for name, rows in tables.items():
        types = {column: TYPES.get(column, "text") for column in rows[0]}
        project.engine.load_csv(name, write_csv(project.path / f"{name}.csv", rows), types)


@pytest.mark.parametrize("name", PLANTS)
def test_a_plant_is_found_and_nothing_else(build: Build, name: str) -> None:
    audits = {audit for column, audit in found(build.spoiled, "noted_anonymized") if column == name}
    asked = PLANTS[name].audits
    assurance.record(
        "test_planted_data",
        part="identifiers and peculiar values planted in one item",
        what=name.replace("_", " "),
        engine=build.project.engine.name,
        tried=len(asked),
        found=len(audits & asked),
        false_alarms=len(audits - asked),
        note="" if asked else "looks like one, and is none",
    )
    assert audits == asked


def test_persons_in_classes_of_their_own_are_more_than_may_be_lost(build: Build) -> None:
    assert found(build.spoiled, "lonely_anonymized") == {("", "suppression_within_limit")}


def test_no_column_without_a_plant_is_blamed(build: Build) -> None:
    assert {column for column, _ in found(build.spoiled, "noted_anonymized")} == set(FAULTY)


def test_every_mart_shows_what_it_showed(build: Build) -> None:
    for name in MARTS:
        assert_refused(build.project, build.spoiled, name, build.before)


def test_no_value_was_said(build: Build) -> None:
    secret = ("surname", "full_name", "email", "phone", "number")
    canaries = [row[name] for row in persons()[:40] for name in secret] + ["灯台守", "I7919", "様々"]
    assert_silent(build.project, build.spoiled, canaries)
