"""The forms of a list of articles beside its JSON pages: a page as a table, as lines of JSON or as a feed."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

import orjson
from flask import Response, request

from service.core.catalogue import find_license
from service.core.dates import PartialDate
from service.formats.documents.articles import MEMBERS
from service.formats.documents.fields import Tree, read_fields
from service.formats.feeds import Channel
from service.formats.representations import LIST_REPRESENTATIONS, ListRepresentation
from service.web.calls import Call
from service.web.context import clock
from service.web.pages import Page, next_address
from service.web.parameters import Parameters, invalid_parameter
from service.web.representations import choose_form

LIST_FORMATS = ("json", *LIST_REPRESENTATIONS)
"""What ``format`` takes for a list of articles."""

_ALL: dict[str, ListRepresentation | None] = {"json": None, **LIST_REPRESENTATIONS}
_PATH = "/v1/articles"


def wanted_list_form(parameters: Parameters) -> ListRepresentation | None:
    """The form of a list that ``format`` names, or else Accept; None is JSON.

    Raises InvalidParameter for a name that there is not, or for a parameter that the form has no place for, and
    NotAcceptable where the client takes none of the forms.
    """
    form = choose_form(parameters, _ALL)
    if form is not None:
        check_fields(parameters, form)
        if "count" in parameters:
            raise invalid_parameter(
                "count", "count stands beside the articles of a JSON page, and no other form has it."
            )
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
    links = [f'<{following}>; rel="next"'] if following else []
    headers = {
        "Cache-Control": call.context.document_cache,
        "Vary": call.context.vary,
        "Link": ", ".join([*links, record_license_link(call)]),
        **extra,
    }
    body = b"".join(form.stream(page.documents, _channel(page, call, parameters, following)))
    return Response(body, content_type=form.content_type, headers=headers)


def record_license_link(call: Call) -> str:
    """The license of the records as a Link header says it."""
    license = find_license(call.context.metadata_license)
    assert license is not None, "the start of the application looks for it"
    return f'<{license.url}>; rel="license"'


def _channel(page: Page, call: Call, parameters: Parameters, following: str | None) -> Channel:
    base = request.host_url.rstrip("/")
    return Channel(
        title="Creditline: articles",
        address=f"{base}{_PATH}?{urlencode(parameters)}",
        updated=_last_change(page.documents),
        next=f"{base}{following}" if following else None,
        metadata_license=find_license(call.context.metadata_license),
    )


def _last_change(documents: Sequence[bytes]) -> datetime:
    """When one of the articles changed last; where none says it, the list has been as it is until now."""
    said = (orjson.loads(document).get("updated_at") for document in documents)
    return max((PartialDate.parse(text).first for text in said if text), default=clock())
