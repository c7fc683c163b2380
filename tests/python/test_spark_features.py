"""What a release can do beside plain marts, on Spark: each mart, finding, measure and page is DuckDB's under one key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support import equal
from support.commuters import COLUMNS as PLACED
from support.commuters import HIDE, Scene, commuters, doubled, points, scenes
from support.engines import DuckDB, Spark
from support.fixed_key import fix_key
from support.project import Project
from support.publishing import TERMS, exposure, printed
from support.shop import GROUP, PSEUDONYM, QUARTER, REGION, SEX, add, customers, load_shop

pytestmark = [pytest.mark.spark, pytest.mark.slow]
Row = dict[str, Any]
LIMITS: Row = {"dataset": "shop", "k": 3, "k_reason": "a test", "max_suppression": 0.7}
ATTACKS: Row = {
    "linkage": {"at_most": 0.9},
    "singling_out": {"at_most_over_base": 0.9},
    "histories": {"known": [1, 2], "among": 3, "at_most": 0.99},
    "difference_safe": True,
}
COLUMNS: dict[str, list[Row]] = {
    "members": [PSEUDONYM, REGION],
    "bought": [PSEUDONYM, QUARTER, GROUP, SEX],
    "hidden": PLACED[:4],
}
POLICIES: dict[str, Row] = {
    "members": {"recode": {"mondrian": ["region"]}, "risk": {"threshold": 0.2}},
    "bought": {"max_history": 3, "history": {"known": 2, "among": 3, "at_most": 0.99}, "attacks": ATTACKS},
}
# Compared elsewhere (`test_equality.py`): here they would take most of the time.
THERE = [
    ", 'no_direct_identifiers'",
    " 'within_bounds', 'no_identifier_patterns',",
    "'pseudonyms_sound', ",
    " 'no_rare_values',",
    ", 'labelled'",
]
OF_THE_RUN = ("release", "key_destroyed_at", "released_at")
LOGS = {
    "release_audits": "mart, audit, violations, measured",
    "release_risks": "mart, kind, population, measure, column_names, size, value",
    "release_distributions": "mart, column_name, label, before_count, after_count",
    "releases": "mart, fingerprint, records_in, subjects_in, records_out, classes, passes, history_bound, records_hidden",
}


def write(project: Project) -> None:
    load_shop(project, customers(150))
    add(project, "members", "customers", COLUMNS["members"], None, LIMITS | POLICIES["members"])
    add(project, "bought", "purchases", COLUMNS["bought"], "members", LIMITS | POLICIES["bought"])
    scenes(project, {"hidden": Scene(doubled(points(commuters(4), days=4)), HIDE, COLUMNS["hidden"])})
    page = exposure("page", ["members", "bought"], TERMS | {"marts": {"members": "会員", "bought": "購買"}})
    project.write("models/exposures.yml", {"exposures": [page]})
    fix_key(project)
    for audits in THERE:
        project.mutate("macros/audits/audit_catalog.sql", audits, "")


def made(project: Project) -> Row:
    """All that a build of the project leaves behind, without names and times of runs."""
    write(project)
    outcome = project.build()
    assert outcome.success, outcome.messages
    found: Row = {name: equal.shown(project, name, columns) for name, columns in COLUMNS.items()}
    for log, columns in LOGS.items():
        rows = project.query(f"select {columns} from {project.private(f'{log}_log')}")
        found[log] = sorted((tuple(map(rounded, row)) for row in rows), key=str)
    report = json.loads(printed(project, "report_data", dataset="shop"))
    told = [report, *report.pop("marts")]
    found["report"] = [{key: value for key, value in part.items() if key not in OF_THE_RUN} for part in told]
    return found | {"page": printed(project, "publication_page", dataset="shop")}


def rounded(value: Any) -> Any:
    return round(value, 9) if isinstance(value, float) else equal.written(value)


def test_each_feature_comes_to_the_same(spark: Spark, tmp_path: Path) -> None:
    meant = made(Project(tmp_path / "duckdb", DuckDB(tmp_path / "warehouse.duckdb"), views=False))
    assert len(meant["release_risks"]) > 50 and len(meant["hidden"]) > 3000 and len(meant["bought"]) > 200
    here = made(Project(tmp_path / "spark", spark, views=False))
    for what, rows in meant.items():
        assert here[what] == rows, what
