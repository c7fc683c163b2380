"""On PostgreSQL the building role needs the grants of docs/privileges.md, all of them and no more; who reads gets at nothing else."""

from __future__ import annotations

import csv
import json
from collections import deque
from collections.abc import Iterator
from typing import Any

import pytest
from support.assurance import record
from support.forked import Run
from support.publisher import today
from support.publishing import operation, printed
from support.standing import MARTS, OLD, RUN, Standing, assert_nothing_is_left_over, left_over, names_of
from support.tenants import COLUMNS_OF, GRANTS, Tenants, tenants

pytestmark = pytest.mark.postgres
VIEWS = ["releases", "dataset_releases", "publication_items", "publication_terms"]
VIEWS += ["release_risks", "release_utility", "risk_per_combination"]
ERRORS = {"select on a source": "tokumei: people: the relation is not in the warehouse, or this role may not read it"}


@pytest.fixture(scope="module", params=[pytest.param("postgres", marks=pytest.mark.postgres)])
def house(postgres_server: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenants]:
    """Built with these grants alone; a run killed, and swept by the next; published by the officer, and open."""
    with tenants(postgres_server, tmp_path_factory.mktemp("privileges")) as made:
        made.grant(*GRANTS)
        sound(made, "build")
        first = Standing.of(made.watched)
        with Run(made.project, RUN, "after the commit") as run:
            run.stopped().kill()
        sound(made, *RUN)
        first.assert_replaced(made.watched)
        assert str(made.tried("analyst", "select * from people_anonymized")).startswith("InsufficientPrivilege")
        publish(made)
        yield made


def sound(house: Tenants, *command: str) -> None:
    outcome = house.project.dbt(*command)
    assert outcome.success, outcome.messages


def publish(house: Tenants) -> None:
    """The officer writes the row that the building role prints into a register of their own."""
    (row,) = csv.reader([printed(house.project, "publication_row", dataset="people").strip()])
    cells = dict(zip(COLUMNS_OF, row, strict=True))
    cells |= {"published_on": today(), "place": "https://example.com", "notice_days": "0", "continuing": "true"}
    values = ", ".join("null" if cell == "" else f"'{cell}'" for cell in cells.values())
    assert house.tried("officer", f"insert into registers.publications values ({values}) returning 1") == [(1,)]
    outcome, _ = operation(house.project, "settle")
    assert outcome.success and "is open to its readers" in outcome.messages, outcome.messages


def test_the_whole_life_of_a_dataset_needs_these_grants_alone(house: Tenants) -> None:
    project, watched = house.project, house.watched
    rights = "rolsuper or rolcreaterole or rolcreatedb or rolbypassrls"
    assert house.admin.query(f"select {rights} from pg_roles where rolname = '{house.names['builder']}'") == [(False,)]
    before = Standing.of(watched)
    declared = project.path / "models/people.yml"
    text = declared.read_text(encoding="utf-8")
    declared.write_text(text.replace("k: 5", "k: 10"), encoding="utf-8")
    outcome = project.dbt(*RUN)
    declared.write_text(text, encoding="utf-8")
    assert not outcome.success and "suppression_within_limit" in outcome.messages, outcome.messages
    assert (before.after(watched), left_over(watched)) == (OLD, "nothing")

    assert len(house.tried("analyst", "select * from people_anonymized")) == len(before.rows["people_anonymized"])
    assert json.loads(printed(project, "report_data", dataset="people"))["is_newest"]
    assert "匿名加工情報" in printed(project, "publication_page", dataset="people")
    assert [len(house.tried("officer", f"select * from {name}")) > 0 for name in ("releases", "publication_items")]
    assert_nothing_is_left_over(watched)


