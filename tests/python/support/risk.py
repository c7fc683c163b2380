"""Measures of risk and use restated in plain Python: records are (subject, values), slow and by the definitions."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

Record = tuple[Any, tuple[Any, ...]]
Measures = dict[tuple[str, str, str, int | None], float]
ENDS = [1, 2, 3, 4, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000]


def held(records: Iterable[Record], places: Sequence[int] | None = None) -> dict[tuple[Any, ...], set[Any]]:
    """The subjects of each class, over all columns or over those in these places."""
    classes: dict[tuple[Any, ...], set[Any]] = defaultdict(set)
    for subject, values in records:
        classes[values if places is None else tuple(values[place] for place in places)].add(subject)
    return classes


def start_of(size: int) -> int:
    """Where the range of class sizes begins that this one is in."""
    below = [end for end in ENDS if end < size]
    return below[-1] + 1 if below else 1


def class_measures(
    of: str, records: list[Record], threshold: float | None, against: list[Record] | None = None, grouped: bool = True
) -> Measures:
    """Of the risk_of_classes of one population; `against` is the population of the journalist."""
    classes = held(records)
    sizes = {values: len(subjects) for values, subjects in classes.items()}
    worst: dict[Any, int] = {}
    for subject, values in records:
        worst[subject] = min(worst.get(subject, sizes[values]), sizes[values])
    count = len(worst)
    group = start_of if grouped else int
    found: Measures = {
        (of, "subjects", "", None): count,
        (of, "classes", "", None): len(classes),
        (of, "smallest_class", "", None): min(sizes.values()),
        (of, "largest_class", "", None): max(sizes.values()),
        (of, "uniques", "", None): sum(size == 1 for size in worst.values()),
        (of, "uniques_share", "", None): sum(size == 1 for size in worst.values()) / count,
    }
    for size, number in Counter(map(group, sizes.values())).items():
        found[of, "classes_of_size", "", size] = number
    for size, number in Counter(map(group, worst.values())).items():
        found[of, "subjects_in_classes_of_size", "", size] = number
    found |= risks(of, "prosecutor", list(worst.values()), threshold)
    if against is not None:
        population = {values: max(len(subjects), sizes.get(values, 0)) for values, subjects in held(against).items()}
        placed = {}
        for subject, values in records:
            size = population.get(values, sizes[values])
            placed[subject] = min(placed.get(subject, size), size)
        journalist = risks("both", "journalist", list(placed.values()), threshold)
        found["both", "marketer", "", None] = journalist["both", "journalist_average", "", None]
        whole = sum(population.get(values, sizes[values]) for values in classes)
        average = max(found["both", "marketer", "", None], len(classes) / whole)
        found |= journalist | {("both", "journalist_average", "", None): average}
    return found


def risks(of: str, attacker: str, sizes: list[int], threshold: float | None) -> Measures:
    found: Measures = {
        (of, f"{attacker}_average", "", None): sum(1 / size for size in sizes) / len(sizes),
        (of, f"{attacker}_maximum", "", None): max(1 / size for size in sizes),
    }
    if threshold is not None:
        found[of, f"{attacker}_above", "", None] = sum(1 / size > threshold for size in sizes) / len(sizes)
    return found


def combination_measures(of: str, records: list[Record], names: list[str], k: int | None) -> Measures:
    """Of every set of up to three columns, and the minimal sample uniques by brute force."""
    found: Measures = {}
    lone: dict[tuple[int, ...], dict[tuple[Any, ...], Any]] = {}
    widest = min(3, len(names))
    for size in range(1, widest + 1):
        for places in combinations(range(len(names)), size):
            classes = held(records, places)
            key = ", ".join(names[place] for place in places)
            sizes = [len(subjects) for subjects in classes.values()]
            lone[places] = {values: next(iter(who)) for values, who in classes.items() if len(who) == 1}
            found[of, "combination_classes", key, size] = len(classes)
            found[of, "combination_smallest_class", key, size] = min(sizes)
            found[of, "combination_uniques", key, size] = len(set(lone[places].values()))
            if k is not None:
                found[of, "combination_below_k", key, size] = sum(s for s in sizes if s < k) / sum(sizes)
    return found | special_measures(of, lone, names, widest)


def special_measures(
    of: str, lone: dict[tuple[int, ...], dict[tuple[Any, ...], Any]], names: list[str], widest: int
) -> Measures:
    scores: dict[Any, int] = defaultdict(int)
    blamed: dict[int, list[int]] = {place: [] for place in range(len(names))}
    counts = Counter({size: 0 for size in range(1, widest + 1)})
    for places, groups in lone.items():
        for values, who in groups.items():
            value = dict(zip(places, values, strict=True))
            parts = [part for size in range(1, len(places)) for part in combinations(places, size)]
            if any(tuple(value[place] for place in part) in lone[part] for part in parts):
                continue
            most = min(widest, len(names) - 1)
            score = math.prod(len(names) - i for i in range(len(places), most + 1))
            scores[who] += score
            counts[len(places)] += 1
            for place in places:
                blamed[place].append(score)
    found: Measures = {(of, "special_uniques", "", None): len(scores)}
    found |= {(of, "minimal_uniques", "", size): number for size, number in counts.items()}
    if scores:
        found[of, "suda_maximum", "", None] = max(scores.values())
        found[of, "suda_average", "", None] = sum(scores.values()) / len(scores)
    for place, name in enumerate(names):
        found[of, "minimal_uniques_with", name, None] = len(blamed[place])
        if scores:
            found[of, "suda_share", name, None] = sum(blamed[place]) / sum(scores.values())
    return found


def shown_measures(records: list[Record]) -> Measures:
    """Uniques if everything shown is known."""
    classes = held(records)
    alone = {next(iter(subjects)) for subjects in classes.values() if len(subjects) == 1}
    return {
        ("mart", "shown_classes", "", None): len(classes),
        ("mart", "shown_uniques", "", None): len(alone),
        ("mart", "shown_uniques_share", "", None): len(alone) / len({subject for subject, _ in records}),
    }


def distances(name: str, source: list[Any], mart: list[Any]) -> Measures:
    """Of the shares of each shown value."""
    p, q = Counter(source), Counter(mart)
    shares = [(p[value] / len(source), q[value] / len(mart)) for value in {*p, *q}]
    return {
        ("both", "total_variation", name, None): sum(abs(a - b) for a, b in shares) / 2,
        ("both", "hellinger", name, None): math.sqrt(sum((math.sqrt(a) - math.sqrt(b)) ** 2 for a, b in shares) / 2),
    }


def entropy(values: Iterable[Any]) -> float:
    counts = Counter(values)
    whole = sum(counts.values())
    return -sum(count / whole * math.log(count / whole) for count in counts.values())


def entropy_loss(raw: list[Any], shown: list[Any], lost: int) -> float:
    """H(raw | shown) / H(raw) of what is released, 1 of what is suppressed."""
    left = (entropy(zip(raw, shown, strict=True)) - entropy(shown)) / entropy(raw)
    return lost / len(raw) + (1 - lost / len(raw)) * left


def width_loss(raw: list[float | None], shown: list[Any], mart: list[Any], lost: int) -> float:
    """How wide the source's values under each shown one lie, over the range of all."""
    under: dict[Any, list[float]] = defaultdict(list)
    for number, value in zip(raw, shown, strict=True):
        if number is not None:
            under[value].append(number)
    everything = [number for numbers in under.values() for number in numbers]
    whole = max(everything) - min(everything)
    wide = {value: (max(numbers) - min(numbers)) / whole for value, numbers in under.items()}
    return (sum(wide.get(value, 0) for value in mart) + lost) / len(raw)


def leaf_loss(leaves: dict[Any, int], domain: int, mart: list[Any], lost: int) -> float:
    """As ARX has it; what is not a label of the hierarchy is suppressed."""
    records = len(mart) + lost
    given = sum(leaves.get(value, domain) / domain for value in mart) + lost
    return (given - records / domain) / (records - records / domain)
