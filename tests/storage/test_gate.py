"""Processes that write to one file stand in line."""

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from service.core.errors import Overloaded
from service.storage.gate import Gate

CONTEXT = multiprocessing.get_context("spawn")


def hold(path: Path, entered, leave) -> None:
    gate = Gate(path, patience=5)
    gate.enter()
    entered.set()
    leave.wait(10)
    gate.leave()
    gate.close()


@pytest.fixture
def holder(tmp_path):
    """A process that has the turn, and the event that makes it leave."""
    entered, leave = CONTEXT.Event(), CONTEXT.Event()
    process = CONTEXT.Process(target=hold, args=(tmp_path / "a.db", entered, leave))
    process.start()
    assert entered.wait(20)
    yield process, leave
    leave.set()
    process.join(10)


def test_one_after_the_other(tmp_path):
    first, second = Gate(tmp_path / "a.db", patience=0.05), Gate(tmp_path / "a.db", patience=0.05)
    first.enter()
    with pytest.raises(Overloaded):
        second.enter()
    first.leave()
    second.enter()
    second.leave()
    first.close()
    second.close()


def test_who_waits_gets_in_when_the_other_leaves(tmp_path, holder):
    gate = Gate(tmp_path / "a.db", patience=10)
    _, leave = holder
    leave.set()
    gate.enter()
    gate.leave()
    gate.close()


def test_who_stood_in_line_has_the_turn_next(tmp_path, holder):
    waiting, late = Gate(tmp_path / "a.db", patience=0.3), Gate(tmp_path / "a.db", patience=0.05)
    entered, leave = CONTEXT.Event(), CONTEXT.Event()
    second = CONTEXT.Process(target=hold, args=(tmp_path / "a.db", entered, leave))
    second.start()
    with pytest.raises(Overloaded):
        waiting.enter()
    holder[1].set()
    assert entered.wait(20)
    with pytest.raises(Overloaded):
        late.enter()
    leave.set()
    second.join(10)
    late.enter()
    late.leave()
    late.close()
    waiting.close()


def test_a_process_that_is_killed_holds_nobody_up(tmp_path, holder):
    process, _ = holder
    gate = Gate(tmp_path / "a.db", patience=10)
    os.kill(process.pid, signal.SIGKILL)
    start = time.monotonic()
    gate.enter()
    assert time.monotonic() - start < 10
    gate.leave()
    gate.close()


def test_it_opens_anew_after_it_was_closed(tmp_path):
    gate = Gate(tmp_path / "a.db", patience=1)
    for _ in range(2):
        gate.enter()
        gate.leave()
        gate.close()
