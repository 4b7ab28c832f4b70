"""Many changes in one go: what each line comes to, chunk by chunk or all together, and once only under a key."""

import json
import threading
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from service.actions.bulk import Batch, run_bulk
from service.actions.grants import change_grant
from service.actions.transactions import Order
from service.core.bulk import CHUNK, Command, Condition, Result, Summary
from service.core.errors import KeyInUse, KeyReused, Malformed, Problem
from service.core.grants import Ending
from service.core.keys import Actor
from service.formats.documents.bulk import render_results
from service.storage.answers import Claim
from service.storage.database import Database
from service.storage.holds import hold_key
from service.web.problem_types import BY_EXCEPTION
from tests.actions.desk import BY, ND, SA, Desk, policy
from tests.factories import EDITOR, NOON, moth

Members = dict[str, Any]


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def page(number: int, **members: Any) -> Members:
    """An article at an address of this number."""
    return moth(**{"url": f"https://lantern.example/bulk/{number}", "title": f"Moth number {number}", **members})


def lines(*records: Members | Command) -> list[Command]:
    """Commands on lines from 1 on; articles are upserts."""
    return [
        record if isinstance(record, Command) else Command(line=line, data=record)
        for line, record in enumerate(records, 1)
    ]


def command(
    line: int, op: str, data: Members | None = None, *, if_match: int | str | None = None, **rest: Any
) -> Command:
    condition = None if if_match is None else Condition(versions=None if if_match == "*" else frozenset({if_match}))
    return Command(line=line, op=op, data=data or {}, condition=condition, place="/data", **rest)


def noon() -> datetime:
    """A clock that stands still."""
    return NOON


def run(database: Database, commands: Iterable[Command], **options: Any) -> list[Result]:
    order = options.pop("order", Order(actor=EDITOR, now=NOON))
    batches = run_bulk(database, order, commands, clock=options.pop("clock", lambda: order.now), **options)
    return [result for batch in batches for result in batch.results]


def effects(results: Iterable[Result]) -> list[str]:
    """What came of each line; of one that failed, the slug of its problem."""
    return [BY_EXCEPTION[type(result.problem)].slug if result.problem else result.effect for result in results]


def claim(key: str = "upload-1", fingerprint: bytes = b"f" * 32) -> Claim:
    return Claim(owner="editor", key=key, fingerprint=fingerprint, at=NOON)


def keyed(**options: Any) -> Order:
    return Order(actor=EDITOR, now=NOON, claim=claim(**options))


def state(database: Database) -> list[tuple[Any, ...]]:
    """Every article but for its id and the times of its making, with its versions and ledger, and the feed."""
    rows = database.fetch_all("SELECT id, version, deleted_at IS NULL, document FROM article ORDER BY id")
    made = []
    for id, version, living, document in rows:
        said = json.loads(document)
        kept = {name: said[name] for name in said.keys() - {"id", "created_at", "updated_at", "links"}}
        grants = database.fetch_all(
            "SELECT n, status, license_id FROM article_grant WHERE article_id = ? ORDER BY n", (id,)
        )
        feed = database.fetch_all("SELECT type, version FROM change WHERE record = ? ORDER BY seq", (str(id),))
        made.append((version, bool(living), json.dumps(kept, sort_keys=True), grants, feed))
    return sorted(made, key=lambda row: row[2])


