"""Installed by `dbt deps` in a host project, the package works there and takes nothing over."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import make_engine
from dbt.cli.main import dbtRunner
from dbt_common.events.base_types import EventMsg
from support.people import people_project
from support.project import PACKAGE, Project

VIEWS = True
PUBLIC = {"dataset_releases", "publication_items", "publication_terms", "releases"}
OVERVIEW = "The host's overview, in the host's own words."
TESTS = ["k_anonymous", "labelled", "only_declared_columns", "dataset_consistent", "policy_current"]


@pytest.fixture
def host(project: Project) -> Iterator[Project]:
    """A host with a seed, a model, a test and an overview of its own, and the package as `dbt deps` left it."""
    shutil.rmtree(project.path / "dbt_packages")
    project.write("packages.yml", {"packages": [{"local": str(PACKAGE)}]})
    project.write("seeds/countries.csv", "code,name\n1,Japan\n2,France\n")
    project.write("models/host/names.sql", "select name from {{ ref('countries') }}\n")
    project.write(
        "models/host/terms.sql",
        "select count(*) as terms from {{ ref('publication_terms') }}, {{ ref('tokumei', 'releases') }}\n",
    )
    project.write("tests/two_countries.sql", "select count(*) from {{ ref('names') }} having count(*) <> 2\n")
    project.write("models/overview.md", "{% docs __overview__ %}\n" + OVERVIEW + "\n{% enddocs %}\n")
    ask(project, "deps")
    assert (project.path / "dbt_packages" / "tokumei" / "dbt_project.yml").exists()
    yield project
    if project.engine.name == "postgres":
        for schema in ("vault", "analytics"):
            project.engine.execute(f'drop schema if exists "{project.engine.schema()}_{schema}" cascade')


def ask(project: Project, *arguments: str, at: Path | None = None) -> tuple[list[str], list[EventMsg]]:
    """What a command gives and every event of it, in the host or in another project with the host's profiles."""
    events: list[EventMsg] = []
    folders = ["--project-dir", str(at or project.path), "--profiles-dir", str(project.path)]
    if at is not None:
        folders += ["--target-path", str(project.path / "elsewhere"), "--log-path", str(project.path / "elsewhere")]
    result = dbtRunner(callbacks=[events.append]).invoke([*arguments, *folders])
    assert result.success, result.exception
    return list(result.result) if isinstance(result.result, list) else [], events


def artifact(project: Project, name: str) -> dict[str, Any]:
    return json.loads((project.path / "target" / name).read_text(encoding="utf-8"))


def shape(project: Project, schema: str, relation: str) -> dict[str, str]:
    """The columns of a relation, as the warehouse has them."""
    return dict(
        project.query(
            "select column_name, data_type from information_schema.columns "
            f"where table_schema = '{schema}' and table_name = '{relation}'"
        )
    )


def test_a_host_without_marts_is_left_alone(host: Project) -> None:
    names, _ = ask(host, "list", "--output", "name", "--quiet")
    assert set(names) == PUBLIC | {"countries", "names", "terms", "two_countries"}

    outcome = host.dbt("build", "--warn-error")
    assert outcome.success, outcome.messages
    assert host.query("select name from names order by name") == [("France",), ("Japan",)]
    assert host.query("select count(*) from releases") == host.query("select count(*) from publication_items") == [(0,)]

    manifest = artifact(host, "manifest.json")
    assert not manifest["exposures"]
    assert not manifest["sources"]
    assert not manifest["unit_tests"]
    for node in manifest["nodes"].values():
        if node["package_name"] == "tokumei" and node["config"]["enabled"]:
            assert node["resource_type"] == "operation" or node["name"] in PUBLIC
    for name in PUBLIC:
        node = manifest["nodes"][f"model.tokumei.{name}"]
        assert node["config"]["contract"]["enforced"] and node["access"] == "public"
        assert set(shape(host, host.engine.schema(), name)) == set(node["columns"])

    assert host.dbt("docs", "generate").success
    manifest = artifact(host, "manifest.json")
    assert manifest["docs"]["doc.consumer.__overview__"]["block_contents"].strip() == OVERVIEW
    assert "doc.tokumei.__tokumei__" in manifest["docs"]
    assert "doc.tokumei.__overview__" not in manifest["docs"]
    assert {"model.consumer.names", "model.tokumei.releases"} <= set(artifact(host, "catalog.json")["nodes"])


