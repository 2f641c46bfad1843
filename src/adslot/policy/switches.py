"""`Guards`: a switch for each guard that there is.

Its fields are made from `adslot.guards.GUARDS`, so that a new guard is one file there. Editors and type checkers read
them in `switches.pyi`, which `make generate` writes from the same table.
"""

from __future__ import annotations

import attrs

from adslot.guards import GUARDS
from adslot.policy.shown import shown


def _switches() -> dict[str, bool]:
    """A field for each guard, in their order. It is on or off where a policy is silent, as the guard says."""
    return {field: attrs.field(default=guard.default, type=bool) for field, guard in GUARDS.items()}


@attrs.frozen(these=_switches())
class Guards:
    """Which guards are on.

    >>> Guards(tail=False).tail, Guards().tail
    (False, True)
    >>> Guards(tail=False)
    Guards(tail=False)
    """

    __repr__ = shown
