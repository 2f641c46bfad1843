"""The integration in a running site of Django."""
# ruff: noqa: PLC0415 - Django must be set up before its parts can be imported

from __future__ import annotations

import io
import os
import re
import sys
from uuid import UUID

import pytest

import adslot

pytestmark = pytest.mark.usefixtures("newsroom")

BODY = "<p>Eins &amp; zwei.</p><p>Drei.</p><p>Vier.</p>"
SLOTS = "data-adslot-rule"


@pytest.fixture
def articles():
    """One article with ads, one without."""
    from tests.contrib.newsroom.models import Article

    yield [Article.objects.create(pk=pk, body=BODY, ads=pk == 1) for pk in (1, 2)]
    Article.objects.all().delete()


@pytest.fixture
def using():
    """Other settings of adslot."""
    from django.test import override_settings

    def settings(**said):
        return override_settings(ADSLOT=said)

    return settings


def rendered(source, request=None, **values):
    from django.template import engines
    from django.utils.safestring import mark_safe

    return (
        engines["django"].from_string("{% load adslot %}" + source).render({"body": mark_safe(BODY), **values}, request)
    )


def request(path):
    from django.test import RequestFactory

    return RequestFactory().get(path)


# ------------------------------------------------------------------------------------------ pages


def test_a_page(articles):
    """The tag knows the request and the article: its context, its address, so that it is not its own teaser."""
    from django.test import Client

    html = Client().get("/artikel/1/?section=sport").content.decode()
    assert html.count("<b>sport</b>") == 2
    assert 'href="/artikel/2/"' in html
    assert 'href="/artikel/1/"' not in html
    assert adslot.strip(html) == BODY


def test_an_article_without_ads(articles):
    """An override of one object is a case of the policy."""
    from django.test import Client

    html = Client().get("/artikel/2/").content.decode()
    assert "Anzeige" not in html
    assert 'href="/artikel/1/"' in html


def test_related_articles_of_one_article(articles, monkeypatch):
    """An object may know them; the template goes before it, and it before the settings."""
    from tests.contrib.newsroom.models import Article

    monkeypatch.setattr(Article, "adslot_related", lambda self: [adslot.Related("Deiche", "/deiche/")], raising=False)
    tag = "{{% adslot object=article {}%}}{{{{ body }}}}{{% endadslot %}}"
    assert 'href="/deiche/"' in rendered(tag.format(""), article=articles[0])
    other = [adslot.Related("Häfen", "/haefen/")]
    assert 'href="/haefen/"' in rendered(tag.format("related=other "), article=articles[0], other=other)


def test_the_filter():
    """Safe in, safe out, by the policy of the settings or a named one."""
    assert rendered("{{ body|adslot }}").count(SLOTS) == 3
    assert rendered('{{ body|adslot:"quiet" }}') == BODY
    assert rendered("{% autoescape off %}{{ text|adslot }}{% endautoescape %}", text=BODY).count(SLOTS) == 3


def test_what_the_tag_says():
    """Names of adslot's arguments are these, others are said of the page; they go before what the settings say."""
    html = rendered(
        '{% adslot section="kultur" related=none %}{{ body }}{% endadslot %}', request("/?section=sport"), none=[]
    )
    assert html.count("<b>kultur</b>") == 2
    assert "href" not in html
    html = rendered('{% adslot context=said section="x" %}{{ body }}{% endadslot %}', said={"section": "politik"})
    assert "<b>politik</b>" in html
    assert "/artikel/2/" in rendered('{% adslot url="/artikel/1/" %}{{ body }}{% endadslot %}')
    assert rendered('{% adslot policy="quiet" %}{{ body }}{% endadslot %}') == BODY
    assert rendered("{% adslot object=none %}{{ body }}{% endadslot %}", none=None).count(SLOTS) == 3
    assert rendered("{% adslot %}{{ text }}{% endadslot %}", text="<p>a</p>") == "&lt;p&gt;a&lt;/p&gt;" + _teaser()


def _teaser():
    return adslot.place("x", adslot.from_mapping(_setting()), related=_related()).html[1:]


def _setting():
    from django.conf import settings

    return settings.ADSLOT["POLICY"]


def _related():
    from tests.contrib.newsroom.said import related

    return related(None)


