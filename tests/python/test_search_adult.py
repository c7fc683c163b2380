"""UCI Adult: the levels, suppressed records, classes and scores that ARX finds, on every engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import real
from support.engines import Engine
from support.gate import private_relations
from support.project import Project, mart
from test_search import answers, operate

QUASI_IDENTIFIERS = [
    "sex",
    "age",
    "race",
    "marital-status",
    "education",
    "native-country",
    "workclass",
    "occupation",
]
TYPES = {"row": "integer"} | dict.fromkeys(QUASI_IDENTIFIERS, "text") | {"salary-class": "text"}
CLASSIFIED = (
    {"row": "linking_code"} | dict.fromkeys(QUASI_IDENTIFIERS, "quasi_identifier") | {"salary-class": "sensitive"}
)
# k, limit, measure: levels, suppressed, classes, score. ../shared/expected/README.md.
ARX = [
    (5, 0, "discernibility", [1, 1, 1, 2, 3, 2, 2, 1], 0, 45, 33627534),
    (5, 0.05, "discernibility", [0, 0, 1, 2, 3, 2, 2, 1], 105, 356, 7220555),
    (5, 0, "average_class_size", [1, 2, 1, 1, 3, 2, 2, 1], 0, 48, 628.375),
    (5, 0.05, "average_class_size", [1, 0, 1, 1, 3, 2, 2, 0], 906, 1046, 28.808022922636102),
    (5, 0.02, "loss", [0, 3, 0, 1, 2, 1, 1, 2], 552, 233, 0.30334014291297),
    (5, 0.05, "loss", [0, 3, 0, 0, 1, 1, 1, 2], 1458, 399, 0.25185171518566),
]
OPERATION = """
{% macro search_all(asked) %}
    {%- for one in asked -%}
        {%- set policy = tokumei._policy_to_choose('adult_anonymized') -%}
        {%- do print(tojson(tokumei.propose(policy, one))) -%}
    {%- endfor -%}
{% endmacro %}
"""
pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def adult(shared: Path, lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A mart of Adult in which nobody has chosen a level; nothing was ever released."""
    project = Project(tmp_path_factory.mktemp("adult"), lasting_engine, views=False)
    folder = shared / "data" / "adult"
    rows = [{"row": place} | row for place, row in enumerate(real.read_rows(folder / "adult.csv", ";"), 1)]
    source = real.load_source(project, "adult", real.one_file(project.path, "adult", rows), TYPES, "row", CLASSIFIED)
    columns: list[dict[str, Any]] = []
    for name in QUASI_IDENTIFIERS:
        hierarchy = "levels_of_" + name.replace("-", "_")
        lines = (folder / f"adult_hierarchy_{name}.csv").read_text(encoding="utf-8").splitlines()
        head = ["value", *(f"level_{number}" for number in range(1, lines[0].count(";") + 1))]
        entries = [dict(zip(head, line.split(";"), strict=True)) for line in lines]
        path = real.one_file(project.path, hierarchy, entries)
        lasting_engine.load_csv(hierarchy, path, dict.fromkeys(head, "text"))
        source["tables"].append({"name": hierarchy})
        columns.append({"name": name, "ladder": {"hierarchy": hierarchy}})
    columns.append({"name": "salary-class", "treat": ["keep"]})
    model = mart("adult_anonymized", "adult", columns, dataset="adult", k=5, k_reason="as ARX", max_suppression=0.05)
    project.write("models/adult.yml", {"sources": [source], "models": [model]})
    hierarchies = ", ".join(f"source('raw', '{t['name']}')" for t in source["tables"][1:])
    project.write(
        "models/adult_anonymized.sql",
        "{{ tokumei.anonymize(source('raw', 'adult'), hierarchies=[" + hierarchies + "]) }}\n",
    )
    project.write("macros/search_all.sql", OPERATION)
    yield project


def test_levels_are_those_that_arx_finds(adult: Project) -> None:
    asked = [{"k": k, "max_suppression": limit, "by": by} for k, limit, by, *_ in ARX]
    outcome, printed = operate(adult, "search_all", asked=asked)
    assert outcome.success, outcome.messages
    for answer, (*_, levels, suppressed, classes, score) in zip(answers(printed), ARX, strict=True):
        best = answer["best"]
        assert [level["level"] for level in best["levels"].values()] == levels
        assert (best["suppressed_records"], best["classes"]) == (suppressed, classes)
        assert best["score"] == pytest.approx(score, rel=1e-9)
        assert (answer["nodes"], answer["combinations"], len(answer["runners_up"])) == (6480, 18109, 5)
        scores = [best["score"], *(node["score"] for node in answer["runners_up"])]
        assert scores == sorted(scores)
    assert [name for name in private_relations(adult) if "stage" in name] == []


def test_the_proposal_names_no_value(adult: Project) -> None:
    outcome, printed = operate(adult, "propose_levels", mart="adult_anonymized", by="loss", show=1)
    assert outcome.success, outcome.messages
    assert '{"lookup": {"hierarchy": "levels_of_age", "to": "level_3"}}' in printed
    assert "best: score 0.25185" in printed and "runner-up 1" in printed and "age 3 (level_3)" in printed
    for value in ("Bachelors", "United-States", "Never-married", "Adm-clerical", "Private"):
        assert value not in printed
    outcome, printed = operate(adult, "propose_levels", mart="adult_anonymized", k=40000, format="json")
    assert outcome.success and json.loads(printed)["best"] is None
    assert "No combination" in json.loads(printed)["notes"][0]
