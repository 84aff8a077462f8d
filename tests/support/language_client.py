"""A client of the language server: it starts the real command and speaks JSON-RPC with it; whatever hangs fails in time."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path

SECONDS = 60
"""For each answer: a hung or dead server fails the test, and a slow machine does not."""


class Client:
    """One editor with one server. folder: what the editor works in; None for no folder."""

    def __init__(self, folder, *, cache, capabilities=None, folders=None, environ=None):
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PERMLINT_", "GIT_"))}
        environment |= {"XDG_CACHE_HOME": str(cache), **(environ or {})}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "permlint", "server", "--stdio"],
            cwd=cache.parent,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.errors = []
        self.told = []
        self.diagnostics = {}
        self.received = []
        self._arrived = queue.Queue()
        self._number = 0
        self._versions = {}
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._read_errors, daemon=True).start()
        given = folders if folders is not None else [folder] if folder is not None else []
        answer = self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": uri(given[0]) if given else None,
                "workspaceFolders": [{"uri": uri(one), "name": Path(one).name} for one in given] or None,
                "capabilities": capabilities or {},
            },
        )
        self.capabilities = answer["capabilities"]
        self.notify("initialized", {})

    # Messages ------------------------------------------------------------------------------------------------------

    def send(self, message):
        self.send_raw(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def send_raw(self, body):
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def ask(self, method, params):
        """The result of a request."""
        answer = self.answer(method, params)
        assert "error" not in answer, answer
        return answer["result"]

    def answer(self, method, params):
        """The whole answer to a request, an error included."""
        self._number += 1
        number = self._number
        self.send({"id": number, "method": method, "params": params})
        return self.until(lambda message: message if message.get("id") == number and "method" not in message else None)

    def until(self, wanted):
        """What `wanted` makes of the first message, of those that come from now on, of which it makes something."""
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                message = self._arrived.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no answer in {SECONDS} s; stderr: {self.stderr()}") from None
            assert message is not None, f"the server has died: {self.stderr()}"
            self._take(message)
            found = wanted(message)
            if found is not None:
                return found

    def _take(self, message):
        self.received.append(message)
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif method in ("window/logMessage", "window/showMessage"):
            self.told.append((method.partition("/")[2], message["params"]["message"]))
        elif method is not None and "id" in message:
            self.send({"id": message["id"], "result": None})

    def _read(self):
        out = self.process.stdout
        try:
            while True:
                size = 0
                while line := out.readline().strip():
                    name, _, value = line.partition(b":")
                    size = int(value) if name.lower() == b"content-length" else size
                self._arrived.put(json.loads(out.read(size)))
        except (ValueError, OSError) as error:  # also at its end, where there is nothing to read
            self.errors.append(repr(error).encode())
            self._arrived.put(None)

    def _read_errors(self):
        self.errors += iter(self.process.stderr.readline, b"")

    def stderr(self):
        return b"".join(self.errors).decode()

    # Files ---------------------------------------------------------------------------------------------------------

    def open(self, path, text=None):
        """Opens a file with what it holds on the disk, or with a text; waits until it was judged."""
        text = Path(path).read_bytes().decode() if text is None else text
        self._versions[uri(path)] = 1
        document = {"uri": uri(path), "languageId": "python", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return self.published(path)

    def change(self, path, text, *, wait=True):
        """Changes an open file; waits until it was judged."""
        self._versions[uri(path)] += 1
        document = {"uri": uri(path), "version": self._versions[uri(path)]}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        return self.published(path) if wait else None

    def save(self, path):
        self.notify("textDocument/didSave", {"textDocument": {"uri": uri(path)}})

    def close(self, path):
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri(path)}})

    def published(self, path):
        """What is said of the newest version of an open file, once it is said."""

        def about(message):
            params = message.get("params") or {}
            right = message.get("method") == "textDocument/publishDiagnostics" and params["uri"] == uri(path)
            return params["diagnostics"] if right and params.get("version") == self._versions[uri(path)] else None

        return self.until(about)

    def wait_for(self, path, codes):
        """Waits until a file has just these findings."""

        def has(_=None):
            found = self.diagnostics.get(uri(path), [])
            return found if sorted(one.get("code", "") for one in found) == sorted(codes) else None

        already = has() if uri(path) in self.diagnostics else None
        return (
            already if already is not None else self.until(lambda _: has() if uri(path) in self.diagnostics else None)
        )

    def at(self, path, line, character, **more):
        """Parameters that name a position; line and character from 0."""
        return {"textDocument": {"uri": uri(path)}, "position": {"line": line, "character": character}, **more}

    def actions(self, path, start, end, only=None, diagnostics=()):
        """The code actions for a stretch, and about diagnostics if any are given, by their title."""
        asked = {
            "textDocument": {"uri": uri(path)},
            "range": {"start": dict(zip(("line", "character"), start, strict=True)),
                      "end": dict(zip(("line", "character"), end, strict=True))},
            "context": {"diagnostics": list(diagnostics), **({"only": only} if only else {})},
        }  # fmt: skip
        return {one["title"]: one for one in self.ask("textDocument/codeAction", asked) or ()}

    # The end -------------------------------------------------------------------------------------------------------

    def leave(self):
        """Says goodbye as the protocol wants it. Returns the exit status."""
        assert self.ask("shutdown", None) is None
        self.send({"method": "exit"})
        return self.process.wait(SECONDS)

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(SECONDS)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                pipe.close()
            except (OSError, ValueError):
                pass


def uri(path):
    return Path(path).as_uri()


def applied(text, edits):
    """A text after an editor has made these edits, which count columns in UTF-16."""
    lines = text.splitlines(keepends=True) or [""]

    def offset(position):
        line = position["line"]
        before = sum(len(one) for one in lines[:line])
        rest = lines[line] if line < len(lines) else ""
        return before + len(rest.encode("utf-16-le")[: 2 * position["character"]].decode("utf-16-le"))

    spans = sorted(
        ((offset(e["range"]["start"]), offset(e["range"]["end"]), e["newText"]) for e in edits), reverse=True
    )
    for start, end, new in spans:
        text = text[:start] + new + text[end:]
    return text
