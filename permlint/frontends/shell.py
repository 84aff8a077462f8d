"""Shell scripts (sh, bash, zsh): their table of kinds of nodes, and what is special about them.

A command is a call of its name with its words as arguments; what it is given to read is the argument `stdin`. A variable keeps
its `$`, so that it is not taken for a command. Where someone captures what commands print, that is yielded line by line.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends import forms as f
from permlint.frontends.strings import Pieces, backslash
from permlint.frontends.syntax import Argument, Lowering, Source, Syntax, decode, walk

if TYPE_CHECKING:
    from tree_sitter import Language, Node

LANGUAGE = "shell"
_ALL = "$@"
"""The variable that holds the arguments of a function or script."""
_LATER = "it is decided at run time"
_PUT_IN = frozenset(
    ("simple_expansion", "expansion", "command_substitution", "arithmetic_expansion", "process_substitution")
)
_WORDS = frozenset((
    "word", "string", "raw_string", "ansi_c_string", "translated_string", "concatenation", "number", "brace_expression",
    "extglob_pattern", "regex", "variable_name", *_PUT_IN,
))  # fmt: skip
_SILENT = frozenset((
    ":", "[", "alias", "cd", "chmod", "command_not_found_handle", "cp", "disown", "exit", "export", "false", "hash", "kill",
    "let", "local", "mkdir", "mv", "popd", "pushd", "read", "return", "rm", "set", "shift", "shopt", "sleep", "source", "test",
    "touch", "trap", "true", "umask", "unalias", "unset", "wait", ".",
))  # fmt: skip
"""Commands that print nothing when all goes well."""
_IN_QUOTES = re.compile(r"\\(?:[$`\"\\]|\r?\n)")
_BARE = re.compile(r"\\(?:\r?\n|.)", re.DOTALL)
_IN_DOCUMENT = re.compile(r"\\(?:[$`\\]|\r?\n)")
_ANSI = re.compile(r"\\(?:x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|.)", re.DOTALL)
_NOTHING = re.compile(r"(?!)")
_GLOB = re.compile(r"[*?\[]")
_VARIABLE = re.compile(r"[A-Za-z_]\w*")


@dataclass
class _File(Lowering):
    """What is known of the place at hand.

    captured: whether someone captures what commands print. loops, functions: how many are around it. given: whether the script
    itself uses the arguments that it is given.
    """

    captured: bool = False
    loops: int = 0
    functions: int = 0
    given: bool = False


def lower(path: str, data: bytes) -> p.Program:
    """The program in a shell script. Raises Unreadable for binary files."""
    low = _File(Source(decode(data)), SYNTAX)
    body = low.root(low.source.parse(grammar()))
    if low.given:
        given = p.Assign(0, 0, (p.Name(0, 0, _ALL),), p.Opaque(0, 0, "it is an argument of the script"))
        body = (given, *body)
    return low.program(path, LANGUAGE, body)


@functools.cache
def grammar() -> Language:
    """The grammar of bash, which holds those of sh and, as far as it is written alike, zsh."""
    import tree_sitter_bash
    from tree_sitter import Language

    return Language(tree_sitter_bash.language())


def _call(start: int, end: int, name: str, *arguments: p.Expression) -> p.Call:
    """A call of one of the words that the form has for what the shell does by signs."""
    return p.Call(start, end, p.Name(start, start, name), tuple([(None, one) for one in arguments]))


# Words --------------------------------------------------------------------------------------------------------------------------


def _word(low: Lowering, node: Node) -> p.Expression:
    """A word as a text; one that is nothing but something put in is that itself."""
    only = _only(node)
    if only is not None:
        return low.expression(only)
    start, end = low.span(node)
    quotes = 1 if node.type in ("string", "raw_string") else 0
    pieces = Pieces(low.source, start + quotes)
    _fill(low, node, pieces)
    return p.String(start, end, pieces.parts())


def _only(node: Node) -> Node | None:
    """What is put in where a word is nothing else."""
    if node.type in _PUT_IN:
        return node
    inner = node.named_children
    if node.type == "string" and len(inner) == 1 and inner[0].type in _PUT_IN:
        one = inner[0]
        return one if one.start_byte == node.start_byte + 1 and one.end_byte == node.end_byte - 1 else None
    return None


def _fill(low: Lowering, node: Node, pieces: Pieces) -> None:
    start, end = low.span(node)
    kind = node.type
    if kind in _PUT_IN:
        pieces.literal(start)
        pieces.hole(low.expression(node), end)
    elif kind == "concatenation":
        for child in node.named_children:
            _fill(low, child, pieces)
        _stretch(low, pieces, end, _BARE)
    elif kind == "translated_string":
        pieces.escape(start, start + 1, "")
        for child in node.named_children:
            _fill(low, child, pieces)
    elif kind in ("string", "raw_string", "ansi_c_string"):
        opening = 2 if kind == "ansi_c_string" else 1
        if pieces.at < start + opening:
            pieces.escape(start, start + opening, "")
        escapes = {"string": _IN_QUOTES, "raw_string": _NOTHING}.get(kind, _ANSI)
        _between(low, node, pieces, max(end - 1, start + opening), escapes)
        if pieces.at < end:
            pieces.escape(pieces.at, end, "")
    else:
        _between(low, node, pieces, end, _BARE)


def _between(low: Lowering, node: Node, pieces: Pieces, end: int, escapes: re.Pattern[str]) -> None:
    """The characters of a node up to an end, with what is put in among them."""
    for child in node.named_children:
        if child.type in _PUT_IN:
            start, after = low.span(child)
            if pieces.at <= start and after <= end:
                _stretch(low, pieces, start, escapes)
                pieces.hole(low.expression(child), after)
    _stretch(low, pieces, end, escapes)


def _stretch(low: Lowering, pieces: Pieces, end: int, escapes: re.Pattern[str]) -> None:
    """Characters up to an end; a backslash before one of some stands for that character itself."""
    text = low.source.hidden
    for match in escapes.finditer(text, pieces.at, end):
        pieces.literal(match.start())
        meant = backslash(match[0]) if escapes is _ANSI else "" if "\n" in match[0] else match[0][1:]
        pieces.escape(match.start(), match.end(), meant)
    pieces.literal(end)


def _plain_text(low: Lowering, node: Node | None) -> str | None:
    """The characters of a word in which nothing is put in."""
    made = low.expression(node) if node is not None and node.type in _WORDS else None
    parts = made.parts if isinstance(made, p.String) else ()
    texts = [part.value for part in parts if isinstance(part, p.Text)]
    return "".join(texts) if parts and len(texts) == len(parts) else None


def _argument(low: Lowering, node: Node) -> Argument:
    """A word as an argument: what stands for several words is spread."""
    only = _only(node)
    if only is not None and _is_all(low, only):
        return "*", low.expression(only)
    value = low.expression(node)
    if only is node and node.type in ("simple_expansion", "expansion", "command_substitution"):
        # Without quotes it is split at blanks.
        return "*", _call(*low.span(node), "<words>", value)
    return None, value


def _is_all(low: Lowering, node: Node) -> bool:
    """Whether what is put in stands for all items of an array: `$@`, `${items[@]}`."""
    text = low.text(node).strip("${}")
    return node.type in ("simple_expansion", "expansion") and bool(re.fullmatch(r"@(?::.*)?|!?\w+\[@\](?::.*)?", text))


def _listed(low: Lowering, nodes: Iterable[Node]) -> tuple[p.Expression, ...]:
    """Words as items of a list."""
    out: list[p.Expression] = []
    for node in nodes:
        kind, value = _argument(low, node)
        out.append(p.Spread(value.start, value.end, value) if kind == "*" else value)
    return tuple(out)


def _variable(low: Lowering, node: Node) -> p.Expression:
    """A variable, an item of an array, or one of the arguments."""
    start, end = low.span(node)
    if node.type == "subscript":
        owner = low.expression(node.child_by_field_name("name"))
        index = node.child_by_field_name("index")
        key = low.text(index)
        if key == "@":
            return owner
        if key == "*":
            return _call(start, end, "<joined>", owner, p.Name(start, start, "$IFS"))
        return p.Index(start, end, owner, _key(low, index, start))
    name = low.text(node)
    if isinstance(low, _File) and not low.functions and name[:1] in "@*123456789":
        low.given = True
    if name.isdigit() and name != "0":
        return p.Index(start, end, p.Name(start, end, _ALL), p.Literal(start, end, int(name) - 1))
    if name == "*":
        return _call(start, end, "<joined>", p.Name(start, end, _ALL), p.Name(start, start, "$IFS"))
    if name != "@" and not _VARIABLE.fullmatch(name):
        return p.Opaque(start, end, "only the shell knows it")
    return p.Name(start, end, f"${name}")


def _key(low: Lowering, node: Node | None, at: int) -> p.Expression:
    text = low.text(node)
    if node is None or text.lstrip("-").isdigit():
        return p.Literal(at, at, int(text or 0))
    return low.expression(node)


def _simple(low: Lowering, node: Node) -> p.Expression:
    inner = low.children(node)
    return _variable(low, inner[0]) if inner else low.opaque(node)


def _expansion(low: Lowering, node: Node) -> p.Expression:
    """`${...}`: a variable, and what is done with its value."""
    start, end = low.span(node)
    names = [one for one in node.named_children if one.type in ("variable_name", "special_variable_name", "subscript")]
    signs = [low.text(one) for one in node.children if not one.is_named][1:-1]
    if not names:
        return low.opaque(node, "only the shell knows it")
    value = _variable(low, names[0])
    before = node.named_children[0].start_byte < names[0].start_byte or (
        bool(signs) and node.children[1].start_byte < names[0].start_byte
    )
    if before:
        if signs[:1] == ["!"] and names[0].type == "subscript":
            return _call(start, end, "<keys>", value)
        return p.Opaque(start, end, _LATER, (value,))
    rest = [one for one in node.named_children if one.start_byte >= names[0].end_byte]
    if not signs:
        return value
    return _changed(low, node, signs[0], value, rest)


def _changed(low: Lowering, node: Node, sign: str, value: p.Expression, rest: list[Node]) -> p.Expression:
    start, end = low.span(node)
    given = _joined(low, rest, node)
    if sign in (":-", "-"):
        return p.Logic(start, end, "or", value, given)
    if sign in (":=", "="):
        return p.Bind(start, end, value, p.Logic(start, end, "or", value, given))
    if sign in (":?", "?", "@"):
        return value
    if sign in (":+", "+"):
        return p.Choice(start, end, value, given, p.String(end, end, (p.Text(end, end, ""),)))
    if sign in ("^^", ",,"):
        return _call(start, end, "<upper>" if sign == "^^" else "<lower>", value)
    pattern = _plain_text(low, rest[0]) if rest else None
    if pattern is not None and not _GLOB.search(pattern):
        if sign in ("%", "%%", "#", "##"):
            return _call(start, end, "<without end>" if "%" in sign else "<without start>", value, given)
        if sign == "//":
            new = low.expression(rest[1]) if len(rest) > 1 else p.String(end, end, (p.Text(end, end, ""),))
            return _call(start, end, "<replaced>", value, low.expression(rest[0]), new)
    if sign == ":" and rest:
        return _part(low, node, value, rest)
    return p.Opaque(start, end, _LATER, (value,))


def _part(low: Lowering, node: Node, value: p.Expression, rest: list[Node]) -> p.Expression:
    """`${text:from:length}`, `${@:2}`."""
    numbers = [low.text(one) for one in rest[:2]]
    if not all(one.isdigit() for one in numbers):
        return p.Opaque(*low.span(node), _LATER, (value,))
    start, end = low.span(node)
    first = int(numbers[0]) - (isinstance(value, p.Name) and value.id == _ALL)
    last = p.Literal(end, end, first + int(numbers[1])) if len(numbers) > 1 else None
    return p.Index(start, end, value, p.Slice(start, end, p.Literal(start, start, max(first, 0)), last, None))


def _joined(low: Lowering, nodes: list[Node], node: Node) -> p.Expression:
    """Words that stand beside each other as one."""
    if len(nodes) == 1 and nodes[0].type in _WORDS:
        return low.expression(nodes[0])
    end = low.span(node)[1] - 1
    if not nodes:
        return p.String(end, end, (p.Text(end, end, ""),))
    start = low.span(nodes[0])[0]
    pieces = Pieces(low.source, start)
    for child in nodes:
        _fill(low, child, pieces)
    _stretch(low, pieces, end, _BARE)
    return p.String(start, end, pieces.parts())


def _substitution(low: Lowering, node: Node) -> p.Expression:
    """`$(...)`: what commands print."""
    return _call(*low.span(node), "<printed>", _output(low, node, low.children(node)))


def _aside(low: Lowering, node: Node) -> p.Expression:
    """`<(...)`: a file that holds what commands print."""
    value = _output(low, node, low.children(node))
    return p.Opaque(*low.span(node), "it is a file that commands write", (value,))


def _output(low: Lowering, node: Node, nodes: list[Node]) -> p.Expression:
    """What stands for what commands print: one that is a call is that; of several it is yielded by a function of their own."""
    if len(nodes) == 1 and nodes[0].type in ("command", "pipeline", "redirected_statement"):
        steps = _Steps(low, nodes[0])
        if steps.is_call and (steps.name not in _STATEMENTS or not steps.is_alone):
            return steps.value()
    if len(nodes) == 1 and nodes[0].type in ("file_redirect", "herestring_redirect"):
        return p.Opaque(*low.span(node), "it stands in a file")
    start, end = low.span(node)
    return p.Call(start, end, _apart(low, node, nodes), ())


def _apart(low: Lowering, node: Node, nodes: Iterable[Node], *, name: str = "") -> p.Function:
    """Commands that run by themselves; what they print is captured."""
    assert isinstance(low, _File)
    state = (low.captured, low.loops)
    low.captured, low.loops = True, 0
    try:
        body = low.block(nodes)
    finally:
        low.captured, low.loops = state
    return p.Function(*low.span(node), name, (), body)


def _computed(low: Lowering, node: Node) -> p.Expression:
    return p.Opaque(*low.span(node), "it is computed")


# Commands -----------------------------------------------------------------------------------------------------------------------


class _Steps:
    """A command, or several of which each reads what the one before it prints.

    name: of the first, empty where it is not written down. is_call: whether it is a command and no loop, choice or group.
    quiet: whether nobody sees what the last one prints.
    """

    def __init__(self, low: Lowering, node: Node, stdin: p.Expression | None = None) -> None:
        self._low = low
        self._words: list[Node] = []
        self._asides: list[p.Expression] = []
        self._next: list[Node] = []
        self.then: list[Node] = []
        self.quiet = False
        self.stdin = stdin
        self.node = node
        if node.type == "pipeline":
            inner = low.children(node)
            self.node, self._next = inner[0], inner[1:]
        while self.node.type == "redirected_statement":
            for child in self.node.children_by_field_name("redirect"):
                self._redirected(child)
            body = self.node.child_by_field_name("body")
            if body is None:
                break
            if body.type == "pipeline":
                inner = low.children(body)
                # What is redirected there is what the last one reads and prints.
                body, self._next = inner[0], [*inner[1:], *self._next]
            self.node = body
        self.is_call = self.node.type == "command" and self.node.child_by_field_name("name") is not None
        name = self.node.child_by_field_name("name") if self.is_call else None
        known = _plain_text(low, low.children(name)[0]) if name is not None and low.children(name) else None
        self.name = (known or "").rpartition("/")[2]

    @property
    def is_alone(self) -> bool:
        """Whether nothing reads what it prints, and nothing is run after it."""
        return not self._next and not self.then

    @property
    def words(self) -> list[Node]:
        """The words behind the name."""
        return [*[one for one in self.node.children_by_field_name("argument") if one.is_named], *self._words]

    def _redirected(self, node: Node) -> None:
        low = self._low
        if node.type == "herestring_redirect":
            inner = low.children(node)
            self.stdin = low.expression(inner[-1]) if inner else self.stdin
        elif node.type == "heredoc_redirect":
            self.stdin = _document(low, node) or self.stdin
            self._words += [one for one in node.children_by_field_name("argument") if one.is_named]
            for child in low.children(node):
                if child.type == "pipeline":
                    self._next += low.children(child)
                elif child.type in ("file_redirect", "herestring_redirect"):
                    self._redirected(child)
            self.then += node.children_by_field_name("right")
        else:
            signs = low.tokens(node)
            target = node.child_by_field_name("destination")
            if target is not None and target.type in _PUT_IN:
                self._asides.append(low.expression(target))
            descriptor = node.child_by_field_name("descriptor")
            if any("<" in sign for sign in signs):
                self.stdin = p.Opaque(*low.span(node), "it stands in a file")
            elif any(">" in sign for sign in signs) and low.text(descriptor) in ("", "1", "&"):
                self.quiet = self.quiet or low.text(target) != "1"

    def value(self) -> p.Expression:
        """What stands for what the last one prints."""
        low = self._low
        made = self._first()
        for node in self._next:
            stdin = _call(made.start, made.end, "<printed>", made)
            step = _Steps(low, node, stdin)
            self.quiet = step.quiet or self.quiet
            made = step.value()
        return made

    def _first(self) -> p.Expression:
        low, node = self._low, self.node
        start, end = low.span(node)
        if not self.is_call:
            function = _apart(low, node, [node])
            made = p.Call(start, end, function, ())
            if self.stdin is None:
                return made
            return _call(start, end, "<last>", self.stdin, made)
        arguments = [_argument(low, word) for word in self.words]
        if self.stdin is not None:
            arguments.append(("stdin", self.stdin))
        arguments += [("stdout", one) for one in self._asides[:1]]
        given = node.child_by_field_name("name")
        where = low.span(given) if given is not None else (start, start)
        if self.name:
            return p.Call(start, end, p.Name(*where, self.name), tuple(arguments))
        inner = low.children(given)[0] if given is not None and low.children(given) else node
        return p.Call(start, end, p.Name(start, start, "<run>"), (_argument(low, inner), *arguments))


def _document(low: Lowering, node: Node) -> p.Expression | None:
    """The text of a here-document."""
    body = next((child for child in node.named_children if child.type == "heredoc_body"), None)
    mark = next((child for child in node.named_children if child.type == "heredoc_start"), None)
    if body is None:
        return None
    start, end = low.span(body)
    pieces = Pieces(low.source, start)
    plain = any(sign in low.text(mark) for sign in "'\"\\")
    _between(low, body, pieces, end, _NOTHING if plain else _IN_DOCUMENT)
    return p.String(start, end, pieces.parts())


def _command(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """A command as a statement."""
    assert isinstance(low, _File)
    if node.type == "command" and node.child_by_field_name("name") is None:
        for child in low.children(node):  # `A=1 B=2`
            low.statement(child, out)
        return
    steps = _Steps(low, node)
    start, end = low.span(node)
    low.extents.append((start, end))
    special = _STATEMENTS.get(steps.name) if steps.is_call and steps.is_alone else None
    if special is not None and special(low, steps, out):
        return
    if steps.is_alone and steps.node.type in _INLINE:
        captured = low.captured
        low.captured = captured and not steps.quiet
        low.statement(steps.node, out)
        low.captured = captured
        return
    value = steps.value()
    if low.captured and not steps.quiet and not (steps.is_call and node.type == "command" and steps.name in _SILENT):
        value = p.Yield(start, end, _call(start, end, "<lines>", value), True)
    out.append(p.Do(start, end, value))
    for child in steps.then:
        low.statement(child, out)


_INLINE = frozenset(
    (
        "if_statement",
        "while_statement",
        "for_statement",
        "c_style_for_statement",
        "case_statement",
        "compound_statement",
    )
)


def _subshell(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    assert isinstance(low, _File)
    start, end = low.span(node)
    value: p.Expression = p.Call(start, end, _apart(low, node, low.children(node)), ())
    out.append(p.Do(start, end, p.Yield(start, end, value, True) if low.captured else value))


# Commands that are statements: each gives False where it is a call like any other.


def _source(low: Lowering, steps: _Steps, out: list[p.Statement]) -> bool:
    """`source file`: by what is known of the end of its path."""
    words = steps.words
    value = low.expression(words[0]) if words else None
    last = value.parts[-1] if isinstance(value, p.String) else None
    if not isinstance(last, p.Text) or not isinstance(value, p.String):
        return False
    path = last.value if len(value.parts) == 1 else f"./{last.value.lstrip('/')}"
    if path.strip("./"):
        out.append(p.Import(*low.span(steps.node), path, 0, (("*", "*"),)))
    return True


def _exit(low: Lowering, steps: _Steps, out: list[p.Statement]) -> bool:
    out.append(p.Leave(*low.span(steps.node), "raise", None))
    return True


def _return(low: Lowering, steps: _Steps, out: list[p.Statement]) -> bool:
    out.append(p.Return(*low.span(steps.node), None))
    return True


def _leave(kind: str) -> Callable[[Lowering, _Steps, list[p.Statement]], bool]:
    def made(low: Lowering, steps: _Steps, out: list[p.Statement]) -> bool:
        assert isinstance(low, _File)
        if low.loops:
            out.append(p.Leave(*low.span(steps.node), kind, None))
        return True

    return made


def _shift(low: Lowering, steps: _Steps, out: list[p.Statement]) -> bool:
    start, end = low.span(steps.node)
    count = low.text(steps.words[0]) if steps.words else "1"
    whole = p.Name(start, start, _ALL)
    first = p.Literal(start, start, int(count) if count.isdigit() else 1)
    rest = p.Index(start, end, whole, p.Slice(start, end, first, None, None))
    out.append(p.Assign(start, end, (p.Name(start, start, _ALL),), rest))
    return True


def _set(low: Lowering, steps: _Steps, out: list[p.Statement]) -> bool:
    """`set -- a b`: the arguments anew."""
    words = steps.words
    if not words or low.text(words[0]) != "--":
        return False
    start, end = low.span(steps.node)
    items = p.Sequence(start, end, "list", _listed(low, words[1:]))
    out.append(p.Assign(start, end, (p.Name(start, start, _ALL),), items))
    return True


def _read(low: Lowering, steps: _Steps, out: list[p.Statement]) -> bool:
    """`read -r name`: of a whole document where nothing ends it, else of what is only known at run time."""
    start, end = low.span(steps.node)
    words = steps.words
    names = _read_names(low, words)
    texts = [low.text(one) for one in words]
    whole = any(texts[at : at + 2] in (["-d", "''"], ["-d", '""']) for at in range(len(texts)))
    for name in names:
        known = steps.stdin if whole and len(names) == 1 else None
        value = known or p.Opaque(
            start, end, "it is read at run time", (steps.stdin,) if steps.stdin is not None else ()
        )
        out.append(p.Assign(start, end, (p.Name(*low.span(name), f"${low.text(name)}"),), value))
    return True


def _read_names(low: Lowering, words: list[Node]) -> list[Node]:
    """The words that are names of variables; the value of an option (`-p prompt`) is none."""
    out: list[Node] = []
    takes = False
    for word in words:
        text = low.text(word)
        if takes:
            takes = False
        elif text.startswith("-"):
            takes = text[-1] in "dinNptu"
        elif word.type == "word" and _VARIABLE.fullmatch(text):
            out.append(word)
    return out


def _printf(low: Lowering, steps: _Steps, out: list[p.Statement]) -> bool:
    """`printf -v name format values`."""
    words = steps.words
    if len(words) < 3 or low.text(words[0]) != "-v":
        return False
    start, end = low.span(steps.node)
    call = p.Call(start, end, p.Name(start, start, "printf"), tuple([_argument(low, one) for one in words[2:]]))
    out.append(p.Assign(start, end, (p.Name(*low.span(words[1]), f"${low.text(words[1])}"),), call))
    return True


_STATEMENTS: dict[str, Callable[[Lowering, _Steps, list[p.Statement]], bool]] = {
    "source": _source,
    ".": _source,
    "exit": _exit,
    "return": _return,
    "break": _leave("break"),
    "continue": _leave("continue"),
    "shift": _shift,
    "set": _set,
    "read": _read,
    "printf": _printf,
}


# Variables and functions --------------------------------------------------------------------------------------------------------


def _assignment(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    start, end = low.span(node)
    low.extents.append((start, end))
    name, given = node.child_by_field_name("name"), node.child_by_field_name("value")
    if name is None:
        return
    target = _variable(low, name)
    value = low.expression(given) if given is not None else p.String(end, end, (p.Text(end, end, ""),))
    if node.children_by_field_name("value")[1:]:
        value = _joined(low, node.children_by_field_name("value"), node)
    if not isinstance(target, (p.Name, p.Index)):
        out.append(p.Do(start, end, value))
    elif "+=" in low.tokens(node):
        out.append(p.Augment(start, end, "+", target, value))
    else:
        out.append(p.Assign(start, end, (target,), value))


def _array(low: Lowering, node: Node) -> p.Expression:
    """`(a b)`, or `([name]=value ...)`."""
    start, end = low.span(node)
    children = low.children(node)
    keyed = [_entry(low, child) for child in children]
    entries = [entry for entry in keyed if entry is not None]
    if entries and len(entries) == len(children):
        return p.Mapping(start, end, tuple(entries))
    return p.Sequence(start, end, "list", _listed(low, children))


def _entry(low: Lowering, node: Node) -> tuple[p.Expression, p.Expression] | None:
    start, end = low.span(node)
    match = re.match(r"\[([^\]]*)\]=", low.source.seen[start:end])
    if node.type != "concatenation" or match is None:
        return None
    first = start + match.start(1) + (match[1][:1] in ("'", '"'))
    key = match[1].strip("'\"")
    pieces = Pieces(low.source, start + match.end())
    for child in node.named_children:
        low_end = low.span(child)[1]
        if low_end > start + match.end():
            if low.span(child)[0] >= start + match.end():
                _fill(low, child, pieces)
            else:
                _stretch(low, pieces, low_end, _BARE)
    value = p.String(start + match.end(), end, pieces.parts())
    return p.String(first, first + len(key), (p.Text(first, first + len(key), key),)), value


def _declaration(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """`export A=1 B`, `local c="$1"`, `declare -A names`."""
    start, end = low.span(node)
    low.extents.append((start, end))
    words = [low.text(child) for child in low.children(node) if child.type == "word"]
    for child in low.children(node):
        if child.type == "variable_assignment":
            low.statement(child, out)
        elif child.type == "variable_name" and any(re.match(r"-\w*[aA]", word) for word in words):
            empty: p.Expression = p.Sequence(end, end, "list", ())
            if any("A" in word for word in words):
                empty = p.Mapping(end, end, ())
            out.append(p.Assign(start, end, (_variable(low, child),), empty))
        elif child.type in _WORDS and child.type not in ("word", "variable_name"):
            out.append(p.Do(*low.span(child), low.expression(child)))


def _unset(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    for child in low.children(node):
        if child.type == "variable_name":
            start, end = low.span(child)
            out.append(p.Assign(start, end, (_variable(low, child),), p.Opaque(start, end, "it is unset")))


def _function(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if body is None:
        return
    low.head(node, body)
    start, end = low.span(node)
    assert isinstance(low, _File)
    low.functions += 1
    try:
        made = _apart(low, node, [body], name=_plain_text(low, name) or low.text(name))
    finally:
        low.functions -= 1
    outer = tuple(sorted(_bound_outside(low, body)))
    made.parameters = (p.Parameter(start, start, _ALL, "rest", None, None),)
    if outer:
        made.body = (p.Outer(start, start, outer, False), *made.body)
    out.append(made)


def _bound_outside(low: Lowering, body: Node) -> set[str]:
    """The variables that a function binds and does not declare as its own."""
    own: set[str] = set()
    bound: set[str] = set()
    for node, declared in _bindings(body):
        name = low.text(node)
        (own if declared else bound).add(f"${name}")
    for node in walk(body):
        if node.type == "command" and low.text(node.child_by_field_name("name")) == "read":
            bound.update([f"${low.text(one)}" for one in _read_names(low, node.children_by_field_name("argument"))])
    return bound - own


def _bindings(body: Node) -> Iterator[tuple[Node, bool]]:
    """The names that are bound in a function's body, and whether they are declared as its own."""
    stack = [(body, False)]
    while stack:
        node, declared = stack.pop()
        if node.type in ("function_definition", "command_substitution", "subshell"):
            continue
        if node.type == "declaration_command":
            declared = any(not one.is_named and one.type in ("local", "declare", "typeset") for one in node.children)
        if node.type in ("variable_assignment", "for_statement"):
            name = node.child_by_field_name("variable" if node.type == "for_statement" else "name")
            while name is not None and name.type == "subscript":
                name = name.child_by_field_name("name")
            if name is not None:
                yield name, declared
        elif (
            node.type == "variable_name"
            and declared
            and node.parent is not None
            and node.parent.type == "declaration_command"
        ):
            yield node, True
        stack.extend([(child, declared) for child in node.named_children])


