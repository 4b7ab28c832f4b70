"""What each form of an article keeps of it: found out by changing a member and looking at what changes with it.

The tables stand in docs/formats.md. A cell names where the new value is found, or else what changed; a member that
changes nothing is left out of that form.
"""

import copy
import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from service.core.articles import Article, Shown, SourceName
from service.core.catalogue import find_license
from service.core.grants import Claim
from service.formats.documents.articles import MEMBERS, read_article, render_article
from service.formats.documents.claims import render_claim
from service.formats.feeds import Channel
from service.formats.provider import Provider
from service.formats.representations import LIST_REPRESENTATIONS, REPRESENTATIONS
from service.formats.schemas.articles import load_article

_TABLES = (("jsonld", "ninjs", "datacite"), ("csl", "bibtex", "ris", "odrl"), ("dc", "csv", "atom", "rss", "html"))
_SHOWN = 3
_LEFT_OUT = "–"
_ID, _OTHER_ID = "01900000-0000-7000-8000-000000000001", "01900000-0000-7000-8000-000000000002"
_WHEN = datetime(2026, 3, 14, 12, tzinfo=UTC)
_PERSON = {
    "name": "Ines Albright",
    "role": "author",
    "kind": "person",
    "url": "https://harbour.example/ines",
    "orcid": "https://orcid.org/0000-0002-1825-0097",
    "affiliation": "The desk",
}
_SPECIMEN = {
    "url": "https://harbour.example/lighthouse",
    "title": "Who paints the lighthouse?",
    "source": {"name": "Harbour Courier", "url": "https://harbour.example/"},
    "creators": [_PERSON],
    "language": "en",
    "published_at": "2024-05-04T10:30:00Z",
    "modified_at": "2024-05-05",
    "summary": "Eleven coats of white.",
    "section": "Coast",
    "keywords": ["paint"],
    "identifiers": [{"scheme": "doi", "value": "10.1000/182"}],
    "requests": [{"kind": "logo", "text": "Show our logo.", "url": "https://harbour.example/logo"}],
    "attribution": {
        "credit": "The Harbour Trust",
        "credit_url": "https://trust.example/",
        "copyright_notice": "Copyright of the Trust",
        "copyright_holder": "Trust of the Harbour",
        "copyright_year": 2024,
        "disclaimer": "No warranty for paint.",
        "requested": None,
    },
    "parts": [
        {
            "kind": "image",
            "url": "https://harbour.example/lamp.jpg",
            "title": "The lamp",
            "creator": "Tom Ferreira",
            "license": "CC-BY-NC-4.0",
            "credit": "Photo: T. Ferreira",
        }
    ],
    "based_on": [
        {
            "relation": "translation",
            "url": "https://faro.example/pintura",
            "article": _ID,
            "title": "El faro",
            "creators": [{**_PERSON, "name": "Lucia Mar"}],
            "license": "CC-BY-4.0",
            "changes": "Translated from Spanish.",
        }
    ],
    "more_permissions_url": "https://harbour.example/syndication",
    "ai_terms": {
        "train_ai": False,
        "search": True,
        "tdm_reservation": True,
        "tdm_policy": "https://harbour.example/tdm.json",
    },
    "status": "corrected",
    "corrections": [{"at": "2024-05-05", "text": "The north tower.", "url": "https://harbour.example/errata"}],
}
_CHANGED: dict[str, Any] = {
    "id": _OTHER_ID,
    "version": 8,
    "language": "fr",
    "published_at": "2023-01-02T03:04:05Z",
    "modified_at": "2023-06-07",
    "created_at": "2021-01-02T03:04:05Z",
    "updated_at": "2026-03-15T12:00:00Z",
    "status": "retracted",
    "creators.role": "editor",
    "creators.kind": "organization",
    "creators.orcid": "https://orcid.org/0000-0002-1694-233X",
    "identifiers.scheme": "arxiv",
    "requests.kind": "notify",
    "attribution.copyright_year": 1999,
    "attribution.requested": "Credit us so.",
    "parts.kind": "video",
    "based_on.relation": "adaptation",
    "based_on.article": _OTHER_ID,
    "based_on.creators.role": "editor",
    "based_on.creators.kind": "organization",
    "based_on.creators.orcid": "https://orcid.org/0000-0002-1694-233X",
    "corrections.at": "2023-06-07",
    "license.statement": "Other words.",
    "license.statement_url": "https://harbour.example/other",
    "license.origin": "source",
    "license.start": "2022-02-03",
    "license.end": "2027-02-03",
}
"""New values by member, where one cannot be made by adding a word to the old."""

