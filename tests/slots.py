"""Own slots as adslot writes them, for pages that tests make by hand."""

from __future__ import annotations

import re
from itertools import count

LABEL = '<div class="adslot-label">Anzeige</div>'


def own(
    slot: str = "a", rule: str = "b", content: str = LABEL, *, kind: str = "ad", tag: str = "aside", number: int = 1
) -> str:
    """A slot of a rule."""
    return f"{opened(slot, rule, kind=kind, tag=tag, number=number)}{content}</{tag}>"


def opened(slot: str = "a", rule: str = "b", *, kind: str = "ad", tag: str = "aside", number: int = 1) -> str:
    """The start tag of a slot."""
    marks = f'data-adslot="{slot}" data-adslot-rule="{rule}"'
    return f'<{tag} class="adslot adslot-{kind}" {marks} id="adslot-{rule}-{number}">'


def numbered(html: str) -> str:
    """*html* with the slots of number 1 numbered as they follow, so that each has an id of its own."""
    numbers = count(1)
    return re.sub(r'(id="adslot-[\w.-]+-)1"', lambda found: f'{found[1]}{next(numbers)}"', html)
