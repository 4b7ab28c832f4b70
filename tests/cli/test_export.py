"""``creditline export``, straight from the database and from a server."""

import csv
import io
import os
import subprocess
from pathlib import Path

import orjson
import pytest

from tests.api import ADMIN_KEY
from tests.cli.commands import done, fill, refused, run, start, titles
from tests.servers import COMMAND, environment_of, serve

FULL = Path("/dev/full")


@pytest.fixture
def ids(database):
    return fill(database, 250)


class TestContent:
    def test_every_article_is_there_once_in_the_order_of_the_ids(self, database_url, ids):
        lines = done(database_url, "export").splitlines()
        assert [orjson.loads(line)["id"] for line in lines] == ids

    def test_a_table_has_a_header_and_a_row_for_each(self, database_url, ids):
        rows = list(csv.DictReader(io.StringIO(done(database_url, "export", "--format", "csv"))))
        assert [row["id"] for row in rows] == ids

    def test_filters_orders_and_members_are_those_of_a_list(self, database_url, ids):
        wanted = ("--filter", "sort=-title", "--filter", "license.status[ne]=disputed", "--fields", "title")
        exported = done(database_url, "export", *wanted, "--filter", "title[prefix]=lamp 1")
        found = titles(exported)
        assert found == sorted(found, reverse=True)
        assert "Lamp 1" in found
        assert "Lamp 20" not in found
        assert all(orjson.loads(line).keys() <= {"id", "version", "title"} for line in exported.splitlines())

    def test_an_empty_database_gives_no_line(self, database_url):
        assert done(database_url, "export") == ""


class TestOutput:
    def test_a_file_is_made_or_replaced_in_full(self, database_url, ids, tmp_path):
        path = tmp_path / "articles.ndjson"
        path.write_text("old")
        path.chmod(0o640)
        assert done(database_url, "export", "-o", path) == ""
        assert len(path.read_bytes().splitlines()) == 250
        assert path.stat().st_mode & 0o777 == 0o640
        assert list(tmp_path.iterdir()) == [path]

    def test_a_failure_leaves_what_was_there(self, empty_url, tmp_path):
        path = tmp_path / "articles.ndjson"
        path.write_text("old")
        refused(empty_url, "export", "-o", path, code=3)
        assert path.read_text() == "old"
        assert list(tmp_path.iterdir()) == [path]

    def test_a_folder_that_is_not_there_is_told(self, database_url, tmp_path):
        said = refused(database_url, "export", "-o", tmp_path / "nowhere" / "x", code=3)
        assert f"Error: {tmp_path}/nowhere/x: No such file or directory." in said

    def test_a_pipe_is_written_to_as_it_is(self, database_url, ids, tmp_path):
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        with start(database_url, tmp_path, "export", "-o", pipe) as process:
            lines = pipe.read_bytes().splitlines()
            assert process.wait(60) == 0
        assert len(lines) == 250
        assert pipe.is_fifo()

    def test_a_reader_that_has_enough_ends_it_without_a_word(self, database_url, ids, tmp_path):
        with start(database_url, tmp_path, "export") as process:
            first = process.stdout.readline()
            process.stdout.close()
            said = process.stderr.read()
            assert process.wait(60) == 141
        assert orjson.loads(first)["id"] == ids[0]
        assert said == b""

    @pytest.mark.parametrize(
        "arguments", [("export",), ("export", "-o", "/dev/full"), ("export", "-h"), ("keys", "list")]
    )
    def test_a_full_disk_is_told_in_a_sentence(self, database_url, ids, tmp_path, arguments):
        done(database_url, "keys", "add", "Night desk", "--scope", "read")
        with FULL.open("wb") as full:
            result = subprocess.run(
                [COMMAND, *arguments],
                env=environment_of(database_url),
                cwd=tmp_path,
                stdout=full,
                stderr=-1,
                check=False,
            )
        assert result.returncode == (1 if arguments[0] == "keys" else 3)
        assert result.stderr == b"Error: No space left on device.\n"


