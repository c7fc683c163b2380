"""The package's dbt unit tests hold on every engine, and no project that installs it gets them."""

from __future__ import annotations

import json
from pathlib import Path

from support.engines import Engine
from support.project import PACKAGE, Project


def package_itself(engine: Engine, folder: Path) -> Project:
    """The package as the root project: a copy of it, with a profile for the engine."""
    project = Project(folder / "package", engine, PACKAGE)
    project.mutate("dbt_project.yml", "profile: tokumei", "profile: consumer")
    copy = project.path / "mutated"
    (copy / "profiles.yml").write_text((project.path / "profiles.yml").read_text(encoding="utf-8"), encoding="utf-8")
    project.path = copy
    return project


def test_unit_tests_hold(engine: Engine, tmp_path: Path) -> None:
    outcome = package_itself(engine, tmp_path).dbt("test", "--select", "test_type:unit")
    assert outcome.success, outcome.messages
    assert [status for status in outcome.statuses.values() if status != "success"] == ["pass"] * 3


def test_unit_tests_notice_a_step_that_is_wrong(engine: Engine, tmp_path: Path) -> None:
    project = package_itself(engine, tmp_path)
    step = project.path / "macros/treatments/step_top_code.sql"
    right = step.read_text(encoding="utf-8")
    step.write_text(right.replace("'>='", "'>'"), encoding="utf-8")
    outcome = project.dbt("test", "--select", "test_type:unit")
    name = "numbers_fall_into_the_class_whose_lower_edge_they_reach"
    assert {n for n, status in outcome.statuses.items() if status == "fail"} == {name}


def test_a_project_that_installs_the_package_gets_none(project: Project) -> None:
    project.install(PACKAGE)
    project.logged = True
    assert project.dbt("parse").success
    manifest = json.loads((project.path / "target/manifest.json").read_text(encoding="utf-8"))
    assert manifest["unit_tests"] == {}
    assert not [node for node in manifest["nodes"].values() if "tests/unit" in node["original_file_path"]]
