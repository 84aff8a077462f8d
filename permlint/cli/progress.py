"""A line on the terminal that says how far a long run is."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

_AFTER = 1.0
_EVERY = 0.1
_BAR = 24


class Progress:
    """Shows progress on stderr where that is a terminal and the run takes longer than a second.

    It is gone when the run is done. It is called with how many files are done, and how many there are.
    """

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._next = time.monotonic() + _AFTER
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        """Shows how far the run is, now and then."""
        if not self._terminal or total <= 0:
            return
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _EVERY
        self._shown = True
        full = min(_BAR, _BAR * done // total)
        sys.stderr.write(f"\r  [{'#' * full}{'-' * (_BAR - full)}] {done} of {total} files\x1b[K")
        sys.stderr.flush()

    def __enter__(self) -> Progress:  # noqa: PYI034 -- Self came with Python 3.11
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
