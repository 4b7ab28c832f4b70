"""Changes to articles: what a write makes of the record, its ledger and the feed, on both engines."""

import json

import pytest

from service.actions.articles import replace_article
from service.actions.policies import reapply_policies
from service.actions.removals import delete_article
from service.actions.sources import delete_source
from service.core.errors import Conflict, Forbidden, Gone, Invalid, PreconditionFailed
from service.core.keys import Actor
from service.formats.schemas.articles import load_patched_article
from service.storage.answers import Claim
from service.storage.database import Database
from service.storage.sources import find_source
from tests.actions.desk import BY, DAY, ND, SA, Desk, policy
from tests.factories import lantern, moth


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


class TestInheritance:
    """An article that states no license takes what its source says of every day that it may be from."""

    @pytest.mark.parametrize(
        ("policies", "published_at", "expected"),
        [
            ([], "2024-05-04", ("unknown", None)),
            ([policy()], "2024-05-04", ("known", BY)),
            ([policy()], "2024", ("known", BY)),
            ([policy()], None, ("known", BY)),
            ([policy(valid_from="2024-05-04")], "2024-05-04", ("known", BY)),
            ([policy(valid_to="2024-05-04")], "2024-05-04", ("known", BY)),
            ([policy(valid_from="2024-05-05")], "2024-05-04", ("unknown", None)),
            ([policy(valid_to="2024-05-03")], "2024-05-04", ("unknown", None)),
            ([policy(valid_from="2024-05-01", valid_to="2024-05-31")], "2024-05", ("known", BY)),
            ([policy(valid_from="2024-05-02", valid_to="2024-05-31")], "2024-05", ("unknown", None)),
            ([policy(valid_from="2024-05-01", valid_to="2024-05-30")], "2024-05", ("unknown", None)),
            ([policy(valid_from="2024-05-04")], "2024-05-04T00:30:00+01:00", ("unknown", None)),
            ([policy(valid_to="2024-05-03")], "2024-05-04T00:30:00+01:00", ("known", BY)),
            ([policy(BY, None, "2024-05-15"), policy(SA, "2024-05-16", None)], "2024-05-15", ("known", BY)),
            ([policy(BY, None, "2024-05-15"), policy(SA, "2024-05-16", None)], "2024-05-16", ("known", SA)),
            ([policy(BY, None, "2024-05-15"), policy(SA, "2024-05-16", None)], "2024-05", ("disputed", None)),
            ([policy(BY, None, "2024-05-15"), policy(BY, "2024-05-16", None)], "2024-05", ("known", BY)),
            ([policy(BY, None, "2024-05-15"), policy(SA, "2024-05-17", None)], "2024-05", ("unknown", None)),
            ([policy(BY), policy(SA)], "2024-05-04", ("disputed", None)),
            ([policy(BY), policy(BY)], "2024-05-04", ("known", BY)),
            ([policy(BY, "2024-01-01", None)], None, ("unknown", None)),
            ([policy(BY), policy(BY)], None, ("unknown", None)),
            ([policy("all-rights-reserved")], "2024-05-04", ("all-rights-reserved", None)),
            ([policy("CC BY")], "2024-05-04", ("unversioned", None)),
        ],
    )
    def test_one_policy_for_all_days_several_that_differ_or_none(self, desk, policies, published_at, expected):
        desk.source(*policies)
        id = desk.add(source="lantern", published_at=published_at).id
        status, license, origin = desk.license(id)
        assert (status, license) == expected
        assert origin == (None if status == "unknown" else "source")

    def test_a_dispute_names_what_it_is_between(self, desk):
        desk.source(policy(BY), policy(SA))
        id = desk.add(source="lantern", published_at="2024").id
        assert desk.document(id)["license"]["candidates"] == [BY, SA]

    def test_the_words_of_the_policy_are_the_evidence(self, desk):
        desk.source(
            {**policy(), "statement": "All content is CC BY 4.0.", "statement_url": "https://lantern.example/c"}
        )
        license = desk.document(desk.add(source="lantern").id)["license"]
        assert (license["statement"], license["statement_url"]) == (
            "All content is CC BY 4.0.",
            "https://lantern.example/c",
        )

    def test_an_own_statement_beats_the_policy(self, desk):
        desk.source(policy())
        assert desk.license(desk.add(source="lantern", license=SA).id) == ("known", SA, "article")

    def test_a_changed_policy_changes_no_article_until_reapplied(self, desk):
        desk.source(policy())
        id = desk.add(source="lantern", published_at="2024").id
        desk.change_policies(policy(ND))
        assert desk.license(id) == ("known", BY, "source")
        assert desk.patch(id, summary="Longer.").effect == "updated"
        assert desk.license(id) == ("known", BY, "source")
        (outcome,) = reapply_policies(desk.database, desk.order(), "lantern")
        assert (outcome.effect, outcome.version) == ("updated", 3)
        assert desk.license(id) == ("known", ND, "source")

    def test_it_is_resolved_anew_when_the_date_changes(self, desk):
        desk.source(policy(BY, None, "2023-12-31"), policy(SA, "2024-01-01", None))
        id = desk.add(source="lantern", published_at="2023-06-01").id
        desk.patch(id, published_at="2024-06-01")
        assert desk.license(id) == ("known", SA, "source")
        desk.patch(id, published_at=None)
        assert desk.license(id)[0] == "unknown"

    def test_it_is_resolved_anew_when_the_source_changes(self, desk):
        desk.source(policy())
        desk.source(policy(ND), slug="courier")
        id = desk.add(source="lantern").id
        desk.patch(id, source="courier")
        assert desk.license(id) == ("known", ND, "source")

    def test_what_was_inherited_wrongly_is_marked_as_mistaken(self, desk):
        desk.source(policy())
        id = desk.add(source="lantern").id
        desk.change_policies(policy(ND))
        list(reapply_policies(desk.database, desk.order(), "lantern"))
        assert desk.ledger(id) == [(BY, "source", None, "mistaken"), (ND, "source", None, "asserted")]

    def test_reapply_leaves_what_the_article_states(self, desk):
        desk.source(policy())
        id = desk.add(source="lantern", license=SA).id
        desk.change_policies(policy(ND))
        (outcome,) = reapply_policies(desk.database, desk.order(), "lantern")
        assert outcome.effect == "unchanged"
        assert desk.license(id) == ("known", SA, "article")

    def test_reapply_makes_a_change_entry_for_each_article_that_changed(self, desk):
        desk.source(policy())
        changed = [desk.add(source="lantern").id for _ in range(3)]
        desk.add(source="lantern", license=SA)
        desk.change_policies()
        head = len(desk.feed())
        outcomes = list(reapply_policies(desk.database, desk.order(), "lantern"))
        assert [record for _, _, record, _ in desk.feed()[head:]] == sorted(changed)
        assert sorted(outcome.effect for outcome in outcomes) == ["unchanged", "updated", "updated", "updated"]
        assert all(desk.license(id)[0] == "unknown" for id in changed)

    def test_reapply_leaves_tombstones(self, desk):
        desk.source(policy())
        desk.delete(desk.add(source="lantern").id)
        desk.change_policies(policy(ND))
        assert list(reapply_policies(desk.database, desk.order(), "lantern")) == []


