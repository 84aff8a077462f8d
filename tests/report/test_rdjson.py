"""reviewdog's format."""

import json
from dataclasses import replace

import pytest

from permlint.diagnostics import Edit, Fix
from permlint.places import Place


def test_a_report(rendered, diagnostic):
    files = {"storefront/scopes.py": 'SCOPES = (\n"\u00e9\U00010400", "pages_manage_posts")\n'}
    there = Place("storefront/scopes.py", 2, 7, 2, 25)
    fix = Fix("drop it", safe=True, edits=(Edit(there, "x"),))
    data = json.loads(rendered("rdjson", [replace(diagnostic, place=there, fix=fix)], files).text)
    assert data["source"] == {"name": "permlint"}
    (only,) = data["diagnostics"]
    # Columns count bytes of UTF-8: the first two letters take six.
    place = {"start": {"line": 2, "column": 11}, "end": {"line": 2, "column": 29}}
    assert only == {
        "message": f"{diagnostic.message}\nhelp: {diagnostic.help}",
        "location": {"path": "storefront/scopes.py", "range": place},
        "severity": "ERROR",
        "code": {"value": "PRM104"},
        "related_locations": [
            {
                "message": "asked for by Facebook Login",
                "location": {
                    "path": "storefront/login.py",
                    "range": {"start": {"line": 31, "column": 5}, "end": {"line": 31, "column": 9}},
                },
            }
        ],
        "suggestions": [{"range": place, "text": "x"}],
    }


@pytest.mark.parametrize(
    ("safe", "others"), [(True, (Edit(Place("other.py", 1, 1, 1, 2), ""),)), (False, ())], ids=["several", "unsafe"]
)
def test_what_is_no_suggestion(rendered, diagnostic, safe, others):
    edits = (Edit(diagnostic.place, "x"), *others)
    whole = replace(diagnostic, fix=Fix("both", safe=safe, edits=edits))
    (only,) = json.loads(rendered("rdjson", [whole]).text)["diagnostics"]
    assert "suggestions" not in only
