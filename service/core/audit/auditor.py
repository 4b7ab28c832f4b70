"""The way of an audit: read the page, choose the license, look for each element of the credit, count the days."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from service.core.articles import Article
from service.core.attribution import LANGUAGES, Reuse, Work, credit_work, work_of
from service.core.attribution.terms import terms_of
from service.core.audit.addresses import Addresses, page_addresses
from service.core.audit.cases import Case, Terms
from service.core.audit.change_notices import judge_changes
from service.core.audit.cures import find_cure
from service.core.audit.elements import judge_notices, judge_parties, judge_url
from service.core.audit.licenses import choose_claim, judge_license, unjudged_license
from service.core.audit.model import Audit, Finding, Republication, Subject, Unjudged
from service.core.audit.named_licenses import find_licenses
from service.core.audit.page_reader import read_page
from service.core.audit.parts import judge_parts, unjudged_parts
from service.core.audit.requests import judge_requests, unjudged_requests
from service.core.audit.seen import Page
from service.core.audit.words import Words
from service.core.grants import Grant, is_disputed, standing_on
from service.core.permission import subject_of as permission_subject
from service.core.sources import SourceContent


def subject_of(article: Article, source: SourceContent, ledger: Sequence[Grant], *, day: date) -> Subject:
    """The work that an article under what stands on `day` is, with its ledger, and what its publisher asks."""
    standing = standing_on(ledger, day)
    closed = (grant.claim for grant in ledger if grant.scope == "article" and grant.state == "asserted")
    return Subject(
        work=work_of(article, source),
        alternatives=() if is_disputed(standing) else tuple(grant.claim for grant in standing),
        earlier=tuple(claim for claim in closed if claim.end is not None and claim.end < day),
        requests=permission_subject(article, source, ledger).requests,
    )


def audit_page(subject: Subject, page: Republication, *, lang: str = LANGUAGES[0]) -> Audit:
    """What a page that republishes a work lacks of its credit; the credit that it should have is in `lang`.

    What cannot be told is `unjudged` and never found. Time grows with the length of the page.
    """
    case = _open_case(subject, page, lang)
    findings = tuple(_judge(case, subject, page))
    return Audit(
        claim=case.claim,
        findings=findings,
        unjudged=tuple(_leave_open(case, subject)),
        cure=find_cure(findings, page.discovered_on),
        credit=case.credit,
    )


def _open_case(subject: Subject, republication: Republication, lang: str) -> Case:
    page = read_page(republication.html)
    licenses, addresses = find_licenses(page), page_addresses(page)
    claim = choose_claim(subject.alternatives, subject.earlier, subject.work.claim, licenses)
    work = replace(subject.work, claim=claim)
    return Case(
        page=page,
        words=Words(page.text),
        addresses=addresses,
        licenses=licenses,
        work=work,
        claim=claim,
        alternatives=subject.alternatives,
        earlier=subject.earlier,
        terms=Terms(clauses=terms_of(claim).clauses, license=claim.license),
        credit=credit_work(work, Reuse(changes=republication.changes), lang=lang),
        anchors=frozenset({*licenses.anchors, *_places_of_work(page, work, addresses)}),
    )


def _places_of_work(page: Page, work: Work, addresses: Addresses) -> Iterator[int]:
    """Where in the text the work is linked, or its address printed."""
    span = addresses.find(work.url) if work.url else None
    if span:
        yield from (link.at for link in page.links if link.start == span[0])
        printed = page.place_of(span[0])
        yield from (() if printed is None else (printed,))


def _judge(case: Case, subject: Subject, page: Republication) -> Iterator[Finding]:
    yield from judge_parties(case)
    yield from judge_url(case)
    yield from judge_license(case)
    yield from judge_notices(case)
    yield from judge_changes(case, page.changes)
    yield from judge_parts(case)
    yield from judge_requests(case, subject.requests)


def _leave_open(case: Case, subject: Subject) -> Iterator[Unjudged]:
    yield from unjudged_license(case)
    for missing in case.credit.missing:
        if missing.part is None and missing.element not in ("license", "license_url"):
            yield Unjudged(element=missing.element, detail=missing.text)
    yield from unjudged_parts(case)
    yield from unjudged_requests(subject.requests)
