"""Real PostgreSQL roles: a project that one of them builds, and what the others may read."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from .engines import Postgres
from .project import Project

PASSWORD = "a password of the tests"
RIGHTS = "select, insert, update, delete, truncate, references, trigger"
ROLES = ("builder", "analyst", "recipient", "other", "auditor")


@dataclass
class Roles:
    """Roles that log in, and a project that one of them builds."""

    admin: Postgres
    project: Project
    names: dict[str, str]

    def engine(self, role: str) -> Postgres:
        """The warehouse as this role meets it, in a schema of its own."""
        return as_role(self.admin, self.names[role], f"{self.admin.own_schema}_{role}")

    @property
    def private(self) -> str:
        return f"{self.project.engine.schema()}_tokumei"

    def relations(self) -> list[str]:
        """Whatever is in the private schema, as the administrator sees it."""
        sql = f"select relname from pg_class where relnamespace = to_regnamespace('{self.private}') and relkind <> 'i'"
        return sorted(name for (name,) in self.admin.query(sql))

    def reads(self, role: str, relation: str) -> int | None:
        """How many rows a role reads of a relation beside the builder's marts; None where it is refused."""
        try:
            return self.engine(role).query(f'select count(*) from "{self.project.engine.schema()}"."{relation}"')[0][0]
        except (psycopg2.errors.InsufficientPrivilege, psycopg2.errors.UndefinedTable):
            return None


def as_role(admin: Postgres, role: str, schema: str) -> Postgres:
    """The same server under another login."""
    return Postgres(admin.connect | {"user": role, "password": PASSWORD}, schema)


@contextmanager
def roles_of(admin: Postgres, folder: Path) -> Iterator[Roles]:
    """A builder, an analyst, a recipient, another builder and an auditor, each with a schema of its own."""
    suffix = uuid.uuid4().hex[:8]
    names = {role: f"{role} {suffix}" for role in ROLES}
    for name in names.values():
        admin.execute(f"create role \"{name}\" login password '{PASSWORD}'")
    (database,) = admin.query("select current_database()")[0]
    for name in names.values():
        admin.execute(f'grant create on database "{database}" to "{name}"')
    engine = as_role(admin, names["builder"], f"{admin.own_schema}_builder")
    yield Roles(admin, Project(folder / "consumer", engine), names)
    for name in names.values():
        admin.execute(f'drop owned by "{name}" cascade; drop role "{name}"')
    admin.stop()


def give_everything_away(roles: Roles) -> None:
    """Whatever the builder makes from now on is everybody's by default."""
    builder, analyst, recipient = (f'"{roles.names[role]}"' for role in ("builder", "analyst", "recipient"))
    to_all = f"to {analyst}, {recipient}, public"
    for given in (
        f"usage, create on schemas {to_all}",
        f"{RIGHTS} on tables {to_all}",
        f"execute on functions {to_all}",
        f"select on tables to {analyst} with grant option",
    ):
        roles.admin.execute(f"alter default privileges for role {builder} grant {given}")
