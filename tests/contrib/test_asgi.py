"""The ASGI middleware: with Starlette through httpx, and message by message."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

import attrs
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

import adslot
from adslot.contrib import _filler
from adslot.contrib.asgi import AdslotMiddleware
from tests.contrib.site import HEADERS, PAGE, POLICY, RELATED, filled, slow


def fetch(app, path="/", method="GET", **headers):
    """The response of *app*."""

    async def asked():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://site") as client:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return await client.request(method, path, headers=named)

    return asyncio.run(asked())


def sent(app, *, extensions=(), messages=None):
    """The messages that *app* sends for a request; they go to *messages* one by one."""
    messages = [] if messages is None else messages

    async def send(message):
        messages.append(message)

    async def receive():
        await asyncio.Event().wait()  # the client stays

    scope = {"type": "http", "method": "GET", "path": "/fähre", "headers": [], "extensions": extensions}
    asyncio.run(app(scope, receive, send))
    return messages


def sending(*messages):
    """An app that sends these."""

    async def app(scope, receive, send):
        for message in messages:
            await send(dict(message))

    return app


def start(status=200, headers=HEADERS, **more):
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http.response.start", "status": status, "headers": pairs, **more}


def body(data=b"", *, more=False):
    return {"type": "http.response.body", "body": data, "more_body": more}


def site(*routes, **options):
    return Starlette(routes=list(routes), middleware=[Middleware(AdslotMiddleware, policy=POLICY, **options)])


async def article(request):
    """Answers 304 where the client has the page already, as an app with entity tags does."""
    tags = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if HEADERS["etag"] in tags:
        return Response(status_code=304, headers={"etag": HEADERS["etag"]})
    return Response(PAGE, headers=HEADERS)


ARTICLE = Route("/", article)


class TestPages:
    """What a reader gets."""

    def test_a_page_gets_its_slots(self):
        response = fetch(site(ARTICLE))
        assert response.content == filled() != PAGE
        assert response.headers["content-length"] == str(len(filled()))

    def test_the_charset_of_the_header_is_that_of_the_page(self):
        """Slots are written in it as well, even where the page itself says otherwise."""
        data = PAGE.decode().encode("cp1252").replace(b'charset="utf-8"', b"")
        app = sending(start(headers={"content-type": "text/html; charset=windows-1252"}), body(data))
        _, message = sent(AdslotMiddleware(app, POLICY, related=[adslot.Related("Über Land", "/land")]))
        assert ">Über Land<".encode("cp1252") in message["body"]

    def test_context_and_related_are_asked_of_the_scope(self):
        """They may be functions, and async ones; cases and teasers follow."""

        async def related(scope):
            await asyncio.sleep(0)
            return list(RELATED) if scope["path"] == "/" else []

        app = site(ARTICLE, related=related, context=lambda scope: {"subscriber": b"abo" in dict(scope["headers"])})
        assert fetch(app).content == filled(related=RELATED, subscriber=False)
        assert fetch(app, abo="1").content == filled(related=RELATED, subscriber=True)
        assert b"Anzeige" not in fetch(app, abo="1").content

    def test_what_has_expired_is_not_shown(self):
        """Requests come at some time; the middleware knows the time, which adslot does not."""
        over = adslot.Related("Freikarten", "/karten", expires=datetime.now(UTC) - timedelta(hours=1))
        assert fetch(site(ARTICLE, related=[over, *RELATED])).content == filled(related=RELATED)

    def test_the_relevance_is_the_callers(self):
        items = (*RELATED, adslot.Related("Brot", "/brot"))
        app = site(ARTICLE, related=items, relevance=lambda section, item: float(item.title == "Brot"))
        assert b"/brot" in fetch(app).content
        assert b"/takt" not in fetch(app).content

    @given(st.lists(st.integers(0, len(PAGE)), max_size=8), st.booleans())
    def test_it_does_not_matter_how_the_body_is_cut(self, cuts, ends_empty):
        """Law: for any chunks the output is `place` of the whole."""
        ends = [*sorted(cuts), len(PAGE)]
        chunks = [PAGE[a:b] for a, b in zip([0, *ends], ends, strict=False)]
        messages = [body(chunk, more=True) for chunk in chunks] + [body()]
        if not ends_empty:
            messages[-2:] = [body(chunks[-1])]
        first, last = sent(AdslotMiddleware(sending(start(), *messages), POLICY))
        assert (first["type"], last) == ("http.response.start", {"type": "http.response.body", "body": filled()})

    def test_without_a_length_the_page_gets_one(self):
        async def streamed(request):
            async def chunks():
                for index in range(0, len(PAGE), 100):
                    yield PAGE[index : index + 100]

            return StreamingResponse(chunks(), media_type="text/html")

        response = fetch(site(Route("/", streamed)))
        assert (response.content, response.headers["content-length"]) == (filled(), str(len(filled())))


class TestPassedThrough:
    """What is none of adslot's business."""

    @pytest.mark.parametrize(
        "response",
        [
            HTMLResponse(PAGE, status_code=404),
            HTMLResponse(PAGE, headers={"content-encoding": "br"}),
            JSONResponse({"html": "<!doctype html><p>Eins.</p><p>Zwei.</p>"}),
            HTMLResponse("<p>Ein Teil.</p><p>Noch einer, den ein Skript geholt hat.</p>"),
            HTMLResponse(b""),
        ],
        ids=["status", "encoding", "json", "part", "empty"],
    )
    def test_it_is_as_it_was(self, response):
        plain, passed = (fetch(app) for app in (Starlette(routes=[Route("/", response)]), site(Route("/", response))))
        assert (passed.status_code, passed.headers, passed.content) == (plain.status_code, plain.headers, plain.content)

    def test_the_app_may_say_no(self):
        response = HTMLResponse(PAGE, headers={"Adslot": "off"})
        answer = fetch(site(Route("/", response)))
        assert answer.content == PAGE
        assert "adslot" not in answer.headers

    def test_streams_are_not_held(self):
        """Each chunk goes on before the next one is made."""
        messages: list[dict[str, Any]] = []
        seen = []

        async def app(scope, receive, send):
            await send(start(headers={"content-type": "text/event-stream"}))
            for number in range(3):
                await send(body(b"data: %d\n\n" % number, more=True))
                seen.append(len(messages))
            await send(body())

        sent(AdslotMiddleware(app, POLICY), messages=messages)
        assert seen == [2, 3, 4]

    def test_a_long_page_is_not_held_for_long(self):
        """Above the limit what was held is sent as the app sent it, and the rest follows chunk by chunk."""
        app = sending(start(headers={"content-type": "text/html"}), *[body(PAGE, more=True)] * 4, body())
        messages = sent(AdslotMiddleware(app, POLICY, limit=2 * len(PAGE)))
        assert [message.get("body") for message in messages] == [None, PAGE, PAGE, PAGE, PAGE, b""]
        assert [message.get("more_body") for message in messages] == [None, True, True, True, True, False]

    def test_a_page_may_be_as_long_as_the_limit(self):
        assert fetch(site(ARTICLE, limit=len(PAGE))).content == filled()
        assert fetch(site(ARTICLE, limit=len(PAGE) - 1)).content == PAGE
        assert fetch(site(ARTICLE, limit=len(PAGE) - 1)).headers["etag"] == HEADERS["etag"]

    def test_the_last_chunk_may_be_too_much(self):
        app = sending(start(headers={"content-type": "text/html"}), body(PAGE))
        assert sent(AdslotMiddleware(app, POLICY, limit=9))[1:] == [body(PAGE)]

    def test_trailers_go_with_their_response(self):
        """What they say of the body must stay true."""
        messages = [start(trailers=True), body(PAGE), {"type": "http.response.trailers", "headers": []}]
        assert sent(AdslotMiddleware(sending(*messages), POLICY)) == messages

    def test_hints_go_ahead(self):
        """Messages that are no part of the body are not held."""
        hint = {"type": "http.response.early_hint", "links": [b"</stil.css>"]}
        messages = sent(AdslotMiddleware(sending(start(), hint, body(PAGE)), POLICY))
        assert [message["type"] for message in messages] == [
            "http.response.early_hint",
            "http.response.start",
            "http.response.body",
        ]

    def test_an_unfinished_response_is_let_go(self):
        """The server shall see what the app did."""
        messages = sent(AdslotMiddleware(sending(start(), body(b"<!doctype html>", more=True)), POLICY))
        assert [message.get("body") for message in messages] == [None, b"<!doctype html>"]
        assert messages[-1]["more_body"]

    def test_an_app_that_fails_in_the_middle_can_still_be_answered_for(self):
        """Nothing of the page has been sent: the server may send an error page."""
        messages: list[dict[str, Any]] = []

        async def app(scope, receive, send):
            await send(start())
            await send(body(PAGE[:200], more=True))
            raise RuntimeError("die Datenbank ist weg")

        with pytest.raises(RuntimeError, match="Datenbank"):
            sent(AdslotMiddleware(app, POLICY), messages=messages)
        assert messages == []

    @pytest.mark.parametrize("kind", ["websocket", "lifespan"])
    def test_websockets_and_lifespan_are_the_apps(self, kind):
        """The app gets what the server gave, the very same objects."""
        given = [{"type": kind}, object(), object()]

        async def app(*received):
            assert [id(one) for one in received] == [id(one) for one in given]
            given.clear()

        asyncio.run(AdslotMiddleware(app, POLICY)(*given))  # type: ignore[arg-type]  # nothing is done with them
        assert not given

    def test_a_client_that_goes_is_noticed(self):
        """Servers say by an OSError that nobody listens; the app sees it when the page is sent."""

        class Gone(list[Any]):
            def append(self, message):
                raise OSError("weg")

        with pytest.raises(OSError, match="weg"):
            sent(AdslotMiddleware(sending(start(), body(PAGE)), POLICY), messages=Gone())


