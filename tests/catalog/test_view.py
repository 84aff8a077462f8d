"""Answers as of a day and a version."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from permlint.catalog import Catalog, CatalogError, load

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load()


@pytest.mark.parametrize(
    ("day", "version", "kind", "lacks"),
    [
        (date(2010, 1, 1), "v1.0", "future", False),
        (date(2020, 5, 4), "v6.0", "active", False),
        (date(2020, 5, 5), "v6.0", "deprecated", False),
        (date(2021, 1, 1), "v6.0", "deprecated", False),
        (date(2021, 1, 1), "v7.0", "deprecated", True),
        (date(2021, 1, 1), "v99.0", "deprecated", True),
        (date(2021, 1, 1), None, "deprecated", True),
        (date(2022, 5, 4), "v6.0", "deprecated", False),
        (date(2022, 5, 5), "v6.0", "removed", False),
        (date(2022, 5, 5), "v7.0", "removed", False),
        (TODAY, None, "removed", False),
    ],
)
def test_removal_by_version(catalog: Catalog, day: date, version: str | None, kind: str, lacks: bool) -> None:
    status = catalog.as_of(day, version).status("manage_pages")
    assert (status.kind, status.version_lacks) == (kind, lacks)
    if kind == "deprecated":
        assert (status.removed_in, status.last_version, status.removed) == ("v7.0", "v6.0", date(2022, 5, 5))


@pytest.mark.parametrize(
    ("name", "day", "kind", "since"),
    [
        ("pages_show_list", TODAY, "active", date(2015, 10, 7)),
        ("publish_actions", date(2018, 4, 24), "deprecated", date(2018, 4, 24)),
        ("publish_actions", date(2018, 7, 31), "deprecated", date(2018, 4, 24)),
        ("publish_actions", date(2018, 8, 1), "removed", date(2018, 8, 1)),
        ("read_page_mailboxes", TODAY, "removed", None),
        ("read_page_mailboxes", date(2016, 1, 1), "removed", None),
        ("friends_likes", date(2014, 12, 1), "deprecated", date(2014, 4, 30)),
        ("friends_likes", date(2015, 4, 30), "removed", date(2015, 4, 30)),
        ("private_computation_access", date(2024, 4, 22), "active", date(2024, 1, 23)),
        ("private_computation_access", date(2024, 4, 23), "unknown", date(2024, 4, 22)),
        ("research_apis", TODAY, "unknown", date(2021, 12, 9)),
        ("commerce_account_read_orders", date(2026, 7, 29), "deprecated", date(2026, 7, 29)),
        ("gaming_profile", TODAY, "deprecated", date(2026, 5, 7)),
        ("instagram_business_basic", date(2024, 3, 1), "future", date(2024, 8, 7)),
        ("threads_basic", date(2024, 5, 31), "future", date(2024, 6, 1)),
        ("threads_basic", date(2024, 6, 1), "active", date(2024, 6, 1)),
        ("ads_read", date(2024, 3, 1), "active", date(2015, 2, 19)),
        ("business_creative_management", date(2016, 1, 1), "active", None),
        ("instagram_graph_user_media", date(2024, 12, 4), "removed", date(2024, 12, 4)),
        ("user_profile", TODAY, "removed", date(2024, 12, 4)),
        ("pages_show_lists", TODAY, "absent", None),
        ("", TODAY, "absent", None),
    ],
)
def test_status(catalog: Catalog, name: str, day: date, kind: str, since: date | None) -> None:
    status = catalog.as_of(day).status(name)
    assert (status.kind, status.since) == (kind, since)


def test_an_alias_answers_as_its_permission(catalog: Catalog) -> None:
    view = catalog.as_of(TODAY)
    assert view.status("page_events").name == "pages_events"
    assert view.status("manage_app_solutions").name == "manage_app_solution"
    assert view.direct_dependencies("page_events") == ("pages_show_list",)
    assert view.can_ask("threads", "page_events") is False


@pytest.mark.parametrize(
    ("name", "day", "living", "dead"),
    [
        ("publish_stream", TODAY, "", "publish_actions"),
        ("publish_stream", date(2016, 1, 1), "publish_actions", ""),
        ("publish_actions", TODAY, "", ""),
        ("read_friendlists", date(2017, 6, 1), "read_custom_friendlists", ""),
        ("read_friendlists", TODAY, "", "read_custom_friendlists"),
        ("user_groups", TODAY, "", "user_managed_groups groups_access_member_info publish_to_groups"),
        (
            "user_groups",
            date(2019, 1, 1),
            "groups_access_member_info publish_to_groups",
            "user_managed_groups",
        ),
        ("publish_pages", TODAY, "pages_manage_posts pages_manage_engagement", ""),
        ("business_basic", TODAY, "instagram_business_basic", ""),
        ("user_media", TODAY, "instagram_business_basic", ""),
        ("pages_show_list", TODAY, "", ""),
        ("no_such_thing", TODAY, "", ""),
    ],
)
def test_replacements(catalog: Catalog, name: str, day: date, living: str, dead: str) -> None:
    view = catalog.as_of(day)
    assert (" ".join(view.replacements(name)), " ".join(view.replacement_chain(name))) == (living, dead)


def test_dependencies_are_dated(catalog: Catalog) -> None:
    def direct(day: date) -> str:
        return " ".join(catalog.as_of(day).direct_dependencies("instagram_basic"))

    assert direct(date(2024, 4, 22)) == "pages_read_engagement pages_show_list"
    assert direct(date(2024, 4, 23)) == "pages_show_list"  # what both tables say
    assert direct(date(2026, 9, 19)) == "pages_show_list"
    assert direct(date(2026, 9, 20)) == "pages_read_user_content pages_show_list"
    assert direct(TODAY) == "pages_read_user_content pages_show_list"
    assert catalog.as_of(date(2016, 1, 1)).direct_dependencies("ads_management") == ("pages_show_list",)


def test_the_closure_tells_direct_from_implied(catalog: Catalog) -> None:
    view = catalog.as_of(TODAY)
    assert dict(view.dependencies("instagram_manage_contents")) == {
        "instagram_basic": ("instagram_basic",),
        "pages_read_user_content": ("instagram_basic", "pages_read_user_content"),
        "pages_show_list": ("instagram_basic", "pages_show_list"),
    }
    assert "catalog_management" in view.dependents("business_management")
    assert "instagram_manage_contents" in view.dependents("pages_read_user_content")
    assert view.dependencies("email") == {}


FACEBOOK = ["facebook-login", "facebook-login-for-business", "whatsapp-embedded-signup"]
ASKING = [
    *((login, "instagram_business_basic", False) for login in FACEBOOK),
    *((login, "business_basic", False) for login in FACEBOOK),
    *((login, "threads_basic", False) for login in FACEBOOK),
    *((login, "threads_business_basic", True) for login in FACEBOOK),
    *((login, "instagram_basic", True) for login in FACEBOOK),
    *((login, "ads_management", True) for login in FACEBOOK),
    *((login, "whatsapp_business_messaging", True) for login in FACEBOOK),
    *((login, "public_profile", True) for login in FACEBOOK),
    ("facebook-login", "openid", True),
    ("facebook-login", "developer_tools_mcp_app_read", None),
    ("facebook-login", "user_profile", None),
    ("business-manager", "instagram_business_basic", None),
    ("business-manager", "whatsapp_business_management", True),
    *(("instagram-login", name, True) for name in ("instagram_business_manage_insights", "business_manage_messages")),
    *(
        ("instagram-login", name, False)
        for name in ("instagram_basic", "instagram_manage_comments", "pages_show_list", "ads_read", "email")
    ),
    ("instagram-login", "public_profile", False),
    ("instagram-login", "threads_basic", False),
    ("instagram-login", "openid", None),
    ("instagram-basic-display", "user_profile", True),
    ("instagram-basic-display", "likes", True),
    ("instagram-basic-display", "instagram_business_basic", None),
    ("instagram-basic-display", "pages_show_list", False),
    ("threads", "threads_basic", True),
    ("threads", "threads_share_to_instagram", True),
    ("threads", "threads_business_basic", False),
    ("threads", "instagram_basic", False),
    ("threads", "instagram_business_basic", False),
    ("threads", "email", False),
    ("threads", "no_such_thing", None),
    ("unknown", "email", None),
]


@pytest.mark.parametrize(("login", "name", "answer"), ASKING)
def test_which_login_can_ask(catalog: Catalog, login: str, name: str, answer: bool | None) -> None:
    assert catalog.as_of(TODAY).can_ask(login, name) is answer


def test_the_two_facebook_logins_are_never_told_apart(catalog: Catalog) -> None:
    view = catalog.as_of(TODAY)
    for name in catalog.names:
        assert view.can_ask("facebook-login", name) == view.can_ask("facebook-login-for-business", name)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("lead_retrieval", "leads_retrieval"),
        ("instagram_business_content_publishing", "instagram_business_content_publish"),
        ("read_pages_engagement", "pages_read_engagement"),
        ("Pages-Show-List", "pages_show_list"),
        ("EMAIL", "email"),
        ("'email'", "email"),
        ("pages_manage_post", "pages_manage_posts"),
        ("instagram_buisness_basic", "instagram_business_basic"),
        ("user_action.fitness", "user_actions.fitness"),
        ("publish_action", "publish_actions"),
    ],
)
def test_suggest(catalog: Catalog, text: str, first: str) -> None:
    assert catalog.suggest(text)[0] == first


def test_suggest_prefers_the_living(catalog: Catalog) -> None:
    for text in ("user_like", "user_event", "pages_manage_lead", "instagram_basics"):
        view = catalog.as_of(TODAY)
        kinds = {view.status(name).kind for name in view.suggest(text, 5)}
        assert kinds in ({"active"}, {"removed"}, {"active", "deprecated"}), text
    assert catalog.suggest("zzzzzz") == ()
    assert catalog.suggest("") == ()
    assert catalog.suggest("x" * 100_000) == ()
    assert catalog.suggest("pages_show_list", 0) == ()
    assert len(catalog.suggest("instagram_manage_x", 2)) <= 2
    assert "instagram_business_basic" not in catalog.as_of(date(2024, 3, 1)).suggest("instagram_buisness_basic")


def test_versions_of_a_day(catalog: Catalog) -> None:
    today = catalog.as_of(TODAY)
    assert [v.name for v in today.living_versions()] == ["v21.0", "v22.0", "v23.0", "v24.0", "v25.0", "v26.0"]
    assert [v.name for v in today.living_versions("marketing")] == ["v25.0", "v26.0"]
    assert today.graph_version == "v26.0"
    newest = catalog.as_of(date(2024, 3, 1)).newest_version()
    assert newest is not None
    assert newest.name == "v19.0"
    nothing = catalog.as_of(date(2009, 1, 1))
    assert (nothing.newest_version(), nothing.graph_version) == (None, None)


@pytest.mark.parametrize(
    ("name", "api", "kind", "left"),
    [
        ("v26.0", "graph", "alive", None),
        ("v22.0", "graph", "alive", 180),
        ("v21.0", "graph", "ends soon", 61),
        ("v20.0", "graph", "expired", -58),
        ("v24.0", "marketing", "expired", -46),
        ("v24.0", "graph", "alive", 454),
        ("v27.0", "graph", "unknown", None),
        ("v3.4", "graph", "unknown", None),
    ],
)
def test_version_status(catalog: Catalog, name: str, api: str, kind: str, left: int | None) -> None:
    status = catalog.as_of(TODAY).version_status(name, "marketing" if api == "marketing" else "graph")
    assert (status.kind, status.days_left) == (kind, left)


def test_version_status_turns_on_the_day(catalog: Catalog) -> None:
    end = date(2027, 1, 21)

    def kind(day: date) -> str:
        return catalog.as_of(day).version_status("v21.0").kind

    assert kind(date(2024, 10, 1)) == "future"
    assert kind(date(2024, 10, 2)) == "alive"
    assert kind(end - timedelta(days=91)) == "alive"
    assert kind(end - timedelta(days=90)) == "ends soon"
    assert kind(end - timedelta(days=1)) == "ends soon"
    assert kind(end) == "expired"


@pytest.mark.parametrize(
    "bad", ["", "v", "19.0", "v19", "v19.", "v.0", "vv1.0", "v1.0.0", "v-1.0", "v\uff11.0", "x", "latest"]
)
def test_malformed_versions(catalog: Catalog, bad: str) -> None:
    with pytest.raises(CatalogError, match=r"vN\.N"):
        catalog.as_of(TODAY, bad)
    with pytest.raises(CatalogError):
        catalog.as_of(TODAY).version_status(bad)
    with pytest.raises(CatalogError):
        catalog.version(bad)


DAYS = [date.min, date(2014, 6, 1), date(2020, 5, 5), date(2024, 4, 22), date(2025, 6, 1), TODAY, date.max]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("version", [None, "v1.0", "v6.0", "v19.0", "v99.9"])
def test_every_question_has_an_answer(catalog: Catalog, day: date, version: str | None) -> None:
    view = catalog.as_of(day, version)
    existing = {p.name for p in view.permissions()}
    for name in [*sorted(catalog.names), "no such thing", "", "é"]:
        status = view.status(name)
        assert (status.name in existing) == status.exists
        assert (status.kind == "absent") == (name not in catalog.names)
        assert not status.version_lacks or status.kind == "deprecated"
        closure = view.dependencies(name)
        assert set(view.direct_dependencies(name)) == {dep for dep, chain in closure.items() if len(chain) == 1}
        assert set(closure) <= existing
        assert name not in closure
        for dep, chain in closure.items():
            assert chain[-1] == dep
        living, dead = view.replacements(name), view.replacement_chain(name)
        assert set(living) <= existing
        assert not set(living) & set(dead)
        for login in catalog.logins():
            assert view.can_ask(login.id, name) in {True, False, None}


def test_a_removed_permission_never_comes_back(catalog: Catalog) -> None:
    order = {"future": 0, "active": 1, "deprecated": 2, "unknown": 3, "removed": 3}
    days = [date(2010, 4, 21) + timedelta(days=61 * n) for n in range(102)]
    views = [catalog.as_of(day) for day in days]
    for permission in catalog.permissions():
        kinds = [order[view.status(permission.name).kind] for view in views]
        assert kinds == sorted(kinds), permission.name
