"""What becomes of a mutant: asked of planted relations, or run through modules of the suite, in a forked process."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import re
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from scenes import SCENES
from support import assurance, findings, plants, project
from support.engines import DuckDB
from support.forked import let_go_of_duckdb
from support.quick_dbt import heard
from support.quick_parse import replace_macros

ROOT = Path(__file__).resolve().parents[2]
KILLED, BROKEN, SURVIVED = "killed", "broken", "survived"
HAS_ITS_OWN = "no longer contains the text to mutate"  # a test with mutations of its own that did not find its place
# What a build says that a mutant stops whatever it is asked: nobody needs a test to notice it.
ENGINE_ERRORS = re.compile(
    r"(Parser|Binder|Catalog|Syntax) Error|is undefined|has no attribute|Compilation Error in macro judge"
    r"|the engine refused a statement|takes no keyword argument|missing \\d+ required"
)


class Bench:
    """What is made once: a project with the planted marts, its manifest, and a warehouse for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = project.Project(folder / "consumer", DuckDB(folder / "warehouse.duckdb"))
        self.project.write("macros/judge.sql", findings.MACRO)
        plants.write(self.project)
        made = self.project.dbt("run-operation", "begin_logs")
        assert made.success, made.messages[-2000:]
        plants.plant(self.project)
        self.manifest = dbtRunner().invoke(["parse", *self.project.folders(), "--quiet"]).result
        self.cases = [case for made in plants.ALL for case in made()]
        assert self.verdict(self.cases)[0] == SURVIVED, "the package as it is finds what was planted"
        DuckDBConnectionManager.close_all_connections()
        gc.collect()

    def verdict(self, cases: list[findings.Case]) -> tuple[str, int]:
        """Whether every case finds what it should, and the place of the first that does not."""
        said: list[str] = []
        runner = dbtRunner(manifest=self.manifest, callbacks=[lambda event: said.append(event.info.msg)])
        given = findings.arguments(cases, self.project)
        with heard(False):
            unlogged = ["--log-level-file", "none", "--no-write-json", "--quiet"]
            result = runner.invoke(["run-operation", "judge", "--args", given, *self.project.folders(), *unlogged])
        outcome = project.Outcome(bool(result.success), {}, "\n".join(said))
        if not outcome.success:
            return BROKEN, 0
        found = zip(findings.judged(outcome, cases), cases, strict=True)
        wrong = [place for place, (one, case) in enumerate(found) if one != findings.expected(case)]
        return (KILLED, wrong[0]) if wrong else (SURVIVED, 0)


def in_a_child(work: Any, seconds: float) -> str:
    """What a forked process came to: it inherits all that is warm, and leaves nothing behind."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        with Path(os.devnull).open("w") as nothing:
            os.dup2(nothing.fileno(), 1)
            os.dup2(nothing.fileno(), 2)
        said = "crashed"
        with contextlib.suppress(BaseException):
            said = work()
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    until = time.time() + seconds
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.time() > until:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.close(reading)
            return KILLED  # it never ended: a test that hangs is noticed
        time.sleep(0.01)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    return BROKEN if said == "crashed" else said


def asked(bench: Bench, texts: dict[str, str], cases: list[findings.Case]) -> tuple[str, list[findings.Case]]:
    """What came of them, asked a few at first; and the cases, with the one that noticed before the others."""
    for some in (cases[:1], cases[1:4], cases[4:]):
        said = in_a_child(lambda few=some: judged_by_queries(bench, texts, few), 60) if some else SURVIVED
        if said.startswith(KILLED):
            noticed = some[int(said.removeprefix(KILLED) or 0)]
            return KILLED, [noticed, *(case for case in cases if case is not noticed)]
        if said != SURVIVED:
            return said, cases
    return SURVIVED, cases


def judged_by_queries(bench: Bench, texts: dict[str, str], cases: list[findings.Case]) -> str:
    for name, text in texts.items():
        bench.manifest.macros[f"macro.tokumei.{name}"].macro_sql = text
    verdict, place = bench.verdict(cases)
    return f"{verdict} {place}" if verdict == KILLED else verdict


def judged_by_tests(test: str, texts: dict[str, str], runs: bool) -> str:
    """A failure that is an engine's or the template's own is no test that noticed, but a mutant that does not run."""
    replace_macros(texts)
    code, failures = run(test)
    if code not in (0, 1, 2):
        return f"pytest ended with {code}"
    if not failures:
        return SURVIVED
    return BROKEN if not runs and any(ENGINE_ERRORS.search(one) for one in failures) else KILLED


def run(test: str) -> tuple[int, list[str]]:
    """Tests of the suite, on DuckDB if not `postgres` stands before them, up to the first that fails: pytest's code, and what
    it said."""
    engine, name = test.split() if " " in test else ("not postgres", test)
    assurance.record = lambda *_, **__: None  # what a mutant comes to is no evidence
    failures: list[str] = []

    class Listener:
        def pytest_sessionstart(self, session: pytest.Session) -> None:
            self.session = session

        def pytest_runtest_logreport(self, report: Any) -> None:
            if report.failed and HAS_ITS_OWN not in str(report.longrepr):
                failures.append(str(report.longrepr))
                self.session.shouldfail = "noticed"

    os.chdir(ROOT)
    path = str(ROOT / "tests" / "python" / name)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        code = pytest.main(["-q", "-p", "no:cacheprovider", "-k", f"{engine} and not adult", path], [Listener()])
    return int(code), failures


def judged_by_scene(name: str, texts: dict[str, str], runs: bool) -> str:
    replace_macros(texts)
    try:
        SCENES[name]().looked_at()
    except AssertionError as wrong:
        return BROKEN if not runs and ENGINE_ERRORS.search(str(wrong)) else KILLED
    return SURVIVED


WARM: dict[str, float] = {}  # test → how long a child may take for it


def warm(test: str) -> None:
    """Run here what the children will run: they inherit what dbt parsed and compiled. A test that fails of itself would
    kill everything."""
    if test not in WARM:
        began = time.time()
        if test in SCENES:
            with contextlib.redirect_stdout(io.StringIO()):
                SCENES[test]().looked_at()
        else:
            code, failures = run(test)
            assert code == 0, f"{test} does not pass with the package as it is: {failures}"
        WARM[test] = 60 + 10 * (time.time() - began)
        let_go_of_duckdb()
