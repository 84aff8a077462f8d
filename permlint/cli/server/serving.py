"""The language server itself: what the editor says, and what it is told."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

from lsprotocol import types
from pygls import uris
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from permlint import __version__
from permlint.catalog import load
from permlint.cli.dates import catalog_date, today
from permlint.cli.errors import Failure
from permlint.cli.fixes import documents_of
from permlint.cli.server import actions, completion, hover
from permlint.cli.server.desk import Desks, Document, encoded, relative
from permlint.cli.server.findings import SOURCE, fault_to_editor, shown, to_editor
from permlint.cli.server.positions import column_of, range_of, units
from permlint.cli.work import sources_of
from permlint.config import CONFIG_NAMES
from permlint.config.locate import is_below
from permlint.frontends import wants

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence

    from permlint.app import App
    from permlint.cli.warm import Look
    from permlint.config import Fault
    from permlint.diagnostics import Diagnostic, Edit
    from permlint.places import Place
    from permlint.report.source import Sources

T = TypeVar("T")

_FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.{SOURCE}"
_TRIGGERS = ('"', "'", ",", " ")


def serve() -> int:
    """Serves the editor at standard input and output until it leaves. Returns the exit status."""
    if not os.environ.get("PERMLINT_DEBUG"):
        logging.getLogger("pygls").setLevel(logging.CRITICAL)
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # Whatever a rule of a third party prints must not get among the answers.
    editor = Editor()
    editor.start_io(sys.stdin.buffer, answers)
    return 0 if editor.said_goodbye else 1


class _Protocol(LanguageServerProtocol):
    """The library's protocol, which leaves a question without an answer that it can't read."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Makes a message of what has arrived. Raises JsonRpcException, after the question was answered with an error."""
        try:
            return super().structure_message(data)
        except JsonRpcException:
            if "id" in data and "method" in data:
                self._send_response(data["id"], error=JsonRpcInvalidParams().to_response_error())
            raise


