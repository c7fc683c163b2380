"""Attackers who look for where somebody lives in the points that a mart shows of them; no two share a method."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from .commuters import METRES, Place, distance

Seen = tuple[float, float, dt.datetime]
Attacker = Callable[[list[Seen]], list[Place]]


def regular_places(points: list[Seen], start: int, end: int, regularly: int, weekdays: bool = False) -> list[Place]:
    """Where somebody was in these hours on so many days: middles of points within 250 m of one of them."""
    days = []
    for lat, lon, at in points:
        inside = start <= at.hour < end if start < end else at.hour >= start or at.hour < end
        if inside and (not weekdays or at.isoweekday() <= 5):
            days.append((lat, lon, at.date() - dt.timedelta(days=start > end and at.hour < end)))
    found: list[Place] = []
    for lat, lon, _ in days:
        if any(distance((lat, lon), place) < 250 for place in found):
            continue
        around = [point for point in days if distance((lat, lon), point[:2]) < 250]
        if len({day for *_, day in around}) >= regularly:
            found.append((mean(point[0] for point in around), mean(point[1] for point in around)))
    return found


def mean(values: object) -> float:
    return float(np.mean(list(values)))  # type: ignore[call-overload]


def busiest(points: list[Seen]) -> list[Place]:
    """The mean of the points in the fullest cell of some 200 m."""
    cells: dict[tuple[int, int], list[Seen]] = defaultdict(list)
    for point in points:
        cells[round(point[0] * 500), round(point[1] * 400)].append(point)
    fullest = max(cells.values(), key=len)
    return [(mean(point[0] for point in fullest), mean(point[1] for point in fullest))]


def edges(points: list[Seen]) -> list[Place]:
    """Where somebody was lost sight of, and came into it again, in the evening: the ring around the hole. What is far
    from the middle of them, another hole, is left out."""
    ordered = sorted(points, key=lambda point: point[2])
    ring = [
        place
        for one, other in pairwise(ordered)
        if distance(one[:2], other[:2]) > 400 or other[2] - one[2] > dt.timedelta(minutes=20)
        for place, at in ((one[:2], one[2]), (other[:2], other[2]))
        if at.hour >= 20
    ]
    if not ring:
        return []
    middle = (float(np.median([lat for lat, _ in ring])), float(np.median([lon for _, lon in ring])))
    return [place for place in ring if distance(place, middle) < 2500]


def middle_of_ring(points: list[Seen]) -> list[Place]:
    ring = edges(points)
    return [(mean(lat for lat, _ in ring), mean(lon for _, lon in ring))] if ring else []


def circle_through_ring(points: list[Seen]) -> list[Place]:
    """Kåsa's least squares: the circle that fits the edges best."""
    ring = edges(points)
    if len(ring) < 4:
        return []
    lat_0, lon_0 = ring[0]
    stretch = math.cos(math.radians(lat_0)) * METRES
    xy = np.array([((lon - lon_0) * stretch, (lat - lat_0) * METRES) for lat, lon in ring])
    system = np.column_stack([2 * xy, np.ones(len(xy))])
    (x, y, _), *_ = np.linalg.lstsq(system, (xy**2).sum(axis=1), rcond=None)
    return [(lat_0 + y / METRES, lon_0 + x / stretch)]


ATTACKERS: dict[str, Attacker] = {
    "at night, as declared": lambda points: regular_places(points, 22, 6, 2),
    "one night is enough": lambda points: regular_places(points, 22, 6, 1),
    "other hours": lambda points: regular_places(points, 0, 5, 2),
    "late evening": lambda points: regular_places(points, 21, 7, 2),
    "the busiest cell": busiest,
    "the middle of the ring": middle_of_ring,
    "a circle through the ring": circle_through_ring,
}


def found(attacker: Attacker, seen: dict[object, list[Seen]], homes: dict[object, Place], metres: float) -> float:
    """The share of persons to whose home the attacker comes as near as that."""
    hits: Counter[bool] = Counter()
    for who, home in homes.items():
        guesses = attacker(seen[who]) if seen.get(who) else []
        hits[any(distance(guess, home) <= metres for guess in guesses)] += 1
    return hits[True] / len(homes)
