"""Every node of a lattice evaluated one by one in plain Python: what a search that prunes is compared with."""

from __future__ import annotations

import datetime
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

Value = Hashable
Rung = Callable[[Any], Value]


@dataclass
class Column:
    """A quasi-identifier: its rungs, and the values its domain has (a hierarchy's) or none (those met)."""

    name: str
    rungs: list[Rung]
    domain: list[Value] | None = None
    weight: float = 1
    lowest: int = 0
    highest: int | None = None

    @property
    def height(self) -> int:
        return len(self.rungs) - 1

    @property
    def allowed(self) -> range:
        return range(self.lowest, (self.height if self.highest is None else self.highest) + 1)


@dataclass
class Scored:
    """One node, and what it comes to."""

    rungs: tuple[int, ...]
    score: float
    records: int
    subjects: int
    classes: int
    extra: dict[str, Any] = field(default_factory=dict)


def year_band(width: int) -> Rung:
    return lambda day: None if day is None else datetime.date.fromisoformat(day).year // width * width


def keep(value: Any) -> Value:
    return value


def nothing(_: Any) -> Value:
    return "*"


def exhaustive(
    rows: Sequence[dict[str, Any]],
    columns: list[Column],
    k: int,
    limit: float,
    by: str,
    satisfies: Callable[[list[dict[str, Any]]], bool] = lambda _: True,
) -> list[Scored]:
    """All nodes within the limit, the best first. `satisfies` is what a class must do beside k, given its rows."""
    given = len({row["subject"] for row in rows})
    power = [column.weight / max(c.weight for c in columns) / len(columns) for column in columns]
    found = []
    for rungs in itertools.product(*(column.allowed for column in columns)):
        classes: dict[tuple[Value, ...], list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            key = tuple(c.rungs[r](row[c.name]) for c, r in zip(columns, rungs, strict=True))
            classes[key].append(row)
        kept = {
            key: held for key, held in classes.items() if len({row["subject"] for row in held}) >= k and satisfies(held)
        }
        shown = sum(len(held) for held in kept.values())
        lost = len(rows) - shown
        lost_subjects = given - len({row["subject"] for held in kept.values() for row in held})
        if lost / len(rows) > limit or lost_subjects / given > limit:
            continue
        if by == "discernibility":
            score: float = sum(len(held) ** 2 for held in kept.values()) + lost * len(rows)
        elif by == "average_class_size":
            score = len(rows) / (len(kept) + (lost > 0))
        elif by == "precision":
            score = sum(
                p * ((r / c.height if c.height else 0) * shown + lost) / len(rows)
                for p, c, r in zip(power, columns, rungs, strict=True)
            )
        else:
            score = (
                math.prod(
                    (loss(rows, kept, column, place, rung) + 1) ** p
                    for place, (p, column, rung) in enumerate(zip(power, columns, rungs, strict=True))
                )
                - 1
            )
        found.append(Scored(rungs, score, lost, lost_subjects, len(kept)))
    return sorted(found, key=lambda node: node.score)


def loss(
    rows: Sequence[dict[str, Any]],
    kept: dict[tuple[Value, ...], list[dict[str, Any]]],
    column: Column,
    place: int,
    rung: int,
) -> float:
    """Of one column: the share of its domain that each record stands for, 1 where it is suppressed."""
    met = {row[column.name] for row in rows}
    domain = list(met) if column.domain is None else column.domain + ([None] if None in met else [])
    if len(domain) == 1:
        return 0
    leaves = Counter(column.rungs[rung](value) for value in domain)
    shares = sum(len(held) * leaves[key[place]] / len(domain) for key, held in kept.items())
    lost = len(rows) - sum(len(held) for held in kept.values())
    least = len(rows) / len(domain)
    return max((shares + lost - least) / (len(rows) - least), 0)
