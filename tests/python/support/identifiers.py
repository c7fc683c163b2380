"""Identifiers made at random, by rules written here again or by libraries that know them; none belongs to anybody."""

from __future__ import annotations

import ipaddress
import random
from collections.abc import Callable

from stdnum import luhn
from stdnum.jp import cn, in_

Makers = dict[str, Callable[[random.Random], str]]


def weighted(digits: str, weights: list[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def resident_check(digits: str) -> str:
    rest = weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
    return "0" if rest <= 1 else str(11 - rest)


def licence_check(digits: str) -> str:
    return str((11 - weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 10)


def municipality_check(digits: str) -> str:
    return str((11 - weighted(digits, [6, 5, 4, 3, 2]) % 11) % 10)


# What decides whether a text of digits is a number of the kind; each knows the lengths.
ORACLES: dict[str, Callable[[str], bool]] = {
    "my_number": in_.is_valid,
    "corporate_number": cn.is_valid,
    "resident_code": lambda text: len(text) == 11 and text[10] == resident_check(text),
    "driver_licence": lambda text: len(text) == 12 and text[10] == licence_check(text),
    "municipality_code": lambda text: len(text) == 6 and text[5] == municipality_check(text),
    "insurer_number": lambda text: len(text) in (6, 8) and luhn.is_valid(text),
    "card_number": lambda text: 13 <= len(text) <= 19 and luhn.is_valid(text),
    "imei": lambda text: len(text) == 15 and luhn.is_valid(text),
}
# マイナンバー, 住民票コード, 法人番号, 保険者番号, 市区町村コード of law/identifiers.md
VECTORS = {
    "my_number": "123456789018 023456789013 983205673214 621498320257 465281266333 765895492872",
    "resident_code": "24727059608 24846016224 25208017643",
    "corporate_number": "5835678256246",
    "insurer_number": "33120015",
    "municipality_code": "011002 131016 271004 472018",
}
NO_VECTORS = {"my_number": "983205673210 621498320258", "resident_code": "25208017644"}


def digits(draw: random.Random, count: int) -> str:
    return "".join(draw.choices("0123456789", k=count))


def letters(draw: random.Random, count: int) -> str:
    return "".join(draw.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=count))


def my_number(draw: random.Random) -> str:
    start = digits(draw, 11)
    return start + in_.calc_check_digit(start)


def with_luhn(draw: random.Random, count: int, start: str = "") -> str:
    text = start + digits(draw, count - 1 - len(start))
    return text + luhn.calc_check_digit(text)


def licence(draw: random.Random) -> str:
    start = digits(draw, 10)
    return start + licence_check(start) + digits(draw, 1)


def resident(draw: random.Random) -> str:
    start = digits(draw, 10)
    return start + resident_check(start)


def person(draw: random.Random) -> str:
    return (
        draw.choice(["佐藤", "鈴木", "高橋", "田中", "渡辺"])
        + " "
        + draw.choice("翼舞翔葵蓮")
        + draw.choice("子美太人")
    )


def address(draw: random.Random) -> str:
    town = draw.choice(["東京都港区芝", "大阪市北区梅田", "横浜市西区みなと町", "西多摩郡瑞穂町"])
    return f"{town}{draw.randint(1, 9)}-{draw.randint(1, 40)}-{draw.randint(1, 30)}"


def vector(draw: random.Random) -> str:
    return "[" + ", ".join(f"{draw.uniform(-1, 1):.4f}" for _ in range(128)) + "]"


MAKERS: Makers = {
    "my_number": my_number,
    "driver_licence": licence,
    "resident_code": resident,
    "passport": lambda draw: letters(draw, 2) + digits(draw, 7),
    "residence_card": lambda draw: letters(draw, 2) + digits(draw, 8) + letters(draw, 2),
    "pension_number": lambda draw: f"{digits(draw, 4)}-{digits(draw, 6)}",
    "employment_insurance": lambda draw: f"{digits(draw, 4)}-{digits(draw, 6)}-{digits(draw, 1)}",
    "insurer_number": lambda draw: with_luhn(draw, 8),
    "biometric_template": vector,
    "email": lambda draw: f"{letters(draw, 6).lower()}{digits(draw, 3)}@example.co.jp",
    "mobile_phone": lambda draw: f"0{draw.choice('6789')}0-{digits(draw, 4)}-{digits(draw, 4)}",
    "landline_phone": lambda draw: f"03-{draw.randint(3000, 6999)}-{digits(draw, 4)}",
    "imei": lambda draw: with_luhn(draw, 15, "35"),
    "card_number": lambda draw: with_luhn(draw, 16, "4"),
    "ip_address": lambda draw: str(ipaddress.IPv4Address(draw.getrandbits(32))),
    "address": address,
    "person_name": person,
}


def ean(draw: random.Random) -> str:
    """JAN / EAN-13: a check digit of its own, which is not Luhn's."""
    text = "49" + digits(draw, 10)
    return text + str(-sum(int(d) * (3 if place % 2 else 1) for place, d in enumerate(text)) % 10)


# What resembles an identifier and is none.
LOOKALIKES: Makers = {
    "twelve_digits": lambda draw: digits(draw, 12),
    "barcode": ean,
    "compact_day": lambda draw: f"{draw.randint(1990, 2026)}{draw.randint(1, 12):02d}{draw.randint(1, 28):02d}",
    "compact_time": lambda draw: (
        f"2026{draw.randint(1, 12):02d}{draw.randint(1, 28):02d}{draw.randint(0, 23):02d}{digits(draw, 4)}"
    ),
    "receipt": lambda draw: f"S{digits(draw, 13)}",
    "amount": lambda draw: str(draw.randint(1, 999) * 1000),
    "band": lambda draw: f"{(low := draw.randint(0, 60) * 10)}-{low + 9}",
    "month": lambda draw: f"{draw.randint(1990, 2026)}-{draw.randint(1, 12):02d}",
    "mesh": lambda draw: f"{draw.randint(3022, 6848)}{digits(draw, 4)}",
    "city": lambda draw: draw.choice("東西南北上下新") + draw.choice("川山田原島崎津") + draw.choice("市区町村"),
    "goods": lambda draw: (
        draw.choice(["抹茶", "黒糖", "完熟", "国産"])
        + draw.choice(["プリン", "うどん", "みそ", "りんご"])
        + digits(draw, 2)
        + "個入"
    ),
    "version": lambda draw: f"{digits(draw, 1)}.{digits(draw, 2)}.{digits(draw, 1)}",
    "clock": lambda draw: f"{draw.randint(0, 23):02d}:{digits(draw, 1)}0:00",
    "postal_code": lambda draw: f"{digits(draw, 3)}-{digits(draw, 4)}",
    "hexadecimal": lambda draw: f"{draw.getrandbits(128):032x}",
    "one_of_many": lambda draw: draw.choice(["info@example.jp", *"甲乙丙丁戊己庚辛"]),
    "two_in_a_hundred": lambda draw: MAKERS["email"](draw) if draw.random() < 0.02 else f"棚{digits(draw, 5)}",
    "decimal": lambda draw: f"{draw.uniform(-9999, 99999):.7f}",
}
