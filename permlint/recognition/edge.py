"""The permissions edge: which calls read it or take permissions back, and what the code does with the answer.

An answer is followed by where a value comes from: through its parts and items, loops, comprehensions, wrappers and
collections. Of a value whose origin is not known nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from permlint.evaluation.values import (
    Arguments,
    Constant,
    External,
    Hole,
    List,
    Map,
    Piece,
    Text,
    Value,
    alternatives,
    known_text,
    settled,
    truth,
)
from permlint.facts import EdgeKind, EdgeUse, GraphCall

if TYPE_CHECKING:
    from permlint.evaluation.running import Site
    from permlint.recognition.addresses import Address
    from permlint.recognition.calls.reached import Met
    from permlint.recognition.calls.tables import CallTables

_EDGE = "permissions"
_LOOKUP = "debug_token"
_TAKES_BACK = ("revocation", "deauthorization")
_TOKEN_FIELDS = ("scopes", "granular_scopes")
_ANSWERS = ("read", "debug-token", "revocation", "deauthorization")
_ASKS_AGAIN = "rerequest"
_ITEM = "[]"
_LONGEST = 40


class Answer(External):
    """The answer of a call that reads the permissions edge or looks up a token."""

    __slots__ = ("use",)

    def __init__(self, paths: tuple[str, ...], owner: Value | None, arguments: Arguments, use: EdgeUse) -> None:
        super().__init__(paths, owner, arguments)
        self.use = use


class _Trail(NamedTuple):
    """Where in an answer a value comes from. steps: keys, `[]` for any item, `name()` for a method that was called."""

    use: EdgeUse
    steps: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The steps without methods."""
        return tuple([step for step in self.steps if not step.endswith("()")])

    def methods(self) -> list[str]:
        """The methods that were called after the last key."""
        out = []
        for step in reversed(self.steps):
            if not step.endswith("()"):
                break
            out.append(step[:-2])
        return out


