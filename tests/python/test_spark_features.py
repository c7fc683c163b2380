"""What a release can do beside plain marts, on Spark: each mart, finding, measure and page is DuckDB's under one key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import equal
from support.commuters import HIDE, Scene, commuters, doubled, points, scenes
from support.engines import DuckDB, Spark
from support.fixed_key import fix_key
from support.people import CLASSIFIED, TYPES, people, people_project
from support.project import Project, mart
from support.publishing import TERMS, exposure, printed
from support.shop import GROUP, PSEUDONYM, QUARTER, REGION, SEX, add, customers, load_shop

pytestmark = [pytest.mark.spark, pytest.mark.slow]
Row = dict[str, Any]
LIMITS: Row = {"k": 3, "k_reason": "a test", "max_suppression": 0.7}
KNOWN = {"history": {"known": 2, "among": 3, "at_most": 0.99}, "max_history": 3}
ATTACKS: Row = {
    "linkage": {"at_most": 0.9},
    "singling_out": {"at_most_over_base": 0.9},
    "histories": {"known": [1, 2], "among": 3, "at_most": 0.99},
    "difference_safe": True,
}
GUESSED = {"attacks": {"inference": {"job": {"at_most_over_base": 0.9}}, "difference_safe": True}}
BORN: Row = {"name": "born", "from": "birth", "treat": [{"truncate": "year"}]}
CITY: Row = {"name": "city", "treat": ["keep"], "ladder": {"hierarchy": "cities"}}
JOB: Row = {"name": "job", "treat": ["keep"], "waive": {"no_rare_values": "a test"}}
SPENT: Row = {"name": "spent", "treat": ["keep"], "waive": {"no_rare_values": "a test"}}
COLUMNS: dict[str, list[Row]] = {
    "members": [PSEUDONYM, SEX, REGION],
    "bought": [PSEUDONYM, QUARTER, GROUP, SEX],
    "people_anonymized": [PSEUDONYM, BORN, CITY, JOB],
    "stepped": [BORN | {"ladder": {"truncate": [10, 40]}}, SEX, CITY, SPENT, JOB],
    "hidden": [{"name": name} for name in ("who", "lat", "lon", "at", "venue", "n")],
}
POLICIES: dict[str, Row] = {
    "members": {"dataset": "shop", "risk": {"threshold": 0.2}},
    "bought": {"dataset": "shop", "attacks": ATTACKS} | KNOWN,
    "people_anonymized": {"recode": {"mondrian": ["born", "city"]}} | GUESSED,
    "stepped": {"dataset": "stepped", "recode": "stepwise", "synthetic_share": {"share": 0.1, "from": "classes"}},
}
# `test_equality.py` compares these on marts of their own; here they take half of the time.
THERE = [", 'no_direct_identifiers'", " 'within_bounds', 'no_identifier_patterns',", "'pseudonyms_sound', ", " 'no_rare_values',"]
LOGS = {
    "release_audits": "mart, audit, violations, measured",
    "release_risks": "mart, kind, population, measure, column_names, size, value",
    "release_distributions": "mart, column_name, label, before_count, after_count",
    "releases": "mart, fingerprint, records_in, subjects_in, records_out, classes, passes, history_bound, records_hidden, synthetic_records",
}


def write(project: Project) -> None:
    buyers = customers(150)
    load_shop(project, buyers)
    add(project, "members", "customers", COLUMNS["members"], None, LIMITS | POLICIES["members"])
    add(project, "bought", "purchases", COLUMNS["bought"], "members", LIMITS | POLICIES["bought"])
    rows = [row | {"spent": row["id"] * 7919 % 83} for row in people(150)]
    types, is_ = TYPES | {"spent": "integer"}, CLASSIFIED | {"spent": "attribute"}
    people_project(project, rows, COLUMNS["people_anonymized"], types, is_, **LIMITS | POLICIES["people_anonymized"])
    declared = project.path / "models/people.yml"
    given = yaml.safe_load(declared.read_text(encoding="utf-8"))
    given["models"].append(mart("stepped", "people", COLUMNS["stepped"], **LIMITS | POLICIES["stepped"]))
    project.write("models/people.yml", given)
    project.write("models/stepped.sql", (project.path / "models/people_anonymized.sql").read_text(encoding="utf-8"))
    scenes(project, {"hidden": Scene(doubled(points(commuters(4), days=4)), HIDE)})
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
        found[log] = sorted((tuple(round(v, 9) if isinstance(v, float) else equal.written(v) for v in row) for row in rows), key=str)
    report = json.loads(printed(project, "report_data", dataset="shop"))
    times = ("release", "key_destroyed_at", "released_at")
    for part in [report, *report["marts"]]:
        found["report"] = [*found.get("report", []), {key: value for key, value in part.items() if key not in (*times, "marts")}]
    return found | {"page": printed(project, "publication_page", dataset="shop")}


def test_each_feature_comes_to_the_same(spark: Spark, tmp_path: Path) -> None:
    meant = made(Project(tmp_path / "duckdb", DuckDB(tmp_path / "warehouse.duckdb"), views=False))
    here = made(Project(tmp_path / "spark", spark, views=False))
    assert len(meant["release_risks"]) > 100 and len(meant["hidden"]) > 3000 and len(meant["bought"]) > 200
    for what, rows in meant.items():
        assert here[what] == rows, what
