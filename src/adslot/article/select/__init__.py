"""Which elements of a page a selector matches, alike at both doors, in time that is linear in the page.

An XPath engine takes `h2 ~ p` by looking from every heading at every paragraph, and again at what it found:
on long pages that is quadratic or cubic. Here the compounds of a selector are answered one by one, from the
parser's own quick search for a name or an attribute, and what stands between them by tables that are made once
per page: of siblings, of what lies above, of the text.
"""

from adslot.article.select.finder import Finder, find

__all__ = ["Finder", "find"]
