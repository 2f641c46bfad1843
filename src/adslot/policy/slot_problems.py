"""What is wrong with slots and layouts, as far as it can be seen without writing one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from adslot.errors import KeyPath, Problem, nearest
from adslot.patterns import pattern
from adslot.policy.bounds import CHARS_IN_TAGS, LAYOUTS, SIZES_IN_LAYOUTS, TEMPLATE_CHARS
from adslot.policy.frozen import Table
from adslot.policy.labels import problem_of as label_problem
from adslot.policy.language.terms import NAME
from adslot.policy.numbers import LARGEST, told
from adslot.policy.slots import Layout, Slot
from adslot.policy.templates import PLAIN, PassingFault, asks_for, chars_in_tags, fault_in, is_written, names, needs_of
from adslot.roles import KINDS, MARK, RULE_MARK, SLOT_TAGS

# Who may pass over a slot.
SKIPPERS = ("speech", "snippets")
# Who writes the visible label.
WRITERS = ("slot", "template")
SIZE_PATTERN = "fluid|[1-9][0-9]{0,3}x[1-9][0-9]{0,3}"
# A list of more is a page of its own.
MOST_ITEMS = 20
NAME_EXPECTED = "a name of letters, digits, '-', '_' and '.'"

_ATTRIBUTE = pattern(r"[a-zA-Z][\w.:-]*")
# What consent managers know scripts by. It cannot make one run.
_CONSENT = pattern(r"class|data-[a-z0-9_.:-]+")
_OWN_ATTRIBUTES = (MARK, RULE_MARK, "id")


def problems_of_slots(slots: Sequence[Slot], layouts: Sequence[Layout], language: str | None) -> Iterator[Problem]:
    """Everything that is wrong with *layouts*, and with *slots*, whose labels are in *language*."""
    yield from duplicates(("layouts",), [layout.name for layout in layouts])
    yield from _of_layouts(layouts)
    yield from duplicates(("slots",), [slot.name for slot in slots])
    tags = _Tags()
    for slot in slots:
        path = ("slots", slot.name)
        yield from _of_slot(path, slot)
        yield from _of_screens(path, slot, [layout.name for layout in layouts])
        yield from _of_template(path, slot, layouts, tags)
        if slot.is_ad and not slot.label_as_is:
            yield from filter(None, [label_problem((*path, "label"), slot.label, language, slot.template)])


def _of_layouts(layouts: Sequence[Layout]) -> Iterator[Problem]:
    """Screens of every width must have one layout."""
    if len(layouts) > LAYOUTS:
        yield Problem(("layouts",), f"at most {LAYOUTS}", f"{len(layouts):,}")
        return
    widths = [layout.min_width for layout in layouts]
    for index, layout in enumerate(layouts):
        path = ("layouts", layout.name)
        if not NAME.fullmatch(layout.name):
            yield Problem(path, NAME_EXPECTED, repr(layout.name))
        yield from number((*path, "min_width"), layout.min_width, 0, "a width in px, 0 or more")
        if layout.min_width in widths[:index]:
            yield Problem((*path, "min_width"), "a width of its own", told(layout.min_width))
    if layouts and 0 not in widths:
        yield Problem(("layouts",), "one with 'min_width = 0', for the narrowest screens", "none")


def _of_slot(path: KeyPath, slot: Slot) -> Iterator[Problem]:
    if not NAME.fullmatch(slot.name):
        yield Problem(path, NAME_EXPECTED, repr(slot.name))
    yield from choice((*path, "kind"), slot.kind, tuple(KINDS))
    yield from choice((*path, "tag"), slot.tag, SLOT_TAGS)
    yield from number((*path, "items"), slot.items, 1, f"1 to {MOST_ITEMS}", most=MOST_ITEMS)
    if slot.items != 1 and not slot.shows_articles and slot.kind in KINDS:
        yield Problem(
            (*path, "items"), "'kind = \"teaser\"', which alone shows articles", repr(slot.kind), needs=("kind",)
        )
    for who in slot.skip:
        yield from choice((*path, "skip"), who, SKIPPERS)
    if "snippets" in slot.skip and slot.tag == "aside":
        expected = '\'tag = "div"\' or "section", as no aside is kept out of snippets'
        yield Problem((*path, "skip"), expected, "'snippets'")
    for name, _ in slot.attributes:
        if not _ATTRIBUTE.fullmatch(name) or name.lower() in _OWN_ATTRIBUTES:
            yield Problem((*path, "attributes"), "names of attributes that adslot does not set itself", repr(name))
    for name, _ in slot.consent:
        if not _CONSENT.fullmatch(name):
            yield Problem((*path, "consent"), "'class' or names in small letters that begin with 'data-'", repr(name))
        elif name in _OWN_ATTRIBUTES or (name != "class" and asks_for(slot.template, name)):
            yield Problem((*path, "consent"), "names that nothing else writes", repr(name))


def _of_screens(path: KeyPath, slot: Slot, layouts: Sequence[str]) -> Iterator[Problem]:
    """What may be said once, or for each layout."""
    for key in ("height", "sizes"):
        value = getattr(slot, key)
        if isinstance(value, Table) and not value:
            yield Problem((*path, key), "at least one layout", "none")
        for name in value if isinstance(value, Table) else ():
            if name not in layouts:
                yield Problem((*path, key, name), "the name of a layout", repr(name), nearest(name, layouts))
    sizes_in_all = sum(len(slot.sizes_in(name)) for name in layouts[: LAYOUTS + 1])
    if sizes_in_all > SIZES_IN_LAYOUTS:
        yield Problem((*path, "sizes"), f"at most {SIZES_IN_LAYOUTS:,} in all layouts", f"{sizes_in_all:,}")
    for where, height in _each((*path, "height"), slot.height):
        yield from number(where, height, 1, "a height in px, 1 or more")
    for where, sizes in _each((*path, "sizes"), slot.sizes):
        for size in sizes:
            if not re.fullmatch(SIZE_PATTERN, size):
                yield Problem(where, "a size in px such as '300x250', or 'fluid'", repr(size))


def _each(path: KeyPath, value: Any) -> list[tuple[KeyPath, Any]]:
    """What is said, by path: once, or for each layout."""
    if isinstance(value, Table):
        return [((*path, name), each) for name, each in value.items()]
    return [] if value is None else [(path, value)]


class _Tags:
    """Counts the characters within tags of templates, each of which is compiled once."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._total = 0

    def are_too_many(self, template: str) -> bool:
        """Whether they are, with those of one more *template*."""
        if template not in self._seen:
            self._seen.add(template)
            self._total += chars_in_tags(template)
        return self._total > CHARS_IN_TAGS


