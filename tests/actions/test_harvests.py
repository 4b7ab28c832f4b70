"""What is harvested goes into the database: part by part, under its names, as far as a limit says."""

from datetime import UTC, datetime

import pytest

from service.actions.harvest_parts import Address, HarvestError, Place
from service.actions.harvests import Harvested, Wish, stream_harvest
from service.delivery.addresses import is_any
from service.delivery.policy import Policy
from service.storage.database import Database
from tests.delivery.hosts import open_host
from tests.delivery.repositories import Repository, record

HERE = Policy(permits=is_any)


@pytest.fixture
def repository():
    with open_host() as host:
        yield Repository(host, [record(number) for number in range(5)])


def harvest(database: Database, repository: Repository, place: Place | None = None, **wish: object) -> list[Harvested]:
    address = Address(url=repository.url, policy=HERE)
    now = datetime.now(UTC)
    return [*stream_harvest(database, address, place or Place(), Wish(**wish), clock=lambda: now)]


def statements_of(database: Database, repository: Repository) -> int:
    """How many statements a harvest takes."""
    ran: list[object] = []

    def note(*args: object, **_: object) -> None:
        ran.append(args)

    database.peewee.query_hooks.append(note)
    harvest(database, repository)
    database.peewee.query_hooks.remove(note)
    return len(ran)


def test_a_limit_is_for_parts_that_go_on(database, repository):
    (part,) = harvest(database, repository, limit=1)
    assert (len(part.results), part.place.token) == (2, "at 2")
    (part,) = harvest(database, repository, part.place, limit=1)
    assert (len(part.results), part.place.token) == (2, "at 4")
    (part,) = harvest(database, repository, part.place, limit=1)
    assert (len(part.results), part.place.token) == (1, None)
    assert part.place.since == "2026-03-14T12:00:00Z"


@pytest.mark.parametrize("token", [None, "at 2"])
def test_a_limit_keeps_no_fault_from_being_told(database, repository, token):
    broken = repository._document({"verb": "ListRecords"}).partition("<resumptionToken>")[0]
    repository.replies = [(200, {"Content-Type": "text/xml"}, broken.encode())]
    with pytest.raises(HarvestError, match="not well-formed"):
        harvest(database, repository, Place(kind="oai", token=token), limit=1)


def test_a_record_has_its_name_in_the_repository_beside_those_that_it_states(database, repository):
    doi = "<dc:identifier>https://doi.org/10.1000/7</dc:identifier>"
    repository.records = [record(7).replace("</dc:title>", f"</dc:title>{doi}"), record(8)]
    (part,) = harvest(database, repository)
    assert [command.data["identifiers"] for command in part.commands] == [
        [{"scheme": "doi", "value": "10.1000/7"}, {"scheme": "oai", "value": "oai:lantern.example:7"}],
        [{"scheme": "oai", "value": "oai:lantern.example:8"}],
    ]


@pytest.mark.parametrize("is_known", [False, True])
def test_more_records_are_no_more_statements(database, repository, is_known):
    repository.size = 100
    many = [record(number) for number in range(40)]
    repository.records = many if is_known else [record(41)]
    harvest(database, repository)
    repository.records = many[:2]
    few = statements_of(database, repository)
    repository.records = many[2:]
    assert statements_of(database, repository) <= few
