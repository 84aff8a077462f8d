"""Bad input: each kind has its message, which names the thing and the cure, and its exit status; never a traceback."""

import datetime as dt
import os

import pytest

NOTHING = "no problems found"
NO_FILE = "nothing checked: no file of a kind that permlint reads (0 files looked at"
CASES = {
    "broken config": ({"permlint.toml": "a = ["}, ["check"], 2, "permlint.toml:1: not valid TOML: Invalid value"),
    "unknown key": (
        {"permlint.toml": "exlude = []"},
        ["check"],
        2,
        'permlint.toml:1: exlude: unknown key; did you mean "exclude"?',
    ),
    "wrong type, twice": (
        {"pyproject.toml": "[tool.permlint]\nexclude = 1\ntests = 'a'\n"},
        ["check"],
        2,
        (
            "pyproject.toml:2: exclude: must be a list of strings, not a number\n"
            "pyproject.toml:3: tests: must be a list of strings, not a string"
        ),
    ),
    "config not UTF-8": ({"permlint.toml": b"\xff"}, ["check"], 2, "permlint.toml:1: not UTF-8"),
    "declared without a reason": (
        {"permlint.toml": '[apps.a]\npaths = ["a"]\nneeds = [{permission = "email"}]'},
        ["scopes"],
        2,
        "permlint.toml:3: apps.a.needs: entry 1 needs a reason, a string that is not empty",
    ),
    "unknown rule in the config": (
        {"permlint.toml": 'ignore = ["removed-permision"]'},
        ["check"],
        2,
        "permlint.toml: no rule is called 'removed-permision'; did you mean removed-permission?",
    ),
    "unknown rule in severity": (
        {"permlint.toml": 'severity = {PRM999 = "error"}'},
        ["check"],
        2,
        "permlint.toml: no rule is called 'PRM999'; did you mean PRM903?",
    ),
    "no such version in the config": (
        {"permlint.toml": 'graph-version = "v2.13"'},
        ["check"],
        2,
        "permlint.toml: graph-version v2.13: no such Graph API version; the catalog of {catalog} knows none after {newest}",
    ),
    "two configs in a folder": (
        {"permlint.toml": "", "pyproject.toml": "[tool.permlint]"},
        ["check"],
        2,
        "{cwd}: both permlint.toml and pyproject.toml configure permlint here; keep one",
    ),
    "paths in two projects": (
        {"a/permlint.toml": "", "b/permlint.toml": ""},
        ["check", "a", "b"],
        2,
        "a (a/permlint.toml) and b (b/permlint.toml) are in two projects; run permlint for each of them",
    ),
    "missing path": ({}, ["check", "gone.py"], 2, "gone.py: no such file or folder"),
    "missing path for scopes": ({}, ["scopes", "gone"], 2, "gone: no such file or folder"),
    "dead link": ({}, ["check", "dead"], 2, "dead: a symbolic link that leads nowhere"),
    "link to itself": ({}, ["check", "loop"], 2, "loop: a symbolic link that leads nowhere"),
    "config missing": ({}, ["check", "--config", "x.toml"], 2, "x.toml: no such config file"),
    "config a folder": ({"x.toml": None}, ["check", "--config", "x.toml"], 2, "x.toml: is a folder, not a config file"),
    "config and isolated": (
        {"x.toml": ""},
        ["check", "--config", "x.toml", "--isolated"],
        2,
        "--config and --isolated exclude each other",
    ),
    "standard input without a name": (
        {},
        ["check", "-"],
        2,
        "the path - needs --stdin-filename PATH, the name of the file that comes on standard input",
    ),
    "a name without standard input": (
        {},
        ["check", "--stdin-filename", "a.py"],
        2,
        "--stdin-filename needs the path -, which stands for standard input",
    ),
    "a folder as the name": (
        {"a": None},
        ["check", "-", "--stdin-filename", "a"],
        2,
        "--stdin-filename a: must name a file, not a folder",
    ),
    "an empty name": (
        {},
        ["check", "-", "--stdin-filename", ""],
        2,
        "--stdin-filename '': must name a file, not a folder",
    ),
    "a name in no folder": (
        {},
        ["check", "-", "--stdin-filename", "no/a.py"],
        2,
        "--stdin-filename no/a.py: there is no folder {cwd}/no",
    ),
    "bad date": (
        {},
        ["check", "--as-of", "yesterday"],
        2,
        "--as-of yesterday: write the day as YYYY-MM-DD, such as {today}",
    ),
    "no such day": (
        {},
        ["check", "--as-of", "2026-02-30"],
        2,
        "--as-of 2026-02-30: no such day: day is out of range for month",
    ),
    "no such version": (
        {},
        ["check", "--graph-version", "v99.0"],
        2,
        "--graph-version v99.0: no such Graph API version; the catalog of {catalog} knows none after {newest}",
    ),
    "malformed version": (
        {},
        ["check", "--graph-version", "24"],
        2,
        "--graph-version 24: write a version as vN.N, such as {newest}",
    ),
    "a version not yet out": (
        {},
        ["scopes", "--graph-version", "v20.0", "--as-of", "2023-01-01"],
        2,
        "--graph-version v20.0: that version came out on 2024-05-21, after 2023-01-01, the day to judge as of",
    ),
    "unknown rule": (
        {},
        ["check", "--select", "PRM1,PRM999"],
        2,
        "no rule is called 'PRM999'; did you mean PRM903?",
    ),
    "unknown rule to explain": (
        {},
        ["rule", "removed-permision"],
        2,
        "no rule is called 'removed-permision'; did you mean removed-permission?",
    ),
    "several rules to explain": ({}, ["rule", "PRM90"], 2, "'PRM90' names several rules: PRM901, PRM902, PRM903"),
    "unknown permission": ({}, ["permission", "emial"], 2, "no permission is called 'emial'; did you mean email?"),
    "unknown family": ({}, ["permission", "--family", "x"], 2, "no family is called 'x'; there are "),
    "unknown status": (
        {},
        ["permission", "--status", "dead"],
        2,
        "no status is called 'dead'; there are active, deprecated, removed, unknown, future",
    ),
    "name and family": (
        {},
        ["permission", "email", "--family", "user"],
        2,
        "--family and --status choose what is listed; leave the name out",
    ),
    "unknown format": (
        {},
        ["check", "--format", "xml"],
        2,
        "Invalid value for '--format': 'xml' is not one of 'text', 'concise', 'json', 'sarif', 'github', 'gitlab', 'junit', 'rdjson'.",
    ),
    "a format of another command": (
        {},
        ["scopes", "--format", "concise"],
        2,
        "'concise' is not one of 'text', 'json'.",
    ),
    "unknown confidence": ({}, ["check", "--min-confidence", "0"], 2, "'0' is not one of 'high', 'medium', 'low'."),
    "unknown option": ({}, ["check", "--fromat", "json"], 2, "No such option '--fromat'"),
    "unknown command": ({}, ["chek"], 2, "No such command 'chek'"),
    "output a folder": ({"o": None}, ["check", "--output", "o"], 2, "--output o: is a folder; name a file"),
    "output in no folder": (
        {},
        ["check", "--output", "no/o.txt"],
        2,
        "--output no/o.txt: there is no folder {cwd}/no; create it first",
    ),
    "an empty folder": ({"sub": None}, ["check", "sub"], 0, NO_FILE),
    "no paths": ({}, ["check"], 0, NO_FILE),
    "an empty config": ({"permlint.toml": ""}, ["check"], 0, NO_FILE),
    "a file of another kind": (
        {"a.bin": b"\0\xff"},
        ["check", "a.bin"],
        0,
        "note: nothing to show of a.bin: not of a kind that permlint reads",
    ),
    "an excluded file": (
        {"vendor/a.py": "x", "permlint.toml": ""},
        ["check", "vendor/a.py"],
        0,
        "note: nothing to show of vendor/a.py: excluded from the project",
    ),
    "an excluded folder": (
        {"vendor/a.py": "x", "permlint.toml": ""},
        ["check", "vendor"],
        0,
        "note: nothing to show of vendor: excluded from the project",
    ),
    "a project in the project": (
        {"shop/permlint.toml": "", "shop/a.py": "", "b.py": ""},
        ["check"],
        0,
        "note: left out, since a config makes a project of its own: shop; run permlint there too",
    ),
    "many excluded files": (
        {f"build/{name}.py": "" for name in "abcde"} | {"permlint.toml": ""},
        ["check", *(f"build/{name}.py" for name in "abcde")],
        0,
        "note: nothing to show of build/a.py, build/b.py, build/c.py and 2 more: excluded from the project",
    ),
    "an empty file": ({"a.py": ""}, ["check"], 0, "no problems found (1 file looked at"),
    "a test": (
        {"test_a.py": "", "a.py": ""},
        ["check", "test_a.py"],
        0,
        "note: nothing to show of test_a.py: tests, examples or documentation, which are not judged",
    ),
    "a folder named twice": ({"a.py": ""}, ["check", ".", "."], 0, NOTHING),
    "NUL bytes": ({"a.py": b"x = 1\0\0"}, ["check"], 0, NOTHING),
    "binary": ({"a.py": bytes(range(256)) * 100}, ["check"], 0, NOTHING),
    "invalid UTF-8": ({"a.py": b"x = '\xff\xfe'\n"}, ["check"], 0, NOTHING),
    "a huge line": ({"a.py": b"x = '" + b"a" * 5_000_000 + b"'\n"}, ["check"], 0, NOTHING),
    "deep nesting": ({"a.py": b"x = " + b"[" * 100_000}, ["check"], 0, NOTHING),
    "a syntax error": ({"a.py": "def :\n"}, ["check"], 0, NOTHING),
    "Python 2": ({"a.py": "print 'email'\n"}, ["check"], 0, NOTHING),
    "an unknown encoding": ({"a.py": "# coding: klingon\n"}, ["check"], 0, NOTHING),
    "a broken notebook": ({"a.ipynb": "{"}, ["check"], 0, NOTHING),
    "a loop of folders": ({"d/a.py": ""}, ["check", "d"], 0, NOTHING),
    "standard input that is no text": ({}, ["check", "-", "--stdin-filename", "a.py"], 0, NOTHING),
}


