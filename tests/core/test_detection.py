"""From the words of a statement to its licenses: URLs, names in every language, parts, doubts and denials."""

import pytest

from service.core.catalogue import LICENSES, official_title
from service.core.detection import Detection, detect, find_reservation
from service.core.license_names import OFFICIAL_NAMES
from service.core.licenses import License


def ids(detection: Detection) -> set[str]:
    return {detected.license.id for detected in detection.licenses if detected.license}


@pytest.mark.parametrize("license", LICENSES, ids=lambda license: license.id)
def test_every_license_is_detected_by_url_id_and_name(license: License):
    texts = [f"See <{license.url}deed.en>.", f"License: {license.id}", f"It is out under {license.name}, as agreed."]
    for text in texts[: 2 if license.unit == "certification" else 3]:
        detection = detect(text)
        assert (ids(detection), detection.unit, detection.conflict) == ({license.id}, None, False), text


@pytest.mark.parametrize("license", LICENSES, ids=lambda license: license.id)
def test_every_license_is_detected_by_its_title(license: License):
    if license.unit == "certification":
        pytest.skip("its title names two tools")
    assert ids(detect(f"It stands under the Creative Commons {license.title} license.")) == {license.id}


@pytest.mark.parametrize(
    "lang",
    sorted({row["lang"] for row in OFFICIAL_NAMES if row["version"] == "4.0"} - {"fa", "sk"}),
)
@pytest.mark.parametrize("unit", ["by", "by-sa", "by-nc", "by-nc-sa", "by-nd", "by-nc-nd"])
def test_official_names_are_detected_in_every_language(lang, unit):
    license = next(x for x in LICENSES if (x.unit, x.version) == (unit, "4.0"))
    title, found = official_title(license, lang)
    assert found == lang
    assert ids(detect(f"Creative Commons {title}")) == {license.id}


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("http://creativecommons.org/licenses/by-nc/3.0/us/deed.en_US", "CC-BY-NC-3.0-US"),
        ("CREATIVECOMMONS.ORG/LICENSES/BY/4.0", "CC-BY-4.0"),
        ("see (https://creativecommons.org/licenses/by-sa/4.0/).", "CC-BY-SA-4.0"),
        ("**https://creativecommons.org/licences/by/2.0**", "CC-BY-2.0"),
        ('"url": "https:\\/\\/creativecommons.org\\/licenses\\/by\\/4.0\\/"', "CC-BY-4.0"),
        ("creativecommons.org/licenses/by-nc-nd/1.0/", "CC-BY-NC-ND-1.0"),
        ("https://creativecommons.org/licenses/sampling%2B/1.0/", "CC-SAMPLING-PLUS-1.0"),
        ("https://archive.example/2015/http://creativecommons.org/licenses/by/3.0/", "CC-BY-3.0"),
        ("http://i.creativecommons.org/p/zero/1.0/88x31.png", "CC0-1.0"),
        ("https://spdx.org/licenses/CC-BY-3.0-AT.html", "CC-BY-3.0-AT"),
        ("https://choosealicense.com/licenses/cc-by-4.0/", "CC-BY-4.0"),
        ("https://example.com/?to=https%3A%2F%2Fcreativecommons.org%2Flicenses%2Fby%2F4.0%2F", "CC-BY-4.0"),
        ("详见https://creativecommons.org/licenses/by-nc-sa/4.0/deed.zh。", "CC-BY-NC-SA-4.0"),
        ("https://creativecommons.org/licenses/by/4.0/The", "CC-BY-4.0"),
        ("https://img.shields.io/badge/License-CC_BY--SA_4.0-blue.svg", "CC-BY-SA-4.0"),
        ("https://img.shields.io/badge/terms-CC%20BY--NC%204.0-red", "CC-BY-NC-4.0"),
    ],
)
def test_urls_are_found_wherever_they_stand(text, id):
    assert ids(detect(text)) == {id}


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("The chapter is out under CC BY-NC-ND 3.0 IGO", "CC-BY-NC-ND-3.0-IGO"),
        ("the Creative Commons Attribution-ShareAlike License 3.0", "CC-BY-SA-3.0"),
        ("Creative Commons Attribution License (version 4.0)", "CC-BY-4.0"),
        ("version 2.5 of the Creative Commons Attribution license", "CC-BY-2.5"),
        ("an Attribution-ShareAlike 3.0 Creative Commons license", "CC-BY-SA-3.0"),
        ("Creative Commons Attribution Share-Alike Noncommercial 3.0", "CC-BY-NC-SA-3.0"),
        ("Creative Commons Attribution-Noncommercial-No Derivative Works 3.0 United States", "CC-BY-NC-ND-3.0-US"),
        ('license = "CC-BY-SA-4.0"', "CC-BY-SA-4.0"),
        ("CC BY-SA v3.0", "CC-BY-SA-3.0"),
        ("cc-by-nc-sa 2.0 UK", "CC-BY-NC-SA-2.0-UK"),
        ("Creative Commons Attribution 2.0 UK: England & Wales", "CC-BY-2.0-UK"),
        ("SPDX-License-Identifier: MIT OR CC0-1.0", "CC0-1.0"),
        ("cc by 4.0", "CC-BY-4.0"),
        ("CC BY 4", "CC-BY-4.0"),
        ("ccby40", "CC-BY-4.0"),
        ("CC_BY_NC_4_0", "CC-BY-NC-4.0"),
        ("Lizenz: CC BY 3.0 DE", "CC-BY-3.0-DE"),
        ("BY-NC-SA 4.0", "CC-BY-NC-SA-4.0"),
        ("Creative Commons CC BY (Attribution) 4.0 International", "CC-BY-4.0"),
        ("Creative Commons\n    Attribution-ShareAlike\n    4.0 International License", "CC-BY-SA-4.0"),
        ("# these notes are under the Creative Commons\n# Attribution 3.0 License", "CC-BY-3.0"),
        ("Creative-Commons-Lizenz Namensnennung - Weitergabe unter gleichen Bedingungen 4.0", "CC-BY-SA-4.0"),
        ("Contrat Paternité-Pas d'Utilisation Commerciale 2.0 France", "CC-BY-NC-2.0-FR"),
        ("Licencia Creative Commons Atribución 4.0 Internacional.", "CC-BY-4.0"),
        ("Licença Creative Commons Atribuição-CompartilhaIgual 3.0 Brasil", "CC-BY-SA-3.0-BR"),
        ("Creative Commons Naamsvermelding-GelijkDelen 4.0 Internationaal-licentie", "CC-BY-SA-4.0"),
        ("по лицензии Creative Commons «Attribution-ShareAlike» («С сохранением условий») 4.0", "CC-BY-SA-4.0"),
        ("クリエイティブ・コモンズ 表示 - 継承 2.1 日本", "CC-BY-SA-2.1-JP"),
        ("知识共享署名-相同方式共享 4.0 国际许可协议", "CC-BY-SA-4.0"),
        ("創用 CC 姓名標示-非商業性-禁止改作 3.0 台灣 授權條款", "CC-BY-NC-ND-3.0-TW"),
        ("遵循 CC 4.0 BY-SA 协议", "CC-BY-SA-4.0"),
        ("رخصة المشاع الإبداعي، نَسب المُصنَّف 4.0 دولي.", "CC-BY-4.0"),
        ("مجوز کریتیو کامنز انتساب ۴٫۰ بین‌المللی", "CC-BY-4.0"),
        ("Giấy phép quốc tế Creative Commons Ghi công 4.0", "CC-BY-4.0"),
        ("รายงานนี้ใช้สัญญาอนุญาตครีเอทีฟคอมมอนส์แบบ แสดงที่มา 3.0 ต้นฉบับ", "CC-BY-3.0"),
        ("Creative Commons Nevezd meg! - Ne add el! 4.0 Nemzetközi Licenc", "CC-BY-NC-4.0"),
        ("Creative Commons Zero v1.0 Universal", "CC0-1.0"),
        ("CC Zero", "CC0-1.0"),
        ("Public Domain Mark 1.0", "CC-PDM-1.0"),
    ],
)
def test_names_are_found_in_many_words(text, id):
    detection = detect(text)
    assert (ids(detection), detection.unit, detection.conflict) == ({id}, None, False)


