"""The commands around the analysis: what is selected, shown, written, and with which exit status.

The analysis is replaced by one that finds a removed permission in each line `ask("...")` of the project's Python files.
"""

import json
import re
import sys

import pytest

from permlint.analysis import Analysis
from permlint.app import App
from permlint.catalog import load
from permlint.cli import run
from permlint.facts import Request, Scope, UnresolvedScope
from permlint.files import read_file
from permlint.places import Place

ASK = 'ask("publish_actions")\n'


@pytest.fixture
def calls(monkeypatch):
    """What the analysis was called with."""
    made = []

    def analyse(config, files, **options):
        made.append((config, files, options))
        by_app = {}
        for path in files:
            text = options["overlay"][path] if path in options["overlay"] else read_file(config.root, path)
            for number, line in enumerate(text.decode().splitlines(), 1):
                found = re.match(r'ask\("(.*)"\)', line)
                if found and not config.is_test(path):
                    place = Place(path, number, 6, number, 6 + len(found[1]))
                    statement = Place(path, number, 1, number, len(line) + 1)
                    asked = Request(
                        statement, statement, "facebook-login", "ask()", (Scope(found[1], place, statement),)
                    )
                    for app in config.apps_of(path):
                        by_app.setdefault(app, []).append(asked)
        view = load().as_of(options["as_of"], options["graph_version"])
        statement = Place("a.py", 1, 1, 1, 2)
        unresolved = (
            (UnresolvedScope(statement, statement, "user_{}", "built from a variable"),) if "b.py" in files else ()
        )
        apps = tuple(App(name, view, tuple(found), unresolved=unresolved) for name, found in by_app.items())
        return Analysis(apps, len(files), {"gone": 1} if "gone.py" in files else {})

    monkeypatch.setattr("permlint.analysis.analyse", analyse)
    return made


@pytest.fixture
def lint(project, calls, monkeypatch, capsys):  # noqa: ARG001 -- the analysis is replaced
    """Runs a command in this process and returns its status, stdout and stderr; the time in the summary is `T`."""

    def command(files, *args):
        monkeypatch.chdir(project(files))
        monkeypatch.setenv("NO_COLOR", "1")
        status = run(args)
        captured = capsys.readouterr()
        return status, re.sub(r"\d\.\d s\)", "T s)", captured.out), captured.err

    return command


def test_text(lint):
    status, out, err = lint({"shop/a.py": "x = 1\n" + ASK, "permlint.toml": ""}, "check", "--select", "PRM101")
    assert (status, err) == (1, "")
    head, source, mark, *_ = out.splitlines()
    assert head == "shop/a.py:2:6  error  PRM101 removed-permission"
    assert source == '    2 | ask("publish_actions")'
    assert mark.startswith("      |      ^^^^^^^^^^^^^^^ ")
    assert out.endswith("\n\n1 error in 1 file (1 file looked at, T s)\n")


def test_nothing_found(lint):
    assert lint({"a.py": "", "gone.py": ""}, "check") == (
        0,
        "no problems found (2 files looked at, 1 skipped: 1 gone, T s)\n",
        "",
    )
    assert lint({}, "check", "--quiet") == (0, "", "")
    assert lint({}, "check", "--format", "concise") == (0, "", "")


def test_concise_and_statistics(lint):
    files = {"a.py": ASK, "b/c.py": ASK}
    status, out, _ = lint(files, "check", "--format", "concise", "--select", "PRM1", "--statistics")
    assert status == 1
    first, second, third = out.splitlines()
    assert first.startswith("a.py:1:6: PRM101 removed-permission publish_actions ")
    assert second.startswith("b/c.py:1:6: PRM101 removed-permission publish_actions ")
    assert third == "2  PRM101 removed-permission"


def test_json(lint):
    status, out, _ = lint({"a.py": ASK}, "check", "--format", "json", "--as-of", "2026-11-21", "--select", "PRM101")
    data = json.loads(out)
    assert status == 1
    assert (data["tool"], data["as_of"], data["catalog"]) == ("permlint 0.1.0", "2026-11-21", load().date.isoformat())
    assert [(each["code"], each["path"], each["permission"]) for each in data["diagnostics"]] == [
        ("PRM101", "a.py", "publish_actions")
    ]
    assert data["summary"] == {"files": 1, "skipped": 0, "errors": 1, "warnings": 0, "notes": 0}