class TestLedger:
    """The ledger only grows: offers are closed, and none is taken away."""

    def test_absence_never_touches_it(self, desk):
        id = desk.add(license=BY).id
        before = desk.grants(id)
        for members in ({"title": "New"}, {"license": None, "summary": "x"}):
            desk.patch(id, **members)
            assert desk.grants(id) == before

    @pytest.mark.parametrize("shown", [BY, "CC BY", "all-rights-reserved", "https://terms.example/", [BY, SA]])
    def test_a_license_equal_to_the_one_shown_is_no_new_statement(self, desk, shown):
        id = desk.add(license=shown).id
        before = desk.grants(id)
        document = desk.document(id)
        for license in (shown, document["license"], document["licenses"]):
            if isinstance(shown, list) and license == document["license"]:
                assert desk.patch(id, license=license).effect == "unchanged", "equal to the one shown"
                continue
            assert desk.patch(id, license=license).effect == "unchanged"
        assert desk.grants(id) == before

    def test_an_inherited_license_sent_back_is_no_statement_of_the_article(self, desk):
        desk.source(policy())
        id = desk.add(source="lantern").id
        assert desk.patch(id, license=desk.document(id)["license"]).effect == "unchanged"
        assert desk.license(id) == ("known", BY, "source")

    def test_a_change_closes_the_old_offer_and_opens_the_new(self, desk):
        id = desk.add(license=BY).id
        desk.now += 30 * DAY
        desk.patch(id, license=SA)
        yesterday = desk.now.date() - DAY
        assert desk.ledger(id) == [(BY, "article", yesterday, "asserted"), (SA, "article", None, "asserted")]
        assert desk.license(id) == ("known", SA, "article")
        assert [grant.offer for grant in desk.grants(id)] == [1, 2]
        assert [grant.n for grant in desk.grants(id)] == [1, 2]

    def test_on_the_day_of_a_change_the_new_offer_counts(self, desk):
        id = desk.add(license=BY).id
        desk.patch(id, license=SA)
        assert [license["id"] for license in desk.document(id)["licenses"]] == [SA]

    def test_a_new_statement_beside_the_same_license_is_recorded(self, desk):
        id = desk.add(license=BY).id
        stated = {"id": BY, "statement": "Now in our own words: CC BY 4.0."}
        assert desk.patch(id, license=stated).effect == "updated"
        assert len(desk.grants(id)) == 2
        assert desk.patch(id, license=stated).effect == "unchanged"

    def test_a_dual_license_is_one_offer(self, desk):
        id = desk.add(license=[BY, SA]).id
        assert [(grant.n, grant.offer) for grant in desk.grants(id)] == [(1, 1), (2, 1)]
        assert [license["id"] for license in desk.document(id)["licenses"]] == [BY, SA]
        assert desk.license(id) == ("known", BY, "article")

    def test_a_dual_license_gives_way_as_a_whole(self, desk):
        id = desk.add(license=[BY, SA]).id
        desk.now += DAY
        desk.patch(id, license=ND)
        assert [(name, end is None) for name, _, end, _ in desk.ledger(id)] == [(BY, False), (SA, False), (ND, True)]

    def test_the_article_overrules_what_it_inherited_and_keeps_it_in_the_ledger(self, desk):
        desk.source(policy())
        id = desk.add(source="lantern").id
        desk.now += DAY
        desk.patch(id, license=ND)
        assert [(name, origin) for name, origin, _, _ in desk.ledger(id)] == [(BY, "source"), (ND, "article")]
        assert desk.license(id) == ("known", ND, "article")
        desk.patch(id, published_at="2020")
        assert desk.license(id) == ("known", ND, "article"), "an article that ever stated a license inherits none"

    def test_who_recorded_it_and_when_is_kept(self, desk):
        (grant,) = desk.grants(desk.add(license=BY).id)
        assert (grant.recorded_by, grant.recorded_at) == ("editor", desk.now)

    def test_an_offer_that_begins_later_is_not_shown_yet(self, desk):
        id = desk.add(license={"id": BY, "start": "2999-01-01"}).id
        assert desk.license(id)[0] == "unknown"
        assert len(desk.grants(id)) == 1

    def test_an_offer_that_has_ended_is_not_shown(self, desk):
        id = desk.add(license={"id": BY, "start": "2020-01-01", "end": "2020-12-31"}).id
        assert desk.license(id)[0] == "unknown"


