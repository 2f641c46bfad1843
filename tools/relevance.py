"""How well relevance finds the links that publishers set themselves.

    python tools/relevance.py FOLDER

FOLDER holds HTML files of articles. Their own inline teasers, with the links in these, are what editors or their
systems chose for the section around; the text of each link is its title. The pool is all such links of all files.
For each link, the pool is ranked for its section, without the section's teasers; other links of that section take
no rank from it, and of those ranked equal half stand before it. A file belongs to one half by a checksum of its name, so that
it shows what holds for one half only. Printed is the share of links among the first and the first three, and
the mean of 1 / rank; then, for files with links in a section of several, how often the link's own section is the one
that the link is most relevant to; among n sections equally relevant, that counts 1 / n.

A second table is for choosing `min_relevance`. A link passes a floor if it is so relevant to some section of a page.
Of each page's own links that have anything in common with it, and of all links of other pages: how many pass?
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from zlib import crc32

import attrs
import lxml.html

import adslot
from adslot import Article, Related, Section
from adslot.related.relevance import lexical

# Words of a label that some publishers write into the link.
_LABEL = re.compile(r"^(related( photos)?|read (more|next)|mehr lesen|les(en sie|t) auch|mehr zum thema)\s*:\s*", re.I)
_WORD = re.compile(r"\w+")
_FLOORS = (5, 8, 10, 12, 15, 20, 30)
_LEAST_WORDS, _LEAST_CHARS, _LEAST_SECTION = 3, 15, 20

Rows = Sequence[Sequence[float]]
Scorer = Callable[[Sequence[Section], Sequence[Related]], Rows]


@attrs.frozen
class Case:
    """An article and, by section, the titles of the links in it."""

    half: int
    sections: tuple[Section, ...]
    links: dict[int, list[str]]


@attrs.frozen
class Found:
    """The rank of one link in the pool, and how surely its section is its best; None where there is only one section."""

    half: int
    rank: float
    home: float | None


def read_case(path: Path) -> Case | None:
    """The article of a file; none if it has no teaser with links."""
    article = adslot.read(path.read_bytes().decode("utf-8", "replace"))
    links: dict[int, list[str]] = {}
    for index, block in enumerate(article.blocks):
        section = next(s for s in article.sections if s.first <= index < s.first + len(s.blocks))
        if block.role is adslot.Role.TEASER and len(section.text.split()) >= _LEAST_SECTION:
            links.setdefault(section.index, []).extend(titles(article, block.span or (0, 0)))
    links = {section: list(dict.fromkeys(found)) for section, found in links.items() if found}
    name = ".".join(path.name.split(".")[:1])
    return Case(crc32(name.encode()) % 2, article.sections, links) if links else None


def titles(article: Article, span: tuple[int, int]) -> Iterator[str]:
    """The longest text of each link in a span of the source."""
    source = article.source
    if not isinstance(source, str):
        return
    found: dict[str, str] = {}
    for link in lxml.html.fragment_fromstring(source[span[0] : span[1]], create_parent="div").iter("a"):
        text, url = _LABEL.sub("", " ".join(str(link.text_content()).split())), link.get("href") or ""
        if url and len(text) > len(found.get(url, "")):
            found[url] = text
    yield from (t for t in found.values() if len(t.split()) >= _LEAST_WORDS or len(t) >= _LEAST_CHARS)


# --- scorers ---------------------------------------------------------------------------------------


def overlap(sections: Sequence[Section], items: Sequence[Related]) -> Rows:
    """The number of words in common."""
    return _common(sections, items, lambda common, _: common)


def overlap_share(sections: Sequence[Section], items: Sequence[Related]) -> Rows:
    """The share of a title's words that the section has."""
    return _common(sections, items, lambda common, words: common / max(words, 1))


def _common(sections: Sequence[Section], items: Sequence[Related], worth: Callable[[int, int], float]) -> Rows:
    titles_words = [set(_WORD.findall(item.title.lower())) for item in items]
    texts = [f"{section.heading.text if section.heading else ''} {section.text}" for section in sections]
    found = [set(_WORD.findall(text.lower())) for text in texts]
    return [[worth(len(words & title), len(title)) for title in titles_words] for words in found]


SCORERS: dict[str, Scorer] = {"words in common": overlap, "share of words": overlap_share, "adslot": lexical}


# --- measuring -------------------------------------------------------------------------------------


