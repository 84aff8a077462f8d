"""The language server, as an editor meets it: the real command over its standard input and output."""

import os
import subprocess
import sys

import pytest
from language_client import applied, uri

DIALOG = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope="
LOGIN = f'from scopes import SCOPES\n\nURL = "{DIALOG}" + ",".join(SCOPES)\n'
SCOPES = 'SCOPES = ["email", "user_birthdayy"]\n'
GRAPH = (
    "import requests\n\n\ndef pages(token):\n"
    '    return requests.get("https://graph.facebook.com/v24.0/me/accounts", params={"access_token": token}, timeout=9)\n'
)
APP = {"permlint.toml": "", "login.py": LOGIN, "scopes.py": SCOPES}
WATCHES = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}


def codes(found):
    return [one["code"] for one in found]


def marked(text, one):
    """What a diagnostic marks, in an editor that counts in UTF-16."""
    start, end = one["range"]["start"], one["range"]["end"]
    assert start["line"] == end["line"]
    line = text.splitlines()[start["line"]].encode("utf-16-le")
    return line[2 * start["character"] : 2 * end["character"]].decode("utf-16-le")


# Diagnostics --------------------------------------------------------------------------------------------------------


def test_a_file_is_judged_when_it_is_opened_changed_and_saved(write, start):
    folder = write(APP)
    client = start()

    (one,) = client.open(folder / "scopes.py")
    assert (one["code"], one["severity"], one["source"]) == ("PRM103", 1, "permlint")
    assert "did you mean user_birthday?" in one["message"]
    assert marked(SCOPES, one) == "user_birthdayy"

    fixed = SCOPES.replace("dayy", "day")
    assert client.change(folder / "scopes.py", fixed) == []
    (folder / "scopes.py").write_text(fixed)
    client.save(folder / "scopes.py")
    (one,) = client.change(folder / "scopes.py", fixed.replace("email", "manage_pages"))
    assert one["code"] == "PRM101"
    assert client.leave() == 0


def test_the_whole_app_is_judged_and_shown(write, start):
    folder = write({**APP, "app/other.py": LOGIN.replace("from scopes", "from app.more"), "app/more.py": SCOPES})
    client = start()

    client.wait_for(folder / "app/more.py", ["PRM103"])
    client.wait_for(folder / "scopes.py", ["PRM103"])

    assert client.open(folder / "login.py") == []
    client.change(folder / "login.py", LOGIN.replace("from scopes", "from app.more"))
    client.wait_for(folder / "scopes.py", [])


def test_what_is_in_the_editor_counts_until_it_is_closed(write, start):
    folder = write(APP)
    client = start()
    client.open(folder / "scopes.py")
    client.change(folder / "scopes.py", "SCOPES = []\n")
    client.wait_for(folder / "scopes.py", [])

    client.close(folder / "scopes.py")

    client.wait_for(folder / "scopes.py", ["PRM103"])


def test_a_file_that_is_not_saved_yet_belongs_to_the_app(write, start):
    folder = write({"permlint.toml": "", "login.py": LOGIN})
    client = start()

    assert codes(client.open(folder / "scopes.py", SCOPES)) == ["PRM103"]


@pytest.mark.parametrize("broken", ["SCOPES = [", "def (:\n", "\0", "x = '\ud800'", "[" * 5000, ""])
def test_a_broken_file_is_only_a_broken_file(write, start, broken):
    folder = write(APP)
    client = start()
    client.open(folder / "scopes.py")

    client.change(folder / "scopes.py", broken)

    (one,) = client.change(folder / "scopes.py", SCOPES)
    assert one["code"] == "PRM103"
    assert client.leave() == 0


LOGIN_AND_GRAPH = {
    "permlint.toml": "ignore = ['PRM201']",
    "login.py": LOGIN,
    "scopes.py": 'SCOPES = [\n    "email",\n    "pages_show_list",\n]\n',
    "graph.py": GRAPH,
}


def said_elsewhere(client, path, since=0):
    """What was said of other files, from a message on."""
    published = [one["params"] for one in client.received[since:] if "diagnostics" in (one.get("params") or {})]
    return [one for one in published if one["uri"] != uri(path) and one["diagnostics"]]


