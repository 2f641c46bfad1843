"""ARIA: what an element is by its `role`, whatever its name is.

The roles of WAI-ARIA 1.2 and of DPUB-ARIA 1.1 that have an element of HTML beside them are read as that element. Those
of landmarks and widgets are boxes: they stand beside the text. Roles that only group, such as `article`, `main`,
`region` or `group`, and `presentation` and `none`, say nothing of what is inside.
"""

from __future__ import annotations

from adslot.html.dom import Dom, Node
from adslot.html.visible import has_media, text_of
from adslot.roles import Role

_TABLE = "table grid treegrid rowgroup row cell gridcell columnheader rowheader"
_BESIDE = (
    "alert alertdialog banner complementary contentinfo dialog form log marquee menu menubar navigation note search "
    "status tablist tabpanel timer toolbar tooltip tree "
    "doc-bibliography doc-credits doc-endnotes doc-endnote doc-errata doc-example doc-footnote doc-glossary doc-index "
    "doc-notice doc-pagelist doc-qna doc-tip doc-toc"
)
_ROLES = {
    **dict.fromkeys(_TABLE.split(), Role.TABLE),
    **dict.fromkeys(("list", "listitem", "directory"), Role.LIST),
    **dict.fromkeys(_BESIDE.split(), Role.BOX),
    **dict.fromkeys(("blockquote", "doc-pullquote"), Role.QUOTE),
    **dict.fromkeys(("separator", "doc-pagebreak"), Role.SEPARATOR),
    "code": Role.CODE,
    "figure": Role.FIGURE,
    "heading": Role.HEADING,
}
# Longer ones are no heading, whatever they say.
_MOST_HEADING = 300


def aria_role(dom: Dom, element: Node) -> Role | None:
    """What the `role` of an element says that it is; None where it has none, or shows nothing that could be that."""
    said = dom.attribute(element, "role")
    if not said:
        return None
    role = next((_ROLES[token] for token in said.lower().split() if token in _ROLES), None)
    if role is Role.HEADING:
        return role if len(text_of(dom, element)) <= _MOST_HEADING else None
    is_seen = role is Role.SEPARATOR or dom.text(element).strip() or has_media(dom, element)
    return role if is_seen else None