# Choices and loops --------------------------------------------------------------------------------------------------------------


def _fails(low: Lowering, nodes: Iterable[Node]) -> bool:
    """Whether commands leave the script, or a function with a failure: what they check is whether it was set up."""
    for top in nodes:
        for node in walk(top):
            if node.type == "command":
                words = low.text(node).split()
                if words[:1] == ["exit"] or (words[:1] == ["return"] and words[1:2] not in ([], ["0"])):
                    return True
    return False


def _condition(low: Lowering, nodes: list[Node], body: Iterable[Node], out: list[p.Statement]) -> p.Expression:
    """What decides on a way: a test, else the last of some commands, which are run."""
    tests = [node for node in nodes if node.is_named]
    for node in tests[:-1]:
        low.statement(node, out)
    if not tests:
        return p.Opaque(0, 0, _LATER)
    value = _decides(low, tests[-1])
    return p.Opaque(value.start, value.end, _LATER, (value,)) if _fails(low, body) else value


def _decides(low: Lowering, node: Node) -> p.Expression:
    if node.type in ("test_command", "negated_command"):
        return low.expression(node)
    start, end = low.span(node)
    if node.type in ("command", "pipeline", "redirected_statement"):
        steps = _Steps(low, node)
        if steps.is_call and steps.name in ("true", "false"):
            return p.Opaque(start, end, _LATER)
        return p.Opaque(start, end, _LATER, (steps.value(),))
    return p.Opaque(start, end, _LATER, (p.Call(start, end, _apart(low, node, [node]), ()),))