def test_a_jurisdiction_that_the_version_does_not_have_is_not_counted():
    assert ids(detect("the Creative Commons Attribution 4.0 Germany license")) == {"CC-BY-4.0"}


def test_a_version_that_does_not_exist_leaves_the_type():
    for text in ("CC BY 7.5", "https://creativecommons.org/licenses/by/4.0/us/"):
        assert (ids(detect(text)), detect(text).unit) == (set(), "by")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Text CC BY-SA 4.0, code MIT", {"CC-BY-SA-4.0"}),
        ("Dual licensed under CC BY 4.0 or CC BY-SA 3.0", {"CC-BY-4.0", "CC-BY-SA-3.0"}),
        ("The data are CC0; the manual is CC BY 4.0.", {"CC0-1.0", "CC-BY-4.0"}),
        ("CC BY-SA 3.0 and GFDL", {"CC-BY-SA-3.0"}),
        ("CC BY-SA 3.0, 2.5, 2.0 and 1.0", {"CC-BY-SA-3.0", "CC-BY-SA-2.5", "CC-BY-SA-2.0", "CC-BY-SA-1.0"}),
        ("Prose: CC BY 4.0. Photos: https://creativecommons.org/licenses/by-nc/2.0/", {"CC-BY-4.0", "CC-BY-NC-2.0"}),
        (
            "Docs [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/), "
            "logo [CC BY-ND 4.0](https://creativecommons.org/licenses/by-nd/4.0/)",
            {"CC-BY-4.0", "CC-BY-ND-4.0"},
        ),
    ],
)
def test_several_licenses_for_parts_or_by_choice_are_no_conflict(text, expected):
    detection = detect(text)
    assert (ids(detection), detection.unit, detection.conflict) == (expected, None, False)


