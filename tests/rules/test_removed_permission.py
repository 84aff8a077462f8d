from __future__ import annotations

import pytest

RULE = "removed-permission"


def test_names_the_day_and_that_nothing_replaces_it(build):
    (finding,) = build.check(RULE, build.request("email", "publish_actions"))
    assert finding.permission == "publish_actions"
    assert finding.message == (
        "publish_actions was removed on 2018-08-01: the login dialog drops it and no token carries it; nothing replaces it"
    )
    assert finding.help == "take it out"
    assert finding.confidence == "high"
    assert finding.fix is None
    assert finding.sources


def test_marks_the_name_itself_and_carries_its_statement(build):
    scope = build.scope("publish_actions")
    (finding,) = build.check(RULE, build.request(scope))
    assert (finding.place, finding.statement) == (scope.place, scope.statement)


def test_names_every_living_replacement(build):
    (finding,) = build.check(RULE, build.request("publish_pages"))
    assert "ask for pages_manage_posts and pages_manage_engagement instead" in finding.message
    assert "as far as your calls need it" in finding.help


def test_follows_a_dead_replacement_and_says_so(build):
    (finding,) = build.check(RULE, build.request("publish_stream"))
    assert "nothing replaces it any more (publish_actions did and is gone too)" in finding.message


def test_follows_to_replacements_living_that_day(build):
    (finding,) = build.check(RULE, build.request("user_groups"), day="2024-03-01")
    assert "ask for groups_access_member_info and publish_to_groups instead" in finding.message
    (finding,) = build.check(RULE, build.request("user_groups"))
    assert "groups_access_member_info" in finding.message
    assert "gone too" in finding.message


@pytest.mark.parametrize(("day", "removed"), [("2024-04-21", False), ("2024-04-22", True), ("2026-11-21", True)])
def test_a_day_of_removal_counts_as_removed(build, day, removed):
    assert bool(build.check(RULE, build.request("publish_to_groups"), day=day)) is removed


def test_one_without_a_known_date_is_less_sure(build):
    (finding,) = build.check(RULE, build.request("user_tagged_places"))
    assert finding.confidence == "medium"
    assert finding.message.startswith("user_tagged_places no longer exists: ")


@pytest.mark.parametrize("name", ["likes", "comments", "sms", "offline_access"])
def test_everyday_words_count_where_meta_is_asked(build, name):
    (finding,) = build.check(RULE, build.request(name))
    assert finding.permission == name


def test_everyday_words_are_left_alone_where_the_login_is_unknown(build):
    found = build.check(RULE, build.request("likes", "publish_actions", login="unknown"))
    assert [finding.permission for finding in found] == ["publish_actions"]


@pytest.mark.parametrize(
    "name", ["email", "pages_show_list", "gaming_profile", "no_such_permission", "research_apis", ""]
)
def test_says_nothing_of_others(build, name):
    assert build.check(RULE, build.request(name)) == []


def test_what_a_library_asks_for_is_judged_at_the_library(build):
    scope = build.scope("user_about_me", by="library")
    (finding,) = build.check(RULE, build.request(scope, via="django-facebook: FACEBOOK_DEFAULT_SCOPE"))
    assert finding.place == scope.place
    assert finding.evidence[0].note == "the library asks for it by itself (django-facebook: FACEBOOK_DEFAULT_SCOPE)"


def test_a_request_elsewhere_is_evidence(build):
    scope = build.scope("publish_actions", path="scopes.py")
    request = build.request(scope)
    (finding,) = build.check(RULE, request)
    assert [(each.place, each.note) for each in finding.evidence] == [(request.place, "asked for by Facebook Login")]
