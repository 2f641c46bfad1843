"""What other engines do, done with policies of adslot: the same places, or better ones, or a reason why not.

Engines that measure pixels are given articles in which a char stands for a pixel. That is fair for the logic of
distances, which only adds and compares lengths; it says nothing about how high a text is, nor of boxes side by side.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adslot import Guards, Policy, Rule, Slot, loads, place, plan, read, strip
from tests.peers.articles import block_above, blocks_of

SYSTEMS = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["systems"]
CASES = {case["id"]: (system, case) for system in SYSTEMS for case in system["cases"]}
PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "peers.md"

#: All cases that the engines' own tests and code gave, each of which must be accounted for.
ALL = """
    dcr-apps-0p dcr-apps-1p dcr-apps-3p dcr-apps-9p dcr-apps-16p dcr-apps-999p dcr-apps-3p-img-3p dcr-apps-3p-h2-3p
    dcr-apps-heading-every-3 dcr-gallery-6 dcr-gallery-16
    dcr-amp-300-399 dcr-amp-30x500 dcr-amp-first-1000-BUG
    frontend-amp-699-700 frontend-amp-700x10 frontend-amp-700-299-aside frontend-amp-700-aside-200-200 frontend-amp-img
    dcr-liveblog-10x1000-desktop
    scaip-default-5p scaip-default-6p scaip-default-8p scaip-default-12p scaip-start0 scaip-mixed scaip-empty-p
    newspack-long
    amp-499px amp-199-too-near amp-tracker-1-100-1 amp-tracker-550-500-1 amp-tracker-649-500-1 amp-tracker-650-500-1
    amp-tracker-749-500-2
    spacefinder-testElem-210-290 spacefinder-testElem-100-250 spacefinder-mobile-30x100 spacefinder-desktop-inline1-img
    rehype-interval2 rehype-list rehype-section-excluded rehype-predicate-ul rehype-max2
    apple-news-in-article-3 apple-news-in-article-5 apple-news-in-article-99
    bbc-4th-paragraph bbc-no-paragraphs bbc-split-text-block
    newsletter-12p newsletter-float-at-6-of-14 newsletter-list-at-4-of-10
""".split()
REPRODUCED = [name for name, (_, case) in CASES.items() if "why" not in case]
BETTER = [name for name, (_, case) in CASES.items() if "upstream" in case]
INEXPRESSIBLE = {name: case["why"] for name, (_, case) in CASES.items() if "blocks" not in case}


def policy_of(name):
    """The policy of a case: its system's, and what the case adds."""
    system, case = CASES[name]
    return system["policy"] + case.get("more", "")


def planned(name):
    """A case's blocks, its plan, and for each slot the block above, in the order of the page."""
    blocks = blocks_of(CASES[name][1]["blocks"])
    policy = loads(policy_of(name))
    made = plan(read("".join(blocks), policy, mode="fragment"), policy)
    offsets = [placement.offset for placement in made.placements if placement.offset is not None]
    return blocks, made, [block_above(blocks, offset) for offset in offsets]


@pytest.mark.parametrize("name", REPRODUCED)
def test_reproduced(name):
    """The slots stand where the engine puts them, and that is the best plan."""
    _, made, above = planned(name)
    assert above == CASES[name][1]["after"]
    assert made.status == "optimal"


@pytest.mark.parametrize("name", BETTER)
def test_right_where_the_engine_is_wrong(name):
    """The slots do not stand where the engine puts them; `why` says what is wrong there."""
    _, _, above = planned(name)
    assert above == CASES[name][1]["after"] != CASES[name][1]["upstream"]
    assert CASES[name][1]["why"]


@pytest.mark.parametrize("name", [name for name, (_, case) in CASES.items() if "refused" in case])
def test_refused_for_the_reason_of_the_engine(name):
    """The place that the engine tried is refused for the distance that the engine measured."""
    _, made, _ = planned(name)
    refused = CASES[name][1]["refused"]
    assert refused["code"] in {refusal.code for refusal in made.explain(gap=refused["gap"])}


@pytest.mark.parametrize("name", REPRODUCED + BETTER)
def test_nothing_else_changes(name):
    """Whatever the policy, the slots come out again without a trace."""
    html = "".join(blocks_of(CASES[name][1]["blocks"]))
    assert strip(place(html, loads(policy_of(name)), mode="fragment").html) == html


