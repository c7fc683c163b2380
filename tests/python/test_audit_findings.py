"""Each audit of the gate finds what was planted, as many times as it was planted, and nothing else; on every engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support import findings, plants
from support.engines import Engine
from support.findings import Case, Finding
from support.project import Project

CASES: dict[str, list[Case]] = {made.__name__: made() for made in plants.ALL}
EVERY = [case for cases in CASES.values() for case in cases]


@pytest.fixture(scope="module")
def found(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[list[Finding]]]:
    """Every case judged, in one call."""
    project = Project(tmp_path_factory.mktemp("findings") / "consumer", lasting_engine)
    yield judge(project)


def judge(project: Project) -> list[list[Finding]]:
    project.write("macros/judge.sql", findings.MACRO)
    plants.write(project)
    outcome = project.dbt("run-operation", "begin_logs")
    assert outcome.success, outcome.messages[-3000:]
    plants.plant(project)
    return findings.judged(project.dbt("run-operation", "judge", "--args", findings.arguments(EVERY, project)), EVERY)


@pytest.mark.parametrize("group", CASES)
def test_what_was_planted_is_found_and_nothing_else(found: list[list[Finding]], group: str) -> None:
    wrong = {}
    for number, (case, one) in enumerate(zip(EVERY, found, strict=True)):
        if case in CASES[group] and one != findings.expected(case):
            wrong[number, case.audit, case.mart] = (one, findings.expected(case))
    assert not wrong
