"""What plants are made of: columns that marts share, tokens, and releases written out."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ..findings import Row, relation
from ..histories import md5

WHO = {"name": "who", "from": "id", "treat": ["pseudonymize"]}
Q: Row = {"name": "q", "treat": ["keep"]}
R: Row = {"name": "r", "treat": ["keep"]}
SHORT: list[Row] = [
    {"name": "who", "from": "id", "treat": [{"pseudonymize": {"bits": 128}}]},
    {"name": "letter", "from": "name", "treat": ["pseudonymize"]},
    Q,
]
WAIVED = {"waive": {"no_rare_values": "a test"}}
CLASSIFIED = {"id": "linking_code", "name": "direct_identifier", "email": "identification_code"}
CLASSIFIED |= dict.fromkeys("qrsu", "quasi_identifier") | dict.fromkeys("abcdef", "attribute")
CLASSIFIED |= dict.fromkeys("vwxyz", "sensitive") | {
    "memo": "free_text",
    "number": "quasi_identifier",
    "day": "quasi_identifier",
}
TEXT = {"who": "text", "q": "text", "r": "text"}
TOKEN = {"tokumei_token": "text"}


def token(number: int) -> str:
    return md5(f"{number}") + md5(f"-{number}")


def in_scene(rows: list[Row], types: dict[str, str], **scene: Any) -> dict[str, Any]:
    return {"release": relation(rows, types), "types": types} | scene


def grouped(rows: list[Row], names: list[str]) -> list[list[Row]]:
    groups = defaultdict(list)
    for row in rows:
        groups[tuple(row[name] for name in names)].append(row)
    return list(groups.values())
