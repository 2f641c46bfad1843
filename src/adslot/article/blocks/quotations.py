"""Quotations that are no `blockquote`: an element that is called so, and holds the words and who said them."""

from __future__ import annotations

from adslot.article.blocks.captions import names_author
from adslot.article.words.class_names import spell, whole
from adslot.html.dom import Dom, Node
from adslot.html.elements import HEADINGS
from adslot.html.visible import text_of
from adslot.kept import kept, size_of_text

_TAGS = frozenset("div section article".split())
# The components of Drupal, Craft, Sanity, Arc and of page builders; `get-quote` and `stock-quote` are none.
_NAMES = whole(r"""
    (?<!get-)(?<!stock-)(?<!no-)(?:pull-?|block-?|rich-?text-)?quotes?(?:-?(?:block|box|component|container|wrapper|card|element|module))?
    (?:block|box|component|module|paragraph)-?quote zitat(?:-?(?:box|block|kasten|element|modul))? testimonials? epigraph citazione citation
""")
# More is prose in an element with a careless name.
_MOST = 1000
_MARKS = tuple('„“”"«»‚‘’‹›「『')
_STORY_NAMES = ",".join(sorted(HEADINGS | {"figure", "table", "ul", "ol", "iframe"}))


def is_quotation(dom: Dom, node: Node, tag: str) -> bool:
    """Whether an element is a quotation as a whole: by its class, and by what it holds."""
    if tag not in _TAGS or not names_quotation(dom.classes(node)):
        return False
    if len(dom.text(node)) > 2 * _MOST or not (text := text_of(dom, node)) or len(text) > _MOST:
        return False
    return not dom.holds(node, _STORY_NAMES) and (text.startswith(_MARKS) or _names_somebody(dom, node))


def _names_somebody(dom: Dom, node: Node) -> bool:
    return any(dom.tag(inner) == "cite" or names_author(dom.classes(inner)) for inner in dom.elements(node))


@kept(megabytes=0.5, size=size_of_text)
def names_quotation(classes: str) -> bool:
    """Whether class names say that an element is a quotation."""
    return bool(classes) and _NAMES.search(spell(classes)) is not None
