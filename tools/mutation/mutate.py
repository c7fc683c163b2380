"""The mutation score of the gate: how many of its mutants (tools/mutation/mutants.py) the tests notice. `make mutate`

First the queries of the audits are asked of planted relations (tests/python/support/plants/), in this process, with the mutated
macro put into the manifest; what that does not notice is run through the tests that suites.py names, on DuckDB but for a few.
Exits with 1 if a mutant survives that tests/mutation/survivors.yml does not explain."""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from functools import cache
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "python"))

from support.quick_dbt import be_quick  # noqa: E402

be_quick()
os.environ["DBT_STATIC_PARSER"] = "false"  # a forked process would wait for its threads, which are not there

import judges  # noqa: E402
import mutants  # noqa: E402
from judges import BROKEN, KILLED, SURVIVED, Bench, in_a_child  # noqa: E402
from scenes import FOLDERS, SCENES  # noqa: E402
from suites import files_of_the_gate, suite_of  # noqa: E402
from support import findings, plants, project  # noqa: E402

RESULTS = ROOT / "tests" / "mutation" / "score.json"
SURVIVORS = ROOT / "tests" / "mutation" / "survivors.yml"
GUARD = ("macros/sql/run_statement.sql", "macros/sql/sql_run_silently.sql")  # what they say is what engines refuse


@cache
def calls() -> dict[str, set[str]]:
    """The macros that each macro names."""
    bodies: dict[str, str] = {}
    for path in (ROOT / "macros").rglob("*.sql"):
        bodies |= mutants.macros_in(path.read_text(encoding="utf-8"))
    called = {name: set(re.findall(r"tokumei\.(\w+)", body)) for name, body in bodies.items()}
    return {name: of | ({f"default__{name}"} & bodies.keys()) for name, of in called.items()}


def audits_that_reach(file: Path) -> set[str]:
    """The audits whose macro calls, through others, one of this file."""
    here = set(mutants.macros_in(file.read_text(encoding="utf-8")))
    reaching = set()
    for audit in {case.audit for made in plants.ALL for case in made()}:
        reached, waiting = set(), [f"audit_{audit}", "audit_query"]
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting += calls().get(name, set())
        if reached & here:
            reaching.add(audit)
    return reaching


def judge(
    bench: Bench, package: Path, mutant: mutants.Mutant, cases: list[findings.Case], quick: bool
) -> tuple[str, str]:
    """What becomes of one mutant, and by what."""
    text = (ROOT / mutant.file).read_text(encoding="utf-8")
    texts = mutants.macros_in(mutant.applied(text))
    said, cases[:] = judges.asked(bench, texts, cases)
    if said != SURVIVED:
        return said, "queries"
    if quick:
        return SURVIVED, ""
    path = package / mutant.file
    for place, test in enumerate(suite_of(mutant.file)):
        runs = place > 0 or mutant.file in GUARD  # what passes the first of its tests is no broken SQL
        judges.warm(test)
        path.write_text(mutant.applied(text), encoding="utf-8")  # for tests that change a copy of the package
        try:
            by = judges.judged_by_scene if test in SCENES else judges.judged_by_tests
            said = in_a_child(lambda one=test, how=by, well=runs: how(one, texts, well), judges.WARM[test])
        finally:
            path.write_text(text, encoding="utf-8")
        if said != SURVIVED:
            return said, test
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
    alive = [mutant for mutant, verdict, _ in said if verdict == SURVIVED]
    score[file] = {
        "mutants": of,
        "tried": len(said),
        **{verdict: counts[verdict] for verdict in (KILLED, BROKEN, SURVIVED)},
        "explained": sum(1 for mutant in alive if mutant.name in known),
        "open": [[mutant.before.strip(), mutant.after.strip()] for mutant in alive if mutant.name not in known],
    }
    RESULTS.write_text(json.dumps(dict(sorted(score.items())), indent=1) + "\n", encoding="utf-8")