class TestVersions:
    """Every effective change is a version and an entry; anything else is neither."""

    def test_a_write_that_changes_nothing_makes_no_version_and_no_entry(self, desk):
        outcome = desk.add(license=BY)
        feed, kept = desk.feed(), desk.database.fetch_all("SELECT * FROM article_version")
        unchanged = desk.patch(outcome.id, title=desk.document(outcome.id)["title"])
        assert (unchanged.effect, unchanged.version, unchanged.seq) == ("unchanged", 1, 0)
        assert unchanged.document == outcome.document
        assert desk.feed() == feed
        assert desk.database.fetch_all("SELECT * FROM article_version") == kept

    def test_entries_are_dense_and_in_the_order_of_the_writes(self, desk):
        one = desk.add(source={"name": "The Lantern"})
        two = desk.add(source={"name": "The Lantern"})
        desk.patch(one.id, title="New")
        desk.delete(two.id)
        desk.restore(two.id, source="the-lantern")
        assert desk.feed() == [
            (1, "source.created", "the-lantern", 1),
            (2, "article.created", one.id, 1),
            (3, "article.created", two.id, 1),
            (4, "article.updated", one.id, 2),
            (5, "article.deleted", two.id, 2),
            (6, "article.restored", two.id, 3),
        ]
        assert (one.seq, two.seq) == (2, 3)

    def test_every_earlier_state_is_kept(self, desk):
        one = desk.add()
        desk.patch(one.id, title="Two")
        desk.delete(one.id)
        desk.restore(one.id, title="Four")
        kept = desk.database.fetch_all("SELECT version, document FROM article_version ORDER BY version")
        assert [version for version, _ in kept] == [1, 2, 3]
        assert bytes(kept[0][1]) == one.document
        assert json.loads(bytes(kept[1][1]))["title"] == "Two"
        assert kept[2][1] is None, "it was deleted then"
        assert desk.document(one.id)["version"] == 4

    @pytest.mark.parametrize("write", ["patch", "delete"])
    def test_a_write_on_a_state_that_is_past_changes_nothing(self, desk, write):
        id = desk.add().id
        past = desk.present(id)
        desk.patch(id, title="Quicker")
        feed = desk.feed()
        new = load_patched_article({"title": "Slower"}, json.loads(past.document))
        writes = {
            "patch": lambda: replace_article(desk.database, desk.order(), id, past, new),
            "delete": lambda: delete_article(desk.database, desk.order(), id, past),
        }
        with pytest.raises(PreconditionFailed) as caught:
            writes[write]()
        assert caught.value.members["current_version"] == 2
        assert desk.document(id)["title"] == "Quicker"
        assert desk.feed() == feed

    def test_a_write_on_what_was_deleted_meanwhile_is_gone(self, desk):
        id = desk.add().id
        past = desk.present(id)
        desk.delete(id)
        new = load_patched_article({"title": "Late"}, json.loads(past.document))
        with pytest.raises(Gone):
            replace_article(desk.database, desk.order(), id, past, new)

    def test_what_fails_leaves_nothing_at_all(self, desk):
        desk.add(url="https://lantern.example/taken")
        tables = ("source", "article", "article_term", "article_version", "article_grant", "change", "feed_head")
        before = {table: desk.database.fetch_all(f'SELECT * FROM "{table}"') for table in tables}
        with pytest.raises(Conflict) as caught:
            desk.add(url="https://lantern.example/taken", source={"name": "Brand New"}, license=BY, keywords=["x"])
        assert caught.value.members["conflicting_url"].startswith("/v1/articles/")
        with pytest.raises(Invalid):
            desk.add(source="nobody")
        assert {table: desk.database.fetch_all(f'SELECT * FROM "{table}"') for table in tables} == before

    def test_times_are_those_of_the_writes(self, desk):
        id = desk.add().id
        made = desk.document(id)
        desk.patch(id, title="New")
        changed = desk.document(id)
        assert changed["created_at"] == made["created_at"] == "2026-03-14T13:00:00Z"
        assert changed["updated_at"] == "2026-03-14T14:00:00Z"


