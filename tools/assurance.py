"""docs/assurance.md from what the tests recorded (target/assurance/*.jsonl) and the mutation score (tests/mutation).

`make assurance` writes it after `make test` and `make mutate`; `--check` says what was recorded and stands not in it."""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools" / "mutation"))

from suites import files_of_the_gate  # noqa: E402

PAGE = ROOT / "docs" / "assurance.md"
RECORDED = ROOT / "target" / "assurance"
MUTATION = ROOT / "tests" / "mutation"
Line = dict[str, Any]

INTRO = """# Assurance

What was tried to make the package publish a person, and what came of it. Made by `make assurance` from what the tests
record as they run (`target/assurance/*.jsonl`) and from the mutation score (`tests/mutation`); nothing here is written by
hand. Made on {date}.

*Tried* counts inputs, faults or plants; *found* those that were noticed, where noticing is what should happen; *false
alarms* what was blamed and was in order. A line stands for both engines where both came to the same.
"""
MUTANTS = """
## Mutation score of the gate

`make mutate` removes or weakens each line of the gate in turn, by rule (`tools/mutation/mutants.py`: a line or a condition left out, a
bound moved, a comparison turned, `and` for `or`, a `not`, a filter, a value of a list or a normalisation left out, k = 1, records for
subjects, a violations query that is empty, an early return, a number more), and runs the tests that should notice: first the
audits' queries on planted relations (`test_audit_findings.py`), then the modules that `tools/mutation/suites.py` names for the file; on
DuckDB, or on PostgreSQL where the suite says so. A mutant that does not run (broken SQL or template) stops every build and is not counted as killed. Variants for other engines
are not mutated. *Sampled* files, of which fewer were tried than there are: so many, drawn with a fixed seed.

| file | mutants | tried | do not run | killed | survive | explained |
|---|---|---|---|---|---|---|
"""


def lines(folder: Path) -> list[Line]:
    """The last word on each part, what and engine of each module."""
    last: dict[tuple[str, ...], Line] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for text in path.read_text(encoding="utf-8").splitlines():
            line = json.loads(text)
            last[path.stem, line["part"], line["what"], line["engine"]] = line
    return list(last.values())


def tables(recorded: list[Line]) -> str:
    """A table of each part; engines that came to the same share a row."""
    counts = ("tried", "found", "false_alarms", "note")
    rows: dict[tuple[str, str], dict[tuple[Any, ...], set[str]]] = defaultdict(lambda: defaultdict(set))
    for line in recorded:
        rows[line["part"], line["what"]][tuple(line[name] for name in counts)].add(line["engine"])
    text, before = "", None
    for (part, what), found in sorted(rows.items()):
        if part != before:
            text += f"\n## {heading(part)}\n\n| what | engine | tried | found | false alarms | |\n|---|---|---|---|---|---|\n"
            before = part
        for (tried, noticed, alarms, note), engines in sorted(found.items(), key=lambda one: sorted(one[1])):
            text += f"| {what} | {', '.join(sorted(engines))} | {tried:,} | {noticed:,} | {alarms:,} | {note} |\n"
    return text


def heading(part: str) -> str:
    return part[:1].upper() + part[1:]


def survivors() -> list[dict[str, str]]:
    path = MUTATION / "survivors.yml"
    return (yaml.safe_load(path.read_text(encoding="utf-8")) or []) if path.exists() else []


def mutation() -> str:
    known = score()
    return table_of(known) + untried(known) + reasons(known) if known else ""


def score() -> dict[str, Line]:
    path = MUTATION / "score.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def table_of(known: dict[str, Line]) -> str:
    names = ("mutants", "tried", "broken", "killed", "survived", "explained")
    text = MUTANTS
    for file, one in sorted(known.items()):
        text += f"| {file.removeprefix('macros/')} | " + " | ".join(f"{one[name]:,}" for name in names) + " |\n"
    whole = {name: sum(one[name] for one in known.values()) for name in names}
    text += "| **all** | " + " | ".join(f"**{whole[name]:,}**" for name in names) + " |\n"
    judged = whole["killed"] + whole["survived"]
    alike = whole["killed"] + whole["explained"]
    return (
        text
        + f"\n**{whole['killed'] / judged:.1%} of the mutants that run are killed**; with those below, {alike / judged:.1%} are accounted for.\n"
    )


def untried(known: dict[str, Line]) -> str:
    """Not looked at by --check: who adds a file to the gate need not make the page anew."""
    files = sorted({str(path.relative_to(ROOT)) for path in files_of_the_gate()} - known.keys())
    listed = ", ".join(f"`{file.removeprefix('macros/')}`" for file in files)
    return f"\nFiles of the gate without a score, that is, not tried: {listed}.\n" if files else ""


def reasons(known: dict[str, Line]) -> str:
    by: dict[str, list[str]] = defaultdict(list)
    for one in survivors():
        if one["file"] in known:
            by[one["because"]].append(f"`{Path(one['file']).stem}`: `{shown(one['before'])}` → `{shown(one['after'])}`")
    text = "\n### Survivors, and why\n"
    for because, listed in sorted(by.items()):
        text += f"\n{because}\n\n" + "".join(f"- {one}\n" for one in sorted(listed))
    waiting = [
        f"- `{Path(file).stem}`: `{shown(before)}` → `{shown(after)}`\n"
        for file, one in sorted(known.items())
        for before, after in one.get("open", [])
    ]
    return text + ("\n### Open: survivors without a reason\n\n" + "".join(waiting) if waiting else "")


def shown(text: str | None) -> str:
    short = (text or "nothing").replace("`", "'")
    return short if len(short) < 100 else short[:99] + "…"


def page(folder: Path, date: str) -> str:
    return INTRO.format(date=date) + tables(lines(folder)) + mutation()


def missing(text: str, folder: Path) -> list[str]:
    """What the tests recorded, or the score says, and the page does not."""
    headings = {line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")}
    listed = {line.split(" | ")[0].removeprefix("| ") for line in text.splitlines() if line.startswith("| ")}
    wrong = [f"part: {line['part']}" for line in lines(folder) if heading(line["part"]) not in headings]
    wrong += [f"{line['part']}: {line['what']}" for line in lines(folder) if line["what"] not in listed]
    known = score()
    wrong += ["the mutation score"] * any(part not in text for part in (table_of(known), reasons(known)))
    return sorted(set(wrong))


def main() -> int:
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    asked.add_argument("--date", help="the day that the page names")
    asked.add_argument("--check", action="store_true")
    asked.add_argument("--score", action="store_true", help="only the section of the mutation score")
    options = asked.parse_args()
    if options.check:
        wrong = missing(PAGE.read_text(encoding="utf-8"), RECORDED)
        print(
            "".join(f"docs/assurance.md does not have what was recorded: {one}; make assurance\n" for one in wrong),
            end="",
        )
        return bool(wrong)
    if options.score:
        before = PAGE.read_text(encoding="utf-8").split("\n## Mutation score of the gate\n")[0]
        PAGE.write_text(before + mutation(), encoding="utf-8")
    else:
        PAGE.write_text(page(RECORDED, options.date), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
