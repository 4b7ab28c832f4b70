"""Files of records: unpacked, and known by their names or their looks."""

import gzip
import hashlib

import click
import pytest

from service.cli.endings import Refused
from service.cli.inputs import find_out_form, open_records_file

LINES = b'{"url":"https://lantern.example/1"}\n{}\n'


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.ndjson", b"", "ndjson"),
        ("a.jsonl.gz", b"", "ndjson"),
        ("A.CSV", b"", "csv"),
        ("a.csv.gz", b"", "csv"),
        ("a.rss", b"", "rss"),
        ("a.xml", b"", "xml"),
        ("a", LINES, "ndjson"),
        ("-", b"", "ndjson"),
        ("-", b"\r\n\n", "ndjson"),
        ("a.txt", b"\xef\xbb\xbf" + LINES, "ndjson"),
        ("a.json", LINES, "ndjson"),
        ("a", b'{"summary":"' + b"x" * 100_000, "ndjson"),
        ("a", b"  <?xml version='1.0'?><rss/>", "xml"),
        ("a", b'{"version": "https://jsonfeed.org/version/1.1",\n', "jsonfeed"),
        ("a", b"url,title,source\n", "csv"),
        ("a", b"Title,URL\r\n", "csv"),
    ],
)
def test_a_form_is_known_by_the_name_or_the_beginning(tmp_path, name, content, form):
    path = tmp_path / name
    path.write_bytes(content)
    with open_records_file(str(path)) as records:
        assert find_out_form(records) == form


@pytest.mark.parametrize("content", [b" " * 100_000, b"words", b"[{}]", b'{\n"url": 1}', b"a,b\n", b"\0\1\2"])
def test_a_form_that_nothing_tells_must_be_named(tmp_path, content):
    path = tmp_path / "a.dat"
    path.write_bytes(content)
    with open_records_file(str(path)) as records, pytest.raises(click.UsageError, match="--format"):
        find_out_form(records)


@pytest.mark.parametrize("name", ["a.ndjson.gz", "a.ndjson"])
def test_what_is_packed_is_unpacked_by_its_beginning_and_not_by_its_name(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(gzip.compress(LINES[:20]) + gzip.compress(LINES[20:]))
    with open_records_file(str(path)) as records:
        assert records.stream.read() == LINES
        assert (records.digest, records.size) == (hashlib.sha256(LINES).digest(), len(LINES))


@pytest.mark.parametrize("cut", [3, 12, 30, -1, -5])
def test_a_packed_file_that_is_cut_gives_nothing(tmp_path, cut):
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(LINES * 10)[:cut])
    with pytest.raises(Refused, match="cut or damaged"), open_records_file(str(path)):
        pass
