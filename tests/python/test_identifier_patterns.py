"""Validators agree with independent libraries on thousands of values; what is planted in a mart stops it, nothing else does."""

from __future__ import annotations

import ipaddress
import random
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import phonenumbers
import pytest
from support.assurance import record
from support.engines import Engine
from support.gate import assert_silent
from support.identifiers import LOOKALIKES, MAKERS, NO_VECTORS, ORACLES, VECTORS, digits
from support.people import write_csv
from support.project import Outcome, Project, mart, personal

POLICY = {"k": 5, "k_reason": "a test", "max_suppression": 0.5}
VERDICTS = """{{ config(materialized='table') }}
{%- set value = {'written': 'readable.written', 'digits': 'readable.digits', 'luhn': 'readable.luhn'} -%}
with written as (select candidate.value, {{ tokumei.written_form('candidate.value') }} as written from {{ target.schema }}.candidates as candidate),
numbered as (select written.*, {{ tokumei.digits_of('written.written') }} as digits from written),
readable as (select numbered.*, {{ tokumei._luhn('numbered.digits') }} as luhn from numbered)
select readable.value, concat_ws(' '
{%- for kind in tokumei.identifier_kinds() %}{% set reading = tokumei['reads_as_' ~ kind](value) %},
    case when {{ reading['form'] }} then case when {{ reading['passes'] }} then '{{ kind }}' end end
{%- endfor %}) as kinds
from readable
"""
SHARES = """{{ config(materialized='table') }}
{%- set kinds = tokumei.kinds_kept_out() -%}
with readings as ({{ tokumei.stage_readings(kinds, 'select made.kind as column_name, made.value from ' ~ target.schema ~ '.made') }})
{% for kind in kinds %}
select readings.column_name, '{{ kind }}' as kind, readings.values_read, readings.{{ kind }} as passed,
    {{ tokumei.passed_beyond_chance('readings', kind) }} / readings.values_read > 0.05
    and {{ tokumei.passed_significantly('readings', kind) }} as found
from readings
{% if not loop.last %}union all{% endif %}
{% endfor %}
"""


class Built(NamedTuple):
    project: Project
    outcome: Outcome


