"""The start of a policy: what is found in an example of a site's articles, and the file that is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given

from adslot import load, loads, place, preset, preset_names, read, strip
from adslot.article.select.finder import find
from adslot.cli.commands import main
from adslot.cli.init.language import is_believed, language_of
from adslot.cli.init.selector import selector_of
from adslot.cli.init.starter import NoStoryError, begin
from adslot.html.document import parse
from adslot.policy.labels import languages, usual
from adslot.policy.language_tags import primary
from tests.strategies import texts

SENTENCES = {
    "de": "Der Fluss steigt seit dem Morgen, und die Pumpen am Ufer laufen mit voller Kraft. ",
    "en": "The river has been rising since the morning, and the pumps on the bank are at work. ",
    "fr": "Le fleuve monte depuis ce matin, et les pompes sont au travail pour la ville et le port. ",
    "es": "El río sube desde la mañana, y las bombas de la orilla trabajan para que no llegue más. ",
    "it": "Il fiume sale da questa mattina, e le pompe sono al lavoro per la città e anche il porto. ",
    "nl": "De rivier stijgt sinds de ochtend, en de pompen aan het water zijn ook bij de haven aan. ",
    "pt": "O rio sobe desde a manhã, e as bombas na margem trabalham para que não chegue mais. ",
    "sv": "Floden stiger sedan morgonen, och pumparna är på för att det inte ska bli en flod till. ",
    "ja": "川の水は朝から上がり続け、岸ではポンプが動いている。町の人たちは土のうを積み、夜に備えている。",
    "la": "Flumen a mane crescit, et machinae in ripa omnibus viribus laborant ne aqua in oppidum perveniat. ",
}


def prose(language="de", paragraphs=9, between="\n"):
    """Paragraphs of a story."""
    return between.join(f"<p>{SENTENCES[language] * 5}</p>" for _ in range(paragraphs))


def page(body, *, lang="de", before="", after=""):
    """A news page around the element of a story."""
    html = f' lang="{lang}"' if lang else ""
    links = "".join(f'<li><a href="/{n}">Noch eine Nachricht aus der Region</a></li>' for n in range(9))
    return (
        f'<!DOCTYPE html><html{html}><head><meta charset="utf-8"><title>Flut</title></head><body class="page">'
        f'<header class="top"><nav><ul>{links}</ul></nav></header><main><h1>Die Flut</h1>{before}{body}{after}</main>'
        f'<aside class="sidebar"><ul>{links}</ul></aside><footer><p>Alle Rechte vorbehalten.</p></footer></body></html>'
    )


SLOTS = '<div class="ad-slot"><div id="gpt-{}"></div></div>'
# Pages as they are found on the web: name, HTML, and the selector of the body.
PAGES = {
    "a well-known class": (page(f'<div class="text entry-content wide">{prose()}</div>'), ".entry-content"),
    "schema.org": (page(f'<section itemprop="articleBody">{prose()}</section>'), "[itemprop~='articleBody']"),
    "an id": (page(f'<div id="story">{prose()}</div>'), "#story"),
    "an id of this article": (page(f'<div id="post-48213" class="copy">{prose()}</div>'), ".copy"),
    "a class that is not alone": (
        page(f'<div class="text">{prose()}</div>', before='<span class="text">Region</span>'),
        "div.text",
    ),
    "two classes": (
        page(f'<div class="box text">{prose()}</div>', before='<div class="box">1</div><div class="text">2</div>'),
        ".box.text",
    ),
    "only an element around it": (page(f'<div id="detail"><div>{prose()}</div></div>'), "#detail > div"),
    "only one far above it": (
        page(f'<div id="detail"><div><div>{prose()}</div></div></div>', before="<div></div>"),
        None,
    ),
    "what a compiler left": (
        page(f'<div class="StoryText_body__3fK2a css-1x2y3z">{prose()}</div>'),
        "div[class*='StoryText_body_']",
    ),
    "names of components": (
        page(f'<div class="sc-bdVaJa iUTMTf" data-testid="story-text">{prose()}</div>'),
        "[data-testid='story-text']",
    ),
    "article": (page(f"<article>{prose()}</article>"), "article"),
    "a table": (page(f'<table><tr><td class="inhalt">{prose()}</td></tr></table>'), None),
    "a wrapper for each paragraph": (
        page(f'<div class="article-text"><div>{prose(between="</div><div>")}</div></div>'),
        ".article-text",
    ),
    "no paragraphs": (
        page(f'<div class="content">{"<br><br>".join([SENTENCES["de"] * 5] * 9)}</div>'),
        ".content",
    ),
    "utility classes": (page(f'<div class="md:w-2/3 max-w-[60ch] prose">{prose()}</div>'), ".prose"),
    "ads in the story": (
        page(f'<div class="story">{prose(paragraphs=5)}{SLOTS.format(1)}{SLOTS.format(2)}{prose()}</div>'),
        ".story",
    ),
    "no names at all": (f'<html lang="de"><body><div>1</div><div>{prose()}</div></body></html>', None),
    "a fragment": (prose(), None),
}


def made(html, **options):
    """The start of a policy, which must be one."""
    begun = begin("seite.html", html.encode(), **options)
    return begun, loads(begun.text)


@pytest.mark.parametrize("name", PAGES)
def test_pages_as_they_are_found(name):
    """The policy reads the page as adslot does without it, and places slots that come out again without a trace."""
    html, body = PAGES[name]
    begun, policy = made(html)
    if body is not None:
        assert policy.article.body == body
    assert policy.article.language == "de" and begun.preset == "de-news"
    assert [block.text for block in read(html, policy).blocks] == [block.text for block in read(html).blocks]
    result = place(html, policy, related=lambda _: [])
    assert {placement.rule for placement in result.plan.placements} == {"in-text", "article-end"}
    assert result.plan.warnings == () and strip(result.html) == html
    assert (policy.rules, policy.spacing) == (preset("de-news").rules, preset("de-news").spacing)


def test_a_selector_that_would_not_last_is_not_taken():
    """What tells of one article, or was made up by a compiler, would match nothing on the next page."""
    html = page(f'<div class="postid-4711 tag-flut css-9f8e7d has-ads"><div id="a1b2c3">{prose()}</div></div>')
    _, policy = made(html)
    assert policy.article.body in (None, "main > div > div", "main div")


@pytest.mark.parametrize("language", [name for name in SENTENCES if name not in ("la", "sv")])
def test_the_language_of_the_page(language):
    """The preset of the language, with labels in it."""
    for lang in (language, f"{language}-XX", ""):
        begun, policy = made(page(f"<article>{prose(language)}</article>", lang=lang))
        assert policy.article.language == language
        assert begun.preset == {"de": "de-news", "ja": "ja-news"}.get(language, "en-news")
        (ad,) = [slot for slot in policy.slots if slot.kind == "ad"]
        assert ad.label == ("Advertisements" if language == "en" else usual([language], []))


@pytest.mark.parametrize(
    "lang, language, found, note",
    [
        ("en", "de", "de", "by its words, although the page says 'en'"),
        ("de-at", "de", "de-AT", "as the page says"),
        ("sv", "sv", "sv", "write yours"),
        ("", "la", None, "not known, set article.language"),
        ("xx", "la", None, "not known, set article.language"),
        ("eo", "la", "eo", "write yours"),
    ],
)
def test_when_the_page_says_something_else(lang, language, found, note):
    """Words are believed sooner than what the page declares, and what is not known is told."""
    begun, policy = made(page(f"<article>{prose(language)}</article>", lang=lang))
    assert policy.article.language == found
    assert note in "\n".join(begun.notes)


def test_every_language_has_a_word_above_teasers():
    """Labels are known for a language means for all of a preset's slots."""
    for language in languages():
        html = page(f"<article>{prose('la')}</article>", lang=language)
        _, policy = made(html, preset="de-news")
        assert policy.article.language == language
        assert all(slot.label for slot in policy.slots)
        assert (policy.slot("anzeige").label == "Anzeige") == (primary(language) == "de")


