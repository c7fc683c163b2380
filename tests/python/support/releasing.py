"""Marts of the persons of support/people.py in one run: one as usual, one with all that is optional, one that is refused;
what a release leaves behind, and what it does not."""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import Any

import yaml

from .cases import errors
from .gate import private_relations
from .people import CLASSIFIED, COLUMNS, POLICY, TYPES, people, people_project
from .project import Outcome, Project, mart

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
HOOKS = ("outside", "inside")  # of the transaction


Row = dict[str, Any]
OPTIONAL = {
    "synthetic_share": {"share": 0.1, "from": "classes"},
    "risk": {"threshold": 0.2},
    "attacks": {"difference_safe": {"waive": "a test"}, "linkage": {"at_most": 0.9}},
}


def release_often(project: Project) -> None:
    """The marts, and a table that keeps the pseudonyms that the first has shown."""
    project.engine.execute("create table noted (what text); create table once_shown (pseudonym text)")
    declare(project, COLUMNS)


def declare(project: Project, columns: list[Row]) -> None:
    """The marts, the first with hooks before it, and their source anew."""
    draw = random.Random(9)
    rows = [row | {"spent": 2000 + draw.randrange(60)} for row in people()]
    classified = CLASSIFIED | {"spent": "attribute"}
    people_project(project, rows, columns, types=TYPES | {"spent": "integer"}, classified=classified)
    spent = {"name": "spent", "treat": ["keep"], "waive": {"no_rare_values": "a test"}}
    place = f'"{project.engine.schema()}".noted'
    path = project.path / "models/people.yml"
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    given["models"][0]["config"]["pre_hook"] = [
        {"sql": f"insert into {place} values ('{what}')", "transaction": what == "inside"} for what in HOOKS
    ]
    given["models"] += [
        mart("mixed", "people", [*COLUMNS, spent], **POLICY | OPTIONAL | {"dataset": "mixed"}),
        mart("lost", "people", [*COLUMNS[:4], {"name": "job"}], **POLICY | {"dataset": "lost", "max_suppression": 0}),
    ]
    project.write("models/people.yml", given)
    project.write("macros/refuse.sql", REFUSE)
    for name in ("mixed", "lost"):
        project.write(f"models/{name}.sql", (project.path / "models/people_anonymized.sql").read_text(encoding="utf-8"))


def assert_as_released(project: Project, outcome: Outcome, number: int) -> None:
    """After so many releases: new pseudonyms, two release tables and no stage, every audit in the log, each hook run."""
    statuses = {name: outcome.statuses[name] for name in ("people_anonymized", "mixed", "lost")}
    assert statuses == {"people_anonymized": "success", "mixed": "success", "lost": "error"}, outcome.messages
    rows = project.query("select pseudonym, decade, sex, prefecture, job from people_anonymized")
    assert len({row[0] for row in rows}) == len(rows) > 900
    again = "select count(*) from people_anonymized inner join once_shown using (pseudonym)"
    assert project.query(again) == [(0,)]
    project.engine.execute("insert into once_shown select pseudonym from people_anonymized")
    assert_refused_for(outcome, 1000 - len(rows))
    assert Counter(row[0] for row in project.query("select what from noted")) == dict.fromkeys(HOOKS, number)
    assert_logged(project, number)


def assert_refused_for(outcome: Outcome, lost: int) -> None:
    """All that is wrong with a mart, each in a line, with counts and the name of a column."""
    said = [line.strip() for line in outcome.messages.splitlines() if line.strip().startswith("tokumei: lost")]
    assert lost > 0 and set(said) == {
        f"tokumei: lost: suppression_within_limit found {lost} violations ({who}); measured {lost / 1000}; "
        "see docs/audits/suppression_within_limit.md"
        for who in ("subjects", "records")
    } | {"tokumei: lost.job: no_rare_values found 1 violations; measured 2.0; see docs/audits/no_rare_values.md"}


def assert_logged(project: Project, number: int) -> None:
    log = {name: project.private(f"{name}_log") for name in ("releases", "release_audits", "release_risks")}
    columns = "release_relation, release_no, release_id, synthetic_records"
    tables = []
    for name, extra in {"people_anonymized": set(), "mixed": {"linkage", "difference_safe"}}.items():
        released = project.query(f"select {columns} from {log['releases']} where mart = '{name}' order by 2")
        assert [row[1] for row in released] == list(range(1, number + 1))
        assert (released[-1][3] > 0) == (name == "mixed")
        tables += [row[0].split('"')[-2] for row in released[-2:]]
        this = f"where release_id = '{released[-1][2]}'"
        audited = project.query(f"select audit, violations, measured from {log['release_audits']} {this}")
        told = {row[0]: row[2] is not None for row in audited}
        assert told["suppression_within_limit(subjects)"] and not told["pseudonyms_sound(pseudonym)"]
        assert "k_anonymous(classes)" in told and "k_anonymous" not in told, "what was found, and nothing beside it"
        assert {row[0].split("(")[0] for row in audited} == AUDITS | extra
        assert {row[1] for row in audited} == {0}
        measured = project.query(f"select count(*) from {log['release_risks']} {this} and kind = 'risk'")
        assert (measured[0][0] > 0) == (name == "mixed")
    assert [name for name in private_relations(project) if not name.endswith("_log")] == sorted(tables)


