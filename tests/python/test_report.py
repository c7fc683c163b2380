"""The report of a release: what the logs hold, small counts hidden, as one page in each language, the same on every
engine; nothing in it points at a person."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from support.engines import Engine
from support.gate import assert_released
from support.people import CLASSIFIED, COLUMNS, TYPES, people, people_project
from support.project import PACKAGE, Project
from support.publishing import TERMS, contrast, exposure, operation, parsed, printed, schemes, tags, text_of
from support.shop import GROUP, PSEUDONYM, QUARTER, REGION, SEX, customers_mart, load_shop, purchases_mart

sys.path.insert(0, str(PACKAGE / "tools" / "report"))
import page
import words

GOLDEN = Path(__file__).parent / "golden" / "report"
HISTORY = {"known": 1, "among": 5, "at_most": 0.9}
AWKWARD = '</script><b>𠮷 $x$ & "引用" \''
SVG = "{http://www.w3.org/2000/svg}"
UNDER = "under 10"
# What an attack logs, as attacks/ writes it: the report reads names, and must not care who wrote them.
FOUND = {
    "linkage(known 1, success)": 0.0123456,
    "linkage(known 1, base)": 0.0012,
    "linkage(known 1, advantage)": 0.0111456,
    "linkage(known 1, mean)": 0.01,
    "inference(region, over control, success)": 0.3123456,
    "inference(region, over control, base)": 0.2876543,
    "inference(region, over control, lower)": -0.0312345,
    "inference(region, over control, upper)": 0.0712345,
    "singling_out(one column, region, success)": 0.0,
    "singling_out(one column, region, base)": 0.0,
    "difference_safe(release 1, classes changed)": 3.0,
    "re_linkage": None,
    "histories(known 2, success)": 0.0213,
    "histories(known 2, upper)": 0.0277,
    "histories(base)": 0.0,
    "l_diverse(region)": 2.0,
    "t_close(region)": 0.2512345,
}
LIMITS = [
    ("linkage.at_most", "", 0.2),
    ("inference.at_most_over_control", "region", 0.1),
    ("singling_out.at_most_over_base", "", 0.05),
    ("histories.at_most", "", 0.05),
    ("l.distinct", "region", 2),
    ("t.equal", "region", 0.3),
]


def persons() -> list[dict[str, Any]]:
    """Three of a sex that nobody else has, and incomes in many steps, one of them out of reach."""
    rows = [row | {"income": 10 * (row["id"] * 7919 % 400)} for row in people()]
    rows[500]["income"] = 987_654
    return [row | {"sex": "孤"} if row["id"] in (31, 32, 33) else row for row in rows]


@pytest.fixture(scope="module")
def reported(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A dataset of two marts, released three times; one of many kinds of columns; one that is not measured."""
    project = Project(tmp_path_factory.mktemp("reported"), lasting_engine, views=False)
    load_shop(project)
    risk = {"risk": {"threshold": 0.2}}
    region = REGION | {"item": {"ja": AWKWARD, "en": "region"}}
    customers_mart(project, "members", [PSEUDONYM, SEX, region], dataset="shop", k_reason=AWKWARD, **risk)
    purchases_mart(
        project, "bought", [PSEUDONYM, QUARTER, GROUP], dataset="shop", follows="members", history=HISTORY,
        attacks={"difference_safe": True}, **risk,
    )  # fmt: skip
    customers_mart(project, "unmeasured", dataset="silent")
    columns = [*COLUMNS, {"name": "income", "treat": ["keep"], "waive": {"no_rare_values": "a test"}}]
    attacks = {"linkage": {"at_most": 0.5}, "inference": {"job": {"at_most_over_base": 0.9}}, "difference_safe": True}
    people_project(
        project, persons(), columns, TYPES | {"income": "integer"}, CLASSIFIED | {"income": "attribute"},
        attacks=attacks, l={"job": 2}, t={"job": 0.6}, **risk,
    )  # fmt: skip
    terms = TERMS | {"marts": {"members": {"ja": "会員", "en": "Members"}}}
    project.write("models/exposures.yml", {"exposures": [exposure("shop_page", ["members", "bought"], terms)]})
    outcome, said = operation(project, "report_data", dataset="shop")
    assert not outcome.success and not said.startswith("{")
    assert "tokumei: shop: there is no release to publish" in outcome.messages
    assert_released(project.build(), "members", "bought", "unmeasured", "people_anonymized")
    for _ in range(2):  # at the third, the first of `members` is gone and that of `bought` is not: it is passed over
        assert_released(project.dbt("run", "--select", "members", "bought"), "members", "bought")
    plant(project)
    yield project


