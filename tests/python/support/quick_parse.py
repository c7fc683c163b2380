"""Parsing, quicker: what the packages say is parsed once for all projects that install them.

dbt's own partial parsing does the rest: it starts from what it knows, and parses each file that is new or has another
checksum. What it knows is the packages alone, for a project that it has not seen, so each file of a project is parsed at
least once from its text, and all errors in it are found. A package that is not one of the folders nobody writes to (one
with a mutation, say, or the package as a user gets it) is parsed anew, and read anew each time."""

from __future__ import annotations

import dataclasses
import os
import pickle
import re
from collections import OrderedDict
from pathlib import Path
from typing import Any

import dbt.include
from dbt.contracts.files import SchemaSourceFile
from dbt.contracts.graph.manifest import Manifest
from dbt.flags import get_flags
from dbt.parser.manifest import ManifestLoader, extended_mashumaro_encoder
from dbt.parser.read_files import ReadFilesFromFileSystem

READ = ManifestLoader.read_manifest_for_partial_parse
WRITE = ManifestLoader.write_manifest_for_partial_parse
READ_FILES = ReadFilesFromFileSystem.read_files_for_project
SHARED = ("macros", "files", "docs")  # which no run changes, where a package has them
FIELDS = [f.name for f in dataclasses.fields(Manifest) if f.name[0] != "_" and f.name not in ("flat_graph", *SHARED)]
FIXED: set[str] = {os.path.realpath(folder) for folder in dbt.include.__path__}
FILES: dict[str, bytes] = {}
SEEDS: dict[str, Kept] = {}
KEPT: OrderedDict[str, Kept] = OrderedDict()
SEEDING: list[bool] = []
DRAWN = re.compile("t_[0-9a-f]{10}")  # what conftest.py calls a schema
REPLACED: dict[str, str] = {}  # macro of the package → its text instead


def fixed(folder: str) -> bool:
    """Whether nobody writes to the folder of a package while the tests run."""
    real = os.path.realpath(folder)
    return any(real == one or real.startswith(one + os.sep) for one in FIXED)


class Kept:
    """A manifest as it was after parsing; each copy of it is new, but for the macros, docs and files of packages."""

    def __init__(self, manifest: Manifest, packages: set[str], schema: str = "", installed: str = "") -> None:
        self.schema = schema.encode()
        self.installed = installed
        own: dict[str, Any] = {name: getattr(manifest, name) for name in FIELDS} | {"source_patches": {}}
        self.shared: dict[str, dict[str, Any]] = {}
        self.order = {name: list(getattr(manifest, name)) for name in SHARED}
        for name in SHARED:
            things = getattr(manifest, name)
            key = "project_name" if name == "files" else "package_name"
            self.shared[name] = {k: v for k, v in things.items() if getattr(v, key) in packages}
            own[name] = {k: v for k, v in things.items() if k not in self.shared[name]}
        self.own = pickle.dumps(own, pickle.HIGHEST_PROTOCOL)

    def manifest(self, schema: str = "") -> Manifest:
        """With another schema in place of its own, both of one length."""
        values = pickle.loads(self.own.replace(self.schema, schema.encode()) if schema else self.own)
        for file in values["files"].values():
            if isinstance(file, SchemaSourceFile):
                file.pp_dict = file.pp_test_index = None  # which dbt does not write either
        for name in SHARED:
            both = self.shared[name] | values[name]
            values[name] = {key: both[key] for key in self.order[name]}
        return Manifest(**values)


def packages_of(loader: ManifestLoader) -> dict[str, str]:
    """The packages whose folders are fixed, by name."""
    projects = {name: project.project_root for name, project in loader.all_projects.items()}
    return {name: os.path.realpath(root) for name, root in projects.items() if fixed(root)}


def installed(loader: ManifestLoader) -> str:
    """Which packages a project has, and of those that may change the newest file: to parse a package partially would change
    what all projects share of it."""
    packages = []
    for name, project in loader.all_projects.items():
        folder = os.path.realpath(project.project_root)
        if name != loader.root_project.project_name:
            packages.append((name, folder, () if fixed(folder) else newest(folder)))
    return repr(sorted(packages))


def newest(folder: str) -> tuple[int, int]:
    """How many files there are, and when the last of them was written."""
    times = [file.stat().st_mtime_ns for file in Path(folder).rglob("*.*") if file.is_file()]
    return len(times), max(times, default=0)


