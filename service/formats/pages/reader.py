"""A page read into a draft of an article: parsed once, looked over once, each member weighed for itself."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from service.core.detection import Detection
from service.core.errors import InvalidValue
from service.core.identifiers import check_identifier
from service.core.urls import canonical_url
from service.formats.charsets import decode_page
from service.formats.intake.soundness import make_sound
from service.formats.members import drop_unknown, each_once
from service.formats.pages.addresses import PageAddresses, join_address
from service.formats.pages.bylines import find_creators
from service.formats.pages.drafts import Draft
from service.formats.pages.facts import Fact, distinct_facts, one_line_of, quote_of
from service.formats.pages.items import find_items, take_out_others
from service.formats.pages.license_members import write_license
from service.formats.pages.license_places import detect_in_page, mark_evidence, take_marks_off
from service.formats.pages.license_sentences import PageNames
from service.formats.pages.licenses import PageLicenses, judge_licenses
from service.formats.pages.linked_data import SOURCE, LinkedData
from service.formats.pages.page_languages import find_languages
from service.formats.pages.publishers import find_publishers
from service.formats.pages.survey import Survey, survey_page
from service.formats.pages.times import find_modified, find_published
from service.formats.pages.titles import PageHeadings, find_heading, find_titles
from service.formats.pages.tree import parse_page

_MOST_FACTS = 12
_SUMMARY, _KEYWORD, _MOST_KEYWORDS = 2000, 200, 50
_OTHER_SPELLINGS = frozenset(("shortlink", "amphtml"))
_KEYWORD_METAS = (
    "article:tag",
    "og:article:tag",
    "news_keywords",
    "citation_keywords",
    "dc.subject",
    "parsely-tags",
    "keywords",
)

Facts = dict[str, list[Fact]]


def read_page(page: bytes | str, *, url: str | None = None, charset: str | None = None) -> Draft:
    """The draft that a page makes; `url` is its address, `charset` what its header says.

    Raises InvalidValue for a charset that is not known. Never raises for the page itself, and fetches nothing.
    """
    text, read_in = (page, None) if isinstance(page, str) else decode_page(page, charset=charset, marked_up=True)
    detection, whole = detect_in_page(text, url)
    root = parse_page(mark_evidence(text, detection) if detection.licenses else text)
    if root is None:
        warnings = [_warning("unreadable", "", "No elements could be read from this page.")]
        return Draft(members=_addressed({}, url), evidence={}, detection=detection, warnings=warnings, charset=read_in)
    places = take_marks_off(root, detection) if detection.licenses else []
    survey = survey_page(root)
    survey.text = etree.tostring(root, method="text", encoding="unicode").lower().encode("utf-8", "replace")
    addresses = list(_addresses(survey, url))
    survey.address = addresses[0].value if addresses else None
    own = PageAddresses(_own_addresses(survey, addresses), join_address(url, survey.base or ""))
    headings = PageHeadings(survey)
    linked = LinkedData(survey.linked_data, own, headings.include)
    items = find_items(root, own, headings.include)
    if items.others:
        titles = find_titles(survey, linked)
        heading = find_heading(survey, titles[0].value if titles else "")
        places = take_out_others(root, items, heading, places)
        survey = replace(survey_page(root), address=survey.address, text=survey.text)
    facts = _gather(survey, linked, addresses)
    title = facts["title"][0].value if "title" in facts else ""
    heading = find_heading(survey, title)
    licenses = judge_licenses(survey, places, linked.licenses(), heading, own, PageNames(_names_in(facts)))
    members, license_facts = _compose(facts, licenses, linked)
    evidence = {**facts, **({"license": license_facts} if license_facts else {})}
    warnings = list(_warnings(survey, detection, licenses, members, whole=whole))
    return Draft(members=members, evidence=evidence, detection=detection, warnings=warnings, charset=read_in)


def _gather(survey: Survey, linked: LinkedData, addresses: list[Fact]) -> Facts:
    """The facts of each member, the best first."""
    url = survey.address
    titles = find_titles(survey, linked)
    title = titles[0].value if titles else ""
    publishers = find_publishers(survey, linked, url, title)
    heading = find_heading(survey, title)
    found = {
        "url": addresses,
        "title": titles,
        "source": publishers,
        "creators": find_creators(survey, linked, publishers[0].value if publishers else None, heading),
        "language": find_languages(survey, linked),
        "published_at": find_published(survey, linked, url, heading),
        "modified_at": find_modified(survey, linked),
        "summary": list(_summaries(survey, linked)),
        "section": list(_sections(survey, linked)),
        "keywords": list(_keywords(survey, linked)),
        "identifiers": list(_identifiers(survey)),
    }
    return {member: kept for member, facts in found.items() if (kept := distinct_facts(facts, _MOST_FACTS))}


def _names_in(facts: Facts) -> Iterator[str]:
    """What the page's metadata call its publisher and its authors; a piece of its title may be anything."""
    yield from (fact.value for fact in facts.get("source", ()) if fact.source != "title")
    yield from (creator["name"] for fact in facts.get("creators", ()) for creator in fact.value)


