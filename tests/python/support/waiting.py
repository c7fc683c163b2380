"""Until something is so."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 120


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)
