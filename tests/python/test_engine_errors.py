"""Whatever an engine refuses in a build, and wherever: no value is in what dbt says, in its log, its artifacts or the
server's log.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ENGINES, make_engine
from support.assurance import record
from support.engines import Engine, Postgres
from support.project import Outcome, Project, mart

# In a text that is no number, no date and no pattern; in a number that is too large; in a name.
TEXT, NUMBER, PERSON = "(kanari-灯台守-7", "98765432101", "隠密廻同心-4711"
DEBUGGING = "tokumei: dbt writes down what the engine says of a statement that fails"
REFUSED = "the engine refused a statement; its own message may quote data and is not shown; see docs/engine_errors.md"
# Connections, transactions, privileges, syntax, resources, state: what PostgreSQL says of these names no value.
TOLD = ["08006", "0A000", "25006", "28000", "2BP01", "40001", "42501", "53100", "54000", "55P03", "57P05", "58030"]
UNTOLD = ["22P02", "22012", "23505", "23514", "P0001", "P0004", "XX000", "2200F", "21000", "44000"]
CANARIES = [TEXT, TEXT[1:], NUMBER, PERSON]
COLUMNS = ["id", "name", "city", "spare"]
BROKEN = {
    "duckdb": {
        "own": "case when secret like '(%' then error('the row of ' || name) else '1' end",
        "pattern": "cast(regexp_matches('1', secret) as text)",
        "structure": "cast(json(secret) as text)",
        "calendar": "cast(strptime(secret, '%Y') as text)",
    },
    "postgres": {
        "own": "tell(name, secret)",
        "pattern": "cast('1' ~ secret as text)",
        "structure": "cast(cast(secret as json) as text)",
        "calendar": "cast(cast(secret as interval) as text)",
        "division": "cast(1 / (length(secret) - 13) as text)",
        "asserted": "asserted(secret)",
    },
}
EVERYWHERE = {
    "number": "cast(cast(secret as integer) as text)",
    "date": "cast(cast(secret as date) as text)",
    "range": "cast(cast(digits as smallint) as text)",
}
FUNCTIONS = """
create function tell(name text, secret text) returns text language plpgsql as
$$ begin if secret like '(%' then raise exception 'the row of %', name using detail = secret, hint = name; end if; return '1'; end $$;
create function asserted(secret text) returns text language plpgsql as
$$ begin assert secret not like '(%', secret; return '1'; end $$
"""


def load(engine: Engine) -> list[str]:
    """A table, and views of it that break at one row: in a column that is shown, and in one that only audits read."""
    rows = [f"({n}, 'person {n} of many', '1', '1')" for n in range(40)]
    rows.append(f"(40, '{PERSON}', '{TEXT}', '{NUMBER}')")
    engine.execute("create table people (id integer, name text, secret text, digits text)")
    engine.execute(f"insert into people values {', '.join(rows)}")
    if isinstance(engine, Postgres):
        engine.execute(FUNCTIONS)
    views = []
    for name, broken in (EVERYWHERE | BROKEN[engine.name]).items():
        for place, columns in {"shown": (broken, "'1'"), "unshown": ("'1'", broken)}.items():
            views.append(f"{name}_{place}")
            engine.execute(
                f"create view {name}_{place} as select id, name, {columns[0]} as city, {columns[1]} as spare from people"
            )
    engine.execute("create view whole as select id, name, '1' as city, secret as spare from people")
    broken = EVERYWHERE["number"]
    engine.execute(f"create view broken_tree as select {broken} as value, 'one' as above from people")
    engine.execute("create view two_parents as select '1' as value, secret as above from people")
    engine.execute(f"create view broken_list as select id from people where {broken} = '1'")
    return views


def policy(name: str, columns: list[dict[str, Any]] | None = None, **changes: Any) -> dict[str, Any]:
    limits = {"dataset": name, "k": 2, "k_reason": "a test", "max_suppression": 0.5} | changes
    return mart(f"{name}_mart", name, columns or [{"name": "city", "treat": ["keep"]}], **limits)


def write(project: Project, views: list[str]) -> None:
    """A mart of each view; of the whole one, marts whose hierarchy or list breaks, and one with a contract."""
    is_ = dict(
        zip(COLUMNS, ["linking_code", "direct_identifier", "quasi_identifier", "direct_identifier"], strict=True)
    )
    tables: list[dict[str, Any]] = [
        {
            "name": view,
            "config": {"meta": {"tokumei": {"subject": "id"}}},
            "columns": [{"name": c, "config": {"meta": {"tokumei": {"is": i}}}} for c, i in is_.items()],
        }
        for view in [*views, "whole"]
    ]
    tables += [{"name": name} for name in ("broken_tree", "two_parents", "broken_list")]
    models = {f"{view}_mart": (policy(view), f"source('raw', '{view}')") for view in views}
    for tree in ("broken_tree", "two_parents"):
        lookup = [{"name": "city", "treat": [{"lookup": {"hierarchy": tree, "to": "above"}}]}]
        models[f"{tree}_mart"] = (
            policy(tree, lookup),
            f"source('raw', 'whole'), hierarchies=[source('raw', '{tree}')]",
        )
    listed = policy("broken_list", where=[{"subjects_in": "broken_list"}])
    models["broken_list_mart"] = (listed, "source('raw', 'whole'), lists=[source('raw', 'broken_list')]")
    whole = policy("whole")
    whole["config"] |= {"contract": {"enforced": True}}
    whole["columns"][0] |= {"data_type": "text"}
    audits = ["no_direct_identifiers", "k_anonymous", "no_rare_values"]
    whole["data_tests"] = [{f"tokumei.{audit}": {"config": {"store_failures": True}}} for audit in audits]
    models["whole_mart"] = (whole, "source('raw', 'whole')")
    project.write(
        "models/marts.yml",
        {
            "sources": [{"name": "raw", "schema": project.engine.schema(), "tables": tables}],
            "models": [declared for declared, _ in models.values()],
        },
    )
    for name, (_, arguments) in models.items():
        project.write(f"models/{name}.sql", f"{{{{ tokumei.anonymize({arguments}) }}}}\n")


def forms(canary: str) -> set[bytes]:
    """A value as a log, JSON, Python or a dump of bytes may write it."""
    plain = canary.encode()
    escaped = json.dumps(canary)[1:-1].encode()
    return {
        plain,
        escaped,
        ascii(canary)[1:-1].encode(),
        repr(plain)[2:-1].encode(),
        plain.hex().encode(),
        base64.b64encode(plain),
    }


def quoted(texts: dict[str, bytes]) -> list[tuple[str, str]]:
    return sorted(
        {
            (place, canary)
            for place, text in texts.items()
            for canary in CANARIES
            for form in forms(canary)
            if form in text
        }
    )


def written(project: Project, said: str) -> dict[str, bytes]:
    texts = {"said": said.encode()}
    for folder in ("logs", "target"):
        for path in (project.path / folder).rglob("*"):
            if path.is_file():
                texts[f"{folder}/{path.name}"] = path.read_bytes()
    assert {"logs/dbt.log", "target/run_results.json", "target/manifest.json"} <= set(texts)
    return texts


def run(project: Project, capfd: pytest.CaptureFixture[str], *command: str) -> tuple[Outcome, dict[str, bytes]]:
    """What a run came to, and all that is left of it. On DuckDB, where dbt notes each error of the engine for debugging
    (docs/engine_errors.md), debugging is not written down: the project's flags say so.
    """
    log = server_log(project.engine)
    before = log.stat().st_size if log else 0
    capfd.readouterr()
    quiet = project.engine.name == "duckdb"
    outcome = project.dbt(*command)
    assert DEBUGGING not in outcome.messages
    printed = "".join(capfd.readouterr())
    assert "Error in model" in printed or "Failure in test" in printed
    texts = written(project, printed if quiet else printed + outcome.messages)
    if log:
        texts["server"] = log.read_bytes()[before:]
    return outcome, texts


def server_log(engine: Engine) -> Path | None:
    if isinstance(engine, Postgres) and (Path(engine.connect["host"]) / "log").is_file():
        return Path(engine.connect["host"]) / "log"
    return None


@pytest.fixture(scope="module", params=ENGINES)
def broken(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Project, list[str]]]:
    folder = tmp_path_factory.mktemp("errors")
    engine = make_engine(request, request.param, folder)
    project = Project(folder / "consumer", engine, logged=True)
    settings = yaml.safe_load((project.path / "dbt_project.yml").read_text(encoding="utf-8"))
    settings["flags"]["log_level_file"] = "info" if engine.name == "duckdb" else "debug"
    project.write("dbt_project.yml", settings)
    views = load(engine)
    write(project, views)
    yield project, views
    engine.stop()


def test_canaries_would_be_found(broken: tuple[Project, list[str]]) -> None:
    """The engine itself does quote them."""
    project, views = broken
    said = {}
    for view in views:
        with pytest.raises(Exception) as refused:
            project.query(f"select count(city), count(spare), min(city || spare) from {view}")
        said[view] = str(refused.value).encode()
    places = {place.rsplit("_", 1)[0] for place, _ in quoted(said)}
    assert places >= {"own", "number", "range"} and len(places) >= 5, places


def test_no_engine_error_quotes_data(broken: tuple[Project, list[str]], capfd: pytest.CaptureFixture[str]) -> None:
    project, views = broken
    outcome, texts = run(project, capfd, "build", "--exclude", "package:tokumei")
    for name in [*views, "broken_tree", "broken_list"]:
        assert outcome.statuses[f"{name}_mart"] == "error", name
        assert f"tokumei: {name}_mart: {REFUSED}" in outcome.messages, name
    assert "tokumei: two_parents_mart.city: the hierarchy two_parents lacks" in outcome.messages
    assert outcome.statuses["whole_mart"] == "success"
    shown = (project.path / "target/run/consumer/models/whole_mart.sql").read_text(encoding="utf-8")
    assert shown.startswith("create table") and "create table" not in shown[1:]
    assert "server" not in texts or b"the engine refused a statement" in texts["server"]
    assert not quoted(texts)
    record(
        "test_engine_errors",
        part="errors quote no data",
        what="kinds of engine error, in a column shown and in one only audits read; hierarchies and lists",
        engine=project.engine.name,
        tried=len(views) + 3,
        found=0,
        note="found: values in the output, logs, artifacts and PostgreSQL's log",
    )


def test_stored_failures_hold_no_value(broken: tuple[Project, list[str]], capfd: pytest.CaptureFixture[str]) -> None:
    """Somebody writes a person into the release: the tests fail, and keep what they found."""
    project, _ = broken
    ((release,),) = project.query(f"select release_relation from {project.private('releases_log')}")
    project.engine.execute(f"insert into {release.split('.', 1)[1]} values ('{TEXT}', 'token')")
    outcome, texts = run(project, capfd, "test", "--select", "whole_mart")
    assert not outcome.success
    stored = f"{project.engine.schema()}_dbt_test__audit"
    tables = project.query(f"select table_name from information_schema.tables where table_schema = '{stored}'")
    kept = {name: project.query(f'select * from "{stored}"."{name}"') for (name,) in tables}
    assert any(kept.values())
    assert not quoted(texts | {"stored": str(kept).encode()})


def test_an_answer_without_columns_is_no_answer(broken: tuple[Project, list[str]]) -> None:
    """It would read as "no violations"."""
    project, _ = broken
    if project.engine.name == "duckdb":
        pytest.skip("DuckDB answers every statement with columns")
    made = "create temporary table nothing (a integer)"
    project.write("macros/ask.sql", "{% macro ask(sql) %}{% do tokumei.answer_of(sql) %}{% endmacro %}\n")
    assert project.dbt("run-operation", "ask", "--args", "{sql: (select 1 as a)}").success
    refused = project.dbt("run-operation", "ask", "--args", f"{{sql: {made}}}")
    assert not refused.success and "the engine refused a statement" in refused.messages


def test_which_errors_of_the_server_are_told(broken: tuple[Project, list[str]]) -> None:
    project, _ = broken
    if project.engine.name == "duckdb":
        pytest.skip("DuckDB has no classes of errors")
    raising = "do $$ begin raise exception '%%-%%', 'kanari', 4711 using errcode = '%s'; end $$"
    asking = '{{% macro raise_{0}() %}}{{% do tokumei.run_statement("{1}") %}}{{% endmacro %}}\n'
    project.write("macros/raise.sql", "".join(asking.format(code, raising % code) for code in TOLD + UNTOLD))
    for code in TOLD + UNTOLD:
        refused = project.dbt("run-operation", f"raise_{code}")
        assert not refused.success
        if code in TOLD:
            assert "tokumei: the engine refused a statement: kanari-4711" in refused.messages, code
        else:
            assert f": {REFUSED}; got SQLSTATE {code}" in refused.messages, code
            assert "kanari-4711" not in refused.messages, code


def test_a_run_says_that_debugging_would_quote_data(broken: tuple[Project, list[str]]) -> None:
    """dbt-duckdb writes the engine's message into dbt.log; PostgreSQL's is caught in the server."""
    project, _ = broken
    log = project.path / "logs/dbt.log"
    before = log.stat().st_size
    outcome = project.dbt("run", "--select", "number_shown_mart", "--log-level-file", "debug")
    assert outcome.statuses["number_shown_mart"] == "error"
    kept = {place for place, _ in quoted({"log": log.read_bytes()[before:]})}
    assert (DEBUGGING in outcome.messages, bool(kept)) == 2 * (project.engine.name == "duckdb",)
