from __future__ import annotations

import pytest

RULE = "unknown-permission"


def one(build, text, **more):
    (finding,) = build.check(RULE, build.request(text, **more))
    assert finding.permission == text
    assert text in finding.message
    return finding


def test_a_known_mistake_names_what_was_meant_and_its_source(build):
    finding = one(build, "page_show_list")
    assert (
        finding.message
        == "page_show_list is not a permission: the login dialog drops it; did you mean pages_show_list?"
    )
    assert finding.help == "ask for pages_show_list"
    assert finding.sources


@pytest.mark.parametrize(
    ("text", "meant"), [("pages_show_lists", "pages_show_list"), ("EMAIL", "email"), ("Ads_Read", "ads_read")]
)
def test_offers_what_looks_alike(build, text, meant):
    assert f"did you mean {meant}" in one(build, text).message


def test_offers_only_what_this_login_can_give(build):
    at_instagram = one(build, "instagram_business_basics", login="instagram-login")
    assert "instagram_business_basic" in at_instagram.message
    at_facebook = one(build, "instagram_business_content_publishing")
    assert "did you mean instagram_content_publish?" in at_facebook.message


def test_offers_nothing_where_nothing_is_near(build):
    finding = one(build, "frobnicate")
    assert finding.message == "frobnicate is not a permission: the login dialog drops it"
    assert "permlint permission" in finding.help


def test_says_when_what_was_meant_is_dead(build):
    finding = one(build, "user_action.fitness")
    assert "no longer exists either" in finding.message
    assert finding.help == "take it out"


@pytest.mark.parametrize(
    "text",
    [
        "email",
        "publish_actions",  # removed
        "research_apis",  # nobody knows
        "Page Public Content Access",
        "page_public_content_access",  # features
        "human_agent",
        "first_name",  # a field
        "pages-show-list",
        "pages_show_list;email",
        "",
        "https://www.googleapis.com/auth/userinfo.email",
    ],
)
def test_is_left_to_others(build, text):
    assert build.check(RULE, build.request(text)) == []


def test_newer_than_the_day_is_not_unknown(build):
    assert build.check(RULE, build.request("threads_basic", login="threads"), day="2024-03-01") == []


def test_where_the_login_is_unknown_only_known_mistakes_of_metas_count(build):
    found = build.check(RULE, build.request("profile", "offline", "page_show_list", login="unknown"))
    assert [finding.permission for finding in found] == ["page_show_list"]