@pytest.mark.parametrize("name", preset_names())
def test_any_preset(name):
    """Every preset can be the start, with and without an example, and keeps its rules."""
    html = page(f'<div class="entry-content">{prose()}</div>')
    for policy in (made(html, preset=name)[1], loads(begin("adslot.toml", preset=name).text)):
        own = preset(name)
        assert (policy.rules, policy.spacing, policy.guards) == (own.rules, own.spacing, own.guards)
        assert (policy.limits, policy.article.short) == (own.limits, own.article.short)


def test_ads_that_the_page_has():
    """Ads are counted by where they stand; empty elements that may be ads are named, but not taken for any."""
    empty = '<div class="js-x abstand flaeche"></div>'
    inside = f"<details><summary>Die Pegel</summary>{prose(paragraphs=2)}{SLOTS.format(7)}</details>"
    story = f'<div class="story">{prose()}{SLOTS.format(1)}{prose()}{empty}{prose()}{empty}{inside}{prose()}</div>'
    begun, policy = made(page(story, before=SLOTS.format(8), after=f'{SLOTS.format(9)}<p class="abstand">Ende</p>'))
    notes = "\n".join(begun.notes)
    assert "1 in the story, which count, 1 inside other blocks of it, which do not count, 2 elsewhere" in notes
    assert "2 empty elements .flaeche" in notes
    assert '# ads = [".flaeche"]' in begun.text
    assert policy.article.ads == ()
    with_them = loads(begun.text.replace("# ads =", "ads ="))
    assert sum(block.role == "ad" for block in read(page(story), with_them).blocks) == 3


