"""The command `grants`: saved answers or the API itself held against the project, and permissions taken back."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import click

from permlint.cli.dates import check_version, parse_day, today, warn_of_old_catalog
from permlint.cli.declared import check_names
from permlint.cli.errors import Failure, note
from permlint.cli.output import check_output, style_of, write
from permlint.cli.project import open_project
from permlint.cli.work import analyse, run_of, show_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from permlint.analysis import Analysis
    from permlint.app import App
    from permlint.grants import Grants
    from permlint.live import Graph

_MOST_BYTES = 2_000_000
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_TOKEN = re.compile(r"[!-~]{1,4096}")
_USER = re.compile(r"me|[0-9]{1,32}")
_PERMISSION = re.compile(r"[a-z][a-z0-9_]{1,99}")
_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1")


def grants(
    files: Sequence[str],
    *,
    project: str,
    app: str | None,
    live: bool,
    user: str,
    api_base: str,
    token_env: str | None,
    token_stdin: bool,
    timeout: float,
    retries: int,
    format_: Literal["text", "json"],
    output: str | None,
    config: str | None,
    isolated: bool,
    as_of: str | None,
    graph_version: str | None,
    no_cache: bool,
) -> int:
    """Writes how what people granted fits the project. The arguments are the command's; returns the exit status."""
    from permlint.grants import compare

    if live == bool(files):
        raise Failure("name the files with saved answers (- for standard input), or read the API with --live")
    day = parse_day(as_of)
    check_output(output)
    base = _base(api_base)
    if not live and (token_env is not None or token_stdin):
        raise Failure("a token is only used with --live")
    saved = [] if live else _read_files(files)
    opened = open_project([project], config=config, isolated=isolated).without(files)
    check_version(graph_version, day, opened)
    check_names(opened.config)
    analysis = analyse(opened, day, graph_version, no_cache=no_cache)
    chosen = _app(analysis, app)
    version = _newest(chosen)
    people = saved
    if live:
        people = [_read_live(_graph(base, version, token_env, timeout, retries, stdin=token_stdin), _user(user))]
    for one in people:
        if one.note is not None:
            note(f"{one.who}: {one.note}")
    rows = compare(chosen, people, api_base=base, version=version)
    if format_ == "json":
        from permlint.report.grants import grants_json

        report = grants_json(run_of(day), chosen, rows, [one.who for one in people], show_of(opened))
    else:
        from permlint.report.grants import render_grants

        report = render_grants(chosen, rows, len(people), show_of(opened), style_of(output))
    write(report, output)
    warn_of_old_catalog()
    return int(any(row.actions for row in rows))


def revoke(
    names: Sequence[str],
    *,
    user: str,
    api_base: str,
    graph_version: str | None,
    token_env: str | None,
    token_stdin: bool,
    timeout: float,
    retries: int,
    yes: bool,
    dry_run: bool,
) -> int:
    """Takes permissions of a person back, after asking. Returns the exit status: 1 if the answer is no."""
    from permlint.catalog import load

    base, user = _base(api_base), _user(user)
    check_version(graph_version, today())
    version = graph_version or load().as_of(today()).graph_version or ""
    names = list(dict.fromkeys(names))
    for name in names:
        if not _PERMISSION.fullmatch(name):
            raise Failure(f"{name!r} is no name of a permission: lower-case letters, digits and underscores")
        if load().permission(name) is None:
            near = load().suggest(name)
            note(f"the catalog knows no permission {name}" + (f"; did you mean {' or '.join(near)}?" if near else ""))
    requests = [f"DELETE {base}/{version}/{user}/permissions/{name}" for name in names]
    if dry_run:
        write("".join(f"{request}\n" for request in requests), None)
        return 0
    if token_stdin and not yes:
        raise Failure("with the token on standard input nobody can be asked: add --yes")
    if not yes and not sys.stdin.isatty():
        raise Failure("nobody can be asked here: add --yes to send the requests, or --dry-run to see them")
    graph = _graph(base, version, token_env, timeout, retries, stdin=token_stdin)
    if not yes:
        click.echo("\n".join(requests), err=True)
        if not click.confirm("Send this?", err=True):
            note("nothing was taken back")
            return 1
    from permlint.live import LiveError

    for done, name in enumerate(names):
        try:
            graph.revoke(user, name)
        except LiveError as error:
            before = f"; taken back before that: {', '.join(names[:done])}" if done else "; nothing was taken back"
            raise Failure(f"{name}: {error}{before}") from None
        write(f"taken back: {name}\n", None)
    return 0