def _negated(low: Lowering, node: Node) -> p.Expression:
    inner = low.children(node)
    return p.Not(*low.span(node), _decides(low, inner[0])) if inner else low.opaque(node)


def _test(low: Lowering, node: Node) -> p.Expression:
    """`[ ... ]` and `[[ ... ]]`."""
    inner = low.children(node)
    return low.expression(inner[0]) if len(inner) == 1 else p.Opaque(*low.span(node), _LATER)


def _comparison(low: Lowering, node: Node) -> p.Expression:
    start, end = low.span(node)
    sign = low.text(node.child_by_field_name("operator"))
    left, right = [low.expression(node.child_by_field_name(side)) for side in ("left", "right")]
    if sign in ("&&", "||", "-a", "-o"):
        return p.Logic(start, end, "and" if sign in ("&&", "-a") else "or", left, right)
    given = node.child_by_field_name("right")
    sign = {"=": "==", "-eq": "==", "-ne": "!="}.get(sign, sign)
    if sign in ("==", "!=") and (
        given is None or given.type not in ("word", "extglob_pattern") or not _GLOB.search(low.text(given))
    ):
        return p.Compare(start, end, sign, left, right)
    return p.Opaque(start, end, _LATER, (left, right))


def _check(low: Lowering, node: Node) -> p.Expression:
    """`-z text`, `-n text`, `! test`, `-f file`."""
    start, end = low.span(node)
    sign = low.text(node.child_by_field_name("operator")) or next(iter(low.tokens(node)), "")
    inner = low.children(node)
    value = low.expression(inner[-1]) if inner else low.nothing(node)
    if sign in ("-z", "!"):
        return p.Not(start, end, value)
    return value if sign == "-n" else p.Opaque(start, end, _LATER, (value,))


