"""Distances: how much story must lie between two things.

    700 chars
    700 chars and 1 paragraph, or 900 chars

`and` binds tighter than `or`. A distance is kept as alternatives, of which one must hold, each a
list of amounts, which must all hold. Screens may have decimals, everything else is counted in whole
numbers. px and screens can be written, but only a layout gives them a size.
"""

from __future__ import annotations

import attrs

from adslot.errors import ExpressionError, nearest
from adslot.patterns import pattern
from adslot.policy.numbers import LARGEST, are_told, brief, in_text, told

# What every article can be measured in; px and screens need a layout.
PLAIN_UNITS = ("chars", "words", "paragraphs", "blocks", "%")
UNITS = (*PLAIN_UNITS[:-1], "px", "screens", "%")
_SINGULAR = {unit[:-1]: unit for unit in UNITS if unit.endswith("s")}
# What people call units, in German too: for hints only.
_MEANT = {
    **dict.fromkeys(("characters", "letters", "zeichen", "buchstaben"), "chars"),
    **dict.fromkeys(("wort", "wörter", "worte"), "words"),
    **dict.fromkeys(("absatz", "absätze", "absätzen"), "paragraphs"),
    **dict.fromkeys(("blöcke", "blöcken"), "blocks"),
    **dict.fromkeys(("percent", "prozent"), "%"),
}
_TOKEN = pattern(r"\s*(?:([0-9]+(?:\.[0-9]+)?)|([^\W\d_]+|%)|(,)|(\S))")


class DistanceError(ExpressionError):
    """A distance that cannot be read."""


@attrs.frozen(order=True, field_transformer=are_told)
class Amount:
    """A *number* of *unit*; 100 % is the whole story's characters. Screens are counted in hundredths."""

    number: int
    unit: str

    def __str__(self) -> str:
        number = _decimal(self.number) if self.unit == "screens" else in_text(self.number)
        unit = self.unit[:-1] if number == "1" and self.unit.endswith("s") else self.unit
        return f"{number}%" if unit == "%" else f"{number} {unit}"


@attrs.frozen(cache_hash=True)
class Distance:
    """Alternatives of amounts. Build one with `parse`, or from Python with `chars(700) & paragraphs(1)`.

    >>> str(chars(700) & paragraphs(1) | chars(900))
    '700 chars and 1 paragraph, or 900 chars'
    >>> (chars(100) | words(20)) & blocks(1) == parse("100 chars and 1 block or 20 words and 1 block")
    True
    """

    alternatives: tuple[tuple[Amount, ...], ...]

    @property
    def units(self) -> frozenset[str]:
        """The units that occur."""
        return frozenset(amount.unit for every in self.alternatives for amount in every)

    def __and__(self, other: Distance) -> Distance:
        return Distance(tuple((*one, *two) for one in self.alternatives for two in other.alternatives))

    def __or__(self, other: Distance) -> Distance:
        return Distance((*self.alternatives, *other.alternatives))

    def __str__(self) -> str:
        parts = [" and ".join(map(str, every)) for every in self.alternatives]
        return ", or ".join(parts) if any(len(every) > 1 for every in self.alternatives) else " or ".join(parts)


def _of(number: object, unit: str) -> Distance:
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise DistanceError(f"{brief(number)} {unit}", 0, "a whole number, 0 or more", brief(number))
    most = 100 if unit == "%" else LARGEST
    if number > most:
        raise DistanceError(f"{brief(number)} {unit}", 0, f"at most {most}", brief(number))
    return Distance(((Amount(number, unit),),))


def chars(number: int) -> Distance:
    """So many visible code points."""
    return _of(number, "chars")


def words(number: int) -> Distance:
    """So many words."""
    return _of(number, "words")


def paragraphs(number: int) -> Distance:
    """So many blocks of role paragraph."""
    return _of(number, "paragraphs")


def blocks(number: int) -> Distance:
    """So many blocks of any role, existing ads and teasers left out."""
    return _of(number, "blocks")


def percent(number: int) -> Distance:
    """So many hundredths of the story's characters, at most 100."""
    return _of(number, "%")


def px(number: int) -> Distance:
    """So many pixels of height, in every layout."""
    return _of(number, "px")


def screens(number: int | str) -> Distance:
    """So many viewport heights; decimals are written as text, so that none is lost.

    >>> str(screens("1.5"))
    '1.5 screens'
    """
    if isinstance(number, int) and abs(number) > LARGEST:
        raise DistanceError(f"{brief(number)} screens", 0, f"a number from 0 to {LARGEST}", brief(number))
    return parse(f"{number} screens")


