"""What a page lacks of the credit that it owes, element by element."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from service.core.articles import Basis, Creator, Part, Request
from service.core.attribution import Work, credit_work
from service.core.audit import Audit, Finding, Republication, Subject, audit_page
from service.core.catalogue import find_license, resolve_license
from service.core.grants import ALL_RIGHTS_RESERVED, UNKNOWN, Claim
from service.core.licenses import Unversioned

BY = "https://creativecommons.org/licenses/by/4.0/"
FOUND_ON, CURED_BY = date(2026, 11, 1), date(2026, 12, 1)
AMAL, TOM = Creator(name="Amal Haddad"), Creator(name="Tom Okafor", role="photographer")
TITLE, URL, NOTICE = "The Salt Road: a journey inland", "https://salt.example/road", "© 2024 Harbour Press"
PAGE = (
    f"<h1>{TITLE}</h1><p>By Amal Haddad, photographs by Tom Okafor. First published by "
    f'<a href="{URL}">Harbour Press</a>. {NOTICE}. Licensed under <a rel="license" href="{BY}">CC BY 4.0</a>.</p>'
)


def known(id: str, **days: date) -> Claim:
    license = find_license(id)
    assert license, id
    return Claim(status="known", license=license, **days)


def unversioned(name: str) -> Claim:
    resolution = resolve_license(name)
    assert isinstance(resolution, Unversioned)
    return Claim(status="unversioned", unit=resolution.unit, candidates=resolution.candidates)


def salt(claim: Claim | str = "CC-BY-4.0", **facts: Any) -> Work:
    made: dict[str, Any] = {
        "title": TITLE,
        "url": URL,
        "creators": (AMAL, TOM),
        "source_name": "Harbour Press",
        "copyright_notice": NOTICE,
        "language": "en",
        "claim": known(claim) if isinstance(claim, str) else claim,
    }
    return Work(**{**made, **facts})


def audit(work: Work, html: str, *, changes: str | None = None, found_on: date | None = None, **facts: Any) -> Audit:
    subject = Subject(**{"work": work, "alternatives": (work.claim,), **facts})
    return audit_page(subject, Republication(html=html, changes=changes, discovered_on=found_on))


def of(audit: Audit, element: str) -> list[Finding]:
    return [finding for finding in audit.findings if finding.element == element]


def one(audit: Audit, element: str) -> Finding:
    (finding,) = of(audit, element)
    return finding


def statuses(audit: Audit) -> dict[str, str]:
    return {finding.element: finding.status for finding in audit.findings}


def lacking(audit: Audit) -> list[str]:
    return [finding.element for finding in audit.findings if finding.is_lacking]


def without(text: str, page: str = PAGE) -> str:
    assert text in page
    return page.replace(text, "")


class TestWorkedExample:
    """A source says that all it publishes is under CC BY 4.0; a page names the license and forgets the link."""

    STATEMENT = "Everything that Harbour Press publishes is under the Creative Commons Attribution 4.0 license."

    @pytest.fixture
    def forgetful(self) -> Audit:
        claim = replace(known("CC-BY-4.0"), statement=self.STATEMENT, statement_url="https://salt.example/terms")
        return audit(salt(claim), without(f'<a rel="license" href="{BY}">'), found_on=FOUND_ON)

    def test_the_link_to_the_license_is_missing_by_the_clause_that_asks_for_it(self, forgetful: Audit) -> None:
        finding = one(forgetful, "license_url")
        assert (finding.status, finding.severity, finding.clause) == ("missing", "required", "s. 3(a)(1)(C)")
        assert (finding.basis, finding.text, finding.evidence) == ("license", BY, None)
        assert lacking(forgetful) == ["license_url"]
        assert forgetful.verdict == "incomplete"

    def test_the_breach_is_mended_within_30_days_of_its_discovery(self, forgetful: Audit) -> None:
        assert (forgetful.cure.by, forgetful.cure.clause) == (CURED_BY, "s. 6(b)(1)")

    def test_the_credit_that_comes_along_mends_it(self, forgetful: Audit) -> None:
        mended = audit(salt(), forgetful.credit.html, found_on=FOUND_ON)
        assert (lacking(mended), mended.verdict, mended.cure.by) == ([], "complete", None)


def test_a_whole_credit_lacks_nothing_and_each_finding_shows_where_it_stands() -> None:
    whole = audit(salt(), PAGE, found_on=FOUND_ON)
    assert set(statuses(whole).values()) == {"found"}
    assert whole.unjudged == ()
    for finding in whole.findings:
        assert finding.evidence
        assert PAGE[finding.evidence.start : finding.evidence.end] == finding.evidence.quote
    assert [x.evidence.quote for x in of(whole, "creators") if x.evidence] == ["Amal Haddad", "Tom Okafor"]
    assert whole.count("required", "found") == 6
    assert "Nothing" in whole.cure.reason


@pytest.mark.parametrize(
    ("gone", "element", "clause"),
    [
        ("Amal Haddad", "creators", "s. 3(a)(1)(A)(i)"),
        ("Tom Okafor", "creators", "s. 3(a)(1)(A)(i)"),
        (f'href="{URL}"', "url", "s. 3(a)(1)(A)(v)"),
        (NOTICE, "copyright_notice", "s. 3(a)(1)(A)(ii)"),
        (f'href="{BY}"', "license_url", "s. 3(a)(1)(C)"),
    ],
)
def test_what_is_taken_away_is_missing_by_its_clause(gone: str, element: str, clause: str) -> None:
    found = audit(salt(), without(gone), found_on=FOUND_ON)
    assert lacking(found) == [element]
    assert {x.clause for x in of(found, element)} == {clause}
    assert found.cure.by == CURED_BY


@pytest.mark.parametrize(
    ("id", "severity", "clause"),
    [
        ("CC-BY-4.0", "recommended", None),
        ("CC-BY-3.0", "required", "s. 4(b)(ii)"),
        ("CC-BY-NC-2.0", "required", "s. 4(c)"),
        ("CC-SAMPLING-1.0", "recommended", None),
        ("CC0-1.0", "recommended", None),
    ],
)
def test_the_title_is_required_through_3_0_alone(id: str, severity: str, clause: str | None) -> None:
    finding = one(audit(salt(id), "<p>nothing</p>"), "title")
    assert (finding.status, finding.severity, finding.clause) == ("missing", severity, clause)


@pytest.mark.parametrize("unit", ["ND", "NC", "SA", "NC-SA", "ND-NC"])
def test_retired_licenses_require_the_license_and_the_notices_but_no_names(unit: str) -> None:
    empty = audit(salt(f"CC-{unit}-1.0", disclaimer="As it is."), "")
    assert lacking(empty) == ["license", "license_url", "disclaimer"]


@pytest.mark.parametrize("id", ["CC0-1.0", "CC-PDM-1.0"])
def test_the_public_domain_requires_nothing_and_recommends_everything(id: str) -> None:
    empty = audit(salt(id, disclaimer="As it is."), "", found_on=FOUND_ON)
    assert lacking(empty) == []
    assert {x.severity for x in empty.findings} == {"recommended"}
    assert {"title", "creators", "url", "license", "license_url"} <= statuses(empty).keys()
    assert empty.cure.by is None


class TestNames:
    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("Ines Albright", "by INES ALBRIGHT"),
            ("Ines Albright", "Albright, Ines"),
            ("Ines Albright", "Ines&nbsp;<b>Al</b>bright¹"),
            ("Tomás Ferreira", "Tomas Ferreira"),
            ("Gabriel García Márquez", "García Márquez, Gabriel"),
            ("D’Arcy O'Neil", "D'Arcy O&rsquo;Neil"),
            ("Zoë Ångström", "Zoe\u0308 A&#x30A;ngstro\u0308m"),
            ("علی‌رضا احمدی", "نوشتهٔ عليرضا احمدي"),
            ("أحمد سامي", "بقلم ليلى وأحمد سامي"),
            ("李伟", "作者：李伟 摄影"),
            ("김철수", "글 김철수는"),
            ("Jean-Luc Ménard", "Jean\u2011Luc Ménard"),
            ("Jean-Luc Ménard", "Jean&shy;-Luc Mé&shy;nard"),
            ("The Salt Desk", '<img alt="The Salt Desk">'),
            ("अनिता कौर", "लेखिका: अनिता कौर"),
            ("Bo", "<p>Bo</p>"),
        ],
    )
    def test_a_name_is_found_in_every_spelling(self, name: str, words: str) -> None:
        work = salt(creators=(Creator(name=name),))
        assert one(audit(work, f"<p>{words}</p>"), "creators").status == "found"

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("Ines Albright", "Ines Albrightson"),
            ("Ines Albright", "Agines Albright"),
            ("Ines Albright", "Ines and Mr. Albright"),
            ("Ines Albright", "<!-- Ines Albright -->"),
            ("Ines Albright", "<script>'Ines Albright'</script>"),
            ("Ines Albright", "<style>Ines Albright</style><template>Ines Albright</template>"),
            ("Ines Albright", "<p hidden>Ines Albright<p>nobody"),
            ("Ines Albright", '<div style="color:red; display : none">Ines <b>x</b> Ines Albright</div>'),
            ("Ines Albright", "<noscript>Ines Albright</noscript><textarea>Ines Albright</textarea>"),
            ("Ines Albright", '<meta name="author" content="Ines Albright"><title>Ines Albright</title>'),
            ("अनिता कौर", "अनीता कौर"),
            ("Bo", "Little Bo Peep has lost her sheep"),
        ],
    )
    def test_what_is_no_name_or_is_not_seen_is_not_found(self, name: str, words: str) -> None:
        work = salt(creators=(Creator(name=name),))
        finding = one(audit(work, f"<div>{words}</div>"), "creators")
        assert (finding.status, finding.severity) == ("missing", "required")

    @pytest.mark.parametrize("words", ["I. Albright", "Albright I.", "By I. M. Albright"])
    def test_initials_are_a_hint(self, words: str) -> None:
        work = salt(creators=(Creator(name="Ines Maria Albright"),))
        finding = one(audit(work, f"<p>{words}</p>"), "creators")
        assert (finding.status, finding.severity) == ("wrong", "recommended")
        assert "Ines Maria Albright" in finding.detail

    def test_a_creator_that_is_recorded_twice_is_looked_for_once(self) -> None:
        work = salt(creators=(AMAL, replace(AMAL, role="editor"), Creator(name="AMAL HADDAD")))
        assert len(of(audit(work, ""), "creators")) == 1

    def test_a_name_of_nothing_but_marks_is_found_as_it_stands(self) -> None:
        work = salt(creators=(Creator(name="!!!"),))
        assert one(audit(work, "<p>A song by !!!</p>"), "creators").status == "found"
        assert one(audit(work, "<p>A song by ???</p>"), "creators").status == "missing"

    def test_the_designated_party_is_required_since_2_5(self) -> None:
        page = without("Amal Haddad")
        for id, severity in (("CC-BY-4.0", "required"), ("CC-BY-2.5", "required"), ("CC-BY-2.0", "recommended")):
            finding = one(audit(salt(id, credit="Delta Fund"), page), "credit")
            assert (finding.status, finding.severity) == ("missing", severity)
        assert one(audit(salt(credit="Delta Fund"), "<p>for the DELTA FUND</p>"), "credit").status == "found"

    def test_wording_that_the_licensor_asks_for_stands_in_for_the_names_that_it_says(self) -> None:
        work = salt("CC-BY-3.0", requested="Story: Salt Desk")
        terms = f'<a href="https://creativecommons.org/licenses/by/3.0/">CC BY 3.0</a> <a href="{URL}">x</a> {NOTICE}'
        assert lacking(audit(work, f"<p>Story: Salt Desk. {terms}</p>")) == ["title", "creators", "creators"]
        said = ", ".join(["Salt Desk", str(work.title), *(creator.name for creator in work.creators)])
        assert lacking(audit(replace(work, requested=said), f"<p>{said}. {terms}</p>")) == []
        assert lacking(audit(work, f"<p>{terms}</p>")) == ["title", "creators", "creators"]

    def test_a_credit_that_is_printed_as_it_should_be_lacks_nothing_beside_requested_wording(self) -> None:
        for id in ("CC-BY-1.0", "CC-BY-SA-2.5", "CC-BY-3.0", "CC-BY-4.0"):
            work = salt(id, requested="Courtesy of Daily News", credit="Delta Fund")
            assert lacking(audit(work, credit_work(work).html)) == [], id


class TestTitle:
    @pytest.mark.parametrize(
        "words",
        [
            "THE SALT ROAD – A JOURNEY INLAND",
            "“The Salt Road” / a journey <i>inland</i>",
            "The Salt Road",
            "The\n  Salt Road:<br>a journey inland",
        ],
    )
    def test_punctuation_and_subtitle_play_no_role(self, words: str) -> None:
        assert one(audit(salt(), f"<h1>{words}</h1>"), "title").status == "found"

    @pytest.mark.parametrize("words", ["The Salt Roads", "Salt Road", "A journey inland", "Unthe Salt Road"])
    def test_another_title_is_none(self, words: str) -> None:
        assert one(audit(salt(), f"<h1>{words}</h1>"), "title").status == "missing"

    def test_a_work_without_a_title_has_no_such_finding(self) -> None:
        found = audit(salt("CC-BY-3.0", title=None), PAGE)
        assert of(found, "title") == []
        assert [item.element for item in found.unjudged] == ["title"]

    def test_a_short_head_is_too_little_of_a_title(self) -> None:
        work = salt(title="Salt: a journey")
        assert one(audit(work, "<h1>Salt</h1>"), "title").status == "missing"

    def test_a_very_short_title_counts_as_a_line_or_in_a_credit_alone(self) -> None:
        work = salt(title="Salt")
        assert one(audit(work, "<p>Pass me the salt please</p>"), "title").status == "missing"
        assert one(audit(work, "<h2>Salt</h2><p>Pass it</p>"), "title").status == "found"
        assert one(audit(work, f'<p>From “Salt”, <a href="{URL}">original</a></p>'), "title").status == "found"


class TestAddress:
    @pytest.mark.parametrize(
        "page",
        [
            '<a href="http://www.salt.example/road/?utm_source=mail#top">here</a>',
            "<a href=' //SALT.example:443/road '>here</a>",
            "<a href=&#104;ttps://salt.example/ro%61d>here</a>",
            "<p>See https://salt.example/road.</p>",
            "<p>（https://salt.example/road）</p>",
            "<p>https://salt.example/roadは原文</p>",
            "<p>(www.salt.example/road)</p>",
            "<p>Read salt.example/road, please</p>",
            '<base href="https://salt.example/"><a href="road">here</a>',
        ],
    )
    def test_the_original_is_linked_or_printed_in_any_spelling(self, page: str) -> None:
        assert one(audit(salt(), page), "url").status == "found"

    @pytest.mark.parametrize(
        "page",
        [
            '<a href="https://salt.example/road/2">here</a>',
            '<a href="https://salt.example/">here</a>',
            '<a href="https://salt.example/road?page=2">here</a>',
            '<a href="/road">here</a>',
            '<link rel="canonical" href="https://salt.example/road">',
            '<a hidden href="https://salt.example/road">here</a>',
            "<p>salt.example/roadside and asalt.example/road and salt.example/road/2</p>",
            '<a href="https://[salt.example/road">here</a>',
        ],
    )
    def test_another_address_is_none(self, page: str) -> None:
        assert one(audit(salt(), page), "url").status == "missing"

    def test_hosts_are_one_in_their_own_letters_and_in_ascii(self) -> None:
        work = salt(url="https://xn--mgbh0fb.example/خبر")
        page = "<a href='https://مثال.example/%D8%AE%D8%A8%D8%B1'>x</a>"
        assert one(audit(work, page), "url").status == "found"

    def test_a_host_with_an_underscore_or_a_host_alone_is_an_address_too(self) -> None:
        assert (
            one(audit(salt(url="https://salt_road.example/a"), "<a href=//salt_road.example/a>x</a>"), "url").status
            == "found"
        )
        home = salt(url="https://salt.example/")
        assert one(audit(home, "<a href=http://www.salt.example>x</a>"), "url").status == "found"
        assert one(audit(home, "<p>mail@salt.example or salt.example</p>"), "url").status == "missing"

    def test_a_base_that_is_no_address_joins_nothing(self) -> None:
        page = f'<base href="https://[x"><a href="road">x</a><a href="{URL}">y</a>'
        assert one(audit(salt(), page), "url").status == "found"

    def test_an_address_that_cannot_be_linked_is_not_asked_for(self) -> None:
        found = audit(salt(url="salt road"), PAGE)
        assert of(found, "url") == []
        assert [item.element for item in found.unjudged] == ["url"]


class TestNotices:
    @pytest.mark.parametrize(
        "words", [NOTICE, "(c) 2024 Harbour Press", "Copyright: HARBOUR PRESS, 2024", "&copy; 2024 Harbour Press"]
    )
    def test_a_copyright_notice_has_many_spellings(self, words: str) -> None:
        assert one(audit(salt(), f"<p>{words}</p>"), "copyright_notice").status == "found"

    def test_another_year_is_another_notice(self) -> None:
        assert one(audit(salt(), "<p>© 2023 Harbour Press</p>"), "copyright_notice").status == "missing"

    def test_a_disclaimer_stands_in_full_or_is_linked(self) -> None:
        words, address = salt(disclaimer="No warranty, none at all."), salt(disclaimer="https://salt.example/terms")
        assert one(audit(words, "<p>No warranty; none at all</p>"), "disclaimer").status == "found"
        assert one(audit(words, "<p>No warranty</p>"), "disclaimer").clause == "s. 3(a)(1)(A)(iv)"
        assert one(audit(address, "<a href='http://salt.example/terms'>terms</a>"), "disclaimer").status == "found"


class TestChanges:
    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ("translated", "Translated from English by Mia."),
            ("translated", "Dieser Text wurde aus dem Englischen übersetzt."),
            ("translated", "ترجمه از انگلیسی"),
            ("translated", "译自英文"),
            ("abridged", "This article has been shortened."),
            ("abridged", "Modified from the original."),
            ("Headline rewritten", "The headline: headline rewritten"),
            ("Headline rewritten", "Changes were made."),
        ],
    )
    def test_a_change_is_marked_in_words_of_any_language(self, changes: str, words: str) -> None:
        found = audit(salt(), f"{PAGE}<p>{words}</p>", changes=changes)
        assert (one(found, "changes").status, one(found, "changes").clause) == ("found", "s. 3(a)(1)(B)")

    @pytest.mark.parametrize(
        "page",
        [
            "<p>In the port the letters of sailors are often read aloud, then translated by a clerk.</p>",
            f"<p>Translated texts sell. {'And so it goes on for a while in the shop. ' * 9}</p>",
            '<li><a href="/translated">Translated articles</a></li>',
            "<p>Abridged</p>",
            "",
        ],
    )
    def test_the_word_in_the_story_is_no_mark(self, page: str) -> None:
        finding = one(audit(salt(), PAGE + page, changes="translated", found_on=FOUND_ON), "changes")
        assert (finding.status, finding.severity) == ("missing", "required")

    def test_without_changes_no_mark_is_asked_for(self) -> None:
        assert of(audit(salt(), PAGE), "changes") == []
        assert of(audit(salt(), PAGE, changes="  "), "changes") == []

    def test_a_license_that_allows_no_adaptation_says_so(self) -> None:
        assert (
            "CC-BY-ND-4.0 does not let"
            in one(audit(salt("CC-BY-ND-4.0"), PAGE, changes="translated"), "changes").detail
        )
        assert one(audit(salt("CC-BY-ND-3.0"), "", changes="translated"), "changes").severity == "recommended"

    def test_a_page_in_another_language_seems_to_be_a_translation(self) -> None:
        finding = one(audit(salt(), f'<html lang="de-AT">{PAGE}'), "changes")
        assert (finding.status, finding.severity, finding.clause) == ("missing", "recommended", "s. 3(a)(1)(B)")
        assert of(audit(salt(), f'<html lang="en-US">{PAGE}'), "changes") == []
        assert of(audit(salt(language=None), f'<html lang="de">{PAGE}'), "changes") == []

    @pytest.mark.parametrize(
        ("page", "status"),
        [
            ("<p>after “Der Salzweg”</p>", "found"),
            ('<a href="https://salz.example/weg/">x</a>', "found"),
            ("<p>Translation of another work</p>", "found"),
            ("<p>Salzweg</p>", "missing"),
        ],
    )
    def test_earlier_marks_are_kept(self, page: str, status: str) -> None:
        basis = Basis(relation="translation", title="Der Salzweg", url="https://salz.example/weg", license=UNKNOWN)
        finding = one(audit(salt(based_on=(basis,)), page), "changes")
        assert (finding.status, finding.severity) == (status, "required")


class TestParts:
    LAMP = Part(kind="image", url="https://salt.example/img/lamp.jpg", creator="Li Wei", license=known("CC-BY-SA-3.0"))
    CREDIT = '<p>Photo: Li Wei, <a href="https://creativecommons.org/licenses/by-sa/3.0/deed.de">CC BY-SA 3.0</a></p>'
    IMAGE = '<img src="http://salt.example/img/lamp.jpg?utm_source=x">'

    @pytest.mark.parametrize(
        "markup",
        [
            IMAGE,
            '<img srcset="/cdn/small.jpg 1x, https://other.example/2024/lamp-1024x768.jpg 2x">',
            '<picture><source srcset="https://other.example/lamp@2x.jpg"></picture>',
            '<img src="data:," data-src="https://salt.example/img/lamp.jpg">',
            '<video poster="https://salt.example/img/lamp.jpg"></video>',
            '<iframe src="https://salt.example/img/lamp.jpg"></iframe>',
            "<div style=\"background: url('https://salt.example/img/lamp.jpg')\"></div>",
            '<noscript><img src="/lamp.webp"></noscript>',
            '<div hidden><img src="/LAMP.jpg"></div>',
        ],
    )
    def test_a_part_that_stands_on_the_page_needs_its_own_credit(self, markup: str) -> None:
        work = salt(parts=(self.LAMP,))
        bare = one(audit(work, PAGE + markup, found_on=FOUND_ON), "part:0")
        assert (bare.status, bare.severity, bare.clause) == ("missing", "required", "s. 4(c)(i)")
        assert "the creator, the license, the link to the license" in bare.detail
        credited = audit(work, PAGE + markup + self.CREDIT)
        assert (one(credited, "part:0").status, lacking(credited)) == ("found", [])

    @pytest.mark.parametrize(
        "markup",
        [
            "",
            '<a href="https://salt.example/img/lamp.jpg">x</a>',
            '<img src="/img/lamps.jpg">',
            "<p>lamp.jpg</p>",
            "<template><img src='/lamp.jpg'></template>",
        ],
    )
    def test_a_part_that_is_left_out_needs_none(self, markup: str) -> None:
        assert of(audit(salt(parts=(self.LAMP,)), PAGE + markup), "part:0") == []

    def test_a_file_name_that_any_page_may_have_tells_nothing(self) -> None:
        logo = replace(self.LAMP, url="https://salt.example/img/image01.jpg")
        assert of(audit(salt(parts=(logo,)), '<img src="/image01.jpg">'), "part:0") == []
        assert one(audit(salt(parts=(logo,)), '<img src="https://salt.example/img/image01.jpg">'), "part:0")

    @pytest.mark.parametrize(
        "claim",
        [
            UNKNOWN,
            Claim(status=ALL_RIGHTS_RESERVED),
            Claim(status="other", url="https://salt.example/terms"),
            Claim(status="disputed", candidates=("CC-BY-4.0", "CC-BY-3.0")),
            unversioned("CC BY"),
        ],
        ids=lambda claim: claim.status,
    )
    def test_an_uncleared_part_that_stands_on_the_page_is_wrong(self, claim: Claim) -> None:
        work = salt(parts=(replace(self.LAMP, license=claim),))
        found = audit(work, PAGE + self.IMAGE, found_on=FOUND_ON)
        assert (one(found, "part:0").status, one(found, "part:0").severity) == ("wrong", "required")
        assert found.cure.by is None, "no license ends, so none comes back"

    def test_the_line_that_its_maker_asks_for_stands_for_the_name(self) -> None:
        lamp = replace(self.LAMP, credit="Photo: L.W. / Salt Desk")
        page = PAGE + self.IMAGE + self.CREDIT.replace("Li Wei", "L.W. / Salt Desk")
        assert one(audit(salt(parts=(lamp,)), page), "part:0").status == "found"

    def test_a_part_whose_title_is_asked_for_needs_it(self) -> None:
        lamp = replace(self.LAMP, title="Lamp at dusk")
        found = audit(salt(parts=(lamp,)), PAGE + self.IMAGE + self.CREDIT)
        assert "its credit lacks the title." in one(found, "part:0").detail

    def test_a_part_in_the_public_domain_needs_no_credit(self) -> None:
        lamp = replace(self.LAMP, license=known("CC0-1.0"))
        finding = one(audit(salt(parts=(lamp,)), PAGE + self.IMAGE), "part:0")
        assert (finding.status, finding.severity, finding.clause) == ("missing", "recommended", None)

    def test_a_noncommercial_part_and_one_without_an_address_are_told(self) -> None:
        parts = (replace(self.LAMP, license=known("CC-BY-NC-4.0")), replace(self.LAMP, url=None))
        found = audit(salt(parts=parts), PAGE + self.IMAGE)
        assert "non-commercial use alone" in one(found, "part:0").detail
        assert [item.element for item in found.unjudged] == ["part:1"]


class TestRequests:
    def judged(self, page: str, **request: str) -> list[tuple[str, str, str, str]]:
        found = audit(salt(), page, requests=(Request(**request),))
        return [(x.element, x.status, x.severity, x.basis) for x in found.findings if x.basis == "request"]

    @pytest.mark.parametrize(
        ("page", "status"),
        [
            ('<img src="https://salt.example/pixel?id=7&amp;x=1">', "found"),
            ('<img src="/pixel?id=7&amp;x=1">', "missing"),
            ("", "missing"),
        ],
    )
    def test_a_tracking_pixel(self, page: str, status: str) -> None:
        asked = {"kind": "tracking-pixel", "url": "https://salt.example/pixel?id=7&x=1"}
        assert self.judged(page, **asked) == [("tracking-pixel", status, "recommended", "request")]

    @pytest.mark.parametrize(
        ("page", "status"),
        [
            ('<link rel="canonical" href="https://salt.example/road">', "found"),
            ('<link href=http://salt.example/road?utm_medium=x rel="x CANONICAL">', "found"),
            ('<link rel="canonical" href="https://other.example/copy">', "wrong"),
            ("", "missing"),
        ],
    )
    def test_a_canonical_link(self, page: str, status: str) -> None:
        assert self.judged(page, kind="canonical-link") == [("canonical-link", status, "recommended", "request")]

    def test_a_logo_may_be_a_copy(self) -> None:
        asked = {"kind": "logo", "url": "https://salt.example/harbour-press.svg"}
        assert self.judged('<img src="/media/harbour-press.png">', **asked)[0][1] == "found"
        assert self.judged("", **asked)[0][1] == "missing"

    @pytest.mark.parametrize("kind", ["notify", "no-automatic-republication", "other", "logo", "tracking-pixel"])
    def test_what_no_page_shows_is_left_open(self, kind: str) -> None:
        found = audit(salt(), PAGE, requests=(Request(kind=kind, text="Please do"),))
        assert [item.element for item in found.unjudged] == [kind]
        assert "Please do." in found.unjudged[0].detail
        assert found.verdict == "complete"


class TestCure:
    @pytest.mark.parametrize(
        ("id", "by", "clause"),
        [
            ("CC-BY-4.0", CURED_BY, "s. 6(b)(1)"),
            ("CC-BY-NC-ND-4.0", CURED_BY, "s. 6(b)(1)"),
            ("CC-BY-3.0-IGO", CURED_BY, "s. 7(b)"),
            ("CC-BY-3.0", None, None),
            ("CC-BY-SA-2.0-DE", None, None),
        ],
    )
    def test_4_0_and_3_0_igo_give_30_days(self, id: str, by: date | None, clause: str | None) -> None:
        cure = audit(salt(id), "", found_on=FOUND_ON).cure
        assert (cure.by, cure.clause) == (by, clause)
        assert cure.reason

    def test_without_a_day_of_discovery_there_is_none(self) -> None:
        cure = audit(salt(), "").cure
        assert (cure.by, cure.clause) == (None, "s. 6(b)(1)")
        assert "discovered_on" in cure.reason

    def test_the_calendar_ends(self) -> None:
        assert audit(salt(), "", found_on=date.max).cure.by is None
        assert audit(salt(), "", found_on=date(9999, 12, 1)).cure.by == date(9999, 12, 31)

    def test_what_is_recommended_alone_needs_none(self) -> None:
        assert audit(salt(), without(TITLE), found_on=FOUND_ON).cure.by is None
