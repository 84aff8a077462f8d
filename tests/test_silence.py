"""Comments that silence findings: where they are put, and that nothing else changes."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permlint.analysis import suppressions_of
from permlint.diagnostics import Diagnostic
from permlint.frontends import lower
from permlint.places import Place
from permlint.silence import fit_reason, silence
from permlint.suppressions import match

WHY = "the old shop needs it"


def findings(text, path="a.py", codes=("PRM101",)):
    """A finding for each word `bad` (or `bad1`, `bad2`, of the first or second rule), in the statement that holds it."""
    program = lower(path, text.encode())
    for found in re.finditer(r"bad([12]?)", text):
        place = program.place(found.start(), found.end())
        code = codes[int(found[1] or 1) - 1]
        yield Diagnostic(
            code, code, "error", "high", place, "m", "bad", statement=program.statement(found.start(), found.end())
        )


def silenced(text, path="a.py", codes=("PRM101", "PRM201")):
    """The text with its findings silenced; all are, and once more changes nothing."""
    found = list(findings(text, path, codes))
    done = silence(path, text.encode(), found, WHY)
    assert done.left == ()
    after = list(findings(done.content.decode(), path, codes))
    assert match(after, {path: suppressions_of(lower(path, done.content))}).kept == ()
    return done.content.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('A = ["bad"]\n', 'A = ["bad"]  # permlint: ignore[PRM101] the old shop needs it\n'),
        ('A = ["bad"]', 'A = ["bad"]  # permlint: ignore[PRM101] the old shop needs it'),
        ('A = ["bad"]   \n', 'A = ["bad"]  # permlint: ignore[PRM101] the old shop needs it\n'),
        ('A = ["bad1", "bad2", "bad1"]\n', 'A = ["bad1", "bad2", "bad1"]  # permlint: ignore[PRM101, PRM201] the old shop needs it\n'),
        ('A = ["bad"]  # noqa\n', 'A = ["bad"]  # noqa  # permlint: ignore[PRM101] the old shop needs it\n'),
        (
            'A = ["bad"]  # permlint: ignore[PRM999] for good\n',
            'A = ["bad"]  # permlint: ignore[PRM999] for good  # permlint: ignore[PRM101] the old shop needs it\n',
        ),
        (
            'A = [\n    "x",\n    "bad",\n    "y",\n]\n',
            'A = [\n    "x",\n    "bad",  # permlint: ignore[PRM101] the old shop needs it\n    "y",\n]\n',
        ),
        (
            'A = """\nbad\nx\n"""\nB = "bad"\n',
            (
                'A = """\nbad\nx\n"""  # permlint: ignore[PRM101] the old shop needs it\n'
                'B = "bad"  # permlint: ignore[PRM101] the old shop needs it\n'
            ),
        ),
        (
            'A = f(x, "bad" + \\\n    "y")\n',
            'A = f(x, "bad" + \\\n    "y")  # permlint: ignore[PRM101] the old shop needs it\n',
        ),
        ('A = "bad"\r\nB = 1\r\n', 'A = "bad"  # permlint: ignore[PRM101] the old shop needs it\r\nB = 1\r\n'),
        ('\ufeffA = "bad"\n', '\ufeffA = "bad"  # permlint: ignore[PRM101] the old shop needs it\n'),
        ('A = "#bad"\n', 'A = "#bad"  # permlint: ignore[PRM101] the old shop needs it\n'),
    ],
)  # fmt: skip
def test_python(before, after):
    assert silenced(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("FB_SCOPE=bad,x\nY=1\n", "# permlint: ignore[PRM101] the old shop needs it\nFB_SCOPE=bad,x\nY=1\n"),
        ("Y=1\r\n  FB_SCOPE=bad", "Y=1\r\n  # permlint: ignore[PRM101] the old shop needs it\r\n  FB_SCOPE=bad"),
        (
            "# permlint: ignore[PRM999] for good\nFB_SCOPE=bad1,bad2\nIG_SCOPE=bad1\n",
            (
                "# permlint: ignore[PRM999] for good\n# permlint: ignore[PRM101, PRM201] the old shop needs it\n"
                "FB_SCOPE=bad1,bad2\n# permlint: ignore[PRM101] the old shop needs it\nIG_SCOPE=bad1\n"
            ),
        ),
        ("\ufeffFB_SCOPE=bad\n", "\ufeff# permlint: ignore[PRM101] the old shop needs it\nFB_SCOPE=bad\n"),
    ],
)
def test_environment_files(before, after):
    assert silenced(before, ".env") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            'const A = ["bad",\n "x"];\n',
            'const A = ["bad", // permlint: ignore[PRM101] the old shop needs it\n "x"];\n',
        ),
        ("const A = `\n bad\n`;\n", "const A = `\n bad\n`; // permlint: ignore[PRM101] the old shop needs it\n"),
        ('f("bad"); // x\n', 'f("bad"); // x // permlint: ignore[PRM101] the old shop needs it\n'),
        # What stands behind an element is text, but within a tag a comment may stand.
        (
            'const A = () => <p>\n <Login scope="bad" />\n</p>;\n',
            'const A = () => <p>\n {/* permlint: ignore[PRM101] the old shop needs it */}\n <Login scope="bad" />\n</p>;\n',
        ),
        (
            'const A = () => <p>\n <Login\n  scope="bad"\n />\n</p>;\n',
            'const A = () => <p>\n <Login\n  scope="bad" // permlint: ignore[PRM101] the old shop needs it\n />\n</p>;\n',
        ),
    ],
)
def test_javascript(before, after):
    assert silenced(before, "a.tsx") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "<?php\n$a = ['bad',\n 'x'];\n",
            "<?php\n$a = ['bad', // permlint: ignore[PRM101] the old shop needs it\n 'x'];\n",
        ),
        (
            "<?php\n$a = <<<X\n bad\n X;\n",
            "<?php\n$a = <<<X\n bad\n X; // permlint: ignore[PRM101] the old shop needs it\n",
        ),
    ],
)
def test_php(before, after):
    assert silenced(before, "a.php") == after


def test_a_page_behind_php_gets_no_comment():
    for text in ("<?php f('bad'); ?>\n<p></p>\n", "<?php f('bad'); ?>\n", "<?php f('bad') ?> // x\n"):
        found = list(findings(text, "a.php"))
        assert silence("a.php", text.encode(), found, WHY).content == text.encode()


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.html", '  <a href="bad">x</a>\n', f'  <!-- permlint: ignore[PRM101] {WHY} -->\n  <a href="bad">x</a>\n'),
        (
            "a.html",
            '<p>\n<div\n  data-scope="bad"\n></div>\n',
            f'<p>\n<!-- permlint: ignore[PRM101] {WHY} -->\n<div\n  data-scope="bad"\n></div>\n',
        ),
        (
            "a.html",
            '<a href="bad1">x</a>\n<script>\nf("bad2");\n</script>\n',
            (
                f'<!-- permlint: ignore[PRM101] {WHY} -->\n<a href="bad1">x</a>\n<script>\n'
                f'f("bad2"); // permlint: ignore[PRM201] {WHY}\n</script>\n'
            ),
        ),
        (
            "a.vue",
            '<template>\n<a href="bad"/>\n</template>\n<script>\nf("bad")\n</script>\n',
            (
                f'<template>\n<!-- permlint: ignore[PRM101] {WHY} -->\n<a href="bad"/>\n</template>\n'
                f'<script>\nf("bad") // permlint: ignore[PRM101] {WHY}\n</script>\n'
            ),
        ),
        ("a.blade.php", '<a href="bad">x</a>\n', f'<!-- permlint: ignore[PRM101] {WHY} -->\n<a href="bad">x</a>\n'),
        (
            "a.xml",
            '<a>\n<b c="x"\n   d="bad"/></a>\n',
            f'<a>\n<!-- permlint: ignore[PRM101] {WHY} -->\n<b c="x"\n   d="bad"/></a>\n',
        ),
        ("a.http", "GET https://bad/\n", f"# permlint: ignore[PRM101] {WHY}\nGET https://bad/\n"),
        ("a.yml", "a:\n  scope: >-\n    bad\n", f"a:\n  scope: >-  # permlint: ignore[PRM101] {WHY}\n    bad\n"),
    ],
)
def test_pages_and_texts(path, before, after):
    assert silenced(before, path, codes=("PRM101", "PRM201")) == after


@pytest.mark.parametrize(
    ("path", "before", "line"),
    [
        ("A.java", 'class A {\n  String a = "bad";\n}\n', '  String a = "bad";'),
        ("a.kt", 'val a = "bad"\n', 'val a = "bad"'),
        ("a.go", 'package a\n\nvar a = "bad"\n', 'var a = "bad"'),
        ("A.cs", 'class A\n{\n  string a = "bad";\n}\n', '  string a = "bad";'),
    ],
)
def test_languages_with_two_slashes(path, before, line):
    assert silenced(before, path) == before.replace(line, f"{line} // permlint: ignore[PRM101] {WHY}")


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("f() {\n  a=bad\n}\n", "  a=bad"),
        ("x\ncurl -s \\\n  -d 'bad' \\\n  y\n", "curl -s \\"),
        ("a=(\n  x\n  bad\n)\n", "  bad"),
        ("x\ncat <<E\ny\nbad\nE\n", "cat <<E"),
        ("x\nif y; then\n  z 'a\nbad'\nfi\n", "  z 'a"),
    ],
)
def test_shell(before, line):
    indent = line[: len(line) - len(line.lstrip())]
    assert silenced(before, "a.sh") == before.replace(line, f"{indent}# permlint: ignore[PRM101] {WHY}\n{line}")


def test_another_encoding_stays():
    text = '# coding: latin-1\nA = "bad \u00e9"\n'
    (found,) = findings('# coding: utf-8!\nA = "bad \u00e9"\n')
    done = silence("a.py", text.encode("latin-1"), [found], WHY)
    assert done.content == text.replace('\u00e9"', f'\u00e9"  # permlint: ignore[PRM101] {WHY}').encode("latin-1")
    # The reason could only be written in UTF-8, which this file is not.
    other = silence("a.py", text.encode("latin-1"), [found], "caf\u00e9")
    assert other.content == text.encode("latin-1")
    assert [each for each, _ in other.left] == [found]


def test_no_second_comment_for_the_same_line():
    text = '<a>\n<b c="bad"\n   d="bad"/></a>\n'
    first, second = findings(text, "a.xml")
    once = silence("a.xml", text.encode(), [first, second], WHY)
    assert once.content.decode() == text.replace("<b", f"<!-- permlint: ignore[PRM101] {WHY} -->\n<b")
    assert [each for each, _ in once.left] == [second]
    _, moved = findings(once.content.decode(), "a.xml")
    again = silence("a.xml", once.content, [moved], WHY)
    assert again.content == once.content
    assert [each for each, _ in again.left] == [moved]


def test_what_can_not_be_written_is_left():
    (found,) = findings('A = "bad"\n')
    notebook = silence("a.ipynb", b"{}", [found], WHY)
    assert (notebook.content, notebook.left[0][1]) == (
        b"{}",
        "permlint cannot write comments into files of this kind; a baseline or `per-file-ignores` can hold it back",
    )
    broken = silence("a.py", b"def :\n", [found], WHY)
    assert broken.content == b"def :\n"
    assert broken.left[0][1].startswith("the file cannot be parsed: ")


def test_what_can_be_written_is_written_though_another_can_not():
    text = 'A = "bad"\nB = "bad"\n'
    first, second = findings(text)
    gone = Diagnostic("PRM101", "x", "error", "high", Place("a.py", 9, 1, 9, 4), "m")
    done = silence("a.py", text.encode(), [first, gone, second], WHY)
    assert [each for each, _ in done.left] == [gone]
    assert done.content.count(b"ignore[PRM101]") == 2


ITEMS = st.sampled_from(
    ['"bad"', '"x"', '"""y\nbad"""', 'f("bad1",\n  "bad2")', '["x",  # why\n "bad"]', '"bad" \\\n + "x"']
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ITEMS, min_size=1, max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_only_comments_are_added(items, end):
    text = "".join(f"A{number} = {item}\n" for number, item in enumerate(items)).replace("\n", end)
    after = silenced(text)
    assert re.sub(r"  # permlint: ignore\[[A-Z0-9, ]+\] the old shop needs it", "", after) == text


@pytest.mark.parametrize(
    ("reason", "fit"),
    [
        ("legal: until May", "legal: until May"),
        ("  two\n lines ", "two lines"),
        ("- a dash", "a dash"),
        ("", None),
        ("--", None),
        ("x # permlint: ignore[PRM101] y", None),
        ("bell\x07", None),
    ],
)
def test_reasons(reason, fit):
    assert fit_reason(reason) == fit
