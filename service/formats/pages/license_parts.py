"""Pictures with a license of their own, which become parts of the article."""

import re
from typing import Any

from service.core.detection import detect
from service.formats.pages.claims import claim_of, write_claim
from service.formats.pages.facts import one_line_of
from service.formats.pages.license_blocks import block_of, words_about
from service.formats.pages.license_places import Place
from service.formats.pages.tree import Element, ancestors_of

_BADGE = re.compile(
    r"creativecommons|licensebuttons|cc[-_]?by|by[-_](?:sa|nc|nd)|/cc[-_/.]|88x31|80x15|somerights|license|lizenz", re.I
)

_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|tiff?|avif|bmp)(?:$|[?#])|(?:image|photograph)[a-z]*$", re.I)


def read_part(place: Place) -> dict[str, Any] | None:
    """The part of the article that the license at a place is for: an image near it, where there is one."""
    block = block_of(place.element)
    text, _ = words_about(block, place)
    image = _image_near(place.element, block)
    about = place.evidence.about
    if image is None and not (about and _PICTURE.search(about)):
        return None
    part: dict[str, Any] = {"kind": "image", "license": write_claim(claim_of(place.detected))}
    address = (image.get("src") or image.get("data-src") if image is not None else None) or about
    if address and not address.startswith("data:"):
        part["url"] = address
    if image is not None and (title := one_line_of(image.get("title") or image.get("alt"))[:200]):
        part["title"] = title
    credit = detect(text).credit
    return {**part, **({"creator": credit} if credit else {})}


def has_badge(block: Element) -> bool:
    """Whether a block shows the badge of a license."""
    return any(_is_badge(image) for image in block.iter("img"))


def has_picture(block: Element) -> bool:
    """Whether a block shows a picture that is no badge of a license by its address or its words."""
    return any(not (_is_badge(x) or _BADGE.search(x.get("alt") or "")) for x in block.iter("img"))


def is_beside_picture(block: Element) -> bool:
    """Whether a picture stands in a block or right before it, whose caption it may be."""
    before = block.getprevious()
    return has_picture(block) or (before is not None and has_picture(before))


def _is_badge(image: Element) -> bool:
    return _BADGE.search(image.get("src") or "") is not None


def _image_near(element: Element, block: Element) -> Element | None:
    """The picture in the figure, or in the block, that an element stands in."""
    for about in ancestors_of(element)[:6]:
        if about.tag in ("body", "article", "main"):
            break
        images = [x for x in about.iter("img") if not _is_badge(x)]
        if images:
            return images[0] if len(images) == 1 or about is block or about.tag == "figure" else None
    return None
