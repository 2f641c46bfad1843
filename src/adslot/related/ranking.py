"""The articles that are most relevant to each section of a page: those exactly, without a look at most of the others.

What an article has in common with the sections is added up for all sections at once: each is a field of one large
number, so that a posting costs one addition however many sections say its term. The best of some articles are a bar
that others have to reach; to each stretch of articles about as large belongs the number that, added to the fields,
carries into a bit of its own above each field where the bar is reached. So one addition tells of an article whether
it is among the best anywhere, and what it has in common is only looked at where it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from heapq import nlargest, nsmallest
from itertools import chain, islice
from math import isqrt
from struct import Struct
from typing import overload

from adslot.kept import Memo, lazy
from adslot.related.inventory import FULL, NOISE, Said, TermIndex, Text, least_common, share_of
from adslot.related.parts import UNIT as LIKENESS
from adslot.related.rarity import UNIT, tells

# How many bits a field has, and what it is written as; the larger one for articles with very many tags.
_FIELDS = ((32, "I"), (64, "Q"))
# Of how many articles the best are the bar: this many times the root of articles times those wanted.
_SAMPLE = 2
# What an article that is known to be among the best takes, in bytes.
_BEST = 250
# And a number in a tuple.
_PLACE = 36


class Ranked(Sequence[int]):
    """How relevant each article is to one section; of the *best* it is known, of others worked out when it is asked for.

    *best* has articles and their relevance, the most relevant ones first. Where they *are_all*, no other one is any relevant;
    else *work_out* says how relevant all are.

    >>> row = Ranked(4, [(2, 90), (0, 30)], are_all=True)
    >>> row.best(3), row[2], row[3], list(row)
    ((2, 0, 1), 90, 0, [30, 0, 90, 0])
    """

    def __init__(
        self,
        count: int,
        best: Sequence[tuple[int, int]],
        *,
        are_all: bool,
        work_out: Callable[[], Sequence[int]] = tuple,
    ) -> None:
        self._count, self._known, self._are_all, self._work_out = count, dict(best), are_all, work_out

    def best(self, count: int) -> tuple[int, ...]:
        """The first *count* articles, the most relevant first, else in the order given."""
        if count > len(self._known) and not self._are_all:
            return tuple(nlargest(count, range(self._count), key=self._all.__getitem__))
        found = tuple(islice(self._known, count))
        others = (number for number in range(self._count) if number not in self._known)
        return (*found, *islice(others, count - len(found)))

    def anew(self) -> Ranked:
        """The same row; of what is worked out when it is asked, the other one keeps nothing."""
        row = Ranked.__new__(Ranked)
        vars(row).update(vars(self))
        return row

    @lazy
    def _all(self) -> Sequence[int]:
        if not self._are_all:
            return self._work_out()
        found = [0] * self._count
        for number, relevance in self._known.items():
            found[number] = relevance
        return found

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[int]: ...
    def __getitem__(self, at: int | slice) -> int | Sequence[int]:
        found = self._known.get(at) if isinstance(at, int) else None
        return self._all[at] if found is None else found

    def __iter__(self) -> Iterator[int]:
        return iter(self._all)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Ranked):
            return NotImplemented
        if (same := self._known is other._known) or self._count != other._count:
            return same
        pairs = zip(self._known.items(), other._known.items(), strict=False)
        if any(one != another for one, another in pairs):
            return False
        return self._known == other._known if self._are_all and other._are_all else list(self) == list(other)

    def __hash__(self) -> int:
        return hash(self.best(1))

    def __reduce__(self) -> tuple[object, ...]:
        return ranked, (tuple(self),)


def ranked(row: Sequence[int]) -> Ranked:
    """A row of which all is known."""
    best = sorted(((number, each) for number, each in enumerate(row) if each), key=lambda pair: (-pair[1], pair[0]))
    return Ranked(len(row), best, are_all=True)


class Ranking:
    """How relevant the articles of *index* are to *texts*, each with its heading.

    With *whole* all of them together are one more text, the last. Articles *without* which the page has to do, in
    ascending order, are in no row, and the others move up.
    """

    def __init__(
        self, index: TermIndex, texts: tuple[Text, ...], *, whole: bool, without: tuple[int, ...] = ()
    ) -> None:
        self._index, self._texts, self._whole, self._without = index, texts, whole, without
        self._count = len(texts) + whole
        self._told = _told(len(index) + len(texts))
        most = index.heaviest * (max(self._told(1), 1 << UNIT) * 2 * FULL >> LIKENESS)
        self._bits, code = next(each for each in _FIELDS if most >> each[0] - 1 == 0)
        self._read = Struct(f"<{self._count}{code}")

    def rows(self, count: int) -> tuple[Ranked, ...]:
        """How relevant the articles are to each text; the *count* best are known."""
        key = self._texts, self._whole, self._without, count
        found = self._index.remembered.get(key)
        if found is None:
            found = tuple(self._rows(count))
            size = sum(map(len, chain(*self._texts))) + _BEST * count * self._count + _PLACE * len(self._without)
            self._index.remember(key, found, size)
        return tuple(row.anew() for row in found)

    def _rows(self, count: int) -> Iterator[Ranked]:
        shared, left = self._shared(), len(self._index) - len(self._without)
        bars = self._bars(shared, count)
        found: list[list[tuple[int, int]]] = [[] for _ in range(self._count)]
        for rank, number in self._over(shared, bars):
            size = self._index.sizes[rank]
            for text, common in enumerate(self._fields(shared[rank])):
                if common >= NOISE << UNIT and (relevance := share_of(common >> UNIT, size)) >= bars[text]:
                    found[text].append((-relevance, number - bisect_left(self._without, number)))
        for text, over in enumerate(found):
            best = [(number, -relevance) for relevance, number in nsmallest(count, over)]
            are_all = bars[text] == NOISE and len(best) == len(over)
            yield Ranked(left, best, are_all=are_all, work_out=partial(self._row, text))

    def _shared(self) -> list[int]:
        """What each article has in common with the texts, by rank: a field for each text, the first one lowest."""
        shared, postings = [0] * len(self._index), self._index.postings
        for term, share in self._shares():
            for weight, ranks in postings[term]:
                part = weight * share
                for rank in ranks:
                    shared[rank] += part
        return shared

    def _shares(self) -> Iterator[tuple[str, int]]:
        """For each term how much it is said, by what it tells, in fields as in `_shared`."""
        much: dict[str, int] = {}
        spread: dict[str, int] = {}
        for text, said in enumerate(said_in(self._index, self._texts)):
            shift = text * self._bits
            for term, each in said.items():
                much[term] = much.get(term, 0) + (each << shift)
                spread[term] = spread.get(term, 0) + (min(FULL, each))
        counts, told, last = self._index.spread, self._told, len(self._texts) * self._bits
        mask, sum_of_fields = self._in_each((1 << self._bits - LIKENESS - 1) - 1), (1 << self._bits) - 1
        for term, fields in much.items():
            worth = told(counts[term] + (spread[term] + FULL // 2) // FULL)
            if self._whole:
                fields |= often(fields % sum_of_fields) << last  # noqa: PLW2901  # the same with one field more
            yield term, fields * worth >> LIKENESS & mask

    def _bars(self, shared: Sequence[int], count: int) -> list[int]:
        """How relevant an article must be to each text to be among the *count* best, as far as some articles tell."""
        size = len(shared)
        sample = _SAMPLE * isqrt(count * size)
        bars = [NOISE] * self._count
        if not count or 2 * sample > size:
            return bars
        excluded = set(self._without)
        best: list[list[int]] = [[] for _ in bars]
        for rank in range(0, size, size // sample):
            if shared[rank] and self._index.numbers[rank] not in excluded:
                for text, common in enumerate(self._fields(shared[rank])):
                    if common >= NOISE << UNIT:
                        best[text].append(share_of(common >> UNIT, self._index.sizes[rank]))
        return [max(NOISE, *nlargest(count, each)[count - 1 :]) if len(each) >= count else NOISE for each in best]

    def _over(self, shared: Sequence[int], bars: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The ranks and numbers of the articles that may be over the bar of any text."""
        carry, numbers, excluded = self._in_each(1 << self._bits - 1), self._index.numbers, set(self._without)
        for start, stop, size in self._index.sizes_apart:
            lacking = carry - sum(
                min(least_common(bar, size), 1 << self._bits - 1) << text * self._bits for text, bar in enumerate(bars)
            )
            for rank, fields in enumerate(shared[start:stop], start):
                if fields + lacking & carry and numbers[rank] not in excluded:
                    yield rank, numbers[rank]

    def _fields(self, shared: int) -> tuple[int, ...]:
        return self._read.unpack(shared.to_bytes(self._read.size, "little"))

    def _in_each(self, value: int) -> int:
        """*value* in each field."""
        return sum(value << text * self._bits for text in range(self._count))

    def _row(self, text: int) -> list[int]:
        """How relevant each article is to a text, all worked out."""
        said = said_in(self._index, self._texts)
        row = self._index.row(said[text] if text < len(said) else everywhere(said), worth_of(said, self._index))
        excluded = set(self._without)
        return [relevance for number, relevance in enumerate(row) if number not in excluded]


def said_in(index: TermIndex, texts: Iterable[Text]) -> list[Said]:
    """How much each text says of each term that any article has."""
    return [index.said_in(*text) for text in texts]


def worth_of(said: Sequence[Said], index: TermIndex) -> dict[str, int]:
    """How much each term tells, by how many of the articles have it and how many texts say it."""
    spread: Said = {}
    for each in said:
        for term, much in each.items():
            spread[term] = spread.get(term, 0) + min(much, FULL)
    told = _told(len(index) + len(said))
    return {term: told(index.spread[term] + (much + FULL // 2) // FULL) for term, much in spread.items()}


def everywhere(said: Sequence[Said]) -> Said:
    """How much all texts together say of each term."""
    found: Said = {}
    for each in said:
        for term, much in each.items():
            found[term] = found.get(term, 0) + much
    return {term: often(much) for term, much in found.items()}


def often(much: int) -> int:
    """How much is said that several texts say so much of: up to twice as much as what is said once."""
    return 2 * FULL * much // (much + FULL)


def _told(texts: int) -> Callable[[int], int]:
    """How much a term tells by how many of so many *texts* have it."""
    return Memo[int, int](lambda count: tells(count, texts, 2)).__getitem__
