"""Editors' markers: comments in the story that keep slots out of a passage, or ask for one."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from adslot.article.body.doubts import is_talk
from adslot.html.dom import Dom, Node
from adslot.patterns import pattern
from adslot.roles import HERE

# What all of them have in it.
MARKING = "adslot:"
_MARKER = pattern(rf"\s*adslot:\s*(none|off|on|{HERE})\b[ \t]*([\w.-]*)\s*\Z")


@attrs.define(eq=False)
class Marker:
    """An editor's comment that stands after *after* pieces; *until* so many goes the element that it stands in.

    *until* is None in the body itself.
    """

    verb: str
    name: str
    after: int
    until: int | None = None


class Editors:
    """Tells the markers of editors from those that others write: outside of the story, or among readers' comments."""

    def __init__(self, dom: Dom, body: Node) -> None:
        self._dom, self._body = dom, body
        self._heard: dict[Node | None, bool] = {body: True, None: False}

    def marker(self, comment: Node) -> re.Match[str] | None:
        """The marker that *comment* is: its verb and its name."""
        data = self._dom.data(comment)
        found = _MARKER.match(data) if MARKING in data else None
        return found if found and self._is_heard(self._dom.parent(comment)) else None

    def is_none(self) -> bool:
        """Whether an editor wants no slots at all."""
        found = map(self.marker, self._dom.comments(self._body, holding=MARKING))
        return any(marker is not None and marker[1] == "none" for marker in found)

    def _is_heard(self, element: Node | None) -> bool:
        """Whether what stands in *element* is the story's."""
        path = []
        while element not in self._heard:
            path.append(element)
            element = None if is_talk(self._dom, element) else self._dom.parent(element)
        heard = self._heard[element]
        self._heard.update(dict.fromkeys(path, heard))
        return heard


def off_gaps(markers: Sequence[Marker], count: int) -> set[int]:
    """Of *count* gaps those between an editor's `off` and the next `on`; without one, to the end of its element."""
    spans: list[tuple[int, int]] = []
    end: int | None = None
    for marker in reversed(markers):
        if marker.verb == "on":
            end = marker.after
        elif marker.verb == "off":
            last = count if marker.until is None else marker.until
            spans.append((marker.after, last if end is None else end))
    closed: set[int] = set()
    reached = 0
    for begin, stop in reversed(spans):
        closed.update(range(max(begin, reached), stop))
        reached = max(reached, stop)
    return closed
