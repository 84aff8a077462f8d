"""Objective-C's names for the operations of `library`. A method's further keywords add nothing: arguments count in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.evaluation import library as lib
from permlint.evaluation.finding import addresses, declared
from permlint.evaluation.library import Library, unlabelled, unlabelled_method
from permlint.evaluation.swift_names import DECLARES, ENDINGS
from permlint.evaluation.values import Arguments, Constant, Value, force

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def _until_nothing(arguments: Arguments) -> Arguments:
    given = [*arguments.positional, *arguments.named.values()]
    last = next(
        (at for at, value in enumerate(given) if isinstance(one := force(value), Constant) and one.value is None), None
    )
    return Arguments(given[:last], missing=arguments.missing)


def _listed(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`arrayWithObjects:a, b, nil`."""
    return lib.listed(interpreter, _until_nothing(arguments))


def _values_and_keys(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`dictionaryWithObjectsAndKeys:value, key, nil`."""
    given = _until_nothing(arguments).positional
    pairs = [
        lib.listed(interpreter, Arguments([key, value])) for value, key in zip(given[::2], given[1::2], strict=False)
    ]
    return lib.to_mapping(interpreter, Arguments([lib.listed(interpreter, Arguments(pairs))]))


def _value_for_key(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`setObject:value forKey:key`."""
    given = [*arguments.positional, *arguments.named.values()]
    return lib.set_entry(interpreter, owner, Arguments(given[1::-1]))


def _with_format(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`stringByAppendingFormat:`."""
    return lib.joined_with(interpreter, owner, Arguments([lib.format_values(interpreter, arguments)]))


_METHODS: dict[str, lib.Method] = {
    "componentsJoinedByString": lib.joined_by(""),
    "componentsSeparatedByString": lib.split_text,
    "stringByAppendingString": lib.joined_with,
    "stringByAppendingPathComponent": lib.path_added,
    "URLByAppendingPathComponent": lib.path_added,
    "stringByReplacingOccurrencesOfString": lib.replace_text,
    "stringByTrimmingCharactersInSet": lambda run, owner, _: lib.stripped("both")(run, owner, Arguments()),
    "stringByAddingPercentEscapesUsingEncoding": lib.itself,
    "stringByAddingPercentEncodingWithAllowedCharacters": lib.itself,
    "lowercaseString": lib.recased(str.lower),
    "uppercaseString": lib.recased(str.upper),
    "hasPrefix": lib.asked(str.startswith),
    "hasSuffix": lib.asked(str.endswith),
    "containsObject": lib.holds_item,
    "containsString": lib.holds_item,
    "arrayByAddingObject": lib.joined_with,
    "arrayByAddingObjectsFromArray": lib.joined_with,
    "setByAddingObjectsFromArray": lib.union,
    "addObject": lib.append_items,
    "addObjectsFromArray": lib.extend_items,
    "unionSet": lib.extend_items,
    "addEntriesFromDictionary": lib.extend_items,
    "removeObject": lib.remove_entry,
    "removeAllObjects": lib.clear_items,
    "objectForKey": lib.get_entry,
    "valueForKey": lib.get_entry,
    "objectAtIndex": lib.one_of_items,
    "firstObject": lib.one_of_items,
    "lastObject": lib.one_of_items,
    "copy": lib.copied,
    "mutableCopy": lib.copied,
    "allObjects": lib.copied,
    "description": lib.text_of_owner,
}
_COLLECTIONS = {
    **{f"{name}.{method}": _listed for name in ("NSArray", "NSMutableArray", "NSSet", "NSMutableSet", "NSOrderedSet")
       for method in ("arrayWithObjects", "arrayWithObject", "setWithObjects", "setWithObject", "orderedSetWithObjects",
                      "array", "set")},
    **{f"{name}.{method}": unlabelled(lib.to_collection("list"))
       for name in ("NSArray", "NSMutableArray", "NSSet", "NSMutableSet")
       for method in ("arrayWithArray", "setWithArray", "setWithSet")},
    **{f"{name}.dictionaryWithObjectsAndKeys": _values_and_keys for name in ("NSDictionary", "NSMutableDictionary")},
    **{f"{name}.{method}": unlabelled(lib.to_mapping) for name in ("NSDictionary", "NSMutableDictionary")
       for method in ("dictionary", "dictionaryWithDictionary")},
    **dict.fromkeys(("NSArray", "NSMutableArray", "NSMutableSet", "NSSet"), unlabelled(lib.to_collection("list"))),
    **dict.fromkeys(("NSDictionary", "NSMutableDictionary"), _values_and_keys),
}  # fmt: skip

LIBRARY = Library(
    open=True,
    receiver="self",
    declares=True,
    methods={
        **{name: unlabelled_method(method) for name, method in _METHODS.items()},
        "setObject": _value_for_key,
        "setValue": _value_for_key,
        "stringByAppendingFormat": _with_format,
    },
    functions={
        "super": lib.bases,
        **_COLLECTIONS,
        **dict.fromkeys(("NSString.stringWithFormat", "NSString", "NSMutableString.stringWithFormat",
                         "NSString.stringWithString"), unlabelled(lib.format_values)),
        **dict.fromkeys(("NSURL.URLWithString", "NSURL", "NSURL.fileURLWithPath", "NSLocalizedString"), unlabelled(lib.first)),
        **dict.fromkeys(("NSURLComponents", "NSURLComponents.componentsWithString"), unlabelled(lib.to_address)),
        "NSURLQueryItem.queryItemWithName": lib.unlabelled(lib.named_value),
        "NSURLQueryItem": lib.named_value,
    },
    same=frozenset(("absoluteString", "absoluteURL", "URL", "string", "UTF8String")),
    changing=frozenset(("addObject", "addObjectsFromArray")),
    address_parts={
        "queryItems": "parameters",
        "query": "parameters",
        "scheme": "scheme",
        "host": "host",
        "path": "path",
        "URL": "text",
        "string": "text",
    },
    plain=frozenset(("NSString", "NSMutableString", "NSArray", "NSMutableArray", "NSDictionary", "NSMutableDictionary", "NSSet",
                     "NSMutableSet", "NSNumber", "NSInteger", "NSUInteger", "CGFloat", "NSURL", "NSData", "NSError", "NSObject",
                     "NSDate", "IBAction", "IBOutlet", "instancetype")),
    texts=frozenset(("NSString", "NSMutableString")),
    setter="set{}",
    finder=addresses("<>", "", ".h"),
    implicit=declared(ENDINGS, DECLARES),
)  # fmt: skip
