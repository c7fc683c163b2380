"""Places fall into the cells of JIS X 0410, exactly at their edges, on every engine alike."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from conftest import ENGINES, make_engine
from jismesh.utils import to_meshcode
from support.engines import Engine
from support.gate import assert_released, found
from support.oracle import Row, mesh
from support.people import CLASSIFIED, COLUMNS, people, people_project
from support.people import TYPES as TYPES_OF_PEOPLE
from support.project import Project
from support.steps import Steps, compile_steps, differences

TYPES = {
    "y": "text",
    "x": "text",
    "fy": "double precision",
    "fx": "double precision",
    "dy": "decimal(18, 12)",
    "dx": "decimal(18, 12)",
    "iy": "bigint",
    "ix": "bigint",
}
LEVELS: dict[Any, int] = {1: 1, 2: 2, 3: 3, "half": 4}
KINDS = ["", "f", "d", "i"]


def treatments() -> list[dict[str, Any]]:
    """Every level of places held in every type, and codes cut to coarser ones."""
    columns = []
    for kind in KINDS:
        pair = {"lat": f"{kind}y", "lon": f"{kind}x"}
        steps: dict[str, list[Any]] = {f"{kind}_{level}": [{"mesh": {"level": level} | pair}] for level in LEVELS}
        steps |= {f"{kind}_cut_{length}": [*steps[f"{kind}_3"], {"prefix": length}] for length in (6, 4)}
        columns += [{"name": name, "from": pair["lon"], "treat": treat} for name, treat in steps.items()]
    return columns


@pytest.fixture(scope="module", params=ENGINES)
def steps(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Steps]:
    folder = tmp_path_factory.mktemp("mesh")
    engine: Engine = make_engine(request, request.param, folder)
    yield compile_steps(Project(folder / "consumer", engine, views=False), TYPES, treatments())
    engine.stop()


def place(lat: str, lon: str) -> Row:
    """One place in every type."""
    row: Row = {"y": lat, "x": lon, "fy": float(lat), "fx": float(lon)}
    row |= {"dy": Decimal(lat), "dx": Decimal(lon)}
    return row | {"iy": int(Decimal(lat)), "ix": int(Decimal(lon))}


def edges() -> list[Row]:
    """Cell edges of every level and the nearest places of ten decimals on either side."""
    draw = random.Random(1)
    step = Decimal("1e-10")
    rows = []
    for _ in range(150):
        south = draw.randrange(66 * 240) / Decimal(240)
        west = 100 + draw.randrange(80 * 160) / Decimal(160)
        for lat in (south - step, south, south + step):
            for lon in (west - step, west, west + step):
                rows.append(place(f"{abs(lat):.10f}", f"{lon:.10f}"))
    return rows


def test_published_places_have_their_codes(steps: Steps) -> None:
    places = {
        ("35.681236", "139.767125"): ["5339", "533946", "53394611", "533946113"],
        ("35.658581", "139.745433"): ["5339", "533935", "53393599", "533935992"],
        ("0", "100"): ["0000", "000000", "00000000", "000000001"],
        ("66.6599999999", "179.9999999999"): ["9979", "997977", "99797799", "997977992"],
        ("66.66", "139"): [None] * 4,
        ("-0.0000000001", "139"): [None] * 4,
        ("35", "180"): [None] * 4,
        ("35", "99.9999999999"): [None] * 4,
    }
    for row, codes in zip(steps.run([place(*at) for at in places]), places.values(), strict=True):
        for kind in ("", "f", "d"):
            assert [row[f"{kind}_{level}"] for level in LEVELS] == codes
            assert [row[f"{kind}_cut_4"], row[f"{kind}_cut_6"]] == codes[:2]


def test_what_is_no_place_has_no_code(steps: Steps) -> None:
    texts = [None, "", "北緯35度", "35,6", "1e2", "NaN", "infinity", "12345678901234567890", "99999999.99999999999"]
    rows: list[Row] = [{"y": lat, "x": "139.7"} for lat in texts] + [{"y": "35.6", "x": lon} for lon in texts]
    rows += [{"fy": number, "fx": 139.7} for number in (float("nan"), float("inf"), 1e300, -1e300, None)]
    rows += [{"iy": number, "ix": 139} for number in (2**63 - 1, -(2**63), None)]
    rows = [dict.fromkeys(TYPES) | row for row in rows]
    assert differences(steps, rows) == []
    assert {value for row in steps.run(rows) for value in row.values()} == {None}


def test_texts_are_read_as_numbers_are(steps: Steps) -> None:
    rows = [
        dict.fromkeys(TYPES) | {"y": lat, "x": "　１３９．７６７１２５ "}
        for lat in ("３５．６８１２３６", "+35.681236", "035.681236")
    ]
    assert differences(steps, rows) == []
    assert {row["_half"] for row in steps.run(rows)} == {"533946113"}


def test_edges_belong_to_the_cell_they_begin(steps: Steps) -> None:
    assert differences(steps, edges()) == []


def test_codes_are_those_of_an_independent_library(steps: Steps) -> None:
    """It computes with floats, so places off the edges; and it drops zeros within a code, so none in the far south-west."""
    draw = random.Random(2)
    places = [(f"{draw.uniform(7, 66.65):.6f}", f"{draw.uniform(110, 179.99):.6f}") for _ in range(500)]
    places = [(lat, lon) for lat, lon in places if off_the_edges(lat, 240) and off_the_edges(lon, 160)]
    assert len(places) > 400
    rows = steps.run([place(*at) for at in places])
    for level, number in LEVELS.items():
        codes = [str(to_meshcode(float(lat), float(lon), number)) for lat, lon in places]
        assert [row[f"_{level}"] for row in rows] == codes
        assert [mesh(lat, lon, level) for lat, lon in places] == codes, "the oracle itself"


def write_mart(project: Project) -> None:
    """Persons in four cells; one alone in a fifth."""
    draw = random.Random(3)
    rows = people()
    for row in rows:
        row["lat"], row["lon"] = (
            (43.1, 141.4) if row["id"] == 1 else (draw.choice([35.1, 35.7]), draw.choice([139.1, 139.7]))
        )
    columns = [column for column in COLUMNS if column["name"] != "prefecture"]
    columns.append({"name": "cell", "from": "lon", "treat": [{"mesh": {"level": 2, "lat": "lat", "lon": "lon"}}]})
    types = TYPES_OF_PEOPLE | {"lat": "double precision", "lon": "text"}
    classified = CLASSIFIED | {"lat": "quasi_identifier", "lon": "quasi_identifier"}
    people_project(project, rows, columns, types, classified)


def test_a_mart_shows_cells_of_k_persons(project: Project) -> None:
    write_mart(project)
    assert_released(project.build(), "people_anonymized")
    shown = {row[0] for row in project.query("select distinct cell from people_anonymized")}
    assert shown == {mesh(lat, lon, 2) for lat in ("35.1", "35.7") for lon in ("139.1", "139.7")}


def test_a_code_of_another_level_is_noticed(project: Project) -> None:
    project.mutate("macros/treatments/step_mesh.sql", "digits | join(' || ')", "digits[:3] | join(' || ')")
    write_mart(project)
    assert ("cell", "within_bounds") in found(project.build(), "people_anonymized")


def test_a_day_is_no_degree(project: Project) -> None:
    write_mart(project)
    path = project.path / "models/people.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("lat: lat", "lat: birth"), encoding="utf-8")
    outcome = project.build()
    assert not outcome.success
    assert (
        "cell: mesh: lat names a column of another kind; got a date; allowed: numbers; see docs/steps/mesh.md"
        in outcome.messages
    )


def off_the_edges(degrees: str, cells: int) -> bool:
    rest = Decimal(degrees) * cells % 1
    return Decimal("0.001") < rest < Decimal("0.999")
