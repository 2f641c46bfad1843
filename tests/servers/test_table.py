"""What a client gets with the middleware and without: the same but for the slots, whatever the app does.

The table is in docs/how-to/run-in-production.md, by the names of the answers in `tests.servers.site`.
"""

from __future__ import annotations

import time

import pytest

from tests.contrib.site import PAGE, filled
from tests.servers.asking import Reply, ask, beginning, connected, request, understood
from tests.servers.site import ANSWERS, ETAG, MIDDLE_BYTES, page

ENDLESS = {"endless", "endless-said"}
FILLED = {"page", "chunked", "middle", "long-page", "made", "charset"}
SLOTS = b"data-adslot-rule"
# What is of the moment, and what an app says to the middleware.
OTHERS = {"date", "adslot"}
OUTDATED = {"content-length", "content-md5", "etag", "last-modified", "transfer-encoding"}


def told(reply: Reply, *but: str) -> list[tuple[str, str]]:
    """What the headers say, whatever their order."""
    return sorted(pair for pair in reply.headers if pair[0] not in {*OTHERS, *but})


def both(server, name, method="GET", version="1.1", **headers):
    """What the client gets without the middleware and with it."""
    return [ask(server.port, f"/{way}/{name}", method, version, **headers) for way in ("plain", "filled")]


def assert_same(plain: Reply, other: Reply) -> None:
    assert (other.status, told(other), other.end) == (plain.status, told(plain), plain.end)
    assert other.body == plain.body


def assert_filled(plain: Reply, other: Reply) -> None:
    """The page has its slots, and its headers are true of it."""
    assert other.body == filled(plain.body)
    assert (other.status, other.end) == (plain.status, "whole")
    assert told(other, *OUTDATED) == told(plain, *OUTDATED)
    assert other.header("content-length") == str(len(other.body))
    assert {"last-modified", "content-md5", "transfer-encoding"}.isdisjoint(dict(other.headers))
    if tag := plain.header("etag"):
        assert (other.header("etag") or "").startswith(f"{tag[:-1]}-adslot-")


@pytest.mark.parametrize("version", ["1.1", "1.0"])
@pytest.mark.parametrize("name", sorted(ANSWERS.keys() - ENDLESS - {"raised", "stopped"}))
def test_a_get(server, name, version):
    plain, other = both(server, name, version=version)
    expect = assert_filled if name in FILLED else assert_same
    expect(plain, other)
    assert (SLOTS in other.body) is (name in FILLED)


@pytest.mark.parametrize("name", ["short", "short-cut", "empty"])
def test_a_page_that_breaks_off_is_seen_to_break_off(server, name):
    """By readers and caches, with the app's own headers."""
    _, other = both(server, name)
    assert other.end == "broken"
    assert other.header("content-length") == str(len(PAGE))
    assert other.header("etag") == ETAG


def test_a_page_that_stops(server):
    """ASGI has a last message, and WSGI nothing that tells such a page from a whole one."""
    plain, other = both(server, "stopped")
    expect = assert_same if plain.end == "broken" else assert_filled
    expect(plain, other)


def test_an_app_that_fails(server):
    """Without the middleware the client has seen the beginning; with it, it gets the server's own error page."""
    plain, other = both(server, "raised")
    assert plain.status.split()[1] == "200"
    assert plain.end == "broken"
    assert (other.status.split()[1], other.end) == ("500", "whole")
    assert other.header("etag") is None


@pytest.mark.parametrize("name", sorted(ANSWERS.keys() - ENDLESS - FILLED - {"raised", "stopped"}))
def test_head_of_what_is_passed_on(server, name):
    """But for what only the body tells: of which the middleware says nothing that could be false."""
    plain, other = both(server, name, "HEAD")
    but = set() if dict(plain.headers).keys() == dict(other.headers).keys() else OUTDATED
    assert (other.status, told(other, *but), other.body) == (plain.status, told(plain, *but), plain.body)


@pytest.mark.parametrize("name", sorted(FILLED))
def test_head_says_what_get_says_but_the_length(server, name):
    got, head = (ask(server.port, f"/filled/{name}", method) for method in ("GET", "HEAD"))
    assert (head.status, head.body) == (got.status, b"")
    assert told(head, "content-length", "transfer-encoding") == told(got, "content-length")


def test_a_part_of_a_page(server):
    assert_same(*both(server, "page", range="bytes=10-19"))
    assert ask(server.port, "/filled/page", range="bytes=10-19").body == PAGE[10:20]


@pytest.mark.parametrize("name", ["page", "middle"])
def test_a_page_that_the_client_has(server, name):
    """The answer to the marked tag is what it is to the plain one without the middleware."""
    tag = ask(server.port, f"/filled/{name}").header("etag")
    plain = ask(server.port, f"/plain/{name}", if_none_match=ETAG)
    other = ask(server.port, f"/filled/{name}", if_none_match=str(tag))
    assert (plain.status, other.status) == (other.status, plain.status)
    assert other.status.split()[1] == "304"
    assert (other.header("etag"), other.body) == (tag, b"")
    assert told(other, *OUTDATED) == told(plain, *OUTDATED)


@pytest.mark.parametrize("name", sorted(ENDLESS))
def test_a_page_without_end_is_let_go(server, name):
    """After some patience the client sees it come, as without the middleware."""
    size = 2 * len(PAGE)
    assert beginning(server.port, f"/filled/{name}", size) == beginning(server.port, f"/plain/{name}", size)


@pytest.mark.parametrize("name", ["middle", "too-long"])
def test_a_reader_that_is_slow(server, name):
    """It gets all of it, and the others wait no longer for it than without the middleware."""
    found = [slowly(server.port, f"/{way}/{name}") for way in ("plain", "filled")]
    assert found[1][1] < found[0][1] + 1
    assert [reply.end for reply, _ in found] == ["whole", "whole"]
    assert [reply.body for reply, _ in found] == [reply.body for reply in both(server, name)]


def slowly(port: int, path: str) -> tuple[Reply, float]:
    """The reply to somebody who reads little at a time, and how long three others had to wait in the meantime."""
    with connected(port, receives=4096) as client:
        client.sendall(request(path))
        data, start = client.recv(1000), time.perf_counter()
        for _ in range(3):
            assert ask(port, "/filled/page").body == filled()
        seconds = time.perf_counter() - start
        for _ in range(20):
            time.sleep(0.01)
            data += client.recv(20_000)
        while more := client.recv(1 << 20):
            data += more
    return understood(data), seconds


@pytest.mark.parametrize("name", ["page", "big", "middle", "endless", "too-long"])
def test_clients_that_go(server, name):
    """Before, and in the middle of the answer: the next ones get theirs."""
    for received in (0, 100):
        for _ in range(4):
            with connected(server.port) as client:
                client.sendall(request(f"/filled/{name}"))
                if received:
                    client.recv(received)
    assert ask(server.port, "/filled/page").body == filled()
    assert ask(server.port, "/filled/middle").body == filled(page(MIDDLE_BYTES))


def test_a_connection_goes_on(server):
    """After pages with slots and without, HEAD and 304 the next answer is where the client looks for it."""
    with connected(server.port) as client:
        for method, path in (("GET", "page"), ("HEAD", "page"), ("GET", "part"), ("GET", "ping")):
            client.sendall(request(f"/filled/{path}", method, connection="keep-alive"))
            data = client.recv(65536)
            while method == "GET" and (got := understood(data)).end == "broken":
                data += client.recv(65536)
            if b"connection: close" in data.partition(b"\r\n\r\n")[0].lower():
                return  # servers with one thread for one connection may end it
        assert got.body == b"pong"
