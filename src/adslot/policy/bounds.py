"""How much may come with a policy, and what filling its templates may cost: every bound, and none of them a clock.

A policy may have been written by somebody who is not trusted. So nothing in it decides how long adslot works or
how much memory it takes. `docs/reference/policy.md` has these numbers as a table.
"""

from __future__ import annotations

# --- files

# Characters of one policy: far more than anybody writes, and parsed in a second.
POLICY_CHARS = 1_000_000
# How many policies may lie over one another, the first one included.
POLICIES = 20

# --- what grows with the product of two things

# Slots, rules, spacings and layouts, times cases: each case is checked with all of them.
PARTS_IN_CASES = 50_000
LAYOUTS = 50
# Sizes of a slot, times layouts: a template is told of each in each.
SIZES_IN_LAYOUTS = 1_000

# --- templates as they are read

TEMPLATE_CHARS = 100_000
# Names, texts, numbers and signs within the tags of one template; what stands between the tags is free.
PARTS = 5_000
# Characters within the tags of all templates of a policy.
CHARS_IN_TAGS = 100_000
# Brackets in brackets, blocks in blocks, calls in calls, lists in lists.
NESTING = 40

# --- templates as they are filled, each time

# A step is one part of a template that is worked on, or this many characters of a value.
STEPS = 20_000
CHARS_PER_STEP = 64
# Characters of a value with all that is in it, and of what is written; what is no text counts as some characters.
CHARS = 250_000
CHARS_OF_OTHERS = 8
# How many values one value of the context may consist of.
GIVEN = 100_000
# What articles and contexts say may be long, and nobody's policy is to blame: for each of their characters more.
STEPS_PER_GIVEN = 1
CHARS_PER_GIVEN = 20
# All templates of a policy, tried out when it is loaded.
STEPS_OF_TRIALS = 500_000
# How far numbers are from zero, how many of them `range` counts, and how wide a filter makes something.
NUMBER = 10**30
RANGE = 1_000
WIDTH = 1_000
INDENT = 8
