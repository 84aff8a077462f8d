"""Kinds of nodes: what the first segment of a call's path can be, by its name, its form and the host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from permlint.catalog.hosts import FAMILIES, ME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from permlint.catalog.endpoint_rows import Row

_ANY_ME = frozenset[str]().union(*ME.values())
# What names of variables have around the word that counts.
_BEFORE = frozenset({"config", "current", "default", "env", "my", "self", "settings", "target", "test", "the", "your"})
_BEHIND = frozenset({"id", "ids", "key", "node", "number", "pk", "str", "uid", "value"})


class Nodes:
    """The kinds of nodes, by the words that code has for them. ``words``: the fixed words of paths, which are no nodes."""

    def __init__(self, nodes: Mapping[str, Any], rows: Iterable[Row], words: Collection[str]) -> None:
        """Take the compiled data; if it is damaged, all kinds of errors (``read_endpoints`` wraps them)."""
        self._fixed = words
        self._kinds = frozenset(nodes)
        self._above = {name: _above(name, nodes) for name in nodes}
        self._words: dict[str, list[str]] = {}
        self._elsewhere: dict[str, list[str]] = {}
        self._classes: dict[str, str] = {}
        for name, node in nodes.items():
            for word in node.get("words", ()):
                self._words.setdefault(word, []).append(name)
            for word in node.get("elsewhere", ()):
                self._elsewhere.setdefault(word, []).append(name)
            self._classes |= dict.fromkeys(node.get("classes", ()), name)
        self._hosts: dict[str | None, set[str]] = {}
        for row in rows:
            self._hosts.setdefault(row.node, set()).update(row.hosts)

    def kinds(self, name: str, host: str | None = None) -> frozenset[str]:
        """Say what kinds of node a name may stand for at a host; nothing if it says nothing, as ``id`` does.

        The name can be a kind (``ig-user``), a class of the SDK, a variable (``fb_page_id``, ``igUserId``,
        ``settings.PAGE_ID``) or a placeholder (``{page-id}``).
        """
        if name in self._classes:
            return frozenset({self._classes[name]})
        if name in self._kinds:
            return frozenset({name})
        if _is_class(name):
            return frozenset()
        for word in _words_of(name):
            found = frozenset(self._words.get(word, ()))
            if host not in (None, "graph.facebook.com"):
                found |= frozenset(self._elsewhere.get(word, ()))
            if host is not None:
                found = frozenset(node for node in found if host in self._hosts.get(node, ()))
            if found:
                return found
        return frozenset()

    def is_sdk_class(self, name: str) -> bool:
        """Tell whether a name is that of a class of Meta's SDK."""
        return name in self._classes

    def first(
        self, host: str | None, parts: tuple[str | None, ...], hints: tuple[str, ...]
    ) -> tuple[frozenset[str] | None, bool]:
        """Say what the first segment can be (None: any node), and whether that is one thing for sure.

        ``parts``: the path's. ``hints``: at what it is, as ``kinds`` takes them.
        """
        hint = frozenset[str]().union(*(self.kinds(name, host) for name in hints))
        first = parts[0] if parts else None
        if first == "me":
            possible = ME[FAMILIES[host]] if host in FAMILIES else _ANY_ME
            possible = hint & possible or possible
            return possible, len(possible) == 1
        if first is not None and first.startswith("act_"):
            return frozenset({"ad-account"}), True
        if hint:
            return hint, len(hint) == 1
        if first is None or first.isdigit() or "{}" in first or first in self._fixed:
            return None, False
        if first.replace("_", "").isdigit():
            return frozenset({"post"}), True
        said = self.kinds(first, host)
        if said:
            return said, len(said) == 1
        # A name where an id stands: a placeholder, or a Page's own name, which nothing else has.
        plain = first.isascii() and first.replace(".", "").isalnum() and not first.isupper()
        return (frozenset({"page"}), True) if plain and host in (None, "graph.facebook.com") else (None, False)

    def is_any_of(self, node: str | None, kinds: frozenset[str] | None) -> bool:
        """Tell whether something can be one of some kinds, or a kind of one of them; None can be anything."""
        if kinds is None or node is None:
            return True
        return any(
            node == kind or node in self._above.get(kind, ()) or kind in self._above.get(node, ()) for kind in kinds
        )


def _above(name: str, nodes: Mapping[str, Any]) -> frozenset[str]:
    """Give all that a node is besides itself."""
    found: set[str] = set()
    todo = [name]
    while todo:
        for other in nodes[todo.pop()].get("is", ()):
            if other not in found:
                found.add(other)
                todo.append(other)
    return frozenset(found)


def _is_class(name: str) -> bool:
    """Tell whether a name is written as classes are, and not as variables or constants are."""
    return name[:1].isupper() and name.isalnum() and not name.isupper() and not name.lower().endswith("id")


def _words_of(name: str) -> Iterable[str]:
    """Give what a name may mean, likeliest first: ``igUserId`` is ``ig_user_id``, then ``ig_user``."""
    text = "".join(sign if sign.isalnum() else "_" for sign in name)
    snake = "".join(
        f"_{sign}" if sign.isupper() and at and (text[at - 1].islower() or text[at - 1].isdigit()) else sign
        for at, sign in enumerate(text)
    ).lower()
    words = [word for word in snake.split("_") if word]
    whole = words
    while whole and whole[0] in _BEFORE:
        whole = whole[1:]
    for start in (words, whole):
        left = start
        while left:
            yield "_".join(left)
            if left[-1] not in _BEHIND:
                break
            left = left[:-1]
        if whole is words:
            break
    # app_page_id: the last two words, then the last, if there are more in front.
    left = whole
    while left and left[-1] in _BEHIND:
        left = left[:-1]
    for count in (3, 2, 1):
        if len(left) > count:
            yield "_".join(left[-count:])
