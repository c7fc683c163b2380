"""What it costs to be distributed: the gated release of run.py on Spark in local mode, beside DuckDB, both on all cores.

`python benchmarks/spark.py` takes 100 thousand, a million and 10 million rows; `--rows 100000` tries it small. It needs Java 17
or 21. Spark has its defaults, but for 6 GB of memory, eight partitions of a shuffle, and a catalog in memory; dbt runs in this
process, in which the session is. Seconds are dbt's own for the model; memory is the peak of Java's process.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import run
from dbt.cli.main import dbtRunner
from pyspark.sql import SparkSession
from support import engines
from support.engines import DuckDB, Engine, Spark
from support.project import Project

OPTIONS = {
    "spark.driver.memory": "6g",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
}
SERIES = "(select id as n from range({rows})) as series"


def session(folder: Path) -> Any:
    builder = SparkSession.builder.master(f"local[{os.cpu_count()}]").appName("tokumei")
    for name, value in (
        OPTIONS | {"spark.sql.warehouse.dir": f"{folder}/warehouse", "spark.local.dir": str(folder)}
    ).items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("OFF")
    return made


def peak_of_java() -> float:
    """The most that the processes of Java held, in MiB."""
    peaks = [0.0]
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        if text.startswith("Name:\tjava"):
            peaks.append(int(text.split("VmHWM:")[1].split("kB")[0]) / 1024)
    return max(peaks)


def measure(project: Project) -> tuple[float, float]:
    """Seconds of the copy and of the gated release."""
    asked = ["run", "--select", "plain_copy", "customers_anonymized", "--threads", "1", "--quiet", *project.folders()]
    ran = dbtRunner().invoke(asked)
    if not ran.success:
        raise SystemExit(str(ran.exception or [one.message for one in ran.result.results]))
    seconds = {one.node.name: one.execution_time for one in ran.result.results}
    return seconds["plain_copy"], seconds["customers_anonymized"]


def prepare(engine: Engine, folder: Path, rows: int) -> Project:
    project = Project(folder / "project", engine)
    if engine.name == "spark":
        engine.execute(run.SOURCE.replace("as text)", "as string)").format(series=SERIES.format(rows=rows)))
    else:
        engine.execute(run.SOURCE.format(series=run.SERIES["duckdb"].format(rows=rows)))
    run.declare(project, "customers", run.CLASSIFIED, run.COLUMNS, run.POLICY)
    seeded = project.dbt("seed")
    if not seeded.success:
        raise SystemExit(seeded.messages)
    return project


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, action="append")
    asked = parser.parse_args().rows or [10**5, 10**6, 10**7]
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    whole = Path(tempfile.mkdtemp(prefix="bench-spark-", dir="/tmp"))
    ours = session(whole)
    engines.spark_session = lambda: ours  # type: ignore[assignment]
    print("The second of two runs.\n")
    print("| engine | rows | copy, s | gated release, s | in copies | Java's peak, MiB |\n|---|---|---|---|---|---|")
    try:
        for rows in asked:
            for name in ("duckdb", "spark"):
                folder = Path(tempfile.mkdtemp(dir=whole))
                engine: Engine = DuckDB(folder / "bench.duckdb") if name == "duckdb" else Spark(f"bench_{rows}")
                project = prepare(engine, folder, rows)
                measure(project)
                copy, release = measure(project)
                memory = f"{peak_of_java():,.0f}" if name == "spark" else ""
                print(
                    f"| {name} | {rows:,} | {copy:.2f} | {release:.2f} | {release / copy:.1f} | {memory} |", flush=True
                )
                engine.stop()
    finally:
        ours.stop()
        shutil.rmtree(whole, ignore_errors=True)


if __name__ == "__main__":
    main()
