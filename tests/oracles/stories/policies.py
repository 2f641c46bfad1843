"""Small policies at random, over the whole language as plain data."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.oracles.stories.keys import KNOWN, OPEN
from tests.oracles.stories.language import names_slots
from tests.oracles.stories.story import Story

Table = dict[str, Any]

GUARDS = ("after-heading", "list-intro", "tail", "adjacent")
SLOTS: dict[str, Table] = {
    "ad": {"kind": "ad", "label": "Anzeige"},
    "more": {"kind": "ad", "label": "Anzeige", "tag": "section"},
    "teaser": {"kind": "teaser", "label": "Lesen Sie auch"},
    "promo": {"kind": "promo", "html": "<b>Folgen</b>"},
}
_BLOCKS = ("paragraph", "text", "headings", "heading", "figure", "media", "short-paragraph", "list", "css(.k1)")
_ANCHORS = (
    "start",
    "end",
    "after lead",
    "30%",
    "50%",
    "70%",
    "after paragraph",
    "after paragraph 1",
    "after paragraph 2",
    "after paragraph -1",
    "before heading 1",
    "before headings",
    "after section",
    "after section 1",
    "before section -1",
    "after figure",
    "after text 2",
    "after text 1 in section 1",
    "before paragraph in section -1",
    "after css(.k1)",
    "before css(.k2) 1",
    "before css(.k1) -1",
)
_POINTS = {"start", "end", "lead"}
_RHYTHMS = (
    "after every 2 paragraphs",
    "after every 2 text from 1",
    "after every 1 paragraph from 2",
    "before every 2 headings from 1",
    "after every 2 paragraphs in section 1",
    "after every 2 css(.k1) from 1",
    "before every 1 figure",
)
_SHARES = (
    "33% of paragraphs",
    "50% of words",
    "60% of blocks",
    "50% of blocks",
    "50% of paragraphs",
    "50% of chars",
    "100% of paragraphs",
    "0% of words",
)


def random_policy(random: Random, story: Story) -> Table:
    """A policy of one to three rules for a story."""
    count = random.choices((1, 2, 3), (3, 4, 2))[0]
    tiers = random.choice((1, 2))
    most = 3 if story.last < 6 or count < 3 else 2
    rules = [_rule(random, f"r{number}", most, random.randint(1, tiers)) for number in range(count)]
    policy: Table = {
        "article": _article(random),
        "slots": SLOTS,
        "limits": _limits(random),
        "guards": {name: False for name in GUARDS if random.random() < 0.15},
        "rules": rules,
    }
    has_lead = story.lead is not None or "the term lead without a lead" not in OPEN
    points = ["start", "end", *["lead"] * has_lead]
    policy["spacing"] = [_spacing(random, policy, points) for _ in range(random.choice((0, 0, 1, 1, 2)))]
    _instead(random, rules)
    if "shares with within beside blocks without text" in OPEN and any(not block.chars for block in story.blocks):
        _fix_shares(rules)
    return policy


def _fix_shares(rules: list[Table]) -> None:
    """Let no rule with a share say how far it may move."""
    for rule in rules:
        if any("%" in anchor for anchor in rule.get("at", [])):
            rule.pop("within", None)


# ---------------------------------------------------------------------------------------------- parts


def _article(random: Random) -> Table:
    found: Table = {"existing": "ignore"} if random.random() < 0.2 else {}
    if "sizes" in KNOWN and random.random() < 0.2:
        roles = random.sample(("figure", "table", "box", "code"), 2)
        found["sizes"] = {role: random.choice(("70 chars", "12 words", "40 chars and 9 words")) for role in roles}
    return found


def _limits(random: Random) -> Table:
    names = [("ads", 0.15), ("teasers", 0.08), ("promos", 0.08), ("slots", 0.12)]
    names += [("ads_per_section", 0.15)] if "ads_per_section" in KNOWN else []
    return {name: random.choice((0, 1, 1, 2, 2, 2, 3, 3)) for name, chance in names if random.random() < chance}


def _rule(random: Random, name: str, most: int, priority: int) -> Table:
    rule: Table = {"name": name, "slot": random.choice(("ad", "ad", "ad", "more", "teaser", "promo"))}
    rule |= _places(random, most) | {"priority": priority}
    keys = {
        "from_start": (0.12, lambda: _distance(random)),
        "from_end": (0.12, lambda: _distance(random)),
        "apart": (0.3, lambda: _distance(random)),
        "after": (0.14, lambda: _terms(random)),
        "before": (0.08, lambda: _terms(random)),
        "per_section": (0.2, lambda: random.randint(1, 2)),
        "rate": (0.15, lambda: f"{random.randint(1, 2)} per {_distance(random, plain=True)}"),
        "prefer": (0.5, lambda: random.choice(("even", "early", "late", "section-end"))),
        "stack": (0.25, lambda: True),
        "min_article": (0.04, lambda: _sized(random)),
        "max_article": (0.04, lambda: _sized(random)),
        "min_section": (0.1, lambda: _sized(random)),
        "max_section": (0.08, lambda: _sized(random)),
    }
    unknown = {"min_section", "max_section"} - KNOWN
    found = {key: make() for key, (chance, make) in keys.items() if random.random() < chance and key not in unknown}
    if "guards of a rule" in KNOWN and random.random() < 0.2:
        found["guards"] = {name: random.random() < 0.3 for name in random.sample(GUARDS, 2)}
    return rule | found


def _places(random: Random, most: int) -> Table:
    """What says where a rule's slots may stand, and how many there may be."""
    if "every" in KNOWN and random.random() < 0.2:
        most_of = {"max": random.randint(1, most)} if random.random() < 0.6 else {}
        return {"every": _distance(random, single=True), **most_of}
    count = 0 if random.random() < 0.03 else random.randint(1, most)
    found: Table = {"max": count} | ({"min": random.randint(1, count)} if count and random.random() < 0.2 else {})
    if random.random() < 0.45:
        return found
    known = (
        list(_ANCHORS) + list(_RHYTHMS) * 2 * ("after every" in KNOWN) + list(_SHARES) * ("share of a unit" in KNOWN)
    )
    found["at"] = random.sample(known, random.choice((1, 2, 2, 3)))
    if random.random() < 0.4:
        found["within"] = _distance(random) + random.choice(("", "", " up", " down"))
    return found


