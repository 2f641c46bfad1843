"""The certificate on small cases: expected places as bars in a file that a person can read."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from adslot import ArticleOptions, Policy, Rule, Slot, place, preset, read, strip
from adslot.html.source import Source, SpliceError
from tests.oracles import dom

CASES = tomllib.loads((Path(__file__).parent / "splice_cases.toml").read_text(encoding="utf-8"))
FLAT = [(f"{group}: {name}", html) for group, cases in CASES.items() for name, html in cases.items()]
PROBE = "<aside data-probe>x</aside>"


def certified(html, policy=None):
    """The offsets of the gaps between two blocks that are safe."""
    gaps = read(html, policy, mode="fragment").gaps
    return [gap.offset for gap in gaps if gap.above is not None and gap.below is not None and gap.unsafe is None]


def bars(marked):
    """The text without its bars, and where they were."""
    parts = marked.split("|")
    return "".join(parts), [sum(map(len, parts[: i + 1])) for i in range(len(parts) - 1)]


#: Placeholders are loose text unless they are declared, and loose text may have a slot beside it.
BESIDE_TEXT = {
    "placeholders: text of a template",
    "between: bogus conditional",
    "between: processing instruction",
    "between: cdata",
}


@pytest.mark.parametrize("name, marked", FLAT, ids=[name for name, _ in FLAT])
def test_slots_may_go_exactly_there(name, marked):
    """The certified gaps are the bars, and a second parser agrees with each."""
    html, expected = bars(marked)
    found = certified(html)
    if name not in BESIDE_TEXT:
        assert found == expected
    for offset in found:
        output = str(Source(html).splice([(offset, PROBE)]))
        assert dom.faults(html, output, [PROBE], fragment=True, mark="[data-probe]") == []


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_newlines_of_any_kind_give_the_same_gaps(newline):
    """CR, LF and CRLF count what they count in the text, and none is ever cut."""
    html = f"<ul><li>a</ul>{newline}{newline}<p>b</p>{newline}Text und mehr{newline}{newline}Text"
    gaps = read(html).gaps
    assert [gap.unsafe for gap in gaps[1:-1]] == [None] * 3
    for offset in (gap.slot_offset for gap in gaps[1:-1]):
        assert offset is not None
        assert html[offset - 1 : offset + 1] != "\r\n"


def test_comments_in_pairs_stay_with_their_block():
    """The gap is directly before the block, the slot is written before the comment that belongs to it."""
    html = "<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph -->\n<!-- wp:paragraph --><p>b</p><!-- /wp:paragraph -->"
    gap = read(html).gaps[1]
    assert html[gap.offset :].startswith("<p>b</p>")
    assert html[gap.slot_offset :].lstrip().startswith("<!-- wp:paragraph --><p>b</p>")
    html = "<p>a</p><!--[if !IE]><!--><p>b</p><!--<![endif]--><p>c</p>"
    assert [html[gap.slot_offset :][:9] for gap in read(html).gaps[1:-1]] == ["<!--[if !", "<p>c</p>"]


@pytest.mark.parametrize(
    "syntax, html",
    [
        ("jinja", '<p>a</p>{{ x | d("<p>b</p><p>c</p>") }}<p>d</p>'),
        ("php", "<p>a</p><?php if (1 > 2) echo '<p>b</p><p>c</p>' ?><p>d</p>"),
        (r"\[\[.*?\]\]", "<p>a</p>[[ <p>b</p><p>c</p> ]]<p>d</p>"),
    ],
)
def test_placeholders_are_never_cut(syntax, html):
    """No certified gap lies inside a placeholder that was declared opaque."""
    policy = Policy(article=ArticleOptions(opaque=[syntax]))
    start, end = html.index("</p>") + 4, html.rindex("<p>")
    assert certified(html), "without the option there are gaps"
    assert not [offset for offset in certified(html, policy) if start < offset < end]


def test_a_placeholder_alone_is_one_block():
    """A shortcode between two paragraphs is a box without text."""
    policy = Policy(article=ArticleOptions(opaque="shortcode"))
    blocks = read("<p>a</p>[gallery ids=1,2]<p>b</p>", policy).blocks
    assert [(block.role, block.chars) for block in blocks] == [
        ("short-paragraph", 1),
        ("box", 0),
        ("short-paragraph", 1),
    ]


@pytest.mark.parametrize(
    "codec, declared",
    [
        ("utf-8", "utf-8"),
        ("cp1252", "windows-1252"),
        ("cp1252", "iso-8859-1"),
        ("shift_jis", "shift_jis"),
        ("gb18030", "gb2312"),
        ("euc_jp", "euc-jp"),
        ("iso2022_jp", "iso-2022-jp"),
    ],
)
def test_declared_encodings(codec, declared):
    """Bytes are read as a browser reads them, and slots written so that it reads them, too."""
    word = "日本の鉄道" if codec not in ("utf-8", "cp1252") else "Züge über Brücken"
    story = "".join(f"<p>{word * 60}</p>" for _ in range(6))
    data = f'<!doctype html><html lang=de><head><meta charset="{declared}"></head><body>{story}</body></html>'.encode(
        codec
    )
    result = place(data, preset("de-news"))
    assert result.plan.placements
    assert strip(result.html) == data
    assert result.html.decode(codec).count("data-adslot-rule") == len(result.plan.placements)
    assert all(data[p.offset :].startswith((b"<p>", b"</body>")) for p in result.plan.placements)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks(codec):
    """A mark decides the encoding and stays the first thing in the file."""
    data = (("<p>" + "Züge fahren. " * 60 + "</p>") * 4).encode(codec)
    result = place(data, preset("de-news"))
    assert result.plan.placements
    assert strip(result.html) == data
    assert result.html[:2] == data[:2]


def test_what_the_encoding_lacks_becomes_a_reference():
    """A label that the page's encoding cannot spell is written in ASCII."""
    data = ("<meta charset=windows-1252>" + "<p>Text</p>" * 3).encode()
    policy = Policy([Slot("w", kind="ad", label="広告")], [Rule("r", slot="w")])
    assert b"&#24195;&#21578;" in place(data, policy).html


