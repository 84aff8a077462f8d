"""The table of each language's library, by the language's name. They are imported when a program of theirs runs."""

from __future__ import annotations

import functools
from importlib import import_module

from permlint.evaluation.library import Library

_TABLES = {
    "dart": "dart_names",
    "java": "java_names",
    "javascript": "javascript_names",
    "kotlin": "kotlin_names",
    "objc": "objc_names",
    "python": "python_names",
    "ruby": "ruby_names",
    "swift": "swift_names",
}


@functools.cache
def library_of(language: str) -> Library:
    """The library of a language; one that knows nothing for a form of configuration."""
    table = _TABLES.get(language)
    if table is None:
        return Library()
    library: Library = import_module(f"permlint.evaluation.{table}").LIBRARY
    return library
