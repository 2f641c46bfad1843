"""Related articles from files: JSON, JSON lines, RSS and Atom, each with all that can be wrong with it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adslot import AdslotError, Image, Related, RelatedError, load_related
from adslot.related.files import _FIELDS, _read_json
from adslot.related.values import as_data

FULL = Related(
    "Züge & Busse",
    "/takt",
    image=Image("/takt.jpg", 300, 200, "Ein Zug"),
    tags=("Bahn", "Takt"),
    summary="Alle Stunde ein Zug.",
    published=date(2026, 11, 5),
    expires=datetime(2026, 12, 1, 12, tzinfo=UTC),
    sponsored=True,
    id=7,
    when={"section": ["politik", "reise*"], "subscriber": False},
)


def problems_of(path, text):
    """What is told of a file, each problem as text without the folder."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RelatedError) as caught:
        load_related(path)
    assert isinstance(caught.value, AdslotError | ValueError)
    assert all(problem.file == str(path) for problem in caught.value.problems)
    return [str(attrs.evolve(problem, file=path.name)) for problem in caught.value.problems]


@pytest.mark.parametrize("form", ["list", "object", "lines"])
def test_every_field_is_read(tmp_path, form):
    """As a list, as an object with a list, as one object to a line; a byte order mark and null do no harm."""
    data = [as_data(FULL), {"title": "Kurz", "url": "https://landbote.example/", "image": "/i.png", "summary": None}]
    path = tmp_path / ("r.jsonl" if form == "lines" else "r.json")
    text = (
        "\n\n".join(map(json.dumps, data))
        if form == "lines"
        else json.dumps({"items": data} if form == "object" else data)
    )
    path.write_text(text, encoding="utf-8-sig")
    assert load_related(path) == (FULL, Related("Kurz", "https://landbote.example/", image="/i.png"))
    assert load_related(str(path))[0].tags == ("Bahn", "Takt")


def test_every_field_has_a_key():
    """The keys of the files are the fields of the value."""
    assert tuple(_FIELDS) == tuple(field.name for field in attrs.fields(Related))


def test_all_problems_are_told_at_once(tmp_path):
    """Each with line and column, path, what was expected and found, and the nearest name."""
    text = """[{"title": " ", "url": "javascript:x", "tittle": 1},
 {"url": 5, "image": {"width": 0, "src": "/i"}, "published": "gestern", "tags": [1]},
 {"title": "a", "url": "", "image": 3, "id": true, "expires": 5, "sponsored": "ja"},
 {"title": "a", "url": "/a", "when": {"a": [], "b": 1.5}}, 3]"""
    assert problems_of(tmp_path / "r.json", text) == [
        f"r.json:{each}"
        for each in (
            (
                "1:40: items[0].tittle: expected one of title, url, image, tags, summary, published, expires, sponsored, id, when,"
                " found the key 'tittle' (did you mean 'title'?)"
            ),
            "1:12: items[0].title: expected a title, found ' '",
            "1:24: items[0].url: expected a URL, http, https or relative, found 'javascript:x'",
            "2:2: items[1]: expected the key 'title', found none",
            "2:10: items[1].url: expected a text, found 5",
            "2:35: items[1].image.src: expected one of url, width, height, alt, found the key 'src'",
            "2:22: items[1].image: expected the key 'url', found none",
            "2:32: items[1].image.width: expected a size in px, 1 or more, found 0",
            (
                "2:62: items[1].published: expected a date or time as in ISO 8601, such as '2026-11-05' or"
                " '2026-11-05T18:30:00Z', found 'gestern'"
            ),
            "2:81: items[1].tags: expected a text or a list of texts, found [1]",
            "3:24: items[2].url: expected a URL, http, https or relative, found ''",
            "3:37: items[2].image: expected a table, found 3",
            "3:46: items[2].id: expected a text or a whole number, found True",
            (
                "3:63: items[2].expires: expected a date or time as in ISO 8601, such as '2026-11-05' or"
                " '2026-11-05T18:30:00Z', found 5"
            ),
            "3:79: items[2].sponsored: expected true or false, without quotes, found 'ja'",
            "4:44: items[3].when.a: expected a text, a whole number, true, false or a list of these, found []",
            "4:53: items[3].when.b: expected a text, a whole number, true, false or a list of these, found 1.5",
            "4:60: items[4]: expected a table, found 3",
        )
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1:1: expected JSON: a value, such as a text in double quotes, "),
        ('[{"title": "a"', "1:15: expected JSON: ',' or the end of the list or the object, found the end"),
        ("3", '1:1: expected a list, or an object with a list "items", found 3'),
        ('{"articles": []}', "1:2: articles: expected one of items, found the key 'articles'"),
        ('{\n"items": {}}', '2:10: items: expected a list, or an object with a list "items", found {}'),
        ("[" * 100_000, "expected JSON of a sensible size, found maximum recursion depth"),
        ("9" * 5000, "expected JSON of a sensible size, found Exceeds the limit"),
    ],
)
def test_what_is_no_list(tmp_path, text, told):
    """Said with the place; a file that cannot be read is told in the same form."""
    assert problems_of(tmp_path / "r.json", text)[0].startswith(
        f"r.json:{told}" if told[0].isdigit() else f"r.json: {told}"
    )


def test_lines_are_numbered(tmp_path):
    """Every bad line is told, and what is wrong in the others besides."""
    text = '{"title": "a", "url": "/a"}\n{"title": "a"\n\n[]\n{"title": "b", "url": "x:y"}'
    assert problems_of(tmp_path / "r.ndjson", text) == [
        "r.ndjson:2:14: expected JSON: ',' or the end of the list or the object, found the end",
        "r.ndjson:4: items[1]: expected a table, found []",
        "r.ndjson:5: items[2].url: expected a URL, http, https or relative, found 'x:y'",
    ]


def test_files_that_cannot_be_read(tmp_path):
    """No file, and no UTF-8."""
    with pytest.raises(RelatedError, match="expected a file of related articles, found No such file"):
        load_related(tmp_path / "none.json")
    (tmp_path / "r.json").write_bytes(b'["\xff"]')
    with pytest.raises(RelatedError, match="expected JSON in UTF-8, found byte 2: invalid start byte"):
        load_related(tmp_path / "r.json")


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*_FIELDS, "width", "items", "x"]), inner, max_size=5)
    ),
    max_leaves=12,
)


@given(_json)
def test_any_json_gives_articles_or_problems(data):
    """Nothing else is raised, and every problem says where."""
    text = json.dumps(data)
    try:
        items = _read_json(text)
    except RelatedError as error:
        assert all(problem.line == 1 for problem in error.problems)
    else:
        assert _read_json(json.dumps([as_data(item) for item in items])) == items
