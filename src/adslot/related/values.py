"""Related articles: what a teaser slot shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import attrs
from attrs.validators import optional

from adslot.html.text import one_line
from adslot.kept import lazy
from adslot.policy.frozen import Table, freeze, thaw
from adslot.policy.numbers import LARGEST, LARGEST_ID, at_most, of_type
from adslot.policy.shown import shown
from adslot.related.urls import is_safe, scheme_of, written

Moment = date | datetime
# A code of `adslot.codes.UNUSED`, and the other thing that it speaks of.
Fault = tuple[str, str | None]


def _text(value: str) -> str:
    """Markup is text, too, and here nothing but text. What is no text is left to the validators."""
    try:
        return str.__str__(value)
    except TypeError:
        return value


def _optional_text(value: str | None) -> str | None:
    return None if value is None else _text(value)


def _id(value: str | int | None) -> str | int | None:
    return _text(value) if isinstance(value, str) else value


@attrs.frozen
class Image:
    """A picture: its *url*, http(s) or relative, its size in px, and what a reader hears who cannot see it.

    Without *width* and *height* the text below it moves when the picture arrives.
    """

    url: str = attrs.field(converter=_text, validator=of_type(str))
    width: int | None = attrs.field(default=None, validator=[optional(of_type(int)), at_most(LARGEST)])
    height: int | None = attrs.field(default=None, validator=[optional(of_type(int)), at_most(LARGEST)])
    alt: str = attrs.field(default="", converter=_text, validator=of_type(str))

    __repr__ = shown


def moment(text: str) -> Moment:
    """The day or the time that an ISO 8601 *text* names. Raises ValueError.

    >>> moment("2026-11-05"), moment("2026-11-05T18:30:00Z")
    (datetime.date(2026, 11, 5), datetime.datetime(2026, 11, 5, 18, 30, tzinfo=datetime.timezone.utc))
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        return datetime.fromisoformat(text)


def _moment(value: Moment | str | None) -> Moment | None:
    return moment(value) if isinstance(value, str) else value


def _image(value: Image | str | None) -> Image | None:
    return Image(value) if isinstance(value, str) else value


def _strings(value: str | Iterable[str]) -> tuple[str, ...]:
    return (_text(value),) if isinstance(value, str) else tuple(map(_text, value))


def _table(value: Mapping[str, Any]) -> Table:
    table: Table = freeze(value)
    return table


@attrs.frozen(cache_hash=True)
class Related:
    """An article to link to: its *title* as plain text and its *url*, http(s) or relative.

    *tags* and *summary* are not shown: they tell what it is about. *image* and *published* are. One that is
    *sponsored* is labelled as an ad. With *expires* it is shown no longer than until that time, or to the
    end of that day. *id* is your own name for it. *when* says in which contexts it may be shown, as the
    cases of a policy do: every key must be in the context and equal the value, or one of a list of values; `*`
    stands for any text. Dates may be given as ISO 8601 text.

    >>> Related("Züge fahren wieder", "/bahn/zuege").has_safe_url
    True
    >>> Related("Klick", "java\\tscript:alert(1)").has_safe_url
    False
    """

    title: str = attrs.field(converter=_text, validator=of_type(str))
    url: str = attrs.field(converter=_text, validator=of_type(str))
    image: Image | None = attrs.field(default=None, converter=_image, kw_only=True)
    tags: tuple[str, ...] = attrs.field(default=(), converter=_strings, kw_only=True)
    summary: str | None = attrs.field(default=None, converter=_optional_text, kw_only=True)
    published: Moment | None = attrs.field(default=None, converter=_moment, kw_only=True)
    expires: Moment | None = attrs.field(default=None, converter=_moment, kw_only=True)
    sponsored: bool = attrs.field(default=False, kw_only=True)
    id: str | int | None = attrs.field(default=None, converter=_id, validator=at_most(LARGEST_ID), kw_only=True)
    when: Table = attrs.field(default=Table(()), converter=_table, kw_only=True)

    __repr__ = shown

    @property
    def has_safe_url(self) -> bool:
        """Whether the URL is relative or of scheme http or https, as a browser reads it where it is written."""
        return is_safe(self.url)

    @lazy
    def href(self) -> str:
        """The URL as it is written: without control characters, and nothing at all where it is not safe."""
        return written(self.url)

    @lazy
    def fault(self) -> Fault | None:
        """Why it is shown on no page: a code, and the scheme; None where nothing speaks against it."""
        if not one_line(self.title):
            return "blank", None
        urls = (self.url, self.image.url) if self.image else (self.url,)
        unsafe = next((url for url in urls if not is_safe(url)), None)
        if unsafe is not None:
            return "scheme", scheme_of(unsafe)
        return None if self.href else ("blank", None)

    def is_expired(self, now: Moment) -> bool:
        """Whether it is over at *now*.

        Days are compared where one of the two has no time. A time without offset is one of UTC.
        """
        if self.expires is None:
            return False
        if isinstance(self.expires, datetime) and isinstance(now, datetime):
            return aware(now) >= aware(self.expires)
        return day(now) > day(self.expires)


def as_data(item: Related) -> dict[str, Any]:
    """*item* in the form that files have: what it does not say is left out.

    >>> as_data(Related("Takt", "/takt", published=date(2026, 11, 5), when={"section": "bahn"}))
    {'title': 'Takt', 'url': '/takt', 'published': '2026-11-05', 'when': {'section': 'bahn'}}
    """
    said = {field.name: (getattr(item, field.name), field.default) for field in attrs.fields(Related)}
    return {name: _as_data(value) for name, (value, default) in said.items() if value != default}


def _as_data(value: object) -> object:
    if isinstance(value, Image):
        return {name: each for name, each in attrs.asdict(value).items() if each not in (None, "")}
    return value.isoformat() if isinstance(value, date) else thaw(value)


def aware(time: datetime) -> datetime:
    """*time*, which is one of UTC where it does not say."""
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def day(value: Moment) -> date:
    """The day of *value*, where it is."""
    return value.date() if isinstance(value, datetime) else value
