"""Values of local recoding, and what is none."""

from __future__ import annotations

from typing import Any

from ..findings import Case, Finding
from .common import in_scene
from .formats import TREE, typed


def recoded() -> list[Case]:
    def case(mart: str, column: str, kind: str, values: list[Any], expected: list[int]) -> Case:
        types = {"q": "text", "r": "text", "number": "text", "day": "text"} | {column: kind}
        rows = [{column: typed(value, kind)} for value in values]
        shown = [name for name in MARTS_RECODED[mart]]
        found: list[Finding] = []
        for name in shown:
            found += [(name, count, None) for count in (expected if name == column else RECODED_CLEAN[mart][name])]
        return Case("within_bounds", mart, found, in_scene(rows, {n: types[n] for n in shown}, lookups={"tree": TREE}))

    return [
        case("cut", "number", "text", ["12", "10-20", "*", "-5", "-5--1", None], [0, 0, 0]),
        case("cut", "number", "text", ["1.5-2", "2.5"], [0, 2, 0]),
        case("cut", "number", "text", ["12x", "10-", "10-20-30", "**"], [4, 0, 0]),
        case("cut", "number", "text", ["105", "90-107", "100", "*"], [0, 0, 2]),
        case("cut", "day", "text", ["2020-01-01", "2020-01-01/2020-03-01", "*"], [0, 0]),
        case("cut", "day", "text", ["2020-01", "2020-01-01/2020", "2020-01-01-2020-03-01"], [3, 0]),
        case("cut", "day", "text", ["2020-01-01/2020-03-15", "2020-01-02"], [0, 2]),
        case("meant", "number", "integer", [10, 20], [0]),
        case("meant", "number", "integer", [15], [1]),
        case("laddered", "q", "text", ["a1", "A", "all", "*", None], [0]),
        case("laddered", "q", "text", ["C", "**"], [2]),
        case("laddered", "number", "text", ["20", "0-19", "*", "20-39", None], [0, 0]),
        case("laddered", "number", "text", ["11-20", "ten"], [2, 0]),
        case("laddered", "number", "text", ["5"], [0, 1]),
        case("laddered", "day", "text", ["2020-01-01", "2020-01", "2020-Q1", "2020", "2020-2029", "*"], [0, 0]),
        case("laddered", "day", "text", ["2020-Q5", "2020-001", "2021-2030", "2020-02-01x"], [4, 0]),
        case("laddered", "day", "text", ["2020-01-02"], [0, 1]),
        case("laddered", "r", "text", ["abcd", "ab*", "a*", "*"], [0]),
        case("laddered", "r", "text", ["abcde", "abc*x"], [2]),
    ]


MARTS_RECODED = {"cut": ["number", "day"], "meant": ["number"], "laddered": ["q", "r", "number", "day"]}
RECODED_CLEAN = {"cut": {"number": [0, 0, 0], "day": [0, 0]}, "meant": {"number": [0]}}
RECODED_CLEAN |= {"laddered": {"q": [0], "r": [0], "number": [0, 0], "day": [0, 0]}}