def in_jinja(source, request=None, **values):
    from django.template import engines

    return engines["jinja2"].from_string(source).render(values, request)


def test_the_jinja_backend(articles):
    """By the same settings, with the request, and with all that the tag takes."""
    html = in_jinja(
        "{{ body|safe|adslot(object=article) }}", request("/?section=sport"), body=BODY, article=articles[0]
    )
    assert html.count("<b>sport</b>") == 2
    assert 'href="/artikel/1/"' not in html
    assert "Anzeige" not in in_jinja("{{ body|safe|adslot(object=article) }}", body=BODY, article=articles[1])
    assert in_jinja('{{ body|safe|adslot("quiet") }}', body=BODY) == BODY
    assert in_jinja('{{ body|safe|adslot(policy="quiet") }}', body=BODY) == BODY
    assert in_jinja("{% autoescape false %}{{ body|adslot }}{% endautoescape %}", body=BODY).count(SLOTS) == 3
    assert in_jinja("{{ body|adslot }}", body=BODY).startswith("&lt;p&gt;Eins")
    assert in_jinja("{{ nothing|adslot }}") == ""


@pytest.mark.parametrize(
    "source",
    [
        "{{ body|adslot:forloop.counter }}",
        "{% adslot id_prefix=forloop.counter %}{{ body }}{% endadslot %}",
        "{% adslot id_prefix=key %}{{ body }}{% endadslot %}",
    ],
)
def test_several_texts_on_a_page(source):
    """Each has ids of its own, by a number, or by what the tag is told: a text, or the key of an object."""
    html = rendered(f"{{% for key in keys %}}{source}{{% endfor %}}", keys=["a", UUID(int=7)])
    found = re.findall(r'id="adslot-([^"]+)-mid-1"', html)
    assert found in (["1", "2"], ["a", "00000000-0000-0000-0000-000000000007"])
    assert len(set(re.findall(r'id="([^"]+)"', html))) == html.count(SLOTS)


def test_a_number_between_quotes_is_a_policy(caplog):
    """As the filter has it for every text."""
    assert rendered('{{ body|adslot:"7" }}') == BODY
    assert "no policy '7'" in caplog.text


# -------------------------------------------------------------------------------- what goes wrong


def test_text_that_is_not_safe(settings_debug, caplog):
    """Readers get it escaped, as everywhere in Django; engineers get an error that says what to write."""
    assert rendered("{{ text|adslot }}", text="<p>a</p>") == "&lt;p&gt;a&lt;/p&gt;"
    assert "write {{ …|safe|adslot }}" in caplog.text
    with settings_debug, pytest.raises(Exception, match=r"write \{\{ …\|safe\|adslot \}\}"):
        rendered("{{ text|adslot }}", text="<p>a</p>")


@pytest.fixture
def settings_debug():
    from django.test import override_settings

    return override_settings(DEBUG=True)


def test_an_error_costs_no_reader_the_article(settings_debug, using, caplog):
    """It is logged; with DEBUG it is raised."""
    with using(POLICY=_setting(), RELATED=lambda request: 1 / 0):
        assert rendered("{{ body|adslot }}") == BODY
        assert "no slots were placed" in caplog.text
        with settings_debug, pytest.raises(ZeroDivisionError):
            rendered("{{ body|adslot }}")
    with using(POLICY=_setting()):
        assert rendered('{{ body|adslot:"quite" }}') == BODY
        assert "ADSLOT['POLICIES'] has no policy 'quite'; it has none" in caplog.text


@pytest.mark.parametrize("key", ["CONTEXT", "RELATED"])
def test_functions_that_have_nothing_to_say(using, key, caplog):
    """As where a function ends without a word; so it is with those of an object."""
    with using(POLICY=_setting(), **{key: lambda request: None}):
        assert rendered("{{ body|adslot }}").count(SLOTS) >= 2

    class Quiet:
        def adslot_context(self):
            return None

        def adslot_related(self):
            return None

    source = "{% adslot object=quiet %}{{ body }}{% endadslot %}"
    assert rendered(source, quiet=Quiet()).count(SLOTS) >= 2
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.parametrize("value", [3, "sport", ["/takt"], "raises"])
@pytest.mark.parametrize("name", ["adslot_context", "adslot_related"])
def test_an_object_that_says_what_it_cannot_mean(name, value, caplog):
    """It costs the slots and no more."""

    class Odd:
        def said(self):
            return 1 / 0 if value == "raises" else value

    setattr(Odd, name, Odd.said)
    source = "{% adslot object=odd %}{{ body }}{% endadslot %}"
    assert rendered(source, odd=Odd()) == BODY
    assert [record.levelname for record in caplog.records if record.name == "adslot"] == ["ERROR"]


