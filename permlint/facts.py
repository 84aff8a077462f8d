"""Facts: what stands in an app's source, with its place, before any judgement.

They are named tuples and not dataclasses, whose making takes ten times as long at each start.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from permlint.places import Place


class Scope(NamedTuple):
    """One scope of a request.

    text: the scope as written, without the blanks around it; a whole element where that is the name of a feature.
    place: the characters of the name itself.
    statement: the statement in which it stands, which may be in another file than the request.
    by: whether the app's code names it, the library asks for it by itself (then `place` is what brings the library in), or
    the config says that the configuration asks for it which the request names.
    certain: False where only some branch of the code asks for it.
    single: it is all that a text holds, and that text is what the login is given: others may follow it, behind a comma.
    """

    text: str
    place: Place
    statement: Place
    by: Literal["code", "library", "config"] = "code"
    certain: bool = True
    single: bool = False


class FormFault(NamedTuple):
    """A value in a form that the library would mangle.

    kind: `string-for-list` (a string where the library joins or adds lists), `list-for-string` (a list where it wants a
    string), `empty-part` (two separators with nothing between them), `wrong-separator` (for example a semicolon).
    text: the raw text, or the list's text as far as it is known. consequence: what the library makes of it, for a person.
    """

    kind: Literal["string-for-list", "list-for-string", "empty-part", "wrong-separator"]
    place: Place
    statement: Place
    text: str
    consequence: str


class Request(NamedTuple):
    """A place where the app asks for scopes.

    place: the call or the setting that asks. login: an id of the catalog's logins, or `unknown`.
    via: how it asks, for a person, such as `authlib: OAuth.register(client_kwargs.scope)`.
    complete: whether `scopes` is all that is asked for here; if not, `unknown_because` says why.
    open: scopes may come from outside the source (a dashboard's configuration, a caller nobody sees), so that no rule may
    conclude anything from a scope's absence. A default that the environment can replace is incomplete but not open.
    config_id: whether it names a configuration of the dashboard, and configuration: which, where that is known.
    uses: permissions that the library which asks may use by itself, reading the person's profile.
    """

    place: Place
    statement: Place
    login: str
    via: str
    scopes: tuple[Scope, ...]
    complete: bool = True
    unknown_because: str | None = None
    open: bool = False
    config_id: bool = False
    configuration: str | None = None
    uses: tuple[str, ...] = ()
    faults: tuple[FormFault, ...] = ()


class VersionUse(NamedTuple):
    """A Graph API version named in the source, at the place of its characters.

    version: in the form `vN.N`, however the source writes it. api: `graph` or `marketing`, the table of versions that
    counts for the endpoint; `graph` where only a base address is seen.
    via: how it is used, for a person, such as `dialog URL` or `facebook-sdk: GraphAPI(version)`.
    """

    version: str
    api: Literal["graph", "marketing"]
    place: Place
    statement: Place
    via: str


class GraphCall(NamedTuple):
    """A call of the Graph API.

    place: the outermost place in the code that names the endpoint; statement: its statement. via: the client or library.
    method, host, version: None where not known; the version is "" where the address is known to have none. segments: the
    parts of the path without the version; `{}` stands for an unknown one, also within a part (`act_{}`). names: what the code
    calls the unknown parts, by position, "" where it does not. fields: of the answer, nested ones as `a.b`; None where they
    are not known, empty where none are named. parameters: the names of those that are sent, with their value where it is
    known. complete: whether the path is all known but for single parts; if not, `unknown_because` says why. outside: its
    token is written down, or comes from the environment or the configuration, not from a login of the app. closed: whether
    `parameters` names all that is sent.
    """

    place: Place
    statement: Place
    via: str
    method: str | None
    host: str | None
    version: str | None
    segments: tuple[str, ...]
    names: tuple[str, ...] = ()
    fields: tuple[str, ...] | None = ()
    parameters: tuple[tuple[str, str | None], ...] = ()
    complete: bool = True
    unknown_because: str | None = None
    outside: bool = False
    closed: bool = False

    @property
    def endpoint(self) -> str:
        """The path as a template, such as `/{}/feed`."""
        return "/" + "/".join(self.segments)


EdgeKind = Literal[
    "read",
    "revocation",
    "deauthorization",
    "unsupported",
    "unknown",
    "debug-token",
    "status",
    "check",
    "token-scopes",
    "outcome",
    "rerequest",
    "return-scopes",
]


class EdgeUse(NamedTuple):
    """Something that deals with what a person has granted, declined or taken back.

    kind: of calls, `read` (the permissions edge is read), `revocation` (one permission is taken back), `deauthorization`
    (all are), `unsupported` (what the edge can't do), `unknown` (the method is not known), `debug-token` (a token is looked
    up). Of what is done with an answer, `status` (a status is compared), `check` (so is the name of a permission), `outcome`
    (so is the whole answer of a revocation), `token-scopes` (the scopes of a token are read). Of a login, `rerequest` (it
    asks again) and `return-scopes` (it is to say what was granted).
    place: the call, or the characters of what is compared or given. call: the call itself, or the one whose answer it is;
    None for logins. method: the one that counts, where a parameter of that name replaces the call's. person: whether the
    call's node is a person for sure. permission: the name taken back or looked for, None where it is not known. status:
    what a status or an outcome is compared with. field: of a token, `scopes` or `granular_scopes`. folded: whether the
    status was changed before, such as to lower case. beside: what else the collection holds in which it is looked for.
    complete: False for a revocation of which it is not known whether it names one permission.
    """

    kind: EdgeKind
    place: Place
    statement: Place
    call: GraphCall | None = None
    method: str | None = None
    person: bool = False
    permission: str | None = None
    status: str | None = None
    field: str | None = None
    folded: bool = False
    beside: tuple[str, ...] = ()
    complete: bool = True


class UnresolvedScope(NamedTuple):
    """A scope, or part of one, that only exists at run time. known: what is known of it, `{}` for the unknown part."""

    place: Place
    statement: Place
    known: str
    because: str


class Unreadable(NamedTuple):
    """A file that might hold something of interest and could not be read or parsed."""

    place: Place
    reason: str


class Suppression(NamedTuple):
    """A comment that silences rules, or one that wants to and can't.

    place: from the word `permlint` to the closing bracket. rules: codes or names as written, with the place of each.
    lines: the lines it speaks for (in its cell), None for the whole file. fault: why it can silence nothing, for a
    person; then `rules` and `lines` are empty.
    """

    place: Place
    rules: tuple[tuple[str, Place], ...]
    reason: str
    lines: tuple[int, ...] | None
    fault: str | None = None


class Facts(NamedTuple):
    """All facts of a project."""

    requests: tuple[Request, ...] = ()
    calls: tuple[GraphCall, ...] = ()
    edge: tuple[EdgeUse, ...] = ()
    versions: tuple[VersionUse, ...] = ()
    unresolved: tuple[UnresolvedScope, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
