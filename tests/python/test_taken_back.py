"""A dataset is released as a whole: a mart that fails takes back those that were switched before it."""

from __future__ import annotations

import itertools
from typing import Any

from support.people import CLASSIFIED, COLUMNS, POLICY, people_project, write_csv
from support.project import Project, mart, personal

VIEWS = True

PSEUDONYM = COLUMNS[0]
SEX = {"name": "sex", "treat": ["keep"]}
SAFE = [{"suppress_rare": {"below": 10}}]
ALONE = ("--exclude", "package:tokumei")
TABLES = "select count(*) from information_schema.tables where table_name like '%\\_\\_%' escape '\\'"
LOGGED = (
    "select mart, release_no, is_current, withdrawn_at is null from releases where dataset = 'people' order by 1, 2"
)
VISIT = {"id": "linking_code", "month": "attribute", "kind": "quasi_identifier"}


def write_monthly(project: Project) -> dict[str, Any]:
    """A mart of histories, a pseudonym for each month, in a dataset of its own."""
    rows = [
        {"id": person, "month": f"2025-{month:02d}-01", "kind": "AB"[(person + month) % 2]}
        for person in range(1, 201)
        for month in range(1, 5)
    ]
    types = {"id": "integer", "month": "date", "kind": "text"}
    project.engine.load_csv("visits", write_csv(project.path / "visits.csv", rows), types)
    project.write("models/monthly.sql", "{{ tokumei.anonymize(source('raw', 'visits')) }}\n")
    columns = [
        {"name": "pseudonym", "from": "id", "treat": [{"pseudonymize": {"per": "month", "of": "month"}}]},
        {"name": "kind", "treat": ["keep"]},
    ]
    limits = POLICY | {"dataset": "months", "history": {"known": 1, "among": 5, "at_most": 0.0}}
    return mart("monthly", "visits", columns, **limits)


def write_marts(project: Project, second: list[object], monthly: dict[str, Any]) -> None:
    """People, and a mart of their jobs that follows them, treated as told."""
    follower = mart(
        "jobs_anonymized",
        "people",
        [PSEUDONYM, {"name": "job", "treat": second}],
        **(POLICY | {"members_of": "people_anonymized"}),
    )
    first = mart("people_anonymized", "people", [PSEUDONYM, SEX], **POLICY)
    source = personal("people", "id", CLASSIFIED, project.engine.schema())
    source["tables"] += personal("visits", "id", VISIT, project.engine.schema())["tables"]
    project.write("models/people.yml", {"sources": [source], "models": [first, follower, monthly]})
    project.write(
        "models/jobs_anonymized.sql",
        "{{ tokumei.anonymize(source('raw', 'people'), members_of=ref('people_anonymized')) }}\n",
    )


def assert_failed(project: Project, *left_out: str) -> None:
    failed = project.build(*ALONE, *left_out)
    assert not failed.success
    assert "jobs_anonymized.job: no_rare_values found" in failed.messages


def test_the_mart_before_the_failing_one_goes_back(project: Project) -> None:
    people_project(project)
    monthly = write_monthly(project)

    # Without a release before, the marts are gone.
    write_marts(project, ["keep"], monthly)
    assert_failed(project)
    shown = "select count(*) from information_schema.tables where table_name like '%anonymized%'"
    assert project.query(shown) == [(0,)]
    release = project.query(f"select release_relation from {project.private('releases_log')} where mart = 'monthly'")
    assert_order_is_drawn(project, release[0][0])

    write_marts(project, SAFE, monthly)
    outcome = project.build("--exclude", "monthly")
    assert outcome.success, outcome.messages
    people = project.query("select * from people_anonymized order by 1")
    jobs = project.query("select * from jobs_anonymized order by 1")
    tables = project.query(TABLES)

    # With one, it is shown again, and the tables of the failed one are gone.
    write_marts(project, ["keep"], monthly)
    assert_failed(project, "monthly")
    assert project.query("select * from people_anonymized order by 1") == people
    assert project.query("select * from jobs_anonymized order by 1") == jobs
    assert project.query(TABLES) == tables
    assert project.query(LOGGED) == [
        ("jobs_anonymized", 1, True, True),
        ("people_anonymized", 1, False, False),
        ("people_anonymized", 2, True, True),
        ("people_anonymized", 3, False, False),
    ]
    assert "匿名加工情報" in project.comment("people_anonymized")


def assert_order_is_drawn(project: Project, release: str) -> None:
    """Monthly pseudonyms of one person must not lie side by side."""
    tokens = [row[0] for row in project.query(f"select tokumei_token from {release}")]
    assert len(tokens) == 800
    together = sum(a == b for a, b in itertools.pairwise(tokens))
    assert together < 20  # by chance 3 in 799; in the order of persons 600
