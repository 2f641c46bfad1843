"""The stock of a page: the related articles that it may show, and why it may not show the others."""

from __future__ import annotations

import attrs

from adslot.policy.numbers import brief
from adslot.related.values import Related


@attrs.frozen
class Unused:
    """A related article that no teaser shows: *code* says why, *against* names the other thing.

    That is a link of the text, the page's own URL, the article that comes before it, the date, the
    scheme, or the key of the context.
    """

    item: Related = attrs.field(repr=brief)
    code: str
    against: str | None = attrs.field(default=None, repr=brief)


@attrs.frozen(kw_only=True)
class Stock:
    """The *items* to show, in the order given, and the *unused* ones.

    *offers* has for each section of the article the items, by index, that were offered for it, and is empty
    where all go with any. *ad_label* is what stands above sponsored ones. Of a large *inventory*, which is known from
    other pages, *without* has the numbers of those that are not among the items, in ascending order.
    """

    # Hashing many takes long, and what is left tells two stocks of a page apart well enough.
    items: tuple[Related, ...] = attrs.field(default=(), hash=False)
    unused: tuple[Unused, ...] = attrs.field(default=(), hash=False)
    inventory: tuple[Related, ...] | None = attrs.field(default=None, eq=False, repr=False)
    without: tuple[int, ...] = attrs.field(default=(), eq=False, repr=False)
    offers: tuple[tuple[int, ...], ...] = ()
    ad_label: str = ""
    warnings: tuple[str, ...] = ()
