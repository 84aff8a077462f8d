"""`check --fix`: what it changes, in every form that a scope stands in, and what it never touches."""

import subprocess
import textwrap

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permlint import cli
from permlint.cli import fixes

DIALOG = '"https://www.facebook.com/v25.0/dialog/oauth?client_id=1&scope="'

SCRIPT = """\
const scopes = [
\t"email",
\t"publish_actions", // 🙂
\t`user_likes`,
];
const url = `https://www.facebook.com/v25.0/dialog/oauth?client_id=1&scope=${scopes.join()}`;
""".replace("\n", "\r\n")

SPRING = "spring.security.oauth2.client.registration:\n    facebook:\n        scope: {}\n        client-id: a\n"
KOTLIN = """\
import com.facebook.login.LoginManager
fun a() {{
    LoginManager.getInstance().logInWithReadPermissions(this, {})
}}
"""
CSHARP = """\
class A { void C(IServiceCollection s) {
  s.AddAuthentication().AddFacebook(o => {
    o.Scope.Add("pages_read_engagement");
    o.Scope.Add("email");
  });
} }
"""

# file, before, after
FORMS = {
    "an element on a line of its own": (
        "app.py",
        f'URL = {DIALOG} + ",".join([\n    "email",\n    "publish_actions",\n    "user_likes",\n])\n',
        f'URL = {DIALOG} + ",".join([\n    "email",\n    "user_likes",\n])\n',
    ),
    "the last element, without a comma": (
        "app.py",
        f'URL = {DIALOG} + ",".join([\n    "email",\n    "publish_actions"\n])\n',
        f'URL = {DIALOG} + ",".join([\n    "email"\n])\n',
    ),
    "several elements on a line": (
        "app.py",
        f'URL = {DIALOG} + ",".join(["publish_actions", \'email\', "manage_notifications"])\n',
        f"URL = {DIALOG} + \",\".join(['email'])\n",
    ),
    "the only element stays": (
        "app.py",
        f'URL = {DIALOG} + ",".join(["publish_actions"])\n',
        f'URL = {DIALOG} + ",".join(["publish_actions"])\n',
    ),
    "a part of a text": (
        "app.py",
        'URL = "https://www.facebook.com/v25.0/dialog/oauth?client_id=1&scope=publish_actions,email, manage_notifications"\n',
        'URL = "https://www.facebook.com/v25.0/dialog/oauth?client_id=1&scope=email"\n',
    ),
    "encoded separators": (
        "app.py",
        'URL = "https://www.facebook.com/v25.0/dialog/oauth?client_id=1&scope=email%2Cpublish_actions%2Cuser_likes"\n',
        'URL = "https://www.facebook.com/v25.0/dialog/oauth?client_id=1&scope=email%2Cuser_likes"\n',
    ),
    "a constant, implicitly joined": (
        "app.py",
        f'SCOPES = ("email,"\n          "publish_actions,"\n          "user_likes")\nURL = {DIALOG} + SCOPES\n',
        f'SCOPES = ("email,"\n          "publish_actions,"\n          "user_likes")\nURL = {DIALOG} + SCOPES\n',
    ),
    "a misspelt name keeps its quotes": (
        "app.py",
        f"URL = {DIALOG} + ','.join(('email', r'pages_show_lists'))\n",
        f"URL = {DIALOG} + ','.join(('email', r'pages_show_list'))\n",
    ),
    "dependencies, each on a line": (
        "app.py",
        f'URL = {DIALOG} + ",".join([\n    "pages_read_engagement",  # posts\n])\n',
        f'URL = {DIALOG} + ",".join([\n    "pages_read_engagement",\n    "pages_show_list",  # posts\n])\n',
    ),
    "dependencies, in a line": (
        "app.py",
        f'URL = {DIALOG} + ",".join(["email", "pages_read_engagement"])\n',
        f'URL = {DIALOG} + ",".join(["email", "pages_read_engagement", "pages_show_list"])\n',
    ),
    "dependencies, in a text": (
        "app.py",
        'URL = "https://www.facebook.com/v25.0/dialog/oauth?client_id=1&scope=email pages_read_engagement"\n',
        'URL = "https://www.facebook.com/v25.0/dialog/oauth?client_id=1&scope=email pages_read_engagement pages_show_list"\n',
    ),
    "a name that begins like a prefix of a string": (
        "app.py",
        f'URL = {DIALOG} + ",".join(["user_likes", "user_likes"])\n',
        f'URL = {DIALOG} + ",".join(["user_likes"])\n',
    ),
    "Swift": (
        "App.swift",
        'import FacebookLogin\nLoginManager().logIn(permissions: ["email", "publish_actions", "email"], from: nil)\n',
        'import FacebookLogin\nLoginManager().logIn(permissions: ["email"], from: nil)\n',
    ),
    "Swift, a constant of the SDK": (
        "App.swift",
        "import FacebookLogin\nLoginManager().logIn(permissions: [.email, .publishActions, .email], from: nil)\n",
        "import FacebookLogin\nLoginManager().logIn(permissions: [.email, .publishActions, .email], from: nil)\n",
    ),
    "Objective-C": (
        "App.m",
        'void a(void) {\n    [[FBSDKLoginManager new] logInWithPermissions:@[@"user_likes", @"email", @"user_likes"] handler:nil];\n}\n',
        'void a(void) {\n    [[FBSDKLoginManager new] logInWithPermissions:@[@"user_likes", @"email"] handler:nil];\n}\n',
    ),
    "Dart": (
        "app.dart",
        "final a = FacebookAuth.instance.login(permissions: ['email', 'pages_read_engagement']);\n",
        "final a = FacebookAuth.instance.login(permissions: ['email', 'pages_read_engagement', 'pages_show_list']);\n",
    ),
    "Ruby, words and symbols": (
        "app.rb",
        (
            "a = Koala::Facebook::OAuth.new\na.url_for_oauth_code(permissions: %w[email pages_read_engagement email])\n"
            "a.url_for_oauth_code(permissions: [:email, :user_likes, :user_likes])\n"
        ),
        (
            "a = Koala::Facebook::OAuth.new\na.url_for_oauth_code(permissions: %w[email pages_read_engagement pages_show_list])\n"
            "a.url_for_oauth_code(permissions: [:email, :user_likes])\n"
        ),
    ),
    "a tuple of one keeps its comma": (
        "app.py",
        f'A = ("email", "publish_actions")\nB = (\n    "publish_actions",\n    "email"\n)\nU = {DIALOG} + ",".join(A)\nV = {DIALOG} + ",".join(B)\n',
        f'A = ("email",)\nB = (\n    "email",\n)\nU = {DIALOG} + ",".join(A)\nV = {DIALOG} + ",".join(B)\n',
    ),
    "a tuple of three that becomes one": (
        "app.py",
        f'A = ("publish_actions", "email", "email")\nB = (\n    "publish_actions",\n    "email",  # why\n    "email"\n)\nU = {DIALOG} + ",".join(A)\nV = {DIALOG} + ",".join(B)\n',
        f'A = ("email",)\nB = (\n    "email",  # why\n    "email"\n)\nU = {DIALOG} + ",".join(A)\nV = {DIALOG} + ",".join(B)\n',
    ),
    "a text over several lines": (
        "app.py",
        f'S = """\n  email\n  publish_actions\n  pages_read_engagement\n"""\nU = {DIALOG} + ",".join(S.split())\n',
        f'S = """\n  email\n  pages_read_engagement\n  pages_show_list\n"""\nU = {DIALOG} + ",".join(S.split())\n',
    ),
    "a lone name that is all a login is given": (
        "app.py",
        f'S = "pages_read_engagement"\nU = {DIALOG} + S\n',
        f'S = "pages_read_engagement,pages_show_list"\nU = {DIALOG} + S\n',
    ),
    "a lone name that is put into a list": (
        "app.py",
        f'S = "pages_read_engagement"\nL = ["email", S]\nL.append("user_likes")\nU = {DIALOG} + ",".join(L)\n',
        f'S = "pages_read_engagement"\nL = ["email", S]\nL.append("user_likes")\nU = {DIALOG} + ",".join(L)\n',
    ),
    "one letter too few": (
        "app.py",
        f"U = {DIALOG} + 'email,pages_show_lis'\n",
        f"U = {DIALOG} + 'email,pages_show_list'\n",
    ),
    "a list that another request has from here alone": (
        "app.py",
        f'A = ["email"]\nB = ["email", "user_likes"]\nU = {DIALOG} + ",".join(A + B)\nV = {DIALOG} + ",".join(B)\n',
        f'A = ["email"]\nB = ["email", "user_likes"]\nU = {DIALOG} + ",".join(A + B)\nV = {DIALOG} + ",".join(B)\n',
    ),
    "a list that a login has that would refuse more": (
        "app.py",
        (
            f'S = ["email", "pages_read_engagement"]\nU = {DIALOG} + ",".join(S)\n'
            'V = "https://www.instagram.com/oauth/authorize?client_id=1&scope=" + ",".join(S)\n'
        ),
        (
            f'S = ["email", "pages_read_engagement"]\nU = {DIALOG} + ",".join(S)\n'
            'V = "https://www.instagram.com/oauth/authorize?client_id=1&scope=" + ",".join(S)\n'
        ),
    ),
    "YAML, a list on one line": (
        "application.yml",
        SPRING.format("[email, publish_actions, pages_read_engagement]"),
        SPRING.format("[email, pages_read_engagement, pages_show_list]"),
    ),
    "YAML, a folded text": (
        "application.yml",
        SPRING.format(">-\n            email,\n            publish_actions,\n            pages_read_engagement"),
        SPRING.format(">-\n            email,\n            pages_read_engagement,\n            pages_show_list"),
    ),
    "properties, a key for each element": (
        "application.properties",
        "spring.security.oauth2.client.registration.facebook.scope[0]=pages_read_engagement\n",
        "spring.security.oauth2.client.registration.facebook.scope[0]=pages_read_engagement\n",
    ),
    "properties, a line that goes on": (
        "application.properties",
        "spring.security.oauth2.client.registration.facebook.scope=email,\\\n  pages_read_engagement\n",
        "spring.security.oauth2.client.registration.facebook.scope=email,\\\n  pages_read_engagement,\\\n  pages_show_list\n",
    ),
    "Kotlin, a function that makes a list": (
        "App.kt",
        KOTLIN.format('listOf("email", "publish_actions", "pages_read_engagement")'),
        KOTLIN.format('listOf("email", "pages_read_engagement", "pages_show_list")'),
    ),
    "Kotlin, a list of one": (
        "App.kt",
        KOTLIN.format('setOf("pages_read_engagement")'),
        KOTLIN.format('setOf("pages_read_engagement", "pages_show_list")'),
    ),
    "C#, a name that is added": (
        "App.cs",
        CSHARP,
        CSHARP,
    ),
    "Ruby, a list of one symbol": (
        "app.rb",
        "a = Koala::Facebook::OAuth.new\na.url_for_oauth_code(permissions: [:pages_read_engagement])\n",
        "a = Koala::Facebook::OAuth.new\na.url_for_oauth_code(permissions: [:pages_read_engagement, :pages_show_list])\n",
    ),
    "a shell's variable": (
        "run.sh",
        'S="email,publish_actions"\nopen https://www.facebook.com/v25.0/dialog/oauth?client_id=1\\&scope=$S\n',
        'S="email"\nopen https://www.facebook.com/v25.0/dialog/oauth?client_id=1\\&scope=$S\n',
    ),
    "a shell's words, quoted piece by piece": (
        "run.sh",
        f"curl {DIALOG}'publish_actions,email,user_likes,'\"manage_notifications,$MORE\"\n",
        f"curl {DIALOG}'email,user_likes,'\"$MORE\"\n",
    ),
    "a shell's arrays": (
        "run.zsh",
        (
            f'S=("email"\n   "pages_read_engagement" # why\n   publish_actions)\nopen {DIALOG}"$(IFS=,; echo "${{S[*]}}")"\n'
            f'T=( "pages_manage_metadata" )\nopen {DIALOG}"${{T[*]}}"\n'
        ),
        (
            f'S=("email"\n   "pages_read_engagement"\n   "pages_show_list" # why\n   publish_actions)\n'
            f'open {DIALOG}"$(IFS=,; echo "${{S[*]}}")"\nT=( "pages_manage_metadata" "pages_show_list" )\nopen {DIALOG}"${{T[*]}}"\n'
        ),
    ),
    "JavaScript, template and line ends": (
        "app.js",
        SCRIPT,
        SCRIPT,
    ),
}


