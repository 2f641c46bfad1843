"""Listening: articles of other programs over HTTP, on this machine, until a signal ends it.

The standard library's server, a thread to a connection. At a signal it takes no more connections, ends those that
say nothing, and answers what was asked before.
"""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import socketserver
import sys
from collections.abc import Iterable
from http import HTTPStatus
from threading import Thread
from time import monotonic, sleep

import click

from adslot.cli.addresses import Address
from adslot.cli.streams import reason_of
from adslot.policy.policy import Policy

# More at once are told to come again.
MOST_CONNECTIONS = 100
# Seconds in which a request must have come; and those that one has which is being sent when the server ends.
LONGEST_REQUEST, _GRACE = 60, 10
_ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


Handler = type[socketserver.BaseRequestHandler]


def error_body(why: str) -> bytes:
    """What an answer says that is an error."""
    return json.dumps({"error": why}).encode() + b"\n"


def _refusal(status: int, why: str) -> bytes:
    body = error_body(why)
    head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: application/json"
    return f"{head}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


class Server(socketserver.ThreadingTCPServer):
    """Listens at an *address*, and has what is said there handled by a *policy*."""

    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, address: Address, policy: Policy, handler: Handler) -> None:
        self.address, self.policy, self.is_ending = address, policy, False
        self.address_family = socket.AF_INET6 if address.is_version_6 else socket.AF_INET
        self._open: set[socket.socket] = set()
        self.idle: set[socket.socket] = set()  # those of which nothing has been asked since the last answer
        self.unread: dict[socket.socket, float] = {}  # those that a request is awaited or read from, and since when
        super().__init__((address.host, address.port), handler)

    @property
    def port(self) -> int:
        """Where it listens, also when any free port was asked for."""
        return int(self.socket.getsockname()[1])

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Begin a connection, in a thread of its own."""
        if not isinstance(request, socket.socket):  # of a server for UDP
            return
        if len(self._open) >= MOST_CONNECTIONS:
            with contextlib.suppress(OSError):
                request.sendall(_refusal(503, f"{MOST_CONNECTIONS} connections are open: come again"))
            self.shutdown_request(request)
            return
        self._open.add(request)
        self.await_request(request)
        super().process_request(request, client_address)

    def await_request(self, connection: socket.socket) -> None:
        """Begin to wait for a request on a *connection*."""
        self.unread[connection] = monotonic()
        self.idle.add(connection)

    def service_actions(self) -> None:
        """Read no more from those who are too long about one request: others wait for their place."""
        latest = monotonic() - LONGEST_REQUEST
        _read_no_more([connection for connection, since in list(self.unread.items()) if since < latest])

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """End a connection."""
        self._open.discard(request)
        if isinstance(request, socket.socket):
            self.idle.discard(request)
            self.unread.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, _request: object, _client_address: object) -> None:
        """A connection that broke is nobody's loss; anything else is told."""
        error = sys.exception()
        if not isinstance(error, OSError):
            click.echo(f"adslot: {type(error).__name__}: {error}", err=True)

    def end(self) -> None:
        """Take no more connections, and let those end that nothing is asked on."""
        self.is_ending = True
        self.shutdown()
        _read_no_more(list(self.idle))
        end = monotonic() + _GRACE
        while self.unread and monotonic() < end:
            sleep(0.05)
        _read_no_more(list(self.unread))


def _read_no_more(connections: Iterable[socket.socket]) -> None:
    for connection in connections:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RD)


def listen(address: Address, policy: Policy, handler: Handler) -> None:
    """Listen at an *address* until a signal ends it. Raises ClickException where that cannot be."""
    try:
        server = Server(address, policy, handler)
    except OSError as error:
        raise click.ClickException(f"cannot listen on {address.url(address.port)}: {reason_of(error)}") from error
    with server:  # at its end it waits for the threads
        _end_at_signals(server)
        click.echo(f"adslot: listening on {address.url(server.port)}", err=True)
        server.serve_forever(poll_interval=0.1)


def _end_at_signals(server: Server) -> None:
    """Let a signal end the *server*, unless it is ignored; the second one ends the process at once."""

    def end(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        Thread(target=server.end).start()  # it waits for the loop that the signal has interrupted

    for number in _ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, end)