def test_ads_that_leave_no_room_are_told():
    """With the key that does not count them, which stands in the file to be switched on."""
    story = page(f'<div class="story">{prose(paragraphs=2)}{SLOTS.format(1)}{prose(paragraphs=2)}</div>')
    begun, _ = made(story)
    (note,) = (note for note in begun.notes if "leave" in note)
    assert 'no room for 1 more slot: [article] existing = "ignore"' in note
    ignoring = loads(begun.text.replace("# existing =", "existing ="))
    assert ignoring.article.existing == "ignore"
    assert not any("leave" in note for note in made(page('<div class="story">' + prose() + "</div>"))[0].notes)


def test_the_lead():
    """A standfirst above the body is named by a selector that finds it alone."""
    lead = f'<p class="lead">{SENTENCES["de"]}</p>'
    begun, policy = made(page(f'<div class="entry-content">{prose()}</div>', before=lead))
    assert policy.article.lead == ".lead" and "lead: .lead" in begun.notes
    two = f'<p class="lead">{SENTENCES["de"]}</p><div class="teaser"><p class="lead">Mehr.</p></div>'
    begun, policy = made(page(f'<div class="entry-content">{prose()}</div>', before=two))
    assert policy.article.lead != ".lead"


@pytest.mark.parametrize("html", ["", "<!DOCTYPE html><html><body></body></html>", "<script>let a</script>"])
def test_without_a_story_there_is_no_start(html):
    """An example in which nothing could be a story is an error."""
    with pytest.raises(NoStoryError, match="no text, no pictures"):
        begin("leer.html", html.encode())


def test_a_short_story_gets_no_slot_and_is_told():
    """What the policy does with the example is told, also where that is nothing."""
    begun, _ = made("<p>Kurz.</p>", preset="better-ads")
    assert begun.notes[-1] == "slots in the example: none; adslot explain tells why"


def test_own_slots_are_no_part_of_the_example():
    """A page that has slots of an earlier run begins the same policy."""
    html = page(f'<div class="entry-content">{prose()}</div>')
    assert made(place(html, preset("de-news")).html)[0] == made(html)[0]


