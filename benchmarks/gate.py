"""What each audit of the gate costs, as a ratio to a plain copy of the source table in the same dbt run.

`make bench` runs it; `python benchmarks/gate.py --rows duckdb=100000` tries it small. The table and the policy are those of
run.py. Processor seconds of the warehouse, all its threads or processes: another's load makes them no longer, or little. And
seconds of the clock, which it does make longer: by them an audit that is shared among workers is as quick as it seems.
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
    """Seconds of the processor, and of the clock, of the copy, of the whole gated release, and of each audit, of one dbt run."""
    spent: dict[str, float] = defaultdict(float)
    clock: dict[str, float] = defaultdict(float)
    state: dict[str, Any] = {"name": None, "at": 0.0, "clock": 0.0}

    def heard(event: Any) -> None:
        node = getattr(getattr(event.data, "node_info", None), "node_name", "")
        if event.info.name in ("NodeStart", "NodeFinished") and node in ("plain_copy", "customers_anonymized"):
            sign = 1 if event.info.name == "NodeFinished" else -1
            spent[node] += processor_seconds(project.engine) * sign
            clock[node] += time.monotonic() * sign
        if event.info.msg.startswith("AUDIT "):
            ended = time.monotonic()
            now = processor_seconds(project.engine)
            if state["name"]:
                spent[state["name"]] += now - state["at"]
                clock[state["name"]] += ended - state["clock"]
            state.update(name=event.info.msg.removeprefix("AUDIT ").strip(), at=now, clock=time.monotonic())
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
    measured = [measure(project) for _ in range(runs)]
    whole = ("plain_copy", "customers_anonymized")
    names = [name for name in measured[0][0] if name not in whole]
    names.sort(key=lambda name: -statistics.median(spent[name] for spent, _ in measured))

    def line(shown: str, among: list[str], marked: bool = False) -> None:
        cells = []
        for kind in (0, 1):
            took = statistics.median(sum(one[kind][name] for name in among) for one in measured)
            ratio = statistics.median(
                sum(one[kind][name] for name in among) / one[kind]["plain_copy"] for one in measured
            )
            cells += [f"{took:.2f}", f"{ratio:.2f}{' **more than a copy**' if marked and ratio > 1 else ''}"]
        print(f"| {shown} | {' | '.join(cells)} |", flush=True)

    line(f"{engine.name}, {rows:,} rows: a plain copy", ["plain_copy"])
    line("the gated release", ["customers_anonymized"])
    line("all audits", names)
    for name in names:
        line(name, [name], marked=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", action="append", default=[], metavar="ENGINE=ROWS")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    print(f"Medians of {arguments.runs}.\n")
    print("| | processor seconds | in copies | seconds | in copies |\n|---|---|---|---|---|")
    for engine, folder, rows in run.each_engine(arguments.rows, [(name, 5_000_000) for name, _ in run.CUSTOMERS]):
        bench(engine, folder, rows, arguments.runs)


if __name__ == "__main__":
    main()
