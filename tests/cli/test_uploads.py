"""Files on their way to a server: cut into pieces, numbered through, asked for again where an answer breaks off."""

import io
import socket
import threading
from collections.abc import Callable

import orjson
import pytest

from service.cli import uploads
from service.cli.answers import Course
from service.cli.inputs import open_records_file
from service.cli.intake import Taking
from service.cli.servers import Server
from service.cli.tallies import COUNTS, Done
from service.core.errors import ContentTooLarge
from service.formats.intake.items import Item
from service.formats.intake.spreadsheet import read_csv
from service.formats.intake.table_rows import MAX_ROW
from tests.cli.commands import done, refused
from tests.cli.test_imports import counts
from tests.delivery.hosts import Asked, Host, Reply, open_wire

PATH = "/v1/bulk/articles"
URL = "sqlite:///nowhere/there.db"


def results(body: bytes, *, ill: Callable[[bytes], bool] = lambda line: b"ill" in line) -> bytes:
    """What a server answers: a line for each that came, and the sum."""
    lines = body.splitlines()
    answered = []
    for number, line in enumerate(lines, 1):
        problem = {"status": 422, "detail": "This is ill."}
        refused = {"line": number, "status": 422, "problem": problem}
        answered.append(refused if ill(line) else {"line": number, "status": 201, "seq": number})
    failed = sum(map(ill, lines))
    counts = {"lines": len(lines), "created": len(lines) - failed, "updated": 0, "unchanged": 0, "deleted": 0}
    summary = {"summary": {**counts, "failed": failed, "committed": True}}
    return b"".join(orjson.dumps(row) + b"\n" for row in [*answered, summary])


def take(asked: Asked) -> Reply:
    return 207, {"Content-Type": "application/x-ndjson"}, results(asked.body)


def sent(host: Host, path, taking: Taking, key: str | None = "import-1") -> list[Done]:
    with open_records_file(str(path)) as records:
        return [*uploads.stream_to_server(Server(url=host.url, key="ak_lamp"), records, taking, key)]


def code_of(item: Item) -> str | None:
    return item.problem.faults[0].code if item.problem and item.problem.faults else None


def read_table(asked: Asked) -> Reply:
    """What a server answers to a table, which it reads as it reads every one."""
    items = [*read_csv(io.BytesIO(asked.body), TABLE.reading)]
    rows = [
        {"line": item.line, "problem": {"detail": code_of(item)}}
        if item.problem
        else {"line": item.line, "status": 201, "seq": 1}
        for item in items
    ]
    failed = sum(item.problem is not None for item in items)
    summary = {"summary": {"lines": len(items), "created": len(items) - failed, "failed": failed}}
    return 207, {}, b"".join(orjson.dumps(row) + b"\n" for row in [*rows, summary])


BODY = b'{"n":1}\n{"n":2} ill\n'
LINES = Taking(form="ndjson")
TABLE = Taking(form="csv", columns={"url": "Address"})
AT = b"https://lantern.example/%d"


def table(delimiter: bytes = b",", end: bytes = b"\r\n", before: bytes = b"") -> bytes:
    """A table with titles of two lines, lines without anything, and a cell too many, an open quote and a bad byte."""
    rows = [b"Address,title"]
    rows += [b'%s,"A title, and more%sof ""%d"""' % (AT % number, end, number) for number in range(4)]
    rows += [b"", b"%s,A,B" % (AT % 5), b"", b"", b"%s,\xff" % (AT % 6), b"%s,F" % (AT % 7)]
    rows += [b'"%s,G' % (AT % 8), b",", b'"",', b"%s,H" % (AT % 9)]
    return before + end.join(row.replace(b",", delimiter) for row in rows) + end


TABLES = {
    "commas": table(),
    "a mark": table(before=b"\xef\xbb\xbf"),
    "semicolons": table(b";", b"\n"),
    "tabs": table(b"\t", b"\r"),
    "a line for Excel": table(b";", before=b"sep=;\r\n"),
    "a line for Excel that nothing else tells": b"sep=;\nAddress;a,title,b;c\n" + b"%s;x;y\n" % (AT % 1) * 30,
    "blank lines before": table(b";", b"\n", before=b"\n\n\n"),
    "no end": table().removesuffix(b"\r\n"),
    "a header of two lines": table().replace(b"Address", b'"Address\r\n"', 1),
}


