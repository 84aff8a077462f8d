"""Verdicts: used, unneeded or unknown, each with its reason; what is missing; and what is needed."""

from __future__ import annotations

from datetime import date

import pytest

from permlint.app import App
from permlint.catalog import load
from permlint.facts import GraphCall, Request, Scope
from permlint.places import Place
from permlint.verdicts import asked, lacks, needed, uses

TODAY = date(2026, 11, 21)
WHERE = Place("a.py", 1, 1, 1, 2)


def call(said, *, host="graph.facebook.com", fields=(), names=(), complete=True, outside=False, **sent):
    method, _, path = said.partition(" ")
    segments = tuple(part for part in path.split("/") if part)
    because = None if complete else "it is put together at run time"
    return GraphCall(
        WHERE, WHERE, "requests", None if method == "?" else method, host, None, segments, names, fields,
        tuple(sent.items()), complete, because, outside, True,
    )  # fmt: skip


def login(names, kind="facebook-login", **more):
    scopes = tuple(Scope(name, WHERE, WHERE) for name in names.split())
    return Request(WHERE, WHERE, kind, "a library", scopes, **more)


def app(*facts, **more):
    requests = tuple(one for one in facts if isinstance(one, Request))
    calls = tuple(one for one in facts if isinstance(one, GraphCall))
    return App("default", load().as_of(TODAY, None), requests=requests, calls=calls, **more)


def verdict(permission, *facts, **more):
    (found,) = [use for use in uses(app(*facts, **more)) if use.permission == permission]
    return found.verdict, found.because


def missing(*facts, **more):
    return {lack.permission: lack.any_of for lack in lacks(app(*facts, **more))}


ME = call("GET /me", fields=("name",))
BEHIND = call("GET /{}/x", complete=False)


# Use ------------------------------------------------------------------------------------------------------------------


def test_unneeded_where_all_is_known_and_nothing_uses_it():
    assert verdict("user_likes", login("user_likes"), ME) == (
        "unneeded",
        "no call, no declared need and no other permission needs it",
    )


def test_used_by_a_call():
    assert verdict("user_friends", login("user_friends"), call("GET /me/friends")) == (
        "used",
        "GET /me/friends uses it",
    )
    assert verdict("user_friends", login("user_friends"), call("? /me/friends"))[1] == "a call of /me/friends uses it"


def test_used_by_a_field():
    assert verdict("email", login("email"), call("GET /me", fields=("id", "email")))[0] == "used"
    assert verdict("email", login("email"), ME)[0] == "unneeded"
    assert verdict("user_birthday", login("user_birthday"), call("GET /me", fields=None))[0] == "used"


def test_one_of_a_choice_is_used():
    insights = call("GET /act_{}/insights")
    assert verdict("ads_read", login("ads_read"), insights)[0] == "used"
    assert verdict("ads_management", login("ads_management"), insights)[0] == "used"


def test_used_where_the_config_declares_it():
    found = verdict("user_likes", login("user_likes"), ME, declared_needs={"user_likes": "a widget shows them"})
    assert found == ("used", "the config declares it as needed")


def test_used_where_another_one_depends_on_it():
    facts = (login("pages_manage_posts pages_read_engagement pages_show_list"), call("POST /{}/feed"))
    assert verdict("pages_show_list", *facts)[0] == "used"
    found = verdict("pages_show_list", login("pages_read_engagement pages_show_list"), ME)
    assert found == ("used", "pages_read_engagement depends on it")


def test_a_dependency_of_another_familys_login_does_not_count():
    facts = (login("pages_read_engagement", "threads"), login("pages_show_list"), ME)
    assert verdict("pages_show_list", *facts)[0] == "unneeded"


def test_used_where_it_may_stand_in_for_a_dependency():
    view = load().as_of(TODAY, None)
    pairs = [
        (permission.name, accepted)
        for permission in load().permissions()
        if view.status(permission.name).kind == "active"
        for dependency in view.direct_dependencies(permission.name)
        for accepted in view.accepted(permission.name, dependency)
        if accepted not in view.dependencies(permission.name) and view.status(accepted).kind == "active"
    ]
    assert pairs
    name, accepted = pairs[0]
    assert verdict(accepted, login(f"{name} {accepted}"), ME) == ("used", f"{name} may depend on it")


