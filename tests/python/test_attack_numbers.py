"""The numbers of each attack on small random tables, nulls and several records included, as plain Python counts them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from math import ceil
from typing import Any, NamedTuple

import pytest
from support import attacks
from support.engines import Engine
from support.histories import md5
from support.people import write_csv
from support.project import Project

KNOWN = ["a", "b", "c"]
ATTACKS = ["linkage", "singling_out", "inference"]
K = 5
MACRO = """
{% macro try_attacks(cases) -%}
    {%- set found = [] -%}
    {%- for case in cases -%}
        {%- for name in case['attacks'] -%}
            {%- if name == 'difference_safe' -%}
                {%- set query = tokumei._difference(case['policy'], case['scene'], case['held']) -%}
            {%- elif name == 're_linkage' -%}
                {%- set who = 'who' if case['histories'] else none -%}
                {%- set query = 'with now_1 as (' ~ tokumei._alone(case['scene']['release'], case['shown'], who) ~ '), before_1 as ('
                    ~ tokumei._alone(case['held']['release'], case['shown'], who) ~ '), ' ~ tokumei._found_again(1, 1) ~ tokumei._reported('measured_1', 0.5, none) -%}
            {%- else -%}
                {%- set query = tokumei.attack_query(name, case['policy'], case['looked_at']) -%}
            {%- endif -%}
            {%- for row in run_query(query).rows -%}
                {%- do found.append([case['no'], name, row[0], row[1] | int, row[2] | float if row[2] is not none else none]) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do print('FOUND ' ~ tojson(found)) -%}
{%- endmacro %}
"""


class Case(NamedTuple):
    """A table and the same a while later; whether each person has one record; what of it is known. Where it `follows`,
    column c is told by a mart of one record each."""

    rows: list[attacks.Row]
    before: list[attacks.Row]
    unique: bool
    known: list[str]
    follows: bool

    @property
    def shown(self) -> list[str]:
        return ["a", "b", "s"] if self.follows else [*KNOWN, "s"]


def table(draw: random.Random, persons: int, unique: bool, spread: int, nulls: float) -> list[attacks.Row]:
    def value() -> str | None:
        return None if draw.random() < nulls else f"v{draw.randrange(spread)}"

    rows = []
    for number in range(persons):
        who = md5(f"{draw.random()}")
        for _ in range(1 if unique else draw.randint(1, 4)):
            rows.append({"who": who, "number": number} | {name: value() for name in [*KNOWN, "s"]})
    return rows


def later(draw: random.Random, rows: list[attacks.Row]) -> list[attacks.Row]:
    """Other pseudonyms; a few persons gone, a few of another value."""
    left = {row["number"] for row in rows if draw.random() < 0.05}
    return [
        row | {"who": md5(f"{row['who']} anew")} | ({"s": "v0"} if draw.random() < 0.02 else {})
        for row in rows
        if row["number"] not in left
    ]


def cases() -> list[Case]:
    draw = random.Random(11)
    made = []
    for persons, unique, spread, nulls, known, *follows in [
        (0, True, 3, 0.0, 3),
        (1, True, 3, 0.0, 3),
        (1, False, 3, 0.5, 2),
        (2, True, 1, 0.0, 2),
        (40, True, 2, 0.2, 1),
        (40, True, 2, 1.0, 3),
        (60, True, 3, 0.1, 3),
        (150, True, 2, 0.0, 3),
        (150, True, 9, 0.0, 2),
        (200, True, 3, 0.3, 2),
        (30, False, 2, 0.2, 3),
        (80, False, 3, 0.1, 2),
        (120, False, 2, 0.0, 1),
        (120, False, 2, 0.0, 0),
        (2300, True, 4, 0.1, 2),
        (1000, False, 4, 0.1, 2),
        (150, True, 2, 0.1, 2, "follows"),
        (100, False, 2, 0.1, 2, "follows"),
    ]:
        before = table(draw, persons, unique, spread, nulls)
        told = {row["who"]: row["c"] for row in before} if follows else {}
        before = [row | ({"c": told[row["who"]], "f.c": told[row["who"]]} if follows else {}) for row in before]
        columns = [*KNOWN[:known], "f.c"] if follows else KNOWN[:known]
        made.append(Case(later(draw, before), before, unique, columns, bool(follows)))
    return made


CASES = cases()


def alone(number: int) -> bool:
    """Whether one column alone is asked about."""
    return number % 5 == 1


def asked(project: Project, number: int) -> dict[str, Any]:
    """What the macro is given: a policy as it would be resolved, and where to look."""
    case = CASES[number]
    place = f'"{project.engine.schema()}"."attacked"'
    columns = [
        {"name": name, "is": is_, "quasi_identifier": name in case.known, "pseudonym": False, "steps": []}
        for name, is_ in [("a", "attribute"), ("b", "attribute"), ("c", "attribute"), ("s", "sensitive")]
        if name in case.shown
    ]
    columns[-1]["steps"] = [{"name": "suppress_rare", "arguments": {"replace_with": "v1"}}]
    limits: dict[str, dict[str, Any]] = {
        "linkage": {"at_most": 0.2},
        "singling_out": {"at_most_over_base": 0.2},
        "inference": {"s": {"at_most_over_base": 0.2}},
    }
    if alone(number):
        limits["singling_out"]["columns"] = ["a"]
    scene, held = (
        {
            "release": f"(select * from {place} as every_one where case_no = {number} and side = '{side}')",
            "unique": case.unique,
            "token": "who",
            "types": dict.fromkeys(case.shown, "text"),
        }
        for side in ("now", "before")
    )
    for side, of_side in [("now", scene), ("before", held)]:
        told = f"(select distinct who, c from {place} as every_one where case_no = {number} and side = '{side}')"
        follows = {"release": told, "token": "who", "types": {"c": "text"}}
        of_side["follows"] = {"f": follows} if case.follows else {}
    policy = {"mart": "m", "columns": columns, "token": "who", "k": K, "attacks": limits}
    policy["follows"] = [{"name": "f", "quasi_identifiers": ["c"], "token": "who"}] if case.follows else []
    return {
        "no": number,
        "attacks": [*ATTACKS, "difference_safe", "re_linkage"],
        "policy": policy,
        "looked_at": scene
        | {"gate": False, "follows": {name: one["release"] for name, one in scene["follows"].items()}},
        "scene": scene,
        "held": held | {"no": 1},
        "shown": case.shown,
        "histories": not case.unique,
    }


Found = dict[tuple[int, str], dict[str, tuple[int, float | None]]]


@pytest.fixture(scope="module")
def found(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Found]:
    """Every attack tried on every case, in one call."""
    folder = tmp_path_factory.mktemp("numbers")
    project = Project(folder / "consumer", lasting_engine, views=False)
    project.write("macros/try_attacks.sql", MACRO)
    names = ["case_no", "side", "who", *KNOWN, "s"]
    lines = [
        {name: ({"case_no": number, "side": side} | row)[name] for name in names}
        for number, case in enumerate(CASES)
        for side, rows in [("now", case.rows), ("before", case.before)]
        for row in rows
    ]
    types = dict.fromkeys(names, "text") | {"case_no": "integer"}
    lasting_engine.load_csv("attacked", write_csv(folder / "attacked.csv", lines), types)
    given = json.dumps({"cases": [asked(project, number) for number in range(len(CASES))]})
    outcome = project.dbt("run-operation", "try_attacks", "--args", given)
    said = [line for line in outcome.messages.splitlines() if line.startswith("FOUND ")]
    assert outcome.success and said, outcome.messages[-3000:]
    result: Found = {
        (number, name): {} for number in range(len(CASES)) for name in [*ATTACKS, "difference_safe", "re_linkage"]
    }
    for number, name, what, violations, measured in json.loads(said[0].removeprefix("FOUND ")):
        result[number, name][what] = (violations, measured)
    yield result


def assert_measured(found: dict[str, tuple[int, float | None]], expected: dict[str, float]) -> None:
    measured = {what.partition(": ")[0]: value for what, (_, value) in found.items() if what}
    assert measured == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_linkage(found: Found, number: int) -> None:
    case = CASES[number]
    expected = attacks.linkage(case.rows, case.known) if case.rows and case.known else {}
    if case.rows or not case.known:
        assert_measured(found[number, "linkage"], expected)
    for what, (violations, measured) in found[number, "linkage"].items():
        assert (violations > 0) == (", success" in what and (measured or 0) > 0.2), what
        assert (" + " in what) <= (violations > 0), "a combination is named where it breaks the limit"


@pytest.mark.parametrize("number", range(len(CASES)))
def test_singling_out(found: Found, number: int) -> None:
    case = CASES[number]
    if case.rows:
        shown, followed = (["a"], []) if alone(number) else (case.shown, ["f.c"] * case.follows)
        expected = attacks.singling_out(case.rows, shown, followed)
        assert_measured(found[number, "singling_out"], expected)
        over = {
            what for what in expected if what.startswith("one") and what.endswith("advantage") and expected[what] > 0.2
        }
        counted = {what: len({row[what.split(", ")[1]] for row in case.rows}) for what in over}
        if expected.get("all columns, upper", 0) > 0.2:
            over |= {"all columns, upper"}
            counted["all columns, upper"] = len({row["who"] for row in case.rows})
        violations = {what: n for what, (n, _) in found[number, "singling_out"].items() if n}
        assert violations == {what: max(ceil(expected[what] * counted[what] - 1e-9), 1) for what in over}
    else:
        assert found[number, "singling_out"]["all columns, success"] == (0, 0)
        assert all(violations == 0 for violations, _ in found[number, "singling_out"].values())


@pytest.mark.parametrize("number", range(len(CASES)))
def test_inference(found: Found, number: int) -> None:
    case = CASES[number]
    expected = attacks.inference(case.rows, case.known, "s", ["v1"])
    assert_measured(found[number, "inference"], expected)
    for what, (violations, measured) in found[number, "inference"].items():
        assert (violations > 0) == (what == "s, over base, upper" and (measured or 0) > 0.2), what


@pytest.mark.parametrize("number", range(len(CASES)))
def test_difference(found: Found, number: int) -> None:
    case = CASES[number]
    expected = attacks.difference(case.rows, case.before, case.known, ["s"], K)
    counted = {what.removeprefix("release 1: "): n for what, (n, _) in found[number, "difference_safe"].items() if n}
    assert counted == expected
    if case.known:
        whole = [attacks.sizes_of(rows, case.known) for rows in (case.rows, case.before)]
        changed = sum(whole[0][key] != whole[1][key] for key in whole[0].keys() | whole[1].keys())
        assert (found[number, "difference_safe"]["release 1, classes changed"][1] or 0) == changed


@pytest.mark.parametrize("number", range(len(CASES)))
def test_re_linkage(found: Found, number: int) -> None:
    case = CASES[number]
    expected = attacks.re_linkage(case.rows, case.before, case.shown, not case.unique)
    persons = len({row["who"] for row in case.before} if not case.unique else case.before)
    violations, measured = found[number, "re_linkage"]["release 1, success"]
    assert measured == pytest.approx(expected, abs=1e-9)
    assert violations == (max(ceil(expected * persons - 1e-9), 1) if expected > 0.5 else 0)
    assert found[number, "re_linkage"]["release 1, base"][1] == pytest.approx(1 / persons if persons else 0)


def test_something_was_found(found: Found) -> None:
    """The cases are not all of one kind: each attack succeeds on some and fails on others."""
    for name in [*ATTACKS, "difference_safe", "re_linkage"]:
        broken = [any(n for n, _ in found[number, name].values()) for number in range(len(CASES))]
        assert True in broken and False in broken, name
