"""A policy made in Python: text is read, values are frozen, and contradictions are told all at once."""

from __future__ import annotations

import pickle

import attrs
import pytest
from hypothesis import given

from adslot import Related, loads, place, read
from adslot.errors import ExpressionError, PolicyError
from adslot.guards import GUARDS
from adslot.policy.declarations import ArticleOptions, Case, Limits, Rule, Spacing
from adslot.policy.frozen import freeze
from adslot.policy.language.anchors import Anchor, parse_anchor
from adslot.policy.language.distance import Amount, Distance, chars, paragraphs, parse, px, screens
from adslot.policy.language.html_names import ROLES_OF_TAGS
from adslot.policy.language.rate import Rate, parse_rate
from adslot.policy.language.terms import Term
from adslot.policy.language.within import Within
from adslot.policy.policy import Policy
from adslot.policy.slots import Slot
from adslot.policy.switches import Guards
from tests import strategies
from tests.problems import problems_in

SLOTS = (
    Slot("anzeige", kind="ad", label="Anzeige", height=274),
    Slot("lesen-sie-auch", kind="teaser", label="LESEN SIE AUCH"),
)


def problems_of(**parts):
    """The (path, found, hint) of everything that is wrong with a policy of SLOTS and *parts*."""
    return [(problem.path, problem.found, problem.hint) for problem in problems_in(Policy, **{"slots": SLOTS, **parts})]


def rule_problems(**fields):
    """The same for one rule."""
    return problems_of(rules=[Rule(**{"name": "in-text", "slot": "anzeige", **fields})])


def test_text_is_read_wherever_a_value_is_due():
    """Anchors, terms and distances may be written as in TOML, one or several."""
    rule = Rule(
        "in-text",
        slot="anzeige",
        at="after lead",
        after=["paragraph", Term(None, "figure.big")],
        before="css(ul)",
        from_start="200 chars",
        apart="700 chars and 1 paragraph",
    )
    assert rule.at == (Anchor("after", "lead"),)
    assert rule.after == (Term("paragraph"), Term(None, "figure.big"))
    assert rule.before == (Term(None, "ul"),)
    assert (rule.from_start, rule.from_end) == (chars(200), None)
    assert rule.apart == chars(700) & paragraphs(1)
    moved = Rule("x", slot="anzeige", at="end", within=chars(300), rate="1 per 900 chars", min_article="3 paragraphs")
    assert (moved.within, moved.rate, moved.min_article) == (
        Within(chars(300)),
        Rate(1, Amount(900, "chars")),
        paragraphs(3),
    )


@pytest.mark.parametrize(
    "field, text",
    [("at", "aftr lead"), ("after", "paragrph"), ("apart", "3 charz"), ("before", "css(p:hover)")]
    + [("within", "3 words dwn"), ("rate", "1 per 5%"), ("min_article", "long")],
)
def test_faulty_text_is_refused_at_once(field, text):
    """A rule of text that cannot be read is never made."""
    with pytest.raises(ExpressionError):
        Rule("in-text", slot="anzeige", **{field: text})


def test_everything_past_the_name_has_its_name():
    """A rule's and a slot's fields are keyword-only: their order says nothing."""
    with pytest.raises(TypeError):
        Slot("anzeige", "ad")  # type: ignore[call-arg] # the fault on trial
    with pytest.raises(TypeError):
        Rule("in-text", "anzeige")  # type: ignore[call-arg] # the fault on trial


def test_an_empty_policy_is_legal():
    """It has the documented defaults."""
    policy = Policy()
    assert (policy.slots, policy.rules, policy.spacing) == ((), (), ())
    assert (policy.limits, policy.guards) == (Limits(), Guards(**dict.fromkeys(GUARDS, True)))
    assert policy.warnings == ()
    assert policy.article.short == 40


def test_a_policy_is_a_value():
    """Equal parts make equal policies, as lists or tuples; they hash, pickle and do not change."""
    rule = Rule("in-text", slot="anzeige", apart="700 chars", at=["after lead", "end"])
    one = Policy(slots=list(SLOTS), rules=[rule], spacing=[Spacing("ad", "figure", min="200 chars")])
    two = pickle.loads(pickle.dumps(one))
    assert len({one, two}) == 1
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.rules = ()  # type: ignore[misc] # the fault on trial


def test_a_slot_is_found_by_its_name():
    """`.slot(name)` is the slot; a name that is none is a KeyError."""
    policy = Policy(slots=SLOTS)
    assert policy.slot("anzeige") is SLOTS[0]
    with pytest.raises(KeyError):
        policy.slot("anzeig")


def test_attributes_may_be_a_mapping():
    """They are kept as pairs, in order."""
    slot = Slot("anzeige", kind="ad", label="Anzeige", attributes={"data-ad-unit": "/1", "class": "x"})
    assert slot.attributes == (("data-ad-unit", "/1"), ("class", "x"))


