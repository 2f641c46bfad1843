"""Hostile inputs, each at size n and 2n: work that is linear in the input takes about twice as long.

Run it from the project's root: python -m benchmarks.hostile [--json FILE]
"""

from __future__ import annotations

import argparse
import gc
import json
import time
from collections.abc import Callable
from pathlib import Path

import adslot
from benchmarks.bench import POLICY

TEXT = "<p>Ein Absatz mit etwas Text, damit es einen Artikel gibt.</p>\n" * 20
INPUTS: dict[str, tuple[int, Callable[[int], str]]] = {
    "comments in a row": (2_000, lambda n: TEXT + "<!-- x --> " * n + TEXT),
    "comments, never closed": (2_000, lambda n: TEXT + "<!-- " * n + TEXT),
    "nested p": (8_000, lambda n: "<p>" * n + TEXT),
    "nested p with text": (8_000, lambda n: "<p>x " * n),
    "nested div": (8_000, lambda n: "<div>" * n + TEXT),
    "nested div, closed": (8_000, lambda n: "<div>" * n + TEXT + "</div>" * n),
    "nested b": (8_000, lambda n: "<b>" * n + TEXT),
    "nested a": (8_000, lambda n: "<a>" * n + TEXT),
    "nested font p": (8_000, lambda n: "<font><p>" * n + TEXT),
    "nested table tr td": (8_000, lambda n: "<table><tr><td>" * n + TEXT),
    "end tags without start": (8_000, lambda n: TEXT + "</p></b></div>" * n),
    "slots, never closed": (8_000, lambda n: TEXT + '<aside data-adslot="a" data-adslot-rule="b">' * n),
    "attributes": (8_000, lambda n: "<div " + " ".join(f"a{i}=x" for i in range(n)) + ">" + TEXT + "</div>"),
    "attributes of a slot": (
        8_000,
        lambda n: '<p data-adslot="a" data-adslot-rule="b" ' + "a=x " * n + ">x</p>" + TEXT,
    ),
    "5 MB of <": (5_000_000, lambda n: "<" * n),
    "5 MB of <!": (2_500_000, lambda n: "<!" * n),
    "5 MB of blanks": (5_000_000, lambda n: TEXT + " " * n + TEXT),
}
LINEAR_BOUND = 3.0  # 2 is linear, 4 is quadratic


def seconds(html: str, runs: int = 3) -> float:
    """The least time of `place` and `strip` together."""
    return min(_once(html) for _ in range(runs))


def _once(html: str) -> float:
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        adslot.strip(adslot.place(html, POLICY).html)
        return time.perf_counter() - start
    finally:
        gc.enable()


def main() -> None:
    """Measure all inputs and print a table; exit 1 where the time grows faster than the input."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers to FILE")
    arguments = parser.parse_args()
    rows = []
    print(f"{'input':26}  {'n':>9}  {'ms at n':>9}  {'ms at 2n':>9}  ratio")
    for name, (size, make) in INPUTS.items():
        once, twice = seconds(make(size)), seconds(make(2 * size))
        # Below some milliseconds the constant part decides, and above it the ratio.
        linear = twice < 0.02 or twice / once < LINEAR_BOUND
        rows.append({"input": name, "size": size, "seconds": once, "seconds_at_double": twice, "linear": linear})
        verdict = "" if linear else "  NOT LINEAR"
        print(f"{name:26}  {size:9}  {1000 * once:9.1f}  {1000 * twice:9.1f}  {twice / once:5.1f}{verdict}", flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    raise SystemExit(not all(row["linear"] for row in rows))


if __name__ == "__main__":
    main()
