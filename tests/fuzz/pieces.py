"""What pages are made of: forged slots, editors' markers, tags that swallow or break what follows, text, blocks."""

from __future__ import annotations

from hypothesis import strategies as st

from tests import strategies

NAMES = ["a", "ad", "anzeige", "r0", "r1", "x", "", "in-text", "A", "ä", "a b", "here"]
_OWN = ["aside", "div", "section"] * 5
_OTHERS = "body html article main p h1 span ASIDE Div frameset svg template b li".split()
_KINDS = ["ad", "teaser", "promo", "x"]
_NUMBERS = ["1", "2", "0", "01", "x", ""]
_GLUE = [" ", " ", " ", " ", "\n", "/", "\t", "\f", "<", "\0", ""]


@st.composite
def slots(draw: st.DrawFn) -> tuple[str, str]:
    """A start tag that looks more or less like that of an own slot, and its end tag, if it has one."""
    tag, kind = draw(st.sampled_from(_OWN + _OTHERS)), draw(st.sampled_from(_KINDS))
    slot, rule, number = draw(st.sampled_from(NAMES)), draw(st.sampled_from(NAMES)), draw(st.sampled_from(_NUMBERS))
    ident = f'id="adslot-{rule}-{number}"'
    whole = [f'class="adslot adslot-{kind}"', f'data-adslot="{slot}"', f'data-adslot-rule="{rule}"', ident]
    wrong = [f"class=adslot-{kind}", "id=x", f"DATA-ADSLOT={slot}", "data-adslot", f"data-adslot-rule='{rule}", "a='>'"]
    attributes = [each for each in whole if draw(st.integers(0, 9))]
    if draw(st.integers(0, 3)) == 0:
        attributes = draw(st.permutations([*attributes, draw(st.sampled_from(wrong))]))
    glue = draw(st.sampled_from(_GLUE))
    end = draw(st.sampled_from([f"</{tag}>"] * 6 + ["", f"</{tag}", "</p>"]))
    return f"<{tag}{glue}{glue.join(attributes)}>", end


_WORDS = ["off", "on", "none", "here", "here ad", "here x"]
_MARKERS = [f"<!--{space}adslot: {word}{space}-->" for word in _WORDS for space in (" ", "")]
_MARKERS += [
    "<!-- adslot: off",
    "<!-- adslot:off --!>",
    "<div data-adslot=off>",
    "<p data-adslot=off>",
    "<i data-adslot>",
]
_TEXTS = "&amp; &lt;p> &#0; &#x110000; &notin &#128; &nbsp; < </ <! <? ]]> <![CDATA[x]]> {{ {{x}} {%raw%} ${x} [caption] <br><br>"
_ODD = [
    "\0",
    "\ud800",
    "\udfff",
    "\r",
    "\r\n\r\n",
    "\n\n",
    "\ufeff",
    "\ufffe",
    "\x0b",
    "\x1b$B",
    "\x7f",
    "\x85",
    "\u2028",
]
_OPEN = (
    "<!-- --> <!--> --!> <textarea> <title> <plaintext> <xmp> <noembed> <noframes> <iframe> <style> </style> <script>"
)
_OPEN += " <script><!--<script> </script> <template> </template> <noscript> </noscript> <!doctype&#32;html>"
CONTAINERS = (
    "div section article main aside p span b a ul li table tr td caption select option optgroup svg math mi mtext "
    "foreignObject desc template noscript form button details summary dialog search ruby rt rp nobr font object "
    "marquee applet frameset fieldset blockquote h2 figure figcaption header footer dl dt tbody colgroup title textarea"
).split()
containers = st.sampled_from(CONTAINERS)

pieces = st.one_of(
    st.sampled_from(_MARKERS),
    st.sampled_from(_TEXTS.split() + _ODD),
    st.sampled_from(_OPEN.split()),
    strategies.stray,
    strategies.broken_names,
    slots().map("".join),
    slots().map(lambda tags: tags[0]),
    slots().map(lambda tags: tags[1]),
    containers.map("<{}>".format),
    containers.map("</{}>".format),
    st.text(max_size=8),
)

# Ready-made, since every choice costs time that is better spent on trying: what matters stands between them.
_SENTENCES = ["Bahn.", "Die Küste und die Nacht:", "x", "3,50&nbsp;Euro &amp; mehr", "東京 😀", "", " "]
_SENTENCES += [
    "Ein <b>Satz</b> mit <a href=/x>Verweis</a>, lang genug für einen Absatz. " * count for count in (1, 2, 6)
]
_BLOCKS = """<p>{}</p>|<p>{}</p>|<p>{}|<p>{}</p>\n|<h2>{}</h2>|<p><strong>{}</strong></p>|<ul><li>{}</li><li>b</ul>|{}<hr>
|<p class=lead>{}</p>|<blockquote><p>{}</p></blockquote>|<figure><img src=a><figcaption>{}</figcaption></figure>|{}\n\n
|<table><tr><td>{}</table>|<aside>{}</aside>|<div>{}</div>|<div class="ad-slot">{}</div>|{}<br><br>|<img align=left>{}"""
blocks = st.sampled_from([block.format(sentence) for block in _BLOCKS.split("|") for sentence in _SENTENCES])
