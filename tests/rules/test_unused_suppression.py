from __future__ import annotations

from permlint.app import StaleSuppression
from permlint.places import Place

WHERE = Place("login.py", 3, 15, 3, 38)


def test_silences_nothing(build):
    (finding,) = build.check("unused-suppression", stale=(StaleSuppression(WHERE, "PRM101"),))
    assert finding.place == WHERE
    assert finding.permission is None
    assert finding.message == "this comment silences nothing (PRM101)"
    assert finding.help == "take PRM101 out"


def test_cannot_silence_anything(build):
    stale = StaleSuppression(WHERE, "", "the rules in brackets are missing")
    (finding,) = build.check("unused-suppression", stale=(stale,))
    assert finding.message == "this comment silences nothing: the rules in brackets are missing"
    assert finding.help == "correct it or take it out"


def test_runs_after_all_others(build):
    assert build.rules["unused-suppression"].phase == "suppressions"
