"""What a policy declares beside its slots: rules, spacing, limits and how to read an article, as frozen values.

Anchors, terms, distances and rates may be given as text. What is wrong with values, alone or
together, is reported when a `Policy` is made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from adslot.policy.frozen import Table, freeze
from adslot.policy.language.anchors import Anchor, parse_anchor
from adslot.policy.language.distance import Amount, Distance
from adslot.policy.language.distance import parse as parse_distance
from adslot.policy.language.rate import Rate, parse_rate, parse_rhythm
from adslot.policy.language.terms import Term, parse_term
from adslot.policy.language.within import Within, parse_within
from adslot.policy.shown import shown
from adslot.policy.slots import strings, table
from adslot.policy.switches import Guards
from adslot.roles import KINDS

# The solver's tables are made for so many slots of a rule; more in one article is a mistake.
MOST_SLOTS = 40


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


def _optional_distance(value: Distance | str | None) -> Distance | None:
    return None if value is None else _distance(value)


def _within(value: Within | Distance | str | None) -> Within | None:
    if isinstance(value, Distance):
        return Within(value)
    return parse_within(value) if isinstance(value, str) else value


def _rate(value: Rate | str | None) -> Rate | None:
    return parse_rate(value) if isinstance(value, str) else value


def _every(value: Amount | Distance | str | None) -> Amount | None:
    if isinstance(value, Distance) and [len(amounts) for amounts in value.alternatives] == [1]:
        return value.alternatives[0][0]
    return parse_rhythm(value) if isinstance(value, str) else value  # type: ignore[return-value] # else a problem of the policy


def _guards(value: Mapping[str, bool] | Guards) -> Table:
    """Switches by the names of their fields."""
    changed = attrs.asdict(value) if isinstance(value, Guards) else value
    return _frozen(changed, lambda name, each: (name.replace("-", "_"), each))


def _role_sizes(value: Mapping[str, Distance | str]) -> Table:
    return _frozen(value, lambda role, each: (role, _distance(each)))


def _frozen(value: Any, read: Callable[[str, Any], tuple[str, object]]) -> Table:
    """The pairs of a mapping as they are *read*; what is none, or has keys that are no texts, is a problem of the policy."""
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        value = dict(read(key, each) for key, each in value.items())
    return freeze(value)  # type: ignore[no-any-return] # as above


def default_max(every: Amount | None) -> int:
    """How many slots a rule may have that does not say, with a rhythm or without."""
    return 1 if every is None else MOST_SLOTS


def _most(rule: Rule) -> int:
    return default_max(rule.every)


@attrs.frozen
class Rule:
    """A wish to place a slot. Anchors, terms, distances and rates may be given as text.

    Without *at* the rule uses the gaps between blocks; *within* says how far from its anchor a slot may
    stand. With *every* it wants one slot for so much story. *after* and *before* say which block stands directly above
    and below. *from_start* and *from_end* are distances to the story's ends, *apart* is one to every other slot of the
    same kind. *max* and *rate* are both caps, *min* is a wish that goes before everything optional; an article
    smaller than *min_article* gets no slot, nor does one larger than *max_article*, and so for the section of a gap,
    *min_section* and *max_section*. *priority* 1 goes first. *instead_of* names rules that must have placed nothing,
    *guards* what is other for this rule than for the policy. A teaser shows no article that is relevant by less than
    *min_relevance*, in permille.
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
    every: Amount | None = attrs.field(default=None, converter=_every, kw_only=True)
    per_section: int | None = attrs.field(default=None, kw_only=True)
    min: int = attrs.field(default=0, kw_only=True)
    max: int = attrs.field(default=attrs.Factory(_most, takes_self=True), kw_only=True)
    rate: Rate | None = attrs.field(default=None, converter=_rate, kw_only=True)
    prefer: str = attrs.field(default="even", kw_only=True)
    priority: int = attrs.field(default=1, kw_only=True)
    stack: bool = attrs.field(default=False, kw_only=True)
    min_article: Distance | None = attrs.field(default=None, converter=_optional_distance, kw_only=True)
    max_article: Distance | None = attrs.field(default=None, converter=_optional_distance, kw_only=True)
    min_section: Distance | None = attrs.field(default=None, converter=_optional_distance, kw_only=True)
    max_section: Distance | None = attrs.field(default=None, converter=_optional_distance, kw_only=True)
    instead_of: tuple[str, ...] = attrs.field(default=(), converter=strings, kw_only=True)
    guards: Table = attrs.field(default=Table(()), converter=_guards, kw_only=True)
    min_relevance: int = attrs.field(default=0, kw_only=True)

    __repr__ = shown

    @property
    def names_places(self) -> bool:
        """Whether it says where its slots shall stand, by anchors or by a rhythm."""
        return bool(self.at) or self.every is not None


