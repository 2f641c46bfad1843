"""Placing into any bytes, in any encoding that Python or a browser has a name for, declared rightly, wrongly or not."""

from __future__ import annotations

import encodings.aliases
import re

from hypothesis import given
from hypothesis import strategies as st

from adslot import check, place, read, strip
from adslot.html.source import EncodingError, Source
from tests.fuzz import pages
from tests.laws.test_law_01_lossless import spans, without

CODECS = sorted({*encodings.aliases.aliases.values(), "utf-8", "idna", "raw_unicode_escape", "utf_8_sig", "undefined"})
CODECS = [name for name in CODECS if not name.endswith("_codec")]
COMMON = [
    "utf-8",
    "cp1252",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "iso2022_jp",
    "iso2022_kr",
    "shift_jis",
    "gb18030",
    "hz",
    "utf-7",
]
LABELS = [
    "x-user-defined",
    "replacement",
    "iso-8859-8-i",
    "unicode-1-1-utf-8",
    "x-sjis",
    "csiso2022kr",
    "utf-32",
    "nix",
    "\xe4",
]
_names = st.one_of(st.sampled_from(COMMON), st.sampled_from(CODECS), st.sampled_from(LABELS))
_SURROGATES = re.compile("[\ud800-\udfff]")


@st.composite
def documents(draw):
    """Bytes of a page: encoded, declared, begun with a byte order mark, broken in places."""
    text = _SURROGATES.sub("", draw(pages.pages))
    if draw(st.booleans()):
        meta = draw(
            st.sampled_from(["<meta charset={}>", '<meta http-equiv=content-type content="text/html; charset={}">'])
        )
        at = draw(st.sampled_from([0, 0, 0, len(text), min(len(text), 4000)]))
        text = text[:at] + meta.format(draw(_names)) + text[at:]
    try:
        data = text.encode(draw(st.sampled_from(COMMON + CODECS)), "xmlcharrefreplace")
    except (UnicodeError, LookupError):
        data = text.encode()
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(data)))
        odd = st.sampled_from(
            [b"\xff", b"\x00", b"\x80", b"\x1b", b"\x1b$B", b"\x1b(B", b"\x0e", b"~{", b"\xef\xbb\xbf", b"\xff\xfe"]
        )
        data = (
            data[:at] + draw(st.one_of(odd, st.binary(max_size=3), st.just(b""))) + data[at + draw(st.integers(0, 1)) :]
        )
    return draw(st.sampled_from([b""] * 6 + [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])) + data


@given(documents(), st.none() | st.none() | _names, pages.policies)
def law(data, encoding, policy):
    """Laws 1, 2, 3, 5 and 11; an encoding that nobody has is an EncodingError."""
    try:
        bare = strip(data, encoding=encoding)
    except EncodingError:
        assert encoding is not None
        return
    result = place(data, policy, encoding=encoding)
    assert without(result.html, spans(result, Source.of(data, encoding).spell)) == bare
    assert strip(result.html, encoding=encoding) == bare
    assert place(result.html, policy, encoding=encoding).html == result.html
    assert [each for each in check(result.html, policy, encoding=encoding) if each.severity == "error"] == []
    assert len(read(data, policy, encoding=encoding).gaps) == len(result.plan.article.gaps)
