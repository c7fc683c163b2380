"""Whether a publication covers a release, held against a plain restatement of the rule for drawn registers."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

from support.engines import DuckDB
from support.people import people_project
from support.project import Project
from support.publisher import today

ITEMS = ["pseudonym", "decade", "sex", "prefecture", "job"]
Row = dict[str, Any]

MODEL = """
{% if execute %}
{%- set release_id = run_query('select release_id from ' ~ tokumei.private_relation('releases_log')).columns[0].values()[0] -%}
{%- set answers = [] -%}
{%- for case in fromjson(var('cases')) -%}
    {%- for release in case['releases'] -%}{%- do release.update({'marts': {'m': {'release_id': release_id}}}) -%}{%- endfor -%}
    {%- do answers.append(tokumei._what_is_missing(case['row'], case['releases'][case['asked']], case['releases']) is none) -%}
{%- endfor -%}
{{ tojson(answers) }}
{% endif %}
"""


def drawn_case(draw: random.Random) -> dict[str, Any]:
    """Releases, newest first, on days around today, of two fingerprints; a publication; which release is asked for."""
    days = sorted((draw.randrange(-9, 1) for _ in range(draw.randint(1, 4))), reverse=True)
    prints = ["f" * 32, "0" * 32]
    releases = [
        {"release": f"run {place}", "made_on": today(day), "fingerprint": draw.choice(prints)}
        for place, day in enumerate(days)
    ]
    asked = draw.randrange(len(releases))
    how = draw.choice(["continuing", "period", "once"])
    start = draw.randrange(-10, 2)
    row = {
        "kind": "creation",
        "fingerprint": releases[asked]["fingerprint"],
        "items": ";".join(draw.choice([ITEMS, ITEMS, ITEMS, list(reversed(ITEMS)), ITEMS[1:], [*ITEMS, "name"]])),
        "published_on": today(draw.randrange(-10, 1)),
        "notice_days": draw.choice([0, 0, 1, 5, 30]),
        "continuing": how == "continuing",
        "period_from": today(start) if how == "period" else None,
        "period_to": today(start + draw.randrange(0, 6)) if how == "period" else None,
    }
    return {"releases": releases, "asked": asked, "row": row}


def covers(case: dict[str, Any]) -> bool:
    """All items, the notice days over, and: it continues, or of its period, or the last made up to its day."""
    row, release = case["row"], case["releases"][case["asked"]]
    published = dt.date.fromisoformat(row["published_on"])
    if set(row["items"].split(";")) != set(ITEMS):
        return False
    if dt.date.fromisoformat(today()) < published + dt.timedelta(days=row["notice_days"]):
        return False
    if row["continuing"]:
        return True
    if row["period_from"]:
        return row["period_from"] <= release["made_on"] <= row["period_to"]
    made = [
        one["release"]
        for one in case["releases"]
        if one["fingerprint"] == row["fingerprint"] and one["made_on"] <= row["published_on"]
    ]
    return made[:1] == [release["release"]]


def test_a_publication_covers_what_it_says(tmp_path: Path) -> None:
    project = Project(tmp_path / "consumer", DuckDB(tmp_path / "warehouse.duckdb"))
    people_project(project)
    assert project.build().success
    draw = random.Random(4)
    cases = [drawn_case(draw) for _ in range(600)]
    project.write("models/coverage.sql", MODEL.replace("var('cases')", repr(json.dumps(cases))))
    outcome = project.dbt("compile", "--select", "coverage")
    assert outcome.success, outcome.messages
    answers = json.loads((project.path / "target/compiled/consumer/models/coverage.sql").read_text(encoding="utf-8"))
    expected = [covers(case) for case in cases]
    assert answers == expected
    assert 100 < sum(expected) < 500