class TestEachLine:
    """A line comes to what the same write by itself would come to, and none touches another."""

    def test_articles_are_made_replaced_and_left_as_they_are(self, database, desk):
        first = run(database, lines(page(1), page(2, license=BY)))
        again = run(database, lines(page(1, summary="Louder."), page(2), page(3)))
        assert effects(first) == ["created", "created"]
        assert effects(again) == ["updated", "unchanged", "created"]
        assert [result.version for result in again] == [2, 1, 1]
        assert desk.license(first[1].id) == ("known", BY, "article"), "absence never touches the ledger"

    def test_a_seq_is_the_place_in_the_feed_where_there_is_an_entry(self, database, desk):
        results = run(database, lines(page(1), page(1), page(2, title=""), page(2)))
        assert [result.seq for result in results] == [2, 0, 0, 3]
        assert [(seq, type, record) for seq, type, record, _ in desk.feed()] == [
            (1, "source.created", "the-lantern"),
            (2, "article.created", results[0].id),
            (3, "article.created", results[3].id),
        ]

    def test_lines_about_one_article_see_what_the_lines_before_did(self, database, desk):
        results = run(
            database,
            lines(
                page(1),
                page(1, summary="Louder."),
                command(3, "create", page(1)),
                command(4, "update", {"url": page(1)["url"], "title": "Whistle"}, if_match=2),
                command(5, "update", {"url": page(1)["url"], "title": "Song"}, if_match=2),
                command(6, "delete", {"url": page(1)["url"]}, if_match=3),
                command(7, "delete", {"url": page(1)["url"]}, if_match="*"),
                page(1),
            ),
        )
        assert effects(results) == [
            *("created", "updated", "conflict", "updated", "precondition-failed", "deleted", "not-found", "created")
        ]
        assert results[0].id != results[7].id
        assert desk.document(results[0].id)["title"] == "Whistle"

    def test_an_address_that_a_line_gives_up_is_free_for_the_next(self, database, desk):
        (id,) = [result.id for result in run(database, lines(page(1)))]
        results = run(
            database,
            lines(
                command(1, "update", {"url": page(2)["url"]}, id=id, if_match=1),
                page(1),
                command(3, "create", page(2)),
                command(4, "update", {"url": page(1)["url"]}, id=id, if_match="*"),
                page(2, summary="Moved here."),
            ),
        )
        assert effects(results) == ["updated", "created", "conflict", "conflict", "updated"]
        assert results[4].id == id

    @pytest.mark.parametrize(
        ("bad", "slug"),
        [
            (Command(line=2, problem=Malformed("No JSON.")), "malformed-json"),
            (command(2, "upsert", page(2, title=7)), "validation-failed"),
            (command(2, "upsert", page(2, source="nobody")), "validation-failed"),
            (command(2, "create", page(1)), "conflict"),
            (command(2, "update", {"title": "x"}, id="01890000-0000-7000-8000-000000000000", if_match=1), "not-found"),
            (command(2, "update", {"title": "x"}, id="no-id", if_match=1), "not-found"),
            (command(2, "update", {"url": page(1)["url"], "title": "x"}), "precondition-required"),
            (command(2, "delete", {"url": page(1)["url"]}), "precondition-required"),
            (command(2, "delete", {"url": page(1)["url"]}, if_match=9), "precondition-failed"),
            (command(2, "delete", {"url": page(9)["url"]}, if_match="*"), "not-found"),
            (command(2, "upsert", page(1), if_match=9), "precondition-failed"),
            (command(2, "upsert", page(9), if_match=1), "not-found"),
            (command(2, "update", {"url": "ftp://x", "title": "x"}, if_match=1), "validation-failed"),
        ],
    )
    @pytest.mark.parametrize("atomic", [False, True])
    def test_a_bad_line_has_its_own_problem(self, database, bad, slug, atomic):
        run(database, lines(page(1)))
        results = run(database, [Command(line=1, data=page(3)), bad, Command(line=3, data=page(4))], atomic=atomic)
        beside = "failed-dependency" if atomic else "created"
        assert effects(results) == [beside, slug, beside]

    def test_pointers_lead_into_the_line(self, database):
        (result,) = run(database, [command(1, "create", page(1, titel="x", source="nobody"))])
        assert {fault.at for fault in result.problem.faults} == {"/data/titel"}
        (result,) = run(database, [command(1, "create", page(1, source="nobody"))])
        assert {fault.at for fault in result.problem.faults} == {"/data/source"}

    def test_a_tombstone_is_gone(self, database, desk):
        id = desk.add().id
        desk.delete(id)
        commands = [command(1, op, page(1), id=id, if_match="*") for op in ("upsert", "update", "delete")]
        assert effects(run(database, commands)) == ["gone"] * 3

    def test_a_key_that_is_tied_to_sources_writes_those_alone(self, database, desk):
        desk.source(slug="lantern")
        theirs = desk.add(source="lantern", url=page(1)["url"]).id
        tied = Order(actor=Actor(id="tied", scopes=frozenset({"write"}), sources=("harbour",)), now=NOON)
        desk.source(slug="harbour")
        results = run(
            database,
            lines(
                page(2, source="harbour"),
                page(3, source="lantern"),
                page(4, source="nobody"),
                page(5, source={"name": "A new one"}),
                page(1, source="harbour"),
                command(6, "delete", id=theirs, if_match="*"),
            ),
            order=tied,
        )
        assert effects(results) == ["created", *["insufficient-scope"] * 5]

    def test_ids_sort_as_their_lines_do(self, database):
        results = run(database, lines(*(page(number) for number in range(40))))
        assert [result.id for result in results] == sorted(result.id for result in results)


