from __future__ import annotations

import pytest


def test_says_why_and_what_is_known(build):
    part = build.unresolved("pages_{}", "`action` is an argument")
    (finding,) = build.check("unresolved-scope", unresolved=(part,))
    assert (finding.place, finding.statement, finding.permission) == (part.place, part.statement, None)
    assert finding.message == (
        "what is asked for here is only known at run time (`action` is an argument), so it is not checked; "
        "known of it: pages_{}"
    )


@pytest.mark.parametrize("known", ["", "{}", "{} {}"])
def test_nothing_known(build, known):
    (finding,) = build.check(
        "unresolved-scope", unresolved=(build.unresolved(known, "it is read from the environment"),)
    )
    assert "known of it" not in finding.message
    assert "it is read from the environment" in finding.message


def test_a_note_by_default(build):
    assert build.rules["unresolved-scope"].severity == "note"
