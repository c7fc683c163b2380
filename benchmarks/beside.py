"""anjana and pycanon on the work of benchmarks/search.py: the same tables and hierarchies, k = 5, at most 5 % suppressed.

Neither belongs to the package: `python -m venv /tmp/beside && /tmp/beside/bin/pip install anjana pycanon`, then
`/tmp/beside/bin/python benchmarks/beside.py`. Seconds of the clock, the reading of files excluded. Beside anjana stands
`propose_levels` (search.py), which finds the best levels by a measure, where anjana generalizes the column with most values until
k holds; pycanon counts the classes of what anjana made.
"""

from __future__ import annotations

import argparse
import random
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
import pycanon.anonymity
from anjana.anonymity import k_anonymity

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "adult"
COLUMNS = ["sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation"]


def hierarchies() -> dict[str, dict[int, Any]]:
    """column → level → its labels, the values themselves first."""
    made = {}
    for name in COLUMNS:
        read = pd.read_csv(SHARED / f"adult_hierarchy_{name}.csv", sep=";", header=None, dtype=str)
        made[name] = {level: read[level].to_numpy() for level in read.columns}
    return made


def drawn(adult: pd.DataFrame, number: int, share: float = 0.03) -> pd.DataFrame:
    """As in search.py: records drawn anew, each value replaced by another record's with this probability."""
    draw = random.Random(1)
    rows = adult.to_dict("records")
    values = {name: list(adult[name]) for name in COLUMNS}
    made = []
    for _ in range(number):
        row = draw.choice(rows)
        made.append({name: draw.choice(values[name]) if draw.random() < share else row[name] for name in COLUMNS})
    return pd.DataFrame(made)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, action="append", help="30162 is Adult itself")
    adult = pd.read_csv(SHARED / "adult.csv", sep=";", dtype=str)[COLUMNS]
    print(f"anjana {version('anjana')}, pycanon {version('pycanon')}, single runs.\n")
    print("| rows | anjana: levels for k = 5, s | suppressed | pycanon: k of what it made, s |\n|---|---|---|---|")
    for number in parser.parse_args().rows or [30_162, 1_000_000]:
        table = adult if number == len(adult) else drawn(adult, number)
        began = time.monotonic()
        made = k_anonymity(table, [], COLUMNS, 5, 5, hierarchies())
        searched = time.monotonic() - began
        began = time.monotonic()
        k = pycanon.anonymity.k_anonymity(made, COLUMNS)
        checked = time.monotonic() - began
        assert k >= 5, k
        print(f"| {number:,} | {searched:.2f} | {number - len(made):,} | {checked:.2f} |", flush=True)


if __name__ == "__main__":
    main()
