"""Records in the order of their last change, and the feed that keeps this order for them."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from service.actions.grants import record_grant
from service.actions.removals import purge_article
from service.actions.retention import prune
from service.core.changes import Change
from service.core.dates import to_micros
from service.core.grants import NewGrant
from service.core.harvests import LICENSES, SOURCES, Subset, is_in, subsets_of
from service.formats.documents.articles import read_article
from service.storage import harvests
from service.storage.changes import append_changes, get_floor, list_changes
from service.storage.database import Database
from service.storage.harvests import Harvested, find_harvested, find_place, find_times, list_all_sources, list_harvested
from tests.actions.desk import BY, ND, SA, Desk, policy
from tests.factories import checked_article, moth

TODAY = date(2026, 3, 15)
FUTURE = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def desk(database: Database) -> Desk:
    """An editor who works in the future, so that the times in the feed are those of the orders."""
    editor = Desk(database)
    editor.now = FUTURE
    return editor


def ids(database: Database, subset: Subset | None = None, *, after: int = 0, last: int | None = None) -> list[str]:
    found = list_harvested(database, subset, after=after, last=last, today=TODAY, limit=100)
    assert [item.seq for item in found] == sorted(item.seq for item in found)
    return [item.id for item in found]


def harvested(database: Database) -> list[Harvested]:
    return list_harvested(database, None, after=0, last=None, today=TODAY, limit=9)


def change(record: str, at: datetime, version: int = 1) -> Change:
    return Change(type="article.created", record=record, version=version, at=at)


class TestOrder:
    def test_a_record_stands_once_where_it_was_changed_last(self, desk):
        first, second, third = (desk.add().id for _ in range(3))
        assert ids(desk.database) == [first, second, third]
        desk.patch(first, title="Another")
        assert ids(desk.database) == [second, third, first]
        desk.delete(second)
        assert ids(desk.database) == [third, first, second]
        assert [item.is_deleted for item in harvested(desk.database)] == [False, False, True]
        desk.restore(second)
        assert ids(desk.database) == [third, first, second]

    def test_a_part_of_it_may_be_read(self, desk):
        made = [desk.add().id for _ in range(5)]
        _, *places = [item.seq for item in harvested(desk.database)]
        assert ids(desk.database, after=places[0]) == made[2:]
        assert ids(desk.database, after=places[0], last=places[2]) == made[2:4]
        assert len(list_harvested(desk.database, None, after=0, last=None, today=TODAY, limit=2)) == 2

    def test_a_record_is_found_by_its_id_with_the_time_of_its_last_change(self, desk):
        id = desk.add().id
        desk.patch(id, title="Another")
        found = find_harvested(desk.database, id)
        assert found is not None
        assert (found.at, found.is_deleted) == (to_micros(desk.now), False)
        assert found == harvested(desk.database)[0]
        assert find_harvested(desk.database, "01890a5d-ac96-774b-bcce-b302099a8057") is None

    def test_a_source_that_is_called_like_an_article_hides_nothing(self, desk):
        id = desk.add().id
        desk.source(slug=id)
        desk.change_policies(policy(), slug=id)
        assert ids(desk.database) == [id]
        assert find_harvested(desk.database, id) is not None
        prune(desk.database, keep=timedelta(0), now=desk.now + timedelta(days=1))
        assert ids(desk.database) == [id]


ROADS = {"along the feed": (-1, harvests.SHORT), "by members": (harvests.FEW, -1)}


@pytest.fixture(params=ROADS.values(), ids=ROADS)
def road(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sets are read in one of the two ways, whatever their size."""
    take(monkeypatch, request.param)


def take(monkeypatch: pytest.MonkeyPatch, road: tuple[int, int]) -> None:
    """Read sets in one way, whatever their size and that of the feed."""
    monkeypatch.setattr(harvests, "FEW", road[0])
    monkeypatch.setattr(harvests, "SHORT", road[1])


