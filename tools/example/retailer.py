"""A retailer with a point card: members, goods, stores, lines of receipts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from random import Random

from faker import Faker

from example.common import Place, Row, age_on, as_csv, hyphenated, luhn, pick, places

SEED = 20260331
CUSTOMERS = 1000
WITHOUT_CARD = 420
FIRST_DAY, LAST_DAY = date(2025, 4, 1), date(2026, 3, 31)
CARD_LAUNCHED = date(2013, 4, 1)

# Store: name, format, municipality, weight, and where its members live.
STORES = {
    "S01": ("池袋本店", "大型店", "13116", 24, ["13116", "13120", "13119", "13105"]),
    "S02": ("立川店", "標準店", "13202", 14, ["13202", "13212", "13206", "13215"]),
    "S03": ("川崎店", "標準店", "14131", 14, ["14131", "14133", "14101", "13111"]),
    "S04": ("大宮店", "標準店", "11103", 12, ["11103", "11102", "11106", "11219"]),
    "S05": ("名古屋栄店", "大型店", "23106", 14, ["23106", "23101", "23105", "23203"]),
    "S06": ("梅田店", "大型店", "27127", 12, ["27127", "27114", "27205", "27203"]),
    "S07": ("三宮店", "標準店", "28110", 6, ["28110", "28102", "28105", "28204"]),
    "S08": ("四条店", "小型店", "26104", 4, ["26104", "26106", "26105", "26103"]),
}
SHARE_FROM_AFAR = 0.02

# Large category and its share of the lines; medium category and its range of prices; goods.
CATALOGUE = """
生鮮食品 30
  野菜 78 398
    キャベツ 大根 玉ねぎ にんじん トマト ほうれん草 きゅうり 長ねぎ
  果物 98 980
    バナナ りんご みかん いちご ぶどう メロン キウイ 梨
  精肉 198 1580
    豚こま切れ 鶏もも肉 牛切り落とし 合いびき肉 鶏むね肉 和牛ステーキ ベーコン
  鮮魚 158 1280
    塩鮭切身 さば しらす 刺身盛合せ あじ開き えび ほたて貝柱
加工食品 28
  パン・シリアル 98 498
    食パン ロールパン あんパン フランスパン グラノーラ クロワッサン メロンパン
  米・麺 128 3980
    コシヒカリ5kg うどん 即席麺 パスタ そば 無洗米2kg 冷凍ラーメン
  乳製品・卵 98 598
    牛乳 ヨーグルト 卵10個 バター スライスチーズ 生クリーム 豆乳
  菓子 88 980
    チョコレート せんべい ポテトチップス クッキー あめ アイスクリーム どら焼き 大福
  調味料 98 698
    しょうゆ みそ マヨネーズ ケチャップ 食用油 砂糖 だしの素
飲料・酒類 15
  清涼飲料 78 398
    緑茶 麦茶 炭酸水 コーラ スポーツ飲料 オレンジジュース 天然水2L
  コーヒー・茶葉 198 1280
    ドリップコーヒー インスタントコーヒー 紅茶 ほうじ茶 煎茶 ココア
  酒類 118 4980
    ビール350ml 発泡酒 チューハイ 赤ワイン 純米酒 芋焼酎 ウイスキー ノンアルコールビール
日用品 15
  洗剤・清掃 128 898
    洗濯洗剤 柔軟剤 食器用洗剤 漂白剤 浴室用洗剤 スポンジ 排水口ネット
  紙・生理用品 158 898
    ティッシュ トイレットペーパー 紙おむつ 生理用ナプキン マスク キッチンペーパー
  化粧・ヘアケア 198 3480
    シャンプー 化粧水 ハンドソープ 歯みがき粉 日焼け止め 口紅 ヘアカラー 入れ歯洗浄剤
  台所・文具 98 1980
    ラップ 乾電池 ノート ボールペン 保存容器 フライパン 水筒 封筒
