"""Registers are read alike whatever they are kept in, and nothing that is wrong with one goes unsaid."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support.engines import DuckDB, Engine
from support.people import people_project
from support.project import PACKAGE, Outcome, Project
from support.registers import (
    CATALOG,
    SHOW,
    SOUND,
    TODAY,
    Row,
    clock_stands,
    declared,
    insert,
    numbered,
    ordered,
    seeds,
    show,
    shown,
)

ALONE = ("--exclude", "package:tokumei")  # without the package's own models: nothing of them is looked at here
EXPECTED = {name: numbered(name, rows) for name, rows in SOUND.items()}


@pytest.fixture(autouse=True)
def clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """It stands still, but for the test of the day."""
    with contextlib.nullcontext() if "the_day" in request.node.name else clock_stands():
        yield


def sources(project: Project, *names: str) -> None:
    """Tables of the user's own as registers."""
    tables = [declared(f"own_{name}", name) for name in names]
    schema = project.engine.schema()
    project.write("models/own.yml", {"sources": [{"name": "own", "schema": schema, "tables": tables}]})


def statuses(outcome: Outcome) -> list[str]:
    """Of the tests of registers."""
    return [status for name, status in outcome.statuses.items() if "sound_" in name]


def test_every_way_to_keep_them_reads_the_same(project: Project) -> None:
    """Seeds whose types dbt inferred; tables typed, and with the types that a user may have taken. Typed seeds are read
    by the other tests."""
    seeds(project, SOUND, None)
    outcome = project.build(*ALONE)
    assert outcome.success, outcome.messages
    assert statuses(outcome) == ["pass"] * 5
    assert show(project) == EXPECTED

    (project.path / "seeds/registers.yml").unlink()
    sources(project, *SOUND)
    odd = {"date": "timestamp", "integer": "double precision", "boolean": "integer", "text": "varchar(200)"}
    for retyped in ({}, odd):
        for name, rows in SOUND.items():
            types = {column: retyped.get(kind, kind) for column, kind in CATALOG[name].items()}
            whole = [{c: int(v) if v is not None and types[c] == "integer" else v for c, v in r.items()} for r in rows]
            project.engine.execute(insert(f"own_{name}", whole, types))
        assert show(project, "checked") == EXPECTED
    outcome = project.dbt("test")
    assert statuses(outcome) == ["pass"] * 5, outcome.messages

    project.engine.execute("drop table own_received")
    assert show(project)["received"] == []
    outcome = project.dbt("test", "--select", "source:own.own_received", "source:own.own_publications")
    assert statuses(outcome) == ["fail"] * 2, "a register that is not there is not sound"


def test_they_are_read_in_hooks_models_tests_and_operations(project: Project) -> None:
    seeds(project, SOUND, "typed")
    config = yaml.safe_load((project.path / "dbt_project.yml").read_text(encoding="utf-8"))
    hooks = {f"on-run-{when}": f"{{{{ show('{when}', 'checked') }}}}" for when in ("start", "end")}
    project.write("dbt_project.yml", config | hooks)
    first = project.build(*ALONE)
    assert first.success, first.messages
    assert {name: shown(first)["start", name] for name in SOUND} == {name: [] for name in SOUND}, "nothing there yet"
    assert {name: shown(first)["end", name] for name in SOUND} == EXPECTED
    project.write("models/reader.sql", "{{ show('model', 'checked') }}\nselect 1 as n\n")
    project.write("tests/reading.sql", "{{ show('test', 'checked') }}\nselect 1 as n where false\n")
    outcome = project.build("--select", "reader", "reading", "publications")
    assert outcome.success, outcome.messages
    found = shown(outcome)
    for where in ("start", "model", "test", "end"):
        assert {name: found[where, name] for name in SOUND} == EXPECTED, where
    assert project.query("select n from reader") == [(1,)]


