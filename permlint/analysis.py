"""From the project's files to its apps: prefilter, front ends, evaluation, recognition, and the gathering of facts."""

from __future__ import annotations

import dataclasses
import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from permlint.files import read_file, why_unreadable
from permlint.frontends import MAX_BYTES, Unreadable, family, is_data, lower, passed_over
from permlint.recognition.prefilter import may_matter, prepare

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from permlint.app import App
    from permlint.cache import Cache
    from permlint.catalog import Catalog
    from permlint.config import AppConfig, Config
    from permlint.evaluation.interpreter import Interpreter
    from permlint.evaluation.scopes import Scope
    from permlint.evaluation.values import Value
    from permlint.facts import Facts, Request, Suppression, VersionUse
    from permlint.facts import Unreadable as UnreadableFile
    from permlint.memory import Memory
    from permlint.places import Place
    from permlint.program import Program

_MAX_READ = 20_000_000
_MAX_MANIFEST = 1_000_000
_MAX_CALLERS = 200
_ROUNDS = 3
_SHORTEST_NAME = 3
_MANY_FILES = 3_000


@dataclass(frozen=True)
class Analysis:
    """What a run knows before any rule has looked.

    apps: each app of the config; one more, named "" and not whole, where files of no app hold facts.
    files: how many files were looked at. skipped: why files were passed over, and how many for each reason.
    suppressions: the comments that silence rules, by path. idle: no file holds anything of interest, so the apps are empty.
    lower: the program in a file's bytes, from this run where it had the same; raises Unreadable.
    """

    apps: Sequence[App]
    files: int
    skipped: Mapping[str, int] = field(default_factory=dict)
    suppressions: Mapping[str, tuple[Suppression, ...]] = field(default_factory=dict)
    idle: bool = False
    lower: Callable[[str, bytes], Program] = lower


class _Apps(Sequence["App"]):
    """Apps that are made when first looked at, since a run that finds nothing has no use for the catalog."""

    def __init__(self, make: Callable[[], tuple[App, ...]]) -> None:
        self._make = make
        self._made: tuple[App, ...] | None = None

    def _all(self) -> tuple[App, ...]:
        if self._made is None:
            self._made = self._make()
        return self._made

    def __getitem__(self, at: Any) -> Any:
        return self._all()[at]

    def __len__(self) -> int:
        return len(self._all())


def analyse(
    config: Config,
    files: Sequence[str],
    *,
    as_of: datetime.date,
    graph_version: str | None = None,
    overlay: Mapping[str, bytes] | None = None,
    cache: Path | None = None,
    memory: Memory | None = None,
    progress: Callable[[int, int], None] | None = None,
    only: Callable[[str], bool] | None = None,
    broken: Mapping[str, Unreadable] | None = None,
) -> Analysis:
    """Reads the project and returns its apps.

    files: paths relative to `config.root`, forward slashes, in any order. overlay: content that stands in for a file's.
    cache: the folder of the cache, None for no cache. memory: what earlier runs of this process know; it counts instead of a
    cache. progress: called with (done, total) now and then. only: the files to be judged alone: others are read where these
    import them, and no app is whole. broken: files for which older content stands in, and why
    the newest can't be read.
    """
    sources = _Sources(config.root, overlay or {}, memory or _open_cache(cache, config.root), memory)
    sources.unreadable.update(broken or {})
    paths = [path for path in files if not config.is_test(path) and (only is None or only(path))]
    matter = sources.that_matter(paths, progress)
    own = [call.callable.split(".") for app in config.apps for call in app.calls]
    if own:
        rest = [path for path in paths if path not in set(matter) and not is_data(path)]
        matter = sorted([*matter, *sources.holding([_Mention(name[-1], tuple(name[-3:-1]), "") for name in own], rest)])
    if not matter:
        sources.close()
        return Analysis(
            apps=_Apps(lambda: _idle_apps(config, as_of, graph_version)),
            files=len(files),
            skipped=dict(sources.skipped),
            idle=True,
        )
    facts, suppressions = _facts(config, files, paths, matter, sources)
    sources.close()
    return Analysis(
        apps=_apps(config, facts, as_of, graph_version, whole=only is None),
        files=len(files),
        skipped=dict(sources.skipped),
        suppressions=suppressions,
        lower=sources.lower,
    )


