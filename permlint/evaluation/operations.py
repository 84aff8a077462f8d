"""Operations on values: joining, splitting, formatting, adding, encoding. Every result keeps the places of its parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from typing import TYPE_CHECKING

from permlint.evaluation.values import (
    ANY_WAY,
    MAX_ALTERNATIVES,
    MAX_ITEMS,
    NOTHING,
    Address,
    Arguments,
    Class,
    Constant,
    Either,
    External,
    Hole,
    Instance,
    Item,
    Lazy,
    List,
    Map,
    Piece,
    Query,
    Text,
    Unknown,
    Value,
    Way,
    agree,
    alternatives,
    either,
    force,
    kept,
    known_text,
    literal,
    spread,
    united,
    ways_of,
)

if TYPE_CHECKING:
    from permlint import program as p

_FIELD = re.compile(r"\{\{|\}\}|\{([^{}!:]*)([^{}]*)\}")
_DOLLAR = re.compile(r"\$\$|\$\{(\w+)\}|\$([A-Za-z_]\w*)")
_PERCENT = re.compile(r"%(?:\((\w+)\))?[-#0 +]*\d*(?:\.\d+)?([a-zA-Z%@])")
_PLACEHOLDER = re.compile(r"(?<!\$)\{[\w.\[\]]*\}|%\(\w+\)s|%[s@]|\$\{\w+\}|(?<==)\$[A-Za-z_]\w*")


def is_template(text: Text) -> bool:
    """Whether something is to be filled into a text later."""
    return any(isinstance(piece, Piece) and _PLACEHOLDER.search(piece.text) for piece in text.pieces)


def unfilled(text: Text) -> Text:
    """A text that is to be filled in, with holes for what nobody has filled in."""
    out: list[Piece | Hole] = []
    for piece in text.pieces:
        if isinstance(piece, Hole):
            out.append(piece)
            continue
        at = 0
        for match in _PLACEHOLDER.finditer(piece.text):
            if match.start() > at:
                out.append(piece.cut(at, match.start()))
            out.append(Hole(Unknown("it is filled in at run time")))
            at = match.end()
        if at < len(piece.text):
            out.append(piece.cut(at, len(piece.text)))
    return Text(out)


_MAX_SETTLED = 3


def settled(text: Text, depth: int = 0) -> Value:
    """A text with what nobody had looked at yet looked at; several texts where that may be several."""
    if not any(isinstance(piece, Hole) and isinstance(piece.value, (Lazy, Either)) for piece in text.pieces):
        return text
    parts: list[Value] = []
    for piece in text.pieces:
        if isinstance(piece, Hole) and isinstance(piece.value, (Lazy, Either)):
            options = alternatives(piece.value)
            if all(isinstance(option, (Text, Constant, Unknown)) for option in options):
                known = either(
                    [as_text(option) if isinstance(option, (Text, Constant)) else Text((piece,)) for option in options]
                )
                parts.append(quoted(known) if piece.quoted else known)
                continue
        parts.append(Text((piece,)))
    whole = concat(parts)
    if depth >= _MAX_SETTLED:
        return whole
    # What was looked at may hold more that nobody had.
    return spread(whole, lambda one: settled(one, depth + 1) if isinstance(one, Text) else one)


def as_text(value: Value) -> Value:
    """The value as text inside another text: a `Text`, or an `Either` of texts."""

    def one(value: Value) -> Value:
        if isinstance(value, Text):
            return value
        if isinstance(value, Constant):
            return literal(str(value.value)) if value.value is not None else Text((Hole(Unknown("nothing is given")),))
        if isinstance(value, Query):
            return query(value)
        if isinstance(value, Address):
            return address_text(value)
        return Text((Hole(value),))

    return spread(value, one)


def address_text(address: Address) -> Value:
    """An address with its parameters."""
    base: Value = address.base
    if "host" in address.parts:
        path = address.parts.get("path") or literal("")
        known = force(path)
        head = known.pieces[0] if isinstance(known, Text) and known.pieces else None
        slash = isinstance(head, Piece) and not head.text.startswith("/")
        between = literal("://"), address.parts["host"], literal("/" if slash else "")
        base = concat([address.parts.get("scheme") or literal("https"), *between, path])
    elif "path" in address.parts:
        base = concat([base, address.parts["path"]])
    if not address.query.entries and address.query.missing is None:
        return base
    asked = any("?" in piece.text for piece in address.base.pieces if isinstance(piece, Piece))
    return concat([base, literal("&" if asked else "?"), query(address.query)])


def parameters_of(text: Value) -> dict[str, Value]:
    """What a wholly known query `a=1&b=2` holds; nothing for anything else."""
    text = force(text)
    known = text.known() if isinstance(text, Text) else None
    found: dict[str, Value] = {}
    at = 0
    for pair in known.split("&") if known is not None else ():
        name, equals, _ = pair.partition("=")
        if equals and isinstance(text, Text):
            found[name.lstrip("?")] = cut(text, at + len(name) + 1, at + len(pair))
        at += len(pair) + 1
    return found


def concat(parts: Sequence[Value]) -> Value:
    """The texts of all parts in a row. Where a part has alternatives, so has the result, up to a limit."""
    results: list[tuple[list[Piece | Hole], Way]] = [([], ANY_WAY)]
    for part in parts:
        part = _eager_text(part)
        grown: list[tuple[list[Piece | Hole], Way]] = []
        for option, way in ways_of(part):
            added = option.pieces if isinstance(option, Text) else (Hole(option),)
            grown.extend([([*result, *added], way | other) for result, other in results if agree(way, other)])
        if len(grown) > MAX_ALTERNATIVES or not grown:
            for result, _ in results:
                result.append(Hole(part))
            continue
        results = grown
    if any(len(result) > 4 * MAX_ITEMS for result, _ in results):
        return Unknown("the text has too many parts")
    return united([(Text(result), way) for result, way in results])


def _eager_text(value: Value) -> Value:
    """As `as_text`, but a value nobody has looked at yet stays a hole."""
    text = as_text(value)
    if isinstance(text, (Text, Either)):
        return text
    return Text((Hole(text),))


def joined(separator: Value, items: Value) -> Value:
    """The texts of a collection's items with a separator between them."""

    def one(items: Value) -> Value:
        if isinstance(items, Map):
            items = keys(items)
        if isinstance(items, Text):
            return _letters(items, separator)
        if isinstance(items, Constant) and items.value is None:
            return Text((Hole(Unknown("nothing is given")),))
        if not isinstance(items, List):
            return Text((Hole(_part_of(items)),))
        if len(items.items) == 1 and items.missing is None and items.items[0].certain:
            return as_text(items.items[0].value)
        between = as_text(separator)
        parts: list[Value] = []
        for item in items.items:
            if parts:
                parts.append(between)
            parts.append(_doubtful(item.value) if not item.certain else item.value)
        if items.missing is not None:
            if parts:
                parts.append(between)
            parts.append(Text((Hole(items.missing),)))
        return concat(parts)

    if isinstance(items, Either):
        # Nothing can't be joined: where it may be nothing, that way is not taken.
        items = united(kept(items, lambda value: not (isinstance(value, Constant) and value.value is None)))
    return spread(items, one)


