"""What HTML says of its elements, as far as it matters where a slot may stand."""

from __future__ import annotations

# No page that is meant to be read has more elements.
MOST_ON_PAGE = 100_000
# A comment, as the tokenizer of HTML5 reads it where it has an end. A pattern: it is part of others.
COMMENT_END_PATTERN = "--!?>"
COMMENT_PATTERN = f"<!--(?:-?>|.*?{COMMENT_END_PATTERN})"
# What a comment begins with that opens a pair around what follows: of a block editor, or a condition. Without regard to case.
OPENING_PATTERN = r"\s*(?:wp:|\[if\b)"

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
HEADING_NAMES = ",".join(sorted(HEADINGS))  # as `Dom.holds` wants them
LISTS = frozenset("ul ol dl menu dir".split())
# Elements that the segmenter looks through when they hold blocks.
WRAPPERS = frozenset("html body div section article main center".split())
# Elements that start a block of the flow, or hold some.
BLOCKS = (
    WRAPPERS
    | HEADINGS
    | LISTS
    | frozenset(
        "p blockquote pre figure table aside header footer nav hr form details address fieldset hgroup dialog "
        "search xmp listing plaintext".split()
    )
)
PICTURES = ("img", "picture", "amp-img", "image")
EMBEDS = frozenset("iframe video audio object embed canvas svg math amp-embed frame applet".split())
# Never seen by a reader. With scripting on the content of a noscript is raw text.
UNSEEN = frozenset("script style link meta template noscript base title noembed noframes".split())
# The formatting elements of HTML5 (13.2.4.3): left open, they wrap whatever comes after them.
FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
# Elements whose content stands in for what a browser cannot show; all can.
FALLBACK = frozenset("video audio object canvas".split())
# Elements whose text no reader sees, or none that is the story's.
SILENT = FALLBACK | frozenset("script style template noscript rt rp title textarea select svg math".split())
SILENT_NAMES = ",".join(sorted(SILENT))
# Without any of these the text of an element is what a reader sees.
BROKEN = SILENT | {"br"}
# The elements around all of a page. Their names and attributes tell of the whole page, scripts show them, and any stray
# tag gives them attributes.
PAGE_TAGS = frozenset(("html", "body"))
# Elements that run on in a line of text.
INLINE = FORMATTING | frozenset(
    "abbr bdi bdo cite data del dfn img ins kbd label mark q rb rp rt ruby samp span sub sup time var wbr".split()
)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# All that HTML has, or had. Any other name, with a hyphen or without, is to a browser an inline element without ways
# of its own.
KNOWN = (
    BLOCKS
    | INLINE
    | VOID
    | UNSEEN
    | EMBEDS
    | SILENT
    | frozenset(
        "acronym basefont bgsound blink button caption colgroup datalist dd dt figcaption frameset head keygen legend li "
        "map marquee menuitem meter multicol nextid noframes optgroup option output picture portal progress rtc selectedcontent "
        "slot spacer summary table tbody td tfoot th thead tr".split()
    )
)
