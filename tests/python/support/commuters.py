"""Invented commuters with known homes and works, and a mart of their points."""

from __future__ import annotations

import datetime as dt
import math
import random
from typing import Any, NamedTuple

from .people import write_csv
from .project import Project, mart, personal

DOUBLES = 100000
METRES = 6371008.8 * math.pi / 180
CLASSIFIED = {
    "id": "linking_code",
    "lat": "attribute",
    "lon": "attribute",
    "at": "attribute",
    "trip": "attribute",
    "venue": "attribute",
    "n": "attribute",
}
TYPES = {
    "id": "integer",
    "lat": "double precision",
    "lon": "double precision",
    "at": "timestamp",
    "trip": "text",
    "venue": "text",
    "n": "integer",
}
WAIVED = {"waive": {"no_rare_values": "a test: places are what is looked at"}}
COLUMNS: list[dict[str, Any]] = [
    {"name": "who", "from": "id", "treat": ["pseudonymize"]},
    {"name": "lat", "treat": ["keep"], **WAIVED},
    {"name": "lon", "treat": ["keep"], **WAIVED},
    {"name": "at", "treat": ["keep"], **WAIVED},
    {"name": "venue", "treat": ["keep"], **WAIVED},
    {"name": "n", "treat": ["keep"], **WAIVED},
]
HIDE: dict[str, Any] = {
    "lat": "lat",
    "lon": "lon",
    "at": "at",
    "within": 500,
    "night": [22, 6],
    "workdays": [9, 17],
    "regularly": 2,
    "suppress": "record",
}
POLICY: dict[str, Any] = {
    "dataset": "movements",
    "k": 2,
    "k_reason": "a test",
    "max_suppression": 0,
    "history": {"known": 1, "among": 2, "at_most": 0.99},
}
Place = tuple[float, float]
Row = dict[str, Any]


class Commuter(NamedTuple):
    """Who lives and works where."""

    id: int
    home: Place
    work: Place


def moved(place: Place, north: float, east: float) -> Place:
    """A place so many metres away."""
    lat = place[0] + north / METRES
    return lat, place[1] + east / METRES / math.cos(math.radians(lat))


def commuters(count: int, seed: int = 1) -> list[Commuter]:
    """Homes within 20 km of the middle of Tokyo, works 3 to 12 km from them."""
    draw = random.Random(seed)
    people = []
    for number in range(1, count + 1):
        home = moved((35.68, 139.76), draw.uniform(-20000, 20000), draw.uniform(-20000, 20000))
        angle, far = draw.uniform(0, 2 * math.pi), draw.uniform(3000, 12000)
        people.append(Commuter(number, home, moved(home, far * math.sin(angle), far * math.cos(angle))))
    return people


def points(people: list[Commuter], days: int = 12, seed: int = 2) -> list[Row]:
    """Two weeks: nights at home, workdays at work, the way between in steps of 150 m, and each evening a walk from home
    and back in another direction, which bends: a straight one would point at the home from outside the hole."""
    draw = random.Random(seed)
    rows: list[Row] = []
    for person in people:
        for day in range(days):
            start = dt.datetime(2024, 5, 6) + dt.timedelta(days=day)
            at_home, at_work = [person.home] * 3, [person.work] * 4
            rows += track(draw, person, start, at_home, 0, 150, f"sleep{day}")
            if start.weekday() < 5:
                way = between(person.home, person.work)
                rows += track(draw, person, start, way, 7 * 60, 1, f"out{day}")
                rows += track(draw, person, start, at_work, 9 * 60, 110, None)
                rows += track(draw, person, start, way[::-1], 17 * 60 + 30, 1, f"back{day}")
            angle = 2 * math.pi * day / days + draw.uniform(-0.2, 0.2)
            walk = [bend(person.home, angle, far) for far in range(0, 2000, 75)]
            rows += track(draw, person, start, walk + walk[::-1], 20 * 60, 2, f"walk{day}")
            rows += track(draw, person, start, at_home[:2], 22 * 60, 40, None)
    for number, row in enumerate(rows):
        row["n"] = number
    return rows


def bend(place: Place, angle: float, far: float) -> Place:
    """A place so many metres away, on a way that turns by a radian in 600 m."""
    turned = angle + far / 600
    return moved(place, far * math.sin(turned), far * math.cos(turned))


def doubled(rows: list[Row]) -> list[Row]:
    """Everybody has a double on the same ways, so that exact coordinates pass the gate: no value is one person's alone."""
    return rows + [row | {"id": int(row["id"]) + DOUBLES} for row in rows]


def between(start: Place, end: Place, step: float = 150) -> list[Place]:
    """A straight way in steps of so many metres."""
    parts = max(1, int(distance(start, end) / step))
    return [
        (start[0] + (end[0] - start[0]) * part / parts, start[1] + (end[1] - start[1]) * part / parts)
        for part in range(parts + 1)
    ]


def track(
    draw: random.Random,
    person: Commuter,
    start: dt.datetime,
    places: list[Place],
    minute: int,
    every: int,
    trip: str | None,
) -> list[Row]:
    """A point at each place, so many minutes apart, seen with an error of some 15 m."""
    rows = []
    for number, place in enumerate(places):
        lat, lon = moved(place, draw.gauss(0, 15), draw.gauss(0, 15))
        at = start + dt.timedelta(minutes=minute + every * number)
        rows.append(
            {
                "id": person.id,
                "lat": round(lat, 6),
                "lon": round(lon, 6),
                "at": at.isoformat(" "),
                "trip": trip,
                "venue": f"v{round(lat, 3)}/{round(lon, 3)}",
            }
        )
    return rows


def distance(one: Place, other: Place) -> float:
    """Metres by the haversine formula."""
    lat_1, lon_1, lat_2, lon_2 = map(math.radians, (*one, *other))
    half = math.sin((lat_2 - lat_1) / 2) ** 2 + math.cos(lat_1) * math.cos(lat_2) * math.sin((lon_2 - lon_1) / 2) ** 2
    return 2 * 6371008.8 * math.asin(min(1, math.sqrt(half)))


class Scene(NamedTuple):
    """Points, how they are hidden, and what else is said of their mart."""

    rows: list[Row]
    hide: dict[str, Any] | None
    columns: list[dict[str, Any]] = COLUMNS
    types: dict[str, str] = {}  # noqa: RUF012
    policy: dict[str, Any] = {}  # noqa: RUF012


def scenes(project: Project, made: dict[str, Scene]) -> None:
    """Load the points of each scene as a source, and write a mart of its name, each a dataset by itself."""
    tables: list[dict[str, Any]] = []
    models = []
    for name, scene in made.items():
        table = f"points_of_{name}"
        path = write_csv(project.path / f"{table}.csv", [{key: row.get(key) for key in TYPES} for row in scene.rows])
        project.engine.load_csv(table, path, TYPES | scene.types)
        tables += personal(table, "id", CLASSIFIED, project.engine.schema())["tables"]
        policy = POLICY | {"dataset": name} | ({"hide_places": scene.hide} if scene.hide else {}) | scene.policy
        models.append(mart(name, table, scene.columns, **policy))
        project.write(f"models/{name}.sql", f"{{{{ tokumei.anonymize(source('raw', '{table}')) }}}}\n")
    sources = [{"name": "raw", "schema": project.engine.schema(), "tables": tables}]
    project.write("models/points.yml", {"sources": sources, "models": models})
