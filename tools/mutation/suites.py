"""Which files are the gate, and which tests look at each."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RELEASED, AROUND, DRIFTED, MIXED = "released again", "gone round", "drifted", "mixed"  # tools/mutation/scenes.py
ERRORS = ["test_engine_errors.py", "postgres test_engine_errors.py"]
# What stands between a candidate and its readers, and the tests that look at it, the quickest first; on DuckDB, or on PostgreSQL
# where that stands before it.
SUITES: dict[str, list[str]] = {
    "macros/audits/_*identifier*.sql": [],  # plants alone: each stands for some of test_disguises.py
    "macros/audits/_own_and_seen.sql": [],
    "macros/audits/_placed_by_*.sql": [],
    "macros/audits/_history_records.sql": [],
    "macros/audits/_published_values.sql": [],
    "macros/audits/_rows_turned.sql": [],
    "macros/audits/audit_no_direct_identifiers.sql": [],
    "macros/audits/audit_no_identifier_patterns.sql": ["test_identifier_patterns.py"],
    "macros/audits/audit_as_test.sql": ["test_audits_as_tests.py"],
    "macros/audits/audit_catalog.sql": [RELEASED, "test_audits_as_tests.py"],
    "macros/audits/distinct_values.sql": [RELEASED, "test_audits_as_tests.py"],
    "macros/audits/recoded_form.sql": ["test_audits_as_tests.py"],
    "macros/audits/release_scene.sql": ["test_audits_as_tests.py"],
    "macros/audits/gate_scene.sql": [RELEASED, "test_disguises.py", "test_datasets.py"],
    "macros/audits/run_audits.sql": [RELEASED],
    "macros/audits/*.sql": ["test_mutations.py", "test_audits_as_tests.py", "test_planted_data.py"],
    "macros/audits/models/*.sql": ["test_privacy_models.py"],
    "macros/materializations/*.sql": [RELEASED, DRIFTED, AROUND, "test_bypasses.py::test_a_contract_is_kept", "test_mutations.py", "postgres test_story.py"],
    "macros/releases/refuse_bypasses.sql": [MIXED, RELEASED, AROUND, "test_keys_of_runs.py::test_each_run_has_a_key_of_its_own_whatever_it_selects", "test_keys.py::test_without_its_key_a_run_releases_nothing"],
    "macros/releases/mart_elsewhere.sql": [MIXED, "test_bypasses.py", "postgres test_private_schema.py"],
    "macros/releases/partial_datasets.sql": ["test_datasets.py"],
    "macros/releases/switch_mart.sql": [RELEASED, "test_bypasses.py::test_a_mart_whose_columns_change_is_released", "test_release.py::test_a_mart_says_what_it_is", "test_audits_as_tests.py", "test_keys_of_runs.py"],
    "macros/releases/selection.sql": ["test_bypasses.py", "test_datasets.py", "test_keys_of_runs.py"],
    "macros/sql/run_statement.sql": [RELEASED, *ERRORS],
    "macros/sql/sql_run_silently.sql": ["postgres test_engine_errors.py::test_which_errors_of_the_server_are_told", RELEASED, *ERRORS],
    "macros/sql/sql_count_in_order.sql": ["test_count_in_order.py"],
    "macros/sql/open_release.sql": ["test_coverage.py"],
    "macros/sql/standing_releases.sql": ["test_taken_back.py"],
    "macros/policy/check_source_columns.sql": [DRIFTED, "test_source_errors.py", "test_drift.py", "test_recode.py"],
    "macros/releases/check_drift.sql": [DRIFTED, "test_drift.py"],
    "macros/governance/*.sql": ["test_lineage.py"],
    "macros/attacks/*.sql": ["test_attack_combinations.py", "test_attack_numbers.py", "test_attacks_beside_releases.py", "test_attacks.py"],
}  # fmt: skip


def suite_of(file: str) -> list[str]:
    """What the first pattern that fits names: scenes, modules, tests of modules."""
    return next((tests for pattern, tests in SUITES.items() if Path(file).match(pattern)), [])


def files_of_the_gate(asked: list[str] | None = None) -> list[Path]:
    patterns = asked or list(SUITES)
    return list(dict.fromkeys(path for pattern in patterns for path in sorted(ROOT.glob(pattern))))
