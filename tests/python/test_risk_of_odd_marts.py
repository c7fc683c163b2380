"""Marts that are measured although there is little to measure, or values have no treatment of their own to go back by."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from support import risk
from support.engines import Engine
from support.gate import assert_released
from support.people import CITIES, CLASSIFIED, TYPES, people, write_csv
from support.project import Project, mart, personal

REGIONS = {"01100": "北", "13101": "本州", "27100": "本州", "47201": "南"}
PSEUDONYM = {"name": "pseudonym", "from": "id", "treat": ["pseudonymize"]}
CITY: dict[str, Any] = {"name": "city", "treat": ["keep"]}
LADDER = {"ladder": {"hierarchy": "cities", "levels": ["prefecture", "region"]}}
SEX: dict[str, Any] = {"name": "sex", "treat": ["keep"]}
AGE: dict[str, Any] = {"name": "age", "treat": ["keep"]}
JOB = {"name": "job", "treat": [{"suppress_rare": {"below": 10, "replace_with": "その他"}}]}
CLIMB = {
    "name": "city",
    "treat": [{"generalize_rare": {"hierarchy": "cities", "levels": ["prefecture", "region"], "below": 60}}],
}
NOISE = {"distribution": "laplace", "scale": 2, "unit": 1, "declared_releases": 9}
ADULTS = [{"column": "age", "at_least": 30}]
MARTS: dict[str, tuple[list[dict[str, Any]], dict[str, Any]]] = {
    "pseudonyms_alone": ([PSEUDONYM], {}),
    "no_classes": ([PSEUDONYM, JOB], {}),
    "nobody": ([PSEUDONYM, AGE | {"treat": [{"band": 20}]}, JOB], {"where": [{"column": "age", "below": 0}]}),
    "stepwise": ([PSEUDONYM, CITY | LADDER, AGE, SEX], {"recode": "stepwise"}),
    "mondrian": ([PSEUDONYM, CITY | LADDER, AGE], {"recode": {"mondrian": ["city", "age"]}, "where": ADULTS}),
    "climbing": ([PSEUDONYM, CLIMB, AGE | {"treat": [{"band": 20}]}], {}),
    "grouped": ([PSEUDONYM, AGE | {"treat": [{"microaggregate": {"k": 5}}]}, JOB], {"where": ADULTS}),
    "noisy": (
        [
            PSEUDONYM,
            AGE | {"treat": [{"add_noise": NOISE}, {"band": 20}]},
            CITY | {"treat": [{"swap": {"by": "sex"}}]},
            SEX,
        ],
        {"where": ADULTS},
    ),
}
ROWS = [
    row | {"age": 2026 - int(row["birth"][:4]), "city": "47201" if row["id"] % 40 == 0 else row["city"]}
    for row in people(600)
    if row["city"] != "47201" or row["id"] % 40 == 0
]


@pytest.fixture(scope="module")
def project(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project(tmp_path_factory.mktemp("odd"), lasting_engine, views=False)
    made.engine.load_csv("people", write_csv(made.path / "people.csv", ROWS), TYPES | {"age": "integer"})
    lines = "".join(f"{code},{CITIES[code]},{region}\n" for code, region in REGIONS.items())
    made.write("seeds/cities.csv", "value,prefecture,region\n" + lines)
    source = personal("people", "id", CLASSIFIED | {"age": "quasi_identifier"}, made.engine.schema())
    models = []
    for name, (columns, policy) in MARTS.items():
        declared: dict[str, Any] = {"dataset": name, "k": 5, "k_reason": "a test", "max_suppression": 0.5}
        models.append(mart(name, "people", columns, **declared, risk={"threshold": 0.2}, **policy))
        made.write(
            f"models/{name}.sql", "{{ tokumei.anonymize(source('raw', 'people'), hierarchies=[ref('cities')]) }}\n"
        )
    made.write("models/odd.yml", {"sources": [source], "models": models})
    assert_released(made.build(), *MARTS)
    return made


@pytest.fixture(scope="module")
def logged(project: Project) -> dict[str, risk.Measures]:
    rows = project.query(
        f'select mart, population, measure, column_names, "size", value from {project.private("release_risks_log")}'
    )
    measures: dict[str, risk.Measures] = {name: {} for name in MARTS}
    for name, *key, value in rows:
        measures[name][tuple(key)] = value
    return measures


def shown(project: Project, name: str, column: str) -> list[Any]:
    return [row[0] for row in project.query(f'select "{column}" from {name}')]


def test_where_there_is_nothing_to_tell_apart(logged: dict[str, risk.Measures]) -> None:
    for name in ("pseudonyms_alone", "no_classes"):
        found = logged[name]
        for population in ("mart", "treated"):
            assert found[population, "subjects", "", None] == found[population, "smallest_class", "", None] == len(ROWS)
            assert found[population, "classes", "", None] == 1
        assert found["both", "journalist_maximum", "", None] == pytest.approx(1 / len(ROWS), abs=1e-12)
        assert not [key for key in found if key[1].startswith("combination_")]
    nobody = logged["nobody"]
    assert nobody["mart", "subjects", "", None] == 0
    assert nobody["treated", "subjects", "", None] == len(ROWS)
    assert ("mart", "prosecutor_average", "", None) not in nobody


@pytest.mark.parametrize("name", ["stepwise", "mondrian", "climbing"])
def test_leaves_under_labels_of_any_level(project: Project, logged: dict[str, risk.Measures], name: str) -> None:
    """A code is a leaf, `*` and the pool are all of them."""
    leaves = Counter(CITIES.values()) + Counter(REGIONS.values()) + Counter(CITIES.keys())
    cities = shown(project, name, "city")
    given = len(ROWS) if "where" not in MARTS[name][1] else sum(row["age"] >= 30 for row in ROWS)
    assert logged[name]["mart", "loss", "city", None] == pytest.approx(
        risk.leaf_loss(leaves, len(CITIES), cities, given - len(cities)), abs=1e-9
    )
    assert name == "mondrian" or logged[name]["mart", "loss", "city", None] > 0
    assert 0 < logged[name]["mart", "loss", "age", None] < 1


def test_nobody_was_grouped_outside_where(logged: dict[str, risk.Measures]) -> None:
    """Then the population is what `where` leaves."""
    given = sum(row["age"] >= 30 for row in ROWS)
    assert given < len(ROWS)
    for name in ("mondrian", "grouped", "noisy"):
        assert logged[name]["treated", "subjects", "", None] == given
        prosecutor = logged[name]["mart", "prosecutor_average", "", None]
        assert logged[name]["both", "journalist_average", "", None] == pytest.approx(prosecutor, abs=1e-9)


def test_what_is_drawn_has_no_loss(project: Project, logged: dict[str, risk.Measures]) -> None:
    noisy = logged["noisy"]
    assert [key[2] for key in noisy if key[1] == "loss"] == ["sex"]
    assert {key[2] for key in noisy if key[1] == "total_variation"} == {"city", "sex"}
    cities = Counter(row["city"] for row in ROWS if row["age"] >= 30)
    after = shown(project, "noisy", "city")
    expected = risk.distances("city", list(cities.elements()), after)
    assert {key: noisy[key] for key in expected} == pytest.approx(expected, abs=1e-9)
