"""Law 9. Same input, same output, on every machine; the same text as str and as bytes gives the same plan."""

from __future__ import annotations

import os
import subprocess
import sys

from hypothesis import assume, given
from hypothesis import strategies as st

from adslot import Policy, Related, check, place, plan, read
from tests import strategies

RELATED = [Related("Titel", "/a")]
CODECS = ["utf-8", "utf-16-le", "cp1252", "shift_jis", "gb18030"]


def shown(plan):
    """A plan without its offsets."""
    return [(p.rule, p.slot, p.id, p.gap, p.stack, p.item) for p in plan.placements]


def found(html, policy, encoding=None):
    """What a check finds, without spans: under the policy, and under one that knows no slot."""
    every = check(html, policy, encoding=encoding) + check(html, Policy(), encoding=encoding)
    return [(f.code, f.message, f.line, f.column, f.severity) for f in every]


@given(strategies.texts, strategies.policies())
def test_two_runs_are_equal(text, policy):
    """Results compare equal, plans and texts."""
    assert place(text, policy, related=RELATED) == place(text, policy, related=RELATED)


@given(strategies.texts, strategies.policies(), st.sampled_from(CODECS))
def test_text_and_bytes_have_one_plan(text, policy, codec):
    """Characters are counted, never bytes; and the bytes of the result are those of the resulting text."""
    try:
        data = text.encode(codec)
    except UnicodeEncodeError:
        assume(False)
    assume(data.decode(codec) == text and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")))
    from_text, from_bytes = place(text, policy), place(data, policy, encoding=codec)
    assert shown(from_bytes.plan) == shown(from_text.plan)
    assert from_bytes.html == from_text.html.encode(codec)
    assert found(from_bytes.html, policy, codec) == found(from_text.html, policy)


@given(strategies.texts, strategies.policies())
def test_certifying_on_demand_and_beforehand_give_one_plan(text, policy):
    """`place` certifies the gaps that a plan wants, `read` all of them: the plan is the same, and its gaps are safe."""
    made = place(text, policy, related=RELATED).plan
    article = read(text, policy)
    assert plan(article, policy, related=RELATED) == made
    assert all(article.gaps[p.gap].unsafe is None for p in made.placements if p.gap is not None)


def test_the_order_of_hashes_does_not_matter():
    """Processes with different hash seeds place the same."""
    script = (
        "import adslot; page = ''.join(f'<p>Absatz {i} ' + 'mit Text ' * 40 + '</p>' for i in range(30));"
        "print(adslot.place(page, adslot.preset('de-news')).html)"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(runs) == 1
    assert b"data-adslot-rule" in runs.pop()
