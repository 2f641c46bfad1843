"""ASGI middleware: the pages that an app sends get their slots on the way out.

>>> async def app(scope, receive, send):
...     await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
...     await send({"type": "http.response.body", "body": b"<!doctype html><p>Eins.</p><p>Zwei.</p>"})
>>> app = AdslotMiddleware(app, "de-news", context=lambda scope: {"path": scope["path"]})
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from functools import partial
from inspect import isawaitable
from typing import Any

from adslot import Related
from adslot.contrib._filler import LIMIT, PATIENCE, WORKERS, Filler, RequestedPage, log_broken, log_refusal
from adslot.contrib._held import Held, owned
from adslot.contrib._orders import Filled, Order, Relevance
from adslot.contrib._policies import Setting
from adslot.contrib._responses import Headers, Response, is_marked, unmarked
from adslot.contrib._waits import read, running, settled

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

Context = Mapping[str, object] | None
Articles = Iterable[Related]

_CONDITIONS = (b"if-match", b"if-none-match")
_FILES = ("http.response.pathsend", "http.response.zerocopysend")  # sent by the server itself


class AdslotMiddleware:
    """Places the slots of *policy* in the whole HTML pages that *app* sends with the status 200.

    *policy* is a path, the name of a preset, a mapping or a `Policy`. *context* and *related* are those of
    `adslot.place`, or functions, also async ones, that are given the scope and return them; *relevance* is that
    of `adslot.place`. A page of more than *limit* bytes is passed through as it is, and so is one that is not
    complete, or not filled, *patience* seconds after it began. Pages that take long are filled in so many *workers*,
    processes beside the server; with 0, in the server itself.
    Raises PolicyError for a wrong policy.
    """

    def __init__(  # noqa: PLR0913  # what a site may say of its pages, and what of its server
        self,
        app: App,
        policy: Setting,
        *,
        context: Context | Callable[[Scope], Context | Awaitable[Context]] = None,
        related: Articles | Callable[[Scope], Articles | Awaitable[Articles]] = (),
        relevance: Relevance | None = None,
        limit: int = LIMIT,
        patience: float = PATIENCE,
        workers: int = WORKERS,
    ) -> None:
        self.app = app
        self._filler = Filler(
            policy,
            context=context,
            related=related,
            relevance=relevance,
            limit=limit,
            patience=patience,
            workers=workers,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the app. What is no HTTP is none of the middleware's business."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        return await _Exchange(self._filler, scope, receive, send).run(self.app)


class _Exchange:
    """One request and its response: a page is held back until it is complete, all else goes straight on."""

    def __init__(self, filler: Filler, scope: Scope, receive: Receive, send: Send) -> None:
        self._filler, self._scope, self._receive, self._send = filler, scope, receive, send
        self._path: str = scope["path"]
        self._loop = running()
        self._is_asked = False
        self._page: RequestedPage | None = None
        self._matched: RequestedPage | None = None  # the page of whose tags the request speaks
        self._is_gone = False  # the client
        self._is_begun = False  # the response
        self._held: Held | None = None
        self._messages: list[Message] = []  # which make up what is held
        self._alarm: asyncio.TimerHandle | None = None
        self._release: asyncio.Task[None] | None = None  # of a page that could not be waited for any longer

    async def run(self, app: App) -> None:
        """Call *app*, and let go of a response that it has not completed: the server shall complain of that."""
        try:
            await app(await self._request(), self.receive, self.send)
            if self._release:
                await self._release
            if self._held:
                (log_refusal if self._is_gone else log_broken)(self._path, "the app has not sent it to its end")
                await self._let_go(self._held.response.headers)
        finally:
            self._disarm()
            if self._release:
                self._release.cancel()

    async def receive(self) -> Message:
        """Give a message to the app."""
        message = await self._receive()
        self._is_gone = self._is_gone or message["type"] == "http.disconnect"
        return message

    async def send(self, message: Message) -> None:
        """Take a message of the app."""
        if self._release:
            await self._release
        kind = message["type"]
        if kind == "http.response.start":
            await self._begin(message)
        elif self._held is None:
            await self._send(message)
        elif kind == "http.response.body":
            data = owned(message.get("body", b""))
            await self._hold(self._held, {**message, "body": data}, data, is_last=not message.get("more_body", False))
        elif kind in _FILES:
            await self._hold_file(self._held, message)
        else:
            await self._send(message)

    async def _request(self) -> Scope:
        """The scope for the app, in which it finds the entity tags that it gave."""
        headers = list(self._scope["headers"])
        for index, (name, value) in enumerate(headers):
            tags = value.decode("latin-1")
            if name.lower() in _CONDITIONS and is_marked(tags) and (page := await self._known()):
                headers[index] = (name, unmarked(tags, page.mark).encode("latin-1"))
                self._matched = page
        return {**self._scope, "headers": headers} if self._matched else self._scope

    async def _known(self) -> RequestedPage | None:
        """What is known of the page; asked once, and None where that failed."""
        if not self._is_asked:
            self._is_asked = True
            try:
                said = [await each if isawaitable(each) else each for each in self._filler.ask(self._scope)]
                self._page = self._filler.page(*said)
            except Exception as error:  # noqa: BLE001  # a database that is away must not cost the reader the article
                self._filler.fail(self._path, error)
        return self._page

    async def _begin(self, start: Message) -> None:
        if self._is_begun:  # once more: the server shall see all of it
            await self._let_go(self._held.response.headers if self._held else [], start)
            return
        self._is_begun = True
        response = Response.of(start["status"], _text(start.get("headers", ())))
        refusal = "it has trailers" if start.get("trailers") else response.refusal(self._filler.limit)
        if refusal:
            self._filler.leave(self._path, refusal)
            await self._send(_with(start, response.unchanged(self._matched)))
        elif not (page := await self._known()):
            await self._send(_with(start, response.failed()))
        elif self._scope["method"] == "HEAD":
            await self._send(_with(start, response.filled(page, None)))
        else:
            self._held, self._messages = Held.of(self._filler, response, page, self._path), [start]
            if self._loop:
                self._alarm = self._loop.call_later(self._filler.patience, self._give_up, self._held, self._loop)

    async def _hold(self, held: Held, message: Message, data: bytes, *, is_last: bool) -> None:
        self._messages.append(message)
        held.add(data)
        headers = held.let_go()
        if headers is None and is_last:
            headers = held.unfit()
        if headers is not None:
            await self._let_go(headers)
        elif is_last:
            await self._complete(held)

    async def _hold_file(self, held: Held, message: Message) -> None:
        self._disarm()
        reading = partial(read, message.get("path"), self._filler.limit)
        data = None
        if "path" in message:
            data = await self._loop.run_in_executor(None, reading) if self._loop else reading()
        if data is None:
            self._filler.leave(self._path, "it is sent from a file")
            await self._let_go(held.response.headers, message)
        else:
            await self._hold(held, message, data, is_last=True)

    async def _complete(self, held: Held) -> None:
        self._held = None
        self._disarm()
        outcome = await self._outcome(held.order, held.deadline)
        headers, filled = self._filler.complete(outcome, held.response, held.page, self._path)
        if filled is None:
            await self._let_go(headers)
        else:
            await self._send(_with(self._messages[0], [(name.lower(), value) for name, value in headers]))
            await self._send({"type": "http.response.body", "body": filled})

    async def _outcome(self, order: Order, deadline: float) -> Filled | Exception:
        """The page with its slots, or why there is none. Others go on while a worker fills it."""
        jobs = self._filler.jobs(order, deadline, is_alone=not self._loop, holds_thread=False)
        try:
            while True:
                job = next(jobs)
                await settled(job.future, job.deadline)
        except StopIteration as end:
            filled: Filled = end.value
            return filled
        except Exception as error:  # noqa: BLE001  # it must not cost the reader the article
            return error

    async def _let_go(self, headers: Headers, *more: Message) -> None:
        """Send what is held, as the app sent it but with *headers*, and *more*."""
        self._held = None
        self._disarm()
        messages, self._messages = self._messages, []
        if messages:
            await self._send(_with(messages[0], headers))
        for message in (*messages[1:], *more):
            await self._send(message)

    def _give_up(self, held: Held, loop: asyncio.AbstractEventLoop) -> None:
        self._release = loop.create_task(self._let_go(held.late()))
        # Where nobody waits for it, nobody is told that the client has gone.
        self._release.add_done_callback(lambda task: task.cancelled() or task.exception())

    def _disarm(self) -> None:
        if self._alarm:
            self._alarm.cancel()


def _text(headers: Iterable[Iterable[bytes]]) -> Headers:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]


def _with(start: Message, headers: Headers) -> Message:
    return {**start, "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]}
