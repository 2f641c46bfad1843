"""Items of lists: a block has their texts in one line, and on a page they stand below one another."""

from __future__ import annotations

from contextlib import suppress

from adslot.article.values import Article, Block
from adslot.html.document import parse
from adslot.html.visible import text_of
from adslot.roles import Role

_LISTS = ("ul", "ol")


def items_of(article: Article, block: Block) -> tuple[str, ...]:
    """The texts of the items of a list, which are its text together; none where they are not, or it is no list.

    >>> from adslot import read
    >>> article = read("<ul><li>Eis <li>Schnee</ul>")
    >>> items_of(article, article.blocks[0])
    ('Eis', 'Schnee')
    """
    if block.role is not Role.LIST or block.tag not in _LISTS:
        return ()
    dom = parse(_markup(article, block), "fragment")
    lists = dom.find_all(dom.root, *_LISTS)
    items = (text_of(dom, node) for node in dom.children(lists[0])) if lists else ()
    found = tuple(filter(None, items))
    return found if " ".join(found) == block.text else ()


def _markup(article: Article, block: Block) -> str:
    """What stands in the source; nothing where there is none, or Python does not read its encoding."""
    if article.source is None or block.span is None:
        return ""
    part = article.source[slice(*block.span)]
    if isinstance(part, str):
        return part
    with suppress(LookupError):
        return part.decode(article.encoding or "utf-8", "replace")
    return ""
