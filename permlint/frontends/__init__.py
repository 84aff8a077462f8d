"""Front ends: each lowers the files of one language to the small program form.

A front end is a module with a function `lower(path, data) -> Program` that raises `Unreadable` where the file can't be
read. They are imported only when a file of theirs is about to be read.
"""

from __future__ import annotations

import functools
from importlib import import_module
from typing import TYPE_CHECKING

from permlint.files import is_environment_file

if TYPE_CHECKING:
    from permlint.program import Program

MAX_BYTES = 1_000_000
"""A larger file is not parsed: libcst takes about 290 bytes of memory and 1.5 microseconds for each byte of source."""

_READERS = {
    "components": (".vue", ".svelte", ".astro"),
    "csharp": (".cs",),
    "dart": (".dart",),
    "go": (".go",),
    "html": (
        ".html",
        ".htm",
        ".xhtml",
        ".jinja",
        ".jinja2",
        ".j2",
        ".twig",
        ".erb",
        ".rhtml",
        ".ejs",
        ".hbs",
        ".handlebars",
        ".mustache",
        ".njk",
        ".nunjucks",
        ".liquid",
        ".blade.php",
        ".cshtml",
        ".aspx",
        ".ascx",
        ".jsp",
        ".gsp",
        ".ftl",
    ),
    "http": (".http", ".rest"),
    "ini": (".ini", ".cfg", ".conf"),
    "java": (".java",),
    "javascript": (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts"),
    "json": (".json", ".jsonc"),
    "kotlin": (".kt", ".kts"),
    "notebook": (".ipynb",),
    "objc": (".m", ".mm", ".h"),
    "php": (".php", ".phtml", ".inc", ".module"),
    "properties": (".properties",),
    "python": (".py", ".pyi", ".pyw"),
    "ruby": (".rb", ".rake", ".ru"),
    "shell": (".sh", ".bash", ".zsh"),
    "swift": (".swift",),
    "toml": (".toml",),
    "xml": (".xml", ".plist", ".config"),
    "yaml": (".yaml", ".yml"),
}
_BY_SUFFIX = {suffix: reader for reader, suffixes in _READERS.items() for suffix in suffixes}
_DOTENV = "dotenv"
DATA = "settings"
"""The language of files that hold data and no code."""
_FAMILIES = {"components": "javascript", "html": "javascript", "notebook": "python",
             **dict.fromkeys(("ini", "json", "properties", "toml", "xml", "yaml", _DOTENV), DATA)}  # fmt: skip
_OTHER_DATA = frozenset((
    ".gitlab-ci.yml", ".pre-commit-config.yaml", ".pre-commit-hooks.yaml", ".travis.yml", "Cargo.toml", "angular.json",
    "biome.json", "build.xml", "codecov.yml", "composer.json", "deno.json", "jsconfig.json", "lerna.json", "mkdocs.yaml",
    "mkdocs.yml", "mypy.ini", "npm-shrinkwrap.json", "nx.json", "package-lock.json", "package.json", "permlint-baseline.json",
    "permlint.toml", "pnpm-lock.yaml", "pom.xml", "pyproject.toml", "pytest.ini", "renovate.json", "setup.cfg", "tox.ini",
    "tsconfig.json", "turbo.json", "web-types.json",
))  # fmt: skip
"""Files of data that configure tools, and no app's logins."""
_OTHER_FOLDERS = frozenset((
    "locale", "locales", "i18n", "l10n", "lang", "langs", "languages", "translation", "translations", "fixtures",
    "__fixtures__", "__snapshots__", "cassettes", "vcr_cassettes", "schemas", "openapi", "swagger", "postman",
))  # fmt: skip
"""Folders whose files of data are translations, recordings and descriptions; so is Android's `values-de`."""
_OTHER_ENDINGS = (".postman_collection.json", ".schema.json", ".tfstate.json", ".lock.json", ".min.json")


_EXTRA = {
    "csharp": ("C#", "tree_sitter_c_sharp"),
    "dart": ("Dart", "tree_sitter_dart"),
    "go": ("Go", "tree_sitter_go"),
    "java": ("Java", "tree_sitter_java"),
    "kotlin": ("Kotlin", "tree_sitter_kotlin"),
    "objc": ("Objective-C", "tree_sitter_objc"),
    "ruby": ("Ruby", "tree_sitter_ruby"),
    "shell": ("Shell", "tree_sitter_bash"),
    "swift": ("Swift", "tree_sitter_swift"),
}
"""The readers whose grammar is not part of a plain install: the language's name for people, and the grammar's module."""
_SHORTEST_BUNDLE = 5_000
_LINE_OF_A_BUNDLE = 500


class Unreadable(Exception):
    """A file can't be lowered. reason: for a person. line, column: where, counted from 1."""

    def __init__(self, reason: str, line: int = 1, column: int = 1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column


@functools.cache
def language(path: str) -> str | None:
    """The name of the front end that reads files of this name, None if there is none. `path` has forward slashes."""
    name = path[path.rfind("/") + 1 :]
    dot = name.rfind(".")
    if dot > 0:
        # An ending of two parts, such as `.blade.php`, says more than its last.
        before = name.rfind(".", 1, dot)
        found = (_BY_SUFFIX.get(name[before:]) if before > 0 else None) or _BY_SUFFIX.get(name[dot:])
        if found in _FAMILIES and _FAMILIES[found] == DATA and _is_other_data(path, name):
            return None
        if found:
            return found
    return _DOTENV if is_environment_file(path) else None


def _is_other_data(path: str, name: str) -> bool:
    """Whether a file of data is of a kind that no app keeps its logins in."""
    if name in _OTHER_DATA or name.endswith(_OTHER_ENDINGS):
        return True
    folders = path.split("/")[:-1]
    return not _OTHER_FOLDERS.isdisjoint(folders) or (bool(folders) and folders[-1].startswith("values-"))


def family(path: str) -> str | None:
    """The language whose library and imports count in a file of this name."""
    reader = language(path)
    return None if reader is None else _FAMILIES.get(reader, reader)


def is_data(path: str) -> bool:
    """Whether a file of this name holds data and no code."""
    return family(path) == DATA


def passed_over(path: str, data: bytes) -> str | None:
    """Why a file of a kind that permlint reads is not read, in few words for a person; None where it is."""
    reader = language(path)
    if reader in _EXTRA and not _is_installed(_EXTRA[reader][1]):
        return f"{_EXTRA[reader][0]} (to read it: pip install 'permlint[all]')"
    if reader == "javascript" and len(data) > _SHORTEST_BUNDLE and data.count(b"\n") < len(data) / _LINE_OF_A_BUNDLE:
        return "minified"
    return None


@functools.cache
def _is_installed(module: str) -> bool:
    from importlib.util import find_spec

    return find_spec(module) is not None


def wants(path: str) -> bool:
    """Whether permlint reads files of this name."""
    return language(path) is not None


def encoding_of(path: str, data: bytes) -> str:
    """The encoding in which a file is read: what a Python file declares, else UTF-8, else Latin-1; without its byte order mark.

    A Python file may declare one that there is not. Raises LookupError for UTF-16, whose mark says the order of its bytes.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise LookupError("utf-16")
    if language(path) == "python":
        from permlint.frontends.encodings import declared

        return declared(data)
    try:
        data.decode()
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def lower(path: str, data: bytes) -> Program:
    """The program that a file's bytes hold.

    path: relative to the project's root; its name chooses the front end. Raises Unreadable.
    """
    name = language(path)
    if name is None:
        raise Unreadable("no reader for files of this kind")
    if len(data) > MAX_BYTES:
        raise Unreadable(f"larger than {MAX_BYTES // 1000:,} kB, probably generated; it was not parsed")
    program: Program = import_module(f"permlint.frontends.{name}").lower(path, data)
    return program