def plant(project: Project) -> None:
    """What attacks and privacy models would have logged of the newest release of `members`."""
    release = f"(select release_id, dataset, mart from {project.private('releases_log')} where mart = 'members' and release_no = 3) as made"
    for name, measured in FOUND.items():
        value = "null" if measured is None else measured
        project.engine.execute(
            f"insert into {project.private('release_audits_log')} select made.*, '{name}', 0, {value} from {release}"
        )
    for name, what, value in LIMITS:
        project.engine.execute(
            f"insert into {project.private('release_risks_log')} select made.*, 'limit', 'mart', '{name}', '{what}', null, null, 'limit', {value} from {release}"
        )


def data_of(project: Project, dataset: str, **more: Any) -> dict[str, Any]:
    return json.loads(printed(project, "report_data", dataset=dataset, **more))


def page_of(data: dict[str, Any], language: str) -> str:
    return page.page(data, language)


@pytest.fixture(scope="module")
def shop(reported: Project) -> dict[str, Any]:
    return data_of(reported, "shop")


@pytest.fixture(scope="module")
def pages(reported: Project, shop: dict[str, Any]) -> dict[str, tuple[str, Element]]:
    """The pages of all datasets, as text and as an independent parser reads them."""
    data = {"shop": shop, "people": data_of(reported, "people"), "silent": data_of(reported, "silent")}
    texts = {
        f"{name}.{language}": page_of(held, language) for name, held in data.items() for language in words.LANGUAGES
    }
    return {name: (text, parsed(text)) for name, text in texts.items()}


def test_the_data_reads_as_agreed(reported: Project, shop: dict[str, Any]) -> None:
    """One text for every engine. Accept a change with TOKUMEI_GOLDEN=write, and read it in the diff."""
    held = {"shop": shop, "people": data_of(reported, "people")}
    text = json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    text = re.sub(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?\b|[0-9a-f-]{36}", "…", text)
    golden = GOLDEN / "data.json"
    if os.environ.get("TOKUMEI_GOLDEN") == "write":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict):
        for key, held in value.items():
            yield from leaves(held, (*path, key))
    elif isinstance(value, list):
        for held in value:
            yield from leaves(held, path)
    else:
        yield path, value


# Numbers that count nobody: of the policy, of releases, of values, and where a range of sizes begins and ends.
NO_COUNTS = {"k", "release_no", "from", "to", "known", "among", "limit", "measured", "average_class_size"}


def test_no_small_count_is_left_in_the_data(reported: Project, shop: dict[str, Any]) -> None:
    log = reported.private("release_risks_log")
    small = reported.query(
        f"select count(*) from {log} where unit in ('subjects', 'records') and value between 1 and 9"
    )
    assert small[0][0] > 20, "there is something to hide"
    hidden = 0
    for held in (shop, data_of(reported, "people")):
        for path, value in leaves(held):
            hidden += value == UNDER
            if isinstance(value, int | float) and not isinstance(value, bool) and path[-1] not in NO_COUNTS:
                assert value <= 1 or (value >= 10 and value % 10 ** (len(str(int(value))) - 2) == 0), path
    assert hidden > 20


def test_no_small_count_is_left_on_a_page(pages: dict[str, tuple[str, Element]]) -> None:
    """Nor one in words, nor a risk that tells the size of a class of fewer than ten."""
    for name, (_, root) in pages.items():
        place = words.LANGUAGES.index(name.split(".")[1])
        seen = 0
        for table in tags(root, "table"):
            if text_of(next(tags(table, "caption"))) != words.PAIRS["models"][place]:
                cells = [text_of(cell) for cell in tags(table, "td") if cell.get("class") == "number"]
                seen += len(cells)
                small = [cell for cell in cells if re.fullmatch(r"(1/)?[1-9]( (?!%).*)?", cell)]
                assert not small, small
        assert seen


def test_no_share_is_finer_than_ten_persons(shop: dict[str, Any]) -> None:
    """800 persons: steps of 2 %. Neither a share nor the difference of two tells a smaller count."""
    members = next(mart for mart in shop["marts"] if mart["mart"] == "members")
    shares = [
        value
        for path, value in leaves(members)
        if path[-1] in ("subjects", "prosecutor_above", "below_k", "success", "base", "lower", "upper", "loss")
    ]
    shares = [share for share in shares if isinstance(share, float) and -1 <= share <= 1]
    assert len(shares) > 15
    assert all(abs(share / 0.02 - round(share / 0.02)) < 1e-9 for share in shares), shares


