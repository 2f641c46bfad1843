"""How many slots an article of some size may have: `1 per 900 chars`, `2 per 5 paragraphs`."""

from __future__ import annotations

import re

import attrs

from adslot.distance import PLAIN_UNITS, Amount, DistanceError, parse
from adslot.errors import ExpressionError

# A share of an article says nothing of its size.
UNITS = tuple(unit for unit in PLAIN_UNITS if unit != "%")

_WORD = re.compile(r"\s*(\S*)")
_NUMBER = re.compile(r"0*[1-9][0-9]{,8}")


class RateError(ExpressionError):
    """A rate that cannot be read."""


@attrs.frozen
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
        return f"{self.number} per {self.per}"


def parse_rate(text: str) -> Rate:
    """Read a rate. Raises RateError, with the column of the fault.

    >>> parse_rate("1 per 900 chars")
    Rate(number=1, per=Amount(number=900, unit='chars'))
    """
    number, after = _word(text, 0, _NUMBER, "a number of slots, such as 1 per 900 chars")
    _, after = _word(text, after, re.compile("per"), "per")
    return Rate(int(number), _amount(text, after))


def _word(text: str, start: int, form: re.Pattern[str], expected: str) -> tuple[str, int]:
    """The word of *form* that follows *start*, and where it ends."""
    word = _WORD.match(text, start)
    if word is None or not form.fullmatch(word[1]):
        column = word.start(1) if word and word[1] else len(text.rstrip())
        raise RateError(text, column, expected, repr(word[1]) if word and word[1] else "the end")
    return word[1], word.end()


def _amount(text: str, start: int) -> Amount:
    """The size that stands from *start* on."""
    try:
        distance = parse(text[start:])
    except DistanceError as error:
        column = min(start + error.column, len(text.rstrip()))
        raise RateError(text, column, error.expected, error.found, error.hint) from error
    column = len(text) - len(text[start:].lstrip())
    (amount, *more), *others = distance.alternatives
    if more or others or amount.unit not in UNITS:
        found = repr(text[column:].rstrip()) if more or others else repr(amount.unit)
        raise RateError(text, column, f"a number of {', '.join(UNITS)}", found)
    if not amount.number:
        raise RateError(text, column, "1 or more", repr(str(amount)))
    return amount
