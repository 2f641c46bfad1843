"""The check: from HTML that has slots to what is wrong with them.

It shares no code with the planner, so that the one can judge the other: own slots are lifted out, what
is left is read as an article, and each slot is held to the policy where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping

from adslot.article.reading import read_source
from adslot.checker import anchors, counts, nearness, single, stacks
from adslot.checker.anchors import Leads
from adslot.checker.findings import Finding, findings_of
from adslot.checker.page import FilledPage, RawFinding
from adslot.checker.positions import Positions, found_slots
from adslot.codes import FINDINGS
from adslot.html.document import Mode
from adslot.html.own_slots import lift
from adslot.html.source import Source
from adslot.policy.policy import Policy


def check(
    html: str | bytes,
    policy: Policy,
    *,
    context: Mapping[str, object] | None = None,
    mode: Mode = "auto",
    encoding: str | None = None,
) -> tuple[Finding, ...]:
    """Everything about the slots that *html* already has and that breaks *policy*: see `adslot.check`."""
    policy = policy.resolve(context)
    source = Source.of(html, encoding)
    lifting = lift(source.text, mode)
    article = read_source(Source(lifting.text), lifting.document, policy)
    if article.unread:
        return (
            Finding("unread", f"the page is {FINDINGS['unread']}", line=1, column=1, span=(0, 0), severity="error"),
        )
    positions = Positions(article, lifting.text)
    filled = FilledPage(article, policy, positions, tuple(found_slots(article, policy, positions, lifting.slots)))
    leads = {rule.name: Leads(filled, rule) for rule in policy.rules}
    filled.below = anchors.below_story(filled, leads)
    found = [
        *single.findings(filled, leads),
        *anchors.findings(filled, leads),
        *stacks.findings(filled),
        *nearness.findings(filled),
        *counts.findings(filled, lifting.document),
    ]
    if lifting.is_knotted:
        found.append(RawFinding("knotted", None))
    return findings_of(source, lifting, filled, found)
