"""Names that templates say: those that are nearly adslot's own are slips."""

from __future__ import annotations

import pytest

from adslot import Case, Policy
from adslot.contrib._arguments import asked_by, check

KNOWN = ("policy", "object", "context", "related", "relevance", "url", "now", "mode", "id_prefix")


@pytest.mark.parametrize(
    "name", ["obejct", "Object", "relatd", "contxt", "polcy", "id_prefx", "idprefix", "modes", "urls"]
)
def test_a_slip_is_refused(name):
    """With the name that was meant; also where others may be said of the page."""
    for besides in (None, {"section"}):
        with pytest.raises(TypeError, match=rf"adslot takes no '{name}' \(did you mean '"):
            check([name], KNOWN, besides=besides)


@pytest.mark.parametrize(
    "name", ["section", "subscriber", "news", "note", "channel", "ads", "tag", "author", "type", "id"]
)
def test_what_is_said_of_the_page(name):
    """Other names are taken for keys of the context, where there are such."""
    check([name], KNOWN, besides=())
    with pytest.raises(TypeError, match="its arguments are policy, object"):
        check([name], KNOWN)


def test_what_the_policy_asks_for_is_no_slip():
    """A case or a declaration shows that the name is meant."""
    policy = Policy(cases=[Case({"model": "x"}, changes={"limits": {"ads": 0}})])
    with pytest.raises(TypeError, match="mean 'mode'"):
        check(["model"], KNOWN, besides=asked_by(Policy()))
    check(["model"], KNOWN, besides=asked_by(policy))
    check(["urls"], KNOWN, besides=asked_by(Policy(context={"urls": "text"})))
