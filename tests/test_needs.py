"""What calls need, from the source to the catalog, and how the needs of an app come together."""

from __future__ import annotations

from datetime import date

import pytest

from permlint.analysis import analyse
from permlint.catalog import load
from permlint.config import Config
from permlint.facts import GraphCall
from permlint.needs import Needs, needs_of
from permlint.places import Place

TODAY = date(2026, 11, 21)
VIEW = load().as_of(TODAY, None)


def call(
    method, path, *, host="graph.facebook.com", fields=(), names=(), complete=True, closed=True, outside=False, **sent
):
    where = Place("a.py", 1, 1, 1, 2)
    because = None if complete else "it is put together at run time"
    segments = tuple(part for part in path.split("/") if part)
    return GraphCall(
        where, where, "requests", method, host, None, segments, names, fields, tuple(sent.items()), complete, because, outside, closed
    )  # fmt: skip


def need(*args, **named):
    (found,) = needs_of([call(*args, **named)], VIEW).calls
    return found


def needs_in(root, line):
    """What the calls of one line of code need, the line standing in a function with some arguments."""
    text = f"import json\nimport requests\n\n\ndef f(token, page_id, ig_user_id, form_id, phone_number_id, account):\n    {line}\n"
    (root / "app.py").write_text(text, encoding="utf-8")
    (app,) = analyse(Config(root=str(root)), ["app.py"], as_of=TODAY).apps
    return app.needs


@pytest.mark.parametrize(
    ("line", "all_of", "any_of"),
    [
        ('requests.get("https://graph.facebook.com/me?fields=id,name")', "", ""),
        ('requests.get("https://graph.facebook.com/me?fields=id,email")', "email", ""),
        ('requests.get("https://graph.facebook.com/me/accounts")', "pages_show_list", ""),
        ('requests.get("https://graph.facebook.com/me?fields=accounts{access_token}")', "pages_show_list", ""),
        ('requests.get("https://graph.facebook.com/me/friends")', "user_friends", ""),
        ('requests.get("https://graph.facebook.com/me/businesses")', "business_management", ""),
        ('requests.post(f"https://graph.facebook.com/{page_id}/feed", json={"message": "x"})', "pages_manage_posts pages_read_engagement", ""),
        ('requests.get(f"https://graph.facebook.com/act_{account}/insights")', "", "ads_management|ads_read"),
        ('requests.post(f"https://graph.facebook.com/act_{account}/campaigns", json={"name": "x"})', "ads_management", ""),
        ('requests.get(f"https://graph.facebook.com/{form_id}/leads")', "leads_retrieval", ""),
        (
            'requests.post(f"https://graph.facebook.com/{page_id}/subscribed_apps", data={"subscribed_fields": "leadgen"})',
            "leads_retrieval pages_manage_metadata", "",
        ),
        (
            'requests.post("https://graph.facebook.com/me/subscribed_apps", data={"subscribed_fields": "messages"})',
            "pages_manage_metadata pages_messaging", "",
        ),
        (
            'requests.post(f"https://graph.facebook.com/{phone_number_id}/messages", json={"messaging_product": "whatsapp"})',
            "whatsapp_business_messaging", "",
        ),
        (
            'requests.post(f"https://graph.facebook.com/{ig_user_id}/media", json={"image_url": "x"})',
            "instagram_basic instagram_content_publish pages_read_engagement", "",
        ),
        (
            'requests.post(f"https://graph.instagram.com/{ig_user_id}/media_publish", json={"creation_id": "1"})',
            "instagram_business_basic instagram_business_content_publish", "",
        ),
        ('requests.post("https://graph.threads.net/v1.0/me/threads", data={"text": "x"})', "threads_basic threads_content_publish", ""),
        ('requests.get("https://graph.threads.net/v1.0/1/replies")', "threads_basic threads_read_replies", ""),
        ('requests.get("https://graph.facebook.com/me/permissions")', "", ""),
        ('requests.delete("https://graph.facebook.com/me/permissions")', "", ""),
        ('requests.get("https://graph.facebook.com/debug_token", params={"input_token": token})', "", ""),
    ],
)  # fmt: skip
def test_from_the_source_to_the_need(tmp_path, line, all_of, any_of):
    (found,) = needs_in(tmp_path, line).calls
    assert found.resolved
    assert found.all_of == frozenset(all_of.split())
    assert set(found.any_of) == {frozenset(group.split("|")) for group in any_of.split()}
    assert found.used >= found.all_of


