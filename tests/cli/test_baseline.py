"""Old findings are held back, new ones shown, by the real command."""

import json

import pytest

DIALOG = """\
from urllib.parse import urlencode

SCOPES = [
    "email",
    "publish_actions",
]
URL = "https://www.facebook.com/v24.0/dialog/oauth?" + urlencode({"scope": ",".join(SCOPES)})
"""
SELECT = ["--select", "PRM101,PRM103"]
OPTIONS = ["--as-of", "2026-11-21"]
CHECK = ["check", *OPTIONS, *SELECT, "--baseline", "permlint-baseline.json", "--format", "concise"]
CONFIG = 'select = ["PRM101", "PRM103"]\n'


@pytest.fixture
def based(project, command):
    """A project with a baseline."""
    folder = project({"permlint.toml": CONFIG, "login.py": DIALOG})
    assert command("check", *OPTIONS).status == 1
    done = command("baseline", *OPTIONS)
    assert (done.status, done.out, done.err) == (0, "wrote 1 finding to permlint-baseline.json\n", "")
    return folder


@pytest.mark.usefixtures("based")
def test_what_is_old_is_held_back(command):
    done = command(*CHECK)
    assert (done.status, done.out, done.err) == (0, "", "")
    done = command("check", *OPTIONS, "--baseline", "permlint-baseline.json")
    assert done.out.startswith("no new problems found (1 file looked at, 1 finding held back as old, ")


def test_moved_lines_and_new_neighbours_change_nothing(based, command):
    (based / "login.py").write_text("import os\n\n\n" + DIALOG.replace('"email",', '"email",\n    "user_photos",'))
    assert command(*CHECK)[:2] == (0, "")


def test_what_is_new_is_shown(based, command):
    (based / "login.py").write_text(DIALOG.replace('"email",', '"email",\n    "publish_stream",'))
    done = command(*CHECK)
    assert (done.status, done.out.split(" publish_stream")[0]) == (1, "login.py:5:6: PRM101 removed-permission")
    assert done.out.count("\n") == 1


def test_a_second_one_of_the_same_is_new(based, command):
    (based / "login.py").write_text(
        DIALOG.replace('    "publish_actions",', '    "publish_actions",\n    "publish_actions",')
    )
    done = command(*CHECK)
    assert (done.status, done.out.split(":", 3)[:3]) == (1, ["login.py", "6", "6"])


def test_what_is_no_longer_there_is_said(based, command):
    (based / "login.py").write_text(DIALOG.replace('    "publish_actions",\n', ""))
    done = command(*CHECK)
    assert (done.status, done.out) == (0, "")
    assert done.err == (
        "note: permlint-baseline.json: 1 finding in it is no longer there: PRM101 publish_actions in login.py; "
        "`permlint baseline` writes it anew\n"
    )
    data = json.loads(command(*CHECK, "--format", "json", "--quiet").out)
    assert data["baseline"] == {
        "accepted": 0,
        "stale": [{"path": "login.py", "code": "PRM101", "permission": "publish_actions", "context": "SCOPES"}],
    }


@pytest.mark.parametrize(
    "more", [["--select", "PRM103"], ["permlint.toml"], ["--select", "PRM103", "login.py"]], ids=lambda more: more[-1]
)
def test_what_was_not_looked_at_is_not_said_to_be_gone(based, command, more):
    (based / "login.py").write_text(DIALOG.replace('    "publish_actions",\n', ""))
    args = [each for each in CHECK if each not in SELECT] if "--select" in more else CHECK
    assert "no longer there" not in command(*args, *more).err


def test_a_file_that_can_not_be_read_is_not_said_to_be_mended(based, command):
    (based / "login.py").write_text(DIALOG + "def :\n")
    done = command(*CHECK)
    assert "no longer there" not in done.err


@pytest.mark.usefixtures("based")
def test_a_finding_that_options_hide_is_not_said_to_be_gone(command):
    done = command(*CHECK, "--min-confidence", "high")
    assert "no longer there" not in done.err


def test_writing_it_again_drops_what_is_gone(based, command):
    (based / "login.py").write_text(DIALOG.replace('    "publish_actions",\n', ""))
    command("baseline", *OPTIONS)
    assert json.loads((based / "permlint-baseline.json").read_text())["findings"] == []
    assert command(*CHECK).err == ""


def test_a_baseline_from_a_subfolder(project, command):
    folder = project({"permlint.toml": CONFIG, "app/login.py": DIALOG})
    command("baseline", *OPTIONS, cwd=folder / "app")
    (entry,) = json.loads((folder / "app" / "permlint-baseline.json").read_text())["findings"]
    assert entry["path"] == "app/login.py"
    assert command(*CHECK[:-4], "--baseline", "app/permlint-baseline.json").status == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "permlint-baseline.json: no such file; `permlint baseline --output permlint-baseline.json` writes it"),
        ("[", "permlint-baseline.json: not JSON"),
    ],
)
def test_a_baseline_that_is_none(project, command, content, said):
    files = {"login.py": DIALOG}
    project(files if content is None else {**files, "permlint-baseline.json": content})
    done = command(*CHECK)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
