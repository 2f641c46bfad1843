"""A related article as templates see it: in the forms that markup needs, nothing escaped yet but the ready link."""

from __future__ import annotations

from typing import Any

import attrs
from markupsafe import Markup

from adslot.html.slot_form import MOST_LINK_TEXT
from adslot.html.text import one_line, shortened
from adslot.related.values import Image, Related
from adslot.renderer.links import day_of, iso_of, link, picture_of

# Characters of all summaries of a slot, and of a tag; tags of an article.
_MOST_SUMMARIES, _MOST_TAG, _MOST_TAGS = 500, 40, 6


@attrs.frozen(kw_only=True)
class TemplateItem:
    """An article to show: its *title* and *summary* in one line, its *url*, the day as the article's language writes it.

    What is long is cut, so that a slot holds no more text than one does: a title as that of a link, the *summary* to
    the article's share of those of a list. *rel* is "sponsored" or empty and belongs to the link. *label* is what must stand at a sponsored article of
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
    def of(cls, item: Related, language: str | None, label: str = "", *, count: int = 1) -> TemplateItem:
        """*item*, one of *count*, to be labelled by *label* if it is sponsored."""
        return cls(
            title=shortened(one_line(item.title), MOST_LINK_TEXT),
            url=item.href,
            summary=shortened(one_line(item.summary or ""), _MOST_SUMMARIES // count),
            image=picture_of(item),
            published="" if item.published is None else iso_of(item.published),
            day="" if item.published is None else day_of(item.published, language),
            tags=tuple(_short(tag, _MOST_TAG) for tag in item.tags[:_MOST_TAGS]),
            id=_short(item.id, MOST_LINK_TEXT),
            rel="sponsored" if item.sponsored else "",
            label=label if item.sponsored else "",
            link=Markup(link(item, language)),  # noqa: S704  # everything in it is escaped
        )


def _short(value: Any, most: int) -> Any:
    """A text in one line and no longer than that; what is none stays as it is, and templates take it only where it is data."""
    return shortened(one_line(value), most) if issubclass(type(value), str) else value  # an object is not asked
