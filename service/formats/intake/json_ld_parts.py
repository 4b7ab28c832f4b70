"""What is in a work of schema.org, and what the work is made from."""

from service.formats.intake.addresses import read_address
from service.formats.intake.json_ld_nodes import Article
from service.formats.intake.json_ld_people import read_creators
from service.formats.intake.json_ld_rights import is_record, read_single_license
from service.formats.intake.values import first_text, text_of
from service.formats.members import Members, known

_KINDS = {
    "ImageObject": "image",
    "Photograph": "image",
    "Painting": "image",
    "Drawing": "image",
    "VideoObject": "video",
    "Clip": "video",
    "AudioObject": "audio",
    "Quotation": "quote",
    "Map": "chart",
    "Chart": "chart",
    "CreativeWork": "embed",
    "MediaObject": "embed",
    "SocialMediaPosting": "embed",
}
_MEDIA = ("image", "video", "audio", "associatedMedia")
_RIGHTS = ("license", "creditText", "copyrightNotice", "copyrightHolder")
_RECORD = "urn:uuid:"


def read_parts(article: Article) -> list[Members]:
    """Its parts; a picture that goes with it is one where anything is said of the rights in it."""
    media = [node for name in _MEDIA for node in article.nodes(name) if any(map(node.has, _RIGHTS))]
    is_own = is_record(article)
    parts = [_part(node, is_own=is_own) for node in (*article.nodes("hasPart"), *media) if _kind(node)]
    return [part for place, part in enumerate(parts) if part not in parts[:place]]


def read_bases(article: Article) -> list[Members]:
    """The works that it is a translation of, or else based on."""
    is_own = is_record(article)
    properties = {"translationOfWork": "translation", "isBasedOn": "adaptation"}
    return [
        _basis(article, value, relation, is_own=is_own)
        for property, relation in properties.items()
        for value in article.values(property)
    ]


def _kind(node: Article) -> str | None:
    return next((kind for type, kind in _KINDS.items() if type in node.types), None)


def _part(node: Article, *, is_own: bool) -> Members:
    creators = [creator["name"] for creator in read_creators(node)]
    return known(
        kind=_kind(node),
        url=first_text(*map(read_address, node.addresses("contentUrl", "url", "@id"))),
        title=node.text("name", "headline", "caption"),
        creator=", ".join(creators),
        license=read_single_license(node, is_own=is_own),
        credit=node.text("creditText", "copyrightNotice", "copyrightHolder"),
    )


def _basis(article: Article, value: object, relation: str, *, is_own: bool) -> Members:
    """Another work: a node, or an address alone; the URN of one in a record of ours is that of an article of ours."""
    node = article.open(value)
    ids = [text for text in node.texts("identifier") if is_own and text.lower().startswith(_RECORD)]
    bare = text_of(value)
    url = first_text(*map(read_address, [bare] if bare else node.addresses("url", "@id")))
    return known(
        relation=relation,
        url=url,
        article=ids[0][len(_RECORD) :] if ids else None,
        title=node.text("name", "headline") or (None if url else bare),
        creators=[*read_creators(node)],
        license=read_single_license(node, is_own=is_own),
    )
