"""Many requests at once, and how long others take beside them.

Run as a program it is some clients that ask for one path again and again until the program is ended, so that the
one who measures does not share a process with them: python -m tests.servers.loading PORT PATH CLIENTS
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import repeat

import attrs

from tests.servers.serving import ROOT


@attrs.frozen
class Timed:
    """What came of a request: the seconds that it took, and what was wrong with the answer."""

    path: str
    seconds: float
    fault: str | None


def ask_all(port: int, expected: Mapping[str, bytes], *, count: int, clients: int) -> list[Timed]:
    """Ask *count* times in all, for each path in turn, over so many connections at once that are kept alive."""

    def work(share: Sequence[str]) -> list[Timed]:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        found = [timed(connection, path, expected[path]) for path in share]
        connection.close()
        return found

    paths = [path for _, path in zip(range(count), _around(list(expected)), strict=False)]
    # Each client asks for all of them: a stride would give it always the same one.
    shares = [paths[number * count // clients : (number + 1) * count // clients] for number in range(clients)]
    with ThreadPoolExecutor(clients) as pool:
        return [one for found in pool.map(work, shares) for one in found]


def timed(connection: HTTPConnection, path: str, expected: bytes) -> Timed:
    """One request, and whether the answer is as *expected*."""
    start = time.perf_counter()
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
    except (OSError, HTTPException) as error:
        connection.close()
        return Timed(path, time.perf_counter() - start, repr(error))
    seconds = time.perf_counter() - start
    if (response.status, response.headers["content-length"]) != (200, str(len(expected))):
        return Timed(path, seconds, f"status {response.status}, length {response.headers['content-length']}")
    return Timed(path, seconds, None if body == expected else "the body is another one")


@contextmanager
def busy(port: int, path: str, clients: int) -> Iterator[None]:
    """While this lasts, *clients* ask for *path*."""
    command = [sys.executable, "-m", "tests.servers.loading", str(port), path, str(clients)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()  # all of them have had their first answer
        try:
            yield
        finally:
            process.kill()


def high(seconds: Sequence[float], share: float = 0.99) -> float:
    """The time that so large a share of requests did not exceed."""
    return sorted(seconds)[min(int(len(seconds) * share), len(seconds) - 1)]


def _around(paths: list[str]) -> Iterator[str]:
    for again in repeat(paths):
        yield from again


def _forever(port: int, path: str, told: list[int], clients: int) -> None:
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", path)
            connection.getresponse().read()
        except (OSError, HTTPException):
            time.sleep(0.01)
        connection.close()
        told.append(1)
        if len(told) == clients:
            print("busy", flush=True)  # noqa: T201  # for the process that started this one


if __name__ == "__main__":
    number = int(sys.argv[3])
    answers: list[int] = []
    with ThreadPoolExecutor(number) as pool:
        for _ in range(number):
            pool.submit(_forever, int(sys.argv[1]), sys.argv[2], answers, number)
