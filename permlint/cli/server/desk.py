"""The projects of an editor: which file is of which, and when each is judged again, in a thread of its own."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from permlint.cli.warm import Look, Warm
from permlint.config import ConfigError
from permlint.config.locate import is_below, nearest_config, repository_root
from permlint.frontends import language
from permlint.frontends.encodings import declared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_STACK = 64 << 20
"""Bytes of stack for the thread that parses: the parsers are recursive, and threads have little on some systems."""

_SETTLE = 0.2
"""Seconds after a keystroke in which another one may follow."""

_LEAST_POLL = 2.0
_IDLE_SHARE = 50
"""Where the editor watches no files: seconds between two looks, and how much longer than a look that is at least."""

T = TypeVar("T")


class Document(NamedTuple):
    """A file that is open in the editor. path: absolute, without symbolic links. uri: as the editor names it."""

    path: str
    uri: str
    version: int | None
    text: str

    @property
    def content(self) -> bytes:
        """What the file would hold, were it saved."""
        return encoded(self.path, self.text)


class Listener(Protocol):
    """Who is told what came of a look. Called in the event loop."""

    def judged(self, look: Look, documents: Sequence[Document]) -> None:
        """A project was judged, with what these files held that are open."""

    def failed(self, root: str, failure: Exception) -> None:
        """A project could not be judged, for its config or for a fault of ours."""

    def closed(self, root: str) -> None:
        """Nothing of a project is shown any more."""


class _Desk:
    """One project: `wanted` counts what happened to it, `done` is up to where it was taken into account."""

    def __init__(self, root: str, warm: Warm) -> None:
        self.root = root
        self.warm = warm
        self.wanted = 1
        self.done = 0
        self.refresh = False
        self.look: Look | None = None
        self.task: asyncio.Task[None] | None = None
        self.timer: asyncio.TimerHandle | None = None


class Desks:
    """All projects of one editor. All methods are called in the event loop."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._desks: dict[str, _Desk] = {}
        self._roots: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        self.documents: dict[str, Document] = {}
        before = threading.stack_size(_STACK)
        self._worker = ThreadPoolExecutor(1, "permlint")
        self._worker.submit(time.monotonic).result()  # The thread starts here, with its stack.
        threading.stack_size(before)

    # What the editor has -------------------------------------------------------------------------------------------

    def set_folders(self, folders: Iterable[str]) -> None:
        """The folders that the editor works in, as paths."""
        self._folders = {os.path.realpath(folder): folder.rstrip(os.sep) for folder in folders}
        self._assign()

    def named(self, full: str) -> str | None:
        """The path by which the editor knows a file that is in one of its folders, None for others."""
        for folder, given in self._folders.items():
            if is_below(full, folder):
                return given + full[len(folder.rstrip(os.sep)) :]
        return None

    def put(self, document: Document) -> None:
        """A file was opened or changed in the editor."""
        self.documents[document.path] = document

    def drop(self, path: str) -> None:
        """A file was closed in the editor: from now on it holds what is saved."""
        if self.documents.pop(path, None) is None:
            return
        root = self._root_of(path)
        self._close_idle()
        if root in self._desks:
            self._touch(self._desks[root], at_once=True, refresh=False)

    # Looking -------------------------------------------------------------------------------------------------------

    def touch(self, path: str, *, at_once: bool, refresh: bool = False) -> None:
        """Something happened to a file. at_once: not a keystroke. refresh: there may be new files, or fewer."""
        root = self._root_of(path)
        desk = self._desks.get(root)
        if desk is not None:
            self._touch(desk, at_once=at_once, refresh=refresh)

    def touch_outside(self, path: str, *, refresh: bool) -> None:
        """Something changed outside the editor; what the project excludes, such as installed packages, is nothing to it."""
        look = self._last_look(path)
        if look is None or not look.project.config.is_excluded(relative(path, look.project.config.root)):
            self.touch(path, at_once=False, refresh=refresh)

    def is_folder(self, path: str) -> bool:
        """Whether a path is a folder of a project, or was one when the project was last looked at."""
        if ".git" in path.split(os.sep):
            return False
        if os.path.isdir(path):
            return True
        look = self._last_look(path)
        if look is None:
            return False
        below = relative(path, look.project.config.root) + "/"
        return any(file.startswith(below) for file in look.project.listing.files)

    def _last_look(self, path: str) -> Look | None:
        root = self._root_of(path)
        return self._desks[root].look if root in self._desks else None

    def touch_all(self) -> None:
        """Something happened that may concern all projects, such as a change of a config."""
        self._assign()
        for desk in self._desks.values():
            self._touch(desk, at_once=True, refresh=True)

    async def look_at(self, path: str) -> Look | None:
        """The newest look at the project of a file; None if there is none, or if it could not be judged."""
        root = self._root_of(path)
        desk = self._desks.get(root)
        if desk is None:
            return None
        self._start(desk)
        if desk.task is not None:
            await asyncio.shield(desk.task)
        return desk.look

    async def in_turn(self, work: Callable[[], T]) -> T:
        """Does work in the thread that judges, so that it meets no half-done look."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    async def poll(self) -> None:
        """Looks for changes outside the editor again and again; for editors that watch no files themselves."""
        pause = _LEAST_POLL
        while True:
            await asyncio.sleep(pause)
            started = time.monotonic()
            self.touch_all()
            for desk in list(self._desks.values()):
                if desk.task is not None:
                    await asyncio.shield(desk.task)
            pause = max(_LEAST_POLL, _IDLE_SHARE * (time.monotonic() - started))

    def warm_of(self, path: str) -> tuple[Warm, str, dict[str, bytes]] | None:
        """The project of a file, its root, and the content of its files that are open."""
        root = self._root_of(path)
        desk = self._desks.get(root)
        return None if desk is None else (desk.warm, desk.root, self._overlay(desk.root))

    def _touch(self, desk: _Desk, *, at_once: bool, refresh: bool) -> None:
        desk.wanted += 1
        desk.refresh = desk.refresh or refresh
        if desk.timer is not None:
            desk.timer.cancel()
            desk.timer = None
        if at_once:
            self._start(desk)
        else:
            desk.timer = asyncio.get_running_loop().call_later(_SETTLE, self._start, desk)

    def _start(self, desk: _Desk) -> None:
        if desk.timer is not None:
            desk.timer.cancel()
            desk.timer = None
        if desk.task is None and desk.done < desk.wanted:
            desk.task = asyncio.ensure_future(self._run(desk))

    async def _run(self, desk: _Desk) -> None:
        """Looks until nothing has happened since; then lists the files anew, where that was asked for."""
        try:
            while desk.done < desk.wanted:
                wanted = desk.wanted
                await self._look(desk)
                desk.done = wanted
                if desk.refresh:
                    desk.refresh = False
                    await self.in_turn(desk.warm.refresh)
                    desk.wanted += 1
        finally:
            desk.task = None

    async def _look(self, desk: _Desk) -> None:
        overlay, documents = self._overlay(desk.root), self._documents_of(desk.root)
        try:
            look = await self.in_turn(lambda: desk.warm.look(overlay))
        except Exception as error:  # noqa: BLE001 -- the last door: the server outlives whatever is wrong with a project
            if self._desks.get(desk.root) is desk:
                self._listener.failed(desk.root, error)
            return
        desk.look = look
        if self._desks.get(desk.root) is desk:
            self._listener.judged(look, documents)

    def _overlay(self, root: str) -> dict[str, bytes]:
        return {relative(document.path, root): document.content for document in self._documents_of(root)}

    def _documents_of(self, root: str) -> list[Document]:
        return [one for one in self.documents.values() if is_below(one.path, root) and self._root_of(one.path) == root]

    # Which project a file is of ------------------------------------------------------------------------------------

    def _assign(self) -> None:
        """Finds out anew which projects there are and which file is of which."""
        self._roots.clear()
        for folder in self._folders:
            self._open(folder)
        for document in self.documents.values():
            self._root_of(document.path)
        self._close_idle()

    def _root_of(self, path: str) -> str:
        """The root of the project that a file is in; a project that is new is opened."""
        folder = os.path.dirname(path)
        if folder not in self._roots:
            self._roots[folder] = self._open(folder)
        return self._roots[folder]

    def _open(self, folder: str) -> str:
        config = _config_of(folder)
        above = [root for root in map(self._top, self._folders) if is_below(folder, root)]
        repository = repository_root(folder)
        lone = False
        if config is not None:
            root = os.path.dirname(config)
        elif above:
            root = max(above, key=len)
        elif repository is not None:
            root = repository
        else:
            root, lone = folder, folder not in self._folders
        if root not in self._desks:
            self._desks[root] = _Desk(root, Warm(root, lone=lone))
            self._start(self._desks[root])
        return root

    def _top(self, folder: str) -> str:
        """The root of the project that a folder of the editor is in."""
        config = _config_of(folder)
        return os.path.dirname(config) if config is not None else repository_root(folder) or folder

    def _close_idle(self) -> None:
        """Forgets the projects of which nothing is open."""
        used = {self._root_of(path) for path in self.documents} | {self._top(folder) for folder in self._folders}
        for root in [root for root in self._desks if root not in used]:
            desk = self._desks.pop(root)
            if desk.timer is not None:
                desk.timer.cancel()
            self._roots = {folder: other for folder, other in self._roots.items() if other != root}
            self._listener.closed(root)


def _config_of(folder: str) -> str | None:
    """The nearest config file in a folder or above it, also one that can't be used: what it is for is judged once it can."""
    try:
        return nearest_config(folder, {})
    except ConfigError as error:
        spot = error.faults[0].spot
        return None if spot is None else spot.file


def relative(path: str, root: str) -> str:
    """A path below a project's root as the project names it."""
    return os.path.relpath(path, root).replace(os.sep, "/")


def encoded(path: str, text: str) -> bytes:
    """A text in the bytes that its file would have: in the encoding that a Python file declares, else in UTF-8.

    A character that the encoding does not have is one question mark, so that columns are the same.
    """
    content = text.encode("utf-8", "replace")
    try:
        return text.encode(declared(content), "replace") if language(path) == "python" else content
    except (LookupError, ValueError):
        return content
