"""Labels above ads and before links: what else has to be so, for prose to stay prose."""

from __future__ import annotations

import pytest

from adslot.article.foreign.classify import classify
from adslot.article.foreign.openings import is_ad_label
from adslot.html.document import parse
from adslot.roles import Role

TITLE = "Wie die Fähren durch den Winter kamen"


def role(html):
    door = parse(html)
    element = next(node for node in door.children(door.root) if door.tag(node)[0] != "#")
    return classify(door, element, door.tag(element))


@pytest.mark.parametrize(
    "sentence",
    [
        "Anzeige erstattete der Fahrgast noch am selben Tag.",
        "Werbung wirkt, sagt die Forscherin.",
        "Ad astra heißt das Stück.",
        "Advertising on the ferries brings in a third of the money.",
        "Publicité mensongère : la mairie porte plainte.",
        "Anuncios como este se repiten cada año.",
        "Annonsen kom dagen etter.",
        "Mainos oli väärässä paikassa.",
        "Reklama w tramwajach zniknie do końca roku.",
        "Hirdetés nélkül nincs újság, mondja a kiadó.",
        "Oglas za prodajo je bil objavljen v sredo.",
        "Реклама на паромах приносит треть доходов.",
        "Реклама в метро подорожала вдвое",
        "Η διαφήμιση αφαιρέθηκε την ίδια μέρα.",
        "Reklam gelirleri bu yıl yüzde on arttı.",
        "إعلان النتائج يوم الاثنين المقبل في العاصمة.",
        "פרסומת אחת הספיקה כדי לעורר מהומה.",
        "تبلیغات انتخاباتی از روز شنبه آغاز می‌شود.",
        "विज्ञापन पर रोक अगले महीने से लागू होगी।",
        "বিজ্ঞাপন দেখে তিনি ফোন করেন।",
        "โฆษณาบนเรือข้ามฟากทำรายได้หนึ่งในสาม",
        "Quảng cáo trên phà đem lại một phần ba doanh thu.",
        "Iklan di kapal mendatangkan sepertiga pendapatan.",
        "广告费上涨了一成，船公司表示满意。",
        "広告収入は昨年より一割増えた。",
        "광고 수입이 지난해보다 늘었다.",
        "Lesen Sie auch das, was klein gedruckt ist.",
        "Read more books, says the librarian.",
        "Läs mer om du hinner, säger hon.",
        "Baca juga adalah kebiasaan baik.",
        "Читайте также и то, что написано мелко.",
        "اقرأ أيضا ما كتب بخط صغير في أسفل الصفحة.",
        "और पढ़ें तो और समझेंगे, शिक्षक कहते हैं।",
        "相关阅读能力测试将于下周举行。",
        "関連記事の数は年々増えている。",
        "อ่านต่อได้ในห้องสมุดทุกวัน",
    ],
)
def test_sentences(sentence):
    """They begin with the words of labels, and go on; a link in them changes nothing."""
    assert role(f"<p>{sentence}</p>") is None
    assert role(f"<p>{sentence[:-5]}<a href=/1>{sentence[-5:]}</a></p>") is None
    assert not is_ad_label(sentence)


@pytest.mark.parametrize(
    "title",
    [
        "Реклама в метро подорожала вдвое",
        "广告费上涨了一成",
        "Werbung in Schulen bleibt verboten",
        "相关阅读能力测试下周举行",
    ],
)
def test_linked_titles_of_stories(title):
    """A link around all of it is a link, where nothing parts the label from the rest."""
    assert role(f"<p><a href=/1>{title}</a></p>") is None


@pytest.mark.parametrize(
    "html",
    [
        "<p>Реклама: <a href=/1>Читать газету три месяца</a></p>",
        "<p><a href=/1>Anzeige: Drei Monate lesen</a></p>",
        "<div><span>广告</span><a href=/1>三个月免费阅读</a></div>",
        "<div><span>إعلان</span> <a href=/1>اشترك الآن لثلاثة أشهر</a></div>",
        f"<div><b>Advertisement 1</b><a href=/1>{TITLE}</a></div>",
        "<p>Advertisement. Scroll to continue reading.</p>",
        "<p>L’article continue après la publicité</p>",
        "<p>廣告（請繼續閱讀本文）</p>",
        "<p>विज्ञापन</p>",
    ],
)
def test_ads(html):
    """The label alone, of several parts, or in one line with the link."""
    assert role(html) is Role.AD


@pytest.mark.parametrize(
    "html",
    [
        f"<p>Baca juga: <a href=/1>{TITLE}</a></p>",
        "<p>相关阅读：<a href=/1>旧市场的屋顶今年修好</a></p>",
        "<p>相关阅读<a href=/1>旧市场的屋顶今年修好</a></p>",
        "<p>■関連記事</p>",
        "<p>▶ 관련기사 <a href=/1>지붕을 고친다</a></p>",
        "<p><strong>اِقْرَأْ أَيْضًا:</strong> <a href=/1>السوق القديم يفتح أبوابه</a></p>",
        "<p>بیشتر بخوانید: <a href=/1>بازار قدیمی باز می‌شود</a></p>",
        f"<div><b>Loe ka</b><a href=/1>{TITLE}</a></div>",
        f"<p>Mehr: <a href=/1>{TITLE}</a></p>",
    ],
)
def test_teasers(html):
    """With a colon, alone, or where the link begins."""
    assert role(html) is Role.TEASER
