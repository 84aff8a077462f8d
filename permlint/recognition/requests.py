"""From what was met to facts: requests with their scopes, faults of form, and what stays unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from permlint.catalog import Catalog
from permlint.evaluation.running import Site
from permlint.evaluation.values import (
    Constant,
    External,
    Hole,
    Instance,
    List,
    Map,
    Piece,
    Setting,
    Text,
    Unknown,
    Value,
    alternatives,
    force,
    known_text,
    truth,
)
from permlint.facts import FormFault, Request, Scope, UnresolvedScope
from permlint.places import Place
from permlint.recognition.addresses import split_scopes
from permlint.recognition.arguments import argument
from permlint.recognition.observer import Asked
from permlint.recognition.tables import Row

Owner = tuple[str, int]

IN_CONFIGURATION = "its scopes stand in the configuration that config_id names, in the app's dashboard"


class _Draft:
    """A request in the making."""

    def __init__(self, asked: Asked) -> None:
        site = asked.site
        self.asked = asked
        self.place = site.program.place(site.start, site.end)
        self.statement = site.program.statement(site.start, site.end)
        self.scopes: list[Scope] = []
        self.faults: list[FormFault] = []
        self.unknown: list[Unknown] = []
        self.known_parts: list[str] = []

    def key(self) -> tuple[object, ...]:
        scopes = tuple([(scope.place, scope.text) for scope in self.scopes])
        return (self.place, scopes, tuple([unknown.because for unknown in self.unknown]))


def build(
    asked: Iterable[Asked], catalog: Catalog, called: set[Owner], subclassed: set[Owner]
) -> tuple[list[Request], list[UnresolvedScope]]:
    """The requests and the scopes that stay unknown.

    called, subclassed: the functions that the project itself calls and the classes that it derives from; what is
    unknown only for want of a caller or a subclass is left out where another run of the same place knew it.
    """
    drafts = [_draft(one, catalog) for one in _longest(asked)]
    drafts = _without_shadows(_merged(drafts))
    drafts = _without_superseded(drafts, called | subclassed)
    requests: list[Request] = []
    unresolved: list[UnresolvedScope] = []
    seen: set[tuple[object, ...]] = set()
    for draft in drafts:
        if draft.key() in seen:
            continue
        seen.add(draft.key())
        request = _request(draft, catalog)
        if draft.asked.value is None and draft.asked.address is None and not request.scopes and request.complete:
            continue  # A library that would ask for something by itself, and does not.
        requests.append(request)
        note = _unresolved(draft)
        if note is not None:
            unresolved.append(note)
    return _distinct(requests), unresolved


def owners_wanted(asked: Iterable[Asked]) -> set[Owner]:
    """The functions and classes whose callers or subclasses could tell more of the scopes."""
    out: set[Owner] = set()
    for one in asked:
        stack = [one.value] if one.value is not None else []
        for _ in range(2_000):
            if not stack:
                break
            for option in alternatives(stack.pop()):
                if isinstance(option, Unknown):
                    if option.owner is not None:
                        out.add(option.owner)
                elif isinstance(option, List):
                    stack += [item.value for item in option.items]
                    if option.missing is not None:
                        stack.append(option.missing)
                elif isinstance(option, Text):
                    stack += [piece.value for piece in option.pieces if isinstance(piece, Hole)]
    return out


def _longest(asked: Iterable[Asked]) -> list[Asked]:
    """Without the addresses that are only the beginning of another one."""
    out: list[Asked] = []
    groups: dict[object, list[Asked]] = {}
    for one in asked:
        if one.text is not None and one.address is not None:
            groups.setdefault(one.address.anchor, []).append(one)
        else:
            out.append(one)
    for group in groups.values():
        for index, one in enumerate(group):
            again = any(_same_pieces(one, other) or _holds(one, other) for other in group[:index])
            later = [other for other in group[index + 1 :] if not _same_pieces(one, other)]
            if not again and not any(_begins(one, other) or _within(one, other) for other in later):
                out.append(one)
    return out


def _within(one: Asked, other: Asked) -> bool:
    """Whether the other stands around it in the same run: what it gives (`text.replace(...)`) is the whole of it."""
    a, b = one.site, other.site
    around = b.start <= a.start and a.end <= b.end and (a.start, a.end) != (b.start, b.end)
    return a.program is b.program and a.frame == b.frame and around


def _same_pieces(one: Asked, other: Asked) -> bool:
    """Whether it is the very same text, only handed on."""
    assert one.text is not None
    assert other.text is not None
    ours, theirs = one.text.pieces, other.text.pieces
    if one.site == other.site or len(ours) != len(theirs):
        return False
    return all(a is b for a, b in zip(ours, theirs, strict=True))


def _holds(one: Asked, other: Asked) -> bool:
    """Whether an address only stands in a longer text (`'<a href="' . $url . '">'`), which asks for nothing more."""
    assert one.text is not None
    assert other.text is not None
    whole, part = one.text.pieces, other.text.pieces
    if one.site == other.site or not part or _within(other, one):
        return False
    starts = range(1, len(whole) - len(part) + 1)
    return any(all(map(_is_like, whole[at : at + len(part)], part)) for at in starts)


def _is_like(one: Piece | Hole, other: Piece | Hole) -> bool:
    """Whether two pieces of text are the same characters of the same file, or both not known."""
    if isinstance(one, Hole) or isinstance(other, Hole):
        return isinstance(one, Hole) and isinstance(other, Hole)
    return one.text == other.text and one.origin is other.origin and one.start == other.start


def _begins(one: Asked, other: Asked) -> bool:
    assert one.text is not None
    assert other.text is not None
    ours, theirs = one.text.pieces, other.text.pieces
    if len(ours) >= len(theirs) or one.site == other.site:
        return False  # At one site they are what a choice in the code makes of it: one request.
    for a, b in zip(ours, theirs, strict=False):
        if isinstance(a, Piece) and isinstance(b, Piece):
            if a.origin is not b.origin or a.start != b.start or not b.text.startswith(a.text):
                return False
        elif isinstance(a, Piece) or isinstance(b, Piece):  # noqa: SIM114 - the next line's types hang on it
            return False
        elif a.value is not b.value and not (isinstance(a.value, Unknown) and isinstance(b.value, Unknown)):
            return False
    return True


def scopes_of(asked: Asked, catalog: Catalog) -> frozenset[tuple[str, Place]]:
    """The scopes that something asks for, and where they stand."""
    return frozenset([(scope.text, scope.place) for scope in _draft(asked, catalog).scopes])


def _draft(asked: Asked, catalog: Catalog) -> _Draft:
    draft = _Draft(asked)
    separators = {mark for login in asked.logins for mark in catalog.login(login).separators} or {",", " "}
    options = alternatives(asked.value) if asked.value is not None else ()
    for option in options:
        alone = len([other for other in options if not isinstance(other, Unknown)]) == 1
        _collect(draft, option, catalog, separators, certain=alone, whole=True)
    return draft


def _collect(
    draft: _Draft, option: Value, catalog: Catalog, separators: set[str], *, certain: bool, whole: bool = False
) -> None:
    """Adds the scopes in a value. whole: it is all that the login is given."""
    row = draft.asked.row
    option = _called_by_library(option, row)
    accepts = row.get("accepts", ["text", "list"]) if row else ["text", "list"]
    if isinstance(option, Text):
        single = len(option.pieces) == 1 and isinstance(option.pieces[0], Hole)
        if row and accepts == ["list"] and option.known():
            _fault(draft, "string-for-list", option, row.get("mangles", "the library takes it for a list of letters"))
        if not single:
            draft.known_parts.append(option.shown())
        _text(draft, option, catalog, separators, certain=certain, whole=whole and "text" in accepts)
    elif isinstance(option, (List, Map)):
        if isinstance(option, List):
            items = option.items
            if row and "list" not in accepts and option.span is not None:
                _list_fault(draft, option, row.get("mangles", "the library wants one text"))
            for item in items:
                inner = alternatives(item.value)
                for value in inner:
                    sure = certain and item.certain and len(inner) == 1
                    value = _called_by_library(value, row)
                    if isinstance(value, (Text, Unknown)):
                        if isinstance(value, Text):
                            draft.known_parts.append(value.shown())
                            _element(draft, value, catalog, separators, certain=sure)
                        else:
                            draft.unknown.append(value)
                    elif isinstance(value, List):
                        _collect(draft, value, catalog, separators, certain=sure)
                    elif isinstance(value, Constant) and value.value is None:
                        continue
                    else:
                        draft.unknown.append(Unknown("one of the scopes is computed at run time"))
            if option.missing is not None:
                draft.unknown.append(option.missing)
        else:
            draft.unknown.append(Unknown("a mapping stands where scopes should"))
    elif isinstance(option, Constant):
        return
    elif isinstance(option, Unknown):
        draft.unknown.append(option)
    elif isinstance(option, Instance):
        draft.unknown.append(Unknown("an object of the app's own stands where scopes should"))
    else:
        draft.unknown.append(Unknown("it comes from a library"))


def _called_by_library(value: Value, row: Row | None) -> Value:
    """A constant of the library that is called like a permission (`Permission.userLikes`): its name, where it stands.

    What makes a permission of a text (`.custom("pages_show_list")`) is that text.
    """
    if not isinstance(value, External) or row is None:
        return value
    name = value.paths[0].rpartition(".")[2]
    if value.arguments is not None and name.removesuffix("()") in row.get("wraps", ()):
        keys = row["wraps"][name.removesuffix("()")].split("|")
        return next((found for key in keys if (found := argument(value.arguments, key)) is not None), value)
    if value.spot is None or name not in row.get("names", ()):
        return value
    program, start, _ = value.spot
    return Text((Piece(name, program, start),))


def _element(draft: _Draft, text: Text, catalog: Catalog, separators: set[str], *, certain: bool) -> None:
    """An element of a list: a feature's name as a whole, else as any text."""
    known = text.known()
    if known is not None and " " in known and catalog.feature(known.strip()) is not None:
        _scope(draft, text, certain=certain)
        return
    _text(draft, text, catalog, separators, certain=certain)