@pytest.mark.parametrize(
    ("permission", "kind", "because"),
    [
        ("business_management", "facebook-login", "Pages that a business holds"),
        ("instagram_business_basic", "instagram-login", "every request at Instagram Login"),
        ("threads_basic", "threads", "every request at the Threads window"),
        ("openid", "facebook-login", "it is no permission of the Graph API"),
        ("user_likes", "unknown", "the login that asks for it is not known"),
    ],
)
def test_unknown_where_no_call_would_show_it(permission, kind, because):
    found = verdict(permission, login(permission, kind), ME)
    assert found[0] == "unknown"
    assert found[1].startswith(because)


def test_unknown_where_no_endpoint_is_known_that_needs_it(monkeypatch):
    monkeypatch.setattr("permlint.verdicts._has_endpoint", lambda _: False)
    assert verdict("user_likes", login("user_likes"), ME) == ("unknown", "no endpoint is known that needs it")


def test_unknown_where_nothing_is_seen():
    said = "the app makes no call with it that permlint can see"
    assert verdict("user_likes", login("user_likes")) == ("unknown", said)
    # A call of another family's host says nothing of this login.
    assert verdict("user_likes", login("user_likes"), call("GET /me", host="graph.threads.net")) == ("unknown", said)
    assert verdict("user_likes", login("user_likes"), BEHIND) == ("unknown", said)


def test_unknown_where_a_call_is_not_resolved():
    found = verdict("user_likes", login("user_likes"), ME, BEHIND)
    assert found[0] == "unknown"
    assert "could not be resolved" in found[1]
    assert verdict("user_likes", login("user_likes"), ME, call("GET /{}"))[0] == "unknown"
    nowhere = call("GET /{}/x", host=None, complete=False)
    assert verdict("user_likes", login("user_likes"), ME, nowhere)[0] == "unknown"


def test_an_unresolved_call_of_another_familys_host_does_not_matter():
    elsewhere = call("GET /{}", host="graph.threads.net", complete=False)
    assert verdict("user_likes", login("user_likes"), ME, elsewhere)[0] == "unneeded"


def test_unknown_where_a_file_of_another_language_may_use_it():
    found = verdict("user_likes", login("user_likes"), ME, find_foreign=lambda: ("web/app.js",))
    assert found == ("unknown", "web/app.js may use it, and permlint does not read it")


def test_files_of_other_languages_are_not_looked_for_where_nothing_hangs_on_them():
    def find():
        raise AssertionError

    assert verdict("user_friends", login("user_friends"), call("GET /me/friends"), find_foreign=find)[0] == "used"
    assert verdict("user_likes", login("user_likes"), find_foreign=find)[0] == "unknown"


def test_what_is_never_judged():
    assert list(uses(app(login("public_profile publish_actions no_such_thing"), ME))) == []


def test_a_permission_asked_for_twice_has_one_verdict_and_two_places():
    (found,) = uses(app(login("user_likes"), login("user_likes", "facebook-login-for-business"), ME))
    assert len(found.places) == 2
    assert (found.group, found.verdict) == ("facebook", "unneeded")


def test_verdicts_come_in_the_order_of_the_source():
    found = [use.permission for use in uses(app(login("user_likes email user_friends"), ME))]
    assert found == ["user_likes", "email", "user_friends"]


def test_asked_by_family():
    found = asked(app(login("email"), login("threads_basic", "threads"), login("email")))
    assert {key: len(places) for key, places in found.items()} == {
        ("facebook", "email"): 2,
        ("threads", "threads_basic"): 1,
    }


def test_what_a_library_of_another_family_reads_is_no_use():
    facts = (login("user_likes"), login("threads_basic", "threads", uses=("user_likes",)), ME)
    assert verdict("user_likes", *facts)[0] == "unneeded"


# Lack -----------------------------------------------------------------------------------------------------------------

PAGES = call("GET /me/accounts")


def test_missing():
    (lack,) = lacks(app(login("email"), PAGES, PAGES))
    assert (lack.permission, lack.group, lack.any_of) == ("pages_show_list", "facebook", ())
    assert lack.calls == (PAGES, PAGES)
    assert lack.sources


def test_nothing_is_missing_that_is_asked_for_or_declared():
    assert missing(login("email pages_show_list"), PAGES) == {}
    assert missing(login("email"), login("pages_show_list", "facebook-login-for-business"), PAGES) == {}
    assert missing(login("email"), PAGES, declared={"pages_show_list": "in the dashboard"}) == {}