def test_bytes_in_their_own_encoding():
    """The encoding is the one that a browser finds, or the one that is given."""
    html = page(f'<div class="entry-content">{prose()}</div>').replace("utf-8", "windows-1252")
    assert "language: de" in "\n".join(begin("a.html", html.encode("cp1252")).notes)


def test_a_strange_name_stays_a_comment():
    """The name of a file cannot break out of the comment that it stands in."""
    begun = begin('a\n[slots.x]\nkind="ad".html', prose().encode())
    assert set(loads(begun.text).slots) == set(preset("de-news").slots)


@given(texts)
def test_any_page_has_a_start(html):
    """Whatever the page is, the file is a policy, and each selector finds exactly what it was made for."""
    try:
        begun = begin("x.html", html.encode("utf-8", "replace"))
    except NoStoryError:
        return
    loads(begun.text)
    document = parse(html)
    for node in list(document.elements(document.root))[:40]:
        css = selector_of(document, node)
        assert css is None or list(find(document, css)) == [node]


def test_the_language_of_words():
    """Each is known by its letters and words; filler text, and text that is too short, by none."""
    for language, sentence in SENTENCES.items():
        assert language_of(sentence * 5) == (None if language == "la" else language)
    assert language_of(SENTENCES["de"]) is None
    assert language_of("1.234 – 5.678 " * 30) is None


@pytest.mark.parametrize(
    "language, sentence",
    [
        ("ar", "قرر مجلس المدينة يوم الثلاثاء بعد نقاش طويل الحفاظ على السوق القديم. "),
        ("bg", "Общинският съвет реши във вторник след дълъг дебат да запази стария пазар. "),
        ("da", "Byrådet besluttede tirsdag efter en lang debat at bevare det gamle torv. "),
        ("el", "Το δημοτικό συμβούλιο αποφάσισε την Τρίτη μετά από μακρά συζήτηση. "),
        ("fa", "شورای شهر روز سه‌شنبه پس از بحث طولانی تصمیم گرفت بازار قدیمی را حفظ کند. "),
        ("he", "מועצת העיר החליטה ביום שלישי לאחר דיון ארוך לשמור על השוק הישן. "),
        ("hi", "नगर परिषद ने मंगलवार को लंबी बहस के बाद पुराने बाज़ार को बचाने का निर्णय लिया। "),
        ("id", "Dewan kota memutuskan pada hari Selasa untuk mempertahankan pasar lama. "),
        ("ko", "시의회는 화요일 긴 토론 끝에 오래된 시장을 지키기로 결정했다. "),
        ("no", "Bystyret vedtok tirsdag etter en lang debatt å bevare det gamle torget. "),
        ("pl", "Rada miasta po długiej debacie postanowiła we wtorek zachować starą halę. "),
        ("ru", "Городской совет во вторник решил сохранить старый рынок и починить крышу. "),
        ("sr", "Градско веће је у уторак после дуге расправе одлучило да сачува стару пијацу. "),
        ("th", "สภาเทศบาลตัดสินใจเมื่อวันอังคารหลังการอภิปรายยาวนานว่าจะรักษาตลาดเก่าไว้ "),
        ("tr", "Belediye meclisi salı günü uzun bir tartışmadan sonra eski çarşıyı korumaya karar verdi. "),
        ("uk", "Міська рада у вівторок після довгого обговорення вирішила зберегти старий ринок. "),
        ("vi", "Hội đồng thành phố hôm thứ Ba đã quyết định giữ lại khu chợ cũ. "),
        ("zh", "市议会周二经过长时间讨论，决定保留旧市场并更换屋顶。"),
        (
            "ja",
            "「Android Marshmallow」と「Windows 10」が動く「UP Core」は、「ubilinux（Debian）」や「Ubuntu」などさまざまなOSで動く。",
        ),
    ],
)
def test_languages_of_many_scripts(language, sentence):
    """Two that are much alike are told apart, too, and Japanese that is full of foreign names is Japanese."""
    assert language_of(sentence * 5) == language