衣料・雑貨 7
  肌着・靴下 298 1980
    紳士肌着 婦人肌着 靴下 タイツ 子ども肌着 パジャマ 腹巻き
  衣類・服飾品 980 12800
    ポロシャツ ブラウス ジーンズ ニット 帽子 傘 ダウンコート 革かばん
健康・医薬品 5
  医薬品 498 3980
    かぜ薬 胃腸薬 目薬 湿布薬 鎮痛薬 花粉症薬 水虫薬 妊娠検査薬
  健康食品・用品 298 5980
    ビタミン剤 プロテイン 青汁 体温計 血圧計 サポーター のど飴 補聴器用電池
"""
# Sold once, so that the item names its buyer.
UNIQUE_ITEM = ("創業50周年 純金箔貼り置時計(シリアル番号入り)", 398000)

AGES = [(17, 19, 3), (20, 34, 22), (35, 49, 30), (50, 64, 26), (65, 79, 15), (80, 92, 4)]
OCCUPATIONS = {
    "会社員": (20, 64, 50),
    "公務員": (20, 64, 7),
    "教員": (22, 64, 4),
    "医療・福祉職": (20, 69, 9),
    "自営業": (25, 80, 9),
    "パート・アルバイト": (18, 74, 17),
    "主婦・主夫": (24, 80, 14),
    "学生": (16, 24, 120),
    "無職・年金受給": (60, 120, 60),
}
# A few persons each; some would name their holder in any town (規則34条4号).
RARE_OCCUPATIONS = """
    力士 僧侶 僧侶 航空機操縦士 市議会議員 落語家 弁護士 弁護士 弁護士 蔵元 神職 棋士
    漁師 漁師 農家 農家 農家 俳優
"""
PAYMENTS = {"現金": 30, "クレジットカード": 32, "電子マネー": 17, "コード決済": 20, "商品券": 1}
HOURS = dict(zip(range(9, 22), [3, 7, 10, 8, 6, 6, 8, 10, 14, 13, 8, 5, 2], strict=True))
MEMOS = [
    "駐車券の発行を希望",
    "配達は午前中を希望",
    "アレルギー(卵)の申し出あり",
    "{surname}様のご紹介",
    "連絡先は {phone}(日中)",
    "カード再発行 {surname}様より電話",
    "家族カードの問い合わせ。{name}様あて",
    "レシート再発行を希望",
]


def my_number(rng: Random) -> str:
    """Twelve digits with the check digit of 総務省令85号5条."""
    digits = "".join(rng.choices("0123456789", k=11))
    weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
    rest = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
    return digits + str(0 if rest <= 1 else 11 - rest)


def in_store_code(number: int) -> str:
    """A 13-digit code in the range kept for use inside a shop (20 to 29)."""
    digits = f"20{number:010d}"
    total = sum(int(d) * (1 + 2 * (i % 2)) for i, d in enumerate(digits))
    return digits + str(-total % 10)


def six_digits(code: str) -> str:
    total = sum(int(d) * w for d, w in zip(code, [6, 5, 4, 3, 2], strict=True))
    return code + str((11 - total % 11) % 10)


def make_products(rng: Random) -> list[Row]:
    rows: list[Row] = []
    large = medium = ""
    prices: list[int] = []
    for line in CATALOGUE.strip().splitlines():
        words = line.split()
        if not line.startswith(" "):
            large = words[0]
        elif not line.startswith("    "):
            medium, prices = words[0], [int(word) for word in words[1:]]
        else:
            for name in words:
                price = round(prices[0] * (prices[1] / prices[0]) ** rng.random())
                rows.append(product(len(rows), name, medium, large, price))
    name, price = UNIQUE_ITEM
    rows.append(product(len(rows), name, "衣類・服飾品", "衣料・雑貨", price))
    return rows


def category_shares() -> dict[str, float]:
    lines = [line.split() for line in CATALOGUE.strip().splitlines() if line[0] != " "]
    return {name: float(share) for name, share in lines}


def product(number: int, name: str, medium: str, large: str, price: int) -> Row:
    return {
        "product_code": in_store_code(number * 37 + 1001),
        "product_name": name,
        "category_medium": medium,
        "category_large": large,
        "list_price": str(price),
    }


def make_stores(found: dict[str, list[Place]]) -> list[Row]:
    rows = []
    for store_id, (name, store_format, city_code, _, _) in STORES.items():
        place = found[city_code][0]
        rows.append(
            {
                "store_id": store_id,
                "store_name": name,
                "store_format": store_format,
                "postal_code": hyphenated(place["postal_code"]),
                "prefecture": place["prefecture"],
                "city_code": city_code,
            }
        )
    return rows


def make_birth_date(rng: Random) -> date:
    low, high, _ = rng.choices(AGES, [weight for *_, weight in AGES])[0]
    born = LAST_DAY.replace(year=LAST_DAY.year - rng.randint(low, high))
    return born - timedelta(days=rng.randrange(365))


def make_occupation(rng: Random, age: int) -> str:
    fitting = {name: weight for name, (low, high, weight) in OCCUPATIONS.items() if low <= age <= high}
    return pick(rng, fitting) if fitting and rng.random() < 0.97 else ""


def make_joined_on(rng: Random, birth: date) -> date:
    """More in the card's first years; nobody below sixteen."""
    earliest = max(CARD_LAUNCHED, birth + timedelta(days=16 * 366))
    days = max((LAST_DAY - earliest).days, 1)
    return earliest + timedelta(days=int(days * rng.random() ** 1.4))