def _open_cache(folder: Path | None, root: str) -> Cache | None:
    if folder is None:
        return None
    from permlint.cache import Cache

    return Cache(folder, root)


class _Mention(NamedTuple):
    """A name that other files may use: they hold it, and the name of its module or package. top: the folder they are below."""

    name: str
    modules: tuple[str, ...]
    top: str


class _Sources:
    """The project's files: read once, lowered once, remembered in the cache."""

    def __init__(
        self, root: str, overlay: Mapping[str, bytes], cache: Cache | Memory | None, memory: Memory | None
    ) -> None:
        self.root = root
        self.overlay = overlay
        self.cache = cache
        self.memory = memory
        self.skipped: Counter[str] = Counter()
        self.unreadable: dict[str, Unreadable] = {}
        self.unread: list[str] = []
        self._left_out: set[str] = set()
        self._digests: dict[str, str] = {}
        self._data: dict[str, bytes] = {}
        self._statuses: dict[str, os.stat_result] = {}
        self._passed: set[str] = set()
        self._asked: dict[str, bytes] = {}
        self._programs: dict[str, Program] = {}

    def that_matter(self, paths: Sequence[str], progress: Callable[[int, int], None] | None) -> list[str]:
        """The files that the prefilter keeps, in order."""
        found = {path: self._known(path) for path in paths}
        rest = [path for path, matters in found.items() if matters is None]
        useless = self._useless(rest)
        total = len(rest)
        for number, path in enumerate(rest):
            if progress is not None and number % 500 == 0:
                progress(number, total)
            found[path] = self._matters(path, useless)
        if progress is not None:
            progress(total, total)
        kept = [path for path in paths if found[path]]
        self._passed = set(kept)
        return kept

    def _known(self, path: str) -> bool | None:
        """Whether a file matters, as far as the cache knows; None where the file has to be read."""
        if self.cache is None or path in self.overlay:
            return None
        try:
            status = os.lstat(f"{self.root}/{path}")
        except OSError:
            return None
        known = self.cache.known(path, status)
        if known is None:
            self._statuses[path] = status
            return None
        self._digests[path] = known[1]
        return known[0]

    def _useless(self, paths: Sequence[str]) -> set[str]:
        """Files that don't matter, found in several processes; none where that is not worth it."""
        from permlint.files.sharing import processes_for, ruled_out

        count = processes_for(len(paths))
        if count < 2:
            return set()
        prepare()
        return ruled_out(self._is_useless, [path for path in paths if path not in self.overlay], count)

    def _is_useless(self, path: str) -> bool:
        data = read_file(self.root, path, _MAX_READ + 1)
        return len(data) <= _MAX_READ and not may_matter(data, document=is_data(path))

    def _matters(self, path: str, useless: Collection[str]) -> bool:
        if path in self.overlay:
            data = self.overlay[path]
            self._data[path] = data
            return may_matter(data, document=is_data(path))
        status = self._statuses.pop(path, None)
        if path in useless:
            if self.cache is not None and status is not None:
                self.cache.remember(path, status, b"", matters=False)
            return False
        found = self._read(path)
        if found is None:
            return False
        matters = may_matter(found, document=is_data(path))
        reason = passed_over(path, found) if matters else None
        if reason is not None:
            self.skipped[reason] += 1
            self.unread.append(path)
            return False
        if matters:
            self._data[path] = found
        if self.cache is not None and status is not None:
            digest = self.cache.remember(path, status, found, matters=matters)
            if digest:
                self._digests[path] = digest
        return matters

    def _read(self, path: str) -> bytes | None:
        try:
            data = read_file(self.root, path, _MAX_READ + 1)
        except OSError as error:
            self._skip(path, why_unreadable(error))
            return None
        if len(data) > _MAX_READ:
            self._skip(path, f"larger than {_MAX_READ // 1_000_000} MB")
            return None
        return data

    def _skip(self, path: str, reason: str) -> None:
        if path not in self._left_out:
            self._left_out.add(path)
            self.skipped[reason] += 1

    def data(self, path: str) -> bytes | None:
        """A file's bytes, None where it can't be read (which is counted)."""
        if path in self.overlay:
            return self.overlay[path]
        found = self._data.pop(path, None)
        return self._read(path) if found is None else found

    def holds(self, path: str, name: str) -> bool:
        """Whether a name stands in a file, of which there are few that are asked about."""
        if path not in self._asked:
            try:
                self._asked[path] = self.overlay.get(path) or read_file(self.root, path, _MAX_READ)
            except OSError:
                self._asked[path] = b""
        return name.encode() in self._asked[path]

    def program(self, path: str) -> Program | None:
        """The program in a file, None where it can't be read or parsed."""
        found = self._program(path)
        if found is not None:
            self._programs[path] = found
        return found

    def _program(self, path: str) -> Program | None:
        digest = self._digests.get(path, "")
        data: bytes | None = None
        if not digest:
            data = self.data(path)
            if data is None:
                return None
            from permlint.cache import digest_of

            digest = self._digests[path] = digest_of(data)
        cache = None if path in self.overlay and self.memory is None else self.cache
        found = None if cache is None else cache.program(path, digest)
        if found is None:
            if data is None:
                data = self.data(path)
            if data is None:
                return None
            try:
                found = lower(path, data)
            except Unreadable as error:
                found = error
            if cache is not None:
                cache.keep(path, digest, found)
        if isinstance(found, Unreadable):
            self._note(path, found)
            return None
        return found

    def lower(self, path: str, data: bytes) -> Program:
        """The program in a file's bytes, as it was read if they are still the same. Raises Unreadable."""
        from permlint.cache import digest_of

        known = self._programs.get(path)
        return known if known is not None and self._digests.get(path) == digest_of(data) else lower(path, data)

    def _note(self, path: str, error: Unreadable) -> None:
        self.skipped["not parsed"] += 1
        if path in self._passed:
            self.unreadable[path] = error

    def peek(self, path: str) -> bytes | None:
        """A file's bytes, which stay at hand for whoever reads it next; None where it can't be read or is not a small one."""
        data = self.data(path)
        if data is None or len(data) > MAX_BYTES:
            return None
        self._data[path] = data
        return data

    def holding(self, wanted: Iterable[_Mention], paths: Iterable[str]) -> list[str]:
        """The files that hold a name of another file together with its module's or package's name.

        Of very many files only those below the same top folder, or below none, are searched.
        """
        mentions = sorted(wanted)
        paths = list(paths)
        tops = {mention.top for mention in mentions}
        if len(paths) > _MANY_FILES and "" not in tops:
            paths = [path for path in paths if "/" not in path or path.split("/", 1)[0] in tops]
        search = ""
        if self.cache is not None and not self.overlay:
            from permlint.cache import digest_of

            # The same names may be looked for among fewer files later in the run.
            search = f"{mentions}:{digest_of(chr(0).join(paths).encode('utf-8', 'surrogateescape'))}"
            known = self.cache.search(search)
            if known is not None:
                return known
        by_module: dict[bytes, set[bytes]] = {}
        for mention in mentions:
            for module in mention.modules or (mention.name,):
                by_module.setdefault(module.encode(), set()).add(mention.name.encode())

        # `GRAPH` is not named where only `GRAPH_MESSAGE` is.
        words = {
            name: re.compile(rb"(?<![0-9A-Za-z_])%s(?![0-9A-Za-z_])" % re.escape(name))
            for name in {mention.name.encode() for mention in mentions}
        }

        def lacks_all(path: str) -> bool:
            data = self.overlay[path] if path in self.overlay else read_file(self.root, path, _MAX_READ)
            return not any(
                module in data and any(name in data and words[name].search(data) for name in names)
                for module, names in by_module.items()
            )

        from permlint.files.sharing import processes_for, ruled_out

        held = {} if self.memory is None else self.memory.held(repr(mentions))
        rest = [path for path in paths if path in self.overlay or path not in held]
        useless = ruled_out(lacks_all, rest, processes_for(len(rest)))
        holds = {}
        for path in rest:
            try:
                holds[path] = path not in useless and not lacks_all(path)
            except OSError:
                continue
        held.update({path: one for path, one in holds.items() if path not in self.overlay})
        found = [path for path in paths if holds.get(path, held.get(path))]
        if self.cache is not None and search:
            self.cache.keep_search(search, found)
        return found

    def text(self, path: str) -> str | None:
        """The characters of a file of the project that is no source, such as a manifest; None where there is none."""
        try:
            data = self.overlay[path] if path in self.overlay else read_file(self.root, path, _MAX_MANIFEST)
        except OSError:
            return None
        return data.decode("utf-8-sig", "replace")

    def close(self) -> None:
        """Writes the cache."""
        if self.cache is not None:
            self.cache.save()


