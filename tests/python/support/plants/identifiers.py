"""What identifies a person, shown by that person's own records or by anybody's, on both sides of what is taken for chance.

Each column of a case has words of its own that identify its persons, so that many are judged at once. Six subjects are
each compared with all five others: chance is an exact number there, a fifth of so many pairs."""

from __future__ import annotations

import base64
import hashlib
import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..findings import Case, Finding, Row, relation

WIDE = 40  # columns of the mart `identified`
ORIGIN = {"id": "integer", "name": "text", "email": "text"}


def word(seed: Any, length: int) -> str:
    """Letters that are nobody else's, and no hexadecimal digits."""
    drawn = hashlib.sha256(f"{seed}".encode()).digest()
    return "".join("ghijklmnopqrstuvwxyz"[byte % 20] for byte in drawn[:length])


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def digest(text: str, name: str = "md5") -> str:
    return hashlib.new(name, text.encode()).hexdigest()


def digest64(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def back(text: str) -> str:
    return text[::-1]


def plain(text: str) -> str:
    return text


@dataclass
class Scene:
    """Persons by number, what identifies them, and their records: each column filled by one thing that is tried."""

    persons: int
    mart: str = "identified"
    origin: list[Row] = field(default_factory=list)
    records: list[tuple[int, Row]] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)
    used: int = 0

    def column(self, found: tuple[int, float | None] | None = None, kind: str = "text") -> str:
        self.used += 1
        name = f"c{self.used}"
        self.types[name] = kind
        if found:
            self.found.append((name, *found))
        return name

    def known(self, names: dict[int, Any], kind: str = "name") -> None:
        self.origin += [{"id": number, kind: name} for number, name in names.items()]

    def show(self, number: int, **values: Any) -> None:
        """In the first record of the person that says nothing there yet."""
        for of, record in self.records:
            if of == number and not record.keys() & values.keys():
                record.update(values)
                return
        self.records.append((number, dict(values)))

    def case(self, order: str = "", **more: Any) -> Case:
        columns = {
            "identified": ["who", *(f"c{n}" for n in range(1, WIDE + 1))],
            "identified_twice": ["who", "letter", "a"],
            "identified_alone": ["a", "day"],
        }[self.mart]
        kinds = dict.fromkeys(columns, "text") | {"day": "date"} | self.types
        told = {"id": "integer", "nr": "integer"} | {name: kinds[name] for name in columns if name != "who"}
        rows = relation([{"id": n, "nr": nr} | record for nr, (n, record) in enumerate(self.records)], told)
        unique = len({n for n, _ in self.records}) == len(self.records)
        token = "who" if "who" in columns else "tokumei_token"
        shown = [f'given."{name}"' for name in columns if name != "who"]
        declared = ["who"] if unique and token == "who" else [f'"{name}"' for name in columns]
        of = [{"id": n} for n in range(1, self.persons + 1)] + self.origin
        made = {
            "made_origin": f"select origin.* from {relation(of, ORIGIN)} as origin",
            "made_release": f'select TOKEN as "{token}", {", ".join(shown)} from {rows} as given '
            f"order by {order or ', '.join(declared)}",
        }
        scene = {"release": "made_release", "origin": "made_origin", "types": kinds, "unique": unique}
        scene |= {"facts": {"subjects_in": self.persons}, "origin_has_places": False}
        return Case("no_direct_identifiers", self.mart, self.found, scene | more, key_of="this run", made=made)