def _text(
    draft: _Draft, text: Text, catalog: Catalog, separators: set[str], *, certain: bool, whole: bool = False
) -> None:
    marks = separators | {","}
    parts = split_scopes(text, marks)
    meaningful = [part for part in parts if any(isinstance(p, Hole) or p.text for p in part.pieces)]
    whole = whole and len(meaningful) == 1
    for part in meaningful:
        holes = [piece.value for piece in part.pieces if isinstance(piece, Hole)]
        if holes:
            alone = len(part.pieces) == 1
            for hole in holes:
                _hole(draft, hole, catalog, separators, alone=alone, whole=whole and alone)
            continue
        _scope(draft, part, certain=certain, single=whole)


def _hole(draft: _Draft, value: Value, catalog: Catalog, separators: set[str], *, alone: bool, whole: bool) -> None:
    """A part that was not known when the text was put together; it may be known by now."""
    value = force(value)
    if isinstance(value, Unknown):
        draft.unknown.append(value)
        return
    for option in alternatives(value):
        if alone and isinstance(option, (Text, List)):
            _collect(draft, option, catalog, separators, certain=False, whole=whole)
        elif isinstance(option, Unknown):
            draft.unknown.append(option)
        else:
            draft.unknown.append(Unknown("part of it is put together at run time"))


