"""What functions give that read files of the project: modules that are imported by a text, documents that are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.evaluation import finding
from permlint.evaluation.names import whole_module
from permlint.evaluation.values import Arguments, External, Lazy, Module, Piece, Text, Unknown, Value, force, known_text

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


_MAX_READERS = 6
"""How many calls may stand between the name of a file and what is read from it: `loads(Path(name).read_text().strip())`."""


def import_module(run: Interpreter, arguments: Arguments) -> Value:
    """`import_module(name)`."""
    name = known_text(arguments.get(0))
    if name is None or run.program is None:
        return Unknown("which module is only known at run time")
    importer = run.program.path
    found = run.modules.find(importer, name, 0)
    return External((name,)) if found is None else whole_module(run, Module(*found, importer))


def load_document(run: Interpreter, arguments: Arguments) -> Value:
    """`load(open(path))`: what a file of the project holds that is named where it is opened; else the argument itself."""
    given = arguments.get(0)
    if given is None or run.program is None:
        return Unknown("which file is read is only known at run time")
    value: Value | None = force(given)
    for _ in range(_MAX_READERS):
        if not isinstance(value, External):
            break
        inner = value.arguments.get(0) if value.arguments is not None else None
        value = force(inner) if isinstance(inner, (Text, External, Lazy)) else value.owner
    last = value.pieces[-1] if isinstance(value, Text) and value.pieces else None
    if isinstance(last, Piece) and value is not force(given):
        importer = run.program.path
        tail = last.text.replace("\\", "/").removeprefix("./").lstrip("/")
        found = finding.nearest(importer, run.modules.ending(tail))
        if len(found) == 1:
            return whole_module(run, Module(found[0], "", importer))
    return Unknown("it is parsed at run time") if isinstance(force(given), Text) else given