@pytest.mark.parametrize(
    ("text", "expected", "unit"),
    [
        (
            "[CC BY-NC 4.0](https://creativecommons.org/licenses/by-nc-sa/4.0/)",
            {"CC-BY-NC-4.0", "CC-BY-NC-SA-4.0"},
            None,
        ),
        ("CC BY-SA 3.0: https://creativecommons.org/licenses/by-sa/4.0/", {"CC-BY-SA-3.0", "CC-BY-SA-4.0"}, None),
        ("CC BY 3.0 US (http://creativecommons.org/licenses/by/3.0/)", {"CC-BY-3.0-US", "CC-BY-3.0"}, None),
        ("[CC BY](https://creativecommons.org/licenses/by-sa/4.0/)", {"CC-BY-SA-4.0"}, "by"),
        ("Creative Commons Attribution 4.0 International (CC BY-SA 4.0)", {"CC-BY-4.0", "CC-BY-SA-4.0"}, None),
        ("It is CC0. Look at https://creativecommons.org/licenses/by/4.0/", {"CC0-1.0", "CC-BY-4.0"}, None),
        (
            "[![x](https://licensebuttons.net/l/by/4.0/88x31.png)](https://creativecommons.org/licenses/by-nd/4.0/)",
            {"CC-BY-4.0", "CC-BY-ND-4.0"},
            None,
        ),
    ],
)
def test_a_name_that_says_one_thing_and_a_link_another_are_a_conflict(text, expected, unit):
    detection = detect(text)
    assert (ids(detection), detection.unit, detection.conflict) == (expected, unit, True)


