"""Local recoding: marts are those of a plain recomputation, every record is kept, every class has k subjects."""

from __future__ import annotations

import datetime as dt
import functools
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support import real
from support.oracle import Row, comparable
from support.people import write_csv
from support.project import Outcome, Project, mart, personal
from support.recoding import Axis, Combination, Ladder, Number, Shown, mondrian, stepwise

TREE = {
    "葵": ("青", "冷"), "藍": ("青", "冷"), "'緑": ("緑", "冷"), "翠": ("緑", "冷"),
    "朱": ("赤", "暖"), "紅": ("赤", "暖"), "桃": ("赤", "暖"), "橙": ("黄", "暖"), "none": ("黄", "暖"),
}  # fmt: skip
TYPES = {"id": "text", "a": "text", "b": "text", "i": "bigint", "f": "decimal(12, 3)", "d": "date"}
AXES: dict[str, Axis] = {
    "a": Ladder("a", TREE),
    "b": Ladder("b"),
    "i": Number("i"),
    "f": Number("f", 6),
    "d": Number("d"),
}


@dataclass(frozen=True)
class Case:
    """A table and its mart: columns recoded together, those that show a mean, and those that stay as they are."""

    name: str
    rows: list[Row]
    columns: tuple[str, ...]
    method: str = "mondrian"
    means: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    k: int = 3
    declared: bool = False
    ladders: dict[str, dict[str, Any]] = field(default_factory=dict)

    def axes(self) -> list[Axis]:
        if self.ladders:
            return [self.computed(name) for name in self.columns]
        if self.method == "stepwise":
            return [AXES[name] if name in "ab" else Ladder(name) for name in self.columns]
        return [replace(AXES[name], unit=GRIDS[name]) if name in self.means else AXES[name] for name in self.columns]

    def computed(self, name: str) -> Axis:
        """A ladder whose labels are worked out here, for the values that are met."""
        if name not in self.ladders:
            return AXES[name] if name in "ab" else Ladder(name)
        label = LABELS[name]
        met = {row[name] for row in self.rows} - {None}
        return Ladder(name, {str(value): tuple(label(value)) for value in met})

    def model(self) -> dict[str, Any]:
        ladder: dict[str, Any] = {"a": {"ladder": {"hierarchy": "colours"}}} | self.ladders
        columns = [{"name": name, "treat": ["keep"]} | ladder.get(name, {}) for name in (*self.columns, *self.fixed)]
        recode: Any = self.method
        if self.method == "mondrian":
            recode = {"mondrian": list(self.columns)} | ({"means": list(self.means)} if self.means else {})
        settings_ = {"k": self.k, "k_reason": "a test", "max_suppression": 0.9}
        return mart(self.name, f"{self.name}_raw", columns, dataset=self.name, recode=recode, **settings_)

    def combination(self, row: Row) -> Combination:
        return tuple(row[name] for name in (*self.columns, *self.fixed))

    def meant(self) -> list[Shown]:
        """What each record shows, those of classes below k left out."""
        holders: dict[Combination, set[Any]] = defaultdict(set)
        for row in self.rows:
            holders[self.combination(row)].add(row["id"])
        if self.method == "mondrian":
            shown = mondrian(self.axes(), holders, self.k, len(self.fixed))
        else:
            unique = len({row["id"] for row in self.rows}) == len(self.rows)
            shown = stepwise(self.axes(), holders, self.k, len(self.fixed), unique)
        classes: dict[Shown, set[Any]] = defaultdict(set)
        for combination, who in holders.items():
            classes[(*shown[combination], *combination[len(self.columns) :])] |= who
        every = [(*shown[c], *c[len(self.columns) :]) for c in map(self.combination, self.rows)]
        return [row for row in every if len(classes[row]) >= self.k]


def bands(value: int, widths: list[int]) -> Iterator[str]:
    for width in widths:
        yield f"{value // width * width}-{value // width * width + width - 1}"


def periods(value: dt.date) -> Iterator[str]:
    yield f"{value:%Y-%m}"
    yield f"{value:%Y}-Q{(value.month + 2) // 3}"
    yield f"{value:%Y}"
    yield from bands(value.year, [5])


COMPUTED: dict[str, dict[str, Any]] = {
    "i": {"ladder": {"band": [10, 100, 1000]}},
    "d": {"ladder": {"truncate": ["month", "quarter", "year", 5]}},
    "b": {"ladder": {"prefix": [1]}},
}
LABELS: dict[str, Callable[[Any], Iterator[str]]] = {
    "i": lambda value: bands(value, [10, 100, 1000]),
    "d": periods,
    "b": lambda value: iter([f"{value[:1]}*"]),
}
GRIDS = {"i": "1", "f": "0.000001", "d": "1"}


