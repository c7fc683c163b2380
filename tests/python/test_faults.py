"""Whatever happens to a run, its warehouse or its disk: the release before stands whole, and the next run is clean.

All runs of an engine are of one project; they are children of this process, stopped where the fault is to come.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import random
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import psutil
import psycopg2
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from support.assurance import record
from support.disks import Disk, small_disk
from support.engines import DuckDB, Postgres, Rows
from support.forked import Run, let_go_of_duckdb, mark_places
from support.kills import Server, own_server
from support.project import Project
from support.publisher import REGISTERS, TYPES
from support.standing import (
    HALF,
    NEW,
    OLD,
    RUN,
    Standing,
    assert_nothing_is_left_over,
    count,
    left_over,
    shown,
    write_two_marts,
)
from support.waiting import PATIENCE, wait_until

NOTHING, EMPTIED = "nothing", "an emptied key store"


@dataclass
class Scene:
    """A project with a release, on a warehouse of its own; the disk is none where this process may not mount one."""

    project: Project
    disk: Disk | None
    ends: contextlib.ExitStack
    server: Server | None = None
    reader: Any = None

    @property
    def full(self) -> Disk:
        if self.disk is None:
            pytest.skip("a full disk needs a small file system, which this process may not mount")
        return self.disk

    @property
    def backends(self) -> list[int]:
        """The server's processes that work for a run."""
        running = "select pid from pg_stat_activity where application_name = 'dbt'"
        return [pid for (pid,) in self.project.query(running)]

    def make_small_space(self) -> None:
        """Where a session may ask the server to put its tables: on the small disk."""
        place = self.full.folder / "space"
        place.mkdir(mode=0o700, exist_ok=True)
        assert self.server is not None
        owner = self.server.folder.stat()
        os.chown(place, owner.st_uid, owner.st_gid)
        self.project.engine.execute(f"create tablespace small location '{place}'")

    def run(self) -> None:
        outcome = self.project.dbt(*RUN)
        assert outcome.success, outcome.messages
        let_go_of_duckdb()


@pytest.fixture(scope="module")
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("faults")
    with contextlib.ExitStack() as ends:
        disk = ends.enter_context(small_disk(64))
        if request.param == "duckdb":
            engine: Any = DuckDB((disk.folder if disk else folder) / "warehouse.duckdb")
            scene = Scene(Project(folder / "consumer", engine), disk, ends)
        else:
            server = ends.enter_context(own_server(fsync="off"))
            scene = Scene(Project(folder / "consumer", server.engine("analytics")), disk, ends, server)
        mark_places(scene.project)
        write_two_marts(scene.project)
        write_publications(scene.project, [])
        outcome = scene.project.build()
        assert outcome.success, outcome.messages
        yield scene
        let_go_of_duckdb()


def on(*engines: str) -> Any:
    marks = {"duckdb": pytest.mark.duckdb, "postgres": pytest.mark.postgres}
    return pytest.mark.parametrize(
        "scene", [pytest.param(name, marks=marks[name]) for name in engines], indirect=True, scope="module"
    )


def nothing(*_: Scene) -> None:
    pass


@dataclass(frozen=True)
class Fault:
    """What befalls a run the nth time that it comes to a place, from inside it or from beside it; then what it says,
    whether it succeeds all the same, what stands and what it leaves."""

    place: str
    says: str
    stands: str = OLD
    left: str = NOTHING
    nth: int = 1
    inside: Callable[[Scene], None] = nothing
    beside: Callable[[Scene], None] = nothing
    mended: Callable[[Scene], None] = nothing
    environment: tuple[tuple[str, str], ...] = ()


def disconnect(scene: Scene) -> None:
    for pid in scene.backends:
        scene.project.query(f"select pg_terminate_backend({pid})")


def restart(scene: Scene) -> None:
    assert scene.server is not None
    scene.server.wheel.stop()
    scene.server.start()


def wait_for_server(scene: Scene) -> None:
    """One whose process was killed restarts all of them."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(psycopg2.OperationalError):
            return scene.project.engine.execute("select 1")
        time.sleep(0.05)
    raise AssertionError("the server did not come back")


def kill_backends(scene: Scene) -> None:
    """As Linux does where memory is short."""
    for pid in scene.backends:
        os.kill(pid, signal.SIGKILL)


def limit_backends(what: str) -> Callable[[Scene], None]:
    """From now on they get no more of it; asked for in their owner's name, who may limit what is theirs."""

    def limit(scene: Scene) -> None:
        for pid in scene.backends:
            uids, gids = psutil.Process(pid).uids(), psutil.Process(pid).gids()
            owner: dict[str, Any] = (
                {"user": uids.real, "group": gids.real, "extra_groups": []} if os.getuid() == 0 else {}
            )
            subprocess.run(["prlimit", f"--pid={pid}", f"--{what}=0:"], check=True, **owner)

    return limit


