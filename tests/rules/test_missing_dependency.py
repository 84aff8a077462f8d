from __future__ import annotations

RULE = "missing-dependency"


def test_lists_all_that_is_missing_in_one_finding(build):
    (finding,) = build.check(RULE, build.request("pages_manage_posts"))
    assert finding.permission == "pages_manage_posts"
    assert finding.missing == ("pages_read_engagement", "pages_show_list")
    assert finding.message == (
        "pages_manage_posts depends on pages_read_engagement and pages_show_list (direct); this app asks for neither, "
        "and App Review refuses it without"
    )
    assert (
        finding.help == "ask for pages_read_engagement and pages_show_list in the same login, or App Review refuses it"
    )


def test_takes_the_whole_closure_and_tells_direct_from_implied(build):
    (finding,) = build.check(RULE, build.request("catalog_management"))
    assert finding.missing == ("business_management", "pages_read_engagement", "pages_show_list")
    assert (
        "business_management (direct), pages_read_engagement (through business_management) "
        "and pages_show_list (through business_management); this app asks for none of them" in finding.message
    )


def test_one_missing_reads_well(build):
    (finding,) = build.check(RULE, build.request("pages_manage_posts", "pages_read_engagement", "email"))[:1]
    assert "depends on pages_show_list (direct); this app never asks for it" in finding.message


def test_only_implied_ones_missing(build):
    found = build.check(RULE, build.request("catalog_management", "business_management", "pages_show_list"))
    assert {finding.permission: finding.missing for finding in found} == {
        "catalog_management": ("pages_read_engagement",),
        "business_management": ("pages_read_engagement",),
    }
    assert "pages_read_engagement (through business_management)" in found[0].message


def test_as_of_the_old_table(build):
    (finding,) = build.check(RULE, build.request("leads_retrieval"), day="2024-03-01")
    assert finding.missing == ("pages_manage_ads", "pages_read_engagement", "pages_show_list")
    assert build.check(RULE, build.request("catalog_management"), day="2024-03-01") == []


def test_another_login_of_the_family_counts(build):
    assert (
        build.check(
            RULE,
            build.request("pages_read_engagement", "pages_show_list", login="facebook-login-for-business"),
            build.request("pages_manage_posts"),
        )
        == []
    )


def test_another_family_does_not(build):
    found = build.check(
        RULE,
        build.request("instagram_business_basic", login="facebook-login"),
        build.request("instagram_business_content_publish", login="instagram-login"),
    )
    assert [finding.missing for finding in found] == [("instagram_business_basic",)]


def test_a_login_that_nobody_knows_may_be_of_any_family(build):
    known = build.request("pages_manage_posts")
    unknown = build.request("pages_read_engagement", "pages_show_list", login="unknown")
    assert build.check(RULE, known, unknown) == []
    known = build.request("pages_read_engagement", "pages_show_list")
    unknown = build.request("pages_manage_posts", login="unknown")
    assert build.check(RULE, known, unknown) == []
    (finding,) = build.check(RULE, unknown)
    assert finding.permission == "pages_manage_posts"


def test_what_the_config_declares_counts_as_asked_for(build):
    declared = {"pages_read_engagement": "dashboard", "pages_show_list": "dashboard"}
    assert build.check(RULE, build.request("pages_manage_posts"), declared=declared) == []


def test_silent_where_the_app_is_open(build):
    assert build.check(RULE, build.request("pages_manage_posts"), build.request(open=True, complete=False)) == []


def test_less_sure_where_a_request_is_incomplete(build):
    (finding,) = build.check(RULE, build.request("pages_manage_posts", complete=False, unknown_because="env"))
    assert finding.confidence == "medium"


def test_reported_at_the_first_place_with_the_others_as_evidence(build):
    later = build.request(build.scope("pages_manage_posts", line=40))
    first = build.request(build.scope("pages_manage_posts", line=30))
    elsewhere = build.request(build.scope("pages_manage_posts", path="z.py"))
    (finding,) = build.check(RULE, later, first, elsewhere)
    assert finding.place.line == 30
    also = {each.place for each in finding.evidence if "here too" in each.note}
    assert also == {later.scopes[0].place, elsewhere.scopes[0].place}


def test_once_for_each_family(build):
    found = build.check(
        RULE,
        build.request("pages_manage_posts", login="facebook-login"),
        build.request("pages_manage_posts", login="whatsapp-embedded-signup"),
        build.request("threads_delete", login="threads"),
    )
    assert [finding.permission for finding in found] == ["pages_manage_posts", "threads_delete"]


def test_dead_unknown_and_misspelt_permissions_have_no_dependencies(build):
    names = ("publish_to_groups", "manage_pages", "page_manage_posts", "private_computation_access", "threads_share")
    assert build.check(RULE, build.request(*names)) == []


def test_a_permission_that_this_login_cannot_give_is_left_to_the_other_rule(build):
    assert build.check(RULE, build.request("pages_manage_posts", login="instagram-login")) == []


def test_a_branch_that_asks_counts_as_asking(build):
    request = build.request(
        "pages_manage_posts",
        build.scope("pages_read_engagement", certain=False),
        build.scope("pages_show_list", certain=False),
    )
    assert build.check(RULE, request) == []


def test_an_alias_counts_as_the_permission(build):
    found = build.check(RULE, build.request("pages_events", "page_events"))
    assert [finding.missing for finding in found] == [("pages_show_list",)]


def test_is_not_run_on_files_of_no_app(build):
    assert build.rules[RULE].whole_app
