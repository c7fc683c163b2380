"""Every node of a lattice on real data: values as packed integer codes in numpy, one column after the other."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np


@dataclass
class Ladder:
    """A column: of each record the number of its value on every rung, and the share of the domain that it stands for."""

    codes: list[np.ndarray]
    shares: list[np.ndarray]

    @classmethod
    def of(cls, values: list[str], hierarchy: list[list[str]]) -> Ladder:
        """`hierarchy` has a row for each value of the domain: the value and what it is called on each level."""
        place = {row[0]: number for number, row in enumerate(hierarchy)}
        met = np.array([place[value] for value in values])
        codes, shares = [], []
        for level in range(len(hierarchy[0])):
            _, numbered, leaves = np.unique([row[level] for row in hierarchy], return_inverse=True, return_counts=True)
            codes.append(numbered[met])
            shares.append(leaves[numbered[met]] / len(hierarchy))
        return cls(codes, shares)


Node = tuple[int, ...]


def every_node(ladders: list[Ladder], allowed: list[range], k: int, limit: float) -> dict[Node, dict[str, float]]:
    """Of each node within the limit: what it suppresses, its classes, and its score by every measure."""
    given = len(ladders[0].codes[0])
    domain = [round(1 / ladder.shares[0].min()) for ladder in ladders]
    found = {}
    for node, classes in _classes(ladders, allowed, 0, np.zeros(given, dtype=np.int64)):
        sizes = np.bincount(classes)
        kept = sizes >= k
        lost = int(sizes[~kept].sum())
        if lost / given > limit:
            continue
        hidden = ~kept[classes]
        loss = 1.0
        for ladder, rung, leaves in zip(ladders, node, domain, strict=True):
            shares = ladder.shares[rung]
            spread = shares.sum() + (1 - shares[hidden]).sum()
            loss *= ((spread - given / leaves) / (given - given / leaves) + 1) ** (1 / len(ladders))
        height = sum(r / (len(ladder.codes) - 1) for ladder, r in zip(ladders, node, strict=True)) / len(ladders)
        found[node] = {
            "lost": lost,
            "classes": int(kept.sum()),
            "discernibility": float((sizes[kept].astype(float) ** 2).sum() + float(lost) * given),
            "average_class_size": given / (int(kept.sum()) + (lost > 0)),
            "loss": loss - 1,
            "precision": (height * (given - lost) + lost) / given,
        }
    assert math.prod(map(len, allowed)) >= len(found)
    return found


def _classes(
    ladders: list[Ladder], allowed: list[range], column: int, above: np.ndarray
) -> Iterator[tuple[Node, np.ndarray]]:
    """Each node of the columns from one on, with the number of each record's class; `above` numbers those so far."""
    if column == len(ladders):
        yield (), above
        return
    for rung in allowed[column]:
        codes = ladders[column].codes[rung]
        packed = above * (codes.max() + 1) + codes
        for node, classes in _classes(ladders, allowed, column + 1, _numbered(packed)):
            yield (rung, *node), classes


def _numbered(packed: np.ndarray) -> np.ndarray:
    """The same classes numbered from 0 without gaps."""
    most = int(packed.max()) + 1
    if most > 4_000_000:
        return np.unique(packed, return_inverse=True)[1]
    met = np.zeros(most, dtype=np.int64)
    met[packed] = 1
    return (np.cumsum(met) - 1)[packed]
