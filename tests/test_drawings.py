"""The drawings of the reference show what plans are, and each page that has one says what there is to see."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import adslot
from adslot.guards import GUARDS
from tools import drawings
from tools.generate import IMAGES
from tools.scenes import of_guard, scenes

DOCS = Path(__file__).parents[1] / "docs"
SCENES = list(scenes())
SVG = "{http://www.w3.org/2000/svg}"


def planned(scene):
    return adslot.place(scene.html, adslot.loads(scene.policy)).plan


@pytest.mark.parametrize("guard", GUARDS.values(), ids=lambda guard: guard.name)
def test_the_drawing_of_a_guard_shows_a_gap_that_it_closes(guard):
    """And one that it leaves open, between two blocks as well."""
    scene = of_guard(guard)
    plan = planned(scene)
    reasons = [drawings.refusal_of(plan, gap, scene.shown) for gap in range(len(plan.article.blocks) + 1)]
    assert guard.name in [reason.code for reason in reasons if reason is not None]
    assert plan.placements != ()


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_every_drawing_is_read_as_it_is_seen(scene):
    """Its title and its description name each block, slot and refusal from top to bottom; nothing leaves the paper."""
    root = ET.fromstring(drawings.drawn(scene))
    title, description = root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc") or ""
    plan = planned(scene)
    assert title == scene.said
    assert description.count("Slot ") == len(plan.placements) > 0
    written = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert scene.line in written
    assert sum(text.startswith("× ") for text in written) == description.count("No slot here")
    height = float(root.get("height", "0"))
    for text in root.iter(f"{SVG}text"):
        assert 0 < float(text.get("x", "0")) < drawings.WIDTH
        assert 0 < float(text.get("y", "0")) < height


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_every_drawing_stands_in_a_page(scene):
    """With what there is to see as its alternative text."""
    pages = "".join(page.read_text(encoding="utf-8") for page in DOCS.rglob("*.md"))
    assert set(re.findall(rf"!\[(.*?)\]\([./]*images/{scene.name}\.svg\)", pages)) == {scene.said}


def test_no_drawing_is_left_over():
    """From a guard that is gone, or a scene of another name."""
    assert {path.name for path in IMAGES.glob("*.svg")} == {f"{scene.name}.svg" for scene in SCENES}
