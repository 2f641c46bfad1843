"""The policy: slots, rules, spacing, guards and limits as frozen values.

Values check themselves when a `Policy` is made of them: references, names and contradictions that
can be seen without an article raise one PolicyError with everything that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import attrs

from adslot import distance as distances
from adslot.distance import Distance
from adslot.errors import PolicyError, Problem, nearest
from adslot.roles import KINDS
from adslot.terms import Anchor, Term, parse_anchor, parse_term

# A slot is a block: its start tag must close an open p, as all of these do.
TAGS = ("aside", "div", "section")
PREFERENCES = ("even", "early")
# The solver's tables are made for so many; more in one article is a mistake.
MOST_SLOTS = 40
# Slots can be held at distances in these units; px and screens need a layout.
PLAIN_UNITS = frozenset({"chars", "words", "paragraphs", "blocks", "%"})

_NAME = re.compile(r"[\w][\w.-]*")
_ATTRIBUTE = re.compile(r"[a-zA-Z][\w.:-]*")


def _many(parse: Callable[[str], Any]) -> Callable[[Any], tuple[Any, ...]]:
    """A converter to a tuple of values: one or several, written as text or not."""

    def convert(value: Any) -> tuple[Any, ...]:
        values = [value] if isinstance(value, (str, Anchor, Term)) else list(value)
        return tuple(parse(each) if isinstance(each, str) else each for each in values)

    return convert


def _distance(value: Distance | str) -> Distance:
    return distances.parse(value) if isinstance(value, str) else value


def _pairs(value: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(value.items()) if isinstance(value, Mapping) else tuple(value)


def _strings(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


_anchors, _terms = _many(parse_anchor), _many(parse_term)
_optional_distance = attrs.converters.optional(_distance)


@attrs.frozen
class Slot:
    """A thing to insert. *kind* is "ad", "teaser" or "promo"; *html* is the content of a promo or ad.

    *height* is what to reserve for it in px, label included; *attributes* go to the root element.
    """

    name: str
    kind: str = attrs.field(kw_only=True)
    label: str = attrs.field(default="", kw_only=True)
    html: str = attrs.field(default="", kw_only=True)
    tag: str = attrs.field(default="aside", kw_only=True)
    height: int | None = attrs.field(default=None, kw_only=True)
    attributes: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_pairs, kw_only=True)


@attrs.frozen
class Rule:
    """A wish to place a slot. Anchors, terms and distances may be given as text.

    Without *at* the rule uses the gaps between blocks. *after* and *before* say which block stands
    directly above and below. *from_start* and *from_end* are distances to the story's ends, *apart*
    is one to every other slot of the same kind. *priority* 1 goes first.
    """

    name: str
    slot: str = attrs.field(kw_only=True)
    at: tuple[Anchor, ...] = attrs.field(default=(), converter=_anchors, kw_only=True)
    after: tuple[Term, ...] = attrs.field(default=(), converter=_terms, kw_only=True)
    before: tuple[Term, ...] = attrs.field(default=(), converter=_terms, kw_only=True)
    from_start: Distance | None = attrs.field(default=None, converter=_optional_distance, kw_only=True)
    from_end: Distance | None = attrs.field(default=None, converter=_optional_distance, kw_only=True)
    apart: Distance | None = attrs.field(default=None, converter=_optional_distance, kw_only=True)
    per_section: int | None = attrs.field(default=None, kw_only=True)
    max: int = attrs.field(default=1, kw_only=True)
    prefer: str = attrs.field(default="even", kw_only=True)
    priority: int = attrs.field(default=1, kw_only=True)
    stack: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen
class Spacing:
    """At least *min* between something of *above* and something of *below* it.

    With *either* the order does not matter.
    """

    above: tuple[Term, ...] = attrs.field(converter=_terms)
    below: tuple[Term, ...] = attrs.field(converter=_terms)
    min: Distance = attrs.field(converter=_distance, kw_only=True)
    either: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen
class Limits:
    """The most slots of a kind, or of all kinds, on the page, existing ones included; None = no limit."""

    ads: int | None = None
    teasers: int | None = None
    promos: int | None = None
    slots: int | None = None


@attrs.frozen
class ArticleOptions:
    """How to read an article; see the reference of `[article]`.

    *body* and *lead* are selectors, *ads*, *atomic* and *open* lists of selectors. Paragraphs of
    fewer than *short* chars are short ones. *opaque* names placeholder syntaxes: "jinja", "php",
    "shortcode" or regular expressions.
    """

    body: str | None = None
    lead: str | None = None
    language: str | None = None
    short: int = 40
    ads: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    atomic: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    open: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    opaque: tuple[str, ...] = attrs.field(default=(), converter=_strings)


@attrs.frozen
class Guards:
    """Which guards are on."""

    after_heading: bool = True
    adjacent: bool = True


@attrs.frozen(cache_hash=True)
class Policy:
    """Slots, and the rules by which they are placed. Raises PolicyError where these contradict.

    >>> Policy(slots=[Slot("anzeige", kind="ad")], rules=[Rule("mitte", slot="anzeig")])
    Traceback (most recent call last):
    adslot.errors.PolicyError: rules[0].slot: expected the name of a slot, found 'anzeig' (did you mean 'anzeige'?)
    """

    slots: tuple[Slot, ...] = attrs.field(default=(), converter=tuple)
    rules: tuple[Rule, ...] = attrs.field(default=(), converter=tuple)
    spacing: tuple[Spacing, ...] = attrs.field(default=(), converter=tuple)
    limits: Limits = Limits()
    article: ArticleOptions = ArticleOptions()
    guards: Guards = Guards()

    def __attrs_post_init__(self) -> None:
        if problems := list(_problems(self)):
            raise PolicyError(problems)

    def slot(self, name: str) -> Slot:
        """The slot of this *name*. Raises KeyError."""
        return self._slots[name]

    @cached_property
    def _slots(self) -> dict[str, Slot]:
        return {slot.name: slot for slot in self.slots}

    @cached_property
    def selectors(self) -> tuple[str, ...]:
        """Every CSS selector that rules and spacing use, sorted."""
        used = {term.css for term in self._terms() if term.css is not None}
        used |= {anchor.selector for rule in self.rules for anchor in rule.at if anchor.selector is not None}
        return tuple(sorted(used))

    @cached_property
    def uses_lead(self) -> bool:
        """Whether a rule or a spacing speaks of the lead."""
        anchors = any(anchor.what == "lead" for rule in self.rules for anchor in rule.at)
        return anchors or any(term.name == "lead" for term in self._terms())

    def _terms(self) -> Iterator[Term]:
        for rule in self.rules:
            yield from (*rule.after, *rule.before)
        for spacing in self.spacing:
            yield from (*spacing.above, *spacing.below)


# --------------------------------------------------------------------------------------- what is wrong


def _problems(policy: Policy) -> Iterator[Problem]:
    yield from _duplicates("slots", [slot.name for slot in policy.slots])
    yield from _duplicates("rules", [rule.name for rule in policy.rules])
    for slot in policy.slots:
        yield from _slot_problems(f"slots.{slot.name}", slot)
    known = [slot.name for slot in policy.slots]
    for index, rule in enumerate(policy.rules):
        yield from _rule_problems(f"rules[{index}]", rule, known)
    for index, spacing in enumerate(policy.spacing):
        yield from _unit_problems(f"spacing[{index}].min", spacing.min)
    for name, value in attrs.asdict(policy.limits).items():
        if value is not None and value < 0:
            yield Problem(f"limits.{name}", "0 or more", repr(value))


def _duplicates(path: str, names: list[str]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Problem(f"{path}[{index}].name", "a name of its own", repr(name))


def _slot_problems(path: str, slot: Slot) -> Iterator[Problem]:
    if not _NAME.fullmatch(slot.name):
        yield Problem(path, "a name of letters, digits, '-', '_' and '.'", repr(slot.name))
    yield from _choice(f"{path}.kind", slot.kind, KINDS)
    yield from _choice(f"{path}.tag", slot.tag, TAGS)
    if slot.height is not None and slot.height <= 0:
        yield Problem(f"{path}.height", "a height in px, 1 or more", repr(slot.height))
    for name, _ in slot.attributes:
        if not _ATTRIBUTE.fullmatch(name) or name.lower() in ("data-adslot", "data-adslot-rule", "id"):
            yield Problem(f"{path}.attributes", "names of attributes that adslot does not set itself", repr(name))


def _rule_problems(path: str, rule: Rule, slots: list[str]) -> Iterator[Problem]:
    if not _NAME.fullmatch(rule.name):
        yield Problem(f"{path}.name", "a name of letters, digits, '-', '_' and '.'", repr(rule.name))
    if rule.slot not in slots:
        yield Problem(f"{path}.slot", "the name of a slot", repr(rule.slot), nearest(rule.slot, slots))
    yield from _choice(f"{path}.prefer", rule.prefer, PREFERENCES)
    if not 0 <= rule.max <= MOST_SLOTS:
        yield Problem(f"{path}.max", f"0 to {MOST_SLOTS}", repr(rule.max))
    if rule.per_section is not None and rule.per_section < 1:
        yield Problem(f"{path}.per_section", "1 or more", repr(rule.per_section))
    if rule.priority < 1:
        yield Problem(f"{path}.priority", "1 or more; 1 goes first", repr(rule.priority))
    for key in ("from_start", "from_end", "apart"):
        yield from _unit_problems(f"{path}.{key}", getattr(rule, key))
    for key in ("after", "before"):
        for term in getattr(rule, key):
            if term.name in ("start", "end", "lead", "promo"):
                yield Problem(f"{path}.{key}", "a role, a group or css(…)", repr(str(term)))


def _unit_problems(path: str, distance: Distance | None) -> Iterator[Problem]:
    for unit in sorted((distance.units if distance else frozenset()) - PLAIN_UNITS):
        yield Problem(path, f"a unit that needs no layout: {', '.join(sorted(PLAIN_UNITS))}", repr(unit))


def _choice(path: str, value: str, known: tuple[str, ...]) -> Iterator[Problem]:
    if value not in known:
        yield Problem(path, f"one of {', '.join(known)}", repr(value), nearest(value, known))