@pytest.mark.usefixtures("road")
class TestSets:
    def test_records_of_a_source_are_found_deleted_and_purged_ones_too(self, desk):
        first, second = desk.add().id, desk.add().id
        other = desk.add(source={"name": "Harbour Courier"}).id
        desk.delete(first)
        purge_article(desk.database, desk.next_order(), second, desk.present(second))
        assert ids(desk.database, Subset("source", "the-lantern")) == [first, second]
        assert ids(desk.database, Subset("source", "harbour-courier")) == [other]
        assert ids(desk.database, Subset("source", "nobody")) == []
        assert ids(desk.database, SOURCES) == [other, first, second]

    def test_records_under_a_license_are_found_by_each_of_their_alternatives(self, desk):
        by, both = desk.add(license=BY).id, desk.add(license=[BY, SA]).id
        desk.add()
        assert ids(desk.database, Subset("license", BY)) == [by, both]
        assert ids(desk.database, Subset("license", SA)) == [both]
        assert ids(desk.database, Subset("license", ND)) == []
        assert ids(desk.database, LICENSES) == [by, both]

    def test_a_part_of_a_set_may_be_read(self, desk):
        made = [desk.add(license=BY).id for _ in range(5)]
        desk.add(license=SA)
        _, *places = [item.seq for item in harvested(desk.database)][:5]
        for subset in (Subset("license", BY), Subset("source", "the-lantern")):
            assert ids(desk.database, subset, after=places[0], last=places[2]) == made[2:4]
            found = list_harvested(desk.database, subset, after=places[0], last=None, today=TODAY, limit=2)
            assert [item.id for item in found] == made[2:4]
            assert found == harvested(desk.database)[2:4]

    def test_an_alternative_counts_where_the_first_is_no_license_of_the_catalogue(self, desk):
        id = desk.add(license=[{"url": "https://lantern.example/terms"}, SA]).id
        assert ids(desk.database, Subset("license", SA)) == ids(desk.database, LICENSES) == [id]

    def test_a_license_that_has_been_replaced_counts_no_more(self, desk):
        desk.now = datetime(2026, 3, 14, tzinfo=UTC)
        id = desk.add(license=BY).id
        desk.patch(id, license=SA)
        assert ids(desk.database, Subset("license", BY)) == []
        assert ids(desk.database, Subset("license", SA)) == [id]

    def test_what_is_said_of_an_unversioned_license_is_in_no_set(self, desk):
        desk.add(license="CC BY")
        assert ids(desk.database, LICENSES) == []

    def test_sources_are_listed_deleted_ones_too(self, desk):
        desk.add()
        desk.source(slug="empty")
        desk.database.execute("UPDATE source SET deleted_at = 1 WHERE slug = 'empty'")
        assert [slug for slug, _ in list_all_sources(desk.database, after="", limit=9)] == ["empty", "the-lantern"]
        assert [slug for slug, _ in list_all_sources(desk.database, after="empty", limit=9)] == ["the-lantern"]


SUBSETS = [LICENSES, *(Subset("license", id) for id in (BY, SA, ND)), *(Subset("source", f"desk-{n}") for n in "abc")]


@pytest.mark.parametrize("seed", range(3))
def test_both_ways_to_read_a_set_find_the_same_whatever_was_done(desk, monkeypatch, seed):
    work_at_random(desk, random.Random(seed))
    found = []
    for way in ROADS.values():
        take(monkeypatch, way)
        found.append({subset.spec: members_of(desk.database, subset) for subset in SUBSETS})
    assert found[0] == found[1]
    assert sum(map(len, found[0].values())) > 50


def members_of(database: Database, subset: Subset) -> list[Harvested]:
    """The records in a set, as far as their documents say so too."""
    records = list_harvested(database, subset, after=0, last=None, today=TODAY, limit=1000)
    return [item for item in records if is_in(subset, subsets_of(read_article(item.document)))]


def work_at_random(desk: Desk, chance: random.Random) -> None:
    """Articles of three sources that are made, put under other licenses, disputed, deleted and restored."""
    desk.now = datetime(2026, 3, 1, tzinfo=UTC)
    stated = (BY, SA, ND, [BY, SA], [ND, BY], {"id": SA, "end": "2026-03-10"}, {"id": BY, "start": "2026-03-12"}, None)
    living: list[str] = []
    deleted: list[str] = []
    for _ in range(150):
        match chance.randrange(8) if living else 0:
            case 0 | 1 | 2:
                name = f"Desk {chance.choice('abc')}"
                living.append(desk.add(source={"name": name}, license=chance.choice(stated)).id)
            case 3 | 4:
                desk.patch(chance.choice(living), license=chance.choice(stated))
            case 5:
                claim = checked_article(moth(license=chance.choice((BY, SA)))).claims[0]
                id = chance.choice(living)
                record_grant(desk.database, desk.next_order(), id, desk.present(id), NewGrant(claim=claim))
            case 6:
                deleted.append(living.pop(chance.randrange(len(living))))
                desk.delete(deleted[-1])
            case 7 if deleted:
                living.append(deleted.pop())
                desk.restore(living[-1], license=chance.choice(stated))