@pytest.fixture
def run(capsys):
    """Runs the command in this process and returns its exit status and what it wrote."""

    def go(*args):
        status = cli.run(["check", "--isolated", "--no-cache", *args])
        return (status, *capsys.readouterr())

    return go


@pytest.mark.parametrize(("name", "before", "after"), FORMS.values(), ids=FORMS)
def test_safe_fixes(run, tmp_path, name, before, after):
    (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + before.encode())

    run("--fix", "--ignore", "PRM2,PRM4", str(tmp_path))

    assert (tmp_path / name).read_bytes() == b"\xef\xbb\xbf" + after.encode()


def test_a_comment_is_only_taken_away_with_unsafe_fixes(run, tmp_path):
    file = tmp_path / "app.js"
    file.write_bytes(SCRIPT.encode())

    run("--fix", "--unsafe-fixes", "--ignore", "PRM2,PRM4", str(tmp_path))

    assert file.read_bytes() == SCRIPT.replace('\t"publish_actions", // 🙂\r\n', "").encode()


def test_what_took_its_place_is_chosen_by_the_calls(run, tmp_path):
    (tmp_path / "app.py").write_text(
        textwrap.dedent("""\
        import requests

        URL = "https://www.facebook.com/v25.0/dialog/oauth?client_id=1&scope=email,publish_pages,pages_show_list"


        def post(page, text):
            return requests.post(f"https://graph.facebook.com/v25.0/{page}/feed", data={"message": text})
        """)
    )

    run("--fix", "--unsafe-fixes", "--select", "PRM101", str(tmp_path))

    line = (tmp_path / "app.py").read_text().splitlines()[2]
    assert line.endswith('scope=email,pages_manage_posts,pages_show_list"')


