"""Sources in the database."""

import pytest

from service.actions.sources import add_source
from service.core.errors import Conflict
from service.formats.documents.sources import read_source, render_source
from service.storage import sources as stored
from service.storage.database import Database
from tests.factories import ORDER, checked_source, courier, lantern


def make(database: Database, slug: str, **members: object) -> None:
    add_source(database, ORDER, checked_source({"name": slug, **members}), slug=slug)


def test_a_document_comes_back_byte_for_byte(database):
    add_source(database, ORDER, checked_source(courier()), slug="hc")
    found = stored.find_source(database, "hc")
    assert render_source(read_source(found.document)) == found.document


def test_it_is_found_by_slug_address_and_exact_name(database):
    add_source(database, ORDER, checked_source(lantern()), slug="lantern")
    found = stored.find_source(database, "lantern")
    with database.transaction():
        assert stored.find_source(database, "lantern", lock="SHARE") == found
        assert stored.find_source(database, "lantern", lock="UPDATE") == found
        assert stored.find_source_by_url(database, "https://lantern.example/") == found
        assert stored.find_sources_by_name(database, "The Lantern") == [found]
        assert stored.find_sources_by_name(database, "the lantern") == []
    assert stored.find_source(database, "nobody") is None


def test_of_a_name_at_most_two_are_found(database):
    for slug in ("a", "b", "c"):
        make(database, slug, name="Twin")
    assert [found.slug for found in stored.find_sources_by_name(database, "Twin")] == ["a", "b"]


def test_documents_are_listed_by_slug_behind_one(database):
    for slug in ("c", "a", "b", "d"):
        make(database, slug)
    assert [slug for slug, _ in stored.list_documents(database, after="", limit=10)] == ["a", "b", "c", "d"]
    assert [slug for slug, _ in stored.list_documents(database, after="a", limit=2)] == ["b", "c"]


def test_an_update_or_deletion_needs_the_expected_version(database):
    make(database, "a", url="https://a.example/")
    source = read_source(stored.find_source(database, "a").document)
    with database.transaction():
        assert not stored.update_source(database, source, b"{}", expected=2)
        assert not stored.delete_source(database, "a", expected=2, at=1)
        assert stored.delete_source(database, "a", expected=1, at=1)
    found = stored.find_source(database, "a")
    assert (found.version, found.deleted_at) == (2, 1)
    assert stored.find_source_by_url(database, "https://a.example/") is None
    assert stored.find_sources_by_name(database, "a") == []
    assert stored.list_documents(database, after="", limit=10) == []


@pytest.mark.parametrize(("slug", "url"), [("a", "https://b.example/"), ("b", "https://a.example/")])
def test_a_slug_or_address_that_is_taken_is_a_conflict(database, slug, url):
    make(database, "a", url="https://a.example/")
    with pytest.raises(Conflict):
        make(database, slug, url=url)
    assert len(stored.list_documents(database, after="", limit=10)) == 1
