"""A request as the views see it: checked headers and parameters, and the actor, in the order of the contract."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Response, request

from service.actions.transactions import Order, Outcome, load_outcome
from service.core.errors import Fault, MalformedHeader, Problem, ReadOnly
from service.core.keys import Actor
from service.storage.answers import Claim, find_answer
from service.storage.database import Database
from service.web.auth import authorize
from service.web.bodies import JSON, read_body
from service.web.context import Context, clock, context
from service.web.headers import Conditions, read_headers
from service.web.parameters import Parameters, read_flag, read_parameters

View = Callable[..., Response]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request whose headers, parameters and key are in order."""

    context: Context
    actor: Actor
    parameters: Parameters
    conditions: Conditions
    minimal: bool
    dry_run: bool
    key: str | None

    def order(self, claim: Claim | None = None) -> Order:
        """This request as the order of a change, from now on."""
        return Order(actor=self.actor, now=clock(), claim=claim, dry_run=self.dry_run)

    def claim(self, body: bytes) -> Claim | None:
        """This use of the Idempotency-Key, if the request has one: tied to method, path, query and body."""
        if self.key is None or self.dry_run:
            return None
        seen = (request.method, request.path, request.environ.get("QUERY_STRING", ""))
        digest = hashlib.sha256("\n".join(seen).encode("utf-8", "surrogatepass") + b"\n" + body)
        return Claim(owner=self.actor.id, key=self.key, fingerprint=digest.digest(), at=clock())


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What a view says of itself, for the documentation; ``parameters`` is None where it checks them by itself."""

    scope: str
    parameters: tuple[str, ...] | None
    writes: bool
    idempotent: bool


def reading(
    *parameters: str, scope: str = "read", filters: Callable[[Parameters], object] | None = None
) -> Callable[[View], View]:
    """A view that reads; it takes these query parameters, and where it has `filters`, which reads them, all others."""
    return _endpoint(scope, None if filters else parameters, writes=False, idempotent=True, check=filters)


def writing(
    *parameters: str, scope: str = "write", idempotent: bool = True, when: str | None = None
) -> Callable[[View], View]:
    """A view that writes; an `idempotent` one honours Idempotency-Key, any other refuses it.

    Where `when` names a parameter, it writes only if that is true, and needs no more than the scope read else.
    """
    return _endpoint(scope, (*parameters, "dry_run"), writes=True, idempotent=idempotent, when=when)


def accepting(media_types: Collection[str] = JSON) -> Callable[[View], View]:
    """Note the media types that a view takes, for OPTIONS and the documentation."""

    def note(view: View) -> View:
        # The type of a function has no attributes of ours; Flask keeps views as functions, so the note stands on them.
        view.accepts = tuple(media_types)  # type: ignore[attr-defined]
        return view

    return note


def perform(call: Call, media_types: Collection[str], work: Callable[[bytes, Claim | None], Outcome]) -> Outcome:
    """Read the body, and run `work` on it unless its Idempotency-Key has an answer already."""
    return perform_on(call, read_body(media_types), work)


def perform_on(call: Call, body: bytes, work: Callable[[bytes, Claim | None], Outcome]) -> Outcome:
    """Run `work` on a body that has been read, unless its Idempotency-Key has an answer already."""
    claim = call.claim(body)
    if claim is None:
        return work(body, None)
    database = call.context.database
    return _replay(database, claim) or _work_or_replay(database, lambda: work(body, claim), claim)


def _work_or_replay(database: Database, work: Callable[[], Outcome], claim: Claim) -> Outcome:
    """Run `work`; where it fails since its twin has just been committed, return the twin's answer."""
    try:
        return work()
    except Problem:
        twin = _replay(database, claim)
        if twin is None:
            raise
        return twin


def _replay(database: Database, claim: Claim) -> Outcome | None:
    stored = find_answer(database, claim)
    return load_outcome(stored) if stored is not None else None


def _endpoint(
    scope: str,
    parameters: Collection[str] | None,
    *,
    writes: bool,
    idempotent: bool,
    check: Callable[[Parameters], object] | None = None,
    when: str | None = None,
) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def answer(**path: Any) -> Response:
            parts, environ = context(), request.environ
            headers = read_headers(environ)
            given = read_parameters(environ, parameters)
            changing = writes and (when is None or read_flag(given, when))
            dry_run = writes and read_flag(given, "dry_run")
            if writes and headers.idempotency_key and not idempotent:
                raise _no_key_here()
            try:
                actor = authorize(parts, environ, scope if changing or not writes else "read")
            except Problem:
                if check:
                    check(given)  # what is wrong with the query comes before what is wrong with the key
                raise
            if changing and parts.read_only:
                raise ReadOnly("The service takes no writes at present.")
            call = Call(
                context=parts,
                actor=actor,
                parameters=given,
                conditions=headers.conditions,
                minimal=headers.minimal,
                dry_run=dry_run,
                key=headers.idempotency_key,
            )
            return view(call, **path)

        names = None if parameters is None else tuple(parameters)
        answer.declared = Declaration(  # type: ignore[attr-defined]
            scope="read" if when else scope, parameters=names, writes=writes, idempotent=idempotent
        )
        return answer

    return decorate


def _no_key_here() -> MalformedHeader:
    detail = "Idempotency-Key is not taken here, since an answer that holds a secret is not kept."
    return MalformedHeader(detail, (Fault("header", "Idempotency-Key", "not-allowed", detail),))