def table(draw: random.Random, subjects: int, most: int = 1, nulls: float = 0.08) -> list[Row]:
    """Up to `most` records for each subject; ties, outliers, negative numbers."""
    rows: list[Row] = []
    for number in range(subjects):
        for _ in range(draw.randint(1, most)):
            row: Row = {
                "a": draw.choices(list(TREE), [9, 5, 5, 1, 9, 3, 1, 1, 2])[0],
                "b": draw.choices(["東", "東西", "南'", "ü"], [8, 6, 4, 1])[0],
                "i": draw.choice([draw.randint(-3, 3), round(draw.gauss(0, 1000))]),
                "f": Decimal(draw.randint(-9, 9)) / 8,
                "d": dt.date(2000, 1, 1) + dt.timedelta(days=draw.randint(0, 400)),
            }
            row = {name: None if draw.random() < nulls else value for name, value in row.items()}
            rows.append({"id": f"p{number:05d}"} | row)
    return rows


def cases(seed: int) -> list[Case]:
    draw = random.Random(seed)
    equal = [row | {"a": "葵", "b": None, "i": 7} for row in table(draw, 20)]
    return [
        Case("numbers", table(draw, 120), ("i", "f", "d"), k=4),
        Case("all_kinds", table(draw, 150), ("a", "b", "i", "d")),
        Case("within", table(draw, 150, nulls=0.03), ("a", "i"), fixed=("b",), declared=True),
        Case("means", table(draw, 120), ("b", "i", "f", "d"), means=("i", "f", "d")),
        Case("histories", table(draw, 70, 4), ("a", "i", "d"), fixed=("b",)),
        Case("equal", equal, ("a", "b", "i"), k=5),
        Case("steps", table(draw, 200), ("a", "b", "f"), "stepwise", k=4),
        Case("steps_alone", table(draw, 60), ("a", "b", "d"), "stepwise", k=2),
        Case("steps_of_many", table(draw, 90, 4), ("a", "b", "i"), "stepwise"),
        Case("ladders", table(draw, 120), ("i", "d", "b"), "stepwise", ladders=COMPUTED),
        Case("parts_of_ladders", table(draw, 90), ("i", "d", "b"), ladders=COMPUTED, declared=True),
        Case("few", table(draw, 4), ("a", "b"), "stepwise", k=4),
    ]


def write_cases(project: Project, made_cases: list[Case]) -> None:
    """Tables, policies and models of every case."""
    tables: list[dict[str, Any]] = []
    schema = project.engine.schema()
    project.engine.load_csv(
        "colours",
        write_csv(project.path / "colours.csv", [{"value": v, "fine": t[0], "coarse": t[1]} for v, t in TREE.items()]),
        {"value": "text", "fine": "text", "coarse": "text"},
    )
    tables.append({"name": "colours", "columns": [{"name": name} for name in ("value", "fine", "coarse")]})
    for case in made_cases:
        name = f"{case.name}_raw"
        project.engine.load_csv(name, write_csv(project.path / f"{name}.csv", case.rows), TYPES)
        quasi = (*case.columns, *case.fixed)
        is_ = {key: "quasi_identifier" if key in quasi else "attribute" for key in TYPES} | {"id": "linking_code"}
        tables += personal(name, "id", is_, schema)["tables"]
        if case.declared:
            tables[-1]["columns"] = [column | {"data_type": TYPES[column["name"]]} for column in tables[-1]["columns"]]
        hierarchies = ", hierarchies=[source('raw', 'colours')]" if "a" in quasi else ""
        project.write(f"models/{case.name}.sql", f"{{{{ tokumei.anonymize(source('raw', '{name}'){hierarchies}) }}}}\n")
    source = {"name": "raw", "schema": schema, "tables": tables}
    models = [case.model() for case in made_cases]
    for model in [*models[:1], *models[2:3], *models[-2:]]:
        model["tests"] = ["tokumei.k_anonymous", "tokumei.within_bounds", "tokumei.no_rare_values"]
    project.write("models/cases.yml", {"sources": [source], "models": models})


def differences(project: Project, made_cases: list[Case], outcome: Outcome) -> list[str]:
    """Cases whose mart is not the recomputed one."""
    found = []
    for case in made_cases:
        meant = case.meant()
        if (outcome.statuses.get(case.name) == "success") != bool(meant):
            found.append(f"{case.name}: {outcome.statuses.get(case.name)}")
        if not meant:
            continue
        names = ", ".join(f'"{name}"' for name in (*case.columns, *case.fixed))
        got = Counter(tuple(map(comparable, row)) for row in project.query(f"select {names} from {case.name}"))
        wanted = Counter(tuple(map(comparable, row)) for row in meant)
        if got != wanted:
            found.append(f"{case.name}: {sum((got - wanted).values())} of {sum(wanted.values())} records differ")
        if not case.fixed and sum(got.values()) != len(case.rows):
            found.append(f"{case.name}: records were lost")
    return found


def test_marts_are_those_of_a_plain_recomputation(project: Project) -> None:
    made_cases = cases(5)
    write_cases(project, made_cases)
    outcome = project.build()
    assert differences(project, made_cases, outcome) == [], outcome.messages
    assert set(outcome.statuses.values()) <= {"success", "pass"}, outcome.statuses


RECORD = st.fixed_dictionaries(
    {
        "id": st.integers(0, 40).map("p{:05d}".format),
        "a": st.none() | st.sampled_from(sorted(TREE)),
        "b": st.none() | st.sampled_from("東西南北"),
        "i": st.none() | st.integers(-4, 4) | st.integers(-(10**9), 10**9),
        "f": st.none() | st.integers(-400, 400).map(lambda number: Decimal(number) / 8),
        "d": st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    }
)


