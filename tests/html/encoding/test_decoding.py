"""Bytes to text and back, in every encoding that Python and browsers share."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adslot.html.encoding import decoding
from adslot.html.encoding.charsets import ESCAPED
from adslot.html.encoding.decoding import decode, offsets, offsets_in_utf8, spell, unit, well_formed
from adslot.html.encoding.escapes import Escaped
from tests.hostile_bytes import BROKEN, CODECS
from tests.oracles import iso2022jp

# Two bytes of Big5 may be two characters.
MANY_BYTES = ["big5hkscs", "cp932", "cp949", "euc_jp", "gb18030"]
_words = st.sampled_from(["<p>", "日本", "한국", "Ü", "ê̄", "①〜−", "x", " ", "\n", "😀", "ｱ", "¥‾\\~"])
_bytes = st.lists(st.sampled_from(BROKEN) | st.binary(max_size=3) | _words, max_size=8)


def spelled(parts, codec):
    return b"".join(part if isinstance(part, bytes) else part.encode(codec, "ignore") for part in parts)


@given(_bytes, st.sampled_from(CODECS))
@example([b"\x88\x62\x88\x66", "<p>"], "big5hkscs")
@example([b"\xed\x40\xfa\x4a", b"\x81\xff\xfd", "<p>"], "cp932")
@example([b"\x81\x30\x81", "<p>", b"\x81\x39\xef\x30"], "gb18030")
@example([b"\x3d\xd8", b"\x3d\xd8\x00"], "utf-16-le")
@example([b"\xff" * 9], "utf-32-be")
def test_every_character_is_known_by_its_bytes(parts, codec):
    """Cut at the offset of any character, the two halves read as the two halves of the text."""
    data = spelled(parts, codec)
    text = decode(data, codec)
    if codec == ESCAPED:
        return
    at = offsets(text, data, codec, range(len(text) + 1))
    assert (at[0], at[len(text)]) == (0, len(data))
    for place, offset in at.items():
        if codec == "big5hkscs" and text[place : place + 1] in ("\u0304", "\u030c"):
            continue
        assert (decode(data[:offset], codec), decode(data[offset:], codec)) == (text[:place], text[place:])


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), st.data())
@example("a" * 5_000 + "ä€𝄞" * 2_000, None)
def test_places_in_utf8_are_found_from_its_bytes(text, data):
    """In any of them, at both ends and beyond the pieces that are decoded."""
    numbers = st.sets(st.integers(0, len(text)))
    places = [0, 1, 4_999, 5_001, 7_047, len(text)] if data is None else sorted(data.draw(numbers))
    wanted = {place: len(text[:place].encode()) for place in places}
    assert offsets_in_utf8(text.encode(), places) == wanted == offsets(text, text.encode(), "utf-8", places)


_bits = st.sampled_from([bytes([byte]) for byte in b"\x81\x8e\x8f\xa1\xfe\xff0Abf@<\x88\xed\xe0\xb0\xa4"])


@given(st.lists(_bits, max_size=7).map(b"".join), st.sampled_from(MANY_BYTES))
@example(b"\x81\x30\x81", "gb18030")
@example(b"\x8e0\xe0b\x88", "gb18030")
@example(b"A\x810\x88", "gb18030")
@example(b"\x88\x62\x81", "big5hkscs")
def test_counting_byte_by_byte_gives_the_same(data, codec):
    """The slow way, for text that was spelled otherwise than Python spells it."""
    text = decode(data, codec)
    for wanted in range(len(text) + 1):
        count, width = decoding._stepped(wanted, data, 0, codec)
        assert count == wanted or (count == wanted - 1 and codec == "big5hkscs")
        assert (decode(data[:width], codec), decode(data[width:], codec)) == (text[:count], text[count:])


@pytest.mark.parametrize("codec", MANY_BYTES)
def test_every_pair_can_be_written_as_it_is_read(codec):
    """So a character's bytes are counted by writing it."""
    text = "".join(decode(bytes([lead, trail]), codec) for lead in range(0x80, 0x100) for trail in range(0x100))
    assert decode(text.encode(codec, "surrogateescape"), codec).count("<") == text.count("<")


@pytest.mark.parametrize("codec", MANY_BYTES)
def test_no_bracket_is_ever_half_a_character(codec):
    """Whatever stands before it: so the brackets of a text are those of its bytes, and a slot is read behind anything."""
    for lead in range(0x80, 0x100):
        broken = b"".join(bytes([lead, trail]) + b"<" for trail in range(0x100)) + bytes([lead])
        text = decode(broken, codec)
        assert text.count("<") == broken.count(b"<") == 257
        assert decode(broken + b"<", codec) == text + "<"


