"""Diagnostics as text: the whole output, as a person sees it."""

from dataclasses import replace

import pytest

from permlint.diagnostics import Edit, Evidence, Fix
from permlint.places import Place
from permlint.report.source import text_width
from permlint.report.style import Style
from permlint.report.summary import render_summary
from permlint.report.text import render_concise, render_statistics, render_text

SCOPES = 'SCOPES = [\n    "pages_manage_posts",\n]\n'


def same(path):
    return path


def render(diagnostics, sources, **style):
    return render_text(diagnostics, sources, same, Style(**style))


def test_one(diagnostic, sources):
    assert (
        render([diagnostic], sources({"storefront/scopes.py": SCOPES}))
        == """\
storefront/scopes.py:2:6  error  PRM104 missing-dependency
    2 |     "pages_manage_posts",
      |      ^^^^^^^^^^^^^^^^^^ depends on pages_read_engagement (direct) and pages_show_list; this app asks for neither
      = asked for by Facebook Login at storefront/login.py:31
      = help: ask for both in the same login, or App Review refuses it
      = source: https://developers.facebook.com/docs/permissions
"""
    )


def test_two_with_all_that_there_can_be(diagnostic, sources):
    fix = Fix("add both", safe=False, edits=(Edit(Place("a.py", 1, 1, 1, 1), "x"),))
    other = replace(
        diagnostic,
        severity="warning",
        confidence="medium",
        app="shop",
        label="",
        help="",
        sources=(),
        evidence=(Evidence(Place("n.ipynb", 3, 1, 3, 2, cell=2), "first line\nsecond line"),),
        fix=fix,
    )
    assert (
        render([diagnostic, other], sources({"storefront/scopes.py": SCOPES}))
        == """\
storefront/scopes.py:2:6  error  PRM104 missing-dependency
    2 |     "pages_manage_posts",
      |      ^^^^^^^^^^^^^^^^^^ depends on pages_read_engagement (direct) and pages_show_list; this app asks for neither
      = asked for by Facebook Login at storefront/login.py:31
      = help: ask for both in the same login, or App Review refuses it
      = source: https://developers.facebook.com/docs/permissions

storefront/scopes.py:2:6  warning  PRM104 missing-dependency  (app: shop)  (confidence: medium)
    2 |     "pages_manage_posts",
      |      ^^^^^^^^^^^^^^^^^^ pages_manage_posts depends on pages_read_engagement and pages_show_list; this app asks for neither
      = first line
        second line at n.ipynb:cell 2:3
      = unsafe fix: add both
"""
    )


def test_several_lines(diagnostic, sources):
    place = Place("a.py", 1, 5, 3, 2)
    bare = replace(diagnostic, place=place, label="too much\nby far", help="", evidence=(), sources=())
    assert (
        render([bare], sources({"a.py": "x = [\n    'a',\n] + y\n"}))
        == """\
a.py:1:5  error  PRM104 missing-dependency
    1 | x = [
      |     ^
    2 |     'a',
      |     ^^^^
    3 | ] + y
      | ^ too much
      |   by far
"""
    )
    long = replace(bare, place=Place("a.py", 1, 5, 9, 2), label="too much")
    assert (
        render([long], sources({"a.py": "x = [\n" + "    'a',\n" * 7 + "]\n"}))
        == """\
a.py:1:5  error  PRM104 missing-dependency
    1 | x = [
      |     ^
    2 |     'a',
      |     ^^^^
  ... |
    9 | ]
      | ^ too much
"""
    )


@pytest.mark.parametrize("content", [None, "only one line"])
def test_a_line_that_cannot_be_shown(diagnostic, sources, content):
    files = {} if content is None else {"storefront/scopes.py": content}
    assert (
        render([replace(diagnostic, evidence=(), sources=())], sources(files))
        == """\
storefront/scopes.py:2:6  error  PRM104 missing-dependency
      depends on pages_read_engagement (direct) and pages_show_list; this app asks for neither
      = help: ask for both in the same login, or App Review refuses it
"""
    )


def marked(diagnostic, sources, line, column, end, **style):
    """What is shown of a line, and what the mark stands under."""
    bare = replace(diagnostic, place=Place("a.py", 1, column, 1, end), label="x", help="", evidence=(), sources=())
    _, shown, mark, *_ = render([bare], sources({"a.py": line}), **style).splitlines()
    shown, mark = shown[8:], mark[8:].removesuffix(" x")
    start, width = len(mark) - len(mark.lstrip()), len(mark.strip())
    at, under = 0, ""
    for char in shown:
        if start <= at < start + width:
            under += char
        at += text_width(char)
    return shown, under


