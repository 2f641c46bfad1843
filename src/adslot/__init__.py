"""Insert ad slots and related-article teasers into article HTML, without touching a foreign byte."""

from adslot._check.checking import check
from adslot._check.findings import Finding
from adslot._place import Result, place, plan, read, strip
from adslot._place_tree import place_tree, read_tree, strip_tree
from adslot._plan import Conflict, Cost, Placement, Plan, Refusal
from adslot.article import Article, Block, Gap, Section
from adslot.config import dumps, find_policy, from_mapping, load, loads, preset, preset_names, to_mapping
from adslot.distance import Distance, blocks, chars, paragraphs, percent, words
from adslot.errors import AdslotError, PolicyError, Problem
from adslot.policy import ArticleOptions, Case, Guards, Limits, Policy, Rule, Slot, Spacing
from adslot.rate import Rate
from adslot.related import Related
from adslot.roles import Role
from adslot.schema import json_schema
from adslot.terms import Anchor, Term
from adslot.within import Within

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
    "Limits",
    "Placement",
    "Plan",
    "Policy",
    "PolicyError",
    "Problem",
    "Rate",
    "Refusal",
    "Related",
    "Result",
    "Role",
    "Rule",
    "Section",
    "Slot",
    "Spacing",
    "Term",
    "Within",
    "blocks",
    "chars",
    "check",
    "dumps",
    "find_policy",
    "from_mapping",
    "json_schema",
    "load",
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
    "to_mapping",
    "words",
]
