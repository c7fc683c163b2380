"""What a macro reads from the warehouse, followed to where it is put into text: over-cautious, never the other way.

Jinja's own trees are walked, all macros together, until nothing changes. A name, a field of a dict (whichever dict), a macro's
argument and a macro's result may hold what was read; numbers, lengths and answers to comparisons hold nothing of it any more,
nor does what sql_literal and sql_identifier gave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from dbt_common.clients.jinja import get_environment
from jinja2 import nodes

READS = {"run_query", "load_result", "first_row", "run_statement", "statement"}
CATALOG = {"get_columns_in_relation", "get_relation", "list_relations"}
SAFE = {"sql_literal", "sql_text_literal", "sql_identifier", "local_md5"}
NUMBERS = {"int", "float", "length", "count"}
HEARD = {"log", "print", "raise_compiler_error", "warn", "_policy_error", "_raise_together", "_export_error"}
Finding = tuple[str, str]  # the macro, and what it puts into a text


def name_of(call: nodes.Call) -> str:
    """The macro, function or method that is called."""
    callee = call.node
    if isinstance(callee, nodes.Call) and name_of(callee) == "dispatch" and isinstance(callee.args[0], nodes.Const):
        return str(callee.args[0].value)
    return callee.name if isinstance(callee, nodes.Name) else callee.attr if isinstance(callee, nodes.Getattr) else ""


def text_of(node: nodes.Node) -> str:
    """An expression, as it would be written."""
    if isinstance(node, nodes.Const):
        return repr(node.value)
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{text_of(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{text_of(node.node)}[{text_of(node.arg)}]"
    if isinstance(node, nodes.Slice):
        return ":".join(text_of(part) if part else "" for part in (node.start, node.stop))
    if isinstance(node, nodes.Filter):
        return f"{text_of(node.node)} | {node.name}" if node.node else node.name
    if isinstance(node, nodes.Call):
        return f"{text_of(node.node)}({', '.join(text_of(part) for part in node.args)})"
    return type(node).__name__.lower()


class Package:
    """Every macro below a folder."""

    def __init__(self, folder: Path) -> None:
        self.macros: dict[str, nodes.Macro] = {}
        environment = get_environment(None)
        for path in sorted(folder.rglob("*.sql")):
            tree = environment.parse(path.read_text(encoding="utf-8"))
            for macro in tree.find_all(nodes.Macro):
                self.macros[macro.name.removeprefix("dbt_macro__")] = macro
        self.holds: dict[str, set[str]] = defaultdict(set)  # macro → names that may hold what was read
        self.fields: set[str] = set()
        self.results: set[str] = set()  # macros whose result may hold what was read
        self.passes_on: set[str] = set()  # macros whose result may hold what they are given
        self.found: set[Finding] = set()
        self.macro = ""
        self.follow()

    def variants(self, name: str) -> list[str]:
        return [one for one in self.macros if one == name or one.endswith("__" + name)]

    def follow(self) -> None:
        before: object = None
        while before != (before := self.state()):
            for self.macro, tree in self.macros.items():
                for node in tree.body:
                    self.visit(node)

    def state(self) -> tuple[int, ...]:
        held = sum(map(len, self.holds.values()))
        return held, len(self.fields), len(self.results), len(self.found)

    def hold(self, target: nodes.Node) -> None:
        if isinstance(target, nodes.NSRef):
            self.holds[self.macro].add(f"{target.name}.{target.attr}")
        elif isinstance(target, nodes.Name):
            self.holds[self.macro].add(target.name)
        elif isinstance(target, (nodes.Tuple, nodes.List)):
            for one in target.items:
                self.hold(one)
        elif isinstance(target, (nodes.Getattr, nodes.Getitem)):
            self.hold(target.node)

    def visit(self, node: nodes.Node) -> None:
        """A statement."""
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                if isinstance(part, nodes.TemplateData):
                    continue
                if self.read(part) and not (isinstance(part, nodes.Call) and name_of(part) == "return"):
                    self.found.add((self.macro, text_of(part)))
        elif isinstance(node, nodes.Assign):
            self.assign(node)
        elif isinstance(node, nodes.For):
            if self.read(node.iter):
                self.hold(node.target)
            for part in [*node.body, *node.else_]:
                self.visit(part)
        else:
            for part in node.iter_child_nodes():
                if isinstance(part, nodes.Stmt):
                    self.visit(part)
                elif isinstance(part, nodes.Expr):
                    self.read(part)

    def assign(self, node: nodes.Assign) -> None:
        if isinstance(node.node, nodes.Call) and name_of(node.node) == "namespace":
            for pair in node.node.kwargs:
                if self.read(pair.value) and isinstance(node.target, nodes.Name):
                    self.holds[self.macro].add(f"{node.target.name}.{pair.key}")
        elif self.read(node.node):
            self.hold(node.target)

    def read(self, node: nodes.Node | None) -> bool:
        """Whether an expression may hold what was read; what it puts into text is found on the way."""
        if node is None or isinstance(node, (nodes.Const, nodes.TemplateData)):
            return False
        if isinstance(node, nodes.Name):
            return node.name in self.holds[self.macro]
        if isinstance(node, nodes.Getattr):
            return self.member(node.node, node.attr)
        if isinstance(node, nodes.Getitem):
            if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
                return self.member(node.node, node.arg.value)
            self.read(node.arg)
            return self.read(node.node)
        if isinstance(node, nodes.Call):
            return self.call(node)
        if isinstance(node, nodes.Filter):
            return self.filtered(node)
        if isinstance(node, (nodes.Concat, nodes.Add)):
            parts = node.nodes if isinstance(node, nodes.Concat) else [node.left, node.right]
            lists = isinstance(node, nodes.Add)
            held = [part for part in parts if self.read(part)]
            if not lists:
                self.found.update((self.macro, text_of(part)) for part in held)
            return bool(held) and lists
        if isinstance(node, nodes.Dict):
            return any([self.pair(pair) for pair in node.items])
        if isinstance(node, nodes.CondExpr):
            self.read(node.test)
            return any([self.read(node.expr1), self.read(node.expr2)])
        held_parts = [self.read(part) for part in node.iter_child_nodes()]
        return any(held_parts) and not isinstance(node, (nodes.Compare, nodes.Test, nodes.Not, nodes.Sub, nodes.Div))

    def member(self, base: nodes.Node, name: str) -> bool:
        held = self.read(base)
        own = f"{base.name}.{name}" if isinstance(base, nodes.Name) else ""
        return held or name in self.fields or own in self.holds[self.macro]

    def pair(self, pair: nodes.Pair) -> bool:
        held = self.read(pair.value)
        return any([held, self.read(pair.key)])

    def filtered(self, node: nodes.Filter) -> bool:
        parts = [self.read(node.node), *[self.read(part) for part in node.args]]
        for pair in node.kwargs:
            parts.append(self.read(pair.value))
            if pair.key == "attribute" and isinstance(pair.value, nodes.Const):
                parts.append(str(pair.value.value) in self.fields)
        if node.name in NUMBERS:
            return False
        if node.name == "join" and any(parts):
            self.found.add((self.macro, text_of(node)))
            return False
        return any(parts)

    def call(self, node: nodes.Call) -> bool:
        name = name_of(node)
        if name in HEARD:
            before = set(self.found)
            for part in node.args:
                self.read(part)
            self.found = before
            return False
        given = [self.read(part) for part in node.args]
        named = {pair.key: self.read(pair.value) for pair in node.kwargs}
        base = self.read(node.node) if not isinstance(node.node, nodes.Name) else False
        if name == "return":
            if any(given):
                self.results |= {self.macro, self.macro.split("__", 1)[-1]}
            return any(given)
        if name in READS and any(given):
            self.found.add((self.macro, text_of(node.args[0])))
        if name in READS | CATALOG:
            return True
        if name in SAFE:
            return False
        if name in ("append", "extend", "update", "insert") and isinstance(node.node, nodes.Getattr):
            if any(given):
                self.hold(node.node.node)
            return False
        for variant in self.variants(name):
            arguments = [argument.name for argument in self.macros[variant].args]
            self.holds[variant] |= {a for a, held in zip(arguments, given, strict=False) if held}
            self.holds[variant] |= {a for a, held in named.items() if held and a in arguments}
        if self.variants(name):
            return name in self.results
        return base or any(given) or any(named.values())


def steps(findings: set[Finding]) -> Iterator[Finding]:
    yield from sorted(findings)
