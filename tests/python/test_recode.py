"""Local recoding: marts are those of a plain recomputation, every record is kept, every class has k subjects."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support import adult
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
    most_lost: float = 0.9
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
        settings_ = {"k": self.k, "k_reason": "a test", "max_suppression": self.most_lost}
        return mart(self.name, f"{self.name}_raw", columns, dataset=self.name, recode=recode, **settings_)

    def combination(self, row: Row) -> Combination:
        return tuple(row[name] for name in (*self.columns, *self.fixed))

    def meant(self) -> list[Shown]:
        """What each record shows, those of classes below k left out."""
        holders = holders_of(self)
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


# Three records under 冷, of two subjects.
TWICE = [
    ("p0", "葵"),
    ("p0", "藍"),
    ("p1", "葵"),
    *((f"p{n}", "朱") for n in range(2, 6)),
    ("p6", "橙"),
    ("p7", "橙"),
    ("p8", "橙"),
]


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
        Case("steps_of_many", table(draw, 90, 4), ("a", "b", "i"), "stepwise"),
        Case("ladders", table(draw, 120), ("i", "d", "b"), "stepwise", ladders=COMPUTED),
        Case("parts_of_ladders", table(draw, 90), ("i", "d", "b"), ladders=COMPUTED, declared=True),
        Case(
            "few_left",
            [row | {"b": value} for row, value in zip(table(draw, 12), "東東東東東東西西西西南南", strict=True)],
            ("b",),
            "stepwise",
            k=4,
        ),
        Case("twice", [row | {"id": i, "a": v} for row, (i, v) in zip(table(draw, 12), TWICE, strict=False)], ("a",)),
        Case("few", table(draw, 4), ("a", "b"), "stepwise", k=4),
    ]


def write_cases(project: Project, made_cases: list[Case], named: bool = False) -> None:
    """Tables, policies and models of every case."""
    tables: list[dict[str, Any]] = []
    schema = project.engine.schema()
    project.engine.load_csv(
        "colours",
        write_csv(project.path / "colours.csv", [{"value": v, "fine": t[0], "coarse": t[1]} for v, t in TREE.items()]),
        {"value": "text", "fine": "text", "coarse": "text"},
    )
    tables.append(
        {"name": "colours"} | ({"columns": [{"name": n} for n in ("value", "fine", "coarse")]} if named else {})
    )
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
    for model in models:
        if model["name"] not in ("within", "ladders"):
            continue
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


RECODE = "macros/anonymize/recode/"
# Those of one round are noticed in marts of their own, so that they are made together: a build costs seconds.
ROUNDS: dict[str, list[tuple[str, str, str, str]]] = {
    "small_classes": [
        (
            "_mondrian_parts.sql",
            "where running.subjects_left >= {{ k }} and running.subjects_right >= {{ k }}",
            "where running.subjects_left >= 1",
            "numbers: suppression_within_limit",
        ),
        (
            "stage_stepwise_round.sql",
            "having {{ tokumei._weight('chosen', unique) }} >= {{ k }}",
            "having {{ tokumei._weight('chosen', unique) }} >= 1",
            "steps_of_many: suppression_within_limit",
        ),
    ],
    "few_left_and_labels": [
        (
            "stage_stepwise_round.sql",
            "where taking.from_last > 1 or left_over.subjects is null or left_over.subjects >= {{ k }}",
            "",
            "few_left: suppression_within_limit",
        ),
        (
            "_mondrian_parts.sql",
            "or sized.place = 1 and small.subjects < {{ k }} then -1",
            "then -1",
            "all_kinds: suppression_within_limit",
        ),
        ("stage_mondrian_shown.sql", "else '-' -%}", "else '~' -%}", "numbers.i: within_bounds"),
        ("_computed_label.sql", "'label': '{from}-{to}'}, none).sql) -}}\n    {%- elif kind == 'prefix'", "'label': '{from}-'}, none).sql) -}}\n    {%- elif kind == 'prefix'", "ladders.i: within_bounds"),
        ("stage_recode_local.sql", "' else ' ~ value ~ ' end'", "' else ' ~ value ~ \" || '+' end\"", "all_kinds.a: within_bounds"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", ROUNDS)
def test_the_gate_notices(project: Project, name: str) -> None:
    wanted = [finding for *_, finding in ROUNDS[name]]
    chosen = {finding.split(":")[0].split(".")[0] for finding in wanted}
    made_cases = [replace(case, most_lost=0) for case in cases(5) if case.name in chosen]
    write_cases(project, made_cases)
    for file, old, new, _ in ROUNDS[name]:
        project.mutate(RECODE + file, old, new)
    outcome = project.dbt("run")
    assert not outcome.success
    assert [finding for finding in wanted if f"tokumei: {finding} found" not in outcome.messages] == []


def test_nothing_is_recoded_across_a_followed_mart(project: Project) -> None:
    """Purchases of members: classes are counted over both marts, and few members of a followed class are left out."""
    draw = random.Random(11)
    people = [row | {"b": draw.choice("東西")} for row in table(draw, 80, nulls=0)]
    bought = [row for row in table(draw, 80, 3, nulls=0) if row["id"] > "p00002"]
    members = Case("members", people, ("b", "i"), k=4)
    purchases = Case("purchases", bought, ("a", "d"), "stepwise", k=4)
    write_cases(project, [members, purchases])
    declared = yaml.safe_load((project.path / "models/cases.yml").read_text(encoding="utf-8"))
    for model in declared["models"]:
        model.pop("tests", None)
        policy = model["config"]["meta"]["tokumei"]
        policy |= {"dataset": "shop"}
        token = {"from": "id", "treat": ["pseudonymize"], "item": "token"}
        model["columns"].insert(0, {"name": "token", "config": {"meta": {"tokumei": token}}})
    declared["models"][1]["config"]["meta"]["tokumei"] |= {
        "members_of": "members",
        "history": {"known": 1, "among": 2, "at_most": 0.99},
    }
    project.write("models/cases.yml", declared)
    call = "source('raw', 'purchases_raw'), hierarchies=[source('raw', 'colours')], members_of=ref('members')"
    project.write("models/purchases.sql", f"{{{{ tokumei.anonymize({call}) }}}}\n")
    outcome = project.build()
    assert outcome.success, outcome.messages

    told = {token: (b, i) for token, b, i in project.query("select token, b, i from members")}
    classes: dict[Shown, set[Any]] = defaultdict(set)
    for token, *shown in project.query("select token, a, d from purchases"):
        classes[(*told[token], *shown)].add(token)
    assert min(map(len, classes.values())) >= 4
    # What each followed class shows here is what a recomputation within it shows.
    order = {row["id"]: mondrian(members.axes(), holders_of(members), 4)[members.combination(row)] for row in people}
    cells: dict[Combination, set[Any]] = defaultdict(set)
    for row in bought:
        cells[(row["a"], str(row["d"]), *order[row["id"]])].add(row["id"])
    shown_by = stepwise(purchases.axes(), cells, 4, 2, unique=False)
    meant: dict[Shown, set[Any]] = defaultdict(set)
    for combination, who in cells.items():
        meant[(*combination[2:], *shown_by[combination])] |= who
    meant = {shown: who for shown, who in meant.items() if len(who) >= 4}
    assert {shown: len(who) for shown, who in classes.items()} == {shown: len(who) for shown, who in meant.items()}


def test_l_takes_whole_classes_afterwards(project: Project) -> None:
    """Suppression for l moves no boundary: what stays is what was recoded, without the classes that fail."""
    draw = random.Random(4)
    case = Case("diverse", [row | {"b": draw.choice("ABCD")} for row in table(draw, 150)], ("a", "i"), k=3)
    write_cases(project, [case])
    declared = yaml.safe_load((project.path / "models/cases.yml").read_text(encoding="utf-8"))
    (model,) = declared["models"]
    model["config"]["meta"]["tokumei"] |= {"l": {"b": 3}}
    model["columns"].append({"name": "b", "config": {"meta": {"tokumei": {"treat": ["keep"], "item": "b"}}}})
    told = next(column for column in declared["sources"][0]["tables"][1]["columns"] if column["name"] == "b")
    told["config"]["meta"]["tokumei"] = {"is": "sensitive"}
    project.write("models/cases.yml", declared)
    outcome = project.dbt("run")
    assert outcome.success, outcome.messages
    shown = mondrian(case.axes(), holders_of(case), 3)
    values: dict[Shown, set[Any]] = defaultdict(set)
    for row in case.rows:
        values[shown[case.combination(row)]].add(row["b"])
    every = [(*shown[case.combination(row)], row["b"]) for row in case.rows]
    kept = Counter(record for record in every if len(values[record[:-1]]) >= 3)
    assert Counter(project.query("select a, i, b from diverse")) == kept
    assert 0 < sum(kept.values()) < len(case.rows)


def holders_of(case: Case) -> dict[Combination, set[Any]]:
    holders: dict[Combination, set[Any]] = defaultdict(set)
    for row in case.rows:
        holders[case.combination(row)].add(row["id"])
    return holders


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
@pytest.mark.parametrize("method", ["mondrian", "stepwise"])
def test_the_compiled_query_gives_the_mart_where_one_round_is_enough(project: Project, method: str) -> None:
    """Run under the same key, which this package forgets to destroy. Several records a subject, as a reader must assume."""
    rows = [
        {"id": f"p{n}", "a": None, "b": "東西"[n % 2], "i": n % 2, "f": None, "d": dt.date(2020, 1, 1 + n % 2)}
        for n in range(8)
    ]
    project.mutate("macros/sql/sql_destroy_key.sql", "'drop table '", "'select 1 as kept from '")
    case = Case("one_round", rows, ("b", "i", "d"), method, k=4, declared=True)
    write_cases(project, [case], named=True)
    outcome = project.dbt("run")
    assert outcome.success, outcome.messages
    compiled = (project.path / "target/compiled/consumer/models/one_round.sql").read_text(encoding="utf-8")
    shown = project.query("select b, i, d from one_round")
    assert sorted(map(str, project.query(compiled))) == sorted(map(str, shown))
    assert len(set(shown)) == 2


ARX_LOSS = 0.05604


@pytest.mark.real_data
def test_adult_loses_less_than_by_arx(project: Project, shared: Path) -> None:
    folder = shared / "data" / "adult"
    rows, trees = adult.load(folder)
    adult.write(project, rows, trees)
    outcome = project.build()
    assert outcome.success, outcome.messages
    names = ", ".join(f'"{name}"' for name in adult.QUASI)
    for way in adult.WAYS:
        shown = project.query(f'select {names}, "salary-class" from {way}')
        classes = Counter(row[:-1] for row in shown)
        assert len(shown) == len(rows) == 30162
        assert min(classes.values()) >= 5
        assert classes == adult.meant(folder, way)
        assert adult.loss(classes, trees) <= ARX_LOSS
        assert Counter(row[-1] for row in shown) == Counter(row["salary-class"] for row in rows)
