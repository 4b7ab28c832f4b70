"""The decision: may I do this with that article, and what must I do along with it?"""

from dataclasses import replace

from service.core.permission.ledger import closed_grants, judge_use
from service.core.permission.model import Permission, Reason, Ruling, Subject, Use, Verdict
from service.core.permission.parts import with_parts
from service.core.permission.requests import requested_duties
from service.core.permission.rulings import situation_of
from service.core.permission.sentences import said_reason


def decide(subject: Subject, use: Use) -> Permission:
    """The answer to a use of an article on the day asked. Unknown never becomes yes; equal input, equal answer."""
    situation = situation_of(use)
    judgement = judge_use(subject.ledger, use, situation)
    ruling = with_parts(judgement.ruling, subject.parts, situation, use.as_of)
    requested = requested_duties(use.use, subject.requests, subject.ai_terms) if ruling.verdict != "deny" else ()
    ruling = ruling.plus(duties=requested, reasons=_reasons_of_status(subject))
    verdict, asking = _ask_or(ruling, subject)
    return Permission(
        verdict=verdict,
        duties=ruling.duties,
        reasons=(*ruling.reasons, *asking),
        questions=ruling.questions,
        claim=judgement.claim,
        earlier_grants=closed_grants(subject.ledger, use),
        as_of=use.as_of,
    )


def _ask_or(ruling: Ruling, subject: Subject) -> tuple[Verdict, tuple[Reason, ...]]:
    """`ask` in place of a no where it is known whom to ask."""
    url = subject.more_permissions_url
    if ruling.verdict != "deny" or not url:
        return ruling.verdict, ()
    return "ask", (said_reason("ask", url=url),)


def _reasons_of_status(subject: Subject) -> tuple[Reason, ...]:
    """What a retraction, withdrawal or correction says beside the license, with the latest word about it."""
    if subject.status == "published":
        return ()
    reason = said_reason(subject.status)
    latest = max(subject.corrections, key=lambda correction: correction.at.first, default=None)
    return (replace(reason, text=f"{reason.text} See {latest.url}") if latest and latest.url else reason,)
