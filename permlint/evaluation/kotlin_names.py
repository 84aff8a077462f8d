"""Kotlin's names for the operations of `library`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.evaluation import finding
from permlint.evaluation import jvm_names as jvm
from permlint.evaluation import library as lib
from permlint.evaluation import operations as ops
from permlint.evaluation.library import Library

if TYPE_CHECKING:
    from permlint.evaluation.modules import Modules

_PACKAGES = finding.declared_packages((".kt", ".java"), "package ")


def _find(modules: Modules, importer: str, module: str, level: int) -> finding.Found | None:
    """A class, of which something is imported, or a package."""
    return (jvm.FINDER if module.rpartition(".")[2][:1].isupper() else _PACKAGES)(modules, importer, module, level)


_METHODS: dict[str, lib.Method] = {
    **jvm.METHODS,
    "split": lib.split_text,
    "format": lib.formatted,
    "lowercase": lib.recased(str.lower),
    "uppercase": lib.recased(str.upper),
    "joinToString": lib.joined_to_text,
    "removePrefix": lib.trimmed("start"),
    "removeSuffix": lib.trimmed("end"),
    "getOrElse": lib.item_at,
    "plus": lib.joined_with,
    "toUri": lib.address_of,
    "toHttpUrl": lib.address_of,
    "encodeURLParameter": lib.quoted_text,
    "trimIndent": lib.stripped("both"),
    "trimMargin": lib.stripped("both"),
    "keys": lib.of_owner(ops.keys),
    "mapNotNull": lib.each_mapped,
    "flatten": lib.flattened,
    **dict.fromkeys(
        ("toMutableList", "toTypedArray", "toMutableSet", "toMap", "toMutableMap", "asSequence", "asIterable", "orEmpty",
         "filterNotNull", "reversed", "asReversed", "toHashSet", "toArrayList"), lib.itself,
    ),
}  # fmt: skip

LIBRARY = Library(
    open=True,
    receiver="this",
    declares=True,
    methods=_METHODS,
    functions={
        **jvm.FUNCTIONS,
        **dict.fromkeys(("listOf", "arrayOf", "mutableListOf", "arrayListOf", "listOfNotNull", "sequenceOf"), lib.listed),
        **dict.fromkeys(("setOf", "mutableSetOf", "hashSetOf", "linkedSetOf"), lib.gathered("set")),
        **dict.fromkeys(("emptyList", "emptyArray", "emptySet"), lib.listed),
        **dict.fromkeys(
            ("mapOf", "mutableMapOf", "hashMapOf", "linkedMapOf", "emptyMap", "bundleOf", "androidx.core.os.bundleOf",
             "contentValuesOf", "androidx.core.content.contentValuesOf"), lib.to_pairs,
        ),
        "Pair": lib.pair,
        "buildString": lib.built(lib.builder_of_text, lib.text_of_owner),
        "buildList": lib.built(lib.to_collection("list"), lib.itself),
        "buildSet": lib.built(lib.to_collection("set"), lib.itself),
        "buildMap": lib.built(lib.to_mapping, lib.itself),
        "lazyOf": lib.first,
        "<apply>": lib.handed(back=True),
        "<let>": lib.handed(back=False),
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
