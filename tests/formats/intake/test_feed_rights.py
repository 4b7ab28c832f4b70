"""The licenses of feeds: every module that says one, whose it is, and what is no license."""

from html import escape
from typing import Any

import pytest

from service.core.grants import Claim
from service.formats.schemas.articles import load_article
from service.formats.schemas.claims import read_license
from tests.formats.intake.uploads import FEED, HEAD, ITEM, atom, members_of, rdf, rss

BY = "https://creativecommons.org/licenses/by/4.0/"
BY_SA = "http://creativecommons.org/licenses/by-sa/3.0/"
ATOM_ITEM = '<title>Moths</title><link href="https://lantern.example/moths"/>'
FORMS = {"rss": rss, "rdf": rdf, "atom": atom}


def entry(form: str, inside: str, *, head: str = "") -> dict[str, Any]:
    around = {"rss": HEAD, "rdf": "<title>The Lantern</title>", "atom": "<title>The Lantern</title>"}[form] + head
    item = ATOM_ITEM if form == "atom" else ITEM
    (members,) = members_of(FEED, FORMS[form](item + inside, head=around))
    return members


def claims(members: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [named(claim) for claim in load_article(members, None).claims]


def named(claim: Claim) -> tuple[str, str | None]:
    return claim.status, claim.license.id if claim.license else claim.url


@pytest.mark.parametrize(
    ("form", "inside"),
    [
        ("rss", f"<creativeCommons:license>{BY}</creativeCommons:license>"),
        ("rss", f'<cc:license xmlns:cc="http://creativecommons.org/ns#">{BY}</cc:license>'),
        ("rss", f'<a:license xmlns:a="http://blogs.law.harvard.edu/tech/creativeCommonsRssModule">{BY}</a:license>'),
        (
            "rss",
            f'<a:license xmlns:a="http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html">{BY}</a:license>',
        ),
        ("rss", f'<atom:link rel="license" href="{BY}"/>'),
        ("rss", f"<dcterms:license>{BY}</dcterms:license>"),
        ("rss", f"<dc:rights>{BY}</dc:rights>"),
        ("rss", "<dc:rights>Licensed under CC BY 4.0</dc:rights>"),
        ("rss", f"<copyright>© 2026 The Lantern. Some rights reserved: {BY}</copyright>"),
        ("rdf", f'<cc:license rdf:resource="{BY}"/>'),
        ("atom", f'<link rel="license" href="{BY}"/>'),
        ("atom", f'<link rel="nofollow license" href="{BY}"/>'),
        ("atom", '<rights type="html">&lt;a href="/x"&gt;CC BY 4.0&lt;/a&gt;</rights>'),
    ],
)
def test_every_way_to_say_a_license(form: str, inside: str):
    assert claims(entry(form, inside)) == [("known", "CC-BY-4.0")]
    assert claims(entry(form, "", head=inside)) == [("known", "CC-BY-4.0")], "that of the feed is the default"


@pytest.mark.parametrize("form", FORMS)
def test_that_of_an_entry_beats_that_of_its_feed(form: str):
    own = f'<link rel="license" href="{BY_SA}"/>' if form == "atom" else f"<cc:license>{BY_SA}</cc:license>"
    head = f'<link rel="license" href="{BY}"/>' if form == "atom" else f"<cc:license>{BY}</cc:license>"
    assert claims(entry(form, own, head=head)) == [("known", "CC-BY-SA-3.0")]


def test_several_licenses_are_alternatives():
    both = "".join(f"<creativeCommons:license>{url}</creativeCommons:license>" for url in (BY, BY_SA))
    assert claims(entry("rss", both)) == [("known", "CC-BY-4.0"), ("known", "CC-BY-SA-3.0")]


@pytest.mark.parametrize("words", ["© 2026 The Lantern", "Copyright 2026", "(c) The Lantern", ""])
@pytest.mark.parametrize("form", ["rss", "rdf"])
def test_a_bare_notice_is_no_license(form: str, words: str):
    members = entry(form, f"<dc:rights>{words}</dc:rights>")
    assert "license" not in members
    assert ("attribution" in members) == words.lower().startswith(("©", "copyright", "(c)"))


def test_a_bare_notice_leaves_the_license_of_the_feed():
    head = f"<creativeCommons:license>{BY}</creativeCommons:license><copyright>© 2025 The Lantern</copyright>"
    members = entry("rss", "<dc:rights>© 2026 Ines Albright</dc:rights>", head=head)
    assert claims(members) == [("known", "CC-BY-4.0")]
    assert members["attribution"] == {"copyright_notice": "© 2026 Ines Albright"}


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("For subscribers only.", "other"),
        ("© 2026 The Lantern. Not to be reprinted.", "other"),
        ("Courtesy of The Lantern.", "other"),
        ("The Lantern", "other"),
        ("All rights reserved.", "all-rights-reserved"),
        ("CC BY-ND", "unversioned"),
    ],
)
def test_words_about_the_rights_of_an_entry_are_not_covered_by_the_license_of_the_feed(words: str, status: str):
    head = f"<creativeCommons:license>{BY}</creativeCommons:license>"
    found = claims(entry("rss", f"<dc:rights>{words}</dc:rights>", head=head))
    assert [said for said, _ in found] == [status]


