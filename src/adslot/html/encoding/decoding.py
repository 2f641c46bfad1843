"""Bytes to text and back: every byte is read, whatever it is, and every character known by its bytes.

Bytes that an encoding cannot read become lone surrogates or U+FFFD, one for each byte or for each broken character.
None of these encodings ever takes a `<` for a part of another character, but ISO-2022-JP, which has a module of its own.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from functools import lru_cache

from adslot.html.encoding.charsets import ESCAPED, REPLACEMENT, USER_DEFINED
from adslot.html.encoding.escapes import Escaped
from adslot.patterns import pattern

# How many bytes the units of an encoding have, where these are no single ones.
_UNITS = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
# What Python calls the encodings of which only ASCII can be read, or written.
_ASCII_ONLY = {REPLACEMENT: "ascii", USER_DEFINED: "ascii"}
# Most of a page is ASCII, which need not be encoded to be counted; in pieces of so many characters that shows.
_PIECE = 8_192
# The bytes of UTF-8 that begin no character.
_GOING_ON = bytes(range(0x80, 0xC0))
_NO_ASCII = pattern(r"[^\x00-\x7f]")
_SURROGATE = pattern("[\ud800-\udfff]")
_TAG = pattern(b"<")
_SINGLE = pattern("[\x00-\x7f\udc80-\udcff]*")


def well_formed(text: str) -> str:
    """*text* with U+FFFD for every lone surrogate, and so of the same length; itself where it has none.

    They stand for bytes that could not be read. A browser has U+FFFD there, and no parser and no tree takes them.
    """
    if text.isascii():
        return text
    try:
        text.encode("utf-16-le")  # the fastest that refuses them
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def decode(data: bytes, codec: str) -> str:
    """*data* as text."""
    if codec == ESCAPED:
        return Escaped(data).text
    return data.decode(_ASCII_ONLY.get(codec, codec), _errors(codec))


def _errors(codec: str) -> str:
    return "replace" if codec in _UNITS else "surrogateescape"


def spell(markup: str, codec: str) -> bytes:
    """*markup* as bytes; characters that the encoding lacks, or that browsers would read as others, as references."""
    if codec == "utf-8" or codec in _UNITS:
        return markup.encode(codec, "xmlcharrefreplace")
    if not markup.isascii():
        markup = _NO_ASCII.sub(lambda found: found[0] if _has(codec, found[0]) else f"&#{ord(found[0])};", markup)
    return markup.encode(_ASCII_ONLY.get(codec, codec))


@lru_cache(maxsize=1024)
def _has(codec: str, character: str) -> bool:
    if codec == ESCAPED or codec in _ASCII_ONLY:
        return False
    # Python's EUC-JP has some characters beside those of browsers, which have Microsoft's.
    return all(_keeps(each, character) for each in (codec, *(("cp932",) if codec == "euc_jp" else ())))


def _keeps(codec: str, character: str) -> bool:
    try:
        return character.encode(codec).decode(codec) == character
    except UnicodeError:
        return False


def unit(codec: str) -> int:
    """The number of bytes of which every character has a multiple."""
    return _UNITS.get(codec, 1)


def offsets_in_utf8(data: bytes, places: Sequence[int]) -> dict[int, int]:
    """As `offsets`, for valid UTF-8, of which pieces of bytes are decoded again: that is faster than to encode text."""
    found, count, at = {}, 0, 0  # so many characters stand in front of the byte *at*
    for place in places:
        while count < place:
            end = at + min(_PIECE, place - count)  # no more characters than bytes
            while end < len(data) and data[end] in _GOING_ON:
                end += 1
            count += len(data[at:end].decode())
            at = end
        found[place] = at
    return found


def offsets(text: str, data: bytes, codec: str, places: Sequence[int]) -> dict[int, int]:
    """For ascending *places* of *text*, which *data* was decoded to, where the bytes of the character there begin."""
    if codec == "utf-8" or codec in _UNITS:
        return _counted(text, len(data), codec, places)
    return _aligned(text, data, codec, places)


def _counted(text: str, length: int, codec: str, places: Sequence[int]) -> dict[int, int]:
    """As `offsets`, for encodings in which a character has one spelling."""
    found, last, at = {}, 0, 0
    for place in places:
        at += sum(_bytes_of(text[start : min(start + _PIECE, place)], codec) for start in range(last, place, _PIECE))
        found[place], last = at, place
    if last == len(text) and places:  # the last character may be the half of one
        found[last] = length
    return found


def _bytes_of(piece: str, codec: str) -> int:
    return len(piece) if codec == "utf-8" and piece.isascii() else len(piece.encode(codec, _errors(codec)))


def _aligned(text: str, data: bytes, codec: str, places: Sequence[int]) -> dict[int, int]:
    """As `offsets`, for encodings in which a character may have several: from one `<` to the next."""
    tags = [match.start() for match in _TAG.finditer(data)]
    found: dict[int, int] = {}
    seen, last, at = 0, 0, 0  # `seen` brackets stand before the character at `last`, which begins at byte `at`
    for place in places:
        tag = text.rfind("<", last, place + 1)
        if tag >= 0:
            seen += text.count("<", last, tag)
            last, at = tag, tags[seen]
        count, width = _measured(text[last:place], data, at, codec)
        seen += text.count("<", last, last + count)
        last, at = last + count, at + width
        found[place] = at
    return found


def _measured(piece: str, data: bytes, at: int, codec: str) -> tuple[int, int]:
    """How many characters and bytes *piece* has, which begins at byte *at*: it may end inside of a sequence of bytes."""
    width = len(piece.encode(codec, _errors(codec)))
    if data[at : at + width].decode(codec, _errors(codec)) == piece:
        return len(piece), width
    return _stepped(len(piece), data, at, codec)


def _stepped(wanted: int, data: bytes, at: int, codec: str) -> tuple[int, int]:
    """As `_measured`, byte by byte: for what is spelled otherwise than Python spells it."""
    decoder = codecs.getincrementaldecoder(codec)(_errors(codec))
    count, end = 0, at
    for index in range(at, len(data)):
        if count == wanted:
            return count, end - at
        read = decoder.decode(data[index : index + 1])
        if (
            count + len(read) > wanted
        ):  # broken bytes, reported with what follows them; or one sequence of two characters
            singles = wanted - count if _SINGLE.fullmatch(read, 0, wanted - count) else 0
            return count + singles, end + singles - at
        if read:
            count, end = count + len(read), index + 1 - len(decoder.getstate()[0])
    return wanted, end + wanted - count - at  # what is cut off at the end is single bytes
