"""l-diversity and t-closeness in plain Python, from docs/audits: exact fractions, and nothing of the macros."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .fixed_point import Pool, Released, holders
from .oracle import Row, Value, read_moment, read_number

Counts = dict[Value, int]
NEAR = 1e-9


@dataclass(frozen=True)
class Guard:
    """What a policy says of one column: `l` and `t` as in the YAML, and the texts that say nothing of a subject."""

    column: str
    l: Any = None  # noqa: E741
    t: Any = None
    replacements: tuple[str, ...] = ()

    def said(self, counts: Counts) -> list[int]:
        """The subjects behind each value that counts, the most frequent first."""
        return sorted((n for v, n in counts.items() if v is not None and v not in self.replacements), reverse=True)

    def diverse(self, counts: Counts) -> bool:
        said = self.said(counts)
        if self.l is None:
            return True
        if isinstance(self.l, int):
            return len(said) >= self.l
        if "entropy" in self.l:
            return entropy(said) >= math.log(self.l["entropy"]) - NEAR
        c, l = Fraction(str(self.l["recursive"]["c"])), self.l["recursive"]["l"]  # noqa: E741
        return bool(said) and said[0] < c * sum(said[l - 1 :])

    def diversity(self, counts: Counts) -> float:
        """The number of values, the exponential of their entropy, or the quotient that c must exceed."""
        said = self.said(counts)
        if isinstance(self.l, int):
            return len(said)
        if "entropy" in self.l:
            return math.exp(entropy(said)) if said else 0.0
        return said[0] / sum(said[self.l["recursive"]["l"] - 1 :])

    def distance(self, counts: Counts, everyone: Counts) -> Fraction:
        if isinstance(self.t, dict):
            return ordered_distance(counts, everyone, self.replacements)
        return equal_distance(counts, everyone)

    def close(self, counts: Counts, everyone: Counts) -> bool:
        if self.t is None:
            return True
        t = self.t["ordered"] if isinstance(self.t, dict) else self.t
        return self.distance(counts, everyone) <= Fraction(str(t))


def entropy(counts: list[int]) -> float:
    """In nats; of nothing, less than of anything."""
    total = sum(counts)
    return -sum(n / total * math.log(n / total) for n in counts) if counts else -1.0


def equal_distance(counts: Counts, everyone: Counts) -> Fraction:
    """Half the summed differences of shares."""
    one, other = sum(counts.values()), sum(everyone.values())
    shares = (Fraction(counts.get(value, 0), one) - Fraction(n, other) for value, n in everyone.items())
    return sum(map(abs, shares), Fraction()) / 2


def ordered_distance(counts: Counts, everyone: Counts, apart: tuple[str, ...] = ()) -> Fraction:
    """The earth mover's over ranks; null and labels lie at a distance of 1."""
    order = sorted((value for value in everyone if value is not None and value not in apart), key=rank)
    one, other = sum(counts.values()), sum(everyone.values())
    placed, placed_of_all = sum(counts.get(v, 0) for v in order), sum(everyone[v] for v in order)
    share, share_of_all = Fraction(placed, one), Fraction(placed_of_all, other)
    moved = Fraction()
    if placed and placed_of_all:
        difference = Fraction()
        for value in order:
            difference += Fraction(counts.get(value, 0), placed) - Fraction(everyone[value], placed_of_all)
            moved += abs(difference)
        moved /= max(len(order) - 1, 1)
    return abs(share - share_of_all) + min(share, share_of_all) * moved


def rank(value: Value) -> Any:
    number = read_number(value)
    return (0, number, str(value)) if number is not None else (1, read_moment(value), str(value))


@dataclass
class Model:
    """What holds of a mart: k, pools, and the guards of l and t."""

    quasi_identifiers: list[str]
    k: int
    guards: list[Guard]
    pools: list[Pool] = field(default_factory=list)

    def key(self, row: Row) -> tuple[Value, ...]:
        return tuple(row[name] for name in self.quasi_identifiers)

    def of_classes(self, rows: list[Row], holds: Callable[[list[Row]], bool]) -> list[Row]:
        """The rows of the classes of which it holds."""
        classes: dict[Any, list[Row]] = {}
        for row in rows:
            classes.setdefault(self.key(row), []).append(row)
        kept = {key for key, members in classes.items() if holds(members)}
        return [row for row in rows if self.key(row) in kept]

    def judged(self, rows: list[Row]) -> list[Row]:
        """The rows of the classes of k subjects, of those the diverse ones, of those the close ones."""
        rows = self.of_classes(rows, lambda members: len({row["subject"] for row in members}) >= self.k)
        rows = self.of_classes(
            rows, lambda members: all(guard.diverse(counted(members, guard.column)) for guard in self.guards)
        )
        everyone = {guard.column: counted(rows, guard.column) for guard in self.guards}
        return self.of_classes(
            rows,
            lambda members: all(g.close(counted(members, g.column), everyone[g.column]) for g in self.guards),
        )

    def measured(self, rows: list[Row]) -> dict[str, float]:
        """What the audits say of the worst class of each guarded column."""
        classes: dict[Any, list[Row]] = {}
        for row in rows:
            classes.setdefault(self.key(row), []).append(row)
        worst: dict[str, float] = {}
        for guard in self.guards:
            counts = [counted(members, guard.column) for members in classes.values()]
            if guard.l is not None:
                diverse = [guard.diversity(one) for one in counts]
                recursive = isinstance(guard.l, dict) and "recursive" in guard.l
                worst[f"l_diverse({guard.column})"] = max(diverse) if recursive else min(diverse)
            if guard.t is not None:
                everyone = counted(rows, guard.column)
                worst[f"t_close({guard.column})"] = float(max(guard.distance(one, everyone) for one in counts))
        return worst

    def release(self, rows: list[Row]) -> Released:
        """Again and again, until nobody leaves."""
        single = max(Counter(row["subject"] for row in rows).values(), default=1) == 1
        labels = {pool.column: pool.replace_with for pool in self.pools}
        repeats = self.pools or any(guard.t is not None for guard in self.guards)
        alive, passes = rows, 0
        while True:
            passes += 1
            hidden = {pool.column: pool.values(alive, single) for pool in self.pools}
            shown = [
                row | {n: labels[n] for n in hidden if row[n] in hidden[n]} | {"place": place}
                for place, row in enumerate(alive)
            ]
            kept = self.judged(shown)
            if len(kept) == len(alive) or not repeats:
                return Released(kept, passes)
            alive = [alive[row["place"]] for row in kept]


def counted(rows: list[Row], column: str) -> Counts:
    """The subjects behind each value."""
    return {value: len(who) for value, who in holders(rows, lambda row: row[column]).items()}
