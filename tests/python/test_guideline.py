"""Each worked example of the guideline's sections 3-2-1 to 3-2-5 and each row of its 別表1, on every engine alike.

The numbers of the sections are those of the 2017 edition; today they are 3-2-2-1 to 3-2-2-5 and 別表2.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from conftest import ENGINES, make_engine
from support.drawing import noise_table, noised, swapped
from support.engines import Rows
from support.fixed_key import KEY, draw
from support.guideline import CITIES, HOME, MARTS, NOISE, SHOP, WORK, build, members, moves, purchases
from support.oracle import pseudonym
from support.project import Project


@pytest.fixture(scope="module", params=ENGINES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """All marts, built once on each engine."""
    folder = tmp_path_factory.mktemp("guideline")
    project = Project(folder / "consumer", make_engine(request, request.param, folder))
    outcome = build(project)
    assert outcome.success, outcome.messages
    yield project
    project.engine.stop()


def shown(project: Project, mart: str) -> Rows:
    names = ", ".join(f'"{column["name"]}"' for column in MARTS[mart][1])
    return project.query(f"select {names} from {mart}")


def columns_of(project: Project, mart: str) -> list[str]:
    return [
        row[0]
        for row in project.query(f"select column_name from information_schema.columns where table_name = '{mart}'")
    ]


def whose(field: str) -> dict[str, Any]:
    """The true value of a field by the person's pseudonym."""
    return {pseudonym(KEY, row["member_id"]): row[field] for row in members()}


def test_3_2_1_example_1_name_address_and_birth(built: Project) -> None:
    """氏名を削除する。住所を○○県△△市に置き換える。日を削除し、生年月に置き換える。"""
    assert sorted(columns_of(built, "example_1_1")) == ["birth_month", "city"]
    meant = Counter((CITIES[str(row["city"])], str(row["birth"])[:8] + "01") for row in members())
    kept = Counter({pair: count for pair, count in meant.items() if count >= 3})
    assert Counter((city, str(month)) for city, month in shown(built, "example_1_1")) == kept
    assert meant - kept == Counter({("北海道札幌市", "1910-01-01"): 1})


def test_3_2_1_example_2_member_id_name_address_and_phone(built: Project) -> None:
    """会員ID、氏名、電話番号を削除する。住所を○○県△△市に置き換える。"""
    assert columns_of(built, "example_1_2") == ["city"]
    assert Counter(shown(built, "example_1_2")) == Counter((CITIES[str(row["city"])],) for row in members())


def test_3_2_1_note_a_pseudonym_cannot_be_recomputed(built: Project) -> None:
    """元の記述に同じ関数を単純に用いると … 乱数等の他の記述を加えた上でハッシュ関数等を用いる。"""
    pseudonyms = {row[0] for row in shown(built, "pseudonyms")}
    assert pseudonyms == {pseudonym(KEY, row["member_id"]) for row in members()}
    hashes = [hashlib.sha256, hashlib.sha1, hashlib.md5, hashlib.sha512, hashlib.blake2s]
    fields = [str(row[name]) for row in members() for name in ["member_id", "name", "phone", "address"]]
    guessed = {one(text.encode()).hexdigest() for one in hashes for text in fields}
    assert pseudonyms.isdisjoint(guessed)
    other = {pseudonym(b"another key", row["member_id"]) for row in members()}
    assert pseudonyms.isdisjoint(other)


def test_3_2_2_identification_codes_are_deleted(built: Project) -> None:
    """個人識別符号の全部を削除する: in no mart, under no name."""
    numbers = {str(row["my_number"]) for row in members()}
    for mart in MARTS:
        assert "my_number" not in columns_of(built, mart)
        texts = {str(value) for row in shown(built, mart) for value in row}
        assert not [text for text in texts if any(number in text for number in numbers)], mart


def test_3_2_3_example_1_the_managing_id_is_deleted(built: Project) -> None:
    """氏名等の基本的な情報と購買履歴を分散管理し、… 管理用IDにより連結している場合、その管理用IDを削除する。"""
    assert sorted(columns_of(built, "linked_profiles")) == ["city", "disease"]
    assert columns_of(built, "linked_purchases") == ["month"]
    assert len(shown(built, "linked_purchases")) == len(purchases())


