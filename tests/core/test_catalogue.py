"""Every spelling of every license resolves to it, and nothing that does not exist is ever chosen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.catalogue import (
    LICENSES,
    find_license,
    near_licenses,
    official_title,
    resolve_license,
    resolve_url,
)
from service.core.licenses import Known, License, Unresolved, Unversioned

every_license = pytest.mark.parametrize("license", LICENSES, ids=lambda license: license.id)


def known(id: str) -> Known:
    license = find_license(id)
    assert license is not None
    return Known(license)


def spellings(license: License) -> list[str]:
    bare = license.url.removeprefix("https://")
    button = bare.replace("creativecommons.org/licenses/", "l/").replace("creativecommons.org/publicdomain/", "p/")
    return [
        license.url,
        f"http://{bare}",
        f"//{bare}",
        bare.removesuffix("/"),
        f"https://www.{bare}",
        f"HTTPS://{bare.upper()}",
        f"https://{bare}deed",
        f"https://{bare}deed.pt_BR",
        f"https://{bare}deed.zh-hans",
        f"http://{bare}legalcode",
        f"http://{bare}legalcode.de",
        f"http://{bare}legalcode.fr.html",
        f"https://{bare}legalcode.txt",
        f"https://{bare}rdf",
        f"https://{bare.replace('licenses', 'licences')}",
        f"https://{bare}?ref=chooser-v1#top",
        f"https://{bare.replace('+', '%2B')}",
        f"https:\\/\\/{bare}".replace("/", "\\/").replace("\\\\", "\\"),
        f"https://i.creativecommons.org/{button}88x31.png",
        f"http://licensebuttons.net/{button}80x15.svg",
        f"  https://{bare}\n",
    ]


@every_license
def test_every_license_is_found_by_any_spelling_of_its_url(license: License):
    wrong = [url for url in spellings(license) if resolve_url(url) != Known(license)]
    assert wrong == []


@every_license
def test_every_license_is_found_by_its_id_in_any_case(license: License):
    assert find_license(license.id.lower()) is license
    assert resolve_license(license.id.swapcase()) == Known(license)


@every_license
def test_every_license_is_found_by_short_name_and_title(license: License):
    names = [
        license.name,
        license.title,
        license.title.upper(),
        f"Creative Commons {license.title}",
        f"the Creative Commons {license.title} License",
        f"Creative Commons {license.title} Public Licence",
        license.name.replace(" ", "-"),
        license.name.replace("CC ", "CC-").lower(),
    ]
    assert [name for name in names if resolve_license(name) != Known(license)] == []


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("cc-by 4.0", "CC-BY-4.0"),
        ("CC BY v4.0", "CC-BY-4.0"),
        ("CC BY 4", "CC-BY-4.0"),
        ("BY-SA 4.0", "CC-BY-SA-4.0"),
        ("CCBY4.0", "CC-BY-4.0"),
        ("CC BY-NC-SA 3.0 IGO", "CC-BY-NC-SA-3.0-IGO"),
        ("CC BY-SA 2.0 UK", "CC-BY-SA-2.0-UK"),
        ("CC BY 3.0 Germany", "CC-BY-3.0-DE"),
        ("CC BY-NC-ND 1.0", "CC-BY-NC-ND-1.0"),
        ("CC BY-ND-NC 1.0", "CC-BY-NC-ND-1.0"),
        ("Creative Commons Attribution 4.0 International License", "CC-BY-4.0"),
        ("Attribution-NoDerivs 3.0", "CC-BY-ND-3.0"),
        ("Attribution 4.0 International (CC BY 4.0)", "CC-BY-4.0"),
        (f"{find_license('CC-PDDC').title} (CERTIFICATION 1.0 US)", "CC-PDDC"),
        ("Creative Commons Zero v1.0 Universal", "CC0-1.0"),
        ("Creative-Commons-Lizenz Namensnennung 4.0 International", "CC-BY-4.0"),
        ("知识共享署名-非商业性使用 4.0 国际许可协议", "CC-BY-NC-4.0"),
        ("クリエイティブ・コモンズ 表示 - 継承 4.0 国際 ライセンス", "CC-BY-SA-4.0"),
        ("ارجاع ۴٫۰ بین‌المللی", "CC-BY-4.0"),
        ("Reconocimiento 3.0 España", "CC-BY-3.0-ES"),
        ("Atribuire–Necomercial–Fără Modificări 3.0 România", "CC-BY-NC-ND-3.0-RO"),
    ],
)
def test_a_name_resolves_with_and_without_its_trimmings(name, id):
    assert resolve_license(name) == known(id)


@pytest.mark.parametrize("name", ["CC0", "cc zero", "Public Domain Mark", "PDM", "CC DEVNATIONS"])
def test_a_type_with_a_single_version_needs_none(name):
    assert isinstance(resolve_license(name), Known)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("CC BY", "by"),
        ("Creative Commons Attribution", "by"),
        ("CC-BY-NC-SA", "by-nc-sa"),
        ("Namensnennung", "by"),
        ("CC Sampling Plus", "sampling+"),
        ("https://creativecommons.org/licenses/by-nd/", "by-nd"),
        ("https://mirrors.creativecommons.org/presskit/buttons/88x31/svg/by-nc.svg", "by-nc"),
        ("https://mirrors.creativecommons.org/presskit/buttons/88x31/png/by-nc-sa.eu.png", "by-nc-sa"),
        ("https://licensebuttons.net/l/by/88x31.png", "by"),
    ],
)
def test_a_type_without_a_version_leaves_all_its_licenses_open(name, unit):
    resolution = resolve_license(name)
    assert isinstance(resolution, Unversioned)
    assert resolution.unit == unit
    assert resolution.candidates == tuple(license.id for license in LICENSES if license.unit == unit)


def test_by_nc_nd_without_a_version_may_be_the_by_nd_nc_of_1_0():
    resolution = resolve_license("CC BY-NC-ND")
    assert isinstance(resolution, Unversioned)
    assert "CC-BY-NC-ND-1.0" in resolution.candidates
    assert resolution == resolve_license("CC BY-ND-NC")
    assert resolution.unit == "by-nc-nd"


@pytest.mark.parametrize(
    "name", ["CC", "Creative Commons", "a Creative Commons license", "https://creativecommons.org/licenses/"]
)
def test_creative_commons_alone_may_be_any_license_but_no_public_domain_tool(name):
    resolution = resolve_license(name)
    assert isinstance(resolution, Unversioned)
    assert resolution.unit == "cc"
    assert len(resolution.candidates) == 636
    assert not {"CC0-1.0", "CC-PDM-1.0", "CC-PDDC"} & set(resolution.candidates)


def test_there_is_no_unported_2_1():
    assert resolve_license("CC BY 2.1") == Unversioned(
        "by", ("CC-BY-2.1-AU", "CC-BY-2.1-CA", "CC-BY-2.1-ES", "CC-BY-2.1-JP")
    )
    assert isinstance(resolve_url("https://creativecommons.org/licenses/by/2.1/"), Unresolved)
    assert resolve_url("https://creativecommons.org/licenses/by/2.1/jp/") == known("CC-BY-2.1-JP")


def test_half_a_version_is_not_completed_by_guessing():
    assert resolve_license("CC BY 2") == Unversioned("by", ("CC-BY-2.0", "CC-BY-2.5"))
    assert isinstance(resolve_url("https://creativecommons.org/licenses/by/4/"), Unresolved)


@pytest.mark.parametrize(
    ("url", "id"),
    [
        ("http://creativecommons.org/licenses/by-nc-nd/1.0/", "CC-BY-NC-ND-1.0"),
        ("http://creativecommons.org/licenses/by-nd-nc/1.0/nl/", "CC-BY-NC-ND-1.0-NL"),
        ("http://creativecommons.org/licenses/by-nd-nc/2.0/jp/", "CC-BY-NC-ND-2.0-JP"),
        ("http://creativecommons.org/licenses/by-nd-nc/4.0/", "CC-BY-NC-ND-4.0"),
        ("http://creativecommons.org/licenses/publicdomain/", "CC-PDDC"),
        ("http://i.creativecommons.org/l/publicdomain/88x31.png", "CC-PDDC"),
        ("https://creativecommons.org/licenses/zero/1.0/", "CC0-1.0"),
        ("https://creativecommons.org/publicdomain/zero/", "CC0-1.0"),
        ("https://creativecommons.org/licenses/by/3.0/igo/legalcode", "CC-BY-3.0-IGO"),
        ("https://creativecommons.org/licenses/by/2.0/uk/deed.en_GB", "CC-BY-2.0-UK"),
        ("https://creativecommons.org/licenses/by-sa/2.5/scotland/", "CC-BY-SA-2.5-SCOTLAND"),
        ("https://mirrors.creativecommons.org/presskit/buttons/88x31/svg/cc-zero.svg", "CC0-1.0"),
        ("https://mirrors.creativecommons.org/presskit/buttons/80x15/png/publicdomain.png", "CC-PDM-1.0"),
    ],
)
def test_the_traps_among_urls(url, id):
    assert resolve_url(url) == known(id)
    assert resolve_license(url) == known(id)


@pytest.mark.parametrize(
    "url",
    [
        "https://creativecommons.org/licenses/by/4.0/us/",
        "https://creativecommons.org/licenses/by/9.9/",
        "https://creativecommons.org/licenses/by/3.0/zz/",
        "https://creativecommons.org/licenses/by/4.0/nonsense/more/",
        "https://creativecommons.org/licenses/by-sa-nc/4.0/",
        "https://creativecommons.org/publicdomain/by/4.0/",
        "https://creativecommons.org/licenses/GPL/2.0/",
        "https://creativecommons.org/licenses/LGPL/2.1/",
        "https://creativecommons.org/licenses/BSD/",
        "https://creativecommons.org/licenses/MIT/",
        "https://creativecommons.org/about/",
        "https://creativecommons.org/publicdomain/",
        "https://creativecommons.org",
    ],
)
def test_what_is_not_in_the_catalogue_is_never_the_nearest(url):
    assert isinstance(resolve_url(url), Unresolved)
    assert isinstance(resolve_license(url), Unresolved)


def test_a_license_that_does_not_exist_names_real_ones_near_it():
    near = ("CC-BY-4.0", "CC-BY-3.0-US")
    assert resolve_url("https://creativecommons.org/licenses/by/4.0/us/") == Unresolved(near)
    assert resolve_license("CC BY 4.0 US") == Unresolved(near)
    assert resolve_license("CC BY 9.9") == Unresolved(("CC-BY-4.0",))


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/licenses/by/4.0/",
        "https://notcreativecommons.org/licenses/by/4.0/",
        "https://creativecommons.org.example.com/licenses/by/4.0/",
        "https://creativecommons.org@example.com/licenses/by/4.0/",
        "ftp://creativecommons.org/licenses/by/4.0/",
        "CC BY 4.0",
        "",
    ],
)
def test_a_url_of_another_site_is_no_creative_commons_url(url):
    assert resolve_url(url) is None


@pytest.mark.parametrize(
    "text",
    ["", "license", "0", "4.0", "International", "MIT", "GPL-3.0", "CC BY 4.0 or so", "Attribution 4.0 (CC BY 3.0)"],
)
def test_a_text_that_is_no_exact_name_resolves_to_nothing(text):
    assert isinstance(resolve_license(text), Unresolved)


def test_dutch_titles_that_name_no_country_are_several_candidates():
    assert resolve_license("Naamsvermelding 3.0") == Unversioned("by", ("CC-BY-3.0", "CC-BY-3.0-NL"))


def test_a_title_that_two_types_share_is_left_open():
    assert resolve_license("Atribuire-Necomercial-FărăModificări 3.0 Ne-adaptată") == Unresolved(
        ("CC-BY-NC-ND-3.0", "CC-BY-NC-SA-3.0")
    )


@pytest.mark.parametrize(
    ("id", "lang", "title"),
    [
        ("CC-BY-SA-4.0", "de", ("Namensnennung-Share Alike 4.0 International", "de")),
        ("CC-BY-3.0-DE", "de-CH", ("Namensnennung 3.0 Deutschland", "de")),
        ("CC-BY-4.0", "zh", ("署名 4.0 协议国际版", "zh-hans")),
        ("CC-BY-4.0", "zh-TW", ("姓名標示 4.0 國際", "zh-hant")),
        ("CC-BY-4.0", "nb", ("Navngivelse 4.0 Internasjonal", "no")),
        ("CC-BY-4.0", "pt_BR", ("Atribuição 4.0 Internacional", "pt")),
        ("CC-BY-3.0-BR", "pt-BR", ("Atribuição 3.0 Brasil", "pt-br")),
        ("CC-BY-4.0", "en", ("Attribution 4.0 International", "en")),
        ("CC-BY-4.0", "tlh", ("Attribution 4.0 International", "en")),
        ("CC-BY-2.5-BR", "pt", ("Attribution 2.5 Brazil", "en")),
        ("CC-BY-SA-4.0", "fa", ("Attribution-ShareAlike 4.0 International", "en")),
    ],
)
def test_the_official_title_comes_with_the_language_it_is_in(id, lang, title):
    assert official_title(find_license(id), lang) == title


@every_license
def test_every_official_title_leads_back_to_its_license_or_says_that_several_fit(license: License):
    for lang in ("ar", "de", "el", "es", "fr", "hr", "it", "ja", "ko", "nl", "pl", "ro", "ru", "tr", "uk", "zh"):
        resolution = resolve_license(official_title(license, lang)[0])
        ids = {
            Known: lambda found: (found.license.id,),
            Unversioned: lambda found: found.candidates,
            Unresolved: lambda found: found.near,
        }[type(resolution)](resolution)
        assert license.id in ids


@given(st.text())
def test_any_text_resolves_to_something_real_or_to_nothing(text):
    resolution = resolve_license(text)
    assert isinstance(resolution, Known | Unversioned | Unresolved)
    assert find_license(text) is None or isinstance(resolution, Known)


@given(st.text(alphabet="/.:?#%2Bcreativommns.orglb-yp40 \\\n"))
def test_broken_urls_do_no_harm(tail):
    resolve_url("https://creativecommons.org/" + tail)
    resolve_url(tail)


@pytest.mark.parametrize(
    "text", ["cc " * 400_000, "(" * 1_000_000, "https://creativecommons.org/licenses/" + "by/" * 400_000]
)
def test_hostile_length_is_refused_at_once(text):
    assert resolve_license(text) == Unresolved(())
    assert resolve_url(text) is None


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("cc by-nc-xx 4.0", "CC-BY-NC-4.0"),
        ("https://creativecommons.org/licenses/by-nd-xx/3.0/", "CC-BY-ND-3.0"),
        ("CC-BY-SA-3.0-XX", "CC-BY-SA-3.0"),
    ],
)
def test_what_looks_most_alike_is_near(text, id):
    near = near_licenses(text)
    assert id in near
    assert len(near) <= 5


@pytest.mark.parametrize("text", ["", "MIT", "x" * 5000, "\x00", "https://lantern.example/"])
def test_nothing_is_near_to_what_is_like_nothing(text):
    assert near_licenses(text) == ()
