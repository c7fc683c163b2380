"""Customers and their purchases: marts of one dataset that follow each other, or do not."""

from __future__ import annotations

import random
from typing import Any

from .people import write_csv
from .project import Project, mart, personal

Row = dict[str, Any]
REGIONS = ["北海道", "関東", "近畿", "九州"]
CUSTOMERS = {"id": "linking_code", "name": "direct_identifier", "sex": "quasi_identifier", "region": "quasi_identifier"}
PURCHASES = {
    "receipt": "linking_code",
    "id": "linking_code",
    "bought": "quasi_identifier",
    "goods": "quasi_identifier",
    "sex": "attribute",
}
TYPES = {"id": "integer", "receipt": "integer", "bought": "date"}
PSEUDONYM = {"name": "pseudonym", "from": "id", "treat": ["pseudonymize"]}
KEPT: dict[str, Any] = {"treat": ["keep"]}
QUARTER = {"name": "quarter", "from": "bought", "treat": [{"truncate": "quarter"}]}
GROUP = {"name": "goods", "treat": [{"prefix": 1}]}
GOODS = {"name": "goods", **KEPT}
SEX, REGION = {"name": "sex", **KEPT}, {"name": "region", **KEPT}
LIMITS: dict[str, Any] = {"k": 5, "k_reason": "a test", "max_suppression": 0.05}
HISTORY = {"known": 1, "among": 5, "at_most": 0.2}


def customers(count: int = 800) -> list[Row]:
    """Persons of two sexes in four regions, and three alone on each of eight islands."""
    draw = random.Random(3)
    rows = [
        {"id": number, "name": f"佐藤花子{number:05d}", "sex": draw.choice("MF"), "region": draw.choice(REGIONS)}
        for number in range(1, count + 1)
    ]
    return [row | {"region": f"島{row['id'] % 8}"} if row["id"] <= 24 else row for row in rows]


def islander(row: Row) -> bool:
    """One of those whom their region singles out."""
    return row["region"].startswith("島")


def purchases(buyers: list[Row]) -> list[Row]:
    """Two to five purchases each, of 24 goods in 3 groups, over a year; nobody else's sex stands in them."""
    draw = random.Random(5)
    rows: list[Row] = []
    for buyer in buyers:
        for _ in range(draw.randint(2, 5)):
            goods = f"{draw.choice('ABC')}{draw.randrange(8)}"
            day = f"2025-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
            rows.append(
                {"receipt": len(rows) + 1, "id": buyer["id"], "bought": day, "goods": goods, "sex": buyer["sex"]}
            )
    return rows


def load_shop(project: Project, buyers: list[Row] | None = None, bought: list[Row] | None = None) -> None:
    """The sources `customers` and `purchases`."""
    given = buyers if buyers is not None else customers()
    tables = {"customers": given, "purchases": bought if bought is not None else purchases(given)}
    for name, rows in tables.items():
        types = {column: TYPES.get(column, "text") for column in rows[0]}
        project.engine.load_csv(name, write_csv(project.path / f"{name}.csv", rows), types)
    schema = project.engine.schema()
    source = personal("customers", "id", CUSTOMERS, schema)
    source["tables"] += personal("purchases", "id", PURCHASES, schema)["tables"]
    project.write("models/sources.yml", {"sources": [source]})


def customers_mart(project: Project, name: str, columns: list[Row] | None = None, **policy: Any) -> None:
    add(project, name, "customers", columns or [PSEUDONYM, SEX, REGION], None, policy)


def purchases_mart(
    project: Project, name: str, columns: list[Row] | None = None, follows: str | None = None, **policy: Any
) -> None:
    add(project, name, "purchases", columns or [PSEUDONYM, QUARTER, GROUP, SEX], follows, {"history": HISTORY} | policy)


def add(
    project: Project, name: str, table: str, columns: list[Row], follows: str | None, policy: dict[str, Any]
) -> None:
    """Write one mart, its SQL and its YAML."""
    given = LIMITS | policy | ({"members_of": follows} if follows else {})
    passed = f", members_of=ref('{follows}')" if follows else ""
    project.write(f"models/{name}.sql", f"{{{{ tokumei.anonymize(source('raw', '{table}'){passed}) }}}}\n")
    project.write(f"models/{name}.yml", {"models": [mart(name, table, columns, **given)]})