def parse(text: str) -> Distance:
    """Read a distance. Raises DistanceError, with the column of the fault.

    >>> parse("1 paragraph")
    Distance(alternatives=((Amount(number=1, unit='paragraphs'),),))
    """
    return parse_before(text, ())[0]


def parse_before(text: str, ends: tuple[str, ...]) -> tuple[Distance, str | None]:
    """Read a distance that one of the words *ends* may follow: the distance, and the word if there is one.

    Raises DistanceError.

    >>> parse_before("1 block down", ("up", "down"))
    (Distance(alternatives=((Amount(number=1, unit='blocks'),),)), 'down')
    """
    return _Parser(text, 0, ends, UNITS).distance()


def parse_amount(text: str, start: int, units: tuple[str, ...]) -> Amount:
    """Read one amount in one of *units*, from *start* to the end of *text*. Raises DistanceError.

    >>> str(parse_amount("1 per 900 chars", 6, ("chars", "words")))
    '900 chars'
    """
    return _Parser(text, start, (), units).only_amount()


def _decimal(hundredths: int) -> str:
    """150 as '1.5'."""
    return f"{told(hundredths // 100)}.{hundredths % 100:02}".rstrip("0").rstrip(".")


_NUMBER, _WORD, _COMMA = 1, 2, 3


class _Parser:
    def __init__(self, text: str, start: int, ends: tuple[str, ...], units: tuple[str, ...]) -> None:
        found = ((match, match.lastindex or 0) for match in _TOKEN.finditer(text, start))
        self._tokens = [(kind, match[kind], match.start(kind)) for match, kind in found]
        self._text, self._ends, self._units, self._at = text, ends, units, 0

    def distance(self) -> tuple[Distance, str | None]:
        every = [self._amount()]
        found: list[tuple[Amount, ...]] = []
        while self._at < len(self._tokens):
            joint = self._joint()
            if joint in self._ends:
                self._expect_end(f"nothing after {joint}")
                return Distance((*found, tuple(every))), joint
            if joint == "or":
                found.append(tuple(every))
                every = []
            every.append(self._amount())
        return Distance((*found, tuple(every))), None

    def only_amount(self) -> Amount:
        amount = self._amount()
        self._expect_end("nothing more")
        return amount

    def _amount(self) -> Amount:
        offered = [unit for unit in self._units if unit in PLAIN_UNITS]
        kind, number, start = self._next("a number and a unit")
        if kind != _NUMBER:
            raise self._error(start, "a number and a unit, such as 700 chars", repr(number))
        _, unit, column = self._next(f"a unit: {', '.join(offered)}")
        name = _SINGULAR.get(unit, unit)
        if name not in self._units:
            known = [*offered, *(one for one, many in _SINGULAR.items() if many in offered)]
            meant = _MEANT.get(unit.lower())
            hint = meant if meant in offered else nearest(unit, known)
            raise self._error(column, f"a unit: {', '.join(offered)}", repr(unit), hint)
        if name == "%" and float(number) > 100:
            raise self._error(column, "at most 100%", f"{number}%")
        return Amount(self._number(number, name, start), name)

    def _number(self, number: str, unit: str, column: int) -> int:
        whole, _, decimals = number.partition(".")
        if len(whole) > len(str(LARGEST)):
            raise self._error(column, f"at most {LARGEST}", f"a number of {len(whole)} digits")
        if unit == "screens" and len(decimals) <= 2:
            return int(whole) * 100 + int(decimals.ljust(2, "0"))
        if decimals:
            raise self._error(column, "at most two decimals" if unit == "screens" else "a whole number", repr(number))
        return int(whole)

    def _joint(self) -> str:
        """The word between two amounts, or the one that ends the distance."""
        joints = ("and", "or", *self._ends)
        kind, word, column = self._next("and, or")
        if kind == _COMMA:
            _, word, column = self._next("and, or")
        if word not in joints:
            raise self._error(column, f"{', '.join(joints)}, or the end", repr(word), nearest(word, joints))
        return word

    def _expect_end(self, expected: str) -> None:
        if self._at < len(self._tokens):
            _, word, column = self._tokens[self._at]
            raise self._error(column, expected, repr(word))

    def _next(self, expected: str) -> tuple[int, str, int]:
        if self._at == len(self._tokens):
            raise self._error(len(self._text.rstrip()), expected, "the end")
        self._at += 1
        return self._tokens[self._at - 1]

    def _error(self, column: int, expected: str, found: str, hint: str | None = None) -> DistanceError:
        return DistanceError(self._text, column, expected, found, hint)
