"""Files are read whole, or up to a limit, and nothing else is: no links, pipes or folders."""

import os
from pathlib import Path

import pytest

from permlint.files import is_environment_file, read_file, why_unreadable


@pytest.mark.parametrize("content", [b"", b"a", b"a\0\xff" * 1000])
def test_content(tmp_path, content):
    (tmp_path / "a").write_bytes(content)
    assert read_file(str(tmp_path), "a") == content
    for limit in (1, 2, 2999, 3000, 3001):
        assert read_file(str(tmp_path), "a", limit) == content[:limit]


def test_files_without_a_size_are_read_to_their_end():
    if not Path("/proc/self/status").exists():
        pytest.skip("no /proc here")
    assert read_file("/proc/self", "status").startswith(b"Name:")


def make_link(folder):
    (folder / "target").write_text("secret")
    (folder / "a").symlink_to(folder / "target")


def make_pipe(folder):
    os.mkfifo(folder / "a")


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither")
@pytest.mark.parametrize(
    ("make", "why"),
    [
        (make_link, "a symbolic link"),
        (make_pipe, "not a regular file"),
        (lambda folder: (folder / "a").mkdir(), "not a regular file"),
        (lambda _: None, "gone"),
        (lambda folder: (folder / "a").symlink_to(folder / "a"), "a symbolic link"),
    ],
)
def test_what_is_not_read(tmp_path, make, why):
    make(tmp_path)
    with pytest.raises(OSError, match="a") as caught:
        read_file(str(tmp_path), "a")
    assert why_unreadable(caught.value) == why


def test_no_permission():
    assert why_unreadable(PermissionError(13, "Permission denied")) == "no permission to read it"
    assert why_unreadable(OSError(5, "Input/output error")) == "input/output error"
    assert why_unreadable(OSError("odd")) == "cannot be read"


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        (".env", True),
        ("a/.env.local", True),
        ("a/prod.env", True),
        ("environment", False),
        (".environment", False),
        ("env.py", False),
    ],
)
def test_environment_files(path, is_one):
    assert is_environment_file(path) is is_one
