"""Runs of dbt in a child of this process, which has everything parsed already: to be stopped, harmed, killed or let go on."""

from __future__ import annotations

import ctypes
import itertools
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from dbt.adapters.duckdb.connections import DuckDBConnectionManager

from .project import Project
from .quick_dbt import collect
from .quick_parse import KEPT
from .stops import STOPS

PASSED = "tokumei-test passes: "
PATIENCE = 120
NUMBERS = itertools.count()


def mark_places(project: Project) -> None:
    """Install a package whose runs say where they are; what STOPS names, in the order of a build."""
    for place, (file, text, side) in STOPS.items():
        said = f"{{%- do log('{PASSED}{place}', info=true) -%}}"
        project.mutate(file, text, text + said if side == "after" else said + text)


def let_go_of_duckdb() -> None:
    """A DuckDB file is held by one process at a time."""
    DuckDBConnectionManager.close_all_connections()
    collect()


class Run:
    """A run in a process of its own. When it comes to its place the nth time, it does what is to be done there, and waits."""

    def __init__(
        self,
        project: Project,
        command: tuple[str, ...],
        place: str = "",
        harm: Callable[[], None] = lambda: None,
        nth: int = 1,
        **environment: str,
    ) -> None:
        let_go_of_duckdb()
        self.project, self.place, self.command, self.code = project, place, command, -1
        self.told = project.path / f"said-{next(NUMBERS)}.txt"
        self.news, news = os.pipe()
        orders, self.orders = os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(news)
            os.close(orders)
            return
        try:
            os.close(self.news)
            os.close(self.orders)
            os.environ.update(environment)
            self._be_run(harm, nth, news, orders)
        except BaseException:
            self.told.write_text(traceback.format_exc(), encoding="utf-8")
        os._exit(3)

    def _be_run(self, harm: Callable[[], None], nth: int, news: int, orders: int) -> None:
        passed: list[str] = []

        def listen(message: str) -> None:
            passed.append(message)
            if message == PASSED + self.place and passed.count(message) == nth:
                harm()
                os.write(news, b".")
                os.read(orders, 1)

        self.project.listener = listen
        parsed = KEPT.get(str(self.project.path / self.project.target))
        self.project.target = self.told.stem  # two runs at once do not share one
        if parsed:
            KEPT[str(self.project.path / self.project.target)] = parsed
        sys.stdout = sys.stderr = self.printed.open("w", buffering=1, encoding="utf-8")
        for stream in (1, 2):  # which the engine itself writes to
            os.dup2(sys.stdout.fileno(), stream)
        outcome = self.project.dbt(*self.command)
        ctypes.CDLL(None).fflush(None)
        Path(self.told).write_text(outcome.messages, encoding="utf-8")
        os._exit(0 if outcome.success else 1)

    @property
    def printed(self) -> Path:
        """What was written to the standard output: nothing of a quiet project."""
        return self.told.with_suffix(".out")

    def stopped(self) -> Run:
        """Waits until the run has come to its place."""
        ready, _, _ = select.select([self.news], [], [], PATIENCE)
        if not ready or os.read(self.news, 1) != b".":
            raise AssertionError(f"the run never came to {self.place}: {self.end()}")
        return self

    def go_on(self) -> Run:
        os.write(self.orders, b".")
        return self

    def kill(self) -> None:
        """SIGKILL: no hook runs, nothing is cleared up."""
        if self.code < 0:
            os.kill(self.pid, signal.SIGKILL)
            self.end()

    def end(self) -> tuple[int, str]:
        """What it came to (0 success, 1 failure), and what it said."""
        if self.code < 0:
            _, status = os.waitpid(self.pid, 0)
            self.code = 9 if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
            os.close(self.news)
            os.close(self.orders)
        return self.code, self.told.read_text(encoding="utf-8") if self.told.exists() else ""

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
