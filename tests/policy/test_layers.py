"""Policies that extend others: what is laid over what, and where a fault is told."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest

from adslot import Limits, Policy, PolicyError, Rule, Slot, Spacing, find_policy, from_mapping, load, loads, preset
from tests.problems import problems_in

BASE = """
[article]
body = "main"
ads = [".ad", ".billboard"]
short = "60 chars"

[slots.anzeige]
kind = "ad"
label = "Anzeige"
height = 250
attributes = { data-unit = "/1", data-size = "s" }

[slots.mehr]
kind = "teaser"

[[rules]]
name = "in-text"
slot = "anzeige"
max = 3
apart = "700 chars"
from_start = "200 chars"

[[rules]]
name = "mehr"
slot = "mehr"
stack = true

[[spacing]]
between = ["ad", "teaser"]
min = "300 chars"

[[spacing]]
above = "ad"
below = "figure"
min = "1 block"

[limits]
ads = 4
slots = 6

[guards]
tail = false

[[cases]]
when = { section = "sport" }
limits = { ads = 5 }

[[cases]]
when = { subscriber = true }
limits = { ads = 0 }
"""


@pytest.fixture
def extend(tmp_path, monkeypatch):
    """Loads a text that extends BASE."""
    monkeypatch.chdir(tmp_path)
    Path("base.toml").write_text(BASE, encoding="utf-8")
    return lambda text: loads(f'extends = "./base.toml"\n{text}', file="site.toml")


def problems_of(make, *words):
    """(file, line, column, path) of everything that is wrong."""
    return [(p.file, p.line, p.column, p.path) for p in problems_in(make, *words)]


def test_nothing_over_a_base_is_the_base(extend):
    """An extending file without a word of its own is the file that it extends."""
    assert extend("") == loads(BASE)


def test_tables_are_laid_key_by_key_and_lists_whole(extend):
    """What the upper file does not say stays; a list takes the place of a list; false takes a key back."""
    policy = extend("""
        [article]
        ads = ".banner"
        short = false
        [slots.anzeige]
        label = "Werbung"
        height = false
        attributes = { data-unit = "/2", data-size = false, data-new = "n" }
        [limits]
        slots = false
        teasers = 1
        [guards]
        tail = true
        float = false
    """)
    assert (policy.article.body, policy.article.ads, policy.article.short) == ("main", (".banner",), 40)
    attributes = {"data-unit": "/2", "data-new": "n"}
    assert policy.slot("anzeige") == Slot("anzeige", kind="ad", label="Werbung", attributes=attributes)
    assert policy.limits == Limits(ads=4, teasers=1)
    assert (policy.guards.tail, policy.guards.float, policy.guards.caption) == (True, False, True)


def test_rules_are_laid_by_name(extend):
    """Key by key, in the order of the base; new names come behind."""
    policy = extend("""
        [[rules]]
        name = "new"
        slot = "anzeige"
        [[rules]]
        name = "mehr"
        stack = false
        [[rules]]
        name = "in-text"
        max = 5
        apart = false
    """)
    assert policy.rules == (
        Rule("in-text", slot="anzeige", max=5, from_start="200 chars"),
        Rule("mehr", slot="mehr"),
        Rule("new", slot="anzeige"),
    )


def test_a_spacing_replaces_those_between_the_same_terms(extend):
    """In whichever order `between` names them; growing distances are replaced as one; false takes them back."""
    assert extend("""
        [[spacing]]
        between = ["teaser", "ad"]
        min = "1 block"
        [[spacing]]
        between = ["ad", "ad"]
        min = "2 blocks"
    """).spacing == (
        Spacing("ad", "figure", min="1 block"),
        Spacing.between("teaser", "ad", min="1 block"),
        Spacing.between("ad", "ad", min="2 blocks"),
    )
    grown = '{ above = "ad", below = "figure", min = "2 blocks" }'
    more = '{ above = "ad", below = "figure", min = "4 blocks", from = 2 }'
    assert extend(f"spacing = [{grown}, {more}]").spacing[1:] == (
        Spacing("ad", "figure", min="2 blocks"),
        Spacing("ad", "figure", min="4 blocks", from_count=2),
    )
    alike = 'spacing = [{ above = "ad", below = "ad", min = "2 blocks" }]\n'
    Path("base.toml").write_text('extends = "sides.toml"\nspacing = [{ between = ["ad", "ad"], min = "1 block" }]')
    Path("sides.toml").write_text(alike)
    assert extend("").spacing == (Spacing.between("ad", "ad", min="1 block"),)
    Path("base.toml").write_text(BASE, encoding="utf-8")
    gone = '{ between = ["ad", "teaser"], min = false }, { above = "figure", below = "ad", min = false }'
    assert extend(f"spacing = [{gone}]").spacing == (Spacing("ad", "figure", min="1 block"),)


def test_false_takes_whole_parts_back(extend):
    """Slots one by one, and every list and table but the guards."""
    policy = extend(
        "limits = false\nrules = false\nspacing = false\ncases = false\narticle = false\nslots.mehr = false"
    )
    assert policy == Policy(
        [Slot("anzeige", kind="ad", label="Anzeige", height=250, attributes=BASE_ATTRIBUTES)], guards=NO_TAIL
    )
    assert extend("slots = false\nrules = false\nspacing = false").slots == ()


BASE_ATTRIBUTES = {"data-unit": "/1", "data-size": "s"}
NO_TAIL = loads("guards.tail = false").guards


def test_false_without_a_base_takes_nothing_back():
    """It is as if the key were not there."""
    assert loads("limits = { ads = false }\nrules = false\narticle = false") == Policy()
    assert loads('slots.a = { kind = "promo", height = false }').slots == (Slot("a", kind="promo"),)


def test_cases_are_laid_by_their_condition(extend):
    """Those of the base stay; one with the same `when` takes its place; new ones come behind."""
    policy = extend("""
        [[cases]]
        when = { section = "sport" }
        limits = { ads = 2 }
        [[cases]]
        when = { section = "kultur" }
        limits = { ads = 1 }
    """)
    assert [policy.resolve({"section": name}).limits.ads for name in ("sport", "kultur", "")] == [2, 1, 4]
    assert policy.resolve({"subscriber": True}).limits.ads == 0


def test_presets_can_be_extended():
    """A preset by its name, also from a mapping; what is not changed is the preset's."""
    policy = loads('extends = "de-news"\n[[rules]]\nname = "in-text"\nmax = 2')
    base = preset("de-news")
    assert policy.rules == (attrs.evolve(base.rules[0], max=2), *base.rules[1:])
    assert from_mapping({"extends": "de-news"}) == base