@pytest.mark.parametrize(("rest", "own"), [('"user', []), ('"', []), ("", []), ('"pages_show_list"', ["PRM901"])])
def test_nothing_is_said_of_other_files_for_what_is_half_written(write, start, rest, own):
    folder = write(LOGIN_AND_GRAPH)
    client = start()
    assert client.open(folder / "scopes.py") == []

    assert codes(client.change(folder / "scopes.py", f'SCOPES = ["email", {rest}')) == own
    assert codes(client.change(folder / "scopes.py", f'"""Ours"""\n\nSCOPES = ["email", {rest}')) == own
    assert said_elsewhere(client, folder / "scopes.py") == []

    client.change(folder / "scopes.py", 'SCOPES = ["email"]\n')
    client.wait_for(folder / "graph.py", ["PRM202"])
    client.change(folder / "scopes.py", 'SCOPES = ["email", ')
    assert codes(client.diagnostics[uri(folder / "graph.py")]) == ["PRM202"]


def test_what_is_saved_stands_in_for_a_file_that_is_opened_half_written(write, start):
    folder = write(LOGIN_AND_GRAPH)
    client = start()

    assert client.open(folder / "scopes.py", 'SCOPES = ["email", ') == []
    assert client.open(folder / "graph.py") == []
    assert said_elsewhere(client, folder / "scopes.py") == []


def test_a_file_that_is_closed_or_new_is_as_it_is(write, start):
    folder = write({**LOGIN_AND_GRAPH, "scopes.py": 'SCOPES = ["email", '})
    client = start(folders=[])
    client.open(folder / "login.py")
    client.wait_for(folder / "login.py", ["PRM902"])

    client.open(folder / "scopes.py")
    assert codes(client.diagnostics[uri(folder / "login.py")]) == ["PRM902"]
    client.change(folder / "scopes.py", 'SCOPES = ["email"]\n')
    client.wait_for(folder / "login.py", [])
    client.change(folder / "scopes.py", 'SCOPES = ["email"')
    assert client.diagnostics[uri(folder / "login.py")] == []

    client.close(folder / "scopes.py")
    client.wait_for(folder / "login.py", ["PRM902"])


def test_findings_stay_where_their_lines_do(write, start):
    text = 'SCOPES = [\n    "email",\n    "user_birthdayy",\n    "email",\n    "manage_pages",\n]\n'
    folder = write({**APP, "scopes.py": text})
    client = start()
    before = client.open(folder / "scopes.py")
    assert sorted(marked(text, one) for one in before) == ["email", "manage_pages", "user_birthdayy"]

    now = text.replace('    "email",\n    "manage', '\n    # 😀\n    "email, "user_likes"\n    "manage')
    found = client.change(folder / "scopes.py", now)

    assert sorted(marked(now, one) for one in found) == ["manage_pages", "user_birthdayy"]
    assert sorted(codes(found)) == ["PRM101", "PRM103"]
    hover = client.ask("textDocument/hover", client.at(folder / "scopes.py", 6, 9))
    assert "manage_pages" in hover["contents"]["value"]
    assert client.actions(folder / "scopes.py", (0, 0), (8, 0)) == {}
    assert client.change(folder / "scopes.py", text) == before


def test_a_syntax_error_is_said_beside_what_was_found_before(write, start):
    text = f'X = 1\nURL = "{DIALOG}email,user_birthdayy"\n'
    folder = write({"permlint.toml": "ignore = ['PRM201']", "login.py": text, "graph.py": GRAPH})
    client = start()
    assert codes(client.open(folder / "login.py")) == ["PRM103"]
    client.wait_for(folder / "graph.py", ["PRM202"])

    broken = "X = (1\n\n" + text.partition("\n")[2]
    found = client.change(folder / "login.py", broken)
    assert sorted(codes(found)) == ["PRM103", "PRM901"]
    assert [marked(broken, one) for one in found if one["code"] == "PRM103"] == ["user_birthdayy"]

    assert codes(client.change(folder / "login.py", 'X = 1\nURL = "https://\n')) == []
    assert codes(client.diagnostics[uri(folder / "graph.py")]) == ["PRM202"]
    assert codes(client.change(folder / "login.py", text)) == ["PRM103"]