def make_customer(rng: Random, fake: Faker, found: dict[str, list[Place]], anywhere: Sequence[str]) -> Row:
    sex = rng.choices(["女性", "男性", ""], [56, 43.7, 0.3])[0]
    surname = fake.last_name_pair()
    given = (fake.first_name_male_pair if sex == "男性" else fake.first_name_female_pair)()
    birth = make_birth_date(rng)
    store_id = rng.choices(list(STORES), [s[3] for s in STORES.values()])[0]
    near = rng.choices(STORES[store_id][4], [5, 3, 2, 2])[0]
    city_code = rng.choice(anywhere) if rng.random() < SHARE_FROM_AFAR else near
    place = rng.choice(found[city_code])
    phone = f"0{rng.choice('789')}0-0{rng.randrange(1000):03d}-{rng.randrange(10000):04d}"
    street = f"{place['neighborhood']}{rng.randint(1, 30)}-{rng.randint(1, 25)}"
    if rng.random() < 0.4:
        street += f" {surname[0]}ハイツ{rng.randint(1, 9)}{rng.randint(1, 12):02d}"
    local = f"{given[2]}.{surname[2]}{rng.randrange(1000)}".lower()
    memo = ""
    if rng.random() < 0.06:
        memo = rng.choice(MEMOS).format(surname=surname[0], name=f"{surname[0]} {given[0]}", phone=phone)
    return {
        "full_name": f"{surname[0]} {given[0]}",
        "kana": f"{surname[1]} {given[1]}",
        "phone": phone,
        "email": f"{local}@example.{rng.choice(['com', 'jp'])}" if rng.random() < 0.8 else "",
        "postal_code": hyphenated(place["postal_code"]),
        "prefecture": place["prefecture"],
        # Members who joined at the oldest store have the code with its check digit.
        "city_code": six_digits(city_code) if store_id == "S01" else city_code,
        "street": street,
        "birth_date": birth.isoformat(),
        "sex": sex,
        "occupation": make_occupation(rng, age_on(birth, LAST_DAY)),
        # Held for the tax report on prizes, of winners only.
        "my_number": my_number(rng) if rng.random() < 0.02 else "",
        "joined_on": make_joined_on(rng, birth).isoformat(),
        "memo": memo,
        "home_store": store_id,
    }


