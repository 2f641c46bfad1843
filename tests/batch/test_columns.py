"""Columns: each row is what `adslot.place` makes of it, and a row that is wrong is a value."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adslot import PolicyError, Related, place, preset
from adslot.batch import place_batch
from adslot.html.source import EncodingError
from tests.processes import STORY
from tests.strategies import any_bytes

POLICY = preset("de-news")
ITEMS = (Related("Fähre", "/f", tags=("Hafen",)), Related("Bahn", "/b"))
ADDED = ["placements", "status", "warnings", "error"]


def batch(**columns):
    return pa.RecordBatch.from_pydict(columns)


@given(st.lists(st.one_of(st.none(), st.text(), st.sampled_from([STORY, ""])), max_size=6))
def test_each_row_is_placed(pages):
    """As the library places it."""
    placed = place_batch(batch(html=pa.array(pages, pa.string())), POLICY, related=ITEMS)
    results = [None if page is None else place(page, POLICY, related=ITEMS) for page in pages]
    assert placed["html"].to_pylist() == [result and result.html for result in results]
    for row, result in zip(placed.to_pylist(), results, strict=True):
        if result is None:
            assert (row["status"], row["error"], row["placements"], row["warnings"]) == (
                "failed",
                "html is null",
                [],
                [],
            )
            continue
        assert row["error"] is None
        assert row["status"] == result.plan.status
        assert row["warnings"] == list(result.plan.warnings)
        assert [
            (each["id"], each["rule"], each["slot"], each["gap"], each["anchor"]) for each in row["placements"]
        ] == [(each.id, each.rule, each.slot, each.gap, each.anchor) for each in result.plan.placements]
        assert [each["items"] for each in row["placements"]] == [
            [item.url for item in each.items] for each in result.plan.placements
        ]


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), pa.binary_view()]
)
def test_texts_and_bytes_keep_their_type(kind):
    """Of every width."""
    is_text = "string" in str(kind)
    placed = place_batch(batch(html=pa.array([STORY if is_text else STORY.encode()], kind)), "longform")
    assert placed.schema.field("html").type == kind
    filled = place(STORY, "longform").html
    assert placed["html"][0].as_py() == (filled if is_text else filled.encode())


def test_a_dictionary_becomes_plain():
    """Texts with slots are no longer the same."""
    placed = place_batch(batch(html=pa.array([STORY, STORY]).dictionary_encode()), "longform")
    assert placed.schema.field("html").type == pa.string()
    assert placed["html"].to_pylist() == [place(STORY, "longform").html] * 2


def test_what_else_there_is_stays():
    """Columns in their order with their metadata, and the metadata of all."""
    schema = pa.schema([pa.field("key", pa.int64(), metadata={"a": "b"}), pa.field("body", pa.string())], {"c": "d"})
    given_ = pa.RecordBatch.from_pydict({"key": [7], "body": [STORY]}, schema=schema)
    placed = place_batch(given_, "longform", column="body", prefix="adslot_")
    assert placed.schema.names == ["key", "body", *(f"adslot_{name}" for name in ADDED)]
    assert placed.schema.field("key").metadata == {b"a": b"b"}
    assert placed.schema.metadata == {b"c": b"d"}
    assert placed["adslot_status"].to_pylist() == ["optimal"]


def test_a_second_run_replaces_the_first():
    """Its columns are its own, and place is idempotent."""
    once = place_batch(batch(html=[STORY, None]), "longform")
    assert place_batch(once, "longform").equals(once, check_metadata=True)


def test_an_engine_that_keeps_no_marks():
    """Its columns are known by their types, all four of them."""
    once = place_batch(batch(html=[STORY, None]), "longform")
    unmarked = once.replace_schema_metadata({}).cast(pa.schema([field.remove_metadata() for field in once.schema]))
    assert place_batch(unmarked, "longform").equals(once)
    with pytest.raises(ValueError, match="of its own"):
        place_batch(unmarked.drop_columns(["placements"]), "longform")


def test_a_column_of_another_is_not_replaced():
    """That would be a loss."""
    with pytest.raises(ValueError, match="column 'status' of its own"):
        place_batch(batch(html=[STORY], status=["live"]), "longform")


class TestRowsThatTellMore:
    def test_of_their_context_and_articles(self):
        """In structs, maps or JSON; laid over what is told of all."""
        policy = {
            "slots": {"a": {"kind": "ad", "label": "Anzeige"}},
            "rules": [{"name": "r", "slot": "a"}],
            "cases": [{"when": {"section": "sport", "big": True}, "limits": {"ads": 0}}],
        }
        for contexts in (
            [{"section": "sport"}, {"section": None}, None],
            ['{"section": "sport"}', "{}", None],
            pa.array([[("section", "sport")], [], None], pa.map_(pa.string(), pa.string())),
        ):
            rows = batch(html=[STORY] * 3, context=contexts)
            placed = place_batch(rows, policy, context={"big": True})
            assert [len(each) for each in placed["placements"].to_pylist()] == [0, 1, 1]

    def test_of_their_articles(self):
        """With dates as Arrow has them."""
        when = datetime(2026, 11, 5, tzinfo=UTC)
        rows = batch(
            html=[STORY] * 3,
            related=[[{"title": "Bahn", "url": "/b", "expires": when}], [], None],
            now=[date(2026, 11, 4)] * 3,
            url=["/a", "/f", None],
        )
        placed = place_batch(rows, POLICY, related=ITEMS[:1]).to_pylist()
        shown = [[url for each in row["placements"] for url in each["items"]] for row in placed]
        assert shown == [["/b"], [], ["/f"]]

    @pytest.mark.parametrize(
        ("column", "value", "told"),
        [
            ("context", "{", "context: expected JSON, found '{'"),
            ("context", "[1]", "context: expected a mapping of names to values, found '[1]'"),
            ("related", "7", "related: expected a list, found int"),
            ("related", '[{"url": "/a"}]', "the key 'title'"),
            ("now", "soon", "now: expected a date such as 2026-11-05, found 'soon'"),
            ("url", 7, "url: expected a text, found 7"),
            ("id_prefix", "a b", "id_prefix"),
        ],
    )
    def test_what_is_wrong_with_one_costs_no_other(self, column, value, told):
        """Its page stays as it was."""
        first, second = place_batch(batch(html=[STORY, STORY], **{column: [value, None]}), POLICY).to_pylist()
        assert told in first["error"]
        assert (first["html"], first["status"], first["placements"]) == (STORY, "failed", [])
        assert (second["error"], second["html"]) == (None, place(STORY, POLICY).html)


@pytest.mark.parametrize(
    ("error", "arguments"),
    [
        (PolicyError, {"policy": "no-such"}),
        (TypeError, {"related": "a.json"}),
        (TypeError, {"now": 7}),
        (ValueError, {"column": "body"}),
        (TypeError, {"column": "number"}),
        (EncodingError, {"encoding": "no-such"}),
    ],
)
def test_wrong_arguments_are_errors_at_once(error, arguments):
    """They are no row's, also where there is none."""
    rows = batch(html=pa.array([], pa.string()), number=pa.array([], pa.int64()))
    with pytest.raises(error):
        place_batch(rows, **{"policy": "longform", **arguments})


@given(st.lists(any_bytes, max_size=3))
def test_no_page_is_an_error(pages):
    """Of whatever it is made."""
    placed = place_batch(batch(html=pa.array(pages, pa.binary())), POLICY)
    assert placed["error"].to_pylist() == [None] * len(pages)
