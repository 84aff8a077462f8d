"""Reads and takes back permissions at the Graph API itself.

The token goes into one header of requests to the one host that was named, and nowhere else: not into an address, a message
or a file. Redirects are not followed, the address of a next page only on the same host and without the token in it.
"""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from permlint import __version__
from permlint.secrets import mask

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from permlint.catalog import PermissionsEdge

_MOST_BYTES = 2_000_000
_CHUNK = 65_536
_MOST_PAGES = 50
_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_SHOWN = 300
_SECRET_PARAMETERS = ("access_token", "appsecret_proof")


class LiveError(Exception):  # what it is, in one word
    """What went wrong at the API, for a person: what happened and what to do. It never holds the token."""


class _Again(Exception):
    """Trying again may help. pause: how long the server wants us to wait, in seconds."""

    def __init__(self, message: str, pause: float | None = None) -> None:
        super().__init__(message)
        self.pause = pause


class _Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


class Graph:
    """The Graph API at one address, with one token.

    base: such as `https://graph.facebook.com`; version: such as `v24.0`. timeout: seconds for one request, all in all;
    retries: how often a request is sent again where that may help. Raises ImportError where urllib3 is not installed.
    """

    def __init__(
        self, base: str, version: str, token: str, edge: PermissionsEdge, *, timeout: float = 20.0, retries: int = 2
    ) -> None:
        import urllib3

        self._http = urllib3
        self._base = base.rstrip("/")
        self._version = version
        self._token = token
        self._edge = edge
        self._timeout = timeout
        self._retries = retries
        self._pool = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(total=timeout))

    def permissions(self, user: str) -> dict[str, Any]:
        """The whole answer of the permissions edge of a person, pages put together. Raises LiveError."""
        address = f"{self._base}/{self._version}/{user}/permissions"
        nodes: list[Any] = []
        seen = {address}
        while True:
            answer = self._send("GET", address)
            if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
                raise LiveError(f"{self._base} answers something else than a list of permissions")
            nodes += answer["data"]
            paging = answer.get("paging")
            following = paging.get("next") if isinstance(paging, dict) else None
            if following is None:
                return {"data": nodes}
            address = self._page(following)
            if address in seen or len(seen) >= _MOST_PAGES:
                raise LiveError(f"{self._base} gives page after page without an end ({len(seen)} read)")
            seen.add(address)

    def revoke(self, user: str, permission: str) -> None:
        """Takes one permission of a person back. Raises LiveError."""
        answer = self._send("DELETE", f"{self._base}/{self._version}/{user}/permissions/{permission}")
        done = answer.get("success") if isinstance(answer, dict) else answer
        if done is not True:
            raise LiveError(f"{self._base} does not say that {permission} was taken back: {self._plain(answer)}")

    def _page(self, address: Any) -> str:
        """The address of a next page, without the token that the API puts into it."""
        if not isinstance(address, str):
            raise LiveError(f"{self._base} gives no address for the next page")
        try:
            found = urlsplit(address)
            same = _origin(address) == _origin(self._base)
        except ValueError:
            same = False
        if not same:
            raise LiveError(
                f"the next page of {self._base} is on another host, {self._plain(_host(address) or 'none')}: "
                "it is not asked, since it would get the token"
            )
        query = [(key, value) for key, value in parse_qsl(found.query) if key not in _SECRET_PARAMETERS]
        return f"{found.scheme}://{found.netloc}{found.path}?{urlencode(query)}"

    def _send(self, method: str, address: str) -> Any:
        """The decoded answer of a request, sent again where that may help."""
        for attempt in range(self._retries + 1):
            try:
                return self._decoded(method, self._in_time(lambda: self._once(method, address)))
            except _Again as error:
                if attempt == self._retries:
                    tries = f" (tried {attempt + 1} times)" if attempt else ""
                    raise LiveError(f"{error}{tries}") from None
                time.sleep(min(_LONGEST_PAUSE, max(error.pause or 0.0, _PAUSE * 2**attempt)))
        raise AssertionError("unreachable")

    def _in_time(self, action: Callable[[], _Answer]) -> _Answer:
        """What an action gives, if it ends in time: a server that sends a byte now and then keeps no socket waiting too long."""
        out: list[_Answer] = []
        failed: list[BaseException] = []

        def work() -> None:
            try:
                out.append(action())
            except BaseException as error:  # noqa: BLE001 -- raised below, in the thread that asked
                failed.append(error)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        thread.join(self._timeout)
        if thread.is_alive():
            raise _Again(f"{self._base} has not answered within {self._timeout:g} seconds")
        if failed:
            raise failed[0]
        return out[0]

    def _once(self, method: str, address: str) -> _Answer:
        """Sends a request once. Raises _Again where the connection fails, LiveError where it can't be trusted."""
        errors = self._http.exceptions
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": f"permlint/{__version__}",
        }
        try:
            response = self._pool.request(method, address, headers=headers, redirect=False, preload_content=False)
            try:
                body = b""
                while len(body) <= _MOST_BYTES and (chunk := response.read(_CHUNK, decode_content=False)):
                    body += chunk
            finally:
                response.close()
        except errors.NewConnectionError as error:  # which urllib3 counts among the timeouts
            raise _Again(f"{self._base} can't be reached: {self._plain(_reason(error))}") from None
        except errors.TimeoutError:
            raise _Again(f"{self._base} has not answered within {self._timeout:g} seconds") from None
        except errors.SSLError as error:
            raise LiveError(f"the certificate of {self._base} can't be trusted: {self._plain(str(error))}") from None
        except (errors.IncompleteRead, errors.ProtocolError):
            raise _Again(f"{self._base} has closed the connection before the answer was whole") from None
        except errors.HTTPError as error:
            raise _Again(f"{self._base} can't be reached: {self._plain(_reason(error))}") from None
        if len(body) > _MOST_BYTES:
            raise LiveError(f"the answer of {self._base} is larger than {_MOST_BYTES // 1_000_000} MB")
        return _Answer(response.status, response.headers, body)

    def _decoded(self, method: str, answer: _Answer) -> Any:
        if 300 <= answer.status < 400:
            where = self._plain(_host(answer.headers.get("Location", "")) or "nowhere")
            raise LiveError(
                f"{self._base} sends us on to {where} (HTTP {answer.status}): it is not followed, "
                "since another host would get the token; if that is the right one, name it with --api-base"
            )
        passing = answer.status >= 500 or answer.status == 429
        pause = _seconds(answer.headers.get("Retry-After"))
        try:
            data = json.loads(answer.body)
        except (ValueError, RecursionError):
            kind = self._plain(answer.headers.get("Content-Type", "no type"))
            message = f"{self._base} answers with something that is no JSON, or cut off (HTTP {answer.status}, {kind})"
            raise (_Again(message, pause) if passing else LiveError(message)) from None
        error = data.get("error") if isinstance(data, dict) else None
        if error is not None:
            message, again = self._error(method, error)
            raise _Again(message, pause) if again or passing else LiveError(message)
        if answer.status != 200:
            message = f"{self._base} answers with HTTP {answer.status}"
            raise _Again(message, pause) if passing else LiveError(message)
        return data

    def _error(self, method: str, error: Any) -> tuple[str, bool]:
        """What an error of the API says, and what to do; and whether trying again may help."""
        if not isinstance(error, dict):
            return f"{self._base} answers with an error: {self._plain(error)}", False
        code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
        known = self._edge.error(method, code, subcode) if code is not None else None
        named = f"error {code}" if code is not None else "an error without a code"
        named += f", subcode {subcode}" if subcode is not None else ""
        parts = [f"{self._base} answers with {named}"]
        parts += [known.summary if known is not None else "of which the documents of this edge say nothing"]
        parts += [f'it says "{self._plain(error["message"])}"'] if error.get("message") else []
        parts += [known.cure] if known is not None else []
        parts += [f"fbtrace_id {self._plain(error['fbtrace_id'])}"] if error.get("fbtrace_id") else []
        return "; ".join(parts), error.get("is_transient") is True or (known is not None and known.retry)

    def _plain(self, said: Any) -> str:
        """What a server says, as it can be shown: on one line, without the token or other secrets, not too long."""
        text = said if isinstance(said, str) else json.dumps(said)
        text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
        return mask(text.replace(self._token, "*" * 8))[:_SHOWN]


def _origin(address: str) -> tuple[str, str, int | None]:
    found = urlsplit(address)
    return found.scheme, (found.hostname or ""), found.port or {"https": 443, "http": 80}.get(found.scheme)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _reason(error: Exception) -> str:
    """The cause of a failed connection, without the library's own words around it."""
    return str(error).rpartition(": ")[2]


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _seconds(text: str | None) -> float | None:
    return float(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 6 else None