def _facts(
    config: Config, files: Sequence[str], paths: Sequence[str], matter: list[str], sources: _Sources
) -> tuple[Facts, dict[str, tuple[Suppression, ...]]]:
    """What stands in the files that matter, and in what they import."""
    from permlint import catalog as catalogs
    from permlint.evaluation.interpreter import Interpreter
    from permlint.evaluation.languages import library_of
    from permlint.evaluation.modules import Modules
    from permlint.facts import Facts
    from permlint.recognition import tables
    from permlint.recognition.calls.reached import build as build_calls
    from permlint.recognition.edge import uses as edge_uses
    from permlint.recognition.observer import Recogniser
    from permlint.recognition.requests import build
    from permlint.recognition.supposing import suppose

    known = catalogs.load()
    read: dict[str, Program] = {}

    def program(path: str) -> Program | None:
        found = sources.program(path)
        if found is not None:
            read[path] = found
        return found

    modules = Modules(
        files,
        program,
        lambda path: library_of(family(path) or "").finder,
        sources.text,
    )
    environment = _Environment(paths, sources, lambda path: interpreter.module_scope(path))  # noqa: PLW0108 - made further down
    recogniser = Recogniser(
        tables.load(),
        known,
        environment.values,
        lambda name, row: _project_setting(interpreter, modules, sources.holds, name, row),
    )
    interpreter = Interpreter(modules, recogniser, library_of)
    recogniser.graph.own += [
        {"callable": call.callable, "path": call.path, "method": call.method, "host": call.host}
        for app in config.apps
        for call in app.calls
    ]
    interpreter.stand_ins = tuple([call.callable for app in config.apps for call in app.calls])
    interpreter.roots.update(matter)
    interpreter.run(matter)
    for _ in range(_ROUNDS):
        callers = _callers(recogniser, interpreter, sources, paths)
        if not callers:
            break
        interpreter.roots.update(callers)
        interpreter.run(callers)
    suppose(recogniser, interpreter, known)
    requests, unresolved = build(recogniser.asked, known, interpreter.called, interpreter.subclassed)
    calls = build_calls(recogniser.graph.met, interpreter.called | interpreter.subclassed)
    bodies = [program.place(start, end) for program, start, end in interpreter.stood_in]
    calls = tuple([call for call in calls if call.complete or not any(_inside(call.place, body) for body in bodies)])
    facts = Facts(
        requests=tuple([request for request in requests if not config.is_test(request.place.path)]),
        calls=tuple([call for call in calls if not config.is_test(call.place.path)]),
        edge=tuple(
            [use for use in edge_uses(calls, recogniser.edge.notes.values()) if not config.is_test(use.place.path)]
        ),
        versions=_versions(recogniser, known, config),
        unresolved=tuple([one for one in unresolved if not config.is_test(one.place.path)]),
        unreadable=tuple(_unreadable(sources, read)),
    )
    suppressions = {
        path: found
        for path, one in sorted(read.items())
        if one.comments
        and not config.is_test(path)
        and (found := suppressions_of(one, reason_required=config.require_suppression_reason))
    }
    return facts, suppressions