def test_spacing_between_has_no_order():
    """`Spacing.between` is a spacing either way round."""
    made = Spacing.between("ad", "teaser", min="300 chars")
    assert made == Spacing(Term("ad"), Term("teaser"), min=chars(300), either=True)
    assert not Spacing("ad", "teaser", min="300 chars").either


def test_selectors_are_those_of_rules_and_spacing():
    """They are sorted, each once, from anchors and terms alike."""
    policy = Policy(
        slots=SLOTS,
        rules=[
            Rule("a", slot="anzeige", at="before css(nav)", after="css(p.x)"),
            Rule("b", slot="anzeige", before=["css(ul)", "css(nav)"]),
        ],
        spacing=[
            Spacing("css(figure)", ["css(b)", "ad"], min="1 block", unless="css(hr)"),
            Spacing("ad", "not(css(em), css(b))", min="1 block", unless_at="css(i)"),
        ],
        article=ArticleOptions(body="main"),
    )
    assert policy.selectors == ("b", "em", "figure", "hr", "i", "nav", "p.x", "ul")


@pytest.mark.parametrize(
    "fields, expected",
    [
        ({"slot": "anzeig"}, [("rules[0].slot", "'anzeig'", "anzeige")]),
        ({"slot": "x"}, [("rules[0].slot", "'x'", None)]),
        ({"name": ""}, [("rules[0].name", "''", None)]),
        ({"prefer": "evn"}, [("rules[0].prefer", "'evn'", "even")]),
        ({"max": 41}, [("rules[0].max", "41", None)]),
        ({"max": -1}, [("rules[0].max", "-1", None)]),
        ({"max": "3"}, [("rules[0].max", "'3'", None)]),
        ({"max": True}, [("rules[0].max", "True", None)]),
        ({"per_section": 0}, [("rules[0].per_section", "0", None)]),
        ({"priority": 0}, [("rules[0].priority", "0", None)]),
        ({"after": Term("paragrph")}, [("rules[0].after", "'paragrph'", "paragraph")]),
        ({"before": "lead"}, [("rules[0].before", "'lead'", None)]),
        ({"at": Anchor("after", "paragraph", 0)}, [("rules[0].at", "'0'", None)]),
        ({"at": Anchor("after", "haeding")}, [("rules[0].at", "'haeding'", "heading")]),
        ({"at": Anchor("at", percent=101)}, [("rules[0].at", "'101%'", None)]),
        ({"at": Anchor("after", "section", 1, section=1)}, [("rules[0].at", "'in section 1'", None)]),
        ({"after": "slot(anzeige)"}, [("rules[0].after", "'slot(anzeige)'", None)]),
        ({"before": ["text", "rule(x)"]}, [("rules[0].before", "'rule(x)'", None)]),
        ({"min": -1}, [("rules[0].min", "-1", None)]),
        ({"min": 2}, [("rules[0].min", "2", None)]),
        ({"min": 1, "max": 0}, [("rules[0].min", "1", None)]),
        ({"min": "2", "max": "3"}, [("rules[0].max", "'3'", None), ("rules[0].min", "'2'", None)]),
        ({"within": "2 paragraphs"}, [("rules[0].within", "none", None)]),
        ({"at": "end", "within": Within(chars(3), "dwn")}, [("rules[0].within", "'dwn'", "down")]),
        ({"rate": Rate(0, Amount(900, "chars"))}, [("rules[0].rate", "'0'", None)]),
        ({"rate": Rate(1, Amount(5, "%"))}, [("rules[0].rate", "'%'", None)]),
        ({"min_article": "50%"}, [("rules[0].min_article", "'%', a share of the article itself", None)]),
        ({"max_article": "50%"}, [("rules[0].max_article", "'%', a share of the article itself", None)]),
        ({"every": "300 chars", "at": "end"}, [("rules[0].every", "both", None)]),
        ({"every": Amount(0, "chars")}, [("rules[0].every", "'0 chars'", None)]),
        ({"every": chars(3) & chars(4)}, [("rules[0].every", "'and'", None)]),
        ({"every": px(300)}, [("rules[0].every", "'px'", None)]),
        ({"min_section": "50%"}, [("rules[0].min_section", "'%', a share of the article itself", None)]),
        ({"instead_of": "midle"}, [("rules[0].instead_of", "'midle'", None)]),
        ({"instead_of": "in-text", "priority": 2}, [("rules[0].instead_of", "'in-text', which has 2", None)]),
        ({"guards": {"tial": False}}, [("rules[0].guards", "'tial'", "tail")]),
        ({"guards": {"tail": 0}}, [("rules[0].guards.tail", "0", None)]),
        ({"before": Term(but=(Term("lead"),))}, [("rules[0].before", "'lead'", "ad")]),
        ({"apart": Distance(())}, [("rules[0].apart", "the end", None)]),
        ({"apart": Distance(((Amount(-1, "chars"),),))}, [("rules[0].apart", "'-'", None)]),
    ],
)
def test_a_wrong_rule_is_refused(fields, expected):
    """The path leads to the field, and the nearest known name is told."""
    assert rule_problems(**fields) == expected


