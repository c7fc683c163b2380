"""What earlier releases are compared with: those that stand, by the right pseudonyms, beside what their marts followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.engines import DuckDB
from support.people import write_csv
from support.project import Outcome, Project, mart, personal

pytestmark = pytest.mark.duckdb

Row = dict[str, Any]
COUNT = 320
PERSONS = {"id": "linking_code", "sex": "quasi_identifier", "region": "quasi_identifier"} | dict.fromkeys(
    "abc", "attribute"
)
VISITS = {"visit": "linking_code", "id": "linking_code", "goods": "quasi_identifier"}
KEPT: Row = {"treat": ["keep"]}
PSEUDONYM = {"name": "pseudonym", "from": "id", "treat": ["pseudonymize"]}
SEX, REGION, GOODS = ({"name": name} | KEPT for name in ("sex", "region", "goods"))
CONTENT = [{"name": name} | KEPT for name in "abc"]
LIMITS: Row = {"k": 5, "k_reason": "a test", "max_suppression": 0.0}
SAFE: Row = {"attacks": {"difference_safe": True}}
HISTORY: Row = {"history": {"known": 1, "among": 5, "at_most": 0.9}}
TRIED = ("difference_safe", "re_linkage", "histories", "singling_out")
UNCHANGED = {"difference_safe(release 1, classes changed)": 0}


def persons(turn: int) -> list[Row]:
    """Twenty of each sex in each region. What else is told of each is told of nobody else, and new at each turn."""
    return [
        {
            "id": n,
            "sex": "FM"[n % 2],
            "region": f"R{n // 2 % 8}",
            "a": f"a{n % 13}",
            "b": f"b{n // 13}",
            "c": f"c{turn}",
        }
        for n in range(COUNT)
    ]


def visits(exchanged: bool = False) -> list[Row]:
    """Everybody buys C, half of each class A, the others B. Exchanged: one of a region takes B for A, and one of another A for B."""
    bought = {n: "AB"[n // 16 % 2] for n in range(COUNT)}
    if exchanged:
        bought |= {0: "B", 18: "A"}
    given = [(n, goods) for n in range(COUNT) for goods in ("C", bought[n])]
    return [{"visit": place, "id": n, "goods": goods} for place, (n, goods) in enumerate(given)]


class Shop:
    """Marts, declared anew for each build; `members` and `bought` are one dataset, the others one each."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.turn = 0

    def build(
        self, marts: dict[str, tuple[str, list[Row], Row]], *options: str, exchanged: bool = False, twice: bool = False
    ) -> Outcome:
        """`twice`: everybody has two records of the same content in `persons`."""
        self.turn += 1
        schema, engine = self.project.engine.schema(), self.project.engine
        given = {"persons": persons(self.turn) * (2 if twice else 1), "visits": visits(exchanged)}
        for name, rows in given.items():
            types = {column: "integer" if column in ("id", "visit") else "text" for column in rows[0]}
            engine.load_csv(name, write_csv(self.project.path / f"{name}.csv", rows), types)
        source = personal("persons", "id", PERSONS, schema)
        source["tables"] += personal("visits", "id", VISITS, schema)["tables"]
        models = []
        for name, (table, columns, policy) in marts.items():
            follows = policy.get("members_of")
            passed = f", members_of=ref('{follows}')" if follows else ""
            self.project.write(f"models/{name}.sql", f"{{{{ tokumei.anonymize(source('raw', '{table}'){passed}) }}}}\n")
            models.append(mart(name, table, columns, **LIMITS | {"dataset": name} | policy))
        self.project.write("models/marts.yml", {"sources": [source], "models": models})
        return self.project.dbt("run", "--exclude", "package:tokumei", *options)

    def measured(self, name: str) -> dict[str, float]:
        """What the log holds of the attacks on a mart's last release."""
        log, audits = self.project.private("releases_log"), self.project.private("release_audits_log")
        last = f"(select release_id from {log} where mart = '{name}' order by release_no desc limit 1)"
        rows = self.project.query(f"select audit, measured from {audits} where release_id = {last}")
        return {audit: value for audit, value in rows if "(" in audit and audit.split("(")[0] in TRIED}

    def release_of(self, name: str, number: int) -> str:
        log = self.project.private("releases_log")
        return str(
            self.project.query(f"select release_relation from {log} where mart = '{name}' and release_no = {number}")[
                0
            ][0]
        )


def refused(outcome: Outcome, name: str) -> set[str]:
    """What difference_safe found of a mart."""
    return set(re.findall(rf"tokumei: {name}: difference_safe found \d+ violations \(([^;)]*)", outcome.messages))


