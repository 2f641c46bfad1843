"""Trial insertion: certify by parsing the places that lack a witness."""

from __future__ import annotations

from collections.abc import Sequence

from adslot.html.document import Document, parse
from adslot.html.dom import TEXT, Node
from adslot.html.source import Source
from adslot.roles import MARK

_MARK = f"{MARK}-probe"
_PROBE = f"<aside {_MARK}>x</aside>"


def proven(document: Document, places: Sequence[tuple[int, Node | None]]) -> list[bool]:
    """For each (offset, the element that must follow or None) whether a slot there changes nothing else.

    All places are tried in one parse; only if that one differs, each is tried alone, up to a
    handful: time stays linear in the text.
    """
    if _try(document, places):
        return [True] * len(places)
    if len(places) == 1 or len(places) > _TRIALS:
        return [False] * len(places)
    return [_try(document, [place]) for place in places]


_TRIALS = 8


def _try(document: Document, places: Sequence[tuple[int, Node | None]]) -> bool:
    spliced = Source(document.source).splice([(offset, _PROBE) for offset, _ in sorted(places, key=lambda p: p[0])])
    trial = parse(spliced if isinstance(spliced, str) else "", "page" if document.is_page else "fragment")
    probes = trial.root.select(f"[{_MARK}]")
    if len(probes) != len(places) or any(probe.html != f'<aside {_MARK}="">x</aside>' for probe in probes):
        return False
    shift = 0
    for probe, (_, below) in zip(probes, sorted(places, key=lambda p: p[0]), strict=True):
        shift += len(_PROBE)
        if below is not None and _next_start(trial, probe) != _start(document, below) + shift:
            return False
    for probe in probes:
        probe.decompose()
    same: bool = trial.root.html == document.root.html
    return same


def _next_start(trial: Document, probe: Node) -> int:
    node = probe.next_sibling
    while node is not None and trial.tag(node)[0] == "#":
        if trial.tag(node) == TEXT and trial.text(node).strip():
            return -1
        node = node.next_sibling
    return -1 if node is None else _start(trial, node)


def _start(document: Document, node: Node) -> int:
    location = document.location(node)
    return -1 if location is None or location.start_tag is None else location.start_tag.start_offset
