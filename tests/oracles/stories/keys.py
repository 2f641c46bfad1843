"""Which keys of the policy language the adslot that is judged knows, each tried once, and what is not asked of it."""

from __future__ import annotations

import adslot

_SLOTS = """
[slots.ad]
kind = "ad"
label = "Anzeige"
[slots.promo]
kind = "promo"
html = "<b>Folgen</b>"
"""
_RULE = '[[rules]]\nname = "r"\nslot = "ad"\napart = "1 block"\n'
_LATER = '[[rules]]\nname = "s"\nslot = "promo"\npriority = 2\n'
_SPACING = '[[spacing]]\nabove = "ad"\nbelow = "figure"\nmin = "1 block"\n'

# What a policy may say since some release, and the least policy that says it.
TRIALS = {
    "every": _RULE + 'every = "80 chars"',
    "after every": _RULE + 'at = "after every 2 paragraphs from 1"',
    "share of a unit": _RULE + 'at = "33% of paragraphs"',
    "unless_at": _SPACING + 'unless_at = "heading"',
    "min_section": _RULE + 'min_section = "2 blocks"',
    "max_section": _RULE + 'max_section = "2 blocks"',
    "ads_per_section": "[limits]\nads_per_section = 1",
    "instead_of": _RULE + _LATER + 'instead_of = "r"',
    "not": _RULE + 'after = "not(figure)"',
    "guards of a rule": _RULE + "guards = { tail = false }",
    "sizes": '[article]\nsizes = { figure = "70 chars" }',
}


def _is_known(text: str) -> bool:
    try:
        adslot.loads(_SLOTS + text)
    except adslot.PolicyError:
        return False
    return True


KNOWN = frozenset(key for key, text in TRIALS.items() if _is_known(text))
UNKNOWN = tuple(key for key in TRIALS if key not in KNOWN)

# Where adslot and its reference disagree, or the reference says nothing: stories and policies keep away from it. What is
# settled is taken from here, and is judged from then on.
OPEN: frozenset[str] = frozenset()