@pytest.mark.parametrize(
    ("encodings", "chosen"),
    [(None, "utf-16"), (["utf-8", "utf-16"], "utf-8"), (["utf-32"], "utf-32"), (["x"], "utf-16")],
)
def test_columns_are_exact_behind_an_emoji(write, start, encodings, chosen):
    text = '# \x0c one page\r\nX = "\u2028"; SCOPES = ["😀", "email", "user_birthdayy"]; Y = "🇩🇪"\r\n'
    folder = write({**APP, "scopes.py": text})
    client = start(capabilities={"general": {"positionEncodings": encodings}} if encodings else None)

    found = client.open(folder / "scopes.py")

    (one,) = [each for each in found if "user_birthdayy" in each["message"]]
    line = text.split("\n")[1]
    before = line[: line.index("user_birthdayy")]
    unit = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[chosen]
    width = len(before.encode(f"{chosen}-le" if unit > 1 else chosen)) // unit
    assert client.capabilities["positionEncoding"] == chosen
    assert one["range"] == {
        "start": {"line": 1, "character": width},
        "end": {"line": 1, "character": width + len("user_birthdayy")},
    }


@pytest.mark.parametrize("saved", [True, False])
@pytest.mark.parametrize("chosen", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    ("encoding", "letters"),
    [
        ("latin-1", "größer"),
        ("latin-1", "Ã©"),  # Its bytes are UTF-8 too.
        ("cp1252", "„€“"),
        ("shift_jis", "表示"),
        ("iso2022_jp", "日本"),
        ("utf-8", "größer 😀"),
    ],
)
def test_places_and_fixes_are_exact_in_other_encodings(write, start, encoding, letters, chosen, saved):
    text = (
        f"# {'x' * 500}\n# -*- coding: {encoding} -*-\n"
        f'Y = "{letters}"; SCOPES = ["email", "user_birthdayy", "email"]; Z = "{letters}"\n'
    )
    folder = write(APP)
    (folder / "scopes.py").write_bytes(text.encode(encoding))
    client = start(capabilities={"general": {"positionEncodings": [chosen]}})

    found = (
        client.wait_for(folder / "scopes.py", ["PRM103", "PRM106"])
        if saved
        else client.open(folder / "scopes.py", text)
    )

    def cut(one):
        line = text.splitlines()[2].encode(chosen if chosen == "utf-8" else "utf-16-le")
        unit = 1 if chosen == "utf-8" else 2
        start, end = one["range"]["start"]["character"], one["range"]["end"]["character"]
        return one["range"]["start"]["line"], line[unit * start : unit * end].decode(chosen.replace("16", "16-le"))

    assert sorted(cut(one) for one in found) == [(2, "email"), (2, "user_birthdayy")]
    if saved or chosen == "utf-8":
        return
    actions = client.actions(folder / "scopes.py", (2, 0), (2, 90))
    edits = {title: one["edit"]["changes"][uri(folder / "scopes.py")] for title, one in actions.items()}
    assert applied(text, edits["Ask for user_birthday"]) == text.replace("dayy", "day")
    assert applied(text, edits["Fix all that is safe"]) == text.replace(', "email"]', "]").replace("dayy", "day")
    ignored = applied(text, edits["Ignore PRM106 (duplicate-permission) here"])
    assert ignored == text[:-1] + "  # permlint: ignore[PRM106]\n"


def test_what_an_encoding_does_not_have_stays_as_it_is(write, start):
    text = '# coding: latin-1\nSCOPES = ["email", "email", "😀€"[:0], "public_profile", "public_profile"]\n'
    folder = write({**APP, "scopes.py": "# coding: latin-1\n"})
    client = start()

    found = client.open(folder / "scopes.py", text)

    assert sorted(marked(text, one) for one in found if one["code"] == "PRM106") == ["email", "public_profile"]
    (fix,) = client.actions(folder / "scopes.py", (0, 0), (0, 0), only=["source.fixAll"]).values()
    after = applied(text, fix["edit"]["changes"][uri(folder / "scopes.py")])
    assert after == '# coding: latin-1\nSCOPES = ["email", "😀€"[:0], "public_profile"]\n'


def test_only_python_declares_its_encoding(write, start):
    text = '#!/usr/bin/env node coding: latin-1\nlet x = "Ã©"; FB.login(done, { scope: "email,user_birthdayy" });\n'
    folder = write({"permlint.toml": ""})
    client = start()

    (one,) = client.open(folder / "login.js", text)

    assert marked(text, one) == "user_birthdayy"


def test_evidence_is_shown_where_the_editor_can(write, start):
    folder = write(APP)
    able = {"textDocument": {"publishDiagnostics": {"relatedInformation": True}}}

    (one,) = start(capabilities=able).open(folder / "scopes.py")
    (two,) = start().open(folder / "scopes.py")

    (related,) = one["relatedInformation"]
    assert related["location"]["uri"] == uri(folder / "login.py")
    assert related["location"]["range"]["start"]["line"] == 2
    assert "relatedInformation" not in two
    assert "login.py:3" in two["message"]


