"""What only the warehouse can tell about a policy is refused as well, before anything is built, on every engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from support.cases import assert_refused_with, body, cases, errors, model, source
from support.people import CITIES, TYPES, people, write_csv
from support.project import Project

CASES = cases("source_errors")

EVERYBODY = "select * from people"

# Comparisons of one kind with a column of another, and the records they leave: no engine is asked to cast the column.
COMPARED: dict[str, tuple[dict[str, Any], Callable[[dict[str, Any]], bool]]] = {
    "text_with_number": ({"column": "job", "at_least": 5}, lambda row: False),
    "code_with_number": ({"column": "city", "above": 13000}, lambda row: int(row["city"]) > 13000),
    "text_with_both": ({"column": "city", "in": [13101, "x"]}, lambda row: row["city"] == "13101"),
    "date_with_date": ({"column": "birth", "below": "1990-01-01"}, lambda row: row["birth"] < "1990-01-01"),
    "quoted": ({"column": "job", "not_in": ["it's", "会社員"]}, lambda row: row["job"] != "会社員"),
}


def test_a_source_that_is_not_as_declared_is_refused(project: Project) -> None:
    engine = project.engine
    rows = people()
    engine.load_csv("people", write_csv(project.path / "people.csv", rows), TYPES)
    lines = "".join(f"{city},{prefecture}\n" for city, prefecture in CITIES.items())
    project.write("seeds/cities.csv", f"value,prefecture\n{lines}")
    project.write("seeds/codes.csv", f"code,prefecture\n{lines}")
    lenient = {"max_suppression": 0.99}
    compared = {
        name: {"table": EVERYBODY, "policy": {"where": [where], **lenient}} for name, (where, _) in COMPARED.items()
    }
    made = {**CASES, **compared}
    models, tables = [], []
    for name, case in made.items():
        engine.execute(f"create table raw_{name} as {case['table']}")
        project.write(f"models/{name}.sql", body(name, case))
        models.append(model(name, case))
        tables.append(source(name, case | {"identifier": f"raw_{name}"}))
    sources = [{"name": "raw", "schema": engine.schema(), "tables": tables}]
    project.write("models/models.yml", {"models": models, "sources": sources})

    outcome = project.build()

    for name, case in CASES.items():
        assert_refused_with(name, case, errors(outcome))
        assert outcome.statuses[name] == "error"
    said = outcome.messages
    assert not [row["name"] for row in rows if row["name"] in said or row["phone"] in said]
    assert not [value for value in ("山田町", "灯台守", "宮大工", "公務員") if value in said]
    relations = {row[0] for row in engine.query("select table_name from information_schema.tables")}
    assert not relations & set(CASES)
    assert {name.split("__")[0] for name in relations if "__" in name} == set(COMPARED)
    counted = dict(engine.query(f"select mart, records_in from {project.private('releases_log')}"))
    assert counted == {name: sum(map(holds, rows)) for name, (_, holds) in COMPARED.items()}