MADE = "ab" * 16
PUBLISHED: Row = {
    "dataset": "people",
    "fingerprint": MADE,
    "kind": "creation",
    "items": "性別;年齢",
    "means": "サーバ",
    "published_on": TODAY,
    "place": "https://example.jp/api",
    "notice_days": 0,
    "continuing": "f",
    "period_from": None,
    "period_to": None,
}
TAKEN = {"dataset": "weather", "fingerprint": None, "kind": "provision"}
SEPTEMBER = TAKEN | {"published_on": "2026-09-01"}
PROVIDED: Row = {
    "recipient": "lab",
    "dataset": "people",
    "release": None,
    "means": "サーバ",
    "provided_on": TODAY,
    "notified_on": TODAY,
    "notice_sha256": "0f" * 32,
}
DUTY: Row = {
    "measure": "organisation",
    "responsible": "部長",
    "may_handle_method_information": False,
    "document": None,
    "last_reviewed_on": TODAY,
    "next_review_on": TODAY,
}
GOT: Row = {
    "dataset": "weather",
    "provider": "架空社",
    "items": "性別",
    "means": "通信",
    "received_on": TODAY,
    "relation": None,
}


def passed_on(means: str, day: str) -> Row:
    """A provision of what was received."""
    return {"dataset": "weather", "means": means, "provided_on": day, "notified_on": "2026-09-01"}


FAULT = ["秘密の値", "灯台守", "0123abc", "2026-02-30", "2026-10-02"]