def test_no_secret_reaches_the_editor(write, start):
    secret = "EAAG" + "m0PX4ZCpsBA" * 6
    text = f'SCOPES = ["email", "{secret}"]\n'
    folder = write({**APP, "scopes.py": text})
    client = start()

    found = client.open(folder / "scopes.py")
    actions = client.actions(folder / "scopes.py", (0, 0), (0, 90))

    assert found
    assert secret not in str(found)
    assert secret not in str(actions)
    assert secret not in str(client.received)


def test_comments_and_config_silence(write, start):
    folder = write({**APP, "scopes.py": SCOPES.replace("\n", "  # permlint: ignore[PRM103] theirs\n")})
    client = start()

    assert client.open(folder / "scopes.py") == []
    assert codes(client.change(folder / "scopes.py", SCOPES)) == ["PRM103"]


# Projects -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("watches", [True, False])
def test_a_change_of_the_config_is_noticed(write, start, watches):
    folder = write(APP)
    client = start(capabilities=WATCHES if watches else None)
    assert codes(client.open(folder / "scopes.py")) == ["PRM103"]

    (folder / "permlint.toml").write_text('ignore = ["PRM103"]\n')
    if watches:
        client.notify(
            "workspace/didChangeWatchedFiles", {"changes": [{"uri": uri(folder / "permlint.toml"), "type": 2}]}
        )

    client.wait_for(folder / "scopes.py", [])


def test_a_broken_config_is_said_once_and_the_server_goes_on(write, start):
    folder = write({**APP, "permlint.toml": "ignore = 3\n"})
    client = start()
    client.until(lambda message: message if message.get("method") == "window/showMessage" else None)
    assert "permlint.toml:1: ignore: must be a list of strings" in client.told[-1][1]

    (folder / "permlint.toml").write_text("")
    client.save(folder / "permlint.toml")

    client.wait_for(folder / "scopes.py", ["PRM103"])
    assert [kind for kind, _ in client.told].count("showMessage") == 1


DECLARED = """[apps.shop]
paths = ["**"]
  [[apps.shop.needs]]
  permission = "user_birthdayy"
  reason = "theirs"
"""


@pytest.mark.parametrize(
    ("name", "text", "line", "marks", "says"),
    [
        ("permlint.toml", "# ours\nignore = 3\n", 1, "ignore = 3", "ignore: must be a list of strings, not a number"),
        ("permlint.toml", '# "\N{GRINNING FACE}"\nx = "é" 3\n', 1, "3", "not valid TOML"),
        ("permlint.toml", "ignore = [\n", 0, "ignore = [", "not valid TOML"),
        ("permlint.toml", DECLARED, 2, "[[apps.shop.needs]]", "no permission is called 'user_birthdayy'; did you mean"),
        ("pyproject.toml", "[tool.permlint]\n  ignores = []\n", 1, "ignores = []", 'did you mean "ignore"?'),
        ("permlint.toml", 'graph-version = "v1.7"\n', 0, 'graph-version = "v1.7"', "no such Graph API version"),
        ("permlint.toml", 'ignore = ["PRM999"]\n', 0, 'ignore = ["PRM999"]', "PRM999"),
    ],
)
def test_a_broken_config_is_shown_where_it_stands_until_it_is_mended(write, start, name, text, line, marks, says):
    folder = write({**APP, "permlint.toml": "", "pyproject.toml": ""})
    if name != "permlint.toml":
        (folder / "permlint.toml").unlink()
        (folder / name).write_text("[tool.permlint]\n")
    client = start()
    client.wait_for(folder / "scopes.py", ["PRM103"])

    (folder / name).write_bytes(text.encode())
    client.save(folder / name)

    (one,) = client.until(lambda _: client.diagnostics.get(uri(folder / name)))
    assert (one["range"]["start"]["line"], marked(text, one)) == (line, marks)
    assert (one["severity"], one["source"]) == (1, "permlint")
    assert says in one["message"]
    assert name not in one["message"]
    assert codes(client.diagnostics[uri(folder / "scopes.py")]) == ["PRM103"]

    (folder / name).write_text("[tool.permlint]\n" if name == "pyproject.toml" else "")
    client.save(folder / name)
    client.wait_for(folder / name, [])
    assert codes(client.diagnostics[uri(folder / "scopes.py")]) == ["PRM103"]
    assert [kind for kind, _ in client.told].count("showMessage") == 1


