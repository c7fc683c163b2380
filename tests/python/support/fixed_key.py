"""A project whose releases are all made under one known key, so that what is drawn can be recomputed."""

from __future__ import annotations

import hashlib
import hmac

from .oracle import netstrings
from .project import Project

KEY = bytes(range(100, 132))


def fix_key(project: Project, key: bytes = KEY) -> None:
    """Install a copy of the package that takes this key instead of a new one."""
    literal = f"unhex('{key.hex()}')" if project.engine.name != "postgres" else f"decode('{key.hex()}', 'hex')"
    taken = "adapter.dispatch('sql_new_secret', 'tokumei')()"
    project.mutate("macros/sql/sql_new_secret.sql", taken, '"' + literal + '"')


def draw(purpose: str, constants: list[str], parts: list[str], *, scope: str = "", key: bytes = KEY) -> str:
    """The keyed hash of a purpose, as hexadecimal text."""
    return hmac.new(key, netstrings([purpose, scope, *constants, *parts]), hashlib.sha256).hexdigest()
