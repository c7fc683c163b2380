"""tools/audit_deps.py finds a vulnerable pin by the versions and by the ranges of an advisory, and nothing else."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.project import PACKAGE

specification = importlib.util.spec_from_file_location("audit_deps", PACKAGE / "tools" / "audit_deps.py")
assert specification and specification.loader
audit_deps = importlib.util.module_from_spec(specification)
specification.loader.exec_module(audit_deps)


def advisory(**affected: Any) -> dict[str, Any]:
    return {"id": "PYSEC-1", "affected": [{"package": {"name": "Some_Package"}} | affected]}


def ranged(*events: dict[str, str]) -> dict[str, Any]:
    return advisory(ranges=[{"type": "ECOSYSTEM", "events": list(events)}])


@pytest.mark.parametrize(
    ("listed", "affected", "safe"),
    [
        (advisory(versions=["1.0", "1.1"]), ["1.0", "1.1"], ["1.2"]),
        (ranged({"introduced": "0"}, {"fixed": "2.1"}), ["0.1", "2.0.9"], ["2.1", "3"]),
        (ranged({"introduced": "1.5"}, {"fixed": "2"}), ["1.5", "1.10"], ["1.4", "2"]),
        (ranged({"introduced": "0"}, {"last_affected": "2.1"}), ["2.1"], ["2.1.1"]),
        (
            ranged({"introduced": "0"}, {"fixed": "1"}, {"introduced": "2"}, {"fixed": "3"}),
            ["0.5", "2.5"],
            ["1.5", "3"],
        ),
        (ranged({"introduced": "0"}), ["99"], []),
    ],
)
def test_what_an_advisory_affects(listed: dict[str, Any], affected: list[str], safe: list[str]) -> None:
    assert all(audit_deps.affects(listed, "some-package", version) for version in affected)
    assert not any(audit_deps.affects(listed, "some-package", version) for version in safe)
    assert not audit_deps.affects(listed, "another", affected[0])


def test_a_folder_of_advisories_is_read_and_pins_are_compared_by_name(tmp_path: Path) -> None:
    (tmp_path / "vulns" / "some-package").mkdir(parents=True)
    text = yaml.safe_dump(advisory(versions=["1.0"]))
    (tmp_path / "vulns" / "some-package" / "PYSEC-1.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "pins.txt").write_text("# pins\nSome_Package==1.0\nother==2\n", encoding="utf-8")
    pins = audit_deps.pinned(tmp_path / "pins.txt")
    assert pins == {"some-package": "1.0", "other": "2"}
    found = {name: [one["id"] for one in audit_deps.advisories(tmp_path, name)] for name in pins}
    assert found == {"some-package": ["PYSEC-1"], "other": []}
