"""Every scalar step gives what its documentation says, value by value, on every engine alike."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product, zip_longest
from typing import Any

import pytest
from conftest import EVERY_ENGINE, make_engine
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support import oracle
from support.awkward import AWKWARD
from support.project import Project
from support.steps import Column, Steps, compile_steps, differences

TYPES = {
    "t": "text",
    "i": "bigint",
    "f": "double precision",
    "d": "decimal(18, 6)",
    "b": "date",
    "s": "timestamp",
    "r": "date",
    "q": "text",
    "c": "text",
    "m": "bigint",
    "p": "double precision",
}

# The five classes of beds in which a published practice shows hospitals: 19 or fewer have names of their own in the law.
BEDS: list[Any] = [
    {"band": {"edges": [20, 100, 300, 500], "labels": ["19以下", "20-99", "100-299", "300-499", "500以上"]}}
]
NUMBERS: list[list[Any]] = [
    [{"band": 10}],
    [{"band": 0.5}],
    [{"band": {"width": 10, "label": "{from}-{to}"}}],
    [{"band": {"width": 10.0, "label": "{from}〜{to}歳"}}],
    [{"band": {"width": 0.25, "label": "it's {from} to {to}"}}],
    [{"band": {"edges": [20, 100, 300]}}],
    BEDS,
    [{"band": {"edges": [-0.5, 0, 0.5], "labels": ["minus", "zero's", "a\\b", "😀"]}}],
    [{"round": 5}],
    [{"round": 10}],
    [{"round": 0.1}],
    [{"round": 0.05}],
    [{"round": 1000}],
    [{"top_code": 90}],
    [{"top_code": 0.5}],
    [{"top_code": {"at": 90, "label": "90歳以上"}}],
    [{"bottom_code": -5}],
    [{"bottom_code": {"at": 0.5, "label": "under '1'"}}],
    [{"bottom_code": 20}, {"top_code": {"at": 90, "label": "90+"}}],
    [
        {"band": {"width": 10, "label": "{from}代"}},
        {"top_code": {"at": 90, "label": "90+"}},
        {"bottom_code": 0},
    ],
    [{"top_code": {"at": 90, "label": "90+"}}, {"band": 20}],
    [{"top_code": {"at": 90, "label": "90+"}}, {"band": {"edges": [50, 100]}}],
    [{"top_code": {"at": 90, "label": "90+"}}, {"top_code": 80}],
    [{"round": 10}, {"top_code": 100}, {"bottom_code": -100}],
]
DATES: list[list[Any]] = [
    *([{"truncate": unit}] for unit in ["year", "quarter", "month", "day", "hour"]),
    [{"age": "2023-02-28"}],
    [{"age": "2024-02-29"}],
    [{"age": "2023-03-01"}],
    [{"age": "r"}],
    [{"age": "q"}],
    [{"age": "2024-04-01"}, {"band": 10}, {"top_code": {"at": 100, "label": "100歳以上"}}],
    [{"truncate": "year"}, {"band": 10}, {"bottom_code": 1930}],
    [{"truncate": "month"}, {"bottom_code": "1930-01-01"}],
    [{"top_code": "2000-02-29"}],
    [
        {"top_code": {"at": "2000-02-29", "label": "新しい"}},
        {"bottom_code": {"at": "1900-01-01", "label": "古い"}},
    ],
    [{"top_code": {"at": "2000-02-29", "label": "新しい"}}, {"bottom_code": "1900-01-01"}],
    [{"top_code": {"at": "2000-02-29", "label": "新しい"}}, {"truncate": "year"}],
]
TEXTS: list[list[Any]] = [["keep"], [{"prefix": 1}], [{"prefix": 3}], [{"prefix": 40}]]
CODES: list[list[Any]] = [
    [{"lookup": {"hierarchy": "cities", "to": "prefecture"}}],
    [{"lookup": {"hierarchy": "cities", "to": "region_no"}}],
    [{"lookup": {"hierarchy": "cities", "to": "prefecture"}}, {"prefix": 2}],
]


def policy_columns() -> list[Column]:
    """Every treatment on every source column whose values it can read."""
    pairs = [
        *product(["t", "i", "f", "d"], NUMBERS),
        *product(["t", "b", "s"], DATES),
        *product(["t", "i", "f", "d", "b", "c", "p"], TEXTS),
        *product(["c", "m", "p"], CODES),
        *product(["t"], [[{"prefix": 1}, {"lookup": {"hierarchy": "firsts", "to": "kind"}}]]),
    ]
    return [{"name": f"c{place}", "from": origin, "treat": treat} for place, (origin, treat) in enumerate(pairs)]


COLUMNS = policy_columns()
CITIES = {
    "1100": ("札幌", 1),
    "13101": ("千代田", 2),
    "27100": ("大阪市", 3),
    "47201": ("那覇", 4),
    "0": ("無", 5),
}
# The seed loader read the codes as numbers: 01100 stands there as 1100.
HIERARCHIES: oracle.Hierarchies = {
    "cities": [{"value": int(k), "prefecture": p, "region_no": r} for k, (p, r) in CITIES.items()],
    "firsts": [{"value": char, "kind": f"{ord(char) % 3}"} for char in "0123456789-+/ ABC's\\😀日山"],
}


@pytest.fixture(scope="module", params=EVERY_ENGINE)
def steps(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Steps]:
    """All treatments above, compiled once for each engine."""
    folder = tmp_path_factory.mktemp("steps")
    engine = make_engine(request, request.param, folder)
    yield compile_steps(Project(folder / "consumer", engine, views=False), TYPES, COLUMNS, HIERARCHIES)
    engine.stop()


def test_awkward_values_become_what_the_steps_say(steps: Steps) -> None:
    rows = [dict(zip(AWKWARD, cells, strict=True)) for cells in zip_longest(*AWKWARD.values())]
    assert differences(steps, rows, HIERARCHIES) == []


def test_hospitals_fall_into_the_five_published_classes_of_beds(steps: Steps) -> None:
    beds = {0: "19以下", 19: "19以下", 20: "20-99", 99: "20-99", 100: "100-299", 299: "100-299"}
    beds |= {300: "300-499", 499: "300-499", 500: "500以上", 1500: "500以上", None: None}
    names = [column["name"] for column in COLUMNS if column["from"] in "it" and column["treat"] is BEDS]
    rows = [dict.fromkeys(TYPES) | {"i": count, "t": None if count is None else f"{count}"} for count in beds]
    shown = [[row[name] for name in names] for row in steps.run(rows)]
    assert shown == [[label, label] for label in beds.values()]


WAREKI_DAYS = {
    "明治6年1月1日": "1873-01-01",
    "明治45年7月29日": "1912-07-29",
    "大正元年7月30日": "1912-07-30",
    "T15.12.24": "1926-12-24",
    "昭和元年12月25日": "1926-12-25",
    "昭和64年1月7日": "1989-01-07",
    "昭和64年12月1日": "1989-12-01",
    "平成元年1月8日": "1989-01-08",
    "平成元年1月1日": "1989-01-01",
    "平成31年5月1日": "2019-05-01",
    "Ｒ６／２／２９": "2024-02-29",
    "令和元年5月1日": "2019-05-01",
    "h1/5/1": "1989-05-01",
    "R5-4-1": "2023-04-01",
    "１９８０年４月１日": "1980-04-01",
    "明治5年12月3日": None,
    "明治元年10月23日": None,
    "令和5年2月29日": None,
    "平成0年1月1日": None,
    "平成12年3月": None,
}


def test_days_of_an_era_are_those_of_the_calendar(steps: Steps) -> None:
    (name,) = [c["name"] for c in COLUMNS if c["from"] == "t" and c["treat"] == [{"truncate": "day"}]]
    shown = steps.run([dict.fromkeys(TYPES) | {"t": text} for text in WAREKI_DAYS])
    assert [row[name] and str(row[name]) for row in shown] == list(WAREKI_DAYS.values())


# Anything PostgreSQL can store, digits and separators of every width among it.
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
WIDE = str.maketrans("0123456789.-+/ ", "０１２３４５６７８９．－＋／　")


def written(pattern: str) -> st.SearchStrategy[str]:
    """Texts of a form, half- or full-width."""
    narrow = st.from_regex(pattern, fullmatch=True)
    return narrow | narrow.map(lambda text: text.translate(WIDE))


def digits_15(number: float) -> float:
    """Engines agree on the digits of a floating-point number up to here."""
    return float(f"{number:.15g}")


WESTERN = written(
    r"(19|20)[0-9]{2}(-(0?[1-9]|1[0-2])-|/(0?[1-9]|1[0-2])/)([0-2]?[0-9]|3[01])"
    r"( [0-2][0-9]:[0-6][0-9])?"
)
# Days of every era, before, in and after it, and of the calendar that has no era.
ERA = r"(明治|大正|昭和|平成|令和|[MTSHRmtshrＭＴＳＨＲｍｔｓｈｒ]) ?(元|0?[1-9]|[1-9][0-9]|1[0-9]{2})"
MONTH, DAY = "(0?[1-9]|1[0-2])", "([0-2]?[0-9]|3[01])"
WAREKI = written(
    rf"(({ERA}|(1[89]|20)[0-9]{{2}})年 ?{MONTH}月 ?{DAY}日|{ERA}(-{MONTH}-{DAY}|/{MONTH}/{DAY}|\.{MONTH}\.{DAY}))"
    r"( [0-2][0-9]:[0-6][0-9])?"
)
DAYS = WESTERN | WAREKI
SMALL = st.integers(-(10**6), 10**6)
ROW = st.fixed_dictionaries(
    {
        "t": st.text(CHARACTERS, max_size=8) | written(r" ?[+-]?[0-9]{1,9}(\.[0-9]{1,4})? ?") | DAYS,
        "i": SMALL | st.integers(-(2**63), 2**63 - 1),
        "f": st.decimals(-(10**6), 10**6, places=3).map(float)
        | st.floats(-9e15, 9e15, allow_subnormal=False).map(digits_15),
        "d": st.decimals(-(10**4), 10**4, places=2) | st.decimals(-(10**11), 10**11, places=6),
        "b": st.dates(),
        "s": st.datetimes(),
        "r": st.dates(),
        "q": DAYS,
        "c": st.sampled_from(AWKWARD["c"]),
        "m": st.sampled_from(AWKWARD["m"]),
        "p": st.sampled_from(AWKWARD["p"]),
    }
)
ROWS = st.lists(ROW, min_size=20, max_size=40)


@given(rows=ROWS)
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # a difference names its value: nothing to shrink
    suppress_health_check=list(HealthCheck),
)
def test_any_values_become_what_the_steps_say(steps: Steps, rows: list[oracle.Row]) -> None:
    assert differences(steps, rows, HIERARCHIES) == []
