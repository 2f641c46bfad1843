"""ASGI middleware: the pages that an app sends get their slots on the way out.

>>> async def app(scope, receive, send):
...     await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
...     await send({"type": "http.response.body", "body": b"<!doctype html><p>Eins.</p><p>Zwei.</p>"})
>>> app = AdslotMiddleware(app, "de-news", context=lambda scope: {"path": scope["path"]})
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from inspect import isawaitable
from pathlib import Path
from typing import Any

import attrs

from adslot import Related
from adslot.contrib._filler import LIMIT, Filler, Page, Relevance, log_failure, log_refusal
from adslot.contrib._policies import Setting
from adslot.contrib._responses import Headers, Response, is_marked, too_long, unmarked

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

Context = Mapping[str, object] | None
Articles = Iterable[Related]

_CONDITIONS = (b"if-match", b"if-none-match")
_BODIES = ("http.response.pathsend", "http.response.zerocopysend")  # sent by the server itself, from a file


class AdslotMiddleware:
    """Places the slots of *policy* in the whole HTML pages that *app* sends with the status 200.

    *policy* is a path, the name of a preset, a mapping or a `Policy`. *context* and *related* are those of
    `adslot.place`, or functions, also async ones, that are given the scope and return them; *relevance* is that
    of `adslot.place`. A page of more than *limit* bytes is passed through as it is.
    Raises PolicyError for a wrong policy.
    """

    def __init__(
        self,
        app: App,
        policy: Setting,
        *,
        context: Context | Callable[[Scope], Context | Awaitable[Context]] = None,
        related: Articles | Callable[[Scope], Articles | Awaitable[Articles]] = (),
        relevance: Relevance | None = None,
        limit: int = LIMIT,
    ) -> None:
        self.app = app
        self._filler = Filler(policy, context=context, related=related, relevance=relevance, limit=limit)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the app. What is no HTTP is none of the middleware's business."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        exchange = _Exchange(self._filler, scope, send)
        await self.app(await exchange.request(), receive, exchange.send)
        return await exchange.end()


@attrs.frozen
class _Held:
    """The beginning of a response, and what has come of its body."""

    start: Message
    response: Response
    page: Page
    body: bytearray = attrs.field(factory=bytearray)


class _Exchange:
    """One request and its response: a page is held back until it is complete, all else goes straight on."""

    def __init__(self, filler: Filler, scope: Scope, send: Send) -> None:
        self._filler, self._scope, self._send = filler, scope, send
        self._path: str = scope["path"]
        self._is_asked = False
        self._page: Page | None = None
        self._matched: Page | None = None  # the page of whose tags the request speaks
        self._held: _Held | None = None

    async def request(self) -> Scope:
        """The scope for the app, in which it finds the entity tags that it gave."""
        headers = list(self._scope["headers"])
        for index, (name, value) in enumerate(headers):
            tags = value.decode("latin-1")
            if name.lower() in _CONDITIONS and is_marked(tags) and (page := await self._known()):
                headers[index] = (name, unmarked(tags, page.mark).encode("latin-1"))
                self._matched = page
        return {**self._scope, "headers": headers} if self._matched else self._scope

    async def send(self, message: Message) -> None:
        """Take a message of the app."""
        kind = message["type"]
        if kind == "http.response.start":
            await self._begin(message)
        elif self._held is None:
            await self._send(message)
        elif kind == "http.response.body":
            await self._hold(self._held, message.get("body", b""), is_last=not message.get("more_body", False))
        elif kind == "http.response.pathsend" and (body := _read(message["path"], self._filler.limit)) is not None:
            await self._hold(self._held, body, is_last=True)
        else:
            if kind in _BODIES:
                await self._release(self._held, "it is sent from a file")
            await self._send(message)

    async def end(self) -> None:
        """Let go of a response that the app has not completed, and leave it to the server to complain."""
        if self._held is not None:
            await self._release(self._held, "the app has not sent it to its end")

    async def _known(self) -> Page | None:
        """What is known of the page; asked once, and None where that failed."""
        if not self._is_asked:
            self._is_asked = True
            try:
                said = [await each if isawaitable(each) else each for each in self._filler.ask(self._scope)]
                self._page = self._filler.page(*said)
            except Exception as error:  # noqa: BLE001  # a database that is away must not cost the reader the article
                log_failure(self._path, error)
        return self._page

    async def _begin(self, start: Message) -> None:
        response = Response.of(start["status"], _text(start.get("headers", ())))
        refusal = "it has trailers" if start.get("trailers") else response.refusal(self._filler.limit)
        if refusal:
            log_refusal(self._path, refusal)
            await self._send(_with(start, response.unchanged(self._matched)))
        elif not (page := await self._known()):
            await self._send(_with(start, response.failed()))
        elif self._scope["method"] == "HEAD":
            await self._send(_with(start, response.filled(page, None)))
        else:
            self._held = _Held(start, response, page)

    async def _hold(self, held: _Held, body: bytes, *, is_last: bool) -> None:
        held.body.extend(body)
        if len(held.body) > self._filler.limit:
            await self._release(held, too_long(self._filler.limit), is_last=is_last)
        elif is_last:
            self._held = None
            headers, filled = self._filler.complete(held.response, bytes(held.body), held.page, self._path)
            await self._send(_with(held.start, headers))
            await self._send({"type": "http.response.body", "body": filled})

    async def _release(self, held: _Held, refusal: str, *, is_last: bool = False) -> None:
        """Send what is held as it is; what follows goes straight on."""
        self._held = None
        log_refusal(self._path, refusal)
        await self._send(_with(held.start, held.response.overlong(held.page)))
        await self._send({"type": "http.response.body", "body": bytes(held.body), "more_body": not is_last})


def _text(headers: Iterable[Iterable[bytes]]) -> Headers:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]


def _with(start: Message, headers: Headers) -> Message:
    """The message with other headers, whose names are in lower case as ASGI wants them."""
    encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return {**start, "headers": encoded}


def _read(path: str, limit: int) -> bytes | None:
    """A file that the app would have the server send, None where it has more than *limit* bytes."""
    with Path(path).open("rb") as file:
        body = file.read(limit + 1)
    return body if len(body) <= limit else None
