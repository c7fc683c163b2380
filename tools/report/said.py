"""How the figures and names of a report read in one language."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from words import AUDITS, LANGUAGES, PAIRS

Data = dict[str, Any]
JAPANESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]+")
ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
UNDER = "under 10"


class Said:
    """Texts of one language, and the names that the items of this release have in it."""

    def __init__(self, language: str, data: Data) -> None:
        self.language, self.data_ = language, data
        self.place = LANGUAGES.index(language)
        self.items = {(mart["mart"], item["column"]): item["item"] for mart in data["marts"] for item in mart["items"]}

    def __call__(self, key: str, **given: str) -> str:
        """A text of the report, as HTML; what is put into it is HTML already."""
        return self.marked(self.plain(key)) if not given else PAIRS[key][self.place].format(**given)

    def plain(self, key: str) -> str:
        return escape(PAIRS[key][self.place])

    def bare_text(self, key: str) -> str:
        return PAIRS[key][self.place]

    def escaped(self, text: str) -> str:
        return self.marked(escape(ODD.sub("\ufffd", text)))

    def marked(self, html: str) -> str:
        """Words of the other language say so, for those who have the page read to them."""
        if self.language == "en":
            return JAPANESE.sub(lambda found: f'<span lang="ja">{found[0]}</span>', html)
        return html

    def data(self, text: str) -> str:
        """A text that somebody wrote, in whichever language."""
        html = escape(ODD.sub("\ufffd", str(text)))
        japanese = sum(len(run) for run in JAPANESE.findall(text))
        if self.language == "ja" and len(re.findall(r"[A-Za-z]{2,}", text)) > max(japanese, 2):
            return '<span lang="en">' + JAPANESE.sub(lambda run: f'<span lang="ja">{run[0]}</span>', html) + "</span>"
        return self.marked(html)

    words_of = escaped

    def chosen(self, pair: Data) -> str:
        return pair.get(self.language) or pair["ja"]

    def pair(self, pair: Data) -> str:
        return self.escaped(self.chosen(pair))

    def dataset(self) -> str:
        return self.escaped(self.plain_title())

    def plain_dataset(self) -> str:
        return escape(ODD.sub("\ufffd", self.plain_title()))

    def plain_title(self) -> str:
        title = self.data_.get("title")
        return self.chosen(title) if title else self.data_["dataset"]

    def mart(self, mart: Data) -> str:
        return self.pair(mart["title"]) if mart.get("title") else self.escaped(mart["mart"])

    def column_text(self, column: str, mart: Data) -> str:
        """The item of a column; of a followed mart's, `mart.column`, that mart's item."""
        own = self.items.get((mart["mart"], column))
        if own is None and "." in column:
            own = self.items.get(tuple(column.split(".", 1)))
        return self.chosen(own) if own else column

    def column(self, column: str, mart: Data) -> str:
        return self.escaped(self.column_text(column, mart))

    def columns(self, names: list[str], mart: Data) -> str:
        return " × ".join(self.column_text(name, mart) for name in names)

    def number(self, value: float) -> str:
        return f"{value:,.0f}" if value == int(value) else f"{value:,g}"

    def bare(self, value: float | str | None) -> str:
        """A count as plain text, for a plot."""
        if value is None:
            return ""
        return self.bare_text("under_10") if value == UNDER else self.number(float(value))

    def count(self, value: float | str | None) -> str:
        return escape(self.bare(value))

    def percent(self, share: float | None) -> str:
        return "" if share is None else f"{round(100 * share, 4):g}\u00a0%"

    def share(self, value: float | str | None, under: str = "under_10_share") -> str:
        if value is None:
            return self("not_measured")
        return self.plain(under) if isinstance(value, str) else self.percent(value)

    def risk_of(self, smallest: float | str) -> float | None:
        return None if isinstance(smallest, str) else 1 / smallest if smallest else 0.0

    def highest(self, smallest: float | str | None, k: int | None, brief: bool = False) -> str:
        """One over the smallest class; of one whose size is hidden, between what."""
        if smallest is None or smallest == 0:
            return self("not_measured")
        if isinstance(smallest, str):
            whole = k is not None and k < 10 and not brief
            return self("over_k", limit=self.percent(round(1 / k, 3))) if whole and k else self.bare_text("over")
        return (
            f"1/{self.number(smallest)}"
            if brief
            else f"1/{self.number(smallest)}\u00a0=\u00a0{self.percent(round(1 / smallest, 3))}"
        )

    def time(self, time: str | None) -> str:
        return f'<time datetime="{escape(time)}">{escape(time)}</time>' if time else ""

    def span(self, start: int, end: int | None) -> str:
        if end is None:
            return self.bare_text("from").format(**{"from": self.number(start)})
        return self.number(start) if start == end else f"{self.number(start)}–{self.number(end)}"

    def edge(self, value: float) -> str:
        """2015 is a year more often than a sum."""
        return f"{value:.0f}" if value == int(value) and abs(value) < 10000 else self.number(value)

    def value(self, value: Data) -> str:
        if value["kind"] in ("missing", "pool"):
            return self.bare_text(value["kind"])
        if value["kind"] == "value":
            return self.edge(value["from"]) if "from" in value else value.get("label", self.bare_text("empty"))
        ends = {end: self.edge(value[end]) for end in ("from", "to") if end in value}
        return self.bare_text({1: "from" if "from" in ends else "below", 2: "between"}.get(len(ends), "pool")).format(
            **ends
        )

    def audit(self, name: str) -> str:
        return self.marked(escape(AUDITS[name][self.place])) if name in AUDITS else self.escaped(name)

    def upper(self, attack: Data) -> str:
        """Of an attack that is bounded on one side."""
        return f"≤ {self.percent(attack['upper'])}" if "upper" in attack else ""

    def result(self, attack: Data) -> str:
        if attack.get("waived"):
            return self("waived")
        if "classes_changed" in attack:
            return f"{self('passed' if attack['passed'] else 'failed')} ({self('classes_changed', count=self.count(attack['classes_changed']))})"
        if attack["attack"] in ("difference_safe", "re_linkage") and "what" not in attack:
            return self("no_earlier")
        return self("passed" if attack["passed"] else "failed")

    def attack(self, attack: Data, mart: Data) -> str:
        """What was tried, in words: linkage(known 2), inference(diagnosis, over base), …"""
        name = self.bare_text(attack["attack"])
        what = attack.get("what")
        if not what:
            return name
        detail = self.detail(attack["attack"], what, mart)
        return f"{name}: {detail}" if self.language == "en" else f"{name}({detail})"

    def detail(self, attack: str, what: str, mart: Data) -> str:
        counted = re.fullmatch(r"(known|release) (\d+)", what)
        if counted:
            key = {"linkage": "known", "histories": "known_records"}.get(attack, "earlier_release")
            return self.bare_text(key).format(count=counted[2])
        if what == "all columns":
            return self.bare_text("all_columns")
        if what.startswith("one column, "):
            return self.bare_text("one_column").format(column=self.column_text(what[12:], mart))
        first, _, against = what.rpartition(", ")
        if against in ("over base", "over control"):
            return (
                f"{self.column_text(first, mart)}、{self.bare_text(against.replace(' ', '_'))}"
                if self.language == "ja"
                else f"{self.column_text(first, mart)}, {self.bare_text(against.replace(' ', '_'))}"
            )
        return self.mart_text(what)

    def mart_text(self, name: str) -> str:
        for mart in self.data_["marts"]:
            if mart["mart"] == name and mart.get("title"):
                return self.chosen(mart["title"])
        return name