@pytest.mark.parametrize(
    "field, value",
    [("max", 0), ("max", 40), ("min", 1), ("per_section", 1), ("priority", 99), ("stack", True), ("prefer", "late")]
    + [("prefer", "section-end"), ("rate", parse_rate("1 per 900 chars")), ("min_article", chars(900))],
)
def test_the_limits_of_a_rule_are_legal(field, value):
    """0 switches a rule off, and 40 is the most."""
    rule = Rule("in-text", slot="anzeige", **{field: value})
    assert Policy(slots=SLOTS, rules=[rule]).rules == (rule,)


@pytest.mark.parametrize(
    "distance, unit", [(px(274), "px"), (screens("1.5"), "screens"), (parse("1 px or 3 chars"), "px")]
)
@pytest.mark.parametrize("field", ["from_start", "from_end", "apart", "min_article", "max_article", "within"])
def test_pixels_and_screens_need_a_layout(field, distance, unit):
    """They can be written, and a policy that uses them is told that there are no layouts yet."""
    found = f"{unit!r}, which this release cannot measure"
    with pytest.raises(PolicyError, match="one of the units chars, words, paragraphs, blocks, %") as caught:
        Policy(slots=SLOTS, rules=[Rule("in-text", slot="anzeige", at="end", **{field: distance})])
    assert [(problem.path, problem.found) for problem in caught.value.problems] == [(f"rules[0].{field}", found)]


@pytest.mark.parametrize(
    "slot, path, hint",
    [
        (Slot("a", kind="add"), "slots.a.kind", "ad"),
        (Slot("a", kind="ad", label="Anzeige", tag="p"), "slots.a.tag", None),
        (Slot("a", kind="ad", label="Anzeige", height=0), "slots.a.height", None),
        (Slot("a", kind="ad", label="Anzeige", height=2.5), "slots.a.height", None),  # type: ignore[arg-type] # the fault on trial
        (Slot("a b", kind="ad", label="Anzeige"), "slots.a b", None),
        (Slot("a", kind="ad", label="Anzeige", attributes={"data-adslot": "x"}), "slots.a.attributes", None),
        (Slot("a", kind="ad", label="Anzeige", attributes={"on click": "x"}), "slots.a.attributes", None),
    ],
)
def test_a_wrong_slot_is_refused(slot, path, hint):
    """Kinds, tags, heights and attributes are checked; adslot's own attributes are not the policy's."""
    assert [(where, near) for where, _, near in problems_of(slots=[slot])] == [(path, hint)]


@pytest.mark.parametrize(
    "spacing, path",
    [
        (Spacing("ad", (), min="1 block"), "spacing[0].below"),
        (Spacing((), "ad", min="1 block"), "spacing[0].above"),
        (Spacing(Term("adx"), "ad", min="1 block"), "spacing[0].above"),
        (Spacing("ad", "ad", min="1 screen"), "spacing[0].min"),
        (Spacing("ad", "ad", min=Distance(((Amount(1, "px"),),))), "spacing[0].min"),
        (Spacing.between("ad", (), min="1 block"), "spacing[0].between"),
        (Spacing.between("ad", Term("adx"), min="1 block"), "spacing[0].between"),
        (Spacing("ad", "ad", min="1 block", unless="ad"), "spacing[0].unless"),
        (Spacing("ad", "ad", min="1 block", unless="lead"), "spacing[0].unless"),
        (Spacing("ad", "ad", min="1 block", unless="slot(anzeige)"), "spacing[0].unless"),
        (Spacing("ad", "ad", min="1 block", unless=Term("headng")), "spacing[0].unless"),
        (Spacing("ad", "ad", min="1 block", from_count=0), "spacing[0].from"),
        (Spacing("ad", "ad", min="1 block", from_count=True), "spacing[0].from"),
        (Spacing.between("ad", "teaser", min="1 block", from_count=2), "spacing[0].from"),
        (Spacing.between("ad", "teaser", min="1 block", from_count=0), "spacing[0].from"),
    ],
)
def test_a_wrong_spacing_is_refused(spacing, path):
    """Both sides need a term, and the distance a unit that can be counted."""
    assert [where for where, _, _ in problems_of(spacing=[spacing])] == [path]


