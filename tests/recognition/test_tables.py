"""The recognition tables themselves: their rows are of the form that they promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tomli

from permlint import catalog
from permlint.recognition import build, tables

DATA = Path(build.__file__).parent / "data"
LIBRARIES = tomli.loads((DATA / "libraries.toml").read_text(encoding="utf-8"))["library"]
READERS = tomli.loads((DATA / "readers.toml").read_text(encoding="utf-8"))
KINDS = ("request", "setting", "mapping")
ASKING = [library for library in LIBRARIES if any(kind in library for kind in KINDS)]
ROWS = [
    pytest.param(row, id=f"{library['name']}: {row.get('shown') or row.get('name') or row.get('calls', ['?'])[0]}")
    for library in LIBRARIES
    for kind in KINDS
    for row in library.get(kind, ())
]
_PATH = re.compile(r"(\*\*|[A-Za-z_]\w*(\(\)|\[\])*)(\.(\*\*|\*(\(\))?|[A-Za-z_]\w*(\(\)|\[\])*))*")
_KEY = re.compile(r"(\^?#\d+|\^?\*\*|\^?\w+)(\.(\w+|\*|\[\]))*(\+\^?\w+)*")


def logins_of(row):
    named = row.get("login", row.get("logins", []))
    for one in named.values() if isinstance(named, dict) else [named]:
        yield from [one] if isinstance(one, str) else one


def test_the_compact_form_is_up_to_date():
    assert build.COMPILED.read_text(encoding="utf-8") == build.compiled(), "run `python -m permlint.recognition.build`"


def test_libraries_are_sorted_and_named_once():
    names = [library["name"] for library in LIBRARIES]
    assert names == sorted(set(names), key=str.lower)


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library["name"])
def test_a_library_names_its_source(library):
    assert library["source"].startswith("https://")
    assert library["date"]


@pytest.mark.parametrize("library", ASKING, ids=lambda library: library["name"])
def test_a_library_that_asks_has_needles(library):
    assert library["needles"]
    for needle in library["needles"]:
        assert needle == needle.lower()
        assert len(needle) >= 5, "too common"
        assert needle.strip()


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_for_a_login_of_the_catalog(row):
    known = {login.id for login in catalog.load().logins()}
    assert set(logins_of(row)) <= known
    assert "login" in row or "address" in row or ("provider" in row and "logins" in row)
    assert all(name == name.lower() for name in row.get("logins", ()))


@pytest.mark.parametrize("row", ROWS)
def test_what_a_library_asks_for_by_itself_is_a_permission_or_was_one(row):
    names = [*row.get("default", ())]
    for meant in row.get("names", {}).values():
        names += [meant] if isinstance(meant, str) else meant
    for name in names:
        assert catalog.load().permission(name) is not None, name


@pytest.mark.parametrize("row", ROWS)
def test_a_row_says_which_forms_it_takes(row):
    if row.get("scope") == [] or "holds" in row or ("scope" not in row and "name" not in row):
        assert row["default"]
        return
    accepts = row["accepts"]
    assert accepts
    assert set(accepts) <= {"text", "list"}
    if "mangles" in row:
        assert len(accepts) == 1
        assert row["mangles"][-1] not in ".!"


def patterns():
    for library in LIBRARIES:
        for kind in ("request", "carries"):
            for row in library.get(kind, ()):
                yield from [(library["name"], pattern) for pattern in row["calls"]]
        for row in library.get("constant", ()):
            yield from [(library["name"], pattern) for pattern in row["paths"]]
    for row in READERS["reader"]:
        yield from [("reader", pattern) for pattern in row["calls"]]
    for row in READERS["settings"]:
        yield from [("settings", pattern) for pattern in row["objects"]]


def test_paths_are_well_formed():
    for owner, pattern in patterns():
        assert _PATH.fullmatch(pattern), f"{owner}: {pattern}"
        assert not pattern.endswith("*"), f"{owner}: {pattern} has no name to be found by"


def keys():
    for library in LIBRARIES:
        for kind in (*KINDS, "carries"):
            for row in library.get(kind, ()):
                for name in ("scope", "config", "address", "provider", "when", "url", "params"):
                    yield from [(library["name"], key) for key in row.get(name, ())]
    for row in READERS["reader"]:
        for name in ("default", "cast"):
            yield from [("reader", key) for key in row.get(name, ())]


def test_keys_are_well_formed():
    for owner, key in keys():
        assert _KEY.fullmatch(key), f"{owner}: {key}"


def test_libraries_of_others_rows_exist():
    names = {library["name"] for library in LIBRARIES}
    for library in LIBRARIES:
        for kind in KINDS:
            for row in library.get(kind, ()):
                assert set(row.get("otherwise", ())) <= names


@pytest.mark.parametrize(
    "row", [*READERS["reader"], *READERS["settings"]], ids=lambda row: (row.get("calls") or row["objects"])[0]
)
def test_a_reader_names_its_source(row):
    assert row["source"].startswith("https://")
    assert row["date"]


@pytest.mark.parametrize(
    ("pattern", "path", "fit"),
    [
        ("a.b", "a.b", True),
        ("a.b", "a.c", False),
        ("a.*.c", "a.b.c", True),
        ("a.*.c", "a.c", False),
        ("a.**.c", "a.c", True),
        ("a.**.c", "a.b.b.c", True),
        ("**.c", "x.y().c", True),
        ("a.*().c", "a.b().c", True),
        ("a.*().c", "a.b.c", False),
        ("a.b().c", "a.b.c", False),
    ],
)
def test_how_paths_fit(pattern, path, fit):
    assert tables.fits(pattern.split("."), path.split(".")) is fit


def test_an_unknown_key_of_a_row_is_named():
    with pytest.raises(build.TableError, match="request: unknown key 'scopes'"):
        build._check({"calls": [], "scopes": []}, build._REQUEST, "library x, request")


def test_the_prefilter_knows_the_libraries_that_tell_by_their_name_alone():
    from permlint.recognition import prefilter, tables

    telling = [name.encode() for name in tables.load().telling]
    assert all(any(stem in name for stem in prefilter._LIBRARIES) for name in telling)
    assert all(any(stem in name for name in telling) for stem in prefilter._LIBRARIES)
    assert prefilter.may_matter(b"from facepy import GraphAPI\n")
    assert not prefilter.may_matter(b"import threading\nthreads = []\n")


def test_what_libraries_use_are_permissions():
    from permlint import catalog
    from permlint.recognition import tables

    table = tables.load()
    rows = [row for index in (table.requests, table.carries) for found in index.values() for _, row in found]
    rows += [row for found in (*table.settings.values(), *table.mappings.values()) for row in found]
    used = {name for row in rows for name in row.get("uses", ())}
    assert "email" in used
    assert all(catalog.load().permission(name) is not None for name in used)
