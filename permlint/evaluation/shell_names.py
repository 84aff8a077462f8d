"""The shell's names for the operations of `stdlib`, and what its own commands and signs do to texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.evaluation import operations as ops
from permlint.evaluation.calling import invoke
from permlint.evaluation.finding import scripts
from permlint.evaluation.library import Library
from permlint.evaluation.stdlib import adapters, texts
from permlint.evaluation.telling import here
from permlint.evaluation.values import (
    NOTHING,
    Arguments,
    External,
    Hole,
    Item,
    List,
    Map,
    Piece,
    Setting,
    Text,
    Unknown,
    Value,
    either,
    force,
    known_text,
    literal,
    settled,
    spread,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter

_OPTION = re.compile(r"-[neE]+")
_CONVERSION = re.compile(r"%[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]")
_MAX_ROUNDS = 64


def _words(_: Interpreter, arguments: Arguments) -> Value:
    """A word without quotes: split at blanks; what is not known is taken for one word.

    Of several texts that it may be, those count that are split like the first.
    """
    value = _first(arguments)
    if isinstance(value, List):
        return value
    options = [list(_split(one, _BLANKS)) if isinstance(one, Text) else [one] for one in settled(value)] or [[value]]
    alike = [words for words in options if len(words) == len(options[0])]
    return List([Item(either(column)) for column in zip(*alike, strict=True)])


def _outside(because: str) -> Value:
    """What a script is given from outside, as it is a variable of the environment."""
    given = Setting("")
    given.because = because
    return given


def _given(_: Interpreter, __: Arguments) -> Value:
    """The arguments of a script."""
    return _outside("it is an argument of the script")


def _typed(_: Interpreter, __: Arguments) -> Value:
    """What `read` reads."""
    return _outside("it is read at run time")


def _first(arguments: Arguments) -> Value:
    return arguments.get(0) or NOTHING


def _lines(_: Interpreter, arguments: Arguments) -> Value:
    """What a command prints, as a list: a function yields it, of any other it is one text."""

    def one(value: Value) -> Value:
        if isinstance(value, List):
            return value
        return List([]) if value is NOTHING else List([Item(value)])

    return spread(_first(arguments), one)


def _printed(_: Interpreter, arguments: Arguments) -> Value:
    """What a command prints, as a text: its lines, or one of them where only one of several ways is taken."""

    def one(value: Value) -> Value:
        if value is NOTHING:
            return literal("")
        if isinstance(value, Text):
            return ops.strip(value, "\n", "right")
        if isinstance(value, External):
            return _outside("a command prints it")
        if not isinstance(value, List):
            return value
        if value.missing is not None:
            return value.missing
        if len(value.items) == 1:
            return value.items[0].value
        if value.items and not any(item.certain for item in value.items):
            return either([item.value for item in value.items])
        return ops.strip(ops.joined(literal("\n"), value), "\n", "right")

    return spread(_first(arguments), one)


def _joined(_: Interpreter, arguments: Arguments) -> Value:
    """`${items[*]}`: with the first of the characters at which words are split, a blank unless the script says otherwise."""
    separator = known_text(arguments.get(1))
    return ops.joined(literal(" " if separator is None else separator[:1]), _first(arguments))


def _run(run: Interpreter, arguments: Arguments) -> Value:
    """A command whose name is in a variable, maybe with its first arguments (`$CURL -s address`)."""
    name = known_text(arguments.get(0))
    if not name or run.scope is None:
        return Unknown("which command is run is only known at run time")
    name = name.rpartition("/")[2]
    callee = run.scope.find(name) or External((name,))
    site = here(run)
    node = p.Call(site.start, site.end, p.Name(site.start, site.start, name), ())
    rest = Arguments(arguments.positional[1:], arguments.named, arguments.missing)
    return invoke(run, callee, rest, node)


def _evaluated(run: Interpreter, arguments: Arguments) -> Value:
    """`eval words`: the first command that they hold."""
    whole = ops.joined(literal(" "), List([Item(word) for word in arguments.positional]))

    def one(value: Value) -> Value:
        words = list(_split(value, _TOKENS)) if isinstance(value, Text) else []
        return _run(run, Arguments(words)) if words else Unknown("which command is run is only known at run time")

    return spread(whole, one) if arguments.positional else NOTHING


def _interpreted(run: Interpreter, arguments: Arguments) -> Value:
    """`bash -c commands`; a script that is run by its name is not followed."""
    option = known_text(arguments.get(0)) or ""
    if option.startswith("-") and option.endswith("c"):
        return _evaluated(run, Arguments(arguments.positional[1:2]))
    return Unknown("it is printed at run time")


def _split(text: Text, tokens: Mapping[str, re.Pattern[str]]) -> Iterator[Value]:
    """The words in a text, by what ends them outside of quotes and inside; what is put in is part of a word."""
    word: list[Piece | Hole] | None = None
    quote = ""
    for piece in text.pieces:
        if isinstance(piece, Hole):
            word = [*(word or []), piece]
            continue
        for match in _tokens(piece.text, quote, tokens):
            kind = match.lastgroup
            if kind == "end":
                if word is not None:
                    yield Text(word or (Piece(""),))
                return
            if kind == "blank":
                if word is not None:
                    yield Text(word or (Piece(""),))
                word = None
                continue
            word = word or []
            if kind == "quote":
                quote = "" if quote else match[0]
            else:
                word.append(piece.cut(*match.span(kind or 0)))
    if word is not None:
        yield Text(word or (Piece(""),))


_TOKENS = {
    "": re.compile(
        r"\\(?P<escaped>[^\n])|\\?(?P<blank>\s+)|(?P<quote>['\"])|(?P<end>[;|&<>])|(?P<plain>[^\\\s'\";|&<>]+|\\)",
        re.DOTALL,
    ),
    '"': re.compile(r"\\(?P<escaped>[\"\\$`])|(?P<quote>\")|(?P<plain>[^\"\\]+|\\)", re.DOTALL),
    "'": re.compile(r"(?P<quote>')|(?P<plain>[^']+)", re.DOTALL),
}
"""What stands in commands outside of quotes, and inside of either kind."""
_BLANKS = {"": re.compile(r"(?P<blank>\s+)|(?P<plain>\S+)")}


def _tokens(text: str, quote: str, tokens: Mapping[str, re.Pattern[str]]) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(text):
        match = tokens[quote].match(text, at)
        if match is None:
            return
        if match.lastgroup == "quote":
            quote = "" if quote else match[0]
        yield match
        at = match.end()


def _echo(_: Interpreter, arguments: Arguments) -> Value:
    """`echo words`."""
    words = list(arguments.positional)
    while words and _OPTION.fullmatch(known_text(words[0]) or ""):
        del words[0]
    if arguments.missing is not None:
        return Unknown(arguments.missing.because, arguments.missing.owner)
    return ops.joined(literal(" "), List([Item(word) for word in words])) if words else literal("")


def _printf(_: Interpreter, arguments: Arguments) -> Value:
    """`printf format values`: the format is used again while there are values."""
    words = arguments.positional[1:] if known_text(arguments.get(0)) == "--" else arguments.positional
    known = known_text(words[0]) if words else None
    if known is None or arguments.missing is not None:
        return Unknown("it is filled in at run time")
    width = len(_CONVERSION.findall(known.replace("%%", "")))
    values = words[1:]
    rounds = [values[at : at + width] for at in range(0, len(values), width or 1)][:_MAX_ROUNDS] if width else []
    template = ops.replace(force(words[0]), "\\n", literal("\n"))
    made = [ops.format_percent(template, List([Item(value) for value in one], "tuple")) for one in rounds or [[]]]
    return ops.concat(made)


def _cat(_: Interpreter, arguments: Arguments) -> Value:
    """`cat` of what it is given to read; files are not read."""
    stdin = arguments.get(None, "stdin")
    plain = all(known_text(value) == "-" for value in arguments.positional)
    return stdin if stdin is not None and plain else _outside("it stands in a file")


def _tr(_: Interpreter, arguments: Arguments) -> Value:
    """`tr ' ' ','` and `tr -d ' '` of single characters."""
    stdin = arguments.get(None, "stdin")
    words = [known_text(value) for value in arguments.positional]
    if stdin is None or len(words) != 2 or words[0] is None or words[1] is None:
        return Unknown("it is changed at run time")
    old, new = (words[1], "") if words[0] == "-d" else (words[0], words[1])
    old, new = [{"\\n": "\n", "\\t": "\t"}.get(word, word) for word in (old, new)]
    if len(old) != 1 or len(new) > 1:
        return Unknown("it is changed at run time")
    return ops.replace(ops.as_text(stdin), old, literal(new))


def _keys(_: Interpreter, arguments: Arguments) -> Value:
    """`${!items[@]}`."""
    value = force(_first(arguments))
    return ops.keys(value) if isinstance(value, Map) else List([], missing=Unknown("they are numbers"))


LIBRARY = Library(
    open=True,
    sigil="$",
    arrays=True,
    dynamic=True,
    environment="variable",
    functions={
        "<words>": _words,
        "<lines>": _lines,
        "<printed>": _printed,
        "<joined>": _joined,
        "<run>": _run,
        "<given>": _given,
        "<typed>": _typed,
        "<keys>": _keys,
        "<last>": adapters.second,
        "<replaced>": adapters.as_method(texts.replace_text),
        "<without start>": adapters.as_method(texts.trimmed("start")),
        "<without end>": adapters.as_method(texts.trimmed("end")),
        "<upper>": adapters.as_method(texts.recased(str.upper)),
        "<lower>": adapters.as_method(texts.recased(str.lower)),
        "cat": _cat,
        "echo": _echo,
        "eval": _evaluated,
        "bash": _interpreted,
        "sh": _interpreted,
        "zsh": _interpreted,
        "print": _echo,
        "printf": _printf,
        "tr": _tr,
    },
    finder=scripts,
)
