"""ISO-2022-JP: escape sequences say what the bytes after them are, up to the next one.

This is the decoder of the Encoding Standard (12.2.1), which reads broken bytes otherwise than Python's, and it knows
where the bytes of each character are. `<` is half a character in it as often as a bracket.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate

from adslot.patterns import pattern

_ESCAPE = pattern(rb"\x1b(?:\(([BJI])|\$[@B])")
_ASCII, _ROMAN, _KATAKANA, _KANJI = b"B", b"J", b"I", b""

# Letters of JIS X 0201 are ASCII but for two, and its katakana are one byte each.
_ROMANS = {0x5C: "¥", 0x7E: "‾"}
_KATAKANAS = {byte: chr(0xFF40 + byte) if 0x21 <= byte <= 0x5F else "\ufffd" for byte in range(256)}
# A character of two bytes, or a broken one: both where the second is none of a pair.
_CHARACTER = pattern(rb"[\x21-\x7e][^\x1b]|[\0-\xff]", re.S)
_PAIR = pattern(rb"[\x21-\x7e]{2}")
_ESCAPE_LENGTH = 3


class Escaped:
    """Data in ISO-2022-JP, its text, and where each character of it is.

    A run is what stands between two escape sequences: bytes of one kind.
    """

    def __init__(self, data: bytes) -> None:
        runs = _ESCAPE.split(data)  # runs, and between them what the escape sequences say
        self._kinds = [_ASCII, *(kind or _KANJI for kind in runs[1::2])]
        texts = [_text(kind, run) for kind, run in zip(self._kinds, runs[::2], strict=True)]
        self._runs = runs[::2]
        self._starts = list(accumulate((len(run) + _ESCAPE_LENGTH for run in self._runs[:-1]), initial=0))
        self._firsts = list(accumulate(map(len, texts[:-1]), initial=0))
        self.text = "".join(texts)
        self._length = len(data)

    def start(self, place: int) -> int:
        """The byte at which the character at *place* begins: behind the escape sequences before it."""
        return self._begin(place, place) if place < len(self.text) else self._length

    def end(self, place: int) -> int:
        """The byte at which the character before *place* ends: before the escape sequences behind it."""
        return self._begin(place - 1, place) if place else 0

    def room(self, place: int) -> int | None:
        """A byte at *place* where ASCII is read as ASCII; None where there is none."""
        start, end = self.start(place), self.end(place)
        last = bisect_right(self._starts, start) - 1
        # The first run of all is of ASCII.
        number = next(n for n in range(last, -1, -1) if self._kinds[n] == _ASCII or self._stop(n) < end)
        stop = self._stop(number)
        return min(stop, start) if stop >= end else None

    def _stop(self, number: int) -> int:
        return self._starts[number] + len(self._runs[number])

    def _begin(self, inside: int, place: int) -> int:
        """Where the character at *place* begins, if the run that holds the one *inside* has it; else where that run ends."""
        number = bisect_right(self._firsts, inside) - 1
        return self._starts[number] + _width(self._kinds[number], self._runs[number], place - self._firsts[number])


def _text(kind: bytes, run: bytes) -> str:
    if kind == _KANJI:
        return "".join([_kanji(character) for character in _CHARACTER.findall(run)])
    if kind == _KATAKANA:
        return run.decode("latin-1").translate(_KATAKANAS)
    text = run.decode("ascii", "surrogateescape")
    return text.translate(_ROMANS) if kind == _ROMAN else text


def _width(kind: bytes, run: bytes, count: int) -> int:
    """The number of bytes of the first *count* characters of a run."""
    if kind != _KANJI:
        return count
    return next((found.start() for number, found in enumerate(_CHARACTER.finditer(run)) if number == count), len(run))


@cache  # no more than there are pairs of bytes
def _kanji(pair: bytes) -> str:
    """The character of JIS X 0208 that a pair is; Shift_JIS has the same ones in another arrangement."""
    if _PAIR.fullmatch(pair) is None:
        return "\ufffd"
    row, cell = pair[0] - 0x21, pair[1] - 0x21
    lead = row // 2 + (0x81 if row < 62 else 0xC1)
    trail = cell + 0x9F if row % 2 else cell + (0x40 if cell < 63 else 0x41)
    return bytes([lead, trail]).decode("cp932", "replace")[0]
