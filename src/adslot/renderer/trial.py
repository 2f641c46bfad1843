"""A trial: a slot is written with made-up articles before it is written for readers.

What no page can hold, a title that is not escaped, a sponsored link that does not say so: these are faults of
the policy, and are reported when it is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from adslot.errors import Problem
from adslot.html.fragment import markup_fault, seen_of
from adslot.html.text import visible
from adslot.kept import kept
from adslot.patterns import pattern
from adslot.planner.placements import Placement
from adslot.policy.bounds import STEPS_OF_TRIALS
from adslot.policy.labels import usual
from adslot.policy.policy import Policy
from adslot.policy.slots import Layout, Slot
from adslot.policy.templates import PLAIN, Context, PassingFault, TemplateFault, as_read, counted
from adslot.related.urls import scheme_of
from adslot.related.values import Image, Related
from adslot.renderer.slot import FITTING, PageContext, render

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
# Longer than any article: what a template is given of it is cut.
_LONG = attrs.evolve(_WHOLE, title="x" * 9_999, summary="x" * 9_999, tags=("x" * 9_999,) * 99, id="x" * 9_999)
# Becomes an attribute where it stands in no quotes, or breaks out of them.
_PROBE = "adslot-probe-text"
_PROBES = f""" {_PROBE}=1 "{_PROBE}=1 '{_PROBE}=1 \\{_PROBE}"""
# In scripts JSON doubles every backslash.
_AS_SCRIPT = pattern(rf"(?<!\\)(?:\\\\)*\\{_PROBE}")


_Fault = tuple[str, str]


class Steps:
    """How many steps are left for trying out the templates of one policy."""

    def __init__(self) -> None:
        self.left = STEPS_OF_TRIALS


@attrs.frozen
class _Tried:
    """What is wrong with a slot, and how many steps it took to see it."""

    problem: Problem | None
    steps: int


def trials(slots: Iterable[Slot], language: str | None, layouts: tuple[Layout, ...], steps: Steps) -> Iterator[Problem]:
    """What is wrong with *slots*, as far as it shows when they are written; none are written where no *steps* are left."""
    for slot in slots:
        if steps.left < 0:
            return
        try:
            tried = _tried((slot, language, layouts))
        except PassingFault as fault:
            tried = _Tried(_unfilled(slot, fault), 0)
        steps.left -= tried.steps
        if steps.left < 0:
            expected = f"templates that are tried out in {STEPS_OF_TRIALS:,} steps, all together"
            yield Problem(("slots", slot.name, "template"), expected, "more")
        elif tried.problem is not None:
            yield tried.problem


def trials_of_cases(policy: Policy, steps: Steps) -> Iterator[Problem]:
    """What is wrong with the slots that the cases of *policy* change."""
    known = frozenset(policy.slots)
    for index, changed in enumerate(policy.changed):
        slots = [slot for slot in changed.slots if slot not in known]
        for problem in trials(slots, changed.article.language, changed.layouts, steps):
            yield attrs.evolve(problem, keys=("cases", index, *problem.keys))


def problem_of(slot: Slot, language: str | None, layouts: tuple[Layout, ...] = ()) -> Problem | None:
    """The first thing that is wrong with what *slot* writes, None where all is right."""
    try:
        return _tried((slot, language, layouts)).problem
    except PassingFault as fault:
        return _unfilled(slot, fault)


@kept(megabytes=4)
def _tried(given: tuple[Slot, str | None, tuple[Layout, ...]]) -> _Tried:
    """The same, kept. Raises PassingFault where it may be otherwise the next time."""
    with counted() as steps:
        problem = _problem_of(*given)
    return _Tried(problem, sum(steps))


def _problem_of(slot: Slot, language: str | None, layouts: tuple[Layout, ...]) -> Problem | None:
    if slot.template == PLAIN:
        fault = markup_fault(_written(slot, (), PageContext(language))) if slot.html else None
        return None if fault is None else Problem(("slots", slot.name, "html"), FITTING, fault)
    try:
        page = PageContext(language, usual([language], [slot.label]) or "Anzeige", layouts)
        found = next(filter(None, _faults(slot, page)), None)
    except PassingFault:
        raise
    except TemplateFault as fault:
        return _unfilled(slot, fault)
    return None if found is None else Problem(("slots", slot.name, "template"), *found)


def _unfilled(slot: Slot, fault: TemplateFault) -> Problem:
    expected = "a template that can be filled, whatever an article lacks"
    return Problem(("slots", slot.name, "template"), expected, str(fault))


def _faults(slot: Slot, page: PageContext) -> Iterator[_Fault | None]:
    if not slot.shows_articles:
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
    yield _unfit(_written(slot, (_LONG,) * slot.items, page))
    yield _unpaid(slot, page)
    yield _unescaped(slot, (_WHOLE, attrs.evolve(_BARE, sponsored=True))[: slot.items], page)


def _written(slot: Slot, items: tuple[Related, ...], page: PageContext) -> str:
    return render(slot, Placement("probe", slot.name, "adslot-probe-1", gap=1, offset=0, items=items), page)


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


def _unpaid(slot: Slot, page: PageContext) -> _Fault | None:
    """A sponsored article beside one that is not: its link must say so, and in a list a label of its own."""
    paid = attrs.evolve(_BARE, sponsored=True)
    free = attrs.evolve(_BARE, url="https://example.org/frei")
    markup = _written(slot, (free, paid)[-slot.items :], page)
    if not any(url == _URL and "sponsored" in rel for url, rel in seen_of(markup).links):
        return 'the link of a sponsored article with rel="{{ item.rel }}"', "one without"
    return _unlabelled(page.ad_label, markup)


def _unescaped(slot: Slot, items: tuple[Related, ...], page: PageContext) -> _Fault | None:
    """Whether what articles and the caller say may become anything but text."""
    hostile = f"</{slot.tag}><i>{_PROBES}"
    items = tuple(_saying(hostile, item, f"{_URL}&{hostile}") for item in items)
    for context in (None, Context(other=hostile)):
        try:
            markup = _written(slot, items, attrs.evolve(page, context=context))
        except PassingFault:
            raise
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


def _led_astray(slot: Slot, items: tuple[Related, ...], page: PageContext) -> _Fault | None:
    """Whether another text than a URL, which is known to be safe, may say where a link leads."""
    try:
        markup = _written(slot, tuple(_saying(f"javascript:{_PROBE}", item, _URL) for item in items), page)
    except TemplateFault:
        return None
    if any(scheme_of(url) == "javascript" and _PROBE in url for url in seen_of(markup).addresses):
        return "'item.url' or 'item.image.url' as the address", "a title or the like, which may be a script"
    return None
