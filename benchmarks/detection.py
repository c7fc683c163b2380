"""What `classify` finds and misses: precision and recall on the example, on made persons and on data about nobody.

`python benchmarks/detection.py` prints a line for each table; it reads ../shared/data where that is there. What a column is
was decided by hand (the example's own YAML; TRUTH below). `identifying` are direct_identifier, identification_code,
linking_code and free_text: what leaks if it is missed. Beside it stands presidio-analyzer, where it is installed (it is no
dependency): its recognizers by patterns, told that telephones are Japanese; those of names and places need a language model.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "python"))

import yaml
from support.engines import DuckDB
from support.project import PACKAGE, Project

IDENTIFYING = ("direct_identifier", "identification_code", "linking_code", "free_text")
DATA = PACKAGE.parent / "shared" / "data"
# Header of our own: the file leaves four parts of the address without a name. Then: what is identifying; the rest is not.
PERSONS = "氏名,性別,携帯電話,メールアドレス,郵便番号,都道府県,市区町村,町域,番地,建物,生年月日"
FILES: dict[str, tuple[str, str, str]] = {
    "persons (names as they are)": ("persons/ja_5000.csv", PERSONS, "氏名,携帯電話,メールアドレス,番地,建物"),
    "persons (names hidden)": ("persons/ja_5000.csv", ",".join(f"c{n}" for n in range(11)), "c0,c2,c3,c8,c9"),
    "online retail": ("retail/online_retail.csv.gz", "", "InvoiceNo,CustomerID,Description"),
    "check-ins": ("mobility/foursquare_tky_2000.csv", "", "userId"),
    "adult": ("adult/adult.csv", "", ""),
    "cup": ("cup/cup.csv.gz", "", ""),
    "CASC": ("sdc/CASCrefmicrodata.csv", "", ""),
    "EIA (firms)": ("sdc/EIA.csv", "", ""),
    "Tarragona (firms)": ("sdc/Tarragona.csv", "", ""),
    "testdata": ("sdc/testdata.csv", "", "ori_hid"),
}


def declared() -> dict[str, dict[str, str]]:
    """The example's relations as their YAML classifies them: seed → column → is."""
    truth = {}
    for path in sorted(PACKAGE.glob("models/example/*/stg_*.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]:
            columns = {c["name"]: c["config"]["meta"]["tokumei"]["is"] for c in model["columns"] if "config" in c}
            truth[model["name"].replace("stg_", "raw_")] = columns
    return truth


def load(engine: DuckDB) -> dict[str, dict[str, str | None]]:
    """Tables in the warehouse → column → what it is: a classification, or merely whether it identifies."""
    truth: dict[str, dict[str, Any]] = {}
    for name, columns in declared().items():
        path = next(iter(PACKAGE.glob(f"seeds/example/*/{name}.csv")), None)
        if path is not None:
            engine.execute(f"create table \"{name}\" as select * from read_csv('{path}', header = true)")
            there = [row[0] for row in engine.query(f'describe "{name}"')]
            truth[name] = {c: is_ for c, is_ in columns.items() if c in there}
            hidden = ", ".join(f'"{c}" as c{place}' for place, c in enumerate(there))
            engine.execute(f'create table "{name} (names hidden)" as select {hidden} from "{name}"')
            truth[f"{name} (names hidden)"] = {f"c{n}": columns[c] for n, c in enumerate(there) if c in columns}
    for name, (file, header, identifying) in FILES.items():
        if not (DATA / file).exists():
            continue
        delimiter = ";" if file.startswith(("adult", "cup")) else ","
        names = f", skip = 1, all_varchar = true, names = {header.split(',')}" if header else ""
        first = "false" if header else "true"
        engine.execute(
            f'create table "{name}" as select * from '
            f"read_csv('{DATA / file}', delim = '{delimiter}', header = {first}{names})"
        )
        columns = [row[0] for row in engine.query(f'describe "{name}"')]
        truth[name] = {c: "linking_code" if c in identifying.split(",") else None for c in columns}
    return truth


def classify(project: Project, tables: list[str]) -> dict[str, dict[str, str]]:
    source = {"name": "s", "schema": "main", "tables": [{"name": name} for name in tables]}
    project.write("models/tables.yml", {"sources": [source]})
    calls = "".join(f"{{% do tokumei.classify('s.{name}') %}}{{% do print('---') %}}\n" for name in tables)
    project.write("macros/classify_all.sql", f"{{% macro classify_all() %}}\n{calls}{{% endmacro %}}\n")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        outcome = project.dbt("run-operation", "classify_all")
    assert outcome.success, outcome.messages
    found = {}
    for text in printed.getvalue().strip().removesuffix("---").split("---\n"):
        table = yaml.safe_load(text)["sources"][0]["tables"][0]
        found[table["name"]] = {c["name"]: c["config"]["meta"]["tokumei"]["is"] for c in table["columns"]}
    return found


def presidio(engine: DuckDB, tables: dict[str, Any]) -> dict[str, dict[str, bool]] | None:
    """Whether a tenth of a column's values (up to 300) holds something that identifies, in presidio's eyes."""
    try:
        from presidio_analyzer import predefined_recognizers as known
    except ImportError:
        return None
    recognizers = [
        known.EmailRecognizer(),
        known.PhoneRecognizer(supported_regions=["JP"]),
        known.CreditCardRecognizer(),
        known.IpRecognizer(),
        known.IbanRecognizer(),
        known.UsSsnRecognizer(),
    ]
    found: dict[str, dict[str, bool]] = {}
    for table, columns in tables.items():
        for column in columns:
            name = column.replace('"', '""')
            rows = engine.query(
                f'select distinct cast("{name}" as text) as v from "{table}" where "{name}" is not null order by v limit 300'
            )
            hits = sum(
                any(
                    result.score >= 0.4
                    for recognizer in recognizers
                    for result in recognizer.analyze(text, recognizer.supported_entities, None) or []
                )
                for (text,) in rows
            )
            found.setdefault(table, {})[column] = hits >= 0.1 * max(len(rows), 1)
    return found


def line(table: str, truth: dict[str, str | None], found: dict[str, str], other: dict[str, bool] | None) -> list[str]:
    wanted = {c for c, is_ in truth.items() if is_ in IDENTIFYING}
    given = {c for c, is_ in found.items() if is_ in IDENTIFYING}
    cells = [table, str(len(truth)), str(len(wanted)), str(len(wanted & given)), str(len(given - wanted))]
    exact = [found[c] == is_ for c, is_ in truth.items() if c in found]
    cells.append(f"{sum(exact)} of {len(exact)}" if table.startswith("raw_") else "")
    if other is not None:
        hits = {c for c, hit in other.items() if hit}
        cells += [str(len(wanted & hits)), str(len(hits - wanted))]
    missed, raised = ", ".join(sorted(wanted - given)), ", ".join(sorted(given - wanted))
    return [*cells, "; ".join(x for x in (missed and f"missed {missed}", raised and f"raised {raised}") if x)]


def main() -> None:
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    with tempfile.TemporaryDirectory() as folder:
        engine = DuckDB(Path(folder) / "warehouse.duckdb")
        truth = load(engine)
        found = classify(Project(Path(folder) / "project", engine), list(truth))
        other = presidio(engine, truth)
    header = ["table", "columns", "identifying", "found", "raised besides", "classified as declared"]
    header += ["presidio found", "presidio raised"] if other else []
    print("| " + " | ".join([*header, "which"]) + " |\n|" + "---|" * (len(header) + 1))
    for table, columns in truth.items():
        print("| " + " | ".join(line(table, columns, found[table], other[table] if other else None)) + " |")
    if other is None:
        print("\npresidio-analyzer is not installed")


if __name__ == "__main__":
    main()
