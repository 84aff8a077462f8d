"""The cache: shared, damaged, out of date, without a place to be, and without a secret in it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permlint.cache import Cache, digest_of
from permlint.frontends import Unreadable, lower
from permlint.program import encode

DIALOG = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope="
TOKEN = "EAAG" + "m0PX4ZCpsBA" * 6
SECRET = "0123456789abcdef" * 2
PASSWORD = "correct-horse-battery"
APP = f'''\
import os

APP_SECRET = "{SECRET}"
access_token = "{TOKEN}"
settings = {{"client_secret": "{PASSWORD}7", "db": connect(password="{PASSWORD}8")}}
OTHER = os.getenv("FB_APP_SECRET", "{SECRET[::-1]}")
TEXT = f"Bearer {{x}} {TOKEN[::-1]} {TOKEN}"
SCOPES = os.getenv("FB_SCOPES", "email,user_likes")
URL = "{DIALOG}" + SCOPES + "&state=oops"
'''
ENV = f"""\
FB_APP_SECRET={SECRET}
FB_TOKEN="{TOKEN}"
DB_PASSWORD={PASSWORD}9
REDIS=redis://:{PASSWORD}@host/0
FB_SCOPES=pages_manage_post # not a secret
"""


@pytest.fixture
def project(tmp_path):
    root = tmp_path / "project"
    root.mkdir()
    (root / "permlint.toml").write_text("")
    (root / "login.py").write_text(APP)
    (root / ".env").write_text(ENV)
    return root


def run(root, *arguments, cache, prelude="", status=None):
    """Runs permlint in a process of its own; returns what it wrote to both streams."""
    code = f"import sys\n{prelude}\nfrom permlint.__main__ import main\nsys.argv = ['permlint', *{arguments!r}]\nmain()"
    environment = {**os.environ, "PERMLINT_CACHE_DIR": str(cache)}
    done = subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    assert done.returncode in ((0, 1) if status is None else status), done.stderr.decode()
    return done.stdout, done.stderr


def files_in(folder):
    return [path for path in Path(folder).rglob("*") if path.is_file()]


def test_a_second_run_reads_nothing_anew_and_says_the_same(project, tmp_path):
    cold, _ = run(project, "scopes", "--format", "json", cache=tmp_path / "cache")
    os.utime(project / "login.py", (1_000_000_000.5, 1_000_000_000.5))
    run(project, "scopes", "--format", "json", cache=tmp_path / "cache")

    prelude = "import atexit; atexit.register(lambda: print(*[m for m in sys.modules if m.startswith('libcst')], file=sys.stderr))"
    warm, loaded = run(project, "scopes", "--format", "json", cache=tmp_path / "cache", prelude=prelude)

    assert warm == cold
    assert not loaded.strip()
    scopes = [scope["permission"] for scope in json.loads(cold)["apps"][0]["requests"][0]["scopes"]]
    assert "email" in scopes
    assert "pages_manage_post" in scopes


def test_a_caller_that_only_a_search_finds_is_found_each_time(project, tmp_path):
    (project / "graph.py").write_text('GRAPH = "https://graph.facebook.com/v25.0"\n')
    caller = "import httpx\n\nimport graph\n\n\ndef pages(token):\n    return httpx.get(graph.GRAPH + '/me/accounts')\n"
    (project / "listing.py").write_text(caller)

    answers = [run(project, "scopes", "--format", "json", cache=tmp_path / "cache")[0] for _ in range(3)]

    assert [call["endpoint"] for call in json.loads(answers[0])["apps"][0]["calls"]] == ["/me/accounts"]
    assert answers == answers[:1] * 3


@pytest.mark.parametrize(
    "arguments",
    [("check",), ("check", "--format", "json"), ("check", "--format", "sarif"), ("check", "--format", "github"),
     ("scopes",), ("scopes", "--format", "json")],
    ids=" ".join,
)  # fmt: skip
def test_no_secret_is_shown_or_kept(project, tmp_path, arguments):
    out, error = run(project, *arguments, cache=tmp_path / "cache", status=(0, 1, 2))

    kept = b"".join(path.read_bytes() for path in files_in(tmp_path / "cache"))
    for secret in (SECRET, SECRET[::-1], TOKEN, PASSWORD):
        for where, data in (("stdout", out), ("stderr", error), ("cache", kept)):
            assert secret.encode() not in data, f"{secret[:6]}... in {where}"


def test_the_cache_keeps_what_is_no_secret(project, tmp_path):
    run(project, "check", cache=tmp_path / "cache")

    kept = b"".join(path.read_bytes() for path in files_in(tmp_path / "cache"))

    assert b"email,user_likes" in kept
    assert b"pages_manage_post" in kept
    assert all(path.stat().st_mode & 0o077 == 0 for path in files_in(tmp_path / "cache"))


def test_two_runs_at_once(project, tmp_path):
    for number in range(30):
        (project / f"login{number}.py").write_text(f"SCOPES = 'user_likes'\nURL = '{DIALOG}' + SCOPES\n")
    code = (
        "import sys; from permlint.__main__ import main; sys.argv = ['permlint', 'scopes', '--format', 'json']; main()"
    )
    environment = {**os.environ, "PERMLINT_CACHE_DIR": str(tmp_path / "cache")}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code], cwd=project, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(3)
    ]
    answers = {process.communicate() for process in running}
    answers.add(run(project, "scopes", "--format", "json", cache=tmp_path / "cache"))

    assert len(answers) == 1
    assert not [path for path in files_in(tmp_path / "cache") if path.suffix == ".tmp"]


def test_a_folder_that_cannot_be_written(project, tmp_path):
    (tmp_path / "cache").write_text("a file where a folder should be")

    assert b"user_likes" in run(project, "scopes", cache=tmp_path / "cache")[0]


def test_a_full_disk(project, tmp_path):
    limit = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))"

    assert b"user_likes" in run(project, "scopes", cache=tmp_path / "cache", prelude=limit)[0]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 100
    assert not files_in(tmp_path / "cache")


@pytest.mark.parametrize("nanoseconds", [0, 500_000_000], ids=["whole seconds", "fractions"])
def test_a_change_of_the_same_size_in_the_same_second_is_seen(project, tmp_path, nanoseconds):
    first, second = APP.replace("user_likes", "user_posts"), APP.replace("user_likes", "user_photo")
    status = (project / "login.py").stat()
    moment = status.st_mtime_ns // 1_000_000_000 * 1_000_000_000 + nanoseconds
    seen = []
    for text in (first, second):
        (project / "login.py").write_text(text)
        os.utime(project / "login.py", ns=(moment, moment))
        seen.append(run(project, "scopes", cache=tmp_path / "cache")[0])

    assert b"user_posts" in seen[0]
    assert b"user_photo" in seen[1]
    assert b"user_posts" not in seen[1]


def test_a_file_that_becomes_unreadable_and_readable_again(project, tmp_path):
    for text, known in ((APP, True), (APP + "(", False), (APP, True)):
        (project / "login.py").write_text(text)
        out, _ = run(project, "check", cache=tmp_path / "cache")
        assert (b"PRM901" in out) is not known


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A cache's file with a program in it, and what is needed to ask for it."""
    folder = tmp_path_factory.mktemp("cache")
    source = folder / "login.py"
    source.write_text(APP)
    data = source.read_bytes()
    cache = Cache(folder, "root")
    cache.remember("login.py", source.stat(), data, matters=True)
    cache.keep("login.py", digest_of(data), lower("login.py", data))
    cache.keep("broken.py", "0", Unreadable("a reason", 3, 4))
    cache.save()
    (path,) = folder.glob("*.json")
    return path, path.read_bytes(), digest_of(data), source.stat()


