"""The key of a run that was broken off."""

from pathlib import Path

import pytest

from service.cli.journals import FOLDER, keep_key


def begin(*names: str | bytes) -> str:
    """The key of a run that breaks off."""
    with pytest.raises(KeyboardInterrupt), keep_key(*names) as key:
        raise KeyboardInterrupt
    return key


def test_a_run_that_broke_off_has_its_key_again_and_one_that_is_through_has_not():
    first = begin("database", b"content")
    assert begin("database", b"content") == first
    with keep_key("database", b"content") as key:
        assert key == first
    assert list(FOLDER.iterdir()) == []
    assert begin("database", b"content") != first


def test_another_run_has_another_key():
    keys = {begin("database", b"content"), begin("database", b"contents"), begin("databasec", b"ontent"), begin("x")}
    assert len(keys) == 4


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"key": 1}', b'{"key": "ak_secret"}', b"\xff"])
def test_a_file_that_holds_something_else_is_written_anew(content):
    key = begin("database")
    (path,) = FOLDER.iterdir()
    path.write_bytes(content)
    assert begin("database") not in (key, "", "ak_secret")


def test_names_stand_nowhere_in_the_clear():
    begin("postgresql://user:wick@lantern/db")
    (path,) = FOLDER.iterdir()
    assert "wick" not in path.name + path.read_text()
    assert path.parent == Path("var/imports")
