"""Open files that do not parse while they are typed: what they held before stands in for them.

So nothing is said of other files for what is only half written. Findings of the file itself stay where its lines are the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from permlint.cache import digest_of
from permlint.files import read_file
from permlint.frontends import MAX_BYTES, Unreadable
from permlint.places import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from permlint.diagnostics import Diagnostic
    from permlint.memory import Memory


class Broken(NamedTuple):
    """A file that does not parse. before: its content when it last did; now: what it holds; why: the fault in that."""

    before: bytes
    now: bytes
    why: Unreadable


class Sound:
    """The open files of a project as they were when they last parsed."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}

    def broken(self, overlay: Mapping[str, bytes], memory: Memory) -> dict[str, Broken]:
        """Of the open files those that parsed before and do not now."""
        out = {}
        for path, before in self._contents.items():
            found = memory.read(path, overlay[path]) if path in overlay else None
            if isinstance(found, Unreadable):
                out[path] = Broken(before, overlay[path], found)
        return out

    def learn(
        self, overlay: Mapping[str, bytes], memory: Memory, broken: Mapping[str, Broken], root: str
    ) -> dict[str, Broken]:
        """Notes which files parsed in a run. Returns those that did not and parse as they are saved below the root."""
        more = {}
        for path, content in overlay.items():
            found = None if path in broken else memory.program(path, digest_of(content))
            if isinstance(found, Unreadable):
                saved = _saved(root, path)
                if saved is not None and not isinstance(memory.read(path, saved), Unreadable):
                    more[path] = Broken(saved, content, found)
                    self._contents[path] = saved
            elif found is not None:
                self._contents[path] = content
        for path in [path for path in self._contents if path not in overlay]:
            del self._contents[path]
        return more


def _saved(root: str, path: str) -> bytes | None:
    try:
        return read_file(root, path, MAX_BYTES + 1)
    except OSError:
        return None


def standing(overlay: Mapping[str, bytes], broken: Mapping[str, Broken]) -> dict[str, bytes]:
    """The overlay in which files that do not parse are as they were before."""
    return {
        path: broken[path].before if path in broken and broken[path].now == content else content
        for path, content in overlay.items()
    }


def still_there(found: Iterable[Diagnostic], broken: Mapping[str, Broken]) -> Iterator[Diagnostic]:
    """The findings with their places in the files as they are now; without those whose lines have changed."""
    lines = {path: _Lines.of(one) for path, one in broken.items()}

    def moved(place: Place) -> Place | None:
        return lines[place.path].moved(place) if place.path in lines else place

    for each in found:
        why = broken[each.place.path].why if each.place.path in broken else None
        about_now = why is not None and (each.place.line, each.place.column) == (why.line, why.column)
        place = each.place if about_now else moved(each.place)
        if place is not None:
            evidence = [one._replace(place=at) for one in each.evidence if (at := moved(one.place)) is not None]
            statement = each.statement and moved(each.statement)
            yield replace(each, place=place, evidence=tuple(evidence), statement=statement)


class _Lines(NamedTuple):
    """Which lines of a file are the same as before: those up to `head`, and those from `tail` on, now `shift` further down."""

    head: int
    tail: int
    shift: int

    @classmethod
    def of(cls, file: Broken) -> _Lines:
        before, now = _split(file.before), _split(file.now)
        least = min(len(before), len(now))
        head = next((number for number in range(least) if before[number] != now[number]), least)
        same = next((number for number in range(least - head) if before[-1 - number] != now[-1 - number]), least - head)
        return cls(head, len(before) - same + 1, len(now) - len(before))

    def moved(self, place: Place) -> Place | None:
        if place.end_line <= self.head:
            return place
        if place.line < self.tail:
            return None
        return replace(place, line=place.line + self.shift, end_line=place.end_line + self.shift)


def _split(content: bytes) -> list[bytes]:
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
