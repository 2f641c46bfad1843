"""What a caller knows of a page whose slots are planned, beside the page and the policy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import attrs

from adslot.article.values import Section
from adslot.html.slot_form import prefix_of
from adslot.related.relevance import Relevance
from adslot.related.values import Moment, Related

# Articles to show, or a callable that is given a section and returns articles that go with it, the best ones first.
Offered = Iterable[Related] | Callable[[Section], Iterable[Related]]


@attrs.frozen(kw_only=True)
class Request:
    """The keyword arguments of `adslot.place` that say something of the page; *prefix* is what its ids begin with.

    Raises ValueError for an `id_prefix` that no id can begin with.
    """

    related: Offered = ()
    relevance: Relevance | None = None
    context: Mapping[str, object] | None = None
    url: str | None = None
    now: Moment | None = None
    prefix: str = attrs.field(default=None, converter=prefix_of)
