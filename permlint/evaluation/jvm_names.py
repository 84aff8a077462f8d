"""The names that Java and Kotlin share for the operations of `stdlib`: Java's own, Android's, and what most add to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from permlint.evaluation import finding
from permlint.evaluation import operations as ops
from permlint.evaluation.library import Method, Operation
from permlint.evaluation.stdlib import adapters, addresses, callbacks, lists, mappings, objects, texts
from permlint.program import AS

if TYPE_CHECKING:
    from permlint.evaluation.modules import Modules

SUFFIXES = (".java", ".kt", ".kts")


def _short(names: Mapping[str, Operation]) -> dict[str, Operation]:
    """Functions by their qualified names, and by what stands behind an import of everything in a package."""
    out: dict[str, Operation] = {}
    for name, operation in names.items():
        parts = name.split(".")
        first = next((number for number, part in enumerate(parts) if part[:1].isupper()), 0)
        out[name] = out[".".join(parts[first:])] = operation
    return out


def _all(names: Iterable[str], operation: Operation) -> dict[str, Operation]:
    return dict.fromkeys(names, operation)


_MAPPINGS = (
    "android.os.Bundle", "android.os.PersistableBundle", "android.content.ContentValues", "android.util.ArrayMap",
    "androidx.collection.ArrayMap", "java.util.HashMap", "java.util.LinkedHashMap", "java.util.TreeMap",
    "java.util.Hashtable",
    "java.util.concurrent.ConcurrentHashMap", "java.util.Properties", "org.json.JSONObject", "org.json.simple.JSONObject",
    "com.google.gson.JsonObject", "com.alibaba.fastjson.JSONObject", "org.springframework.util.LinkedMultiValueMap",
    "org.springframework.http.HttpHeaders",
)  # fmt: skip
_LISTS = ("java.util.ArrayList", "java.util.LinkedList", "java.util.Vector", "org.json.JSONArray", "com.google.gson.JsonArray",
          "java.util.concurrent.CopyOnWriteArrayList")  # fmt: skip
_SETS = ("java.util.HashSet", "java.util.LinkedHashSet", "java.util.TreeSet")
_LISTED = (
    "java.util.Arrays.asList", "java.util.List.of", "java.util.Collections.singletonList", "java.util.Collections.emptyList",
    "java.util.stream.Stream.of", "java.util.Arrays.stream", "com.google.common.collect.ImmutableList.of",
    "com.google.common.collect.Lists.newArrayList", "org.assertj.core.util.Lists.list", "java.util.Collections.list",
)  # fmt: skip
_GATHERED = ("java.util.Set.of", "java.util.Collections.singleton", "java.util.Collections.emptySet", "java.util.EnumSet.of",
             "com.google.common.collect.ImmutableSet.of", "com.google.common.collect.Sets.newHashSet")  # fmt: skip
COLLECTING = frozenset(("Arrays.asList", "List.of", "Set.of", "ImmutableList.of", "ImmutableSet.of"))
_SAME = (
    "java.util.Collections.unmodifiableList", "java.util.Collections.unmodifiableSet",
    "java.util.Collections.unmodifiableMap",
    "java.util.Collections.unmodifiableCollection", "java.util.List.copyOf", "java.util.Set.copyOf", "java.util.Map.copyOf",
    "com.google.common.collect.ImmutableList.copyOf", "com.google.common.collect.ImmutableSet.copyOf",
    "java.util.Objects.requireNonNull", "java.util.Optional.of", "java.util.Optional.ofNullable",
    "com.google.common.base.Joiner.on", "java.util.stream.Collectors.joining",
    "com.google.common.base.Preconditions.checkNotNull",
    "java.util.Map.ofEntries", "java.util.Objects.toString", "java.util.Objects.requireNonNullElse",
)  # fmt: skip
_ADDRESSES = (
    "android.net.Uri.parse", "java.net.URI.create", "java.net.URI", "okhttp3.HttpUrl.parse", "okhttp3.HttpUrl.get",
    "com.squareup.okhttp.HttpUrl.parse", "org.apache.http.client.utils.URIBuilder", "org.apache.hc.core5.net.URIBuilder",
    "org.springframework.web.util.UriComponentsBuilder.fromHttpUrl", "jakarta.ws.rs.core.UriBuilder.fromUri",
    "org.springframework.web.util.UriComponentsBuilder.fromUriString", "javax.ws.rs.core.UriBuilder.fromUri",
    "com.google.api.client.http.GenericUrl", "io.ktor.http.Url", "io.ktor.http.URLBuilder",
)  # fmt: skip
_BUILDERS = ("android.net.Uri.Builder", "okhttp3.HttpUrl.Builder", "com.squareup.okhttp.HttpUrl.Builder",
             "org.springframework.web.util.UriComponentsBuilder.newInstance")  # fmt: skip

FUNCTIONS: dict[str, Operation] = {
    **_short(
        {
            **_all(_MAPPINGS, lists.sized(mappings.to_mapping)),
            **_all(_LISTS, lists.sized(lists.to_collection("list"))),
            **_all(_SETS, lists.sized(lists.to_collection("set"))),
            **_all(_LISTED, lists.several("list")),
            **_all(_GATHERED, lists.several("set")),
            **_all(_SAME, adapters.first),
            **_all(_ADDRESSES, addresses.to_address),
            **_all(_BUILDERS, addresses.builder_of_address),
            "java.util.Map.of": mappings.pairs,
            "java.util.Collections.singletonMap": mappings.pairs,
            "java.util.Collections.emptyMap": mappings.pairs,
            "com.google.common.collect.ImmutableMap.of": mappings.pairs,
            "java.util.Map.entry": mappings.pair,
            "java.util.AbstractMap.SimpleEntry": mappings.pair,
            "android.util.Pair.create": mappings.pair,
            "java.net.URLEncoder.encode": addresses.quote_text,
            "android.net.Uri.encode": addresses.quote_text,
            "android.text.TextUtils.join": texts.joined_texts,
            "java.text.MessageFormat.format": texts.format_positions,
            "org.apache.commons.lang3.StringUtils.join": texts.joined_items,
            "org.springframework.util.StringUtils.collectionToCommaDelimitedString": texts.joined_by_default(","),
        }
    ),
    "String.join": texts.joined_texts,
    "String.format": texts.format_values,
    "String.valueOf": texts.to_text,
    "String": texts.to_text,
    "StringBuilder": texts.builder_of_text,
    "StringBuffer": texts.builder_of_text,
    "java.util.StringJoiner": lists.sized(lists.to_collection("list")),
    "StringJoiner": lists.sized(lists.to_collection("list")),
    "super": objects.bases,
    AS: adapters.as_one_of,
}

METHODS: dict[str, Method] = {
    "trim": texts.stripped("both"),
    "strip": texts.stripped("both"),
    "toLowerCase": texts.recased(str.lower),
    "toUpperCase": texts.recased(str.upper),
    "replace": texts.replace_text,
    "startsWith": texts.asked(str.startswith),
    "endsWith": texts.asked(str.endswith),
    "equals": texts.asked(str.__eq__),
    "equalsIgnoreCase": texts.asked(lambda one, other: one.lower() == other.lower()),
    "contains": lists.holds_item,
    "concat": lists.joined_with,
    "substring": lists.sliced,
    "formatted": texts.formatted,
    "join": texts.join_items,
    "add": lists.added_item,
    "addAll": lists.extended,
    "addPermission": lists.append_items,
    "addPermissions": lists.extended,
    "append": lists.append_items,
    "remove": lists.remove_entry,
    "clear": lists.clear_items,
    "get": lists.item_at,
    "getString": lists.item_at,
    "getOrDefault": mappings.get_entry,
    "orElse": adapters.item_at_first,
    "collect": texts.collected,
    "map": callbacks.each_mapped,
    "flatMap": callbacks.each_flattened,
    "filter": callbacks.each_filtered,
    "forEach": callbacks.each_handed,
    "keySet": adapters.of_owner(ops.keys),
    "values": adapters.of_owner(ops.map_values),
    "entrySet": adapters.of_owner(ops.entries),
    "toString": texts.text_of_owner,
    **dict.fromkeys(
        ("put", "putString", "putStringArray", "putBoolean", "putInt", "putLong", "putExtra", "addProperty", "set",
        "putIfAbsent"),
        mappings.set_entry,
    ),
    "putAll": lists.extended,
    **dict.fromkeys(
        ("appendQueryParameter", "addQueryParameter", "addEncodedQueryParameter", "setQueryParameter", "queryParam",
         "addParameter", "setParameter", "replaceQueryParam"), addresses.with_parameter,
    ),
    **dict.fromkeys(("appendPath", "appendEncodedPath", "addPathSegment", "addPathSegments", "addEncodedPathSegment",
    "pathSegment",
                     "encodedPath"), addresses.with_path("/")),
    "path": addresses.with_path(""),
    "setPath": addresses.with_path("/"),
    **dict.fromkeys(("scheme", "setScheme"), addresses.with_head("://")),
    **dict.fromkeys(("authority", "encodedAuthority", "host", "setHost"), addresses.with_head("")),
    **dict.fromkeys(
        ("stream", "parallelStream", "iterator", "toList", "toArray", "sorted", "distinct", "buildUpon",
        "newBuilder", "build",
         "toUri", "encode", "asList", "toSet", "clone", "unmodifiable"), adapters.itself,
    ),
}  # fmt: skip

PARTS = {"toString": "text", "toUriString": "text", "toASCIIString": "text", "toExternalForm": "text", "url": "text"}
TEXTS = frozenset(("String", "CharSequence", "Object", "Any", "T"))
PLAIN = frozenset(
    ("String", "CharSequence", "Object", "Any", "List", "Collection", "Set", "Map", "Iterable", "Optional", "Array", "T",
     "java.util.List", "java.util.Collection", "java.util.Set", "java.util.Map", "java.util.Optional",
     "java.util.stream.Stream",
     "MutableList", "MutableMap", "MutableSet", "ArrayList", "HashMap", "Bundle", "Int", "Long", "Boolean",
     "Integer", "Double",
     "Float", "Short", "Byte", "Number", "Character", "Char", "Unit", "Void")
)  # fmt: skip

_CLASSES = finding.classes(SUFFIXES, ".", whole=True)


def named_class(modules: Modules, importer: str, module: str, level: int) -> finding.Found | None:
    """A name that is written like a class's and that nothing in the file binds: a class of the project in a file of that name."""
    return _CLASSES(modules, importer, module, level) if module[:1].isupper() else None


FINDER = _CLASSES
