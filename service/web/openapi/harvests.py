"""The arguments of the OAI-PMH provider, as parameters of a query and as a form."""

from service.core.harvests import ARGUMENTS, PREFIX, VERBS
from service.web.openapi.shapes import Json, record

_DATE: Json = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?$"}
_SHAPES: dict[str, Json] = {
    "verb": {"description": "What is asked for.", "schema": {"type": "string", "enum": list(VERBS)}},
    "identifier": {
        "description": "A record, oai:{repository}:{id of the article}.",
        "schema": {"type": "string", "maxLength": 400},
    },
    "metadataPrefix": {"description": "The format of the records.", "schema": {"type": "string", "enum": [PREFIX]}},
    "from": {"description": "The first day or second of change; both dates are equally fine.", "schema": _DATE},
    "until": {"description": "The last day or second of change.", "schema": _DATE},
    "set": {
        "description": "Only records of a set, such as source:{slug} or license:{id}.",
        "schema": {"type": "string", "maxLength": 100},
    },
    "resumptionToken": {
        "description": "Where a list goes on, opaque: take it as it is, beside the verb alone.",
        "schema": {"type": "string", "maxLength": 1000},
    },
}

HARVEST_ARGUMENTS: dict[str, Json] = {name: {**_SHAPES[name], "required": name == "verb"} for name in ARGUMENTS}
"""The arguments by their names, as query parameters."""


def harvest_schemas() -> dict[str, Json]:
    """The arguments as a form."""
    members: dict[str, Json] = {
        name: {**about["schema"], "description": about["description"]} for name, about in HARVEST_ARGUMENTS.items()
    }
    form = record("A request of OAI-PMH 2.0.", tuple(name for name in members if name != "verb"), **members)
    return {"HarvestInput": {**form, "additionalProperties": False}}