def warnings(caplog):
    """What everybody sees in the log."""
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


LENGTH = len(PAGE)


class TestBroken:
    """What the app has sent wrong goes on just so: the server and the client shall see it."""

    @pytest.mark.parametrize(
        ("messages", "told"),
        [
            ([body(PAGE[:200])], f"the app has sent 200 of the {LENGTH} bytes that it declared"),
            ([body(PAGE[:200], more=True), body()], f"the app has sent 200 of the {LENGTH} bytes that it declared"),
            ([body()], f"the app has sent 0 of the {LENGTH} bytes that it declared"),
            ([body(PAGE + b"!")], f"the app has sent more than the {LENGTH} bytes that it declared"),
            ([body(PAGE, more=True), body(b"!")], f"the app has sent more than the {LENGTH} bytes that it declared"),
            ([body(PAGE[:200], more=True)], "the app has not sent it to its end"),
            ([body(PAGE, more=True)], "the app has not sent it to its end"),
            ([], "the app has not sent it to its end"),
        ],
    )
    def test_it_is_as_it_was(self, messages, told, caplog):
        """The very messages of the app, with its length, its tag and its digests; and the log has the reason."""
        assert sent(AdslotMiddleware(sending(start(), *messages), POLICY)) == [start(), *messages]
        assert warnings(caplog) == [f"'/fähre' is passed on as it is: {told}"]

    def test_too_much_is_seen_at_once(self):
        """Nobody waits for the end of what is wrong already."""
        messages: list[dict[str, Any]] = []

        async def app(scope, receive, send):
            await send(start(headers={"content-type": "text/html", "content-length": "5"}))
            await send(body(b"<html>", more=True))
            assert len(messages) == 2
            await send(body(b"<p>", more=True))
            assert len(messages) == 3

        sent(AdslotMiddleware(app, POLICY), messages=messages)

    def test_a_client_that_has_gone_is_no_fault_of_the_app(self, caplog):
        """Frameworks stop sending then."""

        async def app(scope, receive, send):
            await send(start())
            await send(body(PAGE[:200], more=True))
            assert (await receive())["type"] == "http.disconnect"

        async def run():
            async def send(message):
                messages.append(message)

            async def receive():
                return {"type": "http.disconnect"}

            scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
            await AdslotMiddleware(app, POLICY)(scope, receive, send)

        messages: list[Any] = []
        asyncio.run(run())
        assert messages == [start(), body(PAGE[:200], more=True)]
        assert warnings(caplog) == []

    @pytest.mark.parametrize("is_held", [True, False])
    def test_a_second_beginning(self, is_held):
        """All of it goes to the server, which will say what it thinks of it."""
        first = start() if is_held else start(headers={"content-type": "text/plain"})
        messages = [first, body(PAGE[:9], more=True), start(), body(PAGE)]
        assert sent(AdslotMiddleware(sending(*messages), POLICY)) == messages

    def test_a_body_that_comes_after_the_end(self):
        messages = sent(AdslotMiddleware(sending(start(), body(PAGE), body(PAGE)), POLICY))
        assert [message.get("body") for message in messages] == [None, filled(), PAGE]

    def test_a_body_before_the_beginning(self):
        messages = [body(PAGE), start()]
        assert sent(AdslotMiddleware(sending(*messages), POLICY))[:2] == [body(PAGE), start()]

    def test_a_buffer_that_is_used_again(self):
        """What was sent is what it was then, also where nobody has looked at it yet."""

        async def app(scope, receive, send):
            buffer = bytearray(PAGE[:100])
            await send(start())
            await send({**body(more=True), "body": memoryview(buffer)})
            buffer[:] = b"x" * 100
            await send(body(PAGE[100:]))

        assert sent(AdslotMiddleware(app, POLICY))[1]["body"] == filled()

    def test_what_goes_ahead_of_a_broken_page(self):
        """Pushes and hints of later extensions are no part of the body."""
        push = {"type": "http.response.push", "path": "/stil.css", "headers": []}
        messages = [start(), push, body(PAGE[:200])]
        assert sent(AdslotMiddleware(sending(*messages), POLICY)) == [push, start(), body(PAGE[:200])]

    def test_the_names_of_headers_stay_as_they_are(self):
        """ASGI wants them in small letters, and it is the app's fault if they are not."""
        said = start(headers={"Content-Type": "text/html", "Content-Length": "7"})
        assert sent(AdslotMiddleware(sending(said, body(PAGE)), POLICY))[0] == said
        assert sent(AdslotMiddleware(sending(said, body(PAGE[:7])), POLICY))[0] == said

    def test_a_fault_of_the_page_costs_no_chunks(self, caplog):
        """What cannot be filled is sent in the parts in which it came, without the tag."""
        parts = [body(PAGE[:100], more=True), body(PAGE[100:])]
        app = AdslotMiddleware(sending(start(), *parts), POLICY, related=RELATED, relevance=lambda *_: 1 / 0)
        first, *rest = sent(app)
        assert rest == parts
        assert b"etag" not in dict(first["headers"])


