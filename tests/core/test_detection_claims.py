"""Statements that grant less than they seem to: two licenses, one taken back, one of others, one yet to begin."""

import pytest

from service.core.detection import detect, find_scopes, reserves_all, restricts
from service.core.grants import ALL_RIGHTS_RESERVED
from service.core.licenses import License
from service.core.statements import read_claim, read_statement

URL = "https://creativecommons.org/licenses/by/4.0/"


def ids(text: str, media_type: str = "text/plain") -> list[str]:
    return [found.license.id for found in detect(text, media_type=media_type).licenses if found.license]


@pytest.mark.parametrize("gap", ["\n", " ", "\t", "  ", "\r\n", " \n ", "; ", ", ", " | ", " or ", "\n\n"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("CC BY 4.0", "CC BY-NC-ND 4.0"),
        ("CC BY-NC-ND 4.0", "CC BY 4.0"),
        ("CC-BY-4.0", "CC-BY-NC-ND-4.0"),
        ("CC0 1.0", "CC BY-NC-ND 4.0"),
        ("CC BY 4.0", "CC BY 3.0"),
        ("CC BY 4.0", "Attribution-NonCommercial 4.0 International"),
        ("Attribution 4.0 International", "CC BY-NC 4.0"),
        ("Attribution 4.0 International", "Attribution-NonCommercial 4.0 International"),
        (URL, "CC BY-NC 4.0"),
        (URL.rstrip("/"), "CC BY-NC 4.0"),
        ("CC BY-NC 4.0", URL),
    ],
)
def test_of_two_licenses_in_a_row_each_is_found_and_they_are_a_dispute(first, second, gap):
    text = first + gap + second
    assert ids(text) == [*ids(first), *ids(second)]
    for read in (read_claim, read_statement):
        assert (read(text).status, read(text).candidates) == ("disputed", (*ids(first), *ids(second)))


def test_of_three_licenses_in_a_row_each_is_found():
    assert ids("CC BY 4.0 CC BY-SA 4.0\nCC BY-ND 4.0") == ["CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-ND-4.0"]


def test_a_type_in_a_row_with_a_license_is_not_swallowed():
    assert [found.unit for found in detect("CC0 CC BY").licenses] == [None, "by"]


@pytest.mark.parametrize("gap", ["\n", " ", "\t", ", "])
@pytest.mark.parametrize("again", ["CC BY 4.0", "CC-BY-4.0", "Attribution 4.0 International", URL])
def test_a_license_that_is_named_twice_is_one(again, gap):
    for text in ("CC BY 4.0" + gap + again, again + gap + "CC BY 4.0"):
        assert (ids(text), detect(text).conflict, read_statement(text).status) == (["CC-BY-4.0"], False, "known")


@pytest.mark.parametrize("text", ["© Ada Moor 2019 CC BY 4.0", "From 2019 CC BY 4.0", "(2019) CC BY 4.0"])
def test_cc_behind_a_year_is_a_license(text):
    assert ids(text) == ["CC-BY-4.0"]


