"""The data files read whole: shape, order, names, dates, and that the compiled catalog is made from them."""

from __future__ import annotations

import copy
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from permlint.catalog import CatalogError, load
from permlint.catalog.build import COMPILED, DATA, FILES, compiled, problems, read_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    return read_rows()


def test_nothing_is_wrong_with_the_data(rows: Rows) -> None:
    assert problems(rows) == []


def test_the_compiled_catalog_is_fresh(rows: Rows) -> None:
    assert COMPILED.read_text(encoding="utf-8") == compiled(rows), "run: python -m permlint.catalog.build"


def test_compiling_does_not_depend_on_the_order_of_keys(rows: Rows) -> None:
    turned = {kind: [dict(reversed(row.items())) for row in table] for kind, table in reversed(rows.items())}
    assert compiled(turned) == compiled(rows)


def test_every_file_is_read() -> None:
    # The endpoints, the methods of the SDK and the hosts have a build of their own.
    ours = {path.name for path in DATA.glob("*.toml") if not path.name.startswith(("endpoints_", "sdk_", "hosts"))}
    assert ours == {file for file, _, _ in FILES.values()}


def test_every_row_has_a_source_and_a_date(rows: Rows) -> None:
    every = [row for kind in FILES for row in rows[kind]]
    every += [row for table in rows["dependencies"] for row in table["row"]]
    assert len(every) > 400
    for row in every:
        assert row["source"].startswith(("https://", "http://")), row
        assert " " not in row["source"], row
        assert date(2010, 1, 1) <= row["date"] <= date(2026, 11, 21), row


def test_dates_are_in_order() -> None:
    for p in load().permissions():
        days = [day for day in (p.first_known, p.deprecated or p.deprecated_seen, p.removed) if day]
        assert days == sorted(days), p.name


def test_every_permission_can_be_asked_for_or_is_dead() -> None:
    catalog = load()
    for p in catalog.permissions():
        assert p.logins or p.is_removed or not p.graph, p.name
        for login in p.logins:
            assert catalog.as_of(catalog.date).can_ask(login, p.name) is True, (p.name, login)


def test_no_dependency_is_dead_or_yet_to_come() -> None:
    catalog = load()
    for table in catalog.tables():
        view = catalog.as_of(table.date)
        for name, deps in table.rows.items():
            assert all(view.status(x).exists for x in (name, *deps)), name


def test_everyday_words_are_marked() -> None:
    catalog = load()
    marked = {p.name for p in catalog.permissions() if p.everyday}
    assert {
        "email",
        "likes",
        "basic",
        "sms",
        "comments",
        "user_profile",
        "user_media",
        "openid",
        "installed",
    } <= marked
    assert not {name for name in marked if name.startswith(("pages_", "instagram_", "threads_", "ads_", "whatsapp_"))}


def permission(rows: Rows, name: str) -> dict[str, Any]:
    return next(row for row in rows["permissions"] if row["name"] == name)


WRONG: dict[str, tuple[Callable[[Rows], object], str]] = {
    "no source": (lambda r: r["fields"][0].pop("source"), "lacks source"),
    "no URL": (lambda r: r["fields"][0].update(source="somewhere"), "no URL"),
    "unknown key": (lambda r: r["fields"][0].update(colour="red"), "unknown key colour"),
    "wrong type": (lambda r: r["features"][0].update(name=3), "wrong type"),
    "not a string": (lambda r: r["misspellings"][0].update(meant=[1]), "no string"),
    "unsorted": (lambda r: r["permissions"].reverse(), "stands behind"),
    "twice": (lambda r: r["permissions"].insert(0, r["permissions"][0]), "twice"),
    "unknown family": (lambda r: r["permissions"][0].update(family="cars"), "family is cars"),
    "dangling replacement": (lambda r: permission(r, "manage_pages")["replacements"].append("x"), "names x"),
    "dangling dependency": (
        lambda r: r["dependencies"][1]["row"][0]["depends_on"].append("zzz"),
        "names zzz",
    ),
    "alias of another": (
        lambda r: permission(r, "email").update(aliases=["likes"]),
        "both a name and an alias",
    ),
    "misspelt on purpose": (
        lambda r: r["misspellings"].append({**r["misspellings"][-1], "text": "xmpp_login"}),
        "not a",
    ),
    "dates": (
        lambda r: permission(r, "publish_actions")["removed"].update(date=date(2011, 1, 1)),
        "not in order",
    ),
    "a version nobody saw": (
        lambda r: permission(r, "manage_pages")["removed"].update(version="v7.5"),
        "never existed",
    ),
    "replaced by itself": (
        lambda r: permission(r, "publish_actions").update(replacements=["publish_stream"]),
        "lead back to it",
    ),
    "unknown login": (
        lambda r: permission(r, "email")["logins"].append("telegram"),
        "unknown login telegram",
    ),
    "refused login": (lambda r: permission(r, "email")["logins"].append("threads"), "threads refuses it"),
    "a table without end": (
        lambda r: r["dependencies"][0].update(until=date(2030, 1, 1)),
        "outside its time",
    ),
    "an ended version": (
        lambda r: r["versions"][0].update(expires=date(2000, 1, 1)),
        "before it is released",
    ),
}


@pytest.mark.parametrize("how", WRONG)
def test_what_is_wrong_is_named(rows: Rows, how: str) -> None:
    change, told = WRONG[how]
    other = copy.deepcopy(rows)
    change(other)
    found = problems(other)
    assert any(told in line for line in found), found


def test_a_cycle_is_found(rows: Rows) -> None:
    other = copy.deepcopy(rows)
    table = other["dependencies"][1]["row"]
    row = next(row for row in table if row["name"] == "business_management")
    row["depends_on"] = sorted([*row["depends_on"], "catalog_management"])
    assert any("business_management depends on itself" in line for line in problems(other))


def test_broken_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"permissions\.toml"):
        read_rows(tmp_path)
    (tmp_path / "permissions.toml").write_text("[[permission", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"permissions\.toml"):
        read_rows(tmp_path)
    (tmp_path / "permissions.toml").write_text("x = 1", encoding="utf-8")
    with pytest.raises(CatalogError, match="holds no"):
        read_rows(tmp_path)
