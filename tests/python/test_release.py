"""A mart is released as its policy says, on every engine; what a release leaves behind, and what it does not."""

from __future__ import annotations

import yaml
from support.people import COLUMNS, people_project
from support.project import Project
from support.releasing import (
    assert_as_released,
    assert_drift_refused,
    assert_mixtures_refused,
    assert_worded,
    release_often,
)


def test_marts_are_released_one_after_another(project: Project) -> None:
    release_often(project)
    for number in (1, 2, 3):
        assert_as_released(project, project.build(), number)
    assert_worded(project)
    assert_drift_refused(project)
    assert_mixtures_refused(project)


def test_a_mart_says_what_it_is(project: Project) -> None:
    """Its comment and those of its columns: 匿名加工情報, once, and each item in the languages it has."""
    items = {"decade": {"ja": "生年", "en": "Decade"}, "sex": {"ja": "性別"}, "job": {"ja": "Job", "en": "Job"}}
    columns = [column | ({"item": items[column["name"]]} if column["name"] in items else {}) for column in COLUMNS]
    people_project(project, columns=columns)
    path = project.path / "models/people.yml"
    given = path.read_text(encoding="utf-8")
    for said, meant in [
        ("会員の統計", "匿名加工情報 (anonymously processed information). 会員の統計"),
        ("匿名加工情報。会員", "匿名加工情報。会員"),
    ]:
        described = yaml.safe_load(given)
        described["models"][0]["description"] = said
        project.write("models/people.yml", described)
        assert project.dbt("build", "--exclude", "package:tokumei").success
        assert project.comment("people_anonymized") == meant
    assert project.comments_on_columns("people_anonymized") == {
        "pseudonym": "匿名加工情報: pseudonym",
        "decade": "匿名加工情報: 生年 / Decade",
        "sex": "匿名加工情報: 性別",
        "prefecture": "匿名加工情報: prefecture",
        "job": "匿名加工情報: Job",
    }
