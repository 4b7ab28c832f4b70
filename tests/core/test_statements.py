"""What a client says of a license becomes a claim, and never more than was said."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.catalogue import LICENSES, find_license
from service.core.errors import InvalidValue
from service.core.grants import ALL_RIGHTS_RESERVED, Claim
from service.core.statements import combine_claims, read_claim, read_id, read_statement, read_url

MEHR = "All Content by Mehr News Agency is licensed under a Creative Commons Attribution 4.0 International License."


@pytest.mark.parametrize("license", LICENSES, ids=lambda license: license.id)
def test_every_license_is_read_by_its_id_its_url_and_its_name(license):
    for read, text in ((read_id, license.id), (read_id, license.id.lower()), (read_claim, license.id)):
        assert read(text) == Claim(status="known", license=license), "an id alone is no statement worth keeping"
    for read in (read_url, read_claim):
        assert (read(license.url).status, read(license.url).license) == ("known", license)
    named = read_claim(license.title)
    assert license in (named.license, None)
    assert named.license or license.id in named.candidates


@pytest.mark.parametrize("text", ["all-rights-reserved", " All-Rights-Reserved ", "ALL-RIGHTS-RESERVED"])
@pytest.mark.parametrize("read", [read_claim, read_id])
def test_all_rights_reserved_is_a_claim_of_its_own(read, text):
    assert read(text) == Claim(status=ALL_RIGHTS_RESERVED)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("http://www.creativecommons.org/licenses/by/4.0", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by/4.0/legalcode.de", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by-sa/3.0/de/deed.en", "CC-BY-SA-3.0-DE"),
        ("CC BY-NC 4.0", "CC-BY-NC-4.0"),
        (MEHR, "CC-BY-4.0"),
        ("Text: CC BY-SA 3.0.", "CC-BY-SA-3.0"),
    ],
)
def test_a_spelling_a_name_or_a_sentence_is_read_and_its_words_are_kept(text, id):
    claim = read_claim(text)
    assert (claim.status, claim.license, claim.statement) == ("known", find_license(id), text)


@pytest.mark.parametrize("text", ["CC BY", "Creative Commons Attribution", "Published under a CC BY license."])
def test_a_license_without_a_version_is_not_guessed(text):
    claim = read_claim(text)
    assert (claim.status, claim.license, claim.unit, claim.statement) == ("unversioned", None, "by", text)
    assert {"CC-BY-4.0", "CC-BY-1.0"} <= set(claim.candidates)
    assert all(find_license(id).unit == "by" for id in claim.candidates)


@pytest.mark.parametrize("url", ["https://lantern.example/terms", "http://www.gnu.org/licenses/fdl-1.3.html"])
def test_other_terms_are_kept_as_the_address_where_they_stand(url):
    for read in (read_claim, read_url):
        assert read(url) == Claim(status="other", url=url)


@pytest.mark.parametrize("text", ["Ask us first.", "Frei für Schulen", "©", "MIT"])
def test_words_without_a_license_in_them_are_other_terms(text):
    for read in (read_claim, read_statement):
        assert read(text) == Claim(status="other", statement=text)


@pytest.mark.parametrize(
    ("read", "text", "near"),
    [
        (read_claim, "CC BY 9.0", "CC-BY-4.0"),
        (read_claim, "https://creativecommons.org/licenses/by/9.0/", "CC-BY-4.0"),
        (read_url, "https://creativecommons.org/licenses/by/9.0/", "CC-BY-4.0"),
        (read_id, "CC-BY-9.0", "CC-BY-4.0"),
        (read_claim, "CC BY 5.0", "CC-BY-4.0"),
        (read_claim, "BY-NC-XX", "CC-BY-NC-4.0"),
        (read_claim, "CC BY-NC-XX 4.0", "CC-BY-NC-4.0"),
        (read_claim, "CC BY-ND-SA 4.0", "CC-BY-ND-4.0"),
        (read_claim, "CC0 2.0", "CC0-1.0"),
        (read_claim, "CC BY 4.0 US", "CC-BY-3.0-US"),
        (read_claim, "https://creativecommons.org/licenses/by/4.0/us/", "CC-BY-3.0-US"),
        (read_url, "https://creativecommons.org/licenses/by-nc-xx/4.0/", "CC-BY-NC-4.0"),
        (read_claim, "Licensed under CC BY 5.0, as ever.", "CC-BY-4.0"),
        (read_statement, "Licensed under CC BY 5.0, as ever.", "CC-BY-4.0"),
        (read_statement, "See https://creativecommons.org/licenses/by/4.0/us/", "CC-BY-4.0"),
    ],
)
def test_a_license_that_does_not_exist_is_refused_with_near_ones(read, text, near):
    with pytest.raises(InvalidValue) as caught:
        read(text)
    assert caught.value.code == "unknown-license"
    assert near in caught.value.detail


@pytest.mark.parametrize("text", ["", "CC BY", "MIT", MEHR, "https://creativecommons.org/licenses/by/4.0/", "x" * 5000])
def test_an_id_is_an_id_and_nothing_else(text):
    with pytest.raises(InvalidValue) as caught:
        read_id(text)
    assert caught.value.code == "unknown-license"
    assert len(caught.value.detail) < 500


@pytest.mark.parametrize("text", ["https://", "ftp://lantern.example/terms", "lantern.example/terms", "https://a b/"])
def test_an_address_that_is_none_is_refused(text):
    with pytest.raises(InvalidValue):
        read_url(text)


@pytest.mark.parametrize(
    "text",
    ["All rights reserved", "© 2024 The Lantern. All rights reserved.", "Alle Rechte vorbehalten", "版权所有"],
)
def test_words_that_reserve_all_rights_are_a_claim_of_their_own(text):
    for read in (read_claim, read_statement):
        assert read(text) == Claim(status=ALL_RIGHTS_RESERVED, statement=text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Some rights reserved", "other"),
        ("All rights reserved. Code under the MIT license.", "other"),
        ("Not all rights reserved", "other"),
    ],
)
def test_fewer_rights_reserved_are_other_terms(text, status):
    assert read_statement(text).status == status


@pytest.mark.parametrize(
    "text",
    [
        "© 2021 The Lantern. All rights reserved. Drawings: CC BY-SA 3.0",
        "All rights reserved, except for the maps, which are CC BY-SA 3.0.",
        "Le Phare, tous droits réservés, sauf photos CC BY-SA 3.0",
        "Todos los derechos reservados. Imágenes: CC BY-SA 3.0",
        "CC BY-SA 3.0, © 2021 Ines Albright. All rights reserved.",
        "Alle Rechte vorbehalten. Fotos von Agenturen stehen unter CC BY-SA 3.0.",
    ],
)
def test_a_license_beside_words_that_reserve_all_rights_is_a_dispute(text):
    for read in (read_claim, read_statement):
        claim = read(text)
        assert (claim.status, claim.statement) == ("disputed", text)
        assert claim.candidates == (ALL_RIGHTS_RESERVED, "CC-BY-SA-3.0")


@pytest.mark.parametrize(
    "text",
    [
        "All drawings on this site are CC BY 4.0.",
        "Except for the article text, CC BY 4.0 applies.",
        "Text excluded: CC BY 4.0",
        "Sauf le texte, CC BY 4.0",
        "Images: CC BY 4.0",
        "CC BY 4.0 (images only)",
        "CC BY 4.0 for the data; the text is not licensed",
        "Map data: ODbL; maps CC BY 4.0",
        "The photos, which go with this article, are CC BY 4.0",
        "This text is ours and pictures are CC BY 4.0",
        "Nothing may be copied except images (CC BY 4.0)",
        "Photos by Ines Albright. Licensed under CC BY 4.0.",
        "Photos by Ines are CC BY 4.0. See https://creativecommons.org/licenses/by/4.0/",
        "Maps and charts: CC BY 4.0 or CC BY-SA 4.0",
        "Charts under either CC BY 4.0, or CC BY-SA 4.0",
        "CC BY 4.0 or CC BY-SA 4.0 for photos",
        "Titelbild: Ines Albright, CC BY 4.0",
        "Licence CC BY 4.0 pour les images",
        "Las fotos en este artículo: CC BY 4.0",
        "Bilderna i artikeln: CC BY 4.0",
        "Karten: CC BY",
        "Фото: CC BY 4.0",
        "写真：CC BY 4.0",
        "この記事の写真は CC BY 4.0",
        "图片采用 CC BY 4.0 许可",
        "사진은 CC BY 4.0",
        "الصور: CC BY 4.0",
        "عکس‌ها: CC BY 4.0",
        "Fotoğraflar: CC BY 4.0",
    ],
)
def test_a_license_of_parts_alone_says_nothing_of_the_article(text):
    for read in (read_claim, read_statement):
        assert read(text) == Claim(status="other", statement=text)


@pytest.mark.parametrize(
    "text",
    [
        "text and images are CC BY-SA 3.0",
        "All content: CC BY-SA 3.0",
        "Texts, images, and data: CC BY-SA 3.0",
        "The article, including its images, is CC BY-SA 3.0",
        "Not only the text but also the data are CC BY-SA 3.0.",
        "Text: CC BY-SA 3.0; images: CC BY 4.0",
        "Text CC BY-SA 3.0, photos CC BY 4.0",
        "CC BY-SA 3.0 for the text and CC BY 4.0 for the images",
        "CC BY-SA 3.0 text, CC BY 4.0 photos",
        "Bilder: CC BY 4.0, Text: CC BY-SA 3.0",
        "The video is CC BY 4.0. The article is CC BY-SA 3.0.",
        "Except where otherwise noted, content here is under CC BY-SA 3.0; images are © their makers",
        "Unless otherwise noted in the article, CC BY-SA 3.0",
        "Except for images in the text, CC BY-SA 3.0",
        "CC BY-SA 3.0 except images",
        "CC BY-SA 3.0 (excluding photos)",
        "Except for images, CC BY-SA 3.0",
        "The logo is not included, the rest is CC BY-SA 3.0.",
        "Text: CC BY-SA 3.0. Photos: all rights reserved.",
        "CC BY-SA 3.0. All other rights reserved.",
        "CC BY-SA 3.0 legal code: https://creativecommons.org/licenses/by-sa/3.0/legalcode",
        "[CC BY-SA 3.0](https://creativecommons.org/licenses/by-sa/3.0/)",
        "Текст и фото: CC BY-SA 3.0",
        "本文及图片采用 CC BY-SA 3.0 许可",
    ],
)
def test_a_license_of_the_text_stands_whatever_is_said_of_the_parts(text):
    for read in (read_claim, read_statement):
        assert (read(text).status, read(text).license) == ("known", find_license("CC-BY-SA-3.0"))


@pytest.mark.parametrize(
    "text",
    [
        "We used to publish under CC BY 4.0.",
        "Until 2020, we published under CC BY 4.0.",
        "CC BY 4.0 (until the end of 2020)",
        "Früher unter CC BY 4.0 veröffentlicht",
    ],
)
def test_what_is_past_is_no_grant(text):
    assert read_statement(text) == Claim(status="other", statement=text)


@pytest.mark.parametrize(
    "text",
    [
        "formerly CC BY-SA 3.0, since then CC BY 4.0",
        "until 2020 CC BY-SA 3.0, since then CC BY 4.0",
        "CC BY-SA 3.0 until 2020; CC BY 4.0 since then",
        "Früher unter CC BY-SA 3.0 veröffentlicht, seit 2020 unter CC BY 4.0",
        "Under embargo until 2024-01-01, then CC BY 4.0",
        "This article was published under CC BY 4.0",
    ],
)
def test_what_came_after_the_past_counts(text):
    assert (read_statement(text).status, read_statement(text).license) == ("known", find_license("CC-BY-4.0"))


@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("CC BY or CC BY-SA 4.0", {"CC-BY-SA-4.0", "CC-BY-4.0"}),
        ("Attribution-NonCommercial 4.0 International (CC BY-NC-SA 4.0)", {"CC-BY-NC-4.0", "CC-BY-NC-SA-4.0"}),
    ],
)
def test_a_short_statement_of_several_licenses_is_a_dispute(text, some):
    claim = read_claim(text)
    assert (claim.status, claim.statement) == ("disputed", text)
    assert some <= set(claim.candidates)


def test_a_license_that_exists_is_read_beside_one_that_does_not():
    claim = read_statement("CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/us/)")
    assert (claim.status, claim.license) == ("known", find_license("CC-BY-4.0"))


def test_two_licenses_in_one_statement_are_a_dispute():
    claim = read_statement("Texts are CC BY 4.0, licensed also under CC BY-NC-ND 3.0.")
    assert (claim.status, set(claim.candidates)) == ("disputed", {"CC-BY-4.0", "CC-BY-NC-ND-3.0"})
    assert claim.statement


def test_signals_that_agree_are_one_claim_and_others_a_dispute_that_names_each_once():
    by, nc = read_id("CC-BY-4.0"), read_id("CC-BY-NC-4.0")
    sentence = read_claim(MEHR)
    assert combine_claims([sentence, by]) == sentence
    disputed = combine_claims([by, nc, sentence, read_claim("CC BY-SA")])
    assert disputed.status == "disputed"
    assert disputed.candidates[:2] == ("CC-BY-4.0", "CC-BY-NC-4.0")
    assert "CC-BY-SA-4.0" in disputed.candidates
    assert len(set(disputed.candidates)) == len(disputed.candidates)


@given(st.text())
def test_any_text_is_a_claim_or_refused(text):
    for read in (read_claim, read_statement, read_url, read_id):
        with suppress(InvalidValue):
            claim = read(text)
            assert (claim.status == "known") == (claim.license is not None)


@pytest.mark.parametrize(
    "text", ["CC BY\nCC BY 4.0", "CC BY (CC BY 4.0)", "CC BY 4.0 (CC BY)", "CC-BY CC-BY-4.0", "CC BY; CC BY 4.0"]
)
def test_a_name_beside_the_same_one_with_its_version_is_that(text):
    claim = read_claim(text)
    assert claim.license is not None
    assert (claim.license.id, claim.statement) == ("CC-BY-4.0", text)