def _letters(text: Text, separator: Value) -> Value:
    """What comes of a text where a collection was meant: its characters, one by one."""
    known = text.known()
    if known is None or len(known) > MAX_ITEMS:
        return Text((Hole(Unknown("a text is joined letter by letter")),))
    return concat([part for char in known for part in (literal(char), separator)][:-1])


def _part_of(value: Value) -> Unknown:
    return value if isinstance(value, Unknown) else Unknown("its items are only known at run time", owner_of(value))


def owner_of(value: Value) -> tuple[str, int] | None:
    """The function or class on whose caller or subclass an unknown value depends."""
    return value.owner if isinstance(value, Unknown) else None


def _doubtful(value: Value) -> Value:
    def one(value: Value) -> Value:
        if isinstance(value, Text):
            return Text([p.marked(certain=False) if isinstance(p, Piece) else p for p in value.pieces])
        return value

    return spread(value, one)


def quoted(value: Value) -> Value:
    """A text whose characters no longer separate the parts of a URL."""

    def one(value: Value) -> Value:
        if isinstance(value, Text):
            return Text(
                [
                    p.marked(quoted=True)
                    if isinstance(p, Piece)
                    else Hole(p.value, quoted=True, name=p.name, spot=p.spot)
                    for p in value.pieces
                ]
            )
        return value

    return spread(as_text(value), one)


