"""Projects that stand ready, released before: what a mutant makes of their next run is seen in a second or two."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import test_bypasses
from support.engines import DuckDB
from support.forked import let_go_of_duckdb
from support.gate import standing
from support.people import COLUMNS, people_project
from support.project import Project
from support.releasing import (
    assert_as_released,
    assert_drift_refused,
    assert_mixtures_refused,
    assert_worded,
    declare,
    release_often,
)

FOLDERS: list[Path] = []  # where they stand


@dataclass
class Scene:
    """A project as it stood, and what is done and looked at then."""

    project: Project
    look: Callable[[Project], None]

    def __post_init__(self) -> None:
        let_go_of_duckdb()
        if not self.kept.exists():
            shutil.copy(self.warehouse, self.kept)

    @property
    def warehouse(self) -> Path:
        return self.project.path.parent / "warehouse.duckdb"

    @property
    def kept(self) -> Path:
        return self.warehouse.with_suffix(".kept")

    def looked_at(self) -> None:
        """Once more, from where the warehouse stood; what else it needs, `look` declares."""
        self.warehouse.with_name("warehouse.duckdb.wal").unlink(
            missing_ok=True
        )  # of a process that ended without a word
        shutil.copy(self.kept, self.warehouse)
        self.look(self.project)


def empty(name: str, logged: bool = False) -> Project:
    folder = FOLDERS[0] / name
    return Project(folder / "consumer", DuckDB(folder / "warehouse.duckdb"), logged=logged)


def release_again(project: Project) -> None:
    declare(project, COLUMNS)
    assert_as_released(project, project.dbt("run", "--select", "people_anonymized", "mixed", "lost"), 3)
    assert_worded(project)


@cache
def released() -> Scene:
    project = empty("released")
    release_often(project)
    for number in (1, 2):
        assert_as_released(project, project.build(), number)
    return Scene(project, release_again)


def go_round(project: Project) -> None:
    people_project(project)
    before = standing(project, test_bypasses.MART)
    test_bypasses.test_what_goes_round_the_gate_is_refused(project, before)


@cache
def gone_round() -> Scene:
    project = empty("gone round", logged=True)
    people_project(project)
    assert project.build().success
    return Scene(project, go_round)


def drift(project: Project) -> None:
    declare(project, COLUMNS)
    assert_drift_refused(project)


@cache
def drifted() -> Scene:
    return Scene(released().project, drift)


def mix(project: Project) -> None:
    declare(project, COLUMNS)
    assert_mixtures_refused(project)


@cache
def mixed() -> Scene:
    return Scene(released().project, mix)


SCENES: dict[str, Callable[[], Scene]] = {
    "released again": released,
    "gone round": gone_round,
    "drifted": drifted,
    "mixed": mixed,
}