def test_what_a_template_says_may_fail(caplog):
    """It is only asked for because of slots, and so costs no more than these."""

    class Odd:
        @property
        def teasers(self):
            return 1 / 0

    source = "{% adslot related=odd.teasers %}{{ body }}{% endadslot %}"
    assert rendered(source, odd=Odd()) == BODY
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(("value", "html"), [(None, ""), ("", ""), (3, "3"), (b"<p>", "b&#x27;&lt;p&gt;&#x27;")])
def test_other_values(value, html):
    """Nothing for nothing, and escaped text for the rest."""
    assert rendered("{{ value|adslot }}", value=value) == html


def test_objects_that_know_their_html():
    """Safe is what they give as their HTML, not what they are as text."""

    class Text:
        def __str__(self):
            return "<script>alert(1)</script>"

        def __html__(self):
            return BODY

    html = rendered("{{ text|adslot }}", text=Text())
    assert html.count(SLOTS) == 3
    assert adslot.strip(html) == BODY


def test_no_policy(using, caplog):
    """Readers get the article; the log says what to set."""
    with using():
        assert rendered("{{ body|adslot }}") == BODY
    assert "ADSLOT = {'POLICY': …} is not set: name a policy file, such as BASE_DIR / 'adslot.toml'" in caplog.text


@pytest.mark.parametrize("said", ["object=article", "context=3", "related=3", "url=3"])
def test_what_the_tag_cannot_take_costs_no_reader_the_article(said, settings_debug, caplog):
    """An object that is not there, by a slip in the template, might have said that it has no ads."""
    source = f"{{% adslot {said} %}}{{{{ body }}}}{{% endadslot %}}"
    assert rendered(source) == BODY
    assert "no slots were placed" in caplog.text
    with settings_debug, pytest.raises(TypeError):
        rendered(source)


@pytest.mark.parametrize("said", ["obejct=article", "relatd=3", 'contxt="x"', 'polcy="quiet"'])
def test_a_slip_in_a_name_is_no_word_of_the_page(said, settings_debug, caplog):
    """Else an article that says of itself that it has no ads would have some."""
    source = f"{{% adslot {said} %}}{{{{ body }}}}{{% endadslot %}}"
    assert rendered(source) == BODY
    assert "(did you mean '" in caplog.text
    with settings_debug, pytest.raises(TypeError, match="adslot takes no"):
        rendered(source)


def test_warnings_are_logged_once(using, caplog):
    """A case that a text does not meet shows in the log, by the page's path."""
    from adslot.contrib._warned import Warned
    from adslot.contrib.django import placing

    cases = [{"when": {"paid": True}, "limits": {"slots": 0}}]
    with using(POLICY={**_setting(), "cases": cases}), pytest.MonkeyPatch.context() as patched:
        patched.setattr(placing, "WARNED", Warned())
        for _ in range(2):
            source = '{% adslot paid="true" %}{{ body }}{% endadslot %}'
            assert SLOTS in rendered(source, request("/artikel/1/"))
    told = [record.message for record in caplog.records if "paid" in record.message]
    assert told == [
        '/artikel/1/: the context has paid = "true", which is a text, and a case asks for true, which is a bool'
    ]


def test_a_context_that_the_policy_does_not_declare(using, settings_debug, caplog):
    """Readers get the article, and no ads that they should not see."""
    with using(POLICY={**_setting(), "context": {"ads": "bool", "section": "text"}}):
        source = '{% adslot ads="false" %}{{ body }}{% endadslot %}'
        assert rendered(source) == BODY
        assert "context.ads: expected true or false" in caplog.text
        with settings_debug, pytest.raises(adslot.ContextError):
            rendered(source)


