"""No run uses another's key: not by a part of a dataset, a full refresh, another target, nor in one process."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from conftest import make_engine
from support.cases import errors
from support.forked import Run, mark_places
from support.gate import assert_released, keys_of
from support.people import COLUMNS, POLICY, people, people_project
from support.project import Project, mart
from support.waiting import wait_until

VIEWS = True

MARTS = ("people_anonymized", "jobs_anonymized", "apart_anonymized")
PSEUDONYM = COLUMNS[0]
SEX = {"name": "sex", "treat": ["keep"]}
SAFE = {"name": "job", "treat": [{"suppress_rare": {"below": 10}}]}
BARE = {"name": "job", "treat": ["keep"]}
PARTIAL = ("--vars", "{tokumei_partial_datasets: true}")
TESTS = ["dataset_consistent", "keys_destroyed"]


def write_three(project: Project, job: dict[str, Any]) -> None:
    """A dataset of three marts: people, their jobs that follow them, and people under pseudonyms of their own."""
    people_project(project, people(300), [PSEUDONYM, SEX])
    given = {
        "jobs_anonymized": mart(
            "jobs_anonymized", "people", [PSEUDONYM, job], **POLICY, members_of="people_anonymized"
        ),
        "apart_anonymized": mart("apart_anonymized", "people", [PSEUDONYM, SEX], **POLICY, scope="own"),
    }
    for name, model in given.items():
        follows = ", members_of=ref('people_anonymized')" if name == "jobs_anonymized" else ""
        project.write(f"models/{name}.sql", f"{{{{ tokumei.anonymize(source('raw', 'people'){follows}) }}}}\n")
        project.write(f"models/{name}.yml", {"models": [model]})
    for path in (project.path / "models").glob("*.yml"):
        models = yaml.safe_load(path.read_text(encoding="utf-8"))
        for model in models["models"]:
            model["data_tests"] = [f"tokumei.{audit}" for audit in TESTS]
        project.write(f"models/{path.name}", models)


def shown(project: Project) -> dict[str, set[str]]:
    return {name: {who for (who,) in project.query(f"select pseudonym from {name}")} for name in MARTS}


def failing(project: Project) -> set[str]:
    """The data tests that fail."""
    statuses = project.dbt("test").statuses
    assert len([name for name in statuses if name.startswith("tokumei_")]) == len(TESTS) * len(MARTS)
    return {name.removeprefix("tokumei_").strip("_") for name, status in statuses.items() if status == "fail"}


def said_of_refusal(project: Project, *command: str) -> list[str]:
    outcome = project.dbt(*command)
    assert not outcome.success
    return sorted(errors(outcome))


def under(project: Project, options: tuple[str, ...]) -> Project:
    """The same, with a folder of its own for what is parsed under these variables: else each change parses all anew."""
    other = copy.copy(project)
    other.target = f"target_{hashlib.sha256(str(options).encode()).hexdigest()[:8]}" if options else project.target
    return other


def test_each_run_has_a_key_of_its_own_whatever_it_selects(project: Project) -> None:
    """All in one process, as an orchestrator does with dbtRunner."""
    write_three(project, SAFE)
    assert_released(project.build(), *MARTS)
    seen = [shown(project)]
    assert seen[0]["people_anonymized"] == seen[0]["jobs_anonymized"]
    assert_released(project.dbt("run", "--full-refresh"), *MARTS)
    seen.append(shown(project))
    assert failing(project) == set()

    # A part of a dataset is refused, and takes no key; a text does not open it.
    keys = keys_of(project, invocations=100)
    for options in ((), ("--vars", '{tokumei_partial_datasets: "true"}')):
        refused = said_of_refusal(under(project, options), "run", "--select", "people_anonymized", *options)
        assert len(refused) == 1 and "a dataset is released as a whole; got a selection without " in refused[0]
    assert keys_of(project, invocations=100) == keys

    # Opted for, it is released alone; but nobody follows a mart of another run.
    opted = under(project, PARTIAL)
    refused = said_of_refusal(opted, "run", "--select", "jobs_anonymized", *PARTIAL)
    assert len(refused) == 1 and "jobs_anonymized: it follows what this run leaves as it is" in refused[0], refused
    assert "got a selection without people_anonymized; allowed: " in refused[0]
    assert shown(project) == seen[1]
    assert_released(opted.dbt("run", "--select", "people_anonymized", *PARTIAL), "people_anonymized")
    seen.append(shown(project))
    assert {name for name in MARTS if seen[2][name] != seen[1][name]} == {"people_anonymized"}
    assert failing(project) == {f"dataset_consistent_{name}" for name in MARTS}

    # A part that was not made in full is taken back all the same.
    write_three(project, BARE)
    refused = said_of_refusal(opted, "run", "--select", "people_anonymized", "jobs_anonymized", *PARTIAL)
    assert [line for line in refused if "jobs_anonymized.job: no_rare_values" in line], refused
    assert shown(project) == seen[2]

    write_three(project, SAFE)
    assert_released(project.build(), *MARTS)
    seen.append(shown(project))
    assert failing(project) == set()
    assert (
        [*keys_of(project, invocations=100)].count("taken") == keys_of(project, invocations=100).count("destroyed") == 6
    )
    alone = [one["people_anonymized"] for one in seen]
    assert sum(map(len, alone)) == len(set().union(*alone))
    assert all(not one["apart_anonymized"] & one["people_anonymized"] for one in seen)
    logged = (
        "select release_no, left_out, withdrawn_at is null from releases where mart = 'people_anonymized' order by 1"
    )
    others = "apart_anonymized, jobs_anonymized"
    assert project.query(logged) == [
        (1, None, True),
        (2, None, True),
        (3, others, True),
        (4, "apart_anonymized", False),
        (5, None, True),
    ]


def test_a_key_that_is_left_and_a_destruction_that_is_not_recorded_are_noticed(project: Project) -> None:
    """Three datasets of a mart each: of one the key stays, of one nobody writes down that it went, one is as it should be."""
    people_project(project, people(300), [PSEUDONYM, SEX])
    declared = yaml.safe_load((project.path / "models/people.yml").read_text(encoding="utf-8"))
    names = {"left_anonymized": "left", "unsaid_anonymized": "unsaid", "people_anonymized": "people"}
    declared["models"] = [
        mart(name, "people", [PSEUDONYM, SEX], **POLICY | {"dataset": dataset}) for name, dataset in names.items()
    ]
    for model in declared["models"]:
        model["data_tests"] = [f"tokumei.{audit}" for audit in TESTS]
        project.write(f"models/{model['name']}.sql", "{{ tokumei.anonymize(source('raw', 'people')) }}\n")
    project.write("models/people.yml", declared)
    acts = ["{%- do tokumei.sql_destroy_key(dataset) -%}", "{%- do tokumei.log_keys_destroyed(dataset) -%}"]
    for act, dataset in zip(acts, ["left", "unsaid"], strict=True):
        project.mutate("macros/hooks/end_run.sql", act, f"{{%- if dataset != '{dataset}' -%}}{act}{{%- endif -%}}")
    assert_released(project.build("--exclude-resource-type", "test"), *names)
    noticed = failing(project)
    # On DuckDB the key is gone with the connection that held it.
    assert noticed - {"keys_destroyed_left_anonymized"} == {"keys_destroyed_unsaid_anonymized"}
    assert project.engine.name == "duckdb" or "keys_destroyed_left_anonymized" in noticed
    project.install(project.base)
    assert_released(project.dbt("run"), *names)
    assert failing(project) == set()


@pytest.fixture(scope="module", params=[pytest.param("postgres", marks=pytest.mark.postgres)])
def targets(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Project]]:
    """One project, run against two schemas of one database."""
    folder = tmp_path_factory.mktemp("targets")
    engine = make_engine(request, request.param, folder)
    projects = [Project(folder / name, engine) for name in ("one", "two")]
    for project in projects:
        people_project(project, people(300), [PSEUDONYM, SEX])
    mark_places(projects[0])
    other = engine.output() | {"schema": f"{engine.schema()}_two"}
    projects[1].write("profiles.yml", {"consumer": {"target": "test", "outputs": {"test": other}}})
    for project in projects:
        assert project.dbt("seed", "--select", "cities").success
    yield projects
    engine.execute(f'drop schema if exists "{engine.schema()}_two" cascade')
    engine.execute(f'drop schema if exists "{engine.schema()}_two_tokumei" cascade')
    engine.stop()


MART = "people_anonymized"
RUN = ("run", "--select", MART)


def pseudonyms(project: Project, schema: str) -> set[str]:
    return {who for (who,) in project.query(f'select pseudonym from "{schema}".{MART}')}


def test_two_targets_at_once_have_keys_of_their_own(targets: list[Project]) -> None:
    one, two = targets
    schema = one.engine.schema()
    with Run(one, RUN, "candidate made") as first:
        first.stopped()
        assert_released(two.dbt(*RUN), MART)
        code, said = first.go_on().end()
    assert code == 0, said
    here, there = pseudonyms(one, schema), pseudonyms(one, f"{schema}_two")
    assert len(here) == len(there) > 280
    assert not here & there
    stores = "select count(*) from pg_class where relname like 'release\\_key\\_%' and relnamespace in ({}, {})"
    spaces = [f"to_regnamespace('{name}_tokumei')" for name in (schema, f"{schema}_two")]
    assert one.query(stores.format(*spaces)) == [(0,)]


def test_two_targets_that_share_a_private_schema_do_not_share_a_key(targets: list[Project]) -> None:
    one, two = targets
    schema = one.engine.schema()
    one.engine.execute(
        f'drop schema if exists "{schema}_tokumei" cascade; drop schema if exists "{schema}_two_tokumei" cascade'
    )
    for project in targets:
        given = yaml.safe_load((project.path / "dbt_project.yml").read_text(encoding="utf-8"))
        project.write("dbt_project.yml", given | {"vars": {"tokumei_private_schema": f"{schema}_tokumei"}})
        assert project.dbt("parse").success
    with Run(one, RUN, "before the switch") as first:
        first.stopped()
        with Run(two, RUN) as second:
            wait_until(lambda: one.query(f"select count(*) from {one.private('releases_log')}") == [(1,)])
            # The newer run waits for it before it drops the key.
            said = first.go_on().end(), second.end()
    assert [code for code, _ in said] == [1, 0], said
    assert "another run of the dataset took over" in said[0][1], said
    assert not one.query(f"select 1 from pg_views where schemaname = '{schema}' and viewname = '{MART}'")
    there = pseudonyms(one, f"{schema}_two")

    # From now on the other's releases stand there, and are neither dropped nor taken back by this target.
    refused = said_of_refusal(one, *RUN)
    assert len([line for line in refused if "two targets share a private schema" in line]) >= 1, refused
    assert pseudonyms(one, f"{schema}_two") == there
    assert_released(two.dbt(*RUN), MART)
