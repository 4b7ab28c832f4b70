"""Marks of changes: what the reuser did, in any language that there are credits in, and what earlier hands did.

4.0 marks every modification and keeps earlier marks (s. 3(a)(1)(B)); 1.0 to 3.0 want the credit of an adaptation to
name the use of the work (3.0 s. 4(b)(iv)). A word such as "edited" says something only where a credit stands, or at
the beginning of a short line of its own.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from service.core.articles import Basis
from service.core.attribution import CHANGES, LANGUAGES, Reuse, Work, credit_work
from service.core.attribution.reuse_wording import said_changes
from service.core.audit.cases import Case
from service.core.audit.model import Finding, Quote, Status
from service.core.audit.sentences import say
from service.core.audit.words import letters_of
from service.core.data import read_table
from service.core.grants import UNKNOWN, Claim
from service.core.licenses import License

_ANY = ("changed", "edited", "adapted")
"""Kinds whose words tell of any change."""

_RELATIONS = {"translation": "translated", "excerpt": "excerpted"}
_DERIVATIVES = "DerivativeWorks"


def judge_changes(case: Case, changes: str | None) -> Iterator[Finding]:
    """The mark of what the reuser changed, and of each work that the work itself was made from."""
    said = said_changes(changes)
    if said:
        yield _judge_own(case, said)
    elif _is_foreign(case):
        yield _judge_translation(case)
    for basis in case.work.based_on:
        yield _judge_basis(case, basis)


def _judge_own(case: Case, changes: str) -> Finding:
    quote = _find_change(case, changes)
    detail = say("changes.found" if quote else "changes.missing", text=changes)
    license = case.claim.license
    if license and _DERIVATIVES not in license.permits:
        detail = f"{detail} {say('changes.no-derivatives', license=license.id)}"
    return case.terms.finding("changes", "found" if quote else "missing", text=changes, detail=detail, evidence=quote)


def _judge_translation(case: Case) -> Finding:
    """A page in another language is a translation as it seems; its template may be wrong about the language."""
    quote = _find_change(case, "translated")
    detail = say(
        "changes.found" if quote else "changes.language", text=f"{case.page.lang}", language=f"{case.work.language}"
    )
    status: Status = "found" if quote else "missing"
    return case.terms.finding("changes", status, text="translated", detail=detail, evidence=quote, lightly=True)


def _judge_basis(case: Case, basis: Basis) -> Finding:
    """The earlier change, by the title or the address of what it was made from, or by its own words."""
    quote = _find_basis(case, basis)
    text = basis.title or basis.url or basis.changes or basis.relation
    detail = say("basis.found" if quote else "basis.missing", text=text)
    return case.terms.finding("changes", "found" if quote else "missing", text=text, detail=detail, evidence=quote)


def _find_basis(case: Case, basis: Basis) -> Quote | None:
    named = (case.find_words(text) for text in (basis.title, basis.changes) if text and text.strip())
    linked = case.find_address(basis.url) if basis.url else None
    found = linked or next((quote for quote in named if quote), None)
    return found or _find_kinds(case, (_RELATIONS.get(basis.relation, "adapted"),))


def _find_change(case: Case, changes: str) -> Quote | None:
    """The change in the reuser's own words, or in a word for such a change, or for any."""
    kind = changes.casefold()
    if kind in CHANGES:
        return _find_kinds(case, (kind, *_ANY))
    return case.find_words(changes) or _find_kinds(case, CHANGES)


def _find_kinds(case: Case, kinds: Iterable[str]) -> Quote | None:
    phrases = dict.fromkeys(phrase for kind in kinds for phrase in _phrases(kind, case.claim.license))
    regions = (case.credits, case.openings)
    found = (place for phrase in phrases for region in regions if (place := region.find(phrase, prefix=True)))
    place = next(found, None)
    return case.page.quote(*place) if place else None


def _is_foreign(case: Case) -> bool:
    """Whether the page says that it is in another language than the work."""
    languages = [(tag or "").strip().partition("-")[0].lower() for tag in (case.page.lang, case.work.language)]
    return all(languages) and languages[0] != languages[1]


@lru_cache(maxsize=512)
def _phrases(kind: str, license: License | None) -> tuple[str, ...]:
    """The letters of what says a kind of change in every language: the words of credits, and others like them."""
    claims = [UNKNOWN, *([Claim(status="known", license=license)] if license else [])]
    credited = (_credited(kind, claim, lang) for lang in LANGUAGES for claim in claims)
    others = (row["word"] for row in read_table("audit_changes.tsv") if row["kind"] == kind)
    return tuple(dict.fromkeys(letters for phrase in (*credited, *others) if (letters := letters_of(phrase))))


def _credited(kind: str, claim: Claim, lang: str) -> str:
    """The words of a credit for a change."""
    credit = credit_work(Work(claim=claim), Reuse(changes=kind), lang=lang)
    elements = (*credit.required, *credit.optional)
    return next((element.text for element in elements if element.element == "changes"), "")
