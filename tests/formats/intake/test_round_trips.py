"""What our own writers write, read back: nothing is changed of what the form carries."""

import io
from collections.abc import Callable

import pytest
from hypothesis import given

from service.core.articles import Article
from service.core.grants import Claim
from service.formats.csl import render_csl
from service.formats.datacite import render_datacite
from service.formats.intake.json_records import read_json_lines, read_json_records
from service.formats.intake.reading import Reading
from service.formats.ninjs import render_ninjs
from service.formats.schema_org import render_schema_org
from service.formats.schemas.articles import load_article
from tests.formats.cast import HOSTILE, PROVIDER, STATED, contested, hostile, least, whole
from tests.formats.intake.articles import articles
from tests.formats.intake.carried import carried_by

WRITERS: dict[str, Callable[[Article], bytes]] = {
    "jsonld": lambda article: render_schema_org(article, PROVIDER),
    "ninjs": render_ninjs,
    "datacite": render_datacite,
    "csl": render_csl,
}
every_form = pytest.mark.parametrize("form", WRITERS)


def check(form: str, article: Article) -> None:
    body = WRITERS[form](article)
    (item,) = read_json_records(io.BytesIO(body), Reading(), profile=form)
    (line,) = read_json_lines(io.BytesIO(body), Reading(), profile=form)
    assert line == item
    assert item.problem is None
    assert not item.grants
    new = load_article(item.members or {}, None)
    content, source, claims = carried_by(form, article)
    assert new.content == content
    assert new.source == source
    assert list(map(said, new.claims)) == list(map(said, claims))


def said(claim: Claim) -> tuple[object, ...]:
    """A claim with its evidence; words that are only its name are none."""
    return claim.says, claim.statement, claim.statement_url


@every_form
@pytest.mark.parametrize("article", [whole(), least(), contested()], ids=["whole", "least", "contested"])
def test_the_cast_comes_back(form: str, article: Article):
    check(form, article)


@every_form
@pytest.mark.parametrize("status", STATED)
def test_every_kind_of_license_comes_back(form: str, status: str):
    check(form, least(license=STATED[status]))


@every_form
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_comes_back(form: str, text: str):
    check(form, hostile(text))


@every_form
@pytest.mark.parametrize("words", ["© 2024 AP. All rights reserved.", "Not for republication", "CC BY-NC 4.0"])
def test_words_beside_a_license_of_ours_are_no_dispute(form: str, words: str):
    check(form, least(license="CC-BY-4.0", attribution={"copyright_notice": words}))
    check(form, least(license={"id": "CC-BY-4.0", "statement": "For subscribers only"}))


@every_form
@given(article=articles())
def test_any_article_comes_back(form: str, article: Article):
    check(form, article)
