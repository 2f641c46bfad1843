"""Where the body is: well-known containers, votes of paragraphs, and what leads astray."""

from __future__ import annotations

import lxml.etree
import lxml.html
import pytest

from adslot import from_mapping, place, read, read_tree
from adslot.article.body.choice import find_body
from adslot.html.document import parse
from adslot.html.lxml_tree import Tree
from tests.timing import least_seconds

SENTENCE = "Der Rat der Stadt hat am Montag beschlossen, die alte Brücke zu sperren, weil ihre Pfeiler brüchig sind. "
ENGLISH = "The harbour master told reporters that the ferries will not sail before the storm has passed on Friday. "
JAPANESE = "市議会は月曜日、川にかかる古い橋を閉鎖することを決めた。橋脚がもろくなっているためだ。"


def _paragraphs(count, sentences=3):
    return f"<p>{SENTENCE * sentences}</p>" * count


STORY = _paragraphs(8)
LINES = "<br><br>".join([ENGLISH * 3] * 8)
TEASERS = f'<div class="x1"><h3><a href="/x">Neues vom Rat</a></h3><p>{SENTENCE}</p></div>' * 12
COMMENTS = f'<div class="x2"><b>Ein Leser</b><p>{SENTENCE * 2}</p></div>' * 12


def _page(content):
    return f"<!doctype html><html><body>{content}</body></html>"


def _doors(html):
    return parse(html), Tree(lxml.html.document_fromstring(html))


def _name(door, node):
    """The id of an element, or its tag."""
    tag = door.tag(node)
    return (door.attribute(node, "id") if tag[0] != "#" else "") or tag


def _found(html):
    """The name of the body, the same at both doors."""
    names = {_name(door, find_body(door)[0]) for door in _doors(html)}
    assert len(names) == 1, names
    return names.pop()


def _how(html):
    return find_body(parse(html))[1]


@pytest.mark.parametrize(
    "attributes, how",
    [
        ('itemprop="articleBody"', "schema.org articleBody"),
        ('itemprop="text articleBody"', "schema.org articleBody"),
        ('property="schema:articleBody"', "schema.org articleBody"),
        ('class="entry-content"', ".entry-content"),
        ('class="c c-article__body"', ".c-article__body"),
        ('class="RichTextArticleBody"', ".RichTextArticleBody"),
        ('class="td-post-content wide"', ".td-post-content"),
        ('class="storytext"', ".storytext"),
        ('id="artikeltext"', "#artikeltext"),
    ],
)
def test_a_well_known_container_is_named(attributes, how):
    """It is taken with what stands beside the paragraphs' own wrapper."""
    html = _page(f"<main><h1>Brücke</h1><div {attributes}><figure></figure><div>{STORY}</div></div></main>")
    assert _how(html) == how


def test_the_well_known_container_next_to_the_story_wins():
    """A wide wrapper holds more than the story: `single-post__content` around `entry-content`."""
    html = _page(f'<div class="single-post__content"><div class="entry-content" id="W">{STORY}</div>{TEASERS}</div>')
    assert _found(html) == "W"


def test_a_well_known_container_inside_what_falls_apart():
    """The paragraphs of an excerpt list are not alike in name, but a container among them holds most."""
    story = f'<div class="entry-content" id="W">{_paragraphs(4)}</div>'
    html = _page(f'<main id="main">{_paragraphs(2)}{story}</main>')
    assert _found(html) == "W"


def test_a_name_is_not_believed_alone():
    html = f'<div class="article-content"><p>{SENTENCE}</p></div><div class="k1" id="W">{STORY}</div>'
    assert _found(_page(html)) == "W"


