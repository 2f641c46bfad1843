"""The keys of slots and layouts: how their values are read, and what the reference says of them."""

from __future__ import annotations

from collections.abc import Mapping

from adslot.policy.file import forms
from adslot.policy.file.reader import Key, Reader
from adslot.policy.slot_problems import MOST_ITEMS
from adslot.policy.templates import PLAIN
from adslot.roles import HEIGHT_MARK

GIVEN, NONE = "must be given", "none"

SLOT: Mapping[str, Key] = {
    # Of a promo the least is asked.
    "kind": Key(
        Reader.string, forms.KIND, GIVEN, "what the slot is to distances and limits", needed=True, instead="promo"
    ),
    "label": Key(
        Reader.string,
        forms.TEXT,
        NONE,
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
    "html": Key(Reader.string, forms.TEXT, NONE, "the content of an ad or a promo, as it is"),
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
        Reader.sizes, forms.SIZES, NONE, "sizes of the ad in px, for templates that ask for them; also by layout"
    ),
    "tag": Key(Reader.string, forms.TAG, '`"aside"`', "the root element"),
    "height": Key(
        Reader.height,
        forms.HEIGHT,
        NONE,
        "pixels to reserve, label included; also by layout. `adslot css` makes rules of it, and a single number is"
        f" written as `{HEIGHT_MARK}`",
    ),
    "attributes": Key(
        Reader.string_pairs,
        forms.PAIRS,
        NONE,
        "further attributes of the root element; not `id` and not adslot's own two",
    ),
    "consent": Key(
        Reader.string_pairs,
        forms.PAIRS,
        NONE,
        "what loads an ad waits until a consent manager starts it, which knows it by these attributes",
    ),
    "skip": Key(
        Reader.strings,
        forms.SKIP,
        NONE,
        "who shall pass over the slot: voices that read pages out (`speech`), snippets of search engines (`snippets`)",
    ),
}
LAYOUT: Mapping[str, Key] = {
    "min_width": Key(
        Reader.integer,
        forms.number(0, words="number, 0 or more"),
        GIVEN,
        "the least width of a screen in px that the layout is for; it reaches up to the next one",
        needed=True,
        instead=0,
    ),
}
