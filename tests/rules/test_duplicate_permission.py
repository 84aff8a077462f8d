from __future__ import annotations

RULE = "duplicate-permission"


def test_the_second_and_each_later_place(build):
    request = build.request("email", "public_profile", "email", "email")
    found = build.check(RULE, request)
    assert [finding.place for finding in found] == [request.scopes[2].place, request.scopes[3].place]
    assert {finding.permission for finding in found} == {"email"}
    assert {each.place for finding in found for each in finding.evidence} == {request.scopes[0].place}
    assert found[0].message == "email is asked for twice in one request, first at line 1"


def test_another_file_is_named(build):
    request = build.request(build.scope("email", path="a.py"), build.scope("email"))
    (finding,) = build.check(RULE, request)
    assert "first at a.py, line 1" in finding.message


def test_the_same_string_used_twice_counts_once(build):
    scope = build.scope("email")
    assert build.check(RULE, build.request(scope, scope)) == []


def test_two_requests_may_ask_for_the_same(build):
    assert build.check(RULE, build.request("email"), build.request("email")) == []


def test_only_where_both_are_certain(build):
    maybe = build.scope("email", certain=False)
    assert build.check(RULE, build.request("email", maybe)) == []
    assert build.check(RULE, build.request(maybe, "email")) == []
    assert len(build.check(RULE, build.request(maybe, "email", "email"))) == 1


def test_a_library_never_makes_a_duplicate(build):
    assert build.check(RULE, build.request(build.scope("email", by="library"), "email")) == []
    assert build.check(RULE, build.request("email", build.scope("email", by="library"))) == []


def test_names_that_are_no_permissions_count_too_but_nothing_does_not(build):
    assert len(build.check(RULE, build.request("no_such", "no_such"))) == 1
    assert build.check(RULE, build.request("", "")) == []
