"""JSON Feed 1.0 and 1.1 (https://jsonfeed.org/version/1.1), an article for each item.

The format has no place for a license: the members that some write for it are read, in an item and in the feed, with
and without the underscore that marks an extension. A license is an address, words, or an object with ``url`` and
``title``, or a list of these.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, BinaryIO

from service.core.errors import ContentTooLarge, MalformedJson, UnsupportedMediaType
from service.formats.intake.addresses import read_address
from service.formats.intake.feed_people import read_name
from service.formats.intake.feed_rights import Rights
from service.formats.intake.item_sizes import refuse_large
from service.formats.intake.items import Item
from service.formats.intake.loose_dates import read_loose_date
from service.formats.intake.loose_languages import read_language
from service.formats.intake.plain_text import cut_text, one_line, plain_text, trim_text
from service.formats.intake.reading import Reading
from service.formats.intake.refusals import refuse, refuse_json
from service.formats.intake.soundness import make_sound
from service.formats.intake.stated_rights import Offer, license_of, notice_of
from service.formats.intake.values import first_text, items_of, object_of, text_of, texts_of
from service.formats.intake.work_names import read_work_name
from service.formats.strict_json import parse_foreign_json

MAX_FEED = 64 * 1024 * 1024
"""Bytes that a feed may have: it is read as one document."""

_VERSION = "jsonfeed.org/version/"
_SUMMARY = 20_000
_KINDS = ("image", "video", "audio")
_LICENSES, _RIGHTS, _NOTICES = ("license", "_license"), ("rights", "_rights"), ("copyright", "_copyright")
_UTF_8 = ("utf-8", "utf8")

_Object = Mapping[str, Any]


def read_json_feed(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """The items of a feed, numbered from 1; raises Malformed, Invalid or ContentTooLarge for the whole of it."""
    if reading.charset and reading.charset.lower() not in _UTF_8:
        raise UnsupportedMediaType(f"JSON is in UTF-8, not in {reading.charset[:100]!r}.")
    feed = _parse(stream)
    for line, item in enumerate(feed["items"], 1):
        if not isinstance(item, dict):
            yield Item(line=line, problem=refuse("not-an-object", "An item of a feed is an object."))
        elif too_large := refuse_large(item):
            yield Item(line=line, problem=too_large)
        else:
            yield Item(line=line, members=_read_item(item, feed))


def _parse(stream: BinaryIO) -> _Object:
    body = stream.read(MAX_FEED + 1)
    if len(body) > MAX_FEED:
        raise ContentTooLarge(f"A JSON feed has at most {MAX_FEED} bytes.", limit=MAX_FEED)
    try:
        feed = parse_foreign_json(body)
    except MalformedJson as error:
        raise refuse_json(error) from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise refuse("not-a-feed", "A JSON feed is an object with a list of items, as jsonfeed.org has it.")
    if _VERSION not in str(feed.get("version")):
        raise refuse("not-a-feed", "A JSON feed has the version https://jsonfeed.org/version/1.1, or 1.", "/version")
    return feed


def _read_item(item: _Object, feed: _Object) -> dict[str, Any]:
    rights = _rights(item).or_else(_rights(feed))
    published = read_loose_date(_text(item, "date_published"))
    modified = read_loose_date(_text(item, "date_modified"))
    members = {
        "url": _address(item, "url") or _address(item, "external_url") or _address(item, "id"),
        "title": one_line(plain_text(_text(item, "title") or "")),
        "source": _source(feed),
        "creators": _people(item) or _people(feed),
        "language": read_language(_text(item, "language") or _text(feed, "language") or ""),
        "published_at": published,
        "modified_at": None if modified == published else modified,
        "summary": cut_text(_summary(item), _SUMMARY),
        "keywords": list(dict.fromkeys(filter(None, map(_word, items_of(item.get("tags")))))),
        "identifiers": list(filter(None, [read_work_name(_text(item, "id") or "")])),
        "license": rights.license,
        "attribution": {"copyright_notice": rights.notice} if rights.notice else None,
        "parts": list(chain(_pictures(item), _attachments(item))),
    }
    return make_sound({name: value for name, value in members.items() if value})


def _source(feed: _Object) -> dict[str, str] | None:
    name = one_line(_text(feed, "title") or "")
    url = _address(feed, "home_page_url")
    return {"name": cut_text(name, 500), **({"url": url} if url else {})} if name else None


def _people(around: _Object) -> list[dict[str, str]]:
    """The authors; version 1.0 had one."""
    people = items_of(around.get("authors")) or [around.get("author")]
    found: dict[str, dict[str, str]] = {}
    for person in people:
        name = read_name(_text(person, "name") or "") if isinstance(person, dict) else None
        url = _address(person, "url") if name else None
        if name:
            found.setdefault(name, {"name": name, **({"url": url} if url else {})})
    return list(found.values())


def _summary(item: _Object) -> str:
    texts = (_text(item, "summary"), _text(item, "content_text"))
    said = next(filter(None, map(trim_text, filter(None, texts))), None)
    return said or plain_text(_text(item, "content_html") or "")


def _rights(around: _Object) -> Rights:
    """What an item, or the feed, says of its rights in members that the format has no place for."""
    offers = [offer for name in _LICENSES for value in items_of(around.get(name)) if (offer := _offer(value))]
    words, notices = ([text for name in names for text in texts_of(around.get(name))] for names in (_RIGHTS, _NOTICES))
    license = license_of(offers, words, notices)
    return Rights(license=license, notice=notice_of([*words, *notices]), is_settled=bool(license or offers))


def _offer(value: object) -> Offer | None:
    """A license: an address or words, or an object that has them."""
    about = object_of(value)
    if not about:
        return Offer(url=value) if isinstance(value, str) else None
    return Offer(url=text_of(about.get("url")), words=first_text(about.get("title"), about.get("name")))


def _pictures(item: _Object) -> Iterator[dict[str, str]]:
    for url in dict.fromkeys(filter(None, (_address(item, "image"), _address(item, "banner_image")))):
        yield {"kind": "image", "url": url}


def _attachments(item: _Object) -> Iterator[dict[str, str]]:
    for file in items_of(item.get("attachments")):
        if isinstance(file, dict) and (url := _address(file, "url")):
            kind = (_text(file, "mime_type") or "").partition("/")[0].lower()
            title = one_line(_text(file, "title") or "")
            if kind in _KINDS:
                yield {"kind": kind, "url": url, **({"title": title} if title else {})}


def _text(around: _Object, name: str) -> str | None:
    value = around.get(name)
    return value if isinstance(value, str) else None


def _address(around: _Object, name: str) -> str | None:
    return read_address(around.get(name))


def _word(value: object) -> str:
    return one_line(value) if isinstance(value, str) else ""
