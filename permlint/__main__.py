"""The command `permlint`, also as `python -m permlint`."""

import contextlib
import os
import sys


def main() -> int:
    """Runs the command line and returns the exit status: 0 nothing to act on, 1 findings, 2 could not run."""
    from permlint.cli import run  # so that importing this module costs nothing

    return run()


def entry() -> None:
    """Runs the command line as a process of its own, which ends here.

    All is written by then, so the process leaves without taking its objects apart one by one, which costs a tenth of a run.
    """
    status = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    entry()
