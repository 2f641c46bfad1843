"""A starter: the policy file that `adslot init` writes, a ready policy fitted to an example of a site's articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import attrs

from adslot.api.loading import loads
from adslot.api.loading import preset as ready
from adslot.api.placing import place
from adslot.article.reading import draft_source
from adslot.cli.init.example import Example, example_of
from adslot.cli.init.language import is_believed
from adslot.errors import AdslotError
from adslot.html.own_slots import strip_parsed
from adslot.html.source import Source
from adslot.html.text import counted
from adslot.policy import presets
from adslot.policy.labels import labels_of, usual
from adslot.policy.language_tags import primary
from adslot.policy.policy import Policy

_PRESETS = {"de": "de-news", "ja": "ja-news"}
_OTHERWISE = "en-news"
# The words above teasers.
_TEASERS = {
    "de": "LESEN SIE AUCH",
    "en": "READ MORE",
    "es": "LEE TAMBIÉN",
    "fr": "À LIRE AUSSI",
    "it": "LEGGI ANCHE",
    "ja": "関連記事",
    "nl": "LEES OOK",
    "pt": "LEIA TAMBÉM",
}
_WIDTH = 31


class NoStoryError(AdslotError):
    """An example without a story."""


@attrs.frozen
class Starter:
    """The *text* of a policy file, the *preset* in it, and *notes*: what was found, in sentences."""

    text: str
    preset: str
    notes: tuple[str, ...] = ()


def begin(name: str, html: bytes | None = None, *, encoding: str | None = None, preset: str | None = None) -> Starter:
    """A policy file for articles such as *html*, a file called *name*; from *preset*, or the one of its language.

    Raises NoStoryError where nothing in *html* could be a story, EncodingError for an unknown *encoding*.
    """
    if html is None:
        base = preset or _OTHERWISE
        return Starter(_written(base, None, None, [f"the preset {base} for you to change."]), base)
    example = _examine(html, encoding)
    language = _language(example)
    base = preset or _PRESETS.get(primary(language or ""), _OTHERWISE)
    shown = re.sub(r"[^\w./ -]", "?", name)
    text = _written(base, example, language, [
        f"the preset {base}, fitted to {shown}, for you to change.",
        f"Look at its plan: adslot explain {shown} --policy THIS_FILE; and at articles of other kinds, too.",
    ])  # fmt: skip
    return Starter(text, base, (*_notes(example, language, base), *_placed(text, html, encoding)))


def _examine(html: bytes, encoding: str | None) -> Example:
    source, lifting = strip_parsed(Source.of(html, encoding), "auto")
    example = example_of(draft_source(source, lifting.document, Policy()))
    if not example.blocks:
        raise NoStoryError("nothing that could be a story was found: no text, no pictures")
    return example


def _language(example: Example) -> str | None:
    """The language of an article: its words are believed sooner than what the page declares."""
    declared, heard = example.language, example.heard
    if declared and is_believed(declared, heard):
        found = labels_of(declared)
        return found.language if found else declared
    return heard


# ---------------------------------------------------------------------------------------------- the file


def _written(base: str, example: Example | None, language: str | None, introduction: list[str]) -> str:
    """The file of the preset *base*, with an introduction, and with what was found in its `[article]`."""
    header, _, rest = presets.text_of(base).partition("\n\n")
    before, _, slots = f"\n\n{rest}".partition("\n\n[slots.")
    guards, _, article = before.partition("[article]\n")
    lines = [
        "# Where slots go in the articles of this site. Begun by adslot init:",
        *(f"# {line}" for line in introduction),
    ]
    lines += ["#", f"# {base}:", "#", *header.splitlines()]
    lines += ["", *guards.split("\n\n")[1].splitlines()] if guards.strip() else []
    own = article.splitlines()
    found = own if example is None else [*_found(example, language), *(x for x in own if not x.startswith("language"))]
    lines += ["", "[article]", *found] if found else []
    return "\n".join(lines) + f"\n\n[slots.{_in_language(slots, base, language)}"


def _found(example: Example, language: str | None) -> Iterator[str]:
    """Lines for `[article]`."""
    sizes = f"{_sizes(example)} in the example"
    if example.body:
        yield _line(f'body = "{example.body}"', f"{sizes}; without this line adslot looks for it")
    else:
        yield f"# The body is {example.how}: {sizes}."
    if example.lead:
        yield _line(f'lead = "{example.lead}"', "the standfirst")
    if language is not None:
        yield _line(f'language = "{language}"', "labels are checked for it")
    else:
        yield _line('# language = "en"', "not known from the example; labels are checked for it")
    if example.ads.story:
        own = counted(example.ads.story, "ad in the example counts", "ads in the example count")
        yield _line('# existing = "ignore"', f"{own} for distances and limits")
    if example.ads.empty:
        selectors = ", ".join(f'"{css}"' for css, _ in example.ads.empty)
        yield _line(f"# ads = [{selectors}]", "empty elements between the blocks: do scripts put ads there?")


def _sizes(example: Example) -> str:
    return f"{counted(example.blocks, 'block')}, {counted(example.chars, 'char')}"


def _line(setting: str, comment: str) -> str:
    return f"{setting:{_WIDTH}} # {comment}"


def _in_language(slots: str, base: str, language: str | None) -> str:
    """The slots and rules of a preset, with labels in *language*."""
    known, own = labels_of(language or ""), ready(base)
    if language is None or known is None or primary(own.article.language or "") == primary(language):
        return slots
    for slot in own.slots:
        if slot.label:
            label = usual([language], []) if slot.is_ad else _TEASERS[primary(language)]
            slots = slots.replace(f'label = "{slot.label}"', f'label = "{label}"')
    return slots


# --------------------------------------------------------------------------------------------- the notes


def _notes(example: Example, language: str | None, base: str) -> Iterator[str]:
    yield f"body: {example.body or example.how}; {_sizes(example)}"
    if example.has_lead:
        yield f"lead: {example.lead or 'found, but no selector matches it alone'}"
    yield _language_note(example, language, base)
    ads = example.ads
    found = (
        (ads.story, "in the story, which count"),
        (ads.inside, "inside other blocks of it, which do not count"),
        (ads.elsewhere, "elsewhere on the page"),
    )
    told = ", ".join(f"{count} {where}" for count, where in found if count)
    yield f"ads on the page: {told or 'none that adslot recognises'}"
    for css, count in ads.empty:
        yield f"{counted(count, 'empty element')} {css} in the story: if scripts put ads there, name that selector in article.ads"


def _language_note(example: Example, language: str | None, base: str) -> str:
    if language is None:
        return f"language: not known, set article.language; preset {base}"
    why = "as the page says" if example.language else "by its words"
    if example.language and primary(example.language) != primary(language):
        why = f"by its words, although the page says {example.language!r}"
    more = "" if labels_of(language) else ", whose labels are in another language: write yours"
    return f"language: {language}, {why}; preset {base}{more}"


def _placed(text: str, html: bytes, encoding: str | None) -> Iterator[str]:
    """What the policy does with the example, and would do if the page's own ads and teasers did not count."""
    policy = loads(text)
    placements = place(html, policy, encoding=encoding).plan.placements
    counts = Counter(placement.rule for placement in placements)
    told = ", ".join(f"{count} by {rule!r}" for rule, count in counts.items())
    yield f"slots in the example: {told or 'none; adslot explain tells why'}"
    ignoring = attrs.evolve(policy, article=attrs.evolve(policy.article, existing="ignore"))
    more = len(place(html, ignoring, encoding=encoding).plan.placements) - len(placements)
    if more > 0:
        room = f"no room for {counted(more, 'more slot')}"
        yield f'the ads and teasers on the page leave {room}: [article] existing = "ignore" does not count them'
