"""l and t are enforced to the fixed point of a plain recomputation, and audited apart from what enforced them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import real
from support.engines import Engine
from support.fixed_point import Pool, Released
from support.gate import assert_refused, assert_silent, found, standing
from support.oracle import Row
from support.privacy_models import Guard, Model
from support.project import Outcome, Project, mart, personal
from support.steps import load_table

DISEASES = ["cold", "flu", "HIV", "asthma", "その他", None]
CLASSIFIED = {"id": "linking_code", "q": "quasi_identifier", "r": "quasi_identifier"}
CLASSIFIED |= {"s": "sensitive", "n": "sensitive", "d": "attribute", "m": "attribute"}
HIDDEN = {"suppress_rare": {"below": 8, "replace_with": "その他"}}
WAIVED = {"waive": {"no_rare_values": "a test"}}


@dataclass(frozen=True)
class Case:
    """A table, the guards of its mart, and how the guarded columns are treated."""

    name: str
    rows: list[Row]
    guards: list[Guard]
    k: int = 3
    treats: dict[str, list[Any]] = field(default_factory=dict)
    quasi_identifiers: tuple[str, ...] = ("q", "r")
    history: bool = False
    follows: str | None = None
    recode: str | None = None

    def columns(self) -> list[dict[str, Any]]:
        named = [*self.quasi_identifiers, *dict.fromkeys(["s", *(guard.column for guard in self.guards)])]
        shown = [{"name": name, "treat": self.treats.get(name, ["keep"])} for name in named]
        for column in shown:
            column |= {} if column["name"] in self.quasi_identifiers else WAIVED
        who = [{"name": "who", "from": "id", "treat": ["pseudonymize"]}]
        return (who if self.history or self.follows else []) + shown

    def model(self) -> dict[str, Any]:
        policy: dict[str, Any] = {"dataset": f"dataset of {self.follows or self.name}", "k": self.k}
        policy |= {"k_reason": "a test", "max_suppression": 0.999}
        policy |= {"history": {"known": 1, "among": 2, "at_most": 0.99}} if self.history else {}
        policy |= {"members_of": self.follows} if self.follows else {}
        policy |= {"recode": self.recode} if self.recode else {}
        for key in "lt":
            guarded = {guard.column: getattr(guard, key) for guard in self.guards if getattr(guard, key) is not None}
            policy |= {key: guarded} if guarded else {}
        return mart(self.name, f"{self.name}_raw", self.columns(), **policy)

    def measured(self, rows: list[Row]) -> dict[str, float]:
        """What the audits are to measure of these records."""
        followed = [f"followed_{name}" for name in ("q", "r")] if self.follows else []
        return Model([*self.quasi_identifiers, *followed], self.k, self.guards).measured(rows)

    def meant(self, members: Released | None) -> Released:
        told = {row["subject"]: row for row in members.rows} if members else {}
        followed = [f"followed_{name}" for name in ("q", "r")] if members else []
        rows = [
            {"subject": row["id"], **row} | {f"followed_{n}": told[row["id"]][n] for n in ("q", "r") if members}
            for row in self.rows
            if members is None or row["id"] in told
        ]
        pools = [
            Pool(name, self.k, 8, (), step["suppress_rare"].get("replace_with"))
            for name, steps in self.treats.items()
            for step in steps
            if "suppress_rare" in step
        ]
        return Model([*self.quasi_identifiers, *followed], self.k, self.guards, pools).release(rows)


def table(draw: random.Random, subjects: int, most: int = 1) -> list[Row]:
    """Values that depend on the class: in some, most subjects have one; numbers and dates of unlike range."""
    rows: list[Row] = []
    for number in range(1, subjects + 1):
        for _ in range(draw.randint(1, most)):
            q, r = draw.choice("北南東"), draw.choice(["a", "b", None])
            place = "北南東".index(q) + (1 if r == "a" else 0)
            disease = draw.choice(DISEASES[: 2 + place] + [DISEASES[place]] * draw.choice([0, 6]))
            amount = None if draw.random() < 0.1 * place else draw.choice([5, 10, 20, 100, 100 * place, -3])
            day = f"20{10 + place + draw.randrange(3)}-0{draw.randint(1, 3)}-01"
            shown = {"q": q, "r": r, "s": disease, "n": amount, "d": day, "m": f"{draw.randrange(4 + place)}e{place}"}
            rows.append({"id": f"{number:05d}"} | shown)
    return rows


def cases(seed: int) -> list[Case]:
    draw = random.Random(seed)
    label = ("その他",)
    made = [
        Case("several", table(draw, 80), [Guard("s", l=3)]),
        Case("entropy", table(draw, 200), [Guard("s", l={"entropy": 2.5}), Guard("n", l={"entropy": 2})]),
        Case("recursive", table(draw, 200), [Guard("s", l={"recursive": {"c": 1.5, "l": 2}})]),
        Case("equal", table(draw, 250), [Guard("s", t=0.25)]),
        Case("ordered", table(draw, 250), [Guard("n", t={"ordered": 0.1})]),
        Case("dates", table(draw, 250), [Guard("d", t={"ordered": 0.2})]),
        Case("together", table(draw, 250), [Guard("s", l=2, t=0.35), Guard("n", l=3, t={"ordered": 0.15})]),
        Case("pooled", table(draw, 90), [Guard("s", l=2, t=0.4, replacements=label)], treats={"s": [HIDDEN]}),
        Case(
            "pooled_numbers",
            table(random.Random(24), 300),
            [Guard("n", l=2, t={"ordered": 0.25}, replacements=label)],
            treats={"n": [HIDDEN]},
        ),
        Case("whole", table(draw, 30), [Guard("s", l=2, t=0.1)], quasi_identifiers=()),
        Case("too_much", table(draw, 60), [Guard("s", l=9)]),
        Case(
            "histories", table(draw, 120, 4), [Guard("s", l=3, t=0.25), Guard("n", t={"ordered": 0.12})], history=True
        ),
        Case("members", table(draw, 200), [Guard("s", l=3)], k=2),
        Case("events", table(draw, 200, 3), [Guard("s", l=2, t=0.6)], k=2, history=True, follows="members"),
    ]
    return made


def recoded() -> Case:
    """Classes formed by local recoding, which are told from the mart alone."""
    guards = [Guard("s", l=3, t=0.4)]
    return Case("recoded", table(random.Random(5), 120), guards, k=6, history=True, recode="stepwise")


def write_cases(project: Project, made: list[Case]) -> None:
    tables: list[dict[str, Any]] = []
    for case in made:
        load_table(project.engine, f"{case.name}_raw", case.rows)
        tables += personal(f"{case.name}_raw", "id", CLASSIFIED, project.engine.schema())["tables"]
        passed = f", members_of=ref('{case.follows}')" if case.follows else ""
        body = f"{{{{ tokumei.anonymize(source('raw', '{case.name}_raw'){passed}) }}}}\n"
        project.write(f"models/{case.name}.sql", body)
    source = {"name": "raw", "schema": project.engine.schema(), "tables": tables}
    project.write("models/cases.yml", {"sources": [source], "models": [case.model() for case in made]})


def logged_measures(project: Project, name: str) -> dict[str, float]:
    """What the gate's audits of l and t measured, audit(column) → the value of the worst class."""
    log = project.private("release_audits_log")
    rows = project.query(
        f"select audit, measured from {log} where mart = '{name}' and violations = 0 "
        "and (audit like 'l_diverse(%' or audit like 't_close(%')"
    )
    return dict(rows)


