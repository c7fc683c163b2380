"""The folders of the package depend one way (section 5 of the design); engines differ in one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from support.engines import DuckDB
from support.project import PACKAGE, Project

# Each folder, and those it may call: nothing above it, and what reads releases never its like.
MAY_CALL: dict[str, set[str]] = {
    "sql": set(),
    "keys": {"sql"},
    "treatments": {"sql", "keys"},
    "policy": {"sql", "treatments"},
    "lattice": {"sql", "treatments", "policy"},
    "anonymize": {"sql", "keys", "treatments", "policy", "lattice"},
    "audits": {"sql", "keys", "treatments", "policy", "anonymize", "detection"},
    "registers": {"sql", "policy"},
    "detection": {"sql", "treatments", "policy"},
    "publication": {"sql", "policy"},
    "releases": {"sql", "policy", "anonymize", "publication"},
    "provision": {"sql", "keys", "policy", "anonymize", "audits", "registers", "publication", "releases"},
    "hooks": {"sql", "policy", "releases", "provision", "governance"},
    "materializations": {"sql", "policy", "anonymize", "audits", "risk", "attacks", "releases"},
    "attacks": {"sql", "keys", "policy", "anonymize", "audits"},
}
READERS = ["risk", "search", "governance"]
MAY_CALL |= {reader: {"sql", "policy", "registers", "releases"} for reader in READERS}
MAY_CALL["risk"] |= {"keys", "treatments", "anonymize", "audits"}
MAY_CALL["search"] |= {"anonymize", "lattice"}
MAY_CALL |= {"report": {"sql", "policy", "publication", "releases"}}
MAY_CALL |= {"generic": {"audits", "registers", "provision", "attacks", "detection"}}

# A name put together at run time: `tokumei['step_' ~ name]` may call every macro that fits.
DYNAMIC = re.compile(r"tokumei\[\s*'(\w+)'\s*~")
CALL = re.compile(r"\btokumei\.(\w+)\s*\(")


@pytest.fixture(scope="module")
def macros(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Every macro of the package as dbt's manifest has it."""
    folder = tmp_path_factory.mktemp("layering")
    project = Project(folder / "consumer", DuckDB(folder / "warehouse.duckdb"), logged=True)
    outcome = project.dbt("parse")
    assert outcome.success, outcome.messages
    manifest = json.loads((project.path / "target/manifest.json").read_text(encoding="utf-8"))
    own = {m["name"]: m for m in manifest["macros"].values() if m["package_name"] == "tokumei"}
    assert len(own) > 200
    return own


def folder_of(macro: dict[str, Any]) -> str:
    return Path(macro["original_file_path"]).parts[1]


def called(macro: dict[str, Any], macros: dict[str, dict[str, Any]]) -> set[str]:
    """By dbt's own reading, and by the text: dbt does not see every call, nor any dynamic one."""
    names = {unique_id.rsplit(".", 1)[1] for unique_id in macro["depends_on"]["macros"]}
    names |= set(CALL.findall(macro["macro_sql"]))
    for prefix in DYNAMIC.findall(macro["macro_sql"]):
        names |= {name for name in macros if name.startswith(prefix)}
    return names & macros.keys()


def test_folders_depend_one_way(macros: dict[str, dict[str, Any]]) -> None:
    against = [
        f"{name} ({folder_of(macro)}) calls {callee} ({folder_of(macros[callee])})"
        for name, macro in macros.items()
        for callee in called(macro, macros)
        if folder_of(macros[callee]) not in {folder_of(macro), *MAY_CALL[folder_of(macro)]}
    ]
    assert against == []


def test_dynamic_calls_are_those_that_are_known(macros: dict[str, dict[str, Any]]) -> None:
    found = {(folder_of(m), prefix) for m in macros.values() for prefix in DYNAMIC.findall(m["macro_sql"])}
    assert found == {("anonymize", "step_"), ("audits", "audit_"), ("attacks", "attack_"), ("detection", "reads_as_")}
    others = [m["name"] for m in macros.values() if len(re.findall(r"tokumei\[", m["macro_sql"])) > 1]
    assert others == []


def test_the_table_has_no_circle() -> None:
    done: set[str] = set()
    while len(done) < len(MAY_CALL):
        ready = {name for name, below in MAY_CALL.items() if below <= done} - done
        assert ready, f"a circle among {MAY_CALL.keys() - done}"
        done |= ready


def test_every_call_of_its_own_names_the_package(macros: dict[str, dict[str, Any]]) -> None:
    """A host project's macro of the same name must not take its place."""
    bare = [
        f"{name} calls {callee}"
        for name, macro in macros.items()
        for callee in re.findall(r"(?<![\w.])(\w+)\s*\(", code_of(macro))
        if callee in macros and callee != name
    ]
    assert bare == []


def code_of(macro: dict[str, Any]) -> str:
    """Without comments, texts and its own opening line."""
    text = re.sub(r"{#.*?#}", "", macro["macro_sql"], flags=re.DOTALL)
    text = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "''", text)
    return re.sub(r"{%-?\s*(macro|test|materialization)\b.*?%}", "", text, count=1, flags=re.DOTALL)


def test_adapters_differ_in_macros_sql_alone(macros: dict[str, dict[str, Any]]) -> None:
    asking = re.compile(r"target\.type|adapter\.type|adapter\.dispatch|target\[")
    folders = {folder_of(m) for m in macros.values() if asking.search(code_of(m))}
    assert folders == {"sql"}
    variants = re.compile(r"(default|duckdb|postgres|spark)__")
    assert {folder_of(m) for name, m in macros.items() if variants.match(name)} == {"sql"}
    for path in [*PACKAGE.glob("models/**/*.sql"), *PACKAGE.glob("tests/assertions/*.sql")]:
        assert not asking.search(path.read_text(encoding="utf-8")), path
