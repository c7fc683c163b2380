"""The report as one HTML page in one language. Nothing is fetched, no script is run, every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import charts
from said import Said

Data = dict[str, Any]
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = Path(__file__).with_name("style.css")
MOST_COMBINATIONS = 12


def page(data: Data, language: str) -> str:
    said = Said(language, data)
    marts = [part(said, mart, f"m{number}") for number, mart in enumerate(data["marts"], 1)]
    links = "".join(
        f'<li><a href="#m{number}">{said.mart(mart)}</a></li>' for number, mart in enumerate(data["marts"], 1)
    )
    older = "" if data["is_newest"] else f'<p class="warning">{said("older")}</p>'
    about = [
        (said("release_id"), said.data(data["release"])),
        (said("key"), said.time(data.get("key_destroyed_at")) or said("no_key")),
        (said("legal_basis"), said.data(data["legal_basis"])),
        (said("version"), said.data(data["package_version"])),
    ]
    reading = "".join(f"<p>{said(key)}</p>" for key in ("read_counts", "read_before", "read_docs"))
    name = said.dataset()
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{said.plain("title")}: {said.plain_dataset()}</title>
<style>
{STYLE.read_text(encoding="utf-8")}</style>
</head>
<body>
<header>
<h1>{said("title")}</h1>
<p class="subject">{name}</p>
<p class="warning">{said("for_whom")}</p>
{older}
<p>{said("evidence")}</p>
{definitions(about)}
<nav aria-label="{said.plain("contents")}"><ul>{links}</ul></nav>
</header>
<main>
<section aria-labelledby="reading">
<h2 id="reading">{said("reading")}</h2>
{reading}
</section>
{"".join(marts)}
</main>
<footer><p>tokumei {said.data(data["package_version"])}</p></footer>
</body>
</html>
"""


def part(said: Said, mart: Data, key: str) -> str:
    """One mart."""
    sections = [
        ("policy", policy(said, mart)),
        ("class_sizes", class_sizes(said, mart, key)),
        ("risk", risk(said, mart)),
        ("combinations", combinations(said, mart, key)),
        ("models", models(said, mart)),
        ("attacks", attacks(said, mart, key)),
        ("loss", loss(said, mart, key)),
        ("distributions", distributions(said, mart, key)),
        ("suppression", suppression(said, mart, key)),
        ("audits", audits(said, mart)),
    ]
    held = "".join(
        f'<section aria-labelledby="{key}-{name}">\n<h3 id="{key}-{name}">{said(name)}</h3>\n{content}\n</section>\n'
        for name, content in sections
    )
    return f'<section class="mart" aria-labelledby="{key}">\n<h2 id="{key}">{said.mart(mart)}</h2>\n{tiles(said, mart)}\n{held}</section>\n'


def tiles(said: Said, mart: Data) -> str:
    """The few figures that one looks for first."""
    passed = sum(audit["passed"] for audit in mart["audits"])
    shown = [
        ("persons_after", said.count(mart["size"]["subjects_out"])),
        ("suppressed_short", said.share(mart["suppression"][-1]["subjects"])),
    ]
    if mart.get("risk"):
        after = mart["risk"]["after"]
        shown += [
            ("risk_short", said.percent(after["prosecutor_average"])),
            ("uniques_short", said.count(after["uniques"])),
        ]
    shown.append(("audits_short", f"{passed}{said('of')}{len(mart['audits'])}"))
    tried = [attack for attack in mart["attacks"] if not attack.get("waived")]
    if tried:
        shown.append(("attacks_short", f"{sum(attack['passed'] for attack in tried)}{said('of')}{len(tried)}"))
    held = "".join(f"<div><dt>{said(name)}</dt><dd>{value}</dd></div>" for name, value in shown)
    return f'<dl class="tiles">{held}</dl>'


def policy(said: Said, mart: Data) -> str:
    given, size = mart["policy"], mart["size"]
    counts = {name: said.count(value) for name, value in size.items()}
    rows = [
        (said("k"), str(given["k"])),
        (said("k_reason"), said.data(given["k_reason"])),
        (said("max_suppression"), said.percent(given["max_suppression"])),
        (said("size"), said("size_of", **counts)),
        (said("release_no"), str(mart["release_no"])),
        (said("released_at"), said.time(mart["released_at"])),
    ]
    history = mart.get("history")
    if history and "known" in history:
        told = {name: f"{history[name]:g}" for name in ("known", "among")} | {
            "at_most": said.percent(history["at_most"]),
            "share": said.share(history["share"]),
            "upper": said.percent(history.get("upper")),
        }
        rows.append((said("history"), said("history_of", **told)))
    for name in ("synthetic", "hidden"):
        count = size["synthetic_subjects" if name == "synthetic" else "records_hidden"]
        if count:
            rows.append((said(name), said(f"{name}_of", count=said.count(count))))
    items = [[said.pair(item["item"]), said.pair(item["treatment"])] for item in mart["items"]]
    return definitions(rows) + table(said("items"), [said("item"), said("treatment")], items, seen=True)


