"""Synthetic records: as many as declared, like real ones, never a copy of one, and marked nowhere in the mart."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from typing import Any

import pytest
from support.fixed_key import KEY, fix_key
from support.oracle import Row, pseudonym
from support.people import write_csv
from support.project import Outcome, Project, mart, personal

VIEWS = True

POLICY: dict[str, Any] = {"k": 3, "k_reason": "a test", "max_suppression": 0.3}
HISTORY = {"history": {"known": 1, "among": 2, "at_most": 0.99}}
WHO = {"name": "who", "from": "id", "treat": ["pseudonymize"]}
SHORT = {"name": "who", "from": "id", "treat": [{"pseudonymize": {"bits": 128}}]}
KEPT: list[dict[str, Any]] = [{"name": name, "treat": ["keep"]} for name in ["area", "sex", "plan"]]
KEPT.append({"name": "spent", "treat": ["keep"], "waive": {"no_rare_values": "a test"}})
SHOWN = ["area", "sex", "plan", "spent"]
DRAWN = {"by_class": "cc53e5d7aa2f1558", "by_margin": "a7f48467ac3a63f4", "histories": "9a2b8caac19d6120"}
SHARES = {"by_class": ("classes", 0.1), "by_margin": ("marginals", 0.25), "histories": ("classes", 0.2)}


def persons() -> list[Row]:
    """What a person spends hangs on where they live; in the west nobody has plan C."""
    pick = random.Random(5)
    rows = []
    for number in range(1500):
        area = pick.choice("NSEW")
        plan = pick.choice("AB" if area == "W" else "ABC")
        spent = pick.randrange(60) + (1000 if area == "N" else 0)
        rows.append({"id": f"p{number}", "area": area, "sex": pick.choice("MF"), "plan": plan, "spent": spent})
    return rows


def visits() -> list[Row]:
    pick = random.Random(6)
    return [row | {"spent": pick.randrange(60)} for row in persons()[:300] for _ in range(pick.randrange(1, 6))]


def build(project: Project, **more: Any) -> Outcome:
    engine = project.engine
    types = {"id": "text", "area": "text", "sex": "text", "plan": "text", "spent": "integer"}
    engine.load_csv("persons", write_csv(project.path / "p.csv", persons()), types)
    engine.load_csv("visits", write_csv(project.path / "v.csv", visits()), types)
    is_ = {
        "id": "linking_code",
        "area": "quasi_identifier",
        "sex": "quasi_identifier",
        "plan": "attribute",
        "spent": "attribute",
    }
    source = personal("persons", "id", is_, engine.schema())
    source["tables"] += personal("visits", "id", is_, engine.schema())["tables"]
    columns = {"by_class": [WHO, *KEPT], "by_margin": KEPT, "histories": [SHORT, *KEPT]}
    models = []
    for name, (origin, share) in SHARES.items():
        policy = POLICY | {"synthetic_share": {"share": share, "from": origin}} | more
        policy |= HISTORY if name == "histories" else {}
        models.append(mart(name, name, columns[name], dataset=name, **policy))
        models[-1]["data_tests"] = [f"tokumei.{audit}" for audit in TESTED]
        table = "visits" if name == "histories" else "persons"
        project.write(f"models/{name}.sql", f"{{{{ tokumei.anonymize(source('raw', '{table}')) }}}}\n")
    project.write("models/synthetic.yml", {"sources": [source], "models": models})
    return project.build()


TESTED = ["synthetic_sound", "k_anonymous", "pseudonyms_sound", "no_rare_values", "only_declared_columns"]
TESTED += ["suppression_within_limit", "policy_current", "no_direct_identifiers", "labelled", "within_bounds"]


def release_of(project: Project, name: str) -> str:
    log = project.private("releases_log")
    return project.query(f"select release_relation from {log} where mart = '{name}' order by release_no desc")[0][0]


def test_synthetic_records_are_mixed_in(project: Project) -> None:
    fix_key(project)
    outcome = build(project)
    assert outcome.success, outcome.messages
    for name, (_, share) in SHARES.items():
        token = "tokumei_token" if name != "by_class" else "who"
        sql = f"select tokumei_synthetic, {token}, area, sex, plan, spent from {release_of(project, name)}"
        rows = project.query(sql)
        real = [row[1:] for row in rows if not row[0]]
        made = [row[1:] for row in rows if row[0]]
        people = visits() if name == "histories" else persons()
        assert Counter(real) == Counter((pseudonym(KEY, p["id"]), *(p[n] for n in SHOWN)) for p in people)
        wanted = round(share * len({p["id"] for p in people}))
        assert len({row[0] for row in made}) == wanted
        assert {row[1:] for row in made}.isdisjoint({row[1:] for row in real})
        assert {row[1:3] for row in made} <= {row[1:3] for row in real}
        assert len({row[0] for row in made} & {row[0] for row in real}) == 0
        assert {len(row[0]) for row in made} == {64}
        assert_drawn_as_told(name, real, made)
        nothing_marks_them(project, name, len(rows))
        assert digest(made) == DRAWN[name], name
        logged = project.query(f"select synthetic_records, synthetic_subjects from releases where mart = '{name}'")
        assert logged == [(len(made), wanted)]


def digest(rows: list[Any]) -> str:
    """The drawn records, whatever their order: under one key the same on every engine."""
    return hashlib.sha256(repr(sorted(rows)).encode()).hexdigest()[:16]


def assert_drawn_as_told(name: str, real: list[Any], made: list[Any]) -> None:
    """Within classes, the north spends as the north does; by marginals, it does not."""
    north = [row[4] >= 1000 for row in made if row[1] == "N"]
    if name == "by_class":
        assert all(north) and len(north) > 10
        west = {row[3] for row in made if row[1] == "W"}
        assert west <= {"A", "B"}
    elif name == "by_margin":
        assert 0 < sum(north) < len(north)
    else:
        lengths = Counter(Counter(row[0] for row in real).values())
        drawn = Counter(Counter(row[0] for row in made).values())
        assert set(drawn) <= set(lengths) and len(drawn) > 2


def nothing_marks_them(project: Project, name: str, count: int) -> None:
    """The mart shows all records and no flag; they lie in one order."""
    assert project.query(f"select count(*) from {name}") == [(count,)]
    shown = project.query(f"select * from {name} limit 1")
    assert len(shown[0]) == (4 if name == "by_margin" else 5)
    flags = [row[0] for row in project.query(f"select tokumei_synthetic from {release_of(project, name)}")]
    first = [place for place, flag in enumerate(flags) if flag]
    assert min(first) < count / 4 and max(first) > 3 * count / 4


@pytest.mark.parametrize(
    ("old", "new", "audit"),
    [
        ("not exists (select 1 from {{ numbered }} as numbered where numbered.tokumei_content", "not exists (select 1 from {{ numbered }} as numbered where numbered.tokumei_real", "copies"),
        ("complete.place <= {{ wanted }}", "complete.place <= {{ wanted }} + 1", "share"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
def test_unsound_synthetic_records_are_refused(project: Project, old: str, new: str, audit: str) -> None:
    project.mutate("macros/anonymize/stage_synthetic.sql", old, new)
    outcome = build(project)
    assert not outcome.success
    assert "synthetic_sound found" in outcome.messages, audit


def test_what_cannot_be_drawn_without_copying_is_refused(project: Project) -> None:
    """A mart that shows every combination there is: no synthetic record would be new."""
    engine = project.engine
    rows = [{"id": f"p{number}", "area": "NS"[number % 2], "sex": "MF"[number // 2 % 2]} for number in range(80)]
    engine.load_csv("persons", write_csv(project.path / "p.csv", rows), dict.fromkeys(["id", "area", "sex"], "text"))
    is_ = {"id": "linking_code", "area": "quasi_identifier", "sex": "attribute"}
    columns = [{"name": name, "treat": ["keep"]} for name in ["area", "sex"]]
    policy = POLICY | {"synthetic_share": {"share": 0.5, "from": "marginals"}}
    source = personal("persons", "id", is_, engine.schema())
    project.write(
        "models/m.yml", {"sources": [source], "models": [mart("m", "persons", columns, dataset="m", **policy)]}
    )
    project.write("models/m.sql", "{{ tokumei.anonymize(source('raw', 'persons')) }}\n")
    outcome = project.build()
    assert outcome.statuses["m"] == "error"
    assert "synthetic_share: 0 of 40 synthetic subjects could be drawn" in outcome.messages
