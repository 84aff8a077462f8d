"""A finding stays the same one when lines move and their neighbours change, and becomes another one when its place does."""

import pytest

from permlint.diagnostics import Diagnostic
from permlint.fingerprints import Key, fingerprint, key_of, keys_of
from permlint.places import Place


def found(text, mark, *, permission="user_likes", statement=None, occurrence=0):
    """A finding at the text `mark`; statement: the lines of its statement."""
    at = -1
    for _ in range(occurrence + 1):
        at = text.index(mark, at + 1)
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    whole = statement and Place("a.py", statement[0], 1, statement[1], 1)
    place = Place("a.py", line, column, line, column + len(mark))
    return Diagnostic("PRM201", "unneeded-permission", "warning", "high", place, "m", permission, statement=whole)


def lines_of(text):
    lines = text.split("\n")
    return lambda _path, number, _cell=None: lines[number - 1] if number <= len(lines) else None


LIST = 'SCOPES = [\n    "email",\n    "user_likes",\n]\n'


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (LIST, (1, 4)),
        ("# new\n\n" + LIST, (3, 6)),
        (LIST.replace('"email"', '"public_profile", "email"'), (1, 4)),
        (LIST.replace('    "user_likes",', '    "user_likes",  # why'), (1, 4)),
        ('SCOPES = ["email", "user_likes"]\n', (1, 1)),
        ("SCOPES=['user_likes']\n", (1, 1)),
    ],
)
def test_what_leaves_a_finding_the_same(text, statement):
    key = key_of(found(text, "user_likes", statement=statement), lines_of(text))
    assert key == Key("a.py", "PRM201", "user_likes", "SCOPES")


@pytest.mark.parametrize("text", [LIST.replace("SCOPES", "OTHER"), 'login(scope="user_likes")\n'])
def test_another_statement_is_another_finding(text):
    key = key_of(found(text, "user_likes", statement=(1, 4)), lines_of(text))
    assert key.context not in ("", "SCOPES")


def test_the_text_counts_where_it_is_not_the_permission():
    text = 'get("https://graph.facebook.com/v9.0/me")\n'
    key = key_of(found(text, "v9.0", permission=None), lines_of(text))
    assert key == Key("a.py", "PRM201", "", "get v9.0")


def test_a_file_that_is_gone_still_has_a_key():
    assert key_of(found(LIST, "user_likes"), lambda *_: None) == Key("a.py", "PRM201", "user_likes", "")


def test_secrets_are_masked():
    text = 'app_secret = "9f86d081884c7d659a2feaa0c55ad015"\n'
    key = key_of(found(text, "9f86d081884c7d659a2feaa0c55ad015", permission=None), lines_of(text))
    assert "9f86" not in key.context


def test_the_same_thing_twice_is_counted():
    text = 'A = ["user_likes", "user_likes"]\n'
    both = [found(text, "user_likes", occurrence=0), found(text, "user_likes", occurrence=1)]
    (first, one), (second, two) = keys_of(both, lines_of(text))
    assert (first, one, two) == (second, 1, 2)
    assert len({fingerprint(first, 1), fingerprint(first, 2)}) == 2


def test_a_fingerprint_never_changes():
    """It names alerts in other systems: a change here needs a new `NAME`."""
    assert fingerprint(Key("a.py", "PRM201", "user_likes", "SCOPES"), 1) == "61217cf328952d9b2343199ef38007ed"
