"""`python -m tests.fuzz`: the searches side by side, and what each of them found."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.fuzz import TARGETS


def main() -> int:
    """Search as the command line says; 1 where anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="target", help=f"some of {', '.join(TARGETS)}; all by default")
    parser.add_argument("--seconds", type=float, default=60, help="CPU seconds for each (default 60)")
    parser.add_argument("--seeds", metavar="FOLDER", help="a folder with *.html files that pages are made of too")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time")
    asked = parser.parse_args()
    if unknown := sorted(set(asked.targets) - set(TARGETS)):
        parser.error(f"no target {unknown[0]!r}: there are {', '.join(TARGETS)}")
    with ThreadPoolExecutor(asked.jobs) as pool:
        rest = [str(asked.seconds), *([asked.seeds] if asked.seeds else [])]
        codes = list(pool.map(lambda target: _search(target, rest), asked.targets or TARGETS))
    return int(any(codes))


def _search(target: str, rest: list[str]) -> int:
    """Run one search and print what it says; what libFuzzer says of it only where the process broke."""
    command = [sys.executable, "-m", "tests.fuzz.search", target, *rest]
    done = subprocess.run(command, capture_output=True, check=False)
    sys.stdout.buffer.write(done.stdout)
    if done.returncode and not done.stdout:
        sys.stdout.buffer.write(f"{target}: the process broke\n".encode() + done.stderr)
    sys.stdout.flush()
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
