"""Bodies as JSON Schema, made from the schemas that check them."""

from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import fields

from service.formats.schemas import fields as f
from service.formats.schemas.articles import NAME, ArticleSchema, SourceField, SourceNameSchema
from service.formats.schemas.attributions import MAX_WORKS, AttributionsSchema
from service.formats.schemas.audits import AuditSchema
from service.formats.schemas.claims import STATEMENT_LIMIT, ClaimField, ClaimsField, StatedSchema
from service.formats.schemas.combinations import CombinationSchema
from service.formats.schemas.detections import MEDIA_TYPES, DetectionSchema
from service.formats.schemas.extractions import ExtractionSchema
from service.formats.schemas.grants import GrantChangeSchema, GrantSchema
from service.formats.schemas.keys import KeySchema
from service.formats.schemas.permission import PermissionsSchema
from service.formats.schemas.sources import NamedSourceSchema, PolicySchema
from service.web.openapi.shapes import Json, many, ref

_ORCID = (
    r"^([Hh][Tt][Tt][Pp][Ss]?://([Ww][Ww][Ww]\.)?[Oo][Rr][Cc][Ii][Dd]\.[Oo][Rr][Gg]/)?"
    r"[0-9]{4}(-[0-9]{4}){2}-[0-9]{3}[0-9Xx]/?$"
)
_SHAPES: dict[tuple[str, str], Json] = {
    ("CreatorInput", "orcid"): {"pattern": _ORCID, "maxLength": 100},
    ("SourceInput", "country"): {"pattern": "^[A-Za-z]{2}$", "minLength": 2, "maxLength": 2},
    ("IdentifierInput", "scheme"): {"pattern": "^[A-Za-z0-9][A-Za-z0-9.+:-]*$"},
    ("BasisInput", "article"): {"maxLength": 36},
    ("AttributionsInput", "articles"): {"maxItems": MAX_WORKS},
    ("PermissionsInput", "articles"): {"maxItems": MAX_WORKS},
    ("CombinationInput", "works"): {"maxItems": MAX_WORKS},
}
_NAMES: dict[type, str] = {
    NamedSourceSchema: "SourceInput",
    StatedSchema: "StatedLicense",
    SourceNameSchema: "SourceNameInput",
    GrantChangeSchema: "GrantChange",
}


def object_schemas() -> dict[str, Json]:
    """The objects that request bodies are made of, by the names of their components."""
    spec, _ = _converting()
    for schema in (
        SourceNameSchema,
        StatedSchema,
        PolicySchema,
        ArticleSchema,
        NamedSourceSchema,
        KeySchema,
        DetectionSchema,
        ExtractionSchema,
        AuditSchema,
        AttributionsSchema,
        PermissionsSchema,
        CombinationSchema,
        GrantSchema,
        GrantChangeSchema,
    ):
        if _name(schema) not in spec.components.schemas:
            spec.components.schema(_name(schema), schema=schema)
    made: dict[str, Json] = spec.to_dict()["components"]["schemas"]
    for (name, member), shape in _SHAPES.items():
        made[name]["properties"][member].update(shape)
    return made


def input_schemas(objects: dict[str, Json]) -> dict[str, Json]:
    """The components of request bodies: `objects` without further members, and what else may stand for them."""
    made = {name: {**schema, "additionalProperties": False} for name, schema in objects.items()}
    made["ArticleInput"]["properties"]["licenses"] = many(ref("LicenseClaim"))
    made["SourceIdInput"] = _requiring(made["SourceNameInput"], "id")
    made["SourceNameInput"] = _requiring(made["SourceNameInput"], "name")
    name = {"type": "string", "minLength": 1, "maxLength": NAME}
    made["DetectionInput"]["oneOf"] = [_requiring_text(name) for name in MEDIA_TYPES]
    made["CreatorInput"] = {"description": "A creator, or a name alone.", "anyOf": [name, made["CreatorInput"]]}
    return {**made, "LicenseInput": _license_input()}


def field_schema(field: fields.Field[Any], *, nullable: bool = True) -> Json:
    """What a field takes, where it stands by itself; not null where that is not `nullable`."""
    _, converter = _converting()
    made: Json = converter.field2property(field)
    return made if nullable else {**made, "type": "string"}


def _name(schema: Any) -> str:
    """The component's name: ``CreatorSchema`` is ``CreatorInput``, apart from what documents answer with."""
    kind = schema if isinstance(schema, type) else type(schema)
    return _NAMES.get(kind, kind.__name__.removesuffix("Schema") + "Input")


def _converting() -> tuple[APISpec, OpenAPIConverter]:
    """A specification without content, and its converter, which knows the fields of ours."""
    plugin = MarshmallowPlugin(schema_name_resolver=_name)
    spec = APISpec(title="", version="", openapi_version="3.1.0", plugins=[plugin])
    converter: Any = plugin.converter
    assert converter is not None, "the specification has made it"
    converter.map_to_openapi_type(f.Checked, "string", None)
    converter.map_to_openapi_type(f.Boolean, "boolean", None)
    converter.map_to_openapi_type(f.Year, "integer", None)
    converter.add_attribute_function(_shape)
    return spec, converter


def _shape(converter: OpenAPIConverter, field: fields.Field[Any], ret: Json) -> Json:
    """What apispec cannot see in a field of ours."""
    if isinstance(field, f.Items):
        least = {"minItems": field.least} if field.least else {}
        kind: Json = {"type": ["array", "null"] if field.allow_none else "array", "maxItems": f.MAX_ITEMS}
        return {**kind, **least, "items": converter.field2property(field.inner)}
    if "enum" in ret and field.allow_none:
        kind = {"type": "string", "enum": ret.pop("enum")}
        del ret["type"]
        return {"anyOf": [kind, {"type": "null"}]}
    if isinstance(field, f.Year):
        return {"minimum": 1, "maximum": 9999}
    if isinstance(field, ClaimField):
        return ref("LicenseInput")
    if isinstance(field, ClaimsField):
        one = ref("LicenseInput")
        return {"anyOf": [one, {"type": "array", "items": one, "maxItems": f.MAX_ITEMS}]}
    if isinstance(field, SourceField):
        return {
            "anyOf": [converter.field2property(f.slug(required=True)), *map(ref, ("SourceIdInput", "SourceNameInput"))]
        }
    return {}


def _license_input() -> Json:
    """A license in every form that a client may give it."""
    return {
        "description": "A license id, any Creative Commons URL, a name, a whole statement, all-rights-reserved, null, "
        "an object with id, url or statement, or the object that a document shows.",
        "anyOf": [
            {"type": ["string", "null"], "maxLength": STATEMENT_LIMIT},
            ref("StatedLicense"),
            ref("LicenseClaim"),
        ],
    }


def _requiring_text(member: str) -> Json:
    return {"required": [member], "properties": {member: {"type": "string"}}}


def _requiring(schema: Json, member: str) -> Json:
    """An object that has `member`, which is no null then."""
    properties = {**schema["properties"], member: {**schema["properties"][member], "type": "string"}}
    return {**schema, "properties": properties, "required": [member]}
