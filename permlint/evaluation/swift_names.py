"""Swift's names for the operations of `library`. What its functions call their arguments adds nothing: they count in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.evaluation import library as lib
from permlint.evaluation import operations as ops
from permlint.evaluation.finding import declared
from permlint.evaluation.library import Library, unlabelled, unlabelled_method
from permlint.evaluation.values import Address, Arguments, Query, Text, Value

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def _appended(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`append(item)` and `append(contentsOf: items)`."""
    more = arguments.named.get("contentsOf")
    if more is not None:
        return lib.extend_items(interpreter, owner, Arguments([more]))
    return lib.append_items(interpreter, owner, arguments)


def _appending(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`appending(text)`, `appending(path: part)` and `appending(queryItems: items)`."""
    items = arguments.named.get("queryItems")
    if items is not None and isinstance(owner, Text):
        query = lib.to_query(interpreter, Arguments([items]))
        return ops.address_text(Address(owner, query)) if isinstance(query, Query) else owner
    part = arguments.get(None, "path", "component")
    if part is not None:
        return lib.path_added(interpreter, owner, Arguments([part]))
    return lib.joined_with(interpreter, owner, arguments)


def _address(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`URLComponents(string:)` and `URLComponents(url:resolvingAgainstBaseURL:)`."""
    return lib.to_address(interpreter, Arguments([*arguments.named.values(), *arguments.positional][:1]))


def _list(interpreter: Interpreter, arguments: Arguments) -> Value:
    return lib.to_collection("list")(interpreter, Arguments(arguments.positional[:1]))


_METHODS: dict[str, lib.Method] = {
    "joined": lib.joined_by(""),
    "components": lib.split_text,
    "split": lib.split_text,
    "trimmingCharacters": lambda run, owner, _: lib.stripped("both")(run, owner, Arguments()),
    "lowercased": lib.recased(str.lower),
    "uppercased": lib.recased(str.upper),
    "replacingOccurrences": lib.replace_text,
    "hasPrefix": lib.asked(str.startswith),
    "hasSuffix": lib.asked(str.endswith),
    "contains": lib.holds_item,
    "map": lib.each_mapped,
    "compactMap": lib.each_mapped,
    "flatMap": lib.each_flattened,
    "filter": lib.each_filtered,
    "forEach": lib.each_handed,
    "insert": lib.insert_item,
    "remove": lib.remove_entry,
    "removeAll": lib.clear_items,
    "union": lib.union,
    "formUnion": lib.extend_items,
    "subtracting": lib.difference,
    "intersection": lib.intersection,
    "merging": lib.joined_with,
    "enumerated": lambda run, owner, _: lib.counted(run, Arguments([owner])),
    "appendingPathComponent": lib.path_added,
    "addingPercentEncoding": lib.itself,
    "sorted": lib.copied,
    "reversed": lib.copied,
    "shuffled": lib.copied,
    "description": lib.text_of_owner,
}

ENDINGS = (".swift", ".m", ".mm", ".h")
"""Of files that see each other's names: those of a target, in whichever of its languages."""
DECLARES = (
    r"^(?:(?:@\w+(?:\([^)\n]*\))?\s+|public |private |fileprivate |internal |open |final |indirect |lazy |nonisolated )*"
    r"(?:class|struct|enum|actor|let|var|func|typealias) |@implementation |#define |(?:static |const |FOUNDATION_EXPORT )*"
    r"\w+ *\*? *(?:const )?(?<=[ *])(?=\w+ *= *[@\[\"(]))(\w+)"
)
"""What stands before a name where a file declares it: Swift's words, and those of Objective-C."""

LIBRARY = Library(
    open=True,
    receiver="self",
    declares=True,
    methods={**{name: unlabelled_method(method) for name, method in _METHODS.items()}, "append": _appended,
             "appending": _appending},
    functions={
        "super": lib.bases,
        "Array": _list,
        "Set": lib.to_collection("set"),
        "Dictionary": lib.to_mapping,
        "String": unlabelled(lib.format_values),
        "NSString": unlabelled(lib.format_values),
        "URL": unlabelled(lambda run, given: lib.first(run, given) if len(given.positional) < 2 else lib.joined_url(
            run, Arguments(given.positional[1::-1]))),
        "NSURL": unlabelled(lib.first),
        "HTTPMethod": unlabelled(lib.first),
        "URLComponents": _address,
        "NSURLComponents": _address,
        "URLQueryItem": lib.named_value,
        "NSURLQueryItem": lib.named_value,
    },
    same=frozenset(("rawValue", "url", "absoluteString", "absoluteURL", "string", "value", "trimmed", "localized")),
    properties=frozenset(("property",)),
    changing=frozenset(("append", "insert", "formUnion")),
    address_parts={
        "queryItems": "parameters",
        "percentEncodedQueryItems": "parameters",
        "query": "parameters",
        "percentEncodedQuery": "parameters",
        "scheme": "scheme",
        "host": "host",
        "path": "path",
        "percentEncodedPath": "path",
        "url": "text",
        "string": "text",
    },
    plain=frozenset(("String", "Int", "Double", "Float", "Bool", "Array", "Dictionary", "Set", "Any", "AnyObject", "Data",
                     "Error", "Void", "Character", "Self", "URL", "Date", "NSError", "CGFloat", "Result")),
    texts=frozenset(("String",)),
    setter="set{}",
    # All files of a target see each other's names.
    implicit=declared(ENDINGS, DECLARES),
)  # fmt: skip