@pytest.mark.parametrize(
    "html",
    [
        f'<article id="W"><h1>Brücke</h1>{STORY}</article>',
        f'<div class="sc-1a"><h1>Brücke</h1></div><div class="sc-2b" id="W">{STORY}</div><div class="sc-3c">{TEASERS}</div>',
        f'<div class="voc"><span class="paywall" id="W">{STORY}</span></div>',
        f'<form><div id="W">{STORY}</div><div class="sidebar">{_paragraphs(3)}</div></form>',
        f'<table><tr><td>{TEASERS}</td><td id="W">{STORY}</td></tr></table>',
        f'<div id="W">{f"<p>{JAPANESE}</p>" * 8}</div><div><p>関連記事はこちら</p></div>',
        f'<article><p class="lead">{SENTENCE * 2}</p><div id="W">{STORY}</div></article>',
        f'<div class="a"><div class="b" id="W"><p>{SENTENCE}</p></div></div>',
        f'<div id="W"><p>{SENTENCE * 2}</p><blockquote>{_paragraphs(4)}</blockquote><p>{SENTENCE * 2}</p></div>',
        f'<div id="W"><h2>Gründe</h2><ol>{f"<li><p>{SENTENCE}</p></li>" * 8}</ol></div>',
    ],
    ids="article hashed-classes paywall-span form table japanese lead one-paragraph quote list".split(),
)
def test_paragraphs_that_stand_together(html):
    assert _found(_page(html)) == "W"


@pytest.mark.parametrize(
    "html",
    [
        f'<div id="W">{("<div>" * 6 + _paragraphs(1) + "</div>" * 6) * 9}</div>',
        f'<div id="W">{f"<div class=frame><div class=ce-bodytext>{_paragraphs(2)}</div></div>" * 4}</div>',
        f'<div id="W"><section>{_paragraphs(2)}</section><section>{_paragraphs(9)}</section></div>',
        f'<div id="W"><div class="free">{_paragraphs(3)}</div><div></div><div class="paid">{_paragraphs(7)}</div></div>',
        f'<div id="W">{f"<article class=post><h2>10:00</h2><div>{_paragraphs(2)}</div></article>" * 9}</div>',
        f'<div id="W">{_paragraphs(4)}<div>{_paragraphs(1)}</div>{_paragraphs(2)}<div>{_paragraphs(1)}</div></div>',
    ],
    ids="six-levels content-elements sections free-and-paid live-blog mixed".split(),
)
def test_a_story_in_parts_is_kept_together(html):
    assert _found(_page(f"<main>{html}</main><div>{TEASERS}</div>")) == "W"


@pytest.mark.parametrize(
    "html",
    [
        f'<div id="W">{LINES}</div><div><p>{SENTENCE * 2}</p></div>',
        f'<table><tr><td><a href="/">Start</a></td><td id="W">{LINES}</td></tr></table>',
        f'<div id="W">{f"<div>{SENTENCE * 3}</div>" * 8}</div><div>Kontakt</div>',
        f'<div id="W">{f"<div><span>{SENTENCE * 3}</span></div>" * 8}</div><div>Kontakt</div>',
        f'<div id="W">{f"<div>{SENTENCE * 3}</div>" * 8}</div><div class="note">{_paragraphs(3, 2)}</div>',
        f'<div id="W"><h2>Gründe</h2><ul>{f"<li>{SENTENCE}</li>" * 8}</ul></div><div>Kontakt</div>',
    ],
    ids="lines table-of-lines divs spans divs-and-noise list".split(),
)
def test_stories_without_paragraphs(html):
    assert _found(_page(f"<div>{html}</div>")) == "W"


@pytest.mark.parametrize(
    "noise",
    [
        f'<div class="comments-area">{COMMENTS * 5}</div>',
        f"<div>{COMMENTS}</div>",
        f'<div id="cookie-consent">{_paragraphs(2, 20)}</div>',
        f"<div><div><p>{SENTENCE * 12}</p></div></div>",
        f"<aside>{_paragraphs(20)}</aside>",
        f"<footer>{_paragraphs(4)}</footer>",
        f'<div class="page-sidebar">{_paragraphs(8)}</div>',
        f"<div>{f'<article><a href=/x><div>{_paragraphs(1)}</div></a></article>' * 9}</div>",
        f'<div><p><a href="/x">{SENTENCE * 9}</a></p></div>' * 9,
        f"<div><p><script>{'var a = 1; ' * 900}</script></p></div>",
        f"<template><div>{_paragraphs(40)}</div></template>",
        f"<noscript><div>{_paragraphs(40)}</div></noscript>",
        f"<div>{'<p>Kurz.</p>' * 900}</div>",
    ],
    ids="comments nameless-comments cookies notice aside footer sidebar cards links script template noscript short".split(),
)
def test_other_text_does_not_count(noise):
    """Neither before nor after the story."""
    story = f'<div class="q7" id="W">{STORY}</div>'
    assert _found(_page(f"<main>{story}{noise}</main>")) == "W"
    assert _found(_page(f"<main>{noise}{story}</main>")) == "W"


