"""Known vulnerabilities of the pinned versions, from a copy of the Python Packaging Advisory Database: `make audit-deps`

The copy is a git directory or a folder with `vulns/<package>/<id>.yaml` (github.com/pypa/advisory-database); nothing is asked over
the network. Exits with 1 if a pinned version is affected, and says how old the copy is: what is newer it cannot know."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parents[1]


def pinned(path: Path) -> dict[str, str]:
    """Name → version, names as registries compare them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pins = (line.split("#")[0].strip().partition("==") for line in lines)
    return {re.sub(r"[-_.]+", "-", name.strip()).lower(): version.strip() for name, sign, version in pins if sign}


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True).stdout


def advisories(folder: Path, package: str) -> Iterator[dict[str, Any]]:
    """Those of one package."""
    if (folder / "vulns").is_dir():
        for path in sorted((folder / "vulns" / package).glob("*.yaml")):
            yield yaml.safe_load(path.read_text(encoding="utf-8"))
        return
    for name in git(folder, "ls-tree", "-r", "--name-only", "HEAD", "--", f"vulns/{package}/").splitlines():
        yield yaml.safe_load(git(folder, "show", f"HEAD:{name}"))


def affects(advisory: dict[str, Any], package: str, version: str) -> bool:
    """By the versions it lists, or by its ranges."""
    for affected in advisory.get("affected", []):
        if re.sub(r"[-_.]+", "-", affected["package"]["name"]).lower() != package:
            continue
        if version in (affected.get("versions") or []):
            return True
        if any(
            within(one.get("events", []), version) for one in affected.get("ranges") or [] if one["type"] == "ECOSYSTEM"
        ):
            return True
    return False


def within(events: list[dict[str, str]], version: str) -> bool:
    """Introduced before or with this version, and neither fixed nor last affected before it."""
    try:
        now, inside = Version(version), False
        for event in events:
            if "introduced" in event:
                inside = inside or event["introduced"] == "0" or Version(event["introduced"]) <= now
            if "fixed" in event and Version(event["fixed"]) <= now:
                inside = False
            if "last_affected" in event and Version(event["last_affected"]) < now:
                inside = False
    except InvalidVersion:
        return True  # what cannot be compared is looked at by a person
    return inside


def newest_fix(listed: list[dict[str, Any]]) -> str:
    """The highest version that fixed any of them."""
    fixes = [
        Version(event["fixed"])
        for advisory in listed
        for affected in advisory.get("affected", [])
        for one in affected.get("ranges") or []
        for event in one.get("events", [])
        if "fixed" in event and one["type"] == "ECOSYSTEM"
    ]
    return str(max(fixes)) if fixes else "–"


def main() -> int:
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    asked.add_argument("database", type=Path)
    asked.add_argument("--requirements", type=Path, default=ROOT / "requirements.txt")
    options = asked.parse_args()
    at = git(options.database, "log", "-1", "--format=%cs").strip()
    print(
        f"advisories as of {at}\n\n| package | pinned | advisories | the last of them fixed in | affected |\n|---|---|---|---|---|"
    )
    found = none = 0
    for package, version in sorted(pinned(options.requirements).items()):
        listed = [one for one in advisories(options.database, package) if not one.get("withdrawn")]
        hit = [one["id"] for one in listed if affects(one, package, version)]
        found += len(hit)
        none += not listed
        if listed:
            print(f"| {package} | {version} | {len(listed)} | {newest_fix(listed)} | {', '.join(hit) or 'no'} |")
    print(f"\n{found} affect a pinned version; of {none} packages no advisory is known")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
