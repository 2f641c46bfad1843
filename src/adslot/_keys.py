"""Every key of the policy file: how its value is read, and into which field."""

from __future__ import annotations

from collections.abc import Mapping

from adslot._faults import MOST_SLOTS
from adslot._reader import Key, Reader
from adslot.terms import Anchor

SLOT: Mapping[str, Key] = {
    "kind": Key(Reader.string, needed=True, instead="promo"),  # of which the least is asked
    "label": Key(Reader.string),
    "label_as_is": Key(Reader.boolean, instead=True),
    "html": Key(Reader.string),
    "items": Key(Reader.integer),
    "tag": Key(Reader.string),
    "height": Key(Reader.integer),
    "attributes": Key(Reader.string_pairs),
}
RULE: Mapping[str, Key] = {
    "name": Key(Reader.string, needed=True, instead=""),
    "slot": Key(Reader.string, needed=True, instead=""),
    "at": Key(Reader.anchors, instead=(Anchor("start"),)),
    "within": Key(Reader.within),
    "after": Key(Reader.terms),
    "before": Key(Reader.terms),
    "from_start": Key(Reader.distance),
    "from_end": Key(Reader.distance),
    "apart": Key(Reader.distance),
    "per_section": Key(Reader.integer),
    "min": Key(Reader.integer),
    "max": Key(Reader.integer, instead=MOST_SLOTS),
    "rate": Key(Reader.rate),
    "prefer": Key(Reader.string),
    "priority": Key(Reader.integer),
    "stack": Key(Reader.boolean),
    "min_article": Key(Reader.distance),
}
# A spacing has `between`, or `above` and `below`: what is missing together is told by `config`.
SPACING: Mapping[str, Key] = {
    "between": Key(Reader.two_terms),
    "above": Key(Reader.terms),
    "below": Key(Reader.terms),
    "min": Key(Reader.distance),
    "unless": Key(Reader.terms),
    "from": Key(Reader.integer, field="from_count"),
}
LIMITS: Mapping[str, Key] = {
    "ads": Key(Reader.integer),
    "teasers": Key(Reader.integer),
    "promos": Key(Reader.integer),
    "slots": Key(Reader.integer),
}
GUARDS: Mapping[str, Key] = {
    "after-heading": Key(Reader.boolean),
    "list-intro": Key(Reader.boolean),
    "caption": Key(Reader.boolean),
    "tail": Key(Reader.boolean),
    "adjacent": Key(Reader.boolean),
    "float": Key(Reader.boolean),
}
ARTICLE: Mapping[str, Key] = {
    "body": Key(Reader.selector),
    "lead": Key(Reader.selector),
    "language": Key(Reader.string),
    "short": Key(Reader.short),
    "ads": Key(Reader.selectors),
    "atomic": Key(Reader.selectors),
    "open": Key(Reader.selectors),
    "opaque": Key(Reader.opaque),
}
TABLES: Mapping[str, Mapping[str, Key]] = {
    "slots": SLOT,
    "rules": RULE,
    "spacing": SPACING,
    "limits": LIMITS,
    "article": ARTICLE,
    "guards": GUARDS,
}
