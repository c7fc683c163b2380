"""5,000 Japanese persons in a table with Japanese column names: who they are is gone, k = 10 holds."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from support import real
from support.fixed_point import Pool, release
from support.oracle import Row
from support.project import Project, mart

NAMES = {
    "氏名": "direct_identifier",
    "性別": "quasi_identifier",
    "携帯電話": "direct_identifier",
    "メールアドレス": "direct_identifier",
    "郵便番号": "quasi_identifier",
    "都道府県": "quasi_identifier",
    "市区町村": "quasi_identifier",
    "町域": "direct_identifier",
    "番地": "direct_identifier",
    "建物": "direct_identifier",
    "生年月日": "quasi_identifier",
}
GONE = ["氏名", "携帯電話", "メールアドレス", "町域", "番地", "建物", "郵便番号", "生年月日"]
PSEUDONYM = {"name": "仮ID", "from": "携帯電話", "treat": ["pseudonymize"]}
BORN = [{"truncate": "year"}, {"bottom_code": 1970}, {"top_code": 1990}, {"band": 10}]
BY_PREFECTURE = [
    PSEUDONYM,
    {"name": "性別", "treat": ["keep"]},
    {"name": "都道府県", "treat": ["keep"]},
    {"name": "生年", "from": "生年月日", "treat": BORN},
]
BY_AREA = [
    PSEUDONYM,
    {
        "name": "郵便番号",
        "treat": [{"prefix": 3}, {"suppress_rare": {"below": 10, "replace_with": "その他"}}],
    },
]
POLICY = {"dataset": "persons", "scope": "own", "k": 10, "k_reason": "NDB publication rule", "max_suppression": 0.05}
pytestmark = pytest.mark.real_data


class Persons(NamedTuple):
    """The table, with a name for every column, and its file."""

    rows: real.Rows
    file: Path


@pytest.fixture(scope="module")
def persons(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Persons:
    rows = real.read_rows(shared / "data" / "persons" / "ja_5000.csv", header=list(NAMES))
    return Persons(rows, real.one_file(tmp_path_factory.mktemp("persons"), "persons", rows))


def by_prefecture(rows: real.Rows) -> list[Row]:
    def decade(date: str) -> int:
        return min(max(int(date[:4]), 1970), 1990) // 10 * 10

    treated = [
        {"subject": row["携帯電話"], "性別": row["性別"], "都道府県": row["都道府県"], "生年": decade(row["生年月日"])}
        for row in rows
    ]
    return release(treated, ["性別", "都道府県", "生年"], [], 10, []).rows


def by_area(rows: real.Rows) -> list[Row]:
    treated = [{"subject": row["携帯電話"], "郵便番号": row["郵便番号"][:3]} for row in rows]
    return release(treated, ["郵便番号"], [Pool("郵便番号", 10, 10, replace_with="その他")], 10, []).rows


def test_persons_come_out_as_recomputed_and_nobody_is_named(project: Project, persons: Persons) -> None:
    source = real.load_source(project, "persons", persons.file, dict.fromkeys(NAMES, "text"), "携帯電話", NAMES)
    marts = {"persons_by_prefecture": BY_PREFECTURE, "persons_by_area": BY_AREA}
    models = [mart(name, "persons", columns, **POLICY) for name, columns in marts.items()]
    project.write("models/persons.yml", {"sources": [source], "models": models})
    for name in marts:
        project.write(f"models/{name}.sql", "{{ tokumei.anonymize(source('raw', 'persons')) }}\n")
    outcome = project.build()
    assert outcome.success, outcome.messages

    shown = {
        "persons_by_prefecture": project.query('select "仮ID", "性別", "都道府県", "生年" from persons_by_prefecture'),
        "persons_by_area": project.query('select "仮ID", "郵便番号" from persons_by_area'),
    }
    expected = {"persons_by_prefecture": by_prefecture(persons.rows), "persons_by_area": by_area(persons.rows)}
    for name, rows in shown.items():
        assert sorted(values for _, *values in rows) == sorted([*record.values()][1:] for record in expected[name])
        texts = {str(value) for _, *values in rows for value in values} - {"その他"}
        for column in GONE:
            assert not texts & ({row[column] for row in persons.rows} - {""})

    # scope: own, so that the two marts cannot be joined
    assert not {row[0] for row in shown["persons_by_prefecture"]} & {row[0] for row in shown["persons_by_area"]}
    log = project.query(
        "select mart, records_in, records_in - records_out, classes, smallest_class >= 10 "
        f"from {project.private('releases_log')} order by mart"
    )
    assert log == [("persons_by_area", 5000, 0, 141, True), ("persons_by_prefecture", 5000, 184, 259, True)]
