"""What planning asks of an article, whether it is an `Article` or still being read.

Planning knows articles by these questions alone; guards know no more than their blocks, `adslot.roles.BlockLike`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from adslot.article.values import Anchored, AnchorKey, Links, Manual, Section
from adslot.roles import BlockLike


class Outline(Protocol):
    """What planning asks of an article: an `Article`, or one that is still being read.

    While an article is read its gaps need no certificate before a plan wants to use them, so that
    `refused` may grow with each call of `certify`.
    """

    @property
    def blocks(self) -> Sequence[BlockLike]:
        """The story's blocks, in reading order."""

    @property
    def sections(self) -> Sequence[Section]:
        """The sections; there is at least one. Only asked for where an article's words matter."""

    @property
    def section_at(self) -> Sequence[int]:
        """The section of each gap."""

    @property
    def closed(self) -> Collection[int]:
        """The gaps that an editor closed to all slots."""

    @property
    def refused(self) -> Mapping[int, str]:
        """The gaps known to be unsafe, each with the reason."""

    @property
    def lead(self) -> int | None:
        """The gap after the lead."""

    @property
    def lead_outside(self) -> Anchored | None:
        """The place after a lead that stands above the body."""

    @property
    def manual(self) -> Sequence[Manual]:
        """The slots that an editor asks for."""

    @property
    def none(self) -> bool:
        """Whether an editor wants no slot at all."""

    @property
    def unread(self) -> bool:
        """Whether the page was not read, as it would have far too many elements or blocks."""

    @property
    def warnings(self) -> Sequence[str]:
        """Sentences on how the page was read, and what of it could not be."""

    @property
    def enclosed(self) -> Collection[str]:
        """The selectors of the policy that match no block, but something inside of one."""

    @property
    def page_language(self) -> str | None:
        """The language that the page declares for itself."""

    @property
    def links(self) -> Links:
        """The page's own addresses, and where its story leads."""

    @property
    def ids(self) -> frozenset[str]:
        """The page's own ids that a slot's could collide with."""

    @property
    def anchors(self) -> Mapping[AnchorKey, Anchored | tuple[int, ...]]:
        """Where css anchors lead to."""

    def matching(self, css: str) -> Sequence[int]:
        """The blocks that a selector matches."""

    def certify(self, gaps: Collection[int]) -> bool:
        """Whether all of *gaps* are safe; the others are in `refused` from now on."""

    def slot_offset(self, gap: int) -> int | None:
        """Where in the input a slot in a safe *gap* is written."""
