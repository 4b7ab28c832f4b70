"""What a node of schema.org says of rights: its license, with the words that say so, and what is asked beyond it.

A record of our own writer is known by an identifier that this writer alone makes. There ``usageInfo`` is read as it
fills it: works with a name, a text and an address.
"""

from collections.abc import Iterator
from dataclasses import replace

from service.core.catalogue import resolve_url
from service.formats.intake.addresses import read_address
from service.formats.intake.claim_words import read_claim_words
from service.formats.intake.json_ld_nodes import Article
from service.formats.intake.stated_rights import Offer, license_of
from service.formats.intake.stated_terms import Terms, dispute_terms, find_contradictions, gather_terms, state_terms
from service.formats.intake.values import first_text, text_of, texts_of
from service.formats.members import Members, known
from service.formats.rights import OTHER_TERMS
from service.formats.schema_org import TDM_POLICY
from service.formats.schemas.articles import REQUEST_KINDS
from service.formats.signature import is_ours

_PREFIXES = ("dct:", "dcterms:", "dc:", "http://purl.org/dc/terms/", "http://purl.org/dc/elements/1.1/")
_COMMONS = ("cc:", "http://creativecommons.org/ns#", "https://creativecommons.org/ns#")
_LICENSES = ("license", *(f"{prefix}license" for prefix in (*_PREFIXES, *_COMMONS)))
_RIGHTS = tuple(f"{prefix}rights" for prefix in _PREFIXES)


def is_record(article: Article) -> bool:
    """Whether an article is of our own writer, which signs it among its identifiers."""
    return any(is_ours(node.text("propertyID")) for node in article.nodes("identifier"))


def read_license(article: Article) -> Terms | list[Terms] | None:
    """The license of an article, or alternatives, each with its evidence."""
    if is_record(article):
        return _read_own_license(article)
    evidence = list(_evidence(article))
    offers, words = _read_offers(article, evidence)
    words += [text for work in evidence if not work.has("about") and (text := work.text("text", "name"))]
    return license_of(_with_usage(offers, article), [*words, *_said(article)], article.texts("copyrightNotice"))


def read_single_license(work: Article, *, is_own: bool) -> Terms | None:
    """The license of a part or of another work, which has one: of several it is not known which holds."""
    if is_own:
        return dispute_terms(_state(value, work) for value in work.values("license"))
    offers, words = _read_offers(work, [])
    license = license_of(offers, [*words, *_said(work)], work.texts("copyrightNotice"))
    return dispute_terms(license if isinstance(license, list) else [license])


def read_requests(article: Article) -> list[Members]:
    """What the publisher asks beyond the license."""
    asked = [work for work in article.nodes("usageInfo") if work.name in REQUEST_KINDS]
    return [known(kind=work.name, text=work.text("text"), url=_url(work)) for work in asked]


def read_tdm_policy(article: Article) -> str | None:
    """Where the terms for machines stand."""
    policies = [work for work in article.nodes("usageInfo") if work.name == TDM_POLICY]
    return first_text(*map(_url, policies))


def _evidence(article: Article) -> Iterator[Article]:
    """The works that say something of the license."""
    for work in article.nodes("usageInfo"):
        if work.name not in REQUEST_KINDS and work.name != TDM_POLICY:
            yield work


def _read_offers(work: Article, evidence: list[Article]) -> tuple[list[Offer], list[str]]:
    """What stands in the places for licenses, and the further names of a license that has several."""
    values = [value for name in _LICENSES for value in work.values(name)]
    found = [_read_offer(value, work, evidence) for value in values]
    return [offer for offer, _ in found], [name for _, names in found for name in names]


def _read_offer(value: object, work: Article, evidence: list[Article]) -> tuple[Offer, list[str]]:
    """A license: an address, words, or a work with names and addresses; with what is said about it elsewhere."""
    license = work.open(value)
    said = text_of(value)
    found = [said] if said else license.addresses("url", "contentUrl", "@id", "sameAs")
    addresses = [address for address in found if read_address(address)]
    url, others = next(iter(addresses), None), addresses[1:]
    names = license.texts("name") or [*filter(None, [license.name])]
    names = names or ([] if url else license.texts("text") or license.texts("description"))
    words = [said] if said and not url else [*names[:1], *(find_contradictions(others, [url]) if url else [])]
    about = next((item for item in evidence if url and url in item.addresses("about")), None)
    if about:
        words += [text for text in (about.text("text"),) if text]
    evidence_url = _url(about) if about else None
    return Offer(url=url, words="\n".join(words) or None, statement_url=evidence_url), names[1:]


def _with_usage(offers: list[Offer], article: Article) -> list[Offer]:
    """The licenses, with those at the addresses of ``usageInfo``: where there are others, these can but contradict."""
    urls = [url for url in article.addresses("usageInfo") if read_address(url) and resolve_url(url)]
    if not offers:
        return [Offer(url=url) for url in urls]
    others = find_contradictions(urls, [str(offer.url or offer.words) for offer in offers])
    first, *rest = offers
    words = "\n".join(filter(None, (first.words, *others))) or None
    return [replace(first, words=words), *rest]


def _said(work: Article) -> list[str]:
    """Words about rights in general."""
    usage = [text for text in texts_of(work.values("usageInfo")) if not read_address(text)]
    rights = [text for name in _RIGHTS for text in (*work.texts(name), *work.addresses(name))]
    return [*usage, *dict.fromkeys(rights)]


def _read_own_license(article: Article) -> Terms | list[Terms] | None:
    evidence = list(_evidence(article))
    bare = [work for work in evidence if not work.has("about")]
    stated = [_with_evidence(value, article, evidence) for value in article.values("license")]
    return gather_terms([*stated, *map(_read_claim, bare)])


def _with_evidence(value: object, article: Article, evidence: list[Article]) -> Terms | None:
    """A license with the words about it, and where they stand."""
    url = text_of(value)
    about = next((work for work in evidence if url and url in work.addresses("about")), None)
    if about is None:
        return _state(value, article)
    text = about.text("text")
    return {**(state_terms(url, text, statement_url=_url(about)) or {}), **known(statement=text)}


def _state(value: object, work: Article) -> Terms | None:
    """A license of our own writer: an address, or a work with a name and an address."""
    license = work.open(value)
    return state_terms(text_of(value) or license.address, license.name)


def _read_claim(work: Article) -> Terms | None:
    """A claim that has no address of its own, by its name as our own writer words it."""
    evidence = known(statement=work.text("text"), statement_url=_url(work))
    if work.name == OTHER_TERMS:
        return {"status": "other", **evidence}
    claimed = read_claim_words(work.name or "")
    return {**claimed, **evidence} if isinstance(claimed, dict) and "status" in claimed else None


def _url(work: Article) -> str | None:
    return first_text(*map(read_address, work.addresses("url")))