def test_all_faults_of_a_config_are_shown(write, start):
    text = "ignore = 3\nselect = 4\n"
    folder = write({**APP, "permlint.toml": text})
    client = start()

    found = client.until(lambda _: client.diagnostics.get(uri(folder / "permlint.toml")))

    assert [marked(text, one) for one in found] == ["ignore = 3", "select = 4"]


def test_two_configs_are_one_fault_until_one_is_gone(write, start):
    folder = write({**APP, "app/more.py": LOGIN})
    client = start()
    client.open(folder / "app/more.py")
    client.wait_for(folder / "scopes.py", ["PRM103"])

    (folder / "pyproject.toml").write_text("[tool.permlint]\n")
    client.save(folder / "pyproject.toml")
    (one,) = client.until(lambda _: client.diagnostics.get(uri(folder / "permlint.toml")))
    assert "both permlint.toml and pyproject.toml" in one["message"]
    assert codes(client.diagnostics[uri(folder / "scopes.py")]) == ["PRM103"]

    (folder / "pyproject.toml").unlink()
    client.save(folder / "permlint.toml")
    client.wait_for(folder / "permlint.toml", [])
    assert [kind for kind, _ in client.told].count("showMessage") == 1


def test_a_broken_config_of_a_folder_that_is_closed_is_not_shown(write, start):
    folder = write({"one/permlint.toml": "", "two/permlint.toml": "ignore = 3\n"})
    client = start(folders=[folder / "one", folder / "two"])
    client.until(lambda _: client.diagnostics.get(uri(folder / "two/permlint.toml")))

    event = {"added": [], "removed": [{"uri": uri(folder / "two"), "name": "two"}]}
    client.notify("workspace/didChangeWorkspaceFolders", {"event": event})

    client.wait_for(folder / "two/permlint.toml", [])


@pytest.mark.parametrize("watches", [True, False])
def test_changes_outside_the_editor_are_noticed(write, start, watches):
    folder = write({"permlint.toml": "", "login.py": LOGIN})
    client = start(capabilities=WATCHES if watches else None)
    client.open(folder / "login.py")

    for kind, text in ((1, SCOPES), (2, "SCOPES = []\n"), (2, SCOPES), (3, None)):
        if text is None:
            (folder / "scopes.py").unlink()
        else:
            (folder / "scopes.py").write_text(text)
        if watches:
            client.notify(
                "workspace/didChangeWatchedFiles", {"changes": [{"uri": uri(folder / "scopes.py"), "type": kind}]}
            )
        client.wait_for(folder / "scopes.py", ["PRM103"] if text == SCOPES else [])


def test_a_file_that_is_made_and_written_at_once_is_noticed(write, start):
    folder = write({"permlint.toml": "", "login.py": LOGIN})
    client = start(capabilities=WATCHES)
    assert codes(client.open(folder / "login.py")) == ["PRM902"]

    (folder / "scopes.py").write_text(SCOPES)
    changes = [{"uri": uri(folder / "scopes.py"), "type": kind} for kind in (1, 1, 2)]  # As VS Code says it.
    client.notify("workspace/didChangeWatchedFiles", {"changes": changes})

    client.wait_for(folder / "scopes.py", ["PRM103"])
    client.wait_for(folder / "login.py", [])


def test_a_folder_that_comes_or_goes_is_noticed(write, start):
    folder = write({"permlint.toml": "", "app/login.py": LOGIN, "app/scopes.py": SCOPES})
    client = start(capabilities=WATCHES)
    client.wait_for(folder / "app/scopes.py", ["PRM103"])

    def tell(name, kind):  # Of what is in the folder, VS Code says nothing.
        client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri(folder / name), "type": kind}]})

    (folder / "app").rename(folder.parent / "away")
    tell("app", 3)
    client.wait_for(folder / "app/scopes.py", [])

    (folder.parent / "away").rename(folder / "back")
    tell("back", 1)
    client.wait_for(folder / "back/scopes.py", ["PRM103"])