def class_sizes(said: Said, mart: Data, key: str) -> str:
    sizes = (mart.get("risk") or {}).get("class_sizes")
    if not sizes:
        return f'<p class="absent">{said("risk_not_measured")}</p>'
    labels = [said.span(size["from"], size.get("to")) for size in sizes]
    rows = [
        charts.Bar(
            label, [bare(size["before"]), bare(size["after"])], [said.bare(size["before"]), said.bare(size["after"])]
        )
        for label, size in zip(labels, sizes, strict=True)
    ]
    plot = charts.bars(f"{key}-sizes-plot", said.bare_text("class_sizes"), rows, ["before", "after"])
    header = [said("class_size"), said("before_persons"), said("after_persons")]
    cells = [
        [label, said.count(size["before"]), said.count(size["after"])]
        for label, size in zip(labels, sizes, strict=True)
    ]
    return figure(
        said, "class_sizes_says", plot, table(said("class_sizes"), header, cells, numbers=(1, 2)), legend=True
    )


def risk(said: Said, mart: Data) -> str:
    measured = mart.get("risk")
    if not measured:
        return f'<p class="absent">{said("risk_not_measured")}</p>'
    k, limit = mart["policy"]["k"], said.percent(measured["threshold"])
    before, after = measured["before"], measured["after"]
    rows = [
        [said(name), said.count(before[name]), said.count(after[name])]
        for name in ("subjects", "classes", "smallest_class", "largest_class", "uniques", "special_uniques")
        if name in after
    ]
    rows += [
        [
            said("prosecutor_average"),
            said.percent(before["prosecutor_average"]),
            said.percent(after["prosecutor_average"]),
        ],
        [
            said("prosecutor_maximum"),
            said.highest(before.get("smallest_class"), None),
            said.highest(after.get("smallest_class"), k),
        ],
        [
            said("prosecutor_above", threshold=limit),
            said.share(before["prosecutor_above"]),
            said.share(after["prosecutor_above"]),
        ],
        [said("journalist_average"), "", said.percent(after.get("journalist_average"))],
        [said("journalist_maximum"), "", said.highest(after.get("journalist_smallest"), k)],
        [said("journalist_above", threshold=limit), "", said.share(after.get("journalist_above"))],
        [said("marketer"), "", said.percent(after.get("marketer"))],
        [
            said("shown_uniques"),
            "",
            f"{said.count(after['shown_uniques'])} ({said.share(after['shown_uniques_share'])})"
            if "shown_uniques" in after
            else "",
        ],
    ]
    header = [said("measure"), said("before"), said("after")]
    return f"<p>{said('risk_says')}</p>" + table(said("risk"), header, rows, numbers=(1, 2))


def combinations(said: Said, mart: Data, key: str) -> str:
    measured = mart.get("risk")
    if not measured:
        return f'<p class="absent">{said("risk_not_measured")}</p>'
    known = [one for one in measured["combinations"] if "smallest_class" in one["after"]]
    if not known:
        return f'<p class="absent">{said("no_quasi_identifiers")}</p>'
    k = mart["policy"]["k"]
    known.sort(key=lambda one: (bare(one["after"]["smallest_class"]) or 0, len(one["columns"])))
    shown = known[:MOST_COMBINATIONS]
    labels = [said.columns(one["columns"], mart) for one in shown]
    risks = [said.risk_of(one["after"]["smallest_class"]) for one in shown]
    texts = [said.highest(one["after"]["smallest_class"], k, brief=True) for one in shown]
    rows = [
        charts.Bar(label, [value], [text], hidden=1 / k)
        for label, value, text in zip(labels, risks, texts, strict=True)
    ]
    plot = charts.bars(f"{key}-combinations-plot", said.bare_text("combinations"), rows, ["after"], limit=1 / k)
    cells = [
        [
            said.escaped(label),
            said.count(one["after"]["smallest_class"]),
            said.highest(one["after"]["smallest_class"], k),
            said.share(one["before"].get("below_k")),
        ]
        for label, one in zip(labels, shown, strict=True)
    ]
    header = [said("combination"), said("smallest_after"), said("highest_risk"), said("below_k_before")]
    rest = (
        f"<p>{said('combinations_rest', shown=str(len(shown)), all=str(len(known)))}</p>"
        if len(known) > len(shown)
        else ""
    )
    return figure(
        said, "combinations_says", plot, rest + table(said("combinations"), header, cells, numbers=(1, 2, 3)), wide=True
    )


