"""The mutation score of the gate: how many of its mutants (tools/mutants.py) the tests notice. `make mutate`

First the queries of the audits are asked of planted relations (tests/python/support/plants.py), in this process, with the mutated
macro put into the manifest; what that does not notice is run through the test modules named below. DuckDB alone.
Exits with 1 if a mutant survives that tests/mutation/survivors.yml does not explain."""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "python"), str(ROOT / "tools")]

import mutants  # noqa: E402
from support.quick_dbt import be_quick, heard  # noqa: E402

be_quick()

import pytest  # noqa: E402
from dbt.adapters.duckdb.connections import DuckDBConnectionManager  # noqa: E402
from dbt.cli.main import dbtRunner  # noqa: E402
from support import assurance, findings, plants, project  # noqa: E402
from support.engines import DuckDB  # noqa: E402

RESULTS = ROOT / "tests" / "mutation" / "score.json"
SURVIVORS = ROOT / "tests" / "mutation" / "survivors.yml"
KILLED, BROKEN, SURVIVED = "killed", "broken", "survived"
# What stands between a candidate and its readers, and the modules that look at it, the likeliest to notice first.
GATE = ["test_release.py", "test_bypasses.py", "test_audits_as_tests.py", "test_planted_data.py"]
SUITES: dict[str, list[str]] = {
    "macros/audits/_strong_identifiers.sql": ["test_planted_data.py"],
    "macros/audits/_weak_identifiers.sql": ["test_planted_data.py"],
    "macros/audits/audit_no_direct_identifiers.sql": ["test_planted_data.py"],
    "macros/audits/audit_as_test.sql": ["test_audits_as_tests.py"],
    "macros/audits/release_scene.sql": ["test_audits_as_tests.py", "test_synthetic.py", "test_provision.py"],
    "macros/audits/*.sql": ["test_mutations.py", "test_audits_as_tests.py", "test_planted_data.py"],
    "macros/audits/models/*.sql": ["test_privacy_models.py"],
    "macros/materializations/*.sql": [*GATE, "test_datasets.py", "test_faults.py", "test_synthetic.py"],
    "macros/releases/refuse_bypasses.sql": ["test_bypasses.py", "test_datasets.py", "test_private_schema.py"],
    "macros/releases/mart_elsewhere.sql": ["test_private_schema.py", "test_bypasses.py"],
    "macros/releases/partial_datasets.sql": ["test_bypasses.py"],
    "macros/releases/switch_mart.sql": ["test_mutations.py", "test_audits_as_tests.py", "test_faults.py"],
    "macros/releases/selection.sql": ["test_bypasses.py", "test_datasets.py", "test_keys_of_runs.py"],
    "macros/sql/open_release.sql": ["test_coverage.py", "test_story.py"],
    "macros/sql/standing_releases.sql": ["test_taken_back.py"],
    "macros/policy/check_source_columns.sql": ["test_source_errors.py"],
    "macros/releases/check_drift.sql": ["test_drift.py"],
    "macros/governance/*.sql": ["test_lineage.py"],
    "macros/attacks/*.sql": ["test_attack_numbers.py", "test_attacks.py"],
}
ENGINE_ERRORS = re.compile(
    r"(Parser|Binder|Catalog|Syntax) Error|is undefined|has no attribute|Compilation Error in macro judge"
)


def suite_of(file: str) -> list[str]:
    """The first pattern that fits; modules that are not there are left out."""
    for pattern, modules in SUITES.items():
        if Path(file).match(pattern):
            return [module for module in modules if (ROOT / "tests/python" / module).exists()]
    return []


def files_of_the_gate(asked: list[str]) -> list[Path]:
    patterns = asked or list(SUITES)
    return sorted({path for pattern in patterns for path in ROOT.glob(pattern)})


