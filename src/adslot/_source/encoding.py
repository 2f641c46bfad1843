"""Bytes and the text they stand for, so that what is inserted goes between the right bytes.

Everything is planned on decoded text. A slot's bytes are then put between the author's own, which
are sliced and never encoded again: many encodings spell one text in more than one way.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable

import attrs
from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

from adslot.errors import AdslotError

# Encodings with escape sequences: what a byte means depends on those before it.
_STATEFUL = ("iso2022",)
_BYTE_ORDER = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}
_ASCII_SAMPLE = b"<p class='a\\u0041'>+ADw- ~{ 1</p>"


class EncodingError(AdslotError, LookupError):
    """The caller named an encoding that does not exist."""


class SpliceError(AdslotError):
    """The encoding of the input has no room for a slot where the plan puts one."""


@attrs.frozen
class Source:
    """An input: its *text*, and for bytes the *data* and the *codec* that decoded them.

    Bytes that the codec cannot read are lone surrogates in the text.
    """

    text: str
    data: bytes | None = None
    codec: str | None = None

    @classmethod
    def of(cls, html: str | bytes, encoding: str | None = None) -> Source:
        """Decode *html* as a browser would: byte-order mark, *encoding*, `<meta>`, UTF-8, windows-1252."""
        if isinstance(html, str):
            return cls(str(html))
        data = bytes(html)
        codec = _codec(data, encoding)
        try:
            return cls(data.decode(codec, _errors(codec)), data, codec)
        except UnicodeDecodeError:  # half a code unit at the end of UTF-16, half an escape sequence
            return cls(data.decode("cp1252", "surrogateescape"), data, "cp1252")

    @property
    def whole(self) -> str | bytes:
        """The input as it was given."""
        return self.text if self.data is None else self.data

    def offsets(self, places: Iterable[int]) -> dict[int, int]:
        """For code point offsets of the text the offsets of the input: bytes, if it is bytes."""
        wanted = sorted(set(places))
        if self.data is None or self.codec is None or self.is_flat:
            return {place: place for place in wanted}
        return _byte_offsets(self.text, self.data, self.codec, wanted)

    @property
    def is_flat(self) -> bool:
        """Whether offsets of the text are those of the input."""
        return self.data is None or len(self.text) == len(self.data)

    def spell(self, markup: str) -> str | bytes:
        """*markup* as the input would spell it; characters that the encoding lacks as references."""
        if self.codec is None:
            return markup
        if self.codec.startswith(_STATEFUL):
            markup = markup.encode("ascii", "xmlcharrefreplace").decode("ascii")
        return markup.encode(self.codec, "xmlcharrefreplace")

    @property
    def is_stateful(self) -> bool:
        """Whether a place may lie inside an escaped run, where ASCII is not read as ASCII."""
        return self.codec is not None and self.codec.startswith(_STATEFUL)

    def splice(self, inserts: Iterable[tuple[int, str]]) -> str | bytes:
        """The input with *inserts* put in: (offset of the input, markup), ascending.

        Raises SpliceError where an encoding with escape sequences leaves no room for ASCII.
        """
        changes = [(offset, offset, self.spell(markup)) for offset, markup in inserts]
        if self.is_stateful:
            self._check_state(offset for offset, _, _ in changes)
        return _join(self.whole, changes)

    def _check_state(self, offsets: Iterable[int]) -> None:
        for offset in offsets:
            if not self._reads_ascii_at(offset):
                raise SpliceError(
                    f"nothing placed: at byte {offset} the encoding {self.codec} is inside an escaped run"
                )

    def _reads_ascii_at(self, offset: int) -> bool:
        before, codec = (self.data or b"")[:offset], self.codec or ""
        try:
            text = before.decode(codec, "surrogateescape")
            return (before + b"<").decode(codec, "surrogateescape") == text + "<"
        except UnicodeDecodeError:  # half an escape sequence
            return False

    def cut(self, spans: Iterable[tuple[int, int]]) -> str | bytes:
        """The input without *spans* of the text."""
        pieces = list(spans)
        at = self.offsets(offset for span in pieces for offset in span)
        return _join(self.whole, [(at[start], at[end], self.whole[:0]) for start, end in pieces])


def _join(whole: str | bytes, changes: list[tuple[int, int, str | bytes]]) -> str | bytes:
    parts: list[str | bytes] = []
    last = 0
    for start, end, new in changes:
        parts += [whole[last:start], new]
        last = end
    parts.append(whole[last:])
    return whole[:0].join(parts)  # type: ignore[arg-type] # all are of the type of the input


def _codec(data: bytes, encoding: str | None) -> str:
    """The Python codec for *data*, its byte-order mark kept as a character of the text."""
    marked, _ = read_bom(data)
    if marked is not None:
        return str(marked)
    if encoding is not None:
        return _named(encoding)
    declared = html_body_declared_encoding(data[:4096])
    if declared is not None and _reads_ascii(declared):
        return _BYTE_ORDER.get(declared, declared)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _named(encoding: str) -> str:
    """The codec for an encoding that the caller names."""
    known = resolve_encoding(encoding)
    known = _BYTE_ORDER.get(known or "", known)
    if known is None or not (known.startswith(("utf-16", "utf-32")) or _reads_ascii(known)):
        msg = f"unknown encoding {encoding!r}, or one that no browser reads"
        raise EncodingError(msg)
    return known


def _reads_ascii(codec: str) -> bool:
    """Whether *codec* reads ASCII as ASCII: no page can declare another, and some codecs are no encodings."""
    try:
        return _ASCII_SAMPLE.decode(codec).encode("ascii") == _ASCII_SAMPLE
    except (LookupError, UnicodeError, ValueError, AttributeError):
        return False


def _errors(codec: str) -> str:
    """How *codec* keeps what it cannot read: bytes as lone surrogates, lone surrogates of UTF-16 as they are."""
    return "surrogatepass" if codec.startswith(("utf-16", "utf-32")) else "surrogateescape"


def _byte_offsets(text: str, data: bytes, codec: str, places: list[int]) -> dict[int, int]:
    """Byte offsets of ascending code point *places*."""
    if codec.startswith(_STATEFUL):
        return _counted_offsets(data, codec, places)
    found, last, at = {}, 0, 0
    for place in places:
        at += len(text[last:place].encode(codec, _errors(codec)))
        found[place], last = at, place
    if codec == "utf-8" or text.encode(codec, _errors(codec)) == data:
        return found
    return _counted_offsets(data, codec, places)


def _counted_offsets(data: bytes, codec: str, places: list[int]) -> dict[int, int]:
    """As `_byte_offsets`, by decoding byte by byte: for bytes that their own text would not spell again.

    An offset stands directly before the bytes that give the code point, after escape sequences.
    """
    decoder = codecs.getincrementaldecoder(codec)(_errors(codec))
    found: dict[int, int] = {}
    waiting, count, begin = iter(places), 0, 0
    place = next(waiting, None)
    for index in range(len(data)):
        if decoder.getstate()[0] == b"":
            begin = index
        read = len(decoder.decode(data[index : index + 1]))
        while place is not None and read and place < count + read:
            found[place] = begin
            place = next(waiting, None)
        count += read
    while place is not None:
        found[place] = len(data)
        place = next(waiting, None)
    return found
