"""Placeholders: elements that show nothing in the markup because a script fills them in the browser.

They are known by a name (`embed`, `player`, `rich-link`) or by an attribute that says what to load
(`data-src`); an empty `figure` is one in any case. Spacers, anchors and remnants are none.
"""

from __future__ import annotations

from adslot.article.foreign.claims import AD, claims
from adslot.article.words.class_names import spell, whole
from adslot.html.dom import Dom, Node
from adslot.html.visible import is_hidden
from adslot.kept import kept, size_of_text
from adslot.patterns import pattern
from adslot.roles import Role

_LOADED = pattern(
    r"data-(?:(?:lazy-)?src|url|href|uri|html|iframe\w*|(?:o?embed|video|player|widget|media|audio|podcast|chart|map|tweet|"
    r"youtube|vimeo|instagram|tiktok|gallery|image|infogram|datawrapper|flourish)(?:-[\w-]+)?)\Z"
)
_NAMES = whole(r"""
    o?embed\w* \w*player video\w* rich-?link\w* iframe\w* placeholder widget datawrapper\w* infogram\w* flourish\w* apester\w* riddle\w* opinary\w*
    chart map karte (?:info)?gra(?:f|ph)i[ck]s? tweet twitter instagram youtube vimeo tiktok facebook pinterest spotify soundcloud podcast audio
    slideshow gallery galerie carousel interactive lazy\w* poll quiz livestream stream brightcove\w* jwplayer\w* glomex\w* dailymotion\w*
""")
_NEVER = whole(r"\w*captions? credits? comments? \w*overlay spacer anchor clear (?:pre)?loader")
_PICTURES = whole(r"figure image picture photo foto bild lazy-?image slideshow gallery galerie carousel")


def placeholder_role(dom: Dom, node: Node, tag: str) -> Role | None:
    """The role of an element without text and media that a script will fill; None for one that stays empty."""
    if tag == "figure":
        return Role.FIGURE
    names = dom.attribute_names(node)
    if not names or is_hidden(dom, node) or any(_is_ad(dom, inner) for inner in dom.elements(node)):
        return None
    named = _named_role(" ".join([dom.attribute(node, name) for name in names if name in {"class", "id"}]))
    if named is None and not any(map(_LOADED.match, names)):
        return None
    return Role.BOX if tag == "aside" else named or Role.EMBED


def _is_ad(dom: Dom, node: Node) -> bool:
    """Whether an element inside is an ad by its names: then the walk must find it."""
    return AD in claims(f"{dom.attribute(node, 'class')} {dom.attribute(node, 'id')} {dom.tag(node)}")


@kept(megabytes=0.25, size=size_of_text)
def _named_role(names: str) -> Role | None:
    """What an empty element waits for by its class and id."""
    spelled = spell(names)
    if not _NAMES.search(spelled) or _NEVER.search(spelled):
        return None
    return Role.FIGURE if _PICTURES.search(spelled) else Role.EMBED
