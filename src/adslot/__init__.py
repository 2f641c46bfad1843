"""Insert ad slots and related-article teasers into article HTML, without touching a foreign byte."""

from adslot._check.checking import check
from adslot._check.findings import Finding
from adslot._inventory import load_related
from adslot._place import Result, place, plan, read, strip
from adslot._place_tree import place_tree, read_tree, strip_tree
from adslot._plan import Conflict, Cost, Placement, Plan, Refusal
from adslot._usable import Unused
from adslot.article import Article, Block, Gap, Links, Section
from adslot.config import from_mapping, load, loads, preset, preset_names
from adslot.distance import Distance, blocks, chars, paragraphs, percent, words
from adslot.errors import AdslotError, MissingExtraError, PolicyError, Problem, RelatedError
from adslot.policy import ArticleOptions, Guards, Limits, Policy, Rule, Slot, Spacing
from adslot.rate import Rate
from adslot.related import Image, Related
from adslot.roles import Role
from adslot.terms import Anchor, Term
from adslot.within import Within

__all__ = [
    "AdslotError",
    "Anchor",
    "Article",
    "ArticleOptions",
    "Block",
    "Conflict",
    "Cost",
    "Distance",
    "Finding",
    "Gap",
    "Guards",
    "Image",
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
    "Role",
    "Rule",
    "Section",
    "Slot",
    "Spacing",
    "Term",
    "Unused",
    "Within",
    "blocks",
    "chars",
    "check",
    "from_mapping",
    "load",
    "load_related",
    "loads",
    "paragraphs",
    "percent",
    "place",
    "place_tree",
    "plan",
    "preset",
    "preset_names",
    "read",
    "read_tree",
    "strip",
    "strip_tree",
    "words",
]
