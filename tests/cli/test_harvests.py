"""``creditline harvest``: articles from repositories and feeds, the second time only what is new."""

import signal
from pathlib import Path

import orjson
import pytest

from service.core.bulk import CHUNK
from tests.cli.commands import done, fill, refused, run, start, titles
from tests.cli.test_imports import counts, lines, wait_for_articles
from tests.delivery.hosts import Host
from tests.delivery.repositories import Repository, record
from tests.servers import serve

HERE = "--allow-private"


@pytest.fixture
def repository(host: Host) -> Repository:
    return Repository(host, [record(number) for number in range(5)])


def exported(url: str) -> list[str]:
    return titles(done(url, "export", "--fields", "title"))


class TestRepositories:
    def test_all_is_taken_in_and_the_next_time_only_what_is_new(self, database_url, repository):
        assert counts(done(database_url, "harvest", repository.url, HERE))["created"] == 5
        assert exported(database_url) == [f"Lamp {number}" for number in range(5)]
        repository.records = [record(4, title="Lamp 4, lit"), record(5)]
        repository.at = "2026-03-15T12:00:00Z"
        told = counts(done(database_url, "harvest", repository.url, HERE))
        assert (told["updated"], told["created"]) == (1, 1)
        assert repository.lists[-1]["from"] == "2026-03-14T11:50:00Z"
        repository.records = []
        assert counts(done(database_url, "harvest", repository.url, HERE))["lines"] == 0
        assert "Lamp 4, lit" in exported(database_url)

    def test_the_license_of_a_record_is_that_of_the_article(self, database_url, repository):
        done(database_url, "harvest", repository.url, HERE)
        found = [orjson.loads(line) for line in done(database_url, "export", "--fields", "license.id").splitlines()]
        assert {article["license"]["id"] for article in found} == {"CC-BY-4.0"}

    def test_a_harvest_that_breaks_off_goes_on_where_it_was(self, database_url, repository):
        broken = (500, {}, b"")
        first = repository._document({"verb": "ListRecords"}).encode()
        repository.replies = [(200, {}, first), broken]
        output = refused(database_url, "harvest", repository.url, HERE, code=3)
        assert "500" in output
        assert counts(output)["created"] == 2
        repository.asked.clear()
        assert counts(done(database_url, "harvest", repository.url, HERE))["created"] == 3
        assert repository.lists[0] == {"resumptionToken": "at 2"}

    def test_a_deleted_record_leaves_its_article_unless_it_is_told_otherwise(self, database_url, repository):
        done(database_url, "harvest", repository.url, HERE)
        repository.records = [record(1, deleted=True), record(2)]
        assert counts(done(database_url, "harvest", repository.url, HERE))["deleted"] == 0
        assert "Lamp 1" in exported(database_url)
        assert counts(done(database_url, "harvest", repository.url, HERE, "--delete"))["deleted"] == 1
        assert exported(database_url) == ["Lamp 0", "Lamp 2", "Lamp 3", "Lamp 4"]
        assert counts(done(database_url, "harvest", repository.url, HERE, "--delete"))["deleted"] == 0

    def test_a_dry_run_changes_nothing_and_is_not_remembered(self, database_url, repository):
        output = done(database_url, "harvest", repository.url, HERE, "--dry-run")
        assert counts(output)["created"] == 5
        assert "Nothing was changed" in output
        assert exported(database_url) == []
        assert counts(done(database_url, "harvest", repository.url, HERE))["created"] == 5

    @pytest.mark.parametrize(("limit", "created"), [(1, [2, 2, 1]), (2, [2, 2, 1]), (3, [4, 1]), (5, [5]), (9, [5])])
    def test_a_limit_ends_it_after_the_part_that_reaches_it_and_repetitions_get_to_the_end(
        self, database_url, repository, limit, created
    ):
        told = [counts(done(database_url, "harvest", repository.url, HERE, "--limit", limit)) for _ in created]
        assert [counted["created"] for counted in told] == created
        assert sum(counted["lines"] for counted in told) == 5
        assert [query.get("resumptionToken") for query in repository.lists] == [None, "at 2", "at 4"]
        repository.records = []
        assert counts(done(database_url, "harvest", repository.url, HERE, "--limit", limit))["lines"] == 0
        assert repository.lists[-1] == {"metadataPrefix": "oai_dc", "from": "2026-03-14T11:50:00Z"}

    def test_an_article_in_two_repositories_has_both_names_and_is_not_changed_by_turns(
        self, database_url, repository, host
    ):
        done(database_url, "harvest", repository.url, HERE)
        records = [text.replace("oai:lantern", "oai:harbour") for text in repository.records]
        other = Repository(host, records, path="/other")
        assert counts(done(database_url, "harvest", other.url, HERE))["updated"] == 5
        for address in (repository.url, other.url):
            output = done(database_url, "harvest", address, HERE, "--state", f"again-{address[-3:]}.json")
            assert counts(output)["unchanged"] == 5
        found = [orjson.loads(line) for line in done(database_url, "export", "--fields", "identifiers").splitlines()]
        names = [{one["value"] for one in article["identifiers"]} for article in found]
        assert {f"oai:{place}.example:3" for place in ("lantern", "harbour")} in names

    def test_a_name_is_added_to_the_identifiers_that_an_article_has(self, database_url, repository, tmp_path):
        article = {"url": "https://lantern.example/3", "title": "Lamp 3", "source": {"name": "Lantern Press"}}
        path = tmp_path / "a.ndjson"
        path.write_bytes(orjson.dumps({**article, "identifiers": [{"scheme": "doi", "value": "10.1000/3"}]}))
        done(database_url, "import", path)
        done(database_url, "harvest", repository.url, HERE)
        found = [orjson.loads(line) for line in done(database_url, "export", "--fields", "identifiers").splitlines()]
        assert [("10.1000/3" in str(article), len(article["identifiers"])) for article in found].count((True, 2)) == 1

    def test_a_set_is_a_harvest_of_its_own(self, database_url, repository):
        done(database_url, "harvest", repository.url, HERE)
        done(database_url, "harvest", repository.url, HERE, "--set", "news")
        assert repository.lists[3] == {"metadataPrefix": "oai_dc", "set": "news"}

    def test_another_database_begins_at_the_beginning(self, engine, database_url, repository):
        done(database_url, "harvest", repository.url, HERE)
        with engine.database() as other:
            assert counts(done(other, "harvest", repository.url, HERE))["created"] == 5

    def test_the_place_is_kept_where_it_is_said(self, database_url, repository, tmp_path):
        state = tmp_path / "state" / "lantern.json"
        done(database_url, "harvest", repository.url, HERE, "--state", state)
        assert orjson.loads(state.read_bytes())["since"] == "2026-03-14T12:00:00Z"
        assert not Path("var").exists()

    def test_refused_records_end_it_with_one_and_stand_in_the_file(self, database_url, repository, tmp_path):
        repository.records = [record(1), record(2, url="no address"), record(3)]
        errors = tmp_path / "errors.ndjson"
        result = run(database_url, "harvest", repository.url, HERE, "--errors", errors)
        assert result.exit_code == 1
        assert (counts(result.output)["created"], counts(result.output)["failed"]) == (2, 1)
        (row,) = map(orjson.loads, errors.read_bytes().splitlines())
        assert row["file"] == repository.url
        assert row["problem"]["status"] == 422

    def test_what_one_service_provides_another_one_takes_in(self, engine, database, database_url, tmp_path):
        ids = fill(database, 120)
        with serve(database_url, workers=1, log=tmp_path / "log") as server, engine.database() as other:
            url = f"http://127.0.0.1:{server.port}/oai"
            assert counts(done(other, "harvest", url, HERE))["created"] == len(ids)
            assert sorted(exported(other)) == sorted(exported(database_url))
            assert counts(done(other, "harvest", url, HERE))["unchanged"] == len(ids)