def query(parameters: Value) -> Value:
    """`a=1&b=2` of a mapping, or of a collection of pairs."""

    def one(value: Value) -> Value:
        pairs: list[tuple[Value, Value, bool]] = []
        missing: Unknown | None
        if isinstance(value, Map):
            pairs = [(_key_text(name, item), item.value, item.certain) for name, item in value.entries.items()]
            missing = value.missing
        elif isinstance(value, List):
            missing = value.missing
            for item in value.items:
                pair = force(item.value)
                if isinstance(pair, List) and len(pair.items) == 2:
                    pairs.append((pair.items[0].value, pair.items[1].value, item.certain))
                else:
                    missing = Unknown("its pairs are only known at run time")
        elif isinstance(value, Text):
            return value
        else:
            return Text((Hole(value),))
        parts: list[Value] = []
        for key, item_value, certain in pairs:
            if parts:
                parts.append(literal("&"))
            # A value that may be several stays one hole: which one it is does not change the query's form.
            known = item_value if isinstance(item_value, (Text, Constant)) else Text((Hole(item_value, quoted=True),))
            shown = quoted(known)
            parts += [quoted(key), literal("="), shown if certain else _doubtful(shown)]
        if missing is not None:
            if parts:
                parts.append(literal("&"))
            parts.append(Text((Hole(missing),)))
        return concat(parts)

    return spread(parameters, one)


def _key_text(name: str, item: Item) -> Text:
    if item.key is None:
        return literal(name)
    program, start, _ = item.key
    return Text((Piece(name, program, start),))


def spot_of(key: Value) -> tuple[p.Program, int, int] | None:
    """Where the characters of a key stand, if they all stand in a row."""
    pieces = key.pieces if isinstance(key, Text) else ()
    if len(pieces) == 1 and isinstance(pieces[0], Piece) and pieces[0].origin is not None and pieces[0].spots is None:
        return pieces[0].origin, pieces[0].start, pieces[0].start + len(pieces[0].text)
    return None


def _why(missing: Unknown | None) -> Unknown | None:
    """The same reason for other values: of these there is no sample."""
    return (
        missing if missing is None or missing.sample is None else Unknown(missing.because, missing.owner, missing.name)
    )


def keys(value: Value) -> Value:
    """The keys of a mapping."""

    def one(value: Value) -> Value:
        if isinstance(value, Map):
            items = [Item(_key_text(name, item), certain=item.certain) for name, item in value.entries.items()]
            return List(items, "list", branch=value.branch, missing=_why(value.missing))
        if isinstance(value, List):
            return value
        return Unknown("its keys are only known at run time", owner_of(value))

    return spread(value, one)


def entries(value: Value) -> Value:
    """The pairs of a mapping."""

    def one(value: Value) -> Value:
        if not isinstance(value, Map):
            return Unknown("its entries are only known at run time", owner_of(value))
        items = [
            Item(List([Item(_key_text(name, item)), Item(item.value)], "tuple"), certain=item.certain)
            for name, item in value.entries.items()
        ]
        return List(items, "list", branch=value.branch, missing=_why(value.missing))

    return spread(value, one)


def map_values(value: Value) -> Value:
    """The values of a mapping."""

    def one(value: Value) -> Value:
        if not isinstance(value, Map):
            return Unknown("its values are only known at run time", owner_of(value))
        items = [Item(item.value, certain=item.certain) for item in value.entries.values()]
        return List(items, "list", branch=value.branch, missing=value.missing)

    return spread(value, one)


