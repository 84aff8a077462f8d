"""`check --add-suppressions`: comments are written for review, and what they speak for is silent from then on."""

import os

import pytest

LOGIN = """\
import os
from urllib.parse import urlencode

SCOPES = ["email", "publish_actions"]
URL = "https://www.facebook.com/v24.0/dialog/oauth?" + urlencode({"scope": ",".join(SCOPES)})
MORE = "https://www.facebook.com/v24.0/dialog/oauth?" + urlencode({"scope": os.environ["FACEBOOK_SCOPES"]})
"""
ENV = "FACEBOOK_SCOPES=email,publish_stream\n"
APP = {"permlint.toml": 'select = ["PRM101", "PRM901", "PRM903"]\n', "login.py": LOGIN, ".env": ENV}
CHECK = ["check", "--as-of", "2026-11-21", "--format", "concise"]
ADD = [*CHECK, "--add-suppressions", "--reason", "agreed with legal"]


def test_what_is_found_is_silenced(project, command):
    folder = project(APP)
    assert command(*CHECK).out.count("\n") == 2
    done = command(*ADD)
    assert (done.status, done.out) == (0, "")
    assert done.err == "note: suppressed 2 findings in 2 files; review what was written\n"
    written = {path: (folder / path).read_bytes() for path in ("login.py", ".env")}
    assert b'"publish_actions"]  # permlint: ignore[PRM101] agreed with legal\n' in written["login.py"]
    assert written[".env"].startswith(b"# permlint: ignore[PRM101] agreed with legal\n")
    assert command(*CHECK)[:2] == (0, "")
    assert command(*ADD) == (0, "", "")
    assert {path: (folder / path).read_bytes() for path in written} == written
    assert sorted(os.listdir(folder)) == [".env", "login.py", "permlint.toml"]


def test_only_what_is_shown(project, command):
    folder = project(APP)
    assert command(*ADD, "login.py").status == 0
    assert (folder / ".env").read_text() == ENV
    assert command(*CHECK).out.startswith(".env:")


def test_not_what_the_baseline_holds_back(project, command):
    folder = project(APP)
    command("baseline", "--as-of", "2026-11-21")
    assert command(*ADD, "--baseline", "permlint-baseline.json") == (0, "", "")
    assert (folder / "login.py").read_text() == LOGIN


def test_what_can_not_be_silenced_is_still_shown(project, command):
    stale = "X = 1  # permlint: ignore[PRM101] once\n"
    folder = project(
        {**APP, "broken.py": LOGIN + "def :\n", "stale.py": stale + LOGIN.replace("publish_actions", "email")}
    )
    done = command(*ADD)
    assert done.status == 1
    assert [line.split()[1] for line in done.out.splitlines()] == ["PRM901", "PRM903"]
    assert "note: broken.py:7:5: PRM901 is not suppressed: the file cannot be parsed: " in done.err
    assert "note: stale.py:1:10: PRM903 is not suppressed: it is about a comment itself\n" in done.err
    assert (folder / "broken.py").read_text() == LOGIN + "def :\n"


def test_the_mode_of_a_file_stays(project, command):
    folder = project(APP)
    (folder / "login.py").chmod(0o754)
    command(*ADD)
    assert (folder / "login.py").stat().st_mode & 0o777 == 0o754


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--add-suppressions"], "--add-suppressions needs --reason TEXT"),
        (["--add-suppressions", "--reason", " "], "--reason ' ': must say in plain words why"),
        (["--reason", "x"], "--reason needs --add-suppressions"),
        (
            ["--add-suppressions", "--reason", "x", "-", "--stdin-filename", "login.py"],
            "--add-suppressions writes into files, and - stands for none",
        ),
    ],
)
def test_bad_usage(project, command, args, said):
    folder = project(APP)
    done = command(*CHECK, *args)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert (folder / "login.py").read_text() == LOGIN


def test_a_reason_can_be_required(project, command):
    suppressed = LOGIN.replace('"publish_actions"]', '"publish_actions"]  # permlint: ignore[PRM101]')
    project({"permlint.toml": 'select = ["PRM101", "PRM903"]', "login.py": suppressed})
    assert command(*CHECK).status == 0
    project({"permlint.toml": 'select = ["PRM101", "PRM903"]\nrequire-suppression-reason = true\n'})
    done = command(*CHECK)
    assert done.status == 1
    removed, unused = done.out.splitlines()
    assert removed.startswith("login.py:4:21: PRM101 ")
    assert unused == (
        "login.py:4:42: PRM903 unused-suppression this comment silences nothing: it gives no reason, and the config "
        "requires one; write `permlint: ignore[PRM101] reason`"
    )
    project({"login.py": suppressed.replace("[PRM101]", "[PRM101] agreed")})
    assert command(*CHECK)[:2] == (0, "")
