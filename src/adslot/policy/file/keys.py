"""Every key of the policy file: how its value is read, into which field, and what the reference says of it."""

from __future__ import annotations

from collections.abc import Mapping

from adslot import guards
from adslot.guards import Guard
from adslot.policy.file import forms
from adslot.policy.file.reader import Key, Reader
from adslot.policy.language.terms import Anchor
from adslot.policy.problems import BOUNDS, MOST_SLOTS
from adslot.policy.slot_problems import MOST_ITEMS
from adslot.policy.templates import PLAIN
from adslot.roles import HEIGHT_MARK

_GIVEN, _NONE, _NO_LIMIT = "must be given", "none", "no limit"


def _bounded(name: str, words: str) -> forms.ValueType:
    least, most, _ = BOUNDS[name]
    return forms.number(least, most, words)


SLOT: Mapping[str, Key] = {
    # Of a promo the least is asked.
    "kind": Key(
        Reader.string, forms.KIND, _GIVEN, "what the slot is to distances and limits", needed=True, instead="promo"
    ),
    "label": Key(
        Reader.string,
        forms.TEXT,
        _NONE,
        "visible text at the top, and the slot's `aria-label`; an ad must have one that is accepted in the policy's"
        " language",
    ),
    "label_as_is": Key(
        Reader.boolean,
        forms.BOOLEAN,
        "`false`",
        "take the label of an ad as it is, one of your own or none at all",
        instead=True,
    ),
    "html": Key(Reader.string, forms.TEXT, _NONE, "the content of an ad or a promo, as it is"),
    "items": Key(
        Reader.integer,
        forms.number(1, MOST_ITEMS, f"number, 1 to {MOST_ITEMS}"),
        "`1`",
        "how many articles a teaser may show; a list, where that is more than one",
    ),
    "template": Key(
        Reader.string,
        forms.TEMPLATE,
        f'`"{PLAIN}"`',
        "what writes the content: a built-in template, a file beside the policy, or the template itself",
    ),
    "label_in": Key(
        Reader.string,
        forms.LABEL_IN,
        '`"slot"`',
        'who writes the visible label: adslot, or with `"template"` the template',
    ),
    "sizes": Key(
        Reader.sizes, forms.SIZES, _NONE, "sizes of the ad in px, for templates that ask for them; also by layout"
    ),
    "tag": Key(Reader.string, forms.TAG, '`"aside"`', "the root element"),
    "height": Key(
        Reader.height,
        forms.HEIGHT,
        _NONE,
        "pixels to reserve, label included; also by layout. `adslot css` makes rules of it, and a single number is"
        f" written as `{HEIGHT_MARK}`",
    ),
    "attributes": Key(
        Reader.string_pairs,
        forms.PAIRS,
        _NONE,
        "further attributes of the root element; not `id` and not adslot's own two",
    ),
    "skip": Key(
        Reader.strings,
        forms.SKIP,
        _NONE,
        "who shall pass over the slot: voices that read pages out (`speech`), snippets of search engines (`snippets`)",
    ),
}
RULE: Mapping[str, Key] = {
    "name": Key(
        Reader.string,
        forms.NAMED,
        _GIVEN,
        "the rule's name; it is part of the slots' ids",
        needed=True,
        instead="",
    ),
    "slot": Key(Reader.string, forms.NAMED, _GIVEN, "the slot to place", needed=True, instead=""),
    "at": Key(
        Reader.anchors,
        forms.ANCHORS,
        "any gap between two blocks",
        "the places wanted, earlier ones in the list preferred",
        instead=(Anchor("start"),),
    ),
    "within": Key(Reader.within, forms.MOVE, "not at all", "how far a slot may stand from its anchor; needs `at`"),
    "after": Key(Reader.terms, forms.BLOCKS, "any block", "which block stands directly above"),
    "before": Key(Reader.terms, forms.BLOCKS, "any block", "which block stands directly below"),
    "from_start": Key(Reader.distance, forms.DISTANCE, _NONE, "at least so much story above"),
    "from_end": Key(Reader.distance, forms.DISTANCE, _NONE, "at least so much story below"),
    "apart": Key(
        Reader.distance,
        forms.DISTANCE,
        _NONE,
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
    "min_article": Key(Reader.distance, forms.SIZE, _NONE, "the rule is for articles of at least this size"),
    "max_article": Key(Reader.distance, forms.SIZE, _NONE, "the rule is for articles of at most this size"),
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
    "min": Key(Reader.distance, forms.DISTANCE, _GIVEN, "at least so much between them"),
    "unless": Key(Reader.terms, forms.NO_SLOTS, _NONE, "nothing is asked where such a block stands between the two"),
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
}


def _guard(guard: Guard) -> Key:
    return Key(Reader.boolean, forms.BOOLEAN, f"`{str(guard.default).lower()}`", guard.docs)


GUARDS: Mapping[str, Key] = {guard.name: _guard(guard) for guard in guards.GUARDS.values()}
ARTICLE: Mapping[str, Key] = {
    "body": Key(Reader.selector, forms.SELECTOR, "found by adslot", "the element that holds the story"),
    "lead": Key(Reader.selector, forms.SELECTOR, "found by adslot", "the standfirst"),
    "language": Key(Reader.string, forms.TEXT, "the page's `<html lang>`", "the language of the article"),
    "short": Key(
        Reader.short,
        forms.SHORT,
        '`"40 chars"`',
        "a paragraph with fewer characters is a `short-paragraph`; those of Chinese, Japanese and Korean count twice",
    ),
    "ads": Key(Reader.selectors, forms.SELECTORS, _NONE, "elements that are ads, beside those that adslot recognises"),
    "atomic": Key(Reader.selectors, forms.SELECTORS, _NONE, "elements that are one block, whatever they hold"),
    "open": Key(
        Reader.selectors,
        forms.SELECTORS,
        _NONE,
        "elements to be looked through, although they would be one block",
    ),
    "opaque": Key(
        Reader.opaque,
        forms.TEXTS,
        _NONE,
        'placeholders that are never cut: `"jinja"`, `"php"`, `"shortcode"`, or regular expressions',
    ),
    "headings": Key(
        Reader.selectors, forms.SELECTORS, _NONE, "elements that are headings, beside those that adslot recognises"
    ),
    "skip": Key(
        Reader.selectors, forms.SELECTORS, _NONE, "elements that are not the story, beside those that adslot recognises"
    ),
    "keep": Key(
        Reader.selectors, forms.SELECTORS, _NONE, "elements that are the story, although adslot would leave them out"
    ),
    "existing": Key(
        Reader.string,
        forms.EXISTING_ADS,
        '`"count"`',
        "what the page's own ads and teasers are to distances and limits",
    ),
}
LAYOUT: Mapping[str, Key] = {
    "min_width": Key(
        Reader.integer,
        forms.number(0, words="number, 0 or more"),
        _GIVEN,
        "the least width of a screen in px that the layout is for; it reaches up to the next one",
        needed=True,
        instead=0,
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


def field_of(name: str, key: Key) -> str:
    """The field that the key of this *name* is read into."""
    return key.field or name.replace("-", "_")
