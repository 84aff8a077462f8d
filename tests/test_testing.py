from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from permlint.analysis import Analysis
from permlint.api import App, Example, Finding, Place, Request, Rule, Scope
from permlint.catalog import load
from permlint.testing import Expected, assert_examples, check_example, check_rule, expected, run_files


def test_markers():
    files = {
        "b.py": 'x = 1\ny = "a"  # <- PRM101 publish_actions, PRM104 pages_manage_posts\n',
        "a.js": "f();  // <- PRM401\n/* <- PRM902 */\n",
        "c.html": '<a>  <!-- <- PRM107 "a, b" -->',
        "d.py": "x  # permlint: ignore[PRM101] reason  # <- PRM903",
        "e.py": "x  # <- PRM107 Page Public Content Access",
        "f.py": 'x  # <- PRM107 "", PRM103 x',
        "g.py": "x  # < - PRM101",
    }
    assert expected(files) == [
        Expected("a.js", 1, "PRM401"),
        Expected("a.js", 2, "PRM902"),
        Expected("b.py", 2, "PRM101", "publish_actions"),
        Expected("b.py", 2, "PRM104", "pages_manage_posts"),
        Expected("c.html", 1, "PRM107", "a, b"),
        Expected("d.py", 1, "PRM903"),
        Expected("e.py", 1, "PRM107", "Page Public Content Access"),
        Expected("f.py", 1, "PRM103", "x"),
        Expected("f.py", 1, "PRM107", ""),
    ]
    assert str(Expected("a.py", 2, "PRM101", "x")) == "a.py:2 PRM101 x"


@pytest.mark.parametrize("text", ["# <- removed", "# <- PRM101 a, b", '# <- PRM101 "a'])
def test_a_marker_that_cannot_be_read(text):
    with pytest.raises(ValueError, match=r"a.py:1: not a marker"):
        expected({"a.py": text})


# The whole way, with an analysis that finds a login wherever a line asks for something


@pytest.fixture
def analysis(monkeypatch):
    seen = {}

    def analyse(config, files, *, as_of, graph_version=None, **_):
        seen.update(config=config, files=files, as_of=as_of, graph_version=graph_version)
        requests = []
        for path in files:
            for number, line in enumerate((Path(config.root) / path).read_text(encoding="utf-8").splitlines(), 1):
                if line.startswith("ask "):
                    name = line.split()[1]
                    place = Place(path, number, 5, number, 5 + len(name))
                    requests.append(Request(place, place, "facebook-login", "ask", (Scope(name, place, place),)))
        return Analysis((App("default", load().as_of(as_of, graph_version), requests=tuple(requests)),), len(files))

    monkeypatch.setattr("permlint.analysis.analyse", analyse)
    return seen


def test_runs_files_and_returns_diagnostics(analysis):
    found = run_files({"app/login.py": "\nask publish_actions\n", "notes.txt": "ask publish_actions"})
    assert [(each.place.path, each.place.line, each.code) for each in found] == [("app/login.py", 2, "PRM101")]
    assert analysis["files"] == ["app/login.py"]
    assert analysis["as_of"] == load().date


def test_obeys_a_config_among_the_files(analysis):
    files = {"permlint.toml": 'severity = {"PRM101" = "note"}\nexclude = ["old/**"]', "a.py": "ask publish_actions"}
    (found,) = run_files({**files, "old/a.py": "ask publish_actions"})
    assert found.severity == "note"
    assert analysis["files"] == ["a.py"]


@pytest.mark.usefixtures("analysis")
def test_a_pyproject_without_our_table_is_just_a_file():
    assert len(run_files({"pyproject.toml": "[project]\nname = 'x'\n", "a.py": "ask publish_actions"})) == 1


def test_options(analysis):
    run_files({"a.py": ""}, as_of="2024-03-01", graph_version="v18.0")
    assert (analysis["as_of"], analysis["graph_version"]) == (date(2024, 3, 1), "v18.0")


GOOD = Example({"a.py": "ask email\n"})
BAD = Example({"a.py": "ask email\nask publish_actions  # <- ABC101 publish_actions\n"})


def rule(bad=(BAD,), good=(GOOD,)):
    def check(app):
        for _, scope in app.scopes():
            if scope.text == "publish_actions":
                yield Finding(scope.place, "no", scope.text)

    return Rule("ABC101", "some-rule", "off", "s", "d", check, bad=bad, good=good)


@pytest.mark.usefixtures("analysis")
def test_examples_that_hold():
    assert check_example(rule(), BAD) == []
    assert check_example(rule(), GOOD) == []
    assert check_rule(rule()) == []
    assert_examples(rule())
    assert_examples([rule(), rule()])


@pytest.mark.usefixtures("analysis")
@pytest.mark.parametrize(
    ("bad", "good", "says"),
    [
        ([], [GOOD], ["no bad example"]),
        ([BAD], [], ["no good example"]),
        ([GOOD], [GOOD], ["bad example 1: a bad example, but no line ends in `# <- ABC101`"]),
        ([BAD], [BAD], ["good example 1: a good example, but it asks for a.py:2 ABC101 publish_actions"]),
        (
            [Example({"a.py": "ask publish_actions\nask email  # <- ABC101 email"}, title="mine")],
            [GOOD],
            [
                "bad example 1 (mine): missing: a.py:2 ABC101 email",
                "bad example 1 (mine): not asked for: a.py:1 ABC101 publish_actions",
            ],
        ),
        (
            [BAD],
            [Example({"a.py": "ask publish_actions"})],
            ["good example 1: not asked for: a.py:1 ABC101 publish_actions"],
        ),
    ],
)
def test_examples_that_do_not_hold(bad, good, says):
    wrong = rule(tuple(bad), tuple(good))
    assert check_rule(wrong) == says
    with pytest.raises(AssertionError) as caught:
        assert_examples(wrong)
    assert says[0] in str(caught.value)
