"""`python -m tests.oracles.stories`: judge many instances, and tell what was wrong."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from tests.oracles.stories.files import toml
from tests.oracles.stories.judge import Verdict, instance, judge
from tests.oracles.stories.keys import OPEN, UNKNOWN

_SHOWN = 5


def main() -> int:
    """Judge as many as the command line says; 1 where anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracles.stories", description=__doc__)
    parser.add_argument("--instances", type=int, default=50_000, help="how many (default 50000)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first one (default 0)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time")
    asked = parser.parse_args()
    if UNKNOWN:
        _say(f"not known here, and left out: {', '.join(UNKNOWN)}")
    if OPEN:
        _say(f"not asked: {'; '.join(sorted(OPEN))}")
    start, seeds = time.monotonic(), range(asked.first, asked.first + asked.instances)
    with ProcessPoolExecutor(asked.jobs) as pool:
        verdicts = list(pool.map(judge, seeds, chunksize=50))
    return _report(verdicts, time.monotonic() - start)


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _report(verdicts: list[Verdict], seconds: float) -> int:
    wrong = [verdict for verdict in verdicts if verdict.faults]
    for verdict in wrong[:_SHOWN]:
        story, data = instance(verdict.seed)
        _say(f"\n--- {verdict.seed}\n{story.html}\n{toml(data)}", *verdict.faults)
    kinds = Counter(fault.partition(":")[0] for verdict in wrong for fault in verdict.faults)
    _say(
        f"{len(verdicts)} instances in {seconds:.0f} s: {sum(v.slots for v in verdicts)} slots,"
        f" {sum(v.refusals for v in verdicts)} refusals, {sum(v.is_proved for v in verdicts)} with all plans tried;"
        f" {len(wrong)} wrong {dict(kinds) or ''}"
    )
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