def test_chains_are_followed_from_file_to_file(tmp_path):
    """Each name is relative to the file that it stands in, and the last file has the last word."""
    (tmp_path / "common").mkdir()
    (tmp_path / "common" / "base.toml").write_text('extends = "de-news"\nlimits = { ads = 1, slots = 9 }')
    (tmp_path / "common" / "house.json").write_text('{"extends": "base.toml", "limits": {"ads": 2, "teasers": 2}}')
    (tmp_path / "site.toml").write_text('extends = "common/house.json"\nlimits = { teasers = 3 }')
    assert load(tmp_path / "site.toml").limits == Limits(ads=2, teasers=3, slots=9)
    assert load(tmp_path / "site.toml").rules == preset("de-news").rules


def test_a_circle_is_told_with_its_files(tmp_path, monkeypatch):
    """The chain is shown from the first file that comes again; the fault is where the circle closes."""
    monkeypatch.chdir(tmp_path)
    Path("a.toml").write_text('extends = "b.toml"')
    Path("b.toml").write_text('\nextends = "./c.toml"')
    Path("c.toml").write_text('limits = {}\nextends = "b.toml"')
    with pytest.raises(PolicyError) as caught:
        load("a.toml")
    assert str(caught.value) == (
        "c.toml:2:11: extends: expected a file that does not extend itself, found b.toml → c.toml → b.toml"
        '\n    extends = "b.toml"\n              ^'
    )
    Path("a.toml").write_text('extends = "../x/a.toml"')
    with pytest.raises(PolicyError, match="a file that exists"):
        load("a.toml")
    Path("a.toml").write_text('extends = "a.toml"')
    with pytest.raises(PolicyError, match=r"found a\.toml → a\.toml"):
        loads('extends = "a.toml"', file="a.toml")