class TestPatience:
    """A page is not held back for long."""

    def test_what_comes_slowly_is_let_go(self, caplog):
        """At the next part at the latest."""
        messages: list[dict[str, Any]] = []

        async def app(scope, receive, send):
            await send(start())
            for index in range(0, LENGTH, 100):
                await send(body(PAGE[index : index + 100], more=True))
                await asyncio.sleep(0.02)
            await send(body())

        sent(AdslotMiddleware(app, POLICY, patience=0.05), messages=messages)
        assert b"".join(message.get("body", b"") for message in messages) == PAGE
        assert len(messages) == LENGTH // 100 + 3
        assert b"etag" not in dict(messages[0]["headers"])
        assert warnings(caplog) == ["'/fähre' is sent without slots: the app has not completed it within 0.05 seconds"]

    def test_what_does_not_come_at_all_is_let_go(self):
        """The client has the beginning while the app still waits for something; what follows is in its place."""
        messages: list[dict[str, Any]] = []

        async def app(scope, receive, send):
            await send(start())
            await send(body(PAGE[:100], more=True))
            await asyncio.sleep(0.2)
            assert len(messages) == 2
            await send(body(PAGE[100:]))

        sent(AdslotMiddleware(app, POLICY, patience=0.05), messages=messages)
        assert [message.get("body") for message in messages] == [None, PAGE[:100], PAGE[100:]]

    @pytest.mark.parametrize("goes_on", [True, False])
    def test_what_is_let_go_meets_a_slow_reader(self, goes_on):
        """The app goes on in the middle of it, or ends: the order of the messages is that of the app."""
        messages: list[dict[str, Any]] = []

        async def slow(message):
            await asyncio.sleep(0.05)
            messages.append(message)

        async def app(scope, receive, send):
            await send(start())
            await send(body(PAGE[:100], more=True))
            await asyncio.sleep(0.08)
            if goes_on:
                await send(body(PAGE[100:]))

        scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
        asyncio.run(AdslotMiddleware(app, POLICY, patience=0.05)(scope, None, slow))  # type: ignore[arg-type]  # nobody receives
        expected = [None, PAGE[:100], PAGE[100:]] if goes_on else [None, PAGE[:100]]
        assert [message.get("body") for message in messages] == expected

    @pytest.mark.parametrize("fails", [True, False])
    def test_a_client_that_has_gone_when_it_is_let_go(self, fails):
        """The app is told when it goes on; if it does not, nobody is."""

        class Gone(list[Any]):
            def append(self, message):
                raise OSError("weg")

        async def app(scope, receive, send):
            await send(start())
            await asyncio.sleep(0.1)
            if fails:
                raise RuntimeError("die Datenbank ist weg")
            await send(body(PAGE))

        with pytest.raises(RuntimeError if fails else OSError):
            sent(AdslotMiddleware(app, POLICY, patience=0.02), messages=Gone())

    def test_an_app_that_fails_while_it_is_let_go(self):
        """What was not sent then, is not sent any more."""

        async def never(message):
            await asyncio.Event().wait()

        async def app(scope, receive, send):
            await send(start())
            await asyncio.sleep(0.1)
            raise RuntimeError("die Datenbank ist weg")

        scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
        with pytest.raises(RuntimeError, match="Datenbank"):
            asyncio.run(AdslotMiddleware(app, POLICY, patience=0.02)(scope, None, never))  # type: ignore[arg-type]  # as above

    def test_the_end_of_the_request_ends_the_alarm(self):
        """Nothing is sent after the app has failed."""
        messages: list[dict[str, Any]] = []

        async def app(scope, receive, send):
            await send(start())
            raise RuntimeError("die Datenbank ist weg")

        async def send(message):
            messages.append(message)

        async def run():
            scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
            with pytest.raises(RuntimeError):
                await AdslotMiddleware(app, POLICY, patience=0.02)(scope, None, send)  # type: ignore[arg-type]  # as above
            await asyncio.sleep(0.05)

        asyncio.run(run())
        assert messages == []


