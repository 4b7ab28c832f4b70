"""An article as a client sends it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from marshmallow import ValidationError, fields

from service.core.articles import (
    AiTerms,
    Attribution,
    Basis,
    Content,
    Correction,
    Creator,
    NewArticle,
    Part,
    Request,
    SourceName,
)
from service.core.errors import InvalidValue
from service.core.grants import UNKNOWN
from service.core.identifiers import check_identifier, check_orcid
from service.formats.documents.articles import READ_ONLY
from service.formats.merge_patch import merge_patch
from service.formats.schemas import fields as f
from service.formats.schemas.claims import ClaimField, ClaimsField
from service.formats.schemas.listed_licenses import read_listed_licenses
from service.formats.schemas.loading import StrictSchema, load, without_read_only

ROLES = ("author", "translator", "editor", "photographer", "contributor")
CREATOR_KINDS = ("person", "organization")
PART_KINDS = ("image", "video", "audio", "chart", "quote", "embed")
RELATIONS = ("translation", "adaptation", "excerpt", "version")
REQUEST_KINDS = ("tracking-pixel", "logo", "canonical-link", "no-automatic-republication", "notify", "other")
STATUSES = ("published", "corrected", "retracted", "withdrawn")

NAME, TITLE, PHRASE, PROSE = 500, 1000, 2000, 20_000


class CreatorSchema(StrictSchema):
    """A creator; a bare string is a name."""

    makes = Creator
    name = f.text(NAME, least=1, required=True)
    role = f.choice(ROLES)
    kind = f.choice(CREATOR_KINDS)
    url = f.url()
    orcid = f.Checked(check_orcid, allow_none=True)
    affiliation = f.text(NAME)

    def prepare(self, data: Any) -> Any:
        """A bare string as the object that it stands for."""
        return {"name": data} if isinstance(data, str) else data


class IdentifierSchema(StrictSchema):
    """An identifier; the value is brought into the form of its scheme."""

    scheme = f.text(64, least=1, required=True)
    value = f.text(1000, least=1, required=True)

    def make(self, members: dict[str, Any]) -> Any:
        """The identifier, checked by the rules of its scheme."""
        try:
            return check_identifier(members["scheme"], members["value"])
        except InvalidValue as error:
            raise ValidationError({"value": [f.Coded(error.code, error.detail)]}) from error


class RequestSchema(StrictSchema):
    """What a publisher asks beyond the license."""

    makes = Request
    kind = f.choice(REQUEST_KINDS, required=True)
    text = f.text(PHRASE)
    url = f.url()


class AttributionSchema(StrictSchema):
    """How the licensor wants to be credited."""

    makes = Attribution
    credit = f.text(NAME)
    credit_url = f.url()
    copyright_notice = f.text(PHRASE)
    copyright_holder = f.text(NAME)
    copyright_year = f.Year(allow_none=True)
    disclaimer = f.text(PHRASE)
    requested = f.text(PHRASE)


class AiTermsSchema(StrictSchema):
    """What the publisher states about machines."""

    makes = AiTerms
    train_ai = f.Boolean(allow_none=True)
    search = f.Boolean(allow_none=True)
    tdm_reservation = f.Boolean(allow_none=True)
    tdm_policy = f.url()


class LicensedSchema(StrictSchema):
    """A work with a license of its own; none stated is unknown."""

    url = f.url()
    title = f.text(TITLE)
    license = ClaimField(allow_none=True)

    def make(self, members: dict[str, Any]) -> Any:
        """The work, under an unknown license where none is stated."""
        return self.makes(**{"license": UNKNOWN, **members})


class PartSchema(LicensedSchema):
    """A thing inside the article with rights of its own."""

    makes = Part
    kind = f.choice(PART_KINDS, required=True)
    creator = f.text(NAME)
    credit = f.text(NAME)


class BasisSchema(LicensedSchema):
    """A work that the article is made from."""

    makes = Basis
    relation = f.choice(RELATIONS, required=True)
    article = f.text(36, least=1)
    creators = f.Items(f.Object(CreatorSchema, allow_none=False))
    changes = f.text(PHRASE)


class CorrectionSchema(StrictSchema):
    """A correction of the publisher."""

    makes = Correction
    at = f.partial_date(required=True)
    text = f.text(PROSE)
    url = f.url()


class SourceNameSchema(StrictSchema):
    """A source by name and address; ``id`` is taken where a client sends back what it got."""

    makes = SourceName
    id = f.slug()
    name = f.text(NAME, least=1)
    url = f.main_url()

    def make(self, members: dict[str, Any]) -> Any:
        """The source; a slug or a name is needed."""
        if "id" not in members and "name" not in members:
            raise ValidationError({"name": [f.MESSAGES["required"]]})
        return self.makes(**members)


_SOURCE_NAME = SourceNameSchema()


class SourceField(fields.Field[Any]):
    """The source of an article: its slug, or an object."""

    default_error_messages = f.MESSAGES
    schema = _SOURCE_NAME

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> SourceName:
        if isinstance(value, str):
            return SourceName(id=f.slug().deserialize(value))
        if not isinstance(value, dict):
            raise f.fault("wrong-type", "A slug, or an object with name and url, is needed here.")
        name: SourceName = _SOURCE_NAME.load(value)
        return name


class ArticleSchema(StrictSchema):
    """An article; only url, title and source are required."""

    url = f.main_url(required=True)
    title = f.text(TITLE, least=1, required=True)
    source = SourceField(required=True)
    creators = f.Items(f.Object(CreatorSchema, allow_none=False))
    language = f.language()
    published_at = f.partial_date()
    modified_at = f.partial_date()
    summary = f.text(PROSE)
    section = f.text(NAME)
    keywords = f.Items(f.text(NAME, least=1, required=True))
    identifiers = f.Items(f.Object(IdentifierSchema, allow_none=False))
    license = ClaimsField(allow_none=True)
    requests = f.Items(f.Object(RequestSchema, allow_none=False))
    attribution = f.Object(AttributionSchema)
    parts = f.Items(f.Object(PartSchema, allow_none=False))
    based_on = f.Items(f.Object(BasisSchema, allow_none=False))
    more_permissions_url = f.url()
    ai_terms = f.Object(AiTermsSchema)
    status = f.choice(STATUSES)
    corrections = f.Items(f.Object(CorrectionSchema, allow_none=False))

    def make(self, members: dict[str, Any]) -> Any:
        """The request to keep the article."""
        source, claims = members.pop("source"), members.pop("license", ())
        return NewArticle(content=Content(**members), source=source, claims=claims)


ARTICLE = ArticleSchema()


def load_article(body: Mapping[str, Any], present: Mapping[str, Any] | None) -> NewArticle:
    """A whole article as POST and PUT take it; raises Invalid.

    Beside a `present` document its read-only members may be repeated, and a license equal to the one that it shows is
    no new statement. What a document of elsewhere lists in `licenses` is taken with the `license` that it shows.
    """
    listed = read_listed_licenses(body, present)
    members, faults = without_read_only(body if listed is None else listed.body, READ_ONLY, present)
    if present is not None:
        members.pop("warnings", None)  # they came with the answer to the POST
    if present is not None and members.get("license") in (present["license"], present["licenses"]):
        members.pop("license", None)
    article: NewArticle = load(ARTICLE, members, faults)
    return article if listed is None else replace(article, sides=listed.sides)


def load_patched_article(patch: Mapping[str, Any], present: Mapping[str, Any]) -> NewArticle:
    """The `present` article with a merge patch (RFC 7396) applied; license and source are replaced whole."""
    merged = merge_patch(present, patch)
    assert isinstance(merged, dict), "a patch that is an object makes an object"
    merged["license"] = patch.get("license")
    if "source" in patch:
        merged["source"] = patch["source"]
    return load_article(merged, present)
