"""Random bytes of the operating system for DuckDB, where there is no /proc to read them from.

A dbt-duckdb plugin: see README.md beside it. It holds no state, because a plugin outlives a run.
"""

import os

from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection
from duckdb.sqltypes import BLOB

FUNCTION = "tokumei_random_bytes"
LENGTH = 32


def random_bytes() -> bytes:
    """As many bytes as a key needs, other ones at each call."""
    return os.urandom(LENGTH)


class Plugin(BasePlugin):
    """The name that dbt-duckdb looks for."""

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        # Without side_effects DuckDB calls it once, while it plans, and the plan holds the bytes.
        conn.create_function(FUNCTION, random_bytes, [], BLOB, side_effects=True)
