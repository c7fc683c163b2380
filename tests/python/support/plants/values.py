"""Values that too few persons hold, and what names a pool of them."""

from __future__ import annotations

from typing import Any

from ..findings import Case, relation
from .common import in_scene, token


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
