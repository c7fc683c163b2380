"""Persons whose identifiers reach a mart in disguise; what looks like one and is none; what no audit can see."""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
import unicodedata
import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

Row = dict[str, Any]
DUCKDB, POSTGRES = "duckdb", "postgres"
BOTH = frozenset({DUCKDB, POSTGRES})

SURNAMES = [f"{first}{second}" for first in "山田石川" for second in "本村崎原野"]
GIVEN = ["ヴィクトリアー", "ガブリエルー", "ベアトリーチェ", "プリシラー"]
PREFECTURES = {"東京都": ["千代田区", "港区"], "大阪府": ["堺市", "吹田市"], "北海道": ["札幌市", "函館市"]}
CLASSIFIED = {
    "id": "linking_code",
    "member_no": "linking_code",
    "surname": "direct_identifier",
    "full_name": "direct_identifier",
    "email": "direct_identifier",
    "phone": "direct_identifier",
    "card": "direct_identifier",
    "address": "direct_identifier",
    "number": "identification_code",
    "birth": "quasi_identifier",
}


def persons(count: int = 300) -> list[Row]:
    """Persons in no order; an id tells the order in which they joined, a member number the year as well."""
    draw = random.Random(7)
    rows = []
    for number in range(count):
        surname, given = draw.choice(SURNAMES), draw.choice(GIVEN)
        prefecture = draw.choice(list(PREFECTURES))
        joined = 2019 + number * 3 // count, 1 + number * 36 // count % 12
        rows.append(
            {
                "id": 10007 + 13 * number,
                "member_no": f"{joined[0]}-{number:05d}",
                "surname": surname,
                "full_name": f"{given}　{number * 7919 % 9973:04d}",
                "email": f"{draw.choice(['Taro', 'hanako'])}.{draw.randrange(1960, 1990)}{number:04d}@example.jp",
                "phone": f"090-{draw.randrange(1000, 10000)}-{draw.randrange(1000, 10000)}",
                "card": f"{draw.randrange(4 * 10**15, 5 * 10**15)}",
                "address": f"{prefecture}{(town := draw.choice(PREFECTURES[prefecture]))}{number}番地",
                "number": f"0{draw.randrange(10**10, 10**11)}",
                "birth": f"{draw.randrange(1960, 1990)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
                "prefecture": prefecture,
                "town": town,
                "joined": joined,
                "order": draw.random(),
            }
        )
    rows.sort(key=lambda row: row["order"])
    return [row | {"place": place, "friend": rows[place - 1]} for place, row in enumerate(rows)]


class Disguise(NamedTuple):
    """A value, or two for two columns, made from what identifies a person; how it is caught, and on which engines."""

    values: Callable[[Row], Any]
    how: str
    caught: frozenset[str] = BOTH

    def planted(self, row: Row) -> list[Any]:
        """What stands in a row. What is caught of anybody is another person's: by its own it could be caught otherwise."""
        values = self.values(row["friend"] if self.how in (FORM, DECODED, DIGEST) else row)
        return list(values) if isinstance(values, tuple) else [values]


FORM, OWN, DIGEST, ORDER = (
    "one form of both sides; anybody's",
    "each record against its own subject's",
    "digests of the identifiers; anybody's",
    "the order of subjects by it",
)
DECODED = "the value is decoded, then as above"
PARTS = "the two, one behind the other, in records of the subject"
NOTHING = "–"


def hashed(name: str, text: Any) -> str:
    return hashlib.new(name, str(text).encode()).hexdigest()


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def digits(zero: str) -> dict[int, str]:
    return {ord(str(digit)): chr(ord(zero) + digit) for digit in range(10)}


CIRCLED = {ord(digit): circled for digit, circled in zip("0123456789", "⓪①②③④⑤⑥⑦⑧⑨", strict=True)}
KATAKANA = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}
KATAKANA |= {"\u3099": "ﾞ", "\u309a": "ﾟ"}


def half_width(text: str) -> str:
    return "".join(KATAKANA.get(c, c) for c in unicodedata.normalize("NFD", text))


def hiragana(text: str) -> str:
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヴ" else c for c in text)


def mathematical(text: str) -> str:
    return "".join(chr(0x1D41A + ord(c) - ord("a")) if "a" <= c <= "z" else c for c in text)


def secret(text: Any) -> str:
    return hmac.new(b"a secret", str(text).encode(), "sha256").hexdigest()


def enciphered(text: str) -> str:
    """A stream cipher made of a keyed hash: what AES in counter mode would look like."""
    pad = hmac.new(b"a secret", b"pad", "sha512").digest()
    return bytes(a ^ b for a, b in zip(text.encode(), pad, strict=False)).hex()


