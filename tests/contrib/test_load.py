"""The middlewares behind real servers: `make load` asks them 10,000 times, this 200 times."""

from __future__ import annotations

from http.client import HTTPConnection

import pytest

import adslot
from tests.contrib.load import ask, served
from tests.contrib.site import PAGE, POLICY, filled


@pytest.fixture(params=["uvicorn", "waitress"])
def port(request, tmp_path):
    """Where a server has the page."""
    policy, page = tmp_path / "adslot.toml", tmp_path / "page.html"
    policy.write_text(adslot.dumps(POLICY), encoding="utf-8")
    page.write_bytes(PAGE)
    with served(request.param, policy, page) as port:
        yield port


def test_every_page_arrives_whole(port):
    """Over four connections at once that are kept alive, each answer is the page, with its slots or without."""
    replies = ask(port, {"/plain": PAGE, "/filled": filled()}, count=100, connections=4)
    assert len(replies) == 200
    assert [reply for reply in replies if reply.fault] == []


def test_head_tells_no_other_length_than_get(port):
    """Servers have ideas of their own where the app names none; and the connection must go on."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    found = []
    for method in ("HEAD", "GET", "HEAD"):
        connection.request(method, "/filled")
        response = connection.getresponse()
        found.append((method, response.headers["content-length"], response.read()))
    connection.close()
    assert found == [("HEAD", None, b""), ("GET", str(len(filled())), filled()), ("HEAD", None, b"")]
