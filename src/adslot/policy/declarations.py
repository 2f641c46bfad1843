"""What a policy declares: slots, rules, spacing, limits and how to read an article, as frozen values.

Anchors, terms, distances and rates may be given as text. What is wrong with values, alone or
together, is reported when a `Policy` is made of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from adslot.policy.frozen import Table, freeze
from adslot.policy.language.distance import Distance
from adslot.policy.language.distance import parse as parse_distance
from adslot.policy.language.rate import Rate, parse_rate
from adslot.policy.language.terms import Anchor, Term, parse_anchor, parse_term
from adslot.policy.language.within import Within, parse_within
from adslot.policy.numbers import are_told
from adslot.policy.templates import PLAIN
from adslot.roles import KINDS

Sizes = tuple[str, ...] | Table


def _anchors(value: str | Anchor | Iterable[str | Anchor]) -> tuple[Anchor, ...]:
    """One or several anchors, written as text or not."""
    values = [value] if isinstance(value, (str, Anchor)) else value
    return tuple(parse_anchor(each) if isinstance(each, str) else each for each in values)


def _terms(value: str | Term | Iterable[str | Term]) -> tuple[Term, ...]:
    """One or several terms, written as text or not."""
    values = [value] if isinstance(value, (str, Term)) else value
    return tuple(parse_term(each) if isinstance(each, str) else each for each in values)


def _distance(value: Distance | str) -> Distance:
    return parse_distance(value) if isinstance(value, str) else value


def _pairs(value: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(value.items()) if isinstance(value, Mapping) else tuple(value)


def _strings(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _optional_distance(value: Distance | str | None) -> Distance | None:
    return None if value is None else _distance(value)


def _within(value: Within | Distance | str | None) -> Within | None:
    if isinstance(value, Distance):
        return Within(value)
    return parse_within(value) if isinstance(value, str) else value


def _table(value: Mapping[str, Any]) -> Table:
    return freeze(value)  # type: ignore[no-any-return] # a mapping becomes a table


def _sizes(value: str | Iterable[str] | Mapping[str, str | Iterable[str]]) -> Sizes:
    """Sizes, or for each layout its own."""
    return (
        freeze({name: _strings(each) for name, each in value.items()})
        if isinstance(value, Mapping)
        else _strings(value)
    )


def _height(value: int | Mapping[str, int] | None) -> int | Table | None:
    return _table(value) if isinstance(value, Mapping) else value


def _rate(value: Rate | str | None) -> Rate | None:
    return parse_rate(value) if isinstance(value, str) else value


# Tuples, as a kind may be anything until the policy is made.
_SHOWING = tuple(kind.name for kind in KINDS.values() if kind.shows_articles)
_ADS = tuple(kind.name for kind in KINDS.values() if kind.is_ad)


@attrs.frozen(field_transformer=are_told)
class Layout:
    """How pages are laid out on screens of at least *min_width* px, up to the next layout."""

    name: str
    min_width: int = attrs.field(default=0, kw_only=True)


def in_order(layouts: Iterable[Layout]) -> list[Layout]:
    """*layouts* from the narrowest to the widest."""
    return sorted(layouts, key=lambda layout: layout.min_width)


@attrs.frozen(cache_hash=True, field_transformer=are_told)
class Slot:
    """A thing to insert. *kind* is "ad", "teaser" or "promo"; *html* is the content of a promo or ad.

    A teaser shows up to so many *items*, as a list where that is more than one. *template* writes what stands in the
    root element: a name of `adslot.templates`, or a template in Jinja; with *label_in* "template" the label too.
    *sizes* are those of an ad, as "300x250" or "fluid", for templates that ask for them; *height* is what to
    reserve for the slot in px, label included: both may be a mapping of layouts. *attributes* go to the root
    element. *skip* says who shall pass over the slot: "speech", "snippets". The label of an ad must be one that its readers know ads by; *label_as_is* takes any, also none.
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
    skip: tuple[str, ...] = attrs.field(default=(), converter=_strings, kw_only=True)

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