@dataclass
class Six(Scene):
    """Things tried on six subjects."""

    persons: int = 6

    def words(self, length: int) -> list[str]:
        return [word((self.used, n, length), length) for n in range(self.persons)]

    def own(
        self,
        found: tuple[int, float] | None,
        form: Callable[[str], Any] = plain,
        names: list[str] | int = 5,
        count: int = 4,
        kind: str = "name",
        typed: str = "text",
    ) -> None:
        """So many show their own in this form."""
        column = self.column(found, typed)
        names = self.words(names) if isinstance(names, int) else names
        self.known(dict(enumerate(names, 1)), kind)
        for number in range(1, count + 1):
            self.show(number, **{column: form(names[number - 1])})

    def chance(self, found: tuple[int, float] | None, pairs: int, form: Callable[[str], Any], doubled: bool) -> None:
        """Each shows its own, and the first so many others' as well; of one of those two words, where `doubled`."""
        column = self.column(found)
        names = self.words(5)
        self.known(dict(enumerate(names, 1)))
        for number, name in enumerate(names, 1):
            self.show(number, **{column: form(name)})
        shown = names[1 : 1 + pairs]
        if doubled:
            self.known({2: word((self.used, "again"), 5)})
            shown.append(word((self.used, "again"), 5))
        for name in shown:
            self.show(1, **{column: form(name)})

    def twice(self, found: tuple[int, float] | None, form: Callable[[str], Any], length: int) -> None:
        """Three show two of their own words each: three persons, not six."""
        column = self.column(found)
        for round_ in (0, 1):
            names = {n: word((self.used, n, round_), length) for n in (1, 2, 3)}
            self.known(names)
            for number, name in names.items():
                self.show(number, **{column: form(name)})

    def shared(self, found: tuple[int, float] | None, form: Callable[[str], Any]) -> None:
        """A word that identifies everybody."""
        column, name = self.column(found), word((self.used, "all"), 5)
        self.known(dict.fromkeys(range(1, self.persons + 1), name))
        for number in range(1, self.persons + 1):
            self.show(number, **{column: form(name)})


def weak() -> Six:
    six = Six()
    yes = (4, 4.0)
    six.own(yes)
    six.own((0, 3.0), count=3)
    six.chance((6, 6.0), 3, plain, False)
    six.chance((0, 6.0), 4, plain, False)
    six.chance((6, 6.0), 3, plain, True)
    six.twice((0, 3.0), plain, 5)
    six.shared((0, 6.0), plain)
    six.own(yes, names=list("QRSTUV"))
    six.own(yes, names=7)
    six.own((4, None), names=8)
    six.own(None, lambda text: text[:7], names=8)
    six.own(yes, "11{}11".format, names=3)
    six.own(None, "11{}11".format, names=2)
    six.own(yes, "{}様".format, names=["山田", "田中", "鈴木", "佐藤", "高橋", "伊東"])
    six.own(None, "{}様".format, names=["林", "森", "原", "関", "堀", "谷"])
    six.own(None, "7{}7".format, names=["1357", "2468", "3579", "4681", "5793", "6814"])
    six.own(yes, "0{}.0".format, names=["5371", "8642", "9753", "1864", "3975", "4186"])
    six.own(yes, float, names=["1.25", "2.25", "3.25", "4.25", "5.25", "6.25"], typed="number")
    six.own(None, lambda _: None)
    six.own(None, lambda _: "-", names=["-", "・", "--", "-.", "..", "?"])
    both = six.column((9, 5.0))
    for kind, count in {"name": 5, "email": 4}.items():
        six.known({n: word(("both", n), 5) for n in range(1, count + 1)}, kind)
    for number in range(1, 6):
        six.show(number, **{both: word(("both", number), 5)})
    return six


def encoded() -> Six:
    six = Six()
    yes = (4, 4.0)
    six.own(yes, back)
    six.own(None, back, count=3)
    six.own(yes, back, names=3)
    six.own(None, back, names=["gh", "ij", "kl", "mn", "op", "qr"])
    six.chance((6, 6.0), 1, back, False)
    six.chance(None, 2, back, False)
    six.chance((6, 6.0), 1, back, True)
    six.twice(None, back, 5)
    six.shared(None, back)
    six.own((8, 4.0), back, names=8)
    six.own(yes, lambda text: f"11 {back(text)} 22", names=8)
    six.own(None, lambda text: f"11 {back(text)} 22", names=8, count=3)
    six.own(None, lambda text: f"11 {back(text)} 22", names=7)
    six.twice(None, lambda text: f"11 {back(text)} 22", 8)
    for found, length in [(yes, 3), (None, 2), (yes, 7)]:
        names = [f"{one}@12345.jp" for one in six.words(length)]
        six.own(found, lambda text: text.split("@")[0].upper(), names=names, kind="email")
    names = [f"{one[:2]}.{one[2:]}@12345.jp" for one in six.words(5)]
    six.own(yes, lambda text: text.split("@")[0].replace(".", "-"), names=names, kind="email")
    six.own(yes, b64, names=3)
    six.own(yes, lambda text: text.encode().hex(), names=3)
    six.own(yes, lambda text: b64(text.lower()), names=[one.upper() for one in six.words(3)])
    six.own(yes, lambda text: b64(text.replace("-", "")), names=[f"{one[0]}-{one[1:]}" for one in six.words(3)])
    six.own(yes, lambda text: digest(text)[-8:])
    six.own(None, lambda text: digest(text)[-7:])
    six.own(None, lambda text: digest(text)[-8:], count=3)
    six.own(yes, lambda text: digest(text, "sha256")[-12:])
    six.own(yes, lambda text: digest64(text).translate({43: None, 47: None, 61: None})[-12:])
    return six


