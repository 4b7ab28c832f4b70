"""What is new in repositories and feeds: what is asked of them, and how far a harvest has come."""

import pytest

from service.actions.harvest_parts import Address, HarvestError, Part, Place, stream_parts
from service.delivery.addresses import is_any
from service.delivery.errors import DeliveryError, Refused
from service.delivery.fetching import Validators
from service.delivery.policy import Policy
from tests.delivery.hosts import Host, open_host
from tests.delivery.repositories import Repository, record

HERE = Policy(permits=is_any)
ITEM = b"<item><title>Lamp 1</title></item>"
FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Lantern</title>' + ITEM + b"</channel></rss>"


@pytest.fixture
def host():
    with open_host() as opened:
        yield opened


@pytest.fixture
def repository(host):
    return Repository(host, [record(number) for number in range(5)])


def parts(url: str, place: Place | None = None, set: str | None = None) -> list[Part]:
    return [*stream_parts(Address(url=url, policy=HERE, set=set), place or Place())]


def last(url: str, place: Place | None = None) -> Place:
    return parts(url, place)[-1].place


class TestRepositories:
    def test_a_list_is_followed_to_its_end_and_the_next_time_begins_when_this_one_did(self, repository):
        found = parts(repository.url)
        assert repository.lists == [
            {"metadataPrefix": "oai_dc"},
            {"resumptionToken": "at 2"},
            {"resumptionToken": "at 4"},
        ]
        assert [part.place.token for part in found] == ["at 2", "at 4", None]
        assert found[-1].place == Place(kind="oai", since="2026-03-14T12:00:00Z")

    @pytest.mark.parametrize(
        ("granularity", "since"), [("YYYY-MM-DDThh:mm:ssZ", "2026-03-14T11:50:00Z"), ("YYYY-MM-DD", "2026-03-13")]
    )
    def test_the_next_time_asks_from_a_little_before_this_one_began(self, repository, granularity, since):
        repository.granularity = granularity
        place = last(repository.url)
        repository.at = "2026-03-15T09:00:00Z"
        assert last(repository.url, place).since == "2026-03-15T09:00:00Z"
        assert repository.lists[3] == {"metadataPrefix": "oai_dc", "from": since}

    def test_a_harvest_that_broke_off_goes_on_at_its_token(self, repository):
        place = parts(repository.url)[0].place
        repository.at = "2026-03-15T09:00:00Z"
        repository.asked.clear()
        assert last(repository.url, place).since == "2026-03-14T12:00:00Z"
        assert repository.lists == [{"resumptionToken": "at 2"}, {"resumptionToken": "at 4"}]

    def test_a_token_that_is_forgotten_begins_the_list_anew(self, repository):
        place = Place(kind="oai", since="2026-03-10T00:00:00Z", began="2026-03-12T00:00:00Z", token="at 2")
        repository.lost.add("at 2")
        found = parts(repository.url, place)
        assert repository.lists[:2] == [
            {"resumptionToken": "at 2"},
            {"metadataPrefix": "oai_dc", "from": "2026-03-09T23:50:00Z"},
        ]
        assert len(found) == 3
        assert found[-1].place.since == "2026-03-14T12:00:00Z"

    def test_a_repository_that_forgets_every_token_is_given_up(self, repository):
        forgotten = (200, {}, b'<OAI-PMH><error code="badResumptionToken">no</error></OAI-PMH>')
        first = (200, {}, b"<OAI-PMH><ListRecords><resumptionToken>x</resumptionToken></ListRecords></OAI-PMH>")
        repository.replies = [first, forgotten] * 10
        with pytest.raises(HarvestError, match="badResumptionToken no"):
            parts(repository.url)

    def test_a_repository_that_repeats_itself_is_given_up(self, repository):
        same = (200, {}, b"<OAI-PMH><ListRecords><resumptionToken>x</resumptionToken></ListRecords></OAI-PMH>")
        repository.replies = [same] * 10
        with pytest.raises(HarvestError, match="again and again"):
            parts(repository.url)
        assert len(repository.lists) < 4

    def test_nothing_new_is_no_fault_and_moves_the_place_on(self, repository):
        repository.records = []
        (part,) = parts(repository.url, Place(kind="oai", since="2026-03-10T00:00:00Z"))
        assert ([*part.records], part.place.since) == ([], "2026-03-14T12:00:00Z")

    def test_records_that_are_no_more_are_told(self, repository):
        repository.records = [record(1, deleted=True), record(2)]
        (part,) = parts(repository.url)
        assert [(header.identifier, header.is_deleted) for header, _ in part.records] == [
            ("oai:lantern.example:1", True),
            ("oai:lantern.example:2", False),
        ]

    def test_a_set_may_be_asked_for(self, repository):
        parts(repository.url, set="news")
        assert repository.lists[0] == {"metadataPrefix": "oai_dc", "set": "news"}
        assert "set" not in repository.lists[1]

    def test_a_refusal_is_told_in_its_own_words(self, repository):
        repository.replies = [(200, {}, b'<OAI-PMH><error code="badArgument">No such set</error></OAI-PMH>')]
        with pytest.raises(HarvestError, match="badArgument No such set"):
            parts(repository.url)

    def test_an_answer_in_between_that_is_none_leaves_the_place_of_the_part_before(self, repository):
        repository.replies = []
        walk = stream_parts(Address(url=repository.url, policy=HERE), Place())
        place = next(walk).place
        repository.replies = [(200, {}, b"<html>Bad gateway</html>")]
        with pytest.raises(HarvestError, match="no answer of an OAI-PMH"):
            next(walk)
        assert place.token == "at 2"

    def test_an_answer_that_breaks_off_gives_what_it_has_and_moves_the_place_nowhere(self, repository):
        cut = repository._document({"verb": "ListRecords"}).encode()[:-300]
        repository.replies = [(200, {}, cut)]
        walk = stream_parts(Address(url=repository.url, policy=HERE), Place())
        part = next(walk)
        assert part.place == Place(kind="oai")
        assert [*part.records][0][1].members["title"] == "Lamp 0"
        with pytest.raises(HarvestError, match="not well-formed"):
            next(walk)

    def test_an_answer_that_is_not_well_formed_still_leads_to_the_next(self, repository):
        repository.records[0] = record(0, title="Oil & wick <<")
        found = parts(repository.url)
        assert [part.place.token for part in found] == ["at 2", "at 4", None]

    def test_a_token_comes_back_as_it_was_given(self, repository):
        token = "a&b=c|d é +/%"
        body = f"<OAI-PMH><ListRecords><resumptionToken>{token.replace('&', '&amp;')}</resumptionToken></ListRecords>"
        repository.replies = [(200, {}, f"{body}</OAI-PMH>".encode())]
        walk = stream_parts(Address(url=repository.url, policy=HERE), Place())
        next(walk)
        repository.replies = [(200, {}, b"<OAI-PMH><ListRecords/></OAI-PMH>")]
        next(walk)
        assert repository.lists[-1] == {"resumptionToken": token}


