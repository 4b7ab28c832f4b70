"""All legal tools of Creative Commons, found by id, by any spelling of a URL, or by name. Never the nearest one."""

import difflib
import re
from collections.abc import Sequence
from functools import lru_cache

from service.core.data import read_table
from service.core.license_names import OFFICIAL_NAMES, LicenseNames, NamedTerms
from service.core.license_urls import parse_license_url
from service.core.licenses import Known, License, Resolution, Unresolved, Unversioned, unit_family

ANY_UNIT = "cc"

_LONGEST = 2000
_LONGEST_NAME = 60
_CACHED = 4096
_NEAR = 5
# Language tags of readers and the tags that official titles are filed under.
_TAGS = {
    "zh": "zh-hans",
    "zh-cn": "zh-hans",
    "zh-sg": "zh-hans",
    "zh-tw": "zh-hant",
    "zh-hk": "zh-hant",
    "zh-mo": "zh-hant",
    "nb": "no",
    "nn": "no",
    "iw": "he",
    "in": "id",
}


def find_license(id: str) -> License | None:
    """The license with this id, in whatever case."""
    return _BY_ID.get(id.lower())


def resolve_url(url: str) -> Resolution | None:
    """The license that any spelling of a Creative Commons URL names; None for a URL of another site."""
    return _resolve_url(url) if len(url) <= _LONGEST else None


def resolve_license(text: str) -> Resolution:
    """The license that an id, a URL or an exact name means; several that fit are several candidates."""
    return _resolve_license(text.strip()) if len(text) <= _LONGEST else Unresolved(())


def near_licenses(text: str) -> tuple[str, ...]:
    """The ids that look most like a text that names none: for a sentence to a person, not to choose from."""
    parts = parse_license_url(text) if len(text) <= _LONGEST else None
    named = f"CC-{parts.unit}-{parts.version or ''}-{parts.port or ''}" if parts and parts.unit else text
    words = re.findall(r"[A-Z0-9.+]+", named[:_LONGEST_NAME].upper())
    return tuple(difflib.get_close_matches("-".join(words), [x.id for x in LICENSES], _NEAR))


def official_title(license: License, lang: str) -> tuple[str, str]:
    """The official title in a language and the language it is in: English where there is no official one."""
    for tag in _narrowing(lang.lower().replace("_", "-")):
        title = _TITLES.get((tag, license.id))
        if title is not None:
            return title, tag
    return license.title, "en"


def _narrowing(tag: str) -> tuple[str, ...]:
    """The tags under which a title may stand: `pt-br`, then `pt`; scripts and macrolanguages by their own tag."""
    base = tag.partition("-")[0]
    return (tag, _TAGS.get(tag, ""), base, _TAGS.get(base, ""))


@lru_cache(maxsize=_CACHED)
def _resolve_license(text: str) -> Resolution:
    license = find_license(text)
    return Known(license) if license else _resolve_url(text) or _resolve_name(text)


@lru_cache(maxsize=_CACHED)
def _resolve_url(url: str) -> Resolution | None:
    parts = parse_license_url(url)
    if parts is None:
        return None
    if parts.unit == ANY_UNIT and parts.version is None:
        return _ANY_LICENSE
    family = unit_family(parts.unit or "")
    if parts.unit not in UNITS or (parts.place == "publicdomain" and family not in _PUBLIC_DOMAIN):
        return Unresolved(())
    if parts.version is None and parts.extra is None:
        return _choose(_BY_VERSION[family, None])
    license = _BY_TERMS.get((family, parts.version or "", parts.port))
    if license is None or parts.extra is not None:
        return Unresolved(_near(family, parts.version, parts.port))
    return Known(license)


def _resolve_name(text: str) -> Resolution:
    named = _NAMES.read(text)
    if named is None:
        return _resolve_double_name(text)
    if not named.families:
        return _ANY_LICENSE if named.version is None else Unresolved(())
    fitting = [license for family in named.families for license in _fitting(family, named)]
    if fitting:
        return _choose(fitting)
    ports = named.ports or frozenset((None,))
    near = [id for family in named.families for port in ports for id in _near(family, named.version, port)]
    return Unresolved(tuple(near[:_NEAR]))


