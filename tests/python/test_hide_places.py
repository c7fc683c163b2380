"""What lies near the places where a person regularly is cannot be seen, and where those are cannot be inferred."""

from __future__ import annotations

import datetime as dt
import functools
import random
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from support.attackers import ATTACKERS, Seen, found, regular_places
from support.commuters import COLUMNS, DOUBLES, HIDE, Place, Row, Scene, commuters, distance, doubled, points, scenes
from support.engines import DuckDB, Engine
from support.fixed_key import KEY, fix_key
from support.oracle import pseudonym
from support.places import visible
from support.project import PACKAGE, Project
from support.real import read_rows

NO_OFFSET = ("macros/anonymize/places/stage_offsets.sql", "within * 0.49", "within * 0")
NO_HOLE = ("macros/anonymize/places/stage_near_places.sql", "policy['hide_places']['within'] * 1.5", "0")
CHECK_INS = PACKAGE.parent / "shared/data/mobility/foursquare_tky_2000.csv"
TEXTS = dict.fromkeys(["lat", "lon", "at"], "text")
PEOPLE = commuters(16)
HOMES: dict[object, Place] = {
    pseudonym(KEY, person.id + more): person.home for person in PEOPLE for more in (0, DOUBLES)
}


def release(project: Project, rows: list[Row], hide: dict[str, Any]) -> None:
    scenes(project, {"seen_points": Scene(rows, hide)})
    outcome = project.dbt("run")
    assert outcome.success, outcome.messages[-3000:]


def numbers(project: Project, mart: str = "seen_points", where: str = "true") -> list[int]:
    """Which records are shown; a person and the double have the same."""
    return sorted(row[0] for row in project.query(f"select n from {mart} where {where}"))


def meant(scene: Scene) -> list[int]:
    assert scene.hide
    return sorted(row["n"] for row, seen in zip(scene.rows, visible(scene.rows, scene.hide, KEY), strict=True) if seen)


def counted(project: Project, mart: str) -> tuple[int, int]:
    """What the log says: records hidden, and records that the release was made from."""
    log = project.private("releases_log")
    return project.query(f"select records_hidden, records_in from {log} where mart = '{mart}'")[0]


def seen_by(project: Project, mart: str = "seen_points") -> dict[object, list[Seen]]:
    """What a mart shows of each pseudonym."""
    seen: dict[object, list[Seen]] = defaultdict(list)
    for who, lat, lon, at in project.query(f'select who, lat, lon, "at" from {mart} where lat is not null'):
        seen[who].append((lat, lon, at))
    return seen


