"""The transform in the chain of Plone, `plone.transformchain`, with the serializers that its other transforms use."""

from __future__ import annotations

import io
import sys

import lxml.etree
import pytest
from plone.transformchain.interfaces import ITransform
from plone.transformchain.transformer import Transformer
from repoze.xmliter.utils import getHTMLSerializer
from ZODB.POSException import ConflictError
from zope.component import globalSiteManager, provideAdapter
from zope.interface import Interface
from zope.publisher.interfaces.browser import IBrowserRequest
from ZPublisher.HTTPRequest import HTTPRequest
from ZPublisher.HTTPResponse import HTTPResponse

import adslot
from adslot.contrib._warned import Warned
from adslot.contrib.plone import AdslotTransform

POLICY = {
    "slots": {"ad": {"kind": "ad", "label": "Anzeige"}, "more": {"kind": "teaser"}},
    "rules": [{"name": "mid", "slot": "ad"}, {"name": "end", "slot": "more", "at": "end"}],
    "cases": [{"when": {"subscriber": True}, "limits": {"ads": 0}}],
}
PAGE = "<!DOCTYPE html><html><body><article><p>Züge fahren.</p><p>Busse auch.</p></article></body></html>"


class Slots(AdslotTransform, policy=POLICY):
    """As a site would write it."""

    def context(self):
        return {"subscriber": bool(self.request.get("subscriber"))}

    def related(self):
        return [adslot.Related("Mehr", "/mehr"), adslot.Related("Selbst", "/selbst")]

    def url(self):
        return "/selbst"


class Parsed:
    """What another transform does: it parses, changes the tree, and hands it on."""

    order = 8000

    def __init__(self, published, request):
        pass

    def transformIterable(self, result, encoding):  # noqa: N802
        serializer = getHTMLSerializer(result, pretty_print=False, encoding=encoding)
        serializer.tree.getroot().set("data-theme", "yes")
        return serializer


@pytest.fixture(params=[True, False], ids=["tree", "bytes"])
def is_parsed(request):
    """With or without a transform that makes a tree of the page."""
    factories = [Slots, Parsed] if request.param else [Slots]
    for factory in factories:
        provideAdapter(factory, (Interface, IBrowserRequest), ITransform, name=factory.__name__)
    yield request.param
    for factory in factories:
        globalSiteManager.unregisterAdapter(factory, (Interface, IBrowserRequest), ITransform, name=factory.__name__)


def served(body=PAGE, kind="text/html; charset=utf-8", **said):
    """The response as the chain leaves it, and its request."""
    response = HTTPResponse(stdout=io.BytesIO(), stderr=sys.stderr)
    response.setHeader("content-type", kind)
    request = HTTPRequest(
        io.BytesIO(), {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "REQUEST_METHOD": "GET"}, response
    )
    request.other |= said
    result = Transformer()(request, [body[:20].encode(), body[20:].encode()], "utf-8")
    return (
        None
        if result is None
        else "".join(part.decode() for part in ([result] if isinstance(result, bytes) else result))
    )


def test_a_page_gets_its_slots(is_parsed):
    """Between paragraphs, with the teaser that is not the page itself."""
    html = served()
    assert html.count("data-adslot-rule") == 2
    assert 'href="/mehr"' in html
    assert ("data-theme" in html) == is_parsed
    assert [child.tag for child in lxml.etree.HTML(html).xpath("//article/*")] == ["p", "aside", "p", "aside"]


def test_bytes_stay_as_they_are_without_a_tree():
    """Then every other byte is the page's own."""
    provideAdapter(Slots, (Interface, IBrowserRequest), ITransform, name="Slots")
    assert adslot.strip(served()) == PAGE
    globalSiteManager.unregisterAdapter(Slots, (Interface, IBrowserRequest), ITransform, name="Slots")


def test_cases(is_parsed):
    """The request says which hold."""
    assert "Anzeige" not in served(subscriber=True)


def test_what_is_no_html(is_parsed):
    """It is left alone."""
    assert "data-adslot" not in served(kind="application/json")


def test_an_error_leaves_the_page(is_parsed, monkeypatch, caplog):
    """And is logged; the other transforms are kept."""

    def fail(self):
        raise KeyError("kaputt")

    monkeypatch.setattr(Slots, "related", fail)
    html = served()
    assert "data-adslot" not in html
    assert ("data-theme" in html) == is_parsed
    assert "no slots in" in caplog.text


@pytest.mark.parametrize("name", ["context", "related"])
@pytest.mark.parametrize("value", [3, "x", ["/takt"]])
def test_what_a_site_cannot_mean(is_parsed, name, value, monkeypatch, caplog):
    """A fault as any other; nothing to say is none."""
    monkeypatch.setattr(Slots, name, lambda self: value)
    assert "data-adslot" not in served()
    assert "expected a" in caplog.text or "not iterable" in caplog.text
    monkeypatch.setattr(Slots, name, lambda self: None)
    assert "data-adslot-rule" in served()


def test_warnings_are_logged_once(is_parsed, monkeypatch, caplog):
    """From a tree, from text and from bytes."""
    monkeypatch.setattr(Slots, "warned", Warned())
    monkeypatch.setattr(Slots, "context", lambda self: {"subscriber": "true"})
    for _ in range(2):
        assert "Anzeige" in served()
    told = [record.message for record in caplog.records if "subscriber" in record.message]
    assert told == [
        'http://localhost: the context has subscriber = "true", which is a text, and a case asks for true, which is a bool'
    ]


def transformed(cls):
    """What a class makes of the page, called as the chain does."""
    response = HTTPResponse(stdout=io.BytesIO(), stderr=sys.stderr)
    response.setHeader("content-type", "text/html")
    request = HTTPRequest(io.BytesIO(), {"SERVER_NAME": "x", "SERVER_PORT": "80", "REQUEST_METHOD": "GET"}, response)
    return cls(None, request).transformUnicode(PAGE, "utf-8")


class Failing(AdslotTransform, policy=POLICY, debug=True):
    """As an engineer would have it."""

    def related(self):
        return 1 / 0


class Conflicting(AdslotTransform, policy=POLICY):
    """Another request has changed what this one reads."""

    def related(self):
        raise ConflictError


def test_what_is_raised_all_the_same():
    """With debug every fault, and always what tells Zope to do the request once more."""
    with pytest.raises(ZeroDivisionError):
        transformed(Failing)
    with pytest.raises(ConflictError):
        transformed(Conflicting)


def test_text():
    """A transform may be given text."""
    provideAdapter(Slots, (Interface, IBrowserRequest), ITransform, name="Slots")
    response = HTTPResponse(stdout=io.BytesIO(), stderr=sys.stderr)
    response.setHeader("content-type", "text/html")
    request = HTTPRequest(io.BytesIO(), {"SERVER_NAME": "x", "SERVER_PORT": "80", "REQUEST_METHOD": "GET"}, response)
    assert adslot.strip(Transformer()(request, PAGE, "utf-8")) == PAGE
    globalSiteManager.unregisterAdapter(Slots, (Interface, IBrowserRequest), ITransform, name="Slots")


def test_a_wrong_policy_stops_the_start():
    """The class cannot be made."""
    with pytest.raises(adslot.PolicyError, match="did you mean 'ad'"):
        type("Wrong", (AdslotTransform,), {}, policy={"slots": {"x": {"kind": "add"}}})