# A change to a sound row, and the columns with the beginnings of what is said of each; nothing else may be said.
Change = tuple[Row, dict[str, list[str]]]
PLANTED: dict[str, tuple[Row, list[Change]]] = {
    "publications": (
        PUBLISHED,
        [
            ({}, {}),
            (TAKEN, {}),
            (SEPTEMBER | {"means": "通信", "notice_days": 7, "continuing": "true"}, {}),
            (SEPTEMBER | {"means": "週報", "period_from": "2026-09-10", "period_to": "2026-09-20"}, {}),
            ({"kind": "灯台守"}, {"kind": ["unknown kind"]}),
            ({"kind": None}, {"kind": ["is missing"]}),
            ({"kind": "provision"}, {}),
            ({"kind": "provision", "means": None}, {"means": ["is missing"]}),
            ({"means": None}, {}),
            ({"dataset": "灯台守"}, {"dataset": ["neither"]}),
            ({"dataset": None}, {"dataset": ["is missing"]}),
            (TAKEN | {"kind": "creation"}, {"kind": ["whoever received"]}),
            (TAKEN | {"fingerprint": MADE}, {"fingerprint": ["nothing was processed"]}),
            ({"fingerprint": None}, {"fingerprint": ["not the fingerprint"]}),
            ({"fingerprint": "0123abc"}, {"fingerprint": ["not the fingerprint"]}),
            ({"fingerprint": MADE + "0"}, {"fingerprint": ["not the fingerprint"]}),
            ({"fingerprint": MADE.upper()}, {"fingerprint": ["not the fingerprint"]}),
            ({"items": None}, {"items": ["is missing"]}),
            ({"items": " ; ；"}, {"items": ["names no item"]}),
            ({"published_on": None}, {"published_on": ["is missing"]}),
            ({"published_on": "2026-02-30"}, {"published_on": ["cannot be read"]}),
            ({"published_on": "2026/09/01"}, {"published_on": ["cannot be read"]}),
            ({"published_on": "2026-10-02"}, {"published_on": ["lies in the future"]}),
            ({"published_on": "2024-02-29"}, {}),
            ({"place": None}, {"place": ["is missing"]}),
            ({"notice_days": None}, {"notice_days": ["is missing"]}),
            ({"notice_days": "-1"}, {"notice_days": ["is negative"]}),
            ({"notice_days": "1.5"}, {"notice_days": ["cannot be read"]}),
            ({"notice_days": "３"}, {"notice_days": ["cannot be read"]}),
            ({"notice_days": "999999999999"}, {"notice_days": ["cannot be read"]}),
            ({"continuing": "TRUE"}, {}),
            ({"continuing": "秘密の値"}, {"continuing": ["cannot be read"]}),
            ({"period_from": "2026-10-01", "period_to": "2026-10-02"}, {}),
            ({"period_from": "2026-10-02", "period_to": "2026-10-01"}, {"period_to": ["lies before"]}),
            ({"period_from": "2026-10-02"}, {"period_to": ["a period has two ends"]}),
            ({"period_to": "2026-10-02"}, {"period_from": ["a period has two ends"]}),
            (
                {"continuing": "1", "period_from": "2026-10-01", "period_to": "2026-10-02"},
                {"continuing": ["both continuing"]},
            ),
            (
                {"kind": "x", "place": None, "period_to": "x"},
                {"kind": ["unknown kind"], "place": ["is missing"], "period_to": ["cannot be read"]},
            ),
        ],
    ),
    "recipients": (
        {"recipient": "lab", "name": "研究所", "role": None},
        [
            ({}, {}),
            ({"recipient": "Lab", "name": "後"}, {}),  # sorted before lab, which is then the second
            ({"recipient": "秘密の値"}, {"recipient": ["not a short id"]}),
            ({"recipient": "a-b"}, {"recipient": ["not a short id"]}),
            ({"recipient": "x" * 25}, {"recipient": ["not a short id"]}),
            ({"recipient": "x" * 24}, {}),
            ({"recipient": None}, {"recipient": ["is missing"]}),
            ({"recipient": "r1", "name": None}, {"name": ["is missing"]}),
            ({"recipient": "r2", "role": "reader"}, {}),
            ({"recipient": "r3", "role": "READER"}, {"role": ["occurs twice"]}),
            ({"recipient": "r4", "role": "Public"}, {"role": ["is everybody"]}),
        ],
    ),
    "provisions": (
        PROVIDED,
        [
            ({}, {}),
            ({"recipient": "灯台守"}, {"recipient": ["unknown recipient"]}),
            ({"recipient": None}, {"recipient": ["is missing"]}),
            ({"dataset": "灯台守"}, {"dataset": ["neither"]}),
            ({"release": "0123abc"}, {"release": ["not an invocation id"]}),
            ({"release": "0b9a1c7e-1111-4222-8333-0123456789ab"}, {}),
            ({"means": None}, {"means": ["is missing"]}),
            ({"notified_on": None, "provided_on": "2026-10-02"}, {"notified_on": ["a notice has"]}),
            ({"notice_sha256": None}, {"notice_sha256": ["a notice has"]}),
            ({"notice_sha256": "0123abc"}, {"notice_sha256": ["not a SHA-256"]}),
            ({"notice_sha256": "0F" * 32}, {"notice_sha256": ["not a SHA-256"]}),
            ({"provided_on": "2026-09-30"}, {"provided_on": ["lies before the notice"]}),
            ({"provided_on": "x"}, {"provided_on": ["cannot be read"]}),
            ({"notified_on": None, "notice_sha256": None}, {"provided_on": ["lies before the notice"]}),
            ({"notified_on": None, "notice_sha256": None, "provided_on": None}, {}),
            ({"notified_on": None, "notice_sha256": None, "provided_on": "2026-10-02"}, {}),
            (
                {"notified_on": "2026-10-02", "provided_on": None},
                {"notified_on": ["lies in the future"]},
            ),
            ({"dataset": "weather", "means": "サーバ"}, {}),
            ({"dataset": "weather", "means": "郵送"}, {"provided_on": ["no publication covers"]}),
            (
                {"dataset": "weather", "provided_on": "2026-09-30", "notified_on": "2026-09-01"},
                {"provided_on": ["no publication covers"]},
            ),
            (
                {"dataset": "weather", "provided_on": "2026-10-02", "notified_on": "2026-09-01"},
                {"provided_on": ["no publication covers"]},  # one publication, said neither continuing nor a period
            ),
            (passed_on("通信", "2026-09-07"), {"provided_on": ["no publication covers"]}),
            (passed_on("通信", "2026-09-08"), {}),
            (passed_on("通信", "2026-09-30"), {}),
            (passed_on("週報", "2026-09-09"), {"provided_on": ["no publication covers"]}),
            (passed_on("週報", "2026-09-10"), {}),
            (passed_on("週報", "2026-09-20"), {}),
            (passed_on("週報", "2026-09-21"), {"provided_on": ["no publication covers"]}),
            (
                {"dataset": "weather", "release": "0b9a1c7e-1111-4222-8333-0123456789ab"},
                {"release": ["nothing was released"]},
            ),
        ],
    ),
    "responsibilities": (
        DUTY,
        [
            ({}, {}),
            ({"measure": "灯台守"}, {"measure": ["unknown measure"]}),
            ({"measure": None}, {"measure": ["is missing"]}),
            ({"measure": "rules", "responsible": None, "document": "a"}, {"responsible": ["is missing"]}),
            ({"measure": "rules", "responsible": None}, {"responsible": ["is missing"], "document": ["is missing"]}),
            ({"responsible": None, "may_handle_method_information": "t"}, {"responsible": ["is missing"]}),
            ({"may_handle_method_information": "秘密の値"}, {"may_handle_method_information": ["cannot be read"]}),
            ({"last_reviewed_on": None}, {"last_reviewed_on": ["is missing"]}),
            ({"last_reviewed_on": "2026-10-02"}, {"last_reviewed_on": ["lies in the future"]}),
            ({"next_review_on": None}, {"next_review_on": ["is missing"]}),
            ({"next_review_on": "2026-09-30"}, {"next_review_on": ["the review is overdue"]}),
        ],
    ),
    "received": (
        GOT,
        [
            ({}, {}),
            ({"dataset": "people"}, {"dataset": ["is the name of"]}),
            ({"dataset": None}, {"dataset": ["is missing"]}),
            ({"provider": None}, {"provider": ["is missing"]}),
            ({"items": None}, {"items": ["is missing"]}),
            ({"items": ";"}, {"items": ["names no item"]}),
            ({"means": None}, {"means": ["is missing"]}),
            ({"received_on": "2026-10-02"}, {"received_on": ["lies in the future"]}),
            ({"received_on": None}, {"received_on": ["is missing"]}),
            ({"relation": "灯台守"}, {"relation": ["no relation of this name"]}),
        ],
    ),
}
OF_THE_WHOLE = {
    "recipients": {("recipient", "occurs twice")},
    "responsibilities": {
        ("responsible", "nobody for rules"),
        ("measure", "no row for access"),
        ("may_handle_method_information", "nobody may"),
    },
}


