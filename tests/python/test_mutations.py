"""Each audit stops a release when the stage that normally prevents the harm is weakened, on every engine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from support import assurance
from support.engines import Engine
from support.gate import assert_refused, assert_released, assert_silent, found, standing
from support.people import CLASSIFIED, COLUMNS, TYPES, people, people_project
from support.project import Project

MART = "people_anonymized"
MORE = {"visited": "attribute", "spent": "attribute", "post": "attribute"}
MORE_TYPES = {"visited": "date", "spent": "integer", "post": "text"}
MORE_COLUMNS: list[dict[str, Any]] = [
    {"name": "visited", "treat": [{"truncate": "month"}]},
    {"name": "spent", "treat": [{"round": 100}, {"top_code": 1000}]},
    {"name": "post", "treat": [{"prefix": 3}]},
    {"name": "letter", "from": "name", "treat": [{"pseudonymize": {"bits": 128}}]},
]


class Mutation(NamedTuple):
    """A text of the package that becomes another, and where which audit must notice it."""

    file: str
    old: str
    new: str
    found: set[tuple[str, str]]


BOUNDS = "within_bounds"
CLASSES = Mutation("macros/anonymize/stage_kept.sql", ">= {{ policy['k'] }}", ">= 1", {("", "k_anonymous")})
# Mutations that are noticed apart from each other are made together: a build costs seconds.
ROUNDS: dict[str, list[Mutation]] = {
    "steps_that_do_nothing": [
        Mutation(
            "macros/treatments/step_truncate.sql",
            "tokumei.sql_date_floor(unit, tokumei._as_date(value))",
            "tokumei._as_date(value)",
            {("visited", BOUNDS)},
        ),
        Mutation(
            "macros/treatments/step_bottom_code.sql",
            "tokumei._bound(value, arguments, '<=')",
            "value",
            {("decade", BOUNDS)},
        ),
        Mutation(
            "macros/treatments/step_round.sql",
            "tokumei._on_grid(value, arguments['unit'], nearest=true)",
            "value",
            {("spent", BOUNDS), ("spent", "no_rare_values")},
        ),
        Mutation(
            "macros/treatments/step_prefix.sql",
            "arguments['characters']",
            "99",
            {("post", BOUNDS), ("post", "no_rare_values")},
        ),
        Mutation("macros/treatments/step_lookup.sql", ".label'", ".label || chr(33)'", {("prefecture", BOUNDS)}),
        Mutation(
            "macros/anonymize/stage_pool.sql",
            "hidden.pooled > 0",
            "hidden.pooled > 999",
            {("job", "no_rare_values")},
        ),
        CLASSES,
    ],
    "pseudonyms_cut_short": [
        Mutation(
            "macros/keys/keyed_hash.sql",
            "{{- return(tokumei.sql_hmac_sha256(",
            "{{- return('substr(' ~ tokumei.sql_hmac_sha256(message | join(' || '), tokumei._key_block("
            "policy['dataset'], 'inner_block'), tokumei._key_block(policy['dataset'], 'outer_block')) ~ ', 1, 8)') -}}"
            "{{- return(tokumei.sql_hmac_sha256(",
            {("pseudonym", "pseudonyms_sound"), ("letter", "pseudonyms_sound")},
        ),
        Mutation(
            "macros/treatments/step_top_code.sql",
            "tokumei._bound(value, arguments, '>=')",
            "value",
            {("spent", BOUNDS)},
        ),
        Mutation(
            "macros/audits/gate_scene.sql",
            "'fingerprint': tokumei.fingerprint(policy)",
            "'fingerprint': 'another'",
            {("", "policy_current")},
        ),
    ],
    "pseudonyms_shared": [
        Mutation(
            "macros/keys/keyed_hash.sql",
            "{%- set message = [",
            "{%- set parts = [\"'1'\"] -%}{%- set message = [",
            {("pseudonym", "pseudonyms_sound")},
        ),
        Mutation(
            "macros/anonymize/stage_kept.sql",
            ".changed then ",
            ".changed and false then ",
            {("job", "no_rare_values")},
        ),
    ],
    "pseudonyms_missing": [
        Mutation(
            "macros/anonymize/stage_final.sql",
            "tokumei._token_of(policy, at, unique) ~ ' as ' ~ name",
            "\"case when treated.sex <> 'F' then \" ~ tokumei._token_of(policy, at, unique) ~ ' end as ' ~ name",
            {("pseudonym", "pseudonyms_sound")},
        ),
        CLASSES._replace(new=">= 3 * {{ policy['k'] }}", found={("", "suppression_within_limit")}),
    ],
    "a_release_of_more": [
        Mutation(
            "macros/anonymize/stage_final.sql",
            "{{ tokumei._lines(columns) }}",
            "{{ tokumei._lines(columns) }}, treated.tokumei_subject as subject",
            {("", "only_declared_columns")},
        ),
        Mutation("macros/releases/switch_mart.sql", "else label ~ ", "else 'data' ~ ", {("", "labelled")}),
    ],
    "a_mart_of_more": [
        Mutation(
            "macros/releases/switch_mart.sql",
            "~ tokumei._lines(names) ~",
            "~ tokumei._lines(names) ~ ', 1 as more' ~",
            {("", "only_declared_columns")},
        ),
        Mutation(
            "macros/releases/switch_mart.sql",
            "'匿名加工情報: ' ~ item",
            "item",
            {(column["name"], "labelled") for column in [*COLUMNS, *MORE_COLUMNS]},
        ),
    ],
}


@pytest.fixture(scope="module")
def released(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A mart released once by the package as it is; every test leaves it so."""
    project = Project(tmp_path_factory.mktemp("mutated"), lasting_engine, logged=True, views=False)
    people_project(
        project,
        rows=visitors(),
        columns=[*COLUMNS, *MORE_COLUMNS],
        types=TYPES | MORE_TYPES,
        classified=CLASSIFIED | MORE,
    )
    assert_released(project.build(), MART)
    yield project
    assert_passes_again(project)