def test_each_request_of_a_batch_has_needs_of_its_own(tmp_path):
    batch = '[{"method": "GET", "relative_url": "me?fields=email"}, {"method": "GET", "relative_url": "me/accounts"}]'
    needs = needs_in(tmp_path, f'requests.post("https://graph.facebook.com/", data={{"batch": json.dumps({batch})}})')
    assert [(one.call.endpoint, set(one.all_of)) for one in needs.calls] == [
        ("/me", {"email"}),
        ("/me/accounts", {"pages_show_list"}),
    ]


def test_calls_of_nothing_need_nothing():
    assert needs_of([], VIEW) == Needs()
    assert Needs().used == {}


def test_the_family_is_the_hosts():
    assert need("GET", "/me").group == "facebook"
    assert need("GET", "/me", host="graph.instagram.com").group == "instagram"
    assert need("GET", "/me", host="graph.threads.net").group == need("GET", "/me", host="graph.threads.com").group
    assert need("GET", "/me", host=None).group == ""


def test_a_host_that_answers_like_another_one_is_of_its_family():
    found = need("POST", "/{}/videos", host="graph-video.facebook.com", names=("page_id", ""))
    assert found.resolved
    assert found.group == "facebook"
    assert "pages_manage_posts" in found.used


def test_calls_alike_but_for_one_thing_are_told_apart():
    named = [call("GET", "/{}/insights", names=(name, "")) for name in ("ad_account_id", "page_id")]
    one, other = needs_of(named, VIEW).calls
    assert (len(one.any_of), len(other.any_of)) == (1, 0)
    one, other = needs_of(
        [call("POST", "/{}/messages", messaging_product="whatsapp"), call("POST", "/{}/messages")], VIEW
    ).calls
    assert one.all_of == {"whatsapp_business_messaging"}
    assert not other.all_of


def test_a_host_that_no_login_names_is_of_a_family_too():
    assert need("GET", "/me", host="rupload.facebook.com").group == "facebook"


def test_what_is_not_complete_needs_nothing_for_sure():
    found = need("GET", "/me/accounts", complete=False)
    assert not found.resolved
    assert (found.all_of, found.any_of) == (frozenset(), ())


def test_a_bare_unknown_node_is_not_known_but_may_use_much():
    found = need("GET", "/{}")
    assert not found.resolved
    assert "ads_read" in found.used
    assert found.all_of == frozenset()


def test_an_unknown_method_needs_what_all_methods_need():
    found = need(None, "/{}/feed")
    assert found.all_of == frozenset()
    assert {"pages_manage_posts", "pages_read_engagement"} <= found.used


def test_unknown_fields_may_use_what_any_field_does():
    found = need("GET", "/me", fields=None)
    assert found.all_of == frozenset()
    assert {"email", "user_birthday", "user_hometown"} <= found.used


def test_who_sends_what_narrows_it():
    plain = need("POST", "/{}/messages")
    assert plain.all_of == frozenset()
    assert need("POST", "/{}/messages", messaging_product="whatsapp").all_of == {"whatsapp_business_messaging"}
    open_ = need("POST", "/{}/messages", closed=False)
    assert "whatsapp_business_messaging" in open_.used
    assert open_.all_of == frozenset()


def test_a_variables_name_tells_the_node():
    assert need("GET", "/{}/insights", names=("ad_account_id", "")).any_of == (
        frozenset({"ads_management", "ads_read"}),
    )
    assert "ads_read" not in need("GET", "/{}/insights", names=("page_id", "")).used


def test_used_and_needed_name_their_calls():
    one, other = call("GET", "/me/accounts"), call("GET", "/act_{}/insights")
    needs = needs_of([one, other], VIEW)
    assert [each.all_of for each in needs.calls if each.call is one] == [frozenset({"pages_show_list"})]
    assert needs.used["ads_read"] == needs.used["ads_management"] == (other,)


def test_resolved_and_unresolved_by_family():
    needs = needs_of(
        [
            call("GET", "/me/accounts"),
            call("GET", "/{}"),
            call("GET", "/me", host="graph.instagram.com"),
            call("GET", "/{}", host=None, complete=False),
        ],
        VIEW,
    )
    assert [one.call.endpoint for one in needs.resolved("facebook")] == ["/me/accounts"]
    assert [one.call.endpoint for one in needs.resolved("instagram")] == ["/me"]
    assert len(needs.unresolved("facebook")) == 2
    assert len(needs.unresolved("instagram")) == 1


def test_a_token_from_the_environment_is_told():
    assert need("GET", "/me/accounts", outside=True).outside
    assert not need("GET", "/me/accounts").outside
