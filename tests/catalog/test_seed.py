"""The catalog as of v19.0, early 2024, against every row of the documents that it started from.

``seed/`` holds their tables in their own markup, with other words. ``PERMLINT_SEED_DOCUMENTS=DIR`` reads the
originals of a folder instead (every ``*.txt``, told apart by what is in it).
"""

from __future__ import annotations

import os
import re
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from permlint.catalog import Catalog, CatalogView, load

FOLDER = Path(os.environ.get("PERMLINT_SEED_DOCUMENTS") or Path(__file__).parent / "seed")
DAY = date(2024, 3, 1)


class Row(NamedTuple):
    """One permission as the reference prints it."""

    name: str
    letter: str
    names_itself: str
    usages: int
    deprecated_in: str | None
    removal: date | None
    automatic: bool


class Reference(NamedTuple):
    """The permissions reference: its rows, its dependency table and its requirements."""

    rows: list[Row]
    dependencies: dict[str, list[str]]
    exempt_from_review: set[str]
    requirements: list[str]
    ways: list[str]


class Edge(NamedTuple):
    """The page of the permissions edge."""

    statuses: list[str]
    methods: dict[str, str]
    errors: dict[str, set[int]]
    deletions: set[str]


def document(marker: str) -> str:
    """Give the one document of the folder that holds a marker, without the escapes of its markup."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt"))]
    found = [text for text in texts if marker in text]
    assert len(found) == 1, f"{len(found)} documents in {FOLDER} hold {marker!r}"
    return found[0].replace("\\_", "_")


def section(text: str, start: str, end: str) -> str:
    """Give what stands between two headings."""
    return text[text.index(start) + len(start) : text.index(end)]


@pytest.fixture(scope="module")
def reference() -> Reference:
    text = document("Permission | Description |")
    cut = text.index("Permission Dependencies\n-")
    rows = []
    letter = ""
    for group, name, cell in re.findall(
        r"^([A-Z])\n-\n|\| `([\w.]+)` \|(.*?)\n \|\n", text[:cut], re.MULTILINE | re.DOTALL
    ):
        if group:
            letter = group
            continue
        mark = re.search(r"^ \*Deprecated for (v[\d.]+)\..*?([A-Z]\w+ \d+, \d{4})\.\*$", cell, re.MULTILINE)
        description, _, usage = cell.partition("***Allowed Usage***")
        bold = re.search(r"\*\*([\w.]+)\*\*", description)
        rows.append(
            Row(
                name=name,
                letter=letter,
                names_itself=bold[1] if bold else "",
                # The heading's markup is broken: it runs into the first bullet.
                usages=len(re.findall(r"^\*(?=[ ])", usage, re.MULTILINE)),
                deprecated_in=mark[1] if mark else None,
                removal=datetime.strptime(mark[2], "%B %d, %Y").date() if mark else None,  # noqa: DTZ007
                automatic="automatically" in description,
            ),
        )
    table = section(text, "Permission Dependencies\n-", "Learn More")
    dependencies = {
        name: re.findall(r"`(\w+)`", cell)
        for name, cell in re.findall(r"\| `(\w+)` \|(.*?) \|$", table, re.MULTILINE | re.DOTALL)
    }
    required = section(text, "### Requirements", "### Ways to ask").strip()
    requirements = [" ".join(part.split()) for part in re.split(r"^\* ", required, flags=re.MULTILINE) if part.strip()]
    exempt = re.search(r"\*\*all permissions\*\* except (.*)", required)
    ways = section(text, "### Ways to ask for a permission", "### Remove a permission")
    return Reference(
        rows=rows,
        dependencies=dependencies,
        exempt_from_review=set(re.findall(r"`(\w+)`", exempt[1])) if exempt else set(),
        requirements=requirements,
        ways=re.findall(r"^\* (.+)$", ways, re.MULTILINE),
    )


@pytest.fixture(scope="module")
def edge() -> Edge:
    text = document("enum{")
    statuses = re.search(r"^enum\{(.*)\}$", text, re.MULTILINE)
    parts = re.split(r"^(Reading|Creating|Updating|Deleting)$", text, flags=re.MULTILINE)
    bodies = dict(zip(parts[1::2], parts[2::2], strict=True))
    methods = {
        name: found[1]
        for name, body in bodies.items()
        if (found := re.search(r"\b(GET|POST|DELETE)\b[^\n]*/perm", body))
    }
    errors = {
        methods[name]: {
            int(code) for code in re.findall(r"^(\d{3})\D", body.partition("ErrorDescription")[2], re.MULTILINE)
        }
        for name, body in bodies.items()
        if name in methods
    }
    deletions = {
        path.replace("_id", "-id") for path in re.findall(r"DELETE (?:request to )?(/\S+?)\.?$", text, re.MULTILINE)
    }
    return Edge(
        statuses=[status.strip() for status in statuses[1].split(",")] if statuses else [],
        methods=methods,
        errors=errors,
        deletions=deletions,
    )


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load()


@pytest.fixture(scope="module")
def view(catalog: Catalog) -> CatalogView:
    return catalog.as_of(DAY, "v19.0")


def test_the_documents_are_read_whole(reference: Reference) -> None:
    assert len(reference.rows) == 51
    assert {row.letter for row in reference.rows} == set("ABCEGILMPRUW")
    assert sum(row.usages for row in reference.rows) == 105
    assert len(reference.dependencies) == 10
    assert sum(map(len, reference.dependencies.values())) == 17
    assert [row.name for row in reference.rows if row.removal] == [
        "groups_access_member_info",
        "publish_to_groups",
    ]


def test_the_catalog_lists_the_same_permissions(reference: Reference, view: CatalogView) -> None:
    assert [p.name for p in view.reference()] == sorted(row.name for row in reference.rows)
    assert {row.letter for row in reference.rows if row.letter != row.name[0].upper()} == set()


def test_every_row(reference: Reference, catalog: Catalog, view: CatalogView) -> None:
    for row in reference.rows:
        permission = catalog.permission(row.name)
        assert permission is not None, row.name
        assert permission.name == row.name
        assert permission.summary
        assert len(permission.allowed_usage) == row.usages, row.name
        assert catalog.canonical(row.names_itself) == row.name
        assert not row.automatic or permission.automatic, row.name
        status = view.status(row.name)
        assert status.kind == ("deprecated" if row.removal else "active"), row.name
        assert (status.announced_in, status.removed) == (row.deprecated_in, row.removal), row.name


@pytest.mark.parametrize("day", [date(2024, 1, 23), DAY, date(2024, 4, 21)])
def test_every_dependency(reference: Reference, catalog: Catalog, day: date) -> None:
    view = catalog.as_of(day, "v19.0")
    stated = {p.name: list(view.direct_dependencies(p.name)) for p in view.permissions()}
    assert {name: deps for name, deps in stated.items() if deps} == reference.dependencies
    # This table is transitively closed: nothing is implied.
    for name, deps in reference.dependencies.items():
        assert dict(view.dependencies(name)) == {dep: (dep,) for dep in deps}


def test_the_announced_removals(reference: Reference, catalog: Catalog) -> None:
    for row in reference.rows:
        if row.removal:
            before, after = (catalog.as_of(date(2024, 4, n), row.deprecated_in).status(row.name) for n in (21, 22))
            assert (before.kind, before.removed) == ("deprecated", row.removal)
            assert (after.kind, after.since) == ("removed", row.removal)
            assert catalog.as_of(date(2024, 1, 22)).status(row.name).kind == "active"


def test_the_requirements(reference: Reference, catalog: Catalog) -> None:
    assert [line.partition(" is ")[0] for line in reference.requirements[:2]] == [
        "App Review",
        "Business Verification",
    ]
    assert "Advanced Access" in reference.requirements[1]
    assert "reason for rejection" in reference.requirements[2]
    assert reference.exempt_from_review == {"email", "public_profile"}
    for row in reference.rows:
        permission = catalog.permission(row.name)
        assert permission is not None
        if row.name in reference.exempt_from_review:
            assert permission.review == "no"
        else:
            # Nobody wrote down the review of those that are gone.
            gone = permission.is_removed or permission.last_known is not None
            assert permission.review == ("unknown" if gone else "yes"), row.name


def test_only_one_permission_comes_by_itself(reference: Reference, catalog: Catalog) -> None:
    assert [p.name for p in catalog.permissions() if p.automatic] == ["public_profile"]
    assert {row.name for row in reference.rows if row.automatic} <= {"public_profile"}


def test_the_ways_to_ask(reference: Reference, catalog: Catalog) -> None:
    assert reference.ways[0] == "Facebook Login"
    for way in reference.ways[:4]:
        assert any(login.name.startswith(way) for login in catalog.logins()), way


def test_the_oddities(reference: Reference, catalog: Catalog) -> None:
    assert [(r.name, r.names_itself) for r in reference.rows if r.name != r.names_itself] == [
        ("pages_events", "page_events"),
    ]
    permission = catalog.permission("page_events")
    assert permission is not None
    assert (permission.name, permission.aliases) == ("pages_events", ("page_events",))
    names = [row.name for row in reference.rows]
    assert names != sorted(names)
    assert names.index("pages_manage_instant_articles") + 1 == names.index("pages_manage_engagement")
    assert set().union(reference.dependencies, *reference.dependencies.values()) <= set(names)


def test_the_permissions_edge(edge: Edge, catalog: Catalog) -> None:
    known = catalog.edge()
    assert edge.statuses == ["granted", "declined", "expired"]
    assert sorted(edge.statuses) == list(known.statuses)
    assert edge.methods == {"Reading": "GET", "Deleting": "DELETE"}
    assert {operation.method for operation in known.operations} == set(edge.methods.values())
    assert edge.errors == {
        method: {error.code for error in known.errors if error.method == method} for method in ("GET", "DELETE")
    }
    assert {operation.path for operation in known.operations if operation.method == "DELETE"} == edge.deletions
