"""A foundation that runs hospitals (check-ups, diagnoses), and a primary school's physical examination."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from faker import Faker

from example.common import (
    Place,
    Row,
    as_csv,
    born_within,
    hyphenated,
    make_person,
    make_phone,
    make_street,
    pick,
    places,
)

SEED = 20260401
PATIENTS = 1250
PUPILS = 432
LAST_DAY = date(2026, 3, 31)

# Institution: name, beds, and its share of the patients.
INSTITUTIONS = {
    "H01": ("中央病院", 620, 24),
    "H02": ("東病院", 340, 12),
    "H03": ("南病院", 320, 10),
    "H04": ("北病院", 180, 11),
    "H05": ("城山病院", 140, 9),
    "H06": ("川辺病院", 60, 8),
    "H07": ("湯の里病院", 48, 6),
    "H08": ("駅前クリニック", 19, 9),
    "H09": ("みなみ診療所", 0, 7),
    "H10": ("健診センター", 0, 4),
}
# Municipality, the first digits of its postal codes that are taken, weight: one city, and who lives far away.
AREAS = {("20201", "380"): 57, ("20201", "381"): 42.3, ("20202", "39"): 0.4, ("20217", "38"): 0.3}
AGES = [(40, 44, 11), (45, 49, 12), (50, 54, 13), (55, 59, 12), (60, 64, 12), (65, 69, 12), (70, 74, 11)]
AGES += [(75, 79, 7), (80, 84, 5.5), (85, 89, 4), (90, 96, 3)]
# The three months of the campaign, and their shares.
MONTHS = {date(2025, 6, 1): 38, date(2025, 7, 1): 35, date(2025, 9, 1): 27}
INSURERS = {"06200017": 3, "06200025": 2, "01200018": 5, "33200011": 2, "39200015": 3}
REMARKS = [
    "配偶者({surname}様)も来月受診予定",
    "結果は勤務先ではなく {phone} へ連絡",
    "前回より体重増加。{name}様へ栄養指導の案内",
    "採血時に気分不良の既往あり",
]

# ICD-10 code, name, block, chapter: public knowledge.
CODES = """
    C18 結腸の悪性新生物 C15-C26_消化器の悪性新生物 II_新生物
    C34 気管支及び肺の悪性新生物 C30-C39_呼吸器及び胸腔内臓器の悪性新生物 II_新生物
    C50 乳房の悪性新生物 C50_乳房の悪性新生物 II_新生物
    C61 前立腺の悪性新生物 C60-C63_男性生殖器の悪性新生物 II_新生物
    D50 鉄欠乏性貧血 D50-D53_栄養性貧血 III_血液及び造血器の疾患並びに免疫機構の障害
    E03 その他の甲状腺機能低下症 E00-E07_甲状腺障害 IV_内分泌,栄養及び代謝疾患
    E11 2型糖尿病 E10-E14_糖尿病 IV_内分泌,栄養及び代謝疾患
    E75 スフィンゴリピド代謝障害 E70-E90_代謝障害 IV_内分泌,栄養及び代謝疾患
    E78 リポタンパク代謝障害 E70-E90_代謝障害 IV_内分泌,栄養及び代謝疾患
    E79 プリン及びピリミジン代謝障害 E70-E90_代謝障害 IV_内分泌,栄養及び代謝疾患
    E85 アミロイドーシス E70-E90_代謝障害 IV_内分泌,栄養及び代謝疾患
    F32 うつ病エピソード F30-F39_気分障害 V_精神及び行動の障害
    F41 その他の不安障害 F40-F48_神経症性障害 V_精神及び行動の障害
    G12 脊髄性筋萎縮症及び関連症候群 G10-G14_系統萎縮症 VI_神経系の疾患
    G35 多発性硬化症 G35-G37_中枢神経系の脱髄疾患 VI_神経系の疾患
    G47 睡眠障害 G40-G47_挿間性及び発作性障害 VI_神経系の疾患
    H25 老人性白内障 H25-H28_水晶体の障害 VII_眼及び付属器の疾患
    I10 本態性高血圧 I10-I15_高血圧性疾患 IX_循環器系の疾患
    I48 心房細動及び粗動 I30-I52_その他の型の心疾患 IX_循環器系の疾患
    I50 心不全 I30-I52_その他の型の心疾患 IX_循環器系の疾患
    I63 脳梗塞 I60-I69_脳血管疾患 IX_循環器系の疾患
    J30 アレルギー性鼻炎 J30-J39_上気道のその他の疾患 X_呼吸器系の疾患
    J45 喘息 J40-J47_慢性下気道疾患 X_呼吸器系の疾患
    K21 胃食道逆流症 K20-K31_食道,胃及び十二指腸の疾患 XI_消化器系の疾患
    K76 その他の肝疾患 K70-K77_肝疾患 XI_消化器系の疾患
    M34 全身性硬化症 M30-M36_全身性結合組織障害 XIII_筋骨格系及び結合組織の疾患
    M54 背部痛 M50-M54_その他の背部障害 XIII_筋骨格系及び結合組織の疾患
    M81 骨粗しょう症 M80-M85_骨の密度及び構造の障害 XIII_筋骨格系及び結合組織の疾患
    N18 慢性腎臓病 N17-N19_腎不全 XIV_腎尿路生殖器系の疾患
    N40 前立腺肥大 N40-N51_男性生殖器の疾患 XIV_腎尿路生殖器系の疾患
