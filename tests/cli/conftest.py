"""What the tests of the commands share: the real command in a process of its own, and projects in a folder."""

import os
import subprocess
import sys
from typing import NamedTuple

import pytest


class Done(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def project(tmp_path):
    """Writes files into a folder and returns it; a value of None makes a folder."""

    def make(files):
        for path, content in files.items():
            full = tmp_path / path
            full.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                full.mkdir()
            elif isinstance(content, bytes):
                full.write_bytes(content)
            else:
                full.write_text(content, encoding="utf-8")
        return tmp_path

    return make


@pytest.fixture
def command(tmp_path):
    """Runs `python -m permlint` and returns its exit status and what it wrote."""

    def run(*args, cwd=None, stdin=b"", **environ):
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("PERMLINT_", "GIT_", "GITHUB_"))
        }
        environment |= {"PYTHONIOENCODING": "utf-8", "XDG_CACHE_HOME": str(tmp_path.parent / "cache"), **environ}
        done = subprocess.run(
            [sys.executable, "-m", "permlint", *args],
            cwd=cwd or tmp_path,
            input=stdin,
            capture_output=True,
            env=environment,
            timeout=120,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