class TestFaults:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--filter", "colour=red"), "url, identifier, published_at, updated_at, id, q, sort, format, fields."),
            (("--filter", "limit=5"), "no pages"),
            (("--filter", "license=none"), "license"),
            (("--filter", "source"), "name=value"),
            (("--filter", "=x"), "name=value"),
            (("--filter", "source=a", "--filter", "source=b"), "twice"),
            (("--fields", "colour"), "colour"),
            (("--format", "csv", "--fields", "title"), "fields"),
            (("--format", "xml"), "xml"),
            (("--key", "ak_lamp"), "--url"),
            (("--url", "ftp://127.0.0.1"), "http"),
            (("--url", "http://127.0.0.1:1", "--key", "two words"), "no key"),
        ],
    )
    def test_what_cannot_be_asked_for_is_a_fault_of_the_command(self, database_url, arguments, said):
        output = refused(database_url, "export", *arguments, code=2)
        assert said in output
        assert "two words" not in output

    def test_a_database_that_lacks_a_migration_is_told(self, empty_url):
        assert "creditline migrate" in refused(empty_url, "export", code=3)

    def test_a_bad_setting_is_told(self, database_url):
        assert "did you mean" in refused(database_url, "export", code=3, CREDITLINE_READONLY="1")


class TestServer:
    """With ``--url``"""

    def test_a_server_gives_the_same_bytes(self, database_url, ids, tmp_path):
        with serve(database_url, workers=1, log=tmp_path / "log", CREDITLINE_PUBLIC_READ="false") as server:
            url = f"http://127.0.0.1:{server.port}/"
            key = tmp_path / "key"
            key.write_text(f"{ADMIN_KEY}\n")
            asked = ("export", "--url", url, "--filter", "title[prefix]=lamp 1")
            here = done(database_url, "export", "--filter", "title[prefix]=lamp 1")
            assert done("", *asked, "--key", ADMIN_KEY, CREDITLINE_DATABASE_URL=database_url) == here
            assert done(database_url, *asked, "--key-file", key) == here
            assert done(database_url, *asked, CREDITLINE_KEY=ADMIN_KEY) == here
            assert done(database_url, *asked, CREDITLINE_KEY_FILE=str(key)) == here
            said = refused(database_url, *asked, "--key", "ak_of-somebody-else", code=3)
            assert "401" in said
            assert "ak_of-somebody-else" not in said
            assert "401" in refused(database_url, *asked, code=3)
            assert "colour" in refused(database_url, *asked, "--filter", "colour=red", "--key", ADMIN_KEY, code=2)

    def test_a_server_that_is_not_there_is_told(self, database_url):
        assert "takes no connection" in refused(database_url, "export", "--url", "http://127.0.0.1:1", code=3)

    def test_a_server_that_is_none_of_ours_is_told(self, database_url, host):
        said = refused(database_url, "export", "--url", host.url, code=3)
        assert "404" in said
        assert "check --url" in said

    def test_a_busy_server_is_asked_again(self, database_url, host):
        url = host.answer("/v1/export/articles", (503, {"Retry-After": "0"}, b""), (200, {}, b'{"title":"A"}\n'))
        assert titles(done(database_url, "export", "--url", url.removesuffix("/v1/export/articles"))) == ["A"]

    def test_an_answer_that_breaks_off_leaves_no_file(self, database_url, host, tmp_path):
        host.answer("/v1/export/articles", (200, {"Content-Length": "1000"}, b'{"title":"A"}\n'))
        path = tmp_path / "articles.ndjson"
        assert "cannot be reached" in refused(database_url, "export", "--url", host.url, "-o", path, code=3)
        assert not path.exists()

    def test_two_keys_are_one_too_many(self, database_url, tmp_path):
        key = tmp_path / "key"
        key.write_text(ADMIN_KEY)
        refused(database_url, "export", "--url", "http://127.0.0.1:1", "--key", "x", "--key-file", key, code=2)


def test_progress_is_told_on_standard_error_only(database_url, ids, tmp_path):
    with start(database_url, tmp_path, "export", "-o", tmp_path / "x") as process:
        out, _ = process.communicate(timeout=60)
    assert (out, process.returncode) == (b"", 0)


def test_it_has_help(database_url):
    assert "Usage: " in run(database_url, "export", "-h").output


def test_the_shell_may_count_the_lines(database_url, ids, tmp_path):
    with start(database_url, tmp_path, "export") as process:
        counted = subprocess.run(["wc", "-l"], stdin=process.stdout, capture_output=True, check=True)
        process.wait(60)
    assert counted.stdout.split() == [b"250"]