@given(st.lists(_words | st.characters(), max_size=9).map("".join), st.sampled_from(CODECS))
@example("〜¥ê̄日本①", "euc_jp")
def test_markup_reads_as_it_was_meant(markup, codec):
    """What the encoding lacks is a reference, and nothing is read as another character."""
    written = decode(spell(markup, codec), codec)
    for character in markup:
        reference = f"&#{ord(character)};"
        written = written.removeprefix(character if written.startswith(character) else reference)
    assert written == ""


def test_a_character_that_browsers_read_otherwise_is_a_reference():
    """EUC-JP has the wave dash in Python, and the fullwidth tilde in browsers."""
    assert spell("日本〜", "euc_jp") == "日本".encode("euc_jp") + b"&#12316;"


# ------------------------------------------------------------------------------------------- ISO-2022-JP

_ERRORS = str.maketrans(dict.fromkeys([0xFFFD, 0x0E, 0x0F, 0x1B, *range(0xDC80, 0xDD00)], ""))
_escapes = st.sampled_from(
    [b"\x1b(B", b"\x1b(J", b"\x1b(I", b"\x1b$B", b"\x1b$@", b"\x1b", b"\x1b(", b"\x1b$", b"$B", b"(B"]
)
_escaped = st.lists(
    _escapes | st.sampled_from([b"F|", b"K\\", b"<p>", b"~\\", b"\n", b"\xff", b"!"]) | st.binary(max_size=3)
).map(b"".join)


@given(_escaped)
@example(b"\x1b$BF|K\\\x1b(B<p>\x1b(J~\\\x1b(I1\x1b$@-!\x1b")
@example(b"\x1b$BF\x1b(B<\x1b$BF\n<\x1b(\x1b(B")
def test_escape_sequences_are_read_as_browsers_read_them(data):
    """Well-formed or not; only how many marks of errors stand in the text is not the same."""
    assert decode(data, ESCAPED).translate(_ERRORS) == iso2022jp.decoded(data).translate(_ERRORS)


@given(st.text(st.sampled_from("日本①ｱABC<p>\n")))
def test_what_python_writes_is_read(text):
    """The characters are those that Python has for these bytes."""
    data = text.encode("iso2022_jp", "ignore")
    assert decode(data, ESCAPED) == data.decode("iso2022_jp")


@given(_escaped)
def test_between_two_characters_stand_the_escape_sequences(data):
    """What begins a character comes behind them, what ends one before; and where there is room, ASCII is read as ASCII."""
    escaped = Escaped(data)
    for place in range(len(escaped.text) + 1):
        start, end, room = escaped.start(place), escaped.end(place), escaped.room(place)
        assert end <= start
        assert decode(data[:end], ESCAPED) == decode(data[:start], ESCAPED) == escaped.text[:place]
        assert room is None or (end <= room <= start)
        if room is not None:
            slot = b"<p \\ ~>"
            expected = escaped.text[:place] + slot.decode() + escaped.text[place:]
            assert decode(data[:room] + slot + data[room:], ESCAPED) == expected


def test_there_is_no_room_in_an_escaped_run():
    """A slot there would be read as characters of two bytes."""
    data = b"<p>\x1b$BF|K\\\x1b(B</p>\x1b$B"
    escaped = Escaped(data)
    assert escaped.text == "<p>日本</p>"
    assert [escaped.room(place) for place in range(10)] == [0, 1, 2, 3, None, 13, 14, 15, 16, 17]


# ------------------------------------------------------------------------------------------- text


@given(st.text(st.characters() | st.sampled_from("\ud800\udfff\ud83d\ude00")))
def test_well_formed_text_has_the_same_length(text):
    """Every lone surrogate is one U+FFFD, and all else as it was."""
    found = well_formed(text)
    assert found == "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    assert found.encode() and len(found) == len(text) if found else text == ""
    if found == text:
        assert found is text


def test_units():
    """How many bytes every character has a multiple of."""
    assert {codec: unit(codec) for codec in CODECS if unit(codec) > 1} == {
        "utf-16-be": 2,
        "utf-16-le": 2,
        "utf-32-be": 4,
        "utf-32-le": 4,
    }
