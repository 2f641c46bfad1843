"""Layouts, and the stylesheet that reserves heights in each."""

from __future__ import annotations

import re

import pytest

from adslot import Layout, Policy, PolicyError, Slot, css, dumps, from_mapping, loads, place

LAYOUTS = [Layout("desktop", min_width=1000), Layout("mobile"), Layout("tab.let", min_width=600)]


def rules(policy):
    """The rules behind the general ones."""
    return css(policy, look=False).partition("vertical-align: bottom; }\n")[2]


def test_heights():
    """Of slots that have one; the label takes its part where it stands in the slot."""
    slots = [
        Slot("a", kind="ad", label="Anzeige", height=274),
        Slot("b", kind="promo", height=100),
        Slot("c", kind="ad", label="Anzeige"),
        Slot("d", kind="ad", label="Anzeige", height=250, label_in="template", template="<b>{{ label }}</b>"),
    ]
    assert rules(Policy(slots)) == (
        '[data-adslot="a"][data-adslot-rule] { min-height: 274px; }\n'
        '[data-adslot="a"][data-adslot-rule] > .adslot-label { display: block; height: 24px; line-height: 24px; }\n'
        '[data-adslot="b"][data-adslot-rule] { min-height: 100px; }\n'
        '[data-adslot="d"][data-adslot-rule] { min-height: 250px; }\n'
    )


def test_the_look_weighs_nothing():
    """All of it can be overruled by one class, but for print and motion; it says nothing of heights."""
    policy = Policy([Slot("a", kind="ad", label="Anzeige", height=274)])
    look = css(policy).removeprefix(css(Policy(), look=False)).removesuffix(rules(policy))
    lines = re.sub(r"/\*.*?\*/", "", look, flags=re.S).strip().splitlines()
    weighing = [line for line in lines if not line.startswith(":where(")]
    assert len(lines) > 8
    assert [line.partition(" {")[0] for line in weighing] == ["@media print", "@media (prefers-reduced-motion: reduce)"]
    assert "height:" not in look.replace("line-height:", "")


def test_layouts():
    """Every screen is of one layout, also one of 599.5 px; each hides what is for the others."""
    made = rules(Policy([Slot("a", kind="promo", height={"mobile": 300, "desktop": 90})], layouts=LAYOUTS))
    assert made == (
        "@media (min-width: 0px) and (max-width: 599.98px) {\n"
        '  [data-adslot="a"][data-adslot-rule] { min-height: 300px; }\n'
        "  .adslot-only-tab\\.let, .adslot-only-desktop { display: none; }\n"
        "}\n"
        "@media (min-width: 600px) and (max-width: 999.98px) {\n"
        "  .adslot-only-mobile, .adslot-only-desktop { display: none; }\n"
        "}\n"
        "@media (min-width: 1000px) {\n"
        '  [data-adslot="a"][data-adslot-rule] { min-height: 90px; }\n'
        "  .adslot-only-mobile, .adslot-only-tab\\.let { display: none; }\n"
        "}\n"
    )


def test_an_empty_policy_has_the_general_rules():
    """And one layout hides nothing."""
    assert rules(Policy()) == rules(Policy(layouts=[Layout("all")])) == ""


def test_layouts_are_declared_by_name():
    """In TOML and JSON, laid over others, and taken back."""
    made = loads(
        '[layouts.mobile]\nmin_width = 0\n[layouts.desktop]\nmin_width = 768\n[slots.a]\nkind = "promo"\n'
        'height = { mobile = 300 }\nsizes = { desktop = "970x90" }\n'
    )
    assert made.layouts == (Layout("mobile"), Layout("desktop", min_width=768))
    assert (made.slots[0].height_in("mobile"), made.slots[0].height_in("desktop")) == (300, None)
    assert (made.slots[0].sizes_in("desktop"), made.slots[0].sizes_in("mobile")) == (("970x90",), ())
    assert loads(dumps(made)) == made


def test_heights_of_layouts_are_no_attribute():
    """Only one number can be one."""
    slot = {"kind": "promo", "html": "x", "height": {"all": 100}}
    data = {"slots": {"a": slot}, "layouts": {"all": {"min_width": 0}}, "rules": [{"name": "r", "slot": "a"}]}
    assert "data-adslot-height" not in place("<p>Eins.</p><p>Zwei.</p>", from_mapping(data)).html


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"layouts": {"a": {}}}, "layouts.a: expected the key 'min_width', found none"),
        (
            {"layouts": {"a": {"min_width": "0"}}},
            "layouts.a.min_width: expected a whole number, without quotes, found '0'",
        ),
        ({"layouts": {"a": {"min_width": -1}}}, "layouts.a.min_width: expected a width in px, 0 or more, found -1"),
        (
            {"layouts": {"a": {"min_width": 5}}},
            "layouts: expected one with 'min_width = 0', for the narrowest screens, found none",
        ),
        (
            {"layouts": {"a": {"min_width": 0}, "b": {"min_width": 0}}},
            "layouts.b.min_width: expected a width of its own, found 0",
        ),
        ({"layouts": {"a b": {"min_width": 0}}}, "layouts.a b: expected a name of letters, digits, '-', '_' and '.'"),
        (
            {"layouts": {"mobile": {"min_width": 0}}, "slots": {"s": {"kind": "promo", "height": {"mobil": 9}}}},
            "slots.s.height.mobil: expected the name of a layout, found 'mobil' (did you mean 'mobile'?)",
        ),
        (
            {"layouts": {"m": {"min_width": 0}}, "slots": {"s": {"kind": "promo", "height": {"m": 0}}}},
            "slots.s.height.m: expected a height in px, 1 or more, found 0",
        ),
        (
            {"layouts": {"m": {"min_width": 0}}, "slots": {"s": {"kind": "promo", "sizes": {"m": ["9 x 9"]}}}},
            "slots.s.sizes.m: expected a size in px such as '300x250', or 'fluid', found '9 x 9'",
        ),
        ({"slots": {"s": {"kind": "promo", "height": {}}}}, "slots.s.height: expected at least one layout, found none"),
        (
            {"slots": {"s": {"kind": "promo", "height": {"x": True}}}},
            "slots.s.height.x: expected a whole number, found True",
        ),
    ],
)
def test_wrong_layouts(data, told):
    """Told with the policy, with the path."""
    with pytest.raises(PolicyError) as caught:
        from_mapping(data)
    assert any(str(problem).startswith(told) for problem in caught.value.problems), str(caught.value)


def test_names_fit_into_selectors():
    """Whatever a slot or a layout may be called."""
    names = ["größe", "a.b", "x-1_2"]
    made = css(
        Policy(
            [Slot(name, kind="promo", height=9) for name in names], layouts=[Layout("m"), Layout("a.b", min_width=9)]
        )
    )
    assert re.findall(r'\[data-adslot="([^"]+)"\]\[', made) == names