@pytest.mark.parametrize("source", ["{% adslot x %}{% endadslot %}", "{% adslot %}"])
def test_a_tag_that_cannot_be_read(source):
    """Django's own error."""
    from django.template import TemplateSyntaxError

    with pytest.raises(TemplateSyntaxError):
        rendered(source)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, [("adslot.E001", "ADSLOT names no policy")]),
        (
            {"POLICY": {"slots": {"x": {"kind": "add"}, "y": {"kind": "promo", "height": 0}}}},
            [
                ("adslot.E002", "ADSLOT['POLICY']: slots.x.kind: expected one of ad, teaser, promo, found 'add'"),
                ("adslot.E002", "ADSLOT['POLICY']: slots.y.height: expected a height in px, 1 or more, found 0"),
            ],
        ),
        (
            {"POLICY": "fehlt.toml"},
            [("adslot.E002", "ADSLOT['POLICY']: fehlt.toml: expected a policy file, found No such file or directory")],
        ),
        (
            {"POLICY": {}, "POLICIES": {"a": 3}},
            [
                (
                    "adslot.E002",
                    "ADSLOT['POLICIES']['a']: expected a policy: a file, the name of a preset, a mapping or an adslot.Policy, found 3",
                )
            ],
        ),
        ({"POLICY": {}, "CONTEXT": "no.such"}, [("adslot.E003", "ADSLOT['CONTEXT']: No module named 'no'")]),
        ({"POLICY": {}, "RELATED": 3}, [("adslot.E003", "ADSLOT['RELATED']: 3 is no function of a request")]),
        ({"POLICY": {}, "POLICYS": {}}, [("adslot.E004", "ADSLOT has the key 'POLICYS', which is none")]),
        (
            {
                "POLICY": {
                    "slots": {"a": {"kind": "ad", "label": "Anzeige"}},
                    "rules": [{"name": "r", "slot": "a", "max": 3}],
                }
            },
            [("adslot.W001", "ADSLOT['POLICY']: rules[0]: 'r' may place 3 ads, and nothing keeps them apart")],
        ),
    ],
)
def test_system_checks(using, said, told):
    """`manage.py check` has every problem, with the nearest name as its hint."""
    from django.core.checks import run_checks

    with using(**said):
        found = [message for message in run_checks(tags=["adslot"]) if message.id.startswith("adslot.")]
    assert [(message.id, message.msg) for message in found] == told
    if "'add'" in told[0][1]:
        assert found[0].hint == "Did you mean 'ad'?"


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("adslot.toml", "ADSLOT must be a dictionary with the key 'POLICY', found 'adslot.toml'"),
        (
            {"POLICY": {}, "POLICIES": ["a.toml"]},
            "ADSLOT['POLICIES'] must be a dictionary of policies by name, found ['a.toml']",
        ),
    ],
)
def test_a_setting_that_is_no_dictionary(setting, told):
    """Said, too, by the checks and by the command."""
    from django.core.checks import run_checks
    from django.test import override_settings

    with override_settings(ADSLOT=setting):
        (found,) = [message for message in run_checks(tags=["adslot"]) if message.id.startswith("adslot.")]
        assert managed("newsroom.Article", "--field", "body")[1] == told
    assert found.msg == told


def test_a_policy_that_changes_restarts_runserver(using, tmp_path):
    """Django's reloader looks after policy files, and after what stands beside them; a preset is no file."""
    from django.utils.autoreload import StatReloader, autoreload_started

    files = {tmp_path / name for name in ("adslot.toml", "house.toml", "kiosk.html")}
    for file in files:
        file.touch()
    with using(POLICY=tmp_path / "adslot.toml", POLICIES={"x": "de-news", "y": {"slots": {}}}):
        autoreload_started.send(reloader := StatReloader())
    assert {file for file in reloader.watched_files() if file.suffix in {".toml", ".html"}} >= files
    assert [folder for folder, globs in reloader.directory_globs.items() if "*.toml" in globs] == [tmp_path]
    with using(POLICIES=3):
        autoreload_started.send(reloader := StatReloader())
    assert not any("*.toml" in globs for globs in reloader.directory_globs.values())


# ---------------------------------------------------------------------------------------- command


def managed(*arguments):
    """The lines that the command writes, and how it ended."""
    from django.core.management import CommandError, call_command

    out, error = io.StringIO(), None
    try:
        call_command("adslot", *arguments, stdout=out)
    except CommandError as caught:
        error = str(caught)
    return out.getvalue().splitlines(), error


