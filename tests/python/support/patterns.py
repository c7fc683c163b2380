"""Regular expressions of the subset that every engine reads alike, drawn from its grammar."""

from __future__ import annotations

import random

LITERALS = "abz09 AZあいんアカ配達返品ー、。_-#%@'\"<>=:;!&~`,/Ａ０"
ESCAPED = "!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~"
RANGES = ["a-z", "A-Z", "0-9", "b-y", "ぁ-ん", "ァ-ヶ", "０-９", "ａ-ｚ", "ｱ-ﾝ"]


def pattern(draw: random.Random, depth: int = 2) -> str:
    """Branches of repeated atoms, now and then anchored."""
    branches = []
    for _ in range(draw.choice([1, 1, 2, 3])):
        atoms = "".join(atom(draw, depth) + draw.choice(["", "", "", *REPEATS]) for _ in range(draw.randint(1, 3)))
        branches.append(draw.choice(["", "", "^"]) + atoms + draw.choice(["", "", "$"]))
    return "|".join(branches)


REPEATS = ["*", "+", "?", "{2}", "{1,}", "{0,3}"]


def atom(draw: random.Random, depth: int) -> str:
    kind = draw.randrange(8)
    if kind == 0 and depth > 0:
        return f"({pattern(draw, depth - 1)})"
    if kind == 1:
        return "."
    if kind == 2:
        return "\\" + draw.choice(ESCAPED)
    if kind in (3, 4):
        members = [draw.choice([draw.choice(RANGES), draw.choice("az09あ配 .*+?$|(){}"), "\\" + draw.choice(ESCAPED)])]
        members += [draw.choice(RANGES)] if draw.random() < 0.5 else []
        return f"[{draw.choice(['', '', '^'])}{''.join(members)}]"
    return draw.choice(LITERALS)


def text(draw: random.Random) -> str:
    """A short text of the characters that such patterns speak of, line breaks among them."""
    some = LITERALS + ESCAPED + "\n\r\t\x85\u2028\u2029\\"
    return "".join(draw.choice(some) for _ in range(draw.randint(0, 8)))
