"""One sound project, then every way in which its sources and policies drift: each is refused, and nothing has changed."""

from __future__ import annotations

import shutil
from typing import Any, NamedTuple

import pytest
from support.cases import errors
from support.engines import Engine
from support.gate import Standing, assert_released, assert_silent, keys_of, standing
from support.people import CITIES, CLASSIFIED, COLUMNS, POLICY, TYPES, people, write_csv
from support.project import Outcome, Project, mart, personal

COUNT = 300
NEWER: dict[str, Any] = {"name": "height", "treat": [{"round": 10}, {"top_code": 180}]}
PSEUDONYM, DECADE, _, PREFECTURE, JOB = COLUMNS
COARSER = [{"suppress_rare": {"below": 12, "replace_with": "その他"}}]
ITEMS = [PSEUDONYM, DECADE, PREFECTURE, JOB, NEWER]


class Drift(NamedTuple):
    """What happens to the relations of a mart after its first release, and what is said of it: {of} is its name."""

    done: list[str]
    said: list[str]


RETYPED = "{of}_people.%s: the column is of another type than at the last release of {of}; got text; allowed: %s, or data_type: text in its YAML, or --full-refresh; see docs/drift.md"
# What drifts in one place is said at once; a mart for each place.
SCHEMA, KINDS, PARENTS, NOBODY, BOUNDS, GONE, SLIM = "schema", "kinds", "parents", "nobody", "bounds", "gone", "slim"
TREELESS = "treeless"
DRIFTS = {
    SCHEMA: Drift(
        [
            "alter table {of}_people add column diary text",
            "update {of}_people set diary = 'met 灯台守'",
            "alter table {of}_people rename column phone to tel",
            "alter table {of}_people drop column name",
            "alter table {of}_people alter column birth type text",
            "alter table {of}_cities rename column prefecture to pref",
        ],
        [
            "{of}_people.diary: the column is not classified; got no is:; allowed: ",
            "{of}_people.tel: the column is not classified; got no is:; allowed: ",
            "{of}_people.sex: the column is not classified; got no is:; allowed: ",
            "{of}_people.phone: the column is classified but not in the warehouse; got no such column; allowed: ",
            "{of}_people.name: the column is classified but not in the warehouse; got no such column; allowed: ",
            "{of}_people.birth: the column is of another type than declared; got ",
            "{of}.prefecture: the relation {of}_cities has no such column; got prefecture; allowed: value, pref; see docs/",
        ],
    ),
    KINDS: Drift(
        [
            "alter table {of}_people alter column birth type text",
            "alter table {of}_people alter column height type text",
            "update {of}_people set height = '１６１' where id <= 20",
            "update {of}_people set height = '250' where id between 21 and 40",
            "update {of}_people set height = 'のっぽ' where id between 41 and 60",
        ],
        [
            RETYPED % ("birth", "date"),
            RETYPED % ("height", "integer"),
            "{of}.job: the last release has this column, and the policy no longer; got nothing; allowed: the column, or --f",
        ],
    ),
    PARENTS: Drift(
        ["delete from {of}_cities where value = '47201'", "insert into {of}_cities values ('1100', '青森県')"],
        [
            "{of}.prefecture: the hierarchy {of}_cities lacks 1 values of the column and gives two parents to 1; allowed: "
        ],
    ),
    NOBODY: Drift(
        ["update {of}_people set id = null where id <= 3"],
        ["{of}: 3 records have no subject; allowed: none, so leave them out with where: "],
    ),
    BOUNDS: Drift(
        ["update {of}_people set birth = cast(concat(2100 + 10 * id, '-01-01') as date) where id <= 40"],
        ["{of}: suppression_within_limit found ", "{of}: suppression_within_limit found "],
    ),
    GONE: Drift(
        ["alter table {of}_people rename to {of}_elsewhere"],
        ["{of}_people: the relation is not in the warehouse, or this role may not read it; see docs/policy.md"],
    ),
    TREELESS: Drift(
        ["alter table {of}_cities rename to {of}_towns"],
        [
            "{of}.prefecture: the relation {of}_cities is not in the warehouse, or this role may not read it; got no columns; "
        ],
    ),
}
IS = CLASSIFIED | {"height": "attribute"}
# What a mart shows beside its pseudonym, where not all of ITEMS: what drifts for it, and no more.
SHOWS = {PARENTS: [PREFECTURE], NOBODY: [DECADE], BOUNDS: [DECADE], GONE: [DECADE], SLIM: [JOB]}


