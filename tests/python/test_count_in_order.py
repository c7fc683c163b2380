"""How many tokens a release has, in whatever order they lie, with and without gaps: as Python counts them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import EVERY_ENGINE, make_engine
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support.project import Project

COUNTED = "{{ tokumei.sql_count_in_order('tokens', 'token') }}"
TOKENS = st.one_of(st.none(), st.sampled_from(["", "0", "00", "9", "a", "a0", "b", "f" * 64]))


@pytest.fixture(scope="module", params=EVERY_ENGINE)
def counted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, str]]:
    folder: Path = tmp_path_factory.mktemp("count_in_order")
    project = Project(folder / "project", make_engine(request, request.param, folder))
    project.write("models/counted.sql", COUNTED)
    outcome = project.dbt("compile", "--select", "counted")
    assert outcome.success, outcome.messages
    yield project, (project.path / "target/compiled/consumer/models/counted.sql").read_text(encoding="utf-8")
    project.engine.stop()


def count(counted: tuple[Project, str], tokens: list[str | None]) -> tuple[int, int]:
    """What the engine counts of rows that lie in this order."""
    project, sql = counted
    engine = project.engine
    cells = ", ".join("(null)" if token is None else f"({engine.literal(token)})" for token in tokens)
    text = engine.type("text")
    given = f"select cast(one.token as {text}) as token from (values {cells or '(null)'}) as one (token)"
    if not tokens:
        given += " where false"
    engine.execute("drop table if exists tokens")
    engine.execute(f"create table tokens as {given}")
    [(different, missing)] = engine.query(f"select different, missing from ({sql}) as counted")
    return int(different), int(missing)


@pytest.mark.parametrize(
    "tokens",
    [
        [],
        [None],
        ["a"],
        ["a", "b", "c"],
        ["a", "a", "b", "b"],
        ["b", "a"],
        ["a", "b", "a"],
        ["b", "a", "b", "a"],
        [None, "a"],
        ["a", None, "b"],
        ["a", None, "a"],
        ["a", "b", None],
        ["", "a"],
    ],
)
def test_orders_that_matter(counted: tuple[Project, str], tokens: list[str | None]) -> None:
    assert count(counted, tokens) == (len({*tokens} - {None}), tokens.count(None))


@pytest.mark.duckdb
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)
@given(tokens=st.one_of(st.lists(TOKENS, max_size=12), st.lists(TOKENS.filter(bool), max_size=12).map(sorted)))
def test_any_order(counted: tuple[Project, str], tokens: list[str | None]) -> None:
    assert count(counted, tokens) == (len({*tokens} - {None}), tokens.count(None))
