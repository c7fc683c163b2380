"""UCI Adult, recoded locally both ways: what is loaded and declared, what comes out, and what it loses."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from . import real
from .people import write_csv
from .project import Project, mart
from .recoding import Axis, Combination, Ladder, Number, Shown, mondrian, stepwise

QUASI = ["sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation"]
CLASSIFIED = {"row": "linking_code"} | {name: "quasi_identifier" for name in QUASI} | {"salary-class": "sensitive"}
TYPES = {"row": "integer"} | {name: "text" for name in [*QUASI, "salary-class"]} | {"age": "integer"}
WAYS: dict[str, Any] = {"adult_stepwise": "stepwise", "adult_mondrian": {"mondrian": QUASI}}
Trees = dict[str, dict[str, tuple[str, ...]]]


@functools.cache
def load(folder: Path) -> tuple[real.Rows, Trees]:
    """The rows, and a hierarchy per column without its `*`: value → levels."""
    rows = [{"row": place} | row for place, row in enumerate(real.read_rows(folder / "adult.csv", ";"), 1)]
    trees = {}
    for name in QUASI:
        lines = (folder / f"adult_hierarchy_{name}.csv").read_text(encoding="utf-8").splitlines()
        trees[name] = {value: tuple(levels[:-1]) for value, *levels in (line.split(";") for line in lines)}
    return rows, trees


@functools.cache
def meant(folder: Path, way: str) -> Counter[Shown]:
    rows, trees = load(folder)
    numeric = way == "adult_mondrian"
    holders: dict[Combination, set[Any]] = defaultdict(set)
    for row in rows:
        holders[tuple(int(row[name]) if numeric and name == "age" else row[name] for name in QUASI)].add(row["row"])
    axes: list[Axis] = [Number(n) if numeric and n == "age" else Ladder(n, trees[n]) for n in QUASI]
    shown = (mondrian if numeric else stepwise)(axes, holders, 5)
    classes: Counter[Shown] = Counter()
    for combination, who in holders.items():
        classes[shown[combination]] += len(who)
    return classes


def write(project: Project, rows: real.Rows, trees: Trees, k: int = 5) -> None:
    source = real.load_source(project, "adult", real.one_file(project.path, "adult", rows), TYPES, "row", CLASSIFIED)
    for name in QUASI:
        depth = len(next(iter(trees[name].values())))
        head = ["value", *(f"level_{number}" for number in range(1, depth + 1))]
        entries = [dict(zip(head, [value, *levels], strict=True)) for value, levels in trees[name].items()]
        table_name = "levels_of_" + name.replace("-", "_")
        path = write_csv(project.path / f"{table_name}.csv", entries)
        project.engine.load_csv(table_name, path, {level: "text" for level in head})
        source["tables"].append({"name": table_name, "columns": [{"name": level} for level in head]})
    hierarchies = ", ".join(f"source('raw', 'levels_of_{name.replace('-', '_')}')" for name in QUASI)
    models = []
    for way, recode in WAYS.items():
        columns = [{"name": "pseudonym", "from": "row", "treat": ["pseudonymize"]}]
        for name in QUASI:
            numeric = way == "adult_mondrian" and name == "age"
            ladder = (
                {}
                if numeric or not next(iter(trees[name].values()))
                else {"ladder": {"hierarchy": f"levels_of_{name.replace('-', '_')}"}}
            )
            columns.append({"name": name, "treat": ["keep"]} | ladder)
        columns.append({"name": "salary-class", "treat": ["keep"]})
        models.append(
            mart(way, "adult", columns, dataset=way, k=k, k_reason="as ARX was asked", max_suppression=0, recode=recode)
        )
        project.write(
            f"models/{way}.sql", f"{{{{ tokumei.anonymize(source('raw', 'adult'), hierarchies=[{hierarchies}]) }}}}\n"
        )
    project.write("models/adult.yml", {"sources": [source], "models": models})


def loss(classes: Counter[Shown], trees: Trees) -> float:
    """The formula of ../shared/expected: the leaves under each value, of the rows of its hierarchy."""
    records = sum(classes.values())
    score = 1.0
    for place, name in enumerate(QUASI):
        domain = len(trees[name])
        leaves = Counter(label for value, levels in trees[name].items() for label in {value, *levels, "*"})
        share = 0.0
        for shown, size in classes.items():
            text = str(shown[place])
            low, _, high = text.partition("-")
            covered = int(high) - int(low) + 1 if name == "age" and text not in leaves else leaves[text]
            assert covered, (name, text)
            share += size * covered / domain
        score *= ((share - records / domain) / (records - records / domain) + 1) ** (1 / len(QUASI))
    return score - 1
