"""The stylesheet of a policy: heights are reserved before anything arrives, and each screen shows its layout's parts.

With it comes a look (`look.css`), which any rule of the site overrules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest

from adslot.packed import text_in
from adslot.policy.policy import Policy
from adslot.policy.slots import Layout, Slot, in_order
from adslot.roles import MARK, RULE_MARK

# The height of a label in px, as theguardian.com has it; heights of slots include it.
LABEL_HEIGHT = 24

_OWN = f"[{MARK}][{RULE_MARK}]"
_HEAD = f"""\
/* The heights of slots are reserved, so that nothing moves when their content arrives. Written by `adslot css`. */
{_OWN} {{ box-sizing: border-box; }}
{_OWN} .adslot-image {{ max-width: 100%; height: auto; }}
{_OWN} iframe {{ vertical-align: bottom; }}
"""


def css(policy: Policy, *, look: bool = True) -> str:
    """The stylesheet for the slots of *policy*: it reserves their heights, and shows of each layout its own elements.

    Elements of the class `adslot-only-NAME` are shown in the layout of that name alone. With *look*, slots also get
    margins, greys and lines, which any rule of the site overrules; printed pages have no slots, and nothing of them
    moves for readers who do not want that. The text ends in a line break.

    >>> policy = Policy([Slot("anzeige", kind="ad", label="Anzeige", height=274)])
    >>> print(css(policy, look=False).partition("*/")[2].strip())
    [data-adslot][data-adslot-rule] { box-sizing: border-box; }
    [data-adslot][data-adslot-rule] .adslot-image { max-width: 100%; height: auto; }
    [data-adslot][data-adslot-rule] iframe { vertical-align: bottom; }
    [data-adslot="anzeige"][data-adslot-rule] { min-height: 274px; }
    [data-adslot="anzeige"][data-adslot-rule] > .adslot-label { display: block; height: 24px; line-height: 24px; }
    """
    layouts = in_order(policy.layouts)
    parts = [_HEAD, _look() if look else "", *_heights(policy.slots), *_by_layout(policy.slots, layouts)]
    return "".join(parts)


@cache
def _look() -> str:
    return text_in(str(__package__), "look.css")


def _heights(slots: Sequence[Slot]) -> Iterator[str]:
    for slot in slots:
        if isinstance(slot.height, int):
            yield f"{_selector(slot)} {{ min-height: {slot.height}px; }}\n"
        if slot.height is not None and slot.label and slot.label_in == "slot":
            height = f"height: {LABEL_HEIGHT}px; line-height: {LABEL_HEIGHT}px"
            yield f"{_selector(slot)} > .adslot-label {{ display: block; {height}; }}\n"


def _by_layout(slots: Sequence[Slot], layouts: Sequence[Layout]) -> Iterator[str]:
    for layout, wider in zip_longest(layouts, layouts[1:]):
        rules = list(_of_layout(slots, layout, layouts))
        if rules:
            inner = "".join(f"  {rule}\n" for rule in rules)
            yield f"@media {_screens(layout, wider)} {{\n{inner}}}\n"


def _of_layout(slots: Sequence[Slot], layout: Layout, layouts: Sequence[Layout]) -> Iterator[str]:
    for slot in slots:
        if not isinstance(slot.height, int | None) and (height := slot.height_in(layout.name)) is not None:
            yield f"{_selector(slot)} {{ min-height: {height}px; }}"
    others = ", ".join(f".adslot-only-{_escaped(other.name)}" for other in layouts if other is not layout)
    if others:
        yield f"{others} {{ display: none; }}"


def _screens(layout: Layout, wider: Layout | None) -> str:
    """The media query of the screens of *layout*. Widths may be fractions: no screen is of two layouts."""
    least = f"(min-width: {layout.min_width}px)"
    return least if wider is None else f"{least} and (max-width: {wider.min_width - 0.02:g}px)"


def _selector(slot: Slot) -> str:
    return f'[{MARK}="{slot.name}"][{RULE_MARK}]'


def _escaped(name: str) -> str:
    """A name as a part of a class selector."""
    return name.replace(".", "\\.")
