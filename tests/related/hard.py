"""Hard sets for relevance, a plain rival, and what a scorer finds in them.

Each file of the folder `sets` is one story of eighteen sections, with the article that goes into each, and twelve that
go nowhere but share words with it. Articles and sections say the same in other words: short names, compounds, forms
for all genders, adjectives of places, ae for ä.

Sections at even places are for tuning. Those at odd ones are unseen: the constants of `adslot.related` were chosen
without them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs

from adslot import Related, Section, read

SETS = ("land", "wirtschaft", "sport", "world")
HALVES = ("tuning", "unseen")
_WORD = re.compile(r"\w\w+")
Rows = Sequence[Sequence[float]]
Scorer = Callable[[Sequence[Section], Sequence[Related]], Rows]


@attrs.frozen
class Story:
    """Sections, and articles of which the first ones go into them, each into its own."""

    sections: tuple[Section, ...]
    items: tuple[Related, ...]


@attrs.frozen
class Found:
    """Of one half of a story: how often a section's article comes first, an article's section, and an article of the
    story among the best ones for the whole of it. One that comes first with others does not count."""

    articles: int
    sections: int
    whole: int

    def __add__(self, other: Found) -> Found:
        return Found(self.articles + other.articles, self.sections + other.sections, self.whole + other.whole)


def story(name: str, *, tags: bool = False) -> Story:
    """The set of that name; its articles with their *tags*, or the titles alone."""
    html: list[str] = []
    items: list[Related] = []
    for line in (Path(__file__).parent / "sets" / f"{name}.md").read_text("utf-8").splitlines():
        if line.startswith("> "):
            title, _, words = line.removeprefix("> ").partition(" | ")
            items.append(Related(title, f"/{len(items)}", tags=words.split(", ") if tags else []))
        elif line.startswith("## "):
            html.append(f"<h2>{line.removeprefix('## ')}</h2>")
        elif line and not line.startswith("# "):
            html.append(f"<p>{line}</p>")
    return Story(read("\n".join(html)).sections, tuple(items))


def found(scorer: Scorer, told: Story, half: str) -> Found:
    """What a scorer finds of one half of a story."""
    rows = scorer(told.sections, told.items)
    numbers = range(HALVES.index(half), len(told.sections), 2)
    columns = list(zip(*rows[: len(told.sections)], strict=True))
    best = sorted(range(len(told.items)), key=lambda item: -rows[-1][item])[: len(told.sections)]
    return Found(
        articles=sum(_is_first(rows[number], number) for number in numbers),
        sections=sum(_is_first(columns[number], number) for number in numbers),
        whole=sum(number in best and rows[-1][number] > 0 for number in numbers),
    )


def found_in_all(scorer: Scorer, half: str, *, tags: bool = False) -> Found:
    """What a scorer finds of one half of all sets."""
    return sum((found(scorer, story(name, tags=tags), half) for name in SETS), Found(0, 0, 0))


def _is_first(worths: Sequence[float], number: int) -> bool:
    return worths[number] > 0 and all(worth < worths[number] for other, worth in enumerate(worths) if other != number)


def chance(scorer: Scorer) -> list[float]:
    """How relevant articles of one set are to sections of the others, which are about other things."""
    stories = [story(name, tags=True) for name in SETS]
    return [
        worth
        for told in stories
        for other in stories
        if other is not told
        for row in scorer(told.sections, other.items)[: len(told.sections)]
        for worth in row
    ]


def by_characters(sections: Sequence[Section], items: Sequence[Related]) -> Rows:
    """The rival: cosines of texts as runs of four and five characters of words, each the heavier the fewer have it."""
    texts = [f"{section.heading.text if section.heading else ''} {section.text}" for section in sections]
    texts.append(" ".join(texts))
    counted = [_grams(text) for text in [*texts, *(" ".join([item.title, *item.tags]) for item in items)]]
    spread = Counter(gram for grams in counted[: len(sections)] + counted[len(texts) :] for gram in grams)
    size = len(sections) + len(items)
    rare = {gram: math.log((1 + size) / (1 + count)) + 1 for gram, count in spread.items()}
    vectors = [_unit({gram: count * rare.get(gram, 0) for gram, count in grams.items()}) for grams in counted]
    return [
        [sum(worth * row.get(gram, 0) for gram, worth in item.items()) for item in vectors[len(texts) :]]
        for row in vectors[: len(texts)]
    ]


def _grams(text: str) -> Counter[str]:
    words = (f" {word} " for word in _WORD.findall(text.lower()))
    return Counter(word[at : at + size] for word in words for size in (4, 5) for at in range(len(word) - size + 1))


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(worth * worth for worth in vector.values())) or 1
    return {gram: worth / length for gram, worth in vector.items()}
