"""On PostgreSQL nobody but the building role gets into the private schema, whatever default privileges say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from conftest import make_engine
from support.engines import Postgres
from support.forked import Run, mark_places
from support.people import COLUMNS, people, people_project
from support.roles import RIGHTS, Roles, give_everything_away, roles_of

pytestmark = pytest.mark.postgres


@pytest.fixture
def roles(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Roles]:
    """A builder, an analyst, a recipient, and another builder with a schema of its own."""
    admin = make_engine(request, "postgres", tmp_path)
    assert isinstance(admin, Postgres)
    with roles_of(admin, tmp_path) as made:
        yield made


def refusals(engine: Postgres, statements: list[str]) -> dict[str, type[Exception] | None]:
    """What the server said to each statement."""
    said: dict[str, type[Exception] | None] = {}
    with engine.connection() as cursor:
        for statement in statements:
            try:
                cursor.execute(statement)
                said[statement] = None
            except psycopg2.Error as error:
                said[statement] = type(error)
    return said


def assert_shut(roles: Roles, role: str, relations: list[str], building: bool = False) -> None:
    """The role can neither enter the schema, nor see, read or change anything in it."""
    engine, private = roles.engine(role), roles.private
    entered = f"select has_schema_privilege('{private}', 'usage') or has_schema_privilege('{private}', 'create')"
    assert engine.query(entered) == [(False,)]
    for listing in ("tables", "columns", "views", "sequences", "routines", "table_privileges", "column_privileges"):
        kind = {"sequences": "sequence", "routines": "routine"}.get(listing, "table")
        assert engine.query(f"select * from information_schema.{listing} where {kind}_schema = '{private}'") == []
    assert engine.query(f"select * from pg_stats where schemaname = '{private}'") == []
    held = (
        f"select relname from pg_class where relnamespace = to_regnamespace('{private}') and relkind <> 'i' and "
        f"(has_table_privilege(oid, '{RIGHTS}') or has_any_column_privilege(oid, 'select, insert, update, references'))"
    )
    assert engine.query(held) == [], "rights on the relations themselves"
    statements = [f'create table "{private}".mine (n integer)']
    if not building:  # it would wait for the build to end before it is refused
        statements.append(f'drop schema "{private}" cascade')
    for name in relations:
        relation = f'"{private}"."{name}"'
        statements += [
            f"select * from {relation}",
            f"select count(*) from {relation}",
            f"insert into {relation} default values",
            f"delete from {relation}",
            f"truncate {relation}",
            f"drop table {relation}",
            f"alter table {relation} add column mine integer",
            f"copy {relation} to stdout",
        ]
    said = refusals(engine, statements)
    assert set(said.values()) == {psycopg2.errors.InsufficientPrivilege}, said


def test_nobody_gets_in_during_a_build_or_after_it(roles: Roles) -> None:
    """Into a schema that the package made, and into one that was there before, given away to everybody."""
    builder, analyst = roles.names["builder"], roles.names["analyst"]
    give_everything_away(roles)
    people_project(roles.project, people(300), COLUMNS[:3])
    mark_places(roles.project)
    assert roles.project.dbt("seed").success
    for schema in ("made by the package", "there before"):
        if schema == "there before":
            roles.admin.execute(
                f'drop schema "{roles.private}" cascade; create schema "{roles.private}" authorization "{builder}"; '
                f'grant all on schema "{roles.private}" to public, "{analyst}"; '
                f'alter default privileges for role "{builder}" in schema "{roles.private}" grant all on tables to "{analyst}"'
            )
        with Run(roles.project, ("run", "--select", "people_anonymized"), "candidate made") as run:
            run.stopped()
            during = roles.relations()
            assert [name for name in during if name.startswith("release_key_")] and "keys_log" in during
            for role in ("analyst", "recipient", "other"):
                assert_shut(roles, role, during, building=True)
            code, said = run.go_on().end()
        assert code == 0, said
        after = roles.relations()
        assert [name for name in after if name.startswith("people_anonymized__")]
        for role in ("analyst", "recipient", "other"):
            assert_shut(roles, role, after)

    # Who may by their role alone is named in the docs: a member of the builder, and pg_read_all_data.
    log = f'select count(*) from "{roles.private}".releases_log'
    roles.admin.execute(f'grant pg_read_all_data to "{roles.names["auditor"]}"')
    assert roles.engine("auditor").query(log) == [(1,)]
    roles.admin.execute(f'grant "{builder}" to "{roles.names["other"]}"')
    assert roles.engine("other").query(log) == [(1,)]


def test_a_schema_or_a_table_of_somebody_else_is_refused(roles: Roles) -> None:
    """Who made it could read what is put there, and drop it."""
    other = roles.names["other"]
    people_project(roles.project, people(300), COLUMNS[:3])

    def refused() -> None:
        outcome = roles.project.build()
        assert not outcome.success
        line = next(line for line in outcome.messages.splitlines() if "tokumei: " in line)
        assert f"{roles.private}: the private schema, or a relation in it, belongs to another role" in line
        assert f"got {other}; allowed: the building role alone; see docs/releases.md" in line

    roles.admin.execute(
        f'create schema "{roles.private}" authorization "{other}"; grant all on schema "{roles.private}" to public'
    )
    refused()
    assert roles.relations() == []
    roles.admin.execute(f'alter schema "{roles.private}" owner to "{roles.names["builder"]}"')
    roles.admin.execute(f'create table "{roles.private}".keys_log (n integer)')
    roles.admin.execute(f'alter table "{roles.private}".keys_log owner to "{other}"')
    refused()
    assert roles.relations() == ["keys_log"]
    roles.admin.execute(f'drop table "{roles.private}".keys_log')
    outcome = roles.project.build()
    assert outcome.success, outcome.messages