@pytest.mark.parametrize(
    "spacing",
    [
        Spacing("ad", "teaser", min="1 block", from_count=2),
        Spacing.between("ad", "ad", min="1 block", from_count=2),
        Spacing.between(["ad", "promo"], ["promo", "ad"], min="1 block", from_count=2),
        Spacing.between("ad", "teaser", min="1 block", unless=["heading", "media", "css(hr)"]),
    ],
)
def test_a_right_spacing_is_taken(spacing):
    """Counting needs an order, or the same things on both sides."""
    assert Policy(spacing=[spacing]).spacing == (spacing,)


@pytest.mark.parametrize(
    "term, found, hint, caret",
    [
        ("slot(anzeig)", "'anzeig'", "anzeige", 5),
        ("rule(in-txt)", "'in-txt'", "in-text", 5),
        ("rule(anzeige)", "'anzeige'", None, 5),
    ],
)
def test_a_term_for_what_the_policy_has_not_is_refused(term, found, hint, caret):
    """slot(…) and rule(…) are held to the names of the policy, with the nearest one and a caret."""
    (problem,) = problems_in(Policy, SLOTS, [Rule("in-text", slot="anzeige")], [Spacing(term, "ad", min="1 block")])
    assert (problem.path, problem.found, problem.hint) == ("spacing[0].above", found, hint)
    assert (problem.source, problem.caret) == (term, caret)


@pytest.mark.parametrize(
    "value, text",
    [
        (Anchor("start", percent=50), "50%"),
        (Anchor("after", "paragraph", "3"), "after paragraph 3"),  # type: ignore[arg-type] # the fault on trial
        (Anchor("after", "lead "), "after lead"),
    ],
)
def test_a_value_that_says_something_else_is_refused(value, text):
    """What is made by hand must be what its text means."""
    with pytest.raises(PolicyError, match="a value that can be written") as caught:
        Policy(SLOTS, [Rule("in-text", slot="anzeige", at=value)])
    assert repr(parse_anchor(text)) in caught.value.problems[0].expected


TWICE = Rule("text", slot="anzeige", max=2)


@pytest.mark.parametrize(
    "rule, spacing, warned",
    [
        (TWICE, [], True),
        (attrs.evolve(TWICE, max=1), [], False),
        (attrs.evolve(TWICE, max=0), [], False),
        (attrs.evolve(TWICE, slot="lesen-sie-auch"), [], False),
        (attrs.evolve(TWICE, apart="1 block"), [], False),
        (attrs.evolve(TWICE, at=["after paragraph 3", "after paragraph 6"]), [], False),
        (attrs.evolve(TWICE, at=["after paragraph 3", "after heading"]), [], True),
        (TWICE, [Spacing("ad", "ad", min="1 block")], False),
        (TWICE, [Spacing.between(["figure", "ad"], ["promo", "ad"], min="1 block")], False),
        (TWICE, [Spacing("slot(anzeige)", "rule(text)", min="1 block")], False),
        (TWICE, [Spacing("ad", "teaser", min="1 block"), Spacing("teaser", "ad", min="1 block")], True),
        (TWICE, [Spacing("ad", "slot(lesen-sie-auch)", min="1 block")], True),
    ],
)
def test_ads_that_nothing_keeps_apart_are_warned_of(rule, spacing, warned):
    """One rule, several ads, no `apart`, no spacing between ad and ad, no counted places: legal, but probably unintended."""
    told = (f"rules[0]: 'text' may place {rule.max} ads, and nothing keeps them apart",)
    assert Policy(SLOTS, [rule], spacing).warnings == (told if warned else ())


NOTHING = "can place nothing"


