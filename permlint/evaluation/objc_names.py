"""Objective-C's names for the operations of `stdlib`. A method's further keywords add nothing: arguments count in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.evaluation import finding
from permlint.evaluation.library import Library, Method
from permlint.evaluation.stdlib import adapters, addresses, callbacks, lists, mappings, objects, texts
from permlint.evaluation.stdlib.adapters import unlabelled, unlabelled_method
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


def _listed(run: Interpreter, arguments: Arguments) -> Value:
    """`arrayWithObjects:a, b, nil`."""
    return lists.listed(run, _until_nothing(arguments))


def _values_and_keys(run: Interpreter, arguments: Arguments) -> Value:
    """`dictionaryWithObjectsAndKeys:value, key, nil`."""
    given = _until_nothing(arguments).positional
    pairs = [lists.listed(run, Arguments([key, value])) for value, key in zip(given[::2], given[1::2], strict=False)]
    return mappings.to_mapping(run, Arguments([lists.listed(run, Arguments(pairs))]))


def _value_for_key(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`setObject:value forKey:key`."""
    given = [*arguments.positional, *arguments.named.values()]
    return mappings.set_entry(run, owner, Arguments(given[1::-1]))


def _with_format(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`stringByAppendingFormat:`."""
    return lists.joined_with(run, owner, Arguments([texts.format_values(run, arguments)]))


_METHODS: dict[str, Method] = {
    "componentsJoinedByString": texts.joined_by(""),
    "componentsSeparatedByString": texts.split_text,
    "stringByAppendingString": lists.joined_with,
    "stringByAppendingPathComponent": addresses.path_added,
    "URLByAppendingPathComponent": addresses.path_added,
    "stringByReplacingOccurrencesOfString": texts.replace_text,
    "stringByTrimmingCharactersInSet": lambda run, owner, _: texts.stripped("both")(run, owner, Arguments()),
    "stringByAddingPercentEscapesUsingEncoding": adapters.itself,
    "stringByAddingPercentEncodingWithAllowedCharacters": adapters.itself,
    "lowercaseString": texts.recased(str.lower),
    "uppercaseString": texts.recased(str.upper),
    "hasPrefix": texts.asked(str.startswith),
    "hasSuffix": texts.asked(str.endswith),
    "containsObject": lists.holds_item,
    "containsString": lists.holds_item,
    "arrayByAddingObject": lists.joined_with,
    "arrayByAddingObjectsFromArray": lists.joined_with,
    "setByAddingObjectsFromArray": lists.union,
    "addObject": lists.append_items,
    "addObjectsFromArray": lists.extend_items,
    "unionSet": lists.extend_items,
    "addEntriesFromDictionary": lists.extend_items,
    "removeObject": lists.remove_entry,
    "removeAllObjects": lists.clear_items,
    "objectForKey": mappings.get_entry,
    "valueForKey": mappings.get_entry,
    "objectAtIndex": callbacks.one_of_items,
    "firstObject": callbacks.one_of_items,
    "lastObject": callbacks.one_of_items,
    "copy": lists.copied,
    "mutableCopy": lists.copied,
    "allObjects": lists.copied,
    "description": texts.text_of_owner,
}
_COLLECTIONS = {
    **{f"{name}.{method}": _listed for name in ("NSArray", "NSMutableArray", "NSSet", "NSMutableSet", "NSOrderedSet")
       for method in ("arrayWithObjects", "arrayWithObject", "setWithObjects", "setWithObject", "orderedSetWithObjects",
                      "array", "set")},
    **{f"{name}.{method}": unlabelled(lists.to_collection("list"))
       for name in ("NSArray", "NSMutableArray", "NSSet", "NSMutableSet")
       for method in ("arrayWithArray", "setWithArray", "setWithSet")},
    **{f"{name}.dictionaryWithObjectsAndKeys": _values_and_keys for name in ("NSDictionary", "NSMutableDictionary")},
    **{f"{name}.{method}": unlabelled(mappings.to_mapping) for name in ("NSDictionary", "NSMutableDictionary")
       for method in ("dictionary", "dictionaryWithDictionary")},
    **dict.fromkeys(("NSArray", "NSMutableArray", "NSMutableSet", "NSSet"), unlabelled(lists.to_collection("list"))),
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
        "super": objects.bases,
        **_COLLECTIONS,
        **dict.fromkeys(("NSString.stringWithFormat", "NSString", "NSMutableString.stringWithFormat",
                         "NSString.stringWithString"), unlabelled(texts.format_values)),
        **dict.fromkeys(("NSURL.URLWithString", "NSURL", "NSURL.fileURLWithPath", "NSLocalizedString"),
                        unlabelled(adapters.first)),
        **dict.fromkeys(("NSURLComponents", "NSURLComponents.componentsWithString"), unlabelled(addresses.to_address)),
        "NSURLQueryItem.queryItemWithName": unlabelled(addresses.named_value),
        "NSURLQueryItem": addresses.named_value,
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
    finder=finding.addresses("<>", "", ".h"),
    implicit=finding.declared(ENDINGS, DECLARES),
)  # fmt: skip