def visitors() -> list[dict[str, Any]]:
    """The persons of support/people.py, with a visit, a sum spent and a postal code."""
    return [
        row
        | {
            "visited": f"2025-{row['id'] % 12 + 1:02d}-{row['id'] % 28 + 1:02d}",
            "spent": row["id"] * 37 % 1303,
            "post": f"{100 + row['id'] % 9}{row['id']:04d}",
        }
        for row in people()
    ]


def weaken(project: Project, *mutations: Mutation) -> None:
    shutil.rmtree(project.path / "mutated", ignore_errors=True)
    for mutation in mutations:
        project.mutate(mutation.file, mutation.old, mutation.new)


def assert_passes_again(project: Project) -> None:
    before = standing(project, MART)
    project.install(project.base)
    assert_released(project.build(), MART)
    assert standing(project, MART).logged["releases_log"] == before.logged["releases_log"] + 1


@pytest.mark.parametrize("name", ROUNDS)
def test_weakened_stages_are_noticed(released: Project, name: str) -> None:
    before = standing(released, MART)
    weaken(released, *ROUNDS[name])
    outcome = released.build()
    assert_refused(released, outcome, MART, before)
    noticed, meant = found(outcome, MART), set().union(*(mutation.found for mutation in ROUNDS[name]))
    assurance.record(
        "test_mutations",
        part="treatments weakened, and noticed by the gate",
        what=name.replace("_", " "),
        engine=released.engine.name,
        tried=len(meant),
        found=len(noticed & meant),
        false_alarms=len(noticed - meant),
    )
    assert noticed == meant
    canaries = [row[name] for row in visitors()[:50] for name in ("name", "phone", "post")] + ["灯台守", "宮大工"]
    assert_silent(released, outcome, canaries)


CONSTANT = {"duckdb": "unhex(repeat('00', 32))", "postgres": "decode(repeat('00', 32), 'hex')"}


def test_a_key_used_twice_is_noticed(released: Project) -> None:
    constant = CONSTANT[released.engine.name]
    weaken(released, Mutation("macros/sql/sql_take_key.sql", "tokumei.sql_new_secret()", f'"{constant}"', set()))
    assert released.build().success, "the first release under a key is sound"
    before = standing(released, MART)
    outcome = released.build()
    assert_refused(released, outcome, MART, before)
    assert found(outcome, MART) == {("pseudonym", "pseudonyms_sound"), ("letter", "pseudonyms_sound")}
