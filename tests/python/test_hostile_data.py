"""Whatever a table and its policy are made of, a build fails cleanly, or the mart is what its policy says of the source.

Each example is a project of several tables. TOKUMEI_HYPOTHESIS=thorough draws 40 of them, a number as many; --hypothesis-seed says which.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import ENGINES, make_engine
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from support import hostile
from support.assurance import record
from support.broken_before import ON_POSTGRES, REFUSALS, broken_before
from support.engines import Engine
from support.gate import private_relations
from support.project import Outcome, Project
from support.recomputed import problems

DRAWN = os.environ.get("TOKUMEI_HYPOTHESIS", "")
PROJECTS = {"thorough": 40, "": 1}.get(DRAWN) or int(DRAWN)
TABLES = 8


def errors_of(outcome: Outcome, table: hostile.Table) -> list[str]:
    own = (
        f"tokumei: {table.mart}:",
        f"tokumei: {table.mart}.",
        f"tokumei: table_{table.number}:",
        f"tokumei: table_{table.number}.",
    )
    return [line.strip() for line in outcome.messages.splitlines() if line.strip().startswith(own)]


def values_of(tables: list[hostile.Table]) -> set[str]:
    """Values that nobody takes for a name or for a word of a policy."""
    policies = str([(hostile.source_of(one), hostile.policy_of(one)) for one in tables])
    cells = {cell for one in tables for row in one.cells for cell in row if cell and len(cell) >= 10}
    return {cell for cell in cells if cell not in policies and repr(cell)[1:-1] not in policies}


def check(engine: Engine, project: Project, tables: list[hostile.Table], counts: dict[str, int]) -> None:
    refused = hostile.load(engine, tables)
    tables = [one for one in tables if one.number not in refused]
    hostile.write(project, tables)
    outcome = project.build()
    wrong = []
    for one in [one for one in tables if one.number < 12]:
        meant = (REFUSALS | (ON_POSTGRES if engine.name == "postgres" else {})).get(one.number)
        assert outcome.statuses[one.mart] == ("error" if meant else "success"), (one, outcome.messages)
        assert not meant or any(meant in error for error in errors_of(outcome, one)), (one, outcome.messages)
    for one in tables:
        status = outcome.statuses.get(one.mart)
        counts["tried"] += 1
        if status == "success":
            counts["released"] += 1
            wrong += [(one, problem) for problem in problems(engine, one)]
        elif not errors_of(outcome, one):
            wrong.append((one, f"{status}, and no error of the package"))
        elif any("its own message may quote" in error for error in errors_of(outcome, one)):
            wrong.append((one, "an error of the engine's"))
    quoted = [value for value in values_of(tables) if value in outcome.messages]
    assert not wrong, "\n".join(f"{one}: {problem}" for one, problem in wrong) + outcome.messages
    assert not quoted, (quoted, outcome.messages)
    logged = {
        row[0].split('"')[-2] for row in engine.query(f"select release_relation from {project.private('releases_log')}")
    }
    left = {name for name in private_relations(project) if not name.endswith("_log")} - logged
    assert not left, left


@pytest.mark.parametrize("name", ENGINES)
def test_hostile_data_is_refused_cleanly_or_anonymized(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    counts = {"tried": 0, "released": 0, "projects": 0}

    @settings(
        max_examples=PROJECTS,
        derandomize=not DRAWN,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def drawn(data: st.DataObject) -> None:
        taken: set[str] = set()
        before = broken_before()
        tables = [data.draw(hostile.table(name, len(before) + number, taken)) for number in range(TABLES)]
        assume(len({len(one.cells) for one in tables}) > TABLES // 3)  # hypothesis begins with the dullest of all
        counts["projects"] += 1
        folder = tmp_path / str(counts["projects"])
        folder.mkdir()
        engine = make_engine(request, name, folder)
        try:
            check(
                engine,
                Project(folder / "consumer", engine),
                tables + (before if counts["projects"] == 1 else []),
                counts,
            )
        finally:
            engine.stop()

    drawn()
    assert counts["released"] * 3 >= counts["tried"], counts
    record(
        "test_hostile_data",
        part="hostile data",
        what="tables and policies drawn",
        engine=name,
        tried=counts["tried"],
        found=0,
        note=f"{counts['released']} released and as recomputed outside the warehouse, the others refused with an error of the package",
    )