class TestWorkers:
    """Pages that take long are filled beside the server."""

    @pytest.fixture(autouse=True)
    def _all_are_long(self, monkeypatch):
        monkeypatch.setattr(_filler, "SHORT_SECONDS", 0.0)

    def test_the_loop_goes_on(self):
        """A relevance that waits is one that the others do not wait for."""
        turns = []

        def relevance(section, item):
            time.sleep(0.2)
            return 1.0

        async def run():
            request = asyncio.create_task(
                received(AdslotMiddleware(article_app, POLICY, related=RELATED, relevance=relevance))
            )
            while not request.done():
                turns.append(time.monotonic())
                await asyncio.sleep(0.005)
            return await request

        messages = asyncio.run(run())
        assert messages[1]["body"] == filled(related=RELATED)
        assert max(after - before for before, after in pairwise(turns)) < 0.15

    def test_slow_functions_do_not_wait_for_each_other(self):
        """Eight requests at once ask one that takes its time, and one worker is enough for them."""

        async def run():
            app = AdslotMiddleware(article_app, POLICY, related=RELATED, relevance=slow(0.2))
            await received(app)
            begin = time.monotonic()
            await asyncio.gather(*(received(app) for _ in range(8)))
            return time.monotonic() - begin

        assert asyncio.run(run()) < 8 * 0.2

    @pytest.mark.parametrize("relevance", [lambda *_: 1 / 0, lambda *_: None, lambda *_: next(iter(()))])
    def test_a_relevance_that_fails(self, relevance, caplog):
        """As it was raised here."""
        app = AdslotMiddleware(article_app, POLICY, related=RELATED, relevance=relevance)
        assert asyncio.run(received(app))[1]["body"] == PAGE
        assert warnings(caplog) == ["'/' is sent without slots"]
        assert "Traceback" in caplog.text

    def test_a_page_that_takes_too_long_is_sent_as_it_was(self, caplog):
        """When the patience is over, and not when the worker is."""
        app = AdslotMiddleware(article_app, POLICY, related=RELATED, relevance=slow(0.5), patience=0.1)
        app._filler._crew._ready = 1.0  # type: ignore[union-attr]  # a crew whose first worker has been there for long
        app._filler._crew._worker()  # type: ignore[union-attr]  # and is
        first, second = asyncio.run(received(app))
        assert second["body"] == PAGE
        assert b"etag" not in dict(first["headers"])
        assert warnings(caplog) == ["'/' is sent without slots: it takes too long"]

    def test_a_request_that_is_cancelled(self):
        """While it waits for its page."""

        async def run():
            app = AdslotMiddleware(article_app, POLICY, related=RELATED, relevance=slow(0.1))
            request = asyncio.create_task(received(app))
            await asyncio.sleep(0.05)
            request.cancel()
            with pytest.raises(asyncio.CancelledError):
                await request
            return await received(app)

        assert asyncio.run(run())[1]["body"] == filled(related=RELATED)

    def test_what_fails_there_is_logged_here(self, caplog):
        app = AdslotMiddleware(sending(start(headers={"content-type": "text/html; charset=utf-9"}), body(PAGE)), POLICY)
        assert sent(app)[1]["body"] == PAGE
        assert "in a worker process" in caplog.text
        assert "unknown encoding 'utf-9'" in caplog.text

    def test_what_no_worker_can_read_is_filled_here(self, caplog):
        """And everybody is told, once."""
        app = AdslotMiddleware(article_app, POLICY, context={"section": Kind.SPORT})
        for _ in range(2):
            assert asyncio.run(received(app))[1]["body"] == filled(section="sport")
        told = [line.partition(": ")[0] for line in warnings(caplog)]
        assert [line for line in told if line != "'/'"] == [
            "pages that take long are filled in the process of the server"
        ]

    def test_no_workers(self):
        app = AdslotMiddleware(article_app, POLICY, workers=0)
        assert app._filler._crew is None
        assert asyncio.run(received(app))[1]["body"] == filled()

    def test_without_asyncio_pages_are_filled_here(self, tmp_path):
        """Another library runs the app: what it needs of asyncio it does without, also for files."""
        path = tmp_path / "index.html"
        path.write_bytes(PAGE)
        pathsend = {"type": "http.response.pathsend", "path": str(path)}
        for app in (article_app, sending(start(headers={"content-type": "text/html"}), pathsend)):
            messages: list[Any] = []

            async def send(message, messages=messages):
                messages.append(message)

            scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
            with pytest.raises(StopIteration):
                AdslotMiddleware(app, POLICY)(scope, None, send).send(None)  # type: ignore[arg-type]  # all loops do that
            assert messages[1]["body"] == filled()