def planted(name: str) -> list[Row]:
    sound, changes = PLANTED[name]
    return [sound | change for change, _ in changes]


def test_all_problems_are_said_and_no_value_is(project: Project) -> None:
    people_project(project)
    seeds(project, {name: planted(name) for name in PLANTED})
    outcome = project.build(*ALONE, "people_anonymized")
    tests = {name: status for name, status in outcome.statuses.items() if name.startswith("sound_")}
    assert tests == {f"sound_{name}": "fail" for name in PLANTED}

    for name, findings in show(project, "findings").items():
        sound, changes = PLANTED[name]
        rows = ordered(name, [sound | change for change, _ in changes])
        left = [(f["row"], f["column"], f["problem"]) for f in findings]
        for change, expected in changes:
            number = rows.index(sound | change) + 1
            for column, problems in expected.items():
                for problem in problems:
                    match = [f for f in left if f[:2] == (number, column) and f[2].startswith(problem)]
                    assert len(match) == 1, (name, change, column, problem, left)
                    left.remove(match[0])
        for column, problem in OF_THE_WHOLE.get(name, set()):
            match = [f for f in left if f[1] == column and f[2].startswith(problem)]
            assert len(match) == 1, (name, column, problem, left)
            left.remove(match[0])
        assert left == [], name

        said = project.dbt("run-operation", "stop", "--args", json.dumps({"name": name}))
        errors = [line.strip() for line in said.messages.splitlines() if line.strip().startswith("tokumei: ")]
        assert not said.success and len(set(errors)) == len({json.dumps(f) for f in findings})
        for error in errors:
            assert re.fullmatch(rf"tokumei: {name}\.\w+: .*see docs/registers\.md", error), error
        assert not [value for value in FAULT if value in said.messages]
    compiled = [path.read_text(encoding="utf-8") for path in (project.path / "target").rglob("sound_*.sql")]
    assert len(compiled) >= 5 and not [value for value in FAULT if any(value in text for text in compiled)]


