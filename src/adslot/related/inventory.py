"""Articles by their terms: an inventory that serves many pages, and learns their words.

A word of a page is looked up once: which terms of the articles it is, and which it resembles. From then on a page
costs what its words hit.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from itertools import groupby
from math import isqrt
from typing import Any

from adslot.kept import lazy
from adslot.related.common import common
from adslot.related.parts import UNIT as LIKENESS
from adslot.related.parts import WordParts
from adslot.related.postings import TITLE, Posts, by_weight, posts_of, wholes_of
from adslot.related.rarity import UNIT, tells
from adslot.related.values import Related
from adslot.related.words import HAS_CJK, quiet, terms_of, tokens_of

PERMILLE = 1000
FULL = 1 << LIKENESS
# Terms that more articles than this have, and that tell less than this, are not looked for: they cost most.
_MANY, _LITTLE = 12, 512
_MOST_WORDS = 1 << 15
# How many bytes of what was found out for pages are kept.
_MOST_REMEMBERED = 8 << 20
# Longer runs of characters are no words.
_LONGEST = 100
# What a term, a term in an article, an article and a part of a word take in an index,
# in bytes; and a word that was looked up, and each term that it hits.
_BYTES, _WORD_BYTES, _HIT_BYTES = (400, 6, 800, 20), 200, 100
# More often than this a heading has its words.
_HEADING = 2
# What must be common to two texts before it counts half: that of five long words.
_STRONG = 200 * TITLE
# What is relevant by less counts as nothing at all.
NOISE = 5

# How much a term is said in a text: what is said once counts in full, what is said often up to twice that.
Said = dict[str, int]
Hits = Sequence[tuple[str, int]]
# A heading, which may be empty, and the text below it.
Text = tuple[str, str]


# What a word counts that is said so often, in units of `FULL`; and one that is said more often than any of these.
_SAID = tuple(2 * FULL * count // (count + 1) for count in range(64))
_OFTEN, _MOST_SAID = 2 * FULL, len(_SAID)


class TermIndex:
    """Articles by their terms: *postings* has for each term what it weighs, and the articles where it weighs that.

    There an article is known by its rank: the smallest goes first, so that those of like sizes stand together.
    *numbers* leads from ranks to the articles as they were given, *sizes* has their sizes.
    """

    def __init__(self, items: Sequence[Related]) -> None:
        count = len(items)
        posts, titled = posts_of(items)
        self.spread = {term: len(codes) for term, codes in posts.items()}
        tell = {number: tells(number, count) for number in set(self.spread.values())}
        wholes, heaviest = wholes_of(posts, tell, count)
        sizes = [_size(whole >> UNIT) for whole in wholes]
        self.numbers = array("I", sorted(range(count), key=sizes.__getitem__))
        self.sizes = array("Q", (sizes[number] for number in self.numbers))
        # The most that all terms of an article weigh together.
        self.heaviest = heaviest
        ranks = array("I", bytes(4 * count))
        for rank, number in enumerate(self.numbers):
            ranks[number] = rank
        self.postings: dict[str, Posts] = {}
        for term in list(posts):
            codes = posts.pop(term)
            if len(codes) <= _MANY or tell[len(codes)] >= _LITTLE:
                self.postings[term] = by_weight(codes, ranks)
        self._parts = WordParts(term for term in titled if term in self.postings)
        # Words of the pages so far, and those that were so when they became too many: what is asked for again comes over.
        self._known: dict[str, Hits] = {}
        self._older: dict[str, Hits] = {}
        self._bytes_known = self._bytes_older = 0
        # What was found out for the last pages, by what these say, and how many bytes that takes.
        self.remembered: dict[Hashable, Any] = {}
        self._bytes_remembered = 0
        self._taken = self._size_with(items)

    def __len__(self) -> int:
        return len(self.numbers)

    def _size_with(self, items: Sequence[Related]) -> int:
        """About how many bytes it takes, together with *items*."""
        texts = sum(len(item.title) + len(item.summary or "") + len(item.url) for item in items)
        counts = len(self.spread), sum(self.spread.values()), len(items), self._parts.size
        return 2 * texts + sum(count * each for count, each in zip(counts, _BYTES, strict=True))

    @property
    def size(self) -> int:
        """About how many bytes it takes, its items and what it has learned included."""
        return self._taken + self._bytes_known + self._bytes_older + self._bytes_remembered

    def remember(self, key: Hashable, found: object, size: int) -> None:
        """Keep what was found out for a page, which takes so many bytes; a full memory begins anew."""
        if self._bytes_remembered + size > _MOST_REMEMBERED:
            self.remembered, self._bytes_remembered = {}, 0
        if size <= _MOST_REMEMBERED:
            self.remembered[key] = found
            self._bytes_remembered += size

    @lazy
    def sizes_apart(self) -> tuple[tuple[int, int, int], ...]:
        """Stretches of ranks whose articles are about as large: where each begins and ends, and the least size in it."""
        found, start = list[tuple[int, int, int]](), 0
        for _, group in groupby(self.sizes, key=_scale):
            stop = start + sum(1 for _ in group)
            found.append((start, stop, self.sizes[start]))
            start = stop
        return tuple(found)

    def said_in(self, heading: str, text: str) -> Said:
        """How much a text and its heading say of each term that any article has."""
        words = Counter(text.split())
        for word in quiet(heading).split():
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
        shared = [0] * len(self)
        for term, much in said.items():
            share = worth[term] * much >> LIKENESS
            for weight, ranks in self.postings[term]:
                part = weight * share
                for rank in ranks:
                    shared[rank] += part
        found = [0] * len(self)
        for number, part, size in zip(self.numbers, shared, self.sizes, strict=True):
            if part:
                found[number] = share_of(part >> UNIT, size)
        return tuple(found)


def _scale(size: int) -> int:
    """Sizes that differ by less than an eighth have mostly the same; a larger one has no smaller scale."""
    bits = size.bit_length()
    return bits << 4 | (size << 4 >> bits)


def _size(whole: int) -> int:
    """What an article is measured by, of which all is *whole*: less than that for a long one, which says more at once."""
    return max(isqrt(whole * isqrt(whole * _STRONG)), 1)


def least_common(relevance: int, size: int) -> int:
    """With less in common, in units of `UNIT`, no article of that *size* is so relevant, nor is a larger one.

    >>> common = least_common(5, 400) >> UNIT
    >>> common, share_of(common, 400), share_of(common + 1, 400)
    (41, 0, 5)
    """
    # Of all c with 1000 * c * c >= a * (c + _STRONG), for a share a of the size, none is less.
    share = relevance * size
    return (share + isqrt(share * share + 4 * PERMILLE * share * _STRONG)) // (2 * PERMILLE) << UNIT


def share_of(common: int, size: int) -> int:
    """How relevant an article of that *size* is with which so much is *common*, in permille."""
    found = PERMILLE * common * common // (size * (common + _STRONG))
    return min(found, PERMILLE) if found >= NOISE else 0