def test_what_would_be_placed(articles):
    """One line an article; nothing is written."""
    lines, error = managed("newsroom.Article", "--field", "body")
    assert lines == ["newsroom.Article 1: 1 end, 2 mid", "newsroom.Article 2: 1 end", "2 articles: 2 end, 2 mid"]
    assert error is None
    assert managed("newsroom.Article", "--field", "body", "-v", "0")[0] == lines[2:]
    articles[0].refresh_from_db()
    assert articles[0].body == BODY


def test_warnings_of_many_articles(articles, using):
    """Each once, with the number of articles."""
    cases = [{"when": {"paid": True}, "limits": {"slots": 0}}]
    with using(POLICY={**_setting(), "cases": cases}):
        lines = managed("newsroom.Article", "--field", "body")[0]
    assert "2 articles: warning: the policy has cases for 'paid', which the context does not say" in lines


@pytest.mark.parametrize(
    ("condition", "numbers"),
    [
        ("ads=False", [2]),
        ("pk__in=2,1", [1, 2]),
        ("body__isnull=True", []),
        ("body__isnull=no", [1, 2]),
        ("body__contains=Drei", [1, 2]),
    ],
)
def test_some_articles_only(articles, condition, numbers):
    """Filters are Django's; lists are parted by commas."""
    *lines, _ = managed("newsroom.Article", "--field", "body", "--filter", condition)[0]
    assert [int(line.split(":")[0].split()[-1]) for line in lines] == numbers


@pytest.fixture
def explained(articles, using):
    """The lines of `--explain` for one article, the first without its name."""
    from tests.contrib.newsroom.models import Article

    def lines(body, *rules, **tables):
        Article.objects.filter(pk=1).update(body=body)
        slots = {"ad": {"kind": "ad", "label": "Anzeige"}}
        with using(POLICY={"slots": slots, "rules": [{"slot": "ad", **rule} for rule in rules], **tables}):
            *found, _ = managed("newsroom.Article", "--field", "body", "--filter", "pk=1", "--explain")[0]
        return [line.removeprefix("newsroom.Article 1: ") for line in found]

    return lines


def test_where_slots_would_stand_and_why_no_others(explained, monkeypatch):
    """Below the line of the article the report of `adslot explain`, as wide as the terminal is."""
    monkeypatch.setenv("COLUMNS", "70")
    slots, rules = {"ad": {"kind": "ad", "label": "Anzeige"}}, [{"name": "first", "max": 3, "from_start": "10 chars"}]
    body = BODY + "<!-- adslot: here weg -->"
    policy = adslot.from_mapping({"slots": slots, "rules": [{"slot": "ad", **rules[0]}], "limits": {"ads": 1}})
    told = adslot.overview(adslot.place(body, policy).plan, width=68)
    summary, *report = explained(body, *rules, limits={"ads": 1})
    assert summary == "1 first"
    assert report == [f"  {line}".rstrip() for line in told.splitlines()]
    assert "    held back by limits.ads; without it there would be 2" in told.splitlines() and "weg" in told


def test_storing_slots_and_taking_them_back(articles):
    """Byte for byte."""
    managed("newsroom.Article", "--field", "body", "--write")
    articles[0].refresh_from_db()
    assert articles[0].body.count(SLOTS) == 3
    assert managed("newsroom.Article", "--field", "body", "--check") == ([], None)
    assert managed("newsroom.Article", "--field", "body", "--strip")[0] == [
        "newsroom.Article 1: slots removed",
        "newsroom.Article 2: slots removed",
    ]
    articles[0].refresh_from_db()
    assert articles[0].body == BODY


def test_findings_in_stored_articles(articles):
    """With their places; the command ends with status 1."""
    from tests.contrib.newsroom.models import Article

    managed("newsroom.Article", "--field", "body", "--write", "--filter", "ads=True")
    Article.objects.filter(pk=1).update(ads=False)
    lines, error = managed("newsroom.Article", "--field", "body", "--check")
    assert lines[0].startswith("newsroom.Article 1: 1:")
    assert " error limit: " in lines[0]
    assert error == "1 article with errors"


