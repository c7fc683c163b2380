"""What is drawn: swaps and synthetic records."""

from __future__ import annotations

from typing import Any

from ..findings import Case, Finding, relation
from .common import token


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
