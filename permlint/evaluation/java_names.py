"""Java's names for the operations of `stdlib`."""

from __future__ import annotations

from permlint.evaluation import jvm_names as jvm
from permlint.evaluation.library import Library
from permlint.evaluation.stdlib import texts

LIBRARY = Library(
    open=True,
    receiver="this",
    declares=True,
    collecting=jvm.COLLECTING,
    methods={**jvm.METHODS, "split": texts.split_at_pattern, "replaceAll": texts.replace_text},
    functions=jvm.FUNCTIONS,
    same=frozenset(("intern", "orElseThrow")),
    changing=frozenset(("add", "addAll", "put")),
    address_parts=jvm.PARTS,
    plain=jvm.PLAIN,
    texts=jvm.TEXTS,
    finder=jvm.FINDER,
    implicit=jvm.named_class,
)