@pytest.fixture(scope="module")
def project(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A source, a hierarchy, a mart and a dataset for each drift; all are released."""
    made = Project(tmp_path_factory.mktemp("drift"), lasting_engine, logged=True)
    rows = [row | {"height": 150 + row["id"] % 40} for row in people(COUNT)]
    made.engine.load_csv("people", write_csv(made.path / "people.csv", rows), TYPES | {"height": "integer"})
    cities = [{"value": city, "prefecture": prefecture} for city, prefecture in CITIES.items()]
    made.engine.load_csv("cities", write_csv(made.path / "cities.csv", cities), dict.fromkeys(cities[0], "text"))
    for name in [*DRIFTS, SLIM]:
        made.engine.execute(f"create table {name}_people as select * from people")
        made.engine.execute(f"create table {name}_cities as select * from cities")
        declare(made, name, {"birth": "date"} if name == SCHEMA else {})
    assert_released(made.build("--exclude", "package:tokumei"), *DRIFTS, SLIM)
    return made


def declare(
    project: Project,
    name: str,
    types: dict[str, str] | None = None,
    classified: dict[str, str] | None = None,
    items: list[dict[str, Any]] | None = None,
    **policy: Any,
) -> None:
    source = personal(f"{name}_people", "id", classified or IS, project.engine.schema())
    source["name"] = f"raw_{name}"
    for column in source["tables"][0]["columns"]:
        column |= {"data_type": types[column["name"]]} if types and column["name"] in types else {}
    source["tables"].append({"name": f"{name}_cities"})
    lookup = PREFECTURE | {"treat": [{"lookup": {"hierarchy": f"{name}_cities", "to": "prefecture"}}]}
    items = items or ([PSEUDONYM, *SHOWS[name]] if name in SHOWS else ITEMS)
    items = [lookup if item["name"] == "prefecture" else item for item in items]
    model = mart(name, name, items, **POLICY | {"dataset": name} | policy)
    model["data_tests"] = ["tokumei.policy_current"] if name == SLIM else []
    project.write(f"models/{name}.yml", {"sources": [source], "models": [model]})
    project.write(
        f"models/{name}.sql",
        f"{{{{ tokumei.anonymize(source('raw_{name}', '{name}_people'), hierarchies=[source('raw_{name}', '{name}_cities')]) }}}}",
    )


@pytest.fixture(scope="module")
def drifted(project: Project) -> tuple[Standing, Outcome]:
    """All of it at once, and the build that follows."""
    before = standing(project, *DRIFTS, SLIM)
    shutil.copytree(project.path / "target", project.path / "state")
    for name, drift in DRIFTS.items():
        for statement in drift.done:
            project.engine.execute(statement.format(of=name))
    declare(project, SCHEMA, {"birth": "date"}, {key: is_ for key, is_ in IS.items() if key != "sex"})
    declare(project, KINDS, items=[item for item in ITEMS if item["name"] != "job"])
    declare(project, SLIM, items=[PSEUDONYM, JOB | {"treat": COARSER}])
    return before, project.build("--exclude", SLIM, "package:tokumei")


def test_each_is_refused_with_its_own_error(project: Project, drifted: tuple[Standing, Outcome]) -> None:
    _, outcome = drifted
    said = errors(outcome)
    for name, (_, texts) in DRIFTS.items():
        assert outcome.statuses[name] == "error", name
        of = {
            error for error in said if error.startswith((f"tokumei: {name}:", f"tokumei: {name}.", f"tokumei: {name}_"))
        }
        for text in texts:
            assert [error for error in of if error.startswith("tokumei: " + text.replace("{of}", name))], (text, of)
        assert len(of) == len(texts), of
        assert all("; see docs/" in error for error in of)


def test_nothing_has_changed(project: Project, drifted: tuple[Standing, Outcome]) -> None:
    before, outcome = drifted
    assert standing(project, *DRIFTS, SLIM) == before
    assert sorted(keys_of(project)) == ["destroyed"] * len(DRIFTS) + ["taken"] * len(DRIFTS)
    canaries = [row["name"] for row in people(20)] + ["灯台守", "青森県", "'47201'", "沖縄県", "１６１", "のっぽ"]
    assert_silent(project, outcome, canaries)


def test_slim_ci_does_not_see_a_policy_and_the_test_does(project: Project, drifted: tuple[Standing, Outcome]) -> None:
    """`state:modified` leaves a mart out whose policy alone changed; the data test fails until it is built."""
    listed = project.dbt("list", "--select", "state:modified", "--state", str(project.path / "state")).messages
    assert f"consumer.{SLIM}" not in listed and "No nodes selected" in listed
    tested = project.dbt("test", "--select", SLIM)
    assert not tested.success and tested.statuses["tokumei_policy_current_slim_"] == "fail"


def test_what_is_meant_is_declared_and_released(project: Project, drifted: tuple[Standing, Outcome]) -> None:
    """What docs/drift.md says to do; text is read as before, bounds hold, and what is no number is null."""
    project.engine.execute("alter table schema_cities rename column pref to prefecture")
    is_ = {key: IS[key] for key in IS if key not in ("phone", "name")}
    is_ |= {"tel": "direct_identifier", "diary": "free_text"}
    declare(project, SCHEMA, {"birth": "text"}, is_)
    declare(project, KINDS, {"birth": "text", "height": "text"})
    declare(project, NOBODY, where=[{"column": "id", "is": "not_null"}])
    born = {
        mart: project.query(f"select decade, count(*) from {mart} group by 1 order by 1") for mart in (SCHEMA, KINDS)
    }
    heights = dict(project.query(f"select height, count(*) from {KINDS} group by 1"))
    mended = [SCHEMA, KINDS, NOBODY, SLIM]
    assert_released(project.build("--select", *mended), *mended)
    for mart_, counted in born.items():
        assert project.query(f"select decade, count(*) from {mart_} group by 1 order by 1") == counted
    now = dict(project.query(f"select height, count(*) from {KINDS} group by 1"))
    assert set(now) == set(heights) | {None} and 0 < now[None] <= 20 and max(key for key in now if key) == 180
