"""Names: what is a block of a story by the name of its element, and what a policy says of that."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from adslot.html.dom import Node
from adslot.html.elements import BLOCKS, EMBEDS, HEADINGS, LISTS, WRAPPERS
from adslot.roles import PARAGRAPH, Role

ROLES = {
    **dict.fromkeys(BLOCKS - WRAPPERS, Role.BOX),
    **dict.fromkeys(HEADINGS, Role.HEADING),
    **dict.fromkeys(LISTS, Role.LIST),
    **dict.fromkeys(("pre", "listing", "xmp"), Role.CODE),
    "p": PARAGRAPH,
    "blockquote": Role.QUOTE,
    "figure": Role.FIGURE,
    "figcaption": PARAGRAPH,
    "table": Role.TABLE,
    "hr": Role.SEPARATOR,
}
# Blocks even where they are empty: nothing may stand directly below an empty heading either.
EVER = frozenset({Role.SEPARATOR, Role.HEADING})
# Inline elements that stay whole though they may hold blocks: a link with blocks in it is a box.
WHOLE = EMBEDS | {"a", "br"}
# Blocks that may be empty because a script fills them.
FILLED = frozenset(("aside", "figure"))


@attrs.frozen(eq=False, kw_only=True)
class Choices:
    """What the policy's `[article]` table says: the nodes that its selectors match, which paragraphs are *short*, and what is opaque."""

    atomic: frozenset[Node] = frozenset()
    open: frozenset[Node] = frozenset()
    ads: frozenset[Node] = frozenset()
    headings: frozenset[Node] = frozenset()
    skip: frozenset[Node] = frozenset()
    keep: frozenset[Node] = frozenset()
    short: int = 0
    is_opaque: Callable[[str], bool] | None = None

    @property
    def name_blocks(self) -> bool:
        """Whether a selector says of any element what it is."""
        return bool(self.atomic or self.open or self.ads or self.headings or self.skip)
