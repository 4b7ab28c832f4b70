"""Which form of an article, or of a list, a request asks for, and the article in a form that other systems speak."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from flask import Response, request

from service.actions.tombstones import gone
from service.core.articles import Article, license_article
from service.core.catalogue import find_license
from service.core.sources import Source, complete_article
from service.core.terms import link_of
from service.formats.documents.articles import read_article
from service.formats.documents.sources import read_source
from service.formats.html_page import CONTENT_SECURITY_POLICY
from service.formats.provider import Provider
from service.formats.representations import REPRESENTATIONS, ListRepresentation, Representation
from service.formats.signposts import description_of, form_query, signposts_of
from service.storage.articles import serve_version
from service.storage.machine_terms import serve_article_with_source, serve_version_with_source
from service.web.accept import choose_format
from service.web.calls import Call
from service.web.conditional import check_read, not_found
from service.web.machine_terms import terms_headers
from service.web.parameters import Parameters, invalid_parameter
from service.web.present import get_licensed
from service.web.responses import JSON_TYPE, tag_of
from service.web.subjects import sources_of

Form = TypeVar("Form", Representation, ListRepresentation)

FORMATS = ("json", *REPRESENTATIONS)
"""What ``format`` takes for an article."""

_ALL: dict[str, Representation | None] = {"json": None, **REPRESENTATIONS}


def alternates(address: str = "", day: date | None = None) -> str:
    """The forms as a Link header says them (RFC 8288), as of a day if one is given.

    They are relative to the address of the article, or stand behind `address`.
    """
    return ", ".join(
        f'<{address}?{form_query(form.name, day)}>; rel="alternate"; type="{form.media_type}"'
        for form in REPRESENTATIONS.values()
    )


ALTERNATES = alternates()
"""The forms, relative to the address of the article (RFC 8288 s. 3.2)."""


def wanted_form(parameters: Parameters) -> Representation | None:
    """The form of an article that ``format`` names, or else Accept; None is the JSON document.

    Raises NotAcceptable where there is no such form or the client takes none, InvalidParameter for an empty name.
    """
    return choose_form(parameters, _ALL)


def choose_form(parameters: Parameters, forms: Mapping[str, Form | None]) -> Form | None:
    """That of `forms` which ``format`` names, or else Accept; the first where all will do. None is JSON.

    Raises NotAcceptable where there is no such form or the client takes none, InvalidParameter for an empty name.
    """
    types = {name: form.media_type if form else JSON_TYPE for name, form in forms.items()}
    return forms[choose_format(parameters, types)]


def answer_in_form(call: Call, id: str, form: Representation, day: date | None, *, address: str = "") -> Response:
    """The article in a form, as of a day if one is asked for; the form is made from the stored documents.

    Where the article says nothing, its source speaks as it does now. `address` is that of the article in the API, where
    the request came to another one.
    """
    if "fields" in call.parameters:
        raise invalid_parameter("fields", "fields takes members of the JSON document, and another form is asked for.")
    if day is None and (known := _find_tag(call, id, form)):
        return Response(status=304, headers=_headers(call, known))
    found = _find(call, id) if day is None else _find_as_of(call, id, day)
    tag = form.tag(found.article.version, day, source=_voice(found.source))
    if check_read(call.conditions, found.article.version, tag):
        return Response(status=304, headers=_headers(call, tag))
    article = complete_article(found.article, found.source.content)
    links = [link_of(article), alternates(address, day) if address or day else ALTERNATES]
    headers = {**_headers(call, tag), **found.terms}
    if form.name == "html":
        links += [link.header for link in signposts_of(article)]
        headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    else:
        links.append(description_of(id, day))
    headers["Link"] = ", ".join(links)
    return Response(form.write(article, _provider(call)), content_type=form.content_type, headers=headers)


def unmodified_version(call: Call, id: str) -> int | None:
    """The version of an article whose JSON document the client has already, found without that document."""
    if not call.conditions.if_none_match:
        return None
    row = serve_version(call.context.database, id)
    if row is None or row[1] is not None:
        return None
    return row[0] if check_read(call.conditions, row[0], tag_of(row[0])) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """An article with its source, and the headers that say what is stated of it about machines."""

    article: Article
    source: Source
    terms: Mapping[str, str]


def _find_tag(call: Call, id: str, form: Representation) -> str | None:
    """The tag of the present state of a form, if the client has that already: found without the article's document."""
    if not call.conditions.if_none_match:
        return None
    row = serve_version_with_source(call.context.database, id)
    if row is None or row[1] is not None:
        return None
    version, _, source = row
    tag = form.tag(version, source=_voice(read_source(source)))
    return tag if check_read(call.conditions, version, tag) else None


def _find(call: Call, id: str) -> _Found:
    row = serve_article_with_source(call.context.database, id)
    if row is None:
        raise not_found("article", id)
    version, document, deleted_at, _, source = row
    if deleted_at is not None:
        raise gone("article", version=version, deleted_at=deleted_at)
    return _Found(article=read_article(document), source=read_source(source), terms=terms_headers(document, source))


def _find_as_of(call: Call, id: str, day: date) -> _Found:
    """The article under the licenses of a day; no header says what is stated about machines today."""
    found = get_licensed(call, id)
    article = replace(license_article(read_article(found.document), found.ledger, day), as_of=day)
    source = sources_of(call.context.database, [article])[article.source.id]
    return _Found(article=article, source=source, terms={})


def _voice(source: Source) -> int | None:
    """The version of a source that speaks for its articles; None where what they say does not depend on it."""
    return source.version if source.content.speaks_for_articles else None


def _headers(call: Call, tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": call.context.document_cache, "Vary": call.context.vary}


def _provider(call: Call) -> Provider:
    license = find_license(call.context.metadata_license)
    return Provider(address=request.host_url.rstrip("/"), metadata_license=license)
