"""The page of a preview: one file that needs no other one, and on which nothing foreign is more than text.

Every text goes through a template that escapes it, or into data that the script shows as text. The page's content
security policy admits its own script and style by their hashes, and nothing else.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from adslot.html.text import one_line
from adslot.planner.plan import Plan
from adslot.policy.policy import Policy
from adslot.preview.article import Shown, article
from adslot.preview.data import as_json, common
from adslot.preview.heights import heights, layouts
from adslot.preview.refused import refused
from adslot.preview.security import security
from adslot.preview.states import STATES
from adslot.preview.totals import Tally, tally, totals

# So many articles, and about so many characters of markup, are shown in one page; of the others there are the totals.
MOST_ARTICLES = 100
MOST_CHARS = 40_000_000


class Page:
    """A page that is made article by article. All of them are filled by one policy; several begin with an index.

    >>> import adslot
    >>> policy = adslot.loads("[slots.ad]\\nkind = 'ad'\\nlabel = 'Anzeige'\\n[[rules]]\\nname = 'mitte'\\nslot = 'ad'")
    >>> result = adslot.place("<p>Der Zug fährt.</p><p>Er ist pünktlich.</p>", policy)
    >>> page = Page()
    >>> page.add("zug.html", result.plan, result.html)
    >>> page.html().count('<div class="box"')
    1
    """

    def __init__(self) -> None:
        self._policy = Policy()
        self._tallies: list[Tally] = []
        self._shown: list[Shown] = []
        self._size = 0

    @property
    def is_empty(self) -> bool:
        """Whether it was given no article."""
        return not self._tallies

    def add(self, name: str, plan: Plan, filled: str | bytes) -> None:
        """Take an article: its *name*, its *plan*, and its page as it was *filled*."""
        its = refused(plan)
        counts = tally(one_line(name), its)
        self._policy = plan.policy
        self._tallies.append(counts)
        if len(self._tallies) > MOST_ARTICLES or self._size > MOST_CHARS:
            return
        shown = article(len(self._tallies), counts, its, filled)
        self._size += shown.size
        self._shown.append(shown)

    def html(self) -> str:
        """The page of all articles that it was given."""
        style, script = _asset("preview.css") + heights(self._policy), _asset("preview.js")
        frames = [shown.look for shown in self._shown if shown.look is not None]
        template = _environment().get_template("page.html")
        return template.render(
            articles=self._shown,
            rows=self._tallies,
            totals=totals(self._tallies),
            many=len(self._tallies) > 1,
            layouts=layouts(self._policy),
            states=list(STATES.values()),
            style=style,
            script=script,
            common=as_json(common()),
            csp=security(style, script, frames),
        )


@cache
def _environment() -> Environment:
    return Environment(
        autoescape=True,
        loader=FunctionLoader(_asset),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _asset(name: str) -> str:
    """A file of the package."""
    return (files("adslot.preview") / "assets" / name).read_text(encoding="utf-8")
