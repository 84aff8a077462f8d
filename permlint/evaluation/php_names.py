"""PHP's names for the operations of `stdlib`, with what all code of Laravel and WordPress uses of theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from permlint.evaluation import operations as ops
from permlint.evaluation.finding import Found, classes, paths
from permlint.evaluation.library import Library, Method, Operation
from permlint.evaluation.stdlib import adapters, addresses, arrays, documents, lists, mappings, objects, texts
from permlint.evaluation.values import NOTHING, Arguments, List, Value, literal

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter
    from permlint.evaluation.modules import Modules

_SUFFIXES = (".php", ".inc", ".module", ".phtml")
_STR = "Illuminate\\Support\\Str"
_ARR = "Illuminate\\Support\\Arr"
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def _hyphenated(prefix: str, word: str) -> str:
    return prefix + word.replace("_", "-").lower()


# A class is in a file of its name; WordPress plugins write `class-my-service.php` for `My_Service`, others `my_service.php`.
_SPELLINGS = (
    lambda word: word,
    lambda word: _hyphenated("class-", word),
    lambda word: _hyphenated("trait-", word),
    lambda word: _hyphenated("interface-", word),
    lambda word: f"{word}.class",
    lambda word: f"class.{word.lower()}",
    lambda word: _WORD.sub("_", word).lower(),
)
_BY_CLASS = tuple([classes(_SUFFIXES, "\\", spell) for spell in _SPELLINGS])
_BY_PATH = paths(_SUFFIXES, "index")


def _class_file(modules: Modules, importer: str, module: str, level: int) -> Found | None:
    """The file in which a class stands by its qualified name; functions and constants have no files of their own."""
    last = module.rpartition("\\")[2]
    if not last[:1].isupper() or (last.isupper() and "\\" not in module):
        return None
    for find in _BY_CLASS:
        found = find(modules, importer, module, level)
        if found is not None:
            return found
    return None


def _method(operation: Operation) -> Method:
    """A method of a collection that is a function of it and the arguments."""
    return lambda run, owner, arguments: operation(
        run, Arguments([owner, *arguments.positional], arguments.named, arguments.missing)
    )


def _joined(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`collection.implode(separator)`."""
    return ops.joined(arguments.get(0) or NOTHING, arrays.listed(owner))