class EdgeRecogniser:
    """Told of calls, comparisons and names, it notes what deals with what a person has granted."""

    def __init__(self, tables: CallTables) -> None:
        words = tables.answer
        self._parts, self._items = frozenset(words["part"]), frozenset(words["item"])
        self._decoders, self._same = frozenset(words["decode"]), frozenset(words["same"])
        self._body, self._contains = frozenset(words["body"]), frozenset(words["contains"])
        self._rerequest, self._return = frozenset(words["rerequest"]), frozenset(words["return_scopes"])
        self._answered = False
        self.notes: dict[tuple[object, ...], EdgeUse] = {}

    def called(
        self, met: Sequence[Met], given: Value | None, callee: Value, name: str, arguments: Arguments, site: Site
    ) -> Value | None:
        """The value of a call: an answer where it made calls (`met`) that all read, else what it gives anyway."""
        if met:
            uses = [use_of(one.call) for one in met]
            if all(use is not None and use.kind in _ANSWERS for use in uses) and uses[0] is not None:
                self._answered = True
                known = given if isinstance(given, External) else callee
                called = "" if known is given else "()"
                paths = tuple([path + called for path in known.paths]) if isinstance(known, External) else ("answer()",)
                return Answer(paths, known.owner if isinstance(known, External) else None, arguments, uses[0])
        elif self._answered and isinstance(callee, External) and callee.owner is not None:
            if name in self._contains and arguments.positional:
                self.compared("in", arguments.positional[0], callee.owner, site)
            key = known_text(arguments.get(0)) if name == _ITEM or name in self._parts else None
            if key in _TOKEN_FIELDS:
                for trail in self._trails(callee.owner):
                    if trail.use.kind == "debug-token" and not set(trail.keys) & {_ITEM, *_TOKEN_FIELDS}:
                        self._note(_at("token-scopes", None, site, trail.use)._replace(field=key))
        return given

    def bound(self, name: str, value: Value, site: Site) -> None:
        """An entry or a named argument of a login may tell it to ask again, or to say what was granted."""
        if name in self._rerequest:
            for text in _texts(settled(value)):
                if _ASKS_AGAIN in (text.known() or "").split(","):
                    self._note(_at("rerequest", text, site))
        elif name in self._return:
            for option in settled(value):
                known = option.known() if isinstance(option, Text) else None
                if (known or "").lower() in ("true", "1") or (isinstance(option, Constant) and truth(option)):
                    self._note(_at("return-scopes", option, site))

    def addressed(self, address: Address, site: Site) -> None:
        """A dialog's address was put together: the same of its parameters, where they stand in a file."""
        for name, text in address.parameters.items():
            if name in self._rerequest | self._return and _origin(text) is not None:
                self.bound(name, text, site)

    def follows(self, owner: Value) -> bool:
        """Whether something is an answer, or a part of one."""
        return self._answered and self._trail(owner) is not None

    def compared(self, operator: str, left: Value, right: Value, site: Site) -> None:
        """Two values are compared, one of which may be a status, or the name of a permission, of an answer."""
        if not self._answered:
            return
        if operator in ("in", "not in"):
            held = list(_held(right))
            words = tuple([text.known() or "" for text in _texts(held)])
            for one in held:
                self._pair(left, one, site, words)
            for trail in self._trails(right):
                self._contained(left, trail, site)
        elif operator in ("==", "!=", "===", "!==", "is", "is not"):
            self._pair(left, right, site)

    def _pair(self, left: Value, right: Value, site: Site, beside: tuple[str, ...] = ()) -> None:
        for one, other in ((left, right), (right, left)):
            for trail in self._trails(one):
                for option in alternatives(other):
                    if isinstance(option, Map) and trail.keys[-1:] == (_ITEM,):
                        self._node(option, trail, site)
                    elif isinstance(option, Text) and option.known() is not None:
                        self._said(option, trail, site, beside)
                    elif isinstance(option, Constant) and option.value is True and trail.use.kind in _TAKES_BACK:
                        if trail.steps and self._body.issuperset(step.removesuffix("()") for step in trail.steps):
                            self._note(_at("outcome", None, site, trail.use))

    def _contained(self, left: Value, trail: _Trail, site: Site) -> None:
        """Whether something is in a list of an answer."""
        item = trail._replace(steps=(*trail.steps, _ITEM))
        for option in alternatives(left):
            if isinstance(option, Map):
                self._node(option, item, site)
            elif isinstance(option, Text) and option.known() is not None and trail.keys[-1:] == ("scopes",):
                self._said(option, item, site)

    def _node(self, node: Map, trail: _Trail, site: Site) -> None:
        """A whole permission, `{"permission": ..., "status": ...}`, is looked for."""
        for key in ("permission", "status"):
            if key in node.entries:
                for option in _texts(alternatives(node.entries[key].value)):
                    self._said(option, trail._replace(steps=(*trail.steps, key)), site)

    def _said(self, text: Text, trail: _Trail, site: Site, beside: tuple[str, ...] = ()) -> None:
        """A known text is compared with something of an answer."""
        keys, methods, word = trail.keys, trail.methods(), text.known()
        if trail.use.kind in _TAKES_BACK:
            if (self._body | self._same).issuperset(step.removesuffix("()") for step in trail.steps):
                self._note(_at("outcome", text, site, trail.use)._replace(status=word))
            return
        if not self._same.issuperset(methods) or not keys:
            return
        if trail.use.kind == "debug-token":
            granular = keys[-1] == "scope" and "granular_scopes" in keys and _ITEM in keys
            if granular or keys[-2:] == ("scopes", _ITEM):
                field = "granular_scopes" if granular else "scopes"
                self._note(_at("check", text, site, trail.use)._replace(permission=word, field=field))
        elif _ITEM in keys[:-1] and (trail.use.call is None or _is_edge(trail.use.call) or _EDGE in keys):
            if keys[-1] == "status":
                use = _at("status", text, site, trail.use)
                self._note(use._replace(status=word, folded=bool(methods), beside=beside))
            elif keys[-1] == "permission":
                self._note(_at("check", text, site, trail.use)._replace(permission=word))

    def _note(self, use: EdgeUse) -> None:
        self.notes.setdefault((use.kind, use.place, use.permission, use.status), use)

    def _trails(self, value: Value) -> Iterator[_Trail]:
        """Where in answers a value may come from; nothing that was not looked at yet is worked out for it."""
        for option in settled(value):
            trail = self._trail(option)
            if trail is not None:
                yield trail

    def _trail(self, value: Value | None) -> _Trail | None:
        steps: list[str] = []
        for _ in range(_LONGEST):
            if isinstance(value, Text) and len(value.pieces) == 1 and isinstance(value.pieces[0], Hole):
                value = value.pieces[0].value
            if isinstance(value, Answer):
                return _Trail(value.use, tuple(reversed(steps)))
            if not isinstance(value, External):
                return None
            path = value.paths[0]
            given = value.arguments.get(0) if value.arguments is not None else None
            if path.endswith(_ITEM):
                steps.append((_key(given) if given is not None else None) or _ITEM)
            elif path.endswith("()"):
                name = path[:-2].rpartition(".")[2]
                key = _key(given) if given is not None and name in self._parts else None
                if name in self._decoders and given is not None:
                    value = given
                    continue
                steps.append(key or (_ITEM if name in self._items else f"{name}()"))
            else:
                steps.append(path.rpartition(".")[2])
            value = value.owner
        return None