def test_a_newer_version_is_an_unsafe_fix(run, tmp_path):
    file = tmp_path / "app.py"
    file.write_text('URL = "https://graph.facebook.com/v12.0/me"\n')

    run("--fix", "--as-of", "2026-11-21", str(tmp_path))
    assert "v12.0" in file.read_text()

    run("--fix", "--unsafe-fixes", "--as-of", "2026-11-21", str(tmp_path))
    assert "v12.0" not in file.read_text()


def test_a_diff_writes_nothing(run, tmp_path):
    file = tmp_path / "app.py"
    before = FORMS["a part of a text"][1]
    file.write_text(before)

    status, out, _ = run("--diff", "--ignore", "PRM2,PRM4", str(tmp_path))

    assert status == 1
    assert "-URL" in out
    assert "+URL" in out
    assert file.read_text() == before


@pytest.mark.parametrize(
    "options",
    [["--unsafe-fixes"], ["--fix", "--diff"], ["--fix", "--add-suppressions", "--reason", "x"]],
    ids=" ".join,
)
def test_options_that_do_not_go_together(run, tmp_path, options):
    status, _, error = run(*options, str(tmp_path))

    assert status == 2
    assert "--" in error


NAMES = [
    "email",
    "publish_actions",
    "user_likes",
    "pages_show_lists",
    "pages_read_engagement",
    "manage_notifications",
    "manage_pages",
]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=6),
    quote=st.sampled_from(["'", '"']),
    lines=st.booleans(),
    comma=st.booleans(),
    end=st.sampled_from(["\n", "\r\n"]),
    noted=st.booleans(),
    brackets=st.sampled_from(["[]", "()"]),
)
def test_a_second_run_changes_nothing_and_the_file_still_reads(
    run, tmp_path, names, quote, lines, comma, end, noted, brackets
):
    between = f",{end}    " if lines else ", "
    comma = comma or (brackets == "()" and len(names) == 1)
    items = between.join(f"{quote}{name}{quote}" for name in names) + ("," if comma else "")
    note = f"  # ä🙂{end}" if noted and lines else end
    text = f"é = 1{note}SCOPES = {brackets[0]}{end + '    ' if lines else ''}{items}{end if lines else ''}{brackets[1]}{end}URL = {DIALOG} + ','.join(SCOPES){end}"
    file = tmp_path / "app.py"
    file.write_bytes(text.encode())

    options = ["--fix", "--unsafe-fixes", "--ignore", "PRM2", str(tmp_path)]
    run(*options)
    once = file.read_bytes()
    run(*options)

    assert file.read_bytes() == once
    compile(once, "app.py", "exec")
    kept = once.decode()
    assert kept.startswith(f"é = 1{note}")
    assert kept.endswith(f"URL = {DIALOG} + ','.join(SCOPES){end}")
    left = eval(kept[kept.index(brackets[0]) : kept.index(brackets[1]) + 1])
    assert isinstance(left, list if brackets == "[]" else tuple)
    assert left
    assert {name for name in names if name in ("email", "user_likes")} <= set(left)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=6),
    separator=st.sampled_from([",", ", ", " "]),
    quote=st.sampled_from(["", '"']),
)
def test_only_the_value_changes_in_an_env_file(run, tmp_path, names, separator, quote):
    (tmp_path / "app.py").write_text(
        f"import os\n\nimport requests\n\nURL = {DIALOG} + os.environ['SCOPES']\n"
        "requests.get('https://graph.facebook.com/v25.0/me?fields=email')\n"
    )
    file = tmp_path / ".env"
    file.write_text(f"A=1\nSCOPES={quote}{separator.join(names)}{quote}\nB=2\n")

    run("--fix", "--unsafe-fixes", str(tmp_path))

    first, value, *rest = file.read_text().splitlines()
    assert (first, rest) == ("A=1", ["B=2"])
    assert value.startswith(f"SCOPES={quote}")
    assert value.endswith(quote)
    left = value.removeprefix(f"SCOPES={quote}").removesuffix('"').split(separator)
    assert all(left)
    assert len(set(left)) == len(left)


