"""The marts whose releases are planted with violations."""

from __future__ import annotations

from typing import Any

from ..findings import Row
from ..project import Project, mart, personal
from .common import CLASSIFIED, SHORT, WAIVED, WHO, Q, R
from .formats import FORMS, READ, SOURCE_TYPES, form_columns
from .identifiers import WIDE


def noisy() -> list[Row]:
    noise = {"distribution": "laplace", "scale": 10, "unit": 5}
    return [
        {"name": name, "from": source, "treat": [{"add_noise": noise | {"declared_releases": most}}]}
        for name, source, most in [("noised", "a", 2), ("noised_again", "b", 9)]
    ]


def marts() -> dict[str, tuple[list[Row], dict[str, Any]]]:
    """Columns and policy of each mart."""
    value: Row = {"name": "v", "treat": ["keep"], **WAIVED}
    attribute: Row = {"name": "a"}
    swap: Row = {"name": "number", "treat": [{"swap": {"within": 5, "by": "q"}}]}
    noise = {"distribution": "laplace", "scale": 10, "unit": 5, "declared_releases": 9}
    ladders: list[Row] = [
        {"name": "q", "treat": ["keep"], "ladder": {"hierarchy": "tree"}},
        {"name": "r", "treat": [{"prefix": 4}]},
        {"name": "number", "treat": [{"band": 10}]},
        {"name": "day", "treat": [{"truncate": "month"}], "ladder": {"truncate": ["month", "quarter", "year", 10]}},
    ]
    guards: dict[str, tuple[list[Row], dict[str, Any]]] = {
        "several": (
            [WHO, Q, R, {"name": "v", "treat": [{"suppress_rare": {"below": 3, "replace_with": "その他"}}]}],
            {"l": {"v": 3}},
        ),
        "entropy": ([WHO, Q, R, value], {"l": {"v": {"entropy": 2}}}),
        "recursive": ([WHO, Q, R, value], {"l": {"v": {"recursive": {"c": 1.5, "l": 3}}}}),
        "equal": ([WHO, Q, R, value], {"t": {"v": 0.25}}),
        "ordered": (
            [WHO, Q, R, {"name": "w", "treat": [{"suppress_rare": {"below": 3, "replace_with": "不明"}}]}],
            {"t": {"w": {"ordered": 0.25}}},
        ),
    }
    return guards | {
        "whole_guarded": ([WHO, value], {"l": {"v": 2}}),
        "both_models": ([WHO, Q, R, value, value | {"name": "w"}], {"l": {"v": 2}, "t": {"w": 0.25}}),
        "finely": ([WHO, Q, R, value], {"l": {"v": {"recursive": {"c": 1.500001, "l": 2}}}}),
        "dated": ([WHO, Q, R, value], {"t": {"v": {"ordered": 0.25}}}),
        "plain": ([WHO, Q, R], {}),
        "follower": ([WHO, Q], {"members_of": "plain", "dataset": "d_plain"}),
        "whole": ([{"name": "a"}], {}),
        "short": (SHORT, {}),
        "noisy_1": (noisy(), {}),
        "noisy_2": (noisy(), {}),
        "noisy_3": (noisy(), {}),
        "lost": ([WHO, Q], {}),
        "attributed": ([WHO, attribute], {}),
        "sensitive": ([WHO, {"name": "v", "treat": ["keep"]}], {}),
        "described": (
            [
                WHO,
                {
                    "name": "memo",
                    "treat": [{"categorize": {"categories": [{"to": "x", "words": ["x"]}], "rest": "other"}}],
                },
            ],
            {},
        ),
        "waived": ([WHO, attribute | WAIVED], {}),
        "noised": ([WHO, {"name": "a", "treat": [{"add_noise": noise}], **WAIVED}], {}),
        "noised_and_guarded": ([WHO, {"name": "a", "treat": [{"add_noise": noise}]}], {}),
        "swapped_and_waived": ([WHO, Q, {"name": "a", "treat": [{"swap": {"by": "q"}}], **WAIVED}], {}),
        "pooled": ([WHO, {"name": "a", "treat": [{"suppress_rare": {"below": 5, "replace_with": "other"}}]}], {}),
        "formed": (form_columns(), {}),
        "cut": (
            [
                {"name": "number", "treat": [{"round": 1}, {"top_code": 100}]},
                {"name": "day", "treat": [{"truncate": "month"}]},
            ],
            {"recode": {"mondrian": ["number", "day"]}},
        ),
        "meant": (
            [{"name": "number", "treat": [{"round": 10}]}],
            {"recode": {"mondrian": ["number"], "means": ["number"]}},
        ),
        "laddered": (ladders, {"recode": "stepwise"}),
        "known_1": ([WHO, Q], {"history": {"known": 1, "among": 3, "at_most": 0.25}}),
        "known_2": ([WHO, Q], {"history": {"known": 2, "among": 3, "at_most": 0.3}}),
        "by_period": (
            [SHORT[1], {"name": "who", "from": "id", "treat": [{"pseudonymize": {"per": "year", "of": "day"}}]}, Q],
            {"history": {"known": 1, "among": 3, "at_most": 0.25}},
        ),
        "unnamed": ([Q], {"history": {"known": 1, "among": 3, "at_most": 0.25}}),
        **{
            f"told_{known}": (
                [WHO, Q],
                {"history": {"known": known, "among": 3, "at_most": 0.5}, "members_of": base, "dataset": f"d_{base}"},
            )
            for known, base in [(1, "known_base"), (2, "base")]
        },
        "swapped": ([WHO, Q, swap], {}),
        "swapped_freely": ([WHO, Q, {"name": "number", "treat": [{"swap": {"within": 50}}]}], {}),
        "swapped_in_groups": ([WHO, Q, {"name": "number", "treat": [{"swap": {"by": "q"}}]}], {}),
        "identified": ([WHO, *({"name": f"c{n}", "from": "a", **WAIVED} for n in range(1, WIDE + 1))], {}),
        "identified_twice": ([WHO, SHORT[1], attribute | WAIVED], {}),
        "identified_otherwise": ([attribute | WAIVED], {}),
        "identified_alone": ([attribute | WAIVED, {"name": "day", "treat": [{"truncate": "month"}]}], {}),
        "mixed": ([WHO, Q, value], {"synthetic_share": {"share": 0.2, "from": "classes"}}),
    }


