"""Sphinx configuration."""

import sys
from importlib.metadata import version as version_of
from pathlib import Path

sys.path.append(str(Path(__file__).parent / "_ext"))

project = "adslot"
author = "the adslot authors"
copyright = "2026, the adslot authors"  # noqa: A001 - Sphinx's own name
version = release = version_of("adslot")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_copybutton", "listings", "policy_keys"]
source_suffix = {".md": "markdown"}
nitpicky = True
nitpick_ignore_regex = [("py:.*", ".*")]  # types in signatures live in private modules; pages link one another
default_role = "code"  # docstrings are written with single backticks

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["docs.css"]
html_title = f"adslot {release}"

# What is copied are commands, without prompts and what they print.
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
copybutton_line_continuation_character = "\\"
