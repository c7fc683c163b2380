"""Real data beside the project, as a consumer's source tables. Nothing of it is part of the repository."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path
from typing import Any

from .people import write_csv
from .project import Project, personal

Rows = list[dict[str, Any]]


def read_rows(path: Path, delimiter: str = ",", header: list[str] | None = None) -> Rows:
    """The rows of a comma-separated file, gzipped or not; `header` replaces the file's own first row."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    lines = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), delimiter=delimiter)
    names = next(lines)
    return [dict(zip(header or names, line, strict=True)) for line in lines]


def load_source(
    project: Project, table: str, path: Path, types: dict[str, str], subject: str, classified: dict[str, str]
) -> dict[str, Any]:
    """Load a file into the warehouse and give the dbt source that says what it is."""
    project.engine.load_csv(table, path, types)
    source = personal(table, subject, classified, project.engine.schema())
    for column in source["tables"][0]["columns"]:
        column["data_type"] = types[column["name"]]
    return source


def one_file(folder: Path, name: str, rows: Rows) -> Path:
    """Rows as a file that both engines load alike."""
    path = folder / f"{name}.csv"
    return path if path.exists() else write_csv(path, rows)
