"""JSON, with comments and trailing commas where it has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends.documents import MAX_DEPTH, Document, Key, named
from permlint.frontends.strings import backslash
from permlint.frontends.trees import DataTree

if TYPE_CHECKING:
    from tree_sitter import Node

_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)


def lower(path: str, data: bytes) -> p.Program:
    """The program of a JSON file. Raises Unreadable for binary files."""
    import tree_sitter_json
    from tree_sitter import Language

    document = Document(path, data)
    reader = _Json(document)
    root = reader.parse(Language(tree_sitter_json.language()))
    values = [node for node in reader.parts(root) if node.type in ("object", "array")]
    if values:
        return document.program([reader.value(values[0], "", 0)])
    loose = reader.entries(root, "", 0)  # A file that breaks off within its outermost mapping.
    return document.program([p.Mapping(*reader.span(root), tuple(loose))] if loose else [])


class _Json(DataTree):
    """Reads the tree of one file."""

    def value(self, node: Node, key: str, depth: int) -> p.Expression:
        """What a node holds. key: under which it stands."""
        start, end = self.span(node)
        if depth > MAX_DEPTH:
            return p.Opaque(start, end, "it is nested too deeply")
        if node.type == "object":
            return p.Mapping(start, end, tuple(self.entries(node, key, depth)))
        if node.type == "array":
            children, left_out = self.looked_into(node)
            items = [self.value(child, key, depth + 1) for child in children]
            rest = [p.Spread(end, end, self.document.rest(end))] if left_out else []
            return p.Sequence(start, end, "list", (*items, *rest))
        if node.type == "string":
            return self._string(node, key)
        if node.type in ("true", "false"):
            return p.Literal(start, end, node.type == "true")
        if node.type == "null":
            return p.Literal(start, end, None)
        return self.document.scalar(key, start, end)

    def entries(self, node: Node, parent: str, depth: int) -> list[tuple[p.Expression | None, p.Expression]]:
        """The entries of a mapping. parent: the key under which it stands."""
        entries: list[tuple[p.Expression | None, p.Expression]] = []
        children, left_out = self.looked_into(node)
        if left_out:
            entries.append((None, self.document.rest(self.span(node)[0])))
        siblings = self.siblings(children)
        for child in children:
            key_node, value_node = child.child_by_field_name("key"), child.child_by_field_name("value")
            if child.type == "pair" and key_node is not None and value_node is not None:
                start, end = self.span(key_node)
                key = Key(self.document.text[start + 1 : end - 1], start + 1, end - 1)
                value = self.value(value_node, named(key.text, siblings, parent), depth + 1)
                self.document.statement(key, value, self.span(child)[1])
                entries.append(self.document.entry(key, value))
        return entries

    def _string(self, node: Node, key: str) -> p.Expression:
        start, end = self.span(node)
        first, last = start + 1, max(start + 1, end - 1)
        escapes = [match.span() for match in _ESCAPE.finditer(self.document.text, first, last)]
        made = self.document.escaped(key, first, last, escapes, backslash)
        made.start, made.end = start, end
        return made
