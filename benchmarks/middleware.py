"""Ask real servers for pages, plain and behind the middleware: what it adds, and what one page costs another.

Run it from the project's root: python -m benchmarks.middleware [--requests N] [--bytes N]

uvicorn, waitress and gunicorn serve made pages on the loopback, each in processes of their own. First, what the
middleware adds to a page, over one connection where no request waits for another, beside the time of `adslot.place`
for the same page; and that nothing goes wrong when four clients ask as fast as they can. Then how long an answer of
four bytes takes while four clients ask for a page of 500 KB all the time: as it is, filled in the server itself, and
filled by a worker.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path

import adslot
from tests.contrib.site import POLICY
from tests.servers.loading import Timed, ask_all, busy, high, timed
from tests.servers.serving import served
from tests.servers.site import page as made_page

SERVERS = ("uvicorn", "waitress", "gthread")
PATHS = ("/plain/made", "/filled/made")
PING, PONG, LARGE = "/plain/ping", b"pong", "long-page"
LATENCY_SHARE = 10  # of so many requests one is for the latency
PINGS, LARGE_CLIENTS = 400, 4


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=10_000, help="for pages with slots, and as many without")
    parser.add_argument("--bytes", type=int, default=30_000, help="of the page")
    options = parser.parse_args()
    page = made_page(options.bytes)
    expected = dict(zip(PATHS, (page, adslot.place(page, POLICY).html), strict=True))
    print(f"a page of {len(page):,} bytes, {options.requests:,} requests plain and as many filled, in turn\n")
    print(row("adslot.place", place_times(page)))
    faults = [fault for server in SERVERS for fault in added(server, expected, options)]
    print(f"\n{len(faults)} errors")
    print("\n".join(faults[:10]))
    print(f"\nan answer of 4 bytes, {PINGS} times, beside {LARGE_CLIENTS} clients that ask for 500 KB all the time\n")
    for server in SERVERS:
        beside(server)
    return 1 if faults else 0


def added(server: str, expected: dict[str, bytes], options: argparse.Namespace) -> list[str]:
    """Print what the middleware adds under *server*; what went wrong."""
    alone = 2 * options.requests // LATENCY_SHARE
    with tempfile.TemporaryDirectory() as folder, served(server, Path(folder), bytes=options.bytes) as running:
        ask_all(running.port, expected, count=100, clients=1)  # the first ones pay for imports and caches
        print()
        latency = ask_all(running.port, expected, count=alone, clients=1)
        print(f"{server}, 1 connection")
        told(latency)
        start = time.perf_counter()
        load = ask_all(running.port, expected, count=2 * options.requests - alone, clients=4)
        rate = len(load) / (time.perf_counter() - start)
        print(f"{server}, 4 connections: {rate:,.0f} requests a second")
        told(load)
    return [f"{server} {reply.path}: {reply.fault}" for reply in (*latency, *load) if reply.fault]


def beside(server: str) -> None:
    """Print how long others wait under *server* for those who want long pages."""
    ways = (("as it is", "plain", 1), ("filled in the server", "filled", 0), ("filled by a worker", "filled", 1))
    for index, (name, way, workers) in enumerate(ways):
        with tempfile.TemporaryDirectory() as folder, served(server, Path(folder), workers=workers) as running:
            ask_all(running.port, {f"/{way}/{LARGE}": b""}, count=20, clients=2)
            time.sleep(1)  # for a worker to be there
            if not index:
                print(row(f"{server}, alone", pings(running.port)))
            with busy(running.port, f"/{way}/{LARGE}", LARGE_CLIENTS):
                print(row(f"  {name}", pings(running.port)))


def pings(port: int) -> list[float]:
    """The seconds of some requests for next to nothing."""
    connection, taken = HTTPConnection("127.0.0.1", port, timeout=30), []
    for _ in range(PINGS):
        taken.append(timed(connection, PING, PONG).seconds)
        time.sleep(0.001)  # or it would ask at the very moment at which the last answer came
    connection.close()
    return taken


def told(replies: list[Timed]) -> None:
    plain, filled = ([reply.seconds for reply in replies if reply.path == path] for path in PATHS)
    print(row("  plain", plain))
    print(row("  filled", filled))
    print(f"  added{'':19} p50 {(statistics.median(filled) - statistics.median(plain)) * 1000:7.2f} ms")


def place_times(page: bytes, runs: int = 300) -> list[float]:
    """The seconds of `place` for the page as the middleware calls it, after some runs for warmth."""
    taken = []
    for _ in range(runs + 20):
        start = time.perf_counter()
        adslot.place(page, POLICY, mode="page", encoding="utf-8")
        taken.append(time.perf_counter() - start)
    return taken[20:]


def row(name: str, seconds: list[float]) -> str:
    """p50 and p99."""
    return f"{name:24} p50 {statistics.median(seconds) * 1000:7.2f} ms   p99 {high(seconds) * 1000:7.2f} ms"


if __name__ == "__main__":
    sys.exit(main())
