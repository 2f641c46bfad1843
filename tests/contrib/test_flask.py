"""A Flask application, made as its documentation says, and asked for pages."""

from __future__ import annotations

import flask
import pytest
from flask import Flask, render_template_string
from markupsafe import Markup

import adslot
from adslot.contrib.flask import Adslot

TOML = """
[slots.ad]
kind = "ad"
label = "Anzeige"

[[rules]]
name = "mid"
slot = "ad"

[[cases]]
when = { subscriber = true }
limits = { ads = 0 }
"""
BODY = Markup("<p>Eins.</p><p>Zwei.</p>")
extension = Adslot()


@extension.context
def said():
    return {"subscriber": flask.request.args.get("abo") == "1"}


@pytest.fixture
def app(tmp_path):
    (tmp_path / "adslot.toml").write_text(TOML, encoding="utf-8")
    app = Flask("site", root_path=str(tmp_path))
    app.config["ADSLOT_POLICY"] = "adslot.toml"
    app.add_url_rule("/", view_func=lambda: render_template_string("{{ body | adslot }}", body=BODY))
    return app


def test_a_factory(app):
    """The file is in the application's folder, and the context that of the request."""
    extension.init_app(app)
    client = app.test_client()
    assert client.get("/").text.count("data-adslot-rule") == 1
    assert client.get("/?abo=1").text == BODY
    assert app.extensions["adslot"] is extension


def test_two_applications(app):
    """Of one process, each with a policy of its own."""
    other = Flask("other")
    other.config["ADSLOT_POLICY"] = {"slots": {}}
    other.add_url_rule("/", view_func=lambda: render_template_string("{{ body | adslot }}", body=BODY))
    for each in (app, other):
        extension.init_app(each)
    assert "data-adslot-rule" in app.test_client().get("/").text
    assert other.test_client().get("/").text == BODY


def test_related_articles(app):
    """Offered for the page of the request, to a policy by name."""
    app.config["ADSLOT_POLICIES"] = {
        "teaser": {"slots": {"t": {"kind": "teaser"}}, "rules": [{"name": "end", "slot": "t", "at": "end"}]}
    }
    app.add_url_rule(
        "/<name>", "named", lambda name: render_template_string("{{ body | adslot(policy='teaser') }}", body=BODY)
    )
    slots = Adslot(app)

    @slots.related
    def offered():
        return [adslot.Related("Mehr", f"/mehr/{flask.request.path.strip('/')}")]

    assert 'href="/mehr/bahn"' in app.test_client().get("/bahn").text
    assert slots.related(offered) is offered


def test_what_goes_wrong_at_the_start(app):
    """No policy, a wrong one, one that is not there."""
    with pytest.raises(RuntimeError, match="ADSLOT_POLICY is not set"):
        Adslot(Flask("bare"))
    app.config["ADSLOT_POLICY"] = "fehlt.toml"
    with pytest.raises(adslot.PolicyError, match=r"fehlt\.toml: expected a policy file, found No such file"):
        Adslot(app)
    app.config["ADSLOT_POLICY"] = {"slots": {"x": {"kind": "add"}}}
    with pytest.raises(adslot.PolicyError, match="did you mean 'ad'"):
        Adslot(app)


@pytest.mark.parametrize("name", ["context", "related"])
@pytest.mark.parametrize("value", ["raises", 3, ["/takt"]])
def test_a_fault_costs_no_reader_the_article(app, caplog, name, value):
    """The page goes out as it is and the log tells why; the engineer sees it, who runs the application with debug or testing."""
    slots = Adslot(app)

    def said():
        return 1 / 0 if value == "raises" else value

    getattr(slots, name)(said)
    assert app.test_client().get("/").text == BODY
    assert [(record.name, record.levelname) for record in caplog.records] == [("adslot", "ERROR")]
    assert caplog.records[0].exc_info
    for mode in ("TESTING", "DEBUG"):
        app.config[mode] = True
        with pytest.raises((ZeroDivisionError, TypeError)), app.test_request_context():
            render_template_string("{{ body | adslot }}", body=BODY)
        app.config[mode] = False


def test_functions_that_have_nothing_to_say(app, caplog):
    """As where a function ends without a word."""
    slots = Adslot(app)
    slots.context(lambda: None)
    slots.related(lambda: None)
    assert "data-adslot-rule" in app.test_client().get("/").text
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_text_that_is_not_safe(app, caplog):
    """Flask escapes it, and the log says what to write."""
    Adslot(app)
    app.add_url_rule("/text", "text", lambda: render_template_string("{{ body | adslot }}", body=str(BODY)))
    assert app.test_client().get("/text").text.startswith("&lt;p&gt;")
    assert "write {{ … | safe | adslot }}" in caplog.text
