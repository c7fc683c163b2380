"""No run uses another's key: not by a part of a dataset, a full refresh, another target, nor in one process."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import make_engine
from support.cases import errors
from support.gate import assert_released, keys_of
from support.people import COLUMNS, POLICY, people_project
from support.project import Project, mart
from support.stops import go_on, start, stop_at

VIEWS = True

MARTS = ("people_anonymized", "jobs_anonymized", "apart_anonymized")
SAFE = {"name": "job", "treat": [{"suppress_rare": {"below": 10}}]}
BARE = {"name": "job", "treat": ["keep"]}
PARTIAL = ("--vars", "{tokumei_partial_datasets: true}")
TESTS = ["dataset_consistent", "keys_destroyed"]


def write_three(project: Project, job: dict[str, Any]) -> None:
    """A dataset of three marts: people, their jobs that follow them, and people under pseudonyms of their own."""
    people_project(project)
    given = {
        "jobs_anonymized": mart(
            "jobs_anonymized", "people", [COLUMNS[0], job], **POLICY, members_of="people_anonymized"
        ),
        "apart_anonymized": mart("apart_anonymized", "people", [COLUMNS[0], SAFE], **POLICY, scope="own"),
    }
    for name, model in given.items():
        follows = ", members_of=ref('people_anonymized')" if name == "jobs_anonymized" else ""
        project.write(f"models/{name}.sql", f"{{{{ tokumei.anonymize(source('raw', 'people'){follows}) }}}}\n")
        project.write(f"models/{name}.yml", {"models": [model]})
    for path in (project.path / "models").glob("*.yml"):
        models = yaml.safe_load(path.read_text(encoding="utf-8"))
        for model in models["models"]:
            model["data_tests"] = [f"tokumei.{audit}" for audit in TESTS]
        project.write(f"models/{path.name}", models)


def shown(project: Project) -> dict[str, set[str]]:
    return {name: {who for (who,) in project.query(f"select pseudonym from {name}")} for name in MARTS}


def failing(project: Project) -> set[str]:
    """The data tests that fail."""
    statuses = project.dbt("test").statuses
    assert len([name for name in statuses if name.startswith("tokumei_")]) == len(TESTS) * len(MARTS)
    return {name.removeprefix("tokumei_").strip("_") for name, status in statuses.items() if status == "fail"}


def said(project: Project, *command: str) -> list[str]:
    outcome = project.dbt(*command)
    assert not outcome.success
    return sorted(errors(outcome))


def test_each_run_has_a_key_of_its_own_whatever_it_selects(project: Project) -> None:
    """All in one process, as an orchestrator does with dbtRunner."""
    write_three(project, SAFE)
    assert_released(project.build(), *MARTS)
    seen = [shown(project)]
    assert seen[0]["people_anonymized"] == seen[0]["jobs_anonymized"]
    assert_released(project.dbt("run", "--full-refresh"), *MARTS)
    seen.append(shown(project))
    assert failing(project) == set()

    # A part of a dataset is refused, and takes no key; a text does not open it.
    keys = keys_of(project, invocations=100)
    for options in ([], ["--vars", '{tokumei_partial_datasets: "true"}']):
        refused = said(project, "run", "--select", "people_anonymized", *options)
        assert len(refused) == 1 and "a dataset is released as a whole; got a selection without " in refused[0]
    assert keys_of(project, invocations=100) == keys

    # Opted for, it is released alone; but nobody follows a mart of another run.
    refused = said(project, "run", "--select", "jobs_anonymized", *PARTIAL)
    assert len(refused) == 1 and "jobs_anonymized: it follows what this run leaves as it is" in refused[0], refused
    assert "got a selection without people_anonymized; allowed: " in refused[0]
    assert shown(project) == seen[1]
    assert_released(project.dbt("run", "--select", "people_anonymized", *PARTIAL), "people_anonymized")
    seen.append(shown(project))
    assert {name for name in MARTS if seen[2][name] != seen[1][name]} == {"people_anonymized"}
    assert failing(project) == {f"dataset_consistent_{name}" for name in MARTS}

    # A part that was not made in full is taken back all the same.
    write_three(project, BARE)
    refused = said(project, "run", "--select", "people_anonymized", "jobs_anonymized", *PARTIAL)
    assert [line for line in refused if "jobs_anonymized.job: no_rare_values" in line], refused
    assert shown(project) == seen[2]

    write_three(project, SAFE)
    assert_released(project.build(), *MARTS)
    seen.append(shown(project))
    assert failing(project) == set()
    assert (
        [*keys_of(project, invocations=100)].count("taken") == keys_of(project, invocations=100).count("destroyed") == 6
    )
    alone = [one["people_anonymized"] for one in seen]
    assert sum(map(len, alone)) == len(set().union(*alone))
    assert all(not one["apart_anonymized"] & one["people_anonymized"] for one in seen)
    logged = (
        "select release_no, left_out, withdrawn_at is null from releases where mart = 'people_anonymized' order by 1"
    )
    others = "apart_anonymized, jobs_anonymized"
    assert project.query(logged) == [
        (1, None, True),
        (2, None, True),
        (3, others, True),
        (4, "apart_anonymized", False),
        (5, None, True),
    ]


def test_a_key_that_is_left_and_a_destruction_that_is_not_recorded_are_noticed(project: Project) -> None:
    write_three(project, SAFE)
    noticed = {f"keys_destroyed_{name}" for name in MARTS}
    ends = "macros/hooks/end_run.sql"
    destroyed = "{%- do tokumei.sql_destroy_key(dataset) -%}"
    recorded = "{%- do tokumei.log_keys_destroyed(dataset) -%}"
    project.mutate(ends, destroyed, "{#- kept -#}")
    assert_released(project.build(), *MARTS)
    left = failing(project)
    # On DuckDB the key is gone with the connection that held it.
    assert left == (noticed if project.engine.name == "postgres" else left) and left in (noticed, set())
    project.mutate(ends, "{#- kept -#}", destroyed)
    project.mutate(ends, recorded, "{#- said nothing -#}")
    assert_released(project.build(), *MARTS)
    assert failing(project) == noticed
    project.mutate(ends, "{#- said nothing -#}", recorded)
    assert_released(project.build(), *MARTS)
    assert failing(project) == set()


@pytest.fixture
def targets(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Project]]:
    """One project, run against two schemas of one database."""
    engine = make_engine(request, "postgres", tmp_path)
    projects = [Project(tmp_path / name, engine) for name in ("one", "two")]
    for project in projects:
        write_three(project, SAFE)
    other = engine.output() | {"schema": f"{engine.schema()}_two"}
    projects[1].write("profiles.yml", {"consumer": {"target": "test", "outputs": {"test": other}}})
    yield projects
    engine.execute(f'drop schema if exists "{engine.schema()}_two" cascade')
    engine.execute(f'drop schema if exists "{engine.schema()}_two_tokumei" cascade')
    engine.stop()


def pseudonyms(project: Project, schema: str) -> set[str]:
    return {who for (who,) in project.query(f'select pseudonym from "{schema}".people_anonymized')}


@pytest.mark.postgres
def test_two_targets_at_once_have_keys_of_their_own(targets: list[Project]) -> None:
    one, two = targets
    schema = one.engine.schema()
    stop_at(one, ["candidate made"])
    first = start(one, "candidate made")
    try:
        assert_released(two.build(), *MARTS)
    finally:
        go_on(one)
    text = first.communicate(timeout=120)[0]
    assert first.returncode == 0, text
    here, there = pseudonyms(one, schema), pseudonyms(one, f"{schema}_two")
    assert len(here) == len(there) > 900
    assert not here & there
    stores = "select count(*) from pg_class where relname like 'release\\_key\\_%' and relnamespace in ({}, {})"
    spaces = [f"to_regnamespace('{name}_tokumei')" for name in (schema, f"{schema}_two")]
    assert one.query(stores.format(*spaces)) == [(0,)]


@pytest.mark.postgres
def test_two_targets_that_share_a_private_schema_do_not_share_a_key(targets: list[Project]) -> None:
    one, two = targets
    schema = one.engine.schema()
    for project in targets:
        given = yaml.safe_load((project.path / "dbt_project.yml").read_text(encoding="utf-8"))
        project.write("dbt_project.yml", given | {"vars": {"tokumei_private_schema": f"{schema}_tokumei"}})
    stop_at(one, ["before the switch"])
    first = start(one, "before the switch")
    try:
        second = two.dbt_process("build")
        while one.query(f"select count(*) from {one.private('releases_log')}") != [(3,)]:
            assert second.poll() in (None, 0), second.communicate()[0]
            time.sleep(0.1)
    finally:
        go_on(one)  # the newer run waits for it before it drops the key
    text = second.communicate(timeout=120)[0]
    assert second.returncode == 0, text
    text = first.communicate(timeout=120)[0]
    assert first.returncode == 1 and "another run of the dataset took over" in text, text
    assert not one.query(f"select 1 from pg_views where schemaname = '{schema}' and viewname = 'people_anonymized'")
    there = pseudonyms(one, f"{schema}_two")

    # From now on the other's releases stand there, and are neither dropped nor taken back by this target.
    refused = said(one, "run")
    assert len([line for line in refused if "two targets share a private schema" in line]) >= 1, refused
    assert pseudonyms(one, f"{schema}_two") == there
    assert_released(two.dbt("run"), *MARTS)
