"""The middlewares behind real servers: `make servers` asks them for more, this 200 times."""

from __future__ import annotations

from http.client import HTTPConnection

import pytest

from tests.contrib.site import PAGE, filled
from tests.servers.loading import ask_all
from tests.servers.serving import served


@pytest.fixture(scope="module", params=["uvicorn", "waitress", "gthread"])
def port(request, tmp_path_factory):
    """Where a server has the page."""
    with served(request.param, tmp_path_factory.mktemp("site")) as server:
        yield server.port


def test_every_page_arrives_whole(port):
    """Over four connections at once that are kept alive, each answer is the page, with its slots or without."""
    replies = ask_all(port, {"/plain/page": PAGE, "/filled/page": filled()}, count=200, clients=4)
    assert len(replies) == 200
    assert [reply for reply in replies if reply.fault] == []


def test_head_tells_no_other_length_than_get(port):
    """Servers have ideas of their own where the app names none; and the connection must go on."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    found = []
    for method in ("HEAD", "GET", "HEAD"):
        connection.request(method, "/filled/page")
        response = connection.getresponse()
        found.append((method, response.headers["content-length"], response.read()))
    connection.close()
    assert found == [("HEAD", None, b""), ("GET", str(len(filled())), filled()), ("HEAD", None, b"")]