def test_each_folder_is_a_project_of_its_own(write, start):
    folder = write(
        {
            "one/permlint.toml": 'ignore = ["PRM103"]\n',
            "one/login.py": LOGIN,
            "one/scopes.py": SCOPES,
            "two/permlint.toml": "",
            "two/login.py": LOGIN,
            "two/scopes.py": SCOPES,
            "two/inner/permlint.toml": "",
            "two/inner/login.py": LOGIN,
            "two/inner/scopes.py": "SCOPES = ['manage_pages']\n",
        }
    )
    client = start(folders=[folder / "one"])
    assert client.open(folder / "one/scopes.py") == []

    event = {"added": [{"uri": uri(folder / "two"), "name": "two"}], "removed": []}
    client.notify("workspace/didChangeWorkspaceFolders", {"event": event})
    client.wait_for(folder / "two/scopes.py", ["PRM103"])

    assert codes(client.open(folder / "two/inner/scopes.py")) == ["PRM101"]

    event = {"added": [], "removed": [{"uri": uri(folder / "two"), "name": "two"}]}
    client.notify("workspace/didChangeWorkspaceFolders", {"event": event})
    client.wait_for(folder / "two/scopes.py", [])
    assert client.open(folder / "one/login.py") == []


def test_a_lone_file_is_judged_without_its_neighbours(write, start):
    folder = write({"login.py": LOGIN, "scopes.py": SCOPES, "more.py": LOGIN.replace("SCOPES)", "['manage_pages'])")})
    client = start(where=None)

    assert codes(client.open(folder / "more.py")) == ["PRM101"]
    assert codes(client.open(folder / "login.py")) == ["PRM902"]
    assert codes(client.open(folder / "scopes.py")) == ["PRM103"]
    client.wait_for(folder / "login.py", [])


def test_a_folder_behind_a_symbolic_link_keeps_its_name(write, start, tmp_path):
    folder = write(APP)
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)
    client = start(folders=[tmp_path / "link"])

    client.wait_for(tmp_path / "link/scopes.py", ["PRM103"])
    assert codes(client.open(tmp_path / "link/scopes.py")) == ["PRM103"]
    assert uri(folder / "scopes.py") not in client.diagnostics


# Code actions -------------------------------------------------------------------------------------------------------


def test_a_fix_is_offered_and_cures(write, start):
    text = 'X = 1\nY = "😀"; SCOPES = ["email", "user_birthdayy", "email"]\n'
    folder = write({**APP, "scopes.py": text})
    client = start()
    found = client.open(folder / "scopes.py")
    assert sorted(codes(found)) == ["PRM103", "PRM106"]
    column = text.splitlines()[1].index("user_birthdayy") + 1

    actions = client.actions(folder / "scopes.py", (1, column), (1, column))

    (fix,) = [one for title, one in actions.items() if "user_birthday " in f"{title} " and one["kind"] == "quickfix"]
    assert codes(fix["diagnostics"]) == ["PRM103"]
    after = applied(text, fix["edit"]["changes"][uri(folder / "scopes.py")])
    assert after == text.replace("user_birthdayy", "user_birthday")
    assert codes(client.change(folder / "scopes.py", after)) == ["PRM106"]


def test_an_edit_says_for_which_version_it_is(write, start):
    folder = write(APP)
    able = {"workspace": {"workspaceEdit": {"documentChanges": True}}}
    client = start(capabilities=able)
    client.open(folder / "scopes.py")
    text = "\n\n" + SCOPES
    client.change(folder / "scopes.py", text, wait=False)

    actions = client.actions(folder / "scopes.py", (2, 21), (2, 22))

    ignore = actions["Ignore PRM103 (unknown-permission) here"]["edit"]["documentChanges"][0]
    assert ignore["textDocument"] == {"uri": uri(folder / "scopes.py"), "version": 2}
    after = applied(text, ignore["edits"])
    assert after == text.replace("]\n", "]  # permlint: ignore[PRM103]\n")
    assert client.change(folder / "scopes.py", after) == []


def test_a_reason_is_asked_for_where_the_config_wants_one(write, start):
    folder = write({**APP, "permlint.toml": "require-suppression-reason = true\n"})
    client = start()
    client.open(folder / "scopes.py")

    (edits,) = client.actions(folder / "scopes.py", (0, 21), (0, 21))["Ignore PRM103 (unknown-permission) here"][
        "edit"
    ]["changes"].values()

    after = applied(SCOPES, edits)
    assert after.endswith("# permlint: ignore[PRM103] TODO say why\n")
    assert client.change(folder / "scopes.py", after) == []