def ask(path, digest, status):
    cache = Cache(path.parent, "root")
    cache.known("login.py", status)
    found = cache.program("login.py", digest)
    cache.program("broken.py", "0")
    cache.save()
    return found


def test_a_program_comes_back_as_it_was(written):
    path, data, digest, status = written
    path.write_bytes(data)

    assert encode(ask(path, digest, status)) == encode(lower("login.py", APP.encode()))
    assert Cache(path.parent, "root").program("broken.py", "0").line == 3


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_damage_is_a_cold_start(written, data):
    path, whole, digest, status = written
    kind = data.draw(st.sampled_from(["cut", "bytes", "swap"]))
    if kind == "cut":
        damaged = whole[: data.draw(st.integers(0, len(whole)))]
    elif kind == "bytes":
        damaged = bytearray(whole)
        for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=5)):
            damaged[at] = data.draw(st.integers(0, 255))
    else:
        parts = whole.split(b",")
        one, other = data.draw(st.tuples(st.integers(0, len(parts) - 1), st.integers(0, len(parts) - 1)))
        parts[one], parts[other] = parts[other], parts[one]
        damaged = b",".join(parts)
    path.write_bytes(bytes(damaged))

    ask(path, digest, status)


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{}", "[" * 100_000, '{"key": 1, "files": [], "programs": {}}', "\0", '"\\ud800"']
)
def test_what_is_no_cache_is_a_cold_start(written, text):
    path, _, digest, status = written
    path.write_text(text)

    assert ask(path, digest, status) is None
