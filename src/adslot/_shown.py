"""A related article as templates see it: in the forms that markup needs, nothing escaped yet but the ready link."""

from __future__ import annotations

import attrs
from markupsafe import Markup

from adslot._links import day_of, iso_of, link, picture_of
from adslot._text import one_line
from adslot.related import Image, Related


@attrs.frozen
class Shown:
    """An article to show: its *title* and *summary* in one line, its *url*, the day as the article's language writes it.

    *rel* is "sponsored" or empty and belongs to the link. *label* is what must stand at a sponsored article of
    a list, *link* what adslot would write itself.
    """

    title: str
    url: str
    summary: str
    image: Image | None
    published: str
    day: str
    tags: tuple[str, ...]
    id: str | int | None
    rel: str
    label: str
    link: Markup

    @classmethod
    def of(cls, item: Related, language: str | None, label: str = "") -> Shown:
        """*item*, to be labelled by *label* if it is sponsored."""
        return cls(
            title=one_line(item.title),
            url=item.href,
            summary=one_line(item.summary or ""),
            image=picture_of(item),
            published="" if item.published is None else iso_of(item.published),
            day="" if item.published is None else day_of(item.published, language),
            tags=tuple(map(one_line, item.tags)),
            id=one_line(item.id) if isinstance(item.id, str) else item.id,
            rel="sponsored" if item.sponsored else "",
            label=label if item.sponsored else "",
            link=Markup(link(item, language)),  # noqa: S704  # everything in it is escaped
        )