@pytest.mark.parametrize(
    "name, hint", [("de-new", "de-news"), ("de-new.toml", "de-news"), ("presets/de-new.toml", "de-news"), ("zzz", None)]
)
def test_a_missing_base_is_told_with_the_nearest_preset(name, hint):
    """Other faults of the file are told with it, but not those that the base may have mended."""
    text = f'limits.ad = 3\nextends = "{name}"\n[[rules]]\nname = "in-text"\nmax = "3"\n'
    problems = problems_in(loads, text, file="site.toml")
    assert [(p.line, p.column, p.path) for p in problems] == [
        (2, 11, "extends"),
        (1, 1, "limits.ad"),
        (5, 7, "rules[0].max"),
    ]
    assert problems[0].hint == hint


def test_a_base_that_cannot_be_read_is_told_by_its_name(tmp_path):
    """No TOML, no UTF-8."""
    (tmp_path / "base.toml").write_text("a = = 1")
    (tmp_path / "site.toml").write_text('extends = "base.toml"')
    assert problems_of(load, tmp_path / "site.toml") == [(str(tmp_path / "base.toml"), 1, 5, "")]
    (tmp_path / "base.toml").write_bytes(b"\xff\xfe")
    assert problems_of(load, tmp_path / "site.toml") == [(str(tmp_path / "base.toml"), None, None, "")]


def test_a_fault_is_told_where_it_stands(extend):
    """In the base at the base's line, in the upper file at its own; by the path there."""
    Path("base.toml").write_text(BASE.replace('"700 chars"', '"700 charz"').replace("ads = 4", "ads = -4"))
    assert problems_of(extend, '[[rules]]\nname = "mehr"\nprefer = "erly"\n') == [
        ("site.toml", 4, 10, "rules[0].prefer"),
        ("base.toml", 20, 14, "rules[0].apart"),
        ("base.toml", 38, 7, "limits.ads"),
    ]


@pytest.mark.parametrize(
    "text, place",
    [
        # The base's `min` was right until the upper file lowered `max`.
        (
            '[[rules]]\nname = "mehr"\nmin = 1\n[[rules]]\nname = "in-text"\nmin = 4',
            ("site.toml", 7, 7, "rules[1].min"),
        ),
        ("slots.mehr = false", ("site.toml", 1, 1, "rules[1].slot")),
        ('[[spacing]]\nbetween = ["ad", "slot(mer)"]\nmin = "1 block"', ("site.toml", 3, 24, "spacing[0].between")),
        ('[[rules]]\nname = "in-txt"\nmax = 3', ("site.toml", 2, 1, "rules[0]")),
        ("[slots.anzeig]\nheight = 9", ("site.toml", 2, 1, "slots.anzeig")),
        ('slots."x y" = { kind = "promo" }', ("site.toml", 2, 15, "slots.x y")),
        ('[[rules]]\nname = "mehr"\n[[rules]]\nname = "mehr"\nslot = "mehr"', ("site.toml", 5, 8, "rules[1].name")),
    ],
)
def test_a_contradiction_is_told_where_it_arose(extend, text, place):
    """Not where the older of two values stands that were right before."""
    assert problems_of(extend, text) == [place]


