"""What is logged of Adult's release, recomputed with pandas and scipy; its loss agrees with ARX to 1e-9."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations

import pandas as pd
import pytest
import scipy.stats

from . import risk
from .project import Project

ARX_LOSS = 0.30334014291297


def check(
    project: Project, source: pd.DataFrame, mart: pd.DataFrame, names: list[str], leaves: dict[str, list[str]]
) -> None:
    """`source` is all records as the mart would show them; `leaves` the label of each leaf of a column's hierarchy."""
    rows = project.query(
        f'select population, measure, column_names, "size", value from {project.private("release_risks_log")} '
        "where kind <> 'limit'"
    )
    logged = {tuple(row[:4]): row[4] for row in rows}
    assert len(logged) == len(rows)
    expected = risks(source, mart, names) | use(source, mart, names, leaves)
    special = ("special_uniques", "suda_", "minimal_uniques", "correlation_change")
    measured = {key: value for key, value in logged.items() if not key[1].startswith(special)}
    expected |= sensitive(mart, names)
    ratios = ("recursive_c", "beta", "enhanced_beta", "delta")
    measured = {key: value for key, value in measured.items() if key[1] not in ratios}
    assert measured == pytest.approx(expected, abs=1e-9, rel=1e-9)
    assert logged["mart", "loss", "", None] == pytest.approx(ARX_LOSS, abs=1e-9)


def sensitive(mart: pd.DataFrame, names: list[str]) -> risk.Measures:
    """Of the salary class: l by its number of values and by entropy, t by equal distance, the largest share."""
    shares = mart["salary-class"].value_counts(normalize=True)
    classes = mart.groupby(names)["salary-class"].value_counts(normalize=True).unstack(fill_value=0)
    entropy = classes.apply(lambda row: scipy.stats.entropy(row), axis=1)
    key = "salary-class"
    return {
        ("mart", "distinct_l", key, None): (classes > 0).sum(axis=1).min(),
        ("mart", "entropy_l", key, None): math.exp(entropy.min()),
        ("mart", "t", key, None): ((classes - shares[classes.columns]).abs().sum(axis=1) / 2).max(),
        ("mart", "alpha", key, None): classes.max(axis=1).max(),
    }


def risks(source: pd.DataFrame, mart: pd.DataFrame, names: list[str]) -> risk.Measures:
    given, shown = (list(enumerate(frame[names].itertuples(index=False, name=None))) for frame in (source, mart))
    found: risk.Measures = {("mart", "threshold", "", None): 0.1}
    found |= risk.class_measures("mart", shown, 0.1, against=given) | risk.class_measures("treated", given, 0.1)
    found |= risk.shown_measures(list(enumerate(mart.itertuples(index=False, name=None))))
    for population, frame in (("mart", mart), ("treated", source)):
        for size in (1, 2, 3):
            for known in combinations(names, size):
                sizes = frame.groupby(list(known)).size()
                key = ", ".join(known)
                found[population, "combination_classes", key, size] = len(sizes)
                found[population, "combination_smallest_class", key, size] = sizes.min()
                found[population, "combination_uniques", key, size] = (sizes == 1).sum()
                found[population, "combination_below_k", key, size] = sizes[sizes < 5].sum() / len(frame)
    return found


def use(source: pd.DataFrame, mart: pd.DataFrame, names: list[str], leaves: dict[str, list[str]]) -> risk.Measures:
    given, lost = len(source), len(source) - len(mart)
    sizes = mart.groupby(names).size()
    found: risk.Measures = {
        ("mart", "discernibility", "", None): (sizes**2).sum() + lost * given,
        ("mart", "average_class_size", "", None): given / (len(sizes) + 1),
        ("mart", "suppressed_cells", "", None): 0,
        ("mart", "suppressed_cells_share", "", None): 0,
    }
    for kind in ("records", "subjects"):
        found[("mart", f"suppressed_{kind}", "", None)] = lost
        found[("mart", f"suppressed_{kind}_share", "", None)] = lost / given
    for name in source:
        found |= risk.distances(name, list(source[name]), list(mart[name]))
        found["mart", "loss", name, None] = lost / given
        if name in leaves:
            loss = risk.leaf_loss(Counter(leaves[name]), len(leaves[name]), list(mart[name]), lost)
            found["mart", "loss", name, None] = loss
    whole = 1.0
    for name in names:
        whole *= found["mart", "loss", name, None] + 1
    found["mart", "loss", "", None] = whole ** (1 / len(names)) - 1
    for first, second in combinations(source, 2):
        for population, frame in (("treated", source), ("mart", mart)):
            table = pd.crosstab(frame[first], frame[second])
            if min(table.shape) > 1:
                association = scipy.stats.contingency.association(table.to_numpy())
                found[population, "cramers_v", f"{first}, {second}", None] = association
    return found
