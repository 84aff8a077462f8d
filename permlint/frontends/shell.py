"""Shell scripts (sh, bash, zsh): their table of kinds of nodes, variables and functions, choices and loops."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends import Unreadable
from permlint.frontends import forms as f
from permlint.frontends.shell_commands import Steps, apart, aside, command, read_names, subshell, substitution
from permlint.frontends.shell_words import (
    ALL,
    GLOB,
    LATER,
    WORDS,
    ShellFile,
    array,
    call,
    expansion,
    joined,
    listed,
    plain_text,
    simple,
    variable,
    word,
)
from permlint.frontends.syntax import Lowering, Source, Syntax, decode, walk

if TYPE_CHECKING:
    from tree_sitter import Language, Node

LANGUAGE = "shell"
_MAX_SECONDS = 1.0
"""A megabyte takes a fifth of it; what is broken takes the grammar memory by the square of what is nested."""
_MAX_PIPES = 3_000
"""More commands in a row, if the last is missing, take the grammar hundreds of megabytes."""


def lower(path: str, data: bytes) -> p.Program:
    """The program in a shell script. Raises Unreadable for binary files and where parsing takes too much."""
    low = ShellFile(Source(decode(data)), SYNTAX)
    pipes = 0
    for number, line in enumerate(low.source.text.split("\n"), 1):
        pipes = pipes + line.count("|") if "|" in line else 0
        if pipes > _MAX_PIPES:
            raise Unreadable(f"more than {_MAX_PIPES:,} commands read from each other", number)
    body = low.root(low.source.parse(grammar(), seconds=_MAX_SECONDS))
    if low.given:
        given = p.Assign(0, 0, (p.Name(0, 0, ALL),), call(0, 0, "<given>"))
        body = (given, *body)
    return low.program(path, LANGUAGE, body)


@functools.cache
def grammar() -> Language:
    """The grammar of bash, which holds those of sh and, as far as it is written alike, zsh."""
    import tree_sitter_bash
    from tree_sitter import Language

    return Language(tree_sitter_bash.language())


def _computed(low: Lowering, node: Node) -> p.Expression:
    return p.Opaque(*low.span(node), "it is computed")


# Variables and functions --------------------------------------------------------------------------------------------------------


def _assignment(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    start, end = low.span(node)
    low.extents.append((start, end))
    name, given = node.child_by_field_name("name"), node.child_by_field_name("value")
    if name is None:
        return
    target = variable(low, name)
    value = low.expression(given) if given is not None else p.String(end, end, (p.Text(end, end, ""),))
    if node.children_by_field_name("value")[1:]:
        value = joined(low, node.children_by_field_name("value"), node)
    if not isinstance(target, (p.Name, p.Index)):
        out.append(p.Do(start, end, value))
    elif "+=" in low.tokens(node):
        out.append(p.Augment(start, end, "+", target, value))
    else:
        out.append(p.Assign(start, end, (target,), value))


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
            out.append(p.Assign(start, end, (variable(low, child),), empty))
        elif child.type in WORDS and child.type not in ("word", "variable_name"):
            out.append(p.Do(*low.span(child), low.expression(child)))


def _unset(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    for child in low.children(node):
        if child.type == "variable_name":
            start, end = low.span(child)
            out.append(p.Assign(start, end, (variable(low, child),), p.Opaque(start, end, "it is unset")))


def _function(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if body is None:
        return
    low.head(node, body)
    start = low.span(node)[0]
    assert isinstance(low, ShellFile)
    low.functions += 1
    try:
        made = apart(low, node, [body], name=plain_text(low, name) or low.text(name))
    finally:
        low.functions -= 1
    outer = tuple(sorted(_bound_outside(low, body)))
    made.parameters = (p.Parameter(start, start, ALL, "rest", None, None),)
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
            bound.update([f"${low.text(one)}" for one in read_names(low, node.children_by_field_name("argument"))])
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
        return p.Opaque(0, 0, LATER)
    value = _decides(low, tests[-1])
    return p.Opaque(value.start, value.end, LATER, (value,)) if _fails(low, body) else value


def _decides(low: Lowering, node: Node) -> p.Expression:
    if node.type in ("test_command", "negated_command"):
        return low.expression(node)
    start, end = low.span(node)
    if node.type in ("command", "pipeline", "redirected_statement"):
        steps = Steps(low, node)
        if steps.is_call and steps.name in ("true", "false"):
            return p.Opaque(start, end, LATER)
        return p.Opaque(start, end, LATER, (steps.value(),))
    return p.Opaque(start, end, LATER, (p.Call(start, start, apart(low, node, [node]), ()),))


def _negated(low: Lowering, node: Node) -> p.Expression:
    inner = low.children(node)
    return p.Not(*low.span(node), _decides(low, inner[0])) if inner else low.opaque(node)


def _test(low: Lowering, node: Node) -> p.Expression:
    """`[ ... ]` and `[[ ... ]]`."""
    inner = low.children(node)
    return low.expression(inner[0]) if len(inner) == 1 else p.Opaque(*low.span(node), LATER)


def _comparison(low: Lowering, node: Node) -> p.Expression:
    start, end = low.span(node)
    sign = low.text(node.child_by_field_name("operator"))
    left, right = [low.expression(node.child_by_field_name(side)) for side in ("left", "right")]
    if sign in ("&&", "||", "-a", "-o"):
        return p.Logic(start, end, "and" if sign in ("&&", "-a") else "or", left, right)
    given = node.child_by_field_name("right")
    sign = {"=": "==", "-eq": "==", "-ne": "!="}.get(sign, sign)
    if sign in ("==", "!=") and (
        given is None or given.type not in ("word", "extglob_pattern") or not GLOB.search(low.text(given))
    ):
        return p.Compare(start, end, sign, left, right)
    return p.Opaque(start, end, LATER, (left, right))


def _check(low: Lowering, node: Node) -> p.Expression:
    """`-z text`, `-n text`, `! test`, `-f file`."""
    start, end = low.span(node)
    sign = low.text(node.child_by_field_name("operator")) or next(iter(low.tokens(node)), "")
    inner = low.children(node)
    value = low.expression(inner[-1]) if inner else low.nothing(node)
    if sign in ("-z", "!"):
        return p.Not(start, end, value)
    return value if sign == "-n" else p.Opaque(start, end, LATER, (value,))


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
        test = p.Opaque(start, start, LATER)
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
            p.Opaque(*where, LATER)
            if GLOB.search(low.text(one)) and one.type != "raw_string"
            else p.Compare(*where, "==", name, low.expression(one))
            for one in patterns
        ]
        test = tests[0] if tests else p.Opaque(*where, LATER)
        for more in tests[1:]:
            test = p.Logic(*where, "or", test, more)
        ways.append((p.Opaque(*where, LATER, (test,)) if _fails(low, body) else test, statements))
    if ways:
        out.append(p.Branch(start, end, tuple(ways), otherwise))
    else:
        out.extend(otherwise)


def _looped(low: Lowering, node: Node) -> tuple[p.Statement, ...]:
    assert isinstance(low, ShellFile)
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
    every: p.Expression = p.Name(start, start, ALL)
    if words or "in" in low.tokens(node):
        every = p.Sequence(start, end, "list", listed(low, words))
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
    value = p.Opaque(start, start, LATER) if before else _condition(low, tests, (), out)
    value = value if isinstance(value, p.Opaque) else p.Opaque(start, start, LATER, (value,))
    out.append(p.Loop(start, end, None, value, (*before, *_looped(low, node)), ()))


def _counted(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    start, end = low.span(node)
    first = node.child_by_field_name("initializer")
    for one in walk(first) if first is not None else ():
        if one.type == "variable_assignment":
            name = low.text(one.child_by_field_name("name"))
            where = low.span(one)
            out.append(p.Assign(*where, (p.Name(*where, f"${name}"),), p.Opaque(*where, "it is counted at run time")))
    out.append(p.Loop(start, end, None, p.Opaque(start, start, LATER), _looped(low, node), ()))


def _arithmetic(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """`(( ... ))` changes numbers; `{ ...; }` is a block."""
    if "((" not in low.tokens(node):
        out.extend(low.block(low.children(node)))


SYNTAX = Syntax(
    expressions={
        **dict.fromkeys(
            ("word", "string", "raw_string", "ansi_c_string", "translated_string", "concatenation", "number", "brace_expression",
             "extglob_pattern", "regex"),
            word,
        ),
        "variable_name": variable,
        "special_variable_name": variable,
        "subscript": variable,
        "simple_expansion": simple,
        "expansion": expansion,
        "command_substitution": substitution,
        "process_substitution": aside,
        "arithmetic_expansion": _computed,
        "array": array,
        "test_command": _test,
        "negated_command": _negated,
        "binary_expression": _comparison,
        "unary_expression": _check,
        "parenthesized_expression": f.inner(),
    },
    statements={
        "command": command,
        "pipeline": command,
        "redirected_statement": command,
        "variable_assignment": _assignment,
        "variable_assignments": f.inline,
        "declaration_command": _declaration,
        "unset_command": _unset,
        "function_definition": _function,
        "compound_statement": _arithmetic,
        "do_group": f.inline,
        "subshell": subshell,
        "list": _list,
        "if_statement": _if,
        "case_statement": _case,
        "for_statement": _for,
        "while_statement": _while,
        "c_style_for_statement": _counted,
    },
    transparent=frozenset(("program", "ERROR")),
)  # fmt: skip
