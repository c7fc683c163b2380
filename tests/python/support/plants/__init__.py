"""Marts, and for each audit of the gate what is planted in a release of theirs and what of it must be found.

Each number is worked out by hand or by a plain recount; on both sides of every threshold stands a case."""

from __future__ import annotations

from collections.abc import Callable

from ..findings import Case, relation
from ..project import Project
from .draws import drawn, mixed
from .formats import forms
from .groups import classes, guarded
from .identifiers import identifiers
from .logs import KEYS, LOGGED, logged, losses
from .marts import write
from .recoding import recoded
from .records import crowd_of_many, histories
from .tokens import pseudonyms
from .values import rare
from .views import VIEWS, shown

__all__ = ["ALL", "plant", "write"]

ALL: list[Callable[[], list[Case]]] = [losses, logged, pseudonyms, classes, guarded, rare, forms, recoded]
ALL += [histories, drawn, mixed, shown, identifiers]


def plant(project: Project) -> None:
    """The logs, and the views with their comments; after `begin_logs`."""
    place = {log: project.private(log) for log in ("releases_log", "withdrawals_log", "keys_log")}
    made = [f"('{mart} {no}', '{dataset}', '{mart}', {no}, '{run}')" for dataset, mart, no, run, _ in LOGGED]
    gone = [f"('{mart} {no}', '{dataset}', '{mart}')" for dataset, mart, no, _, back in LOGGED if back]
    keys = [f"('{dataset}', '{run}', '{event}')" for dataset, run, event in KEYS]
    many = relation([{"who": who, "q": q} for who, q in crowd_of_many()], {"who": "text", "q": "text"})
    for statement in [
        f"create table many as select * from {many} as one",
        "analyze many",
        *VIEWS,
        f"insert into {place['releases_log']} (release_id, dataset, mart, release_no, invocation_id) values {', '.join(made)}",
        f"insert into {place['withdrawals_log']} (release_id, dataset, mart) values {', '.join(gone)}",
        f"insert into {place['keys_log']} (dataset, invocation_id, event) values {', '.join(keys)}",
    ]:
        project.engine.execute(statement)
