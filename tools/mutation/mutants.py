"""Mutants of the gate: each line of a macro removed or weakened in turn, by rule and never by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import jinja2

COMMENT = re.compile(r"\{#.*?#\}", re.S)
MACRO = re.compile(r"\{%-?\s*(?:macro|materialization)\s+(\w+).*?-?%\}", re.S)
KEPT = re.compile(
    r"^\s*(\{%-?\s*(macro|endmacro|materialization|endmaterialization|if|elif|else|endif|for|endfor|call|endcall)\b.*%\}\s*)+$"
)


@dataclass(frozen=True)
class Mutant:
    """One line of a file, as it is and as it becomes."""

    file: str
    number: int
    operator: str
    before: str
    after: str

    @property
    def name(self) -> tuple[str, str, str]:
        """What it is called in the list of survivors: without the line's number, which moves."""
        return (self.file, self.before.strip(), self.after.strip())

    def applied(self, text: str) -> str:
        lines = text.split("\n")
        assert lines[self.number] == self.before
        lines[self.number] = self.after
        return "\n".join(lines)


Change = tuple[int, int, str]  # of a line: what stands from here to there becomes this


def swapped(pattern: str, replacement: str) -> Callable[[str], Iterator[Change]]:
    """Each place where the pattern stands, alone."""

    def changes(line: str) -> Iterator[Change]:
        for match in re.finditer(pattern, line):
            yield match.start(), match.end(), match.expand(replacement)

    return changes


def unwrapped(opening: str, becomes: Callable[[str], str]) -> Callable[[str], Iterator[Change]]:
    """A call, by its closing bracket, becomes something of its arguments."""

    def changes(line: str) -> Iterator[Change]:
        for match in re.finditer(opening, line):
            depth = 1
            for place in range(match.end(), len(line)):
                depth += {"(": 1, ")": -1}.get(line[place], 0)
                if depth == 0:
                    yield match.start(), place + 1, becomes(line[match.end() : place])
                    break

    return changes


def fewer_of_a_list(line: str) -> Iterator[Change]:
    """Each text of a list of texts left out."""
    for listed in re.finditer(r"\[(?:'[^']*'(?:, )?){2,}\]", line):
        for one in re.finditer(r"'[^']*'(, )?", listed.group()):
            yield listed.start() + one.start(), listed.start() + one.end(), ""


def decided(line: str) -> Iterator[Change]:
    """A condition of the template that always, or never, holds."""
    for match in re.finditer(r"\{%-?\s*(?:el)?if (.+?)\s*-?%\}", line):
        for value in ("true", "false"):
            yield match.start(1), match.end(1), value
    for match in re.finditer(r"\{%-?\s*for .+? in .+? if (.+?)\s*-?%\}", line):
        yield match.start(1), match.end(1), "true"
    for match in re.finditer(r" if ((?:(?! if | else )[^{}])+?) else ", line):
        for value in ("true", "false"):
            yield match.start(1), match.end(1), value


def counted(arguments: str) -> str:
    return "count(*)"


def first_argument(arguments: str) -> str:
    depth = 0
    for place, sign in enumerate(arguments):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            return arguments[:place]
    return arguments


