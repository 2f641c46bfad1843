"""Notes: what stands below a story to prove or explain a word of it, one by one or in a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from adslot.article.words.class_names import spell
from adslot.html.dom import Dom, Node
from adslot.kept import kept, size_of_text
from adslot.patterns import pattern

# Of Markdown's generators (`footnotes`), Substack (`footnote`), Word (`MsoFootnoteText`), JATS (`fn-group`).
_NAMES = pattern(
    r"(?<=-)(?<!has-)(?<!no-)(?<!with-)(?:mso-)?(?:foot|end)notes?(?:-(?:text|list|item|content|body|block|area|section|wrap|container))?-(?=\s|\Z)"
    r"|(?<=-)fn-?(?:list|group)-"
)
_ROLES = frozenset(("doc-footnote", "doc-endnote", "doc-endnotes"))
_ELEMENT_STYLE = pattern(r"(?:\A|;)\s*mso-element\s*:\s*(?:foot|end)note", re.I)
# A note begins with its number, its asterisks or a sign; a number alone begins sentences and recipes, too.
_MARK = pattern(r"(?:\[\d{1,3}\]|\(\d{1,3}\)|[¹²³⁰⁴-⁹]{1,3}|\*{1,4}(?=\s?\w)|[†‡↑^])\s*\S")
_NUMBER = pattern(r"(\d{1,3})(?:[.)]|(?=\s\D))\s*\S")


def is_note(dom: Dom, node: Node) -> bool:
    """Whether an element is called a note, or a list of them."""
    names = dom.attribute_names(node)
    if not names:
        return False
    if "role" in names and dom.attribute(node, "role").strip().lower() in _ROLES:
        return True
    if "style" in names and _ELEMENT_STYLE.search(dom.attribute(node, "style")):
        return True
    return "class" in names and names_note(dom.classes(node))


def are_marked(texts: Sequence[str]) -> bool:
    """Whether all of *texts* begin as notes do, or are numbered from 1 on.

    >>> are_marked(["[2] Protokoll der Sitzung"]), are_marked(["1 Protokoll", "2 Akten"]), are_marked(["1 Prise Salz"])
    (True, True, False)
    """
    if texts and all(_MARK.match(text) for text in texts):
        return True
    numbers = [found[1] for text in texts if (found := _NUMBER.match(text))]
    return len(texts) > 1 and numbers == [str(number) for number in range(1, len(texts) + 1)]


@kept(megabytes=0.25, size=size_of_text)
def names_note(classes: str) -> bool:
    """Whether class names say that an element is a note."""
    low = classes.lower()
    return ("note" in low or "fn" in low) and _NAMES.search(spell(classes)) is not None