def limit_duckdb(scene: Scene) -> None:
    DuckDBConnectionManager.env().conn.cursor().execute("set memory_limit = '1MB'")


def no_room_to_spill(scene: Scene) -> None:
    cursor = DuckDBConnectionManager.env().conn.cursor()
    cursor.execute("set max_temp_directory_size = '0KB'")
    with contextlib.suppress(duckdb.OutOfMemoryException):
        cursor.execute("set memory_limit = '8MB'")


def fill(scene: Scene) -> None:
    scene.full.fill()


def free(scene: Scene) -> None:
    scene.full.free()


SMALL_SPACE = (("PGOPTIONS", "-c default_tablespace=small"),)
HASTE = (("PGOPTIONS", "-c statement_timeout=1500"),)


def drop_small_space(scene: Scene) -> None:
    """Which the server does only if nothing is left in it."""
    free(scene)
    scene.project.engine.execute("drop tablespace small")


def read(scene: Scene) -> None:
    """Somebody reads the second mart, and keeps the transaction open."""
    assert isinstance(scene.project.engine, Postgres)
    scene.reader = scene.ends.enter_context(scene.project.engine.connection())
    scene.reader.execute("begin")
    scene.reader.execute("select count(*) from jobs_anonymized")


def stop_reading(scene: Scene) -> None:
    scene.reader.execute("commit")


FAULTS = {
    "duckdb": {
        "disk full": Fault("candidate made", "No space left", inside=fill, mended=free),
        "disk full in the second mart": Fault(
            "before the commit", "No space left", HALF, nth=2, inside=fill, mended=free
        ),
        "out of memory": Fault("candidate made", "Out of Memory", inside=limit_duckdb),
        "no room to spill": Fault(
            # where an audit is the first to need room, the engine is not quoted
            "candidate made",
            "Out of Memory|the engine refused",
            nth=2,
            inside=no_room_to_spill,
        ),
    },
    "postgres": {
        "connection lost": Fault("candidate made", "closed the connection", beside=disconnect),
        "connection lost between the marts": Fault("after the commit", "", NEW, beside=disconnect),
        "connection lost in the second mart": Fault(
            "before the commit", "closed the connection", nth=2, beside=disconnect
        ),
        "server restarted": Fault("before the commit", "closed the connection", beside=restart),
        "process killed for its memory": Fault(
            "candidate made", "closed the connection", left=EMPTIED, beside=kill_backends, mended=wait_for_server
        ),
        "out of memory": Fault("candidate made", "out of memory", beside=limit_backends("as")),
        "disk of the log full": Fault(
            "before the commit",
            "closed the connection",
            left=EMPTIED,
            beside=limit_backends("fsize"),
            mended=wait_for_server,
        ),
        "disk full": Fault(
            "after the commit", "No space left", beside=fill, mended=drop_small_space, environment=SMALL_SPACE
        ),
        "statement timeout": Fault(
            "after the commit", "statement timeout", beside=read, mended=stop_reading, environment=HASTE
        ),
    },
}
CASES = [
    pytest.param(engine, name, id=f"{engine}-{name}", marks=getattr(pytest.mark, engine))
    for engine, faults in FAULTS.items()
    for name in faults
]


@pytest.mark.parametrize(("scene", "name"), CASES, indirect=["scene"], scope="module")
def test_the_release_before_stands_and_the_next_run_is_clean(scene: Scene, name: str) -> None:
    project, fault = scene.project, FAULTS[scene.project.engine.name][name]
    before = Standing.of(project)
    if fault.environment == SMALL_SPACE:
        scene.make_small_space()
    with Run(project, RUN, fault.place, lambda: fault.inside(scene), fault.nth, **dict(fault.environment)) as run:
        run.stopped()
        fault.beside(scene)
        code, said = run.go_on().end()
    fault.mended(scene)
    came_to = (code, before.after(project), left_over(project))
    assert came_to == (0 if fault.stands == NEW else 1, fault.stands, fault.left), said
    assert re.search(fault.says, said), said
    between = before if fault.stands == OLD else Standing.of(project)
    scene.run()
    between.assert_replaced(project)
    assert_nothing_is_left_over(project)
    survived(scene, name, fault.stands)


