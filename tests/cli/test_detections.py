"""``creditline detect``, as people type it."""

import orjson
import pytest

from tests.cli.commands import run
from tests.servers import COMMAND

SAID = "All content by Mehr News Agency is licensed under a Creative Commons Attribution 4.0 International License."
PAGE = '<html><body><a rel="license" href="https://creativecommons.org/licenses/by-sa/3.0/">terms</a></body></html>'


def detect(*arguments: object, sent: bytes | None = None, code: int = 0) -> str:
    result = run("sqlite:///nowhere/there.db", "detect", *arguments, sent=sent)
    assert result.exit_code == code, result.output
    return result.output


def licenses(*arguments: object, sent: bytes | None = None) -> list[str]:
    return [found["id"] for found in orjson.loads(detect("--format", "json", *arguments, sent=sent))["licenses"]]


class TestInputs:
    def test_a_text_is_read_as_it_stands_and_needs_no_database(self):
        output = detect(SAID)
        assert "CC-BY-4.0  https://creativecommons.org/licenses/by/4.0/" in output
        assert "credit: Mehr News Agency" in output

    def test_a_file_is_read_by_its_name(self, tmp_path):
        page = tmp_path / "page.html"
        page.write_text(PAGE)
        assert licenses(page) == ["CC-BY-SA-3.0"]

    def test_standard_input_is_read_by_its_looks(self):
        assert licenses("-", sent=PAGE.encode()) == ["CC-BY-SA-3.0"]
        assert licenses("-", sent=SAID.encode()) == ["CC-BY-4.0"]
        assert licenses("-", sent=b"<?xml version='1.0'?><r><license>CC BY 2.0</license></r>") == ["CC-BY-2.0"]

    def test_a_file_comes_in_any_charset(self, tmp_path):
        page = tmp_path / "page.txt"
        page.write_bytes("Лицензия Creative Commons Attribution 4.0 International".encode("cp1251"))
        assert licenses("--charset", "windows-1251", page) == ["CC-BY-4.0"]
        assert licenses(page) == ["CC-BY-4.0"]

    def test_what_an_input_is_can_be_said(self):
        assert licenses("--as", "html", "CC BY <b>4.0</b>") == ["CC-BY-4.0"]

    def test_a_link_is_relative_to_the_page(self):
        page = '<link rel="license" href="/licenses/by/4.0/">'
        assert licenses("--base-url", "https://creativecommons.org/x", page) == ["CC-BY-4.0"]

    @pytest.mark.parametrize("text", ["nothing of the kind", "", "a\0b", "x" * 5000, "https://example.org/page.html"])
    def test_a_text_without_a_license_says_so(self, text):
        assert detect(text) == "No license statement.\n"


class TestForms:
    def test_json_has_the_evidence(self):
        document = orjson.loads(detect("--format", "json", SAID))
        (found,) = document["licenses"]
        assert found["evidence"][0]["quote"] in SAID
        assert document["credit"] == "Mehr News Agency"

    def test_several_inputs_are_a_list_or_a_line_each(self):
        documents = orjson.loads(detect("--format", "json", SAID, "CC BY-SA 3.0"))
        lines = [orjson.loads(line) for line in detect("--format", "ndjson", SAID, "CC BY-SA 3.0").splitlines()]
        assert documents == lines
        assert [document["input"] for document in lines][1] == "CC BY-SA 3.0"

    def test_a_type_without_a_version_is_told_as_one_of_many(self):
        assert "by without a version: one of CC-BY-1.0 to " in detect("CC BY")
        assert "no such license" in detect("CC BY 9.0")

    def test_licenses_that_disagree_grant_nothing_for_sure(self):
        page = PAGE.replace(
            "</body>", '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"></body>'
        )
        output = detect(page)
        assert ("disagree" in output) == orjson.loads(detect("--format", "json", page))["conflict"]


class TestFaults:
    def test_a_file_that_is_not_there_is_told_after_the_others_were_read(self, tmp_path):
        output = detect(tmp_path / "missing.html", SAID, tmp_path, code=3)
        assert f"Error: {tmp_path}"[:20] in output
        assert "Is a directory" in output
        assert "No such file" in output
        assert "CC-BY-4.0" in output

    def test_a_file_that_is_too_large_is_told(self, tmp_path):
        page = tmp_path / "page.txt"
        page.write_bytes(b"x" * (5 * 1024 * 1024 + 1))
        assert "at most" in detect(page, code=1)

    def test_entities_are_refused(self):
        bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        assert "entities" in detect("--as", "xml", bomb, code=1)

    @pytest.mark.parametrize("arguments", [(), ("--base-url", "x", "y"), ("--charset", "x", "y"), ("--as", "x", "y")])
    def test_a_wrong_command_is_told(self, arguments):
        assert "Error: " in detect(*arguments, code=2)


def test_it_loads_neither_database_nor_server():
    import subprocess
    import sys

    loaded = "import sys; from service.cli.detections import detect_licenses as _; print([*sys.modules])"
    modules = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout
    assert "'click'" in modules
    assert "'flask'" not in modules
    assert "'peewee'" not in modules


def test_a_full_disk_is_told_in_a_sentence():
    import subprocess

    with open("/dev/full", "wb") as full:
        result = subprocess.run([COMMAND, "detect", SAID], stdout=full, stderr=-1, check=False)
    assert (result.returncode, result.stderr) == (3, b"Error: No space left on device.\n")


def test_a_pipe_is_read_and_written():
    import subprocess

    command = [COMMAND, "detect", "--format", "ndjson", "-"]
    result = subprocess.run(command, input=SAID.encode(), capture_output=True, check=True)
    assert orjson.loads(result.stdout)["licenses"][0]["id"] == "CC-BY-4.0"
    assert result.stderr == b""
