from __future__ import annotations

from permlint.facts import Unreadable
from permlint.places import Place


def test_says_which_file_and_why(build):
    where = Place("legacy/login.py", 3, 1, 3, 2)
    (finding,) = build.check("unreadable-file", unreadable=(Unreadable(where, "line 3: a bracket is never closed"),))
    assert finding.place == where
    assert finding.permission is None
    assert finding.message == (
        "legacy/login.py could not be read, so what it asks for and calls is not checked: line 3: a bracket is never closed"
    )
    assert finding.help


def test_nothing_unreadable(build):
    assert build.check("unreadable-file", build.request("email")) == []
