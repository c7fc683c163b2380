"""What the mart shows of its release, and how it is labelled."""

from __future__ import annotations

from ..findings import Case, Finding, Row, relation
from .common import TEXT

VIEWS = [
    "create table tree as select 'a1' as value, 'A' as top, 'all' as root",
    "create table shown_rows (who text, q text, r text)",
    "insert into shown_rows values ('1', 'a', 'x'), ('2', 'b', null)",
    "create view labelled_well as select * from shown_rows",
    "create view labelled_late as select * from shown_rows",
    "create view unlabelled as select * from shown_rows",
    "comment on view labelled_well is '匿名加工情報: of somebody'",
    "comment on column labelled_well.who is '匿名加工情報: who'",
    "comment on column labelled_well.q is '匿名加工情報: q / a place'",
    "comment on column labelled_well.r is '匿名加工情報: r'",
    "comment on view labelled_late is 'This is 匿名加工情報'",
    "comment on column labelled_late.who is '匿名加工情報: who'",
    "comment on column labelled_late.q is '匿名加工情報: r'",
    "comment on column labelled_late.r is 'the 匿名加工情報: r'",
]


def shown() -> list[Case]:
    names = ["who", "q", "r"]
    rows = [{"who": "1", "q": "a", "r": "x"}, {"who": "2", "q": "b", "r": None}]

    def columns(held: list[str], in_view: list[str] | None, count: int, mart: str = "plain") -> Case:
        scene = {"types": dict.fromkeys(held, "text"), "shown": in_view}
        return Case("only_declared_columns", mart, [("", count, None)], scene)

    def rows_case(released: list[Row], count: int) -> Case:
        scene = {"gate": False, "types": TEXT, "shown": names, "released": relation(released, TEXT)}
        return Case("only_declared_columns", "plain", [("", 0, None), ("rows", count, None)], scene, view="shown_rows")

    def label(view: str, *counts: int) -> Case:
        found: list[Finding] = [(name, n, None) for name, n in zip(["", *names], counts, strict=True)]
        return Case("labelled", "plain", found, {"shown": names}, view=view)

    return [
        columns(names, names, 0),
        columns(names, None, 0),
        columns([*names, "subject"], None, 1),
        columns([*names, "subject", "more"], [*names, "more"], 3),
        columns(names[:2], names, 1),
        columns(names[1:], names, 1),
        columns(names, names[1:], 1),
        columns(["who", "letter", "q", "tokumei_token"], ["who", "letter", "q"], 0, "short"),
        columns(["who", "letter", "q", "tokumei_token"], ["who", "letter", "q", "tokumei_token"], 1, "short"),
        columns(["who", "letter", "q"], None, 1, "short"),
        columns(["who", "q", "v", "tokumei_synthetic"], ["who", "q", "v"], 0, "mixed"),
        columns(["who", "q", "v"], ["who", "q", "v"], 1, "mixed"),
        rows_case(rows, 0),
        rows_case(rows[:1], 1),
        rows_case([], 2),
        Case("only_declared_columns", "plain", [("", 1, None)], {"gate": False, "types": TEXT, "shown": names[:2]}),
        Case("only_declared_columns", "plain", [("", 0, None)], {"gate": False, "types": TEXT}),
        label("labelled_well", 0, 0, 0, 0),
        label("labelled_late", 1, 0, 1, 1),
        label("unlabelled", 1, 1, 1, 1),
        Case("labelled", "plain", [("", 0, None)], {"shown": None}, view="unlabelled"),
    ]
