"""``creditline import``, straight into the database: what goes in, what is refused, and how a broken run goes on."""

import gzip
import os
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from service.core.bulk import CHUNK
from service.storage.database import Database
from tests.api import ADMIN_KEY
from tests.cli.commands import done, refused, run, start, titles
from tests.servers import serve

COUNTS = ("lines", "created", "updated", "unchanged", "deleted", "failed")


def article(number: int, **members: object) -> dict[str, object]:
    return {
        "url": f"https://lantern.example/{number}",
        "title": f"Lamp {number}",
        "source": {"name": "Lantern Press"},
        "license": "CC-BY-4.0",
        **members,
    }


def lines(*articles: object) -> bytes:
    return b"".join(orjson.dumps(item) + b"\n" for item in articles)


def counts(output: str, name: str = "") -> dict[str, int]:
    """The counts in the table of a run, those of one file or of all."""
    rows = [line.rsplit(maxsplit=6) for line in output.splitlines() if line.count("  ") > 3]
    found = [row for row in rows if len(row) == 7 and row[0].strip() not in ("", "lines")]
    row = next(row for row in reversed(found) if name in row[0])
    return dict(zip(COUNTS, (int(cell.replace(",", "")) for cell in row[1:]), strict=True))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "articles.ndjson"
    path.write_bytes(lines(*map(article, range(1, 4))))
    return path


class TestTaking:
    def test_articles_go_in_and_come_out_and_go_in_again_unchanged(self, database_url, path, tmp_path):
        assert counts(done(database_url, "import", path)) | {"created": 3, "lines": 3} == counts(
            done(database_url, "import", path, "--dry-run")
        ) | {"created": 3, "unchanged": 0}
        copy = tmp_path / "copy.ndjson"
        done(database_url, "export", "-o", copy)
        again = counts(done(database_url, "import", copy))
        assert (again["lines"], again["unchanged"]) == (3, 3)
        done(database_url, "export", "-o", path)
        assert path.read_bytes() == copy.read_bytes()

    def test_a_run_that_is_through_does_anew_what_the_file_says(self, database_url, path):
        done(database_url, "import", path)
        other = path.with_name("other.ndjson")
        other.write_bytes(lines(article(1, title="Another lamp")))
        assert counts(done(database_url, "import", other))["updated"] == 1
        assert counts(done(database_url, "import", path))["updated"] == 1
        assert titles(done(database_url, "export", "--fields", "title")) == ["Lamp 1", "Lamp 2", "Lamp 3"]
        assert list(Path("var/imports").iterdir()) == []

    def test_articles_sort_as_their_lines_and_each_has_the_time_when_it_went_in(self, database, database_url, tmp_path):
        path = tmp_path / "long.ndjson"
        path.write_bytes(lines(*map(article, range(CHUNK + 3))))
        before = datetime.now(UTC)
        done(database_url, "import", path)
        found = [orjson.loads(row[0]) for row in database.fetch_all("SELECT document FROM article ORDER BY id", ())]
        assert [document["title"] for document in found] == [f"Lamp {number}" for number in range(CHUNK + 3)]
        times = [datetime.fromisoformat(document["updated_at"]) for document in found]
        assert before < times[0]
        assert times == sorted(set(times))

    def test_a_pipe_is_read_and_may_be_packed(self, database_url, path):
        assert counts(done(database_url, "import", "-", sent=path.read_bytes()))["created"] == 3
        packed = gzip.compress(lines(article(4)))
        assert counts(done(database_url, "import", "-", sent=packed))["created"] == 1

    def test_several_files_are_counted_each_and_together(self, database_url, path, tmp_path):
        packed = tmp_path / "more.jsonl.gz"
        packed.write_bytes(gzip.compress(lines(article(3), article(4))))
        output = done(database_url, "import", path, packed)
        assert counts(output, "more.jsonl.gz")["unchanged"] == 1
        assert counts(output, "total") == dict(zip(COUNTS, (5, 4, 0, 1, 0, 0), strict=True))

    def test_commands_are_carried_out(self, database_url, path):
        done(database_url, "import", path)
        commands = lines(
            {"op": "update", "data": {"url": "https://lantern.example/1", "title": "A"}, "if_match": 1},
            {"op": "delete", "data": {"url": "https://lantern.example/2"}, "if_match": "*"},
            {"op": "create", "data": article(3)},
        )
        result = run(database_url, "import", "-", sent=commands)
        assert result.exit_code == 1
        assert counts(result.output) == dict(zip(COUNTS, (3, 0, 1, 0, 1, 1), strict=True))
        assert "line 3: " in result.output
        assert titles(done(database_url, "export", "--fields", "title")) == ["A", "Lamp 3"]

    def test_a_source_is_that_of_articles_that_name_none(self, database_url):
        done(database_url, "import", "-", sent=lines(article(0)))
        nameless = {name: value for name, value in article(1).items() if name != "source"}
        done(database_url, "import", "-", "--source", "lantern-press", sent=lines(nameless))
        exported = done(database_url, "export", "--fields", "source.id").splitlines()
        assert {orjson.loads(line)["source"]["id"] for line in exported} == {"lantern-press"}

    def test_an_empty_file_is_no_fault(self, database_url, tmp_path):
        for name in ("empty.ndjson", "empty.csv", "empty.xml", "empty"):
            empty = tmp_path / name
            empty.write_bytes(b"")
            assert counts(done(database_url, "import", empty))["lines"] == 0
        assert counts(done(database_url, "import", "-", sent=b""))["lines"] == 0
        assert counts(done(database_url, "import", "-", "--format", "csv", sent=gzip.compress(b"")))["lines"] == 0

    def test_a_dry_run_changes_nothing_and_remembers_nothing(self, database_url, path):
        output = done(database_url, "import", path, "--dry-run")
        assert counts(output)["created"] == 3
        assert "Nothing was changed" in output
        assert done(database_url, "export") == ""
        assert not Path("var").exists()