class Kind(StrEnum):
    """A value of the site."""

    SPORT = "sport"


article_app = sending(start(), body(PAGE))


async def received(app):
    """The messages that *app* sends for a request, within a loop."""
    messages: list[dict[str, Any]] = []

    async def send(message):
        messages.append(message)

    await app({"type": "http", "method": "GET", "path": "/", "headers": []}, None, send)
    return messages


class TestFiles:
    """Servers that send files themselves."""

    @pytest.fixture
    def file(self, tmp_path):
        path = tmp_path / "index.html"
        path.write_bytes(PAGE)
        return path

    def test_a_page_from_a_file_gets_its_slots(self, file):
        """Starlette hands over a path where the server knows that; a page is read instead."""
        app = AdslotMiddleware(FileResponse(file), POLICY)
        assert sent(app, extensions={"http.response.pathsend": {}})[1]["body"] == filled()
        assert sent(app)[1]["body"] == filled()

    def test_another_file_is_left_to_the_server(self, file):
        app = AdslotMiddleware(FileResponse(file, media_type="text/plain"), POLICY)
        path = {"type": "http.response.pathsend", "path": str(file)}
        assert sent(app, extensions={"http.response.pathsend": {}})[1] == path

    def test_a_page_from_a_file_may_be_too_long(self, file):
        path = {"type": "http.response.pathsend", "path": str(file)}
        app = AdslotMiddleware(sending(start(headers={"content-type": "text/html"}), path), POLICY, limit=100)
        assert sent(app)[-1] == path

    @pytest.mark.parametrize("length", ["3", "99999"])
    def test_a_page_from_a_file_may_have_another_length(self, file, length, caplog):
        """It was written anew in between; the server shall send what it can."""
        messages = [
            start(headers={"content-type": "text/html", "content-length": length}),
            {"type": "http.response.pathsend", "path": str(file)},
        ]
        assert sent(AdslotMiddleware(sending(*messages), POLICY)) == messages
        assert "bytes that it declared" in caplog.text

    @pytest.mark.parametrize("kind", ["missing", "folder", "fifo"])
    def test_what_is_no_file_is_left_to_the_server(self, tmp_path, kind):
        """Nobody waits for somebody to write into a pipe."""
        path = tmp_path / "seite.html"
        {"missing": lambda: None, "folder": path.mkdir, "fifo": lambda: os.mkfifo(path)}[kind]()
        messages = [start(), {"type": "http.response.pathsend", "path": str(path)}]
        assert sent(AdslotMiddleware(sending(*messages), POLICY)) == messages

    def test_a_page_that_is_sent_from_a_descriptor_is_passed_through(self):
        copy = {"type": "http.response.zerocopysend", "file": 7}
        assert sent(AdslotMiddleware(sending(start(), copy), POLICY)) == [start(), copy]

    def test_ranges_of_a_page_are_not_promised(self, file):
        """They would be of the page without slots. Its tag tells the two apart where somebody asks all the same."""
        app = AdslotMiddleware(StaticFiles(directory=file.parent), POLICY)
        whole = fetch(app, "/index.html")
        assert "accept-ranges" not in whole.headers
        part = fetch(app, "/index.html", range="bytes=10-19")
        assert (part.status_code, part.content) == (206, PAGE[10:20])
        assert part.headers["etag"] != whole.headers["etag"]
        resumed = fetch(app, "/index.html", range="bytes=10-19", if_range=whole.headers["etag"])
        assert (resumed.status_code, resumed.content) == (200, filled())


