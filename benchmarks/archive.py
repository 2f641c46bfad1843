"""Filling a folder with `adslot place --jobs`: what it costs beside a plain loop, by how many files, and the second time.

Run it from the project's root: python -m benchmarks.archive [--files N] [--bytes N] [--rounds N]

Made pages, filled by a plain loop in one process that reads, places and writes, and by the command with one job and
with two, in turn. CPU seconds of a run are those of all its processes; on a machine that does nothing else, two jobs
take the CPU seconds of both by two. The most memory is that of the largest process. *again* is the same command once
more, when no file has changed; *a tenth* is a run over a tenth of the files.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import attrs

from benchmarks.articles import page
from benchmarks.bench import Target, print_targets

PRESET = "de-news"
LOOP = f"""
import sys
from pathlib import Path
import adslot
policy, out = adslot.preset({PRESET!r}), Path("out")
for path in sorted(Path(sys.argv[1]).rglob("*.html")):
    target = out / path.relative_to(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(adslot.place(path.read_bytes(), policy).html)
"""


@attrs.frozen
class Cost:
    """Of a run: CPU *seconds* of all its processes, *elapsed* ones, and the most memory of one process in MB."""

    seconds: float
    elapsed: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--bytes", type=int, default=20_000, help="of a page, about")
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="adslot-archive-") as folder:
        make(Path(folder), options.files, options.bytes)
        costs = best([measured(Path(folder)) for _ in range(options.rounds)])
    print(f"{options.files:,} files of about {options.bytes:,} bytes, preset {PRESET}\n")
    for name, cost in costs.items():
        files = options.files // 10 if name == "a tenth" else options.files
        print(
            f"{name:10}{cost.seconds:9.2f} CPU s {cost.elapsed:9.2f} s elapsed {files / cost.seconds:9,.0f} files per CPU s"
            f"{cost.memory:8.1f} MB"
        )
    print_targets(targets(costs))


def make(folder: Path, files: int, size: int) -> None:
    """Pages in folders of a hundred; the first tenth of them once more in a folder of their own."""
    for number in range(files):
        path = folder / "in" / f"{number // 100:04}" / f"{number % 100:02}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(size + number % 1000), encoding="utf-8")
        if number < files // 10:
            copy = folder / "tenth" / path.parent.name / path.name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    time.sleep(2.1)  # else their times are too young to be relied on


def measured(folder: Path) -> dict[str, Cost]:
    """What each way of filling the pages costs."""
    command = ("-m", "adslot", "place", "--preset", PRESET, "-o", "out", "--jobs")
    return {
        "loop": cost(folder, "-c", LOOP, "in"),
        "1 job": cost(folder, *command, "1", "in"),
        "2 jobs": cost(folder, *command, "2", "in"),
        "again": cost(folder, *command, "2", "in", is_new=False),
        "a tenth": cost(folder, *command, "2", "tenth"),
    }


def cost(folder: Path, *words: str, is_new: bool = True) -> Cost:
    """What it costs to run Python with these *words* in *folder*."""
    if is_new:
        shutil.rmtree(folder / "out", ignore_errors=True)
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, *words], cwd=folder, stderr=subprocess.DEVNULL)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"status {process.returncode}: {' '.join(words)}")
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss / 1024)


def best(rounds: list[dict[str, Cost]]) -> dict[str, Cost]:
    """The least of each."""
    return {name: min((each[name] for each in rounds), key=lambda cost: cost.seconds) for name in rounds[0]}


def targets(costs: dict[str, Cost]) -> Iterator[Target]:
    loop, one, two, again, tenth = costs.values()
    yield Target("throughput per core beside the loop", loop.seconds / two.seconds, 0.85, at_least=True)
    yield Target("two jobs on two idle cores beside one", 2 * one.seconds / two.seconds, 1.8, at_least=True)
    yield Target("the second run beside the first", again.seconds / two.seconds, 0.1)
    yield Target("memory, ten times the files", two.memory / tenth.memory, 1.1)


if __name__ == "__main__":
    main()
