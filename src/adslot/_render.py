"""Rendering: the markup of one placement. Plain HTML, escaped, without script or style.

Every slot has one root element that carries both marks, its id and its label:

    <aside class="adslot adslot-ad" data-adslot="anzeige" data-adslot-rule="in-text" id="…"
     aria-label="Anzeige"><span class="adslot-label">Anzeige</span>…</aside>
"""

from __future__ import annotations

from html import escape

from adslot._plan import Placement
from adslot.policy import Slot


def render(slot: Slot, placement: Placement) -> str:
    """The markup of *slot* at *placement*: one balanced block-level element."""
    attributes = {
        "class": f"adslot adslot-{slot.kind}",
        "data-adslot": slot.name,
        "data-adslot-rule": placement.rule,
        "id": placement.id,
        **({"aria-label": slot.label} if slot.label else {}),
        **({"data-adslot-height": str(slot.height)} if slot.height is not None else {}),
        **dict(slot.attributes),
    }
    start = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{slot.tag} {start}>{_label(slot)}{_content(slot, placement)}</{slot.tag}>"


def _label(slot: Slot) -> str:
    return f'<span class="adslot-label">{escape(slot.label)}</span>' if slot.label else ""


def _content(slot: Slot, placement: Placement) -> str:
    if slot.kind == "teaser" and placement.item is not None:
        item = placement.item
        return f'<a class="adslot-link" href="{escape(item.url.strip())}">{escape(_one_line(item.title))}</a>'
    if slot.html:
        return slot.html
    return '<div class="adslot-content"></div>' if slot.kind == "ad" else ""


def _one_line(text: str) -> str:
    """*text* without line breaks and control characters, which HTML parsers would change."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