def split() -> Six:
    six = Six()

    def halves(found: tuple[int, float] | None, count: int, first: str, second: str, names: list[str]) -> None:
        six.known(dict(enumerate(names, 1)))
        for number in range(1, count + 1):
            six.show(number, **{first: names[number - 1][:3], second: names[number - 1][3:]})
        if found:
            six.found.append((", ".join(sorted((first, second))), *found))

    def pair() -> tuple[str, str]:
        return six.column(), six.column()

    halves((4, 4.0), 4, *pair(), six.words(7))
    halves((4, 4.0), 4, *reversed(pair()), six.words(7))
    halves(None, 3, *pair(), six.words(7))
    for found, others, doubled in [((6, 6.0), 1, False), (None, 2, False), ((6, 6.0), 1, True)]:
        first, second = pair()
        names = six.words(7)
        halves(found, 6, first, second, names)
        again = word((six.used, "again"), 7)
        for name in names[1 : 1 + others] + [again] * doubled:
            six.show(1, **{first: name[:3], second: name[3:]})
        six.known({2: again} if doubled else {})
    first, second = pair()
    for round_ in (0, 1):
        halves(None, 3, first, second, [word((six.used, round_, n), 7) for n in range(3)])
    first, second = pair()
    name = word("split", 7)
    six.known(dict.fromkeys(range(1, 7), name))
    for number in range(1, 7):
        six.show(number, **{first: name[:3], second: name[3:]})
    halves((4, 4.0), 4, *pair(), [f"{one}00{one}" for one in six.words(3)])
    alone, names = six.column(), [2 * one for one in six.words(3)]
    six.known(dict(enumerate(names, 1)))
    for number, name in enumerate(names, 1):
        six.show(number, **{alone: name[:3]})
    blank, whole = six.column(), six.column((4, 4.0))
    names = six.words(7)
    six.known(dict(enumerate(names, 1)))
    for number in range(1, 5):
        six.show(number, **{blank: "-", whole: names[number - 1]})
    return six


def five() -> Six:
    """Too few to compare with others: all of them is more than three."""
    few = Six(persons=5)
    few.shared((5, 5.0), plain)
    few.shared((5, 5.0), back)
    first, second, name = few.column(), few.column(), word("five", 7)
    few.known(dict.fromkeys(range(1, 6), name))
    few.found.append((f"{first}, {second}", 5, 5.0))
    for number in range(1, 6):
        few.show(number, **{first: name[:3], second: name[3:]})
    return few


def beside_pseudonyms(forms: list[tuple[str, str]], found: list[Finding]) -> Case:
    """`letter` is a pseudonym: what it shows as it is, another audit judges."""
    six = Six(mart="identified_twice", found=found)
    names = six.words(7)
    six.known(dict(enumerate(names, 1)))
    for number, name in enumerate(names, 1):
        parts = {"first": name[:3], "second": name[3:], "whole": name, "digest": digest(name)[-8:]}
        six.show(number, **{column: parts[part] for column, part in forms})
    return six.case()


def digits(everyone: int, tried: list[tuple[bool, int, int, int]]) -> Case:
    """Of so many, some show the last digits of a number of theirs, some of those of the same number."""
    scene = Scene(everyone)
    for found, count, length, alike in tried:
        column = scene.column((count, float(count)) if found else None)
        number = {n: f"{scene.used:02d}{5400 + n - (n <= alike) * n}" for n in range(1, everyone + 1)}
        scene.known({n: number[n] for n in range(1, everyone + 1)})
        for n in range(1, everyone + 1):
            scene.show(n, **{column: number[n][-length:] if n <= count else "zz"})
    return scene.case()