def test_all_that_is_safe_is_fixed_at_once(write, start):
    text = 'SCOPES = [\n    "email",\n    "email",\n    "public_profile",\n    "public_profile",\n]\n'
    folder = write({**APP, "scopes.py": text})
    client = start()
    assert codes(client.open(folder / "scopes.py")) == ["PRM106", "PRM106"]

    actions = client.actions(folder / "scopes.py", (0, 0), (0, 0), only=["source.fixAll"])

    (fix,) = actions.values()
    assert fix["kind"] == "source.fixAll.permlint"
    after = applied(text, fix["edit"]["changes"][uri(folder / "scopes.py")])
    assert after == 'SCOPES = [\n    "email",\n    "public_profile",\n]\n'
    assert client.actions(folder / "scopes.py", (0, 0), (5, 0), only=["refactor"]) == {}


def test_only_what_is_asked_about_is_offered(write, start):
    folder = write(
        {**APP, "scopes.py": 'SCOPES = [\n    "user_birthdayy",\n    "manage_pages",\n    "user_likess",\n]\n'}
    )
    client = start()
    found = client.open(folder / "scopes.py")
    (one,) = [each for each in found if "user_birthdayy" in each["message"]]

    everything = client.actions(folder / "scopes.py", (0, 0), (5, 0), only=["quickfix"])
    asked = client.actions(folder / "scopes.py", (0, 0), (5, 0), only=["quickfix"], diagnostics=[one])
    foreign = client.actions(
        folder / "scopes.py", (0, 0), (5, 0), only=["quickfix"], diagnostics=[{**one, "source": "other", "code": 1}]
    )

    assert list(asked) == ["Ask for user_birthday", "Ignore PRM103 (unknown-permission) here"]
    assert {*asked} < {*everything}
    assert foreign == everything


def test_nothing_is_offered_where_nothing_was_found(write, start):
    folder = write(APP)
    client = start()
    client.open(folder / "login.py")

    assert client.actions(folder / "login.py", (0, 0), (0, 0)) == {}


# Hover --------------------------------------------------------------------------------------------------------------


def test_hover_says_what_a_permission_is_and_who_needs_it(write, start):
    text = 'SCOPES = ["email", "pages_show_list"]  # 😀 pages_manage_posts\n'
    folder = write({**APP, "scopes.py": text, "graph.py": GRAPH})
    client = start()
    client.open(folder / "scopes.py")

    hover = client.ask("textDocument/hover", client.at(folder / "scopes.py", 0, text.index("show_list")))

    said = hover["contents"]["value"]
    assert hover["contents"]["kind"] == "markdown"
    assert hover["range"]["start"] == {"line": 0, "character": text.index("pages_show")}
    assert "**`pages_show_list`**: active" in said
    assert "- Review: needs App Review" in said
    assert f"- Asked for at [scopes.py:1]({uri(folder / 'scopes.py')}#L1)" in said
    assert f"- Needed by `GET /me/accounts` at [graph.py:5]({uri(folder / 'graph.py')}#L5)" in said

    behind = text.index("pages_manage") + 1  # The emoji counts twice.
    said = client.ask("textDocument/hover", client.at(folder / "scopes.py", 0, behind))["contents"]["value"]
    assert "- Depends on: `pages_read_engagement`, `pages_show_list`" in said


def test_hover_in_plain_text(write, start):
    folder = write(APP)
    client = start(capabilities={"textDocument": {"hover": {"contentFormat": ["plaintext"]}}})
    client.open(folder / "scopes.py")

    hover = client.ask("textDocument/hover", client.at(folder / "scopes.py", 0, 13))

    assert hover["contents"]["kind"] == "plaintext"
    assert "email: active" in hover["contents"]["value"]
    assert "Asked for at scopes.py:1" in hover["contents"]["value"]


@pytest.mark.parametrize(("line", "character"), [(0, 0), (0, 500), (90, 0), (1, 2)])
def test_hover_is_silent_elsewhere(write, start, line, character):
    folder = write({**APP, "scopes.py": SCOPES + "# an email\n"})
    client = start()
    client.open(folder / "scopes.py")

    assert client.ask("textDocument/hover", client.at(folder / "scopes.py", line, character)) is None
    assert client.ask("textDocument/hover", client.at(folder / "scopes.py", 1, 6)) is None


# Completion ---------------------------------------------------------------------------------------------------------


