"""What `classify` proposes for columns whose names say nothing, or everything, and what `my_number_watch` finds."""

from __future__ import annotations

import contextlib
import io
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from stdnum.jp import in_
from support.engines import Engine
from support.identifiers import LOOKALIKES, MAKERS, digits
from support.people import write_csv
from support.project import Outcome, Project

GOLDEN = Path(__file__).parent / "golden/detection/classified.yml"
KIND_OF = {
    "identification_code": "my_number driver_licence resident_code passport residence_card pension_number "
    "employment_insurance insurer_number biometric_template",
    "direct_identifier": "email mobile_phone landline_phone card_number address person_name",
    "linking_code": "imei ip_address",
}
EXPECTED = {kind: is_ for is_, kinds in KIND_OF.items() for kind in kinds.split()}
# Names that say what is in a column of which nothing is known otherwise, and names that YAML or SQL could trip over.
NAMES = {
    "氏名": "direct_identifier",
    "フリガナ": "direct_identifier",
    "メールアドレス": "direct_identifier",
    "ＭｙＮｕｍｂｅｒ": "identification_code",
    "customerEmail": "direct_identifier",
    "指紋": "identification_code",
    "備考": "free_text",
    "傷病名": "sensitive",
    "religion": "sensitive",
    "性別": "quasi_identifier",
    "生年月日": "quasi_identifier",
    "yes": "attribute",
    "a: b # c": "attribute",
    'he said "no"': "attribute",
    "{{ 1 }}": "attribute",
    "order": "attribute",
}
MACROS = """
{% macro classify_all() %}
    {% do tokumei.classify('unnamed', subject='who') %}
    {% do print('---') %}
    {% do tokumei.classify('unnamed', subject='who', sample=500) %}
    {% do print('---') %}
    {% do tokumei.classify('raw.named') %}
    {% do print('---') %}
    {% do tokumei.classify('bought') %}
{% endmacro %}
"""


class Said(NamedTuple):
    """What an operation printed, and what it came to."""

    printed: str
    outcome: Outcome


