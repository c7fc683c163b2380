"""A text is shown as a category and nothing else, by words and patterns that every engine reads alike."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ENGINES, make_engine
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support.engines import DuckDB
from support.gate import assert_released, found
from support.oracle import treat
from support.patterns import pattern, text
from support.people import CLASSIFIED, COLUMNS, TYPES, people, people_project
from support.project import Project
from support.steps import Steps, compile_steps, differences

DELIVERY = {
    "categories": [
        {"to": "配送", "words": ["配達", "とどく", "ﾊﾞｲｸ便", "Delivery"]},
        {"to": "返品", "pattern": "返品|返金"},
        {"to": "it's \\ a", "words": ["O'Brien", "a\\b", "か\u3099"]},
        {"to": "電話", "pattern": "^(電話|ＴＥＬ|TEL)[:： ]*[0-9]{2,4}-?[0-9]+$"},
    ],
    "rest": "その他",
}
DRAWN = random.Random(4)
PATTERNS = [pattern(DRAWN) for _ in range(25)]  # PostgreSQL remembers 32 of them
TREATS: list[list[Any]] = [
    [{"categorize": DELIVERY}],
    ["keep", {"categorize": DELIVERY}],
    [{"prefix": 4}, {"categorize": DELIVERY}],
    *([{"categorize": {"categories": [{"to": "1", "pattern": one}], "rest": "0"}}] for one in PATTERNS),
]
TREATED = [{"name": f"c{place}", "from": "t", "treat": treat} for place, treat in enumerate(TREATS)]
NUMBERED = {"categories": [{"to": "a", "words": ["1"]}, {"to": "b", "pattern": "^2$"}], "rest": "c"}
TREATED += [{"name": name, "from": name, "treat": [{"categorize": NUMBERED}]} for name in ("i", "d")]

CASES = {
    "配達はいつ": "配送",
    "トドク": "配送",
    "ﾄﾄﾞｸのは": "配送",
    "とと\u3099く": "配送",
    "バイク便": "配送",
    "ばいく便": "配送",
    "ｄＥＬＩＶＥＲＹ": "配送",
    "返品と配達": "配送",
    "返金して": "返品",
    "返 品": "その他",
    "配-達": "その他",
    "Ｏ＇ＢＲＩＥＮ": "it's \\ a",
    "A￥B": "その他",
    "Ａ＼Ｂ": "it's \\ a",
    "ガ": "it's \\ a",
    "カ": "その他",
    "TEL 03-1234": "電話",
    "tel 03-1234": "その他",
    "TEL 03\n-1234": "その他",
    "TEL\n03-1234": "電話",
    "TEL 03-1234\n": "その他",
    "x\nTEL 03-1234": "その他",
    "": "その他",
    "山田花子": "その他",
}


@pytest.fixture(scope="module", params=ENGINES)
def steps(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Steps]:
    folder = tmp_path_factory.mktemp("categorize")
    engine = make_engine(request, request.param, folder)
    types = {"t": "text", "i": "bigint", "d": "double precision"}
    yield compile_steps(Project(folder / "consumer", engine, views=False), types, TREATED)
    engine.stop()


def rows_of(texts: list[str | None]) -> list[dict[str, Any]]:
    numbers = [1, 2, 21, 3, None]
    return [
        {"t": one, "i": numbers[place % 5], "d": (numbers[place % 5] or 0) * 1.0} for place, one in enumerate(texts)
    ]


def test_texts_become_the_first_category_that_is_found(steps: Steps) -> None:
    shown = steps.run(rows_of([*CASES, None]))
    assert [row["c0"] for row in shown] == [*CASES.values(), "その他"]
    assert [row["c1"] for row in shown] == [*CASES.values(), "その他"]
    assert [row["c2"] for row in shown][:4] == ["配送", "配送", "配送", "配送"]
    assert [row["i"] for row in shown][:5] == ["a", "b", "a", "c", "c"]
    assert differences(steps, rows_of([*CASES, None])) == []


def test_patterns_mean_the_same_everywhere(steps: Steps) -> None:
    draw = random.Random(5)
    rows = rows_of([text(draw) for _ in range(200)])
    assert differences(steps, rows) == []
    meant = [[treat(row, column) for row in rows] for column in TREATED[3:-2]]
    assert sum(set(column) == {"0", "1"} for column in meant) > len(PATTERNS) / 2, "patterns that tell texts apart"


CHARACTERS = st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\0")
WORDS = ["配達", "とどく", "バイク便", "ﾊﾞｲｸ便", "delivery", "O'Brien", "返品", "TEL", "0312", "が", "\n"]


@given(texts=st.lists(st.lists(st.sampled_from(WORDS) | st.text(CHARACTERS, max_size=3)).map("".join), min_size=30))
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_any_text_becomes_a_category(steps: Steps, texts: list[str]) -> None:
    assert differences(steps, rows_of(list(texts))) == []


def test_every_such_pattern_is_allowed(tmp_path: Path) -> None:
    """And none is, if one more sign stands where it means nothing, or not the same everywhere."""
    draw = random.Random(6)
    allowed = [pattern(draw) for _ in range(300)]
    spoilt = [*("*a|" + one for one in allowed[:50]), *(one + "|" for one in allowed[:50])]
    spoilt += [one + add for one in allowed[:50] for add in ("\\w", "(?i)", "a*?", "[[:alpha:]]", "{", "a{3,2}", "\\")]
    project = Project(tmp_path / "consumer", DuckDB(tmp_path / "warehouse.duckdb"), views=False)
    given = json.dumps([allowed, spoilt])
    body = (
        "{%- set given = fromjson(GIVEN) -%}"
        "{%- for one in given[0] %}{{ 'refused' if tokumei._pattern_problem(one) is not none }}{% endfor -%}"
        "{%- for one in given[1] %}{{ 'allowed' if tokumei._pattern_problem(one) is none }}{% endfor -%}"
    )
    setting = f"{{%- set GIVEN -%}}{{% raw %}}{given}{{% endraw %}}{{%- endset -%}}"
    project.write("models/patterns.sql", f"{setting}{body}select 1 as one")
    outcome = project.dbt("compile", "--select", "patterns")
    assert outcome.success, outcome.messages
    compiled = project.path / "target/compiled/consumer/models/patterns.sql"
    assert compiled.read_text(encoding="utf-8").strip() == "select 1 as one"


MEMO = {"name": "reason", "from": "memo", "treat": [{"categorize": DELIVERY}]}


def write_mart(project: Project, column: dict[str, Any], rare: int = 0) -> None:
    """Every memo names its person; half are about deliveries, and so many about goods sent back."""
    rows = people()
    for row in rows:
        about = "返品" if row["id"] <= rare else "配達" if row["id"] % 2 else "お礼"
        row["memo"] = f"{row['name']}です。{about}の件、{row['phone']}まで"
    types = TYPES | {"memo": "text"}
    people_project(project, rows, [*COLUMNS, column], types, CLASSIFIED | {"memo": "free_text"})


def test_a_memo_is_shown_as_its_category(project: Project) -> None:
    write_mart(project, MEMO)
    assert_released(project.build(), "people_anonymized")
    shown = dict(project.query("select reason, count(*) from people_anonymized group by reason"))
    assert set(shown) == {"配送", "その他"}
    outline = project.query(
        f"select treatment_ja, treatment_en from {project.private('release_items_log')} where column_name = 'reason'"
    )
    assert outline == [("一般化", "generalization")]


def test_a_rare_category_is_refused_or_pooled(project: Project) -> None:
    write_mart(project, MEMO, rare=3)
    assert found(project.build(), "people_anonymized") == {("reason", "no_rare_values")}
    pooled = {"treat": [*MEMO["treat"], {"suppress_rare": {"below": 10, "replace_with": "その他の件"}}]}
    write_mart(project, MEMO | pooled, rare=3)
    assert_released(project.build(), "people_anonymized")
    assert {row[0] for row in project.query("select reason from people_anonymized")} <= {"配送", "その他", "その他の件"}


def test_a_memo_that_slips_through_is_noticed(project: Project) -> None:
    project.mutate(
        "macros/treatments/step_categorize.sql",
        "' else ' ~ tokumei.sql_literal(arguments['rest'])",
        "' else ' ~ value.sql",
    )
    write_mart(project, MEMO)
    noticed = {("reason", audit) for audit in ("no_direct_identifiers", "within_bounds", "no_rare_values")}
    assert found(project.build(), "people_anonymized") == noticed