@pytest.mark.parametrize("name", ["has-sidebar", "related", "comments-open", "type-kommentar"])
def test_a_doubtful_name_around_the_story_changes_nothing(name):
    html = f'<div class="{name}"><div id="W">{STORY}</div></div><div class="k2">{TEASERS}</div>'
    assert _found(_page(html)) == "W"


@pytest.mark.parametrize("name", ["cookies-pending", "comments", "with-modal"])
def test_a_doubtful_name_around_everything_changes_nothing(name):
    html = f'<div class="{name}"><div id="W">{STORY}</div><div class="k2">{TEASERS}</div></div>'
    assert _found(_page(html)) == "W"


@pytest.mark.parametrize(
    "body", [f'<div class="entry-content" id="W">{STORY}</div>', f'<div id="W">{STORY}</div>'], ids=["known", "unknown"]
)
def test_the_first_article_of_a_page_without_end(body):
    """Each article has a headline of its own, unlike the posts of a live blog."""
    longer = f'<article class="a"><h1>Zwei</h1><div>{_paragraphs(9)}</div></article>' * 2
    assert _found(_page(f'<main><article class="a"><h1>Eins</h1>{body}</article>{longer}</main>')) == "W"


@pytest.mark.parametrize(
    "html",
    [
        STORY,
        f"<div>{STORY}</div>",
        f'<div class="entry-content">{STORY}</div>',
        LINES,
        SENTENCE,
        "",
        f"<div><p>{SENTENCE}</p></div><div><p>{SENTENCE * 8}</p></div>",
    ],
    ids="bare wrapped known lines one-line empty one-long-paragraph".split(),
)
def test_a_fragment_is_a_body_as_a_whole(html):
    door = parse(html)
    assert find_body(door) == (door.root, "the whole fragment")


@pytest.mark.parametrize(
    "noise",
    [f'<section class="comments">{COMMENTS}</section>', f"<aside>{TEASERS}</aside>", f"<footer>{STORY}</footer>"],
)
def test_a_fragment_with_more_than_the_story(noise):
    door = parse(f'<header><h1>Brücke</h1></header><main><div id="W">{STORY}</div></main>{noise}')
    assert _name(door, find_body(door)[0]) == "W"


@pytest.mark.parametrize(
    "html, name",
    [
        ("<!doctype html>", "body"),
        ("<html><head><title>Brücke</title></head></html>", "body"),
        ("<!doctype html>Ein Satz.", "body"),
        (f"<!doctype html>{SENTENCE * 3}", "body"),
        ("<!doctype html><frameset><frame src=x></frameset>", "#other"),
        (f"<!doctype html><template>{STORY}</template>", "body"),
        (f"<!doctype html>{STORY}", "body"),
        ("<!doctype html><p>" + "\ud800" * 900, "body"),
    ],
)
def test_a_page_without_a_container(html, name):
    door = parse(html)
    assert _name(door, find_body(door)[0]) == name


def test_no_body_at_all():
    door = Tree(lxml.etree.fromstring("<html><head/></html>"))
    assert find_body(door) == (door.root, "the whole page")


def test_foreign_elements_are_no_body():
    door = Tree(lxml.html.fromstring(f'<div><div id="W"><svg>{STORY}</svg></div>{COMMENTS}</div>'))
    assert _name(door, find_body(door)[0]) == "W"


def test_the_chosen_element_is_the_body():
    door = parse(_page(f"<p>{SENTENCE}</p><div>{STORY}</div>"))
    chosen = door.find_all(door.root, "p")[0]
    assert find_body(door, chosen) == (chosen, "article.body")


def _nested(count):
    """A tree deeper than any parser makes them."""
    root = node = lxml.etree.Element("html")
    for _ in range(count):
        node = lxml.etree.SubElement(node, "div", {"class": "article-body"})
        lxml.etree.SubElement(node, "p").text = SENTENCE
    return Tree(root)