def unnamed() -> list[dict[str, Any]]:
    """A thousand and five hundred records of a thousand persons; the names of the columns say nothing."""
    draw = random.Random(17)
    rows = []
    for number in range(1500):
        made: dict[str, Any] = {kind: make(draw) for kind, make in MAKERS.items()}
        made |= {
            "twelve": digits(draw, 12),
            "born": f"{draw.randint(1930, 2015)}/{draw.randint(1, 12)}/{draw.randint(1, 28)}",
            "seen": f"2026-0{draw.randint(1, 9)}-{draw.randint(1, 28):02d} 10:20:30",
            "north": round(draw.uniform(24, 45), 6),
            "east": round(draw.uniform(123, 153), 6),
            "said": f"本人より{digits(draw, 4)}番の品について電話があり、折り返した。",
            "code": f"E{digits(draw, 7)}",
            "illness": draw.choice("ABCDEF") + digits(draw, 2) + "." + digits(draw, 1),
            "level": draw.choice(["高", "中", "低"]),
            "sum": draw.randint(1, 99999),
        }
        rows.append({"who": number * 2 // 3} | {f"c{place:02d}": value for place, value in enumerate(made.values())})
    return rows


REST = (
    "linking_code quasi_identifier quasi_identifier quasi_identifier quasi_identifier free_text linking_code "
    "sensitive attribute quasi_identifier"
)
ISES = [*(EXPECTED[kind] for kind in MAKERS), *REST.split()]


def bought() -> list[dict[str, Any]]:
    """Purchases: each receipt belongs to one customer, goods and shops to many."""
    draw = random.Random(19)
    return [
        {
            "receipt": f"R{number // 3:06d}",
            "customer_id": number // 3 % 200,
            "shop": draw.choice(["池袋", "立川", "千葉"]),
            "goods": LOOKALIKES["goods"](draw)[:5],
            "barcode": draw.choice(["4901234567894", "4909876543210", "4900000000016"]),
            "paid_on": f"2026-05-{draw.randint(1, 28):02d}",
        }
        for number in range(3000)
    ]


@pytest.fixture(scope="module")
def project(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    made = Project(tmp_path_factory.mktemp("classify") / "consumer", lasting_engine, logged=True, views=False)
    for name, rows in {"unnamed": unnamed(), "bought": bought()}.items():
        types = {key: {int: "integer", float: "double precision"}.get(type(v), "text") for key, v in rows[0].items()}
        lasting_engine.load_csv(name, write_csv(made.path / f"{name}.csv", rows), types)
    listed = ", ".join('"' + name.replace('"', '""') + '" text' for name in NAMES)
    lasting_engine.execute(f"create table named ({listed})")
    bought_source = {"name": "bought", "config": {"meta": {"tokumei": {"subject": "customer_id"}}}}
    tables = [{"name": "unnamed"}, {"name": "named"}, bought_source]
    made.write("models/raw.yml", {"sources": [{"name": "raw", "schema": lasting_engine.schema(), "tables": tables}]})
    made.write("macros/classify_all.sql", MACROS)
    yield made


def run(project: Project, *arguments: str) -> Said:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        outcome = project.dbt("run-operation", *arguments)
    return Said(printed.getvalue(), outcome)


@pytest.fixture(scope="module")
def classified(project: Project) -> list[str]:
    said = run(project, "classify_all")
    assert said.outcome.success, said.outcome.messages
    return said.printed.strip().split("\n---\n")


def columns_of(text: str) -> dict[str, str]:
    table = yaml.safe_load(text)["sources"][0]["tables"][0]
    return {column["name"]: column["config"]["meta"]["tokumei"]["is"] for column in table["columns"]}


def test_values_alone_tell_what_a_column_is(classified: list[str]) -> None:
    whole, sampled = columns_of(classified[0]), columns_of(classified[1])
    expected = {"who": "linking_code"} | {f"c{place:02d}": is_ for place, is_ in enumerate(ISES)}
    assert whole == expected
    assert sampled == expected
    assert "a sample of about 500 read" in classified[1]


def test_names_alone_tell_what_an_empty_column_is(classified: list[str]) -> None:
    assert columns_of(classified[2]) == NAMES
    assert "every record was taken for a subject of its own" in classified[2]


def test_keys_are_what_belongs_to_one_subject(classified: list[str]) -> None:
    assert columns_of(classified[3]) == {
        "receipt": "linking_code",
        "customer_id": "linking_code",
        "shop": "quasi_identifier",
        "goods": "quasi_identifier",
        "barcode": "attribute",
        "paid_on": "quasi_identifier",
    }
    assert yaml.safe_load(classified[3])["sources"][0]["tables"][0]["config"]["meta"]["tokumei"] == {
        "subject": "customer_id"
    }


def test_engines_say_the_same_and_quote_nothing(classified: list[str]) -> None:
    text = "\n---\n".join(classified) + "\n"
    assert text == GOLDEN.read_text(encoding="utf-8")
    values = {str(value) for row in unnamed() for key, value in row.items() if key != "who"}
    assert not [value for value in values if len(value) > 6 and value in text]


def test_wrong_arguments_are_errors(project: Project) -> None:
    for arguments, error in {
        "{relation: nowhere}": "tokumei: classify: relation; got nowhere (0 found); allowed: ",
        "{relation: unnamed, sample: 5}": "tokumei: classify: sample; got 5; allowed: ",
        "{relation: unnamed, subject: nobody}": "tokumei: classify: subject; got nobody; allowed: who, ",
    }.items():
        said = run(project, "classify", "--args", arguments)
        assert not said.outcome.success
        assert error in said.outcome.messages


def test_my_numbers_are_found_in_every_column_of_a_schema(project: Project) -> None:
    draw = random.Random(23)
    numbers = [MAKERS["my_number"](draw) for _ in range(60)]
    wrong = [number[:11] + str((int(number[11]) + 1) % 10) for number in numbers]
    wide = ["".join(chr(ord(c) + 0xFEE0) for c in number) for number in numbers]
    rows = [
        f"({place}, '{number}', '{wrong[place]}', '{wide[place]}', {int('1' + digits(draw, 11))})"
        for place, number in enumerate(numbers)
    ]
    assert all(in_.is_valid(number) for number in numbers)
    project.engine.execute(
        "create table staff (id integer, plain text, wrong text, wide text, amount bigint); "
        f"insert into staff values {', '.join(rows)}; create view staff_view as select wide, 1 as one from staff; "
        "create table of_one as select '123456789018' as code"
    )
    project.engine.execute('create table "x"" as held; drop table staff; --" (n integer)')
    said = run(project, "my_number_watch")
    assert not said.outcome.success and 'would be read as SQL; got x" as held; drop table' in said.outcome.messages
    project.engine.execute('drop table "x"" as held; drop table staff; --"')
    said = run(project, "my_number_watch", "--args", "{approved: [staff.plain, unnamed.c00]}")
    assert not said.outcome.success
    assert "columns that hold My Numbers; got staff.wide, staff_view.wide; allowed: " in said.outcome.messages
    assert "staff.plain: 60 of 60 distinct values of 12 digits pass as マイナンバー (approved)" in said.printed
    assert not [place for place in ("staff.wrong", "staff.amount", "of_one") if place in said.printed]
    assert not [number for number in numbers + wide if number in said.printed + said.outcome.messages]
    approved = "{approved: [staff.plain, staff.wide, staff_view.wide, unnamed.c00]}"
    assert run(project, "my_number_watch", "--args", approved).outcome.success
    project.write(
        "models/staff.yml",
        {
            "sources": [
                {
                    "name": "hr",
                    "schema": project.engine.schema(),
                    "tables": [
                        {
                            "name": "staff",
                            "data_tests": [{"tokumei.my_number_watch": {"arguments": {"approved": ["plain"]}}}],
                        }
                    ],
                }
            ]
        },
    )
    outcome = project.dbt("test", "--select", "source:hr")
    assert "fail" in outcome.statuses.values()
    assert "Got 1 result" in outcome.messages