MEMBERS = ("persons", [PSEUDONYM, REGION, SEX], {"dataset": "shop"})
BOUGHT = ("visits", [PSEUDONYM, GOODS], {"dataset": "shop", "members_of": "members"} | SAFE | HISTORY)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """Three releases of each mart are kept."""
    project = Project(tmp_path / "consumer", DuckDB(tmp_path / "warehouse.duckdb"), views=False)
    settings = yaml.safe_load((project.path / "dbt_project.yml").read_text(encoding="utf-8"))
    project.write("dbt_project.yml", settings | {"vars": {"tokumei_keep_releases": 3}})
    yield Shop(project)


def test_a_follower_is_compared_with_what_it_followed_then(shop: Shop) -> None:
    both = {"members": ("persons", [PSEUDONYM, REGION], MEMBERS[2]), "bought": BOUGHT}
    for number in (1, 2, 3):
        outcome = shop.build(both)
        assert outcome.success, outcome.messages
        compared = [f"difference_safe(release {place}, classes changed)" for place in range(max(1, number - 2), number)]
        assert shop.measured("bought") == dict.fromkeys(compared, 0), number

    # Goods and regions change by nobody; goods by region do, by one person each.
    outcome = shop.build(both, exchanged=True)
    assert not outcome.success
    assert refused(outcome, "bought") == {f"release {number}: goods + members.region" for number in (2, 3)}

    # What the followed mart did not tell before is not compared.
    both = {"members": MEMBERS, "bought": BOUGHT}
    outcome = shop.build(both)
    assert outcome.success, outcome.messages

    # A release that lay beside one whose table is gone cannot be compared, and need not be: nobody holds it whole.
    shop.project.engine.execute(f"drop table {shop.release_of('members', 3)}")
    assert shop.build(both).success
    assert list(shop.measured("bought")) == ["difference_safe(release 4, classes changed)"]


def test_a_release_that_followed_nothing_cannot_be_compared(shop: Shop) -> None:
    alone = ("visits", [PSEUDONYM, GOODS], {"dataset": "shop"} | SAFE | HISTORY)
    assert shop.build({"bought": alone}).success
    outcome = shop.build({"members": MEMBERS, "bought": BOUGHT})
    assert refused(outcome, "bought") == {"release 1: not comparable"}, outcome.messages


def test_releases_are_counted_by_the_names_they_have(shop: Shop) -> None:
    shown, hidden = [PSEUDONYM, SEX, REGION], [SEX, REGION]
    first = {
        "named_later": ("persons", hidden, SAFE),
        "named_before": ("persons", shown, SAFE),
        "mixed": ("persons", [*shown, *CONTENT], SAFE | {"synthetic_share": {"share": 0.2, "from": "marginals"}}),
    }
    assert shop.build(first).success
    outcome = shop.build(
        first | {"named_later": ("persons", shown, SAFE), "named_before": ("persons", hidden, SAFE)}, "--full-refresh"
    )
    assert outcome.statuses["named_later"] == outcome.statuses["mixed"] == "success", outcome.messages
    assert shop.measured("named_later") == shop.measured("mixed") == UNCHANGED
    assert refused(outcome, "named_before") == {"release 1: not comparable"}


def test_persons_with_fewer_records_are_as_many_persons(shop: Shop) -> None:
    """And there are no histories left to attack."""
    asked = {"histories": {"known": [1], "among": 5, "at_most": 0.5}}
    policy = HISTORY | {"attacks": SAFE["attacks"] | asked}
    thinned = {"thinned": ("persons", [PSEUDONYM, SEX, REGION], policy)}
    assert shop.build(thinned, twice=True).success
    assert shop.measured("thinned").keys() == {
        f"histories({what})" for what in ("base", "known 1, success", "known 1, upper")
    }
    assert shop.build(thinned).success
    assert shop.measured("thinned") == UNCHANGED


def test_a_release_is_not_compared_with_itself(shop: Shop) -> None:
    """As a data test finds it: every content is somebody's alone, and new in each release."""
    attacks = {"attacks": {"difference_safe": True, "re_linkage": {"at_most": 0}}}
    contents = {"contents": ("persons", [PSEUDONYM, SEX, *CONTENT], attacks)}
    for _ in range(2):
        assert shop.build(contents).success
    assert shop.measured("contents")["re_linkage(release 1, success)"] == 0
    given = shop.project.path / "models/marts.yml"
    text = given.read_text(encoding="utf-8").replace(
        "- name: contents\n", "- name: contents\n  data_tests: [tokumei.re_linkage]\n"
    )
    given.write_text(text, encoding="utf-8")
    outcome = shop.project.dbt("test", "--select", "contents")
    assert list(outcome.statuses.values()).count("pass") == 1 and outcome.success, outcome.messages
    given.write_text(text.replace("name: contents", "name: never"), encoding="utf-8")
    (shop.project.path / "models/contents.sql").rename(shop.project.path / "models/never.sql")
    outcome = shop.project.dbt("test", "--select", "never")
    assert list(outcome.statuses.values()).count("fail") == 1 and "Got 1 result" in outcome.messages, outcome.messages
