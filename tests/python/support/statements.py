"""What dbt sends to Spark, with the plan of each statement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from .engines import spark_session


class Statement(NamedTuple):
    sql: str
    plan: str


@contextmanager
def heard_by_spark() -> Iterator[list[Statement]]:
    """The statements of the session method, each explained before it is carried out."""
    from dbt.adapters.spark.session import Cursor

    execute = Cursor.execute
    heard: list[Statement] = []

    def listen(self: Any, sql: str, *parameters: Any) -> None:
        asked = not parameters and any(word in sql for word in ("insert into", "select"))
        plan = spark_session().sql(f"explain {sql}").collect()[0][0] if asked else ""
        heard.append(Statement(sql, plan))
        execute(self, sql, *parameters)

    Cursor.execute = listen
    try:
        yield heard
    finally:
        Cursor.execute = execute
