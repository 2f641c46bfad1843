"""Rendering: the markup of one placement. Plain HTML, escaped, without script or style but those of a template.

Every slot has one root element that carries both marks, its id and its label; what follows is the content,
which a template may write:

    <aside class="adslot adslot-ad" data-adslot="anzeige" data-adslot-rule="in-text" id="…"
     aria-label="Anzeige"><div class="adslot-label">Anzeige</div>…</aside>
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import attrs

from adslot.html.encoding.decoding import well_formed
from adslot.html.text import escaped
from adslot.kept import kept
from adslot.planner.placements import Placement
from adslot.policy.labels import problem_of
from adslot.policy.slots import Layout, Slot, in_order
from adslot.policy.templates import PLAIN, Context, as_data, as_read, fill
from adslot.renderer.links import link
from adslot.roles import HEIGHT_MARK, MARK, RULE_MARK, SLOT_CLASS

if TYPE_CHECKING:
    from adslot.planner.plan import Plan
    from adslot.renderer.template_values import TemplateItem

# What is expected of the markup of a slot, where it is not so.
FITTING = "markup that fits any page"

# What ReadSpeaker passes over; heise.de writes these around its slots.
_SILENCE = "<!-- RSPEAK_STOP -->", "<!-- RSPEAK_START -->"


@attrs.frozen
class PageContext:
    """What slots take from their page: its *language* for dates, the *ad_label* of sponsored articles, the caller's *context*, the *layouts*."""

    language: str | None = None
    ad_label: str = ""
    layouts: tuple[Layout, ...] = ()
    context: Mapping[str, object] | None = None


def render(slot: Slot, placement: Placement, page: PageContext) -> str:
    """The markup of *slot* at *placement* on *page*: one block-level element. Raises TemplateFault."""
    if placement.items and all(item.sponsored for item in placement.items):
        slot = _as_ad((slot, page.ad_label))
    before, after, end = _root((slot, placement.rule))
    content = _content(slot, placement, page) if slot.template == PLAIN else _templated(slot, placement, page)
    return f"{before}{escaped(placement.id)}{after}{content}{end}"


def unchecked_markup(plan: Plan, placement: Placement, context: Mapping[str, object] | None) -> str:
    """The markup of one placement of *plan* for a caller's *context*, whether a page can hold it or not. Raises TemplateFault."""
    policy = plan.policy
    page = PageContext(policy.article.language, plan.stock.ad_label, policy.layouts, context)
    return well_formed(render(policy.slot(placement.slot), placement, page))


@kept(megabytes=4)
def _root(of: tuple[Slot, str]) -> tuple[str, str, str]:
    """The root element of a slot and a rule around the id and the content: all that is the same in every placement."""
    slot, rule = of
    own = dict(slot.attributes)
    classes = " ".join(filter(None, (SLOT_CLASS, f"{SLOT_CLASS}-{slot.kind}", own.pop("class", ""))))
    marks = {"class": classes, MARK: slot.name, RULE_MARK: rule}
    rest = {
        # A div has no role of its own, and what has no role can have no name.
        "role": "group" if slot.tag == "div" and slot.label else "",
        "aria-label": slot.label,
        HEIGHT_MARK: str(slot.height) if isinstance(slot.height, int) else "",
    }
    given = {name.lower() for name in own}
    after = _written({name: value for name, value in rest.items() if value and name not in given} | own)
    if "snippets" in slot.skip and "data-nosnippet" not in given:
        after += " data-nosnippet"
    label = _label(slot.label) if slot.label_in == "slot" else ""
    stop, start = _SILENCE if "speech" in slot.skip else ("", "")
    return f'<{slot.tag}{_written(marks)} id="', f'"{after}>{stop}{label}', f"{start}</{slot.tag}>"


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escaped(as_read(value))}"' for name, value in attributes.items())


@kept(megabytes=2)
def _as_ad(labelled: tuple[Slot, str]) -> Slot:
    """A slot labelled as an ad, in words that readers see and hear."""
    slot, ad_label = labelled
    if problem_of((), slot.label, None) is None:
        return slot
    heard = tuple((name, value) for name, value in slot.attributes if name.lower() != "aria-label")
    return attrs.evolve(slot, label=ad_label, attributes=heard)


def _content(slot: Slot, placement: Placement, page: PageContext) -> str:
    if slot.shows_articles and slot.items > 1:
        # One label above several articles labels none of them: each sponsored one has its own.
        entries = (
            (_label(page.ad_label) if item.sponsored else "") + link(item, page.language) for item in placement.items
        )
        return f'<ul class="adslot-list">{"".join(f"<li>{entry}</li>" for entry in entries)}</ul>'
    if placement.item is not None:
        return link(placement.item, page.language)
    if slot.html:
        return slot.html
    return '<div class="adslot-content"></div>' if slot.is_ad else ""


def _templated(slot: Slot, placement: Placement, page: PageContext) -> str:
    """The content as the slot's template writes it."""
    from adslot.renderer.template_values import TemplateItem  # noqa: PLC0415  # with Jinja, which only templates need

    label = page.ad_label if slot.items > 1 else ""
    values = {
        **_same_for_all((slot, page.layouts)),
        "id": placement.id,
        "rule": placement.rule,
        "number": placement.number,
        "items": [
            _as_mapping(TemplateItem.of(item, page.language, label, count=slot.items)) for item in placement.items
        ],
        "context": page.context if isinstance(page.context, Context) else as_data(Context(page.context or {})),
    }
    return fill(slot.template, values)


@kept(megabytes=2)
def _same_for_all(of: tuple[Slot, tuple[Layout, ...]]) -> Mapping[str, object]:
    """What a template is given in every placement of *slot*. No template can change it."""
    slot, layouts = of
    return {
        "slot": slot.name,
        "label": slot.label,
        "height": slot.height_in(None),
        "sizes": _sizes(slot, None),
        "layouts": list(_layouts(slot, layouts)),
        "attributes": dict(slot.attributes),
        "consent": dict(slot.consent),
    }


def _as_mapping(item: TemplateItem) -> Mapping[str, object]:
    """*item* as the data that templates may have."""
    shown = _fields_of(item)
    shown["tags"], shown["id"] = item.tags and as_data(item.tags), as_data(item.id)
    if item.image is not None:
        shown["image"] = _fields_of(item.image)
    return shown


def _fields_of(value: Any) -> dict[str, object]:
    # The quick way to what attrs.asdict does with a flat value.
    return {name: getattr(value, name) for name in value.__slots__ if name != "__weakref__"}


def _layouts(slot: Slot, given: Iterable[Layout]) -> Iterator[Mapping[str, object]]:
    """What *slot* is in each layout, from the narrowest to the widest, and which screens have it."""
    layouts = in_order(given)
    ends = [layout.min_width - 1 for layout in layouts[1:]]
    for layout, end in zip_longest(layouts, ends):
        yield {
            "name": layout.name,
            "min_width": layout.min_width,
            "max_width": end,
            "height": slot.height_in(layout.name),
            "sizes": _sizes(slot, layout.name),
        }


def _sizes(slot: Slot, layout: str | None) -> list[object]:
    """The sizes of an ad as ad servers write them: pairs of numbers, and "fluid"."""
    sizes = slot.sizes_in(layout)
    return [size if size == "fluid" else [int(side) for side in size.split("x")] for size in sizes]


def _label(text: str) -> str:
    return f'<div class="adslot-label">{escaped(as_read(text))}</div>' if text else ""
