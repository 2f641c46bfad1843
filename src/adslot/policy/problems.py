"""What is wrong with a policy, as far as it can be seen without an article: every problem, in order.

The path of a problem is that of the policy file. Values that were made in Python are held to what
can be written there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from adslot.errors import KeyPath, Need, Problem, nearest
from adslot.guards import GUARDS
from adslot.policy.declarations import EXISTING, MOST_SLOTS, ArticleOptions, Limits, Rule, Spacing
from adslot.policy.language import rate as rates
from adslot.policy.language.anchors import parse_anchor
from adslot.policy.language.distance import Distance
from adslot.policy.language.distance import parse as parse_distance
from adslot.policy.language.placeholders import SYNTAXES, pattern_fault
from adslot.policy.language.rate import parse_rate, parse_rhythm
from adslot.policy.language.selectors import parsed
from adslot.policy.language.terms import NAME, NO_BLOCKS, POINTS, Term, parse_term
from adslot.policy.language.within import Within, parse_within
from adslot.policy.language_tags import is_tag, meant
from adslot.policy.numbers import told
from adslot.policy.slot_problems import NAME_EXPECTED, choice, duplicates, number, problems_of_slots
from adslot.policy.slots import Layout, Slot
from adslot.policy.value_problems import of_distance, of_units, unparsed, unread
from adslot.roles import COUNTED, KINDS, SLOT_ROLES, Role

# Without these it is not known which slots and rules there are.
NAMES: dict[str, tuple[Need, ...]] = {"slot": (("slots",),), "rule": (("rules",), ("rules", None, "name"))}
PREFERENCES = ("even", "early", "late", "section-end")
# The roles that count no text of their own, and in what they may be given a size.
SIZED = tuple(str(role) for role in Role if role not in COUNTED and role not in SLOT_ROLES)
TEXT_UNITS = ("chars", "words")
# What two slots demand of each other is worked out for every pair of rules.
MOST_RULES = MOST_SPACINGS = 100
# The least and the most of the numbers of a rule, and what to call them.
BOUNDS: dict[str, tuple[int, int | None, str]] = {
    "max": (0, MOST_SLOTS, f"0 to {MOST_SLOTS}"),
    "min": (0, MOST_SLOTS, f"0 to {MOST_SLOTS}"),
    "per_section": (1, None, "1 or more"),
    "priority": (1, None, "1 or more; 1 goes first"),
    "min_relevance": (0, 1000, "thousandths, 0 to 1000"),
}


def problems_of(
    slots: Sequence[Slot],
    rules: Sequence[Rule],
    spacing: Sequence[Spacing],
    limits: Limits,
    article: ArticleOptions,
    layouts: Sequence[Layout] = (),
) -> Iterator[Problem]:
    """Everything that is wrong with the parts of a policy."""
    for part, found, most in (("rules", rules, MOST_RULES), ("spacing", spacing, MOST_SPACINGS)):
        if len(found) > most:
            yield Problem((part,), f"{most} at most", str(len(found)))
            return  # all pairs of them would be looked at
    if nameless := list(_nameless(slots, rules, layouts)):
        yield from nameless  # all else is reported by names
        return
    names = {"slot": [slot.name for slot in slots], "rule": [rule.name for rule in rules]}
    language = None if article.language is None else str(article.language)
    yield from problems_of_slots(slots, layouts, language)
    yield from duplicates(("rules",), names["rule"])
    for index, rule in enumerate(rules):
        yield from _of_rule(("rules", index), rule, names["slot"])
        yield from _of_stand_in(("rules", index), rule, rules)
    for index, entry in enumerate(spacing):
        yield from _of_spacing(("spacing", index), entry, names)
    for name, value in attrs.asdict(limits).items():
        if value is not None:
            yield from number(("limits", name), value, 0, "0 or more")
    yield from _of_article(article)


def _nameless(slots: Sequence[Slot], rules: Sequence[Rule], layouts: Sequence[Layout]) -> Iterator[Problem]:
    """Names that are no text."""
    named: list[tuple[KeyPath, object]] = [(("slots", index, "name"), slot.name) for index, slot in enumerate(slots)]
    named += [(("layouts", index, "name"), layout.name) for index, layout in enumerate(layouts)]
    for index, rule in enumerate(rules):
        named += [(("rules", index, "name"), rule.name), (("rules", index, "slot"), rule.slot)]
    return (Problem(path, NAME_EXPECTED, told(name)) for path, name in named if not isinstance(name, str))


# ---------------------------------------------------------------------------------------------- parts


def _of_rule(path: KeyPath, rule: Rule, slots: list[str]) -> Iterator[Problem]:
    if not NAME.fullmatch(rule.name):
        yield Problem((*path, "name"), NAME_EXPECTED, repr(rule.name))
    if rule.slot not in slots:
        hint = nearest(rule.slot, slots)
        yield Problem((*path, "slot"), "the name of a slot", repr(rule.slot), hint, needs=(("slots",),))
    yield from _rule_places(path, rule)
    for key in ("from_start", "from_end", "apart"):
        yield from of_distance((*path, key), getattr(rule, key))
    yield from _rule_numbers(path, rule)
    yield from choice((*path, "prefer"), rule.prefer, PREFERENCES)
    for key in ("min_article", "max_article", "min_section", "max_section"):
        yield from of_distance((*path, key), getattr(rule, key), rates.UNITS)
    yield from _of_guards((*path, "guards"), rule.guards)


def _of_guards(path: KeyPath, switches: Mapping[str, object]) -> Iterator[Problem]:
    """Switches that no guard has, or that are neither on nor off."""
    if problems := list(_of_keys(path, switches)):
        yield from problems
        return
    for name, value in switches.items():
        yield from choice(path, name.replace("_", "-"), tuple(guard.name for guard in GUARDS.values()))
        if not isinstance(value, bool):
            yield Problem((*path, name.replace("_", "-")), "true or false", told(value))


def _of_keys(path: KeyPath, table: object) -> Iterator[Problem]:
    """What is no table, or one whose keys are no texts."""
    if not isinstance(table, Mapping):
        yield Problem(path, "a table", told(table))
    else:
        yield from (Problem(path, "texts as keys", told(key)) for key in table if not isinstance(key, str))


def _of_stand_in(path: KeyPath, rule: Rule, rules: Sequence[Rule]) -> Iterator[Problem]:
    """A rule that stands in for others comes after them."""
    known = [other.name for other in rules]
    for name in rule.instead_of:
        other = next((other for other in rules if other.name == name), None)
        if other is None:
            hint = nearest(str(name), known)
            yield Problem((*path, "instead_of"), "the name of a rule", told(name), hint, needs=NAMES["rule"])
        elif other.priority >= rule.priority:
            expected = f"a rule with a 'priority' before that of this one, which is {rule.priority}"
            found = f"{name!r}, which has {other.priority}"
            yield Problem((*path, "instead_of"), expected, found, needs=("priority", ("rules", None, "priority")))
    if rule.instead_of and rule.min:
        yield Problem((*path, "min"), "no 'min' where a rule stands in for others", told(rule.min))


def _rule_places(path: KeyPath, rule: Rule) -> Iterator[Problem]:
    yield from unread((*path, "at"), rule.at, parse_anchor)
    if rule.within is not None:
        yield from unread((*path, "within"), [rule.within], parse_within)
        if isinstance(rule.within, Within):
            yield from of_units((*path, "within"), rule.within.distance)
        if not rule.at:
            yield Problem((*path, "within"), "an anchor in 'at' to stay near to", "none")
    if rule.every is not None:
        yield from unread((*path, "every"), [rule.every], parse_rhythm)
        if rule.at:
            yield Problem((*path, "every"), "either 'at' or 'every'", "both")
    for key in ("after", "before"):
        yield from unread((*path, key), getattr(rule, key), parse_term)
        yield from _no_blocks((*path, key), getattr(rule, key), NO_BLOCKS)


def _rule_numbers(path: KeyPath, rule: Rule) -> Iterator[Problem]:
    faulty = set()
    for key, (least, most, expected) in BOUNDS.items():
        if (value := getattr(rule, key)) is None and key == "per_section":
            continue
        for problem in number((*path, key), value, least, expected, most=most):
            faulty.add(key)
            yield problem
    if faulty.isdisjoint(("min", "max")) and rule.min > rule.max:
        yield Problem((*path, "min"), f"at most 'max', which is {rule.max}", repr(rule.min))
    if rule.rate is not None:
        yield from unread((*path, "rate"), [rule.rate], parse_rate)


def _of_spacing(path: KeyPath, spacing: Spacing, names: dict[str, list[str]]) -> Iterator[Problem]:
    for key in ("above", "below"):
        terms, where = getattr(spacing, key), (*path, "between" if spacing.either else key)
        if not terms:
            yield Problem(where, "a term", "none")
        yield from unread(where, terms, parse_term)
        for term in terms:
            yield from _reference(where, term, names)
    yield from of_distance((*path, "min"), spacing.min)
    yield from unread((*path, "unless"), spacing.unless, parse_term)
    yield from _no_blocks((*path, "unless"), spacing.unless, (*POINTS, *KINDS))
    yield from unread((*path, "unless_at"), spacing.unless_at, parse_term)
    yield from _no_blocks((*path, "unless_at"), spacing.unless_at, NO_BLOCKS)
    if spacing.unless_at:
        yield from _waived((*path, "unless_at"), spacing)
    yield from _spacing_count((*path, "from"), spacing)


def _waived(path: KeyPath, spacing: Spacing) -> Iterator[Problem]:
    """What is waived at the place of a slot is a distance between one slot and what is none."""
    if all(any(names_slots(term) for term in terms) for terms in (spacing.above, spacing.below)):
        yield Problem(path, "slots on one side only, and blocks on the other", "slots on both")
    if spacing.from_count != 1:
        yield Problem(path, "either 'unless_at' or 'from'", "both")


def names_slots(term: Term) -> bool:
    """Whether a term names slots of rules, or may."""
    return term.name in KINDS or term.slot is not None or term.rule is not None


def _spacing_count(path: KeyPath, spacing: Spacing) -> Iterator[Problem]:
    """What a spacing begins with must be a number, and of things that are named."""
    if problems := list(number(path, spacing.from_count, 1, "1 or more")):
        yield from problems
    elif spacing.from_count > 1 and spacing.either and set(spacing.above) != set(spacing.below):
        yield Problem(path, "'above' and 'below' to count in, or the same things on both sides", "'between'")


def _no_blocks(path: KeyPath, terms: Iterable[Term], other: tuple[str, ...]) -> Iterator[Problem]:
    """Terms that name no blocks: slots, rules and the *other* names."""
    for term in terms:
        if term.name in other or term.slot is not None or term.rule is not None:
            yield Problem(path, "a role, a group, css(…) or not(…)", repr(str(term)))


def _reference(path: KeyPath, term: Term, names: dict[str, list[str]]) -> Iterator[Problem]:
    """A slot or a rule that the policy does not have."""
    for kind, name in (("slot", term.slot), ("rule", term.rule)):
        if name is not None and name not in names[kind]:
            hint = nearest(name, names[kind])
            source, column = str(term), len(f"{kind}(")
            expected, needs = f"the name of a {kind}", NAMES[kind]
            yield Problem(path, expected, repr(name), hint, source=source, caret=column, needs=needs)


def _of_article(options: ArticleOptions) -> Iterator[Problem]:
    yield from _of_language(("article", "language"), options.language)
    yield from number(("article", "short"), options.short, 0, "a number of chars, 0 or more")
    for key in ("body", "lead"):
        if (css := getattr(options, key)) is not None:
            yield from unparsed(("article", key), css, parsed)
    for key in ("ads", "atomic", "open", "headings", "skip", "keep"):
        for css in getattr(options, key):
            yield from unparsed(("article", key), css, parsed)
    yield from of_opaque(("article", "opaque"), options.opaque)
    problems = list(_of_keys(("article", "sizes"), options.sizes))
    yield from problems
    for role, size in options.sizes.items() if not problems else ():
        yield from _of_size(("article", "sizes"), role, size)
    yield from choice(("article", "existing"), options.existing, EXISTING)


def _of_language(path: KeyPath, language: object) -> Iterator[Problem]:
    """What is no tag would be a language of which nothing is known, and any label would do."""
    if language is not None and not (isinstance(language, str) and is_tag(language)):
        hint = meant(language) if isinstance(language, str) else None
        yield Problem(path, "the tag of a language, such as 'de' or 'en-GB'", told(language), hint)


def _of_size(path: KeyPath, role: str, size: Distance) -> Iterator[Problem]:
    """What blocks of a role count: chars, words, or both."""
    yield from choice(path, role, SIZED)
    yield from unread((*path, role), [size], parse_distance)
    if len(getattr(size, "alternatives", ())) > 1 or not getattr(size, "units", set()) <= set(TEXT_UNITS):
        yield Problem((*path, role), "chars, words, or both joined by 'and'", repr(str(size)))


def of_opaque(path: KeyPath, syntaxes: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with placeholder syntaxes, each of them and all together."""
    expected = f"one of {', '.join(SYNTAXES)} or a regular expression"
    faults = {syntax: fault for syntax in syntaxes if (fault := pattern_fault(syntax))}
    for syntax, fault in faults.items():
        yield Problem(path, expected, f"{syntax!r}: {fault}", nearest(syntax, tuple(SYNTAXES)))
    if syntaxes and not faults and (fault := pattern_fault(*syntaxes)):
        yield Problem(path, "fewer or simpler regular expressions", fault)
