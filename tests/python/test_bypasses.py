"""Whatever goes round the gate is refused or harmless: nothing is shown, logged or switched by it."""

from __future__ import annotations

import shutil

import pytest
import yaml
from support.cases import errors
from support.engines import Engine
from support.gate import Standing, assert_refused, assert_released, assert_silent, keys_of, standing
from support.people import COLUMNS, people, people_project
from support.project import Project

MART = "people_anonymized"
ALONE = ("--exclude", "package:tokumei")  # the views on the logs come with the first build
CALL = "tokumei.anonymize(source('raw', 'people'), hierarchies=[ref('cities')])"
OTHERS = "tokumei.anonymize(source('raw', 'others'), hierarchies=[ref('cities')])"


@pytest.fixture(scope="module")
def lasting(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("bypassed"), lasting_engine, logged=True)


@pytest.fixture
def project(lasting: Project) -> Project:
    """The same project for every test, with nothing in it but the persons and their mart."""
    for folder in ("models", "tests", "snapshots", "analyses"):
        shutil.rmtree(lasting.path / folder, ignore_errors=True)
    lasting.engine.execute("drop view if exists by_sex; drop view if exists by_job; drop table if exists others")
    people_project(lasting)
    return lasting


@pytest.fixture
def before(project: Project) -> Standing:
    """The mart is released."""
    relations = {row[0] for row in project.query("select table_name from information_schema.tables")}
    if MART not in relations:
        assert_released(project.build(), MART)
    return standing(project, MART)


def remodel(project: Project, sql: str | None = None, **config: object) -> None:
    """Give the mart other SQL or more configuration."""
    if sql is not None:
        project.write(f"models/{MART}.sql", sql)
    path = project.path / "models/people.yml"
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    given["models"][0]["config"] |= config
    project.write("models/people.yml", given)


def test_what_goes_round_the_gate_is_refused(project: Project, before: Standing) -> None:
    canaries = [row["name"] for row in people()[:20]] + ["灯台守"]

    def refused(reason: str, *command: str) -> None:
        outcome = project.dbt(*(command or ("run",)))
        assert_refused(project, outcome, MART, before)
        said = [error for error in errors(outcome) if error.startswith(f"tokumei: {MART}: ")]
        assert len(said) == 1 and reason in said[0] and "see docs/releases.md" in said[0], said
        assert_silent(project, outcome, canaries)

    refused("--empty and --sample make no release", "run", "--empty")
    refused("--empty and --sample make no release", "build", "--sample", "1 day")

    project.engine.execute("create table others as select * from people")
    add_source(project, "others")
    wrappings = {
        "a column more": f"select made.*, 1 as more from ({{{{ {CALL} }}}}) as made",
        "a column more, from the source": f"select * from ({{{{ {CALL} }}}}) cross join {{{{ source('raw', 'people') }}}}",
        "another relation": f"{{% set read = source('raw', 'people') %}}{{{{ {OTHERS} }}}}",
        "no call": "select name as pseudonym, 1 as decade, sex, city as prefecture, job from {{ source('raw', 'people') }}"
        "{% set read = ref('cities') %}",
    }
    for sql in wrappings.values():
        remodel(project, sql)
        refused("the model is more than its anonymize() call")
    remodel(project, f"{{{{ {CALL} }}}}\n")

    hook = "create table {{ target.schema }}.stolen as select * from {{ source('raw', 'people') }}"
    remodel(project, post_hook=hook)
    refused("a post-hook could change what the audits saw")
    assert not project.query("select 1 from information_schema.tables where table_name = 'stolen'")


TYPES = {"pseudonym": "varchar", "decade": "bigint", "sex": "text", "prefecture": "text", "job": "text"}


