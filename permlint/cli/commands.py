"""The commands with their arguments and options, and nothing else: what they do is imported when one of them runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from permlint import __version__
from permlint.report.formats import MODULES

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

    Command = TypeVar("Command", bound=Callable[..., Any])

_REPORTS = ("text", "concise", *MODULES)
_PRINTS = ("text", "json")


def _version(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        from permlint.cli.dates import catalog_date

        click.echo(f"permlint {__version__} (catalog of {catalog_date()})")
        context.exit()


def _words(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...] | None:
    """Comma-separated words, given once or several times; None where the option was not given."""
    if not value:
        return None
    return tuple(word.strip() for given in value for word in given.split(",") if word.strip())


def _files(_: click.Context, __: click.Parameter, ___: str) -> list[CompletionItem]:
    from permlint.cli.completion import files

    return files()


def _rules(_: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from permlint.cli.completion import rules

    return rules(incomplete, several=parameter.multiple)


def _permissions(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from permlint.cli.completion import permissions

    return permissions(incomplete)


def _as_of(command: Command) -> Command:
    command = click.option(
        "--graph-version",
        metavar="vN.N",
        help="Graph API version of calls and logins that name none. Default: the newest that the app names.",
    )(command)
    return click.option("--as-of", metavar="DATE", help="Judge as of this day, YYYY-MM-DD. Default: today.")(command)


def _analysis(formats: tuple[str, ...]) -> Callable[[Command], Command]:
    """The options that all analysis commands share."""

    def add(command: Command) -> Command:
        for option in (
            click.option("--no-cache", is_flag=True, help="Neither read nor write the cache."),
            _as_of,
            click.option("--isolated", is_flag=True, help="Ignore all config files."),
            click.option(
                "--config",
                metavar="FILE",
                shell_complete=_files,
                help="Use this config file instead of the nearest one.",
            ),
            click.option("--output", "-o", metavar="FILE", shell_complete=_files, help="Write the report to a file."),
            click.option("--format", "format_", type=click.Choice(formats), default="text", show_default=True),
            click.argument("paths", nargs=-1, metavar="[PATHS]...", shell_complete=_files),
        ):
            command = option(command)
        return command

    return add


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and the date of the catalog.",
)
def permlint() -> None:
    """Finds the permissions that an app on Meta's platform asks for, and says what is wrong with them."""


@permlint.command(short_help="Lint the project.")
@_analysis(_REPORTS)
@click.option(
    "--select", multiple=True, callback=_words, metavar="RULES", shell_complete=_rules, help="Run these rules only."
)
@click.option(
    "--extend-select",
    multiple=True,
    callback=_words,
    metavar="RULES",
    shell_complete=_rules,
    help="Run these rules too.",
)
@click.option(
    "--ignore", multiple=True, callback=_words, metavar="RULES", shell_complete=_rules, help="Do not run these rules."
)
@click.option(
    "--min-confidence",
    type=click.Choice(("high", "medium", "low")),
    help="Show what permlint is at least that sure of. Default: low, or the config's.",
)
@click.option(
    "--baseline",
    metavar="FILE",
    shell_complete=_files,
    help="Hold back the findings that this file of `permlint baseline` lists.",
)
@click.option("--since", metavar="BASE", help="Show only the findings that are new since this git revision.")
@click.option(
    "--alone",
    is_flag=True,
    help="Judge only the named files, by the rules that need no other: quick in a large project.",
)
@click.option("--fix", is_flag=True, help="Write the safe fixes into the files.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: those too that a person should look at.")
@click.option("--diff", is_flag=True, help="Show what the fixes would change, and write nothing.")
@click.option(
    "--add-suppressions", is_flag=True, help="Write comments that silence what is found, for review; needs --reason."
)
@click.option("--reason", metavar="TEXT", help="Why it is silenced; stands in the comments.")
@click.option("--exit-zero", is_flag=True, help="Exit with status 0 even if there is something to act on.")
@click.option("--watch", is_flag=True, help="Lint again whenever a file changes, until Ctrl-C.")
@click.option("--statistics", is_flag=True, help="Say at the end how often each rule spoke.")
@click.option(
    "--stdin-filename",
    metavar="PATH",
    shell_complete=_files,
    help="The file whose content comes on standard input; needs the path -.",
)
@click.option("--quiet", "-q", is_flag=True, help="Neither summary nor notes.")
def check(watch: bool, **options: Any) -> int:
    """Lints the project that PATHS belong to, and shows what stands in PATHS.

    PATHS are files and folders; default: the working directory. The project is always judged whole, so that a single
    file never looks like an app that lacks everything else. RULES are codes, beginnings of codes, or names, separated
    by commas.

    The exit status is 0 if there is nothing to act on, 1 if there is, 2 if permlint could not run.
    """
    if watch:
        from permlint.cli.watching import watch as repeat

        return repeat(**options)
    from permlint.cli.check import check as work

    return work(**options)


