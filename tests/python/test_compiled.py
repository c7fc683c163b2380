"""What a privacy officer reads in target/compiled is what runs."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from support.people import CLASSIFIED, COLUMNS, people_project
from support.project import Project

GOLDEN = Path(__file__).parent / "golden"
COMPILED = "target/compiled/consumer/models/people_anonymized.sql"


def normalised(text: str, project: Project) -> str:
    """Without what differs between two runs: the invocation, the schema, the database."""
    text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<invocation>", text)
    text = text.replace(f'"{project.engine.schema()}', '"<schema>')
    return re.sub(r'"\w+"\."<schema>', '"<database>"."<schema>', text).strip() + "\n"


# With every kind of l and t, of texts and of numbers.
GUARDED = ["spent", "ward"]
MARTS: dict[str, dict[str, Any]] = {
    "people_anonymized": {},
    "people_guarded": {
        "classified": CLASSIFIED | dict.fromkeys(GUARDED, "sensitive"),
        "columns": [*COLUMNS, *({"name": name, "treat": ["keep"]} for name in GUARDED)],
        "l": {"job": 2, "spent": {"entropy": 1.5}, "ward": {"recursive": {"c": 3, "l": 2}}},
        "t": {"job": 0.3, "spent": {"ordered": 0.2}},
    },
}


@pytest.mark.parametrize("name", MARTS)
def test_the_compiled_mart_reads_as_agreed(project: Project, name: str) -> None:
    """Accept a change with TOKUMEI_GOLDEN=write, and read it in the diff."""
    people_project(project, **MARTS[name])
    outcome = project.dbt("compile")
    assert outcome.success, outcome.messages
    text = normalised((project.path / COMPILED).read_text(encoding="utf-8"), project)
    golden = GOLDEN / project.engine.name / f"{name}.sql"
    if os.environ.get("TOKUMEI_GOLDEN") == "write":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
def test_the_compiled_query_gives_the_mart(project: Project) -> None:
    """Run under the same key, which this package forgets to destroy, it returns the same rows."""
    project.mutate("macros/sql/sql_destroy_key.sql", "'drop table '", "'select 1 as kept from '")
    people_project(project)
    assert project.build().success
    compiled = (project.path / COMPILED).read_text(encoding="utf-8")
    shown = project.query("select pseudonym, decade, sex, prefecture, job from people_anonymized")
    assert sorted(map(str, project.query(compiled))) == sorted(map(str, shown))