REFUSE = """{% macro refuse(findings) %}
{%- do tokumei.refuse_violations({'mart': 'm', 'columns': [{'name': 'a'}]}, findings) -%}
{% endmacro %}
"""
FINDINGS: dict[str, list[Any]] = {
    "m.a: x found 1 violations;": ["x", "a", 1, None],
    "m: x found 2 violations (a, b); measured 0.1235;": ["x", "a, b", 2, 0.123456],
    "m: x found 3 violations (x: b); measured 0;": ["x", "x: b", 3, 0],
    "m: x found 4 violations;": ["x", "unknown", 4, None],
}


def assert_worded(project: Project) -> None:
    """Each finding in a line of its own: the column where the mart has one, what it is about, what was measured."""
    findings = [*FINDINGS.values(), ["x", "a", 0, 7]]
    outcome = project.dbt("run-operation", "refuse", "--args", json.dumps({"findings": findings}))
    assert set(errors(outcome)) == {f"tokumei: {line} see docs/audits/x.md" for line in FINDINGS}, outcome.messages


UNREAD = (
    "tokumei: people.name: the column is of another type than at the last release of people_anonymized; got another; "
    "allowed: text, or --full-refresh; see docs/drift.md"
)
RETYPED = (
    "tokumei: people.spent: the column is of another type than at the last release of people_anonymized; got text; "
    "allowed: integer, or data_type: text in its YAML, or --full-refresh; see docs/drift.md"
)
LOST = (
    "tokumei: people_anonymized.job: the last release has this column, and the policy no longer; got nothing; "
    "allowed: the column, or --full-refresh; see docs/drift.md"
)


def assert_drift_refused(project: Project) -> None:
    """A column more, then a column of another kind and an item less: each is said, and --full-refresh says it is meant."""
    run = ("run", "--select", "people_anonymized")
    project.engine.execute("alter table people add column diary text")
    said = errors(project.dbt(*run))
    assert len(said) == 1 and said.pop().startswith("tokumei: people.diary: the column is not classified; got no is:")
    project.engine.execute("alter table people drop column diary; alter table people alter column spent type text")
    project.engine.execute("alter table people alter column name type boolean using false")
    path = project.path / "models/people.yml"
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    given["models"][0]["columns"].pop()
    project.write("models/people.yml", given)
    outcome = project.dbt(*run)
    assert not outcome.success and set(errors(outcome)) == {UNREAD, RETYPED, LOST}, outcome.messages
    project.engine.execute("alter table people alter column name type text")
    outcome = project.dbt(*run, "--full-refresh")
    assert outcome.success, outcome.messages


WHOLE = (
    "tokumei: people_anonymized: a dataset is released as a whole; got a selection without mixed; "
    "allowed: all marts of people; see docs/releases.md"
)
ELSEWHERE = (
    "tokumei: people_anonymized: two targets share a private schema, and would take back the releases of each other; "
    "got {of}_tokumei, which holds those of {mart}; allowed: a private schema each (tokumei_private_schema), "
    "or drop the other mart; see docs/releases.md"
)


def assert_mixtures_refused(project: Project) -> None:
    """A mart of the same name that another target made; then a part of a dataset."""
    run, schema = ("run", "--select", "people_anonymized"), project.engine.schema()
    log = project.private("releases_log")
    made = project.query(f"select mart_relation from {log} where mart = 'people_anonymized'")[0][0]
    other = made.replace(f'"{schema}"', f'"{schema}_other"')
    for statement in [
        f'create schema "{schema}_other"',
        f"create view {other} as select 1 as one",
        f"insert into {log} (release_id, dataset, mart, release_no, invocation_id, mart_relation) "
        f"values ('other', 'people', 'people_anonymized', 99, 'other', '{other}')",
    ]:
        project.engine.execute(statement)
    outcome = project.dbt(*run)
    assert set(errors(outcome)) == {ELSEWHERE.format(of=schema, mart=other)}, outcome.messages
    project.engine.execute(f"drop schema \"{schema}_other\" cascade; delete from {log} where release_id = 'other'")
    path = project.path / "models/people.yml"
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    given["models"][1]["config"]["meta"]["tokumei"] |= {"dataset": "people", "scope": "own"}
    project.write("models/people.yml", given)
    outcome = project.dbt(*run)
    assert set(errors(outcome)) == {WHOLE}, outcome.messages
