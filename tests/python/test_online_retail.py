"""Online Retail: fine goods and months give customers away and are stopped, coarse ones pass."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from support import oracle, real
from support.fixed_point import Pool, holders, release
from support.histories import histories, history_share
from support.oracle import Row
from support.project import Project, mart

TYPES = {
    "InvoiceNo": "text",
    "StockCode": "text",
    "Description": "text",
    "Quantity": "integer",
    "InvoiceDate": "timestamp",
    "UnitPrice": "double precision",
    "CustomerID": "double precision",
    "Country": "text",
}
CLASSIFIED = {
    "InvoiceNo": "linking_code",
    "StockCode": "quasi_identifier",
    "Description": "free_text",
    "Quantity": "attribute",
    "InvoiceDate": "quasi_identifier",
    "UnitPrice": "attribute",
    "CustomerID": "linking_code",
    "Country": "quasi_identifier",
}
PSEUDONYM = {"name": "pseudonym", "from": "CustomerID", "treat": ["pseudonymize"]}
FINE = [
    PSEUDONYM,
    {"name": "month", "from": "InvoiceDate", "treat": [{"truncate": "month"}]},
    {"name": "goods", "from": "StockCode", "treat": ["keep"]},
]
COARSE = [
    PSEUDONYM,
    {"name": "quarter", "from": "InvoiceDate", "treat": [{"truncate": "quarter"}]},
    {
        "name": "goods",
        "from": "StockCode",
        "treat": [{"prefix": 3}, {"suppress_rare": {"below": 100, "replace_with": "other"}}],
    },
    {"name": "country", "from": "Country", "treat": [{"suppress_rare": {"below": 50, "replace_with": "elsewhere"}}]},
    {"name": "price", "from": "UnitPrice", "treat": [{"round": 0.5}, {"top_code": 5}]},
    {"name": "quantity", "from": "Quantity", "treat": [{"bottom_code": 0}, {"top_code": 48}, {"band": 12}]},
]
COARSE_CLASSES = ["quarter", "goods", "country"]
FINE_POLICY = {
    "k": 5,
    "k_reason": "a test",
    "max_suppression": 0.1,
    "where": [{"column": "CustomerID", "is": "not_null"}],
}
POLICIES: dict[str, tuple[list[dict[str, Any]], dict[str, Any]]] = {
    "fine": (FINE, FINE_POLICY | {"history": {"known": 2, "among": 2, "at_most": 0.02}}),
    "fine_and_admitted": (FINE, FINE_POLICY | {"history": {"known": 2, "among": 2, "at_most": 0.9}}),
    "coarse": (COARSE, FINE_POLICY | {"k": 10, "history": {"known": 2, "among": 5, "at_most": 0.02}}),
}
pytestmark = [pytest.mark.real_data, pytest.mark.slow]


class Retail(NamedTuple):
    """The purchases of customers who are known, and the file of all."""

    purchases: real.Rows
    file: Path


@pytest.fixture(scope="module")
def retail(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Retail:
    rows = real.read_rows(shared / "data" / "retail" / "online_retail.csv.gz")
    file = real.one_file(tmp_path_factory.mktemp("retail"), "online_retail", rows)
    return Retail([row for row in rows if row["CustomerID"]], file)


@pytest.fixture(scope="module")
def fine(retail: Retail) -> list[Row]:
    treated = [
        {"subject": row["CustomerID"], "month": row["InvoiceDate"][:7] + "-01", "goods": row["StockCode"]}
        for row in retail.purchases
    ]
    return release(treated, ["month", "goods"], [], 5, []).rows


@pytest.fixture(scope="module")
def coarse(retail: Retail) -> list[Row]:
    def quarter(date: str) -> str:
        return f"{date[:4]}-{(int(date[5:7]) - 1) // 3 * 3 + 1:02d}-01"

    treated = [
        {
            "subject": row["CustomerID"],
            "quarter": quarter(row["InvoiceDate"]),
            "goods": row["StockCode"][:3],
            "country": row["Country"],
            "price": min(oracle.round_to(Decimal(row["UnitPrice"]), Decimal("0.5")), Decimal(5)),
            "quantity": min(max(int(row["Quantity"]), 0), 48) // 12 * 12,
        }
        for row in retail.purchases
    ]
    pools = [Pool("goods", 10, 100, replace_with="other"), Pool("country", 10, 50, replace_with="elsewhere")]
    return release(treated, COARSE_CLASSES, pools, 10, []).rows


def write_project(project: Project, retail: Retail) -> None:
    source = real.load_source(project, "purchases", retail.file, TYPES, "CustomerID", CLASSIFIED)
    models = [mart(name, "purchases", columns, dataset=name, **policy) for name, (columns, policy) in POLICIES.items()]
    project.write("models/purchases.yml", {"sources": [source], "models": models})
    for name in POLICIES:
        project.write(f"models/{name}.sql", "{{ tokumei.anonymize(source('raw', 'purchases')) }}\n")


def shown(project: Project, name: str) -> list[tuple[Any, ...]]:
    """The mart's rows: dates as text, the rest as it is."""
    columns = [column["name"] for column in POLICIES[name][0]]
    listed = [f'cast("{column}" as text)' if column in ("month", "quarter") else f'"{column}"' for column in columns]
    return project.query(f"select {', '.join(listed)} from {name}")


def expected_histories(records: list[Row]) -> Counter[tuple[Any, ...]]:
    return histories(tuple(record.values()) for record in records)


def test_fine_purchases_are_stopped_and_coarse_ones_pass(
    project: Project, retail: Retail, fine: list[Row], coarse: list[Row]
) -> None:
    write_project(project, retail)
    outcome = project.build()

    assert not outcome.success
    assert (outcome.statuses["fine"], outcome.statuses["coarse"]) == ("error", "success")
    assert set(re.findall(r"tokumei: (\S+): (\w+) found", outcome.messages)) == {("fine", "history_protected")}

    log = project.query(
        "select mart, history_share, history_bound, records_in, records_out, subjects_in, subjects_out, classes, "
        f"smallest_class from {project.private('releases_log')} order by mart"
    )
    assert [entry[0] for entry in log] == ["coarse", "fine_and_admitted"]
    by_mart = {entry[0]: entry for entry in log}

    for name, records, classes in [("coarse", coarse, COARSE_CLASSES), ("fine_and_admitted", fine, ["month", "goods"])]:
        rows = shown(project, name)
        assert histories(rows) == expected_histories(records)

        history = POLICIES[name][1]["history"]
        asked, share = history_share([row[: len(classes) + 1] for row in rows], history["known"], history["among"])
        assert asked == 2000
        assert by_mart[name][1] == pytest.approx(share, abs=1e-12)

        held = holders(records, lambda record, names=tuple(classes): tuple(record[name] for name in names))
        assert by_mart[name][3:] == (
            len(retail.purchases),
            len(records),
            len({row["CustomerID"] for row in retail.purchases}),
            len({record["subject"] for record in records}),
            len(held),
            min(len(subjects) for subjects in held.values()),
        )

    # 2 records, distinct in month and goods, place about 32 % of the customers alone; the sample moves that a little.
    assert by_mart["fine_and_admitted"][1] == pytest.approx(0.32, abs=0.04)
    assert by_mart["coarse"][2] <= 0.02
