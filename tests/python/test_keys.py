"""Pseudonyms are HMAC-SHA-256 of what the design says, under a key that lives for one run."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support.engines import Engine
from support.oracle import Row, pseudonym
from support.project import Project, mart, personal
from support.steps import literal, load_table

# RFC 4231: those cases whose data is text (3 and 4 are bytes); case 5 is truncated to 128 bits.
RFC_4231 = [
    (b"\x0b" * 20, "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (
        b"Jefe",
        "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ),
    (b"\x0c" * 20, "Test With Truncation", "a3b6167473100ee06e0c796c2955552b"),
    (
        b"\xaa" * 131,
        "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ),
    (
        b"\xaa" * 131,
        "This is a test using a larger than block-size key and a larger than block-size data. "
        "The key needs to be hashed before being used by the HMAC algorithm.",
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    ),
]
AWKWARD = [
    "",
    " ",
    "日本語",
    "山田 太郎",
    "a\\b",
    "\\",
    "\\x00",
    "O'Brien",
    '"',
    "😀",
    "\u00e9",
    "e\u0301",
    "x" * 200,
]
KEYS = [b"", b"\x00", b"k" * 63, b"k" * 64, b"k" * 65, b"\x00" * 64, bytes(range(256))]
FIXED = bytes(range(100, 132))

HMAC = """
select
    given.n,
    {{ tokumei.sql_hmac_sha256(
        'given.message',
        tokumei.sql_hmac_block('given.secret', '36'),
        tokumei.sql_hmac_block('given.secret', '5c')
    ) }} as mac
