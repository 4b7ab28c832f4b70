"""What a record says of its rights: the same in every form, wherever it stands."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from service.core.articles import NewArticle
from service.core.grants import Claim
from service.formats.intake.json_feed import read_json_feed
from service.formats.intake.stated_rights import Offer, is_bare_notice, license_of, notice_of
from service.formats.intake.stated_terms import Terms
from service.formats.schemas.articles import load_article
from service.formats.schemas.claims import read_license
from tests.formats.intake.records import load_record
from tests.formats.intake.uploads import FEED, HEAD, ITEM, OAI, answer, atom, members_of, record, rss

BY = "https://creativecommons.org/licenses/by/4.0/"
BY_NC = "https://creativecommons.org/licenses/by-nc/4.0/"
TERMS = "https://harbour.example/terms"
RESERVED = "© 2024 The Trust. All rights reserved."
NAMING = "© 2024 The Trust, CC BY-NC 4.0"
LIMITING = "© 2024 The Trust. Not for republication."
BARE = "© 2024 The Trust Ltd. and others"
Members = dict[str, Any]


def of_rss(license: str | None, words: str) -> NewArticle:
    address = f"<cc:license>{license}</cc:license>" if license else ""
    return loaded(members_of(FEED, rss(f"{ITEM}{address}<copyright>{words}</copyright>", head=HEAD)))


def of_atom(license: str | None, words: str) -> NewArticle:
    link = f'<link rel="license" href="{license}"/>' if license else ""
    entry = f'<title>Moths</title><link href="https://lantern.example/moths"/>{link}<rights>{words}</rights>'
    return loaded(members_of(FEED, atom(entry)))


def of_oai(license: str | None, words: str) -> NewArticle:
    rights = "".join(f"<dc:rights>{text}</dc:rights>" for text in (license, words) if text)
    names = "<dc:title>Moths</dc:title><dc:identifier>https://lantern.example/1</dc:identifier>"
    inside = record(f"{names}<dc:publisher>The Lantern</dc:publisher>{rights}")
    return loaded(members_of(OAI, answer(f"<ListRecords>{inside}</ListRecords>")))


def of_json_feed(license: str | None, words: str) -> NewArticle:
    item = {"id": "1", "url": "https://lantern.example/1", "title": "Moths", "_license": license, "_copyright": words}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "The Lantern", "items": [item]}
    return loaded(members_of(read_json_feed, orjson.dumps(feed)))


def of_datacite(license: str | None, words: str) -> NewArticle:
    rights = [{"rightsUri": license}] if license else []
    titled = {"titles": [{"title": "Moths"}], "publisher": "The Trust", "url": "https://lantern.example/1"}
    return load_record({**titled, "rightsList": [*rights, {"rights": words}]}, "datacite")[0]


def of_crossref(license: str | None, words: str) -> NewArticle:
    work = {"title": ["Moths"], "DOI": "10.1000/182", "publisher": "The Trust"}
    said = {"license": [{"URL": license}] if license else [], "assertion": [{"name": "copyright", "value": words}]}
    return load_record({**work, **said}, "crossref")[0]


def of_ninjs(license: str | None, words: str) -> NewArticle:
    item = {"uri": "https://lantern.example/1", "headline": "Moths", "copyrightholder": "The Trust"}
    rights = {"rightsInfo": {"linkedRights": license}} if license else {}
    return load_record({**item, **rights, "copyrightNotice": words}, "ninjs")[0]


def of_json_ld(license: str | None, words: str) -> NewArticle:
    node = {"@type": "NewsArticle", "url": "https://lantern.example/1", "headline": "Moths", "publisher": "The Trust"}
    return load_record({**node, "license": license, "copyrightNotice": words}, "jsonld")[0]


def of_csl(license: str | None, words: str) -> NewArticle:
    item = {"URL": "https://lantern.example/1", "title": "Moths", "publisher": "The Trust"}
    return load_record({**item, "license": license, "copyright": words}, "csl")[0]


def loaded(found: list[Members]) -> NewArticle:
    (members,) = found
    return load_article(members, None)


FORMS: dict[str, Callable[[str | None, str], NewArticle]] = {
    "rss": of_rss,
    "atom": of_atom,
    "oai": of_oai,
    "json feed": of_json_feed,
    "datacite": of_datacite,
    "crossref": of_crossref,
    "ninjs": of_ninjs,
    "jsonld": of_json_ld,
    "csl": of_csl,
}
every_form = pytest.mark.parametrize("form", FORMS)


def claim_of(license: Terms | list[Terms] | None) -> Claim:
    assert isinstance(license, dict)
    return read_license(license)


@every_form
@pytest.mark.parametrize(
    ("words", "alone", "beside"),
    [
        (RESERVED, "all-rights-reserved", "disputed"),
        (NAMING, "CC-BY-NC-4.0", "disputed"),
        (LIMITING, LIMITING, "disputed"),
        (BARE, None, "CC-BY-4.0"),
    ],
    ids=["reserved", "naming", "limiting", "bare"],
)
def test_a_notice_is_judged_alike_in_every_form(form: str, words: str, alone: str | None, beside: str):
    assert [claim.name for claim in FORMS[form](None, words).claims] == ([alone] if alone else [])
    (claim,) = FORMS[form](BY, words).claims
    assert claim.name == beside
    assert (words in (claim.statement or "")) == (beside == "disputed")
    assert FORMS[form](BY, words).content.attribution.copyright_notice == words


@pytest.mark.parametrize(
    ("offers", "words", "name"),
    [
        ([], ["CC BY 4.0", "Attribution-NonCommercial 4.0 International"], "disputed"),
        ([], ["CC BY 4.0", "Attribution 4.0 International"], "CC-BY-4.0"),
        ([], ["CC BY", "CC BY 4.0", "Thanks to the keepers"], "CC-BY-4.0"),
        ([], ["CC BY 4.0", "Not for republication"], "disputed"),
        ([], ["Courtesy of the Trust. Not for republication."], "Courtesy of the Trust. Not for republication."),
        ([], ["The Lantern"], "The Lantern"),
        ([Offer(url=BY)], ["Thanks to the keepers", "© The Trust"], "CC-BY-4.0"),
        ([Offer(url=BY)], ["Creative Commons Attribution"], "CC-BY-4.0"),
        ([Offer(url=BY)], ["Some rights reserved"], "CC-BY-4.0"),
        ([Offer(url=BY)], ["May be used without permission"], "CC-BY-4.0"),
        ([Offer(url=BY)], ["Non-commercial use only"], "disputed"),
        ([Offer(url=BY_NC)], ["Non-commercial use only"], "CC-BY-NC-4.0"),
        ([Offer(url=BY_NC)], ["For non-commercial purposes only, and not in France"], "disputed"),
        ([Offer(url=BY, words="Subscribers only")], [], "disputed"),
        ([Offer(url=BY, words="CC BY-NC 4.0")], [], "disputed"),
        ([Offer(url=BY, words="Nachdruck verboten")], [], "disputed"),
        ([Offer(url=TERMS)], ["Subscribers only"], TERMS),
        ([Offer(words="CC BY 4.0")], ["License: CC BY-NC 4.0"], "disputed"),
        ([Offer(words="CC BY")], ["License: CC BY 4.0"], "CC-BY-4.0"),
        ([Offer(words="CC BY 4.0")], ["License: CC BY"], "CC-BY-4.0"),
    ],
)
def test_licenses_and_words_come_to_one(offers: list[Offer], words: list[str], name: str):
    assert claim_of(license_of(offers, words)).name == name


@pytest.mark.parametrize(
    ("offers", "words"),
    [(101, 0), (1, 101), (60_000, 60_000)],
)
def test_of_too_much_that_is_said_nothing_is_made(offers: int, words: int):
    places = [Offer(url=f"https://harbour.example/{number}") for number in range(offers)]
    said = license_of([*places, Offer(url=BY)], [f"Thanks to keeper {number}" for number in range(words)])
    assert claim_of(said).status == "other"


def test_nothing_said_is_no_license():
    assert license_of([Offer(), Offer(url=" ")], ["© 2024 The Trust"], ["2024 The Trust"]) is None


def test_the_words_of_a_dispute_are_kept():
    claim = claim_of(license_of([Offer(url=BY, start="2024-05-04")], ["Not for sale"], [RESERVED]))
    assert claim.candidates == ("CC-BY-4.0", "all-rights-reserved", "Not for sale")
    assert claim.statement == f"Not for sale\n{RESERVED}"
    assert str(claim.start) == "2024-05-04"


def test_words_are_the_statement_of_the_alternatives_that_they_are_about():
    words = ["Licensed under CC BY 4.0, but for the logo", "Thanks to the keepers"]
    assert license_of([Offer(url=BY), Offer(url=BY_NC)], words) == [
        {"url": BY, "statement": "\n".join(words)},
        {"url": BY_NC, "statement": "Thanks to the keepers"},
    ]


@pytest.mark.parametrize("code", ["info:eu-repo/semantics/embargoedAccess", "http://purl.org/coar/access_right/c_f1cf"])
def test_a_license_begins_when_an_embargo_ends(code: str):
    assert license_of([Offer(url=BY)], [code], ends=["2030-05", "2031-01-01"]) == {
        "id": "CC-BY-4.0",
        "start": "2031-01-01",
    }
    assert claim_of(license_of([Offer(url=BY)], [code])).status == "other"
    assert claim_of(license_of([Offer(url=BY)], [code], ends=["2031", "soon"])).status == "other"
    assert license_of([Offer(url=BY), Offer(url=BY_NC)], [code], ends=["2031"]) == [
        {"id": "CC-BY-4.0", "start": "2031-12-31"},
        {"id": "CC-BY-NC-4.0", "start": "2031-12-31"},
    ]
    assert "start" not in (license_of([], [code, "All rights reserved"], ends=["2031"]) or {})


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("info:eu-repo/semantics/openAccess", None),
        ("http://purl.org/coar/access_right/c_abf2", None),
        ("info:eu-repo/semantics/closedAccess", "info:eu-repo/semantics/closedAccess"),
        ("info:eu-repo/semantics/restrictedAccess", "info:eu-repo/semantics/restrictedAccess"),
    ],
)
def test_whether_one_may_read_a_work_is_no_license(code: str, name: str | None):
    said = license_of([], [code])
    assert (claim_of(said).name if said else None) == name
    assert license_of([Offer(url=BY)], [code]) == {"id": "CC-BY-4.0"}


@pytest.mark.parametrize(
    ("words", "is_bare"),
    [
        ("© 2026 The Lantern", True),
        ("Copyright 2020 Elsevier B.V.", True),
        ("(c) Smith et al. 2020", True),
        ("© 2023 Forbidden Stories", True),
        ("© 2020-2024 Federal Reserve Bank of Boston", True),
        ("Copyright by Institute for Educational Research and Not For Profit Media, Inc.", True),
        ("© 2026 新华社", True),
        ("© 2026 新华社 禁止转载", False),
        ("The Lantern", False),
        ("© AP. Not for republication", False),
        ("© AP, not for republication", False),
        ("© AP NOT FOR REPUBLICATION", False),
        ("© AP, for editorial and private use", False),
        ("© 2026 The Lantern. See our terms.", False),
        ("© The Authors, under exclusive licence to the Trust", False),
        ("© 2026 The Lantern. CC BY", False),
    ],
)
def test_a_bare_notice_says_no_more_than_whose_it_is(words: str, is_bare: bool):
    assert is_bare_notice(words) == is_bare


def test_the_notice_is_that_which_begins_so():
    assert notice_of(["CC BY 4.0", "© The Trust", "© The Lantern"]) == "© The Trust"
    assert notice_of(["CC BY 4.0"]) is None
