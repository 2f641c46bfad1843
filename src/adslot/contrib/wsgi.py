"""WSGI middleware: the pages that an app returns get their slots on the way out.

>>> def app(environ, start_response):
...     start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
...     return [b"<!doctype html><p>Eins.</p><p>Zwei.</p>"]
>>> app = AdslotMiddleware(app, "de-news", context=lambda environ: {"path": environ["PATH_INFO"]})
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import wait
from itertools import chain
from types import TracebackType
from typing import TYPE_CHECKING, Any

from adslot import Related
from adslot.contrib._filler import LIMIT, PATIENCE, WORKERS, Filler, RequestedPage
from adslot.contrib._held import Held, owned
from adslot.contrib._orders import Filled, Order, Relevance
from adslot.contrib._policies import Setting
from adslot.contrib._responses import Headers, Response, is_marked, unmarked

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication

Environ = dict[str, Any]
ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]
Write = Callable[[bytes], object]

Context = Mapping[str, object] | None
Articles = Iterable[Related]

_CONDITIONS = ("HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH")


class AdslotMiddleware:
    """Places the slots of *policy* in the whole HTML pages that *app* returns with the status 200.

    *policy* is a path, the name of a preset, a mapping or a `Policy`. *context* and *related* are those of
    `adslot.place`, or functions that are given the environment and return them; *relevance* is that of
    `adslot.place`. A page of more than *limit* bytes is passed through as it is, and so is one that is not
    complete, or not filled, *patience* seconds after it began. Where a server process has several threads, pages that
    take long are filled in so many *workers*, processes beside it; with 0, in the server itself.
    Raises PolicyError for a wrong policy.
    """

    def __init__(  # noqa: PLR0913  # what a site may say of its pages, and what of its server
        self,
        app: WSGIApplication,
        policy: Setting,
        *,
        context: Context | Callable[[Environ], Context] = None,
        related: Articles | Callable[[Environ], Articles] = (),
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

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Call the app, and return what it returns or the page with its slots."""
        return _Exchange(self._filler, environ, start_response).respond(self.app)


class _Body:
    """Chunks for the server, and the iterable of the app, which the server shall close after them."""

    def __init__(self, chunks: Iterable[bytes], source: Iterable[bytes]) -> None:
        self._chunks, self._source = chunks, source

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._chunks)

    def close(self) -> None:
        """Close what the app returned."""
        _close(self._source)


