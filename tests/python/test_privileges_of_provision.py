"""On PostgreSQL: the grants that `settle`, the officer's operations and the audits as data tests need, those and no more."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import yaml
from support.assurance import record
from support.project import Outcome
from support.publisher import MEANS, REGISTERS, TYPES, today
from support.publishing import TERMS, operation, printed
from support.standing import MARTS, left_over
from support.tenants import GRANTS, Tenants, tenants

pytestmark = pytest.mark.postgres
MORE = {
    "select on the register of recipients": "select on registers.recipients",
    "select on the register of provisions": "select on registers.provisions",
}
SOURCES = ["usage of the sources' schema", "select on a source"]
REGISTER_GRANTS = ["usage of the registers' schema", "select on a register", *MORE]
WITHOUT_SOURCES = ["connect", "plpgsql", "usage of the marts' schema", "create in the marts' schema", *REGISTER_GRANTS]
AUDITS = [
    "k_anonymous",
    "no_direct_identifiers",
    "only_declared_columns",
    "keys_destroyed",
    "policy_current",
    "published",
]
COPY = "people_anonymized__lab"


# While a copy is made, the dataset is held against others who would settle it.
HELD = """
create schema held create table held (locks bigint);
create function held.note() returns event_trigger language plpgsql security definer as $$ begin
insert into held.held select count(*) from pg_locks
where locktype = 'advisory' and granted and pid = pg_backend_pid(); end $$;
create event trigger note on ddl_command_end when tag in ('CREATE TABLE AS') execute function held.note()
"""


@contextmanager
def without(house: Tenants, *missing: str) -> Iterator[None]:
    """The building role for a while without some of its grants."""
    (database,) = house.admin.query("select current_database()")[0]
    rights = [(GRANTS | MORE)[name].format(database=database) for name in missing]
    builder = house.names["builder"]
    for right in rights:
        house.admin.execute(f'revoke {right} from "{builder}"')
    yield
    for right in rights:
        house.admin.execute(f'grant {right} to "{builder}"')


def enter(house: Tenants, register: str, **cells: str) -> None:
    """The officer writes a row into a register of their own."""
    columns = ", ".join(cells)
    values = ", ".join("null" if cell == "" else f"'{cell}'" for cell in cells.values())
    insert = f"insert into registers.{register} ({columns}) values ({values}) returning 1"
    assert house.tried("officer", insert) == [(1,)]


def publish(house: Tenants, kind: str) -> None:
    (row,) = csv.reader([printed(house.project, "publication_row", dataset="people", kind=kind).strip()])
    cells = dict(zip(REGISTERS["publications"].split(","), row, strict=True))
    dated = {"published_on": today(), "place": "https://example.com", "notice_days": "0", "continuing": "true"}
    enter(house, "publications", **cells | dated)


def declare_tests_and_registers(house: Tenants) -> None:
    """What this module needs beside what others do: audits as data tests, the registers of recipients and provisions."""
    models = yaml.safe_load((house.project.path / "models/people.yml").read_text(encoding="utf-8"))
    del models["models"][0]["config"]["meta"]["tokumei"]["attacks"]
    models["models"][0]["data_tests"] = [f"tokumei.{audit}" for audit in AUDITS]
    house.project.write("models/people.yml", models)
    page = yaml.safe_load((house.project.path / "models/page.yml").read_text(encoding="utf-8"))
    page["exposures"][0]["config"]["meta"]["tokumei"] = TERMS | {"means": MEANS}
    builder, officer = house.names["builder"], house.names["officer"]
    for name in ("recipients", "provisions"):
        columns = ", ".join(f"{column} {TYPES.get(column, 'text')}" for column in REGISTERS[name].split(","))
        house.admin.execute(f"create table registers.{name} ({columns})")
        house.admin.execute(f'alter table registers.{name} owner to "{officer}"')
        house.admin.execute(f'grant select on registers.{name} to "{builder}"')
        page["sources"][0]["tables"].append({"name": name, "config": {"meta": {"tokumei": {"register": name}}}})
    house.project.write("models/page.yml", page)


@pytest.fixture(scope="module", params=[pytest.param("postgres", marks=pytest.mark.postgres)])
def house(postgres_server: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenants]:
    """Made and open; a provision is published and told, and not settled yet. The analyst's role is the recipient's too."""
    with tenants(postgres_server, tmp_path_factory.mktemp("provision")) as made:
        declare_tests_and_registers(made)
        made.grant(*GRANTS)
        outcome = made.project.dbt("build", "--select", "cities", *MARTS, "--exclude-resource-type", "test")
        assert outcome.success, outcome.messages
        with without(made, *SOURCES):
            publish(made, "creation")
            assert "is open to its readers" in settled(made).messages
            publish(made, "provision")
            enter(made, "recipients", recipient="lab", name="研究所", role=made.names["analyst"])
            notice = printed(made.project, "notice", dataset="people", recipient="lab")
        told = hashlib.sha256(notice.encode()).hexdigest()
        told_of = {"recipient": "lab", "dataset": "people", "means": MEANS}
        enter(made, "provisions", **told_of, notified_on=today(), notice_sha256=told)
        yield made


def settled(house: Tenants) -> Outcome:
    return operation(house.project, "settle")[0]


def views(house: Tenants) -> set[str]:
    return {name for (name,) in house.admin.query("select viewname from pg_views where schemaname = 'marts'")}


def copies(house: Tenants) -> int:
    """Copies in the private schema, whether or not anything shows or logs them."""
    sql = "select count(*) from pg_tables where schemaname = 'marts_tokumei' and tablename like '%\\_\\_lab\\_\\_%'"
    return house.admin.query(sql)[0][0]


@pytest.mark.parametrize("missing", WITHOUT_SOURCES)
def test_without_one_of_them_nothing_is_provided(house: Tenants, missing: str) -> None:
    before = views(house)
    with without(house, missing):
        outcome = settled(house)
    assert not outcome.success
    assert "permission denied for " in outcome.messages, outcome.messages
    assert (views(house), copies(house), left_over(house.watched)) == (before, 0, "nothing")
    assert house.tried("analyst", "select count(*) from people_anonymized")[0][0] > 450
    what = f"settle without: {missing}"
    record("test_privileges_of_provision", part="least privileges", what=what, engine="postgres", tried=1, found=1)


def test_settling_needs_no_right_on_sources(house: Tenants) -> None:
    house.admin.execute(HELD)
    with without(house, *SOURCES):
        outcome = settled(house)
        assert house.admin.query("select distinct locks from held.held") == [(1,)]
        assert outcome.success and "is provided to lab" in outcome.messages, outcome.messages
        assert "匿名加工情報" in printed(house.project, "publication_page", dataset="people")
        exported, _ = operation(house.project, "export", dataset="people", folder="/tmp", recipient="lab")
        assert not exported.success and "this engine has grants" in exported.messages
        log = house.watched.private("releases_log")
        assert house.admin.query(f"select count(*) from {log}") == [(len(MARTS),)]
    assert house.tried("analyst", f"select count(*) from {COPY}")[0][0] > 450
    assert copies(house) == len(MARTS)
    stores = "select count(*) from pg_tables where schemaname = 'marts_tokumei' and tablename like 'release\\_key\\_%'"
    assert house.admin.query(stores) == [(0,)]

    # What ends needs no right on sources either.
    assert house.tried("officer", "delete from registers.provisions returning 1") == [(1,)]
    with without(house, *SOURCES):
        outcome = settled(house)
    assert outcome.success and "provision to lab is ended" in outcome.messages, outcome.messages
    assert (COPY in views(house), copies(house)) == (False, 0)


READS = {
    ("plpgsql", "create in the marts' schema"): set(),
    tuple(SOURCES): {"no_direct_identifiers"},
    (*REGISTER_GRANTS, "usage of the marts' schema"): {"only_declared_columns", "policy_current", "published"},
}


@pytest.mark.parametrize("missing", READS, ids=lambda missing: missing[0])
def test_data_tests_need_what_they_read(house: Tenants, missing: tuple[str, ...]) -> None:
    """An audit that cannot read what it judges is an error, never passed; the others are not touched by it."""
    with without(house, *missing):
        outcome = house.project.dbt("test", "--select", "people_anonymized")
    assert set(outcome.statuses.values()) <= {"pass", "error", "success"}
    stopped = {name for name, status in outcome.statuses.items() if status == "error"}
    assert stopped == {f"tokumei_{audit}_people_anonymized_" for audit in READS[missing]}, outcome.messages
    assert len([name for name in outcome.statuses if name.startswith("tokumei_")]) == len(AUDITS)
    assert not stopped or "permission denied for " in outcome.messages
    for audit in sorted(READS[missing]):
        what = f"data test {audit} without: {missing[-1] if 'marts' in missing[-1] else missing[0]}"
        record("test_privileges_of_provision", part="least privileges", what=what, engine="postgres", tried=1, found=1)
