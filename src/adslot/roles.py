"""The names of the article's parts: roles of blocks, what may be asked of one, groups, kinds, and what marks a slot."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Protocol

import attrs


class Role(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    SHORT_PARAGRAPH = "short-paragraph"
    HEADING = "heading"
    PSEUDO_HEADING = "pseudo-heading"
    LIST = "list"
    QUOTE = "quote"
    FIGURE = "figure"
    TABLE = "table"
    EMBED = "embed"
    CODE = "code"
    SEPARATOR = "separator"
    BOX = "box"
    AD = "ad"
    TEASER = "teaser"


class BlockLike(Protocol):
    """What planning and guards ask of a block."""

    @property
    def role(self) -> Role:
        """What it is."""

    @property
    def text(self) -> str:
        """What a reader sees."""

    @property
    def chars(self) -> int:
        """Its size in code points."""

    @property
    def words(self) -> int:
        """Its size in words."""

    @property
    def traits(self) -> frozenset[str]:
        """What its markup says beyond its role: `floated`, `caption`, `label`, `note`, `picture`."""


# The roles that are asked for block by block: looking a member up in its class is expensive.
PARAGRAPH, SHORT_PARAGRAPH, PSEUDO_HEADING = Role.PARAGRAPH, Role.SHORT_PARAGRAPH, Role.PSEUDO_HEADING
AD = Role.AD

GROUPS: dict[str, frozenset[Role]] = {
    "text": frozenset({Role.PARAGRAPH, Role.SHORT_PARAGRAPH, Role.LIST, Role.QUOTE}),
    "headings": frozenset({Role.HEADING, Role.PSEUDO_HEADING}),
    "media": frozenset({Role.FIGURE, Role.TABLE, Role.EMBED, Role.CODE, Role.BOX}),
}


# The trait of a text that holds a picture.
PICTURE = "picture"


def all_among(blocks: Iterable[BlockLike], roles: Collection[str]) -> list[int]:
    """The numbers of the blocks that have one of these *roles* to a rule: a text that holds a picture is also a figure."""
    if Role.FIGURE in roles:
        return [number for number, block in enumerate(blocks) if block.role in roles or PICTURE in block.traits]
    return [number for number, block in enumerate(blocks) if block.role in roles]


@attrs.frozen
class Kind:
    """A kind of slot: its *name*, and the *limit* of a policy that counts it.

    One that *shows_articles* is filled with related articles; one that *is_ad* is labelled as such, and filled later.
    """

    name: str
    limit: str
    shows_articles: bool = False
    is_ad: bool = False


KINDS = {
    kind.name: kind
    for kind in (Kind("ad", "ads", is_ad=True), Kind("teaser", "teasers", shows_articles=True), Kind("promo", "promos"))
}

# What marks an element as a slot. Real pages have a `data-adslot` of their own: both marks together are adslot's.
MARK, RULE_MARK = "data-adslot", "data-adslot-rule"
# Where the height of a slot stands for scripts.
HEIGHT_MARK = f"{MARK}-height"
# What an editor asks for a slot with, and the rule that such a slot names.
HERE = "here"
# The class of every slot, and with a kind behind it that of its kind; what ids begin with.
SLOT_CLASS = "adslot"
ID_PREFIX = "adslot-"
# What makes an id longer that another element of the page has.
ID_SUFFIX = "-slot"
# A slot is a block: its start tag must close an open p, as all of these do.
SLOT_TAGS = ("aside", "div", "section")

# Things that somebody put into the story: they have no size of their own in any distance.
SLOT_ROLES = frozenset({Role.AD, Role.TEASER})
# Roles whose text counts as chars and words.
COUNTED = frozenset({Role.HEADING, Role.PSEUDO_HEADING}) | GROUPS["text"]