def audits_that_reach(file: Path, bodies: dict[str, str]) -> set[str]:
    """The audits whose macro calls, through others, one of this file."""
    calls = {name: set(re.findall(r"tokumei\.(\w+)", body)) for name, body in bodies.items()}
    for name in calls:
        if f"default__{name}" in bodies:
            calls[name] |= {f"default__{name}"}
    here = set(mutants.macros_in(file.read_text(encoding="utf-8")))
    audits = {case.audit for made in plants.ALL for case in made()}
    reaching = set()
    for audit in audits:
        reached, waiting = set(), [f"audit_{audit}", "audit_query"]
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting += calls.get(name, set())
        if reached & here:
            reaching.add(audit)
    return reaching


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
        self.manifest = dbtRunner().invoke(["parse", *self._folders(), "--quiet"]).result
        self.cases = [case for made in plants.ALL for case in made()]
        assert self.verdict(self.cases) == SURVIVED, "the package as it is finds what was planted"
        DuckDBConnectionManager.close_all_connections()
        gc.collect()

    def _folders(self) -> list[str]:
        path = str(self.project.path)
        return [
            "--project-dir",
            path,
            "--profiles-dir",
            path,
            "--target-path",
            f"{path}/target",
            "--log-path",
            f"{path}/logs",
        ]

    def verdict(self, cases: list[findings.Case]) -> str:
        """Whether every case finds what it should."""
        said: list[str] = []
        runner = dbtRunner(manifest=self.manifest, callbacks=[lambda event: said.append(event.info.msg)])
        given = findings.arguments(cases, self.project)
        with heard(False):
            result = runner.invoke(
                [
                    "run-operation",
                    "judge",
                    "--args",
                    given,
                    *self._folders(),
                    "--log-level-file",
                    "none",
                    "--no-write-json",
                    "--quiet",
                ]
            )
        outcome = project.Outcome(bool(result.success), {}, "\n".join(said))
        if not outcome.success:
            return BROKEN
        return SURVIVED if findings.judged(outcome, cases) == [findings.expected(case) for case in cases] else KILLED


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


def judged_by_queries(bench: Bench, mutant: mutants.Mutant, cases: list[findings.Case]) -> str:
    changed = mutants.macros_in(mutant.applied((ROOT / mutant.file).read_text(encoding="utf-8")))
    for name, text in changed.items():
        bench.manifest.macros[f"macro.tokumei.{name}"].macro_sql = text
    return bench.verdict(cases)


def judged_by_tests(modules: list[str]) -> str:
    """A failure that is an engine's or the template's own is no test that noticed, but a mutant that does not run."""
    assurance.record = lambda *_, **__: None  # what a mutant comes to is no evidence
    failures: list[str] = []

    class Listener:
        def pytest_runtest_logreport(self, report: Any) -> None:
            if report.failed:
                failures.append(str(report.longrepr))

    paths = [str(ROOT / "tests" / "python" / module) for module in modules]
    os.chdir(ROOT)
    code = pytest.main(
        ["-x", "-q", "-p", "no:cacheprovider", "-k", "not postgres and not adult", *paths],
        [Listener()],
    )
    if code == 0:
        return SURVIVED
    if code != 1:
        return f"pytest ended with {int(code)}"
    return BROKEN if any(ENGINE_ERRORS.search(one) for one in failures) else KILLED


PASSING: set[str] = set()


def require_passing(module: str, path: Path, text: str) -> None:
    """A module that fails of itself would kill everything."""
    if module not in PASSING:
        mutated = path.read_text(encoding="utf-8")
        path.write_text(text, encoding="utf-8")
        said = in_a_child(lambda: judged_by_tests([module]), 600)
        path.write_text(mutated, encoding="utf-8")
        assert said == SURVIVED, f"{module} does not pass with the package as it is: {said}"
        PASSING.add(module)


