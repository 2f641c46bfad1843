"""Splicing: bytes stay what they are, and what is inserted goes between the right ones."""

from __future__ import annotations

import pytest

from adslot import Policy, Rule, Slot, place, preset, read, strip
from adslot.html.source import Source, SpliceError


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
