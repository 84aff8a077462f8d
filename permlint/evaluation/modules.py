"""The project's files as modules: which file a name means, and the reading of files on demand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from permlint import program as p
from permlint.evaluation.finding import Finder, Found


class Modules:
    """Finds and reads the project's modules.

    paths: all files of the project that could be modules. read: gives the program in a file, None where it can't be read.
    finder: how the language of a file names other files. holds: whether a file of the project, of whatever kind, holds one of some texts.
    data: the bytes of a file, empty where it can't be read.
    """

    def __init__(
        self,
        paths: Iterable[str],
        read: Callable[[str], p.Program | None],
        finder: Callable[[str], Finder],
        holds: Callable[[str, tuple[bytes, ...]], bool] = lambda _, __: True,
        data: Callable[[str], bytes] = lambda _: b"",
    ) -> None:
        self._read = read
        self._data = data
        self._declared: dict[bytes, dict[str, list[str]]] = {}
        self._finder = finder
        self._holds = holds
        self._programs: dict[str, p.Program | None] = {}
        self._paths = set(paths)
        self._folders: set[str] = set()
        self._by_name: dict[str, list[str]] = {}
        for path in self._paths:
            folder = path.rpartition("/")[0]
            while folder not in self._folders:
                self._folders.add(folder)
                if not folder:
                    break
                folder = folder.rpartition("/")[0]
        self._found: dict[tuple[str, str, int], Found | None] = {}
        self._in_folder: dict[str, list[str]] = {}
        self._with_text: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[str]] = {}

    def program(self, path: str) -> p.Program | None:
        """The program in a file, read when first asked for."""
        if path not in self._programs:
            self._programs[path] = self._read(path)
        return self._programs[path]

    def has(self, path: str) -> bool:
        """Whether it is a file of the project."""
        return path in self._paths

    def has_folder(self, folder: str) -> bool:
        """Whether it is a folder that holds files of the project."""
        return folder in self._folders

    def named(self, name: str) -> list[str]:
        """The files whose name without its suffix, or whose folder's name, is this; sorted."""
        if not self._by_name:
            for path in sorted(self._paths):
                folder, _, file = path.rpartition("/")
                stem = file.rpartition(".")[0]
                self._by_name.setdefault(stem, []).append(path)
                parent = folder.rpartition("/")[2]
                if parent and parent != stem:
                    self._by_name.setdefault(parent, []).append(path)
        return self._by_name.get(name, [])

    def holding(self, folder: str, texts: tuple[str, ...], suffixes: tuple[str, ...]) -> list[str]:
        """The files right in a folder that have one of some endings and hold one of some texts; sorted."""
        key = (folder, texts, suffixes)
        if key not in self._with_text:
            inside = [path for path in self.inside(folder) if path.endswith(suffixes)]
            self._with_text[key] = [path for path in inside if self.holds(path, *texts)]
        return self._with_text[key]

    def inside(self, folder: str) -> list[str]:
        """The files right in a folder; sorted."""
        if not self._in_folder:
            for path in sorted(self._paths):
                self._in_folder.setdefault(path.rpartition("/")[0], []).append(path)
        return self._in_folder.get(folder, [])

    def holds(self, path: str, *texts: str) -> bool:
        """Whether a file of the project's folder holds one of some texts; False where it can't be read."""
        return self._holds(path, tuple([text.encode() for text in texts]))

    def find(self, importer: str, module: str, level: int) -> Found | None:
        """The file that a module's name means in the importing file, and its folder where it is a package.

        Returns (path, folder): path is None for a package without a file of its own. None: not one of the project's.
        """
        key = (importer, module, level)
        if key not in self._found:
            self._found[key] = self._finder(importer)(self, importer, module, level)
        return self._found[key]

    def declaring(self, name: str, suffixes: tuple[str, ...], pattern: bytes) -> list[str]:
        """The files of some suffixes that declare a name; sorted. pattern: its group is the name that a line declares."""
        known = self._declared.get(pattern)
        if known is None:
            self._declared[pattern] = known = {}
            find = re.compile(pattern, re.MULTILINE).findall
            for path in sorted(path for path in self._paths if path.endswith(suffixes)):
                for found in dict.fromkeys(find(self._data(path))):
                    known.setdefault(found.decode("utf-8", "replace"), []).append(path)
        return known.get(name, [])
