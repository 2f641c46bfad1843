"""The middlewares behind real servers: `make load` asks them 10,000 times, this 200 times."""

from __future__ import annotations

import pytest

import adslot
from tests.contrib.load import ask, served
from tests.contrib.site import PAGE, POLICY, filled


@pytest.mark.parametrize("server", ["uvicorn", "waitress"])
def test_every_page_arrives_whole(server, tmp_path):
    """Over four connections at once that are kept alive, each answer is the page, with its slots or without."""
    policy, page = tmp_path / "adslot.toml", tmp_path / "page.html"
    policy.write_text(adslot.dumps(POLICY), encoding="utf-8")
    page.write_bytes(PAGE)
    with served(server, policy, page) as port:
        replies = ask(port, {"/plain": PAGE, "/filled": filled()}, count=100, connections=4)
    assert len(replies) == 200
    assert [reply for reply in replies if reply.fault] == []
