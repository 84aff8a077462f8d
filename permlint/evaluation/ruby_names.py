"""Ruby's names for the operations of `stdlib`. A block is the argument `&`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.evaluation import operations as ops
from permlint.evaluation.finding import declared_in
from permlint.evaluation.library import Library, Method
from permlint.evaluation.operators import entry
from permlint.evaluation.stdlib import adapters, addresses, callbacks, lists, mappings, objects, texts
from permlint.evaluation.values import Arguments, Value

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def _with_block(method: Method) -> Method:
    """A method whose block is its first argument."""

    def run(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
        block = arguments.named.get("&")
        given = [*([block] if block is not None else []), *arguments.positional]
        return method(run, owner, Arguments(given, missing=arguments.missing))

    return run


def _merged(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`hash.merge(other)` and `hash.merge(name: value)`."""
    named = {name: value for name, value in arguments.named.items() if name != "&"}
    return ops.merged(
        [owner, *arguments.positional, *([mappings.to_mapping(run, Arguments(named=named))] if named else [])]
    )


def _changed(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`hash.merge!(other)`."""
    lists.extend_items(
        run, owner, Arguments(arguments.positional, {k: v for k, v in arguments.named.items() if k != "&"})
    )
    return owner


def _encoded(run: Interpreter, arguments: Arguments) -> Value:
    """`URI.encode_www_form(name: value)`."""
    return addresses.to_query(run, Arguments([mappings.to_mapping(run, arguments)]))


def _dug(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`hash.dig(:a, :b)`."""
    for key in arguments.positional:
        owner = entry(run, owner, key)
    return owner


_METHODS: dict[str, Method] = {
    "join": texts.joined_by(""),
    "split": texts.split_text,
    "strip": texts.stripped("both"),
    "squish": texts.stripped("both"),
    "chomp": texts.stripped("right"),
    "downcase": texts.recased(str.lower),
    "upcase": texts.recased(str.upper),
    "gsub": texts.replace_text,
    "sub": texts.replace_text,
    "tr": texts.replace_text,
    "start_with?": texts.asked(str.startswith),
    "end_with?": texts.asked(str.endswith),
    "include?": lists.holds_item,
    "key?": lists.holds_item,
    "has_key?": lists.holds_item,
    "<<": lists.append_items,
    "push": lists.append_items,
    "append": lists.append_items,
    "add": lists.append_items,
    "concat": lists.extend_items,
    "unshift": lists.append_items,
    "delete": lists.remove_entry,
    "uniq": lambda _, owner, __: ops.unique(owner, "list"),
    "union": lists.union,
    "difference": lists.difference,
    "intersection": lists.intersection,
    "fetch": mappings.get_entry,
    "dig": _dug,
    "store": mappings.set_entry,
    "merge": _merged,
    "merge!": _changed,
    "update": _changed,
    "deep_merge": _merged,
    "to_s": texts.text_of_owner,
    "to_query": lambda _, owner, __: ops.query(owner),
    "to_param": texts.text_of_owner,
    "keys": adapters.of_owner(ops.keys),
    "values": adapters.of_owner(ops.map_values),
    "freeze": adapters.itself,
    "dup": lists.copied,
    "clone": lists.copied,
    "to_a": lists.copied,
    "to_set": lists.copied,
    "flatten": lists.flattened,
    "first": callbacks.one_of_items,
    "last": callbacks.one_of_items,
    **dict.fromkeys(
        ("presence", "to_sym", "to_str", "compact", "sort", "reverse", "symbolize_keys", "stringify_keys", "html_safe",
         "with_indifferent_access", "to_h", "itself", "compact_blank", "with_params"), adapters.itself,
    ),
    **{name: _with_block(method) for name, method in {
        "map": callbacks.each_mapped, "collect": callbacks.each_mapped, "flat_map": callbacks.each_flattened,
        "select": callbacks.each_filtered, "filter": callbacks.each_filtered, "each": callbacks.each_handed,
        "tap": callbacks.handed_on, "then": callbacks.handed_on, "yield_self": callbacks.handed_on,
        "find": callbacks.one_of_items, "detect": callbacks.one_of_items,
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
        "super": objects.bases,
        "Array": lists.to_collection("list"),
        "Set": lists.to_collection("set"),
        "Hash": mappings.to_mapping,
        "String": texts.to_text,
        "format()": texts.format_values,
        "format": texts.format_values,
        "sprintf": texts.format_values,
        "URI": addresses.to_address,
        "URI.parse": addresses.to_address,
        "Addressable::URI.parse": addresses.to_address,
        "URI.join": addresses.joined_url,
        "URI.encode_www_form": _encoded,
        "Rack::Utils.build_query": _encoded,
        "URI.encode_www_form_component": addresses.quote_text,
        "CGI.escape": addresses.quote_text,
        "ERB::Util.url_encode": addresses.quote_text,
        "URI::HTTPS.build": addresses.address_of_parts("https", ("host",), ("path",), ("query",)),
        "URI::HTTP.build": addresses.address_of_parts("http", ("host",), ("path",), ("query",)),
    },
    same=frozenset(("strip", "freeze", "itself", "html_safe", "to_sym", "presence")),
    setter="{}=",
    properties=frozenset(("property",)),
    changing=frozenset(("<<", "push", "concat", "merge!")),
    address_parts={"query": "parameters", "query_values": "parameters", "host": "host", "path": "path", "scheme": "scheme",
                   "to_s": "text"},
    implicit=declared_in((".rb",), "::", _DECLARES),
)  # fmt: skip
