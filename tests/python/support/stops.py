"""Runs that stop at a chosen point of a build and wait there to be looked at, killed, or let go on."""

from __future__ import annotations

from subprocess import Popen

from .project import Project

MARK = "tokumei-test stops here: "
MATERIALIZATION = "macros/materializations/anonymized.sql"
STOPS = {
    "key taken": ("macros/hooks/begin_run.sql", "{%- do tokumei.withdraw_abandoned(dataset) -%}", "after"),
    "candidate made": (MATERIALIZATION, "{%- set scene = tokumei.gate_scene", "before"),
    "before the switch": (MATERIALIZATION, "{%- do tokumei.sql_lock_dataset(", "before"),
    "before the commit": (MATERIALIZATION, "{%- do adapter.commit() -%}", "before"),
    "after the commit": (MATERIALIZATION, "{%- do adapter.commit() -%}", "after"),
}
# What a run does while it is to wait: two minutes at most, so that nothing hangs.
PAUSE = {
    "duckdb": "select sum(hash(a.range + b.range)) from range(1000000) as a, range(100) as b",
    "postgres": "select pg_sleep(0.1) where exists (select 1 from {wanted})",
}


def stop_at(project: Project, stops: list[str]) -> None:
    """Install a package whose runs stop where a table says: not a variable, for which dbt would parse all anew."""
    wanted = f"{project.engine.schema()}.wanted_stop"
    project.engine.execute(f"create table {wanted} (stop text)")
    pause = PAUSE[project.engine.name].format(wanted=wanted)
    for stop in stops:
        file, text, place = STOPS[stop]
        wait = (
            f"{{%- if run_query(\"select 1 from {wanted} where stop = '{stop}'\").rows | length -%}}"
            f"{{%- do log('{MARK}{stop}', info=true) -%}}"
            f'{{%- for turn in range(1200) -%}}{{%- do run_query("{pause}") -%}}{{%- endfor -%}}{{%- endif -%}}'
        )
        project.mutate(file, text, text + wait if place == "after" else wait + text)


def start(project: Project, stop: str, *arguments: str) -> Popen[str]:
    """A run in a process of its own, that has come to the stop."""
    project.engine.execute(f"insert into wanted_stop values ('{stop}')")
    process = project.dbt_process("build", *arguments)
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if MARK in line:
            return process
    raise AssertionError("the run never came to its stop:\n" + "".join(said))


def go_on(project: Project) -> None:
    """Nothing stops any more; on PostgreSQL what waits goes on."""
    project.engine.execute("delete from wanted_stop")


def kill(project: Project, process: Popen[str]) -> None:
    """SIGKILL: no hook runs, nothing is cleared up."""
    process.kill()
    process.communicate()
    go_on(project)


def build(project: Project, *arguments: str) -> str:
    """In a process of its own, because this one would go on holding a DuckDB file; gives what it said."""
    process = project.dbt_process("build", *arguments)
    said = process.communicate(timeout=120)[0]
    assert process.returncode == 0, said
    return said
