"""WSGI middleware: the pages that an app returns get their slots on the way out.

>>> def app(environ, start_response):
...     start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
...     return [b"<!doctype html><p>Eins.</p><p>Zwei.</p>"]
>>> app = AdslotMiddleware(app, "de-news", context=lambda environ: {"path": environ["PATH_INFO"]})
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from types import TracebackType
from typing import TYPE_CHECKING, Any

import attrs

from adslot import Related
from adslot.contrib._filler import LIMIT, Filler, Page, Relevance, log_failure, log_refusal
from adslot.contrib._policies import Setting
from adslot.contrib._responses import Headers, Response, is_marked, too_long, unmarked

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
    `adslot.place`. A page of more than *limit* bytes is passed through as it is.
    Raises PolicyError for a wrong policy.
    """

    def __init__(
        self,
        app: WSGIApplication,
        policy: Setting,
        *,
        context: Context | Callable[[Environ], Context] = None,
        related: Articles | Callable[[Environ], Articles] = (),
        relevance: Relevance | None = None,
        limit: int = LIMIT,
    ) -> None:
        self.app = app
        self._filler = Filler(policy, context=context, related=related, relevance=relevance, limit=limit)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Call the app, and return what it returns or the page with its slots."""
        return _Exchange(self._filler, environ, start_response).respond(self.app)


@attrs.frozen
class _Held:
    """The beginning of a response, and what has come of its body."""

    status: str
    response: Response
    page: Page
    body: bytearray = attrs.field(factory=bytearray)


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
        self._page: Page | None = None
        self._matched: Page | None = None  # the page of whose tags the request speaks
        self._is_head = False  # of a page with slots: no server shall count what the app returns for it
        self._held: _Held | None = None
        self._write: Write | None = None  # the server's, once the response has been passed on to it

    def respond(self, app: WSGIApplication) -> Iterable[bytes]:
        """The body for the server. What is passed through is the app's own, so that a server knows its files."""
        body = app(self._request(), self.start_response)
        if self._is_head:
            return _Body(body, body)
        if self._write is not None:
            return body
        try:
            return _Body(self._chunks(iter(body)), body)
        except BaseException:
            _close(body)
            raise

    def start_response(self, status: str, headers: list[tuple[str, str]], exc_info: ExcInfo | None = None, /) -> Write:
        """Take the beginning of a response. With *exc_info* it stands in place of one that nobody has seen yet."""
        if exc_info is None and (self._held is not None or self._write is not None):
            raise AssertionError("start_response() was called again without exc_info")
        self._held = None
        response = Response.of(int(status[:3]), headers)
        if refusal := response.refusal(self._filler.limit):
            log_refusal(self._path, refusal)
            self._pass(status, response.unchanged(self._matched), exc_info)
        elif not (page := self._known()):
            self._pass(status, response.failed(), exc_info)
        elif self._environ["REQUEST_METHOD"] == "HEAD":
            self._is_head = True
            self._pass(status, response.filled(page, None), exc_info)
        else:
            self._held = _Held(status, response, page)
        return self.write

    def write(self, data: bytes) -> None:
        """Take a part of the body from an app that pushes it, as old ones do."""
        if self._held is not None:
            data = self._hold(self._held, data)
        if self._write is not None:
            self._write(data)

    def _chunks(self, chunks: Iterator[bytes]) -> Iterable[bytes]:
        """What the server shall send: the page with its slots, or what is passed through after all."""
        for chunk in chunks:
            ready = chunk if self._held is None else self._hold(self._held, chunk)
            if ready or self._write is not None:
                return chain((ready,), chunks)
        return () if self._held is None else self._complete(self._held)

    def _hold(self, held: _Held, data: bytes) -> bytes:
        """Hold *data*. What is too long is passed on, and all of it that was held is returned."""
        held.body.extend(data)
        if len(held.body) <= self._filler.limit:
            return b""
        log_refusal(self._path, too_long(self._filler.limit))
        self._held = None
        self._pass(held.status, held.response.overlong(held.page))
        return bytes(held.body)

    def _complete(self, held: _Held) -> Iterable[bytes]:
        headers, body = self._filler.complete(held.response, bytes(held.body), held.page, self._path)
        self._pass(held.status, headers)
        return (body,)

    def _pass(self, status: str, headers: Headers, exc_info: ExcInfo | None = None) -> None:
        self._write = self._start(status, headers, exc_info) if exc_info else self._start(status, headers)

    def _known(self) -> Page | None:
        """What is known of the page; asked once, and None where that failed."""
        if not self._is_asked:
            self._is_asked = True
            try:
                self._page = self._filler.page(*self._filler.ask(self._environ))
            except Exception as error:  # noqa: BLE001  # a database that is away must not cost the reader the article
                log_failure(self._path, error)
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