def test_a_contract_is_kept(project: Project, before: Standing) -> None:
    """Types as dbt compares them, on the candidate; a promise broken, and readers see what they saw."""
    path = project.path / "models/people.yml"
    given = yaml.safe_load(path.read_text(encoding="utf-8"))

    def promise(**types: str) -> None:
        given["models"][0]["config"]["contract"] = {"enforced": True}
        for column in given["models"][0]["columns"]:
            column["data_type"] = (TYPES | types)[column["name"]]
        project.write("models/people.yml", given)

    promise(decade="text", sex="boolean")
    outcome = project.dbt("run")
    assert_refused(project, outcome, MART, before)
    kept = "the contract is not kept: the column is of another type than declared; got "
    said = [error for error in errors(outcome) if kept in error]
    assert {error.split(": ")[1] for error in said} == {f"{MART}.decade", f"{MART}.sex"}, errors(outcome)
    promise()
    assert_released(project.dbt("run"), MART)


def add_source(project: Project, name: str) -> None:
    """A relation beside the personal one, without a subject."""
    path = project.path / "models/people.yml"
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    given["sources"][0]["tables"].append({"name": name})
    project.write("models/people.yml", given)


def test_anonymize_elsewhere_is_refused(project: Project, before: Standing) -> None:
    project.write("models/on_ephemeral.sql", "select * from {{ ref('ephemeral') }}")
    project.write("models/ephemeral.sql", f"{{{{ config(materialized='ephemeral') }}}}\n{{{{ {CALL} }}}}")
    project.write(
        "snapshots/kept.sql",
        f"{{% snapshot kept %}}{{{{ config(unique_key='pseudonym', strategy='check', check_cols='all') }}}}{{{{ {CALL} }}}}{{% endsnapshot %}}",
    )
    project.write("tests/asserted.sql", f"{{{{ {CALL} }}}}")
    for command, name in {
        ("run", "--exclude", MART): "ephemeral",
        ("snapshot",): "kept",
        ("test",): "asserted",
    }.items():
        outcome = project.dbt(*command)
        assert not outcome.success
        assert {error.split(": ")[1] for error in errors(outcome)} == {name}
        assert "anonymize() needs its gate" in outcome.messages

    for shown in (["--select", MART], ["--inline", f"{{{{ {CALL} }}}}"]):
        outcome = project.dbt("show", *shown)
        assert not outcome.success
        assert "anonymize() needs its gate" in outcome.messages or "dbt show would print records" in outcome.messages
    assert project.dbt("show", "--inline", f"select * from {{{{ ref('{MART}') }}}}").success, (
        "the mart itself may be read"
    )
    assert standing(project, MART) == before


def test_commands_that_build_no_mart_take_no_key_and_change_nothing(project: Project, before: Standing) -> None:
    keys = keys_of(project, invocations=100)
    project.write("tests/passes.sql", f"select * from {{{{ ref('{MART}') }}}} where pseudonym is null")
    project.write("analyses/count.sql", f"select count(*) from {{{{ ref('{MART}') }}}}")
    commands = [
        ["compile"],
        ["docs", "generate"],
        ["test"],
        ["seed"],
        ["list"],
        ["run", "--select", "releases", "publication_items"],
        ["run", "--exclude", MART],
        ["build", "--exclude", MART],
        ["run-operation", "tokumei.private_schema"],
    ]
    for command in commands:
        outcome = project.dbt(*command)
        assert outcome.success, (command, errors(outcome))
        assert standing(project, MART) == before, command
        assert keys_of(project, invocations=100) == keys, command


def test_a_clone_shows_what_the_mart_shows(project: Project, before: Standing) -> None:
    """`dbt clone` makes a view on the mart, in another schema: harmless, and within the gate of the mart itself."""
    state = project.path / "state"
    state.mkdir()
    shutil.copy(project.path / "target/manifest.json", state)
    for schema, options in {"": [], "elsewhere": ["--full-refresh"]}.items():
        if schema:
            other = project.engine.output() | {"schema": f"{project.engine.schema()}_clone"}
            profile = {"consumer": {"target": "test", "outputs": {"test": other}}}
            project.write("profiles.yml", profile)
        outcome = project.dbt("clone", "--state", str(state), "--select", MART, *options)
        assert outcome.success, outcome.messages
        assert standing(project, MART) == before
    clone = f'"{project.engine.schema()}_clone"."{MART}"'
    assert sorted(project.query(f"select * from {clone}"), key=str) == before.shown[MART]
    project.write("profiles.yml", {"consumer": {"target": "test", "outputs": {"test": project.engine.output()}}})
    assert_released(project.build(*ALONE), MART)
    after = standing(project, MART)
    assert after.shown != before.shown
    assert sorted(project.query(f"select * from {clone}"), key=str) == after.shown[MART]
    project.engine.execute(f'drop schema "{project.engine.schema()}_clone" cascade')