_LICENSE_ROWS = ("statement", "statement_url", "origin", "start", "end")
_PREFIXES = {
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://www.openarchives.org/OAI/2.0/oai_dc/": "oai_dc:",
    "http://backend.userland.com/creativeCommonsRssModule": "creativeCommons:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}
_FRAMES = ("feed", "entry", "rss", "channel", "item", "oai_dc:dc")


def loss_tables() -> str:
    """The tables, a few forms in each."""
    members = list(_members())
    before = _document()
    return "\n\n".join(_table(names, members, before) for names in _TABLES)


def _table(names: Sequence[str], members: Sequence[str], before: dict[str, Any]) -> str:
    rows = [[f"`{member}`", *(_cell(name, member, before) for name in names)] for member in members]
    lines = [["Member", *(f"`{name}`" for name in names)], ["---"] * (len(names) + 1), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _members() -> Iterator[str]:
    """The members of an article by their paths; a license is one, beside what is said about the statement."""
    for member, inside in MEMBERS.items():
        if member == "links":
            continue
        if member == "licenses":
            yield member
        elif member == "license":
            yield from (member, *(f"license.{name}" for name in _LICENSE_ROWS))
        else:
            yield from _paths(member, inside)


def _paths(path: str, inside: Any) -> Iterator[str]:
    if inside is None or path.endswith("license"):
        yield path
        return
    for name, further in inside.items():
        yield from _paths(f"{path}.{name}", further)


def _document() -> dict[str, Any]:
    """The specimen as a stored document."""
    new = load_article(copy.deepcopy(_SPECIMEN), None)
    shown = Shown(claim=_claim("CC-BY-SA-4.0"), origin="article")
    article = Article(
        id=_ID,
        version=7,
        created_at=_WHEN,
        updated_at=_WHEN,
        content=new.content,
        source=SourceName(id="courier", name=new.source.name, url=new.source.url),
        license=shown,
        licenses=(shown,),
    )
    document: dict[str, Any] = json.loads(render_article(article))
    return document


def _claim(id: str) -> Claim:
    return Claim(
        status="known",
        license=find_license(id),
        statement="Text under this license.",
        statement_url="https://harbour.example/terms",
    )


def _cell(name: str, member: str, before: dict[str, Any]) -> str:
    """Where a form has a member: the places of its new value, or else what changes with it."""
    after, value = _alter(before, member)
    old, new = _flatten(name, before), _flatten(name, after)
    changed = [item for item in new if item not in old] or [item for item in old if item not in new]
    exact = [place for place, text in changed if text == value]
    within = [place for place, text in changed if value in text]
    places = list(dict.fromkeys(exact or within or [place for place, _ in changed]))
    if not places:
        return _LEFT_OUT
    return ", ".join(f"`{place}`" for place in places[:_SHOWN]) + (", …" if len(places) > _SHOWN else "")


def _alter(before: dict[str, Any], member: str) -> tuple[dict[str, Any], str]:
    """The document with another value in a member, and that value as text."""
    after = copy.deepcopy(before)
    if member == "licenses":
        after["licenses"].append(render_claim(_claim("CC-BY-NC-4.0"), "article"))
        return after, "https://creativecommons.org/licenses/by-nc/4.0/"
    *steps, last = member.split(".")
    holder: Any = after
    for step in steps:
        holder = holder[step][0] if isinstance(holder[step], list) else holder[step]
    if last == "license":
        other = render_claim(_claim("CC-BY-ND-3.0"), "article")
        holder[last] = other
        if not steps:
            after["licenses"] = [other]
        return after, str(other["url"])
    value = _CHANGED[member] if member in _CHANGED else _other(holder[last])
    holder[last] = value
    if steps == ["license"]:
        after["licenses"] = [after["license"]]
    return after, str(value[0] if isinstance(value, list) else value)


def _other(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, list):
        return [f"{value[0]} altered"]
    return f"{value}2" if str(value).startswith("http") else f"{value} altered"


def _flatten(name: str, document: dict[str, Any]) -> list[tuple[str, str]]:
    """The values of a form with their places, in order."""
    stored = json.dumps(document).encode()
    if name in LIST_REPRESENTATIONS:
        channel = Channel(title="Articles", address="https://registry.example/feed", updated=_WHEN)
        body = b"".join(LIST_REPRESENTATIONS[name].stream([stored], channel)).decode()
    else:
        provider = Provider(address="https://registry.example", metadata_license=find_license("CC0-1.0"))
        body = REPRESENTATIONS[name].write(read_article(stored), provider).decode()
    return list(_READERS.get(name, _read_json)(body))


def _read_json(body: str) -> Iterable[tuple[str, str]]:
    return _walk("", json.loads(body))


def _walk(place: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inside in value.items():
            yield from _walk(f"{place}.{name}".lstrip("."), inside)
    elif isinstance(value, list):
        for item in value:
            yield from _walk(place, item)
    else:
        yield place, str(value)


def _read_xml(body: str) -> Iterator[tuple[str, str]]:
    yield from _elements(ElementTree.fromstring(body), "")  # noqa: S314 - it is ours


def _elements(node: ElementTree.Element, inside: str) -> Iterator[tuple[str, str]]:
    place = f"{inside}{_name(node.tag)}"
    relation = node.get("rel")
    yield from ((f"{place}@{_name(key)}", value) for key, value in node.items() if key != "rel")
    if relation:
        yield f"{place}[@rel={relation}]", node.get("href", "")
    if node.text and node.text.strip():
        yield place, node.text
    for child in node:
        yield from _elements(child, "" if place in _FRAMES else f"{place}/")


def _name(tag: str) -> str:
    uri, _, local = tag.rpartition("}")
    return _PREFIXES.get(uri.lstrip("{"), "") + local


def _read_bibtex(body: str) -> Iterator[tuple[str, str]]:
    yield "key", body.partition("{")[2].partition(",")[0]
    yield from re.findall(r"^  (\w+) = \{(.*)\},$", body, re.MULTILINE)


def _read_ris(body: str) -> Iterator[tuple[str, str]]:
    yield from re.findall(r"^(\w\w)  - (.*?)\r$", body, re.MULTILINE)


def _read_csv(body: str) -> Iterator[tuple[str, str]]:
    yield from next(csv.DictReader(io.StringIO(body, newline=""))).items()


def _read_html(body: str) -> Iterator[tuple[str, str]]:
    """The page as people see it, without the data in it."""
    visible = re.sub(r"<script.*?</script>|<style.*?</style>", "", body, flags=re.DOTALL)
    yield from (("shown", line) for line in visible.splitlines())


_READERS: dict[str, Callable[[str], Iterable[tuple[str, str]]]] = {
    **dict.fromkeys(("dc", "atom", "rss"), _read_xml),
    "bibtex": _read_bibtex,
    "ris": _read_ris,
    "csv": _read_csv,
    "html": _read_html,
}
