"""Elements of a page that are written in a text, such as a template string with a login button."""

from __future__ import annotations

import re
from collections.abc import Iterator

from permlint.evaluation.values import Item, Map, Text, literal
from permlint.recognition.addresses import flat

_ELEMENT = re.compile(r"<([A-Za-z][\w:.-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*'){0,2000})>")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=\0]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`]+)))?")


def elements(text: Text) -> Iterator[tuple[str, Map]]:
    """The tags of the elements in a text, each with its attributes."""
    laid = flat(text)
    if laid is None:
        return
    for element in _ELEMENT.finditer(laid.shape):
        attributes: dict[str, Item] = {}
        for found in _ATTRIBUTE.finditer(laid.shape, element.start(2), element.end(2)):
            group = found.lastindex or 1
            value = literal("") if group == 1 else laid.part(found.start(group), found.end(group))
            attributes.setdefault(found[1], Item(value))
        if attributes:
            yield element[1].lower(), Map(attributes)