ONLY_DUCKDB, ONLY_POSTGRES, NOWHERE = frozenset({DUCKDB}), frozenset({POSTGRES}), frozenset[str]()
DISGUISES: dict[str, Disguise] = {
    "as it is": Disguise(lambda row: row["email"], FORM),
    "capitals": Disguise(lambda row: row["email"].upper(), FORM),
    "full width": Disguise(lambda row: row["phone"].translate(digits("０")), FORM),
    "circled digits": Disguise(lambda row: row["phone"].translate(CIRCLED), FORM),
    "mathematical digits": Disguise(lambda row: row["phone"].translate(digits("𝟎")), FORM),
    "mathematical letters": Disguise(lambda row: mathematical(row["email"]), FORM),
    "hiragana for katakana": Disguise(lambda row: hiragana(row["full_name"]), FORM),
    "half-width katakana": Disguise(lambda row: half_width(row["full_name"]), FORM),
    "kana taken apart (NFD)": Disguise(lambda row: unicodedata.normalize("NFD", row["full_name"]), FORM),
    "without separators": Disguise(lambda row: row["phone"].replace("-", ""), FORM),
    "other separators": Disguise(lambda row: row["phone"].replace("-", "】※【"), FORM),
    "zero-width separators": Disguise(lambda row: "\u200b".join(row["phone"]), FORM),
    "lines and tabs between": Disguise(lambda row: row["phone"].replace("-", "\t"), FORM),
    "leading zeros gone": Disguise(lambda row: row["number"].lstrip("0"), FORM),
    "leading zeros added": Disguise(lambda row: row["card"].zfill(24), FORM),
    "a number with .0": Disguise(lambda row: f"{int(row['number'])}.0", FORM),
    "a floating-point number": Disguise(lambda row: float(row["card"]), FORM),
    "an international number": Disguise(lambda row: f"+81 {row['phone'][1:]}", FORM),
    "inside longer text": Disguise(lambda row: f"日中は{row['phone']}まで", FORM),
    "base64": Disguise(lambda row: encoded(row["email"]), DECODED),
    "base64 for addresses, unpadded": Disguise(
        lambda row: base64.urlsafe_b64encode(row["full_name"].encode()).decode().rstrip("="), DECODED
    ),
    "base64 inside longer text": Disguise(lambda row: f"token: {encoded(row['phone'])};", DECODED),
    "hexadecimal": Disguise(lambda row: row["email"].encode().hex(), DECODED),
    "hexadecimal in capitals": Disguise(lambda row: "0x" + row["phone"].encode().hex().upper(), DECODED),
    "MD5": Disguise(lambda row: hashed("md5", row["email"]), DIGEST),
    "MD5 of a short id": Disguise(lambda row: hashed("md5", row["id"]), DIGEST),
    "MD5 in capitals": Disguise(lambda row: hashed("md5", row["phone"]).upper(), DIGEST),
    "MD5 as a UUID": Disguise(lambda row: str(uuid.UUID(hashed("md5", row["phone"]))), DIGEST),
    "MD5 with a word before it": Disguise(lambda row: f"user{hashed('md5', row['number'])}", DIGEST),
    "MD5 of the normalised form": Disguise(
        lambda row: hashed("md5", row["phone"].lstrip("0").replace("-", "")), DIGEST
    ),
    "MD5 of small letters": Disguise(lambda row: hashed("md5", row["email"].lower()), DIGEST),
    "MD5 of digits alone": Disguise(lambda row: hashed("md5", row["phone"].replace("-", "")), DIGEST),
    "SHA-1": Disguise(lambda row: hashed("sha1", row["email"]), DIGEST, ONLY_DUCKDB),
    "SHA-256": Disguise(lambda row: hashed("sha256", row["full_name"]), DIGEST),
    "SHA-256 of a short id": Disguise(lambda row: hashed("sha256", row["id"]), DIGEST),
    "SHA-256 cut to 16": Disguise(lambda row: hashed("sha256", row["number"])[:16], DIGEST),
    "SHA-256 in base64": Disguise(
        lambda row: base64.b64encode(hashlib.sha256(row["card"].encode()).digest()).decode(), DIGEST
    ),
    "SHA-512": Disguise(lambda row: hashed("sha512", row["email"]), DIGEST, ONLY_POSTGRES),
    "a short id with zeros": Disguise(lambda row: f"{row['id']:09d}", OWN),
    "a surname": Disguise(lambda row: row["surname"], OWN),
    "a surname inside text": Disguise(lambda row: f"{row['surname']}様", OWN),
    "the local part of an e-mail": Disguise(lambda row: row["email"].split("@")[0], OWN),
    "four digits of a card": Disguise(lambda row: row["card"][-4:], OWN),
    "reversed": Disguise(lambda row: row["phone"][::-1], OWN),
    "a short id reversed": Disguise(lambda row: str(row["id"])[::-1], OWN),
    "base64 of a short id": Disguise(lambda row: encoded(str(row["id"])), OWN),
    "base64 of a surname": Disguise(lambda row: encoded(row["surname"]), OWN),
    "hexadecimal of a short id": Disguise(lambda row: str(row["id"]).encode().hex(), OWN),
    "the last 8 of an MD5": Disguise(lambda row: hashed("md5", row["phone"])[-8:], OWN),
    "split over two columns": Disguise(lambda row: (row["phone"][:8], row["phone"][8:]), PARTS),
    "a short id split": Disguise(lambda row: (str(row["id"])[:2], str(row["id"])[2:]), PARTS),
    "a name split, the end first": Disguise(lambda row: (row["full_name"][-5:], row["full_name"][:-5]), PARTS),
    "dense_rank of an id": Disguise(lambda row: (row["id"] - 10007) // 13 + 1, ORDER),
    "rank from the end": Disguise(lambda row: -((row["id"] - 10007) // 13), ORDER),
    "an id times 7 plus 1": Disguise(lambda row: row["id"] * 7 + 1, ORDER),
    "a rank in letters": Disguise(
        lambda row: chr(97 + (row["id"] - 10007) // 338) + chr(97 + (row["id"] - 10007) // 13 % 26), ORDER
    ),
    "the place of the record in the source": Disguise(lambda row: row["place"], ORDER),
    "SHA-256 with a secret (HMAC)": Disguise(lambda row: secret(row["email"]), NOTHING, NOWHERE),
    "encryption": Disguise(lambda row: enciphered(row["email"]), NOTHING, NOWHERE),
    "MD5 of an MD5": Disguise(lambda row: hashed("md5", hashed("md5", row["email"])), NOTHING, NOWHERE),
    "an id times a number, modulo another": Disguise(lambda row: row["id"] * 7919 % 99991, NOTHING, NOWHERE),
    "digits shifted by three": Disguise(
        lambda row: row["phone"].translate({48 + digit: 48 + (digit + 3) % 10 for digit in range(10)}), NOTHING, NOWHERE
    ),
    "every other character": Disguise(lambda row: (row["phone"][::2], row["phone"][1::2]), NOTHING, NOWHERE),
    "paraphrase, nickname": Disguise(lambda row: f"{row['surname'][0]}さん", NOTHING, NOWHERE),
}

# Not values of a source's column: what the package itself would have to get wrong, made so by a mutation.
MUTATED = {
    "a pseudonym that is a plain SHA-256": (
        "pseudonym",
        "macros/keys/keyed_hash.sql",
        "{%- set message = [",
        "{{- return(tokumei.sql_sha256(parts | last)) -}}{%- set message = [",
        OWN,
    ),
    "rows in the order of the source": (
        "rows: their order",
        "macros/anonymize/stage_final.sql",
        "order by {{ tokumei._row_order(policy, unique) | join(', ') }}",
        "",
        ORDER,
    ),
}

# Sound, and like an identifier: nothing may be found in these.
SOUND: dict[str, Callable[[Row], Any]] = {
    "year_of_joining": lambda row: row["joined"][0],
    "month_of_joining": lambda row: f"{row['joined'][0]}-{row['joined'][1]:02d}",
    "months_of_membership": lambda row: (2025 - row["joined"][0]) * 12 - row["joined"][1],
    "year_of_birth": lambda row: int(row["birth"][:4]),
    "prefecture": lambda row: row["prefecture"],
    "town": lambda row: row["town"],
    "both": lambda row: row["prefecture"] + row["town"],
    "start_of_phone": lambda row: row["phone"][:3],
    "other_surname": lambda row: SURNAMES[row["place"] % len(SURNAMES)],
    "amount": lambda row: row["place"] * 7919 % 97,
    "rate": lambda row: round(row["place"] * 7919 % 89 / 7, 3),
    "code_of_goods": lambda row: f"{4900000000000 + row['place'] * 7919 % 97}",
    "checksum_of_goods": lambda row: hashed("sha256", row["place"] % 40),
    "picture": lambda row: encoded(f"picture {row['place'] % 40}"),
    "sentence": lambda row: (
        f"The customer of {row['prefecture']} bought {row['place'] % 40} kilograms of internationalisation"
    ),
}
