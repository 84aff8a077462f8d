"""XML as data: an element is the mapping of its attributes and of the elements in it, or the text that it holds.

Elements that are entries (`<string name="k">v</string>`, `<add key="k" value="v"/>`, `<key>k</key><string>v</string>`) become
entries of what holds them; others of one name become a sequence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends import Unreadable
from permlint.frontends.documents import MAX_DEPTH, Document, Key
from permlint.frontends.trees import DataTree

if TYPE_CHECKING:
    from tree_sitter import Node

_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_NAMED_BY = ("name", "key")
_MAX_LEVELS = 500
_TAG = re.compile(r"<(?:(/)|[^\W\d])[^<>]*?(/)?>")
_REFERENCES = ("EntityRef", "CharRef")
Entry = tuple["p.Expression | None", p.Expression]


def lower(path: str, data: bytes) -> p.Program:
    """The program of an XML file. Raises Unreadable for binary files."""
    import tree_sitter_xml
    from tree_sitter import Language

    document = Document(path, data)
    _check_nesting(document.text)
    reader = _Xml(document)
    root = reader.parse(Language(tree_sitter_xml.language_xml()))
    found: list[Entry] = []
    for node in reader.elements(root):
        key, value = reader.element(node, 0)
        found.append(document.entry(key, value))
    if not found:
        return document.program([])
    return document.program([p.Mapping(found[0][1].start, found[-1][1].end, tuple(found))])


def _check_nesting(text: str) -> None:
    """Raises Unreadable for a text that is nested so deeply that the grammar would take minutes."""
    depth = 0
    for tag in _TAG.finditer(text):
        depth = depth - 1 if tag[1] else depth + 1
        if depth > _MAX_LEVELS:
            raise Unreadable("it is nested too deeply to be parsed", text.count("\n", 0, tag.start()) + 1)
        if depth < 0 or tag[2]:
            depth = max(0, depth - bool(tag[2]))


class _Xml(DataTree):
    """Reads the tree of one file."""

    def elements(self, node: Node) -> list[Node]:
        """The elements directly in a node, those in its content or in a broken part of it too."""
        out: list[Node] = []
        for child in node.named_children:
            if child.type in ("content", "ERROR"):
                out += self.elements(child)
            elif child.type == "element":
                out.append(child)
        return out

    def element(self, node: Node, depth: int) -> tuple[Key, p.Expression]:
        """An element's name and what it holds."""
        start, end = self.span(node)
        tag = next((child for child in node.named_children if child.type in ("STag", "EmptyElemTag")), None)
        if tag is None:
            return Key("", start, start), p.Opaque(start, end, "its tag can't be read")
        name = self._name(tag, start)
        inner = self.elements(node) if depth < MAX_DEPTH else []
        attributes = self._attributes(tag)
        if not inner and not attributes:
            return name, self._text(node, name.text, start, end)
        entries: list[Entry] = []
        for key, held in attributes:
            value = self._quoted(held, key.text)
            # The whole tag, since no comment can stand within it.
            self.document.statement(key, value, of=self.span(tag))
            entries.append(self.document.entry(key, value))
        if inner:
            entries += self._inner(inner, depth)
        elif self._has_text(node):
            entries.append(self.document.entry(Key("", end, end), self._text(node, name.text, start, end)))
        return name, p.Mapping(start, end, tuple(entries))

    def _inner(self, nodes: list[Node], depth: int) -> list[Entry]:
        """The entries that the elements in an element make."""
        named: list[Entry] = []
        groups: dict[str, list[tuple[Key, p.Expression]]] = {}
        before: Key | None = None
        told = nodes if any(self._kind(node) == "key" for node in nodes) else self.telling(nodes)
        if len(told) < len(nodes):
            named.append((None, self.document.rest(self.span(nodes[0])[0])))
        for node in told:
            entry = self._entry(node, depth)
            key, value = self.element(node, depth + 1) if entry is None else entry
            if entry is None and key.text == "key":
                before = self._content_key(node)
                continue
            if before is not None:  # A property list: the key stands before its value.
                key, value, before, entry = before, self._listed(node, before, value, depth), None, (key, value)
            if entry is not None:
                self.document.statement(key, value, self.span(node)[1])
                named.append(self.document.entry(key, value))
            else:
                groups.setdefault(key.text, []).append((key, value))
        for held in groups.values():
            key, value = held[0]
            if len(held) > 1:
                value = p.Sequence(value.start, held[-1][1].end, "list", tuple([one for _, one in held]))
            self.document.statement(key, value)
            named.append(self.document.entry(key, value))
        return named

    def _entry(self, node: Node, depth: int) -> tuple[Key, p.Expression] | None:
        """The entry that an element is which names itself; None where it is no entry."""
        tag = next((child for child in node.named_children if child.type in ("STag", "EmptyElemTag")), None)
        if tag is None:
            return None
        attributes = {key.text: held for key, held in self._attributes(tag)}
        by = next((name for name in _NAMED_BY if name in attributes), None)
        if by is None or set(attributes) - {by, "value", "type", "translatable", "translate", "formatted"}:
            return None
        key = self._content_of(attributes[by])
        inner = self.elements(node)
        if "value" in attributes and not inner:
            return key, self._quoted(attributes["value"], key.text)
        if "value" in attributes:
            return None
        start, end = self.span(node)
        if not inner:
            return key, self._text(node, key.text, start, end)
        return key, self._listed(node, key, None, depth)

    def _listed(self, node: Node, key: Key, value: p.Expression | None, depth: int) -> p.Expression:
        """The items of an element that holds nothing but texts (`<array>`, `<string-array>`), else what it is anyway."""
        inner = self.elements(node)
        kinds = {self._kind(one) for one in inner}
        if self._kind(node) in ("true", "false"):
            return p.Literal(*self.span(node), self._kind(node) == "true")
        if inner and len(kinds) == 1 and "key" not in kinds and not any(self.elements(one) for one in inner):
            items = [self._text(one, key.text, *self.span(one)) for one in inner]
            return p.Sequence(*self.span(node), "list", tuple(items))
        if value is not None:
            return value
        return p.Mapping(*self.span(node), tuple(self._inner(inner, depth + 1)) if depth < MAX_DEPTH else ())

    # Pieces ---------------------------------------------------------------------------------------------------------

    def _kind(self, node: Node) -> str:
        tag = next((child for child in node.named_children if child.type in ("STag", "EmptyElemTag")), None)
        return self._name(tag, 0).text if tag is not None else ""

    def _name(self, tag: Node, start: int) -> Key:
        found = next((child for child in tag.named_children if child.type == "Name"), None)
        return self._local(found) if found is not None else Key("", start, start)

    def _local(self, node: Node) -> Key:
        """A name without its namespace."""
        start, end = self.span(node)
        text = self.document.text[start:end]
        local = text.rpartition(":")[2]
        return Key(local, end - len(local), end)

    def _attributes(self, tag: Node) -> list[tuple[Key, Node]]:
        out = []
        for child in tag.named_children:
            if child.type == "Attribute" and len(child.named_children) > 1:
                name, value = child.named_children[0], child.named_children[-1]
                if not self.text(name).startswith("xmlns"):
                    out.append((self._local(name), value))
        return out

    def _quoted(self, node: Node, key: str) -> p.Expression:
        start, end = self.span(node)
        return self._characters(node, key, start + 1, max(start + 1, end - 1))

    def _content_of(self, node: Node) -> Key:
        start, end = self.span(node)
        return Key(self.document.text[start + 1 : end - 1], start + 1, end - 1)

    def _content_key(self, node: Node) -> Key:
        content = next((child for child in node.named_children if child.type == "content"), node)
        start, end = self.span(content)
        return Key(self.document.text[start:end].strip(), start, end)

    def _has_text(self, node: Node) -> bool:
        content = next((child for child in node.named_children if child.type == "content"), None)
        return content is not None and bool(self.text(content).strip())

    def _text(self, node: Node, key: str, start: int, end: int) -> p.Expression:
        """The text in an element, without the blanks around it."""
        content = next((child for child in node.named_children if child.type == "content"), None)
        if content is None:
            return p.String(start, end, (p.Text(end, end, ""),))
        first, last = self.span(content)
        section = next((child for child in content.named_children if child.type == "CDSect"), None)
        if section is not None:
            content = section
            first, last = self.span(section)
            first, last = first + len("<![CDATA["), last - len("]]>")
        text = self.document.text[first:last]
        first += len(text) - len(text.lstrip())
        last = max(first, last - (len(text) - len(text.rstrip())))
        return self._characters(content, key, first, last)

    def _characters(self, node: Node, key: str, first: int, last: int) -> p.Expression:
        references = [self.span(child) for child in node.named_children if child.type in _REFERENCES]
        inside = [span for span in references if first <= span[0] and span[1] <= last]
        return self.document.escaped(key, first, last, inside, _meaning)


def _meaning(reference: str) -> str:
    name = reference[1:].rstrip(";")
    if name.startswith("#"):
        try:
            base = 16 if name[1:2] in ("x", "X") else 10
            return chr(int(name[1:].lstrip("xX"), base))
        except (ValueError, OverflowError):
            return reference
    return _ENTITIES.get(name, reference)