def _if(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    start, end = low.span(node)
    ways: list[tuple[p.Expression, tuple[p.Statement, ...]]] = []
    otherwise: tuple[p.Statement, ...] = ()
    conditions = node.children_by_field_name("condition")
    body = [
        one for one in low.children(node) if one not in conditions and one.type not in ("elif_clause", "else_clause")
    ]
    low.head(node, body[0] if body else None)
    ways.append((_condition(low, conditions, body, out), low.block(body)))
    for clause in low.children(node):
        if clause.type == "elif_clause":
            at = next((one.start_byte for one in clause.children if one.type == "then"), clause.end_byte)
            tests = [one for one in low.children(clause) if one.start_byte < at]
            inner = [one for one in low.children(clause) if one.start_byte > at]
            low.head(clause, inner[0] if inner else None)
            ways.append((_condition(low, tests, inner, out), low.block(inner)))
        elif clause.type == "else_clause":
            otherwise = low.block(low.children(clause))
    out.append(p.Branch(start, end, tuple(ways), otherwise))


def _list(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """`first && second`, `first || second`."""
    inner = low.children(node)
    if len(inner) != 2:
        out.extend(low.block(inner))
        return
    start, end = low.span(node)
    first, second = inner
    if first.type == "test_command":
        test = _condition(low, [first], [second], out)
    else:
        low.statement(first, out)
        test = p.Opaque(start, start, _LATER)
    if "||" in low.tokens(node):
        test = p.Not(start, end, test)
    out.append(p.Branch(start, end, ((test, low.block([second])),), ()))


def _case(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    start, end = low.span(node)
    low.head(node, next((child for child in node.named_children if child.type == "case_item"), None))
    name = low.unpack(node, low.expression(node.child_by_field_name("value")), out)
    ways: list[tuple[p.Expression, tuple[p.Statement, ...]]] = []
    otherwise: tuple[p.Statement, ...] = ()
    for item in [child for child in node.named_children if child.type == "case_item"]:
        patterns = [one for one in item.children_by_field_name("value") if one.is_named]
        body = [one for one in low.children(item) if one not in patterns]
        statements = low.block(body)
        if [low.text(one) for one in patterns] == ["*"]:
            otherwise = statements
            break
        where = low.span(item)
        tests: list[p.Expression] = [
            p.Opaque(*where, _LATER)
            if _GLOB.search(low.text(one)) and one.type != "raw_string"
            else p.Compare(*where, "==", name, low.expression(one))
            for one in patterns
        ]
        test = tests[0] if tests else p.Opaque(*where, _LATER)
        for more in tests[1:]:
            test = p.Logic(*where, "or", test, more)
        ways.append((p.Opaque(*where, _LATER, (test,)) if _fails(low, body) else test, statements))
    if ways:
        out.append(p.Branch(start, end, tuple(ways), otherwise))
    else:
        out.extend(otherwise)


def _looped(low: Lowering, node: Node) -> tuple[p.Statement, ...]:
    assert isinstance(low, _File)
    low.loops += 1
    try:
        return low.loop(node.child_by_field_name("body"))
    finally:
        low.loops -= 1


def _for(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    start, end = low.span(node)
    low.head(node, node.child_by_field_name("body"))
    variable = node.child_by_field_name("variable")
    words = [one for one in node.children_by_field_name("value") if one.is_named]
    every: p.Expression = p.Name(start, start, _ALL)
    if words or "in" in low.tokens(node):
        every = p.Sequence(start, end, "list", _listed(low, words))
    target = p.Name(*low.span(variable), f"${low.text(variable)}") if variable is not None else None
    out.append(p.Loop(start, end, target, every, _looped(low, node), ()))


def _while(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    start, end = low.span(node)
    low.head(node, node.child_by_field_name("body"))
    tests = [one for one in node.children_by_field_name("condition") if one.is_named]
    before: list[p.Statement] = []
    for one in tests:
        if one.type == "command" and low.text(one.child_by_field_name("name")) == "read":
            low.statement(one, before)
    value = p.Opaque(start, start, _LATER) if before else _condition(low, tests, (), out)
    value = value if isinstance(value, p.Opaque) else p.Opaque(start, start, _LATER, (value,))
    out.append(p.Loop(start, end, None, value, (*before, *_looped(low, node)), ()))


def _counted(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    start, end = low.span(node)
    first = node.child_by_field_name("initializer")
    for one in walk(first) if first is not None else ():
        if one.type == "variable_assignment":
            name = low.text(one.child_by_field_name("name"))
            where = low.span(one)
            out.append(p.Assign(*where, (p.Name(*where, f"${name}"),), p.Opaque(*where, "it is counted at run time")))
    out.append(p.Loop(start, end, None, p.Opaque(start, start, _LATER), _looped(low, node), ()))


def _arithmetic(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """`(( ... ))` changes numbers; `{ ...; }` is a block."""
    if "((" not in low.tokens(node):
        out.extend(low.block(low.children(node)))


SYNTAX = Syntax(
    expressions={
        **dict.fromkeys(
            ("word", "string", "raw_string", "ansi_c_string", "translated_string", "concatenation", "number", "brace_expression",
             "extglob_pattern", "regex"),
            _word,
        ),
        "variable_name": _variable,
        "special_variable_name": _variable,
        "subscript": _variable,
        "simple_expansion": _simple,
        "expansion": _expansion,
        "command_substitution": _substitution,
        "process_substitution": _aside,
        "arithmetic_expansion": _computed,
        "array": _array,
        "test_command": _test,
        "negated_command": _negated,
        "binary_expression": _comparison,
        "unary_expression": _check,
        "parenthesized_expression": f.inner(),
    },
    statements={
        "command": _command,
        "pipeline": _command,
        "redirected_statement": _command,
        "variable_assignment": _assignment,
        "variable_assignments": f.inline,
        "declaration_command": _declaration,
        "unset_command": _unset,
        "function_definition": _function,
        "compound_statement": _arithmetic,
        "do_group": f.inline,
        "subshell": _subshell,
        "list": _list,
        "if_statement": _if,
        "case_statement": _case,
        "for_statement": _for,
        "while_statement": _while,
        "c_style_for_statement": _counted,
    },
    transparent=frozenset(("program", "ERROR")),
)  # fmt: skip
