"""Tables that once broke a build, or a mart."""

from __future__ import annotations

from typing import Any

from .hostile import Column, Table

LONG = "x" * 56
BAND: list[Any] = [{"band": 10}, {"top_code": 90}]
LABEL: list[Any] = [{"band": {"width": 10, "label": "{from}-{to}"}}, {"top_code": {"at": 90, "label": "90+"}}]


def of(number: int, columns: dict[str, tuple[str, list[Any], list[str]]], relation: str = "") -> Table:
    """Quasi-identifiers (type, treatment and values) of eight persons, one each."""
    made = [Column("id", "integer", "linking_code", [], ["pseudonymize"], "pseudonym")]
    made += [Column(name, kind, "quasi_identifier", held, treat, name) for name, (kind, treat, held) in columns.items()]
    made += [Column("telephone", "text", "direct_identifier", [], None, "")]
    table = Table(number, relation or f"broken_{number}", f"mended_{number}", made, [], 2)
    for person in range(8):
        cells = [held[person % len(held)] for _, _, held in columns.values()]
        table.cells.append([str(person), *cells, f"canary-{number}-{person:06d}"])
    return table


FAR = "5000000-01-01"  # beyond the timestamps of either engine


def broken_before() -> list[Table]:
    ages = ["5", "5", "95", "95"]
    zeros = ["0", "0", "0", "0", "0", "0", "0", "-0.0"]
    return [
        # What stands behind the label of `a` was named like the first step of `a_number`.
        of(0, {"a": ("integer", LABEL, ages), "a_number": ("integer", BAND, ages[::-1])}),
        # Behind 63 bytes, PostgreSQL took what was read from one for what was read from the other.
        of(1, {f"{LONG}_second": ("text", BAND, ages), f"{LONG}_third": ("text", BAND, ages[::-1])}),
        # Equal for the engine, another for who looks: a class of one.
        of(2, {"zero": ("double precision", ["keep"], zeros)}),
        of(3, {"length": ("interval", ["keep"], ["24:00:00", *["1 day"] * 7])}),
        of(4, {"amount": ("numeric", ["keep"], ["1.00", *["1.0"] * 7])}),
        # No equality of its own, in PostgreSQL.
        of(5, {"document": ("json", ["keep"], ['{"a": 1}'])}),
        # Years that no timestamp has, and that do not fit into year * 10000.
        of(
            6,
            {
                "born": ("date", [{"age": "2026-04-01"}], ["infinity", "-infinity", "12345-06-07", "1986-10-28"]),
                "died": ("date", [{"truncate": "hour"}], ["infinity", FAR]),
            },
        ),
        *refused(7),
        named_as_the_system(11),
    ]


REFUSALS = {
    7: "a name holds a line break or a control character",
    8: "a name holds a line break or a control character",
}
ON_POSTGRES = {11: "every table of this engine has a column of that name"}
REFUSALS |= {9: "the name of a relation holds a quotation mark", 10: "a text of treat holds a line break"}


def named_as_the_system(number: int) -> Table:
    """PostgreSQL has a column of that name in every table; DuckDB has none."""
    table = of(number, {"a": ("text", ["keep"], ["a"])})
    table.columns[1].shown = "ctid"
    return table


def refused(number: int) -> list[Table]:
    """The lines of a query were indented, and with them its names and texts; dbt does not escape a relation's name."""
    return [
        of(number, {"a\nb": ("text", ["keep"], ["a"])}),
        of(number + 1, {"a\u2028b": ("text", ["keep"], ["a"])}),
        of(number + 2, {"a": ("text", ["keep"], ["a"])}, relation="it's"),
        of(number + 3, {"a": ("integer", [{"top_code": {"at": 90, "label": "more\nthan"}}], ["5", "95"])}),
    ]