@pytest.mark.parametrize("name", CASES)
def test_bad_input(project, command, name):
    files, args, status, message = CASES[name]
    folder = project(files)
    if name == "dead link":
        (folder / "dead").symlink_to(folder / "gone")
    if name == "link to itself":
        (folder / "loop").symlink_to(folder / "loop")
    if name == "a loop of folders":
        (folder / "d/again").symlink_to(folder / "d")
    done = command(*args, stdin=b"\0\xff")
    said = done.err if status or message.startswith("note: ") else done.out
    from permlint.catalog import load

    catalog = load()
    wanted = (
        message.replace("{cwd}", os.path.realpath(folder))
        .replace("{today}", dt.date.today().isoformat())  # noqa: DTZ011
        .replace("{catalog}", catalog.date.isoformat())
        .replace("{newest}", catalog.versions()[-1].name)
    )
    assert wanted in said
    assert done.status == status
    assert "Traceback" not in done.out + done.err
    if status:
        assert done.out == ""
        assert done.err.startswith(("Error: ", "Usage: "))
    if status and done.err.startswith("Error: "):
        assert done.err.startswith(f"Error: {wanted}")


@pytest.mark.parametrize("name", ["a.py", "d"])
def test_no_permission(project, monkeypatch, capsys, name):
    from permlint.cli import run

    monkeypatch.chdir(project({"a.py": "", "d": None}))
    monkeypatch.setattr(os, "access", lambda path, _: path != name)  # the administrator can read everything
    assert run(["check", name]) == 2
    assert capsys.readouterr().err == f"Error: {name}: no permission to read it\n"


@pytest.mark.skipif(os.name == "nt", reason="a folder in use cannot be removed")
def test_the_working_directory_is_gone(project, monkeypatch, capsys):
    from permlint.cli import run

    folder = project({"d": None})
    monkeypatch.chdir(folder / "d")
    (folder / "d").rmdir()
    assert run(["check"]) == 2
    assert capsys.readouterr().err == "Error: the working directory is gone\n"


def test_a_fault_of_our_own_is_said_to_be_one(monkeypatch, capsys):
    from permlint.cli import run

    def fail(*_args, **_options):
        raise RuntimeError("this\nis ours")

    monkeypatch.setattr("permlint.cli.check.open_project", fail)
    assert run(["check"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        "internal error in permlint 0.1.0: RuntimeError: this is ours\n"
        "Please report it, with what PERMLINT_DEBUG=1 in the environment adds to this message.\n"
    )
    monkeypatch.setenv("PERMLINT_DEBUG", "1")
    assert run(["check"]) == 2
    assert "Traceback" in capsys.readouterr().err


def test_a_reader_that_goes_away(project):
    import subprocess
    import sys

    script = f'"{sys.executable}" -m permlint permission | head -1; echo ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, cwd=project({}))
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""
