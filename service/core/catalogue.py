"""All legal tools of Creative Commons, found by id, by any spelling of a URL, or by name. Never the nearest one."""

from service.core.data import read_table
from service.core.license_names import OFFICIAL_NAMES, LicenseNames, NamedTerms
from service.core.license_urls import UrlParts, parse_license_url
from service.core.licenses import Known, License, Resolution, Unresolved, Unversioned, unit_family

_NEAR = 5


def find_license(id: str) -> License | None:
    """The license with this id, in whatever case."""
    return _BY_ID.get(id.lower())


def resolve_url(url: str) -> Resolution | None:
    """The license that any spelling of a Creative Commons URL names; None for a URL of another site."""
    parts = parse_license_url(url)
    if parts is None:
        return None
    if parts.unit == ANY_UNIT and parts.version is None:
        return _ANY_LICENSE
    family = unit_family(parts.unit or "")
    if parts.unit not in _UNITS or (parts.place == "publicdomain" and family not in _PUBLIC_DOMAIN):
        return Unresolved(())
    if parts.version is None and parts.extra is None:
        return _choose(_FAMILIES[family])
    license = _BY_TERMS.get((family, parts.version or "", parts.port))
    if license is None or parts.extra is not None:
        return Unresolved(_near(family, parts.version, parts.port))
    return Known(license)


def resolve_license(text: str) -> Resolution:
    """The license that an id, a URL or an exact name means; several that fit are several candidates."""
    stripped = text.strip()
    license = find_license(stripped)
    if license is not None:
        return Known(license)
    return resolve_url(stripped) or _resolve_name(stripped)


def official_title(license: License, lang: str) -> tuple[str, str]:
    """The official title in a language and the language it is in: English where there is no official one."""
    for tag in _language_chain(lang):
        title = _TITLES.get((tag, license.url))
        if title is not None:
            return title, tag
    return license.title, "en"


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
    return Unresolved(tuple(id for family in named.families for port in ports for id in _near(family, None, port)))


def _resolve_double_name(text: str) -> Resolution:
    """A name with another in brackets behind it, "Attribution 4.0 International (CC BY 4.0)", if both agree."""
    first, bracket, second = text.partition("(")
    if not bracket or not first.strip() or "(" in second:
        return Unresolved(())
    resolutions = {_resolve_name(first), _resolve_name(second.rstrip(") .")) if second.strip(" )") else None}
    return resolutions.pop() if len(resolutions) == 1 else Unresolved(_named_ids(resolutions))


def _fitting(family: str, named: NamedTerms) -> list[License]:
    """The family's licenses of that version and port; where no port is said, the unported one if there is one."""
    fitting = [x for x in _FAMILIES[family] if named.version in (None, x.version, x.version.removesuffix(".0"))]
    if named.ports is not None:
        return [x for x in fitting if x.jurisdiction in named.ports]
    if named.version is None or all(x.jurisdiction for x in fitting):
        return fitting
    return [x for x in fitting if x.jurisdiction is None or x.id in named.ids]


def _choose(fitting: list[License]) -> Resolution:
    """The only one, or candidates of one type in catalogue order; of several types none is chosen."""
    ids = tuple(x.id for x in sorted(fitting, key=_POSITIONS.__getitem__))
    if len(ids) == 1:
        return Known(_BY_ID[ids[0].lower()])
    families = {unit_family(x.unit) for x in fitting}
    return Unversioned(fitting[-1].unit, ids) if len(families) == 1 else Unresolved(ids[:_NEAR])


def _near(family: str, version: str | None, port: str | None) -> tuple[str, ...]:
    """Real licenses of the type: of that version without a port, of that port, or the newest."""
    licenses = _FAMILIES[family]
    near = [x for x in licenses if x.version == version and x.jurisdiction is None]
    near += [x for x in reversed(licenses) if port is not None and x.jurisdiction == port]
    return tuple(x.id for x in near[:_NEAR] or licenses[-1:])
