"""JSON Feed, in both of its versions."""

import json
from typing import Any

import pytest

from service.core.errors import ContentTooLarge, Invalid, Malformed, UnsupportedMediaType
from service.formats.intake.json_feed import read_json_feed
from service.formats.intake.lines import LINE_LIMIT
from service.formats.schemas.claims import read_license
from tests.formats.intake.uploads import items_of, members_of, problems_of

BY = "https://creativecommons.org/licenses/by/4.0/"
FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Lantern",
    "home_page_url": "https://lantern.example/",
    "language": "en",
}


def feed(*items: Any, **members: Any) -> bytes:
    return json.dumps({**FEED, **members, "items": list(items)}).encode()


def item(*, around: dict[str, Any] | None = None, **members: Any) -> dict[str, Any]:
    (found,) = members_of(read_json_feed, feed({"id": "1", **members}, **(around or {})))
    return {name: value for name, value in found.items() if name not in ("source", "language")}


def test_a_whole_item():
    (members,) = members_of(
        read_json_feed,
        feed(
            {
                "id": "urn:isbn:0451450523",
                "url": "https://lantern.example/moths",
                "title": "Moths & <i>birds</i>",
                "content_html": "<p>They <b>whistle</b>.</p><p>Loudly.</p>",
                "date_published": "2026-03-14T12:00:00+01:00",
                "date_modified": "2026-03-15T12:00:00Z",
                "authors": [{"name": "Ines", "url": "https://lantern.example/ines"}, {"url": "https://a.example/"}],
                "tags": ["Moths", "Moths", " birds "],
                "language": "en_gb",
                "image": "https://lantern.example/a.jpg",
                "attachments": [
                    {"url": "https://lantern.example/a.mp3", "mime_type": "audio/mpeg", "title": "A whistle"},
                    {"url": "https://lantern.example/a.pdf", "mime_type": "application/pdf"},
                ],
            }
        ),
    )
    assert members == {
        "url": "https://lantern.example/moths",
        "title": "Moths & birds",
        "source": {"name": "The Lantern", "url": "https://lantern.example/"},
        "creators": [{"name": "Ines", "url": "https://lantern.example/ines"}],
        "language": "en-GB",
        "published_at": "2026-03-14T12:00:00+01:00",
        "modified_at": "2026-03-15T12:00:00Z",
        "summary": "They whistle.\nLoudly.",
        "keywords": ["Moths", "birds"],
        "identifiers": [{"scheme": "urn", "value": "urn:isbn:0451450523"}],
        "parts": [
            {"kind": "image", "url": "https://lantern.example/a.jpg"},
            {"kind": "audio", "url": "https://lantern.example/a.mp3", "title": "A whistle"},
        ],
    }


@pytest.mark.parametrize(
    ("members", "url"),
    [
        ({"id": "https://a.example/1"}, "https://a.example/1"),
        ({"external_url": "https://b.example/", "id": "https://a.example/1"}, "https://b.example/"),
        ({"url": "https://c.example/", "external_url": "https://b.example/"}, "https://c.example/"),
        ({"id": 7}, None),
    ],
)
def test_where_the_original_is(members: dict[str, Any], url: str | None):
    assert item(**members).get("url") == url


def test_version_1_has_one_author():
    assert item(author={"name": "Ines"})["creators"] == [{"name": "Ines"}]


def test_the_authors_of_the_feed_are_those_of_its_items():
    assert item(around={"authors": [{"name": "Ines"}]})["creators"] == [{"name": "Ines"}]


def test_what_is_short_comes_before_what_is_long():
    assert item(summary="Short.", content_text="Long.", content_html="<p>Longer.")["summary"] == "Short."
    assert item(content_text="Long < short.")["summary"] == "Long < short."


@pytest.mark.parametrize("said", [BY, {"url": BY}, {"url": BY, "title": "CC BY 4.0"}, "CC BY 4.0"])
def test_a_license_is_read_from_the_extension_that_some_write(said: Any):
    assert read_license(item(_license=said)["license"]).name == "CC-BY-4.0"
    assert read_license(item(around={"_license": said})["license"]).name == "CC-BY-4.0"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"license": "CC BY-ND 4.0"}, "known"),
        ({"license": {"name": "CC BY-ND 4.0"}}, "known"),
        ({"_license": [BY.replace("/by/", "/by-nd/")]}, "known"),
        ({"_license": [BY, "https://lantern.example/terms"], "rights": "Subscribers only"}, "disputed"),
        ({"_rights": "All rights reserved"}, "all-rights-reserved"),
        ({"_rights": "Courtesy of The Lantern. Not for republication."}, "other"),
        ({"_copyright": "© The Lantern. Not for republication."}, "other"),
    ],
)
def test_what_an_item_says_of_its_rights_comes_before_the_license_of_the_feed(said: dict[str, Any], status: str):
    claim = read_license(item(around={"_license": BY}, **said)["license"])
    assert (claim.status, claim.name == "CC-BY-4.0") == (status, False)


def test_a_bare_notice_leaves_the_license_of_the_feed():
    members = item(around={"_license": BY}, _copyright="© The Lantern")
    assert (members["license"], members["attribution"]) == ({"id": "CC-BY-4.0"}, {"copyright_notice": "© The Lantern"})


def test_an_item_that_is_too_large_is_its_own_problem():
    small, large = {"id": "a", "title": "Moths"}, {"id": "b", "content_text": "x" * LINE_LIMIT}
    items = items_of(read_json_feed, feed(small, large, small))
    assert [type(found.problem) for found in items] == [type(None), ContentTooLarge, type(None)]


def test_without_it_there_is_no_license():
    assert "license" not in item(_license=None)
    assert "license" not in item(_license=[7])


@pytest.mark.parametrize("value", [None, 7, [], {}, [7, None], {"name": 7}, "x" * 30_000, "\x00\u001f"])
def test_members_of_other_types_are_not_there(value: Any):
    names = ("title", "summary", "authors", "author", "tags", "language", "date_published", "attachments", "image")
    for name in names:
        item(**{name: value})


def test_an_item_that_is_no_object_is_its_own_problem():
    items = items_of(read_json_feed, feed({"id": "a"}, 7, {"id": "b"}))
    assert problems_of(items) == [(2, "not-an-object")]


@pytest.mark.parametrize(
    "body", [b"[]", b"{}", b'{"version": "https://jsonfeed.org/version/1"}', b'{"items": [], "version": "1"}']
)
def test_what_is_no_feed_is_refused(body: bytes):
    with pytest.raises(Invalid) as refused:
        items_of(read_json_feed, body)
    assert refused.value.faults[0].code == "not-a-feed"


@pytest.mark.parametrize("body", [b"", b"{", b"<rss/>", b"\xff\xfe{", feed({"id": "a"})[:-5]])
def test_what_is_no_json_is_malformed(body: bytes):
    with pytest.raises(Malformed):
        items_of(read_json_feed, body)


def test_another_charset_is_refused():
    with pytest.raises(UnsupportedMediaType):
        items_of(read_json_feed, feed(), charset="latin-1")
    assert items_of(read_json_feed, feed(), charset="UTF-8") == []
