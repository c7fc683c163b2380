"""What is published of a dataset: from the terms and a release, the same on every engine, and nothing reversible."""

from __future__ import annotations

import datetime
import json
import os
import random
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import yaml
from support.cases import errors as errors_of
from support.engines import DuckDB, Engine
from support.gate import assert_released
from support.people import CLASSIFIED, TYPES, people, people_project
from support.project import PACKAGE, Project
from support.publishing import TERMS, contrast, exposure, numbers, operation, parsed, printed, schemes, tags, text_of
from support.shop import GROUP, PSEUDONYM, QUARTER, REGION, SEX, customers_mart, load_shop, purchases_mart

GOLDEN = Path(__file__).parent / "golden" / "publication"
SHOP = {"marts": {"members": {"ja": "会員", "en": "Members"}, "bought": "購買"}}
HISTORY = {"known": 2, "among": 5, "at_most": 0.9}

# Each text of this dataset is made to break out of what it stands in.
AWKWARD = "</script><script>alert('!')</script> \"引用\" <!-- & \\ \\n &amp 𠮷野家 a@b.example'><b"
JINJA = "{{ '{{' }} target.schema {{ '}}' }} {% raw %}{% if true %}{% endraw %}"
RENDERED = "{{ target.schema }} {% if true %}"
SPLIT = "one\u2028two\ttabbed"

# Numbers and words that occur nowhere else: if one is published, the policy gave it.
TELLING: dict[str, Any] = {
    "k": 17,
    "k_reason": "a reason of 71",
    "max_suppression": 0.4973,
    "where": [{"column": "birth", "at_least": "1936-11-27"}, {"column": "job", "not_in": ["隠者"]}],
}
TELLING_COLUMNS = [
    {"name": "pseudonym", "from": "id", "treat": [{"pseudonymize": {"bits": 128}}], "item": AWKWARD},
    {
        "name": "decade",
        "from": "birth",
        "treat": [{"truncate": "year"}, {"bottom_code": 1947}, {"band": 13}],
        "item": {"ja": JINJA, "en": SPLIT},
    },
    {"name": "sex", "treat": ["keep"], "item": "2026"},
    {
        "name": "prefecture",
        "from": "city",
        "treat": [{"lookup": {"hierarchy": "cities", "to": "prefecture"}}],
        "item": {"ja": "都道府県", "en": "Prefecture of\nresidence"},
    },
    {"name": "job", "treat": [{"suppress_rare": {"below": 37, "replace_with": "珍しい仕事"}}], "item": "true"},
    {"name": "income", "treat": [{"top_code": 979}, {"swap": {"within": 23}}], "item": "収入"},
    {
        "name": "debt",
        "treat": [
            {
                "add_noise": {
                    "distribution": "laplace",
                    "scale": 59,
                    "unit": 41,
                    "at_least": -8815,
                    "at_most": 8774,
                    "declared_releases": 61,
                }
            }
        ],
        "item": "借入",
        "waive": {"no_rare_values": "a reason"},
    },
]
WORDS = ["隠者", "珍しい仕事", "cities", "at_least", "not_in", "laplace", "a reason"]


