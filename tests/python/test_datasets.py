"""Marts that share a pseudonym are one thing: released together, judged together, and joined by nobody else."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from support.engines import Engine
from support.gate import assert_released, assert_silent, found, private_relations, standing
from support.project import Outcome, Project
from support.shop import (
    GOODS,
    GROUP,
    PSEUDONYM,
    QUARTER,
    REGION,
    SEX,
    add,
    customers,
    customers_mart,
    islander,
    load_shop,
    purchases,
    purchases_mart,
)

SHOP = ("members", "bought", "bought_alone")
FINE = [PSEUDONYM, QUARTER, GOODS, SEX]


class Shop(NamedTuple):
    """A project of several datasets, and its first build: all are released but `together`."""

    project: Project
    outcome: Outcome


@pytest.fixture(scope="module")
def shop(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    project = Project(tmp_path_factory.mktemp("shop"), lasting_engine, logged=True)
    load_shop(project)
    customers_mart(project, "members", dataset="shop")
    purchases_mart(project, "bought", dataset="shop", follows="members")
    purchases_mart(project, "bought_alone", dataset="shop", scope="own")
    customers_mart(project, "members_elsewhere", dataset="elsewhere")
    for dataset, policy in {
        "apart": {"scope": "own"},
        "together": {"follows": "members_together"},
        "lenient": {"follows": "members_lenient", "max_suppression": 0.99},
    }.items():
        customers_mart(project, f"members_{dataset}", dataset=dataset)
        purchases_mart(project, f"bought_{dataset}", FINE, dataset=dataset, **policy)
    history = {"known": 2, "among": 5, "at_most": 0.05}
    purchases_mart(project, "bought_guessed", FINE, dataset="guessed", history=history)
    customers_mart(project, "sexes", [PSEUDONYM, SEX], dataset="chain")
    add(project, "regions", "customers", [PSEUDONYM, REGION], "sexes", {"dataset": "chain"})
    purchases_mart(project, "bought_in_chain", [PSEUDONYM, QUARTER, GROUP], dataset="chain", follows="regions")
    yield Shop(project, project.build())


def test_all_but_the_unsafe_datasets_are_released(shop: Shop) -> None:
    failed = {name for name, status in shop.outcome.statuses.items() if status != "success"}
    assert failed == {"bought_together", "bought_guessed"}


def test_histories_that_single_out_are_stopped(shop: Shop) -> None:
    """Every class has five persons, and two purchases known of a person still place most among fewer than five."""
    assert found(shop.outcome, "bought_guessed") == {("", "history_protected")}
    assert shop.outcome.statuses["bought_apart"] == "success", "the same mart, with one purchase known"


def pseudonyms(project: Project, mart: str) -> set[str]:
    return {row[0] for row in project.query(f"select distinct pseudonym from {mart}")}


def test_one_person_is_one_pseudonym_in_the_marts_that_follow_each_other(shop: Shop) -> None:
    """What is known of the person in each agrees."""
    sexes = dict(shop.project.query("select pseudonym, sex from members"))
    bought = shop.project.query("select pseudonym, sex from bought")
    assert bought and all(sexes[pseudonym] == sex for pseudonym, sex in bought)


def test_who_is_suppressed_in_a_mart_is_not_in_those_that_follow_it(shop: Shop) -> None:
    """The islanders: nothing they bought is there, and all the rest is."""
    islanders = {row["id"] for row in customers() if islander(row)}
    kept = [row for row in purchases(customers()) if row["id"] not in islanders]
    assert len(pseudonyms(shop.project, "members")) == len(customers()) - len(islanders)
    assert shop.project.query("select count(*) from bought") == [(len(kept),)]
    assert len(pseudonyms(shop.project, "bought")) == len({row["id"] for row in kept})
    assert shop.project.query("select count(*) from bought_alone") == [(len(purchases(customers())),)]


def test_pseudonyms_are_of_one_dataset_and_one_release(shop: Shop) -> None:
    shown = {mart: pseudonyms(shop.project, mart) for mart in (*SHOP, "members_elsewhere")}
    assert not shown["bought_alone"] & shown["members"]
    assert not shown["members_elsewhere"] & (shown["members"] | shown["bought_alone"])
    assert_released(shop.project.build("--select", *SHOP), *SHOP)
    before = set().union(*shown.values())
    assert not before & set().union(*(pseudonyms(shop.project, mart) for mart in SHOP))


def test_marts_that_are_safe_apart_and_unsafe_together_are_stopped(shop: Shop) -> None:
    assert found(shop.outcome, "bought_together") == {("", "suppression_within_limit")}
    assert_silent(shop.project, shop.outcome, [row["name"] for row in customers()[:20]])
    left = [name for name in private_relations(shop.project) if "together" in name]
    assert not left, "neither the mart that was stopped nor the one it follows is left"
    alone = joined_classes(shop.project, "bought_apart", None)
    assert min(len(persons) for persons in alone.values()) >= 5, "each mart alone is k-anonymous"

    # What is left where the policy lets so much be lost is exactly what plain Python keeps.
    classes = joined_classes(shop.project, "bought_lenient", "members_lenient")
    assert classes and min(len(persons) for persons in classes.values()) >= 5
    assert {key: len(persons) for key, persons in classes.items()} == expected_classes()


def joined_classes(project: Project, mart: str, followed: str | None) -> dict[tuple[Any, ...], set[str]]:
    """What an attacker who joins the marts sees: (quarter, goods, region, sex) → pseudonyms."""
    rows = project.query(f"select pseudonym, region, sex from {followed}") if followed else []
    persons = {pseudonym: tuple(told) for pseudonym, *told in rows}
    classes = defaultdict(set)
    for pseudonym, quarter, goods in project.query(f"select pseudonym, quarter, goods from {mart}"):
        classes[(f"{quarter}", goods, *persons.get(pseudonym, ()))].add(pseudonym)
    return classes


def expected_classes() -> dict[tuple[Any, ...], int]:
    """The same of the source: the classes of at least five persons, without the islanders."""
    persons = {row["id"]: (row["region"], row["sex"]) for row in customers() if not islander(row)}
    classes = defaultdict(set)
    for row in purchases(customers()):
        if row["id"] in persons:
            month = (int(row["bought"][5:7]) - 1) // 3 * 3 + 1
            classes[(f"2025-{month:02d}-01", row["goods"], *persons[row["id"]])].add(row["id"])
    return {key: len(ids) for key, ids in classes.items() if len(ids) >= 5}


def test_a_chain_of_marts_counts_together(shop: Shop) -> None:
    """The third mart tells what the first and the second tell of the same persons: classes are over all three."""
    project = shop.project
    sex = dict(project.query("select pseudonym, sex from sexes"))
    region = dict(project.query("select pseudonym, region from regions"))
    assert len(sex) == len(customers()) == len(region) + sum(map(islander, customers())), (
        "the islanders are still in the first mart"
    )
    classes: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for pseudonym, quarter, goods in project.query("select pseudonym, quarter, goods from bought_in_chain"):
        classes[(sex[pseudonym], region[pseudonym], quarter, goods)].add(pseudonym)
    assert min(len(persons) for persons in classes.values()) >= 5
    log = project.private("releases_log")
    logged = project.query(f"select smallest_class, classes from {log} where mart = 'bought_in_chain'")
    assert logged == [(min(map(len, classes.values())), len(classes))]


def test_a_dataset_is_released_as_a_whole_or_not_at_all(shop: Shop) -> None:
    project = shop.project
    before = standing(project, *SHOP)
    for selected in (["--select", "members"], ["--select", "bought", "bought_alone"], ["--exclude", "members"]):
        outcome = project.dbt("run", *selected)
        assert not outcome.success and "a dataset is released as a whole" in outcome.messages
        assert standing(project, *SHOP).shown == before.shown
    assert project.dbt("run", "--select", "releases").success, "what is no mart can be built alone"

    # What was switched before another mart failed is taken back: the marts show the same release, as before.
    before = standing(project, *SHOP)
    sound = project.path.joinpath("models/bought.sql").read_text(encoding="utf-8")
    project.write("models/bought.sql", f"{sound}-- changed\n")
    failed = project.build("--select", *SHOP)
    assert {failed.statuses[mart] for mart in SHOP} == {"success", "error"}
    after = standing(project, *SHOP)
    assert after.shown == before.shown and set(after.private) <= set(before.private)

    # A retry would build only what had failed, under another key.
    project.write("models/bought.sql", sound)
    retried = project.dbt_process("retry")
    said, _ = retried.communicate(timeout=300)
    assert retried.returncode != 0 and "a dataset is released as a whole" in said, said
    assert standing(project, *SHOP) == after
    assert_released(project.build("--select", *SHOP), *SHOP)
    assert pseudonyms(project, "bought") <= pseudonyms(project, "members")


def test_a_follower_of_another_runs_release_is_noticed(shop: Shop) -> None:
    """The marts of a dataset come from one run; when what checks it first is weakened, the audit still does."""
    project = shop.project
    shutil.rmtree(project.path / "mutated", ignore_errors=True)
    project.mutate("macros/anonymize/_followed_releases.sql", "made[0] == 0", "false")
    project.mutate("macros/releases/log_release.sql", "this | string, invocation_id,", "this | string, 'another',")
    outcome = project.build("--select", *SHOP)
    project.install(project.base)
    assert outcome.statuses["members"] == "success" and outcome.statuses["bought"] == "error"
    assert found(outcome, "bought") == {("", "dataset_consistent")}
