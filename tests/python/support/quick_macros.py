"""Contexts of dbt, quicker: a macro is made ready when it is first looked up, not each macro for each node."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dbt.clients.jinja import MacroGenerator
from dbt.context.configured import ConfiguredContext
from dbt.context.macros import MacroNamespace, MacroNamespaceBuilder
from dbt.context.manifest import ManifestContext
from dbt.contracts.graph.nodes import Macro

BUILD_NAMESPACE = ManifestContext._build_namespace
GET_MACRO = MacroGenerator.get_macro


class Lazy(dict[str, Any]):
    """A dict whose values are made when they are asked for; who looks at all of it gets all of it."""

    def waiting(self) -> Iterator[str]:
        """Every name there is."""
        raise NotImplementedError

    def make(self, name: str) -> Any:
        """The value of a name; KeyError if there is none."""
        raise NotImplementedError

    def __missing__(self, name: str) -> Any:
        value = self.make(name)
        dict.__setitem__(self, name, value)
        return value

    def __contains__(self, name: object) -> bool:
        if dict.__contains__(self, name):
            return True
        try:
            self[str(name)]
        except KeyError:
            return False
        return True

    def get(self, name: str, default: Any = None) -> Any:
        try:
            return self[name]
        except KeyError:
            return default

    def names(self) -> dict[str, None]:
        return dict.fromkeys(dict.keys(self)) | dict.fromkeys(self.waiting())

    def filled(self) -> dict[str, Any]:
        """All of it, as a plain dict."""
        return {name: self[name] for name in self.names()}

    def __bool__(self) -> bool:
        return dict.__len__(self) > 0 or any(True for _ in self.waiting())

    def __iter__(self) -> Iterator[str]:
        return iter(self.names())

    def __len__(self) -> int:
        return len(self.names())

    def keys(self) -> Any:
        return self.names().keys()

    def values(self) -> Any:
        return self.filled().values()

    def items(self) -> Any:
        return self.filled().items()

    def copy(self) -> dict[str, Any]:
        return self.filled()


class Macros(Lazy):
    """Macros by name, in one context."""

    def __init__(self, macros: dict[str, Macro], ready: Callable[[Macro], MacroGenerator]) -> None:
        super().__init__()
        self.macros = macros
        self.ready = ready

    def waiting(self) -> Iterator[str]:
        return iter(self.macros)

    def make(self, name: str) -> MacroGenerator:
        return self.ready(self.macros[name])

    def __contains__(self, name: object) -> bool:
        return name in self.macros or dict.__contains__(self, name)


class Context(Lazy):
    """What a template sees: dbt's own names, and the macros where no name is."""

    namespace: MacroNamespace | None = None

    def waiting(self) -> Iterator[str]:
        return iter(() if self.namespace is None else self.namespace)

    def make(self, name: str) -> Any:
        if self.namespace is None:  # an empty one is asked nothing: whether it is empty takes all its names
            raise KeyError(name)
        return self.namespace[name]


def build_namespace(
    self: MacroNamespaceBuilder, by_package: dict[str, dict[str, Macro]], context: dict[str, Any]
) -> MacroNamespace:
    """As dbt's own: who is found where, and who comes first, is the same."""

    def ready(macro: Macro) -> MacroGenerator:
        return MacroGenerator(macro, context, self.node, self.thread_ctx)

    none: dict[str, Macro] = {}
    packages = {
        name: Macros(macros, ready) for name, macros in by_package.items() if name not in self.internal_package_names
    }
    internal: dict[str, Macro] = {}
    for name in reversed(self.internal_package_names_order):
        internal.update(by_package.get(name, {}))
    own = self.search_package if self.search_package in packages else None
    root = self.root_package if self.root_package in packages and self.root_package != own else None
    return MacroNamespace(
        packages[root] if root else Macros(none, ready),
        packages[own] if own else Macros(none, ready),
        Macros(internal, ready),
        packages,
    )


def begin_context(self: ManifestContext) -> MacroNamespace:
    self._ctx = Context()
    return BUILD_NAMESPACE(self)


def to_dict(self: ManifestContext) -> dict[str, Any]:
    """A macro hides dbt's own name; the others wait."""
    context = ConfiguredContext.to_dict(self)
    if not isinstance(context, Context):  # of a generic test at parse time: few macros
        context.update(self.namespace.local_namespace)
        context.update(self.namespace.project_namespace)
        return context
    for macros in self.namespace._search_order():
        for name in dict.keys(context) & getattr(macros, "macros", macros).keys():
            context[name] = self.namespace[name]
    context.namespace = self.namespace
    return context


def get_macro(self: MacroGenerator) -> Any:
    """Made once in a context, not for each call: what a macro takes from its context stays as it is there."""
    if "made" not in self.__dict__:
        self.__dict__["made"] = GET_MACRO(self)
    return self.__dict__["made"]


def quicken_macros() -> None:
    MacroNamespaceBuilder.build_namespace = build_namespace  # type: ignore[method-assign]
    ManifestContext._build_namespace = begin_context  # type: ignore[method-assign]
    ManifestContext.to_dict = to_dict  # type: ignore[method-assign]
    MacroGenerator.get_macro = get_macro  # type: ignore[method-assign]
