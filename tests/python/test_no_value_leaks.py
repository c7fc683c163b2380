"""With every log at its most talkative, no value of a person is in a log, plan, artifact, statistic or WAL of a build.

What the source itself wrote is its owner's: it is loaded, frozen and checkpointed first, and its own files are left out.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg2
import pytest
from support import assurance
from support.engines import DuckDB, Engine, Postgres
from support.forked import Run, mark_places
from support.kills import Server, own_server
from support.people import CITIES, POLICY, write_csv
from support.project import Project, mart, personal
from test_no_key_leaks import BUILD, TALKATIVE

PERSONS = {
    "id": "linking_code",
    "name": "direct_identifier",
    "phone": "direct_identifier",
    "my_number": "identification_code",
    "birth": "quasi_identifier",
    "city": "quasi_identifier",
    "job": "attribute",
}
VISITS = {
    "id": "linking_code",
    "receipt": "linking_code",
    "day": "quasi_identifier",
    "goods": "quasi_identifier",
    "spent": "attribute",
}
# How every value of a person begins; what a mart shows of it, it shows in another form.
FORMS = {
    "subject": rb"Qz7[0-9a-f]{4}",
    "name": "隠密廻".encode(),
    "phone": rb"0809876\d",
    "my number": rb"98765432\d",
    "birth or day": rb"(19|20)\d\d/\d{1,2}/\d",
    "goods": rb"[ABC]-wk5",
    "rare job": "灯台守".encode(),
    "receipt": rb"Rz9[0-9a-f]{4}",
}


def persons(draw: random.Random) -> list[dict[str, str]]:
    return [
        {
            "id": f"Qz7{draw.getrandbits(100):025x}",
            "name": "隠密廻" + "".join(draw.choice("同心之助佐武平次") for _ in range(4)) + f"{number:04d}",
            "phone": f"0809876{number:04d}",
            "my_number": f"98765432{number:04d}",
            "birth": f"{draw.randrange(1950, 1999)}/{draw.randint(1, 12)}/{draw.randint(1, 28)}",
            "city": draw.choice(list(CITIES)),
            "job": "灯台守" if number < 2 else draw.choice(["会社員", "公務員"]),
        }
        for number in range(600)
    ]


def visits(draw: random.Random, of: list[dict[str, str]]) -> list[dict[str, str]]:
    return [
        {
            "id": person["id"],
            "receipt": f"Rz9{draw.getrandbits(100):025x}",
            "day": f"2025/{draw.randint(1, 12)}/{draw.randint(1, 28)}",
            "goods": f"{draw.choice('ABC')}-wk5{draw.getrandbits(60):015x}",
            "spent": str(draw.randrange(100, 9000)),
        }
        for person in of
        for _ in range(draw.randint(2, 5))
    ]


def write_project(project: Project, holder: Engine, **where: str) -> None:
    """Persons, and a mart of their visits that follows them: limited, numbered, with noise, so that all is staged."""
    draw = random.Random(11)
    people = persons(draw)
    for name, rows in {"people": people, "visits": visits(draw, people)}.items():
        types = {column: "integer" if column == "spent" else "text" for column in rows[0]}
        path = write_csv(project.path / f"{name}.csv", rows)
        holder.load_csv(name, path, types)
        path.unlink()
    source = personal("people", "id", PERSONS, holder.schema()) | where
    source["tables"] += personal("visits", "id", VISITS, holder.schema())["tables"]
    pseudonym = {"name": "pseudonym", "from": "id", "treat": ["pseudonymize"]}
    noise = {"distribution": "laplace", "scale": 200, "unit": 100, "declared_releases": 100, "per": "record"}
    prefecture = {"lookup": {"hierarchy": "cities", "to": "prefecture"}}
    models = [
        mart(
            "people_anonymized",
            "people",
            [
                pseudonym,
                {"name": "decade", "from": "birth", "treat": [{"truncate": "year"}, {"band": 10}]},
                {"name": "prefecture", "from": "city", "treat": [prefecture]},
                {"name": "job", "treat": [{"suppress_rare": {"below": 10, "replace_with": "その他"}}]},
            ],
            **POLICY,
        ),
        mart(
            "visits_anonymized",
            "visits",
            [
                pseudonym,
                {"name": "year", "from": "day", "treat": [{"truncate": "year"}]},
                {"name": "goods", "treat": [{"prefix": 1}]},
                {"name": "spent", "treat": [{"add_noise": noise}], "waive": {"no_rare_values": "a test"}},
            ],
            **(POLICY | {"k": 2, "max_suppression": 0.9}),
            members_of="people_anonymized",
            max_history=3,
            history={"known": 1, "among": 2, "at_most": 0.99},
        ),
    ]
    project.write("seeds/cities.csv", "value,prefecture\n" + "".join(f"{k},{v}\n" for k, v in CITIES.items()))
    project.write("models/marts.yml", {"sources": [source], "models": models})
    people_sql = "{{ tokumei.anonymize(source('raw', 'people'), hierarchies=[ref('cities')]) }}\n"
    project.write("models/people_anonymized.sql", people_sql)
    visits_sql = "{{ tokumei.anonymize(source('raw', 'visits'), members_of=ref('people_anonymized')) }}\n"
    project.write("models/visits_anonymized.sql", visits_sql)
    mark_places(project)
    assert project.dbt("parse").success


def found(places: Iterable[Path], but: Iterable[Path] = ()) -> set[tuple[str, str]]:
    """Which form of a value stands in which file."""
    left_out = {str(path) for path in but}
    hits = set()
    for place in places:
        for path in [place] if place.is_file() else place.rglob("*"):
            if path.is_file() and not path.is_symlink() and str(path) not in left_out:
                content = path.read_bytes()
                hits |= {(name, str(path)) for name, form in FORMS.items() if re.search(form, content)}
    return hits


def record(engine: str, hits: set[tuple[str, str]]) -> None:
    assurance.record(
        "test_no_value_leaks",
        part="leaks looked for",
        what="forms of what identifies somebody, in every file that a build writes",
        engine=engine,
        tried=len(FORMS),
        found=len({name for name, _ in hits}),
        note="none may be found",
    )


def test_the_search_finds_every_form(tmp_path: Path) -> None:
    draw = random.Random(11)
    rows = [persons(draw)[0]]
    (tmp_path / "values").write_text(str([rows, visits(draw, rows)]), encoding="utf-8")
    assert {name for name, _ in found([tmp_path])} == set(FORMS)


@pytest.fixture
def server() -> Iterator[Server]:
    with own_server(wal_recycle="off", default_statistics_target="10", **TALKATIVE) as made:
        yield made


def explain_everything(engine: Postgres) -> bool:
    """Let auto_explain log each plan, where the server has it."""
    with engine.connection() as cursor:
        try:
            cursor.execute("load 'auto_explain'")
        except psycopg2.Error:
            return False
        for name, value in {"log_min_duration": "0", "log_analyze": "on", "log_nested_statements": "on"}.items():
            cursor.execute(f"alter system set auto_explain.{name} = '{value}'")
        cursor.execute("alter system set session_preload_libraries = 'auto_explain'")
        cursor.execute("select pg_reload_conf()")
    return True


def files_of_source(engine: Postgres, data: Path) -> list[Path]:
    """The files of the source's tables and of what hangs on them."""
    paths = engine.query(
        "select pg_relation_filepath(file.oid) from pg_class as named inner join pg_class as file "
        "on file.oid in (named.oid, named.reltoastrelid) where named.relname in ('people', 'visits') and named.relkind = 'r'"
    )
    return [data / f"{path}{fork}" for (path,) in paths for fork in ("", "_fsm", "_vm")]