def _unreadable(sources: _Sources, read: Mapping[str, Program]) -> Iterator[UnreadableFile]:
    """The files that could not be read, and of others the first part that could not be parsed and might matter."""
    from permlint.facts import Unreadable as UnreadableFile
    from permlint.places import Place

    for path, error in sorted(sources.unreadable.items()):
        yield UnreadableFile(Place(path, error.line, error.column, error.line, error.column), error.reason)
    for _, program in sorted(read.items()):
        for start, end, text in program.gaps:
            if may_matter(text.encode("utf-8", "replace")):
                yield UnreadableFile(program.place(start, end), "this part has a syntax error, so it was not read")
                break


def _inside(place: Place, body: Place) -> bool:
    return (
        place.path == body.path
        and place.cell == body.cell
        and (body.line, body.column) <= (place.line, place.column)
        and (place.end_line, place.end_column) <= (body.end_line, body.end_column)
    )


class _Environment:
    """The values that files of the project give to variables of the environment.

    scope: the names in a file, which is run for it. Files are read when first asked for, and run if they name the variable.
    """

    def __init__(self, paths: Sequence[str], sources: _Sources, scope: Callable[[str], Scope | None]) -> None:
        self._paths = paths
        self._sources = sources
        self._scope = scope
        self._files: dict[str, tuple[bytes, list[dict[str, Any]]]] | None = None
        self._values: dict[str, dict[str, list[Value]]] = {}

    def values(self, name: str) -> list[Value]:
        """What a variable is set to, in the order of the files."""
        if self._files is None:
            self._files = dict(self._found())
        needle = name.encode("utf-8", "replace")
        return [
            value
            for path, (data, rows) in self._files.items()
            if needle in data
            for value in self._set_in(path, rows).get(name, ())
        ]

    def _found(self) -> Iterator[tuple[str, tuple[bytes, list[dict[str, Any]]]]]:
        """The files that set variables, with their content and the rows that say where."""
        from permlint.recognition import documents, tables

        environments = tables.load().environments
        for path in sorted(filter(is_data, self._paths)):
            rows = [row for row in environments if documents.is_named(path, row["files"])]
            data = self._sources.peek(path) if rows else None
            if data is not None:
                yield path, (data, rows)

    def _set_in(self, path: str, rows: list[dict[str, Any]]) -> Mapping[str, list[Value]]:
        from permlint import program as p
        from permlint.recognition import documents

        if path not in self._values:
            values: dict[str, list[Value]] = {}
            self._values[path] = values
            scope = self._scope(path)
            document = scope.names.get(p.DEFAULT) if scope is not None else None
            for row in rows:
                for found in documents.follow(document, row["path"]) if document is not None else ():
                    for name, text in documents.variables(found.value):
                        values.setdefault(name, []).append(text)
        return self._values[path]