"""
# Code as recorded, with its weight; who can have it.
DIAGNOSES = {
    "I10": 190,
    "E78.5": 120,
    "E78.0": 50,
    "E11.9": 85,
    "E11.2": 12,
    "K21.0": 70,
    "J30.4": 60,
    "M54.5": 85,
    "H25.9": 60,
    "G47.0": 50,
    "E79.0": 45,
    "K76.0": 45,
    "J45.9": 40,
    "N18.3": 30,
    "N40": 55,
    "M81.0": 55,
    "F32.9": 30,
    "F41.1": 24,
    "I48": 28,
    "I50.9": 24,
    "I63.9": 26,
    "E03.9": 28,
    "D50.9": 24,
    "C18.7": 18,
    "C50.9": 26,
    "C61": 26,
    "C34.1": 16,
}
OF_MEN, OF_WOMEN = {"N40", "C61"}, {"M81.0", "C50.9"}
# So few cases that the name of the disease is as good as a name (規則34条4号).
RARE_DIAGNOSES = ["E75.2", "G12.2", "G12.2", "G35", "G35", "G35", "M34.0", "M34.0", "E85.4", "E85.4"]
NOTES = ["紹介状あり({surname}医院)", "家族の病歴について本人 {name}様より聴取", "服薬指導済"]


def make_codes() -> list[Row]:
    rows = []
    for line in CODES.strip().splitlines():
        value, name, block, chapter = line.split()
        rows.append(
            {"value": value, "name": name, "block": block.replace("_", " "), "chapter": chapter.replace("_", " ")}
        )
    return rows


def make_institutions() -> list[Row]:
    return [
        {"institution_code": code, "institution_name": name, "beds": str(beds)}
        for code, (name, beds, _) in INSTITUTIONS.items()
    ]


def make_patient(rng: Random, fake: Faker, found: dict[tuple[str, str], list[Place]]) -> Row:
    sex = rng.choices(["女性", "男性"], [53, 47])[0]
    person = make_person(fake, sex)
    low, high, _ = rng.choices(AGES, [weight for *_, weight in AGES])[0]
    place = rng.choice(found[pick(rng, AREAS)])
    phone = make_phone(rng)
    month = pick(rng, MONTHS)
    excess = rng.gauss(0, 1)
    remark = ""
    if rng.random() < 0.05:
        remark = rng.choice(REMARKS).format(surname=person.surname[0], name=person.name, phone=phone)
    return {
        "insurer_no": pick(rng, INSURERS),
        "insured_no": f"{rng.randrange(100, 999)}-{rng.randrange(10**6):06d}",
        "full_name": person.name,
        "kana": person.kana,
        "phone": phone,
        "birth_date": born_within(rng, low, high, LAST_DAY).isoformat(),
        "sex": sex,
        "postal_code": hyphenated(place["postal_code"]),
        "street": make_street(rng, place),
        "institution_code": pick(rng, {code: share for code, (*_, share) in INSTITUTIONS.items()}),
        "checked_on": (month + timedelta(days=rng.randrange(28))).isoformat(),
        "bmi": f"{max(15.5, rng.gauss(23, 2.6) + 1.2 * excess):.1f}",
        "systolic": str(max(88, round(rng.gauss(122 + (low - 55) / 3, 13) + 5 * excess))),
        "hba1c": f"{max(4.6, rng.gauss(5.6, 0.35) + max(0, excess) ** 2 * 0.35):.1f}",
        "remark": remark,
    }


def make_patients(rng: Random, fake: Faker) -> list[Row]:
    by_city = places()
    found = {
        (city, digits): [place for place in by_city[city] if place["postal_code"].startswith(digits)]
        for city, digits in AREAS
    }
    patients = [make_patient(rng, fake, found) for _ in range(PATIENTS)]
    # The guideline's own case: 116 years old (3-2-2-4 example 2). And a blood pressure nobody else has.
    patients[116].update(birth_date="1909-10-02", full_name="千曲 とわ", kana="チクマ トワ", sex="女性")
    patients[116].update(remark="116歳。県内最高齢として広報に掲載")
    patients[300].update(systolic="231")
    numbers = rng.sample(range(100000, 999999), PATIENTS)
    return [{"patient_no": str(number), **patient} for number, patient in zip(sorted(numbers), patients, strict=True)]


def make_diagnoses(rng: Random, patients: list[Row]) -> list[Row]:
    cases: list[tuple[Row, str]] = []
    for patient in patients:
        age = LAST_DAY.year - int(patient["birth_date"][:4])
        barred = OF_WOMEN if patient["sex"] == "男性" else OF_MEN
        open_to = {code: weight for code, weight in DIAGNOSES.items() if code not in barred}
        for _ in range(min(3, int(rng.expovariate(1) * (0.9 + age / 65)))):
            code = pick(rng, open_to)
            open_to.pop(code)
            cases.append((patient, code))
    cases += list(zip(rng.sample(patients, len(RARE_DIAGNOSES)), RARE_DIAGNOSES, strict=True))
    rows = []
    for patient, code in cases:
        referred = rng.random() < 0.03
        note = ""
        if rng.random() < 0.06:
            name = patient["full_name"]
            note = rng.choice(NOTES).format(surname=name.split()[0], name=name)
        rows.append(
            {
                "patient_no": patient["patient_no"],
                "institution_code": "H01" if referred else patient["institution_code"],
                "diagnosed_on": (LAST_DAY - timedelta(days=rng.randrange(365))).isoformat(),
                "icd_code": code,
                "note": note,
            }
        )
    rows.sort(key=lambda row: (row["diagnosed_on"], row["patient_no"]))
    return [{"diagnosis_no": f"D{number:06d}", **row} for number, row in enumerate(rows, start=1)]


def make_pupils(rng: Random, fake: Faker) -> list[Row]:
    """Six grades of three classes; heights and weights about those of the national school health survey."""
    means = {"男性": [116.5, 122.6, 128.1, 133.5, 139.0, 145.2], "女性": [115.8, 121.8, 127.4, 133.6, 140.2, 146.9]}
    rows = []
    for number in range(PUPILS):
        grade = number % 6
        sex = rng.choice(["男性", "女性"])
        person = make_person(fake, sex)
        height = rng.gauss(means[sex][grade], 4.6 + 0.25 * grade)
        weight = 0.00175 * height**2 + rng.gauss(0, 2.2)
        first = date(2018 - grade, 4, 2)
        rows.append(
            {
                "pupil_no": str(2025000 + number),
                "full_name": person.name,
                "birth_date": (first + timedelta(days=rng.randrange(365))).isoformat(),
                "grade": str(grade + 1),
                "class_name": f"{grade + 1}年{number // 6 % 3 + 1}組",
                "sex": sex,
                "height": f"{height:.1f}",
                "weight": f"{weight:.1f}",
                "doctor_remark": f"{person.given[0]}さん 眼科受診を勧める" if rng.random() < 0.04 else "",
            }
        )
    for row in rows:
        row["eyesight"] = rng.choices("ABCD", [62, 13, 14, 11])[0]
        row["caries"] = rng.choices(["なし", "処置済", "未処置"], [63, 21, 16])[0]
    # The guideline's own case: one child of 170 cm (3-2-2-5 example 3).
    rows[5].update(height="170.0", weight="58.5", full_name="大木 高志", sex="男性")
    return rows


def make() -> dict[str, str]:
    rng = Random(SEED)
    fake = Faker("ja_JP")
    fake.seed_instance(SEED)
    patients = make_patients(rng, fake)
    return {
        "raw_checkups": as_csv(patients),
        "raw_institutions": as_csv(make_institutions()),
        "raw_diagnoses": as_csv(make_diagnoses(rng, patients)),
        "raw_pupils": as_csv(make_pupils(rng, fake)),
        "diagnosis_codes": as_csv(make_codes()),
    }
