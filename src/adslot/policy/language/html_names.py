"""What HTML, and people, call the things that policies name by their roles: for hints only."""

from __future__ import annotations

from collections.abc import Sequence

from adslot.errors import nearest
from adslot.patterns import pattern
from adslot.roles import Role

# The role that an element has by its name, where nothing else is said of it.
ROLES_OF_TAGS: dict[str, Role] = {
    "p": Role.PARAGRAPH,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Role.HEADING),
    **dict.fromkeys(("ul", "ol", "dl"), Role.LIST),
    "blockquote": Role.QUOTE,
    "figure": Role.FIGURE,
    "table": Role.TABLE,
    "iframe": Role.EMBED,
    "pre": Role.CODE,
    "hr": Role.SEPARATOR,
}
# Parts of blocks, and other words for them.
_ROLES = {
    **ROLES_OF_TAGS,
    **dict.fromkeys(("img", "image", "images", "picture", "pictures", "photo", "photos"), Role.FIGURE),
    **dict.fromkeys(("li", "dt", "dd"), Role.LIST),
    **dict.fromkeys(("caption", "thead", "tbody", "tr", "td", "th"), Role.TABLE),
    **dict.fromkeys(("video", "audio", "object"), Role.EMBED),
    **dict.fromkeys(("aside", "details", "form"), Role.BOX),
}
# Elements that have no role by their name.
_NO_ROLE = frozenset(
    "a article b br button center cite em figcaption font footer i main mark nav s script small span strong style sub"
    " sup svg time u div".split()
)
_MARKED = pattern(r"[a-z][a-z0-9]*(?:[.#][a-zA-Z_][\w-]*)+|(?:[.#][a-zA-Z_][\w-]*)+")


def name_hint(word: str, known: Sequence[str]) -> str | None:
    """What *word* was probably meant to be: the role of an element of this name, a selector, or the nearest known name.

    >>> name_hint("img", []), name_hint("div", []), name_hint("p.intro", [])
    ('figure', 'css(div)', 'css(p.intro)')
    """
    name = word.lower()
    if name in _ROLES:
        return str(_ROLES[name])
    if name in _NO_ROLE or _MARKED.fullmatch(word):
        return f"css({name if name in _NO_ROLE else word})"
    return nearest(word, known)
