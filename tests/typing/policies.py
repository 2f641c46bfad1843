"""Right and wrong uses of policies in Python, for the type checker: nothing here is run.

A wrong use is marked with the error that it must give. An interface that takes it one day makes the
mark superfluous, and `make lint` tells that.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import assert_type

import adslot
from adslot import Case, Guards, Limits, Plan, Policy, Result, Rule, Slot, Spacing, chars, paragraphs, place, plan, read

AD = Slot("anzeige", kind="ad", label="Anzeige", attributes={"data-unit": "/1"})
TEXT = Rule(
    "text", slot="anzeige", at=["after lead", "end"], apart=chars(700) & paragraphs(1) | chars(900), after="text"
)
APART = Spacing.between("ad", ["teaser", "promo"], min="1 paragraph")
CASE = Case({"section": ["sport*", 1, True]}, changes={"limits": {"ads": 0}})
POLICY = Policy([AD], (TEXT,), spacing=[APART], limits=Limits(ads=3), guards=Guards(tail=False), cases=[CASE])


def right(context: Mapping[str, object]) -> None:
    """What comes back has the type of what was given."""
    assert_type(place("<p>a", POLICY, context=context), Result[str])
    assert_type(place(b"<p>a", POLICY, context={"page": 1}).html, bytes)
    assert_type(place("<p>a", "de-news"), Result[str])
    assert_type(place("<p>a", Path("adslot.toml")), Result[str])
    assert_type(adslot.check("<p>a", {"limits": {"ads": 3}}), tuple[adslot.Finding, ...])
    assert_type(plan(read("<p>a"), POLICY, context=None), Plan)
    assert_type(POLICY.resolve(context), Policy)
    assert_type(POLICY.lacks(), tuple[str, ...])
    assert_type(adslot.loads(adslot.dumps(POLICY)), Policy)
    assert_type(adslot.load("a.toml", templates=["b", Path("c")]), Policy)
    assert_type(adslot.from_mapping({}, templates="b"), Policy)
    assert_type(adslot.find_policy() is None, bool)


def screens_and_blocks() -> None:
    """What may be said by layout, and going through blocks of one's own."""
    Slot("a", kind="ad", height={"mobile": 274}, sizes={"mobile": ["300x250"], "desktop": "970x90"}, skip="speech")
    Slot("a", kind="ad", height=274, sizes="300x250", template="gpt")
    stored = [{"role": "paragraph", "text": "Eins."}]
    made = adslot.plan(adslot.Article.from_blocks(stored), POLICY)
    for each in made.woven(stored):
        if isinstance(each, adslot.Placement):
            assert_type(adslot.markup(made, each, context={"channel": "web"}), str)
        else:
            assert_type(each, dict[str, str])


def wrong() -> None:
    """Every line is refused."""
    Slot("anzeige")  # type: ignore[call-arg] # no kind
    Slot("anzeige", "ad")  # type: ignore[call-arg] # by position
    Slot("anzeige", kind="ad", height="274")  # type: ignore[arg-type] # a text
    Rule("text")  # type: ignore[call-arg] # no slot
    Rule("text", slot="anzeige", max="3")  # type: ignore[arg-type] # a text
    Rule("text", slot="anzeige", apart=700)  # type: ignore[arg-type] # no unit
    Rule("text", slot="anzeige", stack="yes")  # type: ignore[arg-type] # a text
    Rule("text", slot=AD)  # type: ignore[arg-type] # the slot itself, not its name
    Spacing("ad", "teaser")  # type: ignore[call-arg] # no min
    Spacing.between("ad", min="1 paragraph")  # type: ignore[call-arg] # between what?
    Policy(AD)  # type: ignore[arg-type] # one slot, not several
    Policy([TEXT])  # type: ignore[list-item] # rules first
    Policy(limits={"ads": 3})  # type: ignore[arg-type] # a mapping
    Policy(guards=False)  # type: ignore[arg-type] # all of them?
    Policy(cases=[{"when": {}}])  # type: ignore[list-item] # a mapping
    Case("sport")  # type: ignore[arg-type] # no mapping
    Case({"a": 1}, {"limits": {}})  # type: ignore[call-arg] # by position
    POLICY.rules = ()  # type: ignore[misc] # frozen
    place("<p>a", POLICY, context="sport")  # type: ignore[arg-type] # no mapping
    place("<p>a", 5)  # type: ignore[arg-type] # no policy
    place(Path("a.html"), POLICY)  # type: ignore[type-var] # a file, not what is in it
    place("<p>a", POLICY, related=adslot.Related("a", "/a"))  # type: ignore[arg-type] # one article, not several
    place("<p>a", POLICY, url=5)  # type: ignore[arg-type] # no text
    place("<p>a", POLICY, now="2026-01-01")  # type: ignore[arg-type] # a text
    adslot.loads(b"")  # type: ignore[arg-type] # bytes
    adslot.plcae("<p>a", POLICY)  # type: ignore[attr-defined] # no such name
