"""What attacks on Adult come to, in the log of the release, against pandas and plain Python."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from . import attacks
from .project import Project

LIMITS = {
    "linkage": {"at_most": 0.2},
    "singling_out": {"at_most_over_base": 0.1},
    "inference": {"salary-class": {"at_most_over_base": 0.1, "at_most_over_control": 0.02}},
    "difference_safe": True,
}


def check(project: Project, rows: list[attacks.Row], frame: Any, known: list[str]) -> None:
    logged = dict(project.query(f"select audit, measured from {project.private('release_audits_log')}"))
    expected = attacks.inference(rows, known, "salary-class")
    measured = {what: logged[f"inference({what})"] for what in expected}
    assert measured == pytest.approx(expected, abs=1e-9)
    expected = attacks.singling_out(rows, [*known, "salary-class"])
    measured = {what: logged[f"singling_out({what})"] for what in expected}
    assert measured == pytest.approx(expected, abs=1e-9)
    for number in range(1, len(known) + 1):
        classes = [len(frame[list(some)].drop_duplicates()) for some in combinations(known, number)]
        success = logged[f"linkage(known {number}, success)"] * len(rows)
        if len(classes) <= 30:
            assert success == pytest.approx(max(classes))
            assert logged[f"linkage(known {number}, mean)"] * len(rows) == pytest.approx(sum(classes) / len(classes))
        assert min(classes) <= success <= max(classes), "of more than thirty combinations, thirty are tried"
