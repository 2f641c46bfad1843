"""What the optimal plan gains over greedy first fit, on the *.html files of a folder.

Run it from the project's root: python -m benchmarks.greedy FOLDER [--limit N] [--json FILE]

Both plan the same problem of integers, made from the same article and policy. The table counts pages where the
planner finds room between two blocks; means are taken over these. "fewer" and "more" are pages where greedy has
fewer or more slots: more is possible, as what a first tier wishes goes before the slots of later ones. Unevenness is the mean distance of a slot from
the centre of its share of the story, in permille of half the story that its rule may use.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import attrs

import adslot
from adslot import Policy, Rule, Slot, Spacing
from adslot.planner.compile import Compiled
from adslot.planner.solver.legality import legal
from adslot.planner.solver.problem import Choice, Model
from adslot.planner.solver.solver import solve
from adslot.planner.solver.worth import deviation, objective
from benchmarks.bench import Text, folder_texts, progress
from benchmarks.first_fit import first_fit

AD, TEASER = Slot("anzeige", kind="ad", label="Anzeige"), Slot("mehr", kind="teaser", label="LESEN SIE AUCH")
IN_TEXT = Rule(
    "in-text",
    slot="anzeige",
    max=6,
    from_start="200 chars",
    apart="700 chars and 1 paragraph",
    from_end="300 chars",
)
RELATED = Rule("related", slot="mehr", max=2, after="paragraph", from_start="400 chars", apart="900 chars", priority=2)
END = Rule("end", slot="anzeige", at="end", priority=3)
APART = Spacing.between("ad", "teaser", min="300 chars")
RICH = Policy([AD, TEASER], [IN_TEXT, RELATED, END], [APART])
ITEMS = 10
COUNTS = {"pages", "fewer", "more", "more in tier 1", "not proved"}


def policies() -> Mapping[str, Policy]:
    """The presets, and richer policies."""
    section_end = attrs.evolve(RELATED, prefer="section-end", per_section=1)
    one_tier = [attrs.evolve(rule, priority=1) for rule in RICH.rules]
    three_ads = attrs.evolve(IN_TEXT, max=3)
    return {
        **{f"preset {name}": adslot.preset(name) for name in adslot.preset_names()},
        "3 ads, 2 teasers, end": attrs.evolve(RICH, rules=[three_ads, RELATED, END]),
        "6 ads, 2 teasers, end": RICH,
        "6 ads, 2 teasers at section ends": attrs.evolve(RICH, rules=[IN_TEXT, section_end]),
        "6 ads, 2 teasers, end; one tier": attrs.evolve(RICH, rules=one_tier),
    }


@attrs.frozen
class Figures:
    """What one plan has: slots, those of the first tier, the sum of values, how uneven each slot stands."""

    slots: int
    first_tier: int
    value: int
    deviations: tuple[int, ...]


@attrs.frozen
class Pair:
    """The two plans of one page; *differs* if greedy's is the worse one by any level of the objective."""

    greedy: Figures
    optimal: Figures
    differs: bool
    proved: bool


def compare(article: adslot.Article, policy: Policy) -> Pair | None:
    """Both plans for one article; None where the planner finds no room between two blocks."""
    problem = Compiled(article, policy, ITEMS).problem
    best, greedy = solve(problem), first_fit(problem)
    if not all(legal(problem, choice) for choice in (best, greedy)):
        raise AssertionError(article.source)
    if not any(0 < gap != problem.exempt for gaps in best.gaps for gap in gaps):
        return None
    differs = objective(problem, greedy) < objective(problem, best)
    return Pair(figures(problem, greedy), figures(problem, best), differs, best.optimal)


def figures(problem: Model, choice: Choice) -> Figures:
    first = min(task.priority for task in problem.tasks)
    counts = [len(gaps) + len(pages) for gaps, pages in zip(choice.gaps, choice.pages, strict=True)]
    return Figures(
        sum(counts),
        sum(count for task, count in zip(problem.tasks, counts, strict=True) if task.priority == first),
        sum(
            dict(zip(task.candidates, task.values, strict=True))[gap]
            for task, gaps in zip(problem.tasks, choice.gaps, strict=True)
            for gap in gaps
        ),
        tuple(
            deviation(task, problem.position[gap], i, len(gaps))
            for task, gaps in zip(problem.tasks, choice.gaps, strict=True)
            for i, gap in enumerate(gaps)
            if gap != problem.exempt and task.even
        ),
    )


def row(pairs: Sequence[Pair]) -> dict[str, float]:
    """The figures of one policy over all pages with room."""
    greedy, optimal = [pair.greedy for pair in pairs], [pair.optimal for pair in pairs]
    return {
        "pages": len(pairs),
        "slots, greedy": mean(each.slots for each in greedy),
        "slots, optimal": mean(each.slots for each in optimal),
        "fewer": sum(pair.greedy.slots < pair.optimal.slots for pair in pairs),
        "more": sum(pair.greedy.slots > pair.optimal.slots for pair in pairs),
        "more in tier 1": sum(pair.greedy.first_tier > pair.optimal.first_tier for pair in pairs),
        "uneven, greedy": mean(each for figure in greedy for each in figure.deviations),
        "uneven, optimal": mean(each for figure in optimal for each in figure.deviations),
        "value, greedy": mean(each.value for each in greedy),
        "value, optimal": mean(each.value for each in optimal),
        "differs %": 100 * mean(pair.differs for pair in pairs),
        "not proved": sum(not pair.proved for pair in pairs),
    }


def mean(values: Iterable[float]) -> float:
    found = list(values)
    return statistics.fmean(found) if found else 0.0


def read(text: Text, policy: Policy) -> adslot.Article:
    return adslot.read(text.html, policy, mode=text.mode)


def print_table(rows: Mapping[str, Mapping[str, float]]) -> None:
    headings = list(next(iter(rows.values())))
    width = max(map(len, rows))
    print(" " * width, *headings, sep="  ")
    for policy, cells in rows.items():
        shown = (str(value) if name in COUNTS else f"{value:.2f}" for name, value in cells.items())
        print(
            f"{policy:{width}}", *(each.rjust(len(head)) for each, head in zip(shown, headings, strict=True)), sep="  "
        )


def main() -> None:
    """Plan every file twice under every policy, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="HTML files")
    parser.add_argument("--limit", type=int, metavar="N", help="about N files of the folder, evenly chosen")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers to FILE")
    arguments = parser.parse_args()
    if not arguments.folder.is_dir():
        parser.error(f"no such folder: {arguments.folder}")
    texts = folder_texts(arguments.folder, arguments.limit)
    rows = {}
    for name, policy in policies().items():
        progress(name)
        pairs = [compare(read(text, policy), policy) for text in texts]
        rows[name] = row([pair for pair in pairs if pair is not None])
    progress("")
    print(f"Greedy first fit and the planner, {len(texts)} pages and fragments; means over those with room\n")
    print_table(rows)
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
