"""The forms of a list of articles beside its JSON pages: a page as a table, as lines of JSON or as a feed."""

from collections.abc import Sequence
from urllib.parse import urlencode

import orjson
from flask import Response, request

from service.core.catalogue import find_license
from service.core.dates import PartialDate, from_micros
from service.formats.documents.articles import MEMBERS
from service.formats.documents.fields import Tree, read_fields
from service.formats.documents.sources import read_source
from service.formats.feeds import Channel
from service.formats.representations import LIST_REPRESENTATIONS, ListRepresentation
from service.storage.sources import find_documents
from service.web.calls import Call
from service.web.context import clock
from service.web.pages import Page, join_links, next_address
from service.web.parameters import Parameters, invalid_parameter
from service.web.representations import choose_form
from service.web.responses import JSON_TYPE

LIST_FORMATS = ("json", *LIST_REPRESENTATIONS)
"""What ``format`` takes for a list of articles."""

_ALL: dict[str, ListRepresentation | None] = {"json": None, **LIST_REPRESENTATIONS}
_TYPES = {name: form.media_type if form else JSON_TYPE for name, form in _ALL.items()}
_PATH = "/v1/articles"
_OF_JSON = ("format", "fields", "count", "facet")
_LONGEST_QUERY = 1000
_UNSAID = Channel(title="", address="", updated=from_micros(0))


def wanted_list_form(parameters: Parameters) -> ListRepresentation | None:
    """The form of a list that ``format`` names, or else Accept; None is JSON.

    Raises NotAcceptable where there is no such form or the client takes none, and InvalidParameter for an empty name
    or for a parameter that the form has no place for.
    """
    form = choose_form(parameters, _ALL)
    if form is not None:
        check_fields(parameters, form)
        for name in ("count", "facet"):
            if name in parameters:
                detail = f"{name} stands beside the articles of a JSON page, and no other form has it."
                raise invalid_parameter(name, detail)
    return form


def check_fields(parameters: Parameters, form: ListRepresentation) -> None:
    """Raise InvalidParameter where members are asked for of a form that has columns or elements of its own."""
    if "fields" in parameters and form.name != "ndjson":
        raise invalid_parameter("fields", f"fields takes members of the JSON document, and {form.name} is asked for.")


def read_trimming(parameters: Parameters) -> Tree | None:
    """The members that ``fields`` asks for; raises InvalidParameter for those that there are not."""
    text = parameters.get("fields")
    if text is None:
        return None
    wanted, unknown = read_fields(text, MEMBERS)
    if unknown:
        detail = f"There is no member {unknown[0][:100]!r}; fields takes members such as title or license.id."
        raise invalid_parameter("fields", detail)
    return wanted


def answer_page_in_form(
    page: Page, form: ListRepresentation, call: Call, *, query: str, extra: dict[str, str]
) -> Response:
    """A page in a form; Link has the address of the next page and the license of the records."""
    parameters = {**call.parameters, "format": form.name}  # whoever follows an address need not send Accept again
    following = next_address(page, _PATH, parameters, query)
    headers = {
        "Cache-Control": call.context.document_cache,
        "Vary": call.context.vary,
        "Link": join_links(following, call, list_alternates(call.parameters, form.name)),
        **extra,
    }
    channel = _channel(page, call, parameters, following) if form.is_feed else _UNSAID
    return Response(b"".join(form.stream(page.documents, channel)), content_type=form.content_type, headers=headers)


def list_alternates(parameters: Parameters, form: str = "json") -> Sequence[str]:
    """The forms of a page beside `form` as a Link header says them; none where the addresses would fill the header."""
    kept = urlencode({name: value for name, value in parameters.items() if name not in _OF_JSON})
    if len(kept) > _LONGEST_QUERY:
        return ()
    return [
        f'<{_PATH}?{kept}{"&" if kept else ""}format={name}>; rel="alternate"; type="{type}"'
        for name, type in _TYPES.items()
        if name != form
    ]


def _channel(page: Page, call: Call, parameters: Parameters, following: str | None) -> Channel:
    """What a feed says of itself, with the sources of its articles, which speak where those say nothing."""
    base = request.host_url.rstrip("/")
    members = [orjson.loads(document) for document in page.documents]
    sources = find_documents(call.context.database, {item["source"]["id"] for item in members})
    return Channel(
        title="Creditline: articles",
        address=f"{base}{_PATH}?{urlencode(parameters)}",
        # Where no article says when it changed, the list has been as it is until now.
        updated=max((PartialDate.parse(item["updated_at"]).first for item in members), default=clock()),
        next=f"{base}{following}" if following else None,
        metadata_license=find_license(call.context.metadata_license),
        sources={slug: read_source(document).content for slug, document in sources.items()},
    )
