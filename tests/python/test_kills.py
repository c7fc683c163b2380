"""kill -9 of dbt, or of the server, at drawn moments: the release before stays, and the next run leaves nothing over.

One kill of the server, or as many of each kind as TOKUMEI_FAULTS says; TOKUMEI_FAULTS_SEED repeats a series. docs/faults.md has a long one.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.engines import DuckDB, Rows
from support.kills import own_server, run_until
from support.project import Project
from support.stops import build
from test_faults import assert_nothing_is_left_over, private_tables, shown, write_two_marts

MARTS = ("people_anonymized", "jobs_anonymized")
ROUNDS = int(os.environ.get("TOKUMEI_FAULTS", "1"))
Kill = Callable[[], None]


@pytest.fixture(params=["dbt on duckdb", "dbt on postgres", "the server"])
def killed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Project, Kill | None, Kill]]:
    """A project; what kills beside the run, if anything; and what makes the warehouse ready to be read again."""
    if request.param != "the server" and "TOKUMEI_FAULTS" not in os.environ:
        pytest.skip("dbt is killed at chosen points in test_faults.py; TOKUMEI_FAULTS=1 draws them")
    if request.param == "dbt on duckdb":
        yield Project(tmp_path / "consumer", DuckDB(tmp_path / "warehouse.duckdb")), None, lambda: None
        return
    with own_server() as server:
        project = Project(tmp_path / "consumer", server.engine("analytics"))
        if request.param == "the server":
            yield project, server.kill, server.start
        else:
            yield project, None, server.wait_until_idle


def everything(project: Project) -> dict[str, Rows]:
    return {name: sorted(project.query(f"select * from {name}"), key=str) for name in MARTS}


def releases(project: Project) -> dict[str, tuple[str, int]]:
    """Of each mart, the newest release that stands: its table, and its records by the log."""
    log, taken_back = project.private("releases_log"), project.private("withdrawals_log")
    rows = project.query(
        f"select mart, release_relation, records_out from {log} as one where not exists "
        f"(select 1 from {taken_back} as gone where gone.release_id = one.release_id) order by release_no"
    )
    return {mart: (relation, records) for mart, relation, records in rows}


def what_stands(project: Project, before: dict[str, Rows], released: dict[str, tuple[str, int]]) -> str:
    """Each mart shows the release before, or a whole new one, beside which the one before can still be read."""
    now, newest = everything(project), releases(project)
    for mart in MARTS:
        assert len(now[mart]) == newest[mart][1], mart
        assert (now[mart] == before[mart]) == (newest[mart] == released[mart]), mart
        relation, records = released[mart]
        assert project.query(f"select count(*) from {relation}") == [(records,)], mart
    new = [mart for mart in MARTS if newest[mart] != released[mart]]
    return {0: "previous release", 1: "the first mart's new one", 2: "new release"}[len(new)]


def left_over(project: Project) -> str:
    """What the killed run left in the private schema."""
    logged = {
        relation.split('"')[-2] for (relation,) in project.query(f"select release_relation from {log_of(project)}")
    }
    tables = {name for name in private_tables(project) if not name.endswith("_log")} - logged
    stores = [name for name in tables if name.startswith("release_key_")]
    keys = sum(
        project.query(f"select count(*) from {project.private(name)} where inner_block is not null")[0][0]
        for name in stores
    )
    assert tables == set(stores), "a candidate or a stage was left"
    return "a key" if keys else "an emptied key store" if stores else "nothing"


def log_of(project: Project) -> str:
    return project.private("releases_log")


@pytest.mark.slow
def test_killed_anywhere_the_release_before_stays(
    killed: tuple[Project, Kill | None, Kill], request: pytest.FixtureRequest
) -> None:
    project, kill_server, make_ready = killed
    seed = int(os.environ.get("TOKUMEI_FAULTS_SEED") or random.SystemRandom().randrange(10**6))
    draw = random.Random(seed)
    print(f"\n{request.node.callspec.id}, seed {seed}")
    print("| killed at | marts show | left behind | after the next run |\n|---|---|---|---|")

    write_two_marts(project)
    build(project)
    _, whole = run_until(project)
    moments = [(place + draw.random()) / ROUNDS for place in range(ROUNDS)]
    while moments:
        before, released = everything(project), releases(project)
        process, _ = run_until(project, moments[0] * whole)
        ended = process.poll() is not None
        (kill_server or process.kill)()
        process.communicate(timeout=120)
        make_ready()
        stands, left = what_stands(project, before, released), left_over(project)

        process, whole = run_until(project)  # as long as a run takes now: others use this machine too
        assert process.returncode == 0
        people, jobs = shown(project)
        assert people == jobs
        assert not people & {row[0] for row in before["people_anonymized"]}
        assert_nothing_is_left_over(project)
        if ended:
            assert (stands, left) == ("new release", "nothing")
        else:
            when = f"{moments.pop(0):.0%}"
            print(f"| {when} | {stands} | {left} | a new release of both, nothing left over |", flush=True)
