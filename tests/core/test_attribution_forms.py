"""The languages, forms and media of a credit: what each of them says, and that none leaves out what is required."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from service.core.articles import Basis, Creator, Part
from service.core.attribution import CHANGES, LANGUAGES, Credit, Reuse, Work, credit_block, credit_work
from service.core.catalogue import LICENSES, find_license, official_title
from service.core.data import read_table
from service.core.dates import PartialDate
from service.core.grants import ALL_RIGHTS_RESERVED, UNKNOWN, Claim
from service.core.licenses import License

ISOLATES = re.compile("[\u2066-\u2069]")
AMAL, TOM, IDA = Creator(name="Amal Haddad"), Creator(name="Tom Okafor"), Creator(name="Ida Berg")
ROAD, BY_URL = "https://salt.example/road", "https://creativecommons.org/licenses/by/4.0/"
ONE_OF_EACH = tuple({(x.unit, x.version): x for x in LICENSES}.values())


def known(id: str) -> Claim:
    license = find_license(id)
    assert license, id
    return Claim(status="known", license=license)


SALT = Work(
    title="The Salt Road",
    url=ROAD,
    creators=(AMAL,),
    source_name="Harbour Press",
    claim=known("CC-BY-4.0"),
    published_at=PartialDate.parse("2024-05-04T22:30:00Z"),
)
AGENCY = Work(
    title="Bread prices fall in the north",
    url="https://agency.example/news/486556",
    source_name="Mehr News Agency",
    claim=known("CC-BY-4.0"),
    language="en",
)


def salt(**facts: Any) -> Work:
    return replace(SALT, **facts)


def bare(text: str) -> str:
    return ISOLATES.sub("", text)


def text(work: Work, lang: str = "en", **use: Any) -> str:
    return bare(credit_work(work, Reuse(**use), lang=lang).text)


def visible(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


STANDARD = {
    "ar": "«The Salt Road» من إعداد Amal Haddad (Harbour Press)، {road}، مرخَّص برخصة «{title}» (CC BY 4.0)، {by}.",
    "de": "„The Salt Road“ von Amal Haddad (Harbour Press), {road}, ist lizenziert unter {title} (CC BY 4.0), {by}.",
    "en": "“The Salt Road” by Amal Haddad (Harbour Press), {road}, is licensed under CC BY 4.0, {by}.",
    "es": "«The Salt Road» de Amal Haddad (Harbour Press), {road}, está bajo la licencia {title} (CC BY 4.0), {by}.",
    "fa": "«The Salt Road» اثر Amal Haddad (Harbour Press)، به نشانی {road}، با مجوز «{title}» (CC BY 4.0) به نشانی "
    "{by} منتشر شده است.",
    "fr": "«\u00a0The Salt Road\u00a0» par Amal Haddad (Harbour Press), {road}, est sous licence {title} (CC BY 4.0), "
    "{by}.",
    "it": "«The Salt Road» di Amal Haddad (Harbour Press), {road}, è sotto licenza {title} (CC BY 4.0), {by}.",
    "ja": "「The Salt Road」（作者：Amal Haddad）、出典：Harbour Press（ {road} ）、ライセンス：CC BY 4.0「{title}」"
    "（ {by} ）。",
    "pt": "“The Salt Road” de Amal Haddad (Harbour Press), {road}, está sob a licença {title} (CC BY 4.0), {by}.",
    "ru": "«The Salt Road», автор: Amal Haddad, источник: Harbour Press, {road} — лицензия «{title}» (CC BY 4.0), "
    "{by}.",
    "tr": "“The Salt Road”, hazırlayan: Amal Haddad, kaynak: Harbour Press, {road}, CC BY 4.0 “{title}” ({by}) lisansı "
    "ile lisanslanmıştır.",
    "uk": "«The Salt Road», автор: Amal Haddad, джерело: Harbour Press, {road} — ліцензія «{title}» (CC BY 4.0), {by}.",
    "zh": "《The Salt Road》，作者：Amal Haddad，来源：Harbour Press（ {road} ），采用CC BY 4.0“{title}”"
    "（ {by} ）授权。",
}
NEWS = {
    "ar": "نُشر «The Salt Road» من إعداد Amal Haddad أول مرة في Harbour Press في 4 مايو 2024، ويُعاد نشره هنا برخصة "
    "«{title}» (CC BY 4.0)، {by}. لقراءة الأصل: {road}",
    "de": "„The Salt Road“ von Amal Haddad erschien zuerst am 4. Mai 2024 bei Harbour Press und wird hier unter "
    "{title} (CC BY 4.0), {by}, erneut veröffentlicht. Zum Original: {road}",
    "en": "“The Salt Road” by Amal Haddad first appeared on Harbour Press on May 4, 2024 and is republished here under "
    "CC BY 4.0 ({by}). Read the original: {road}",
    "es": "«The Salt Road» de Amal Haddad apareció por primera vez en Harbour Press el 4 de mayo de 2024 y se vuelve a "
    "publicar aquí bajo la licencia {title} (CC BY 4.0), {by}. Lea el original: {road}",
    "fa": "«The Salt Road» اثر Amal Haddad نخستین بار در ۴ مهٔ ۲۰۲۴ در Harbour Press منتشر شد و در اینجا با مجوز "
    "«{title}» (CC BY 4.0) به نشانی {by} بازنشر می‌شود. متن اصلی را بخوانید: {road}",
    "fr": "«\u00a0The Salt Road\u00a0» par Amal Haddad a d’abord paru chez Harbour Press le 4 mai 2024 et est repris "
    "ici sous licence {title} (CC BY 4.0), {by}. Lire l’original\u00a0: {road}",
    "it": "«The Salt Road» di Amal Haddad è apparso per la prima volta su Harbour Press in data 4 maggio 2024 ed è "
    "ripubblicato qui sotto licenza {title} (CC BY 4.0), {by}. Leggi l’originale: {road}",
    "ja": "「The Salt Road」（作者：Amal Haddad）は2024年5月4日にHarbour Pressで最初に公開され、CC BY 4.0「{title}」"
    "（ {by} ）のもとでここに転載しています。元の記事： {road}",
    "pt": "“The Salt Road” de Amal Haddad saiu originalmente em Harbour Press em 4 de maio de 2024 e é republicado "
    "aqui sob a licença {title} (CC BY 4.0), {by}. Leia o original: {road}",
    "ru": "«The Salt Road», автор: Amal Haddad. Впервые опубликовано: Harbour Press, 4 мая 2024\u202fг. Перепечатано "
    "здесь на условиях лицензии «{title}» (CC BY 4.0), {by}. Читать оригинал: {road}",
    "tr": "“The Salt Road”, hazırlayan: Amal Haddad, ilk kez Harbour Press tarafından 4 Mayıs 2024 tarihinde "
    "yayımlanmıştır ve burada CC BY 4.0 “{title}” ({by}) lisansı ile yeniden yayımlanmaktadır. "
    "Özgün metni okuyun: {road}",
    "uk": "«The Salt Road», автор: Amal Haddad. Уперше опубліковано: Harbour Press, 4 травня 2024\u202fр. "
    "Передруковано тут на умовах ліцензії «{title}» (CC BY 4.0), {by}. Читати оригінал: {road}",
    "zh": "《The Salt Road》，作者：Amal Haddad，于2024年5月4日首发于Harbour Press，在此依据CC BY 4.0“{title}”"
    "（ {by} ）转载。阅读原文： {road}",
}


def filled(sentence: str, lang: str) -> str:
    license = find_license("CC-BY-4.0")
    assert license
    return sentence.format(road=ROAD, by=BY_URL, title=official_title(license, lang)[0])


class TestLanguages:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_a_credit_is_a_sentence_of_its_language(self, lang: str) -> None:
        credit = credit_work(SALT, lang=lang)
        assert bare(credit.text) == filled(STANDARD[lang], lang)
        assert credit.lang == lang

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_news_are_in_the_language_and_so_is_their_date(self, lang: str) -> None:
        assert text(SALT, lang, form="news") == filled(NEWS[lang], lang)

    def test_the_agency_that_licenses_all_its_content_is_credited_in_german_and_persian(self) -> None:
        assert text(AGENCY, "de") == (
            "„Bread prices fall in the north“ (Mehr News Agency), https://agency.example/news/486556, ist lizenziert "
            f"unter Namensnennung 4.0 International (CC BY 4.0), {BY_URL}."
        )
        assert text(AGENCY, "fa") == (
            "«Bread prices fall in the north» از Mehr News Agency، به نشانی https://agency.example/news/486556، با "
            f"مجوز «ارجاع 4.0 بینالمللی» (CC BY 4.0) به نشانی {BY_URL} منتشر شده است."
        )

    @pytest.mark.parametrize(
        ("lang", "one", "three"),
        [
            ("de", "von Amal Haddad (", "von Amal Haddad, Tom Okafor und Ida Berg ("),
            ("en", "by Amal Haddad (", "by Amal Haddad, Tom Okafor, and Ida Berg ("),
            ("ru", "автор: Amal Haddad,", "авторы: Amal Haddad, Tom Okafor и Ida Berg,"),
            ("uk", "автор: Amal Haddad,", "автори: Amal Haddad, Tom Okafor і Ida Berg,"),
            ("tr", "hazırlayan: Amal Haddad,", "hazırlayanlar: Amal Haddad, Tom Okafor ve Ida Berg,"),
            ("zh", "作者：Amal Haddad，", "作者：Amal Haddad、Tom Okafor和Ida Berg，"),
            ("ja", "作者：Amal Haddad）", "作者：Amal Haddad、Tom Okafor、Ida Berg）"),
            ("fa", "اثر Amal Haddad (", "اثر Amal Haddad،\u200f Tom Okafor، و Ida Berg ("),
            ("ar", "إعداد Amal Haddad (", "إعداد Amal Haddad وTom Okafor وIda Berg ("),
        ],
    )
    def test_names_are_a_list_of_the_language_and_words_agree_with_their_number(
        self, lang: str, one: str, three: str
    ) -> None:
        assert one in text(SALT, lang)
        assert three in text(salt(creators=(AMAL, TOM, IDA)), lang)

    def test_a_word_before_twenty_one_names_is_not_that_before_one(self) -> None:
        many = tuple(Creator(name=f"Name {number}") for number in range(21))
        assert "авторы: Name 0," in text(salt(creators=many), "ru")

    @pytest.mark.parametrize(
        ("lang", "last", "joined"),
        [
            ("es", "Inés Gil", "Amal Haddad e Inés Gil"),
            ("es", "Hilario Gil", "Amal Haddad e Hilario Gil"),
            ("es", "Hiela Gil", "Amal Haddad y Hiela Gil"),
            ("es", "Eva Gil", "Amal Haddad y Eva Gil"),
            ("it", "Elena Riva", "Amal Haddad ed Elena Riva"),
            ("it", "Ida Riva", "Amal Haddad e Ida Riva"),
        ],
    )
    def test_and_sounds_well_before_the_next_name(self, lang: str, last: str, joined: str) -> None:
        assert joined in text(salt(creators=(AMAL, Creator(name=last))), lang)

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_every_role_is_said_in_the_language(self, lang: str) -> None:
        roles = ("translator", "editor", "photographer", "contributor")
        said = text(salt(creators=(AMAL, *(Creator(name=f"N {role}", role=role) for role in roles))), lang)
        for role in roles:
            assert f"N {role}" in said
            assert role not in said.replace(f"N {role}", "")

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("changes", CHANGES)
    def test_every_change_is_said_in_the_language(self, lang: str, changes: str) -> None:
        plain = text(SALT, lang)
        by = text(SALT, lang, changes=changes, changed_by="Mia Sund").removeprefix(plain)
        alone = text(SALT, lang, changes=changes).removeprefix(plain)
        assert "Mia Sund" in by
        assert 2 < len(alone) < 40
        assert lang == "en" or changes not in (alone + by).casefold()

    @pytest.mark.parametrize(
        ("lang", "words"),
        [
            ("en", "French translation by Mia Sund of “The Salt Road” by Amal Haddad"),
            ("fr", "Traduction en français par Mia Sund d’après «"),
            ("es", "Traducción al francés (por Mia Sund) de «The Salt Road»"),
            ("fa", "ترجمهٔ Mia Sund به فرانسوی. اثر اصلی: «The Salt Road»"),
            ("ja", "フランス語訳：Mia Sund。原作品：「The Salt Road」"),
            ("ru", "Перевод (язык перевода: французский): Mia Sund. Оригинал: «The Salt Road»"),
        ],
    )
    def test_through_3_0_a_translation_is_named_as_the_use_with_its_language(self, lang: str, words: str) -> None:
        work = salt(claim=known("CC-BY-3.0"))
        assert text(work, lang, changes="translated", into="fr", changed_by="Mia Sund").startswith(words)

    def test_a_language_without_a_name_is_not_named(self) -> None:
        assert text(SALT, changes="translated", into="qaa").endswith(" Translated.")

    def test_only_a_translation_names_a_language(self) -> None:
        assert text(SALT, changes="abridged", into="fr").endswith(" Abridged.")


class TestLicenseNames:
    ROWS = [row for row in read_table("names.tsv") if row["lang"] in (set(LANGUAGES) - {"en"}) | {"zh-hans"}]

    @pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['lang']}-{row['unit']}-{row['version']}")
    def test_the_official_title_is_used_where_there_is_one(self, row: dict[str, str]) -> None:
        version, _, port = row["version"].partition("/")
        (license,) = [x for x in LICENSES if (x.unit, x.version, x.jurisdiction or "") == (row["unit"], version, port)]
        credit = credit_work(salt(claim=known(license.id)), lang=row["lang"].partition("-")[0])
        if row["source"] == "derived":
            assert row["official_title"] not in credit.text
            assert license.title in credit.text
        else:
            assert row["official_title"] in credit.text

    def test_there_are_derived_titles_to_be_left_alone(self) -> None:
        assert {row["source"] for row in self.ROWS} >= {"derived", "legalcode", "deed"}

    @pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
    def test_an_english_title_says_that_it_is_english(self, lang: str) -> None:
        html = credit_work(salt(claim=known("CC-BY-2.0-DE")), lang=lang).html
        turned = ' dir="ltr"' if lang in ("ar", "fa") else ""
        assert f'<span lang="en"{turned}>Attribution 2.0 Germany</span>' in html
        assert 'lang="en"' not in credit_work(SALT, lang=lang).html

    def test_a_title_derived_by_others_is_replaced_by_the_english_one(self) -> None:
        html = credit_work(salt(claim=known("CC-BY-SA-4.0")), lang="fa").html
        assert '<span lang="en" dir="ltr">Attribution-ShareAlike 4.0 International</span>' in html

    def test_the_name_of_a_license_is_one_link(self) -> None:
        html = credit_work(salt(claim=known("CC-BY-2.0-DE")), lang="de").html
        assert html.count('rel="license"') == 1
        assert visible(html[html.index("<a rel=") :].partition("</a>")[0]) == "Attribution 2.0 Germany (CC BY 2.0 DE)"


class TestViews:
    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("license", ONE_OF_EACH, ids=lambda license: license.id)
    def test_what_a_license_requires_is_in_every_view(self, license: License, lang: str) -> None:
        work = salt(
            claim=known(license.id),
            creators=(AMAL, IDA),
            credit="Delta Fund",
            copyright_notice="© 2024 Delta",
            disclaimer="No warranty is given.",
        )
        credit = credit_work(work, Reuse(changes="cut by half", changed_by="Mia Sund"), lang=lang)
        for element in credit.required:
            for view, words in views_of(credit).items():
                for name in words_of(element.element, element.text, license, lang, view):
                    assert name in words, (element.element, view)

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_nothing_is_spoken_that_only_an_eye_can_read(self, lang: str) -> None:
        basis = Basis(relation="translation", title="Salz", url="https://salz.example/", license=known("CC-BY-3.0"))
        part = Part(kind="image", title="Lamp", url="https://lamp.example/", license=known("CC-BY-NC-4.0"))
        work = salt(based_on=(basis,), parts=(part,), disclaimer="https://salt.example/terms")
        spoken = credit_work(work, lang=lang).spoken
        assert "://" not in spoken
        assert "CC BY" not in spoken
        assert "Lamp" in spoken

    @pytest.mark.parametrize(
        ("facts", "end"),
        [
            ({}, "The links to the work and to the license are in the notes to this recording."),
            ({"url": None}, "The link to the license is in the notes to this recording."),
            ({"claim": UNKNOWN}, "The link to the work is in the notes to this recording."),
        ],
    )
    def test_who_listens_is_told_where_the_links_are(self, facts: dict[str, Any], end: str) -> None:
        assert credit_work(salt(**facts)).spoken.endswith(f" {end}")

    def test_who_listens_is_told_of_no_links_where_there_are_none(self) -> None:
        assert credit_work(salt(url=None, claim=UNKNOWN)).spoken == "“The Salt Road” by Amal Haddad (Harbour Press)."

    def test_the_name_of_a_license_is_spoken_in_full(self) -> None:
        assert "licensed under Creative Commons Attribution 4.0 International." in credit_work(SALT).spoken
        port = credit_work(salt(claim=known("CC-BY-3.0-FR")), lang="fr").spoken
        assert "licence Creative Commons Attribution 3.0 France." in port

    def test_a_short_credit_fits_a_caption(self) -> None:
        assert credit_work(SALT).short == f"“The Salt Road” by Amal Haddad · {ROAD} · CC BY 4.0 · {BY_URL}"

    @pytest.mark.parametrize(
        ("facts", "use", "short"),
        [
            ({"creators": ()}, {}, f"“The Salt Road” from Harbour Press · {ROAD} · CC BY 4.0 · {BY_URL}"),
            ({"url": None, "claim": UNKNOWN}, {}, "“The Salt Road” by Amal Haddad"),
            (
                {"url": None, "claim": Claim(status=ALL_RIGHTS_RESERVED)},
                {},
                "“The Salt Road” by Amal Haddad · Rights as stated by the source: all rights reserved",
            ),
            (
                {"url": None, "claim": known("CC-BY-3.0")},
                {"changes": "translated"},
                "Translation of “The Salt Road” by Amal Haddad · CC BY 3.0 · "
                "https://creativecommons.org/licenses/by/3.0/",
            ),
            (
                {"url": None, "claim": known("CC0-1.0"), "copyright_notice": "© Delta"},
                {"changes": "abridged"},
                "“The Salt Road” by Amal Haddad · CC0 1.0 · https://creativecommons.org/publicdomain/zero/1.0/ · "
                "Abridged",
            ),
        ],
    )
    def test_a_short_credit_leaves_out_what_nobody_asks_for(
        self, facts: dict[str, Any], use: dict[str, str], short: str
    ) -> None:
        assert credit_work(salt(**facts), Reuse(**use)).short == short  # type: ignore[arg-type]

    @pytest.mark.parametrize("form", ["standard", "news"])
    def test_print_writes_every_address_out(self, form: Any) -> None:
        credit = credit_work(SALT, Reuse(medium="print", form=form))
        assert f'<a rel="license" href="{BY_URL}">{BY_URL}</a>' in credit.html
        assert visible(credit.html) == credit.text
        assert f"<{ROAD}>" in credit.markdown

    def test_the_medium_chooses_what_the_text_is(self) -> None:
        web, social, audio = (credit_work(SALT, Reuse(medium=medium)) for medium in ("web", "social", "audio"))
        assert (social.text, audio.text) == (web.short, web.spoken)
        assert social.html == audio.html == web.html


class TestNews:
    @pytest.mark.parametrize(
        ("facts", "start"),
        [
            (
                {"published_at": None},
                "“The Salt Road” by Amal Haddad first appeared on Harbour Press and is republished",
            ),
            ({"source_name": None}, "“The Salt Road” by Amal Haddad first appeared on May 4, 2024 and is republished"),
            (
                {"source_name": None, "published_at": None},
                "“The Salt Road” by Amal Haddad is republished here under CC BY 4.0 (",
            ),
            ({"creators": ()}, "“The Salt Road” first appeared on Harbour Press on May 4, 2024 and is republished"),
            ({"title": None}, "This article by Amal Haddad first appeared on Harbour Press"),
            (
                {"published_at": PartialDate.parse("2024-05")},
                "“The Salt Road” by Amal Haddad first appeared on Harbour Press in May 2024 and is republished",
            ),
            (
                {"published_at": PartialDate.parse("2024")},
                "“The Salt Road” by Amal Haddad first appeared on Harbour Press in 2024 and is republished",
            ),
            (
                {"claim": UNKNOWN},
                "“The Salt Road” by Amal Haddad first appeared on Harbour Press on May 4, 2024. Read the original:",
            ),
            (
                {"claim": UNKNOWN, "source_name": None, "published_at": None},
                "“The Salt Road” by Amal Haddad. Read the original:",
            ),
            (
                {"claim": known("CC-PDM-1.0")},
                "“The Salt Road” by Amal Haddad first appeared on Harbour Press on May 4, 2024, is marked with Public "
                "Domain Mark 1.0 (https://creativecommons.org/publicdomain/mark/1.0/) and is republished here.",
            ),
            (
                {"claim": known("CC-PDM-1.0"), "source_name": None, "published_at": None},
                "“The Salt Road” by Amal Haddad is marked with Public Domain Mark 1.0 (",
            ),
            ({"requested": "Photo: Amal Haddad"}, "Photo: Amal Haddad first appeared on Harbour Press"),
            (
                {"claim": known("CC0-1.0")},
                "“The Salt Road” by Amal Haddad first appeared on Harbour Press on May 4, 2024, is dedicated to the "
                "public domain under CC0 1.0 (https://creativecommons.org/publicdomain/zero/1.0/) and is republished",
            ),
            (
                {"claim": known("CC-PDDC"), "source_name": None, "published_at": None},
                "“The Salt Road” by Amal Haddad is certified to be in the public domain under ",
            ),
        ],
    )
    def test_what_is_not_known_falls_away(self, facts: dict[str, Any], start: str) -> None:
        assert text(salt(**facts), form="news").startswith(start)

    def test_a_source_that_is_the_author_is_named_once(self) -> None:
        said = text(salt(creators=(Creator(name="Harbour Press"),)), form="news")
        assert said.startswith("“The Salt Road” by Harbour Press first appeared on May 4, 2024 and")

    @pytest.mark.parametrize("id", ["CC-BY-3.0", "CC-BY-4.0"])
    def test_changes_are_said_before_the_original_is_named(self, id: str) -> None:
        said = text(salt(claim=known(id)), form="news", changes="translated", changed_by="Mia Sund")
        assert said.endswith(f". Translated by Mia Sund. Read the original: {ROAD}")

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("date", ["2024-05-04", "2024-05", "2024"])
    def test_a_date_is_as_precise_as_it_is_known(self, lang: str, date: str) -> None:
        said = text(salt(published_at=PartialDate.parse(date)), lang, form="news")
        digits = said.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
        assert digits.count("2024") == 1
        assert ("4" in digits.replace("2024", "").replace("4.0", "")) == (len(date) == 10)


class TestParts:
    LAMP = Part(
        kind="image",
        title="The lamp",
        url="https://salt.example/lamp.jpg",
        creator="T. Fer",
        license=known("CC-BY-NC-4.0"),
    )
    LINE = (
        "Image: “The lamp” by T. Fer, https://salt.example/lamp.jpg, licensed under CC BY-NC 4.0, "
        "https://creativecommons.org/licenses/by-nc/4.0/."
    )

    def test_a_part_with_rights_of_its_own_has_a_line_behind_the_credit(self) -> None:
        credit = credit_work(salt(parts=(self.LAMP,)))
        main = credit_work(SALT)
        assert credit.text == f"{main.text}\n{self.LINE}"
        assert credit.short == f"{main.short}\n{self.LINE}"
        assert credit.html.startswith(main.html)
        assert '<li class="credit" lang="en" dir="ltr" about="https://salt.example/lamp.jpg"' in credit.html
        assert credit.html.count('rel="license"') == 2
        assert credit.markdown.startswith(f"{main.markdown}\n\n- Image: “[The lamp]")
        (part,) = credit.parts
        assert (part.index, part.text) == (0, self.LINE)

    def test_its_own_credit_line_is_kept_as_it_is_asked_for(self) -> None:
        (part,) = credit_work(salt(parts=(replace(self.LAMP, credit="Photo: T. Fer / Delta"),))).parts
        assert part.text.startswith("Image: Photo: T. Fer / Delta, https://salt.example/lamp.jpg, licensed under")

    @pytest.mark.parametrize(
        ("part", "text"),
        [
            (Part(kind="chart", license=UNKNOWN), "Chart 1: no license is known; clear it or leave it out."),
            (
                Part(kind="image", title="Lamp", creator="T. Fer", license=Claim(status=ALL_RIGHTS_RESERVED)),
                "Image “Lamp”: all rights are said to be reserved; clear it or leave it out.",
            ),
            (
                Part(kind="embed", url="https://e.example/1", license=Claim(status="other", url="https://e.example/t")),
                "Embedded item https://e.example/1: no license is known; clear it or leave it out.",
            ),
            (
                Part(kind="quote", license=Claim(status="disputed", candidates=("CC-BY-3.0", "CC-BY-4.0"))),
                "Quotation 1: the statements about its license disagree; clear it or leave it out.",
            ),
            (
                Part(kind="video", license=Claim(status="unversioned", unit="by", candidates=("CC-BY-4.0",))),
                "Video 1: the license is named without its version.",
            ),
        ],
    )
    def test_a_part_that_is_not_cleared_is_missing(self, part: Part, text: str) -> None:
        (missing,) = credit_work(salt(parts=(part,))).missing
        assert (missing.element, missing.text, missing.pointer) == ("license", text, "/parts/0/license")

    @pytest.mark.parametrize(
        ("lang", "line"),
        [
            ("en", "Image by T. Fer, https://salt.example/lamp.jpg, licensed under CC "),
            ("de", "Bild von T. Fer, https://salt.example/lamp.jpg, lizenziert unter "),
            ("ja", "画像"),
        ],
    )
    def test_a_part_without_a_title_goes_by_its_kind(self, lang: str, line: str) -> None:
        lamp = replace(self.LAMP, title=None, creator="T. Fer")
        (part,) = credit_work(salt(parts=(lamp,)), lang=lang).parts
        assert part.text.startswith(line)
        unlicensed = replace(lamp, license=UNKNOWN)
        assert credit_work(salt(parts=(unlicensed,))).parts[0].text.startswith("Image by T. Fer, https://salt.example/")

    def test_a_part_of_which_nothing_is_known_has_no_line(self) -> None:
        credit = credit_work(salt(parts=(Part(kind="chart", url="https://c.example/", license=UNKNOWN),)))
        assert credit.parts == ()
        assert credit.text == credit_work(SALT).text

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("kind", ["image", "video", "audio", "chart", "quote", "embed", "sculpture"])
    def test_every_kind_has_a_word_in_the_language(self, lang: str, kind: str) -> None:
        (part,) = credit_work(salt(parts=(replace(self.LAMP, kind=kind),)), lang=lang).parts
        word = re.split("[:：]", part.text)[0].strip("\u00a0 ")
        assert word
        assert "sculpture" not in part.text

    def test_the_properties_of_a_part_without_address_are_not_said_of_the_page(self) -> None:
        html = credit_work(salt(parts=(replace(self.LAMP, url=None),))).parts[0].html
        assert "rel=" not in html
        assert "property=" not in html


class TestLinkedData:
    def test_it_speaks_of_the_work_in_the_terms_of_schema_org(self) -> None:
        people = (
            Creator(name="Amal Haddad", kind="person", url="https://a.example/", orcid="https://orcid.org/0000-0001"),
            Creator(name="Delta", kind="organization"),
            Creator(name="Ned", role="translator"),
            Creator(name="Li Wei", role="photographer"),
        )
        basis = Basis(relation="translation", title="Salz", url="https://salz.example/", license=known("CC-BY-3.0"))
        part = Part(kind="image", title="Lamp", creator="T. Fer", credit="Photo: T. Fer", license=known("CC0-1.0"))
        work = salt(
            creators=people,
            based_on=(basis,),
            parts=(part,),
            language="en",
            copyright_notice="© Delta",
            more_permissions_url="https://salt.example/ask",
            source_url="https://harbour.example/",
        )
        credit = credit_work(work)
        author = [
            {
                "@type": "Person",
                "name": "Amal Haddad",
                "url": "https://a.example/",
                "sameAs": "https://orcid.org/0000-0001",
            },
            {"@type": "Organization", "name": "Delta"},
        ]
        assert credit.jsonld == {
            "@context": "https://schema.org",
            "@type": "CreativeWork",
            "@id": ROAD,
            "name": "The Salt Road",
            "url": ROAD,
            "inLanguage": "en",
            "datePublished": "2024-05-04T22:30:00Z",
            "author": author,
            "creator": author,
            "translator": [{"name": "Ned"}],
            "contributor": [{"name": "Li Wei"}],
            "publisher": {"@type": "Organization", "name": "Harbour Press", "url": "https://harbour.example/"},
            "license": BY_URL,
            "copyrightNotice": "© Delta",
            "acquireLicensePage": "https://salt.example/ask",
            "isBasedOn": [
                {
                    "@type": "CreativeWork",
                    "@id": "https://salz.example/",
                    "name": "Salz",
                    "url": "https://salz.example/",
                    "license": "https://creativecommons.org/licenses/by/3.0/",
                }
            ],
            "hasPart": [
                {
                    "@type": "ImageObject",
                    "name": "Lamp",
                    "author": [{"name": "T. Fer"}],
                    "creator": [{"name": "T. Fer"}],
                    "license": "https://creativecommons.org/publicdomain/zero/1.0/",
                    "creditText": "Photo: T. Fer",
                }
            ],
            "creditText": credit.text,
        }

    @pytest.mark.parametrize(
        "claim",
        [UNKNOWN, Claim(status=ALL_RIGHTS_RESERVED), Claim(status="disputed", candidates=("CC-BY-4.0", "CC-BY-3.0"))],
    )
    def test_it_claims_no_license_that_is_not_known(self, claim: Claim) -> None:
        assert "license" not in credit_work(salt(claim=claim)).jsonld

    def test_what_is_not_known_is_not_there(self) -> None:
        assert credit_work(Work()).jsonld.keys() == {"@context", "@type", "creditText"}


class TestBlocks:
    def test_a_block_keeps_the_order_and_says_nothing_twice(self) -> None:
        one, two = credit_work(SALT, lang="fa"), credit_work(AGENCY, lang="fa")
        block = credit_block([two, one, two], lang="fa")
        assert block.text == f"{two.text}\n{one.text}"
        assert block.markdown == f"{two.markdown}\n\n{one.markdown}"
        assert block.html == f'<div class="credits" lang="fa" dir="rtl">{two.html}{one.html}</div>'

    def test_works_that_differ_in_their_address_alone_are_two(self) -> None:
        other = credit_work(salt(url="https://salt.example/other"))
        assert credit_block([credit_work(SALT), other], lang="en").html.count("<p ") == 2


def views_of(credit: Credit) -> dict[str, str]:
    """The views without isolates; HTML and Markdown with the addresses that they link."""
    links = re.findall(r'href="([^"]*)"', credit.html)
    markdown = re.sub(r"\\(.)", r"\1", credit.markdown)
    return {
        "text": bare(credit.text),
        "html": " ".join([visible(credit.html), *links]),
        "markdown": bare(markdown),
        "short": bare(credit.short),
        "spoken": bare(credit.spoken),
    }


def words_of(element: str, text: str, license: License, lang: str, view: str) -> list[str]:
    """What a view has to hold of a required element; audio can carry no address."""
    if element == "creators":
        return ["Amal Haddad", "Ida Berg"]
    if element in ("url", "license_url") and view == "spoken":
        return []
    if element == "license" and view == "short":
        return [license.name]
    if element == "license" and view == "spoken":
        return [official_title(license, lang)[0].removeprefix("Creative Commons ")]
    return [text]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_several_known_changes_are_worded_one_by_one(lang: str) -> None:
    facts = {"into": "fr", "changed_by": "Mia Sund"}
    new, old = (salt(claim=known(id)) for id in ("CC-BY-4.0", "CC-BY-3.0"))
    one, two = (text(new, lang, changes=word, **facts).removeprefix(text(new, lang)) for word in CHANGES[:2])
    several = {"changes": f"{CHANGES[0].upper()}, {CHANGES[1]},{CHANGES[0]}", **facts}
    both = f"{one} {two.strip()}" if one.startswith(" ") else f"{one}{two}"
    assert text(new, lang, **several) == text(new, lang) + both
    assert text(old, lang, **several).endswith(both)
    adapted = text(old, lang, changes="cut by half", **facts)
    assert text(old, lang, **several)[:30] == adapted[:30], "it names the use as an adaptation"


def test_several_known_changes_are_said_in_the_language() -> None:
    said = text(SALT, changes="translated,abridged", into="fr", changed_by="Mia Sund")
    assert said.endswith(" Translated into French by Mia Sund. Abridged by Mia Sund.")


def test_a_list_with_words_of_the_reuser_is_free_text() -> None:
    assert text(SALT, changes="translated, new headings").endswith(" Changes: translated, new headings.")


@pytest.mark.parametrize("id", ["CC-BY-4.0", "CC-BY-3.0"])
@pytest.mark.parametrize("changes", ["none", "Unchanged", " none "])
def test_a_work_that_is_said_to_be_unchanged_is(id: str, changes: str) -> None:
    work = salt(claim=known(id))
    assert text(work, changes=changes, changed_by="Mia Sund") == text(work)
