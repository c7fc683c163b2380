"""The same policies on the same real data under the same key: every engine makes the same mart, value by value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import EVERY_ENGINE, make_engine
from support import equal
from support.engines import DuckDB
from support.project import Project

pytestmark = [pytest.mark.real_data, pytest.mark.slow]
Writer = Callable[[Project, Path], None]
MARTS: dict[str, tuple[str, list[dict[str, Any]], Writer]] = {
    "persons": ("persons_alike", equal.PEOPLE, equal.write_people),
    "adult": ("adult_alike", equal.ADULTS, equal.write_adults),
    "drawn": ("adult_alike", equal.DRAWN, equal.write_drawn),
}


class Made(NamedTuple):
    """The rows of a mart, what its audits found and measured, and what is published of it."""

    rows: list[tuple[str, ...]]
    audits: list[tuple[str, int, float | None]]
    items: list[tuple[str, str, str]]


def make(project: Project, shared: Path, what: str) -> Made:
    name, columns, write = MARTS[what]
    write(project, shared)
    outcome = project.build("--select", name, "publication_items")
    assert outcome.success, outcome.messages
    items = project.query("select item_ja, item_en, treatment_ja from publication_items order by position")
    return Made(equal.shown(project, name, columns), equal.audited(project), items)


@pytest.fixture(scope="module")
def meant(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Made]:
    """What DuckDB makes, once for each mart."""
    made: dict[str, Made] = {}

    def look_up(what: str) -> Made:
        if what not in made:
            folder = tmp_path_factory.mktemp(what)
            made[what] = make(Project(folder / "consumer", DuckDB(folder / "warehouse.duckdb")), shared, what)
        return made[what]

    return look_up


@pytest.fixture(params=[one for one in EVERY_ENGINE if one.values != ("duckdb",)])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Project]:
    engine = make_engine(request, request.param, tmp_path)
    yield Project(tmp_path / "consumer", engine)
    engine.stop()


@pytest.mark.parametrize("what", MARTS)
def test_a_mart_is_the_same_on_every_engine(
    what: str, other: Project, meant: Callable[[str], Made], shared: Path
) -> None:
    made = make(other, shared, what)
    assert made.rows == meant(what).rows
    assert len(made.rows) > 4000
    assert made.audits == meant(what).audits
    assert made.items == meant(what).items