@pytest.mark.parametrize(
    "fields, parts, doubt",
    [
        ({}, {"limits": Limits(ads=0)}, f"{NOTHING}: limits.ads is 0"),
        ({}, {"limits": Limits(slots=0, teasers=0)}, f"{NOTHING}: limits.slots is 0"),
        ({"max": 0}, {"limits": Limits(ads=0)}, None),
        ({"after": ["heading", "headings"]}, {}, f"{NOTHING}: it stands below headings only"),
        ({"after": "headings"}, {"guards": Guards(after_heading=False)}, None),
        ({"after": ["headings", "text"]}, {}, None),
        ({"after": ["headings", "css(p)"]}, {}, None),
        ({"at": "after heading 2"}, {}, f"{NOTHING}: it stands below headings only"),
        ({"at": ["after heading 2", "end"]}, {}, None),
        ({"at": "after heading 2", "within": "1 block"}, {}, None),
        ({"at": "before heading"}, {}, None),
        ({"at": "start", "after": "headings"}, {}, "asks with 'after' for a block that there is none of at the start"),
        ({"at": "end", "before": "text"}, {}, "asks with 'before' for a block that there is none of at the end"),
        ({"at": "end", "after": "text"}, {}, None),
        ({"at": "after paragraph 2", "after": "media"}, {}, f"{NOTHING}: 'at' and 'after' name different blocks"),
        ({"at": ["before list", "before table"], "before": "text"}, {}, None),
        ({"at": ["before figure", "before table"], "before": "text"}, {}, f"{NOTHING}: 'at' and 'before' name"),
        ({"at": "after css(p)", "after": "figure"}, {}, None),
        ({"at": "after lead", "after": "figure"}, {}, None),
        ({"at": "after section", "after": "figure"}, {}, None),
        ({"at": "after paragraph", "before": "figure"}, {}, None),
        ({"at": "50%", "after": "figure"}, {}, None),
        ({"from_start": "60% and 1 block", "from_end": "41%"}, {}, f"{NOTHING} in a story of text: 'from_start' and"),
        ({"from_start": "60% or 1 block", "from_end": "41%"}, {}, None),
        ({"from_start": "60%", "from_end": "40%"}, {}, None),
        ({"from_start": "60%", "from_end": "41%", "at": "end"}, {}, None),
        ({"at": "end", "from_end": "1 char"}, {}, f"{NOTHING}: 'from_end' keeps it away from where 'at' wants it"),
        ({"at": "end", "from_end": "10% and 1 char"}, {}, f"{NOTHING}: 'from_end' keeps"),
        ({"at": "end", "from_end": "10% or 1 char"}, {}, None),
        ({"at": "end", "from_end": "0 chars"}, {}, None),
        ({"at": "end", "from_end": "1 char", "within": "2 blocks"}, {}, None),
        ({"at": "end", "from_start": "1 char"}, {}, None),
        ({"at": "start", "from_start": "1 block"}, {}, f"{NOTHING}: 'from_start' keeps"),
        ({"at": ["start", "end"], "from_start": "1 block"}, {}, None),
        (
            {"at": ["start", "end"], "from_start": "1 block", "from_end": "1 word"},
            {},
            f"{NOTHING}: 'from_start' and 'from_end' keep",
        ),
    ],
)
def test_rules_that_can_place_nothing_are_warned_of(fields, parts, doubt):
    """Only where that is certain whatever the article."""
    warnings = Policy(SLOTS, [Rule("x", slot="anzeige", **fields)], **parts).warnings
    assert len(warnings) == (doubt is not None)
    assert doubt is None or warnings[0].startswith(f"rules[0]: 'x' {doubt}")


@given(strategies.articles, strategies.policies())
def test_what_can_place_nothing_places_nothing(html, policy):
    """In no article, whatever the other rules do."""
    idle = {warning.split("'")[1] for warning in policy.warnings if NOTHING in warning}
    assert idle.isdisjoint(p.rule for p in place(html, policy, related=[Related("x", "/x")]).plan.placements)


@pytest.mark.parametrize(
    "above, below, warned",
    [
        ("figure", "quote", True),
        (["css(.ad)", "start"], "lead", True),
        ("figure", "ad", False),
        ("slot(anzeige)", "quote", False),
        (["quote", "teaser"], "end", False),
    ],
)
def test_a_spacing_that_names_no_slot_is_warned_of(above, below, warned):
    """Blocks stand where they stand."""
    told = "spacing[0]: asks nothing of anything: neither side names slots (ad, teaser, promo, slot(…), rule(…))"
    assert Policy(SLOTS, spacing=[Spacing(above, below, min="1 block")]).warnings == ((told,) if warned else ())


FIRST = Rule("first", slot="anzeige", at="end")


@pytest.mark.parametrize(
    "first, fields, parts, warned",
    [
        (FIRST, {}, {}, True),
        (FIRST, {"from_start": "1 block", "apart": "9 blocks", "stack": True}, {}, True),
        (FIRST, {"priority": 1}, {}, False),
        (FIRST, {"at": ["end", "start"]}, {}, False),
        (FIRST, {"slot": "lesen-sie-auch"}, {}, False),
        (FIRST, {}, {"guards": Guards(adjacent=False)}, False),
        (FIRST, {}, {"spacing": [Spacing("rule(first)", "ad", min="1 block")]}, False),
        (attrs.evolve(FIRST, stack=True), {"stack": True}, {}, False),
        (attrs.evolve(FIRST, max=0), {}, {}, False),
        (attrs.evolve(FIRST, min_article="1 block"), {}, {}, False),
        (attrs.evolve(FIRST, max_article="9 blocks"), {}, {}, False),
        (attrs.evolve(FIRST, from_start="1 block"), {}, {}, False),
    ],
)
def test_a_rule_whose_place_another_has_first_is_warned_of(first, fields, parts, warned):
    """Both have one place, the other goes first, and is asked nothing that this one is not."""
    second = Rule("second", **{"slot": "anzeige", "at": "end", "priority": 2, **fields})
    told = ("rules[1]: 'second' can place nothing: rule 'first' has the place first",)
    assert Policy(SLOTS, [first, second], **parts).warnings == (told if warned else ())


