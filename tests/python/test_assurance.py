"""docs/assurance.md says what the tests recorded, and can be made from nothing else."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

from support.project import PACKAGE

specification = importlib.util.spec_from_file_location("assurance_page", PACKAGE / "tools" / "assurance.py")
assert specification and specification.loader
tool = importlib.util.module_from_spec(specification)
specification.loader.exec_module(tool)


def line(**values: Any) -> str:
    usual = {
        "part": "plants",
        "what": "a phone",
        "engine": "duckdb",
        "tried": 3,
        "found": 3,
        "false_alarms": 0,
        "note": "",
    }
    return json.dumps(usual | values) + "\n"


def test_a_page_has_what_was_recorded_last_and_joins_engines_that_agree(tmp_path: Path) -> None:
    text = line(tried=1, found=0) + line() + line(engine="postgres") + line(what="a name", found=2)
    (tmp_path / "test_x.jsonl").write_text(text, encoding="utf-8")
    page = tool.page(tmp_path, "2026-11-22")
    assert "| a phone | duckdb, postgres | 3 | 3 | 0 |  |" in page
    assert "| a name | duckdb | 3 | 2 | 0 |  |" in page
    assert page.count("a phone") == 1 and page == tool.page(tmp_path, "2026-11-22")
    assert tool.missing(page, tmp_path) == []


def test_what_a_page_lacks_is_named(tmp_path: Path) -> None:
    (tmp_path / "test_x.jsonl").write_text(line(), encoding="utf-8")
    page = tool.page(tmp_path, "2026-11-22")
    (tmp_path / "test_x.jsonl").write_text(line() + line(what="a name") + line(part="faults"), encoding="utf-8")
    assert tool.missing(page, tmp_path) == ["part: faults", "plants: a name"]


def test_the_page_of_the_project_has_the_score_and_all_that_was_recorded_here() -> None:
    """A part that a test records for the first time is in the page after `make assurance`."""
    assert tool.missing(tool.PAGE.read_text(encoding="utf-8"), tool.RECORDED) == []
