"""C#'s names for the operations of `library`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.evaluation import finding
from permlint.evaluation import library as lib
from permlint.evaluation.library import Library
from permlint.program import AS

if TYPE_CHECKING:
    from permlint.evaluation.modules import Modules

_CLASSES = finding.classes((".cs",), ".")


def _named_class(modules: Modules, importer: str, module: str, level: int) -> finding.Found | None:
    """A class of the project in a file of its name, whatever its namespace."""
    return _CLASSES(modules, importer, module, level) if module[:1].isupper() else None


_METHODS: dict[str, lib.Method] = {
    "Trim": lib.stripped("both"),
    "TrimStart": lib.stripped("left"),
    "TrimEnd": lib.stripped("right"),
    "ToLower": lib.recased(str.lower),
    "ToLowerInvariant": lib.recased(str.lower),
    "ToUpper": lib.recased(str.upper),
    "ToUpperInvariant": lib.recased(str.upper),
    "Replace": lib.replace_text,
    "Split": lib.split_text,
    "Substring": lib.sliced,
    "StartsWith": lib.asked(str.startswith),
    "EndsWith": lib.asked(str.endswith),
    "Equals": lib.asked(str.__eq__),
    "Contains": lib.holds_item,
    "ContainsKey": lib.holds_item,
    "ToString": lib.text_of_owner,
    "Add": lib.added_entry,
    "TryAdd": lib.added_entry,
    "Set": lib.set_entry,
    "PutString": lib.set_entry,
    "AddRange": lib.extended,
    "Append": lib.append_items,
    "AppendLine": lib.append_items,
    "AppendFormat": lib.append_formatted,
    "Concat": lib.joined_with,
    "Union": lib.joined_with,
    "Insert": lib.insert_item,
    "Remove": lib.remove_entry,
    "Clear": lib.clear_items,
    "Select": lib.each_mapped,
    "SelectMany": lib.each_flattened,
    "Where": lib.each_filtered,
    "ForEach": lib.each_handed,
    "Get": lib.item_at,
    "GetValueOrDefault": lib.get_entry,
    **dict.fromkeys(
        ("ToList", "ToArray", "ToHashSet", "ToDictionary", "AsEnumerable", "AsReadOnly", "Distinct", "OrderBy",
        "OrderByDescending",
         "Reverse", "ToImmutableList", "ToImmutableArray", "ConfigureAwait", "Cast", "OfType"), lib.itself,
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
        **dict.fromkeys(_COLLECTIONS, lib.sized(lib.to_collection("list"))),
        **dict.fromkeys(_MAPPINGS, lib.sized(lib.to_mapping)),
        **dict.fromkeys(_SAME, lib.first),
        **dict.fromkeys(_QUOTES, lib.quote_text),
        **dict.fromkeys(("KeyValuePair", "KeyValuePair.Create"), lib.pair),
        **dict.fromkeys(("string.Join", "String.Join"), lib.joined_texts),
        **dict.fromkeys(("string.Format", "String.Format"), lib.format_positions),
        **dict.fromkeys(("string.Concat", "String.Concat"), lib.concatenated),
        **dict.fromkeys(("Uri", "System.Uri", "UriBuilder", "System.UriBuilder"), lib.to_address),
        **dict.fromkeys(("HttpUtility.ParseQueryString", "System.Web.HttpUtility.ParseQueryString"), lib.to_query),
        **dict.fromkeys(("QueryHelpers.AddQueryString",
        "Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString"), lib.with_query),
        **dict.fromkeys(("StringBuilder", "System.Text.StringBuilder"), lib.builder_of_text),
        "super": lib.bases,
        AS: lib.as_one_of,
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
