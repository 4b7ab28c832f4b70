"""Many articles at once over HTTP: an upload in, and one line out for each of its records."""

import hashlib
import logging
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from itertools import chain

import orjson
from flask import Blueprint, Response, g, request

from service.actions.bulk import Batch, run_bulk
from service.core.bulk import Result, Summary
from service.core.errors import DatabaseUnavailable, InvalidValue, Overloaded
from service.formats.documents.line_separators import escape_separators
from service.formats.intake.bulk_lines import Upload, upload_of_items, upload_of_lines
from service.formats.intake.charset_pieces import check_charset
from service.formats.intake.reading import Reading
from service.formats.intake.registry import MEDIA_TYPES, NDJSON, PROFILES, find_reader
from service.formats.schemas.fields import read_slug
from service.storage.answers import Claim
from service.web.calls import Call, accepting, writing
from service.web.context import clock
from service.web.parameters import Parameters, invalid_parameter
from service.web.problems import problem_document
from service.web.streams import ended, limit_patience, once
from service.web.uploads import UploadedFile, take_upload

log = logging.getLogger("creditline")
bulk = Blueprint("bulk", __name__)
ACCEPTED = (NDJSON, *MEDIA_TYPES)
"""The media types of an upload."""

MODES = ("each", "atomic")
_TABLE = "text/csv"
_ANY_CHARSET = tuple(name for name in MEDIA_TYPES if not name.endswith("json"))
_STATUS = {"created": 201, "updated": 200, "unchanged": 200, "deleted": 204}
_COLUMNS = re.compile(r"(?:(?:[^:,\\]|\\.)+:(?:[^,\\]|\\.)+(?:,|\Z))+", re.DOTALL)
_COLUMN = re.compile(r"((?:[^:,\\]|\\.)+):((?:[^,\\]|\\.)+)(?:,|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the parameters say of an upload."""

    atomic: bool
    source: str | None
    profile: str | None
    columns: dict[str, str] | None


@bulk.post("/v1/bulk/articles")
@writing("mode", "source", "profile", "columns")
@accepting(ACCEPTED)
def articles(call: Call) -> Response:
    """Create, replace, change and delete many articles; each line of the answer says what came of one."""
    settings = _read_settings(call.parameters)
    check_charset(request.mimetype_params.get("charset", "utf-8"))
    uploaded = take_upload(ACCEPTED, any_charset=_ANY_CHARSET)
    try:
        batches = run_bulk(
            call.context.database,
            call.order(_claim(call, uploaded)),
            _commands(uploaded, settings),
            atomic=settings.atomic,
            request=g.request_id,
            clock=clock,
        )
        first = next(batches)  # what fails until then is a problem like any other
    except BaseException:
        uploaded.close()
        raise
    return _answer(call, settings, first, batches, uploaded)


def _read_settings(parameters: Parameters) -> Settings:
    mode, source, profile = parameters.get("mode", "each"), parameters.get("source"), parameters.get("profile")
    if mode not in MODES:
        raise invalid_parameter("mode", f"mode takes {' or '.join(MODES)}.")
    if source is not None:
        try:
            read_slug(source)
        except InvalidValue as error:
            raise invalid_parameter("source", error.detail) from error
    if profile is not None and (profile not in PROFILES or request.mimetype in MEDIA_TYPES):
        raise invalid_parameter("profile", f"profile takes {', '.join(PROFILES)}, and goes with {NDJSON} alone.")
    columns = _read_columns(parameters)
    return Settings(atomic=mode == "atomic", source=source, profile=profile, columns=columns)


def _read_columns(parameters: Parameters) -> dict[str, str] | None:
    """The columns of a table by our members: ``title:Headline,url:Link``, a backslash before what is no such sign."""
    text = parameters.get("columns")
    if text is None:
        return None
    elsewhere = request.mimetype in ACCEPTED and request.mimetype != _TABLE
    if elsewhere or not _COLUMNS.fullmatch(text):
        raise invalid_parameter(
            "columns", f"columns takes member:column, as in title:Headline,url:Link, and goes with {_TABLE} alone."
        )
    return {_ESCAPE.sub(r"\1", member): _ESCAPE.sub(r"\1", column) for member, column in _COLUMN.findall(text)}


def _commands(uploaded: UploadedFile, settings: Settings) -> Upload:
    reader = find_reader(request.mimetype, profile=settings.profile)
    if reader is None:
        return upload_of_lines(uploaded.file, source=settings.source)
    reading = Reading(charset=request.mimetype_params.get("charset"), columns=settings.columns)
    return upload_of_items(uploaded.file, reader, reading, source=settings.source)


def _claim(call: Call, uploaded: UploadedFile) -> Claim | None:
    """This use of the Idempotency-Key, if the request has one: tied to its query, its media type and its upload."""
    if call.key is None:
        return None
    seen = (request.method, request.path, request.environ.get("QUERY_STRING", ""), request.mimetype)
    digest = hashlib.sha256("\n".join(seen).encode("utf-8", "surrogatepass") + b"\n" + uploaded.digest)
    return Claim(owner=call.actor.id, key=call.key, fingerprint=digest.digest(), at=clock())


def _answer(
    call: Call, settings: Settings, first: Batch, batches: Generator[Batch, None, None], uploaded: UploadedFile
) -> Response:
    headers = {"Cache-Control": "no-store"}
    applied = [name for name, is_so in (("dry-run", call.dry_run), ("return=minimal", call.minimal)) if is_so]
    if applied:
        headers["Preference-Applied"] = ", ".join(applied)
    if first.replayed:
        headers["Idempotency-Replayed"] = "true"
    pieces = _stream(chain([first], batches), call, settings, g.request_id)
    end = once(uploaded.close, call.context.database.release, limit_patience(), pieces.close, batches.close)
    response = Response(ended(b"", pieces, end), 207, headers, content_type=NDJSON)
    response.call_on_close(end)
    return response


def _stream(batches: Iterator[Batch], call: Call, settings: Settings, request_id: str) -> Generator[bytes, None, None]:
    """The lines of the answer, a piece for each batch, and the summary behind them.

    A minimal answer has only what failed. Where the database is lost on the way, a line says so and none follows.
    """
    summary, line = Summary(), 0
    try:
        for batch in batches:
            summary = summary.plus(batch.results)
            line = max((result.line for result in batch.results), default=line)
            told = [result for result in batch.results if result.problem or not call.minimal]
            if told:
                yield b"".join(map(_render, told))
    except (Overloaded, DatabaseUnavailable) as problem:
        log.warning("a bulk was cut", extra={"request_id": request_id, "line": line + 1})
        yield _render(Result(line=line + 1, effect="failed", problem=problem, request=request_id))
        return
    committed = not call.dry_run and not (settings.atomic and summary.failed)
    yield _dump({"summary": replace(summary, committed=committed)})


def _render(result: Result) -> bytes:
    if result.problem is None:
        about = {"line": result.line, "status": _STATUS[result.effect], "id": result.id, "version": result.version}
        return _dump({**about, "seq": result.seq} if result.seq else about)
    document = problem_document(result.problem, result.request)
    return _dump({"line": result.line, "status": document["status"], "problem": document})


def _dump(document: object) -> bytes:
    return escape_separators(orjson.dumps(document, default=str, option=orjson.OPT_APPEND_NEWLINE))
