"""Device twins: neighbouring elements that are one ad, since each device shows only one of them.

A device is named outright (`mobile_1`, `XYZ_D_Incontent-2`, `pos1_sm`), or by what is hidden from it
(`hide-mobile` leaves the desktop, `lg:hidden` the phone), on the ad itself or on elements inside it.
Ads whose devices differ are twins. Where only one of two names a device, they are twins if their ids
are the same without it. Two that name none merely stand together. A label directly above an ad is
part of it, which makes the two one ad as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal

from adslot.article.foreign.openings import is_ad_label
from adslot.article.words.class_names import spell
from adslot.html.dom import Dom, Node
from adslot.html.visible import has_media, text_of
from adslot.kept import kept, size_of_text
from adslot.patterns import pattern

Device = Literal["mobile", "desktop"]

_PHONE, _TABLET, _DESKTOP = "mobile", "tablet", "desktop"
_NAMED = pattern(r"(?<!auto)(mobil|phone|handy)|(tablet)|(desktop)")
# Sizes are names of devices only at the end of a name; elsewhere they begin utilities (`sm-4`).
_SIZES = {"xs": _PHONE, "sm": _PHONE, "small": _PHONE, "mob": _PHONE, "lg": _DESKTOP, "xl": _DESKTOP, "large": _DESKTOP}
_OTHER = {_PHONE: _DESKTOP, _DESKTOP: _PHONE}
# Ad servers' unit names have the letter between other parts: SITE_M_Incontent, google-ad-d-mpu.
_LETTERS = {"m": _PHONE, "d": _DESKTOP}
_WIDTHS = frozenset("xs sm md lg xl xxl small medium large".split())
_HIDING = frozenset("hide hidden none".split())
_SHOWING = frozenset("block flex grid inline".split())
_NAMING = ("data-type", "data-device", "data-breakpoint", "media")
_INNER = 8  # elements inside an ad that are asked for its device and id: its frame, its server's element


def device(dom: Dom, element: Node) -> Device | None:
    """The only kind of device that shows this ad; tablets count as desktops. None for all, or unknown."""
    shown = _devices(dom, element)
    if shown == {_PHONE}:
        return "mobile"
    return "desktop" if shown and _PHONE not in shown else None


def are_twins(dom: Dom, above: Node, below: Node) -> bool:
    """Whether two neighbouring ad elements are one ad to every reader."""
    if is_ad_label(text_of(dom, above)) and not is_ad_label(text_of(dom, below)) and not has_media(dom, above):
        return True
    one, other = _devices(dom, above), _devices(dom, below)
    if one and other:
        return not one & other
    return bool(one or other) and _same_but_device(_ids(dom, above), _ids(dom, below))


def _devices(dom: Dom, element: Node) -> frozenset[str]:
    """The devices that the element names itself, else those that the elements inside it name."""
    own = _named_by(dom, element)
    return own or frozenset().union(*(_named_by(dom, inner) for inner in islice(dom.elements(element), _INNER)))


def _named_by(dom: Dom, element: Node) -> frozenset[str]:
    return _named_in(" ".join(filter(None, (dom.attribute(element, name) for name in ("id", "class", *_NAMING)))))


@kept(megabytes=0.5, size=size_of_text)
def _named_in(names: str) -> frozenset[str]:
    return frozenset(kind for name in spell(names).split() if (kind := _device_of(name.strip("-").split("-"))))


def _device_of(words: list[str]) -> str | None:
    """The device that one name stands for, given its *words*."""
    hiding = next((at for at, word in enumerate(words) if word in _HIDING), 0)
    if _WIDTHS.intersection(words[:hiding]):
        return _PHONE  # lg:hidden, d-md-none: hidden from this width upwards
    if _HIDING.intersection(words):
        hidden = next(filter(None, map(_size_of, words)), None)
        return _OTHER.get(hidden or "")
    if _SHOWING.intersection(words[1:]) and _WIDTHS.intersection(words[:-1]):
        return _DESKTOP  # lg:block, d-md-flex: shown from this width upwards
    named = next(filter(None, map(_name_of, words)), None)
    return named or _SIZES.get(words[-1]) or next((_LETTERS[word] for word in words[1:] if word in _LETTERS), None)


def _name_of(word: str) -> str | None:
    found = _NAMED.search(word)
    return (_PHONE, _TABLET, _DESKTOP)[found.lastindex - 1] if found and found.lastindex else None


def _size_of(word: str) -> str | None:
    return _name_of(word) or _SIZES.get(word) or (_DESKTOP if word in _WIDTHS else None)


def _ids(dom: Dom, element: Node) -> Iterator[str]:
    if name := dom.attribute(element, "id"):
        yield name
    for inner in islice(dom.elements(element), _INNER):
        if name := dom.attribute(inner, "id"):
            yield name


def _same_but_device(above: Iterator[str], below: Iterator[str]) -> bool:
    """Whether an id of each side is the same once the devices are left out of it."""
    return not {_bare(name) for name in above}.isdisjoint(map(_bare, below))


def _bare(name: str) -> str:
    words = re.sub(r"mobile?|desktop|tablet", "-", name.lower())
    return "-".join(word for word in re.split(r"[\W_]+", words) if word and word not in _SIZES and word not in _LETTERS)
