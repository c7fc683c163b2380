"""Microaggregation in plain Python: from docs/steps/microaggregate.md, with nothing of the macros. Whole numbers throughout."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from .oracle import Row, Value, read_date, read_number

EPOCH = dt.date(1970, 1, 1)
Point = tuple[int, ...]
Holders = dict[Point, set[Value]]


@dataclass(frozen=True)
class Column:
    """A microaggregated column: `unit` the grid of its mean, `kind` number, date or order."""

    name: str
    kind: str = "number"
    unit: str = "1"
    decimals: int = 0
    order: tuple[str, ...] = ()

    def number(self, value: Value) -> int | None:
        """The value as a whole number; nothing where it has none of 18 digits."""
        if value is None:
            return None
        if self.kind == "order":
            return self.order.index(str(value)) + 1 if value in self.order else None
        if self.kind == "date":
            day = read_date(value)
            return (day - EPOCH).days if day else None
        read = read_number(value)
        if read is None or abs(read) >= 10 ** (18 - self.decimals):
            return None
        return int((read * 10**self.decimals).quantize(Decimal(1), ROUND_HALF_UP))

    def value(self, number: int) -> Value:
        if self.kind == "order":
            return self.order[number - 1]
        if self.kind == "date":
            return EPOCH + dt.timedelta(days=number)
        return Decimal(number) / 10**self.decimals

    def grid(self) -> int:
        return int(Decimal(self.unit) * 10**self.decimals) if self.kind == "number" else 1


@dataclass(frozen=True)
class Groups:
    """What one microaggregate step declares, or several columns together."""

    columns: tuple[Column, ...]
    k: int
    by: str | None = None
    representative: str = "mean"

    def shown(self, rows: list[Row]) -> dict[tuple[Value, ...], tuple[Value, ...]]:
        """(by, values) → what the columns show; absent where they show null."""
        cells: dict[Value, Holders] = {}
        keys: dict[tuple[Value, ...], Point] = {}
        for row in rows:
            values = tuple(row[column.name] for column in self.columns)
            point = tuple(c.number(v) for c, v in zip(self.columns, values, strict=True))
            if None not in point:
                by = row[self.by] if self.by else None
                cells.setdefault(by, {}).setdefault(point, set()).add(row["subject"])
                keys[(by, *values)] = point
        scaled = alike([holders for holders in cells.values()])
        found: dict[Any, tuple[Value, ...]] = {}
        for by, holders in cells.items():
            for group in partition(holders, scaled, self.k):
                if len(reached(group, holders)) >= self.k:
                    stands = represent(group, holders, scaled, self)
                    shown = tuple(c.value(y) for c, y in zip(self.columns, stands, strict=True))
                    found |= {(by, point): shown for point in group}
        return {key: found[key[0], point] for key, point in keys.items() if (key[0], point) in found}


def quotient(dividend: int, divisor: int) -> int:
    """Towards zero; 0 by nothing is 0."""
    if divisor == 0:
        return 0
    size = abs(dividend) // abs(divisor)
    return size if (dividend < 0) == (divisor < 0) else -size


def reached(points: list[Point], holders: Holders) -> set[Value]:
    return set().union(*(holders[point] for point in points)) if points else set()


def alike(cells: list[Holders]) -> dict[Point, Point]:
    """Several columns in 1/10,000 of their standard deviation; one column as it is."""
    weights: dict[Point, int] = {}
    for holders in cells:
        for point, who in holders.items():
            weights[point] = weights.get(point, 0) + len(who)
    if not weights or len(next(iter(weights))) == 1:
        return {point: point for point in weights}
    scaled: list[dict[Point, int]] = []
    total = sum(weights.values())
    for axis in range(len(next(iter(weights)))):
        low, high = min(p[axis] for p in weights), max(p[axis] for p in weights)
        level = {p: quotient((p[axis] - low) * 10**8, high - low) for p in weights}
        once = sum(w * level[p] for p, w in weights.items())
        twice = sum(w * level[p] ** 2 for p, w in weights.items())
        deviation = max(math.isqrt(quotient(total * twice - once**2, total**2)), 1)
        scaled.append({p: quotient(level[p] * 10_000, deviation) for p in weights})
    return {p: tuple(axis[p] for axis in scaled) for p in weights}


def partition(holders: Holders, scaled: dict[Point, Point], k: int) -> list[list[Point]]:
    """Groups of at least k subjects, none of which can be split; all of a cell where it holds too few."""
    groups: list[list[Point]] = []
    open_groups = [sorted(holders)]
    while open_groups:
        group = open_groups.pop()
        parts = cut(group, holders, along(group, holders, scaled), k)
        (open_groups if len(parts) > 1 else groups).extend(parts)
    if len(next(iter(holders))) > 1:
        return groups
    groups.sort()
    for odd in [1, 0, 1, 0]:
        pairs: dict[int, list[Point]] = {}
        for number, group in enumerate(groups):
            pairs.setdefault((number + odd) // 2, []).extend(group)
        groups = [part for pair in pairs.values() for part in cut(pair, holders, {p: p[0] for p in pair}, k, True)]
    return groups


def along(group: list[Point], holders: Holders, scaled: dict[Point, Point]) -> dict[Point, int]:
    """Where each point lies in the direction of the largest spread."""
    axes = range(len(group[0]))
    if len(axes) == 1:
        return {point: point[0] for point in group}
    weight = {point: len(holders[point]) for point in group}
    total = sum(weight.values())
    sums = [sum(w * scaled[p][i] for p, w in weight.items()) for i in axes]
    covariances = [
        [total * sum(w * scaled[p][i] * scaled[p][j] for p, w in weight.items()) - sums[i] * sums[j] for j in axes]
        for i in axes
    ]
    most = max(covariances[i][i] for i in axes)
    shares = [[quotient(1000 * c, most) for c in row] for row in covariances]
    first = [i for i in axes if shares[i][i] == 1000]
    direction = shares[first[0]] if first else [0 for _ in axes]
    for _ in range(3):
        direction = [quotient(sum(r * v for r, v in zip(row, direction, strict=True)), 1000) for row in shares]
    longest = max(abs(v) for v in direction)
    direction = [quotient(1000 * v, longest) for v in direction]
    return {p: sum(z * v for z, v in zip(scaled[p], direction, strict=True)) for p in group}


def cut(
    group: list[Point], holders: Holders, place: dict[Point, int], k: int, freely: bool = False
) -> list[list[Point]]:
    """Two parts of at least k subjects each, whose means lie farthest apart; the group itself where there are none."""
    ordered = sorted(group, key=lambda point: (place[point], point))
    low, high = place[ordered[0]], place[ordered[-1]]
    offset = {point: quotient((place[point] - low) * 10**6, high - low) for point in group}
    weight = {point: len(holders[point]) for point in group}
    total = len(reached(group, holders))
    best: tuple[Any, ...] | None = None
    for rank in range(1, len(ordered)):
        left, right = ordered[:rank], ordered[rank:]
        subjects = [len(reached(part, holders)) for part in (left, right)]
        if min(subjects) < k:
            continue
        weights = [sum(weight[p] for p in part) for part in (left, right)]
        sums = [sum(weight[p] * offset[p] for p in part) for part in (left, right)]
        apart = float(1000 * sums[1] // weights[1] - 1000 * sums[0] // weights[0])
        central = freely or 4 * min(subjects) >= total
        fits = freely or subjects[0] % k <= total % k
        gain = float(weights[0]) * float(weights[1]) * apart * apart
        choice = (
            not central,
            not (central and fits),
            -gain if central else 0.0,
            abs(subjects[0] - subjects[1]),
            rank,
        )
        best = min(best, choice) if best else choice
    return [ordered] if best is None else [ordered[: best[-1]], ordered[best[-1] :]]


def represent(group: list[Point], holders: Holders, scaled: dict[Point, Point], how: Groups) -> Point:
    """The whole numbers that stand for a group."""
    weight = {point: len(holders[point]) for point in group}
    total = sum(weight.values())
    if how.representative == "medoid":
        space = {p: scaled[p] for p in group}
        mean = [sum(w * space[p][i] for p, w in weight.items()) for i in range(len(how.columns))]
        return min(
            group,
            key=lambda p: (sum((total * space[p][i] - mean[i]) ** 2 for i in range(len(mean))), p),
        )
    stands = []
    for axis, column in enumerate(how.columns):
        if how.representative == "median":
            met = sorted(p[axis] for p, w in weight.items() for _ in range(w))
            stands.append(met[(total - 1) // 2])
        else:
            step = column.grid()
            mean = Decimal(sum(w * p[axis] for p, w in weight.items())) / (total * step)
            stands.append(int(mean.quantize(Decimal(1), ROUND_HALF_UP)) * step)
    return tuple(stands)


@dataclass
class Made:
    """What a mart of such columns shows, or that it is refused."""

    rows: list[Row] = field(default_factory=list)
    passes: int = 0
    refused: bool = False


def made(rows: list[Row], groups: list[Groups], quasi_identifiers: list[str], k: int) -> Made:
    """Groups, then classes of k subjects, again and again until nobody leaves. `rows` have a subject and all columns."""
    alive, passes = rows, 0
    while passes < 20:
        passes += 1
        shown = [dict(row) for row in alive]
        for group in groups:
            names = [column.name for column in group.columns]
            stands = group.shown(alive)
            nothing = (None,) * len(names)
            for row, given in zip(shown, alive, strict=True):
                key = (given[group.by] if group.by else None, *(given[name] for name in names))
                row |= dict(zip(names, stands.get(key, nothing), strict=True))
        classes: dict[Any, set[Value]] = {}
        for row in shown:
            classes.setdefault(tuple(row[name] for name in quasi_identifiers), set()).add(row["subject"])
        kept = [len(classes[tuple(row[name] for name in quasi_identifiers)]) >= k for row in shown]
        if all(kept):
            break
        alive = [row for row, stays in zip(alive, kept, strict=True) if stays]
    rare = any(
        len({row["subject"] for row in shown if row[column.name] == value}) < group.k
        for group in groups
        for column in group.columns
        for value in {row[column.name] for row in shown}
    )
    return Made(shown if all(kept) else [], passes, refused=not alive or rare)
