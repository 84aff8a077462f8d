"""JUnit XML."""

from dataclasses import replace
from xml.etree import ElementTree as ET

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permlint.places import Place


def test_a_report(rendered, diagnostic):
    warning = replace(diagnostic, severity="warning", place=replace(diagnostic.place, line=9, end_line=9))
    note = replace(diagnostic, severity="note", place=Place("z.ipynb", 7, 1, 8, 1, 2), help="")
    root = ET.fromstring(rendered("junit", [diagnostic, warning, note]).text)
    assert root.attrib == {"name": "permlint", "tests": "3", "failures": "2", "errors": "0"}
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root] == [
        ("storefront/scopes.py", "2", "2"),
        ("z.ipynb", "1", "0"),
    ]
    first = root[0][0]
    assert (first.get("name"), first.get("file"), first.get("line")) == (
        "PRM104 missing-dependency at storefront/scopes.py:2:6",
        "storefront/scopes.py",
        "2",
    )
    assert first.find("failure").attrib == {"type": "error", "message": diagnostic.message}
    assert first.find("failure").text.endswith(f"\nhelp: {diagnostic.help}\n")
    last = root[1][0]
    assert last.find("failure") is None
    assert "z.ipynb:cell 2:7:1" in last.find("system-out").text


def test_nothing_found_is_a_passed_case(rendered):
    root = ET.fromstring(rendered("junit", []).text)
    assert (root.get("tests"), root.get("failures")) == ("1", "0")
    assert root[0][0].get("name") == "no problems found"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(), min_size=1))
def test_any_text_makes_xml(rendered, diagnostic, text):
    wild = replace(diagnostic, message=text, help=text, place=replace(diagnostic.place, path=text))
    made = rendered("junit", [wild]).text
    assert made.isascii()
    assert len(ET.fromstring(made)) == 1
