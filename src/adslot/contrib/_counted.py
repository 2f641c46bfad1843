"""Numbers with what is counted, for logs and reports."""

from __future__ import annotations


def numbered(count: int, what: str) -> str:
    """A number with what is counted, which is given as that of many.

    >>> numbered(1, "articles"), numbered(700, "chars")
    ('1 article', '700 chars')
    """
    return f"{count} {what.removesuffix('s') if count == 1 else what}"
