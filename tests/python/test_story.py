"""From the first build to a recipient's copy, and back: who reads what at each point, by roles that log in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import make_engine
from support.engines import Postgres
from support.publisher import SHOWN, Publisher, linked
from support.roles import Roles, give_everything_away, roles_of

pytestmark = pytest.mark.postgres
MART = "people_anonymized"
COPY = "people_anonymized__lab"
LONG = "sexes_" + "of_persons_" * 5  # with the recipient, longer than a name may be


@pytest.fixture
def roles(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Roles]:
    """Whatever the builder makes is everybody's, if nothing is done about it."""
    admin = make_engine(request, "postgres", tmp_path)
    assert isinstance(admin, Postgres)
    with roles_of(admin, tmp_path) as made:
        give_everything_away(made)
        yield made


def readers(roles: Roles) -> dict[str, list[str]]:
    """Who reads a row of which relation; the analyst and the recipient are all who try."""
    return {
        relation: [role for role in ("analyst", "recipient") if roles.reads(role, relation)]
        for relation in (MART, "jobs_anonymized", COPY, "jobs_anonymized__lab")
    }


NOBODY: dict[str, list[str]] = {MART: [], "jobs_anonymized": [], COPY: [], "jobs_anonymized__lab": []}
ANALYST = NOBODY | {MART: ["analyst"], "jobs_anonymized": ["analyst"]}
BOTH = ANALYST | {COPY: ["recipient"], "jobs_anonymized__lab": ["recipient"]}


def shown(roles: Roles, relation: str = MART) -> list[tuple[Any, ...]]:
    return roles.project.query(f"select * from {relation}")


def assert_only_the_published_is_silent(story: Publisher, roles: Roles) -> None:
    """What is done behind the package's back, until it is settled again, the data test `published` notices."""
    project, schema = roles.project, roles.project.engine.schema()

    def noticed() -> set[str]:
        outcome = project.dbt("test", "--select", MART, "--store-failures")
        store = f'"{schema}_dbt_test__audit"."tokumei_published_{MART}_"'
        names = {name for (name,) in project.query(f"select column_name from {store}")}
        assert outcome.success == (not names)
        return names

    assert noticed() == set()
    for change, names in {
        f'grant select on "{MART}" to "{roles.names["recipient"]}"': {"readers"},
        "delete from provisions": {"readers", "lab", "ads"},
        "delete from publications": {"readers", "lab", "ads", ""},
    }.items():
        project.engine.execute(change)
        assert noticed() == names, change
    story.seed()
    assert noticed() == set() and readers(roles) == BOTH


