"""Every audit of the gate is a data test as well: it passes on a sound release and notices one that was tampered with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
import yaml
from support.engines import Engine
from support.gate import assert_released, assert_silent
from support.project import Project
from support.shop import customers, customers_mart, load_shop, purchases_mart

AUDITS = [
    "no_direct_identifiers",
    "pseudonyms_sound",
    "k_anonymous",
    "history_protected",
    "no_rare_values",
    "within_bounds",
    "only_declared_columns",
    "labelled",
    "suppression_within_limit",
    "dataset_consistent",
    "policy_current",
]
FIRST = "pseudonym = (select min(pseudonym) from {table})"


class Tampering(NamedTuple):
    """What is done to the release table of a mart, its view or the log, how it is undone, and the tests that notice."""

    mart: str
    audits: set[str]
    done: str
    undone: str | None = "delete from {table}; insert into {table} select * from kept_{mart}"


UNLOGGED = "delete from {log}; insert into {log} select * from kept_log"
TAMPERINGS = {
    "a_name_in_a_longer_text": Tampering(
        "members",
        {"no_direct_identifiers"},
        "update {table} set region = '〒106　宛名 佐藤花子００００５様' where region = '関東'",
    ),
    "a_class_of_one": Tampering("members", {"k_anonymous"}, "update {table} set region = '青ヶ島' where " + FIRST),
    "a_pseudonym_cut_short": Tampering(
        "members", {"pseudonyms_sound"}, "update {table} set pseudonym = substr(pseudonym, 1, 63) where " + FIRST
    ),
    "a_pseudonym_lost": Tampering(
        "members", {"pseudonyms_sound"}, "update {table} set pseudonym = null where " + FIRST
    ),
    "a_pseudonym_given_twice": Tampering(
        "members",
        {"pseudonyms_sound"},
        "update {table} set pseudonym = (select max(pseudonym) from {table}) where " + FIRST,
    ),
    "a_rare_value": Tampering("bought", {"no_rare_values"}, "update {table} set sex = '灯台守' where " + FIRST),
    "values_that_are_too_long": Tampering(
        "bought", {"within_bounds"}, "update {table} set goods = 'AA' where goods = 'A'"
    ),
    "histories_that_stand_alone": Tampering(
        "bought",
        {"history_protected", "k_anonymous", "within_bounds"},
        "update {table} set quarter = date '1950-01-01' + numbered.day from (select pseudonym as who, "
        "cast(row_number() over (order by pseudonym) as integer) as day from kept_bought) as numbered "
        "where pseudonym = numbered.who",
    ),
    "a_column_more": Tampering(
        "members",
        {"only_declared_columns"},
        "alter table {table} add column subject integer",
        "alter table {table} drop column subject",
    ),
    "a_view_of_more": Tampering(
        "members",
        {"only_declared_columns"},
        "create or replace view {view} as select pseudonym, sex, region, 1 as subject from {table}",
        None,
    ),
    "no_label": Tampering("members", {"labelled"}, "comment on view {view} is 'customers'", None),
    "no_item": Tampering("members", {"labelled"}, "comment on column {view}.region is null", None),
    "more_was_lost": Tampering(
        "members",
        {"suppression_within_limit"},
        "update {log} set subjects_in = subjects_in * 2 where mart = '{mart}'",
        UNLOGGED,
    ),
    "another_run": Tampering(
        "bought", {"dataset_consistent"}, "update {log} set invocation_id = 'another' where mart = '{mart}'", UNLOGGED
    ),
    "another_policy": Tampering(
        "members", {"policy_current"}, "update {log} set fingerprint = 'another' where mart = '{mart}'", UNLOGGED
    ),
}


@pytest.fixture(scope="module")
def tested(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Two marts with every audit as a data test, released, and copies of what will be tampered with."""
    project = Project(tmp_path_factory.mktemp("tested"), lasting_engine)
    load_shop(project)
    customers_mart(project, "members", dataset="shop")
    history = {"known": 2, "among": 5, "at_most": 0.9}
    purchases_mart(project, "bought", dataset="shop", follows="members", history=history)
    for name in ("members", "bought"):
        path = project.path / f"models/{name}.yml"
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
        given["models"][0]["data_tests"] = [f"tokumei.{audit}" for audit in AUDITS]
        project.write(f"models/{name}.yml", given)
    assert_released(project.build(), "members", "bought")
    keep(project)
    yield project


def keep(project: Project) -> None:
    """Copies of what will be tampered with."""
    log = project.private("releases_log")
    for name, relation in {
        "members": release_of(project, "members"),
        "bought": release_of(project, "bought"),
        "log": log,
    }.items():
        project.engine.execute(
            f"drop table if exists kept_{name}; create table kept_{name} as select * from {relation}"
        )


def release_of(project: Project, mart: str) -> str:
    log = project.private("releases_log")
    return project.query(f"select release_relation from {log} where mart = '{mart}' order by release_no desc")[0][0]


def failing(project: Project, mart: str) -> set[str]:
    outcome = project.dbt("test", "--select", mart)
    assert_silent(project, outcome, [row["name"] for row in customers()[:20]] + ["灯台守", "青ヶ島"])
    assert len(outcome.statuses) >= len(AUDITS) and "error" not in outcome.statuses.values(), outcome.statuses
    return {
        audit for audit in AUDITS for name, status in outcome.statuses.items() if audit in name and status == "fail"
    }


def test_all_pass_on_a_sound_dataset(tested: Project) -> None:
    assert failing(tested, "members") == failing(tested, "bought") == set()


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_noticed(tested: Project, name: str) -> None:
    tampering = TAMPERINGS[name]
    table, log = release_of(tested, tampering.mart), tested.private("releases_log")
    names = {"table": table, "log": log, "mart": tampering.mart, "view": tampering.mart}
    tested.engine.execute(tampering.done.format(**names))
    try:
        # DuckDB forgets the comments of a view that is replaced.
        forgotten = {"labelled"} if name == "a_view_of_more" and tested.engine.name == "duckdb" else set()
        assert failing(tested, tampering.mart) == tampering.audits | forgotten
    finally:
        if tampering.undone is None:
            assert_released(tested.dbt("run"), "members", "bought")
            keep(tested)
        else:
            tested.engine.execute(tampering.undone.format(**names))


def test_a_changed_policy_is_noticed_until_it_is_built(tested: Project) -> None:
    path = tested.path / "models/members.yml"
    given = path.read_text(encoding="utf-8")
    tested.write("models/members.yml", given.replace("item: region", "item: 地方"))
    assert failing(tested, "members") == {"policy_current", "labelled"}
    assert_released(tested.dbt("run"), "members", "bought")
    assert failing(tested, "members") == set()
