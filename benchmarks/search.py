"""What a search costs: seconds from its first statement to its last (dbt's own start excluded, the reading of the source
included), nodes, combinations; how it grows with both.

`python benchmarks/search.py` on UCI Adult beside the project, and on a million records drawn from it of which each value is
replaced by another person's in 3 of 100; `--rows 100000` and `--engine postgres` try others. Run it on a calm machine.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import random
import tempfile
from pathlib import Path
from typing import Any

from run import make_engine, remove
from support import real
from support.project import Project, mart

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "adult"
COLUMNS = ["sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation"]
MEASURES = [("discernibility", 0.05), ("average_class_size", 0.05), ("loss", 0.02), ("precision", 0.02)]
# Fewer nodes of the same table: from the lowest levels on up.
BOUNDED: list[dict[str, Any]] = [{}, {"age": {"lowest": 2}}, {"age": {"lowest": 2}, "education": {"lowest": 2}}]


def jittered(rows: real.Rows, number: int, share: float = 0.03) -> real.Rows:
    """Records drawn anew, each value replaced by another record's with this probability."""
    draw = random.Random(1)
    values = {name: [row[name] for row in rows] for name in COLUMNS}
    drawn = []
    for place in range(1, number + 1):
        row = draw.choice(rows)
        drawn.append(
            {"row": place}
            | {name: draw.choice(values[name]) if draw.random() < share else row[name] for name in COLUMNS}
        )
    return drawn


def make(project: Project, rows: real.Rows) -> None:
    """A mart of the rows with ARX's hierarchies."""
    types = {"row": "integer"} | dict.fromkeys(COLUMNS, "text")
    classified = {"row": "linking_code"} | dict.fromkeys(COLUMNS, "quasi_identifier")
    source = real.load_source(project, "adult", real.one_file(project.path, "adult", rows), types, "row", classified)
    columns: list[dict[str, Any]] = []
    for name in COLUMNS:
        hierarchy = "levels_of_" + name.replace("-", "_")
        lines = (SHARED / f"adult_hierarchy_{name}.csv").read_text(encoding="utf-8").splitlines()
        head = ["value", *(f"level_{number}" for number in range(1, lines[0].count(";") + 1))]
        path = real.one_file(project.path, hierarchy, [dict(zip(head, line.split(";"), strict=True)) for line in lines])
        project.engine.load_csv(hierarchy, path, dict.fromkeys(head, "text"))
        source["tables"].append({"name": hierarchy})
        columns.append({"name": name, "ladder": {"hierarchy": hierarchy}})
    model = mart("adult_anonymized", "adult", columns, dataset="adult", k=5, k_reason="-", max_suppression=0.05)
    project.write("models/adult.yml", {"sources": [source], "models": [model]})
    listed = ", ".join(f"source('raw', '{table['name']}')" for table in source["tables"][1:])
    project.write(
        "models/adult_anonymized.sql",
        "{{ tokumei.anonymize(source('raw', 'adult'), hierarchies=[" + listed + "]) }}\n",
    )


def search(project: Project, **asked: Any) -> dict[str, Any]:
    printed = io.StringIO()
    arguments = json.dumps({"mart": "adult_anonymized", "format": "json", **asked})
    with contextlib.redirect_stdout(printed):
        outcome = project.dbt("run-operation", "propose_levels", "--args", arguments)
    if not outcome.success:
        raise SystemExit(outcome.messages)
    return json.loads(printed.getvalue())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", default="duckdb", choices=["duckdb", "postgres"])
    parser.add_argument("--rows", type=int, action="append", help="30162 is Adult itself")
    given = parser.parse_args()
    adult = real.read_rows(SHARED / "adult.csv", ";")
    print("| rows | by | limit | combinations | nodes | evaluated | seconds |\n|---|---|---|---|---|---|---|")
    for number in given.rows or [30_162, 100_000, 1_000_000]:
        folder = Path(tempfile.mkdtemp(prefix="tokumei-search-"))
        rows = jittered(adult, number)
        if number == len(adult):
            rows = [{"row": place} | {name: row[name] for name in COLUMNS} for place, row in enumerate(adult, 1)]
        project = Project(folder / "project", make_engine(given.engine, folder))
        make(project, rows)
        for by, limit in MEASURES:
            for columns in BOUNDED if by == "loss" else BOUNDED[:1]:
                found = search(project, by=by, max_suppression=limit, columns=columns)
                seconds = min(
                    found["seconds"], search(project, by=by, max_suppression=limit, columns=columns)["seconds"]
                )
                print(
                    f"| {number:,} | {by} | {limit} | {found['combinations']:,} | {found['nodes']:,} "
                    f"| {found['evaluated']:,} | {seconds:.2f} |",
                    flush=True,
                )
        remove(folder)


if __name__ == "__main__":
    main()
