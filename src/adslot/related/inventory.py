"""Articles by their terms: an inventory that serves many pages, and learns their words.

A word of a page is looked up once: which terms of the articles it is, and which it resembles. From then on a page
costs what its words hit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import isqrt

from adslot.article.values import Section
from adslot.related.common import common
from adslot.related.parts import UNIT as LIKENESS
from adslot.related.parts import WordParts
from adslot.related.rarity import UNIT, tells
from adslot.related.values import Related
from adslot.related.words import HAS_CJK, quiet, terms_of, tokens_of, weighed

PERMILLE = 1000
FULL = 1 << LIKENESS
# Terms that more articles than this have, and that tell less than this, are not looked for: they cost most.
_MANY, _LITTLE = 12, 512
_MOST_WORDS = 1 << 15
# Longer runs of characters are no words, and longer texts neither titles nor summaries: the rest of them is not read.
_LONGEST, _LONGEST_TEXT = 100, 20_000
# What a term, a term in an article, an article and a part of a word take in an index,
# in bytes; and a word that was looked up, and each term that it hits.
_BYTES, _WORD_BYTES, _HIT_BYTES = (200, 80, 800, 20), 200, 100
# More often than this a heading has its words.
_HEADING = 2
# The parts of an article by what their words weigh.
_TITLE, _SUMMARY = 4, 1
# What must be common to two texts before it counts half: that of five long words.
_STRONG = 200 * _TITLE
# What is relevant by less counts as nothing at all.
_NOISE = 5

# How much a term is said in a text: what is said once counts in full, what is said often up to twice that.
Said = dict[str, int]
Hits = Sequence[tuple[str, int]]


# What a word counts that is said so often, in units of `FULL`; and one that is said more often than any of these.
_SAID = tuple(2 * FULL * count // (count + 1) for count in range(64))
_OFTEN, _MOST_SAID = 2 * FULL, len(_SAID)


class TermIndex:
    """Articles by their terms: *postings* has for each term the articles and what it weighs in them."""

    def __init__(self, items: Sequence[Related]) -> None:
        self.postings: dict[str, list[tuple[int, int]]] = {}
        weights = list(map(_weights, items))
        for number, terms in enumerate(weights):
            for term, weight in terms.items():
                self.postings.setdefault(term, []).append((number, weight))
        self.spread = {term: len(posts) for term, posts in self.postings.items()}
        found = {term: tells(count, len(items)) for term, count in self.spread.items()}
        self._sizes = [_size(sum(weight * found[term] for term, weight in terms.items()) >> UNIT) for terms in weights]
        self._leasts = list(map(_least, self._sizes))
        for term, count in self.spread.items():
            if count > _MANY and found[term] < _LITTLE:
                del self.postings[term]
        self._parts = WordParts(term for term in self._titled(items) if term in self.postings)
        # Words of the pages so far, and those that were so when they became too many: what is asked for again comes over.
        self._known: dict[str, Hits] = {}
        self._older: dict[str, Hits] = {}
        self._bytes_known = self._bytes_older = 0
        self._taken = self._size_with(items)

    @staticmethod
    def _titled(items: Sequence[Related]) -> Iterable[str]:
        """The terms of titles and tags: for these, words that resemble them count as well."""
        texts = dict.fromkeys(text for item in items for text in (item.title, *item.tags))
        return dict.fromkeys(term for text in texts for term, _ in weighed(text[:_LONGEST_TEXT]))

    def _size_with(self, items: Sequence[Related]) -> int:
        """About how many bytes it takes, together with *items*."""
        texts = sum(len(item.title) + len(item.summary or "") + len(item.url) for item in items)
        counts = len(self.spread), sum(self.spread.values()), len(items), self._parts.size
        return 2 * texts + sum(count * each for count, each in zip(counts, _BYTES, strict=True))

    @property
    def size(self) -> int:
        """About how many bytes it takes, its items and what it has learned included."""
        return self._taken + self._bytes_known + self._bytes_older

    def said_in(self, section: Section) -> Said:
        """How much a section says of each term that any article has."""
        words = Counter(section.text.split())
        if section.heading is not None:
            for word in quiet(section.heading.text).split():
                words[word] += _HEADING
        found: Said = {}
        known = self._known
        for word, count in words.items():
            hits = known.get(word)
            if hits is None:
                hits = self._learn(word)
            if not hits:
                continue
            often = _SAID[count] if count < _MOST_SAID else _OFTEN
            for term, likeness in hits:
                much = likeness * often >> LIKENESS
                if much > found.get(term, 0):
                    found[term] = much
        return found

    def _learn(self, word: str) -> Hits:
        """What a word hits, as it stands between two spaces; that is kept, as long as it is not too much."""
        found = self._older.get(word)
        if found is None:
            found = tuple(self._hits(word).items())
            if len(word) > _LONGEST or HAS_CJK.search(word):
                return found
        if len(self._known) > _MOST_WORDS:
            self._older, self._known = self._known, {}
            self._bytes_older, self._bytes_known = self._bytes_known, 0
        self._known[word] = found
        self._bytes_known += _WORD_BYTES + _HIT_BYTES * len(found)
        return found

    def _hits(self, word: str) -> dict[str, int]:
        """The terms of articles that *word* is or resembles, and how much."""
        found: dict[str, int] = {}
        for token in tokens_of(word):
            for term in terms_of(token):
                if term in self.postings:
                    found[term] = FULL
                if term not in common():
                    for other, likeness in self._parts.like(term):
                        found[other] = max(found.get(other, 0), likeness)
        return found

    def row(self, said: Mapping[str, int], worth: Mapping[str, int]) -> tuple[int, ...]:
        """How relevant each article is to a text that says terms so much, each of which tells so much."""
        shared = [0] * len(self._sizes)
        postings = self.postings
        for term, much in said.items():
            share = worth[term] * much >> LIKENESS
            for number, weight in postings[term]:
                shared[number] += weight * share
        parts = zip(shared, self._sizes, self._leasts, strict=True)
        return tuple([_share(part >> UNIT, size) if part >= least else 0 for part, size, least in parts])


def _size(whole: int) -> int:
    """What an article is measured by, of which all is *whole*: less than that for a long one, which says more at once."""
    return max(isqrt(whole * isqrt(whole * _STRONG)), 1)


def _least(size: int) -> int:
    """The least that must be common with an article of that *size* before it is any relevant, in units of `UNIT`."""
    # The least c with c * c >= a * (c + _STRONG), for a share a of the size.
    share = _NOISE * size
    common = (share + isqrt(share * share + 4 * PERMILLE * share * _STRONG)) // (2 * PERMILLE)
    return next(each for each in range(max(common - 1, 1), common + 3) if _share(each, size)) << UNIT


def _share(common: int, size: int) -> int:
    """How relevant an article of that *size* is with which so much is *common*, in permille."""
    found = PERMILLE * common * common // (size * (common + _STRONG))
    return min(found, PERMILLE) if found >= _NOISE else 0


def _weights(item: Related) -> dict[str, int]:
    """What each term of an article weighs: of its title and tags in full, of its summary less."""
    found: dict[str, int] = {}
    for text, share in [*((text, _TITLE) for text in (item.title, *item.tags)), (item.summary or "", _SUMMARY)]:
        for term, weight in weighed(text[:_LONGEST_TEXT]):
            if term not in common():
                found[term] = max(found.get(term, 0), weight * share)
    return found
