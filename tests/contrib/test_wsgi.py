"""The WSGI middleware, between two validators: what it asks of the app and what it gives the server is WSGI."""

from __future__ import annotations

import io
import sys
import time
from concurrent.futures import Future
from threading import get_ident
from typing import Any
from wsgiref.handlers import SimpleHandler
from wsgiref.util import FileWrapper, setup_testing_defaults
from wsgiref.validate import validator

import flask
import pytest
from hypothesis import given
from hypothesis import strategies as st

import adslot
from adslot.contrib import _filler
from adslot.contrib.wsgi import AdslotMiddleware
from tests.contrib.site import HEADERS, PAGE, POLICY, RELATED, filled, slow

HTML = [("Content-Type", "text/html")]


class Answer:
    """What a server was given: called as `start_response`, and then as a whole."""

    def __init__(self):
        self.status, self.headers, self.body, self.starts = "", {}, b"", 0

    def start_response(self, status, headers, exc_info=None):
        if exc_info is not None and self.body:
            raise exc_info[1]
        self.status, self.headers, self.starts = status, dict(headers), self.starts + 1
        return self.write

    def write(self, data):
        self.body += data


def environment(path="/", method="GET", **more):
    environ = {
        "PATH_INFO": path.encode().decode("latin-1"),
        "REQUEST_METHOD": method,
        "QUERY_STRING": "",
        "SCRIPT_NAME": "",
    } | more
    setup_testing_defaults(environ)
    return environ


def call(app, path="/", method="GET", **more):
    """Call *app* as a server does: send what comes, and close it."""
    answer = Answer()
    chunks = app(environment(path, method, **more), answer.start_response)
    try:
        for chunk in chunks:
            answer.write(chunk)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    return answer


def fetch(app, path="/", method="GET", *, policy=POLICY, options=None, **more):
    """The answer of *app* behind the middleware, with a validator on both sides of it."""
    between = AdslotMiddleware(validator(app), policy, **options or {})
    return call(validator(between), path, method, **more)


def article(environ, start_response):
    """Answers 304 where the client has the page already."""
    if HEADERS["etag"] in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 Not Modified", [("ETag", HEADERS["etag"])])
        return []
    start_response("200 OK", list(HEADERS.items()))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [PAGE]


class TestPages:
    """What a reader gets."""

    def test_a_page_gets_its_slots(self):
        answer = fetch(article)
        assert answer.body == filled() != PAGE
        assert answer.headers["Content-Length"] == str(len(filled()))

    def test_flask(self):
        """A real app, made as its documentation says."""
        app = flask.Flask(__name__)

        @app.get("/")
        def page():
            return PAGE.decode()

        app.wsgi_app = AdslotMiddleware(app.wsgi_app, POLICY)  # type: ignore[method-assign]  # Flask's own way
        answer = app.test_client().get("/")
        assert (answer.data, answer.content_length) == (filled(), len(filled()))

    def test_context_and_related_are_asked_of_the_environment(self):
        options = {
            "related": lambda environ: RELATED if environ["PATH_INFO"] == "/" else (),
            "context": lambda environ: {"subscriber": "HTTP_ABO" in environ},
        }
        assert fetch(article, options=options).body == filled(related=RELATED, subscriber=False)
        assert fetch(article, options=options, HTTP_ABO="1").body == filled(related=RELATED, subscriber=True)

    def test_the_charset_is_that_of_the_header(self):
        def app(environ, start_response):
            start_response("200 OK", [("Content-Type", "text/html; charset=windows-1252")])
            return [PAGE.decode().encode("cp1252")]

        answer = fetch(app, options={"related": [adslot.Related("Über Land", "/land")]})
        assert ">Über Land<".encode("cp1252") in answer.body

    @given(st.lists(st.integers(0, len(PAGE)), max_size=8), st.integers(0, 9), st.booleans())
    def test_it_does_not_matter_how_the_body_is_cut(self, cuts, pushed, is_lazy):
        """Law: for any chunks, pushed or returned, at once or when they are asked for, the output is `place` of all."""
        ends = [*sorted(cuts), len(PAGE)]
        chunks = [PAGE[a:b] for a, b in zip([0, *ends], ends, strict=False)]

        def eager(environ, start_response):
            write = start_response("200 OK", HTML)
            for chunk in chunks[:pushed]:
                write(chunk)
            return chunks[pushed:]

        def lazy(environ, start_response):
            yield from eager(environ, start_response)

        app = lazy if is_lazy else eager
        answer = call(AdslotMiddleware(app, POLICY))
        assert (answer.body, answer.starts) == (filled(), 1)


