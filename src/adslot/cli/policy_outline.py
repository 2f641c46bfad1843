"""What a policy comes to, in a few lines: its rules in the order in which they are placed, and what holds between them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from adslot.html.text import counted
from adslot.policy.dump import to_mapping
from adslot.policy.policy import Policy

_WIDTH = 100
# What a line says at other places than among the keys.
_TOLD = ("name", "slot", "priority")


def policy_outline(policy: Policy) -> str:
    """A line that counts, one for each rule and each spacing, and the limits."""
    data = to_mapping(policy)
    return "".join(f"{line}\n" for line in (_counts(policy), *_rules(policy, data), *_between(data)))


def _counts(policy: Policy) -> str:
    tiers = len({rule.priority for rule in policy.rules})
    return f"{counted(len(policy.slots), 'slot')}, {counted(len(policy.rules), 'rule')} in {counted(tiers, 'tier')}"


def _rules(policy: Policy, data: Mapping[str, Any]) -> Iterator[str]:
    """The rules by priority, each with its slot and the keys that it says."""
    rules = sorted(zip(policy.rules, data.get("rules", ()), strict=True), key=lambda pair: pair[0].priority)
    width = max((len(rule.name) for rule, _ in rules), default=0)
    for rule, table in rules:
        keys = [_key(name, value) for name, value in table.items() if name not in _TOLD]
        kind = policy.slot(rule.slot).kind
        yield _wrapped(f"{rule.priority:3}  {rule.name:{width}}  ", "; ".join([f"{rule.slot} ({kind})", *keys]))


def _between(data: Mapping[str, Any]) -> Iterator[str]:
    """What holds between slots, and on the page."""
    for spacing in data.get("spacing", ()):
        yield _wrapped("     spacing: ", "; ".join(_key(name, value) for name, value in spacing.items()))
    for part in ("limits", "guards", "article"):
        if table := data.get(part):
            yield _wrapped(f"     {part}: ", "; ".join(_key(name, value) for name, value in table.items()))


def _key(name: str, value: Any) -> str:
    return f"{name} {_text(value, ' and ' if name == 'between' else ' or ')}"


def _text(value: Any, joint: str = " or ") -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return ", ".join(_key(name, each) for name, each in value.items())
    return joint.join(map(_text, value)) if isinstance(value, list) else str(value)


def _wrapped(head: str, text: str) -> str:
    """*text* behind its *head*, in lines that fit."""
    indent = " " * len(head)
    return textwrap.fill(text, _WIDTH, initial_indent=head, subsequent_indent=indent, break_on_hyphens=False)