class TestRestoration:
    """A tombstone comes back under its id."""

    def test_it_keeps_its_ledger(self, desk):
        id = desk.add(license=BY).id
        desk.delete(id)
        restored = desk.restore(id)
        assert (restored.effect, restored.version) == ("restored", 3)
        assert desk.license(id) == ("known", BY, "article")
        assert len(desk.grants(id)) == 1

    def test_it_needs_its_url(self, desk):
        id = desk.add(url="https://lantern.example/back").id
        desk.delete(id)
        other = desk.add(url="https://lantern.example/back").id
        with pytest.raises(Conflict) as caught:
            desk.restore(id, url="https://lantern.example/back")
        assert caught.value.members["conflicting_url"] == f"/v1/articles/{other}"
        assert desk.restore(id, url="https://lantern.example/elsewhere").effect == "restored"

    def test_it_needs_a_living_source(self, desk):
        id = desk.add(source={"name": "Fading"}).id
        desk.delete(id)
        delete_source(desk.database, desk.order(), find_source(desk.database, "fading"))
        with pytest.raises(Invalid):
            desk.restore(id, source="fading")
        assert desk.restore(id, source={"name": "Fading"}).effect == "restored"
        assert desk.document(id)["source"]["id"] != "fading"


class TestIdempotency:
    """The outcome under a key is replayed, and nothing is done twice."""

    def claim(self, desk: Desk, fingerprint: bytes = b"one") -> Claim:
        return Claim(owner="editor", key="k", fingerprint=fingerprint, at=desk.now)

    def test_a_repetition_returns_the_outcome_of_the_first(self, desk):
        one = desk.add(claim=self.claim(desk), license=BY)
        feed = desk.feed()
        two = desk.add(claim=self.claim(desk), license=SA)
        assert two.replayed
        assert not one.replayed
        for name in ("effect", "id", "version", "document", "seq", "warnings"):
            assert getattr(one, name) == getattr(two, name)
        assert desk.feed() == feed

    def test_a_failure_frees_the_key(self, desk):
        with pytest.raises(Invalid):
            desk.add(claim=self.claim(desk), source="nobody")
        assert not desk.add(claim=self.claim(desk, b"two")).replayed


