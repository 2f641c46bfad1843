"""What is legal in a policy and yet probably unintended: rules that can place nothing in any story, ads that nothing keeps apart, roles that `[article]` takes from elements, labels that sources disagree about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from adslot.errors import KeyPath, path_of
from adslot.policy.declarations import Rule
from adslot.policy.labels import doubt_of
from adslot.policy.language.anchors import Anchor
from adslot.policy.language.distance import Amount, Distance
from adslot.policy.language.html_names import ROLES_OF_TAGS
from adslot.policy.language.selectors import parsed
from adslot.policy.language.selectors.values import Name
from adslot.policy.language.terms import Term
from adslot.policy.layers import Parts
from adslot.policy.problems import names_slots
from adslot.policy.templates import names
from adslot.roles import GROUPS, KINDS, Role

_ENDS = (Anchor("start"), Anchor("end"))
# What these keys of `[article]` make of elements, whatever they are; of an element that several name, the first.
_MADE = {"ads": (Role.AD, "ads"), "atomic": (Role.BOX, "boxes"), "skip": (Role.BOX, "boxes")}


def warnings_of(parts: Parts) -> Iterator[str]:
    """A sentence for each, with its path. A rule with `max = 0` is turned off, and not doubted."""
    for index, rule in enumerate(parts.rules):
        if rule.max:
            path = path_of(("rules", index))
            yield from (f"{path}: {rule.name!r} {warning}" for warning in _of_rule(rule, parts))
    yield from _of_spacing(parts)
    yield from _of_lost_roles(parts)
    yield from _of_labels(parts)


def _of_rule(rule: Rule, parts: Parts) -> Iterator[str]:
    kind = _kind(rule, parts)
    yield from _of_limits(rule, kind, parts)
    yield from _of_sizes(rule)
    yield from _of_places(rule, after_heading=rule.guards.get("after_heading", parts.guards.after_heading))
    for end, key in zip(_ENDS, ("after", "before"), strict=True):
        if rule.at == (end,) and getattr(rule, key):
            yield f"asks with '{key}' for a block that there is none of at the {end.where}: it places all the same"
    yield from _of_ends(rule)
    if _share(rule.from_start) + _share(rule.from_end) > 100 and not rule.at:
        yield "can place nothing in a story of text: 'from_start' and 'from_end' leave none of it"
    for other in parts.rules:
        if _comes_first(other, rule, parts):
            yield f"can place nothing: rule {other.name!r} has the place first"
    if kind in KINDS and KINDS[kind].is_ad and rule.max > 1 and rule.apart is None and not _kept_apart(rule, parts):
        yield f"may place {rule.max} ads, and nothing keeps them apart"


def _of_limits(rule: Rule, kind: str, parts: Parts) -> Iterator[str]:
    for name in (*([KINDS[kind].limit] if kind in KINDS else ()), "slots"):
        if getattr(parts.limits, name) == 0:
            yield f"can place nothing: limits.{name} is 0"
    may_leave = any(anchor.what == "lead" or anchor.selector is not None for anchor in rule.at)
    if kind in KINDS and KINDS[kind].is_ad and parts.limits.ads_per_section == 0 and not may_leave:
        yield "can place nothing: limits.ads_per_section is 0"


def _of_sizes(rule: Rule) -> Iterator[str]:
    """What is to be at least so large, and smaller than that."""
    for thing in ("article", "section"):
        least, most = _amount(getattr(rule, f"min_{thing}")), _amount(getattr(rule, f"max_{thing}"))
        if least and most and least.unit == most.unit and least.number > most.number:
            yield f"can place nothing: 'min_{thing}' is more than 'max_{thing}'"


def _amount(distance: Distance | None) -> Amount | None:
    """The one amount that a distance is, if it is one."""
    match distance and distance.alternatives:
        case ((amount,),):
            return amount
    return None


def _of_places(rule: Rule, *, after_heading: bool) -> Iterator[str]:
    """Where the block beside a gap would have to be two things at once, or one that a guard forbids."""
    above = _roles(rule.after)
    if rule.at:
        anchored = {anchor.where: _anchored(rule, anchor.where) for anchor in rule.at}
        for where, key in (("after", rule.after), ("before", rule.before)):
            asked, found = _roles(key), anchored.get(where)
            if asked is not None and found is not None and not asked & found:
                yield f"can place nothing: 'at' and '{where}' name different blocks"
        above = anchored.get("after")
    if after_heading and above and above <= GROUPS["headings"]:
        yield "can place nothing: it stands below headings only, and the guard after-heading is on"


def _of_ends(rule: Rule) -> Iterator[str]:
    """Ends of the story as the only places, from which the rule asks to be away."""
    keys = {"start": "from_start", "end": "from_end"}
    asked = [
        keys[anchor.where] for anchor in rule.at if anchor in _ENDS and _is_away(getattr(rule, keys[anchor.where]))
    ]
    if asked and len(asked) == len(rule.at) and rule.within is None:
        told = " and ".join(f"'{key}'" for key in dict.fromkeys(asked))
        yield f"can place nothing: {told} {'keeps' if len(set(asked)) == 1 else 'keep'} it away from where 'at' wants it"


def _is_away(distance: Distance | None) -> bool:
    """Whether *distance* is never none at all; a share is none of a story without text."""
    return distance is not None and all(
        any(amount.number and amount.unit != "%" for amount in every) for every in distance.alternatives
    )


def _anchored(rule: Rule, where: str) -> frozenset[Role] | None:
    """The roles of the blocks that every anchor of *rule* is directly *where* of; None if that is not said."""
    if rule.within is not None or any(anchor.where != where or anchor.what is None for anchor in rule.at):
        return None
    return _roles(Term(anchor.what, anchor.selector) for anchor in rule.at)


def _roles(terms: Iterable[Term]) -> frozenset[Role] | None:
    """The roles of the blocks that *terms* name; None if they name none, or not by their roles."""
    found: set[Role] = set()
    for term in terms:
        if term.name in GROUPS:
            found |= GROUPS[term.name]
        elif term.css is None and term.name in set(Role):
            found.add(Role(term.name))
        else:
            return None
    return frozenset(found) or None


def _share(distance: Distance | None) -> int:
    """The per cent of the story that *distance* takes at the least."""
    if distance is None:
        return 0
    return min(max([a.number for a in every if a.unit == "%"], default=0) for every in distance.alternatives)


def _comes_first(other: Rule, rule: Rule, parts: Parts) -> bool:
    """Whether *other* takes the one place of *rule* whenever that would be free, as it is asked no more than *rule*."""
    return (
        other.priority < rule.priority
        and other.max > 0
        and other.at == rule.at
        and len(rule.at) == 1
        and rule.at[0] in _ENDS
        and _kind(other, parts) == _kind(rule, parts)
        and parts.guards.adjacent
        and not (other.stack and rule.stack)
        and not any((other.from_start, other.from_end, other.apart, other.rate, other.min_relevance))
        and other.min_article is other.max_article is other.min_section is other.max_section is None
        and not any((other.instead_of, other.guards, rule.guards))
        and parts.limits.ads_per_section is None
        and not any(term.slot or term.rule for entry in parts.spacing for term in (*entry.above, *entry.below))
    )


def _kept_apart(rule: Rule, parts: Parts) -> bool:
    """Whether a spacing between ads holds for the rule, or its anchors name places one by one."""
    if rule.at and all(anchor.is_single and anchor.number is not None for anchor in rule.at):
        return True
    own = {Term("ad"), Term(slot=rule.slot), Term(rule=rule.name)}
    return any(not own.isdisjoint(entry.above) and not own.isdisjoint(entry.below) for entry in parts.spacing)


def _kind(rule: Rule, parts: Parts) -> str:
    return next(slot.kind for slot in parts.slots if slot.name == rule.slot)


def _of_spacing(parts: Parts) -> Iterator[str]:
    """Spacings between things that are no slots: these stand where they stand."""
    for index, spacing in enumerate(parts.spacing):
        if not any(map(names_slots, (*spacing.above, *spacing.below))):
            kinds = ", ".join(KINDS)
            yield f"{path_of(('spacing', index))}: asks nothing of anything: neither side names slots ({kinds}, slot(…), rule(…))"


def _of_lost_roles(parts: Parts) -> Iterator[str]:
    """Terms with the role that elements have by their name, where `[article]` gives all these elements another one."""
    lost = _lost_roles(parts)
    for path, terms in _uses(parts) if lost else ():
        for tag, key in lost.items():
            (role, made), was = _MADE[key], ROLES_OF_TAGS[tag]
            if Term(was) in terms and not any(_names(term, tag, role) for term in terms):
                # An `unless` takes no kinds of slots.
                instead = f"'css({tag})'" if path[-1] == "unless" and role in KINDS else f"'{role}' or 'css({tag})'"
                yield f"{path_of(path)}: no <{tag}> is a '{was}', as article.{key} makes {made} of them: write {instead}"


def _of_labels(parts: Parts) -> Iterator[str]:
    """Labels of ads that law and network disagree about; what markup of the policy's own shows is not known."""
    for slot in parts.slots:
        if not slot.is_ad or slot.label_as_is or slot.html or slot.template not in names():
            continue
        if doubt := doubt_of(slot.label, parts.article.language, slot.template):
            yield f"{path_of(('slots', slot.name, 'label'))}: {doubt}"


