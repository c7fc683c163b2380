"""A dataset of two marts, what it shows, and what a run that failed, died or ended has left of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .engines import Rows
from .people import COLUMNS, POLICY, people, people_project
from .project import Project, mart

MARTS = ("people_anonymized", "jobs_anonymized")
RUN = ("run", "--select", *MARTS)
LOGS = {"releases_log", "release_items_log", "release_audits_log", "withdrawals_log", "keys_log"}
LOGS |= {"access_log", "copies_log", "release_risks_log", "release_distributions_log"}
OLD, HALF, NEW = "previous release", "the first mart's new one", "new release"


def write_two_marts(project: Project, **policy: Any) -> None:
    """One dataset of two marts, one following the other; what is given is declared of the first."""
    people_project(project, people(500), **policy)
    columns = [column for column in COLUMNS if column["name"] in ("pseudonym", "job")]
    follows = mart("jobs_anonymized", "people", columns, **POLICY, members_of="people_anonymized")
    project.write("models/jobs.yml", {"models": [follows]})
    project.write(
        "models/jobs_anonymized.sql",
        "{{ tokumei.anonymize(source('raw', 'people'), members_of=ref('people_anonymized')) }}\n",
    )


def shown(project: Project) -> tuple[set[str], set[str]]:
    """The pseudonyms in each of the two marts."""
    seen, jobs = ({who for (who,) in project.query(f"select pseudonym from {name}")} for name in MARTS)
    assert len(seen) == len(jobs) > 450
    return seen, jobs


def private_tables(project: Project) -> set[str]:
    found = project.query(
        f"select table_name from information_schema.tables where table_schema = '{project.engine.schema()}_tokumei'"
    )
    return {name for (name,) in found}


def count(project: Project, log: str) -> int:
    return project.query(f"select count(*) from {project.private(log)}")[0][0]


def names_of(relations: Iterable[tuple[str]]) -> set[str]:
    return {relation.split('"')[-2] for (relation,) in relations}


def left_over(project: Project) -> str:
    """What a run that did not end well left in the private schema: a key at most."""
    logged = names_of(project.query(f"select release_relation from {project.private('releases_log')}"))
    tables = {name for name in private_tables(project) if not name.endswith("_log")} - logged
    stores = [name for name in tables if name.startswith("release_key_")]
    held = "select count(*) from {} where inner_block is not null"
    keys = sum(project.query(held.format(project.private(name)))[0][0] for name in stores)
    assert tables == set(stores), "a candidate or a stage was left"
    return "a key" if keys else "an emptied key store" if stores else "nothing"


def assert_nothing_is_left_over(project: Project) -> None:
    """Beside the logs there are the release tables that the log names, and nothing else; no half log rows."""
    logged = project.query(f"select release_id, release_relation from {project.private('releases_log')}")
    tables = private_tables(project)
    assert tables >= LOGS
    assert tables - LOGS <= names_of([(relation,) for _, relation in logged])
    for log in ["release_items_log", "release_audits_log"]:
        rows = project.query(f"select distinct release_id from {project.private(log)}")
        assert {release for (release,) in rows} == {release for release, _ in logged}
    keys = project.query(f"select invocation_id, event from {project.private('keys_log')}")
    assert {run for run, event in keys if event == "taken"} == {run for run, event in keys if event == "destroyed"}


@dataclass
class Standing:
    """What the marts show at one moment, and their newest releases: each one's table, and its records by the log."""

    rows: dict[str, Rows]
    releases: dict[str, tuple[str, int]]

    @classmethod
    def of(cls, project: Project) -> Standing:
        log, taken_back = project.private("releases_log"), project.private("withdrawals_log")
        newest = project.query(
            f"select mart, release_relation, records_out from {log} as one where not exists "
            f"(select 1 from {taken_back} as gone where gone.release_id = one.release_id) order by release_no"
        )
        rows = {name: sorted(project.query(f"select * from {name}"), key=str) for name in MARTS}
        return cls(rows, {name: (relation, records) for name, relation, records in newest})

    def after(self, project: Project) -> str:
        """Each mart shows this release still, or a whole new one, beside which this one can still be read."""
        now = Standing.of(project)
        for name, (relation, records) in self.releases.items():
            assert len(now.rows[name]) == now.releases[name][1], name
            assert (now.rows[name] == self.rows[name]) == (now.releases[name] == self.releases[name]), name
            assert project.query(f"select count(*) from {relation}") == [(records,)], name
        return [OLD, HALF, NEW][sum(now.releases[name] != self.releases[name] for name in MARTS)]

    def assert_replaced(self, project: Project) -> None:
        """A whole new release of both marts, and nothing beside it."""
        seen, jobs = shown(project)
        assert seen == jobs
        assert not seen & {row[0] for row in self.rows["people_anonymized"]}
        assert_nothing_is_left_over(project)