@pytest.mark.postgres
def test_nobody_is_in_what_a_build_writes_on_postgres(tmp_path: Path, server: Server) -> None:
    engine, data = server.engine("analytics"), server.folder
    explained = explain_everything(engine)
    project = Project(tmp_path / "consumer", engine, logged=True, quiet=False)
    write_project(project, engine)
    for name, columns in {"people": PERSONS, "visits": VISITS}.items():
        # Its own statistics are the source's: without them, ANALYZE has only the package's relations to write of.
        none = ", ".join(f'alter column "{column}" set statistics 0' for column in columns)
        engine.execute(f"alter table {name} {none}")
        engine.execute(f"vacuum (freeze, analyze) {name}")
    engine.execute("checkpoint")
    engine.execute("select pg_switch_wal()")
    ((begins,),) = engine.query("select pg_walfile_name(pg_current_wal_insert_lsn() + 1)")
    earlier = [path for path in (data / "pg_wal").iterdir() if path.name < begins]
    but = [*files_of_source(engine, data), *earlier]
    assert found([data]), "the source is nowhere: nothing would be found"
    assert not found([data], but), "something of the source is where only the build should write"

    with Run(project, BUILD, "candidate made") as run:
        run.stopped()
        engine.execute("analyze")
        engine.execute("vacuum")
        catalogs = ["pg_statistic", "pg_stats", "pg_stat_activity", "pg_stat_user_tables", "pg_class", "pg_description"]
        for catalog in catalogs:
            rows = str(engine.query(f"select cast(one as text) from {catalog} as one")).encode()
            assert not [name for name, form in FORMS.items() if re.search(form, rows)], catalog
        code, messages = run.go_on().end()
    assert code == 0, messages
    assert run.printed.stat().st_size > 10**5, "not all was said"
    engine.execute("checkpoint")
    engine.execute("select pg_switch_wal()")

    log = (data / "log").read_text(encoding="utf-8", errors="replace")
    assert "create unlogged table" in log and ":constvalue" in log
    assert not explained or "Query Text" in log
    assert len(engine.query("select 1 from visits_anonymized")) > 1000
    written = [path for path in (data / "pg_wal").iterdir() if path.name >= begins and path.is_file()]
    assert sum(path.read_bytes().count(b"\x00" * 8192) < 2000 for path in written) >= 1, "nothing was written ahead"
    record("postgres", hits := found([data, project.path], but))
    assert not hits


