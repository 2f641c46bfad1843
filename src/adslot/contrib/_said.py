"""What a site says of a page, as values: its HTML, its context, and the related articles that it offers.

Sites say it by functions of their own. One that has nothing to say returns None, as functions of Python do; what is
neither that nor what was asked for is told with what was found, before it can become an error somewhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from adslot import Related, Section

Offered = Iterable[Related] | Callable[[Section], Iterable[Related]]


def context_of(said: Any) -> Mapping[str, object]:
    """A context, empty for None. Raises TypeError for what is none.

    >>> context_of(None), context_of({"section": "sport"})
    ({}, {'section': 'sport'})
    """
    if said is None:
        return {}
    if not isinstance(said, Mapping):
        raise TypeError(f"expected a context, a mapping of names to values, found {said!r:.100}")
    return said


def offered_of(related: Any) -> Offered:
    """Related articles, none for None; a function of sections stays one. Raises TypeError for what is no article."""
    if callable(related):
        return lambda section: items_of(related(section))
    return items_of(related)


def items_of(related: Any) -> tuple[Related, ...]:
    """Articles, none for None. Raises TypeError for what is no article.

    >>> items_of(None), items_of(["/takt"])
    Traceback (most recent call last):
    TypeError: expected a Related, found '/takt'
    """
    items = () if related is None else tuple(related)
    for item in items:
        if not isinstance(item, Related):
            raise TypeError(f"expected a Related, found {item!r:.100}")
    return items


def text_of(html: Any) -> str:
    """The HTML that a template hands over: what an object gives as its HTML, which need not be its text."""
    return str(html.__html__() if hasattr(html, "__html__") else html)
