"""``creditline extract``: pages in, drafts out."""

import orjson
import pytest

from tests.cli.commands import done, refused, run, titles

NOWHERE = "sqlite:///nowhere/there.db"


def page(number: int, *, url: bool = True) -> str:
    address = f'<link rel="canonical" href="https://lantern.example/{number}">' if url else ""
    return (
        f'<!doctype html><html lang="en"><head><title>Lamp {number}</title>{address}'
        '<meta property="og:site_name" content="Lantern Press"><meta property="og:type" content="article">'
        f'<meta property="og:title" content="Lamp {number}"><meta name="author" content="Ann Wick">'
        "</head><body><article>"
        f"<h1>Lamp {number}</h1><p>Trim the wick of the lamp.</p><p>This article is licensed under a "
        '<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a> license.</p>'
        "</article></body></html>"
    )


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "pages"
    (folder / "below").mkdir(parents=True)
    (folder / "1.html").write_text(page(1))
    (folder / "below" / "2.HTM").write_text(page(2))
    (folder / "notes.txt").write_text("no page")
    return folder


def extracted(*arguments: object, sent: bytes | None = None) -> list[dict]:
    return [orjson.loads(line) for line in done(NOWHERE, "extract", *arguments, sent=sent).splitlines()]


class TestDrafts:
    def test_a_page_becomes_a_draft_with_evidence_and_needs_no_database(self, folder):
        (line,) = extracted(folder / "1.html")
        article = line["article"]
        assert line["page"] == str(folder / "1.html")
        assert (article["url"], article["title"]) == ("https://lantern.example/1", "Lamp 1")
        assert article["license"]["id"] == "CC-BY-4.0"
        assert line["evidence"]["title"][0].keys() == {"value", "from", "quote"}
        assert line["detections"]["licenses"][0]["id"] == "CC-BY-4.0"
        assert line["warnings"] == []

    def test_a_folder_stands_for_all_pages_below(self, folder):
        assert [line["article"]["title"] for line in extracted(folder)] == ["Lamp 1", "Lamp 2"]

    def test_standard_input_may_have_an_address_and_a_charset(self):
        sent = page(3, url=False).replace("Ann Wick", "Анна Свет").encode("cp1251")
        (line,) = extracted("-", "--address", "https://lantern.example/3", "--charset", "windows-1251", sent=sent)
        assert line["article"]["url"] == "https://lantern.example/3"
        assert "Анна Свет" in orjson.dumps(line["article"]["creators"]).decode()

    def test_a_file_takes_the_lines(self, folder, tmp_path):
        path = tmp_path / "drafts.ndjson"
        assert done(NOWHERE, "extract", folder, "-o", path) == ""
        assert len(path.read_bytes().splitlines()) == 2

    def test_a_folder_without_pages_gives_nothing_to_an_import(self, database_url, tmp_path):
        sent = run(NOWHERE, "extract", tmp_path, "--format", "article").stdout_bytes
        assert "unchanged" in done(database_url, "import", "-", sent=sent)

    def test_articles_alone_go_into_an_import(self, database_url, folder):
        (folder / "large.html").write_bytes(b" " * (5 * 1024 * 1024 + 1))
        result = run(NOWHERE, "extract", folder, "--format", "article")
        assert result.exit_code == 1
        assert "large.html: A page has at most" in result.stderr
        assert "unchanged" in done(database_url, "import", "-", "--format", "ndjson", sent=result.stdout_bytes)
        assert sorted(titles(done(database_url, "export", "--fields", "title"))) == ["Lamp 1", "Lamp 2"]


class TestSaving:
    def test_drafts_are_taken_in_and_the_second_time_unchanged(self, database_url, folder):
        lines = [orjson.loads(line) for line in done(database_url, "extract", folder, "--save").splitlines()]
        assert [line["saved"]["effect"] for line in lines] == ["created", "created"]
        assert sorted(titles(done(database_url, "export", "--fields", "title"))) == ["Lamp 1", "Lamp 2"]
        again = [orjson.loads(line) for line in done(database_url, "extract", folder, "--save").splitlines()]
        assert [line["saved"]["effect"] for line in again] == ["unchanged", "unchanged"]

    def test_a_draft_that_lacks_what_an_article_needs_is_refused_and_the_others_are_in(self, database_url, folder):
        (folder / "3.html").write_text(page(3, url=False))
        result = run(database_url, "extract", folder, "--save")
        assert result.exit_code == 1
        lines = [orjson.loads(line) for line in result.stdout.splitlines()]
        (ill,) = [line for line in lines if "problem" in line]
        assert [fault["pointer"] for fault in ill["problem"]["errors"]] == ["/url"]
        assert "1 of 3 pages were refused" in result.output
        assert len(titles(done(database_url, "export", "--fields", "title"))) == 2

    def test_a_database_that_lacks_a_migration_is_told(self, empty_url, folder):
        assert "creditline migrate" in refused(empty_url, "extract", folder, "--save", code=3)


class TestFaults:
    def test_a_page_that_cannot_be_read_is_told_in_its_line(self, folder, tmp_path):
        (tmp_path / "large.html").write_bytes(b" " * (5 * 1024 * 1024 + 1))
        assert run(NOWHERE, "extract", tmp_path / "large.html").exit_code == 1
        result = run(NOWHERE, "extract", tmp_path / "missing.html", folder / "1.html", tmp_path / "large.html")
        assert result.exit_code == 3
        lines = [orjson.loads(line) for line in result.stdout.splitlines()]
        assert "No such file" in lines[0]["problem"]["detail"]
        assert lines[1]["article"]["title"] == "Lamp 1"
        assert "at most" in lines[2]["problem"]["detail"]

    @pytest.mark.parametrize(
        "arguments",
        [(), ("-", "--address", "lantern"), ("-", "--charset", "zlib"), ("a", "b", "--address", "http://a.example/")],
    )
    def test_a_wrong_command_does_nothing(self, arguments):
        refused(NOWHERE, "extract", *arguments, code=2)
