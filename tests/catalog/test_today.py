"""What today's reference says, and how and why it differs from that of v19.0."""

from __future__ import annotations

from datetime import date

from permlint.catalog import load

THEN = date(2024, 3, 1)
TODAY = date(2026, 11, 21)

# Direct dependencies that changed. Each row of today's reference prints its own; v19.0 had one table of ten rows.
CHANGED = {
    # chains that v19.0 left out
    "business_management": ("", "pages_read_engagement pages_show_list"),
    "catalog_management": ("", "business_management"),
    "gaming_user_locale": ("", "gaming_profile"),
    "instagram_content_publish": ("", "instagram_basic pages_read_engagement pages_show_list"),
    "instagram_manage_comments": ("", "instagram_basic pages_read_engagement pages_show_list"),
    "instagram_manage_insights": ("", "instagram_basic pages_read_engagement pages_show_list"),
    "instagram_manage_messages": ("", "instagram_basic pages_read_engagement pages_show_list"),
    "instagram_shopping_tag_products": ("", "instagram_basic pages_read_engagement pages_show_list"),
    "pages_events": ("", "pages_show_list"),
    "pages_manage_instant_articles": ("", "pages_show_list"),
    "read_insights": ("", "pages_read_engagement pages_show_list"),
    "whatsapp_business_messaging": ("", "whatsapp_business_management"),
    # another permission stands in the same place
    "instagram_basic": ("pages_read_engagement pages_show_list", "pages_read_user_content pages_show_list"),
    # three more, and a feature of App Review
    "leads_retrieval": (
        "pages_manage_ads pages_read_engagement pages_show_list",
        "ads_management ads_read business_management pages_manage_ads pages_read_engagement pages_show_list",
    ),
}

# Rows that are gone, and why.
GONE = {
    "groups_access_member_info": "removed",  # the Groups API closed on 2024-04-22
    "publish_to_groups": "removed",  # the same
    "instagram_graph_user_media": "removed",  # Basic Display ended on 2024-12-04
    "instagram_graph_user_profile": "removed",  # the same
    "private_computation_access": "unknown",  # vanished, no notice found
}

# Rows that came: newer than v19.0, or older and only left out there.
ADDED_NEWER = [
    "ads_mcp_management",
    "commerce_account_read_settings",
    "facebook_branded_content_ads_brand",
    "facebook_creator_marketplace_discovery",
    "instagram_branded_content_ads_brand",
    "instagram_branded_content_brand",
    "instagram_branded_content_creator",
    "instagram_business_basic",
    "instagram_business_content_publish",
    "instagram_business_manage_comments",
    "instagram_business_manage_messages",
    "instagram_creator_marketplace_discovery",
    "instagram_creator_marketplace_messaging",
    "instagram_manage_contents",
    "instagram_manage_engagement",
    "instagram_manage_events",
    "instagram_manage_upcoming_events",
    "manage_app_solution",
    "marketing_messages_messenger",
    "pages_utility_messaging",
    "paid_marketing_messages",
    "threads_basic",
    "threads_business_basic",
    "threads_content_publish",
    "threads_delete",
    "threads_keyword_search",
    "threads_location_tagging",
    "threads_manage_insights",
    "threads_manage_mentions",
    "threads_manage_replies",
    "threads_profile_discovery",
    "threads_read_replies",
    "threads_share_to_instagram",
    "whatsapp_business_manage_events",
]
ADDED_OLDER = [
    "commerce_account_manage_orders",
    "commerce_account_read_orders",
    "commerce_account_read_reports",
    "commerce_manage_accounts",
    "read_audience_network_insights",
]

# Alive today without a row of their own in the reference.
UNLISTED = {
    "business_creative_management",
    "developer_tools_mcp_app_management",
    "developer_tools_mcp_app_read",
    "gaming_profile",
    "gaming_user_friends",
    "gaming_user_picture",
    "instagram_business_manage_insights",
    "manage_business_extension",
    "openid",
}

then = load().as_of(THEN, "v19.0")
today = load().as_of(TODAY)


def test_the_rows_that_came_and_went() -> None:
    before, after = ({p.name for p in view.reference()} for view in (then, today))
    assert (len(before), len(after)) == (51, 85)
    assert before - after == GONE.keys()
    assert after - before == {*ADDED_NEWER, *ADDED_OLDER}
    assert (len(ADDED_NEWER), len(ADDED_OLDER)) == (34, 5)
    assert {name: today.status(name).kind for name in GONE} == GONE
    assert {then.status(name).kind for name in ADDED_NEWER} == {"future"}
    assert {then.status(name).kind for name in ADDED_OLDER} == {"active"}


def test_the_dependencies_that_changed() -> None:
    both = {p.name for p in then.reference()} - GONE.keys()
    changed = {
        name: (" ".join(then.direct_dependencies(name)), " ".join(today.direct_dependencies(name)))
        for name in both
        if then.direct_dependencies(name) != today.direct_dependencies(name)
    }
    assert changed == CHANGED
    assert len(CHANGED) == 14
    assert today.feature_dependencies("leads_retrieval") == ("Marketing API Access Tier",)
    assert then.feature_dependencies("leads_retrieval") == ()


def test_what_lives_without_a_row() -> None:
    listed = {p.name for p in today.reference()}
    unlisted = {p.name for p in today.permissions() if today.status(p.name).kind != "unknown"} - listed
    assert unlisted == UNLISTED


def test_everything_listed_today_lives() -> None:
    for permission in today.reference():
        assert today.status(permission.name).kind in {"active", "deprecated"}, permission.name


def test_the_table_of_today_is_not_closed() -> None:
    implied = {
        p.name: [dep for dep, chain in today.dependencies(p.name).items() if len(chain) > 1] for p in today.reference()
    }
    implied = {name: deps for name, deps in implied.items() if deps}
    assert implied["catalog_management"] == ["pages_read_engagement", "pages_show_list"]
    assert implied["instagram_content_publish"] == ["pages_read_user_content"]
    assert today.dependencies("catalog_management")["pages_show_list"] == (
        "business_management",
        "pages_show_list",
    )
    assert len(implied) == 14
