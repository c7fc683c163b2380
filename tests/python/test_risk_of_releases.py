"""What is logged of a release, against the definitions restated in Python with pandas and scipy: every measure of it."""

from __future__ import annotations

import datetime
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import scipy.stats
import yaml
from support import risk, town
from support.engines import Engine
from support.gate import assert_released
from support.project import Project

K = 5
PEOPLE = ["decade", "sex", "prefecture"]
VISITS = ["shop", "quarter", *(f"people_of_town.{name}" for name in PEOPLE)]


@pytest.fixture(scope="module")
def project(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project(tmp_path_factory.mktemp("town"), lasting_engine)
    settings = yaml.safe_load((made.path / "dbt_project.yml").read_text(encoding="utf-8"))
    made.write("dbt_project.yml", settings | {"vars": {"tokumei_risk_models": True}})
    town.town_project(made, town.persons(), town.visits())
    assert_released(made.build(), "people_of_town", "visits_of_town")
    return made


def logged(project: Project, mart: str, kind: str) -> risk.Measures:
    rows = project.query(
        "select logged.population, logged.measure, logged.column_names, logged.size, logged.value "
        f"from {project.private('release_risks_log')} as logged inner join {project.private('releases_log')} as released "
        f"on logged.release_id = released.release_id where logged.mart = '{mart}' and logged.kind = '{kind}' "
        f"and released.release_no = (select max(release_no) from {project.private('releases_log')} where mart = '{mart}')"
    )
    measures = {tuple(row[:4]): row[4] for row in rows}
    assert len(measures) == len(rows)
    return measures


def half_up(value: float, unit: int) -> int:
    return int((value + unit / 2) // unit) * unit


def shown_person(row: dict[str, Any], jobs: set[str]) -> dict[str, Any]:
    """What the mart would show, by the declared treatments; `jobs` are those it does not pool."""
    return {
        "decade": row["age"] // 20 * 20,
        "sex": row["sex"] or None,
        "prefecture": town.GROUPED[row["city"]],
        "income": None if row["income"] == "" else half_up(row["income"], 100),
        "height": half_up(row["height"], 10),
        "year": int(row["born"][:4]),
        "post": row["post"][:1],
        "job": row["job"] if row["job"] in jobs else "その他",
    }


def quarter(day: str) -> tuple[int, int]:
    return int(day[:4]), (int(day[5:7]) - 1) // 3


def kept(records: list[risk.Record]) -> list[bool]:
    classes = risk.held(records)
    return [len(classes[values]) >= K for _, values in records]


class Town:
    """The people who agreed, as the mart shows them, and the visits of those who are in it."""

    def __init__(self, people: town.Table, bought: town.Table) -> None:
        jobs = {"会社員", "公務員", "学生"}
        everyone = [row | {"shown": shown_person(row, jobs)} for row in people]
        for row in everyone:
            row["class"] = (row["id"], tuple(row["shown"][name] for name in PEOPLE))
        self.everyone = everyone
        self.given = [row for row in everyone if row["agreed"]]
        self.mart = [
            row for row, stays in zip(self.given, kept([r["class"] for r in self.given]), strict=True) if stays
        ]
        known = {row["id"]: row["class"][1] for row in self.mart}
        self.visits = [row | {"told": known[row["id"]]} for row in bought if row["id"] in known]
        for row in self.visits:
            row["shown"] = {
                "shop": row["shop"],
                "quarter": quarter(row["day"]),
                "paid": min(half_up(row["paid"], 500), 1000),
            }
            row["class"] = (row["id"], (row["shop"], quarter(row["day"]), *row["told"]))
        stays = kept([row["class"] for row in self.visits])
        self.visits_mart = [row for row, stay in zip(self.visits, stays, strict=True) if stay]


def records(rows: town.Table) -> list[risk.Record]:
    return [row["class"] for row in rows]


def risks(mart: town.Table, population: town.Table, names: list[str]) -> risk.Measures:
    threshold = town.RISK["threshold"]
    found: risk.Measures = {("mart", "threshold", "", None): threshold}
    found |= risk.class_measures("mart", records(mart), threshold, against=records(population))
    found |= risk.class_measures("treated", records(population), threshold)
    found |= risk.combination_measures("mart", records(mart), names, K)
    found |= risk.combination_measures("treated", records(population), names, K)
    everything = [(row["id"], (*row["shown"].values(), *row["class"][1])) for row in mart]
    return found | risk.shown_measures(everything)


@pytest.fixture(scope="module")
def truth() -> Town:
    return Town(town.persons(), town.visits())


def test_the_town_is_treated_as_restated(project: Project, truth: Town) -> None:
    """Else what follows would compare nothing; and what is looked at is there: suppressed, nulls, pools, a wider source."""
    rows = project.query("select decade, sex, prefecture, income, height, year, post, job from people_of_town")
    assert Counter(rows) == Counter(tuple(row["shown"].values()) for row in truth.mart)
    assert 0 < len(truth.mart) < len(truth.given) < len(truth.everyone)
    assert None in {row[1] for row in rows} and "その他" in {row[7] for row in rows}
    bought = project.query("select shop, extract(quarter from quarter) - 1, paid from visits_of_town")
    shown = [row["shown"] for row in truth.visits_mart]
    assert Counter((s, int(q), p) for s, q, p in bought) == Counter(
        (s["shop"], s["quarter"][1], s["paid"]) for s in shown
    )
    assert 0 < len(truth.visits_mart) < len(truth.visits)


def test_risk_of_persons(project: Project, truth: Town) -> None:
    expected = risks(truth.mart, truth.everyone, PEOPLE)
    assert logged(project, "people_of_town", "risk") == pytest.approx(expected, abs=1e-9)
    assert expected["both", "journalist_average", "", None] < expected["mart", "prosecutor_average", "", None]
    assert expected["treated", "special_uniques", "", None] > 0
    assert 0 < expected["mart", "prosecutor_above", "", None] < 1


def test_risk_of_histories_that_follow(project: Project, truth: Town) -> None:
    expected = risks(truth.visits_mart, truth.visits, VISITS)
    assert logged(project, "visits_of_town", "risk") == pytest.approx(expected, abs=1e-9)
    assert expected["treated", "special_uniques", "", None] > 0


def sizes(rows: town.Table) -> list[int]:
    return list(Counter(row["class"][1] for row in rows).values())


def suppression(mart: town.Table, given: town.Table) -> risk.Measures:
    lost = len(given) - len(mart)
    people = len({row["id"] for row in given})
    gone = people - len({row["id"] for row in mart})
    return {
        ("mart", "suppressed_records", "", None): lost,
        ("mart", "suppressed_records_share", "", None): lost / len(given),
        ("mart", "suppressed_subjects", "", None): gone,
        ("mart", "suppressed_subjects_share", "", None): gone / people,
        ("mart", "discernibility", "", None): sum(size**2 for size in sizes(mart)) + lost * len(given),
        ("mart", "average_class_size", "", None): len(given) / (len(sizes(mart)) + (lost > 0)),
    }


def apart(name: str, source: list[float], mart: list[float]) -> risk.Measures:
    """Of numbers: Kolmogorov–Smirnov, and Wasserstein-1 over the range of both."""
    wide = max(source + mart) - min(source + mart)
    return {
        ("both", "kolmogorov_smirnov", name, None): scipy.stats.ks_2samp(source, mart).statistic,
        ("both", "wasserstein", name, None): scipy.stats.wasserstein_distance(source, mart) / wide,
    }


def correlations(of: str, columns: dict[str, list[Any]]) -> risk.Measures:
    """Pearson, and Pearson of the ranks among those who have a value."""
    frame = pd.DataFrame(columns, dtype=float)
    found: risk.Measures = {}
    for first, second in combinations(frame, 2):
        found[of, "pearson", f"{first}, {second}", None] = frame[first].corr(frame[second])
        ranks = frame.rank()
        found[of, "spearman", f"{first}, {second}", None] = ranks[first].corr(ranks[second])
    return found


def cramer(of: str, columns: dict[str, list[Any]]) -> risk.Measures:
    found: risk.Measures = {}
    for first, second in combinations(columns, 2):
        table = pd.crosstab(pd.Series(list(map(str, columns[first]))), pd.Series(list(map(str, columns[second]))))
        if min(table.shape) > 1:
            found[of, "cramers_v", f"{first}, {second}", None] = scipy.stats.contingency.association(table.to_numpy())
    return found


def changes(found: risk.Measures) -> risk.Measures:
    before = {key[1:]: value for key, value in found.items() if key[0] in ("source", "treated")}
    moved = [abs(value - before[key[1:]]) for key, value in found.items() if key[0] == "mart" and key[1:] in before]
    return {
        ("both", "correlation_change_average", "", None): sum(moved) / len(moved),
        ("both", "correlation_change_maximum", "", None): max(moved),
    }


def of(rows: town.Table, name: str) -> list[Any]:
    return [row["shown"][name] for row in rows]


def day(text: str) -> int:
    return datetime.date.fromisoformat(text).toordinal()


def test_use_of_persons(project: Project, truth: Town) -> None:
    given, mart = truth.given, truth.mart
    lost = len(given) - len(mart)
    expected = suppression(mart, given)
    pooled = sum(value == "その他" for value in of(mart, "job"))
    expected |= {
        ("mart", "suppressed_cells", "job", None): pooled,
        ("mart", "suppressed_cells", "", None): pooled,
        ("mart", "suppressed_cells_share", "", None): pooled / (8 * len(mart)),
    }
    for name in given[0]["shown"]:
        expected |= risk.distances(name, of(given, name), of(mart, name))
    numbers = {"income": "income", "height": "height", "decade": "age"}
    raw = {name: [row[source] for row in given] for name, source in numbers.items()}
    for name, values in raw.items():
        source = [value for value in values if value != ""]
        expected |= apart(name, source, [value for value in of(mart, name) if value is not None])
        readable = [None if value == "" else value for value in values]
        loss = risk.width_loss(readable, of(given, name), of(mart, name), lost)
        expected["mart", "loss", name, None] = loss
    leaves = Counter(town.GROUPED.values())
    born = [day(row["born"]) for row in given]
    losses = {
        "sex": lost / len(given),
        "prefecture": risk.leaf_loss(leaves, len(town.GROUPED), of(mart, "prefecture"), lost),
        "year": risk.width_loss(born, of(given, "year"), of(mart, "year"), lost),
        "post": risk.entropy_loss([row["post"] for row in given], of(given, "post"), lost),
        "job": risk.entropy_loss([row["job"] for row in given], of(given, "job"), lost),
    }
    expected |= {("mart", "loss", name, None): value for name, value in losses.items()}
    whole = 1.0
    for name in PEOPLE:
        whole *= expected["mart", "loss", name, None] + 1
    expected["mart", "loss", "", None] = whole ** (1 / 3) - 1
    order = ["decade", "income", "height"]
    clean = {name: [None if value == "" else value for value in raw[name]] for name in order}
    together = correlations("source", clean) | correlations("mart", {name: of(mart, name) for name in order})
    others = ["sex", "prefecture", "year", "post", "job"]
    together |= cramer("treated", {name: of(given, name) for name in others})
    together |= cramer("mart", {name: of(mart, name) for name in others})
    assert logged(project, "people_of_town", "utility") == pytest.approx(
        expected | together | changes(together), abs=1e-9
    )


def test_use_of_histories(project: Project, truth: Town) -> None:
    given, mart = truth.visits, truth.visits_mart
    lost = len(given) - len(mart)
    expected = suppression(mart, given)
    expected |= {("mart", "suppressed_cells", "", None): 0, ("mart", "suppressed_cells_share", "", None): 0}
    for name in ("shop", "quarter", "paid"):
        expected |= risk.distances(name, of(given, name), of(mart, name))
    raw = {"quarter": [day(row["day"]) for row in given], "paid": [row["paid"] for row in given]}
    starts = {(2025, number): day(f"2025-{3 * number + 1:02d}-01") for number in range(4)}
    shown = {"quarter": [starts[value] for value in of(mart, "quarter")], "paid": of(mart, "paid")}
    for name, values in raw.items():
        expected |= apart(name, values, shown[name])
        expected["mart", "loss", name, None] = risk.width_loss(values, of(given, name), of(mart, name), lost)
    expected["mart", "loss", "shop", None] = lost / len(given)
    losses = (expected["mart", "loss", name, None] + 1 for name in ("shop", "quarter"))
    expected["mart", "loss", "", None] = (next(losses) * next(losses)) ** 0.5 - 1
    together = correlations("source", raw) | correlations("mart", shown)
    assert logged(project, "visits_of_town", "utility") == pytest.approx(
        expected | together | changes(together), abs=1e-9
    )


def test_the_next_release_shows_its_drift(project: Project, truth: Town) -> None:
    """Last of the module: it releases again, of fewer people."""
    town.town_project(project, town.persons()[:400], town.visits())
    assert_released(project.build(), "people_of_town", "visits_of_town", "release_risks", "release_utility")
    after = Town(town.persons()[:400], town.visits())
    before = risks(truth.mart, truth.everyone, PEOPLE)
    now = risks(after.mart, after.everyone, PEOPLE)
    rows = project.query(
        'select population, measure, column_names, "size", value, value_before, change, is_current '
        "from release_risks where mart = 'people_of_town' and release_no = 2"
    )
    single = {key: value for key, value in now.items() if not key[1].startswith("combination_")}
    assert {row[:4]: row[4] for row in rows} == pytest.approx(single, abs=1e-9)
    for row in rows:
        assert row[5] == (pytest.approx(before[row[:4]], abs=1e-9) if row[:4] in before else None), row
        assert row[6] == (None if row[5] is None else pytest.approx(row[4] - row[5]))
        assert row[7] is True
    sets = project.query(
        "select population, column_names, uniques, uniques_before, smallest_class, share_below_k_before "
        "from risk_per_combination where mart = 'people_of_town' and release_no = 2"
    )
    assert len(sets) == 14
    for of_whom, names, uniques, uniques_before, smallest, share in sets:
        size = names.count(",") + 1
        assert uniques == now[of_whom, "combination_uniques", names, size]
        assert uniques_before == before[of_whom, "combination_uniques", names, size]
        assert smallest == now[of_whom, "combination_smallest_class", names, size]
        assert share == pytest.approx(before[of_whom, "combination_below_k", names, size])
    lost = project.query(
        "select value, value_before from release_utility where mart = 'people_of_town' and release_no = 2 "
        "and measure = 'suppressed_subjects'"
    )
    assert lost == [(len(after.given) - len(after.mart), len(truth.given) - len(truth.mart))]


def test_a_mart_that_does_not_ask_is_not_measured(tmp_path: Path) -> None:
    """Of the log of the people of support/people.py: nothing."""
    from support.engines import DuckDB
    from support.people import people_project

    engine = DuckDB(tmp_path / "warehouse.duckdb")
    plain = Project(tmp_path / "consumer", engine)
    people_project(plain)
    assert_released(plain.build(), "people_anonymized")
    assert plain.query(f"select count(*) from {plain.private('release_risks_log')}") == [(0,)]
    assert plain.query("select count(*) from duckdb_views() where view_name like 'release_risk%'") == [(0,)]
