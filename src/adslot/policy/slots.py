"""Slots: what a policy inserts, and the layouts of pages that they are made for, as frozen values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from adslot.policy.frozen import Table, freeze
from adslot.policy.shown import shown
from adslot.policy.templates import PLAIN
from adslot.roles import KINDS

Sizes = tuple[str, ...] | Table


def strings(value: str | Iterable[str]) -> tuple[str, ...]:
    """One or several texts."""
    return (value,) if isinstance(value, str) else tuple(value)


def table(value: Mapping[str, Any]) -> Table:
    """A mapping, made immutable."""
    return freeze(value)  # type: ignore[no-any-return] # a mapping becomes a table


def _pairs(value: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(value.items()) if isinstance(value, Mapping) else tuple(value)


def _sizes(value: str | Iterable[str] | Mapping[str, str | Iterable[str]]) -> Sizes:
    """Sizes, or for each layout its own."""
    return (
        freeze({name: strings(each) for name, each in value.items()}) if isinstance(value, Mapping) else strings(value)
    )


def _height(value: int | Mapping[str, int] | None) -> int | Table | None:
    return table(value) if isinstance(value, Mapping) else value


# Tuples, as a kind may be anything until the policy is made.
_SHOWING = tuple(kind.name for kind in KINDS.values() if kind.shows_articles)
_ADS = tuple(kind.name for kind in KINDS.values() if kind.is_ad)


@attrs.frozen
class Layout:
    """How pages are laid out on screens of at least *min_width* px, up to the next layout."""

    name: str
    min_width: int = attrs.field(default=0, kw_only=True)

    __repr__ = shown


def in_order(layouts: Iterable[Layout]) -> list[Layout]:
    """*layouts* from the narrowest to the widest."""
    return sorted(layouts, key=lambda layout: layout.min_width)


@attrs.frozen(cache_hash=True)
class Slot:
    """A thing to insert. *kind* is "ad", "teaser" or "promo"; *html* is the content of a promo or ad.

    A teaser shows up to so many *items*, as a list where that is more than one. *template* writes what stands in the
    root element: a name of `adslot.templates`, or a template in Jinja; with *label_in* "template" the label too.
    *sizes* are those of an ad, as "300x250" or "fluid", for templates that ask for them; *height* is what to
    reserve for the slot in px, label included: both may be a mapping of layouts. *attributes* go to the root
    element. *consent* are attributes by which a consent manager knows what of a template must wait. *skip* says who shall pass over the slot: "speech", "snippets". The label of an ad must be one that its readers know ads by; *label_as_is* takes any, also none.
    """

    name: str
    kind: str = attrs.field(kw_only=True)
    label: str = attrs.field(default="", kw_only=True)
    label_as_is: bool = attrs.field(default=False, kw_only=True)
    html: str = attrs.field(default="", kw_only=True)
    items: int = attrs.field(default=1, kw_only=True)
    template: str = attrs.field(default=PLAIN, kw_only=True)
    label_in: str = attrs.field(default="slot", kw_only=True)
    sizes: Sizes = attrs.field(default=(), converter=_sizes, kw_only=True)
    tag: str = attrs.field(default="aside", kw_only=True)
    height: int | Table | None = attrs.field(default=None, converter=_height, kw_only=True)
    attributes: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_pairs, kw_only=True)
    consent: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_pairs, kw_only=True)
    skip: tuple[str, ...] = attrs.field(default=(), converter=strings, kw_only=True)

    __repr__ = shown

    def height_in(self, layout: str | None) -> int | None:
        """What to reserve in a layout, in px; where no layout is named, the most of all."""
        if not isinstance(self.height, Table):
            return self.height
        return max(self.height.values()) if layout is None else self.height.get(layout)

    def sizes_in(self, layout: str | None) -> tuple[str, ...]:
        """The sizes of the ad in a layout; where none is named, those of all."""
        if not isinstance(self.sizes, Table):
            return self.sizes
        if layout is None:
            return tuple(dict.fromkeys(size for sizes in self.sizes.values() for size in sizes))
        found: tuple[str, ...] = self.sizes.get(layout, ())
        return found

    @property
    def shows_articles(self) -> bool:
        """Whether related articles are shown in it."""
        return self.kind in _SHOWING

    @property
    def is_ad(self) -> bool:
        """Whether it is advertising, which must be labelled."""
        return self.kind in _ADS

    @property
    def is_own(self) -> bool:
        """Whether its content is the policy's own markup."""
        return bool(self.html) or self.template != PLAIN
