"""Pseudonyms that are missing, shared, cut short or used again."""

from __future__ import annotations

from typing import Any

from ..findings import Case, Finding, Row, relation
from ..histories import md5
from .common import TEXT, TOKEN, in_scene, token


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
