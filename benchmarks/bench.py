"""Compare adslot with a bare lxml parse and with the usual ways to insert slots, interleaved in one run.

Run it from the project's root: python -m benchmarks.bench [FOLDER] [--limit N] [--rounds N] [--json FILE]

Made articles of 5, 30, 200 KB and 2 MB, as fragments and as pages, and every *.html file of FOLDER (`.page.html` and
`.fragment.html` say what a file is, else adslot does). Each text is worked on by all contenders (`contenders.py`) in
turn, round after round; the least CPU time of each counts. Of pages and of fragments the report has four numbers for
each contender, as one alone can mislead: the median and the 95th percentile of its ratios to a bare lxml parse of the same
text, the ratio of the sums, in which long texts weigh more, and what does not depend on lxml: microseconds for each
block, and articles in each second of one core. The last three contenders are given a text that was prepared, which is not
counted.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import statistics
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs
import lxml.etree

import adslot
from benchmarks.articles import fragment, page
from benchmarks.contenders import BARE, CONTENDERS, PLACE, POLICY, Contender, parse

SIZES = {"5 KB": 5_000, "30 KB": 30_000, "200 KB": 200_000, "2 MB": 2_000_000}
RUN = tuple(each for each in CONTENDERS if each.runs)
# What a text that was prepared is to take of the time of `place` at the most.
SHARES = {"known policy": 0.1, "new policy": 0.5, "unpickled": 0.6}
Times = Mapping[str, float]


@attrs.frozen
class Text:
    """A text to work on: a file, or a made article, of so many *blocks*."""

    name: str
    group: str  # "pages" or "fragments"
    made: bool
    html: str

    @property
    def mode(self) -> str:
        return self.group.removesuffix("s")

    @property
    def blocks(self) -> int:
        return len(adslot.read(self.html, POLICY).blocks)


@attrs.frozen
class Target:
    """A number to reach, and the one that was measured."""

    name: str
    measured: float
    bound: float
    at_least: bool = False

    @property
    def holds(self) -> bool:
        return self.measured >= self.bound if self.at_least else self.measured <= self.bound


# --- measuring -------------------------------------------------------------------------------------


def seconds(text: Text, rounds: int) -> dict[str, float]:
    """The least time of each contender on *text*; the order turns by one from round to round."""
    least = {each.name: math.inf for each in RUN}
    for turn in range(rounds):
        first = turn % len(RUN)
        for each in RUN[first:] + RUN[:first]:
            least[each.name] = min(least[each.name], once(each, text))
    return least


def once(contender: Contender, text: Text) -> float:
    """The CPU time of one run of a contender, without the garbage collector and on a text that no cache by identity knows."""
    work = contender.begin("".join([text.html[:1], text.html[1:]]), text.mode)
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        result = work()
        taken = time.process_time() - start
    finally:
        gc.enable()
    del result
    return taken


def rounds_for(text: Text, rounds: int) -> int:
    """Fewer rounds for long texts: their noise is small beside their time."""
    return max(3, min(rounds, rounds * 100_000 // max(len(text.html), 1)))


def measure(texts: Iterable[Text], rounds: int) -> dict[Text, dict[str, float]]:
    """Times of all texts that lxml can parse at all."""
    found: dict[Text, dict[str, float]] = {}
    gc.freeze()  # what was imported so far need not be looked at in every collection
    for number, text in enumerate(texts, 1):
        progress(f"{number:4} {text.name[:70]}")
        try:
            parse(text.html, text.mode)
        except (ValueError, lxml.etree.LxmlError) as error:
            print(f"left out, lxml refuses it: {text.name}: {error}", file=sys.stderr)
            continue
        found[text] = seconds(text, rounds_for(text, rounds))
    progress("")
    return found


def progress(line: str) -> None:
    """Show *line* in place of the one before, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r{line:75}\r", end="", file=sys.stderr, flush=True)


# --- texts -----------------------------------------------------------------------------------------


def made_texts() -> list[Text]:
    kinds = {"fragments": fragment, "pages": page}
    return [
        Text(f"{group[:-1]} of {name}", group, made=True, html=make(size))
        for name, size in SIZES.items()
        for group, make in kinds.items()
    ]