def make_awkward(customers: list[Row]) -> None:
    """People whose data break careless programs, or who stand out by themselves."""
    twin = {
        **customers[500],
        "full_name": "双葉 陽向",
        "kana": "フタバ ヒナタ",
        "sex": "女性",
        "birth_date": "1998-11-03",
        "phone": "03-0111-2222",
        "occupation": "会社員",
        "joined_on": "2019-05-02",
        "email": "futaba@example.jp",
        "my_number": "",
        "memo": "",
    }
    changes = [
        {
            "birth_date": "1909-08-15",
            "full_name": "長井 寿",
            "kana": "ナガイ ヒサシ",
            "occupation": "無職・年金受給",
            "sex": "男性",
            "memo": "116歳。地元紙に掲載",
        },
        {"birth_date": "1898-12-31", "memo": "生年月日は要確認"},
        {"full_name": "ケイト O'Brien", "kana": "ケイト オブライエン"},
        {"full_name": "高\\橋 一郎", "kana": "タカハシ イチロウ", "sex": "男性"},
        {"phone": "０９０－０１２３－４５６７"},
        {"full_name": "髙﨑　惠", "kana": "ﾀｶｻｷ ﾒｸﾞﾐ"},
        {"full_name": "N/A", "kana": "null", "phone": "", "email": ""},
    ]
    for position, change in enumerate(changes):
        customers[60 + 120 * position].update(change)
    customers[500].update(twin)
    customers[501].update({**twin, "full_name": "双葉 陽葵", "kana": "フタバ ヒマリ"})
    for position, occupation in enumerate(RARE_OCCUPATIONS.split()):
        customers[25 + 50 * position]["occupation"] = occupation


def number_customers(rng: Random, customers: list[Row]) -> list[Row]:
    """Ids in order of joining, with gaps; some equal the age of who bears them."""
    rows = []
    customer_id = 0
    for customer in sorted(customers, key=lambda row: row["joined_on"]):
        customer_id += 1 if rng.random() < 0.85 else 2
        ordinary = customer["birth_date"] > "1936"
        if ordinary and 36 <= customer_id <= 72 and customer_id % 4 == 0:
            birth = LAST_DAY.replace(year=LAST_DAY.year - customer_id, day=1)
            customer["birth_date"] = birth.isoformat()
            customer["occupation"] = ""
        number = f"40{rng.randrange(10**7):07d}"
        member_no = number + luhn(number)
        rows.append({"customer_id": str(customer_id), "member_no": member_no, **customer})
    return rows


def make_customers(rng: Random, fake: Faker, found: dict[str, list[Place]]) -> list[Row]:
    anywhere = sorted(found)
    customers = [make_customer(rng, fake, found, anywhere) for _ in range(CUSTOMERS)]
    make_awkward(customers)
    return number_customers(rng, customers)


def tastes(rng: Random, customer: Row) -> dict[str, float]:
    """Each person's share of the large categories."""
    age = age_on(date.fromisoformat(customer["birth_date"]), LAST_DAY)
    factors = defaultdict(lambda: 1.0)
    factors["健康・医薬品"] = 0.6 + age / 60
    factors["飲料・酒類"] = 1.3 if customer["sex"] == "男性" else 0.9
    factors["衣料・雑貨"] = 0.8 if customer["sex"] == "男性" else 1.2
    return {name: share * factors[name] * rng.gammavariate(4, 0.25) for name, share in category_shares().items()}


def make_day(rng: Random, earliest: date) -> date:
    """More on weekends and in December."""
    while True:
        day = earliest + timedelta(days=rng.randrange((LAST_DAY - earliest).days + 1))
        weight = 1.0 if day.weekday() >= 5 else 0.65
        if rng.random() < weight * (1.0 if day.month == 12 else 0.8):
            return day


def baskets(rng: Random, customers: list[Row]) -> Iterable[tuple[Row | None, datetime, int]]:
    """Who shops when, and how many lines: a few loyal members, many rare ones."""
    for customer in customers:
        visits = min(int(rng.lognormvariate(1.9, 0.75)), 70)
        earliest = max(FIRST_DAY, date.fromisoformat(customer["joined_on"]))
        share = ((LAST_DAY - earliest).days + 1) / 365
        for _ in range(round(visits * share)):
            yield customer, moment(rng, earliest), lines(rng)
    for _ in range(WITHOUT_CARD):
        yield None, moment(rng, FIRST_DAY), lines(rng)