def test_a_link_may_be_more_specific_than_the_name():
    detection = detect("CC BY 3.0 (http://creativecommons.org/licenses/by/3.0/us/)")
    assert (ids(detection), detection.conflict) == ({"CC-BY-3.0-US"}, False)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("CC BY", "by"),
        ("(CC BY-SA)", "by-sa"),
        ("We use Creative Commons BY-NC here", "by-nc"),
        ("Creative Commons Attribution", "by"),
        ("https://creativecommons.org/licenses/by-nc-nd/", "by-nc-nd"),
        ("https://mirrors.creativecommons.org/presskit/buttons/88x31/svg/by-sa.svg", "by-sa"),
        ("This report is out under a Creative Commons licence.", "cc"),
        ("Der Text steht unter einer Creative-Commons-Lizenz.", "cc"),
        ("Texte sous licence Creative Commons", "cc"),
        ("Deze tekst valt onder een Creative Commons-licentie", "cc"),
        ("本文采用知识共享许可协议", "cc"),
        ("クリエイティブ・コモンズ・ライセンスで公開", "cc"),
        ("Материал доступен по лицензии Creative Commons", "cc"),
        ("released under a CC license", "cc"),
        ("See https://creativecommons.org/licenses/", "cc"),
        ("a Creative Commons NonCommercial licence", "cc"),
    ],
)
def test_a_type_without_a_version_is_a_unit(text, unit):
    detection = detect(text)
    assert (ids(detection), detection.unit, detection.conflict) == (set(), unit, False)
    assert detection.licenses[0].unit == unit
    assert len(detection.licenses[0].candidates) > 20


def test_a_unit_goes_up_in_a_license_of_the_type():
    detection = detect("Under CC BY (https://creativecommons.org/licenses/by/4.0/), a Creative Commons license")
    assert (ids(detection), detection.unit, detection.conflict) == ({"CC-BY-4.0"}, None, False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "This column is not licensed under CC BY 4.0.",
        "The picture could not be reused under a CC BY license.",
        "The photos, unlike the text, are not offered under a Creative Commons license.",
        "They chose all rights reserved instead of CC BY 4.0.",
        "no Creative Commons license was granted",
        "The Creative Commons license does not apply to pictures of others.",
        "Diese Seiten stehen nicht unter einer Creative-Commons-Lizenz.",
        "Cette page n'est pas sous licence Creative Commons BY 4.0.",
        "Esta página no está bajo una licencia Creative Commons.",
        "Este texto não está sob licença Creative Commons.",
        "Этот очерк не распространяется по лицензии Creative Commons.",
        "本站不采用知识共享许可协议",
    ],
)
def test_a_denied_license_is_none(text):
    assert detect(text) == Detection()


@pytest.mark.parametrize(
    "text",
    [
        "Creative Commons was founded in 2001.",
        "The founder of Creative Commons spoke at the summit about licenses.",
        "The court found that the CC BY-SA 3.0 license had been broken.",
        "What is a Creative Commons license?",
        "Over two billion works carry Creative Commons licenses.",
        "Funders such as these want CC BY 4.0; whether that is wise is debated.",
    ],
)
def test_news_about_creative_commons_are_no_grant(text):
    assert detect(text) == Detection()


@pytest.mark.parametrize(
    "text",
    [
        "CC: jane@example.org",
        "Please cc by noon, by 4.0 pm at the latest",
        "An engine of 125 cc by 4.0 bar",
        "Open Government Licence v3.0",
        "GNU GPL v3, MIT, Apache-2.0, ODbL 1.0, Free Art License 1.3",
        "Open Data Commons Attribution License (ODC-By) v1.0",
        "standby-sa 2.0, a baby-sa 3.0 toy, By-SA 2.0 the code name",
        "Attribution 2.0 is our new analytics release",
        "color: #cc0; background: #ccb",
        "© 2020 Acme. All rights reserved.",
        "The photo is in the public domain by law.",
        "https://creativecommons.org/about/ and http://creativecommons.org/ns#",
        "https://notcreativecommons.org/licenses/by/4.0/",
    ],
)
def test_what_only_looks_like_a_license_is_none(text):
    assert detect(text) == Detection()


