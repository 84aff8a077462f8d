"""Commands of shell scripts: a call of the command's name with its words, and what it is given to read as the argument `stdin`.

Where someone captures what commands print, that is yielded line by line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends.shell_words import (
    ALL,
    IN_DOCUMENT,
    PLAIN,
    PUT_IN,
    VARIABLE,
    ShellFile,
    argument,
    between,
    call,
    listed,
    plain_text,
)
from permlint.frontends.strings import Pieces
from permlint.frontends.syntax import Lowering

if TYPE_CHECKING:
    from tree_sitter import Node

_SILENT = frozenset((
    ":", "[", "alias", "cd", "chmod", "command_not_found_handle", "cp", "disown", "exit", "export", "false", "hash", "kill",
    "let", "local", "mkdir", "mv", "popd", "pushd", "read", "return", "rm", "set", "shift", "shopt", "sleep", "source", "test",
    "touch", "trap", "true", "umask", "unalias", "unset", "wait", ".",
))  # fmt: skip
"""Commands that print nothing when all goes well."""


def substitution(low: Lowering, node: Node) -> p.Expression:
    """`$(...)`: what commands print."""
    return call(*low.span(node), "<printed>", _output(low, node, low.children(node)))


def aside(low: Lowering, node: Node) -> p.Expression:
    """`<(...)`: a file that holds what commands print."""
    value = _output(low, node, low.children(node))
    return p.Opaque(*low.span(node), "it is a file that commands write", (value,))


def _output(low: Lowering, node: Node, nodes: list[Node]) -> p.Expression:
    """What stands for what commands print: one that is a call is that; of several it is yielded by a function of their own."""
    if len(nodes) == 1 and nodes[0].type in ("command", "pipeline", "redirected_statement"):
        steps = Steps(low, nodes[0])
        if steps.is_call and (steps.name not in _STATEMENTS or not steps.is_alone):
            return steps.value()
    if len(nodes) == 1 and nodes[0].type in ("file_redirect", "herestring_redirect"):
        return p.Opaque(*low.span(node), "it stands in a file")
    start = low.span(node)[0]
    return p.Call(start, start, apart(low, node, nodes), ())


def apart(low: Lowering, node: Node, nodes: Iterable[Node], *, name: str = "") -> p.Function:
    """Commands that run by themselves; what they print is captured."""
    assert isinstance(low, ShellFile)
    state = (low.captured, low.loops)
    low.captured, low.loops = True, 0
    try:
        body = low.block(nodes)
    finally:
        low.captured, low.loops = state
    return p.Function(*low.span(node), name, (), body)


class Steps:
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
        for child in self.node.children_by_field_name("redirect") if self.is_call else ():
            self._redirected(child)
        name = self.node.child_by_field_name("name") if self.is_call else None
        known = plain_text(low, low.children(name)[0]) if name is not None and low.children(name) else None
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
            if target is not None and target.type in PUT_IN:
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
            stdin = call(made.start, made.end, "<printed>", made)
            step = Steps(low, node, stdin)
            self.quiet = step.quiet or self.quiet
            made = step.value()
        return made

    def _first(self) -> p.Expression:
        low, node = self._low, self.node
        start, end = low.span(node)
        if not self.is_call:
            made = p.Call(start, start, apart(low, node, [node]), ())
            if self.stdin is None:
                return made
            return call(start, end, "<last>", self.stdin, made)
        arguments = [argument(low, word) for word in self.words]
        if self.stdin is not None:
            arguments.append(("stdin", self.stdin))
        arguments += [("stdout", one) for one in self._asides[:1]]
        given = node.child_by_field_name("name")
        where = low.span(given) if given is not None else (start, start)
        if self.name:
            return p.Call(start, end, p.Name(*where, self.name), tuple(arguments))
        inner = low.children(given)[0] if given is not None and low.children(given) else node
        return p.Call(start, end, p.Name(start, start, "<run>"), (argument(low, inner), *arguments))


def _document(low: Lowering, node: Node) -> p.Expression | None:
    """The text of a here-document."""
    body = next((child for child in node.named_children if child.type == "heredoc_body"), None)
    mark = next((child for child in node.named_children if child.type == "heredoc_start"), None)
    if body is None:
        return None
    start, end = low.span(body)
    pieces = Pieces(low.source, start)
    plain = any(sign in low.text(mark) for sign in "'\"\\")
    between(low, body, pieces, end, PLAIN if plain else IN_DOCUMENT)
    return p.String(start, end, pieces.parts())


def command(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """A command as a statement."""
    assert isinstance(low, ShellFile)
    if node.type == "command" and node.child_by_field_name("name") is None:
        for child in low.children(node):  # `A=1 B=2`
            low.statement(child, out)
        return
    steps = Steps(low, node)
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
        value = p.Yield(start, end, call(start, end, "<lines>", value), True)
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


def subshell(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """`( ... )`: commands whose variables nobody else sees."""
    assert isinstance(low, ShellFile)
    start, end = low.span(node)
    value: p.Expression = p.Call(start, start, apart(low, node, low.children(node)), ())
    out.append(p.Do(start, end, p.Yield(start, end, value, True) if low.captured else value))


# Commands that are statements: each gives False where it is a call like any other.


def _source(low: Lowering, steps: Steps, out: list[p.Statement]) -> bool:
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


def _exit(low: Lowering, steps: Steps, out: list[p.Statement]) -> bool:
    out.append(p.Leave(*low.span(steps.node), "raise", None))
    return True


def _return(low: Lowering, steps: Steps, out: list[p.Statement]) -> bool:
    out.append(p.Return(*low.span(steps.node), None))
    return True


def _leave(kind: str) -> Callable[[Lowering, Steps, list[p.Statement]], bool]:
    def made(low: Lowering, steps: Steps, out: list[p.Statement]) -> bool:
        assert isinstance(low, ShellFile)
        if low.loops:
            out.append(p.Leave(*low.span(steps.node), kind, None))
        return True

    return made


def _shift(low: Lowering, steps: Steps, out: list[p.Statement]) -> bool:
    start, end = low.span(steps.node)
    count = low.text(steps.words[0]) if steps.words else "1"
    whole = p.Name(start, start, ALL)
    first = p.Literal(start, start, int(count) if count.isdigit() else 1)
    rest = p.Index(start, end, whole, p.Slice(start, end, first, None, None))
    out.append(p.Assign(start, end, (p.Name(start, start, ALL),), rest))
    return True


def _set(low: Lowering, steps: Steps, out: list[p.Statement]) -> bool:
    """`set -- a b`: the arguments anew."""
    words = steps.words
    if not words or low.text(words[0]) != "--":
        return False
    start, end = low.span(steps.node)
    items = p.Sequence(start, end, "list", listed(low, words[1:]))
    out.append(p.Assign(start, end, (p.Name(start, start, ALL),), items))
    return True


def _read(low: Lowering, steps: Steps, out: list[p.Statement]) -> bool:
    """`read -r name`: of a whole document where nothing ends it, else of what is only known at run time."""
    start, end = low.span(steps.node)
    words = steps.words
    names = read_names(low, words)
    texts = [low.text(one) for one in words]
    whole = any(texts[at : at + 2] in (["-d", "''"], ["-d", '""']) for at in range(len(texts)))
    for name in names:
        known = steps.stdin if whole and len(names) == 1 else None
        given = [steps.stdin] if steps.stdin is not None else []
        value = known or call(start, end, "<typed>", *given)
        out.append(p.Assign(start, end, (p.Name(*low.span(name), f"${low.text(name)}"),), value))
    return True


def read_names(low: Lowering, words: list[Node]) -> list[Node]:
    """The words that are names of variables; the value of an option (`-p prompt`) is none."""
    out: list[Node] = []
    takes = False
    for word in words:
        text = low.text(word)
        if takes:
            takes = False
        elif text.startswith("-"):
            takes = text[-1] in "dinNptu"
        elif word.type == "word" and VARIABLE.fullmatch(text):
            out.append(word)
    return out


def _printf(low: Lowering, steps: Steps, out: list[p.Statement]) -> bool:
    """`printf -v name format values`."""
    words = steps.words
    if len(words) < 3 or low.text(words[0]) != "-v":
        return False
    start, end = low.span(steps.node)
    call = p.Call(start, end, p.Name(start, start, "printf"), tuple([argument(low, one) for one in words[2:]]))
    out.append(p.Assign(start, end, (p.Name(*low.span(words[1]), f"${low.text(words[1])}"),), call))
    return True


_STATEMENTS: dict[str, Callable[[Lowering, Steps, list[p.Statement]], bool]] = {
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