class TestTimes:
    def test_without_entries_there_are_none(self, database):
        assert find_times(database) is None
        assert find_place(database, to_micros(FUTURE)) == 0

    @pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 20])
    def test_the_place_of_an_instant_is_behind_all_that_came_before(self, database, count):
        hours = [FUTURE + timedelta(hours=number // 2) for number in range(count)]  # pairs at the same time
        with database.transaction():
            append_changes(database, [change(str(at), at) for at in hours])
        for at in {*hours, hours[0] - timedelta(days=1), hours[-1] + timedelta(days=1)}:
            assert find_place(database, to_micros(at)) == sum(other < at for other in hours)
        assert find_times(database) == (to_micros(hours[0]), to_micros(hours[-1]))

    def test_the_place_is_found_among_what_is_left_of_a_feed(self, database):
        hours = [FUTURE + timedelta(hours=number) for number in range(9)]
        with database.transaction():
            append_changes(database, [change(str(at), at) for at in hours])
        database.execute("DELETE FROM change WHERE seq IN (1, 2, 4, 5, 8)")
        for hour, at in enumerate(hours):
            place = find_place(database, to_micros(at))
            behind = database.fetch_all("SELECT seq FROM change WHERE seq > ? ORDER BY seq", (place,))
            assert [seq for (seq,) in behind] == [seq for seq in (3, 6, 7, 9) if seq > hour]

    def test_no_entry_is_earlier_than_the_one_in_front(self, database):
        for at in (FUTURE, FUTURE - timedelta(days=1), FUTURE + timedelta(days=1), FUTURE):
            with database.transaction():
                append_changes(database, [change("a", at), change("b", at)])
        times = [row[0] for row in database.fetch_all("SELECT at FROM change ORDER BY seq")]
        days = [0, 0, 0, 0, 1, 1, 1, 1]
        assert times == [to_micros(FUTURE + timedelta(days=day)) for day in days]

    def test_an_entry_has_the_time_of_its_commit_and_not_of_its_order(self, database):
        before = to_micros(datetime.now(UTC))
        with database.transaction():
            append_changes(database, [change("a", FUTURE - timedelta(days=40_000))])
        assert before <= database.fetch_one("SELECT at FROM change")[0] <= to_micros(datetime.now(UTC))

    def test_times_never_fall_whoever_writes(self, database_url):
        database = Database(database_url)

        def write(number: int) -> None:
            with database.transaction():
                append_changes(database, [change(str(number), FUTURE + timedelta(seconds=number * 7 % 30))])
            database.close()

        with ThreadPoolExecutor(6) as writers:
            list(writers.map(write, range(60)))
        times = [row[0] for row in database.fetch_all("SELECT at FROM change ORDER BY seq")]
        assert len(times) == 60
        assert all(one <= other for one, other in pairwise(times))
        database.close()


class TestRetention:
    def test_a_record_whose_entries_left_the_feed_is_harvested_as_before(self, desk):
        changed, deleted, purged = (desk.add(license=BY).id for _ in range(3))
        desk.patch(changed, title="Another")
        desk.delete(deleted)
        purge_article(desk.database, desk.next_order(), purged, desk.present(purged))
        before = harvested(desk.database)
        assert prune(desk.database, keep=timedelta(0), now=desk.now + timedelta(days=1))[0] == 7
        assert harvested(desk.database) == before
        assert [item.id for item in before] == [changed, deleted, purged]
        assert find_harvested(desk.database, changed) == before[0]
        assert find_place(desk.database, before[1].at) == before[0].seq

    def test_the_feed_itself_begins_behind_what_it_lost(self, desk):
        kept = desk.add().id
        prune(desk.database, keep=timedelta(0), now=desk.now + timedelta(days=1))
        assert get_floor(desk.database) == 2
        assert list_changes(desk.database, after=2, types=(), limit=9) == []
        desk.add()
        assert [entry.seq for entry in list_changes(desk.database, after=2, types=(), limit=9)] == [3]
        assert ids(desk.database)[0] == kept

    def test_only_the_last_entry_of_each_article_stays(self, desk):
        first, second = desk.add().id, desk.add().id
        for title in ("One", "Two"):
            desk.patch(first, title=title)
        prune(desk.database, keep=timedelta(0), now=desk.now + timedelta(days=1))
        assert desk.feed() == [(3, "article.created", second, 1), (5, "article.updated", first, 3)]
        desk.patch(second, title="Three")
        assert prune(desk.database, keep=timedelta(0), now=desk.now + timedelta(days=1))[0] == 1
        assert desk.feed() == [(5, "article.updated", first, 3), (6, "article.updated", second, 2)]
        assert prune(desk.database, keep=timedelta(0), now=desk.now + timedelta(days=1))[0] == 0
