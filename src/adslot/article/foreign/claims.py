"""Which roles an element's names, class and id first of all, claim for it."""

from __future__ import annotations

import attrs

from adslot.article.foreign import ads, boxes, teasers
from adslot.article.words.class_names import spell
from adslot.kept import kept, size_of_text
from adslot.roles import Role


@attrs.frozen
class Claim:
    """A role that a name speaks for, and the most prose (code points outside links) that it can bear."""

    role: Role
    most_prose: int


AD = Claim(Role.AD, 300)
TEASER = Claim(Role.TEASER, 600)
# Information boxes and authors' cards hold a few paragraphs; a share bar does not.
ASIDE = Claim(Role.BOX, 1300)
WIDGET = Claim(Role.BOX, 300)
_CLAIMS = ((AD, ads.MARKS), (TEASER, teasers.MARKS), (ASIDE, boxes.ASIDES), (WIDGET, boxes.WIDGETS))

# Attributes beside class and id whose values name things in the same way.
NAMING = ("aria-label", "data-component", "data-testid", "data-type", "data-area")


@kept(megabytes=1, size=size_of_text)
def claims(names: str) -> tuple[Claim, ...]:
    """What class names and ids claim, the most telling first."""
    spelled = ads.STATES.sub("", spell(names))
    return tuple(claim for claim, marks in _CLAIMS if marks.search(spelled))