def _compose(facts: Facts, licenses: PageLicenses, linked: LinkedData) -> tuple[dict[str, Any], list[Fact]]:
    """The members of the article by the best fact of each, and the evidence of its license."""
    members = {member: found[0].value for member, found in facts.items()}
    url = members.get("url")
    if "source" in members:
        members["source"] = {"name": members["source"], **_site_of(url)}
    if "identifiers" in facts:
        members["identifiers"] = [fact.value for fact in facts["identifiers"]]
    license, evidence = write_license(licenses, url)
    if license is not None:
        members["license"] = license
    parts = [
        drop_unknown({**part, "url": join_address(url, part["url"])}) if "url" in part else part
        for part in licenses.parts
    ]
    parts += linked.stated.get("parts", ())
    members["parts"] = each_once(parts)
    return make_sound({name: value for name, value in members.items() if value}), evidence


def _addresses(survey: Survey, url: str | None) -> Iterator[Fact]:
    """The page's own address: as the client gives it, else as the page does, made absolute."""
    said = [(f"rel={rel}", href) for rel, href in survey.links if "canonical" in rel.split()]
    said += survey.meta_values("og:url", "twitter:url", "parsely-link")
    if url:
        yield Fact(url, "request", quote_of(url))
    for source, text in said:
        address = join_address(url or survey.base, text)
        if address:
            yield Fact(address, source, quote_of(text))


def _own_addresses(survey: Survey, addresses: list[Fact]) -> list[str]:
    """All addresses of the page, short ones and that for phones too."""
    whole = [fact.value for fact in addresses]
    others = (href for rel, href in survey.links if not _OTHER_SPELLINGS.isdisjoint(rel.split()))
    return whole + [own for href in others if whole and (own := join_address(whole[0], href))]


def _site_of(url: str | None) -> dict[str, str]:
    try:
        parts = urlsplit(url or "")
        return {"url": canonical_url(f"{parts.scheme}://{parts.netloc}/")} if parts.netloc else {}
    except (InvalidValue, ValueError):
        return {}


def _addressed(members: dict[str, Any], url: str | None) -> dict[str, Any]:
    return {**members, **({"url": url} if url else {})}


def _summaries(survey: Survey, linked: LinkedData) -> Iterator[Fact]:
    yield from (Fact(x.value[:_SUMMARY], x.source, x.quote) for x in linked.stated_fact("summary"))
    for name, content in survey.meta_values(
        "og:description",
        "description",
        "dc.description",
        "dcterms.abstract",
        "citation_abstract",
        "twitter:description",
    ):
        yield Fact(one_line_of(content)[:_SUMMARY], name, quote_of(content))


def _sections(survey: Survey, linked: LinkedData) -> Iterator[Fact]:
    yield from (Fact(x.value[:200], x.source, x.quote) for x in linked.stated_fact("section"))
    for name, content in survey.meta_values("article:section", "og:article:section", "parsely-section", "section"):
        if "://" not in content:
            yield Fact(one_line_of(content)[:200], name, quote_of(content))


def _keywords(survey: Survey, linked: LinkedData) -> Iterator[Fact]:
    sources = [(SOURCE, list(linked.stated.get("keywords", ())))]
    sources += [(name, [content for _, content in survey.meta_values(name)]) for name in _KEYWORD_METAS]
    for source, texts in sources:
        words = [one_line_of(word)[:_KEYWORD] for text in texts for word in text.replace(";", ",").split(",")]
        words = list(dict.fromkeys(word for word in words if word))[:_MOST_KEYWORDS]
        if words:
            yield Fact(words, source, quote_of(", ".join(texts)))


def _identifiers(survey: Survey) -> Iterator[Fact]:
    schemes = {
        "citation_doi": "doi",
        "prism.doi": "doi",
        "dc.identifier": "doi",
        "bepress_citation_doi": "doi",
        "citation_pmid": "pmid",
        "citation_arxiv_id": "arxiv",
    }
    seen = set()
    for name, scheme in schemes.items():
        for _, content in survey.meta_values(name):
            value = one_line_of(content).removeprefix("doi:").removeprefix("info:doi/")
            try:
                found = check_identifier(scheme, value)
            except InvalidValue:
                continue
            if (scheme, found) not in seen:
                seen.add((scheme, found))
                yield Fact({"scheme": scheme, "value": value}, name, quote_of(content))


def _warnings(
    survey: Survey, detection: Detection, licenses: PageLicenses, members: Mapping[str, Any], *, whole: bool
) -> Iterator[dict[str, str]]:
    """What a person should look at before the draft is registered."""
    for member in ("url", "title", "source"):
        if member not in members:
            yield _warning("missing", f"/article/{member}", f"The page does not say its {member}; an article needs it.")
    if survey.is_cut:
        yield _warning("cut", "", f"Only the first {survey.elements} elements of the page were read.")
    if not whole:
        yield _warning("cut", "/detections", "Only the beginning of the page was searched for licenses.")
    license = members.get("license")
    if isinstance(license, dict) and license.get("status") == "disputed":
        own = licenses.found and licenses.own_reservation
        said = "reserves its rights, and the page names a license for it." if own else "has licenses that disagree."
        yield _warning("disputed", "/article/license", f"The article {said}")
    elif (licenses.found or licenses.terms) and licenses.reserved:
        yield _warning(
            "reserved", "/article/license", "The page has words that reserve all rights, beside its license."
        )
    elif licenses.restriction:
        yield _warning("reserved", "/article/license", "The page forbids commercial use, which its license allows.")
    elif detection.licenses and not licenses.found:
        yield _warning(
            "unclaimed", "/article/license", "The page names licenses, none of them plainly for the article."
        )


def _warning(code: str, pointer: str, detail: str) -> dict[str, str]:
    return {"code": code, "pointer": pointer, "detail": detail}