@pytest.mark.parametrize("text", ["a 250 CC BY Honda", "1.0 cc by injection", "125 CC BY-NC engine"])
def test_cc_behind_a_number_is_still_a_measure(text):
    assert ids(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "CC BY 4.0, commercial use requires permission",
        "CC BY 4.0, commercial use requires permission\nNon-commercial use only",
        "CC BY 4.0\nNon-commercial use only",
        "CC BY 4.0 non-commercial use only",
        f"{URL} no commercial use",
        f"Non-commercial use only: CC BY 4.0 ({URL})",
        "CC BY 4.0. For commercial re-use, please contact the desk.",
        "CC BY 4.0. Commercial use without permission is prohibited.",
        "CC BY 4.0, no derivatives",
        "CC BY 4.0. The text may not be modified.",
        "CC BY 4.0. Reproduction without permission is prohibited.",
        "CC BY 4.0. May not be republished.",
        "CC BY 4.0 (nur für nicht-kommerzielle Zwecke)",
        "CC BY 4.0. Nachdruck nur mit Genehmigung.",
        "CC BY 4.0, utilisation commerciale interdite sans autorisation",
        "CC BY 4.0, uso comercial prohibido",
        "CC BY 4.0, только для некоммерческого использования",
        "本文采用 CC BY 4.0 协议，禁止转载",
        "CC BY 4.0、商用不可",
        "CC BY 4.0. This material may not be published, broadcast, rewritten or redistributed.",
        "CC BY 4.0. You may not use this work commercially.",
        "CC BY 4.0. Any commercial use requires our prior written consent.",
        "CC BY 4.0. Commercial use requires a license from us.",
        "CC BY 4.0. Commercial reproduction requires permission.",
        "CC BY 4.0. Do not modify this article.",
        "CC BY 4.0. You may not edit this article.",
        "CC BY 4.0. Reprinting requires permission.",
        "CC BY 4.0. Kommerzielle Nutzung ausgeschlossen.",
        "CC BY 4.0. Keine Bearbeitung erlaubt.",
        "CC BY 4.0. Pas d'utilisation commerciale.",
        "CC BY 4.0. Uso comercial no permitido.",
        "CC BY 4.0. Se prohíbe el uso comercial.",
        "CC BY 4.0. 転載禁止",
        "CC BY 4.0, non-commercial",
        "CC BY 4.0 (non-commercial)",
        "CC BY 4.0 for non-commercial use",
        "CC BY 4.0, commercial use allowed only with permission",
        "本文采用 CC BY 4.0 许可协议。商业转载请联系作者",
        "CC BY 4.0. Reproduction for commercial purposes is prohibited.",
        "CC BY 4.0. Prohibida su venta.",
        "CC BY 4.0. Do not republish with changes.",
        "CC BY 4.0. Do not republish without permission or attribution.",
        "CC BY 4.0. Do not republish, and do not share without attribution.",
        "CC BY 4.0. Prohibida la reproducción sin autorización y sin citar la fuente",
        "本文未经许可不得转载。CC BY 4.0",
        "未经许可不得转载。CC BY 4.0",
        "未经授权，禁止转载。CC BY 4.0",
        "未經授權，不得轉載。CC BY 4.0",
    ],
)
def test_a_license_with_words_that_take_a_part_of_it_back_is_a_conflict_and_a_dispute(text):
    assert (ids(text), detect(text).conflict) == (["CC-BY-4.0"], True)
    for read in (read_claim, read_statement):
        claim = read(text)
        assert (claim.status, claim.candidates) == ("disputed", (ALL_RIGHTS_RESERVED, "CC-BY-4.0"))
        assert claim.statement == text


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("CC BY-NC 4.0. Non-commercial use only.", "CC-BY-NC-4.0"),
        ("CC BY-NC-SA 4.0: for commercial use, contact the desk", "CC-BY-NC-SA-4.0"),
        ("CC BY-ND 4.0, no derivatives", "CC-BY-ND-4.0"),
        ("Text CC BY 4.0, photos CC BY-NC 4.0 (non-commercial use only)", "CC-BY-4.0"),
        ("CC BY 4.0: commercial use is allowed without permission", "CC-BY-4.0"),
        ("CC BY 4.0. Commercial use does not require our permission.", "CC-BY-4.0"),
        ("CC BY 4.0, permission for commercial use is not needed", "CC-BY-4.0"),
        ("CC BY 4.0: free for commercial and non-commercial use", "CC-BY-4.0"),
        ("CC BY 4.0, no changes were made", "CC-BY-4.0"),
        ("CC BY 4.0. Photos: no commercial use", "CC-BY-4.0"),
        ("CC BY 4.0; no commercial use of the logo", "CC-BY-4.0"),
        ("CC BY 4.0, a report on casino derivatives", "CC-BY-4.0"),
        ("CC BY 4.0. Images may not be reproduced without permission.", "CC-BY-4.0"),
        ("CC BY 4.0 permits reproduction in any medium without asking prior permission", "CC-BY-4.0"),
        ("CC BY 4.0. No use or reproduction is permitted which does not comply with these terms.", "CC-BY-4.0"),
        (
            "CC BY 4.0. For any use or reproduction of elements not owned by the publisher, permission must be sought.",
            "CC-BY-4.0",
        ),
        (
            "CC BY 4.0. For any use or reproduction of photos or other material, permission may need to be sought.",
            "CC-BY-4.0",
        ),
        (
            "CC BY 4.0. For any use or reproduction of material not under our copyright, permission must be sought.",
            "CC-BY-4.0",
        ),
        (
            "CC BY 4.0. For any use or reproduction of content from other sources, permission may need to be sought.",
            "CC-BY-4.0",
        ),
        ("CC BY 4.0. Third-party content may not be reproduced without permission.", "CC-BY-4.0"),
        ("CC BY 4.0. AP stories may not be republished.", "CC-BY-4.0"),
        ("CC BY 4.0. Reproduction of the Coat of Arms requires permission.", "CC-BY-4.0"),
        ("CC BY 4.0. No reproduction fee.", "CC-BY-4.0"),
        ("CC BY 4.0. Commercial use requires attribution.", "CC-BY-4.0"),
        ("本文采用 CC BY-NC-SA 4.0 许可协议。商业转载请联系作者获得授权，非商业转载请注明出处", "CC-BY-NC-SA-4.0"),
        ("CC BY 4.0, commercial use allowed, contact: desk@paper.example", "CC-BY-4.0"),
        ("CC BY 4.0: any use, commercial or non-commercial.", "CC-BY-4.0"),
        ("CC BY 4.0 (commercial, non-commercial)", "CC-BY-4.0"),
        ("CC BY-NC 4.0 permits non-commercial re-use. For commercial re-use, please contact the desk.", "CC-BY-NC-4.0"),
        ("CC BY 4.0. Reprints and permissions information is on our site.", "CC-BY-4.0"),
        ("CC BY-NC-SA 4.0，商业转载请联系作者获得授权，非商业转载请注明出处。", "CC-BY-NC-SA-4.0"),
        ("CC BY-NC 4.0. Reproduction for commercial purposes is prohibited.", "CC-BY-NC-4.0"),
        ("CC BY-NC 4.0. Do not republish for commercial purposes.", "CC-BY-NC-4.0"),
        ("CC BY-NC 4.0. Prohibida la reproducción con fines comerciales.", "CC-BY-NC-4.0"),
        ("CC BY-NC 4.0. Reproduction interdite à des fins commerciales.", "CC-BY-NC-4.0"),
        ("CC BY-NC 4.0. Proibida a reprodução para fins comerciais.", "CC-BY-NC-4.0"),
        ("CC BY-NC 4.0. Prohibida su venta.", "CC-BY-NC-4.0"),
        ("CC BY-NC 4.0. May not be reproduced for commercial purposes without permission.", "CC-BY-NC-4.0"),
        ("CC BY-ND 4.0. Do not republish with changes.", "CC-BY-ND-4.0"),
        ("CC BY-ND 4.0. Do not republish in altered form.", "CC-BY-ND-4.0"),
        ("CC BY 4.0. Do not republish without attribution.", "CC-BY-4.0"),
        ("CC BY 4.0. No reproduction without attribution", "CC-BY-4.0"),
        ("CC BY 4.0. Nachdruck ohne Quellenangabe verboten", "CC-BY-4.0"),
        ("CC BY 4.0. Reproduction interdite sans mention de la source", "CC-BY-4.0"),
        ("CC BY 4.0. Prohibida la reproducción sin citar la fuente", "CC-BY-4.0"),
        ("CC BY 4.0. Vietata la riproduzione senza citare la fonte", "CC-BY-4.0"),
        ("CC BY 4.0. Please do not republish automatically.", "CC-BY-4.0"),
        ("CC BY 4.0. Reproduction without attribution is prohibited.", "CC-BY-4.0"),
        ("CC BY 4.0。未注明出处不得转载。", "CC-BY-4.0"),
        ("CC BY 4.0. Material by third parties may not be reproduced.", "CC-BY-4.0"),
    ],
)
def test_words_that_fit_the_license_or_speak_of_parts_take_nothing_back(text, id):
    claim = read_statement(text)
    assert (claim.status, claim.license and claim.license.id, detect(text).conflict) == ("known", id, False)


