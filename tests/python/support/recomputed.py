"""What a mart of a hostile table must look like, from the source's rows as text, in plain Python."""

from __future__ import annotations

import datetime as dt
import math
import re
import struct
from collections import Counter, defaultdict
from decimal import Decimal, InvalidOperation
from typing import Any

from . import oracle
from .engines import Engine
from .hostile import DATES, NUMBERS, Column, Table, quoted

# What has no counterpart in Python (infinities, years before 1 or after 9999): any value of the declared form will do.
ANY = object()
Cells = list[tuple[Any, ...]]
MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?: (\d\d):(\d\d):(\d\d)(?:\.(\d+))?)?(?:[+-]\d\d(?::?\d\d)?(?::\d\d)?)?")
INTEGERS = ["hugeint", "ubigint", "numeric"]


def fetch(engine: Engine, relation: str, names: list[str]) -> Cells:
    """Every value as the engine writes it."""
    listed = ", ".join(f"cast({quoted(name)} as text)" for name in names)
    place = f"{quoted(engine.schema())}.{quoted(relation)}"
    return engine.query(f"select {listed} from {place}")


def value_of(one: Column, text: str | None) -> Any:
    """A value as the oracle takes it."""
    if text is None:
        return None
    if one.type in ("double precision", "real"):
        return float(text)
    if one.type in NUMBERS or one.type in INTEGERS:
        number = Decimal(text)
        return int(number) if one.type not in ("numeric", "decimal(38, 10)") and number.is_finite() else number
    if one.type in DATES or one.type == "timestamp_ns":
        found = MOMENT.fullmatch(text)
        if not found:
            return ANY
        year, month, day, *time = (int(part or 0) for part in found.groups()[:6])
        micro = int((found[7] or "0")[:6].ljust(6, "0"))
        try:
            moment = dt.datetime(year, month, day, *time, micro)
        except ValueError:
            return ANY
        return moment.date() if one.type == "date" else moment
    return text


def treated(one: Column, text: str | None) -> Any:
    """A value after the scalar steps, comparable."""
    assert one.treat is not None
    if text is None:
        return None
    if one.treat == ["keep"]:
        return written(text)
    value = value_of(one, text)
    name = next(iter(one.treat[0]))
    if name == "prefix":
        return None if value is None else prefix(one, value, text, one.treat[0]["prefix"])
    if one.type == "real" and name in ("top_code", "bottom_code") and widened(value):
        return ANY  # PostgreSQL makes eight bytes of it
    odd = value is ANY or (isinstance(value, float | Decimal) and not math.isfinite(value))
    if odd:
        return ANY
    return written(oracle.treat({"x": value}, {"name": "x", "from": "x", "treat": one.treat}))


def widened(value: Any) -> bool:
    """Whether four bytes hold another number than eight."""
    finite = isinstance(value, float) and math.isfinite(value)
    return finite and struct.unpack("f", struct.pack("f", value))[0] != value


def prefix(one: Column, value: Any, text: str, length: int) -> Any:
    number = isinstance(value, int | Decimal) or (isinstance(value, float) and math.isfinite(value))
    if number and not (isinstance(value, Decimal) and not value.is_finite()):
        if value == 0:
            value = abs(value)
        canonical = oracle.text_of(value)
        return ANY if one.type == "real" else written(canonical[:length])
    canonical = (
        text
        if one.type in ("text", "varchar(300)", "name", *DATES, "timestamp_ns")
        else re.sub(r"^(-?\d+)\.0+$", r"\1", text)
    )
    return written(oracle.half_width(canonical)[:length])


def written(value: Any) -> Any:
    """One form for what is the same: numbers as decimals, moments without zeros at their end."""
    if value is None or value is ANY:
        return value
    if isinstance(value, float | int | Decimal) and not isinstance(value, bool):
        return (
            Decimal(repr(value)) + 0
            if isinstance(value, float) and math.isfinite(value)
            else Decimal(value) + 0
            if not isinstance(value, float)
            else repr(value)
        )
    text = str(value)
    if re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", text) and len(text) < 400:
        try:
            return Decimal(text) + 0
        except InvalidOperation:
            return text
    if MOMENT.fullmatch(text) and "." in text:
        return re.sub(r"(\.\d*?)0+(?=$|[+-])", r"\1", text).replace(".+", "+").removesuffix(".")
    return text


def agree(shown: Any, meant: Any) -> bool:
    return meant is ANY or shown == meant


def problems(engine: Engine, one: Table) -> list[str]:
    """Where a released mart is not what its policy says of its source."""
    names_of_source = [c.name for c in one.columns]
    source = fetch(engine, one.relation, names_of_source)
    shown = [c for c in one.columns if c.treat is not None and c.is_ != "linking_code"]
    pseudonym = one.columns[0].treat is not None
    names = (["pseudonym"] if pseudonym else []) + [c.shown for c in shown]
    mart = fetch(engine, one.alias, names)
    found = []
    if any(cell and "canary-" in cell for row in mart for cell in row):
        found.append("a direct identifier is shown")
    qis = [i for i, c in enumerate(shown) if c.is_ == "quasi_identifier"]
    places = [one.columns.index(c) for c in shown]
    subjects: dict[Any, set[str]] = defaultdict(set)
    rows = []
    for row in source:
        if one.where and row[names_of_source.index(one.where[0])] not in one.where[1]:
            continue
        values = tuple(treated(c, row[p]) for c, p in zip(shown, places, strict=True))
        rows.append((row[0], values))
        subjects[tuple(values[i] for i in qis)].add(row[0])
    exact = not any(value is ANY for _, values in rows for value in values)
    cut = 1 if pseudonym else 0
    records = [(row[0] if pseudonym else None, tuple(written(cell) for cell in row[cut:])) for row in mart]
    if exact:
        kept = [(who, values) for who, values in rows if len(subjects[tuple(values[i] for i in qis)]) >= one.k]
        meant = Counter(tuple(values[i] for i in qis) for _, values in kept)
        got = Counter(tuple(values[i] for i in qis) for _, values in records)
        if meant != got:
            found.append(f"classes differ: {(meant - got)} missing, {(got - meant)} too many")
        for i, c in enumerate(shown):
            if i in qis:
                continue
            holders = defaultdict(set)
            for who, values in kept:
                holders[values[i]].add(who)
            there = Counter((tuple(values[j] for j in qis), values[i]) for _, values in kept)
            seen = Counter((tuple(values[j] for j in qis), values[i]) for _, values in records if values[i] is not None)
            if seen - there:
                found.append(f"{c.shown!r}: {seen - there} come from nowhere")
            found += [
                f"{c.shown!r}: {value!r} is held by too few"
                for value in {v for _, v in seen}
                if len(holders[value]) < one.k
            ]
        if pseudonym and len({who for who, _ in records}) != len({who for who, _ in kept}):
            found.append("pseudonyms are not the subjects kept")
    if pseudonym:
        found += ["a pseudonym has another form" for row in mart if not re.fullmatch("[0-9a-f]{64}", row[0] or "")][:1]
    if pseudonym or not one.several:
        # As an analyst sees them: to the letter.
        classes: dict[Any, set[Any]] = defaultdict(set)
        for number, row in enumerate(mart):
            classes[tuple(row[cut + i] for i in qis)].add(row[0] if pseudonym else number)
        found += [f"a class of {len(held)} subjects: {key}" for key, held in classes.items() if len(held) < one.k]
    return found