def test_a_mart_lies_where_the_host_wants_it(host: Project) -> None:
    """In a folder of the host, in a schema of its own, under an alias, with a private schema that has another name."""
    people_project(host)
    schema = host.engine.schema()
    declared = yaml.safe_load((host.path / "models" / "people.yml").read_text(encoding="utf-8"))
    declared["models"][0]["config"] |= {"schema": "analytics", "alias": "members"}
    declared["models"][0]["data_tests"] = [f"tokumei.{name}" for name in TESTS]
    host.write("models/people.yml", declared)
    host.write(
        "models/marts/sales/people_anonymized.sql",
        (host.path / "models" / "people_anonymized.sql").read_text(encoding="utf-8"),
    )
    (host.path / "models" / "people_anonymized.sql").unlink()
    host.write(
        "models/host/by_sex.sql", "select sex, count(*) as persons from {{ ref('people_anonymized') }} group by sex\n"
    )
    settings = yaml.safe_load((host.path / "dbt_project.yml").read_text(encoding="utf-8"))
    host.write("dbt_project.yml", settings | {"vars": {"tokumei_private_schema": f"{schema}_vault"}})

    for release in (1, 2):
        outcome = host.dbt("build", "--warn-error")
        assert outcome.success, outcome.messages
        assert sum(status == "pass" for name, status in outcome.statuses.items() if "people_anonymized" in name) == len(
            TESTS
        )
        assert host.query(f'select count(*) > 900 from "{schema}_analytics".members') == [(True,)]
        assert host.query(f'select sum(persons) = (select count(*) from "{schema}_analytics".members) from by_sex') == [
            (True,)
        ]
        assert host.query("select mart, release_no from releases where is_current") == [("people_anonymized", release)]
    assert host.query('select item_ja from publication_items order by "position"') == [
        ("pseudonym",),
        ("decade",),
        ("sex",),
        ("prefecture",),
        ("job",),
    ]
    assert shape(host, f"{schema}_vault", "releases_log")
    assert not shape(host, f"{schema}_tokumei", "releases_log")

    assert host.dbt("docs", "generate").success
    mart = artifact(host, "catalog.json")["nodes"]["model.consumer.people_anonymized"]
    assert (mart["metadata"]["schema"], mart["metadata"]["name"]) == (f"{schema}_analytics", "members")
    assert mart["metadata"]["comment"].startswith("匿名加工情報")


@pytest.mark.duckdb
def test_nothing_of_the_package_is_deprecated(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """dbt checks YAML against its schemas for a few adapters, and in the root project: here for every adapter."""
    host = Project(tmp_path / "consumer", make_engine(request, "duckdb", tmp_path), PACKAGE)
    people_project(host)
    profile = {"target": "dev", "outputs": {"dev": host.engine.output()}}
    host.write("profiles.yml", {"consumer": profile, "tokumei": dict(profile)})
    monkeypatch.setattr("dbt.jsonschemas.jsonschemas._JSONSCHEMA_SUPPORTED_ADAPTERS", {"duckdb"})

    def deprecated(project: Path) -> list[str]:
        _, events = ask(host, "parse", "--no-partial-parse", "--show-all-deprecations", "--quiet", at=project)
        return [event.info.msg for event in events if event.info.name.endswith("Deprecation")]

    assert deprecated(PACKAGE) == []
    assert deprecated(host.path) == []
    host.mutate("models/publication/releases.yml", "    config:\n", "    owner: nobody\n    config:\n")
    assert deprecated(host.package), "dbt did not check"
