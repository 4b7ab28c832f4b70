"""Files that are there in full or not at all."""

import os

import pytest

from service.cli.writing import open_output, write_file


def test_a_file_appears_when_it_is_whole(tmp_path):
    path = tmp_path / "a"
    with open_output(path) as stream:
        stream.write(b"half")
        stream.flush()
        assert not path.exists()
        stream.write(b" and half")
    assert path.read_bytes() == b"half and half"
    assert path.stat().st_mode & 0o777 == 0o666 & ~_mask()


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with pytest.raises(TypeError), open_output(path) as stream:
        stream.writelines([b"new", None])
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_one_and_what_it_names_is_replaced(tmp_path):
    path, link = tmp_path / "a", tmp_path / "b"
    path.write_bytes(b"old")
    link.symlink_to(path)
    with open_output(link) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"


def test_a_folder_is_made_for_a_file_that_is_ours(tmp_path):
    write_file(tmp_path / "var" / "imports" / "a.json", b"{}")
    assert (tmp_path / "var" / "imports" / "a.json").read_bytes() == b"{}"


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
