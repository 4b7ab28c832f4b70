"""A harvester of others at a real server: whatever is written meanwhile, its copy ends as the articles are."""

import threading
from collections.abc import Iterator

import pytest
from oaipmh_scythe import Scythe
from oaipmh_scythe.exceptions import BadArgument, BadResumptionToken, IdDoesNotExist, NoRecordsMatch
from oaipmh_scythe.iterator import OAIResponseIterator

from tests.chaos.clients import Client
from tests.chaos.servers import Server, serving
from tests.chaos.writers import Board, write_in_crowd
from tests.engines import ENGINES
from tests.formats.oai_schema import read_valid, texts

Copy = dict[str, str | None]
"""The titles of records by their ids; a deleted one has none."""


@pytest.fixture(scope="module", params=ENGINES)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with two workers and a database of its own, in which a few hundred changes have been made."""
    folder = tmp_path_factory.mktemp("harvested")
    with request.getfixturevalue(request.param).database() as url, serving(url, folder, workers=2) as running:
        write_in_crowd(running.port, writers=4, writes=400)
        yield running


@pytest.fixture
def scythe(server: Server) -> Iterator[Scythe]:
    """A harvester at the server."""
    with Scythe(f"{server.address}/oai") as harvester:
        yield harvester


def harvest(server: Server, copy: Copy, since: str | None = None, set: str | None = None) -> str:
    """Bring `copy` up to date with what has changed since a date; gives the date to go on from the next time."""
    dates: list[str] = []
    with Scythe(f"{server.address}/oai", iterator=OAIResponseIterator) as harvester:
        try:
            for page in harvester.list_records(from_=since, set_=set):
                root = read_valid(page.http_response.content)
                dates += texts(root, "oai:responseDate")
                for record in root.iter("{*}record"):
                    (identifier,) = texts(record, "oai:header/oai:identifier")
                    copy[identifier.rpartition(":")[2]] = next(iter(texts(record, ".//dc:title")), None)
        except NoRecordsMatch:
            dates.append(since or "")
    return dates[0]


def living(server: Server, query: str = "") -> Copy:
    """The articles as the API lists them."""
    with Client(server.port) as client:
        return {item["id"]: item["title"] for item in client.walk(f"/v1/articles?sort=id&limit=200{query}")}


def present(copy: Copy) -> Copy:
    return {id: title for id, title in copy.items() if title is not None}


def deleted_in(server: Server) -> set[str]:
    """The articles that the feed knows and that live no more."""
    with Client(server.port) as client:
        known = {entry["id"] for entry in client.read_feed() if entry["type"].startswith("article.")}
    return known - living(server).keys()


def test_a_copy_that_is_harvested_by_dates_misses_nothing_while_others_write(server: Server) -> None:
    boards: list[Board] = []
    crowd = threading.Thread(target=lambda: boards.append(write_in_crowd(server.port, writers=4, writes=500)))
    copy: Copy = {}
    crowd.start()
    since = harvest(server, copy)
    while crowd.is_alive():
        since = harvest(server, copy, since)
    crowd.join()
    harvest(server, copy, since)
    assert boards[0].acknowledged
    assert present(copy) == living(server)
    assert {id for id, title in copy.items() if title is None} == deleted_in(server)


def test_one_harvest_meets_every_record_that_was_there_when_it_began(server: Server) -> None:
    before = living(server).keys() | deleted_in(server)
    crowd = threading.Thread(target=write_in_crowd, args=(server.port,), kwargs={"writers": 4, "writes": 200})
    crowd.start()
    copy: Copy = {}
    harvest(server, copy)
    crowd.join()
    assert before <= copy.keys()


def test_a_set_holds_what_the_list_of_its_source_and_of_its_license_holds(server: Server) -> None:
    for set, query in (("source:gazette-0", "&source=gazette-0"), ("license:CC-BY-SA-3.0", "&license=CC-BY-SA-3.0")):
        copy: Copy = {}
        harvest(server, copy, set=set)
        assert present(copy) == living(server, query)
        assert present(copy)


def test_every_verb_is_understood(server: Server, scythe: Scythe) -> None:
    identity = scythe.identify()
    assert (identity.protocolVersion, identity.deletedRecord) == ("2.0", "persistent")
    assert [form.metadataPrefix for form in scythe.list_metadata_formats()] == ["oai_dc"]
    specs = [subset.setSpec for subset in scythe.list_sets()]
    assert {"source:gazette-0", "license:CC-BY-SA-3.0"} <= set(specs)
    headers = list(scythe.list_identifiers())
    assert len({header.identifier for header in headers}) == len(headers) > 100
    alive = next(header for header in headers if not header.deleted)
    record = scythe.get_record(alive.identifier)
    assert living(server)[alive.identifier.rpartition(":")[2]] in record.metadata["title"]


def test_every_error_is_understood(scythe: Scythe) -> None:
    with pytest.raises(IdDoesNotExist):
        scythe.get_record("oai:creditline.example:1")
    with pytest.raises(NoRecordsMatch):
        next(scythe.list_records(from_="2100-01-01"))
    with pytest.raises(BadArgument):
        next(scythe.list_records(from_="yesterday"))
    with pytest.raises(BadResumptionToken):
        next(scythe.list_records(resumption_token="damaged"))
