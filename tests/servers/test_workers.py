"""The processes that fill pages for a server: they are there when it needs them, and gone when it is."""

from __future__ import annotations

import signal
import time

import pytest

from tests.contrib.site import filled
from tests.servers.asking import ask
from tests.servers.serving import Server, gone, kill, served
from tests.servers.site import LONG_BYTES, page

LONG = "/filled/long-page"
BY_WORKERS = ["uvicorn", "waitress", "gthread"]


def long_page(port: int, seconds: float = 20.0) -> None:
    """Ask for a long page until it has its slots."""
    until = time.monotonic() + seconds
    while (body := ask(port, LONG).body) != filled(page(LONG_BYTES)):
        assert body == page(LONG_BYTES)
        assert time.monotonic() < until
        time.sleep(0.05)


def some_workers(server: Server, seconds: float = 20.0) -> list[int]:
    """Its workers, of which there is one at least: they come when they are needed."""
    until = time.monotonic() + seconds
    while not (pids := server.worker_pids):
        assert time.monotonic() < until
        time.sleep(0.02)
        long_page(server.port)
    return pids


@pytest.mark.parametrize("kind", BY_WORKERS)
def test_a_worker_is_started_when_it_is_needed(kind, tmp_path):
    """Small pages need none."""
    with served(kind, tmp_path) as server:
        assert ask(server.port, "/filled/page").body == filled()
        assert server.worker_pids == []
        long_page(server.port)
        assert len(some_workers(server)) == 1


def test_a_server_without_threads_needs_none(tmp_path):
    with served("gunicorn", tmp_path) as server:
        long_page(server.port)
        assert server.worker_pids == []


@pytest.mark.parametrize("kind", BY_WORKERS)
def test_a_worker_that_was_killed_is_replaced(kind, tmp_path):
    """No page fails for it, and the next ones have their slots."""
    with served(kind, tmp_path) as server:
        for _ in range(2):
            long_page(server.port)
            (pid,) = some_workers(server)
            kill(pid)
            long_page(server.port)
            assert some_workers(server) != [pid]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("kind", BY_WORKERS)
def test_workers_end_with_their_server(kind, number, tmp_path):
    """Also where it had no time to say so."""
    with served(kind, tmp_path) as server:
        long_page(server.port)
        pids = [*some_workers(server), *server.pids[1:]]
        for pid in [server.process.pid, *server.pids[1:]] if number == signal.SIGKILL else [server.process.pid]:
            if pid not in server.worker_pids:
                kill(pid, number)
        server.process.wait(20)
        assert gone(pids, 20)


def test_an_application_that_is_loaded_before_the_fork(tmp_path):
    """Each process has a worker of its own; one that is replaced takes its worker with it, and the new one has another."""
    with served("gthread", tmp_path, "--preload", "--workers", "2") as server:
        until = time.monotonic() + 30
        while len(server.worker_pids) < 2:
            long_page(server.port)
            assert time.monotonic() < until
        processes = [pid for pid in server.pids[1:] if pid not in server.worker_pids]
        owned = server.worker_pids
        for pid in processes:
            kill(pid)
        assert gone(owned, 20)
        long_page(server.port)
        assert set(some_workers(server)).isdisjoint(owned)
    assert "Traceback" not in server.log.read_text()
