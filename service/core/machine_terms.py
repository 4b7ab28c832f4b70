"""What a publisher states about machines: as signals that machines read, and where it contradicts the license.

Names and values of the signals are those of `machine_signals.tsv`, each with the vocabulary that it comes from and the
day of that: the drafts of the IETF's aipref group for Content-Usage, and the TDM Reservation Protocol of a W3C group.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.core.articles import AiTerms, Article
from service.core.attribution.spans import linkable
from service.core.data import read_table
from service.core.grants import Claim
from service.core.licenses import License
from service.core.permission.claims import judge_claim
from service.core.permission.model import Ruling
from service.core.permission.rulings import Situation

_SIGNALS = {row["member"]: row for row in read_table("machine_signals.tsv")}
_CONTRADICTIONS = read_table("machine_contradictions.tsv")
_ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Signal:
    """A field of an HTTP header, in printable ASCII, and the dated vocabulary that it is a word of."""

    header: str
    value: str
    vocabulary: str
    dated: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A statement about machines that says no where the license says yes; `member` is the one of ``ai_terms``."""

    member: str
    text: str


def signals_of(terms: AiTerms) -> tuple[Signal, ...]:
    """The signals that say `terms`, none for what is not stated; a license states no wish, so it is in none."""
    usage = [_item(member, said=said) for member, said in _said(terms) if _SIGNALS[member]["label"]]
    signals = [_signal("train_ai", ", ".join(usage))] if usage else []
    if terms.tdm_reservation is not None:
        signals.append(_signal("tdm_reservation", _value("tdm_reservation", said=terms.tdm_reservation)))
    policy = linkable(terms.tdm_policy) if terms.tdm_reservation else None  # TDMRep: read beside a reservation alone
    return (*signals, *([_signal("tdm_policy", policy)] if policy else []))


def find_contradictions(article: Article, terms: AiTerms) -> tuple[Contradiction, ...]:
    """Where `terms` say no to what a license of the article allows everybody, commercially too, and so still does."""
    said = dict(_said(terms))
    return tuple(
        Contradiction(row["member"], text)
        for row in _CONTRADICTIONS
        if said.get(row["member"]) is _ANSWERS[row["stated"]] and (text := _contradict(article, row))
    )


def allows_mining(license: License) -> bool:
    """Whether a license lets everybody mine what is under it."""
    return judge_claim(Claim(status="known", license=license), _situation("tdm")).permits


def _said(terms: AiTerms) -> Iterator[tuple[str, bool]]:
    for member in ("train_ai", "search", "tdm_reservation"):
        stated: bool | None = getattr(terms, member)
        if stated is not None:
            yield member, stated


def _item(member: str, *, said: bool) -> str:
    """An item of a dictionary (RFC 9651 s. 3.2) whose value is a token."""
    return f"{_SIGNALS[member]['label']}={_value(member, said=said)}"


def _value(member: str, *, said: bool) -> str:
    return _SIGNALS[member]["yes" if said else "no"]


def _signal(member: str, value: str) -> Signal:
    row = _SIGNALS[member]
    return Signal(row["header"], value, row["vocabulary"], row["dated"])


def _contradict(article: Article, row: dict[str, str]) -> str | None:
    """The sentence where a claim says yes; of alternatives one is enough, of a dispute all must."""
    situation = _situation(row["use"])
    rulings = [(claim, judge_claim(claim, situation)) for claim in _claims(article)]
    found = next(((claim, ruling) for claim, ruling in rulings if ruling.permits), None)
    return row["text"].format(license=_word(found[0]), clause=_clause(*found)) if found else None


def _claims(article: Article) -> Sequence[Claim]:
    shown = article.license.claim
    return (shown,) if shown.status == "disputed" else [other.claim for other in article.licenses]


def _situation(use: str) -> Situation:
    return Situation(use=use, commercial="yes")


def _word(claim: Claim) -> str:
    return claim.license.name if claim.license else "each license that it may be"


def _clause(claim: Claim, ruling: Ruling) -> str:
    """Where the license says so, if it is one license that says it."""
    clause = ruling.reasons[0].clause if claim.license else None
    return f" ({clause})" if clause else ""