class TestMerging:
    """Records of other people say what they say; what they leave out stays."""

    def merge(self, database: Database, data: Members, *grants: Members) -> Result:
        (result,) = run(database, [Command(line=1, op="merge", data=data, grants=grants)])
        return result

    def test_what_is_not_stated_stays(self, database, desk):
        made = self.merge(database, page(1, summary="Loud.", keywords=["a", "b"], license=BY))
        again = self.merge(database, {**page(1), "keywords": ["c"]})
        document = desk.document(made.id)
        assert (made.effect, again.effect, again.id) == ("created", "updated", made.id)
        assert (document["summary"], document["keywords"]) == ("Loud.", ["c"])
        assert desk.license(made.id) == ("known", BY, "article")

    def test_grants_are_recorded_with_the_article_and_once(self, database, desk):
        mining = {"license": SA, "scope": "tdm", "start": "2024-01-01"}
        made = self.merge(database, page(1, license=BY), mining)
        again = self.merge(database, page(1, license=BY), mining)
        more = self.merge(database, page(1, license=BY), mining, {"license": ND, "scope": "manuscript"})
        assert (made.version, again.effect, more.version) == (1, "unchanged", 2)
        assert [(grant.claim.name, grant.scope) for grant in desk.grants(made.id)] == [
            (BY, "article"),
            (SA, "tdm"),
            (ND, "manuscript"),
        ]

    def test_a_grant_of_today_is_recorded_beside_one_that_is_yet_to_come(self, database, desk):
        mining = {"license": SA, "scope": "tdm"}
        made = self.merge(database, page(1, license=BY), {**mining, "start": "2999-01-01"})
        assert self.merge(database, page(1, license=BY), mining).effect == "updated"
        assert self.merge(database, page(1, license=BY), mining).effect == "unchanged"
        assert [grant.claim.start for grant in desk.grants(made.id)[1:]] == [date(2999, 1, 1), None]

    def test_a_grant_that_was_ended_is_not_recorded_again(self, database, desk):
        mining = {"license": SA, "scope": "tdm"}
        made = self.merge(database, page(1, license=BY), mining)
        change_grant(
            database, desk.order(), made.id, desk.present(made.id), 2, Ending(end=NOON.date(), reason="It is over.")
        )
        assert self.merge(database, page(1, license=BY), mining).effect == "unchanged"

    def test_an_ill_grant_fails_its_record(self, database):
        result = self.merge(database, page(1), {"license": BY, "scope": "moon"})
        assert [fault.at for fault in result.problem.faults] == ["/grants/0/scope"]

    def test_a_record_without_an_address_is_not_valid(self, database):
        assert effects([self.merge(database, {"title": "Nowhere", "source": {"name": "The Lantern"}})]) == [
            "validation-failed"
        ]

    def test_what_a_source_says_is_inherited(self, database, desk):
        desk.source(policy(BY), slug="lantern")
        made = self.merge(database, page(1, source="lantern"))
        assert desk.license(made.id) == ("known", BY, "source")


class TestChunks:
    def test_each_chunk_is_committed_before_its_results_are_given(self, database):
        commands = lines(*(page(n) for n in range(CHUNK + 1)))
        batches = run_bulk(database, Order(actor=EDITOR, now=NOON), commands, clock=noon)
        first = next(batches)
        assert len(first.results) == CHUNK
        assert database.fetch_one("SELECT count(*) FROM article") == (CHUNK,)
        assert [len(batch.results) for batch in batches] == [1]
        assert database.fetch_one("SELECT count(*) FROM article") == (CHUNK + 1,)

    @pytest.mark.parametrize("count", [0, 1, CHUNK, CHUNK + 1, 2 * CHUNK])
    @pytest.mark.parametrize("atomic", [False, True])
    def test_there_is_always_a_batch_and_none_is_lost(self, database, count, atomic):
        commands = (command(n, "delete", id="x", if_match="*") for n in range(1, count + 1))
        batches = list(run_bulk(database, Order(actor=EDITOR, now=NOON), commands, clock=noon, atomic=atomic))
        assert [result.line for batch in batches for result in batch.results] == list(range(1, count + 1))
        assert batches

    def test_the_statements_do_not_grow_with_the_lines(self, database):
        ran: list[Any] = []

        def count(numbers: range) -> int:
            ran.clear()
            run(database, lines(*(page(number, license=BY, keywords=["a"]) for number in numbers)))
            return len(ran)

        run(database, lines(page(0)))
        databases = [database.peewee, *([database._writer] if database.is_sqlite else [])]
        for each in databases:
            each.query_hooks.append(ran.append)
        few, many = count(range(1, 3)), count(range(3, 203))
        for each in databases:
            each.query_hooks.clear()
        assert many == few < 30


