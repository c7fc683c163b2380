"""What each technique costs, as a ratio to a plain copy of the same table in the same dbt run.

`make bench` runs it after run.py; `python benchmarks/techniques.py --rows duckdb=100000` tries it small. Each technique has a
mart of its own with the whole gate; the row `keep` is what the gate costs without a technique. Persons have one record each,
visits fifty for each person.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
from pathlib import Path
from typing import Any

from run import SERIES, each_engine, run_dbt
from support.engines import Engine
from support.project import Project, mart, personal

ROWS = [("duckdb", 100_000), ("duckdb", 1_000_000), ("postgres", 1_000_000)]
PERSONS = """
create table persons as
select
    cast(n as bigint) as person_id,
    'P' || cast(n % 3 as text) || '区' as area,
    'D' || cast(floor(power(cast((n * 7919) % 99991 as double precision) / 99991, 6) * 2000) as integer) as diagnosis,
    cast((n * 15485863) % 600011 as integer) as income,
    cast((n * 104729) % 9973 as integer) as score,
    cast((n * 1299709) % 997 as integer) as visits,
    cast(35.5 + cast((n * 7919) % 100003 as double precision) / 250000 as numeric(9, 6)) as lat,
    cast(139.5 + cast((n * 104729) % 100019 as double precision) / 250000 as numeric(9, 6)) as lon,
    case n % 3 when 0 then '配達は午後にお願いします' when 1 then 'へんぴんしたい' else '電話ください ' || cast(n % 7 as text) end as memo,
    cast(date '1930-01-01' + cast((n * 7919) % 27375 as integer) as date) as birth_date
from {series}
"""
VISITS = """
create table visits as
select
    cast(n / 50 as bigint) as person_id,
    cast(timestamp '2026-04-01 00:00:00' + ((n * 7919) % 1440) * interval '1 minute' + (n % 50) * interval '1 day' as timestamp) as moment,
    cast(35.5 + cast(((n / 50) * 31 + (n % 5) * 7) % 1000 as double precision) / 2500 as numeric(9, 6)) as lat,
    cast(139.5 + cast(((n / 50) * 17 + (n % 5) * 13) % 1000 as double precision) / 2500 as numeric(9, 6)) as lon,
    'S' || cast(n % 4 as text) as shop
