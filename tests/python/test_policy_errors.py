"""A policy that is wrong is refused before anything is built, with all its errors at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from support.cases import Case, assert_refused_with, body, cases, errors, model, place, source
from support.engines import DuckDB
from support.people import CITIES, TYPES, people, write_csv
from support.project import PACKAGE, Outcome, Project

pytestmark = pytest.mark.duckdb

CASES = cases("policy_errors")

# Values that fit nowhere, or only where VALID says so: given to every argument of every step, and to every key.
ODD: dict[str, Any] = {
    "null": None,
    "truth": True,
    "minus": -1,
    "zero": 0,
    "half": 1.5,
    "empty_text": "",
    "word": "word",
    "empty_list": [],
    "list": ["word"],
    "list_of_null": [None],
    "nested": [["word"]],
    "empty_map": {},
    "map": {"word": 1},
}
NUMBERS = {"top_code_at", "top_code", "bottom_code_at", "bottom_code"}
VALID = {
    "null": {"pseudonymize", "waive"},
    "empty_map": {"pseudonymize", "waive"},
    "minus": NUMBERS,
    "zero": NUMBERS,
    "half": NUMBERS | {"band_width", "band", "round_unit", "round", "swap_within"},
    "word": {"item", "waive_no_rare_values"},
}
ARGUMENTS = {
    "pseudonymize": ["bits", "per", "of"],
    "truncate": ["unit"],
    "age": ["at"],
    "band": ["width", "label", "edges", "labels"],
    "round": ["unit"],
    "prefix": ["characters"],
    "mesh": ["level", "lat", "lon"],
    "lookup": ["hierarchy", "to"],
    "categorize": ["categories", "rest"],
    "top_code": ["at", "label"],
    "bottom_code": ["at", "label"],
    "suppress_rare": ["below", "replace_with"],
    "suppress_listed": ["list", "replace_with"],
    "generalize_rare": ["hierarchy", "below", "levels", "replace_with"],
    "add_noise": ["distribution", "scale", "unit", "at_least", "at_most", "per", "declared_releases"],
    "swap": ["within", "by"],
    "microaggregate": ["k", "with", "by", "representative", "unit", "order"],
}


# Marts that a build meets as well: a policy that is refused there is refused by the same errors, all of the dataset's.
# (What stops a mart that is no mart stands in its SQL, which only a build renders.)
BUILT = {*list(CASES)[::12], *(name for name, case in CASES.items() if "materialized" in case), "sound", "control"}


class Refused(NamedTuple):
    """What came of one run over every broken mart."""

    project: Project
    outcome: Outcome
    errors: set[str]


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Refused]:
    folder = tmp_path_factory.mktemp("errors")
    engine = DuckDB(folder / "warehouse.duckdb")
    project = Project(folder / "consumer", engine, views=False)
    engine.load_csv("people", write_csv(folder / "people.csv", people()), TYPES)
    hierarchy = "".join(f"{city},{prefecture}\n" for city, prefecture in CITIES.items())
    project.write("seeds/cities.csv", f"value,prefecture\n{hierarchy}")
    odd = {f"odd_{name}": odd_case(value) for name, value in ODD.items()}
    made = {**CASES, **odd, "sound": {"policy": {"dataset": "sound"}}, "control": {}}
    for name, case in made.items():
        project.write(f"models/{name}.sql", body(name, case))
    models = [model(name, case) for name, case in made.items()]
    tables = [source(name, case) for name, case in made.items()]
    sources = [{"name": "raw", "schema": engine.schema(), "tables": tables}]
    project.write("models/models.yml", {"models": models, "sources": sources})
    checked = project.dbt("run-operation", "tokumei.check_policies")
    assert not checked.success
    built = project.build("--select", "cities", *sorted(BUILT))
    assert not built.success
    yield Refused(project, built, errors(checked) | errors(built))
    engine.stop()


def odd_case(value: Any) -> Case:
    """A mart with the value as every argument of every step, in a column each, and as every key of a column."""
    treats: dict[str, Any] = {"treat": value, "step": [value]}
    for step, arguments in ARGUMENTS.items():
        treats[step] = [{step: value}]
        treats |= {f"{step}_{argument}": [{step: {argument: value}}] for argument in arguments}
    columns: dict[str, Any] = {
        name: {"from": "id" if name.startswith("pseudonymize") else "birth", "treat": treat}
        for name, treat in treats.items()
    }
    columns["from"] = {"from": value, "treat": ["keep"]}
    columns["item"] = {"from": "sex", "treat": ["keep"], "item": value}
    columns["waive"] = {"from": "job", "waive": value}
    columns["waive_no_rare_values"] = {"from": "job", "waive": {"no_rare_values": value}}
    where = [{"column": "sex", "equals": value}, {"column": "sex", "is": value}, {"column": value, "is": "null"}]
    return {"policy": {"where": where, "max_suppression": "all"}, "columns": columns}


@pytest.mark.parametrize("name", CASES)
def test_every_error_is_reported(refused: Refused, name: str) -> None:
    assert_refused_with(name, CASES[name], refused.errors)


@pytest.mark.parametrize("name", sorted(BUILT & set(CASES)))
def test_a_build_is_refused_by_the_same(refused: Refused, name: str) -> None:
    assert refused.outcome.statuses[name] in ("error", "skipped")
    said = {error for error in errors(refused.outcome) if place(error) in (name, f"raw_{name}")}
    assert_refused_with(name, CASES[name], said)


@pytest.mark.parametrize("name", ODD)
def test_no_odd_value_slips_through(refused: Refused, name: str) -> None:
    mart_name = f"odd_{name}"
    places = {error.removeprefix("tokumei: ").split(": ")[0] for error in refused.errors}
    faulty = {place.removeprefix(f"{mart_name}.") for place in places if place.startswith(f"{mart_name}.")}
    assert mart_name in places, "each was refused by an error of the package"
    assert set(odd_case(ODD[name])["columns"]) - faulty == VALID.get(name, set())
    assert "sex" in faulty, "where"


def test_nothing_was_built_but_what_is_sound(refused: Refused) -> None:
    assert {name for name, status in refused.outcome.statuses.items() if status == "success" and name in CASES} == set()
    assert refused.outcome.statuses["sound"] == "error", "its dataset has broken marts"
    assert refused.outcome.statuses["control"] == "success"
    rows = refused.project.query("select table_name from information_schema.tables")
    relations = {row[0] for row in rows}
    assert relations >= {"people", "cities", "control"}
    assert not relations & (set(CASES) | {"sound"})
    assert [name.split("__")[0] for name in relations if "__" in name] == ["control"]
    assert refused.project.query(f"select mart from {refused.project.private('releases_log')}") == [("control",)]


def test_every_page_named_by_an_error_is_there(refused: Refused) -> None:
    pages = {error.rsplit("see docs/", 1)[1] for error in refused.errors}
    assert pages
    assert {page for page in pages if not (PACKAGE / "docs" / page).is_file()} == set()