@pytest.mark.duckdb
def test_nobody_is_in_what_a_build_writes_on_duckdb(tmp_path: Path) -> None:
    """The source is in a file of its own: the warehouse never holds a value of it, not even when the run is killed."""
    holder = DuckDB(tmp_path / "source" / "raw.duckdb")
    engine = DuckDB(tmp_path / "warehouse" / "warehouse.duckdb")
    for one in (holder, engine):
        one.path.parent.mkdir()
    project = Project(tmp_path / "consumer", engine, logged=True, quiet=False)
    output = engine.output() | {
        "attach": [{"path": str(holder.path), "alias": "holder", "read_only": True}],
        "settings": {
            "enable_profiling": "json",
            "profiling_coverage": "ALL",
            "log_query_path": str(tmp_path / "warehouse" / "queries.sql"),
            "force_compression": "Uncompressed",
            # A profile prints the least and the greatest value that a join looked for: docs/releases.md says so.
            "disabled_optimizers": "join_filter_pushdown",
        },
    }
    project.write("profiles.yml", {"consumer": {"target": "test", "outputs": {"test": output}}})
    write_project(project, holder, database="holder")
    assert found([tmp_path / "source"])
    with Run(project, BUILD, "candidate made") as run:
        run.stopped().kill()
    assert not found([tmp_path / "warehouse", project.path])

    with Run(project, BUILD) as run:
        code, messages = run.end()
    assert code == 0, messages
    said = run.printed.read_text(encoding="utf-8")
    assert said.count('"physical_planner"') > 20, "no profiles were printed"
    assert len(engine.query("select 1 from visits_anonymized")) > 1000
    record("duckdb", hits := found([tmp_path / "warehouse", project.path]))
    assert not hits
