"""Processes that write to one file stand in line."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from service.core.errors import Overloaded
from service.storage.gate import Gate

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from pathlib import Path
from service.storage.gate import Gate
gate = Gate(Path(sys.argv[1]), patience=20)
gate.enter()
print("entered", flush=True)
sys.stdin.read()
gate.leave()
gate.close()
"""


@contextmanager
def process(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that takes its turn, says so, and leaves when its input ends."""
    command = [sys.executable, "-c", HOLDER, str(path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as started:
        yield started
        started.kill()


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has the turn."""
    with process(tmp_path / "a.db") as started:
        assert started.stdout.readline() == "entered\n"
        yield started


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path / "a.db", patience=20)
    yield gate
    gate.close()


def test_one_after_the_other(tmp_path, gate):
    second = Gate(tmp_path / "a.db", patience=0.05)
    gate.enter()
    with pytest.raises(Overloaded):
        second.enter()
    gate.leave()
    second.enter()
    second.leave()
    second.close()


def test_who_waits_gets_in_when_the_other_leaves(gate, holder):
    holder.stdin.close()
    gate.enter()
    gate.leave()


def test_who_stood_in_line_has_the_turn_next(tmp_path, holder):
    late = Gate(tmp_path / "a.db", patience=0.05)
    with process(tmp_path / "a.db") as second:
        with pytest.raises(Overloaded):
            late.enter()
        holder.stdin.close()
        assert second.stdout.readline() == "entered\n"
        with pytest.raises(Overloaded):
            late.enter()
    late.enter()
    late.leave()
    late.close()


def test_a_process_that_is_killed_holds_nobody_up(gate, holder):
    holder.kill()
    start = time.monotonic()
    gate.enter()
    assert time.monotonic() - start < 10
    gate.leave()


def test_it_opens_anew_after_it_was_closed(gate):
    for _ in range(2):
        gate.enter()
        gate.leave()
        gate.close()
