"""Insert ad slots and related-article teasers into article HTML, without touching a foreign byte."""

# Made by tools/stub.py.

from adslot.api.checking import check as check
from adslot.api.loading import (
    dumps as dumps,
    find_policy as find_policy,
    from_mapping as from_mapping,
    load as load,
    loads as loads,
    preset as preset,
    preset_names as preset_names,
    to_mapping as to_mapping,
)
from adslot.api.placing import (
    Result as Result,
    is_page as is_page,
    place as place,
    plan as plan,
    read as read,
    strip as strip,
)
from adslot.api.preload import preload as preload
from adslot.api.prepared import Prepared as Prepared, prepare as prepare
from adslot.api.trees import place_tree as place_tree, read_tree as read_tree, strip_tree as strip_tree
from adslot.article.typed_blocks import TypedBlock as TypedBlock, read_blocks as read_blocks
from adslot.article.values import Article as Article, Block as Block, Gap as Gap, Links as Links, Section as Section
from adslot.checker.findings import Finding as Finding
from adslot.errors import (
    AdslotError as AdslotError,
    ContextError as ContextError,
    MissingExtraError as MissingExtraError,
    PolicyError as PolicyError,
    Problem as Problem,
    RelatedError as RelatedError,
)
from adslot.planner.alternatives import Rival as Rival
from adslot.planner.placements import Placement as Placement
from adslot.planner.plan import Plan as Plan
from adslot.planner.refusals import Refusal as Refusal
from adslot.planner.what_if import Conflict as Conflict, Cost as Cost
from adslot.policy.file.schema import json_schema as json_schema
from adslot.policy.language.anchors import Anchor as Anchor
from adslot.policy.language.distance import (
    Distance as Distance,
    blocks as blocks,
    chars as chars,
    paragraphs as paragraphs,
    percent as percent,
    words as words,
)
from adslot.policy.language.rate import Rate as Rate
from adslot.policy.language.terms import Term as Term
from adslot.policy.language.within import Within as Within
from adslot.policy.policy import (
    ArticleOptions as ArticleOptions,
    Case as Case,
    Guards as Guards,
    Layout as Layout,
    Limits as Limits,
    Policy as Policy,
    Rule as Rule,
    Slot as Slot,
    Spacing as Spacing,
)
from adslot.related.files import load_related as load_related
from adslot.related.stock import Unused as Unused
from adslot.related.values import Image as Image, Related as Related
from adslot.renderer.markup import markup as markup
from adslot.renderer.stylesheet import css as css
from adslot.report.overview import overview as overview
from adslot.roles import Role as Role

__version__: str

__all__ = [
    "AdslotError",
    "Anchor",
    "Article",
    "ArticleOptions",
    "Block",
    "Case",
    "Conflict",
    "ContextError",
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
    "Prepared",
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
    "is_page",
    "json_schema",
    "load",
    "load_related",
    "loads",
    "markup",
    "overview",
    "paragraphs",
    "percent",
    "place",
    "place_tree",
    "plan",
    "preload",
    "prepare",
    "preset",
    "preset_names",
    "read",
    "read_blocks",
    "read_tree",
    "strip",
    "strip_tree",
    "to_mapping",
    "words",
]
