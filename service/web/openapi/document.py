"""The whole document, assembled."""

import orjson
from flask import Flask

from service.web.openapi.answers import answer_schemas
from service.web.openapi.audits import audit_schemas
from service.web.openapi.bulk import bulk_schemas
from service.web.openapi.examples import body_examples, problem_examples
from service.web.openapi.harvests import harvest_schemas
from service.web.openapi.inputs import input_schemas, object_schemas
from service.web.openapi.parameters import (
    filter_parameters,
    header_parameters,
    path_parameters,
    query_parameters,
)
from service.web.openapi.paths import paths_of
from service.web.openapi.records import record_schemas
from service.web.openapi.responses import header_components, response_components
from service.web.openapi.shapes import Json
from service.web.openapi.verdicts import verdict_schemas

VERSION = "1.0.0"
_ABOUT = """\
Who must be credited for an article, how, and what may I do with it?

Members that a client does not know are to be ignored: answers may grow. Bodies may hold no others than those that are
described. Every error is a problem document (RFC 9457); a method that a resource does not have is 405 with Allow
(#/components/responses/MethodNotAllowed), a path that there is not is 404. Writes of what exists need If-Match.
"""
_TAGS = {
    "articles": "Articles: where they are, who made them, and under which license.",
    "attribution": "The credit of an article, ready to print.",
    "attributions": "The credits of many works in one block.",
    "permission": "May I do this with an article, or with many, and what must I do along with it?",
    "combinations": "May works be combined, and under which license?",
    "grants": "The license ledger of an article: what was offered when, and who says so.",
    "versions": "Every state that an article ever had.",
    "changes": "The change feed: gap-free, in the order of the commits.",
    "sources": "Publishers, with their policies.",
    "licenses": "The catalogue of every Creative Commons legal tool.",
    "bulk": "Many articles at once, from files of many kinds.",
    "export": "Everything that matches, streamed.",
    "people": "Pages for people.",
    "machine_terms": "What is stated about machines.",
    "detections": "License statements in texts and pages.",
    "extractions": "Articles drafted from HTML pages.",
    "audits": "What a page that republishes an article lacks of its credit.",
    "keys": "API keys, for the scope admin.",
    "oai": "Records for harvesters, by OAI-PMH 2.0.",
    "home": "The index, and the types of problem.",
    "health": "Whether the process lives and can serve.",
    "docs": "This document, and pages made from it.",
}
_KEY = {
    "type": "http",
    "scheme": "bearer",
    "description": "An API key, ak_…. The scopes are read, write, admin and webhooks; admin includes the others, write "
    "includes read.",
}


def build_document(app: Flask, *, public: bool) -> Json:
    """The OpenAPI document of `app`; where reading is `public` it needs no key."""
    examples = {**body_examples(), **{f"problem.{slug}": about for slug, about in problem_examples().items()}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Creditline",
            "version": VERSION,
            "summary": "Articles, their credit and their licenses",
            "description": _ABOUT,
        },
        "servers": [{"url": "/", "description": "This server"}],
        "tags": [{"name": name, "description": about} for name, about in _TAGS.items()],
        "paths": paths_of(app, examples, public=public),
        "components": _components(examples),
    }


def render_document(app: Flask, *, public: bool) -> bytes:
    """The document as it is served."""
    return orjson.dumps(build_document(app, public=public))


def _components(examples: dict[str, Json]) -> Json:
    objects = object_schemas()
    answers = {**answer_schemas(), **verdict_schemas(), **audit_schemas(), **harvest_schemas(), **bulk_schemas()}
    schemas = {**record_schemas(objects), **answers, **input_schemas(objects)}
    return {
        "schemas": dict(sorted(schemas.items())),
        "parameters": {**path_parameters(), **query_parameters(), **filter_parameters(), **header_parameters()},
        "headers": header_components(),
        "responses": response_components(),
        "examples": examples,
        "securitySchemes": {"bearer": _KEY},
    }
