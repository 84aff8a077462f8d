"""What the readers of data share that read with tree-sitter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.frontends.syntax import comment, walk

if TYPE_CHECKING:
    from tree_sitter import Language, Node

    from permlint.frontends.documents import Document

_MAX_GAP = 4_000
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
                if names_us and node.type in _COMMENTS and b"permlint" in (node.text or b""):
                    document.comments.append(comment(document.text, *self.span(node)))
                elif node.type == "ERROR" and not any(child.is_named for child in node.children):
                    start, end = self.span(node)
                    document.gaps.append((start, end, document.source.hidden[start : min(end, start + _MAX_GAP)]))
        return root

    def span(self, node: Node) -> tuple[int, int]:
        """Where a node stands, in code points."""
        source = self.document.source
        return source.offset(node.start_byte), source.offset(node.end_byte)

    def text(self, node: Node) -> str:
        """A node's characters."""
        start, end = self.span(node)
        return self.document.text[start:end]
