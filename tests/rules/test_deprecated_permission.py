from __future__ import annotations

import pytest

RULE = "deprecated-permission"


def test_an_announced_end_names_the_day(build):
    (finding,) = build.check(RULE, build.request("email", "publish_to_groups"), day="2024-03-01")
    assert finding.permission == "publish_to_groups"
    assert finding.message == (
        "publish_to_groups ends on 2024-04-22: from then on the login dialog drops it and calls that rely on it fail; "
        "nothing replaces it"
    )
    assert finding.help == "plan to do without it"


@pytest.mark.parametrize(("day", "found"), [("2024-01-22", 0), ("2024-01-23", 1), ("2024-04-21", 1), ("2024-04-22", 0)])
def test_between_the_announcement_and_the_end(build, day, found):
    assert len(build.check(RULE, build.request("publish_to_groups"), day=day)) == found


def test_an_end_without_a_day(build):
    (finding,) = build.check(RULE, build.request("gaming_profile"))
    assert finding.message.startswith("gaming_profile is deprecated since 2026-05-07: ")


def test_the_version_that_announced_it_is_named(build):
    (finding,) = build.check(RULE, build.request("commerce_account_read_orders"))
    assert "is deprecated since 2026-07-29 (v26.0)" in finding.message


def test_the_apps_version_no_longer_has_it(build):
    (finding,) = build.check(RULE, build.request("manage_pages"), day="2021-01-01", graph_version="v7.0")
    assert finding.message.startswith(
        "manage_pages is gone from v7.0 on, and this app uses v7.0: calls that rely on it fail"
    )
    assert "ask for pages_manage_ads, pages_manage_metadata, pages_read_engagement and pages_read_user_content" in (
        finding.message
    )


def test_an_older_version_still_has_it_but_its_end_is_told(build):
    (finding,) = build.check(RULE, build.request("manage_pages"), day="2021-01-01", graph_version="v6.0")
    assert finding.message.startswith("manage_pages ends on 2022-05-05: ")


@pytest.mark.parametrize("name", ["email", "publish_actions", "no_such_permission", "research_apis", ""])
def test_says_nothing_of_others(build, name):
    assert build.check(RULE, build.request(name)) == []
