"""Compare adslot with a bare lxml parse and with the usual ways to insert slots, interleaved in one run.

Run it from the project's root: python -m benchmarks.bench [FOLDER] [--limit N] [--rounds N] [--json FILE]

Made articles of 5, 30, 200 KB and 2 MB, as fragments and as pages, and every *.html file of FOLDER (`.page.html` and
`.fragment.html` say what a file is, else adslot does). Each text is worked on by all contenders in turn, round
after round; the least time of each counts, in units of the least time of `lxml.html.document_fromstring`. The last
three write a text that was prepared, which is not counted: by a policy that was planned, by another one, and unpickled.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import pickle
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import lxml.etree
import lxml.html
from bs4 import BeautifulSoup

import adslot
from benchmarks.articles import fragment, page

POLICY = adslot.loads(
    """
    [slots.anzeige]
    kind = "ad"
    label = "Anzeige"

    [slots.mehr]
    kind = "promo"
    html = "<p>Mehr dazu</p>"

    [[rules]]
    name = "in-text"
    slot = "anzeige"
    max = 3
    from_start = "200 chars"
    from_end = "300 chars"
    apart = "700 chars and 1 paragraph, or 900 chars"

    [[rules]]
    name = "more"
    slot = "mehr"
    max = 2
    per_section = 1
    after = "paragraph"
    priority = 2

    [[rules]]
    name = "last"
    slot = "anzeige"
    at = "end"
    priority = 3
    """
)
BARE = "lxml parse"
SLOT = '<aside class="slot"><p>Anzeige</p></aside>'
SIZES = {"5 KB": 5_000, "30 KB": 30_000, "200 KB": 200_000, "2 MB": 2_000_000}


@attrs.frozen
class Text:
    """A text to work on: a file, or a made article."""

    name: str
    group: str  # "pages" or "fragments"
    made: bool
    html: str

    @property
    def mode(self) -> str:
        return self.group.removesuffix("s")


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


# --- contenders: each takes a text and its mode ----------------------------------------------------


def parse(html: str, _mode: str) -> Any:
    return lxml.html.document_fromstring(html)


def parse_and_write(html: str, mode: str) -> str:
    return lxml.etree.tostring(parse(html, mode), encoding="unicode", method="html")


def insert_by_lxml(html: str, mode: str) -> str:
    tree = parse(html, mode)
    for paragraph in list(tree.iter("p"))[2::3]:
        slot = lxml.html.fragment_fromstring(SLOT)
        slot.tail, paragraph.tail = paragraph.tail, None
        paragraph.addnext(slot)
    return lxml.etree.tostring(tree, encoding="unicode", method="html")


def insert_by_soup(html: str, _mode: str) -> str:
    soup = BeautifulSoup(html, "lxml")
    for paragraph in soup.find_all("p")[2::3]:
        slot = soup.new_tag("aside", attrs={"class": "slot"})
        label = soup.new_tag("p")
        label.string = "Anzeige"
        slot.append(label)
        paragraph.insert_after(slot)
    return str(soup)


COLD: Mapping[str, Callable[[str, str], object]] = {
    BARE: parse,
    "lxml parse + tostring": parse_and_write,
    "lxml insert + tostring": insert_by_lxml,
    "BeautifulSoup insert": insert_by_soup,
    "adslot.read": lambda html, mode: adslot.read(html, POLICY, mode=mode),
    "adslot.place": lambda html, mode: adslot.place(html, POLICY, mode=mode),
    "adslot.strip": lambda html, mode: adslot.strip(html, mode=mode),
    "adslot.prepare": lambda html, mode: adslot.prepare(html, POLICY, mode=mode),
}


# --- those that begin with a prepared text: what is done before the clock starts, and what then -----


def known(html: str, mode: str) -> Callable[[], object]:
    prepared = adslot.prepare(html, POLICY, mode=mode)
    prepared.place()
    return prepared.place


def new(html: str, mode: str) -> Callable[[], object]:
    return adslot.prepare(html, POLICY, mode=mode).place


def unpickled(html: str, mode: str) -> Callable[[], object]:
    data = pickle.dumps(adslot.prepare(html, POLICY, mode=mode))
    return lambda: pickle.loads(data).place()  # noqa: S301  # it was pickled here


PREPARED: Mapping[str, Callable[[str, str], Callable[[], object]]] = {
    "known policy": known,
    "new policy": new,
    "unpickled": unpickled,
}
# What each is to take of the time of `place` at the most.
SHARES = {"known policy": 0.1, "new policy": 0.5, "unpickled": 0.6}
CONTENDERS = (*COLD, *PREPARED)


# --- measuring -------------------------------------------------------------------------------------


def seconds(text: Text, rounds: int) -> dict[str, float]:
    """The least time of each contender on *text*; the order turns by one from round to round."""
    names = CONTENDERS
    least = dict.fromkeys(names, math.inf)
    for turn in range(rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            least[name] = min(least[name], once(name, text))
    return least


def once(name: str, text: Text) -> float:
    """Time one run of a contender, without the garbage collector and on a text that no cache by identity knows."""
    html, mode = "".join([text.html[:1], text.html[1:]]), text.mode
    work = PREPARED[name](html, mode) if name in PREPARED else partial(COLD[name], html, mode)
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        result = work()
        taken = time.perf_counter() - start
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


def ratios(times: Iterable[dict[str, float]], name: str) -> list[float]:
    return [each[name] / each[BARE] for each in times]


def p95(values: list[float]) -> float:
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def growth(measured: dict[Text, dict[str, float]], name: str) -> float:
    """time(2 MB) / time(200 KB): 10 is linear; the worse one of fragment and page."""
    at = {text.name: times[name] for text, times in measured.items() if text.made}
    return max(at[f"{kind} of 2 MB"] / at[f"{kind} of 200 KB"] for kind in ("fragment", "page"))


def targets(measured: dict[Text, dict[str, float]]) -> list[Target]:
    found = [Target("growth of adslot.place, 2 MB / 200 KB", growth(measured, "adslot.place"), 14)]
    for group, median_bound, p95_bound, soup_bound in (("pages", 1.2, 3.5, 15), ("fragments", 6, None, 4)):
        times = [each for text, each in measured.items() if text.group == group and not text.made]
        if not times:
            continue
        place = ratios(times, "adslot.place")
        found.append(Target(f"{group}: median of place / lxml parse", statistics.median(place), median_bound))
        if p95_bound is not None:
            found.append(Target(f"{group}: p95 of place / lxml parse", p95(place), p95_bound))
            naive = statistics.median(ratios(times, "lxml insert + tostring"))
            found.append(
                Target(f"{group}: median of place / median of lxml insert", statistics.median(place) / naive, 1)
            )
        for name, share in SHARES.items():
            part = statistics.median(each[name] / each["adslot.place"] for each in times)
            found.append(Target(f"{group}: median of a prepared text, {name} / place", part, share))
        soup = statistics.median(each["BeautifulSoup insert"] / each["adslot.place"] for each in times)
        found.append(Target(f"{group}: median of BeautifulSoup insert / place", soup, soup_bound, at_least=True))
    return found


def columns(measured: dict[Text, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Heading -> contender -> ratio to the bare parse (for the bare parse itself: milliseconds)."""
    table: dict[str, dict[str, float]] = {}
    for group in ("pages", "fragments"):
        times = [each for text, each in measured.items() if text.group == group and not text.made]
        for label, pick in (("median", statistics.median), ("p95", p95)):
            if times:
                table[f"{len(times)} {group}, {label}"] = {name: pick(ratios(times, name)) for name in CONTENDERS} | {
                    BARE: 1000 * pick([each[BARE] for each in times])
                }
    for text, each in measured.items():
        if text.made:
            table[text.name] = {name: each[name] / each[BARE] for name in CONTENDERS} | {BARE: 1000 * each[BARE]}
    table["growth, 2 MB / 200 KB"] = {name: growth(measured, name) for name in CONTENDERS}
    return table


def print_report(measured: dict[Text, dict[str, float]]) -> None:
    print("Ratio to a bare lxml parse of the same text (the parse itself: milliseconds)\n")
    table = columns(measured)
    width = max(map(len, table))
    print(" " * width, *CONTENDERS, sep="  ")
    for heading, row in table.items():
        unit = "" if heading.startswith("growth") else " ms"
        cells = [f"{value:.2f}{unit if name == BARE else ''}".rjust(len(name)) for name, value in row.items()]
        print(f"{heading:{width}}", *cells, sep="  ")
    print_targets(targets(measured))


def print_targets(found: Iterable[Target]) -> None:
    print("\nTargets")
    for target in found:
        verdict, sign = ("holds" if target.holds else "MISSED"), (">=" if target.at_least else "<=")
        print(f"    {verdict:6}  {target.name}: {target.measured:.2f} ({sign} {target.bound})")


def as_json(measured: dict[Text, dict[str, float]]) -> str:
    return json.dumps(
        {
            "columns": columns(measured),
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
