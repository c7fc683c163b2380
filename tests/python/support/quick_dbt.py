"""dbt, quicker: what it does anew for each run of a process, and always comes to the same, is done once."""

from __future__ import annotations

import atexit
import functools
import gc
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import agate
import dbt.artifacts.schemas.base
import dbt_common.behavior_flags
import dbt_common.clients.agate_helper
import dbt_common.tests
import jinja2
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt_common.events.base_types import BaseEvent, EventLevel
from dbt_common.events.event_manager import EventManager
from dbt_common.utils.encoding import JSONEncoder

from .quick_macros import quicken_macros
from .quick_parse import quicken_parsing

COMPILED: dict[tuple[type, str], CodeType] = {}
PARSED: dict[tuple[type, str], jinja2.nodes.Template] = {}
COMPILE = jinja2.Environment.compile
PARSE = jinja2.Environment.parse
FIRE_EVENT = EventManager.fire_event
MAKE_EVENT = BaseEvent.__init__
ASK_EVENT = BaseEvent.__getattr__
TELL_EVENT = BaseEvent.__setattr__
UNHEARD: list[bool] = []
BUILD_TYPE_TESTER = dbt_common.clients.agate_helper.build_type_tester


def compile_once(self: jinja2.Environment, source: Any, *arguments: Any, **options: Any) -> Any:
    """dbt forgets its compiled macros after each run."""
    if arguments or options or not isinstance(source, str):
        return COMPILE(self, source, *arguments, **options)
    key = (type(self), source)
    if key not in COMPILED:
        COMPILED[key] = COMPILE(self, source)
    return COMPILED[key]


def parse_once(self: jinja2.Environment, source: str, *_: Any, **__: Any) -> Any:
    """The tree is only looked at: what dbt runs, it compiles."""
    key = (type(self), source)
    if key not in PARSED:
        PARSED[key] = PARSE(self, source)
    return PARSED[key]


def write_json(path: str, data: dict[str, Any]) -> bool:
    """As dbt's own, but not piece by piece."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(json.dumps(data, cls=JSONEncoder), encoding="utf-8")
    return True


def make_event(self: BaseEvent, *arguments: Any, **options: Any) -> None:
    """What it says is put together when somebody asks: three events for each query, and dozens for each node."""
    self.__dict__["unsaid"] = (arguments, options)


def say(self: BaseEvent) -> None:
    if "unsaid" in self.__dict__:
        arguments, options = self.__dict__.pop("unsaid")
        MAKE_EVENT(self, *arguments, **options)


def ask_event(self: BaseEvent, key: str) -> Any:
    say(self)
    return self.__dict__["pb_msg"] if key == "pb_msg" else ASK_EVENT(self, key)


def tell_event(self: BaseEvent, key: str, value: Any) -> None:
    if key != "pb_msg":
        say(self)
    TELL_EVENT(self, key, value)


def fire_event(
    self: EventManager, e: BaseEvent, level: EventLevel | None = None, *arguments: Any, **options: Any
) -> None:
    """Nobody hears a whisper where nothing is logged: each query has three."""
    if not UNHEARD or (level or e.level_tag()) != EventLevel.DEBUG:
        FIRE_EVENT(self, e, level, *arguments, **options)


def source_of_flag() -> str:
    """The first module on the stack that is not the flags' own. dbt reads the source text of each frame for it, ten times a
    run, and looks through all modules for those without one: more than half of the suite's time."""
    frame: FrameType | None = sys._getframe()
    while frame and frame.f_globals["__name__"] in (__name__, dbt_common.behavior_flags.__name__):
        frame = frame.f_back
    return str(frame.f_globals["__name__"]) if frame else "Unknown"


def never(*_: Any) -> bool:
    """Whether a log has grown too long: dbt asks the file system at each line."""
    return False


@contextmanager
def heard(logged: bool) -> Iterator[None]:
    """Events of the level debug are made for the log alone."""
    UNHEARD.extend([] if logged else [True])
    yield
    UNHEARD.clear()


@functools.cache
def type_tester(text_columns: tuple[str, ...], nulls: tuple[str, ...]) -> agate.TypeTester:
    return BUILD_TYPE_TESTER(text_columns, nulls)


def build_type_tester(text_columns: Iterable[str], string_null_values: Iterable[str] | None = ("null", "")) -> Any:
    """What dbt makes anew for each query, grammars of dates in all languages included."""
    return type_tester(tuple(text_columns), tuple(string_null_values or ()))


@functools.cache
def keep_what_lasts() -> None:
    """After the first run of a process: what dbt and its caches hold by then stays, and is not looked through again."""
    DuckDBConnectionManager.close_all_connections()  # lest a warehouse stays open with it
    collect()
    atexit.register(gc.unfreeze)
    gc.set_threshold(50_000, 20, 20)


def collect() -> None:
    """What is left of it was looked through once, and is not again: a worker holds a gigabyte after a while."""
    gc.collect()
    gc.freeze()


def collect_all() -> None:
    """What has become garbage since it was kept too: a connection, say, that holds a file."""
    gc.unfreeze()
    collect()


def be_quick() -> None:
    dbt_common.tests.enable_test_caching()
    jinja2.Environment.compile = compile_once  # type: ignore[method-assign]
    jinja2.Environment.parse = parse_once  # type: ignore[method-assign]
    BaseEvent.__init__ = make_event  # type: ignore[method-assign]
    BaseEvent.__getattr__ = ask_event  # type: ignore[method-assign]
    BaseEvent.__setattr__ = tell_event  # type: ignore[method-assign]
    EventManager.fire_event = fire_event  # type: ignore[method-assign]
    dbt_common.clients.agate_helper.build_type_tester = build_type_tester
    dbt.artifacts.schemas.base.write_json = write_json
    dbt_common.behavior_flags.BehaviorFlagRendered._default_source = staticmethod(source_of_flag)  # type: ignore[method-assign]
    RotatingFileHandler.shouldRollover = never  # type: ignore[method-assign]
    quicken_macros()
    quicken_parsing()
