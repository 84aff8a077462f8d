"""What the readers of data share that read with tree-sitter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from permlint.frontends.syntax import comment, walk

if TYPE_CHECKING:
    from tree_sitter import Language, Node

    from permlint.frontends.documents import Document

_MAX_GAP = 4_000
_MANY = 50
_SMALL = 40
_MAX_NAME = 200
_TELLING = re.compile(r"facebook|instagram|threads|whatsapp|meta|fb|[ :-]&\w", re.IGNORECASE)
"""Names of the platform, and an anchor of YAML."""
_COMMENTS = frozenset(("comment", "Comment"))


class DataTree:
    """The tree of one file of data; comments and what could not be parsed are noted in its document."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def parse(self, grammar: Language) -> Node:
        """The root of the tree."""
        document = self.document
        root = document.source.parse(grammar).root_node
        names_us = "permlint" in document.text
        if names_us or root.has_error:
            for node in walk(root):
                if names_us and node.type in _COMMENTS and b"permlint" in (node.text or b"") and not _in_tag(node):
                    document.comments.append(comment(document.text, *self.span(node)))
                elif node.type == "ERROR" and not any(child.is_named for child in node.children):
                    start, end = self.span(node)
                    document.gaps.append((start, end, document.source.hidden[start : min(end, start + _MAX_GAP)]))
        return root

    def span(self, node: Node) -> tuple[int, int]:
        """Where a node stands, in code points, without the line ends behind it that a grammar takes for a part of it."""
        source, text = self.document.source, self.document.text
        start, end = source.offset(node.start_byte), source.offset(node.end_byte)
        while end > start and text[end - 1] in " \t\r\n":
            end -= 1
        return start, end

    def text(self, node: Node) -> str:
        """A node's characters."""
        start, end = self.span(node)
        return self.document.text[start:end]

    def parts(self, node: Node) -> Iterator[Node]:
        """The children of a collection, those in a broken part of it too."""
        for child in node.named_children:
            if child.type == "ERROR":
                yield from self.parts(child)
            elif child.type not in _COMMENTS and not child.is_missing:
                yield child

    def siblings(self, pairs: list[Node]) -> dict[str, str]:
        """The texts of the short entries of a mapping, by their keys, without quotes."""
        out: dict[str, str] = {}
        for pair in pairs if len(pairs) < _MANY else ():
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is not None and value is not None and value.end_byte - value.start_byte < _MAX_NAME:
                out[self.text(key).strip("\"'")] = self.text(value).strip("\"'")
        return out

    def looked_into(self, node: Node) -> tuple[list[Node], bool]:
        """The children of a collection, and whether some are left out.

        Of very many, as catalogues of providers and sets of data have them, only those that name the platform, are named
        elsewhere or are small.
        """
        children = list(self.parts(node))
        found = self.telling(children)
        return found, len(found) < len(children)

    def telling(self, nodes: list[Node]) -> list[Node]:
        """The nodes; of very many those that `looked_into` keeps."""
        return nodes if len(nodes) <= _MANY else [node for node in nodes if self._may_matter(node)]

    def _may_matter(self, node: Node) -> bool:
        start, end = self.span(node)
        return end - start <= _SMALL or _TELLING.search(self.document.text, start, end) is not None


def _in_tag(comment: Node) -> bool:
    """Whether what looks like a comment stands within a tag of XML, where none can: that breaks the tag, or ends it."""
    around = comment.parent
    if around is None:
        return False
    before = around.prev_sibling
    if before is not None and before.type == "STag" and before.has_error:
        return True
    return around.type == "ERROR" and around.parent is not None and around.parent.type in ("STag", "EmptyElemTag")
