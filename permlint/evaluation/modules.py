"""The project's files as modules: which file a dotted name means, and the reading of files on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from permlint import program as p


class Modules:
    """Finds and reads the project's modules.

    paths: all files of the project that could be modules. read: gives the program in a file, None where it can't be read.
    """

    def __init__(
        self, paths: Iterable[str], read: Callable[[str], p.Program | None], suffixes: tuple[str, ...]
    ) -> None:
        self._read = read
        self._suffixes = suffixes
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
        self._found: dict[tuple[str, str, int], tuple[str | None, str] | None] = {}

    def program(self, path: str) -> p.Program | None:
        """The program in a file, read when first asked for."""
        if path not in self._programs:
            self._programs[path] = self._read(path)
        return self._programs[path]

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

    def find(self, importer: str, module: str, level: int) -> tuple[str | None, str] | None:
        """The file that a module's name means in the importing file, and its folder where it is a package.

        Returns (path, folder): path is None for a package without a file of its own. None: not one of the project's.
        """
        key = (importer.rpartition("/")[0] + "|" + importer if level == 0 else importer, module, level)
        if key not in self._found:
            self._found[key] = self._search(importer, module, level)
        return self._found[key]

    def _search(self, importer: str, module: str, level: int) -> tuple[str | None, str] | None:
        tail = module.replace(".", "/")
        folder = importer.rpartition("/")[0]
        if level:
            for _ in range(level - 1):
                if not folder:
                    return None
                folder = folder.rpartition("/")[0]
            return self._at(folder, tail, importer)
        if not tail:
            return None
        while True:
            # The importer's own folder is searched for scripts; a package's own folder is not on the path.
            own = folder == importer.rpartition("/")[0]
            if not (own and self._is_package(folder)):
                found = self._at(folder, tail, importer)
                if found is not None:
                    return found
            if not folder:
                break
            folder = folder.rpartition("/")[0]
        return self._elsewhere(tail, importer)

    def _elsewhere(self, tail: str, importer: str) -> tuple[str | None, str] | None:
        """A source root that is no ancestor of the importer, such as `src/`, if only one fits and the name is long enough."""
        if "/" not in tail:
            return None
        first = tail.split("/", 1)[0]
        roots = {
            path[: path.index(f"{first}/")].rstrip("/")
            for path in self.named(tail.rpartition("/")[2])
            if f"/{first}/" in f"/{path}"
        }
        found = [hit for root in sorted(roots) if (hit := self._at(root, tail, importer)) is not None]
        return found[0] if len(found) == 1 else None

    def _is_package(self, folder: str) -> bool:
        return any(f"{folder}/__init__{suffix}".lstrip("/") in self._paths for suffix in self._suffixes)

    def _at(self, folder: str, tail: str, importer: str) -> tuple[str | None, str] | None:
        base = f"{folder}/{tail}".strip("/") if folder else tail
        for suffix in self._suffixes:
            path = f"{base}/__init__{suffix}".lstrip("/")
            if path in self._paths and path != importer:
                return path, base.rstrip("/")
        if tail:
            for suffix in self._suffixes:
                path = base + suffix
                if path in self._paths and path != importer:
                    return path, ""
        if base.rstrip("/") in self._folders and (tail or folder):
            return None, base.rstrip("/")
        return None