def test_a_license_of_no_named_type_may_forbid_it_itself():
    assert not restricts("Creative Commons license, no commercial use, no derivatives", {"cc"})
    assert restricts("Creative Commons license, reproduction prohibited", {"cc"})


def test_words_far_off_and_in_other_paragraphs_of_a_page_take_nothing_back():
    footer = f'<footer><a rel="license" href="{URL}">CC BY 4.0</a></footer>'
    for words in ("<p>No commercial use of this road.</p>", f"<p>No commercial use {'of any road ' * 40}</p>"):
        assert not detect(words + footer, media_type="text/html").conflict
    assert detect(f"<p>CC BY 4.0, no commercial use</p>{footer}", media_type="text/html").conflict


@pytest.mark.parametrize(
    "text",
    [
        "Contact us for a CC BY 4.0 license",
        "Kontaktieren Sie uns für eine CC BY 4.0-Lizenz",
        "Contactez-nous pour une licence CC BY 4.0",
        "Apply here for the CC BY 4.0 licence.",
        "See also a CC BY 4.0 article elsewhere",
        "Published open access thanks to a CC BY 4.0 agreement with Wiley",
        "The government will publish all its reports under CC BY 4.0 from May, the minister said.",
        "The city will release its maps and texts under CC BY 4.0",
        "The ministry said the report is published under CC BY 4.0.",
        f"The ministry said the report is published under CC BY 4.0 ({URL}).",
        "“Our texts are under CC BY 4.0,” the editor told reporters.",
        "Der Minister sagte, alle Berichte stünden unter CC BY 4.0.",
        "Le ministre a annoncé que les rapports sont sous licence CC BY 4.0.",
        "El ministro dijo que los informes están bajo CC BY 4.0.",
        "Министр сообщил, что отчёты доступны по лицензии CC BY 4.0.",
        "Our competitor's content is licensed under CC BY 4.0.",
        "All articles on Wikipedia are available under CC BY-SA 4.0.",
        "Wikinews articles are licensed under CC BY 2.5, unlike ours.",
        "In 2019 the museum released its texts under CC BY-SA 3.0.",
        "The museum published all its texts under CC BY-SA 3.0.",
        "Authors may choose CC BY 4.0",
        "CC BY 4.0 licenses are available for a fee",
        "We plan to publish this under CC BY 4.0",
        "Subscribers get it under CC BY 4.0",
    ],
)
def test_what_is_said_of_a_license_of_others_is_no_grant(text):
    assert (detect(text).licenses, read_statement(text).status) == ((), "other")