@pytest.mark.parametrize(
    ("line", "name", "shown"),
    [
        ("x = 'email'", "email", "x = 'email'"),
        ("\tx = 'email'", "email", "    x = 'email'"),
        ("ab\tx = 'email'", "email", "ab  x = 'email'"),
        ("# 日本語 'email'", "email", "# 日本語 'email'"),
        ("# 🎉🎉 'email'", "email", "# 🎉🎉 'email'"),
        ("# e\u0301 'email'", "email", "# e\u0301 'email'"),
        ("x = '日本'", "日本", "x = '日本'"),
        ("\x1b[31m 'email'", "email", "\ufffd[31m 'email'"),
        ("\u202e 'email'", "email", "\ufffd 'email'"),
        ("x\x00 'email'", "email", "x\ufffd 'email'"),
    ],
)
def test_the_mark_stands_under_the_place(diagnostic, sources, line, name, shown):
    column = line.index(name) + 1
    assert marked(diagnostic, sources, line, column, column + len(name)) == (shown, name)


def test_an_empty_place_has_a_mark(diagnostic, sources):
    bare = replace(diagnostic, place=Place("a.py", 1, 1, 1, 1), label="x", help="", evidence=(), sources=())
    assert render([bare], sources({"a.py": ""})).splitlines()[1:] == ["    1 |", "      | ^ x"]
    beyond = replace(bare, place=Place("a.py", 1, 50, 1, 60))
    assert render([beyond], sources({"a.py": "ab"})).splitlines()[1:] == ["    1 | ab", "      |   ^ x"]


@pytest.mark.parametrize("width", [None, 60, 80, 200])
@pytest.mark.parametrize("size", [10, 300, 100_000])
@pytest.mark.parametrize("tail", [0, 300, 100_000])
def test_long_lines_are_cut_around_the_place(diagnostic, sources, width, size, tail):
    line = "a " * size + "'email'" + " b" * tail
    column = line.index("email") + 1
    shown, under = marked(diagnostic, sources, line, column, column + 5, width=width)
    assert under == "email"
    assert len(shown) <= (120 if width is None else max(40, width - 8))
    assert shown.startswith("…") is (size > 10)
    assert shown.endswith("…") is (tail > 0)


def test_a_place_longer_than_the_room(diagnostic, sources):
    shown, under = marked(diagnostic, sources, "x = '" + "ab" * 5000 + "'", 6, 10_006)
    assert len(shown) <= 120
    assert set(under) == {"a", "b"}


def test_secrets_are_hidden_and_the_mark_stays(diagnostic, sources):
    line = "login(app_secret='s3cr3t-v4lue', scope='email')"
    column = line.index("email") + 1
    shown, under = marked(diagnostic, sources, line, column, column + 5)
    assert (shown, under) == ("login(app_secret='************', scope='email')", "email")
    spoken = replace(diagnostic, label=f"asks with EAA{'b1' * 20}", message="", help=f"not EAA{'b1' * 20}")
    assert "b1b1" not in render([spoken], sources({}))


def test_a_name_beside_a_secrets_name_is_shown_where_it_is_marked(diagnostic, sources):
    line = "PASSWORD_RESET = 'email, pages_x2'"
    assert marked(diagnostic, sources, line, 19, 24) == ("PASSWORD_RESET = 'email**********'", "email")


def test_an_ascii_terminal(diagnostic, sources):
    line = "# 日本 é 'email'" + " b" * 100
    column = line.index("email") + 1
    shown, under = marked(diagnostic, sources, line, column, column + 5, encoding="ascii")
    assert shown.startswith("# ???? ? 'email' b b")
    assert shown.endswith("...")
    assert under == "email"
    text = render(
        [replace(diagnostic, label="größer", place=Place("ä.py", 1, 1, 1, 2))], sources({"ä.py": "ä"}), encoding="ascii"
    )
    assert text.isascii()
    assert "?.py:1:1" in text


def test_colour(diagnostic, sources):
    bare = replace(diagnostic, label="x", help="h", evidence=(), sources=())
    assert render([bare], sources({"storefront/scopes.py": SCOPES}), color=True) == (
        "\x1b[1mstorefront/scopes.py:2:6\x1b[0m  \x1b[1;31merror\x1b[0m  \x1b[1mPRM104\x1b[0m missing-dependency\n"
        '\x1b[1;34m    2\x1b[0m \x1b[1;34m|\x1b[0m     "pages_manage_posts",\n'
        "      \x1b[1;34m|\x1b[0m      \x1b[1;31m^^^^^^^^^^^^^^^^^^\x1b[0m x\n"
        "      \x1b[1;34m= \x1b[0mhelp: h\n"
    )


