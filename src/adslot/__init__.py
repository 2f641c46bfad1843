"""Insert ad slots and related-article teasers into article HTML, without touching a foreign byte."""

import os
import sys
from importlib import import_module

# Every public name, with the module that it is loaded from when it is first asked for: a command that needs one of
# them does not wait for all. Editors and type checkers read them in `__init__.pyi`, which is made from this table.
_HOMES = {
    "adslot.api.checking": "check",
    "adslot.api.loading": "dumps find_policy from_mapping load loads preset preset_names to_mapping",
    "adslot.api.placing": "Result is_page place plan read strip",
    "adslot.api.preload": "preload",
    "adslot.api.prepared": "Prepared prepare",
    "adslot.api.trees": "place_tree read_tree strip_tree",
    "adslot.article.typed_blocks": "TypedBlock read_blocks",
    "adslot.article.values": "Article Block Gap Links Section",
    "adslot.checker.findings": "Finding",
    "adslot.errors": "AdslotError ContextError MissingExtraError PolicyError Problem RelatedError",
    "adslot.planner.alternatives": "Rival",
    "adslot.planner.placements": "Placement",
    "adslot.planner.plan": "Plan",
    "adslot.planner.refusals": "Refusal",
    "adslot.planner.what_if": "Conflict Cost",
    "adslot.policy.file.schema": "json_schema",
    "adslot.policy.language.distance": "Distance blocks chars paragraphs percent words",
    "adslot.policy.language.rate": "Rate",
    "adslot.policy.language.anchors": "Anchor",
    "adslot.policy.language.terms": "Term",
    "adslot.policy.language.within": "Within",
    "adslot.policy.policy": "ArticleOptions Case Guards Layout Limits Policy Rule Slot Spacing",
    "adslot.related.stock": "Unused",
    "adslot.related.files": "load_related",
    "adslot.related.values": "Image Related",
    "adslot.renderer.markup": "markup",
    "adslot.renderer.stylesheet": "css",
    "adslot.report.overview": "overview",
    "adslot.roles": "Role",
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names.split()}
__all__ = sorted(_HOME_OF)  # noqa: PLE0605  # a list, as it should be


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
    """Load the rest, once a part has been loaded: see `adslot.api.preload`."""
    if not _HOMES.keys().isdisjoint(sys.modules):
        import_module("adslot.api.preload").preload()


if hasattr(os, "register_at_fork"):  # pragma: no branch  # not where processes do not fork
    os.register_at_fork(before=_before_fork)
