"""Related articles: what a teaser slot shows."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs

# A URL without scheme is relative to the page; any scheme but these two could run code or leave the web.
_SCHEME = re.compile(r"[\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\-]*[\t\n\r]*):")


def _strings(value: Iterable[str]) -> tuple[str, ...]:
    return tuple(value)


@attrs.frozen
class Related:
    """An article to link to: its *title* as plain text and its *url*, http(s) or relative.

    *tags* and *summary* are not shown: they tell what it is about.

    >>> Related("Züge fahren wieder", "/bahn/zuege").has_safe_url
    True
    >>> Related("Klick", "java\\tscript:alert(1)").has_safe_url
    False
    """

    title: str
    url: str
    tags: tuple[str, ...] = attrs.field(default=(), converter=_strings, kw_only=True)
    summary: str | None = attrs.field(default=None, kw_only=True)

    @property
    def has_safe_url(self) -> bool:
        """Whether the URL is relative or of scheme http or https, as a browser reads it."""
        plain = re.sub(r"[\t\n\r]", "", self.url)
        scheme = _SCHEME.match(plain)
        return scheme is None or scheme[1].lower() in ("http", "https")


def usable(items: Iterable[Related]) -> tuple[Related, ...]:
    """*items* that may be shown: with a title and a safe URL, each URL once, in the order given."""
    found: dict[str, Related] = {}
    for item in items:
        if item.title.strip() and item.url.strip() and item.has_safe_url:
            found.setdefault(item.url.strip(), item)
    return tuple(found.values())
