"""One small interface over the warehouses the tests run on."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import duckdb
import psycopg2

Rows = list[tuple[Any, ...]]


class Engine(Protocol):
    """A warehouse: where dbt connects, and how a test looks into it."""

    name: str

    def output(self) -> dict[str, Any]: ...
    def query(self, sql: str) -> Rows: ...
    def execute(self, sql: str) -> None: ...
    def load_csv(self, table: str, path: Path, columns: dict[str, str]) -> None: ...
    def schema(self) -> str: ...
    def stop(self) -> None: ...


@dataclass
class DuckDB:
    """A DuckDB file of its own."""

    path: Path
    name: str = "duckdb"

    def output(self) -> dict[str, Any]:
        return {"type": "duckdb", "path": str(self.path), "schema": self.schema(), "threads": 2}

    def schema(self) -> str:
        return "main"

    @contextmanager
    def _connection(self) -> Iterator[duckdb.DuckDBPyConnection]:
        try:
            connection = duckdb.connect(str(self.path))
        except duckdb.ConnectionException:
            gc.collect()  # dbt's own connection, of another configuration, ends with its last reference
            connection = duckdb.connect(str(self.path))
        with closing(connection):
            yield connection

    def query(self, sql: str) -> Rows:
        with self._connection() as connection:
            return connection.execute(sql).fetchall()

    def execute(self, sql: str) -> None:
        with self._connection() as connection:
            connection.execute(sql)

    def load_csv(self, table: str, path: Path, columns: dict[str, str]) -> None:
        """Create `table` (name → type, in the file's order) from a comma-separated file with a header."""
        listed = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
        self.execute(
            f"create or replace table {table} as select * from read_csv('{path}', header = true, "
            f"columns = {{{listed}}}, quote = '\"', escape = '\"', nullstr = '', new_line = '\\n')"
        )

    def stop(self) -> None:
        gc.collect()


@dataclass
class Postgres:
    """A schema of its own on the suite's PostgreSQL server."""

    connect: dict[str, Any]
    own_schema: str
    name: str = "postgres"

    def output(self) -> dict[str, Any]:
        return {"type": "postgres", "schema": self.own_schema, "threads": 2, **self.connect}

    def schema(self) -> str:
        return self.own_schema

    @contextmanager
    def connection(self) -> Iterator[Any]:
        """A cursor on a connection of its own, which commits each statement."""
        renamed = {"pass": "password"}
        arguments = {renamed.get(key, key): value for key, value in self.connect.items()}
        with closing(psycopg2.connect(**arguments)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(f'create schema if not exists "{self.own_schema}"')
                cursor.execute(f'set search_path to "{self.own_schema}"')
                yield cursor

    def query(self, sql: str) -> Rows:
        with self.connection() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    def execute(self, sql: str) -> None:
        with self.connection() as cursor:
            cursor.execute(sql)

    def load_csv(self, table: str, path: Path, columns: dict[str, str]) -> None:
        """Create `table` (name → type, in the file's order) from a comma-separated file with a header."""
        listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        with self.connection() as cursor, path.open(encoding="utf-8") as lines:
            cursor.execute(f"drop table if exists {table} cascade; create table {table} ({listed})")
            cursor.copy_expert(f"copy {table} from stdin with (format csv, header true)", lines)

    def stop(self) -> None:
        self.execute(f'drop schema if exists "{self.own_schema}" cascade')
        self.execute(f'drop schema if exists "{self.own_schema}_tokumei" cascade')


def server_from_environment() -> dict[str, Any] | None:
    """The server named by TOKUMEI_PG_HOST and its companions, if any."""
    if "TOKUMEI_PG_HOST" not in os.environ:
        return None
    return {
        "host": os.environ["TOKUMEI_PG_HOST"],
        "port": int(os.environ.get("TOKUMEI_PG_PORT", "5432")),
        "user": os.environ.get("TOKUMEI_PG_USER", "postgres"),
        "password": os.environ.get("TOKUMEI_PG_PASSWORD", ""),
        "dbname": os.environ.get("TOKUMEI_PG_DATABASE", "postgres"),
    }