class TestRefusals:
    @pytest.fixture
    def ill(self, tmp_path):
        path = tmp_path / "ill.ndjson"
        path.write_bytes(lines(article(1), article(2, title=""), article(3)) + b'{"url":\n\n' + lines(article(5, a=1)))
        return path

    def test_refused_lines_touch_no_other_and_stand_in_a_file_with_the_record(self, database_url, ill, tmp_path):
        errors = tmp_path / "errors.ndjson"
        result = run(database_url, "import", ill, "--errors", errors)
        assert result.exit_code == 1
        assert counts(result.output) == dict(zip(COUNTS, (5, 2, 0, 0, 0, 3), strict=True))
        rows = [orjson.loads(line) for line in errors.read_bytes().splitlines()]
        assert [row["line"] for row in rows] == [2, 4, 6]
        assert [row["problem"]["status"] for row in rows] == [422, 400, 422]
        assert [fault["pointer"] for fault in rows[0]["problem"]["errors"]] == ["/title"]
        assert [row["record"] for row in rows] == [article(2, title=""), '{"url":', article(5, a=1)]
        assert "ill.ndjson, line 2: /title: " in result.output

    def test_all_or_nothing_takes_nothing_and_names_only_the_guilty(self, database_url, ill, tmp_path):
        errors = tmp_path / "errors.ndjson"
        result = run(database_url, "import", ill, "--mode", "atomic", "--errors", errors)
        assert result.exit_code == 1
        assert counts(result.output)["failed"] == 5
        assert [orjson.loads(line)["line"] for line in errors.read_bytes().splitlines()] == [2, 4, 6]
        assert done(database_url, "export") == ""

    def test_ten_are_shown_and_the_rest_is_for_the_file(self, database_url, tmp_path):
        path = tmp_path / "ill.ndjson"
        path.write_bytes(b"{}\n" * 30)
        output = run(database_url, "import", path).output
        assert output.count("ill.ndjson, line") == 10
        assert "--errors FILE keeps them all" in output

    def test_without_refusals_the_file_is_empty(self, database_url, path, tmp_path):
        errors = tmp_path / "errors.ndjson"
        errors.write_text("old")
        done(database_url, "import", path, "--errors", errors)
        assert errors.read_bytes() == b""