@pytest.mark.parametrize(
    "text",
    [
        "All Content by Mehr News Agency is licensed under CC BY 4.0.",
        "Articles of this site are available under CC BY 4.0.",
        "Tasnim News content is available under CC BY 4.0",
        "Wikinews articles are licensed under CC BY 4.0",
        "Text from Wikipedia is available under CC BY 4.0",
        "Ada Moor has released her essays under CC BY 4.0.",
        "We released our texts under CC BY 4.0.",
        "The authors published their paper under CC BY 4.0.",
        "This paper was published in its final form under CC BY 4.0.",
        "That said, all our texts are CC BY 4.0.",
        "Unless said otherwise, the text is CC BY 4.0.",
        "CC BY 4.0, granted under the terms of said license",
        "Unlike our photos, this text is under CC BY 4.0.",
        f"CC BY 4.0, see also {URL}",
        "See also the CC BY 4.0 license.",
        "Contact: desk@paper.example. For the text CC BY 4.0 applies.",
        "Publicado de acuerdo con la licencia CC BY 4.0",
        "Disse artikler er udgivet under CC BY 4.0",
        "You may choose CC BY 4.0.",
        "This work is CC BY 4.0; authors may be contacted",
        "The plan to save the forest, by Jane Doe, CC BY 4.0",
    ],
)
def test_what_a_site_or_an_author_says_of_their_own_works_is_a_grant(text):
    claim = read_statement(text)
    assert (claim.status, claim.license and claim.license.id) == ("known", "CC-BY-4.0")


def test_reported_speech_makes_no_grant_of_a_link_but_a_link_that_is_marked_stays_one():
    page = "<p>The ministry said its report is under <a {}href='" + URL + "'>CC BY 4.0</a>.</p>"
    assert ids(page.format(""), "text/html") == []
    assert ids(page.format("rel='license' "), "text/html") == ["CC-BY-4.0"]