def moment(rng: Random, earliest: date) -> datetime:
    day = make_day(rng, earliest)
    hour = pick(rng, HOURS)
    return datetime(day.year, day.month, day.day, hour, rng.randrange(60), rng.randrange(60))


def lines(rng: Random) -> int:
    return min(1 + int(rng.expovariate(1 / 2.0)), 14)


def make_purchases(rng: Random, customers: list[Row], products: list[Row]) -> list[Row]:
    general = category_shares()
    taste = {row["customer_id"]: tastes(rng, row) for row in customers}
    wallet = {row["customer_id"]: pick(rng, PAYMENTS) for row in customers}
    shelves: dict[str, dict[int, float]] = defaultdict(dict)
    for number, row in enumerate(products[:-1]):
        shelf = shelves[row["category_large"]]
        shelf[number] = 1 / (1 + len(shelf)) ** 0.6
    rows: list[Row] = []
    found = sorted(baskets(rng, customers), key=lambda basket: basket[1])
    for number, (customer, when, size) in enumerate(found, start=1):
        customer_id = customer["customer_id"] if customer else ""
        store_id = customer["home_store"] if customer else ""
        if not store_id or rng.random() < 0.12:
            store_id = rng.choices(list(STORES), [s[3] for s in STORES.values()])[0]
        usual = wallet.get(customer_id, "現金")
        receipt = {
            "receipt_no": f"{store_id}{when:%y%m%d}{number:06d}",
            "customer_id": customer_id,
            "store_id": store_id,
            "purchased_at": when.isoformat(sep=" "),
            "payment_method": usual if rng.random() < 0.7 else pick(rng, PAYMENTS),
        }
        for _ in range(size):
            shelf = shelves[pick(rng, taste.get(customer_id, general))]
            rows.append({**receipt, **make_line(rng, products[pick(rng, shelf)])})
    make_memorable(rows, products[-1])
    for number, row in enumerate(rows, start=1):
        row["purchase_id"] = f"P{number:07d}"
        row["amount"] = str(int(row["quantity"]) * int(row["unit_price"]))
    return rows


def make_line(rng: Random, item: Row) -> Row:
    price = round(int(item["list_price"]) * rng.choice([1, 1, 1, 1, 0.9, 0.8]))
    quantity = rng.choices([1, 2, 3, 4, 6, 10, 12], [78, 14, 4, 2, 1, 0.5, 0.3])[0]
    return {
        "product_code": item["product_code"],
        "quantity": str(quantity),
        "unit_price": str(price),
    }


def make_memorable(rows: list[Row], clock: Row) -> None:
    """The only buyer of an item, and somebody who empties the shelf."""
    carded = [row for row in rows if row["customer_id"]]
    carded[9000].update(product_code=clock["product_code"], unit_price=clock["list_price"], quantity="1")
    carded[5000].update(quantity="480")


CUSTOMER_COLUMNS = (
    "customer_id member_no full_name kana phone email postal_code prefecture city_code"
    " street birth_date sex occupation my_number joined_on memo"
)
PURCHASE_COLUMNS = (
    "purchase_id receipt_no customer_id store_id purchased_at product_code quantity unit_price amount payment_method"
)


def make() -> dict[str, str]:
    rng = Random(SEED)
    fake = Faker("ja_JP")
    fake.seed_instance(SEED)
    found = places()
    products = make_products(rng)
    customers = make_customers(rng, fake, found)
    purchases = make_purchases(rng, customers, products)
    return {
        "raw_customers": as_csv(customers, CUSTOMER_COLUMNS),
        "raw_products": as_csv(products),
        "raw_stores": as_csv(make_stores(found)),
        "raw_purchases": as_csv(purchases, PURCHASE_COLUMNS),
    }
