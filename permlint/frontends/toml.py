"""TOML: tables, arrays of tables, dotted keys and inline tables as one mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends.documents import MAX_DEPTH, Document, Key, Tree, named
from permlint.frontends.strings import backslash
from permlint.frontends.trees import DataTree

if TYPE_CHECKING:
    from tree_sitter import Node

_KEYS = ("bare_key", "quoted_key", "dotted_key")


def lower(path: str, data: bytes) -> p.Program:
    """The program of a TOML file. Raises Unreadable for binary files."""
    import tree_sitter_toml
    from tree_sitter import Language

    document = Document(path, data)
    reader = _Toml(document)
    top = Tree()
    reader.fill(reader.parse(Language(tree_sitter_toml.language())), top, top, 0)
    return document.program([top.value(document)] if top.entries else [])


class _Toml(DataTree):
    """Reads the tree of one file."""

    def fill(self, node: Node, tree: Tree, top: Tree, depth: int) -> Tree:
        """Puts the entries of a node into a mapping. Returns the table that what follows belongs to."""
        for child in node.named_children:
            keys = self._keys(child)
            if child.type == "pair" and keys:
                value = next(
                    (one for one in reversed(child.named_children) if one.type not in (*_KEYS, "comment")), None
                )
                if value is not None:
                    name = named(keys[-1].text, tree.texts(), "")
                    tree.put(keys, self.value(value, name, depth + 1), self.document, self.span(child)[1])
            elif child.type == "table" and keys:
                tree = self.fill(child, top.inner(keys), top, depth)
            elif child.type == "table_array_element" and keys:
                tree = self.fill(child, top.append(keys), top, depth)
            elif child.type == "ERROR" and depth < MAX_DEPTH:
                tree = self.fill(child, tree, top, depth + 1)
        return tree

    def _keys(self, node: Node) -> list[Key]:
        found = next((child for child in node.named_children if child.type in _KEYS), None)
        out: list[Key] = []
        stack = [found] if found is not None else []
        while stack:
            one = stack.pop()
            if one.type == "dotted_key":
                stack.extend(reversed(one.named_children))
            else:
                start, end = self.span(one)
                if one.type == "quoted_key":
                    start, end = start + 1, end - 1
                out.append(Key(self.document.text[start:end], start, end))
        return out

    def value(self, node: Node, key: str, depth: int) -> p.Expression:
        """What a node holds. key: under which it stands."""
        start, end = self.span(node)
        if depth > MAX_DEPTH:
            return p.Opaque(start, end, "it is nested too deeply")
        if node.type == "string":
            return self._string(node, key)
        if node.type == "array":
            items = [child for child in node.named_children if child.type not in ("comment", "ERROR")]
            return p.Sequence(start, end, "list", tuple([self.value(child, key, depth + 1) for child in items]))
        if node.type == "inline_table":
            inner = Tree(start)
            self.fill(node, inner, inner, depth + 1)
            made = inner.value(self.document)
            made.start, made.end = start, end
            return made
        if node.type == "boolean":
            return p.Literal(start, end, self.text(node) == "true")
        return self.document.scalar(key, start, end)

    def _string(self, node: Node, key: str) -> p.Expression:
        start, end = self.span(node)
        text = self.document.text
        quote = 3 if text[start : start + 3] in ('"""', "'''") else 1
        first, last = start + quote, max(start + quote, end - quote)
        if quote == 3:
            first += len(text[first : first + 2]) - len(text[first : first + 2].lstrip("\r\n"))
        escapes = [self.span(child) for child in node.named_children if child.type == "escape_sequence"]
        made = self.document.escaped(key, first, last, escapes, backslash)
        made.start, made.end = start, end
        return made
