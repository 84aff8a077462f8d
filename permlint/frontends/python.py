"""Python, read with libcst: a visitor lowers its syntax tree to the small program form.

The visitor dispatches on node types by itself instead of using `CSTVisitor.visit`, which costs twenty times as much and
ends in a RecursionError on deep trees. It also finds each token's place by itself: it goes through the leaves in the order
of the source and looks for each from where the last one ended, where only white space, comments, operators and keywords
can stand between. libcst's PositionProvider would cost more than parsing.
"""

from __future__ import annotations

import codecs
import re
import threading
from collections.abc import Callable
from typing import Any

import libcst as cst

from permlint import program as p
from permlint.frontends import Unreadable
from permlint.frontends.hidden import hide
from permlint.places import LineIndex

LANGUAGE = "python"
_STACK_BYTES = 512 * 1024 * 1024
"""libcst's parser recurses: about 6.5 kB of stack for a bracket, 1.4 kB for a link of a chain. Only touched pages cost memory."""
_MAX_BRACKETS = 1_000
_DEEP = 40
_LONG = 4_000
_MAX_COST = 20_000_000
"""About five seconds of the parser's time."""
_MAX_DEPTH = 90
"""Expressions nested more deeply than this are passed over (with their leaves) and become `Opaque`."""

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
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
_BEFORE_STATEMENT = re.compile(r"(?:[\s;:]|\\\r?\n|#[^\r\n]*)*")
_ESCAPE = re.compile(
    r"\\(?:\r\n|[\n\r]|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|.)", re.DOTALL
)
_SIMPLE_ESCAPES = {
    "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
}  # fmt: skip
_OPERATOR_TEXT = {
    "Add": "+", "Subtract": "-", "Multiply": "*", "Divide": "/", "FloorDivide": "//", "Modulo": "%", "Power": "**",
    "BitOr": "|", "BitAnd": "&", "BitXor": "^", "LeftShift": "<<", "RightShift": ">>", "MatrixMultiply": "@",
    "Equal": "==", "NotEqual": "!=", "LessThan": "<", "LessThanEqual": "<=", "GreaterThan": ">", "GreaterThanEqual": ">=",
    "In": "in", "NotIn": "not in", "Is": "is", "IsNot": "is not",
}  # fmt: skip


def lower(path: str, data: bytes) -> p.Program:
    """The program in a Python file's bytes. Raises Unreadable for an encoding fault, a syntax error or too deep nesting."""
    return lower_text(path, decode(data))


def decode(data: bytes) -> str:
    """The text of a source file: by its byte order mark or coding cookie, else UTF-8. Raises Unreadable."""
    if b"\0" in data:
        raise Unreadable("it holds NUL bytes, so it is not Python source")
    encoding = "utf-8"
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    else:
        for line in data.split(b"\n", 2)[:2]:
            cookie = _COOKIE.match(line)
            if cookie:
                encoding = cookie[1].decode("ascii", "replace")
                break
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        at = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"it is not valid {encoding}", at) from None
    except (LookupError, ValueError):
        raise Unreadable(f"its encoding {encoding!r} is not known") from None


def lower_text(path: str, text: str, cells: list[tuple[int, int]] | None = None) -> p.Program:
    """The program in Python source text. cells: for a notebook, the lines at which its cells start. Raises Unreadable."""
    _refuse_deep(text.encode("utf-8", "replace"))
    module = _parse(text)
    lowering = _Lowering(text)
    body = lowering.block(module.body)
    return p.Program(path, body, sorted(lowering.extents), LineIndex(text), _comments(text), cells, language=LANGUAGE)


def _refuse_deep(data: bytes) -> None:
    """Refuses what would overflow the parser's stack, and kill the process, or keep it busy for minutes.

    The parser's time grows with the square of a chain's length (operators, attributes, calls) and of the depth of brackets:
    measured 0.25 microseconds times the square of a chain, 12 for each bracket times its depth.
    """
    for case in _CASE.finditer(data):
        # The parser's time doubles with each bracket of a pattern.
        if _bracket_depth(data[case.end() : case.end() + 2_000]) > _MAX_PATTERN:
            raise Unreadable("it has a pattern that is nested too deeply", data.count(b"\n", 0, case.end()) + 1)
    depth = deepest = 0
    brackets = _BRACKET.findall(data)
    for bracket in brackets:
        if bracket in b"([{":
            depth += 1
            deepest = max(deepest, depth)
        elif depth:
            depth -= 1
    if deepest <= _DEEP and len(brackets) <= 2 * _LONG and sum(map(data.count, _OPERATORS)) <= _LONG:
        return
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
    if cost + chains[-1] ** 2 > _MAX_COST or deepest > _MAX_BRACKETS:
        raise Unreadable("it is nested too deeply, or its expressions are too long, to be parsed safely")


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


