"""Places of a build at which a run can be stopped: file, text, and the side of it."""

from __future__ import annotations

MATERIALIZATION = "macros/materializations/anonymized.sql"
STOPS = {
    "key taken": ("macros/hooks/begin_run.sql", "{%- do tokumei.withdraw_abandoned(dataset) -%}", "after"),
    "candidate made": (MATERIALIZATION, "{%- set scene = tokumei.gate_scene", "before"),
    "before the switch": (MATERIALIZATION, "{%- do tokumei.sql_lock_dataset(", "before"),
    "before the commit": (MATERIALIZATION, "{%- do adapter.commit() -%}", "before"),
    "after the commit": (MATERIALIZATION, "{%- do adapter.commit() -%}", "after"),
}