def _scope(draft: _Draft, text: Text, *, certain: bool, single: bool = False) -> None:
    pieces = [piece for piece in text.pieces if isinstance(piece, Piece) and piece.text]
    name = "".join([piece.text for piece in pieces])
    if not name:
        return
    # A library may have names of its own for permissions.
    meant = draft.asked.row.get("names", {}).get(name, name) if draft.asked.row else name
    for one in [meant] if isinstance(meant, str) else meant:
        _add_scope(draft, one, pieces, sure=certain and all(piece.certain for piece in pieces), single=single)


def _add_scope(draft: _Draft, name: str, pieces: list[Piece], *, sure: bool, single: bool) -> None:
    first, last = pieces[0], pieces[-1]
    if first.origin is None:
        draft.scopes.append(Scope(name, draft.place, draft.statement, certain=sure))
        return
    start = first.spot(0)
    end = last.spot(len(last.text)) if last.origin is first.origin else first.spot(len(first.text))
    end = max(end, start)
    place = first.origin.place(start, end)
    for index, known in enumerate(draft.scopes):
        if known.text == name and known.place == place:
            # The same string on another way through the code.
            draft.scopes[index] = known._replace(certain=known.certain or sure, single=known.single and single)
            return
    draft.scopes.append(Scope(name, place, first.origin.statement(start, end), certain=sure, single=single))


