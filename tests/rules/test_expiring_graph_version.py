from __future__ import annotations

import pytest

RULE = "expiring-graph-version"


def test_names_the_day_and_the_days_left(build):
    use = build.version("v21.0")
    (finding,) = build.check(RULE, versions=(use,))
    assert finding.message == (
        "v21.0 of the Graph API ends on 2027-01-21, in 61 days: calls then fail or change; the newest is v26.0"
    )
    assert finding.help == "move to v26.0, the newest version"
    assert (finding.place, finding.permission) == (use.place, None)


@pytest.mark.parametrize(
    ("day", "found"), [("2026-10-22", 0), ("2026-10-23", 1), ("2027-01-20", 1), ("2027-01-21", 0), ("2027-02-01", 0)]
)
def test_within_ninety_days(build, day, found):
    assert len(build.check(RULE, versions=(build.version("v21.0"),), day=day)) == found


def test_one_day_reads_well(build):
    (finding,) = build.check(RULE, versions=(build.version("v21.0"),), day="2027-01-20")
    assert "in 1 day:" in finding.message


@pytest.mark.parametrize("name", ["v26.0", "v19.0", "v99.0"])
def test_others(build, name):
    assert build.check(RULE, versions=(build.version(name),)) == []
