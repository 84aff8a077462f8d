"""Fields: what a call asks for of an answer, from lists, texts and expansions of fields."""

from __future__ import annotations

import re

from permlint.evaluation.values import External, List, Unknown, Value, alternatives, force, known_text, literal

_MOST = 400


def asked_fields(value: Value | None) -> tuple[str, ...] | None:
    """The fields that a value names, nested ones as `a.b`; none for no value, None where only a run tells them."""
    if value is None:
        return ()
    names: list[str] = []
    for option in alternatives(value):
        if isinstance(option, List):
            if option.missing is not None:
                return None
            texts = [_text(item.value) for item in option.items]
        else:
            texts = [_text(option)]
        for text in texts:
            if text is None:
                return None
            names += _split(text)
    return tuple(dict.fromkeys(names))[:_MOST]


def renamed(value: Value, names: dict[str, str]) -> Value:
    """Fields by the names that Meta gives them. names: of those that a library calls otherwise."""
    fields = asked_fields(value)
    if fields is None:
        return Unknown("it is computed at run time")
    return literal(",".join([names.get(name, name) for name in fields]))


def _text(value: Value) -> str | None:
    """What a value names as fields; a constant of Meta's SDK (`AdAccount.Field.name`) is called as its field."""
    value = force(value)
    if isinstance(value, External):
        owner, _, name = value.paths[0].rpartition(".")
        if not re.search(r"[./\\]\w*Fields?$", owner):
            return None
        from permlint.catalog.endpoint_sdk import load_sdk

        return load_sdk().field(name.lower() if name.isupper() else name)
    return known_text(value)


def _split(text: str) -> list[str]:
    """The names in a field expansion, nested ones as `a.b`, without their modifiers: `accounts{access_token},posts.limit(5)`."""
    out: list[str] = []
    stack: list[str] = []
    name = ""
    depth = 0
    for char in text:
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif char == "{":
            stack.append(_name(name))
            name = ""
        elif char in ",}":
            if _name(name):
                out.append(".".join([*stack, _name(name)]))
            name = ""
            if char == "}" and stack:
                closed = ".".join(stack)
                if closed not in out:
                    out.append(closed)
                stack.pop()
        else:
            name += char
        if len(out) > _MOST:
            break
    if _name(name):
        out.append(".".join([*stack, _name(name)]))
    return out


def _name(text: str) -> str:
    return text.strip().split(".", 1)[0].strip().lower()
