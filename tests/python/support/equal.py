"""Marts of real data with every common step, made on any engine under one known key, to be compared value by value."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from . import real
from .fixed_key import fix_key
from .people import write_csv
from .project import Project, mart

LIMITS: dict[str, Any] = {"k": 5, "k_reason": "a test", "max_suppression": 0.2}
PERSONS = ["name", "sex", "phone", "mail", "postal", "prefecture", "city", "town", "block", "house", "birth"]
PERSON = {
    "id": "linking_code",
    "name": "direct_identifier",
    "phone": "direct_identifier",
    "mail": "direct_identifier",
} | {name: "quasi_identifier" for name in ["sex", "postal", "prefecture", "birth"]}
PEOPLE: list[dict[str, Any]] = [
    {"name": "pseudonym", "from": "id", "treat": ["pseudonymize"]},
    {"name": "sex", "treat": ["keep"]},
    {"name": "decade", "from": "birth", "treat": [{"truncate": "year"}, {"band": 10}, {"bottom_code": 1950}]},
    {"name": "zone", "from": "postal", "treat": [{"prefix": 1}]},
    {"name": "prefecture", "treat": [{"suppress_rare": {"below": 90, "replace_with": "その他"}}]},
]
ADULT = ["sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation"]
LADDERS = {"education": 3, "occupation": 2}
ADULTS: list[dict[str, Any]] = [
    {"name": "pseudonym", "from": "row", "treat": [{"pseudonymize": {"bits": 128}}]},
    {"name": "sex", "treat": ["keep"]},
    {
        "name": "age",
        "treat": [{"band": {"width": 10, "label": "{from}〜{to}歳"}}, {"top_code": {"at": 70, "label": "70歳以上"}}],
    },
    {"name": "education", "treat": [{"lookup": {"hierarchy": "levels_of_education", "to": "level_2"}}]},
    {
        "name": "occupation",
        "treat": [
            {
                "generalize_rare": {
                    "hierarchy": "levels_of_occupation",
                    "below": 1500,
                    "levels": ["level_1"],
                    "replace_with": "*",
                }
            }
        ],
    },
    {"name": "workclass", "treat": [{"suppress_rare": {"below": 100}}]},
    {"name": "salary", "from": "salary-class", "treat": ["keep"]},
]
DRAWN: list[dict[str, Any]] = [
    {"name": "pseudonym", "from": "row", "treat": ["pseudonymize"]},
    {"name": "sex", "treat": ["keep"]},
    {"name": "age", "treat": [{"microaggregate": {"k": 2000, "by": "sex", "unit": 1}}]},
    {"name": "race", "treat": [{"swap": {"by": "sex"}}], "waive": {"no_rare_values": "exchanged"}},
    {
        "name": "age_or_so",
        "from": "age",
        "treat": [
            {"add_noise": {"distribution": "laplace", "scale": 15, "unit": 25, "at_least": 0, "declared_releases": 3}}
        ],
        "waive": {"no_rare_values": "noised values are those of nobody"},
    },
    {
        "name": "work",
        "from": "workclass",
        "treat": [
            {
                "categorize": {
                    "categories": [{"to": "public", "pattern": "[Gg]ov$"}, {"to": "own", "words": ["ＳＥＬＦ"]}],
                    "rest": "other",
                }
            }
        ],
    },
]


def write_people(project: Project, shared: Path) -> None:
    header = ["name", "sex", "phone", "mail", "postal", "prefecture", "city", "town", "block", "house", "birth"]
    rows = real.read_rows(shared / "data" / "persons" / "ja_5000.csv", header=header)
    taken = [{"id": place} | {name: row[name] for name in PERSON if name != "id"} for place, row in enumerate(rows, 1)]
    types = {"id": "integer"} | {name: "text" for name in PERSON if name != "id"}
    project.engine.load_csv(
        "persons", write_csv(project.path / "persons.csv", [{n: r[n] for n in types} for r in taken]), types
    )
    source = real.load_source(
        project, "persons", project.path / "persons.csv", types, "id", {n: PERSON[n] for n in types}
    )
    finish(project, source, "persons_alike", "persons", PEOPLE, [], dataset="persons", **LIMITS)


def write_adults(project: Project, shared: Path, columns: list[dict[str, Any]] | None = None, **policy: Any) -> None:
    folder = shared / "data" / "adult"
    rows = [{"row": place} | row for place, row in enumerate(real.read_rows(folder / "adult.csv", ";"), 1)]
    types = {"row": "integer"} | {name: "text" for name in [*ADULT, "salary-class"]} | {"age": "integer"}
    classified = {"row": "linking_code"} | {name: "quasi_identifier" for name in ADULT} | {"salary-class": "sensitive"}
    source = real.load_source(project, "adult", write_csv(project.path / "adult.csv", rows), types, "row", classified)
    for name, depth in LADDERS.items():
        lines = (folder / f"adult_hierarchy_{name}.csv").read_text(encoding="utf-8").splitlines()
        head = ["value", *(f"level_{number}" for number in range(1, depth + 1))]
        entries = [dict(zip(head, line.split(";"), strict=False)) for line in lines]
        path = write_csv(project.path / f"levels_of_{name}.csv", entries)
        project.engine.load_csv(f"levels_of_{name}", path, {level: "text" for level in head})
        source["tables"].append({"name": f"levels_of_{name}", "columns": [{"name": level} for level in head]})
    limits = LIMITS | {"dataset": "adult", "l": {"salary": 2}, "t": {"salary": 0.6}} | policy
    finish(
        project, source, "adult_alike", "adult", columns or ADULTS, [f"levels_of_{name}" for name in LADDERS], **limits
    )


def write_drawn(project: Project, shared: Path) -> None:
    write_adults(project, shared, DRAWN, l=None, t=None)


def finish(
    project: Project,
    source: dict[str, Any],
    name: str,
    table: str,
    columns: list[Any],
    lookups: list[str],
    **policy: Any,
) -> None:
    used = [one for one in lookups if one in str(columns)]
    model = mart(name, table, columns, **{key: value for key, value in policy.items() if value is not None})
    project.write("models/marts.yml", {"sources": [source], "models": [model]})
    passed = (
        f", hierarchies=[{', '.join(f'source({chr(39)}raw{chr(39)}, {chr(39)}{one}{chr(39)})' for one in used)}]"
        if used
        else ""
    )
    project.write(f"models/{name}.sql", f"{{{{ tokumei.anonymize(source('raw', '{table}'){passed}) }}}}\n")
    fix_key(project)


def shown(project: Project, name: str, columns: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """The rows of a mart, as what a reader sees of each value, in an order of their own."""
    listed = ", ".join(project.engine.identifier(column["name"]) for column in columns)
    return sorted(tuple(written(value) for value in row) for row in project.query(f"select {listed} from {name}"))


def written(value: Any) -> str:
    return f"{Decimal(value).normalize():f}" if isinstance(value, Decimal) else str(value)


def audited(project: Project) -> list[tuple[str, int, float | None]]:
    """What was found and measured. Of more than 20,000 subjects no_direct_identifiers measures some, drawn by the engine's own
    hash: that is left out, and its findings are compared on planted relations."""
    rows = project.query(f"select audit, violations, measured from {project.private('release_audits_log')}")
    found = [(row[0], int(row[1]), None if row[2] is None else round(float(row[2]), 9)) for row in rows]
    ((subjects,),) = project.query(f"select max(subjects_in) from {project.private('releases_log')}")
    return sorted((one for one in found if subjects <= 20_000 or "no_direct_identifiers(" not in one[0]), key=str)