class TestPassedThrough:
    """What is none of adslot's business."""

    def test_what_the_app_returns_is_the_servers(self):
        """A server may know how to send a file: it gets the wrapper itself."""
        returned = []

        def app(environ, start_response):
            start_response("200 OK", [("Content-Type", "video/mp4")])
            returned.append(environ["wsgi.file_wrapper"](io.BytesIO(b"film")))
            return returned[0]

        answer = Answer()
        given = AdslotMiddleware(app, POLICY)(environment() | {"wsgi.file_wrapper": FileWrapper}, answer.start_response)
        assert given is returned[0]

    def test_a_page_from_a_file_gets_its_slots(self):
        def app(environ, start_response):
            start_response("200 OK", HTML)
            return environ["wsgi.file_wrapper"](io.BytesIO(PAGE), 100)

        assert fetch(app, **{"wsgi.file_wrapper": FileWrapper}).body == filled()

    def test_the_app_may_say_no(self):
        def app(environ, start_response):
            start_response("200 OK", [*HTML, ("Adslot", "off")])
            return [PAGE]

        answer = fetch(app)
        assert (answer.body, answer.headers) == (PAGE, dict(HTML))

    @pytest.mark.parametrize("is_lazy", [False, True])
    def test_streams_are_not_held(self, is_lazy):
        """Each chunk goes on before the next one is made, also where the app begins when it is asked for the first."""
        made = []

        def chunks():
            for number in range(3):
                made.append(number)
                yield b"%d" % number

        def eager(environ, start_response):
            start_response("200 OK", [("Content-Type", "text/csv")])
            return chunks()

        def lazy(environ, start_response):
            yield from eager(environ, start_response)

        given = AdslotMiddleware(lazy if is_lazy else eager, POLICY)(environment(), Answer().start_response)
        assert [(chunk, len(made)) for chunk in given] == [(b"0", 1), (b"1", 2), (b"2", 3)]

    def test_pushed_streams_are_not_held(self):
        answer = Answer()

        def app(environ, start_response):
            write = start_response("200 OK", [("Content-Type", "text/csv")])
            write(b"a")
            assert answer.body == b"a"
            return [b"b"]

        answer_chunks = AdslotMiddleware(app, POLICY)(environment(), answer.start_response)
        assert list(answer_chunks) == [b"b"]

    @pytest.mark.parametrize("is_pushed", [False, True])
    def test_a_long_page_is_not_held_for_long(self, is_pushed):
        """Above the limit what was held is sent as it is, and the rest follows."""

        def app(environ, start_response):
            write = start_response("200 OK", [*HTML, ("ETag", '"v1"')])
            for _ in range(3 if is_pushed else 0):
                write(PAGE)
            return (PAGE for _ in range(1 if is_pushed else 4))

        answer = fetch(app, options={"limit": 2 * len(PAGE)})
        assert (answer.body, answer.starts) == (PAGE * 4, 1)
        assert "Content-Length" not in answer.headers

    def test_an_empty_body(self):
        """Also one that begins when it is asked for its first chunk, and has none."""

        def lazy(environ, start_response):
            start_response("200 OK", [("Content-Type", environ["type"])])
            yield from ()

        for media in ("text/html", "text/plain"):
            answer = call(AdslotMiddleware(lazy, POLICY), type=media)
            assert (answer.status, answer.body) == ("200 OK", b"")

    def test_what_is_not_wsgi_is_left_to_the_server_to_complain_of(self):
        """A body before the beginning of the response."""

        def app(environ, start_response):
            return [b"zu frueh"]

        told = io.StringIO()
        SimpleHandler(io.BytesIO(), io.BytesIO(), told, environment()).run(AdslotMiddleware(app, POLICY))
        assert "write() before start_response()" in told.getvalue()

    def test_empty_chunks_before_the_beginning(self):
        """Servers that wait for apps know them; they are no part of the body."""

        def app(environ, start_response):
            yield b""
            start_response("200 OK", HTML)
            yield PAGE

        assert call(AdslotMiddleware(app, POLICY)).body == filled()


class Sent:
    """Takes what a middleware gives a server, in the parts in which it comes."""

    def __init__(self):
        self.begun, self.pushed = [], []

    def start_response(self, status, headers, exc_info=None):
        self.begun.append((status, headers))
        return self.pushed.append