def models(said: Said, mart: Data) -> str:
    if not mart["models"]:
        return f'<p class="absent">{said("models_not_declared")}</p>'
    rows = []
    for model in mart["models"]:
        name = f"{model['model']}.{model['kind']}" if "kind" in model else model["model"]
        limit = (
            f"({model['c']:g}, {model['limit']:g})"
            if "c" in model
            else f"{model['limit']:g}"
            if "limit" in model
            else ""
        )
        measured = f"{model['measured']:g}" if "measured" in model else said("not_measured")
        rows.append([said.column(model["column"], mart), said(name), limit, measured])
    header = [said("item"), said("model"), said("limit"), said("measured")]
    return f"<p>{said('models_says')}</p>" + table(said("models"), header, rows, numbers=(2, 3))


def attacks(said: Said, mart: Data, key: str) -> str:
    if not mart["attacks"]:
        return f'<p class="absent">{said("attacks_not_tried")}</p>'
    dots, rows = [], []
    for attack in mart["attacks"]:
        label = said.attack(attack, mart)
        base, success = attack.get("base"), attack.get("success")
        over = attack.get("limited") == "advantage"
        interval = None
        if "lower" in attack and "upper" in attack and base is not None:
            interval = (base + attack["lower"], base + attack["upper"])
        limit = None
        if "limit" in attack:
            limit = attack["limit"] + base if over and base is not None else attack["limit"]
        limited = said.percent(attack.get("limit")) if "limit" in attack else ""
        if success is not None:
            dots.append(charts.Dot(label, success, base, interval, limit, said.percent(success)))
        rows.append(
            [
                said.escaped(label),
                said.percent(success) if success is not None else "",
                said.percent(base) if base is not None else "",
                "–".join(said.percent(max(end, 0)) for end in interval) if interval else said.upper(attack),
                said("advantage_limit", limit=limited) if over else limited,
                said.result(attack),
            ]
        )
    header = [said(name) for name in ("attack", "success", "base", "interval", "limit", "result")]
    held = table(said("attacks"), header, rows, numbers=(1, 2, 3, 4))
    if not dots:
        return f"<p>{said('attacks_says')}</p>{held}"
    plot = charts.dots(f"{key}-attacks-plot", said.bare_text("attacks"), dots)
    return figure(said, "attacks_says", plot, held, wide=True)


def loss(said: Said, mart: Data, key: str) -> str:
    measured = mart.get("utility")
    if not measured:
        return f'<p class="absent">{said("risk_not_measured")}</p>'
    lossy = [column for column in measured["columns"] if "loss" in column]
    rows = [
        charts.Bar(said.column_text(column["column"], mart), [column["loss"]], [said.percent(column["loss"])])
        for column in sorted(lossy, key=lambda column: -column["loss"])
    ]
    distances = [
        name
        for name in ("total_variation", "hellinger", "kolmogorov_smirnov", "wasserstein")
        if any(name in column for column in measured["columns"])
    ]
    header = [said("item"), said("column_loss"), *(said(name) for name in distances), said("suppressed_cells")]
    cells = [
        [
            said.column(column["column"], mart),
            said.percent(column["loss"]) if "loss" in column else said("not_measured"),
            *(f"{column[name]:g}" if name in column else "" for name in distances),
            said.count(column.get("suppressed_cells")),
        ]
        for column in measured["columns"]
    ]
    whole = measured["whole"]
    facts = [(said("whole_loss"), said.percent(whole["loss"]))] if "loss" in whole else []
    facts += [(said(name), said.count(whole[name])) for name in ("suppressed_cells", "discernibility") if name in whole]
    facts += [
        (said(name), f"{whole[name]:g}")
        for name in ("average_class_size", "correlation_change_average", "correlation_change_maximum")
        if name in whole
    ]
    held = table(said("loss"), header, cells, numbers=range(1, len(header)))
    ends = f"<h4>{said('whole')}</h4>{definitions(facts)}"
    if not rows:
        return f"<p>{said('loss_says')}</p>{held}{ends}"
    plot = charts.bars(f"{key}-loss-plot", said.bare_text("loss"), rows, ["after"], top=1.0)
    return figure(said, "loss_says", plot, held, wide=True) + ends