@pytest.mark.parametrize(
    "text",
    [
        "CC BY 4.0 from 2027",
        "CC BY 4.0, from 2031",
        "CC BY 4.0 (from 1 March 2030)",
        "CC BY 4.0 from January 1, 2030",
        "CC BY 4.0 as of January 2028",
        "CC BY 4.0 from May",
        "CC BY 4.0 2030 onwards",
        "from 1 January 2031 under CC BY 4.0",
        "From 2030, this article is under CC BY 4.0.",
        "available from 2030 under a CC BY 4.0 licence",
        f"This article is available under CC BY 4.0 ({URL}) after 12 months",
        "CC BY 4.0 after 12 months",
        "CC BY 4.0 12 months after publication",
        "Six months after publication, the article is CC BY 4.0.",
        "available under CC BY 4.0 after an embargo of 12 months",
        "CC BY 4.0; embargo 12 months",
        "Under embargo until 2031-01-01, then CC BY 4.0",
        "CC BY-NC 4.0 until 2030, then CC BY 4.0",
        "CC BY-NC-ND 3.0 or CC BY 4.0 from 2030",
        "This article will be available under CC BY 4.0.",
        "CC BY 4.0 ab 1.1.2030",
        "Nach 12 Monaten CC BY 4.0",
        "CC BY 4.0 nach einer Sperrfrist",
        "à partir du 1er janvier 2030 sous CC BY 4.0",
        "El texto estará disponible bajo CC BY 4.0",
        "2030年から CC BY 4.0",
        "从2030年起采用 CC BY 4.0 许可",
        "CC BY 4.0. Embargo: 12 months.",
        "CC BY 4.0. Embargoed until 2031.",
        "CC BY 4.0 under embargo",
        "After 12 months, CC BY 4.0",
        "From December 2026 CC BY 4.0",
        "CC BY 4.0 from 1.12.2026",
        "CC BY 4.0 from 2026-12-01",
    ],
)
def test_a_license_that_is_yet_to_begin_is_no_grant_of_today_and_its_words_are_kept(text):
    assert "CC-BY-4.0" in ids(text)
    for read in (read_claim, read_statement):
        assert (read(text).status, read(text).statement) == ("other", text)


def test_a_license_of_today_before_a_later_one_counts():
    text = "CC BY-NC-ND 4.0, from 2030 CC BY 4.0"
    assert find_scopes(text, detect(text)) == ("", "later")
    license = read_statement(text).license
    assert isinstance(license, License)
    assert license.id == "CC-BY-NC-ND-4.0"


@pytest.mark.parametrize(
    "text",
    [
        "CC BY 4.0 since 2015",
        "From 2019 on, all texts are CC BY 4.0.",
        "CC BY 4.0 from 1 March 2020",
        "Text from May 2019, CC BY 4.0",
        "CC BY 4.0 from the author",
        "CC BY 4.0, no embargo",
        "CC BY 4.0, embargo: none",
        "Embargo end date: 2020-05-01. License: CC BY 4.0",
        "CC BY 4.0 - copyright ends 70 years after death",
        "Updated after 3 days: CC BY 4.0",
        "Comments will be moderated; content is CC BY 4.0",
        "Oil embargo of 1973: a history. CC BY 4.0",
        "The arms embargo against Iran, by Jane Doe, CC BY 4.0",
        "The embargo against Cuba. CC BY 4.0",
        "The long embargo. CC BY 4.0",
        "Two years after the flood, by Jane Doe, CC BY 4.0",
        "A year after the war: what remains, CC BY 4.0",
        "After six months of research we publish this article under CC BY 4.0",
        "From issue 3/2026, CC BY 4.0",
        "As of January 2026, all articles are CC BY 4.0",
    ],
)
def test_what_has_begun_or_is_about_something_else_leaves_the_license(text):
    claim = read_statement(text)
    assert (claim.status, claim.license and claim.license.id) == ("known", "CC-BY-4.0")


@pytest.mark.parametrize(
    "text",
    [
        "Translated from an article under CC BY-SA 3.0",
        "Adapted from an article by Ada Moor under CC BY 4.0",
        f"Based on an article that is licensed under CC BY 4.0 ({URL})",
        "Übersetzt aus einem Artikel unter CC BY-SA 3.0",
    ],
)
def test_the_license_of_the_work_that_a_text_was_made_from_is_not_its_own(text):
    assert set(find_scopes(text, detect(text))) == {"source"}
    for read in (read_claim, read_statement):
        assert (read(text).status, read(text).statement) == ("other", text)


@pytest.mark.parametrize(
    "text",
    [
        "Translated from the Icelandic by Una Jóns, CC BY 4.0",
        "Translated from French. License: CC BY 4.0",
        "This post is based on a talk and is licensed under CC BY 4.0.",
        "Based on a talk, this text is CC BY 4.0.",
        "Translation of “The Salt Road” by Amal Haddad · CC BY 4.0",
        "This work is licensed under CC BY 4.0. Based on a work at https://salt.example.",
    ],
)
def test_a_text_that_was_made_from_another_may_have_a_license_of_its_own(text):
    claim = read_statement(text)
    assert (claim.status, claim.license and claim.license.id) == ("known", "CC-BY-4.0")


