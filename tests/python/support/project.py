"""A dbt project that installs tokumei, as a user's would, and what its runs say."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from .engines import Engine, Rows
from .quick_dbt import collect, heard, keep_what_lasts
from .quick_parse import FIXED, write_to_disk

PACKAGE = Path(__file__).resolve().parents[3]
INSTALLED = [
    "dbt_project.yml",
    "macros",
    "models",
    "seeds",
    "tests",
    "analyses",
    "plugins",
    ".dbtignore",
]


@functools.cache
def without_examples() -> Path:
    """The package as most tests install it: what a host gets, without the disabled examples, which take as long to parse."""
    folder = Path(tempfile.mkdtemp(prefix="tokumei-package-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in [
        "dbt_project.yml",
        "macros",
        "plugins",
        "models/publication",
        "models/risk",
        "models/overview.md",
        "tests/generic",
    ]:
        (folder / name).parent.mkdir(exist_ok=True)
        copy = shutil.copytree if (PACKAGE / name).is_dir() else shutil.copy
        copy(PACKAGE / name, folder / name)
    FIXED.add(str(folder.resolve()))
    return folder


@dataclass
class Outcome:
    """What one dbt command came to: node name → status, and every message it gave."""

    success: bool
    statuses: dict[str, str] = field(default_factory=dict)
    messages: str = ""


@dataclass
class Project:
    """A consumer project in a folder of its own, on one engine."""

    path: Path
    engine: Engine
    package: Path = field(default_factory=without_examples)
    logged: bool = False  # whether dbt writes logs/dbt.log and its JSON artifacts, for tests that look into them
    target: str = "target"
    views: bool = True  # whether a build makes the package's views on its logs: a seventh of a small one
    quiet: bool = True  # whether dbt keeps what it says off the standard output
    listener: Callable[[str], None] = field(default=lambda message: None)

    def __post_init__(self) -> None:
        self.base = self.package
        self.path.mkdir(parents=True, exist_ok=True)
        self.write("packages.yml", {"packages": [{"local": str(self.package)}]})
        settings: dict[str, Any] = {"name": "consumer", "version": "1.0.0", "config-version": 2, "profile": "consumer"}
        settings["flags"] = {"send_anonymous_usage_stats": False}
        if not self.views:
            settings["models"] = {"tokumei": {"publication": {"+enabled": False}}}
        self.write("dbt_project.yml", settings)
        # As in most hosts; without one, dbt makes up an error for each macro that it looks up there first.
        self.write("macros/of_the_host.sql", "{% macro of_the_host() %}{% endmacro %}\n")
        output = self.engine.output()
        self.write("profiles.yml", {"consumer": {"target": "test", "outputs": {"test": output}}})
        self.install(self.package)

    def install(self, package: Path) -> None:
        """What `dbt deps` does with a local package."""
        link = self.path / "dbt_packages" / "tokumei"
        link.parent.mkdir(exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(package, target_is_directory=True)
        self.package = package

    def write(self, name: str, content: str | dict[str, Any]) -> Path:
        """Write a file of the project; a dict becomes YAML."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        path.write_text(text, encoding="utf-8")
        return path

    def mutate(self, file: str, old: str, new: str) -> None:
        """Install a copy of the package in which one text of one file is another."""
        copy = self.path / "mutated"
        if not copy.exists():
            copy.mkdir()
            for name in INSTALLED:
                source = self.base / name
                if source.is_dir():
                    shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("python", "__pycache__"))
                elif source.exists():
                    shutil.copy(source, copy / name)
        text = (copy / file).read_text(encoding="utf-8")
        assert old in text, f"{file} no longer contains the text to mutate"
        (copy / file).write_text(text.replace(old, new), encoding="utf-8")
        self.install(copy)

    def folders(self) -> list[str]:
        """dbt's options that keep it to the project's own folders."""
        here = ["--project-dir", str(self.path), "--profiles-dir", str(self.path)]
        return [*here, "--log-path", str(self.path / "logs"), "--target-path", str(self.path / self.target)]

    def dbt(self, *arguments: str) -> Outcome:
        """Run dbt in this process; `arguments` start with the command."""
        level = [] if self.logged else ["--log-level-file", "none", "--no-write-json"]
        said: list[str] = []
        runner = dbtRunner(
            callbacks=[lambda event: said.append(event.info.msg), lambda event: self.listener(event.info.msg)]
        )
        with heard(self.logged):
            result = runner.invoke([*arguments, *self.folders(), *level, *(["--quiet"] if self.quiet else [])])
        keep_what_lasts()
        statuses = {}
        for node in getattr(result.result, "results", None) or []:
            if hasattr(node, "node"):
                statuses[node.node.name] = str(node.status)
                said.append(node.message or "")
        if result.exception is not None:
            said.append(str(result.exception))
        return Outcome(result.success, statuses, "\n".join(said))

    def dbt_process(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """Start dbt as a process of its own; this one tells it what it parsed, and lets go of the warehouse."""
        if not write_to_disk(self.path / "target") and self.dbt("parse").success:
            write_to_disk(self.path / "target")
        DuckDBConnectionManager.close_all_connections()
        collect()
        folders = ["--project-dir", str(self.path), "--profiles-dir", str(self.path)]
        command = [str(Path(sys.executable).parent / "dbt"), *arguments, *folders]
        environment = {**os.environ, **options.pop("env", {})}
        return subprocess.Popen(
            command,
            cwd=self.path,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            **options,
        )

    def build(self, *arguments: str) -> Outcome:
        return self.dbt("build", *arguments)

    def query(self, sql: str) -> Rows:
        return self.engine.query(sql)

    def comment(self, view: str) -> str:
        """The comment on a view."""
        if self.engine.name == "duckdb":
            return self.query(f"select comment from duckdb_views() where view_name = '{view}'")[0][0]
        return self.query(f"select obj_description(to_regclass('{view}'), 'pg_class')")[0][0]

    def comments_on_columns(self, view: str) -> dict[str, str]:
        """The comment on each column of a view."""
        if self.engine.name == "duckdb":
            return dict(self.query(f"select column_name, comment from duckdb_columns() where table_name = '{view}'"))
        columns = f"pg_attribute where attrelid = to_regclass('{view}') and attnum > 0"
        return dict(self.query(f"select attname, col_description(attrelid, attnum) from {columns}"))

    def private(self, relation: str) -> str:
        """A relation of the package's private schema, quoted."""
        return self.engine.identifier(f"{self.engine.schema()}_tokumei") + "." + self.engine.identifier(relation)


def mart(name: str, source: str, columns: list[dict[str, Any]], **policy: Any) -> dict[str, Any]:
    """A mart's YAML; `columns` are {name, from, treat, item, waive, ...} without the config around them."""
    return {
        "name": name,
        "description": f"{name}, from {source}",
        "config": {"materialized": "anonymized", "meta": {"tokumei": policy}},
        "columns": [
            {
                "name": column["name"],
                "config": {
                    "meta": {"tokumei": {"item": column["name"]} | {k: v for k, v in column.items() if k != "name"}}
                },
            }
            for column in columns
        ],
    }


def personal(name: str, subject: str, columns: dict[str, str], schema: str) -> dict[str, Any]:
    """A dbt source that holds personal data; `columns` is name → classification."""
    return {
        "name": "raw",
        "schema": schema,
        "tables": [
            {
                "name": name,
                "config": {"meta": {"tokumei": {"subject": subject}}},
                "columns": [
                    {"name": key, "config": {"meta": {"tokumei": {"is": is_}}}} for key, is_ in columns.items()
                ],
            }
        ],
    }
