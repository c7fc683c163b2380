"""What a macro reads from the warehouse, followed to where it is put into text: over-cautious, seldom the other way.

Jinja's own trees are walked, each macro once for every way it is called, until nothing changes. Numbers made by `int`, lengths
and answers to comparisons hold nothing of what was read any more, nor does what sql_literal and sql_identifier gave. Of a
dict, and of a list of dicts, it is known which fields hold it: two deep they count as one.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from dbt_common.clients.jinja import get_environment
from jinja2 import nodes

READS = {"run_query", "load_result", "run_statement", "answer_of", "first_row", "list_relations_without_caching"}
SAFE = {"sql_literal", "sql_text_literal", "sql_identifier", "local_md5"}
NUMBERS = {"int", "float", "length", "count"}
HEARD = {"log", "print", "raise_compiler_error", "warn", "_policy_error", "_export_error"}
Held = frozenset[str]  # the fields that hold something read; "" is all of it
Context = tuple[str, Held]  # a macro, and which of its arguments hold something: "row", or "scene.measures"
Finding = tuple[str, str]  # a macro, and what it puts into a text
NONE: Held = frozenset()
ALL: Held = frozenset([""])


def name_of(call: nodes.Call) -> str:
    """The macro, function or method that is called."""
    callee = call.node
    if isinstance(callee, nodes.Call) and name_of(callee) == "dispatch" and isinstance(callee.args[0], nodes.Const):
        return str(callee.args[0].value)
    return callee.name if isinstance(callee, nodes.Name) else callee.attr if isinstance(callee, nodes.Getattr) else ""


def text_of(node: nodes.Node | None) -> str:
    """An expression, much as it is written."""
    if isinstance(node, nodes.Const):
        return repr(node.value)
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{text_of(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{text_of(node.node)}[{text_of(node.arg)}]"
    if isinstance(node, nodes.Slice):
        return ":".join(text_of(part) for part in (node.start, node.stop))
    if isinstance(node, nodes.Filter):
        return f"{text_of(node.node)} | {node.name}"
    if isinstance(node, nodes.Call):
        return f"{text_of(node.node)}({', '.join(text_of(part) for part in node.args)})"
    return type(node).__name__.lower() if node else ""


class Package:
    """Every macro below a folder, each looked at once for every set of its arguments that may hold what was read."""

    def __init__(self, folder: Path) -> None:
        self.macros: dict[str, nodes.Macro] = {}
        environment = get_environment(None)
        for path in sorted(folder.rglob("*.sql")):
            for macro in environment.parse(path.read_text(encoding="utf-8")).find_all(nodes.Macro):
                self.macros[macro.name.removeprefix("dbt_macro__")] = macro
        self.variants: dict[str, list[str]] = defaultdict(list)
        for name in self.macros:
            for called in {name, name.split("__", 1)[-1]}:
                self.variants[called].append(name)
        self.holds: dict[Context, dict[str, Held]] = {(name, NONE): {} for name in self.macros}
        self.results: dict[Context, Held] = defaultdict(frozenset)
        self.found: set[Finding] = set()
        self.at: Context = ("", NONE)
        before: object = None
        while before != (before := self.size()):
            for context in list(self.holds):
                self.at = context
                for node in self.macros[context[0]].body:
                    self.visit(node)

    def size(self) -> tuple[int, int, int]:
        held = sum(len(fields) for names in self.holds.values() for fields in names.values())
        return held, len(self.holds), sum(map(len, self.results.values()))

    def find(self, node: nodes.Node) -> None:
        self.found.add((self.at[0], text_of(node)))

    def hold(self, target: nodes.Node, held: Held) -> None:
        if isinstance(target, (nodes.Name, nodes.NSRef)):
            name = f"{target.name}.{target.attr}" if isinstance(target, nodes.NSRef) else target.name
            names = self.holds[self.at]
            names[name] = names.get(name, NONE) | held
        elif isinstance(target, (nodes.Tuple, nodes.List)):
            for one in target.items:
                self.hold(one, ALL if held else NONE)
        elif isinstance(target, nodes.Getattr):
            self.hold(target.node, frozenset([target.attr]) if held else NONE)
        elif isinstance(target, nodes.Getitem):
            known = isinstance(target.arg, nodes.Const) and isinstance(target.arg.value, str) and held
            self.hold(target.node, frozenset([target.arg.value]) if known else held)

    def visit(self, node: nodes.Node) -> None:
        """A statement."""
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                if self.read(part) and not (isinstance(part, nodes.Call) and name_of(part) == "return"):
                    self.find(part)
        elif isinstance(node, nodes.Assign):
            if isinstance(node.node, nodes.Call) and name_of(node.node) == "namespace":
                for pair in node.node.kwargs:
                    self.hold(nodes.NSRef(node.target.name, pair.key), self.read(pair.value))
            else:
                self.hold(node.target, self.read(node.node))
        elif isinstance(node, nodes.For):
            self.hold(node.target, self.read(node.iter))
            for part in [*node.body, *node.else_]:
                self.visit(part)
        else:
            for part in node.iter_child_nodes():
                if isinstance(part, nodes.Stmt):
                    self.visit(part)
                else:
                    self.read(part)

    def read(self, node: nodes.Node | None) -> Held:
        """What of an expression may hold something read; what it puts into text is found on the way."""
        if node is None or isinstance(node, (nodes.Const, nodes.TemplateData)):
            return NONE
        if isinstance(node, nodes.Name):
            return self.holds[self.at].get(node.name, NONE)
        if isinstance(node, nodes.Getattr):
            own = f"{node.node.name}.{node.attr}" if isinstance(node.node, nodes.Name) else ""
            return self.holds[self.at].get(own, NONE) or self.member(self.read(node.node), node.attr)
        if isinstance(node, nodes.Getitem):
            self.read(node.arg)
            key = node.arg.value if isinstance(node.arg, nodes.Const) else None
            return self.member(self.read(node.node), key) if isinstance(key, str) else self.read(node.node)
        if isinstance(node, nodes.Call):
            return self.call(node)
        if isinstance(node, nodes.Filter):
            return self.filtered(node)
        if isinstance(node, nodes.Concat):
            for part in node.nodes:
                if self.read(part):
                    self.find(part)
            return NONE
        if isinstance(node, nodes.Dict):
            fields = [self.pair(pair) for pair in node.items]
            return NONE.union(*fields)
        if isinstance(node, nodes.CondExpr):
            self.read(node.test)
            return self.read(node.expr1) | self.read(node.expr2)
        together = NONE.union(*[self.read(part) for part in node.iter_child_nodes()])
        return NONE if isinstance(node, (nodes.Compare, nodes.Test, nodes.Not, nodes.Sub, nodes.Div)) else together

    def member(self, held: Held, name: str) -> Held:
        return ALL if held & {"", name} else NONE

    def pair(self, pair: nodes.Pair) -> Held:
        held, key = self.read(pair.value), self.read(pair.key)
        if isinstance(pair.key, nodes.Const):
            return frozenset([str(pair.key.value)]) if held else NONE
        return held | key

    def filtered(self, node: nodes.Filter) -> Held:
        held = NONE.union(self.read(node.node), *[self.read(part) for part in node.args])
        for pair in node.kwargs:
            self.read(pair.value)
            if pair.key == "attribute" and node.name == "map" and isinstance(pair.value, nodes.Const):
                held = self.member(held, str(pair.value.value))
        if node.name == "join" and held:
            self.find(node)
        return NONE if node.name in NUMBERS | {"join"} else held

    def call(self, node: nodes.Call) -> Held:
        name = name_of(node)
        before = set(self.found)
        given = [self.read(part) for part in node.args]
        named = {pair.key: self.read(pair.value) for pair in node.kwargs}
        if name in HEARD:
            self.found = before
            return NONE
        together = NONE.union(*given, *named.values())
        if name == "return":
            self.results[self.at] |= together
            return together
        if name in READS:
            if together:
                self.find(node.args[0])
            return ALL
        if name in SAFE:
            return NONE
        if name in ("append", "extend", "update") and isinstance(node.node, nodes.Getattr):
            self.hold(node.node.node, together)
            return NONE
        if name in self.variants:
            return self.pass_on(name, given, named)
        base = self.read(node.node.node) if isinstance(node.node, nodes.Getattr) else NONE
        if name == "get" and node.args and isinstance(node.args[0], nodes.Const):
            return self.member(base, str(node.args[0].value)) | NONE.union(*given[1:])
        return base | together

    def pass_on(self, name: str, given: list[Held], named: dict[str, Held]) -> Held:
        """What a macro may give back of what was read, called like this."""
        back = NONE
        for variant in self.variants[name]:
            arguments = [argument.name for argument in self.macros[variant].args]
            held = {argument: one for argument, one in [*zip(arguments, given, strict=False), *named.items()] if one}
            context = (variant, frozenset(f"{a}.{field}" for a, fields in held.items() for field in fields))
            self.holds.setdefault(context, dict(held))
            back |= self.results[context]
        return back