@pytest.mark.parametrize(
    "text",
    [
        "All content, except images, is licensed under CC BY 4.0",
        "All content (except images) is licensed under CC BY 4.0",
        "All content (except images): CC BY 4.0",
        "All our content, with the exception of photos, is licensed under CC BY 4.0",
        "All content, excluding images, is CC BY 4.0.",
        "Everything on this site except photos is CC BY 4.0",
        "The text of this article, but not the images, is CC BY 4.0",
        "Alle Texte, mit Ausnahme der Bilder, stehen unter CC BY 4.0",
        "Tous les contenus, à l'exception des photos, sont sous licence CC BY 4.0",
        "Todo el contenido, excepto las fotos, está bajo CC BY 4.0",
        "Site design / logo © 2023 The Lantern; user contributions licensed under CC BY 4.0",
        "The original content of this program is licensed under CC BY 4.0",
        "All content on data.paper.example is licensed under CC BY 4.0",
    ],
)
def test_an_exception_and_the_name_of_a_site_or_program_leave_the_license_of_the_text(text):
    claim = read_statement(text)
    assert (claim.status, claim.license and claim.license.id) == ("known", "CC-BY-4.0")


@pytest.mark.parametrize(
    "text",
    [
        "The text is not free, except for photos, which are CC BY 4.0",
        "Everything is reserved except photos under CC BY 4.0",
        "All material, except the text, is CC BY 4.0",
        "All photos, except maps, are CC BY 4.0",
        "The program is CC BY 4.0",
    ],
)
def test_an_exception_that_has_the_license_or_takes_out_the_text_is_no_grant_of_the_text(text):
    assert read_statement(text).status == "other"


def test_what_leads_to_a_reservation_is_read_only_as_far_as_it_is_near():
    assert reserves_all("photos " + "of the long road to the sea " * 20 + "all rights reserved")
    assert not reserves_all("Photos of the road: all rights reserved. " * 50)


@pytest.mark.parametrize(
    "text",
    ["CC BY 4.0. This article and its elements may not be reproduced.", "CC BY 4.0. É proibido o uso comercial."],
)
def test_words_that_take_a_part_back_are_a_dispute_whatever_stands_between(text):
    assert read_statement(text).status == "disputed"


@pytest.mark.parametrize(
    "text",
    [
        "CC BY-NC 4.0. Do not republish.",
        "CC BY-NC 4.0. Reproduction for non-commercial purposes is prohibited.",
        "CC BY-NC 4.0. Reproduction for commercial or non-commercial purposes is prohibited.",
        "CC BY-NC 4.0. Reproduction for any purpose, commercial or not, is prohibited.",
    ],
)
def test_a_ban_of_more_than_what_the_license_forbids_is_a_dispute(text):
    assert (read_statement(text).status, detect(text).conflict) == ("disputed", True)


@pytest.mark.parametrize(
    "name",
    [
        "Open Data Institute",
        "Code for America",
        "Data & Society",
        "Salt Maps",
        "The Photo Review",
        "Software Freedom Law Center",
        "Getty Images",
        "Slides and Charts Ltd",
    ],
)
def test_a_word_for_a_part_in_the_name_of_a_publisher_leaves_the_license_of_the_text(name):
    text = f"All content by {name} is licensed under a Creative Commons Attribution 4.0 International License."
    claim = read_statement(text)
    assert (claim.status, claim.license and claim.license.id) == ("known", "CC-BY-4.0")


