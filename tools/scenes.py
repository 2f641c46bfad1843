"""What the drawings of the reference show: small articles and policies, and what is to be measured in their plans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs

from adslot import Plan
from adslot.guards import GUARDS, Guard


@attrs.frozen(kw_only=True)
class Mark:
    """What is drawn to the left of the story, between two of its characters, with a few *lines* of text.

    - `arrow`: the distance that there is.
    - `move`: the way that a slot went from its anchor.
    - `zone`: the distance that is asked for, as a band over the story.
    - `tick`: a place that is wished for; *start* and *end* are the same.
    - `bracket`: a part of the story.
    """

    form: str
    start: int
    end: int
    lines: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Scene:
    """A drawing before it is drawn.

    - *said*: what there is to see, in a sentence: the title, and the text for those who do not see it.
    - *line*: the line of the policy that it is about.
    - *shown*: the codes of refusals to show first, where a gap has several.
    - *marks*: what is measured, in characters from the start of the story.
    """

    name: str
    said: str
    line: str
    policy: str
    html: str
    shown: tuple[str, ...] = ()
    marks: Callable[[Plan], Iterable[Mark]] = lambda _: ()


TEXTS = (
    "Die Fähre bleibt bis Freitag im Hafen. Ostwind drückt das Wasser aus dem Bodden.",
    "Am Anleger fehlt ein halber Meter. So flach war es hier zuletzt vor neun Jahren, sagt der Hafenmeister und zeigt auf den Pegel.",
    "Brot und Post bringt der Seenotkreuzer. Er fährt um acht los und ist gegen Mittag wieder zurück.",
    "Wer zum Arzt muss, meldet sich im Rathaus. Für Notfälle steht ein Hubschrauber bereit, aber nur bei Tag.",
    "In der Schule fällt nichts aus. Drei Lehrerinnen wohnen auf der Insel, die vierte hat ein Feldbett in der Bibliothek.",
    "Am Wochenende soll der Wind auf West drehen. Dann kommt das Wasser zurück und mit ihm die Fähre.",
)
_HEADINGS = ("Brot kommt mit dem Kreuzer", "Unterricht wie immer")
_SLOT = '[slots.anzeige]\nkind = "ad"\nlabel = "Anzeige"\n'
_RULE = '[[rules]]\nname = "in-text"\nslot = "anzeige"\n'


def _story(*numbers: int | str) -> str:
    """Paragraphs by their number, and headings."""
    return "".join(f"<p>{TEXTS[part]}</p>" if isinstance(part, int) else f"<h2>{part}</h2>" for part in numbers)


def _rule(keys: str) -> str:
    return f"{_SLOT}{_RULE}{keys}\n"


def chars_above(plan: Plan, gap: int) -> int:
    """The characters of the story above a gap."""
    return sum(block.chars for block in plan.article.blocks[:gap])


def _used(plan: Plan) -> list[int]:
    """The characters above each slot that stands in a gap, from top to bottom."""
    return [chars_above(plan, each.gap) for each in plan.placements if each.gap is not None]


def _chars(number: int) -> str:
    return f"{number} chars"


def _arrow(start: int, end: int) -> Mark:
    return Mark(form="arrow", start=start, end=end, lines=(_chars(end - start),))


def _from_start(plan: Plan) -> Iterator[Mark]:
    yield Mark(form="zone", start=0, end=200, lines=("from_start", _chars(200)))
    yield _arrow(0, _used(plan)[0])


def _from_end(plan: Plan) -> Iterator[Mark]:
    end = chars_above(plan, len(plan.article.blocks))
    yield Mark(form="zone", start=end - 180, end=end, lines=("from_end", _chars(180)))
    yield _arrow(_used(plan)[-1], end)


def _apart(plan: Plan) -> Iterator[Mark]:
    upper, lower = _used(plan)
    yield Mark(form="zone", start=upper, end=upper + 250, lines=("apart", _chars(250)))
    yield _arrow(upper, lower)


def _every(plan: Plan) -> Iterator[Mark]:
    end = chars_above(plan, len(plan.article.blocks))
    for place in range(200, end, 200):
        yield Mark(form="tick", start=place, end=place, lines=(_chars(place),))


def _within(plan: Plan) -> Iterator[Mark]:
    wished = chars_above(plan, 2)
    yield Mark(form="tick", start=wished, end=wished, lines=("at",))
    yield Mark(form="move", start=wished, end=_used(plan)[0], lines=("moved by", "1 paragraph"))


def _sections(plan: Plan) -> Iterator[Mark]:
    for section in plan.article.sections:
        start = chars_above(plan, section.first)
        name = ("opening", "section") if section.heading is None else (f"section {section.index}",)
        end = chars_above(plan, section.first + len(section.blocks))
        yield Mark(form="bracket", start=start, end=end, lines=(*name, f"{section.words} words"))


def _lead(plan: Plan) -> Iterator[Mark]:
    yield Mark(form="bracket", start=0, end=chars_above(plan, 1), lines=("lead",))


SCENES = (
    Scene(
        name="from-start",
        said="Gaps with less than 200 characters of story above them are refused; the slot stands in the first gap below.",
        line='from_start = "200 chars"',
        policy=_rule('from_start = "200 chars"\nprefer = "early"'),
        html=_story(0, 1, 2, 3),
        shown=("start",),
        marks=_from_start,
    ),
    Scene(
        name="from-end",
        said="Gaps with less than 180 characters of story below them are refused; the slot stands in the last gap above.",
        line='from_end = "180 chars"',
        policy=_rule('from_end = "180 chars"\nprefer = "late"'),
        html=_story(0, 1, 2, 3, 5),
        shown=("end",),
        marks=_from_end,
    ),
    Scene(
        name="apart",
        said="Two ads with more than 250 characters of story between them; gaps that are nearer to one of them are refused.",
        line='apart = "250 chars"',
        policy=_rule('apart = "250 chars"\nmax = 2\nprefer = "early"'),
        html=_story(0, 1, 2, 3, 4),
        shown=("apart",),
        marks=_apart,
    ),
    Scene(
        name="every",
        said="Places at 200, 400 and 600 characters, and at each of them a slot in the gap that is nearest.",
        line='every = "200 chars"',
        policy=_rule('every = "200 chars"'),
        html=_story(0, 1, 2, 3, 4, 5, 0),
        shown=("rhythm",),
        marks=_every,
    ),
    Scene(
        name="within",
        said="The place that is asked for lies below a heading and is refused; the slot stands one paragraph further down.",
        line='at = "after heading 1", within = "1 paragraph down"',
        policy=_rule('at = "after heading 1"\nwithin = "1 paragraph down"'),
        html=_story(0, _HEADINGS[0], 2, 3, 5),
        shown=("after-heading",),
        marks=_within,
    ),
    Scene(
        name="stack",
        said="Two slots that share the gap at the end of the story.",
        line='at = "end", stack = true',
        policy=_SLOT
        + '[slots.folgen]\nkind = "promo"\nlabel = "Dem Inselboten folgen"\nhtml = \'<a href="/folgen">Folgen</a>\'\n'
        + '[[rules]]\nname = "follow"\nslot = "folgen"\nat = "end"\nstack = true\n'
        + '[[rules]]\nname = "end"\nslot = "anzeige"\nat = "end"\nstack = true\npriority = 2\n',
        html=_story(2, 3, 5),
    ),
    Scene(
        name="sections",
        said="A story of an opening section and two sections with headings, and one slot in each.",
        line="per_section = 1, max = 3",
        policy=_rule('per_section = 1\nmax = 3\nprefer = "section-end"'),
        html=_story(0, 1, _HEADINGS[0], 2, 3, _HEADINGS[1], 4, 5),
        shown=("section", "after-heading"),
        marks=_sections,
    ),
    Scene(
        name="lead",
        said="The standfirst, and a slot directly below it.",
        line='at = "after lead"',
        policy=f'[article]\nlead = ".vorspann"\n{_rule("at = " + chr(34) + "after lead" + chr(34))}',
        html=f'<p class="vorspann">{TEXTS[0]}</p>{_story(1, 2, 3)}',
        shown=("anchor",),
        marks=_lead,
    ),
)


def of_guard(guard: Guard) -> Scene:
    """The drawing of a guard: its example, with slots wherever else they may stand."""
    return Scene(
        name=f"guard-{guard.name}",
        said=f"An article in which the guard {guard.name} keeps slots away: {guard.docs}.",
        line=f"[guards] {guard.name} = true",
        policy=f"{_rule('max = 40')}[guards]\n{guard.name} = true\n",
        html=guard.example,
        shown=(guard.name,),
    )


def scenes() -> Iterator[Scene]:
    """All of them."""
    yield from SCENES
    yield from map(of_guard, GUARDS.values())
