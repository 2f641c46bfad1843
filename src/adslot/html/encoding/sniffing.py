"""Which encoding the bytes of a page are in, found as browsers find it.

A byte-order mark goes before everything, then what the caller says, then what the page declares in its first bytes.
These are scanned as the HTML standard says (13.2.3.2), which is simpler than parsing them, and not the same: a `<meta>`
in a script is found, one in a comment or in the value of an attribute is not.
"""

from __future__ import annotations

import re

from adslot.html.encoding.charsets import USER_DEFINED, labelled
from adslot.patterns import pattern

# The standard looks at 1,024 bytes, browsers further as long as the head goes on.
SCANNED = 4096

# Those of UTF-32 begin like others, and browsers know neither: such data must be UTF-32 throughout.
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# How an XML declaration begins in UTF-16.
_XML_STARTS = {b"<\0?\0x\0": "utf-16-le", b"\0<\0?\0x": "utf-16-be"}

_TOKEN = pattern(
    rb"""
      <!-- (?: -?> | .*?--> | (?P<open>) )
    | <(?P<meta>meta) (?=[\t\n\f\r\ /])
    | <(?P<tag>/?[a-z]) [^\t\n\f\r\ >]*
    | <[!/?] (?: [^>]*> | (?P<cut>) )
    """,
    re.I | re.S | re.X,
)
_ATTRIBUTE = pattern(
    rb"""
    [\t\n\f\r\ /]*  (?P<name> [^\t\n\f\r\ />] [^\t\n\f\r\ />=]* )
    (?:
        [\t\n\f\r\ ]* = [\t\n\f\r\ ]*
        (?: "(?P<double>[^"]*)" | '(?P<single>[^']*)' | (?P<cut>["']) | (?P<bare>[^\t\n\f\r\ >]*) )
    )?
    """,
    re.X,
)
_TAG_END = pattern(rb"[\t\n\f\r /]*>")
_CHARSET = pattern(
    rb"""charset [\t\n\f\r\ ]* = [\t\n\f\r\ ]* (?: "([^"]*)" | '([^']*)' | ([^"'\t\n\f\r\ ;] [^\t\n\f\r\ ;]*) )?""",
    re.X,
)
_XML = pattern(
    rb"""<\?xml (?>[^>]*?encoding) [\0-\x20]* = [\0-\x20]* (?: "([^"\0-\x20>]*)" | '([^'\0-\x20>]*)' ) [^>]*>""", re.X
)


def marked(data: bytes) -> str | None:
    """The codec that a byte-order mark at the beginning of *data* names."""
    return next((codec for mark, codec in _MARKS if data.startswith(mark) and _can_be(data, codec)), None)


def _can_be(data: bytes, codec: str) -> bool:
    if codec.startswith("utf-32"):
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            return False
    return True


def declared(data: bytes) -> str | None:
    """The codec that a page declares in a `<meta>`, else in an XML declaration; None where it declares none.

    >>> declared(b'<title>x</title><meta charset="Shift_JIS">'), declared(b"<!-- <meta charset=gbk> -->")
    ('cp932', None)
    """
    start = data[:SCANNED]
    return _XML_STARTS.get(start[:6]) or _in_meta(start) or _in_xml(start)


def _in_meta(start: bytes) -> str | None:
    if b"charset" not in start.lower():
        return None
    at: int | None = 0
    while at is not None and (token := _TOKEN.search(start, at)) and token["open"] is None and token["cut"] is None:
        at = token.end()
        if token["meta"] is not None or token["tag"] is not None:
            attributes, at = _attributes(start, at)
            if at is not None and token["meta"] is not None and (codec := _meant(attributes)):
                return codec
    return None


def _attributes(start: bytes, at: int) -> tuple[dict[bytes, bytes], int | None]:
    """The attributes of the tag whose name ends at *at*, and where it ends itself; None where the bytes end before."""
    found: dict[bytes, bytes] = {}
    while (match := _ATTRIBUTE.match(start, at)) and match["cut"] is None:
        value = match["double"] or match["single"] or match["bare"] or b""
        found.setdefault(match["name"].lower(), value.lower())
        at = match.end()
    end = _TAG_END.match(start, at)
    return found, None if end is None else end.end()


def _meant(attributes: dict[bytes, bytes]) -> str | None:
    """The codec that a `<meta>` with these attributes declares."""
    if b"charset" in attributes:
        return _read(attributes[b"charset"])
    if attributes.get(b"http-equiv") != b"content-type":
        return None
    found = _CHARSET.search(attributes.get(b"content", b""))
    return None if found is None else _read(*found.groups(b""))


def _in_xml(start: bytes) -> str | None:
    found = _XML.match(start)
    return None if found is None else _read(*found.groups(b""))


def _read(*labels: bytes) -> str | None:
    """The codec that one label, in one of several forms, stands for where ASCII could be read until here."""
    codec = labelled(b"".join(labels).decode("latin-1"))
    if codec is None or codec.startswith("utf-32"):
        return None
    return {"utf-16-le": "utf-8", "utf-16-be": "utf-8", USER_DEFINED: "cp1252"}.get(codec, codec)