def test_wrong_declarations_stop_every_reader(project: Project) -> None:
    seeds(project, SOUND, "typed")
    assert project.dbt("seed").success
    project.write("models/once_more.sql", "select 1 as n\n")
    project.write("models/typo.sql", "select 1 as n\n")
    project.write("models/passing.sql", "{{ config(materialized='ephemeral') }} select 1 as n\n")
    models = [
        {"name": "once_more", "config": {"meta": {"tokumei": {"register": "recipients"}}}},
        {"name": "typo", "config": {"meta": {"tokumei": {"register": "publication"}}}},
        {"name": "passing", "config": {"meta": {"tokumei": {"register": "received"}}}},
    ]
    project.write("models/wrong.yml", {"models": models})
    said = project.dbt("run-operation", "show")
    assert not said.success
    for part in (
        "tokumei: once_more, recipients: a register is declared once; got recipients by 2; allowed: one",
        "tokumei: typo: unknown register; got publication; allowed: publications, recipients",
        "tokumei: passing: a register must be readable in the warehouse; got an ephemeral model",
    ):
        assert part in said.messages

    (project.path / "models/wrong.yml").unlink()
    project.engine.execute("alter table recipients drop column role; alter table recipients drop column name")
    for what in ("rows", "checked"):
        said = project.dbt("run-operation", "show", "--args", json.dumps({"what": what}))
        assert not said.success
        for column in ("role", "name"):
            assert f"tokumei: recipients.{column}: the register has no such column; see" in said.messages
    tested = project.dbt("test", "--select", "sound_recipients")
    assert statuses(tested) == ["fail"], tested.messages


