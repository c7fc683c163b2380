"""How a gated release grows: purchases, fifty a person, from 1 to 100 million, in 8 GB of memory,
6.5 of which are DuckDB's; PostgreSQL sorts and hashes in 512 MB instead of 4.

`make bench` runs it; `python benchmarks/purchases.py --rows duckdb=1000000 --rows postgres=1000000` tries it small, the
smallest of an engine first: memory is the peak of this process so far, or of the largest process of the server. `--skew` gives one person a tenth of all
purchases. Seconds are of the clock, and of the processor of the warehouse; spilled is the most that DuckDB had on disk
beside its file.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gate
import run
from support.engines import DuckDB, Engine
from support.project import Project

PERSON = {"even": "n // 50", "skewed": "case when n % 10 = 0 then 0 else n // 50 end"}
SOURCE = """
create table purchases as
select
    cast(n as bigint) as purchase_id,
    cast({person} as bigint) as customer_id,
    cast(date '2024-01-01' + cast((n * 7919) % 731 as integer) as date) as bought_on,
    cast(10000 + (n // 50 * 613) % 1900 as text) as city_code,
    case when n % 500000 = 0 then 'rare' || cast(n % 7 as text) else 'goods' || cast((n * 37) % 40 as text) end as goods,
    cast((n * 15485863) % 60000 as integer) as price,
    cast(1 + (n * 31) % 9 as integer) as quantity
from {series}
"""
CLASSIFIED = {
    "purchase_id": "linking_code",
    "customer_id": "linking_code",
    "bought_on": "quasi_identifier",
    "city_code": "quasi_identifier",
    "goods": "quasi_identifier",
    "price": "attribute",
    "quantity": "attribute",
}
COLUMNS: list[dict[str, Any]] = [
    {"name": "pseudonym", "from": "customer_id", "treat": ["pseudonymize"]},
    {"name": "quarter", "from": "bought_on", "treat": [{"truncate": "quarter"}]},
    {
        "name": "prefecture",
        "from": "city_code",
        "treat": [{"lookup": {"hierarchy": "cities", "to": "prefecture"}}],
    },
    {"name": "goods", "treat": [{"suppress_rare": {"below": 10, "replace_with": "other"}}]},
    {"name": "price", "treat": [{"round": 1000}, {"top_code": 50000}]},
    {"name": "quantity", "treat": [{"top_code": 5}]},
]
ROWS = [("duckdb", 10**6), ("duckdb", 10**7), ("duckdb", 10**8), ("postgres", 10**6), ("postgres", 2 * 10**7)]
POLICY = run.POLICY | {"history": {"known": 1, "among": 2, "at_most": 0.99}}


@dataclass
class Limited(DuckDB):
    """DuckDB with 6.5 GB of memory and two threads; what does not fit goes to a folder beside its file. What it allocates outside of its
    buffers, Python and dbt need the rest of 8."""

    def output(self) -> dict[str, Any]:
        return super().output() | {"settings": {"memory_limit": "6500MB", "threads": 2}}


class Spilled:
    """The most that a folder held while a block ran, in MiB."""

    def __init__(self, folder: Path) -> None:
        self.peak = 0.0
        self._folder, self._stop = folder, threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._stop.wait(0.2):
            sizes = [path.stat().st_blocks * 512 for path in self._folder.glob("*") if path.exists()]
            self.peak = max(self.peak, sum(sizes) / 2**20)

    def __enter__(self) -> Spilled:
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._watcher.join()


def prepare(engine: Engine, folder: Path, rows: int, shape: str) -> Project:
    """The table, the policy and the copy."""
    project = Project(folder / "project", engine)
    divide = {"duckdb": "//", "postgres": "/"}[engine.name]
    series = run.SERIES[engine.name].format(rows=rows)
    engine.execute(SOURCE.format(series=series, person=PERSON[shape]).replace("//", divide))
    if engine.name == "postgres":
        engine.execute("analyze purchases")
    run.declare(project, "purchases", CLASSIFIED, COLUMNS, POLICY)
    if not project.dbt("seed").success:
        raise SystemExit("the hierarchy was not loaded")
    return project


def bench(engine: Engine, folder: Path, rows: int, shape: str) -> tuple[str, float]:
    """One line of the table, and microseconds of the processor a purchase."""
    project = prepare(engine, folder, rows, shape)
    with run.ServerMemory() as server, Spilled(folder / "bench.duckdb.tmp") as spilled:
        processor, clock = gate.measure(project)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    memory = own if engine.name == "duckdb" else server.peak
    kept = engine.query("select count(*), count(distinct pseudonym) from customers_anonymized")[0]
    copy, release, work = clock["plain_copy"], clock["customers_anonymized"], processor["customers_anonymized"]
    line = (
        f"| {engine.name} | {rows:,}{'' if shape == 'even' else ', skewed'} | {kept[1]:,} | {copy:.1f} | {release:.1f} "
        f"| {release / copy:.1f} | {work:.1f} | {work / rows * 1e6:.2f} | {memory:,.0f} | {spilled.peak:,.0f} |"
    )
    return line, work / rows * 1e6


def plot(name: str, costs: dict[int, float]) -> str:
    """Flat is linear: what a purchase costs at each size, as a chart that Markdown shows."""
    sizes, heights = ", ".join(f'"{rows:,}"' for rows in costs), ", ".join(f"{cost:.2f}" for cost in costs.values())
    return (
        f'```mermaid\nxychart-beta\n    title "{name}: processor time a purchase"\n    x-axis "purchases" [{sizes}]\n'
        f'    y-axis "microseconds" 0 --> {max(costs.values()) * 1.2:.0f}\n    bar [{heights}]\n```'
    )


def main() -> None:
    """Measure what was asked for and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", action="append", default=[], metavar="ENGINE=ROWS")
    parser.add_argument("--skew", action="store_true", help="one person has a tenth of all purchases")
    arguments = parser.parse_args()
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    print("Single runs.\n")
    print(
        "| engine | purchases | persons | copy, s | gated release, s | in copies | processor, s | µs a purchase "
        "| peak memory, MiB | spilled, MiB |"
    )
    print("|---" * 10 + "|")
    measured: dict[str, dict[int, float]] = {}
    for name, rows in [one.split("=") for one in arguments.rows] or ROWS:
        folder = Path(tempfile.mkdtemp(prefix="bench-", dir="/tmp"))
        engine = Limited(folder / "bench.duckdb") if name == "duckdb" else run.make_engine(name, folder)
        if name == "postgres":
            engine.execute("alter role current_user set work_mem = '512MB'")
        try:
            line, cost = bench(engine, folder, int(rows), "skewed" if arguments.skew else "even")
            measured.setdefault(name, {})[int(rows)] = cost
            print(line, flush=True)
        except SystemExit as refused:
            print(f"| {name} | {int(rows):,} |" + " |" * 8 + f"\n\n{refused}\n", flush=True)
        finally:
            run.remove(folder)
    for name, costs in measured.items():
        print("\n" + plot(name, costs))


if __name__ == "__main__":
    main()
