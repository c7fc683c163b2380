"""Homes with a smart meter: a register of the homes, and half-hourly readings of one week in winter."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from faker import Faker

from example.common import Row, as_csv, hyphenated, make_person, make_phone, make_street, pick, places

SEED = 20260403
HOMES = 205
MONDAY = date(2026, 1, 19)
CITY = "20201"

# Built from, to, weight; floor area in square metres: mean, spread.
BUILT = [(1962, 1980, 22), (1981, 1999, 34), (2000, 2024, 44)]
AREAS = {"flat": (66, 11), "house": (116, 17), "large house": (168, 16)}
KINDS = {"flat": 40, "house": 45, "large house": 15}
PERSONS = {"flat": {1: 50, 2: 30, 3: 20}, "house": {1: 12, 2: 30, 3: 26, 4: 24, 5: 8}}
PERSONS["large house"] = {2: 34, 3: 28, 4: 26, 5: 12}
HEATING = {"エアコン": 46, "灯油": 34, "蓄熱・床暖房": 20}
# Share of a day's consumption by hour, at home in the day or not.
AWAY = [3, 2, 2, 2, 2, 3, 6, 7, 4, 2, 2, 2, 2, 2, 2, 2, 3, 5, 8, 9, 9, 8, 7, 5]
AT_HOME = [3, 2, 2, 2, 2, 3, 5, 6, 5, 4, 4, 4, 5, 4, 4, 4, 4, 5, 7, 7, 7, 6, 5, 4]
STORED = [11, 11, 10, 10, 9, 6, 4, 4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 3, 4, 4, 4, 4, 4, 6]
SLOTS = [f"s{slot:02d}" for slot in range(1, 49)]


def make_home(rng: Random, fake: Faker, found: list[dict[str, str]]) -> Row:
    person = make_person(fake, rng.choice(["女性", "男性"]))
    kind = pick(rng, KINDS)
    low, high, _ = rng.choices(BUILT, [weight for *_, weight in BUILT])[0]
    built, persons = rng.randint(low, high), pick(rng, PERSONS[kind])
    mean, spread = AREAS[kind]
    place = rng.choice(found)
    return {
        "meter_point": f"0300{rng.randrange(10**17, 10**18)}",
        "full_name": person.name,
        "phone": make_phone(rng),
        "postal_code": hyphenated(place["postal_code"]),
        "street": make_street(rng, place),
        "built_year": str(built),
        "floor_area": f"{min(199.0, max(31.0, rng.gauss(mean, spread))):.1f}",
        "household_size": str(max(persons, 2) if kind != "flat" and built < 1981 else persons),
        "heating": pick(rng, HEATING),
    }


def make_homes(rng: Random, fake: Faker) -> list[Row]:
    found = places()[CITY]
    homes = [make_home(rng, fake, found) for _ in range(HOMES)]
    # Alone in the combination, however coarse the bands: an old mansion in which one person lives.
    homes[77].update(
        full_name="真田 栄", built_year="1898", floor_area="612.0", household_size="1", heating="蓄熱・床暖房"
    )
    numbers = rng.sample(range(10000, 99999), HOMES)
    return [{"customer_no": str(number), **home} for number, home in zip(sorted(numbers), homes, strict=True)]


def make_day(rng: Random, home: Row, day: date, at_home: bool) -> list[int]:
    """48 half-hours in units of 100 Wh, as the meter counts."""
    area, persons = min(float(home["floor_area"]), 250), int(home["household_size"])
    need = 3.0 + 1.6 * persons
    if home["heating"] != "灯油":
        need += area * 0.07 * (1.25 if int(home["built_year"]) < 1981 else 0.9 if int(home["built_year"]) > 1999 else 1)
    hours = AT_HOME if at_home or day.weekday() >= 5 else AWAY
    if home["heating"] == "蓄熱・床暖房":
        hours = [(usual + stored) / 2 for usual, stored in zip(hours, STORED, strict=True)]
    need *= rng.uniform(0.85, 1.15)
    return [max(0, round(need * 10 * hours[slot // 2] / sum(hours) / 2 + rng.gauss(0, 0.6))) for slot in range(48)]


def make_readings(rng: Random, homes: list[Row]) -> list[Row]:
    rows = []
    stays = {home["customer_no"]: rng.random() < 0.4 for home in homes}
    away = {home["customer_no"] for home in rng.sample(homes, 6)}
    for offset in range(7):
        day = MONDAY + timedelta(days=offset)
        for home in homes:
            values = make_day(rng, home, day, stays[home["customer_no"]])
            if home["customer_no"] in away and offset in (3, 4):
                values = [min(1, value) for value in values]
            slots = dict(zip(SLOTS, map(str, values), strict=True))
            rows.append({"meter_point": home["meter_point"], "read_on": day.isoformat(), **slots})
    return rows


def make() -> dict[str, str]:
    rng = Random(SEED)
    fake = Faker("ja_JP")
    fake.seed_instance(SEED)
    homes = make_homes(rng, fake)
    return {"raw_homes": as_csv(homes), "raw_meter_readings": as_csv(make_readings(rng, homes))}
