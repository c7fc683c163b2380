"""What hide_places leaves, in plain Python from its documentation: which records of which person are near a place."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from .fixed_key import draw
from .oracle import read_moment, read_number

MICRO_METRES = 0.11119508
Cell = tuple[int, int]
Point = tuple[int, int]
Row = dict[str, Any]


class Grid:
    """Bands of latitude, and columns in each, at least about `within` metres wide."""

    def __init__(self, within: int) -> None:
        self.within = within
        self.height = math.ceil(within / MICRO_METRES)

    def columns(self, band: int) -> int:
        middle = math.cos(math.radians((2 * band + 1) * self.height / 2_000_000 - 90))
        return max(1, math.floor(40030229 * middle / self.within))

    def column(self, east: int, band: int) -> int:
        return east * self.columns(band) // 360_000_000

    def cell(self, point: Point) -> Cell:
        band = point[0] // self.height
        return band, self.column(point[1], band)

    def neighbours(self, band: int, east: int) -> set[Cell]:
        """The nine cells around a longitude in a band."""
        return {
            (band + north, (self.column(east, band + north) + shift) % self.columns(band + north))
            for north in (-1, 0, 1)
            for shift in (-1, 0, 1)
        }

    def middle(self, cell: Cell) -> int:
        return (2 * cell[1] + 1) * 180_000_000 // self.columns(cell[0])


def visible(rows: list[Row], hide: Row, key: bytes, subject: str = "id") -> list[bool]:
    """For each record whether it is seen, under a known key."""
    grid = Grid(hide["within"])
    read = [(point_of(row, hide), read_moment(row[hide["at"]])) for row in rows]
    persons: dict[Any, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        persons[row[subject]].append(number)
    seen = [True] * len(rows)
    for who, numbers in persons.items():
        records = [(*read[number], rows[number].get(hide.get("trip"))) for number in numbers]
        for number, shown in zip(numbers, of_one(grid, hide, key, str(who), records), strict=True):
            given = any(rows[number][hide[name]] is not None for name in ("lat", "lon"))
            seen[number] = shown and not (given and None in read[number])
    return seen


def point_of(row: Row, hide: Row) -> Point | None:
    """Micro-degrees north of the south pole and east of the date line."""
    micro = []
    for name in ("lat", "lon"):
        number = read_number(row[hide[name]])
        if number is None:
            return None
        micro.append(int((number * 1_000_000 + Decimal("0.5")).to_integral_value(ROUND_FLOOR)))
    if abs(micro[0]) > 90_000_000 or abs(micro[1]) > 180_000_000:
        return None
    return micro[0] + 90_000_000, (micro[1] + 180_000_000) % 360_000_000


def of_one(grid: Grid, hide: Row, key: bytes, who: str, records: list[Any]) -> list[bool]:
    """The records (point, moment, trip) of one person."""
    stays = [stay for hours in ("night", "workdays") if hours in hide for stay in regular(grid, hide, hours, records)]
    ends = trip_ends(records) if "trip" in hide else []
    points: Counter[Cell] = Counter()
    for point, number in stays:
        points[grid.cell(point)] += number
    for _, point, _ in ends:
        points[grid.cell(point)] += 1
    middles = [moved(grid, point, key, who, points) for point, _ in stays]
    of_trips = [(trip, moved(grid, point, key, who, points), moment) for trip, point, moment in ends]
    shown = []
    for point, moment, trip in records:
        near = point is not None and (
            any(is_near(point, middle, grid.within) for middle in middles)
            or any(
                trip == of and (moment == when or is_near(point, middle, grid.within)) for of, middle, when in of_trips
            )
        )
        shown.append(not near)
    return shown


def regular(grid: Grid, hide: Row, hours: str, records: list[Any]) -> list[tuple[Point, int]]:
    """The mean of the points in each cell that is a place, and how many they are."""
    days: dict[Cell, set[dt.date]] = defaultdict(set)
    own: dict[Cell, list[Point]] = defaultdict(list)
    start, end = hide[hours]
    for point, moment, _ in records:
        if point is None or moment is None:
            continue
        inside = start <= moment.hour < end if start < end else moment.hour >= start or moment.hour < end
        if not inside or (hours == "workdays" and moment.isoweekday() > 5):
            continue
        night = moment.date() - dt.timedelta(days=start > end and moment.hour < end)
        own[grid.cell(point)].append(point)
        for cell in grid.neighbours(point[0] // grid.height, point[1]):
            days[cell].add(night)
    return [(mean(points), len(points)) for cell, points in own.items() if len(days[cell]) >= hide["regularly"]]


def mean(points: list[Point]) -> Point:
    return sum(point[0] for point in points) // len(points), sum(point[1] for point in points) // len(points)


def trip_ends(records: list[Any]) -> list[tuple[Any, Point, dt.datetime]]:
    """(trip, mean of the points at its first or last moment, that moment)."""
    trips: dict[Any, list[tuple[dt.datetime, Point]]] = defaultdict(list)
    for point, moment, trip in records:
        if None not in (point, moment, trip):
            trips[trip].append((moment, point))
    ends = []
    for trip, timed in trips.items():
        for moment in (min(timed)[0], max(timed)[0]):
            ends.append((trip, mean([point for when, point in timed if when == moment]), moment))
    return ends


def moved(grid: Grid, point: Point, key: bytes, who: str, points: Counter[Cell]) -> Point:
    """The middle of the hole around a place: drawn for the busiest of the cells around it."""
    own = grid.cell(point)
    around = [cell for cell in points if own in grid.neighbours(cell[0], grid.middle(cell))]
    busiest = min(around, key=lambda cell: (-points[cell], cell))
    drawn = draw("place", [], [who, str(busiest[0]), str(busiest[1])], key=key)
    first, second = ((int(drawn[start : start + 8], 16) + 0.5) / 2**32 for start in (0, 8))
    far = 0.49 * grid.within * math.sqrt(first)
    north = far * math.sin(2 * math.pi * second) / MICRO_METRES
    stretch = max(math.cos(math.radians(point[0] / 1_000_000 - 90)), 0.0001)
    east = far * math.cos(2 * math.pi * second) / MICRO_METRES / stretch
    return point[0] + math.floor(north + 0.5), (point[1] + math.floor(east + 0.5)) % 360_000_000


def is_near(one: Point, other: Point, within: int) -> bool:
    """One and a half times `within`, to the square metre."""
    east = abs(one[1] - other[1])
    stretch = math.cos(math.radians((one[0] + other[0]) / 2_000_000 - 90))
    x = min(east, 360_000_000 - east) * MICRO_METRES * stretch
    y = (one[0] - other[0]) * MICRO_METRES
    return math.floor(x * x + y * y + 0.5) <= round((1.5 * within) ** 2)