def _lost_roles(parts: Parts) -> Mapping[str, str]:
    """The names of elements that a key of `[article]` makes something else of, wherever they stand, and the key."""
    article, found = parts.article, dict[str, str]()
    kept = {tag for css in (*article.open, *article.headings) for tag in _tags(css)}
    for key in _MADE:
        for tag in (tag for css in getattr(article, key) for tag in _tags(css)):
            if tag in ROLES_OF_TAGS and tag not in kept:
                found.setdefault(tag, key)
    return found


def _tags(css: str) -> Iterator[str]:
    """The names of elements that a selector matches whatever else they are."""
    for selector in parsed(css):
        tests = selector.compounds[0].tests if len(selector.compounds) == 1 else ()
        if len(tests) == 1 and isinstance(tests[0], Name):
            yield tests[0].names[0].lower()


def _names(term: Term, tag: str, role: Role) -> bool:
    """Whether *term* names elements of this *tag* that have another *role* now."""
    if term.css is not None:
        return tag in _tags(term.css)
    return term.name == role or role in GROUPS.get(term.name or "", ())


def _uses(parts: Parts) -> Iterator[tuple[KeyPath, tuple[Term, ...]]]:
    """The terms of rules and spacings, those of anchors too, and where they stand."""
    for index, rule in enumerate(parts.rules):
        if rule.max:
            yield ("rules", index, "at"), tuple(Term(anchor.what, anchor.selector) for anchor in rule.at)
            yield ("rules", index, "after"), rule.after
            yield ("rules", index, "before"), rule.before
    for index, spacing in enumerate(parts.spacing):
        yield ("spacing", index, "between" if spacing.either else "above"), spacing.above
        yield ("spacing", index, "between" if spacing.either else "below"), spacing.below
        yield ("spacing", index, "unless"), spacing.unless
        yield ("spacing", index, "unless_at"), spacing.unless_at
