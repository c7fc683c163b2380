"""What only Spark asks for: releases without transactions, keys in no text, plans that stay distributed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from support.engines import Spark, spark_session
from support.people import CLASSIFIED, TYPES, people, people_project
from support.project import Project
from support.statements import heard_by_spark

pytestmark = [pytest.mark.spark, pytest.mark.slow]
MATERIALIZATION = "macros/materializations/anonymized.sql"
DIES = "{%- do exceptions.raise_compiler_error('dies here') -%}"
# Few columns: the gate is short.
NARROW: dict[str, Any] = {
    "classified": {name: CLASSIFIED[name] for name in ["id", "sex", "job"]},
    "types": {name: TYPES[name] for name in ["id", "sex", "job"]},
    "rows": [{name: row[name] for name in ["id", "sex", "job"]} for row in people()],
    "columns": [
        {"name": "pseudonym", "from": "id", "treat": ["pseudonymize"]},
        {"name": "sex", "treat": ["keep"]},
        {"name": "job", "treat": [{"suppress_rare": {"below": 10, "replace_with": "その他"}}]},
    ],
}


@pytest.fixture(scope="module")
def released(spark: Spark, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, list[str]]]:
    """A project with one release, and the statements that made it."""
    project = Project(tmp_path_factory.mktemp("spark") / "consumer", spark)
    people_project(project, **NARROW)
    with heard_by_spark() as statements:
        outcome = project.build("--select", "people_anonymized", "cities")
    assert outcome.success, outcome.messages
    yield project, statements


def pseudonyms(project: Project) -> set[str]:
    return {row[0] for row in project.query("select pseudonym from people_anonymized")}


def private_tables(project: Project) -> list[str]:
    """What the private schema holds beside the logs and a key."""
    rows = project.query(f"show tables in {project.engine.schema()}_tokumei")
    return sorted(row[1] for row in rows if not row[1].endswith("_log") and not row[1].startswith("release_key_"))


def test_a_release_leaves_one_table_behind(released: tuple[Project, list[str]]) -> None:
    project, _ = released
    assert len(pseudonyms(project)) > 900
    (table,) = private_tables(project)
    assert re.fullmatch("people_anonymized__[0-9a-f]{16}", table)
    told = {row[0]: row[1:] for row in project.query("describe table extended people_anonymized")}
    assert told["Comment"][0].startswith("匿名加工情報")
    assert told["sex"][1] == "匿名加工情報: sex"


# A release is one statement for each mart, and the log of the run's end tells whether there is one.
KEYLIKE = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{64,128}(?![0-9a-fA-F])|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-")


def test_no_key_is_in_a_statement_or_a_plan(released: tuple[Project, list[str]]) -> None:
    _, statements = released
    drawn = [one for one in statements if "randomUUID" in one.sql]
    assert len(drawn) == 1 and "java.util.UUID" in drawn[0].plan
    for one in statements:
        without = re.sub(r"/\*.*?\*/|invocation_id[^']*'[^']*'|'[0-9a-f-]{36}'", "", one.sql)
        assert not re.search(r"unhex\('|X'[0-9A-F]{32}", without), one.sql[:200]
        assert not re.search(r"0x[0-9A-F]{32}|\[[0-9A-F]{2}( [0-9A-F]{2}){31}", one.plan), one.sql[:200]


def test_the_key_blocks_are_of_one_secret(spark: Spark, released: tuple[Project, list[str]]) -> None:
    """HMAC pads one key twice; two draws would pad two."""
    _, statements = released
    (drawn,) = [one for one in statements if "randomUUID" in one.sql]
    query = re.sub(r"insert into \S+ ", "", re.sub(r"/\*.*?\*/", "", drawn.sql)).strip()
    first, second = spark.query(query), spark.query(query)
    for _, _, inner, outer in [*first, *second]:
        assert len(inner) == len(outer) == 64
        assert {a ^ b for a, b in zip(inner, outer, strict=True)} == {0x36 ^ 0x5C}
        assert set(inner[32:]) == {0x36}
    assert first[0][2] != second[0][2]


# Named queries of no_direct_identifiers on at most some thousand subjects: their places, ranks and order.
OF_A_SAMPLE = {"people", "known", "told"}
NARROW_PLAN = re.compile("SinglePartition|CollectLimit(?! 1$)|TakeOrdered|CartesianProduct")


def test_no_step_collects_to_one_task(released: tuple[Project, list[str]]) -> None:
    """All rows in one partition are for totals alone, which each partition reckons its part of first."""
    _, statements = released
    filled = [one for one in statements if "insert into" in one.sql and ("stage_" in one.sql or "__" in one.sql)]
    assert len(filled) > 5
    narrow = set()
    for one in filled:
        for above, line in pairwise(one.plan.splitlines()):
            if NARROW_PLAN.search(line) and "Aggregate" not in above:
                narrow.add(one.sql.split()[-1] if "_once_" in one.sql else one.sql)
    assert narrow <= OF_A_SAMPLE


@pytest.mark.parametrize(
    ("before", "stands"),
    [
        ("{%- set scene = tokumei.gate_scene", False),
        ("{%- do tokumei.log_release(", False),
        ("{%- do tokumei.refuse_lost_key(policy) -%}\n        {%- do tokumei.switch_mart", True),
        ("{%- set drops = [] -%}", True),
    ],
    ids=["made", "audited", "logged", "shown"],
)
def test_the_next_run_recovers_from_a_death(released: tuple[Project, list[str]], before: str, stands: bool) -> None:
    """No reader sees what did not pass; what stands in the log is shown, and nothing else is left."""
    project, _ = released
    shown, tables = pseudonyms(project), private_tables(project)
    shutil.rmtree(project.path / "mutated", ignore_errors=True)
    project.mutate(MATERIALIZATION, before, DIES + before)
    project.mutate("macros/hooks/end_run.sql", "tokumei.builds_models()", "false")
    project.mutate("macros/hooks/end_run.sql", "tokumei.builds_registers()", "false")
    assert "dies here" in project.dbt("run", "--select", "people_anonymized").messages
    assert len(private_tables(project)) > len(tables)
    if before != "{%- set drops = [] -%}":
        assert pseudonyms(project) == shown
    project.install(project.base)
    of_an_operation = project.private("stage_0123456789ab_query")
    project.engine.execute(f"create table {of_an_operation} as select 1 as one")
    assert project.dbt("run-operation", "tokumei.withdraw_abandoned", "--args", "{dataset: people}").success
    assert (pseudonyms(project) != shown) == stands
    held = private_tables(project)
    assert len(held) == len(tables) + stands and all(name.startswith("people_anonymized__") for name in held)
    (project.path / "mutated" / MATERIALIZATION).write_text(
        (project.base / MATERIALIZATION).read_text("utf-8"), "utf-8"
    )


def test_a_release_that_fails_an_audit_is_not_shown(released: tuple[Project, list[str]]) -> None:
    """The audits of the mart look at a view that nobody reads."""
    project, _ = released
    shown = pseudonyms(project)
    shutil.rmtree(project.path / "mutated", ignore_errors=True)
    project.mutate("macros/releases/switch_mart.sql", "'匿名加工情報: ' ~ item", "'加工情報: ' ~ item")
    outcome = project.dbt("run", "--select", "people_anonymized")
    assert not outcome.success and "labelled found" in outcome.messages, outcome.messages[-500:]
    assert pseudonyms(project) == shown
    project.install(project.base)


def test_a_profile_that_would_give_other_marts_is_refused(spark: Spark, tmp_path: Path) -> None:
    project = Project(tmp_path / "consumer", spark)
    people_project(project, **NARROW)
    output = spark.output() | {"threads": 2, "server_side_parameters": {"spark.sql.session.timeZone": "Asia/Tokyo"}}
    project.write("profiles.yml", {"consumer": {"target": "test", "outputs": {"test": output}}})
    outcome = project.dbt("run", "--select", "people_anonymized")
    spark_session().conf.set("spark.sql.session.timeZone", "UTC")
    assert not outcome.success
    assert "threads: 2; allowed: 1" in outcome.messages and "Asia/Tokyo; allowed: UTC" in outcome.messages
