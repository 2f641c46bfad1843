"""Pages as authors, commenters, advertisers and broken tools write them, real ones with the same stuck into them, and
what they are given to hold."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from adslot import Policy, Related, preset, preset_names
from tests import strategies
from tests.fuzz.pieces import blocks, containers, pieces, slots

# Real pages to begin with, filled by `load_seeds`.
SEEDS: list[str] = []
_LONGEST = 300_000
_WINDOW = 6_000


def load_seeds(folder: str) -> None:
    """Take the *.html files of *folder* as seeds."""
    files = sorted(Path(folder).rglob("*.html"))
    SEEDS.extend(path.read_text("utf-8", "surrogateescape")[:_LONGEST] for path in files)


_steps = st.sampled_from(["block"] * 6 + ["piece"] * 3 + ["open", "slot", "comment", "close", "close", "close"])


@st.composite
def flows(draw: st.DrawFn) -> str:
    """Blocks and pieces, one after another and in containers, in forged slots, in comments."""
    parts: list[str] = []
    ends: list[str] = []
    for _ in range(draw(st.integers(0, 20))):
        step = draw(_steps)
        if step == "block":
            parts.append(draw(blocks))
        elif step == "piece":
            parts.append(draw(pieces))
        elif step == "close":
            parts.append(ends.pop() if ends else "\n")
        else:
            start, end = draw(slots()) if step == "slot" else _around(draw, step)
            parts.append(start)
            ends.append(end)
    return "".join([*parts, *reversed(ends)])


def _around(draw: st.DrawFn, step: str) -> tuple[str, str]:
    if step == "comment":
        return "<!--", "-->"
    tag = draw(containers)
    return f"<{tag}>", f"</{tag}>"


_STORY = (
    "<!DOCTYPE html><html lang=de><head><title>t</title></head><body><main><article><h1>Titel</h1>{}</article></main>"
)
_COMMENTS = "<section class=comments><h2>Kommentare</h2><p>Ein Kommentar.</p>{}</section></body></html>"
_FRAMES = [
    "{}{}",
    "<article><h1>Titel</h1>{}</article>{}",
    _STORY + _COMMENTS,
    "<html><body><div class=content>{}</div><aside>{}</aside></body></html>",
    "<html><head>{}</head><body>{}</body></html>",
    "<body>{}</body>{}",
    "<!DOCTYPE html><table><tr><td><p>Layout</p>{}</td><td>{}</td></tr></table>",
]
made = st.builds(str.format, st.sampled_from(_FRAMES), flows(), flows())


@st.composite
def _windows(draw: st.DrawFn) -> str:
    """A seed, mostly a part of it that begins at a tag."""
    text = SEEDS[draw(st.integers(0, len(SEEDS) - 1))]
    if draw(st.integers(0, 19)) == 0:
        return text
    at = max(text.rfind("<", 0, draw(st.integers(0, len(text))) + 1), 0)
    return text[at : at + draw(st.integers(0, _WINDOW))]


@st.composite
def torn(draw: st.DrawFn, texts: st.SearchStrategy[str], put: st.SearchStrategy[str]) -> str:
    """One of *texts* with some of *put* stuck in, spans taken out or doubled."""
    text = draw(texts)
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        if draw(st.booleans()):  # between two tags rather than anywhere
            start = max(text.rfind("<", 0, start + 1), 0)
        end = min(start + draw(st.integers(0, 60)), len(text))
        change = draw(st.integers(0, 3))
        new = "" if change == 0 else text[start:end] * 2 if change == 1 else draw(put)
        text = text[:start] + new + text[end if draw(st.booleans()) else start :]
    return text


_by_hand = st.one_of(torn(made, pieces), torn(made, pieces), made, strategies.soup, st.text(max_size=60))
_real = torn(_windows(), pieces)


@st.composite
def _any_page(draw: st.DrawFn) -> str:
    """As many of real pages as of made ones, where there are any."""
    return draw(_real if len(SEEDS) > 0 and draw(st.booleans()) else _by_hand)


pages = _any_page()

# --------------------------------------------------------------------------------------- what goes with them

_ready = st.sampled_from([strategies.EVERYWHERE, *map(preset, preset_names())])
policies: st.SearchStrategy[Policy] = st.one_of(strategies.policies(2), strategies.wide_policies(2), _ready, _ready)

_URLS = "javascript:alert(1) JaVaScRiPt:alert(1) data:text/html,x vbscript:x blob:x https://a.example/ /b c".split()
_NOISE = [
    "\0",
    "\t",
    "\n",
    "\x0b",
    "\x7f",
    "\x9f",
    "\x80",
    "\x85",
    "\xa0",
    "\u2028",
    "\u3000",
    "\ud800",
    "\ufeff",
    "\u200b",
]
_NOISE += [*"&colon; &Tab; %0a \\ // javascript: \" ' > `".split(), " ", "\x01", "\x1f"]


@st.composite
def urls(draw: st.DrawFn) -> str:
    """URLs that may run code, with whatever a browser may drop or not stuck in anywhere."""
    url = draw(st.sampled_from(_URLS))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.sampled_from([0, 4, url.find(":"), url.find(":") + 1, len(url)]))
        url = url[:at] + draw(st.sampled_from(_NOISE)) + url[at:]
    return url


_TITLES = ['"><script>x</script>', "</aside>", "<!--", "Züge & Busse", "a\0b"]
titles = st.one_of(st.sampled_from(_TITLES), st.text(max_size=9))
related = st.lists(st.builds(Related, titles, urls(), image=st.none() | urls()), max_size=4)