def test_paths_select_what_is_shown_and_the_project_is_judged_whole(lint, calls):
    files = {"permlint.toml": "", "a.py": ASK, "b/c.py": ASK, "bc.py": ASK}
    _, out, _ = lint(files, "check", "b", "--format", "concise", "--select", "PRM101")
    assert [line.split(":")[0] for line in out.splitlines()] == ["b/c.py"]
    assert calls[0][1] == ["a.py", "b/c.py", "bc.py"]
    assert lint({}, "check", "b/../a.py", "bc.py", "--format", "concise", "--select", "PRM101")[1].count("\n") == 2
    assert lint({"d.py": ""}, "check", "d.py")[0] == 0


@pytest.mark.usefixtures("calls")
def test_paths_are_relative_to_the_working_directory(project, monkeypatch, capsys):
    monkeypatch.chdir(project({"permlint.toml": "", "a.py": ASK, "b/c.py": ASK, "b/d/e.py": ""}) / "b/d")
    assert run(["check", "../..", "--format", "concise", "--select", "PRM101"]) == 1
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["../../a.py", "../c.py"]


def test_selection(lint):
    def codes(*args, config=""):
        out = lint({"a.py": ASK * 2, "permlint.toml": config}, "check", "--format", "json", *args)[1]
        return sorted({each["code"] for each in json.loads(out)["diagnostics"]})

    assert "PRM101" in codes()
    assert codes("--select", "removed-permission") == ["PRM101"]
    assert codes("--select", "PRM1", "--ignore", "PRM101") == []
    assert codes("--ignore", "PRM101,PRM9", "--ignore", "PRM1") == []
    assert codes(config='select = ["PRM9"]') == []
    assert codes("--extend-select", "PRM101", config='select = ["PRM9"]') == ["PRM101"]
    assert codes("--select", "PRM101", config='select = ["PRM9"]') == ["PRM101"]
    assert codes(config='ignore = ["PRM101"]') == []
    assert codes("--select", "PRM101", config='ignore = ["PRM101"]') == ["PRM101"]
    assert codes(config='severity = {PRM101 = "off"}') == []
    assert codes(config='per-file-ignores = {"a.py" = ["PRM1"]}') == []
    assert codes(config='per-file-ignores = {"b.py" = ["PRM1"]}') == ["PRM101"]


@pytest.mark.parametrize(
    ("config", "args", "status"),
    [
        ("", [], 1),
        ("", ["--exit-zero"], 0),
        ('fail-on = "error"', [], 1),
        ('fail-on = "never"', [], 0),
        ('severity = {PRM101 = "warning"}', [], 1),
        ('severity = {PRM101 = "warning"}\nfail-on = "error"', [], 0),
        ('severity = {PRM101 = "note"}', [], 0),
        ('severity = {PRM101 = "note"}\nfail-on = "note"', [], 1),
    ],
)
@pytest.mark.parametrize("format_", ["text", "concise", "json"])
def test_exit_status_never_depends_on_the_format(lint, config, args, status, format_):
    found = lint({"a.py": ASK, "permlint.toml": config}, "check", "--select", "PRM101", "--format", format_, *args)
    assert found[0] == status
    assert found[1]


def test_standard_input_replaces_a_file(lint, calls, monkeypatch):
    import io

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n\n" + ASK.encode())))
    args = ["check", "-", "--stdin-filename", "a.py", "--select", "PRM101"]
    status, out, _ = lint({"a.py": "x = 1\n", "b.py": ASK, "permlint.toml": ""}, *args)
    assert status == 1
    assert out.startswith('a.py:3:6  error  PRM101 removed-permission\n    3 | ask("publish_actions")\n')
    assert "b.py" not in out
    assert calls[0][2]["overlay"] == {"a.py": b"\n\n" + ASK.encode()}


def test_standard_input_can_be_a_new_file(lint, calls, monkeypatch):
    import io

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ASK.encode())))
    assert (
        lint({"b.py": "", "permlint.toml": ""}, "check", "-", "--stdin-filename", "new.py", "--select", "PRM101")[0]
        == 1
    )
    assert calls[0][1] == ["b.py", "new.py"]


def test_output_to_a_file(lint, tmp_path):
    args = ["check", "--select", "PRM101", "--output", "report.txt"]
    assert lint({"a.py": ASK, "permlint.toml": "", "report.txt": "old"}, *args) == (1, "", "")
    text = (tmp_path / "report.txt").read_text()
    assert text.startswith("a.py:1:6  error  PRM101 removed-permission\n")
    assert [path.name for path in tmp_path.iterdir() if "report" in path.name] == ["report.txt"]