def _parse(text: str) -> cst.Module:
    """Parses in a thread of its own with a stack large enough for what `_refuse_deep` lets through."""
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


def _comments(text: str) -> list[tuple[int, int, str, bool]]:
    """The comments that name permlint: start, end, text without the marker, whether nothing else stands on the line."""
    if "permlint" not in text:
        return []
    import io
    import tokenize

    starts = LineIndex(text).starts
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and "permlint" in token.string:
                start = starts[token.start[0] - 1] + token.start[1]
                body = token.string.lstrip("#")
                alone = not token.line[: token.start[1]].strip()
                end = start + len(token.string)
                found.append((end - len(body), end, hide(body), alone))
    except (tokenize.TokenError, SyntaxError, IndexError):
        pass
    return found


class _Lowering:
    """Lowers the nodes of one module. `at` is the offset in the text up to which tokens have been found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.hidden = hide(text)
        self.at = 0
        self.depth = 0
        self.extents: list[tuple[int, int]] = []

    # Places -------------------------------------------------------------------------------------------------------

    def find(self, token: str, *, word: bool = False) -> int:
        """Goes past the next occurrence of a token outside comments; returns where it starts."""
        text = self.text
        at = self.at
        while True:
            start = text.find(token, at)
            if start < 0:
                return self.at
            comment = text.find("#", at, start)
            if comment >= 0:
                end = _line_end(text, comment)
                at = end
                continue
            end = start + len(token)
            if word and (
                (start and (text[start - 1].isalnum() or text[start - 1] == "_"))
                or (end < len(text) and (text[end].isalnum() or text[end] == "_"))
            ):
                at = end
                continue
            self.at = end
            return start

    def skip(self, node: Any) -> None:
        """Goes past all leaves of a node, without recursion."""
        stack = [node]
        while stack:
            node = stack.pop()
            kind = type(node).__name__
            if kind in _WHITESPACE:
                continue
            if kind == "Name":
                self.find(node.value, word=True)
            elif kind in _VERBATIM:
                self.find(node.value)
            elif kind == "FormattedString" or kind == "TemplatedString":
                self.find(node.start)
                stack.extend(reversed(node.parts))
            elif kind == "FormattedStringText" or kind == "TemplatedStringText":
                self.at += len(node.value)
            elif kind == "FormattedStringExpression" or kind == "TemplatedStringExpression":
                self.at += 1
                stack.append(_CLOSE_BRACE)
                stack.extend(reversed(node.format_spec or ()))
                stack.append(node.expression)
            elif node is _CLOSE_BRACE:
                self.find("}")
            else:
                stack.extend(reversed(node.children))

    # Statements ---------------------------------------------------------------------------------------------------

    def block(self, statements: Any) -> tuple[p.Statement, ...]:
        out: list[p.Statement] = []
        for statement in statements:
            if type(statement) is cst.SimpleStatementLine:
                for small in statement.body:
                    self.small(small, out)
            else:
                self.compound(statement, out)
        return tuple(out)

    def suite(self, node: Any) -> tuple[p.Statement, ...]:
        """The statements of an indented block or of one on the line of its head."""
        if type(node) is cst.IndentedBlock:
            return self.block(node.body)
        out: list[p.Statement] = []
        for small in node.body:
            self.small(small, out)
        return tuple(out)

    def begin(self) -> int:
        """Goes to where the next statement starts."""
        match = _BEFORE_STATEMENT.match(self.text, self.at)
        if match:
            self.at = match.end()
        return self.at

    def small(self, node: Any, out: list[p.Statement]) -> None:
        start = self.begin()
        method = _SMALL.get(type(node))
        if method is None:
            self.skip(node)
        else:
            method(self, node, start, out)
        if self.at > start:
            self.extents.append((start, self.at))

    def expr_statement(self, node: cst.Expr, start: int, out: list[p.Statement]) -> None:
        value = self.expression(node.value)
        out.append(p.Do(start, self.at, value))

    def assign(self, node: cst.Assign, start: int, out: list[p.Statement]) -> None:
        targets = tuple([self.expression(target.target) for target in node.targets])
        value = self.expression(node.value)
        out.append(p.Assign(start, self.at, targets, value))

    def ann_assign(self, node: cst.AnnAssign, start: int, out: list[p.Statement]) -> None:
        target = self.expression(node.target)
        annotation = self.expression(node.annotation.annotation)
        value = self.expression(node.value) if node.value is not None else None
        out.append(p.Assign(start, self.at, (target,), value, annotation))

    def aug_assign(self, node: cst.AugAssign, start: int, out: list[p.Statement]) -> None:
        target = self.expression(node.target)
        operator = _OPERATOR_TEXT.get(type(node.operator).__name__.removesuffix("Assign"), "?")
        value = self.expression(node.value)
        out.append(p.Augment(start, self.at, operator, target, value))

    def return_(self, node: cst.Return, start: int, out: list[p.Statement]) -> None:
        self.find("return", word=True)
        value = self.expression(node.value) if node.value is not None else None
        out.append(p.Return(start, self.at, value))

    def raise_(self, node: cst.Raise, start: int, out: list[p.Statement]) -> None:
        self.find("raise", word=True)
        value = self.expression(node.exc) if node.exc is not None else None
        if node.cause is not None:
            self.skip(node.cause)
        out.append(p.Leave(start, self.at, "raise", value))

    def leave_loop(self, node: Any, start: int, out: list[p.Statement]) -> None:
        kind = "break" if isinstance(node, cst.Break) else "continue"
        self.find(kind, word=True)
        out.append(p.Leave(start, self.at, kind, None))

    def outer(self, node: Any, start: int, out: list[p.Statement]) -> None:
        self.skip(node)
        names = tuple([item.name.value for item in node.names])
        out.append(p.Outer(start, self.at, names, isinstance(node, cst.Global)))

    def del_(self, node: cst.Del, start: int, out: list[p.Statement]) -> None:
        """`del items[key]` takes the item out, as `items.pop(key)` does; a slice of it becomes empty."""
        self.find("del", word=True)
        targets = self.expression(node.target)
        for target in targets.items if isinstance(targets, p.Sequence) else (targets,):
            if not isinstance(target, p.Index):
                continue
            at = target.start
            if isinstance(target.key, p.Slice):
                out.append(p.Assign(at, self.at, (target,), p.Sequence(at, at, "list", ())))
            else:
                pop = p.Attribute(at, at, target.value, "pop")
                out.append(p.Do(at, self.at, p.Call(at, self.at, pop, ((None, target.key),))))

    def import_(self, node: cst.Import, start: int, out: list[p.Statement]) -> None:
        self.find("import", word=True)
        for alias in node.names:
            module = _dotted(alias.name)
            self.skip(alias)
            if alias.asname is not None:
                bound = alias.asname.name
                if isinstance(bound, cst.Name):
                    out.append(p.Import(start, self.at, module, 0, (), bound.value, whole=True))
            else:
                out.append(p.Import(start, self.at, module, 0, (), module.split(".", 1)[0]))

    def import_from(self, node: cst.ImportFrom, start: int, out: list[p.Statement]) -> None:
        module = _dotted(node.module) if node.module is not None else ""
        level = len(node.relative)
        self.find("from", word=True)
        if node.module is not None:
            self.skip(node.module)
        self.find("import", word=True)
        if isinstance(node.names, cst.ImportStar):
            self.find("*")
            names: tuple[tuple[str, str], ...] = (("*", "*"),)
        else:
            pairs = []
            for alias in node.names:
                self.skip(alias)
                name = _dotted(alias.name)
                bound = alias.asname.name if alias.asname is not None else alias.name
                if isinstance(bound, cst.Name):
                    pairs.append((name, bound.value))
            names = tuple(pairs)
            if node.rpar is not None:
                self.find(")")
        out.append(p.Import(start, self.at, module, level, names))

    def evaluated(self, node: Any, start: int, out: list[p.Statement]) -> None:
        """del, assert, and others whose expressions are evaluated and whose effect is not."""
        parts = tuple([self.expression(child) for child in node.children if isinstance(child, cst.BaseExpression)])
        if parts:
            out.append(p.Do(start, self.at, p.Opaque(start, self.at, "a statement without a value", parts)))

    def compound(self, node: Any, out: list[p.Statement]) -> None:
        start = self.begin()
        method = _COMPOUND.get(type(node))
        if method is None:
            self.skip(node)
        else:
            method(self, node, start, out)

    def head(self, start: int) -> None:
        """The head of a compound statement ends here; its own lines count as a statement for suppressions."""
        self.extents.append((start, self.at))

    def if_(self, node: cst.If, start: int, out: list[p.Statement]) -> None:
        ways = []
        otherwise: tuple[p.Statement, ...] = ()
        current: Any = node
        at = start
        while True:
            self.find("if" if current is node else "elif", word=True)
            test = self.expression(current.test)
            self.head(at)
            ways.append((test, self.suite(current.body)))
            current = current.orelse
            if current is None:
                break
            at = self.begin()
            if isinstance(current, cst.Else):
                self.find("else", word=True)
                otherwise = self.suite(current.body)
                break
        out.append(p.Branch(start, self.at, tuple(ways), otherwise))

    def for_(self, node: cst.For, start: int, out: list[p.Statement]) -> None:
        self.find("for", word=True)
        target = self.expression(node.target)
        iterable = self.expression(node.iter)
        self.head(start)
        body = self.suite(node.body)
        out.append(p.Loop(start, self.at, target, iterable, body, self.orelse(node)))

    def while_(self, node: cst.While, start: int, out: list[p.Statement]) -> None:
        self.find("while", word=True)
        test = self.expression(node.test)
        self.head(start)
        body = self.suite(node.body)
        out.append(p.Loop(start, self.at, None, test, body, self.orelse(node)))

    def orelse(self, node: Any) -> tuple[p.Statement, ...]:
        if node.orelse is None:
            return ()
        self.find("else", word=True)
        return self.suite(node.orelse.body)

    def with_(self, node: cst.With, start: int, out: list[p.Statement]) -> None:
        self.find("with", word=True)
        items = []
        for item in node.items:
            value = self.expression(item.item)
            target = None
            if item.asname is not None:
                target = self.expression(item.asname.name)
            items.append((value, target))
        self.head(start)
        out.append(p.With(start, self.at, tuple(items), self.suite(node.body)))

    def try_(self, node: Any, start: int, out: list[p.Statement]) -> None:
        self.find("try", word=True)
        body = self.suite(node.body)
        handlers = []
        for handler in node.handlers:
            self.find("except", word=True)
            if handler.type is not None:
                self.skip(handler.type)
            if handler.name is not None:
                self.skip(handler.name)
            handlers.append(self.suite(handler.body))
        otherwise = self.orelse(node)
        finally_: tuple[p.Statement, ...] = ()
        if node.finalbody is not None:
            self.find("finally", word=True)
            finally_ = self.suite(node.finalbody.body)
        out.append(p.Try(start, self.at, body, tuple(handlers), otherwise, finally_))

    def match_(self, node: cst.Match, start: int, out: list[p.Statement]) -> None:
        self.find("match", word=True)
        subject = self.expression(node.subject)
        self.head(start)
        ways: list[tuple[p.Expression, tuple[p.Statement, ...]]] = []
        otherwise: tuple[p.Statement, ...] = ()
        for case in node.cases:
            self.find("case", word=True)
            at = self.at
            test = self.pattern(case.pattern, subject)
            # What a pattern binds is a part of the subject.
            bound: list[p.Statement] = [
                p.Assign(at, at, (p.Name(at, at, name),), p.Opaque(at, at, "a pattern takes it out of a value"))
                for name in _captured(case.pattern)
            ]
            guards = (self.expression(case.guard),) if case.guard is not None else ()
            body = (*bound, *self.suite(case.body))
            if case.guard is None and isinstance(case.pattern, cst.MatchAs) and case.pattern.pattern is None:
                otherwise = body
            elif test is None or case.guard is not None:
                looked_at = (*(() if ways else (subject,)), *guards)
                ways.append((p.Opaque(at, self.at, "a pattern", looked_at), body))
            else:
                ways.append((test, body))
        if not ways:
            out.append(p.Do(start, self.at, subject))
        out.append(p.Branch(start, self.at, tuple(ways), otherwise))

    def pattern(self, node: Any, subject: p.Expression) -> p.Expression | None:
        """A comparison that says what a pattern says; None (and its leaves are behind) where none does."""
        at = self.at
        if isinstance(node, cst.MatchOr) and not node.lpar:
            tests = [self.pattern(element.pattern, subject) for element in node.patterns]
            result: p.Expression | None = tests[0]
            for test in tests[1:]:
                result = p.Logic(at, self.at, "or", result, test) if result is not None and test is not None else None
            return result
        if isinstance(node, (cst.MatchValue, cst.MatchSingleton)) and isinstance(subject, (p.Name, p.Attribute)):
            value = self.expression(node.value)
            return p.Compare(at, self.at, "==", subject, value)
        self.skip(node)
        return None

    def function(self, node: cst.FunctionDef, start: int, out: list[p.Statement]) -> None:
        decorators = self.decorators(node)
        self.find("def", word=True)
        self.find(node.name.value, word=True)
        if node.type_parameters is not None:
            self.skip(node.type_parameters)
        self.find("(")
        parameters = self.parameters(node.params)
        self.find(")")
        if node.returns is not None:
            self.skip(node.returns)
        self.head(start)
        body = self.suite(node.body)
        out.append(p.Function(start, self.at, node.name.value, parameters, body, decorators))

    def class_(self, node: cst.ClassDef, start: int, out: list[p.Statement]) -> None:
        decorators = self.decorators(node)
        self.find("class", word=True)
        self.find(node.name.value, word=True)
        if node.type_parameters is not None:
            self.skip(node.type_parameters)
        bases = tuple([self.expression(base.value) for base in node.bases])
        keywords = []
        for keyword in node.keywords:
            if keyword.keyword is not None:
                self.find(keyword.keyword.value, word=True)
                keywords.append((keyword.keyword.value, self.expression(keyword.value)))
            else:
                self.skip(keyword.value)
        self.head(start)
        body = self.suite(node.body)
        out.append(p.Class(start, self.at, node.name.value, bases, tuple(keywords), body, decorators))

    def decorators(self, node: Any) -> tuple[p.Expression, ...]:
        return tuple([self.expression(decorator.decorator) for decorator in node.decorators])

    def parameters(self, node: cst.Parameters) -> tuple[p.Parameter, ...]:
        out = [self.parameter(param, "positional") for param in node.posonly_params]
        out += [self.parameter(param, "plain") for param in node.params]
        if isinstance(node.star_arg, cst.Param):
            out.append(self.parameter(node.star_arg, "rest"))
        out += [self.parameter(param, "keyword") for param in node.kwonly_params]
        if node.star_kwarg is not None:
            out.append(self.parameter(node.star_kwarg, "named rest"))
        return tuple(out)

    def parameter(self, node: cst.Param, kind: str) -> p.Parameter:
        start = self.find(node.name.value, word=True)
        annotation = self.expression(node.annotation.annotation) if node.annotation is not None else None
        default = self.expression(node.default) if node.default is not None else None
        return p.Parameter(start, self.at, node.name.value, kind, default, annotation)

    # Expressions --------------------------------------------------------------------------------------------------

    def expression(self, node: Any) -> p.Expression:
        parentheses = getattr(node, "lpar", ())
        if self.depth >= _MAX_DEPTH:
            start = self.at
            self.skip(node)
            return p.Opaque(start, self.at, "it is nested too deeply")
        for _ in parentheses:
            self.find("(")
        self.depth += 1
        method = _EXPRESSIONS.get(type(node))
        if method is None:
            start = self.at
            self.skip_inside(node)
            result: p.Expression = p.Opaque(start, self.at, "an expression that permlint does not follow")
        else:
            result = method(self, node)
        self.depth -= 1
        for _ in parentheses:
            self.find(")")
        return result

    def skip_inside(self, node: Any) -> None:
        """As `skip`, for a node whose parentheses are already behind."""
        for child in node.children:
            if type(child).__name__ not in ("LeftParen", "RightParen"):
                self.skip(child)

    def name(self, node: cst.Name) -> p.Expression:
        start = self.find(node.value, word=True)
        if node.value in ("True", "False", "None"):
            return p.Literal(start, self.at, {"True": True, "False": False, "None": None}[node.value])
        return p.Name(start, self.at, node.value)

    def number(self, node: Any) -> p.Expression:
        start = self.find(node.value)
        try:
            value: float = int(node.value, 0) if isinstance(node, cst.Integer) else float(node.value)
        except ValueError:
            return p.Opaque(start, self.at, "a number")
        return p.Literal(start, self.at, value)

    def imaginary(self, node: Any) -> p.Expression:
        start = self.find(node.value)
        return p.Opaque(start, self.at, "a number")

    def ellipsis(self, node: Any) -> p.Expression:
        start = self.find("...")
        return p.Opaque(start, self.at, "it is left out")

    def simple_string(self, node: cst.SimpleString) -> p.Expression:
        raw = node.value
        start = self.find(raw)
        prefix = len(node.prefix)
        quote = len(node.quote)
        inner = self.hidden[start + prefix + quote : start + len(raw) - quote]
        text = _text(start + prefix + quote, inner, raw=inner.find("\\") < 0 or "r" in node.prefix)
        return p.String(start, self.at, (text,))

    def concatenated(self, node: cst.ConcatenatedString) -> p.Expression:
        parts: list[p.Expression] = []
        start = -1
        current: Any = node
        while True:
            piece = current.left if isinstance(current, cst.ConcatenatedString) else current
            if current is not node:
                for _ in getattr(current, "lpar", ()):
                    self.find("(")
            lowered = self.expression(piece) if piece is not current else self.piece(piece)
            if start < 0:
                start = lowered.start
            parts.extend(lowered.parts if isinstance(lowered, p.String) else (lowered,))
            if piece is current:
                break
            current = current.right
        return p.String(start, self.at, tuple(parts))

    def piece(self, node: Any) -> p.Expression:
        method = _EXPRESSIONS[type(node)]
        lowered = method(self, node)
        assert isinstance(lowered, p.String)
        return lowered

    def formatted(self, node: Any) -> p.Expression:
        start = self.find(node.start)
        raw = "r" in node.start.lower()
        parts: list[p.Expression] = []
        for part in node.parts:
            if hasattr(part, "value"):
                at = self.at
                self.at += len(part.value)
                inner = self.hidden[at : self.at]
                parts.append(_text(at, inner, raw=raw or "\\" not in inner, braces=True))
            else:
                parts.append(self.hole(part))
        self.at += len(node.end)
        return p.String(start, self.at, tuple(parts))

    def hole(self, node: Any) -> p.Expression:
        self.at += 1
        value = self.expression(node.expression)
        # `!s` is what a hole does anyway, and a format of `s` without a width leaves a text alone.
        changed = node.conversion not in (None, "s")
        for spec in node.format_spec or ():
            changed = changed or getattr(spec, "value", None) != "s"
            if hasattr(spec, "value"):
                self.find(spec.value)
            else:
                self.hole(spec)
        if changed or node.equal is not None:
            value = p.Opaque(value.start, value.end, "it is formatted", (value,))
        self.find("}")
        return value

    def sequence(self, node: Any) -> p.Expression:
        kind, opening, closing = _SEQUENCES[type(node)]
        bare = not opening
        start = self.at if bare else self.find(opening)
        items = tuple([self.element(element) for element in node.elements])
        if bare and items:
            start = items[0].start
        if closing:
            self.find(closing)
        return p.Sequence(start, self.at, kind, items)

    def element(self, node: Any) -> p.Expression:
        if isinstance(node, cst.StarredElement):
            return self.starred(node)
        return self.expression(node.value)

    def starred(self, node: Any) -> p.Expression:
        for _ in getattr(node, "lpar", ()):
            self.find("(")
        start = self.find("*")
        value = self.expression(node.value)
        return p.Spread(start, self.at, value)

    def dict_(self, node: cst.Dict) -> p.Expression:
        start = self.find("{")
        entries: list[tuple[p.Expression | None, p.Expression]] = []
        for element in node.elements:
            if isinstance(element, cst.DictElement):
                key = self.expression(element.key)
                entries.append((key, self.expression(element.value)))
            else:
                self.find("**")
                entries.append((None, self.expression(element.value)))
        self.find("}")
        return p.Mapping(start, self.at, tuple(entries))

    def attribute(self, node: cst.Attribute) -> p.Expression:
        value = self.expression(node.value)
        self.find(node.attr.value, word=True)
        return p.Attribute(value.start, self.at, value, node.attr.value)

    def subscript(self, node: cst.Subscript) -> p.Expression:
        value = self.expression(node.value)
        self.find("[")
        keys: list[p.Expression] = []
        for element in node.slice:
            inner: Any = element.slice
            if isinstance(inner, cst.Slice):
                at = self.at
                lower, upper, step = (
                    self.expression(bound) if bound is not None else None
                    for bound in (inner.lower, inner.upper, inner.step)
                )
                keys.append(p.Slice(at, self.at, lower, upper, step))
            else:
                keys.append(self.expression(inner.value))
        key = keys[0] if len(keys) == 1 else p.Sequence(self.at, self.at, "tuple", tuple(keys))
        self.find("]")
        return p.Index(value.start, self.at, value, key)

    def call(self, node: cst.Call) -> p.Expression:
        function = self.expression(node.func)
        self.find("(")
        arguments: list[tuple[str | None, p.Expression]] = []
        for argument in node.args:
            name: str | None = None
            if argument.keyword is not None:
                name = argument.keyword.value
                self.find(name, word=True)
            elif argument.star:
                name = argument.star
                self.find(name)
            arguments.append((name, self.expression(argument.value)))
        self.find(")")
        return p.Call(function.start, self.at, function, tuple(arguments))

    def binary(self, node: cst.BinaryOperation) -> p.Expression:
        chain: list[cst.BinaryOperation] = [node]
        current: Any = node.left
        while type(current) is cst.BinaryOperation and not current.lpar:
            chain.append(current)
            current = current.left
        result = self.expression(current)
        for operation in reversed(chain):
            operator = _OPERATOR_TEXT.get(type(operation.operator).__name__, "?")
            right = self.expression(operation.right)
            result = p.Binary(result.start, self.at, operator, result, right)
        return result

    def boolean(self, node: cst.BooleanOperation) -> p.Expression:
        chain: list[cst.BooleanOperation] = [node]
        current: Any = node.left
        while type(current) is cst.BooleanOperation and not current.lpar:
            chain.append(current)
            current = current.left
        result = self.expression(current)
        for operation in reversed(chain):
            operator = "and" if isinstance(operation.operator, cst.And) else "or"
            right = self.expression(operation.right)
            result = p.Logic(result.start, self.at, operator, result, right)
        return result

    def unary(self, node: cst.UnaryOperation) -> p.Expression:
        start = self.at
        value = self.expression(node.expression)
        if isinstance(node.operator, cst.Not):
            return p.Not(start, self.at, value)
        if isinstance(node.operator, cst.Minus) and isinstance(value, p.Literal) and value.value is not None:
            return p.Literal(start, self.at, -value.value)
        return p.Opaque(start, self.at, "it is computed", (value,))

    def comparison(self, node: cst.Comparison) -> p.Expression:
        left = self.expression(node.left)
        result: p.Expression | None = None
        for target in node.comparisons:
            operator = _OPERATOR_TEXT.get(type(target.operator).__name__, "?")
            right = self.expression(target.comparator)
            one = p.Compare(left.start, self.at, operator, left, right)
            result = one if result is None else p.Logic(result.start, self.at, "and", result, one)
            left = right
        assert result is not None
        return result

    def if_expression(self, node: cst.IfExp) -> p.Expression:
        yes = self.expression(node.body)
        test = self.expression(node.test)
        no = self.expression(node.orelse)
        return p.Choice(yes.start, self.at, test, yes, no)

    def lambda_(self, node: cst.Lambda) -> p.Expression:
        start = self.find("lambda", word=True)
        parameters = self.parameters(node.params)
        self.find(":")
        body = self.expression(node.body)
        return p.Function(start, self.at, "", parameters, (p.Return(body.start, body.end, body),))

    def comprehension(self, node: Any) -> p.Expression:
        kind = _COMPREHENSIONS[type(node)]
        start = self.at
        key = self.expression(node.key) if kind == "mapping" else None
        item = self.expression(node.value if kind == "mapping" else node.elt)
        clauses = []
        clause = node.for_in
        while clause is not None:
            target = self.expression(clause.target)
            iterable = self.expression(clause.iter)
            clauses.append((target, iterable, tuple([self.expression(condition.test) for condition in clause.ifs])))
            clause = clause.inner_for_in
        return p.Comprehension(start, self.at, kind, key, item, tuple(clauses))

    def walrus(self, node: cst.NamedExpr) -> p.Expression:
        target = self.expression(node.target)
        value = self.expression(node.value)
        return p.Bind(target.start, self.at, target, value)

    def await_(self, node: cst.Await) -> p.Expression:
        self.find("await", word=True)
        return self.expression(node.expression)

    def yield_(self, node: cst.Yield) -> p.Expression:
        start = self.find("yield", word=True)
        if node.value is None:
            return p.Yield(start, self.at, p.Literal(start, self.at, None), all=False)
        if isinstance(node.value, cst.From):
            return p.Yield(start, self.at, self.expression(node.value.item), all=True)
        return p.Yield(start, self.at, self.expression(node.value), all=False)


def _captured(pattern: Any) -> list[str]:
    """The names that a pattern binds."""
    names: list[str] = []
    stack = [pattern]
    while stack:
        node = stack.pop()
        if isinstance(node, (cst.MatchAs, cst.MatchStar)) and node.name is not None:
            names.append(node.name.value)
        elif isinstance(node, cst.MatchMapping) and node.rest is not None:
            names.append(node.rest.value)
        if not isinstance(node, (cst.MatchValue, cst.MatchSingleton)):
            stack.extend(node.children)
    return names


def _line_end(text: str, at: int) -> int:
    ends = [end for end in (text.find("\n", at), text.find("\r", at)) if end >= 0]
    return min(ends) if ends else len(text)


def _dotted(node: Any) -> str:
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if isinstance(node, cst.Name):
        parts.append(node.value)
    return ".".join(reversed(parts))


def _text(start: int, source: str, *, raw: bool, braces: bool = False) -> p.Text:
    """A literal piece. raw: no escapes count. braces: doubled braces stand for one."""
    end = start + len(source)
    if raw and not (braces and ("{{" in source or "}}" in source)):
        return p.Text(start, end, source)
    value: list[str] = []
    spots: list[int] = []
    at = 0
    while at < len(source):
        char = source[at]
        width = 1
        if char == "\\" and not raw:
            escape = _ESCAPE.match(source, at)
            if escape:
                width = len(escape[0])
                char = _unescape(escape[0])
        elif braces and source[at : at + 2] in ("{{", "}}"):
            width = 2
        value.append(char)
        spots.extend([start + at] * len(char))
        at += width
    spots.append(end)
    return p.Text(start, end, "".join(value), tuple(spots))


def _unescape(escape: str) -> str:
    body = escape[1:]
    if body in ("\n", "\r\n", "\r"):
        return ""
    if body in _SIMPLE_ESCAPES:
        return _SIMPLE_ESCAPES[body]
    try:
        if body[0] in "01234567":
            return chr(int(body, 8))
        if body[0] in "xuU" and len(body) > 1:
            return chr(int(body[1:], 16))
        if body[0] == "N" and len(body) > 1:
            import unicodedata

            return unicodedata.lookup(body[2:-1])
    except (ValueError, KeyError, OverflowError):
        return escape
    return escape


_CLOSE_BRACE = object()
_VERBATIM = frozenset(("SimpleString", "Integer", "Float", "Imaginary"))
_WHITESPACE = frozenset(
    ("SimpleWhitespace", "ParenthesizedWhitespace", "TrailingWhitespace", "EmptyLine", "Newline", "Comment")
)
_SEQUENCES: dict[type, tuple[str, str, str]] = {
    cst.List: ("list", "[", "]"),
    cst.Tuple: ("tuple", "", ""),
    cst.Set: ("set", "{", "}"),
}
_COMPREHENSIONS: dict[type, str] = {
    cst.ListComp: "list",
    cst.SetComp: "set",
    cst.DictComp: "mapping",
    cst.GeneratorExp: "generator",
}
_SMALL: dict[type, Callable[..., None]] = {
    cst.Expr: _Lowering.expr_statement,
    cst.Assign: _Lowering.assign,
    cst.AnnAssign: _Lowering.ann_assign,
    cst.AugAssign: _Lowering.aug_assign,
    cst.Return: _Lowering.return_,
    cst.Raise: _Lowering.raise_,
    cst.Break: _Lowering.leave_loop,
    cst.Continue: _Lowering.leave_loop,
    cst.Import: _Lowering.import_,
    cst.ImportFrom: _Lowering.import_from,
    cst.Assert: _Lowering.evaluated,
    cst.Del: _Lowering.del_,
    cst.Global: _Lowering.outer,
    cst.Nonlocal: _Lowering.outer,
}
_COMPOUND: dict[type, Callable[..., None]] = {
    cst.If: _Lowering.if_,
    cst.For: _Lowering.for_,
    cst.While: _Lowering.while_,
    cst.With: _Lowering.with_,
    cst.Try: _Lowering.try_,
    cst.TryStar: _Lowering.try_,
    cst.Match: _Lowering.match_,
    cst.FunctionDef: _Lowering.function,
    cst.ClassDef: _Lowering.class_,
}
_EXPRESSIONS: dict[type, Callable[..., p.Expression]] = {
    cst.Name: _Lowering.name,
    cst.Integer: _Lowering.number,
    cst.Float: _Lowering.number,
    cst.Imaginary: _Lowering.imaginary,
    cst.Ellipsis: _Lowering.ellipsis,
    cst.SimpleString: _Lowering.simple_string,
    cst.ConcatenatedString: _Lowering.concatenated,
    cst.FormattedString: _Lowering.formatted,
    cst.TemplatedString: _Lowering.formatted,
    cst.List: _Lowering.sequence,
    cst.Tuple: _Lowering.sequence,
    cst.Set: _Lowering.sequence,
    cst.StarredElement: _Lowering.starred,
    cst.Dict: _Lowering.dict_,
    cst.Attribute: _Lowering.attribute,
    cst.Subscript: _Lowering.subscript,
    cst.Call: _Lowering.call,
    cst.BinaryOperation: _Lowering.binary,
    cst.BooleanOperation: _Lowering.boolean,
    cst.UnaryOperation: _Lowering.unary,
    cst.Comparison: _Lowering.comparison,
    cst.IfExp: _Lowering.if_expression,
    cst.Lambda: _Lowering.lambda_,
    cst.ListComp: _Lowering.comprehension,
    cst.SetComp: _Lowering.comprehension,
    cst.DictComp: _Lowering.comprehension,
    cst.GeneratorExp: _Lowering.comprehension,
    cst.NamedExpr: _Lowering.walrus,
    cst.Await: _Lowering.await_,
    cst.Yield: _Lowering.yield_,
}
