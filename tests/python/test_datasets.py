"""Marts that share a pseudonym are one thing: released together, judged together, and joined by nobody else."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from support.gate import assert_released, assert_silent, found, private_relations, standing
from support.project import Project
from support.shop import (
    GOODS,
    GROUP,
    PSEUDONYM,
    QUARTER,
    REGION,
    SEX,
    customers,
    customers_mart,
    load_shop,
    purchases,
    purchases_mart,
)


def pseudonyms(project: Project, mart: str) -> set[str]:
    return {row[0] for row in project.query(f"select distinct pseudonym from {mart}")}


def test_pseudonyms_agree_within_a_dataset_and_nowhere_else(project: Project) -> None:
    load_shop(project)
    customers_mart(project, "members", dataset="shop")
    purchases_mart(project, "bought", dataset="shop", follows="members")
    purchases_mart(project, "bought_alone", dataset="shop", scope="own")
    customers_mart(project, "members_elsewhere", dataset="elsewhere")
    marts = ("members", "bought", "bought_alone", "members_elsewhere")
    assert_released(project.build(), *marts)
    shown = {mart: pseudonyms(project, mart) for mart in marts}

    # One person is one pseudonym in both marts: what is known of the person in each agrees.
    sexes = dict(project.query("select pseudonym, sex from members"))
    assert all(sexes[pseudonym] == sex for pseudonym, sex in project.query("select pseudonym, sex from bought"))
    assert shown["bought"] <= shown["members"]

    # The three on the island are suppressed among the members: nothing they bought is there, all the rest is.
    islanders = {row["id"] for row in customers() if row["region"] == "小笠原"}
    kept = [row for row in purchases(customers()) if row["id"] not in islanders]
    assert len(shown["members"]) == len(customers()) - len(islanders)
    assert project.query("select count(*) from bought") == [(len(kept),)]
    assert len(shown["bought"]) == len({row["id"] for row in kept})
    assert project.query("select count(*) from bought_alone") == [(len(purchases(customers())),)]

    # No pseudonym is in another dataset, in a mart on its own, or in the next release of any of them.
    assert not shown["bought_alone"] & shown["members"]
    assert not shown["members_elsewhere"] & (shown["members"] | shown["bought_alone"])
    assert_released(project.build(), *marts)
    before = set().union(*shown.values())
    assert not before & set().union(*(pseudonyms(project, mart) for mart in marts))


def test_marts_that_are_safe_apart_and_unsafe_together_are_stopped(project: Project) -> None:
    fine = [PSEUDONYM, QUARTER, GOODS, SEX]
    load_shop(project)
    for dataset, policy in {
        "apart": {"scope": "own"},
        "together": {"follows": "members_together"},
        "lenient": {"follows": "members_lenient", "max_suppression": 0.99},
    }.items():
        customers_mart(project, f"members_{dataset}", dataset=dataset)
        purchases_mart(project, f"bought_{dataset}", fine, dataset=dataset, **policy)
    outcome = project.build()

    assert outcome.statuses["bought_apart"] == outcome.statuses["bought_lenient"] == "success"
    assert outcome.statuses["bought_together"] == "error"
    assert found(outcome, "bought_together") == {"suppression_within_limit"}
    assert_silent(project, outcome, [row["name"] for row in customers()[:20]])
    left = [name for name in private_relations(project) if "together" in name]
    assert not left, "neither the mart that was stopped nor the one it follows is left"
    alone = joined_classes(project, "bought_apart", None)
    assert min(len(persons) for persons in alone.values()) >= 5, "each mart alone is k-anonymous"

    # What is left where the policy lets so much be lost is exactly what plain Python keeps.
    classes = joined_classes(project, "bought_lenient", "members_lenient")
    assert classes and min(len(persons) for persons in classes.values()) >= 5
    assert {key: len(persons) for key, persons in classes.items()} == expected_classes()


def joined_classes(project: Project, mart: str, followed: str | None) -> dict[tuple[Any, ...], set[str]]:
    """What an attacker who joins the marts sees: (quarter, goods, region, sex) → pseudonyms."""
    persons = {row[0]: row[1:] for row in project.query(f"select pseudonym, region, sex from {followed}")} if followed else {}
    classes = defaultdict(set)
    for pseudonym, quarter, goods in project.query(f"select pseudonym, quarter, goods from {mart}"):
        classes[(f"{quarter}", goods, *persons.get(pseudonym, ()))].add(pseudonym)
    return classes


def expected_classes() -> dict[tuple[Any, ...], int]:
    """The same of the source: the classes of at least five persons, without the islanders."""
    persons = {row["id"]: (row["region"], row["sex"]) for row in customers() if row["region"] != "小笠原"}
    classes = defaultdict(set)
    for row in purchases(customers()):
        if row["id"] in persons:
            month = (int(row["bought"][5:7]) - 1) // 3 * 3 + 1
            classes[(f"2025-{month:02d}-01", row["goods"], *persons[row["id"]])].add(row["id"])
    return {key: len(ids) for key, ids in classes.items() if len(ids) >= 5}


def test_a_chain_of_marts_counts_together(project: Project) -> None:
    """The third mart tells what the first and the second tell of the same persons: classes are over all three."""
    load_shop(project)
    customers_mart(project, "sexes", [PSEUDONYM, SEX], dataset="chain")
    customers_mart(project, "regions", [PSEUDONYM, REGION], dataset="chain", members_of="sexes")
    sql = "{{ tokumei.anonymize(source('raw', 'customers'), members_of=ref('sexes')) }}"
    project.write("models/regions.sql", sql)
    purchases_mart(project, "bought", [PSEUDONYM, QUARTER, GROUP], dataset="chain", follows="regions")
    assert_released(project.build(), "sexes", "regions", "bought")
    known = dict(project.query("select pseudonym, sex from sexes"))
    region = dict(project.query("select pseudonym, region from regions"))
    assert len(known) == len(customers()) == len(region) + 3, "the islanders are still in the first mart"
    classes: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for pseudonym, quarter, goods in project.query("select pseudonym, quarter, goods from bought"):
        classes[(known[pseudonym], region[pseudonym], quarter, goods)].add(pseudonym)
    assert min(len(persons) for persons in classes.values()) >= 5
    logged = project.query(f"select smallest_class, classes from {project.private('releases_log')} where mart = 'bought'")
    assert logged == [(min(map(len, classes.values())), len(classes))]


def test_a_dataset_is_released_as_a_whole_or_not_at_all(project: Project) -> None:
    load_shop(project)
    customers_mart(project, "members", dataset="shop")
    purchases_mart(project, "bought", dataset="shop", follows="members")
    assert_released(project.build(), "members", "bought")
    before = standing(project, "members", "bought")

    for selected in (["--select", "members"], ["--select", "bought"], ["--exclude", "members"]):
        outcome = project.dbt("run", *selected)
        assert not outcome.success
        assert standing(project, "members", "bought") == before
        assert "a dataset is released as a whole" in outcome.messages
    assert project.dbt("run", "--select", "releases").success, "what is no mart can be built alone"

    # What was switched before another mart failed is taken back: the marts show the same release, as before.
    sound = project.path.joinpath("models/bought.sql").read_text(encoding="utf-8")
    project.write("models/bought.sql", f"{sound}-- changed\n")
    failed = project.build()
    assert failed.statuses["members"] == "success" and failed.statuses["bought"] == "error"
    after = standing(project, "members", "bought")
    assert after.shown == before.shown and after.private == before.private

    # A retry would build only what had failed, under another key.
    project.write("models/bought.sql", sound)
    retried = project.dbt_process("retry")
    said, _ = retried.communicate(timeout=300)
    assert retried.returncode != 0 and "a dataset is released as a whole" in said, said
    assert standing(project, "members", "bought") == after
    assert_released(project.build(), "members", "bought")
    assert pseudonyms(project, "bought") <= pseudonyms(project, "members")


def test_a_follower_of_another_runs_release_is_noticed(project: Project) -> None:
    """The marts of a dataset come from one run; when what checks it first is weakened, the audit still does."""
    load_shop(project)
    customers_mart(project, "members", dataset="shop")
    purchases_mart(project, "bought", dataset="shop", follows="members")
    assert_released(project.build(), "members", "bought")
    project.mutate("macros/anonymize/_build_helpers.sql", "made[0] == 0", "false")
    project.mutate("macros/releases/log_release.sql", "this | string, invocation_id,", "this | string, 'another',")
    outcome = project.build()
    assert outcome.statuses == outcome.statuses | {"members": "success", "bought": "error"}
    assert found(outcome, "bought") == {"dataset_consistent"}
