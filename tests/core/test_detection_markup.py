"""From HTML, XML and feeds to licenses: markup speaks first, comments and foreign objects do not."""

import pytest

from service.core.detection import Detection, detect

HTML, XML = "text/html", "application/xml"
BY = "https://creativecommons.org/licenses/by/4.0/"
NC = "https://creativecommons.org/licenses/by-nc/4.0/"


def ids(detection: Detection) -> set[str]:
    return {detected.license.id for detected in detection.licenses if detected.license}


@pytest.mark.parametrize(
    "html",
    [
        f'<link rel="license" href="{BY}">',
        f'<a rel="nofollow license noopener" href={BY}>terms</a>',
        f'<a href="{BY}"\n title="a > b">terms</a>',
        f"<A HREF='{BY}deed.de'>Lizenz</A>",
        f'<meta name="DC.rights" content="{BY}">',
        '<meta name="dcterms.license" content="Creative Commons Attribution 4.0 International">',
        '<meta property="article:license" content="CC-BY-4.0">',
        f'<div itemscope><a itemprop="license" href="{BY}">terms</a></div>',
        f'<span property="dct:license" resource="{BY}"></span>',
        f'<script type="application/ld+json">{{"@type": "Article", "license": "{BY}"}}</script>',
        '<script type="application/ld+json">{"license":"https:\\/\\/creativecommons.org\\/licenses\\/by\\/4.0"}',
        '<img alt="CC BY 4.0" src="/cc.png">',
        '<a class="license" title="Alıntı 4.0 Uluslararası (CC BY 4.0)"><i class="icon"></i></a>',
        "<p>Out under <b>Creative Commons</b>&nbsp;<i>Attribution</i>\n   4.0&nbsp;International</p>",
        f'<svg><metadata><cc:license rdf:resource="{BY}"/></metadata></svg>',
        f'<a href="{BY}">unclosed',
        f'<p class="x>y" data-license="{BY}">',
    ],
)
def test_html_says_it_in_many_ways(html):
    detection = detect(html, media_type=HTML)
    assert (ids(detection), detection.unit, detection.conflict) == ({"CC-BY-4.0"}, None, False)


@pytest.mark.parametrize(
    "xml",
    [
        f"<item><creativeCommons:license>{BY}</creativeCommons:license></item>",
        f"<feed><link rel='license' href='{BY}'/></feed>",
        "<dc:rights>CC BY 4.0</dc:rights>",
        f"<dc:rights>{BY}</dc:rights><dc:rights>Creative Commons BY 4.0</dc:rights>",
        "<rss><channel><copyright>CC BY 4.0</copyright></channel></rss>",
        f'<license license-type="open-access" xlink:href="{BY}"><license-p>CC BY, in short</license-p></license>',
        f"<ali:license_ref>{BY}</ali:license_ref>",
        f'<description><![CDATA[<a rel="license" href="{BY}">CC BY 4.0</a>]]></description>',
        f'<description>&lt;a rel="license" href="{BY}"&gt;CC BY 4.0&lt;/a&gt;</description>',
        f'<ref target="{BY}">Creative Commons Uveďte původ 4.0 Mezinárodní</ref>',
    ],
)
def test_feeds_and_articles_in_xml_say_it_too(xml):
    for media_type in (XML, "application/atom+xml", "text/xml; charset=utf-8"):
        detection = detect(xml, media_type=media_type)
        assert (ids(detection), detection.unit, detection.conflict) == ({"CC-BY-4.0"}, None, False)


@pytest.mark.parametrize(
    "html",
    [
        f'<!-- <a rel="license" href="{BY}">CC BY 4.0</a> --><p>Hello</p>',
        f'<!-- <a rel="license" href="{BY}">CC BY 4.0</a>',
        f"<script>var license = '{BY}'</script><style>a {{ color: #cc0 }}</style>",
        '<p xmlns:cc="http://creativecommons.org/ns#">Hello</p>',
        '<p>News: <a href="https://creativecommons.org/">Creative Commons</a></p>',
        '<meta name="keywords" content="cc by 4.0, free">',
        f'<p>This is <b>not</b> licensed under <a href="{BY}">CC BY 4.0</a></p>',
    ],
)
def test_comments_scripts_and_denials_do_not_count(html):
    assert detect(html, media_type=HTML) == Detection()


def test_entities_of_a_dtd_are_never_expanded():
    assert detect(f'<!DOCTYPE r [<!ENTITY l "{BY}">]><r><license>&l;</license></r>', media_type=XML) == Detection()


@pytest.mark.parametrize(
    "html",
    [
        f'<a rel="license" href="{BY}"><img src="https://licensebuttons.net/l/by-nc/4.0/88x31.png"></a>',
        f'<a rel="license" href="{BY}">CC BY-NC 4.0</a>',
        f'<link rel="license" href="{BY}"><footer>Under <a rel="license" href="{NC}">CC BY-NC 4.0</a></footer>',
        f'<meta name="dc.rights" content="CC BY 4.0"><meta name="dc.rights.uri" content="{NC}">',
        f"<item><dc:rights>CC BY 4.0</dc:rights><dc:rights>{NC}</dc:rights></item>",
    ],
)
def test_markup_that_contradicts_itself_is_a_conflict(html):
    detection = detect(html, media_type=HTML)
    assert (ids(detection), detection.conflict) == ({"CC-BY-4.0", "CC-BY-NC-4.0"}, True)