def _resolve_double_name(text: str) -> Resolution:
    """A name with another in brackets behind it, "Attribution 4.0 International (CC BY 4.0)", if both agree.

    The first may have brackets of its own.
    """
    first, bracket, second = text.removesuffix(")").rpartition("(")
    if not bracket or first.count("(") > 1:
        return Unresolved(())
    one, other = _resolve_name(first), _resolve_name(second)
    if one == other:
        return one
    return Unresolved(tuple(x.license.id for x in (one, other) if isinstance(x, Known)))


def _fitting(family: str, named: NamedTerms) -> Sequence[License]:
    """The family's licenses of that version and port; where no port is said, the unported one if there is one."""
    fitting = _BY_VERSION.get((family, named.version), ())
    if named.ports is not None:
        return [x for x in fitting if x.jurisdiction in named.ports and (x.id in named.ids or not named.ids)]
    if named.version is None or all(x.jurisdiction for x in fitting):
        return fitting
    return [x for x in fitting if x.jurisdiction is None or x.id in named.ids]


def _choose(fitting: Sequence[License]) -> Resolution:
    """The only one, or candidates of one type in catalogue order; of several types none is chosen."""
    ids = tuple(x.id for x in sorted(fitting, key=lambda license: _POSITIONS[license.id]))
    if len(ids) == 1:
        return Known(_BY_ID[ids[0].lower()])
    families = {unit_family(x.unit) for x in fitting}
    return Unversioned(fitting[-1].unit, ids) if len(families) == 1 else Unresolved(ids[:_NEAR])


def _near(family: str, version: str | None, port: str | None) -> tuple[str, ...]:
    """Real licenses of the type: of that version without a port, of that port, or the newest."""
    licenses = _BY_VERSION[family, None]
    near = [x for x in licenses if x.version == version and x.jurisdiction is None]
    near += [x for x in reversed(licenses) if port is not None and x.jurisdiction == port]
    return tuple(x.id for x in near[:_NEAR] or licenses[-1:])


def _load_license(row: dict[str, str]) -> License:
    return License(
        id=row["id"],
        url=row["url"],
        unit=row["unit"],
        version=row["version"],
        jurisdiction=row["jurisdiction"] or None,
        jurisdiction_name=row["jurisdiction_name"],
        title=row["title"],
        name=row["name"],
        spdx=row["spdx"] or None,
        permits=tuple(row["permits"].split()),
        requires=tuple(row["requires"].split()),
        prohibits=tuple(row["prohibits"].split()),
        deprecated_on=row["deprecated_on"] or None,
        replaced_by=row["replaced_by"] or None,
        languages=tuple(row["languages"].split()),
    )


def _group_by_version() -> dict[tuple[str, str | None], tuple[License, ...]]:
    """Family and version as said ("4.0", "4" or not at all) → the licenses of it."""
    groups: dict[tuple[str, str | None], tuple[License, ...]] = {}
    for license in LICENSES:
        for version in (None, license.version, license.version.partition(".")[0]):
            key = unit_family(license.unit), version
            groups[key] = (*groups.get(key, ()), license)
    return groups


def _load_titles() -> dict[tuple[str, str], str]:
    """Official titles by language and license id; those graded `derived` are not official."""
    ids = {(x.unit, x.version, x.jurisdiction or ""): x.id for x in LICENSES}
    titles = {}
    for row in OFFICIAL_NAMES:
        version, _, port = row["version"].partition("/")
        if row["source"] != "derived":
            titles[row["lang"], ids[row["unit"], version, port]] = row["official_title"]
    return titles


LICENSES: tuple[License, ...] = tuple(_load_license(row) for row in read_table("licenses.tsv"))

_POSITIONS = {license.id: position for position, license in enumerate(LICENSES)}
_BY_ID = {license.id.lower(): license for license in LICENSES}
_BY_TERMS = {(unit_family(x.unit), x.version, x.jurisdiction): x for x in LICENSES}
UNITS = frozenset(license.unit for license in LICENSES)
"""The parts of a license id that say what it asks, such as by-sa; zero is CC0."""
_BY_VERSION = _group_by_version()
_PUBLIC_DOMAIN = frozenset(unit_family(x.unit) for x in LICENSES if "/publicdomain/" in x.url)
_ANY_LICENSE = Unversioned(ANY_UNIT, tuple(x.id for x in LICENSES if "/licenses/" in x.url))
_NAMES = LicenseNames(LICENSES)
_TITLES = _load_titles()
