"""The content security policy of a preview: its own script and style by their hashes, and nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256

from adslot.patterns import pattern

_MOST_STYLES = 200
_STYLE = pattern(r"<style\b[^>]*>(.*?)</style", re.I | re.S)


def security(style: str, script: str, frames: Sequence[str]) -> str:
    """The policy of a page that has this *style* and *script*, and these documents in *frames*.

    A frame has its page's policy beside its own, so that the page must admit the styles that the frame shall show.
    """
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {hashed(script)}",
            f"style-src {' '.join([hashed(style), *_styles(frames)])}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _styles(documents: Iterable[str]) -> Sequence[str]:
    texts = dict.fromkeys(
        text for document in documents for text in _STYLE.findall(document.replace("\r\n", "\n").replace("\r", "\n"))
    )
    return [hashed(text) for text in list(texts)[:_MOST_STYLES]]


def hashed(text: str) -> str:
    """The source that admits a script or style of this text, and no other.

    >>> hashed("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{b64encode(sha256(text.encode(errors='replace')).digest()).decode()}'"
