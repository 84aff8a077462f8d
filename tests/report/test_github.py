"""Annotations of GitHub Actions, and the summary of a job."""

import re
from dataclasses import replace

from permlint.facts import Unreadable
from permlint.places import Place
from permlint.report import github
from permlint.report.formats import Baseline


def read(line):
    """A workflow command as the runner reads it: its name, properties and message."""
    name, properties, message = re.fullmatch(r"::(\w+) ([^\n]*?)::([^\n]*)", line).groups()
    back = {"%0A": "\n", "%0D": "\r", "%3A": ":", "%2C": ",", "%25": "%"}

    def unescape(text):
        return re.sub("%(?:0A|0D|3A|2C|25)", lambda found: back[found[0]], text)

    pairs = dict(pair.split("=", 1) for pair in properties.split(","))
    return name, {key: unescape(value) for key, value in pairs.items()}, unescape(message)


def test_a_command(rendered, diagnostic):
    (line,) = rendered("github", [diagnostic]).text.splitlines()
    assert read(line) == (
        "error",
        {
            "file": "shop/storefront/scopes.py",
            "line": "2",
            "endLine": "2",
            "col": "6",
            "endColumn": "24",
            "title": "PRM104 missing-dependency",
        },
        f"shop/storefront/scopes.py:2:6: PRM104 {diagnostic.message}\nhelp: {diagnostic.help}",
    )


def test_nothing_breaks_out_of_a_command(rendered, diagnostic):
    path = "a,b: 100%25::x\n.py"
    wild = replace(diagnostic, place=Place(path, 1, 1, 3, 1), message="50% of a::b,\r\n::error::x", help="")
    (line,) = rendered("github", [wild]).text.splitlines()
    name, properties, message = read(line)
    assert (name, properties["file"]) == ("error", f"shop/{path}")
    assert "col" not in properties
    assert message.endswith("PRM104 50% of a::b,\ufffd\n::error::x")


def test_severities(rendered, diagnostic):
    found = [replace(diagnostic, severity=severity) for severity in ("error", "warning", "note")]
    names = [read(line)[0] for line in rendered("github", found).text.splitlines()]
    assert names == ["error", "warning", "notice"]


def test_what_github_does_not_show_is_said(rendered, diagnostic):
    assert rendered("github", [diagnostic] * 10).notes == ()
    (note,) = rendered("github", [diagnostic] * 11).notes
    assert note.startswith("GitHub shows 10 annotations of a kind for each step, and there are 11 errors; ")


def test_the_summary(rendered, diagnostic):
    wild = replace(
        diagnostic, severity="note", message="a|b <script> *x* `y`\nz [l](u)", place=Place("a b.py", 4, 1, 4, 2)
    )
    bad = Unreadable(Place("c.py", 1, 1, 1, 1), "it is not Python")
    made = rendered("github", [diagnostic, wild], unreadable=[bad], baseline=Baseline(3, ())).summary
    assert made.splitlines() == [
        "### permlint: 1 error, 1 note",
        "",
        "**1 file could not be read.**",
        "",
        "12 files looked at, 31 of 34 Graph calls resolved, 3 findings held back as old; permlint 0.1.0, catalog of 2026-09-20, as of 2026-11-21.",
        "",
        "| | rule | where | what |",
        "| --- | --- | --- | --- |",
        "| error | PRM104 missing-dependency | shop/storefront/scopes.py:2 | "
        + diagnostic.message.replace("_", "\\_")
        + " |",
        "| note | PRM104 missing-dependency | shop/a b.py:4 | a\\|b &lt;script&gt; \\*x\\* \\`y\\` z \\[l\\](u) |",
    ]
    assert rendered("github", []).summary.startswith("### permlint: no problems found\n")


def test_the_summary_keeps_to_its_limit(rendered, diagnostic, monkeypatch):
    monkeypatch.setattr(github, "MOST_SUMMARY", 2000)
    made = rendered("github", [diagnostic] * 50).summary
    assert len(made.encode()) <= 2000
    left_out = int(re.search(r"\n(\d+) more: ", made)[1])
    assert left_out + made.count("| error |") == 50
