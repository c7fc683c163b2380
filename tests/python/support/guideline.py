"""The data and the marts of the guideline's worked examples: one small source of each kind."""

from __future__ import annotations

import random
from typing import Any

from .fixed_key import fix_key
from .oracle import Row
from .people import write_csv
from .project import Outcome, Project, mart, personal

POLICY: dict[str, Any] = {"k": 3, "k_reason": "a test", "max_suppression": 0.2}
CITIES = {"011002": "北海道札幌市", "131016": "東京都千代田区", "271004": "大阪府大阪市"}
GOODS = {f"{kind}-{colour}": kind for kind in ["きゅうり", "なす", "靴"] for colour in ["緑", "紫", "赤"]}
CATEGORY = {"きゅうり": "野菜", "なす": "野菜", "靴": "衣料"}

MEMBERS_IS = {
    "member_id": "linking_code",
    "name": "direct_identifier",
    "address": "direct_identifier",
    "phone": "direct_identifier",
    "my_number": "identification_code",
    "city": "quasi_identifier",
    "birth": "quasi_identifier",
    "age": "quasi_identifier",
    "disease": "sensitive",
    "height": "attribute",
    "income": "attribute",
    "memo": "free_text",
}
MEMBERS_TYPES = dict.fromkeys(MEMBERS_IS, "text") | {
    "birth": "date",
    "age": "integer",
    "height": "integer",
    "income": "integer",
}
PURCHASES_IS = {"member_id": "linking_code", "goods": "attribute", "bought_on": "attribute"}
MOVES_IS = {
    "member_id": "linking_code",
    "lat": "quasi_identifier",
    "lon": "quasi_identifier",
    "moment": "attribute",
}


def members() -> list[Row]:
    """Persons; the first is 116, the second has a disease nobody else has, the third is 170 cm among children."""
    pick = random.Random(9)
    rows = []
    for number in range(240):
        city = list(CITIES)[number % 3]
        year = 1910 if number == 0 else 1996 if number % 5 else 1936
        rows.append(
            {
                "member_id": f"M{number:05d}",
                "name": f"匿名野{number:03d}太郎",
                "address": f"{CITIES[city]}中央{number}丁目{number % 9}",
                "phone": f"0905{number * 7919 % 10**7:07d}",
                "my_number": f"{123456780000 + number}",
                "city": city,
                "birth": f"{year}-{1 + number // 3 % 2:02d}-{1 + number % 28:02d}",
                "age": 2026 - year,
                "disease": "特異な病" if number == 1 else "稀な病" if number < 4 else pick.choice(["感冒", "花粉症"]),
                "height": 170 if number == 2 else 150 + number % 3 if number % 20 == 0 else 120 + number % 25,
                "income": 10 * pick.randrange(200, 900),
                "memo": pick.choice(["配達は午後に", "返品したい", "電話してください", "山田さん経由"]),
            }
        )
    return rows


def purchases() -> list[Row]:
    """Everybody buys cucumbers; one thing in each category is bought by two persons only."""
    pick = random.Random(10)
    rows = []
    for number in range(240):
        goods = ["きゅうり-緑", "靴-赤"] + (["なす-紫"] if number < 2 else []) + (["靴-緑"] if number in (5, 6) else [])
        for one in goods:
            rows.append(
                {"member_id": f"M{number:05d}", "goods": one, "bought_on": f"2026-{pick.randint(1, 12):02d}-01"}
            )
    return rows


WHO = {"name": "pseudonym", "from": "member_id", "treat": ["pseudonymize"]}
CITY = {"name": "city", "treat": [{"lookup": {"hierarchy": "cities", "to": "city"}}]}
MONTH = {"name": "birth_month", "from": "birth", "treat": [{"truncate": "month"}]}
DISEASE = {"name": "disease", "treat": [{"suppress_rare": {"below": 3}}]}
HEIGHT = {"name": "height", "treat": [{"top_code": {"at": 150, "label": "150cm以上"}}, {"suppress_rare": {"below": 3}}]}
WAIVED = {"waive": {"no_rare_values": "a test"}}
NOISE = {"distribution": "laplace", "scale": 100, "unit": 10, "declared_releases": 1}
SYNTHETIC = [
    CITY,
    {"name": "height", "treat": [{"band": 10}, {"top_code": 150}]},
    DISEASE,
    {"name": "income", "treat": [{"round": 100}]} | WAIVED,
]