def keep_again(file: str, said: list[tuple[mutants.Mutant, str, str]], of: int) -> None:
    """What became of those that were open: judged again, explained since, or gone with their line."""
    score = json.loads(RESULTS.read_text(encoding="utf-8"))
    one, known = score[file], explained()
    since = [mutant for mutant in one["open"] if (file, *mutant) in known]
    now = Counter(verdict for _, verdict, _ in said)
    gone = len(one["open"]) - len(since) - len(said)
    one["mutants"] = of
    one["tried"] -= gone
    one["survived"] -= gone + now[KILLED] + now[BROKEN]
    one["explained"] += len(since)
    for verdict in (KILLED, BROKEN):
        one[verdict] += now[verdict]
    alive = [mutant for mutant, verdict, _ in said if verdict == SURVIVED]
    one["open"] = [[mutant.before.strip(), mutant.after.strip()] for mutant in alive]
    RESULTS.write_text(json.dumps(score, indent=1) + "\n", encoding="utf-8")


def still_open(file: str) -> set[tuple[str, str, str]]:
    score = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    return {(file, before, after) for before, after in score.get(file, {}).get("open", [])}


def score_of(bench: Bench, path: Path, options: argparse.Namespace) -> list[mutants.Mutant]:
    """Judges the mutants of one file, and says what came of them; those that survive unexplained."""
    file, known, left, said = str(path.relative_to(ROOT)), explained(), [], []
    cases = [case for case in bench.cases if case.audit in audits_that_reach(path)]
    cases.sort(key=lambda case: not file.endswith(f"audit_{case.audit}.sql"))
    began = time.time()
    waiting = still_open(file)
    if options.open and not waiting:
        return []
    for mutant in chosen(path, None if options.open else options.sample):
        if (options.again and mutant.name not in known) or (options.open and mutant.name not in waiting - known.keys()):
            continue
        said.append((mutant, *judge(bench, project.without_examples(), mutant, cases, options.quick)))
        if options.each:
            print(
                f"{time.time() - began:6.1f} s {said[-1][1]} by {said[-1][2]}: {mutant.number + 1} {mutant.operator}",
                flush=True,
            )
        if said[-1][1] not in (KILLED, BROKEN):
            mark = "explained" if mutant.name in known else said[-1][1].upper()
            print(
                f"  {mark} {file}:{mutant.number + 1} {mutant.operator}\n    - {mutant.before.strip()}\n    + {mutant.after.strip()}",
                flush=True,
            )
            left += [] if mutant.name in known else [mutant]
    counts = Counter(verdict for _, verdict, _ in said)
    by = Counter(test for _, verdict, test in said if verdict == KILLED)
    print(f"{file}: {dict(counts)} by {dict(by)} in {time.time() - began:.0f} s", flush=True)
    if options.open and file in json.loads(RESULTS.read_text(encoding="utf-8")):
        keep_again(file, said, len(mutants.mutants_of(path, ROOT)))
    elif not options.quick and not options.again:
        keep(file, said, len(mutants.mutants_of(path, ROOT)))
    return left


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    asked.add_argument("files", nargs="*", help="patterns of files; all of the gate if none")
    asked.add_argument("--sample", type=int, help="so many mutants of each file, the same each time")
    asked.add_argument("--quick", action="store_true", help="planted relations only; keeps no score")
    asked.add_argument("--again", action="store_true", help="only the mutants that the list of survivors explains")
    asked.add_argument("--open", action="store_true", help="only those that survived last time, unexplained")
    asked.add_argument("--each", action="store_true", help="say what becomes of each mutant, and after how long")
    options = asked.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="tokumei-mutate-"))
    left: list[mutants.Mutant] = []
    FOLDERS.append(folder)
    try:
        bench = Bench(folder)
        for path in files_of_the_gate(options.files):
            left += score_of(bench, path, options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if left:
        print(f"{len(left)} mutants survive that {SURVIVORS.relative_to(ROOT)} does not explain")
    return bool(left)


if __name__ == "__main__":
    sys.exit(main())
