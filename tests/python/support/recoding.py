"""Local recoding in plain Python: from docs/steps/recode.md, with nothing of the macros. Whole numbers throughout."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from .oracle import Value

Combination = tuple[Value, ...]
Shown = tuple[Value, ...]
Holders = dict[Combination, set[int]]


@dataclass(frozen=True)
class Ladder:
    """A column and the labels above each of its values, `*` not among them; without a tree every value stands alone."""

    name: str
    tree: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def path(self, value: Value) -> tuple[Value, ...]:
        """The labels of a value from its own to `*`; null has nothing above it but `*`."""
        own = None if value is None else str(value)
        above = self.tree.get(own, ()) if own is not None else (None,) * self.height()
        return (own, *above, "*")

    def height(self) -> int:
        return len(next(iter(self.tree.values()), ()))


@dataclass(frozen=True)
class Number:
    """A column of numbers or dates, cut anywhere; `unit` is the grid of its mean, where it shows one."""

    name: str
    decimals: int = 0
    unit: str | None = None

    def number(self, value: Value) -> int | None:
        if isinstance(value, dt.date):
            return (value - dt.date(1970, 1, 1)).days
        if value is None:
            return None
        return int((Decimal(str(value)) * 10**self.decimals).quantize(Decimal(1), ROUND_HALF_UP))


Axis = Ladder | Number


class Table:
    """Combinations with the subjects that hold them, and what the algorithms ask of a set of them."""

    def __init__(self, axes: list[Axis], holders: Holders, k: int) -> None:
        self.axes, self.holders, self.k = axes, holders, k
        self.single = sum(map(len, holders.values())) == len(set().union(*holders.values()))
        met = [{c[i] for c in holders} for i in range(len(axes))]
        self.trees = [Tree(axis, met[i]) if isinstance(axis, Ladder) else None for i, axis in enumerate(axes)]

    def subjects(self, combinations: Iterable[Combination]) -> int:
        if self.single:
            return sum(len(self.holders[c]) for c in combinations)
        return len(set().union(*(self.holders[c] for c in combinations)))


class Tree:
    """One ladder over the values that are met: labels, the leaves under each, and an order of the labels of one level."""

    def __init__(self, ladder: Ladder, met: set[Value]) -> None:
        self.paths = {value: ladder.path(value) for value in met}
        leaves = {own: ladder.path(own) for own in ladder.tree} | {path[0]: path for path in self.paths.values()}
        self.all_paths = list(leaves.values())
        self.height = len(next(iter(leaves.values()))) - 1
        self.leaves: dict[tuple[int, Value], int] = defaultdict(int)
        for path in leaves.values():
            for level, label in enumerate(path):
                self.leaves[level, label] += 1
        self.domain = len(leaves)

    def joins(self, level: int) -> bool:
        """Whether a level gives one label to several of the level below."""
        below: dict[Value, set[Value]] = defaultdict(set)
        for path in self.all_paths:
            below[path[level]].add(path[level - 1])
        return any(len(labels) > 1 for labels in below.values())

    def order(self, value: Value, level: int) -> list[tuple[bool, bytes]]:
        """Labels in the order of bytes, below their parents, null last."""
        return [(label is None, str(label).encode()) for label in reversed(self.paths[value][level:])]

    def loss(self, level: int, label: Value) -> int:
        """Of a label, in millionths of the column."""
        return (self.leaves[level, label] - 1) * 1_000_000 // (self.domain - 1) if self.domain > 1 else 0

    def cover(self, values: set[Value]) -> int:
        """The lowest level at which all values have one label."""
        return next(level for level in range(self.height + 1) if len({self.paths[v][level] for v in values}) == 1)


def cells(holders: Holders, fixed: int) -> list[Holders]:
    """What is the same in the last `fixed` columns."""
    made: dict[Combination, Holders] = defaultdict(dict)
    for combination, subjects in holders.items():
        cut = len(combination) - fixed
        made[combination[cut:]][combination] = subjects
    return list(made.values())


def mondrian(axes: list[Axis], holders: Holders, k: int, fixed: int = 0) -> dict[Combination, Shown]:
    """What each combination shows."""
    table = Table(axes, holders, k)
    spans = []
    for i, axis in enumerate(axes):
        numbers = [axis.number(c[i]) for c in holders if c[i] is not None] if isinstance(axis, Number) else []
        spans.append(max(numbers) - min(numbers) if numbers else 0)
    shown: dict[Combination, Shown] = {}
    waiting = [list(cell) for cell in cells(holders, fixed)]
    while waiting:
        part = waiting.pop()
        candidates = []
        for i, axis in enumerate(axes):
            found = (
                divide_number(table, part, i, spans[i]) if isinstance(axis, Number) else divide_ladder(table, part, i)
            )
            if found is not None:
                candidates.append((found[0], -i, found[1]))
        if candidates:
            waiting.extend(max(candidates, key=lambda candidate: candidate[:2])[2])
            continue
        texts = tuple(show_part(table, part, i) for i in range(len(axes)))
        shown |= {combination: texts for combination in part}
    return shown


def divide_number(
    table: Table, part: list[Combination], i: int, span: int
) -> tuple[int, list[list[Combination]]] | None:
    axis = table.axes[i]
    assert isinstance(axis, Number)
    ranked: dict[int | float, list[Combination]] = defaultdict(list)
    for combination in part:
        number = axis.number(combination[i])
        ranked[-math.inf if number is None else number].append(combination)
    values = sorted(ranked)
    lefts = subjects_up_to(table, [ranked[value] for value in values])
    rights = subjects_up_to(table, [ranked[value] for value in reversed(values)])[::-1]
    cuts = []
    for left, right, value in zip(lefts, rights[1:], values, strict=False):
        if min(left, right) >= table.k:
            cuts.append((value != -math.inf, abs(left - right), value))
    if not cuts:
        return None
    _, _, best = min(cuts)
    sides = [c for v in values if v <= best for c in ranked[v]], [c for v in values if v > best for c in ranked[v]]
    width = 1_000_000 if values[0] == -math.inf else int(values[-1] - values[0]) * 500_000 // span
    return width, list(sides)


def subjects_up_to(table: Table, groups: list[list[Combination]]) -> list[int]:
    """The subjects of the first group, of the first two, and so on."""
    if table.single:
        return list(itertools.accumulate(table.subjects(group) for group in groups))
    seen: set[int] = set()
    return [len(seen := seen.union(*(table.holders[c] for c in group))) for group in groups]


def divide_ladder(table: Table, part: list[Combination], i: int) -> tuple[int, list[list[Combination]]] | None:
    tree = table.trees[i]
    assert tree is not None
    level = tree.cover({c[i] for c in part})
    if level == 0:
        return None
    children: dict[Value, list[Combination]] = defaultdict(list)
    for combination in part:
        children[tree.paths[combination[i]][level - 1]].append(combination)
    small = [label for label, members in children.items() if table.subjects(members) < table.k]
    large = [label for label in children if label not in small]
    if small and large and table.subjects(c for label in small for c in children[label]) < table.k:
        least = min(
            large, key=lambda label: (table.subjects(children[label]), tree.order(children[label][0][i], level - 1))
        )
        small.append(least)
        large.remove(least)
    parts = [children[label] for label in large]
    if small:
        parts.append([c for label in small for c in children[label]])
    if len(parts) < 2:
        return None
    label = tree.paths[part[0][i]][level]
    return tree.loss(level, label), parts


def show_part(table: Table, part: list[Combination], i: int) -> Value:
    axis, tree = table.axes[i], table.trees[i]
    values = {c[i] for c in part}
    if tree is not None:
        return tree.paths[part[0][i]][tree.cover(values)]
    assert isinstance(axis, Number)
    if axis.unit is not None:
        if None in values:
            return None
        number = mean(axis, [(axis.number(c[i]) or 0, len(table.holders[c])) for c in part])
        if isinstance(part[0][i], dt.date):
            return dt.date(1970, 1, 1) + dt.timedelta(days=int(number))
        return number
    if None in values:
        return None if len(values) == 1 else "*"
    low, high = (text_of(axis, end(values, key=axis.number)) for end in (min, max))
    between = "/" if isinstance(next(iter(values)), dt.date) else "-"
    return low if low == high else f"{low}{between}{high}"


def text_of(axis: Number, value: Value) -> str:
    if isinstance(value, dt.date) or not axis.decimals:
        return str(value)
    number = Decimal(axis.number(value) or 0).scaleb(-axis.decimals)
    return format(number.normalize(), "f") if number else "0"


def mean(axis: Number, weighed: list[tuple[int, int]]) -> Decimal:
    """On the grid, halves away from zero."""
    grid = int(Decimal(axis.unit or 1) * 10**axis.decimals)
    total, weight = sum(n * w for n, w in weighed), sum(w for _, w in weighed)
    nearest = (2 * abs(total) + weight * grid) // (2 * weight * grid) * grid
    return Decimal(int(math.copysign(1, total)) * nearest).scaleb(-axis.decimals)


def stepwise(
    axes: list[Axis], holders: Holders, k: int, fixed: int = 0, unique: bool = True
) -> dict[Combination, Shown]:
    """What each combination shows."""
    table = Table(axes, holders, k)
    trees = [tree for tree in table.trees if tree is not None]
    order = nodes(table, trees)
    shown: dict[Combination, Shown] = {}
    left, turn = list(holders), 0
    while left and turn < len(order) - 1:
        rows = len(left) if unique else sum(len(holders[c]) for c in left)
        batch = order[turn : min(turn + max(100_000 // rows, 1), len(order) - 1)]
        turn += len(batch)
        columns = [
            [[tree.paths[c[i]][level] for c in left] for level in range(tree.height + 1)]
            for i, tree in enumerate(trees)
        ]
        stays = [c[len(trees) :] for c in left]
        chosen: dict[tuple[int, object], list[Combination]] = defaultdict(list)
        waiting = set(left)
        for place, node in enumerate(batch):
            labels = zip(*(column[level] for column, level in zip(columns, node, strict=True)), stays, strict=True)
            for label, members in grouped(left, labels).items():
                if table.subjects(members) >= k and not waiting.isdisjoint(members):
                    chosen[place, label] = [c for c in members if c in waiting]
                    waiting.difference_update(members)
        full = {key: members for key, members in chosen.items() if table.subjects(members) >= k}
        taken = {c for members in full.values() for c in members}
        for cell in cells({c: holders[c] for c in left}, fixed):
            mine = [key for key, members in full.items() if members[0] in cell]
            if mine and 0 < table.subjects(c for c in cell if c not in taken) < k:
                last = max(mine, key=lambda key: (key[0], sort_of(trees, full[key][0], batch[key[0]])))
                taken -= set(full.pop(last))
        for (place, _), members in full.items():
            for c in members:
                shown[c] = tuple(
                    tree.paths[c[i]][level] for i, (tree, level) in enumerate(zip(trees, batch[place], strict=True))
                )
        left = [c for c in left if c not in taken]
    return shown | {c: ("*",) * len(trees) for c in left}


def grouped(items: list[Combination], labels: Iterable[object]) -> dict[object, list[Combination]]:
    made: dict[object, list[Combination]] = defaultdict(list)
    for item, label in zip(items, labels, strict=True):
        made[label].append(item)
    return made


def sort_of(trees: list[Tree], combination: Combination, node: tuple[int, ...]) -> list[list[tuple[bool, bytes]]]:
    return [tree.order(combination[i], level) for i, (tree, level) in enumerate(zip(trees, node, strict=True))]


def nodes(table: Table, trees: list[Tree]) -> list[tuple[int, ...]]:
    """Every generalization by what it loses, then by its levels; a level that joins nothing is none of its own."""
    costs: list[dict[int, int]] = []
    for i, tree in enumerate(trees):
        cost = {
            level: sum(len(s) * tree.loss(level, tree.paths[c[i]][level]) for c, s in table.holders.items())
            for level in range(tree.height + 1)
        }
        costs.append({level: lost for level, lost in cost.items() if level == 0 or tree.joins(level)})
    order = sorted(
        (sum(cost[level] for cost, level in zip(costs, node, strict=True)), node) for node in itertools.product(*costs)
    )
    size = math.prod(tree.height + 1 for tree in trees)
    step = size // 8192 + 1
    kept = [(turn, node) for turn, (_, node) in enumerate(order, 1)]
    return [node for turn, node in kept if turn <= 8192 or turn % step == 0 or turn == len(order)]