def all_fixed(loader: ManifestLoader) -> bool:
    return set(packages_of(loader)) == set(loader.all_projects) - {loader.root_project.project_name}


def seed(loader: ManifestLoader) -> Manifest | None:
    """The packages of a project, parsed without it; none if one of them may change. What their nodes take from the profile is
    its database and its schema: a schema with a drawn name stands for all such schemas."""
    packages = packages_of(loader)
    root = loader.root_project
    if not all_fixed(loader):
        return None
    state, credentials = loader.manifest.state_check, root.credentials
    schema = credentials.schema if DRAWN.fullmatch(credentials.schema) else ""
    known = (state.vars_hash, state.project_env_vars_hash, state.profile_env_vars_hash, state.project_hashes)
    place = (credentials.type, credentials.database, "drawn" if schema else credentials.schema, root.target_name)
    key = repr((known, place, sorted(packages.items())))
    if key not in SEEDS:
        SEEDING.append(True)
        try:
            alone = ManifestLoader(root, loader.all_projects, loader.macro_hook)
            SEEDS[key] = Kept(alone.load(), set(packages), schema)
        finally:
            SEEDING.clear()
        replace_in(SEEDS[key])
    manifest = SEEDS[key].manifest(schema)
    manifest.state_check = state
    return manifest


def replace_in(kept: Kept) -> None:
    for name, text in REPLACED.items():
        if name in kept.shared["macros"]:
            kept.shared["macros"][name].macro_sql = text


def replace_macros(texts: dict[str, str]) -> None:
    """The package's macros are others from now on, in this process, without a parse. For mutants, in a child."""
    REPLACED.update({f"macro.tokumei.{name}": text for name, text in texts.items()})
    for kept in [*SEEDS.values(), *KEPT.values()]:
        replace_in(kept)


def read(self: ManifestLoader) -> Manifest | None:
    if SEEDING or not get_flags().PARTIAL_PARSE:
        return None if SEEDING else READ(self)
    kept = KEPT.get(self.root_project.project_target_path)
    manifest = kept.manifest() if kept and kept.installed == installed(self) else None
    if manifest is None or not self.is_partial_parsable(manifest)[0]:
        manifest = seed(self)
    if manifest is None:
        return READ(self)
    manifest.metadata = self.manifest.metadata
    return manifest


def write(self: ManifestLoader) -> None:
    if not SEEDING:
        kept = Kept(self.manifest, set(packages_of(self)), installed=installed(self))
        KEPT[self.root_project.project_target_path] = kept
        KEPT.move_to_end(self.root_project.project_target_path)
        if len(KEPT) > 8:
            KEPT.popitem(last=False)
        if not all_fixed(self):
            WRITE(self)


def read_files(self: ReadFilesFromFileSystem, project: Any, file_types: Any) -> None:
    """Each time new copies of what fixed folders hold: dbt notes in them what it found."""
    name, folder = project.project_name, os.path.realpath(project.project_root)
    if SEEDING and project is next(iter(self.all_projects.values())):
        self.project_parser_files[name] = {}
    elif not fixed(folder):
        READ_FILES(self, project, file_types)
    else:
        if folder not in FILES:
            alone = ReadFilesFromFileSystem(all_projects={name: project})
            READ_FILES(alone, project, file_types)
            FILES[folder] = pickle.dumps((alone.files, alone.project_parser_files[name]), pickle.HIGHEST_PROTOCOL)
        files, self.project_parser_files[name] = pickle.loads(FILES[folder])
        self.files.update(files)


def write_to_disk(target: Path) -> bool:
    """For a dbt in a process of its own; whether there is something to write."""
    kept = KEPT.get(str(target))
    if kept:
        target.mkdir(parents=True, exist_ok=True)
        (target / "partial_parse.msgpack").write_bytes(kept.manifest().to_msgpack(extended_mashumaro_encoder))
    return kept is not None


def quicken_parsing() -> None:
    ManifestLoader.read_manifest_for_partial_parse = read  # type: ignore[method-assign]
    ManifestLoader.write_manifest_for_partial_parse = write  # type: ignore[method-assign]
    ReadFilesFromFileSystem.read_files_for_project = read_files  # type: ignore[method-assign]
