"""Bodies as JSON Schema, made from the schemas that check them."""

from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin, OpenAPIConverter
from marshmallow import fields

from service.formats.documents import articles as article_documents
from service.formats.documents import sources as source_documents
from service.formats.schemas import fields as f
from service.formats.schemas.articles import ArticleSchema, SourceField, SourceNameSchema
from service.formats.schemas.claims import STATEMENT_LIMIT, ClaimField, ClaimsField, StatedSchema
from service.formats.schemas.keys import KeySchema
from service.formats.schemas.sources import NamedSourceSchema, PolicySchema

Json = dict[str, Any]

_ORCID = (
    r"^([Hh][Tt][Tt][Pp][Ss]?://([Ww][Ww][Ww]\.)?[Oo][Rr][Cc][Ii][Dd]\.[Oo][Rr][Gg]/)?"
    r"[0-9]{4}(-[0-9]{4}){2}-[0-9]{3}[0-9Xx]/?$"
)
_SHAPES: dict[tuple[str, str], Json] = {
    ("CreatorInput", "orcid"): {"pattern": _ORCID, "maxLength": 100},
    ("SourceInput", "country"): {"pattern": "^[A-Za-z]{2}$", "minLength": 2, "maxLength": 2},
    ("IdentifierInput", "scheme"): {"pattern": "^[A-Za-z0-9][A-Za-z0-9.+:-]*$"},
    ("BasisInput", "article"): {"maxLength": 36},
}
_NAMES = {NamedSourceSchema: "SourceInput", StatedSchema: "StatedLicense", SourceNameSchema: "SourceNameInput"}


def input_schemas() -> dict[str, Json]:
    """The components that request bodies are made of."""
    plugin = MarshmallowPlugin(schema_name_resolver=_name)
    spec = APISpec(title="", version="", openapi_version="3.1.0", plugins=[plugin])
    assert plugin.converter is not None, "init_spec has made it"
    _teach(plugin.converter)
    for schema in (SourceNameSchema, StatedSchema, PolicySchema, ArticleSchema, NamedSourceSchema, KeySchema):
        name = _name(schema)
        if name not in spec.components.schemas:
            spec.components.schema(name, schema=schema)
    made: dict[str, Json] = spec.to_dict()["components"]["schemas"]
    for (name, member), shape in _SHAPES.items():
        made[name]["properties"][member].update(shape)
    made["SourceNameInput"]["anyOf"] = [_with_text("id"), _with_text("name")]
    for schema in made.values():
        schema["additionalProperties"] = False
    return {**made, "LicenseInput": _license_input(), **_changes(made)}


def _name(schema: Any) -> str:
    """The component's name: ``CreatorSchema`` is ``CreatorInput``, apart from what documents answer with."""
    kind = schema if isinstance(schema, type) else type(schema)
    return _NAMES.get(kind, kind.__name__.removesuffix("Schema") + "Input")


def _teach(converter: OpenAPIConverter) -> None:
    """Tell apispec what the fields of ours take."""
    converter.map_to_openapi_type(f.Checked, "string", None)
    converter.map_to_openapi_type(f.Boolean, "boolean", None)
    converter.map_to_openapi_type(f.Year, "integer", None)
    converter.add_attribute_function(_shape)


def _shape(converter: OpenAPIConverter, field: fields.Field[Any], ret: Json) -> Json:
    """What apispec cannot see in a field of ours."""
    if isinstance(field, f.Items):
        kind: Json = {"type": "array" if field.least else ["array", "null"], "maxItems": f.MAX_ITEMS}
        least = {"minItems": field.least} if field.least else {}
        return {**kind, **least, "items": converter.field2property(field.inner)}
    if isinstance(field, f.Year):
        return {"minimum": 1, "maximum": 9999}
    if isinstance(field, ClaimField):
        return {"$ref": "#/components/schemas/LicenseInput"}
    if isinstance(field, ClaimsField):
        one = {"$ref": "#/components/schemas/LicenseInput"}
        return {"anyOf": [one, {"type": "array", "items": one, "maxItems": f.MAX_ITEMS}]}
    if isinstance(field, SourceField):
        return {"anyOf": [converter.field2property(f.slug(required=True)), _ref("SourceNameInput")]}
    return {}


def _license_input() -> Json:
    """A license in every form that a client may give it."""
    return {
        "description": "A license id, any Creative Commons URL, a name, a whole statement, all-rights-reserved, null, "
        "an object with id, url or statement, or the object that a document shows.",
        "anyOf": [
            {"type": ["string", "null"], "maxLength": STATEMENT_LIMIT},
            _ref("StatedLicense"),
            _ref("LicenseClaim"),
        ],
    }


def _changes(made: dict[str, Json]) -> dict[str, Json]:
    """What PUT takes, which may repeat the read-only members, and PATCH, where no member is required."""
    changes = {}
    for noun, read_only in (
        ("Article", article_documents.READ_ONLY),
        ("Source", source_documents.READ_ONLY | {"id"}),
    ):
        repeated = {name: {"$ref": f"#/components/schemas/{noun}/properties/{name}"} for name in sorted(read_only)}
        whole = made[f"{noun}Input"]
        replacement = {**whole, "properties": {**whole["properties"], **repeated}}
        changes[f"{noun}Replacement"] = {**replacement, "description": "Read-only members are taken as they stand."}
        changes[f"{noun}Patch"] = {name: value for name, value in replacement.items() if name != "required"}
    return changes


def _with_text(member: str) -> Json:
    return {"required": [member], "properties": {member: {"type": "string", "minLength": 1}}}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