def ranks(values: list[Any]) -> list[int]:
    return [1 + sum(other < one for other in values) for one in values]


def correlation(one: list[Any], other: list[Any]) -> float:
    """Spearman's."""
    x, y = ranks(one), ranks(other)
    mx, my = sum(x) / len(x), sum(y) / len(y)
    top = sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True))
    return top / math.sqrt(sum((a - mx) ** 2 for a in x) * sum((b - my) ** 2 for b in y))


def disturbed(least: float) -> tuple[list[int], list[int]]:
    """Thirty numbers, two of them exchanged, as far from their order as a correlation allows; and a bit too far."""
    before = THIRTY
    for width in range(1, 30):
        order = list(THIRTY)
        order[0], order[width] = order[width], order[0]
        if correlation(order, THIRTY) < least:
            return before, order
        before = order
    raise AssertionError("no such order")


THIRTY = list(range(30))
SCATTERED = [7919 * n % 97 for n in range(60)]


def ordered() -> Scene:
    """Sixty subjects; what puts thirty of them, or so, into an order. The source has them in another."""
    scene = Scene(60)
    above, below = disturbed(0.99)
    three, fewer = [n // 3 for n in THIRTY], [n * 11 // 30 for n in THIRTY]
    one = (30, 1.0)

    def tried(found: Any, values: list[Any], kind: str = "integer") -> None:
        column = scene.column(found, kind)
        for number, value in enumerate(values, 1):
            scene.show(number, **{column: value + 2000 if isinstance(value, int) else value})

    tried(one, [7 * n - 900 for n in THIRTY])
    tried(one, [-n - 100 for n in THIRTY])
    tried(None, THIRTY[:29])
    tried((30, correlation(above, THIRTY)), above)
    tried(None, below)
    tried(None, three)
    tried((30, correlation(fewer, THIRTY)), fewer)
    tried(one, [f"x{n}" for n in THIRTY], "text")
    scene.known(dict.fromkeys(range(1, 61), "same@1.jp"), "email")
    lengths = {place: "ghijklmnopqrstuvwxyz"[n % 20] + "q" * (n // 20) for n, place in enumerate(SCATTERED)}
    by_name = sorted(lengths, key=lambda place: lengths[place])[:60]
    scene.known({n: lengths[place] for n, place in enumerate(SCATTERED, 1)})
    alphabet = {place: rank for rank, place in enumerate(by_name)}
    tried((60, 1.0), [alphabet[place] for place in SCATTERED])
    return scene


def in_the_source(places: bool) -> Case:
    """Subjects who lie in the source in another order than their numbers', and a column that shows it."""
    scene = Scene(0)
    column = scene.column((30, 1.0) if places else None, "integer")
    for place in range(30):
        scene.known({SCATTERED[place] + 1: None})
        scene.show(SCATTERED[place] + 1, **{column: place + 100})
    return scene.case(origin_has_places=places)


def lying(
    order: list[int], found: float | None, mart: str = "identified", by: str = "given.nr", **shown: float
) -> Case:
    """The rows of a mart in an order of the subjects."""
    scene = Scene(30, mart)
    scene.found += [("rows: their order", len(order), found)] if found else []
    scene.found += [(name, 30, value) for name, value in shown.items()]
    for number in order:
        scene.show(number + 1, **({"a": f"x{number:02d}"} if shown else {}))
    return scene.case(by)


def anybodys() -> Scene:
    """Strong identifiers and digests, of persons who are not in the mart."""
    scene = Scene(3)

    def tried(found: int, identifier: str, *values: str, kind: str = "name", typed: str = "text") -> None:
        column = scene.column((found, None) if found else None, typed)
        scene.known({1: identifier}, kind)
        for value in values:
            scene.show(3, **{column: value})

    def eight() -> str:
        return word(("anybody", scene.used), 8)

    tried(1, eight(), eight())
    tried(1, eight(), f"… {eight()[:4].upper()}-{eight()[4:]} …")
    tried(0, eight()[:7], eight()[:7])
    tried(0, eight(), eight()[:7])
    tried(0, eight(), eight()[:7] + "1")
    for at in (0, 1, 2):
        tried(1, "---"[at:] + eight()[:at] + "---"[: 3 - at] + eight()[at:], "1" + eight())
    tried(1, "000-1234-5678", "0012345678")
    tried(1, unicodedata.normalize("NFD", "カハバヒフヘホマミ"), "カハバヒフヘホマミ")
    tried(1, "ヤハﾊﾞﾋﾌﾍﾎﾏﾐ", "ヤハバヒフヘホマミ")
    tried(1, "ラハﾊﾟﾋﾌﾍﾎﾏﾐ", "ラハパヒフヘホマミ")
    tried(1, "gh@j.kl", "gh@j.kl", kind="email")
    tried(1, "gi@j.kl", "1: gi@j.kl", kind="email")
    tried(1, "gj＠j.kl", "gj@j.kl", kind="email")
    tried(1, eight(), b64(eight()))
    tried(1, eight(), eight().encode().hex())
    tried(1, eight(), "0x" + eight().encode().hex().upper())
    tried(1, eight(), f"1 {base64.urlsafe_b64encode(eight().encode()).decode()}!")
    tried(1, "20260101", 20260101, typed="integer")  # type: ignore[arg-type]
    two = scene.column((2, None))
    scene.known({1: "ghghghgh", 2: "ghghghij"})
    scene.known({2: "ghghghgh"})
    scene.show(3, **{two: "ghghghijghghghgh"})
    tried(1, "kappa", digest("kappa"))
    tried(1, "kbppa", digest("kbppa")[:16])
    tried(0, "kcppa", digest("kcppa")[:15])
    tried(1, "kdppa", "user" + digest("kdppa"))
    tried(1, "keppa", "user" + digest("keppa")[:16])
    tried(1, "kfppa", digest("kfppa", "sha256").upper())
    tried(0, "kgppa", digest("kgppa")[1:])
    tried(1, "Khppa Lambda", digest("khppa lambda"))
    tried(1, "Ki-ppa", digest("Kippa"))
    tried(1, "Kj.ppa", digest("kjppa"))
    tried(1, "kkppa", digest64("kkppa"))
    tried(1, "klppa", digest64("klppa")[:24])
    tried(2, "kmppa", digest("kmppa"), digest("kappa"), digest("kappa"))
    tried(1, "", digest("2"), digest(""))
    return scene


def identifiers() -> list[Case]:
    line, crossed = disturbed(0.9)
    thousands = {"facts": {"subjects_in": 10**12}}
    sampled = weak()
    sampled.found = [one for one in sampled.found if one[2] is None]  # strong ones are looked for in all
    alone = Scene(3, "identified_alone", found=[("a", 1, None)])
    alone.known({1: word("alone", 8)})
    alone.show(2, a=word("alone", 8))
    dated = Scene(3, "identified_alone", found=[("", 0, None)], types={"a": "date"})
    dated.show(2)
    hidden = beside_pseudonyms([("letter", "whole"), ("a", "second")], [])
    return [
        weak().case(),
        anybodys().case(gate=False),
        ordered().case(),
        encoded().case(),
        split().case(),
        five().case(),
        sampled.case(**thousands),
        hidden,
        beside_pseudonyms([("letter", "first"), ("a", "second")], []),
        beside_pseudonyms([("letter", "second"), ("a", "first")], []),
        beside_pseudonyms([("letter", "digest")], [("letter", 6, 6.0)]),
        digits(300, [(True, 150, 4, 0), (False, 149, 4, 0), (False, 150, 4, 2), (False, 160, 3, 0), (True, 160, 5, 0)]),
        digits(301, [(False, 150, 4, 0), (True, 151, 4, 0)]),
        in_the_source(True),
        in_the_source(False),
        lying(THIRTY, 1.0),
        lying(THIRTY[::-1], 1.0),
        lying(line, correlation(line, THIRTY)),
        lying(crossed, None),
        lying(THIRTY[:29], None),
        lying(THIRTY, None, "identified_alone", a=1.0),
        lying(THIRTY[::-1], 1.0, "identified_alone", a=1.0),
        alone.case(gate=False),
        dated.case(gate=False),
    ]
