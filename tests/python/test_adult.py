"""UCI Adult in the given hierarchies: the figures that ARX reports for the same levels, on every engine."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from pycanon import anonymity
from support import attacks_of_adult, fixed_point, real, risk_of_adult
from support.oracle import Row
from support.project import Project, mart

LEVELS = {
    "sex": 0,
    "age": 3,
    "race": 0,
    "marital-status": 1,
    "education": 2,
    "native-country": 1,
    "workclass": 1,
    "occupation": 2,
}
SHOWN = [*LEVELS, "salary-class"]
TYPES = {"row": "integer"} | {name: "text" for name in SHOWN} | {"age": "integer"}
CLASSIFIED = {"row": "linking_code"} | {name: "quasi_identifier" for name in LEVELS} | {"salary-class": "sensitive"}
pytestmark = pytest.mark.real_data


class Adult(NamedTuple):
    """The table with row numbers, its file, and a hierarchy per column: value → levels."""

    rows: real.Rows
    file: Path
    hierarchies: dict[str, dict[str, list[str]]]


@pytest.fixture(scope="module")
def adult(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Adult:
    folder = shared / "data" / "adult"
    rows = [{"row": place} | row for place, row in enumerate(real.read_rows(folder / "adult.csv", ";"), 1)]
    hierarchies = {}
    for name in LEVELS:
        lines = (folder / f"adult_hierarchy_{name}.csv").read_text(encoding="utf-8").splitlines()
        hierarchies[name] = {value: levels for value, *levels in (line.split(";") for line in lines)}
    return Adult(rows, real.one_file(tmp_path_factory.mktemp("adult"), "adult", rows), hierarchies)


@pytest.fixture(scope="module")
def expected(adult: Adult) -> list[Row]:
    def level(row: Row, name: str) -> str:
        return adult.hierarchies[name][row[name]][LEVELS[name] - 1] if LEVELS[name] else row[name]

    treated = [{"subject": row["row"]} | row | {name: level(row, name) for name in LEVELS} for row in adult.rows]
    return fixed_point.release(treated, list(LEVELS), [], 5, []).rows


def hierarchy_name(column: str) -> str:
    return "levels_of_" + column.replace("-", "_")


def treatment(column: str) -> list[object]:
    if not LEVELS[column]:
        return ["keep"]
    return [{"lookup": {"hierarchy": hierarchy_name(column), "to": f"level_{LEVELS[column]}"}}]


def write_project(project: Project, adult: Adult) -> None:
    source = real.load_source(project, "adult", adult.file, TYPES, "row", CLASSIFIED)
    looked_up = [name for name in LEVELS if LEVELS[name]]
    for name in looked_up:
        hierarchy = adult.hierarchies[name]
        depth = len(next(iter(hierarchy.values())))
        head = ["value", *(f"level_{number}" for number in range(1, depth + 1))]
        lines = [head, *([value, *levels] for value, levels in hierarchy.items())]
        project.write(f"seeds/{hierarchy_name(name)}.csv", "".join(",".join(line) + "\n" for line in lines))
    columns = [{"name": "pseudonym", "from": "row", "treat": ["pseudonymize"]}]
    columns += [{"name": name, "treat": treatment(name)} for name in LEVELS]
    columns += [{"name": "salary-class", "treat": ["keep"]}]
    model = mart(
        "adult_anonymized",
        "adult",
        columns,
        dataset="adult",
        k=5,
        k_reason="as ARX was asked",
        max_suppression=0.02,
        risk={"threshold": 0.1},
        attacks=attacks_of_adult.LIMITS,
    )
    project.write("models/adult.yml", {"sources": [source], "models": [model]})
    hierarchies = ", ".join(f"ref('{hierarchy_name(name)}')" for name in looked_up)
    project.write(
        "models/adult_anonymized.sql",
        "{{ tokumei.anonymize(source('raw', 'adult'), hierarchies=[" + hierarchies + "]) }}\n",
    )


def test_adult_comes_out_as_arx_says(project: Project, adult: Adult, expected: list[Row]) -> None:
    write_project(project, adult)
    outcome = project.build()
    assert outcome.success, outcome.messages

    logged = project.query(
        "select records_in, records_in - records_out, records_out, subjects_out, classes, smallest_class "
        f"from {project.private('releases_log')}"
    )
    assert logged == [(30162, 552, 29610, 29610, 233, 5)]

    listed = ", ".join(f'"{name}"' for name in SHOWN)
    rows = project.query(f"select pseudonym, {listed} from adult_anonymized")
    assert len({who for who, *_ in rows}) == len(rows) == 29610
    assert sorted(values for _, *values in rows) == sorted([row[name] for name in SHOWN] for row in expected)

    frame = pytest.importorskip("pandas").DataFrame([values for _, *values in rows], columns=SHOWN)
    assert anonymity.k_anonymity(frame, list(LEVELS)) == 5

    def labels(name: str, level: int) -> list[str]:
        return [levels[level - 1] for levels in adult.hierarchies[name].values()]

    treated = pytest.importorskip("pandas").DataFrame(
        {
            name: [adult.hierarchies[name][row[name]][level - 1] if level else row[name] for row in adult.rows]
            for name, level in LEVELS.items()
        }
        | {"salary-class": [row["salary-class"] for row in adult.rows]}
    )
    leaves = {name: labels(name, level) for name, level in LEVELS.items() if level}
    risk_of_adult.check(project, treated, frame, list(LEVELS), leaves)
    attacks_of_adult.check(
        project, [dict(zip(["who", *SHOWN], values, strict=True)) for values in rows], frame, list(LEVELS)
    )
