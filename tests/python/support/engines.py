"""One small interface over the warehouses the tests run on."""

from __future__ import annotations

import atexit
import functools
import importlib.util
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import duckdb
import psycopg2

from .quick_dbt import collect, collect_all

Rows = list[tuple[Any, ...]]


class Engine(Protocol):
    """A warehouse: where dbt connects, and how a test looks into it."""

    name: str

    def output(self) -> dict[str, Any]: ...
    def query(self, sql: str) -> Rows: ...
    def execute(self, sql: str) -> None: ...
    def load_csv(self, table: str, path: Path, columns: dict[str, str]) -> None: ...
    def schema(self) -> str: ...
    def identifier(self, name: str) -> str: ...
    def literal(self, text: str) -> str: ...
    def type(self, name: str) -> str: ...
    def stop(self) -> None: ...


class Standard:
    """How most engines write SQL."""

    def identifier(self, name: str) -> str:
        return '"' + name.replace('"', '""') + '"'

    def literal(self, text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    def type(self, name: str) -> str:
        return name


@dataclass
class DuckDB(Standard):
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
            collect_all()  # dbt's own connection, of another configuration, ends with its last reference
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
        collect()


@dataclass
class Postgres(Standard):
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
        self.execute(f'drop schema if exists "{self.own_schema}_dbt_test__audit" cascade')


TYPES_OF_SPARK = {
    "text": "string",
    "varchar": "string",
    "double precision": "double",
    "integer": "int",
    "timestamp": "timestamp_ntz",
}


# Statements are many and small. What is compiled for them must fit: with less, Java sweeps and compiles it again and again.
JAVA = "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=384m -XX:+UseSerialGC"


@functools.cache
def spark_session() -> Any:
    """The Spark of this process, which dbt-spark finds: local, two cores, its files in a folder of its own."""
    from pyspark.sql import SparkSession

    folder = Path(tempfile.mkdtemp(prefix="tokumei-spark-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    options = {
        # A catalog in memory, which lasts as long as this process; a metastore of Hive's takes twice the time.
        "spark.sql.catalogImplementation": os.environ.get("TOKUMEI_SPARK_CATALOG", "in-memory"),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.local.dir": str(folder / "local"),
        "spark.hadoop.javax.jdo.option.ConnectionURL": "jdbc:derby:memory:tokumei;create=true",
        "spark.driver.extraJavaOptions": f"-Dderby.system.home={folder} {JAVA}",
        "spark.driver.memory": "2g",
        # What a page would show of statements that are over: nobody looks, and it fills the memory.
        "spark.sql.ui.retainedExecutions": "1",
        "spark.ui.retainedJobs": "10",
        "spark.ui.retainedStages": "10",
        "spark.ui.retainedTasks": "100",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.codegen.wholeStage": "false",  # to compile a plan takes longer than to run it on so little
    }
    builder = SparkSession.builder.master("local[2]").appName("tokumei")
    for name, value in options.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    logging.getLogger("SQLQueryContextLogger").disabled = True
    atexit.register(session.stop)
    return session


@dataclass
class Spark:
    """A schema of its own on the one local Spark of this process."""

    own_schema: str
    name: str = "spark"

    def __post_init__(self) -> None:
        self.execute(f"create schema if not exists {self.own_schema}")

    def output(self) -> dict[str, Any]:
        return {
            "type": "spark",
            "method": "session",
            "host": "NA",
            "schema": self.own_schema,
            "threads": 1,
            "server_side_parameters": {"spark.sql.session.timeZone": "UTC"},
        }

    def schema(self) -> str:
        return self.own_schema

    def identifier(self, name: str) -> str:
        return "`" + name.replace("`", "``") + "`"

    def literal(self, text: str) -> str:
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def type(self, name: str) -> str:
        return TYPES_OF_SPARK.get(name, name)

    def query(self, sql: str) -> Rows:
        session = spark_session()
        session.sql(f"use {self.own_schema}")
        return [tuple(row) for row in session.sql(sql).collect()]

    def execute(self, sql: str) -> None:
        session = spark_session()
        if not sql.startswith(("create schema", "drop schema")):
            session.sql(f"use {self.own_schema}")
        session.sql(sql)

    def load_csv(self, table: str, path: Path, columns: dict[str, str]) -> None:
        """Create `table` (name → type, in the file's order) from a comma-separated file with a header."""
        listed = ", ".join(f"{self.identifier(name)} {self.type(kind)}" for name, kind in columns.items())
        read = spark_session().read.csv(
            str(path),
            schema=listed,
            header=True,
            quote='"',
            escape='"',
            nullValue="",
            multiLine=True,
            enforceSchema=True,
        )
        self.execute(f"drop table if exists {self.own_schema}.{table}")
        read.write.saveAsTable(f"{self.own_schema}.{table}")

    def stop(self) -> None:
        for schema in (self.own_schema, f"{self.own_schema}_tokumei"):
            self.execute(f"drop schema if exists {schema} cascade")


def why_no_spark() -> str | None:
    """What a local Spark lacks here, if anything."""
    if importlib.util.find_spec("pyspark") is None or importlib.util.find_spec("dbt.adapters.spark") is None:
        return "Spark is not here: expected dbt-spark and pyspark, which requirements.txt names"
    if not os.environ.get("JAVA_HOME"):
        homes = sorted(Path("/usr/lib/jvm").glob("*17*/bin/java")) + sorted(Path("/usr/lib/jvm").glob("*21*/bin/java"))
        if homes:
            os.environ["JAVA_HOME"] = str(homes[0].parents[1])
        elif shutil.which("java") is None:
            return "Spark is not here: expected Java 17 or 21 (JAVA_HOME, /usr/lib/jvm or java on the path)"
    return None


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
