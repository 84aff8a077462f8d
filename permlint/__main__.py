"""The command `permlint`, also as `python -m permlint`."""

import sys


def main() -> int:
    """Runs the command line and returns the exit status: 0 nothing to act on, 1 findings, 2 could not run."""
    from permlint.cli import run  # so that importing this module costs nothing

    return run()


if __name__ == "__main__":
    sys.exit(main())
