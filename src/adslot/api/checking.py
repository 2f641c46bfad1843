"""The library's verb that judges: a page that has slots, held to a policy."""

from __future__ import annotations

from collections.abc import Mapping

from adslot.api.policies import PolicyLike, policy_of
from adslot.checker import checking
from adslot.checker.findings import Finding
from adslot.html.document import Mode
from adslot.related.request import Request


def check(
    html: str | bytes,
    policy: PolicyLike,
    *,
    context: Mapping[str, object] | None = None,
    mode: Mode = "auto",
    encoding: str | None = None,
) -> tuple[Finding, ...]:
    """Every breach of *policy* by the slots that *html* already has, whoever put them there.

    Slots of adslot are held to their rules, and what is wrong with them is an error. Existing ads and
    teasers count for distances and limits; where they are too many or too near together themselves,
    that is a warning, as is a slot of a rule that the policy does not have. *context* decides which cases
    of the policy hold. *policy* may be a file, the name of a preset or a mapping, as in `place`. Raises
    EncodingError for an unknown *encoding*, nothing for any HTML.

    >>> from adslot.policy.declarations import Rule
    >>> from adslot.policy.policy import Policy
    >>> from adslot.policy.slots import Slot
    >>> policy = Policy([Slot("anzeige", kind="ad", label="Anzeige")], [Rule("text", slot="anzeige", from_end="1 paragraph")])
    >>> marks = 'class="adslot adslot-ad" data-adslot="anzeige" data-adslot-rule="text" id="adslot-text-1"'
    >>> for finding in check(f"<h2>Fahrplan</h2><aside {marks}>Anzeige</aside><p>Ab Montag.</p>", policy):
    ...     print(finding.line, finding.column, finding.severity, finding.code, finding.message)
    1 18 error after-heading anzeige (rule text): directly below a heading
    1 18 error end anzeige (rule text): too near to the end of the story (0 of 1 paragraph)
    """
    known = Request(context=context)
    return checking.check(html, policy_of(policy), context=known.context, mode=mode, encoding=encoding)
