"""Version names."""

from __future__ import annotations

import pytest

from permlint.catalog import CatalogError, compare_versions, parse_version


def test_parse() -> None:
    assert parse_version("v2.12") == (2, 12)
    assert parse_version("v19.0") == (19, 0)


@pytest.mark.parametrize("bad", ["v2", "2.12", "v2.x", "V2.0", "v2.0 ", "v².0", "v" + "1" * 5000 + ".0"])
def test_malformed(bad: str) -> None:
    with pytest.raises(CatalogError):
        parse_version(bad)


def test_versions_are_compared_as_numbers() -> None:
    assert compare_versions("v2.9", "v2.12") == -1
    assert compare_versions("v10.0", "v9.0") == 1
    assert compare_versions("v9.0", "v9.0") == 0
