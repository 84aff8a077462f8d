"""Paths of a report are relative to the working directory."""

import pytest

from permlint.report.paths import paths_from


@pytest.mark.parametrize(
    ("root", "cwd", "path", "shown"),
    [
        ("/p", "/p", "a/b.py", "a/b.py"),
        ("/p", "/p/a", "a/b.py", "b.py"),
        ("/p", "/p/a", "c/b.py", "../c/b.py"),
        ("/p", "/p/a/b", "a/c.py", "../c.py"),
        ("/p", "/p/a/b", "a/b", "../b"),
        ("/p", "/p/a/b", "a/bc/d.py", "../bc/d.py"),
        ("/p/a", "/p", "b.py", "a/b.py"),
        ("/p/a", "/p/c", "b.py", "../a/b.py"),
        ("/", "/p", "p/a.py", "a.py"),
        ("/", "/p", "a.py", "../a.py"),
    ],
)
def test_path(root, cwd, path, shown):
    assert paths_from(root, cwd)(path) == shown