@pytest.mark.slow
def test_from_the_first_build_to_a_recipient_and_back(roles: Roles, capfd: pytest.CaptureFixture[str]) -> None:
    story = Publisher(roles.project, [roles.names["analyst"]], roles.names["recipient"], roles.names["other"])

    def page() -> str:
        return story.said(capfd, "publication_page", dataset="people")

    # Built: held. Nobody but the builder reads it; the page can be written.
    assert "is held: no publication of kind creation names its fingerprint" in story.build()
    assert readers(roles) == NOBODY
    first_page = page()
    assert "decade" in first_page and "born" not in first_page

    # Published, but for three more days nobody reads it.
    story.publish(capfd, "creation", notice_days=3)
    assert "the notice days of its publication run until" in story.seed()
    assert readers(roles) == NOBODY

    # The notice days are over: the analyst reads, the recipient does not.
    story.registers["publications"][0]["notice_days"] = 0
    assert "is open to its readers" in story.seed()
    assert readers(roles) == ANALYST
    assert page() == first_page

    # A provision that is published, but not told to the recipient; told in other words; told.
    story.publish(capfd, "provision")
    story.seed()
    assert readers(roles) == ANALYST
    notice = story.notify(capfd, notice_sha256="0" * 64)
    assert "匿名加工情報" in notice and "第45条" in notice
    story.seed()
    assert readers(roles) == ANALYST
    story.registers["provisions"].clear()
    story.notify(capfd)
    story.notify(capfd, "ads")
    said = story.seed()
    assert "is provided to lab" in said and "is provided to ads" in said
    assert readers(roles) == BOTH
    assert roles.reads("other", f"{MART}__ads") and not roles.reads("recipient", f"{MART}__ads")
    found = linked(shown(roles, COPY), shown(roles, f"{MART}__ads"))
    assert found["pseudonym"] == 0 and abs(found["place"]) < 0.02 and found["contents"] == 1
    assert_only_the_published_is_silent(story, roles)
    refused = roles.project.dbt("run-operation", "export", "--args", "{dataset: people, folder: /tmp}")
    assert not refused.success and "this engine has grants" in refused.messages

    # The next build under the same policy: the publication says that creation continues.
    before, copy = shown(roles), shown(roles, COPY)
    story.build()
    assert readers(roles) == BOTH
    assert not {row[0] for row in shown(roles)} & {row[0] for row in before}
    assert not {row[0] for row in shown(roles, COPY)} & {row[0] for row in copy}

    # Another policy: held again, the earlier release is still served, to both.
    before, copy = shown(roles), shown(roles, COPY)
    story.write_marts([column | {"name": "born"} if column["name"] == "decade" else column for column in SHOWN])
    assert "is held" in story.build("--full-refresh")
    assert readers(roles) == BOTH
    assert shown(roles) == before and shown(roles, COPY) == copy
    assert "born" in page()

    # Published again: the analyst reads the new one; for the recipient nothing covers it.
    story.publish(capfd, "creation")
    said = story.seed()
    assert "is open to its readers" in said and "provision to lab is ended" in said
    assert readers(roles) == ANALYST
    assert not {row[0] for row in shown(roles)} & {row[0] for row in before}

    story.publish(capfd, "provision")
    story.registers["provisions"].clear()
    story.notify(capfd)
    story.seed()
    assert readers(roles) == BOTH

    # Struck from the register, the recipient reads nothing; without a publication, nobody does.
    struck = story.registers["provisions"].pop()
    story.seed()
    assert readers(roles) == ANALYST
    story.registers["provisions"].append(struck)
    story.seed()
    assert readers(roles) == BOTH
    story.registers["publications"] = []
    assert "is no longer covered: closed" in story.seed()
    assert readers(roles) == NOBODY

    events = roles.project.query(
        f"select event, recipient from {roles.project.private('access_log')} order by event_no"
    )
    assert [event for event, _ in events if event in ("opened", "closed")] == ["opened"] * 3 + ["closed"]
    assert [event for event, recipient in events if recipient == "lab"] == [
        "provided", "provided", "ended", "provided", "ended", "provided", "ended",
    ]  # fmt: skip
    keys = roles.project.query(f"select dataset, invocation_id, event from {roles.project.private('keys_log')}")
    assert {recipient for event, recipient in events if event == "provided"} == {"lab", "ads"}
    taken, destroyed = ({key[:2] for key in keys if key[2] == event} for event in ("taken", "destroyed"))
    assert taken == destroyed and len({dataset for dataset, _ in taken}) == 3
    left = [name for name in roles.relations() if name.startswith(("release_key", "stage", "people_anonymized__lab"))]
    assert left == []


def test_marts_join_and_leave_their_dataset(roles: Roles, capfd: pytest.CaptureFixture[str]) -> None:
    story = Publisher(roles.project, [roles.names["analyst"]], roles.names["recipient"], roles.names["other"])
    story.build()

    def publish() -> None:
        story.publish(capfd, "creation")
        story.publish(capfd, "provision")
        story.registers["provisions"].clear()
        story.notify(capfd)

    publish()
    story.seed()
    assert readers(roles) == BOTH

    # A mart joins the dataset: what is open stays open, and the new mart is nobody's until it is published.
    story.add_mart(LONG)
    story.seed()
    assert readers(roles) == BOTH
    story.build()
    assert readers(roles) == BOTH and not roles.reads("analyst", LONG)
    publish()
    story.seed()
    assert readers(roles) == BOTH and roles.reads("analyst", LONG)
    (copy,) = roles.project.query(
        f"select view_relation from {roles.project.private('copies_log')} where mart = '{LONG}'"
    )[0]
    assert roles.reads("recipient", copy.split('"')[-2])

    # Two marts leave it: they are served with the release before, until the next one opens.
    story.keep_people_alone()
    story.build()
    assert readers(roles) == BOTH
    publish()
    story.seed()
    assert readers(roles) == NOBODY | {MART: ["analyst"], COPY: ["recipient"]}
    assert not roles.reads("analyst", LONG) and not roles.reads("recipient", copy.split('"')[-2])

    # The dataset leaves the project: it is closed when it is named.
    story.rename("persons")
    refused = roles.project.dbt("run-operation", "settle", "--args", "{dataset: nobody}")
    assert not refused.success and "no such dataset; got nobody; allowed: persons" in refused.messages
    closed = roles.project.dbt("run-operation", "settle", "--args", "{dataset: people}")
    assert closed.success and "is closed: the dataset is no longer made here" in closed.messages
    assert readers(roles) == NOBODY