def test_a_key_that_makes_the_base_wrong_is_to_blame(extend):
    """The base asks for a minimum, the upper file lowers the maximum below it."""
    Path("base.toml").write_text(BASE.replace("max = 3", "max = 3\nmin = 2"))
    assert problems_of(extend, '[[rules]]\nname = "in-text"\nmax = 1') == [("site.toml", 2, 1, "rules[0].min")]


@pytest.mark.parametrize(
    "fault, column", [('height = "x"', 10), ("height = 0", 10), ('html = "</article>"', 8), ('template = "nope"', 12)]
)
def test_a_name_with_a_dot_takes_no_blame_for_another(extend, fault, column):
    """Of a slot that the base has wrong, whatever the upper file calls its own."""
    Path("base.toml").write_text(f'[slots.a]\nkind = "promo"\n{fault}')
    key = fault.partition(" ")[0]
    assert problems_of(extend, f'[slots."a.{key}"]\nkind = "promo"') == [("base.toml", 3, column, f"slots.a.{key}")]


def test_a_name_that_is_nearly_one_of_the_base_is_asked_for(extend):
    """A rule without slot that is new was probably meant to change one that exists."""
    with pytest.raises(
        PolicyError, match=r"the name of a rule below, or the key 'slot' of a new one, found 'in-txt'.*'in-text'"
    ):
        extend('[[rules]]\nname = "in-txt"\nmax = 3')
    with pytest.raises(PolicyError, match="the name of a slot below, or the key 'kind' of a new one, found 'anzeig'"):
        extend("[slots.anzeig]\nheight = 3")


def test_json_is_read_like_toml(tmp_path):
    """With lines and columns too."""
    path = tmp_path / "policy.json"
    path.write_text(json.dumps({"slots": {"größe": {"kind": "promo"}}}))
    assert load(path).slots == (Slot("größe", kind="promo"),)
    path.write_text('{\n  "slots": {"a\\/b": {"kind": "add", "attributes": {"x": 3}}},\n  "limit": {}\n}')
    assert problems_of(load, path) == [
        (str(path), 2, 21, "slots.a/b"),
        (str(path), 2, 30, "slots.a/b.kind"),
        (str(path), 2, 57, "slots.a/b.attributes.x"),
        (str(path), 3, 3, "limit"),
    ]
    path.write_text('{"slots": }')
    assert problems_of(load, path) == [(str(path), 1, 11, "")]


def test_a_projects_file_may_hold_the_policy(tmp_path):
    """In [tool.adslot]; lines are those of the file, and what it extends is looked for beside it."""
    path = tmp_path / "pyproject.toml"
    path.write_text('[tool.adslot]\nextends = "de-news"\n[tool.adslot.limits]\nads = 2\n')
    assert load(path).limits.ads == 2
    path.write_text('[project]\nname = "x"\n[[tool.adslot.rules]]\nname = "a"\nslot = "b"\n')
    assert problems_of(load, path) == [(str(path), 5, 8, "rules[0].slot")]
    path.write_text('[project]\nname = "x"\n')
    with pytest.raises(PolicyError, match=r"the table \[tool.adslot\], found none"):
        load(path)


def test_the_nearest_policy_is_found(tmp_path, monkeypatch):
    """Upward: adslot.toml, else a pyproject.toml with the table; other files and broken ones are passed by."""
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert find_policy(deep) is None
    (tmp_path / "pyproject.toml").write_text("[tool.adslot]\n")
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.ruff]\n")
    (deep / "pyproject.toml").write_text("[tool.adslot\n")
    assert find_policy(deep) == tmp_path / "pyproject.toml"
    (tmp_path / "adslot.toml").write_text("")
    assert find_policy(deep / "page.html") == tmp_path / "adslot.toml"
    monkeypatch.chdir(deep)
    assert (find_policy() or deep).samefile(tmp_path / "adslot.toml")
    (deep / "pyproject.toml").write_text("tool = 3\n")
    assert find_policy(deep) == tmp_path / "adslot.toml"
