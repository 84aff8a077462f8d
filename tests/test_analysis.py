"""The whole way from files to facts and diagnostics: files that vanish, apps that share files, tests, suppressions."""

from __future__ import annotations

import datetime
import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permlint import engine
from permlint.analysis import analyse
from permlint.config import load_config
from permlint.testing import run_files

DIALOG = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope="
DAY = datetime.date(2026, 9, 20)


@pytest.fixture
def look(tmp_path):
    """Writes files (and a config) and analyses those named, by default all."""

    def run(files, names=None, config="", **more):
        (tmp_path / "permlint.toml").write_text(config)
        for path, text in files.items():
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text if isinstance(text, bytes) else text.encode())
        loaded = load_config([str(tmp_path)], config=str(tmp_path / "permlint.toml"))
        return analyse(loaded, sorted(names or files), as_of=DAY, **more)

    return run


def scopes(analysis):
    return {app.name: sorted({s.text for r in app.requests for s in r.scopes}) for app in analysis.apps}


def test_files_that_are_gone_are_counted(look):
    analysis = look({"a.py": f"URL = '{DIALOG}email'\n"}, ["a.py", "gone.py", "gone/too.py", "gone.env"])

    assert scopes(analysis) == {"default": ["email"]}
    assert analysis.skipped == {"gone": 3}
    assert analysis.files == 4


def test_a_file_that_vanishes_between_two_looks(look, tmp_path, monkeypatch):
    import permlint.analysis as module

    def vanishing(root, path, limit=0, *, read=module.read_file):
        data = read(root, path, limit)
        (Path(root) / path).unlink()
        return data

    monkeypatch.setattr(module, "read_file", vanishing)
    files = {"a.py": f"from b import B\nURL = '{DIALOG}' + ','.join(B)\n", "b.py": "B = ['email']\n"}

    analysis = look(files, cache=tmp_path / "cache")

    (request,) = analysis.apps[0].requests
    assert not request.complete


def test_folders_links_and_pipes_are_no_files(look, tmp_path):
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "link.py").symlink_to(tmp_path / "a.py")
    os.mkfifo(tmp_path / "pipe.py")

    analysis = look({"a.py": f"URL = '{DIALOG}email'\n"}, ["a.py", "folder.py", "link.py", "pipe.py"])

    assert scopes(analysis) == {"default": ["email"]}
    assert sum(analysis.skipped.values()) == 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(look, tmp_path):
    (tmp_path / "b.py").write_text("")
    (tmp_path / "b.py").chmod(0)

    assert look({"a.py": ""}, ["a.py", "b.py"]).skipped == {"no permission to read it": 1}


def test_a_file_that_is_too_large(look):
    analysis = look(
        {"big.py": f"URL = '{DIALOG}email'\n" + "# filler\n" * 120_000, "huge.py": b"# facebook\n" * 2_000_000}
    )

    assert analysis.skipped == {"not parsed": 1, "larger than 20 MB": 1}
    assert [(one.place.path, "larger than" in one.reason) for one in analysis.apps[0].unreadable] == [("big.py", True)]


def test_an_overlay_stands_in_for_a_file(look):
    files = {"a.py": f"from b import B\nURL = '{DIALOG}' + ','.join(B)\n", "b.py": "B = ['email']\n"}

    assert scopes(look(files, overlay={"b.py": b"B = ['user_likes']\n"})) == {"default": ["user_likes"]}
    assert scopes(look(files, overlay={"a.py": b""})) == {"default": []}
    assert scopes(look(files, [*files, "new.py"], overlay={"new.py": f"X = '{DIALOG}user_posts'".encode()})) == {
        "default": ["email", "user_posts"]
    }


def test_an_overlay_is_not_kept(look, tmp_path):
    files = {"a.py": f"URL = '{DIALOG}email'\n"}
    for _ in range(2):
        overlaid = look(files, overlay={"a.py": f"URL = '{DIALOG}user_likes'\n".encode()}, cache=tmp_path / "cache")
        assert scopes(overlaid) == {"default": ["user_likes"]}
        assert scopes(look(files, cache=tmp_path / "cache")) == {"default": ["email"]}


def test_apps_that_share_a_file(look):
    config = "[apps.one]\npaths = ['one/**', 'shared/**']\n[apps.two]\npaths = ['two/**', 'shared/**']\n"
    files = {
        "one/a.py": f"URL = '{DIALOG}email'\n",
        "two/a.py": f"from shared.s import S\nURL = '{DIALOG}' + ','.join(S)\n",
        "shared/s.py": "S = ['user_likes']\n",
        "shared/login.py": f"URL = '{DIALOG}user_posts'\n",
        "rest.py": f"URL = '{DIALOG}user_photos'\n",
    }

    analysis = look(files, config=config)

    assert scopes(analysis) == {
        "one": ["email", "user_posts"],
        "two": ["user_likes", "user_posts"],
        "": ["user_photos"],
    }
    assert [app.whole for app in analysis.apps] == [True, True, False]


def test_a_longer_name_is_no_mention_of_a_name(look):
    graph = {"graph.py": 'GRAPH = "https://graph.facebook.com/v25.0"\n'}
    broken = "import graph\nsend({}\n"  # Whoever parses it says so.

    assert look({**graph, "worker.py": broken.format("graph.GRAPH")}).skipped == {"not parsed": 1}
    assert look({**graph, "worker.py": broken.format("GRAPH_MESSAGE")}).skipped == {}