class TestPieces:
    def test_lines_go_in_pieces_and_are_numbered_through(self, host, tmp_path, monkeypatch):
        monkeypatch.setattr(uploads, "PIECE", 100)
        host.replies[PATH] = take
        path = tmp_path / "a.ndjson"
        path.write_bytes(b"".join(b'{"n":%d}%s\n' % (n, b" ill" * (n in (3, 40))) for n in range(1, 51)))
        told = sent(host, path, LINES)
        assert len(host.asked) > 3
        assert sum(part.counts["lines"] for part in told) == 50
        assert [line for part in told for line, _ in part.refused] == [3, 40]
        assert b"".join(asked.body for asked in host.asked) == path.read_bytes()
        keys = [asked.headers["idempotency-key"] for asked in host.asked]
        assert [key.rpartition("-")[0] for key in keys[:2]] == ["import-1-1", "import-1-2"]
        assert {asked.headers["authorization"] for asked in host.asked} == {"Bearer ak_lamp"}

    def test_the_last_line_needs_no_end(self, host, tmp_path):
        host.replies[PATH] = take
        path = tmp_path / "a.ndjson"
        path.write_bytes(b'{"n":1}\r\n\n{"n":2}')
        sent(host, path, LINES)
        assert host.asked[0].body == b'{"n":1}\r\n\n{"n":2}\n'

    def test_of_a_line_without_end_only_so_much_is_sent_that_it_is_too_long(self, host, tmp_path):
        host.replies[PATH] = take
        path = tmp_path / "a.ndjson"
        path.write_bytes(b"x" * 5_000_000 + b'\n{"n":2}\n')
        sent(host, path, LINES)
        first, second = host.asked[0].body.splitlines()
        assert 1024 * 1024 < len(first) < 1024 * 1024 + 10
        assert second == b'{"n":2}'

    def test_an_empty_file_sends_nothing(self, host, tmp_path):
        path = tmp_path / "a.ndjson"
        path.write_bytes(b"")
        assert sent(host, path, LINES) == []

    def test_all_or_nothing_goes_as_one_or_not_at_all(self, host, tmp_path, monkeypatch):
        host.replies[PATH] = take
        path = tmp_path / "a.ndjson"
        path.write_bytes(b'{"n":1}\n' * 100)
        sent(host, path, Taking(form="ndjson", atomic=True))
        assert [asked.path for asked in host.asked] == [f"{PATH}?mode=atomic"]
        monkeypatch.setattr(uploads, "LARGEST", 100)
        said = refused(URL, "import", path, "--mode", "atomic", "--url", host.url, code=1)
        assert f"{path} has 800 bytes" in said
        assert "split it" in said

    @pytest.mark.parametrize("piece", [1, 60, 150, 10_000])
    @pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
    def test_a_large_table_is_cut_between_rows_and_read_as_if_it_were_whole(
        self, host, tmp_path, monkeypatch, table, piece
    ):
        monkeypatch.setattr(uploads, "PIECE", piece)
        monkeypatch.setattr(uploads, "LARGEST", 100)
        host.replies[PATH] = read_table
        path = tmp_path / "a.csv"
        path.write_bytes(table)
        told = sent(host, path, TABLE)
        whole = [*read_csv(io.BytesIO(table), TABLE.reading)]
        pieces = [[*read_csv(io.BytesIO(asked.body), TABLE.reading)] for asked in host.asked]
        assert (len(pieces) > 2) == (piece < 10_000)
        assert [(item.members, code_of(item)) for items in pieces for item in items] == [
            (item.members, code_of(item)) for item in whole
        ]
        assert [refusal for part in told for refusal in part.refused] == [
            (item.line, {"detail": said}) for item in whole if (said := code_of(item))
        ]
        assert {asked.path for asked in host.asked} == {f"{PATH}?mode=each&columns=url%3AAddress"}

    def test_thousands_of_blank_lines_are_not_sent(self, host, tmp_path, monkeypatch):
        monkeypatch.setattr(uploads, "PIECE", 1000)
        monkeypatch.setattr(uploads, "LARGEST", 100)
        host.replies[PATH] = read_table
        path = tmp_path / "a.csv"
        path.write_bytes(b"Address,title\n" + b"\n" * 5000 + b"%s,A\n" % (AT % 1) + b"\n" * 5000 + b",B,C\n")
        told = sent(host, path, TABLE)
        assert [line for part in told for line, _ in part.refused] == [10_003]
        assert [len(asked.body) < 100 for asked in host.asked] == [True, True]

    def test_a_row_that_is_too_long_is_not_sent(self, host, tmp_path, monkeypatch):
        monkeypatch.setattr(uploads, "LARGEST", 100)
        host.replies[PATH] = read_table
        path = tmp_path / "a.csv"
        path.write_bytes(b"Address,title\n%s,A\n%s\n%s,B\n,C\n" % (AT % 1, b"x" * (3 * MAX_ROW), AT % 2))
        told = sent(host, path, TABLE)
        assert [line for part in told for line, _ in part.refused] == [3]
        assert len(host.asked[0].body) < 2 * MAX_ROW
        (_, long, *others) = read_csv(io.BytesIO(host.asked[0].body), TABLE.reading)
        assert isinstance(long.problem, ContentTooLarge)
        assert [item.members["title"] for item in others] == ["B", "C"]

    @pytest.mark.parametrize(
        ("table", "said"),
        [
            (b"\n" * 200, "The table is empty"),
            (b"Adress,title\n" + b"a,b\n" * 50, "There is no column."),
            (b'"Address,title\n' * 20, "The row is no CSV"),
        ],
    )
    def test_a_table_without_a_header_of_ours_is_refused(self, host, tmp_path, monkeypatch, table, said):
        monkeypatch.setattr(uploads, "LARGEST", 100)
        path = tmp_path / "a.csv"
        path.write_bytes(table)
        problem = {"type": "/v1/problems/validation-failed", "detail": "There is no column."}
        host.answer(PATH, (422, {}, orjson.dumps(problem)))
        assert said in refused(URL, "import", path, "--url", host.url, "--map", "Address=url", code=1)

    @pytest.mark.parametrize(
        ("taking", "kind"),
        [
            (Taking(form="csv"), "text/csv"),
            (Taking(form="csv", charset="cp1252"), "text/csv; charset=cp1252"),
            (Taking(form="rss"), "application/rss+xml"),
            (Taking(form="oai"), "application/xml"),
            (Taking(form="crossref"), "application/vnd.crossref-api-message+json"),
            (Taking(form="ndjson", profile="crossref"), "application/x-ndjson"),
        ],
    )
    def test_every_form_goes_under_its_media_type(self, host, tmp_path, taking, kind):
        host.replies[PATH] = take
        path = tmp_path / "a"
        path.write_bytes(b"<x/>\n")
        sent(host, path, taking)
        assert host.asked[0].headers["content-type"] == kind

    def test_what_the_command_says_stands_in_the_address(self, host, tmp_path):
        host.replies[PATH] = take
        path = tmp_path / "a.ndjson"
        path.write_bytes(b"{}\n")
        done(URL, "import", path, "--profile", "doaj", "--source", "lantern", "--dry-run", "--url", host.url)
        assert host.asked[0].path == f"{PATH}?mode=each&profile=doaj&source=lantern&dry_run=true"
        assert "idempotency-key" not in host.asked[0].headers