@pytest.mark.parametrize(
    "declared, language", [("ms", "id"), ("bs", "hr"), ("nb", "no"), ("eu", "es"), ("is", "da"), ("de-AT", "de")]
)
def test_a_page_that_knows_better(declared, language):
    """Of languages that are nearly one, and of those that nobody hears, what it declares is believed."""
    assert is_believed(declared, language)
    assert is_believed(declared, None)


# ------------------------------------------------------------------------------------------ the commands


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in a folder with one page; gives the result."""
    monkeypatch.chdir(tmp_path)
    Path("flut.html").write_text(page(f'<div class="entry-content">{prose()}</div>'), encoding="utf-8")
    return lambda *words, data=None: CliRunner().invoke(main, list(words), input=data)


def test_init_writes_a_file_and_tells_what_it_found(run):
    """The file is adslot.toml, the talk goes to standard error."""
    result = run("init", "flut.html")
    assert (result.exit_code, result.stdout) == (0, "")
    assert load("adslot.toml").article.body == ".entry-content"
    assert "adslot: flut.html: body: .entry-content" in result.stderr
    assert result.stderr.endswith("adslot: adslot.toml: written, with the preset de-news\n")
    (line,) = run("place", "--policy", "adslot.toml", "flut.html").stderr.splitlines()
    assert "no related articles were given" in line


def test_init_never_writes_over_a_file(run):
    """A file that exists stays, unless --force says otherwise."""
    Path("adslot.toml").write_text("# mine\n", encoding="utf-8")
    result = run("init", "flut.html")
    assert result.exit_code == 2 and "--force" in result.stderr
    assert Path("adslot.toml").read_text(encoding="utf-8") == "# mine\n"
    assert run("init", "flut.html", "--force").exit_code == 0
    assert load("adslot.toml").rules


def test_init_to_standard_output_and_from_standard_input(run):
    """- is standard input, and standard output with -o."""
    result = run("init", "-", "-o", "-", data=prose("en").encode())
    assert loads(result.stdout).article.language == "en"
    assert not Path("adslot.toml").exists()


def test_init_without_an_example(run):
    """There is a policy to begin with all the same."""
    assert run("init").exit_code == 0
    assert load("adslot.toml") == preset("en-news")
    assert run("init", "-o", "zwei.toml", "--preset", "de-news").exit_code == 0
    assert load("zwei.toml") == preset("de-news")


@pytest.mark.parametrize(
    "words, status",
    [
        (("init", "missing.html"), 1),
        (("init", "."), 2),
        (("init", "-o", ".", "--force"), 2),
        (("init", "--preset", "no-such"), 2),
        (("init", "--encoding", "klingon", "flut.html"), 2),
        (("presets", "no-such"), 2),
    ],
)
def test_what_cannot_be_done(run, words, status):
    """Nothing is written, and the status says whose fault it is."""
    assert run(*words).exit_code == status
    assert not Path("adslot.toml").exists()


@pytest.mark.parametrize(
    "words, told",
    [
        (("init", "./"), "./ is a folder: name one article"),
        (("init", "-o", "./"), "./ is a folder: name one file"),
        (("init", "flut.html", "-o", "./"), "./ is a folder: name one file"),
    ],
)
def test_init_says_which_of_its_two_files_is_a_folder(run, words, told):
    """An article is read, a file is written."""
    assert run(*words).stderr.endswith(f"Error: {told}\n")


def test_presets_are_listed_and_printed(run):
    """One line each, first those to begin with; with a name the file, from which the policy can be read."""
    lines = run("presets").stdout.splitlines()
    listed = [line.split()[0] for line in lines if line.startswith("  ")]
    assert sorted(listed) == list(preset_names()) and listed[:2] == ["de-news", "de-portal"]
    assert [line for line in lines if not line.startswith("  ")] == ["Begin with one of these:", "", "What others do:"]
    for name in preset_names():
        assert loads(run("presets", name).stdout) == preset(name)
