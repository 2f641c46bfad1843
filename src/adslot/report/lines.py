"""Lines of a report: what they say, and of what they are."""

from __future__ import annotations

import attrs


@attrs.frozen
class Line:
    """A line without its end, and its *look*, such as slot or reason, or an empty text."""

    text: str
    look: str = ""