class TestConditions:
    """Entity tags and HEAD."""

    def test_a_client_that_has_the_page_is_told_so(self):
        """The marked tag is the client's, the plain one the app's, and the answer speaks of the marked one."""
        app = site(ARTICLE, related=RELATED)
        tag = fetch(app).headers["etag"]
        assert tag.startswith('"v1-adslot-')
        answer = fetch(app, if_none_match=f'"andere", W/{tag}')
        assert (answer.status_code, answer.headers["etag"]) == (304, tag)

    @pytest.mark.parametrize(
        "changed",
        [
            {"policy": adslot.from_mapping(adslot.to_mapping(POLICY) | {"limits": {"ads": 1}})},
            {"related": [adslot.Related("Brot", "/brot")]},
            {"context": lambda scope: {"subscriber": True}},
        ],
    )
    def test_a_page_with_other_slots_is_another_one(self, changed):
        """The app would say that nothing has changed; but policy, articles or context have."""
        tag = fetch(site(ARTICLE)).headers["etag"]
        other = AdslotMiddleware(Starlette(routes=[ARTICLE]), **{"policy": POLICY} | changed)
        answer = fetch(other, if_none_match=tag)
        assert answer.status_code == 200
        assert answer.headers["etag"] != tag

    def test_marks_are_the_same_in_every_process(self):
        """Workers share their clients: what was told the same gives the same tags, whatever Python hashes by."""
        code = "from tests.contrib.test_asgi import *; print(fetch(site(ARTICLE, related=RELATED)).headers['etag'])"
        environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)}
        other = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True
        )
        assert other.stdout.strip() == fetch(site(ARTICLE, related=RELATED)).headers["etag"]

    def test_tags_of_other_things_stay_as_they_are(self):
        """A picture has the tag that the app gave it, before and after."""
        picture = {"content-type": "image/png", "etag": '"v1"'}

        async def app(scope, receive, send):
            known = (b"if-none-match", b'"v1"') in scope["headers"]
            await send(start(304 if known else 200, picture))
            await send(body())

        assert fetch(AdslotMiddleware(app, POLICY)).headers["etag"] == '"v1"'
        answer = fetch(AdslotMiddleware(app, POLICY), if_none_match='"v1"')
        assert (answer.status_code, answer.headers["etag"]) == (304, '"v1"')

    def test_an_if_match_is_the_apps_too(self):
        async def saved(request):
            return Response(status_code=204 if request.headers["if-match"] == '"v1"' else 412)

        app = site(ARTICLE, Route("/", saved, methods=["PUT"]))
        tag = fetch(app).headers["etag"]
        assert fetch(app, method="PUT", if_match=tag).status_code == 204

    def test_head_says_what_get_says_but_the_length(self):
        """Nobody makes the page for HEAD, so its length is not known, and then it may not be told."""
        app = site(ARTICLE)
        got, head = fetch(app), fetch(app, method="HEAD")
        expected = {name: value for name, value in got.headers.items() if name != "content-length"}
        assert (dict(head.headers), head.content) == (expected, b"")

    def test_compression_goes_outside(self):
        """In the order of the documentation, compressed pages have slots; the other way they are passed through."""
        inner, outer = Middleware(AdslotMiddleware, policy=POLICY), Middleware(GZipMiddleware)
        right, wrong = (Starlette(routes=[ARTICLE], middleware=order) for order in ([outer, inner], [inner, outer]))
        assert fetch(right, accept_encoding="gzip").headers["content-encoding"] == "gzip"
        assert fetch(right, accept_encoding="gzip").content == filled()
        assert fetch(wrong, accept_encoding="gzip").content == PAGE