def measure(cases: Sequence[Case], pool: Sequence[Related], scorer: Scorer) -> Iterator[Found]:
    """What becomes of each link."""
    at = {item.title: number for number, item in enumerate(pool)}
    for case in cases:
        rows = scorer(case.sections, pool)
        for section, links in case.links.items():
            row, own = rows[section], {at[title] for title in links}
            for title in links:
                mine = row[at[title]]
                others = [worth for number, worth in enumerate(row) if number not in own]
                rank = 1 + sum(worth > mine for worth in others) + sum(worth == mine for worth in others) / 2
                column = [each[at[title]] for each in rows[: len(case.sections)]]
                best = column[section] == max(column)
                home = best / column.count(max(column)) if len(column) > 1 else None
                yield Found(case.half, rank, home)


def line(name: str, found: Sequence[Found]) -> str:
    """The figures of one scorer as a row of a table."""
    cells = [name]
    for half in (0, 1):
        ranks = [each.rank for each in found if each.half == half]
        first, three = (sum(rank <= most for rank in ranks) / len(ranks) for most in (1, 3))
        mean = sum(1 / rank for rank in ranks) / len(ranks)
        cells += [f"{first:.0%}", f"{three:.0%}", f"{mean:.2f}"]
    homes = [each.home for each in found if each.home is not None]
    return f"| {' | '.join([*cells, f'{sum(homes) / len(homes):.0%}'])} |"


def floors(cases: Sequence[Case], pool: Sequence[Related], half: int) -> Iterator[tuple[float, float]]:
    """For each of the floors, the share of a page's own links that pass it, and of other links."""
    at = {item.title: number for number, item in enumerate(pool)}
    mine: list[int] = []
    others: list[int] = []
    for case in cases:
        if case.half == half:
            best = list(map(max, zip(*lexical(case.sections, pool)[: len(case.sections)], strict=True)))
            own = {at[title] for links in case.links.values() for title in links}
            mine += filter(None, (best[number] for number in own))
            others += (worth for number, worth in enumerate(best) if number not in own)
    for floor in _FLOORS:
        yield _share_at(mine, floor), _share_at(others, floor)


def _share_at(worths: Sequence[int], floor: int) -> float:
    return sum(worth >= floor for worth in worths) / len(worths)


def print_floors(cases: Sequence[Case], pool: Sequence[Related]) -> None:
    """The second table."""
    print("\n| `min_relevance` | own links | others | own links | others |")
    print("|---|---|---|---|---|")
    for floor, one, other in zip(_FLOORS, floors(cases, pool, 0), floors(cases, pool, 1), strict=True):
        print(f"| {floor} | {one[0]:.0%} | {one[1]:.0%} | {other[0]:.0%} | {other[1]:.0%} |")


def random_line(cases: Sequence[Case], pool: Sequence[Related]) -> str:
    """What chance alone gives."""
    size = len(pool)
    mean = sum(1 / rank for rank in range(1, size + 1)) / size
    half = [f"{1 / size:.1%}", f"{3 / size:.1%}", f"{mean:.2f}"]
    chances = [
        1 / len(case.sections)
        for case in cases
        if len(case.sections) > 1
        for links in case.links.values()
        for _ in links
    ]
    return f"| {' | '.join(['at random', *half, *half, f'{sum(chances) / len(chances):.0%}'])} |"


def main() -> None:
    """Print the table for a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    cases = [case for path in sorted(folder.glob("*.html")) if (case := read_case(path)) is not None]
    names = dict.fromkeys(title for case in cases for links in case.links.values() for title in links)
    pool = [Related(title, f"/{number}") for number, title in enumerate(names)]
    counts = [
        sum(len(links) for case in cases if case.half == half for links in case.links.values()) for half in (0, 1)
    ]
    sections = sum(len(case.links) for case in cases)
    print(
        f"{len(cases)} files, {sections} sections with links, {len(pool)} titles; {counts[0]} and {counts[1]} links\n"
    )
    print("| ranked by | first | first 3 | 1 / rank | first | first 3 | 1 / rank | own section |")
    print("|---|---|---|---|---|---|---|---|")
    print(random_line(cases, pool))
    for name, scorer in SCORERS.items():
        print(line(name, list(measure(cases, pool, scorer))))
    print_floors(cases, pool)


if __name__ == "__main__":
    main()
