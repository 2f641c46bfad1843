"""Hypothesis strategies: the bytes that nobody should send, in all encodings that Python and browsers share.

Articles in every such encoding, with and without marks, declarations and slots of earlier runs; broken bytes in texts,
names and values; escape sequences anywhere; halves of characters at the end; and names of encodings, right and wrong.
"""

from __future__ import annotations

import codecs

import webencodings.labels
from hypothesis import strategies as st

from tests import strategies
from tests.slots import own

LABELS = sorted(webencodings.labels.LABELS)
# How Python calls what browsers read; the two codecs that it lacks are in the labels only.
CODECS = sorted(
    {found.codec_info.name for label in LABELS if (found := webencodings.lookup(label)) is not None}
    - {"replacement", "x-user-defined"}
    | {"utf-32-le", "utf-32-be"}
)
# Codecs of Python that are no encoding of browsers, and names that are none of any codec.
NO_ENCODINGS = (
    "idna punycode undefined unicode_escape raw_unicode_escape mbcs oem palmos charmap utf-7 rot13 hex base64 bz2 zlib "
    "quopri uu hz cp037 cp500 johab iso2022_kr aliases __init__ .. ../x ä"
).split() + ["", " ", "\n", "x" * 300, "\0", "a\0b", "\ud800", "utf-8\ud800"]
# Bytes that are no characters of some encoding, or begin and end the escaped runs of others.
_ESCAPES = b"\x1b \x1b( \x1b$ \x1b(B \x1b(J \x1b(I \x1b$B \x1b$@ \x1b$)C \x0e \x0f ~{ +ADw-p+AD4-".split(b" ")
_HALVES = b"\x80 \x81 \x8f\xa1 \xa0 \xff \xfe\xff \xff\xfe \xef\xbb\xbf \xe3\x81 \xc0\xbc \xed\xa0\x80 \xd8\x3d \x3d\xd8".split()
_DOUBTFUL = b"\x81\x30\x81 \x84\x31\x95\x33 \x88\x62 \xa1\xc1 \xed\x40 \0 <\0 \0< <\xffp> </p\x81>".split() + [b"\n"]
_IN_MARKUP = [b"<p \xff=\xfe>", b"<!-- \xff -->", b"<p id='adslot-\xff'>"]
BROKEN = [*_ESCAPES, *_HALVES, *_DOUBTFUL, *_IN_MARKUP]
MARKS = [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE]

_declarations = st.builds(
    str.format,
    st.sampled_from(
        ["<meta charset={}>", "<META CHARSET='{}'>", '<meta http-equiv=content-type content="text/html; charset={}">']
        + ["<?xml version='1.0' encoding='{}'?>", "<!-- <meta charset={}> -->", "<p title='<meta charset={}>'>"]
    ),
    st.sampled_from(LABELS) | st.sampled_from(["idna", "rot13", "utf-7", "undefined", "hex", "x"]),
)


# Pages whose declaration would be out of sight with slots in front of it, and stands in a slot.
LATE = b"<p>a</p><p>b</p>" + b" " * 4_050 + b"<meta charset=shift_jis><p>\x83\x41</p>"
DECLARING = own("ad", "r0", "<meta charset=shift_jis>").encode() + b"<p>\x83\x41</p><p>b</p>"

_pieces = st.one_of(
    st.sampled_from(
        ["<p>Eins.</p>", "<p>日本の鉄道</p>", "<p>Ü〜¥‾\\~€</p>", "<h2>Кириллица</h2>", "<p>한국어</p>", "日本\n\n"]
    ),
    st.sampled_from(
        ["<p ü=日>x</p>", "Text", " ", "<br><br>", "<!-- c -->", "<body>", "<!doctype html>", "</p>", "<p>"]
    ),
    _declarations,
    st.builds(own, st.one_of(st.just("x"), _declarations, st.just("日"))),
    st.sampled_from([900, 3800, 4000]).map(lambda count: " " * count),
)


@st.composite
def _streams(draw: st.DrawFn) -> tuple[bytes, str]:
    """Pieces in one encoding, a few of them in others, and broken bytes between them."""
    codec = draw(st.sampled_from(CODECS))
    parts = [
        part
        if isinstance(part, bytes)
        else part.encode(draw(st.just(codec) | st.sampled_from(CODECS)), "xmlcharrefreplace")
        for part in draw(st.lists(_pieces | _pieces | st.sampled_from(BROKEN), max_size=8))
    ]
    mark = draw(st.just(b"") | st.just(b"") | st.sampled_from([*MARKS, b"<\0?\0x\0"]))
    return mark + b"".join(parts) + draw(st.just(b"") | st.sampled_from(BROKEN)), codec


@st.composite
def _articles(draw: st.DrawFn) -> tuple[bytes, str]:
    """An article in one encoding, with broken bytes stuck in anywhere."""
    codec = draw(st.sampled_from(CODECS))
    data = draw(strategies.articles).encode(codec, "xmlcharrefreplace")
    for broken in draw(st.lists(st.sampled_from(BROKEN), max_size=3)):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + broken + data[at:]
    return data, codec


@st.composite
def _read_as(draw: st.DrawFn, inputs: st.SearchStrategy[tuple[bytes, str]]) -> tuple[bytes, str | None]:
    """Bytes, and the encoding that a caller names: the right one, none, or any other."""
    data, codec = draw(inputs)
    return data, draw(st.none() | st.just(codec) | st.sampled_from(LABELS))


any_bytes = st.one_of(
    _read_as(_streams()),
    _read_as(_streams()),
    _read_as(_articles()),
    st.tuples(strategies.any_bytes, st.none() | st.sampled_from(LABELS)),
)
