"""What the methods of Meta's Python SDK call."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from permlint.catalog import CatalogError
from permlint.catalog.endpoint_sdk import SdkCall, load_sdk, read_sdk
from permlint.catalog.endpoints import load_endpoints


def only(cls: str | None, method: str, **more: Any) -> SdkCall:
    calls = load_sdk().method(cls, method, **more)
    assert len(calls) == 1, calls
    return calls[0]


@pytest.mark.parametrize(
    ("cls", "method", "call"),
    [
        ("AdAccount", "get_campaigns", ("GET", (None, "campaigns"), "Campaign")),
        ("AdAccount", "api_get", ("GET", (None,), "AdAccount")),
        ("AdAccount", "remote_read", ("GET", (None,), "AdAccount")),
        ("AdSet", "api_delete", ("DELETE", (None,), None)),
        ("AdSet", "api_update", ("POST", (None,), "AdSet")),
        ("AdAccount", "create_campaign", ("POST", (None, "campaigns"), "Campaign")),
        ("Ad", "get_insights_async", ("POST", (None, "insights"), "AdReportRun")),
        ("Ad", "get_leads", ("GET", (None, "leads"), "Lead")),
        ("Page", "get_lead_gen_forms", ("GET", (None, "leadgen_forms"), "LeadgenForm")),
        ("User", "get_accounts", ("GET", (None, "accounts"), "Page")),
        ("IGUser", "create_media_publish", ("POST", (None, "media_publish"), "IGMedia")),
        ("AdAccount", "get_my_account", ("GET", ("me", "adaccounts"), "AdAccount")),
        ("TargetingSearch", "search", ("GET", ("search",), None)),
        ("ProductCatalog", "update_product", ("POST", (None,), None)),
        ("AdSet", "remote_create", ("POST", (None, "adsets"), "AdSet")),
    ],
)
def test_methods(cls: str, method: str, call: tuple[str, tuple[str | None, ...], str | None]) -> None:
    found = only(cls, method)
    assert (found.http_method, found.segments, found.returns) == call
    assert found.owners == (cls,)


def test_asynchronous_insights_are_a_post() -> None:
    found = only("AdAccount", "get_insights", asynchronous=True)
    assert (found.http_method, found.returns) == ("POST", "AdReportRun")
    assert only("AdAccount", "get_insights").http_method == "GET"


def test_what_the_parent_makes() -> None:
    assert only("Ad", "api_create").of_parent
    assert not only("AdAccount", "create_ad").of_parent
    assert load_sdk().endpoint("AdSet") == "adsets"


def test_an_unknown_class_gives_every_candidate_once() -> None:
    (found,) = load_sdk().method(None, "get_ads")
    assert {"AdAccount", "AdSet", "Campaign"} <= set(found.owners)
    assert found.returns == "Ad"
    assert only(None, "api_get").owners == ()
    needs = load_endpoints().needs(
        host="graph.facebook.com",
        method=found.http_method,
        segments=found.segments,
        node=found.owners,
        day=date(2026, 11, 21),
    )
    assert needs.any_of == (frozenset({"ads_management", "ads_read"}),)


def test_older_releases() -> None:
    assert only("Ad", "create_tracking_tag").until == "5.0.4"
    assert all(call.until is None for call in load_sdk().method(None, "get_insights"))


def test_what_nobody_has() -> None:
    assert load_sdk().method("AdAccount", "no_such_method") == ()
    assert load_sdk().method("NoSuchClass", "api_get") == ()
    assert load_sdk().method(None, "no_such_method") == ()
    assert load_sdk().has_class("Lead")
    assert not load_sdk().has_class("Nothing")


@pytest.mark.parametrize(
    ("constant", "field"),
    [
        ("name", "name"),
        ("field_data", "field_data"),
        ("field_1d_click", "1d_click"),
        ("field_event_creator", "event.creator"),
    ],
)
def test_constants(constant: str, field: str) -> None:
    assert load_sdk().field(constant) == field


def test_damaged_files(tmp_path: Any) -> None:
    file = tmp_path / "sdk.json"
    file.write_text("{}")
    with pytest.raises(CatalogError, match="damaged"):
        read_sdk(str(file))
    with pytest.raises(CatalogError, match="cannot read"):
        read_sdk(str(tmp_path / "none"))
