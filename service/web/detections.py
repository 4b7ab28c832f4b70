"""License statements in a text, an HTML page or an XML document, over HTTP."""

from flask import Blueprint, Response, request

from service.core.detection import detect
from service.core.errors import InvalidValue, UnsupportedMediaType
from service.core.urls import check_url
from service.formats.charsets import decode_page
from service.formats.documents.detections import render_detection
from service.formats.schemas.detections import FREE_TEXT, PAGE_LIMIT, Passage, load_passage, make_passage
from service.web.bodies import JSON, parse_body, read_body
from service.web.calls import Call, accepting, reading
from service.web.parameters import Parameters, invalid_parameter
from service.web.responses import answer_json, require_json

detections = Blueprint("detections", __name__)
PAGES = (
    "text/plain",
    "text/html",
    "application/xhtml+xml",
    "application/xml",
    "text/xml",
    "application/atom+xml",
    "application/rss+xml",
    "application/rdf+xml",
)
_HEADERS = {"Cache-Control": "no-store"}


@detections.post("/v1/detections")
@reading("base_url")
@accepting((*JSON, *PAGES))
def find(call: Call) -> Response:
    """Find the license statements in a text, an HTML page or an XML document, each with its evidence."""
    require_json()
    base_url = _base_url(call.parameters)
    body = read_body((*JSON, *PAGES), PAGE_LIMIT, any_charset=PAGES)
    passage, charset = _read_json(body, base_url), None
    if passage is None:
        passage, charset = _read_page(body, base_url)
    detection = detect(passage.text, media_type=passage.media_type, base_url=passage.base_url)
    return answer_json(render_detection(detection, charset=charset), headers=_HEADERS)


def _base_url(parameters: Parameters) -> str | None:
    url = parameters.get("base_url")
    try:
        return None if url is None else check_url(url)
    except InvalidValue as error:
        raise invalid_parameter("base_url", error.detail) from error


def _read_json(body: bytes, base_url: str | None) -> Passage | None:
    """The passage that a JSON body holds; None where the body is a page itself."""
    if request.mimetype not in JSON:
        return None
    if base_url is not None:
        raise invalid_parameter("base_url", "A JSON body has a member base_url; leave the parameter out.")
    return load_passage(parse_body(body, FREE_TEXT))


def _read_page(body: bytes, base_url: str | None) -> tuple[Passage, str]:
    """The passage that the body is, and the charset that it was read in."""
    media_type = request.mimetype
    try:
        text, charset = decode_page(
            body, charset=request.mimetype_params.get("charset"), marked_up=media_type != "text/plain"
        )
    except InvalidValue as error:
        raise UnsupportedMediaType(error.detail) from error
    return make_passage(text, media_type=media_type, base_url=base_url), charset