@pytest.fixture(scope="module")
def hidden(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Every scene below, released under a known key in one run."""
    project = Project(tmp_path_factory.mktemp("hidden"), lasting_engine, views=False)
    fix_key(project)
    scenes(project, SCENES | ({"real": real()} if CHECK_INS.is_file() else {}))
    outcome = project.dbt("run")
    assert outcome.success, outcome.messages[-3000:]
    return project


def test_what_is_seen_is_what_the_documentation_says(hidden: Project) -> None:
    """Recomputed point by point under a known key; and by the haversine formula no point within 500 m of a home or work
    is seen, and none further than the hole can reach is hidden."""
    rows = SCENES["everyday"].rows
    shown_numbers = numbers(hidden, "everyday")
    assert shown_numbers == meant(SCENES["everyday"])
    assert counted(hidden, "everyday") == (len(rows) - len(shown_numbers), len(shown_numbers))

    homes = {pseudonym(KEY, p.id + more): (p.home, p.work) for p in PEOPLE for more in (0, DOUBLES)}
    shown = Counter()
    for who, seen in seen_by(hidden, "everyday").items():
        for lat, lon, _ in seen:
            assert all(distance((lat, lon), place) > 495 for place in homes[who]), "15 m of error in each point"
        shown[who] = len(seen)
    for person in PEOPLE:
        near = [r for r in rows if r["id"] == person.id and too_near((r["lat"], r["lon"]), person.home, person.work)]
        of_all = sum(r["id"] == person.id for r in rows)
        assert shown[pseudonym(KEY, person.id)] >= of_all - len(near) > 100


def too_near(point: Place, *places: Place) -> bool:
    """Within twice the distance, and an error's width: what the hole can reach."""
    return any(distance(point, place) < 2 * HIDE["within"] + 30 for place in places)


def test_hidden_cells_leave_the_record(hidden: Project) -> None:
    """Ends of trips too; coordinates come as text, and what was read of them is hidden with them."""
    rows = SCENES["cells"].rows
    assert numbers(hidden, "cells") == sorted(row["n"] for row in rows)
    assert numbers(hidden, "cells", "lat is not null") == meant(SCENES["cells"])
    partly = "(lat is null) <> (lon is null) or (lat is null) <> (venue is null) or (lat is null) <> (rounded is null)"
    assert numbers(hidden, "cells", partly) == []
    assert numbers(hidden, "cells", '"at" is null') == []
    assert counted(hidden, "cells") == (len(numbers(hidden, "cells", "lat is null")), len(rows))


def test_trips_alone(hidden: Project) -> None:
    """The ends of each trip and what is near them on the same trip; a night at home that is no trip is seen."""
    rows = SCENES["trips"].rows
    shown = numbers(hidden, "trips")
    assert shown == meant(SCENES["trips"])
    of_trips = {row["n"] for row in rows if row["trip"]}
    assert {row["n"] for row in rows} - of_trips <= set(shown)
    ways: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["trip"]:
            ways[row["id"], row["trip"]].append(row)
    seen = Counter(shown)
    for way in ways.values():
        for end in (way[0], way[-1]):
            near = [r["n"] for r in way if distance((r["lat"], r["lon"]), (end["lat"], end["lon"])) < 300]
            assert near and not any(seen[n] for n in near)


AROUND = [
    ("35.68", "139.76"),
    ("0", "0"),
    ("-16.8", "179.9999"),
    ("-16.8", "-180"),
    ("66.5", "180"),
    ("60", "10"),
    ("-89.9", "45"),
    ("89.99", "-120"),
]
ODD = [None, "", "near home", "181", "-90.000001", "1e1", "３５．６８", "35.68000000049", "+139.76", "NaN"]
MOMENTS = ["2024-05-06 23:30:00", "2024-05-07 01:15", "2024/5/7 05:59:59", "2024-05-07T06:00", "2024-05-11 10:00"]


def awkward(draw: random.Random, people: int, scatter: float) -> list[Row]:
    """Persons around awkward places, some records of theirs unreadable in one way or another."""
    rows: list[Row] = []
    for person in range(people):
        lat, lon = map(float, AROUND[person % len(AROUND)])
        for _ in range(60):
            moment = dt.datetime(2024, 5, 6) + dt.timedelta(
                hours=draw.randrange(0, 24 * 4), minutes=draw.choice([0, 59])
            )
            odd = draw.random()
            row: Row = {
                "id": person + 1,
                "lat": f"{max(-90, min(90, lat + draw.gauss(0, scatter))):.7f}",
                "lon": f"{(lon + draw.gauss(0, scatter) + 180) % 360 - 180:.6f}",
                "at": moment.isoformat(" ") if odd < 0.8 else draw.choice([*MOMENTS, None, "evening"]),
                "trip": draw.choice(["a", "b", None]),
                "venue": "v",
                "n": len(rows),
            }
            if odd < 0.15:
                row[draw.choice(["lat", "lon"])] = draw.choice(ODD)
            elif odd < 0.2:
                row |= {"lat": None, "lon": None}
            rows.append(row)
    return rows


@pytest.mark.parametrize("scale", ["metres", "kilometres"])
def test_nothing_is_too_awkward(hidden: Project, scale: str) -> None:
    """Poles, the date line, unreadable numbers and times; both engines as the oracle, so both alike."""
    rows = SCENES[scale].rows
    empty = {row["n"] for row in rows if row["lat"] is None and row["lon"] is None}
    shown = numbers(hidden, scale)
    assert shown == meant(SCENES[scale])
    assert empty and empty <= set(shown), "without coordinates there is nothing to hide"
    unreadable = {
        row["n"]
        for row in rows
        if (row["at"] in (None, "evening") or "near home" in row.values()) and row["n"] not in empty
    }
    assert unreadable and not unreadable & set(shown)
    assert len(rows) * 0.1 < len(shown) < len(rows) * 0.9


STAYS = {
    "one night": [(23, 0.0), (25, 0.0), (29, 0.0)],
    "two nights": [(23, 0.0), (47, 0.0)],
    "two nights by midnight": [(28, 0.0), (30 + 16, 0.0)],
    "not at night": [(12, 0.0), (36, 0.0), (21, 0.0)],
    "next door": [(23, 0.0), (47, 0.003)],
    "elsewhere": [(23, 0.0), (47, 0.05)],
}


def stays() -> list[Row]:
    base = dt.datetime(2024, 5, 6)
    rows: list[Row] = [
        {"id": person, "lat": 35.0 + north, "lon": 135.0, "at": (base + dt.timedelta(hours=hour)).isoformat(" ")}
        | {"trip": None, "venue": "v", "n": person}
        for person, moments in enumerate(STAYS.values())
        for hour, north in moments
    ]
    return rows + [rows[3] | {"lat": lat, "n": 90} for lat in ["NaN", "Infinity", "-Infinity", "1e300", "-91"]]


def test_one_night_is_one_night(hidden: Project) -> None:
    """Before and after midnight is the same night; two nights, or a night in each of two neighbouring cells, are two."""
    shown = numbers(hidden, "nights")
    assert 90 not in shown
    assert {list(STAYS)[n] for n in shown} == {"one night", "not at night", "elsewhere"}


def test_holes_are_drawn_anew_with_each_key(project: Project) -> None:
    rows = doubled(points(PEOPLE[:4], days=6))
    shown = []
    for _ in range(2):
        release(project, rows, HIDE)
        shown.append(numbers(project))
    assert shown[0] != shown[1]
    before, after = (Counter(numbers_of) for numbers_of in shown)
    assert (before & after).total() > 0.5 * len(rows) / 2, "but most is far from any place"


def test_marts_of_a_dataset_share_their_holes(hidden: Project) -> None:
    """Pseudonyms of its own do not give a mart holes of its own: two draws could be averaged."""
    assert numbers(hidden, "own_scope") == meant(SCENES["own_scope"])


def test_no_attacker_finds_a_home(hidden: Project) -> None:
    """None comes within 250 m but those who fit the ring around the hole: they get what the displacement leaves, a fifth
    of the homes to 100 m if the hole's middle is known exactly. All find every home in the source."""
    rows = SCENES["everyday"].rows
    source: dict[object, list[Seen]] = defaultdict(list)
    for row in rows:
        source[pseudonym(KEY, row["id"])].append((row["lat"], row["lon"], dt.datetime.fromisoformat(row["at"])))
    assert {name: found(attack, source, HOMES, 100) for name, attack in ATTACKERS.items()} == dict.fromkeys(
        ATTACKERS, 1
    )

    seen = seen_by(hidden, "everyday")
    for name, attack in ATTACKERS.items():
        if "ring" in name:
            assert found(attack, seen, HOMES, 100) <= 0.4, name
        else:
            assert found(attack, seen, HOMES, 250) == 0, name


@pytest.mark.duckdb
@pytest.mark.parametrize("mutation", [NO_OFFSET, NO_HOLE], ids=["no_displacement", "no_hole"])
def test_attackers_find_homes_where_the_treatment_is_weakened(tmp_path: Path, mutation: tuple[str, str, str]) -> None:
    project = Project(tmp_path / "weakened", DuckDB(tmp_path / "warehouse.duckdb"), views=False)
    fix_key(project)
    project.mutate(*mutation)
    release(project, SCENES["everyday"].rows, HIDE)
    seen = seen_by(project)
    for name, attack in ATTACKERS.items():
        if "ring" in name or mutation == NO_HOLE:
            assert found(attack, seen, HOMES, 100) >= 0.9, name


def marked() -> list[Row]:
    """Points that say whether they are near."""
    rows = points(PEOPLE[:4], days=6)
    for row, seen in zip(rows, visible(rows, HIDE, KEY), strict=True):
        row["venue"] = "far" if seen else "near"
    return rows


def test_the_longest_history_after_hiding(hidden: Project) -> None:
    """max_history draws from what is left, so nothing hidden takes a place in it."""
    assert Counter(hidden.query("select who, venue from longest")) == {
        (pseudonym(KEY, person.id), "far"): 40 for person in PEOPLE[:4]
    }


def test_without_its_key_nothing_is_shown(project: Project) -> None:
    """Without an offset there would be no hole: the mart shows no pseudonym that would tell."""
    columns = [column for column in COLUMNS if column["name"] == "venue"]
    project.mutate("macros/keys/keyed_hash.sql", "tokumei.sql_literal(invocation_id)", "tokumei.sql_literal('another')")
    scenes(project, {"movements": Scene(doubled(points(PEOPLE[:2], days=3)), HIDE, columns)})
    outcome = project.dbt("run")
    assert outcome.statuses["movements"] == "error"
    assert "hide_places: no key is held for dataset movements" in outcome.messages


def check_ins() -> list[Row]:
    """Real check-ins in their local time."""
    rows: list[Row] = []
    for number, row in enumerate(read_rows(CHECK_INS)):
        utc = dt.datetime.strptime(row["utcTimestamp"], "%a %b %d %H:%M:%S +0000 %Y")
        local = utc + dt.timedelta(minutes=int(row["timezoneOffset"]))
        rows.append(
            {
                "id": int(row["userId"]),
                "lat": float(row["latitude"]),
                "lon": float(row["longitude"]),
                "at": local.isoformat(" "),
                "venue": row["venueCategory"],
                "n": number,
            }
        )
    return rows


@functools.cache
def real() -> Scene:
    return Scene(doubled(check_ins()), HIDE | {"regularly": 1, "night": [22, 8]})


@pytest.mark.usefixtures("shared")
def test_homes_of_real_people_cannot_be_inferred(hidden: Project) -> None:
    """One day of check-ins in Tokyo, so a place is where somebody was on one night or workday. Whatever the hours, the
    mart gives none of the places that the source gave; places that people themselves called their home included."""
    both = real().rows
    assert numbers(hidden, "real") == meant(real())

    source: dict[object, list[Seen]] = defaultdict(list)
    for row in both:
        source[pseudonym(KEY, row["id"])].append((row["lat"], row["lon"], dt.datetime.fromisoformat(row["at"])))
    seen = seen_by(hidden, "real")

    def inferred(of_one: list[Seen]) -> list[Place]:
        return regular_places(of_one, 22, 8, 1) + regular_places(of_one, 9, 17, 1, weekdays=True)

    places = {who: inferred(of_one) for who, of_one in source.items()}
    assert sum(map(len, places.values())) > 1000
    for who, known in places.items():
        guesses = inferred(seen[who]) + regular_places(seen[who], 0, 24, 1)
        assert all(distance(guess, place) > 200 for guess in guesses for place in known)

    homes = {
        pseudonym(KEY, row["id"]): (row["lat"], row["lon"])
        for row in both
        if row["venue"] == "Home (private)" and dt.datetime.fromisoformat(row["at"]).hour < 8
    }
    assert homes
    for who, home in homes.items():
        assert any(distance(point[:2], home) < 1 for point in source[who])
        assert all(distance(point[:2], home) > 500 for point in seen[who])


NO_NIGHTS = {key: value for key, value in HIDE.items() if key not in ("night", "workdays", "regularly")}
ROUNDED = {"name": "rounded", "from": "lat", "treat": [{"round": 0.01}]}
FEW = doubled(points(PEOPLE[:4], days=6))
SCENES = {
    "everyday": Scene(doubled(points(PEOPLE)), HIDE),
    "cells": Scene(
        doubled(points(PEOPLE[:8])),
        HIDE | {"suppress": "cell", "cells": ["venue"], "trip": "trip"},
        [*COLUMNS, ROUNDED],
        TEXTS,
    ),
    "trips": Scene(doubled(points(PEOPLE[:6], days=5)), NO_NIGHTS | {"trip": "trip", "within": 300}),
    "metres": Scene(
        doubled(awkward(random.Random(100), 24, 0.002)),
        HIDE | {"within": 100, "night": [22, 6], "workdays": [9, 17], "trip": "trip"},
        types=TEXTS,
    ),
    "kilometres": Scene(
        doubled(awkward(random.Random(4001), 24, 0.15)),
        HIDE | {"within": 4001, "night": [20, 0], "workdays": [0, 9], "regularly": 3},
        types=TEXTS,
    ),
    "nights": Scene(doubled(stays()), {key: value for key, value in HIDE.items() if key != "workdays"}),
    "own_scope": Scene(FEW, HIDE, policy={"scope": "own"}),
    "longest": Scene(
        marked(), HIDE, [column for column in COLUMNS if column["name"] in ("who", "venue")], policy={"max_history": 40}
    ),
}
