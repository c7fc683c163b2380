"""No SQL is made from data: where anything that a query gave is put into text, is known, and why it may be.

What goes through sql_literal, sql_identifier or `int` on its way is not even asked about; support/taint.py follows the rest.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from support.assurance import record
from support.project import PACKAGE
from support.taint import READS, Finding, Package

ALLOWED: dict[str, dict[str, set[str]]] = {
    "the name of a relation, as the package wrote it into a log that the building role alone can write": {
        "_alone": {"release"},
        "_held_release": {"relation"},
        "_release_with_followed": {"add", "held['release']", "told['release']"},
        "_withdrawal": {"row[3]"},
        "copy_query": {"release_relation"},
        "drop_old_releases": {"row[0]"},
        "end_provision": {"copy[0]"},
        "export_release": {"made['relation']"},
        "mart_statements": {"release"},
        "postgres__sql_grant_statements": {"relation"},
        "provide": {"copy[0]"},
        "release_scene": {"row[0]"},
    },
    "the query of an audit or attack, in which such a name stands": {
        "_violations_of": {"findings | indent"},
        "run_attacks": {"tokumei.attack_query(name, policy, scene)"},
        "run_audits": {"query"},
    },
    "the name of a relation of the catalog, refused if it holds a quote": {
        "_my_number_counts": {"relation"},
    },
    "a number of the package's own log, of a column that is bigint": {
        "_withdrawal": {"row[2]"},
    },
    "the name of a view out of the project's own graph or of the package's own log, which the package made and quoted": {
        "default__sql_drop_view": {"view"},
        "default__sql_show_view": {"view"},
        "spark__sql_drop_view": {"view"},
        "spark__sql_show_view": {"view"},
    },
    "the id of a run, which is hashed into a name": {
        "release_identifier": {"or"},
    },
    "a name out of the project's own graph, chosen by what was read": {
        "copy_statements": {"node['name']"},
        "duckdb__sql_export_mart": {"mart"},
        "mart_statements": {"existing", "existing.type"},
        "postgres__sql_grant_statements": {"right"},
        "recipient_view": {"node['alias']"},
    },
    "a recipient's id, of 1 to 24 of A-Z, a-z, 0-9 and _, or a name made of it, which is hashed or quoted": {
        "copy_key": {"dataset", "recipient"},
        "copy_statements": {"recipient"},
        "recipient_view": {"recipient"},
    },
    "an expression in which the name of a column stands that sql_identifier quoted": {
        "_read_register": {"text"},
        "default__sql_text_order": {"expression"},
        "postgres__sql_text_order": {"expression"},
        "spark__sql_text_order": {"expression"},
    },
    "names of roles that quote_ident quoted": {
        "_revoke_schema_from_others": {"grantees | join"},
    },
    "one of four words that the query itself gives": {
        "_received_labels": {"kind"},
    },
    "a part of a text that becomes one literal": {
        "_difference": {"column['name']"},
        "_received_labels": {"item['en']", "item['ja']", "rows | map | unique | join", "rows[0]['dataset']"},
        "keyed_hash": {"constant"},
        "log_release": {"finding[0]", "finding[1]"},
        "mart_comment": {"text"},
        "mart_statements": {"column['en']", "column['ja']"},
        "_correlation_kept": {"row[2]", "row[3]"},
    },
    "an error, or a page, a notice, a report or a line that is printed, hashed or compared, not sent": {
        "_cells": {"cells | join"},
        "_escaped": {"tokumei._printable(text) | e"},
        "_finding_texts": {"finding['row']"},
        "_json": {"tokumei._json(entry, inner)"},
        "_json_text": {"escaped.text"},
        "_notice_english": {"recipient"},
        "_notice_items": {
            "condexpr",
            "item['item']['ja']",
            "item['treatment']['en']",
            "item['treatment']['ja']",
            "tokumei._english(item['item'])",
        },
        "_notice_japanese": {"recipient"},
        "_page_part": {
            "part['records']['en']",
            "part['records']['ja']",
            "part['subjects']['en']",
            "part['subjects']['ja']",
        },
        "_report_attacks": {"finding['audit']", "key", "place", "what"},
        "_table_of_measures": {"'%-22s' | format"},
        "_what_is_missing": {"from", "row['kind']"},
        "classification_text": {
            "': {:,} records'.format(facts['records'])",
            "proposal['because']",
            "proposal['is']",
            "tokumei._yaml_text(name)",
        },
        "my_number_watch": {"relation.identifier", "row[0]"},
        "coverage": {"release['fingerprint']"},
        "local_day": {"text"},
        "public_count": {"'{:,}'.format(rounded)"},
        "publication_html": {"tokumei.publication_json(facts, published_on, revised_on, counts)"},
        "publication_row": {"cell | replace", "tokumei.released_items(releases[0]) | sort | join"},
        "_refuse_spark_session": {"row[0]"},
        "refuse_bypasses": {"elsewhere"},
        "refuse_violations": {"finding[0]", "finding[1]", "finding[2]", "finding[3] | round"},
        "whole_releases": {"mart", "release['prints'][mart]"},
    },
}


@pytest.fixture(scope="module")
def package() -> Package:
    return Package(PACKAGE / "macros")


def test_what_was_read_is_put_into_text_where_it_is_known(package: Package) -> None:
    known = {(macro, text) for places in ALLOWED.values() for macro, texts in places.items() for text in texts}
    assert sum(len(texts) for places in ALLOWED.values() for texts in places.values()) == len(known), "named twice"
    assert package.found - known == set(), "new: quote it (sql_literal, sql_identifier), or say why it may be"
    assert known - package.found == set(), "gone: strike it off"
    record(
        "test_no_sql_from_data",
        part="no SQL from data",
        what="places where something read is put into text",
        engine="all",
        tried=len(package.macros),
        found=len(known),
        note="each with its reason in the test",
    )


def test_a_recipients_id_cannot_break_out() -> None:
    """What ALLOWED says of it."""
    text = (PACKAGE / "macros/registers/_check_recipients.sql").read_text(encoding="utf-8")
    assert "fullmatch('[A-Za-z0-9_]{1,24}', row['recipient'])" in text


def test_models_and_tests_ask_the_warehouse_for_nothing_themselves() -> None:
    """Else what they make of it would have to be followed as well."""
    for folder in ("models", "analyses", "tests/generic", "tests/assertions", "tests/unit"):
        for path in (PACKAGE / folder).rglob("*.sql"):
            text = path.read_text(encoding="utf-8")
            assert not [name for name in READS if f"{name}(" in text], path


PLANTED = {
    "straight": "{% macro one() %}{% do run_query('select ' ~ run_query('select 1').rows[0][0]) %}{% endmacro %}",
    "a whole statement": "{% macro one() %}{% do run_query(run_query('select 1').rows[0][0]) %}{% endmacro %}",
    "through a loop and a list": """{% macro one() %}{% set all = [] %}{% for row in run_query('x').rows %}
        {% do all.append(row[0]) %}{% endfor %}{% do run_query('drop table ' ~ all | join(', ')) %}{% endmacro %}""",
    "through a dict of another macro": """{% macro two() %}{% set row = run_query('x').rows[0] %}
        {{ return({'n': row[0] | int, 'who': row[1]}) }}{% endmacro %}
        {% macro one() %}{% do run_query('select ' ~ tokumei.two()['who']) %}{% endmacro %}""",
    "through an argument": """{% macro two(table) %}select * from {{ table }}{% endmacro %}
        {% macro one() %}{% do tokumei.two(table=run_query('x').rows[0][0]) %}{% endmacro %}""",
    "through a namespace": """{% macro one() %}{% set at = namespace(last='') %}{% for row in run_query('x').rows %}
        {% set at.last = row[0] %}{% endfor %}{% do run_query("select '" ~ at.last ~ "'") %}{% endmacro %}""",
    "through a dispatched macro": """{% macro default__two(name) %}{{ return('drop table ' ~ name) }}{% endmacro %}
        {% macro one() %}{% do adapter.dispatch('two', 'tokumei')(run_query('x').rows[0][0]) %}{% endmacro %}""",
    "through format": """{% macro one() %}{% set who = run_query('x').rows[0][0] %}
        {% do run_query('select %s' | format(who)) %}{% endmacro %}""",
}
SOUND = {
    "a literal": "{% macro one() %}{% do run_query('select ' ~ tokumei.sql_literal(run_query('x').rows[0][0])) %}{% endmacro %}",
    "a number": "{% macro one() %}{% do run_query('limit ' ~ (run_query('x').rows[0][0] | int)) %}{% endmacro %}",
    "a choice": "{% macro one() %}{% do run_query('a' if run_query('x').rows[0][0] > 1 else 'b') %}{% endmacro %}",
    "a clean field": """{% macro two() %}{% set row = run_query('x').rows[0] %}
        {{ return({'n': row[0] | int, 'who': row[1]}) }}{% endmacro %}
        {% macro one() %}{% do run_query('select ' ~ tokumei.two()['n']) %}{% endmacro %}""",
    "an error": "{% macro one() %}{% do exceptions.raise_compiler_error('no ' ~ run_query('x').rows[0][0]) %}{% endmacro %}",
}


@pytest.mark.parametrize("way", [*PLANTED, *SOUND])
def test_what_is_planted_is_found_and_what_is_sound_is_not(way: str, tmp_path: Path) -> None:
    (tmp_path / "planted.sql").write_text((PLANTED | SOUND)[way], encoding="utf-8")
    found: set[Finding] = Package(tmp_path).found
    assert bool(found) == (way in PLANTED), found
