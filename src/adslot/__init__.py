"""Insert ad slots and related-article teasers into article HTML, without touching a foreign byte."""

import os
import sys
from importlib import import_module

TYPE_CHECKING = False  # as type checkers take it; to import it would take longer than all else here

if TYPE_CHECKING:
    from adslot._blocks import TypedBlock
    from adslot._check.checking import check
    from adslot._check.findings import Finding
    from adslot._inventory import load_related
    from adslot._place import Result, markup, place, plan, read, strip
    from adslot._place_tree import place_tree, read_tree, strip_tree
    from adslot._plan import Conflict, Cost, Placement, Plan, Refusal, Rival
    from adslot._preload import preload
    from adslot._stylesheet import css
    from adslot._usable import Unused
    from adslot.article import Article, Block, Gap, Links, Section
    from adslot.config import dumps, find_policy, from_mapping, load, loads, preset, preset_names, to_mapping
    from adslot.distance import Distance, blocks, chars, paragraphs, percent, words
    from adslot.errors import AdslotError, MissingExtraError, PolicyError, Problem, RelatedError
    from adslot.policy import ArticleOptions, Case, Guards, Layout, Limits, Policy, Rule, Slot, Spacing
    from adslot.rate import Rate
    from adslot.related import Image, Related
    from adslot.roles import Role
    from adslot.schema import json_schema
    from adslot.terms import Anchor, Term
    from adslot.within import Within

    __version__: str

__all__ = [
    "AdslotError",
    "Anchor",
    "Article",
    "ArticleOptions",
    "Block",
    "Case",
    "Conflict",
    "Cost",
    "Distance",
    "Finding",
    "Gap",
    "Guards",
    "Image",
    "Layout",
    "Limits",
    "Links",
    "MissingExtraError",
    "Placement",
    "Plan",
    "Policy",
    "PolicyError",
    "Problem",
    "Rate",
    "Refusal",
    "Related",
    "RelatedError",
    "Result",
    "Rival",
    "Role",
    "Rule",
    "Section",
    "Slot",
    "Spacing",
    "Term",
    "TypedBlock",
    "Unused",
    "Within",
    "blocks",
    "chars",
    "check",
    "css",
    "dumps",
    "find_policy",
    "from_mapping",
    "json_schema",
    "load",
    "load_related",
    "loads",
    "markup",
    "paragraphs",
    "percent",
    "place",
    "place_tree",
    "plan",
    "preload",
    "preset",
    "preset_names",
    "read",
    "read_tree",
    "strip",
    "strip_tree",
    "to_mapping",
    "words",
]

# Loaded when first asked for: a command that needs one of them does not wait for all.
_HOMES = {
    "adslot._check.checking": "check",
    "adslot._check.findings": "Finding",
    "adslot._inventory": "load_related",
    "adslot._place": "Result markup place plan read strip",
    "adslot._place_tree": "place_tree read_tree strip_tree",
    "adslot._plan": "Conflict Cost Placement Plan Refusal Rival",
    "adslot._preload": "preload",
    "adslot._stylesheet": "css",
    "adslot._usable": "Unused",
    "adslot.article": "Article Block Gap Links Section",
    "adslot._blocks": "TypedBlock",
    "adslot.config": "dumps find_policy from_mapping load loads preset preset_names to_mapping",
    "adslot.distance": "Distance blocks chars paragraphs percent words",
    "adslot.errors": "AdslotError MissingExtraError PolicyError Problem RelatedError",
    "adslot.policy": "ArticleOptions Case Guards Layout Limits Policy Rule Slot Spacing",
    "adslot.rate": "Rate",
    "adslot.related": "Image Related",
    "adslot.roles": "Role",
    "adslot.schema": "json_schema",
    "adslot.terms": "Anchor Term",
    "adslot.within": "Within",
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names.split()}


# Type checkers shall see the names above, and no others.
if not TYPE_CHECKING:  # pragma: no branch

    def __getattr__(name: str) -> object:
        if name == "__version__":
            return import_module("adslot._version").VERSION
        if name not in _HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_HOME_OF[name]), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})


def _before_fork() -> None:
    """Load the rest, once a part has been loaded: see `adslot._preload`."""
    if not _HOMES.keys().isdisjoint(sys.modules):
        import_module("adslot._preload").preload()


if hasattr(os, "register_at_fork"):  # pragma: no branch  # not where processes do not fork
    os.register_at_fork(before=_before_fork)