def _read_files(files: Sequence[str]) -> list[Grants]:
    if list(files).count("-") > 1:
        raise Failure("standard input can only be named once")
    return [_read_file(path) for path in files]


def _read_file(path: str) -> Grants:
    """A saved answer. Raises Failure, naming the file, for whatever is none."""
    from permlint.grants import AnswerError, read_answer

    who = "standard input" if path == "-" else path
    try:
        if path == "-":
            raw = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with open(path, "rb") as file:
                raw = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise Failure(f"{who}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(raw) > _MOST_BYTES:
        raise Failure(f"{who}: larger than {_MOST_BYTES // 1_000_000} MB, so no answer of the permissions edge")
    try:
        data: Any = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Failure(f"{who}: is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise Failure(f"{who}:{error.lineno}:{error.colno}: is no JSON, or cut off: {error.msg}") from None
    except RecursionError:
        raise Failure(f"{who}: is nested too deeply") from None
    try:
        return read_answer(data, who)
    except AnswerError as error:
        from permlint.secrets import mask

        raise Failure(f"{who}: {mask(str(error))}") from None


def _read_live(graph: Graph, user: str) -> Grants:
    from permlint.grants import AnswerError, read_answer
    from permlint.live import LiveError

    try:
        return read_answer(graph.permissions(user), user)
    except LiveError as error:
        raise Failure(str(error)) from None
    except AnswerError as error:
        raise Failure(f"the answer of the API can't be read: {error}") from None


def _app(analysis: Analysis | None, name: str | None) -> App:
    apps = [each for each in (analysis.apps if analysis is not None else ()) if each.whole]
    if not apps:
        raise Failure("the project has no file that permlint reads; name its folder with --project")
    names = [each.name for each in apps]
    if name is None and len(apps) > 1:
        raise Failure(f"the project has several apps; name one with --app: {', '.join(names)}")
    found = next((each for each in apps if name is None or each.name == name), None)
    if found is None:
        raise Failure(f"--app {name}: no such app; there is {', '.join(names)}")
    return found


def _newest(app: App) -> str:
    """The version that requests are told to be sent with: the app's, or the newest."""
    return app.catalog.graph_version or app.catalog.catalog.versions()[-1].name


def _base(text: str) -> str:
    """The address of the API, checked: the token goes there."""
    try:
        found = urlsplit(text)
        plain = not (found.username or found.password or found.query or found.fragment) and found.port != 0
    except ValueError:
        plain = False
    if (
        not plain
        or found.scheme not in ("https", "http")
        or not found.hostname
        or not text.isprintable()
        or " " in text
    ):
        raise Failure("--api-base: write it as https://graph.facebook.com, without user, query or fragment")
    if found.scheme == "http" and not _LOOPBACK.fullmatch(found.hostname):
        raise Failure("--api-base: http would send the token unencrypted; it is only for this machine (127.0.0.1)")
    return text.rstrip("/")


def _user(text: str) -> str:
    if not _USER.fullmatch(text):
        raise Failure("--user: me, or the id of a person, which is a number")
    return text


def _graph(base: str, version: str, token_env: str | None, timeout: float, retries: int, *, stdin: bool) -> Graph:
    """A client of the API with the token, which is looked for in one place only."""
    try:
        import urllib3  # noqa: F401 -- before the token is asked for
    except ImportError:
        raise Failure("this needs urllib3, which is not installed: pip install 'permlint[live]'") from None
    from permlint.catalog import load
    from permlint.live import Graph

    return Graph(base, version, _token(token_env, stdin=stdin), load().edge(), timeout=timeout, retries=retries)


def _token(variable: str | None, *, stdin: bool) -> str:
    if stdin and variable is not None:
        raise Failure("--token-env and --token-stdin exclude each other")
    if stdin:
        token, where = sys.stdin.buffer.read(8192).decode("utf-8", "replace").strip(), "standard input"
    else:
        # The name is not repeated where it may be the token itself, given by mistake.
        if variable is not None and not _VARIABLE.fullmatch(variable):
            raise Failure("--token-env: name the environment variable that holds the token, not the token")
        name = variable or "PERMLINT_TOKEN"
        token, where = os.environ.get(name, "").strip(), "the environment variable"
        if not token:
            given = "that variable" if variable is not None else name
            raise Failure(f"no token: {given} is not set or empty; set it, or use --token-stdin")
    if not _TOKEN.fullmatch(token):
        raise Failure(f"what {where} holds is no access token" if token else f"no token on {where}")
    return token
