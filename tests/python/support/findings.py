"""The queries of the gate's audits, asked of small relations that are written into them: what each finds of what was planted."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

from .project import Outcome, Project

Row = dict[str, Any]
Finding = tuple[str, int, float | None]
SQL_TYPES = {
    "text": "text",
    "integer": "integer",
    "number": "double precision",
    "date": "date",
    "timestamp": "timestamp",
}
SQL_TYPES |= {"boolean": "boolean"}
MACRO = """
{% macro judge(cases) -%}
    {%- do tokumei.sql_join_by_hash() -%}
    {%- set found, policies = [], {} -%}
    {%- for case in cases -%}
        {%- if case['mart'] not in policies -%}
            {%- do policies.update({case['mart']: tokumei.mart_policy('model.consumer.' ~ case['mart'])}) -%}
        {%- endif -%}
        {%- set policy = policies[case['mart']] -%}
        {%- set scene = case['scene'] -%}
        {%- if scene['fingerprint'] == 'current' -%}{%- do scene.update({'fingerprint': tokumei.fingerprint(policy)}) -%}{%- endif -%}
        {%- if case['view'] -%}
            {%- do scene.update({'view': api.Relation.create(database=target.database, schema=target.schema, identifier=case['view'], type='view')}) -%}
        {%- endif -%}
        {%- if case['key_of'] -%}
            {%- do tokumei.sql_take_key(policy['dataset']) -%}
            {%- if case['key_of'] != 'this run' -%}
                {%- do run_query('update ' ~ tokumei.sql_key_store(policy['dataset']) ~ " set invocation_id = '" ~ case['key_of'] ~ "'") -%}
            {%- endif -%}
        {%- endif -%}
        {%- for name, query in case['made'].items() -%}
            {%- do run_query('drop table if exists ' ~ name) -%}
            {%- do run_query('create temporary table ' ~ name ~ ' as ' ~ query.replace('TOKEN', tokumei.token(policy, 'given.id'))) -%}
        {%- endfor -%}
        {%- for row in run_query(tokumei.audit_query(case['audit'], policy, scene)).rows -%}
            {%- do found.append([case['no'], row[0], row[1] | int if row[1] is not none else 'null', row[2] | float if row[2] is not none else none]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do log('FOUND ' ~ tojson(found), info=true) -%}
{%- endmacro %}

{% macro begin_logs() -%}
    {%- do tokumei.sql_create_private_schema() -%}
    {%- do tokumei.create_logs() -%}
    {%- do tokumei.sql_commit_now() -%}
{%- endmacro %}
"""


@dataclass(frozen=True)
class Case:
    """An audit of a mart, what it looks at, and each of its findings: column, violations, measured."""

    audit: str
    mart: str
    expected: list[Finding]
    scene: dict[str, Any] = field(default_factory=dict)
    view: str | None = None
    key_of: str | None = None
    made: dict[str, str] = field(default_factory=dict)  # tables made before, with TOKEN for that of the column id

    def given(self, number: int, schema: str) -> dict[str, Any]:
        """What the macro gets; an `every` is all of a scene that most cases do not care about."""
        every = {"gate": True, "unique": True, "facts": {}, "types": {}, "shown": None, "lookups": {}, "follows": {}}
        every |= {"fingerprint": None, "invocation_id": "this run", "live": None, "release": None, "origin": None}
        placed = json.loads(json.dumps(every | self.scene).replace("SCHEMA", schema))
        given = {"no": number, "audit": self.audit, "mart": self.mart, "view": self.view}
        return given | {"key_of": self.key_of, "made": self.made, "scene": placed}


def relation(rows: list[Row], types: dict[str, str]) -> str:
    """Rows as a relation: the columns as typed, in their order."""
    listed = ", ".join(f'"{name}"' for name in types)
    typed = "(0, " + ", ".join(f"cast(null as {SQL_TYPES[kind]})" for kind in types.values()) + ")"
    written = [typed] + ["(1, " + ", ".join(literal(row.get(name)) for name in types) + ")" for row in rows]
    return f"(select {listed} from (values {', '.join(written)}) as given(here, {listed}) where here = 1)"


def literal(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.date):
        return f"date '{value}'"
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"


def judged(outcome: Outcome, cases: list[Case]) -> list[list[Finding]]:
    """The findings of each case, in an order that does not matter."""
    said = [line for line in outcome.messages.splitlines() if line.startswith("FOUND ")]
    assert outcome.success and said, outcome.messages[-3000:]
    found: list[list[Finding]] = [[] for _ in cases]
    for number, column, violations, measured in json.loads(said[0].removeprefix("FOUND ")):
        found[number].append((column, violations, None if measured is None else round(measured, 5)))
    return [sorted(one, key=str) for one in found]


def expected(case: Case) -> list[Finding]:
    """As `judged` has them."""
    rounded = [(c, n, None if m is None else round(float(m), 5)) for c, n, m in case.expected]
    return sorted(rounded, key=str)


def arguments(cases: list[Case], project: Project) -> str:
    return json.dumps({"cases": [case.given(number, project.engine.schema()) for number, case in enumerate(cases)]})
