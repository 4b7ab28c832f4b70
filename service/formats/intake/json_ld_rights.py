"""What a node of schema.org says of rights: its license, with the words that say so, and what is asked beyond it.

``usageInfo`` is read as our own writer fills it: works with a name, a text and an address.
"""

from collections.abc import Iterator

from service.formats.intake.addresses import read_address
from service.formats.intake.claim_words import read_claim_words
from service.formats.intake.json_ld_nodes import Article
from service.formats.intake.stated_terms import Terms, dispute_terms, gather_terms, state_terms
from service.formats.intake.values import first_text, text_of
from service.formats.members import Members, known
from service.formats.rights import OTHER_TERMS
from service.formats.schema_org import TDM_POLICY
from service.formats.schemas.articles import REQUEST_KINDS


def read_license(article: Article) -> Terms | list[Terms] | None:
    """The license of an article, or alternatives, each with its evidence."""
    evidence = list(_evidence(article))
    bare = [work for work in evidence if not work.has("about")]
    claims = [terms for terms in map(_read_claim, bare) if terms]
    said = "\n".join(text for work in bare if _read_claim(work) is None and (text := work.text("text")))
    values = article.values("license")
    if said and len(values) == 1:
        return _state(values[0], article, said)
    stated = [_with_evidence(value, article, evidence) for value in values]
    return gather_terms([*stated, *claims, state_terms(None, said)])


def read_single_license(work: Article) -> Terms | None:
    """The license of a part or of another work, which has one: of several it is not known which holds."""
    return dispute_terms(_state(value, work) for value in work.values("license"))


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


def _with_evidence(value: object, article: Article, evidence: list[Article]) -> Terms | None:
    """A license with the words about it, and where they stand."""
    terms = _state(value, article)
    url = text_of(value) or article.open(value).address
    about = next((work for work in evidence if url and url in work.addresses("about")), None)
    if about is None:
        return terms
    text = about.text("text")
    return {**(state_terms(url, text, statement_url=_url(about)) or {}), **known(statement=text)}


def _state(value: object, work: Article, more: str | None = None) -> Terms | None:
    """A license: an address, words, or a work with a name and an address; with `more` words about it."""
    text, license = text_of(value), work.open(value)
    url = read_address(text) if text else license.address
    words = license.name if text is None else None if url else text
    return state_terms(url, "\n".join(filter(None, (words, more))))


def _read_claim(work: Article) -> Terms | None:
    """A claim that has no address of its own, by its name as our own writer words it."""
    evidence = known(statement=work.text("text"), statement_url=_url(work))
    if work.name == OTHER_TERMS:
        return {"status": "other", **evidence}
    claimed = read_claim_words(work.name or "")
    return {**claimed, **evidence} if isinstance(claimed, dict) and "status" in claimed else None


def _url(work: Article) -> str | None:
    return first_text(*map(read_address, work.addresses("url")))
