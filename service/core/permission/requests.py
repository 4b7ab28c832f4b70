"""What the publisher asks beyond the license: wishes, which never make a no out of a yes."""

from collections.abc import Iterator, Sequence

from service.core.articles import AiTerms, Request
from service.core.data import read_table
from service.core.permission.model import Duty

_ROWS = read_table("permission_requests.tsv")
_TEXTS = {row["kind"]: row["text"] for row in _ROWS}
_ANSWERS = {True: "yes", False: "no", None: "unsaid"}


def requested_duties(use: str, requests: Sequence[Request], terms: AiTerms) -> tuple[Duty, ...]:
    """The requests as duties of the basis `request`: each of the publisher's, and what it says of machines."""
    asked = [] if use == "index" else [_duty_of(request) for request in requests]
    return (*asked, *_duties_of_terms(use, terms))


def _duty_of(request: Request) -> Duty:
    text = request.text or _TEXTS.get(request.kind, _TEXTS["other"])
    return Duty(kind=request.kind, basis="request", text=text, url=request.url)


def _duties_of_terms(use: str, terms: AiTerms) -> Iterator[Duty]:
    stated = {
        f"train_ai:{_ANSWERS[terms.train_ai]}",
        f"search:{_ANSWERS[terms.search]}",
        f"tdm_reservation:{_ANSWERS[terms.tdm_reservation]}",
    }
    for row in _ROWS:
        if use in row["uses"].split() and row["stated"] in stated:
            url = terms.tdm_policy if row["stated"].startswith("tdm_") else None
            yield Duty(kind=row["kind"], basis="request", text=row["text"], url=url)
