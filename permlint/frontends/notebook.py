"""Jupyter notebooks: the code cells in order, as one program; places count within their cell."""

from __future__ import annotations

import json
from typing import Any

from permlint import program as p
from permlint.frontends import Unreadable, python


def lower(path: str, data: bytes) -> p.Program:
    """The program in a notebook's code cells. Raises Unreadable where the file is not a notebook or its code is not Python."""
    try:
        notebook = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"it is not a notebook: {str(error)[:80]}") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise Unreadable("it is not a notebook: it has no cells")
    lines: list[str] = []
    starts: list[tuple[int, int]] = []
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        starts.append((len(lines) + 1, number))
        source = _source(cell)
        if source.lstrip().startswith("%%"):
            # A cell of another language.
            lines.extend("" for _ in source.split("\n"))
            continue
        lines.extend(_plain(line) for line in source.split("\n"))
    try:
        return python.lower_text(path, "\n".join(lines) + "\n", starts or None)
    except Unreadable as error:
        cell_number = next((number for first, number in reversed(starts) if first <= error.line), 1)
        raise Unreadable(f"in cell {cell_number}, {error.reason}") from None


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join([line for line in source if isinstance(line, str)])
    return source.replace("\r\n", "\n").replace("\r", "\n") if isinstance(source, str) else ""


def _plain(line: str) -> str:
    """Magics and shell commands are no Python; a line of the same indentation that does nothing stands for them."""
    stripped = line.lstrip()
    if stripped[:1] in ("%", "!", "?"):
        return line[: len(line) - len(stripped)] + "pass"
    return line
