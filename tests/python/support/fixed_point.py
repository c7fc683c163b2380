"""Which records stay, and what they show, when pools and classes form until nobody leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from .oracle import Row, Value, code, text_of


@dataclass(frozen=True)
class Pool:
    """The suppressed values of one column: those held by fewer than `below`, and those listed."""

    column: str
    k: int
    below: int = 0
    listed: tuple[str, ...] = ()
    replace_with: str | None = None

    def values(self, rows: list[Row], single: bool) -> set[Value]:
        """A pool of one value, or of too few subjects, takes in the next rarest."""
        subjects = holders(rows, lambda row: row[self.column])
        counts = {value: len(who) for value, who in subjects.items()}
        listed = {code(value) for value in self.listed}
        hidden = {
            value
            for value, count in counts.items()
            if count < self.below or (value is not None and code(value) in listed)
        }
        reached = len({who for value in hidden for who in subjects[value]})
        rest = sorted(counts.keys() - hidden, key=lambda v: (counts[v], v is None, text_of(v)))
        for value in rest if hidden else []:
            if len(hidden) >= 2 and reached >= max(self.k, self.below):
                break
            hidden.add(value)
            # Subjects of several values add up only where each has one record.
            reached = reached + counts[value] if single else max(reached, counts[value])
        return hidden

    def sound(self, rows: list[Row], hidden: set[Value]) -> bool:
        """It does not name what it hides."""
        pooled = [row for row in rows if row[self.column] in hidden]
        subjects = {row["subject"] for row in pooled}
        values = {row[self.column] for row in pooled}
        return not pooled or (len(values) >= 2 and len(subjects) >= max(self.k, self.below))


@dataclass
class Released:
    """What a mart shows, or that it is refused."""

    rows: list[Row] = field(default_factory=list)
    passes: int = 0
    refused: bool = False


def holders(rows: list[Row], key: Callable[[Row], object]) -> dict[object, set[Value]]:
    """The subjects behind each value, null being a value like any other."""
    found: dict[object, set[Value]] = {}
    for row in rows:
        found.setdefault(key(row), set()).add(row["subject"])
    return found


def release(
    rows: list[Row],
    quasi_identifiers: list[str],
    pools: list[Pool],
    k: int,
    guarded: list[str],
) -> Released:
    """Rows {subject, column: treated value}; `guarded` columns may show no rare value."""
    single = max(Counter(row["subject"] for row in rows).values(), default=1) == 1
    alive = rows
    passes = 0
    for _ in range(20):
        passes += 1
        hidden = {pool.column: pool.values(alive, single) for pool in pools}
        labels = {pool.column: pool.replace_with for pool in pools}
        shown = [{n: labels[n] if value in hidden.get(n, ()) else value for n, value in row.items()} for row in alive]
        classes = holders(shown, lambda row: tuple(row[name] for name in quasi_identifiers))
        stays = [len(classes[tuple(row[name] for name in quasi_identifiers)]) >= k for row in shown]
        left = [row for row, stay in zip(alive, stays, strict=True) if stay]
        if len(left) == len(alive) or not pools:
            break
        alive = left
    else:
        return Released(refused=True)
    final = [row for row, stay in zip(shown, stays, strict=True) if stay]
    named = any(not pool.sound(left, hidden[pool.column]) for pool in pools)
    rare = any(
        len(who) < max([k, *(p.below for p in pools if p.column == name)])
        for name in guarded
        for who in holders(final, lambda row, name=name: row[name]).values()
    )
    return Released(final, passes, refused=not final or named or rare)