class TestTogether:
    """An atomic bulk is one transaction."""

    def test_all_or_nothing(self, database, desk):
        commands = lines(*(page(number) for number in range(CHUNK + 5)))
        results = run(database, [*commands, Command(line=CHUNK + 6, data=page(1, title=""))], atomic=True)
        assert effects(results) == [*["failed-dependency"] * (CHUNK + 5), "validation-failed"]
        assert desk.feed() == []
        assert database.fetch_one("SELECT count(*) FROM article") == (0,)
        results = run(database, commands, atomic=True)
        assert effects(results) == ["created"] * (CHUNK + 5)
        assert [result.seq for result in results] == list(range(2, CHUNK + 7))
        assert [seq for seq, *_ in desk.feed()] == list(range(1, CHUNK + 7))

    @pytest.mark.parametrize("atomic", [False, True])
    def test_a_chunk_has_the_time_of_the_clock_and_ids_sort_as_their_lines(self, database, desk, atomic):
        hours = (NOON + timedelta(hours=hour) for hour in count(1))
        results = run(database, lines(*map(page, range(CHUNK + 3))), clock=lambda: next(hours), atomic=atomic)
        ids = [result.id for result in results]
        assert ids == sorted(ids)
        first, last = (desk.document(ids[at])["updated_at"] for at in (0, -1))
        assert first.startswith("2026-03-14T13:00:00")
        assert last.startswith("2026-03-14T14:00:00")

    def test_lines_of_a_later_chunk_see_what_the_first_did(self, database):
        commands = lines(*(page(number % CHUNK) for number in range(CHUNK + 3)))
        assert effects(run(database, commands, atomic=True)) == [*["created"] * CHUNK, *["unchanged"] * 3]

    def test_the_whole_is_replayed_and_a_failure_is_not(self, database, desk):
        bad = lines(page(1), page(2, title=""))
        assert effects(run(database, bad, atomic=True, order=keyed())) == ["failed-dependency", "validation-failed"]
        good = lines(*(page(number) for number in range(CHUNK + 1)))
        first = list(run_bulk(database, keyed(), good, clock=noon, atomic=True))
        again = list(run_bulk(database, keyed(), good, clock=noon, atomic=True))
        assert [batch.replayed for batch in first + again] == [False, False, True, True]
        assert [batch.results for batch in again] == [batch.results for batch in first]
        assert len(desk.feed()) == CHUNK + 2


class TestRehearsal:
    @pytest.mark.parametrize("atomic", [False, True])
    def test_a_dry_run_says_what_would_be_and_leaves_nothing(self, database, desk, atomic):
        id = desk.add(url=page(1)["url"]).id
        before = state(database), desk.feed()
        order = Order(actor=EDITOR, now=NOON, claim=claim(), dry_run=True)
        commands = lines(page(2), page(1, summary="x"), command(3, "delete", id=id, if_match="*"))
        results = run(database, commands, atomic=atomic, order=order)
        assert effects(results) == ["created", "updated", "deleted"]
        assert [result.seq for result in results] == [0, 0, 0]
        assert (state(database), desk.feed()) == before
        assert database.fetch_one("SELECT count(*) FROM stored_answer") == (0,)


