"""The heights that are reserved for slots, as a style for their boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adslot.policy.policy import Policy
from adslot.policy.slots import Slot, in_order


def layouts(policy: Policy) -> Sequence[str]:
    """The layouts in which slots have heights of their own, the widest first."""
    is_own = any(not isinstance(slot.height, int | None) for slot in policy.slots)
    return [layout.name for layout in reversed(in_order(policy.layouts))] if is_own else []


def heights(policy: Policy) -> str:
    """The style that gives each slot its height, in the layout that is looked at.

    >>> heights(Policy([Slot("anzeige", kind="ad", label="Anzeige", height=274)]))
    '.box[data-slot="anzeige"] { block-size: 274px; }\\n'
    """
    return "".join(line for slot in policy.slots for line in _of_slot(slot, layouts(policy)))


def _of_slot(slot: Slot, names: Sequence[str]) -> Iterator[str]:
    box = f'.box[data-slot="{slot.name}"]'
    if isinstance(slot.height, int):
        yield f"{box} {{ block-size: {slot.height}px; }}\n"
        return
    for name in names:
        if (height := slot.height_in(name)) is not None:
            yield f'[data-layout="{name}"] {box} {{ block-size: {height}px; }}\n'


def told(slot: Slot) -> str:
    """What is reserved for a slot, in words.

    >>> told(Slot("anzeige", kind="ad", height={"mobile": 120, "desktop": 250})), told(Slot("folgen", kind="promo"))
    ('mobile 120 px, desktop 250 px', 'no height reserved')
    """
    if slot.height is None:
        return "no height reserved"
    if isinstance(slot.height, int):
        return f"{slot.height} px"
    return ", ".join(f"{name} {each} px" for name, each in slot.height.items())