def test_3_2_3_example_2_the_managing_id_becomes_a_pseudonym(built: Project) -> None:
    """委託先へ … 連結している場合、当該管理用IDを仮IDに置き換える。"""
    ids = {str(row["member_id"]) for row in members()}
    rows = shown(built, "entrusted")
    assert {row[0] for row in rows} == {pseudonym(KEY, one) for one in ids}
    assert not ids & {str(value) for row in rows for value in row}


def test_3_2_4_example_1_a_disease_of_very_few_is_deleted(built: Project) -> None:
    """症例数の極めて少ない病歴を削除する。"""
    assert {row["disease"] for row in members()} == {"感冒", "花粉症", "特異な病", "稀な病"}
    assert Counter(row[0] for row in shown(built, "peculiar_diseases")) == Counter(
        row["disease"] if row["disease"] in ("感冒", "花粉症") else None for row in members()
    )


def test_3_2_4_example_2_aged_116(built: Project) -> None:
    """年齢が「116歳」という情報を「90歳以上」に置き換える。"""
    assert max(int(str(row["age"])) for row in members()) == 116
    ages = Counter(row[0] for row in shown(built, "peculiar_ages"))
    assert ages == Counter("90歳以上" if int(str(row["age"])) >= 90 else str(row["age"]) for row in members())
    assert ages["90歳以上"] > 1


def test_3_2_5_example_1_home_and_workplace(built: Project) -> None:
    """自宅や職場などの所在が推定できる … 推定につながり得る所定範囲の位置情報を削除する。"""
    points = Counter((float(lat), float(lon)) for _, lat, lon in shown(built, "moves"))
    public = [SHOP, (SHOP[0] + 0.01, SHOP[1])]
    assert set(points) == {(round(lat, 3), round(lon, 3)) for lat, lon in public}
    assert sum(points.values()) == 60
    private = {(round(lat, 2), round(lon, 2)) for lat, lon in [HOME, WORK]}
    assert len(moves()) > 300 and not {(round(lat, 2), round(lon, 2)) for lat, lon in points} & private


def test_3_2_5_example_2_goods_that_few_bought(built: Project) -> None:
    """購入者が極めて限定されている商品 … 具体的な商品情報を一般的な商品カテゴリーに置き換える。"""
    counts = Counter(row["goods"] for row in purchases())
    assert (counts["なす-紫"], counts["靴-緑"]) == (2, 2)
    goods = Counter(row[1] for row in shown(built, "limited_goods"))
    # Two bought each: alone under its kind, the label would name it, so the next smallest of it stands there too.
    assert goods == {"野菜": 242, "靴": 242}


def test_3_2_5_example_3_a_pupil_of_170_cm(built: Project) -> None:
    """身長が150cm以上の情報について「150cm以上」という情報に置き換える。"""
    assert max(int(str(row["height"])) for row in members()) == 170
    heights = Counter(row[0] for row in shown(built, "heights"))
    assert heights == Counter("150cm以上" if int(str(r["height"])) >= 150 else str(r["height"]) for r in members())


def test_table_1_suppression_of_items(built: Project) -> None:
    """項目削除: what the policy does not name is not there."""
    assert columns_of(built, "item_suppressed") == ["age"]


def test_table_1_suppression_of_records(built: Project) -> None:
    """レコード削除: 特定の個人の情報を全て削除すること, by a condition and by a list of subjects."""
    gone = {pseudonym(KEY, f"M{number:05d}") for number in (0, 7, 8)}
    assert {row[0] for row in shown(built, "record_suppressed")} == whose("age").keys() - gone


def test_table_1_suppression_of_cells(built: Project) -> None:
    """セル削除: 特定の個人の年齢のデータを削除すること; the record stays."""
    rows = dict(shown(built, "entrusted"))
    assert {who for who, disease in rows.items() if disease is None} == {
        who for who, disease in whose("disease").items() if disease not in ("感冒", "花粉症")
    }


