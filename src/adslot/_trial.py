"""A trial: a slot is written with made-up articles before it is written for readers.

What no page can hold, a title that is not escaped, a sponsored link that does not say so: these are faults of
the policy, and are told when it is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from adslot._cache import kept
from adslot._placements import Placement
from adslot._render import Page, render
from adslot._source.markup import markup_fault, seen_of
from adslot._text import visible
from adslot._urls import scheme_of
from adslot.errors import Problem
from adslot.labels import usual
from adslot.policy import Layout, Policy, Slot
from adslot.related import Image, Related
from adslot.templates import PLAIN, Context, TemplateFault, as_read

FITTING = "markup that fits any page"

_URL = "https://example.org/artikel?a=1&b=2"
_WHOLE = Related(
    "Züge & Busse",
    _URL,
    image=Image("/bild.jpg", 300, 200, "Ein Zug"),
    tags=("Bahn",),
    summary="Im Takt",
    published="2026-11-05",
    id=1,
)
_BARE = Related("Züge & Busse", _URL)
# Becomes an attribute where it stands in no quotes, or breaks out of them.
_PROBE = "adslot-probe-text"
_PROBES = f""" {_PROBE}=1 "{_PROBE}=1 '{_PROBE}=1 \\{_PROBE}"""
# In scripts JSON doubles every backslash.
_AS_SCRIPT = re.compile(rf"(?<!\\)(?:\\\\)*\\{_PROBE}")


_Fault = tuple[str, str]


class _Saying(Context):
    """A context that says the same of everything."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def __missing__(self, key: str) -> str:
        return self._text


def trials(slots: Iterable[Slot], language: str | None, layouts: tuple[Layout, ...]) -> Iterator[Problem]:
    """What is wrong with *slots*, as far as it shows when they are written."""
    return filter(None, (fault_of(slot, language, layouts) for slot in slots))


def trials_of_cases(policy: Policy) -> Iterator[Problem]:
    """What is wrong with the slots that the cases of *policy* change."""
    for index, changed in enumerate(policy.changed):
        slots = [slot for slot in changed.slots if slot not in policy.slots]
        for problem in trials(slots, changed.article.language, changed.layouts):
            yield attrs.evolve(problem, path=f"cases[{index}].{problem.path}")


def fault_of(slot: Slot, language: str | None, layouts: tuple[Layout, ...] = ()) -> Problem | None:
    """The first thing that is wrong with what *slot* writes, None where all is right."""
    return _fault_of((slot, language, layouts))


@kept(megabytes=4)
def _fault_of(written: tuple[Slot, str | None, tuple[Layout, ...]]) -> Problem | None:
    slot, language, layouts = written
    if slot.template == PLAIN:
        fault = markup_fault(_written(slot, (), Page(language))) if slot.html else None
        return None if fault is None else Problem(f"slots.{slot.name}.html", FITTING, fault)
    path = f"slots.{slot.name}.template"
    try:
        page = Page(language, usual([language], [slot.label]) or "Anzeige", layouts)
        found = next(filter(None, _faults(slot, page)), None)
    except TemplateFault as fault:
        return Problem(path, "a template that can be filled, whatever an article lacks", str(fault))
    return None if found is None else Problem(path, *found)


def _faults(slot: Slot, page: Page) -> Iterator[_Fault | None]:
    if slot.kind != "teaser":
        markup = _written(slot, (), page)
        yield _unfit(markup)
        yield _unlabelled(slot.label, markup)
        yield _unescaped(slot, (), page)
        return
    for item in (_WHOLE, _BARE):
        markup = _written(slot, (item,) * slot.items, page)
        yield _unfit(markup)
        yield _unlabelled(slot.label, markup)
        yield _unlinked(markup)
    yield _unpaid(slot, page)
    yield _unescaped(slot, (_WHOLE, attrs.evolve(_BARE, sponsored=True))[: slot.items], page)


def _written(slot: Slot, items: tuple[Related, ...], page: Page) -> str:
    return render(slot, Placement("probe", slot.name, "adslot-probe-1", 1, 0, items=items), page)


def _unfit(markup: str) -> _Fault | None:
    fault = markup_fault(markup)
    return None if fault is None else (FITTING, fault)


def _unlabelled(label: str, markup: str) -> _Fault | None:
    if visible(as_read(label)) in visible(seen_of(markup).text):
        return None
    return f"the label {label!r} as visible text", "none"


def _unlinked(markup: str) -> _Fault | None:
    if any(url == _URL for url, _ in seen_of(markup).links):
        return None
    return 'a link to each article: <a href="{{ item.url }}">', "none"


def _unpaid(slot: Slot, page: Page) -> _Fault | None:
    """A sponsored article beside one that is not: its link must say so, and in a list a label of its own."""
    paid = attrs.evolve(_BARE, sponsored=True)
    free = attrs.evolve(_BARE, url="https://example.org/frei")
    markup = _written(slot, (free, paid)[-slot.items :], page)
    if not any(url == _URL and "sponsored" in rel for url, rel in seen_of(markup).links):
        return 'the link of a sponsored article with rel="{{ item.rel }}"', "one without"
    return _unlabelled(page.ad_label, markup)


def _unescaped(slot: Slot, items: tuple[Related, ...], page: Page) -> _Fault | None:
    """Whether what articles and the caller say may become anything but text."""
    hostile = f"</{slot.tag}><i>{_PROBES}"
    items = tuple(_saying(hostile, item, f"{_URL}&{hostile}") for item in items)
    for context in (None, _Saying(hostile)):
        try:
            markup = _written(slot, items, attrs.evolve(page, context=context))
        except TemplateFault:  # what is compared with a number, say, is not written
            continue
        if fault := _become_of(markup):
            return fault
    return _led_astray(slot, items, page)


def _saying(text: str, item: Related, url: str) -> Related:
    """An article of which all that is shown is *text*, but for its URLs."""
    image = Image(url, alt=text)
    return Related(text, url, summary=text, tags=(text,), id=text, image=image, sponsored=item.sponsored)


def _become_of(markup: str) -> _Fault | None:
    """What became of a hostile text in *markup*, if it is more than text."""
    if markup_fault(markup) is not None:
        return "titles and the like escaped, without the filter 'safe'", "one that becomes markup"
    seen = seen_of(markup)
    if _PROBE in seen.attributes:
        return "titles and the like in quoted attributes", "one that becomes an attribute"
    if any(_AS_SCRIPT.search(script) for script in seen.scripts):
        return "titles and the like in scripts through the filter 'tojson'", "one that becomes script"
    return None


def _led_astray(slot: Slot, items: tuple[Related, ...], page: Page) -> _Fault | None:
    """Whether another text than a URL, which is known to be safe, may say where a link leads."""
    try:
        markup = _written(slot, tuple(_saying(f"javascript:{_PROBE}", item, _URL) for item in items), page)
    except TemplateFault:
        return None
    if any(scheme_of(url) == "javascript" and _PROBE in url for url in seen_of(markup).addresses):
        return "'item.url' or 'item.image.url' as the address", "a title or the like, which may be a script"
    return None
