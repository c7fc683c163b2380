"""Installed by `dbt deps` in a host project, the package works there and takes nothing over."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from support.people import people_project
from support.project import Outcome, Project

PUBLIC = {"tokumei.publication.publication_items", "tokumei.publication.releases"}
HOST_OVERVIEW = "The host's own overview, in its own words."


@pytest.fixture
def host(project: Project) -> Project:
    """A host with a seed, a model, a singular test and a documentation of its own, and the package from `dbt deps`."""
    shutil.rmtree(project.path / "dbt_packages")
    project.write("seeds/countries.csv", "code,name\n1,Japan\n2,France\n")
    project.write("models/host/names.sql", "select name from {{ ref('countries') }}\n")
    project.write("tests/two_countries.sql", "select 1 as one from {{ ref('names') }} having count(*) <> 2\n")
    project.write("models/overview.md", "{% docs __overview__ %}\n" + HOST_OVERVIEW + "\n{% enddocs %}\n")
    outcome = project.dbt("deps")
    assert outcome.success, outcome.messages
    assert (project.path / "dbt_packages" / "tokumei" / "dbt_project.yml").exists()
    return project


def listed(project: Project) -> set[str]:
    outcome = project.dbt("list", "--output", "name")
    assert outcome.success, outcome.messages
    return set(outcome.listed)


def manifest(project: Project) -> dict[str, Any]:
    return json.loads((project.path / "target" / "manifest.json").read_text(encoding="utf-8"))
