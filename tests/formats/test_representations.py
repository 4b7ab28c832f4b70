"""The forms of an article by name: complete, distinct, the same bytes each time, and as the documentation has them."""

import re
from datetime import date
from pathlib import Path

import pytest

from service.formats.documents.articles import MEMBERS, render_article
from service.formats.feeds import Channel
from service.formats.representations import LIST_REPRESENTATIONS, REPRESENTATIONS
from tests.factories import NOON
from tests.formats.cast import HOSTILE, PROVIDER, STATED, contested, hostile, least, whole

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
CHANNEL = Channel(title="Articles", address="https://registry.example/feed", updated=NOON)


def test_names_and_media_types_are_those_of_the_contract():
    assert {name: form.media_type for name, form in REPRESENTATIONS.items()} == {
        "jsonld": "application/ld+json",
        "ninjs": "application/vnd.iptc.ninjs+json",
        "datacite": "application/vnd.datacite.datacite+json",
        "csl": "application/vnd.citationstyles.csl+json",
        "bibtex": "application/x-bibtex",
        "ris": "application/x-research-info-systems",
        "odrl": "application/odrl+json",
        "dc": "application/xml",
        "html": "text/html",
    }
    assert LIST_REPRESENTATIONS.keys() == {"csv", "ndjson", "atom", "rss"}


@pytest.mark.parametrize("form", REPRESENTATIONS.values(), ids=lambda form: form.name)
class TestForm:
    def test_a_tag_names_version_form_and_day(self, form):
        assert form.tag(7) == f'"7-{form.name}"'
        assert form.tag(7, date(2024, 3, 1)) == f'"7-{form.name}-as-of-20240301"'

    @pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
    def test_it_is_utf_8_and_the_same_each_time(self, form, text):
        body = form.write(hostile(text), PROVIDER)
        assert body.decode()
        assert form.write(hostile(text), PROVIDER) == body

    @pytest.mark.parametrize("status", STATED)
    def test_a_license_in_doubt_has_no_address_anywhere(self, form, status):
        body = form.write(least(license=STATED[status]), PROVIDER).decode()
        named = set(re.findall(r"creativecommons\.org/licenses/[a-z-]+", body))
        units = {"known": ["by"], "alternatives": ["by-nc", "by-sa"]}.get(status, [])
        assert named <= {f"creativecommons.org/licenses/{unit}" for unit in units}
        assert bool(named) == bool(units)

    def test_licenses_in_dispute_have_no_address_though_each_of_them_is_known(self, form):
        article = contested()
        assert [shown.claim.status for shown in (article.license, *article.licenses)] == ["disputed", "known", "known"]
        assert b"creativecommons.org/licenses" not in form.write(article, PROVIDER)

    def test_the_documentation_names_it(self, form):
        assert f"| `{form.name}` | `{form.media_type}` |" in PAGE


@pytest.mark.parametrize("form", LIST_REPRESENTATIONS.values(), ids=lambda form: form.name)
class TestListForm:
    def test_it_is_made_piece_by_piece(self, form):
        taken = []

        def documents():
            for article in (whole(), least()):
                taken.append(article)
                yield render_article(article)

        pieces = iter(form.stream(documents(), CHANNEL))
        first = next(pieces)
        assert len(taken) < 2, "nothing waits for the last document"
        assert b"moth" in first + b"".join(pieces)

    def test_licenses_in_dispute_have_no_address(self, form):
        body = b"".join(form.stream([render_article(contested())], CHANNEL))
        assert (b"creativecommons.org/licenses" in body) == (form.name == "ndjson"), "a document lists what it has"

    def test_the_documentation_names_it(self, form):
        assert f"| `{form.name}` | `{form.media_type}` |" in PAGE


def test_ndjson_is_the_documents_as_they_are_stored():
    documents = [render_article(whole()), render_article(least())]
    assert b"".join(LIST_REPRESENTATIONS["ndjson"].stream(documents, CHANNEL)) == b"\n".join([*documents, b""])


@pytest.mark.parametrize("member", sorted(MEMBERS.keys() - {"links"}))
def test_the_tables_of_what_is_kept_name_every_member(member: str):
    assert len(re.findall(rf"^\| `{member}(?:\.\w+)*`", PAGE, re.MULTILINE)) >= 3
