"""Links to related articles, as markup: everything escaped, nothing that could run."""

from __future__ import annotations

from datetime import datetime

import attrs

from adslot.html.slot_form import MOST_LINK_TEXT
from adslot.html.text import escaped, one_line, shortened
from adslot.policy.language_tags import primary
from adslot.related.urls import written
from adslot.related.values import Image, Moment, Related

# How a day is written in a language. Elsewhere as in ISO 8601, which is read everywhere.
_DAYS = {"de": "{0.day}.{0.month}.{0.year}", "ja": "{0.year}年{0.month}月{0.day}日"}


def link(item: Related, language: str | None = None) -> str:
    """The link to *item*, with its picture, and its day as *language* writes it.

    >>> link(Related("Züge & Busse", "/takt?a=1&b=2", sponsored=True))
    '<a class="adslot-link" href="/takt?a=1&amp;b=2" rel="sponsored">Züge &amp; Busse</a>'
    """
    paid = ' rel="sponsored"' if item.sponsored else ""
    text = escaped(shortened(one_line(item.title), MOST_LINK_TEXT))
    if image := picture_of(item):
        text = f'{_picture(image)}<div class="adslot-title">{text}</div>'
    day = "" if item.published is None else f" {_time(item.published, language)}"
    return f'<a class="adslot-link" href="{escaped(item.href)}"{paid}>{text}</a>{day}'


def picture_of(item: Related) -> Image | None:
    """The picture of *item* as it is written; None where it has none, or one that could not be shown."""
    if item.image is None or not (url := written(item.image.url)):
        return None
    return attrs.evolve(item.image, url=url, alt=one_line(item.image.alt))


def _picture(image: Image) -> str:
    sizes = (("width", image.width), ("height", image.height))
    size = "".join(f' {name}="{value:d}"' for name, value in sizes if value is not None)
    return f'<img class="adslot-image" src="{escaped(image.url)}" alt="{escaped(image.alt)}"{size} loading="lazy">'


def iso_of(published: Moment) -> str:
    """The day or the time in ISO 8601, for machines."""
    return published.isoformat(timespec="seconds") if isinstance(published, datetime) else published.isoformat()


def day_of(published: Moment, language: str | None) -> str:
    """The day as *language* writes it.

    >>> from datetime import date
    >>> day_of(date(2026, 11, 5), "de"), day_of(date(2026, 11, 5), None)
    ('5.11.2026', '2026-11-05')
    """
    return _DAYS.get(primary(language or ""), "{0.year:04}-{0.month:02}-{0.day:02}").format(published)


def _time(published: Moment, language: str | None) -> str:
    return f'<time class="adslot-date" datetime="{iso_of(published)}">{day_of(published, language)}</time>'
