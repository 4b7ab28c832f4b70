"""Commands leave what they remember in a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.delivery.hosts import Host, open_host


@pytest.fixture(autouse=True)
def _own_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("here")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def host() -> Iterator[Host]:
    """A host on the loopback that answers as a test wants it to."""
    with open_host() as opened:
        yield opened
