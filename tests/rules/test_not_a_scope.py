from __future__ import annotations

import pytest

from permlint.facts import FormFault

RULE = "not-a-scope"


def one(build, text, **more):
    (finding,) = build.check(RULE, build.request(text, **more))
    assert finding.permission == text
    return finding


@pytest.mark.parametrize(
    "text", ["Page Public Content Access", "page_public_content_access", "HUMAN_AGENT", "human-agent"]
)
@pytest.mark.parametrize("login", ["facebook-login", "unknown"])
def test_a_feature_is_requested_in_app_review(build, text, login):
    finding = one(build, text, login=login)
    assert text in finding.message
    assert "is a feature, not a permission: it is requested in App Review, not at login" in finding.message


def test_a_field_names_the_permission_that_gives_it(build):
    assert (
        "is a field, not a permission: the login dialog drops it; user_gender gives it" in one(build, "gender").message
    )
    assert one(build, "cover").message.endswith("the login dialog drops it")


@pytest.mark.parametrize(
    "text", ["pages-show-list", "pages_show_list;email", "a b", "https://graph.facebook.com/me", "é"]
)
def test_text_that_cannot_be_a_name(build, text):
    finding = one(build, text)
    assert repr(text) in finding.message
    assert "can't be the name of a permission" in finding.message


def test_offers_what_was_meant(build):
    assert "did you mean pages_show_list?" in one(build, "pages-show-list").message


def test_empty_text(build):
    assert one(build, "").message.startswith("'' stands where a permission's name should")


def test_long_text_is_cut(build):
    assert len(one(build, "x y" * 500).message) < 300


@pytest.mark.parametrize("text", ["email", "likes", "publish_actions", "no_such_permission", "EMAIL", "Email"])
def test_is_left_to_others(build, text):
    assert build.check(RULE, build.request(text)) == []


@pytest.mark.parametrize("text", ["name", "profile email", "https://www.googleapis.com/auth/userinfo.email", ""])
def test_another_providers_scopes_are_left_alone_where_the_login_is_unknown(build, text):
    assert build.check(RULE, build.request(text, login="unknown")) == []


@pytest.mark.parametrize("kind", ["string-for-list", "list-for-string", "empty-part", "wrong-separator"])
def test_a_value_in_a_wrong_form(build, kind):
    scope = build.scope("email")
    fault = FormFault(kind, scope.place, scope.statement, "email", "the dialog gets e,m,a,i,l")
    (finding,) = build.check(RULE, build.request(faults=(fault,)))
    assert (finding.place, finding.permission, finding.statement) == (fault.place, "email", fault.statement)
    assert finding.message.startswith("'email' ")
    assert finding.message.endswith(": the dialog gets e,m,a,i,l")
    assert finding.help
