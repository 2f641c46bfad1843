"""From nothing to a filled page: `adslot place FILE` as a process, in units of a Python that imports lxml.

Run it from the project's root: python -m benchmarks.cold_start [FILE] [--rounds N] [--json FILE]

FILE is a made article of 30 KB if none is named. The processes are started in turn, round after round; the median of their
CPU times counts. The first call of `adslot.place` is also measured by itself, in processes that have loaded adslot, and in
such that called `adslot.preload` as servers do.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs

from benchmarks.articles import page
from benchmarks.bench import Target, print_targets, progress

PRESET = "de-news"
UNIT = "import lxml.html"
PLACE = "adslot place FILE"
# One call, after what else a process does first; it prints the milliseconds.
_FIRST = """
import sys, time, adslot
policy, html, _ = adslot.preset({preset!r}), open(sys.argv[1], "rb").read(), adslot.place
{before}
start = time.process_time()
adslot.place(html, policy)
print(1000 * (time.process_time() - start))
"""
FIRST = {
    "first place": "",
    "first place after preload": "adslot.preload()",
    "second place": "adslot.place(html, policy)",
}


def commands(file: Path) -> dict[str, Sequence[str]]:
    """What is started, by name."""
    python = sys.executable
    return {
        "python": (python, "-c", "pass"),
        UNIT: (python, "-c", UNIT),
        "import what adslot needs": (python, "-c", "import attrs, click, cssselect, turbohtml"),
        "adslot --version": (python, "-m", "adslot", "--version"),
        PLACE: (python, "-m", "adslot", "place", str(file), "--preset", PRESET),
    }


def cpu_ms(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """The CPU time of a process, in ms."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  # ours
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def first_ms(before: str, file: Path, environment: Mapping[str, str]) -> float:
    """What one call of `place` takes in a process that has done so much before, in ms."""
    script = _FIRST.format(preset=PRESET, before=before)
    command = (sys.executable, "-c", script, str(file))
    return float(subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout)  # noqa: S603  # ours


def measure(file: Path, rounds: int, environment: Mapping[str, str]) -> dict[str, float]:
    """The medians of all, in ms. A first round, in which Python compiles, does not count."""
    found: dict[str, list[float]] = {}
    for turn in range(rounds + 1):
        progress(f"round {turn} of {rounds}")
        times = {name: cpu_ms(command, environment) for name, command in commands(file).items()}
        times |= {name: first_ms(before, file, environment) for name, before in FIRST.items()}
        for name, taken in times.items() if turn else ():
            found.setdefault(name, []).append(taken)
    progress("")
    return {name: statistics.median(times) for name, times in found.items()}


def targets(medians: Mapping[str, float]) -> list[Target]:
    """What is promised."""
    return [
        Target(f"{PLACE} / {UNIT}", medians[PLACE] / medians[UNIT], 4),
        Target("first place after preload, ms", medians["first place after preload"], 3),
    ]


def main() -> None:
    """Measure and print; the exit code does not judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the page to fill")
    parser.add_argument("--rounds", type=int, default=15, metavar="N", help="how often each is started (15)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers to FILE")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        made = Path(folder, "page.html")
        made.write_text(page(30_000), encoding="utf-8")
        # Compiled modules are there wherever adslot is installed; so they are here.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = str(Path(folder, "code"))
        medians = measure(arguments.file or made, arguments.rounds, environment)
    for name, taken in medians.items():
        print(f"{name:27} {taken:8.1f} ms  {taken / medians[UNIT]:6.2f}")
    print_targets(targets(medians))
    if arguments.json:
        found = {"ms": medians, "targets": [attrs.asdict(target) for target in targets(medians)]}
        arguments.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
