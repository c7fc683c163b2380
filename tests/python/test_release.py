"""A mart is released as its policy says, on every engine; what a release leaves behind, and what it does not."""

from __future__ import annotations

from collections import Counter

import yaml
from support.gate import private_relations
from support.people import people_project
from support.project import Project

# By the pages of docs/audits; no list of the package's own.
AUDITS = {
    "suppression_within_limit",
    "policy_current",
    "dataset_consistent",
    "declared_releases",
    "swaps_as_declared",
    "pseudonyms_sound",
    "k_anonymous",
    "l_diverse",
    "t_close",
    "no_rare_values",
    "within_bounds",
    "no_identifier_patterns",
    "history_protected",
    "no_direct_identifiers",
    "synthetic_sound",
    "only_declared_columns",
    "labelled",
}


def with_hooks(project: Project) -> None:
    """Before a release, a host may do something of its own: outside the transaction, and inside."""
    project.engine.execute("create table noted (what text)")
    path = project.path / "models/people.yml"
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    given["models"][0]["config"]["pre_hook"] = [
        {"sql": f"insert into noted values ('{what}')", "transaction": what == "inside"}
        for what in ("outside", "inside")
    ]
    project.write("models/people.yml", given)


def test_marts_are_released_one_after_another(project: Project) -> None:
    people_project(project)
    with_hooks(project)
    seen: set[str] = set()
    for number in (1, 2, 3):
        outcome = project.build()
        assert outcome.success, outcome.messages
        rows = project.query("select pseudonym, decade, sex, prefecture, job from people_anonymized")
        shown = {row[0] for row in rows}
        assert len(shown) == len(rows) > 900
        assert not shown & seen, "pseudonyms differ between releases"
        seen |= shown
        released = project.query(
            f"select release_relation, mart_relation, release_no from {project.private('releases_log')} order by 3"
        )
        assert [row[2] for row in released] == list(range(1, number + 1))
        tables = [row[0].split('"')[-2] for row in released]
        assert [name for name in private_relations(project) if not name.endswith("_log")] == sorted(tables[-2:])
        noted = Counter(row[0] for row in project.query("select what from noted"))
        assert noted == {"outside": number, "inside": number}
    audited = project.query(f"select audit, count(*) from {project.private('release_audits_log')} group by 1")
    assert {row[0].split("(")[0] for row in audited} == AUDITS
