"""Requests over HTTP: what each is answered, and what is none.

Pages of other sites can have a browser post forms and plain text to anybody; JSON and HTML they cannot, unless asked
before, and nothing here says yes to that. So nothing else is taken.
"""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import adslot
from adslot._version import VERSION
from adslot.cli.asking import RequestError, answer, is_to_blame, now_of, refuse_unknown, said
from adslot.cli.contexts import value_of
from adslot.cli.listening import Server, error_body

# A longer body is not read.
MOST_BYTES = 16 << 20
_JSON, _HTML = "application/json", "text/html"
_PATHS = {"/place": ("POST",), "/health": ("GET", "HEAD")}
_QUERY = ("context", "url", "now", "mode", "id_prefix")
# How much is read at once of what is refused, and for how many seconds.
_CHUNK, _LINGER = 1 << 16, 5


class RefusedError(Exception):
    """A request that is not answered, and the *status* that says why."""

    def __init__(self, status: int, why: str, **headers: str) -> None:
        super().__init__(why)
        self.status, self.headers = status, headers


class Handler(BaseHTTPRequestHandler):
    """One connection: request after request, as long as the other side likes."""

    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.0"  # an answer to what says none has a head, too
    timeout = 30  # seconds without a word
    wbufsize = -1  # an answer goes out in one piece, and at once
    disable_nagle_algorithm = True
    server: Server

    def handle(self) -> None:
        """Answer request after request."""
        self.close_connection = True
        self.handle_one_request()
        while not self.close_connection:
            self.server.await_request(self.connection)
            if self.server.is_ending:  # asked after the line above, so that one of the two sees the other
                break
            self.handle_one_request()

    def parse_request(self) -> bool:
        """Read the head of a request, of which there is a line."""
        self.server.idle.discard(self.connection)
        return super().parse_request()

    def do_GET(self) -> None:
        """Answer whether all is well."""
        with self._refusing():
            self._admit()
            if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:  # a body that nobody reads
                self.close_connection = True
            self._send(200, _JSON, json.dumps({"status": "ok", "version": VERSION}).encode() + b"\n")

    def do_HEAD(self) -> None:
        """Answer the same, without saying it."""
        self.do_GET()

    def do_POST(self) -> None:
        """Answer with a filled article."""
        with self._refusing():
            self._admit()
            type_ = self.headers.get_content_type()
            if type_ not in {_JSON, _HTML}:
                raise RefusedError(415, f"expected a body of {_JSON} or {_HTML}, found {type_}")
            body = self._body()
            (self._answer_json if type_ == _JSON else self._answer_html)(body)

    def _answer_json(self, body: bytes) -> None:
        found = answer(body, self.server.policy)
        self._send(_status(found.error), _JSON, found.line)

    def _answer_html(self, body: bytes) -> None:
        try:
            how = _told_by(urlsplit(self.path).query)
            encoding = self._charset()
            result = adslot.place(body, self.server.policy, encoding=encoding, **how)
        except Exception as error:  # noqa: BLE001  # of this request only
            self._send(_status(error), _JSON, error_body(said(error)))
        else:
            self._send(200, self.headers["Content-Type"], result.html)

    def _charset(self) -> str | None:
        try:
            return self.headers.get_content_charset()
        except (TypeError, ValueError, LookupError) as error:
            raise RequestError("Content-Type: expected a charset such as utf-8") from error

    def _admit(self) -> None:
        """Raise RefusedError for who asks for another host, another path, or in another way."""
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not self.server.address.answers(hosts[0].strip()):
            raise RefusedError(421, f"not the host {', '.join(hosts)!r:.80}: see --allow-host")
        path = _path_of(self.path)
        if path not in _PATHS:
            raise RefusedError(404, f"no {path!r:.80} here: there are {' and '.join(_PATHS)}")
        if self.command not in _PATHS[path]:
            allowed = ", ".join(_PATHS[path])
            raise RefusedError(405, f"{path} is for {allowed}", Allow=allowed)

    def _body(self) -> bytes:
        """The body. Raises RefusedError where its length is not known or too much."""
        lengths = self.headers.get_all("Content-Length", [])
        if self.headers["Transfer-Encoding"] or not lengths:
            raise RefusedError(411, "expected a Content-Length, and a body in one piece")
        if len(lengths) > 1 or not (lengths[0].isascii() and lengths[0].isdigit()):
            raise RefusedError(400, "Content-Length: expected one number")
        if len(lengths[0]) > 15 or int(lengths[0]) > MOST_BYTES:
            raise RefusedError(413, f"expected up to {MOST_BYTES} bytes, found {lengths[0]:.20}")
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.send_response_only(HTTPStatus.CONTINUE)
            self.end_headers()
            self.wfile.flush()
        body = self.rfile.read(int(lengths[0]))
        self.server.unread.pop(self.connection, None)
        if len(body) < int(lengths[0]):
            raise RefusedError(400, f"expected {lengths[0]} bytes, found {len(body)}")
        return body

    @contextlib.contextmanager
    def _refusing(self) -> Iterator[None]:
        """Answer what is refused; its body, unread, would be the next request, so the connection ends."""
        try:
            yield
        except RefusedError as error:
            self.close_connection = True
            self._send(error.status, _JSON, error_body(str(error)), **error.headers)
            self._linger()

    def _send(self, status: int, type_: str, body: bytes, **headers: str) -> None:
        self.close_connection = self.close_connection or self.server.is_ending
        self.send_response(status)
        more = {"Connection": "close"} if self.close_connection else {}
        heads = {"Content-Type": type_, "Content-Length": str(len(body)), "Cache-Control": "no-store"}
        for name, value in {**heads, **more, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else body)

    def _linger(self) -> None:
        """Wait until the other side has said what it wanted to: it would lose the answer to a connection that is cut."""
        with contextlib.suppress(OSError):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(1)
            end = monotonic() + _LINGER
            while monotonic() < end and self.connection.recv(_CHUNK):
                pass

    def version_string(self) -> str:
        """Who answers, as the header `Server` has it."""
        return f"adslot/{VERSION}"

    def handle_expect_100(self) -> bool:
        """Let wait who asks whether to send a body, until it is known that it is wanted."""
        return True

    def send_error(self, code: int, message: str | None = None, _explain: str | None = None) -> None:
        """Answer what is no HTTP, or too much of it."""
        self.close_connection = True
        self._send(code, _JSON, error_body(message or HTTPStatus(code).phrase))

    def log_message(self, *_parts: Any) -> None:
        """Say nothing: whoever asks knows, and keeps a log where one is wanted."""


def _path_of(target: str) -> str:
    """The path of what is asked for, nothing where that is no URL."""
    try:
        return urlsplit(target).path
    except ValueError:
        return ""


def _status(error: Exception | None) -> int:
    return 200 if error is None else 400 if is_to_blame(error) else 500


def _told_by(query: str) -> dict[str, Any]:
    """What a query says of an article, as arguments of `place`. Raises RequestError."""
    found: dict[str, Any] = {}
    context: dict[str, Any] = {}
    for name, text in parse_qsl(query, keep_blank_values=True):
        refuse_unknown(name, _QUERY, "parameter")
        if name != "context":
            found[name] = now_of(text) if name == "now" else text
            continue
        key, equals, value = text.partition("=")
        if not (key and equals):
            raise RequestError(f"context: expected KEY=VALUE, found {text!r:.80}")
        context[key] = value_of(value)
    return {**found, "context": context} if context else found
