"""Compare planning with a bare lxml parse of a 30 KB article, and with greedy first fit, interleaved in one run.

Run it from the project's root: python -m benchmarks.planner [--rounds N] [--articles N] [--json FILE]

Planning is all that happens between an article that was read and the chosen gaps: compiling and solving. It is
measured for made articles of 20 to 2,000 blocks under policies of 1 to 4 rules, each rule with a priority of its
own ("tiers") and all with the same one ("joint"), for 1 to 20 equal rules, and for hostile problems. The contenders work in turn, round
after round, with a parse before each; the least time of each counts.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import random
import statistics
import time
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path

import attrs
import lxml.html

import adslot
from adslot import Policy, Rule, Slot, Spacing
from adslot.planner.compile import Compiled
from adslot.planner.solver.legality import legal
from adslot.planner.solver.problem import Choice, Model, Task
from adslot.planner.solver.solver import solve
from benchmarks import equal_rules
from benchmarks.articles import fragment, story
from benchmarks.bench import Target, print_targets, progress
from benchmarks.first_fit import first_fit

SLOTS = (
    Slot("anzeige", kind="ad", label="Anzeige"),
    Slot("mehr", kind="teaser", label="LESEN SIE AUCH"),
    Slot("folgen", kind="promo", html="<p>Folgen</p>"),
    Slot("zweite", kind="ad", label="Anzeige"),
)
WAYS = ("compile", "greedy", "tiers", "joint")
ITEMS = 40


@attrs.frozen
class Row:
    """Articles of so many *blocks*, and policies of so many *rules* with at most *most* slots each."""

    blocks: int
    rules: int
    most: int

    @property
    def name(self) -> str:
        return f"{self.blocks} blocks, {self.rules} x {self.most}"


ROWS = (
    *(Row(blocks, rules, 3) for blocks in (20, 40, 80) for rules in (1, 2, 3, 4)),
    Row(400, 4, 20),
    Row(2_000, 4, 3),
)
TARGETS = {Row(80, 3, 3): 4, Row(2_000, 4, 3): 150}


@attrs.define
class Timing:
    """The least *seconds* of each contender of a row on each of its articles, and how many of its plans are proved."""

    seconds: dict[str, list[float]]
    optimal: dict[str, int]


# --- what is planned -------------------------------------------------------------------------------


def policy(rules: int, most: int, *, joint: bool) -> Policy:
    """Ads, teasers and promos, as many *rules* of these as wanted, and what keeps their slots apart."""
    after = "paragraph"
    made = [
        Rule("ads", slot="anzeige", apart="700 chars and 1 paragraph, or 900 chars", from_start="200 chars", max=most),
        Rule("teasers", slot="mehr", after=after, apart="1200 chars", from_start="400 chars", max=most, priority=2),
        Rule("promos", slot="folgen", per_section=1, apart="2 paragraphs", max=most, priority=3),
        Rule("more-ads", slot="zweite", after=after, apart="900 chars", from_start="10%", max=most, priority=4),
    ]
    spacing = [
        Spacing.between("ad", "teaser", min="300 chars"),
        Spacing.between("promo", ["ad", "teaser"], min="1 paragraph"),
    ]
    return Policy(SLOTS, [attrs.evolve(rule, priority=1) if joint else rule for rule in made[:rules]], spacing)


def hard_problem(rules: int, number: int, gaps: int = 80) -> Model:
    """One tier, tied values, and for each ordered pair of rules a distance that has nothing to do with the others."""
    source = random.Random(100 * rules + number)
    position = (0, *accumulate(source.randint(20, 80) for _ in range(gaps - 1)))

    def reach(words: int) -> tuple[int, ...]:
        return tuple(min(gaps, max(gap + 1, bisect_left(position, at + words))) for gap, at in enumerate(position))

    def values() -> tuple[int, ...]:
        return tuple(source.randint(0, 2) for _ in range(gaps))

    tasks = tuple(
        Task(
            name=f"rule-{r}", priority=1, most=3, candidates=tuple(range(gaps)), values=values(), span=(0, position[-1])
        )
        for r in range(rules)
    )
    reaches = {(r, s): reach(source.choice([50, 100, 300, 500])) for r in range(rules) for s in range(rules)}
    return Model(
        tasks=tasks, position=position, section=(0,) * gaps, reach=reaches, sharing=frozenset(), exempt=-1, room=()
    )


def plan(article: adslot.Article, wanted: Policy) -> bool:
    return solve(Compiled(article, wanted, ITEMS).problem).optimal


# --- measuring -------------------------------------------------------------------------------------


def once(work: Callable[[], object]) -> tuple[float, object]:
    """Time one run without the garbage collector."""
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        result = work()
        return time.perf_counter() - start, result
    finally:
        gc.enable()


def contenders(row: Row, article: adslot.Article) -> dict[str, Callable[[], object]]:
    """The work of a row on a copy of *article* that remembers nothing of earlier runs."""
    tiers, joint = (policy(row.rules, row.most, joint=each) for each in (False, True))
    fresh = attrs.evolve(article)
    return {
        "compile": lambda: Compiled(fresh, tiers, ITEMS).problem,
        "greedy": lambda: first_fit(Compiled(fresh, tiers, ITEMS).problem),
        "tiers": lambda: plan(fresh, tiers),
        "joint": lambda: plan(fresh, joint),
    }


def measure_rows(parse: Callable[[], object], articles: int, rounds: int) -> tuple[float, dict[Row, Timing]]:
    """The least time of *parse*, and the timings of all rows."""
    stories = {row: [adslot.read(story(row.blocks, n)) for n in range(count_for(row, articles))] for row in ROWS}
    found = {row: Timing({way: [math.inf] * len(stories[row]) for way in WAYS}, dict.fromkeys(WAYS, 0)) for row in ROWS}
    bare = math.inf
    gc.freeze()
    for turn in range(rounds):
        order = WAYS[turn % len(WAYS) :] + WAYS[: turn % len(WAYS)]
        for row in ROWS:
            progress(f"round {turn + 1} of {rounds}: {row.name}")
            bare = min(bare, once(parse)[0])
            for number, article in enumerate(stories[row]):
                for way in order:
                    seconds, result = once(contenders(row, article)[way])
                    least = found[row].seconds[way]
                    least[number] = min(least[number], seconds)
                    found[row].optimal[way] += turn == 0 and result is True
    progress("")
    return bare, found


def count_for(row: Row, articles: int) -> int:
    """Fewer articles where each takes long."""
    return max(2, min(articles, articles * 100 // row.blocks))


def measure_hard(parse: Callable[[], object], rules: int, count: int, rounds: int) -> dict[str, float]:
    """Times of hostile problems in units of a parse beside them, and how many plans are not proved."""
    problems = [hard_problem(rules, number) for number in range(count)]
    bare, least, bounded = math.inf, [math.inf] * count, 0
    for turn in range(min(rounds, 3)):
        for number, problem in enumerate(problems):
            progress(f"round {turn + 1}: hostile, {rules} rules, {number + 1} of {count}")
            bare = min(bare, once(parse)[0])
            seconds, choice = once(partial(solve, problem))
            least[number] = min(least[number], seconds)
            if not isinstance(choice, Choice) or not legal(problem, choice):
                raise AssertionError(problem)
            bounded += turn == 0 and not choice.optimal
    progress("")
    ratios = [each / bare for each in least]
    return {
        "rules": rules,
        "problems": count,
        "bounded": bounded,
        "median": statistics.median(ratios),
        "max": max(ratios),
        "median_ms": 1000 * statistics.median(least),
        "max_ms": 1000 * max(least),
    }


# --- the report ------------------------------------------------------------------------------------


def targets(bare: float, rows: dict[Row, Timing]) -> list[Target]:
    return [
        Target(f"planning, {row.name} slots / lxml parse of 30 KB", ratio(rows[row], "tiers", bare), bound)
        for row, bound in TARGETS.items()
    ]


def ratio(timing: Timing, way: str, bare: float) -> float:
    """The median over the articles, in units of the bare parse."""
    return statistics.median(timing.seconds[way]) / bare


def print_rows(bare: float, rows: dict[Row, Timing]) -> None:
    print(f"Ratio to a bare lxml parse of a 30 KB article ({1000 * bare:.2f} ms), compiling included in all")
    print("Median over the articles; tiers: a priority to each rule, joint: the same for all\n")
    print(
        f"{'article, rules x slots':24}  {'compile':>8}  {'greedy':>8}  {'tiers':>8}  {'joint':>8}  proved: tiers, joint"
    )
    for row, timing in rows.items():
        cells = [f"{ratio(timing, way, bare):8.2f}" for way in WAYS]
        count = len(timing.seconds["tiers"])
        proved = f"{timing.optimal['tiers']}/{count}, {timing.optimal['joint']}/{count}"
        print(f"{row.name:24}", *cells, f"{proved}", sep="  ")


def print_hard(rows: Sequence[dict[str, float]]) -> None:
    print("\nHostile problems: 80 gaps, 3 slots to a rule, one tier, tied values, distances of all pairs unrelated\n")
    print(f"{'rules':>5}  {'median':>8}  {'max':>8}  {'median ms':>9}  {'max ms':>8}  not proved")
    for row in rows:
        print(
            f"{row['rules']:5}  {row['median']:8.1f}  {row['max']:8.1f}  {row['median_ms']:9.1f}  "
            f"{row['max_ms']:8.1f}  {row['bounded']} of {row['problems']}"
        )


def main() -> None:
    """Measure and print; the exit code does not judge, a busy machine may miss a target."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7, metavar="N", help="rounds (7)")
    parser.add_argument("--articles", type=int, default=10, metavar="N", help="articles of up to 100 blocks a row (10)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers to FILE")
    arguments = parser.parse_args()
    parse = partial(lxml.html.document_fromstring, fragment(30_000))
    bare, rows = measure_rows(parse, arguments.articles, arguments.rounds)
    print_rows(bare, rows)
    hard = [measure_hard(parse, rules, 20, arguments.rounds) for rules in (4, 6)]
    print_hard(hard)
    equal = [equal_rules.measure_row(*row, arguments.rounds) for row in equal_rules.ROWS]
    equal_rules.print_measured(equal)
    found = [*targets(bare, rows), *equal_rules.targets(equal)]
    print_targets(found)
    if arguments.json:
        data = {
            "parse": bare,
            "rows": {row.name: attrs.asdict(timing) for row, timing in rows.items()},
            "hostile": hard,
            "equal": equal,
            "targets": [attrs.asdict(each) | {"holds": each.holds} for each in found],
        }
        arguments.json.write_text(json.dumps(data, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
