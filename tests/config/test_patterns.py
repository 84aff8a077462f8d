"""Patterns say what git says of the same lines in a .gitignore."""

import re
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permlint.config import Config
from permlint.config.patterns import Patterns


@pytest.mark.parametrize(
    ("pattern", "matching", "others"),
    [
        ("vendor", ["vendor/a.py", "a/vendor/b.py", "a/vendor"], ["vendored/a.py", "a/myvendor.py"]),
        ("vendor/", ["vendor/a.py", "a/vendor/b.py"], ["vendor", "a/vendor"]),
        ("/vendor/", ["vendor/a.py"], ["a/vendor/b.py"]),
        ("legacy/**", ["legacy/a.py", "legacy/a/b.py"], ["legacy", "a/legacy/b.py"]),
        ("scripts/*", ["scripts/a.py", "scripts/a/b.py"], ["a/scripts/b.py", "scripts"]),
        ("**/test_*.py", ["test_a.py", "a/b/test_c.py"], ["a/latest_b.py", "test_a.txt"]),
        ("*.py", ["a.py", "a/b.py", "a.py/c"], ["a.pyi"]),
        ("a/**/b", ["a/b", "a/x/b", "a/x/y/b/c"], ["ab", "x/a/b"]),
        ("a/*/b", ["a/x/b"], ["a/b", "a/x/y/b"]),
        ("a?c.py", ["abc.py"], ["a/c.py", "ac.py"]),
        ("[ab]*.py", ["a.py", "b1.py"], ["c.py"]),
        ("[!ab].py", ["c.py"], ["a.py"]),
        ("[a-c].py", ["b.py"], ["d.py"]),
        (r"a\*.py", ["a*.py"], ["ab.py"]),
        ("./src/", ["src/a.py"], ["a/src/b.py"]),
        ("**", ["a", "a/b"], []),
        ("[", ["["], ["a"]),
        ("test_*.py", ["test_.py", "test_a.py"], ["test.py"]),
        ("a*a", ["aa", "aba"], ["a"]),
    ],
)
def test_pattern(pattern, matching, others):
    patterns = Patterns([pattern])
    assert [path for path in matching if not patterns.matches(path)] == []
    assert [path for path in others if patterns.matches(path)] == []


def test_no_patterns_match_nothing():
    assert not Patterns([])
    assert not Patterns([]).matches("a")
    assert not Patterns([]).matches_folder("a")


def test_an_exception_takes_back():
    patterns = Patterns(["vendor/", "!vendor/ours/"])
    assert patterns.matches("vendor/a.py")
    assert not patterns.matches("vendor/ours/a.py")
    assert not patterns.matches_folder("vendor"), "a walk has to go in"
    assert Patterns(["vendor/", "!vendor/ours/", "vendor/ours/old/"]).matches("vendor/ours/old/a.py")
    assert not Patterns(["!a"]).matches("a")


def test_folders_match_for_a_walk():
    patterns = Patterns(["vendor/", "a/b/**"])
    assert patterns.matches_folder("vendor")
    assert patterns.matches_folder("x/vendor/y")
    assert patterns.matches_folder("a/b/c")
    assert not patterns.matches_folder("a")


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    folder = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    return folder


# Two asterisks beside a letter (`a**/b`) mean what git's own matcher happens to make of them, so none are made here.
_words = st.text("ab*?", min_size=1, max_size=4).map(lambda text: re.sub(r"\*+", "*", text))
_patterns = st.lists(st.one_of(_words, st.just("**"), st.just("[!a]"), st.just("[a-b]b")), min_size=1, max_size=3).map(
    "/".join
)
_lines = st.builds(
    lambda head, text, tail: head + text + tail, st.sampled_from(["", "/"]), _patterns, st.sampled_from(["", "/"])
)
_paths = st.lists(st.text("ab", min_size=1, max_size=3), min_size=1, max_size=4).map("/".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(line=_lines, paths=st.lists(_paths, min_size=1, max_size=12, unique=True))
def test_as_git_does(repository, line, paths):
    (repository / ".gitignore").write_text(line + "\n")
    done = subprocess.run(
        ["git", "check-ignore", "--no-index", "--stdin"],
        cwd=repository,
        input="\n".join(paths),
        capture_output=True,
        text=True,
        check=False,
    )
    patterns = Patterns([line])
    assert {path for path in paths if patterns.matches(path)} == set(done.stdout.split())


@pytest.mark.parametrize(
    ("path", "is_test"),
    [
        ("app/src/main/java/com/example/shop/Login.java", False),
        ("app/src/main/kotlin/org/samples/Login.kt", False),
        ("shared/src/commonMain/kotlin/com/example/Login.kt", False),
        ("src/com/example/Login.java", False),
        ("app/src/main/java/com/example/shop/LoginTest.java", True),
        ("app/src/test/java/com/example/shop/Login.java", True),
        ("app/src/androidTest/java/com/example/Login.kt", True),
        ("examples/android/src/main/java/com/shop/Login.java", True),
        ("templates/facebook_login_example.html", True),
        ("src/login-example.js", True),
        (".env.example", False),
        ("src/example.py", False),
        ("src/com/example/login.py", True),
    ],
)
def test_the_folders_of_a_package_say_nothing(path, is_test):
    assert Config(root="").is_test(path) is is_test


def test_patterns_of_ones_own_see_the_whole_path():
    assert Config(root="", tests=("src/main/java/com/old/",)).is_test("src/main/java/com/old/Login.java")
