"""`check --fix`: what it changes, in every form that a scope stands in, and what it never touches."""

import textwrap

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permlint import cli

DIALOG = '"https://www.facebook.com/v25.0/dialog/oauth?client_id=1&scope="'

SCRIPT = """\
const scopes = [
\t"email",
\t"publish_actions", // 🙂
\t`user_likes`,
];
const url = `https://www.facebook.com/v25.0/dialog/oauth?client_id=1&scope=${scopes.join()}`;
""".replace("\n", "\r\n")

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
)
def test_a_second_run_changes_nothing_and_the_file_still_reads(run, tmp_path, names, quote, lines, comma, end, noted):
    between = f",{end}    " if lines else ", "
    items = between.join(f"{quote}{name}{quote}" for name in names) + ("," if comma else "")
    note = f"  # ä🙂{end}" if noted and lines else end
    text = f"é = 1{note}SCOPES = [{end + '    ' if lines else ''}{items}{end if lines else ''}]{end}URL = {DIALOG} + ','.join(SCOPES){end}"
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
    left = eval(kept[kept.index("[") : kept.index("]") + 1])
    assert left
    assert {name for name in names if name in ("email", "user_likes")} <= set(left)