@pytest.mark.parametrize(
    ("form", "inside"),
    [
        ("rss", "<dc:rights>CC BY 4.0</dc:rights><dc:rights>CC BY-NC 4.0</dc:rights>"),
        ("rss", "<dc:rights>CC BY 4.0</dc:rights><copyright>CC BY-NC 4.0</copyright>"),
        ("atom", "<rights>CC BY 4.0</rights><dc:rights>All rights reserved</dc:rights>"),
    ],
)
def test_several_words_about_rights_that_differ_are_a_dispute(form: str, inside: str):
    assert [status for status, _ in claims(entry(form, inside))] == ["disputed"]


NC_LINK = "https://creativecommons.org/licenses/by-nc/{}/"


@pytest.mark.parametrize(
    ("version", "words", "claim"),
    [
        ("4.0", "CC BY 4.0", ("disputed", None)),
        ("4.0", "CC BY", ("disputed", None)),
        ("4.0", "CC BY-NC", ("known", "CC-BY-NC-4.0")),
        ("3.0", "Some rights reserved", ("known", "CC-BY-NC-3.0")),
        ("3.0", '<img alt="" src="https://lantern.example/some.png"/>', ("known", "CC-BY-NC-3.0")),
    ],
)
def test_what_words_about_rights_are_linked_to_counts(version: str, words: str, claim: tuple[str, str | None]):
    link = f'<a href="{NC_LINK.format(version)}">{words}</a>'
    xhtml = f'<rights type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{link}</div></rights>'
    assert claims(entry("atom", f'<rights type="html">{escape(link)}</rights>')) == [claim]
    assert claims(entry("atom", xhtml)) == [claim]
    assert claims(entry("rss", f"<copyright>{escape(link)}</copyright>")) == [claim]


def test_a_button_is_a_link_and_any_other_link_is_none():
    button = '<img src="https://licensebuttons.net/l/by-nc/3.0/88x31.png"><a href="/terms">Terms</a>'
    members = entry("atom", f'<rights type="html">{escape(button)}</rights>')
    assert claims(members) == [("known", "CC-BY-NC-3.0")]
    assert "/terms" not in members["license"]["statement"]


def test_a_license_that_is_linked_and_denied_is_none():
    denied = f'This is not under <a href="{BY}">CC BY 4.0</a>'
    assert [status for status, _ in claims(entry("atom", f'<rights type="html">{escape(denied)}</rights>'))] == [
        "other"
    ]


def test_a_license_that_is_said_not_to_be_stated_is_not_that_of_the_feed():
    unspecified = '<link rel="license" href="http://purl.org/atompub/license#unspecified"/>'
    assert "license" not in entry("atom", unspecified, head=f'<link rel="license" href="{BY}"/>')


@pytest.mark.parametrize(
    ("form", "source"),
    [
        ("atom", "<source><title>Harbour Courier</title></source>"),
        ("rss", '<source url="https://harbour.example/rss">Harbour Courier</source>'),
    ],
)
def test_what_comes_from_elsewhere_is_not_under_the_license_of_the_feed(form: str, source: str):
    head = f'<link rel="license" href="{BY}"/>' if form == "atom" else f"<cc:license>{BY}</cc:license>"
    members = entry(form, source, head=f"{head}<rights>© The Lantern</rights>")
    assert "license" not in members
    assert "attribution" not in members


def test_the_license_of_the_feed_that_it_comes_from_is_its_own():
    source = f'<source><title>Harbour Courier</title><link rel="license" href="{BY_SA}"/></source>'
    assert claims(entry("atom", source, head=f'<link rel="license" href="{BY}"/>')) == [("known", "CC-BY-SA-3.0")]


def test_a_license_and_words_that_reserve_everything_are_a_dispute():
    both = f"<creativeCommons:license>{BY}</creativeCommons:license><dc:rights>All rights reserved.</dc:rights>"
    assert [status for status, _ in claims(entry("rss", both))] == ["disputed"]


def test_a_license_that_does_not_exist_is_other_terms():
    members = entry(
        "rss",
        "<cc:license>https://creativecommons.org/licenses/by/9.9/</cc:license>",
        head=f"<cc:license>{BY}</cc:license>",
    )
    assert [status for status, _ in claims(members)] == ["other"]


