"""Results of a bulk as they are kept with it, so that a repetition gives the same."""

from collections.abc import Iterable
from typing import Any

import orjson

from service.core import errors
from service.core.bulk import Result
from service.core.errors import Fault, Problem


def render_results(results: Iterable[Result]) -> bytes:
    """The results as they are kept: ids, numbers and problems, nothing of the articles themselves."""
    return orjson.dumps([_row(result) for result in results], default=str)


def read_results(kept: bytes) -> tuple[Result, ...]:
    """The results that `render_results` made `kept` from."""
    return tuple(_result(*row) for row in orjson.loads(kept))


def _row(result: Result) -> list[Any]:
    problem = result.problem and _problem_row(result.problem)
    return [result.line, result.effect, result.id, result.version, result.seq, result.request, problem]


def _problem_row(problem: Problem) -> list[Any]:
    faults = [[fault.kind, fault.at, fault.code, fault.detail] for fault in problem.faults]
    return [type(problem).__name__, problem.detail, faults, problem.members]


def _result(line: int, effect: str, id: str, version: int, seq: int, request: str, problem: list[Any] | None) -> Result:
    read = _problem(*problem) if problem else None
    return Result(line=line, effect=effect, id=id, version=version, seq=seq, request=request, problem=read)


def _problem(name: str, detail: str, faults: list[Any], members: dict[str, Any]) -> Problem:
    kind: type[Problem] = getattr(errors, name)
    return kind(detail, tuple(Fault(*fault) for fault in faults), **members)