def write(project: Project) -> None:
    given = marts()
    for base in ("base", "known_base"):
        given[base] = ([WHO, Q, R], {"dataset": f"d_{base}"})
    types = {"number": "integer", "day": "date", "id": "integer"}
    sources = CLASSIFIED | {f"from_{name}": "attribute" for name, *_ in FORMS}
    types |= {f"from_{name}": READ.get(name, kind) for name, _, kind, *_ in FORMS}
    source = personal("t", "id", sources, project.engine.schema())
    for column in source["tables"][0]["columns"]:
        column["data_type"] = SOURCE_TYPES.get(types.get(column["name"], "text"), "text")
    # A subject that nobody classified as what identifies it.
    source["tables"] += personal("u", "id", {"id": "attribute", "a": "attribute"}, "")["tables"]
    models = []
    for name, (columns, policy) in given.items():
        usual = {"dataset": f"d_{name}", "k": 3, "k_reason": "a test", "max_suppression": 0.1}
        table = "u" if name == "identified_otherwise" else "t"
        models.append(mart(name, table, columns, **(usual | policy)))
        passed = f", members_of=ref('{policy['members_of']}')" if "members_of" in policy else ""
        text = f"{{{{ tokumei.anonymize(source('raw', '{table}')" + passed + ", hierarchies=[ref('tree')]) }}\n"
        project.write(f"models/{name}.sql", text)
    seed = {"name": "tree", "columns": [{"name": name} for name in ("value", "top", "root")]}
    project.write("models/marts.yml", {"sources": [source], "models": models})
    project.write("seeds/tree.csv", "value,top,root\na1,A,all\na2,A,all\nb1,B,all\nb2,B,all\n")
    project.write("seeds/tree.yml", {"seeds": [seed]})