def split(text: Value, separator: str | None, limit: int = -1) -> Value:
    """The parts of a text between separators (white space for None). Unknown parts may hold separators of their own."""

    def one(value: Value) -> Value:
        if not isinstance(value, Text):
            return List(
                [], missing=_part_of(value) if isinstance(value, Unknown) else Unknown("it is split at run time")
            )
        parts: list[list[Piece | Hole]] = [[]]
        missing: Unknown | None = None
        for piece in value.pieces:
            if isinstance(piece, Hole):
                parts[-1].append(piece)
                inner = piece.value
                missing = inner if isinstance(inner, Unknown) else Unknown("it is split at run time")
                continue
            at = 0
            for start, end in _separators(piece.text, separator):
                if 0 <= limit < len(parts):
                    break
                parts[-1].append(piece.cut(at, start))
                parts.append([])
                at = end
            parts[-1].append(piece.cut(at, len(piece.text)))
        items = []
        for part in parts[:MAX_ITEMS]:
            kept = [p for p in part if isinstance(p, Hole) or p.text]
            if kept or separator is not None:
                certain = all(p.certain for p in kept if isinstance(p, Piece))
                if len(kept) == 1 and isinstance(kept[0], Hole) and isinstance(kept[0].value, Unknown):
                    continue
                items.append(Item(Text(kept or (Piece(""),)), certain=certain))
        return List(items, missing=missing)

    return spread(text, one)


def _separators(text: str, separator: str | None) -> Iterable[tuple[int, int]]:
    if separator is None:
        return [(m.start(), m.end()) for m in re.finditer(r"\s+", text)]
    if not separator:
        return []
    out = []
    at = text.find(separator)
    while at >= 0:
        out.append((at, at + len(separator)))
        at = text.find(separator, at + len(separator))
    return out


def split_pattern(text: Value, pattern: str) -> Value:
    """The parts of a text between matches of a simple character class such as `[,\\s]+`; unknown for other patterns."""
    if not re.fullmatch(r"(?:\\s\*)?(?:\[[^\[\]]{1,12}\]|[,;|]|\\s)[+*]?(?:\\s\*)?", pattern):
        return List([], missing=Unknown("it is split by a pattern"))
    compiled = re.compile(pattern)

    def one(value: Value) -> Value:
        known = value.known() if isinstance(value, Text) else None
        if known is None or not isinstance(value, Text):
            return List([], missing=value if isinstance(value, Unknown) else Unknown("it is split at run time"))
        out = []
        at = 0
        for match in compiled.finditer(known):
            if match.end() > match.start():
                out.append(Item(cut(value, at, match.start())))
                at = match.end()
        out.append(Item(cut(value, at, len(known))))
        return List(out)

    return spread(text, one)


def cut(text: Text, start: int, end: int) -> Text:
    """Characters start to end of a wholly known text."""
    out: list[Piece | Hole] = []
    at = 0
    for piece in text.pieces:
        assert isinstance(piece, Piece)
        width = len(piece.text)
        low, high = max(start - at, 0), min(end - at, width)
        if low < high:
            out.append(piece.cut(low, high))
        at += width
    return Text(out)


def sliced(value: Value, part: slice) -> Value | None:
    """The items of a list or the characters of a text at some positions; None where they are not known."""
    if isinstance(value, List) and value.missing is None:
        return List(value.items[part], value.kind)
    if isinstance(value, Text) and (known := value.known()) is not None and part.step in (None, 1):
        start, end, _ = part.indices(len(known))
        return cut(value, start, max(start, end))
    return None


def strip(text: Value, characters: str | None, side: str = "both") -> Value:
    """A text without white space (or the given characters) at its ends. side: `left`, `right` or `both`."""

    def one(value: Value) -> Value:
        if not isinstance(value, Text):
            return value
        pieces = list(value.pieces)
        while side != "right" and pieces and isinstance(first := pieces[0], Piece):
            kept = first.text.lstrip(characters)
            if kept:
                pieces[0] = first.cut(len(first.text) - len(kept), len(first.text))
                break
            del pieces[0]
        while side != "left" and pieces and isinstance(last := pieces[-1], Piece):
            kept = last.text.rstrip(characters)
            if kept:
                pieces[-1] = last.cut(0, len(kept))
                break
            del pieces[-1]
        return Text(pieces)

    return spread(text, one)