class TestFeeds:
    ITEM = (
        "<item><title>Lamp {0}</title><link>https://lantern.example/{0}</link>"
        "<creativeCommons:license>https://creativecommons.org/licenses/by/4.0/</creativeCommons:license></item>"
    )

    def feed(self, *numbers: int) -> bytes:
        items = "".join(self.ITEM.format(number) for number in numbers)
        name = 'xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule"'
        head = "<title>Lantern Press</title><link>https://lantern.example/</link><description>Lamps</description>"
        return f'<?xml version="1.0"?><rss version="2.0" {name}><channel>{head}{items}</channel></rss>'.encode()

    def test_a_feed_is_taken_in_and_asked_for_news(self, database_url, host):
        kind = {"Content-Type": "application/rss+xml"}
        url = host.answer(
            "/feed",
            (200, {**kind, "ETag": '"a"'}, self.feed(1, 2)),
            (304, {}, b""),
            (200, {**kind, "ETag": '"b"'}, self.feed(2, 3)),
        )
        assert counts(done(database_url, "harvest", url, HERE))["created"] == 2
        assert counts(done(database_url, "harvest", url, HERE))["lines"] == 0
        told = counts(done(database_url, "harvest", url, HERE))
        assert (told["unchanged"], told["created"]) == (1, 1)
        assert [asked.headers.get("if-none-match") for asked in host.asked] == [None, '"a"', '"a"']

    def test_another_source_does_not_go_on_from_what_was_taken_for_the_first(self, database_url, host, tmp_path):
        kind = {"Content-Type": "application/rss+xml", "ETag": '"a"'}
        url = host.answer("/feed", (200, kind, self.feed(1)), (200, kind, self.feed(1)), (304, {}, b""))
        source = lines({"url": "https://lantern.example/9", "title": "Lamp 9", "source": {"name": "Courier"}})
        done(database_url, "import", "-", sent=source)
        state = tmp_path / "state.json"
        for arguments in ((), ("--source", "courier"), ("--source", "courier")):
            done(database_url, "harvest", url, HERE, "--state", state, *arguments)
        assert [asked.headers.get("if-none-match") for asked in host.asked] == [None, None, '"a"']
        found = [orjson.loads(line) for line in done(database_url, "export", "--fields", "source.id").splitlines()]
        assert {article["source"]["id"] for article in found} == {"courier"}

    def test_articles_sort_as_they_stand_in_a_long_feed(self, database, database_url, host):
        numbers = range(CHUNK + 3)
        url = host.answer("/feed", (200, {"Content-Type": "application/rss+xml"}, self.feed(*numbers)))
        done(database_url, "harvest", url, HERE)
        rows = database.fetch_all("SELECT document FROM article ORDER BY id", ())
        assert [orjson.loads(row[0])["title"] for row in rows] == [f"Lamp {number}" for number in numbers]


