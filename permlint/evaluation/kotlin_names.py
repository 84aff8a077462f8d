"""Kotlin's names for the operations of `stdlib`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.evaluation import finding
from permlint.evaluation import jvm_names as jvm
from permlint.evaluation import operations as ops
from permlint.evaluation.library import Library, Method
from permlint.evaluation.stdlib import adapters, addresses, callbacks, lists, mappings, texts

if TYPE_CHECKING:
    from permlint.evaluation.modules import Modules

_PACKAGES = finding.declared_packages((".kt", ".java"), "package ")


def _find(modules: Modules, importer: str, module: str, level: int) -> finding.Found | None:
    """A class, of which something is imported, or a package."""
    return (jvm.FINDER if module.rpartition(".")[2][:1].isupper() else _PACKAGES)(modules, importer, module, level)


_METHODS: dict[str, Method] = {
    **jvm.METHODS,
    "split": texts.split_text,
    "format": texts.formatted,
    "lowercase": texts.recased(str.lower),
    "uppercase": texts.recased(str.upper),
    "joinToString": texts.joined_by(", ", "separator"),
    "removePrefix": texts.trimmed("start"),
    "removeSuffix": texts.trimmed("end"),
    "getOrElse": lists.item_at,
    "plus": lists.joined_with,
    "toUri": addresses.address_of,
    "toHttpUrl": addresses.address_of,
    "encodeURLParameter": adapters.of_owner(ops.quoted),
    "trimIndent": texts.stripped("both"),
    "trimMargin": texts.stripped("both"),
    "keys": adapters.of_owner(ops.keys),
    "mapNotNull": callbacks.each_mapped,
    "flatten": lists.flattened,
    **dict.fromkeys(
        ("toMutableList", "toTypedArray", "toMutableSet", "toMap", "toMutableMap", "asSequence", "asIterable", "orEmpty",
         "filterNotNull", "reversed", "asReversed", "toHashSet", "toArrayList"), adapters.itself,
    ),
}  # fmt: skip

_LISTED = ("listOf", "arrayOf", "mutableListOf", "arrayListOf", "listOfNotNull", "sequenceOf")
_GATHERED = ("setOf", "mutableSetOf", "hashSetOf", "linkedSetOf")

LIBRARY = Library(
    open=True,
    receiver="this",
    declares=True,
    collecting=jvm.COLLECTING.union(_LISTED, _GATHERED),
    methods=_METHODS,
    functions={
        **jvm.FUNCTIONS,
        **dict.fromkeys(_LISTED, lists.listed),
        **dict.fromkeys(_GATHERED, lists.gathered("set")),
        **dict.fromkeys(("emptyList", "emptyArray", "emptySet"), lists.listed),
        **dict.fromkeys(
            ("mapOf", "mutableMapOf", "hashMapOf", "linkedMapOf", "emptyMap", "bundleOf", "androidx.core.os.bundleOf",
             "contentValuesOf", "androidx.core.content.contentValuesOf"), mappings.to_pairs,
        ),
        "Pair": mappings.pair,
        "buildString": callbacks.built(texts.builder_of_text, texts.text_of_owner),
        "buildList": callbacks.built(lists.to_collection("list"), adapters.itself),
        "buildSet": callbacks.built(lists.to_collection("set"), adapters.itself),
        "buildMap": callbacks.built(mappings.to_mapping, adapters.itself),
        "lazyOf": adapters.first,
        "<apply>": callbacks.handed(back=True),
        "<let>": callbacks.handed(back=False),
    },
    same=frozenset(("intern", "orElseThrow", "value")),
    properties=frozenset(("property",)),
    changing=frozenset(("add", "addAll", "put")),
    address_parts=jvm.PARTS,
    plain=jvm.PLAIN,
    texts=jvm.TEXTS,
    setter="set{}",
    finder=_find,
    implicit=jvm.named_class,
    siblings=(".kt",),
    declarations=("fun ", "val ", "var ", "class ", "object ", "interface "),
)  # fmt: skip
