"""How well an article to link to suits a section: which teaser goes where.

Any callable of a section and an article, with a number from 0 to 1, can say so. The one that is used
without, `lexical`, compares words, with no model and no list of stop words:

- A word is its stem, umlauts and accents folded, and besides the first and the last four letters of the
  stem, so that "gesperrt" meets "Sperrung". The last five letters of a long stem are a word, too, as they
  may be the head of a compound: "Autobahnbrücke" meets "Brücke". Chinese and Japanese, which part no
  words, are read as pairs of characters.
- A word that few of the articles and few of the sections have tells more than one that many have. Long
  words tell more than short ones, and those with a capital letter, names and German nouns, tell most.
- A section has a word the more, the more often it has it, up to a point; in its heading it counts thrice.
- Relevance is the share of an article's words, so weighed, that the section has; less of it where that
  share is little in all, such as one common word of two.

All of it is integers, in thousandths: the same plan on every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from math import isqrt
from typing import Protocol

import attrs

from adslot import kept
from adslot.article.outline import Outline
from adslot.article.values import Section
from adslot.kept import Shelf, lazy
from adslot.related.values import Related
from adslot.related.words import HAS_CJK, TOKEN, capital, terms_of

Relevance = Callable[[Section, Related], float]
# For each section, and last for the story as a whole, how relevant each article is, in permille.
Rows = tuple[tuple[int, ...], ...]

PERMILLE = 1000
# Terms that more articles than this have, and that tell less than this, are not looked for: they cost most.
_MANY, _LITTLE = 12, 512
_MOST_WORDS = 1 << 15
# Longer runs of characters are no words, and longer texts neither titles nor summaries: the rest of them is not read.
_LONGEST, _LONGEST_TEXT = 100, 20_000
# What a term, a term in an article and an article take in an index, in bytes; and a word that was looked up.
_BYTES, _WORD_BYTES = (200, 80, 800), 150
# More often than this a heading has its words.
_HEADING = 3
# The unit of shares, as a power of 2.
_UNIT = 10
# What a long word with a capital letter weighs: so much must be common to two texts before it counts half.
_STRONG = 48
# What is relevant by less is so by chance.
_NOISE = 15
# The parts of an article by what their words weigh.
_TITLE, _SUMMARY = 4, 1


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
    >>> items = [Related("Wann der Zug fährt", "/bahn"), Related("Neue Sperrungen an der Autobahnbrücke", "/a1")]
    >>> lexical(story.sections, items)
    ((0, 54), (48, 0), (48, 54))
    """
    index = _index(tuple(items))
    found = [index.terms_of(section) for section in sections]
    spread = Counter(chain.from_iterable(found))
    by_count = [_tells(max(count, 1), len(items) + len(sections), 2) for count in range(len(items) + len(sections) + 1)]
    tells = {term: by_count[count + index.spread[term]] for term, count in spread.items()}
    rows = tuple(index.row(terms, tells) for terms in found)
    if not whole or len(rows) == 1:
        return *rows, rows[0]
    everywhere: dict[str, int] = {}
    for terms in found:
        for term, count in terms.items():
            everywhere[term] = everywhere.get(term, 0) + count
    return *rows, index.row(everywhere, tells)


