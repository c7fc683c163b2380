"""The SQL of treatments, rendered once by dbt from a policy and then run on any values."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .engines import Engine
from .oracle import Hierarchies, Row, Value, comparable, treat
from .project import Project

Column = dict[str, Any]

# The stages of a mart up to its treated values, for a policy that stands in for one from YAML.
MODEL = """
{%- set policy = fromjson(POLICY) -%}
{%- set at = {'origin': 'awkward', 'source': 'source', 'lookups': fromjson(LOOKUPS), 'maps': {}} -%}
{%- set errors = [] -%}
{%- for column in policy['columns'] -%}
    {%- set steps = tokumei._resolve_steps(errors, policy, column['name'], column['treat']) -%}
    {%- do column.update({'steps': steps}) -%}
{%- endfor -%}
{%- if errors -%}{%- do exceptions.raise_compiler_error(errors | join('\\n')) -%}{%- endif -%}
{%- set shape = tokumei._shape(policy) -%}
source as ({{ tokumei.stage_source(policy, at) }}),
{%- for column in shape['maps'] -%}
    {%- do at['maps'].update({column['name']: tokumei._map_name(column['name'])}) %}
{{ tokumei._map_name(column['name']) }} as ({{ tokumei.lookup_map(policy, column, at) }}),
{%- endfor %}
treated as ({{ tokumei.stage_treated(policy, at, shape) }})
select * from treated order by tokumei_subject
"""


@dataclass(frozen=True)
class Steps:
    """Treatments compiled for one engine: give rows, get the treated values of each row."""

    engine: Engine
    sql: str
    types: dict[str, str]
    columns: list[Column]

    def run(self, rows: list[Row]) -> list[Row]:
        """Rows of source values to rows of mart values, in the same order."""
        names = ", ".join(self.engine.identifier(name) for name in ["n", *self.types])
        table = f"awkward ({names}) as ({values(self.engine, rows, self.types)})"
        found = self.engine.query(f"with {table},\n{self.sql}")
        return [dict(zip([c["name"] for c in self.columns], row[1:], strict=True)) for row in found]


def values(engine: Engine, rows: list[Row], types: dict[str, str]) -> str:
    """Rows as a VALUES list, each with its number in front."""
    lines = []
    for number, row in enumerate(rows):
        cells = [f"cast({literal(engine, row.get(name))} as {engine.type(kind)})" for name, kind in types.items()]
        lines.append(f"({', '.join([str(number), *cells])})")
    return "values\n" + ",\n".join(lines)


def literal(engine: Engine, value: Value) -> str:
    if value is None:
        return "null"
    if isinstance(value, str | float | Decimal | dt.date):
        return engine.literal(str(value))
    return str(value)


def compile_steps(
    project: Project,
    types: dict[str, str],
    columns: list[Column],
    hierarchies: Hierarchies | None = None,
) -> Steps:
    """Compile one policy of scalar steps; `types` is source column → SQL type."""
    families = {
        "bigint": "integer",
        "double precision": "number",
        "decimal(18, 6)": "number",
        "decimal(18, 12)": "number",
    }
    source = {name: families.get(kind, kind) for name, kind in types.items()}
    hierarchies = hierarchies or {}
    policy = {
        "mart": "steps",
        "subject": "n",
        "k": 2,
        "token": "tokumei_token",
        "where": [],
        "follows": [],
        "source": {
            "columns": dict.fromkeys(["n", *types], "attribute"),
            "types": {"n": "integer"} | source,
        },
        "lookups": [{"name": name} for name in hierarchies],
        "columns": [{"from": column["name"], "quasi_identifier": False} | column for column in columns],
    }
    for name, leaves in hierarchies.items():
        load_table(project.engine, name, leaves)
    texts = {"POLICY": policy, "LOOKUPS": {name: name for name in hierarchies}}
    blocks = [
        f"{{%- set {name} -%}}{{% raw %}}{json.dumps(value)}{{% endraw %}}{{%- endset -%}}"
        for name, value in texts.items()
    ]
    project.write("models/steps.sql", "".join(blocks) + MODEL)
    outcome = project.dbt("compile", "--select", "steps")
    assert outcome.success, outcome.messages
    compiled = project.path / "target" / "compiled" / "consumer" / "models" / "steps.sql"
    return Steps(project.engine, compiled.read_text(encoding="utf-8"), types, columns)


def differences(steps: Steps, rows: list[Row], hierarchies: Hierarchies | None = None) -> list[str]:
    """Where the warehouse and plain Python do not agree."""
    found = []
    for row, treated in zip(rows, steps.run(rows), strict=True):
        for column in steps.columns:
            meant = treat(row, column, hierarchies)
            got = treated[column["name"]]
            if comparable(got) != comparable(meant):
                given = f"{column['from']} {row[column['from']]!r} {column['treat']}"
                found.append(f"{given}: {got!r}, not {meant!r}")
    return found


def load_table(engine: Engine, name: str, rows: list[Row]) -> None:
    """A table whose columns hold texts or whole numbers, by what their first row holds."""
    kinds = {column: "bigint" if isinstance(first, int) else "text" for column, first in rows[0].items()}
    cells = ", ".join(
        "("
        + ", ".join(f"cast({literal(engine, row[column])} as {engine.type(kind)})" for column, kind in kinds.items())
        + ")"
        for row in rows
    )
    columns = ", ".join(f"{engine.identifier(column)} {engine.type(kind)}" for column, kind in kinds.items())
    engine.execute(f"create table {name} ({columns})")
    engine.execute(f"insert into {name} values {cells}")
