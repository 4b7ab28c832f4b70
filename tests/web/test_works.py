"""What the texts of a body name: articles, licenses, or nothing that there is."""

from datetime import date

import pytest

from service.core.grants import ALL_RIGHTS_RESERVED
from service.storage.database import Database
from service.web.works import NamedWork, find_works
from tests.api import Api
from tests.factories import another_moth
from tests.web.conftest import database_of

TODAY = date(2026, 3, 14)
NOBODY = "01900000-0000-7000-8000-000000000000"


@pytest.fixture
def api(shared_api: Api) -> Api:
    """The articles of one test do not concern another."""
    return shared_api


@pytest.fixture
def database(api: Api) -> Database:
    """The database behind the application."""
    return database_of(api.app)


@pytest.fixture
def moth(api: Api) -> dict:
    """An article with little in it."""
    return api.created("/v1/articles", another_moth(license="CC-BY-4.0"))


def find_one(database: Database, text: str) -> NamedWork:
    (work,) = find_works(database, [text], day=TODAY)
    assert work.given == (text,)
    return work


def test_an_article_is_found_by_its_id_in_any_case_and_by_its_address_in_any_spelling(database, moth):
    for text in (moth["id"], moth["id"].upper(), f" {moth['id']} ", moth["url"], f"{moth['url']}?utm_medium=x#top"):
        work = find_one(database, text)
        assert work.article
        assert work.article.id == moth["id"]
        assert (work.claim, work.problem) == (None, None)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("CC-BY-4.0", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by-nc-nd/1.0/", "CC-BY-NC-ND-1.0"),
        ("http://creativecommons.org/publicdomain/zero/1.0/deed.de", "CC0-1.0"),
        ("Attribution-ShareAlike 3.0 Unported", "CC-BY-SA-3.0"),
    ],
)
def test_a_license_is_found_by_id_address_and_name(database, text, id):
    work = find_one(database, text)
    assert work.claim
    assert work.claim.license
    assert work.claim.license.id == id


def test_a_license_without_version_stays_without_one(database):
    claim = find_one(database, "CC BY-NC").claim
    assert claim
    assert (claim.status, claim.unit, claim.license) == ("unversioned", "by-nc", None)
    assert "CC-BY-NC-4.0" in claim.candidates


def test_all_rights_reserved_is_a_claim_too(database):
    claim = find_one(database, "All-Rights-Reserved").claim
    assert claim
    assert claim.status == ALL_RIGHTS_RESERVED


@pytest.mark.parametrize(
    "text", [NOBODY, "https://lantern.example/nowhere", "https://", "ftp://lantern.example/", "x", "\u202e", "x" * 8192]
)
def test_what_is_not_there_is_a_problem_and_never_the_nearest(database, text):
    work = find_one(database, text)
    assert (work.article, work.claim) == (None, None)
    assert work.problem
    assert (work.problem["type"], work.problem["status"]) == ("/v1/problems/not-found", 404)
    assert len(str(work.problem["detail"])) < 300


def test_a_license_that_does_not_exist_names_near_ones_and_is_none_of_them(database):
    for text in ("CC BY 9.0", "https://creativecommons.org/licenses/by/4.0/us/"):
        work = find_one(database, text)
        assert work.claim is None
        assert work.problem
        assert "CC-BY-4.0" in str(work.problem["detail"])


def test_a_deleted_article_is_gone(api, database, moth):
    api.delete(moth["links"]["self"], if_match="*")
    problem = find_one(database, moth["id"]).problem
    assert problem
    assert (problem["status"], problem["version"]) == (410, 2)
    assert find_one(database, moth["url"]).problem


def test_works_keep_the_order_of_their_first_naming_and_are_merged(api, database, moth):
    other = api.created("/v1/articles", another_moth())
    works = find_works(
        database, [other["url"], "CC0", moth["id"], "nothing", moth["url"], "CC0-1.0", other["id"]], day=TODAY
    )
    assert [work.given for work in works] == [
        (other["url"], other["id"]),
        ("CC0", "CC0-1.0"),
        (moth["id"], moth["url"]),
        ("nothing",),
    ]


def test_two_texts_that_name_nothing_are_two_problems(database):
    assert len(find_works(database, ["nothing", "nobody", "nothing"], day=TODAY)) == 2
    assert find_works(database, [], day=TODAY) == ()