class TestFailures:
    """The reader gets the article, and the log the reason."""

    @pytest.mark.parametrize(
        "options",
        [
            {"related": lambda scope: 1 / 0},
            {"related": lambda scope: ["/takt"]},
            {"context": lambda scope: 7},
            {"context": lambda scope: {1: 2, "a": 3}},
            {"related": RELATED, "relevance": lambda section, item: 1 / 0},
        ],
        ids=["related", "no article", "no context", "odd keys", "relevance"],
    )
    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    def test_the_page_is_sent_without_slots(self, options, method, caplog):
        """It has no tag and no date, so that no cache keeps it for the page with slots."""
        app = site(Mount("/rügen", routes=[ARTICLE]), **options)
        answer = fetch(app, "/rügen/", method)
        is_late = "relevance" in options and method == "HEAD"
        assert answer.content == (PAGE if method == "GET" else b"")
        assert is_late or {"etag", "last-modified"}.isdisjoint(answer.headers)
        errors = [record for record in caplog.records if record.levelno == logging.ERROR]
        assert is_late or [(each.name, each.message) for each in errors] == [
            ("adslot", "'/rügen/' is sent without slots")
        ]
        assert is_late or errors[0].exc_info

    def test_functions_that_have_nothing_to_say(self, caplog):
        answer = fetch(site(ARTICLE, related=lambda scope: None, context=lambda scope: None))
        assert answer.content == filled()
        assert [record for record in caplog.records if record.levelname == "ERROR"] == []

    def test_a_cause_is_told_in_full_once(self, caplog):
        """An outage has a line for each page, and not a traceback for each."""
        app = site(ARTICLE, related=lambda scope: 1 / 0)
        for _ in range(2):
            assert fetch(app).content == PAGE
        assert [(record.message, bool(record.exc_info)) for record in caplog.records] == [
            ("'/' is sent without slots", True),
            ("'/' is sent without slots: ZeroDivisionError: division by zero", False),
        ]

    def test_it_is_asked_once(self, caplog):
        """A condition asks before the app is called, the page after it: a failure is told once."""
        app = site(ARTICLE, related=lambda scope: 1 / 0)
        assert fetch(app, if_none_match='"v1-adslot-00ff"').content == PAGE
        assert len(caplog.records) == 1

    def test_a_charset_that_is_none(self, caplog):
        app = sending(start(headers={"content-type": "text/html; charset=utf-9"}), body(PAGE))
        assert sent(AdslotMiddleware(app, POLICY))[1]["body"] == PAGE
        assert "unknown encoding 'utf-9'" in caplog.text

    def test_a_wrong_policy_stops_the_site_when_it_starts(self):
        with pytest.raises(adslot.PolicyError):
            AdslotMiddleware(sending(), {"slots": {"anzeige": {"kind": "add"}}})

    def test_wrong_articles_stop_the_site_when_it_starts(self):
        with pytest.raises(TypeError, match="expected a Related, found 'a'"):
            AdslotMiddleware(sending(), POLICY, related="auch.json")  # type: ignore[arg-type]  # that is the test


