"""Each audit of the gate finds what was planted, as many times as it was planted, and nothing else; on every engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support import assurance, findings, plants
from support.engines import Engine
from support.findings import Case, Finding
from support.project import Project

CASES: dict[str, list[Case]] = {made.__name__: made() for made in plants.ALL}
EVERY = [case for cases in CASES.values() for case in cases]


@pytest.fixture(scope="module")
def found(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[list[Finding]]]:
    """Every case judged, in one call."""
    project = Project(tmp_path_factory.mktemp("findings") / "consumer", lasting_engine, views=False)
    found = judge(project)
    for audit in {case.audit for case in EVERY}:
        record(audit, lasting_engine.name, found)
    yield found


def judge(project: Project) -> list[list[Finding]]:
    project.write("macros/judge.sql", findings.MACRO)
    plants.write(project)
    outcome = project.dbt("run-operation", "begin_logs")
    assert outcome.success, outcome.messages[-3000:]
    plants.plant(project)
    return findings.judged(project.dbt("run-operation", "judge", "--args", findings.arguments(EVERY, project)), EVERY)


def record(audit: str, engine: str, found: list[list[Finding]]) -> None:
    """Of an audit: the planted relations with violations, how many of them it counted right, and who else it blamed."""
    judged = [(findings.expected(case), one) for case, one in zip(EVERY, found, strict=True) if case.audit == audit]
    bad = [one == meant for meant, one in judged if any(count for _, count, _ in meant)]
    sound = [one for meant, one in judged if not any(count for _, count, _ in meant)]
    alarms = sum(any(count for _, count, _ in one) for one in sound)
    assurance.record(
        "test_audit_findings",
        part="relations with planted violations, by audit",
        what=audit,
        engine=engine,
        tried=len(bad),
        found=sum(bad),
        false_alarms=alarms,
        note=f"and {len(sound)} in order",
    )


@pytest.mark.parametrize("group", CASES)
def test_what_was_planted_is_found_and_nothing_else(found: list[list[Finding]], group: str) -> None:
    wrong = {}
    for number, (case, one) in enumerate(zip(EVERY, found, strict=True)):
        if case in CASES[group] and one != findings.expected(case):
            wrong[number, case.audit, case.mart] = (one, findings.expected(case))
    assert not wrong
