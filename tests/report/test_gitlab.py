"""GitLab's Code Quality report."""

import json
from dataclasses import replace

from permlint.places import Place


def test_a_report(rendered, diagnostic):
    note = replace(diagnostic, severity="note", place=Place("a.ipynb", 7, 1, 8, 1, 2))
    assert json.loads(rendered("gitlab", [diagnostic, note]).text) == [
        {
            "description": f"PRM104 missing-dependency: {diagnostic.message}",
            "check_name": "PRM104",
            "fingerprint": "0" * 32,
            "severity": "major",
            "location": {"path": "shop/storefront/scopes.py", "lines": {"begin": 2, "end": 2}},
        },
        {
            "description": f"PRM104 missing-dependency: {diagnostic.message} (cell 2, line 7)",
            "check_name": "PRM104",
            "fingerprint": "0" * 31 + "1",
            "severity": "info",
            "location": {"path": "shop/a.ipynb", "lines": {"begin": 1, "end": 1}},
        },
    ]
    assert rendered("gitlab", []).text == "[]\n"
