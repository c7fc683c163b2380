"""Plots of a report as SVG that stands in a page: text stays text, colours are the page's, the same each time."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from unicodedata import east_asian_width
from xml.etree import ElementTree

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
WIDTH, TEXT_SIZE = 440.0, 12.0
# Colours that occur nowhere else; the page says what they are, in the light, in the dark and on paper.
COLOURS = {name: f"#0a0b{place:02x}" for place, name in enumerate(["text", "quiet", "line", "before", "after", "limit"], 16)}

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


def shortened(text: str, room: float) -> str:
    """What of a text fits; the table beside the plot holds all of it."""
    if text_width(text) <= room:
        return text
    while text and text_width(text) > room - TEXT_SIZE:
        text = text[:-1]
    return f"{text.rstrip()}…"


def bars(name: str, title: str, rows: Sequence[Bar], colours: Sequence[str], limit: float | None = None, top: float | None = None) -> str:
    """Horizontal bars, labels to the left where all are short, else above their bars."""
    beside = max(text_width(row.label) for row in rows) + 14
    above = beside > 150
    left = 8.0 if above else beside
    thick = 14.0
    group = thick * len(colours) + (20.0 if above else 4.0)
    pitch = group + (10.0 if above else 8.0)
    figures = max(text_width(text) for row in rows for text in row.shown) + 10
    known = [value for row in rows for value in row.values if value is not None]
    longest = top or max([*known, limit or 0.0, 1e-9])
    scale = (WIDTH - left - figures) / longest

    def draw(axes: Axes, height: float) -> None:
        for number, row in enumerate(rows):
            start = height - 8 - number * pitch
            if above:
                write(axes, left, start - 8, shortened(row.label, WIDTH - left - 4), "left", "text")
                start -= 20
                axes.plot([left, left], [start - thick * len(colours), start], color=COLOURS["line"], linewidth=1, clip_on=False)
            else:
                write(axes, left - 8, start - thick * len(colours) / 2, row.label, "right", "text")
            for place, (value, shown, colour) in enumerate(zip(row.values, row.shown, colours, strict=True)):
                middle = start - thick * place - thick / 2
                hidden = value is None
                length = max(value * scale, 1.0 if value > 0 else 0.0) if value is not None else 16.0
                if hidden and row.hidden is not None:
                    length = row.hidden * scale
                axes.barh(
                    middle, length, height=thick - 2, left=left, align="center", linewidth=1,
                    color="none" if hidden or colour == "before" else COLOURS[colour],
                    edgecolor=COLOURS[colour], linestyle=(0, (2, 2)) if hidden else "solid", clip_on=False,
                )  # fmt: skip
                if shown:
                    write(axes, left + length + 5, middle, shown, "left", "quiet")
        if not above:
            axes.plot([left, left], [2, height - 4], color=COLOURS["line"], linewidth=1, clip_on=False)
        if limit is not None:
            place = left + limit * scale
            axes.plot([place, place], [2, height - 4], color=COLOURS["limit"], linewidth=1.5, linestyle=(0, (5, 3)))

    return drawn(name, title, len(rows) * pitch + 12, draw)


def dots(name: str, title: str, rows: Sequence[Dot]) -> str:
    """Attacks on one scale from 0: a dot for the success, a tick for guessing, a line for the interval, a dashed limit."""
    left, pitch = 8.0, 46.0
    figures = max(text_width(row.shown) for row in rows) + 14
    ends = [end for row in rows for end in (row.success, row.base, row.limit, *(row.interval or ())) if end is not None]
    scale = (WIDTH - left - figures) / max([*ends, 1e-9])

    def draw(axes: Axes, height: float) -> None:
        for number, row in enumerate(rows):
            start = height - 8 - number * pitch
            middle = start - 30
            write(axes, left, start - 8, shortened(row.label, WIDTH - left - 4), "left", "text")
            axes.plot([left, WIDTH - figures], [middle, middle], color=COLOURS["line"], linewidth=1)
            if row.interval is not None:
                low, high = (left + max(end, 0) * scale for end in row.interval)
                axes.plot([low, high], [middle, middle], color=COLOURS["after"], linewidth=3.5)
            if row.base is not None:
                upright(axes, left + row.base * scale, middle, "before", "solid", 2.5)
            if row.limit is not None:
                upright(axes, left + row.limit * scale, middle, "limit", (0, (4, 2)), 2.0)
            axes.plot(left + row.success * scale, middle, "o", markersize=8, color=COLOURS["after"], clip_on=False)
            write(axes, WIDTH - figures + 9, middle, row.shown, "left", "quiet")

    return drawn(name, title, len(rows) * pitch + 10, draw)


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
        around = [left, *((one + other) / 2 for one, other in zip(across, across[1:], strict=False)), right]
        for place, limit in enumerate(limits):
            axes.plot(around[place : place + 2], [up(limit)] * 2, color=COLOURS["limit"], linewidth=2, linestyle=(0, (5, 3)))
        axes.plot(across, [up(value or 0) for value in values], color=COLOURS["after"], linewidth=1.5, clip_on=False)
        every = max(1, len(values) // 8)
        for place, value in enumerate(values):
            filled = COLOURS["after"] if value is not None else "none"
            axes.plot(across[place], up(value or 0), "o", markersize=8, color=filled, markeredgecolor=COLOURS["after"], clip_on=False)
            if place % every == 0 or place == len(values) - 1:
                write(axes, across[place], up(value or 0) + 13, hidden if value is None else percent(value), "center", "quiet")
                write(axes, across[place], bottom - 20, names[place], "center", "quiet")

    return drawn(name, title, height, draw)


def upright(axes: Axes, place: float, middle: float, colour: str, style: str | tuple, width: float) -> None:
    axes.plot([place, place], [middle - 9, middle + 9], color=COLOURS[colour], linewidth=width, linestyle=style)


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
    used = {found for element in root.iter() for value in element.attrib.values() for found in re.findall(r"#([\w-]+)", value)}
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
