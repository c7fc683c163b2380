"""What a test tried and found, as lines that docs/assurance.md is made from: counts, never a value of the data."""

from __future__ import annotations

import json

from .project import PACKAGE


def record(
    module: str,
    *,
    part: str,
    what: str,
    engine: str,
    tried: int,
    found: int,
    false_alarms: int = 0,
    note: str = "",
) -> None:
    """Append a line to target/assurance/<module>.jsonl; of lines with one part, what and engine the last one counts."""
    line = {
        "part": part,
        "what": what,
        "engine": engine,
        "tried": tried,
        "found": found,
        "false_alarms": false_alarms,
        "note": note,
    }
    path = PACKAGE / "target" / "assurance" / f"{module}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
