"""An input as it was given, and as the text that it stands for, so that what is inserted goes between the right bytes.

Everything is planned on decoded text. A slot's bytes are then put between the author's own, which
are sliced and never encoded again: many encodings spell one text in more than one way.

Slots may change how bytes are read: a declaration may lie in one, or be pushed so far down by one that no browser looks
there. So bytes that slots were taken out of are read anew, and bytes that slots were put into are read again and
compared.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, zip_longest

import attrs

from adslot.errors import AdslotError, wrong_type
from adslot.html.dom import Span
from adslot.html.encoding.charsets import ESCAPED, REPLACEMENT, named, nearest_label
from adslot.html.encoding.decoding import decode, offsets, offsets_in_utf8, spell, unit, well_formed
from adslot.html.encoding.escapes import Escaped
from adslot.html.encoding.sniffing import SCANNED, declared, marked
from adslot.kept import lazy


class EncodingError(AdslotError, LookupError):
    """The caller named an encoding that does not exist, or that no browser reads."""


class SpliceError(AdslotError):
    """With slots in it, the input would be read otherwise than without them."""


@attrs.frozen
class Source:
    """An input: its *text*, and for bytes the *data*, the *codec* that decoded them and the encoding that was *asked* for.

    The text is well-formed. It has U+FFFD for what cannot be read: lone surrogates of a str, bytes that the codec does
    not know; *raw* is the text with lone surrogates for both, where there are any.
    """

    text: str
    data: bytes | None = None
    codec: str | None = None
    asked: str | None = None
    raw: str | None = attrs.field(default=None, repr=False)

    @classmethod
    def of(cls, html: str | bytes, encoding: str | None = None) -> Source:
        """Decode *html* as a browser would: byte-order mark, *encoding*, `<meta>`, UTF-8, windows-1252.

        Raises TypeError for what is neither text nor bytes, EncodingError for an encoding that there is not.
        """
        if encoding is not None and not isinstance(encoding, str):
            raise wrong_type("encoding", "the name of an encoding", encoding)
        if isinstance(html, str):
            return cls._of(str(html))
        if not isinstance(html, bytes | bytearray | memoryview):
            hint = "read the file first: html = path.read_bytes()" if isinstance(html, os.PathLike) else ""
            raise wrong_type("html", "a text or bytes", html, hint)
        data = bytes(html)
        codec = _told(data, encoding)
        if codec in (None, "utf-8"):
            try:
                return cls(data.decode("utf-8"), data, "utf-8", encoding)
            except UnicodeDecodeError:
                codec = codec or "cp1252"
        return cls._of(decode(data, codec), data, codec, encoding)

    @classmethod
    def _of(cls, raw: str, data: bytes | None = None, codec: str | None = None, asked: str | None = None) -> Source:
        text = well_formed(raw)
        return cls(text, data, codec, asked, None if text is raw else raw)

    @property
    def whole(self) -> str | bytes:
        """The input as it was given."""
        return _raw(self) if self.data is None else self.data

    @property
    def is_flat(self) -> bool:
        """Whether offsets of the text are those of the input."""
        return self.data is None or (len(self.text) == len(self.data) and unit(self.codec or "") == 1)

    def offsets(self, places: Iterable[int]) -> dict[int, int]:
        """For code point offsets of the text the offsets of the input: bytes, if it is bytes."""
        wanted = sorted(set(places))
        if self.data is None or self.codec is None or self.is_flat:
            return {place: place for place in wanted}
        if self.codec == ESCAPED:
            return {place: self._escaped.start(place) for place in wanted}
        if self.codec == "utf-8" and self.raw is None:
            return offsets_in_utf8(self.data, wanted)
        return offsets(_raw(self), self.data, self.codec, wanted)

    def room(self, place: int, offset: int) -> int | None:
        """Where a slot can be written at a *place* of the text, whose *offset* is known; None where ASCII has no room."""
        if self.codec == ESCAPED:
            return self._escaped.room(place)
        return None if offset % unit(self.codec or "") else offset

    @lazy
    def _escaped(self) -> Escaped:
        return Escaped(self.data or b"")

    def spell(self, markup: str) -> str | bytes:
        """*markup* as the input would spell it; characters that the encoding lacks as references."""
        return markup if self.codec is None else spell(markup, self.codec)

    def splice(self, inserts: Iterable[tuple[int, str]]) -> str | bytes:
        """The input with *inserts* put in: (offset of the input, markup), ascending.

        Raises SpliceError where the bytes would be read otherwise then.
        """
        changes = [(offset, offset, self.spell(markup)) for offset, markup in inserts]
        output = _join(self.whole, changes)
        if isinstance(output, bytes) and changes:
            self._check(output, changes)
        return output

    def _check(self, output: bytes, changes: Sequence[Change]) -> None:
        """Raise SpliceError unless *output* is read as the input with the changes in it."""
        codec, data = self.codec or "", self.data or b""
        if codec == REPLACEMENT:
            raise SpliceError("nothing placed: browsers show nothing of a page that is said to be in this encoding")
        if codec == "utf-8" and self._is_told_by(output):
            return  # valid or not, UTF-8 is read piece by piece
        again = Source.of(output, self.asked)
        if again.codec != codec:
            told = f"with slots in it the page would be read as {again.codec}, not as {codec}"
            raise SpliceError(f"nothing placed: {told}")
        edges = [0, *(offset for offset, _, _ in changes), len(data)]
        pieces = [decode(data[start:end], codec) for start, end in pairwise(edges)]
        slots = [decode(markup, codec) for _, _, markup in changes if isinstance(markup, bytes)]
        if "".join(pieces) != _raw(self) or "".join(_mixed(pieces, slots)) != _raw(again):
            raise SpliceError(f"nothing placed: in {codec}, slots would change how the bytes beside them are read")

    def _is_told_by(self, output: bytes) -> bool:
        """Whether *output* says of its encoding what the data says."""
        data = self.data or b""
        return output[:SCANNED] == data[:SCANNED] or _told(output, self.asked) == _told(data, self.asked)

    def cut(self, spans: Iterable[Span]) -> str | bytes:
        """The input without *spans* of the text."""
        pieces = list(spans)
        starts, ends = self.offsets(start for start, _ in pieces), self.ends(end for _, end in pieces)
        return _join(self.whole, [(starts[start], ends[end], self.whole[:0]) for start, end in pieces])

    def ends(self, places: Iterable[int]) -> dict[int, int]:
        """As `offsets`, but before the escape sequences there: they belong to what follows."""
        if self.codec == ESCAPED:
            return {place: self._escaped.end(place) for place in places}
        return self.offsets(places)

    def without(self, spans: Iterable[Span]) -> Source:
        """The input without *spans* of the text, read anew."""
        return Source.of(self.cut(spans), self.asked)


Change = tuple[int, int, str | bytes]


def _join(whole: str | bytes, changes: Sequence[Change]) -> str | bytes:
    parts: list[str | bytes] = []
    last = 0
    for start, end, new in changes:
        parts += [whole[last:start], new]
        last = end
    parts.append(whole[last:])
    return whole[:0].join(parts)  # type: ignore[arg-type] # all are of the type of the input


def _raw(source: Source) -> str:
    return source.text if source.raw is None else source.raw


def _mixed(pieces: Sequence[str], slots: Sequence[str]) -> Iterator[str]:
    for piece, slot in zip_longest(pieces, slots, fillvalue=""):
        yield piece
        yield slot


def _told(data: bytes, encoding: str | None) -> str | None:
    """The codec that *data* says of itself, or its caller of it."""
    return marked(data) or (declared(data) if encoding is None else codec_of(encoding))


def codec_of(encoding: str) -> str:
    """The codec for an encoding that the caller names. Raises EncodingError."""
    known = named(encoding)
    if known is None:
        close = nearest_label(encoding)
        hint = f" (did you mean {close!r}?)" if close else ""
        raise EncodingError(f"unknown encoding {encoding!r}, or one that no browser reads{hint}")
    return known
