"""License statements over HTTP: bodies raw and in JSON, in any charset, each license with its evidence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.errors import InvalidValue
from service.formats.charsets import decode_page, find_charset
from tests.api import Api, expect_problem, faults_of

PATH = "/v1/detections"
BY = "https://creativecommons.org/licenses/by/4.0/"
PAGE = f'<p>Words by Ines Albright, <a rel="license" href="{BY}">CC BY 4.0</a>.</p>'
DEED = "<p>Größtes Übel: Namensnennung 4.0 International, Creative Commons, für Ängström</p>"
BOMB = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><r>&b;</r>'
LIMIT = 5 * 1024 * 1024


@pytest.fixture
def api(shared_api: Api) -> Api:
    """Nothing here is written."""
    return shared_api


def found(response) -> list[str]:
    assert response.status_code == 200, response.text
    return [item["id"] for item in response.json["licenses"]]


@pytest.mark.parametrize(
    ("document", "id"),
    [
        ({"text": "Essays are CC BY-SA 3.0 DE."}, "CC-BY-SA-3.0-DE"),
        ({"html": PAGE}, "CC-BY-4.0"),
        ({"xml": f"<item><cc:license>{BY}</cc:license></item>"}, "CC-BY-4.0"),
    ],
)
def test_json_holds_a_text_a_page_or_a_document(api, document, id):
    assert found(api.post(PATH, document)) == [id]


@pytest.mark.parametrize(
    "media_type",
    [
        "text/plain",
        "text/html",
        "application/xhtml+xml",
        "application/xml",
        "text/xml",
        "application/atom+xml",
        "application/rss+xml",
        "application/rdf+xml",
    ],
)
def test_a_page_may_be_the_body_itself(api, media_type):
    assert found(api.post(PATH, PAGE.encode(), content_type=media_type)) == ["CC-BY-4.0"]


def test_a_license_comes_with_the_catalogue_s_entry_and_its_evidence(api):
    answer = api.post(PATH, {"html": PAGE}).json
    (item,) = answer["licenses"]
    assert (item["id"], item["url"]) == ("CC-BY-4.0", BY)
    assert item["license"] == api.read("/v1/licenses/CC-BY-4.0")
    assert [evidence["kind"] for evidence in item["evidence"]] == ["markup", "name"]
    assert all(PAGE[evidence["start"] : evidence["end"]] == evidence["quote"] for evidence in item["evidence"])
    assert (answer["unit"], answer["candidates"], answer["unversioned"]) == (None, [], [])
    assert answer["conflict"] is False
    assert answer["credit"] == answer["credit_evidence"]["quote"] == "Ines Albright"


def test_offsets_count_characters_not_bytes(api):
    text = "«𝔄 — Größe» CC BY 4.0"
    for response in (
        api.post(PATH, {"text": text}),
        api.post(PATH, text.encode("utf-16"), content_type="text/plain"),
        api.post(PATH, b"\xef\xbb\xbf" + text.encode(), content_type="text/plain"),
    ):
        (evidence,) = response.json["licenses"][0]["evidence"]
        assert (evidence["start"], evidence["end"]) == (text.index("CC"), len(text))


def test_a_type_without_a_version_is_a_unit_with_candidates(api):
    answer = api.post(PATH, {"text": "Our photos are CC BY-NC."}).json
    (item,) = answer["unversioned"]
    assert (answer["licenses"], answer["unit"]) == ([], "by-nc")
    assert item["evidence"][0]["quote"] == "CC BY-NC"
    assert answer["candidates"] == item["candidates"]
    assert {"CC-BY-NC-1.0", "CC-BY-NC-4.0"} <= set(answer["candidates"])


def test_a_contradiction_is_told(api):
    answer = api.post(PATH, {"text": f"[CC BY-ND 4.0]({BY})"}).json
    assert ({item["id"] for item in answer["licenses"]}, answer["conflict"]) == ({"CC-BY-4.0", "CC-BY-ND-4.0"}, True)


def test_a_license_that_does_not_exist_is_named_and_its_type_alone_counts(api):
    answer = api.post(PATH, {"text": f"Out under {BY}us/, as ever."}).json
    assert (answer["licenses"], answer["unit"]) == ([], "by")
    assert [evidence["quote"] for evidence in answer["impossible"]] == [f"{BY}us/"]


def test_nothing_found_is_an_answer_too(api):
    answer = api.post(PATH, {"text": "Not licensed under CC BY 4.0, and thanks for asking."}).json
    assert answer["licenses"] == answer["unversioned"] == answer["candidates"] == answer["impossible"] == []
    assert answer["unit"] is answer["credit"] is answer["credit_evidence"] is answer["charset"] is None


def test_relative_links_are_joined_to_the_page(api):
    page, base = '<a rel="license" href="/licenses/by/4.0/">terms</a>', "https://creativecommons.org/mission"
    assert found(api.post(PATH, {"html": page, "base_url": base})) == ["CC-BY-4.0"]
    assert found(api.post(f"{PATH}?base_url={base}", page.encode(), content_type="text/html")) == ["CC-BY-4.0"]
    assert found(api.post(PATH, {"html": page})) == []


@pytest.mark.parametrize(
    ("body", "content_type", "charset"),
    [
        (DEED.encode("latin-1"), "text/html; charset=ISO-8859-1", "cp1252"),
        (DEED.encode("utf-16"), "text/html", "utf-16-le"),
        (b'<meta charset="windows-1252">' + DEED.encode("cp1252"), "text/html", "cp1252"),
        (b'<!-- charset="koi8-r" --><meta charset=utf-8>' + DEED.encode(), "text/html", "utf-8"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=x-sjis">' + DEED.encode(), "text/html", "utf-8"),
        (b"<?xml version='1.0' encoding='iso-8859-1'?>" + DEED.encode("latin-1"), "application/xml", "cp1252"),
        (b"<?xml version='1.0' encoding='utf-16'?>" + DEED.encode(), "text/xml", "utf-8"),
        (b'<meta charset="utf-8">' + DEED.encode("cp1252"), "text/html; charset=windows-1252", "cp1252"),
        (DEED.encode() * 9 + b"\xfc", "text/html", "utf-8"),
        (("Материал доступен по лицензии. " * 9 + DEED[:0] + "CC BY 4.0").encode("cp1251"), "text/plain", "cp1251"),
        ("この作品は クリエイティブ・コモンズ 表示 4.0 国際".encode("shift_jis"), "text/plain", "cp932"),
    ],
)
def test_a_page_comes_in_any_charset(api, body, content_type, charset):
    response = api.post(PATH, body, content_type=content_type)
    assert found(response) == ["CC-BY-4.0"]
    assert response.json["charset"] == charset


def test_evidence_tells_of_which_object_the_markup_speaks(api):
    page = f'<div about="https://lantern.example/1.jpg"><a rel="license" href="{BY}">terms</a></div>CC BY-SA 4.0'
    response = api.post(PATH, {"html": page})
    assert sorted(found(response)) == ["CC-BY-4.0", "CC-BY-SA-4.0"]
    about = {item["id"]: [evidence["about"] for evidence in item["evidence"]] for item in response.json["licenses"]}
    assert about == {"CC-BY-4.0": ["https://lantern.example/1.jpg"], "CC-BY-SA-4.0": [None]}


@pytest.mark.parametrize("charset", ["martian", "zlib", "punycode", "unicode_escape", "utf-7", "\x7f"])
def test_a_charset_that_there_is_not_is_415(api, charset):
    response = api.post(PATH, b"CC BY 4.0", content_type=f'text/plain; charset="{charset}"')
    expect_problem(response, 415, "unsupported-media-type")


@pytest.mark.parametrize("content_type", ["application/json; charset=latin-1", "application/pdf", "text/css", ""])
def test_other_media_types_are_415(api, content_type):
    expect_problem(api.post(PATH, b"{}", content_type=content_type), 415, "unsupported-media-type")


@pytest.mark.parametrize(
    "document", [{}, {"text": "x", "html": "y"}, {"text": None}, {"base_url": "https://a.example/"}]
)
def test_exactly_one_of_text_html_and_xml_is_taken(api, document):
    problem = expect_problem(api.post(PATH, document), 422, "validation-failed")
    assert faults_of(problem) == {("", "one-of")}


def test_all_faults_of_a_body_are_told(api):
    document = {"text": 7, "base_url": "ftp://a.example/", "htlm": "x"}
    problem = expect_problem(api.post(PATH, document), 422, "validation-failed")
    assert faults_of(problem) == {("/text", "wrong-type"), ("/base_url", "invalid-url"), ("/htlm", "unknown-member")}


def test_the_address_of_the_page_must_be_one(api):
    response = api.post(f"{PATH}?base_url=nowhere", b"x", content_type="text/plain")
    assert faults_of(expect_problem(response, 400, "invalid-parameter")) == {("base_url", "invalid")}
    response = api.post(f"{PATH}?base_url=https://a.example/", {"text": "x"})
    assert faults_of(expect_problem(response, 400, "invalid-parameter")) == {("base_url", "invalid")}


def test_pages_may_hold_control_characters_and_nothing_else_may(api):
    for member in ("text", "html", "xml"):
        assert found(api.post(PATH, {member: "\x00\x0c\x85 CC BY 4.0"})) == ["CC-BY-4.0"]
    problem = expect_problem(api.post(PATH, {"text": "x", "base_url": "\x00"}), 422, "validation-failed")
    assert ("/base_url", "control-character") in faults_of(problem)


def test_a_dtd_that_declares_entities_is_refused(api):
    raw = api.post(PATH, BOMB.encode(), content_type="application/xml")
    assert faults_of(expect_problem(raw, 422, "validation-failed")) == {("", "entity-declaration")}
    problem = expect_problem(api.post(PATH, {"xml": BOMB}), 422, "validation-failed")
    assert faults_of(problem) == {("/xml", "entity-declaration")}


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96)//EN" "JATS.dtd">',
        "<?xml version='1.0'?><!-- <!DOCTYPE x [<!ENTITY a 'b'>] --><!DOCTYPE r [<!ELEMENT r ANY><!-- <!ENTITY -->]>",
        "<r><![CDATA[<!DOCTYPE r [<!ENTITY a 'b'>]>]]></r>",
    ],
)
def test_other_document_types_are_read(api, xml):
    assert found(api.post(PATH, {"xml": f"{xml}<license>{BY}</license>"})) == ["CC-BY-4.0"]


@pytest.mark.parametrize("piece", ["<div>", "<a rel=license href='", "<!--", "[", "<item><author>"])
def test_nesting_and_broken_markup_are_read_anyhow(api, piece):
    page = f"<p>CC BY 4.0</p>{piece * 50_000}"
    assert found(api.post(PATH, page.encode(), content_type="text/html")) == ["CC-BY-4.0"]


def test_a_page_may_have_5_mib_and_no_more(api):
    page = b"CC BY 4.0 ".ljust(LIMIT)
    assert found(api.post(PATH, page, content_type="text/plain")) == ["CC-BY-4.0"]
    for body, content_type in ((page + b" ", "text/plain"), (b'{"text":"%s"}' % page, "application/json")):
        problem = expect_problem(api.post(PATH, body, content_type=content_type), 413, "content-too-large")
        assert problem["limit"] == LIMIT


def test_reading_needs_no_key_and_no_precondition(api):
    assert found(api.with_key(None).post(PATH, {"text": "CC BY 4.0"})) == ["CC-BY-4.0"]


def test_only_post_is_there(api):
    response = api.get(PATH)
    expect_problem(response, 405, "method-not-allowed")
    assert set(response.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
    assert "text/html" in api.send("OPTIONS", PATH).headers["Accept-Post"]


def test_half_of_a_surrogate_pair_in_a_page_s_json_does_no_harm(api):
    page = f'<script type="application/ld+json">{{"author": "A\\ud800", "license": "{BY}"}}</script>&#xD800;'
    assert found(api.post(PATH, {"html": page})) == ["CC-BY-4.0"]


@given(st.binary() | st.text().map(lambda text: text.encode("utf-16")), st.booleans())
def test_any_bytes_are_read_in_some_charset(body, marked_up):
    text, charset = decode_page(body, charset=None, marked_up=marked_up)
    assert find_charset(charset)
    text.encode()


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00\ufeff")))
def test_what_is_utf_8_is_read_as_such(text):
    assert decode_page(text.encode(), charset=None, marked_up=False) == (text, "utf-8")


@pytest.mark.parametrize(
    ("label", "name"), [("UTF8", "utf-8"), ("latin1", "cp1252"), ("gb2312", "gb18030"), ("x-sjis", None)]
)
def test_a_label_is_understood_as_browsers_do(label, name):
    if name is None:
        with pytest.raises(InvalidValue):
            find_charset(label)
    else:
        assert find_charset(label) == name