def test_no_value_of_a_person_is_shown(pages: dict[str, tuple[str, Element]], reported: Project) -> None:
    texts = [text for text, _ in pages.values()] + [json.dumps(data_of(reported, "people"), ensure_ascii=False)]
    canaries = ["佐藤花子", "山田", "0901000", "島3", "孤", "987654", "987,654", "灯台守", "宮大工"]
    assert not [canary for canary in canaries for text in texts if canary in text]


def test_distributions_are_those_of_the_data(reported: Project) -> None:
    """Counted anew: the source's values in plain Python, the mart's from the view."""
    mart = data_of(reported, "people")["marts"][0]
    shown = {one["column"]: one["values"] for one in mart["distributions"]}
    assert set(shown) == {"decade", "sex", "prefecture", "job", "income"}
    before = Counter(row["sex"] for row in persons())
    after = dict(reported.query("select sex, count(*) from people_anonymized group by 1"))
    assert before["孤"] == 3 and "孤" not in after
    # The pool of three takes in the rarer of the others: their count would tell the pool's.
    rarer, commoner = sorted("MF", key=lambda sex: after[sex])
    assert [(value["kind"], value.get("label")) for value in shown["sex"]] == [("value", commoner), ("pool", None)]
    pool = shown["sex"][1]
    assert (pool["before"], pool["after"]) == (rounded(before[rarer] + 3), rounded(after[rarer]))
    assert shown["sex"][0]["before"] == rounded(before[commoner])
    incomes = shown["income"]
    assert [value["kind"] for value in incomes] == ["range"] * len(incomes) and 5 <= len(incomes) <= 15
    assert "from" not in incomes[0] and "to" not in incomes[-1]
    assert {value["to"] - value["from"] for value in incomes[1:-1]} == {500.0}
    given = [row["income"] for row in persons()]
    left = [row[0] for row in reported.query("select income from people_anonymized")]
    for value in incomes:
        low, high = value.get("from", float("-inf")), value.get("to", float("inf"))
        assert value["before"] == rounded(sum(low <= income < high for income in given))
        assert value["after"] == rounded(sum(low <= income < high for income in left))
    decades = {value["label"]: value for value in shown["decade"] if "label" in value} or {
        value["from"]: value for value in shown["decade"]
    }
    assert len(decades) >= 6


def test_events_are_counted_in_persons(reported: Project, shop: dict[str, Any]) -> None:
    bought = next(mart for mart in shop["marts"] if mart["mart"] == "bought")
    shown = {
        value["label"]: value["after"]
        for one in bought["distributions"]
        if one["column"] == "goods"
        for value in one["values"]
    }
    counted = dict(reported.query("select goods, count(distinct pseudonym) from bought group by 1"))
    assert shown == {goods: rounded(count) for goods, count in counted.items()}
    records = dict(reported.query("select goods, count(*) from bought group by 1"))
    assert all(records[goods] > counted[goods] for goods in counted)


