"""Pools, classes, their fixed point and the share of histories, recomputed in plain Python."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

Record = dict[str, Any]


class Rare(NamedTuple):
    """`suppress_rare` of one column."""

    below: int
    replace_with: str | None


def release(
    records: Sequence[Record],
    subject: str,
    classes: Sequence[str],
    k: int,
    rare: dict[str, Rare] | None = None,
) -> list[Record]:
    """The treated records that stay, as shown: pools and classes are formed anew until none leaves."""
    alive = list(records)
    while True:
        shown = [dict(record) for record in alive]
        for column, step in (rare or {}).items():
            hidden = pool(((record[column], record[subject]) for record in alive), step.below, k)
            for record in shown:
                if record[column] in hidden:
                    record[column] = step.replace_with
        held = holders((tuple(record[column] for column in classes), record[subject]) for record in shown)
        kept = [len(held[tuple(record[column] for column in classes)]) >= k for record in shown]
        if all(kept) or not rare:
            return [record for record, stays in zip(shown, kept, strict=True) if stays]
        alive = [record for record, stays in zip(alive, kept, strict=True) if stays]


def pool(pairs: Iterable[tuple[Any, Any]], below: int, k: int) -> set[Any]:
    """Values of fewer than `below` subjects, with the next rarest where they would be named alone."""
    held = holders(pairs)
    hidden = {value for value, subjects in held.items() if len(subjects) < below}
    subjects = set().union(*(held[value] for value in hidden))
    visible = [value for value in held if value not in hidden]
    if hidden and visible and (len(hidden) < 2 or len(subjects) < max(below, k)):
        hidden.add(min(visible, key=lambda value: (len(held[value]), value is None, str(value).encode())))
    return hidden


def holders(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, set[Any]]:
    """value → the subjects that hold it"""
    held: dict[Any, set[Any]] = defaultdict(set)
    for value, subject in pairs:
        held[value].add(subject)
    return held


def histories(rows: Iterable[tuple[Any, ...]]) -> Counter[tuple[Any, ...]]:
    """Rows (who, value, …) as what each person shows: equal for tables that differ in pseudonyms only."""
    shown: dict[Any, list[tuple[Any, ...]]] = defaultdict(list)
    for who, *values in rows:
        shown[who].append(tuple(values))
    return Counter(tuple(sorted(records)) for records in shown.values())


def history_share(rows: Iterable[tuple[str | None, ...]], known: int, among: int) -> tuple[int, float]:
    """Rows (pseudonym, text of a quasi-identifier, …): how many persons are asked for, and the share of
    them whom `known` of their records place among fewer than `among`; in the order the audit takes them."""
    records: dict[str, set[str]] = defaultdict(set)
    for who, *values in rows:
        assert who is not None
        records[who].add(md5("".join("-" if value is None else f"{len(value)}:{value}" for value in values)))
    having = holders((record, who) for who, of_one in records.items() for record in of_one)
    asked = sorted(records)[:2000]
    alone = 0
    for who in asked:
        drawn = sorted(records[who], key=lambda record: md5(who + record))[:known]
        alone += len(set.intersection(*(having[record] for record in drawn))) < among
    return len(asked), alone / len(asked)


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
