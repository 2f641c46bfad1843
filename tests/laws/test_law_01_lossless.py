"""Law 1. Deleting the inserted spans from place(x) gives strip(x), byte for byte, and strip(x) == x without slots."""

from __future__ import annotations

from hypothesis import example, given

from adslot import Related, place, strip
from adslot._place import markup
from adslot._source.encoding import Source
from tests import strategies
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


@given(strategies.any_bytes, strategies.policies())
@example("<p>あ</p><p>い</p>".encode("utf-16"), strategies.EVERYWHERE)
@example("<meta charset=iso-2022-jp><p>あ</p>い<p>う</p>".encode("iso2022_jp"), strategies.EVERYWHERE)
@example(b"\xff\xfea", strategies.EVERYWHERE)
def test_of_bytes_only_slots_are_new(data, policy):
    """The same for bytes of any encoding, well-formed or not; the offsets are those of the bytes."""
    result = place(data, policy, related=RELATED)
    assert without(result.html, spans(result, Source.of(data).spell)) == strip(data)


@given(strategies.texts, strategies.policies(), strategies.id_prefixes)
def test_with_a_prefix_only_slots_are_new(text, policy, prefix):
    """Whatever a caller puts into their ids."""
    result = place(text, policy, related=RELATED, id_prefix=prefix)
    assert without(result.html, spans(result, str)) == strip(text)


@given(strategies.texts.filter(lambda text: "data-adslot-rule" not in text.lower()))
def test_without_slots_strip_gives_the_same_object(text):
    """A text without slots comes back itself, not a copy."""
    assert strip(text) is text


@given(strategies.any_bytes.filter(lambda data: b"adslot" not in data.replace(b"\0", b"").lower()))
def test_without_slots_bytes_come_back_themselves(data):
    """The same for bytes."""
    assert strip(data) is data
