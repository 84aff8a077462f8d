"""One permission as plain data."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from permlint.catalog import load
from permlint.catalog.describe import describe

TODAY = date(2026, 11, 21)


def about(name: str, day: date = TODAY, version: str | None = None) -> dict[str, Any]:
    return describe(load().as_of(day, version), name)


def test_a_living_permission() -> None:
    data = about("leads_retrieval")
    assert (data["name"], data["status"], data["introduced"]) == ("leads_retrieval", "active", "2018-07-26")
    assert "pages_manage_ads" in data["dependencies"]["direct"]
    assert data["dependencies"]["features"] == ["Marketing API Access Tier"]
    assert data["sources"] == [{"url": "https://developers.facebook.com/docs/permissions", "date": "2026-09-20"}]
    assert [login["id"] for login in data["logins"]] == ["facebook-login", "facebook-login-for-business"]


def test_implied_dependencies_name_their_way() -> None:
    implied = about("catalog_management")["dependencies"]["implied"]
    assert {"name": "pages_show_list", "through": ["business_management"]} in implied


def test_an_alias() -> None:
    data = about("page_events")
    assert (data["name"], data["asked"], data["aliases"]) == ("pages_events", "page_events", ["page_events"])


def test_a_removed_permission() -> None:
    data = about("publish_stream")
    assert (data["status"], data["removed"]) == ("removed", "2015-04-30")
    assert (data["replacements"], data["replacement_chain"]) == ([], ["publish_actions"])


@pytest.mark.parametrize(
    ("name", "day", "version", "text"),
    [
        ("email", TODAY, None, "It can be asked for."),
        ("manage_pages", TODAY, None, "It was removed on 2022-05-05."),
        ("read_page_mailboxes", TODAY, None, "It was removed; nobody knows when."),
        ("research_apis", TODAY, None, "It was there until 2021-12-09; what became of it is not known."),
        ("threads_basic", date(2024, 3, 1), None, "It is not known before 2024-06-01."),
        ("nothing_at_all", TODAY, None, "No permission has this name."),
        ("gaming_profile", TODAY, None, "It is deprecated, by 2026-05-07."),
        (
            "publish_to_groups",
            date(2024, 3, 1),
            "v19.0",
            "It is deprecated, since 2024-01-23 and ends on 2024-04-22.",
        ),
        (
            "manage_pages",
            date(2021, 1, 1),
            "v7.0",
            "v7.0 and later versions lack it; v6.0 still has it and ends on 2022-05-05.",
        ),
    ],
)
def test_status_text(name: str, day: date, version: str | None, text: str) -> None:
    assert about(name, day, version)["status_text"] == text


def test_introduced_says_how_sure_it_is() -> None:
    assert about("ads_read")["introduced"] == "by 2015-02-19"
    assert about("threads_basic")["introduced"] == "2024-06"
    assert about("openid")["introduced"] is None


def test_what_is_no_permission() -> None:
    wrong, feature, field = about("lead_retrieval"), about("human_agent"), about("birthday")
    assert wrong["misspelling_of"] == ["leads_retrieval"]
    assert wrong["suggestions"][0] == "leads_retrieval"
    assert feature["feature"] == "Human Agent"
    assert field["field"] == {"name": "birthday", "permission": "user_birthday"}
    assert {d["status"] for d in (wrong, feature, field)} == {"absent"}
    assert all(d["sources"] for d in (wrong, feature, field))


@pytest.mark.parametrize("day", [date(2010, 1, 1), date(2024, 3, 1), date(2025, 6, 1), TODAY])
def test_everything_can_be_described(day: date) -> None:
    for name in [*sorted(load().names), "no such thing", ""]:
        data = about(name, day)
        assert json.loads(json.dumps(data)) == data
        assert data["status_text"]