def _fault(draft: _Draft, kind: str, text: Text, consequence: str) -> None:
    pieces = [piece for piece in text.pieces if isinstance(piece, Piece) and piece.origin is not None and piece.text]
    if not pieces:
        return
    first, last = pieces[0], pieces[-1]
    assert first.origin is not None
    start = first.spot(0)
    end = last.spot(len(last.text)) if last.origin is first.origin else first.spot(len(first.text))
    draft.faults.append(
        FormFault(
            kind,  # type: ignore[arg-type]
            first.origin.place(start, max(start, end)),
            first.origin.statement(start, max(start, end)),
            text.shown(),
            consequence,
        )
    )


def _list_fault(draft: _Draft, value: List, consequence: str) -> None:
    assert value.span is not None
    program, start, end = value.span
    names = [item.value.shown() for item in value.items if isinstance(item.value, Text)]
    draft.faults.append(
        FormFault(
            "list-for-string",
            program.place(start, end),
            program.statement(start, end),
            f"[{', '.join(names)}]",
            consequence,
        )
    )


def _merged(drafts: list[_Draft]) -> list[_Draft]:
    """One draft for each place and run, where a choice in the code made several."""
    groups: dict[tuple[Site, str], list[_Draft]] = {}
    for draft in drafts:
        groups.setdefault((draft.asked.site, draft.asked.via), []).append(draft)
    out = []
    for group in groups.values():
        first = group[0]
        if len(group) > 1:
            # A way on which nothing is known says nothing about the others.
            telling = [draft for draft in group if draft.scopes or not draft.unknown] or group
            everywhere = set.intersection(*[{(s.text, s.place) for s in draft.scopes} for draft in telling])
            scopes: dict[tuple[str, Place], Scope] = {}
            for draft in group:
                for scope in draft.scopes:
                    key = (scope.text, scope.place)
                    if key not in scopes:
                        scopes[key] = scope if key in everywhere else scope._replace(certain=False)
                if draft is not first:
                    first.unknown += draft.unknown
                    first.faults += [fault for fault in draft.faults if fault not in first.faults]
                    first.known_parts += draft.known_parts
            first.scopes = list(scopes.values())
        out.append(first)
    return out


def _without_shadows(drafts: list[_Draft]) -> list[_Draft]:
    """Without what gives way to another request.

    Scopes beside a dialog's address that a library's row has told of as well, and what a library asks for by itself
    where the app says more.
    """
    rows = [draft for draft in drafts if draft.asked.row is not None]
    said = {(draft.asked.row["library"], login) for draft in rows if draft.asked.row for login in draft.asked.logins
            if not draft.asked.row.get("otherwise")}  # fmt: skip
    out = []
    for draft in drafts:
        row = draft.asked.row
        if row is not None:
            others = row.get("otherwise", ())
            if not any((library, login) in said for library in others for login in draft.asked.logins):
                out.append(draft)
        elif draft.asked.text is not None or not any(_shadows(other, draft) for other in rows):
            out.append(draft)
    return out


def _shadows(row: _Draft, other: _Draft) -> bool:
    if row.place.path != other.place.path or not set(row.asked.logins) & set(other.asked.logins):
        return False
    places = {scope.place for scope in row.scopes}
    if other.scopes:
        return all(scope.place in places for scope in other.scopes)
    return row.asked.value is other.asked.value


def _without_superseded(drafts: list[_Draft], known: set[Owner]) -> list[_Draft]:
    by_place: dict[Place, int] = {}
    for draft in drafts:
        by_place[draft.place] = by_place.get(draft.place, 0) + 1
    out = []
    for draft in drafts:
        owners = [unknown.owner for unknown in draft.unknown]
        if owners and all(owner in known for owner in owners) and by_place[draft.place] > 1 and not draft.scopes:
            by_place[draft.place] -= 1
            continue
        draft.unknown = (
            [unknown for unknown in draft.unknown if not (unknown.owner in known and by_place[draft.place] > 1)]
            if draft.scopes
            else draft.unknown
        )
        out.append(draft)
    return out


