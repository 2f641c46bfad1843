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
from adslot.kept import lazy
from adslot.related.inventory import PERMILLE, Text
from adslot.related.known import inventory_of
from adslot.related.ranking import Ranked, Ranking, everywhere, ranked, said_in, worth_of
from adslot.related.values import Related

Relevance = Callable[[Section, Related], float]
# For each section, and last for the story as a whole, how relevant each article is, in permille.
Rows = tuple[Ranked, ...]
# An inventory, and the numbers of the articles in it that a page has to do without, in ascending order.
Among = tuple[tuple[Related, ...], tuple[int, ...]]


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

    Of each row the *count* best are known at once. That to the story as a *whole* only if a teaser may stand at its
    ends. The items may be some *among* others: then what words tell is seen in all of these.
    """

    def __init__(
        self,
        outline: Outline,
        items: Sequence[Related],
        relevance: Relevance | None = None,
        *,
        count: int,
        whole: bool = True,
        among: Among | None = None,
    ) -> None:
        self._outline, self._items, self._relevance = outline, tuple(items), relevance
        self._inventory, self._without = among or (self._items, ())
        self._count, self._needs_whole = count, whole
        self.is_known = False

    @lazy
    def rows(self) -> Rows:
        """How relevant each article is to each section, and last to the story as a whole."""
        self.is_known = True
        sections, relevance = self._outline.sections, self._relevance
        whole = self._needs_whole and len(sections) > 1
        if relevance is None:
            rows = self._by_words(whole=whole)
        else:
            asked = (*sections, _whole(sections)) if whole else sections
            rows = tuple(ranked([permille(relevance(each, item)) for item in self._items]) for each in asked)
        return rows if whole else (*rows, rows[0])

    def _by_words(self, *, whole: bool) -> Rows:
        index = inventory_of(self._inventory).index
        texts = tuple(map(_text, self._outline.sections))
        return Ranking(index, texts, whole=whole, without=self._without).rows(min(self._count, len(self._items)))


def _whole(sections: Sequence[Section]) -> Section:
    """The story as a whole: a section with no heading of its own."""
    return Section(len(sections), None, 0, None, tuple(block for section in sections for block in section.blocks), 0)


def _text(section: Section) -> Text:
    return section.heading.text if section.heading else "", section.text


def of_offers(offers: Sequence[Sequence[int]], items: int, rows: Rows | None) -> Rows:
    """How relevant each of so many *items* is that were offered for sections, the best ones first.

    To other sections they are not; to the story as a whole as to the section that they suit best. *rows* says
    how relevant they are, where that is known.

    >>> [list(row) for row in of_offers([[1, 0], []], 3, None)]
    [[999, 1000, 0], [0, 0, 0], [999, 1000, 0]]
    """
    found: list[list[int]] = []
    for section, offered in enumerate(offers):
        row = [0] * items
        for rank, item in enumerate(offered):
            row[item] = max(PERMILLE - rank, 1) if rows is None else rows[section][item]
        found.append(row)
    return *map(ranked, found), ranked([*map(max, zip(*found, strict=True))])


def permille(relevance: float) -> int:
    """A number from 0 to 1 in thousandths; what is less or more counts as 0 or 1."""
    return min(max(round(PERMILLE * relevance), 0), PERMILLE)


def lexical(
    sections: Sequence[Section], items: Sequence[Related], *, whole: bool = True
) -> tuple[tuple[int, ...], ...]:
    """How relevant each of *items* is to each of *sections*, and last to all of these together, by words, in permille.

    The plain way: it looks at every article. Without *whole* the last row is that of the first section: nobody asks for it.

    >>> from adslot import read
    >>> story = read("<h2>Brücken</h2><p>Die Rheinbrücke ist gesperrt.<h2>Bahn</h2><p>Die Züge fahren wieder.")
    >>> items = [Related("Wann Züge fahren", "/bahn"), Related("Neue Sperrungen an der Autobahnbrücke", "/a1")]
    >>> lexical(story.sections, items)
    ((0, 59), (75, 0), (75, 88))
    """
    index = inventory_of(tuple(items)).index
    said = said_in(index, map(_text, sections))
    worth = worth_of(said, index)
    rows = tuple(index.row(each, worth) for each in said)
    if not whole or len(rows) == 1:
        return *rows, rows[0]
    return *rows, index.row(everywhere(said), worth)


def forget() -> None:
    """Forget the inventories that were kept."""
    kept.forget()
