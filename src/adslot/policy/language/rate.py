"""How many slots an article of some size may have: `1 per 900 chars`, `2 per 5 paragraphs`; and in what rhythm: `800 chars`."""

from __future__ import annotations

import re

import attrs

from adslot.errors import ExpressionError
from adslot.patterns import pattern
from adslot.policy.language.distance import PLAIN_UNITS, Amount, parse_amount
from adslot.policy.numbers import are_told, in_text

# A share of an article says nothing of its size.
UNITS = tuple(unit for unit in PLAIN_UNITS if unit != "%")

_WORD = pattern(r"\S+")
_PER = pattern("per")
_NUMBER = pattern(r"(?!0+$)[0-9]{1,9}")


class RateError(ExpressionError):
    """A rate that cannot be read."""


@attrs.frozen(field_transformer=are_told)
class Rate:
    """At most *number* slots for every *per* of the article.

    >>> rate = parse_rate("2 per 5 paragraphs")
    >>> str(rate), rate.most(4), rate.most(10)
    ('2 per 5 paragraphs', 1, 4)
    """

    number: int
    per: Amount

    def most(self, size: int) -> int:
        """The most slots in an article of *size*, in the unit of `per`: rounded down once, over the whole."""
        return self.number * size // self.per.number

    def __str__(self) -> str:
        return f"{in_text(self.number)} per {self.per}"


def parse_rate(text: str) -> Rate:
    """Read a rate. Raises RateError, or DistanceError for its size, with the column of the fault.

    >>> parse_rate("1 per 900 chars")
    Rate(number=1, per=Amount(number=900, unit='chars'))
    """
    number, after = _word(text, 0, _NUMBER, "a number of slots, such as 1 per 900 chars")
    _, after = _word(text, after, _PER, "'per', as in 1 per 900 chars")
    per = parse_amount(text, after, UNITS)
    if not per.number:
        raise RateError(text, text.index("0", after), "1 or more", repr(str(per)))
    return Rate(int(number), per)


def parse_rhythm(text: str) -> Amount:
    """Read a rhythm: one amount, of which there is some. Raises RateError or DistanceError, with the column of the fault.

    >>> parse_rhythm("3 paragraphs")
    Amount(number=3, unit='paragraphs')
    """
    rhythm = parse_amount(text, 0, PLAIN_UNITS)
    if not rhythm.number:
        raise RateError(text, text.index("0"), "1 or more", repr(str(rhythm)))
    return rhythm


def _word(text: str, start: int, form: re.Pattern[str], expected: str) -> tuple[str, int]:
    """The next word from *start* on, which must have this *form*, and where it ends."""
    word = _WORD.search(text, start)
    if word is None:
        raise RateError(text, len(text.rstrip()), expected, "the end")
    if not form.fullmatch(word[0]):
        raise RateError(text, word.start(), expected, repr(word[0]))
    return word[0], word.end()