def test_who_reads_the_marts_gets_at_nothing_else(house: Tenants) -> None:
    """A view that hides no record needs no barrier: what is slipped into it sees what it shows."""
    shown = Standing.of(house.watched).rows["people_anonymized"]
    release = names_of(house.admin.query("select release_relation from marts_tokumei.releases_log where mart = 'people_anonymized'"))  # fmt: skip
    private = [*release, "releases_log", "keys_log", "access_log", "copies_log"]
    refused = [f'select * from marts_tokumei."{name}"' for name in private]
    refused += [f'copy marts_tokumei."{name}" to stdout' for name in private]
    refused += ["select * from raw.people", "select id from raw.people", "select * from registers.publications"]
    refused += [f"select * from {name}" for name in ("releases", "publication_items", "release_risks")]
    refused += [f"select {column} from people_anonymized" for column in ("ctid", "xmin", "tokumei_token")]
    refused += [
        "delete from people_anonymized",
        "create view marts.mine as select 1",
        "create table public.mine (n integer)",
    ]
    refused += ["set role " + f'"{house.names["builder"]}"', "drop view marts.people_anonymized", "do $$ begin end $$"]
    for statement in refused:
        answer = house.tried("analyst", statement)
        assert isinstance(answer, str), statement
        assert answer.split(":")[0] in {"InsufficientPrivilege", "UndefinedColumn"}, (statement, answer)
        assert not [row for row in shown if row[0] in answer]

    # Catalogs: names and sizes, nothing that is in a relation; no words of other sessions, no comments but the marts'.
    of_others = "schemaname in ('raw', 'marts_tokumei', 'registers')"
    assert house.tried("analyst", f"select * from pg_stats where {of_others}") == []
    assert house.tried("analyst", "select * from information_schema.columns where table_schema in ('raw', 'marts_tokumei')") == []  # fmt: skip
    said = house.tried(
        "analyst", "select distinct query from pg_stat_activity where usename <> current_user and query <> ''"
    )
    assert {text for (text,) in said} <= {"<insufficient privilege>"}
    commented = "select distinct relname from pg_description join pg_class on objoid = pg_class.oid where relnamespace in ('marts'::regnamespace, 'marts_tokumei'::regnamespace)"  # fmt: skip
    assert {name for (name,) in house.tried("analyst", commented)} <= {*MARTS, *VIEWS}

    # A function of the analyst's own, cheap enough to be asked before any condition of the view, hears what the view shows.
    house.admin.execute(f'grant usage on language plpgsql to "{house.names["analyst"]}"')
    with house.engine("analyst").connection() as cursor:
        cursor.execute(
            "create function own.hear(text) returns boolean language plpgsql cost 0.0000001 as "
            "$$ begin raise notice '%', $1; return true; end $$"
        )
        cursor.connection.notices = deque()  # of a list the driver keeps the last notices alone
        cursor.execute("select count(*) from people_anonymized as m where own.hear(m::text)")
        heard = {text.removeprefix("NOTICE:  ").strip() for text in cursor.connection.notices}
        cursor.execute("select cast(m as text) from people_anonymized as m")
        assert heard == {text for (text,) in cursor.fetchall()}
        cursor.execute("explain (verbose, format json) select * from people_anonymized where job = '灯台守'")
        plan = json.dumps(cursor.fetchall())
        assert "raw" not in plan and "tokumei_token" not in plan
    house.admin.execute(f'revoke usage on language plpgsql from "{house.names["analyst"]}"')
    definition = house.admin.query("select pg_get_viewdef('marts.people_anonymized'::regclass)")[0][0]
    assert "where" not in definition.lower() and "join" not in definition.lower()
    record(
        "test_privileges",
        part="least privileges",
        what="statements of an analyst on what is not theirs",
        engine="postgres",
        tried=len(refused),
        found=len(refused),
        note="refused, without a word of the data",
    )


@pytest.mark.parametrize("missing", GRANTS)
def test_without_one_of_them_nothing_is_published(house: Tenants, missing: str) -> None:
    before = Standing.of(house.watched)
    house.grant(missing, take=True)
    try:
        outcome = house.project.dbt(*RUN)
    finally:
        house.grant(missing)
    assert not outcome.success
    assert ERRORS.get(missing, "permission denied for ") in outcome.messages, outcome.messages
    assert Standing.of(house.watched).rows == before.rows
    assert left_over(house.watched) == "nothing"
    record("test_privileges", part="least privileges", what=f"without: {missing}", engine="postgres", tried=1, found=1)


def test_a_search_path_in_which_everybody_may_create_is_refused(house: Tenants) -> None:
    """As in databases that began before PostgreSQL 15."""
    before = Standing.of(house.watched)
    house.admin.execute("grant usage, create on schema public to public")
    try:
        outcome = house.project.dbt(*RUN)
    finally:
        house.admin.execute("revoke all on schema public from public")
    assert not outcome.success
    assert "tokumei: public: everybody may create in a schema of the search path" in outcome.messages
    assert (before.after(house.watched), left_over(house.watched)) == (OLD, "nothing")