@attrs.frozen
class Spacing:
    """At least *min* between something of *above* and something of *below* it.

    With *either* the order does not matter. Where a block of *unless* stands between the two, nothing
    is asked of them, nor where one of *unless_at* stands directly beside the slot, and nothing before *from_count*
    things of *above* precede the lower one.
    """

    above: tuple[Term, ...] = attrs.field(converter=_terms)
    below: tuple[Term, ...] = attrs.field(converter=_terms)
    min: Distance = attrs.field(converter=_distance, kw_only=True)
    either: bool = attrs.field(default=False, kw_only=True)
    unless: tuple[Term, ...] = attrs.field(default=(), converter=_terms, kw_only=True)
    unless_at: tuple[Term, ...] = attrs.field(default=(), converter=_terms, kw_only=True)
    from_count: int = attrs.field(default=1, kw_only=True)

    __repr__ = shown

    @classmethod
    def between(
        cls,
        one: str | Term | Iterable[str | Term],
        other: str | Term | Iterable[str | Term],
        *,
        min: Distance | str,  # noqa: A002 - the field's name
        unless: str | Term | Iterable[str | Term] = (),
        unless_at: str | Term | Iterable[str | Term] = (),
        from_count: int = 1,
    ) -> Spacing:
        """At least *min* between *one* and *other*, whichever comes first."""
        return cls(one, other, min=min, either=True, unless=unless, unless_at=unless_at, from_count=from_count)


@attrs.frozen
class Limits:
    """The most slots of a kind, or of all kinds, on the page, and ads in a section, existing ones included; None = no limit."""

    ads: int | None = None
    teasers: int | None = None
    promos: int | None = None
    slots: int | None = None
    ads_per_section: int | None = None

    __repr__ = shown

    def of(self, kind: str) -> int | None:
        """The most slots of one kind."""
        most: int | None = getattr(self, KINDS[kind].limit)
        return most


# What the page's own ads and teasers are to distances and limits.
EXISTING = ("count", "ignore")


@attrs.frozen
class ArticleOptions:
    """How to read an article; see the reference of `[article]`.

    *body* and *lead* are selectors, *ads*, *atomic*, *open*, *headings*, *skip* and *keep* lists of selectors. Paragraphs of
    fewer than *short* chars are short ones. *sizes* has for roles without text what each of their blocks counts. *opaque* names placeholder syntaxes: "jinja", "php",
    "shortcode" or regular expressions. *existing* says what the page's own ads and teasers are to distances
    and limits: "count" or "ignore".
    """

    body: str | None = None
    lead: str | None = None
    language: str | None = None
    short: int = 40
    ads: tuple[str, ...] = attrs.field(default=(), converter=strings)
    atomic: tuple[str, ...] = attrs.field(default=(), converter=strings)
    open: tuple[str, ...] = attrs.field(default=(), converter=strings)
    opaque: tuple[str, ...] = attrs.field(default=(), converter=strings)
    headings: tuple[str, ...] = attrs.field(default=(), converter=strings)
    skip: tuple[str, ...] = attrs.field(default=(), converter=strings)
    keep: tuple[str, ...] = attrs.field(default=(), converter=strings)
    sizes: Table = attrs.field(default=Table(()), converter=_role_sizes)
    existing: str = "count"

    __repr__ = shown

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

    when: Table = attrs.field(converter=table)
    changes: Table = attrs.field(default=Table(()), converter=table, kw_only=True)

    __repr__ = shown