from {series}
"""
PERSONS_IS = {"person_id": "linking_code", "memo": "free_text"} | dict.fromkeys(
    ["area", "diagnosis", "income", "score", "visits", "lat", "lon", "birth_date"], "attribute"
)
VISITS_IS = {
    "person_id": "linking_code",
    "moment": "attribute",
    "lat": "attribute",
    "lon": "attribute",
    "shop": "attribute",
}
WAIVED = {"waive": {"no_rare_values": "a benchmark"}}
CATEGORIES = {
    "categories": [{"to": "配送", "words": ["配達"]}, {"to": "返品", "pattern": "返品|へんぴん"}],
    "rest": "その他",
}
NOISE = {"distribution": "laplace", "scale": 2000, "unit": 100, "declared_releases": 1000}
GROUP: dict[str, Any] = {"k": 5, "unit": 1}
PLACES = {
    "lat": "lat",
    "lon": "lon",
    "at": "moment",
    "within": 300,
    "night": [22, 6],
    "workdays": [9, 17],
    "regularly": 2,
    "suppress": "record",
}
HISTORY = {"history": {"known": 1, "among": 2, "at_most": 0.99}}

Technique = tuple[str, list[dict[str, Any]], dict[str, Any]]


def joint(*names: str) -> list[dict[str, Any]]:
    """Columns that are microaggregated together."""
    return [
        {"name": name, "treat": [{"microaggregate": GROUP | {"with": [n for n in names if n != name]}}]}
        for name in names
    ]


TECHNIQUES: dict[str, Technique] = {
    "keep": ("persons", [{"name": "area", "treat": ["keep"]}], {}),
    "pseudonymize": (
        "persons",
        [{"name": "who", "from": "person_id", "treat": ["pseudonymize"]}, {"name": "area", "treat": ["keep"]}],
        {},
    ),
    "truncate": ("persons", [{"name": "born", "from": "birth_date", "treat": [{"truncate": "year"}]}], {}),
    "round, top_code": ("persons", [{"name": "income", "treat": [{"round": 1000}, {"top_code": 500000}]}], {}),
    "mesh": (
        "persons",
        [{"name": "mesh", "from": "lat", "treat": [{"mesh": {"level": 3, "lat": "lat", "lon": "lon"}}]} | WAIVED],
        {},
    ),
    "categorize": ("persons", [{"name": "memo", "treat": [{"categorize": CATEGORIES}]}], {}),
    "suppress_rare": ("persons", [{"name": "diagnosis", "treat": [{"suppress_rare": {"below": 100}}]}], {}),
    "generalize_rare": (
        "persons",
        [{"name": "diagnosis", "treat": [{"generalize_rare": {"hierarchy": "diagnoses", "below": 100}}]}],
        {},
    ),
    "microaggregate, one column": ("persons", [{"name": "income", "treat": [{"microaggregate": GROUP}]}], {}),
    "microaggregate, three columns": ("persons", joint("income", "score", "visits"), {}),
    "swap": ("persons", [{"name": "income", "treat": [{"swap": {"within": 1}}]} | WAIVED], {}),
    "add_noise": ("persons", [{"name": "income", "treat": [{"add_noise": NOISE}]} | WAIVED], {}),
    "synthetic_share, 5 %": (
        "persons",
        [
            {"name": "income", "treat": [{"round": 100}]} | WAIVED,
            {"name": "area", "treat": ["keep"]},
            {"name": "score", "treat": ["keep"]} | WAIVED,
        ],
        {"synthetic_share": {"share": 0.05, "from": "marginals"}},
    ),
    "max_history": ("visits", [{"name": "shop", "treat": ["keep"]}], {"max_history": 20}),
    "hide_places": (
        "visits",
        [{"name": "mesh", "from": "lat", "treat": [{"mesh": {"level": 2, "lat": "lat", "lon": "lon"}}]} | WAIVED],
        {"hide_places": PLACES},
    ),
}


def prepare(engine: Engine, folder: Path, rows: int) -> Project:
    """Both tables, a mart for each technique, a copy of each table."""
    project = Project(folder / "project", engine)
    for table in (PERSONS, VISITS):
        engine.execute(table.format(series=SERIES[engine.name].format(rows=rows)))
    if engine.name == "postgres":
        engine.execute("analyze persons; analyze visits")
    leaves = "".join(f"D{code},block {code // 10},chapter {code // 200}\n" for code in range(2001))
    project.write("seeds/diagnoses.csv", "value,block,chapter\n" + leaves)
    source = personal("persons", "person_id", PERSONS_IS, engine.schema())
    source["tables"] += personal("visits", "person_id", VISITS_IS, engine.schema())["tables"]
    policy = {"k": 5, "k_reason": "a benchmark", "max_suppression": 0.99}
    models = []
    for place, (table, columns, more) in enumerate(TECHNIQUES.values()):
        several = HISTORY if table == "visits" else {}
        models.append(mart(f"mart_{place}", table, columns, dataset=f"bench {place}", **(policy | several | more)))
        project.write(
            f"models/mart_{place}.sql",
            f"{{{{ tokumei.anonymize(source('raw', '{table}'), hierarchies=[ref('diagnoses')]) }}}}\n",
        )
    seeds = [{"name": "diagnoses", "columns": [{"name": name} for name in ["value", "block", "chapter"]]}]
    project.write("models/bench.yml", {"sources": [source], "models": models, "seeds": seeds})
    for table in ("persons", "visits"):
        config = "{{ config(materialized='table') }}"
        project.write(f"models/copy_{table}.sql", f"{config}\nselect * from {{{{ source('raw', '{table}') }}}}\n")
    run_dbt(project, "seed")
    return project


def measure(project: Project, left_out: list[str]) -> dict[str, float]:
    """Seconds of each model of one run, one after the other."""
    run_dbt(project, "run", "--threads", "1", "--exclude", "tokumei.publication", *left_out)
    results = json.loads((project.path / "target" / "run_results.json").read_text())["results"]
    return {result["unique_id"].split(".")[-1]: result["execution_time"] for result in results}


def bench(engine: Engine, folder: Path, rows: int, runs: int, only: str, without: str) -> None:
    """A line for each technique whose name begins with `only` and not with `without`."""
    project = prepare(engine, folder, rows)
    names = {f"mart_{place}": name for place, name in enumerate(TECHNIQUES)}
    left_out = [
        model for model, name in names.items() if not name.startswith(only) or (without and name.startswith(without))
    ]
    measured = [measure(project, left_out) for _ in range(runs)]
    for place, (name, (table, _, _)) in enumerate(TECHNIQUES.items()):
        if f"mart_{place}" in left_out:
            continue
        seconds = statistics.median(run[f"mart_{place}"] for run in measured)
        ratios = sorted(run[f"mart_{place}"] / run[f"copy_{table}"] for run in measured)
        spread = f"{statistics.median(ratios):.1f} ({ratios[0]:.1f}–{ratios[-1]:.1f})"
        print(f"| {name} | {engine.name} | {rows:,} | {seconds:.2f} | {spread} |", flush=True)


def main() -> None:
    """Measure what was asked for and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", action="append", default=[], metavar="ENGINE=ROWS")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="", metavar="TECHNIQUE")
    parser.add_argument("--without", default="", metavar="TECHNIQUE")
    arguments = parser.parse_args()
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    print("| technique | engine | rows | gated release, s | ratio to a copy (range) |")
    print("|---|---|---|---|---|")
    for engine, folder, rows in each_engine(arguments.rows, ROWS):
        bench(engine, folder, rows, arguments.runs, arguments.only, arguments.without)


if __name__ == "__main__":
    main()
