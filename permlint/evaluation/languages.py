"""The table of each language's library, by the language's name. They are imported when a program of theirs runs."""

from __future__ import annotations

import functools
from importlib import import_module

from permlint.evaluation.library import Library

_TABLES = {
    "csharp": "csharp_names",
    "dart": "dart_names",
    "go": "go_names",
    "java": "java_names",
    "javascript": "javascript_names",
    "kotlin": "kotlin_names",
    "objc": "objc_names",
    "php": "php_names",
    "python": "python_names",
    "ruby": "ruby_names",
    "shell": "shell_names",
    "swift": "swift_names",
}


@functools.cache
def library_of(language: str) -> Library:
    """The library of a language; for files of data one in which every name is one from outside."""
    table = _TABLES.get(language)
    if table is None:
        return Library(open=True)
    library: Library = import_module(f"permlint.evaluation.{table}").LIBRARY
    return library