LOST = "no <figure> is a 'figure', as article.atomic makes boxes of them: write 'box' or 'css(figure)'"


@pytest.mark.parametrize(
    "article, fields, told",
    [
        ({"atomic": "figure"}, {"after": "figure"}, [f"rules[0].after: {LOST}"]),
        ({"atomic": [".x", "Figure , ul"]}, {"before": "figure"}, [f"rules[0].before: {LOST}"]),
        ({"atomic": "figure"}, {"at": ["after figure 2", "end"]}, [f"rules[0].at: {LOST}"]),
        (
            {"skip": "ul"},
            {"after": ["list", "text"]},
            ["rules[0].after: no <ul> is a 'list', as article.skip makes boxes of them: write 'box' or 'css(ul)'"],
        ),
        (
            {"ads": "figure", "skip": "figure"},
            {"after": ["figure", "box"]},
            [
                "rules[0].after: no <figure> is a 'figure', as article.ads makes ads of them: write 'ad' or 'css(figure)'"
            ],
        ),
        ({"atomic": "figure"}, {"after": "figure", "max": 0}, []),
        ({"atomic": "figure"}, {"after": "media"}, []),
        ({"atomic": "figure"}, {"after": ["figure", "box"]}, []),
        ({"atomic": "figure"}, {"after": ["figure", "css(figure, p)"]}, []),
        ({"atomic": "figure"}, {"after": "css(figure)"}, []),
        ({"atomic": "figure", "open": "figure"}, {"after": "figure"}, []),
        ({"atomic": "figure.x, .y figure, :not(figure)"}, {"after": "figure"}, []),
        ({"atomic": "div"}, {"after": "figure"}, []),
        ({"atomic": "table"}, {"after": "figure"}, []),
    ],
)
def test_roles_that_no_element_has_any_more_are_warned_of(article, fields, told):
    """Where `[article]` makes boxes or ads of all elements of a name, their role does not name them."""
    rule = Rule("x", slot="anzeige", **fields)
    assert Policy(SLOTS, [rule], article=ArticleOptions(**article)).warnings == tuple(told)


def test_lost_roles_of_spacings_are_warned_of():
    """On either side, and in `unless`, which takes no ads."""
    spacing = [Spacing("ad", "figure", min="1 block"), Spacing.between("ad", ["figure", "list"], min="1 block")]
    warnings = Policy(SLOTS, spacing=spacing, article=ArticleOptions(atomic="figure")).warnings
    assert warnings == (f"spacing[0].below: {LOST}", f"spacing[1].between: {LOST}")
    spacing = [Spacing("ad", "ad", unless="figure", min="1 block")]
    assert Policy(SLOTS, spacing=spacing, article=ArticleOptions(ads="figure")).warnings == (
        "spacing[0].unless: no <figure> is a 'figure', as article.ads makes ads of them: write 'css(figure)'",
    )
    spacing = [Spacing("ad", "list", unless_at="figure", min="1 block")]
    warnings = Policy(SLOTS, spacing=spacing, article=ArticleOptions(atomic="figure")).warnings
    assert warnings == (f"spacing[0].unless_at: {LOST}",)


@pytest.mark.parametrize("key", ["ads", "atomic", "skip"])
@pytest.mark.parametrize("tag", ROLES_OF_TAGS)
def test_roles_are_lost_as_the_warning_says(key, tag):
    """Between paragraphs, an element of the name has its role, and another one where the key names it."""
    inner = dict.fromkeys(("ul", "ol"), "<li>a</li>") | {
        "table": "<tr><td>a</td></tr>",
        "figure": '<img src="x">',
        "iframe": "",
    }
    long = "<p>Der Fluss steigt seit Montag, und am Ufer stehen Pumpen, die niemand mehr ausschaltet.</p>"
    html = f'{long}<{tag} src="/x">{inner.get(tag, "Die Pumpen am Ufer laufen.")}</{tag}>{long}'
    before, after = (
        [block.role for block in read(html, Policy(article=options)).blocks]
        for options in (ArticleOptions(), ArticleOptions(**{key: tag}))
    )
    assert ROLES_OF_TAGS[tag] in before or (tag, before[1]) == ("p", "short-paragraph")
    assert set(after) - set(before) == ({"ad" if key == "ads" else "box"} if after else set())


