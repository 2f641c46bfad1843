"""Planning teasers with many articles to choose from, beside a bare lxml parse of 30 KB, interleaved in one run.

Run it from the project's root: python -m benchmarks.teasers [--rounds N] [--sizes 10,100,1000,10000,100000]

Made articles of 80 blocks with a heading every 3 to 6 of these, and 200 articles to link to with title, tags and
summary, of words that are as rare as in real text: a third are of the hundred most frequent, others hardly ever come
twice. A rule has up to 3 or 6 teasers. *whole* is `adslot.plan` for an article that was read, *warm* the same for
articles of which it is known that they may be shown: relevance, places and what is shown where, with the inventory
known from before, and the words of the page, *cold* without; *again* is *whole* for a page that was planned before; *in order* is *warm* with a callable that finds all articles equally relevant.
The contenders work in turn, round after round; the least time of each counts, and of several articles the median.

Then inventories of several sizes: what the first page takes, *load*, which finds out what words tell and what may be shown;
a *new page*; one whose *words* other pages had, which no site comes to quite; and the *same page* again, for another reader.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence

import attrs
import lxml.html

import adslot
from adslot import Policy, Related, Rule, Slot
from adslot.planner.plan import make_plan
from adslot.related.known import inventory_of
from adslot.related.relevance import forget
from adslot.related.request import Request
from benchmarks.articles import fragment
from benchmarks.bench import Target, print_targets

BLOCKS, ITEMS, ARTICLES = 80, 200, 12
SIZES = "10,100,1000,10000,100000"
MOST, MOST_LOAD, TARGET_AGAIN = 100_000, 10.0, 60.0
_SYLLABLES = [f"{a}{b}{c}" for a in "bdfghklmnprstvwz" for b in ("a", "e", "i", "o", "u", "ei") for c in ("", "n", "r")]
TARGET = 5.0


def vocabulary(source: random.Random) -> tuple[list[str], list[str]]:
    """A hundred short words and many long ones, some with a capital letter."""
    short = ["".join(source.choices(_SYLLABLES, k=1)) for _ in range(100)]
    words = ["".join(source.choices(_SYLLABLES, k=source.randint(2, 5))) for _ in range(20_000)]
    return short, [word.title() if source.random() < 0.4 else word for word in words]


class Writer:
    """Writes made text."""

    def __init__(self, seed: int) -> None:
        self.source = random.Random(seed)
        self._short, self._long = vocabulary(random.Random(0))

    def words(self, count: int) -> str:
        source = self.source
        pick = (
            source.choice(self._short)
            if source.random() < 0.33
            else self._long[int(len(self._long) * source.random() ** 3)]
            for _ in range(count)
        )
        return " ".join(pick)

    def article(self) -> str:
        found: list[str] = []
        while len(found) < BLOCKS:
            found.append(f"<h2>{self.words(5)}</h2>")
            found += [f"<p>{self.words(self.source.randint(20, 80))}.</p>" for _ in range(self.source.randint(3, 6))]
        return "\n".join(found[:BLOCKS])

    def item(self, number: int) -> Related:
        tags = self.words(3).split()
        return Related(self.words(9).capitalize(), f"/{number}", tags=tags, summary=self.words(25))


def policy(most: int) -> Policy:
    """One rule for teasers."""
    teaser = Slot("mehr", kind="teaser", label="LESEN SIE AUCH")
    return Policy([teaser], [Rule("related", slot="mehr", max=most, after="paragraph", apart="500 chars")])


def milliseconds(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The least time of each way."""
    least = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds):
        for name, work in ways.items():
            start = time.perf_counter()
            work()
            least[name] = min(least[name], (time.perf_counter() - start) * 1000)
    return least


def forget_pages(items: Sequence[Related]) -> None:
    """Forget what was found out for pages, and nothing of the inventory and the words of pages."""
    inventory_of(tuple(items)).index.remembered.clear()


def measure(most: int, rounds: int) -> tuple[dict[str, float], float]:
    """The median times over some articles, and the share of plans that are proved."""
    items = [Writer(-1 - number).item(number) for number in range(ITEMS)]
    page, wanted, request = fragment(30_000), policy(most), Request(related=items)
    found: list[dict[str, float]] = []
    proved: list[bool] = []
    for number in range(ARTICLES):
        article = adslot.read(Writer(number).article(), wanted)

        def again(article: adslot.Article = article) -> adslot.Plan:
            return adslot.plan(article, wanted, related=items)

        def whole(article: adslot.Article = article) -> adslot.Plan:
            forget_pages(items)
            return again(article)

        def planned(article: adslot.Article = article) -> adslot.Plan:
            forget_pages(items)
            return make_plan(article, wanted, request, article)

        def cold(article: adslot.Article = article) -> adslot.Plan:
            forget()
            return make_plan(article, wanted, request, article)

        def in_order(article: adslot.Article = article) -> adslot.Plan:
            return make_plan(article, wanted, attrs.evolve(request, relevance=lambda _section, _item: 0), article)

        ways: dict[str, Callable[[], object]] = {
            "lxml parse": lambda: lxml.html.document_fromstring("".join([page[:1], page[1:]])),
            "cold": cold,
            "warm": planned,
            "in order": in_order,
            "whole": whole,
            "again": again,
        }
        found.append(milliseconds(ways, rounds))
        proved.append(planned().status == "optimal")
    return {name: statistics.median(each[name] for each in found) for name in found[0]}, sum(proved) / len(proved)


def by_size(size: int) -> dict[str, float]:
    """What the pages of a site take whose inventory has that many articles, in ms of the processor."""
    writer, wanted = Writer(-1), policy(3)
    items = tuple(map(writer.item, range(size)))
    articles = [adslot.read(Writer(number).article(), wanted) for number in range(ARTICLES // 2)]

    def each(some: Sequence[adslot.Article]) -> float:
        start = time.process_time()
        for article in some:
            adslot.plan(article, wanted, related=items)
        return (time.process_time() - start) * 1000 / len(some)

    forget()
    found = {"load": each(articles[:1]), "new page": each(articles[1:])}
    forget_pages(items)
    return {**found, "words known": each(articles[1:]), "same page": each(articles[1:])}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--sizes", default=SIZES, help="of inventories, separated by commas")
    options = parser.parse_args(arguments)
    rounds = options.rounds
    targets = []
    print(f"{BLOCKS} blocks, {ITEMS} articles; ms, and in units of an lxml parse of 30 KB")
    for most in (3, 6):
        times, proved = measure(most, rounds)
        bare = times["lxml parse"]
        cells = [f"{name} {taken:.2f} ({taken / bare:.1f})" for name, taken in times.items()]
        print(f"{most} teasers: {', '.join(cells)}; {proved:.0%} proved")
        if most == 3:
            targets.append(Target(f"ms for {most} teasers, the whole call", times["whole"], TARGET))
    print(f"\n{BLOCKS} blocks, 3 teasers, by the size of the inventory; ms of the processor")
    for size in map(int, options.sizes.split(",")):
        times = by_size(size)
        print(f"{size:>7,}: " + ", ".join(f"{name} {taken:,.1f}" for name, taken in times.items()))
        if size == MOST:
            targets.append(Target(f"s for the first page of {size:,} articles", times["load"] / 1000, MOST_LOAD))
            targets.append(Target(f"ms for a page of {size:,} articles again", times["same page"], TARGET_AGAIN))
    print_targets(targets)


if __name__ == "__main__":
    main()