def test_every_case_is_accounted_for():
    """Each of the known cases is in exactly one of the three groups; what the language cannot say has a reason."""
    assert sorted([*REPRODUCED, *BETTER, *INEXPRESSIBLE]) == sorted(ALL)
    assert len(CASES) == sum(len(system["cases"]) for system in SYSTEMS) == len(ALL) == 53
    assert all(INEXPRESSIBLE.values())
    assert {name for name in ALL if name.endswith("-BUG")} <= set(BETTER)


def test_the_page_shows_the_policies_that_are_tested():
    """Each policy on the page of the documentation is that of a case, and each engine has one there, and its source."""
    page = PAGE.read_text(encoding="utf-8")
    shown = set(re.findall(r"^```toml\n(guards = .*?)^```$", page, re.M | re.S))
    assert shown <= {policy_of(name) for name in CASES}
    for system in SYSTEMS:
        repository, path = system["origin"].split()[:2]
        assert f"`{repository}`" in page and (path.strip(",") in page or system["name"].startswith("amp-auto-ads"))
    counts = f"{len(REPRODUCED)} come out the same, {len(BETTER)} differ because the engine is wrong, and {len(INEXPRESSIBLE)} cannot"
    assert f"{len(ALL)} cases" in page and counts in page


def test_the_table_of_the_page_counts_the_cases():
    """A row for each engine, with its cases and those that come out the same; variants of an engine are one row."""
    rows = re.findall(r"^\| \[(.+?)\]\(#.+?\) \|.*?\| (\d+) \| (\d+) \|", PAGE.read_text(encoding="utf-8"), re.M)
    counted = dict.fromkeys((name for name, *_ in rows), (0, 0))
    for system in SYSTEMS:
        engine = system["name"].partition(",")[0]
        cases, same = counted[engine]
        agreed = sum("why" not in case for case in system["cases"])
        counted[engine] = cases + len(system["cases"]), same + agreed
    assert {name: (int(cases), int(same)) for name, cases, same in rows} == counted


@pytest.mark.parametrize("name", REPRODUCED + BETTER)
def test_guards_are_said_explicitly(name):
    """Taste that the engine does not have is turned off, and no default that comes later moves a slot."""
    guards = tomllib.loads(policy_of(name))["guards"]
    assert set(guards) == {"after-heading", "list-intro", "caption", "tail", "float", "label"}


def first_fit(sizes):
    """The older AMP rules of the Guardian, from top to bottom: the gaps that get an ad. A size of 0 is a picture."""
    found: list[int] = []
    for gap in range(1, len(sizes)):
        above, below = sizes[:gap], sizes[gap:]
        since = sum(sizes[found[-1] if found else 0 : gap])
        behind = sum(above[max((i for i, size in enumerate(above) if not size), default=0) :])
        ahead = sum(below[: below.index(0)]) if 0 in below else 300
        roomy = since >= 700 and (behind >= 200 or 0 not in above) and ahead >= 300
        if roomy and min(above[-1], below[0]) > 50 and len(found) < 8:
            found.append(gap)
    return found


@given(st.lists(st.sampled_from([0, 10, 50, 51, 150, 199, 200, 299, 300, 700, 900]), max_size=40))
def test_the_best_early_plan_is_first_fit(sizes):
    """Where the engine goes from top to bottom and takes what fits, `prefer = "early"` takes the same places."""
    policy = loads(policy_of("frontend-amp-img"))
    html = "".join(blocks_of(" ".join(f"p:{size}" if size else "figure" for size in sizes)))
    assert [p.gap for p in plan(read(html, policy, mode="fragment"), policy).placements] == first_fit(sizes)


def test_a_slot_moves_no_further_from_the_middle_than_it_may():
    """No place that the rule may use lies within one block of the middle, so that there is no slot."""
    rule = Rule("middle", slot="ad", at="50%", within="1 block", before="quote")
    policy = Policy(
        (Slot("ad", kind="ad", label="Advertisement"),),
        [rule],
        guards=Guards(list_intro=False, caption=False, tail=False),
    )
    html = "".join(blocks_of("10*p:60 blockquote:9"))
    assert plan(read(html, policy, mode="fragment"), policy).placements == ()
