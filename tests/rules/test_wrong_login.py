from __future__ import annotations

import pytest

RULE = "wrong-login"


def test_names_the_login_and_those_that_can(build):
    (finding,) = build.check(
        RULE, build.request("instagram_business_basic", "pages_show_list", login="instagram-login")
    )
    assert finding.permission == "pages_show_list"
    assert finding.message.startswith("pages_show_list can't be asked for by Business Login for Instagram")
    assert "Facebook Login, Facebook Login for Business" in finding.message
    assert finding.help.startswith("ask for it by ")
    assert finding.sources


@pytest.mark.parametrize(
    ("login", "name"),
    [
        ("facebook-login", "instagram_business_basic"),
        ("facebook-login", "threads_basic"),
        ("threads", "email"),
        ("threads", "threads_business_basic"),
        ("instagram-login", "instagram_basic"),
    ],
)
def test_a_login_that_refuses(build, login, name):
    (finding,) = build.check(RULE, build.request(name, login=login))
    assert finding.permission == name


@pytest.mark.parametrize(
    ("login", "name"),
    [
        ("facebook-login", "email"),
        ("facebook-login", "threads_business_basic"),
        ("threads", "threads_basic"),
        ("unknown", "threads_basic"),
        ("instagram-login", "openid"),  # not known
        ("facebook-login", "no_such_permission"),
        ("instagram-login", "publish_actions"),  # dead: the other rule's
        ("business-manager", "email"),  # not known
    ],
)
def test_says_nothing_where_it_may_ask_or_nobody_knows(build, login, name):
    assert build.check(RULE, build.request(name, login=login)) == []


def test_a_closed_login_is_not_offered(build):
    found = build.check(RULE, build.request("email", login="threads"))
    assert "Basic Display" not in found[0].message