def answering(*chunks, pushed=(), headers=HEADERS, kind=list):
    """An app that pushes some chunks, and returns others."""

    def app(environ, start_response):
        write = start_response("200 OK", list(headers.items()))
        for chunk in pushed:
            write(chunk)
        return kind(chunks)

    return app


LENGTH = len(PAGE)


class TestBroken:
    """What the app has sent wrong goes on just so: the server and the client shall see it."""

    @pytest.mark.parametrize("kind", [list, tuple, iter])
    @pytest.mark.parametrize(
        ("pushed", "returned", "told"),
        [
            ([], [PAGE[:200]], f"the app has sent 200 of the {LENGTH} bytes that it declared"),
            ([], [PAGE[:200], b"", PAGE[200:300]], f"the app has sent 300 of the {LENGTH} bytes that it declared"),
            ([], [], f"the app has sent 0 of the {LENGTH} bytes that it declared"),
            ([PAGE[:200]], [], f"the app has sent 200 of the {LENGTH} bytes that it declared"),
            ([PAGE[:200]], [PAGE[200:300]], f"the app has sent 300 of the {LENGTH} bytes that it declared"),
            ([], [PAGE, b"!"], f"the app has sent more than the {LENGTH} bytes that it declared"),
            ([PAGE, b"!"], [b"!"], f"the app has sent more than the {LENGTH} bytes that it declared"),
            ([PAGE], [b"!", b"!"], f"the app has sent more than the {LENGTH} bytes that it declared"),
        ],
    )
    def test_it_is_as_it_was(self, pushed, returned, told, kind, caplog):
        """The very chunks of the app, with its length, its tag and its digests; and the log has the reason."""
        server = Sent()
        app = AdslotMiddleware(answering(*returned, pushed=pushed, kind=kind), POLICY)
        chunks = list(app(environment(), server.start_response))
        assert server.begun == [("200 OK", list(HEADERS.items()))]
        assert [*server.pushed, *chunks] == [*pushed, *returned]
        assert [record.getMessage() for record in caplog.records] == [f"'/' is passed on as it is: {told}"]

    @pytest.mark.parametrize("chunks", [[b"<p>Ein Teil."], [PAGE[:9], PAGE[9:]]])
    def test_a_list_stays_a_list(self, chunks, monkeypatch):
        """Of which servers tell the length themselves, where the app does not."""
        returned = list(chunks)
        app = AdslotMiddleware(answering(headers=dict(HTML), kind=lambda _: returned), POLICY, limit=400)
        assert app(environment(), Answer().start_response) is returned

    def test_what_was_pushed_is_not_forgotten(self):
        """The list alone would not be all of it."""
        app = AdslotMiddleware(answering(b"<p>Zwei.", pushed=[b"<p>Eins."], headers=dict(HTML)), POLICY)
        assert call(app).body == b"<p>Eins.<p>Zwei."

    def test_a_buffer_that_is_used_again(self):
        def app(environ, start_response):
            start_response("200 OK", HTML)
            buffer = bytearray(PAGE[:100])
            yield buffer
            buffer[:] = b"x" * 100
            yield PAGE[100:]

        assert call(AdslotMiddleware(app, POLICY)).body == filled()

    def test_a_second_beginning_takes_the_place_of_the_first(self):
        """With what was held of it: its length is not the other's."""

        def app(environ, start_response):
            start_response("200 OK", list(HEADERS.items()))
            yield PAGE[:100]
            try:
                raise RuntimeError("die Datenbank ist weg")  # noqa: TRY301  # it needs a traceback
            except RuntimeError:
                start_response("200 OK", [*HTML, ("Content-Length", str(LENGTH))], sys.exc_info())
            yield PAGE

        answer = call(AdslotMiddleware(app, POLICY))
        assert (answer.body, answer.starts) == (filled(), 1)


class TestPatience:
    def test_what_comes_slowly_is_let_go(self, caplog):
        """A page, or what never becomes one."""
        made = []

        def chunks(_):
            for index in range(0, LENGTH, 100):
                made.append(index)
                yield PAGE[index : index + 100]
                time.sleep(0.02)

        server = Sent()
        body = AdslotMiddleware(answering(kind=chunks), POLICY, patience=0.03)(environment(), server.start_response)
        assert len(made) <= 3
        assert b"".join(body) == PAGE
        assert "etag" not in dict(server.begun[0][1])
        assert [record.getMessage() for record in caplog.records] == [
            "'/' is sent without slots: the app has not completed it within 0.03 seconds"
        ]


