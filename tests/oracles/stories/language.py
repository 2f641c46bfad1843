"""What a policy's texts say: distances, moves, anchors and terms, as far as the policies of this judge go."""

from __future__ import annotations

import re

import attrs

Amount = tuple[int, str]
# Alternatives of amounts: of one alternative all must hold.
Distance = tuple[tuple[Amount, ...], ...]

GROUPS = {
    "text": {"paragraph", "short-paragraph", "list", "quote"},
    "headings": {"heading", "pseudo-heading"},
    "media": {"figure", "table", "embed", "code", "box"},
}
KINDS = ("ad", "teaser", "promo")

_ANCHOR = re.compile(
    r"(?P<where>after|before) (?:every (?P<every>\d+) )?(?P<what>css\(.+?\)|[\w-]+)"
    r"(?: (?P<number>-?\d+))?(?: from (?P<first>\d+))?(?: in section (?P<section>-?\d+))?"
)
_SHARE = re.compile(r"(?P<share>\d+)%(?: of (?P<unit>\w+))?")


@attrs.frozen(kw_only=True)
class Anchor:
    """A place, or many: *where* is `start`, `end`, `at` a share of a unit, `after` or `before`."""

    where: str
    what: str = ""
    number: int | None = None
    every: int | None = None
    first: int | None = None
    section: int | None = None
    share: int | None = None
    unit: str = "chars"


def distance(text: str | None) -> Distance | None:
    """`70 chars and 1 paragraph, or 90 chars`."""
    if text is None:
        return None
    alternatives = re.split(r",? or ", text)
    return tuple(tuple(amount(part) for part in re.split(r",? and ", each)) for each in alternatives)


def amount(text: str) -> Amount:
    """`70 chars`, `1 paragraph` or `30%`."""
    found = re.fullmatch(r"(\d+) ?(%|[a-z]+)", text)
    assert found is not None, text
    unit = found[2]
    return int(found[1]), unit if unit == "%" or unit.endswith("s") else f"{unit}s"


def rate(text: str | None) -> tuple[int, Amount] | None:
    """`2 per 5 paragraphs`."""
    if text is None:
        return None
    slots, _, size = text.partition(" per ")
    return int(slots), amount(size)


def move(text: str | None) -> tuple[Distance, str] | None:
    """`2 paragraphs down`: how far, and `down`, `up` or nothing."""
    if text is None:
        return None
    size, _, direction = text.rpartition(" ")
    size, direction = (size, direction) if direction in ("up", "down") else (text, "")
    found = distance(size)
    assert found is not None
    return found, direction


def anchor(text: str) -> Anchor:
    """`start`, `50%`, `after paragraph 2 in section 1`, `before every 2 figures from 1`."""
    if text in ("start", "end"):
        return Anchor(where=text)
    if share := _SHARE.fullmatch(text):
        return Anchor(where="at", share=int(share["share"]), unit=share["unit"] or "chars")
    found = _ANCHOR.fullmatch(text)
    assert found is not None, text
    number, every, first, section = (_number(found[name]) for name in ("number", "every", "first", "section"))
    what = found["what"].removesuffix("s") if every and found["what"] not in GROUPS else found["what"]
    return Anchor(where=found["where"], what=what, number=number, every=every, first=first, section=section)


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def listed(value: str | list[str] | None) -> tuple[str, ...]:
    """What may be one text or a list of them."""
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


def names_slots(term: str) -> bool:
    """Whether a term can name own slots."""
    return term in KINDS or term.startswith(("slot(", "rule("))


def names_role(term: str, role: str, mark: str) -> bool:
    """Whether a term names a block of this *role* with this class."""
    if term.startswith("not("):
        return not any(names_role(each, role, mark) for each in term[4:-1].split(", "))
    if term.startswith("css("):
        return term[5:-1] == mark
    return role in GROUPS.get(term, {term})