def replace(text: Value, old: str | None, new: Value) -> Value:
    """A text with each `old` in it replaced."""

    def one(value: Value) -> Value:
        if not isinstance(value, Text) or not old:
            return value if isinstance(value, Unknown) else Text((Hole(Unknown("part of it is replaced at run time")),))
        parts: list[Value] = []
        for piece in value.pieces:
            if isinstance(piece, Hole):
                parts.append(Text((piece,)))
                continue
            at = 0
            for start, end in _separators(piece.text, old):
                parts += [Text((piece.cut(at, start),)), new]
                at = end
            parts.append(Text((piece.cut(at, len(piece.text)),)))
        return concat(parts)

    return spread(text, one)


def recased(text: Value, function: Callable[[str], str]) -> Value:
    """A text in other letters of the same number, such as lower case."""

    def one(value: Value) -> Value:
        if not isinstance(value, Text):
            return value
        out: list[Piece | Hole] = []
        for piece in value.pieces:
            if isinstance(piece, Piece):
                changed = function(piece.text)
                out.append(piece.like(changed) if len(changed) == len(piece.text) else Piece(changed))
            else:
                out.append(piece)
        return Text(out)

    return spread(text, one)


def format_braces(template: Value, arguments: Arguments) -> Value:
    """`template` with its `{name}` and `{0}` fields filled in."""

    def one(value: Value) -> Value:
        numbers = count()

        def fill(piece: Piece, match: re.Match[str]) -> Value:
            if match[0] in ("{{", "}}"):
                return Text((piece.cut(match.start(), match.start() + 1),))
            name = match[1].strip()
            found = _field(arguments, name) if name else arguments.get(next(numbers))
            return Unknown(f"{{{name}}} is filled in at run time") if found is None else found

        return _filled(value, _FIELD, fill) if isinstance(value, Text) else Text((Hole(value),))

    return spread(template, one)


def _filled(text: Text, pattern: re.Pattern[str], fill: Callable[[Piece, re.Match[str]], Value]) -> Value:
    """A text with a value in place of each match of a pattern. fill: gives it for a match in a piece of the text."""
    parts: list[Value] = []
    for piece in text.pieces:
        if isinstance(piece, Hole):
            parts.append(Text((piece,)))
            continue
        at = 0
        for match in pattern.finditer(piece.text):
            parts.append(Text((piece.cut(at, match.start()),)))
            at = match.end()
            parts.append(fill(piece, match))
        parts.append(Text((piece.cut(at, len(piece.text)),)))
    return concat(parts)


def _field(arguments: Arguments, name: str) -> Value | None:
    """What a template's field names: an argument, or with `[key]` and `.key` a part of one."""
    first, *keys = [part for part in re.split(r"[.\[\]]+", name) if part]
    value = arguments.get(int(first)) if first.isdigit() else arguments.named.get(first)
    for key in keys:
        value = None if value is None else force(value)
        if isinstance(value, Map) and key in value.entries:
            value = value.entries[key].value
        elif isinstance(value, (Instance, Class)):
            own = value.attributes if isinstance(value, Instance) else value.names
            value = own.get(key, value.cls.names.get(key) if isinstance(value, Instance) else None)
        else:
            return None
    return value


def fill_dollars(template: Value, arguments: Arguments) -> Value:
    """`template` with its `$name` and `${name}` filled in."""

    def fill(_: Piece, match: re.Match[str]) -> Value:
        found = literal("$") if match[0] == "$$" else arguments.named.get(match[1] or match[2])
        return Unknown("it is filled in at run time") if found is None else found

    return spread(
        template, lambda value: _filled(value, _DOLLAR, fill) if isinstance(value, Text) else Text((Hole(value),))
    )


def format_percent(template: Value, values: Value) -> Value:
    """`template % values`."""
    values = force(values)

    def one(value: Value) -> Value:
        numbers = count()

        def fill(_: Piece, match: re.Match[str]) -> Value:
            if match[2] == "%":
                return literal("%")
            found: Value | None = None
            if match[1] is not None:
                if isinstance(values, Map) and match[1] in values.entries:
                    found = values.entries[match[1]].value
            elif isinstance(values, List):
                number = next(numbers)
                found = values.items[number].value if number < len(values.items) else None
            else:
                found = values
            return Unknown("it is filled in at run time") if found is None else found

        return _filled(value, _PERCENT, fill) if isinstance(value, Text) else Unknown("it is computed", owner_of(value))

    return spread(template, one)