def survived(scene: Scene, what: str, note: str, tried: int = 1) -> None:
    """For docs/assurance.md: faults tried, and those after which all was as it should be."""
    engine = scene.project.engine.name
    record("test_faults", part="faults", what=what, engine=engine, tried=tried, found=tried, note=note)


@on("duckdb", "postgres")
def test_a_run_killed_anywhere_leaves_a_whole_release(scene: Scene) -> None:
    project = scene.project
    people, jobs = shown(project)
    releases, taken_back = (count(project, log) for log in ("releases_log", "withdrawals_log"))
    for stop in ("candidate made", "before the commit"):
        with Run(project, RUN, stop) as run:
            run.stopped().kill()
        assert shown(project) == (people, jobs), stop

    # Killed between its marts, a run leaves the first one released ...
    with Run(project, RUN, "after the commit") as run:
        run.stopped().kill()
    half, unchanged = shown(project)
    assert not half & people
    assert unchanged == jobs
    # ... until the next run of the dataset begins, whatever becomes of it.
    with Run(project, RUN, "key taken") as run:
        run.stopped().kill()
    assert shown(project) == (people, jobs)

    scene.run()
    new = shown(project)
    assert new[0] == new[1]
    assert not new[0] & (people | half)
    assert count(project, "releases_log") == releases + 3
    assert count(project, "withdrawals_log") == taken_back + 1
    assert_nothing_is_left_over(project)
    survived(scene, "dbt killed", "previous release, or the first mart's new one until the next run", tried=4)


@on("postgres")
def test_the_server_killed_at_a_drawn_moment(scene: Scene) -> None:
    """test_kills.py draws many."""
    assert scene.server is not None
    before = Standing.of(scene.project)
    place = random.choice(["candidate made", "before the switch", "before the commit"])
    with Run(scene.project, RUN, place, nth=random.choice([1, 2])) as run:
        run.stopped().go_on()
        time.sleep(random.random() / 5)
        scene.server.kill()
        run.end()
    scene.server.start()
    stands = before.after(scene.project)
    between = Standing.of(scene.project)
    assert left_over(scene.project) in (EMPTIED, NOTHING if stands == NEW else EMPTIED)
    scene.run()
    between.assert_replaced(scene.project)
    survived(scene, "server killed", stands)


@on("postgres")
def test_a_reader_makes_the_switch_wait_and_reads_on(scene: Scene) -> None:
    before = Standing.of(scene.project)
    waiting = "select count(*) from pg_stat_activity where application_name = 'dbt' and wait_event_type = 'Lock'"
    with Run(scene.project, RUN, "before the switch", nth=2) as run:
        run.stopped()
        read(scene)
        run.go_on()
        wait_until(lambda: scene.project.query(waiting) == [(1,)])
        scene.reader.execute("select * from jobs_anonymized")
        assert sorted(scene.reader.fetchall(), key=str) == before.rows["jobs_anonymized"]
        stop_reading(scene)
        code, said = run.end()
    assert code == 0, said
    before.assert_replaced(scene.project)
    survived(scene, "lock held by a reader", "waits, then new release")


@on("postgres")
@pytest.mark.parametrize(
    ("stop", "releases", "message"),
    [
        ("before the switch", 2, "people_anonymized: another run of the dataset took over"),
        ("after the commit", 3, "jobs_anonymized: no key is held"),
    ],
)
def test_of_two_runs_the_older_gives_way(scene: Scene, stop: str, releases: int, message: str) -> None:
    before = count(scene.project, "releases_log")
    with Run(scene.project, RUN, stop) as older:
        older.stopped()
        with Run(scene.project, RUN) as newer:
            wait_until(lambda: count(scene.project, "releases_log") == before + releases)
            said = older.go_on().end(), newer.end()
    assert [code for code, _ in said] == [1, 0], said
    assert message in said[0][1]
    assert_one_release_stands(scene.project)
    survived(scene, f"two runs at once, the older at: {stop}", NEW)


@on("postgres")
def test_runs_that_start_together_end_in_one_release(scene: Scene) -> None:
    with Run(scene.project, RUN) as one, Run(scene.project, RUN) as other:
        said = one.end(), other.end()
    for code, text in said:
        assert code in (0, 1)
        assert code == 0 or "tokumei: " in text, text
    assert_one_release_stands(scene.project)
    survived(scene, "two runs started together", NEW)


