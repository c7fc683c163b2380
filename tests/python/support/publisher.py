"""A dataset of two marts with its page and its registers, and what a privacy officer does with them."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections import Counter
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from .engines import Rows
from .people import COLUMNS, POLICY, people_project
from .project import Project, mart

REGISTERS = {
    "publications": "dataset,fingerprint,kind,items,means,published_on,place,notice_days,continuing,period_from,period_to",
    "recipients": "recipient,name,role",
    "provisions": "recipient,dataset,release,means,provided_on,notified_on,notice_sha256",
}
TYPES = {"published_on": "date", "period_from": "date", "period_to": "date", "provided_on": "date"} | {
    "notified_on": "date",
    "notice_days": "integer",
    "continuing": "boolean",
}
MEANS = "アクセスを制限したサーバー"
SHOWN = [column for column in COLUMNS if column["name"] != "prefecture"]
Row = dict[str, Any]


def today(days: int = 0) -> str:
    """A day from today on, where the registers are kept."""
    return (dt.datetime.now(ZoneInfo("Asia/Tokyo")).date() + dt.timedelta(days=days)).isoformat()


class Publisher:
    """A project with the marts people_anonymized and jobs_anonymized; registers as seeds, rewritten row by row."""

    def __init__(self, project: Project, grants: list[str], role: str = "", second: str = "") -> None:
        self.project = project
        self.registers: dict[str, list[Row]] = {name: [] for name in REGISTERS}
        self.registers["recipients"] = [
            {"recipient": "lab", "name": "研究所", "role": role},
            {"recipient": "ads", "name": "広告社", "role": second},
        ]
        self.grants = {"grants": {"select": grants}} if grants else {}
        self.loaded: dict[str, str] = {}
        self.write_marts(SHOWN)
        self.write_registers()

    def write_marts(self, columns: list[Row]) -> None:
        """The two marts, one following the other, and the page about them."""
        people_project(self.project, columns=columns)
        jobs = [column for column in COLUMNS if column["name"] in ("pseudonym", "job")]
        jobs[0] = jobs[0] | {"treat": [{"pseudonymize": {"bits": 128}}]}
        marts = [
            mart("people_anonymized", "people", columns, **POLICY),
            mart("jobs_anonymized", "people", jobs, **POLICY, members_of="people_anonymized"),
        ]
        for one in marts:
            one["config"] |= self.grants
            one["data_tests"] = ["tokumei.published"]
        declared = self.project.path / "models/people.yml"
        text = declared.read_text(encoding="utf-8")
        head = text[: text.index("models:")]
        self.project.write("models/people.yml", head)
        self.project.write("models/marts.yml", {"models": marts})
        self.project.write(
            "models/jobs_anonymized.sql",
            "{{ tokumei.anonymize(source('raw', 'people'), members_of=ref('people_anonymized')) }}\n",
        )
        terms = {
            "operator": {"ja": "株式会社例", "en": "Example Inc."},
            "means": {"ja": MEANS, "en": "access-controlled server"},
            "safety_measures": {"ja": "権限の管理", "en": "access control"},
            "contact": {"inquiries": "a@example.com", "complaints": "b@example.com"},
            "continues": True,
        }
        exposure = {
            "name": "people_page",
            "label": "匿名加工情報",
            "type": "notebook",
            "url": "https://example.com/api",
            "owner": {"name": "Example", "email": "a@example.com"},
            "depends_on": ["ref('people_anonymized')", "ref('jobs_anonymized')"],
            "config": {"meta": {"tokumei": terms}},
        }
        self.project.write("models/page.yml", {"exposures": [exposure]})

    def add_mart(self, name: str) -> None:
        """A third mart joins the dataset, with pseudonyms of its own."""
        models = yaml.safe_load((self.project.path / "models/marts.yml").read_text(encoding="utf-8"))
        columns = [column for column in COLUMNS if column["name"] in ("pseudonym", "sex")]
        models["models"].append(mart(name, "people", columns, **POLICY, scope="own"))
        models["models"][-1]["config"] |= self.grants
        self.project.write("models/marts.yml", models)
        self.project.write(f"models/{name}.sql", "{{ tokumei.anonymize(source('raw', 'people')) }}\n")
        page = yaml.safe_load((self.project.path / "models/page.yml").read_text(encoding="utf-8"))
        page["exposures"][0]["depends_on"].append(f"ref('{name}')")
        self.project.write("models/page.yml", page)

    def keep_people_alone(self) -> None:
        """The other marts leave the dataset."""
        declared = self.project.path / "models/marts.yml"
        models = yaml.safe_load(declared.read_text(encoding="utf-8"))["models"]
        self.project.write("models/marts.yml", {"models": models[:1]})
        for gone in models[1:]:
            (self.project.path / f"models/{gone['name']}.sql").unlink()
        page = yaml.safe_load((self.project.path / "models/page.yml").read_text(encoding="utf-8"))
        del page["exposures"][0]["depends_on"][1:]
        self.project.write("models/page.yml", page)

    def rename(self, dataset: str) -> None:
        """The remaining mart goes into another dataset."""
        declared = self.project.path / "models/marts.yml"
        models = yaml.safe_load(declared.read_text(encoding="utf-8"))
        models["models"][0]["config"]["meta"]["tokumei"]["dataset"] = dataset
        self.project.write("models/marts.yml", models)

    def write_registers(self) -> None:
        """Each register as a seed."""
        self.written: dict[str, str] = {}
        seeds = []
        for name, header in REGISTERS.items():
            columns = header.split(",")
            file = io.StringIO()
            writer = csv.DictWriter(file, columns, lineterminator="\n", restval="")
            writer.writeheader()
            writer.writerows(self.registers[name])
            self.project.write(f"seeds/{name}.csv", file.getvalue())
            self.written[name] = file.getvalue()
            types = {column: TYPES.get(column, "text") for column in columns}
            seeds.append({"name": name, "config": {"meta": {"tokumei": {"register": name}}, "column_types": types}})
        self.project.write("seeds/registers.yml", {"seeds": seeds})

    def seed(self) -> str:
        """Load the registers that say something else by now, or all, which lets them take effect; what was said."""
        self.write_registers()
        changed = [name for name, text in self.written.items() if self.loaded.get(name) != text]
        outcome = self.project.dbt("seed", "--select", *(changed or REGISTERS))
        assert outcome.success, outcome.messages
        self.loaded = self.written
        return outcome.messages

    def build(self, *arguments: str) -> str:
        """The marts and all that is the project's own; what was said."""
        outcome = self.project.build("--exclude", "package:tokumei", *arguments)
        assert outcome.success, outcome.messages
        self.loaded = self.written
        return outcome.messages

    def said(self, capfd: Any, macro: str, **arguments: Any) -> str:
        """What a run-operation prints."""
        capfd.readouterr()
        outcome = self.project.dbt("run-operation", macro, "--args", str(arguments))
        assert outcome.success, outcome.messages
        return capfd.readouterr().out

    def publish(self, capfd: Any, kind: str, **cells: Any) -> None:
        """Record that the newest release was published, by the row the package prints."""
        printed = self.said(capfd, "publication_row", dataset="people", kind=kind)
        columns = REGISTERS["publications"].split(",")
        row = dict(zip(columns, next(csv.reader([printed.strip()])), strict=True))
        self.registers["publications"].append(
            row | {"published_on": today(), "notice_days": 0, "continuing": "true"} | cells
        )

    def notify(self, capfd: Any, recipient: str = "lab", **cells: Any) -> str:
        """Record that a recipient was sent the notice as printed; the notice."""
        notice = self.said(capfd, "notice", dataset="people", recipient=recipient)
        self.registers["provisions"].append(
            {
                "recipient": recipient,
                "dataset": "people",
                "means": MEANS,
                "notified_on": today(),
                "notice_sha256": hashlib.sha256(notice.encode()).hexdigest(),
            }
            | cells
        )
        return notice


def linked(ours: Rows, theirs: Rows) -> dict[str, float]:
    """What joining two copies of a mart gives: by pseudonym, by place in the file beyond chance, by contents."""
    contents = Counter(row[1:] for row in theirs)
    chance = sum((count / len(theirs)) ** 2 for count in contents.values())
    same = sum(a[1:] == b[1:] for a, b in zip(ours, theirs, strict=True)) / len(ours)
    unique = {key for key, count in Counter(row[1:] for row in ours).items() if count == 1}
    return {
        "pseudonym": len({row[0] for row in ours} & {row[0] for row in theirs}),
        "place": same - chance,
        "contents": sum(row[1:] in contents for row in ours) / len(ours),
        "one to one": len(unique & {key for key, count in contents.items() if count == 1}) / len(ours),
    }