@pytest.mark.parametrize(
    "door_of",
    [
        _nested,
        lambda count: parse(_page(f"<p>{SENTENCE}</p>" * count)),
        lambda count: parse(_page(f'<div class="a"><p>{SENTENCE}</p></div>' * count)),
        lambda count: parse(_page(f'<article class="a"><h1>x</h1><p>{SENTENCE}</p></article>' * count)),
        lambda count: parse(_page(f"<div>{SENTENCE}" * count)),
    ],
    ids="nested paragraphs wrappers articles loose".split(),
)
def test_time_is_linear(door_of):
    """Eight times the input takes about eight times as long; 64 times would be quadratic."""

    def seconds(count):
        door = door_of(count)
        return least_seconds(lambda: find_body(door))

    assert seconds(8_000) < 32 * seconds(1_000)


def _texts(html, policy=None):
    """The texts of the story's blocks, the same at both doors."""
    at_text = [block.text for block in read(html, policy).blocks]
    tree = lxml.html.document_fromstring(html)
    assert [block.text for block in read_tree(tree, policy).blocks] == at_text
    return at_text


@pytest.mark.parametrize("name", ["article__body", "story-body", "entry-content"])
def test_equal_containers_share_one_body(name):
    """What stands around all of them is the body, also where one holds most of the text."""
    parts = "".join(f'<div class="grid"><div class="{name}">{_paragraphs(count)}</div></div>' for count in (3, 6))
    assert _found(_page(f'<article><h1>Brücke</h1><div id="W">{parts}</div></article>')) == "W"


LONG = _paragraphs(20, 6)


@pytest.mark.parametrize(
    "noise",
    [
        f"<div hidden>{LONG}</div>",
        f'<div style="display: none">{LONG}</div>',
        f'<section role="dialog">{LONG}</section>',
        f"<dialog>{LONG}</dialog>",
        f"<div popover>{LONG}</div>",
        f"<video><div>{LONG}</div></video>",
        f'<div class="pum pum-overlay"><div class="pum-content">{LONG}</div></div>',
        f'<div id="browser-warning">{LONG}</div>',
        f'<div class="login-box">{LONG}</div>',
        "".join(f"<p hidden>{SENTENCE * 9}</p>" for _ in range(20)),
    ],
    ids="hidden style dialog closed-dialog popover video overlay browser login paragraphs".split(),
)
@pytest.mark.parametrize("place", ["{0}{1}", "{1}{0}"])
def test_the_longest_text_that_covers_or_is_unseen_does_not_win(noise, place):
    """Beside a short story, before and after it, whatever holds both."""
    story = f'<div class="k3" id="W">{_paragraphs(4)}</div>'
    assert _found(_page(place.format(story, noise))) == "W"


@pytest.mark.parametrize(
    "noise",
    [
        f'<div class="k8">{_paragraphs(9, 6)}</div>',
        f'<section class="k8"><h2>Eva Muster</h2>{_paragraphs(9, 6)}</section>',
        f'<div class="k8">{COMMENTS * 4}</div>',
    ],
    ids="notice author comments".split(),
)
@pytest.mark.parametrize(
    "story",
    [
        '<article><h1>Brücke</h1><div class="k3" id="W">{}</div></article>',
        '<main><header><h1>Brücke</h1></header><div class="k3" id="W">{}</div></main>',
        '<div role="main"><div class="k3" id="W">{}</div></div>',
        '<div class="wide"><h1>Brücke</h1><div><div class="k3" id="W">{}</div></div></div>',
    ],
    ids="article main role div".split(),
)
def test_the_story_stands_with_its_headline(noise, story):
    """What stands outside of `main`, or of what holds the headline and some paragraphs, is longer, and something else."""
    story = story.format(_paragraphs(4))
    logo = "<header><h1>Tageblatt</h1></header>"
    assert _found(_page(logo + story + noise)) == "W"
    assert _found(_page(logo + noise + story)) == "W"


def test_a_landmark_without_the_story_says_nothing():
    """A headline with an introduction, and a `main` of few words."""
    story = f'<div class="k3" id="W">{_paragraphs(12, 6)}</div>'
    assert _found(_page(f"<div><h1>Brücke</h1>{_paragraphs(2)}</div>{story}")) == "W"
    assert _found(_page(f"<main><h1>Brücke</h1><p>{SENTENCE}</p></main>{story}")) == "W"


