"""On an engine without grants what is open is exported, and what is not open is not."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest
from support.engines import DuckDB
from support.project import Project
from support.publisher import Publisher, linked

pytestmark = pytest.mark.duckdb
Delivery = dict[str, list[tuple[Any, ...]]]


def export(story: Publisher, folder: Path, **arguments: Any) -> str:
    """Export into a new folder; what was said, and whether it was refused."""
    folder.mkdir()
    given = {"dataset": "people", "folder": str(folder)} | arguments
    outcome = story.project.dbt("run-operation", "export", "--args", str(given))
    assert outcome.success == (folder / "manifest.json").exists()
    return outcome.messages


def read(folder: Path) -> Delivery:
    """Both marts of a delivery, after the manifest was held against the files."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert "匿名加工情報" in manifest["label"]
    rows: Delivery = {}
    for mart in manifest["marts"]:
        for file in mart["files"]:
            content = (folder / file["file"]).read_bytes()
            assert (len(content), hashlib.sha256(content).hexdigest()) == (file["bytes"], file["sha256"])
        rows[mart["mart"]] = duckdb.sql(f"select * from '{folder / mart['mart']}.parquet'").fetchall()
        with (folder / f"{mart['mart']}.csv").open(encoding="utf-8", newline="") as file:
            header, *lines = list(csv.reader(file))
        assert header == [item["column"] for item in mart["items"]]
        assert [tuple("" if value is None else str(value) for value in row) for row in rows[mart["mart"]]] == [
            tuple(line) for line in lines
        ]
        assert len(lines) == mart["rows"]
    expected = {"manifest.json"} | {file["file"] for mart in manifest["marts"] for file in mart["files"]}
    assert {path.name for path in folder.iterdir()} == expected
    if manifest["recipient"]:
        assert hashlib.sha256((manifest["notice"] + "\n").encode()).hexdigest() == manifest["notice_sha256"]
    return rows


def test_only_what_is_open_is_exported(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    project = Project(tmp_path / "consumer", DuckDB(tmp_path / "warehouse.duckdb"))
    story = Publisher(project, [])
    assert "is held" in story.build()
    assert "nothing of it is open; got no publication of kind creation" in export(story, tmp_path / "held")

    story.publish(capfd, "creation")
    assert "is open to its readers" in story.seed()
    assert "2 marts of release" in export(story, tmp_path / "own")
    own = read(tmp_path / "own")
    assert Counter(own["people_anonymized"]) == Counter(project.query("select * from people_anonymized"))

    # For a recipient: not before the provision is published and the recipient was told.
    assert "no publication of kind provision" in export(story, tmp_path / "early", recipient="lab")
    story.publish(capfd, "provision")
    story.seed()
    assert "no provision to this recipient is recorded" in export(story, tmp_path / "unrecorded", recipient="lab")
    for recipient in ("lab", "ads"):
        story.notify(capfd, recipient)
    story.seed()
    # Into a folder that is not there; the next export to this recipient records that its key is gone.
    nowhere = str({"dataset": "people", "folder": str(tmp_path / "nowhere"), "recipient": "lab"})
    assert not project.dbt("run-operation", "export", "--args", nowhere).success
    assert "not registered" in export(story, tmp_path / "stranger", recipient="stranger")
    deliveries = {}
    for name, recipient in {"lab": "lab", "ads": "ads", "again": "lab"}.items():
        assert "2 marts of release" in export(story, tmp_path / name, recipient=recipient)
        deliveries[name] = read(tmp_path / name)
        assert Counter(row[1:] for row in deliveries[name]["people_anonymized"]) == Counter(
            row[1:] for row in own["people_anonymized"]
        )
        # A recipient's marts still join with each other, as the release's own do.
        people, jobs = ({row[0][:32] for row in rows} for rows in deliveries[name].values())
        assert people == jobs and len(people) > 900

    # Two recipients, or one recipient twice, join by nothing but contents; nor does a recipient with the marts.
    story.build()
    export(story, tmp_path / "next")
    deliveries["next release"] = read(tmp_path / "next")
    for left, right in [("lab", "ads"), ("lab", "again"), ("lab", "own"), ("own", "next release")]:
        deliveries["own"] = own
        found = linked(deliveries[left]["people_anonymized"], deliveries[right]["people_anonymized"])
        assert found["pseudonym"] == 0, (left, right)
        if "release" not in right:
            assert found["contents"] == 1
        if left == "lab":
            assert abs(found["place"]) < 0.02, (left, right, found)
        assert found["one to one"] < 0.5

    keys = project.query(f"select dataset, event from {project.private('keys_log')}")
    assert Counter(event for _, event in keys)["taken"] == Counter(event for _, event in keys)["destroyed"]
    events = project.query(f"select event, recipient from {project.private('access_log')} order by event_no")
    assert [recipient for event, recipient in events if event == "provided"] == ["lab", "ads", "lab"]

    # Once the publication is gone, so is the export.
    story.registers["publications"] = []
    story.seed()
    assert "nothing of it is open" in export(story, tmp_path / "late")
