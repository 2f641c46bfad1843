"""Plan 2,000 articles under policies of 2 to 20 equal rules of one priority, and count the plans that are proved.

Run it from the project's root: python -m benchmarks.equal_rules [--instances N] [--json FILE]

The instances are made from their numbers: articles of 10 to 400 blocks, and rules that differ in nothing but their
names, with one slot each or up to three, with distances or without. The times are those of solving once, in CPU time.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

import adslot
from adslot import Limits, Policy, Rule, Slot
from adslot.planner.compile import Compiled
from adslot.planner.solver.legality import legal
from adslot.planner.solver.problem import Model
from adslot.planner.solver.solver import solve
from benchmarks.articles import story
from benchmarks.bench import Target, progress

SLOT = Slot("anzeige", kind="ad", label="Anzeige")
# For how many rules, on how many blocks, solving and `conflict` are timed by themselves, and the most ms that solving may take.
ROWS = tuple((rules, blocks) for blocks in (60, 400) for rules in (1, 2, 5, 8, 10, 20))
MOST_MS = {(8, 60): 5.0, (20, 400): 40.0}
MOST_CONFLICT = 10.0
# How many plans of a hundred are to be proved.
TARGET = 99


@attrs.frozen
class Outcome:
    """One instance: *rules* with at most *most* slots each on an article of so many *blocks*."""

    rules: int
    most: int
    blocks: int
    seconds: float
    optimal: bool


def equal_rules(count: int, **wishes: Any) -> Policy:
    """So many rules that are equal but for their names."""
    return Policy([SLOT], [Rule(f"ad-{number}", slot="anzeige", **wishes) for number in range(count)])


def problem_of(policy: Policy, blocks: int, number: int) -> Model:
    """A made article of so many blocks under *policy*, compiled."""
    return Compiled(adslot.read(story(blocks, number), policy), policy, items=0).problem


def instance(number: int) -> tuple[Policy, int]:
    """A policy of the set, and how many blocks its article has."""
    source = random.Random(number)
    wishes = {
        "max": source.choice([1, 1, 1, 2, 3]),
        "apart": source.choice([None, None, "2 blocks", "400 chars", "700 chars", "1200 chars or 4 blocks"]),
        "from_start": source.choice([None, None, "300 chars", "10%"]),
        "after": source.choice([(), (), "paragraph"]),
        "prefer": source.choice(["even", "even", "even", "early", "late", "section-end"]),
        "min": source.choice([0, 0, 0, 1]),
    }
    policy = equal_rules(source.randint(2, 20), **wishes)
    if source.random() < 0.2:
        policy = attrs.evolve(policy, limits=Limits(ads=source.randint(2, 12)))
    return policy, round(10 * 40 ** source.random())


def measure_row(rules: int, blocks: int, rounds: int) -> dict[str, float]:
    """The least CPU times, in ms, of solving, of planning, and of asking what holds a rule back; and whether the plan is proved."""
    policy = equal_rules(rules, apart="700 chars")
    article = adslot.read(story(blocks, 0), policy)
    least = dict.fromkeys(("solving", "planning", "conflict"), math.inf)
    optimal = True
    for turn in range(rounds):
        progress(f"round {turn + 1}: {rules} equal rules, {blocks} blocks")
        problem = problem_of(policy, blocks, 0)
        start = time.process_time()
        optimal = solve(problem).optimal
        solved = time.process_time()
        plan = adslot.plan(attrs.evolve(article), policy)
        planned = time.process_time()
        plan.conflict("ad-0")
        times = (solved - start, planned - solved, time.process_time() - planned)
        least = {name: min(before, 1000 * now) for (name, before), now in zip(least.items(), times, strict=True)}
    progress("")
    return {"rules": rules, "blocks": blocks, **least, "optimal": optimal}


def print_measured(rows: Sequence[dict[str, float]]) -> None:
    print("\nEqual rules, one slot each, 700 chars apart, one priority; ms\n")
    print(f"{'blocks':>6}  {'rules':>5}  {'solving':>8}  {'planning':>8}  {'conflict':>8}  proved")
    for row in rows:
        times = (f"{row[name]:8.2f}" for name in ("solving", "planning", "conflict"))
        print(f"{row['blocks']:6}  {row['rules']:5}", *times, "yes" if row["optimal"] else "no", sep="  ")


def targets(rows: Sequence[dict[str, float]]) -> Iterator[Target]:
    """What is promised of the rows."""
    for row in rows:
        if bound := MOST_MS.get((int(row["rules"]), int(row["blocks"]))):
            name = f"{row['rules']} equal rules, {row['blocks']} blocks"
            yield Target(f"solving, {name}, ms", row["solving"], bound)
            yield Target(f"conflict / planning, {name}", row["conflict"] / row["planning"], MOST_CONFLICT)


def outcomes(count: int) -> Iterator[Outcome]:
    """What comes of the first *count* instances."""
    for number in range(count):
        progress(f"{number + 1} of {count}")
        policy, blocks = instance(number)
        problem = problem_of(policy, blocks, number)
        start = time.process_time()
        choice = solve(problem)
        seconds = time.process_time() - start
        if not legal(problem, choice):
            raise AssertionError(number)
        yield Outcome(len(policy.rules), policy.rules[0].max, blocks, seconds, choice.optimal)
    progress("")


def print_outcomes(found: Sequence[Outcome]) -> None:
    print(
        f"{'rules':>8}  {'slots each':>10}  {'plans':>5}  {'proved':>6}  {'median ms':>9}  {'p95 ms':>8}  {'max ms':>8}"
    )
    for few, many in ((2, 5), (6, 10), (11, 20)):
        for most in (1, 2, 3):
            rows = [each for each in found if few <= each.rules <= many and each.most == most]
            if rows:
                print_row(f"{few} to {many}", str(most), rows)
    print_row("2 to 20", "1 to 3", found)


def print_row(rules: str, most: str, rows: Sequence[Outcome]) -> None:
    times = sorted(1000 * each.seconds for each in rows)
    proved = sum(each.optimal for each in rows)
    print(
        f"{rules:>8}  {most:>10}  {len(rows):5}  {proved:6}  {statistics.median(times):9.2f}  "
        f"{times[len(times) * 95 // 100]:8.2f}  {times[-1]:8.2f}"
    )


def main() -> None:
    """Plan, count and print; the exit code says whether as many are proved as shall be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--instances", type=int, default=2_000, metavar="N", help="the first N instances (2,000)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all outcomes to FILE")
    arguments = parser.parse_args()
    found = list(outcomes(arguments.instances))
    print("Solving once; CPU time\n")
    print_outcomes(found)
    proved = sum(each.optimal for each in found)
    print(f"\n{proved} of {len(found)} plans are proved; the target is {TARGET} %")
    if arguments.json:
        arguments.json.write_text(json.dumps([attrs.asdict(each) for each in found], indent=1), encoding="utf-8")
    raise SystemExit(100 * proved < TARGET * len(found))


if __name__ == "__main__":
    main()
