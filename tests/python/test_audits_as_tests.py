"""Every audit of the gate is a data test as well: it passes on a sound release and notices one that was tampered with."""

from __future__ import annotations

from collections.abc import Iterator, Set
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
MARTS = ("members", "bought")
FIRST = "pseudonym = (select min(pseudonym) from {members})"


class Tampering(NamedTuple):
    """What is done to release tables, views and the log, and which tests of which mart notice it."""

    done: list[str]
    members: set[str]
    bought: Set[str] = frozenset()


# What is noticed apart from each other is done together.
ROUNDS = {
    "values": Tampering(
        [
            "update {members} set region = '〒106　宛名 佐藤花子００００５様' where region = '関東'",
            "update {members} set region = '青ヶ島' where " + FIRST,
            "update {members} set pseudonym = substr(pseudonym, 1, 63) where pseudonym = (select max(pseudonym) from {members})",
            "update {bought} set goods = 'AA' where goods = 'A'",
            "update {bought} set sex = '灯台守' where pseudonym = (select max(pseudonym) from kept_bought)",
        ],
        {"no_direct_identifiers", "k_anonymous", "pseudonyms_sound"},
        {"within_bounds", "no_rare_values", "k_anonymous"},
    ),
    "logs": Tampering(
        [
            "update {log} set subjects_in = subjects_in * 2 where mart = 'members'",
            "update {log} set fingerprint = 'another' where mart = 'members'",
            "update {log} set invocation_id = 'another' where mart = 'bought'",
            "update {members} set pseudonym = null where " + FIRST,
        ],
        {"suppression_within_limit", "policy_current", "dataset_consistent", "pseudonyms_sound"},
        {"dataset_consistent", "k_anonymous"},
    ),
    "histories": Tampering(
        [
            "update {members} set pseudonym = (select max(pseudonym) from {members}) where " + FIRST,
            "update {bought} set quarter = date '1950-01-01' + numbered.day from (select pseudonym as who, "
            "cast(row_number() over (order by pseudonym) as integer) as day from kept_bought) as numbered "
            "where pseudonym = numbered.who",
            "comment on column members.region is null",
        ],
        {"pseudonyms_sound", "labelled"},
        {"history_protected", "k_anonymous", "within_bounds"},
    ),
    "views": Tampering(
        [
            "create or replace view bought as select pseudonym, quarter, goods, 'W' as sex from {bought}",
            "comment on view bought is 'somebody else''s'",
            "drop view if exists members",
        ],
        {"only_declared_columns", "labelled"},
        {"only_declared_columns", "labelled"},
    ),
    "columns": Tampering(
        [
            "alter table {bought} add column subject integer",
            "create or replace view members as select pseudonym, sex, region, 1 as subject from {members}",
            "comment on view members is 'customers'",
        ],
        {"only_declared_columns", "labelled"},
        {"only_declared_columns"},
    ),
}


@pytest.fixture(scope="module")
def tested(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Two marts with every audit as a data test, released."""
    project = Project(tmp_path_factory.mktemp("tested"), lasting_engine, logged=True, views=False)
    load_shop(project)
    customers_mart(project, "members", dataset="shop")
    history = {"known": 2, "among": 5, "at_most": 0.9}
    purchases_mart(project, "bought", dataset="shop", follows="members", history=history)
    for name in MARTS:
        path = project.path / f"models/{name}.yml"
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
        given["models"][0]["data_tests"] = [f"tokumei.{audit}" for audit in AUDITS]
        project.write(f"models/{name}.yml", given)
    assert_released(project.build(), *MARTS)
    yield project


def relations(project: Project) -> dict[str, str]:
    """The release table that each mart shows, and the log."""
    log = project.private("releases_log")
    newest = f"select mart, release_relation from {log} order by release_no"
    return dict(project.query(newest)) | {"log": log}


def failing(project: Project) -> dict[str, set[str]]:
    """The tests of each mart that fail; each has looked, and none has said a value."""
    outcome = project.dbt("test")
    assert_silent(project, outcome, [row["name"] for row in customers()[:20]] + ["灯台守", "青ヶ島"])
    tests = {name: status for name, status in outcome.statuses.items() if name.startswith("tokumei_")}
    tests = {name: status for name, status in tests.items() if status in ("pass", "fail")}
    assert len(tests) == len(AUDITS) * len(MARTS), outcome.statuses
    return {mart: {audit for audit in AUDITS if tests[f"tokumei_{audit}_{mart}_"] == "fail"} for mart in MARTS}


def test_all_pass_on_a_sound_dataset(tested: Project) -> None:
    assert failing(tested) == {"members": set(), "bought": set()}


@pytest.mark.parametrize("name", ROUNDS)
def test_tampering_is_noticed(tested: Project, name: str) -> None:
    kept = relations(tested)
    for copy, relation in kept.items():
        tested.engine.execute(f"drop table if exists kept_{copy}; create table kept_{copy} as select * from {relation}")
    for statement in ROUNDS[name].done:
        tested.engine.execute(statement.format(**kept))
    noticed = failing(tested)
    assert_released(tested.dbt("run"), *MARTS)
    assert noticed == {"members": ROUNDS[name].members, "bought": ROUNDS[name].bought}


def test_a_changed_policy_is_noticed_until_it_is_built(tested: Project) -> None:
    path = tested.path / "models/members.yml"
    given = path.read_text(encoding="utf-8")
    tested.write("models/members.yml", given.replace("item: region", "item: 地方"))
    assert failing(tested)["members"] == {"policy_current", "labelled"}
    assert_released(tested.dbt("run"), *MARTS)
    assert failing(tested) == {"members": set(), "bought": set()}
