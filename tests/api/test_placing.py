"""What a page is, and what a request may say."""

from __future__ import annotations

import pytest

import adslot


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"<!doctype html><p>Moin.</p>", True),
        (b"\xef\xbb\xbf \n<!-- a --><!-- b --><?xml version='1.0'?><html>", True),
        (b"<body class=a>", True),
        (b"<frameset><frame></frameset>", True),
        (b"<!--><!doctype html><p>Moin.", True),
        (b"<!---><html>", True),
        (b"<!-- a --!><html>", True),
        ("<!doctype html><p>Moin.".encode("utf-16"), True),
        ("<!-- ü --><html>".encode("utf-16-be"), False),
        (b"<p>Moin.</p>", False),
        (b"", False),
        (b"<!-- <html>", False),
        (b"<header>Moin.</header>", False),
        ("<html>", True),
    ],
)
def test_parts_of_pages_are_told_from_pages(page, expected):
    assert adslot.is_page(page) is expected
    assert adslot.read(page).is_page is expected


def test_the_encoding_may_be_given():
    assert adslot.is_page("<!-- ü --><html>".encode("utf-16-be"), encoding="utf-16-be")
    with pytest.raises(adslot.AdslotError):
        adslot.is_page(b"<html>", encoding="idna")


def test_a_hostile_beginning_is_read_once():
    """Nothing is tried again from the start for each of many comments."""
    assert not adslot.is_page(b"<!-- -->" * 100_000 + b"<!--" * 100_000)


@pytest.mark.parametrize("charset", ["utf-8", "kein-zeichensatz"])
def test_middlewares_leave_fragments_alone(charset, caplog):
    """Also where nobody knows the encoding that they are said to be in: nothing is wrong with a fragment."""
    from adslot.contrib.wsgi import AdslotMiddleware  # noqa: PLC0415

    headers = []

    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", f"text/html; charset={charset}"), ("ETag", '"v1"')])
        return [b"<p>Eins.</p><p>Zwei.</p>"]

    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/"}

    def start_response(status, said, *_):
        headers.extend(said)
        return lambda data: None

    given = AdslotMiddleware(app, "de-news")(environ, start_response)
    assert b"".join(given) == b"<p>Eins.</p><p>Zwei.</p>"
    assert ("ETag", '"v1"') in headers
    assert caplog.records == []


def test_a_page_may_begin_late():
    """Behind more comments than are looked at first."""
    from adslot.contrib._held import _begins_page, _is_page  # noqa: PLC0415

    page = b"<!-- " + b"x" * 9000 + b" --><!doctype html>"
    assert (_begins_page(page[:4096], "utf-8"), _is_page(page, "utf-8")) == (False, True)


@pytest.mark.parametrize("page", ["<!--><!doctype html>{}", "<!-- a --!><html>{}", "<!doctype html>{}"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_middlewares_know_the_same_pages(page, encoding):
    """They once had a pattern of their own, and left such pages without slots."""
    from adslot.contrib.wsgi import AdslotMiddleware  # noqa: PLC0415

    body = page.format("<p>Eins.</p><p>Zwei.</p>").encode(encoding)

    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", f"text/html; charset={encoding}")])
        return [body]

    policy = {"slots": {"anzeige": {"kind": "ad", "label": "Anzeige"}}, "rules": [{"name": "mitte", "slot": "anzeige"}]}
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/"}
    given = b"".join(AdslotMiddleware(app, policy)(environ, lambda *_: lambda data: None))
    assert adslot.strip(given, encoding=encoding) == body != given