def added(left: Value, right: Value) -> Value:
    """`left + right`: texts in a row, or the items of both collections."""
    # What is added to a text is a text, even if nobody has looked at it yet.
    if isinstance(left, Text) and isinstance(right, (Lazy, Either)):
        return concat([left, right])
    if isinstance(right, Text) and isinstance(left, (Lazy, Either)):
        return concat([left, right])

    def one(left: Value) -> Value:
        def other(right: Value) -> Value:
            if isinstance(left, Text) and _is_text_in_the_making(right):
                return concat([left, _built(right)])
            if isinstance(left, (List, Map)) or isinstance(right, (List, Map)):
                if isinstance(left, Text) or isinstance(right, Text):
                    whole = Text((Hole(Unknown("a collection is made a text at run time")),))
                    return concat([side if isinstance(side, Text) else whole for side in (left, right)])
                return combined([left, right])
            if isinstance(left, Text) or isinstance(right, Text):
                return concat([left, right])
            if isinstance(left, Constant) and isinstance(right, Constant):
                return Unknown("it is computed")
            return Unknown("it is put together from parts that are not known", owner_of(left) or owner_of(right))

        return spread(right, other)

    return spread(left, one)


def _is_text_in_the_making(value: Value) -> bool:
    return isinstance(value, (Query, Address)) or (isinstance(value, List) and value.kind == "text")


def _built(value: Value) -> Value:
    """The text that something is which code still adds to."""
    return joined(literal(""), value) if isinstance(value, List) else as_text(value)


def combined(parts: Sequence[Value], kind: str | None = None) -> Value:
    """A collection with the items of all parts, in order."""
    items: list[Item] = []
    missing: Unknown | None = None
    found_kind = kind
    for part in parts:
        options = alternatives(part)
        certain = len(options) == 1
        for option in options:
            if isinstance(option, Map):
                option = keys(option)
            if isinstance(option, List):
                found_kind = found_kind or option.kind
                items.extend(option.items if certain else [Item(i.value, certain=False) for i in option.items])
                missing = missing or option.missing
            elif isinstance(option, Unknown):
                missing = missing or option
            elif isinstance(option, Constant) and option.value is None:
                continue
            else:
                missing = missing or Unknown("some of its items are only known at run time", sample=item_of(option))
    if len(items) > MAX_ITEMS:
        items = items[:MAX_ITEMS]
        missing = missing or Unknown("it has too many items")
    return List(items, found_kind or "list", missing=missing)


def merged(parts: Sequence[Value]) -> Value:
    """A mapping with the entries of all parts, later ones first."""
    out: dict[str, Item] = {}
    missing: Unknown | None = None
    for part in parts:
        options = alternatives(part)
        certain = len(options) == 1
        for option in options:
            if isinstance(option, Map):
                for name, item in option.entries.items():
                    out[name] = _overlaid(out.get(name), item, certain=certain)
                missing = missing or option.missing
            elif not (isinstance(option, Constant) and option.value is None):
                missing = missing or (
                    option if isinstance(option, Unknown) else Unknown("some of its entries are only known at run time")
                )
    return Map(out, missing=missing)


def _overlaid(old: Item | None, new: Item, *, certain: bool) -> Item:
    if certain and new.certain:
        return new
    if old is None:
        return Item(new.value, certain=False, key=new.key)
    return Item(either([old.value, new.value]), certain=old.certain, key=new.key or old.key)


def without(left: Value, right: Value) -> Value:
    """The items of the left collection that are not in the right one."""
    return _kept(left, right, lambda text, names: text not in names)


def shared(left: Value, right: Value) -> Value:
    """The items of the left collection that are in the right one too."""
    return _kept(left, right, lambda text, names: text in names)


def _kept(left: Value, right: Value, keeps: Callable[[str, set[str]], bool]) -> Value:
    """The items of the left collection that stay, going by the names in the right one; what is not known stays."""
    names = text_items(right)

    def one(value: Value) -> Value:
        if not isinstance(value, List):
            return Unknown("it is computed", owner_of(value))
        if names is None:
            return List([Item(item.value, certain=False) for item in value.items], value.kind, missing=value.missing)
        kept = [item for item in value.items if (text := known_text(item.value)) is None or keeps(text, names)]
        return List(kept, value.kind, missing=value.missing)

    return spread(left, one)