class TestDryRun:
    """A dry run tells what would be, and does nothing."""

    def test_of_every_write(self, desk):
        id = desk.add(license=BY).id
        tables = ("source", "article", "article_term", "article_version", "article_grant", "change", "feed_head")
        before = {table: desk.database.fetch_all(f'SELECT * FROM "{table}"') for table in tables}
        assert desk.add(dry_run=True, source={"name": "New"}).version == 1
        patched = desk.patch(id, dry_run=True, license=SA)
        assert (patched.effect, patched.version) == ("updated", 2)
        assert json.loads(patched.document)["license"]["id"] == SA
        assert desk.delete(id, dry_run=True).effect == "deleted"
        assert {table: desk.database.fetch_all(f'SELECT * FROM "{table}"') for table in tables} == before


class TestPermission:
    """A key that is tied to sources stays with them."""

    TIED = Actor(id="tied", scopes=frozenset({"write"}), sources=("lantern",))

    def test_it_neither_makes_nor_takes_nor_moves(self, desk):
        desk.source()
        desk.source(slug="courier")
        own, other = desk.add(actor=self.TIED, source="lantern").id, desk.add(source="courier").id
        for write in (
            lambda: desk.add(actor=self.TIED, source="courier"),
            lambda: desk.add(actor=self.TIED, source={"name": "New"}),
            lambda: desk.patch(other, actor=self.TIED, title="Mine"),
            lambda: desk.patch(own, actor=self.TIED, source="courier"),
            lambda: list(reapply_policies(desk.database, desk.order(actor=self.TIED), "courier")),
        ):
            with pytest.raises(Forbidden):
                write()
        assert desk.document(other)["version"] == 1


def test_an_id_is_a_uuid_of_its_time(desk):
    ids = [desk.add().id for _ in range(20)]
    assert ids == sorted(ids), "an hour lies between them"
    assert {id[14] for id in ids} == {"7"}
    assert moth()["source"] == {"name": lantern()["name"], "url": lantern()["url"]}
