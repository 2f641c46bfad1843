"""The decision that both middlewares ask for: which responses get slots, and what is true of a page that has them."""

from __future__ import annotations

from types import SimpleNamespace

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adslot.contrib._responses import Response, unmarked
from tests.contrib.site import HEADERS, PAGE

MARKING = SimpleNamespace(mark="0c1d")
LIMIT = 10_000


def response(status=200, **changes):
    """The app's response with some headers changed, or taken out where the value is None."""
    headers = HEADERS | {name.replace("_", "-"): value for name, value in changes.items()}
    return Response.of(status, [(name, value) for name, value in headers.items() if value is not None])


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (response(), None),
        (response(content_type="Text/HTML"), None),
        (response(content_length=None), None),
        (response(content_length="10000"), None),
        (response(adslot="on"), None),
        (response(404), "the status is 404"),
        (response(206), "the status is 206"),
        (response(304), "the status is 304"),
        (response(content_type="application/xhtml+xml"), "it is no HTML, but application/xhtml+xml"),
        (response(content_type="text/html-fragment"), "it is no HTML, but text/html-fragment"),
        (response(content_type=None), "it is no HTML, but of no type"),
        (response(content_encoding="gzip"), "it is compressed already: gzip"),
        (response(content_length="10001"), "it has more than 10000 bytes"),
        (response(transfer_encoding="chunked"), "the app sends it in a form of its own: chunked"),
        (response(content_disposition="Attachment; filename=a.html"), "it is a file to save"),
        (response(adslot=" Off "), "the app says Adslot: off"),
    ],
)
def test_what_is_left_alone(given, refusal):
    """HTML with the status 200 gets slots, unless something is in the way; then the reason is told."""
    found = given.refusal(LIMIT)
    assert (None if found is None else str(found)) == refusal


@pytest.mark.parametrize(
    "length", ["", "-5", "+5", "5, 5", " 5", "5 ", "5_0", "0x5", "1e3", "٥", "²", "5" * 5000, "0" * 19, "viele"]
)
def test_a_length_that_is_no_number_is_left_to_the_server(length):
    """Nobody can know what such an app means, and no server says less than it would without the middleware."""
    given = response(content_length=length)
    assert (given.declared, given.refusal(LIMIT)) == (None, "its Content-Length is no number")


@pytest.mark.parametrize("second", ["7", str(len(PAGE)), "-1"])
def test_two_lengths_are_none(second):
    """Even where they are the same: it is for the server to say what that means."""
    given = attrs.evolve(response(), headers=[*response().headers, ("Content-Length", second)])
    assert given.refusal(LIMIT) == "its Content-Length is no number"


@pytest.mark.parametrize(
    ("name", "second", "refusal"),
    [
        ("content-type", "application/json", "it is no HTML, but application/json and text/html"),
        ("content-type", "text/html", None),
        ("content-encoding", "br", "it is compressed already: br"),
    ],
)
def test_headers_that_come_twice(name, second, refusal):
    """What one of them says is enough to leave a response alone."""
    given = attrs.evolve(response(content_encoding=""), headers=[*response().headers, (name, second)])
    found = given.refusal(LIMIT)
    assert (None if found is None else str(found)) == refusal


def test_the_opt_out_goes_no_further():
    assert ("adslot", "off") not in response(adslot="off").headers
    assert response(adslot="off").unchanged(None) == response().headers


def test_a_filled_page_says_only_what_is_true_of_it():
    """Length and tag are those of the filled page; digests, the date and ranges are of another. The rest stays."""
    assert dict(response().filled(MARKING, 7)) == {
        "content-type": "text/html; charset=utf-8",
        "etag": '"v1-adslot-0c1d"',
        "cache-control": "max-age=60, no-transform",
        "vary": "Cookie",
        "Content-Length": "7",
    }


def test_a_length_that_is_not_known_is_not_told():
    """For HEAD nobody has made the page."""
    assert "content-length" not in {name.lower() for name, _ in response().filled(MARKING, None)}


@pytest.mark.parametrize(
    ("tag", "marked"),
    [('"v1"', '"v1-adslot-0c1d"'), ('W/"v1"', 'W/"v1-adslot-0c1d"'), ('""', '"-adslot-0c1d"'), ("v1", None)],
)
def test_entity_tags_are_marked(tag, marked):
    """Strong ones stay strong and weak ones weak; what is no tag is left out."""
    assert dict(response(etag=tag).filled(MARKING, 7)).get("etag") == marked


def test_nothing_works_out_a_mark_that_nobody_wants():
    """The mark is made of all related articles: that is not done for a page without a tag."""
    assert response(etag=None).filled(SimpleNamespace(), 7)


def test_nothing_changed_is_said_of_the_page_that_was_asked_for():
    """The app says it of its own tag; the client knows the marked one, and no date."""
    assert dict(response(304).unchanged(MARKING))["etag"] == '"v1-adslot-0c1d"'
    assert "last-modified" not in dict(response(304).unchanged(MARKING))
    assert dict(response(304).unchanged(None))["etag"] == '"v1"'


def test_a_failed_page_cannot_be_asked_for_again():
    """Nothing else changes, but without tag and date nobody holds it for the page with slots later."""
    kept = {name: value for name, value in HEADERS.items() if name not in {"etag", "last-modified"}}
    assert dict(response().failed()) == kept


tags = st.text(st.characters(codec="latin-1", exclude_characters='"', min_codepoint=33), max_size=20)


@given(st.lists(st.tuples(st.sampled_from(["", "W/"]), tags), min_size=1, max_size=4))
def test_marks_are_taken_off_again(pairs):
    """The app finds the tags that it gave, whatever stands in them."""
    given = [f'{weak}"{tag}"' for weak, tag in pairs]
    marked = [dict(response(etag=tag).filled(MARKING, 7))["etag"] for tag in given]
    assert unmarked(", ".join(marked), "0c1d") == ", ".join(given)


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("text/html", None),
        ("text/html; charset=utf-8", "utf-8"),
        ('text/html;Charset="ISO-8859-1"; x=y', "ISO-8859-1"),
        ("text/html; x-charset=utf-8", None),
    ],
)
def test_the_charset_is_that_of_the_header(content_type, charset):
    assert response(content_type=content_type).charset == charset
