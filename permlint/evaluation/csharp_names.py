"""C#'s names for the operations of `stdlib`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.evaluation import finding
from permlint.evaluation.library import Library, Method
from permlint.evaluation.stdlib import adapters, addresses, callbacks, lists, mappings, objects, texts
from permlint.program import AS

if TYPE_CHECKING:
    from permlint.evaluation.modules import Modules

_CLASSES = finding.classes((".cs",), ".")


def _named_class(modules: Modules, importer: str, module: str, level: int) -> finding.Found | None:
    """A class of the project in a file of its name, whatever its namespace."""
    return _CLASSES(modules, importer, module, level) if module[:1].isupper() else None


_METHODS: dict[str, Method] = {
    "Trim": texts.stripped("both"),
    "TrimStart": texts.stripped("left"),
    "TrimEnd": texts.stripped("right"),
    "ToLower": texts.recased(str.lower),
    "ToLowerInvariant": texts.recased(str.lower),
    "ToUpper": texts.recased(str.upper),
    "ToUpperInvariant": texts.recased(str.upper),
    "Replace": texts.replace_text,
    "Split": texts.split_text,
    "Substring": lists.sliced,
    "StartsWith": texts.asked(str.startswith),
    "EndsWith": texts.asked(str.endswith),
    "Equals": texts.asked(str.__eq__),
    "Contains": lists.holds_item,
    "ContainsKey": lists.holds_item,
    "ToString": texts.text_of_owner,
    "Add": lists.added_entry,
    "TryAdd": lists.added_entry,
    "Set": mappings.set_entry,
    "PutString": mappings.set_entry,
    "AddRange": lists.extended,
    "Append": lists.append_items,
    "AppendLine": lists.append_items,
    "AppendFormat": texts.append_formatted,
    "Concat": lists.joined_with,
    "Union": lists.joined_with,
    "Insert": lists.insert_item,
    "Remove": lists.remove_entry,
    "Clear": lists.clear_items,
    "Select": callbacks.each_mapped,
    "SelectMany": callbacks.each_flattened,
    "Where": callbacks.each_filtered,
    "ForEach": callbacks.each_handed,
    "Get": lists.item_at,
    "GetValueOrDefault": mappings.get_entry,
    **dict.fromkeys(
        ("ToList", "ToArray", "ToHashSet", "ToDictionary", "AsEnumerable", "AsReadOnly", "Distinct", "OrderBy",
        "OrderByDescending",
         "Reverse", "ToImmutableList", "ToImmutableArray", "ConfigureAwait", "Cast", "OfType"), adapters.itself,
    ),
}  # fmt: skip

_COLLECTIONS = ("List", "HashSet", "Collection", "ObservableCollection", "LinkedList", "Queue", "SortedSet", "ArrayList",
                "StringCollection")  # fmt: skip
_MAPPINGS = ("Dictionary", "SortedDictionary", "ConcurrentDictionary", "NameValueCollection", "ExpandoObject",
          "JObject", "JsonObject",
             "FormUrlEncodedContent", "Bundle", "WWWForm", "Hashtable")  # fmt: skip
_SAME = ("StringContent", "JsonConvert.SerializeObject", "JsonSerializer.Serialize", "JsonContent.Create",
          "Task.FromResult", "Encoding.UTF8.GetBytes",
         "Encoding.ASCII.GetBytes", "ImmutableList.CreateRange", "Tuple", "ByteArrayContent")  # fmt: skip
_QUOTES = ("Uri.EscapeDataString", "Uri.EscapeUriString", "HttpUtility.UrlEncode", "WebUtility.UrlEncode",
          "UrlEncoder.Default.Encode",
           "System.Uri.EscapeDataString", "System.Web.HttpUtility.UrlEncode", "System.Net.WebUtility.UrlEncode",
           "WWW.EscapeURL",
           "UnityWebRequest.EscapeURL")  # fmt: skip

LIBRARY = Library(
    open=True,
    receiver="this",
    declares=True,
    entries_are_parts=True,
    methods=_METHODS,
    functions={
        **dict.fromkeys(_COLLECTIONS, lists.sized(lists.to_collection("list"))),
        **dict.fromkeys(_MAPPINGS, lists.sized(mappings.to_mapping)),
        **dict.fromkeys(_SAME, adapters.first),
        **dict.fromkeys(_QUOTES, addresses.quote_text),
        **dict.fromkeys(("KeyValuePair", "KeyValuePair.Create"), mappings.pair),
        **dict.fromkeys(("string.Join", "String.Join"), texts.joined_texts),
        **dict.fromkeys(("string.Format", "String.Format"), texts.format_positions),
        **dict.fromkeys(("string.Concat", "String.Concat"), texts.concatenated),
        **dict.fromkeys(("Uri", "System.Uri", "UriBuilder", "System.UriBuilder"), addresses.to_address),
        **dict.fromkeys(("HttpUtility.ParseQueryString", "System.Web.HttpUtility.ParseQueryString"), addresses.to_query),
        **dict.fromkeys(("QueryHelpers.AddQueryString",
        "Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString"), addresses.with_query),
        **dict.fromkeys(("StringBuilder", "System.Text.StringBuilder"), texts.builder_of_text),
        "super": objects.bases,
        AS: adapters.as_one_of,
    },
    same=frozenset(("Result", "Value")),
    properties=frozenset(("property",)),
    changing=frozenset(("Add", "AddRange")),
    address_parts={"Query": "parameters", "ToString": "text", "AbsoluteUri": "text", "Uri": "text"},
    plain=frozenset(
        ("string", "String", "object", "Object", "int", "long", "bool", "double", "decimal", "float", "byte", "char",
        "dynamic", "void",
         "IEnumerable", "IList", "ICollection", "IReadOnlyList", "IDictionary", "IReadOnlyDictionary",
         "IReadOnlyCollection", "Task", "T",
         "CancellationToken", "Guid", "DateTime", "StringValues", *_COLLECTIONS, *_MAPPINGS)
    ),
    texts=frozenset(("string", "String", "object", "Object", "dynamic", "T")),
    setter="{}=",
    finder=_CLASSES,
    implicit=_named_class,
    siblings=(".cs",),
    declarations=("class ", "enum ", "struct ", "record ", "interface "),
)  # fmt: skip