class TestFaults:
    @pytest.mark.parametrize(
        "arguments",
        [
            (),
            ("x.ndjson", "--format", "pdf"),
            ("x.ndjson", "--profile", "pdf"),
            ("x.ndjson", "--profile", "doaj", "--format", "csv"),
            ("x.ndjson", "--source", "No Slug"),
            ("x.ndjson", "--charset", "zlib"),
            ("x.ndjson", "--map", "url"),
            ("x.ndjson", "--mode", "some"),
            ("x.ndjson", "--key", "ak_x"),
        ],
    )
    def test_a_wrong_command_does_nothing(self, database_url, arguments):
        refused(database_url, "import", *arguments, code=2)

    def test_a_file_that_nobody_knows_the_form_of_is_told(self, database_url, tmp_path):
        path = tmp_path / "a.dat"
        path.write_bytes(b"words")
        assert "--format" in refused(database_url, "import", path, code=2)

    def test_a_file_that_is_not_there_is_told_and_the_others_go_in(self, database_url, path, tmp_path):
        output = refused(database_url, "import", tmp_path / "missing.ndjson", path, tmp_path, code=3)
        assert f"Error: {tmp_path}/missing.ndjson: No such file or directory." in output
        assert f"Error: {tmp_path}: Is a directory." in output
        assert counts(output)["created"] == 3

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("a.csv", b"hello,url\n1,2\n", "There is no column 'hello'."),
            ("a.csv", b"\n", "The table is empty"),
            ("a.xml", b"<rss", "XML"),
            ("a.json", b'{"version": "https://jsonfeed.org/version/1.1", ', "line 1"),
            ("a.dat", b"words", "--format"),
        ],
    )
    def test_a_file_that_cannot_be_read_is_told_with_its_name_and_the_others_go_in(
        self, database_url, path, name, content, said
    ):
        ill = path.with_name(name)
        ill.write_bytes(content)
        output = refused(database_url, "import", path, ill, path, code=1)
        assert said in next(line for line in output.splitlines() if line.startswith(f"Error: {ill}: "))
        assert counts(output, "articles.ndjson") == dict(zip(COUNTS, (6, 3, 0, 3, 0, 0), strict=True))

    def test_a_file_for_the_refused_records_that_cannot_be_made_is_told_by_its_name(self, database_url, path, tmp_path):
        errors = tmp_path / "nowhere" / "x"
        output = refused(database_url, "import", path, "--errors", errors, code=3)
        assert f"Error: {errors}: No such file or directory." in output
        assert done(database_url, "export") == ""

    def test_a_packed_file_that_is_cut_is_told_and_nothing_of_it_taken(self, database_url, path):
        packed = path.with_name("cut.ndjson.gz")
        packed.write_bytes(gzip.compress(path.read_bytes())[:-9])
        assert "cut or damaged" in refused(database_url, "import", packed, code=1)
        assert done(database_url, "export") == ""

    def test_a_database_that_lacks_a_migration_is_told(self, empty_url, path):
        assert "creditline migrate" in refused(empty_url, "import", path, code=3)

    def test_a_folder_that_cannot_be_written_costs_only_the_memory_of_the_run(self, database_url, path):
        Path("var").write_text("in the way")
        result = run(database_url, "import", path)
        assert result.exit_code == 0
        assert "a repetition begins anew" in result.output


