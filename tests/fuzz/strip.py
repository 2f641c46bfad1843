"""Taking slots out of any text: what cannot be a slot stays, and nothing is left to take out."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from adslot import strip
from tests.fuzz import pages

_LOOKS_OWN = re.compile(r"<(?:aside|div|section)[^a-z]", re.I)


def bounds_of_slots(text: str) -> tuple[int, int] | None:
    """Between where and where in *text* own slots could stand; None where no tag could be that of one."""
    first = _LOOKS_OWN.search(text)
    if first is None or "data-adslot-rule" not in text.lower():
        return None
    return first.start(), max(text.rfind(">") + 1, first.start())


@given(pages.pages, st.sampled_from(["auto", "page", "fragment"]))
def law(text, mode):
    """Laws 1 and 2 of what others have written."""
    bare = strip(text, mode=mode)
    assert strip(bare, mode=mode) == bare
    bounds = bounds_of_slots(text)
    if bounds is None:
        assert bare is text
        return
    start, end = bounds
    assert bare.startswith(text[:start])
    assert bare.endswith(text[end:])
    assert len(bare) >= start + len(text) - end
