"""Colour and encoding of the text output."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from permlint.report.source import disarm, fit

if TYPE_CHECKING:
    from typing import TextIO

_CODES = {"error": "1;31", "warning": "1;33", "note": "1;36", "bold": "1", "dim": "2", "path": "1", "blue": "1;34"}


@dataclass(frozen=True)
class Style:
    """What the output can show. width: columns of the terminal, None where the output is not one."""

    color: bool = False
    encoding: str = "utf-8"
    width: int | None = None

    def paint(self, text: str, role: str) -> str:
        """Returns the text in the colour of its role: a severity, `bold`, `dim`, `path` or `blue`."""
        return f"\x1b[{_CODES[role]}m{text}\x1b[0m" if self.color and text else text

    def plain(self, text: str) -> str:
        """Returns a text of ours or of the user's as it can be shown: nothing in it commands the terminal."""
        return fit(disarm(text), self.encoding)


def style_for(stream: TextIO) -> Style:
    """Returns what a stream can show. NO_COLOR and FORCE_COLOR say what is wanted; the former wins."""
    terminal = stream.isatty()
    color = terminal and os.environ.get("TERM") != "dumb"
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        color = True
    if os.environ.get("NO_COLOR"):
        color = False
    columns = None
    if terminal:
        import shutil  # only on a terminal

        columns = shutil.get_terminal_size().columns
    return Style(color, stream.encoding or "utf-8", columns)