@permlint.command(short_help="Accept all that is found today.")
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    shell_complete=_files,
    default="permlint-baseline.json",
    show_default=True,
    help="Write the baseline to this file.",
)
@click.option(
    "--config", metavar="FILE", shell_complete=_files, help="Use this config file instead of the nearest one."
)
@click.option("--isolated", is_flag=True, help="Ignore all config files.")
@_as_of
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@click.argument("path", required=False, shell_complete=_files)
def baseline(**options: Any) -> int:
    """Writes all findings of the project that PATH belongs to into a file; `permlint check --baseline` holds them back.

    A finding is known by its rule, permission, file and surroundings, so it stays the same when lines move. PATH is the
    working directory by default; the project is always taken whole.
    """
    from permlint.cli.baseline import baseline as work

    return work(**options)


@permlint.command(short_help="List what the project asks for, calls and needs.")
@_analysis(_PRINTS)
@click.option("--unresolved", is_flag=True, help="Show only what could not be worked out from the source.")
@click.option("--least", is_flag=True, help="Show only the smallest list of scopes that covers what the calls need.")
def scopes(**options: Any) -> int:
    """Lists the permissions that each app of the project asks for, what it calls, and what these calls need.

    With --least, each family of logins of an app has one line that is ready to paste; lines that begin with # say what
    it leaves out because nobody can tell whether it is used.
    """
    from permlint.cli.scopes import scopes as work

    return work(**options)


@permlint.command(short_help="Compare the permissions with those at a git revision.")
@click.argument("revision", metavar="BASE")
@_analysis(("text", "markdown", "json"))
def diff(**options: Any) -> int:
    """Says which permissions the project newly asks for and needs since BASE, a git revision, and which no longer.

    For each new one it says what it depends on and whether App Review looks at it. Everything is judged by today's
    catalog. The exit status is 0, or 2 if permlint could not run.
    """
    from permlint.cli.diff import diff as work

    return work(**options)


@permlint.command(short_help="Show the settings, and where each comes from.")
@click.argument("paths", nargs=-1, metavar="[PATHS]...", shell_complete=_files)
@click.option(
    "--config", metavar="FILE", shell_complete=_files, help="Use this config file instead of the nearest one."
)
@click.option("--isolated", is_flag=True, help="Ignore all config files.")
@click.option("--format", "format_", type=click.Choice(_PRINTS), default="text", show_default=True)
def config(**options: Any) -> int:
    """Shows the settings of the project that PATHS belong to, as a config file whose comments say where each comes from."""
    from permlint.cli.settings import config as work

    return work(**options)


