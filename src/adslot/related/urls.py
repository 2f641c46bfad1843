"""URLs: which ones a link may have, how one is written, and whether two lead to the same page.

A URL is judged as it is written, never as it was given: `cleaned` is what both go through. Nothing that browsers
drop is left in it then, so that its scheme is what it begins with.

Two URLs are compared in a form that drops what does not choose the page: the fragment, parameters of
tracking, http or https, the default port, a slash at the end. That form is never written anywhere.
"""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urljoin, urlsplit

from adslot.kept import kept, size_of_text
from adslot.patterns import pattern

# A URL without scheme is relative to the page.
_SCHEME = pattern(r"([a-zA-Z][a-zA-Z0-9+.\-]*):")
_SAFE = ("http", "https")
# What no URL has: controls, and halves of characters.
_CONTROLS = pattern(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# Dropped by browsers wherever they stand, or at both ends.
_BREAKS = pattern(r"[\t\n\r]")
_ENDS = "".join(map(chr, range(0x21)))
# A URL that names its host, spelt as most are.
_WHOLE = pattern(r"(?:[a-zA-Z][a-zA-Z0-9+.\-]*:)?//[^/]")
# Addresses of which nothing is to be found out: two are the same if they are but for a slash at the end.
_HOST = r"(?:https?:)?(//[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5})"
_PATH = r"(?:/[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)+/?"
_PLAIN_ROOT, _PLAIN_PATH, _PLAIN = pattern(f"{_HOST}/"), pattern(_PATH), pattern(f"{_HOST}({_PATH})")
_TRACKING = pattern(
    r"utm_\w*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|mc_[ce]id|_g[al]|wt_z?mc|xtor",
    re.I,
)
_PORTS = (":80", ":443")
# Longer ones are no articles, but data: they are compared as they are, and not kept.
_LONGEST = 2000


def cleaned(url: str) -> str:
    """*url* as it was given, without what no URL has; what is escaped in it stays so.

    >>> cleaned("\\u2028 java\\x7fscript:x"), cleaned("/a%00b&#9;c")
    ('javascript:x', '/a%00b&#9;c')
    """
    return url.strip(" ") if url.isprintable() else _CONTROLS.sub("", url).strip()


def scheme_of(url: str) -> str | None:
    """The scheme that browsers read in *url* as it is written, in lower case; None where it is relative.

    >>> scheme_of(" java\\tscript:alert(1)"), scheme_of("//example.org/a:b")
    ('javascript', None)
    """
    found = _SCHEME.match(cleaned(url))
    return found[1].lower() if found else None


def is_safe(url: str) -> bool:
    """Whether *url* is relative, or of scheme http or https: any other could run code or leave the web."""
    return scheme_of(url) in (None, *_SAFE)


def written(url: str) -> str:
    """*url* as it stands in an attribute: cleaned, and nothing at all where it is not safe."""
    return cleaned(url) if is_safe(url) else ""


def comparable(url: str, base: str = "") -> str:
    """The form of *url* in which the addresses of one page are the same; "" where it leads nowhere else.

    >>> comparable("HTTP://Example.org:80/a/?b=2&utm_source=x&a=1#top")
    '//example.org/a?a=1&b=2'
    >>> comparable("../a?b=2&a=1", "https://example.org/x/y") == comparable("https://example.org/a/?a=1&b=2")
    True
    """
    plain = _plain(url).replace("\\", "/")
    if len(plain) > _LONGEST:
        return plain
    # Most URLs mean the same on every page of a site: those are worked out once.
    if _is_from_root(plain):
        base = root_of(base)
        if _PLAIN_PATH.fullmatch(plain) and (found := _PLAIN_ROOT.fullmatch(base)):
            return found[1] + plain.removesuffix("/")
    elif found := _PLAIN.fullmatch(plain):
        return found[1] + found[2].removesuffix("/")
    elif _WHOLE.match(plain):
        base = ""
    return _comparable((plain, base))


def is_of_site(url: str) -> bool:
    """Whether *url* leads to the same place from every page of a site.

    >>> is_of_site("/takt"), is_of_site("https://example.org"), is_of_site("takt"), is_of_site("?seite=2")
    (True, True, False, False)
    """
    plain = _plain(url).replace("\\", "/")
    return len(plain) > _LONGEST or _is_from_root(plain) or _WHOLE.match(plain) is not None


def is_of_folder(url: str) -> bool:
    """Whether *url* leads to the same place from every page of a folder.

    >>> is_of_folder("takt"), is_of_folder("../takt"), is_of_folder("?seite=2"), is_of_folder("#oben")
    (True, True, False, False)
    """
    return _plain(url)[:1] not in ("", "?", "#")


def _is_from_root(plain: str) -> bool:
    return plain[:1] == "/" != plain[1:2]


def joined(base: str, url: str) -> str:
    """Where *url* leads from *base*; *base* itself where one of them is no URL. A longer one than any article has is as none."""
    if len(base) > _LONGEST:
        return ""
    if len(url) > _LONGEST:
        return base
    try:
        return urljoin(base, url)
    except ValueError:  # no URL
        return base


@kept(megabytes=0.25, size=size_of_text)
def root_of(base: str) -> str:
    """Where the site of the page *base* begins; *base* itself where that is no URL."""
    return joined(base, "/")


def folder_of(base: str) -> str:
    """The folder of the page *base*; *base* itself where that is no URL, or none is known."""
    return joined(base, ".") if base else base


@kept(megabytes=4, size=lambda urls, url: size_of_text(urls) + size_of_text(url))
def _comparable(urls: tuple[str, str]) -> str:
    """The form of a URL that leads from a base."""
    plain, base = urls
    # Imported here: it takes as long as a small article, and only teasers need it.
    from w3lib.url import canonicalize_url  # noqa: PLC0415

    try:
        whole = urldefrag(urljoin(base, _spelt_out(plain, base)))[0]
        parts = urlsplit(canonicalize_url(whole, keep_fragments=False)) if whole else None
    except ValueError:  # no host, port or character that a URL could have: then only the same text is the same
        return plain
    if parts is None:
        return ""
    host = parts.netloc.lower()
    host = next((host.removesuffix(port) for port in _PORTS if host.endswith(port)), host)
    pairs = [pair for pair in parts.query.split("&") if pair and not _TRACKING.fullmatch(pair.partition("=")[0])]
    scheme = f"{parts.scheme}:" if parts.scheme not in ("", *_SAFE) else ""
    place = f"//{host}{parts.path.rstrip('/')}" if host else parts.path.rstrip("/") or "/"
    return f"{scheme}{place}?{'&'.join(pairs)}".removesuffix("?")


def _spelt_out(url: str, base: str) -> str:
    """*url* with two slashes before its host, where browsers take more or fewer for the same; `https:a` may be relative."""
    scheme = found[1].lower() if (found := _SCHEME.match(url)) else ""
    rest = url[found.end() :] if found else url
    if scheme not in ("", *_SAFE) or not (scheme or rest.startswith("//")):
        return url
    if not rest.startswith("//") and base.lower().startswith(f"{scheme}:"):
        return rest
    return f"{scheme}{':' if scheme else ''}//{rest.lstrip('/')}"


def _plain(url: str) -> str:
    """*url* as a browser begins to read it."""
    return _BREAKS.sub("", url.strip(_ENDS))