def rounded(count: int) -> int | str:
    if 0 < count < 10:
        return UNDER
    unit = 10 ** max(len(str(count)) - 2, 1)
    return (count + unit // 2) // unit * unit


def test_only_common_values_are_kept_in_the_log(reported: Project) -> None:
    """What is stored for good is as coarse as what is shown."""
    log = reported.private("release_distributions_log")
    rows = reported.query(f"select before_count, after_count, label, value_from from {log}")
    assert len(rows) > 20
    assert all(count is None or count == rounded(count) for before, after, *_ in rows for count in (before, after))
    assert not {label for *_, label, _ in rows} & {"孤", "灯台守"} and 987_654 not in {start for *_, start in rows}


def test_an_earlier_release_can_be_asked_for(reported: Project, shop: dict[str, Any]) -> None:
    log = reported.private("releases_log")
    ((first,),) = reported.query(f"select invocation_id from {log} where mart = 'members' and release_no = 1")
    earlier = data_of(reported, "shop", release=first)
    assert (earlier["release"], earlier["is_newest"], shop["is_newest"]) == (first, False, True)
    assert [len(mart["suppression"]) for mart in earlier["marts"]] == [1, 1]
    assert [len(mart["suppression"]) for mart in shop["marts"]] == [3, 3]
    assert words.PAIRS["older"][0] in text_of(parsed(page_of(earlier, "ja")))
    assert shop["key_destroyed_at"] and earlier["key_destroyed_at"]


def test_what_was_not_measured_is_said(pages: dict[str, tuple[str, Element]]) -> None:
    for place, language in enumerate(words.LANGUAGES):
        said = text_of(pages[f"silent.{language}"][1])
        for key in ("risk_not_measured", "attacks_not_tried", "models_not_declared"):
            assert words.PAIRS[key][place] in said
        assert len(list(pages[f"silent.{language}"][1].iter(f"{SVG}svg"))) == 1, "suppression is known of every release"


def test_a_page_stands_alone_and_is_accessible(pages: dict[str, tuple[str, Element]]) -> None:
    for name, (text, root) in pages.items():
        language = name.split(".")[1]
        assert next(tags(root, "html")).get("lang") == language
        outside = re.sub(r"http://www\.w3\.org/\d+/\w+", "", text)
        assert not re.search(r"https?:|url\((?!#)|@import|\bsrc=", outside), "nothing is fetched"
        assert not list(tags(root, "script", "img", "iframe", "object", "form", "link", "b"))
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert len(ids) == len(set(ids))
        assert {link.removeprefix("#") for link in re.findall(r'(?:href|aria-labelledby)="([^"]+)"', text)} <= set(ids)
        levels = [int(element.tag[-1]) for element in tags(root, "h1", "h2", "h3", "h4")]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert len(list(tags(root, "main"))) == len(list(tags(root, "header"))) == 1
        for table in tags(root, "table"):
            assert len(list(tags(table, "caption"))) == 1 and all(head.get("scope") for head in tags(table, "th"))
        light, dark, paper = schemes(next(tags(root, "style")).text or "")
        dark, paper = light | dark, light | paper
        for scheme in (light, dark, paper):
            for ground in (scheme["ground"], scheme["band"]):
                assert min(contrast(scheme[name], ground) for name in ("text", "quiet", "mark")) >= 7
                assert min(contrast(scheme[name], ground) for name in ("before", "after", "limit")) >= 3


def test_each_plot_shows_the_figures_of_its_table(pages: dict[str, tuple[str, Element]]) -> None:
    for _, root in pages.values():
        plots = [
            (element, list(element.iter(f"{SVG}svg")))
            for element in tags(root, "div")
            if element.get("class", "").split(" ")[0] in ("plot", "item")
        ]
        assert plots
        for held, (drawing,) in plots:
            assert drawing.get("role") == "img" and drawing.find(f"{SVG}title").text
            quiet = [
                line(text.text) for text in drawing.iter(f"{SVG}text") if "var(--quiet)" in (text.get("style") or "")
            ]
            rows = [[line(text_of(cell)) for cell in tags(row, "td")] for row in tags(next(tags(held, "tbody")), "tr")]
            if any("stroke-linejoin: miter" in (path.get("style") or "") for path in drawing.iter(f"{SVG}path")):
                column = 1 if re.match("over 10 %|10 %超|1/", quiet[0]) else 0
                listed = rows if "var(--before)" in style_of(drawing) else [row[column : column + 1] for row in rows]
                assert sorted(quiet) == sorted(re.split(" = |, at|、", cell)[0] for row in listed for cell in row)
            elif len(quiet) > len(rows):  # releases on a scale, whose ends are written beside it
                told = {row[1].replace("10人未満", "<10").replace("under 10 persons", "<10") for row in rows}
                assert quiet[0] == "0 %" and told <= set(quiet)
            else:
                assert quiet == [row[0] for row in rows if row[0]]


def line(text: str | None) -> str:
    return " ".join((text or "").split())


def style_of(drawing: Element) -> str:
    return " ".join(element.get("style") or "" for element in drawing.iter())


def test_bars_are_as_long_as_their_figures(pages: dict[str, tuple[str, Element]]) -> None:
    """Read back from the drawing: lengths of the bars of class sizes against the counts of the table."""
    root = pages["people.ja"][1]
    plot = next(
        div for div in tags(root, "div") if (div.get("class") or "") == "plot" and len(list(tags(div, "tr"))) > 3
    )
    rows = [[text_of(cell) for cell in tags(row, "td")] for row in tags(next(tags(plot, "tbody")), "tr")]
    counts = [
        float(cell.replace(",", "")) if cell[0].isdigit() and "未満" not in cell else None
        for row in rows
        for cell in row
    ]
    lengths = []
    for path in plot.iter(f"{SVG}path"):
        if "stroke-linejoin: miter" in (path.get("style") or ""):
            places = [float(x) for x in re.findall(r"[ML] (-?[\d.]+) ", path.get("d") or "")]
            lengths.append(max(places) - min(places))
    assert len(lengths) == len(counts)
    scales = {round(length / count, 4) for length, count in zip(lengths, counts, strict=True) if count}
    assert len(scales) == 1, scales


def test_attacks_and_models_are_shown_with_their_limits(
    pages: dict[str, tuple[str, Element]], shop: dict[str, Any]
) -> None:
    members = next(mart for mart in shop["marts"] if mart["mart"] == "members")
    tried = {(attack["attack"], attack.get("what")): attack for attack in members["attacks"]}
    linkage = tried["linkage", "known 1"]
    assert (linkage["success"], linkage["limit"], linkage["limited"]) == (0.02, 0.2, "success")
    inference = tried["inference", "region, over control"]
    assert (inference["lower"], inference["upper"], inference["limit"], inference["limited"]) == (
        -0.04,
        0.08,
        0.1,
        "advantage",
    )
    assert ("histories", None) not in tried and tried["histories", "known 2"]["base"] == 0
    assert tried["difference_safe", "release 1"]["classes_changed"] == UNDER
    assert {(model["model"], model["kind"], model["limit"], model["measured"]) for model in members["models"]} == {
        ("l", "distinct", 2.0, 2.0), ("t", "equal", 0.3, 0.251),
    }  # fmt: skip
    said = text_of(pages["shop.en"][1])
    assert "Inference: region, over a release without the person" in said
    assert "base rate + 10 %" in said.replace("\xa0", " ")
    assert "no earlier release to compare with" in said


def test_what_attacks_log_is_read(reported: Project, pages: dict[str, tuple[str, Element]]) -> None:
    """Not what this test planted, but what the gate wrote."""
    tried = data_of(reported, "people")["marts"][0]["attacks"]
    assert [(attack["attack"], attack.get("what")) for attack in tried] == [
        ("linkage", "known 1"),
        ("linkage", "known 2"),
        ("linkage", "known 3"),
        ("inference", "job, over base"),
        ("inference", "job, over control"),
        ("difference_safe", None),
    ]
    assert all(attack["passed"] and attack["success"] >= attack["base"] for attack in tried[:3])
    assert [attack.get("limit") for attack in tried] == [0.5, 0.5, 0.5, 0.9, None, None]
    assert tried[3]["lower"] <= tried[3]["advantage"] <= tried[3]["upper"]
    assert "no earlier release to compare with" in text_of(pages["people.en"][1])
    bought = next(mart for mart in data_of(reported, "shop")["marts"] if mart["mart"] == "bought")
    assert [(attack["what"], attack["classes_changed"]) for attack in bought["attacks"]] == [("release 2", 0)]
    models = data_of(reported, "people")["marts"][0]["models"]
    assert [(model["model"], model["kind"], model["limit"]) for model in models] == [
        ("l", "distinct", 2.0),
        ("t", "equal", 0.6),
    ]
    assert models[0]["measured"] >= 2 and 0 < models[1]["measured"] <= 0.6


def test_awkward_texts_stay_texts(pages: dict[str, tuple[str, Element]]) -> None:
    text, root = pages["shop.ja"]
    assert "<b>" not in text
    assert text_of(root).count(" ".join(AWKWARD.split())) >= 5
    drawn = "".join(label.text or "" for drawing in root.iter(f"{SVG}svg") for label in drawing.iter(f"{SVG}text"))
    assert "</script><b>" in drawn, "the item names a bar of loss"


def test_both_languages_say_everything(pages: dict[str, tuple[str, Element]]) -> None:
    for key, (ja, en) in (words.PAIRS | words.AUDITS).items():
        assert ja and en, key
        assert set(re.findall(r"{\w+}", ja)) == set(re.findall(r"{\w+}", en)), key
    japanese = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
    for name in ("shop.en", "people.en", "silent.en"):
        for element in pages[name][1].iter():
            if element.get("lang") != "ja" and not str(element.tag).startswith(SVG) and element.tag != "title":
                assert not japanese.search(element.text or ""), (name, element.text)
    heads = {name: [text_of(head) for head in tags(root, "h2", "h3")] for name, (_, root) in pages.items()}
    assert len(heads["shop.ja"]) == len(heads["shop.en"]) >= 20
    assert not set(heads["shop.ja"]) & set(heads["shop.en"]) - {"bought"}


def test_a_page_is_the_same_each_time(shop: dict[str, Any]) -> None:
    made = subprocess.run(
        [sys.executable, str(PACKAGE / "tools" / "report"), "--language", "ja"],
        input=json.dumps(shop).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    assert made.stdout.decode() == page_of(shop, "ja")


def test_what_is_no_data_is_refused() -> None:
    given = subprocess.run(
        [sys.executable, str(PACKAGE / "tools" / "report")],
        input=b"Encountered an error",
        capture_output=True,
        check=False,
    )
    assert given.returncode == 1 and b"no JSON" in given.stderr and not given.stdout