@pytest.fixture(scope="module")
def built(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """One build: the validators over thousands of values, a mart that shows identifiers, one that shows what resembles them."""
    folder = tmp_path_factory.mktemp("patterns")
    project = Project(folder / "consumer", lasting_engine, logged=True, views=False)
    load(project, "candidates", [{"value": value} for value in sorted(candidates())])
    load(project, "made", made())
    project.write("models/verdicts.sql", VERDICTS)
    project.write("models/shares.sql", SHARES)
    planted = people(MAKERS, seed=1)
    resembling = [row | {"waived": planted[number]["email"]} for number, row in enumerate(people(LOOKALIKES, seed=2))]
    sources, models = [], []
    for name, rows in {"planted": planted, "resembling": resembling}.items():
        load(project, f"raw_{name}", rows)
        shown = [key for key in rows[0] if key != "id"]
        classified = {"id": "linking_code"} | dict.fromkeys(shown, "attribute")
        source = personal(f"raw_{name}", "id", classified, lasting_engine.schema())
        sources.extend(source["tables"])
        columns = [{"name": "pseudonym", "from": "id", "treat": ["pseudonymize"]}, *({"name": key} for key in shown)]
        if name == "resembling":
            columns[-1]["waive"] = {"no_identifier_patterns": "addresses of the shops, not of persons"}
        models.append(mart(name, f"raw_{name}", columns, dataset=name, **POLICY))
        project.write(f"models/{name}.sql", f"{{{{ tokumei.anonymize(source('raw', 'raw_{name}')) }}}}\n")
    models[1]["data_tests"] = ["tokumei.no_identifier_patterns"]
    source["tables"] = sources
    project.write("models/marts.yml", {"sources": [source], "models": models})
    yield Built(project, project.build())


def load(project: Project, table: str, rows: list[dict[str, Any]]) -> None:
    file = write_csv(project.path / f"{table}.csv", rows)
    types = {key: "integer" if isinstance(rows[0][key], int) else "text" for key in rows[0]}
    project.engine.load_csv(table, file, types)


def people(makers: dict[str, Callable[[random.Random], str]], seed: int) -> list[dict[str, Any]]:
    """A thousand persons; 40 values of each kind, each held by 25 persons, so that no value is rare."""
    draw = random.Random(seed)
    values = {kind: [make(draw) for _ in range(40)] for kind, make in makers.items()}
    return [{"id": number} | {kind: values[kind][number % 40] for kind in values} for number in range(1000)]


def made() -> list[dict[str, str]]:
    """Two thousand of each kind, two thousand that resemble one."""
    draw = random.Random(7)
    return [
        {"kind": kind, "value": value}
        for kind, make in (MAKERS | LOOKALIKES).items()
        for value in sorted({make(draw) for _ in range(2000)})
    ]


def candidates() -> set[str]:
    draw = random.Random(3)
    values = {digits(draw, length) for length in (5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 19, 20) for _ in range(1500)}
    for kind in ("my_number", "driver_licence", "resident_code", "insurer_number", "card_number", "imei"):
        values |= {MAKERS[kind](draw) for _ in range(300)}
    values |= {word for words in [*VECTORS.values(), *NO_VECTORS.values()] for word in words.split()}
    values |= set(disguises())
    values |= {number for number, _ in telephones()} | set(addresses_of_the_internet())
    return values


def disguises() -> dict[str, str]:
    """A My Number as people type it → its digits."""
    draw = random.Random(5)
    typed = {}
    for _ in range(200):
        number = MAKERS["my_number"](draw)
        parts = [number[:4], number[4:8], number[8:]]
        mark = draw.choice(["-", " ", "‐", "－", "ー", "−", "　", "–"])
        text = mark.join(parts)
        wide = "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isdigit() else c for c in text)
        typed[draw.choice([text, wide, f" {text}", f"{wide}　"])] = number
    return typed


def telephones() -> list[tuple[str, Any]]:
    """Numbers written in every way phonenumbers writes them, and what it takes them for; foreign ones included."""
    draw = random.Random(11)
    starts = ["060", "070", "080", "090", "050", "03", "06", "011", "045", "0422", "0123", "09912", "0120"]
    found = []
    for _ in range(1500):
        start = draw.choice(starts)
        text = start + digits(draw, (11 if start in starts[:5] else 10) - len(start))
        number = phonenumbers.parse(text, "JP")
        kind = phonenumbers.number_type(number)
        for form in ("E164", "INTERNATIONAL", "NATIONAL"):
            found.append((phonenumbers.format_number(number, getattr(phonenumbers.PhoneNumberFormat, form)), kind))
        found.append((text, kind))
    return found


def addresses_of_the_internet() -> list[str]:
    draw = random.Random(13)
    made = [str(ipaddress.IPv4Address(draw.getrandbits(32))) for _ in range(300)]
    for _ in range(600):
        groups = [f"{draw.getrandbits(16):x}" if draw.random() < 0.6 else "0" for _ in range(8)]
        address = ipaddress.IPv6Address(":".join(groups))
        made += [address.compressed, address.exploded]
    made += ["::", "::1", "1::", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1::2:3:4:5:6:7", "::ffff:10.0.0.1"]
    for text in made[:]:
        place = draw.randrange(len(text))
        made.append(text[:place] + draw.choice("0123456789abcg:.") + text[place + draw.randint(0, 1) :])
    return made


def verdicts(built: Built) -> dict[str, set[str]]:
    """Each candidate → the kinds it reads as."""
    return {value: set(kinds.split()) for value, kinds in built.project.query("select value, kinds from verdicts")}


def valid(text: str, oracle: Callable[[Any], Any]) -> bool:
    try:
        oracle(text)
    except ValueError:
        return False
    return True


def test_validators_agree_with_libraries_that_know(built: Built) -> None:
    read = verdicts(built)
    plain = [text for text in read if text.isascii() and text.isdigit()]
    assert len(plain) > 15000
    for kind, oracle in ORACLES.items():
        wrong = [text for text in plain if oracle(text) != (kind in read[text])]
        assert wrong == [], (kind, len(wrong))
        assert sum(kind in read[text] for text in plain) > 100
    for kind, words in VECTORS.items():
        assert all(kind in read[word] for word in words.split()), kind
    for kind, words in NO_VECTORS.items():
        assert not any(kind in read[word] for word in words.split()), kind
    assert {text: number for text, number in disguises().items() if "my_number" not in read[text]} == {}


def test_telephones_and_internet_addresses_are_known(built: Built) -> None:
    read = verdicts(built)
    kind_of = phonenumbers.PhoneNumberType
    wanted = {kind_of.MOBILE: "mobile_phone", kind_of.FIXED_LINE: "landline_phone", kind_of.VOIP: "landline_phone"}
    known = [(text, wanted[kind]) for text, kind in telephones() if kind in wanted]
    assert len(known) > 1500
    assert [text for text, kind in known if kind not in read[text]] == []
    internet = addresses_of_the_internet()
    agreeing = [text for text in internet if valid(text, ipaddress.ip_address) == ("ip_address" in read[text])]
    assert set(internet) - set(agreeing) == set()
    assert sum(valid(text, ipaddress.ip_address) for text in internet) > 1500


def test_kinds_are_told_from_what_resembles_them(built: Built) -> None:
    rows = built.project.query("select column_name, kind, values_read, passed from shares where found")
    found: dict[str, set[str]] = {}
    for column, kind, *_ in rows:
        found.setdefault(column, set()).add(kind)
    planted = [kind for kind in MAKERS if kind in found.get(kind, ())]
    record(
        "test_identifier_patterns",
        part="identifiers recognised in columns of 2,000 values",
        what="kinds made at random, and what resembles them",
        engine=built.project.engine.name,
        tried=len(MAKERS),
        found=len(planted),
        false_alarms=len(found.keys() - MAKERS.keys()),
        note=f"of {len(LOOKALIKES)} columns of lookalikes",
    )
    assert {kind: found.get(kind) for kind in MAKERS} == {
        kind: {kind} | ({"card_number"} if kind == "imei" else set()) for kind in MAKERS
    }
    assert {kind: found[kind] for kind in LOOKALIKES if kind in found} == {}


def test_every_kind_planted_in_a_mart_stops_it_and_nothing_is_quoted(built: Built) -> None:
    assert built.outcome.statuses["planted"] == "error"
    line = re.compile(r"tokumei: planted: no_identifier_patterns found (\d+) violations \((\w+): (\w+)\); measured")
    said = line.findall(built.outcome.messages)
    assert {int(count) <= 40 for count, *_ in said} == {True}, "distinct values are counted, not records"
    noticed = {(column, kind) for _, column, kind in said}
    assert noticed == {(kind, kind) for kind in MAKERS} | {("imei", "card_number")}
    record(
        "test_identifier_patterns",
        part="identifiers planted in columns of a mart, by no_identifier_patterns",
        what=", ".join(MAKERS),
        engine=built.project.engine.name,
        tried=len(MAKERS),
        found=len({column for column, _ in noticed}),
        false_alarms=len({column for column, _ in noticed} - MAKERS.keys()),
    )
    canaries = {row[key] for row in people(MAKERS, seed=1)[:40] for key in MAKERS}
    assert_silent(built.project, built.outcome, canaries)


def test_what_resembles_an_identifier_or_is_waived_is_released(built: Built) -> None:
    assert built.outcome.statuses["resembling"] == "success", built.outcome.messages[-2000:]
    tested = {name: status for name, status in built.outcome.statuses.items() if "no_identifier_patterns" in name}
    assert list(tested.values()) == ["pass"]


def test_a_release_that_was_changed_fails_the_data_test(built: Built) -> None:
    logged = built.project.private("releases_log")
    release = built.project.query(f"select release_relation from {logged} where mart = 'resembling'")[0][0]
    built.project.engine.execute(f"update {release} set goods = 'a' || substr(pseudonym, 1, 6) || '@example.jp'")
    outcome = built.project.dbt("test", "--select", "resembling")
    assert "fail" in outcome.statuses.values()
    assert "@example.jp" not in outcome.messages
