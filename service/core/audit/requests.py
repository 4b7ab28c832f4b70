"""What the publisher asks beyond the license, as far as a page shows whether it was heeded."""

from collections.abc import Iterator, Sequence

from service.core.articles import Request
from service.core.audit.addresses import Addresses
from service.core.audit.cases import Case
from service.core.audit.model import Finding, Quote, Status, Unjudged
from service.core.audit.parts import file_key
from service.core.audit.sentences import say

_SHOWN = ("tracking-pixel", "logo")
_CANONICAL = "canonical-link"


def judge_requests(case: Case, requests: Sequence[Request]) -> Iterator[Finding]:
    """A finding for each request that a page can show to be heeded."""
    for request in requests:
        if request.kind == _CANONICAL:
            yield _judge_canonical(case, request.url or case.work.url or "")
        elif request.kind in _SHOWN and request.url:
            span = case.media.find(request.url) or _find_file(case, request)
            quote = case.page.quote_source(*span) if span else None
            yield _finding(request.kind, "found" if quote else "missing", request.url, quote)


def unjudged_requests(requests: Sequence[Request]) -> Iterator[Unjudged]:
    """The requests that no page shows to be heeded."""
    for request in requests:
        if request.kind != _CANONICAL and not (request.kind in _SHOWN and request.url):
            asked = request.text or request.kind
            text = asked if asked.endswith((".", "!", "?")) else f"{asked}."
            yield Unjudged(element=request.kind, detail=say("request.unjudged", text=text))


def _judge_canonical(case: Case, url: str) -> Finding:
    """The canonical link to the original, which is no place for another address."""
    links = [link for link in case.page.links if "canonical" in link.rel]
    found = [(link.url, (link.start, link.end)) for link in links]
    span = Addresses(found, case.page.base).find(url)
    if span or not found:
        quote = case.page.quote_source(*span) if span else None
        return _finding(_CANONICAL, "found" if span else "missing", url, quote)
    return _finding(_CANONICAL, "wrong", url, case.page.quote_source(*found[0][1]))


def _find_file(case: Case, request: Request) -> tuple[int, int] | None:
    """A logo by the name of its file; a pixel that is fetched from elsewhere counts nothing."""
    wanted = file_key(request.url or "") if request.kind == "logo" else ""
    media = (medium for medium in case.page.media if wanted and file_key(medium.url) == wanted)
    return next(((medium.start, medium.end) for medium in media), None)


def _finding(kind: str, status: Status, url: str, quote: Quote | None) -> Finding:
    detail = say(f"{kind}.{status}", text=url)
    return Finding(
        element=kind, status=status, severity="recommended", basis="request", text=url, detail=detail, evidence=quote
    )