class _Exchange:
    """One request and its response: a page is held back until it is complete, all else goes straight on."""

    def __init__(self, filler: Filler, environ: Environ, start_response: StartResponse) -> None:
        self._filler, self._environ, self._start = filler, environ, start_response
        self._path = _path(environ)
        self._is_asked = False
        self._page: RequestedPage | None = None
        self._matched: RequestedPage | None = None  # the page of whose tags the request speaks
        self._is_head = False  # of a page with slots: no server shall count what the app returns for it
        self._is_let_go = False  # with nothing but what the app has returned
        self._is_pushed = False
        self._held: Held | None = None
        self._begun: tuple[str, ExcInfo | None] = "", None
        self._write: Write | None = None  # the server's, once the response has been passed on to it

    def respond(self, app: WSGIApplication) -> Iterable[bytes]:
        """The body for the server. What is passed through is the app's own, so that a server knows its files."""
        body = app(self._request(), self.start_response)
        if self._is_head:
            return _Body(body, body)
        if self._write is not None:
            return body
        try:
            chunks = self._chunks(iter(body))
        except BaseException:
            _close(body)
            raise
        # A server tells the length of a list by itself, as far as the app has not.
        return body if self._is_let_go and isinstance(body, list | tuple) else _Body(chunks, body)

    def start_response(self, status: str, headers: list[tuple[str, str]], exc_info: ExcInfo | None = None, /) -> Write:
        """Take the beginning of a response. With *exc_info* it stands in place of one that nobody has seen yet."""
        if exc_info is None and (self._held is not None or self._write is not None):
            raise AssertionError("start_response() was called again without exc_info")
        self._held = None
        self._begun = status, exc_info
        response = Response.of(int(status[:3]), headers)
        if refusal := response.refusal(self._filler.limit):
            self._filler.leave(self._path, refusal)
            self._pass(response.unchanged(self._matched))
        elif not (page := self._known()):
            self._pass(response.failed())
        elif self._environ["REQUEST_METHOD"] == "HEAD":
            self._is_head = True
            self._pass(response.filled(page, None))
        else:
            self._held = Held.of(self._filler, response, page, self._path)
        return self.write

    def write(self, data: bytes) -> None:
        """Take a part of the body from an app that pushes it, as old ones do."""
        self._is_pushed = True
        ready = (data,) if self._held is None else self._hold(self._held, data)
        if self._write is not None:
            for part in ready:
                self._write(part)

    def _chunks(self, chunks: Iterator[bytes]) -> Iterable[bytes]:
        """What the server shall send: the page with its slots, or what is passed through after all."""
        for chunk in chunks:
            ready = (chunk,) if self._held is None else self._hold(self._held, chunk)
            if any(ready) or self._write is not None:
                return chain(ready, chunks)
        return () if self._held is None else self._complete(self._held)

    def _hold(self, held: Held, data: bytes) -> Iterable[bytes]:
        """Hold *data*. Where that makes no sense, pass on all of it, and return what is held."""
        held.add(owned(data))
        headers = held.let_go()
        return () if headers is None else self._let_go(held, headers)

    def _complete(self, held: Held) -> Iterable[bytes]:
        if (headers := held.unfit()) is not None:
            return self._let_go(held, headers)
        outcome = self._outcome(held.order, held.deadline)
        headers, filled = self._filler.complete(outcome, held.response, held.page, self._path)
        if filled is None:
            return self._let_go(held, headers)
        self._pass(headers)
        return (filled,)

    def _outcome(self, order: Order, deadline: float) -> Filled | Exception:
        """The page with its slots, or why there is none. Other threads go on while a worker fills it."""
        is_alone = not self._environ.get("wsgi.multithread")
        jobs = self._filler.jobs(order, deadline, is_alone=is_alone, holds_thread=True)
        try:
            while True:
                job = next(jobs)
                wait([job.future], max(job.deadline - time.monotonic(), 0))
        except StopIteration as end:
            filled: Filled = end.value
            return filled
        except Exception as error:  # noqa: BLE001  # it must not cost the reader the article
            return error

    def _let_go(self, held: Held, headers: Headers) -> Iterable[bytes]:
        """Pass on what is held as the app sent it but with *headers*, and return it."""
        self._held = None
        self._is_let_go = not self._is_pushed
        self._pass(headers)
        return held.parts

    def _pass(self, headers: Headers) -> None:
        status, exc_info = self._begun
        self._write = self._start(status, headers, exc_info) if exc_info else self._start(status, headers)

    def _known(self) -> RequestedPage | None:
        """What is known of the page; asked once, and None where that failed."""
        if not self._is_asked:
            self._is_asked = True
            try:
                self._page = self._filler.page(*self._filler.ask(self._environ))
            except Exception as error:  # noqa: BLE001  # a database that is away must not cost the reader the article
                self._filler.fail(self._path, error)
        return self._page

    def _request(self) -> Environ:
        """The environment for the app, in which it finds the entity tags that it gave."""
        environ = dict(self._environ)
        for name in _CONDITIONS:
            tags = environ.get(name, "")
            if is_marked(tags) and (page := self._known()):
                environ[name] = unmarked(tags, page.mark)
                self._matched = page
        return environ if self._matched else self._environ


def _path(environ: Environ) -> str:
    """The path of a request, in which WSGI has bytes for characters."""
    path: str = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    return path.encode("latin-1").decode("utf-8", "replace")


def _close(body: object) -> None:
    if close := getattr(body, "close", None):
        close()
