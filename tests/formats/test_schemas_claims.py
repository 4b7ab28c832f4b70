"""The ``license`` member as a list: alternatives, of which reserving all rights is none."""

from typing import Any

import pytest

from service.core.grants import Claim
from service.formats.schemas.articles import load_article

RESERVED, BY = "all-rights-reserved", "CC-BY-4.0"


def claims(*licenses: Any) -> tuple[Claim, ...]:
    article = {"url": "https://a.example/", "title": "a", "source": "b", "license": list(licenses)}
    return load_article(article, None).claims


@pytest.mark.parametrize("reserved", [RESERVED, "All rights reserved", {"statement": "© AP. All rights reserved."}])
def test_that_all_rights_are_reserved_is_no_alternative_but_a_dispute(reserved: Any):
    (claim,) = claims(reserved, BY, "https://harbour.example/terms")
    assert claim.status == "disputed"
    assert claim.candidates == (RESERVED, BY, "https://harbour.example/terms")


def test_reserved_now_and_offered_later_is_no_dispute():
    reserved, offered = {"id": RESERVED, "end": "2030-12-31"}, {"id": BY, "start": "2031-01-01"}
    assert [claim.name for claim in claims(reserved, offered)] == [RESERVED, BY]


@pytest.mark.parametrize(
    ("reserved", "offered", "start"),
    [
        ({"end": "2031-01-01"}, {"start": "2031-01-01"}, None),
        ({}, {"start": "2031-01-01", "end": "2032-01-01"}, None),
        ({"start": "2030-01-01"}, {"start": "2031-01-01"}, "2031-01-01"),
    ],
)
def test_days_of_both_are_a_dispute(reserved: Any, offered: Any, start: str | None):
    (claim,) = claims({"id": RESERVED, **reserved}, {"id": BY, **offered})
    assert (claim.status, claim.start.isoformat() if claim.start else None) == ("disputed", start)


def test_alone_it_is_what_it_is():
    assert [claim.status for claim in claims(RESERVED)] == [RESERVED]
    assert [claim.status for claim in claims(RESERVED, "All rights reserved")] == [RESERVED, RESERVED]