def test_output_through_a_link_keeps_the_link(lint, tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert lint({"a.py": ""}, "check", "--output", "link")[0] == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text().startswith("no problems found")


def test_output_that_fails_leaves_the_old_file(lint, tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    status, out, err = lint({"a.py": "", "report.txt": "old"}, "check", "--output", "report.txt")
    assert (status, out) == (2, "")
    assert err == "Error: --output report.txt: cannot be written: No space left on device\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.py", "report.txt"]
    assert (tmp_path / "report.txt").read_text() == "old"


def test_min_confidence(lint, monkeypatch):
    from dataclasses import replace

    from permlint import engine

    real = engine.run

    def unsure(*args, **options):
        result = real(*args, **options)
        return replace(result, diagnostics=tuple(replace(each, confidence="medium") for each in result.diagnostics))

    monkeypatch.setattr(engine, "run", unsure)
    files = {"a.py": ASK, "permlint.toml": ""}
    assert lint(files, "check", "--select", "PRM101")[0] == 1
    assert lint(files, "check", "--select", "PRM101", "--min-confidence", "medium")[0] == 1
    assert lint(files, "check", "--select", "PRM101", "--min-confidence", "high")[0] == 0
    assert lint(files | {"permlint.toml": 'min-confidence = "high"'}, "check", "--select", "PRM101")[0] == 0
    assert lint({}, "check", "--select", "PRM101", "--min-confidence", "low")[0] == 1


def test_apps(lint):
    config = '[apps.shop]\npaths = ["shop/"]\n[apps.admin]\npaths = ["admin/", "shop/"]\n'
    files = {"shop/a.py": ASK, "permlint.toml": config}
    _, out, _ = lint(files, "check", "--select", "PRM101", "--format", "json")
    assert sorted(each["app"] for each in json.loads(out)["diagnostics"]) == ["admin", "shop"]
    assert "(app: shop)" in lint({}, "check", "--select", "PRM101")[1]


def test_options_reach_the_analysis(lint, calls, tmp_path, monkeypatch):
    monkeypatch.setenv("PERMLINT_CACHE_DIR", str(tmp_path / "cache"))
    lint({"a.py": ""}, "check", "--as-of", "2024-03-01", "--graph-version", "v19.0", "--no-cache")
    lint({}, "check")
    first, second = (options for _, _, options in calls)
    assert (first["as_of"].isoformat(), first["graph_version"], first["cache"]) == ("2024-03-01", "v19.0", None)
    assert str(second["cache"]) == str(tmp_path / "cache" / "permlint")


def test_scopes(lint):
    files = {"a.py": ASK, "b.py": 'ask("email")', "permlint.toml": ""}
    status, out, err = lint(files, "scopes", "--graph-version", "v24.0")
    assert (status, err) == (0, "")
    assert (
        out
        == """\
app default (Graph API v24.0)
  Facebook Login: 2 permissions, asked for in 2 places
    a.py:1:1  ask()
    b.py:1:1  ask()
      email            b.py:1:6
      publish_actions  a.py:1:6
  not known whether used
    email: the app makes no call with it that permlint can see
  not known from the source
    a.py:1:1  user_{}: built from a variable
"""
    )
    _, out, _ = lint({}, "scopes", "b.py", "--format", "json")
    (app,) = json.loads(out)["apps"]
    assert [scope["permission"] for request in app["requests"] for scope in request["scopes"]] == ["email"]
    assert (
        lint({}, "scopes", "--unresolved", "--graph-version", "v24.0")[1]
        == """\
app default (Graph API v24.0)
  not known from the source
    a.py:1:1  user_{}: built from a variable
"""
    )


def test_scopes_of_nothing(lint):
    assert lint({"readme.md": ""}, "scopes") == (0, "no file of the project asks for anything\n", "")
    assert json.loads(lint({}, "scopes", "--format", "json")[1])["apps"] == []


def test_rule(lint):
    status, out, _ = lint({}, "rule", "prm101")
    assert status == 0
    assert out.startswith("# PRM101 removed-permission\n")
    assert lint({}, "rule", "removed-permission")[1] == out
    _, out, _ = lint({}, "rule")
    assert re.search(r"^PRM101  removed-permission +error    \S", out, re.MULTILINE)
    rules = json.loads(lint({}, "rule", "--format", "json")[1])["rules"]
    assert {"code", "name", "severity", "summary"} == set(rules[0])
    one = json.loads(lint({}, "rule", "PRM101", "--format", "json")[1])
    assert one["code"] == "PRM101"
    assert one["bad"]


def test_permission(lint):
    status, out, _ = lint({}, "permission", "pages_manage_posts", "--as-of", "2024-03-01", "--graph-version", "v19.0")
    assert status == 0
    assert out.startswith("pages_manage_posts\n")
    assert "  status        active, as of 2024-03-01 and v19.0: It can be asked for.\n" in out
    assert "  depends on    pages_read_engagement\n                pages_show_list\n" in out
    data = json.loads(lint({}, "permission", "pages_manage_posts", "--format", "json")[1])
    assert data["name"] == "pages_manage_posts"


def test_a_removed_permission(lint):
    _, out, _ = lint({}, "permission", "publish_stream")
    assert "removed" in out
    assert "  use instead   nothing replaces it\n" in out


def test_what_is_no_permission(lint):
    status, out, _ = lint({}, "permission", "Page Public Content Access")
    assert status == 0
    assert "is not a permission.\n" in out
    assert "is a feature of App Review: switched on for an app, never asked for at login.\n" in out


def test_permissions(lint):
    names = [line.split()[0] for line in lint({}, "permission")[1].splitlines()]
    assert names == [permission.name for permission in load().permissions()]
    data = json.loads(lint({}, "permission", "--status", "removed", "--family", "pages", "--format", "json")[1])
    assert {row["status"] for row in data["permissions"]} == {"removed"}
    assert {row["family"] for row in data["permissions"]} == {"pages"}


def test_version(lint):
    assert lint({}, "--version") == (0, f"permlint 0.1.0 (catalog of {load().date})\n", "")


def test_help_names_every_command(lint):
    status, out, _ = lint({}, "--help")
    assert status == 0
    assert [line.split()[0] for line in out.partition("Commands:\n")[2].splitlines()] == [
        "baseline",
        "check",
        "clean",
        "config",
        "diff",
        "endpoint",
        "grants",
        "permission",
        "rule",
        "scopes",
        "server",
    ]


def test_an_old_catalog_is_said_once(lint, monkeypatch):
    import datetime as dt

    from permlint.cli import dates

    day = load().date + dt.timedelta(days=366)
    monkeypatch.setattr(dates, "today", lambda: day)
    said = f"note: the catalog is of {load().date}, more than a year old; a newer permlint knows what changed since\n"
    assert lint({"a.py": ""}, "check")[2] == said
    assert lint({"a.py": ""}, "check", "--as-of", "2026-11-21")[2] == said, "today counts, not the day to judge as of"
    assert lint({}, "check", "--quiet")[2] == ""
    monkeypatch.setattr(dates, "today", lambda: day - dt.timedelta(days=1))
    assert lint({}, "check")[2] == ""


def test_the_date_of_the_catalog_is_read_without_loading_it(monkeypatch):
    from permlint import catalog
    from permlint.cli.dates import catalog_date

    date = load().date.isoformat()
    monkeypatch.delattr(catalog, "load")
    assert catalog_date() == date


def test_clean(lint, tmp_path, monkeypatch):
    monkeypatch.setenv("PERMLINT_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "cache/permlint"
    assert lint({}, "clean") == (0, "the cache is empty\n", "")
    files = {"cache/permlint/a/b": "", "cache/permlint/c": "", "cache/other": ""}
    assert lint(files, "clean") == (0, f"removed 2 cached files from {folder}\n", "")
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["other"], "what is not ours stays"


def test_clean_that_fails(lint, tmp_path, monkeypatch):
    def fail(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setenv("PERMLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr("shutil.rmtree", fail)
    folder = tmp_path / "cache/permlint"
    assert lint({"cache/permlint/a": ""}, "clean") == (2, "", f"Error: {folder} cannot be removed: Permission denied\n")


def test_the_cache_folder():
    from permlint.files.cache import cache_folder

    assert cache_folder({"PERMLINT_CACHE_DIR": "/a", "XDG_CACHE_HOME": "/b"}) == "/a/permlint"
    assert cache_folder({"XDG_CACHE_HOME": "/b"}) == "/b/permlint"


def test_progress_is_shown_on_a_terminal_only_and_after_a_second(monkeypatch):
    import io
    import time

    from permlint.cli.progress import Progress

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        now = [0.0]
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setattr(time, "monotonic", lambda now=now: now[0])
        with Progress() as progress:
            progress(1, 10)
            now[0] = 1.5
            progress(5, 10)
            progress(6, 10)
            progress(0, 0)
        text = "\r  [############------------] 5 of 10 files\x1b[K\r\x1b[K"
        assert stream.getvalue() == (text if shown else "")
