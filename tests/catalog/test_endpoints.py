"""What calls need: a table of calls, each with what is certain and some of what may be used."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permlint.catalog import CatalogError, load
from permlint.catalog.endpoint_clauses import agreed, alternatives, both, clauses_of
from permlint.catalog.endpoint_describe import describe_endpoint
from permlint.catalog.endpoint_paths import Path, normalise_path, parse_fields
from permlint.catalog.endpoints import Needs, load_endpoints, read_endpoints
from permlint.catalog.hosts import FAMILIES

TODAY = date(2026, 11, 21)
FACEBOOK, INSTAGRAM, THREADS = "graph.facebook.com", "graph.instagram.com", "graph.threads.net"
IG_READ = "instagram_basic pages_read_engagement"
IG_COMMENTS = "instagram_basic instagram_manage_comments pages_read_engagement"
IG_PUBLISH = "instagram_basic instagram_content_publish pages_read_engagement"
ADS = "ads_management|ads_read"


def needs(call: str, *, host: str | None = FACEBOOK, fields: str | None = "", day: date = TODAY, **more: Any) -> Needs:
    method, _, path = call.partition(" ")
    parts = normalise_path(path)
    return load_endpoints().needs(
        host=host,
        method=None if method == "?" else method,
        segments=parts.segments,
        fields=None if fields is None else parse_fields(fields),
        parameters=more.pop("parameters", {**parts.parameters}),
        complete=more.pop("complete", True),
        day=day,
        **more,
    )


def certain(found: Needs) -> set[str]:
    return set(found.all_of) | {"|".join(sorted(group)) for group in found.any_of}


# call, host, what is certain, what may be used besides (a part of it), how it is called
CALLS: list[tuple[str, str | None, str, str, dict[str, Any]]] = [
    # Who one is, and tokens
    ("GET /me", FACEBOOK, "", "public_profile", {}),
    ("GET /me", FACEBOOK, "", "public_profile", {"fields": "id,name,first_name,picture"}),
    ("GET /me", FACEBOOK, "email", "", {"fields": "id,name,email"}),
    ("GET /me", FACEBOOK, "email user_birthday", "", {"fields": "id,email,birthday"}),
    ("GET /me", FACEBOOK, "user_birthday", "", {"fields": "id,name,birthday"}),
    ("GET /me", FACEBOOK, "", "email user_friends", {"fields": None}),
    ("GET /me", FACEBOOK, "user_friends", "", {"fields": "friends.limit(5).summary(true){name}"}),
    ("GET /{}", FACEBOOK, "email", "", {"fields": "id,email"}),
    ("GET /me/friends", FACEBOOK, "user_friends", "", {}),
    ("GET /me/permissions", FACEBOOK, "", "", {}),
    ("DELETE /{}/permissions/email", FACEBOOK, "", "", {}),
    ("GET /debug_token", FACEBOOK, "", "", {}),
    ("GET /oauth/access_token", FACEBOOK, "", "", {}),
    ("POST /oauth/access_token", "api.instagram.com", "", "", {}),
    ("GET /access_token", INSTAGRAM, "", "", {}),
    ("GET /refresh_access_token", INSTAGRAM, "", "instagram_business_basic", {}),
    ("GET /access_token", THREADS, "", "threads_basic", {}),
    ("POST /device/login", FACEBOOK, "", "", {}),
    ("GET /oembed_post", FACEBOOK, "", "", {}),
    ("GET /instagram_oembed", FACEBOOK, "", "", {}),
    ("GET /?id=https://example.org", FACEBOOK, "", "", {}),
    # Pages
    ("GET /me/accounts", FACEBOOK, "pages_show_list", "business_management", {}),
    ("GET /{}/accounts", FACEBOOK, "pages_show_list", "business_management", {}),
    ("GET /me", FACEBOOK, "pages_show_list", "business_management", {"fields": "accounts{access_token}"}),
    ("GET /me/accounts", FACEBOOK, "pages_show_list", "instagram_basic", {"fields": "instagram_business_account"}),
    ("GET /{}", FACEBOOK, "instagram_basic", "pages_show_list ads_read", {"fields": "instagram_business_account"}),
    ("GET /{}", FACEBOOK, "business_management", "", {"fields": "business", "node": "page_id"}),
    ("GET /{}", FACEBOOK, "leads_retrieval", "", {"fields": "has_lead_access"}),
    ("POST /{}/feed", FACEBOOK, "pages_manage_posts pages_read_engagement", "pages_manage_metadata", {}),
    ("POST /me/feed", FACEBOOK, "pages_manage_posts pages_read_engagement", "pages_show_list", {}),
    ("GET /me/feed", FACEBOOK, "", "user_posts pages_read_engagement pages_read_user_content", {}),
    ("GET /me/feed", FACEBOOK, "user_posts", "", {"node": "user"}),
    ("GET /{}/posts", FACEBOOK, "pages_read_engagement", "pages_read_user_content", {"node": "page"}),
    ("POST /{}/photos", FACEBOOK, "pages_manage_posts pages_read_engagement pages_show_list", "", {}),
    ("GET /{}/insights", FACEBOOK, "pages_read_engagement read_insights", "", {"node": "Page"}),
    ("GET /{}/insights/page_impressions", FACEBOOK, "pages_read_engagement read_insights", "", {}),
    ("GET /{}/insights", FACEBOOK, "", "read_insights ads_read instagram_manage_insights", {}),
    (
        "DELETE /{}",
        FACEBOOK,
        "pages_manage_engagement pages_read_engagement|pages_read_user_content",
        "",
        {"node": "Comment"},
    ),
    ("GET /{}/comments", FACEBOOK, "", "pages_read_user_content instagram_manage_comments", {}),
    ("POST /{}/comments", FACEBOOK, "", "pages_manage_engagement instagram_manage_comments", {}),
    ("POST /{}/live_videos", FACEBOOK, "pages_manage_posts|publish_video", "pages_read_engagement", {"node": "page"}),
    ("GET /{}/video_reels", FACEBOOK, "", "pages_manage_posts", {}),
    ("POST /{}/subscribed_apps?subscribed_fields=feed", FACEBOOK, "pages_manage_metadata", "pages_show_list", {}),
    (
        "POST /{}/subscribed_apps?subscribed_fields=messages,messaging_postbacks",
        FACEBOOK,
        "pages_manage_metadata pages_messaging",
        "",
        {},
    ),
    (
        "POST /{}/subscribed_apps?subscribed_fields=leadgen",
        FACEBOOK,
        "leads_retrieval pages_manage_metadata",
        "ads_management",
        {},
    ),
    (
        "POST /{}/subscribed_apps",
        FACEBOOK,
        "pages_manage_metadata",
        "leads_retrieval",
        {"parameters": {"subscribed_fields": None}},
    ),
    ("POST /{}/subscribed_apps", FACEBOOK, "", "whatsapp_business_management pages_manage_metadata", {}),
    ("GET /{}/subscriptions", FACEBOOK, "", "", {}),
    # Messenger
    (
        "POST /me/messages",
        FACEBOOK,
        "instagram_manage_messages|pages_messaging",
        "instagram_basic",
        {"parameters": {"recipient.id": None}},
    ),
    ("POST /{}/messages", FACEBOOK, "", "pages_messaging whatsapp_business_messaging", {"complete": False}),
    ("POST /{}/messages?messaging_product=whatsapp", FACEBOOK, "whatsapp_business_messaging", "", {}),
    (
        "POST /{}/messages",
        FACEBOOK,
        "instagram_manage_comments|pages_messaging",
        "",
        {"parameters": {"recipient.comment_id": None}},
    ),
    (
        "POST /{}/messages",
        FACEBOOK,
        "instagram_manage_comments|pages_messaging",
        "",
        {"parameters": {"recipient": '{"comment_id": "{}"}'}},
    ),
    ("POST /me/messages", INSTAGRAM, "instagram_business_basic instagram_business_manage_messages", "", {}),
    (
        "POST /me/messages",
        INSTAGRAM,
        "instagram_business_basic instagram_business_manage_comments",
        "",
        {"parameters": {"recipient.comment_id": "1"}},
    ),
    (
        "GET /{}/conversations?platform=instagram",
        FACEBOOK,
        "instagram_basic instagram_manage_messages pages_manage_metadata",
        "",
        {},
    ),
    ("GET /{}/conversations", FACEBOOK, "pages_manage_metadata pages_messaging pages_read_engagement", "", {}),
    (
        "GET /{}/conversations",
        FACEBOOK,
        "pages_manage_metadata instagram_manage_messages|pages_messaging instagram_manage_messages|pages_read_engagement",
        "instagram_basic",
        {"complete": False},
    ),
    ("POST /me/messenger_profile", FACEBOOK, "pages_messaging", "", {}),
    ("GET /{}", FACEBOOK, "pages_user_locale", "", {"fields": "profile_pic,locale", "node": "psid"}),
    # Instagram
    ("GET /me", INSTAGRAM, "instagram_business_basic", "", {"fields": "user_id,username"}),
    ("GET /{}/media", INSTAGRAM, "instagram_business_basic", "", {}),
    ("GET /{}/media", FACEBOOK, IG_READ, "ads_management ads_read", {}),
    ("GET /{}/media", None, "", "instagram_basic instagram_business_basic", {}),
    ("POST /{}/media", FACEBOOK, IG_PUBLISH, "ads_management", {"parameters": {"image_url": None}}),
    (
        "POST /{}/media?product_tags=x",
        FACEBOOK,
        IG_PUBLISH + " catalog_management instagram_shopping_tag_products",
        "",
        {},
    ),
    ("POST /{}/media?messaging_product=whatsapp", FACEBOOK, "whatsapp_business_messaging", "", {}),
    ("GET /{}", FACEBOOK, IG_PUBLISH, "", {"fields": "status_code"}),
    (
        "GET /{}",
        FACEBOOK,
        IG_READ + " instagram_manage_insights",
        "",
        {"fields": "business_discovery.username(bluebottle){media_count}"},
    ),
    ("GET /{}", FACEBOOK, IG_COMMENTS, "", {"fields": "mentioned_media.media_id(1)"}),
    ("GET /{}/content_publishing_limit", FACEBOOK, IG_PUBLISH, "", {}),
    ("GET /{}/stories", FACEBOOK, IG_READ, "instagram_manage_insights", {"node": "ig_user_id"}),
    ("GET /{}/tags", FACEBOOK, IG_COMMENTS, "", {}),
    ("POST /{}/comments", FACEBOOK, IG_COMMENTS, "", {"node": "ig-media"}),
    ("DELETE /{}", FACEBOOK, "instagram_basic instagram_manage_contents", "", {"node": "ig-media"}),
    ("POST /{}?comment_enabled=true", FACEBOOK, IG_COMMENTS, "", {"node": "ig-media"}),
    ("GET /ig_hashtag_search", FACEBOOK, "instagram_basic", "", {}),
    ("POST /{}/comments", INSTAGRAM, "instagram_business_basic instagram_business_manage_comments", "", {}),
    # Threads
    ("POST /{}/threads", THREADS, "threads_basic threads_content_publish", "", {}),
    ("POST /me/threads?reply_to_id=1", THREADS, "threads_basic threads_content_publish threads_manage_replies", "", {}),
    ("GET /{}/replies", "graph.threads.com", "threads_basic threads_read_replies", "", {}),
    (
        "GET /me/threads_publishing_limit",
        THREADS,
        "threads_basic threads_content_publish",
        "",
        {"fields": "quota_usage"},
    ),
    (
        "GET /me/threads_publishing_limit",
        THREADS,
        "threads_basic threads_content_publish threads_manage_replies",
        "",
        {"fields": "reply_quota_usage"},
    ),
    ("POST /{}/manage_reply", THREADS, "threads_basic threads_manage_replies", "", {}),
    ("POST /{}/manage_reply", FACEBOOK, "ads_management", "", {}),
    ("DELETE /{}", THREADS, "threads_basic threads_delete", "", {}),
    # WhatsApp
    ("GET /{}/message_templates", FACEBOOK, "whatsapp_business_management", "", {}),
    ("POST /{}/register", FACEBOOK, "whatsapp_business_management|whatsapp_business_messaging", "", {}),
    ("GET /{}/whatsapp_business_profile", FACEBOOK, "whatsapp_business_management|whatsapp_business_messaging", "", {}),
    ("GET /{}/owned_whatsapp_business_accounts", FACEBOOK, "whatsapp_business_management", "business_management", {}),
    # Ads
    ("GET /act_1/insights", FACEBOOK, ADS, "", {}),
    ("POST /act_{}/insights", FACEBOOK, ADS, "", {}),
    ("GET /act_1/insights", FACEBOOK, "ads_management business_management", "", {"fields": "converted_product_value"}),
    ("GET /{}/insights", FACEBOOK, ADS, "", {"fields": "spend,impressions"}),
    ("GET /act_1/never_heard_of", FACEBOOK, ADS, "", {}),
    ("POST /act_1/never_heard_of", FACEBOOK, "ads_management", "", {}),
    ("POST /act_1/campaigns", FACEBOOK, "ads_management", "pages_manage_ads", {}),
    (
        "POST /act_1/campaigns?objective=OUTCOME_LEADS",
        FACEBOOK,
        "ads_management",
        "pages_manage_ads pages_show_list",
        {},
    ),
    ("GET /act_1", FACEBOOK, "business_management " + ADS, "", {"fields": "owner"}),
    ("GET /me/adaccounts", FACEBOOK, ADS, "", {}),
    ("GET /me/adaccounts", FACEBOOK, "business_management " + ADS, "", {"fields": "business"}),
    ("GET /ads_archive", FACEBOOK, "", "", {}),
    ("GET /{}/leads", FACEBOOK, "leads_retrieval", "ads_management pages_manage_ads", {}),
    ("POST /{}/events", FACEBOOK, "", "ads_read ads_management business_management", {"parameters": {"data": None}}),
    (
        "POST /{}/events",
        FACEBOOK,
        "whatsapp_business_manage_events whatsapp_business_management",
        "",
        {"parameters": {"data": '[{"messaging_channel": "whatsapp"}]'}},
    ),
    ("POST /{}/activities", FACEBOOK, "", "", {}),
    # Businesses and catalogs
    ("GET /{}/owned_pages", FACEBOOK, "business_management", "", {}),
    ("GET /{}/never_heard_of", FACEBOOK, "business_management", "", {"node": "Business"}),
    ("GET /{}/owned_ad_accounts", FACEBOOK, "ads_management|ads_read|business_management", "", {}),
    ("GET /{}/products", FACEBOOK, "catalog_management", "", {"node": "product_catalog_id"}),
    ("GET /{}/assigned_users", FACEBOOK, "", "business_management catalog_management pages_manage_metadata", {}),
    ("GET /{}/shops", FACEBOOK, "commerce_account_read_settings|commerce_manage_accounts", "", {}),
]


@pytest.mark.parametrize(("call", "host", "expected", "used", "how"), CALLS, ids=lambda value: str(value)[:60])
def test_calls(call: str, host: str | None, expected: str, used: str, how: dict[str, Any]) -> None:
    found = needs(call, host=host, **dict(how))
    assert found.known
    assert certain(found) == set(expected.split())
    assert set(used.split()) <= found.used
    assert found.all_of <= found.used


@pytest.mark.parametrize(
    "call",
    ["GET /{}", "DELETE /{}", "POST /123", "GET /{}/never_heard_of", "GET /{}/{}", "GET /?ids=1,2", "GET /me/{}"],
)
def test_what_cannot_be_told_is_not_known(call: str) -> None:
    found = needs(call)
    assert not found.known
    assert not found.all_of
    assert not found.any_of


def test_an_unknown_node_may_use_what_any_of_its_kind_does() -> None:
    assert {"pages_read_engagement", "instagram_basic", "ads_read"} <= needs("GET /{}").used
    assert "instagram_content_publish" not in needs("DELETE /{}").used


def test_other_hosts_say_nothing() -> None:
    assert not needs("GET /me", host="example.org").known
    assert needs("GET /me/accounts", host="graph-video.facebook.com").all_of == {"pages_show_list"}


def test_unknown_method() -> None:
    assert not needs("? /{}/feed").all_of
    assert {"pages_manage_posts", "user_posts"} <= needs("? /{}/feed").used
    assert needs("POST /{}/likes?method=delete").rows[0].method == "DELETE"


def test_features_that_do_instead() -> None:
    assert needs("GET /{}/posts", node="page").unless == ("Page Public Content Access",)
    assert needs("POST /{}/feed").unless == ()
    assert needs("GET /ig_hashtag_search").features == ("Instagram Public Content Access",)


def test_roles_by_the_business_manager_are_never_certain() -> None:
    for row in load_endpoints().rows:
        assert not set(row.bm_role) & set(row.all_of), row.endpoint


def test_as_of_a_day() -> None:
    before, after = date(2024, 3, 1), date(2024, 12, 4)
    old = needs("GET /{}/media", host=INSTAGRAM, day=before)
    assert old.all_of == {"instagram_graph_user_media", "instagram_graph_user_profile"}
    assert needs("GET /{}/media", host=INSTAGRAM, day=after).all_of == {"instagram_business_basic"}
    group = needs("POST /{}/feed", node="group", day=date(2024, 4, 21))
    assert "publish_to_groups" in group.used
    assert not needs("POST /{}/feed", node="Group", day=date(2024, 4, 22)).known
    assert "threads_basic" not in needs("GET /me", host=THREADS, day=before).used


def test_a_name_that_contradicts_the_edge_leaves_the_call_unknown() -> None:
    found = needs("GET /{}/media", node="user_id")
    assert not found.known
    assert "instagram_basic" in found.used
    assert needs("GET /{}/media", node="BusinessCreative").all_of == {"instagram_basic", "pages_read_engagement"}


def test_literals_unify() -> None:
    assert needs("GET /PAGE_ID/insights").all_of == {"pages_read_engagement", "read_insights"}
    assert needs("GET /cocacola/posts").all_of == {"pages_read_engagement"}
    assert needs("GET /123_456/comments").all_of == {"pages_read_user_content"}
    assert needs("GET /123/accounts").all_of == {"pages_show_list"}


def test_unknown_parameters_are_no_absent_ones() -> None:
    assert not needs("POST /{}/media", parameters=None).all_of
    assert needs("POST /{}/media", parameters={}, complete=True).all_of


def test_nested_fields_reach_edges() -> None:
    found = needs("GET /{}/posts", node="page", fields="message,comments.limit(2){message}")
    assert found.all_of == {"pages_read_engagement", "pages_read_user_content"}
    assert "read_insights" in needs("GET /{}/posts", node="page", fields="insights.metric(post_impressions)").all_of
    assert needs("GET /act_1/ads", fields="leads{field_data}").all_of == {"leads_retrieval"}


@pytest.mark.parametrize(
    ("name", "host", "kinds"),
    [
        ("page_id", None, "page"),
        ("settings.FB_PAGE_ID", None, "page"),
        ("{page-id}", None, "page"),
        ("igUserId", None, "ig-user"),
        ("instagram_business_account_id", None, "ig-user"),
        ("self.phone_number_id", None, "phone-number"),
        ("WABA_ID", None, "waba"),
        ("ad_account_id", None, "ad-account"),
        ("IGMedia", None, "ig-media"),
        ("ig-user", None, "ig-user"),
        ("comment_id", FACEBOOK, "comment ig-comment"),
        ("comment_id", INSTAGRAM, "ig-comment"),
        ("user_id", INSTAGRAM, "ig-user"),
        ("user_id", FACEBOOK, "user"),
        ("media_id", THREADS, "threads-media"),
        ("id", None, ""),
        ("BusinessCreative", None, ""),
        ("", None, ""),
        ("x" * 5000, None, ""),
    ],
)
def test_kinds_of_node(name: str, host: str | None, kinds: str) -> None:
    assert load_endpoints().nodes.kinds(name, host) == set(kinds.split())


@given(st.text(max_size=40), st.sampled_from([None, *FAMILIES]))
def test_any_name_is_taken(name: str, host: str | None) -> None:
    load_endpoints().nodes.kinds(name, host)


@given(
    st.sampled_from([None, "GET", "POST", "DELETE", "get"]),
    st.sampled_from([None, *FAMILIES]),
    st.lists(
        st.one_of(st.none(), st.sampled_from(["me", "act_1", "feed", "insights", "1", "{}"]), st.text(max_size=8)),
        max_size=4,
    ),
    st.one_of(
        st.none(), st.lists(st.sampled_from(["email", "accounts.access_token", "media.comments.text", ""]), max_size=3)
    ),
    st.one_of(
        st.none(),
        st.dictionaries(
            st.sampled_from(["id", "ids", "platform", "recipient", "data", "method"]),
            st.one_of(st.none(), st.text(max_size=6)),
        ),
    ),
)
def test_any_call_is_taken(
    method: str | None,
    host: str | None,
    segments: list[str | None],
    fields: list[str] | None,
    parameters: dict[str, str | None] | None,
) -> None:
    found = load_endpoints().needs(
        host=host, method=method, segments=segments, fields=fields, parameters=parameters, day=TODAY
    )
    assert found.all_of <= found.used
    assert found.known or not (found.all_of or found.any_of)


# Fields and paths


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("", ()),
        ("id, name", ("id", "name")),
        (
            "accounts{access_token},posts.limit(5){message}",
            ("accounts", "accounts.access_token", "posts", "posts.message"),
        ),
        ("friends.summary(true).limit(1)", ("friends",)),
        ("accounts.fields(id,name)", ("accounts", "accounts.id", "accounts.name")),
        (
            "business_discovery.username(a.b){media{id}}",
            ("business_discovery", "business_discovery.media", "business_discovery.media.id"),
        ),
        ("insights.date_preset(last_7d).level(ad){spend},id", ("insights", "insights.spend", "id")),
        ("albums{photos{tags}}", ("albums", "albums.photos", "albums.photos.tags")),
        ("id,{},email", ("id", "email")),
        ("id,{", ("id",)),
        ("a{b", ("a", "a.b")),
        ("a}b,c", ("a", "b", "c")),
        ("picture.type(large),email", ("picture", "email")),
        ("picture.width(1).height(2),email", ("picture", "email")),
    ],
)
def test_parse_fields(text: str, fields: tuple[str, ...]) -> None:
    assert parse_fields(text) == fields


@given(st.one_of(st.text(), st.text(alphabet="ab.,(){}fields ", max_size=60)))
def test_parse_fields_never_fails(text: str) -> None:
    for field in parse_fields(text):
        assert all(field.split("."))
        assert field.count(".") < 8


def test_parse_fields_is_bounded() -> None:
    assert len(parse_fields("a{" * 10_000)) == 8
    assert parse_fields("a," * 100_000) == ("a",)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/me/accounts", Path(None, None, ("me", "accounts"), {})),
        (
            "https://graph.facebook.com/v19.0/{}/feed?fields=id&x={}",
            Path(FACEBOOK, "v19.0", (None, "feed"), {"fields": "id", "x": None}),
        ),
        ("v2.3/act_{}/insights/", Path(None, "v2.3", ("act_{}", "insights"), {})),
        ("https://graph.threads.net:443/me#x", Path(THREADS, None, ("me",), {})),
        ("//me?fields=id%2Cname", Path(None, None, ("me",), {"fields": "id,name"})),
        ("", Path(None, None, (), {})),
    ],
)
def test_normalise_path(text: str, path: Path) -> None:
    assert normalise_path(text) == path


@given(st.text())
def test_normalise_path_never_fails(text: str) -> None:
    normalise_path(text)


# What alternatives leave


def test_clauses() -> None:
    ab, ac = clauses_of(["a", "b"], []), clauses_of(["a", "c"], [])
    assert alternatives([ab, ac]) == clauses_of(["a"], [frozenset("bc")])
    assert agreed([ab, ac]) == clauses_of(["a"], [])
    assert agreed([clauses_of(["a"], []), clauses_of([], [frozenset("ab")])]) == clauses_of([], [frozenset("ab")])
    assert alternatives([ab, frozenset()]) == frozenset()
    assert both(ab, clauses_of([], [frozenset("ax")])) == ab


# For people


def test_describe() -> None:
    about = describe_endpoint(load().as_of(TODAY), "GET /me/accounts")
    assert json.loads(json.dumps(about)) == about
    assert about["needs"] == {"all_of": ["pages_show_list"], "any_of": []}
    assert about["known"]
    assert about["rows"][0]["sources"][0]["url"].startswith("https://")
    assert describe_endpoint(load().as_of(TODAY), "/{page-id}/feed")["needs"]["all_of"] == ["pages_read_engagement"]
    assert describe_endpoint(load().as_of(TODAY), "POST /{}/nonsense")["needs"] is None


def test_endpoints_of() -> None:
    rows = load_endpoints().endpoints_of("pages_show_list", TODAY)
    assert "GET /{user-id}/accounts" in {row.endpoint for row in rows}
    assert load_endpoints().endpoints_of("publish_to_groups", TODAY) == ()
    assert load_endpoints().endpoints_of("publish_to_groups")


def test_damaged_files(tmp_path: Any) -> None:
    for text in ("", "[]", "{}", '{"sources": []}'):
        file = tmp_path / "endpoints.json"
        file.write_text(text)
        with pytest.raises(CatalogError, match="damaged"):
            read_endpoints(str(file))
    with pytest.raises(CatalogError, match="cannot read"):
        read_endpoints(str(tmp_path / "none"))
