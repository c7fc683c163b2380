"""What each audit of the gate costs, as a ratio to a plain copy of the source table in the same dbt run.

`make bench` runs it; `python benchmarks/gate.py --rows duckdb=100000` tries it small. The table and the policy are those of
run.py. Processor seconds of the warehouse, all its threads or processes: another's load makes them no longer, or little.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import run
from dbt.cli.main import dbtRunner
from support.engines import Engine
from support.project import Project

MARK = "{%- do log('AUDIT ' ~ name, info=true) -%}"
LOOP = "{%- for name in names -%}"
END = "{{- return(findings) -}}"
TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(engine: Engine) -> float:
    """Of this process, in which DuckDB runs, or of all processes of the server, those that have ended included."""
    if engine.name == "duckdb":
        return time.process_time()
    readings = [server_seconds(engine)]
    while len(readings) < 20 and (len(readings) < 2 or abs(readings[-1] - readings[-2]) > 0.04):
        time.sleep(0.05)  # a process that is just ending is counted twice, or not at all
        readings.append(server_seconds(engine))
    return readings[-1]


def server_seconds(engine: Engine) -> float:
    """One reading; where the server is not found by its folder, of every PostgreSQL on the machine."""
    spent: dict[int, tuple[int, bool, int]] = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            name, _, fields = (place / "stat").read_text().partition(") ")
            server = str(engine.output()["host"]) in (place / "cmdline").read_text()
        except OSError:
            continue
        if "(postgres" in name:
            state = fields.split()
            spent[int(place.name)] = (int(state[1]), server, sum(int(field) for field in state[11:15]))
    servers = {process for process, (_, server, _) in spent.items() if server}
    return (
        sum(took for process, (parent, _, took) in spent.items() if not servers or {process, parent} & servers) / TICKS
    )


def measure(project: Project) -> tuple[dict[str, float], dict[str, float]]:
    """Seconds of the processor, of the copy, of the whole gated release, and of each audit, of one dbt run; of the clock, of
    the first two."""
    spent: dict[str, float] = defaultdict(float)
    clock: dict[str, float] = defaultdict(float)
    state: dict[str, Any] = {"name": None, "at": 0.0}

    def heard(event: Any) -> None:
        node = getattr(getattr(event.data, "node_info", None), "node_name", "")
        if event.info.name in ("NodeStart", "NodeFinished") and node in ("plain_copy", "customers_anonymized"):
            sign = 1 if event.info.name == "NodeFinished" else -1
            spent[node] += processor_seconds(project.engine) * sign
            clock[node] += time.monotonic() * sign
        if event.info.msg.startswith("AUDIT "):
            now = processor_seconds(project.engine)
            if state["name"]:
                spent[state["name"]] += now - state["at"]
            state.update(name=event.info.msg.removeprefix("AUDIT ").strip(), at=now)
            if state["name"] == "end":
                state["name"] = None

    result = dbtRunner(callbacks=[heard]).invoke(
        ["run", "--select", "plain_copy", "customers_anonymized", "--threads", "1", "--quiet", *project.folders()]
    )
    if not result.success:
        raise SystemExit(str(result.exception or [one.message for one in result.result.results]))
    return dict(spent), dict(clock)


def bench(engine: Engine, folder: Path, rows: int, runs: int) -> None:
    """The lines of one engine."""
    project = run.prepare(engine, folder, rows)
    project.mutate("macros/audits/run_audits.sql", LOOP, LOOP + MARK)
    text = (project.path / "mutated/macros/audits/run_audits.sql").read_text(encoding="utf-8")
    text = text.replace(END, "{%- do log('AUDIT end', info=true) -%}" + END, 1)
    (project.path / "mutated/macros/audits/run_audits.sql").write_text(text, encoding="utf-8")
    measured = [measure(project)[0] for _ in range(runs)]
    copy = statistics.median(one["plain_copy"] for one in measured)
    release = statistics.median(one["customers_anonymized"] for one in measured)
    audits = {
        name: statistics.median(one[name] / one["plain_copy"] for one in measured)
        for name in measured[0]
        if name not in ("plain_copy", "customers_anonymized")
    }
    print(f"| {engine.name}, {rows:,} rows | {copy:.2f} | 1 |")
    print(f"| the gated release | {release:.2f} | {release / copy:.1f} |")
    print(f"| all audits | {sum(audits.values()) * copy:.2f} | {sum(audits.values()):.2f} |")
    for name, ratio in sorted(audits.items(), key=lambda one: -one[1]):
        print(
            f"| {name} | {ratio * copy:.2f} | {ratio:.2f}{' **more than a copy**' if ratio > 1 else ''} |", flush=True
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", action="append", default=[], metavar="ENGINE=ROWS")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    print(f"Medians of {arguments.runs}.\n")
    print("| | processor seconds | in copies |\n|---|---|---|")
    for engine, folder, rows in run.each_engine(arguments.rows, run.CUSTOMERS):
        bench(engine, folder, rows, arguments.runs)


if __name__ == "__main__":
    main()
