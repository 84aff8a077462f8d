"""The names that Java and Kotlin share for the operations of `library`: Java's own, Android's, and what most add to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from permlint.evaluation import finding
from permlint.evaluation import library as lib
from permlint.evaluation import operations as ops
from permlint.program import AS

if TYPE_CHECKING:
    from permlint.evaluation.modules import Modules

SUFFIXES = (".java", ".kt", ".kts")


def short(names: Mapping[str, lib.Operation]) -> dict[str, lib.Operation]:
    """Functions by their qualified names, and by what stands behind an import of everything in a package."""
    out: dict[str, lib.Operation] = {}
    for name, operation in names.items():
        parts = name.split(".")
        first = next((number for number, part in enumerate(parts) if part[:1].isupper()), 0)
        out[name] = out[".".join(parts[first:])] = operation
    return out


def _all(names: Iterable[str], operation: lib.Operation) -> dict[str, lib.Operation]:
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

FUNCTIONS: dict[str, lib.Operation] = {
    **short(
        {
            **_all(_MAPPINGS, lib.sized(lib.to_mapping)),
            **_all(_LISTS, lib.sized(lib.to_collection("list"))),
            **_all(_SETS, lib.sized(lib.to_collection("set"))),
            **_all(_LISTED, lib.several("list")),
            **_all(_GATHERED, lib.several("set")),
            **_all(_SAME, lib.first),
            **_all(_ADDRESSES, lib.to_address),
            **_all(_BUILDERS, lib.builder_of_address),
            "java.util.Map.of": lib.pairs,
            "java.util.Collections.singletonMap": lib.pairs,
            "java.util.Collections.emptyMap": lib.pairs,
            "com.google.common.collect.ImmutableMap.of": lib.pairs,
            "java.util.Map.entry": lib.pair,
            "java.util.AbstractMap.SimpleEntry": lib.pair,
            "android.util.Pair.create": lib.pair,
            "java.net.URLEncoder.encode": lib.quote_text,
            "android.net.Uri.encode": lib.quote_text,
            "android.text.TextUtils.join": lib.joined_texts,
            "java.text.MessageFormat.format": lib.format_positions,
            "org.apache.commons.lang3.StringUtils.join": lib.joined_items,
            "org.springframework.util.StringUtils.collectionToCommaDelimitedString": lib.joined_by_default(","),
        }
    ),
    "String.join": lib.joined_texts,
    "String.format": lib.format_values,
    "String.valueOf": lib.to_text,
    "String": lib.to_text,
    "StringBuilder": lib.builder_of_text,
    "StringBuffer": lib.builder_of_text,
    "java.util.StringJoiner": lib.sized(lib.to_collection("list")),
    "StringJoiner": lib.sized(lib.to_collection("list")),
    "super": lib.bases,
    AS: lib.as_one_of,
}

METHODS: dict[str, lib.Method] = {
    "trim": lib.stripped("both"),
    "strip": lib.stripped("both"),
    "toLowerCase": lib.recased(str.lower),
    "toUpperCase": lib.recased(str.upper),
    "replace": lib.replace_text,
    "startsWith": lib.asked(str.startswith),
    "endsWith": lib.asked(str.endswith),
    "equals": lib.asked(str.__eq__),
    "equalsIgnoreCase": lib.asked(lambda one, other: one.lower() == other.lower()),
    "contains": lib.holds_item,
    "concat": lib.joined_with,
    "substring": lib.sliced,
    "formatted": lib.formatted,
    "join": lib.join_items,
    "add": lib.added_item,
    "addAll": lib.extended,
    "addPermission": lib.append_items,
    "addPermissions": lib.extended,
    "append": lib.append_items,
    "remove": lib.remove_entry,
    "clear": lib.clear_items,
    "get": lib.item_at,
    "getString": lib.item_at,
    "getOrDefault": lib.get_entry,
    "orElse": lib.item_at_first,
    "collect": lib.collected,
    "map": lib.each_mapped,
    "flatMap": lib.each_flattened,
    "filter": lib.each_filtered,
    "forEach": lib.each_handed,
    "keySet": lib.of_owner(ops.keys),
    "values": lib.of_owner(ops.map_values),
    "entrySet": lib.of_owner(ops.entries),
    "toString": lib.text_of_owner,
    **dict.fromkeys(
        ("put", "putString", "putStringArray", "putBoolean", "putInt", "putLong", "putExtra", "addProperty", "set",
        "putIfAbsent"),
        lib.set_entry,
    ),
    "putAll": lib.extended,
    **dict.fromkeys(
        ("appendQueryParameter", "addQueryParameter", "addEncodedQueryParameter", "setQueryParameter", "queryParam",
         "addParameter", "setParameter", "replaceQueryParam"), lib.with_parameter,
    ),
    **dict.fromkeys(("appendPath", "appendEncodedPath", "addPathSegment", "addPathSegments", "addEncodedPathSegment",
    "pathSegment",
                     "encodedPath"), lib.with_path("/")),
    "path": lib.with_path(""),
    "setPath": lib.with_path("/"),
    **dict.fromkeys(("scheme", "setScheme"), lib.with_head("://")),
    **dict.fromkeys(("authority", "encodedAuthority", "host", "setHost"), lib.with_head("")),
    **dict.fromkeys(
        ("stream", "parallelStream", "iterator", "toList", "toArray", "sorted", "distinct", "buildUpon",
        "newBuilder", "build",
         "toUri", "encode", "asList", "toSet", "clone", "unmodifiable"), lib.itself,
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
