"""Ruby's names for the operations of `library`. A block is the argument `&`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.evaluation import library as lib
from permlint.evaluation import operations as ops
from permlint.evaluation.finding import declared_in
from permlint.evaluation.library import Library
from permlint.evaluation.values import Arguments, Value

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def _with_block(method: lib.Method) -> lib.Method:
    """A method whose block is its first argument."""

    def run(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
        block = arguments.named.get("&")
        given = [*([block] if block is not None else []), *arguments.positional]
        return method(interpreter, owner, Arguments(given, missing=arguments.missing))

    return run


def _merged(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`hash.merge(other)` and `hash.merge(name: value)`."""
    named = {name: value for name, value in arguments.named.items() if name != "&"}
    return ops.merged(
        [owner, *arguments.positional, *([lib.to_mapping(interpreter, Arguments(named=named))] if named else [])]
    )


def _changed(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`hash.merge!(other)`."""
    lib.extend_items(
        interpreter, owner, Arguments(arguments.positional, {k: v for k, v in arguments.named.items() if k != "&"})
    )
    return owner


def _encoded(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`URI.encode_www_form(name: value)`."""
    return lib.to_query(interpreter, Arguments([lib.to_mapping(interpreter, arguments)]))


def _dug(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`hash.dig(:a, :b)`."""
    for key in arguments.positional:
        owner = interpreter.entry(owner, key)
    return owner


_METHODS: dict[str, lib.Method] = {
    "join": lib.joined_by(""),
    "split": lib.split_text,
    "strip": lib.stripped("both"),
    "squish": lib.stripped("both"),
    "chomp": lib.stripped("right"),
    "downcase": lib.recased(str.lower),
    "upcase": lib.recased(str.upper),
    "gsub": lib.replace_text,
    "sub": lib.replace_text,
    "tr": lib.replace_text,
    "start_with?": lib.asked(str.startswith),
    "end_with?": lib.asked(str.endswith),
    "include?": lib.holds_item,
    "key?": lib.holds_item,
    "has_key?": lib.holds_item,
    "<<": lib.append_items,
    "push": lib.append_items,
    "append": lib.append_items,
    "add": lib.append_items,
    "concat": lib.extend_items,
    "unshift": lib.append_items,
    "delete": lib.remove_entry,
    "uniq": lambda _, owner, __: ops.unique(owner, "list"),
    "union": lib.union,
    "difference": lib.difference,
    "intersection": lib.intersection,
    "fetch": lib.get_entry,
    "dig": _dug,
    "store": lib.set_entry,
    "merge": _merged,
    "merge!": _changed,
    "update": _changed,
    "deep_merge": _merged,
    "to_s": lib.text_of_owner,
    "to_query": lambda _, owner, __: ops.query(owner),
    "to_param": lib.text_of_owner,
    "keys": lib.of_owner(ops.keys),
    "values": lib.of_owner(ops.map_values),
    "freeze": lib.itself,
    "dup": lib.copied,
    "clone": lib.copied,
    "to_a": lib.copied,
    "to_set": lib.copied,
    "flatten": lib.flattened,
    "first": lib.one_of_items,
    "last": lib.one_of_items,
    **dict.fromkeys(
        ("presence", "to_sym", "to_str", "compact", "sort", "reverse", "symbolize_keys", "stringify_keys", "html_safe",
         "with_indifferent_access", "to_h", "itself", "compact_blank", "with_params"), lib.itself,
    ),
    **{name: _with_block(method) for name, method in {
        "map": lib.each_mapped, "collect": lib.each_mapped, "flat_map": lib.each_flattened, "select": lib.each_filtered,
        "filter": lib.each_filtered, "each": lib.each_handed, "tap": lib.handed_on, "then": lib.handed_on,
        "yield_self": lib.handed_on, "find": lib.one_of_items, "detect": lib.one_of_items,
    }.items()},
}  # fmt: skip

_DECLARES = r"^[ \t]*(?:(?:class|module) (?:\w+::)*|(?=[A-Z]\w* *= ))(\w+)"

LIBRARY = Library(
    open=True,
    receiver="self",
    declares=True,
    bare=True,
    methods=_METHODS,
    functions={
        "super": lib.bases,
        "Array": lib.to_collection("list"),
        "Set": lib.to_collection("set"),
        "Hash": lib.to_mapping,
        "String": lib.to_text,
        "format()": lib.format_values,
        "format": lib.format_values,
        "sprintf": lib.format_values,
        "URI": lib.to_address,
        "URI.parse": lib.to_address,
        "Addressable::URI.parse": lib.to_address,
        "URI.join": lib.joined_url,
        "URI.encode_www_form": _encoded,
        "Rack::Utils.build_query": _encoded,
        "URI.encode_www_form_component": lib.quote_text,
        "CGI.escape": lib.quote_text,
        "ERB::Util.url_encode": lib.quote_text,
        "URI::HTTPS.build": lib.address_of_parts("https", ("host",), ("path",), ("query",)),
        "URI::HTTP.build": lib.address_of_parts("http", ("host",), ("path",), ("query",)),
    },
    same=frozenset(("strip", "freeze", "itself", "html_safe", "to_sym", "presence")),
    properties=frozenset(("property",)),
    changing=frozenset(("<<", "push", "concat", "merge!")),
    address_parts={"query": "parameters", "query_values": "parameters", "host": "host", "path": "path", "scheme": "scheme",
                   "to_s": "text"},
    implicit=declared_in((".rb",), "::", _DECLARES),
)  # fmt: skip