def _request(draft: _Draft, catalog: Catalog) -> Request:
    asked = draft.asked
    scopes = list(draft.scopes)
    row = asked.row
    if row and row.get("default"):
        given = bool(scopes) or bool(draft.unknown)
        empty = not scopes and not draft.unknown and asked.value is not None
        wanted = (not given and (not empty or row.get("default_empty"))) or row.get("default_kept")
        if wanted and _default_holds(row.get("default_if", ()), asked.switches):
            place = Place(draft.place.path, draft.place.line, draft.place.column, draft.place.end_line,
                          draft.place.end_column, draft.place.cell)  # fmt: skip
            named = {scope.text for scope in scopes}
            own = [name for name in row["default"] if name not in named]
            scopes += [Scope(name, place, draft.statement, by="library") for name in own]
    login = _choose(asked.logins, scopes, catalog, config=asked.config is not None)
    because = [unknown.because for unknown in draft.unknown]
    if asked.config is not None:
        because.append(IN_CONFIGURATION)
    elsewhere = [unknown for unknown in draft.unknown if not isinstance(unknown, Setting)]
    unknown_settings = [unknown for unknown in draft.unknown if isinstance(unknown, Setting)]
    is_open = bool(elsewhere) or asked.config is not None or bool(unknown_settings and not scopes)
    return Request(
        place=draft.place,
        statement=draft.statement,
        login=login,
        via=asked.via,
        scopes=tuple(scopes),
        complete=not because,
        unknown_because=because[0] if because else None,
        open=is_open,
        config_id=asked.config is not None,
        configuration=_only_text(asked.config),
        uses=tuple(row.get("uses", ())) if row else (),
        faults=tuple(draft.faults),
    )


def _only_text(value: Value | None) -> str | None:
    """The text that a value is for certain."""
    known = {known_text(option) for option in alternatives(value)} if value is not None else set()
    return next(iter(known)) if len(known) == 1 else None


def _default_holds(keys: Iterable[str], switches: Mapping[str, list[Value]]) -> bool:
    """Whether the settings on which a library's own scopes depend are on; the first one that is set decides."""
    keys = list(keys)
    for key in keys:
        name, _, item = key.partition("=")
        for value in switches.get(name, ()):
            if not item:
                return truth(value) is True
            lists = [option for option in alternatives(value) if isinstance(option, List)]
            return any(known_text(one.value) == item for held in lists for one in held.items)
    return not keys


def _choose(logins: tuple[str, ...], scopes: list[Scope], catalog: Catalog, *, config: bool) -> str:
    """The login among those that share a dialog: the one that can ask for most of the scopes."""
    if len(logins) == 1:
        return logins[0]
    rows = [catalog.login(login) for login in logins]
    if config and not scopes:
        with_config = [row for row in rows if row.config_parameter]
        return (next((row for row in with_config if "business" in row.id), None) or rows[0]).id
    known = [permission for scope in scopes if (permission := catalog.permission(scope.text)) is not None]
    living = [row for row in rows if row.closed is None] or rows

    def fit(row: object) -> tuple[int, int]:
        assert hasattr(row, "can_ask")
        return sum(row.can_ask(permission) is True for permission in known), row in living

    return max(rows, key=fit).id


def _unresolved(draft: _Draft) -> UnresolvedScope | None:
    """A note where scopes are put together at run time; not where a setting may replace known ones."""
    unknown = [one for one in draft.unknown if not isinstance(one, Setting)]
    if not unknown or draft.asked.config is not None:
        return None
    known = ", ".join(dict.fromkeys(part for part in draft.known_parts if part))
    return UnresolvedScope(draft.place, draft.statement, known or "{}", unknown[0].because)


def _distinct(requests: list[Request]) -> list[Request]:
    """Without requests that are the same in all but the run that met them."""
    out: list[Request] = []
    seen: set[object] = set()
    for request in sorted(requests, key=lambda r: (r.place, r.via)):
        key = (request.place, request.login, tuple([(s.text, s.place) for s in request.scopes]))
        if key not in seen:
            seen.add(key)
            out.append(request)
    return out
