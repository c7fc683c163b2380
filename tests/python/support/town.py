"""An invented town and what its people bought: a mart of persons with `where`, and one of histories that follows it."""

from __future__ import annotations

import random
from typing import Any

from .people import CITIES, write_csv
from .project import Project, mart, personal

Table = list[dict[str, Any]]
PERSON_TYPES = {"id": "integer", "age": "integer", "sex": "text", "city": "text", "income": "double precision"}
PERSON_TYPES |= {"height": "integer", "born": "date", "post": "text", "job": "text", "agreed": "integer"}
VISIT_TYPES = {"visit": "integer", "id": "integer", "shop": "text", "day": "date", "paid": "integer"}
RISK = {"threshold": 0.12}
PERSON_COLUMNS: list[dict[str, Any]] = [
    {"name": "pseudonym", "from": "id", "treat": ["pseudonymize"]},
    {"name": "decade", "from": "age", "treat": [{"band": 20}]},
    {"name": "sex", "treat": ["keep"]},
    {"name": "prefecture", "from": "city", "treat": [{"lookup": {"hierarchy": "cities", "to": "prefecture"}}]},
    {"name": "income", "treat": [{"round": 100}]},
    {"name": "height", "treat": [{"round": 10}]},
    {"name": "year", "from": "born", "treat": [{"truncate": "year"}]},
    {"name": "post", "treat": [{"prefix": 1}]},
    {"name": "job", "treat": [{"suppress_rare": {"below": 10, "replace_with": "その他"}}]},
]
VISIT_COLUMNS: list[dict[str, Any]] = [
    {"name": "pseudonym", "from": "id", "treat": ["pseudonymize"]},
    {"name": "shop", "treat": ["keep"]},
    {"name": "quarter", "from": "day", "treat": [{"truncate": "quarter"}]},
    {"name": "paid", "treat": [{"round": 500}, {"top_code": 1000}]},
]


def persons(seed: int = 7, count: int = 500) -> Table:
    draw = random.Random(seed)
    rows = []
    for number in range(1, count + 1):
        age = draw.choice([draw.randint(20, 79), draw.randint(40, 59)])
        rows.append(
            {
                "id": number,
                "age": age,
                "sex": draw.choices(["F", "M", ""], [10, 10, 1])[0],
                "city": draw.choices(list(CITIES), [1, 5, 6, 1])[0],
                "income": round(min(draw.lognormvariate(5.6, 0.3) + age, 449), 2) if number % 20 else "",
                "height": min(max(round(draw.gauss(165, 6)), 150), 184),
                "born": f"{2026 - 10 * (age // 10)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
                "post": f"{draw.choice('123')}{draw.randint(0, 99):02d}",
                "job": "灯台守"
                if number <= 8
                else "宮大工"
                if number <= 16
                else draw.choice(["会社員", "公務員", "学生"]),
                "agreed": 0 if draw.random() < 0.25 and number > 20 else 1,
            }
        )
    return rows


def visits(seed: int = 8, count: int = 1500) -> Table:
    draw = random.Random(seed)
    return [
        {
            "visit": number,
            "id": draw.choices([draw.randint(1, 500), draw.randint(1, 60), ""], [10, 5, 1])[0],
            "shop": draw.choices(["北", "南", "駅前"], [5, 5, 1])[0],
            "day": f"2025-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
            "paid": draw.randint(1, 1900),
        }
        for number in range(1, count + 1)
    ]


def town_project(project: Project, people: Table, bought: Table) -> None:
    """Load both tables and declare both marts."""
    schema = project.engine.schema()
    project.engine.load_csv("persons", write_csv(project.path / "persons.csv", people), PERSON_TYPES)
    project.engine.load_csv("visits", write_csv(project.path / "visits.csv", bought), VISIT_TYPES)
    project.write("seeds/cities.csv", "value,prefecture\n" + "".join(f"{k},{v}\n" for k, v in GROUPED.items()))
    is_person = {"id": "linking_code", "age": "quasi_identifier", "sex": "quasi_identifier", "city": "quasi_identifier"}
    is_person |= dict.fromkeys(["income", "height", "born", "post", "job", "agreed"], "attribute")
    is_visit = {"visit": "linking_code", "id": "linking_code", "shop": "quasi_identifier", "day": "quasi_identifier"}
    source = personal("persons", "id", is_person, schema)
    source["tables"] += personal("visits", "id", is_visit | {"paid": "attribute"}, schema)["tables"]
    policy: dict[str, Any] = {"dataset": "town", "k": 5, "k_reason": "a test", "max_suppression": 0.5, "risk": RISK}
    people_mart = mart("people_of_town", "persons", PERSON_COLUMNS, **policy, where=[{"column": "agreed", "equals": 1}])
    visits_mart = mart(
        "visits_of_town",
        "visits",
        VISIT_COLUMNS,
        **policy,
        members_of="people_of_town",
        history={"known": 1, "among": 2, "at_most": 0.9},
        where=[{"column": "id", "is": "not_null"}],
    )
    project.write("models/town.yml", {"sources": [source], "models": [people_mart, visits_mart]})
    project.write(
        "models/people_of_town.sql",
        "{{ tokumei.anonymize(source('raw', 'persons'), hierarchies=[ref('cities')]) }}\n",
    )
    project.write(
        "models/visits_of_town.sql",
        "{{ tokumei.anonymize(source('raw', 'visits'), members_of=ref('people_of_town')) }}\n",
    )


# Two cities in one prefecture, and two cities where nobody lives: leaves that count.
GROUPED = CITIES | {"27100": "東京都", "40100": "福岡県", "40130": "福岡県"}