def test_what_hangs_on_a_mart_survives_its_next_release_but_for_grants(project: Project, before: Standing) -> None:
    """Nothing is published here, so the release is held: a right given by hand is taken back."""
    engine = project.engine
    engine.execute(f"create view by_sex as select sex, count(*) as persons from {MART} group by sex")
    role = f"analyst_{engine.schema()}"
    if engine.name == "postgres":
        engine.execute(f'create role "{role}"; grant select on {MART} to "{role}"')
    try:
        assert_released(project.build(*ALONE), MART)
        after = standing(project, MART)
        assert not {row[0] for row in after.shown[MART]} & {row[0] for row in before.shown[MART]}
        counted = {sex: sum(row[2] == sex for row in after.shown[MART]) for sex in "MF"}
        assert dict(engine.query("select * from by_sex")) == counted
        if engine.name == "postgres":
            granted = f"select has_table_privilege('{role}', '{MART}', 'select')"
            assert engine.query(granted) == [(False,)]
            release = next(name for name in after.private if name.startswith(MART))
            private = f"select has_table_privilege('{role}', '{project.private(release)}', 'select')"
            assert engine.query(private) == [(False,)]
    finally:
        if engine.name == "postgres":
            engine.execute(f'drop owned by "{role}"; drop role "{role}"')


RETYPED = {
    "name": "decade",
    "from": "birth",
    "treat": [{"truncate": "year"}, {"band": {"width": 10, "label": "{from}-"}}],
}


def test_a_mart_whose_columns_change_is_released(project: Project) -> None:
    """A table that stood there before; a column more in front and one of another type; all as it was again."""
    project.engine.execute(f"drop view if exists {MART}; create table {MART} as select 1 as one")
    assert_released(project.build(*ALONE), MART)
    first, _, *rest = COLUMNS
    letter = {"name": "letter", "from": "name", "treat": ["pseudonymize"]}
    for columns in ([letter, first, RETYPED, *rest], COLUMNS):
        people_project(project, columns=columns)
        assert_released(project.build("--full-refresh", *ALONE), MART)
        shown = project.query(
            f"select column_name from information_schema.columns where table_name = '{MART}' "
            f"and table_schema = '{project.engine.schema()}' order by ordinal_position"
        )
        assert [row[0] for row in shown] == [column["name"] for column in columns]
        assert ({str(row[0])[-1] for row in project.query(f"select decade from {MART}")} == {"-"}) == (
            RETYPED in columns
        )


def test_columns_that_a_view_needs_are_not_taken_from_it(project: Project, before: Standing) -> None:
    """PostgreSQL refuses to drop what a view hangs on: the release fails, and the mart shows what it showed."""
    project.engine.execute(f"create view by_job as select job, count(*) as persons from {MART} group by job")
    letter = {"name": "letter", "from": "name", "treat": ["pseudonymize"]}
    people_project(project, columns=[*COLUMNS, letter])
    assert_released(project.build(*ALONE), MART)
    assert project.query("select sum(persons) from by_job") == [(len(before.shown[MART]),)]
    before = standing(project, MART)
    people_project(project, columns=COLUMNS[:-1])
    outcome = project.build("--full-refresh", *ALONE)
    if project.engine.name == "postgres":
        assert_refused(project, outcome, MART, before)
        assert "by_job" in outcome.messages
        assert project.query("select sum(persons) from by_job") == [(len(before.shown[MART]),)]
        people_project(project)
    else:
        assert_released(outcome, MART)
    project.engine.execute("drop view by_job")
    assert_released(project.build("--full-refresh", *ALONE), MART)
