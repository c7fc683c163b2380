"""kill -9 of dbt, or of the server, at drawn moments: the release before stays, and the next run leaves nothing over.

As many of each kind as TOKUMEI_FAULTS says; TOKUMEI_FAULTS_SEED repeats a series. docs/faults.md has a long one; the suite's own
kills are in test_faults.py.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.engines import DuckDB
from support.kills import build, own_server, run_until
from support.project import Project
from support.standing import Standing, left_over, write_two_marts

ROUNDS = int(os.environ.get("TOKUMEI_FAULTS", "0"))
Kill = Callable[[], None]


@pytest.fixture(params=["dbt on duckdb", "dbt on postgres", "the server"])
def killed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Project, Kill | None, Kill]]:
    """A project; what kills beside the run, if anything; and what makes the warehouse ready to be read again."""
    if not ROUNDS:
        pytest.skip("a series of kills at drawn moments takes long: TOKUMEI_FAULTS says how many of each kind")
    if request.param == "dbt on duckdb":
        yield Project(tmp_path / "consumer", DuckDB(tmp_path / "warehouse.duckdb")), None, lambda: None
        return
    with own_server() as server:
        project = Project(tmp_path / "consumer", server.engine("analytics"))
        if request.param == "the server":
            yield project, server.kill, server.start
        else:
            yield project, None, server.wait_until_idle


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
        before = Standing.of(project)
        process, _ = run_until(project, moments[0] * whole)
        ended = process.poll() is not None
        (kill_server or process.kill)()
        process.communicate(timeout=120)
        make_ready()
        stands, left = before.after(project), left_over(project)

        process, whole = run_until(project)  # as long as a run takes now: others use this machine too
        assert process.returncode == 0
        before.assert_replaced(project)
        if ended:
            assert (stands, left) == ("new release", "nothing")
        else:
            when = f"{moments.pop(0):.0%}"
            print(f"| {when} | {stands} | {left} | a new release of both, nothing left over |", flush=True)
