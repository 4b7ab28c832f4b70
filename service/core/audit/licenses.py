"""The license of a work on a page: named and linked, another one, or none; and what cannot be told of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from service.core.audit.cases import Case
from service.core.audit.model import Finding, Quote, Status, Unjudged
from service.core.audit.named_licenses import PageLicenses
from service.core.audit.sentences import say
from service.core.catalogue import find_license
from service.core.grants import ALL_RIGHTS_RESERVED, Claim
from service.core.licenses import License, unit_family


def choose_claim(alternatives: Sequence[Claim], earlier: Sequence[Claim], shown: Claim, seen: PageLicenses) -> Claim:
    """The claim that the page is judged under: of alternatives the one that it links to or names, else the first.

    Where no license stands any longer, an earlier one that the page has: copies from its time keep it.
    """
    known = [claim for claim in alternatives if claim.license] or ([shown] if shown.license else [])
    choices = known or [claim for claim in earlier if claim.license]
    for licenses in (seen.linked, seen.named):
        for claim in choices:
            if claim.license in licenses:
                return claim
    return known[0] if known else shown


def judge_license(case: Case) -> Iterator[Finding]:
    """The name of the license, the link to it, and the mark on the link."""
    license = case.claim.license
    if license:
        yield _judge_name(case, license)
        yield _judge_link(case, license)
        yield _judge_mark(case, license)
    else:
        yield from _judge_vague(case)


def unjudged_license(case: Case) -> Iterator[Unjudged]:
    """What cannot be told where the license is not exactly known."""
    if case.claim.license and case.claim in case.earlier:
        end = str(case.claim.end)
        yield Unjudged(element="license", detail=say("closed", license=case.claim.license.id, end=end))
    if case.claim.license is None:
        yield Unjudged(element="license", detail=say(f"vague.{case.claim.status}"))
        candidates = [license for license in case.licenses.seen if _is_candidate(license, case.claim)]
        for license in candidates:
            yield Unjudged(element="license_url", detail=say("vague.candidate", license=license.id))


def _judge_name(case: Case, license: License) -> Finding:
    seen, others = case.licenses, _others(case, case.licenses.named)
    if license in seen.misnamed and license not in seen.fitting:
        other, quote = seen.misnamed[license]
        detail = say("license.misnamed", license=license.id, other=other.id)
        return _finding(case, "license", "wrong", license.name, detail, quote)
    if license in seen.named:
        detail = _with_others(case, say("license.found"), others)
        return _finding(case, "license", "found", license.name, detail, seen.named[license])
    if license in seen.linked:
        detail = _with_others(case, say("license.linked"), others)
        return _finding(case, "license", "found", license.name, detail, seen.linked[license])
    if others:
        return _wrong(case, "license", license.name, others, license)
    return _unnamed(case, license)


def _unnamed(case: Case, license: License) -> Finding:
    """A license that is not named, or by its type alone."""
    family = unit_family(license.unit)
    for unit, quote in case.licenses.units.items():
        if unit_family(unit) == family:
            detail = say("license.unversioned", license=license.name)
            return _finding(case, "license", "wrong", license.name, detail, quote)
    hidden = "license.hidden" if license in case.licenses.said else "license.missing"
    return _finding(case, "license", "missing", license.name, say(hidden, license=license.name), None)


def _judge_link(case: Case, license: License) -> Finding:
    seen, others = case.licenses, _others(case, case.licenses.linked)
    if license in seen.linked:
        detail = _with_others(case, say("license_url.found"), others)
        return _finding(case, "license_url", "found", license.url, detail, seen.linked[license])
    if others:
        return _wrong(case, "license_url", license.url, others, license)
    if seen.dead:
        detail = say("license_url.dead", url=license.url)
        return _finding(case, "license_url", "wrong", license.url, detail, seen.dead[0])
    hidden = "license_url.hidden" if license in seen.said and license not in seen.named else "license_url.missing"
    return _finding(case, "license_url", "missing", license.url, say(hidden, url=license.url), None)


def _judge_mark(case: Case, license: License) -> Finding:
    """The mark that machines read; no license asks for it."""
    quote = case.licenses.marked.get(license)
    return Finding(
        element="rel_license",
        status="found" if quote else "missing",
        severity="recommended",
        basis="advice",
        text='rel="license"',
        detail=say(f"rel_license.{'found' if quote else 'missing'}"),
        evidence=quote,
    )


def _wrong(case: Case, element: str, text: str, others: Mapping[License, Quote], license: License) -> Finding:
    """Another license stands in the place of the right one. An earlier one is right for copies of its time."""
    earlier = {claim.license: claim for claim in case.earlier if claim.license}
    for other, quote in others.items():
        if other in earlier:
            end = earlier[other].end
            detail = say("license.earlier", other=other.id, license=license.id, end=str(end))
            return case.terms.finding(element, "wrong", text=text, detail=detail, evidence=quote, lightly=True)
    first = next(iter(others))
    detail = say(f"{element}.wrong", others=_names(others), license=license.id)
    return _finding(case, element, "wrong", text, detail, others[first])


def _judge_vague(case: Case) -> Iterator[Finding]:
    """A license that is not exactly known: only that another one stands there can be told, or that none does."""
    claim, seen = case.claim, case.licenses.seen
    others = _others(case, seen)
    if claim.status in ("unversioned", "disputed", ALL_RIGHTS_RESERVED) and others:
        detail = say("vague.wrong", others=_names(others), claim=claim.name)
        yield _finding(case, "license", "wrong", claim.name, detail, next(iter(others.values())))
    elif "license" in case.terms.clauses and not seen:
        quote = next((quote for unit, quote in case.licenses.units.items() if _is_unit_of(unit, claim)), None)
        detail = say("vague.named" if quote else "vague.missing", claim=claim.name)
        yield _finding(case, "license", "found" if quote else "missing", claim.name, detail, quote)


def _others(case: Case, licenses: Mapping[License, Quote]) -> dict[License, Quote]:
    """The licenses among these that nothing accounts for: not the work's own, nor one of its parts or origins."""
    inside = [*(part.license for part in case.work.parts), *(basis.license for basis in case.work.based_on)]
    own = {claim.license for claim in (case.claim, *case.alternatives, *inside)}
    return {
        license: quote
        for license, quote in licenses.items()
        if license not in own and not _is_candidate(license, case.claim)
    }


def _is_candidate(license: License, claim: Claim) -> bool:
    return any(find_license(name) == license for name in claim.candidates)


def _is_unit_of(unit: str, claim: Claim) -> bool:
    return claim.unit is not None and unit_family(unit) == unit_family(claim.unit)


def _with_others(case: Case, detail: str, others: Mapping[License, Quote]) -> str:
    """The sentence, and what else the page says, which may be about something else."""
    if not others:
        return detail
    also = "license.conflict" if case.licenses.conflict else "license.also"
    return f"{detail} {say(also, others=_names(others))}"


def _names(licenses: Iterable[License]) -> str:
    return ", ".join(license.id for license in licenses)


def _finding(case: Case, element: str, status: Status, text: str, detail: str, quote: Quote | None) -> Finding:
    return case.terms.finding(element, status, text=text, detail=detail, evidence=quote)
