"""Swift's names for the operations of `stdlib`. What its functions call their arguments adds nothing: they count in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.evaluation import operations as ops
from permlint.evaluation.finding import declared
from permlint.evaluation.library import Library, Method
from permlint.evaluation.stdlib import adapters, addresses, callbacks, lists, mappings, objects, texts
from permlint.evaluation.stdlib.adapters import unlabelled, unlabelled_method
from permlint.evaluation.values import Address, Arguments, Text, Value

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def _appended(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`append(item)` and `append(contentsOf: items)`."""
    more = arguments.named.get("contentsOf")
    if more is not None:
        return lists.extend_items(run, owner, Arguments([more]))
    return lists.append_items(run, owner, arguments)


def _appending(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`appending(text)`, `appending(path: part)` and `appending(queryItems: items)`."""
    items = arguments.named.get("queryItems")
    if items is not None and isinstance(owner, Text):
        query = addresses.to_query(run, Arguments([items]))
        return ops.address_text(Address(owner, query))
    part = arguments.get(None, "path", "component")
    if part is not None:
        return addresses.path_added(run, owner, Arguments([part]))
    return lists.joined_with(run, owner, arguments)


def _address(run: Interpreter, arguments: Arguments) -> Value:
    """`URLComponents(string:)` and `URLComponents(url:resolvingAgainstBaseURL:)`."""
    return addresses.to_address(run, Arguments([*arguments.named.values(), *arguments.positional][:1]))


def _joined(run: Interpreter, arguments: Arguments) -> Value:
    """`URL(string:)` and `URL(string:relativeTo:)`."""
    if len(arguments.positional) < 2:
        return adapters.first(run, arguments)
    return addresses.joined_url(run, Arguments(arguments.positional[1::-1]))


def _list(run: Interpreter, arguments: Arguments) -> Value:
    return lists.to_collection("list")(run, Arguments(arguments.positional[:1]))


_METHODS: dict[str, Method] = {
    "joined": texts.joined_by(""),
    "components": texts.split_text,
    "split": texts.split_text,
    "trimmingCharacters": lambda run, owner, _: texts.stripped("both")(run, owner, Arguments()),
    "lowercased": texts.recased(str.lower),
    "uppercased": texts.recased(str.upper),
    "replacingOccurrences": texts.replace_text,
    "hasPrefix": texts.asked(str.startswith),
    "hasSuffix": texts.asked(str.endswith),
    "contains": lists.holds_item,
    "map": callbacks.each_mapped,
    "compactMap": callbacks.each_mapped,
    "flatMap": callbacks.each_flattened,
    "filter": callbacks.each_filtered,
    "forEach": callbacks.each_handed,
    "insert": lists.insert_item,
    "remove": lists.remove_entry,
    "removeAll": lists.clear_items,
    "union": lists.union,
    "formUnion": lists.extend_items,
    "subtracting": lists.difference,
    "intersection": lists.intersection,
    "merging": lists.joined_with,
    "enumerated": lambda run, owner, _: lists.counted(run, Arguments([owner])),
    "appendingPathComponent": addresses.path_added,
    "addingPercentEncoding": adapters.itself,
    "sorted": lists.copied,
    "reversed": lists.copied,
    "shuffled": lists.copied,
    "description": texts.text_of_owner,
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
        "super": objects.bases,
        "Array": _list,
        "Set": lists.to_collection("set"),
        "Dictionary": mappings.to_mapping,
        "String": unlabelled(texts.format_values),
        "NSString": unlabelled(texts.format_values),
        "URL": unlabelled(_joined),
        "NSURL": unlabelled(adapters.first),
        "HTTPMethod": unlabelled(adapters.first),
        "URLComponents": _address,
        "NSURLComponents": _address,
        "URLQueryItem": addresses.named_value,
        "NSURLQueryItem": addresses.named_value,
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
