"""The catalog in memory: undated questions, and what happens when its file is damaged."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from permlint.catalog import Catalog, CatalogError, load, read
from permlint.catalog.store import COMPILED


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load()


def test_it_is_read_once() -> None:
    assert load() is load()


def test_names(catalog: Catalog) -> None:
    assert len(catalog.permissions()) == 197
    assert len(catalog.names) == 199
    assert {"page_events", "manage_app_solutions", "manage_pages", "email"} <= catalog.names
    assert "instagram_business_content_publishing" not in catalog.names
    assert catalog.permission("manage_app_solutions") == catalog.permission("manage_app_solution")
    assert catalog.permission("pages") is None
    assert catalog.canonical("page_events") == "pages_events"
    assert catalog.canonical("nothing") is None


def test_misspellings(catalog: Catalog) -> None:
    row = catalog.misspelling("user_action.fitness")
    assert row is not None
    assert row.meant == ("user_actions.fitness",)
    assert catalog.misspelling("email") is None
    assert len(catalog.misspellings()) == 16


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Human Agent", "Human Agent"),
        ("human_agent", "Human Agent"),
        ("HUMAN-AGENT", "Human Agent"),
        (" humanagent ", "Human Agent"),
        ("page_public_content_access", "Page Public Content Access"),
        ("PPMA", "Page Public Metadata Access"),
        ("Ads Management Standard Access", "Marketing API Access Tier"),
        ("instagram_public_content_access", "Instagram Public Content Access"),
        ("oembed_read", "Meta oEmbed Read"),
        ("ads_management", None),
        ("human", None),
        ("", None),
    ],
)
def test_features(catalog: Catalog, text: str, name: str | None) -> None:
    feature = catalog.feature(text)
    assert (feature.name if feature else None) == name


def test_no_permission_is_taken_for_a_feature(catalog: Catalog) -> None:
    assert [name for name in sorted(catalog.names) if catalog.feature(name)] == []


def test_fields(catalog: Catalog) -> None:
    for name in ("id", "name", "picture", "first_name"):
        field = catalog.field(name)
        assert field is not None
        assert field.permission == "public_profile"
    birthday, locale = catalog.field("birthday"), catalog.field("locale")
    assert birthday is not None
    assert locale is not None
    assert (birthday.permission, locale.permission) == ("user_birthday", None)
    assert catalog.field("email") is None  # a permission first


def test_logins(catalog: Catalog) -> None:
    assert [login.id for login in catalog.logins()] == [
        "business-manager",
        "facebook-login",
        "facebook-login-for-business",
        "instagram-basic-display",
        "instagram-login",
        "threads",
        "whatsapp-embedded-signup",
    ]
    assert {login.group for login in catalog.logins()} == {"facebook", "instagram", "threads"}
    assert catalog.login("instagram-basic-display").closed == date(2024, 12, 4)
    with pytest.raises(CatalogError, match="no such login"):
        catalog.login("nope")


@pytest.mark.parametrize(
    ("host", "path", "first"),
    [
        ("www.facebook.com", "/dialog/oauth", "facebook-login"),
        ("WWW.facebook.com", "/v19.0/dialog/oauth", "facebook-login"),
        ("m.facebook.com", "/dialog/oauth/", "facebook-login"),
        ("graph.facebook.com", "/oauth/authorize", "facebook-login"),
        ("www.instagram.com", "/oauth/authorize", "instagram-basic-display"),
        ("threads.net", "/oauth/authorize", "threads"),
        ("www.threads.net", "/oauth/authorize/", "threads"),
        ("www.facebook.com", "/dialog/share", None),
        ("www.facebook.com", "/x/dialog/oauth", None),
        ("graph.facebook.com", "/v19.0/oauth/access_token", None),
        ("example.com", "/dialog/oauth", None),
        ("", "", None),
    ],
)
def test_which_login_opens_where(catalog: Catalog, host: str, path: str, first: str | None) -> None:
    found = catalog.logins_at(host, path)
    assert (found[0].id if found else None) == first
    assert len({login.group for login in found}) <= 1


def test_narrower(catalog: Catalog) -> None:
    assert [row.narrower for row in catalog.narrower_than("ads_management")] == ["ads_read"]
    assert catalog.narrower_than("ads_read") == ()


def test_age(catalog: Catalog) -> None:
    assert catalog.date == date(2026, 9, 20)
    assert catalog.age(date(2026, 11, 21)) == timedelta(days=62)
    assert not catalog.is_old(date(2027, 9, 20))
    assert catalog.is_old(date(2027, 9, 21))
    assert catalog.age(date(2024, 3, 1)) < timedelta(0)


def damaged(catalog: str) -> dict[str, str]:
    data = json.loads(catalog)
    lacking = {key: value for key, value in data.items() if key != "permissions"}
    extra = data | {"permissions": [{**data["permissions"][0], "nonsense": 1}]}
    undated = data | {"versions": [{**data["versions"][0], "released": "soon"}]}
    return {
        "empty": "",
        "cut": catalog[: len(catalog) // 2],
        "a list": "[]",
        "null": "null",
        "a text": '"x"',
        "no permissions": json.dumps(lacking),
        "an unknown key": json.dumps(extra),
        "no date": json.dumps(undated),
        "a number for rows": json.dumps(data | {"logins": 3}),
        "a null row": json.dumps(data | {"fields": [None]}),
        "deep": "[" * 100_000,
    }


@pytest.mark.parametrize("how", damaged(Path(COMPILED).read_text(encoding="utf-8")).items(), ids=lambda how: how[0])
def test_a_damaged_catalog_says_so(tmp_path: Path, how: tuple[str, str]) -> None:
    file = tmp_path / "catalog.json"
    file.write_text(how[1], encoding="utf-8")
    with pytest.raises(CatalogError, match=r"catalog\.json is damaged"):
        read(str(file))


def test_a_missing_or_undecodable_catalog_says_so(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="cannot read"):
        read(str(tmp_path / "nothing.json"))
    (tmp_path / "latin.json").write_bytes(b'{"date": "\xff"}')
    with pytest.raises(CatalogError, match="damaged"):
        read(str(tmp_path / "latin.json"))


def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys; before = set(sys.modules)  # an editable install's finder imports some by itself\n"
        "from datetime import date; from permlint.catalog import load\n"
        "load().as_of(date(2026, 11, 21)).status('manage_pages')\n"
        "heavy = {'tomli', 'dataclasses', 'inspect', 'pathlib', 'difflib', 'libcst', 'click'}\n"
        "print(*sorted(heavy & (set(sys.modules) - before)))"
    )
    root = Path(COMPILED).parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_errors_of_the_permissions_edge_are_known_by_code_subcode_and_method() -> None:
    edge = load().edge()
    found = edge.error("GET", 190, 463)
    assert found is not None
    assert (found.subcode, found.method) == (463, None)
    assert "log in again" in found.cure
    found = edge.error("GET", 190, 7)
    assert found is not None
    assert (found.subcode, found.method) == (None, "GET")
    throttled = edge.error("GET", 613)
    assert throttled is not None
    assert (throttled.method, throttled.retry) == ("DELETE", True)
    assert edge.error("GET", 4711) is None


def test_words_that_stand_for_a_status() -> None:
    edge = load().edge()
    assert {
        text: edge.meant(text) for text in ("denied", "revoked", "active", "grant", "decline", "rejeced", "purple")
    } == {
        "denied": "declined",
        "revoked": "declined",
        "active": "granted",
        "grant": "granted",
        "decline": "declined",
        "rejeced": "declined",
        "purple": None,
    }