@pytest.mark.parametrize(
    "content",
    [
        f'SCOPES = ["email", "publish_actions"]\r\nURL = {DIALOG} + ",".join(SCOPES)'.encode(),
        f'# a\x0cb\x1cc\u2028d\nSCOPES = ["email", "publish_actions"]\nURL = {DIALOG} + ",".join(SCOPES)\n'.encode(),
        f'\ufeffSCOPES = ["email", "publish_actions"]\nURL = {DIALOG} + ",".join(SCOPES)\n'.encode(),
        f'# coding: latin-1\nA = "\xe9"; SCOPES = ["email", "publish_actions"]\nURL = {DIALOG} + ",".join(SCOPES)\n'.encode(
            "latin-1"
        ),
    ],
    ids=["no newline at the end", "separators that git does not know", "byte order mark", "Latin-1"],
)
@pytest.mark.parametrize("name", ["app.py", "a b/it's #1 100%.py", 'quote " back\\slash ü.py', "tab\tnew\nline.py"])
def test_git_applies_the_diff_to_what_the_fix_writes(run, tmp_path, monkeypatch, content, name):
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "-q"], check=True)

    assert run("--diff", "--output", "../fix.patch")[0] == 1
    subprocess.run(["git", "apply", "../fix.patch"], check=True)
    applied = file.read_bytes()
    file.write_bytes(content)
    run("--fix")

    assert file.read_bytes() == applied != content
    assert applied == content.replace(b', "publish_actions"', b"")


