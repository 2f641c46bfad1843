"""What is wrong with a policy, as far as it can be seen without an article: every problem, in order.

The path of a problem is that of the policy file. Values that were made in Python are held to what
can be written there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import attrs

from adslot import rate as rates
from adslot.declarations import ArticleOptions, Limits, Rule, Slot, Spacing
from adslot.distance import PLAIN_UNITS, UNITS, Distance
from adslot.distance import parse as parse_distance
from adslot.errors import ExpressionError, Problem, nearest
from adslot.labels import problem_of as label_problem
from adslot.rate import parse_rate
from adslot.roles import KINDS
from adslot.selectors import to_xpath
from adslot.templates import PLAIN, TemplateFault, compiled, is_written, names
from adslot.terms import NAME, POINTS, Term, parse_anchor, parse_term
from adslot.within import parse_within

# A slot is a block: its start tag must close an open p, as all of these do.
TAGS = ("aside", "div", "section")
# Who writes the visible label.
WRITERS = ("slot", "template")
SIZE_PATTERN = "fluid|[1-9][0-9]{0,3}x[1-9][0-9]{0,3}"
PREFERENCES = ("even", "early", "late", "section-end")
# The solver's tables are made for so many; more in one article is a mistake.
MOST_SLOTS = 40
# A list of more is a page of its own.
MOST_ITEMS = 20
# The least and the most of the numbers of a rule, and what to call them.
BOUNDS: dict[str, tuple[int, int | None, str]] = {
    "max": (0, MOST_SLOTS, f"0 to {MOST_SLOTS}"),
    "min": (0, MOST_SLOTS, f"0 to {MOST_SLOTS}"),
    "per_section": (1, None, "1 or more"),
    "priority": (1, None, "1 or more; 1 goes first"),
    "min_relevance": (0, 1000, "thousandths, 0 to 1000"),
}

_ATTRIBUTE = re.compile(r"[a-zA-Z][\w.:-]*")
_OWN_ATTRIBUTES = ("data-adslot", "data-adslot-rule", "id")
_NAME_EXPECTED = "a name of letters, digits, '-', '_' and '.'"


def problems_of(
    slots: Sequence[Slot],
    rules: Sequence[Rule],
    spacing: Sequence[Spacing],
    limits: Limits,
    article: ArticleOptions,
) -> Iterator[Problem]:
    """Everything that is wrong with the parts of a policy."""
    names = {"slot": [slot.name for slot in slots], "rule": [rule.name for rule in rules]}
    yield from _duplicates("slots", names["slot"])
    yield from _duplicates("rules", names["rule"])
    for slot in slots:
        yield from _of_slot(f"slots.{slot.name}", slot)
        if slot.kind == "ad" and not slot.label_as_is:
            yield from filter(None, [label_problem(f"slots.{slot.name}.label", slot.label, article.language)])
    for index, rule in enumerate(rules):
        yield from _of_rule(f"rules[{index}]", rule, names["slot"])
    for index, entry in enumerate(spacing):
        yield from _of_spacing(f"spacing[{index}]", entry, names)
    for name, value in attrs.asdict(limits).items():
        if value is not None:
            yield from _number(f"limits.{name}", value, 0, "0 or more")
    yield from _of_article(article)


# ---------------------------------------------------------------------------------------------- parts


def _duplicates(path: str, names: list[str]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Problem(f"{path}[{index}].name", "a name of its own", repr(name))


def _of_slot(path: str, slot: Slot) -> Iterator[Problem]:
    if not NAME.fullmatch(slot.name):
        yield Problem(path, _NAME_EXPECTED, repr(slot.name))
    yield from _choice(f"{path}.kind", slot.kind, KINDS)
    yield from _choice(f"{path}.tag", slot.tag, TAGS)
    if slot.height is not None:
        yield from _number(f"{path}.height", slot.height, 1, "a height in px, 1 or more")
    yield from _number(f"{path}.items", slot.items, 1, f"1 to {MOST_ITEMS}", most=MOST_ITEMS)
    if slot.items != 1 and slot.kind != "teaser":
        yield Problem(f"{path}.items", "'kind = \"teaser\"', which alone shows articles", repr(slot.kind))
    yield from _template(path, slot)
    for size in slot.sizes:
        if not re.fullmatch(SIZE_PATTERN, size):
            yield Problem(f"{path}.sizes", "a size in px such as '300x250', or 'fluid'", repr(size))
    for name, _ in slot.attributes:
        if not _ATTRIBUTE.fullmatch(name) or name.lower() in _OWN_ATTRIBUTES:
            yield Problem(f"{path}.attributes", "names of attributes that adslot does not set itself", repr(name))


def _template(path: str, slot: Slot) -> Iterator[Problem]:
    where = f"{path}.template"
    yield from _choice(f"{path}.label_in", slot.label_in, WRITERS)
    if slot.template == PLAIN:
        if slot.label_in == "template":
            yield Problem(f"{path}.label_in", "'template' only where there is one", repr(slot.label_in))
        return
    if slot.html:
        yield Problem(f"{path}.html", "either 'html' or a template", "both")
    if is_written(slot.template):
        try:
            compiled(slot.template)
        except TemplateFault as fault:
            yield Problem(where, "a Jinja template", str(fault))
    elif slot.template not in names():
        yield Problem(where, template_expected(), repr(slot.template), nearest(slot.template, names()))


def template_expected() -> str:
    """What may stand for a template."""
    return (
        f"one of {', '.join(names())}, a file in UTF-8 with markup, from the folder of the policy, or a template itself"
    )


def _of_rule(path: str, rule: Rule, slots: list[str]) -> Iterator[Problem]:
    if not NAME.fullmatch(rule.name):
        yield Problem(f"{path}.name", _NAME_EXPECTED, repr(rule.name))
    if rule.slot not in slots:
        yield Problem(f"{path}.slot", "the name of a slot", repr(rule.slot), nearest(rule.slot, slots))
    yield from _rule_places(path, rule)
    for key in ("from_start", "from_end", "apart"):
        yield from _distance(f"{path}.{key}", getattr(rule, key))
    yield from _rule_numbers(path, rule)
    yield from _choice(f"{path}.prefer", rule.prefer, PREFERENCES)
    yield from _distance(f"{path}.min_article", rule.min_article, rates.UNITS)


def _rule_places(path: str, rule: Rule) -> Iterator[Problem]:
    yield from _unread(f"{path}.at", rule.at, parse_anchor)
    if rule.within is not None:
        yield from _unread(f"{path}.within", [rule.within], parse_within)
        yield from _units(f"{path}.within", rule.within.distance)
        if not rule.at:
            yield Problem(f"{path}.within", "an anchor in 'at' to stay near to", "none")
    for key in ("after", "before"):
        yield from _unread(f"{path}.{key}", getattr(rule, key), parse_term)
        yield from _no_blocks(f"{path}.{key}", getattr(rule, key), (*POINTS, "promo"))


def _rule_numbers(path: str, rule: Rule) -> Iterator[Problem]:
    faulty = set()
    for key, (least, most, expected) in BOUNDS.items():
        if (value := getattr(rule, key)) is None and key == "per_section":
            continue
        for problem in _number(f"{path}.{key}", value, least, expected, most=most):
            faulty.add(key)
            yield problem
    if faulty.isdisjoint(("min", "max")) and rule.min > rule.max:
        yield Problem(f"{path}.min", f"at most 'max', which is {rule.max}", repr(rule.min))
    if rule.rate is not None:
        yield from _unread(f"{path}.rate", [rule.rate], parse_rate)


def _of_spacing(path: str, spacing: Spacing, names: dict[str, list[str]]) -> Iterator[Problem]:
    for key in ("above", "below"):
        terms, where = getattr(spacing, key), f"{path}.{'between' if spacing.either else key}"
        if not terms:
            yield Problem(where, "a term", "none")
        yield from _unread(where, terms, parse_term)
        for term in terms:
            yield from _reference(where, term, names)
    yield from _distance(f"{path}.min", spacing.min)
    yield from _unread(f"{path}.unless", spacing.unless, parse_term)
    yield from _no_blocks(f"{path}.unless", spacing.unless, (*POINTS, *KINDS))
    yield from _spacing_count(f"{path}.from", spacing)


def _spacing_count(path: str, spacing: Spacing) -> Iterator[Problem]:
    """What a spacing begins with must be a number, and of things that are named."""
    if faults := list(_number(path, spacing.from_count, 1, "1 or more")):
        yield from faults
    elif spacing.from_count > 1 and spacing.either and set(spacing.above) != set(spacing.below):
        yield Problem(path, "'above' and 'below' to count in, or the same things on both sides", "'between'")


def _no_blocks(path: str, terms: Iterable[Term], other: tuple[str, ...]) -> Iterator[Problem]:
    """Terms that name no blocks: slots, rules and the *other* names."""
    for term in terms:
        if term.name in other or term.slot is not None or term.rule is not None:
            yield Problem(path, "a role, a group or css(…)", repr(str(term)))


def _reference(path: str, term: Term, names: dict[str, list[str]]) -> Iterator[Problem]:
    """A slot or a rule that the policy does not have."""
    for kind, name in (("slot", term.slot), ("rule", term.rule)):
        if name is not None and name not in names[kind]:
            hint = nearest(name, names[kind])
            yield Problem(path, f"the name of a {kind}", repr(name), hint, source=str(term), caret=len(f"{kind}("))


def _of_article(options: ArticleOptions) -> Iterator[Problem]:
    yield from _number("article.short", options.short, 0, "a number of chars, 0 or more")
    for key in ("body", "lead"):
        if (css := getattr(options, key)) is not None:
            yield from _faults(f"article.{key}", css, to_xpath)
    for key in ("ads", "atomic", "open"):
        for css in getattr(options, key):
            yield from _faults(f"article.{key}", css, to_xpath)


# --------------------------------------------------------------------------------------------- values


def _unread(path: str, values: Iterable[object], parse: Callable[[str], object]) -> Iterator[Problem]:
    """Values that were made by hand and cannot be written: names that do not exist, a number 0, parts too many."""
    for value in values:
        faults = list(_faults(path, str(value), parse))
        yield from faults
        if not faults and parse(str(value)) != value:
            yield Problem(path, f"a value that can be written, such as {parse(str(value))!r}", repr(value))


def _faults(path: str, text: str, parse: Callable[[str], object]) -> Iterator[Problem]:
    try:
        parse(text)
    except ExpressionError as error:
        yield Problem(path, error.expected, error.found, error.hint, source=error.text, caret=error.column)


def _distance(path: str, distance: Distance | None, units: tuple[str, ...] = PLAIN_UNITS) -> Iterator[Problem]:
    if distance is not None:
        yield from _unread(path, [distance], parse_distance)
        yield from _units(path, distance, units)


def _units(path: str, distance: Distance, units: tuple[str, ...] = PLAIN_UNITS) -> Iterator[Problem]:
    for unit in sorted(distance.units.intersection(UNITS).difference(PLAIN_UNITS)):
        plain = ", ".join(sorted(PLAIN_UNITS))
        found = f"{unit!r}, which needs one, and this release has none"
        yield Problem(path, f"a unit that needs no layout: {plain}", found)
    for unit in sorted(distance.units.intersection(PLAIN_UNITS).difference(units)):
        yield Problem(
            path, f"a unit that says how much: {', '.join(units)}", f"{unit!r}, a share of the article itself"
        )


def _number(path: str, value: Any, least: int, expected: str, *, most: int | None = None) -> Iterator[Problem]:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or value < least or (most is not None and value > most):
        yield Problem(path, expected, repr(value))


def _choice(path: str, value: str, known: tuple[str, ...]) -> Iterator[Problem]:
    if value not in known:
        yield Problem(path, f"one of {', '.join(known)}", repr(value), nearest(value, known))
