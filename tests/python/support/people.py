"""A thousand invented persons and a mart of them, small enough to read."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

from .project import Project, mart, personal

CLASSIFIED = {
    "id": "linking_code",
    "name": "direct_identifier",
    "phone": "direct_identifier",
    "birth": "quasi_identifier",
    "sex": "quasi_identifier",
    "city": "quasi_identifier",
    "job": "attribute",
}
TYPES = {
    "id": "integer",
    "name": "text",
    "phone": "text",
    "birth": "date",
    "sex": "text",
    "city": "text",
    "job": "text",
}
CITIES = {"01100": "北海道", "13101": "東京都", "27100": "大阪府", "47201": "沖縄県"}
COLUMNS: list[dict[str, Any]] = [
    {"name": "pseudonym", "from": "id", "treat": ["pseudonymize"]},
    {"name": "decade", "from": "birth", "treat": [{"truncate": "year"}, {"band": 10}, {"bottom_code": 1940}]},
    {"name": "sex", "treat": ["keep"]},
    {"name": "prefecture", "from": "city", "treat": [{"lookup": {"hierarchy": "cities", "to": "prefecture"}}]},
    {"name": "job", "treat": [{"suppress_rare": {"below": 10, "replace_with": "その他"}}]},
]
POLICY: dict[str, Any] = {"dataset": "people", "k": 5, "k_reason": "a test", "max_suppression": 0.05}


def people(count: int = 1000, seed: int = 1) -> list[dict[str, Any]]:
    """Rows of the table `people`; the first two share a job nobody else has, ten more a second one."""
    draw = random.Random(seed)
    rows = []
    for number in range(1, count + 1):
        rare = "灯台守" if number <= 2 else "宮大工" if number <= 12 else None
        rows.append(
            {
                "id": number,
                "name": f"山田{number}太郎",
                "phone": f"090{10000000 + number * 7919}",
                "birth": f"{draw.randrange(1935, 2006)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
                "sex": draw.choice("MF"),
                "city": draw.choice(list(CITIES)),
                "job": rare or draw.choice(["会社員", "公務員", "自営業", "学生"]),
            }
        )
    return rows


def write_csv(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Write rows as a comma-separated file with a header."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def people_project(
    project: Project,
    rows: list[dict[str, Any]] | None = None,
    columns: list[dict[str, Any]] | None = None,
    types: dict[str, str] | None = None,
    classified: dict[str, str] | None = None,
    **policy: Any,
) -> None:
    """Load the persons as a source, and write the mart `people_anonymized`; what is given replaces the usual."""
    rows = rows if rows is not None else people()
    project.engine.load_csv("people", write_csv(project.path / "people.csv", rows), types or TYPES)
    project.write("seeds/cities.csv", "value,prefecture\n" + "".join(f"{k},{v}\n" for k, v in CITIES.items()))
    source = personal("people", "id", classified or CLASSIFIED, project.engine.schema())
    model = mart("people_anonymized", "people", columns or COLUMNS, **(POLICY | policy))
    project.write("models/people.yml", {"sources": [source], "models": [model]})
    project.write(
        "models/people_anonymized.sql",
        "{{ tokumei.anonymize(source('raw', 'people'), hierarchies=[ref('cities')]) }}\n",
    )