@pytest.fixture(scope="module")
def published(lasting_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Two datasets with terms: a plain one of two marts, and one whose every text is awkward and every number its own;
    a dataset without terms."""
    project = Project(tmp_path_factory.mktemp("published"), lasting_engine)
    load_shop(project)
    customers_mart(
        project, "members", [PSEUDONYM, SEX, REGION | {"item": {"ja": "地方", "en": "region"}}], dataset="shop"
    )
    purchases_mart(project, "bought", [PSEUDONYM, QUARTER, GROUP], dataset="shop", follows="members", history=HISTORY)
    customers_mart(project, "unpublished", dataset="silent")
    draw = random.Random(7)
    rows = [row | {"income": 100 * draw.randrange(12), "debt": draw.randrange(12)} for row in people()]
    classified = CLASSIFIED | {"income": "sensitive", "debt": "sensitive"}
    types = TYPES | {"income": "integer", "debt": "integer"}
    people_project(project, rows, TELLING_COLUMNS, types, classified, **TELLING)
    awkward = {key: {"ja": AWKWARD, "en": JINJA} for key in ("operator", "commissioned_by", "means", "safety_measures")}
    awkward |= {"title": JINJA, "legal_basis": SPLIT, "period": {"from": "2026-04-01", "to": "2029-03-31"}}
    awkward |= {"contact": {"inquiries": AWKWARD, "complaints": f"x {JINJA}"}, "marts": {"people_anonymized": AWKWARD}}
    exposures = [
        exposure("shop_page", ["members", "bought"], TERMS | SHOP, url="https://www.example.co.jp/a?b=c&d=e"),
        exposure("awkward_page", ["people_anonymized"], awkward, url="javascript:alert('!')"),
    ]
    project.write("models/exposures.yml", {"exposures": exposures})
    project.write(
        "macros/probe.sql",
        "{% macro items(dataset, invocation=none) %}{% do print(tojson(tokumei.published_items(dataset, invocation))) %}{% endmacro %}\n"
        "{% macro terms(dataset) %}{% do print(tojson(tokumei.publication_terms(dataset))) %}{% endmacro %}\n"
        "{% macro texts(given) %}{% for text in given %}{% do print(tojson([tokumei._escaped(text), tokumei._json_text(text), tokumei._linked(text)])) %}{% endfor %}{% endmacro %}\n"
        "{% macro counts(given) %}{% for count in given %}{% do print(tojson(tokumei.public_count(count))) %}{% endfor %}{% endmacro %}\n"
        "{% macro outlines() %}{% for step in tokumei.step_catalog() %}{% do print(tokumei.treatment_outline({'steps': [{'name': step}]}, 'en')) %}{% endfor %}{% endmacro %}\n",
    )
    outcome, said = operation(project, "publication_page", dataset="shop")
    assert not outcome.success and "<html" not in said
    assert (
        "tokumei: shop: there is no release to publish; got none; allowed: a dataset that was built" in outcome.messages
    )
    assert_released(project.build("--warn-error"), "members", "bought", "unpublished", "people_anonymized")
    yield project


def agreed(name: str, text: str) -> None:
    """One text for every engine. Accept a change with TOKUMEI_GOLDEN=write, and read it in the diff."""
    golden = GOLDEN / name
    if os.environ.get("TOKUMEI_GOLDEN") == "write":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_the_page_reads_as_agreed(published: Project) -> None:
    page = printed(published, "publication_page", dataset="shop", published_on="2026-04-01", counts=True)
    agreed("page.html", page)
    assert_accessible(parsed(page))
    unquoted = datetime.date(2026, 4, 1)
    assert page == printed(published, "publication_page", dataset="shop", published_on=unquoted, counts=True)
    embedded = re.search(r'<script type="application/ld\+json">\n(.*?)\n</script>', page, re.DOTALL)
    assert embedded
    data = printed(published, "publication_data", dataset="shop", published_on="2026-04-01", counts=True)
    agreed("data.json", data)
    assert json.loads(embedded[1]) == json.loads(data)
    assert json.loads(data)["datePublished"] == "2026-04-01"


def test_the_notice_reads_as_agreed(published: Project) -> None:
    agreed("notice.txt", printed(published, "notice", dataset="shop", recipient="株式会社受領"))
    plain = printed(published, "notice", dataset="shop")
    assert plain == printed(published, "notice", dataset="shop") and "御中" not in plain
    assert "匿名加工情報" in plain and "第45条" in plain and "暗号化したファイルの送信" in plain
    assert plain.index("地方") < plain.index("Notice") < plain.index("region")


def test_the_page_without_counts_and_dates_tells_neither(published: Project) -> None:
    page = parsed(printed(published, "publication_page", dataset="shop"))
    assert not list(tags(page, "caption", "time"))


def test_awkward_texts_stay_texts(published: Project) -> None:
    page = printed(published, "publication_page", dataset="people")
    root = parsed(page)
    assert_accessible(root)
    assert [element.get("type") for element in tags(root, "script")] == ["application/ld+json"]
    assert not list(tags(root, "b", "img", "iframe", "object", "form"))
    seen = " ".join("".join(root.itertext()).split())
    assert seen.count("</script><script>alert('!')</script> \"引用\" <!-- & \\ \\n &amp 𠮷野家 a@b.example'><b") >= 8
    assert seen.count(RENDERED) >= 6
    links = [element.get("href") for element in tags(root, "a")]
    assert links and set(links) == {"mailto:a@b.example"}, "an address that is no page's is not a link"
    data = json.loads(printed(published, "publication_data", dataset="people"))
    assert data["creator"]["name"] == AWKWARD and data["name"] == RENDERED
    items = data["hasPart"][0]["variableMeasured"]
    assert [item["name"] for item in items] == [AWKWARD, RENDERED, "2026", "都道府県", "true", "収入", "借入"]
    assert items[1]["alternateName"] == SPLIT
    notice = printed(published, "notice", dataset="people", recipient=AWKWARD)
    assert f"{AWKWARD} 御中" in notice


def test_any_text_survives_escaping(published: Project) -> None:
    """Every character, alone and in odd company, in an attribute, in a paragraph and in JSON."""
    draw = random.Random(11)
    pieces = [
        *"<>&'\"\\/{}%#`=; \n\t\r",
        "-->",
        "<!--",
        "</p>",
        "]]>",
        "\\u003c",
        "&lt;",
        "&#x3c;",
        "\x00",
        "\x1b",
        "\x7f",
        "\x9f",
    ]
    pieces += [
        "\u2028",
        "\u202e",
        "\u2066",
        "\ufdd0",
        "\ufffe",
        "\U0001ffff",
        "𠮷",
        "é",
        "か\u3099",
        "a@b.jp",
        "ｱ",
        "\u200d",
    ]
    texts = ["", *pieces, *("".join(draw.choices(pieces, k=12)) for _ in range(200))]
    lines = printed(published, "texts", given=texts).splitlines()
    assert len(lines) == len(texts)
    refused = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\U0001ffff]")
    for text, line in zip(texts, lines, strict=True):
        expected = refused.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
        escaped, as_json, linked = json.loads(line)
        page = f'<!DOCTYPE html><html><head><title>t</title></head><body><p title="{escaped}">-{escaped}</p><p>-{linked}</p></body></html>'
        first, second = tags(parsed(page), "p")
        assert (first.get("title"), "".join(first.itertext())) == (expected, f"-{expected}")
        assert "".join(second.itertext()) == f"-{expected}"
        assert json.loads(as_json) == expected
        assert not re.search("[<>&]", as_json)


def test_nothing_of_the_policy_is_published(published: Project) -> None:
    """No threshold, window, bound, unit, predicate or label of the policy, in anything that leaves the house."""
    page = parsed(printed(published, "publication_page", dataset="people"))
    texts = [text_of(next(tags(page, "body")))]
    texts += [printed(published, macro, dataset="people") for macro in ("publication_data", "notice")]
    for relation in ("publication_items", "publication_terms"):
        columns = (
            "mart, item_ja, item_en, treatment_ja, treatment_en" if "items" in relation else "term, text_ja, text_en"
        )
        rows = published.query(f"select {columns} from {relation} where dataset = 'people'")
        assert rows
        texts.append(str(rows))
    texts.append(published.comment("people_anonymized"))
    own = numbers(json.dumps([TELLING, *(column["treat"] for column in TELLING_COLUMNS)], ensure_ascii=False))
    assert {"17", "37", "23", "13", "1947", "979", "59", "61", "0.4973", "1936", "27"} <= own, "it looks for something"
    assert not [sorted(numbers(text) & own) for text in texts if numbers(text) & own]
    assert not [word for word in WORDS for text in texts if word in text]


def test_every_step_has_an_outline(published: Project) -> None:
    lines = printed(published, "outlines").splitlines()
    assert len(lines) >= 18 and all(re.fullmatch("[a-z ]+", line) for line in lines), lines


def test_counts_are_rounded_and_small_ones_are_hidden(published: Project) -> None:
    given = [0, 1, 9, 10, 14, 15, 94, 95, 99, 100, 104, 105, 1049, 1050, 999999]
    counts = [json.loads(line) for line in printed(published, "counts", given=given).splitlines()]
    shown = [count["number"] for count in counts]
    assert shown == [None] * 3 + [10, 10, 20, 90, 100, 100, 100, 100, 110, 1000, 1100, 1000000]
    assert {count["ja"] for count in counts[:3]} == {"10未満"} and counts[-1]["en"] == "about 1,000,000"


def test_terms_are_a_model(published: Project) -> None:
    rows = published.query(
        "select term, text_ja, text_en from publication_terms where dataset = 'shop' order by \"position\""
    )
    assert [row[0] for row in rows] == [
        "operator", "legal_basis", "creation", "population", "purpose", "recipients", "means", "safety_measures",
        "inquiries", "complaints", "place",
    ]  # fmt: skip
    assert rows[0] == ("operator", "株式会社見本", "Sample, Inc.")
    assert rows[3] == ("population", "会員", "会員")
    assert rows[-1][1] == "https://www.example.co.jp/a?b=c&d=e"
    terms = json.loads(printed(published, "terms", dataset="shop"))
    assert terms["dataset"] == "shop" and terms["continues"] is True and terms["period"] is None
    assert terms["purpose"] == {"ja": "分析", "en": "Analysis"} and terms["population"] == {"ja": "会員", "en": None}
    assert "Article 43(1)" in terms["legal_basis"]["en"]
    others = published.query("select distinct dataset from publication_terms order by dataset")
    assert others == [("people",), ("shop",)]
    awkward = dict(published.query("select term, text_ja from publication_terms where dataset = 'people'"))
    assert awkward["operator"] == AWKWARD and awkward["complaints"] == f"x {RENDERED}"
    assert "2026年4月1日から2029年3月31日まで" in awkward["creation"]


def test_what_cannot_be_published_says_why(published: Project) -> None:
    refused = {
        "silent": "tokumei: silent: the terms of the dataset are not declared; got no exposure; allowed: an exposure",
        "nobody": "tokumei: nobody: no mart belongs to this dataset; got nobody; allowed: people, shop, silent; see docs",
    }
    for dataset, message in refused.items():
        for macro in ("publication_page", "publication_data", "notice"):
            outcome, _ = operation(published, macro, dataset=dataset)
            assert not outcome.success and message in outcome.messages, outcome.messages
    outcome, _ = operation(published, "publication_page", dataset="shop", published_on="1 April", counts="yes")
    assert "tokumei: shop: published_on; got 1 April; allowed: a date YYYY-MM-DD" in outcome.messages
    assert "tokumei: shop: counts; got yes; allowed: true, false" in outcome.messages


def test_items_are_of_a_release_that_stands_whole(published: Project) -> None:
    """Not of one that a dead run left half made; and any earlier one can be asked for. The last to look at these marts: it
    leaves another release of them, taken back."""
    log, keys = published.private("releases_log"), published.private("keys_log")
    items = published.private("release_items_log")
    first = json.loads(printed(published, "items", dataset="shop"))
    assert [(item["mart"], item["position"], item["column"]) for item in first] == [
        ("bought", 1, "pseudonym"), ("bought", 2, "quarter"), ("bought", 3, "goods"),
        ("members", 1, "pseudonym"), ("members", 2, "sex"), ("members", 3, "region"),
    ]  # fmt: skip
    assert set(first[5]) == {"mart", "position", "column", "ja", "en", "treatment_ja", "treatment_en"}
    assert (first[5]["ja"], first[5]["en"], first[5]["treatment_en"]) == ("地方", "region", "kept")
    run = published.query(f"select distinct invocation_id from {log} where dataset = 'shop'")[0][0]

    path = published.path / "models/members.yml"
    given = path.read_text(encoding="utf-8")
    published.write("models/members.yml", given.replace("地方", "居住の地方"))
    assert published.build("--select", "members", "bought").success
    newest = json.loads(printed(published, "items", dataset="shop"))
    assert newest[5]["ja"] == "居住の地方"
    assert json.loads(printed(published, "items", dataset="shop", invocation=run)) == first

    columns = (
        "release_id, dataset, mart, release_no, release_relation, mart_relation, invocation_id, released_at, run_no"
    )
    half = f"insert into {log} ({columns}) select 'half', dataset, mart, 9, '', '', 'dead', timestamp '2999-01-01', 99 from {log} "
    published.engine.execute(half + f"where mart = 'members' and invocation_id = '{run}'")
    published.engine.execute(f"insert into {keys} values ('shop', 'dead', 'taken', 'me', timestamp '2999-01-01')")
    published.engine.execute(
        f"insert into {items} select 'half', dataset, mart, \"position\", column_name, 'half', 'half', 'half', 'half', null "
        f"from {items} where mart = 'members' and item_ja = '地方'"
    )
    assert json.loads(printed(published, "items", dataset="shop")) == newest
    published.engine.execute(f"insert into {keys} values ('shop', 'dead', 'destroyed', 'me', timestamp '2999-01-01')")
    assert {item["ja"] for item in json.loads(printed(published, "items", dataset="shop"))} == {"half"}
    for relation, column, value in [
        (log, "release_id", "half"),
        (items, "release_id", "half"),
        (keys, "invocation_id", "dead"),
    ]:
        published.engine.execute(f"delete from {relation} where {column} = '{value}'")

    published.engine.execute(
        f"insert into {published.private('withdrawals_log')} select release_id, dataset, mart, released_at from {log} "
        f"where dataset = 'shop' and invocation_id <> '{run}'"
    )
    assert json.loads(printed(published, "items", dataset="shop")) == first, "taken back"


def assert_accessible(page: Element) -> None:
    """Language, landmarks, headings in order, headers with a scope, names that resolve, nothing from elsewhere."""
    html = next(tags(page, "html"))
    assert html.get("lang") == "ja"
    assert {element.get("lang") for element in page.iter()} == {None, "ja", "en"}
    assert [len(list(tags(page, name))) for name in ("header", "main", "footer", "h1", "title")] == [1, 1, 1, 1, 1]
    levels = [int(element.tag[-1]) for element in tags(page, "h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1 and all(below <= above + 1 for above, below in pairwise(levels))
    assert all(element.get("scope") in ("col", "row") for element in tags(page, "th"))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    labelled = [element.get("aria-labelledby") for element in tags(page, "section", "table")]
    assert labelled and set(labelled) <= set(ids)
    english = [text_of(element) for element in page.iter() if element.get("lang") == "en"]
    assert len(english) > 20 and not [text for text in english if not text]
    assert not list(tags(page, "img", "link", "iframe", "object", "embed", "video", "audio", "base"))
    assert not [
        key for element in page.iter() for key in element.attrib if key in ("src", "style") or key.startswith("on")
    ]
    style = text_of(next(tags(page, "style")))
    assert "url(" not in style and "@import" not in style and "@media print" in style
    colours = schemes(style)
    assert len(colours) == 3
    for scheme in colours:
        for ink in ("text", "quiet", "mark"):
            for ground in ("ground", "band"):
                assert contrast(scheme[ink], scheme[ground]) >= 7, (scheme, ink, ground)


# What is wrong with an exposure, and every error that it must give; the dataset of each has a mart `m_<name>`.
BROKEN: dict[str, tuple[Any, list[str]]] = {
    "nothing": (
        {},
        [
            "operator: a text that is published, and required; got nothing",
            "means: a text that is published, and required; got nothing",
            "safety_measures: a text that is published, and required; got nothing",
            "contact: contact is required: where inquiries and complaints go (法43条6項); got nothing",
        ],
    ),
    "no_map": ("yes", ["operator: …", "means: …", "safety_measures: …", "contact: …"]),
    "unknown_key": (
        TERMS | {"operater": "x"},
        ["unknown key; got operater; allowed: operator, means, safety_measures, …"],
    ),
    "no_japanese": (
        TERMS | {"operator": {"en": "x"}},
        ["operator: a text that is published, and required; got {'en': 'x'}"],
    ),
    "french": (TERMS | {"purpose": {"ja": "x", "fr": "y"}}, ["purpose: a text that is published; got {…}"]),
    "blank": (TERMS | {"recipients": " "}, ["recipients: a text that is published; got…"]),
    "number": (TERMS | {"population": 5}, ["population: a text that is published; got 5"]),
    "contact_text": (TERMS | {"contact": "x"}, ["contact: contact is required: …; got x"]),
    "contact_half": (
        TERMS | {"contact": {"inquiries": "x", "phone": "y"}},
        [
            "contact: unknown key; got phone; allowed: inquiries, complaints",
            "contact.complaints: a text that is published, and required; got nothing",
        ],
    ),
    "both": (
        TERMS | {"period": {"from": "2026-04-01", "to": "2027-03-31"}},
        ["period: creation continues, or has a period; got both"],
    ),
    "perhaps": (
        TERMS | {"continues": "perhaps"},
        ["continues: whether creation continues; got perhaps; allowed: true, false"],
    ),
    "backwards": (
        {key: value for key, value in TERMS.items() if key != "continues"}
        | {"period": {"from": "2027-03-31", "to": "2026-04-01"}},
        ["period: the period of creation; got…; allowed: {from: YYYY-MM-DD, to: YYYY-MM-DD}, in this order"],
    ),
    "no_day": (
        {key: value for key, value in TERMS.items() if key != "continues"} | {"period": {"from": "2026-02-30"}},
        ["period: the period of creation; got…"],
    ),
    "other_marts": (TERMS | {"marts": {"m_sound": "x"}}, ["marts: unknown key; got m_sound; allowed: m_other_marts"]),
    "marts_text": (TERMS | {"marts": "x"}, ["marts: what the marts are called; got x"]),
}


@pytest.mark.duckdb
def test_an_exposure_that_is_wrong_stops_its_dataset(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """All its errors at once, at compile time; the dataset beside it and one without an exposure are built."""
    project = Project(tmp_path / "consumer", DuckDB(tmp_path / "warehouse.duckdb"))
    load_shop(project)
    lineage = ["m_two_a", "m_two_b", "m_lacks", "m_lacking", "m_mixed", "m_twice"]
    for name in [*(f"m_{name}" for name in BROKEN), *lineage, "m_sound", "m_silent", "m_disabled", "m_plain"]:
        own = {"scope": "own"} if name.startswith("m_lack") else {}
        customers_mart(project, name, dataset="lacks" if name.startswith("m_lack") else name.removeprefix("m_"), **own)
    project.write("models/plain_model.sql", "select 1 as one")
    exposures = [exposure(f"e_{name}", [f"m_{name}"], terms) for name, (terms, _) in BROKEN.items()]
    exposures += [
        exposure("e_sound", ["m_sound"]),
        exposure("e_two", ["m_two_a", "m_two_b"]),
        exposure("e_lacks", ["m_lacks"]),
        exposure("e_mixed", ["m_mixed", "plain_model"]),
        exposure("e_twice", ["m_twice"]),
        exposure("e_again", ["m_twice"]),
        exposure("e_plain", ["m_plain"], config={"meta": {"other": 1}}),
    ]
    disabled = exposure("e_disabled", ["m_disabled"], {})
    disabled["config"]["enabled"] = "{{ project_name == 'tokumei' }}"
    project.write("models/exposures.yml", {"exposures": [*exposures, disabled]})
    outcome = project.build("--select", "package:consumer", "publication_terms")
    said = errors_of(outcome)
    expected = {f"e_{name}": errors for name, (_, errors) in BROKEN.items()} | {
        "e_two": ["an exposure with terms depends on the marts of one dataset; got two_a, two_b"],
        "e_lacks": ["a dataset is published as a whole: depends_on lacks a mart of lacks; got no ref('m_lacking')"],
        "e_mixed": [
            "an exposure with terms depends on marts alone; got model.consumer.plain_model; allowed: models with…"
        ],
        "twice": ["a dataset has one exposure with its terms; got e_again, e_twice"],
    }
    unexplained = set(said)
    for place, errors in expected.items():
        for error in errors:
            dotted = re.match(r"[a-z_.]+: ", error) is not None
            text = f"tokumei: {place}{'.' if dotted else ': '}{error}…; see docs/publication.md"
            if "unknown key" in error:
                text = text.replace("publication.md", "policy.md")
            pattern = re.compile(".*".join(re.escape(part) for part in text.split("…")))
            matches = {error for error in said if pattern.fullmatch(error)}
            assert len(matches) == 1, (text, [line for line in said if line.startswith(f"tokumei: {place}")])
            unexplained -= matches
    assert not unexplained
    built = {name for name, status in outcome.statuses.items() if name.startswith("m_") and status == "success"}
    assert built == {"m_sound", "m_silent", "m_disabled", "m_plain"}
    assert outcome.statuses["publication_terms"] == "error"
    pages = {error.rsplit("see docs/", 1)[1] for error in said}
    assert not [page for page in pages if not (PACKAGE / "docs" / page).is_file()]


@pytest.mark.duckdb
def test_every_example_is_declared_and_fenced() -> None:
    """Each dataset has an exposure; only marts are public, what they read of persons is private to their group."""
    datasets, exposures = set(), set()
    for path in (PACKAGE / "models/example").rglob("*.yml"):
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
        for model in given.get("models", []):
            config = model["config"]
            mart = config["materialized"] == "anonymized"
            assert (config["access"], config["group"]) == ("public" if mart else "private", "tokumei_example"), model[
                "name"
            ]
            datasets |= {config["meta"]["tokumei"]["dataset"]} if mart else set()
        for declared in given.get("exposures", []):
            assert declared["config"]["enabled"] == "{{ project_name == 'tokumei' }}"
            exposures.add(declared["name"])
    assert exposures == {f"{dataset}_page" for dataset in datasets} and len(datasets) == 5
