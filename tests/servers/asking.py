"""Clients that see all that comes over the wire: a break, a length that is not true, a connection that goes on."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import attrs

SECONDS = 20.0  # for any answer: more is a fault


@attrs.frozen
class Reply:
    """A response as a client understands it. *end* is `whole`, `broken`, or `closed` where nothing tells the two apart."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    end: str

    def header(self, name: str) -> str | None:
        """The value of a header."""
        return dict(self.headers).get(name)


@contextmanager
def connected(port: int, *, receives: int = 0) -> Iterator[socket.socket]:
    """A connection, whose buffer may be small."""
    with socket.socket() as client:
        if receives:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
        client.settimeout(SECONDS)
        client.connect(("127.0.0.1", port))
        yield client


def request(path: str, method: str = "GET", version: str = "1.1", **headers: str) -> bytes:
    """The bytes of a request after which the connection ends."""
    named = {"host": "site", "connection": "close"} | {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{method} {path} HTTP/{version}", *(f"{name}: {value}" for name, value in named.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def ask(port: int, path: str, method: str = "GET", version: str = "1.1", **headers: str) -> Reply:
    """The reply to one request."""
    with connected(port) as client:
        client.sendall(request(path, method, version, **headers))
        return understood(b"".join(_all(client)), method)


def beginning(port: int, path: str, size: int, seconds: float = SECONDS) -> bytes:
    """The first *size* bytes of the body, for whatever comes after them."""
    with connected(port) as client:
        client.sendall(request(path, version="1.0"))
        data, until = b"", time.monotonic() + seconds
        while len(data.partition(b"\r\n\r\n")[2]) < size:
            client.settimeout(max(until - time.monotonic(), 0.001))
            if not (some := client.recv(65536)):
                break
            data += some
    return data.partition(b"\r\n\r\n")[2][:size]


def understood(data: bytes, method: str = "GET") -> Reply:
    """All that came over a connection, as one response."""
    head, found, rest = data.partition(b"\r\n\r\n")
    if not found:
        return Reply("", (), data, "broken")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = tuple((name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines))
    said = dict(headers)
    if method == "HEAD" or status.split()[1] in {"204", "304"}:
        if said.get("server") == "waitress" and said.get("transfer-encoding") == "chunked":
            rest = rest.removesuffix(b"0\r\n\r\n")  # which it sends of any app that names no length, and hangs up
        return Reply(status, headers, rest, "whole" if not rest else "broken")
    if said.get("transfer-encoding") == "chunked":
        body, is_whole = _unchunked(rest)
        return Reply(status, headers, body, "whole" if is_whole else "broken")
    if (length := said.get("content-length", "")).isdecimal() and len(length) < 19:
        return Reply(status, headers, rest, "whole" if len(rest) == int(length) else "broken")
    return Reply(status, headers, rest, "closed")


def _unchunked(data: bytes) -> tuple[bytes, bool]:
    body = b""
    while data:
        size, _, data = data.partition(b"\r\n")
        count = int(size, 16)
        if not count:
            return body, True
        body, data = body + data[:count], data[count + 2 :]
    return body, False


def _all(client: socket.socket) -> Iterator[bytes]:
    try:
        while data := client.recv(65536):
            yield data
    except ConnectionResetError:
        return