OPERATORS: dict[str, list[Callable[[str], Iterator[Change]]]] = {
    "a bound moved": [swapped(" >= ", " > "), swapped(" <= ", " < "), swapped(" > ", " >= "), swapped(" < ", " <= ")],
    "a comparison turned": [swapped(" <> ", " = "), swapped(" == ", " != "), swapped(" != ", " == "), swapped(r"(?<!set)(?<=[\w\)\]'])(?<!^)( = )(?=['\"{\w(])", " <> ")],
    "and for or": [swapped(r"(?<!between 1) and ", " or "), swapped(" or ", " and ")],
    "a not left out": [swapped(r"\bnot ", "")],
    "least for greatest": [swapped(r"\bmin\(", "max("), swapped(r"\bmax\(", "min("), swapped(r"\bgreatest\(", "least("), swapped(r"\bleast\(", "greatest("), swapped(r"\| min\b", "| max"), swapped(r"\| max\b", "| min")],
    "k is 1": [swapped(r"policy\['k'\]( - 1)?", "1")],
    "records, not subjects": [unwrapped(r"count\(distinct ", counted), swapped(r"\bdistinct ", "")],
    "a normalisation left out": [unwrapped(r"tokumei\.sql_(?:normalise|fold|trim)\(", first_argument), unwrapped(r"coalesce\(", first_argument)],
    "a value left out": [fewer_of_a_list],
    "a condition decided": [decided],
    "a filter left out": [swapped(r" \| (?:select|reject)(?:attr)?\([^()]*\)", "")],
    "nothing found": [swapped(r"^(\s*)where\b(?=.*)", r"\1where false and "), swapped(r"(?<=')( where )", r"\1false and "), swapped(r"\b1 else 0 end", "0 else 0 end"), swapped("'count\\(\\*\\)'", "'0'")],
    "a number more": [swapped(r"(?<![\w.'\[-])([1-9]\d*)(?![\w.'])(?=[^\]]*)", "{n}")],
}  # fmt: skip


WORDS = ("and for or", "a not left out")
ELSEWHERE = ("postgres__", "spark__")  # what begins so is never called here: the score is of DuckDB


def mutants_of(path: Path, root: Path) -> list[Mutant]:
    """All mutants of one file that are still templates, each once."""
    text = path.read_text(encoding="utf-8")
    code = COMMENT.sub(lambda comment: blank(comment.group()), text)
    code = BLOCK.sub(
        lambda block: blank(block.group()) if block.group(2).startswith(ELSEWHERE) else block.group(), code
    )
    file, made, seen = str(path.relative_to(root)), [], set()
    lines = code.split("\n")
    for number, (before, line) in enumerate(zip(text.split("\n"), lines, strict=True)):
        if not line.strip("\0 "):
            continue
        for operator, after in weakened(line, lines[:number]):
            after = (
                "".join(b if a == "\0" else a for a, b in zip(after, before, strict=False)) if "\0" in after else after
            )
            mutant = Mutant(file, number, operator, before, after)
            if after != before and (number, after) not in seen and is_a_template(mutant.applied(text)):
                seen.add((number, after))
                made.append(mutant)
    return made


def blank(text: str) -> str:
    return re.sub(r"[^\n]", "\0", text)


def weakened(line: str, above: list[str]) -> Iterator[tuple[str, str]]:
    """Operator and line after it."""
    if MACRO.search(line):
        if re.search(r"macro (audit|attack)_(?!as_test|query)\w+\(policy, scene\)", line):
            yield "an early return", line + "{{- return(tokumei._nothing_to_find()) -}}"
        return
    if not KEPT.match(line):
        yield "a line left out", ""
    for operator, rules in OPERATORS.items():
        if operator in WORDS and re.search(r"\.append\('", line):
            continue  # the words of an error
        for rule in rules:
            for start, end, becomes in rule(line):
                if operator == "a number more":
                    if (
                        line[:start].endswith("select ")
                        or "indent(" in line[max(0, start - 8) : start]
                        or "_lines(" in line
                    ):
                        continue
                    becomes = str(int(line[start:end]) + 1)
                yield operator, line[:start] + becomes + line[end:]


ENVIRONMENT = jinja2.Environment(extensions=["jinja2.ext.do"])


def is_a_template(text: str) -> bool:
    """Whether it compiles: what does not is no mutant."""
    text = re.sub(r"\{%-?\s*materialization\s+(\w+).*?%\}", r"{% macro \1() %}", text).replace(
        "endmaterialization", "endmacro"
    )
    try:
        ENVIRONMENT.parse(text)
    except jinja2.TemplateSyntaxError:
        return False
    return True


BLOCK = re.compile(r"\{%-?\s*(macro|materialization)\s+(\w+).*?\{%-?\s*end\1\s*-?%\}", re.S)


def macros_in(text: str) -> dict[str, str]:
    """Name, as dbt has it, → text of each macro of a file."""
    names = {"macro": "{}", "materialization": "materialization_{}_default"}
    return {names[block.group(1)].format(block.group(2)): block.group() for block in BLOCK.finditer(text)}
