"""What each step means, in plain Python: from the documentation, with nothing of the macros."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, getcontext
from fractions import Fraction
from typing import Any

getcontext().prec = 100

# Full-width forms that are read as their ASCII ones; a comma stays one: 1,000 is no number.
WIDE = "０１２３４５６７８９．－＋／，"
HALF = str.maketrans(WIDE, unicodedata.normalize("NFKC", WIDE))
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
SIGNS = r"(?P<year>[0-9]{4})(?P<sign>[-/])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})"
KANJI = r"(?P<year>[0-9]{4})[ 　]*年[ 　]*(?P<month>[0-9]{1,2})[ 　]*月[ 　]*(?P<day>[0-9]{1,2})[ 　]*日"
ERA_YEAR = r"(?P<era>明治|大正|昭和|平成|令和|[MTSHR])[ 　]*(?P<year>元|[0-9]{1,3})"
ERA_SIGNS = ERA_YEAR + r"(?P<sign>[-/.])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})"
ERA_KANJI = KANJI.replace("(?P<year>[0-9]{4})", ERA_YEAR)
TIME = (
    r"([ T](?P<hour>[0-9]{1,2}):(?P<minute>[0-5][0-9])(:(?P<second>[0-5][0-9])([.][0-9]+)?)?"
    r"(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?"
)
MOMENTS = [re.compile(form + TIME) for form in (SIGNS, KANJI, ERA_SIGNS, ERA_KANJI)]
# The first letters of the eras, and the western year of each era's first.
ERAS = {"明治": "M", "大正": "T", "昭和": "S", "平成": "H", "令和": "R"}
ERA_LETTERS = "MTSHRmtshrＭＴＳＨＲｍｔｓｈｒ"
BEGAN = {"M": 1868, "T": 1912, "S": 1926, "H": 1989, "R": 2019}
CODE = re.compile(r"0*([1-9][0-9]*|0)(\.0+)?")


@dataclass(frozen=True)
class Label:
    """A text that stands for a class, and what is behind it for the steps that follow."""

    text: str
    behind: Decimal | dt.date | None = None


Value = str | int | float | Decimal | dt.date | Label | None
Row = dict[str, Value]
Hierarchies = dict[str, list[dict[str, str | int]]]


def half_width(text: str) -> str:
    return text.translate(HALF)


def number_text(number: Decimal) -> str:
    """No exponent, no zeros behind the point."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def text_of(value: Value) -> str:
    """The one text of a value, whatever type the warehouse gave it: 17850.0 is 17850."""
    if isinstance(value, Label):
        return value.text
    if isinstance(value, float):
        return repr(value).removesuffix(".0")  # exponents from 10^16 on, and below 0.0001
    if isinstance(value, Decimal):
        return number_text(value)
    return str(value)


def read_number(value: Value) -> Decimal | None:
    """A number; text in decimal digits is one, anything else is nothing."""
    if isinstance(value, Label):
        return value.behind if isinstance(value.behind, Decimal) else None
    if isinstance(value, float):
        return Decimal(repr(value)) + 0 if math.isfinite(value) else None
    if isinstance(value, int | Decimal):
        return Decimal(value)
    if isinstance(value, str):
        text = half_width(value).strip(" 　")
        if NUMBER.fullmatch(text) and abs(Decimal(text)) < 10**28:
            return round_to(Decimal(text), Decimal("1e-10")) + 0
    return None


def read_moment(value: Value) -> dt.datetime | None:
    """A date, with a time of day where it has one; the zone is not applied."""
    if isinstance(value, Label):
        return read_moment(value.behind)
    if isinstance(value, dt.datetime):
        return value
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    if not isinstance(value, str):
        return None
    text = half_width(value).strip(" 　")
    matches = [match for form in MOMENTS if (match := form.fullmatch(era_letter(text)))]
    if not matches:
        return None
    found = matches[0].groupdict()
    year = western_year(found.get("era"), found["year"])
    month, day, hour, minute, second = (int(found[part] or 0) for part in ("month", "day", "hour", "minute", "second"))
    if year is None:
        return None
    try:
        if (hour, minute, second) == (24, 0, 0):
            return dt.datetime(year, month, day) + dt.timedelta(days=1)
        return dt.datetime(year, month, day, hour, minute, second)
    except (ValueError, OverflowError):
        return None


def era_letter(text: str) -> str:
    """The letter an era begins with, half-width and large."""
    return unicodedata.normalize("NFKC", text[:1]).upper() + text[1:] if text[:1] in ERA_LETTERS else text


