"""Registers as a user may keep them: seeds with and without types, and tables of the user's own."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from .project import Outcome, Project

Row = dict[str, Any]
TODAY = "2026-10-01"
CATALOG: dict[str, dict[str, str]] = {
    "publications": {
        "dataset": "text",
        "fingerprint": "text",
        "kind": "text",
        "items": "text",
        "means": "text",
        "published_on": "date",
        "place": "text",
        "notice_days": "integer",
        "continuing": "boolean",
        "period_from": "date",
        "period_to": "date",
    },
    "recipients": {"recipient": "text", "name": "text", "role": "text"},
    "provisions": {
        "recipient": "text",
        "dataset": "text",
        "release": "text",
        "means": "text",
        "provided_on": "date",
        "notified_on": "date",
        "notice_sha256": "text",
    },
    "responsibilities": {
        "measure": "text",
        "responsible": "text",
        "may_handle_method_information": "boolean",
        "document": "text",
        "last_reviewed_on": "date",
        "next_review_on": "date",
    },
    "received": {
        "dataset": "text",
        "provider": "text",
        "items": "text",
        "means": "text",
        "received_on": "date",
        "relation": "text",
    },
}
# What every way to keep them must read the same; None is empty.
SOUND: dict[str, list[Row]] = {
    "publications": [
        {
            "dataset": "weather",
            "fingerprint": None,
            "kind": "provision",
            "items": "性別; 年齢階層",
            "means": "サーバ",
            "published_on": "2026-09-01",
            "place": "https://example.jp/api?a=1&b='x'",
            "notice_days": 14,
            "continuing": True,
            "period_from": None,
            "period_to": None,
        },
        {
            "dataset": "weather",
            "fingerprint": None,
            "kind": "provision",
            "items": "性別",
            "means": "郵送",
            "published_on": TODAY,
            "place": "官報",
            "notice_days": 0,
            "continuing": False,
            "period_from": "2024-02-29",
            "period_to": "2024-02-29",
        },
    ],
    "recipients": [
        {"recipient": "lab", "name": 'Lab "Ａ", 東京\n第2研究室', "role": "lab_reader"},
        {"recipient": "x2", "name": "株式会社ナル", "role": None},
    ],
    "provisions": [
        {
            "recipient": "lab",
            "dataset": "weather",
            "release": None,
            "means": "サーバ",
            "provided_on": "2026-09-15",
            "notified_on": "2026-09-15",
            "notice_sha256": "ab" * 32,
        },
        {
            "recipient": "x2",
            "dataset": "weather",
            "release": None,
            "means": "サーバ",
            "provided_on": None,
            "notified_on": None,
            "notice_sha256": None,
        },
    ],
    "responsibilities": [
        {
            "measure": measure,
            "responsible": "部長",
            "may_handle_method_information": measure == "access",
            "document": "規程 \\1",
            "last_reviewed_on": TODAY,
            "next_review_on": TODAY,
        }
        for measure in ("organisation", "rules", "access")
    ],
    "received": [
        {
            "dataset": "weather",
            "provider": "O'Brien 社",
            "items": "性別;年齢階層",
            "means": "通信",
            "received_on": TODAY,
            "relation": None,
        }
    ],
}
SHOW = """
{%- macro show(where='operation', what='rows') -%}
    {%- if execute -%}
        {%- for name in tokumei.register_catalog() -%}
            {%- set found = tokumei.register_rows(name) if what == 'rows' else tokumei.register_findings(name) if what == 'findings'
                else tokumei.checked_register_rows(name) -%}
            {%- do print('SHOWN ' ~ tojson([where, name, found])) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro -%}
{%- macro stop(name) -%}{%- do tokumei.checked_register_rows(name) -%}{%- endmacro -%}
"""


def text_of(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def csv_of(name: str, rows: list[Row]) -> str:
    """As dbt reads a seed."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(CATALOG[name])
    writer.writerows([[text_of(row[column]) for column in CATALOG[name]] for row in rows])
    return file.getvalue()


def literal(value: Any) -> str:
    return "null" if value is None else "'" + text_of(value).replace("'", "''") + "'"


def insert(name: str, rows: list[Row], types: dict[str, str]) -> str:
    """A table of the user's own, with the columns in another order and one column more."""
    columns = list(reversed(types))
    made = f"drop table if exists {name} cascade; create table {name} (own_note text, "
    made += ", ".join(f'"{column}" {types[column]}' for column in columns) + ");\n"
    values = (", ".join(f"cast({literal(row[column])} as {types[column]})" for column in columns) for row in rows)
    return made + f"insert into {name} values " + ",\n".join(f"('a note', {value})" for value in values)


def ordered(name: str, rows: list[Row]) -> list[Row]:
    """As the rows of a register are numbered: by the bytes of their texts, the empty ones first."""
    columns = CATALOG[name]
    return sorted(rows, key=lambda row: [(text_of(row[c]) != "", text_of(row[c]).encode()) for c in columns])


def numbered(name: str, rows: list[Row]) -> list[Row]:
    """What register_rows is to give."""
    return [{"row": number, **row} for number, row in enumerate(ordered(name, rows), 1)]


def declared(name: str, register: str | None = None, **config: Any) -> dict[str, Any]:
    """The YAML of a register, with its test."""
    meta = {"tokumei": {"register": register or name}}
    return {"name": name, "config": {"meta": meta} | config, "data_tests": ["tokumei.register_sound"]}


def seeds(project: Project, registers: dict[str, list[Row]], types: str | None = "text") -> None:
    """Every register as a seed: of texts, of their own types (`typed`), or of what dbt takes them for (None)."""
    after = {"publications": ["received"], "provisions": ["recipients", "publications", "received"]}
    given = []
    for name, rows in registers.items():
        project.write(f"seeds/{name}.csv", csv_of(name, rows))
        kinds = CATALOG[name] if types == "typed" else dict.fromkeys(CATALOG[name], "text")
        node = declared(name, **({"column_types": kinds} if types else {}))
        others = [f"ref('{other}')" for other in after.get(name, []) if other in registers]
        node["data_tests"] = [{"tokumei.register_sound": {"name": f"sound_{name}", "arguments": {"after": others}}}]
        given.append(node)
    project.write("seeds/registers.yml", {"seeds": given})
    project.write("macros/show.sql", SHOW)


@contextmanager
def clock_stands() -> Iterator[None]:
    """It is noon of TODAY, wherever macros ask: no variable moves their clock."""

    class Still(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return dt.datetime.combine(dt.date.fromisoformat(TODAY), dt.time(12), tz)

    names = {name: getattr(dt, name) for name in ("date", "time", "timedelta", "tzinfo", "timezone")}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("dbt.context.base.get_datetime_module_context", lambda: names | {"datetime": Still})
        yield


def shown(outcome: Outcome) -> dict[tuple[str, str], Any]:
    """What the macro `show` printed, by where it was called and by register."""
    found = {}
    for line in outcome.messages.splitlines():
        if line.startswith("SHOWN "):
            where, name, value = json.loads(line.removeprefix("SHOWN "))
            found[where, name] = value
    return found


def show(project: Project, what: str = "rows") -> dict[str, Any]:
    """Registers as a run-operation reads them."""
    outcome = project.dbt("run-operation", "show", "--args", json.dumps({"what": what}))
    assert outcome.success, outcome.messages
    return {name: value for (_, name), value in shown(outcome).items()}