def distributions(said: Said, mart: Data, key: str) -> str:
    if not mart["distributions"]:
        return f'<p class="absent">{said("risk_not_measured")}</p>'
    order = [item["column"] for item in mart["items"]]
    held = []
    for number, one in enumerate(sorted(mart["distributions"], key=lambda one: order.index(one["column"])), 1):
        name = said.column_text(one["column"], mart)
        values = in_order(one["values"])
        labels = [said.value(value) for value in values]
        rows = [
            charts.Bar(
                label,
                [bare(value["before"]), bare(value["after"])],
                [said.bare(value["before"]), said.bare(value["after"])],
            )
            for label, value in zip(labels, values, strict=True)
        ]
        plot = charts.bars(
            f"{key}-item-{number}-plot", f"{said.bare_text('distributions')}: {name}", rows, ["before", "after"]
        )
        cells = [
            [said.words_of(label), said.count(value["before"]), said.count(value["after"])]
            for label, value in zip(labels, values, strict=True)
        ]
        header = [said("value"), said("before_persons"), said("after_persons")]
        held.append(
            f'<div class="item"><h4>{said.column(one["column"], mart)}</h4>\n{plot}\n{table(said.escaped(name), header, cells, numbers=(1, 2))}</div>\n'
        )
    return f'<p>{said("distributions_says")}</p>{key_of(said)}<div class="gallery">{"".join(held)}</div>'


def suppression(said: Said, mart: Data, key: str) -> str:
    releases = mart["suppression"]
    plot = charts.steps(
        f"{key}-suppression-plot",
        said.bare_text("suppression"),
        [str(one["release_no"]) for one in releases],
        [bare(one["subjects"]) for one in releases],
        [one["limit"] for one in releases],
        "<10",
        said.percent,
    )
    header = [said("release"), said("day"), said("suppressed_subjects"), said("suppressed_records"), said("limit")]
    cells = [
        [
            str(one["release_no"]),
            said.time(one["day"]),
            said.share(one["subjects"]),
            said.share(one["records"], "under_10"),
            said.percent(one["limit"]),
        ]
        for one in releases
    ]
    return figure(said, "suppression_says", plot, table(said("suppression"), header, cells, numbers=(2, 3, 4)))


def audits(said: Said, mart: Data) -> str:
    rows = [[said.audit(audit["audit"]), said("passed" if audit["passed"] else "failed")] for audit in mart["audits"]]
    return f"<p>{said('audits_says')}</p>" + table(said("audits"), [said("audit"), said("result")], rows)


def in_order(values: list[Data]) -> list[Data]:
    """Labels that all hold digits, such as bands of age, by what they read; others as they come, the commonest first."""
    named = [value for value in values if "label" in value]
    if not named or not all(any(character.isdigit() for character in value["label"]) for value in named):
        return values
    return sorted(named, key=lambda value: value["label"]) + [value for value in values if "label" not in value]


def bare(value: float | str | None) -> float | None:
    """The number; none of what is hidden."""
    return None if isinstance(value, str) else value


def definitions(rows: Iterable[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows) + "</dl>\n"


def table(
    caption: str, header: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = (), seen: bool = False
) -> str:
    """The first cell of a row names it. Where a heading says the same, the caption is for those who hear the page."""
    right = set(numbers)
    unseen = "" if seen else ' class="unseen"'
    marks = ['class="number"' if place in right else "" for place in range(len(header))]
    heads = "".join(
        f'<th scope="col" {mark}>{cell}</th>'.replace(" >", ">") for cell, mark in zip(header, marks, strict=True)
    )
    lines = []
    for first, *others in rows:
        cells = "".join(
            f"<td {mark}>{cell}</td>".replace(" >", ">", 1) for cell, mark in zip(others, marks[1:], strict=True)
        )
        lines.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    body = "\n".join(lines)
    return f'<div class="scroll" tabindex="0" role="group" aria-label="{plain(caption)}"><table>\n<caption{unseen}>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>\n'


def plain(marked: str) -> str:
    """A text without its tags, for an attribute: what stands in it is escaped already."""
    return "".join(piece.split(">", 1)[-1] for piece in marked.split("<")).replace('"', "&quot;")


def key_of(said: Said) -> str:
    return f'<p class="key"><span class="before"></span>{said("before")} <span class="after"></span>{said("after")}</p>'


def figure(said: Said, says: str, plot: str, held: str, legend: bool = False, wide: bool = False) -> str:
    """A plot, and beside it the same as a table."""
    kind = "plot wide" if wide else "plot"
    return f'<p>{said(says)}</p>\n{key_of(said) if legend else ""}<div class="{kind}">\n{plot}\n<div>{held}</div>\n</div>\n'
