"""What a caller knows of a page whose slots are planned, beside the page and the policy."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import attrs

from adslot.article.values import Section
from adslot.errors import wrong_type
from adslot.html.slot_form import prefix_of
from adslot.related.relevance import Relevance
from adslot.related.values import Moment, Related

# Articles to show, or a callable that is given a section and returns articles that go with it, the best ones first.
Offered = Iterable[Related] | Callable[[Section], Iterable[Related]]


def _offered(value: Any) -> Offered:
    """What is offered, articles as a tuple. Raises TypeError for what is none, and for a single article."""
    if callable(value):
        return value  # type: ignore[no-any-return] # what it returns is seen when it is asked
    if isinstance(value, Related):
        raise wrong_type("related", "a list of articles", value, "related=[article]")
    if isinstance(value, str | bytes | os.PathLike):
        raise wrong_type("related", "a list of articles", value, "related=adslot.load_related(file)")
    if isinstance(value, Mapping) or not isinstance(value, Iterable):
        raise wrong_type("related", "a list of articles", value)
    return tuple(value)


_Validator = Callable[[Any, "attrs.Attribute[Any]", Any], None]


def _is(kind: type, expected: str) -> _Validator:
    def validate(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        if value is not None and not isinstance(value, kind):
            raise wrong_type(attribute.name, expected, value)

    return validate


def _is_relevance(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    if value is not None and not callable(value):
        raise wrong_type(attribute.name, "a function of a section and an article", value)


@attrs.frozen(kw_only=True)
class Request:
    """The keyword arguments of `adslot.place` that say something of the page; *prefix* is what its ids begin with.

    Raises TypeError for what is none of these, ValueError for an `id_prefix` that no id can begin with.
    """

    related: Offered = attrs.field(default=(), converter=_offered)
    relevance: Relevance | None = attrs.field(default=None, validator=_is_relevance)
    context: Mapping[str, object] | None = attrs.field(
        default=None, validator=_is(Mapping, "a mapping of names to values")
    )
    url: str | None = attrs.field(default=None, validator=_is(str, "a text"))
    now: Moment | None = attrs.field(
        default=None, validator=_is(date, "a date or a datetime, such as date(2026, 11, 5)")
    )
    prefix: str = attrs.field(default=None, converter=prefix_of)