def _key(value: Value) -> str | None:
    """The name of a part; a constant of Meta's SDK (`Permission.Field.status`) is called as its field."""
    if isinstance(value, External):
        owner, _, name = value.paths[0].rpartition(".")
        return name if owner.endswith(".Field") else None
    return known_text(value)


def _held(value: Value) -> Iterator[Value]:
    """What a collection holds: the keys of a mapping."""
    from permlint.evaluation import operations as ops

    for option in alternatives(value):
        held = ops.keys(option) if isinstance(option, Map) else option
        if isinstance(held, List):
            yield from (item.value for item in held.items)
            if held.missing is not None and held.missing.sample is not None:
                yield held.missing.sample


def _texts(values: Iterable[Value]) -> Iterator[Text]:
    return (one for one in values if isinstance(one, Text) and one.known() is not None)


def _origin(value: Value | None) -> Piece | None:
    """The piece of a file that a text is, None where it is put together or stands in no file."""
    if isinstance(value, Text) and len(value.pieces) == 1:
        piece = value.pieces[0]
        if isinstance(piece, Piece) and piece.origin is not None:
            return piece
    return None


def _at(kind: EdgeKind, value: Value | None, site: Site, of: EdgeUse | None = None) -> EdgeUse:
    """Something noted where a text stands, or where it happens. of: the call whose answer it is about."""
    piece = _origin(value)
    place = site.program.place(site.start, site.end)
    if piece is not None and piece.origin is not None:
        place = piece.origin.place(piece.spot(0), piece.spot(len(piece.text)))
    call, person = (of.call, of.person) if of is not None else (None, False)
    return EdgeUse(kind, place, site.program.statement(site.start, site.end), call, person=person)


def _is_edge(call: GraphCall) -> bool:
    return len(call.segments) in (2, 3) and call.segments[1] == _EDGE


def use_of(call: GraphCall) -> EdgeUse | None:
    """What a call does at the permissions edge, or that it looks up a token; None for all other calls."""
    if not call.complete or not call.segments:
        return None
    use = EdgeUse("debug-token", call.place, call.statement, call, call.method)
    if call.segments == (_LOOKUP,):
        return use
    expanded = len(call.segments) == 1 and any(name.partition(".")[0] == _EDGE for name in call.fields or ())
    if not expanded and not _is_edge(call):
        return None
    from permlint.catalog.endpoint_conditions import verb_of

    person = _is_person(call)
    if person is False or (expanded and not person):
        return None
    method = verb_of(call.method, dict(call.parameters))
    named = call.segments[2] if len(call.segments) == 3 else dict(call.parameters).get("permission")
    use = use._replace(method=method, person=person is True, permission=None if "{" in (named or "{") else named)
    if method == "GET":
        return use._replace(kind="read")
    if method is None or expanded:
        return None if expanded else use._replace(kind="unknown")
    if method != "DELETE":
        return use._replace(kind="unsupported")
    if len(call.segments) == 3 or "permission" in dict(call.parameters):
        return use._replace(kind="revocation")
    return use._replace(kind="deauthorization") if call.closed else use._replace(kind="revocation", complete=False)


def _is_person(call: GraphCall) -> bool | None:
    """Whether the node of a call is a person; None where nothing tells."""
    from permlint.catalog.endpoints import load_endpoints
    from permlint.catalog.hosts import FAMILIES, ME, SAME

    first = call.segments[0]
    host = SAME.get(call.host or "", call.host or "")
    if first == "me":
        return True if host in FAMILIES and "user" in ME[FAMILIES[host]] else None
    name = call.names[0] if call.names and call.names[0] else first
    kinds = load_endpoints().nodes.kinds(name, call.host)
    return None if not kinds or (len(kinds) > 1 and "user" in kinds) else kinds == {"user"}


def uses(calls: Iterable[GraphCall], notes: Iterable[EdgeUse]) -> tuple[EdgeUse, ...]:
    """All that deals with what a person has granted, each once, in the order of the source."""
    by_place: dict[object, EdgeUse] = {}
    for call in calls:
        use = use_of(call)
        if use is not None:
            key = (use.kind, use.place, use.permission)
            by_place[key] = max(by_place.get(key, use), use, key=lambda one: one.person)
    found = by_place.values()
    return tuple(
        sorted([*found, *notes], key=lambda use: (use.place, use.kind, use.permission or "", use.status or ""))
    )
