"""Real servers on the loopback, and clients that ask them: for the tests, and for benchmarks/middleware.py.

A server has the page twice, at `/plain` and behind the middleware at `/filled`, so that both are asked under the same
conditions. Run as a program, it listens at a free port and prints its number.
"""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication

import attrs
import uvicorn
import waitress
from starlette.responses import HTMLResponse

from adslot.contrib import asgi, wsgi

ROOT = Path(__file__).parents[2]
PATHS = ("/plain", "/filled")


@attrs.frozen
class Reply:
    """What came of a request: the seconds that it took, and what was wrong with the answer."""

    path: str
    seconds: float
    fault: str | None


@contextmanager
def served(server: str, policy: Path, page: Path) -> Iterator[int]:
    """The port of a server in a process of its own, which ends with the context."""
    command = [sys.executable, "-m", "tests.contrib.load", server, str(policy), str(page)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def ask(port: int, expected: Mapping[str, bytes], *, count: int, connections: int) -> list[Reply]:
    """Ask *count* times for each path in turn, over so many connections at once that are kept alive."""

    def work(share: int) -> list[Reply]:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        replies = [_reply(connection, path, body) for _ in range(share) for path, body in expected.items()]
        connection.close()
        return replies

    shares = [count // connections + (number < count % connections) for number in range(connections)]
    with ThreadPoolExecutor(connections) as pool:
        return [reply for replies in pool.map(work, shares) for reply in replies]


def _reply(connection: HTTPConnection, path: str, expected: bytes) -> Reply:
    start = time.perf_counter()
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
    except (OSError, HTTPException) as error:
        connection.close()
        return Reply(path, time.perf_counter() - start, repr(error))
    seconds = time.perf_counter() - start
    if (response.status, response.headers["content-length"]) != (200, str(len(expected))):
        return Reply(path, seconds, f"status {response.status}, length {response.headers['content-length']}")
    return Reply(path, seconds, None if body == expected else "the body is another one")


def _asgi(page: bytes, policy: str) -> asgi.App:
    plain = HTMLResponse(page)
    filled = asgi.AdslotMiddleware(plain, policy)

    async def app(scope: asgi.Scope, receive: asgi.Receive, send: asgi.Send) -> None:
        await (filled if scope["path"] == "/filled" else plain)(scope, receive, send)

    return app


def _wsgi(page: bytes, policy: str) -> WSGIApplication:
    def plain(environ: wsgi.Environ, start_response: StartResponse) -> list[bytes]:
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))]
        start_response("200 OK", headers)
        return [page]

    filled = wsgi.AdslotMiddleware(plain, policy)
    return lambda environ, start: (filled if environ["PATH_INFO"] == "/filled" else plain)(environ, start)


def main(server: str, policy: str, page: str) -> None:
    """Serve until the process is ended."""
    # asyncio sends without delay only over sockets that say that they are TCP.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    print(listening.getsockname()[1], flush=True)  # noqa: T201  # for the process that started this one
    body = Path(page).read_bytes()
    if server == "uvicorn":
        uvicorn.Server(uvicorn.Config(_asgi(body, policy), log_level="warning", lifespan="off")).run([listening])
    else:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that requests wait is what a load is
        waitress.serve(_wsgi(body, policy), sockets=[listening], threads=4)


if __name__ == "__main__":
    main(*sys.argv[1:])
