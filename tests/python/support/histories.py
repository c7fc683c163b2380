"""What the records of each person show together, and how many persons they give away, in plain Python."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any


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
    having: dict[str, set[str]] = defaultdict(set)
    for who, of_one in records.items():
        for record in of_one:
            having[record].add(who)
    asked = sorted(records)[:2000]
    alone = 0
    for who in asked:
        drawn = sorted(records[who], key=lambda record: md5(who + record))[:known]
        alone += len(set.intersection(*(having[record] for record in drawn))) < among
    return len(asked), alone / len(asked)


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