class TestUnderAKey:
    """A repetition gets the results of the lines that are done, and does the rest."""

    def upload(self) -> list[Command]:
        wanted = [page(number) for number in range(2 * CHUNK + 10)]
        return lines(*wanted[:-1], page(0, title=""), page(1, summary="Louder."))

    @pytest.mark.parametrize("done", [0, 1, 2, 3])
    def test_an_upload_that_was_cut_is_finished_by_its_repetition(self, database, engine, done):
        batches = run_bulk(database, keyed(), self.upload(), clock=noon)
        before = [next(batches) for _ in range(done)]
        batches.close()
        after = list(run_bulk(database, keyed(), self.upload(), clock=noon))
        assert [render_results(batch.results) for batch in after[:done]] == [
            render_results(batch.results) for batch in before
        ]
        assert [batch.replayed for batch in after] == [done == 3] * 3
        assert Summary().plus(result for batch in after for result in batch.results) == Summary(
            lines=2 * CHUNK + 11, created=2 * CHUNK + 9, updated=1, failed=1
        )
        with engine.database() as url:
            other = Database(url, synchronous="NORMAL")
            run(other, self.upload())
            assert state(other) == state(database)
            other.close()

    def test_another_upload_under_the_key_is_refused(self, database):
        run(database, lines(page(1)), order=keyed())
        with pytest.raises(KeyReused):
            run(database, lines(page(2)), order=keyed(fingerprint=b"g" * 32))

    def test_a_twin_is_told_to_wait_while_the_first_is_under_way(self, database):
        batches = run_bulk(database, keyed(), self.upload(), clock=noon)
        next(batches)
        twins: list[Exception] = []

        def ask() -> None:
            try:
                run(database, self.upload(), order=keyed())
            except Problem as problem:
                twins.append(problem)
            finally:
                database.close()

        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
        assert [type(problem) for problem in twins] == [KeyInUse]
        batches.close()
        assert len(run(database, self.upload(), order=keyed())) == 2 * CHUNK + 11

    def test_other_keys_and_other_owners_do_not_wait(self, database):
        mine = claim()
        with hold_key(database, mine), hold_key(database, claim("another")):
            other = Claim(owner="somebody", key=mine.key, fingerprint=mine.fingerprint, at=mine.at)
            with hold_key(database, other):
                pass

    def test_a_day_later_the_key_is_free(self, database):
        run(database, self.upload(), order=keyed())
        later = NOON + timedelta(hours=25)
        tomorrow = Claim(owner="editor", key="upload-1", fingerprint=b"g" * 32, at=later)
        order = Order(actor=EDITOR, now=later, claim=tomorrow)
        assert effects(run(database, self.upload()[:3], order=order)) == ["unchanged", "updated", "unchanged"]
        results = run(database, self.upload(), order=Order(actor=EDITOR, now=later, claim=claim("upload-2")))
        assert "created" not in effects(results)

    def test_a_purge_forgets_nothing_that_the_results_do_not_hold(self, database):
        run(database, lines(page(1, title="A secret title")), order=keyed())
        kept = database.fetch_all("SELECT outcome FROM stored_answer")
        assert not any(b"secret" in bytes(outcome) for (outcome,) in kept)


class TestAtTheSameTime:
    def test_uploads_of_the_same_addresses_in_other_orders_make_each_article_once(self, database, desk):
        numbers = list(range(60))
        orders = [numbers, numbers[::-1], numbers[30:] + numbers[:30]]
        found: list[list[Result]] = []
        barrier = threading.Barrier(len(orders))

        def upload(order: list[int], at: int) -> None:
            barrier.wait()
            for turn in range(4):
                found.append(run(database, lines(*(page(n, summary=f"By {at}, turn {turn}.") for n in order))))
            database.close()

        threads = [threading.Thread(target=upload, args=(order, at)) for at, order in enumerate(orders)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 12
        assert {effect for results in found for effect in effects(results)} <= {"created", "updated", "unchanged"}
        assert sum(effects(results).count("created") for results in found) == 60
        feed = desk.feed()
        assert [seq for seq, *_ in feed] == list(range(1, len(feed) + 1))
        seqs = sorted(result.seq for results in found for result in results if result.seq)
        assert seqs == [seq for seq, type, *_ in feed if type.startswith("article.")]


def test_commands_are_taken_as_they_are_needed(database):
    taken: list[int] = []

    def stream() -> Iterator[Command]:
        for number in range(3 * CHUNK):
            taken.append(number)
            yield Command(line=number + 1, problem=Malformed("No JSON."))

    batches = run_bulk(database, Order(actor=EDITOR, now=NOON), stream(), clock=noon)
    assert isinstance(next(batches), Batch)
    assert len(taken) == CHUNK + 1
    batches.close()
