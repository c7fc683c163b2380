"""What the same release costs when somebody writes its SQL by hand: the yardstick for run.py.

`python benchmarks/by_hand.py --rows duckdb=1000000`. Three parts, in processor seconds of the warehouse and as ratios to a
plain copy in the same run:

- the floor: the same pseudonyms (HMAC-SHA256) in their order, and nothing else;
- the mart: the policy of run.py in short SQL for this table alone; that it makes the same mart, value by value, is checked;
- its audits: k, unique and well-formed pseudonyms, values within bounds, no rare occupation, no identifier as a whole value.
  The gate of the package also looks for identifiers inside values, encoded, split and in the order of rows.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import gate
import run
from support.engines import Engine
from support.fixed_key import KEY, fix_key

INNER, OUTER = ("".join(f"{byte ^ pad:02x}" for byte in KEY.ljust(64, b"\0")) for pad in (0x36, 0x5C))
MESSAGE = "'9:pseudonym,0:,7:subject,' || length(cast(customer_id as text)) || ':' || cast(customer_id as text) || ','"
PSEUDONYM = {
    "duckdb": f"sha256(unhex('{OUTER}') || unhex(sha256(unhex('{INNER}') || encode({MESSAGE}))))",
    "postgres": f"encode(sha256('\\x{OUTER}'::bytea || sha256('\\x{INNER}'::bytea || convert_to({MESSAGE}, 'UTF8'))), 'hex')",
}
HEXADECIMAL = {"duckdb": "regexp_full_match(pseudonym, '[0-9a-f]+')", "postgres": "pseudonym !~ '[^0-9a-f]'"}
BY_BYTE = {"duckdb": "pseudonym", "postgres": 'pseudonym collate "C"'}
TREATED = """
    select
        customer_id, sex, occupation, city_code,
        case when birth_date < date '1940-01-01' then 1935
            else cast(floor(extract(year from birth_date) / 5.0) * 5 as bigint) end as birth_year,
        cast(date_trunc('month', joined_on) as date) as joined,
        least(cast(floor((spent + 500) / 1000.0) * 1000 as bigint), 500000) as spent
    from customers
"""
ASIDE = {"duckdb": "temp", "postgres": "unlogged"}  # PostgreSQL's workers do not read temporary tables
ANALYZED = {"duckdb": "", "postgres": "; analyze {table}"}
MART = [
    *[f"drop table if exists {one}" for one in ("counted", "rare", "classes")],
    "create {aside} table counted as select birth_year, sex, prefecture, occupation, count(*) as people"
    f" from ({TREATED}) as treated inner join cities on city_code = cast(value as text) group by 1, 2, 3, 4",
    "create {aside} table rare as select occupation from counted group by 1 having sum(people) < 10",
    "create {aside} table classes as select birth_year, sex, prefecture from counted group by 1, 2, 3 having sum(people) >= 5{analyzed}",
    "create table by_hand as select {pseudonym} as pseudonym, treated.birth_year, treated.sex, cities.prefecture,"
    " case when rare.occupation is null then treated.occupation else 'other' end as occupation, joined, spent"
    f" from ({TREATED}) as treated inner join cities on treated.city_code = cast(cities.value as text)"
    " inner join classes on treated.birth_year = classes.birth_year and treated.sex = classes.sex"
    " and cities.prefecture = classes.prefecture"
    " left join rare on treated.occupation = rare.occupation order by 1",
]
SHOWN = "select cast({column} as text) as shown from (select distinct {column} from by_hand) as one"
AUDITS = [
    "select count(*) from (select 1 as one from by_hand group by birth_year, sex, prefecture having count(*) < 5) as small",
    "select count(*) - count(distinct {by_byte}) from by_hand",
    "select count(*) from by_hand where length(pseudonym) <> 64 or not {hexadecimal}",
    "select count(*) from by_hand where birth_year < 1935 or birth_year % 5 <> 0 or spent > 500000 or spent % 1000 <> 0"
    " or extract(day from joined) <> 1",
    "select count(*) from (select occupation from by_hand group by 1 having count(*) < 10 and occupation <> 'other') as rare",
    "drop table if exists shown",
    "create {aside} table shown as "
    + " union ".join(SHOWN.format(column=one) for one in ("birth_year", "sex", "prefecture", "occupation", "spent")),
    *[
        f"select count(*) from customers where cast({one} as text) in (select shown from shown) and length(cast({one} as text)) >= 8"
        for one in ("customer_id", "full_name", "kana", "phone", "email", "street")
    ],
]


def bench(engine: Engine, folder: Path, rows: int) -> None:
    """The lines of one engine."""
    project = run.prepare(engine, folder, rows)
    fix_key(project)
    spent, _ = gate.measure(project)
    copy = spent["plain_copy"]
    analyzed = "".join(ANALYZED[engine.name].format(table=one) for one in ("cities", "rare", "classes"))
    words = {"aside": ASIDE[engine.name], "analyzed": analyzed, "by_byte": BY_BYTE[engine.name]}
    words |= {"pseudonym": PSEUDONYM[engine.name], "hexadecimal": HEXADECIMAL[engine.name]}

    def seconds(*statements: str) -> float:
        before = gate.processor_seconds(engine)
        engine.execute(";\n".join(statements).format(**words))
        return gate.processor_seconds(engine) - before

    floor = seconds("create table the_floor as select {pseudonym} as pseudonym from customers order by 1")
    mart, both = seconds(*MART, "drop table by_hand"), seconds(*MART, *AUDITS)
    names = ", ".join(column["name"] for column in run.COLUMNS)
    for one, other in (("by_hand", "customers_anonymized"), ("customers_anonymized", "by_hand")):
        difference = f"select count(*) from (select {names} from {one} except all select {names} from {other}) as lost"
        assert engine.query(difference) == [(0,)], (
            "not the same mart (below 500,000 rows its pool of the rare is too small)"
        )
    for name, took in {
        f"{engine.name}, {rows:,} rows: a plain copy": copy,
        "the floor: pseudonyms in their order": floor,
        "the mart by hand": mart,
        "the mart and its audits by hand": both,
        "the gated release": spent["customers_anonymized"],
    }.items():
        print(f"| {name} | {took:.2f} | {took / copy:.2f} | {took / both:.2f} |", flush=True)


def main() -> None:
    """Measure what was asked for and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", action="append", default=[], metavar="ENGINE=ROWS")
    arguments = parser.parse_args()
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    print("Single runs.\n")
    print("| | processor seconds | in copies | by hand = 1 |\n|---|---|---|---|")
    for engine, folder, rows in run.each_engine(arguments.rows, run.CUSTOMERS):
        bench(engine, folder, rows)


if __name__ == "__main__":
    main()
