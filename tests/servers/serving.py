"""Real servers on the loopback, each in processes of its own that end with the test."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import attrs

ROOT = Path(__file__).parents[2]
SITE = "tests.servers.site"
# uvicorn has one thread; the others have as many as they say, or as many processes.
COMMANDS = {
    "uvicorn": "-m tests.servers.run uvicorn {fd}",
    "waitress": "-m tests.servers.run waitress {fd}",
    "gunicorn": "-m gunicorn {site}:wsgi_app() --bind fd://{fd} --workers 2 --log-level warning -c python:tests.servers.gunicorn_options",
    "gthread": "-m gunicorn {site}:wsgi_app() --bind fd://{fd} --threads 4 --log-level warning -c python:tests.servers.gunicorn_options",
}


@attrs.frozen
class Server:
    """A server that listens at *port*, and where its *log* is."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def pids(self) -> list[int]:
        """Its processes, the first one that was started before its children."""
        return [self.process.pid, *_below(self.process.pid)]

    @property
    def worker_pids(self) -> list[int]:
        """The processes that fill pages for it."""
        return [pid for pid in self.pids if "adslot.contrib._worker" in _told(f"/proc/{pid}/cmdline")]

    @property
    def kilobytes(self) -> int:
        """The memory that all its processes have to themselves."""
        return sum(_kilobytes(pid) for pid in self.pids)


@contextmanager
def served(server: str, folder: Path, *more: str, **options: Any) -> Iterator[Server]:
    """A *server* with the site, which has the middleware with *options*. Its log goes to *folder*."""
    # asyncio sends without delay only over sockets that say that they are TCP.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(512)
        command = COMMANDS[server].format(site=SITE, fd=listening.fileno()).split()
        log = folder / f"{server}.log"
        with log.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, *command, *more],
                cwd=ROOT,
                env=os.environ | {"ADSLOT_SITE": json.dumps(options), "PYTHONUNBUFFERED": "1"},
                stdout=file,
                stderr=file,
                pass_fds=[listening.fileno()],
            )
        port = listening.getsockname()[1]
    try:
        yield Server(port, process, log)
    finally:
        _end(process)


def gone(pids: list[int], seconds: float = 5.0) -> bool:
    """Whether all of these processes end within some seconds."""
    until = time.monotonic() + seconds
    while any(_runs(pid) for pid in pids):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def kill(pid: int, number: int = signal.SIGKILL) -> None:
    """Send a process a signal, if it has not ended by itself."""
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def _end(process: subprocess.Popen[bytes]) -> None:
    pids = [process.pid, *_below(process.pid)]
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        for pid in pids:
            kill(pid)
        process.wait(10)


def _below(pid: int) -> list[int]:
    """The children of a process, and theirs."""
    found = []
    # A process that ends while it is asked has none.
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, _told(task / "children").split()):
                found += [child, *_below(child)]
    return found


def _told(path: Path | str) -> str:
    """What the system says of a process or a thread in this file: nothing, if it has ended meanwhile."""
    try:
        return Path(path).read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _kilobytes(pid: int) -> int:
    lines = _told(f"/proc/{pid}/smaps_rollup").splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _runs(pid: int) -> bool:
    said = _told(f"/proc/{pid}/stat").rpartition(")")[2].split()
    return bool(said) and said[0] != "Z"