def test_a_file_of_two_apps_is_only_changed_as_both_want_it(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "permlint.toml").write_text(
        '[apps.a]\npaths = ["a.py", "shared.py"]\n[apps.b]\npaths = ["b.py", "shared.py"]\n'
    )
    shared = tmp_path / "shared.py"
    shared.write_text('SCOPES = ["email", "publish_actions"]\n')
    (tmp_path / "a.py").write_text(f'from shared import SCOPES\nURL = {DIALOG} + ",".join(["email", *SCOPES])\n')
    (tmp_path / "b.py").write_text(f'from shared import SCOPES\nURL = {DIALOG} + ",".join(SCOPES)\n')

    status = cli.run(["check", "--no-cache", "--fix"])
    out = capsys.readouterr().out

    assert status == 1
    assert "PRM106" in out
    assert shared.read_text() == 'SCOPES = ["email"]\n'


def test_a_file_that_may_not_be_written_is_left_alone_and_the_others_are_fixed(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = FORMS["a part of a text"][1]
    for name in ("a.py", "b.py", "c.py"):
        (tmp_path / name).write_text(before)

    def refuse(path, content, replace_file=fixes.replace_file):
        if path.endswith("b.py"):
            raise PermissionError(13, "Permission denied")
        replace_file(path, content)

    monkeypatch.setattr(fixes, "replace_file", refuse)
    status, _, error = run("--fix")

    assert status == 2
    assert "b.py: cannot be written: Permission denied" in error
    assert [name for name in ("a.py", "b.py", "c.py") if (tmp_path / name).read_text() == before] == ["b.py"]


def test_what_was_saved_meanwhile_is_not_overwritten(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "a.py"
    file.write_text(FORMS["a part of a text"][1])
    apply = fixes.apply

    def save_and_apply(*args, **options):
        done = apply(*args, **options)
        file.write_text("# saved\n")
        return done

    monkeypatch.setattr(fixes, "apply", save_and_apply)
    status, _, error = run("--fix")

    assert status == 2
    assert "a.py: was changed meanwhile" in error
    assert file.read_text() == "# saved\n"


def test_the_report_says_how_to_have_findings_fixed(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.py").write_text(f'{FORMS["a part of a text"][1]}V = "https://graph.facebook.com/v12.0/me"\n')

    assert "2 can be fixed with --fix, 1 more with --unsafe-fixes, for review\n" in run()[1]
    assert "note: would fix 2 findings in 1 file" in run("--diff")[2]
    assert "1 can be fixed with --fix --unsafe-fixes, for review\n" in run("--fix")[1]
    assert "can be fixed" not in run("--fix", "--unsafe-fixes")[1]
    assert run("--fix")[2] == "note: nothing to fix\n"


def test_what_was_there_is_counted_and_not_what_fixes_bring(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = ["business_management", "instagram_basic", "publish_actions", "manage_friendlists"]
    (tmp_path / "a.py").write_text(f"U = {DIALOG} + ','.join({names})\n")
    (tmp_path / "b.py").write_text(f"U = {DIALOG} + ','.join(['publish_actions', 'manage_friendlists'])\n")
    options = ("--select", "PRM101,PRM104,PRM106")

    assert "6 can be fixed with --fix\n" in run(*options)[1]
    # Both names of `b.py` are dead, and the last one stays: an empty list may mean something else.
    assert "note: fixed 5 findings in 2 files\n" in run(*options, "--fix")[2]
    kept = eval((tmp_path / "a.py").read_text().partition("join(")[2].rpartition(")")[0])
    assert len(set(kept)) == len(kept) > 2
