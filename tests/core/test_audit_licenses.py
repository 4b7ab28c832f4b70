"""The license on a page: the right one, another, an earlier one, none; and what cannot be told."""

from dataclasses import replace
from datetime import date

import pytest

from service.core.articles import Basis
from service.core.audit import Audit
from service.core.grants import ALL_RIGHTS_RESERVED, UNKNOWN, Claim
from tests.core.test_audit import BY, FOUND_ON, PAGE, audit, known, lacking, one, salt, statuses, unversioned

CC = "https://creativecommons.org/licenses"
BY_3 = f"{CC}/by/3.0/"
CLOSED = known("CC-BY-3.0", end=date(2025, 6, 30))


def license_of(found: Audit) -> tuple[str, str]:
    return one(found, "license").status, one(found, "license_url").status


@pytest.mark.parametrize(
    "url",
    [
        "http://creativecommons.org/licenses/by/4.0",
        "https://www.creativecommons.org/licenses/by/4.0/deed.fr",
        "//creativecommons.org/licenses/by/4.0/legalcode.de",
        "https://creativecommons.org/licences/by/4.0/?ref=chooser",
        "https://creativecommons.org/licenses/by/4.0/legalcode#s3",
    ],
)
def test_the_license_is_linked_in_any_spelling(url: str) -> None:
    assert license_of(audit(salt(), f'<p>under <a href="{url}">this license</a></p>')) == ("found", "found")
    assert one(audit(salt(), f"<p>CC BY 4.0 ({url})</p>"), "license_url").status == "found"


@pytest.mark.parametrize(
    "name",
    [
        "CC BY 4.0",
        "Creative Commons Attribution 4.0 International License",
        "Namensnennung 4.0 International (CC BY 4.0)",
        "クリエイティブ・コモンズ 表示 4.0 国際",
        "CC-BY-4.0",
    ],
)
def test_the_license_is_named_in_any_language(name: str) -> None:
    found = audit(salt(), f"<p>Licensed under {name}.</p>")
    assert license_of(found) == ("found", "missing")


def test_a_button_names_the_license_and_links_nothing() -> None:
    button = '<img src="https://i.creativecommons.org/l/by/4.0/88x31.png" alt="">'
    assert license_of(audit(salt(), button)) == ("found", "missing")
    assert license_of(audit(salt(), f"<div hidden>{button}</div>")) == ("missing", "missing")


@pytest.mark.parametrize("id", ["CC-BY-3.0", "CC-BY-SA-4.0", "CC-BY-3.0-DE", "CC0-1.0"])
def test_another_license_version_or_port_is_wrong(id: str) -> None:
    license = known(id).license
    assert license
    found = audit(salt(), f'<p>Under <a href="{license.url}">{license.name}</a></p>', found_on=FOUND_ON)
    assert license_of(found) == ("wrong", "wrong")
    assert id in one(found, "license_url").detail
    assert {"license", "license_url"} <= set(lacking(found))
    assert found.cure.by is not None


def test_a_port_is_not_its_unported_license() -> None:
    found = audit(salt("CC-BY-3.0-DE"), f'<p><a href="{BY_3}">CC BY 3.0</a></p>')
    assert one(found, "license_url").status == "wrong"


def test_an_unported_name_with_the_link_of_the_port_is_right() -> None:
    found = audit(salt("CC-BY-3.0-DE"), f'<p><a href="{BY_3}de/">CC BY 3.0</a></p>')
    assert license_of(found) == ("found", "found")


def test_a_link_that_has_the_name_of_another_license_is_wrong_about_the_name() -> None:
    found = audit(salt(), f'<p><a href="{BY}">CC BY-SA 4.0</a></p>')
    assert license_of(found) == ("wrong", "found")


def test_the_site_s_own_license_is_not_taken_for_the_article_s() -> None:
    footer = f'<footer>Our own texts are under <a href="{CC}/by-sa/4.0/">CC BY-SA 4.0</a>.</footer>'
    found = audit(salt(), PAGE + footer)
    assert (license_of(found), lacking(found)) == (("found", "found"), [])
    assert "CC-BY-SA-4.0" in one(found, "license").detail
    assert "CC-BY-SA-4.0" in one(found, "license_url").detail


def test_licenses_of_what_the_work_was_made_from_are_accounted_for() -> None:
    basis = Basis(relation="translation", title="Der Salzweg", license=known("CC-BY-SA-3.0"))
    page = f'<p>Der Salzweg, <a href="{CC}/by-sa/3.0/">CC BY-SA 3.0</a></p>'
    assert license_of(audit(salt(based_on=(basis,)), page)) == ("missing", "missing")


@pytest.mark.parametrize(
    ("page", "status", "words"),
    [
        ("<p>under a CC BY license</p>", ("wrong", "missing"), "without its version"),
        (f'<p><a href="{CC}/by/4.0/us/">terms</a></p>', ("missing", "wrong"), "does not exist"),
        (f'<head><link rel="license" href="{BY}"></head><p>x</p>', ("missing", "missing"), "metadata"),
        (f'<script type="application/ld+json">{{"license": "{BY}"}}</script>', ("missing", "missing"), "metadata"),
        (f'<p>This is not licensed under <a href="{BY}">CC BY 4.0</a>.</p>', ("missing", "missing"), ""),
        (f'<p><a href="{CC}/by/">terms</a></p>', ("wrong", "missing"), "without its version"),
        ("<p>All rights reserved.</p>", ("missing", "missing"), ""),
    ],
)
def test_half_a_license_is_none(page: str, status: tuple[str, str], words: str) -> None:
    found = audit(salt(), page)
    assert license_of(found) == status
    assert words in one(found, "license").detail + one(found, "license_url").detail


