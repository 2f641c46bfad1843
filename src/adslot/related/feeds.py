"""RSS and Atom feeds as related articles, read by feedparser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from time import struct_time
from typing import Any

from adslot.errors import MissingExtraError, Problem, RelatedError
from adslot.related.urls import written
from adslot.related.values import Image, Related

_HTML = ("text/html", "application/xhtml+xml")


def read_feed(data: bytes, file: str | None = None) -> tuple[Related, ...]:
    """The entries of a feed, in its order. Raises RelatedError, and MissingExtraError without feedparser.

    An entry that lacks a title or a link is taken as it is: no teaser shows it, and `Plan.unused` says so.
    """
    try:
        import feedparser  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise MissingExtraError("feeds", "RSS and Atom feeds") from error
    try:
        feed = feedparser.parse(BytesIO(data))
    except Exception as error:  # feedparser has none of its own: it stumbles over what it did not expect
        found = f"what cannot be read as one: {str(error) or type(error).__name__}"
        raise RelatedError([Problem((), "RSS or Atom", found, file=file)]) from error
    if not feed.version and not feed.entries:
        found = f"no feed: {feed.bozo_exception}" if feed.bozo else "XML or HTML of another kind"
        raise RelatedError([Problem((), "RSS or Atom", found, file=file)])
    # As plain mappings: feedparser's own answer for keys that an entry lacks with others, and a warning.
    return tuple(_item(dict(entry)) for entry in feed.entries)


def _item(entry: Mapping[str, Any]) -> Related:
    return Related(
        _plain(entry, "title"),
        entry.get("link") or "",
        image=next(_images(entry), None),
        tags=[tag["term"] for tag in entry.get("tags", ()) if tag.get("term")],
        summary=_plain(entry, "summary") or None,
        published=_time(entry.get("published_parsed") or entry.get("updated_parsed")),
        expires=_time(entry.get("expired_parsed")),
        id=entry.get("id"),
    )


def _plain(entry: Mapping[str, Any], key: str) -> str:
    """The text of a field that may be HTML."""
    text = str(entry.get(key) or "")
    if (entry.get(f"{key}_detail") or {}).get("type") in _HTML:
        from w3lib.html import remove_tags  # noqa: PLC0415  # slow to import

        return " ".join(unescape(remove_tags(text)).split())
    return text


def _time(parsed: struct_time | None) -> datetime | None:
    """A time of feedparser, which is one of UTC."""
    try:
        return None if parsed is None else datetime(*parsed[:6], tzinfo=UTC)
    except ValueError:  # no such time
        return None


def _images(entry: Mapping[str, Any]) -> Iterator[Image]:
    """The pictures of an entry: media elements, thumbnails, enclosures."""
    for media in (*entry.get("media_content", ()), *entry.get("media_thumbnail", ())):
        kind = media.get("medium") or media.get("type", "image").partition("/")[0]
        if kind == "image" and written(media.get("url", "")):
            yield Image(media["url"], _size(media.get("width")), _size(media.get("height")))
    for file in entry.get("links", ()):
        if file.get("type", "").startswith("image/") and written(file.get("href", "")):
            yield Image(file["href"])


def _size(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and 0 < int(text) < 100_000 else None
