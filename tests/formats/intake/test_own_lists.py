"""Lists of articles as we give them, taken in again: CSV, Atom, RSS, Dublin Core and OAI-PMH change nothing."""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

import orjson
import pytest
from hypothesis import given

from service.core.articles import Article
from service.core.catalogue import find_license
from service.core.dates import to_micros
from service.core.grants import next_ledger, state_claims
from service.core.harvests import HarvestRequest
from service.formats import oai
from service.formats.documents.articles import render_article
from service.formats.dublin_core import render_dublin_core
from service.formats.feeds import Channel, stream_atom, stream_rss
from service.formats.intake.completion import complete_members
from service.formats.intake.feeds import read_feed
from service.formats.intake.items import Item
from service.formats.intake.oai import read_oai
from service.formats.intake.reading import Reading
from service.formats.intake.spreadsheet import read_csv
from service.formats.intake.xml import read_xml
from service.formats.schemas.articles import load_patched_article
from service.formats.spreadsheet import stream_csv
from tests.factories import NOON
from tests.formats.cast import HOSTILE, ID, STATED, contested, hostile, least, whole
from tests.formats.intake.articles import articles

CHANNEL = Channel(
    title="All articles",
    address="https://registry.example/v1/articles",
    updated=datetime(2026, 3, 14, 12, tzinfo=UTC),
    metadata_license=find_license("CC0-1.0"),
)
REPOSITORY = oai.Repository(
    name="registry.example",
    base_url="https://registry.example/oai",
    email="desk@registry.example",
    license=find_license("CC0-1.0"),
)


def harvested(article: Article) -> bytes:
    record = oai.Record(article=article, at=to_micros(NOON), is_deleted=False)
    request = HarvestRequest(verb="GetRecord", arguments={"identifier": ID, "metadataPrefix": "oai_dc"})
    return oai.render_answer(REPOSITORY, request, oai.list_records(REPOSITORY, [record]), at=to_micros(NOON))


WRITERS: dict[str, Callable[[Article], bytes]] = {
    "csv": lambda article: b"".join(stream_csv([render_article(article)])),
    "atom": lambda article: b"".join(stream_atom([render_article(article)], CHANNEL)),
    "rss": lambda article: b"".join(stream_rss([render_article(article)], CHANNEL)),
    "dc": render_dublin_core,
    "oai": harvested,
}
READERS: dict[str, Callable[[BinaryIO, Reading], Iterator[Item]]] = {
    "csv": read_csv,
    "atom": read_feed,
    "rss": read_feed,
    "dc": read_xml,
    "oai": read_oai,
}
every_form = pytest.mark.parametrize("form", WRITERS)


def taken_in(form: str, article: Article) -> dict[str, Any]:
    (item,) = READERS[form](io.BytesIO(WRITERS[form](article)), Reading())
    assert item.problem is None
    return dict(item.members or {})


def check_unchanged(form: str, article: Article) -> None:
    """Take an article in again, as a merge into its own record."""
    present = orjson.loads(render_article(article))
    new = load_patched_article(complete_members(taken_in(form, article), present), present)
    assert new.content == article.content
    assert new.source in (article.source, type(article.source)(id=article.source.id))
    claims = [shown.claim for shown in article.licenses]
    ledger = state_claims((), claims, now=NOON, by="editor") if claims else ()
    assert next_ledger(ledger, new.claims, None, anew=False, now=NOON, by="editor") == ledger


@every_form
@pytest.mark.parametrize("article", [whole(), least(), contested()], ids=["whole", "least", "contested"])
def test_the_cast_is_not_changed(form: str, article: Article):
    check_unchanged(form, article)


@every_form
@pytest.mark.parametrize("status", STATED)
def test_no_kind_of_license_is_changed(form: str, status: str):
    check_unchanged(form, least(license=STATED[status]))


@every_form
@pytest.mark.parametrize("status", STATED)
def test_a_license_that_came_from_the_source_is_not_made_the_articles_own(form: str, status: str):
    article = least(license=STATED[status])
    document = orjson.loads(render_article(article))
    for shown in (document["license"], *document["licenses"]):
        shown["origin"] = "source"
    members = taken_in(form, article)
    assert not complete_members(members, document).get("license") or isinstance(members["license"], list)


@pytest.mark.parametrize("license", ["CC-BY-NC-4.0", "all-rights-reserved", None])
@pytest.mark.parametrize("form", ["dc", "oai", "atom", "rss"])
def test_a_notice_that_is_the_address_of_a_license_is_none(form: str, license: str | None):
    notice = "https://creativecommons.org/licenses/by/4.0/"
    stated = {"license": license} if license else {}
    article = least(**stated, attribution={"copyright_notice": notice})
    assert taken_in(form, article).get("license") == taken_in(form, least(**stated)).get("license")


@every_form
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_not_changed(form: str, text: str):
    check_unchanged(form, hostile(text))


@every_form
@given(article=articles())
def test_no_article_is_changed(form: str, article: Article):
    check_unchanged(form, article)
