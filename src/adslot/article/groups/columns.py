"""Columns: children that stand side by side, by their style, their names or those of the element around them.

Style sheets are not read, so the names are those of frameworks and builders whose style sheets are known:
block editors (`wp-block-columns`), Bootstrap and its like (`col-md-6`), Tailwind (`grid-cols-2`), page builders
(`elementor-column`, `et_pb_column`, `wpb_column`, `fl-col`), exports (`column-list`), sliders (`swiper-slide`).
A column of the full width is none: `col-12`, `et_pb_column_4_4`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from adslot.article.groups.parts import Part
from adslot.article.words.class_names import spell, whole
from adslot.html.dom import Dom, Node
from adslot.html.visible import text_of
from adslot.kept import kept, size_of_text
from adslot.patterns import pattern

# ------------------------------------------------------------------------------------------ style

_ROW_STYLE = pattern(
    r"(?:\A|[;\s])(?:display\s*:\s*(?:-\w+-)?(?:inline-)?(?:flex|grid|table)\b|columns?(?:-count)?\s*:\s*[2-9])", re.I
)
_STACK_STYLE = pattern(
    r"flex-(?:direction|flow)\s*:\s*column|display\s*:\s*grid(?=.*grid-template-columns\s*:\s*(?:1fr|100%)\s*(?:;|\Z))",
    re.I,
)
_CELL_STYLE = pattern(
    r"(?:\A|[;\s])(?:display\s*:\s*(?:inline-(?:block|flex|grid|table)|table-cell)|float\s*:\s*(?:left|right|inline-))",
    re.I,
)

# ------------------------------------------------------------------------------------------ names

# Of the element around them: whatever its children are called, they stand side by side.
_ROWS = whole(r"""
    wp-block-(?:columns|media-text|gallery) blocks-gallery-grid wp-block-post-template is-layout-grid is-grid kg-gallery-(?:row|container)
    column-list columns-(?:2|3|4|two|three|four|layout|wrapper|container|block|list) (?:two|three|four|2|3|4|multi)-?(?:columns?|cols?|spaltig|spalten) spalten
    layout-(?:two|three|four)col\w*(?:-section)? (?:two|three|four)col flex-row grid-(?:\w+-)?cols-[2-9] columns-[2-9] uk-grid pure-g
    card-(?:deck|group|columns|grid|row) cards(?:-(?:grid|row|container|list))? (?:image|photo|picture|foto|bild)-?(?:grid|row|gallery|pair|comparison)
    (?:grid|row)-(?:2|3|4) tiles? masonry side-by-side before-after (?:image-)?compar(?:e|ison) juxtapose
    \w*(?:gallery|galerie|gallerie|slider|slideshow|slides|carousel|karussell) (?:swiper|splide|glide|slick|owl|flickity)(?:-(?:wrapper|container|track|list|stage|slider))?
    tabs? tab-(?:content|container|list|panels)
    pros-(?:and-)?cons pro-?(?:und-)?contra vor-?(?:und-)?nachteile
""")
# As a whole name only: parts of others say all kinds of things.
_FLEX = pattern(
    r"(?:\A|(?<=\s))-(?:(?:sm|md|lg|xl)-)?(?:(?:d-)?(?:inline-)?flex|grid|is-layout-flex|is-flex|columns|cols)-(?=\s|\Z)"
)
# On larger screens, whatever they are on phones.
_WIDE_ROW = pattern(r"-(?:sm|md|lg)-(?:flex-row|grid-cols-[2-9])")
_STACKED = pattern(
    r"-(?:flex-(?:col|column|direction-column)|is-vertical|flex-nowrap-col|(?:stack)|is-content-justification-stretch)-(?=\s|\Z)"
)
# Of the children: each of them is a column, a card, a slide.
_CELLS = pattern(
    r"-(?:(?:(?:small|medium|large|xs|sm|md|lg|xl|xxl)-)?cols?|columns?|span[1-9]|spalte\w*|cells?|grid-x?-?(?:item|cell|col)|uk-width|pure-u|w-1-[2-5]|w-2-[35]|basis-1-[2-5]"
    r"|md-w-\d+-\d+|(?:one|two)-?(?:half|thirds?|fourths?|quarters?)|half|third|quarter|flex-\w*item|layout-region-\w+|\w*gallery-(?:item|image)"
    r"|(?:\w+-)?slides?|carousel-(?:item|cell)|e-child|owl-item|tab-(?:pane|panel|item)|tabpanel|cards?|tiles?|kacheln?|teaser)(?:-[\w-]*)?-(?=\s|\Z)"
)
_FULL = pattern(
    r"-(?:cols?|column|columns|span|u|width|w|small|medium|large)-(?:(?:xs|sm|md|lg|xl|xxl|small|medium|large|desktop|tablet|mobile)-)*(?:12(?:-12)?|100|full|1-1|4-4|24-24|one-whole|is-12)-(?=\s|\Z)|-(?:column|col)-(?:full|single|main)-"
)
_PART_WIDTH = pattern(
    r"-(?:(?:sm|md|lg|xl|xxl|medium|large)-)(?:[1-9]|1[01])-(?=\s|\Z)|-(?:medium|large)-(?:[1-9]|1[01])-"
)


_ROW_ROLES = frozenset(("row", "tablist"))
# A column with more text, code points, holds a section of the story, beside a picture or a margin note.
_MOST_IN_COLUMN = 1000


@attrs.frozen
class _Marks:
    """What class names say: an element with its children in a *row*, a *cell* of one, one of the *full* width."""

    row: bool
    cell: bool
    full: bool


def are_columns(dom: Dom, node: Node, parts: Sequence[Part]) -> bool:
    """Whether the parts of *node*, two or more, stand side by side, and none of them is a section of the story."""
    return _stand_in_row(dom, node, parts) and all(len(text_of(dom, part.node)) <= _MOST_IN_COLUMN for part in parts)


def _stand_in_row(dom: Dom, node: Node, parts: Sequence[Part]) -> bool:
    style = dom.attribute(node, "style")
    if style and _ROW_STYLE.search(style) and not _STACK_STYLE.search(style):
        return True
    marks = [_marks(part.classes) for part in parts]
    if _marks(dom.classes(node)).row:
        return not any(each.full for each in marks)
    if all(each.cell and not each.full for each in marks) or dom.attribute(node, "role").lower() in _ROW_ROLES:
        return True
    return sum(_CELL_STYLE.search(part.style) is not None for part in parts if part.style) > 1


def is_row(classes: str) -> bool:
    """Whether the classes of a wrapper say that its children stand in a row."""
    return _marks(classes).row


def is_cell(classes: str) -> bool:
    """Whether the classes of a child say that it stands beside others."""
    return _marks(classes).cell


@kept(megabytes=0.25, size=size_of_text)
def _marks(classes: str) -> _Marks:
    names = spell(classes)
    is_row = _ROWS.search(names) or _FLEX.search(names)
    return _Marks(
        row=bool(_WIDE_ROW.search(names) or (is_row and not _STACKED.search(names))),
        cell=_CELLS.search(names) is not None,
        full=_FULL.search(names) is not None and not _PART_WIDTH.search(names),
    )