def test_the_mark_for_machines_is_recommended() -> None:
    bare = audit(salt(), PAGE.replace(' rel="license"', ""))
    assert (one(bare, "rel_license").status, one(bare, "rel_license").severity) == ("missing", "recommended")
    other = f'<a rel="license" href="{CC}/by-sa/4.0/">x</a><a href="{BY}">y</a>'
    assert one(audit(salt(), other), "rel_license").status == "missing"


class TestLedger:
    def test_each_of_two_alternatives_is_enough(self) -> None:
        both = (known("CC-BY-SA-3.0"), known("CC-BY-4.0"))
        found = audit(salt("CC-BY-SA-3.0"), PAGE, alternatives=both)
        assert (found.claim.name, lacking(found)) == ("CC-BY-4.0", [])
        assert audit(salt("CC-BY-SA-3.0"), "", alternatives=both).claim.name == "CC-BY-SA-3.0"

    def test_an_earlier_license_is_a_hint_and_no_breach(self) -> None:
        page = PAGE.replace(BY, BY_3).replace("CC BY 4.0", "CC BY 3.0")
        found = audit(salt(), page, earlier=(CLOSED,), found_on=FOUND_ON)
        for element in ("license", "license_url"):
            finding = one(found, element)
            assert (finding.status, finding.severity) == ("wrong", "recommended")
            assert "2025-06-30" in finding.detail
        assert (lacking(found), found.cure.by) == ([], None)
        assert lacking(audit(salt(), page)) == ["license", "license_url"], "without the ledger it is another license"

    def test_where_no_license_stands_any_longer_the_earlier_one_is_looked_at(self) -> None:
        page = PAGE.replace(BY, BY_3).replace("CC BY 4.0", "CC BY 3.0")
        reserved = Claim(status=ALL_RIGHTS_RESERVED)
        found = audit(salt(reserved), page, earlier=(CLOSED,))
        assert (found.claim, found.verdict) == (CLOSED, "unclear")
        assert [item.element for item in found.unjudged] == ["license"]
        assert audit(salt(reserved), "", earlier=(CLOSED,)).claim == reserved


class TestVague:
    @pytest.mark.parametrize(
        "claim",
        [
            UNKNOWN,
            Claim(status="other", url="https://salt.example/terms"),
            Claim(status=ALL_RIGHTS_RESERVED),
            Claim(status="disputed", candidates=("CC-BY-4.0", "CC-BY-SA-4.0")),
            unversioned("CC BY"),
        ],
        ids=lambda claim: claim.status,
    )
    def test_a_license_that_is_not_exactly_known_is_never_found_by_a_guess(self, claim: Claim) -> None:
        found = audit(salt(claim), PAGE, found_on=FOUND_ON)
        assert "found" not in [statuses(found).get(name) for name in ("license", "license_url", "rel_license")]
        assert "license" in [item.element for item in found.unjudged]
        assert found.verdict != "complete"
        assert found.cure.by is None

    def test_a_candidate_on_the_page_is_told_and_left_open(self) -> None:
        found = audit(salt(unversioned("CC BY")), PAGE)
        assert "CC-BY-4.0" in next(item.detail for item in found.unjudged if item.element == "license_url")
        assert (lacking(found), found.verdict) == ([], "unclear")

    def test_a_type_that_is_named_as_it_is_recorded_is_found(self) -> None:
        assert one(audit(salt(unversioned("CC BY")), "<p>under a CC BY license</p>"), "license").status == "found"

    def test_a_license_that_is_no_candidate_is_wrong(self) -> None:
        page = f'<a href="{CC}/by-nc/4.0/">CC BY-NC 4.0</a>'
        for claim in (unversioned("CC BY"), Claim(status=ALL_RIGHTS_RESERVED)):
            assert one(audit(salt(claim), page), "license").status == "wrong"

    def test_whatever_a_possible_license_asks_for_is_required(self) -> None:
        found = audit(salt(unversioned("CC BY")), "", found_on=FOUND_ON)
        assert {"title", "creators", "url", "license"} <= set(lacking(found))
        assert (found.verdict, found.cure.by) == ("incomplete", None)

    def test_without_any_license_nothing_is_required(self) -> None:
        assert lacking(audit(salt(UNKNOWN), "")) == []

    def test_the_type_of_another_license_is_no_name_of_it(self) -> None:
        found = audit(salt(unversioned("CC BY")), "<p>under a CC BY-NC license</p>")
        assert one(found, "license").status == "missing"

    def test_what_the_record_does_not_know_is_left_open(self) -> None:
        found = audit(replace(salt(), creators=()), PAGE)
        assert [item.element for item in found.unjudged] == ["creators"]
