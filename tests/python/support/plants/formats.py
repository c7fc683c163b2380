"""A value of each form that a treatment promises, and values that have it not."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..findings import Case, Finding, Row, relation
from .common import WAIVED, in_scene

Form = tuple[str, Any, str, list[Any], list[Any]]
# Name, steps, type as shown, values that have the form, values that have not.
FORMS: list[Form] = [
    ("days", [{"truncate": "day"}], "date", ["2025-03-17"], []),
    ("cells", [{"mesh": {"level": 3, "lat": "from_cells", "lon": "from_tens"}}], "text", ["53394611", None], ["5339461", "533946111", "53398611"]),
    ("noises_unbounded", [{"add_noise": {"distribution": "laplace", "scale": 10, "unit": 5, "declared_releases": 3}}], "integer", [-5], [52]),
    ("grouped_number", [{"microaggregate": {"k": 3, "unit": 0.5}}], "number", [1.5], [1.25]),
    ("named_bands", [{"band": {"width": 10, "label": "{from}-{to}"}}], "text", ["10-19"], []),
    ("kept_tens", [{"round": 10}, "keep"], "integer", [10], [15]),
    ("kept", ["keep"], "text", ["anything"], []),
    ("months", [{"truncate": "month"}], "date", ["2025-03-01", None], ["2025-03-02"]),
    ("quarters", [{"truncate": "quarter"}], "date", ["2025-04-01"], ["2025-05-01", "2025-04-02"]),
    ("hours", [{"truncate": "hour"}], "timestamp", ["2025-03-01 10:00:00"], ["2025-03-01 10:30:00"]),
    ("years", [{"truncate": "year"}], "integer", [2025], []),
    ("tens", [{"round": 10}], "integer", [10, 0, -20, None], [11, 9]),
    ("tens_of_tops", [{"round": 10}, {"top_code": 55}], "integer", [50, 55], [60, 51, 56]),
    ("tens_of_bottoms", [{"round": 10}, {"bottom_code": 15}, {"top_code": 55}], "integer", [15, 20, 55], [10, 56, 16]),
    ("bands", [{"band": 5}], "integer", [5, 10], [7]),
    ("edges", [{"band": {"edges": [10, 20]}}], "text", ["(-inf, 10)", "[10, 20)", "[20, inf)", None], ["[10, 30)", "15"]),
    ("labels", [{"band": {"edges": [10], "labels": ["low", "high"]}}], "text", ["low", "high"], ["[10, inf)"]),
    ("tops", [{"top_code": 90}], "integer", [90, 12, None], [91]),
    ("bottoms", [{"bottom_code": 10}], "integer", [10, 12], [9]),
    ("both", [{"top_code": 90}, {"bottom_code": 10}], "integer", [90, 10], [91, 9]),
    ("topped", [{"top_code": {"at": 90, "label": "90+"}}], "text", ["90+", "89", "x"], ["90", "91"]),
    ("late", [{"top_code": "2020-06-30"}], "date", ["2020-06-30", "1999-01-01"], ["2020-07-01"]),
    ("early", [{"bottom_code": "2020-06-30"}], "date", ["2020-06-30"], ["2020-06-29"]),
    ("late_months", [{"truncate": "month"}, {"top_code": "2020-06-30"}], "date", ["2020-06-30", "2020-06-01"], ["2020-07-01", "2020-06-29"]),
    ("noises", [{"add_noise": {"distribution": "laplace", "scale": 10, "unit": 5, "declared_releases": 3, "at_least": 0, "at_most": 100}}], "integer", [0, 100, 55], [-5, 105, 52]),
    ("lettered", [{"prefix": 3}], "text", ["abc", "ab", None], ["abcd"]),
    ("looked_up", [{"lookup": {"hierarchy": "tree", "to": "top"}}], "text", ["A", "B", None], ["a1", "C"]),
    ("climbed", [{"generalize_rare": {"hierarchy": "tree", "below": 3}}], "text", ["a1", "A", "all", None], ["C"]),
    ("climbed_to", [{"generalize_rare": {"hierarchy": "tree", "below": 3, "replace_with": "else"}}], "text", ["a1", "else"], ["C"]),
    ("climbed_digits", [{"prefix": 2}, {"generalize_rare": {"hierarchy": "tree", "below": 3}}], "text", ["a1", "all"], ["a1x"]),
    ("categories", [{"categorize": {"categories": [{"to": "one", "words": ["1"]}], "rest": "rest"}}], "text", ["one", "rest", None], ["two"]),
    ("grouped", [{"microaggregate": {"k": 3, "unit": 10}}], "integer", [10, 20], [15]),
    ("grouped_tens", [{"round": 10}, {"microaggregate": 3}], "integer", [10], [15]),
    ("grouped_median", [{"round": 10}, {"microaggregate": {"k": 3, "representative": "median"}}], "integer", [10], [15]),
    ("grouped_order", [{"microaggregate": {"k": 3, "representative": "median", "order": ["bad", "good"]}}], "text", ["bad", "good"], ["better"]),
    ("pooled_tens", [{"round": 10}, {"suppress_rare": {"below": 3, "replace_with": "else"}}], "text", ["10", "else"], ["15"]),
    ("rounded_twice", [{"round": 4}, {"round": 10}], "integer", [10], [4]),
    ("swapped_tens", [{"round": 10}, {"swap": {"by": "kept"}}], "integer", [10], [5]),
]  # fmt: skip
SOURCE_TYPES = {"integer": "integer", "text": "text", "date": "date", "timestamp": "timestamp"}
READ = {"tens": "integer", "years": "date", "edges": "integer", "labels": "integer", "topped": "integer"}


def form_columns() -> list[Row]:
    return [{"name": name, "from": f"from_{name}", "treat": steps, **WAIVED} for name, steps, *_ in FORMS]


TREE = relation(
    [{"value": f"{low}{n}", "top": low.upper(), "root": "all"} for low in "ab" for n in "12"],
    dict.fromkeys(["value", "top", "root"], "text"),
)


def forms() -> list[Case]:
    """One release with a column for each form: all at once what is right, all at once what is wrong."""
    types = {name: kind for name, _, kind, _, _ in FORMS}
    made = []
    for place in (3, 4):
        longest = max(len(form[place]) for form in FORMS)
        rows = [{f[0]: (f[place] or f[3])[min(n, len(f[place] or f[3]) - 1)] for f in FORMS} for n in range(longest)]
        rows = [{name: typed(value, types[name]) for name, value in row.items()} for row in rows]
        given = in_scene(rows, types, lookups={"tree": TREE})
        made.append((place, given))
    return [Case("within_bounds", "formed", formed(place), given) for place, given in made]


def formed(place: int) -> list[Finding]:
    found: list[Finding] = []
    for name, _, _, _, wrong in FORMS:
        for condition in CONDITIONS.get(name, [None]):
            if name in UNJUDGED:
                continue
            count = 0 if place == 3 else len(wrong) if condition is None else len([v for v in wrong if v in condition])
            found.append((name, count, None))
    return found


UNJUDGED = {"days", "kept", "named_bands", "years"}
# Where a column is judged by several conditions: which values break each.
CONDITIONS: dict[str, list[list[Any]]] = {
    "tens_of_tops": [[51, 56], [60, 56]],
    "tens_of_bottoms": [[56, 16], [10], [56]],
    "both": [[91], [9]],
    "late_months": [["2020-06-29"], ["2020-07-01"]],
    "climbed_digits": [["a1x"], ["a1x"]],
}


def typed(value: Any, kind: str) -> Any:
    if kind == "date" and isinstance(value, str):
        return dt.date.fromisoformat(value)
    return value