class TestBrokenOff:
    """A run that is ended in the middle, and its repetition"""

    @pytest.fixture
    def long(self, tmp_path):
        path = tmp_path / "long.ndjson"
        commands = [{"op": "create", "data": article(number)} for number in range(6000)]
        path.write_bytes(lines(*commands))
        return path

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda item: item.name)
    def test_the_same_command_goes_on_and_ends_as_if_nothing_had_been(self, database_url, long, tmp_path, number):
        with start(database_url, tmp_path, "import", long, "--errors", tmp_path / "e") as process:
            wait_for_articles(database_url)
            os.kill(process.pid, number)
            out, said = process.communicate(timeout=60)
        assert process.returncode == (3 if number != signal.SIGKILL else -signal.SIGKILL), said
        if number != signal.SIGKILL:
            assert b"Interrupted; repeat the command to go on." in said
            assert 0 <= counts(out.decode())["created"] < 6000
        with start(database_url, tmp_path, "import", long, "--errors", tmp_path / "e") as process:
            out, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
        assert counts(out.decode())["created"] == 6000
        assert len(done(database_url, "export", "--fields", "id").splitlines()) == 6000
        assert (tmp_path / "e").read_bytes() == b""


class TestServer:
    """With ``--url``"""

    @pytest.fixture
    def server(self, database_url, tmp_path):
        with serve(database_url, workers=2, log=tmp_path / "log") as server:
            yield f"http://127.0.0.1:{server.port}"

    def test_a_server_takes_the_same_as_the_database(self, database_url, server, path, tmp_path):
        to_it = ("--url", server, "--key", ADMIN_KEY)
        ill = tmp_path / "ill.ndjson"
        ill.write_bytes(path.read_bytes() + b"\n" + lines(article(4, title=1)))
        errors = tmp_path / "errors.ndjson"
        result = run("", "import", ill, *to_it, "--errors", errors, CREDITLINE_DATABASE_URL="sqlite:///nowhere/x.db")
        assert result.exit_code == 1, result.output
        assert counts(result.output) == dict(zip(COUNTS, (4, 3, 0, 0, 0, 1), strict=True))
        (row,) = map(orjson.loads, errors.read_bytes().splitlines())
        assert (row["line"], row["record"]) == (5, article(4, title=1))
        here = run(database_url, "import", ill)
        assert counts(here.output) == dict(zip(COUNTS, (4, 0, 0, 3, 0, 1), strict=True))
        assert "ill.ndjson, line 5: /title: " in here.output

    def test_a_key_that_may_not_write_is_refused_and_not_shown(self, server, path):
        assert "unauthenticated" in refused("", "import", path, "--url", server, "--key", "ak_wick-and-oil", code=3)
        assert "unauthenticated" in refused("sqlite:///x.db", "import", path, "--url", server, code=3)
        assert "CREDITLINE_DATABASE_URL" in refused("", "import", path, "--url", server, code=3)

    def test_all_or_nothing_and_rehearsals_are_for_the_server(self, database_url, server, path):
        to_it = ("--url", server, "--key", ADMIN_KEY)
        assert counts(done("", "import", path, *to_it, "--dry-run"))["created"] == 3
        assert done(database_url, "export") == ""
        path.write_bytes(path.read_bytes() + b"{}\n")
        result = run("", "import", path, *to_it, "--mode", "atomic")
        assert (result.exit_code, counts(result.output)["failed"]) == (1, 4)
        assert done(database_url, "export") == ""

    def test_a_broken_run_goes_on_under_its_keys(self, database_url, server, tmp_path):
        path = tmp_path / "long.ndjson"
        padding = "x" * 15_000
        commands = [{"op": "create", "data": article(number, summary=padding)} for number in range(1500)]
        path.write_bytes(lines(*commands))
        to_it = ("--url", server, "--key", ADMIN_KEY)
        with start(database_url, tmp_path, "import", path, *to_it) as process:
            wait_for_articles(database_url)
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=60)
        assert process.returncode == 3, said
        with start(database_url, tmp_path, "import", path, *to_it) as process:
            out, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
        assert counts(out.decode())["created"] == 1500
        assert len(done(database_url, "export", "--fields", "id").splitlines()) == 1500


def wait_for_articles(url: str) -> None:
    database = Database(url)
    deadline = time.monotonic() + 60
    while not database.fetch_one("SELECT 1 FROM article LIMIT 1"):
        assert time.monotonic() < deadline, "nothing went in"
        time.sleep(0.02)
    database.close()