@pytest.mark.parametrize(
    "text",
    [
        "This article about open data is licensed under CC BY 4.0.",
        "This is an open access article published in Big Data & Society under CC BY 4.0",
        "This is an open access article published in Scientific Data under CC BY 4.0",
        "Articles in Scientific Data are licensed under CC BY 4.0.",
        "All content on the Open Data Portal is licensed under CC BY 4.0",
        "All content on data.gov.example is licensed under CC BY 4.0.",
        "Articles on this photo blog are licensed under CC BY 4.0.",
        "All articles from the Data Desk are CC BY 4.0",
        "Todo el contenido de Datos Abiertos está bajo licencia CC BY 4.0",
        "Alle Inhalte von Foto Meyer stehen unter CC BY 4.0",
        "Der Artikel über offene Daten steht unter CC BY 4.0",
        "Cet article sur les données ouvertes est sous licence CC BY 4.0",
        "© Open Data Institute. CC BY 4.0",
        "© 2024 The Photo Review. Licensed under CC BY 4.0",
        "All visualizations, data, and articles produced by Our World in Data are completely open access under the "
        "Creative Commons BY 4.0 license.",
    ],
)
def test_a_word_for_a_part_in_a_topic_or_a_place_leaves_the_license_of_the_text(text):
    claim = read_statement(text)
    assert (claim.status, claim.license and claim.license.id) == ("known", "CC-BY-4.0")


@pytest.mark.parametrize(
    "text",
    [
        "Photos in this article are CC BY 4.0",
        "All photos by Ines Albright are CC BY 4.0",
        "Images by Open Data Institute are CC BY 4.0",
        "The data in this article are CC0",
        "In this article the photos are CC BY 4.0",
        "This article is about data licensed under CC BY 4.0",
        "A story about photos licensed under CC BY 4.0",
        "This article by Ines Albright has photos under CC BY 4.0",
        "Article by Ines Albright with photos under CC BY 4.0",
        "The article on data: images are CC BY 4.0",
        "Articles in print; photos online are CC BY 4.0",
        "Text by Ines Albright, illustrations by Tom Reed under CC BY 4.0",
        "The content of the photos is CC BY 4.0",
        "El contenido de las fotos está bajo CC BY 4.0",
        "This site in its photos is CC BY 4.0",
        "All text in Big Data and the photos are CC BY 4.0",
        "Photo: © Open Data Institute. CC BY 4.0",
        "© Photos by Ines Albright, CC BY 4.0",
        "Images: no rights reserved, CC0",
    ],
)
def test_a_license_of_parts_stays_one_whatever_names_stand_beside(text):
    assert read_statement(text).status == "other"


@pytest.mark.parametrize(
    "text",
    [
        "CC BY 4.0. Photo: © Getty Images. All rights reserved.",
        "Photos © Reuters. All rights reserved. Text: CC BY 4.0",
        "CC BY 4.0 for text; all rights reserved for images.",
        "All rights reserved for images. Text CC BY 4.0",
        "Except for photographs (© Getty, all rights reserved), this article is published under CC BY 4.0",
        "CC BY 4.0 (photos: all rights reserved)",
        "CC BY 4.0 (images: © Reuters, all rights reserved)",
        "CC BY 4.0. All rights reserved unless otherwise indicated.",
        "All rights reserved, unless otherwise indicated. This article: CC BY 4.0",
        "CC BY 4.0. © The Authors, some rights reserved; exclusive licensee AAAS.",
        "CC BY 4.0 (previously CC BY-NC 4.0)",
        "CC BY 4.0 only",
        "CC-BY-4.0 only",
    ],
)
def test_a_reservation_about_pictures_or_one_with_exceptions_leaves_the_license(text):
    claim = read_claim(text)
    assert (claim.status, claim.license and claim.license.id) == ("known", "CC-BY-4.0")


@pytest.mark.parametrize(
    "text",
    [
        "CC BY 4.0. © The Lantern. All rights reserved.",
        "CC BY 4.0. © Open Data Institute. All rights reserved.",
        "© Open Data Institute, all rights reserved. CC BY 4.0",
        "CC BY 4.0. Photo: Bob Hall. © The Lantern. All rights reserved.",
        "Photos by Bob Hall. All rights reserved. CC BY 4.0",
        "All rights reserved for all content. CC BY 4.0",
        "All rights reserved to Getty Images. CC BY 4.0",
        "CC BY 4.0. All rights reserved for the text and images.",
    ],
)
def test_a_reservation_of_the_text_beside_a_picture_is_a_dispute(text):
    assert read_statement(text).status == "disputed"


@pytest.mark.parametrize("text", ["No Rights Reserved (CC0)", "CC0 (no rights reserved)", "No copyright (CC0)"])
def test_no_rights_reserved_is_no_denial(text):
    claim = read_claim(text)
    assert (claim.status, claim.license and claim.license.id) == ("known", "CC0-1.0")
