"""The endpoints' files read whole: shape, order, names, dates, and that the compiled files are made from them."""

from __future__ import annotations

import copy
import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from permlint.catalog import load
from permlint.catalog.endpoint_build import (
    COMPILED,
    DATA,
    HOSTS,
    SDK,
    compiled,
    compiled_hosts,
    compiled_sdk,
    hosts_problems,
    problems,
    read_hosts,
    read_rows,
    read_sdk,
    sdk_problems,
)
from permlint.catalog.endpoints import load_endpoints
from permlint.catalog.hosts import FAMILIES, ME, SAME

Files = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def files() -> Files:
    return read_rows()


def rows_of(files: Files) -> list[dict[str, Any]]:
    return [row for file, rows in files.items() if file not in ("node", "sign") for row in rows]


def test_nothing_is_wrong_with_the_data(files: Files) -> None:
    assert problems(files) == []
    assert sdk_problems(read_sdk()) == []
    assert hosts_problems(read_hosts(), files) == []


def test_the_compiled_files_are_fresh(files: Files) -> None:
    again = "run: python -m permlint.catalog.endpoint_build"
    assert COMPILED.read_text(encoding="utf-8") == compiled(files, read_sdk()), again
    assert SDK.read_text(encoding="utf-8") == compiled_sdk(read_sdk()), again
    assert HOSTS.read_text(encoding="utf-8") == compiled_hosts(read_hosts()), again


def test_compiling_does_not_depend_on_the_order_of_files(files: Files) -> None:
    assert compiled(dict(reversed(files.items())), read_sdk()) == compiled(files, read_sdk())


def test_every_row_has_a_source_and_a_date(files: Files) -> None:
    rows = rows_of(files)
    assert len(rows) > 750
    for row in rows:
        for said in (row, *row.get("also", ()), *row.get("against", ())):
            assert said["source"].startswith("https://") or "address is not known" in said["source"], row
            assert date(2010, 1, 1) <= said["date"] <= date(2026, 11, 22), row


def test_every_row_is_compiled(files: Files) -> None:
    assert len(load_endpoints().rows) == len(rows_of(files))


def test_every_permission_exists() -> None:
    catalog = load()
    for row in load_endpoints().rows:
        assert all(catalog.canonical(name) == name for name in row.named), row.endpoint


def test_hosts_belong_to_a_family() -> None:
    for row in load_endpoints().rows:
        assert set(row.hosts) <= FAMILIES.keys(), row.endpoint


def test_hosts_are_those_of_their_rows() -> None:
    assert SAME["graph-video.facebook.com"] == "graph.facebook.com"
    assert set(SAME.values()) <= FAMILIES.keys()
    assert ME.keys() == set(FAMILIES.values())
    assert ME["facebook"] == {"user", "page"}


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("host", {"name": "zzz"}, "not sorted"),
        ("host", {"source": ""}, "lacks a source"),
        ("host", {"like": "graph.facebook.com"}, "either family or like"),
        ("host", {"family": "myspace"}, "names no family"),
        ("family", {"me": ["user", "page"]}, "me is not sorted"),
        ("family", {"me": ["robot"]}, "names no node"),
        ("family", {"date": "today"}, "lacks a source or a date"),
    ],
)
def test_wrong_hosts_are_told(files: Files, table: str, change: dict[str, Any], said: str) -> None:
    data = copy.deepcopy(read_hosts())
    data[table][0] |= change
    assert any(said in line for line in hosts_problems(data, files))


def test_every_endpoint_can_be_found() -> None:
    endpoints = load_endpoints()
    day = date(2026, 11, 21)
    for row in endpoints.rows:
        if row.kind in ("dead", "webhook", "unplaced") or row.fields or not row.holds(day.isoformat()):
            continue
        segments = [None if "{" in part else "any" if part == "*" else part for part in row.segments]
        found = endpoints.needs(
            host=row.hosts[0], method=row.method, segments=segments, parameters=None, node=row.node, day=day
        )
        if row.segments[-1:] != ("*",) or found.known:
            assert row in found.rows, row.endpoint


def test_text_is_short(files: Files) -> None:
    for row in rows_of(files):
        assert len(row.get("note", "")) <= 140, row
        assert len(row.get("circumstance", "")) <= 80, row


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"all_of": ["no_such_permission"]}, "no_such_permission is no permission"),
        ({"all_of": []}, "a need that names nothing"),
        ({"sure": ["email"]}, "sure holds what all_of lacks"),
        ({"path": "/{nonsense-id}"}, "an unknown node: nonsense"),
        ({"path": "feed"}, "a path of unknown form"),
        ({"confidence": "sure"}, "confidence is sure"),
        ({"when": [{"param": "x"}]}, "a condition of unknown form"),
        ({"when": [{"param": "x", "is": ["y"], "or": 1}]}, "a condition of unknown form"),
        ({"or_feature": ["No Such Feature"]}, "is no feature"),
        ({"surprise": 1}, "unknown key surprise"),
        ({"since": "2020-01-01"}, "since is of the wrong type"),
        ({"date": None}, "a source without a name or a date"),
    ],
)
def test_wrong_rows_are_told(files: Files, change: dict[str, Any], said: str) -> None:
    wrong = copy.deepcopy(files)
    row = next(row for row in wrong["endpoints_messenger.toml"] if row["kind"] == "need")
    row.update(change)
    assert any(said in line for line in problems(wrong))


def test_order_is_told(files: Files) -> None:
    wrong = dict(files)
    wrong["endpoints_pages.toml"] = list(reversed(files["endpoints_pages.toml"]))
    assert any("not sorted" in line for line in problems(wrong))


def test_reading_needs_no_toml_and_no_endpoints_come_with_the_catalog() -> None:
    code = (
        "import sys, permlint.catalog as c; c.load()\n"
        "assert 'permlint.catalog.endpoints' not in sys.modules\n"
        "import permlint.catalog.endpoints as e, permlint.catalog.endpoint_sdk as s\n"
        "e.load_endpoints(); s.load_sdk()\n"
        "assert not {'tomli', 'tomllib', 'pathlib', 'urllib.parse', 'permlint.catalog.endpoint_build'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=False, cwd=DATA.parents[2]
    )
    assert done.returncode == 0, done.stderr