class _Grants(click.Group):
    """A group whose first word is a command of its own or, where it is none, a file for `compare`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in self.commands:
            args = ["compare", *args]
        return super().parse_args(ctx, args)


def _api(command: Command) -> Command:
    """The options of what talks to the API."""
    for option in (
        click.option(
            "--retries", type=click.IntRange(0, 10), default=2, show_default=True, help="How often to try again."
        ),
        click.option(
            "--timeout", type=click.FloatRange(0.1, 300), default=20.0, show_default=True, help="Seconds for a request."
        ),
        click.option("--token-stdin", is_flag=True, help="Read the access token from standard input."),
        click.option(
            "--token-env", metavar="NAME", help="The variable that holds the access token. Default: PERMLINT_TOKEN."
        ),
        click.option(
            "--api-base",
            metavar="URL",
            default="https://graph.facebook.com",
            show_default=True,
            help="Where the API is; the token goes there.",
        ),
        click.option("--user", metavar="ID", default="me", show_default=True, help="Whose permissions: an id, or me."),
    ):
        command = option(command)
    return command


@permlint.group(cls=_Grants, short_help="Hold what people granted against the project.")
def grants() -> None:
    """Holds what people granted against what the project asks for and needs; `grants revoke` takes permissions back."""


@grants.command(short_help="Compare saved answers with the project (the default).")
@click.argument("files", nargs=-1, metavar="[FILES]...")
@click.option("--project", metavar="PATH", default=".", show_default=True, help="The project, or a path in it.")
@click.option("--app", metavar="NAME", help="The app, where the project has several.")
@click.option("--live", is_flag=True, help="Read the permissions from the API itself.")
@_api
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@_as_of
@click.option("--isolated", is_flag=True, help="Ignore all config files.")
@click.option("--config", metavar="FILE", help="Use this config file instead of the nearest one.")
@click.option("--output", "-o", metavar="FILE", help="Write the report to a file.")
@click.option("--format", "format_", type=click.Choice(_PRINTS), default="text", show_default=True)
def compare(**options: Any) -> int:
    """Compares what people granted with what the project asks for and needs, and says what to do.

    FILES are saved answers of GET /{user-id}/permissions or of debug_token, one for each person, - for standard
    input. With --live the API is asked instead; the token comes from the environment or standard input, and is never an
    argument.

    `permlint grants revoke NAME` takes a permission back.

    The exit status is 0 if there is nothing to do, 1 if there is, 2 if permlint could not run.
    """
    from permlint.cli.grants import grants as work

    return work(**options)


@grants.command(short_help="Take permissions back.")
@click.argument("names", nargs=-1, required=True, metavar="NAMES...")
@_api
@click.option("--graph-version", metavar="vN.N", help="Graph API version of the requests. Default: the newest.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Print the requests instead of sending them.")
def revoke(**options: Any) -> int:
    """Takes back permissions that a person has granted to the app, after asking.

    The token comes from the environment or standard input, and is never an argument.
    """
    from permlint.cli.grants import revoke as work

    return work(**options)


@permlint.command(short_help="Explain a rule, or list all.")
@click.argument("code", required=False, shell_complete=_rules)
@click.option("--format", "format_", type=click.Choice(_PRINTS), default="text", show_default=True)
def rule(**options: Any) -> int:
    """Explains the rule with this code or name; without one, lists all rules."""
    from permlint.cli.explain import rule as work

    return work(**options)


@permlint.command(short_help="Explain a permission, or list all.")
@click.argument("name", required=False, shell_complete=_permissions)
@_as_of
@click.option("--family", metavar="FAMILY", help="List only permissions of this family.")
@click.option(
    "--status", metavar="STATUS", help="List only permissions of this status: active, deprecated, removed, ..."
)
@click.option("--format", "format_", type=click.Choice(_PRINTS), default="text", show_default=True)
def permission(**options: Any) -> int:
    """Explains the permission of this name; without one, lists all permissions."""
    from permlint.cli.explain import permission as work

    return work(**options)


@permlint.command(short_help="Explain what a call of the Graph API needs.")
@click.argument("call")
@_as_of
@click.option("--format", "format_", type=click.Choice(_PRINTS), default="text", show_default=True)
def endpoint(**options: Any) -> int:
    """Says what a call needs and where that is written, such as "GET /me/accounts".

    CALL is a method and a path, with or without host, version and query: "POST /{page-id}/feed", "GET
    /me?fields=email". Without a method it is GET. What is in braces, or {}, stands for an id.
    """
    from permlint.cli.explain import endpoint as work

    return work(**options)


@permlint.command(short_help="Serve an editor.")
@click.option(
    "--stdio", is_flag=True, help="Standard input and output; there is no other way, and editors like to say so."
)
def server(stdio: bool) -> int:  # noqa: ARG001
    """Serves an editor as its language server, over standard input and output: the editor starts it.

    It needs the extra `server`: pip install 'permlint[server]'.
    """
    from permlint.cli.server import server as work

    return work()


@permlint.command(short_help="Remove the cache.")
def clean() -> int:
    """Removes what permlint remembers between runs."""
    from permlint.cli.clean import clean as work

    return work()
