"""UCI Adult in the given hierarchies: the figures that ARX reports for the same levels, on every engine."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pycanon import anonymity
from support import attacks, fixed_point, real
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
ATTACKS = {
    "linkage": {"at_most": 0.2},
    "singling_out": {"at_most_over_base": 0.1},
    "inference": {"salary-class": {"at_most_over_base": 0.1, "at_most_over_control": 0.02}},
    "difference_safe": True,
}
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
    limits = {"k": 5, "k_reason": "as ARX was asked", "max_suppression": 0.02}
    model = mart("adult_anonymized", "adult", columns, dataset="adult", attacks=ATTACKS, **limits)
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

    assert_attacked(project, [{"who": who} | dict(zip(SHOWN, values, strict=True)) for who, *values in rows], frame)


def assert_attacked(project: Project, rows: list[Row], frame: Any) -> None:
    """What each attack came to, in the log, is what pandas and plain Python find in the mart."""
    logged = dict(project.query(f"select audit, measured from {project.private('release_audits_log')}"))
    expected = attacks.inference(rows, list(LEVELS), "salary-class")
    measured = {what: logged[f"inference({what})"] for what in expected}
    assert measured == pytest.approx(expected, abs=1e-9)
    expected = attacks.singling_out(rows, SHOWN)
    measured = {what: logged[f"singling_out({what})"] for what in expected}
    assert measured == pytest.approx(expected, abs=1e-9)
    names = list(LEVELS)
    for known in range(1, len(names) + 1):
        classes = [len(frame[list(some)].drop_duplicates()) for some in combinations(names, known)]
        success = logged[f"linkage(known {known}, success)"] * len(rows)
        if len(classes) <= 30:
            assert success == pytest.approx(max(classes))
            assert logged[f"linkage(known {known}, mean)"] * len(rows) == pytest.approx(sum(classes) / len(classes))
        assert min(classes) <= success <= max(classes), "of more than thirty combinations, thirty are tried"