def _project_setting(
    interpreter: object, modules: object, holds: Callable[[str, str], bool], name: str, row: Mapping[str, Any]
) -> Value | None:
    """The value that the project's own settings files give to a name; None where none of them does.

    row: files: the names of the files without suffix, the first one that has the name counts; `*` for the first part of the
    name. folders: what the folder of such a file is called. document: the rest of the name, dotted, leads into what the file
    stands for; without it the name is one that the file binds. literal: only a file that holds the name itself is run.
    """
    from permlint.evaluation.interpreter import Interpreter
    from permlint.evaluation.modules import Modules
    from permlint.evaluation.values import Lazy, Unknown, either

    assert isinstance(interpreter, Interpreter)
    assert isinstance(modules, Modules)
    running: Interpreter = interpreter
    document = bool(row.get("document"))
    if not document and not name.isupper():
        return None
    keys = name.split(".")

    def find() -> Value:
        for stem in row["files"]:
            found: list[Value] = []
            for path in modules.named(keys[0] if stem == "*" else stem):
                if "folders" in row and path.rpartition("/")[0].rpartition("/")[2] not in row["folders"]:
                    continue
                if row.get("literal") and not holds(path, name):
                    continue
                if document:
                    found += _in_document(running, path, keys[stem == "*" :])
                else:
                    found += _in_module(running, path, name)
            if found:
                return either(found)
        return Unknown(f"no settings file of the project sets {name}")

    return Lazy(find, name)


