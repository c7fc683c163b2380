"""A mart is released as its policy says, on every engine."""

from __future__ import annotations

import pytest
from support.people import people_project
from support.project import Project


def test_a_mart_is_released(project: Project) -> None:
    people_project(project)
    outcome = project.build()
    assert outcome.success, outcome.messages
    rows = project.query("select pseudonym, decade, sex, prefecture, job from people_anonymized")
    assert len({row[0] for row in rows}) == len(rows) > 900


@pytest.mark.parametrize("times", [2])
def test_pseudonyms_differ_between_releases(project: Project, times: int) -> None:
    people_project(project)
    seen: set[str] = set()
    for _ in range(times):
        assert project.build().success
        shown = {row[0] for row in project.query("select pseudonym from people_anonymized")}
        assert not shown & seen
        seen |= shown