def judge(
    bench: Bench, package: Path, mutant: mutants.Mutant, cases: list[findings.Case], quick: bool
) -> tuple[str, str]:
    """What becomes of one mutant, and by what."""
    own = [case for case in cases if mutant.file.endswith(f"audit_{case.audit}.sql")] or cases
    for some in [own[:4], own[4:], [case for case in cases if case not in own]]:
        said = in_a_child(lambda asked=some: judged_by_queries(bench, mutant, asked), 60) if some else SURVIVED
        if said != SURVIVED:
            return said, "queries"
    if quick:
        return SURVIVED, ""
    path = package / mutant.file
    text = path.read_text(encoding="utf-8")
    path.write_text(mutant.applied(text), encoding="utf-8")
    try:
        for module in suite_of(mutant.file):
            require_passing(module, path, text)
            said = in_a_child(lambda one=module: judged_by_tests([one]), 240)
            if said != SURVIVED:
                return said, module
    finally:
        path.write_text(text, encoding="utf-8")
    return SURVIVED, ""


def chosen(path: Path, sample: int | None) -> list[mutants.Mutant]:
    """All of a file, or so many of them, the same each time."""
    made = mutants.mutants_of(path, ROOT)
    if sample is None or len(made) <= sample:
        return made
    picked = random.Random(f"2026 {path.name}").sample(range(len(made)), sample)
    return [made[place] for place in sorted(picked)]


def explained() -> dict[tuple[str, str, str], str]:
    if not SURVIVORS.exists():
        return {}
    listed = yaml.safe_load(SURVIVORS.read_text(encoding="utf-8")) or []
    return {(one["file"], one["before"], one["after"] or ""): one["because"] for one in listed}


def keep(file: str, said: list[tuple[mutants.Mutant, str, str]], of: int) -> None:
    """The counts of one file, beside those of the others."""
    RESULTS.parent.mkdir(exist_ok=True)
    score = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    counts = Counter(verdict for _, verdict, _ in said)
    known = explained()
    score[file] = {
        "mutants": of,
        "tried": len(said),
        **{verdict: counts[verdict] for verdict in (KILLED, BROKEN, SURVIVED)},
        "explained": sum(1 for mutant, verdict, _ in said if verdict == SURVIVED and mutant.name in known),
    }
    RESULTS.write_text(json.dumps(dict(sorted(score.items())), indent=1) + "\n", encoding="utf-8")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    asked.add_argument("files", nargs="*", help="patterns of files; all of the gate if none")
    asked.add_argument("--sample", type=int, help="so many mutants of each file, the same each time")
    asked.add_argument("--quick", action="store_true", help="planted relations only; keeps no score")
    asked.add_argument("--again", action="store_true", help="only the mutants that the list of survivors explains")
    options = asked.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="tokumei-mutate-"))
    known = explained()
    left: list[mutants.Mutant] = []
    try:
        bench = Bench(folder)
        package = project.without_examples()
        bodies: dict[str, str] = {}
        for path in (ROOT / "macros").rglob("*.sql"):
            bodies |= mutants.macros_in(path.read_text(encoding="utf-8"))
        for path in files_of_the_gate(options.files):
            file = str(path.relative_to(ROOT))
            audits = audits_that_reach(path, bodies)
            cases = [case for case in bench.cases if case.audit in audits]
            began, said = time.time(), []
            for mutant in chosen(path, options.sample):
                if options.again and mutant.name not in known:
                    continue
                said.append((mutant, *judge(bench, package, mutant, cases, options.quick)))
                if said[-1][1] == SURVIVED:
                    mark = "explained" if mutant.name in known else "SURVIVED"
                    print(
                        f"  {mark} {file}:{mutant.number + 1} {mutant.operator}\n    - {mutant.before.strip()}\n    + {mutant.after.strip()}",
                        flush=True,
                    )
                    left += [] if mutant.name in known else [mutant]
            counts = Counter(verdict for _, verdict, _ in said)
            by = defaultdict(int)
            for _, verdict, module in said:
                by[module] += verdict == KILLED
            print(f"{file}: {dict(counts)} by {dict(by)} in {time.time() - began:.0f} s", flush=True)
            if not options.quick and not options.again:
                keep(file, said, len(mutants.mutants_of(path, ROOT)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if left:
        print(f"{len(left)} mutants survive that {SURVIVORS.relative_to(ROOT)} does not explain")
    return bool(left)


if __name__ == "__main__":
    sys.exit(main())