@given(rows=st.lists(RECORD, min_size=20, max_size=70), k=st.integers(2, 4), single=st.booleans())
@settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_any_table_is_recomputed(project: Project, rows: list[Row], k: int, single: bool) -> None:
    rows = [{name: row[name] for name in TYPES} for row in rows]
    if single:
        rows = [row | {"id": f"p{number:05d}"} for number, row in enumerate(rows)]
    made_cases = [
        Case("parts", rows, ("a", "b", "i", "f", "d"), k=k),
        Case("steps", rows, ("a", "b", "i"), "stepwise", k=k),
    ]
    write_cases(project, made_cases)
    outcome = project.build("--full-refresh")
    assert differences(project, made_cases, outcome) == [], outcome.messages


@given(rows=st.lists(RECORD, min_size=4, max_size=60), k=st.integers(2, 4))
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
def test_the_recomputation_keeps_every_record_in_a_class_of_k(rows: list[Row], k: int) -> None:
    """The oracle's own promise, wherever there are k subjects at all."""
    subjects = len({row["id"] for row in rows})
    for columns, method in [(("a", "b", "i", "f", "d"), "mondrian"), (("a", "b", "i"), "stepwise")]:
        kept = Case("promised", rows, columns, method, k=k).meant()
        assert len(kept) == (len(rows) if subjects >= k else 0)


QUASI = ["sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation"]
CLASSIFIED = {"row": "linking_code"} | {name: "quasi_identifier" for name in QUASI} | {"salary-class": "sensitive"}
ADULT_TYPES = {"row": "integer"} | {name: "text" for name in [*QUASI, "salary-class"]} | {"age": "integer"}
ARX_LOSS = 0.05604
WAYS: dict[str, Any] = {"adult_stepwise": "stepwise", "adult_mondrian": {"mondrian": QUASI}}


@functools.cache
def adult(folder: Path) -> tuple[real.Rows, dict[str, dict[str, tuple[str, ...]]]]:
    """The rows, and a hierarchy per column without its `*`: value → levels."""
    rows = [{"row": place} | row for place, row in enumerate(real.read_rows(folder / "adult.csv", ";"), 1)]
    trees = {}
    for name in QUASI:
        lines = (folder / f"adult_hierarchy_{name}.csv").read_text(encoding="utf-8").splitlines()
        trees[name] = {value: tuple(levels[:-1]) for value, *levels in (line.split(";") for line in lines)}
    return rows, trees


@functools.cache
def adult_meant(folder: Path, way: str) -> Counter[Shown]:
    rows, trees = adult(folder)
    numeric = way == "adult_mondrian"
    holders: dict[Combination, set[Any]] = defaultdict(set)
    for row in rows:
        holders[tuple(int(row[name]) if numeric and name == "age" else row[name] for name in QUASI)].add(row["row"])
    axes: list[Axis] = [Number(n) if numeric and n == "age" else Ladder(n, trees[n]) for n in QUASI]
    shown = (mondrian if numeric else stepwise)(axes, holders, 5)
    meant: Counter[Shown] = Counter()
    for combination, who in holders.items():
        meant[shown[combination]] += len(who)
    return meant


def write_adult(project: Project, folder: Path) -> None:
    rows, trees = adult(folder)
    source = real.load_source(
        project, "adult", real.one_file(project.path, "adult", rows), ADULT_TYPES, "row", CLASSIFIED
    )
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
            ladder = {} if numeric else {"ladder": {"hierarchy": f"levels_of_{name.replace('-', '_')}"}}
            columns.append({"name": name, "treat": ["keep"]} | ladder)
        columns.append({"name": "salary-class", "treat": ["keep"]})
        models.append(
            mart(way, "adult", columns, dataset=way, k=5, k_reason="as ARX was asked", max_suppression=0, recode=recode)
        )
        project.write(
            f"models/{way}.sql", f"{{{{ tokumei.anonymize(source('raw', 'adult'), hierarchies=[{hierarchies}]) }}}}\n"
        )
    project.write("models/adult.yml", {"sources": [source], "models": models})


def adult_loss(classes: Counter[Shown], trees: dict[str, dict[str, tuple[str, ...]]]) -> float:
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


@pytest.mark.real_data
def test_adult_loses_less_than_by_arx(project: Project, shared: Path) -> None:
    folder = shared / "data" / "adult"
    write_adult(project, folder)
    outcome = project.build()
    assert outcome.success, outcome.messages
    names = ", ".join(f'"{name}"' for name in QUASI)
    rows, trees = adult(folder)
    for way in WAYS:
        shown = project.query(f'select {names}, "salary-class" from {way}')
        classes = Counter(row[:-1] for row in shown)
        assert len(shown) == len(rows) == 30162
        assert min(classes.values()) >= 5
        assert classes == adult_meant(folder, way)
        assert adult_loss(classes, trees) <= ARX_LOSS
        assert Counter(row[-1] for row in shown) == Counter(row["salary-class"] for row in rows)