@pytest.mark.parametrize(
    "parts, path",
    [
        ({"limits": Limits(ads=-1)}, "limits.ads"),
        ({"limits": Limits(slots=True)}, "limits.slots"),
        ({"article": ArticleOptions(body="p:hover")}, "article.body"),
        ({"article": ArticleOptions(lead="p >")}, "article.lead"),
        ({"article": ArticleOptions(ads=["p", "p::before"])}, "article.ads"),
        ({"article": ArticleOptions(atomic="[")}, "article.atomic"),
        ({"article": ArticleOptions(headings="[")}, "article.headings"),
        ({"article": ArticleOptions(open=["("])}, "article.open"),
        ({"article": ArticleOptions(short=-1)}, "article.short"),
        ({"article": ArticleOptions(existing="skip")}, "article.existing"),
    ],
)
def test_wrong_limits_and_article_options_are_refused(parts, path):
    """Numbers and selectors are checked as in TOML."""
    assert [where for where, _, _ in problems_of(**parts)] == [path]


def test_everything_wrong_is_told_at_once():
    """One error has all problems: of each part first the duplicates."""
    assert problems_of(
        slots=[*SLOTS, Slot("anzeige", kind="add")],
        rules=[Rule("x", slot="anzeig", max=41), Rule("x", slot="anzeige", priority=0)],
        limits=Limits(teasers=-2),
    ) == [
        ("slots[2].name", "'anzeige'", None),
        ("slots.anzeige.kind", "'add'", "ad"),
        ("rules[1].name", "'x'", None),
        ("rules[0].slot", "'anzeig'", "anzeige"),
        ("rules[0].max", "41", None),
        ("rules[1].priority", "0", None),
        ("limits.teasers", "-2", None),
    ]


@pytest.mark.parametrize("part", ["rules", "spacing"])
def test_there_are_at_most_so_many_rules_and_spacings(part):
    """Every pair of rules is looked at: thousands of them are refused, all at once and at their key."""
    slots = [Slot("anzeige", kind="ad", label="Anzeige")]
    rules = [Rule(f"r{i}", slot="anzeige") for i in range(1001 if part == "rules" else 1)]
    spacing = [Spacing("ad", "ad", min=f"{i + 1} chars") for i in range(1001 if part == "spacing" else 1)]
    assert Policy(slots, rules[:100], spacing[:100]).rules
    assert [(problem.path, problem.found) for problem in problems_in(Policy, slots, rules, spacing)] == [(part, "1001")]


@pytest.mark.parametrize(
    "spacing, path, found",
    [
        (Spacing("ad", ["figure", "promo"], min="1 block", unless_at="list"), "unless_at", "slots on both"),
        (Spacing("ad", "figure", min="1 block", unless_at="list", from_count=2), "unless_at", "both"),
        (Spacing("ad", "figure", min="1 block", unless_at="slot(anzeige)"), "unless_at", "'slot(anzeige)'"),
        (Spacing("ad", "figure", min="1 block", unless_at="lead"), "unless_at", "'lead'"),
    ],
)
def test_what_a_spacing_is_waived_by_is_blocks(spacing, path, found):
    """And it is between a slot and what is none, from the first one on."""
    assert [(problem.path, problem.found) for problem in problems_in(Policy, slots=SLOTS, spacing=[spacing])] == [
        (f"spacing[0].{path}", found)
    ]


def test_a_rule_that_stands_in_comes_later_and_has_no_minimum():
    """Else it would be placed before those that it stands in for."""
    rules = [Rule("a", slot="anzeige"), Rule("b", slot="anzeige", instead_of="a", min=1, priority=2)]
    with pytest.raises(PolicyError, match="no 'min' where a rule stands in for others"):
        Policy(slots=SLOTS, rules=rules)
    rules = [Rule("a", slot="anzeige", priority=3), Rule("b", slot="anzeige", instead_of="a", priority=3)]
    with pytest.raises(PolicyError, match="a 'priority' before that of this one, which is 3, found 'a', which has 3"):
        Policy(slots=SLOTS, rules=rules)


@pytest.mark.parametrize(
    "sizes, found",
    [
        ({"paragraph": "9 chars"}, "'paragraph'"),
        ({"figure": "9 blocks"}, "'9 blocks'"),
        ({"figure": "9 chars or 3 words"}, "'9 chars or 3 words'"),
        ({9: "9 chars"}, "9"),
        ([("figure", "9 chars")], "(('figure', '9 chars'),)"),
        (None, "None"),
    ],
)
def test_only_blocks_without_text_are_given_a_size(sizes, found):
    """In chars, words or both."""
    assert [problem.found for problem in problems_in(Policy, article=ArticleOptions(sizes=sizes))] == [found]


