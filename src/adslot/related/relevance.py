"""How well an article to link to suits a section: which teaser goes where.

Any callable of a section and an article, with a number from 0 to 1, can say so. The one that is used
without, `lexical`, compares words, with no model:

- A word is its stem, umlauts and accents folded however they are written, forms for all genders and for
  women being one, and what comes from a country the same as its name. Chinese and Japanese, which part no words, are read as pairs of characters.
- Words that resemble each other, as "Lehrermangel" does "Lehrer" and "bayerisch" does "Bayern", count in
  part: by the runs of five characters that they share, each weighed by how few words have it.
- Short names in capitals or with digits, EZB or A65, are meant exactly, and weigh most.
- A word that few of the articles and few of the sections have tells more than one that many have. Words that
  any text has, numbers and times among them, tell nothing.
- A section has a word the more, the more often it has it, up to a point; in its heading it counts three times.
- Relevance is the share of an article's words, so weighed, that the section has; less of it where that
  share is little in all, such as one common word of two, and nothing where it is less than chance has.

All of it is integers, in thousandths: the same plan on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import attrs

from adslot import kept
from adslot.article.outline import Outline
from adslot.article.values import Section
from adslot.kept import Shelf, lazy
from adslot.related.inventory import FULL, PERMILLE, Said, TermIndex
from adslot.related.rarity import tells
from adslot.related.values import Related

Relevance = Callable[[Section, Related], float]
# For each section, and last for the story as a whole, how relevant each article is, in permille.
Rows = tuple[tuple[int, ...], ...]


class Scored(Protocol):
    """How relevant articles are; *is_known* once it was asked for."""

    is_known: bool

    @property
    def rows(self) -> Rows:
        """How relevant each article is to each section, and last to the story as a whole."""


@attrs.frozen
class Known:
    """Relevance that was worked out before."""

    rows: Rows
    is_known = True


class Scores:
    """The relevance of *items* to the sections of an article, worked out when it is first asked for.

    That to the story as a *whole* only if a teaser may stand at its ends.
    """

    def __init__(
        self, outline: Outline, items: Sequence[Related], relevance: Relevance | None = None, *, whole: bool = True
    ) -> None:
        self._outline, self._items, self._relevance, self._needs_whole = outline, tuple(items), relevance, whole
        self.is_known = False

    @lazy
    def rows(self) -> Rows:
        """How relevant each article is to each section, and last to the story as a whole."""
        self.is_known = True
        sections, relevance = self._outline.sections, self._relevance
        if relevance is None:
            return lexical(sections, self._items, whole=self._needs_whole)
        asked = (*sections, _whole(sections)) if self._needs_whole and len(sections) > 1 else sections
        rows = tuple(tuple(permille(relevance(each, item)) for item in self._items) for each in asked)
        return rows if len(rows) > len(sections) else (*rows, rows[0])


def _whole(sections: Sequence[Section]) -> Section:
    """The story as a whole: a section with no heading of its own."""
    return Section(len(sections), None, 0, None, tuple(block for section in sections for block in section.blocks), 0)


def of_offers(offers: Sequence[Sequence[int]], items: int, rows: Rows | None) -> Rows:
    """How relevant each of so many *items* is that were offered for sections, the best ones first.

    To other sections they are not; to the story as a whole as to the section that they suit best. *rows* says
    how relevant they are, where that is known.

    >>> of_offers([[1, 0], []], 3, None)
    ((999, 1000, 0), (0, 0, 0), (999, 1000, 0))
    """
    found = []
    for section, offered in enumerate(offers):
        row = [0] * items
        for rank, item in enumerate(offered):
            row[item] = max(PERMILLE - rank, 1) if rows is None else rows[section][item]
        found.append(tuple(row))
    return *found, tuple(map(max, zip(*found, strict=True)))


def permille(relevance: float) -> int:
    """A number from 0 to 1 in thousandths; what is less or more counts as 0 or 1."""
    return min(max(round(PERMILLE * relevance), 0), PERMILLE)


def lexical(sections: Sequence[Section], items: Sequence[Related], *, whole: bool = True) -> Rows:
    """How relevant each of *items* is to each of *sections*, and last to all of these together, by words, in permille.

    Without *whole* the last row is that of the first section: nobody asks for it.

    >>> from adslot import read
    >>> story = read("<h2>Brücken</h2><p>Die Rheinbrücke ist gesperrt.<h2>Bahn</h2><p>Die Züge fahren wieder.")
    >>> items = [Related("Wann Züge fahren", "/bahn"), Related("Neue Sperrungen an der Autobahnbrücke", "/a1")]
    >>> lexical(story.sections, items)
    ((0, 59), (75, 0), (75, 88))
    """
    index = _index(tuple(items))
    found = [index.said_in(section) for section in sections]
    worth = _worth(found, index, len(items))
    rows = tuple(index.row(said, worth) for said in found)
    if not whole or len(rows) == 1:
        return *rows, rows[0]
    return *rows, index.row(_everywhere(found), worth)


def _worth(found: Sequence[Said], index: TermIndex, items: int) -> dict[str, int]:
    """How much each term tells, by how many of the articles have it and how many sections say it."""
    spread: Said = {}
    for said in found:
        for term, much in said.items():
            spread[term] = spread.get(term, 0) + (much if much < FULL else FULL)  # noqa: FURB136  # `min` takes twice as long
    counts = {term: index.spread[term] + (much + FULL // 2) // FULL for term, much in spread.items()}
    texts = items + len(found)
    by_count = {count: tells(count, texts, 2) for count in set(counts.values())}
    return {term: by_count[count] for term, count in counts.items()}


def _everywhere(found: Sequence[Said]) -> Said:
    """How much all sections together say: up to twice as much as what is said once."""
    everywhere: Said = {}
    for said in found:
        for term, much in said.items():
            everywhere[term] = everywhere.get(term, 0) + much
    return {term: 2 * FULL * much // (much + FULL) for term, much in everywhere.items()}


# An inventory serves many articles.
_index = Shelf[tuple[Related, ...], TermIndex](megabytes=64, count=16, make=TermIndex, size=lambda index: index.size)


def forget() -> None:
    """Forget the inventories that were kept."""
    kept.forget()
