"""Writes reports: to standard output, or to a file in one go."""

# Pathlib is not imported on the way of a run that finds nothing to do: start-up counts.
from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

from permlint.cli.errors import Failure
from permlint.files.writing import replace_file

if TYPE_CHECKING:
    from permlint.report.style import Style


def check_output(path: str | None) -> None:
    """Raises Failure if a report could not be written there, before any work is done."""
    if path is None:
        return
    if os.path.isdir(path):
        raise Failure(f"--output {path}: is a folder; name a file")
    folder = os.path.dirname(os.path.realpath(path))
    if not os.path.isdir(folder):
        raise Failure(f"--output {path}: there is no folder {folder}; create it first")
    if not os.access(folder, os.W_OK):
        raise Failure(f"--output {path}: the folder {folder} cannot be written to")


def style_of(path: str | None) -> Style:
    """Returns what the output can show: UTF-8 without colours in a file."""
    from permlint.report.style import Style, style_for

    return style_for(sys.stdout) if path is None else Style()


def write(text: str | bytes, path: str | None) -> None:
    """Writes a report to a file, or to standard output where path is None.

    A file is replaced whole or not at all; a pipe or a device is written to. Raises Failure.
    """
    if path is None:
        try:
            if isinstance(text, bytes):
                sys.stdout.flush()
                sys.stdout.buffer.write(text)
            else:
                sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            forget_stdout()
        return
    content = text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")
    target = os.path.realpath(path)
    try:
        if os.path.exists(target) and not stat.S_ISREG(os.stat(target).st_mode):
            with open(target, "wb") as file:
                file.write(content)
            return
        replace_file(target, content)
    except OSError as error:
        raise Failure(f"--output {path}: cannot be written: {error.strerror or error}") from None


def forget_stdout() -> None:
    """After the reader of a pipe has gone: what is still to be written goes nowhere, and nothing complains at exit."""
    try:
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, sys.stdout.fileno())
    except (OSError, ValueError):
        pass
