"""Which columns an attacker is taken to know, and their crowds, where columns are many: engines take 31 at once."""

from __future__ import annotations

import itertools
import json
import random
from typing import Any

import pytest
from support import attacks
from support.engines import Engine
from support.histories import md5
from support.people import write_csv
from support.project import Project

MACRO = """
{% macro try_ways(sizes) -%}
    {%- for last, known, most in sizes -%}{%- do print('WAYS ' ~ tojson(tokumei._ways(last, known, most))) -%}{%- endfor -%}
{%- endmacro %}
{% macro try_combinations(lists) -%}
    {%- for names in lists -%}{%- do print('CHOSEN ' ~ tojson(tokumei._combinations_of_columns(names))) -%}{%- endfor -%}
{%- endmacro %}
{% macro try_linkage(policies, scene) -%}
    {%- for policy in policies -%}
        {%- set number = loop.index0 -%}
        {%- for row in run_query(tokumei.attack_query('linkage', policy, scene)).rows -%}
            {%- do print('FOUND ' ~ tojson([number, row[0], row[1] | int, row[2] | float])) -%}
        {%- endfor -%}

    {%- endfor -%}
{%- endmacro %}
"""
NAMES = [f"q{number}" for number in range(33)]
SIZES = [(last, known, most) for last in (1, 2, 5, 7) for known in range(1, last + 1) for most in (1, 2, 4, 31, None)]


@pytest.fixture
def asking(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("combinations") / "consumer", engine, views=False)
    project.write("macros/try.sql", MACRO)
    return project


def printed(project: Project, macro: str, mark: str, **given: Any) -> list[str]:
    outcome = project.dbt("run-operation", macro, "--args", json.dumps(given))
    assert outcome.success, outcome.messages[-2000:]
    return [line.removeprefix(mark) for line in outcome.messages.splitlines() if line.startswith(mark)]


@pytest.mark.duckdb
def test_the_ways_are_the_first_of_all(asking: Project) -> None:
    said = [json.loads(line) for line in printed(asking, "try_ways", "WAYS ", sizes=SIZES)]
    assert len(said) == len(SIZES)
    for (last, known, most), ways in zip(SIZES, said, strict=True):
        every = itertools.combinations(range(1, last + 1), known)
        assert ways == [list(way) for way in itertools.islice(every, most)], (last, known, most)


@pytest.mark.duckdb
def test_all_are_tried_up_to_thirty_and_thirty_drawn_beyond(asking: Project) -> None:
    lists = [NAMES[:size] for size in (1, 2, 6, 7, 30, 31, 33)]
    for names, line in zip(lists, printed(asking, "try_combinations", "CHOSEN ", lists=lists), strict=True):
        expected = [
            {"known": known, "names": " + ".join(names[place] for place in way), "places": [place + 1 for place in way]}
            for known in range(1, len(names) + 1)
            for way in attacks.ways(names, known)
        ]
        assert json.loads(line) == expected


def test_crowds_of_many_columns_are_counted(asking: Project) -> None:
    """30 columns fill one number of bits, 33 take two."""
    draw = random.Random(7)
    rows = [{"who": md5(str(n))} | {name: f"v{draw.randrange(3)}" for name in NAMES} for n in range(40)]
    types = dict.fromkeys(["who", *NAMES], "text")
    asking.engine.load_csv("attacked", write_csv(asking.path / "attacked.csv", rows), types)
    scene = {"release": f'"{asking.engine.schema()}"."attacked"', "unique": True, "token": "who", "types": types}
    sizes = (30, 33)
    policies = [
        {
            "mart": "m",
            "columns": [
                {"name": name, "quasi_identifier": True, "pseudonym": False, "steps": []} for name in NAMES[:size]
            ],
            "token": "who",
            "attacks": {"linkage": {"at_most": 1}},
            "follows": [],
        }
        for size in sizes
    ]
    found = [json.loads(line) for line in printed(asking, "try_linkage", "FOUND ", policies=policies, scene=scene)]
    for place, size in enumerate(sizes):
        measured = {what: value for number, what, _, value in found if number == place}
        assert measured == pytest.approx(attacks.linkage(rows, NAMES[:size]), abs=1e-9)
    assert not any(violations for _, _, violations, _ in found)
