"""How a license is named and what is said of the work under it."""

from dataclasses import replace
from typing import Literal

from service.core.attribution.messages import Messages
from service.core.attribution.spans import Line, address, plain, value
from service.core.catalogue import official_title
from service.core.grants import Claim
from service.core.licenses import License

Style = Literal["printed", "linked", "spoken"]

_COMMONS = "Creative Commons "


def word_license(claim: Claim, messages: Messages) -> str:
    """The name of a license that is known or unversioned, "" for any other claim."""
    return plain(name_license(claim, "license_names", messages))


def word_grant(claim: Claim, style: Style, messages: Messages) -> Line:
    """The grant, "licensed under …", with its address where the version is known; empty where no license is."""
    license = place_license(claim, style, "printed", messages)
    return (
        messages.fill(messages.choose("grants", claim.license_unit or "other", "other"), license=license)
        if license
        else ()
    )


def place_license(claim: Claim, style: Style, place: str, messages: Messages) -> Line:
    """The name of a license, linked, or with its address as `place` has it; empty where no license is known."""
    url = claim.license.url if claim.license else None
    names = "license_spoken" if style == "spoken" else "license_names"
    name = name_license(claim, names, messages, url=url if style == "linked" else None)
    if name and url and style == "printed":
        return messages.fill(f"license.{place}", license=name, url=address(url, "license"))
    return name


def name_license(claim: Claim, section: str, messages: Messages, *, url: str | None = None) -> Line:
    """A license as a section of the catalogue names it; one without a version is said to have none.

    The words between its parts belong to the name, so that it is one link.
    """
    if claim.license:
        key = messages.choose(section, claim.license.unit, "other")
        line = messages.fill(key, **_name_slots(claim.license, section, messages.lang))
    elif claim.status == "unversioned" and claim.unit:
        key = messages.choose("unversioned", claim.unit, "other")
        line = messages.fill(key, name=value(f"CC {claim.unit.upper()}"))
    else:
        line = ()
    return tuple(replace(span, property="license", url=url) for span in line)


def _name_slots(license: License, section: str, lang: str) -> dict[str, Line]:
    """The official title, in English with its language said where there is none in `lang`; the code; the version."""
    title, tag = official_title(license, lang)
    if section == "license_spoken":
        title = title.removeprefix(_COMMONS)
    foreign = None if tag.partition("-")[0] == lang else tag
    return {
        "title": value(title, lang=foreign),
        "name": value(license.name),
        "version": value(license.version),
    }
