"""Noise by table, rank swapping and drawn histories, in plain Python."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from decimal import Decimal
from itertools import accumulate
from typing import Any

from .fixed_key import draw
from .oracle import Row, Value, round_to


def noise_table(distribution: str, scale: Decimal, unit: Decimal) -> tuple[list[int], list[int]]:
    """Steps of the grid, and the 48-bit draws at which each begins; weights of whole numbers, 2^40 at the middle."""
    wide = float(scale / unit)
    reach = int(wide * (27.73 if distribution == "laplace" else 7.45)) + 1
    steps = list(range(-reach, reach + 1))
    weigh = (
        (lambda x: math.exp(-abs(x) / wide))
        if distribution == "laplace"
        else lambda x: math.exp(-x * x / (2 * wide * wide))
    )
    weights = [math.floor(weigh(step) * 2**40) for step in steps]
    before = [0, *accumulate(weights)]
    return steps, [start * 2**48 // before[-1] for start in before[:-1]]


def noised(value: Decimal, hashed: str, arguments: dict[str, Any], table: tuple[list[int], list[int]]) -> Decimal:
    """The value on its grid, with the step its draw gives, inside the bounds."""
    unit = Decimal(str(arguments["unit"]))
    steps, starts = table
    step = steps[bisect_right(starts, int(hashed[:12], 16)) - 1]
    shown = round_to(value, unit) + step * unit
    low, high = (arguments.get(bound) for bound in ("at_least", "at_most"))
    if low is not None:
        shown = max(shown, Decimal(str(low)))
    return min(shown, Decimal(str(high))) if high is not None else shown


def numbered(rows: list[Row], subject: str, columns: list[str]) -> list[int]:
    """The number of each record among those of its subject: in the order of what it holds, null last."""
    order = sorted(columns)
    places = sorted(range(len(rows)), key=lambda i: [(rows[i][c] is None, str(rows[i][c]).encode()) for c in order])
    seen: Counter[Value] = Counter()
    numbers = [0] * len(rows)
    for place in places:
        seen[rows[place][subject]] += 1
        numbers[place] = seen[rows[place][subject]]
    return numbers


def limited(rows: list[Row], subject: str, numbers: list[int], most: int, scope: str = "") -> list[Row]:
    """Of a longer history, the records that come first in the order of their keyed hashes."""
    of: dict[Value, list[tuple[str, Row]]] = defaultdict(list)
    for row, number in zip(rows, numbers, strict=True):
        of[row[subject]].append((draw("history", [], [str(row[subject]), str(number)], scope=scope), row))
    return [row for records in of.values() for _, row in sorted(records, key=lambda r: r[0])[:most]]


def swapped(values: dict[str, Any], column: str, within: float | None) -> dict[str, Any]:
    """Who shows whose value, for subjects of one record: the documented blocks and rotation. None sorts last."""
    key = {who: draw("swap", [column], [who, "1"]) for who in values}
    ranked = sorted(values, key=lambda who: (values[who] is None, values[who] or 0, key[who]))
    size = len(ranked)
    window = max(size * round((within or 100) * 10**6) // 10**8, 1)
    blocks = (size + window) // (window + 1) if within is not None else 1
    members: dict[int, list[str]] = defaultdict(list)
    for place, who in enumerate(ranked):
        members[place * blocks // size].append(who)
    takes: dict[str, Any] = {}
    for block in members.values():
        alike: dict[Any, list[str]] = defaultdict(list)
        for who in block:
            alike[values[who]].append(who)
        first = {value: min(key[who][32:] for who in those) for value, those in alike.items()}
        arranged = sorted(block, key=lambda who: (first[values[who]], str(values[who]), key[who][32:]))
        shift = max(len(those) for those in alike.values())
        for place, who in enumerate(arranged):
            takes[who] = values[arranged[(place + shift) % len(arranged)]]
    return takes
