"""`Guards`: a switch for each guard that there is."""

# Made by tools/stub.py.

import attrs

@attrs.frozen
class Guards:
    """Which guards are on."""

    after_heading: bool = True
    list_intro: bool = True
    caption: bool = True
    tail: bool = True
    adjacent: bool = True
    float: bool = True
    label: bool = True
