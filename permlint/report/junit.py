"""Diagnostics as JUnit XML, the form of test results that most CI systems read (https://github.com/testmoapp/junitxml)."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from permlint.report.common import in_file, message
from permlint.report.formats import Rendered
from permlint.report.source import disarm
from permlint.report.text import locate
from permlint.secrets import mask

if TYPE_CHECKING:
    from permlint.diagnostics import Diagnostic
    from permlint.report.formats import Report

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def render(report: Report) -> Rendered:
    """Returns the report in the format `junit`: a suite for each file, a test case for each finding.

    A finding that makes the run fail is a failed case; another one is a passed case that says it in its output. Without
    findings there is one passed case, since readers complain of a report that holds none.
    """
    name = report.run.tool.partition(" ")[0]
    root = ET.Element("testsuites", name=name)
    for path, found in groupby(report.diagnostics, lambda each: each.place.path):
        cases = [_case(each, report) for each in found]
        suite = _suite(root, report.show(path), cases)
        suite.extend(cases)
    if not report.diagnostics:
        cases = [ET.Element("testcase", name="no problems found", classname=name, time="0")]
        _suite(root, name, cases).extend(cases)
    for key in ("tests", "failures"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    root.set("errors", "0")
    ET.indent(root)
    return Rendered(ET.tostring(root, encoding="us-ascii", xml_declaration=True).decode("ascii") + "\n")


def _suite(root: ET.Element, name: str, cases: list[ET.Element]) -> ET.Element:
    failures = sum(case.find("failure") is not None for case in cases)
    counts = {"tests": str(len(cases)), "failures": str(failures), "errors": "0", "skipped": "0", "time": "0"}
    return ET.SubElement(root, "testsuite", {"name": _plain(name), **counts})


def _case(diagnostic: Diagnostic, report: Report) -> ET.Element:
    place = in_file(diagnostic.place)
    path = _plain(report.show(place.path))
    where = _plain(locate(diagnostic.place, report.show))
    title = f"{diagnostic.code} {diagnostic.name}"
    case = ET.Element(
        "testcase",
        {"name": f"{title} at {where}", "classname": path, "file": path, "line": str(place.line), "time": "0"},
    )
    said = _plain(message(diagnostic))
    text = f"{where}: {title}\n{said}\n"
    if diagnostic.help:
        text += f"help: {_plain(mask(diagnostic.help))}\n"
    if report.fails(diagnostic):
        ET.SubElement(case, "failure", type=diagnostic.severity, message=said).text = text
    else:
        ET.SubElement(case, "system-out").text = text
    return case


def _plain(text: str) -> str:
    """A text without what XML can't hold."""
    return _NOT_IN_XML.sub("\ufffd", disarm(text))
