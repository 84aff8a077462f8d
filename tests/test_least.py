"""The smallest list of scopes: choices, dependencies, and what is kept out."""

import datetime as dt

import pytest

from permlint.app import App
from permlint.catalog import load
from permlint.facts import GraphCall, Request, Scope
from permlint.least import least
from permlint.needs import CallNeeds, Needs
from permlint.places import Place

PLACE = Place("a.py", 1, 1, 1, 2)
CALL = GraphCall(PLACE, PLACE, "requests", "GET", "graph.facebook.com", None, ("me",))


@pytest.fixture
def app():
    """An app that asks for scopes by Facebook Login and makes calls of which the needs are given."""

    def make(asked, *needs, declared=()):
        request = Request(PLACE, PLACE, "facebook-login", "x", tuple(Scope(name, PLACE, PLACE) for name in asked))
        made = App(
            "default",
            load().as_of(dt.date(2026, 11, 21)),
            requests=(request,) if asked else (),
            calls=(CALL,) * len(needs),
            declared_needs=dict.fromkeys(declared, "x"),
        )
        made.__dict__["needs"] = Needs(needs)
        return made

    return make


def call(all_of=(), *any_of, used=(), known=True, group="facebook"):
    choices = tuple(map(frozenset, any_of))
    every = frozenset(all_of).union(used, *choices)
    return CallNeeds(CALL, frozenset(all_of), choices, every, known, group)


def scopes(app):
    return {one.group: one.scopes for one in least(app)}


def test_one_option_that_serves_several_choices(app):
    made = app([], call((), ("email", "user_likes")), call((), ("user_likes", "user_link")))
    assert scopes(made) == {"facebook": ("user_likes",)}


def test_what_is_asked_for_goes_before_what_is_new(app):
    choice = call((), ("user_hometown", "user_likes"))
    assert scopes(app(["user_likes"], choice)) == {"facebook": ("user_likes",)}
    assert scopes(app(["email"], choice)) == {"facebook": ("user_hometown",)}


def test_the_shorter_list_goes_before_what_is_asked_for(app):
    assert scopes(app(["pages_manage_posts"], call((), ("pages_manage_posts", "pages_show_list")))) == {
        "facebook": ("pages_show_list",)
    }


def test_a_choice_that_something_else_settles(app):
    assert scopes(app([], call(("pages_manage_posts",)), call((), ("pages_show_list", "email")))) == {
        "facebook": ("pages_manage_posts", "pages_read_engagement", "pages_show_list")
    }
    assert scopes(app(["email"], call((), ("public_profile", "email")))) == {"facebook": ()}


def test_many_choices(app):
    names = sorted(
        each.name
        for each in load().permissions()
        if each.name.startswith("user_") and load().as_of(dt.date(2026, 11, 21)).status(each.name).kind == "active"
    )
    needs = [call((), pair) for pair in zip(names[::2], names[1::2], strict=False)]
    (found,) = scopes(app([], *needs)).values()
    assert all(set(found) & choice for one in needs for choice in one.any_of)
    assert len(found) == len(needs)


def test_declared_needs_count(app):
    assert scopes(app(["email"], declared=["pages_show_list"])) == {"facebook": ("pages_show_list",)}


def test_kept_out(app):
    perhaps = call(used=["user_likes"])
    unknown = call(known=False)
    (one,) = least(app(["user_likes", "email"], perhaps, unknown))
    assert one.scopes == ()
    assert dict(one.kept_out) == {
        "email": "a call could not be resolved, and it may use it",
        "user_likes": "GET /me may use it",
    }
    assert one.unresolved == 1
    assert least(app(["user_likes"], call(("email",))))[0].kept_out == (), "nothing uses it: that is known"
