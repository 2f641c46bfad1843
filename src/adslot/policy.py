"""The policy: slots, rules, spacing, guards and limits as frozen values.

Values check themselves when a `Policy` is made of them: references, names and contradictions that
can be seen without an article raise one PolicyError with everything that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

import attrs

from adslot import distance as distances
from adslot.distance import Distance
from adslot.errors import ExpressionError, PolicyError, Problem, nearest
from adslot.roles import KINDS
from adslot.selectors import to_xpath
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


def _anchors(value: str | Anchor | Iterable[str | Anchor]) -> tuple[Anchor, ...]:
    """One or several anchors, written as text or not."""
    values = [value] if isinstance(value, (str, Anchor)) else value
    return tuple(parse_anchor(each) if isinstance(each, str) else each for each in values)


def _terms(value: str | Term | Iterable[str | Term]) -> tuple[Term, ...]:
    """One or several terms, written as text or not."""
    values = [value] if isinstance(value, (str, Term)) else value
    return tuple(parse_term(each) if isinstance(each, str) else each for each in values)


def _distance(value: Distance | str) -> Distance:
    return distances.parse(value) if isinstance(value, str) else value


def _pairs(value: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(value.items()) if isinstance(value, Mapping) else tuple(value)


def _strings(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _optional_distance(value: Distance | str | None) -> Distance | None:
    return None if value is None else _distance(value)


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

    @classmethod
    def between(cls, one: str | Term, other: str | Term, *, min: Distance | str) -> Spacing:  # noqa: A002 - the field's name
        """At least *min* between *one* and *other*, whichever comes first."""
        return cls(one, other, min=min, either=True)


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


# A converter of its own for each, so that type checkers see what a policy is made of.
def _slots(value: Iterable[Slot]) -> tuple[Slot, ...]:
    return tuple(value)


def _rules(value: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(value)


def _spacings(value: Iterable[Spacing]) -> tuple[Spacing, ...]:
    return tuple(value)


@attrs.frozen(cache_hash=True)
class Policy:
    """Slots, and the rules by which they are placed. Raises PolicyError where these contradict.

    >>> Policy(slots=[Slot("anzeige", kind="ad")], rules=[Rule("mitte", slot="anzeig")])
    Traceback (most recent call last):
    adslot.errors.PolicyError: rules[0].slot: expected the name of a slot, found 'anzeig' (did you mean 'anzeige'?)
    """

    slots: tuple[Slot, ...] = attrs.field(default=(), converter=_slots)
    rules: tuple[Rule, ...] = attrs.field(default=(), converter=_rules)
    spacing: tuple[Spacing, ...] = attrs.field(default=(), converter=_spacings)
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
        yield from _spacing_problems(f"spacing[{index}]", spacing)
    for name, value in attrs.asdict(policy.limits).items():
        if value is not None:
            yield from _number_problems(f"limits.{name}", value, 0, "0 or more")
    yield from _article_problems(policy.article)


def _duplicates(path: str, names: list[str]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Problem(f"{path}[{index}].name", "a name of its own", repr(name))


def _slot_problems(path: str, slot: Slot) -> Iterator[Problem]:
    if not _NAME.fullmatch(slot.name):
        yield Problem(path, "a name of letters, digits, '-', '_' and '.'", repr(slot.name))
    yield from _choice(f"{path}.kind", slot.kind, KINDS)
    yield from _choice(f"{path}.tag", slot.tag, TAGS)
    if slot.height is not None:
        yield from _number_problems(f"{path}.height", slot.height, 1, "a height in px, 1 or more")
    for name, _ in slot.attributes:
        if not _ATTRIBUTE.fullmatch(name) or name.lower() in ("data-adslot", "data-adslot-rule", "id"):
            yield Problem(f"{path}.attributes", "names of attributes that adslot does not set itself", repr(name))


def _rule_problems(path: str, rule: Rule, slots: list[str]) -> Iterator[Problem]:
    if not _NAME.fullmatch(rule.name):
        yield Problem(f"{path}.name", "a name of letters, digits, '-', '_' and '.'", repr(rule.name))
    if rule.slot not in slots:
        yield Problem(f"{path}.slot", "the name of a slot", repr(rule.slot), nearest(rule.slot, slots))
    yield from _choice(f"{path}.prefer", rule.prefer, PREFERENCES)
    yield from _number_problems(f"{path}.max", rule.max, 0, f"0 to {MOST_SLOTS}", most=MOST_SLOTS)
    if rule.per_section is not None:
        yield from _number_problems(f"{path}.per_section", rule.per_section, 1, "1 or more")
    yield from _number_problems(f"{path}.priority", rule.priority, 1, "1 or more; 1 goes first")
    for key in ("from_start", "from_end", "apart"):
        yield from _unit_problems(f"{path}.{key}", getattr(rule, key))
    yield from _unread(f"{path}.at", rule.at, parse_anchor)
    for key in ("after", "before"):
        yield from _unread(f"{path}.{key}", getattr(rule, key), parse_term)
        for term in getattr(rule, key):
            if term.name in ("start", "end", "lead", "promo"):
                yield Problem(f"{path}.{key}", "a role, a group or css(…)", repr(str(term)))


def _spacing_problems(path: str, spacing: Spacing) -> Iterator[Problem]:
    for key in ("above", "below"):
        terms = getattr(spacing, key)
        if not terms:
            yield Problem(f"{path}.{key}", "a term", "none")
        yield from _unread(f"{path}.{key}", terms, parse_term)
    yield from _unit_problems(f"{path}.min", spacing.min)


def _article_problems(options: ArticleOptions) -> Iterator[Problem]:
    yield from _number_problems("article.short", options.short, 0, "a number of chars, 0 or more")
    for key in ("body", "lead"):
        if (css := getattr(options, key)) is not None:
            yield from _faults(f"article.{key}", css, to_xpath)
    for key in ("ads", "atomic", "open"):
        for css in getattr(options, key):
            yield from _faults(f"article.{key}", css, to_xpath)


def _unread(path: str, values: Iterable[Anchor | Term], parse: Callable[[str], object]) -> Iterator[Problem]:
    """Values that were made by hand and cannot be written: names that do not exist, a number 0."""
    for value in values:
        yield from _faults(path, str(value), parse)


def _faults(path: str, text: str, parse: Callable[[str], object]) -> Iterator[Problem]:
    try:
        parse(text)
    except ExpressionError as error:
        yield Problem(path, error.expected, error.found, error.hint, source=error.text, caret=error.column)


def _number_problems(
    path: str, value: object, least: int, expected: str, *, most: int | None = None
) -> Iterator[Problem]:
    whole = value if isinstance(value, int) and not isinstance(value, bool) else None
    if whole is None or whole < least or (most is not None and whole > most):
        yield Problem(path, expected, repr(value))


def _unit_problems(path: str, distance: Distance | None) -> Iterator[Problem]:
    for unit in sorted((distance.units if distance else frozenset()) - PLAIN_UNITS):
        plain = ", ".join(sorted(PLAIN_UNITS))
        yield Problem(
            path, f"a unit that needs no layout: {plain}", f"{unit!r}, which needs one, and this release has none"
        )


def _choice(path: str, value: str, known: tuple[str, ...]) -> Iterator[Problem]:
    if value not in known:
        yield Problem(path, f"one of {', '.join(known)}", repr(value), nearest(value, known))