@pytest.mark.parametrize(
    "text",
    [
        "Except where otherwise noted, everything here is under CC BY 4.0.",
        "Unless not marked otherwise, CC BY 4.0 applies.",
        "Sofern nicht anders angegeben, gilt CC BY 4.0.",
        "Not only the text but also the data are CC BY 4.0.",
        "The logo is not included, the rest is CC BY 4.0.",
    ],
)
def test_an_exception_leaves_the_general_grant(text):
    assert ids(detect(text)) == {"CC-BY-4.0"}


def test_evidence_is_the_words_at_their_place():
    text = "«Über uns» ist CC BY 4.0, siehe https://creativecommons.org/licenses/by/4.0/deed.de."
    (detected,) = detect(text).licenses
    assert [evidence.kind for evidence in detected.evidence] == ["url", "name"]
    assert [evidence.quote for evidence in detected.evidence] == [
        "https://creativecommons.org/licenses/by/4.0/deed.de",
        "CC BY 4.0",
    ]
    assert all(text[evidence.start : evidence.end] == evidence.quote for evidence in detected.evidence)


def test_an_spdx_id_is_evidence_of_its_own_kind():
    assert [x.kind for x in detect("SPDX-License-Identifier: CC-BY-4.0").licenses[0].evidence] == ["spdx"]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Licensed under CC BY 5.0, as ever.", "CC BY 5.0"),
        (
            "See https://creativecommons.org/licenses/by/4.0/us/ for terms",
            "https://creativecommons.org/licenses/by/4.0/us/",
        ),
        ("creativecommons.org/licenses/by/9.0/", "creativecommons.org/licenses/by/9.0/"),
    ],
)
def test_what_does_not_exist_is_told_and_its_type_alone_counts(text, quote):
    detection = detect(text)
    assert [evidence.quote for evidence in detection.impossible] == [quote]
    assert (ids(detection), detection.unit) == (set(), "by")


@pytest.mark.parametrize(
    "text", ["CC BY 4.0", "CC BY", "photo (CC BY) 2.7 MB", "CC BY 4.0 AU", "CC0 1.0", "no license"]
)
def test_what_exists_is_not_called_impossible(text):
    assert detect(text).impossible == ()


@pytest.mark.parametrize(
    "text",
    [
        "All rights reserved",
        "© 2024 The Lantern. ALL  RIGHTS\nRESERVED.",
        "Alle Rechte vorbehalten. Nachdruck nur mit Genehmigung.",
        "© Le Phare, tous droits réservés",
        "Todos los derechos reservados",
        "Todos os direitos reservados.",
        "© Riproduzione riservata",
        "Alle rechten voorbehouden",
        "Alla rättigheter förbehållna",
        "Kaikki oikeudet pidätetään",
        "Wszelkie prawa zastrzeżone",
        "Všechna práva vyhrazena",
        "Minden jog fenntartva",
        "Все права защищены",
        "Усі права захищено, усі права захищені",
        "Με επιφύλαξη παντός δικαιώματος",
        "Tüm hakları saklıdır",
        "جميع الحقوق محفوظة",
        "کلیه حقوق مادی و معنوی این پایگاه محفوظ است",
        "כל הזכויות שמורות",
        "版权所有",
        "無断転載を禁じます",
        "무단 전재 및 재배포 금지",
        "Hak cipta dilindungi undang-undang",
    ],
)
def test_all_rights_are_reserved_in_many_languages(text):
    evidence = find_reservation(text)
    assert evidence is not None
    assert text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize(
    "text",
    [
        "Some rights reserved",
        "No rights reserved.",
        "Not all rights reserved.",
        "Alguns direitos reservados",
        "algunos derechos reservados",
        "All rights reserved, except under the MIT license",
        "All rights reserved. Texts: GPL",
        "All rights reserved, the rest is CC BY 4.0",
        "Nicht alle Rechte vorbehalten",
        "You have the right to remain silent.",
        "",
    ],
)
def test_rights_are_not_reserved_where_less_is_said_or_a_license_is_spoken_of(text):
    assert find_reservation(text) is None
