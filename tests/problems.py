"""What is wrong with a policy, as its error reports it."""

from __future__ import annotations

import pytest

from adslot import PolicyError


def problems_in(make, *args, **kwargs):
    """The problems of the policy that *make* is to make, and cannot."""
    with pytest.raises(PolicyError) as caught:
        make(*args, **kwargs)
    return caught.value.problems
