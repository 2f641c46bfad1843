"""Law 1. Deleting the inserted spans from place(x) gives strip(x), byte for byte, and strip(x) == x without slots."""

from __future__ import annotations

from hypothesis import example, given

from adslot import Related, place, strip
from adslot.html.source import Source
from adslot.renderer.markup import markup
from tests import hostile_bytes, strategies
from tests.slots import opened, own

RELATED = [Related("Ein Titel mit <Klammern> & Ümläuten", "/a"), Related("日本", "https://example.org/b?x=1&y=2")]


def spans(result, spell):
    """The spans of the inserted markup in the output."""
    found, shift = [], 0
    for placement in result.plan.placements:
        written = spell(markup(result.plan, placement))
        found.append((placement.offset + shift, placement.offset + shift + len(written)))
        shift += len(written)
    return found


def without(output, found):
    for start, end in reversed(found):
        output = output[:start] + output[end:]
    return output


@given(strategies.texts, strategies.policies())
@example("a\r\n\r\nb", strategies.EVERYWHERE)
@example("\ufeff<p>a</p><p>b</p>", strategies.EVERYWHERE)
@example(
    opened().replace("data-adslot=", f"{own()} data-adslot=") + "</aside>",
    strategies.EVERYWHERE,
)
def test_of_a_text_only_slots_are_new(text, policy):
    """Taking the inserted spans out of a text gives the text without slots of earlier runs."""
    result = place(text, policy, related=RELATED)
    assert without(result.html, spans(result, str)) == strip(text)


@given(hostile_bytes.any_bytes, strategies.policies())
@example(("<p>あ</p><p>い</p>".encode("utf-16"), None), strategies.EVERYWHERE)
@example(("<meta charset=iso-2022-jp><p>あ</p>い<p>う</p>".encode("iso2022_jp"), None), strategies.EVERYWHERE)
@example((b"\xff\xfea", None), strategies.EVERYWHERE)
@example(("<p>a</p><p>b</p>".encode("utf-16") + b"\n", None), strategies.EVERYWHERE)
@example((b"<p>a</p>\n\n\x1b$BF|K\\\x1b(B\n\n<p>b</p>\x1b", "iso-2022-jp"), strategies.EVERYWHERE)
def test_of_bytes_only_slots_are_new(given, policy):
    """The same for bytes of any encoding, well-formed or not, rightly named or not; the offsets are those of the bytes."""
    data, encoding = given
    result, bare = place(data, policy, related=RELATED, encoding=encoding), strip(data, encoding=encoding)
    assert without(result.html, spans(result, Source.of(bare, encoding).spell)) == bare


@given(strategies.texts, strategies.policies(), strategies.id_prefixes)
def test_with_a_prefix_only_slots_are_new(text, policy, prefix):
    """Whatever a caller puts into their ids."""
    result = place(text, policy, related=RELATED, id_prefix=prefix)
    assert without(result.html, spans(result, str)) == strip(text)


@given(strategies.texts.filter(lambda text: "data-adslot-rule" not in text.lower()))
def test_without_slots_strip_gives_the_same_object(text):
    """A text without slots comes back itself, not a copy."""
    assert strip(text) is text


@given(hostile_bytes.any_bytes.filter(lambda given: "data-adslot-rule" not in Source.of(*given).text.lower()))
def test_without_slots_bytes_come_back_themselves(given):
    """The same for bytes."""
    data, encoding = given
    assert strip(data, encoding=encoding) is data
