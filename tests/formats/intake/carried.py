"""What each form carries of an article: the rest cannot come back from it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from service.core.articles import (
    AiTerms,
    Article,
    Attribution,
    Basis,
    Content,
    Correction,
    Creator,
    Part,
    Request,
    SourceName,
    claims_of,
)
from service.core.attribution.spans import linkable
from service.core.grants import UNKNOWN, Claim
from service.formats.intake.person_names import read_orcid

Carried = tuple[Content, SourceName, tuple[Claim, ...]]
Text = str | None


def carried_by(form: str, article: Article) -> Carried:
    """The content, the source and the claims of `article` as far as `form` has them."""
    return _CARRIED[form](article)


def _said(text: Text) -> Text:
    """A text with something in it."""
    return text if text and not text.isspace() else None


def _without_days(claim: Claim) -> Claim:
    return replace(claim, start=None, end=None)


def _bare(claim: Claim) -> Claim:
    """A claim without its evidence."""
    return replace(claim, start=None, end=None, statement=None, statement_url=None)


def _addressed(claim: Claim) -> Claim:
    """A claim as far as an address says it."""
    if claim.license:
        return Claim(status="known", license=claim.license)
    return Claim(status="other", url=linkable(claim.url)) if claim.url else UNKNOWN


def _words(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_said, texts))))


def _linked_person(creator: Creator) -> Creator:
    url = linkable(creator.url)
    return replace(
        creator,
        role="contributor" if creator.role == "photographer" else creator.role,
        url=None if read_orcid(url) else url,
        orcid=creator.orcid or read_orcid(url),
        affiliation=_said(creator.affiliation),
    )


def _linked_people(creators: tuple[Creator, ...]) -> tuple[Creator, ...]:
    """By role, authors first; whoever did something else comes last."""
    order = ("author", "translator", "editor")
    return tuple(sorted(map(_linked_person, creators), key=lambda x: order.index(x.role) if x.role in order else 3))


def _json_ld(article: Article) -> Carried:
    content, source = article.content, article.source
    said = content.attribution
    translations = [basis for basis in content.based_on if basis.relation == "translation"]
    others = [basis for basis in content.based_on if basis.relation != "translation"]
    credit = _said(said.credit)
    kept = replace(
        content,
        creators=_linked_people(content.creators),
        summary=_said(content.summary),
        section=_said(content.section),
        keywords=_words(content.keywords),
        identifiers=tuple(dict.fromkeys(content.identifiers)),
        requests=tuple(Request(kind=x.kind, text=_said(x.text), url=linkable(x.url)) for x in content.requests),
        attribution=Attribution(
            credit=credit,
            credit_url=linkable(said.credit_url) if said.credit else None,
            copyright_notice=_said(said.copyright_notice),
            copyright_holder=_said(said.copyright_holder),
            copyright_year=said.copyright_year,
        ),
        parts=tuple(dict.fromkeys(map(_linked_part, content.parts))),
        based_on=tuple(map(_linked_basis, (*translations, *others))),
        more_permissions_url=linkable(content.more_permissions_url),
        ai_terms=AiTerms(tdm_policy=linkable(content.ai_terms.tdm_policy)),
        corrections=tuple(Correction(at=x.at, text=_said(x.text), url=linkable(x.url)) for x in content.corrections),
    )
    claims = tuple(
        replace(_without_days(claim), statement_url=linkable(claim.statement_url)) for claim in claims_of(article)
    )
    return kept, SourceName(name=source.name, url=source.url), claims


def _linked_part(part: Part) -> Part:
    return Part(
        kind="embed" if part.kind == "chart" else part.kind,
        url=linkable(part.url),
        title=_said(part.title),
        creator=_said(part.creator),
        license=_addressed(part.license),
        credit=_said(part.credit),
    )


def _linked_basis(basis: Basis) -> Basis:
    return Basis(
        relation="translation" if basis.relation == "translation" else "adaptation",
        url=linkable(basis.url),
        article=basis.article,
        title=_said(basis.title),
        creators=_linked_people(basis.creators),
        license=_addressed(basis.license),
    )


def _ninjs(article: Article) -> Carried:
    content, said = article.content, article.content.attribution
    published = content.published_at
    credit = _said(said.credit)
    kept = Content(
        url=content.url,
        title=content.title,
        creators=tuple(map(_party, content.creators)),
        language=content.language,
        published_at=published if published and published.precision == "instant" else None,
        summary=_said(content.summary),
        section=_said(content.section),
        keywords=_words(content.keywords),
        identifiers=content.identifiers,
        attribution=Attribution(
            credit=credit,
            credit_url=linkable(said.credit_url) if credit or said.credit_url else None,
            copyright_holder=_said(said.copyright_holder),
            copyright_notice=_said(said.copyright_notice),
        ),
        parts=tuple(
            Part(
                kind=part.kind,
                url=linkable(part.url),
                title=_said(part.title),
                creator=_said(part.creator),
                license=_worded(part.license),
                credit=_said(part.credit),
            )
            for part in content.parts
        ),
        based_on=tuple(
            replace(
                basis,
                url=linkable(basis.url),
                title=_said(basis.title),
                creators=tuple(map(_party, basis.creators)),
                license=_worded(basis.license),
                changes=_said(basis.changes),
            )
            for basis in content.based_on
        ),
        more_permissions_url=content.more_permissions_url,
        status=content.status,
    )
    source = SourceName(name=article.source.name, url=article.source.url)
    return kept, source, _worded_claims(article)


def _party(creator: Creator) -> Creator:
    url = None if creator.orcid else linkable(creator.url)
    return replace(
        creator,
        url=None if read_orcid(url) else url,
        orcid=creator.orcid or read_orcid(url),
        affiliation=None,
    )


def _worded(claim: Claim) -> Claim:
    """A claim as far as an address says it, or a word of our own."""
    return _addressed(claim) if claim.status == "other" else _bare(claim)


def _worded_claims(article: Article) -> tuple[Claim, ...]:
    """All claims, or none of them where one is in words of its own."""
    claims = tuple(map(_worded, claims_of(article)))
    return claims if UNKNOWN not in claims else ()


def _datacite(article: Article) -> Carried:
    content, said = article.content, article.content.attribution
    dois = [item for item in content.identifiers if item.scheme == "doi"]
    others = [item for item in content.identifiers if item.scheme != "uuid"]
    made = [x for x in content.creators if x.role == "author"], [x for x in content.creators if x.role != "author"]
    kept = Content(
        url=content.url,
        title=content.title,
        creators=tuple(_named(creator) for group in made for creator in group),
        language=content.language,
        published_at=content.published_at,
        modified_at=content.modified_at,
        summary=_said(content.summary),
        section=_said(content.section),
        keywords=_words(content.keywords),
        identifiers=tuple(dict.fromkeys((*dois[:1], *others))),
        attribution=Attribution(
            credit=_said(said.credit),
            copyright_holder=_said(said.copyright_holder),
            copyright_notice=_said(said.copyright_notice),
            copyright_year=said.copyright_year,
        ),
        based_on=_related(content.based_on),
        status=content.status,
    )
    claims = tuple(
        replace(
            _without_days(claim), statement_url=None, statement=claim.statement if claim.status == "other" else None
        )
        for claim in claims_of(article)
    )
    return kept, SourceName(name=article.source.name), claims


def _named(creator: Creator) -> Creator:
    roles = {"photographer": "contributor"}
    return replace(
        creator, url=None, role=roles.get(creator.role, creator.role), affiliation=_said(creator.affiliation)
    )


def _related(bases: tuple[Basis, ...]) -> tuple[Basis, ...]:
    """Works with a title or creators, then those of which nothing but an address is known."""
    described, bare = [], []
    for basis in bases:
        relation = basis.relation if basis.relation in ("translation", "version") else "adaptation"
        creators = tuple(Creator(name=creator.name, kind=creator.kind) for creator in basis.creators)
        kept = Basis(
            relation=relation, url=linkable(basis.url), title=_said(basis.title), creators=creators, license=UNKNOWN
        )
        if basis.title or basis.creators:
            described.append(kept)
        elif basis.url:
            bare.append(kept)
    known = {(basis.relation, basis.url) for basis in described}
    distinct = dict.fromkeys((*described, *(basis for basis in bare if (basis.relation, basis.url) not in known)))
    return tuple(distinct)


def _csl(article: Article) -> Carried:
    content, said = article.content, article.content.attribution
    roles = ("author", "translator", "editor", "contributor")
    people = [Creator(name=x.name, role=x.role if x.role in roles else "contributor") for x in content.creators]
    kept = Content(
        url=content.url,
        title=content.title,
        creators=tuple(sorted(people, key=lambda creator: roles.index(creator.role))),
        language=content.language,
        published_at=content.published_at,
        summary=_said(content.summary),
        section=_said(content.section),
        keywords=_words(content.keywords),
        identifiers=tuple(dict.fromkeys(content.identifiers)),
        attribution=Attribution(
            credit=_said(said.credit),
            requested=_said(said.requested),
            copyright_notice=_said(said.copyright_notice),
            copyright_holder=_said(said.copyright_holder),
            copyright_year=said.copyright_year,
        ),
        status=content.status,
    )
    claims = tuple(map(_addressed, claims_of(article)))
    if UNKNOWN in claims:
        addressed = tuple(claim for claim in claims if claim != UNKNOWN)
        return kept, SourceName(name=article.source.name), addressed or _worded_claims(article)
    return kept, SourceName(name=article.source.name), claims


_CARRIED: dict[str, Callable[[Article], Any]] = {
    "jsonld": _json_ld,
    "ninjs": _ninjs,
    "datacite": _datacite,
    "csl": _csl,
}