class _Index:
    """Articles by their terms: *postings* has for each term the articles and what it weighs in them."""

    def __init__(self, items: Sequence[Related]) -> None:
        self.postings: dict[str, list[tuple[int, int]]] = {}
        weights = list(map(_weights, items))
        for number, terms in enumerate(weights):
            for term, weight in terms.items():
                self.postings.setdefault(term, []).append((number, weight))
        self.spread = {term: len(posts) for term, posts in self.postings.items()}
        tells = {term: _tells(count, len(items), 1) for term, count in self.spread.items()}
        self.wholes = [sum(weight * tells[term] for term, weight in terms.items()) >> _UNIT for terms in weights]
        self._leasts = list(map(_least_common, self.wholes))
        # Words of the pages so far, and those that were so when they became too many: what is asked for again comes over.
        self._known: dict[str, Sequence[str]] = {}
        self._older: dict[str, Sequence[str]] = {}
        self._taken = self._size_with(items)
        for term, count in self.spread.items():
            if count > _MANY and tells[term] < _LITTLE:
                del self.postings[term]

    def _size_with(self, items: Sequence[Related]) -> int:
        """About how many bytes it takes, together with *items*."""
        texts = sum(len(item.title) + len(item.summary or "") + len(item.url) for item in items)
        counts = len(self.spread), sum(self.spread.values()), len(items)
        return 2 * texts + sum(count * each for count, each in zip(counts, _BYTES, strict=True))

    @property
    def size(self) -> int:
        """About how many bytes it takes, its items and what it has learned included."""
        return self._taken + _WORD_BYTES * (len(self._known) + len(self._older))

    def terms_of(self, section: Section) -> dict[str, int]:
        """How often a section has each term that any article has."""
        words = Counter(section.text.casefold().split())
        if section.heading is not None:
            for word in section.heading.text.casefold().split():
                words[word] += _HEADING
        found: dict[str, int] = {}
        known = self._known
        for word, count in words.items():
            terms = known.get(word)
            for term in self._learn(word) if terms is None else terms:
                found[term] = found.get(term, 0) + count
        return found

    def _learn(self, word: str) -> Sequence[str]:
        """The terms of what stands between two spaces that any article has; they are kept, as long as they are not too many."""
        found = self._older.get(word)
        if found is None:
            terms = chain.from_iterable(map(terms_of, TOKEN.findall(word)))
            found = tuple(term for term, _ in terms if term in self.postings)
            if len(word) > _LONGEST or HAS_CJK.search(word):
                return found
        if len(self._known) > _MOST_WORDS:
            self._older, self._known = self._known, {}
        self._known[word] = found
        return found

    def row(self, terms: Mapping[str, int], tells: Mapping[str, int]) -> tuple[int, ...]:
        """How relevant each article is to what has *terms*, each of which *tells* so much."""
        common = [0] * len(self.wholes)
        for term, count in terms.items():
            share = tells[term] * count // (count + 1)
            for number, weight in self.postings[term]:
                common[number] += weight * share
        return tuple(
            _share(part, whole) if part >= least else 0
            for part, whole, least in zip(common, self.wholes, self._leasts, strict=True)
        )


def _share(common: int, whole: int) -> int:
    """The share of the *whole* that is *common*, in permille; less of it where that is little in all."""
    common = (common >> _UNIT) // _TITLE
    if not common or not whole:
        return 0
    found = PERMILLE * _TITLE * common * common // (whole * (common + _STRONG))
    return min(found, PERMILLE) if found >= _NOISE else 0


def _least_common(whole: int) -> int:
    """What must be common to be more than noise, at the least: most articles are ruled out by that."""
    share = _NOISE * whole // (PERMILLE * _TITLE)
    return _TITLE * max((share + isqrt(share * share + 4 * share * _STRONG)) // 2 - 1, 0) << _UNIT


# An inventory serves many articles.
_index = Shelf[tuple[Related, ...], _Index](megabytes=64, count=16, make=_Index, size=lambda index: index.size)


def forget() -> None:
    """Forget the inventories that were kept."""
    kept.forget()


def _weights(item: Related) -> dict[str, int]:
    """What each term of an article weighs: of its title and tags in full, of its summary the stems, and less."""
    found: dict[str, int] = {}
    for text, share in [*((text, _TITLE) for text in (item.title, *item.tags)), (item.summary or "", _SUMMARY)]:
        for number, token in enumerate(TOKEN.findall(text[:_LONGEST_TEXT])):
            terms, factor = terms_of(token.casefold()), share * capital(token, number)
            for term, weight in terms if share == _TITLE or HAS_CJK.search(token) else terms[:1]:
                found[term] = max(found.get(term, 0), weight * factor)
    return found


@lru_cache(maxsize=1 << 12)
def _tells(count: int, texts: int, least: int) -> int:
    """How much a term tells that *count* of so many *texts* have: all the unit if *least* have it, little if all have."""
    total = _log(texts + 1)
    return ((total - _log(count)) << _UNIT) // (total - _log(least))


@lru_cache(maxsize=1 << 12)
def _log(number: int) -> int:
    """Sixteen times the binary logarithm of *number*, in whole numbers; at least 1 for all but 1."""
    return (number**16).bit_length() - 1
