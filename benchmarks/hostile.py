"""Hostile pages, each at sizes n and 4n: work that is linear in the page takes four times as long, or a little more.

Run it from the project's root: python -m benchmarks.hostile [NAME ...] [--verbs VERB,...] [--json FILE]

The pages are given to `place`, `explain`, `check`, `strip` and `place_tree`; n is so large that one run takes 20 ms,
but no larger than a page of 1.5 MB: where that takes less, there is no ratio. Fails, with exit code 1, where time(4n) is more than 5.5 times time(n), the best of five runs each, or
where a page of 1 MB takes more than 2 s. Explaining has an answer for every gap and rule, of which a page of a
megabyte can have a million: there only the ratio counts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import attrs

from tests.hostile import ROWS, VERBS, Row, Task, sized, task

MOST_RATIO = 5.5
MOST_PER_MB = 2.0
LEAST_SECONDS = 0.02
RUNS = 5


@attrs.frozen
class Cell:
    """One verb on one row: the *size* n, the *seconds* at n and at 4n, and those of a page of 1 MB."""

    row: str
    verb: str
    size: int
    seconds: float
    seconds_at_four: float
    seconds_per_mb: float

    @property
    def ratio(self) -> float:
        return self.seconds_at_four / self.seconds

    @property
    def fails(self) -> bool:
        grows = self.seconds >= LEAST_SECONDS and self.ratio > MOST_RATIO
        return grows or (self.verb != "explain" and self.seconds_per_mb > MOST_PER_MB)

    def __str__(self) -> str:
        ratio = f"{self.ratio:.1f}" if self.seconds >= LEAST_SECONDS else "-"
        return f"{ratio} {self.seconds_per_mb:6.2f}{'!' if self.fails else ' '}"


def measured(name: str, row: Row, verb: str) -> Cell:
    """The times of one verb on one row; what is too slow is measured once more, with other things on the machine."""
    size, once = sized(row, verb, LEAST_SECONDS)
    four = task(row, verb, 4 * size)
    cell = _cell(name, row, (size, once, four), verb)
    return min(cell, _cell(name, row, (size, once, four), verb), key=lambda cell: cell.ratio) if cell.fails else cell


def _cell(name: str, row: Row, tasks: tuple[int, Task, Task], verb: str) -> Cell:
    size, once, four = tasks
    seconds, at_four = once.least_seconds(RUNS), four.least_seconds(RUNS)
    per_mb = at_four / len(four.html) * 1_000_000
    if per_mb > MOST_PER_MB and verb != "explain" and len(four.html) < 1_000_000:
        # What a small page costs in any case is no part of it.
        large = task(row, verb, 4 * size * 1_000_000 // len(four.html))
        per_mb = large.least_seconds(RUNS) / len(large.html) * 1_000_000
    return Cell(name, verb, size, seconds, at_four, per_mb)


def main() -> None:
    """Measure and print a table; exit 1 where a row fails."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="rows to measure instead of all")
    parser.add_argument("--verbs", default=",".join(VERBS), help=f"verbs to measure instead of {','.join(VERBS)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers to FILE")
    arguments = parser.parse_args()
    verbs = arguments.verbs.split(",")
    print("time(4n) / time(n), and seconds for 1 MB; ! is too much\n")
    print(f"{'page':28}", *(f"{verb:>12}" for verb in verbs), sep="")
    cells: list[Cell] = []
    for name in arguments.names or ROWS:
        found = [measured(name, ROWS[name], verb) for verb in verbs if verb in ROWS[name].verbs]
        print(f"{name:28}", *_columns(found, verbs), sep="", flush=True)
        cells += found
    if arguments.json:
        arguments.json.write_text(as_json(cells), encoding="utf-8")
    print(f"\n{sum(cell.fails for cell in cells)} of {len(cells)} fail")
    raise SystemExit(any(cell.fails for cell in cells))


def _columns(found: Sequence[Cell], verbs: Sequence[str]) -> list[str]:
    by_verb = {cell.verb: str(cell) for cell in found}
    return [f"{by_verb.get(verb, ''):>12}" for verb in verbs]


def as_json(cells: Sequence[Cell]) -> str:
    return json.dumps([attrs.asdict(cell) | {"ratio": cell.ratio, "fails": cell.fails} for cell in cells], indent=1)


if __name__ == "__main__":
    main()
