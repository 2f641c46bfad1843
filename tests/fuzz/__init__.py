"""Fuzzing: what nobody thought of, tried for as long as you like on everything that reads what others wrote.

Each module named in `TARGETS` has one law, a Hypothesis test over a grammar of its input. `python -m tests.fuzz`
runs them, each in a process of its own that atheris leads from one input to the next by what it reaches in
adslot's code. The parser is C, and what it reaches in there nobody sees: what makes inputs worth trying is the
grammar (`pages`), not the search.
"""

from __future__ import annotations

TARGETS = ("read", "place", "strip", "check", "encodings", "trees", "policies", "templates", "inventories")
