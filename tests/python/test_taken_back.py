"""A dataset is released as a whole: a mart that fails takes back those that were switched before it."""

from __future__ import annotations

import itertools

from support.people import CLASSIFIED, COLUMNS, POLICY, people_project
from support.project import Project, mart, personal

VIEWS = True


def two_marts(project: Project, second: list[object]) -> None:
    """People, and a mart of their jobs that follows them, treated as told."""
    people_project(project)
    follower = mart(
        "jobs_anonymized",
        "people",
        [COLUMNS[0], {"name": "job", "treat": second}],
        **(POLICY | {"members_of": "people_anonymized"}),
    )
    first = mart("people_anonymized", "people", COLUMNS, **POLICY)
    source = personal("people", "id", CLASSIFIED, project.engine.schema())
    project.write("models/people.yml", {"sources": [source], "models": [first, follower]})
    project.write(
        "models/jobs_anonymized.sql",
        "{{ tokumei.anonymize(source('raw', 'people'), members_of=ref('people_anonymized')) }}\n",
    )


def test_the_mart_before_the_failing_one_goes_back(project: Project) -> None:
    safe = [{"suppress_rare": {"below": 10}}]
    two_marts(project, safe)
    assert project.build().success
    people = project.query("select * from people_anonymized order by 1")
    jobs = project.query("select * from jobs_anonymized order by 1")
    tables = project.query(
        "select count(*) from information_schema.tables where table_name like '%\\_\\_%' escape '\\'"
    )

    two_marts(project, ["keep"])
    failed = project.build()
    assert not failed.success
    assert "jobs_anonymized.job: no_rare_values found" in failed.messages
    assert project.query("select * from people_anonymized order by 1") == people
    assert project.query("select * from jobs_anonymized order by 1") == jobs
    assert (
        project.query("select count(*) from information_schema.tables where table_name like '%\\_\\_%' escape '\\'")
        == tables
    )
    logged = "select mart, release_no, is_current, withdrawn_at is null from releases order by 1, 2"
    assert project.query(logged) == [
        ("jobs_anonymized", 1, True, True),
        ("people_anonymized", 1, True, True),
        ("people_anonymized", 2, False, False),
    ]
    assert "匿名加工情報" in project.comment("people_anonymized")

    two_marts(project, safe)
    assert project.build().success
    assert project.query("select * from people_anonymized order by 1") != people


def test_without_a_release_before_the_mart_is_gone(project: Project) -> None:
    two_marts(project, ["keep"])
    assert not project.build().success
    shown = "select count(*) from information_schema.tables where table_name like '%anonymized%'"
    assert project.query(shown) == [(0,)]


def test_rows_do_not_lie_in_the_order_of_persons(project: Project) -> None:
    """Monthly pseudonyms of one person must not lie side by side."""
    rows = [
        {"id": person, "month": f"2025-{month:02d}-01", "kind": "AB"[(person + month) % 2]}
        for person in range(1, 201)
        for month in range(1, 5)
    ]
    columns = [
        {
            "name": "pseudonym",
            "from": "id",
            "treat": [{"pseudonymize": {"per": "month", "of": "month"}}],
        },
        {"name": "kind", "treat": ["keep"]},
    ]
    people_project(
        project,
        rows,
        columns,
        types={"id": "integer", "month": "date", "kind": "text"},
        classified={"id": "linking_code", "month": "attribute", "kind": "quasi_identifier"},
        history={"known": 1, "among": 5, "at_most": 0.0},
    )
    project.write("models/people_anonymized.sql", "{{ tokumei.anonymize(source('raw', 'people')) }}\n")
    outcome = project.build()
    assert outcome.success, outcome.messages
    release = project.query(f"select release_relation from {project.private('releases_log')}")[0][0]
    tokens = [row[0] for row in project.query(f"select tokumei_token from {release}")]
    together = sum(a == b for a, b in itertools.pairwise(tokens))
    assert together < 20  # by chance 3 in 799; in the order of persons 600