class Editor(LanguageServer):
    """One editor and its projects."""

    def __init__(self) -> None:
        # The whole text with each change: what else is a line end to the library than to editors would shift places.
        whole = types.TextDocumentSyncKind.Full
        super().__init__(SOURCE, __version__, text_document_sync_kind=whole, protocol_cls=_Protocol)
        self.said_goodbye = False
        self._desks = Desks(self)
        self._published: dict[str, dict[str, tuple[int | None, list[types.Diagnostic]]]] = {}
        self._problems: dict[str, str] = {}
        self._faulty: dict[str, dict[str, list[types.Diagnostic]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        for method, handler in (
            (types.INITIALIZED, self._initialized),
            (types.SHUTDOWN, self._shut_down),
            (types.TEXT_DOCUMENT_DID_OPEN, self._opened),
            (types.TEXT_DOCUMENT_DID_CHANGE, self._changed),
            (types.TEXT_DOCUMENT_DID_SAVE, self._saved),
            (types.TEXT_DOCUMENT_DID_CLOSE, self._closed),
            (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, self._watched),
            (types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, self._folders_changed),
            (types.WORKSPACE_DID_CHANGE_CONFIGURATION, self._settings_changed),
            (types.TEXT_DOCUMENT_HOVER, self._hover),
        ):
            self.feature(method)(self._guarded(handler))
        kinds = [types.CodeActionKind.QuickFix, _FIX_ALL]
        self.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(kinds))(self._guarded(self._actions))
        self.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(list(_TRIGGERS)))(
            self._guarded(self._complete)
        )

    def _guarded(self, work: Callable[[Any], Awaitable[T]]) -> Callable[[Any], Awaitable[T | None]]:
        """A handler that answers nothing where it fails, and tells what failed in one line."""

        async def safe(params: Any) -> T | None:
            try:
                return await work(params)
            except Exception as error:  # noqa: BLE001 -- the server outlives whatever is wrong
                self.tell(error)
                return None

        return safe

    # Telling -------------------------------------------------------------------------------------------------------

    def tell(self, error: Exception) -> None:
        """Logs in one line what went wrong; where it is a fault of ours, with what to do about it."""
        if os.environ.get("PERMLINT_DEBUG"):
            import traceback

            traceback.print_exception(error)
        said = shown(" ".join(str(error).split()))[:500]
        if isinstance(error, Failure):
            text = said
        else:
            text = (
                f"internal error in permlint {__version__}: {type(error).__name__}: {said}; PERMLINT_DEBUG=1 in its"
                " environment adds more to its standard error"
            )
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, text))

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ARG002 -- the library's hook
        """Logs what the library could not do, such as read a message."""
        with contextlib.suppress(Exception):
            self.tell(error)

    # What came of a look -------------------------------------------------------------------------------------------

    def judged(self, look: Look, documents: Sequence[Document]) -> None:
        """Shows what was found in a project, with what these files held that are open."""
        root = look.project.config.root
        self._problems.pop(root, None)
        sources = sources_of(look.project, _texts(documents, root))
        by_uri: dict[str, list[types.Diagnostic]] = {}
        uri_of = self._namer(root)
        related = self._related
        for each in look.found:
            full = os.path.join(root, each.place.path)
            # Of a repository above the editor's folders only what is open is shown.
            is_shown = full in self._desks.documents or self._desks.named(full) is not None
            if is_shown and each.place.cell is None:
                found = to_editor(each, sources, self._encoding, uri_of, related=related)
                by_uri.setdefault(self._uri(full), []).append(found)
        self._publish(root, by_uri, {one.uri: one.version for one in documents})
        self._show_faults(root, ())

    def failed(self, root: str, failure: Exception) -> None:
        """Says once what keeps a project from being judged, and at the config where it stands there; the rest stays."""
        self._show_faults(root, failure.faults if isinstance(failure, Failure) else ())
        said = shown(str(failure)) if isinstance(failure, Failure) else f"{type(failure).__name__}: {failure}"
        if self._problems.get(root) == said:
            return
        self._problems[root] = said
        self.tell(failure)
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"permlint: {said[:500]}"))

    def closed(self, root: str) -> None:
        """Shows nothing of a project any more."""
        self._problems.pop(root, None)
        self._publish(root, {}, {})
        self._published.pop(root, None)
        self._show_faults(root, ())
        self._faulty.pop(root, None)

    def _show_faults(self, root: str, faults: Iterable[Fault]) -> None:
        """Shows what is wrong with a project's config, and nothing where it is mended."""
        by_uri: dict[str, list[types.Diagnostic]] = {}
        for each in faults:
            if each.spot is not None and each.spot.file:
                found = fault_to_editor(each, each.spot, self._encoding)
                by_uri.setdefault(self._uri(each.spot.file), []).append(found)
        before = self._faulty.get(root, {})
        for uri in {*before, *by_uri}:
            now = by_uri.get(uri, [])
            if before.get(uri) != now:
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, now))
        self._faulty[root] = by_uri

    def _publish(self, root: str, by_uri: dict[str, list[types.Diagnostic]], versions: dict[str, int | None]) -> None:
        """Sends what is new; of files that are open also that there is nothing. versions: of those, by URI."""
        before = self._published.setdefault(root, {})
        for uri in {*before, *by_uri, *versions}:
            now = versions.get(uri), by_uri.get(uri, [])
            if before.get(uri) == now:
                continue
            version, found = now
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))
            if found or uri in versions:
                before[uri] = now
            else:
                before.pop(uri, None)

    # Life ----------------------------------------------------------------------------------------------------------

    async def _initialized(self, _: types.InitializedParams) -> None:
        said = f"permlint {__version__}, catalog of {catalog_date()}"
        self.window_log_message(types.LogMessageParams(types.MessageType.Info, said))
        self._desks.set_folders(self._folders())
        files = self.client_capabilities.workspace and self.client_capabilities.workspace.did_change_watched_files
        if files and files.dynamic_registration:
            await self._watch()
        else:
            self._keep(self._desks.poll())

    async def _watch(self) -> None:
        everything = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher("**/*")])
        one = types.Registration("permlint-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, everything)
        await self.client_register_capability_async(types.RegistrationParams([one]))

    async def _shut_down(self, _: None) -> None:
        self.said_goodbye = True

    async def _folders_changed(self, _: types.DidChangeWorkspaceFoldersParams) -> None:
        self._desks.set_folders(self._folders())

    async def _settings_changed(self, _: types.DidChangeConfigurationParams) -> None:
        self._desks.touch_all()

    # Files ---------------------------------------------------------------------------------------------------------

    async def _opened(self, params: types.DidOpenTextDocumentParams) -> None:
        self._put(params.text_document.uri, at_once=True, refresh=True)

    async def _changed(self, params: types.DidChangeTextDocumentParams) -> None:
        self._put(params.text_document.uri, at_once=False)

    async def _saved(self, params: types.DidSaveTextDocumentParams) -> None:
        path = _path_of(params.text_document.uri)
        if path is not None and os.path.basename(path) in CONFIG_NAMES:
            self._desks.touch_all()
        elif path is not None:
            self._put(params.text_document.uri, at_once=True, refresh=True)

    async def _closed(self, params: types.DidCloseTextDocumentParams) -> None:
        path = _path_of(params.text_document.uri)
        if path is not None:
            self._desks.drop(path)

    async def _watched(self, params: types.DidChangeWatchedFilesParams) -> None:
        # Editors tell of one file more than once, such as that it was made and then written to.
        moved: dict[str, bool] = {}
        for change in params.changes:
            path = _path_of(change.uri)
            if path is not None:
                moved[path] = moved.get(path, False) or change.type != types.FileChangeType.Changed
        if any(os.path.basename(path) in CONFIG_NAMES for path in moved):
            self._desks.touch_all()
        for path, came_or_went in moved.items():
            if wants(path):
                if came_or_went or path not in self._desks.documents:
                    self._desks.touch_outside(path, refresh=came_or_went)
            elif came_or_went and self._desks.is_folder(path):
                self._desks.touch_outside(path, refresh=True)

    def _put(self, uri: str, *, at_once: bool, refresh: bool = False) -> None:
        """Takes in what an open file holds now."""
        path = _path_of(uri)
        if path is None or not wants(path):
            return
        document = self.workspace.text_documents.get(unquote(uri))
        if document is not None:
            self._desks.put(Document(path, uri, document.version, document.source))
        self._desks.touch(path, at_once=at_once, refresh=refresh)

    # Questions -----------------------------------------------------------------------------------------------------

    async def _hover(self, params: types.HoverParams) -> types.Hover | None:
        found = await self._asked(params.text_document.uri, params.position)
        if found is None:
            return None
        look, path, line, column, text = found
        apps = _apps_of(look, path)
        scope = None if path in look.broken else hover.scope_at(apps, path, line, column)
        start, end = hover.word_at(text, column)
        if scope is not None:
            name, start, end = scope.text, scope.place.column, scope.place.end_column
        else:
            name = text[start - 1 : end - 1]
        view = apps[0].catalog if apps else load().as_of(today())
        permission = view.catalog.permission(name)
        if permission is None or (permission.everyday and scope is None):
            return None
        root = look.project.config.root

        def link(place: Place) -> str:
            uri = self._uri(os.path.join(root, place.path))
            return f"[{place.path}:{place.line}]({uri}#L{place.line})"

        said = hover.text_for(name, view, apps, link)
        content = types.MarkupContent(types.MarkupKind.Markdown, said)
        if not self._shows_markdown:
            content = types.MarkupContent(types.MarkupKind.PlainText, hover.without_markup(said))
        return types.Hover(content, self._range(line, start, end, text))

    async def _complete(self, params: types.CompletionParams) -> list[types.CompletionItem] | None:
        path = _path_of(params.text_document.uri)
        document = self._desks.documents.get(path) if path is not None else None
        warm = self._desks.warm_of(path) if path is not None else None
        if path is None or document is None or warm is None:
            return None
        project, root, overlay = warm
        inner = relative(path, root)
        line = params.position.line + 1
        text = completion.line_of(document.text, line)
        column = column_of(text, params.position.character, self._encoding)
        word = completion.word_before(path, text, column)
        if word is None:
            return None
        start, end = word

        def find() -> list[completion.Offer]:
            for text in completion.probes(document.text, line, start, end):
                found = completion.offers(project.probe({**overlay, inner: encoded(inner, text)}), inner)
                if found:
                    return found
            return []

        range_ = self._range(line, start, end, text)
        return [
            types.CompletionItem(
                each.permission.name,
                kind=types.CompletionItemKind.EnumMember,
                tags=[types.CompletionItemTag.Deprecated] if each.dying else None,
                detail="; ".join(filter(None, (each.status, shown(each.why)))),
                documentation=each.permission.summary,
                sort_text=f"{number:04}",
                text_edit=types.TextEdit(range_, each.permission.name),
            )
            for number, each in enumerate(await self._desks.in_turn(find))
        ]

    async def _actions(self, params: types.CodeActionParams) -> list[types.CodeAction] | None:
        found = await self._asked(params.text_document.uri, params.range.start)
        if found is None:
            return None
        look, path, *_ = found
        document = self._desks.documents[os.path.join(look.project.config.root, path)]
        only = params.context.only
        documents = documents_of(look.project, look.analysis)

        def make() -> list[tuple[actions.Action, str]]:
            here = [each for each in look.found if each.place.path == path and touched(each)]
            made: list[tuple[actions.Action, str]] = []
            if here and _asks_for(only, types.CodeActionKind.QuickFix.value):
                quick = types.CodeActionKind.QuickFix.value
                made += [(action, quick) for action in actions.for_findings(look, here, document)]
            if _asks_for(only, _FIX_ALL):
                whole = actions.fix_all(look, path, documents)
                made += [(whole, _FIX_ALL)] if whole is not None else []
            return made

        sources = sources_of(look.project, _texts(self._desks.documents.values(), look.project.config.root))

        # Some editors ask about one finding, and name as the range all of the file.
        about = [(one.code, one.range) for one in params.context.diagnostics if one.source == SOURCE]

        def touched(each: Diagnostic) -> bool:
            if each.place.cell is not None:
                return False
            place = range_of(each.place, sources, self._encoding)
            named = not about or any(code == each.code and _meet(place, range_) for code, range_ in about)
            return named and _meet(place, params.range)

        root = look.project.config.root
        out = []
        for action, kind in await self._desks.in_turn(make):
            out.append(
                types.CodeAction(
                    action.title,
                    kind=types.CodeActionKind(kind) if kind != _FIX_ALL else kind,
                    diagnostics=[
                        to_editor(each, sources, self._encoding, self._namer(root), related=self._related)
                        for each in action.cures
                    ],
                    is_preferred=action.best or None,
                    edit=self._edit(action.edits, root, sources),
                )
            )
        return out

    async def _asked(self, uri: str, position: types.Position) -> tuple[Look, str, int, int, str] | None:
        """A look at the project of an open file; its path in it, the line and column of a position, and the line's text."""
        full = _path_of(uri)
        document = self._desks.documents.get(full) if full is not None else None
        if full is None or document is None:
            return None
        look = await self._desks.look_at(full)
        if look is None or not is_below(full, look.project.config.root):
            return None
        path = relative(full, look.project.config.root)
        text = completion.line_of(document.text, position.line + 1)
        return look, path, position.line + 1, column_of(text, position.character, self._encoding), text

    # Forms ---------------------------------------------------------------------------------------------------------

    @property
    def _encoding(self) -> str:
        return str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))

    @property
    def _related(self) -> bool:
        wanted = self.client_capabilities.text_document and self.client_capabilities.text_document.publish_diagnostics
        return bool(wanted and wanted.related_information)

    @property
    def _shows_markdown(self) -> bool:
        documents = self.client_capabilities.text_document
        formats = documents.hover.content_format if documents and documents.hover else None
        return formats is None or types.MarkupKind.Markdown in formats

    def _folders(self) -> list[str]:
        """The folders that the editor works in."""
        given = [folder.uri for folder in self.workspace.folders.values()]
        if not given and self.workspace.root_uri:
            given = [self.workspace.root_uri]
        return [path for uri in given if (path := uris.to_fs_path(uri)) is not None and os.path.isdir(path)]

    def _uri(self, full: str) -> str:
        """How the editor names a file."""
        document = self._desks.documents.get(full)
        return document.uri if document is not None else uris.from_fs_path(self._desks.named(full) or full) or ""

    def _namer(self, root: str) -> Callable[[str], str]:
        return lambda path: self._uri(os.path.join(root, path))

    def _range(self, line: int, start: int, end: int, text: str) -> types.Range:
        """A stretch of a line, from 1 in code points."""
        return types.Range(
            types.Position(line - 1, units(text[: start - 1], self._encoding)),
            types.Position(line - 1, units(text[: end - 1], self._encoding)),
        )

    def _edit(self, edits: Iterable[Edit], root: str, sources: Sources) -> types.WorkspaceEdit:
        by_path: dict[str, list[types.TextEdit]] = {}
        for edit in edits:
            place = range_of(edit.place, sources, self._encoding)
            by_path.setdefault(edit.place.path, []).append(types.TextEdit(place, edit.replacement))
        uri_of = self._namer(root)
        able = self.client_capabilities.workspace and self.client_capabilities.workspace.workspace_edit
        if not (able and able.document_changes):
            return types.WorkspaceEdit(changes={uri_of(path): made for path, made in by_path.items()})
        open_ = self._desks.documents
        return types.WorkspaceEdit(
            document_changes=[
                types.TextDocumentEdit(
                    types.OptionalVersionedTextDocumentIdentifier(
                        uri_of(path), open_[full].version if (full := os.path.join(root, path)) in open_ else None
                    ),
                    list(made),
                )
                for path, made in by_path.items()
            ]
        )

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _path_of(uri: str) -> str | None:
    """The path of a file, absolute and without symbolic links; None for what is no file."""
    path = uris.to_fs_path(uri)
    return None if path is None or "\0" in path else os.path.realpath(path)


def _texts(documents: Iterable[Document], root: str) -> dict[str, str]:
    """What files of a project hold in the editor, by path; their own encoding may not have all of it."""
    return {relative(one.path, root): one.text for one in documents if is_below(one.path, root)}


def _apps_of(look: Look, path: str) -> Sequence[App]:
    """The apps that a file belongs to; all, where it belongs to none."""
    names = look.project.config.apps_of(path)
    return [app for app in look.apps if app.name in names] or [app for app in look.apps if app.whole]


def _asks_for(only: Sequence[types.CodeActionKind | str] | None, kind: str) -> bool:
    """Whether the editor wants actions of a kind: it names the kind itself, one above it, or none."""
    wanted = [str(getattr(each, "value", each)) for each in only or ()]
    return not wanted or any(each in ("", kind) or kind.startswith(f"{each}.") for each in wanted)


def _meet(one: types.Range, other: types.Range) -> bool:
    """Whether two ranges share a position, an end included."""
    return _position(one.start) <= _position(other.end) and _position(other.start) <= _position(one.end)


def _position(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