@pytest.mark.parametrize(
    "html",
    [
        f'<a rel="license" href="{BY}">CC BY 4.0</a> <a rel="license" about="x.png" href="{NC}">CC BY-NC 4.0</a>',
        f'<p>Text <a href="{BY}">CC BY 4.0</a>, photos <a href="{NC}">CC BY-NC 4.0</a></p>',
        f"<channel><item><cc:license>{BY}</cc:license></item><item><cc:license>{NC}</cc:license></item></channel>",
    ],
)
def test_licenses_of_other_objects_are_no_conflict(html):
    detection = detect(html, media_type=HTML)
    assert (ids(detection), detection.conflict) == ({"CC-BY-4.0", "CC-BY-NC-4.0"}, False)


PAGE = "https://lantern.example/1"


@pytest.mark.parametrize(
    ("attributes", "about"),
    [
        ('about="https://lantern.example/1.jpg"', "https://lantern.example/1.jpg"),
        ('itemscope itemtype="https://schema.org/ImageObject"', "https://schema.org/ImageObject"),
        ('itemscope itemtype="https://schema.org/Dataset" itemid="urn:x:1"', "urn:x:1"),
        ('itemprop="image" itemscope', "image"),
    ],
)
def test_the_license_of_an_object_is_kept_apart_from_the_page_s(attributes, about):
    html = f'<div {attributes}><p><a rel="license" href="{NC}">terms</a></p></div><link rel="license" href="{BY}">'
    detection = detect(html, media_type=HTML, base_url=PAGE)
    assert not detection.conflict
    assert [x.license.id for x in detection.licenses if x.license] == ["CC-BY-NC-4.0", "CC-BY-4.0"]
    assert [evidence.about for x in detection.licenses for evidence in x.evidence] == [about, None]


@pytest.mark.parametrize(
    "attributes", ['about=""', f'about="{PAGE}"', 'itemscope itemtype="https://schema.org/Article" itemid="urn:x:1"']
)
def test_what_is_about_the_page_contradicts_the_page_s_license(attributes):
    html = f'<div {attributes}><a rel="license" href="{NC}">terms</a></div><link rel="license" href="{BY}">'
    detection = detect(html, media_type=HTML, base_url=PAGE)
    assert detection.conflict
    assert [evidence.about for x in detection.licenses for evidence in x.evidence] == [None, None]


def test_markup_is_the_strongest_evidence():
    html = (
        f'<p>CC BY 4.0</p><a rel="license" href="{BY}"><img src="https://i.creativecommons.org/l/by/4.0/80x15.png"></a>'
    )
    (detected,) = detect(html, media_type=HTML).licenses
    assert [evidence.kind for evidence in detected.evidence] == ["markup", "name", "button"]
    assert all(html[evidence.start : evidence.end] == evidence.quote for evidence in detected.evidence)


def test_a_relative_license_link_is_read_against_the_page():
    html = '<a rel="license" href="/licenses/by/4.0/">terms</a>'
    (detected,) = detect(html, media_type=HTML, base_url="https://creativecommons.org/about").licenses
    assert detected.license is not None
    assert (detected.license.id, detected.evidence[0].quote) == ("CC-BY-4.0", "/licenses/by/4.0/")
    assert detect(html, media_type=HTML, base_url="https://example.org/") == Detection()
    assert detect(html, media_type=HTML) == Detection()


def test_plain_text_is_not_read_as_markup():
    assert ids(detect(f"<!-- {BY} -->")) == {"CC-BY-4.0"}


@pytest.mark.parametrize(
    ("html", "quote"),
    [
        ('<img alt="Sea &amp; sand, CC&nbsp;BY 4&#46;&#48;">', "CC&nbsp;BY 4&#46;&#48;"),
        ('<img alt="&lt;CC BY 4.0&gt;">', "CC BY 4.0"),
        ('<i title="a&b, CC BY 4.0">x</i>', "CC BY 4.0"),
        (f'<a href="{BY}?a=1&amp;b=2">terms</a>', f"{BY}?a=1&amp;b=2"),
    ],
)
def test_evidence_in_an_attribute_is_quoted_as_it_is_written_there(html, quote):
    (detected,) = detect(html, media_type=HTML).licenses
    assert [evidence.quote for evidence in detected.evidence] == [quote]
    assert html[detected.evidence[0].start : detected.evidence[0].end] == quote


def test_quotes_from_a_long_attribute_stay_short():
    html = f'<p title="{"&amp; CC BY-SA 3.0 DE, CC BY 2.5 NL " * 3000}">'
    assert all(len(x.quote) < 40 for detected in detect(html, media_type=HTML).licenses for x in detected.evidence)


def test_half_of_a_surrogate_pair_in_json_ld_becomes_a_replacement_character():
    html = f'<script type="application/ld+json">{{"author": "J\\ud800", "license": "{BY}"}}</script>'
    assert detect(html, media_type=HTML).credit == "J\ufffd"