@dataclass(frozen=True)
class Built:
    project: Project
    made: list[Case]
    outcome: Outcome


@pytest.fixture(scope="module")
def built(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    project = Project(tmp_path_factory.mktemp("models"), lasting_engine, logged=True, views=False)
    made = cases(7)
    write_cases(project, [*made, recoded()])
    yield Built(project, made, project.build())


def texts(rows: Iterable[tuple[Any, ...]]) -> Counter[Any]:
    return Counter(tuple(None if value is None else str(value) for value in row) for row in rows)


def differences(project: Project, made: list[Case], outcome: Outcome) -> list[str]:
    """Cases whose mart is not the recomputed one, or was not refused where it should be."""
    released: dict[str, Released] = {}
    logged = project.query(f"select mart, passes from {project.private('releases_log')}")
    passes = dict(logged)
    differing = []
    for case in made:
        meant = case.meant(released.get(case.follows) if case.follows else None)
        released[case.name] = meant
        names = [column["name"] for column in case.columns() if column["name"] != "who"]
        if (outcome.statuses[case.name] == "success") != bool(meant.rows):
            differing.append(f"{case.name}: {outcome.statuses[case.name]}, {len(meant.rows)} rows meant")
        elif meant.rows:
            shown = project.query(f"select {', '.join(names)} from {case.name}")
            if texts(shown) != texts(tuple(row[n] for n in names) for row in meant.rows):
                differing.append(f"{case.name}: {len(shown)} records, not {len(meant.rows)} of {len(case.rows)}")
            if logged_measures(project, case.name) != pytest.approx(case.measured(meant.rows), abs=1e-9):
                differing.append(
                    f"{case.name}: measured {logged_measures(project, case.name)}, not {case.measured(meant.rows)}"
                )
            if passes[case.name] != meant.passes:
                differing.append(f"{case.name}: {passes[case.name]} passes, not {meant.passes}")
    return differing


def test_marts_are_those_of_a_plain_recomputation(built: Built) -> None:
    assert differences(built.project, built.made, built.outcome) == [], built.outcome.messages


def test_locally_recoded_classes_are_guarded_too(built: Built) -> None:
    case = recoded()
    found = built.project.query("select who, q, r, s from recoded")
    rows: list[Row] = [dict(zip(["subject", "q", "r", "s"], row, strict=True)) for row in found]
    model = Model(["q", "r"], case.k, case.guards)
    assert model.judged(rows) == rows, "each class satisfies k, l and t"
    assert case.k < len(rows) < len(case.rows)
    assert logged_measures(built.project, "recoded") == pytest.approx(model.measured(rows), abs=1e-9)


def test_the_cases_are_worth_testing() -> None:
    """Each guard costs records and leaves some, some need several passes."""
    passes = set()
    for case in cases(7):
        if case.follows or case.name in ("whole", "too_much"):
            continue
        without = Case(case.name, case.rows, [], case.k, case.treats, case.quasi_identifiers).meant(None)
        meant = case.meant(None)
        passes.add(meant.passes)
        assert 0 < len(meant.rows) < len(without.rows), case.name
    assert max(passes) >= 5


# The enforcement of each model made to accept every class: the audit, which does not use it, must refuse the release.
WEAKENED = {
    "several": ("stage_diversity.sql", "}}) >= {{ asked['l'] }}", "}}) >= 0", ("s", "l_diverse")),
    "entropy": ("stage_diversity.sql", ">= ln(cast(", ">= -9 + ln(cast(", ("s", "l_diverse")),
    "recursive": ("stage_diversity.sql", "when ranked.place >= {{ asked['l'] }}", "when true", ("s", "l_diverse")),
    "equal": ("stage_closeness.sql", "<= {{ column", "<= 1 + {{ column", ("s", "t_close")),
    "ordered": ("stage_ordered_closeness.sql", "+ 2 * coalesce(", "+ 0 * coalesce(", ("n", "t_close")),
    "dates": ("stage_ordered_closeness.sql", "+ 2 * coalesce(", "+ 0 * coalesce(", ("d", "t_close")),
}


def test_weakened_models_are_noticed(built: Built) -> None:
    project = built.project
    before = standing(project, *WEAKENED)
    for file, old, new in dict.fromkeys(weakened[:3] for weakened in WEAKENED.values()):
        project.mutate(f"macros/anonymize/models/{file}", old, new)
    outcome = project.build("--select", *WEAKENED)
    project.install(project.base)
    for name, (*_, noticed) in WEAKENED.items():
        assert_refused(project, outcome, name, before)
        assert noticed in found(outcome, name), outcome.messages
    assert_silent(project, outcome, ["asthma", "HIV"])


TAMPERED = {
    "several": ("update {} set s = 'cold' where q = '北'", "l_diverse"),
    "entropy": ("update {} set s = null where q = '北'", "l_diverse"),
    "recursive": ("update {} set s = 'cold' where q = '南' and s <> 'flu'", "l_diverse"),
    "pooled": ("update {} set s = 'その他' where s <> 'flu'", "l_diverse"),
    "equal": ("update {} set s = null where q = (select min(q) from {})", "t_close"),
    "ordered": ("update {} set n = 999 where q = '北'", "t_close"),
    "dates": ("update {} set d = 'some day' where q = '南'", "t_close"),
    "events": ("update {} set s = 'cold' where q = '東'", "l_diverse"),
}


def test_tampering_is_noticed_by_the_data_tests(built: Built) -> None:
    project = built.project
    audits = [f"tokumei.{audit}" for audit in ("l_diverse", "t_close")]
    given = yaml.safe_load((project.path / "models/cases.yml").read_text(encoding="utf-8"))
    for model in given["models"]:
        if model["name"] in TAMPERED:
            model["data_tests"] = audits
    project.write("models/cases.yml", given)
    assert failing(project) == set()
    named = f"select mart, release_relation from {project.private('releases_log')} order by release_no"
    for name, release in dict(project.query(named)).items():
        if name in TAMPERED:
            project.engine.execute(TAMPERED[name][0].replace("{}", release))
    assert failing(project) == {(name, audit) for name, (_, audit) in TAMPERED.items()}


def failing(project: Project) -> set[tuple[str, str]]:
    """The marts of a data test that fails, with the audit; none has said a value."""
    outcome = project.dbt("test")
    assert_silent(project, outcome, ["asthma", "HIV"])
    tests = {name: status for name, status in outcome.statuses.items() if name.startswith("tokumei_")}
    return {
        (name.removeprefix(f"tokumei_{audit}_").rstrip("_"), audit)
        for name, status in tests.items()
        for audit in ("l_diverse", "t_close")
        if audit in name and status == "fail"
    }


ADULT = ["sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation"]
ALL, SEVEN = (1, 0, 1, 1, 3, 2, 2, 0), (0, 3, 0, 1, 2, 1, 1)
# Levels, and what is guarded: in several passes, of hundreds of classes.
ENFORCED = {
    "adult_entropy": (SEVEN, [Guard("occupation", l={"entropy": 6})]),
    "adult_equal": (ALL, [Guard("salary-class", l=2, t=0.3)]),
    "adult_all": (SEVEN, [Guard("occupation", l=9, t=0.4), Guard("salary-class", l={"recursive": {"c": 4, "l": 2}})]),
    "adult_ages": ((0, 4, 0, 1, 2, 1, 1), [Guard("years", l=5, t={"ordered": 0.1})]),
}


@pytest.fixture(scope="module")
def people_of_adult(shared: Path) -> list[Row]:
    """Every column at every level, as column_level."""
    folder = shared / "data" / "adult"
    rows = real.read_rows(folder / "adult.csv", ";")
    trees = {}
    for name in ADULT:
        lines = (folder / f"adult_hierarchy_{name}.csv").read_text(encoding="utf-8").splitlines()
        trees[name] = {line.split(";")[0]: line.split(";") for line in lines}
    return [
        {"id": place, "occupation": row["occupation"], "salary-class": row["salary-class"], "years": int(row["age"])}
        | {f"{name}_{level}": value for name in ADULT for level, value in enumerate(trees[name][row[name]])}
        for place, row in enumerate(rows, 1)
    ]


@pytest.mark.real_data
def test_adult_is_guarded_as_a_plain_recomputation_says(built: Built, people_of_adult: list[Row]) -> None:
    project, first = built.project, people_of_adult[0]
    types = {name: "integer" if name in ("id", "years") else "text" for name in first}
    is_ = {"id": "linking_code"} | {name: "quasi_identifier" for name in first if "_" in name}
    is_ |= {"occupation": "sensitive", "salary-class": "sensitive", "years": "sensitive"}
    file = real.one_file(project.path, "adult", people_of_adult)
    source = real.load_source(project, "adult", file, types, "id", is_) | {"name": "uci"}
    models = []
    for name, (levels, guards) in ENFORCED.items():
        shown = [f"{column}_{level}" for column, level in zip(ADULT, levels, strict=False)]
        columns = [{"name": column, "treat": ["keep"]} for column in shown]
        columns += [{"name": guard.column, "treat": ["keep"], **WAIVED} for guard in guards]
        policy = {"dataset": name, "k": 5, "k_reason": "a test", "max_suppression": 0.9}
        for key in "lt":
            guarded = {guard.column: getattr(guard, key) for guard in guards if getattr(guard, key) is not None}
            policy |= {key: guarded} if guarded else {}
        models.append(mart(name, "adult", columns, **policy))
        project.write(f"models/{name}.sql", "{{ tokumei.anonymize(source('uci', 'adult')) }}\n")
    project.write("models/adult.yml", {"sources": [source], "models": models})
    outcome = project.build("--select", *ENFORCED)
    assert outcome.success, outcome.messages
    passes = dict(project.query(f"select mart, passes from {project.private('releases_log')}"))
    for name, (levels, guards) in ENFORCED.items():
        shown = [f"{column}_{level}" for column, level in zip(ADULT, levels, strict=False)]
        model = Model(shown, 5, guards)
        columns = [*shown, *(guard.column for guard in guards)]
        people = [{"subject": row["id"]} | {column: row[column] for column in columns} for row in people_of_adult]
        meant = model.release(people)
        quoted = ", ".join(f'"{column}"' for column in columns)
        rows = project.query(f"select {quoted} from {name}")
        assert Counter(rows) == Counter(tuple(row[column] for column in columns) for row in meant.rows), name
        assert passes[name] == meant.passes
        assert logged_measures(project, name) == pytest.approx(model.measured(meant.rows), abs=1e-9)
        assert 0 < len(rows) < len(people_of_adult), name