def text_items(value: Value) -> set[str] | None:
    """The items of a collection of known texts; None where something is not known."""
    value = force(value)
    if isinstance(value, Map):
        return set(value.entries) if value.missing is None else None
    if not isinstance(value, List) or value.missing is not None:
        return None
    out: set[str] = set()
    for item in value.items:
        text = known_text(item.value)
        if text is None or not item.certain:
            return None
        out.add(text)
    return out


def contains(item: Value, container: Value) -> bool | None:
    """Whether a text is among the items of a collection, or part of a text; None where that is not known."""
    text = known_text(item)
    container = force(container)
    if text is None:
        return None
    if isinstance(container, Text):
        whole = container.known()
        return None if whole is None else text in whole
    names = text_items(container)
    if names is not None:
        return text in names
    if isinstance(container, List) and any(i.certain and known_text(i.value) == text for i in container.items):
        return True
    return None


def partition(text: Value, separator: str | None, *, last: bool = False) -> Value:
    """What stands before a separator, the separator, and what stands behind it."""

    def one(value: Value) -> Value:
        known = value.known() if isinstance(value, Text) else None
        if known is None or not separator or not isinstance(value, Text):
            return Unknown("it is split at run time", owner_of(value))
        at = known.rfind(separator) if last else known.find(separator)
        if at < 0:
            parts: list[Value] = [value, literal(""), literal("")]
            return List([Item(part) for part in (reversed(parts) if last else parts)], "tuple")
        end = at + len(separator)
        return List([Item(cut(value, *ends)) for ends in ((0, at), (at, end), (end, len(known)))], "tuple")

    return spread(text, one)


def unique(value: Value, kind: str) -> Value:
    """A collection without repeated texts."""

    def one(value: Value) -> Value:
        if not isinstance(value, List):
            return value
        seen: set[str] = set()
        kept = []
        for item in value.items:
            text = known_text(item.value)
            if text is not None and item.certain:
                if text in seen:
                    continue
                seen.add(text)
            kept.append(item)
        return List(kept, kind, branch=value.branch, missing=value.missing)

    return spread(value, one)


def items_of(value: Value) -> List:
    """What an iteration over a value gives; with `missing` set where that is not all known."""
    options = alternatives(value)
    if len(options) == 1:
        value = options[0]
        if isinstance(value, Map):
            value = keys(value)
        if isinstance(value, List):
            return value
        if isinstance(value, Unknown):
            return List([], missing=value)
        return List([], missing=Unknown("its items are only known at run time", sample=item_of(value)))
    result = combined([value])
    assert isinstance(result, List)
    return result


def item_of(value: Value) -> Value | None:
    """Any one item of a collection from outside the project; None of anything else."""
    return value.item() if isinstance(value, External) else None


def equal(left: Value, right: Value) -> bool | None:
    """Whether two values are the same; None where that is not known."""
    left, right = force(left), force(right)
    if isinstance(left, Constant) and isinstance(right, Constant):
        return left.value == right.value
    a, b = known_text(left), known_text(right)
    if a is not None and b is not None:
        return a == b
    if left is NOTHING and isinstance(right, (Text, List, Map)):
        return False
    if isinstance(left, (Text, List, Map)) and isinstance(right, Constant):
        return False
    if isinstance(right, (Text, List, Map)) and isinstance(left, Constant):
        return False
    return None


def copy_of(value: Value) -> Value:
    """A collection that can be changed without changing the other."""

    def one(value: Value) -> Value:
        if isinstance(value, List):
            return List(list(value.items), value.kind, branch=value.branch, missing=value.missing, span=value.span)
        if isinstance(value, Map):
            return Map(dict(value.entries), branch=value.branch, missing=value.missing, span=value.span)
        return value

    return spread(value, one)


def key_text(key: Value) -> str | None:
    """A key as a text: numbers are keys too. None where it is not known."""
    key = force(key)
    if isinstance(key, Constant) and isinstance(key.value, int) and not isinstance(key.value, bool):
        return str(key.value)
    return known_text(key)
