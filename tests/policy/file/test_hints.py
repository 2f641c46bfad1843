"""Tables in the wrong form, and keys in the wrong part: the problem says what would be right."""

from __future__ import annotations

import pytest

from adslot import loads
from tests.problems import problems_in

SLOT = '[slots.a]\nkind = "promo"\n'


@pytest.mark.parametrize(
    "text, path, hint",
    [
        ('[rules]\nname = "in-text"\nslot = "a"', "rules", "[[rules]]"),
        ('[rules.in-text]\nslot = "a"', "rules", "[[rules]]"),
        ('[spacing]\nbetween = ["ad", "ad"]\nmin = "1 block"', "spacing", "[[spacing]]"),
        ("[cases]\nwhen = { a = 1 }", "cases", "[[cases]]"),
        ('[[cases]]\nwhen = { a = 1 }\n[cases.rules]\nname = "x"', "cases[0].rules", "[[cases.rules]]"),
        ('[[slots]]\nname = "a"\nkind = "ad"', "slots", "[slots.NAME]"),
        ('[[slots.a]]\nkind = "ad"', "slots.a", "[slots.a]"),
        ('[slots]\nkind = "ad"', "slots.kind", "[slots.NAME]"),
        ("[[layouts]]\nmin_width = 0", "layouts", "[layouts.NAME]"),
        ("[[limits]]\nads = 2", "limits", "[limits]"),
        ("[[guards]]\ntail = false", "guards", "[guards]"),
        ('[[article]]\nbody = "main"', "article", "[article]"),
        ("[[cases]]\nwhen = { a = 1 }\nlimits = [{ ads = 2 }]", "cases[0].limits", "[cases.limits]"),
        (f'{SLOT}[[rules]]\nname = "x"\nslot = "a"\nwhen = {{ a = 1 }}', "rules[0].when", "[[cases]]"),
        ("when = { a = 1 }", "when", "[[cases]]"),
        ("rules = 3", "rules", None),
        ("limits = 3", "limits", None),
        ("slots = 3", "slots", None),
        ('slots = { anzeige = "ad" }', "slots.anzeige", None),
        ("[[cases]]\nwhen = { a = 1 }\nrules = ['x']", "cases[0].rules[0]", None),
    ],
)
def test_the_right_form_of_a_table_is_told(text, path, hint):
    """As TOML writes its header; nothing where no table was meant."""
    assert (path, hint) in [(problem.path, problem.hint) for problem in problems_in(loads, text)]