def _of_template(path: KeyPath, slot: Slot, layouts: Sequence[Layout], tags: _Tags) -> Iterator[Problem]:
    yield from choice((*path, "label_in"), slot.label_in, WRITERS)
    if slot.consent and not asks_for(slot.template, "consent"):
        expected = "a template that writes 'consent' on what it loads, such as 'adsense' or 'amp'"
        found = "one that does not" if is_written(slot.template) else repr(slot.template)
        yield Problem((*path, "consent"), expected, found, needs=("template",))
    if slot.template == PLAIN:
        if slot.label_in == "template":
            yield Problem(
                (*path, "label_in"), "'template' only where there is one", repr(slot.label_in), needs=("template",)
            )
        return
    if slot.html:
        yield Problem((*path, "html"), "either 'html' or a template", "both")
    if is_written(slot.template):
        yield from _of_text((*path, "template"), slot.template, tags)
    elif slot.template not in names():
        expected = f"one of {', '.join(names())}, a file with markup in the folder of the policy, or a template itself"
        yield Problem((*path, "template"), expected, repr(slot.template), nearest(slot.template, names()))
    else:
        yield from _of_built_in(path, slot, layouts)


def _of_text(path: KeyPath, template: str, tags: _Tags) -> Iterator[Problem]:
    if len(template) <= TEMPLATE_CHARS and tags.are_too_many(template):
        yield Problem(path, f"at most {CHARS_IN_TAGS:,} characters in tags, of all templates together", "more")
        return
    try:
        fault = fault_in(template)
    except PassingFault as passing:
        fault = str(passing)
    if fault is not None:
        yield Problem(path, "a Jinja template", fault)


def _of_built_in(path: KeyPath, slot: Slot, layouts: Sequence[Layout]) -> Iterator[Problem]:
    """A built-in template says what it needs."""
    where, needed = (*path, "template"), needs_of(slot.template)
    given = {name for name, _ in slot.attributes}
    for name in needed:
        if name.startswith("data-") and name not in given:
            yield Problem(where, f"the attribute {name!r}, which {slot.template!r} needs", "none")
    if "sizes" in needed and not any("x" in size for size in slot.sizes_in(None)):
        yield Problem(where, f"sizes such as '300x250', which {slot.template!r} needs", "none")
    if "layouts" in needed and not layouts:
        yield Problem(where, f"layouts, which {slot.template!r} needs", "none")
    if not slot.is_ad:
        yield Problem(where, "a template for articles", f"{slot.template!r}, which is for ads")


# ------------------------------------------------------------------------------------- single values


def duplicates(path: KeyPath, names: Sequence[str]) -> Iterator[Problem]:
    """Names that come up again."""
    seen: dict[str, int] = {}
    for index, name in enumerate(names):
        if (first := seen.setdefault(name, index)) != index:
            yield Problem((*path, index, "name"), "a name of its own", repr(name), first=(*path, first))


def number(path: KeyPath, value: Any, least: int, expected: str, *, most: int | None = None) -> Iterator[Problem]:
    """A value that is no whole number in bounds."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or value < least or (most is not None and value > most):
        yield Problem(path, expected, told(value))
    elif value > LARGEST:
        yield Problem(path, f"at most {LARGEST}", told(value))


def choice(path: KeyPath, value: Any, known: tuple[str, ...]) -> Iterator[Problem]:
    """A value that is not one of those *known*."""
    if value not in known:
        yield Problem(
            path, f"one of {', '.join(known)}", told(value), nearest(value, known) if isinstance(value, str) else None
        )
