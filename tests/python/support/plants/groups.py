"""Classes of equal quasi-identifiers: too small, too alike, and on the threshold."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import Any

from ..findings import Case, Row, relation
from ..privacy_models import Guard, Model
from .common import TEXT, TOKEN, grouped, in_scene, token


def persons(rows: list[Row], unique: bool) -> int:
    return len(rows) if unique else len({row["who"] for row in rows})


def classes() -> list[Case]:
    made = []

    def case(mart: str, rows: list[Row], names: list[str], unique: bool = True, k: int = 3, **scene: Any) -> None:
        sizes = [persons(group, unique) for group in grouped(rows, names)]
        small = [("smallest class", sum(size < k for size in sizes), min(sizes, default=None))]
        types = TEXT | ({} if mart != "whole" else TOKEN)
        given = in_scene([row | {"tokumei_token": row["who"]} for row in rows], types, unique=unique, **scene)
        made.append(Case("k_anonymous", mart, [*small, ("classes", 0, len(sizes))], given))

    def rows(*listed: str | None) -> list[Row]:
        return [{"who": token(n), "q": q and q[0], "r": q and q[1:]} for n, q in enumerate(listed)]

    three = rows("a1", "a1", "a1", "b1", "b1", None, None, None, "b2")
    case("plain", three, ["q", "r"])
    case("plain", rows("a1", "a1", "a1"), ["q", "r"])
    case("plain", [row | {"who": token(min(n, 1))} for n, row in enumerate(rows("a1", "a1", "a1"))], ["q", "r"], False)
    case(
        "plain",
        [row | {"who": token(n // 2)} for n, row in enumerate(rows(*["a1"] * 6, *["b2"] * 6))],
        ["q", "r"],
        False,
    )
    case("plain", [], ["q", "r"])
    case("whole", rows("a1", "b2"), [])
    case("whole", rows("a1", "b2", "c3"), [])
    told = [{"who": token(n), "q": "n" if n < 2 else "m", "r": "1"} for n in range(9)]
    followed = {"follows": {"plain": relation(told, TEXT)}}
    joined = [row | told[n] | {"q": row["q"], "told": told[n]["q"]} for n, row in enumerate(rows(*["a1"] * 9))]
    case("follower", [row | {"r": None} for row in joined], ["q", "told"], **followed)
    case("follower", [row | {"r": None, "told": None, "who": "none"} for row in joined][:3], ["q", "told"], **followed)
    return made


def guarded() -> list[Case]:
    """Random tables against a plain recount, and tables that lie on the threshold."""
    guards = {
        "several": Guard("v", l=3, replacements=("その他",)),
        "entropy": Guard("v", l={"entropy": 2}),
        "recursive": Guard("v", l={"recursive": {"c": 1.5, "l": 3}}),
        "equal": Guard("v", t=0.25),
        "ordered": Guard("w", t={"ordered": 0.25}, replacements=("不明",)),
    }
    tables: list[tuple[bool, list[Row]]] = [(True, exact) for exact in on_the_threshold()]
    for seed in range(4):
        draw = random.Random(seed)
        counts = [1] * 30 if seed % 2 else [draw.randint(1, 3) for _ in range(12)]
        rows = [
            {"who": token(n), "q": draw.choice("ab"), "r": "1"} for n, most in enumerate(counts) for _ in range(most)
        ]
        for row in rows:
            row["v"] = draw.choice(["x", "y", "y", "z" if row["q"] == "a" else "y", "その他", None])
            row["w"] = draw.choice(["1", "3", "10", "20" if row["q"] == "a" else "1", "不明", None, "2e1"])
        tables.append((bool(seed % 2), rows))
    made = []
    for name, guard in guards.items():
        audit = "l_diverse" if guard.l is not None else "t_close"
        for unique, rows in tables:
            recounted = [row | {"subject": row["who"]} for row in rows]
            judged = [Counter({v: len({r["who"] for r in some if r[guard.column] == v}) for v in {r[guard.column] for r in some}})
                      for some in [*grouped(rows, ["q", "r"]), rows]]  # fmt: skip
            everyone = judged.pop()
            wrong = sum(not guard.diverse(one) or not guard.close(one, everyone) for one in judged)
            try:
                measured = Model(["q", "r"], 1, [guard]).measured(recounted)[f"{audit}({guard.column})"]
            except (IndexError, ZeroDivisionError):
                continue  # nothing is said, or nothing rarer: the audit's own case below
            types = TEXT | {"v": "text", "w": "text"}
            given = in_scene(rows, types, unique=unique)
            made.append(Case(audit, name, [(guard.column, wrong, measured)], given))
    lone = [{"who": token(n), "q": "a", "r": "1", "v": None, "w": "昨日" if n else "1"} for n in range(3)]
    types = TEXT | {"v": "text", "w": "text"}
    days = [{"who": token(n), "q": "ab"[n // 2], "r": "1", "v": dt.date(2020, 1 + n // 2, 1)} for n in range(4)]
    both = [row | {"v": "x" if n else "y", "w": "1"} for n, row in enumerate(lone)]
    five = [{"who": token(n), "q": "a", "r": "1", "w": "1"} for n in range(5)]
    made += [
        Case("l_diverse", "entropy", [("v", 1, 0)], in_scene(lone, types)),
        Case("l_diverse", "recursive", [("v", 1, None)], in_scene(lone, types)),
        Case("l_diverse", "recursive", [("v", 1, None)], in_scene([r | {"v": "x"} for r in lone], types)),
        Case("t_close", "ordered", [("w", 1, 0)], in_scene(lone, types)),
        Case("t_close", "dated", [("v", 2, 0.5)], in_scene(days, TEXT | {"v": "date"})),
        Case("l_diverse", "whole_guarded", [("v", 0, 2)], in_scene(both, types)),
        Case("within_bounds", "plain", [("", 0, None)], in_scene([], TEXT)),
        Case("l_diverse", "both_models", [("v", 0, 2)], in_scene(both, types)),
        Case("t_close", "both_models", [("w", 0, 0)], in_scene(both, types)),
        Case(
            "l_diverse", "finely", [("v", 0, 1.5)], in_scene([r | {"v": "xxxyy"[n]} for n, r in enumerate(five)], types)
        ),
        Case("l_diverse", "plain", [("", 0, None)]),
        Case("t_close", "plain", [("", 0, None)]),
        Case("l_diverse", "several", [("v", 0, None)], in_scene([], types)),
        Case("t_close", "equal", [("v", 0, None)], in_scene([], types)),
    ]
    return made


def on_the_threshold() -> list[list[Row]]:
    def table(**of_class: str) -> list[Row]:
        values = [(q, v) for q, listed in of_class.items() for v in listed]
        return [{"who": token(n), "q": q, "r": "1", "v": v, "w": v} for n, (q, v) in enumerate(values)]

    return [
        table(a="1122", b="1122"),
        table(a="112", b="11122"),
        table(a="1112", b="1222"),
        table(a="123", b="1123", c="3333"),
        table(a="11122", b="12345"),
        table(a="1112234", b="1112345", c="11122334"),
    ]
