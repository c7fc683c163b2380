"""Marts, and for each audit of the gate what is planted in a release of theirs and what of it must be found.

Each number is worked out by hand or by a plain recount; on both sides of every threshold stands a case."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from .findings import Case, Finding, Row, relation
from .histories import history_share, md5
from .privacy_models import Guard, Model
from .project import Project, mart, personal

WHO = {"name": "who", "from": "id", "treat": ["pseudonymize"]}
Q: Row = {"name": "q", "treat": ["keep"]}
R: Row = {"name": "r", "treat": ["keep"]}
SHORT: list[Row] = [
    {"name": "who", "from": "id", "treat": [{"pseudonymize": {"bits": 128}}]},
    {"name": "letter", "from": "name", "treat": ["pseudonymize"]},
    Q,
]
WAIVED = {"waive": {"no_rare_values": "a test"}}
CLASSIFIED = {"id": "linking_code", "name": "direct_identifier", "email": "identification_code"}
CLASSIFIED |= dict.fromkeys("qrsu", "quasi_identifier") | dict.fromkeys("abcdef", "attribute")
CLASSIFIED |= dict.fromkeys("vwxyz", "sensitive") | {
    "memo": "free_text",
    "number": "quasi_identifier",
    "day": "quasi_identifier",
}
TEXT = {"who": "text", "q": "text", "r": "text"}
TOKEN = {"tokumei_token": "text"}


def token(number: int) -> str:
    return md5(f"{number}") + md5(f"-{number}")


def in_scene(rows: list[Row], types: dict[str, str], **scene: Any) -> dict[str, Any]:
    return {"release": relation(rows, types), "types": types} | scene


# --- counts of the build alone ---

FACTS = {"records_in": 100, "records_out": 95, "subjects_in": 10, "subjects_out": 9}


def losses() -> list[Case]:
    def case(expected: list[Finding], **facts: int) -> Case:
        return Case("suppression_within_limit", "plain", expected, {"facts": FACTS | facts})

    return [
        case([("subjects", 0, 0.1), ("records", 0, 0.05)]),
        case([("subjects", 2, 0.2), ("records", 11, 0.11)], subjects_out=8, records_out=89),
        case([("subjects", 0, 0), ("records", 0, 0)], subjects_in=0, subjects_out=0, records_in=0, records_out=0),
        Case("policy_current", "plain", [("", 0, None)], {"fingerprint": "current"}),
        Case("policy_current", "plain", [("", 1, None)], {"fingerprint": "another"}),
    ]


# --- the logs ---

# dataset, mart, number, invocation, and whether it was taken back
LOGGED = [
    ("d_plain", "plain", 1, "an earlier run", False),
    ("d_plain", "plain", 2, "this run", False),
    ("d_plain", "plain", 3, "a later run", True),
    ("d_plain", "follower", 1, "this run", False),
    ("d_whole", "whole", 1, "this run", False),
    ("d_whole", "whole", 2, "a later run", False),
    ("d_noisy_2", "noisy_2", 1, "a run", False),
    ("d_noisy_2", "noisy_2", 2, "another run", True),
    ("d_noisy_3", "noisy_3", 1, "a run", False),
    ("d_noisy_3", "noisy_3", 2, "b run", False),
    ("d_noisy_3", "noisy_3", 3, "c run", False),
    ("d_lost", "lost", 1, "a run whose key nobody recorded", False),
    ("d_swapped", "swapped", 1, "a run", False),
]
KEYS = [
    ("d_swapped", "a run", "taken"),
    ("d_swapped", "a run", "destroyed"),
    ("d_swapped for somebody", "a copy", "taken"),
    ("another d_swapped for somebody", "of another dataset", "taken"),
    ("d_short", "a run", "taken"),
    ("d_short", "another run", "destroyed"),
    ("d_short", "a third run", "taken"),
    ("d_short", "a third run", "destroyed"),
    ("d_mixed", "a run", "taken"),
    ("d_plain", "a run", "destroyed"),
]


def logged() -> list[Case]:
    def consistent(mart: str, count: int, **scene: Any) -> Case:
        return Case("dataset_consistent", mart, [("", count, None)], scene)

    def declared(mart: str, count: int, made: int, gate: bool) -> Case:
        return Case("declared_releases", mart, [("noised", count, made), ("noised_again", 0, made)], {"gate": gate})

    def destroyed(mart: str, count: int, **case: Any) -> Case:
        return Case("keys_destroyed", mart, [("destructions not recorded", count, None)], {"gate": False}, **case)

    return [
        consistent("plain", 0),
        consistent("plain", 0, invocation_id="another run"),
        consistent("follower", 0),
        consistent("follower", 1, invocation_id="an earlier run"),
        consistent("follower", 1, invocation_id="another run"),
        consistent("plain", 0, gate=False),
        consistent("plain", 2, gate=False, invocation_id="an earlier run"),
        consistent("follower", 0, gate=False),
        consistent("whole", 1, gate=False),
        consistent("whole", 0, gate=False, invocation_id="a later run"),
        declared("noisy_1", 0, 1, True),
        declared("noisy_1", 0, 0, False),
        declared("noisy_2", 1, 3, True),
        declared("noisy_2", 0, 2, False),
        declared("noisy_3", 2, 4, True),
        declared("noisy_3", 1, 3, False),
        Case("declared_releases", "plain", [("", 0, None)]),
        destroyed("swapped", 1),
        destroyed("short", 1),
        destroyed("lost", 1),
        destroyed("whole", 2),
        destroyed("noisy_1", 0),
        Case(
            "keys_destroyed",
            "equal",
            [("keys held", 1, None), ("destructions not recorded", 0, None)],
            {"gate": False},
            key_of="another run",
        ),
        Case("keys_destroyed", "mixed", [("", 0, None)], {"gate": False}, key_of="this run"),
    ]


# --- pseudonyms ---


def pseudonyms() -> list[Case]:
    types = {"who": "text", "letter": "text", "q": "text"}
    plain = [{"who": token(n), "q": "a"} for n in range(4)]
    short = [{"tokumei_token": token(n), "who": md5(f"{n}"), "letter": token(n), "q": "a"} for n in range(4)]

    def case(mart: str, rows: list[Row], expected: list[Finding], subjects: int = 4, **scene: Any) -> Case:
        shown = TEXT if mart == "plain" else TOKEN | types
        given = in_scene(rows, shown, facts={"subjects_out": subjects}, **scene)
        return Case("pseudonyms_sound", mart, expected, given)

    def plain_case(who: Any, form: int, missing: int = 0, lost: int = 0, subjects: int = 4) -> Case:
        rows = [*plain[:3], plain[3] | {"who": who}]
        return case("plain", rows, [("who", missing + lost, None), ("who", form, None)], subjects)

    def short_case(rows: list[Row], who: int, letter: int, shared: int, **scene: Any) -> Case:
        found: list[Finding] = [("tokumei_token", 0, None), ("who", who, None), ("letter", letter, None)]
        found.append(("who", shared, None))
        if scene.get("live"):
            found += [("who", scene.pop("reused"), None), ("letter", scene.pop("reused_letter"), None)]
        return case("short", rows, found, **scene)

    def changed(**values: Any) -> list[Row]:
        return [*short[:3], short[3] | values]

    many = [{"tokumei_token": token(n), "who": md5(f"{n}"), "letter": None} for n in range(1003)]
    held = relation([*short[:2], short[2] | {"letter": "other"}], types)
    return [
        plain_case(token(3), 0),
        plain_case(token(3), 0, lost=2, subjects=6),
        plain_case(token(3), 0, lost=1, subjects=3),
        plain_case(token(3)[:63], 1),
        plain_case(token(3) + "0", 1),
        plain_case(token(3).replace(token(3)[0], "G"), 1),
        plain_case(None, 1, missing=1, lost=1),
        plain_case(token(2), 0, lost=1),
        case("plain", [], [("who", 0, None), ("who", 0, None)], 0),
        case("whole", [{"tokumei_token": token(n)} for n in range(3)], [("tokumei_token", 0, None)], 3),
        short_case([*short, short[0] | {"q": "b"}], 0, 0, 0),
        short_case(short, 0, 0, 0),
        short_case(changed(who=token(3)), 1, 0, 0),
        short_case(changed(who=None, letter=None), 1, 0, 0),
        short_case(changed(letter=md5("3")), 0, 1, 0),
        short_case(changed(who=md5("2")), 0, 0, 1),
        short_case(short, 0, 0, 0, live=held, reused=3, reused_letter=2),
        short_case(changed(letter=None), 0, 0, 0, live=relation(changed(letter=None)[3:], types), reused=1, reused_letter=0),
        short_case(
            many, 0, 0, 0, live=relation(many, types), reused=1000, reused_letter=0, subjects=1003
        ),
    ]  # fmt: skip


# --- classes ---


def persons(rows: list[Row], unique: bool) -> int:
    return len(rows) if unique else len({row["who"] for row in rows})


def grouped(rows: list[Row], names: list[str]) -> list[list[Row]]:
    groups = defaultdict(list)
    for row in rows:
        groups[tuple(row[name] for name in names)].append(row)
    return list(groups.values())


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


# --- values ---


def rare() -> list[Case]:
    made = []

    def case(mart: str, column: str, counts: dict[Any, int], violations: int, k: int = 3) -> None:
        rows = [
            {"who": token(n), column: v} for n, v in enumerate(v for v, count in counts.items() for _ in range(count))
        ]
        given = in_scene(rows, {"who": "text", column: "text"})
        made.append(Case("no_rare_values", mart, [(column, violations, min(counts.values(), default=None))], given))

    case("attributed", "a", {"x": 3, "y": 4, None: 3}, 0)
    case("attributed", "a", {"x": 3, "y": 2, None: 2, "z": 1}, 3)
    case("attributed", "a", {"x": 9, "y": 1, "z": 1}, 3)
    case("attributed", "a", {"x": 9, "y": 1}, 1)
    case("attributed", "a", {}, 0)
    case("sensitive", "v", {"x": 9, "y": 2}, 1)
    case("described", "memo", {"x": 9, "other": 2}, 1)
    case("waived", "a", {"x": 1, "y": 2, "z": 1, "w": 2}, 0)
    case("waived", "a", {"x": 1, "y": 2, "z": 1}, 3)
    case("noised", "a", {"1": 1, "2": 1}, 0)
    case("noised_and_guarded", "a", {"1": 1, "2": 1}, 2)
    case("swapped_and_waived", "a", {"1": 1, "2": 1}, 0)
    case("pooled", "a", {"x": 5, "y": 4}, 1)
    twice = [{"who": token(n // 2), "a": "x"} for n in range(4)] + [{"who": token(n), "a": "y"} for n in range(3)]
    given = in_scene(twice, {"who": "text", "a": "text"}, unique=False)
    made.append(Case("no_rare_values", "attributed", [("a", 1, 2)], given))
    return made + named()


def named() -> list[Case]:
    """Pools and labels, of the combinations kept: what each stands for, and for how many."""
    kept = {"a": "text", "tokumei_shown_a": "text", "tokumei_changed_a": "boolean", "tokumei_subjects": "integer"}
    kept |= {"tokumei_subject": "text"}
    rows = [{"who": token(n), "a": "x"} for n in range(9)]

    def case(mart: str, pools: list[tuple[Any, Any, bool, int]], found: tuple[int, Any], least: int = 9) -> Case:
        listed = [dict(zip(kept, [*pool, "s"], strict=True)) for pool in pools]
        scene = in_scene(rows, {"who": "text", "a": "text"}, facts={"kept": relation(listed, kept)})
        return Case("no_rare_values", mart, [("a", 0, 9), ("a", *found)], scene)

    several = [dict(zip(kept, [v, "other", True, 1, f"{n}"], strict=True)) for n, v in enumerate("xyxyy")]
    again = [row | {"tokumei_subject": "1"} for row in several]
    scenes = [
        in_scene(rows, {"who": "text", "a": "text"}, unique=False, facts={"kept": relation(some, kept)})
        for some in (several, again)
    ]
    every = [row | {"who": token(n)} for n, row in enumerate(rows)]
    assert every == rows
    return [
        case("pooled", [("x", "other", True, 2), ("y", "other", True, 3)], (0, None)),
        case("pooled", [("x", "other", True, 2), ("y", "other", True, 2)], (1, 4)),
        case("pooled", [("x", "other", True, 9)], (1, 9)),
        case("pooled", [("x", "x", False, 1), ("y", "y", False, 9)], (0, None)),
        case("pooled", [("x", "p", True, 3), (None, "p", True, 3), ("y", "o", True, 1), ("z", "o", True, 1)], (1, 2)),
        case("pooled", [("x", "p", True, 7), ("y", "o", True, 6)], (2, 6)),
        case("pooled", [("x", "p", True, 7), ("x", "p", True, 6)], (1, 13)),
        Case("no_rare_values", "plain", [("", 0, None)]),
        Case("no_rare_values", "pooled", [("a", 0, 9), ("a", 0, None)], scenes[0]),
        Case("no_rare_values", "pooled", [("a", 0, 9), ("a", 1, 1)], scenes[1]),
    ]


Form = tuple[str, Any, str, list[Any], list[Any]]
# Name, steps, type as shown, values that have the form, values that have not.
FORMS: list[Form] = [
    ("days", [{"truncate": "day"}], "date", ["2025-03-17"], []),
    ("cells", [{"mesh": {"level": 3, "lat": "from_cells", "lon": "from_tens"}}], "text", ["53394611", None], ["5339461", "533946111", "53398611"]),
    ("noises_unbounded", [{"add_noise": {"distribution": "laplace", "scale": 10, "unit": 5, "declared_releases": 3}}], "integer", [-5], [52]),
    ("grouped_number", [{"microaggregate": {"k": 3, "unit": 0.5}}], "number", [1.5], [1.25]),
    ("named_bands", [{"band": {"width": 10, "label": "{from}-{to}"}}], "text", ["10-19"], []),
    ("kept_tens", [{"round": 10}, "keep"], "integer", [10], [15]),
    ("kept", ["keep"], "text", ["anything"], []),
    ("months", [{"truncate": "month"}], "date", ["2025-03-01", None], ["2025-03-02"]),
    ("quarters", [{"truncate": "quarter"}], "date", ["2025-04-01"], ["2025-05-01", "2025-04-02"]),
    ("hours", [{"truncate": "hour"}], "timestamp", ["2025-03-01 10:00:00"], ["2025-03-01 10:30:00"]),
    ("years", [{"truncate": "year"}], "integer", [2025], []),
    ("tens", [{"round": 10}], "integer", [10, 0, -20, None], [11, 9]),
    ("tens_of_tops", [{"round": 10}, {"top_code": 55}], "integer", [50, 55], [60, 51, 56]),
    ("tens_of_bottoms", [{"round": 10}, {"bottom_code": 15}, {"top_code": 55}], "integer", [15, 20, 55], [10, 56, 16]),
    ("bands", [{"band": 5}], "integer", [5, 10], [7]),
    ("edges", [{"band": {"edges": [10, 20]}}], "text", ["(-inf, 10)", "[10, 20)", "[20, inf)", None], ["[10, 30)", "15"]),
    ("labels", [{"band": {"edges": [10], "labels": ["low", "high"]}}], "text", ["low", "high"], ["[10, inf)"]),
    ("tops", [{"top_code": 90}], "integer", [90, 12, None], [91]),
    ("bottoms", [{"bottom_code": 10}], "integer", [10, 12], [9]),
    ("both", [{"top_code": 90}, {"bottom_code": 10}], "integer", [90, 10], [91, 9]),
    ("topped", [{"top_code": {"at": 90, "label": "90+"}}], "text", ["90+", "89", "x"], ["90", "91"]),
    ("late", [{"top_code": "2020-06-30"}], "date", ["2020-06-30", "1999-01-01"], ["2020-07-01"]),
    ("early", [{"bottom_code": "2020-06-30"}], "date", ["2020-06-30"], ["2020-06-29"]),
    ("late_months", [{"truncate": "month"}, {"top_code": "2020-06-30"}], "date", ["2020-06-30", "2020-06-01"], ["2020-07-01", "2020-06-29"]),
    ("noises", [{"add_noise": {"distribution": "laplace", "scale": 10, "unit": 5, "declared_releases": 3, "at_least": 0, "at_most": 100}}], "integer", [0, 100, 55], [-5, 105, 52]),
    ("lettered", [{"prefix": 3}], "text", ["abc", "ab", None], ["abcd"]),
    ("looked_up", [{"lookup": {"hierarchy": "tree", "to": "top"}}], "text", ["A", "B", None], ["a1", "C"]),
    ("climbed", [{"generalize_rare": {"hierarchy": "tree", "below": 3}}], "text", ["a1", "A", "all", None], ["C"]),
    ("climbed_to", [{"generalize_rare": {"hierarchy": "tree", "below": 3, "replace_with": "else"}}], "text", ["a1", "else"], ["C"]),
    ("climbed_digits", [{"prefix": 2}, {"generalize_rare": {"hierarchy": "tree", "below": 3}}], "text", ["a1", "all"], ["a1x"]),
    ("categories", [{"categorize": {"categories": [{"to": "one", "words": ["1"]}], "rest": "rest"}}], "text", ["one", "rest", None], ["two"]),
    ("grouped", [{"microaggregate": {"k": 3, "unit": 10}}], "integer", [10, 20], [15]),
    ("grouped_tens", [{"round": 10}, {"microaggregate": 3}], "integer", [10], [15]),
    ("grouped_median", [{"round": 10}, {"microaggregate": {"k": 3, "representative": "median"}}], "integer", [10], [15]),
    ("grouped_order", [{"microaggregate": {"k": 3, "representative": "median", "order": ["bad", "good"]}}], "text", ["bad", "good"], ["better"]),
    ("pooled_tens", [{"round": 10}, {"suppress_rare": {"below": 3, "replace_with": "else"}}], "text", ["10", "else"], ["15"]),
    ("rounded_twice", [{"round": 4}, {"round": 10}], "integer", [10], [4]),
    ("swapped_tens", [{"round": 10}, {"swap": {"by": "kept"}}], "integer", [10], [5]),
]  # fmt: skip
SOURCE_TYPES = {"integer": "integer", "text": "text", "date": "date", "timestamp": "timestamp"}
READ = {"tens": "integer", "years": "date", "edges": "integer", "labels": "integer", "topped": "integer"}


def form_columns() -> list[Row]:
    return [{"name": name, "from": f"from_{name}", "treat": steps, **WAIVED} for name, steps, *_ in FORMS]


TREE = relation(
    [{"value": f"{low}{n}", "top": low.upper(), "root": "all"} for low in "ab" for n in "12"],
    dict.fromkeys(["value", "top", "root"], "text"),
)


def forms() -> list[Case]:
    """One release with a column for each form: all at once what is right, all at once what is wrong."""
    types = {name: kind for name, _, kind, _, _ in FORMS}
    made = []
    for place in (3, 4):
        longest = max(len(form[place]) for form in FORMS)
        rows = [{f[0]: (f[place] or f[3])[min(n, len(f[place] or f[3]) - 1)] for f in FORMS} for n in range(longest)]
        rows = [{name: typed(value, types[name]) for name, value in row.items()} for row in rows]
        given = in_scene(rows, types, lookups={"tree": TREE})
        made.append((place, given))
    return [Case("within_bounds", "formed", formed(place), given) for place, given in made]


def formed(place: int) -> list[Finding]:
    found: list[Finding] = []
    for name, _, _, _, wrong in FORMS:
        for condition in CONDITIONS.get(name, [None]):
            if name in UNJUDGED:
                continue
            count = 0 if place == 3 else len(wrong) if condition is None else len([v for v in wrong if v in condition])
            found.append((name, count, None))
    return found


UNJUDGED = {"days", "kept", "named_bands", "years"}
# Where a column is judged by several conditions: which values break each.
CONDITIONS: dict[str, list[list[Any]]] = {
    "tens_of_tops": [[51, 56], [60, 56]],
    "tens_of_bottoms": [[56, 16], [10], [56]],
    "both": [[91], [9]],
    "late_months": [["2020-06-29"], ["2020-07-01"]],
    "climbed_digits": [["a1x"], ["a1x"]],
}


def typed(value: Any, kind: str) -> Any:
    if kind == "date" and isinstance(value, str):
        return dt.date.fromisoformat(value)
    return value


# --- local recoding ---


def recoded() -> list[Case]:
    def case(mart: str, column: str, kind: str, values: list[Any], expected: list[int]) -> Case:
        types = {"q": "text", "r": "text", "number": "text", "day": "text"} | {column: kind}
        rows = [{column: typed(value, kind)} for value in values]
        shown = [name for name in MARTS_RECODED[mart]]
        found: list[Finding] = []
        for name in shown:
            found += [(name, count, None) for count in (expected if name == column else RECODED_CLEAN[mart][name])]
        return Case("within_bounds", mart, found, in_scene(rows, {n: types[n] for n in shown}, lookups={"tree": TREE}))

    return [
        case("cut", "number", "text", ["12", "10-20", "*", "-5", "-5--1", None], [0, 0, 0]),
        case("cut", "number", "text", ["1.5-2", "2.5"], [0, 2, 0]),
        case("cut", "number", "text", ["12x", "10-", "10-20-30", "**"], [4, 0, 0]),
        case("cut", "number", "text", ["105", "90-107", "100", "*"], [0, 0, 2]),
        case("cut", "day", "text", ["2020-01-01", "2020-01-01/2020-03-01", "*"], [0, 0]),
        case("cut", "day", "text", ["2020-01", "2020-01-01/2020", "2020-01-01-2020-03-01"], [3, 0]),
        case("cut", "day", "text", ["2020-01-01/2020-03-15", "2020-01-02"], [0, 2]),
        case("meant", "number", "integer", [10, 20], [0]),
        case("meant", "number", "integer", [15], [1]),
        case("laddered", "q", "text", ["a1", "A", "all", "*", None], [0]),
        case("laddered", "q", "text", ["C", "**"], [2]),
        case("laddered", "number", "text", ["20", "0-19", "*", "20-39", None], [0, 0]),
        case("laddered", "number", "text", ["11-20", "ten"], [2, 0]),
        case("laddered", "number", "text", ["5"], [0, 1]),
        case("laddered", "day", "text", ["2020-01-01", "2020-01", "2020-Q1", "2020", "2020-2029", "*"], [0, 0]),
        case("laddered", "day", "text", ["2020-Q5", "2020-001", "2021-2030", "2020-02-01x"], [4, 0]),
        case("laddered", "day", "text", ["2020-01-02"], [0, 1]),
        case("laddered", "r", "text", ["abcd", "ab*", "a*", "*"], [0]),
        case("laddered", "r", "text", ["abcde", "abc*x"], [2]),
    ]


MARTS_RECODED = {"cut": ["number", "day"], "meant": ["number"], "laddered": ["q", "r", "number", "day"]}
RECODED_CLEAN = {"cut": {"number": [0, 0, 0], "day": [0, 0]}, "meant": {"number": [0]}}
RECODED_CLEAN |= {"laddered": {"q": [0], "r": [0], "number": [0, 0], "day": [0, 0]}}


# --- histories ---


def histories() -> list[Case]:
    made = []

    def case(
        mart: str,
        rows: list[tuple[Any, ...]],
        known: int,
        among: int,
        at_most: float,
        told: dict[str, str] | None = None,
    ) -> None:
        share, count = placed(rows, told or {}, known, among)
        z = 1.6448536
        bound = share if known == 1 else wilson(share, count, z) if count else 0.0
        broken = max(math.ceil(share * count), 1) if bound > at_most else 0
        if known == 1 and rows:
            share = bound = alone(rows, among)
            broken = max(math.ceil(round(share * len({who for who, _ in rows}), 9)), 1) if share > at_most else 0
        scene = in_scene([{"who": who, "q": q} for who, q in rows], {"who": "text", "q": "text"}, unique=False)
        if told is not None:
            scene["follows"] = {"base": relation([{"who": w, "q": q, "r": "1"} for w, q in told.items()], TEXT)}
        made.append(Case("history_protected", mart, [("upper bound", broken, bound), ("share", 0, share)], scene))

    for seed, persons_of in enumerate([0, 5, 12, 40, 40]):
        draw = random.Random(seed)
        rows = [
            (token(n), draw.choice("abcdefgh"[: 3 + seed]))
            for n in range(persons_of)
            for _ in range(draw.randint(1, 5))
        ]
        case("known_1", rows, 1, 3, 0.25)
        case("known_2", rows, 2, 3, 0.3)
        if rows:
            case("told", rows, 2, 3, 0.5, {token(n): draw.choice("mn") for n in range(persons_of)})
    alike = [(token(n), q) for n in range(12) for q in "ab"]
    case("known_2", alike, 2, 3, 0.3)
    case("known_1", [(token(n), "x" if n < 3 else f"y{n}") for n in range(4)], 1, 3, 0.25)
    case("known_2", [(token(n), q) for n in range(3) for q in "ab"], 2, 3, 0.3)
    case("known_2", crowd_of_many(), 2, 3, 0.3)
    made[-1].scene["release"] = "SCHEMA.many"
    for name, share in [("by_period", 0.25), ("unnamed", 0.5 / 3)]:
        rows = [
            {"tokumei_token": token(n % 3), "who": token(9 + n), "letter": "L", "q": "x" if n < 3 else "y"}
            for n in range(4)
        ]
        scene = in_scene(rows, dict.fromkeys(rows[0], "text"), unique=False)
        made.append(Case("history_protected", name, [("upper bound", 0, share), ("share", 0, share)], scene))
    made.append(Case("history_protected", "known_1", [("", 0, None)], in_scene([], {"who": "text"})))
    made.append(Case("history_protected", "plain", [("", 0, None)], in_scene([], {"who": "text"}, unique=False)))
    return made


def crowd_of_many() -> list[tuple[str, str]]:
    """Sixty more subjects than are asked for: those whose tokens come last, and who are not alone."""
    many = sorted((token(n) for n in range(2060)), reverse=True)
    return [(who, q) for who in many[:60] for q in "xy"] + [(who, f"{n}") for n, who in enumerate(many[60:])]


def placed(rows: list[tuple[Any, ...]], told: dict[str, str], known: int, among: int) -> tuple[float, int]:
    """The share of subjects whom `known` of their records, with what is told of them, place among fewer than `among`."""
    if not rows:
        return 0.0, 0
    if not told:
        count, share = history_share(rows, known, among)
        return share, count
    alike = defaultdict(list)
    for who, value in rows:
        alike[told[who]].append((who, value))
    asked = {of: history_share(some, known, among) for of, some in alike.items()}
    count = sum(count for count, _ in asked.values())
    return sum(count * share for count, share in asked.values()) / count, count


def alone(rows: list[tuple[Any, ...]], among: int) -> float:
    """Any one distinct record known, each as likely."""
    crowd = Counter(value for _, value in set(rows))
    records = defaultdict(set)
    for who, value in rows:
        records[who].add(value)
    return sum(sum(crowd[v] < among for v in of_one) / len(of_one) for of_one in records.values()) / len(records)


def wilson(share: float, count: int, z: float) -> float:
    """The upper bound of a share, one-sided."""
    root = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (share + z * z / (2 * count) + root) / (1 + z * z / count)


# --- what is drawn ---


def drawn() -> list[Case]:
    swap = dict.fromkeys(["block", "takes", "position", "first_rank", "last_rank", "size"], "integer")
    swap |= {"value": "integer", "by_1": "text"}
    types = {"number": "integer", "q": "text"}

    def case(
        mart: str,
        places: list[tuple[Any, ...]],
        far: int,
        kept: float | None,
        before: list[Any],
        after: list[Any],
        lost: int,
        size: int = 40,
    ) -> Case:
        names = ["block", "takes", "position", "first_rank", "last_rank", "value", "by_1"]
        listed = relation([dict(zip(names, place, strict=True)) | {"size": size} for place in places], swap)
        stages = [relation([{"number": n, "q": q} for n, q in rows], types) for rows in (before, after)]
        at = {"swaps": {"number": listed}, "unswapped": stages[0], "treated": stages[1]}
        return Case("swaps_as_declared", mart, [("number", far, kept), ("number", lost, None)], {"facts": {"at": at}})

    # within 5 % of 40 is 2 ranks
    near = [(1, 1, 0, 1, 1, 10, "a"), (1, 0, 1, 3, 3, 20, "a"), (2, 0, 0, 9, 9, 7, "a"), (2, 0, 0, 9, 9, 7, "b")]
    far = [(1, 1, 0, 1, 1, 10, "a"), (1, 0, 1, 4, 4, 20, "a"), (2, 1, 0, 5, 9, None, "a"), (2, 0, 1, 11, 12, None, "a")]
    same = [(10, "a"), (20, "a"), (20, "b")]
    return [
        case("swapped", near, 0, 0.5, same, [same[1], same[0], same[2]], 0),
        case("swapped", far, 2, 0.5, same, [(10, "b"), (20, "a"), (20, "b")], 1),
        case("swapped", near, 0, 0.5, [*same, same[0]], same, 1),
        case(
            "swapped_freely",
            [(*place[:6], "a") for place in near[:3]],
            0,
            1 / 3,
            same,
            [(10, "x"), (20, "y"), (20, "z")],
            0,
        ),
        case("swapped_freely", [(1, 1, 0, 1, 1, 10, "a"), (1, 0, 1, 22, 22, 20, "b")], 2, 0, same, [(11, "a")] * 3, 2),
        case("swapped_freely", [(1, 1, 0, 1, 1, 10, "a"), (1, 0, 1, 21, 21, 10, "b")], 0, 1, same, same, 0),
        case("swapped_in_groups", [(1, 1, 0, 1, 1, 10, "a"), (1, 0, 1, 41, 41, 20, "a")], 0, 0, same, same, 0),
        case("swapped_in_groups", [(1, 1, 0, 1, 1, 10, "a"), (1, 0, 1, 42, 42, 20, "a")], 2, 0, same, same, 0),
        case("swapped_in_groups", [(1, 1, 0, 1, 1, 1, "a"), (1, 0, 1, 202, 202, 2, "a")], 2, 0, same, same, 0, 200),
        case("swapped", [(1, 1, 0, 1, 1, 1, "a"), (1, 0, 1, 3, 3, 2, "a")], 2, 0, same, same, 0, 10),
        case("swapped", [], 0, None, same, same, 0),
        Case("swaps_as_declared", "swapped", [("", 0, None)], {"gate": False}),
        Case("swaps_as_declared", "plain", [("", 0, None)]),
    ]


def mixed() -> list[Case]:
    types = {"who": "text", "q": "text", "v": "text", "tokumei_synthetic": "boolean"}
    real = [{"who": token(n), "q": "ab"[n % 2], "v": "x", "tokumei_synthetic": False} for n in range(10)]

    def case(made: list[tuple[str, str, str]], *counts: int, subjects: int = 10) -> Case:
        rows = [{"who": who, "q": q, "v": v, "tokumei_synthetic": True} for who, q, v in made]
        names = ["copies", "classes", "tokens", "tokens", "share"]
        share = len({who for who, *_ in made}) / max(subjects, 1)
        found: list[Finding] = [
            (name, n, share if name == "share" else None) for name, n in zip(names, counts, strict=True)
        ]
        scene = {"release": relation(real, types), "released": relation([*real, *rows], types), "types": types}
        return Case("synthetic_sound", "mixed", found, scene | {"facts": {"subjects_out": subjects}})

    sound = [(token(20), "a", "y"), (token(21), "b", "z")]
    return [
        case(sound, 0, 0, 0, 0, 0),
        case([sound[0], (token(22), "a", "x")], 1, 0, 0, 0, 0),
        case([sound[0], (token(22), "c", "x")], 0, 1, 0, 0, 0),
        case([sound[0], (token(22)[:60], "a", "w")], 0, 0, 1, 0, 0),
        case([sound[0], ("G" * 64, "a", "w")], 0, 0, 1, 0, 0),
        case([sound[0], (token(3), "a", "w")], 0, 0, 0, 1, 0),
        case(sound[:1], 0, 0, 0, 0, 1),
        case([*sound, (token(22), "a", "w"), (token(22), "a", "v")], 0, 0, 0, 0, 1),
        case([], 0, 0, 0, 0, 2),
        case([], 0, 0, 0, 0, 0, subjects=0),
        case(sound[:1], 0, 0, 0, 0, 1, subjects=1),
        Case("synthetic_sound", "plain", [("", 0, None)]),
    ]


# --- what the mart shows ---

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


ALL: list[Callable[[], list[Case]]] = [losses, logged, pseudonyms, classes, guarded, rare, forms, recoded]
ALL += [histories, drawn, mixed, shown]


def noisy() -> list[Row]:
    noise = {"distribution": "laplace", "scale": 10, "unit": 5}
    return [
        {"name": name, "from": source, "treat": [{"add_noise": noise | {"declared_releases": most}}]}
        for name, source, most in [("noised", "a", 2), ("noised_again", "b", 9)]
    ]


def marts() -> dict[str, tuple[list[Row], dict[str, Any]]]:
    """Columns and policy of each mart."""
    value: Row = {"name": "v", "treat": ["keep"], **WAIVED}
    attribute: Row = {"name": "a"}
    swap: Row = {"name": "number", "treat": [{"swap": {"within": 5, "by": "q"}}]}
    noise = {"distribution": "laplace", "scale": 10, "unit": 5, "declared_releases": 9}
    ladders: list[Row] = [
        {"name": "q", "treat": ["keep"], "ladder": {"hierarchy": "tree"}},
        {"name": "r", "treat": [{"prefix": 4}]},
        {"name": "number", "treat": [{"band": 10}]},
        {"name": "day", "treat": [{"truncate": "month"}], "ladder": {"truncate": ["month", "quarter", "year", 10]}},
    ]
    guards: dict[str, tuple[list[Row], dict[str, Any]]] = {
        "several": (
            [WHO, Q, R, {"name": "v", "treat": [{"suppress_rare": {"below": 3, "replace_with": "その他"}}]}],
            {"l": {"v": 3}},
        ),
        "entropy": ([WHO, Q, R, value], {"l": {"v": {"entropy": 2}}}),
        "recursive": ([WHO, Q, R, value], {"l": {"v": {"recursive": {"c": 1.5, "l": 3}}}}),
        "equal": ([WHO, Q, R, value], {"t": {"v": 0.25}}),
        "ordered": (
            [WHO, Q, R, {"name": "w", "treat": [{"suppress_rare": {"below": 3, "replace_with": "不明"}}]}],
            {"t": {"w": {"ordered": 0.25}}},
        ),
    }
    return guards | {
        "whole_guarded": ([WHO, value], {"l": {"v": 2}}),
        "both_models": ([WHO, Q, R, value, value | {"name": "w"}], {"l": {"v": 2}, "t": {"w": 0.25}}),
        "finely": ([WHO, Q, R, value], {"l": {"v": {"recursive": {"c": 1.500001, "l": 2}}}}),
        "dated": ([WHO, Q, R, value], {"t": {"v": {"ordered": 0.25}}}),
        "plain": ([WHO, Q, R], {}),
        "follower": ([WHO, Q], {"members_of": "plain", "dataset": "d_plain"}),
        "whole": ([{"name": "a"}], {}),
        "short": (SHORT, {}),
        "noisy_1": (noisy(), {}),
        "noisy_2": (noisy(), {}),
        "noisy_3": (noisy(), {}),
        "lost": ([WHO, Q], {}),
        "attributed": ([WHO, attribute], {}),
        "sensitive": ([WHO, {"name": "v", "treat": ["keep"]}], {}),
        "described": (
            [
                WHO,
                {
                    "name": "memo",
                    "treat": [{"categorize": {"categories": [{"to": "x", "words": ["x"]}], "rest": "other"}}],
                },
            ],
            {},
        ),
        "waived": ([WHO, attribute | WAIVED], {}),
        "noised": ([WHO, {"name": "a", "treat": [{"add_noise": noise}], **WAIVED}], {}),
        "noised_and_guarded": ([WHO, {"name": "a", "treat": [{"add_noise": noise}]}], {}),
        "swapped_and_waived": ([WHO, Q, {"name": "a", "treat": [{"swap": {"by": "q"}}], **WAIVED}], {}),
        "pooled": ([WHO, {"name": "a", "treat": [{"suppress_rare": {"below": 5, "replace_with": "other"}}]}], {}),
        "formed": (form_columns(), {}),
        "cut": (
            [
                {"name": "number", "treat": [{"round": 1}, {"top_code": 100}]},
                {"name": "day", "treat": [{"truncate": "month"}]},
            ],
            {"recode": {"mondrian": ["number", "day"]}},
        ),
        "meant": (
            [{"name": "number", "treat": [{"round": 10}]}],
            {"recode": {"mondrian": ["number"], "means": ["number"]}},
        ),
        "laddered": (ladders, {"recode": "stepwise"}),
        "known_1": ([WHO, Q], {"history": {"known": 1, "among": 3, "at_most": 0.25}}),
        "known_2": ([WHO, Q], {"history": {"known": 2, "among": 3, "at_most": 0.3}}),
        "by_period": (
            [SHORT[1], {"name": "who", "from": "id", "treat": [{"pseudonymize": {"per": "year", "of": "day"}}]}, Q],
            {"history": {"known": 1, "among": 3, "at_most": 0.25}},
        ),
        "unnamed": ([Q], {"history": {"known": 1, "among": 3, "at_most": 0.25}}),
        "told": (
            [WHO, Q],
            {"history": {"known": 2, "among": 3, "at_most": 0.5}, "members_of": "base", "dataset": "d_told"},
        ),
        "swapped": ([WHO, Q, swap], {}),
        "swapped_freely": ([WHO, Q, {"name": "number", "treat": [{"swap": {"within": 50}}]}], {}),
        "swapped_in_groups": ([WHO, Q, {"name": "number", "treat": [{"swap": {"by": "q"}}]}], {}),
        "mixed": ([WHO, Q, value], {"synthetic_share": {"share": 0.2, "from": "classes"}}),
    }


def write(project: Project) -> None:
    given = marts()
    given["base"] = ([WHO, Q, R], {"dataset": "d_told"})
    types = {"number": "integer", "day": "date", "id": "integer"}
    sources = CLASSIFIED | {f"from_{name}": "attribute" for name, *_ in FORMS}
    types |= {f"from_{name}": READ.get(name, kind) for name, _, kind, *_ in FORMS}
    source = personal("t", "id", sources, project.engine.schema())
    for column in source["tables"][0]["columns"]:
        column["data_type"] = SOURCE_TYPES.get(types.get(column["name"], "text"), "text")
    models = []
    for name, (columns, policy) in given.items():
        usual = {"dataset": f"d_{name}", "k": 3, "k_reason": "a test", "max_suppression": 0.1}
        models.append(mart(name, "t", columns, **(usual | policy)))
        passed = f", members_of=ref('{policy['members_of']}')" if "members_of" in policy else ""
        text = "{{ tokumei.anonymize(source('raw', 't')" + passed + ", hierarchies=[ref('tree')]) }}\n"
        project.write(f"models/{name}.sql", text)
    seed = {"name": "tree", "columns": [{"name": name} for name in ("value", "top", "root")]}
    project.write("models/marts.yml", {"sources": [source], "models": models})
    project.write("seeds/tree.csv", "value,top,root\na1,A,all\na2,A,all\nb1,B,all\nb2,B,all\n")
    project.write("seeds/tree.yml", {"seeds": [seed]})


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