@attrs.frozen(field_transformer=are_told)
class Rule:
    """A wish to place a slot. Anchors, terms, distances and rates may be given as text.

    Without *at* the rule uses the gaps between blocks; *within* says how far from its anchor a slot may
    stand. *after* and *before* say which block stands directly above and below. *from_start* and
    *from_end* are distances to the story's ends, *apart* is one to every other slot of the same kind.
    *max* and *rate* are both caps, *min* is a wish that goes before everything optional; an article
    smaller than *min_article* gets no slot, nor does one larger than *max_article*. *priority* 1 goes first. A teaser shows no article that is relevant
    by less than *min_relevance*, in permille.
    """

    name: str
    slot: str = attrs.field(kw_only=True)
    at: tuple[Anchor, ...] = attrs.field(default=(), converter=_anchors, kw_only=True)
    within: Within | None = attrs.field(default=None, converter=_within, kw_only=True)
    after: tuple[Term, ...] = attrs.field(default=(), converter=_terms, kw_only=True)
    before: tuple[Term, ...] = attrs.field(default=(), converter=_terms, kw_only=True)
    from_start: Distance | None = attrs.field(default=None, converter=_optional_distance, kw_only=True)
    from_end: Distance | None = attrs.field(default=None, converter=_optional_distance, kw_only=True)
    apart: Distance | None = attrs.field(default=None, converter=_optional_distance, kw_only=True)
    per_section: int | None = attrs.field(default=None, kw_only=True)
    min: int = attrs.field(default=0, kw_only=True)
    max: int = attrs.field(default=1, kw_only=True)
    rate: Rate | None = attrs.field(default=None, converter=_rate, kw_only=True)
    prefer: str = attrs.field(default="even", kw_only=True)
    priority: int = attrs.field(default=1, kw_only=True)
    stack: bool = attrs.field(default=False, kw_only=True)
    min_article: Distance | None = attrs.field(default=None, converter=_optional_distance, kw_only=True)
    max_article: Distance | None = attrs.field(default=None, converter=_optional_distance, kw_only=True)
    min_relevance: int = attrs.field(default=0, kw_only=True)


@attrs.frozen(field_transformer=are_told)
class Spacing:
    """At least *min* between something of *above* and something of *below* it.

    With *either* the order does not matter. Where a block of *unless* stands between the two, nothing
    is asked of them, and nothing before *from_count* things of *above* precede the lower one.
    """

    above: tuple[Term, ...] = attrs.field(converter=_terms)
    below: tuple[Term, ...] = attrs.field(converter=_terms)
    min: Distance = attrs.field(converter=_distance, kw_only=True)
    either: bool = attrs.field(default=False, kw_only=True)
    unless: tuple[Term, ...] = attrs.field(default=(), converter=_terms, kw_only=True)
    from_count: int = attrs.field(default=1, kw_only=True)

    @classmethod
    def between(
        cls,
        one: str | Term | Iterable[str | Term],
        other: str | Term | Iterable[str | Term],
        *,
        min: Distance | str,  # noqa: A002 - the field's name
        unless: str | Term | Iterable[str | Term] = (),
        from_count: int = 1,
    ) -> Spacing:
        """At least *min* between *one* and *other*, whichever comes first."""
        return cls(one, other, min=min, either=True, unless=unless, from_count=from_count)


@attrs.frozen(field_transformer=are_told)
class Limits:
    """The most slots of a kind, or of all kinds, on the page, existing ones included; None = no limit."""

    ads: int | None = None
    teasers: int | None = None
    promos: int | None = None
    slots: int | None = None

    def of(self, kind: str) -> int | None:
        """The most slots of one kind."""
        most: int | None = getattr(self, KINDS[kind].limit)
        return most


# What the page's own ads and teasers are to distances and limits.
EXISTING = ("count", "ignore")


@attrs.frozen(field_transformer=are_told)
class ArticleOptions:
    """How to read an article; see the reference of `[article]`.

    *body* and *lead* are selectors, *ads*, *atomic*, *open*, *headings*, *skip* and *keep* lists of selectors. Paragraphs of
    fewer than *short* chars are short ones. *opaque* names placeholder syntaxes: "jinja", "php",
    "shortcode" or regular expressions. *existing* says what the page's own ads and teasers are to distances
    and limits: "count" or "ignore".
    """

    body: str | None = None
    lead: str | None = None
    language: str | None = None
    short: int = 40
    ads: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    atomic: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    open: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    opaque: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    headings: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    skip: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    keep: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    existing: str = "count"

    @property
    def counts_existing(self) -> bool:
        """Whether distances and limits count the ads and teasers that a page has already."""
        return self.existing == "count"


@attrs.frozen
class Case:
    """What a policy changes where the caller's context is as *when* says.

    Every key of *when* must be in the context and equal the value, or one of a list of values; a `*` in a
    text stands for any characters. *changes* is a mapping of the form of the policy file, without `cases`.

    >>> Case({"section": "sport*"}, changes={"rules": [{"name": "in-text", "max": 5}]})
    Case(when={'section': 'sport*'}, changes={'rules': [{'name': 'in-text', 'max': 5}]})
    """

    when: Table = attrs.field(converter=_table)
    changes: Table = attrs.field(default=Table(()), converter=_table, kw_only=True)
