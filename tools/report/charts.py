"""Plots of a report as SVG that stands in a page: text stays text, colours are the page's, the same each time."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from unicodedata import east_asian_width
from xml.etree import ElementTree

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
WIDTH, TEXT_SIZE = 380.0, 12.0
THICK, LINE = 14.0, 16.0
# Colours that occur nowhere else; the page says what they are, in the light, in the dark and on paper.
COLOURS = {
    name: f"#0a0b{place:02x}" for place, name in enumerate(["text", "quiet", "line", "before", "after", "limit"], 16)
}

matplotlib.rcParams.update({"svg.fonttype": "none", "font.size": TEXT_SIZE, "axes.unicode_minus": False})


@dataclass(frozen=True)
class Bar:
    """A row of a bar chart: a value for each series; none where it is hidden, with what stands there instead."""

    label: str
    values: Sequence[float | None]
    shown: Sequence[str]
    hidden: float | None = None  # how far a hidden bar may reach; none: a stub


@dataclass(frozen=True)
class Dot:
    """An attack: how often it succeeds, how often guessing does, the interval and the limit of its success."""

    label: str
    success: float
    base: float | None
    interval: tuple[float, float] | None
    limit: float | None
    shown: str


def text_width(text: str) -> float:
    """In units of the drawing: a full-width character takes one size, another a little more than half."""
    return sum(TEXT_SIZE if east_asian_width(character) in "WFA" else 0.58 * TEXT_SIZE for character in text)


def wrapped(text: str, room: float) -> list[str]:
    """In two lines at most, broken between words or wide characters; the table beside the plot holds all of it."""
    lines = [""]
    for word in re.findall(r"[!-\u2fff]+\s*|\s+|.[)\]、。」』】・ー）]*", text):
        if lines[-1] and text_width((lines[-1] + word).rstrip()) > room:
            lines.append("")
        lines[-1] += word
    if len(lines) > 2:
        lines[1] += lines[2]
    return [shortened(line.strip(), room) for line in lines[:2]]


def shortened(text: str, room: float) -> str:
    if text_width(text) <= room:
        return text
    while text and text_width(text) > room - TEXT_SIZE:
        text = text[:-1]
    return f"{text.rstrip()}…"


def bars(
    name: str,
    title: str,
    rows: Sequence[Bar],
    colours: Sequence[str],
    limit: float | None = None,
    top: float | None = None,
) -> str:
    """Horizontal bars, labels to the left where all are short, else above their bars."""
    beside = max(text_width(row.label) for row in rows) + 14
    above = beside > 140
    left = 2.0 if above else beside
    labels = [wrapped(row.label, WIDTH - left - 4) if above else [row.label] for row in rows]
    group = THICK * len(colours)
    heights = [group + (LINE * len(lines) + 14 if above else 12) for lines in labels]
    figures = max(text_width(text) for row in rows for text in row.shown) + 10
    ends = [value for row in rows for value in (*row.values, row.hidden) if value is not None]
    scale = (WIDTH - left - figures) / (top or max([*ends, limit or 0.0, 1e-9]))

    def draw(axes: Axes, height: float) -> None:
        start = height - 4
        for row, lines, room in zip(rows, labels, heights, strict=True):
            high = start - LINE * len(lines) - 2 if above else start
            for place, text in enumerate(lines):
                if above:
                    write(axes, left, start - LINE * (place + 0.5), text, "left", "text")
                else:
                    write(axes, left - 8, high - group / 2, text, "right", "text")
            axes.plot([left, left], [high - group, high], color=COLOURS["line"], linewidth=1, clip_on=False)
            for place, (value, shown, colour) in enumerate(zip(row.values, row.shown, colours, strict=True)):
                middle = high - THICK * (place + 0.5)
                length = 16.0 if row.hidden is None else row.hidden * scale
                if value is not None:
                    length = max(value * scale, 1.0 if value > 0 else 0.0)
                outlined = value is None or colour == "before"
                axes.barh(
                    middle,
                    length,
                    height=THICK - 2,
                    left=left,
                    linewidth=1,
                    color="none" if outlined else COLOURS[colour],
                    edgecolor=COLOURS[colour],
                    linestyle="solid" if value is not None else (0, (2, 2)),
                    clip_on=False,
                )
                write(axes, left + length + 6, middle, shown, "left", "quiet")
            if limit is not None:
                upright(axes, left + limit * scale, high - group / 2, "limit", (0, (4, 2)), 2.0)
            start -= room

    return drawn(name, title, sum(heights), draw)


def dots(name: str, title: str, rows: Sequence[Dot]) -> str:
    """Attacks on one scale from 0: a dot for the success, a tick for guessing, a line for the interval, a dashed limit."""
    left = 4.0
    labels = [wrapped(row.label, WIDTH - left - 4) for row in rows]
    heights = [LINE * len(lines) + 32 for lines in labels]
    figures = max(text_width(row.shown) for row in rows) + 16
    ends = [end for row in rows for end in (row.success, row.base, row.limit, *(row.interval or ())) if end is not None]
    scale = (WIDTH - left - figures) / max([*ends, 1e-9])

    def draw(axes: Axes, height: float) -> None:
        start = height - 4
        for row, lines, room in zip(rows, labels, heights, strict=True):
            for place, text in enumerate(lines):
                write(axes, left, start - LINE * (place + 0.5), text, "left", "text")
            middle = start - LINE * len(lines) - 12
            axes.plot([left, WIDTH - figures], [middle, middle], color=COLOURS["line"], linewidth=1)
            if row.interval is not None:
                low, high = (left + max(end, 0) * scale for end in row.interval)
                axes.plot([low, high], [middle, middle], color=COLOURS["after"], linewidth=4, solid_capstyle="butt")
            if row.base is not None:
                upright(axes, left + row.base * scale, middle, "before", "solid", 2.5)
            if row.limit is not None:
                upright(axes, left + row.limit * scale, middle, "limit", (0, (4, 2)), 2.0)
            axes.plot(left + row.success * scale, middle, "o", markersize=8, color=COLOURS["after"], clip_on=False)
            write(axes, WIDTH - figures + 10, middle, row.shown, "left", "quiet")
            start -= room

    return drawn(name, title, sum(heights), draw)


def steps(
    name: str,
    title: str,
    names: Sequence[str],
    values: Sequence[float | None],
    limits: Sequence[float],
    hidden: str,
    percent: Callable[[float], str],
) -> str:
    """A share from release to release below its limit; a hidden one lies on the ground with its words."""
    left, right, bottom, height = 54.0, WIDTH - 22, 34.0, 190.0
    highest = max([*limits, *(value or 0 for value in values), 1e-9]) * 1.15
    across = [left + 24 + (right - left - 48) * (place / max(len(values) - 1, 1)) for place in range(len(values))]

    def draw(axes: Axes, _: float) -> None:
        def up(value: float) -> float:
            return bottom + (height - bottom - 14) * value / highest

        for mark in (0.0, max(limits)):
            axes.plot([left, right], [up(mark)] * 2, color=COLOURS["line"], linewidth=1)
            write(axes, left - 6, up(mark), percent(mark), "right", "quiet")
        around = [left, *((one + other) / 2 for one, other in pairwise(across)), right]
        for place, limit in enumerate(limits):
            axes.plot(
                around[place : place + 2], [up(limit)] * 2, color=COLOURS["limit"], linewidth=2, linestyle=(0, (5, 3))
            )
        known = [float("nan") if value is None else up(value) for value in values]
        axes.plot(across, known, color=COLOURS["after"], linewidth=1.5, clip_on=False)
        every = max(1, len(values) // 8)
        for place, value in enumerate(values):
            filled = COLOURS["after"] if value is not None else "none"
            axes.plot(
                across[place],
                up(value or 0),
                "o",
                markersize=8,
                color=filled,
                markeredgecolor=COLOURS["after"],
                clip_on=False,
            )
            if place % every == 0 or place == len(values) - 1:
                write(
                    axes,
                    across[place],
                    up(value or 0) + 13,
                    hidden if value is None else percent(value),
                    "center",
                    "quiet",
                )
                write(axes, across[place], bottom - 20, names[place], "center", "quiet")

    return drawn(name, title, height, draw)


def upright(
    axes: Axes, x: float, middle: float, colour: str, style: str | tuple[int, tuple[int, int]], width: float
) -> None:
    axes.plot([x, x], [middle - 9, middle + 9], color=COLOURS[colour], linewidth=width, linestyle=style, clip_on=False)


def write(axes: Axes, x: float, y: float, text: str, side: str, colour: str) -> None:
    axes.text(x, y, text, ha=side, va="center_baseline", color=COLOURS[colour], fontsize=TEXT_SIZE, parse_math=False)


def drawn(name: str, title: str, height: float, draw: Callable[[Axes, float], None]) -> str:
    """One unit of the axes is one unit of the SVG, so that nothing depends on the fonts of this machine."""
    with matplotlib.rc_context({"svg.hashsalt": name}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")
        warnings.filterwarnings("ignore", message="Matplotlib currently does not support")
        figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        draw(axes, height)
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(0, height)
        kept = BytesIO()
        nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
        figure.savefig(kept, format="svg", transparent=True, metadata=nothing)
    return embedded(kept.getvalue(), name, title)


def embedded(svg: bytes, name: str, title: str) -> str:
    """Without what a page has already or must not have: a prologue, metadata, a style for all, ids that meet others."""
    root = ElementTree.fromstring(svg)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{SVG}metadata", f"{SVG}style") or not isinstance(child.tag, str):
                parent.remove(child)
    used = {
        found
        for element in root.iter()
        for value in element.attrib.values()
        for found in re.findall(r"#([\w-]+)", value)
    }
    for element in root.iter():
        if element.get("id") not in used:
            element.attrib.pop("id", None)
        for key, value in list(element.attrib.items()):
            if key == "id":
                element.set(key, f"{name}-{value}")
            elif key == f"{XLINK}href":
                element.attrib.pop(key)
                element.set("href", f"#{name}-{value[1:]}")
            else:
                element.set(key, restyled(re.sub(r"url\(#", f"url(#{name}-", value)))
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title")
    titled = ElementTree.Element(f"{SVG}title", {"id": f"{name}-title"})
    titled.text = title
    root.insert(0, titled)
    ElementTree.register_namespace("", SVG[1:-1])
    return re.sub(r">\s+<", "><", ElementTree.tostring(root, encoding="unicode"))


def restyled(style: str) -> str:
    for name, colour in COLOURS.items():
        style = style.replace(colour, f"var(--{name})")
    return re.sub(r"font-family: [^;]*;? ?", "", style)