def labels(answer):
    return [one["label"] for one in sorted(answer or [], key=lambda one: one["sortText"])]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("scopes.py", 'SCOPES = ["😀"[:0], "|"]\n'),
        ("scopes.py", 'SCOPES = ["email", "|"]\n'),
        ("scopes.py", 'SCOPES = [\n    "email",\n    "pages_|x",\n]\n'),
        ("scopes.py", 'SCOPES = "email,user_li|".split(",")\n'),
        ("login.py", f'URL = "{DIALOG}email,|"\n'),
        (".env", "FB_SCOPES=email,pages|\n"),
        ("scopes.py", 'SCOPES = [\n    "email",\n    "|"\n    "user_likes",\n]\n'),
        ("scopes.py", 'SCOPES = [\n    "email",\n    "|\n    "user_likes",\n]\n'),
        ("scopes.py", 'SCOPES = ["email", \'pages|]\n'),
        ("scopes.py", 'SCOPES = ["|"email"]\n'),
        ("login.py", f'URL = "{DIALOG}email,|\n'),
        ("login.js", 'FB.login(done, { scope: ["email", "|\n  "user_likes"].join(",") });\n'),
    ],
)
def test_permissions_are_offered_where_scopes_are_asked_for(write, start, path, text):
    folder = write({**APP, "env.py": f'import os\n\nURL = "{DIALOG}" + os.environ["FB_SCOPES"]\n', "graph.py": GRAPH})
    before, _, after = text.partition("|")
    line = before.count("\n")
    character = len(before.rpartition("\n")[2].encode("utf-16-le")) // 2
    client = start()
    client.open(folder / path, before + after)

    answer = client.ask("textDocument/completion", client.at(folder / path, line, character))

    offered = labels(answer)
    assert offered[0] == "pages_show_list"
    assert "needed by GET /me/accounts" in answer[0]["detail"]
    assert "pages_manage_posts" in offered
    assert "manage_pages" not in offered
    assert "instagram_business_basic" not in offered
    assert ("email" in offered) == ("email" not in text)
    whole = applied(before + after, [answer[0]["textEdit"]])
    assert whole.count("pages_show_list") == 1
    assert "pages_x" not in whole


@pytest.mark.parametrize("text", ['NAMES = ["|"]\n', "pages|\n", "# a 'pages|\n", 'print("|")\n', 'SCOPES = ["|\n'])
def test_nothing_is_offered_elsewhere(write, start, text):
    folder = write(APP)
    before, _, after = text.partition("|")
    client = start()
    client.open(folder / "more.py", before + after)

    assert client.ask("textDocument/completion", client.at(folder / "more.py", 0, len(before))) in (None, [])


# Life ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "params"),
    [
        (
            "textDocument/hover",
            {"textDocument": {"uri": "file:///nowhere/a.py"}, "position": {"line": 1, "character": 1}},
        ),
        ("textDocument/hover", {"textDocument": {"uri": "untitled:1"}, "position": {"line": 1, "character": 1}}),
        ("textDocument/completion", {"textDocument": {"uri": "file:///%00"}, "position": {"line": 1, "character": 1}}),
        ("textDocument/hover", {"textDocument": 3}),
        ("textDocument/hover", None),
        ("textDocument/codeAction", {"textDocument": {"uri": "x"}, "range": {}, "context": {}}),
        ("permlint/nonsense", {}),
        ("workspace/executeCommand", {"command": "rm"}),
    ],
)
def test_odd_questions_get_an_answer(write, start, method, params):
    folder = write(APP)
    client = start()

    answer = client.answer(method, params)

    assert "result" in answer or "error" in answer
    assert codes(client.open(folder / "scopes.py")) == ["PRM103"]
    assert client.leave() == 0


def test_odd_messages_do_no_harm(write, start):
    folder = write(APP)
    client = start()

    client.send_raw(b"{nonsense")
    client.send_raw(b"[]")
    client.send({"method": "textDocument/didOpen", "params": {}})
    client.send(
        {
            "method": "textDocument/didChange",
            "params": {"textDocument": {"uri": uri(folder / "x.py"), "version": 2}, "contentChanges": [{"text": ""}]},
        }
    )
    client.send({"method": "textDocument/didClose", "params": {"textDocument": {"uri": uri(folder / "x.py")}}})
    client.send({"method": "textDocument/didSave", "params": {"textDocument": {"uri": "untitled:Untitled-1"}}})

    assert codes(client.open(folder / "scopes.py")) == ["PRM103"]


def test_an_editor_that_goes_away_takes_the_server_with_it(write, start):
    write(APP)
    client = start()
    client.process.stdin.close()

    assert client.process.wait(60) == 1


def test_without_pygls_the_cure_is_named(tmp_path):
    code = "import sys; sys.modules['pygls'] = None; from permlint.cli import run; sys.exit(run(['server']))"

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr == "Error: the server needs pygls 2 or newer: pip install 'permlint[server]'\n"
