"""Every key of the policy file: how its value is read, into which field, and what the reference says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from adslot import guards
from adslot.guards import Guard
from adslot.policy.declarations import MOST_SLOTS, ArticleOptions
from adslot.policy.file import forms
from adslot.policy.file.reader import Key, Reader
from adslot.policy.file.slot_keys import GIVEN, LAYOUT, NONE, SLOT
from adslot.policy.language.anchors import Anchor
from adslot.policy.problems import BOUNDS

_NO_LIMIT = "no limit"


def _bounded(name: str, words: str) -> forms.ValueType:
    least, most, _ = BOUNDS[name]
    return forms.number(least, most, words)


RULE: Mapping[str, Key] = {
    "name": Key(
        Reader.string,
        forms.NAMED,
        GIVEN,
        "the rule's name; it is part of the slots' ids",
        needed=True,
        instead="",
    ),
    "slot": Key(Reader.string, forms.NAMED, GIVEN, "the slot to place", needed=True, instead=""),
    "at": Key(
        Reader.anchors,
        forms.ANCHORS,
        "any gap between two blocks",
        "the places wanted, earlier ones in the list preferred",
        instead=(Anchor("start"),),
    ),
    "every": Key(
        Reader.rhythm,
        forms.RHYTHM,
        NONE,
        "one slot for so much story, instead of `at`: as near as it may to each multiple of it below the start or"
        f" `from_start`; `max` is {MOST_SLOTS} then, if it is not given",
    ),
    "within": Key(Reader.within, forms.MOVE, "not at all", "how far a slot may stand from its anchor; needs `at`"),
    "after": Key(Reader.terms, forms.BLOCKS, "any block", "which block stands directly above"),
    "before": Key(Reader.terms, forms.BLOCKS, "any block", "which block stands directly below"),
    "from_start": Key(Reader.distance, forms.DISTANCE, NONE, "at least so much story above"),
    "from_end": Key(Reader.distance, forms.DISTANCE, NONE, "at least so much story below"),
    "apart": Key(
        Reader.distance,
        forms.DISTANCE,
        NONE,
        "at least so much to every other slot of the same kind, existing ones included",
    ),
    "per_section": Key(
        Reader.integer,
        _bounded("per_section", "number, 1 or more"),
        _NO_LIMIT,
        "the most slots of this rule in one section",
    ),
    "min": Key(
        Reader.integer,
        _bounded("min", "number, 0 to `max`"),
        "`0`",
        "as many slots of this rule are wished for before anything optional is placed",
    ),
    "max": Key(
        Reader.integer,
        _bounded("max", f"number, 0 to {MOST_SLOTS}"),
        "`1`",
        "the most slots of this rule; 0 turns it off",
        instead=MOST_SLOTS,
    ),
    "rate": Key(Reader.rate, forms.RATE, _NO_LIMIT, "the most slots for the size of the article, beside `max`"),
    "prefer": Key(
        Reader.string,
        forms.PREFERENCE,
        '`"even"`',
        "how to choose among places that are all allowed: spread evenly, as near to the start or to the end as"
        " possible, or at the ends of sections",
    ),
    "priority": Key(
        Reader.integer,
        _bounded("priority", "number, 1 or more"),
        "`1`",
        "lower numbers are placed first, and later ones have to fit in",
    ),
    "stack": Key(
        Reader.boolean,
        forms.BOOLEAN,
        "`false`",
        "whether its slots may share a gap with those of other rules that may too",
    ),
    "min_article": Key(Reader.distance, forms.SIZE, NONE, "the rule is for articles of at least this size"),
    "max_article": Key(Reader.distance, forms.SIZE, NONE, "the rule is for articles of at most this size"),
    "min_section": Key(Reader.distance, forms.SIZE, NONE, "only in sections of at least this size"),
    "max_section": Key(Reader.distance, forms.SIZE, NONE, "only in sections of at most this size"),
    "instead_of": Key(
        Reader.strings,
        forms.RULES,
        NONE,
        "only where none of these rules, of an earlier `priority`, has placed anything, nor an editor a slot of theirs",
    ),
    "guards": Key(
        Reader.switches,
        forms.SWITCHES,
        "those of the policy",
        "what is other for this rule, as a table of the keys of `[guards]`",
    ),
    "min_relevance": Key(
        Reader.integer,
        _bounded("min_relevance", "number, 0 to 1000"),
        "`0`",
        "a teaser shows no article whose relevance to its section is less, in thousandths",
    ),
}
_IN_ORDER = "where the order matters: `above` stands higher on the page"
# A spacing has `between`, or `above` and `below`: what is missing together is reported by `adslot.policy.layers`.
SPACING: Mapping[str, Key] = {
    "between": Key(Reader.two_terms, forms.TWO_TERMS, "", "the two things, in either order", stays=True),
    "above": Key(Reader.terms, forms.TERMS, "", _IN_ORDER, stays=True),
    "below": Key(Reader.terms, forms.TERMS, "", _IN_ORDER, stays=True),
    "min": Key(Reader.distance, forms.DISTANCE, GIVEN, "at least so much between them"),
    "unless": Key(Reader.terms, forms.NO_SLOTS, NONE, "nothing is asked where such a block stands between the two"),
    "unless_at": Key(
        Reader.terms,
        forms.BLOCKS,
        NONE,
        "nothing is asked of a slot that such a block stands directly above or below of: of the lower slot, or where"
        " no slot is named below, of the upper one; with `between` of the lower one only",
    ),
    "from": Key(
        Reader.integer,
        forms.number(1, words="number, 1 or more"),
        "`1`",
        "nothing is asked before so many things of `above` precede the lower one",
        field="from_count",
    ),
}


def _limit(doc: str) -> Key:
    return Key(Reader.integer, forms.number(0), _NO_LIMIT, doc)


LIMITS: Mapping[str, Key] = {
    "ads": _limit("the most slots of the kind on the page"),
    "teasers": _limit("the most slots of the kind on the page"),
    "promos": _limit("the most slots of the kind on the page"),
    "slots": _limit("the most slots of all kinds"),
    "ads_per_section": _limit("the most ads in one section"),
}


def _guard(guard: Guard) -> Key:
    return Key(Reader.boolean, forms.BOOLEAN, f"`{str(guard.default).lower()}`", guard.docs)


GUARDS: Mapping[str, Key] = {guard.name: _guard(guard) for guard in guards.GUARDS.values()}
ARTICLE: Mapping[str, Key] = {
    "body": Key(Reader.selector, forms.SELECTOR, "found by adslot", "the element that holds the story"),
    "lead": Key(Reader.selector, forms.SELECTOR, "found by adslot", "the standfirst"),
    "language": Key(
        Reader.string,
        forms.LANGUAGE,
        "the page's `<html lang>`",
        "the language of the article, as `<html lang>` has it: `de`, `en-GB`; the labels of ads are checked for it",
    ),
    "short": Key(
        Reader.short,
        forms.SHORT,
        f'`"{ArticleOptions().short} chars"`',
        "a paragraph with fewer characters is a `short-paragraph`; those of Chinese, Japanese and Korean count twice",
    ),
    "ads": Key(Reader.selectors, forms.SELECTORS, NONE, "elements that are ads, beside those that adslot recognises"),
    "atomic": Key(Reader.selectors, forms.SELECTORS, NONE, "elements that are one block, whatever they hold"),
    "open": Key(
        Reader.selectors,
        forms.SELECTORS,
        NONE,
        "elements to be looked through, although they would be one block",
    ),
    "opaque": Key(
        Reader.opaque,
        forms.TEXTS,
        NONE,
        'placeholders that are never cut: `"jinja"`, `"php"`, `"shortcode"`, or regular expressions',
    ),
    "headings": Key(
        Reader.selectors, forms.SELECTORS, NONE, "elements that are headings, beside those that adslot recognises"
    ),
    "skip": Key(
        Reader.selectors, forms.SELECTORS, NONE, "elements that are not the story, beside those that adslot recognises"
    ),
    "keep": Key(
        Reader.selectors, forms.SELECTORS, NONE, "elements that are the story, although adslot would leave them out"
    ),
    "sizes": Key(
        Reader.role_sizes,
        forms.ROLE_SIZES,
        NONE,
        "what blocks of roles without text count in distances, rates and shares: a table of roles, each with chars,"
        " words or both",
    ),
    "existing": Key(
        Reader.string,
        forms.EXISTING_ADS,
        '`"count"`',
        "what the page's own ads and teasers are to distances and limits",
    ),
}
TABLES: Mapping[str, Mapping[str, Key]] = {
    "layouts": LAYOUT,
    "slots": SLOT,
    "rules": RULE,
    "spacing": SPACING,
    "limits": LIMITS,
    "article": ARTICLE,
    "guards": GUARDS,
}


def default_of(value: attrs.AttrsInstance, field: str) -> Any:
    """What a field of *value* is where nobody says it; that may depend on other fields."""
    default: Any = attrs.fields_dict(type(value))[field].default
    return default.factory(value) if getattr(default, "takes_self", False) else default


def field_of(name: str, key: Key) -> str:
    """The field that the key of this *name* is read into."""
    return key.field or name.replace("-", "_")
