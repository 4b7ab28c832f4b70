"""The pieces that the schemas of documents are made of."""

from typing import Any

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
MAYBE: Json = {"type": ["string", "null"]}
WHOLE: Json = {"type": "integer", "minimum": 0}
COUNTER: Json = {"type": "integer", "minimum": 1}
INSTANT: Json = {"type": "string", "format": "date-time", "maxLength": 40, "pattern": "Z$"}
ADDRESS: Json = {"type": "string", "format": "uri-reference", "maxLength": 8192}
UUID: Json = {"type": "string", "format": "uuid", "minLength": 36, "maxLength": 36}
SLUG: Json = {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[a-z0-9-]+$"}
MAYBE_DAY: Json = {"type": ["string", "null"], "format": "date"}
URL: Json = {"type": "string", "format": "uri", "maxLength": 8192}
WORDS: Json = {"type": "array", "items": {"type": "string", "maxLength": 100}}
MAYBE_URL: Json = {**URL, "type": ["string", "null"]}
LICENSE_STATUSES = ["known", "other", "all-rights-reserved", "unknown", "unversioned", "disputed"]


def ref(name: str) -> Json:
    """A reference to the component `name`."""
    return {"$ref": f"#/components/schemas/{name}"}


def record(description: str, optional: tuple[str, ...] = (), /, **members: Json) -> Json:
    """An object that has all `members`, apart from the `optional` ones."""
    required = [name for name in members if name not in optional]
    return {"type": "object", "description": description, "properties": members, "required": required}


def shown(taken: Json, description: str, /, **members: Json) -> Json:
    """An object as it is given back: every member is there, a list is never null; `members` differ from the input."""
    properties = {name: _shown_member(schema) for name, schema in taken["properties"].items()}
    return record(description, **{**properties, **members})


def page(item: Json, description: str, /, **members: Json) -> Json:
    """A page of a list."""
    return record(
        description,
        tuple(members),
        data=many(item),
        page=ref("PagePlace"),
        **members,
        metadata_license={"type": "string", "maxLength": 100},
    )


def many(item: Json) -> Json:
    """A list."""
    return {"type": "array", "items": item}


def without_requirements(schema: Json, components: dict[str, Json]) -> Json:
    """A schema with everything in it that it refers to, and no member required: what ``fields`` leaves of it."""
    if "$ref" in schema:
        return without_requirements(components[schema["$ref"].rpartition("/")[2]], components)
    made = {name: value for name, value in schema.items() if name not in ("required", "description")}
    if "properties" in made:
        made["properties"] = {
            name: without_requirements(member, components) for name, member in made["properties"].items()
        }
    if "items" in made:
        made["items"] = without_requirements(made["items"], components)
    return made


def _shown_member(schema: Json) -> Json:
    made = {name: value for name, value in schema.items() if name != "pattern"}
    if "items" in made:
        made = {"type": "array", "items": _shown_member(made["items"])}
    for inner in made.get("anyOf", ()):
        if "$ref" in inner:
            made = inner
    if "$ref" in made:
        return ref(made["$ref"].rpartition("/")[2].removesuffix("Input"))
    return made
