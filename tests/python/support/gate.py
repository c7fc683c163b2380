"""What must not have changed when a release was refused, and what must never be said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .engines import Rows
from .project import Outcome, Project

LOGS = ("releases_log", "release_items_log", "release_audits_log")


@dataclass(frozen=True)
class Standing:
    """What a warehouse shows and holds: each mart's rows, the private relations, the log's lengths, the keys taken."""

    shown: dict[str, Rows]
    private: list[str]
    logged: dict[str, int]


def standing(project: Project, *marts: str) -> Standing:
    shown = {mart: sorted(project.query(f"select * from {mart}"), key=str) for mart in marts}
    logged = {log: project.query(f"select count(*) from {project.private(log)}")[0][0] for log in LOGS}
    return Standing(shown, private_relations(project), logged)


def private_relations(project: Project) -> list[str]:
    """Releases, logs, and any stage or key that was left; on DuckDB a key would be in a database in memory."""
    schema = f"{project.engine.schema()}_tokumei"
    rows = project.query(
        "select table_name from information_schema.tables "
        f"where table_schema = '{schema}' or table_catalog = 'tokumei_keys' or table_name like 'tokumei\\_%' escape '\\'"
    )
    return sorted(row[0] for row in rows)


def keys_of(project: Project, invocations: int = 1) -> list[str]:
    """What happened to the keys of the last runs."""
    rows = project.query(f'select invocation_id, event from {project.private("keys_log")} order by "at"')
    last = list(dict.fromkeys(row[0] for row in rows))[-invocations:]
    return [event for invocation, event in rows if invocation in last]


def assert_refused(project: Project, outcome: Outcome, mart: str, before: Standing) -> None:
    """The mart was not released, nothing of the attempt is left, and everything is as it was."""
    assert not outcome.success and outcome.statuses[mart] == "error", outcome.statuses
    assert standing(project, *before.shown) == before
    taken = [event for event in keys_of(project) if event == "taken"]
    destroyed = [event for event in keys_of(project) if event == "destroyed"]
    assert len(taken) == len(destroyed) > 0


def found(outcome: Outcome, mart: str) -> set[tuple[str, str]]:
    """The audits that refused a mart, each with the column it names ('' for none) and a count of violations."""
    audits = set()
    for line in outcome.messages.splitlines():
        place, _, rest = line.strip().removeprefix("tokumei: ").partition(": ")
        refused, _, column = place.partition(".")
        if line.strip().startswith("tokumei: ") and refused == mart and " found " in rest:
            audit, count = rest.split(" found ")
            assert int(count.split(" violations")[0]) > 0
            assert f"see docs/audits/{audit}.md" in count
            audits.add((column, audit))
    return audits


def assert_silent(project: Project, outcome: Outcome, canaries: Iterable[str]) -> None:
    """No value of the data is in what dbt said, in its logs or in its artifacts."""
    assert (project.path / "logs" / "dbt.log").stat().st_size, (
        "a test that looks into logs needs a project that is logged"
    )
    texts = [outcome.messages]
    for folder in ("logs", "target"):
        for path in (project.path / folder).rglob("*"):
            if path.is_file():
                texts.append(path.read_bytes().decode("utf-8", "ignore"))
    everything = "\n".join(texts)
    assert not [canary for canary in canaries if canary in everything]


def assert_released(outcome: Outcome, *marts: str) -> None:
    """Everything succeeded, these marts included."""
    _, _, wrong = outcome.messages.partition("Error in model")
    assert outcome.success, wrong[:2000]
    assert {outcome.statuses.get(mart) for mart in marts} <= {"success"}
