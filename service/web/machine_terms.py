"""Terms for machines over HTTP: the headers of an article, and what this service states of its own pages."""

from collections.abc import Mapping
from functools import lru_cache

import orjson
from flask import Blueprint, Response, request

from service.core.catalogue import find_license
from service.core.machine_terms import allows_mining, signals_of
from service.formats.documents.machine_terms import find_stated, read_stated
from service.web.context import context
from service.web.headers import read_headers
from service.web.parameters import read_parameters
from service.web.responses import CATALOGUE_CACHE, answer_json

machine_terms = Blueprint("machine_terms", __name__)
_OWN_PAGES = ("/docs", "/licenses/", "/v1/licenses", "/v1/openapi.json", "/v1/problems")


@machine_terms.get("/.well-known/tdmrep.json")
def reservations() -> Response:
    """Say whether text and data mining of this service's own pages is reserved (TDMRep)."""
    read_headers(request.environ)
    read_parameters(request.environ, ())
    license = find_license(context().metadata_license)
    pages = _OWN_PAGES if license and allows_mining(license) else ()
    rules = [{"location": page, "tdm-reservation": 0} for page in pages]
    return answer_json(orjson.dumps(rules), headers={"Cache-Control": CATALOGUE_CACHE})


def terms_headers(document: bytes, source: bytes) -> Mapping[str, str]:
    """The headers for the stored documents of an article and its source: what is stated about machines."""
    return _headers(find_stated(document), find_stated(source))


@lru_cache(maxsize=512)
def _headers(own: bytes, of_source: bytes) -> Mapping[str, str]:
    terms = read_stated(own).or_else(read_stated(of_source))
    return {signal.header: signal.value for signal in signals_of(terms)}