@on("duckdb")
def test_a_file_that_another_run_holds_is_left_alone(scene: Scene) -> None:
    """Of two runs the one that came later fails, and the first is none the worse for it."""
    before = Standing.of(scene.project)
    with Run(scene.project, RUN, "before the commit") as first:
        first.stopped()
        with Run(scene.project, RUN) as second:
            code, said = second.end()
        assert code == 1 and "lock on file" in said, said
        code, said = first.go_on().end()
    assert code == 0, said
    before.assert_replaced(scene.project)
    survived(scene, "file held by another run", NEW)


@on("duckdb")
def test_a_file_that_may_not_be_written_to_is_left_alone(scene: Scene) -> None:
    before = Standing.of(scene.project)
    disk = scene.full
    disk.read_only(True)
    try:
        with Run(scene.project, RUN) as run:
            code, said = run.end()
    finally:
        disk.read_only(False)
    assert code == 1 and "Read-only file system" in said, said
    assert (before.after(scene.project), left_over(scene.project)) == (OLD, NOTHING)
    scene.run()
    before.assert_replaced(scene.project)
    assert_nothing_is_left_over(scene.project)
    survived(scene, "read-only file system", OLD)


def assert_one_release_stands(project: Project) -> None:
    people, jobs = shown(project)
    assert people == jobs
    assert_nothing_is_left_over(project)


@on("duckdb", "postgres")
def test_a_clock_moved_back_makes_no_release_older(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Held, published, opened and closed again is the release that was made last, not the one of the latest time."""
    project = scene.project
    with monkeypatch.context() as moved:
        moved.setattr("dbt.context.base.get_datetime_module_context", datetime_of_the_future)
        scene.run()
    future = Standing.of(project)
    assert all(at > dt.datetime.now() + dt.timedelta(days=30) for _, at in made_at(project, future))
    scene.run()
    future.assert_replaced(project)
    newest = Standing.of(project)
    assert all(at < dt.datetime.now() + dt.timedelta(days=1) for _, at in made_at(project, newest))
    ((made,),) = {(run,) for run, _ in made_at(project, newest)}
    events = f"select release, event from {project.private('access_log')} order by event_no desc limit 1"
    assert project.query(events) == [(made, "held")]

    runs = "select release, fingerprint from dataset_releases"
    (fingerprint,) = {print_ for run, print_ in project.query(runs) if run == made}
    items = sorted({item for (item,) in project.query("select item_ja from publication_items")})
    row = [
        "people",
        fingerprint,
        "creation",
        ";".join(items),
        "",
        "2026-01-01",
        "https://example.com/api",
        "0",
        "true",
        "",
        "",
    ]
    for cells, event in ((row, "opened"), ([], "closed")):
        write_publications(project, cells)
        outcome = project.dbt("seed", "--select", "publications")
        assert outcome.success, outcome.messages
        let_go_of_duckdb()
        assert (made, event) in project.query(events.replace("limit 1", "limit 2"))
        assert newest.after(project) == OLD
    scene.run()
    newest.assert_replaced(project)
    survived(scene, "clock moved back", "the later run is the newest")


def made_at(project: Project, standing: Standing) -> Rows:
    """The run and the time of each mart's release, by the log."""
    tables = ", ".join(f"'{relation}'" for relation, _ in standing.releases.values())
    log = project.private("releases_log")
    return project.query(f"select invocation_id, released_at from {log} where release_relation in ({tables})")


def datetime_of_the_future() -> dict[str, Any]:
    """The module as macros see it, two months ahead."""

    class Ahead(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return dt.datetime.now(tz) + dt.timedelta(days=60)

    return {name: getattr(dt, name) for name in ("date", "time", "timedelta", "tzinfo", "timezone")} | {
        "datetime": Ahead
    }


def write_publications(project: Project, cells: list[str]) -> None:
    header = REGISTERS["publications"]
    project.write("seeds/publications.csv", header + "\n" + (",".join(cells) + "\n" if cells else ""))
    types = {name: TYPES.get(name, "text") for name in header.split(",")}
    seed = {
        "name": "publications",
        "config": {"meta": {"tokumei": {"register": "publications"}}, "column_types": types},
    }
    project.write("seeds/publications.yml", {"seeds": [seed]})