@pytest.mark.parametrize(
    "facts",
    [
        (login("email", open=True), PAGES),
        (login("email"), login("", "threads", open=True, complete=False), PAGES),
        (login("email", complete=False), PAGES),
        (login("threads_basic", "threads"), PAGES),
        (login("email", "unknown"), login("email"), PAGES),
        (PAGES,),
        (login(""), PAGES),
        (login("email"), call("GET /me/accounts", outside=True)),
        (login("email"), call("GET /me/accounts", complete=False)),
        (login("email"), call("GET /{}")),
        (login("email"), call("GET /me/permissions")),
        (login("email"), call("GET /me", fields=None)),
        (login("email"), call("GET /me", fields=("name", "email"))),
    ],
    ids=[
        "open", "another request is open", "incomplete", "another family", "an unknown login", "no login", "a login without scopes", "outside",
        "unresolved", "a bare node", "nothing is needed", "unknown fields", "asked for",
    ],
)  # fmt: skip
def test_silent(facts):
    assert missing(*facts) == {}


def test_an_incomplete_request_of_another_family_does_not_matter():
    facts = (login("email"), login("threads_basic", "threads", complete=False), PAGES)
    assert set(missing(*facts)) == {"pages_show_list"}


@pytest.mark.parametrize(
    ("one", "asked_besides", "wanted"),
    [
        (call("GET /act_{}/insights"), "", {}),
        (call("POST /act_{}/campaigns"), "", {}),
        (call("POST /act_{}/campaigns"), "ads_read", {"ads_management": ()}),
        (call("POST /{}/messages", messaging_product="whatsapp"), "", {}),
        (
            call("POST /{}/messages", messaging_product="whatsapp"),
            "whatsapp_business_management",
            {"whatsapp_business_messaging": ()},
        ),
    ],
)
def test_families_whose_tokens_come_from_elsewhere(one, asked_besides, wanted):
    assert missing(login(f"email {asked_besides}"), one) == wanted


def test_one_of_a_choice_is_missing():
    both = app(login("email pages_manage_ads"), call("POST /{}/messages", recipient=None))
    (lack,) = lacks(both)
    assert lack.permission in lack.any_of
    assert set(lack.any_of) >= {"instagram_manage_messages", "pages_messaging"}


def test_no_choice_is_missing_of_which_one_is_asked_for():
    assert missing(login("pages_messaging"), call("POST /{}/messages", recipient=None)) == {}
    assert missing(login("email ads_management"), call("GET /act_{}/insights")) == {}


def test_a_call_for_each_family():
    facts = (
        login("email"),
        login("threads_basic", "threads"),
        PAGES,
        call("POST /me/threads", host="graph.threads.net"),
    )
    assert set(missing(*facts)) == {"pages_show_list", "threads_content_publish"}
    assert {lack.permission: lack.group for lack in lacks(app(*facts))}["threads_content_publish"] == "threads"


# Needed ---------------------------------------------------------------------------------------------------------------


def statuses(*facts, **more):
    return {one.permission: one.status for one in needed(app(*facts, **more))}


def test_statuses():
    post = call("POST /{}/feed")
    found = statuses(login("pages_manage_posts"), post, declared={"pages_show_list": "in the dashboard"})
    assert found == {
        "pages_manage_posts": "requested",
        "pages_read_engagement": "missing",
        "pages_show_list": "declared",
    }
    assert set(statuses(post).values()) == {"unknown"}
    assert statuses(login("email", open=True), PAGES) == {"pages_show_list": "unknown"}


def test_dependencies_of_what_is_needed():
    found = {one.permission: one for one in needed(app(login("email"), call("POST /{}/feed")))}
    assert found["pages_show_list"].dependency_of
    assert found["pages_show_list"].calls == ()
    assert "pages_manage_posts" in found["pages_show_list"].dependency_of


def test_of_a_choice_what_is_asked_for_counts_else_the_narrowest():
    insights = call("GET /act_{}/insights")
    assert "ads_management" in statuses(login("ads_management"), insights)
    assert "ads_read" not in statuses(login("ads_management"), insights)
    assert "ads_read" in statuses(login("email"), insights)
    assert "ads_management" not in statuses(login("email"), insights)
    assert "ads_read" in statuses(login("ads_management ads_read"), insights)


def test_needed_is_sorted():
    names = [one.permission for one in needed(app(login("email"), call("POST /{}/feed"), call("GET /me/friends")))]
    assert names == sorted(names)