class TestParts:
    PICTURE = '<media:content url="https://lantern.example/a.jpg" type="image/jpeg">{}</media:content>'

    def part(self, inside: str, around: str = "") -> dict[str, Any]:
        (part,) = entry("rss", self.PICTURE.format(inside) + around)["parts"]
        return {name: value for name, value in part.items() if name not in ("kind", "url")}

    def test_a_picture_has_the_license_and_the_credit_that_it_says_itself(self):
        inside = (
            f'<media:license type="text/html" href="{BY}">CC BY 4.0</media:license><media:title>A moth</media:title>'
            '<media:credit role="photographer">Tomás Ferreira</media:credit>'
            "<media:credit>Mehr News Agency</media:credit>"
        )
        said = self.part(inside)
        assert read_license(said.pop("license")).name == "CC-BY-4.0"
        assert said == {"title": "A moth", "creator": "Tomás Ferreira", "credit": "Mehr News Agency"}

    def test_what_is_said_around_the_objects_is_said_of_each(self):
        said = self.part("", f'<media:credit>Tomás</media:credit><media:license href="{BY}"/>')
        assert (said["credit"], read_license(said["license"]).name) == ("Tomás", "CC-BY-4.0")

    def test_the_nearest_word_counts(self):
        inside = f'<media:license href="{BY_SA}"/><media:credit>Ines</media:credit>'
        said = self.part(inside, f'<media:credit>Tomás</media:credit><media:license href="{BY}"/>')
        assert (said["credit"], read_license(said["license"]).name) == ("Ines", "CC-BY-SA-3.0")

    @pytest.mark.parametrize(
        ("licenses", "candidates"),
        [
            ((BY, BY_SA), ("CC-BY-4.0", "CC-BY-SA-3.0")),
            ((BY, "https://lantern.example/terms"), ("CC-BY-4.0", "https://lantern.example/terms")),
            ((BY, "http://creativecommons.org/licenses/by/4.0/deed.de"), ()),
        ],
    )
    def test_several_licenses_of_a_picture_are_a_dispute(self, licenses: tuple[str, str], candidates: tuple[str, ...]):
        inside = "".join(f'<media:license href="{url}"/>' for url in licenses)
        claim = read_license(self.part(inside)["license"])
        assert (claim.status, claim.candidates) == ("disputed" if candidates else "known", candidates)

    def test_a_picture_that_is_named_twice_with_two_licenses_is_in_dispute(self):
        twice = "".join(self.PICTURE.format(f'<media:license href="{url}"/>') for url in (BY, BY_SA))
        (part,) = entry("rss", twice)["parts"]
        assert read_license(part["license"]).candidates == ("CC-BY-4.0", "CC-BY-SA-3.0")

    def test_words_that_reserve_a_picture_contradict_its_license(self):
        inside = (
            f'<media:license href="{BY}">CC BY 4.0</media:license><media:license>All rights reserved</media:license>'
        )
        assert read_license(self.part(inside)["license"]).status == "disputed"

    def test_the_license_of_the_article_is_not_that_of_its_pictures(self):
        assert self.part("", f"<creativeCommons:license>{BY}</creativeCommons:license>") == {}

    def test_the_license_of_a_picture_is_not_that_of_the_article(self):
        assert "license" not in entry("rss", self.PICTURE.format(f'<media:license href="{BY}"/>'))
        assert "license" not in entry("rss", f'<media:license href="{BY}"/>')

    def test_objects_in_a_group_are_found(self):
        inside = f"<media:group>{self.PICTURE.format('')}<media:credit>Ines</media:credit></media:group>"
        assert entry("rss", inside)["parts"] == [
            {"kind": "image", "url": "https://lantern.example/a.jpg", "credit": "Ines"}
        ]

    def test_what_is_enclosed_and_described_is_one_part(self):
        enclosure = '<enclosure url="https://lantern.example/a.jpg" type="image/jpeg"/>'
        (part,) = entry("rss", enclosure + self.PICTURE.format("<media:credit>Ines</media:credit>"))["parts"]
        assert part["credit"] == "Ines"

    @pytest.mark.parametrize(
        "inside",
        [
            '<enclosure url="https://lantern.example/a.pdf" type="application/pdf"/>',
            '<enclosure url="ftp://lantern.example/a.jpg" type="image/jpeg"/>',
            '<enclosure type="image/jpeg"/>',
            '<media:thumbnail url="https://lantern.example/face.png"/>',
        ],
    )
    def test_other_files_and_small_pictures_are_no_parts(self, inside: str):
        assert "parts" not in entry("rss", inside)

    def test_a_small_picture_with_a_credit_is_one(self):
        inside = '<media:thumbnail url="https://lantern.example/a.png"/><media:credit>Ines</media:credit>'
        assert entry("rss", inside)["parts"][0]["credit"] == "Ines"
