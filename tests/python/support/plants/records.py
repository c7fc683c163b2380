"""What a few known records tell of a history."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from typing import Any

from ..findings import Case, relation
from ..histories import history_share
from .common import TEXT, in_scene, token


def histories() -> list[Case]:
    made = []

    def case(
        mart: str,
        rows: list[tuple[Any, ...]],
        known: int,
        among: int,
        at_most: float,
        told: dict[str, str] | None = None,
    ) -> None:
        share, count = placed(rows, told or {}, known, among)
        z = 1.6448536
        bound = share if known == 1 else wilson(share, count, z) if count else 0.0
        broken = max(math.ceil(share * count), 1) if bound > at_most else 0
        if known == 1 and rows:
            share = bound = alone([(who, (q, (told or {}).get(who))) for who, q in rows], among)
            broken = max(math.ceil(round(share * len({who for who, _ in rows}), 9)), 1) if share > at_most else 0
        scene = in_scene([{"who": who, "q": q} for who, q in rows], {"who": "text", "q": "text"}, unique=False)
        if told is not None:
            base = "base" if known == 2 else "known_base"
            scene["follows"] = {base: relation([{"who": w, "q": q, "r": "1"} for w, q in told.items()], TEXT)}
        made.append(Case("history_protected", mart, [("upper bound", broken, bound), ("share", 0, share)], scene))

    for seed, persons_of in enumerate([0, 5, 12, 40, 40]):
        draw = random.Random(seed)
        rows = [
            (token(n), draw.choice("abcdefgh"[: 3 + seed]))
            for n in range(persons_of)
            for _ in range(draw.randint(1, 5))
        ]
        case("known_1", rows, 1, 3, 0.25)
        case("known_2", rows, 2, 3, 0.3)
        if rows:
            told = {token(n): draw.choice("mn") for n in range(persons_of)}
            case("told_2", rows, 2, 3, 0.5, told)
            case("told_1", rows, 1, 3, 0.5, told)
    alike = [(token(n), q) for n in range(12) for q in "ab"]
    case("known_2", alike, 2, 3, 0.3)
    case("known_1", [(token(n), "x" if n < 3 else f"y{n}") for n in range(4)], 1, 3, 0.25)
    case("known_2", [(token(n), q) for n in range(3) for q in "ab"], 2, 3, 0.3)
    case("known_2", crowd_of_many(), 2, 3, 0.3)
    made[-1].scene["release"] = "SCHEMA.many"
    for name, share in [("by_period", 0.25), ("unnamed", 0.5 / 3)]:
        rows = [
            {"tokumei_token": token(n % 3), "who": token(9 + n), "letter": "L", "q": "x" if n < 3 else "y"}
            for n in range(4)
        ]
        scene = in_scene(rows, dict.fromkeys(rows[0], "text"), unique=False)
        made.append(Case("history_protected", name, [("upper bound", 0, share), ("share", 0, share)], scene))
    made.append(Case("history_protected", "known_1", [("", 0, None)], in_scene([], {"who": "text"})))
    made.append(Case("history_protected", "plain", [("", 0, None)], in_scene([], {"who": "text"}, unique=False)))
    return made


def crowd_of_many() -> list[tuple[str, str]]:
    """Sixty more subjects than are asked for: those whose tokens come last, all of them alone. Of the others every second is."""
    many = sorted(token(n) for n in range(2060))
    alone = many[2000:] + many[:2000:2]
    return [(who, f"{n}") for n, who in enumerate(alone)] + [(who, q) for who in many[1:2000:2] for q in "xy"]


def placed(rows: list[tuple[Any, ...]], told: dict[str, str], known: int, among: int) -> tuple[float, int]:
    """The share of subjects whom `known` of their records, with what is told of them, place among fewer than `among`."""
    if not rows:
        return 0.0, 0
    if not told:
        count, share = history_share(rows, known, among)
        return share, count
    alike = defaultdict(list)
    for who, value in rows:
        alike[told[who]].append((who, value))
    asked = {of: history_share(some, known, among) for of, some in alike.items()}
    count = sum(count for count, _ in asked.values())
    return sum(count * share for count, share in asked.values()) / count, count


def alone(rows: list[tuple[Any, ...]], among: int) -> float:
    """Any one distinct record known, each as likely."""
    crowd = Counter(value for _, value in set(rows))
    records = defaultdict(set)
    for who, value in rows:
        records[who].add(value)
    return sum(sum(crowd[v] < among for v in of_one) / len(of_one) for of_one in records.values()) / len(records)


def wilson(share: float, count: int, z: float) -> float:
    """The upper bound of a share, one-sided."""
    root = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (share + z * z / (2 * count) + root) / (1 + z * z / count)