class TestWorkers:
    """Pages that take long are filled beside the server, where it has threads that would have to wait."""

    @pytest.fixture(autouse=True)
    def _all_are_long(self, monkeypatch):
        monkeypatch.setattr(_filler, "SHORT_SECONDS", 0.0)

    def test_a_server_with_threads(self):
        app = AdslotMiddleware(article, POLICY, related=RELATED)
        app._filler._crew._worker()  # type: ignore[union-attr]  # it has one
        assert call(app, **{"wsgi.multithread": True}).body == filled(related=RELATED)
        assert app._filler._pace._last

    def test_nobody_waits_for_the_first_worker(self):
        """While it is started, pages are filled in the server: a thread that waits is one less for others."""
        app = AdslotMiddleware(article, POLICY, related=RELATED)
        assert call(app, **{"wsgi.multithread": True}).body == filled(related=RELATED)
        crew = app._filler._crew
        assert crew is not None
        assert crew._is_starting
        assert not crew._expected

    def test_a_server_without_threads(self):
        """Nobody else is kept waiting in its process."""
        app = AdslotMiddleware(article, POLICY)
        assert call(app, **{"wsgi.multithread": False}).body == filled()
        assert not app._filler._crew._workers  # type: ignore[union-attr]  # it has one

    def test_threads_do_not_queue_for_long(self, caplog):
        """They are needed for those who want something else."""
        app = AdslotMiddleware(article, POLICY, patience=1)
        app._filler._crew._expected[Future()] = 1.0  # type: ignore[union-attr]  # it has one
        app._filler._crew._ready = 1.0  # type: ignore[union-attr]  # and it has had a worker for long
        answer = call(app, **{"wsgi.multithread": True})
        assert answer.body == PAGE
        assert "etag" not in answer.headers
        assert [record.getMessage() for record in caplog.records] == [
            "'/' is sent without slots: the worker processes have too much to do"
        ]

    def test_a_page_that_takes_too_long_is_sent_as_it_was(self, caplog):
        app = AdslotMiddleware(article, POLICY, related=RELATED, relevance=slow(0.5), patience=0.1)
        app._filler._crew._worker()  # type: ignore[union-attr]  # it has one
        app._filler._crew._ready = 1.0  # type: ignore[union-attr]  # since long
        assert call(app, **{"wsgi.multithread": True}).body == PAGE
        assert "it takes too long" in caplog.text

    def test_a_relevance_is_asked_in_the_thread_of_the_request(self):
        """What the site knows of the request belongs to that."""
        threads = set()

        def relevance(section, item):
            threads.add(get_ident())
            return 1.0

        app = AdslotMiddleware(article, POLICY, related=RELATED, relevance=relevance)
        app._filler._crew._worker()  # type: ignore[union-attr]  # it has one
        assert call(app, **{"wsgi.multithread": True}).body == filled(related=RELATED)
        assert threads == {get_ident()}


class Chunks:
    """An iterable that knows whether it was closed."""

    def __init__(self, *chunks):
        self.chunks, self.closed = chunks, 0

    def __iter__(self):
        for chunk in self.chunks:
            if isinstance(chunk, Exception):
                raise chunk
            yield chunk

    def close(self):
        self.closed += 1


class TestClosing:
    """What the app returned is closed once, by the server after it has sent the page."""

    @pytest.mark.parametrize("limit", [10, 10_000])
    def test_it_is_closed_after_the_page_was_sent(self, limit):
        chunks = Chunks(PAGE, PAGE)

        def app(environ, start_response):
            start_response("200 OK", HTML)
            return chunks

        given = AdslotMiddleware(app, POLICY, limit=limit)(environment(), Answer().start_response)
        assert b"".join(given) in {PAGE * 2, filled(PAGE * 2)}
        assert chunks.closed == 0
        given.close()  # type: ignore[attr-defined]  # servers look for it, too
        assert chunks.closed == 1

    def test_it_is_closed_where_it_fails(self):
        """The server never sees it, and cannot close it."""
        chunks = Chunks(PAGE[:100], RuntimeError("die Datenbank ist weg"))

        def app(environ, start_response):
            start_response("200 OK", HTML)
            return chunks

        with pytest.raises(RuntimeError, match="Datenbank"):
            call(AdslotMiddleware(app, POLICY))
        assert chunks.closed == 1


