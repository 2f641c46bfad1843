"""Ask real servers for a page, plain and behind the middleware in turn: nothing may go wrong, and little be added.

Run it from the project's root: python -m benchmarks.middleware [--requests N] [--size BYTES]

uvicorn and waitress serve a made page on the loopback, each in a process of its own. Latency is measured over one
connection, where no request waits for another; then four connections at once ask as fast as they can. What the
middleware adds is told beside the time of `adslot.place` for the same page.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

import adslot
from benchmarks.articles import page as made_page
from tests.contrib.load import PATHS, Reply, ask, served

POLICY = """
[slots.anzeige]
kind = "ad"
label = "Anzeige"

[[rules]]
name = "in-text"
slot = "anzeige"
max = 3
from_start = "200 chars"
from_end = "300 chars"
apart = "700 chars and 1 paragraph"
"""
LATENCY_SHARE = 10  # of so many requests one is for the latency


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=10_000, help="for pages with slots, and as many without")
    parser.add_argument("--size", type=int, default=30_000, help="of the page, in bytes")
    options = parser.parse_args()
    policy, page = adslot.loads(POLICY), made_page(options.size).encode()
    expected = dict(zip(PATHS, (page, adslot.place(page, policy).html), strict=True))
    print(f"a page of {len(page):,} bytes, {options.requests:,} requests plain and as many filled, in turn\n")
    taken = place_times(page, policy)
    print(row("adslot.place", taken))
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder, "adslot.toml"), Path(folder, "page.html")
        files[0].write_text(POLICY, encoding="utf-8")
        files[1].write_bytes(page)
        faults = [fault for server in ("uvicorn", "waitress") for fault in measured(server, files, expected, options)]
    print(f"\n{len(faults)} errors")
    print("\n".join(faults[:10]))
    return 1 if faults else 0


def measured(
    server: str, files: tuple[Path, Path], expected: dict[str, bytes], options: argparse.Namespace
) -> list[str]:
    """Print what the middleware adds under *server*; what went wrong."""
    alone = options.requests // LATENCY_SHARE
    with served(server, *files) as port:
        ask(port, expected, count=50, connections=1)  # the first ones pay for imports and caches
        print()
        latency = ask(port, expected, count=alone, connections=1)
        print(f"{server}, 1 connection")
        told(latency)
        start = time.perf_counter()
        load = ask(port, expected, count=options.requests - alone, connections=4)
        rate = len(load) / (time.perf_counter() - start)
        print(f"{server}, 4 connections: {rate:,.0f} requests a second")
        told(load)
    return [f"{server} {reply.path}: {reply.fault}" for reply in (*latency, *load) if reply.fault]


def told(replies: list[Reply]) -> None:
    plain, filled = ([reply.seconds for reply in replies if reply.path == path] for path in PATHS)
    print(row("  plain", plain))
    print(row("  filled", filled))
    print(row("  added", [b - a for a, b in zip(quantiles(plain), quantiles(filled), strict=True)], is_made=True))


def place_times(page: bytes, policy: adslot.Policy, runs: int = 300) -> list[float]:
    """The seconds of `place` for the page as the middleware calls it, after some runs for warmth."""
    taken = []
    for _ in range(runs + 20):
        start = time.perf_counter()
        adslot.place(page, policy, mode="page", encoding="utf-8")
        taken.append(time.perf_counter() - start)
    return taken[20:]


def quantiles(seconds: list[float]) -> tuple[float, float]:
    """p50 and p95."""
    return statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]


def row(name: str, seconds: list[float], *, is_made: bool = False) -> str:
    middle, high = seconds if is_made else quantiles(seconds)
    return f"{name:14} p50 {middle * 1000:7.2f} ms   p95 {high * 1000:7.2f} ms"


if __name__ == "__main__":
    sys.exit(main())
