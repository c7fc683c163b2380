"""A short railway line with IC cards: cards, stations, and taps of one week."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from faker import Faker

from example.common import Row, as_csv, born_within, luhn, make_person, make_phone, pick

SEED = 20260402
CARDS = 1215
MONDAY = date(2025, 10, 6)

# Station: name, latitude, longitude, and how many live, work and spend their leisure there. The line is invented.
STATIONS = {
    "L01": ("中央駅", 35.6130, 140.1130, 5, 58, 45),
    "L02": ("県庁前", 35.6075, 140.1215, 4, 0, 6),
    "L03": ("新町", 35.6000, 140.1295, 18, 0, 4),
    "L04": ("みどり台", 35.5925, 140.1410, 26, 0, 5),
    "L05": ("大学前", 35.5840, 140.1500, 8, 32, 25),
    "L06": ("桜ヶ丘", 35.5755, 140.1615, 22, 0, 5),
    "L07": ("川原", 35.5660, 140.1705, 17, 0, 4),
    "L08": ("終点台", 35.5570, 140.1830, 0, 10, 6),
}
# Of few passengers: who gets off there is known by sight.
QUIET_STATIONS = {"L09": ("展望公園", 35.5490, 140.1955), "L10": ("港資材置場", 35.5445, 140.2080)}
AGES = [(13, 19, 9), (20, 29, 19), (30, 39, 18), (40, 49, 19), (50, 59, 16), (60, 69, 11), (70, 84, 8)]
# Who travels how: share, days of the week (Monday is 0).
HABITS = {"commuter": 13, "some days": 25, "now and then": 62}
# Hour of leaving home and of going back, with their shares.
TO_WORK, FROM_WORK = {6: 12, 7: 50, 8: 38}, {16: 10, 17: 36, 18: 34, 19: 20}
WEEKEND_TRIP = 0.6
TO_LEISURE, FROM_LEISURE = {10: 45, 11: 25, 12: 15, 13: 15}, {16: 45, 17: 35, 18: 20}


def station_shares(column: int) -> dict[str, float]:
    return {code: float(station[column]) for code, station in STATIONS.items() if station[column]}


def make_stations() -> list[Row]:
    known = {**{code: station[:3] for code, station in STATIONS.items()}, **QUIET_STATIONS}
    return [
        {"station_code": code, "station_name": name, "latitude": f"{latitude:.4f}", "longitude": f"{longitude:.4f}"}
        for code, (name, latitude, longitude) in known.items()
    ]


def make_cards(rng: Random, fake: Faker) -> list[Row]:
    cards = []
    for _ in range(CARDS):
        sex = rng.choices(["女性", "男性"], [49, 51])[0]
        person = make_person(fake, sex)
        low, high, _ = rng.choices(AGES, [weight for *_, weight in AGES])[0]
        home = pick(rng, station_shares(3))
        goal = pick(rng, {code: share for code, share in station_shares(4).items() if code != home})
        habit = pick(rng, HABITS)
        commutes = habit == "commuter" or (habit == "some days" and rng.random() < 0.5)
        number = f"JE{rng.randrange(10**11, 10**12)}"
        cards.append(
            {
                "card_id": number + luhn(number[2:]),
                "full_name": person.name,
                "phone": make_phone(rng),
                "birth_month": f"{born_within(rng, low, high, MONDAY):%Y-%m}",
                "sex": sex,
                "pass_type": ("通学定期" if low < 20 else "通勤定期") if commutes else "定期券なし",
                "pass_from": home if commutes else "",
                "pass_to": goal if commutes else "",
                "home": home,
                "goal": goal,
                "habit": habit,
            }
        )
    # A commuter whose home and place of work anybody can read off a week of taps (3-2-2-5 example 1).
    cards[0].update(pass_type="通勤定期", pass_from="L07", pass_to="L01", home="L07", goal="L01", habit="commuter")
    return sorted(cards, key=lambda card: card["card_id"])


def days_of(rng: Random, habit: str) -> list[int]:
    if habit == "commuter":
        return [0, 1, 2, 3, 4]
    if habit == "some days":
        return sorted(rng.sample(range(5), 2))
    return [rng.choice([0, 1, 2, 3, 4, 5, 5, 6, 6])]


def trip(rng: Random, card_id: str, day: int, hour: int, start: str, end: str) -> list[Row]:
    """In at one station, out at another some minutes later, by the clock of Japan."""
    entered = datetime(MONDAY.year, MONDAY.month, MONDAY.day, hour, rng.randrange(60), rng.randrange(60))
    entered += timedelta(days=day)
    left = entered + timedelta(seconds=200 + 150 * abs(int(start[1:]) - int(end[1:])) + rng.randrange(120))
    return [
        {"card_id": card_id, "station_code": station, "gate": gate, "tapped_at": when.isoformat(sep=" ")}
        for station, gate, when in ((start, "入場", entered), (end, "出場", left))
    ]


def make_taps(rng: Random, cards: list[Row]) -> list[Row]:
    rows: list[Row] = []
    for card in cards:
        home = card["home"]
        for day in days_of(rng, card["habit"]):
            working = card["habit"] != "now and then" or (day < 5 and rng.random() < 0.35)
            shares = {code: share for code, share in station_shares(5).items() if code != home}
            goal = card["goal"] if working else pick(rng, shares)
            go, back = (TO_WORK, FROM_WORK) if working else (TO_LEISURE, FROM_LEISURE)
            rows += trip(rng, card["card_id"], day, pick(rng, go), home, goal)
            rows += trip(rng, card["card_id"], day, pick(rng, back), goal, home)
    # Who travels to work goes out at the weekend as well, some of them.
    for card in cards:
        if card["habit"] != "now and then" and rng.random() < WEEKEND_TRIP:
            goal = pick(rng, {code: share for code, share in station_shares(5).items() if code != card["home"]})
            day = rng.choice([5, 6])
            rows += trip(rng, card["card_id"], day, pick(rng, TO_LEISURE), card["home"], goal)
            rows += trip(rng, card["card_id"], day, pick(rng, FROM_LEISURE), goal, card["home"])
    # The quiet stations have 33 visitors, on Sunday.
    sunday = f"{MONDAY + timedelta(days=6)}"
    out_on_sunday = {row["card_id"] for row in rows if row["tapped_at"].startswith(sunday)}
    visitors = rng.sample([card for card in cards if card["card_id"] not in out_on_sunday], 33)
    for number, card in enumerate(visitors):
        place = "L10" if number < 8 else "L09"
        rows += trip(rng, card["card_id"], 6, 13, card["home"], place)
        rows += trip(rng, card["card_id"], 6, 16, place, card["home"])
    rows.sort(key=lambda row: (row["tapped_at"], row["card_id"]))
    return [{"tap_no": str(number), **row} for number, row in enumerate(rows, start=1)]


def make() -> dict[str, str]:
    rng = Random(SEED)
    fake = Faker("ja_JP")
    fake.seed_instance(SEED)
    cards = make_cards(rng, fake)
    return {
        "raw_cards": as_csv(cards, "card_id full_name phone birth_month sex pass_type pass_from pass_to"),
        "raw_stations": as_csv(make_stations()),
        "raw_taps": as_csv(make_taps(rng, cards)),
    }
