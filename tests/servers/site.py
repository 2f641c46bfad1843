"""A site for real servers, as an ASGI and as a WSGI app: each answer at `/plain/NAME`, and behind the middleware at `/filled/NAME`.

Many answers are wrong on purpose. Both apps make them of the same `Answer`, so that one table holds for all servers.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import time
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, repeat
from typing import Any

import attrs

from adslot.contrib import asgi, wsgi
from tests.contrib.site import PAGE, POLICY

HTML = "text/html; charset=utf-8"
ETAG = '"v1"'
VALIDATORS = (("etag", ETAG), ("last-modified", "Thu, 05 Nov 2026 08:00:00 GMT"), ("content-md5", "Q2hlY2sgaXQhIQ=="))
HALF = PAGE[: len(PAGE) // 2]
BIG_BYTES, LONG_BYTES, MIDDLE_BYTES = 1_000_000, 500_000, 250_000
# What has no end, for the tests.
TICK, TICKS, TICK_SECONDS = b"<p>Noch eine Zeile, und die Seite ist nicht zu Ende.\n", 300, 0.01


@attrs.frozen
class Answer:
    """What the app sends: *chunks*, and then the *end*, which may also be an error or none at all."""

    headers: tuple[tuple[str, str], ...]
    chunks: Iterable[bytes] = ()
    status: str = "200 OK"
    end: str = "whole"
    pause: float = 0.0  # seconds between the chunks


def answer(*chunks: bytes, length: object = None, media: str = HTML, **more: Any) -> Answer:
    """An answer with the headers that apps give."""
    lengths = () if length is None else (("content-length", str(length)),)
    return Answer((("content-type", media), *lengths, *more.pop("headers", ())), chunks, **more)


def whole(body: bytes = PAGE, **more: Any) -> Answer:
    """An answer that is as long as it says."""
    return answer(body, length=len(body), **more)


@cache
def page(size: int) -> bytes:
    """A page of at least *size* bytes, always the same one."""
    head, found, rest = PAGE.partition(b"<p>")
    story = (found + rest).partition(b"</article>")[0]
    text = story.replace(b"<p>", b" ").strip()
    section = b"<h2>Die Lage am Hafen</h2>\n" + story + b"<p>" + text + b"</p>\n"
    return head + section * (size // len(section) + 1) + b"</article></body></html>\n"


def answers() -> dict[str, Answer]:
    """All of them, by name."""
    cut = [PAGE[index : index + 100] for index in range(0, len(PAGE), 100)]
    packed = gzip.compress(PAGE, mtime=0)
    return {
        "ping": answer(b"pong", length=4, media="text/plain"),
        "page": whole(headers=VALIDATORS),
        "chunked": answer(*cut, headers=VALIDATORS),
        "big": whole(page(BIG_BYTES)),
        "long-page": whole(page(LONG_BYTES)),
        "made": whole(page(TOLD.pop("bytes", MIDDLE_BYTES))),
        "middle": whole(page(MIDDLE_BYTES), headers=VALIDATORS),
        "slotless": whole(headers=(*VALIDATORS, ("adslot", "off"))),
        "short": answer(HALF, length=len(PAGE), headers=VALIDATORS),
        "short-cut": answer(*cut[:3], length=len(PAGE), headers=VALIDATORS),
        "empty": answer(length=len(PAGE), headers=VALIDATORS),
        "long": answer(PAGE, length=len(HALF), headers=VALIDATORS),
        "long-cut": answer(*cut, length=len(HALF), headers=VALIDATORS),
        "stopped": answer(*cut[:3], end="stop", headers=VALIDATORS),
        "raised": answer(*cut[:3], end="raise"),
        "gzip": whole(packed, headers=(*VALIDATORS, ("content-encoding", "gzip"))),
        "gzip-said": whole(headers=(*VALIDATORS, ("content-encoding", "gzip"))),
        "gzip-unsaid": whole(packed, headers=VALIDATORS),
        "charset": whole(PAGE.decode().encode("cp1252"), headers=VALIDATORS),
        "part": whole(b"<p>Ein Teil.<p>Und noch einer.", headers=VALIDATORS),
        "json": whole(b'{"html": "<p>"}', media="application/json", headers=VALIDATORS),
        "missing": whole(status="404 Not Found", headers=VALIDATORS),
        "nothing": Answer((), status="204 No Content"),
        "too-long": answer(*[page(BIG_BYTES)] * 3, headers=VALIDATORS),
        "endless": answer(PAGE, end="endless", pause=TICK_SECONDS),
        "endless-said": answer(PAGE, length=5000, end="endless", pause=TICK_SECONDS),
        "digits": answer(PAGE, length="9" * 5000),
        "minus": answer(PAGE, length="-5"),
        "plus": answer(PAGE, length=f"+{len(PAGE)}"),
        "list": answer(PAGE, length=f"{len(PAGE)}, {len(PAGE)}"),
        "twice": whole(headers=(("content-length", str(len(PAGE))),)),
    }


# What the process was told: the length of one page, and of the middleware all else.
TOLD: dict[str, Any] = json.loads(os.environ.get("ADSLOT_SITE", "{}"))
ANSWERS = answers()


def chosen(name: str, method: str, tags: str, span: str) -> Answer:
    """The answer to a request, which may have conditions."""
    if name in {"page", "middle"} and ETAG in tags:
        return Answer(VALIDATORS, status="304 Not Modified")
    if name == "page" and span:
        headers = (("content-range", f"bytes 10-19/{len(PAGE)}"),)
        return whole(PAGE[10:20], status="206 Partial Content", headers=(*VALIDATORS, *headers))
    found = ANSWERS[name]
    return attrs.evolve(found, chunks=()) if method == "HEAD" else found


async def _asgi(scope: asgi.Scope, receive: asgi.Receive, send: asgi.Send) -> None:
    given = {name.decode(): value.decode() for name, value in scope["headers"]}
    name = scope["path"].rpartition("/")[2]
    said = chosen(name, scope["method"], given.get("if-none-match", ""), given.get("range", ""))
    headers = [(key.encode(), value.encode()) for key, value in said.headers]
    await send({"type": "http.response.start", "status": int(said.status[:3]), "headers": headers})
    for chunk in chain(said.chunks, repeat(TICK, TICKS) if said.end == "endless" else ()):
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await asyncio.sleep(said.pause)
    if said.end == "raise":
        raise RuntimeError("die Datenbank ist weg")
    if said.end == "whole":
        await send({"type": "http.response.body", "body": b""})


def _wsgi(environ: wsgi.Environ, start_response: Any) -> Iterable[bytes]:
    name = environ["PATH_INFO"].rpartition("/")[2]
    tags, span = environ.get("HTTP_IF_NONE_MATCH", ""), environ.get("HTTP_RANGE", "")
    said = chosen(name, environ["REQUEST_METHOD"], tags, span)
    start_response(said.status, list(said.headers))
    return _chunks(said)


def _chunks(said: Answer) -> Iterator[bytes]:
    for chunk in chain(said.chunks, repeat(TICK, TICKS) if said.end == "endless" else ()):
        yield chunk
        time.sleep(said.pause)
    if said.end == "raise":
        raise RuntimeError("die Datenbank ist weg")


def asgi_app() -> asgi.App:
    """The site for an ASGI server."""
    filled = asgi.AdslotMiddleware(_asgi, POLICY, **TOLD)

    async def app(scope: asgi.Scope, receive: asgi.Receive, send: asgi.Send) -> None:
        await (filled if scope["path"].startswith("/filled/") else _asgi)(scope, receive, send)

    return app


def wsgi_app() -> Any:
    """The site for a WSGI server."""
    filled = wsgi.AdslotMiddleware(_wsgi, POLICY, **TOLD)
    return lambda environ, start: (filled if environ["PATH_INFO"].startswith("/filled/") else _wsgi)(environ, start)