class TestFaults:
    def test_private_hosts_are_refused_unless_allowed(self, database_url, repository):
        assert "private" in refused(database_url, "harvest", repository.url, code=3)
        assert "private" in refused(database_url, "harvest", "http://localhost:1/", "http://10.0.0.1/", code=3)
        assert repository.asked == []

    def test_an_address_that_fails_does_not_keep_others_from_being_harvested(self, database_url, repository, host):
        output = refused(database_url, "harvest", f"{host.url}/nothing", repository.url, HERE, code=3)
        assert "404" in output
        assert counts(output, "total")["created"] == 5

    def test_a_document_that_cannot_be_read_is_told_with_its_address(self, database_url, host):
        url = host.answer("/feed", (200, {"Content-Type": "application/feed+json"}, b'{"version": '))
        assert f"Error: {url}: " in refused(database_url, "harvest", url, HERE, code=3)

    def test_a_page_is_told_to_be_none(self, database_url, host):
        url = host.answer("/", (200, {"Content-Type": "text/html"}, b"<!doctype html><p>Hello"))
        assert "neither a feed nor" in refused(database_url, "harvest", url, HERE, code=3)

    @pytest.mark.parametrize(
        "arguments",
        [
            (),
            ("ftp://lantern.example/",),
            ("lantern",),
            ("http://a.example/", "--every", "often"),
            ("http://a.example/", "--limit", "0"),
            ("http://a.example/", "--source", "No Slug"),
            ("http://a.example/", "http://b.example/", "--state", "x"),
        ],
    )
    def test_a_wrong_command_does_nothing(self, database_url, arguments):
        refused(database_url, "harvest", *arguments, code=2)

    def test_a_database_that_lacks_a_migration_is_told(self, empty_url):
        assert "creditline migrate" in refused(empty_url, "harvest", "http://a.example/", code=3)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda item: item.name)
def test_it_goes_on_until_it_is_ended(database_url, repository, host, tmp_path, number):
    arguments = ("harvest", f"{host.url}/nothing", repository.url, HERE, "--every", "1h")
    with start(database_url, tmp_path, *arguments) as process:
        wait_for_articles(database_url)
        assert any(b"records a second" in line for line in iter(process.stdout.readline, b""))
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert b"Traceback" not in said
    assert b"404" in said
