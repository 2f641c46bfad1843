"""Small stories at random, whose writer knows what each block is and counts."""

from __future__ import annotations

from random import Random

from tests.oracles.stories.story import Block, Story

MARKS = ("k1", "k2")
_WORDS = "wind boot netz deich hafen stadt brot nacht wiese kahn regen leuchtturm und im der das".split()
_SHORT, _LONG = 36, 44  # a paragraph of less than 40 characters is a short one
_ROLES = (
    ["paragraph"] * 9
    + ["short-paragraph"] * 3
    + ["heading"] * 3
    + ["figure", "figure", "list", "quote", "ad", "teaser", "box", "table", "code"]
)
_TEXT = {"paragraph", "short-paragraph", "list", "quote"}
_EMPTY = {
    "figure": '<figure{}><img src="a.png"></figure>',
    "table": "<table{}><tr><td>7</td></tr></table>",
    "box": "<aside{}>Kasten</aside>",
    "code": "<pre{}>x = 7</pre>",
    "ad": '<div class="ad-slot"></div>',
    "teaser": '<p class="teaser"><a href="/mehr">Mehr vom Deich</a></p>',
}


def random_story(random: Random, most: int) -> Story:
    """A story of two to *most* blocks, one of them a paragraph at least, perhaps with a lead."""
    roles = [random.choice(_ROLES) for _ in range(random.randint(2, most))]
    roles[random.randrange(len(roles))] = "paragraph"
    kept: list[str] = []
    for i, role in reversed(list(enumerate(roles))):
        if _is_inside(roles[:i], role, kept):
            kept.insert(0, role)
    blocks = [_block(random, role, is_last=not _TEXT & set(kept[i + 1 :])) for i, role in enumerate(kept)]
    if random.random() < 0.12:
        text = _sentence(random, random.randint(_LONG, 80))
        lead = Block("paragraph", f'<p class="lead">{text}</p>', len(text), len(text.split()), "lead")
        return Story((lead, *blocks[1:]), 1)
    return Story(tuple(blocks))


def _is_inside(above: list[str], role: str, below: list[str]) -> bool:
    """Whether a block belongs to the story: headings above text do, but not over a teaser, and teasers between texts."""
    if role not in ("heading", "teaser"):
        return True
    if role == "heading":
        return bool(_TEXT & set(below)) and below[0] != "teaser"
    return bool(_TEXT & set(above) and _TEXT & set(below))


def _block(random: Random, role: str, *, is_last: bool) -> Block:
    mark = random.choice(MARKS) if random.random() < 0.3 and role not in ("ad", "teaser") else ""
    attribute = f' class="{mark}"' if mark else ""
    if role in _EMPTY:
        return Block(role, _EMPTY[role].format(attribute), mark=mark)
    if role == "list":
        items = [_sentence(random, random.randint(8, 40)) for _ in range(2)]
        text = " ".join(items)
        html = "".join(f"<li>{item}</li>" for item in items)
        return Block(role, f"<ul{attribute}>{html}</ul>", len(text), len(text.split()), mark)
    return _text(random, role, mark, is_intro=role == "paragraph" and not is_last and random.random() < 0.1)


def _text(random: Random, role: str, mark: str, *, is_intro: bool) -> Block:
    size = {"paragraph": (_LONG, 150), "short-paragraph": (8, _SHORT), "heading": (6, 30), "quote": (30, 90)}[role]
    text = _sentence(random, random.randint(*size))
    text = text[:-1] if role == "heading" else f"{text[:-1]}:" if is_intro else text
    tag = {"heading": random.choice(("h2", "h3")), "quote": "blockquote"}.get(role, "p")
    attribute = f' class="{mark}"' if mark else ""
    inner = f"<p>{text}</p>" if role == "quote" else text
    return Block(role, f"<{tag}{attribute}>{inner}</{tag}>", len(text), len(text.split()), mark, is_intro)


def _sentence(random: Random, size: int) -> str:
    """A sentence of exactly *size* characters, however it is cut."""
    text = "Am"
    while len(text) < size:
        text += f" {random.choice(_WORDS)}"
    return f"{text[: size - 1].rstrip():x<{size - 1}}."
