"""Tables as the worst of sources would have them, with a policy each: what is drawn, how it is loaded and written as YAML."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

import psycopg2
from hypothesis import strategies as st

from .engines import DuckDB, Engine, Postgres
from .project import Project, mart

Text = str | None

# fmt: off
NASTY_TEXT = [
    "", " ", "　", "null", "NULL", "None", "NaN", "true", "0", "-0", "007", "1.0", "1e308", "17850.0", "99999999999999999999",
    "O'Brien'); drop table people; --", '"; select 1; --', "a\\b\\n\\1", "\\", "\\'", "''", "$$", "$tokumei$", "%s %(x)s %%", "?", ":x", "{0} {from}",
    "{{ 7 * 7 }}", "{% raw %}", "{# x", "}}", "--", "/* */", ";", "#{x}", "<b>&amp;</b>", "=cmd|'/c calc'!A1",
    "é", "e\u0301", "が", "か\u3099", "ﾊﾞ", "\u202eabc\u202c", "שלום", "مرحبا", "\ufeffx", "a\u200bb", "😀👨\u200d👩\u200d👧", "\U00020bb7野家", "髙﨑", "葛\U000e0100",
    "ß", "SS", "İ", "ı", "ǅ", "\u2028", "\t", "\n", "\r\n", "\x01\x7f", "\x85", "\ud7ff", "\ue000", "\uffff", "ａＢ１", "x" * 300,
    "1986-10-28", "1986/10/28 24:00", "昭和64年1月7日", "令和6年2月29日", "1900-02-29", "0000-01-01", "9999-12-31 24:00", "9999-12-31",
    "99999999999999999999999999999.9", "-9007199254740993", "1234567890123456.7", "５", "－１２．５", "+7",
]
VALUES: dict[str, list[str]] = {
    "text": NASTY_TEXT,
    "integer": ["0", "1", "-1", "90", "2147483647", "-2147483648"],
    "smallint": ["0", "-32768", "32767"],
    "bigint": ["0", "90", "9007199254740993", "-9007199254740993", "9223372036854775807", "-9223372036854775808"],
    "decimal(38, 0)": ["0", "9223372036854775808", "-99999999999999999999999999999999999999", "99999999999999999999999999999999999999"],
    "decimal(38, 10)": ["0", "-0.5", "90", "1234567890123456.7", "9999999999999999999999999999.9999999999", "0.0000000001"],
    "double precision": ["0", "-0.0", "0.1", "-2.5", "90", "1e15", "1e16", "1e-7", "1e308", "-1e308", "5e-324", "Infinity", "-Infinity", "NaN", "9007199254740993"],
    "real": ["0", "-0.0", "0.1", "1e38", "Infinity", "NaN"],
    "date": ["0001-01-01", "1582-10-10", "1868-09-08", "1899-12-31", "1900-03-01", "2000-02-29", "2024-02-29", "9999-12-31", "infinity", "-infinity"],
    "timestamp": ["0001-01-01 00:00:00", "1899-12-31 23:59:59.999999", "2000-02-29 12:34:56.789", "9999-12-31 23:59:59.999999", "infinity", "-infinity"],
    "timestamp with time zone": ["1986-10-28 23:30:00+00", "1986-10-29 08:30:00+09", "2000-02-29 12:00:00-11:30", "infinity"],
    "boolean": ["true", "false"],
    "time": ["00:00:00", "23:59:59.999999"],
    "uuid": ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"],
    "interval": ["1 day", "24 hours", "1 month", "30 days", "00:00:00"],
    "json": ['{"a": 1.0}', '{"a": 1.00}', '{"a":1.0}', "null", '"x"', "[]", '{"a": "\\u0041"}'],
    "integer[]": ["{1,2,3}", "{}", "{NULL}"],
}
ONLY: dict[str, dict[str, list[str]]] = {
    "duckdb": {
        "date": ["5877642-06-24", "5000-12-31 (BC)", "12345-06-07"],
        "timestamp": ["290309-12-22 (BC) 00:00:00", "294247-01-10 04:00:54.775806", "12345-06-07 00:00:00"],
        "hugeint": ["0", "170141183460469231731687303715884105727", "-170141183460469231731687303715884105728"],
        "ubigint": ["0", "18446744073709551615"],
        "blob": ["", "\\x00\\xFF", "abc"],
        "text": ["\x00", "a\x00b"],
        "integer[]": ["[1, 2, 3]", "[]", "[NULL]"],
        "struct(a integer, b text)": ["{'a': 1, 'b': x}", "{'a': NULL, 'b': NULL}"],
        "map(text, integer)": ["{a=1}", "{}"],
        "timestamp_ns": ["1899-12-31 23:59:59.999999999", "2000-02-29 12:34:56.789"],
    },
    "postgres": {
        "date": ["5874897-12-31", "4713-01-01 BC", "12345-06-07"],
        "timestamp": ["294276-12-31 23:59:59.999999", "4713-01-01 00:00:00 BC", "12345-06-07 00:00:00"],
        "numeric": ["0", "1.0", "1.00", "1.000", "NaN", "Infinity", "-Infinity", "1e400", "-1e-400", "123456789012345678901234567890.5"],
        "bytea": ["", "\\x00ff"],
        "jsonb": ['{"a": 1.0}', '{"a": 1.00}', "null", "[1, 1.0]"],
        "character(4)": ["a", "a   ", "ab"],
        "varchar(300)": NASTY_TEXT,
        "name": ["a", "select"],
        "int4range": ["[1,3)", "empty", "(,)"],
        "inet": ["10.0.0.1", "10.0.0.1/32", "::1"],
        "money": ["1.00", "-2.50"],
        "point": ["(1,2)", "(-0,0)"],
        "bit varying": ["101", ""],
        "tsvector": ["a b"],
    },
}
NAMES = [
    "select", "order", "group", "table", "user", "end", "null", "true", "default", "1", "007", "2024-01-01", "氏名", "生年月日（西暦）", "e\u0301", "か\u3099",
    "a b", " a", "a ", "a.b", "a-b", "a,b", "a;b", "a'b", 'a"b', '"', "''", "a\\b", "\\", "a%b", "%s", "$1", "$$", "?", ":x", "@x", "#x", "a/*b", "a--b", "(", ")", "[x]",
    "{{ 7 * 7 }}", "{{ exceptions.raise_compiler_error('x') }}", "{% raw %}", "{% endraw %}", "{# x", "}}", "{from}", "'; drop table people; --", '"; drop table people; --',
    "\u202eabc", "שם", "😀", "\U00020bb7", "a\tb", "a\nb", "x" * 63, "x" * 62 + "y", "x" * 56 + "_second", "x" * 50 + "_third_column", "あ" * 21, "items", "keys", "values", "name",
    "source", "treated", "classes", "kept", "members", "origin", "mart", "release", "map_x", "subject", "column_name", "violations", "measured", "value", "label", "step", "ctid", "rowid", "A", "É",
]
MART_NAMES = ["m", "m " * 10, "m-select", "m.b", "m'b", "m;--", "m%s", "m$$", "m{x}", "匿名", "m\u202e", "m😀", "M", "m" * 63, "m" * 61 + "xy", "m" * 40 + "_a", "m" * 40 + "_b"]
# fmt: on
NAMED = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
NUMBERS = ["integer", "smallint", "bigint", "decimal(38, 0)", "decimal(38, 10)", "double precision", "real"]
DATES = ["date", "timestamp", "timestamp with time zone"]
STEPS: dict[str, list[list[Any]]] = {
    "number": [
        [{"band": 10}],
        [{"band": {"width": 10, "label": "{from}-{to}"}}],
        [{"band": {"edges": [0, 90], "labels": ["it's", 'a "b"', "{{ c }}"]}}],
        [{"round": 0.5}],
        [{"round": 1000}],
        [{"top_code": 90}],
        [{"top_code": {"at": 90, "label": "90'+"}}],
        [{"bottom_code": -1.5}],
        [{"band": 10}, {"top_code": {"at": 90, "label": "90+"}}],
    ],
    "date": [
        *[[{"truncate": unit}] for unit in ("year", "quarter", "month", "day", "hour")],
        [{"truncate": "year"}, {"band": 10}],
        [{"age": "2026-04-01"}],
        [{"age": "2026-04-01"}, {"band": 10}, {"top_code": 90}],
        [{"bottom_code": "1936-01-01"}],
        [{"top_code": {"at": "2000-02-29", "label": "later"}}],
    ],
    "text": [[{"prefix": 1}], [{"prefix": 4}], ["keep"]],
}


@dataclass
class Column:
    """A column of a source and what the mart makes of it; nothing, where `treat` is None."""

    name: str
    type: str
    is_: str
    values: list[Text]
    treat: list[Any] | None = None
    shown: str = ""


@dataclass
class Table:
    """A source, its policy, and the names of both relations."""

    number: int
    relation: str
    alias: str
    columns: list[Column]
    persons: list[Text]
    k: int
    cells: list[list[Text]] = field(default_factory=list)
    where: tuple[str, list[str]] | None = None

    @property
    def mart(self) -> str:
        return f"mart_{self.number}"

    @property
    def several(self) -> bool:
        held = [row[0] for row in self.cells]
        return len(set(held)) < len(held)


def names_for(engine: str, used: set[str]) -> st.SearchStrategy[str]:
    """A name nobody else has; DuckDB does not tell cases apart, PostgreSQL no more than 63 bytes."""
    drawn = st.one_of(st.sampled_from(NAMES), st.sampled_from(NAMES), st.text(NAMED, min_size=1, max_size=8))
    return drawn.filter(lambda name: same(name) not in used and not name.startswith("tokumei_") and not name.isspace())


def same(name: str) -> str:
    return name.lower().encode()[:63].decode("utf-8", "ignore")


@st.composite
def column(draw: st.DrawFn, engine: str, used: set[str]) -> Column:
    own = ONLY[engine]
    kind = draw(st.sampled_from(["text", *VALUES, *own]))
    pool = st.sampled_from(VALUES.get(kind, []) + own.get(kind, []))
    if engine == "duckdb" and kind == "integer[]":
        pool = st.sampled_from(own[kind])
    if kind == "text":
        without = "" if engine == "duckdb" else "\x00"
        pool = st.one_of(
            pool, st.text(st.characters(exclude_categories=["Cs"], exclude_characters=without), max_size=12)
        )
    values = draw(st.lists(st.one_of(st.none(), pool, pool, pool), min_size=1, max_size=3))
    is_ = draw(st.sampled_from(["quasi_identifier"] * 4 + ["attribute", "sensitive", "direct_identifier"]))
    name = draw(names_for(engine, used))
    used.add(same(name))
    families = ["number", "date", "text", "text"]
    if kind in NUMBERS:
        families = ["number", "number", "text", "date"]
    elif kind in DATES:
        families = ["date", "date", "text", "number"]
    treat = draw(st.sampled_from(STEPS[draw(st.sampled_from(families))]))
    shown = name if draw(st.booleans()) else draw(names_for(engine, used))
    used.add(same(shown))
    return Column(name, kind, is_, values, None if is_ == "direct_identifier" else treat, shown)


@st.composite
def table(draw: st.DrawFn, engine: str, number: int, taken: set[str]) -> Table:
    used: set[str] = set()
    kind = draw(st.sampled_from(["text", "text", "bigint", "uuid", "decimal(38, 0)", "double precision"]))
    shape = draw(
        st.sampled_from(
            ["few", "few", "few", "few", "several", "several", "unique", "one class", "empty", "one row", "all null"]
        )
    )
    count = {"empty": 0, "one row": 1}.get(shape, draw(st.integers(8, 40)))
    persons = persons_of(kind, count, draw)
    subject = draw(names_for(engine, used))
    used.add(same(subject))
    columns = [
        Column(subject, kind, "linking_code", [], ["pseudonymize"] if draw(st.booleans()) else None, "pseudonym")
    ]
    used.add("pseudonym")
    columns += [draw(column(engine, used)) for _ in range(draw(st.integers(1, 4)))]
    columns += [Column("telephone", "text", "direct_identifier", [], None, "")]
    names = []
    for prefix in ("s", "m"):
        name = draw(
            st.one_of(st.sampled_from(NAMES + MART_NAMES), st.text(NAMED, min_size=1, max_size=8)).filter(
                lambda one: same(one) not in taken and not one.isspace()
            )
        )
        name = name.strip() if prefix == "m" else name  # dbt trims an alias
        name = name if same(name) not in taken else f"{prefix}{number}"
        taken.add(same(name))
        names.append(name)
    made = Table(number, names[0], names[1], columns, persons, draw(st.sampled_from([2, 2, 3])))
    for place, person in enumerate(persons):
        for _ in range(draw(st.integers(1, 3)) if shape == "several" else 1):
            made.cells.append(
                [person, *(cell(draw, one, shape, place) for one in columns[1:-1]), f"canary-{number}-{place:06d}"]
            )
    texts = [
        c for c in columns[1:-1] if c.type == "text" and c.is_ == "quasi_identifier" and any(map(writable, c.values))
    ]
    if texts and draw(st.booleans()):
        made.where = (texts[0].name, [value for value in texts[0].values if writable(value)] + ["') or 1 = 1; --"])  # type: ignore[misc]
    return made


def writable(value: Text) -> bool:
    """Whether a policy may name a value: it holds no control characters."""
    return value is not None and not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", value)


def persons_of(kind: str, count: int, draw: st.DrawFn) -> list[Text]:
    """Subjects that a careless treatment takes for one another."""
    if kind == "text":
        some = [
            "a",
            "A",
            "a ",
            " a",
            "1",
            "01",
            "1.0",
            "１",
            "é",
            "e\u0301",
            "a'b",
            'a"b',
            "a\\b",
            "{{ a }}",
            "null",
            "😀",
            "が",
            "か\u3099",
            "x" * 200,
        ]
        return (some + [f"person {number}" for number in range(count)])[:count]
    if kind == "uuid":
        return [f"00000000-0000-0000-0000-{number:012d}" for number in range(count)]
    if kind == "double precision":
        return [repr(0.1 * number + 1e15 * (number % 2)) for number in range(count)]
    base = draw(st.sampled_from([0, 2**53, 2**63 - 100, -(2**63)]))
    return [str(base + number) for number in range(count)]


def cell(draw: st.DrawFn, one: Column, shape: str, place: int) -> Text:
    if shape == "all null":
        return None
    if shape == "one class":
        return one.values[0]
    if shape == "unique" and one.type in ("text", "bigint"):
        return str(place * 7919)
    return one.values[draw(st.integers(0, 5)) % len(one.values)]


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def load(engine: Engine, tables: list[Table]) -> dict[int, str]:
    """Make and fill every table; which of them the engine refuses, and why (a name that it does not take, say)."""
    refused = {}
    for one in tables:
        try:
            load_one(engine, one)
        except (psycopg2.Error, ValueError, RuntimeError) as problem:
            refused[one.number] = str(problem)
    return refused


def load_one(engine: Engine, one: Table) -> None:
    listed = ", ".join(f"{quoted(c.name)} {c.type}" for c in one.columns)
    if isinstance(engine, Postgres):
        casts = ", ".join(f"cast(%s as {c.type})" for c in one.columns)
        with engine.connection() as cursor:
            cursor.execute(f"create table {quoted(one.relation)} ({listed})")
            statement = f"insert into {quoted(one.relation).replace('%', '%%')} values ({casts})"
            cursor.executemany(statement, one.cells)
        return
    assert isinstance(engine, DuckDB)
    with engine._connection() as connection:
        connection.execute(f"create table {quoted(one.relation)} ({listed})")
        casts = ", ".join(f"cast(? as {c.type})" for c in one.columns)
        for row in one.cells:
            connection.execute(f"insert into {quoted(one.relation)} values ({casts})", row)


def escaped(text: str) -> str:
    """As it stands in YAML that dbt renders: what looks like Jinja is a text of it."""
    return "{{ " + json.dumps(text, ensure_ascii=False) + " }}" if "{" in text or "}" in text else text


def escape_all(value: Any) -> Any:
    if isinstance(value, dict):
        return {escaped(k): escape_all(v) for k, v in value.items()}
    if isinstance(value, list):
        return [escape_all(v) for v in value]
    return escaped(value) if isinstance(value, str) else value


def policy_of(one: Table) -> dict[str, Any]:
    columns = []
    for c in one.columns:
        if c.treat is None:
            continue
        if c.is_ in ("attribute", "sensitive"):
            columns.append(
                {
                    "name": c.shown,
                    "from": c.name,
                    "item": "an item",
                    "treat": [*c.treat, {"suppress_rare": {"below": one.k, "replace_with": None}}],
                }
            )
        else:
            columns.append({"name": c.shown, "from": c.name, "item": "an item", "treat": c.treat})
    limits: dict[str, Any] = {
        "dataset": f"dataset {one.number}",
        "k": one.k,
        "k_reason": "a test",
        "max_suppression": 0.99,
    }
    if one.where:
        limits["where"] = [{"column": one.where[0], "in": one.where[1]}]
    if one.several and one.columns[0].treat:
        limits["history"] = {"known": 1, "among": 2, "at_most": 0.99}
    made = mart(one.mart, "source", columns, **limits)
    made["config"]["alias"] = one.alias
    return made


def source_of(one: Table) -> dict[str, Any]:
    return {
        "name": f"table_{one.number}",
        "identifier": one.relation,
        "config": {"meta": {"tokumei": {"subject": one.columns[0].name}}},
        "columns": [{"name": c.name, "config": {"meta": {"tokumei": {"is": c.is_}}}} for c in one.columns],
    }


def write(project: Project, tables: list[Table]) -> None:
    for path in (project.path / "models").glob("*.sql"):
        path.unlink()
    sources = {
        "name": "raw",
        "schema": project.engine.schema(),
        "tables": [escape_all(source_of(one)) for one in tables],
    }
    project.write("models/marts.yml", {"sources": [sources], "models": [escape_all(policy_of(one)) for one in tables]})
    for one in tables:
        project.write(f"models/{one.mart}.sql", f"{{{{ tokumei.anonymize(source('raw', 'table_{one.number}')) }}}}\n")