# mart → (source, columns, policy)
MARTS: dict[str, tuple[str, list[dict[str, Any]], dict[str, Any]]] = {
    "example_1_1": ("members", [CITY, MONTH], {}),
    "example_1_2": ("members", [CITY], {}),
    "pseudonyms": ("members", [WHO, CITY], {}),
    "linked_profiles": ("members", [CITY, DISEASE], {}),
    "linked_purchases": ("purchases", [{"name": "month", "from": "bought_on", "treat": [{"truncate": "month"}]}], {}),
    "entrusted": ("members", [WHO, DISEASE], {}),
    "peculiar_diseases": ("members", [DISEASE, CITY], {}),
    "peculiar_ages": ("members", [{"name": "age", "treat": [{"top_code": {"at": 90, "label": "90歳以上"}}]}], {}),
    "limited_goods": (
        "purchases",
        [WHO, {"name": "goods", "treat": [{"generalize_rare": {"hierarchy": "goods", "below": 5}}]}],
        {"history": {"known": 1, "among": 2, "at_most": 0.9}},
    ),
    "heights": ("members", [HEIGHT], {}),
    "item_suppressed": ("members", [{"name": "age", "treat": [{"band": 30}, {"top_code": 90}]}], {}),
    "record_suppressed": (
        "members",
        [WHO, CITY],
        {"where": [{"column": "age", "at_most": 100}, {"subjects_not_in": "opted_out"}]},
    ),
    "bottom_coded": ("members", [{"name": "height", "treat": [{"bottom_code": 130}, {"top_code": 149}]}], {}),
    "rounded": ("members", [{"name": "income", "treat": [{"round": 1000}]} | WAIVED], {}),
    "microaggregated": ("members", [WHO, {"name": "income", "treat": [{"microaggregate": {"k": 3}}]}], {}),
    "swapped": ("members", [WHO, {"name": "income", "treat": [{"round": 500}, {"swap": {"within": 10}}]} | WAIVED], {}),
    "noised": ("members", [WHO, {"name": "income", "treat": [{"add_noise": NOISE}]} | WAIVED], {}),
    "synthetic": ("members", SYNTHETIC, {"synthetic_share": {"share": 0.1, "from": "marginals"}}),
    "categorized": (
        "members",
        [
            {
                "name": "memo",
                "treat": [
                    {
                        "categorize": {
                            "categories": [{"to": "配送", "words": ["配達"]}, {"to": "返品", "words": ["返品"]}],
                            "rest": "その他",
                        }
                    }
                ],
            }
        ],
        {},
    ),
    "moves": (
        "moves",
        [
            WHO,
            {"name": "lat", "treat": [{"round": 0.001}]},
            {"name": "lon", "treat": [{"round": 0.001}]},
        ],
        {
            "max_suppression": 0.9,
            "history": {"known": 1, "among": 2, "at_most": 0.99},
            "hide_places": {
                "lat": "lat",
                "lon": "lon",
                "at": "moment",
                "within": 300,
                "night": [22, 6],
                "workdays": [9, 17],
                "regularly": 2,
                "suppress": "record",
            },
        },
    ),
}

HOME, WORK, SHOP = (35.70, 139.70), (35.68, 139.76), (35.66, 139.73)


def moves() -> list[Row]:
    """Five nights at home, five days at work, and an evening among people each, on the same spots for all."""
    rows = []
    for number in range(30):
        east = 0.002 * (number % 10)
        for day in range(5, 10):  # Monday to Friday
            for (lat, lon), hour in [(HOME, 23), (WORK, 11)]:
                rows.append(move(number, lat, lon + east, f"2026-10-{day:02d} {hour}:15:00"))
        rows.append(move(number, *SHOP, "2026-10-10 19:30:00"))
        rows.append(move(number, SHOP[0] + 0.01, SHOP[1], "2026-10-11 19:30:00"))
    return rows


def move(number: int, lat: float, lon: float, moment: str) -> Row:
    return {"member_id": f"M{number:05d}", "lat": f"{lat:.4f}", "lon": f"{lon:.4f}", "moment": moment}


def build(project: Project) -> Outcome:
    """Every mart, each a dataset of its own, under a known key."""
    fix_key(project)
    engine = project.engine
    engine.load_csv("members", write_csv(project.path / "members.csv", members()), MEMBERS_TYPES)
    engine.load_csv(
        "purchases", write_csv(project.path / "purchases.csv", purchases()), dict.fromkeys(PURCHASES_IS, "text")
    )
    numbers = {"lat": "numeric(9, 4)", "lon": "numeric(9, 4)", "moment": "timestamp"}
    engine.load_csv("moves", write_csv(project.path / "moves.csv", moves()), dict.fromkeys(MOVES_IS, "text") | numbers)
    project.write("seeds/cities.csv", "value,city\n" + "".join(f"{code},{name}\n" for code, name in CITIES.items()))
    project.write(
        "seeds/goods.csv", "value,kind,category\n" + "".join(f"{g},{k},{CATEGORY[k]}\n" for g, k in GOODS.items())
    )
    project.write("seeds/opted_out.csv", "member_id\nM00007\nM00008\n")
    columns = [{"name": name} for name in ["value", "kind", "category"]]
    source = personal("members", "member_id", MEMBERS_IS, engine.schema())
    for name, is_ in [("purchases", PURCHASES_IS), ("moves", MOVES_IS)]:
        source["tables"] += personal(name, "member_id", is_, engine.schema())["tables"]
    models = [mart(name, s, columns, dataset=name, **(POLICY | policy)) for name, (s, columns, policy) in MARTS.items()]
    seeds = [{"name": "goods", "columns": columns}]
    project.write("models/guideline.yml", {"sources": [source], "models": models, "seeds": seeds})
    passed = "hierarchies=[ref('cities'), ref('goods')], lists=[ref('opted_out')]"
    for name, (table, _, _) in MARTS.items():
        project.write(f"models/{name}.sql", f"{{{{ tokumei.anonymize(source('raw', '{table}'), {passed}) }}}}\n")
    return project.build()
