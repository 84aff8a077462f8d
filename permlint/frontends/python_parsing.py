"""Parses Python with libcst, and refuses what would kill its parser or keep it busy for minutes."""

from __future__ import annotations

import re
import threading

import libcst as cst

from permlint.frontends import Unreadable

_STACK_BYTES = 512 * 1024 * 1024
"""libcst's parser recurses: about 6.5 kB of stack for a bracket, 1.4 kB for a link of a chain. Only touched pages cost memory."""
_MAX_BRACKETS = 1_000
_DEEP = 40
_LONG = 4_000
_MAX_COST = 20_000_000
"""About five seconds of the parser's time."""
_PYTHON_2 = re.compile(r"^[ \t]*(?:print[ \t]+[\"'\w]|except[ \t]+[\w.]+[ \t]*,[ \t]*\w+[ \t]*:)", re.MULTILINE)
_BRACKET = re.compile(rb"[()\[\]{}]")
_OPERATORS = tuple(bytes((c,)) for c in b".+-*/%|&^~<>@") + (b"not ", b"if ", b"lambda", b'" "', b"' '")
_TOKEN = re.compile(
    rb"""#[^\n]*|(?:\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
    rb"""|[()\[\]{},;\n]|[.+\-*/%|&^~<>@]|\b(?:not|if|lambda|await|and|or)\b""",
    re.DOTALL,
)
_NESTED = re.compile(rb"\{[^{}\n]{0,40}?(?<!\w)[fFtT][rR]?[\"']")
_CASE = re.compile(rb"^[ \t]*case\b", re.MULTILINE)
_MAX_PATTERN = 10


def parse(text: str) -> cst.Module:
    """The tree of Python source text. Raises Unreadable for a syntax error or what is too deep or too long.

    It is made in a thread of its own, whose stack is large enough for what is not refused.
    """
    _refuse_deep(text.encode("utf-8", "replace"))
    result: list[cst.Module] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            result.append(cst.parse_module(text))
        except BaseException as error:  # noqa: BLE001 - handed to the caller's thread
            errors.append(error)

    before = threading.stack_size(_STACK_BYTES)
    try:
        thread = threading.Thread(target=run, name="permlint-parser")
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    if not errors:
        return result[0]
    error = errors[0]
    if isinstance(error, cst.ParserSyntaxError):
        raise Unreadable(_syntax_error(text), *_error_place(error, text))
    if isinstance(error, (RecursionError, MemoryError)):
        raise Unreadable("it is nested too deeply to be parsed")
    if isinstance(error, Exception):
        raise Unreadable(f"it could not be parsed: {_first_line(str(error)) or type(error).__name__}")
    raise error


def _refuse_deep(data: bytes) -> None:
    """Refuses what would overflow the parser's stack, and kill the process, or keep it busy for minutes.

    The parser's time grows with the square of a chain's length (operators, attributes, calls) and of the depth of brackets:
    measured 0.25 microseconds times the square of a chain, 12 for each bracket times its depth.
    """
    for case in _CASE.finditer(data):
        # The parser's time doubles with each bracket of a pattern.
        if _bracket_depth(data[case.end() : case.end() + 2_000]) > _MAX_PATTERN:
            raise Unreadable("it has a pattern that is nested too deeply", data.count(b"\n", 0, case.end()) + 1)
    if _is_harmless(data):
        return
    cost, deepest = _measure(data)
    if cost > _MAX_COST or deepest > _MAX_BRACKETS:
        raise Unreadable("it is nested too deeply, or its expressions are too long, to be parsed safely")


def _is_harmless(data: bytes) -> bool:
    """Whether source has so few brackets and operators that it need not be measured."""
    depth = deepest = 0
    brackets = _BRACKET.findall(data)
    for bracket in brackets:
        if bracket in b"([{":
            depth += 1
            deepest = max(deepest, depth)
        elif depth:
            depth -= 1
    return deepest <= _DEEP and len(brackets) <= 2 * _LONG and sum(map(data.count, _OPERATORS)) <= _LONG


def _measure(data: bytes) -> tuple[int, int]:
    """What parsing costs, in quarters of a microsecond, and how deep the brackets are at most."""
    chains = [0]
    cost = deepest = 0
    for token in _TOKEN.findall(data):
        if token in b",;\n":
            if token == b"," or len(chains) == 1:
                cost += chains[-1] ** 2
                chains[-1] = 0
        elif token in b"([{":
            chains.append(0)
            deepest = max(deepest, len(chains))
            cost += 48 * max(0, len(chains) - _DEEP)
        elif token in b")]}":
            cost += chains[-1] ** 2
            if len(chains) > 1:
                chains.pop()
            # A link that is a call costs the parser more than an operator, a subscript still more.
            chains[-1] += 3 if token == b"]" else 2
        elif token[:1] != b"#":
            chains[-1] += 2 if token == b"if" else 1
    # The strings above hide what f-strings nest; each of these costs 18 microseconds times their number.
    cost += 73 * len(_NESTED.findall(data)) ** 2
    return cost + chains[-1] ** 2, deepest


def _bracket_depth(data: bytes) -> int:
    """How deep the brackets are that open before the first one that stands alone is closed."""
    depth = deepest = 0
    for match in _BRACKET.finditer(data):
        if match[0] in b"([{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
            if depth <= 0:
                break
    return deepest


def _first_line(message: str) -> str:
    return message.strip().split("\n", 1)[0].removeprefix("parser error: ").removesuffix(".")


def _syntax_error(text: str) -> str:
    if _PYTHON_2.search(text):
        return "it is Python 2, or has a syntax error here"
    return "it is not valid Python 3: there is a syntax error here"


def _error_place(error: cst.ParserSyntaxError, text: str) -> tuple[int, int]:
    """Where Python itself sees the error: libcst says the first line for a fault of tokens, and a line too far for others."""
    import ast
    import warnings

    lines = text.count("\n") + 1
    line, column = error.raw_line, error.editor_column
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as own:
        line, column = own.lineno or line, own.offset or 1
    except (ValueError, RecursionError, MemoryError):
        pass
    return min(max(line, 1), lines), max(1, min(column, 10_000))
