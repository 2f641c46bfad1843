"""Which words resemble a word: those that share parts with it, the more the longer and the rarer these are.

WordParts are runs of five characters, the ends of the word counted as one: "Lehrermangel" shares with "Lehrer" what stands
at its beginning, "Rheinbrücke" with "Brücke" what stands at its end, "bayerisch" with "Bayern" how both begin. What
many words have, such as an ending that is in none of the lists of these, tells little.

Words by their runs, and articles by their words: two inverted lists, as a search engine has them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from math import isqrt

from adslot.related.rarity import rarity

# The unit of likeness, as a power of 2.
UNIT = 10
_FULL = 1 << UNIT
_LENGTH, _EDGE = 5, "-"
# Longer runs of letters are no words.
_LONGEST = 100
# From which share of the shorter word on two words are alike; and how much of a likeness a part is, at the most.
_LEAST, _MOST = 300, 980
# A run that more words have than this is not looked for: that takes long, and it tells little.
_MANY = 256
# Beginnings and endings of words on any subject, and which part of a run's weight remains.
_BEGINNINGS = "-unter -uber -wieder -gegen -zusammen -zuruck -haupt -inter -super -trans"
_AFFIXES, _LEFT = f"{_BEGINNINGS} lichkeit- schaft- ation- ement- igkeit-".split(), 4
_OF_AFFIXES = frozenset(word[at : at + _LENGTH] for word in _AFFIXES for at in range(len(word) - _LENGTH + 1))


def runs_of(term: str) -> Collection[str]:
    """The runs of characters of a word; none of a name, a number or what has no letters to part.

    >>> sorted(runs_of("bruck")), runs_of("a65"), runs_of("EZB")
    (['-bruc', 'bruck', 'ruck-'], (), ())
    """
    if len(term) > _LONGEST or not (term.isalpha() and term.islower()):
        return ()
    edged = f"{_EDGE}{term}{_EDGE}"
    return {edged[at : at + _LENGTH] for at in range(len(edged) - _LENGTH + 1)}


class WordParts:
    """Words by their parts."""

    def __init__(self, terms: Iterable[str]) -> None:
        runs = {term: found for term in terms if (found := runs_of(term))}
        self._terms: dict[str, list[str]] = {}
        for term, found in runs.items():
            for run in found:
                self._terms.setdefault(run, []).append(term)
        words = len(runs) + 1
        self._weights = {run: _weight(run, len(found), words) for run, found in self._terms.items()}
        # A part that no other word has is as rare as can be.
        self._rarest = rarity(1, words)
        self._wholes = {term: sum(self._weights[run] for run in found) for term, found in runs.items()}
        # How many parts there are in all.
        self.size = sum(map(len, self._terms.values()))

    def like(self, term: str) -> Iterable[tuple[str, int]]:
        """The words that share enough with *term*, and how much they are alike; not *term* itself.

        >>> list(WordParts(["lehr", "bruck", "auto"]).like("lehrermangel"))
        [('lehr', 338)]
        """
        common: dict[str, int] = {}
        whole = 0
        for run in runs_of(term):
            weight = self._weights.get(run, self._rarest)
            whole += weight
            for other in self._terms.get(run, ()) if weight else ():
                common[other] = common.get(other, 0) + weight
        common.pop(term, None)
        for other, part in common.items():
            if likeness := _likeness(part, min(whole, self._wholes[other])):
                yield other, likeness


def _weight(run: str, count: int, words: int) -> int:
    found = rarity(count, words) if count <= _MANY else 0
    return found // _LEFT if run in _OF_AFFIXES else found


def _likeness(common: int, whole: int) -> int:
    share = min(_FULL, (common << UNIT) // whole) * _MOST >> UNIT
    return share * isqrt(share << UNIT) >> UNIT if share >= _LEAST else 0
