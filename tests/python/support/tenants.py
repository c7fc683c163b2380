"""A database in which nobody may do anything that was not granted, and what each role of a project needs in it."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2
import yaml

from .engines import Postgres, Rows
from .forked import mark_places
from .project import Project
from .publisher import REGISTERS, TYPES
from .publishing import exposure
from .roles import PASSWORD
from .standing import MARTS, write_two_marts

SHUT = [
    'revoke all on database "{database}" from public',
    "revoke all on schema public from public",
    "revoke all on language plpgsql from public",
]
# What the building role needs: docs/privileges.md says what for.
GRANTS = {
    "connect": 'connect on database "{database}"',
    "plpgsql": "usage on language plpgsql",
    "usage of the sources' schema": "usage on schema raw",
    "select on a source": "select on raw.people",
    "usage of the marts' schema": "usage on schema marts",
    "create in the marts' schema": "create on schema marts",
    "usage of the registers' schema": "usage on schema registers",
    "select on a register": "select on registers.publications",
}
ROLES = ("builder", "analyst", "officer")
COLUMNS_OF = REGISTERS["publications"].split(",")


class Tenant(Postgres):
    """The database as somebody meets it who makes no schema."""

    @contextmanager
    def connection(self) -> Iterator[Any]:
        with closing(psycopg2.connect(**self.connect)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(f'set search_path to "{self.own_schema}"')
                yield cursor


@dataclass
class Tenants:
    """The administrator, the roles, and the project of the building role; `watched` is it as the administrator sees it."""

    admin: Tenant
    names: dict[str, str]
    folder: Path
    project: Project = field(init=False)
    watched: Project = field(init=False)

    def __post_init__(self) -> None:
        """The source is the administrator's, the register of publications the officer's, the private schema the builder's."""
        builder, analyst, officer = (self.names[role] for role in ROLES)
        (database,) = self.admin.query("select current_database()")[0]
        for statement in (
            "create schema raw; create schema marts",
            f'create schema marts_tokumei authorization "{builder}"',
            f'create schema registers authorization "{officer}"',
            "create table registers.publications ("
            + ", ".join(f"{c} {TYPES.get(c, 'text')}" for c in COLUMNS_OF)
            + ")",
            f'alter table registers.publications owner to "{officer}"',
            f'grant usage on schema marts to "{analyst}", "{officer}"',
            f'grant connect on database "{database}" to "{analyst}", "{officer}"',
            f'create schema own authorization "{analyst}"',
        ):
            self.admin.execute(statement)
        self.project = Project(self.folder / "consumer", self.engine("builder"))
        mark_places(self.project)
        self.project.engine = Tenant(self.admin.connect, "raw")
        write_two_marts(
            self.project, risk={"threshold": 0.3}, attacks={"linkage": {"at_most": 0.9}, "difference_safe": True}
        )
        self.project.engine = self.engine("builder")
        self.watched = copy.copy(self.project)
        self.watched.engine = Tenant(self.admin.connect, "marts")
        register = {"name": "publications", "config": {"meta": {"tokumei": {"register": "publications"}}}}
        sources = [{"name": "registers", "schema": "registers", "tables": [register]}]
        self.project.write("models/page.yml", {"sources": sources, "exposures": [exposure("page", list(MARTS))]})
        settings = yaml.safe_load((self.project.path / "dbt_project.yml").read_text(encoding="utf-8"))
        settings |= {"vars": {"tokumei_risk_models": True}}
        settings["models"] = {
            "consumer": {"+grants": {"select": [analyst]}},
            "tokumei": {"publication": {"+grants": {"select": [officer]}}},
        }
        self.project.write("dbt_project.yml", settings)

    def engine(self, role: str) -> Tenant:
        return Tenant(self.admin.connect | {"user": self.names[role], "password": PASSWORD}, "marts")

    def grant(self, *what: str, take: bool = False) -> None:
        """To the building role, or from it."""
        (database,) = self.admin.query("select current_database()")[0]
        for name in what:
            right, builder = GRANTS[name].format(database=database), self.names["builder"]
            self.admin.execute(f'revoke {right} from "{builder}"' if take else f'grant {right} to "{builder}"')

    def tried(self, role: str, sql: str) -> Rows | str:
        """What a role is answered: rows, or the error's name and text."""
        try:
            return self.engine(role).query(sql)
        except psycopg2.Error as error:
            return f"{type(error).__name__}: {error}"


@contextmanager
def tenants(server: dict[str, Any], folder: Path) -> Iterator[Tenants]:
    suffix = uuid.uuid4().hex[:8]
    database = f"tenants_{suffix}"
    outside = Postgres(server, "public")
    names = {role: f"{role}_{suffix}" for role in ROLES}  # dbt does not quote them where it grants
    outside.execute(f'create database "{database}"')
    for name in names.values():
        outside.execute(f"create role \"{name}\" login password '{PASSWORD}'")
    admin = Tenant(server | {"dbname": database}, "public")
    for statement in SHUT:
        admin.execute(statement.format(database=database))
    try:
        yield Tenants(admin, names, folder)
    finally:
        outside.execute(f'drop database "{database}" with (force)')
        for name in names.values():
            outside.execute(f'drop role "{name}"')
