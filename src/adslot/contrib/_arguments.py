"""What templates may say to adslot by name. A name that is nearly another one is a slip: it is reported, not taken."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from difflib import get_close_matches

import adslot

# How alike two names are that are taken for the same: `obejct` and `object`, not `note` and `mode`.
_ALIKE = 0.8


def check(names: Iterable[str], known: Sequence[str], *, besides: Container[str] | None = None) -> None:
    """Raise TypeError for names that adslot does not know.

    Where other names are said of the page, *besides* has those that the policy asks for, and only a name that is nearly
    a *known* one is refused.

    >>> check(["relatd"], ["related", "mode"])
    Traceback (most recent call last):
    TypeError: adslot takes no 'relatd' (did you mean 'related'?)
    >>> check(["section"], ["related", "mode"], besides=["section"])
    """
    for name in names:
        if name in known or (besides is not None and name in besides):
            continue
        if close := get_close_matches(name, known, 1, _ALIKE):
            raise TypeError(
                f"adslot takes no {name!r} (did you mean {close[0]!r}?){_WAY_OUT if besides is not None else ''}"
            )
        if besides is None:
            raise TypeError(f"adslot takes no {name!r}: its arguments are {', '.join(known)}")


_WAY_OUT = "; what is said of the page by such a name is declared in [context] of the policy"


def asked_by(policy: adslot.Policy) -> frozenset[str]:
    """What a *policy* asks of the context, and what it declares."""
    return frozenset(policy.context).union(*(case.when for case in policy.cases))