def test_bytes_that_no_encoding_explains_survive():
    """Undecodable bytes come out as they went in."""
    data = b"<p>a\xff\xfe\x81</p><p>b\xc3</p>" + "<p>ü</p>".encode()
    assert strip(place(data, preset("de-news")).html) == data


def test_a_meta_that_lies_changes_nothing_in_the_bytes():
    """UTF-8 declared as Latin-1 is read wrongly, as browsers do, and written back rightly."""
    data = ("<meta charset=latin1>" + "<p>" + "Züge " * 200 + "</p>" * 1).encode() * 3
    result = place(data, preset("de-news"))
    assert strip(result.html) == data


HALVES = [
    ("<p>a</p><p>b</p>".encode("utf-16-le") + b"\n", "utf-16"),
    ("\ufeff<p>a</p><p>b</p>".encode("utf-16-be") + b"\xd8\x3d\0", None),
    ("<p>a</p><p>b</p>".encode("utf-32-be") + b"\0\0", "utf-32-be"),
    (b"<p>a</p><p>b</p>\x1b$BF", "iso-2022-jp"),
]


@pytest.mark.parametrize("data, encoding", HALVES)
def test_no_slot_behind_half_a_character(data, encoding):
    """What is written there would be read with it: the last gap is refused, with a reason, and all others are used."""
    assert [gap.unsafe for gap in read(data, encoding=encoding).gaps] == [None, None, None, "encoding"]
    policy = Policy([Slot("w", kind="ad", label="Anzeige")], [Rule("r", slot="w", at=["end", "start"])])
    result = place(data, policy, encoding=encoding)
    assert [placement.gap for placement in result.plan.placements] == [0]
    assert strip(result.html, encoding=encoding) == data


def test_a_slot_at_the_start_stands_behind_the_byte_order_mark():
    """Also of a file to which a byte was appended that is none of its characters."""
    policy = Policy([Slot("w", kind="ad", label="Anzeige")], [Rule("r", slot="w", at="start")])
    data = "<p>Eins.</p><p>Zwei.</p>".encode("utf-16") + b"\n"
    result = place(data, policy)
    assert result.html.startswith("<aside".encode("utf-16"))
    assert (result.plan.placements[0].offset, strip(result.html)) == (2, data)


@pytest.mark.parametrize("between", ["\x1b$B\x1b(B", "\x1b(J\x1b$B", "\x1b(B", ""])
def test_escape_sequences_stay_with_their_text(between):
    """A slot stands where ASCII is ASCII, before or behind them; taking it out takes none with it."""
    policy = Policy([Slot("w", kind="ad", label="広告")], [Rule("r", slot="w")])
    data = f"<p>\x1b$BF|\x1b(B</p>{between}<p>a</p>".encode()
    if between.endswith("$B"):
        data = data.replace(b"<p>a</p>", b"F|\x1b(B<br>\x1b$BF|\x1b(B")
    result = place(data, policy, encoding="iso-2022-jp")
    assert (len(result.plan.placements), strip(result.html, encoding="iso-2022-jp")) == (1, data)
    assert b"&#24195;&#21578;" in result.html


def test_a_block_ends_before_the_escape_sequences_behind_it():
    """They belong to what follows."""
    data = b"<p>a</p>\x1b$BF|\x1b(B<p>\x1b$BF|\x1b(B</p>"
    spans = [block.span or (0, 0) for block in read(data, encoding="iso-2022-jp").blocks]
    assert [data[start:end] for start, end in spans] == [b"<p>a</p>", b"F|", b"<p>\x1b$BF|\x1b(B</p>"]


def test_no_slot_in_an_escaped_run():
    """Roman letters of Japan are ASCII but for two: a tag may stand among them, and a slot may not."""
    data = b"<p>a</p>\x1b(J<p>b</p><p>c</p>\x1b(B<p>d</p>"
    assert [gap.unsafe for gap in read(data, encoding="iso-2022-jp").gaps] == [None, None, "encoding", None, None]


@pytest.mark.parametrize("data, offset, encoding", [(b"\x93\xfa", 1, "shift_jis"), (b"<\0p\0>\0", 1, "utf-16")])
def test_a_splice_that_would_be_read_otherwise_is_refused(data, offset, encoding):
    """The last guard: whoever asks for it, nothing is put into a character."""
    with pytest.raises(SpliceError, match="nothing placed"):
        Source.of(data, encoding).splice([(offset, "<b>x</b>")])


@pytest.mark.parametrize(
    "html", ["\ufeffText<p>a</p>", "\ufeff<!-- c -->Text<p>a</p>", "&nbsp;<strong>Text</strong><p>a</p>"]
)
def test_no_slot_in_a_line_that_a_mark_or_hard_space_begins(html):
    """A byte-order mark and `&nbsp;` show nothing, but text after them is in their line."""
    assert read(html, mode="fragment").gaps[0].unsafe is not None