def test_tests_are_neither_judged_nor_callers(look):
    files = {
        "login.py": f"def dialog_url(scopes):\n    return '{DIALOG}' + ','.join(scopes)\n",
        "tests/test_login.py": "from login import dialog_url\ndialog_url(['user_likes'])\n",
        "tests/test_dialog.py": f"URL = '{DIALOG}user_posts'\n",
        "tests/broken.py": "facebook graph.facebook.com (",
        "views.py": "from login import dialog_url\ndialog_url(['email'])\n",
    }

    assert scopes(look(files)) == {"default": ["email"]}
    without = look(
        {name: text for name, text in files.items() if name != "views.py"}, [n for n in files if n != "views.py"]
    )
    assert scopes(without) == {"default": []}
    assert not without.apps[0].unreadable


def test_a_test_may_be_what_an_app_imports(look):
    files = {"a.py": f"from tests.data import S\nURL = '{DIALOG}' + ','.join(S)\n", "tests/data.py": "S = ['email']\n"}

    assert scopes(look(files)) == {"default": ["email"]}


def test_progress_is_told(look):
    told = []
    look({f"f{n}.py": "" for n in range(3)}, progress=lambda done, total: told.append((done, total)))

    assert told[-1] == (3, 3)


def test_a_project_without_anything_of_interest(look):
    analysis = look({"a.py": "x = 1\n", ".env": "A=b\n"})

    assert scopes(analysis) == {"default": []}
    assert analysis.suppressions == {}


def codes(files):
    return sorted({(found.code, found.place.path, found.place.line) for found in run_files(files)})


def test_suppressions():
    source = f"A = '{DIALOG}user_like'\nB = '{DIALOG}user_post'  # permlint: ignore[PRM103] known\n"

    assert codes({"a.py": source}) == [("PRM103", "a.py", 1)]
    assert codes({"a.py": "# permlint: ignore-file[PRM103] all\n" + source.replace("ignore[", "ignore_[")}) == codes(
        {"a.py": "# permlint: ignore-file[PRM103] all\n" + source.replace("ignore[", "ignore_[")}
    )
    assert ("PRM903", "a.py", 1) in codes({"a.py": f"# permlint: ignore[PRM103] nothing\nA = '{DIALOG}email'\n"})


def test_a_suppression_at_the_scope_in_another_file():
    files = {
        "a.py": f"from b import B\nURL = '{DIALOG}' + ','.join(B)\n",
        "b.py": "B = [\n    'user_like',  # permlint: ignore[PRM103] known\n]\n",
    }

    assert codes(files) == []


def test_a_file_that_cannot_be_read_is_reported():
    (found,) = [one for one in run_files({"a.py": f"x = 1\nURL = '{DIALOG}email\n"}) if one.code == "PRM901"]

    assert (found.place.path, found.place.line) == ("a.py", 2)


def test_an_unresolved_scope_is_reported_at_the_request():
    source = f"import flask\n\n\ndef login():\n    return '{DIALOG}email,' + flask.request.args['more']\n"
    (found,) = [one for one in run_files({"a.py": source}) if one.code == "PRM902"]

    assert found.place.line == 5


SOURCES = [
    "\n".join(re.findall(r"^```python[^\n]*\n(.*?)^```$", section, re.MULTILINE | re.DOTALL))
    for file in sorted((Path(__file__).parent / "apps").glob("*.md"))
    for section in file.read_text(encoding="utf-8").split("\n## ")[1:]
]
SOURCES += [
    text
    for rule in engine.discover()
    for each in (*rule.bad, *rule.good)
    for path, text in each.files.items()
    if path.endswith(".py")
]
SINK = f'\nURL = "{DIALOG}" + ",".join(SCOPES)\n'


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_mutation_of_an_app_makes_it_fail(data):
    parts = re.findall(r"\w+|[^\w\n]|\n[ \t]*", data.draw(st.sampled_from(SOURCES)) + SINK)
    for _ in range(data.draw(st.integers(1, 6))):
        at, other = data.draw(st.tuples(st.integers(0, len(parts) - 1), st.integers(0, len(parts) - 1)))
        kind = data.draw(st.sampled_from(["delete", "double", "swap", "line", "copy", "word"]))
        if kind == "delete":
            parts[at] = ""
        elif kind == "double":
            parts[at] += parts[at]
        elif kind == "swap":
            parts[at], parts[other] = parts[other], parts[at]
        elif kind == "copy":
            parts[at] = parts[other]
        elif kind == "word":
            parts[at] = data.draw(
                st.sampled_from(
                    ["SCOPES", "None", "*", "self", "1", "[]", "''", "del ", "for x in y: ", "yield ", "await "]
                )
            )
        else:
            text = "".join(parts).split("\n")
            row = data.draw(st.integers(0, len(text) - 1))
            text[row : row + data.draw(st.integers(0, 2))] = [text[data.draw(st.integers(0, len(text) - 1))]]
            parts = re.findall(r"\w+|[^\w\n]|\n[ \t]*", "\n".join(text)) or [""]

    run_files({"app.py": "".join(parts)})


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["app.py", "app.ipynb", ".env"]))
def test_no_text_makes_it_fail(text, path):
    printable = text.encode("utf-8", "ignore").decode()

    run_files({path: f"{printable}\n# facebook {DIALOG}{printable}\nURL = '{DIALOG}' + {printable}"})