def _in_module(running: Interpreter, path: str, name: str) -> list[Value]:
    from permlint.evaluation.values import Class

    scope = running.module_scope(path)
    if scope is None:
        return []
    own = [scope.names[name]] if name in scope.names else []
    classes = [value for value in list(scope.names.values()) if isinstance(value, Class)]
    return own + [cls.names[name] for cls in classes if name in cls.names]


def _in_document(running: Interpreter, path: str, keys: Sequence[str]) -> list[Value]:
    from permlint import program as p
    from permlint.evaluation.values import Map, alternatives

    scope = running.module_scope(path)
    found = list(alternatives(scope.names[p.DEFAULT])) if scope is not None and p.DEFAULT in scope.names else []
    for key in keys:
        found = [
            option
            for value in found
            if isinstance(value, Map) and key in value.entries
            for option in alternatives(value.entries[key].value)
        ]
    return found


def _callers(recogniser: object, interpreter: object, sources: _Sources, paths: Sequence[str]) -> list[str]:
    """Files that may call what takes its scopes or its path from a caller, or build on a base address, and were not run yet."""
    from permlint.evaluation.interpreter import Interpreter
    from permlint.recognition.observer import Recogniser
    from permlint.recognition.requests import owners_wanted

    assert isinstance(recogniser, Recogniser)
    assert isinstance(interpreter, Interpreter)
    owners = owners_wanted(recogniser.asked) | {owner for one in recogniser.graph.met for owner in one.wanted}
    owners |= recogniser.graph.wanted
    wanted = {mention for owner in owners if (mention := _mention(interpreter.name_of(owner), owner[0]))}
    wanted |= {mention for name, path in recogniser.graph.addresses if (mention := _mention(name, path))}
    if not wanted:
        return []
    rest = [path for path in paths if path not in interpreter.roots and not is_data(path)]
    found = sources.holding(wanted, rest)
    return found if len(found) <= _MAX_CALLERS else []


def _mention(name: str, path: str) -> _Mention | None:
    """What a file holds that uses a name of another file: the name, and its module's or package's; and the folder it is below.

    The empty name stands for what the module is itself. None for names that tell nothing.
    """
    stem = path.rpartition("/")[2].rpartition(".")[0]
    name = (name or stem).rpartition("\\")[2]
    if len(name) < _SHORTEST_NAME or name.startswith("__"):
        return None
    folder = path.rpartition("/")[0]
    package = folder.rpartition("/")[2]
    modules = tuple(dict.fromkeys(part for part in (stem, package) if part and part != "__init__"))
    return _Mention(name, modules, path.split("/", 1)[0] if "/" in path else "")


def _versions(recogniser: object, known: Catalog, config: Config) -> tuple[VersionUse, ...]:
    from permlint.facts import VersionUse
    from permlint.recognition.calls import tables as call_tables
    from permlint.recognition.observer import Recogniser

    assert isinstance(recogniser, Recogniser)
    marketing = call_tables.load().marketing
    hosts = known.versioned_hosts()
    out: dict[object, VersionUse] = {}
    for named, _ in recogniser.versions:
        program = named.piece.origin
        if named.host not in hosts or program is None or config.is_test(program.path):
            continue
        version = named.version.lower() if "." in named.version else f"{named.version.lower()}.0"
        place = program.place(named.start, named.end)
        api: Literal["graph", "marketing"] = "marketing" if named.rest.startswith(marketing) else "graph"
        if place not in out or api == "marketing":
            via = named.via or f"address on {named.host}"
            out[place] = VersionUse(version, api, place, program.statement(named.start, named.end), via)
    return tuple([out[place] for place in sorted(out, key=str)])