def folder_texts(folder: Path, limit: int | None) -> list[Text]:
    paths = sorted(folder.rglob("*.html"))
    step = 1 if limit is None else max(1, len(paths) // limit)
    return [read_text(path) for path in paths[::step]]


def read_text(path: Path) -> Text:
    html = path.read_bytes().decode("utf-8", "replace")
    kind = path.name.split(".")[-2]
    if kind not in {"page", "fragment"}:
        kind = "page" if adslot.read(html).is_page else "fragment"
    return Text(path.name, f"{kind}s", made=False, html=html)


# --- the report ------------------------------------------------------------------------------------


@attrs.frozen
class Row:
    """What one contender took on some texts: ratios to a bare lxml parse, and what each block and each second came to."""

    median: float
    p95: float
    sums: float
    us_per_block: float
    articles_per_second: float


def row_of(name: str, times: Iterable[Times], blocks: int) -> Row:
    """The row of the contender *name* on texts that have so many *blocks* together."""
    times = list(times)
    ratios, taken = [each[name] / each[BARE.name] for each in times], sum(each[name] for each in times)
    return Row(
        median=statistics.median(ratios),
        p95=sorted(ratios)[math.ceil(0.95 * len(ratios)) - 1],
        sums=taken / sum(each[BARE.name] for each in times),
        us_per_block=1e6 * taken / max(blocks, 1),
        articles_per_second=len(times) / taken,
    )


def tables(measured: Mapping[Text, Times]) -> dict[str, dict[str, Row]]:
    """Heading -> contender -> row: the files by kind, then each made article."""
    groups = {
        group: [text for text in measured if text.group == group and not text.made] for group in ("pages", "fragments")
    }
    headings = {f"{len(texts)} {group}": texts for group, texts in groups.items() if texts}
    headings |= {text.name: [text] for text in measured if text.made}
    return {
        heading: {
            each.name: row_of(each.name, (measured[text] for text in texts), sum(text.blocks for text in texts))
            for each in RUN
        }
        for heading, texts in headings.items()
    }


def growth(measured: Mapping[Text, Times], name: str) -> float:
    """time(2 MB) / time(200 KB): 10 is linear; the worse one of fragment and page."""
    at = {text.name: times[name] for text, times in measured.items() if text.made}
    return max(at[f"{kind} of 2 MB"] / at[f"{kind} of 200 KB"] for kind in ("fragment", "page"))


def targets(measured: Mapping[Text, Times]) -> list[Target]:
    found = [Target("growth of adslot.place, 2 MB / 200 KB", growth(measured, PLACE.name), 12)]
    for group in ("pages", "fragments"):
        times = [each for text, each in measured.items() if text.group == group and not text.made]
        if times:
            found += _of_files(group, times)
    return found


def _of_files(group: str, times: list[Times]) -> Iterable[Target]:
    place, naive = row_of(PLACE.name, times, 0), row_of("lxml insert", times, 0)
    if group == "pages":
        yield Target("pages: median of place / lxml parse", place.median, 1.5)
        yield Target("pages: p95 of place / lxml parse", place.p95, 3.0)
        yield Target("pages: median of place / median of lxml insert", place.median / naive.median, 1)
    else:
        yield Target("fragments: sum of place / sum of lxml parse", place.sums, 5.5)
    for name, share in SHARES.items():
        part = statistics.median(each[name] / each[PLACE.name] for each in times)
        yield Target(f"{group}: median of a prepared text, {name} / place", part, share)
    soup = statistics.median(each["BeautifulSoup insert"] / each[PLACE.name] for each in times)
    yield Target(f"{group}: median of BeautifulSoup insert / place", soup, {"pages": 15}.get(group, 4), at_least=True)


def print_report(measured: Mapping[Text, Times]) -> None:
    print("CPU time: ratios to a bare lxml parse of the same text; the blocks are those that adslot reads")
    width = max(len(each.name) for each in CONTENDERS)
    for heading, rows in tables(measured).items():
        print(f"\n{heading:{width}}    median     p95    sums  us/block  articles/s")
        for name, row in rows.items():
            print(
                f"  {name:{width}}  {row.median:6.2f}  {row.p95:6.2f}  {row.sums:6.2f}  {row.us_per_block:8.1f}"
                f"  {row.articles_per_second:10.0f}"
            )
    print("\nWhat each cannot do, or does not")
    for each in CONTENDERS:
        if each.cannot:
            print(f"  {each.name:{width}}  {each.cannot}{'' if each.runs else f'; NOT RUN: no {each.library}'}")
    print_targets(targets(measured))


def print_targets(found: Iterable[Target]) -> None:
    print("\nTargets")
    for target in found:
        verdict, sign = ("holds" if target.holds else "MISSED"), (">=" if target.at_least else "<=")
        print(f"    {verdict:6}  {target.name}: {target.measured:.2f} ({sign} {target.bound})")


def as_json(measured: Mapping[Text, Times]) -> str:
    return json.dumps(
        {
            "tables": {
                heading: {name: attrs.asdict(row) for name, row in rows.items()}
                for heading, rows in tables(measured).items()
            },
            "not run": [each.name for each in CONTENDERS if not each.runs],
            "targets": [attrs.asdict(target) | {"holds": target.holds} for target in targets(measured)],
            "seconds": {text.name: times for text, times in measured.items()},
        },
        indent=1,
    )


def main() -> None:
    """Measure and print; the exit code does not judge, a busy machine may miss a target."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, help="HTML files to measure besides the made articles")
    parser.add_argument("--limit", type=int, metavar="N", help="about N files of the folder, evenly chosen")
    parser.add_argument("--rounds", type=int, default=9, metavar="N", help="rounds for a text up to 100 KB (9)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers to FILE")
    arguments = parser.parse_args()
    if arguments.folder is not None and not arguments.folder.is_dir():
        parser.error(f"no such folder: {arguments.folder}")
    texts = made_texts() + (folder_texts(arguments.folder, arguments.limit) if arguments.folder else [])
    measured = measure(texts, arguments.rounds)
    print_report(measured)
    if arguments.json:
        arguments.json.write_text(as_json(measured), encoding="utf-8")


if __name__ == "__main__":
    main()
