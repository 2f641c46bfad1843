"""Components: what a page puts into a story as one thing, by its names, its role, its controls and its closed list of children.

The names are those of static site generators (`admonition`, `custom-block`, `markdown-alert`), block editors
(`wp-block-cover`, `kg-toggle-card`), consent tools, and of boxes that reviews, recipes and polls come in.
"""

from __future__ import annotations

from collections.abc import Sequence

from adslot.article.groups.parts import Part, Wrapper
from adslot.article.words.class_names import ending, spell, whole
from adslot.html.dom import Dom, Node
from adslot.html.elements import EMBEDS, HEADING_NAMES
from adslot.html.visible import has_picture, text_of
from adslot.kept import kept, size_of_text
from adslot.patterns import pattern
from adslot.roles import Role

_NOTICES = r"""
    admonition\w* (?:markdown-|obsidian-)?callout\w* (?:markdown-)?alert custom-block hint-container kg-(?:toggle|callout|bookmark|product|header|signup|cta|button|file|audio|nft|gallery|embed|video)-card
    wp-block-(?:cover|details|group-callout|coblocks-\w+|jetpack-\w+|file|buttons?|embed|video|table-of-contents|yoast-\w+)
    spoiler accordions? akkordeon amp-accordion amp-story\w* amp-carousel amp-selector
    toggle(?:-(?:box|content|item|block|card|container|wrapper))? collaps(?:e|ed|ible)(?:-(?:box|content|item|block|panel))? expander expandable aufklapp\w*
"""
_POPPING = r"popup pop-up popover modal lightbox dialog tooltip overlay"
_WAITING = r"""
    (?:\w+-)?consent(?:-\w+)* (?:embed|video|media|external|content)-?(?:placeholder|overlay|blocker|gate|privacy) two-?click zwei-?klick cookie-?(?:consent|banner|notice|hint|hinweis|info|wall|gate|bar|law|layer|blocker|overlay|placeholder) opt-in-(?:embed|layer) datenschutz-?(?:hinweis|box)?
    (?:video|player|embed|oembed|iframe|media|youtube|vimeo)-(?:wrapper|container|wrap|box|frame|outer|responsive|player|overlay|holder) responsive-(?:embed|video|iframe) embed-responsive fluid-width-video-wrapper
"""
_BOXES = r"""
    (?:author|autor(?:en)?)-?(?:box|popup|popover|hover|card|info|bio|tooltip) app-?(?:banner|box|promo|teaser|hint|download|store|sticky|bottom|footer)
    (?:product|produkt|review|score|rating|verdict|test|fazit|buying|deal|price|preis|offer|affiliate|shop)-?(?:box|card|widget|summary|table|teaser)
    wprm-recipe\w* tasty-recipes\w* mv-create\w* recipe-(?:card|box) rezept-?(?:box|karte)
    (?:link|bookmark|preview|embed)-?card info-?(?:card|panel|graphic|grafik) fact-?(?:box|sheet|card) text-?box side-?box kasten
    ez-toc\w*
"""
_NAMES = whole(_NOTICES + _POPPING + _WAITING + _BOXES)
# Words that stories are about, too, and layouts called after: `survey-results`, `article-toc-layout`.
_ENDINGS = ending(
    r"polls? quiz(?:zes)? survey umfrage abstimmung voting newsletter(?:-?sign-?up)? pros cons table-of-contents toc"
)
# As a whole name only.
_NAMES_ALONE = pattern(
    r"(?:\A|(?<=\s))-(?:note|tip|warning|caution|important|hint|danger|hinweis|tipp|achtung|embed|video|player|infobox|cover|popup)-(?=\s|\Z)"
)
# What systems write on a story of what it is about.
_TOPICS = pattern(r"(?:\A|(?<=\s))-(?:tag|category|topic|term|format|keyword)-\S+")
_STORY = whole(
    r"article-?(?:body|content|text|main)? entry-content post-?(?:body|content) story-?(?:body|content|text)? main(?:-content)? (?:no|has|with|without)-\w+"
)

# Roles of what stays whole and could be long: where it is, it is looked through. `aria` knows all others.
_ROLES = {"img": Role.FIGURE, **dict.fromkeys(("radiogroup", "listbox", "feed"), Role.BOX)}
_DESCRIPTIONS = ("carousel", "slide", "slideshow", "gallery")
# Of each picture, that the whole is a figure.
_MOST_CAPTION = 200
_NAMING = frozenset(("class", "id", "type", "data-type", "data-component", "data-testid"))
_CLASS_ALONE = ["class"]  # most have no more
_EMBEDDED = ",".join(sorted(EMBEDS - {"svg", "math"}))
_CONTROLS = "button,input,select,textarea,label,form"
# A section of the story may hold controls too, to open a picture or to share a paragraph: a thing with
# controls has one paragraph at most, and not a long one.
_MOST_WITH_CONTROLS = 700
_LEAST_PARAGRAPH, _MOST_PARAGRAPH = 120, 300


def component_role(wrapper: Wrapper) -> Role | None:
    """The role of a wrapper that its own names, or its own role, make a component."""
    dom, node = wrapper.dom, wrapper.node
    names = dom.attribute_names(node)
    if "-" in wrapper.tag and names_component(wrapper.tag):
        return Role.BOX
    if not names:
        return None
    if "role" in names and (role := _ROLES.get(dom.attribute(node, "role").strip().lower())):
        return role
    if "aria-roledescription" in names and dom.attribute(node, "aria-roledescription").lower() in _DESCRIPTIONS:
        return Role.BOX
    if names == _CLASS_ALONE:
        named = dom.classes(node)
    else:
        named = " ".join([dom.attribute(node, name) for name in names if name in _NAMING])
    return shown_role(wrapper) if named and names_component(named) else None


def shown_role(wrapper: Wrapper, pictures: int = 1) -> Role:
    """What a component or a group is to a reader: an embed, pictures with their captions, or a box."""
    dom, node = wrapper.dom, wrapper.node
    if dom.holds(node, _EMBEDDED):
        return Role.EMBED
    if wrapper.has_more_than(_MOST_CAPTION * pictures) or not has_picture(dom, node) or dom.holds(node, HEADING_NAMES):
        return Role.BOX
    return Role.BOX if any(text_of(dom, link) for link in dom.find_all(node, "a")) else Role.FIGURE


@kept(megabytes=0.25, size=size_of_text)
def names_component(names: str) -> bool:
    """Whether class names and the like say that an element is a component."""
    spelled = _TOPICS.sub("", spell(names))
    named = _NAMES.search(spelled) or _NAMES_ALONE.search(spelled) or _ENDINGS.search(spelled)
    return named is not None and not _STORY.search(spelled)


def has_named_slots(dom: Dom, node: Node, parts: Sequence[Part]) -> bool:
    """Whether a custom element shows the children only that name their slot, or has a closed list of them."""
    if any(dom.has_attribute(part.node, "slot") for part in parts):
        return True
    return any(
        tag == "template" and dom.has_attribute(child, "shadowrootmode") for tag, child in dom.tagged_children(node)
    )


def has_controls(wrapper: Wrapper) -> bool:
    """Whether a wrapper is a thing with controls: a poll, a notice with a button, a player."""
    dom, node = wrapper.dom, wrapper.node
    if not dom.holds(node, _CONTROLS) or wrapper.has_more_than(_MOST_WITH_CONTROLS):
        return False
    sizes = [size for p in dom.find_all(node, "p") if (size := len(text_of(dom, p))) > _LEAST_PARAGRAPH]
    return len(sizes) < 2 and sum(sizes) <= _MOST_PARAGRAPH