from given
order by given.n
"""


def bytes_literal(engine: Engine, secret: bytes) -> str:
    return f"unhex('{secret.hex()}')" if engine.name == "duckdb" else f"decode('{secret.hex()}', 'hex')"


def macs(engine: Engine, sql: str, pairs: list[tuple[bytes, str | None]]) -> list[str | None]:
    rows = [
        f"({place}, {bytes_literal(engine, secret)}, cast({literal(engine, message)} as text))"
        for place, (secret, message) in enumerate(pairs)
    ]
    table = f"given (n, secret, message) as (values {', '.join(rows)})"
    return [row[1] for row in engine.query(f"with {table} {sql}")]


def test_hmac_is_that_of_the_rfc_and_of_python(project: Project) -> None:
    project.write("models/macs.sql", HMAC)
    outcome = project.dbt("compile", "--select", "macs")
    assert outcome.success, outcome.messages
    sql = (project.path / "target/compiled/consumer/models/macs.sql").read_text(encoding="utf-8")
    vectors = macs(project.engine, sql, [(key, message) for key, message, _ in RFC_4231])
    assert [(mac or "")[: len(meant)] for mac, (_, _, meant) in zip(vectors, RFC_4231, strict=True)] == [
        meant for _, _, meant in RFC_4231
    ]

    def agrees(pairs: list[tuple[bytes, str]]) -> None:
        meant = [hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for key, text in pairs]
        assert macs(project.engine, sql, pairs) == meant

    agrees([(key, text) for key in KEYS for text in AWKWARD])
    assert macs(project.engine, sql, [(FIXED, None), (b"", None)]) == [None, None]

    characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    pairs = st.lists(st.tuples(st.binary(max_size=150), st.text(characters)), min_size=20)

    @given(pairs)
    @settings(
        max_examples=10,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def any_text_under_any_key(drawn: list[tuple[bytes, str]]) -> None:
        agrees(drawn)

    any_text_under_any_key()


PEOPLE_IS = {
    "id": "linking_code",
    "card": "identification_code",
    "area": "quasi_identifier",
}
VISITS_IS = {"id": "linking_code", "day": "attribute", "area": "quasi_identifier"}
LIMITS: dict[str, Any] = {"k": 2, "k_reason": "a test", "max_suppression": 0.5}
HISTORY = {"known": 1, "among": 2, "at_most": 0.5}
MARTS = ["persons", "their_visits", "apart", "counted"]
DAYS = [dt.date(2024, 1, 31), dt.date(2024, 2, 1), dt.date(2024, 2, 29), dt.date(1899, 12, 31)]


def people() -> list[Row]:
    """Ids with everything that a text can hold; a card number for some."""
    ids = [*AWKWARD, *(f"{number:06d}" for number in range(40))]
    return [
        {
            "id": text,
            "card": f"ｶｰﾄﾞ-{place}" if place % 3 else None,
            "area": "北" if place % 2 else "南",
        }
        for place, text in enumerate(ids)
    ]


def visits() -> list[Row]:
    return [
        {"id": person["id"], "day": DAYS[(place + visit) % 4].isoformat(), "area": person["area"]}
        for place, person in enumerate(people())
        for visit in range(1 + place % 3)
    ]


def own_name(column: str, **arguments: Any) -> dict[str, Any]:
    return {"name": column, "treat": [{"pseudonymize": arguments} if arguments else "pseudonymize"]}


def write_marts(project: Project) -> None:
    """Persons, their visits, persons again under pseudonyms of their own, and numbered persons."""
    schema = project.engine.schema()
    load_table(project.engine, "people", people())
    load_table(project.engine, "visits_as_text", visits())
    columns = 'id, cast("day" as date) as "day", area'
    project.engine.execute(f"create table visits as select {columns} from visits_as_text")
    floats = [{"n": number, "area": "北"} for number in [17850, 0, 12345678, 999]]
    load_table(project.engine, "numbers", floats)
    columns = "cast(n as double precision) as n, area"
    project.engine.execute(f"create table floats as select {columns} from numbers")
    source = personal("people", "id", PEOPLE_IS, schema)
    source["tables"] += personal("visits", "id", VISITS_IS, schema)["tables"]
    floats_is = {"n": "linking_code", "area": "quasi_identifier"}
    source["tables"] += personal("floats", "n", floats_is, schema)["tables"]
    area = {"name": "area", "treat": ["keep"]}
    whole = own_name("who") | {"from": "id"}
    short = own_name("who", bits=128) | {"from": "id"}
    monthly = own_name("in_month", per="month", of="day") | {"from": "id"}
    day = {"name": "month", "from": "day", "treat": [{"truncate": "month"}]}
    models = [
        mart("persons", "people", [whole, own_name("card", bits=128), area], dataset="shop", **LIMITS),
        mart(
            "their_visits",
            "visits",
            [short, monthly, day, area],
            dataset="shop",
            members_of="persons",
            history=HISTORY,
            **LIMITS,
        ),
        mart("apart", "people", [whole, area], dataset="shop", scope="own", **LIMITS),
        mart("counted", "floats", [own_name("n"), area], dataset="floats", **LIMITS),
    ]
    project.write("models/marts.yml", {"sources": [source], "models": models})
    bodies = {
        "persons": "source('raw', 'people')",
        "their_visits": "source('raw', 'visits'), members_of=ref('persons')",
        "apart": "source('raw', 'people')",
        "counted": "source('raw', 'floats')",
    }
    for name, arguments in bodies.items():
        project.write(f"models/{name}.sql", "{{ tokumei.anonymize(" + arguments + ") }}\n")


def shown(project: Project, name: str) -> Counter[Any]:
    return Counter(project.query(f"select * from {name}"))


def test_every_pseudonym_is_the_hmac_of_its_netstrings(project: Project) -> None:
    """Under a key that the test knows; a second release under the same key is refused."""
    write_marts(project)
    fixed = bytes_literal(project.engine, FIXED).replace("'", "\\'")
    project.mutate(
        "macros/sql/sql_new_secret.sql",
        "adapter.dispatch('sql_new_secret', 'tokumei')()",
        f"'{fixed}'",
    )
    outcome = project.build()
    assert outcome.success, outcome.messages
    assert shown(project, "persons") == Counter(
        (
            pseudonym(FIXED, row["id"]),
            pseudonym(FIXED, row["card"], domain="card", bits=128) if row["card"] else None,
            row["area"],
        )
        for row in people()
    )
    months = [(row, dt.date.fromisoformat(str(row["day"])).replace(day=1)) for row in visits()]
    assert shown(project, "their_visits") == Counter(
        (
            pseudonym(FIXED, row["id"], bits=128),
            pseudonym(FIXED, row["id"], period=month),
            month,
            row["area"],
        )
        for row, month in months
    )
    assert shown(project, "apart") == Counter(
        (pseudonym(FIXED, row["id"], scope="apart"), row["area"]) for row in people()
    )
    assert shown(project, "counted") == Counter(
        (pseudonym(FIXED, text), "北") for text in ["17850", "0", "12345678", "999"]
    )

    again = project.build()
    assert again.statuses["persons"] == "error"
    assert "pseudonyms_sound" in again.messages


def count_keys_at_the_end(project: Project) -> None:
    """Once the package has ended a run, the table keys_left gets the number of keys there are."""
    found = (
        "duckdb_tables() where table_name"
        if project.engine.name == "duckdb"
        else "pg_tables where schemaname = '{{ tokumei.private_schema() }}' and tablename"
    )
    project.engine.execute("create table keys_left (n integer)")
    count = f"select cast(count(*) as integer) from {found} like 'release_key%'"
    hook = 'on-run-end: "{{ tokumei.end_run() }}"'
    counted = f'"insert into {{{{ target.schema }}}}.keys_left {count}"'
    project.mutate("dbt_project.yml", hook, hook.replace(": ", ":\n  - ") + f"\n  - {counted}")


def test_a_dataset_has_one_key_for_each_run_and_none_after_it(project: Project) -> None:
    write_marts(project)
    count_keys_at_the_end(project)
    for _ in range(2):
        assert project.build().success
    events = project.query(f'select dataset, invocation_id, event from {project.private("keys_log")} order by "at"')
    runs = list(dict.fromkeys(run for _, run, _ in events))
    assert len(runs) == 2
    assert Counter(events) == Counter(
        (dataset, run, event) for dataset in ["shop", "floats"] for run in runs for event in ["taken", "destroyed"]
    )
    assert project.query("select n from keys_left") == [(0,), (0,)]


def test_the_key_of_a_dead_run_is_replaced(project: Project) -> None:
    """The first run never destroys its keys; the second takes its own, and leaves none."""
    write_marts(project)
    count_keys_at_the_end(project)
    destroyed = "{%- do tokumei.sql_destroy_key(dataset) -%}"
    project.mutate("macros/hooks/end_run.sql", destroyed, "{#- died here -#}")
    assert project.build().success
    before = {row[0] for row in shown(project, "persons")}
    assert project.query("select n from keys_left") == [(2,)]

    project.mutate("macros/hooks/end_run.sql", "{#- died here -#}", destroyed)
    outcome = project.build()
    assert outcome.success, outcome.messages
    assert project.query("select n from keys_left") == [(2,), (0,)]
    assert not before & {row[0] for row in shown(project, "persons")}
    log = project.private("keys_log")
    taken = f"select count(distinct invocation_id) from {log} where event = 'taken'"
    assert project.query(taken) == [(2,)]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        pytest.param(
            "macros/hooks/begin_run.sql",
            "{%- do tokumei.log_key(dataset, 'taken') -%}",
            "{%- do run_query('delete from ' ~ tokumei.sql_key_store(dataset)) -%}",
            "no key is held",
            id="deleted_after_it_was_taken",
        ),
        pytest.param(
            "macros/keys/keyed_hash.sql",
            "tokumei.sql_literal(invocation_id)",
            "tokumei.sql_literal('another run')",
            "pseudonyms_sound",
            id="taken_over_by_another_run",
        ),
    ],
)
def test_without_its_key_a_run_releases_nothing(project: Project, file: str, old: str, new: str, said: str) -> None:
    write_marts(project)
    project.mutate(file, old, new)
    outcome = project.build()
    assert not outcome.success
    assert said in outcome.messages
    assert {outcome.statuses[name] for name in MARTS} <= {"error", "skipped"}
    assert project.query(f"select count(*) from {project.private('releases_log')}") == [(0,)]
