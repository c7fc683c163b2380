"""Where there is no /proc, the dbt-duckdb plugin gives the bytes of a key."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from support.engines import DuckDB
from support.people import people_project
from support.project import PACKAGE, Project

PLUGINS = PACKAGE / "plugins"
NO_PROC = (
    "macros/sql/sql_new_secret.sql",
    "/proc/sys/kernel/random/uuid",
    "/nowhere/random/uuid",
)
USE_PLUGIN = ("--vars", "{tokumei_key_plugin: true}")

pytestmark = pytest.mark.duckdb


class WithPlugin(DuckDB):
    """A DuckDB whose profile names the plugin, as plugins/README.md says."""

    def output(self) -> dict[str, object]:
        plugins = {"plugins": [{"module": "tokumei_key_source"}], "module_paths": [str(PLUGINS)]}
        return super().output() | plugins


@pytest.fixture
def connection(monkeypatch: pytest.MonkeyPatch) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that the plugin has configured."""
    monkeypatch.syspath_prepend(str(PLUGINS))
    from tokumei_key_source import Plugin

    with closing(duckdb.connect()) as made:
        Plugin(name="tokumei_key_source", plugin_config={}).configure_connection(made)
        yield made


def draw(connection: duckdb.DuckDBPyConnection, count: int) -> set[bytes]:
    """What `count` calls in one statement give, after a seed that DuckDB's own random() repeats."""
    connection.execute("select setseed(0.5)")
    rows = connection.execute(f"select tokumei_random_bytes() from range({count})").fetchall()
    return {row[0] for row in rows}


def without_proc(tmp_path: Path, engine: DuckDB) -> Project:
    """A project on a system that has no /proc."""
    project = Project(tmp_path / "consumer", engine, logged=True, views=False)
    project.mutate(*NO_PROC)
    people_project(project)
    return project


def test_every_call_gives_32_other_bytes(connection: duckdb.DuckDBPyConnection) -> None:
    drawn = draw(connection, 1000) | draw(connection, 1000)
    assert len(drawn) == 2000
    assert {len(value) for value in drawn} == {32}


def test_the_bytes_are_those_of_the_operating_system(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "urandom", lambda length: b"\x07" * length)
    assert draw(connection, 1) == {b"\x07" * 32}


def test_no_plan_holds_the_bytes(connection: duckdb.DuckDBPyConnection) -> None:
    plan = connection.execute("explain select hex(tokumei_random_bytes())").fetchall()[0][1]
    assert "tokumei_random_bytes()" in plan


def test_releases_are_made_without_proc_and_share_no_pseudonym(tmp_path: Path) -> None:
    project = without_proc(tmp_path, WithPlugin(tmp_path / "warehouse.duckdb"))
    seen: set[str] = set()
    for _ in range(2):
        outcome = project.build(*USE_PLUGIN)
        assert outcome.success, outcome.messages
        shown = {row[0] for row in project.query("select pseudonym from people_anonymized")}
        assert len(shown) > 900 and not shown & seen
        seen |= shown
    log = project.private("keys_log")
    events = project.query(f"select event, count(*) from {log} group by event order by event")
    assert events == [("destroyed", 2), ("taken", 2)]


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [((), "/nowhere/random/uuid"), (USE_PLUGIN, "tokumei_random_bytes")],
    ids=["no plugin asked for", "asked for, but not in the profile"],
)
def test_nothing_is_built_without_a_source_of_keys(tmp_path: Path, arguments: tuple[str, ...], missing: str) -> None:
    project = without_proc(tmp_path, DuckDB(tmp_path / "warehouse.duckdb"))
    outcome = project.build(*arguments)
    assert not outcome.success
    assert missing in outcome.messages
    marts = "select * from duckdb_views() where view_name = 'people_anonymized'"
    assert project.query(marts) == []