class TestFeeds:
    def test_a_feed_is_asked_for_once_and_then_only_for_news(self, host: Host):
        headers = {"Content-Type": "application/rss+xml; charset=utf-8", "ETag": '"a"'}
        url = host.answer("/feed", (200, headers, FEED), (304, {}, b""))
        (part,) = parts(url)
        ((header, item),) = part.records
        assert (header, item.members["title"]) == (None, "Lamp 1")
        assert part.place == Place(kind="feed", validators=Validators(etag='"a"'))
        assert parts(url, part.place) == []
        assert host.asked[1].headers["if-none-match"] == '"a"'

    @pytest.mark.parametrize("kind", ["text/xml", "text/plain", "application/octet-stream", "application/rss+xml", ""])
    def test_a_feed_is_known_by_its_type_or_by_its_beginning(self, host, kind):
        headers = {"Content-Type": kind} if kind else {}
        assert len(parts(host.answer("/feed?x=1", (200, headers, FEED)))) == 1
        assert [asked.path for asked in host.asked] == ["/feed?x=1"]


class TestKinds:
    """What answers at an address"""

    def test_a_repository_that_shows_a_page_to_people_is_asked_who_it_is(self, repository, host):
        answer = repository.host.replies["/oai"]

        def page_first(asked):
            return answer(asked) if "verb" in asked.path else (200, {"Content-Type": "text/html"}, b"<html>Hi</html>")

        host.replies["/oai"] = page_first
        assert len(parts(repository.url)) == 3

    def test_a_repository_that_refuses_a_bare_request_is_asked_who_it_is(self, repository, host):
        answer = repository.host.replies["/oai"]
        host.replies["/oai"] = lambda asked: answer(asked) if "verb" in asked.path else (400, {}, b"no verb")
        assert len(parts(repository.url)) == 3

    def test_a_page_is_neither_feed_nor_repository(self, host):
        url = host.answer("/", (200, {"Content-Type": "text/html"}, b"<!doctype html><p>Hello"))
        with pytest.raises(Refused, match="neither a feed nor"):
            parts(url)

    def test_what_is_not_there_is_told(self, host):
        with pytest.raises(Refused, match="404"):
            parts(f"{host.url}/nothing")

    def test_a_request_is_no_address_of_a_repository(self, repository):
        with pytest.raises(HarvestError, match="without the"):
            parts(f"{repository.url}?verb=ListRecords&metadataPrefix=oai_dc")

    def test_a_private_address_is_refused(self, repository):
        with pytest.raises(DeliveryError, match="private"):
            next(stream_parts(Address(url=repository.url, policy=Policy()), Place()))
        assert repository.asked == []
