"""What rows say of arguments: by name or position, and what stands in them."""

from __future__ import annotations

from permlint.evaluation.values import (
    Arguments,
    External,
    Instance,
    Item,
    List,
    Map,
    Text,
    Value,
    alternatives,
    either,
    settled,
)


def argument(arguments: Arguments, key: str) -> Value | None:
    """An argument by a row's key; `a.b` goes into it.

    `#1` is one by its position, `#*` all of them, `#1*` those from there on, `**` all named ones; any other is a name.
    """
    name, _, rest = key.partition(".")
    if name == "**":
        return Map({name: Item(value) for name, value in arguments.named.items()}) if arguments.named else None
    if name.startswith("#") and name.endswith("*"):
        every = [Item(value) for value in arguments.positional[int(name[1:-1] or 0) :]]
        return List(every, missing=arguments.missing) if every or arguments.missing else None
    value = arguments.get(int(name[1:])) if name.startswith("#") else arguments.named.get(name)
    if value is None or not rest:
        return value
    return dig(value, rest.split("."))


def dig(value: Value, keys: list[str]) -> Value | None:
    """The part of a value under some keys, one in the other; `*` is any key, `[]` any item."""
    for key in keys:
        found: list[Value] = []
        for option in alternatives(value):
            if isinstance(option, Map) and key == "*":
                found += [item.value for item in option.entries.values()]
            elif isinstance(option, Map) and key in option.entries:
                found.append(option.entries[key].value)
            elif isinstance(option, List) and key == "[]":
                found += [item.value for item in option.items]
            elif isinstance(option, Instance) and key in option.attributes:
                found.append(option.attributes[key])
            elif isinstance(option, External) and option.arguments is not None:
                # What an object was made with counts as its parts.
                found += _given(option.arguments, key)
        if not found:
            return None
        value = either(found)
    return value


def values_of(mapping: Map) -> dict[str, Value]:
    """The values of a mapping by their keys."""
    return {key: item.value for key, item in mapping.entries.items()}


def text_of(value: Value) -> Text | None:
    """A text, or the first of several; None where there is none."""
    return next((one for one in settled(value) if isinstance(one, Text)), None)


def _given(arguments: Arguments, key: str) -> list[Value]:
    if key in arguments.named:
        return [arguments.named[key]]
    if key.startswith("#"):
        given = argument(arguments, key)
        return [given] if given is not None else []
    maps = [one for value in arguments.positional[:2] for one in settled(value) if isinstance(one, Map)]
    return [one.entries[key].value for one in maps if key in one.entries][:1]
