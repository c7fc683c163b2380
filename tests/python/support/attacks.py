"""What each attack comes to, in plain Python, person by person: nothing of the package's SQL is used."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from math import comb, sqrt
from typing import Any

from .histories import md5

Row = dict[str, Any]
Measured = dict[str, float]
Z = 1.959964


def text(value: Any) -> str:
    return "-" if value is None else f"{len(str(value))}:{value}"


def content(row: Row, columns: Iterable[str]) -> str:
    return md5("".join(text(row[column]) for column in columns))


def records_of(rows: Sequence[Row], columns: Sequence[str]) -> dict[str, set[tuple[Any, ...]]]:
    """The distinct records of each person."""
    records: dict[str, set[tuple[Any, ...]]] = defaultdict(set)
    for row in rows:
        records[row["who"]].add(tuple(row[column] for column in columns))
    return records


def ways(columns: Sequence[str], known: int) -> list[tuple[int, ...]]:
    """All ways to know so many of the columns, by their places; of more than 30, those that 30 draws give."""
    if comb(len(columns), known) <= 30:
        return list(combinations(range(len(columns)), known))
    drawn: dict[tuple[int, ...], None] = {}
    for number in range(30):
        ranked = sorted(range(len(columns)), key=lambda place: md5(f"{number}:{columns[place]}"))
        drawn[tuple(sorted(ranked[:known]))] = None
    return list(drawn)


def linkage(rows: Sequence[Row], columns: Sequence[str]) -> Measured:
    """For each number of columns known: the best combination for the attacker, and the mean of all of them."""
    records = records_of(rows, columns)
    measured: Measured = {}
    for known in range(1, len(columns) + 1):
        successes = []
        for places in ways(columns, known):
            crowds: dict[tuple[Any, ...], set[str]] = defaultdict(set)
            for who, held in records.items():
                for record in held:
                    crowds[tuple(record[place] for place in places)].add(who)
            picked = [
                sum(1 / len(crowds[tuple(record[place] for place in places)]) for record in held) / len(held)
                for held in records.values()
            ]
            successes.append(mean(picked))
        base = 1 / len(records) if records else 0
        best = max(successes)
        measured[f"known {known}, success"] = best
        measured[f"known {known}, mean"] = mean(successes)
        measured[f"known {known}, base"] = base
        measured[f"known {known}, advantage"] = best - base
    return measured


def singling_out(rows: Sequence[Row], own: Sequence[str], followed: Sequence[str] = ()) -> Measured:
    """One column at a time, and all columns of a record together, over values of different persons."""
    columns = [*own, *followed]
    persons = len({row["who"] for row in rows})
    measured: Measured = {}
    for column in own:
        holders: dict[Any, set[str]] = defaultdict(set)
        for row in rows:
            holders[row[column]].add(row["who"])
        sizes = [len(held) for held in holders.values()]
        success = mean(1.0 * (size == 1) for size in sizes)
        base = mean(size * (1 - size / persons) ** (persons - 1) for size in sizes)
        measured |= compared(f"one column, {column}", success, base)
    if len(columns) == 1:
        return measured
    alone: dict[str, set[str]] = defaultdict(set)
    first: dict[str, Row] = {}
    for row in rows:
        of_row = content(row, columns)
        alone[of_row].add(row["who"])
        order = md5(row["who"] + of_row)
        if row["who"] not in first or order < first[row["who"]]["order"]:
            first[row["who"]] = row | {"order": order}
    held_by: dict[str, set[str]] = defaultdict(set)
    for key, who in alone.items():
        for one in who:
            held_by[one].add(key)
    success = mean(mean(1.0 * (len(alone[key]) == 1) for key in keys) for keys in held_by.values())
    people = [first[who] for who in sorted(first)[:2000]]
    guesses = []
    for place in range(len(people) - len(columns) + 1):
        mixed = {column: people[place + shift][column] for shift, column in enumerate(columns)}
        guesses.append(1.0 * (len(alone.get(content(mixed, columns), set())) == 1))
    low, high = wilson(mean(guesses), len(guesses))
    measured |= compared("all columns", success, mean(guesses))
    return measured | {"all columns, lower": success - high, "all columns, upper": success - low}


def inference(rows: Sequence[Row], known: Sequence[str], column: str, replaced: Iterable[str] = ()) -> Measured:
    """The majority of the class, with the person in it and without, and the majority of all."""
    units = {
        (row["who"], tuple(row[name] for name in known), row[column])
        for row in rows
        if row[column] is not None and row[column] not in set(replaced)
    }
    per_person = Counter(who for who, _, _ in units)
    counts: dict[tuple[Any, ...], Counter[Any]] = defaultdict(Counter)
    overall: Counter[Any] = Counter()
    for who, class_, value in units:
        counts[class_][value] += 1
        overall[value] += 1 / per_person[who]
    if not units:
        return {}
    first = min(overall, key=lambda value: (-round(overall[value], 9), str(value)))
    persons = len(per_person)
    success = control = 0.0
    for who, class_, value in units:
        weight = 1 / per_person[who]
        success += weight * guessed(counts[class_], value)
        others = counts[class_] - Counter({value: 1})
        control += weight * (guessed(others, value) if others else 1.0 * (value == first))
    measured = {}
    for name, against in [("base", max(overall.values()) / persons), ("control", control / persons)]:
        measured |= over(f"{column}, over {name}", success / persons, against, persons)
    return measured


def guessed(counts: Counter[Any], value: Any) -> float:
    """The chance that a guess among the commonest values is this one."""
    most = max(counts.values())
    leaders = [one for one, count in counts.items() if count == most]
    return (value in leaders) / len(leaders)


def linkability(here: dict[Any, Any], there: dict[Any, Any]) -> Measured:
    """What each person shows in two marts: picking one of those who look alike in the other."""
    alike = Counter(there.values())
    picked = []
    for who in here.keys() & there.keys():
        if here[who] == there[who]:
            picked.append(1 / alike[here[who]])
        else:
            picked.append(0.0 if here[who] in alike else 1 / len(there))
    base = 1 / len(there)
    low, high = wilson(mean(picked), len(picked))
    return {"success": mean(picked), "base": base, "lower": low - base, "upper": high - base}


def difference(
    now: Sequence[Row], before: Sequence[Row], columns: Sequence[str], learnt: Sequence[str], k: int
) -> Counter[str]:
    """How many classes, of which columns, differ by some subjects but fewer than k."""
    found: Counter[str] = Counter()
    sizes = sorted({size for size in (1, 2, len(columns)) if size <= len(columns)})
    for size in sizes:
        for chosen in combinations(columns, size):
            counted = [sizes_of(rows, chosen) for rows in (now, before)]
            for key in counted[0].keys() | counted[1].keys():
                found[" + ".join(chosen)] += 0 < abs(counted[0][key] - counted[1][key]) < k
    for column in learnt:
        counted = [sizes_of(rows, [*columns, column]) for rows in (now, before)]
        came: Counter[Any] = Counter()
        went: Counter[Any] = Counter()
        for key in counted[0].keys() | counted[1].keys():
            change = counted[0][key] - counted[1][key]
            came[key[:-1]] += max(change, 0)
            went[key[:-1]] += max(-change, 0)
        found[f"{column} in classes"] += sum(0 < came[key] < k or 0 < went[key] < k for key in came)
    return +found


def sizes_of(rows: Sequence[Row], columns: Sequence[str]) -> Counter[tuple[Any, ...]]:
    """Persons in each class."""
    return Counter(key for key, _ in {(tuple(row[name] for name in columns), row["who"]) for row in rows})


def re_linkage(now: Sequence[Row], before: Sequence[Row], columns: Sequence[str], histories: bool) -> float:
    """The share of the earlier release whose content is alone in both."""
    shown = []
    for rows in (now, before):
        of_one: dict[Any, list[str]] = defaultdict(list)
        for place, row in enumerate(rows):
            of_one[row["who"] if histories else place].append(content(row, columns))
        shown.append(Counter("".join(sorted(records)) for records in of_one.values()))
    found = sum(there == 1 and shown[0][key] == 1 for key, there in shown[1].items())
    return found / shown[1].total() if shown[1] else 0.0


def compared(what: str, success: float, base: float) -> Measured:
    return {f"{what}, success": success, f"{what}, base": base, f"{what}, advantage": success - base}


def over(what: str, success: float, base: float, persons: int) -> Measured:
    """With the interval of the difference, by Newcombe's tenth method."""
    (low, high), (base_low, base_high) = wilson(success, persons), wilson(base, persons)
    return compared(what, success, base) | {
        f"{what}, lower": success - base - sqrt((success - low) ** 2 + (base_high - base) ** 2),
        f"{what}, upper": success - base + sqrt((high - success) ** 2 + (base - base_low) ** 2),
    }


def wilson(share: float, number: int) -> tuple[float, float]:
    """Wilson's score interval, two-sided, 95 %."""
    if not number:
        return 0.0, 1.0
    middle = share + Z * Z / (2 * number)
    spread = Z * sqrt(share * (1 - share) / number + Z * Z / (4 * number * number))
    scale = 1 + Z * Z / number
    return max((middle - spread) / scale, 0), min((middle + spread) / scale, 1)


def mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
