"""Rendering: the markup of one placement. Plain HTML, escaped, without script or style.

Every slot has one root element that carries both marks, its id and its label:

    <aside class="adslot adslot-ad" data-adslot="anzeige" data-adslot-rule="in-text" id="…"
     aria-label="Anzeige"><span class="adslot-label">Anzeige</span>…</aside>
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape

from adslot._plan import Placement
from adslot.policy import Slot


def render(slot: Slot, placement: Placement) -> str:
    """The markup of *slot* at *placement*: one balanced block-level element."""
    before, after, end = _root(slot, placement.rule)
    return f"{before}{escape(placement.id)}{after}{_content(slot, placement)}{end}"


@lru_cache(maxsize=1024)
def _root(slot: Slot, rule: str) -> tuple[str, str, str]:
    """The root element around the id and the content: all that is the same in every placement."""
    own = dict(slot.attributes)
    classes = " ".join(filter(None, ("adslot", f"adslot-{slot.kind}", own.pop("class", ""))))
    marks = {"class": classes, "data-adslot": slot.name, "data-adslot-rule": rule}
    rest = {"aria-label": slot.label, "data-adslot-height": "" if slot.height is None else str(slot.height)}
    label = f'<span class="adslot-label">{escape(slot.label)}</span>' if slot.label else ""
    after = _written({name: value for name, value in rest.items() if value and name not in own} | own)
    return f'<{slot.tag}{_written(marks)} id="', f'"{after}>{label}', f"</{slot.tag}>"


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())


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