class TestAnswers:
    @pytest.fixture
    def path(self, tmp_path):
        path = tmp_path / "a.ndjson"
        path.write_bytes(BODY)
        return path

    @pytest.mark.parametrize(
        "broken",
        [
            (207, {}, results(BODY).rpartition(b'{"summary"')[0]),
            (207, {}, results(BODY)[:60]),
            (207, {"Content-Length": "1000"}, results(BODY)[:60]),
            (207, {}, results(BODY).partition(b"\n")[0] + b'\n{"line":2,"status":503,"problem":{"status":503}}\n'),
            (503, {"Retry-After": "0"}, b""),
            (409, {"Retry-After": "0"}, b""),
        ],
    )
    def test_an_answer_that_broke_off_is_asked_for_again_under_its_key(self, host, path, broken):
        host.answer(PATH, broken, (207, {}, results(BODY)))
        told = sent(host, path, LINES)
        summed = {name: sum(part.counts[name] for part in told) for name in COUNTS}
        assert (summed["lines"], summed["created"], summed["failed"]) == (2, 1, 1)
        assert [line for part in told for line, _ in part.refused] == [2]
        assert len({asked.headers["idempotency-key"] for asked in host.asked}) == 1
        assert len(host.asked) == 2

    def test_what_the_server_has_done_is_known_before_it_is_through(self, path):
        first, _, rest = results(BODY).partition(b"\n")
        heard = threading.Event()

        def talk(connection: socket.socket) -> None:
            connection.recv(65536)
            head = b"HTTP/1.1 207 Multi-Status\r\nTransfer-Encoding: chunked\r\n\r\n"
            connection.sendall(head + b"%x\r\n%s\n\r\n" % (len(first) + 1, first))
            heard.wait(20)
            connection.sendall(b"%x\r\n%s\r\n0\r\n\r\n" % (len(rest), rest))

        with open_wire(talk) as url, open_records_file(str(path)) as records:
            course = uploads.stream_to_server(Server(url=url.rstrip("/"), key=None), records, LINES, None)
            assert next(course).counts["created"] == 1
            heard.set()
            assert sum(part.counts["lines"] for part in course) == 1

    def test_what_was_done_when_an_answer_breaks_off_stands_in_the_summary(self, host, path):
        host.answer(PATH, (207, {}, results(BODY).partition(b"\n")[0] + b"\n"))
        output = refused(URL, "import", path, "--dry-run", "--url", host.url, code=3)
        assert counts(output) == {**dict.fromkeys(COUNTS, 0), "lines": 1, "created": 1}

    @pytest.mark.parametrize(("dry_run", "updated", "unchanged"), [(False, 1, 2), (True, 0, 0)])
    def test_what_a_line_means_is_counted_and_the_sum_has_the_last_word(self, dry_run, updated, unchanged):
        course = Course(dry_run=dry_run)
        lines = [{"line": 1, "status": 200, "seq": 7}, *({"line": n, "status": 200} for n in (2, 3))]
        told = course.follow([*lines, {"line": 4, "status": 204, "seq": 8}]).counts
        assert (told["updated"], told["unchanged"], told["deleted"]) == (updated, unchanged, 1)
        rest = course.follow([{"summary": {"lines": 4, "updated": 2, "unchanged": 1, "deleted": 1}}]).counts
        assert {name: told[name] + rest[name] for name in ("lines", "updated", "unchanged", "deleted")} == {
            "lines": 4,
            "updated": 2,
            "unchanged": 1,
            "deleted": 1,
        }
        assert course.is_through

    def test_an_answer_of_something_else_is_told(self, host, path):
        host.answer(PATH, (200, {}, b"<!doctype html>\n<p>Hello\n"))
        assert "check --url" in refused(URL, "import", path, "--url", host.url, code=3)

    @pytest.mark.parametrize("status", [400, 413, 415, 422])
    def test_a_file_that_the_server_refuses_is_named_and_the_next_one_goes_in(self, host, path, status):
        problem = {"type": "/v1/problems/validation-failed", "detail": "There is no column 'hello'."}
        host.answer(PATH, (status, {}, orjson.dumps(problem)), (207, {}, results(b'{"n":1}\n')))
        output = refused(URL, "import", path, path, "--url", host.url, code=1)
        assert f"Error: {path}: " in output
        assert "There is no column 'hello'." in output
        assert counts(output)["created"] == 1

    @pytest.mark.parametrize("status", [400, 413])
    def test_a_refusal_by_what_stands_before_the_server_is_none_of_the_file(self, host, path, status):
        host.answer(PATH, (status, {}, b"<html>Request Entity Too Large</html>"))
        assert "check --url" in refused(URL, "import", path, "--url", host.url, code=3)

    def test_a_refusal_of_the_whole_is_told(self, host, path):
        problem = {"type": "/v1/problems/insufficient-scope", "status": 403, "detail": "This key may not write."}
        host.answer(PATH, (403, {}, orjson.dumps(problem)))
        said = refused(URL, "import", path, "--url", host.url, "--key", "ak_lamp-lit", code=3)
        assert "insufficient-scope: This key may not write." in said
        assert "ak_lamp-lit" not in said

    def test_refused_lines_end_the_command_with_one_and_stand_in_the_file(self, host, path, tmp_path):
        host.replies[PATH] = take
        errors = tmp_path / "errors.ndjson"
        from tests.cli.commands import run

        result = run(URL, "import", path, "--url", host.url, "--errors", errors)
        assert result.exit_code == 1
        (row,) = map(orjson.loads, errors.read_bytes().splitlines())
        assert row == {
            "file": str(path),
            "line": 2,
            "problem": {"status": 422, "detail": "This is ill."},
            "record": '{"n":2} ill',
        }
        assert "line 2: This is ill." in result.output
