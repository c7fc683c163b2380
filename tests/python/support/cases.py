"""Cases of broken policies: written as YAML, made into marts, compared with what was said."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import yaml

from .people import CLASSIFIED, COLUMNS, POLICY
from .project import Outcome, mart

ABSENT = "ABSENT"
Case = dict[str, Any]


def cases(name: str) -> dict[str, Case]:
    """The cases of a file; what a case may say stands at its head."""
    path = Path(__file__).parents[1] / "cases" / f"{name}.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def body(name: str, case: dict[str, Any]) -> str:
    follows = f", members_of=ref('{case['follows']}')" if "follows" in case else ""
    beside = f", beside=[ref('{case['beside']}')]" if "beside" in case else ""
    hierarchy = case.get("hierarchy", "cities")
    return (
        f"{{{{ tokumei.anonymize(source('raw', 'raw_{name}'), hierarchies=[ref('{hierarchy}')]{follows}{beside}) }}}}\n"
    )


def model(name: str, case: dict[str, Any]) -> dict[str, Any]:
    changes = case.get("columns", {})
    columns = {column["name"]: column | {"item": column["name"]} for column in copy.deepcopy(COLUMNS)}
    for column, change in changes.items():
        columns[column] = columns.get(column, {"name": column, "item": column}) | (change or {})
    kept = [present(column) for key, column in columns.items() if changes.get(key, {}) is not None]
    limits = {**POLICY, "dataset": f"dataset_{name}", "max_suppression": 0.5} | case.get("policy", {})
    made = mart(name, "people", kept, **present(limits))
    for column, given in zip(made["columns"], kept, strict=True):
        if "item" not in given:
            del column["config"]["meta"]["tokumei"]["item"]
    made["config"] |= {"materialized": case.get("materialized", "anonymized")} | case.get("config", {})
    for column in made["columns"]:
        column |= case.get("dbt", {}).get(column["name"], {})
    return made | {"constraints": case.get("constraints", [])}


def source(name: str, case: dict[str, Any]) -> dict[str, Any]:
    classified = CLASSIFIED | case.get("source", {})
    return {
        "name": f"raw_{name}",
        "identifier": case.get("identifier", "people"),
        "config": {"meta": {"tokumei": present({"subject": case.get("subject", "id")})}},
        "columns": [
            present({"name": column, "data_type": case.get("types", {}).get(column, ABSENT)})
            | {"description": case.get("descriptions", {}).get(column, "")}
            | {"config": {"meta": {"tokumei": present({"is": is_})}}}
            for column, is_ in classified.items()
        ],
    }


def present(given: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in given.items() if value != ABSENT}


def errors(outcome: Outcome) -> set[str]:
    """Every error of the package that a run gave; what it says of a dataset is no error."""
    lines = {line.strip() for line in outcome.messages.splitlines()}
    return {line for line in lines if line.startswith("tokumei: ") and not line.startswith("tokumei: dataset ")}


def place(error: str) -> str:
    """The mart, or the source, that an error is about."""
    return error.removeprefix("tokumei: ").split(":")[0].split(".")[0]


def assert_refused_with(name: str, case: Case, said: set[str]) -> None:
    """All errors of the case were given, and no others about its mart and source."""
    unexplained = {error for error in said if place(error) in (name, f"raw_{name}")}
    given = set(unexplained)
    for expected in case["errors"]:
        text = "tokumei: " + re.sub("^source", f"raw_{name}", re.sub("^mart", name, expected))
        pattern = re.compile(".*".join(re.escape(part) for part in text.split("…")))
        matches = {error for error in given if pattern.fullmatch(error)}
        assert len(matches) == 1, (expected, given)
        unexplained -= matches
    assert not unexplained