class TestErrorsOfTheApp:
    """`start_response` once more, with exc_info."""

    @staticmethod
    def app(media):
        def failing(environ, start_response):
            start_response("200 OK", [("Content-Type", media)])
            yield PAGE[:100]
            try:
                raise RuntimeError("die Datenbank ist weg")  # noqa: TRY301  # it needs a traceback
            except RuntimeError:
                start_response("500 Internal Server Error", HTML, sys.exc_info())
            yield b"Ein Fehler."

        return failing

    def test_an_error_page_takes_the_place_of_a_page_that_nobody_has_seen(self):
        answer = call(AdslotMiddleware(self.app("text/html"), POLICY))
        assert (answer.status, answer.body) == ("500 Internal Server Error", b"Ein Fehler.")

    def test_what_was_sent_already_cannot_be_taken_back(self):
        """The server raises the error, as it would without the middleware."""
        with pytest.raises(RuntimeError, match="Datenbank"):
            call(AdslotMiddleware(self.app("text/plain"), POLICY))

    @pytest.mark.parametrize("media", ["text/html", "text/plain"])
    def test_a_second_beginning_without_reason(self, media):
        def app(environ, start_response):
            start_response("200 OK", [("Content-Type", media)])
            start_response("200 OK", [("Content-Type", media)])

        with pytest.raises(AssertionError, match="again without exc_info"):
            call(AdslotMiddleware(app, POLICY))


class TestConditions:
    """Entity tags and HEAD."""

    def test_a_client_that_has_the_page_is_told_so(self):
        tag = fetch(article).headers["etag"]
        answer = fetch(article, HTTP_IF_NONE_MATCH=f'"andere", W/{tag}')
        assert (answer.status, answer.headers) == ("304 Not Modified", {"ETag": tag})

    def test_a_page_with_other_slots_is_another_one(self):
        tag = fetch(article).headers["etag"]
        assert fetch(article, HTTP_IF_NONE_MATCH=tag, options={"related": RELATED}).status == "200 OK"

    def test_the_environment_of_the_server_is_not_changed(self):
        """Only the app shall see its own tags."""
        tag = fetch(article).headers["etag"]
        environ = environment(HTTP_IF_NONE_MATCH=tag)
        AdslotMiddleware(article, POLICY)(environ, Answer().start_response)
        assert environ["HTTP_IF_NONE_MATCH"] == tag

    def test_head_says_what_get_says_but_the_length(self):
        got, head = fetch(article), fetch(article, method="HEAD")
        assert head.headers == {name: value for name, value in got.headers.items() if name != "Content-Length"}
        assert head.body == b""

    def test_no_server_counts_the_body_of_head(self):
        """Some take the length of a list for that of the page, which they would not send."""

        def app(environ, start_response):
            start_response("200 OK", HTML)
            return [PAGE]

        given = AdslotMiddleware(app, POLICY)(environment(method="HEAD"), Answer().start_response)
        assert not hasattr(given, "__len__")


class TestFailures:
    """The reader gets the article, and the log the reason."""

    @pytest.mark.parametrize("name", ["context", "related"])
    def test_the_page_is_sent_without_slots(self, name, caplog):
        answer = fetch(article, "/rügen", options={name: lambda environ: 1 / 0})
        assert answer.body == PAGE
        assert {"etag", "last-modified"}.isdisjoint(answer.headers)
        assert [record.message for record in caplog.records] == ["'/rügen' is sent without slots"]

    def test_a_cause_is_told_in_full_once(self, caplog):
        """An outage has a line for each page, and not a traceback for each."""
        options: Any = {"related": lambda environ: 1 / 0}
        app = AdslotMiddleware(article, POLICY, **options)
        for path in ("/a", "/b"):
            b"".join(app(environment(path), Answer().start_response))
        assert [(record.message, bool(record.exc_info)) for record in caplog.records] == [
            ("'/a' is sent without slots", True),
            ("'/b' is sent without slots: ZeroDivisionError: division by zero", False),
        ]

    def test_relevance(self, caplog):
        options = {"related": RELATED, "relevance": lambda section, item: 1 / 0}
        assert fetch(article, options=options).body == PAGE
        assert "ZeroDivisionError" in caplog.text

    def test_a_wrong_policy_stops_the_site_when_it_starts(self):
        with pytest.raises(adslot.PolicyError):
            AdslotMiddleware(article, {"slots": {"anzeige": {"kind": "add"}}})
