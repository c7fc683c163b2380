"""Exposures with terms, what a run-operation prints, and what stands in a page."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from typing import Any
from unicodedata import normalize
from xml.etree.ElementTree import Element

import html5lib
import yaml

from .project import Outcome, Project

XHTML = "{http://www.w3.org/1999/xhtml}"
TERMS: dict[str, Any] = {
    "title": {"ja": "会員の購買データ", "en": "Purchases of members"},
    "operator": {"ja": "株式会社見本", "en": "Sample, Inc."},
    "continues": True,
    "population": "会員",
    "purpose": {"ja": "分析", "en": "Analysis"},
    "recipients": {"ja": "調査会社", "en": "Research companies"},
    "means": {"ja": "暗号化したファイルの送信", "en": "Encrypted files"},
    "safety_measures": {
        "ja": "取扱者を限定しています。\n加工の方法に関する情報は破棄します。",
        "en": "Few may handle it.",
    },
    "contact": {
        "inquiries": "privacy@example.co.jp",
        "complaints": {"ja": "相談室 soudan@example.co.jp", "en": "Desk"},
    },
}


def exposure(name: str, marts: list[str], terms: Any = TERMS, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "type": "application",
        "owner": {"name": "Privacy Office"},
        "depends_on": [f"ref('{mart}')" for mart in marts],
        "config": {"meta": {"tokumei": terms}},
    } | more


def operation(project: Project, macro: str, **arguments: Any) -> tuple[Outcome, str]:
    """What a run-operation came to, and what it printed."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        outcome = project.dbt("run-operation", macro, "--args", yaml.safe_dump(arguments))
    return outcome, printed.getvalue()


def printed(project: Project, macro: str, **arguments: Any) -> str:
    outcome, text = operation(project, macro, **arguments)
    assert outcome.success, outcome.messages
    return text


def parsed(page: str) -> Element:
    """The page, if an independent parser finds no fault in it."""
    return html5lib.HTMLParser(strict=True).parse(page)


def tags(page: Element, *names: str) -> Iterator[Element]:
    """Elements of these names, in the order of the page."""
    wanted = {f"{XHTML}{name}" for name in names}
    return (element for element in page.iter() if element.tag in wanted)


def text_of(element: Element) -> str:
    """What a reader sees; styles and scripts are in the head."""
    return " ".join(" ".join(element.itertext()).split())


def numbers(text: str) -> set[str]:
    """Numbers in digits, of any width, without thousands separators."""
    return set(re.findall(r"\d+(?:\.\d+)?", normalize("NFKC", text).replace(",", "")))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    linear = []
    for place in (0, 2, 4):
        share = int(digits[place : place + 2], 16) / 255
        linear.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def schemes(style: str) -> list[dict[str, str]]:
    """The colours of each :root of a style: light, dark, paper."""
    return [dict(re.findall(r"--(\w+): (#\w+)", root)) for root in re.findall(r":root \{([^}]*)\}", style)]
