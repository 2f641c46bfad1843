"""The work on one page of an archive, as every worker process does it, and what came of it."""

from __future__ import annotations

import json
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

import adslot
from adslot import Plan
from adslot.batch.journal import Entry, Seen
from adslot.batch.recipe import digest, recipe
from adslot.batch.rows import arguments
from adslot.cli.archive.mirror import Page
from adslot.cli.files import Input, told, write_page
from adslot.errors import PolicyError
from adslot.policy.policy import Policy

FRONT_MATTER = "front-matter"


@attrs.frozen
class Order:
    """A *page* to be placed by a *recipe*: what is *said* of it alone, as JSON, and what is *known* of it if that may still hold."""

    page: Page
    recipe: bytes
    said: str | None = None
    known: Entry | None = None


@attrs.frozen(kw_only=True)
class Outcome:
    """What came of a page: the *entry* for the journal, or the *fault*, with its *traceback*.

    It *is_unchanged* where what was known of it still held, so that nothing was written.
    """

    entry: Entry | None = None
    slots: int = 0
    warnings: tuple[str, ...] = ()
    is_unchanged: bool = False
    fault: str | None = None
    traceback: str = ""
    is_wrong_policy: bool = False


@attrs.frozen
class Work:
    """Places pages by a *policy*, with what `place` is *told* of all of them, and what their *front* matter says of each."""

    policy: Policy
    told: Mapping[str, Any]
    front: bool = False

    @property
    def recipe(self) -> bytes:
        """What decides of every page, beside itself and what is said of it alone."""
        return recipe(self.policy, {**self.told, "about": FRONT_MATTER} if self.front else self.told)

    def __call__(self, order: Order) -> Outcome:
        """Whatever goes wrong with a page is an outcome, too."""
        try:
            return self._placed(order)
        except Exception as error:  # noqa: BLE001  # a page that shows a fault of ours is a page that failed, like others
            return Outcome(
                fault=told(error),
                traceback="".join(traceback.format_exception(error)),
                is_wrong_policy=isinstance(error, PolicyError),
            )

    def _placed(self, order: Order) -> Outcome:
        page = order.page
        data = Input(page.path, Path(page.below)).read(self.told["encoding"])
        content = digest(data)
        if order.known is not None and order.known.content == content:
            return Outcome(entry=attrs.evolve(order.known, seen=page.seen), is_unchanged=True)
        html, plan = self._filled(data, self._told(order))
        write_page(Path(page.target), html)
        entry = Entry(
            seen=page.seen,
            content=content,
            recipe=order.recipe,
            output=len(html),
            is_short=bool(plan.unmet),
        )
        if page.is_own:  # the next run finds what this one has written
            status = Path(page.target).stat()
            seen = Seen.of(status.st_size, status.st_mtime_ns)
            entry = attrs.evolve(entry, seen=seen, content=digest(html))
        return Outcome(entry=entry, slots=len(plan.placements), warnings=plan.warnings)

    def _told(self, order: Order) -> Mapping[str, Any]:
        """What is told of all pages, and over it what a table says of one."""
        return self.told if order.said is None else _over(self.told, arguments(json.loads(order.said)))

    def _filled(self, data: bytes, told: Mapping[str, Any]) -> tuple[bytes, Plan]:
        """A page with slots. Its front matter is none of the story, and stays in front of it."""
        if not self.front:
            result = adslot.place(data, self.policy, **told)
            return result.html, result.plan
        from adslot.cli.archive.front_matter import ENCODING, divided  # noqa: PLC0415  # an extra

        parts = divided(data, self.policy)
        told = _over(told, parts.said)
        if parts.front:
            told = {**told, "encoding": told["encoding"] or ENCODING}
        result = adslot.place(parts.page, self.policy, **told)
        return parts.front + result.html, result.plan


def _over(told: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """What is *told* of all pages, and over it what one says of its *own*: also context over context."""
    return {**told, **own, "context": {**told["context"], **own.get("context", {})}}
