"""A small Graph API on the loopback address: the permissions edge as its reference says, with the faults that a test asks for."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

TOKEN = "EAAtest0token1of2the3loopback4server5"


class _Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A client that hangs up is none; what is wrong with an answer shows in the client."""


class GraphServer:
    """grants: statuses by permission. page: how many nodes a page holds. faults: what the next requests meet, in order.

    seen: method, path with query, and headers of each request.
    """

    def __init__(self, grants, page=25):
        self.grants = dict(grants)
        self.page = page
        self.faults = []
        self.seen = []
        self.next_base = None
        self.deletes_answer = True
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    @property
    def requests(self):
        return [f"{method} {path}" for method, path, _ in self.seen]

    def answer(self, method, address, token):
        """The status and the decoded body that the documents promise."""
        if token != f"Bearer {TOKEN}":
            return 400, error(190, "Invalid OAuth access token.", type="OAuthException")
        parts = [part for part in address.path.split("/") if part][1:]
        query = {key: values[0] for key, values in parse_qs(address.query).items()}
        if len(parts) < 2 or parts[1] != "permissions" or parts[0] not in ("me", "1001"):
            return 404, error(100, "Unsupported request: no such object", 33)
        if method == "GET" and len(parts) == 2:
            return 200, self.listed(address, query)
        if method == "DELETE":
            name = parts[2] if len(parts) > 2 else query.get("permission")
            if name is None:
                self.grants.clear()
                return 200, {"success": True}
            if name not in self.grants:
                return 400, error(100, f"Invalid parameter: {name}")
            del self.grants[name]
            return 200, self.deletes_answer if len(parts) > 2 else {"success": True}
        return 400, error(100, f"Unsupported {method.lower()} request.", 33)

    def listed(self, address, query):
        nodes = [
            {"permission": name, "status": status}
            for name, status in self.grants.items()
            if query.get("permission", name) == name and query.get("status", status) == status
        ]
        start = int(query.get("after", "0"))
        end = start + self.page
        paging = {"cursors": {"before": str(start), "after": str(end)}}
        if end < len(nodes):
            # As the API does, with the token in the address.
            base = self.next_base or self.base
            paging["next"] = f"{base}{address.path}?access_token={TOKEN}&limit={self.page}&after={end}"
        return {"data": nodes[start:end], "paging": paging}

    def _handler(self):
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do(self):
                server.seen.append((self.command, self.path, dict(self.headers)))
                fault = server.faults.pop(0) if server.faults else None
                if fault is not None:
                    fault(self)
                    return
                status, data = server.answer(self.command, urlsplit(self.path), self.headers.get("Authorization"))
                send(self, status, json.dumps(data).encode())

            do_GET = do_POST = do_DELETE = do  # noqa: N815 -- the names that the library calls

            def log_message(self, *_):
                pass

        return Handler


def error(code, message, subcode=None, **more):
    """The envelope in which the Graph API sends errors."""
    inner = {"message": message, "code": code, "fbtrace_id": "AbCdEf123", **more}
    return {"error": inner if subcode is None else {**inner, "error_subcode": subcode}}


def send(handler, status, body, kind="application/json; charset=UTF-8", length=None, **headers):
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    try:
        handler.wfile.write(body)
    except OSError:
        pass


# Faults: each takes the request that it befalls.


def fails(status, code, message="It failed.", subcode=None, headers=None, **more):
    body = json.dumps(error(code, message, subcode, **more)).encode()
    return lambda handler: send(handler, status, body, **(headers or {}))


def says(status, body, kind="application/json"):
    return lambda handler: send(handler, status, body, kind)


def redirects(where, status=302):
    return lambda handler: send(handler, status, b"", Location=where)


def cut_off(handler):
    send(handler, 200, b'{"data": [{"permission": "em', length=400)
    handler.close_connection = True


def hangs_up(handler):
    handler.close_connection = True


def silent(handler):
    time.sleep(3)
    handler.close_connection = True


def drips(handler):
    """Sends a byte now and then: no single wait is long."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(30):
        try:
            handler.wfile.write(b" ")
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.1)
    handler.close_connection = True


def floods(handler):
    send(handler, 200, b" " * 3_000_000 + b"{}")