def test_a_rhythm_raises_the_most_unless_that_is_said():
    """Also where a case brings the rhythm, or takes it back."""
    assert Rule("a", slot="x", every="300 chars").max == 40
    assert Rule("a", slot="x", every="300 chars", max=3).max == 3
    changes: dict[str, object] = {"rules": [{"name": "a", "every": "300 chars"}]}
    policy = Policy(SLOTS, [Rule("a", slot="anzeige")], cases=[Case({"x": 1}, changes=changes)])
    assert policy.resolve({"x": 1}).rules[0].max == 40
    changes = {"rules": [{"name": "a", "every": False}]}
    policy = Policy(SLOTS, [Rule("a", slot="anzeige", every="3 blocks")], cases=[Case({"x": 1}, changes=changes)])
    assert policy.resolve({"x": 1}).rules[0].max == 1
    policy = Policy(
        SLOTS, [Rule("a", slot="anzeige", every="3 blocks", max=7)], cases=[Case({"x": 1}, changes=changes)]
    )
    assert policy.resolve({"x": 1}).rules[0].max == 7


def test_tables_of_rules_and_articles_are_laid_key_by_key():
    """`false` takes a size back; to a guard it is a value."""
    guards = {"rules": [{"name": "a", "guards": {"tail": False}}]}
    policy = Policy(SLOTS, [Rule("a", slot="anzeige", guards={"label": False})], cases=[Case({"x": 1}, changes=guards)])
    assert policy.resolve({"x": 1}).rules[0].guards == freeze({"label": False, "tail": False})
    sizes = {"article": {"sizes": {"figure": False, "embed": "9 words"}}}
    article = ArticleOptions(sizes={"figure": "3 words", "box": "1 char"})
    found = Policy(article=article, cases=[Case({"x": 1}, changes=sizes)]).resolve({"x": 1}).article.sizes
    assert {role: str(size) for role, size in found.items()} == {"box": "1 char", "embed": "9 words"}


@pytest.mark.parametrize(
    "guards, found",
    [
        (None, "None"),
        ("tail", "'tail'"),
        ([("tail", False)], "(('tail', False),)"),
        ({1: True}, "1"),
        ({"tail": 0}, "0"),
    ],
)
def test_guards_of_a_rule_are_switches_by_name(guards, found):
    """What is none is a problem of the policy, as everywhere."""
    rule = Rule("a", slot="anzeige", guards=guards)
    assert [problem.found for problem in problems_in(Policy, SLOTS, [rule])] == [found]


def test_a_rule_stands_in_for_names():
    """What is no text is no name."""
    with pytest.raises(PolicyError) as caught:
        Policy(SLOTS, [Rule("a", slot="anzeige", instead_of=[5, ["b"]])])  # type: ignore[list-item] # the fault on trial
    assert [problem.found for problem in caught.value.problems] == ["5", "['b']"]


@pytest.mark.parametrize(
    "rule",
    [
        "guards = { tails = false }",
        '[article]\nsizes = { figures = "9 words" }',
    ],
)
def test_an_unknown_guard_or_role_is_reported_once(rule):
    """By the key that it has."""
    assert len(problems_in(loads, f'[slots.a]\nkind = "promo"\n[[rules]]\nname = "r"\nslot = "a"\n{rule}')) == 1


@pytest.mark.parametrize(
    "rule, limits, told",
    [
        ({"min_section": "9 words", "max_section": "8 words"}, {}, "'min_section' is more than 'max_section'"),
        ({"min_article": "9 words", "max_article": "8 words"}, {}, "'min_article' is more than 'max_article'"),
        ({"min_section": "9 words", "max_section": "9 words"}, {}, None),
        ({"min_section": "9 chars", "max_section": "8 words"}, {}, None),
        ({"min_section": "9 words and 1 block", "max_section": "8 words"}, {}, None),
        ({}, {"ads_per_section": 0}, "limits.ads_per_section is 0"),
        ({"at": "end"}, {"ads_per_section": 0}, "limits.ads_per_section is 0"),
        ({"at": ["end", "after lead"]}, {"ads_per_section": 0}, None),
        ({"at": "before css(nav)"}, {"ads_per_section": 0}, None),
        ({"max": 0}, {"ads_per_section": 0}, None),
    ],
)
def test_sizes_that_exclude_each_other_and_sections_without_ads_are_warned_of(rule, limits, told):
    """Outside the story, ads are in no section."""
    warnings = Policy(SLOTS, [Rule("a", slot="anzeige", **rule)], limits=Limits(**limits)).warnings
    assert warnings == (() if told is None else (f"rules[0]: 'a' can place nothing: {told}",))


def test_an_anchor_that_counts_keeps_no_ads_apart():
    """Where it begins is no place of its own: `after every 1 paragraph from 2` is all of them but one."""
    rule = Rule("a", slot="anzeige", at="after every 1 paragraph from 2", max=3)
    assert Policy(SLOTS, [rule]).warnings == ("rules[0]: 'a' may place 3 ads, and nothing keeps them apart",)
