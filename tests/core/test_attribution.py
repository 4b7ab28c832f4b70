"""Who is named, what a license asks for, and what is never claimed."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from service.core.articles import Article, Attribution, Basis, Content, Creator, Shown, SourceName
from service.core.attribution import Credit, Element, Reuse, Work, credit_work, missing_elements, work_of
from service.core.catalogue import find_license, resolve_license
from service.core.data import read_table
from service.core.grants import ALL_RIGHTS_RESERVED, UNKNOWN, Claim
from service.core.licenses import License, Unversioned
from service.core.sources import SourceContent

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
AMAL, TOM = Creator(name="Amal Haddad", affiliation="Cairo Observer"), Creator(name="Tom Okafor")
LI = Creator(name="Li Wei", role="photographer")
SALT = Work(title="The Salt Road", url="https://salt.example/road", creators=(AMAL,), source_name="Harbour Press")

LICENSES = tuple(
    license for row in read_table("licenses.tsv") if (license := find_license(row["id"])) and license.id == row["id"]
)


def known(id: str) -> Claim:
    license = find_license(id)
    assert license, id
    return Claim(status="known", license=license)


def unversioned(name: str) -> Claim:
    resolution = resolve_license(name)
    assert isinstance(resolution, Unversioned)
    return Claim(status="unversioned", unit=resolution.unit, candidates=resolution.candidates)


def salt(id: str = "CC-BY-4.0", **facts: Any) -> Work:
    return replace(SALT, **{"claim": known(id), **facts})


def names(elements: tuple[Element, ...]) -> list[str]:
    return [element.element for element in elements]


def clauses(credit: Credit) -> dict[str, str | None]:
    return {element.element: element.clause for element in credit.required}


def test_a_credit_names_title_author_source_and_license_in_this_order() -> None:
    assert credit_work(salt()).text == (
        "“The Salt Road” by Amal Haddad (Harbour Press), https://salt.example/road, is licensed under CC BY 4.0, "
        "https://creativecommons.org/licenses/by/4.0/."
    )


@pytest.mark.parametrize(
    ("facts", "lead"),
    [
        ({"creators": (AMAL, TOM)}, "“The Salt Road” by Amal Haddad and Tom Okafor (Harbour Press),"),
        (
            {"creators": (AMAL, TOM, Creator(name="Ida Berg"))},
            "“The Salt Road” by Amal Haddad, Tom Okafor, and Ida Berg (Harbour Press),",
        ),
        ({"creators": ()}, "“The Salt Road” from Harbour Press,"),
        ({"creators": (), "source_name": None}, "“The Salt Road”,"),
        ({"creators": (Creator(name=" \n"),)}, "“The Salt Road” from Harbour Press,"),
        ({"credit": "Delta Fund"}, "“The Salt Road” by Amal Haddad for Delta Fund (Harbour Press),"),
        ({"credit": "Delta Fund", "creators": ()}, "“The Salt Road” from Delta Fund (Harbour Press),"),
        ({"credit": "HARBOUR PRESS"}, "“The Salt Road” by Amal Haddad for HARBOUR PRESS,"),
        ({"source_name": "Amal Haddad", "credit": "Amal Haddad"}, "“The Salt Road” by Amal Haddad,"),
        ({"creators": (AMAL, AMAL)}, "“The Salt Road” by Amal Haddad (Harbour Press),"),
        ({"title": None}, "This article by Amal Haddad (Harbour Press),"),
        ({"creators": (LI, AMAL)}, "“The Salt Road” by Amal Haddad, photographs by Li Wei (Harbour Press),"),
        (
            {"creators": (AMAL, Creator(name="Ida Berg", role="translator"), Creator(name="Ned", role="cartographer"))},
            "“The Salt Road” by Amal Haddad, translated by Ida Berg, with Ned (cartographer) (Harbour Press),",
        ),
        (
            {"creators": (Creator(name="Ida Berg", role="editor"),)},
            "“The Salt Road”, edited by Ida Berg (Harbour Press),",
        ),
    ],
)
def test_everybody_is_named_once_by_role_and_nobody_is_invented(facts: dict[str, Any], lead: str) -> None:
    assert credit_work(salt(**facts)).text.startswith(f"{lead} https://salt.example/road, is licensed")


def test_affiliations_are_not_credited() -> None:
    credit = credit_work(salt())
    assert "Cairo" not in credit.text + credit.html + credit.markdown


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("CC-BY-4.0", {"creators": "s. 3(a)(1)(A)(i)", "credit": "s. 3(a)(1)(A)(i)", "url": "s. 3(a)(1)(A)(v)"}),
        (
            "CC-BY-3.0",
            {"title": "s. 4(b)(ii)", "creators": "s. 4(b)(i)", "credit": "s. 4(b)(i)", "url": "s. 4(b)(iii)"},
        ),
        ("CC-BY-NC-SA-3.0-DE", {"title": "s. 4(d)(ii)", "creators": "s. 4(d)(i)", "credit": "s. 4(d)(i)"}),
        ("CC-BY-SA-2.5", {"title": "s. 4(c)", "creators": "s. 4(c)(i)", "credit": "s. 4(c)(ii)", "url": "s. 4(c)"}),
        ("CC-BY-2.0", {"title": "s. 4(b)", "creators": "s. 4(b)", "url": "s. 4(b)"}),
        ("CC-BY-NC-ND-1.0", {"title": "s. 4(c)", "creators": "s. 4(c)"}),
        ("CC-SAMPLING-1.0", {"creators": "s. 3(d)", "url": "s. 3(d)"}),
        ("CC-SAMPLING-PLUS-1.0", {"title": "s. 3(e)(i)", "creators": "s. 3(e)(i)", "license_url": "s. 3(e)(ii)"}),
        ("CC-NC-SAMPLING-PLUS-1.0", {"title": "s. 3(e)(i)", "creators": "s. 3(e)(i)", "license_url": "s. 3(e)(ii)"}),
        ("CC-DEVNATIONS-2.0", {"title": "s. 4(b)", "creators": "s. 4(b)", "url": "s. 4(b)"}),
    ],
)
def test_each_required_element_cites_the_clause_of_its_version(id: str, expected: dict[str, str]) -> None:
    required = clauses(credit_work(salt(id, credit="Delta Fund", copyright_notice="© 2024 Delta")))
    assert expected.items() <= required.items()
    assert set(required) - set(expected) <= {"license", "license_url", "copyright_notice", "url"}


def test_the_title_is_optional_in_4_0_alone() -> None:
    assert names(credit_work(salt("CC-BY-4.0")).optional) == ["title", "source"]
    assert "title" in names(credit_work(salt("CC-BY-3.0")).required)


def test_sampling_1_0_alone_of_the_older_licenses_with_attribution_asks_for_no_title() -> None:
    older = [x for x in LICENSES if "Attribution" in x.requires and x.version != "4.0"]
    assert {x.unit for x in older if "title" not in clauses(credit_work(salt(x.id)))} == {"sampling"}


def test_an_address_of_the_work_is_asked_for_since_2_0() -> None:
    assert "url" in names(credit_work(salt("CC-BY-1.0")).optional)
    assert "url" in names(credit_work(salt("CC-BY-2.0")).required)


def test_a_designated_party_is_a_wish_before_2_5() -> None:
    assert names(credit_work(salt("CC-BY-2.0", credit="Delta Fund")).requested) == ["credit"]
    assert "credit" in names(credit_work(salt("CC-BY-2.5", credit="Delta Fund")).required)


@pytest.mark.parametrize("unit", ["ND", "NC", "SA", "NC-SA", "ND-NC"])
def test_retired_licenses_without_attribution_ask_for_the_license_and_notices_only(unit: str) -> None:
    credit = credit_work(salt(f"CC-{unit}-1.0", disclaimer="As is.", copyright_notice="© Delta", creators=()))
    assert clauses(credit) == {"license": "s. 4(a)", "license_url": "s. 4(a)", "disclaimer": "s. 4(a)"}
    assert credit.missing == ()


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("CC0-1.0", "is dedicated to the public domain under CC0 1.0,"),
        ("CC-PDM-1.0", "is marked with Public Domain Mark 1.0,"),
        ("CC-PDDC", "is certified to be in the public domain under the Creative Commons public domain certification,"),
    ],
)
def test_public_domain_tools_ask_for_nothing(id: str, words: str) -> None:
    credit = credit_work(salt(id, creators=(), title=None), Reuse(changes="translated"))
    assert f"{words} https://creativecommons.org/publicdomain/" in credit.text
    assert (credit.required, credit.missing) == ((), ())
    assert "licensed" not in credit.text


@pytest.mark.parametrize("license", LICENSES, ids=lambda license: license.id)
def test_names_are_required_where_the_license_requires_attribution_and_nowhere_else(license: License) -> None:
    required = clauses(credit_work(salt(license.id)))
    assert ("creators" in required) == ("Attribution" in license.requires)
    assert ("license_url" in required) == ("Notice" in license.requires)
    assert all(required.values())


def test_the_catalogue_is_whole() -> None:
    assert len(LICENSES) == len(read_table("licenses.tsv"))


@pytest.mark.parametrize(
    ("id", "reuse", "words"),
    [
        ("CC-BY-4.0", Reuse(changes="translated"), "by/4.0/. Translated."),
        ("CC-BY-4.0", Reuse(changes="Translated", changed_by="Mia Sund"), "by/4.0/. Translated by Mia Sund."),
        ("CC-BY-4.0", Reuse(changes="cut to 300 words."), "by/4.0/. Changes: cut to 300 words."),
        ("CC-BY-4.0", Reuse(changed_by="Mia Sund"), "by/4.0/. Changed by Mia Sund."),
        ("CC0-1.0", Reuse(changes="abridged"), "zero/1.0/. Abridged."),
        ("CC-BY-3.0", Reuse(changes="translated"), "Translation of “The Salt Road” by Amal Haddad"),
        ("CC-BY-3.0", Reuse(changes="translated"), "https://salt.example/road, which is licensed under CC BY 3.0,"),
        ("CC-BY-SA-1.0", Reuse(changes="abridged", changed_by="Mia Sund"), "Abridgment by Mia Sund of “The Salt Road”"),
        ("CC-BY-2.0", Reuse(changes="cut by half"), "Adaptation of “The Salt Road”"),
        ("CC-BY-2.0", Reuse(changes="cut by half"), "by/2.0/. Changes: cut by half."),
    ],
)
def test_changes_are_marked_and_through_3_0_the_credit_names_the_use(id: str, reuse: Reuse, words: str) -> None:
    credit = credit_work(salt(id), reuse)
    assert words in credit.text
    assert credit.text.count("Translat") <= 1


def test_the_use_of_an_untitled_work_is_named_in_the_middle_of_the_sentence() -> None:
    text = credit_work(salt("CC-BY-3.0", title=None), Reuse(changes="translated")).text
    assert text.startswith("Translation of this article by Amal Haddad")


def test_earlier_changes_stay_in_the_credit() -> None:
    basis = Basis(
        relation="translation",
        title="Salzweg",
        url="https://salz.example/",
        creators=(Creator(name="Uwe Kern"),),
        license=known("CC-BY-3.0"),
        changes="abridged",
    )
    credit = credit_work(salt(based_on=(basis,)))
    assert credit.text.endswith(
        "Translation of “Salzweg” by Uwe Kern, https://salz.example/, licensed under CC BY 3.0, "
        "https://creativecommons.org/licenses/by/3.0/. Abridged."
    )
    assert clauses(credit)["changes"] == "s. 3(a)(1)(B)"
    assert credit.html.count('rel="license"') == 1


def test_a_basis_of_which_nothing_is_known_is_another_work_under_no_license() -> None:
    credit = credit_work(salt(based_on=(Basis(relation="excerpt", license=UNKNOWN),)))
    assert credit.text.endswith(" Excerpt of another work.")


def test_notices_are_kept_as_they_are() -> None:
    credit = credit_work(salt(copyright_notice="© 2024 Delta Inc.", disclaimer="No warranty"))
    assert credit.text.endswith("by/4.0/. © 2024 Delta Inc. No warranty.")
    assert clauses(credit)["copyright_notice"] == "s. 3(a)(1)(A)(ii)"
    assert clauses(credit)["disclaimer"] == "s. 3(a)(1)(A)(iv)"


def test_requested_wording_stands_for_names_and_title_and_the_license_still_follows() -> None:
    credit = credit_work(salt(requested="Photo essay {creator}: Amal Haddad", creators=(AMAL,)))
    assert credit.text.startswith(
        "Photo essay {creator}: Amal Haddad, https://salt.example/road, is licensed under CC BY"
    )
    assert [(x.element, x.text) for x in credit.requested] == [("credit", "Photo essay {creator}: Amal Haddad")]
    assert "creators" in names(credit.required)
    assert names(credit.omitted) == ["title", "source"]


COURTESY = "Courtesy of Daily News"


@pytest.mark.parametrize(
    ("id", "facts", "lead"),
    [
        ("CC-BY-1.0", {}, f"“The Salt Road” by Amal Haddad, {COURTESY},"),
        ("CC-BY-2.0", {"credit": "Delta Fund"}, f"“The Salt Road” by Amal Haddad, {COURTESY},"),
        ("CC-BY-2.5", {"credit": "Delta Fund"}, f"“The Salt Road” by Amal Haddad for Delta Fund, {COURTESY},"),
        ("CC-BY-3.0", {"credit": "Daily News"}, f"“The Salt Road” by Amal Haddad, {COURTESY},"),
        ("CC-BY-3.0", {"creators": ()}, f"“The Salt Road”, {COURTESY},"),
        ("CC-BY-4.0", {}, f"“The Salt Road” by Amal Haddad, {COURTESY},"),
        ("CC-BY-4.0", {"title": None}, f"This article by Amal Haddad, {COURTESY},"),
        ("CC-BY-4.0", {"creators": ()}, f"{COURTESY},"),
        ("CC0-1.0", {}, f"{COURTESY},"),
        ("CC-ND-1.0", {}, f"{COURTESY},"),
        ("CC-BY-3.0", {"requested": "The Salt Road, by Amal Haddad"}, "The Salt Road, by Amal Haddad,"),
        ("CC-BY-4.0", {"requested": "By Amal Haddad"}, "By Amal Haddad,"),
        (
            "CC-BY-4.0",
            {"requested": "By Amal Haddad", "creators": (AMAL, TOM)},
            "“The Salt Road” by Tom Okafor, By Amal Haddad,",
        ),
        (
            "CC-BY-3.0",
            {"requested": "“The Salt Road” of Daily News"},
            "“The Salt Road” of Daily News by Amal Haddad,",
        ),
    ],
)
def test_beside_requested_wording_stands_what_the_license_requires_and_it_does_not_say(id, facts, lead) -> None:
    credit = credit_work(salt(id, **{"requested": COURTESY, **facts}))
    assert credit.text.startswith(f"{lead} https://salt.example/road, is ")
    assert credit.short.startswith(lead.removesuffix(","))


@pytest.mark.parametrize("license", LICENSES, ids=lambda license: license.id)
@pytest.mark.parametrize("wording", [None, COURTESY, "By Amal Haddad", "The Salt Road", "Delta Fund"])
def test_what_a_license_requires_is_never_omitted(license: License, wording: str | None) -> None:
    facts = {"creators": (AMAL, TOM), "credit": "Delta Fund", "requested": wording}
    credit = credit_work(salt(claim=Claim(status="known", license=license), **facts))
    assert [element.element for element in credit.omitted if element.clause] == []
    for element in credit.required:
        texts = {"title": ["The Salt Road"], "creators": ["Amal Haddad", "Tom Okafor"], "credit": ["Delta Fund"]}
        assert all(text in credit.text and text in credit.html for text in texts.get(element.element, [])), element
    assert (wording or "") in credit.text


def test_a_newsroom_names_the_source_beside_requested_wording() -> None:
    work = salt(requested=COURTESY)
    assert names(credit_work(work).omitted) == ["source"]
    credit = credit_work(work, Reuse(form="news"))
    assert names(credit.omitted) == []
    assert "first appeared on Harbour Press" in credit.text


def test_the_party_of_a_source_is_credited_where_the_article_designates_none() -> None:
    article, source = recorded(), SourceContent(name="Harbour Press", url="https://hp.example/", credit="Press Pool")
    credit = credit_work(work_of(article, source))
    assert ("credit", "Press Pool") in [(x.element, x.text) for x in credit.required]
    assert "Press Pool" in credit.text
    assert work_of(article).credit is None
    assert work_of(article, SourceContent(name="Harbour Press")).credit is None
    assert work_of(recorded(credit="Delta Fund"), source).credit == "Delta Fund"
    itself = replace(source, credit="Harbour Press")
    assert (work_of(article, itself).credit_url, work_of(article, source).credit_url) == ("https://hp.example/", None)
    assert "creators" in names(credit_work(work_of(article, source)).missing), "a party is no author"


def recorded(**attribution: Any) -> Article:
    return Article(
        id="a",
        version=1,
        created_at=NOW,
        updated_at=NOW,
        content=Content(url="https://salt.example/road", title="Salt", attribution=Attribution(**attribution)),
        source=SourceName(id="harbour-press", name="Harbour Press"),
        license=Shown(claim=known("CC-BY-4.0")),
        licenses=(),
    )


def test_an_unversioned_license_is_named_without_version_and_without_link() -> None:
    credit = credit_work(salt(claim=unversioned("CC BY-SA")))
    assert credit.text.endswith("is licensed under CC BY-SA (version not stated).")
    assert "creativecommons.org/l" not in credit.text + credit.html + credit.markdown
    assert names(credit.missing) == ["license", "license_url"]
    assert [x.pointer for x in credit.missing] == ["/license", "/license"]
    assert "title" in names(credit.required)


def test_a_bare_creative_commons_license_has_no_type() -> None:
    credit = credit_work(salt(claim=unversioned("Creative Commons")))
    assert credit.text.endswith("is licensed under a Creative Commons license (type and version not stated).")


@pytest.mark.parametrize(
    ("claim", "rights"),
    [
        (UNKNOWN, ""),
        (Claim(status="disputed", candidates=("CC-BY-3.0", "CC-BY-4.0")), " Rights as stated by the source."),
        (Claim(status=ALL_RIGHTS_RESERVED), " Rights as stated by the source: all rights reserved."),
        (Claim(status="other", statement="CC BY 9.0"), " Rights as stated by the source."),
        (Claim(status="other", url="https://h.example/t"), " Rights as stated by the source: https://h.example/t."),
        (Claim(status="other", url="javascript:alert(1)"), " Rights as stated by the source."),
        (
            Claim(status="disputed", candidates=("CC-BY-4.0",), statement_url="https://h.example/t"),
            " Rights as stated by the source: https://h.example/t.",
        ),
    ],
)
def test_a_license_that_is_not_known_is_never_claimed(claim: Claim, rights: str) -> None:
    credit = credit_work(salt(claim=claim))
    assert credit.text == f"“The Salt Road” by Amal Haddad (Harbour Press), https://salt.example/road.{rights}"
    assert 'rel="license"' not in credit.html
    assert "licensed" not in credit.text + credit.html + credit.markdown
    assert names(credit.missing) == ["license"]


def test_a_missing_creator_is_reported_where_the_license_asks_for_names() -> None:
    (missing,) = missing_elements(salt("CC-BY-3.0", creators=()))
    assert (missing.element, missing.clause, missing.pointer) == ("creators", "s. 4(b)(i)", "/creators")
    assert missing_elements(salt("CC0-1.0", creators=())) == ()


def test_a_missing_title_is_reported_through_3_0() -> None:
    assert names(missing_elements(salt("CC-BY-3.0", title="  "))) == ["title"]
    assert missing_elements(salt("CC-BY-4.0", title=None)) == ()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://salt.example/", "//salt.example", "data:text/html,x", None]
)
def test_only_web_addresses_are_linked_or_printed(url: str | None) -> None:
    credit = credit_work(salt(url=url, credit="Delta", credit_url=url, source_url=url))
    for view in (credit.text, credit.html, credit.markdown):
        assert "salt.example" not in view
        assert "javascript" not in view
        assert "data:" not in view
    assert "url" in names(credit.missing)
    assert credit.html.startswith('<p class="credit" lang="en" dir="ltr">')


@pytest.mark.parametrize(
    ("attribution", "notice"),
    [
        (Attribution(copyright_holder="Delta Fund", copyright_year=2024), "© 2024 Delta Fund"),
        (Attribution(copyright_holder="Delta Fund"), "© Delta Fund"),
        (Attribution(copyright_year=2024), None),
        (Attribution(copyright_notice="(c) Delta", copyright_holder="X", copyright_year=2024), "(c) Delta"),
    ],
)
def test_a_work_is_made_from_an_article(attribution: Attribution, notice: str | None) -> None:
    shown = Shown(claim=known("CC-BY-4.0"), origin="article")
    content = Content(url="https://salt.example/road", title="The Salt Road", creators=(AMAL,), attribution=attribution)
    source = SourceName(id="harbour", name="Harbour Press", url="https://harbour.example/")
    article = Article(
        id="a1",
        version=1,
        created_at=NOW,
        updated_at=NOW,
        content=content,
        source=source,
        license=shown,
        licenses=(shown,),
    )
    work = work_of(article)
    assert (work.title, work.creators, work.source_name, work.claim) == (
        "The Salt Road",
        (AMAL,),
        "Harbour Press",
        shown.claim,
    )
    assert work.copyright_notice == notice
