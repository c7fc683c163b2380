"""What generalize_rare shows, in plain Python, and what an attacker makes of it."""

from __future__ import annotations

from collections import defaultdict

from .oracle import Row, Value, text_of

# value → its labels, from fine to coarse
Tree = dict[str, list[str]]
# (level, label): level 0 is the value itself
Node = tuple[int, Value]


def climb(rows: list[Row], column: str, tree: Tree, below: int, replace_with: str | None = None) -> dict[Value, Value]:
    """Value → what is shown for it; rows are {subject, column}."""
    holders: dict[Value, set[Value]] = defaultdict(set)
    for row in rows:
        holders[row[column]].add(row["subject"])
    node: dict[Value, Node] = {value: (0, value) for value in holders}
    climbing = {value for value, who in holders.items() if len(who) < below}
    depth = len(next(iter(tree.values())))

    def subjects(values: set[Value]) -> int:
        return len({who for value in values for who in holders[value]})

    def published(inside: set[Value]) -> list[Node]:
        """Nodes that are shown, the smallest first."""
        groups: dict[Node, set[Value]] = defaultdict(set)
        for value in inside - climbing:
            groups[node[value]].add(value)
        return sorted(groups, key=lambda n: (subjects(groups[n]), n[0], n[1] is None, text_of(n[1]).encode()))

    for level in range(1, depth + 1):
        above: dict[str, set[Value]] = defaultdict(set)
        for value in holders:
            if value is not None:
                above[tree[str(value)][level - 1]].add(value)
        before = set(climbing)
        for label, inside in above.items():
            up = inside & before
            if not up:
                continue
            risen = set(up)
            if len(up) < 2 or subjects(up) < below:
                siblings = published(inside)
                if not siblings:
                    continue
                risen |= {value for value in inside - before if node[value] == siblings[0]}
            for value in risen:
                node[value] = (level, label)
            climbing -= risen
    hidden = set(climbing)
    if hidden and (len(hidden) < 2 or subjects(hidden) < below):
        rest = published(set(holders))
        hidden |= {value for value in holders if rest and value not in climbing and node[value] == rest[0]}
    return {value: replace_with if value in hidden else node[value][1] for value in holders}


def eliminated(shown: list[tuple[Value, Value]], tree: Tree) -> list[Value]:
    """Labels whose value an attacker knows who sees the mart and the tree, and knows which values occur at all.

    A label's records hold none of the values that stand for themselves or under a finer label.
    """
    occurring = {value for value, _ in shown}
    labels = {label for _, label in shown}
    found = []
    for label in labels:
        level = max((path.index(label) + 1 for path in tree.values() if label in path), default=0)
        if level == 0:
            continue
        inside = {value for value in occurring if value is not None and tree[str(value)][level - 1] == label}
        finer = {value for value in inside if value in labels or set(tree[str(value)][: level - 1]) & labels}
        # What a finer label shows is not certain to hold all its values: drawn-in ones stand above.
        certain = {value for value in finer if value in labels and (value, label) not in shown}
        if len(inside - certain) < 2:
            found.append(label)
    return found
