"""A mart is released as its policy says, on every engine; what a release leaves behind, and what it does not."""

from __future__ import annotations

from support.project import Project
from support.releasing import (
    assert_as_released,
    assert_drift_refused,
    assert_mixtures_refused,
    assert_worded,
    release_often,
)


def test_marts_are_released_one_after_another(project: Project) -> None:
    release_often(project)
    for number in (1, 2, 3):
        assert_as_released(project, project.build(), number)
    assert_worded(project)
    assert_drift_refused(project)
    assert_mixtures_refused(project)