def western_year(era: str | None, written: str) -> int | None:
    """By arithmetic, whether or not the era lasted so long; the lunar years of 明治 are not read."""
    if era is None:
        return int(written)
    letter = ERAS.get(era, era)
    number = 1 if written == "元" else int(written)
    if (len(written) == 3 and written[0] == "0") or number == 0 or (letter == "M" and number < 6):
        return None
    return BEGAN[letter] - 1 + number


def read_date(value: Value) -> dt.date | None:
    moment = read_moment(value)
    return moment.date() if moment is not None else None


def round_to(value: Decimal, unit: Decimal) -> Decimal:
    """The nearest multiple, halves away from zero (ROUND_HALF_UP is by magnitude)."""
    return (value / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit


def floor_to(value: Decimal, unit: Decimal) -> Decimal:
    return (value / unit).quantize(Decimal(1), ROUND_FLOOR) * unit


def on_grid(value: Value, unit: Decimal, nearest: bool) -> Decimal | None:
    """Ten decimals count; nothing where 15 digits, the unit's decimals included, do not hold it."""
    number = read_number(value)
    decimals = max(0, -int(unit.normalize().as_tuple().exponent))
    if number is None or abs(number) >= 10 ** (15 - decimals):
        return None
    number = round_to(number, Decimal("1e-10")) + 0
    return round_to(number, unit) if nearest else floor_to(number, unit)


def period_start(unit: str, moment: dt.datetime) -> dt.date:
    if unit == "year":
        return moment.date().replace(month=1, day=1)
    if unit == "quarter":
        return moment.date().replace(month=(moment.month - 1) // 3 * 3 + 1, day=1)
    if unit == "month":
        return moment.date().replace(day=1)
    return moment.date()


def truncate(value: Value, unit: str) -> Value:
    moment = read_moment(value)
    if moment is None:
        return None
    if unit == "year":
        return moment.year
    if unit == "hour":
        return moment.replace(minute=0, second=0, microsecond=0)
    return period_start(unit, moment)


def age(value: Value, at: Value) -> int | None:
    """Full years; born on 29 February, a year older on 1 March."""
    born, then = read_date(value), read_date(at)
    if born is None or then is None:
        return None
    return then.year - born.year - ((then.month, then.day) < (born.month, born.day))


def band(value: Value, arguments: dict[str, Any]) -> Value:
    if "edges" in arguments:
        return edge_band(value, arguments["edges"], arguments.get("labels"))
    width = Decimal(str(arguments["width"]))
    lower = on_grid(value, width, nearest=False)
    if lower is None or arguments.get("label") is None:
        return lower
    whole = width == width.to_integral_value()
    upper = lower + (width - 1 if whole else width)
    decimals = 0 if whole else max(0, -int(width.normalize().as_tuple().exponent))
    start, end = f"{lower:.{decimals}f}", f"{upper:.{decimals}f}"
    return Label(arguments["label"].replace("{from}", start).replace("{to}", end), lower)


def edge_band(value: Value, edges: list[Any], labels: list[str] | None) -> Label | None:
    """Classes between the edges, the lower edge inclusive."""
    number = read_number(value)
    if number is None:
        return None
    place = sum(Decimal(str(edge)) <= number for edge in edges)
    ends = ["-inf", *map(str, edges), "inf"]
    named = labels or [f"{'[' if i else '('}{ends[i]}, {ends[i + 1]})" for i in range(len(edges) + 1)]
    return Label(named[place])


def coded(value: Value, arguments: dict[str, Any], top: bool) -> Value:
    """The bound itself belongs to the class."""
    at = arguments["at"]
    numeric = isinstance(at, int | float) and not isinstance(at, bool)
    bound = Decimal(str(at)) if numeric else dt.date.fromisoformat(str(at))
    read = read_number(value) if numeric else read_date(value)
    if read is None:
        return None
    reached = read >= bound if top else read <= bound
    behind = bound if reached else read
    if arguments.get("label") is None and not isinstance(value, Label):
        return behind
    if reached:
        return Label(arguments["label"] if arguments.get("label") is not None else text_of(bound), behind)
    kept = value if isinstance(value, Label | float) else read
    return Label(text_of(kept), behind)


def code(value: Value) -> str:
    """Codes compare without width, leading zeros and the .0 of a floating-point column."""
    text = half_width(text_of(value)).strip(" 　")
    match = CODE.fullmatch(text)
    return match[1] if match else text


def lookup(value: Value, leaves: list[dict[str, str | int]], level: str) -> str | None:
    if value is None:
        return None
    found = {text_of(leaf[level]) for leaf in leaves if code(leaf["value"]) == code(value)}
    assert len(found) <= 1, "the hierarchy gives two parents to a value"
    return found.pop() if found else None


def mesh(lat: Value, lon: Value, level: int | str) -> str | None:
    """JIS X 0410 by its own words: quotients and rests, coarse to fine, exactly."""
    degrees = [number for number in (read_number(lat), read_number(lon)) if number is not None and abs(number) < 1000]
    if len(degrees) < 2:
        return None
    south, west = (Fraction(round_to(number, Decimal("1e-10"))) for number in degrees)
    if not (0 <= south < Fraction("66.66") and 100 <= west < 180):
        return None
    p, south = divmod(south * 60, 40)
    u, west = divmod(west - 100, 1)
    q, south = divmod(south, 5)
    v, west = divmod(west * 60, Fraction("7.5"))
    r, south = divmod(south * 60, 30)
    w, west = divmod(west * 60, 45)
    half = 1 + 2 * (south >= 15) + (west >= Fraction("22.5"))
    code = f"{p:02}{u:02}{q}{v}{r}{w}{half}"
    return code[: {1: 4, 2: 6, 3: 8, "half": 9}[level]]


def fold(text: str) -> str:
    """Width, the case of Latin letters, hiragana and katakana do not count; everything else does."""
    folded = []
    for char in text:
        if "！" <= char <= "～" or "｡" <= char <= "ﾟ" or char == "　":  # full-width ASCII, half-width kana
            char = {"\uff9e": "\u3099", "\uff9f": "\u309a"}.get(char) or unicodedata.normalize("NFKC", char)
        if "ぁ" <= char <= "ゖ" or char in "ゝゞ":
            char = chr(ord(char) + 0x60)
        folded.append(char.lower() if char.isascii() else char)
    return unicodedata.normalize("NFC", "".join(folded))


def categorize(value: Value, categories: list[dict[str, Any]], rest: str) -> Label:
    """The first category whose words or pattern are found; nothing of the text itself is left."""
    if value is None:
        return Label(rest)
    text = text_of(value)
    line = re.sub("[\n\x0b\x0c\r\x85\u2028\u2029]", " ", text)
    for category in categories:
        words = category.get("words", [])
        if any(fold(word) in fold(text) for word in words) or (
            "pattern" in category and re.search(category["pattern"], line)
        ):
            return Label(category["to"])
    return Label(rest)


def netstrings(parts: list[str]) -> bytes:
    return b"".join(b"%d:%s," % (len(part.encode()), part.encode()) for part in parts)


def pseudonym(
    key: bytes,
    value: Value,
    *,
    domain: str = "subject",
    scope: str = "",
    period: dt.date | None = None,
    bits: int = 256,
) -> str:
    """HMAC-SHA-256 of purpose, scope, domain, value and, where one is given, the period."""
    parts = ["pseudonym", scope, domain, text_of(value)] + ([period.isoformat()] if period else [])
    return hmac.new(key, netstrings(parts), hashlib.sha256).hexdigest()[: bits // 4]


def apply_step(
    value: Value,
    name: str,
    given: Any,
    row: Row,
    hierarchies: Hierarchies,
) -> Value:
    """One scalar step, its arguments as a policy writes them."""
    if name == "categorize":
        return categorize(value, given["categories"], given["rest"])
    if value is None or name == "keep":
        return value
    if name == "mesh":
        return mesh(row[given["lat"]], row[given["lon"]], given["level"])
    if name == "truncate":
        return truncate(value, given)
    if name == "age":
        return age(value, row.get(given, given))
    if name == "band":
        return band(value, given if isinstance(given, dict) else {"width": given})
    if name == "round":
        return on_grid(value, Decimal(str(given)), nearest=True)
    if name == "prefix":
        return half_width(text_of(value))[:given]
    if name in ("top_code", "bottom_code"):
        return coded(value, given if isinstance(given, dict) else {"at": given}, top=name == "top_code")
    if name == "lookup":
        return lookup(value, hierarchies[given["hierarchy"]], given["to"])
    raise ValueError(f"the oracle knows no step {name}")


def treat(row: Row, column: dict[str, Any], hierarchies: Hierarchies | None = None) -> Value:
    """One column of a mart for one record: `column` is {name, from, treat} of the policy."""
    value = row[column.get("from", column["name"])]
    for step in column["treat"]:
        ((name, given),) = [(step, None)] if isinstance(step, str) else step.items()
        value = apply_step(value, name, given, row, hierarchies or {})
    return value.text if isinstance(value, Label) else value


def comparable(value: Value) -> Value:
    """Numbers of every type as one: int, Decimal and float are equal where the number is."""
    if isinstance(value, float):
        return Decimal(repr(value)) if math.isfinite(value) else repr(value)
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