def test_editors_are_not_written_over(articles, monkeypatch):
    """What was changed in the meantime stays."""
    from tests.contrib.newsroom.models import Article

    place = adslot.place

    def slow(html, *rest, **more):
        Article.objects.filter(pk=1).update(body="<p>Neu.</p>")
        return place(html, *rest, **more)

    monkeypatch.setattr(adslot, "place", slow)
    lines, error = managed("newsroom.Article", "--field", "body", "--write")
    assert lines[0] == "newsroom.Article 1: changed by somebody else in the meantime: left as it is"
    assert error == "1 article with errors"
    assert Article.objects.get(pk=1).body == "<p>Neu.</p>"
    assert Article.objects.get(pk=2).body.count(SLOTS) == 1


def test_a_wrong_article_never_stops_the_others(articles, monkeypatch):
    """It is told and left as it is; --traceback shows where it went wrong."""
    from tests.contrib.newsroom.models import Article

    monkeypatch.setattr(Article, "adslot_context", lambda self: {"share": 1 / (self.pk - 1)})
    lines, error = managed("newsroom.Article", "--field", "body", "--write")
    assert lines[0] == "newsroom.Article 1: ZeroDivisionError: division by zero"
    assert error == "1 article with errors"
    assert [SLOTS in Article.objects.get(pk=pk).body for pk in (1, 2)] == [False, True]
    with pytest.raises(ZeroDivisionError):
        managed("newsroom.Article", "--field", "body", "--traceback")


class Full(io.StringIO):
    """An output on which there is room for nothing."""

    def write(self, _):
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize(("what", "stored"), [("--explain", 0), ("--write", 3)])
def test_a_reader_that_has_seen_enough(articles, what, stored):
    """It ends what only tells, in silence; what stores goes on to the end."""
    from django.core.management import call_command

    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w", encoding="utf-8") as out, pytest.raises(SystemExit) as ended:
        call_command("adslot", "newsroom.Article", "--field", "body", what, stdout=out)
    assert ended.value.code == 1
    articles[0].refresh_from_db()
    assert articles[0].body.count(SLOTS) == stored


def test_lines_that_cannot_be_written(articles):
    """All articles are stored, and then it is told that something was lost."""
    from django.core.management import CommandError, call_command

    with pytest.raises(CommandError, match=r"^standard output: No space left on device$"):
        call_command("adslot", "newsroom.Article", "--field", "body", "--write", stdout=Full())
    articles[1].refresh_from_db()
    assert articles[1].body.count(SLOTS) == 1


def test_a_closed_standard_output(articles, monkeypatch):
    """There is none then, as Python has it."""
    from django.core.management import CommandError, call_command

    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(CommandError, match=r"^standard output: it is closed$"):
        call_command("adslot", "newsroom.Article", "--field", "body", "--write")
    articles[1].refresh_from_db()
    assert articles[1].body.count(SLOTS) == 1


def test_control_c_ends_the_command(articles, monkeypatch):
    """Without a traceback, with the status that shells have for it."""
    from adslot.contrib.django.management.commands.adslot import Command

    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(adslot, "place", stopped)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)  # the articles are in memory
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "adslot", "newsroom.Article", "--field", "body", "--skip-checks"])
    assert ended.value.code == 130


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["newsroom", "--field", "body"], "expected app.Model, found 'newsroom'"),
        (["newsroom.Article", "--field", "ads"], "newsroom.Article.ads holds no HTML, found True"),
        (
            ["newsroom.Article", "--field", "body", "--filter", "day=gestern"],
            "„gestern“ hat ein ungültiges Datumsformat",
        ),
        (["newsroom.Article", "--field", "body", "--policy", "quite"], "no policy 'quite'; it has 'quiet'"),
        (["newsroom.Artikel", "--field", "body"], "newsroom' doesn't have a 'Artikel' model"),
        (["newsroom.Article", "--field", "text"], "Article has no field named 'text'"),
        (["newsroom.Article", "--field", "body", "--filter", "x=1"], "Cannot resolve keyword 'x'"),
        (["newsroom.Article", "--field", "body", "--filter", "x"], "expected KEY=VALUE, found 'x'"),
    ],
)
def test_wrong_use(articles, arguments, told):
    """Django's own words, in one line."""
    assert told in managed(*arguments)[1]


def test_rows_without_a_body():
    """They are no error."""
    from tests.contrib.newsroom.models import Article

    article = Article.objects.create(body=None)
    assert managed("newsroom.Article", "--field", "body")[1] is None
    article.delete()
