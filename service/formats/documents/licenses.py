"""A license of the catalogue as its JSON document, and the answer to "which license is this?"."""

from functools import cache

import orjson

from service.core.catalogue import LICENSES
from service.core.licenses import Known, License, Unversioned


@cache
def license_documents() -> dict[str, bytes]:
    """The documents of the whole catalogue by id, rendered once."""
    return {license.id: orjson.dumps(_members(license)) for license in LICENSES}


def render_resolution(resolution: Known | Unversioned) -> bytes:
    """The answer of ``/v1/resolve?license=``."""
    if isinstance(resolution, Known):
        return b'{"status":"known","license":' + license_documents()[resolution.license.id] + b"}"
    return orjson.dumps({"status": "unversioned", "unit": resolution.unit, "candidates": resolution.candidates})


def _members(license: License) -> dict[str, object]:
    return {
        "id": license.id,
        "url": license.url,
        "title": license.title,
        "name": license.name,
        "unit": license.unit,
        "version": license.version,
        "jurisdiction": license.jurisdiction,
        "spdx": license.spdx,
        "permits": license.permits,
        "requires": license.requires,
        "prohibits": license.prohibits,
        "deprecated_on": license.deprecated_on,
        "replaced_by": license.replaced_by,
        "languages": license.languages,
        "links": {"self": f"/v1/licenses/{license.id}", "articles": f"/v1/articles?license={license.id}"},
    }
