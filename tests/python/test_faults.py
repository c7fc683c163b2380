"""A run that dies, or meets another, leaves one whole release: the old one or the new one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import make_engine
from support.people import COLUMNS, POLICY, people_project
from support.project import Project, mart
from support.stops import build, go_on, kill, start, stop_at


def private_tables(project: Project) -> set[str]:
    found = project.query(
        f"select table_name from information_schema.tables where table_schema = '{project.engine.schema()}_tokumei'"
    )
    return {name for (name,) in found}


def assert_nothing_is_left_over(project: Project) -> None:
    """Beside the logs there are the release tables that the log names, and nothing else; no half log rows."""
    logs = {"releases_log", "release_items_log", "release_audits_log", "withdrawals_log", "keys_log"}
    logs |= {"access_log", "copies_log", "release_risks_log", "release_distributions_log"}
    logged = project.query(f"select release_id, release_relation from {project.private('releases_log')}")
    named = {relation.split('"')[-2] for _, relation in logged}
    tables = private_tables(project)
    assert logs <= tables
    assert tables - logs <= named
    for log in ["release_items_log", "release_audits_log"]:
        rows = project.query(f"select distinct release_id from {project.private(log)}")
        assert {release for (release,) in rows} == {release for release, _ in logged}
    keys = project.query(f"select invocation_id, event from {project.private('keys_log')}")
    assert {run for run, event in keys if event == "taken"} == {run for run, event in keys if event == "destroyed"}


def write_two_marts(project: Project) -> None:
    """One dataset of two marts, one following the other."""
    people_project(project)
    columns = [column for column in COLUMNS if column["name"] in ("pseudonym", "job")]
    follows = mart("jobs_anonymized", "people", columns, **POLICY, members_of="people_anonymized")
    project.write("models/jobs.yml", {"models": [follows]})
    project.write(
        "models/jobs_anonymized.sql",
        "{{ tokumei.anonymize(source('raw', 'people'), members_of=ref('people_anonymized')) }}\n",
    )


def shown(project: Project) -> tuple[set[str], set[str]]:
    """The pseudonyms in each of the two marts."""
    people, jobs = (
        {who for (who,) in project.query(f"select pseudonym from {name}")}
        for name in ("people_anonymized", "jobs_anonymized")
    )
    assert len(people) == len(jobs) > 900
    return people, jobs


@pytest.mark.slow
def test_a_run_killed_anywhere_leaves_a_whole_release(project: Project) -> None:
    write_two_marts(project)
    stops = ["candidate made", "before the commit", "after the commit", "key taken"]
    stop_at(project, stops)
    build(project)
    people, jobs = shown(project)
    assert people == jobs

    for stop in stops[:2]:
        kill(project, start(project, stop))
        assert shown(project) == (people, jobs), stop

    # Killed between its marts, a run leaves the first one released ...
    kill(project, start(project, "after the commit"))
    half, unchanged = shown(project)
    assert not half & people
    assert unchanged == jobs
    # ... until the next run of the dataset begins, whatever becomes of it.
    kill(project, start(project, "key taken"))
    assert shown(project) == (people, jobs)

    build(project)
    new = shown(project)
    assert new[0] == new[1]
    assert not new[0] & (people | half)
    assert project.query(f"select count(*) from {project.private('releases_log')}") == [(5,)]
    assert project.query(f"select count(*) from {project.private('withdrawals_log')}") == [(1,)]
    assert_nothing_is_left_over(project)


@pytest.fixture
def twice(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Project]]:
    """The two marts in two copies of a host project; a DuckDB file is held by one process at a time."""
    engine = make_engine(request, "postgres", tmp_path)
    projects = [Project(tmp_path / name, engine) for name in ("one", "two")]
    for project in projects:
        write_two_marts(project)
    yield projects
    engine.stop()


def assert_one_release_stands(project: Project) -> None:
    people, jobs = shown(project)
    assert people == jobs
    assert_nothing_is_left_over(project)


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("stop", "releases", "message"),
    [
        ("before the switch", 4, "people_anonymized: another run of the dataset took over"),
        ("after the commit", 5, "jobs_anonymized: no key is held"),
    ],
)
def test_of_two_runs_the_older_gives_way(twice: list[Project], stop: str, releases: int, message: str) -> None:
    older, newer = twice
    stop_at(older, [stop])
    assert newer.build().success

    first = start(older, stop)
    second = newer.dbt_process("run")
    released = f"select count(*) from {newer.private('releases_log')}"
    while newer.query(released) != [(releases,)]:
        assert second.poll() in (None, 0), second.communicate()[0]
        time.sleep(0.1)
    go_on(newer)
    said = [process.communicate(timeout=120)[0] for process in (first, second)]

    assert (first.returncode, second.returncode) == (1, 0), said
    assert message in said[0]
    assert_one_release_stands(newer)


@pytest.mark.postgres
def test_runs_that_start_together_end_in_one_release(twice: list[Project]) -> None:
    assert twice[0].build().success
    processes = [project.dbt_process("run") for project in twice]
    said = [process.communicate(timeout=120)[0] for process in processes]

    for process, text in zip(processes, said, strict=True):
        assert process.returncode in (0, 1)
        assert process.returncode == 0 or "tokumei: " in text, text
    assert_one_release_stands(twice[0])