def suppressions_of(program: Program, *, reason_required: bool = False) -> tuple[Suppression, ...]:
    """Returns the suppressions in a file's comments. reason_required: one without a reason silences nothing."""
    from permlint import program as p
    from permlint import suppressions

    comments = [
        suppressions.Comment(text, program.place(start, end), alone) for start, end, text, alone in program.comments
    ]
    body = list(program.body)
    if body and isinstance(body[0], p.Do) and isinstance(body[0].value, p.String):
        del body[0]  # A docstring: what stands behind it is still at the file's head.
    first = program.place(body[0].start, body[0].start) if body else None
    return suppressions.read(comments, first, reason_required=reason_required)


def _idle_apps(config: Config, as_of: datetime.date, graph_version: str | None) -> tuple[App, ...]:
    from permlint.facts import Facts

    return _apps(config, Facts(), as_of, graph_version)


def _apps(
    config: Config, facts: Facts, as_of: datetime.date, graph_version: str | None, *, whole: bool = True
) -> tuple[App, ...]:
    names = [app.name for app in config.apps] or ["default"]
    apps = [_app(config, facts, name, as_of, graph_version) for name in names]
    if config.apps:
        rest = _app(config, facts, "", as_of, graph_version)
        if rest.requests or rest.edge or rest.versions or rest.unresolved or rest.unreadable:
            apps.append(rest)
    return tuple(apps) if whole else tuple([dataclasses.replace(app, whole=False) for app in apps])


def _app(config: Config, facts: Facts, name: str, as_of: datetime.date, graph_version: str | None) -> App:
    from permlint import catalog as catalogs
    from permlint.app import App
    from permlint.foreign import foreign_callers

    def ours(path: str) -> bool:
        return name in config.apps_of(path) if name else not config.apps_of(path)

    versions = tuple([use for use in facts.versions if ours(use.place.path)])
    settings = config.app(name)
    others = {call.callable for app in config.apps for call in app.calls} - {call.callable for call in settings.calls}
    chosen = graph_version or settings.graph_version or _newest(versions)
    return App(
        name=name,
        catalog=catalogs.load().as_of(as_of, chosen),
        requests=tuple([_configured(settings, request) for request in facts.requests if ours(request.place.path)]),
        calls=tuple([call for call in facts.calls if ours(call.place.path) and call.via not in others]),
        edge=tuple([use for use in facts.edge if ours(use.place.path)]),
        versions=versions,
        unresolved=tuple([one for one in facts.unresolved if ours(one.place.path)]),
        unreadable=tuple([one for one in facts.unreadable if ours(one.place.path)]),
        declared={one.permission: one.reason for one in settings.requests},
        declared_needs={one.permission: one.reason for one in settings.needs},
        find_foreign=lambda: foreign_callers(config),
        whole=bool(name),
    )


def _configured(settings: AppConfig, request: Request) -> Request:
    """A request with what the config says of the configuration that it names."""
    found = next((one for one in settings.configurations if one.id == request.configuration), None)
    if found is None:
        return request

    from permlint.facts import Scope
    from permlint.recognition.requests import IN_CONFIGURATION

    asked = {scope.text for scope in request.scopes}
    more = [
        Scope(name, request.place, request.statement, by="config") for name in found.permissions if name not in asked
    ]
    known = request.unknown_because == IN_CONFIGURATION
    return request._replace(
        scopes=(*request.scopes, *more),
        login=found.login or request.login,
        complete=request.complete or known,
        unknown_because=None if known else request.unknown_because,
        open=request.open and not known,
    )


def _newest(versions: Iterable[object]) -> str | None:
    """The newest version that the app names and the catalog knows."""
    from permlint import catalog as catalogs
    from permlint.facts import VersionUse

    known = catalogs.load()
    named = [use.version for use in versions if isinstance(use, VersionUse) and known.version(use.version) is not None]
    return max(named, key=catalogs.parse_version) if named else None
