"""Counts of the build, and what the logs say."""

from __future__ import annotations

from typing import Any

from ..findings import Case, Finding

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
    def consistent(mart: str, count: int, *selected: str, **scene: Any) -> Case:
        return Case("dataset_consistent", mart, [("", count, None)], scene, selected=list(selected))

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
        consistent("plain", 1, "follower", gate=False, invocation_id="an earlier run"),
        consistent("plain", 2, "plain", gate=False, invocation_id="an earlier run"),
        consistent("plain", 1, "plain", "follower", gate=False, invocation_id="an earlier run"),
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