def _instead(random: Random, rules: list[Table]) -> None:
    """Let some rules of a later tier place only where earlier ones do not."""
    for rule in rules:
        earlier = [each["name"] for each in rules if each["priority"] < rule["priority"]]
        if "instead_of" in KNOWN and earlier and random.random() < 0.35:
            rule["instead_of"] = earlier[0] if len(earlier) == 1 else random.choice((earlier, earlier[0]))
            rule.pop("min", None)


def _spacing(random: Random, policy: Table, points: list[str]) -> Table:
    own = ["ad", "ad", "teaser", "promo", "slot(ad)", "rule(r0)"]
    others = [*own, *_BLOCKS, *points]
    one = _some(random, own)
    other = _some(random, others if policy["article"] else [*others, *_not()])
    found: Table = {"min": _distance(random)}
    if random.random() < 0.5:
        found["between"] = [one, other]
    else:
        found |= _ordered(random, one, other)
    if random.random() < 0.25:
        found["unless"] = _terms(random)
    if "unless_at" in KNOWN and random.random() < 0.5 and not any(map(names_slots, _flat(other))):
        found["unless_at"] = _terms(random)
    elif random.random() < 0.4:
        _grow(random, found, one)
    return found


def _grow(random: Random, spacing: Table, own: Any) -> None:
    """Let a spacing begin once some things precede."""
    if "between" in spacing:
        spacing["between"] = [own, own]
    above = _flat(spacing.get("above", own))
    is_plain = len(above) == 1 or "from, where two terms name one block" not in OPEN
    if is_plain and not _POINTS & set(above):
        spacing["from"] = random.choice((2, 2, 3))


def _ordered(random: Random, one: Any, other: Any) -> Table:
    """The two sides of a spacing as `above` and `below`, or `between` where the order would say little of a point."""
    above, below = random.sample((one, other), 2)
    is_odd = "end" in _flat(above) or not {"start", "lead"}.isdisjoint(_flat(below))
    if is_odd and "the end above, or the start or a lead below" in OPEN:
        return {"between": [above, below]}
    return {"above": above, "below": below}


# ---------------------------------------------------------------------------------------------- texts


def _flat(terms: Any) -> list[str]:
    return [terms] if isinstance(terms, str) else terms


def _some(random: Random, terms: list[str]) -> Any:
    return random.choice(terms) if random.random() < 0.75 else random.sample(terms, 2)


def _not() -> list[str]:
    return ["not(paragraph)", "not(text, heading)", "not(css(.k1))"] if "not" in KNOWN else []


def _terms(random: Random) -> Any:
    return _some(random, [*_BLOCKS, *_not()])


def _distance(random: Random, *, plain: bool = False, single: bool = False) -> str:
    """A distance; a *plain* one is a single amount of something else than per cents."""
    amounts = {
        "chars": random.randint(1, 180),
        "words": random.randint(1, 32),
        "paragraphs": random.randint(1, 2),
        "blocks": random.randint(1, 3),
        "%": random.randint(1, 45),
    }
    units = list(amounts)[:-1] if plain else list(amounts)
    found = [_amount(amounts[unit], unit) for unit in random.sample(units, 3)]
    joint = 0 if plain or single else random.random()
    return found[0] if joint < 0.75 else f"{found[0]} {random.choice(('and', 'or'))} {found[1]}"


def _amount(number: int, unit: str) -> str:
    return f"{number}%" if unit == "%" else f"{number} {unit[:-1] if number == 1 else unit}"


def _sized(random: Random) -> str:
    """What a section or an article may have."""
    unit, most = random.choice((("chars", 400), ("words", 80), ("paragraphs", 4), ("blocks", 6)))
    return _amount(random.randint(1, most), unit)
