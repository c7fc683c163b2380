"""The examples as `make demo` builds them: every test passes, and what is published is open. On PostgreSQL without the 200
data tests, each of which test_audits_as_tests and others run there on smaller marts.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.engines import Engine
from support.project import INSTALLED, PACKAGE, Project


@pytest.mark.slow
def test_the_examples_build_and_what_is_published_is_open(engine: Engine, tmp_path: Path) -> None:
    project = Project(tmp_path / "example", engine)
    shutil.rmtree(project.path)
    project.path.mkdir()
    for name in INSTALLED:
        copy = shutil.copytree if (PACKAGE / name).is_dir() else shutil.copy
        copy(PACKAGE / name, project.path / name)
    project.write("profiles.yml", {"tokumei": {"target": "test", "outputs": {"test": engine.output()}}})

    tested = engine.name == "duckdb"
    outcome = project.build(*([] if tested else ["--exclude-resource-type", "test", "unit_test"]))
    assert outcome.success, outcome.messages
    assert len([name for name in outcome.statuses if name.startswith("tokumei_")]) > 90 or not tested
    status = dict(project.query("select dataset, status from dataset_releases"))
    assert status.pop("loyalty") == "open", "publish the example again: seeds/example/registers/publications.csv"
    assert set(status.values()) == {"held"}
    assert project.dbt("run-operation", "check_policies").success, "what was built has no errors"
