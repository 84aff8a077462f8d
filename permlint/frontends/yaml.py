"""YAML: block and flow collections, anchors and aliases, merge keys, block scalars, several documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends import Unreadable
from permlint.frontends.documents import MAX_DEPTH, Document, Key, named
from permlint.frontends.strings import backslash
from permlint.frontends.trees import DataTree

if TYPE_CHECKING:
    from tree_sitter import Node

_YES = frozenset(("true", "yes", "on"))
_NO = frozenset(("false", "no", "off"))
_MAX_REPEATED = 20_000
_MAX_LEVELS = 150
_BEGINNING = re.compile(r"^([ ]*)((?:[-?:][ \t]+)*)(?=[^\r\n]|$)", re.MULTILINE)
_WRAPPERS = frozenset(("block_node", "flow_node", "document", "ERROR", "stream"))
_COLLECTIONS = frozenset(("block_mapping", "flow_mapping", "block_sequence", "flow_sequence"))
_PLAIN_TAGS = re.compile(r"!|!!(?:str|seq|map|set|omap|bool|int|float|null)|!Sub")
_ESCAPE = re.compile(r"\\(?:(?:\r\n|\r|\n)[ \t]*|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
_HEAD = re.compile(r"[|>]([-+]?)([1-9]?)([-+]?)[^\n\r]*(?:\r\n|\r|\n|$)")
_LINE = re.compile(r"([ ]*)([^\r\n]*)(\r\n|\r|\n|$)")
_FOLD = re.compile(r"[ \t]*(\r\n|\r|\n)((?:[ \t]*(?:\r\n|\r|\n))*)[ \t]*")


def lower(path: str, data: bytes) -> p.Program:
    """The program of a YAML file. Raises Unreadable for binary files."""
    import tree_sitter_yaml
    from tree_sitter import Language

    document = Document(path, data)
    _check_nesting(document.text)
    reader = _Yaml(document)
    root = reader.parse(Language(tree_sitter_yaml.language()))
    return document.program(reader.documents(root))


def _check_nesting(text: str) -> None:
    """Raises Unreadable for a text that is nested more deeply than the grammar bears: from 256 levels on it ends the process."""
    levels: list[int] = []
    for number, line in enumerate(_BEGINNING.finditer(text), 1):
        indent = line.end(1) - line.start(1)
        while levels and levels[-1] >= indent:
            levels.pop()
        levels.append(indent)
        if len(levels) + line[2].count(" ") + line[2].count("\t") > _MAX_LEVELS:
            raise Unreadable("it is nested too deeply to be parsed", number)


class _Yaml(DataTree):
    """Reads the tree of one file."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._anchors: dict[str, tuple[p.Expression, int]] = {}
        self._repeated = 0

    def documents(self, root: Node) -> list[p.Expression]:
        """The documents of the file; where it is broken, what could be read of them."""
        found = []
        for node in root.named_children if root.type == "stream" else [root]:
            if node.type in ("document", "ERROR"):
                self._anchors = {}
                value = self._first(node)
                if value is not None:
                    found.append(value)
        return found

    def _first(self, node: Node) -> p.Expression | None:
        """The value of a document; the entries that stand loose in a broken one."""
        inner = [child for child in node.named_children if child.type in _WRAPPERS or child.type in _COLLECTIONS]
        if node.type == "document":
            return self.value(inner[0], "", 0) if inner else None
        found = [self.value(child, "", 0) for child in inner]
        mappings = [value for value in found if isinstance(value, p.Mapping)]
        return next(iter([*mappings, *found]), None)

    # Nodes ----------------------------------------------------------------------------------------------------------

    def value(self, node: Node, key: str, depth: int) -> p.Expression:
        """What a node holds. key: under which it stands."""
        anchor: str | None = None
        tag = ""
        for _ in range(8):
            if node.type not in _WRAPPERS:
                break
            inner: Node | None = None
            for child in node.named_children:
                if child.type == "anchor":
                    anchor = self.text(child)[1:]
                elif child.type == "tag":
                    tag = self.text(child)
                elif child.type != "comment" and inner is None:
                    inner = child
            if inner is None:
                break
            node = inner
        value = self._value(node, key, depth, tag)
        if anchor is not None:
            self._anchors[anchor] = value, sum(1 for _ in p.inside(value))
        return value

    def _value(self, node: Node, key: str, depth: int, tag: str) -> p.Expression:
        start, end = self.span(node)
        if depth > MAX_DEPTH:
            return p.Opaque(start, end, "it is nested too deeply")
        kind = node.type
        if kind in ("block_mapping", "flow_mapping"):
            return self._mapping(node, key, depth)
        if kind in ("block_sequence", "flow_sequence"):
            return p.Sequence(start, end, "list", tuple(self._items(node, key, depth)))
        if kind == "alias":
            return self._alias(self.text(node)[1:], start, end)
        if tag and not _PLAIN_TAGS.fullmatch(tag):
            return p.Opaque(start, end, f"its tag {tag[:40]} says what becomes of it")
        if kind == "plain_scalar":
            return self._plain(node, key)
        if kind == "single_quote_scalar":
            return self._folded(key, start, end, start + 1, end - 1, re.compile("''"), lambda _: "'")
        if kind == "double_quote_scalar":
            return self._folded(key, start, end, start + 1, end - 1, _ESCAPE, backslash)
        if kind == "block_scalar":
            return self._block(key, start, end)
        if kind == "flow_pair":
            return p.Mapping(start, end, tuple(self._pair(node, depth, {}, key)))
        return self.document.hidden(start, end)

    def _alias(self, name: str, start: int, end: int) -> p.Expression:
        """What an anchor names, at the anchor's place."""
        value, size = self._anchors.get(name, (None, 0))
        self._repeated += size
        if value is None or self._repeated > _MAX_REPEATED:
            return p.Opaque(
                start, end, f"{name[:40]} is not defined before it" if value is None else "it repeats too much"
            )
        return value

    def _mapping(self, node: Node, key: str, depth: int) -> p.Expression:
        start, end = self.span(node)
        entries: list[tuple[p.Expression | None, p.Expression]] = []
        merged: list[tuple[p.Expression | None, p.Expression]] = []
        children, left_out = self.looked_into(node)
        siblings = self.siblings(children)
        for child in children:
            if child.type in ("block_mapping_pair", "flow_pair"):
                for entry in self._pair(child, depth, siblings, key):
                    (merged if entry[0] is None else entries).append(entry)
        if left_out:
            merged.append((None, self.document.rest(start)))
        # What is merged gives way to what the mapping says itself, the later of it to the earlier.
        return p.Mapping(start, end, (*reversed(merged), *entries))

    def _pair(
        self, node: Node, depth: int, siblings: Mapping[str, str], parent: str
    ) -> Iterator[tuple[p.Expression | None, p.Expression]]:
        key_node, value_node = node.child_by_field_name("key"), node.child_by_field_name("value")
        if key_node is None:
            return
        key = self.key(key_node)
        if value_node is None:
            end = self.span(node)[1]
            yield self.document.entry(key, p.Literal(end, end, None))
            return
        value = self.value(value_node, named(key.text, siblings, parent), depth + 1)
        if key.text == "<<" and isinstance(value, (p.Mapping, p.Sequence)):
            for one in value.items if isinstance(value, p.Sequence) else (value,):
                if isinstance(one, p.Mapping):
                    yield None, one
            return
        self.document.statement(key, value, self.span(node)[1])
        yield self.document.entry(key, value)

    def _items(self, node: Node, key: str, depth: int) -> Iterator[p.Expression]:
        children, left_out = self.looked_into(node)
        for child in children:
            if child.type == "block_sequence_item":
                inner = [one for one in child.named_children if one.type != "comment"]
                if inner:
                    yield self.value(inner[0], key, depth + 1)
            elif child.type in ("flow_node", "flow_pair"):
                yield self.value(child, key, depth + 1)
        if left_out:
            rest = self.document.rest(self.span(node)[1])
            yield p.Spread(rest.start, rest.end, rest)

    def key(self, node: Node) -> Key:
        """A key's characters without quotes and anchors."""
        while node.type in _WRAPPERS and node.named_children:
            node = node.named_children[-1]
        start, end = self.span(node)
        if node.type in ("single_quote_scalar", "double_quote_scalar"):
            start, end = start + 1, max(start + 1, end - 1)
        return Key(self.document.text[start:end], start, end)

    # Scalars --------------------------------------------------------------------------------------------------------

    def _plain(self, node: Node, key: str) -> p.Expression:
        start, end = self.span(node)
        kind = node.named_children[0].type if node.named_children else ""
        word = self.text(node).lower()
        if kind == "boolean_scalar" or word in _NO or word in _YES:
            return p.Literal(start, end, word in _YES)
        if kind == "null_scalar":
            return p.Literal(start, end, None)
        return self._folded(key, start, end, start, end, None, str)

    def _folded(
        self,
        key: str,
        start: int,
        end: int,
        first: int,
        last: int,
        escape: re.Pattern[str] | None,
        meaning: Callable[[str], str],
    ) -> p.Expression:
        """A scalar that may go over several lines, which count as blanks. first, last: where its characters stand."""
        last = max(first, last)
        text = self.document.text[first:last]
        if "\n" not in text and "\r" not in text and (escape is None or not escape.search(text)):
            made = self.document.scalar(key, first, last)
        else:
            chars: list[str] = []
            spots: list[int] = []
            at = 0
            while at < len(text):
                fold = _FOLD.match(text, at) if text[at] in " \t\r\n" else None
                found = escape.match(text, at) if escape is not None else None
                if fold is not None:
                    lines = len(re.findall(r"\r\n|\r|\n", fold[2]))
                    new, width = "\n" * lines or " ", fold.end() - at
                elif found is not None:
                    new, width = meaning(found[0]), found.end() - at
                else:
                    new, width = text[at], 1
                chars.extend(new)
                spots.extend([first + at] * len(new))
                at += width
            made = self.document.scalar(key, first, last, "".join(chars), (*spots, last))
        made.start, made.end = start, end
        return made

    def _block(self, key: str, start: int, end: int) -> p.Expression:
        """A block scalar, `|` with its line ends or `>` with blanks in their place."""
        text = self.document.text[start:end]
        head = _HEAD.match(text)
        if head is None:
            return self.document.hidden(start, end)
        folded = text[0] == ">"
        indent = self._indent(start) + int(head[2]) if head[2] else -1
        chars: list[str] = []
        spots: list[int] = []
        for line in _LINE.finditer(text, head.end()):
            if line.start() == len(text):
                break
            blanks = len(line[1])
            if indent < 0:
                if not line[2]:
                    continue
                indent = blanks
            skip = min(indent, blanks)
            chars.extend(line[1][skip:] + line[2])
            spots.extend(range(start + line.start() + skip, start + line.end(2)))
            if line[3]:
                chars.append(" " if folded else "\n")
                spots.append(start + line.start(3))
        while chars and chars[-1] in " \n":
            chars.pop()
            spots.pop()
        last = spots[-1] + 1 if spots else end
        made = self.document.scalar(key, spots[0] if spots else end, last, "".join(chars), (*spots, last))
        made.start, made.end = start, last
        return made

    def _indent(self, start: int) -> int:
        """How far the line is indented on which an offset stands."""
        text = self.document.text
        line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
        return len(text[line:start]) - len(text[line:start].lstrip(" "))