def test_the_first_page_waits_for_no_module():
    """What is to be loaded for it has been when the middleware was made."""
    code = """if True:
        import sys
        from tests.contrib.test_asgi import *
        app = AdslotMiddleware(article_app, POLICY, related=RELATED)
        before = set(sys.modules)
        asyncio.run(received(app))
        print(sorted(name for name in set(sys.modules) - before if not name.startswith("asyncio")))
    """
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


def test_a_warning_is_logged_once(caplog):
    """Whatever the level: a subscriber who gets ads because of a text must not stay unnoticed."""
    app = AdslotMiddleware(HTMLResponse(PAGE), POLICY, context={"subscriber": "true"})
    for _ in range(3):
        assert b"data-adslot-rule" in fetch(app).content
    told = "'/': the context has subscriber = \"true\", which is a text, and a case asks for true, which is a bool"
    assert warnings(caplog).count(told) == 1
    assert len(warnings(caplog)) == 2


def test_a_context_that_is_not_as_declared_costs_the_slots(caplog):
    """The page is sent as it was, and the log tells why."""
    policy = attrs.evolve(POLICY, context={"subscriber": "bool", "section": "text"})
    app = AdslotMiddleware(HTMLResponse(PAGE), policy, context={"subscriber": "true"})
    assert fetch(app).content == PAGE
    assert 'context.subscriber: expected true or false, found "true", which is a text' in caplog.text


def test_the_log_tells_why_a_page_has_no_slots(caplog):
    """At the level DEBUG there is a line for each response."""
    caplog.set_level("DEBUG", "adslot")
    for response in (HTMLResponse(PAGE, 404), HTMLResponse("<p>Ein Teil."), HTMLResponse(PAGE)):
        fetch(AdslotMiddleware(response, POLICY))
    assert [record.message for record in caplog.records if record.name == "adslot"] == [
        "'/' is left alone: the status is 404",
        "'/' is left alone: it is no whole page",
        "'/': 2 slots",
        "'/': the policy has cases for 'subscriber', which the context does not say",
        "'/': rule 'related' places nothing: no related articles were given",
    ]