@pytest.fixture(scope="module")
def kept(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A register in a table of text, to be filled with anything."""
    project = Project(tmp_path_factory.mktemp("kept"), lasting_engine)
    sources(project, "publications")
    project.write("macros/show.sql", SHOW)
    yield project


TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        "null",
        "NULL",
        "None",
        "true",
        "007",
        "1.0",
        "O'Brien",
        "a\\b\\'c",
        "1\n2",
        '"q"',
        "{{ x }}",
        "{% y %}",
        "--",
        "%s %(a)s",
    ]
)
DAYS = st.dates().map(str) | st.sampled_from(
    ["0000-01-01", "1900-02-29", "2000-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "20261001", "２０２６-10-01"]
)
TIMES = st.sampled_from(["", "", " 00:00:00", "T00:00:00", " 00:00:00.000", " 00:00:01", " 00:00:00+09", "\n"])
FLAGS = st.sampled_from(["true", "t", "1", "TRUE", "false", "F", "0", "yes", "はい", "2", "１", "", " t "])
WHOLES = st.integers(-(10**10), 10**10).map(str) | st.sampled_from(["7.0", "7.", "7.5", "1e3", "", "+7", "７", " 7"])
ANY = st.fixed_dictionaries(
    {name: TEXTS | st.none() for name in CATALOG["publications"]}
    | {name: st.builds(str.__add__, DAYS, TIMES) for name in ("published_on", "period_from", "period_to")}
    | {"continuing": FLAGS, "notice_days": WHOLES}
)


def read(column: str, text: str | None) -> object:
    """What a cell of text is to be read as, in plain Python."""
    text = (text or "").strip()
    kind = CATALOG["publications"][column]
    if kind == "boolean":
        return {"true": True, "t": True, "1": True, "": False, "false": False, "f": False, "0": False}.get(text.lower())
    if kind == "integer":
        whole = text.split(".")[0] if re.fullmatch(r"[^.]*\.0*", text) else text
        readable = whole.isascii() and whole.removeprefix("-").isdigit() and len(whole.removeprefix("-")) < 10
        return int(whole) if readable else None
    if kind == "date":
        written = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([ T]00:00:00(\.0+)?)?", text)
        try:
            return str(dt.date.fromisoformat(written[1])) if written else None
        except ValueError:
            return None
    return text or None


def drawn(count: int) -> list[Row]:
    """So many examples of 60 rows, all in one register."""
    rows: list[Row] = []

    @given(more=st.lists(ANY, min_size=60, max_size=60))
    @settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def draw(more: list[Row]) -> None:
        rows.extend(more)

    draw()
    return rows


def test_any_text_survives_reading(kept: Project) -> None:
    rows = drawn(6)
    assert len(rows) == 360 and len({str(row) for row in rows}) > 250
    types = dict.fromkeys(CATALOG["publications"], "text")
    kept.engine.execute(insert("own_publications", rows, types))
    stored = sorted(rows, key=lambda row: [(row[c] is not None, (row[c] or "").encode()) for c in types])
    expected = [{c: read(c, row[c]) for c in types} for row in stored]
    got = show(kept)["publications"]
    assert [row.pop("row") for row in got] == list(range(1, len(rows) + 1))
    different = [(row, wanted) for row, wanted in zip(got, expected, strict=True) if row != wanted]
    assert not [(c, o[c], w[c]) for o, w in different[:1] for c in w if o[c] != w[c]]
    for row in got:
        for name in ("published_on", "period_from", "period_to"):
            assert row[name] is None or dt.date.fromisoformat(row[name])


TODAY_MACRO = "{% macro now() %}{% do print('NOW ' ~ tokumei.today()) %}{% endmacro %}"


@pytest.mark.duckdb
def test_the_day_is_that_of_the_operator(tmp_path: Path) -> None:
    """No engine is asked. Where it is another day than in Tokyo now, and a variable that is none moves nothing."""
    project = Project(tmp_path / "consumer", DuckDB(tmp_path / "warehouse.duckdb"))
    project.write("macros/now.sql", TODAY_MACRO)
    tokyo = ZoneInfo("Asia/Tokyo")
    elsewhere = ZoneInfo("Etc/GMT+12" if dt.datetime.now(tokyo).hour < 20 else "Pacific/Kiritimati")
    assert dt.datetime.now(tokyo).date() != dt.datetime.now(elsewhere).date()
    for here in (tokyo, elsewhere):
        other = json.dumps({"tokumei_time_zone": here.key, "tokumei_today": "1999-01-01"})
        before = dt.datetime.now(here).date()
        said = project.dbt("run-operation", "now", *(["--vars", other] if here != tokyo else [])).messages
        day = dt.date.fromisoformat(said.split("NOW ")[1][:10])
        assert before <= day <= dt.datetime.now(here).date()
    said = project.dbt("run-operation", "now", "--vars", json.dumps({"tokumei_time_zone": "Tokyo"}))
    assert not said.success and "tokumei_time_zone: unknown time zone; got Tokyo; allowed" in said.messages


def received(name: str) -> dict[str, Any]:
    items = {"who": "仮ID", "sex": {"ja": "性別", "en": "sex"}, "age": {"ja": "年齢階層"}}
    columns = [{"name": column, "config": {"meta": {"tokumei": {"item": item}}}} for column, item in items.items()]
    meta = {"tokumei": {"received": "weather"}}
    tests = [{"tokumei.received_labelled": {"name": f"labelled_{name}", "arguments": {"after": ["ref('received')"]}}}]
    return {"name": name, "config": {"meta": meta}, "columns": columns, "data_tests": tests}


def test_what_was_received_is_labelled(project: Project) -> None:
    rows = [SOUND["received"][0] | {"items": "仮ID;性別；年齢階層"}]
    seeds(project, {"received": rows})
    schema = project.engine.schema()
    project.engine.execute("create table delivered as select 'a' as who, 'F' as sex, '30s' as age")
    project.engine.execute('create view "O\'Brien" as select who, sex, age from delivered')
    tables = [received("delivered"), received("delivered_view") | {"identifier": "O'Brien"}]
    project.write("models/delivered.yml", {"sources": [{"name": "own", "schema": schema, "tables": tables}]})
    modelled = received("modelled")
    modelled["config"] |= {"materialized": "table"}
    project.write("models/modelled.sql", "select who, sex, age from {{ source('own', 'delivered') }}\n")
    project.write("models/modelled.yml", {"models": [modelled]})
    names = ["delivered", "delivered_view", "modelled"]

    def failing(*arguments: str) -> set[str]:
        outcome = project.dbt(*(arguments or ("test",)), *ALONE)
        assert "O'Brien 社" not in outcome.messages
        tests = {name: status for name, status in outcome.statuses.items() if name.startswith("labelled_")}
        assert len(tests) == len(names) and set(tests.values()) <= {"pass", "fail"}, outcome.messages
        return {name.removeprefix("labelled_") for name, status in tests.items() if status == "fail"}

    assert failing("build") == set(names)
    outcome = project.dbt("run-operation", "tokumei.label_received")
    assert outcome.success, outcome.messages
    assert failing() == set()
    comment = project.comment("modelled") if project.engine.name == "postgres" else project.comment("O''Brien")
    assert comment.startswith("匿名加工情報") and "weather, received from O'Brien 社" in comment and "法45条" in comment

    project.engine.execute("comment on column delivered.sex is '匿名加工情報: 職業'")
    project.engine.execute("comment on table modelled is '匿名加工情報: weather'")
    assert failing() == {"delivered", "modelled"}
    project.engine.execute("comment on column delivered.sex is null; comment on table modelled is 'a table'")
    assert failing() == {"delivered", "modelled"}

    # The register and the YAML say different things: nothing is written, and the view is no longer what is said.
    seeds(project, {"received": [rows[0] | {"items": "仮ID;性別;年齢階層;職業"}]})
    assert project.dbt("seed").success
    outcome = project.dbt("run-operation", "tokumei.label_received", "--args", "{dataset: weather}")
    assert not outcome.success and "an item that no column of delivered has" in outcome.messages
    assert "職業" not in outcome.messages
    assert failing() == set(names)
    outcome = project.dbt("run-operation", "tokumei.label_received", "--args", "{dataset: other}")
    assert not outcome.success and "no relation says that it holds" in outcome.messages


@pytest.mark.duckdb
def test_the_examples_and_the_page_are_sound(tmp_path: Path) -> None:
    """The example's files in a host that has the package, with its disabled seeds of the same names, installed; declared
    as the page says. Two of them hold a header alone."""
    project = Project(tmp_path / "host", DuckDB(tmp_path / "warehouse.duckdb"), PACKAGE)
    page = (PACKAGE / "docs/registers.md").read_text(encoding="utf-8")
    pasted = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)]
    example = yaml.safe_load((PACKAGE / "seeds/example/registers/registers.yml").read_text(encoding="utf-8"))
    by_page = {seed["name"]: seed for block in pasted for seed in block.get("seeds", [])}
    by_example = {seed["name"]: seed for seed in example["seeds"]}
    assert set(by_page) == set(by_example) == set(CATALOG)
    for name, columns in CATALOG.items():
        for seed in (by_page[name], by_example[name]):
            assert seed["config"]["column_types"] == columns
            assert seed["config"]["meta"] == {"tokumei": {"register": name}}
        copied = (PACKAGE / f"seeds/example/registers/{name}.csv").read_text(encoding="utf-8")
        # The dataset that the example publishes is not made in this host: test_example.py builds it.
        project.write(f"seeds/{name}.csv", copied if name != "publications" else copied.splitlines(keepends=True)[0])
        assert copied.splitlines()[0].split(",") == list(columns)
        assert f"## {name}" in page and all(f"`{column}`" in page for column in columns)
    project.write("seeds/registers.yml", {"seeds": list(by_page.values())})
    project.write("macros/show.sql", SHOW)
    outcome = project.build(*ALONE)
    assert outcome.success, outcome.messages
    assert sum(status == "pass" for status in outcome.statuses.values()) == len(CATALOG)
    rows = show(project, "checked")
    assert {name: len(found) for name, found in rows.items()} == {
        "publications": 0,
        "recipients": 2,
        "provisions": 0,
        "responsibilities": 3,
        "received": 1,
    }
