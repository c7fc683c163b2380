"""Noise by table, rank swapping and drawn histories, in plain Python."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
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


@dataclass
class Block:
    """Consecutive values, with the ranks between which they lie."""

    runs: list[list[str]]
    first_end: int
    last_start: int

    def lopsided(self) -> bool:
        return 2 * max(map(len, self.runs)) > sum(map(len, self.runs))


def swapped(values: dict[str, Any], column: str, within: float) -> dict[str, Any]:
    """Who shows whose value, for subjects of one record: the documented blocks and rotation. None ranks last."""
    key = {who: draw("swap", [column], [who, "1"]) for who in values}
    runs: dict[Any, list[str]] = defaultdict(list)
    for who in sorted(values, key=lambda who: (values[who] is None, values[who] or 0)):
        runs[values[who]].append(who)
    size = len(values)
    window = max(size * round(within * 10**6) // 10**8, 1)
    cuts = (size + window - 1) // window
    blocks: dict[int, Block] = {}
    start = 1
    for run in runs.values():
        cut = (start - 1) * cuts // size
        end = start + len(run) - 1
        block = blocks.setdefault(cut, Block([], end, start))
        block.runs.append(run)
        block.last_start = start
        start = end + 1
    joined = list(blocks.values())
    for first_pair in (2, 1):  # the first block stands alone in the first pass, in a pair in the second
        joined = joined_in_pairs(joined, window, alone=first_pair == 2)
    takes: dict[str, Any] = {}
    for block in joined:
        arranged = sorted(block.runs, key=lambda run: (min(key[who] for who in run), str(values[run[0]])))
        order = [who for run in arranged for who in sorted(run, key=lambda who: key[who])]
        shift = max(map(len, block.runs))
        for place, who in enumerate(order):
            takes[who] = values[order[(place + shift) % len(order)]]
    return takes


def joined_in_pairs(blocks: list[Block], window: int, *, alone: bool) -> list[Block]:
    """Neighbours two by two, where one is lopsided and both lie within the window."""
    found = blocks[:1] if alone else []
    rest = blocks[len(found) :]
    for place in range(0, len(rest), 2):
        pair = rest[place : place + 2]
        near = pair[-1].last_start - pair[0].first_end <= window
        if len(pair) == 2 and near and any(block.lopsided() for block in pair):
            pair = [Block(pair[0].runs + pair[1].runs, pair[0].first_end, pair[1].last_start)]
        found += pair
    return found