def _mapped(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`collection.map(function)`."""
    return arrays.mapped_by(run, owner, arrays.callable_of(run, arguments.get(0) or NOTHING))


def _each(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`collection.each(function)`."""
    _mapped(run, owner, arguments)
    return owner


def _filtered(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`collection.filter(function)`."""
    function = arguments.get(0)
    return arrays.filtered_by(run, owner, None if function is None else arrays.callable_of(run, function))


def _given(run: Interpreter, arguments: Arguments) -> Value:
    """`collect(items)`."""
    return arguments.get(0) or List([], branch=run.branch)


_COLLECTION: dict[str, Method] = {
    "all": adapters.itself,
    "toArray": adapters.itself,
    "values": adapters.of_owner(arrays.listed),
    "keys": adapters.of_owner(ops.keys),
    "implode": _joined,
    "join": _joined,
    "map": _mapped,
    "each": _each,
    "filter": _filtered,
    "merge": _method(arrays.merged),
    "concat": _method(arrays.merged),
    "unique": _method(arrays.unique),
    "push": lists.append_items,
    "add": lists.append_items,
    "put": mappings.set_entry,
    "get": mappings.get_entry,
    "pluck": _method(arrays.column),
    "contains": lists.holds_item,
    "only": _method(arrays.chosen(keep=True)),
    "except": _method(arrays.chosen(keep=False)),
    "collect": adapters.itself,
    "sort": adapters.itself,
    "reverse": adapters.itself,
    "tap": adapters.itself,
    "append": lambda _, owner, arguments: ops.concat([owner, *arguments.positional]),
    "prepend": lambda _, owner, arguments: ops.concat([*arguments.positional, owner]),
    "trim": texts.stripped("both"),
    "lower": texts.recased(str.lower),
    "replace": texts.replace_text,
    "toString": adapters.itself,
    "value": adapters.itself,
}

_TRIM = {"trim": "both", "ltrim": "left", "rtrim": "right", "chop": "right"}


def _trimmed(side: str) -> Operation:
    method = texts.stripped(side)
    return lambda run, arguments: texts.spread_text(arguments, lambda text, rest: method(run, text, rest))


def _recased(recase: Method) -> Operation:
    return lambda run, arguments: texts.spread_text(arguments, lambda text, rest: recase(run, text, rest))


def _bare_address(arguments: Arguments) -> Value:
    return ops.strip(ops.as_text(arguments.get(0) or NOTHING), "/", "right")


def _less(combine: Method) -> Operation:
    """`array_diff(items, others, ...)` and its like."""

    def operation(run: Interpreter, arguments: Arguments) -> Value:
        first, *rest = [arrays.listed(value) for value in arguments.positional or [NOTHING]]
        return combine(run, first, Arguments(rest))

    return operation


LIBRARY = Library(
    builtins=frozenset(
        ("$_ENV", "$_SERVER", "$_GET", "$_POST", "$_REQUEST", "$_SESSION", "$_COOKIE", "$_FILES", "$GLOBALS")
    ),
    open=True,
    sigil="$",
    common=True,
    constants="constants of PHP",
    arrays=True,
    typed=True,
    methods=_COLLECTION,
    functions={
        "implode": arrays.joined,
        "join": arrays.joined,
        "explode": arrays.split,
        "preg_split": arrays.split_by_pattern,
        "sprintf": arrays.filled,
        "vsprintf": arrays.filled_from,
        "str_replace": arrays.replaced_text,
        "http_build_query": addresses.encode_query,
        "build_query": addresses.encode_query,
        "urlencode": addresses.quote_text,
        "rawurlencode": addresses.quote_text,
        "add_query_arg": arrays.with_parameters,
        **{name: _trimmed(side) for name, side in _TRIM.items()},
        "strtolower": _recased(texts.recased(str.lower)),
        "mb_strtolower": _recased(texts.recased(str.lower)),
        "strtoupper": _recased(texts.recased(str.upper)),
        "array_merge": arrays.merged,
        "array_replace": arrays.replaced,
        "array_merge_recursive": arrays.merged,
        "wp_parse_args": lambda run, arguments: arrays.merged(run, Arguments(arguments.positional[1::-1])),
        "+": arrays.added,
        "(array)": arrays.cast,
        "foreach": arrays.pairs,
        "unset": arrays.removed,
        "->": objects.get_part,
        "array_map": arrays.mapped,
        "array_filter": arrays.filtered,
        "array_unique": arrays.unique,
        "array_values": adapters.of_first(arrays.listed),
        "array_keys": adapters.of_first(ops.keys),
        "array_column": arrays.column,
        "array_push": arrays.pushed,
        "array_unshift": arrays.pushed,
        "array_diff": _less(lists.difference),
        "array_intersect": _less(lists.intersection),
        "array_reverse": adapters.first,
        "in_array": arrays.holds,
        "do_action": lambda _, __: NOTHING,
        "isset": arrays.is_set,
        "empty": arrays.is_empty,
        "call_user_func": arrays.called,
        "call_user_func_array": arrays.called_with,
        "require": documents.import_module,
        "super": objects.bases,
        "strval": texts.to_text,
        "app": arrays.instance_of,
        "resolve": arrays.instance_of,
        "make": arrays.instance_of,
        "collect": _given,
        "data_get": arrays.dug,
        "stream_context_create": arrays.entry_of("http"),
        **dict.fromkeys(
            ("json_encode", "wp_json_encode", "esc_url", "esc_url_raw", "esc_attr", "esc_html", "htmlspecialchars",
             "htmlentities", "html_entity_decode", "utf8_encode", "utf8_decode", "filter_var", "value", "tap", "__",
             "sanitize_text_field", "wp_unslash", "stripslashes"),
            adapters.first,
        ),
        "apply_filters": adapters.second,
        f"{_STR}.of": adapters.first,
        f"{_STR}.lower": _recased(texts.recased(str.lower)),
        f"{_STR}.upper": _recased(texts.recased(str.upper)),
        f"{_STR}.replace": arrays.replaced_text,
        f"{_STR}.start": adapters.first,
        f"{_STR}.finish": adapters.first,
        "str": adapters.first,
        "trailingslashit": lambda _, arguments: ops.concat([_bare_address(arguments), literal("/")]),
        "untrailingslashit": lambda _, arguments: _bare_address(arguments),
        f"{_ARR}.join": lambda run, arguments: arrays.joined(run, Arguments(arguments.positional[1::-1])),
        f"{_ARR}.query": addresses.encode_query,
        f"{_ARR}.wrap": arrays.cast,
        f"{_ARR}.get": arrays.dug,
        f"{_ARR}.only": arrays.chosen(keep=True),
        f"{_ARR}.except": arrays.chosen(keep=False),
    },
    same=frozenset(("value", "name")),
    changing=frozenset(("push", "put", "add")),
    index="index",
    finder=_BY_PATH,
    implicit=_class_file,
)  # fmt: skip