def test_the_next_article_is_another_story():
    """The first headline stands outside of its article, and the second story is longer."""
    in_article = f'<article><h1>Eins</h1><div id="W">{_paragraphs(4)}</div></article>'
    longer = f"<article><h1>Zwei</h1><div>{_paragraphs(9, 6)}</div></article>"
    assert _found(_page(f"<header><h1>Tageblatt</h1></header>{in_article}{longer}")) == "W"
    first = f'<h1>Eins</h1><article class="post"><div id="W">{_paragraphs(4)}</div></article>'
    second = f'<article class="post"><h1>Zwei</h1><div>{_paragraphs(9)}</div></article>'
    assert _found(_page(f"<main>{first}{second}{second}</main>")) == "W"


def test_a_well_known_container_in_front_of_something_longer():
    """Below the same headline: what comes after the story may be longer."""
    story = f'<div class="entry-content" id="W">{_paragraphs(3)}</div>'
    html = f'<article><h1>Brücke</h1>{story}<div class="k8">{_paragraphs(6, 7)}</div></article>'
    assert _found(_page(html)) == "W"


def test_a_stream_of_teasers_is_no_story():
    """Several of one kind, each with a heading that is a link, and hardly any text."""
    teaser = (
        f'<div class="card"><h3><a href="/x">Neues vom Rat</a></h3><p>{SENTENCE * 3}</p><p>{SENTENCE * 2}</p></div>'
    )
    story = f'<div class="k3" id="W">{_paragraphs(3)}</div>'
    assert _found(_page(f"<div>{story}<div class='grid'>{teaser * 9}</div></div>")) == "W"
    assert _found(_page(f"<div id='W'>{teaser * 9}</div>")) == "W"


HIDES = ["hidden", 'style="display:none"', 'style="visibility: hidden"']


@pytest.mark.parametrize("mark", HIDES)
def test_a_hidden_story_is_read_where_it_stands_nowhere_else(mark):
    """With a warning; what is hidden inside it stays so."""
    inside = f'<div role="dialog">{_paragraphs(3)}</div><p hidden>Bitte warten Sie einen Augenblick.</p>'
    html = _page(f'<header>Tageblatt</header><div {mark}><h1>Brücke</h1><div id="W">{STORY}{inside}</div></div>')
    assert len(_texts(html)) == 8
    assert "hides" in read(html).warnings[0]


@pytest.mark.parametrize("mark", HIDES)
def test_a_hidden_text_is_not_read_beside_a_story(mark):
    html = _page(f'<article><h1>Brücke</h1><div id="W">{_paragraphs(3)}</div></article><div {mark}>{LONG}</div>')
    assert (_found(html), read(html).warnings) == ("W", ())


def test_nothing_that_covers_the_page_becomes_the_story():
    """A page whose script writes the story has none to read."""
    html = _page(
        f'<div role="dialog" hidden class="cookie-modal">{LONG}</div><div popover>{LONG}</div><p>Bitte warten.</p>'
    )
    assert len(_texts(html)) == 1


def test_a_streamed_part_is_seen():
    """A server may send the story late, hidden, beside what is seen at once; its script moves it."""
    html = _page(
        f'<main><p>{SENTENCE * 2}</p><template id="B:1"></template></main><div hidden id="S:1"><div id="W">{STORY}</div></div>'
    )
    assert (_found(html), len(_texts(html))) == ("W", 8)
    assert "hides" in read(html).warnings[0]


def _policy(css):
    return from_mapping({"article": {"body": css}})


def test_a_body_that_matches_nothing_or_several_is_a_warning():
    """It says what is the body instead."""
    html = _page(f'<div class="entry-content">{STORY}</div><div class="x">{_paragraphs(2)}</div><div class="x"></div>')
    assert read(html, _policy(".entry-content")).warnings == ()
    assert read(html, _policy(".text")).warnings == (
        "article.body: '.text' matches nothing on the page; the body was looked for and found: .entry-content",
    )
    several = place(html, _policy(".x")).plan
    assert several.warnings == ("article.body: '.x' matches 2 elements; the first one is the body",)


def test_a_container_whose_paragraphs_are_hidden():
    """It has no mean weight of a paragraph, and is compared all the same."""
    line = "<p>Der Zug fährt um acht Uhr ab und kommt pünktlich an."
    html = f"<search><b hidden>{line}</search><p>Am Abend ist es still im Wagen, und alle schlafen schon.</p>\n{line}"
    assert read(html).blocks == ()  # the `b` that nobody closes is around each of them
    assert place(html, from_mapping({})).html == html