def test_labels_are_broken_on_a_narrow_terminal(diagnostic, sources):
    assert (
        render([replace(diagnostic, sources=())], sources({"storefront/scopes.py": SCOPES}), width=70)
        == """\
storefront/scopes.py:2:6  error  PRM104 missing-dependency
    2 |     "pages_manage_posts",
      |      ^^^^^^^^^^^^^^^^^^
      |   depends on pages_read_engagement (direct) and
      |   pages_show_list; this app asks for neither
      = asked for by Facebook Login at storefront/login.py:31
      = help: ask for both in the same login, or App Review refuses it
"""
    )
    assert (
        render(
            [replace(diagnostic, sources=(), help="", evidence=())], sources({"storefront/scopes.py": SCOPES}), width=90
        )
        == """\
storefront/scopes.py:2:6  error  PRM104 missing-dependency
    2 |     "pages_manage_posts",
      |      ^^^^^^^^^^^^^^^^^^ depends on pages_read_engagement (direct) and
      |                         pages_show_list; this app asks for neither
"""
    )


def test_a_path_commands_no_terminal(diagnostic, sources):
    text = render([replace(diagnostic, place=Place("a\x1b]0;x\x07\n.py", 1, 1, 1, 2))], sources({}))
    assert text.startswith("a\ufffd]0;x\ufffd\ufffd.py:1:1  error")


def test_notebook(diagnostic, sources):
    bare = replace(
        diagnostic, place=Place("n.ipynb", 2, 1, 2, 2, cell=2), label="here", help="", evidence=(), sources=()
    )
    notebook = '{"cells": [{"source": "x"}, {"source": ["a = 1\\n", "b = 2"]}]}'
    assert (
        render([bare], sources({"n.ipynb": notebook}))
        == """\
n.ipynb:cell 2:2:1  error  PRM104 missing-dependency
    2 | b = 2
      | ^ here
"""
    )
    for broken in ("", "{}", '{"cells": []}', '{"cells": 1}', "[" * 100_000):
        assert "      here\n" in render([bare], sources({"n.ipynb": broken}))


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfx\r\ny = 'email'\r\n",
        b"x\ry = 'email'",
        "x\ny = 'email'".encode("utf-16"),
        b"# coding: latin-1\ny = 'email' # \xe9",
        b"# coding: nonsense\ny = 'email' # \xe9",
    ],
)
def test_encodings_and_line_ends(diagnostic, sources, content):
    bare = replace(diagnostic, place=Place("a.py", 2, 6, 2, 11), label="x")
    assert "    2 | y = 'email'" in render([bare], sources({"a.py": content}))


def test_nothing(sources):
    assert render([], sources({})) == ""


def test_concise(diagnostic):
    other = replace(
        diagnostic, place=Place("n.ipynb", 4, 1, 4, 2, cell=2), code="PRM201", name="unneeded", message="two\nlines"
    )
    assert render_concise([diagnostic, other], same, Style()) == (
        "storefront/scopes.py:2:6: PRM104 missing-dependency pages_manage_posts depends on pages_read_engagement and "
        "pages_show_list; this app asks for neither\n"
        "n.ipynb:cell 2:4:1: PRM201 unneeded two lines\n"
    )


def test_statistics(diagnostic):
    other = replace(diagnostic, code="PRM101", name="removed-permission")
    assert (
        render_statistics([other, *[diagnostic] * 10], Style())
        == "10  PRM104 missing-dependency\n 1  PRM101 removed-permission\n"
    )
    assert render_statistics([], Style()) == ""


def test_summary(diagnostic):
    warning = replace(diagnostic, severity="warning")
    note = replace(diagnostic, severity="note", place=Place("b.py", 1, 1, 1, 2))
    facts = {"files": 214, "skipped": {}, "seconds": 0.31}
    assert render_summary([], **facts) == "no problems found (214 files looked at, 0.3 s)\n"
    assert render_summary([diagnostic], **facts) == "1 error in 1 file (214 files looked at, 0.3 s)\n"
    assert render_summary([diagnostic, warning, warning, note], **facts) == (
        "1 error, 2 warnings, 1 note in 2 files (214 files looked at, 0.3 s)\n"
    )
    skipped = {"files": 1, "skipped": {"unreadable folder": 2, "a symbolic link": 1}, "seconds": 0}
    assert render_summary([], **skipped) == (
        "no problems found (1 file looked at, 3 skipped: 1 a symbolic link, 2 unreadable folder, 0.0 s)\n"
    )