def test_table_1_generalization(built: Project) -> None:
    """一般化: 上位概念に置き換えること (きゅうり → 野菜), 数値を四捨五入などして丸めること."""
    assert Counter(int(row[0]) for row in shown(built, "rounded")) == Counter(
        (int(str(row["income"])) + 500) // 1000 * 1000 for row in members()
    )


def test_table_1_top_and_bottom_coding(built: Project) -> None:
    """トップ(ボトム)コーディング: 特に大きい又は小さい数値をまとめること."""
    assert Counter(int(row[0]) for row in shown(built, "bottom_coded")) == Counter(
        min(max(int(str(row["height"])), 130), 149) for row in members()
    )


def test_table_1_microaggregation(built: Project) -> None:
    """ミクロアグリゲーション: グループ化した後、グループの代表的な記述等に置き換える."""
    true = whose("income")
    groups: dict[Any, list[int]] = defaultdict(list)
    for who, income in shown(built, "microaggregated"):
        groups[income].append(int(true[who]))
    assert min(map(len, groups.values())) >= 3 and len(groups) > 40
    for representative, incomes in groups.items():
        assert abs(Decimal(sum(incomes)) / len(incomes) - Decimal(representative)) <= Decimal("0.5")
    assert digest(built, "microaggregated") == DIGESTS["microaggregated"]


def test_table_1_data_swapping(built: Project) -> None:
    """データ交換(スワップ): 個人情報相互に含まれる記述等を(確率的に)入れ替える."""
    after = {who: int(income) for who, income in shown(built, "swapped")}
    rounded = {who: (income + 250) // 500 * 500 for who, income in whose("income").items()}
    assert Counter(after.values()) == Counter(rounded.values())
    given = {str(row["member_id"]): rounded[pseudonym(KEY, row["member_id"])] for row in members()}
    assert after == {pseudonym(KEY, one): income for one, income in swapped(given, "income", 10).items()}
    assert sum(after[who] == rounded[who] for who in rounded) <= 24


def test_table_1_noise_addition(built: Project) -> None:
    """ノイズ(誤差)付加: 一定の分布に従った乱数的な数値を付加する."""
    table = noise_table("laplace", Decimal(100), Decimal(10))
    meant = {
        pseudonym(KEY, row["member_id"]): noised(
            Decimal(str(row["income"])), draw("noise", ["members", "income"], [str(row["member_id"])]), NOISE, table
        )
        for row in members()
    }
    assert {who: Decimal(income) for who, income in shown(built, "noised")} == meant


def test_table_1_synthetic_data(built: Project) -> None:
    """疑似データ生成: 人工的な合成データを作成し、… 含ませる."""
    rows = Counter(shown(built, "synthetic"))
    assert rows.total() == 240 + 24
    logged = built.query("select records_out, synthetic_records from releases where mart = 'synthetic'")
    assert logged == [(240, 24)]
    assert digest(built, "synthetic") == DIGESTS["synthetic"]


def test_descriptive_texts_become_categories(built: Project) -> None:
    """記述等の置き換え: free text only as declared categories."""
    meant = {"配達は午後に": "配送", "返品したい": "返品"}
    assert Counter(row[0] for row in shown(built, "categorized")) == Counter(
        meant.get(str(row["memo"]), "その他") for row in members()
    )


# What is drawn and grouped is the same on every engine: the marts in a fixed order, as text.
DIGESTS = {"microaggregated": "32a1ae02a32d3497", "synthetic": "2b1b7a6c8f802c5e"}


def digest(project: Project, mart: str) -> str:
    rows = sorted(tuple("" if value is None else str(value) for value in row) for row in shown(project, mart))
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def test_every_mart_is_published_by_its_items(built: Project) -> None:
    """3-4: what is published is the items as they are after processing, of every mart."""
    published = defaultdict(list)
    for mart, item in built.query("select mart, item_ja from publication_items order by mart, position"):
        published[mart].append(item)
    assert {mart: [c["name"] for c in columns] for mart, (_, columns, _) in MARTS.items()} == published
